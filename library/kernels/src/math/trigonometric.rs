//! `sin`, `cos` and `tan`: x = n·π/2 + r, |r| ≤ π/4, with r as a sum of two numbers.
//!
//! For |x| below 2²⁰ the reduction subtracts n times three parts of π/2, of which the first two products are exact
//! (Cody and Waite, *Software Manual for the Elementary Functions*, 1980). Larger numbers, and those very near a
//! multiple of π/2, take the product with a window of 2/π's bits (Payne and Hanek, *Radian reduction for
//! trigonometric functions*, SIGNUM 1983). The polynomials are combined as in Sun's fdlibm (`k_sin.c`, `k_cos.c`).

use super::coefficients::{COS, HALF_PI, HALF_PI_PAIR, SIN, TWO_OVER_PI, TWO_OVER_PI_BITS};
use super::lanes::Lanes;
use super::pairs::{any_sum, product, quotient, sum};
use super::polynomial;

const MAGIC: f64 = 1.5 * (1u64 << 52) as f64;
/// Up to here n stays below 2²⁰.
const LARGE: f64 = 1.6e6;
/// Above this |r| the three parts of π/2 are exact enough.
const NEAR: f64 = 1.0 / (1u64 << 40) as f64;

/// Up to here n is 0, r is x and its tail 0, whatever `reduce` does.
const SMALL: f64 = 0.78;

/// sin x, below 0.6 ulp; NaN for ±∞.
#[must_use]
pub fn sin(x: f64) -> f64 {
    if x.abs() < SMALL {
        let (first, rest) = sin_parts(x, 0.0);
        return first + rest;
    }
    circular(x, 0, |x| x)
}

/// cos x, below 0.6 ulp; NaN for ±∞.
#[must_use]
pub fn cos(x: f64) -> f64 {
    if x.abs() < SMALL {
        let (first, rest) = cos_parts(x, 0.0);
        return first + rest;
    }
    circular(x, 1, |x| x)
}

/// tan x, below 0.6 ulp; NaN for ±∞.
#[must_use]
pub fn tan(x: f64) -> f64 {
    let (n, r, tail) = reduce(x);
    if needs_bits(x, r) == 0 {
        return ratio(n, r, tail);
    }
    let (n, r, tail) = reduce_by_bits(x);
    ratio(n, r, tail)
}

/// sin(x + quarters·π/2). Where one lane of a vector needs the long reduction, each goes through `scalar`, which is this
/// function for one float64.
#[inline(always)]
pub fn circular<L: Lanes>(x: L, quarters: u64, scalar: impl Fn(f64) -> f64) -> L {
    let (n, r, tail) = reduce(x);
    if L::any(needs_bits(x, r)) {
        return x.each(scalar, |x| by_bits(x, quarters));
    }
    at_quarter(L::add_bits(n, L::pattern(quarters)), r, tail)
}

/// sin x and cos x with the bits of [`circular`], by one reduction. `scalar` is this function for one float64.
#[inline(always)]
pub fn sincos<L: Lanes>(x: L, scalar: impl Fn(f64) -> (f64, f64)) -> (L, L) {
    let (n, r, tail) = reduce(x);
    if L::any(needs_bits(x, r)) {
        return (x.each(|x| scalar(x).0, |x| by_bits(x, 0)), x.each(|x| scalar(x).1, |x| by_bits(x, 1)));
    }
    let add = |(a, b): (L, L)| a + b;
    let (sin, cos, odd) = (add(sin_parts(r, tail)), add(cos_parts(r, tail)), L::odd(n));
    let at_sin = L::select(odd, || cos, || sin);
    let at_cos = L::select(odd, || sin, || cos);
    (negated_by(n, at_sin), negated_by(L::add_bits(n, L::pattern(1)), at_cos))
}

#[inline(never)]
fn by_bits(x: f64, quarters: u64) -> f64 {
    let (n, r, tail) = reduce_by_bits(x);
    at_quarter(n.wrapping_add(quarters), r, tail)
}

/// x = n·π/2 + r + tail, where the low bits of n count.
#[inline(always)]
fn reduce<L: Lanes>(x: L) -> (L::Bits, L, L) {
    let shifted = x * L::splat(TWO_OVER_PI[0]) + L::splat(MAGIC);
    let n = shifted - L::splat(MAGIC);
    let first = x - n * L::splat(HALF_PI[0]);
    let second = n * L::splat(HALF_PI[1]);
    let (difference, lost) = any_sum(first, -second);
    let third = n * L::splat(HALF_PI[2]) - lost;
    let r = difference - third;
    (shifted.bits(), r, (difference - r) - third)
}

/// Where three parts of π/2 are not enough: large |x|, ∞, NaN, and r near 0 for an x that is not.
#[inline(always)]
fn needs_bits<L: Lanes>(x: L, r: L) -> L::Bits {
    let small = x.abs().less(L::splat(LARGE));
    let exact = L::splat(NEAR).less(r.abs()) | x.abs().less(L::splat(0.5));
    (small & exact) ^ L::pattern(!0)
}

