//! The functions of Python's `math` module, on Python floats.

use super::body::Body;
use super::calls::Args;
use super::ops::{self, constant};
use super::share::Shared;
use super::{Answer, Stop};
use crate::value::Val;
use nopython_diagnostics::codes;
use nopython_ir::Const;
use nopython_ir::ops::{BinOp, UnOp};
use nopython_ir::typed::{Expr, ExprKind, Place};
use nopython_types::{Exception, Scalar, Type};
use ruff_python_ast as ast;

/// Available functions of `math`.
pub const MATH: &[&str] = &[
    "sqrt", "floor", "ceil", "trunc", "fabs", "copysign", "fmod", "sin", "cos", "tan", "asin", "acos", "atan", "atan2",
    "sinh", "cosh", "tanh", "asinh", "acosh", "atanh", "exp", "exp2", "expm1", "log", "log2", "log10", "log1p", "cbrt",
    "pow", "hypot", "erf", "erfc", "gamma", "lgamma", "degrees", "radians", "isnan", "isinf", "isfinite", "gcd",
];

/// Functions that raise nothing and read their operands once.
fn is_total(name: &str) -> bool {
    matches!(
        name,
        "floor"
            | "ceil"
            | "trunc"
            | "fabs"
            | "copysign"
            | "atan"
            | "atan2"
            | "hypot"
            | "cbrt"
            | "asinh"
            | "tanh"
            | "erf"
            | "erfc"
            | "degrees"
            | "radians"
            | "isinf"
            | "isfinite"
    )
}

/// |x| < ∞
fn finite(x: Expr) -> Expr {
    let place = x.place;
    ops::binary(
        BinOp::Lt,
        ops::unary(UnOp::Abs, x, place),
        constant(Const::f64(f64::INFINITY), true, place),
        true,
        place,
    )
}

/// `a or b` of Python bools.
fn or(a: Expr, b: Expr) -> Expr {
    let place = a.place;
    Expr { kind: ExprKind::Or(Box::new(a), Box::new(b)), ty: Type::Scalar(Scalar::BOOL), place }
}

/// `a and b` of Python bools.
fn and(a: Expr, b: Expr) -> Expr {
    let place = a.place;
    Expr { kind: ExprKind::And(Box::new(a), Box::new(b)), ty: Type::Scalar(Scalar::BOOL), place }
}

impl Body<'_, '_> {
    /// A call of a function of `math`.
    pub fn math(&mut self, name: &str, args: Args, node: &ast::Expr) -> Answer<Val> {
        let place = self.place_of(node);
        let mut operands = Vec::new();
        for value in args.positional {
            let e = self.runtime(value, node)?;
            let Type::Scalar(_) = e.ty else {
                return Err(Stop::error(
                    self.error(
                        node,
                        codes::TYPE_MISMATCH,
                        format!("math.{name} takes numbers, not {}", e.ty),
                        format!("an argument is {}", e.ty),
                    )
                    .hint(format!("use np.{name} for arrays")),
                ));
            };
            if super::complex::is_complex(&e) {
                return Err(self.not_real(&format!("math.{name}"), &e, node));
            }
            operands.push(e);
        }
        if name == "gcd" {
            return self.library_body("gcd", operands, node);
        }
        let two = matches!(name, "copysign" | "fmod" | "atan2" | "pow" | "hypot");
        if operands.len() != 1 + usize::from(two) && !(name == "log" && operands.len() == 2) {
            return Err(self.math_arity(name, node));
        }
        let mut shared = Shared::default();
        let mut floats = Vec::new();
        for e in operands {
            let e = ops::cast_scalar(e, Scalar::FLOAT);
            floats.push(if is_total(name) { e } else { shared.read(self, e) });
        }
        let mut floats = floats.into_iter();
        let result = match (floats.next(), floats.next()) {
            (Some(x), None) => self.math_unary(name, x, &mut shared, place),
            (Some(x), Some(base)) if name == "log" => {
                let log = self.math_unary("log", x, &mut shared, place);
                let below = self.math_unary("log", base, &mut shared, place);
                ops::binary(BinOp::Div, log, below, true, place)
            }
            (Some(x), Some(y)) => self.math_binary(name, x, y, &mut shared, place),
            (None, _) => return Err(self.math_arity(name, node)),
        };
        Ok(Val::Expr(shared.around(result)))
    }

