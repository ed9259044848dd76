//! `cbrt` and `hypot`: a rounded root, and a correction by what is left of the radicand.

use super::lanes::Lanes;
use super::pairs::sum;
use super::power::cut;

/// ∛x, below 0.7 ulp (Sun's and Steele's `s_cbrt.c` in FreeBSD): dividing the exponent by 3 gives five bits (Kahan), a
/// polynomial in the cube over x 23, and Halley's iteration all, with a square that is exact.
#[must_use]
pub fn cbrt(x: f64) -> f64 {
    let size = x.abs();
    if size == 0.0 || !size.is_finite() {
        return x;
    }
    let (size, scale) =
        if size < f64::MIN_POSITIVE { (size * power_of_two(54), power_of_two(-18)) } else { (size, 1.0) };
    let guess = f64::from_bits(u64::from((size.to_bits() >> 32) as u32 / 3 + 715_094_163) << 32);
    let r = (guess * guess) * (guess / size);
    let [a, b, c, d, e] = CBRT;
    let root =
        cut(guess * ((a + r * (b + r * c)) + ((r * r) * r) * (d + r * e)) * (1.0 + 1.0 / (1u64 << 24) as f64), 24);
    let quotient = size / (root * root);
    let change = (quotient - root) / (root + root + quotient);
    ((root + root * change) * scale).copysign(x)
}

/// Of 1/∛r near 1.
const CBRT: [f64; 5] = [
    1.875_951_824_271_77,
    -1.884_979_795_433_771_7,
    1.621_429_720_105_354_5,
    -0.758_397_934_778_766,
    0.145_996_192_886_612_45,
];

/// √(x² + y²), below 0.6 ulp; ∞ if either is, even beside NaN. Where one lane of a vector could leave the range of its
/// squares, each goes through `scalar`, which is this function for two float64.
#[inline(always)]
pub fn hypot<L: Lanes>(x: L, y: L, scalar: impl Fn(f64, f64) -> f64) -> L {
    let (x, y) = (x.abs(), y.abs());
    let (large, small) = (x.at_least(y), y.at_most(x));
    let moderate = L::splat(1e-140).less(large) & large.less(L::splat(1e150));
    if L::any(moderate ^ L::pattern(!0)) {
        return L::each_of_two(x, y, scalar, immoderate);
    }
    of_moderate(large, small)
}

#[inline(never)]
fn immoderate(x: f64, y: f64) -> f64 {
    if x == f64::INFINITY || y == f64::INFINITY {
        return f64::INFINITY;
    }
    if x == 0.0 && y == 0.0 {
        return 0.0;
    }
    let n = if x > 1.0 || y > 1.0 { -600 } else { 600 };
    let (x, y) = (x * power_of_two(n), y * power_of_two(n));
    of_moderate(x.at_least(y), y.at_most(x)) * power_of_two(-n)
}

/// The root of a sum of squares that stay within range.
#[inline(always)]
fn of_moderate<L: Lanes>(large: L, small: L) -> L {
    let (square, low) = square_of(large);
    let (other, other_low) = square_of(small);
    let (inside, error) = sum(square, other);
    let (inside, rest) = sum(inside, error + (low + other_low));
    let root = inside.sqrt();
    let (square, low) = square_of(root);
    root + (((inside - square) - low) + rest) * (L::splat(0.5) / inside * root)
}

/// x² as a sum whose first part is the exact square of half of x's digits.
#[inline(always)]
fn square_of<L: Lanes>(x: L) -> (L, L) {
    let high = cut(x, 26);
    (high * high, (x - high) * (x + high))
}

/// 2ⁿ
const fn power_of_two(n: i64) -> f64 {
    f64::from_bits(((1023 + n) as u64) << 52)
}
