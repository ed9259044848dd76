//! Structured dtypes, and records: `np.dtype([...])`, `a["x"]`, `a[i].x`, `a[i] = b[j]`.
//!
//! Structured are places. What moves them moves their units (`nopython_types::Structured`), and a field is another view of the same memory. A field of a view is
//! the view of the field: `a[i].x` is then an element of an array as any other.

use super::body::Body;
use super::builtins::dimension;
use super::calls::Args;
use super::methods::{OWN, SAME_AS_FUNCTION, copy};
use super::ops;
use super::{Answer, Stop};
use crate::value::{Static, Val};
use nopython_diagnostics::{codes, quoted};
use nopython_ir::ops::BinOp;
use nopython_ir::typed::{Expr, ExprKind, Index};
use nopython_types::{ArrayType, DType, Element, Field, Layout, Scalar, Structure, Structured, Type};
use ruff_python_ast as ast;
use std::sync::Arc;

/// Structured of so many units are copied without a loop.
const FEW_UNITS: u32 = 8;

/// A whole axis.
pub const WHOLE: Index = Index::Slice { start: None, stop: None, step: None };

/// The type of records.
pub fn records_type(record: &Arc<Structure>, ndim: u8, layout: Layout) -> Type {
    let layout = if ndim == 0 { Layout::C } else { layout };
    Type::Structured(Box::new(Structured { record: Arc::clone(record), ndim, layout }))
}

/// The array of units of records; any other array itself.
pub fn units(e: Expr) -> Expr {
    let Type::Structured(records) = &e.ty else { return e };
    let (ty, place, count) = (records.units(), e.place, records.record.units());
    match e.kind {
        ExprKind::Elements(units) => *units,
        kind => {
            let array = Box::new(Expr { kind, ..e });
            Expr { kind: ExprKind::FieldView { array, offset: 0, shape: vec![count] }, ty: Type::Array(ty), place }
        }
    }
}

/// The records that an array of units is made of, whose last axis is whole.
pub fn records(units: Expr, record: &Arc<Structure>) -> Expr {
    if let ExprKind::FieldView { array, offset: 0, shape } = &units.kind
        && matches!(&array.ty, Type::Structured(own) if own.record == *record)
        && *shape == [record.units()]
    {
        return (**array).clone();
    }
    let Type::Array(ty) = units.ty else { return units };
    let place = units.place;
    let ty = records_type(record, ty.ndim.saturating_sub(1), ty.layout);
    Expr { kind: ExprKind::Elements(Box::new(units)), ty, place }
}

/// The number of dimensions of an array or of records.
pub const fn rank(ty: &Type) -> Option<u8> {
    match ty {
        Type::Array(array) => Some(array.ndim),
        Type::Structured(records) => Some(records.ndim),
        Type::None | Type::Scalar(_) | Type::Str | Type::Tuple(_) | Type::List(_) | Type::Record(_) => None,
    }
}

/// Whether a type is that of records.
pub const fn is_records(ty: &Type) -> bool {
    matches!(ty, Type::Structured(_))
}

/// What is said of what a dtype may not hold.
fn refused(text: &str) -> Option<(&'static str, &'static str)> {
    let kind = text.trim_start_matches(['<', '>', '=', '|']);
    let swapped = text.starts_with('>');
    Some(match kind.chars().next()? {
        _ if swapped => (
            "a dtype with numbers whose bytes are reversed",
            "convert the array: a.astype(a.dtype.newbyteorder(\"<\"))",
        ),
        'S' | 'a' | 'U' | 's' if !kind.starts_with("short") && !kind.starts_with("single") => {
            ("a dtype with strings", "use numbers that stand for the strings, or leave the field out")
        }
        'O' => ("a dtype with objects", "leave the field out"),
        'M' | 'm' | 'd' if kind.starts_with(['M', 'm']) || kind.starts_with("datetime") => {
            ("a dtype with times", "use an int64 field: a[\"t\"].astype(np.int64)")
        }
        'V' | 'v' => ("a dtype of raw bytes", "use a field of uint8 with a shape: (\"raw\", \"u1\", 4)"),
        'e' | 'f' if kind == "e" || kind == "f2" || kind == "float16" => ("a dtype with float16", "use float32"),
        _ => return None,
    })
}

