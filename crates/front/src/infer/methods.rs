//! Attributes and methods of values.

use super::body::Body;
use super::builtins::dimension;
use super::calls::Args;
use super::ops;
use super::share::Shared;
use super::{Answer, Stop};
use crate::value::{Static, Val};
use nopython_diagnostics::codes;
use nopython_ir::Const;
use nopython_ir::ops::BinOp;
use nopython_ir::typed::{Expr, ExprKind};
use nopython_types::{ArrayType, DType, Scalar, Type};
use ruff_python_ast as ast;

/// Methods that are the library function of the same name.
pub const SAME_AS_FUNCTION: &[&str] = &[
    "sum",
    "prod",
    "min",
    "max",
    "mean",
    "var",
    "std",
    "argmin",
    "argmax",
    "all",
    "any",
    "cumsum",
    "cumprod",
    "dot",
    "round",
    "ravel",
    "swapaxes",
    "clip",
    "repeat",
    "searchsorted",
    "trace",
    "nonzero",
    "argsort",
    "take",
    "squeeze",
    "conj",
    "conjugate",
];
/// Methods with code of their own.
pub const OWN: &[&str] = &["astype", "copy", "reshape", "flatten", "fill", "item", "transpose", "sort"];

impl Body<'_, '_> {
    /// An attribute of a value that is not a module.
    pub fn value_attribute(&mut self, value: Val, name: &str, node: &ast::Expr) -> Answer<Val> {
        let place = self.place_of(node);
        let value = match value {
            // But for the list that a body of the library fills.
            Val::List(_, site) if self.library && (site.is_none() || !super::lists::is_method(name)) => {
                Val::Expr(self.as_array(value, node)?)
            }
            other => other,
        };
        let is_list = matches!(&value, Val::List(..)) || super::lists::is_record(&value);
        if is_list && super::lists::is_method(name) {
            return Ok(Val::Static(Static::Method(Box::new(value), name.to_owned())));
        }
        if let (Val::Static(Static::Named(class)), "_fields") = (&value, name) {
            return Ok(super::named::field_names(&class.names));
        }
        if let (Val::Static(Static::Class(class)), "_fields") = (&value, name)
            && let Some(def) = self.infer.program.named_tuple(class)
        {
            return Ok(super::named::field_names(&super::named::names(def)));
        }
        if let Val::Static(Static::Class(class)) = &value
            && let Some(found) = self.class_attribute(class, name, node)?
        {
            return Ok(found);
        }
        if let (Val::Static(Static::Slice(bounds)), "start" | "stop" | "step") = (&value, name) {
            let [start, stop, step] = &**bounds;
            return Ok(if name == "start" {
                start
            } else if name == "stop" {
                stop
            } else {
                step
            }
            .clone());
        }
        if let Val::Static(Static::Builtin(class)) = &value
            && matches!((class.as_str(), name), ("Dict", "empty") | ("List", "empty_list"))
        {
            return Ok(Val::Static(Static::Method(Box::new(value), name.to_owned())));
        }
        if super::strings::is_text(&value) && Self::is_text_method(name) {
            return Ok(Val::Static(Static::Method(Box::new(value), name.to_owned())));
        }
        if super::strings::is_text(&value) {
            return Err(self.no_text_method(name, node));
        }
        if let Val::Static(Static::RecordType(record)) = &value {
            return self.record_type_attribute(record, name, node);
        }
        let Val::Expr(e) = value else {
            let what = value.describe();
            if let Val::Static(Static::Limits(dtype)) = value
                && let Some((limit, weak)) = limit(dtype, name)
            {
                return Ok(Val::Expr(ops::constant(limit, weak, place)));
            }
            if let Val::Static(Static::Foreign(_)) = &value {
                return Err(self.foreign(&what, node));
            }
            if matches!(&value, Val::Static(Static::Keywords(_))) {
                return Ok(Val::Static(Static::Method(Box::new(value), name.to_owned())));
            }
            let diagnostic =
                self.error(node, codes::UNKNOWN_ATTRIBUTE, format!("{what} has no attribute '{name}'"), "here");
            return Err(Stop::error(match &value {
                Val::List(..) => {
                    diagnostic.hint(format!("lists have the methods {}", super::lists::methods().join(", ")))
                }
                Val::Static(Static::Class(_)) => {
                    diagnostic.hint(format!("make it a constant of the module: {name} = 1"))
                }
                _ => diagnostic,
            }));
        };
        let e = if matches!((&e.ty, name), (Type::Array(_) | Type::Structured(_), "shape" | "size")) && calls(&e) {
            self.named(e)
        } else {
            e
        };
        if matches!(e.ty, Type::Record(_)) {
            return self.record_attribute(e, name, node);
        }
        if let Some(value) = self.named_attribute(&e, name) {
            return Ok(value);
        }
        if super::structured::is_records(&e.ty) {
            return self.records_attribute(e, name, node);
        }
        match (&e.ty, name) {
            (Type::Array(a), "shape") => {
                Ok(Val::Tuple((0..a.ndim).map(|axis| Val::Expr(dimension(e.clone(), axis))).collect()))
            }
            (Type::Array(a), "ndim") => Ok(Val::Expr(ops::int(i64::from(a.ndim), place))),
            (Type::Array(a), "size") => Ok(Val::Expr(
                (0..a.ndim)
                    .map(|axis| dimension(e.clone(), axis))
                    .reduce(|x, y| ops::binary(BinOp::Mul, x, y, true, place))
                    .unwrap_or(ops::int(1, place)),
            )),
            (Type::Array(ArrayType { dtype, .. }), "itemsize") => {
                Ok(Val::Expr(ops::int(i64::from(dtype.size()), place)))
            }
            (Type::Array(ArrayType { dtype, .. }) | Type::Scalar(Scalar { dtype, weak: false }), "dtype") => {
                Ok(Val::Static(Static::ScalarType(Scalar::strong(*dtype))))
            }
            (Type::Scalar(Scalar { dtype, .. }), "dtype") if self.library => {
                Ok(Val::Static(Static::ScalarType(Scalar::strong(*dtype))))
            }
            (Type::Array(_), "T") => self.transposed(e, None, node).map(Val::Expr),
            (Type::Array(a), "real" | "imag") if a.dtype.is_complex() => {
                Ok(Val::Expr(super::complex::parts(e, u8::from(name == "imag"))))
            }
            (Type::Array(_), "imag") => self.library("imag", vec![Val::Expr(e)], node),
            (Type::Scalar(s), "real" | "imag") if s.dtype.is_complex() => {
                Ok(Val::Expr(super::complex::part(&e, usize::from(name == "imag"))))
            }
            (Type::Scalar(s), "conjugate" | "conj") if s.dtype.is_complex() => {
                Ok(Val::Static(Static::Method(Box::new(Val::Expr(e)), name.to_owned())))
            }
            (Type::Scalar(s), "imag") => {
                let zero = super::complex::zero(if *s == Scalar::BOOL { Scalar::INT } else { *s }, place);
                let mut shared = Shared::default();
                shared.read(self, e);
                Ok(Val::Expr(shared.around(zero)))
            }
            (Type::Scalar(Scalar::BOOL), "real") => Ok(Val::Expr(ops::cast_scalar(e, Scalar::INT))),
            (Type::Array(_) | Type::Scalar(_), "real") => Ok(Val::Expr(e)),
            (Type::Array(_), _) if SAME_AS_FUNCTION.contains(&name) || OWN.contains(&name) => {
                Ok(Val::Static(Static::Method(Box::new(Val::Expr(e)), name.to_owned())))
            }
            (Type::Scalar(_), "item" | "astype") => {
                Ok(Val::Static(Static::Method(Box::new(Val::Expr(e)), name.to_owned())))
            }
            (ty, _) => {
                let names = ["shape", "ndim", "size", "itemsize", "dtype", "T"]
                    .into_iter()
                    .chain(SAME_AS_FUNCTION.iter().copied())
                    .chain(OWN.iter().copied());
                let near = crate::scope::nearest(name, names).map(str::to_owned);
                let diagnostic = self.error(
                    node,
                    codes::UNKNOWN_ATTRIBUTE,
                    format!("{ty} has no attribute '{name}'"),
                    format!("this is {ty}"),
                );
                if self.library {
                    let what = format!("this function takes an array, not {ty}");
                    let diagnostic = self.error(node, codes::TYPE_MISMATCH, what, format!("an argument is {ty}"));
                    return Err(Stop::error(diagnostic.hint("np.atleast_1d(x) makes an array of a number")));
                }
                let function = matches!(ty, Type::Array(_))
                    && nopython_numpy::find(name).is_some_and(|e| e.is_public() && e.signature.contains("(a"));
                if let Type::Tuple(items) = ty
                    && let Some(names) = items.names()
                {
                    let fields = names.fields.join(", ");
                    return Err(Stop::error(diagnostic.hint(format!("its fields are ({fields})"))));
                }
                let of_arrays = matches!(ty, Type::Scalar(_)) && SAME_AS_FUNCTION.contains(&name);
                Err(Stop::error(match near {
                    _ if of_arrays => {
                        diagnostic.hint(format!("arrays have it; as a function it takes numbers too: np.{name}(x)"))
                    }
                    _ if function => diagnostic.hint(format!("NumPy has it as a function: np.{name}(a)")),
                    Some(near) => diagnostic.hint(format!("did you mean '.{near}'?")),
                    None if matches!(ty, Type::Array(_)) => diagnostic.hint(format!(
                        "arrays have .shape, .ndim, .size, .dtype, .T and the methods {}",
                        SAME_AS_FUNCTION.iter().chain(OWN).copied().collect::<Vec<_>>().join(", ")
                    )),
                    None => diagnostic.hint("`nopython functions` lists the functions there are"),
                }))
            }
        }
    }

