//! Scalar functions that NumPy defines and `libm` lacks, or has in a slower or less exact form.
//!
//! Those written over [`lanes::Lanes`] exist for vectors too.

pub mod arcsine;
pub mod arctangent;
pub mod coefficients;
pub mod divide;
pub mod error;
pub mod exponential;
pub mod hyperbolic;
pub mod lanes;
pub mod logarithm;
pub mod pairs;
pub mod power;
pub mod roots;
pub mod trigonometric;

use lanes::Lanes;

/// Σ cₖ·xᵏ, the even and the odd powers in two chains that run side by side.
#[inline(always)]
fn polynomial<L: Lanes, const N: usize>(x: L, coefficients: &[f64; N]) -> L {
    let c = |k: usize| L::splat(coefficients[k]);
    let square = x * x;
    let (mut other, mut last) = (c(N - 1), c(N - 2));
    for k in (0..N - 2).rev() {
        (other, last) = (last, other * square + c(k));
    }
    last + x * other
}
