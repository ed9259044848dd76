//! `//` and `%` of floats.
//!
//! Both follow NumPy's `npy_divmod`: the remainder is fmod's, moved to the sign of the divisor; the quotient is the
//! integer nearest to (a − remainder) / b. For a zero divisor they are a / b and NaN.

/// a − b·⌊a / b⌋ with the sign of b; NaN for b = 0.
#[must_use]
pub fn remainder(a: f64, b: f64) -> f64 {
    let rest = libm::fmod(a, b);
    if rest == 0.0 {
        return libm::copysign(0.0, b);
    }
    if (b < 0.0) == (rest < 0.0) { rest } else { rest + b }
}

/// ⌊a / b⌋; a / b for b = 0.
#[must_use]
pub fn floor_divide(a: f64, b: f64) -> f64 {
    if b == 0.0 {
        return a / b;
    }
    let rest = libm::fmod(a, b);
    let mut quotient = (a - rest) / b;
    if rest != 0.0 && (b < 0.0) != (rest < 0.0) {
        quotient -= 1.0;
    }
    if quotient == 0.0 {
        return libm::copysign(0.0, a / b);
    }
    let floor = libm::floor(quotient);
    if quotient - floor > 0.5 { floor + 1.0 } else { floor }
}