impl Body<'_, '_> {
    /// `np.dtype(…)`
    pub(super) fn dtype_call(&mut self, mut args: Args, node: &ast::Expr) -> Answer<Val> {
        let aligned = match args.take("align").or_else(|| args.positional.get(1).cloned()) {
            None => false,
            Some(Val::Expr(e)) if ops::as_int(&e).is_some() => ops::as_int(&e) != Some(0),
            Some(_) => return Err(self.bad_dtype("whether a dtype is aligned is known while compiling", node)),
        };
        if let Some((name, _)) = args.named.first() {
            return Err(self.unsupported(node, &format!("the keyword '{name}' of np.dtype"), "leave it out"));
        }
        let Some(given) = args.positional.first() else {
            return Err(self.bad_dtype("np.dtype() takes what a dtype is made of", node));
        };
        Ok(Val::Static(match self.element(given, aligned, node)? {
            (Element::Structure(record), shape) if shape.is_empty() => Static::RecordType(record),
            (Element::Number(dtype), shape) if shape.is_empty() => Static::ScalarType(Scalar::strong(dtype)),
            _ => {
                return Err(self.unsupported(
                    node,
                    "a dtype of arrays",
                    "give the shape to the field: (\"v\", \"f8\", 3)",
                ));
            }
        }))
    }

    fn bad_dtype(&self, message: impl Into<String>, node: &ast::Expr) -> Stop {
        let hint = "write the fields as a list: np.dtype([(\"x\", \"f8\"), (\"v\", \"f4\", 3)])";
        Stop::error(self.error(node, codes::BAD_SIGNATURE, message, "this dtype").hint(hint))
    }

    /// What a part of a dtype is, with the shape that it has of itself.
    fn element(&mut self, given: &Val, aligned: bool, node: &ast::Expr) -> Answer<(Element, Vec<u32>)> {
        match given {
            Val::Static(Static::RecordType(record)) => Ok((Element::Structure(Arc::clone(record)), Vec::new())),
            Val::Static(Static::Str(text)) if text.contains(',') && !text.starts_with('(') => {
                let mut fields = Vec::new();
                for (k, part) in text.split(',').enumerate() {
                    let (element, shape) =
                        self.element(&Val::Static(Static::Str(part.trim().to_owned())), aligned, node)?;
                    fields.push((format!("f{k}"), element, shape));
                }
                self.packed_dtype(fields, aligned, node)
            }
            Val::Static(Static::Str(text)) => {
                let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
                let (count, name) = text.split_at(digits);
                if let Some((what, hint)) = refused(name) {
                    return Err(self.unsupported(node, what, hint));
                }
                let dtype = self.dtype(&Val::Static(Static::Str(name.to_owned())), node)?.dtype;
                let shape = match count.parse::<u32>() {
                    Ok(1) | Err(_) => Vec::new(),
                    Ok(count) => vec![count],
                };
                Ok((Element::Number(dtype), shape))
            }
            Val::List(fields, _) => {
                let fields = fields.iter().enumerate().map(|(k, field)| self.field(k, field, aligned, node));
                let fields = fields.collect::<Answer<Vec<_>>>()?;
                self.packed_dtype(fields, aligned, node)
            }
            Val::Tuple(parts) => match parts.as_slice() {
                // A dtype by the class of its records.
                [Val::Static(Static::Foreign(class)), inner] if class == "numpy.record" || class == "numpy.void" => {
                    match self.element(inner, aligned, node)? {
                        (Element::Structure(record), shape) => {
                            let named = class == "numpy.record";
                            Ok((Element::Structure(Arc::new(Structure { named, ..(*record).clone() })), shape))
                        }
                        other => Ok(other),
                    }
                }
                [base, shape] => {
                    let (element, own) = self.element(base, aligned, node)?;
                    let mut extents = self.extents_of(shape, node)?;
                    extents.extend(own);
                    Ok((element, extents))
                }
                _ => Err(self.bad_dtype("a part of a dtype is a name, a dtype and perhaps a shape", node)),
            },
            Val::Static(Static::Keywords(pairs)) => self.dtype_by_name(&pairs.clone(), aligned, node),
            other => Ok((Element::Number(self.dtype(other, node)?.dtype), Vec::new())),
        }
    }

