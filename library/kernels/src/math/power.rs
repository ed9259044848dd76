//! Powers with a small constant exponent, which need no logarithm: the number is cut to so few bits that the power of
//! what is left is exact, and the difference of the two powers, which is small, is added to it. One addition rounds
//! noticeably.

use super::lanes::Lanes;

/// x cut to `bits` bits, with xⁿ exact for n · bits ≤ 53.
#[inline(always)]
pub(super) fn cut<L: Lanes>(x: L, bits: u32) -> L {
    L::from_bits(x.bits() & L::pattern(!0 << (53 - bits)))
}

/// xᴺ = hᴺ + (x − h)·(xᴺ⁻¹ + xᴺ⁻²·h + … + hᴺ⁻¹) for 3 ≤ N ≤ 6, below 0.7 ulp.
#[inline(always)]
pub fn integer<L: Lanes, const N: u32>(x: L) -> L {
    let h = cut(x, 53 / N);
    let (mut plain, mut sum, mut exact) = (x * x, x + h, h * h);
    for _ in 2..N {
        plain = plain * x;
        sum = x * sum + exact;
        exact = exact * h;
    }
    let value = exact + (x - h) * sum;
    // An infinite result may have lost itself in 0 · ∞ or ∞ − ∞; −0 has in 0 − 0.
    let value = L::select(value.abs().less(L::splat(f64::INFINITY)), || value, || plain);
    if N % 2 == 1 { value.with_sign(x) } else { value }
}

/// x^(3/2), below 0.7 ulp; NaN below 0, but ∞ for −∞. With s = √x + e, where e·2s = x − s²,
/// s³ = h³ + (s − h)·(x + s·h + h²), and e adds 3·x·e.
#[inline(always)]
pub fn three_halves<L: Lanes>(x: L) -> L {
    let s = x.sqrt();
    let h = cut(s, 17);
    let (low, square) = (s - h, h * h);
    let rest = (x - square) - low * (s + h);
    let value = square * h + (low * ((x + s * h) + square) + L::splat(1.5) * s * rest);
    let infinity = L::splat(f64::INFINITY);
    let special = || L::select(x.equal(-infinity), || infinity, || x * s);
    L::select(value.abs().less(infinity), || value, special)
}
