//! Type expressions: Numba's signature strings and call forms, and annotations.

use crate::infer::{Answer, Stop, records_type};
use crate::scope::{self, Program};
use crate::source::span;
use crate::value::{Static, Val};
use nopython_diagnostics::{Diagnostic, Span, codes, quoted};
use nopython_ir::sorted::SortedMap;
use nopython_types::{ArrayType, DType, Element, Field, Items, Layout, Scalar, Structure, Type};
use ruff_python_ast::{Expr, ExprSubscript, Number};
use std::sync::Arc;

/// Argument types and the declared result, if any.
#[derive(Clone, Debug, PartialEq)]
pub struct Signature {
    /// One per parameter.
    pub params: Vec<Type>,
    /// What is declared to be returned.
    pub result: Option<Type>,
}

/// Where the text of a string literal stands in the source.
#[derive(Clone, Copy, Debug)]
pub enum Inside {
    /// Its first character is at this offset.
    Text(u32),
    /// Characters cannot be located in it (it is triple-quoted, joined or escaped): the whole literal is shown.
    Literal(Span),
}

/// What the module's own names of dtypes and types stand for, or why they stand for none.
pub type Types = SortedMap<String, Answer<Val>>;

/// Reads type expressions in the scope of a module.
pub struct Reader<'p> {
    /// The module.
    pub program: &'p Program,
    /// Its own names of types.
    pub types: &'p Types,
    /// For text inside a string: where the text stands.
    pub at: Option<Inside>,
}

