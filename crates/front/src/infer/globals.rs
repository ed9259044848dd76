//! The values of the user's module: constants, and arrays that live as long as the compiled module.
//!
//! An expression of the module is inferred in a body of its own, once. What is then a number, a string or a function is a constant of the
//! functions that use it. An array of known extents becomes a [`Global`], whose contents are bytes where they are known while compiling and are
//! otherwise computed when the compiled module is started; a number that has to be computed is an array of one element.

use super::body::{Body, place_span};
use super::ops;
use super::{Answer, Infer, Stop};
use crate::scope::Meaning;
use crate::value::{Static, Val};
use nopython_diagnostics::{Diagnostic, Span, codes};
use nopython_ir::Const;
use nopython_ir::typed::{self, Contents, Expr, ExprKind, Function, Global, GlobalId, Index, Place, Stmt, StmtKind};
use nopython_types::{ArrayType, DType, Layout, Scalar, Structure, Type, generators, limits};
use ruff_python_ast as ast;
use ruff_text_size::{Ranged, TextRange};
use std::rc::Rc;
use std::sync::Arc;

/// An array that a host gives to the module, as it is when the functions are compiled. Compiled code may not write to it.
#[derive(Clone, Debug, PartialEq)]
pub struct FrozenArray {
    /// What the source calls it.
    pub name: String,
    /// Element type; of records that of their units.
    pub dtype: DType,
    /// The structured dtype, if its elements are records.
    pub record: Option<Arc<Structure>>,
    /// Extents, at least one; of records with that of their units.
    pub shape: Vec<u32>,
    /// Elements in C order, little-endian.
    pub bytes: Vec<u8>,
}

impl FrozenArray {
    /// An array whose dtype a host writes as text: `float64`, or `record:` and the bytes of a structured dtype as hexadecimal digits.
    #[must_use]
    pub fn of(name: String, dtype: &str, mut shape: Vec<u32>, bytes: Vec<u8>) -> Option<FrozenArray> {
        let Some(digits) = dtype.strip_prefix("record:") else {
            return Some(FrozenArray { name, dtype: DType::from_name(dtype)?, record: None, shape, bytes });
        };
        let record = Arc::new(nopython_types::encoding::record_of(digits)?);
        shape.push(record.units());
        Some(FrozenArray { name, dtype: record.unit(), record: Some(record), shape, bytes })
    }
}

/// Fewer bytes are put into the module as they are, whatever the pattern.
const FEWEST_COMPUTED: usize = 64;

impl Body<'_, '_> {
    /// The value of a module's binding; an error, at `node`, if it is not known while compiling.
    pub(super) fn module_value(&mut self, name: &str, binding: usize, node: impl Ranged) -> Answer<Val> {
        self.infer.evaluate(binding);
        match self.infer.constants.get(&binding).cloned() {
            Some(Ok(Some(value))) => Ok(value),
            Some(Err(stop)) => Err(stop),
            Some(Ok(None)) | None => Err(self.not_constant(name, node)),
        }
    }

    /// The value of a binding that statements may have changed, if it is one that cannot change.
    pub(super) fn unchanged(&mut self, binding: usize) -> Answer<Option<Val>> {
        self.infer.evaluate(binding);
        self.infer.constants.get(&binding).cloned().unwrap_or(Ok(None))
    }

    /// What is said of a global that depends on what the module does when Python runs it.
    pub(super) fn not_followed(&self, name: &str, at: Span, why: &str, node: impl Ranged) -> Stop {
        let message = format!("the value of the global `{name}` is not known while compiling");
        let diagnostic = self.error(node, codes::NOT_CONSTANT, message, "used here").secondary(at, why);
        Stop::error(
            diagnostic.hint("assign it once, at the top of the module, from constants; or pass it as an argument"),
        )
    }

    fn not_constant(&self, name: &str, node: impl Ranged) -> Stop {
        let message = format!("the value of the global `{name}` is not known while compiling");
        Stop::error(self.error(node, codes::NOT_CONSTANT, message, "this global").hint(
            "a global is a number, a string, a function, a tuple of these, or an array whose shape is known; pass anything else as an argument",
        ))
    }

