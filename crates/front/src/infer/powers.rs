//! `a ** b`: exponents and bases that are known have rules of their own.

use super::Answer;
use super::body::Body;
use super::ops::{self, Shape, constant};
use super::share::Shared;
use crate::value::{Static, Val};
use nopython_ir::Const;
use nopython_ir::ops::{BinOp, UnOp};
use nopython_ir::typed::{Expr, ExprKind, Index, MapOp, Place};
use nopython_types::{DType, Exception, Scalar, Type};
use ruff_python_ast as ast;

/// Whether an expression is an element rule of at most so many operations, none of them costly.
fn is_short_rule(e: &Expr, budget: &mut u32) -> bool {
    match &e.kind {
        ExprKind::Map(MapOp::Kernel(_) | MapOp::Call(_), _) => false,
        ExprKind::Map(_, operands) => {
            let affordable = *budget > 0;
            *budget = budget.saturating_sub(1);
            affordable && operands.iter().all(|e| is_short_rule(e, budget))
        }
        ExprKind::View { array, index } => {
            let constant = |e: &Expr| ops::as_const(e).is_some();
            super::exprs::is_simple(array)
                && index.iter().all(|entry| match entry {
                    Index::At(e) => super::exprs::is_simple(e),
                    Index::Slice { start, stop, step } => [start, stop, step].into_iter().flatten().all(constant),
                    Index::NewAxis => true,
                })
        }
        _ => super::exprs::is_simple(e),
    }
}

/// What Python says of a power of zero with a negative exponent.
const ZERO_TO_NEGATIVE: &str = "0.0 cannot be raised to a negative power";

/// Of Python's ints, powers that are not known stay ints.
const NEGATIVE_POWER: &str = "an int to a negative power is a float: write `float(a) ** b`";

/// Whether what is known of a base and an exponent rules out 0 with a negative finite exponent, for which Python raises.
fn always_has_power(a: &Expr, b: &Expr) -> bool {
    let number = |e| ops::as_const(e).map(Const::as_f64);
    number(a).is_some_and(|a| a != 0.0) || number(b).is_some_and(|b| !(b < 0.0 && b.is_finite()))
}

/// The test of a base and an exponent that fails for 0 with a negative finite exponent.
fn has_power(a: &Expr, b: &Expr) -> Expr {
    let place = b.place;
    let zero = || constant(Const::f64(0.0), true, place);
    let binary = |op, x: &Expr, y: Expr| ops::binary(op, x.clone(), y, true, place);
    let nonzero = binary(BinOp::Ne, a, zero());
    if ops::as_const(b).is_some() {
        return nonzero;
    }
    // b − b is 0 for what is finite, and NaN otherwise.
    let not_finite = binary(BinOp::Ne, &binary(BinOp::Sub, b, b.clone()), zero());
    let allowed = binary(BinOp::Or, &binary(BinOp::Ge, b, zero()), not_finite);
    binary(BinOp::Or, &nonzero, allowed)
}

impl Body<'_, '_> {
    /// `a ** b`, as an operator or as `np.power`.
    pub fn power(&mut self, a: Expr, b: Expr, ufunc: bool, node: &ast::Expr) -> Answer<Expr> {
        let exponent = ops::as_int(&b);
        let (sa, sb) = (self.operand(&a, "`**`", node)?, self.operand(&b, "`**`", node)?);
        let common = nopython_types::promote(sa.scalar, sb.scalar);
        let weak = common.weak && !ufunc;
        if common.dtype.is_complex() {
            return self.complex_power(a, b, common, weak, node);
        }
        if !common.dtype.is_float() {
            // NumPy squares arrays of bools for the operator, where every other int makes int64 of them.
            let bools = sa.ndim.is_some() && sa.scalar.dtype == DType::Bool;
            let b = if bools && !ufunc && exponent == Some(2) && sb.scalar == Scalar::INT {
                ops::convert(b, Scalar::strong(DType::Int8))
            } else {
                b
            };
            return self.integer_power(a, b, exponent, ufunc, node);
        }
        if !weak || always_has_power(&a, &b) {
            return self.float_power(a, b, common, weak, node);
        }
        let mut shared = Shared::default();
        let (a, b) = (shared.read(self, ops::convert(a, common)), shared.read(self, ops::convert(b, common)));
        let (test, power) = (has_power(&a, &b), self.float_power(a, b, common, weak, node)?);
        Ok(shared.around(ops::checked(test, Exception::ZeroDivision, ZERO_TO_NEGATIVE, power)))
    }

