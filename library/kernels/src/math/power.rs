//! Powers with a small constant exponent, which need no logarithm: the number is cut to so few bits that the power of
//! what is left is exact, and the difference of the two powers, which is small, is added to it. One addition rounds
//! noticeably.

use super::lanes::Lanes;
use super::pairs::{Pair, product, sqrt, sum};

/// x cut to `bits` bits, with xⁿ exact for n · bits ≤ 53.
#[inline(always)]
pub(super) fn cut<L: Lanes>(x: L, bits: u32) -> L {
    L::from_bits(x.bits() & L::pattern(!0 << (53 - bits)))
}

/// xᴺ = hᴺ + (x − h)·(xᴺ⁻¹ + xᴺ⁻²·h + … + hᴺ⁻¹) for 2 ≤ N ≤ 6, as these two parts.
#[inline(always)]
fn integer_parts<L: Lanes, const N: u32>(x: L) -> Pair<L> {
    let h = cut(x, 53 / N);
    let (mut sum, mut exact) = (x + h, h * h);
    for _ in 2..N {
        sum = x * sum + exact;
        exact = exact * h;
    }
    (exact, (x - h) * sum)
}

/// x^(3/2) in two parts. With s = √x + e, where e·2s = x − s², s³ = h³ + (s − h)·(x + s·h + h²), and e adds 3·x·e.
#[inline(always)]
fn three_halves_parts<L: Lanes>(x: L) -> Pair<L> {
    let s = x.sqrt();
    let h = cut(s, 17);
    let (low, square) = (s - h, h * h);
    let rest = (x - square) - low * (s + h);
    (square * h, low * ((x + s * h) + square) + L::splat(1.5) * s * rest)
}

/// xᴺ for 3 ≤ N ≤ 6, below 0.7 ulp.
#[inline(always)]
pub fn integer<L: Lanes, const N: u32>(x: L) -> L {
    let (exact, rest) = integer_parts::<L, N>(x);
    let value = exact + rest;
    // An infinite result may have lost itself in 0 · ∞ or ∞ − ∞; −0 has in 0 − 0.
    let plain = || (1..N).fold(x, |power, _| power * x);
    let value = L::select(value.abs().less(L::splat(f64::INFINITY)), || value, plain);
    if N % 2 == 1 { value.with_sign(x) } else { value }
}

/// x^(3/2), below 0.7 ulp; NaN below 0, but ∞ for −∞.
#[inline(always)]
pub fn three_halves<L: Lanes>(x: L) -> L {
    let (exact, rest) = three_halves_parts(x);
    let (value, infinity) = (exact + rest, L::splat(f64::INFINITY));
    let special = || L::select(x.equal(-infinity), || infinity, || x * x.sqrt());
    L::select(value.abs().less(infinity), || value, special)
}

/// x⁻ᴺ for N = 2 or 3, below 0.8 ulp. Where one lane of a vector needs `pow`, each goes through `scalar`, which is this
/// function for one float64.
#[inline(always)]
pub fn inverse_integer<L: Lanes, const N: u32>(x: L, scalar: impl Fn(f64) -> f64) -> L {
    inverse(x, integer_parts::<L, N>(x), scalar, -f64::from(N))
}

/// x^(−1/2), as above.
#[inline(always)]
pub fn inverse_root<L: Lanes>(x: L, scalar: impl Fn(f64) -> f64) -> L {
    inverse(x, sqrt((x, L::splat(0.0))), scalar, -0.5)
}

/// x^(−3/2), as above.
#[inline(always)]
pub fn inverse_three_halves<L: Lanes>(x: L, scalar: impl Fn(f64) -> f64) -> L {
    inverse(x, three_halves_parts(x), scalar, -1.5)
}

/// One over a power that was computed in two parts, or xᵖ by `pow` where these parts could not be exact.
#[inline(always)]
fn inverse<L: Lanes>(x: L, (exact, rest): Pair<L>, scalar: impl Fn(f64) -> f64, p: f64) -> L {
    let moderate = L::splat(1e-140).less(exact.abs()) & exact.abs().less(L::splat(1e140));
    if L::any(moderate ^ L::pattern(!0)) {
        return x.each(scalar, |x| libm::pow(x, p));
    }
    let (power, rest) = sum(exact, rest);
    let value = L::splat(1.0) / power;
    let (high, low) = product(value, power);
    value + value * (((L::splat(1.0) - high) - low) - value * rest)
}