    fn packed_dtype(
        &self,
        fields: Vec<(String, Element, Vec<u32>)>,
        aligned: bool,
        node: &ast::Expr,
    ) -> Answer<(Element, Vec<u32>)> {
        self.dtype_of(Structure::packed(fields, aligned, false), node)
    }

    fn dtype_of(&self, record: Result<Structure, String>, node: &ast::Expr) -> Answer<(Element, Vec<u32>)> {
        let record = record.map_err(|message| self.bad_dtype(message, node))?;
        if record.holds(&|dtype: DType| dtype.is_complex()) {
            return Err(self.unsupported(
                node,
                "a dtype with complex numbers",
                "use two fields, for the real and the imaginary part",
            ));
        }
        Ok((Element::Structure(Arc::new(record)), Vec::new()))
    }

    /// `("x", "f8")` or `("v", "f4", 3)`
    fn field(&mut self, k: usize, field: &Val, aligned: bool, node: &ast::Expr) -> Answer<(String, Element, Vec<u32>)> {
        let (Val::Tuple(parts) | Val::List(parts, _)) = field else {
            return Err(self.bad_dtype("a field of a dtype is a tuple of its name and its dtype", node));
        };
        let name = match parts.first() {
            Some(Val::Static(Static::Str(name))) if name.is_empty() => format!("f{k}"),
            Some(Val::Static(Static::Str(name))) => name.clone(),
            Some(Val::Tuple(_)) => return Err(self.unsupported(node, "titles of fields", "give each field one name")),
            _ => return Err(self.bad_dtype("the name of a field is a string that is known while compiling", node)),
        };
        let (base, shape) = match parts.get(1..).unwrap_or_default() {
            [base] => (base, None),
            [base, shape] => (base, Some(shape)),
            _ => return Err(self.bad_dtype("a field of a dtype is a tuple of its name and its dtype", node)),
        };
        let (element, own) = self.element(base, aligned, node)?;
        let mut extents = shape.map_or(Ok(Vec::new()), |shape| self.extents_of(shape, node))?;
        extents.extend(own);
        Ok((name, element, extents))
    }

