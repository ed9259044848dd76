//! `atan2`: the smaller operand over the larger, by atan t = π/4 + atan((t − 1) / (t + 1)) brought below √2 − 1, then an
//! odd polynomial; quotients and constants are pairs.

use super::coefficients::{ATAN, HALF_PI_PAIR};
use super::lanes::Lanes;
use super::pairs::{quotient, sum};
use super::polynomial;

const SQRT_2_LESS_1: f64 = core::f64::consts::SQRT_2 - 1.0;
/// Operands whose sum lies between these need no scaling.
const MODERATE: (f64, f64) = (1e-140, 1e150);

/// The angle of the point (x, y), below 0.8 ulp, with IEEE 754's results for zeros and infinities. Where one lane of a
/// vector is not moderate, each goes through `scalar`, which is this function for two float64.
#[inline(always)]
pub fn atan2<L: Lanes>(y: L, x: L, scalar: impl Fn(f64, f64) -> f64) -> L {
    let (top, bottom) = (y.abs(), x.abs());
    let size = top + bottom;
    let moderate = L::splat(MODERATE.0).less(size) & size.less(L::splat(MODERATE.1));
    if L::any(moderate ^ L::pattern(!0)) {
        return L::each_of_two(y, x, scalar, immoderate);
    }
    angle(y, x, top, bottom)
}

#[inline(never)]
fn immoderate(y: f64, x: f64) -> f64 {
    if x.is_nan() || y.is_nan() {
        return f64::NAN;
    }
    let (top, bottom) = scaled(y.abs(), x.abs());
    angle(y, x, top, bottom)
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

/// The angle of the point that has the signs of x and y and the sizes `bottom` and `top`.
#[inline(always)]
fn angle<L: Lanes>(y: L, x: L, top: L, bottom: L) -> L {
    let (zero, half_pi) = (L::splat(0.0), HALF_PI_PAIR.map(L::splat));
    let steep = bottom.less(top);
    let (small, large) = (L::select(steep, || bottom, || top), L::select(steep, || top, || bottom));
    let (high, low) = first_octant(small, large);
    // 0 + a, π/2 − a, π − a or π/2 + a.
    let negative = L::odd(L::shr(x.bits(), 63));
    let from = |k: usize| L::select(steep, || half_pi[k], || L::select(negative, || half_pi[k] + half_pi[k], || zero));
    let sign = (steep ^ negative) & L::pattern(1 << 63);
    let flip = |a: L| L::from_bits(a.bits() ^ sign);
    let (first, error) = sum(from(0), flip(high));
    (first + (error + (from(1) + flip(low)))).with_sign(y)
}

/// atan(top / bottom) for 0 ≤ top ≤ bottom, as a sum.
#[inline(always)]
fn first_octant<L: Lanes>(top: L, bottom: L) -> (L, L) {
    let zero = L::splat(0.0);
    let far = (L::splat(SQRT_2_LESS_1) * bottom).less(top);
    let (less, more) = (sum(-bottom, top), sum(bottom, top));
    let pick = |a: L, b: L| L::select(far, || a, || b);
    let (t, low) = quotient((pick(less.0, top), pick(less.1, zero)), (pick(more.0, bottom), pick(more.1, zero)));
    let square = t * t;
    let curve = t * (square * polynomial(square, &ATAN));
    let quarter = HALF_PI_PAIR.map(|part| pick(L::splat(0.5 * part), zero));
    let (high, error) = sum(quarter[0], t);
    (high, error + (curve + (low + quarter[1])))
}