    /// What is kept of the value of a module's expression; `None` if functions cannot use it.
    fn kept(&mut self, name: &str, value: Val, globals: &mut Vec<GlobalId>, place: Place) -> Answer<Option<Val>> {
        Ok(match value {
            Val::Tuple(items) => self.kept_all(name, items, globals, place)?.map(Val::Tuple),
            Val::List(items, _) => self.kept_all(name, items, globals, place)?.map(|items| Val::List(items, None)),
            Val::Expr(e) => match &e.ty {
                _ if is_known(&e) || is_place(&e) => Some(Val::Expr(e)),
                Type::Array(_) => self.kept_array(name, e, globals)?.map(Val::Expr),
                Type::Structured(own) => {
                    let record = Arc::clone(&own.record);
                    let units = self.kept_array(name, super::structured::units(e), globals)?;
                    units.map(|units| Val::Expr(super::structured::records(units, &record)))
                }
                Type::Scalar(scalar) => {
                    Some(Val::Expr(match super::extents::constant(&self.infer.module, &self.out, &e) {
                        Some(known) => ops::constant(known, scalar.weak, e.place),
                        None => self.kept_scalar(name, e, globals),
                    }))
                }
                Type::Tuple(types) => {
                    let items = super::join::items(&self.settled(e.clone()), types);
                    let kept = self.kept_all(name, items, globals, place)?;
                    match (types.names(), kept) {
                        (Some(names), Some(items)) => super::named::with_names(&items, names, place),
                        (_, kept) => kept.map(Val::Tuple),
                    }
                }
                Type::Record(record) if record.class.is_range() => match e.kind {
                    ExprKind::Record(bounds) => {
                        let bounds = bounds.into_iter().map(Val::Expr).collect();
                        let bounds = self.kept_all(name, bounds, globals, place)?;
                        let bounds = bounds
                            .unwrap_or_default()
                            .into_iter()
                            .map(|bound| self.runtime(bound, TextRange::default()))
                            .collect::<Answer<_>>()?;
                        Some(Val::Expr(Expr { kind: ExprKind::Record(bounds), ty: e.ty, place: e.place }))
                    }
                    _ => None,
                },
                Type::None | Type::Str | Type::List(_) | Type::Record(_) => None,
            },
            value @ Val::Static(_) => {
                let mut open = false;
                let value = value.map_inner(&mut |inner| {
                    let kept = self.kept(name, inner, globals, place)?;
                    open |= kept.is_none();
                    Ok(kept.unwrap_or(Val::NONE))
                })?;
                (!open).then_some(value)
            }
        })
    }

    fn kept_all(
        &mut self,
        name: &str,
        items: Vec<Val>,
        globals: &mut Vec<GlobalId>,
        place: Place,
    ) -> Answer<Option<Vec<Val>>> {
        items.into_iter().map(|item| self.kept(name, item, globals, place)).collect()
    }

    fn kept_array(&mut self, name: &str, e: Expr, globals: &mut Vec<GlobalId>) -> Answer<Option<Expr>> {
        let Type::Array(ty) = e.ty else { return Ok(None) };
        let Some(shape) = super::extents::of(&self.infer.module, &self.out, &e) else { return Ok(None) };
        let place = e.place;
        if let Some(bytes) = literal(&e) {
            return self.infer.literal(name, ty.dtype, shape, &bytes, false, place).map(Some);
        }
        let (target, global) = self.infer.global(name, ty.dtype, shape, Contents::Zeros, false, place)?;
        let computed = match &e.kind {
            ExprKind::Full { value, .. } => !ops::as_const(value).is_some_and(is_zero),
            ExprKind::Empty(_) => false,
            _ => true,
        };
        if computed {
            self.emit(StmtKind::StoreView { target: target.clone(), value: e }, place);
            globals.push(global);
        }
        Ok(Some(target))
    }