    /// `{"names": […], "formats": […], "offsets": […], "itemsize": n}`, or a dtype and an offset for each name.
    fn dtype_by_name(
        &mut self,
        pairs: &[(String, Val)],
        aligned: bool,
        node: &ast::Expr,
    ) -> Answer<(Element, Vec<u32>)> {
        let known = |name: &str| pairs.iter().find(|(own, _)| own == name).map(|(_, value)| value);
        let list = |value: &Val| match value {
            Val::List(items, _) | Val::Tuple(items) => Some(items.clone()),
            _ => None,
        };
        if let (Some(names), Some(formats)) = (known("names"), known("formats")) {
            if known("titles").is_some_and(|titles| *titles != Val::NONE) {
                return Err(self.unsupported(node, "titles of fields", "give each field one name"));
            }
            let aligned = match known("aligned") {
                Some(Val::Expr(e)) => aligned || ops::as_int(e) == Some(1),
                _ => aligned,
            };
            let (Some(names), Some(formats)) = (list(names), list(formats)) else {
                return Err(self.bad_dtype("names and formats of a dtype are lists", node));
            };
            if names.len() != formats.len() {
                return Err(self.bad_dtype("a dtype has as many formats as names", node));
            }
            let mut fields = Vec::new();
            for (k, (name, format)) in names.into_iter().zip(formats).enumerate() {
                fields.push(self.field(k, &Val::Tuple(vec![name, format]), aligned, node)?);
            }
            let size = known("itemsize").map(|size| self.count_of(size, node)).transpose()?;
            let Some(offsets) = known("offsets").and_then(list) else {
                let record = Structure::packed(fields, aligned, false);
                return match (record, size) {
                    (Ok(record), Some(size)) => self.dtype_of(Structure::new(record.fields, size, false), node),
                    (record, _) => self.dtype_of(record, node),
                };
            };
            let mut placed = Vec::new();
            for (k, (name, element, shape)) in fields.into_iter().enumerate() {
                let Some(offset) = offsets.get(k) else {
                    return Err(self.bad_dtype("a dtype has as many offsets as names", node));
                };
                placed.push(Field { name, offset: self.count_of(offset, node)?, element, shape });
            }
            return self.placed(placed, size, aligned, node);
        }
        let mut placed = Vec::new();
        for (k, (name, value)) in pairs.iter().enumerate() {
            let parts = list(value).unwrap_or_default();
            let [format, offset] = parts.as_slice() else {
                return Err(self.bad_dtype("a dtype by names has a dtype and an offset for each", node));
            };
            let named = Val::Tuple(vec![Val::Static(Static::Str(name.clone())), format.clone()]);
            let (name, element, shape) = self.field(k, &named, aligned, node)?;
            placed.push(Field { name, offset: self.count_of(offset, node)?, element, shape });
        }
        placed.sort_by_key(|field| field.offset);
        self.placed(placed, None, aligned, node)
    }

    fn placed(
        &self,
        fields: Vec<Field>,
        size: Option<u32>,
        aligned: bool,
        node: &ast::Expr,
    ) -> Answer<(Element, Vec<u32>)> {
        let end = fields.iter().map(|field| field.offset.saturating_add(field.size())).max().unwrap_or(0);
        let alignment = fields.iter().map(|field| field.element.alignment()).max().unwrap_or(1);
        let end = if aligned { end.checked_next_multiple_of(alignment).unwrap_or(u32::MAX) } else { end };
        self.dtype_of(Structure::new(fields, size.unwrap_or(end), false), node)
    }

    fn count_of(&self, value: &Val, node: &ast::Expr) -> Answer<u32> {
        let known = match value {
            Val::Expr(e) => ops::as_int(e).and_then(|n| u32::try_from(n).ok()),
            _ => None,
        };
        known.ok_or_else(|| self.bad_dtype("sizes in a dtype are integers that are known while compiling", node))
    }

    fn extents_of(&self, shape: &Val, node: &ast::Expr) -> Answer<Vec<u32>> {
        match shape {
            Val::Tuple(items) | Val::List(items, _) => items.iter().map(|item| self.count_of(item, node)).collect(),
            // NumPy takes a shape of 1 as none.
            one => self.count_of(one, node).map(|n| if n == 1 { Vec::new() } else { vec![n] }),
        }
    }

    /// What a subscript of a structured dtype is: the type of arrays of it, or a field's dtype.
    pub(super) fn record_type_item(
        &mut self,
        record: &Arc<Structure>,
        index: &ast::Expr,
        node: &ast::Expr,
    ) -> Answer<Val> {
        if let Some((ndim, layout)) = crate::signature::axes(index) {
            return Ok(Val::Static(Static::Type(records_type(record, ndim, layout))));
        }
        let name = self.known_text(index);
        let field = name.as_ref().map(|name| self.field_named(record, name, node)).transpose()?;
        match field {
            Some(Field { element: Element::Number(dtype), shape, .. }) if shape.is_empty() => {
                Ok(Val::Static(Static::ScalarType(Scalar::strong(dtype))))
            }
            Some(Field { element: Element::Structure(record), shape, .. }) if shape.is_empty() => {
                Ok(Val::Static(Static::RecordType(record)))
            }
            _ => Err(self.unsupported(node, "this subscript of a dtype", "name a field: dt[\"x\"]")),
        }
    }

