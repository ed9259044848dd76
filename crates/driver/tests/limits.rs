//! Programs that are long, deep or wide: time and memory grow with the source, and limits are diagnostics.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "a test, which measures time"
)]

use nopython_driver::{Options, compile};
use std::fmt::Write;
use std::time::{Duration, Instant};

const HEAD: &str = "import numpy as np\nfrom numba import njit\n";

fn lines(n: usize, line: impl Fn(usize) -> String) -> String {
    (0..n).fold(String::new(), |mut text, k| {
        let _ = writeln!(text, "{}", line(k));
        text
    })
}

fn function(signature: &str, head: &str, body: &str, end: &str) -> String {
    format!("{HEAD}@njit('{signature}')\ndef {head}:\n{body}    {end}\n")
}

/// The shapes of programs that were slow in one part of the compiler or another.
fn shape(name: &str, n: usize) -> String {
    match name {
        "scalar statements" => {
            function("float64(float64)", "f(s)", &lines(n, |k| format!("    s = s * 1.5 + {k}")), "return s")
        }
        "array statements" => {
            function("float64[:](float64[:])", "f(a)", &lines(n / 8, |k| format!("    a = a * 1.5 + {k}")), "return a")
        }
        "branches" => function(
            "int64(int64)",
            "f(x)",
            &format!("    s = 0\n{}", lines(n / 2, |k| format!("    if x > {k}:\n        s += {k}"))),
            "return s",
        ),
        "loops" => function(
            "float64(float64[:])",
            "f(a)",
            &format!(
                "    s = 0.0\n{}",
                lines(n / 4, |k| format!("    for i in range(len(a)):\n        s += a[i] * {k}"))
            ),
            "return s",
        ),
        "stores" => function(
            "void(float64[:])",
            "f(a)",
            &lines(n, |k| format!("    a[{}] = a[{}] + {k}", k % 7, k % 5)),
            "return",
        ),
        "variables" => function(
            "float64(float64)",
            "f(x)",
            &format!("    v0 = x\n{}", lines(n, |k| format!("    v{} = v{k} + x", k + 1))),
            &format!("return v{n}"),
        ),
        "helpers" => {
            let helpers = lines(n / 8, |k| format!("def h{k}(x):\n    return x + {k}"));
            let body = lines(n / 8, |k| format!("    s += h{k}(x)"));
            format!("{HEAD}{helpers}@njit('float64(float64)')\ndef f(x):\n    s = 0.0\n{body}    return s\n")
        }
        "a table" => {
            let items: Vec<String> = (0..4 * n).map(|k| format!("{k}.5")).collect();
            function("float64[:]()", "f()", "", &format!("return np.array([{}])", items.join(", ")))
        }
        other => panic!("no shape {other}"),
    }
}

fn seconds(text: &str) -> Duration {
    let started = Instant::now();
    compile("kernels.py", text, &Options::default()).unwrap_or_else(|found| panic!("{found:?}"));
    started.elapsed()
}

/// Four times the source takes four times as long, and not sixteen. The bound leaves room for a machine that does other things.
#[test]
fn time_grows_with_the_source() {
    for name in
        ["scalar statements", "array statements", "branches", "loops", "stores", "variables", "helpers", "a table"]
    {
        let best = |n| (0..3).map(|_| seconds(&shape(name, n))).min().unwrap();
        let (short, long) = (best(1500), best(6000));
        assert!(long < 10 * short + Duration::from_millis(100), "{name}: {short:?}, then {long:?}");
    }
}

#[test]
fn conditional_expressions_of_arrays_do_not_double() {
    for inner_first in [true, false] {
        let nested = (0..25).fold("a".to_owned(), |e, k| match inner_first {
            true => format!("(({e}) if c > {k} else b)"),
            false => format!("(b if c > {k} else ({e}))"),
        });
        let text = function("float64[:](float64[:], float64[:], int64)", "f(a, b, c)", "", &format!("return {nested}"));
        assert!(seconds(&text) < Duration::from_secs(5));
    }
}

/// The code of the diagnostic, which comes at once.
fn refused(text: &str) -> String {
    let started = Instant::now();
    let found = compile("kernels.py", text, &Options::default()).expect_err("a diagnostic");
    assert!(started.elapsed() < Duration::from_secs(5), "{found:?}");
    found.first().unwrap().code.0.to_owned()
}

#[test]
fn what_grows_without_end_is_refused_early() {
    let wide: Vec<String> = (0..10_000).map(|k| format!("x + {k}")).collect();
    let tuple = function("int64(int64)", "f(x)", &format!("    t = ({})\n", wide.join(", ")), "return t[0]");
    let shared = lines(30, |k| format!("def h{}(x):\n    return (h{k}(x), h{k}(x))", k + 1));
    let shared = format!(
        "{HEAD}def h0(x):\n    return (x, x)\n{shared}@njit('int64(int64)')\ndef f(x):\n    t = h30(x)\n    return 1\n"
    );
    let growing = format!(
        "{HEAD}def p(t, n):\n    return q((t, t), n)\ndef q(t, n):\n    return p((t, t), n)\n@njit('int64(int64)')\ndef f(x):\n    return p((x, x), 3)[0]\n"
    );
    for text in [tuple, shared, growing] {
        assert_eq!(refused(&text), "too-large");
    }
}
