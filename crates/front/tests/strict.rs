//! `nopython check --strict`: what it reports stands in the comment of the line, and no other line is reported.
#![allow(missing_docs, clippy::unwrap_used, clippy::indexing_slicing)]

use nopython_front::strict;

const PROGRAM: &str = r#"
import math
import numpy as np
from nopython import njit

@njit
def fibonacci(n: int):
    a, b = 0, 1
    for _ in range(n):
        a, b = b, a + b  # may not fit
    return a

@njit
def products(n: int, k: int):
    p = 1
    for i in range(2, n + 1):
        p *= i  # may not fit
    return p + n * n, 1 << k, n ** 2, 2 * n  # may not fit, may not fit, may not fit

@njit
def powers(n: int, k: int, x: float, y: float):
    return n ** k, x ** y, n ** -1, x ** 2, 2.0**63  # a power of ints, a power of floats

@njit
def residues(base: int, exponent: int, seed: int):
    result = 1
    power = base % 1000003
    while exponent > 0:
        if exponent & 1:
            result = result * power % 1000003
        power = power * power % 1000003
        exponent >>= 1
    for i in range(1000):
        seed = (seed * 1103515245 + 12345) & 0x7FFFFFFF
    return result, seed

@njit
def search(a: "int64[:]", x: int):
    low, high = 0, len(a)
    while low < high:
        middle = (low + high) // 2
        if a[middle] < x:
            low = middle + 1
        else:
            high = middle
    return low

@njit
def indices(a: "float64[:, :]", width: int):
    count = 0
    for i in range(len(a)):
        for j in range(width):
            count += i * width + j
    return count, a.shape[0] * a.shape[1]

@njit
def wholes(x: float, y: float, z: float, a: "float64[:]", out: "int32[:]"):
    if not abs(z) < 2.0**63:
        raise ValueError("too large")
    out[0] = x  # a float is stored as an integer
    out[1] = 1.5
    out[2] = int(z)
    i = int(x) + math.floor(y) + int(z)  # a float becomes an int, a float becomes an int
    return i, np.int32(x), np.int64(a[0]), np.floor(x), a.astype(np.int64)  # a float becomes an int

@njit
def means(a: "float64[:]", rows: "float64[:, :]"):
    s = 0.0
    t = 0.0
    for v in a:
        s += v
        t += v
    m = s / len(a)  # Python's or NumPy's division
    if rows.shape[1] == 0:
        raise ValueError("empty")
    return m, t / rows.shape[1], t / 2, t / a[0]

@njit
def joins(c: bool, n: int, x: float):
    y = 1
    if c:  # an int becomes a float where the paths meet
        y = 0.5
    z = 0.5 if c else 1  # an int becomes a float where the paths meet
    w = 1.0 if c else 0.5
    return y, z, w, n == x, float(n) < x, len((n, n)) < x  # becomes a float

@njit
def extremes(a: "float64[:]", b: "int64[:]"):
    return min(a), np.min(a), min(b), max(a[0], a[1])  # nan decides
"#;

#[test]
fn reports_stand_at_their_lines() {
    let reports = strict("kernels.py", PROGRAM).unwrap();
    let mut found = vec![Vec::new(); PROGRAM.lines().count()];
    for report in &reports {
        let label = &report.labels[0];
        let line = PROGRAM[..label.span.start as usize].matches('\n').count();
        found[line].push(label.text.as_str());
    }
    for (number, (line, found)) in PROGRAM.lines().zip(found).enumerate() {
        let expected = line.split_once("  # ").map_or("", |(_, labels)| labels);
        assert_eq!(found.join(", "), expected, "line {}: {line}", number + 1);
    }
}
