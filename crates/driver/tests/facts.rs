//! What the passes are for, seen in the loop IR that they leave: fused, without temporaries, without checks, on vectors; and how large
//! modules are.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use nopython_driver::{Inspect, Options, compile, inspect};

const IMPORTS: &str = "import numpy as np\nfrom numba import njit\n";

fn loops(source: &str) -> String {
    let text = format!("{IMPORTS}{source}");
    inspect("f.py", &text, &Options::default(), None, Inspect::Loops).expect("the program compiles")
}

fn count(text: &str, what: &str) -> usize {
    text.matches(what).count()
}

#[test]
fn a_chain_of_operations_is_one_loop_with_one_allocation() {
    let text =
        loops("@njit('float64[:](float64[::1])')\ndef f(x):\n    return np.sqrt(x * x + 2.0 * x + 1.0) / 3.0 - x\n");
    assert_eq!(count(&text, "alloc("), 1, "{text}");
    // The vector loop and the scalar loop for what is left.
    assert_eq!(count(&text, "for L"), 2, "{text}");
    assert!(text.contains("f64x2"), "{text}");
}

#[test]
fn a_store_of_an_expression_into_a_new_array_has_no_temporary() {
    let source = "@njit('float64[:](float64[::1])')\ndef f(x):\n    out = np.empty_like(x)\n    out[:] = x * 2.0 + 1.0\n    return out\n";
    assert_eq!(count(&loops(source), "alloc("), 1);
}

#[test]
fn checks_leave_a_counted_loop_over_the_array_itself() {
    let text = loops(
        "@njit('float64(float64[::1])')\ndef f(x):\n    s = 0.0\n    for i in range(len(x)):\n        s += x[i]\n    return s\n",
    );
    assert!(!text.contains("check"), "{text}");
}

#[test]
fn checks_against_another_array_are_tested_once_before_the_loop() {
    let source = "@njit('void(float64[::1], float64[::1])')\ndef f(x, y):\n    for i in range(1, len(x) - 1):\n        y[i] = x[i - 1] + x[i + 1]\n";
    let text = loops(source);
    let fast = text.split("else:").next().unwrap_or_default();
    assert!(text.contains("else:") && !fast.contains("check"), "{text}");
    assert!(fast.contains("f64x2"), "{text}");
}

#[test]
fn a_check_that_depends_on_the_data_stays() {
    let source = "@njit('float64(float64[::1], int64[::1])')\ndef f(x, k):\n    s = 0.0\n    for i in range(len(k)):\n        s += x[k[i]]\n    return s\n";
    assert!(loops(source).contains("check"));
}

#[test]
fn integer_sums_use_several_vectors_and_float_sums_the_pairwise_lanes() {
    let ints = loops("@njit('int64(int32[::1])')\ndef f(x):\n    return x.sum()\n");
    // The loop adds to four vectors of partial sums.
    let turn = ints.split("vectorized:").nth(1).unwrap_or_default();
    assert!(count(turn, "load i32x2") == 4, "{ints}");
    let floats = loops("@njit('float64(float64[::1])')\ndef f(x):\n    return x.sum()\n");
    assert!(count(&floats, "f64x2") >= 8, "{floats}");
}

#[test]
fn narrow_integers_stay_narrow() {
    let text = loops("@njit('uint8[:](uint8[::1], uint8[::1])')\ndef f(a, b):\n    return a + b\n");
    assert!(text.contains("u8x16"), "{text}");
}

#[test]
fn without_simd_there_is_no_vector() {
    let text = format!("{IMPORTS}@njit('float64[:](float64[::1])')\ndef f(x):\n    return x * 2.0\n");
    let options = Options { simd: false, ..Options::default() };
    assert!(!inspect("f.py", &text, &options, None, Inspect::Loops).unwrap().contains("f64x2"));
}

#[test]
fn the_sum_of_an_array_is_a_small_module() {
    let text = format!("{IMPORTS}@njit('int64(int32[:])')\ndef np_sum(x):\n    return x.sum()\n");
    let wasm = compile("f.py", &text, &Options::default()).unwrap().wasm;
    wasmparser::Validator::new().validate_all(&wasm).unwrap();
    assert!(wasm.len() <= 1536, "{} bytes", wasm.len());
}

#[test]
fn parameters_that_are_written_are_known() {
    let text = format!(
        "{IMPORTS}def g(a):\n    b = a[1:]\n    b[0] = 1\n\n@njit('void(float64[::1], float64[::1])')\ndef f(x, y):\n    g(x)\n    y.sum()\n"
    );
    let interface = compile("f.py", &text, &Options::default()).unwrap().interface;
    let written: Vec<bool> = interface.exports[0].params.iter().map(|p| p.written).collect();
    assert_eq!(written, [true, false]);
}
