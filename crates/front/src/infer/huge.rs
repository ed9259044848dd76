//! Python ints known while compiling, which have no limit: what does not fit int64 is kept exactly, up to 127 bits.
//!
//! Beside a float, and as an operand of `/`, such an int is the nearest float. As a value at run time it is a uint64 if it fits.

use super::body::Body;
use super::ops;
use crate::value::{Static, Val};
use nopython_ir::Const;
use nopython_ir::typed::{Expr, Place};
use nopython_types::{DType, Scalar, Type};
use ruff_python_ast::Operator;

impl Body<'_, '_> {
    /// An operator on two known ints of Python's, where their exact result or one of them does not fit int64; and their powers.
    pub fn exactly(&self, op: Operator, left: &Val, right: &Val, place: Place) -> Option<Val> {
        let (a, b) = (known(left)?, known(right)?);
        let count = || u32::try_from(b).ok();
        let value = match op {
            Operator::Add => a.checked_add(b),
            Operator::Sub => a.checked_sub(b),
            Operator::Mult => a.checked_mul(b),
            Operator::Pow => count().and_then(|n| a.checked_pow(n)),
            Operator::LShift => count().filter(|n| *n < 127).and_then(|n| a.checked_mul(1 << n)),
            Operator::BitAnd => Some(a & b),
            Operator::BitOr => Some(a | b),
            Operator::BitXor => Some(a ^ b),
            Operator::FloorDiv if b != 0 => Some(divided(a, b).0),
            Operator::Mod if b != 0 => Some(divided(a, b).1),
            Operator::RShift => count().map(|n| a >> n.min(127)),
            Operator::FloorDiv | Operator::Mod | Operator::Div | Operator::MatMult => return None,
        };
        match value {
            None if matches!(op, Operator::Pow | Operator::LShift | Operator::RShift) && b < 0 => None,
            None => Some(Val::Static(Static::Huge(None))),
            Some(value)
                if op == Operator::Pow || [left, right].into_iter().any(is_huge) || i64::try_from(value).is_err() =>
            {
                Some(number(value, place))
            }
            Some(_) => None,
        }
    }

    /// A huge int beside another operand, as the float that it then counts as.
    pub fn as_operand(&self, value: Val, other: &Val, divides: bool, place: Place) -> Val {
        let float = match other {
            Val::Expr(e) => ops::Shape::of(&e.ty).is_some_and(|s| s.scalar.dtype.is_float()),
            Val::Static(Static::Huge(Some(_))) => false,
            Val::Static(_) | Val::Tuple(_) | Val::List(..) => return value,
        };
        // The quotient of two Python ints is rounded once: the operands must be exact.
        let exact = |f: f64| known(other).is_none() || known(&value) == Some(to_int(f));
        match nearest(&value) {
            Some(f) if float || (divides && exact(f)) => Val::Expr(ops::constant(Const::f64(f), true, place)),
            _ => value,
        }
    }
}

/// The float nearest to a huge int.
#[expect(clippy::cast_precision_loss, reason = "rounds to nearest, as Python does")]
pub const fn nearest(value: &Val) -> Option<f64> {
    match value {
        Val::Static(Static::Huge(Some(v))) => Some(*v as f64),
        _ => None,
    }
}

/// ⌊a / b⌋ and the rest, which has the sign of b: bit by bit, as a library's division of 128 bits is larger than all other code here.
const fn divided(a: i128, b: i128) -> (i128, i128) {
    let (mut quotient, divisor, mut rest) = (a.unsigned_abs(), b.unsigned_abs(), 0);
    let mut bits = 0;
    while bits < u128::BITS {
        rest = rest << 1 | quotient >> 127;
        quotient <<= 1;
        if rest >= divisor {
            rest -= divisor;
            quotient |= 1;
        }
        bits += 1;
    }
    let (mut quotient, mut rest) = (quotient.cast_signed(), rest.cast_signed());
    if (a < 0) != (b < 0) {
        quotient = -quotient;
        if rest != 0 {
            quotient -= 1;
            rest = divisor.cast_signed() - rest;
        }
    }
    (quotient, if b < 0 { -rest } else { rest })
}

/// A huge int as a value at run time.
pub fn unsigned(value: i128, place: Place) -> Option<Expr> {
    let bits = u64::try_from(value).ok()?.cast_signed();
    Some(ops::constant(Const::Int(DType::UInt64, bits), false, place))
}

/// A known int, by its size.
pub fn number(value: i128, place: Place) -> Val {
    i64::try_from(value).map_or(Val::Static(Static::Huge(Some(value))), |v| Val::Expr(ops::int(v, place)))
}

#[expect(clippy::cast_possible_truncation, reason = "floats of 127 bits are integers")]
const fn to_int(f: f64) -> i128 {
    f as i128
}

const fn is_huge(value: &Val) -> bool {
    matches!(value, Val::Static(Static::Huge(_)))
}

/// The value of a literal, as it is written: with a prefix for its base, say.
pub fn read(text: &str) -> Option<i128> {
    let digits = text.replace('_', "").to_ascii_lowercase();
    let prefixed = [("0x", 16), ("0o", 8), ("0b", 2)].into_iter();
    let found = prefixed.filter_map(|(prefix, base)| Some((digits.strip_prefix(prefix)?, base))).next();
    let (digits, base) = found.unwrap_or((&digits, 10));
    i128::from_str_radix(digits, base).ok()
}

/// The value of a known Python int.
pub fn known(value: &Val) -> Option<i128> {
    match value {
        Val::Static(Static::Huge(value)) => *value,
        Val::Expr(e) if matches!(e.ty, Type::Scalar(Scalar { weak: true, .. })) => ops::as_int(e).map(i128::from),
        _ => None,
    }
}
