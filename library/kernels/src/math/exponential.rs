//! `exp` and `exp2`: x = n·ln 2 + r with |r| ≤ ln 2 / 2, so that eˣ = 2ⁿ·eʳ (Tang, *Table-driven implementation of
//! the exponential function*, ACM TOMS 15, 1989, without the table).

use super::coefficients::{EXP, LN2, LOG2_E};
use super::lanes::Lanes;
use super::pairs::{Pair, sum};
use super::polynomial;

/// Added to a number below 2⁵¹, it leaves the nearest integer in the low bits.
const MAGIC: f64 = 1.5 * (1u64 << 52) as f64;
const EXPONENT_OF_ONE: u64 = 1023 << 52;

/// eˣ, below 0.6 ulp.
#[inline(always)]
pub fn exp<L: Lanes>(x: L) -> L {
    let x = clamp(x, -746.0, 710.0);
    let n = nearest(x * L::splat(LOG2_E[0]));
    let high = x - n * L::splat(LN2[0]);
    let low = n * L::splat(LN2[1]);
    scaled(high, low, n)
}

/// 2ˣ, below 0.6 ulp; exact for integers.
#[inline(always)]
pub fn exp2<L: Lanes>(x: L) -> L {
    let x = clamp(x, -1076.0, 1025.0);
    let n = nearest(x);
    let r = x - n;
    // r in two parts, the first of 21 bits, so that its product with ln 2 in 32 bits is exact.
    let first = L::from_bits(r.bits() & L::pattern(!0 << 32));
    let rest = r - first;
    let high = first * L::splat(LN2[0]);
    let low = first * L::splat(LN2[1]) + rest * L::splat(core::f64::consts::LN_2);
    scaled(high, -low, n)
}

/// e^(high − low) as a sum of two, of which the second may be a third of the first, where |low| is far below |high| or both are small.
#[inline(always)]
fn near_one<L: Lanes>(high: L, low: L) -> (L, L) {
    let r = high - low;
    let tail = r * r * polynomial(r, &EXP) - low;
    let (sum, error) = sum(L::splat(1.0), high);
    (sum, error + tail)
}

/// 2ⁿ·e^(high − low)
#[inline(always)]
fn scaled<L: Lanes>(high: L, low: L, n: L) -> L {
    let (first, rest) = near_one(high, low);
    let (half, other) = powers_of_two(n);
    (first + rest) * half * other
}

/// eˣ / 2 as a pair, for |x| ≤ 720; infinite parts where it overflows.
#[inline(always)]
pub(super) fn half_exp<L: Lanes>(x: L) -> Pair<L> {
    let n = nearest(x * L::splat(LOG2_E[0]));
    let (first, rest) = near_one(x - n * L::splat(LN2[0]), n * L::splat(LN2[1]));
    let (half, other) = powers_of_two(n - L::splat(1.0));
    let (first, rest) = sum(first, rest);
    (first * half * other, rest * half * other)
}

/// eˣ for |x| below 700.
#[inline(always)]
pub(super) fn exp_of_moderate<L: Lanes>(x: L) -> L {
    let shifted = x * L::splat(LOG2_E[0]) + L::splat(MAGIC);
    let n = shifted - L::splat(MAGIC);
    let (first, rest) = near_one(x - n * L::splat(LN2[0]), n * L::splat(LN2[1]));
    (first + rest) * power_of_two(shifted)
}

/// 2ⁿ in two factors, of which neither overflows: results may be subnormal.
#[inline(always)]
fn powers_of_two<L: Lanes>(n: L) -> (L, L) {
    let half = n * L::splat(0.5) + L::splat(MAGIC);
    let other = (n - (half - L::splat(MAGIC))) + L::splat(MAGIC);
    (power_of_two(half), power_of_two(other))
}

/// 2ⁿ for MAGIC + n.
#[inline(always)]
fn power_of_two<L: Lanes>(n: L) -> L {
    L::from_bits(L::add_bits(L::shl(n.bits(), 52), L::pattern(EXPONENT_OF_ONE)))
}

#[inline(always)]
fn nearest<L: Lanes>(x: L) -> L {
    (x + L::splat(MAGIC)) - L::splat(MAGIC)
}

/// x between two bounds; NaN stays.
#[inline(always)]
fn clamp<L: Lanes>(x: L, low: f64, high: f64) -> L {
    x.at_least(L::splat(low)).at_most(L::splat(high))
}
