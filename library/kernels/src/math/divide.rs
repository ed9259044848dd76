//! `fmod`, `//` and `%` of floats.
//!
//! The last two follow NumPy's `npy_divmod`: the remainder is fmod's, moved to the sign of the divisor; the quotient is
//! the integer nearest to (a − remainder) / b. For a zero divisor they are NaN and a / b.

use super::pairs::product;

const STEP: f64 = (1u64 << 50) as f64;
/// Quotients below it are exact integers, or off by one.
const EXACT: f64 = (1u64 << 52) as f64;

/// a − b·trunc(a / b), exactly, with the sign of a; NaN for b = 0 and a = ±∞.
#[must_use]
pub fn fmod(a: f64, b: f64) -> f64 {
    let (size, divisor) = (a.abs(), b.abs());
    if !size.is_finite() || divisor == 0.0 || divisor.is_nan() {
        return f64::NAN;
    }
    if size < divisor {
        return a;
    }
    // Long division in base 2⁵⁰, since every remainder by a multiple of the divisor has the same remainder.
    let mut multiple = divisor;
    while size / multiple >= EXACT {
        multiple *= STEP;
    }
    let mut rest = size;
    loop {
        rest = short_rest(rest, multiple);
        if multiple == divisor {
            return rest.copysign(a);
        }
        multiple /= STEP;
    }
}

/// The remainder for a quotient below 2⁵². The product with the quotient is exact as a pair, because both halves are
/// multiples of the divisor's last place; so is the difference, which is a multiple of it below the divisor.
#[inline(always)]
fn short_rest(a: f64, b: f64) -> f64 {
    let (high, low) = product((a / b).trunc(), b);
    let rest = (a - high) - low;
    if rest < 0.0 {
        rest + b
    } else if rest >= b {
        rest - b
    } else {
        rest
    }
}

/// a − b·⌊a / b⌋ with the sign of b; NaN for b = 0.
#[must_use]
pub fn remainder(a: f64, b: f64) -> f64 {
    let rest = fmod(a, b);
    if rest == 0.0 {
        return (0.0f64).copysign(b);
    }
    if (b < 0.0) == (rest < 0.0) { rest } else { rest + b }
}

/// ⌊a / b⌋; a / b for b = 0.
#[must_use]
pub fn floor_divide(a: f64, b: f64) -> f64 {
    if b == 0.0 {
        return a / b;
    }
    let rest = fmod(a, b);
    let mut quotient = (a - rest) / b;
    if rest != 0.0 && (b < 0.0) != (rest < 0.0) {
        quotient -= 1.0;
    }
    if quotient == 0.0 {
        return (0.0f64).copysign(a / b);
    }
    let floor = quotient.floor();
    if quotient - floor > 0.5 { floor + 1.0 } else { floor }
}