    /// An attribute of a structured dtype.
    pub(super) fn record_type_attribute(&self, record: &Arc<Structure>, name: &str, node: &ast::Expr) -> Answer<Val> {
        let place = self.place_of(node);
        match name {
            "names" => {
                let text = |field: &Field| Val::Static(Static::Str(field.name.clone()));
                Ok(Val::Tuple(record.fields.iter().map(text).collect()))
            }
            "itemsize" => Ok(Val::Expr(ops::int(i64::from(record.size), place))),
            "dtype" => Ok(Val::Static(Static::RecordType(Arc::clone(record)))),
            _ => {
                let message = format!("a structured dtype has no attribute '{name}' here");
                let diagnostic = self.error(node, codes::UNKNOWN_ATTRIBUTE, message, "here");
                Err(Stop::error(diagnostic.hint("it has .names and .itemsize")))
            }
        }
    }

    fn field_named(&self, record: &Structure, name: &str, node: &ast::Expr) -> Answer<Field> {
        if let Some(field) = record.field(name) {
            return Ok(field.clone());
        }
        let names: Vec<&str> = record.fields.iter().map(|field| field.name.as_str()).collect();
        let message = format!("there is no field {}", quoted(name));
        let diagnostic = self.error(node, codes::UNKNOWN_ATTRIBUTE, message, "this field");
        Err(Stop::error(match crate::scope::nearest(name, names.iter().copied()) {
            Some(near) => diagnostic.hint(format!("did you mean {}?", quoted(near))),
            None => diagnostic.hint(format!("the fields are {}", names.join(", "))),
        }))
    }

    /// The string that an expression is, if that is known while compiling and evaluating it does nothing else.
    pub(super) fn known_text(&mut self, e: &ast::Expr) -> Option<String> {
        if let ast::Expr::StringLiteral(text) = e {
            return Some(text.value.to_str().to_owned());
        }
        let may_be = matches!(
            e,
            ast::Expr::Name(_)
                | ast::Expr::Attribute(_)
                | ast::Expr::Subscript(_)
                | ast::Expr::BinOp(_)
                | ast::Expr::FString(_)
        );
        if !may_be {
            return None;
        }
        let (before, at_start) = (self.out.len(), self.at_start);
        let value = self.expr(e);
        match value {
            Ok(Val::Static(Static::Str(text))) => Some(text),
            _ => {
                self.out.truncate(before);
                self.at_start = at_start;
                None
            }
        }
    }

    /// The memory of a field of records.
    pub(super) fn field_place(&self, e: Expr, field: &Field, node: &ast::Expr) -> Answer<Expr> {
        let Type::Structured(own) = &e.ty else { return Ok(e) };
        let own = own.clone();
        let place = self.place_of(node);
        if let ExprKind::Elements(inner) = &e.kind
            && let ExprKind::View { array, index } = &inner.kind
            && let Some((last, index)) = index.split_last()
            && *last == WHOLE
        {
            let base = records((**array).clone(), &own.record);
            let of_base = self.field_place(base, field, node)?;
            let mut index = index.to_vec();
            index.extend(field.shape.iter().map(|_| WHOLE));
            return Ok(self.viewed(of_base, index, node));
        }
        let ndim = own.ndim.saturating_add(u8::try_from(field.shape.len()).unwrap_or(u8::MAX));
        if ndim > 4 {
            let diagnostic = self.error(node, codes::WRONG_RANK, "arrays have at most 4 dimensions", "this field");
            return Err(Stop::error(diagnostic.hint("index the records first")));
        }
        let whole = field.size() == own.record.size && own.layout == Layout::C;
        let layout = if own.ndim == 0 || whole { Layout::C } else { Layout::Any };
        let ty = match &field.element {
            Element::Number(dtype) => Type::Array(ArrayType { dtype: *dtype, ndim, layout }),
            Element::Structure(record) => records_type(record, ndim, layout),
        };
        let kind = ExprKind::FieldView { array: Box::new(e), offset: field.offset, shape: field.shape.clone() };
        Ok(Expr { kind, ty, place })
    }

