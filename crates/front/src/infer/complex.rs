//! Complex numbers: how they are made and taken apart.

use super::body::Body;
use super::calls::Args;
use super::ops::{self, constant};
use super::share::Shared;
use super::{Answer, Stop};
use crate::value::Val;
use nopython_diagnostics::{Diagnostic, codes};
use nopython_ir::Const;
use nopython_ir::ops::{BinOp, UnOp};
use nopython_ir::typed::{Expr, ExprKind, Function, Place};
use nopython_types::{DType, Exception, Scalar, Type};
use ruff_python_ast as ast;
use ruff_text_size::Ranged;

/// Library functions that take complex scalars, and the function that computes them.
const FUNCTIONS: &[(&str, &str)] = &[
    ("conj", "complex_conj"),
    ("exp", "complex_exp"),
    ("log", "complex_log"),
    ("sqrt", "complex_sqrt"),
    ("sin", "complex_sin"),
    ("cos", "complex_cos"),
    ("isnan", "complex_isnan"),
    ("isinf", "complex_isinf"),
    ("isfinite", "complex_isfinite"),
];

/// Available functions of `cmath`.
pub const CMATH: &[&str] =
    &["phase", "polar", "rect", "exp", "log", "sqrt", "sin", "cos", "isnan", "isinf", "isfinite"];

/// Functions that are operators, which take complex numbers as they are.
const OPERATORS: &[&str] =
    &["add", "subtract", "multiply", "divide", "true_divide", "negative", "power", "equal", "not_equal"];

/// Whether an expression is a complex number.
pub fn is_complex(e: &Expr) -> bool {
    matches!(e.ty, Type::Scalar(s) if s.dtype.is_complex())
}

/// The number of two parts of a float type.
pub fn pair(re: Expr, im: Expr, ty: Scalar, place: Place) -> Expr {
    let [re, im] = [re, im].map(|part| ops::cast_scalar(part, ty.part()));
    Expr { kind: ExprKind::Tuple(vec![re, im]), ty: Type::Scalar(ty), place }
}

/// A Python complex of no real part.
pub fn imaginary(value: f64, place: Place) -> Expr {
    let part = |v| constant(Const::f64(v), true, place);
    pair(part(0.0), part(value), Scalar::COMPLEX, place)
}

/// Zero of a scalar type.
pub fn zero(ty: Scalar, place: Place) -> Expr {
    if !ty.dtype.is_complex() {
        return constant(Const::zero(ty.dtype), ty.weak, place);
    }
    let part = || constant(Const::zero(ty.dtype.part()), ty.weak, place);
    pair(part(), part(), ty, place)
}

/// The real part (0) or the imaginary part (1) of a complex number.
pub fn part(e: &Expr, index: usize) -> Expr {
    if let ExprKind::Tuple(parts) = &e.kind
        && let Some(part) = parts.get(index)
    {
        return part.clone();
    }
    let ty = match e.ty {
        Type::Scalar(s) => Type::Scalar(s.part()),
        ref other => other.clone(),
    };
    Expr { kind: ExprKind::TupleItem(Box::new(e.clone()), index), ty, place: e.place }
}

/// Refuses arrays of complex numbers, and complex numbers that a conversion would make real ones of.
pub fn check(function: &Function) -> Answer<()> {
    let mut found: Option<(String, Place)> = None;
    let mut look = |e: &Expr| {
        let what = match (&e.ty, &e.kind) {
            (Type::Array(a), _) if a.dtype.is_complex() => format!("an array of {} is not compiled", a.dtype),
            (Type::Scalar(to), ExprKind::Cast(from))
                if is_complex(from) && !to.dtype.is_complex() && to.dtype != DType::Bool =>
            {
                format!("a complex number is not converted to {to}")
            }
            _ => return,
        };
        found.get_or_insert((what, e.place));
    };
    for stmt in &function.body {
        stmt.walk(&mut |stmt| stmt.for_each_expr(&mut |e| e.walk(&mut look)));
    }
    match found {
        None => Ok(()),
        Some((what, place)) => Err(Stop::error(
            Diagnostic::error(codes::TYPE_MISMATCH, what)
                .primary(super::body::place_span(place), "this is complex")
                .hint("keep real and imaginary part in two arrays, or take z.real and z.imag"),
        )),
    }
}

