//! `atan` and `atan2`: the smaller operand over the larger, by atan t = π/4 + atan((t − 1) / (t + 1)) brought below
//! √2 − 1, then an odd polynomial; quotients and constants are pairs.

use super::coefficients::{ATAN, HALF_PI_PAIR};
use super::pairs::{Pair, any_sum, quotient, sum};
use super::polynomial;

const SQRT_2_LESS_1: f64 = core::f64::consts::SQRT_2 - 1.0;

/// atan x, below 0.7 ulp.
#[must_use]
pub fn atan(x: f64) -> f64 {
    if x.is_nan() {
        return x;
    }
    // From 2⁶⁰ on the rest of π/2 is below half a unit, and ∞ has no quotient.
    let size = x.abs().min((1u64 << 60) as f64);
    let (high, low) = if size <= 1.0 { first_octant(size, 1.0) } else { from_half_pi(first_octant(1.0, size)) };
    (high + low).copysign(x)
}

/// The angle of the point (x, y), below 0.8 ulp, with IEEE 754's results for zeros and infinities.
#[must_use]
pub fn atan2(y: f64, x: f64) -> f64 {
    if x.is_nan() || y.is_nan() {
        return f64::NAN;
    }
    let (top, bottom) = scaled(y.abs(), x.abs());
    let angle = if top <= bottom { first_octant(top, bottom) } else { from_half_pi(first_octant(bottom, top)) };
    let (high, low) = if x.is_sign_negative() { from_pi(angle) } else { angle };
    (high + low).copysign(y)
}

/// Both operands times a power of two, so that the larger lies near 1; two infinities become two ones.
fn scaled(y: f64, x: f64) -> (f64, f64) {
    let larger = if x > y { x } else { y };
    if larger == f64::INFINITY {
        let finite = |v: f64| if v == f64::INFINITY { 1.0 } else { 0.0 };
        return (finite(y), finite(x));
    }
    if larger == 0.0 {
        return (0.0, 1.0);
    }
    if larger < f64::MIN_POSITIVE {
        return (y * (1u64 << 54) as f64, x * (1u64 << 54) as f64);
    }
    let exponent = larger.to_bits() >> 52;
    // 2^(1023 − exponent), or half of it where that is no normal number.
    let factor = f64::from_bits((2046 - exponent).max(1) << 52);
    (y * factor, x * factor)
}

/// atan(top / bottom) for 0 ≤ top ≤ bottom.
fn first_octant(top: f64, bottom: f64) -> Pair<f64> {
    if top <= SQRT_2_LESS_1 * bottom {
        let (t, low) = quotient((top, 0.0), (bottom, 0.0));
        return (t, curve(t) + low);
    }
    let (t, low) = quotient(sum(-bottom, top), sum(bottom, top));
    let (high, error) = sum(0.5 * HALF_PI_PAIR[0], t);
    (high, error + (curve(t) + (low + 0.5 * HALF_PI_PAIR[1])))
}

/// atan t − t
fn curve(t: f64) -> f64 {
    let square = t * t;
    t * (square * polynomial(square, &ATAN))
}

/// π/2 − angle
fn from_half_pi((high, low): Pair<f64>) -> Pair<f64> {
    let (sum, error) = sum(HALF_PI_PAIR[0], -high);
    (sum, error + (HALF_PI_PAIR[1] - low))
}

/// π − angle
fn from_pi((high, low): Pair<f64>) -> Pair<f64> {
    let (sum, error) = any_sum(2.0 * HALF_PI_PAIR[0], -high);
    (sum, error + (2.0 * HALF_PI_PAIR[1] - low))
}
