//! Scalar constants.

use core::fmt;
use nopython_types::DType;

/// A scalar constant of a given dtype. Floats are compared and hashed by their bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Const {
    /// `bool`
    Bool(bool),
    /// Any integer dtype; the value is in the dtype's range, `uint64` held as its two's complement.
    Int(DType, i64),
    /// `float32`, as bits.
    F32(u32),
    /// `float64`, as bits.
    F64(u64),
}

impl Const {
    /// A `float64` constant.
    #[must_use]
    pub const fn f64(value: f64) -> Const {
        Const::F64(value.to_bits())
    }

    /// A `float32` constant.
    #[must_use]
    pub const fn f32(value: f32) -> Const {
        Const::F32(value.to_bits())
    }

    /// An int64 constant.
    #[must_use]
    pub const fn int(value: i64) -> Const {
        Const::Int(DType::Int64, value)
    }

    /// An int32 constant: addresses and extents.
    #[must_use]
    pub const fn i32(value: i32) -> Const {
        Const::Int(DType::Int32, value as i64)
    }

    /// An integer constant wrapped into `dtype`, which must be an integer dtype.
    #[must_use]
    pub const fn wrap(dtype: DType, value: i64) -> Const {
        Const::Int(dtype, wrap(dtype, value))
    }

    /// Zero of a dtype; `False` for bool.
    #[must_use]
    pub const fn zero(dtype: DType) -> Const {
        match dtype {
            DType::Bool => Const::Bool(false),
            DType::Float32 => Const::F32(0),
            DType::Float64 => Const::F64(0),
            _ => Const::Int(dtype, 0),
        }
    }

    /// The dtype.
    #[must_use]
    pub const fn dtype(self) -> DType {
        match self {
            Const::Bool(_) => DType::Bool,
            Const::Int(dtype, _) => dtype,
            Const::F32(_) => DType::Float32,
            Const::F64(_) => DType::Float64,
        }
    }

    /// The value of a bool or integer constant.
    #[must_use]
    pub const fn as_int(self) -> Option<i64> {
        match self {
            Const::Bool(b) => Some(b as i64),
            Const::Int(_, v) => Some(v),
            Const::F32(_) | Const::F64(_) => None,
        }
    }

    /// The value as a float64; exact but for 64-bit integers.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "rounds to nearest, as NumPy's conversion does")]
    pub fn as_f64(self) -> f64 {
        match self {
            Const::Bool(b) => f64::from(u8::from(b)),
            Const::Int(DType::UInt64, v) => v.cast_unsigned() as f64,
            Const::Int(_, v) => v as f64,
            Const::F32(bits) => f64::from(f32::from_bits(bits)),
            Const::F64(bits) => f64::from_bits(bits),
        }
    }
}

/// Two's-complement wrap of `value` into an integer dtype.
#[must_use]
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "truncation is the point")]
pub const fn wrap(dtype: DType, value: i64) -> i64 {
    match dtype {
        DType::Bool => (value != 0) as i64,
        DType::Int8 => value as i8 as i64,
        DType::Int16 => value as i16 as i64,
        DType::Int32 => value as i32 as i64,
        DType::UInt8 => value as u8 as i64,
        DType::UInt16 => value as u16 as i64,
        DType::UInt32 => value as u32 as i64,
        DType::Int64 | DType::UInt64 | DType::Float32 | DType::Float64 | DType::Complex64 | DType::Complex128 => value,
    }
}

impl fmt::Display for Const {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Const::Bool(b) => f.write_str(if b { "True" } else { "False" }),
            Const::Int(DType::UInt64, v) => write!(f, "{}", v.cast_unsigned()),
            Const::Int(_, v) => write!(f, "{v}"),
            Const::F32(bits) => write!(f, "{:?}f", f32::from_bits(bits)),
            Const::F64(bits) => write!(f, "{:?}", f64::from_bits(bits)),
        }
    }
}
