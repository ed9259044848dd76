//! Library functions are compiled once for the types of their arguments, however often they are called.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use nopython_driver::{Compilation, Options, compile};

fn compiled(statements: &str) -> Compilation {
    let source = format!(
        "import numpy as np\nfrom numba import njit\n@njit('float64(float64[::1])')\ndef f(a):\n    s = 0.0\n{statements}    return s\n"
    );
    compile("shared.py", &source, &Options::default()).expect(&source)
}

fn calls(of: &str, count: usize) -> String {
    (0..count).map(|k| format!("    s += {}\n", of.replace("{k}", &k.to_string()))).collect()
}

#[test]
fn ten_calls_cost_little_more_than_one() {
    let size = |count| compiled(&calls("np.median(a[{k}:])", count)).wasm.len();
    let (one, ten) = (size(1), size(10));
    assert!(ten * 10 < one * 13, "{one} bytes, ten times {ten}");
}

#[test]
fn each_call_has_its_own_rows_of_errors() {
    let sites = compiled(&calls("np.quantile(a[{k}:], 0.5)", 3)).interface.sites;
    let lines = |message: &str| -> Vec<u32> {
        sites.iter().filter(|site| site.message.contains(message)).map(|site| site.line).collect()
    };
    for line in 6..9 {
        assert!(lines("index -1 is out of bounds").contains(&line), "{sites:?}");
    }
    assert!(sites.iter().all(|site| site.function == "f" && site.is_placed()), "{sites:?}");
}