    /// A method call.
    pub fn call_method(&mut self, value: Val, name: &str, mut args: Args, node: &ast::Expr) -> Answer<Val> {
        if super::strings::is_text(&value) {
            return self.text_method(value, name, args, node);
        }
        if matches!(&value, Val::List(..)) || super::lists::is_record(&value) {
            return self.list_method(value, name, args, node);
        }
        let place = self.place_of(node);
        let value = match value {
            Val::Static(Static::Keywords(pairs)) => return self.keyword_method(pairs, name, args, node),
            value => value,
        };
        if let Val::Static(Static::Class(class)) = &value {
            let class = class.clone();
            return self.class_method(&class, name, args, node);
        }
        if let Val::Static(Static::Builtin(class)) = &value {
            return self.empty_container(class, args, node);
        }
        let this = self.runtime(value, node)?;
        if matches!(this.ty, Type::Record(_)) {
            return self.record_method(this, name, args, node);
        }
        if let Type::Tuple(items) = &this.ty
            && let ("_replace", Some(names)) = (name, items.names().cloned())
        {
            return self.replace_fields(this, &names, args, node);
        }
        let taken: &[&str] = match name {
            "astype" => &["dtype", "copy"],
            "flatten" | "reshape" => &["order"],
            "sort" => &["axis", "kind"],
            _ if OWN.contains(&name) || matches!(this.ty, Type::Scalar(_)) => &[],
            _ => return self.call_function(name, this, args, node),
        };
        if let Some((unknown, _)) = args.named.iter().find(|(name, _)| !taken.contains(&name.as_str())) {
            let message = format!("{name}() got an unexpected keyword argument '{unknown}'");
            let diagnostic = self.error(node, codes::UNKNOWN_KEYWORD, message, format!("'{unknown}' is given here"));
            return Err(Stop::error(match taken {
                [] => diagnostic.hint(format!("{name}() takes no keyword arguments here: leave it out")),
                _ => diagnostic.hint(format!("{name}() takes the keywords {}", taken.join(" and "))),
            }));
        }
        match name {
            "astype" => {
                let dtype = args.take("dtype").or_else(|| args.positional.first().cloned());
                let dtype = self.dtype(dtype.as_ref().unwrap_or(&Val::NONE), node)?;
                // What becomes real is the real part.
                let this = match &this.ty {
                    _ if dtype.dtype.is_complex() || dtype.dtype == DType::Bool => this,
                    Type::Array(a) if a.dtype.is_complex() => super::complex::parts(this, 0),
                    Type::Scalar(s) if s.dtype.is_complex() => super::complex::part(&this, 0),
                    _ => this,
                };
                let may_share = match args.take("copy") {
                    Some(Val::Expr(e)) => ops::as_int(&e) == Some(0),
                    _ => false,
                };
                Ok(Val::Expr(match this.ty {
                    Type::Array(a) if a.dtype == dtype.dtype && may_share => this,
                    Type::Array(a) if a.dtype == dtype.dtype => copy(this),
                    _ => Expr { place: self.place_of(node), ..ops::cast(this, dtype.dtype) },
                }))
            }
            "copy" => Ok(Val::Expr(super::structured::copied(this))),
            "flatten" => {
                let fortran = self.is_fortran(args.take("order").or_else(|| args.positional.pop()), node)?;
                let this = if fortran { self.transposed(this, None, node)? } else { this };
                let flat = self.reshaped(this, Val::Expr(ops::int(-1, place)), node)?;
                Ok(Val::Expr(super::structured::copied(flat)))
            }
            "reshape" => {
                let fortran = self.is_fortran(args.take("order"), node)?;
                let shape = match args.positional.as_slice() {
                    [one] => one.clone(),
                    many => Val::Tuple(many.to_vec()),
                };
                if !fortran {
                    return self.reshaped(this, shape, node).map(Val::Expr);
                }
                // In Fortran's order the first axis runs fastest: both shapes reversed, it is C's.
                let shape = match shape {
                    Val::Tuple(items) | Val::List(items, _) => Val::Tuple(items.into_iter().rev().collect()),
                    one => one,
                };
                let this = self.transposed(this, None, node)?;
                let reshaped = self.reshaped(this, shape, node)?;
                self.transposed(reshaped, None, node).map(Val::Expr)
            }
            "transpose" => {
                let axes = match args.positional.as_slice() {
                    [] => None,
                    [Val::Tuple(items)] => Some(items.clone()),
                    many => Some(many.to_vec()),
                };
                self.transposed(this, axes, node).map(Val::Expr)
            }
            "fill" => {
                let Some(value) = args.positional.into_iter().next() else {
                    return Err(self.unsupported(node, "fill without a value", "write a.fill(0)"));
                };
                let value = self.runtime(value, node)?;
                self.store_view(this, value, node)?;
                Ok(Val::NONE)
            }
            "sort" => {
                args.positional.insert(0, Val::Expr(this.clone()));
                let sorted =
                    self.call_library("sort", std::mem::replace(&mut args, Args::positional(Vec::new())), node)?;
                let sorted = self.runtime(sorted, node)?;
                self.store_view(this, sorted, node)?;
                Ok(Val::NONE)
            }
            "item" => match (&this.ty, args.positional.as_slice()) {
                (Type::Scalar(s), []) => {
                    let weak = match s.dtype.kind() {
                        nopython_types::Kind::Bool => Scalar::BOOL,
                        nopython_types::Kind::Float => Scalar::FLOAT,
                        nopython_types::Kind::Complex => Scalar::COMPLEX,
                        _ => Scalar::INT,
                    };
                    Ok(Val::Expr(ops::cast_scalar(this, weak)))
                }
                _ => Err(self.unsupported(node, "item() of an array", "index it: a[i]")),
            },
            _ if super::complex::is_complex(&this) => Ok(Val::Expr(self.conjugate(this, node))),
            _ => Ok(Val::Expr(this)),
        }
    }

