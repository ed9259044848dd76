//! The functions of Python's `math` module, on Python floats.

use super::body::Body;
use super::calls::Args;
use super::ops::{self, constant};
use super::{Answer, Stop};
use crate::value::Val;
use nopython_diagnostics::codes;
use nopython_ir::Const;
use nopython_ir::ops::{BinOp, UnOp};
use nopython_ir::typed::{Expr, ExprKind};
use nopython_types::{Exception, Scalar, Type};
use ruff_python_ast as ast;

/// Available functions of `math`.
pub const MATH: &[&str] = &[
    "sqrt", "floor", "ceil", "trunc", "fabs", "copysign", "fmod", "sin", "cos", "tan", "asin", "acos", "atan", "atan2", "sinh",
    "cosh", "tanh", "asinh", "acosh", "atanh", "exp", "exp2", "expm1", "log", "log2", "log10", "log1p", "cbrt", "pow", "hypot", "erf", "erfc",
    "gamma", "lgamma", "degrees", "radians", "isnan", "isinf", "isfinite", "gcd",
];

impl Body<'_, '_> {
    /// A call of a function of `math`.
    pub fn math(&mut self, name: &str, args: Args, node: &ast::Expr) -> Answer<Val> {
        let place = self.place_of(node);
        if !args.named.is_empty() {
            return Err(Stop::error(self.error(node, codes::UNKNOWN_KEYWORD, format!("math.{name}() takes no keyword arguments"), "called here")));
        }
        let mut operands = Vec::new();
        for value in args.positional {
            let e = self.runtime(value, node)?;
            let Type::Scalar(_) = e.ty else {
                return Err(Stop::error(
                    self.error(node, codes::TYPE_MISMATCH, format!("math.{name} takes numbers, not {}", e.ty), format!("an argument is {}", e.ty))
                        .hint(format!("use np.{name} for arrays")),
                ));
            };
            operands.push(e);
        }
        if name == "gcd" {
            return self.library_body("gcd", operands, node);
        }
        let float = |e: Expr| ops::cast_scalar(e, Scalar::FLOAT);
        let operands: Vec<Expr> = operands.into_iter().map(float).collect();
        let mut operands = operands.into_iter();
        let count = operands.len();
        let (Some(x), y) = (operands.next(), operands.next()) else { return Err(self.math_arity(name, node)) };
        let two = matches!(name, "copysign" | "fmod" | "atan2" | "pow" | "hypot");
        if count != 1 + usize::from(two) && !(name == "log" && count == 2) {
            return Err(self.math_arity(name, node));
        }
        let number = |v: f64| constant(Const::f64(v), true, place);
        let test = |op: BinOp, a: Expr, b: Expr| ops::binary(op, a, b, true, place);
        let domain = |test: Expr, value: Expr| ops::checked(test, Exception::Value, "math domain error", value);
        let nan_or = |this: &Self, a: Expr, t: Expr| this.arithmetic(BinOp::Or, t, ops::binary(BinOp::Ne, a.clone(), a, true, place), false, node);
        let finite = |e: Expr| test(BinOp::Lt, ops::unary(UnOp::Abs, e, place), number(f64::INFINITY));
        let result = match name {
            "sqrt" => {
                let negative = test(BinOp::Lt, x.clone(), number(0.0));
                domain(ops::unary(UnOp::Invert, negative, place), ops::unary(UnOp::Sqrt, x, place))
            }
            "floor" | "ceil" | "trunc" => {
                let op = match name {
                    "floor" => UnOp::Floor,
                    "ceil" => UnOp::Ceil,
                    _ => UnOp::Trunc,
                };
                ops::cast_scalar(ops::unary(op, x, place), Scalar::INT)
            }
            "fabs" => ops::unary(UnOp::Abs, x, place),
            "isnan" => test(BinOp::Ne, x.clone(), x),
            "isinf" => test(BinOp::Eq, ops::unary(UnOp::Abs, x, place), number(f64::INFINITY)),
            "isfinite" => finite(x),
            "degrees" => ops::binary(BinOp::Mul, x, number(180.0 / core::f64::consts::PI), true, place),
            "radians" => ops::binary(BinOp::Mul, x, number(core::f64::consts::PI / 180.0), true, place),
            "copysign" => match y {
                Some(y) => ops::binary(BinOp::CopySign, x, y, true, place),
                None => return Err(self.math_arity(name, node)),
            },
            "log" | "log2" | "log10" => {
                let positive = test(BinOp::Gt, x.clone(), number(0.0));
                let positive = nan_or(self, x.clone(), positive)?;
                let log = domain(positive, ops::kernel(name, vec![x], true, place));
                match y {
                    None => log,
                    Some(base) => {
                        let positive = test(BinOp::Gt, base.clone(), number(0.0));
                        let below = domain(positive, ops::kernel("log", vec![base], true, place));
                        ops::binary(BinOp::Div, log, below, true, place)
                    }
                }
            }
            "asin" | "acos" => {
                let inside = test(BinOp::Le, ops::unary(UnOp::Abs, x.clone(), place), number(1.0));
                let inside = nan_or(self, x.clone(), inside)?;
                domain(inside, ops::kernel(name, vec![x], true, place))
            }
            "sin" | "cos" | "tan" => {
                let inside = finite(x.clone());
                let inside = nan_or(self, x.clone(), inside)?;
                domain(inside, ops::kernel(name, vec![x], true, place))
            }
            "gamma" => ops::kernel("tgamma", vec![x], true, place),
            _ => ops::kernel(name, std::iter::once(x).chain(y).collect(), true, place),
        };
        Ok(Val::Expr(result))
    }

