//! `log`: x = 2ᵏ·(1 + f) with √½ ≤ 1 + f < √2, and log(1 + f) = 2s + s³·p(s²) with s = f / (2 + f), arranged as in
//! Sun's fdlibm (`e_log.c`, 1993): f − (f²/2 − s·(f²/2 + s²·p)), with k·ln 2 + f as an unevaluated sum.

use super::coefficients::{LN2, LOG};
use super::lanes::Lanes;
use super::pairs::{Pair, sum};
use super::polynomial;

const MANTISSA: u64 = (1 << 52) - 1;
const SQRT_HALF: u64 = core::f64::consts::FRAC_1_SQRT_2.to_bits();
/// 2⁵², whose low bits are an integer's when that integer is put there.
const TWO_52: f64 = (1u64 << 52) as f64;

/// `log` of one number, with one test for what is special.
#[must_use]
pub fn log_of_one(x: f64) -> f64 {
    let bits = x.to_bits();
    let (normal, bias) = if bits.wrapping_sub(1 << 52) < f64::INFINITY.to_bits() - (1 << 52) {
        (x, TWO_52 + 1023.0)
    } else if bits.wrapping_sub(1) < 1 << 52 {
        (x * (1u64 << 54) as f64, TWO_52 + 1023.0 + 54.0)
    } else {
        return if x == 0.0 {
            -f64::INFINITY
        } else if x < 0.0 {
            f64::NAN
        } else {
            x
        };
    };
    let (sum, rest) = parts(normal, bias);
    sum + rest
}

/// log x, below 0.8 ulp; −∞ for 0, NaN below.
#[inline(always)]
pub fn log<L: Lanes>(x: L) -> L {
    let subnormal = x.less(L::splat(f64::MIN_POSITIVE));
    let normal = L::select(subnormal, || x * L::splat((1u64 << 54) as f64), || x);
    let bias = L::select(subnormal, || L::splat(TWO_52 + 1023.0 + 54.0), || L::splat(TWO_52 + 1023.0));
    let (sum, rest) = parts(normal, bias);
    special(x, sum + rest)
}

/// log(x + low) for a normal x and a low that is at most about a unit in its last place.
#[inline(always)]
pub(super) fn log_of_pair<L: Lanes>((x, low): Pair<L>) -> Pair<L> {
    let (sum, rest) = parts(x, L::splat(TWO_52 + 1023.0));
    (sum, rest + low / x)
}

/// The logarithm of a normal x as an unevaluated sum.
#[inline(always)]
fn parts<L: Lanes>(x: L, bias: L) -> Pair<L> {
    let shifted = L::add_bits(x.bits(), L::pattern(1f64.to_bits() - SQRT_HALF));
    let biased = L::from_bits(L::shr(shifted, 52) | L::pattern(TWO_52.to_bits()));
    let k = biased - bias;
    let m = L::from_bits(L::add_bits(shifted & L::pattern(MANTISSA), L::pattern(SQRT_HALF)));
    let f = m - L::splat(1.0);
    let s = f / (L::splat(2.0) + f);
    let z = s * s;
    let half_square = L::splat(0.5) * f * f;
    let p = z * polynomial(z, &LOG);
    // Either k is 0 and the sum exact, or its first term is the larger.
    let (sum, error) = sum(k * L::splat(LN2[0]), f);
    (sum, error - (half_square - (s * (half_square + p) + k * L::splat(LN2[1]))))
}

/// The value, or what the logarithm is of 0, ∞, NaN and negative numbers.
#[inline(always)]
fn special<L: Lanes>(x: L, value: L) -> L {
    let infinity = L::splat(f64::INFINITY);
    let value = L::select(x.less(infinity), || value, || x);
    let value = L::select(x.less(L::splat(0.0)), || L::splat(f64::NAN), || value);
    L::select(x.equal(L::splat(0.0)), || -infinity, || value)
}