impl Reader<'_> {
    /// Where an expression stands; inside a string, counted from the string's first character.
    fn span(&self, e: &Expr) -> Span {
        let own = span(e);
        match self.at {
            None => own,
            Some(Inside::Text(start)) => Span { start: start + own.start, end: start + own.end },
            Some(Inside::Literal(whole)) => whole,
        }
    }

    /// A reader for the text of a string literal.
    fn inside(&self, literal: &Expr, text: &str) -> Self {
        let whole = self.span(literal);
        let plain = self.at.is_none() && usize::try_from(whole.end - whole.start).is_ok_and(|n| n == text.len() + 2);
        let skipped = u32::try_from(text.len() - text.trim_start().len()).unwrap_or(0);
        let at = if plain { Inside::Text(whole.start + 1 + skipped) } else { Inside::Literal(whole) };
        Reader { program: self.program, types: self.types, at: Some(at) }
    }

    fn bad<T>(&self, e: &Expr, what: impl Into<String>) -> Answer<T> {
        let diagnostic = Diagnostic::error(codes::BAD_SIGNATURE, what)
            .primary(self.span(e), "not a type")
            .hint("write types as float64, int32, float64[:] or float64[:, ::1]; a signature as \"float64(float64[:], int32)\"");
        Err(Stop::error(diagnostic))
    }

    /// The signatures of a decorator's first argument.
    pub fn signatures(&self, e: &Expr) -> Answer<Vec<Signature>> {
        match e {
            Expr::List(list) => {
                let mut all = Vec::new();
                for e in &list.elts {
                    all.extend(self.signatures(e)?);
                }
                Ok(all)
            }
            Expr::StringLiteral(text) => {
                let Some(parsed) = parse(text.value.to_str()) else {
                    return self.bad(e, format!("cannot read the signature {}", quoted(text.value.to_str())));
                };
                self.inside(e, text.value.to_str()).signatures(&parsed)
            }
            Expr::Call(call) => {
                let result = self.ty(&call.func)?;
                let params = call.arguments.args.iter().map(|e| self.ty(e)).collect::<Answer<Vec<_>>>()?;
                Ok(vec![Signature { params, result: Some(result) }])
            }
            Expr::Tuple(tuple) => {
                let params = tuple.elts.iter().map(|e| self.ty(e)).collect::<Answer<Vec<_>>>()?;
                Ok(vec![Signature { params, result: None }])
            }
            other => self.bad(other, "cannot read this signature"),
        }
    }

    /// The type an expression names.
    pub fn ty(&self, e: &Expr) -> Answer<Type> {
        match e {
            Expr::NoneLiteral(_) => Ok(Type::None),
            Expr::StringLiteral(text) => match parse(text.value.to_str()) {
                Some(parsed) => self.inside(e, text.value.to_str()).ty(&parsed),
                None => self.bad(e, format!("cannot read the type {}", quoted(text.value.to_str()))),
            },
            Expr::Subscript(subscript) => self.subscript(e, subscript),
            Expr::BinOp(union) if union.op == ruff_python_ast::Operator::BitOr => {
                self.union(e, &union.left, &union.right)
            }
            Expr::Call(call) => match self.lookup(e) {
                Some(Val::Static(Static::RecordType(record))) => Ok(records_type(&record, 0, Layout::C)),
                Some(Val::Static(Static::ScalarType(s))) => Ok(Type::Scalar(s)),
                _ => self.refused(e).unwrap_or_else(|| self.tuple_type(e, &call.func, &call.arguments.args)),
            },
            Expr::Name(_) | Expr::Attribute(_) => match self.lookup(e) {
                Some(Val::Static(Static::RecordType(record))) => Ok(records_type(&record, 0, Layout::C)),
                Some(Val::Static(Static::ScalarType(s))) => Ok(Type::Scalar(s)),
                Some(Val::Static(Static::Type(t))) => Ok(t),
                Some(Val::Static(Static::Builtin(name))) if name == "str" => Ok(Type::Str),
                Some(Val::Static(Static::Class(name))) if self.program.named_tuple(&name).is_some() => {
                    self.named_tuple(&name, e)
                }
                Some(Val::Static(Static::Library(name))) if let Some(ty) = crate::infer::generator_type(&name) => {
                    Ok(ty)
                }
                Some(Val::Static(Static::Class(name))) => match self.record(&name)? {
                    Some(record) => Ok(Type::Record(record)),
                    None => self.unknown(e),
                },
                Some(Val::Static(Static::Builtin(name))) if name == "ndarray" || name == "NDArray" => self.no_rank(e),
                _ => self.refused(e).unwrap_or_else(|| self.unknown(e)),
            },
            other => self.bad(other, "this does not name a type"),
        }
    }

    /// A class of `typing.NamedTuple`, whose fields have types.
    fn named_tuple(&self, name: &str, e: &Expr) -> Answer<Type> {
        let Some(def) = self.program.named_tuple(name) else { return self.unknown(e) };
        let types = crate::infer::named::fields(def).map(|(_, annotation, _)| self.ty(annotation));
        let types = types.collect::<Answer<Vec<_>>>()?;
        Ok(Type::Tuple(Items::named(types, Some(crate::infer::named::names(def)))))
    }

    /// Why a dtype of the module, or the type of its records, is none.
    fn refused<T>(&self, e: &Expr) -> Option<Answer<T>> {
        match e {
            Expr::Call(call) => self.refused(call.arguments.args.first()?),
            Expr::Name(name) => match self.types.get(name.id.as_str())? {
                Err(stop) => Some(Err(stop.clone())),
                Ok(_) => None,
            },
            _ => None,
        }
    }

    /// A name that is no type, with the type it may be meant to be.
    fn unknown<T>(&self, e: &Expr) -> Answer<T> {
        let name = match e {
            Expr::Name(name) => name.id.as_str(),
            Expr::Attribute(attribute) => attribute.attr.as_str(),
            _ => return self.bad(e, "this does not name a type"),
        };
        let diagnostic = Diagnostic::error(codes::BAD_SIGNATURE, format!("`{name}` is not a type"))
            .primary(self.span(e), "not a type");
        let near = scope::nearest(name, DType::ALL.iter().map(|d| d.name()));
        Err(Stop::error(match near {
            Some(near) => diagnostic.hint(format!("did you mean {near}?")),
            None => diagnostic.hint(
                "types are bool, int8 to int64, uint8 to uint64, float32, float64, complex64, complex128, and arrays of them: float64[:]",
            ),
        }))
    }

    fn no_rank<T>(&self, e: &Expr) -> Answer<T> {
        let diagnostic =
            Diagnostic::error(codes::BAD_SIGNATURE, "an array annotation must say how many dimensions there are")
                .primary(self.span(e), "the number of dimensions is not given")
                .hint("write \"float64[:]\" for one dimension, \"float64[:, ::1]\" for a C-contiguous array of two");
        Err(Stop::error(diagnostic))
    }

    fn lookup(&self, e: &Expr) -> Option<Val> {
        match e {
            Expr::Name(name) => {
                let name = name.id.as_str();
                let own = self.types.get(name).and_then(|value| value.as_ref().ok()).cloned();
                let known = own.or_else(|| self.program.names.get(name).cloned()).or_else(|| scope::builtin(name));
                known.or_else(|| match name {
                    "unicode_type" | "string" => Some(Val::Static(Static::Type(Type::Str))),
                    "void" | "none" => Some(Val::Static(Static::Type(Type::None))),
                    "UniTuple" | "Tuple" | "Array" | "List" | "ListType" | "Dict" | "DictType" | "Set" | "Record"
                    | "from_dtype" => Some(Val::Static(Static::Builtin(name.to_owned()))),
                    _ => DType::from_name(name).map(|d| Val::Static(Static::ScalarType(Scalar::strong(d)))),
                })
            }
            Expr::Call(call) => match (self.lookup(&call.func)?, &*call.arguments.args) {
                (Val::Static(Static::Builtin(name)), [dtype]) if name == "from_dtype" => self.lookup(dtype),
                (Val::Static(Static::Builtin(name)), [fields, size, named @ ..]) if name == "Record" => {
                    let record = self.structure(fields, size, !named.is_empty())?;
                    Some(Val::Static(Static::RecordType(Arc::new(record))))
                }
                _ => None,
            },
            Expr::Attribute(attribute) => match self.lookup(&attribute.value)? {
                Val::Static(Static::Module(module)) => scope::attribute(module, attribute.attr.as_str()),
                _ => None,
            },
            _ => None,
        }
    }

    /// `Node | None`
    fn union(&self, whole: &Expr, left: &Expr, right: &Expr) -> Answer<Type> {
        match (self.ty(left)?, self.ty(right)?) {
            (Type::Record(record), Type::None) | (Type::None, Type::Record(record)) => {
                Ok(Type::Record(record.or_none()))
            }
            _ => self.bad(whole, "what may be None is an instance of a class"),
        }
    }

    /// `Optional[Node]`, `dict[int, float]`, `set[int]`; nothing for other types with arguments.
    fn generic(&self, whole: &Expr, e: &ExprSubscript) -> Answer<Option<Type>> {
        let name = match self.lookup(&e.value) {
            Some(Val::Static(Static::Builtin(name))) => name,
            Some(Val::Static(Static::Foreign(full))) if full.starts_with("typing.") => full,
            _ => return Ok(None),
        };
        let args: Vec<&Expr> = match &*e.slice {
            Expr::Tuple(items) => items.elts.iter().collect(),
            one => vec![one],
        };
        match (name.as_str(), args.as_slice()) {
            ("typing.Optional", [one]) => match self.ty(one)? {
                Type::Record(record) => Ok(Some(Type::Record(record.or_none()))),
                _ => self.bad(whole, "what may be None is an instance of a class"),
            },
            ("typing.List", [one]) => Ok(Some(Type::list(self.ty(one)?))),
            ("dict" | "Dict" | "DictType" | "typing.Dict", [key, value]) => {
                Ok(Some(crate::infer::container("dict", vec![self.ty(key)?, self.ty(value)?])))
            }
            ("set" | "Set" | "typing.Set", [item]) => Ok(Some(crate::infer::container("set", vec![self.ty(item)?]))),
            _ => Ok(None),
        }
    }

    /// `Record([("x", float64, 0), ("v", float64, 8, (3,))], 32)`, the notation of structured dtypes.
    fn structure(&self, fields: &Expr, size: &Expr, named: bool) -> Option<Structure> {
        let mut placed = Vec::new();
        for field in &fields.as_list_expr()?.elts {
            let (name, element, offset, shape) = match &*field.as_tuple_expr()?.elts {
                [name, element, offset] => (name, element, offset, Vec::new()),
                [name, element, offset, Expr::Tuple(shape)] => {
                    (name, element, offset, shape.elts.iter().map(whole_number).collect::<Option<Vec<_>>>()?)
                }
                _ => return None,
            };
            let element = match self.lookup(element)? {
                Val::Static(Static::ScalarType(s)) => Element::Number(s.dtype),
                Val::Static(Static::RecordType(record)) => Element::Structure(record),
                _ => return None,
            };
            let name = name.as_string_literal_expr()?.value.to_str().to_owned();
            placed.push(Field { name, offset: whole_number(offset)?, element, shape });
        }
        Structure::new(placed, whole_number(size)?, named).ok()
    }

    /// `float64[:, ::1]`, `npt.NDArray[…]`, `tuple[int, float]`
    fn subscript(&self, whole: &Expr, e: &ExprSubscript) -> Answer<Type> {
        if let Some(ty) = self.generic(whole, e)? {
            return Ok(ty);
        }
        let scalar = match self.lookup(&e.value) {
            Some(Val::Static(Static::ScalarType(s))) => s,
            Some(Val::Static(Static::RecordType(record))) => {
                return match axes(&e.slice) {
                    Some((ndim @ 1..=3, layout)) => Ok(records_type(&record, ndim, layout)),
                    Some(_) => self.bad(whole, "arrays of records have at most 3 dimensions"),
                    None => self.bad(&e.slice, "an axis of an array type is written `:` or `::1`"),
                };
            }
            Some(Val::Static(Static::Builtin(name))) if name == "NDArray" || name == "ndarray" => {
                return self.no_rank(whole);
            }
            Some(Val::Static(Static::Builtin(name))) if matches!(name.as_str(), "list" | "List" | "ListType") => {
                return Ok(Type::list(self.ty(&e.slice)?));
            }
            Some(Val::Static(Static::Builtin(name))) if name == "tuple" => {
                let items = match &*e.slice {
                    Expr::Tuple(items) => items.elts.iter().collect(),
                    one => vec![one],
                };
                return Ok(Type::Tuple(items.into_iter().map(|e| self.ty(e)).collect::<Answer<_>>()?));
            }
            _ => return self.refused(&e.value).unwrap_or_else(|| self.unknown(&e.value)),
        };
        let axes: Vec<&Expr> = match &*e.slice {
            Expr::Tuple(items) => items.elts.iter().collect(),
            one => vec![one],
        };
        let mut unit = Vec::new();
        for axis in &axes {
            match axis {
                Expr::Slice(s) if s.lower.is_none() && s.upper.is_none() => unit.push(s.step.is_some()),
                other => return self.bad(other, "an axis of an array type is written `:` or `::1`"),
            }
        }
        if axes.len() > 4 {
            return self.bad(whole, "arrays have at most 4 dimensions");
        }
        let last_unit = unit.last().copied().unwrap_or(false);
        let layout = if last_unit { Layout::C } else { Layout::Any };
        let ndim = u8::try_from(axes.len()).unwrap_or(u8::MAX);
        Ok(Type::Array(ArrayType { dtype: scalar.dtype, ndim, layout }))
    }

    /// `UniTuple(int64, 2)`, `Tuple((int64, float64))`
    fn tuple_type(&self, whole: &Expr, func: &Expr, args: &[Expr]) -> Answer<Type> {
        let Some(Val::Static(Static::Builtin(name))) = self.lookup(func) else {
            return self.bad(whole, "this does not name a type");
        };
        match (name.as_str(), args) {
            ("UniTuple", [item, Expr::NumberLiteral(n)]) => {
                let count = match &n.value {
                    ruff_python_ast::Number::Int(n) => n.as_u8().map(usize::from),
                    _ => None,
                };
                match count {
                    Some(count) => Ok(Type::Tuple(vec![self.ty(item)?; count].into())),
                    None => self.bad(whole, "the length of a tuple type is a small integer"),
                }
            }
            ("Array", [item, Expr::NumberLiteral(n), Expr::StringLiteral(layout)]) => {
                let ndim = match &n.value {
                    ruff_python_ast::Number::Int(n) => n.as_u8().filter(|n| (1..=4).contains(n)),
                    _ => None,
                };
                match (self.ty(item)?, ndim) {
                    (Type::Structured(own), Some(ndim @ 1..=3)) if own.ndim == 0 => {
                        let layout = if layout.value.to_str() == "C" { Layout::C } else { Layout::Any };
                        Ok(records_type(&own.record, ndim, layout))
                    }
                    (Type::Scalar(s), Some(ndim)) => {
                        let layout = if layout.value.to_str() == "C" { Layout::C } else { Layout::Any };
                        Ok(Type::Array(ArrayType { dtype: s.dtype, ndim, layout }))
                    }
                    _ => self.bad(whole, "an array type has a scalar dtype and 1 to 4 dimensions"),
                }
            }
            ("Dict" | "DictType" | "dict", [key, value]) => {
                Ok(crate::infer::container("dict", vec![self.ty(key)?, self.ty(value)?]))
            }
            ("Set" | "set", [item, ..]) => Ok(crate::infer::container("set", vec![self.ty(item)?])),
            ("List" | "ListType" | "list", [item, ..]) => Ok(Type::list(self.ty(item)?)),
            ("Tuple", [Expr::Tuple(items)]) => {
                Ok(Type::Tuple(items.elts.iter().map(|e| self.ty(e)).collect::<Answer<_>>()?))
            }
            ("Tuple", [Expr::List(items)]) => {
                Ok(Type::Tuple(items.elts.iter().map(|e| self.ty(e)).collect::<Answer<_>>()?))
            }
            _ => self.bad(whole, "this does not name a type"),
        }
    }
}

/// What `:, ::1` between brackets says.
pub fn axes(e: &Expr) -> Option<(u8, Layout)> {
    let axes = match e {
        Expr::Tuple(items) => items.elts.iter().collect(),
        one => vec![one],
    };
    let mut unit = false;
    for axis in &axes {
        let slice = axis.as_slice_expr().filter(|s| s.lower.is_none() && s.upper.is_none())?;
        unit = slice.step.is_some();
    }
    Some((u8::try_from(axes.len()).ok()?, if unit { Layout::C } else { Layout::Any }))
}

fn whole_number(e: &Expr) -> Option<u32> {
    match &e.as_number_literal_expr()?.value {
        Number::Int(n) => n.as_i64().and_then(|n| u32::try_from(n).ok()),
        _ => None,
    }
}

/// An expression that stands alone.
pub fn parse(text: &str) -> Option<Expr> {
    crate::depth::check(text).ok()?;
    ruff_python_parser::parse_expression(text.trim()).ok().map(ruff_python_parser::Parsed::into_expr)
}
