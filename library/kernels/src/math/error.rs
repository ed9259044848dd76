//! `erf`: near 0 an odd polynomial, and from 0.8 on 1 − exp(−x²)·p((x − k) / (x + k)), a mapping after Shepherd and
//! Laframboise, *Chebyshev approximation of (1 + 2x) exp(x²) erfc x*, Mathematics of Computation 36, 1981.

use super::coefficients::{ERF, ERFCX};
use super::exponential::exp_of_moderate;
use super::lanes::Lanes;
use super::polynomial;

/// k of the mapping, as `scripts/coefficients.py` has it.
const PIVOT: f64 = 2.45;

/// erf x, below 0.9 ulp.
#[inline(always)]
pub fn erf<L: Lanes>(x: L) -> L {
    let size = x.abs();
    let near = || {
        let square = x * x;
        // The lowest coefficients have opposite signs: they are added last.
        let [first, rest @ ..] = ERF;
        x + x * (L::splat(first) + square * polynomial(square, &rest))
    };
    let far = || {
        // erf 6 rounds to 1.
        let size = size.at_most(L::splat(6.0));
        let pivot = L::splat(PIVOT);
        let t = (size - pivot) / (size + pivot);
        (L::splat(1.0) - exp_of_moderate(-(size * size)) * polynomial(t, &ERFCX)).with_sign(x)
    };
    L::select(size.less(L::splat(0.8)), near, far)
}