    /// A power of floats, as NumPy computes it.
    fn float_power(&mut self, a: Expr, b: Expr, common: Scalar, weak: bool, node: &ast::Expr) -> Answer<Expr> {
        let place = self.place_of(node);
        let (sa, sb) = (self.operand(&a, "`**`", node)?, self.operand(&b, "`**`", node)?);
        let array = sa.ndim.is_some();
        if let Some(p) = ops::as_const(&b).map(Const::as_f64)
            && let Some(power) = self.known_exponent(&a, p, common, weak, array)
        {
            return Ok(power);
        }
        match ops::as_const(&a).map(Const::as_f64) {
            Some(-1.0) if sb.scalar.dtype.is_int() => return self.alternating(b, common, weak, node),
            Some(2.0) => return Ok(ops::kernel("exp2", vec![ops::convert(b, common)], weak, place)),
            _ => {}
        }
        let (a, b) = (ops::convert(a, common), ops::convert(b, common));
        Ok(ops::kernel("pow", vec![a, b], weak, place))
    }

    /// Powers whose exponent has a rule of its own. Those of arrays with the exponents 2, 1, ½ and −1 are NumPy's, to the bit.
    fn known_exponent(&mut self, a: &Expr, p: f64, common: Scalar, weak: bool, array: bool) -> Option<Expr> {
        let place = a.place;
        let base = ops::convert(a.clone(), common);
        let number =
            |v: f64| ops::cast_scalar(constant(Const::f64(v), true, place), Scalar { dtype: common.dtype, weak });
        let kernel = match p {
            1.0 => return Some(base),
            2.0 => return Some(self.product(&base, 2, weak, place)),
            -1.0 => return Some(ops::binary(BinOp::Div, number(1.0), base, weak, place)),
            0.5 if array => return Some(ops::unary(UnOp::Sqrt, base, place)),
            // Other than a root, a power of −0 is 0, and of −∞ it is ∞.
            0.5 => {
                let mut shared = Shared::default();
                let x = shared.read(self, base);
                let root = ops::unary(UnOp::Sqrt, ops::binary(BinOp::Add, x.clone(), number(0.0), weak, place), place);
                let below = ops::binary(BinOp::Eq, x, number(f64::NEG_INFINITY), true, place);
                let ty = root.ty.clone();
                let (then, orelse) = (Box::new(number(f64::INFINITY)), Box::new(root));
                let kind = ExprKind::Cond { test: Box::new(below), then, orelse };
                return Some(shared.around(Expr { kind, ty, place }));
            }
            -3.0 => "powm3",
            -2.0 => "powm2",
            -1.5 => "powm3h",
            -0.5 => "powm1h",
            1.5 => "pow3h",
            3.0 => "pow3",
            4.0 => "pow4",
            5.0 => "pow5",
            6.0 => "pow6",
            _ => return None,
        };
        Some(ops::kernel(kernel, vec![base], weak, place))
    }