    /// A number in an array of its own.
    fn kept_scalar(&mut self, name: &str, e: Expr, globals: &mut Vec<GlobalId>) -> Expr {
        let (ty, place) = (e.ty.clone(), e.place);
        let Type::Scalar(scalar) = ty else { return e };
        let array = ArrayType { dtype: scalar.dtype, ndim: 1, layout: Layout::C };
        let cell =
            Global { name: name.to_owned(), ty: array, shape: vec![1], contents: Contents::Zeros, frozen: false };
        let global = self.infer.module.globals.push(cell);
        globals.push(global);
        let (array, index) = (read(global, array, place), vec![ops::int(0, place)]);
        self.emit(StmtKind::StoreItem { array: array.clone(), index: index.clone(), value: e }, place);
        let strong = Type::Scalar(Scalar::strong(scalar.dtype));
        let item = Expr { kind: ExprKind::Item { array: Box::new(array), index }, ty: strong, place };
        if scalar.weak { Expr { kind: ExprKind::Cast(Box::new(item)), ty, place } } else { item }
    }
}

impl Infer<'_> {
    /// Finds the value of a binding, if it can be known, after those of all it is made of: each is then found without looking further, however long the chain.
    fn evaluate(&mut self, binding: usize) {
        let mut pending = vec![(binding, false)];
        while let Some((binding, ready)) = pending.pop() {
            if self.constants.contains_key(&binding) {
                continue;
            }
            let Some(found) = self.program.bindings.get(binding) else { continue };
            match &found.meaning {
                Meaning::Constant(e) if ready => {
                    // A function that is being inferred has no result yet that a value could be made of.
                    let running = std::mem::replace(&mut self.settled_from, self.instances.len());
                    let value = self.module_expression(&found.name, e, found.sees);
                    self.settled_from = running;
                    if !matches!(value, Err(Stop::PathEnds)) {
                        self.constants.insert(binding, value);
                    }
                }
                Meaning::Constant(e) => {
                    pending.push((binding, true));
                    // Words that are no names are not found.
                    let text = self.source.text.get(e.range().to_std_range()).unwrap_or_default();
                    let words = text.split(|c: char| !c.is_alphanumeric() && c != '_');
                    let used = words.filter_map(|word| self.program.lookup(word, found.sees));
                    pending.extend(used.map(|(index, _)| (index, false)));
                }
                Meaning::Frozen(array) => {
                    let FrozenArray { name, dtype, record, shape, bytes } = array;
                    let value = self.literal(name, *dtype, shape.clone(), bytes, true, Place::default());
                    let value = value.map(|array| match record {
                        Some(record) => super::structured::records(array, record),
                        None => array,
                    });
                    let value = value.map(|array| Some(Val::Expr(array)));
                    self.constants.insert(binding, value);
                }
                Meaning::Changed => {
                    let before = self.program.lookup(&found.name, binding).map(|(index, _)| index);
                    let Some(before) = before else { continue };
                    if ready {
                        let value = self.constants.get(&before).cloned().unwrap_or(Ok(None));
                        let kept = value.map(|value| value.filter(cannot_change));
                        self.constants.insert(binding, kept);
                    } else {
                        pending.extend([(binding, true), (before, false)]);
                    }
                }
                Meaning::Value(_) | Meaning::Open | Meaning::Early(_) | Meaning::Nothing => {}
            }
        }
    }

    /// Finds the module's own names of dtypes, and of types that are made of these: signatures and annotations may name them.
    pub(super) fn find_types(&mut self) {
        for (index, binding) in self.program.bindings.iter().enumerate() {
            let Meaning::Constant(e) = &binding.meaning else { continue };
            let text = self.source.text.get(e.range().to_std_range()).unwrap_or_default();
            let mut words = text.split(|c: char| !c.is_alphanumeric() && c != '_');
            if !words.any(|word| matches!(word, "dtype" | "from_dtype") || self.types.contains_key(word)) {
                continue;
            }
            self.evaluate(index);
            let found = match self.constants.get(&index) {
                Some(Ok(Some(value @ Val::Static(Static::RecordType(_) | Static::Type(_))))) => Ok(value.clone()),
                Some(Err(stop)) => Err(stop.clone()),
                _ => continue,
            };
            self.types.insert(binding.name.clone(), found);
        }
    }

    /// The value of an expression of the module, which sees the names bound before it.
    fn module_expression(&mut self, name: &str, e: &ast::Expr, sees: usize) -> Answer<Option<Val>> {
        let mut body = Body::module(self, sees);
        let place = body.place_of(e);
        let value = body.expr(e)?;
        let mut computed = Vec::new();
        let value = body.kept(name, value, &mut computed, place)?;
        if computed.is_empty() {
            // What does not reach a value that is kept cannot be seen, but statements may raise.
            return Ok(if body.out.is_empty() { value } else { None });
        }
        let none = Expr { kind: ExprKind::NoneValue, ty: Type::None, place };
        body.emit(StmtKind::Return(none), place);
        let function = body.finish_module(format!("<{name}>"), place);
        self.compute(&computed, function);
        Ok(value)
    }

    /// Lets a function compute global arrays.
    fn compute(&mut self, globals: &[GlobalId], function: Function) {
        let function = self.module.functions.push(function);
        for &global in globals {
            if let Some(global) = self.module.globals.values_mut().nth(global.index()) {
                global.contents = Contents::Computed(function);
            }
        }
    }

    /// A new global array, and its id.
    fn global(
        &mut self,
        name: &str,
        dtype: DType,
        shape: Vec<u32>,
        contents: Contents,
        frozen: bool,
        place: Place,
    ) -> Answer<(Expr, GlobalId)> {
        let ty = ArrayType { dtype, ndim: u8::try_from(shape.len()).unwrap_or(u8::MAX), layout: Layout::C };
        let global = Global { name: name.to_owned(), ty, shape, contents, frozen };
        let total = self.module.globals.iter().map(|(_, g)| g.bytes()).fold(global.bytes(), u64::saturating_add);
        if total > limits::GLOBALS {
            let message =
                format!("the arrays of the module have {total} bytes, and at most {} are compiled", limits::GLOBALS);
            let error = Diagnostic::error(codes::TOO_LARGE, message).hint("pass large arrays as arguments");
            let known = place != Place::default();
            return Err(Stop::error(if known { error.primary(place_span(place), "with this one") } else { error }));
        }
        let global = self.module.globals.push(global);
        Ok((read(global, ty, place), global))
    }

    /// The state of the module's random generators: words, or what is kept of normal numbers. The one array follows the other in memory, for hosts.
    pub(super) fn generator_state(&mut self, floats: bool, place: Place) -> Answer<Expr> {
        let known = self.module.globals.iter().find(|(_, global)| global.name == typed::GENERATORS);
        let words = match known {
            Some((id, _)) => id,
            None => {
                let (_, words) = self.global(
                    typed::GENERATORS,
                    DType::UInt32,
                    vec![generators::WORDS],
                    Contents::Zeros,
                    false,
                    place,
                )?;
                self.global("$floats", DType::Float64, vec![generators::FLOATS], Contents::Zeros, false, place)?;
                words
            }
        };
        let id = GlobalId::new(u32::try_from(words.index() + usize::from(floats)).unwrap_or(u32::MAX));
        let (dtype, ndim) = (if floats { DType::Float64 } else { DType::UInt32 }, 1);
        Ok(read(id, ArrayType { dtype, ndim, layout: Layout::C }, place))
    }

    /// An array of floats that lives as long as the module, of zeros at the beginning; the same for the same name.
    pub(super) fn module_floats(&mut self, name: &str, count: u32, place: Place) -> Answer<Expr> {
        let ty = ArrayType { dtype: DType::Float64, ndim: 1, layout: Layout::C };
        let known = self.module.globals.iter().find(|(_, global)| global.name == name).map(|(id, _)| id);
        match known {
            Some(id) => Ok(read(id, ty, place)),
            None => Ok(self.global(name, ty.dtype, vec![count], Contents::Zeros, false, place)?.0),
        }
    }

    /// An array of constants that functions read and nothing names; the same for the same constants.
    pub(super) fn table(&mut self, dtype: DType, constants: &[Const], place: Place) -> Answer<Expr> {
        let bytes: Vec<u8> = constants.iter().flat_map(|c| bytes_of(*c)).collect();
        let known = self.tables.iter().find(|(of, held, _)| *of == dtype && *held == bytes);
        if let Some((.., array)) = known {
            return Ok(array.clone());
        }
        let shape = vec![u32::try_from(constants.len()).unwrap_or(u32::MAX)];
        let array = self.literal("table", dtype, shape, &bytes, true, place)?;
        self.tables.push((dtype, bytes, array.clone()));
        Ok(array)
    }

    /// A global array of given elements. Those that are equal, or that make a range, are computed, so that they take no room.
    fn literal(
        &mut self,
        name: &str,
        dtype: DType,
        shape: Vec<u32>,
        bytes: &[u8],
        frozen: bool,
        place: Place,
    ) -> Answer<Expr> {
        if bytes.iter().all(|byte| *byte == 0) {
            return self.global(name, dtype, shape, Contents::Zeros, frozen, place).map(|(array, _)| array);
        }
        let Some(pattern) = pattern(dtype, bytes) else {
            let contents = Contents::Bytes(Rc::from(bytes));
            return self.global(name, dtype, shape, contents, frozen, place).map(|(array, _)| array);
        };
        let (array, global) = self.global(name, dtype, shape, Contents::Zeros, frozen, place)?;
        let constant = |c| ops::constant(c, false, place);
        let size = ops::int(i64::try_from(bytes.len() / dtype.size() as usize).unwrap_or(i64::MAX), place);
        let line = Type::Array(ArrayType { dtype, ndim: 1, layout: Layout::C });
        let (target, value) = match pattern {
            Pattern::Equal(value) => (array.clone(), constant(value)),
            Pattern::Range(start, step) => {
                let (start, step) = (Box::new(constant(start)), Box::new(constant(step)));
                let range = ExprKind::Range { start, step, count: Box::new(size.clone()) };
                let target = ExprKind::Reshape(Box::new(array.clone()), vec![size]);
                (Expr { kind: target, ty: line.clone(), place }, Expr { kind: range, ty: line, place })
            }
        };
        let none = Expr { kind: ExprKind::NoneValue, ty: Type::None, place };
        let body = vec![
            Stmt { kind: StmtKind::StoreView { target, value }, place },
            Stmt { kind: StmtKind::Return(none), place },
        ];
        let name = format!("<{name}>");
        let reported_as = "<module>".to_owned();
        let function = Function { name, reported_as, body, place, ..super::empty_function() };
        self.compute(&[global], function);
        Ok(array)
    }
}

