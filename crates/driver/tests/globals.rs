//! What arrays of the module cost in a compiled module.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use nopython_driver::{Options, compile, report};

fn size(arrays: &str) -> usize {
    let source = format!(
        "import numpy as np\nfrom numba import njit\n{arrays}\n@njit('float64(int64)')\ndef read(i):\n    return A[i] + B[i]\n"
    );
    compile("globals.py", &source, &Options::default()).expect(&source).wasm.len()
}

#[test]
fn regular_arrays_take_no_room() {
    for arrays in [
        "A = np.zeros(10_000_000)\nB = np.full(10_000_000, 1.5)",
        "A = np.arange(10_000_000)\nB = np.linspace(0.0, 1.0, 1_000_000)",
        "A = np.array([1, 1, 1, 1, 1, 1, 1, 1, 1])\nB = np.array([0.25, 0.5, 0.75, 1.0, 1.25, 1.5, 1.75, 2.0, 2.25])",
        "A = np.sin(np.arange(100_000))\nB = A * 2",
    ] {
        assert!(size(arrays) < 8000, "{} bytes for {arrays}", size(arrays));
    }
}

#[test]
fn elements_take_their_bytes() {
    let table = |n: usize| (0..n).map(|k| format!("{}.5", k * k % 977 + 1)).collect::<Vec<_>>().join(", ");
    let of = |n: usize| size(&format!("A = np.array([{}])\nB = A[1:]", table(n)));
    let (small, large) = (of(1000), of(21_000));
    assert!((160_000..160_100).contains(&(large - small)), "{small} and {large} bytes");
}

#[test]
fn loops_over_them_run_on_vectors() {
    let source = "import numpy as np\nfrom numba import njit\nW = np.sin(np.arange(4096.0))\nS = np.zeros(4096)\n\
        @njit('float64[:](float64[::1])')\ndef scaled(x):\n    return x * W\n\
        @njit('float64(int64)')\ndef total(k):\n    S[:] = W * 2.0\n    return (W[k:] + 1.0).sum()\n";
    for function in report("globals.py", source, &Options::default()).unwrap() {
        for l in function.loops.iter().filter(|_| !function.name.starts_with('<')) {
            assert!(matches!(l.outcome, nopython_driver::Outcome::Vectors { .. }), "{}: {l:?}", function.name);
        }
    }
}