    /// What a name says of records: a field's memory.
    pub(super) fn named_field(&self, e: Expr, name: &str, node: &ast::Expr) -> Answer<Expr> {
        let Type::Structured(own) = &e.ty else { return Ok(e) };
        let field = self.field_named(&own.record, name, node)?;
        self.field_place(e, &field, node)
    }

    /// The value of a field, whose memory this is: a number where it is a single one.
    pub(super) fn read_place(&self, memory: Expr, node: &ast::Expr) -> Answer<Expr> {
        match memory.ty {
            Type::Array(ArrayType { ndim: 0, .. }) => self.index_array(memory, Vec::new(), node),
            _ => Ok(memory),
        }
    }

    /// The memory that `e[index]` is, if that is known to be a field of records, or several.
    pub(super) fn subscripted_field(&mut self, e: &Expr, index: &ast::Expr, node: &ast::Expr) -> Answer<Option<Expr>> {
        let Type::Structured(own) = &e.ty else { return Ok(None) };
        let own = own.clone();
        if let Some(name) = self.known_text(index) {
            return self.named_field(e.clone(), &name, node).map(Some);
        }
        match index {
            ast::Expr::List(list)
                if list.elts.iter().all(ast::Expr::is_string_literal_expr) && !list.elts.is_empty() =>
            {
                let mut fields = Vec::new();
                for name in &list.elts {
                    let name = self.known_text(name).unwrap_or_default();
                    fields.push(self.field_named(&own.record, &name, node)?);
                }
                let some = Structure::new(fields, own.record.size, own.record.named);
                let some = Arc::new(some.map_err(|message| self.bad_dtype(message, node))?);
                Ok(Some(records(units(e.clone()), &some)))
            }
            // A record's fields by their position.
            ast::Expr::NumberLiteral(n) if own.ndim == 0 => {
                let k = match &n.value {
                    ast::Number::Int(k) => k.as_u8().map(usize::from),
                    _ => None,
                };
                let field = k.and_then(|k| own.record.fields.get(k)).cloned();
                let Some(field) = field else {
                    let message = "this is no field of the record";
                    return Err(Stop::error(self.error(node, codes::TYPE_MISMATCH, message, "this index")));
                };
                self.field_place(e.clone(), &field, node).map(Some)
            }
            _ if own.ndim == 0 && !matches!(index, ast::Expr::Tuple(t) if t.elts.is_empty()) => {
                let message = "the field of a record must be known while compiling";
                let diagnostic = self.error(index, codes::NOT_CONSTANT, message, "this field");
                Err(Stop::error(
                    diagnostic
                        .hint("write its name, or loop over the names: for name in literal_unroll(a.dtype.names)"),
                ))
            }
            _ => Ok(None),
        }
    }

    /// An attribute of records, unless it is one that arrays have as well.
    pub(super) fn field_attribute(&self, e: Expr, name: &str, node: &ast::Expr) -> Answer<Expr> {
        let memory = self.named_field(e, name, node)?;
        self.read_place(memory, node)
    }

    /// An attribute of records: one that arrays have, or a field.
    pub(super) fn records_attribute(&mut self, e: Expr, name: &str, node: &ast::Expr) -> Answer<Val> {
        let place = self.place_of(node);
        let Type::Structured(own) = &e.ty else { return Ok(Val::NONE) };
        let own = own.clone();
        let extents = || (0..own.ndim).map(|axis| dimension(e.clone(), axis));
        match name {
            "shape" => Ok(Val::Tuple(extents().map(Val::Expr).collect())),
            "ndim" => Ok(Val::Expr(ops::int(i64::from(own.ndim), place))),
            "size" => {
                let size = extents().reduce(|x, y| ops::binary(BinOp::Mul, x, y, true, place));
                Ok(Val::Expr(size.unwrap_or(ops::int(1, place))))
            }
            "itemsize" => Ok(Val::Expr(ops::int(i64::from(own.record.size), place))),
            "dtype" => Ok(Val::Static(Static::RecordType(own.record))),
            "T" => self.transposed(e, None, node).map(Val::Expr),
            "copy" => Ok(Val::Static(Static::Method(Box::new(Val::Expr(e)), name.to_owned()))),
            "reshape" | "flatten" | "ravel" | "transpose" | "swapaxes" | "take" | "repeat" | "squeeze"
                if own.ndim > 0 =>
            {
                Ok(Val::Static(Static::Method(Box::new(Val::Expr(e)), name.to_owned())))
            }
            _ if own.record.field(name).is_none() && is_method(name) => {
                let what = format!("the method {name} of an array of records");
                Err(self.unsupported(node, &what, "use it on a field: a[\"x\"].sum()"))
            }
            _ if is_method(name) && own.ndim > 0 => {
                let hint = "write the field in brackets: a[\"x\"]";
                Err(self.unsupported(node, "a field that is named as a method of arrays, as an attribute,", hint))
            }
            _ => self.field_attribute(e, name, node).map(Val::Expr),
        }
    }