/// Whether a value is the same whatever is done to it.
fn cannot_change(value: &Val) -> bool {
    match value {
        Val::Expr(e) => !e.ty.is_counted(),
        Val::Tuple(items) => items.iter().all(cannot_change),
        Val::List(..) => false,
        Val::Static(_) => value.inner().into_iter().all(cannot_change),
    }
}

/// What elements of a regular array are.
enum Pattern {
    /// All are this one.
    Equal(Const),
    /// Element k is the first plus k times the second, in the dtype.
    Range(Const, Const),
}

/// What is regular about elements, if they are so many that it matters.
fn pattern(dtype: DType, bytes: &[u8]) -> Option<Pattern> {
    let size = dtype.size() as usize;
    if bytes.len() < FEWEST_COMPUTED || dtype.is_complex() {
        return None;
    }
    let mut elements = bytes.chunks_exact(size).map(|chunk| element(dtype, chunk));
    let (first, second) = (elements.next()?, elements.next()?);
    if first == second {
        return elements.all(|e| e == first).then_some(Pattern::Equal(first));
    }
    let step = match (first, second) {
        (Const::Int(_, a), Const::Int(_, b)) => Const::wrap(dtype, b.wrapping_sub(a)),
        (Const::F64(_), Const::F64(_)) => Const::f64(second.as_f64() - first.as_f64()),
        _ => return None,
    };
    let at = |k: usize| match (first, step) {
        (Const::Int(_, a), Const::Int(_, d)) => {
            i64::try_from(k).ok().map(|k| Const::wrap(dtype, a.wrapping_add(d.wrapping_mul(k))))
        }
        _ => u32::try_from(k).ok().map(|k| Const::f64(first.as_f64() + step.as_f64() * f64::from(k))),
    };
    elements.enumerate().all(|(k, e)| at(k + 2) == Some(e)).then_some(Pattern::Range(first, step))
}