/// sin(r + tail), or cos of it for odd n, with the sign of the quadrant.
#[inline(always)]
fn at_quarter<L: Lanes>(n: L::Bits, r: L, tail: L) -> L {
    let add = |(a, b): (L, L)| a + b;
    negated_by(n, L::select(L::odd(n), || add(cos_parts(r, tail)), || add(sin_parts(r, tail))))
}

/// The value, negated in the third and the fourth quarter.
#[inline(always)]
fn negated_by<L: Lanes>(n: L::Bits, value: L) -> L {
    L::from_bits(value.bits() ^ L::shl(n & L::pattern(2), 62))
}

/// sin(r + tail) as a sum.
#[inline(always)]
fn sin_parts<L: Lanes>(r: L, tail: L) -> (L, L) {
    let square = r * r;
    let cube = square * r;
    let [first, rest @ ..] = SIN;
    let (first, rest) = (L::splat(first), polynomial(square, &rest));
    let inner = square * (L::splat(0.5) * tail - cube * rest) - tail;
    (r, -(inner - cube * first))
}

/// cos(r + tail) as a sum.
#[inline(always)]
fn cos_parts<L: Lanes>(r: L, tail: L) -> (L, L) {
    let square = r * r;
    let half = L::splat(0.5) * square;
    let high = L::splat(1.0) - half;
    let low = ((L::splat(1.0) - high) - half) + (square * square * polynomial(square, &COS) - r * tail);
    (high, low)
}

/// tan of n·π/2 + r + tail: sin / cos or −cos / sin.
fn ratio(n: u64, r: f64, tail: f64) -> f64 {
    let (sin, cos) = (sin_parts(r, tail), cos_parts(r, tail));
    let (sin, cos) = (sum(sin.0, sin.1), sum(cos.0, cos.1));
    let (first, rest) = if n & 1 == 0 { quotient(sin, cos) } else { quotient((-cos.0, -cos.1), sin) };
    if first == 0.0 { first } else { first + rest }
}

/// As `reduce`, for every x, with 192 bits of 2/π from the place where they begin to matter: NaN for ±∞ and NaN.
#[inline(never)]
fn reduce_by_bits(x: f64) -> (u64, f64, f64) {
    let exponent = (x.to_bits() >> 52) as u32 & 0x7ff;
    if exponent == 0x7ff {
        return (0, f64::NAN, 0.0);
    }
    // x = mantissa · 2^(exponent − 1075); the product modulo 4 takes bits from 2^−(exponent − 1077) on.
    let mantissa = x.to_bits() & ((1 << 52) - 1) | 1 << 52;
    let start = exponent + 64 - 1077;
    let high = two_over_pi(start).wrapping_mul(mantissa);
    let (middle_high, middle) = wide_product(two_over_pi(start + 64), mantissa);
    let (low_high, _) = wide_product(two_over_pi(start + 128), mantissa);
    let (middle, carry) = middle.overflowing_add(low_high);
    let high = high.wrapping_add(middle_high).wrapping_add(u64::from(carry));
    // Two bits count quarters; the rest, read with a sign, is the part of a quarter.
    let part = high << 2 | middle >> 62;
    let below = middle << 2;
    let negative = part >> 63;
    let quarters = (high >> 62).wrapping_add(negative);
    let (part, below) = if negative != 0 { (!part, !below) } else { (part, below) };
    let zeros = part.leading_zeros() & 63;
    let digits = part << zeros | below >> 1 >> (63 - zeros);
    let more = digits << 53 | (below << zeros) >> 11;
    let unit = f64::from_bits(u64::from(1023 - 53 - zeros) << 52);
    let part = (digits >> 11) as f64 * unit;
    let rest = more as f64 * (unit * (1.0 / (1u64 << 53) as f64 / 2048.0));
    let (high, low) = product(part, HALF_PI_PAIR[0]);
    let (r, tail) = sum(high, low + (part * HALF_PI_PAIR[1] + rest * HALF_PI_PAIR[0]));
    let flip = negative != 0;
    let (quarters, flip) = if x < 0.0 { (quarters.wrapping_neg(), !flip) } else { (quarters, flip) };
    if flip { (quarters, -r, -tail) } else { (quarters, r, tail) }
}

/// 64 bits of the table from a bit on.
fn two_over_pi(bit: u32) -> u64 {
    let at = (bit / 32) as usize;
    let word = |k: usize| u64::from(TWO_OVER_PI_BITS[(at + k).min(39)]);
    let shift = bit % 32;
    (word(0) << 32 | word(1)) << shift | (word(2) << shift) >> 32
}

/// The 128 bits of a product, high and low.
fn wide_product(a: u64, b: u64) -> (u64, u64) {
    let (a_high, a_low) = (a >> 32, a & 0xffff_ffff);
    let (b_high, b_low) = (b >> 32, b & 0xffff_ffff);
    let low = a_low * b_low;
    let middle = a_high * b_low + (low >> 32);
    let other = a_low * b_high + (middle & 0xffff_ffff);
    (a_high * b_high + (middle >> 32) + (other >> 32), a.wrapping_mul(b))
}
