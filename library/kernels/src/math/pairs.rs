//! Sums and products with what rounding lost: a number as an unevaluated sum of two (Dekker, *A floating-point
//! technique for extending the available precision*, Numerische Mathematik 18, 1971).

use super::lanes::Lanes;

/// A high part and what is to be added to it, at most about a unit in its last place.
pub type Pair<L> = (L, L);

/// a + b for |a| ≥ |b|.
#[inline(always)]
pub fn sum<L: Lanes>(a: L, b: L) -> Pair<L> {
    let sum = a + b;
    (sum, (a - sum) + b)
}

/// a + b of any magnitudes (Knuth's two-sum).
#[inline(always)]
pub fn any_sum<L: Lanes>(a: L, b: L) -> Pair<L> {
    let sum = a + b;
    let back = sum - a;
    (sum, (a - (sum - back)) + (b - back))
}

/// a·b; the halves are cut off by a mask.
#[inline(always)]
pub fn product<L: Lanes>(a: L, b: L) -> Pair<L> {
    let half = |x: L| L::from_bits(x.bits() & L::pattern(!0 << 27));
    let (a_high, b_high) = (half(a), half(b));
    let (a_low, b_low) = (a - a_high, b - b_high);
    let product = a * b;
    (product, ((a_high * b_high - product) + a_high * b_low + a_low * b_high) + a_low * b_low)
}

/// a / b.
#[inline(always)]
pub fn quotient<L: Lanes>(a: Pair<L>, b: Pair<L>) -> Pair<L> {
    let first = a.0 / b.0;
    let (high, low) = product(first, b.0);
    (first, (((a.0 - high) - low) + (a.1 - first * b.1)) / b.0)
}

/// √a
#[inline(always)]
pub fn sqrt<L: Lanes>(a: Pair<L>) -> Pair<L> {
    let first = a.0.sqrt();
    let (high, low) = product(first, first);
    (first, (((a.0 - high) - low) + a.1) / (first + first))
}
