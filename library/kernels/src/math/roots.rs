//! `cbrt` and `hypot`: a rounded root, corrected by what is left of the radicand, which pairs give exactly.

use super::pairs::{product, sqrt, sum};

/// ∛x, below 0.6 ulp.
#[must_use]
pub fn cbrt(x: f64) -> f64 {
    let size = x.abs();
    if size == 0.0 || !size.is_finite() {
        return x;
    }
    // The parts of the correction stay normal numbers.
    let (size, scale) = if size < 1e-200 {
        (size * power_of_two(300), power_of_two(-100))
    } else if size > 1e200 {
        (size * power_of_two(-300), power_of_two(100))
    } else {
        (size, 1.0)
    };
    // Dividing the exponent by 3 gives five bits (Kahan).
    let mut root = f64::from_bits(size.to_bits() / 3 + ((1023 - 341) << 52) - (1 << 52) / 30);
    // Halley's iteration triples the bits.
    for _ in 0..3 {
        let cube = root * root * root;
        root *= (cube + 2.0 * size) / (2.0 * cube + size);
    }
    let (square, square_low) = product(root, root);
    let (cube, cube_low) = product(square, root);
    let rest = (size - cube) - (cube_low + square_low * root);
    ((root + rest / (3.0 * square)) * scale).copysign(x)
}

/// √(x² + y²), below 0.6 ulp; ∞ if either is, even beside NaN.
#[must_use]
pub fn hypot(x: f64, y: f64) -> f64 {
    let (x, y) = (x.abs(), y.abs());
    if x == f64::INFINITY || y == f64::INFINITY {
        return f64::INFINITY;
    }
    let (large, small) = if x < y { (y, x) } else { (x, y) };
    // Squares stay within range.
    let scale = if large > 1e150 {
        power_of_two(-600)
    } else if large < 1e-140 {
        power_of_two(600)
    } else {
        1.0
    };
    let (large, small) = (large * scale, small * scale);
    let (square, low) = product(large, large);
    let (other, other_low) = product(small, small);
    let (inside, error) = sum(square, other);
    if inside == 0.0 {
        return inside;
    }
    let (root, rest) = sqrt((inside, error + (low + other_low)));
    (root + rest) / scale
}

/// 2ⁿ
const fn power_of_two(n: i64) -> f64 {
    f64::from_bits(((1023 + n) as u64) << 52)
}
