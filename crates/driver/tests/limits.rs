//! Programs made to be slow or large to compile: each compiles at once, or is refused as too large.
#![allow(clippy::expect_used)]
#![expect(clippy::disallowed_methods, reason = "the compiler has no clock; this measures it from outside")]

use nopython_driver::{Options, compile};
use std::time::{Duration, Instant};

const HEAD: &str = "import numpy as np\nfrom numba import njit\n";

/// A name, and the program of a length.
type Shape = (&'static str, fn(usize) -> String);

/// `f(a, k)` with some statements, which gives a number or an array.
fn program(gives: &str, body: &str) -> String {
    format!("{HEAD}@njit('{gives}(float64[:], float64)')\ndef f(a, k):\n{body}")
}

fn repeated(gives: &str, start: &str, line: &str, n: usize, end: &str) -> String {
    program(gives, &format!("    {start}\n{}    return {end}\n", format!("    {line}\n").repeat(n)))
}

/// The size of the module, or the code of the first error.
fn outcome(source: &str) -> Result<usize, String> {
    match compile("kernels.py", source, &Options::default()) {
        Ok(compilation) => {
            wasmparser::validate(&compilation.wasm).expect("a valid module");
            Ok(compilation.wasm.len())
        }
        Err(errors) => Err(errors.first().map(|e| e.code.to_string()).unwrap_or_default()),
    }
}

/// Four times as many statements take about four times as long; something quadratic would take sixteen times.
#[test]
fn time_is_linear_in_the_statements() {
    let shapes: [Shape; 7] = [
        ("scalars", |n| repeated("float64", "s = k", "s = s * 1.5 + k", 2 * n, "s")),
        ("tests", |n| repeated("float64", "s = k", "s = s // k", n, "s")),
        ("stores", |n| repeated("float64", "s = k", "a[3] = a[int(k)] + 1.0", n / 2, "a[3]")),
        ("arrays", |n| repeated("float64[:]", "b = a", "b = b * 1.5 + a", n / 16, "b")),
        ("loops", |n| repeated("float64", "s = k", "for i in range(len(a)): s += a[i]", n / 4, "s")),
        ("long loops", |n| repeated("float64", "for i in range(len(a)):", "    a[i] += a[i // 2] * k", n / 8, "a[3]")),
        ("branches", |n| repeated("float64", "s = k", "if s > k: s = s - 1.0", n, "s")),
    ];
    for (name, shape) in shapes {
        let time = |n: usize| {
            let source = shape(n);
            let start = Instant::now();
            outcome(&source).expect(name);
            start.elapsed()
        };
        let best = |n: usize| (0..2).map(|_| time(n)).min().expect("two");
        let (small, large) = (best(400), best(1600));
        assert!(large < small * 10 + Duration::from_millis(50), "{name}: {small:?}, then {large:?}");
    }
}

/// Each operand of a conditional expression is inferred once, however deep it stands.
#[test]
fn nested_conditional_expressions_do_not_double() {
    let forms: [fn(&str, usize) -> String; 4] = [
        |e, i| format!("(a + {i} if k > {i} else {e})"),
        |e, i| format!("({e} if k > {i} else a + {i})"),
        |e, i| format!("({e} if k > {i} else a + {i}) * 2.0"),
        |e, i| format!("(np.sqrt({e}) if k > {i} else a + {i})"),
    ];
    for form in forms {
        let e = (0..30).fold("a".to_owned(), |e, i| form(&e, i));
        let size = outcome(&program("float64[:]", &format!("    return {e}\n"))).expect("compiles");
        assert!(size < 40_000, "{size}");
    }
}

#[test]
fn what_reads_the_statement_before_twice_does_not_double() {
    for a in ["a", "k"] {
        let lines: String = (0..60).map(|i| format!("    v{} = v{i} * v{i}\n", i + 1)).collect();
        let gives = if a == "a" { "float64[:]" } else { "float64" };
        outcome(&program(gives, &format!("    v0 = {a}\n{lines}    return v60\n"))).expect("compiles");
    }
    let calls = (0..200).map(|_| "    s = np.sin(s) + np.exp(k)\n").collect::<String>();
    outcome(&program("float64", &format!("    s = k\n{calls}    return s\n"))).expect("compiles");
}

#[test]
fn types_that_grow_are_refused() {
    let shared: String = (1..=16).map(|i| format!("def h{i}(x):\n    return (h{0}(x), h{0}(x))\n", i - 1)).collect();
    let grows = "def p(x, n):\n    return q((x, x), n)\ndef q(x, n):\n    return p((x, x), n - 1)\n";
    let names = "def p(x, n):\n    return p((x, x), n - 1)\n";
    let many = |n: usize| vec!["k"; n].join(", ");
    let programs = [
        program("float64", "    t = h16(k)\n    return k\n") + "def h0(x):\n    return (x, x)\n" + &shared,
        program("float64", "    t = p(k, 3)\n    return k\n") + grows,
        program("float64", "    t = p('n', 3)\n    return k\n") + names,
        program("float64", &format!("    t = (k, k)\n{}    return k\n", "    t = (t, t)\n".repeat(40))),
        program("float64", &format!("    t = ({})\n    return t[5]\n", many(10_000))),
        program("float64", &format!("    t = ({})\n    return t[k > 1]\n", vec!["7"; 10_000].join(", "))),
    ];
    for source in programs {
        assert_eq!(outcome(&source), Err("too-large".to_owned()), "{source:.400}");
    }
    let fits =
        program("float64", &format!("    t = ({})\n    return h(t)\n", many(1000))) + "def h(t):\n    return t[999]\n";
    outcome(&fits).expect("1,000 numbers are accepted");
}

#[test]
fn parameters_that_engines_do_not_take_are_refused() {
    let with = |n: usize| {
        let names: Vec<String> = (0..n).map(|i| format!("x{i}")).collect();
        let types = vec!["float64[:, :]"; n].join(", ");
        format!("{HEAD}@njit('float64({types})')\ndef f({}):\n    return x0[0, 0]\n", names.join(", "))
    };
    outcome(&with(160)).expect("960 numbers are accepted");
    assert_eq!(outcome(&with(170)), Err("too-large".to_owned()));
}

#[test]
fn deep_sources_are_refused() {
    let chain = |word: &str| {
        program("float64", &format!("    return 1.0 if k{} else 2.0\n", format!(" {word} k").repeat(1000)))
    };
    let clauses: String = (0..1000).map(|i| format!("    elif k == {i}:\n        k = {i}.5\n")).collect();
    let loops: String = (0..28).map(|i| format!("{}for i in range(3):\n", " ".repeat(4 + i))).collect();
    let programs = [
        program("float64", &format!("    i = k\n{loops}{}i = i + k\n    return i\n", " ".repeat(32))),
        program("float64[:]", &format!("    return a{}\n", "[1:]".repeat(1000))),
        program("float64", &format!("    return len(f\"{{{}1}}\")\n", "-".repeat(20_000))),
        chain("and"),
        chain("+"),
        program("float64", &format!("    return {}k{}\n", "(".repeat(500), ")".repeat(500))),
        program("float64", &format!("    if k > 1.0:\n        k = 1.0\n{clauses}    return k\n")),
        program("float64", "    return h0(k)\n")
            + &(0..200).map(|i| format!("def h{i}(x):\n    return h{}(x)\n", i + 1)).collect::<String>(),
    ];
    for source in programs {
        assert_eq!(outcome(&source), Err("too-large".to_owned()), "{source:.300}");
    }
}