/// An element from its bytes.
fn element(dtype: DType, bytes: &[u8]) -> Const {
    let mut word = [0u8; 8];
    word.iter_mut().zip(bytes).for_each(|(to, from)| *to = *from);
    let raw = u64::from_le_bytes(word);
    match dtype {
        DType::Bool => Const::Bool(raw != 0),
        DType::Float32 => Const::F32(u32::try_from(raw).unwrap_or(0)),
        DType::Float64 => Const::F64(raw),
        _ => Const::wrap(dtype, raw.cast_signed()),
    }
}

/// The bytes of an array literal of constants.
fn literal(e: &Expr) -> Option<Vec<u8>> {
    match &e.kind {
        ExprKind::Copy(inner) => literal(inner),
        ExprKind::ArrayLit { items, .. } => {
            let mut bytes = Vec::with_capacity(items.len() * 8);
            for item in items {
                bytes.extend(bytes_of(ops::as_const(item)?));
            }
            Some(bytes)
        }
        _ => None,
    }
}

/// The bytes of an element.
fn bytes_of(constant: Const) -> impl Iterator<Item = u8> {
    let raw = match constant {
        Const::F64(bits) => bits,
        Const::F32(bits) => u64::from(bits),
        Const::Bool(value) => u64::from(value),
        Const::Int(_, value) => value.cast_unsigned(),
    };
    raw.to_le_bytes().into_iter().take(constant.dtype().size() as usize)
}

