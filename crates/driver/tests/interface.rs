//! What a host is told about a module.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use nopython_driver::{Options, compile};

const IMPORTS: &str = "import numpy as np\nfrom numba import njit\n";

#[test]
fn parameters_that_are_written_are_known() {
    let text = format!(
        "{IMPORTS}def g(a):\n    b = a[1:]\n    b[0] = 1\n\n@njit('void(float64[::1], float64[::1])')\ndef f(x, y):\n    g(x)\n    y.sum()\n"
    );
    let interface = compile("f.py", &text, &Options::default()).unwrap().interface;
    let written: Vec<bool> = interface.exports[0].params.iter().map(|p| p.written).collect();
    assert_eq!(written, [true, false]);
}