impl Body<'_, '_> {
    /// That a complex number stands where only real ones may.
    pub fn not_real(&self, what: &str, e: &Expr, node: impl Ranged) -> Stop {
        Stop::error(
            self.error(node, codes::TYPE_MISMATCH, format!("{what} takes real numbers, not {}", e.ty), "this call")
                .hint("compute with z.real, z.imag or abs(z)"),
        )
    }

    /// Python's `complex(re, im)`. In the library the number has the precision of its parts.
    pub fn complex_number(&mut self, args: Args, node: &ast::Expr) -> Answer<Val> {
        let place = self.place_of(node);
        let mut numbers = Vec::new();
        for value in args.positional {
            let e = self.runtime(value, node)?;
            let Type::Scalar(_) = e.ty else { return Err(self.not_real("complex()", &e, node)) };
            numbers.push(e);
        }
        let mut numbers = numbers.into_iter();
        match (numbers.next(), numbers.next()) {
            (None, _) => Ok(Val::Expr(zero(Scalar::COMPLEX, place))),
            (Some(e), None) => Ok(Val::Expr(ops::cast_scalar(e, Scalar::COMPLEX))),
            (Some(re), Some(im)) if numbers.len() == 0 => {
                for e in [&re, &im] {
                    if is_complex(e) {
                        return Err(self.not_real("complex() of two numbers", e, node));
                    }
                }
                let ty = match re.ty {
                    Type::Scalar(Scalar { dtype: DType::Float32, .. }) if self.library => {
                        Scalar::strong(DType::Complex64)
                    }
                    Type::Scalar(Scalar { weak: false, .. }) if self.library => Scalar::strong(DType::Complex128),
                    _ => Scalar::COMPLEX,
                };
                Ok(Val::Expr(pair(re, im, ty, place)))
            }
            _ => Err(Stop::error(self.error(
                node,
                codes::ARGUMENT_COUNT,
                "complex() takes at most two arguments",
                "called here",
            ))),
        }
    }

    /// |z|. Python's own raises where it is too large.
    pub fn complex_abs(&mut self, e: Expr, node: &ast::Expr) -> Expr {
        let place = self.place_of(node);
        let weak = matches!(e.ty, Type::Scalar(s) if s.weak);
        let mut shared = Shared::default();
        let e = shared.read(self, e);
        let size = ops::kernel("hypot", vec![part(&e, 0), part(&e, 1)], weak, place);
        if !weak {
            return shared.around(size);
        }
        let size = shared.read(self, size);
        let infinity = constant(Const::f64(f64::INFINITY), true, place);
        let infinite = |x: Expr| ops::binary(BinOp::Eq, ops::unary(UnOp::Abs, x, place), infinity.clone(), true, place);
        let excused = ops::binary(BinOp::Or, infinite(part(&e, 0)), infinite(part(&e, 1)), true, place);
        let finite = ops::binary(BinOp::Ne, size.clone(), infinity.clone(), true, place);
        let fine =
            Expr { kind: ExprKind::Or(Box::new(finite), Box::new(excused)), ty: Type::Scalar(Scalar::BOOL), place };
        shared.around(ops::checked(fine, Exception::Overflow, "absolute value too large", size))
    }

    /// The complex conjugate.
    pub fn conjugate(&mut self, e: Expr, node: &ast::Expr) -> Expr {
        let Type::Scalar(ty) = e.ty else { return e };
        let place = self.place_of(node);
        let mut shared = Shared::default();
        let e = shared.read(self, e);
        let negative = ops::unary(UnOp::Neg, part(&e, 1), place);
        shared.around(pair(part(&e, 0), negative, ty, place))
    }

    /// `a ** b` of complex numbers, as NumPy or as Python computes it.
    pub fn complex_power(&mut self, a: Expr, b: Expr, common: Scalar, weak: bool, node: &ast::Expr) -> Answer<Expr> {
        let [a, b] = [a, b].map(|e| Val::Expr(ops::cast_scalar(e, Scalar { dtype: common.dtype, weak })));
        let value = self.library(if weak { "python_complex_power" } else { "complex_power" }, vec![a, b], node)?;
        let e = self.runtime(value, node)?;
        Ok(ops::cast_scalar(e, Scalar { dtype: common.dtype, weak }))
    }

