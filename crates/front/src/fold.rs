//! Constant folding on Python's and NumPy's scalars, exact and the same on every host.

use nopython_ir::Const;
use nopython_ir::constant::wrap;
use nopython_ir::ops::{BinOp, UnOp};
use nopython_types::DType;

/// A constant converted as `astype` does; `None` where hosts might differ.
#[expect(clippy::cast_possible_truncation, clippy::cast_precision_loss, reason = "conversion is the point")]
pub fn cast(value: Const, to: DType) -> Option<Const> {
    Some(match (value, to) {
        // A complex number is no constant.
        (_, DType::Complex64 | DType::Complex128) => return None,
        (_, DType::Float64) => Const::f64(value.as_f64()),
        (Const::Int(DType::UInt64, v), DType::Float32) => Const::f32(v.cast_unsigned() as f32),
        (Const::Int(_, v), DType::Float32) => Const::f32(v as f32),
        (_, DType::Float32) => Const::f32(value.as_f64() as f32),
        (Const::Bool(_) | Const::Int(..), DType::Bool) => Const::Bool(value.as_int() != Some(0)),
        (Const::Bool(_) | Const::Int(..), to) => Const::Int(to, wrap(to, value.as_int()?)),
        (Const::F32(_) | Const::F64(_), DType::Bool) => Const::Bool(value.as_f64() != 0.0),
        (Const::F32(_) | Const::F64(_), to) => {
            let v = value.as_f64();
            if v.abs() < 9.0e15 { Const::Int(to, wrap(to, v as i64)) } else { return None }
        }
    })
}

/// An operation on one constant.
pub fn unary(op: UnOp, a: Const) -> Option<Const> {
    Some(match (op, a) {
        (UnOp::Neg, Const::Int(d, v)) => Const::wrap(d, v.wrapping_neg()),
        (UnOp::Neg, Const::F64(bits)) => Const::f64(-f64::from_bits(bits)),
        (UnOp::Neg, Const::F32(bits)) => Const::f32(-f32::from_bits(bits)),
        (UnOp::Invert, Const::Bool(b)) => Const::Bool(!b),
        (UnOp::Invert, Const::Int(d, v)) => Const::wrap(d, !v),
        (UnOp::Abs, Const::Int(d, v)) if d.is_signed() => Const::wrap(d, v.wrapping_abs()),
        _ => return None,
    })
}

/// An operation on two constants of one dtype; `None` when it is left to run time.
pub fn binary(op: BinOp, a: Const, b: Const) -> Option<Const> {
    match (a, b) {
        (Const::Int(d, x), Const::Int(_, y)) if d != DType::UInt64 => int(op, d, x, y),
        (Const::Bool(x), Const::Bool(y)) => Some(Const::Bool(match op {
            BinOp::And => x && y,
            BinOp::Or => x || y,
            BinOp::Xor | BinOp::Ne => x != y,
            BinOp::Eq => x == y,
            _ => return None,
        })),
        (Const::F64(_), Const::F64(_)) => float(op, a.as_f64(), b.as_f64()),
        _ => None,
    }
}

fn int(op: BinOp, d: DType, x: i64, y: i64) -> Option<Const> {
    Some(match op {
        BinOp::Add => Const::wrap(d, x.wrapping_add(y)),
        BinOp::Sub => Const::wrap(d, x.wrapping_sub(y)),
        BinOp::Mul => Const::wrap(d, x.wrapping_mul(y)),
        BinOp::FloorDiv if y > 0 => Const::Int(d, x.div_euclid(y)),
        BinOp::Mod if y > 0 => Const::Int(d, x.rem_euclid(y)),
        BinOp::And => Const::Int(d, x & y),
        BinOp::Or => Const::Int(d, x | y),
        BinOp::Xor => Const::Int(d, x ^ y),
        BinOp::Min => Const::Int(d, x.min(y)),
        BinOp::Max => Const::Int(d, x.max(y)),
        BinOp::Eq => Const::Bool(x == y),
        BinOp::Ne => Const::Bool(x != y),
        BinOp::Lt => Const::Bool(x < y),
        BinOp::Le => Const::Bool(x <= y),
        BinOp::Gt => Const::Bool(x > y),
        BinOp::Ge => Const::Bool(x >= y),
        BinOp::Shl if (0..64).contains(&y) && d == DType::Int64 => {
            Const::Int(d, x.wrapping_shl(u32::try_from(y).ok()?))
        }
        BinOp::FloorDiv | BinOp::Mod | BinOp::Shl | BinOp::Shr | BinOp::Div | BinOp::CopySign => return None,
    })
}

#[expect(clippy::float_cmp, reason = "Python's own comparison")]
fn float(op: BinOp, x: f64, y: f64) -> Option<Const> {
    Some(match op {
        BinOp::Add => Const::f64(x + y),
        BinOp::Sub => Const::f64(x - y),
        BinOp::Mul => Const::f64(x * y),
        BinOp::Div if y != 0.0 => Const::f64(x / y),
        BinOp::Eq => Const::Bool(x == y),
        BinOp::Ne => Const::Bool(x != y),
        BinOp::Lt => Const::Bool(x < y),
        BinOp::Le => Const::Bool(x <= y),
        BinOp::Gt => Const::Bool(x > y),
        BinOp::Ge => Const::Bool(x >= y),
        _ => return None,
    })
}