    fn math_arity(&self, name: &str, node: &ast::Expr) -> Stop {
        Stop::error(self.error(node, codes::ARGUMENT_COUNT, format!("math.{name}() got a wrong number of arguments"), "called here"))
    }

    /// A body in Python that is not NumPy's: Euclid's algorithm.
    fn library_body(&mut self, name: &str, operands: Vec<Expr>, node: &ast::Expr) -> Answer<Val> {
        let ints = operands.into_iter().map(|e| Val::Expr(ops::cast_scalar(e, Scalar::INT))).collect();
        let value = self.library(name, ints, node)?;
        let e = self.runtime(value, node)?;
        Ok(Val::Expr(ops::cast_scalar(e, Scalar::INT)))
    }

    /// `a ** b`, as an operator or as `np.power`.
    pub fn power(&mut self, a: Expr, b: Expr, ufunc: bool, node: &ast::Expr) -> Answer<Expr> {
        let place = self.place_of(node);
        let exponent = ops::as_int(&b);
        let (sa, sb) = (self.operand(&a, "`**`", node)?, self.operand(&b, "`**`", node)?);
        let common = nopython_types::promote(sa.scalar, sb.scalar);
        let weak = common.weak && !ufunc;
        if !common.dtype.is_float() {
            return self.integer_power(a, b, common, exponent, weak, node);
        }
        let float_exponent = ops::as_const(&b).map(Const::as_f64);
        let array = sa.ndim.is_some();
        // NumPy squares, takes roots and reciprocals of arrays exactly for these exponents.
        if let Some(p) = float_exponent {
            let base = ops::convert(a.clone(), common);
            if p == 2.0 && super::exprs::is_simple(&base) {
                return Ok(ops::binary(BinOp::Mul, base.clone(), base, weak, place));
            }
            if p == 1.0 && sb.ndim.is_none() {
                return Ok(base);
            }
            if p == 0.5 && array {
                return Ok(ops::unary(UnOp::Sqrt, base, place));
            }
            if p == 2.0 && matches!(base.ty, Type::Scalar(_)) {
                let var = self.temporary("base", &base.ty);
                let square = ops::binary(BinOp::Mul, self.read(var, place), self.read(var, place), weak, place);
                let ty = square.ty.clone();
                return Ok(Expr { kind: ExprKind::Let(var, Box::new(base), Box::new(square)), ty, place });
            }
        }
        let (a, b) = (ops::convert(a, common), ops::convert(b, common));
        Ok(ops::kernel("pow", vec![a, b], weak, place))
    }

    fn integer_power(&mut self, a: Expr, b: Expr, common: Scalar, exponent: Option<i64>, weak: bool, node: &ast::Expr) -> Answer<Expr> {
        let place = self.place_of(node);
        let common = if common.dtype == nopython_types::DType::Bool { Scalar { dtype: nopython_types::DType::Int64, weak: common.weak } } else { common };
        match exponent {
            Some(p) if p < 0 && weak => {
                let (a, b) = (ops::cast_scalar(a, Scalar::FLOAT), ops::cast_scalar(b, Scalar::FLOAT));
                let nonzero = ops::binary(BinOp::Ne, a.clone(), constant(Const::f64(0.0), true, place), true, place);
                let power = ops::kernel("pow", vec![a, b], true, place);
                return Ok(ops::checked(nonzero, Exception::ZeroDivision, "0.0 cannot be raised to a negative power", power));
            }
            Some(p @ 0..=8) if super::exprs::is_simple(&a) => {
                let base = ops::convert(a, common);
                let one = ops::convert(ops::int(1, place), Scalar { dtype: common.dtype, weak });
                if p == 0 {
                    return Ok(ops::binary(BinOp::Add, ops::binary(BinOp::Mul, base, ops::convert(ops::int(0, place), common), weak, place), one, weak, place));
                }
                return Ok((1..p).fold(base.clone(), |acc, _| ops::binary(BinOp::Mul, acc, base.clone(), weak, place)));
            }
            _ => {}
        }
        let (a, b) = (ops::convert(a, common), ops::convert(b, common));
        let arrays = matches!(a.ty, Type::Array(_)) || matches!(b.ty, Type::Array(_));
        let name = if arrays { "integer_powers" } else { "integer_power" };
        let value = self.library(name, vec![Val::Expr(a), Val::Expr(b)], node)?;
        let e = self.runtime(value, node)?;
        Ok(match e.ty {
            Type::Scalar(s) => ops::cast_scalar(e, Scalar { dtype: s.dtype, weak }),
            _ => e,
        })
    }
}