    /// A call of a function of NumPy with a complex number among its arguments, if it has one. Functions that are not made for them refuse
    /// them: they would compute with the real part.
    pub fn complex_function(&mut self, name: &str, args: &Args, node: &ast::Expr) -> Answer<Option<Val>> {
        if self.library
            || OPERATORS.contains(&name)
            || nopython_numpy::find(name).is_none_or(|entry| !entry.is_public())
        {
            return Ok(None);
        }
        let complex = |value: &Val| match value {
            Val::Expr(e) if is_complex(e) => Some(e.clone()),
            _ => None,
        };
        let named = args.named.iter().find_map(|(_, value)| complex(value));
        let Some(first) = args.positional.iter().find_map(complex).or(named) else { return Ok(None) };
        let own = FUNCTIONS.iter().find(|(function, _)| *function == name);
        let strong = match first.ty {
            Type::Scalar(s) => Scalar::strong(s.dtype),
            _ => Scalar::COMPLEX,
        };
        if args.positional.len() == 1 && args.named.is_empty() {
            let e = ops::cast_scalar(first.clone(), strong);
            match (name, own) {
                ("abs" | "absolute", _) => return Ok(Some(Val::Expr(self.complex_abs(e, node)))),
                ("real", _) => return Ok(Some(Val::Expr(part(&first, 0)))),
                (_, Some((_, function))) => {
                    let value = self.library(function, vec![Val::Expr(e)], node)?;
                    return self.strong(value, strong, node).map(Some);
                }
                _ => {}
            }
        }
        Err(Stop::error(
            self.error(
                node,
                codes::TYPE_MISMATCH,
                format!("np.{name} of complex numbers is not compiled"),
                format!("an argument is {}", first.ty),
            )
            .hint("compute with z.real and z.imag"),
        ))
    }

    /// A call of a function of Python's `cmath`, on Python's complex numbers.
    pub fn cmath(&mut self, name: &str, args: Args, node: &ast::Expr) -> Answer<Val> {
        let ty = if name == "rect" { Scalar::FLOAT } else { Scalar::COMPLEX };
        let count = if name == "rect" { 2 } else { 1 };
        if args.positional.len() != count || !args.named.is_empty() {
            let message =
                format!("cmath.{name}() takes {count} positional argument{}", if count == 1 { "" } else { "s" });
            return Err(Stop::error(self.error(node, codes::ARGUMENT_COUNT, message, "called here")));
        }
        let mut values = Vec::new();
        for value in args.positional {
            let e = self.runtime(value, node)?;
            if !matches!(e.ty, Type::Scalar(_)) || (count == 2 && is_complex(&e)) {
                return Err(self.not_real(&format!("cmath.{name}"), &e, node));
            }
            values.push(Val::Expr(ops::cast_scalar(e, ty)));
        }
        let module = if name.starts_with("is") { "complex" } else { "cmath" };
        let value = self.library(&format!("{module}_{name}"), values, node)?;
        let e = self.runtime(value, node)?;
        let ty = match &e.ty {
            Type::Tuple(_) => Type::Tuple(vec![Type::Scalar(Scalar::FLOAT); 2].into()),
            Type::Scalar(s) => Type::Scalar(Scalar { weak: true, ..*s }),
            other => other.clone(),
        };
        let mut shared = Shared::default();
        let e = shared.read(self, e);
        match super::join::coerce(e, &ty) {
            Some(e) => Ok(Val::Expr(shared.around(e))),
            None => Err(self.unsupported(node, &format!("cmath.{name}"), "compute with z.real and z.imag")),
        }
    }

    /// What a function of a number of a precision gives, as NumPy's scalar.
    fn strong(&self, value: Val, own: Scalar, node: &ast::Expr) -> Answer<Val> {
        let e = self.runtime(value, node)?;
        let Type::Scalar(s) = e.ty else { return Ok(Val::Expr(e)) };
        let dtype = match s.dtype {
            dtype if dtype.is_complex() => own.dtype,
            dtype if dtype.is_float() => own.dtype.part(),
            dtype => dtype,
        };
        Ok(Val::Expr(ops::cast_scalar(e, Scalar::strong(dtype))))
    }
}
