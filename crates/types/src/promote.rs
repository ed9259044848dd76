//! NEP 50 promotion (<https://numpy.org/neps/nep-0050-scalar-promotion.html>).

use crate::{DType, Kind, Scalar};

/// The dtype in which a binary ufunc of NumPy computes: `np.result_type`, where weak scalars adapt.
///
/// `promote(int32, float32)` is `float64`; `promote(float32, weak float)` is `float32`;
/// `promote(int8, weak int)` is `int8`; two weak scalars give Python's own rule.
#[must_use]
pub fn promote(a: Scalar, b: Scalar) -> Scalar {
    match (a.weak, b.weak) {
        (true, true) => Scalar { dtype: promote_strong(a.dtype, b.dtype), weak: true },
        (false, false) => Scalar::strong(promote_strong(a.dtype, b.dtype)),
        (true, false) => Scalar::strong(adapt(a.dtype, b.dtype)),
        (false, true) => Scalar::strong(adapt(b.dtype, a.dtype)),
    }
}

/// A weak scalar next to a strong dtype: a strong dtype of the same or a higher kind wins, otherwise the
/// default dtype of the weak scalar's kind does.
fn adapt(weak: DType, strong: DType) -> DType {
    let rank = |d: DType| match d.kind() {
        Kind::Bool => 0,
        Kind::Unsigned | Kind::Signed => 1,
        Kind::Float => 2,
        Kind::Complex => 3,
    };
    if rank(strong) >= rank(weak) {
        strong
    } else if weak.is_complex() {
        // A Python complex takes the precision of the real dtype: complex64 beside float32, complex128 beside integers.
        promote_strong(DType::Complex64, if strong.is_float() { strong } else { DType::Float64 })
    } else {
        weak
    }
}

fn promote_strong(a: DType, b: DType) -> DType {
    let (low, high) = if a.kind() <= b.kind() { (a, b) } else { (b, a) };
    match (low.kind(), high.kind()) {
        (Kind::Bool, _) => high,
        (Kind::Unsigned, Kind::Signed) => {
            // The smallest signed integer that holds both; uint64 has none, so NumPy goes to float64.
            if high.size() > low.size() {
                return high;
            }
            match low.size() {
                1 => DType::Int16,
                2 => DType::Int32,
                4 => DType::Int64,
                _ => DType::Float64,
            }
        }
        (Kind::Unsigned | Kind::Signed, Kind::Float) => {
            // float32 holds integers of up to 16 bits exactly.
            if low.size() <= 2 { high } else { DType::Float64 }
        }
        // Each part holds what the real dtype and the parts of the complex one promote to.
        (_, Kind::Complex) if low.kind() != Kind::Complex => match promote_strong(low, high.part()) {
            DType::Float32 => DType::Complex64,
            _ => DType::Complex128,
        },
        _ => {
            if low.size() > high.size() {
                low
            } else {
                high
            }
        }
    }
}

/// The type of a variable that holds `a` on one path and `b` on another.
///
/// A Python int beside a NumPy integer counts as int64 (beside uint64 as uint64) and a Python float as float64, so that
/// `s = 0` before `s += a[i]` makes an exact int64 sum.
#[must_use]
pub fn join_scalars(a: Scalar, b: Scalar) -> Scalar {
    if a == b {
        return a;
    }
    // A Python int beside uint64 is uint64, as in their sum: no signed integer holds both.
    if (a.weak && !b.weak && !a.dtype.is_float() && b.dtype == DType::UInt64)
        || (b.weak && !a.weak && !b.dtype.is_float() && a.dtype == DType::UInt64)
    {
        return Scalar::strong(DType::UInt64);
    }
    Scalar { dtype: promote_strong(a.dtype, b.dtype), weak: a.weak && b.weak }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Rows as `np.result_type` of NumPy 2 prints them; the whole table is swept against NumPy by
    /// the literate page `tests/language/promotion.md`.
    #[test]
    fn weak_scalars_adapt() {
        let i8 = Scalar::strong(DType::Int8);
        let f32 = Scalar::strong(DType::Float32);
        let bool_ = Scalar::strong(DType::Bool);
        assert_eq!(promote(i8, Scalar::INT), i8);
        assert_eq!(promote(f32, Scalar::FLOAT), f32);
        assert_eq!(promote(i8, Scalar::FLOAT), Scalar::strong(DType::Float64));
        assert_eq!(promote(bool_, Scalar::INT), Scalar::strong(DType::Int64));
        assert_eq!(promote(Scalar::INT, Scalar::FLOAT), Scalar::FLOAT);
    }

    #[test]
    fn promotion_is_symmetric() {
        for a in DType::ALL {
            for b in DType::ALL {
                assert_eq!(promote_strong(a, b), promote_strong(b, a), "{a} {b}");
            }
        }
    }

    #[test]
    fn a_python_int_joined_with_a_narrow_int_is_exact() {
        let i32 = Scalar::strong(DType::Int32);
        assert_eq!(join_scalars(Scalar::INT, i32), Scalar::strong(DType::Int64));
    }
}