    /// Writes to a field, whose memory this is, or to whole records.
    pub(super) fn store_place(&mut self, memory: Expr, value: Val, node: &ast::Expr) -> Answer<()> {
        if is_records(&memory.ty) {
            return self.store_records(memory, value, node);
        }
        let value = self.sequence_as_array(value, node)?;
        match memory.ty {
            Type::Array(ArrayType { ndim: 0, .. }) => self.store_element(memory, Vec::new(), value, node),
            _ => self.store_view(memory, value, node),
        }
    }

    /// `a[…] = value` where `a[…]` are records: others of the same dtype, or the values of all fields as a tuple.
    pub(super) fn store_records(&mut self, target: Expr, value: Val, node: &ast::Expr) -> Answer<()> {
        let Type::Structured(own) = &target.ty else { return Ok(()) };
        let own = own.clone();
        let value = match value {
            Val::Expr(e) if is_records(&e.ty) => {
                let Type::Structured(from) = &e.ty else { return Ok(()) };
                if from.record != own.record {
                    let message = format!("cannot assign {} to {own}", e.ty);
                    let diagnostic = self.error(node, codes::TYPE_MISMATCH, message, "assigned here");
                    return Err(Stop::error(diagnostic.hint("assign field by field: a[i][\"x\"] = b[\"x\"]")));
                }
                if from.ndim > own.ndim {
                    let message = format!("could not broadcast {} into {own}", e.ty);
                    let diagnostic = self.error(node, codes::WRONG_RANK, message, "the value has more dimensions");
                    return Err(Stop::error(diagnostic.hint("index the value first")));
                }
                if own.ndim == 0 && from.ndim == 0 && own.record.units() <= FEW_UNITS {
                    return self.copy_record(target, e, node);
                }
                return self.store_view(units(target), units(e), node);
            }
            other => self.taken_apart(other),
        };
        let Val::Tuple(items) = value else {
            let message = format!("cannot assign {} to {own}", value.describe());
            let diagnostic = self.error(node, codes::TYPE_MISMATCH, message, "assigned here");
            return Err(Stop::error(
                diagnostic.hint("assign a record, a tuple with a value for each field, or field by field"),
            ));
        };
        if items.len() != own.record.fields.len() {
            let message = format!(
                "could not assign tuple of length {} to structure with {} fields",
                items.len(),
                own.record.fields.len()
            );
            return Err(Stop::error(self.error(node, codes::TYPE_MISMATCH, message, "assigned here")));
        }
        // All values are read before anything is written.
        let items: Vec<Val> = items.into_iter().map(|item| self.held_value(item)).collect();
        let target = self.named(target);
        for (field, item) in own.record.fields.clone().iter().zip(items) {
            let memory = self.field_place(target.clone(), field, node)?;
            self.store_place(memory, item, node)?;
        }
        Ok(())
    }