fn is_zero(value: Const) -> bool {
    value == Const::zero(value.dtype())
}

/// The array as an expression.
fn read(global: GlobalId, ty: ArrayType, place: Place) -> Expr {
    Expr { kind: ExprKind::Global(global), ty: Type::Array(ty), place }
}

/// Whether a value of the module is only other names of global arrays, or of parts of them.
fn is_place(e: &Expr) -> bool {
    let known = |e: &Expr| ops::as_const(e).is_some();
    match &e.kind {
        ExprKind::Global(_) => true,
        ExprKind::Transpose(array, _)
        | ExprKind::Part(array, _)
        | ExprKind::FieldView { array, .. }
        | ExprKind::Elements(array) => is_place(array),
        ExprKind::Reshape(array, shape) => {
            matches!(array.ty, Type::Array(ty) if ty.layout == Layout::C) && is_place(array) && shape.iter().all(known)
        }
        ExprKind::View { array, index } => {
            let fixed = index.iter().all(|entry| match entry {
                Index::At(e) => known(e),
                Index::Slice { start, stop, step } => [start, stop, step].into_iter().flatten().all(known),
                Index::NewAxis => true,
            });
            fixed && is_place(array)
        }
        _ => false,
    }
}

/// Whether a number or a tuple of numbers is computed from constants alone.
fn is_known(e: &Expr) -> bool {
    match &e.kind {
        ExprKind::Const(_) => true,
        ExprKind::Tuple(items) | ExprKind::Kernel(_, items) => items.iter().all(is_known),
        ExprKind::Cast(a) | ExprKind::Unary(_, a) => is_known(a),
        ExprKind::Binary(_, a, b) => is_known(a) && is_known(b),
        _ => false,
    }
}