    /// (−1)ᵏ for an integer k, which is converted to the float dtype first, where numbers of more digits are even: 1 − 2·odd.
    fn alternating(&mut self, k: Expr, common: Scalar, weak: bool, node: &ast::Expr) -> Answer<Expr> {
        let place = k.place;
        let number = |v: i64, to: Scalar| ops::convert(ops::int(v, place), to);
        let Shape { scalar, .. } = self.operand(&k, "`**`", node)?;
        let int = Scalar { dtype: scalar.dtype, weak };
        let digits = if common.dtype == DType::Float32 { 24 } else { 53 };
        let mut shared = Shared::default();
        let (mut k, mut one) = (k, number(1, int));
        if digits < 8 * scalar.dtype.size() {
            k = if is_short_rule(&k, &mut 8) { k } else { shared.read(self, k) };
            let size = ops::unary(UnOp::Abs, k.clone(), place);
            one = ops::binary(BinOp::Lt, size, number(1i64 << digits, int), weak, place);
            one = ops::convert(one, int);
        }
        let odd = ops::convert(ops::binary(BinOp::And, k, one, weak, place), common);
        let float = Scalar { dtype: common.dtype, weak };
        let twice = ops::binary(BinOp::Mul, odd, number(2, float), weak, place);
        Ok(shared.around(ops::binary(BinOp::Sub, number(1, float), twice, weak, place)))
    }

    /// base · base · …, the base evaluated once. A short element rule is repeated instead of given memory.
    fn product(&mut self, base: &Expr, factors: i64, weak: bool, place: Place) -> Expr {
        let mut shared = Shared::default();
        let base = if is_short_rule(base, &mut 8) { base.clone() } else { shared.read(self, base.clone()) };
        let product = (1..factors).fold(base.clone(), |acc, _| ops::binary(BinOp::Mul, acc, base.clone(), weak, place));
        shared.around(product)
    }

    fn integer_power(
        &mut self,
        a: Expr,
        b: Expr,
        exponent: Option<i64>,
        ufunc: bool,
        node: &ast::Expr,
    ) -> Answer<Expr> {
        let place = self.place_of(node);
        let (a, b, mut common) = self.promoted(a, b, "`**`", node)?;
        if common.dtype == DType::Bool {
            common.dtype = if common.weak { DType::Int64 } else { DType::Int8 };
        }
        common.weak &= !ufunc;
        let weak = common.weak;
        match exponent {
            Some(p) if p < 0 && weak => {
                let mut shared = Shared::default();
                let a = shared.read(self, ops::cast_scalar(a, Scalar::FLOAT));
                let b = ops::cast_scalar(b, Scalar::FLOAT);
                let nonzero = ops::binary(BinOp::Ne, a.clone(), constant(Const::f64(0.0), true, place), true, place);
                let one = constant(Const::f64(1.0), true, place);
                let power = match p {
                    -1 => ops::binary(BinOp::Div, one, a, true, place),
                    _ => ops::kernel("pow", vec![a, b], true, place),
                };
                return Ok(shared.around(ops::checked(nonzero, Exception::ZeroDivision, ZERO_TO_NEGATIVE, power)));
            }
            Some(0) => {
                let number = |v: i64| ops::convert(ops::int(v, place), Scalar { dtype: common.dtype, weak });
                let zeros = ops::binary(BinOp::Mul, ops::convert(a, common), number(0), weak, place);
                return Ok(ops::binary(BinOp::Add, zeros, number(1), weak, place));
            }
            Some(p @ 1..=8) => return Ok(self.product(&ops::convert(a, common), p, weak, place)),
            _ => {}
        }
        let base = ops::as_int(&a);
        let (a, b) = (ops::convert(a, common), ops::convert(b, common));
        let arrays = matches!(a.ty, Type::Array(_)) || matches!(b.ty, Type::Array(_));
        let name = match base {
            _ if arrays => "integer_powers",
            Some(-1) => "power_of_minus_one",
            Some(2) => "power_of_two",
            _ => "integer_power",
        };
        let mut values = vec![Val::Expr(a), Val::Expr(b)];
        if weak {
            values.push(Val::Static(Static::Str(NEGATIVE_POWER.to_owned())));
        }
        let value = self.library(name, values, node)?;
        let e = self.runtime(value, node)?;
        Ok(match e.ty {
            Type::Scalar(s) => ops::cast_scalar(e, Scalar { dtype: s.dtype, weak }),
            _ => e,
        })
    }
}