    /// Copies one small record: all of it is read before any of it is written, so that it does not matter whether both overlap.
    fn copy_record(&mut self, target: Expr, value: Expr, node: &ast::Expr) -> Answer<()> {
        let place = self.place_of(node);
        let Type::Structured(own) = &target.ty else { return Ok(()) };
        let count = i64::from(own.record.units());
        let value = self.named(value);
        let mut read = Vec::new();
        for k in 0..count {
            let unit = self.index_array(units(value.clone()), vec![Index::At(ops::int(k, place))], node)?;
            read.push(self.evaluated(unit));
        }
        let target = self.named(target);
        for (k, unit) in (0..count).zip(read) {
            self.store_element(units(target.clone()), vec![Index::At(ops::int(k, place))], unit, node)?;
        }
        Ok(())
    }

    fn held_value(&mut self, value: Val) -> Val {
        match value {
            Val::Expr(e) if is_records(&e.ty) => Val::Expr(self.evaluated(copied(e))),
            Val::Expr(e) if rank(&e.ty).is_some() => Val::Expr(self.evaluated(copy(e))),
            Val::Expr(e) if ops::as_const(&e).is_none() => Val::Expr(self.evaluated(e)),
            Val::Tuple(items) => Val::Tuple(items.into_iter().map(|item| self.held_value(item)).collect()),
            other => other,
        }
    }

    /// A place that may be evaluated twice: what it is indexed by is evaluated now.
    fn held_place(&mut self, e: Expr) -> Expr {
        let place = e.place;
        match e.kind {
            ExprKind::Elements(inner) => Expr { kind: ExprKind::Elements(Box::new(self.held_place(*inner))), ..e },
            ExprKind::FieldView { array, offset, shape } => {
                let array = Box::new(self.held_place(*array));
                Expr { kind: ExprKind::FieldView { array, offset, shape }, ..e }
            }
            ExprKind::View { array, index } => {
                let array = Box::new(self.held_place(*array));
                let mut held = |e: Expr| if ops::as_const(&e).is_some() { e } else { self.evaluated_index(e) };
                let index = index
                    .into_iter()
                    .map(|entry| match entry {
                        Index::At(e) => Index::At(held(e)),
                        Index::Slice { start, stop, step } => {
                            let [start, stop, step] = [start, stop, step].map(|bound| bound.map(&mut held));
                            Index::Slice { start, stop, step }
                        }
                        Index::NewAxis => Index::NewAxis,
                    })
                    .collect();
                Expr { kind: ExprKind::View { array, index }, ty: e.ty, place }
            }
            _ => self.named(e),
        }
    }

    fn evaluated_index(&mut self, e: Expr) -> Expr {
        match e.kind {
            ExprKind::OfAxis(inner, axis) => {
                let inner = Box::new(self.evaluated_index(*inner));
                Expr { kind: ExprKind::OfAxis(inner, axis), ..e }
            }
            _ => self.evaluated(e),
        }
    }

    /// The memory that a target with a field's name or attribute is, which may be read and written: what it is indexed by is evaluated now.
    pub(super) fn updated_place(&mut self, target: &ast::Expr) -> Answer<Option<Expr>> {
        let value = match target {
            ast::Expr::Attribute(a) => self.expr(&a.value)?,
            ast::Expr::Subscript(s) => self.expr(&s.value)?,
            _ => return Ok(None),
        };
        let Val::Expr(e) = value else { return Ok(None) };
        if !is_records(&e.ty) {
            return Ok(None);
        }
        let e = self.held_place(e);
        match target {
            ast::Expr::Attribute(a) => self.named_field(e, a.attr.as_str(), target).map(Some),
            ast::Expr::Subscript(s) => self.subscripted_field(&e, &s.slice, target),
            _ => Ok(None),
        }
    }
}

/// Whether arrays have a method of a name.
fn is_method(name: &str) -> bool {
    SAME_AS_FUNCTION.contains(&name) || OWN.contains(&name)
}

/// A fresh copy of records.
pub fn copied(e: Expr) -> Expr {
    match &e.ty {
        Type::Structured(own) => {
            let record = Arc::clone(&own.record);
            records(copy(units(e)), &record)
        }
        _ => copy(e),
    }
}