    fn math_unary(&mut self, name: &str, x: Expr, shared: &mut Shared, place: Place) -> Expr {
        let number = |v: f64| constant(Const::f64(v), true, place);
        let test = |op: BinOp, a: Expr, b: Expr| ops::binary(op, a, b, true, place);
        let rounded = |op: UnOp, x: Expr| ops::cast_scalar(ops::unary(op, x, place), Scalar::INT);
        match name {
            "floor" => rounded(UnOp::Floor, x),
            "ceil" => rounded(UnOp::Ceil, x),
            "trunc" => rounded(UnOp::Trunc, x),
            "fabs" => ops::unary(UnOp::Abs, x, place),
            "isnan" => test(BinOp::Ne, x.clone(), x),
            "isinf" => test(BinOp::Eq, ops::unary(UnOp::Abs, x, place), number(f64::INFINITY)),
            "isfinite" => finite(x),
            "degrees" => test(BinOp::Mul, x, number(180.0 / core::f64::consts::PI)),
            "radians" => test(BinOp::Mul, x, number(core::f64::consts::PI / 180.0)),
            "sqrt" => {
                let negative = test(BinOp::Lt, x.clone(), number(0.0));
                let inside = ops::unary(UnOp::Invert, negative, place);
                ops::checked(inside, Exception::Value, "math domain error", ops::unary(UnOp::Sqrt, x, place))
            }
            "log" | "log2" | "log10" => {
                let inside = or(test(BinOp::Gt, x.clone(), number(0.0)), test(BinOp::Ne, x.clone(), x.clone()));
                ops::checked(inside, Exception::Value, "math domain error", ops::kernel(name, vec![x], true, place))
            }
            "exp" | "exp2" | "expm1" | "sinh" | "cosh" => {
                let result = ops::kernel(name, vec![x.clone()], true, place);
                self.in_range(&[x], result, shared)
            }
            "gamma" | "lgamma" => {
                // The poles: 0, −1, −2, …
                let positive = test(BinOp::Gt, x.clone(), number(0.0));
                let between = test(BinOp::Ne, ops::unary(UnOp::Floor, x.clone(), place), x.clone());
                let result = ops::kernel(if name == "gamma" { "tgamma" } else { name }, vec![x.clone()], true, place);
                let result = self.in_range(&[x], result, shared);
                ops::checked(or(positive, between), Exception::Value, "math domain error", result)
            }
            "cbrt" | "atan" | "asinh" | "tanh" | "erf" | "erfc" => ops::kernel(name, vec![x], true, place),
            _ => self.in_domain(x.clone(), ops::kernel(name, vec![x], true, place), shared),
        }
    }

    fn math_binary(&mut self, name: &str, x: Expr, y: Expr, shared: &mut Shared, place: Place) -> Expr {
        let test = |op: BinOp, a: Expr, b: Expr| ops::binary(op, a, b, true, place);
        let zero = constant(Const::f64(0.0), true, place);
        match name {
            "copysign" => test(BinOp::CopySign, x, y),
            "fmod" | "pow" => {
                let result = shared.read(self, ops::kernel(name, vec![x.clone(), y.clone()], true, place));
                let value = self.in_range(&[x.clone(), y.clone()], result.clone(), shared);
                let a_number = test(BinOp::Eq, result.clone(), result);
                let nan = or(test(BinOp::Ne, x.clone(), x.clone()), test(BinOp::Ne, y.clone(), y.clone()));
                let value = ops::checked(or(a_number, nan), Exception::Value, "math domain error", value);
                if name == "fmod" {
                    return value;
                }
                let pole = or(
                    test(BinOp::Ne, x, zero.clone()),
                    or(test(BinOp::Ge, y.clone(), zero), test(BinOp::Ne, y.clone(), y)),
                );
                ops::checked(pole, Exception::Value, "math domain error", value)
            }
            _ => ops::kernel(name, vec![x, y], true, place),
        }
    }

    /// A result that Python refuses when it is not finite though the argument is, or not a number though the argument is.
    fn in_domain(&mut self, x: Expr, result: Expr, shared: &mut Shared) -> Expr {
        let place = result.place;
        let result = shared.read(self, result);
        let nan = ops::binary(BinOp::Ne, x.clone(), x.clone(), true, place);
        let a_number = ops::binary(BinOp::Eq, result.clone(), result.clone(), true, place);
        let at_infinity = and(ops::unary(UnOp::Invert, finite(x), place), a_number);
        ops::checked(or(finite(result.clone()), or(nan, at_infinity)), Exception::Value, "math domain error", result)
    }

    /// A result that Python refuses when it is infinite though the arguments are finite.
    fn in_range(&mut self, arguments: &[Expr], result: Expr, shared: &mut Shared) -> Expr {
        let place = result.place;
        let result = shared.read(self, result);
        let infinity = constant(Const::f64(f64::INFINITY), true, place);
        let small = ops::binary(BinOp::Ne, ops::unary(UnOp::Abs, result.clone(), place), infinity, true, place);
        let excused = arguments.iter().map(|x| ops::unary(UnOp::Invert, finite(x.clone()), place));
        ops::checked(excused.fold(small, or), Exception::Overflow, "math range error", result)
    }

    fn math_arity(&self, name: &str, node: &ast::Expr) -> Stop {
        Stop::error(self.error(
            node,
            codes::ARGUMENT_COUNT,
            format!("math.{name}() got a wrong number of arguments"),
            "called here",
        ))
    }

    /// A body in Python that is not NumPy's: Euclid's algorithm.
    fn library_body(&mut self, name: &str, operands: Vec<Expr>, node: &ast::Expr) -> Answer<Val> {
        let int = |e| Ok(Val::Expr(ops::cast_scalar(self.integer(e, node)?, Scalar::INT)));
        let ints = operands.into_iter().map(int).collect::<Answer<_>>()?;
        let value = self.library(name, ints, node)?;
        let e = self.runtime(value, node)?;
        Ok(Val::Expr(ops::cast_scalar(e, Scalar::INT)))
    }
}
