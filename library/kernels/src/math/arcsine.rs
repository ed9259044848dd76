//! `asin` and `acos`: an odd polynomial up to ½, and beyond it by asin x = π/2 − 2·asin √((1 − x) / 2).

use super::coefficients::{ASIN, HALF_PI_PAIR};
use super::pairs::{Pair, any_sum, sqrt, sum};
use super::polynomial;

/// asin x, below 0.7 ulp; NaN outside [−1, 1].
#[must_use]
pub fn asin(x: f64) -> f64 {
    let size = x.abs();
    if size < 0.5 {
        return x + curve(x);
    }
    let (high, low) = half_pi_less(twice_from_one(size));
    (high + low).copysign(x)
}

/// acos x, below 0.8 ulp; NaN outside [−1, 1].
#[must_use]
pub fn acos(x: f64) -> f64 {
    let size = x.abs();
    if size < 0.5 {
        let (high, low) = half_pi_less((x, curve(x)));
        return high + low;
    }
    let (high, low) = twice_from_one(size);
    if x > 0.0 {
        return high + low;
    }
    let (first, error) = any_sum(2.0 * HALF_PI_PAIR[0], -high);
    first + (error + (2.0 * HALF_PI_PAIR[1] - low))
}

/// asin x − x
fn curve(x: f64) -> f64 {
    let square = x * x;
    x * (square * polynomial(square, &ASIN))
}

/// 2·asin √((1 − x) / 2) = acos x for x ≥ ½; the subtraction is exact.
fn twice_from_one(x: f64) -> Pair<f64> {
    let inside = (1.0 - x) * 0.5;
    if inside == 0.0 {
        return (0.0, 0.0);
    }
    let (root, low) = sqrt((inside, 0.0));
    (2.0 * root, 2.0 * (low + root * (inside * polynomial(inside, &ASIN))))
}

/// π/2 − angle
fn half_pi_less((high, low): Pair<f64>) -> Pair<f64> {
    let (first, error) = sum(HALF_PI_PAIR[0], -high);
    (first, error + (HALF_PI_PAIR[1] - low))
}
