//! `sinh`, `cosh`, `tanh` and their inverses: near 0 an odd polynomial, else by `exp` and `log` of pairs, so that only the
//! last operation rounds noticeably.

use super::coefficients::{ASINH, ATANH, SINH, TANH};
use super::exponential::half_exp;
use super::lanes::Lanes;
use super::logarithm::log_of_pair;
use super::pairs::{any_sum, product, quotient, sqrt, sum};
use super::polynomial;

/// From here on 1 is nothing beside x².
const HUGE: f64 = (1u64 << 28) as f64;

/// x + x³·p(x²)
#[inline(always)]
fn odd<L: Lanes, const N: usize>(x: L, coefficients: &[f64; N]) -> L {
    let square = x * x;
    x + x * (square * polynomial(square, coefficients))
}

/// sinh x, below 0.8 ulp.
#[must_use]
pub fn sinh(x: f64) -> f64 {
    if x.abs() < 1.0 {
        return odd(x, &SINH);
    }
    half_sum(x.abs(), -0.25).with_sign(x)
}

/// cosh x, below 0.8 ulp.
#[must_use]
pub fn cosh(x: f64) -> f64 {
    half_sum(x.abs(), 0.25)
}

/// eˣ / 2 + quarter·(2 / eˣ) for x ≥ 0: cosh for ¼ and sinh for −¼.
fn half_sum(x: f64, quarter: f64) -> f64 {
    let (high, low) = half_exp(x.at_most(720.0));
    if high > 1e300 {
        return high + low;
    }
    let inverse = quarter / high;
    let (first, error) = sum(high, inverse);
    first + (error + (low - inverse * (low / high)))
}

/// tanh x, below 0.9 ulp: 1 − 2 / (e²ˣ + 1).
#[inline(always)]
pub fn tanh<L: Lanes>(x: L) -> L {
    let size = x.abs().at_most(L::splat(40.0));
    let one = L::splat(1.0);
    let far = || {
        let (high, low) = half_exp(size + size);
        let (bottom, error) = any_sum(high, L::splat(0.5));
        let first = one / bottom;
        let (value, rest) = sum(one, -first);
        value + (rest + first * first * (error + low))
    };
    L::select(size.less(L::splat(0.55)), || odd(size, &TANH), far).with_sign(x)
}

/// asinh x, below 0.8 ulp: log(x + √(x² + 1)).
#[must_use]
pub fn asinh(x: f64) -> f64 {
    let size = x.abs();
    if size < 0.5 {
        return odd(x, &ASINH);
    }
    if size >= HUGE || size.is_nan() {
        return log_of_double(size).with_sign(x);
    }
    let (square, low) = product(size, size);
    let (inside, error) = any_sum(square, 1.0);
    log_of_sum(size, sqrt((inside, error + low))).with_sign(x)
}

/// acosh x, below 0.8 ulp: log(x + √(x² − 1)); NaN below 1.
#[must_use]
pub fn acosh(x: f64) -> f64 {
    if x < 1.0 {
        return f64::NAN;
    }
    if x == 1.0 {
        return 0.0;
    }
    if x >= HUGE || x.is_nan() {
        return log_of_double(x);
    }
    let (square, low) = product(x, x);
    let (inside, error) = sum(square, -1.0);
    let inside = sum(inside, error + low);
    log_of_sum(x, sqrt(inside))
}

/// log(a + root) for a number that is not smaller than the root.
fn log_of_sum(a: f64, root: (f64, f64)) -> f64 {
    let (high, low) = any_sum(a, root.0);
    let (high, low) = log_of_pair((high, low + root.1));
    high + low
}

/// log 2x for a large x; ∞ and NaN are themselves.
fn log_of_double(x: f64) -> f64 {
    if x.is_finite() {
        let (high, low) = log_of_pair((x, 0.0));
        return high + (low + core::f64::consts::LN_2);
    }
    x
}

/// atanh x, below 0.8 ulp: log((1 + x) / (1 − x)) / 2; ±∞ for ±1, NaN beyond.
#[must_use]
pub fn atanh(x: f64) -> f64 {
    let size = x.abs();
    if size < 0.5 {
        return odd(x, &ATANH);
    }
    if size == 1.0 {
        return x / 0.0;
    }
    if size > 1.0 || size.is_nan() {
        return f64::NAN;
    }
    let (high, low) = log_of_pair(quotient(sum(1.0, size), sum(1.0, -size)));
    (0.5 * (high + low)).with_sign(x)
}