    /// A method that is the library function of the same name.
    fn call_function(&mut self, name: &str, this: Expr, mut args: Args, node: &ast::Expr) -> Answer<Val> {
        args.positional.insert(0, Val::Expr(this));
        if name == "clip" {
            // Of the method, both limits may be left out.
            for limit in ["min", "max"].into_iter().skip(args.positional.len() - 1) {
                let value = args.take(limit).unwrap_or(Val::NONE);
                args.positional.push(value);
            }
        }
        self.apply(Val::Static(Static::Library(name.to_owned())), args, node)
    }

    /// Whether an `order` argument asks for Fortran's order.
    fn is_fortran(&self, order: Option<Val>, node: &ast::Expr) -> Answer<bool> {
        match order {
            None => Ok(false),
            Some(Val::Static(Static::Str(order))) if order == "C" || order == "F" => Ok(order == "F"),
            Some(_) => Err(self.unsupported(node, "this order", "write order=\"C\" or order=\"F\"")),
        }
    }
}

/// Whether evaluating an expression calls a function.
fn calls(e: &Expr) -> bool {
    let mut found = false;
    e.walk(&mut |e| found |= matches!(e.kind, ExprKind::Call(..)));
    found
}

/// An attribute of `np.iinfo` or `np.finfo`, and whether it is a Python number.
fn limit(dtype: DType, name: &str) -> Option<(Const, bool)> {
    let bits = dtype.size() * 8;
    Some(match (dtype, name) {
        (_, "bits") => (Const::int(i64::from(bits)), true),
        (DType::Float64, "max") => (Const::f64(f64::MAX), false),
        (DType::Float64, "min") => (Const::f64(f64::MIN), false),
        (DType::Float64, "eps" | "resolution") => (Const::f64(if name == "eps" { f64::EPSILON } else { 1e-15 }), false),
        (DType::Float64, "tiny" | "smallest_normal") => (Const::f64(f64::MIN_POSITIVE), false),
        (DType::Float32, "max") => (Const::f32(f32::MAX), false),
        (DType::Float32, "min") => (Const::f32(f32::MIN), false),
        (DType::Float32, "eps" | "resolution") => (Const::f32(if name == "eps" { f32::EPSILON } else { 1e-6 }), false),
        (DType::Float32, "tiny" | "smallest_normal") => (Const::f32(f32::MIN_POSITIVE), false),
        // Too large for a Python int of 64 bits.
        (DType::UInt64, "max") => (Const::Int(DType::UInt64, -1), false),
        (d, "max") if d.is_signed() && d.is_int() => (Const::int(i64::MAX >> (64 - bits)), true),
        (d, "min") if d.is_signed() && d.is_int() => (Const::int(i64::MIN >> (64 - bits)), true),
        (d, "max") if d.is_int() => (Const::int((1 << bits) - 1), true),
        (d, "min") if d.is_int() => (Const::int(0), true),
        _ => return None,
    })
}

/// A fresh contiguous copy.
pub fn copy(e: Expr) -> Expr {
    let (place, ty) = (e.place, e.ty.clone());
    match ty {
        Type::Array(a) => Expr { kind: ExprKind::Copy(Box::new(e)), ty: ops::array_type(a.dtype, a.ndim), place },
        _ => e,
    }
}
