//! Small sources beside the typed IR they become.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use nopython_ir::typed::{print, verify};

/// The typed IR of a source without its imports.
fn typed(source: &str) -> String {
    let text = format!("import math\nimport numpy as np\nfrom numba import njit\n{source}");
    let (module, warnings) = nopython_front::infer("test.py", &text).unwrap_or_else(|errors| panic!("{errors:#?}"));
    assert!(warnings.is_empty(), "{warnings:?}");
    verify::verify(&module).unwrap_or_else(|error| panic!("{error}\n{}", print::module(&module)));
    print::module(&module)
}

#[track_caller]
fn check(source: &str, expected: &str) {
    let unindented = |text: &str| {
        let margin =
            text.lines().filter(|l| !l.trim().is_empty()).map(|l| l.len() - l.trim_start().len()).min().unwrap_or(0);
        text.lines().map(|l| l.get(margin..).unwrap_or("")).collect::<Vec<_>>().join("\n").trim().to_owned()
    };
    assert_eq!(typed(&unindented(source)).trim(), unindented(expected));
}

#[test]
fn a_sum_that_begins_as_int_becomes_the_type_of_its_terms_before_the_loop() {
    check(
        r#"
        @njit("float64(float64[:])")
        def total(x):
            s = 0
            for i in range(len(x)):
                s += x[i]
            return s
        "#,
        "
        def total(x: float64[:]) -> float64:
            s: int = 0
            s.1: float64 = float64(0.0)
            for i: int in range(0, x.shape[0], 1):
                s.1 = (s.1 + x[i])
            return s.1
        ",
    );
}

#[test]
fn branches_of_two_types_meet_in_their_common_type() {
    check(
        r#"
        @njit("float64(int32)")
        def half(n):
            if n % 2 == 0:
                h = n // 2
            else:
                h = n / 2
            return h
        "#,
        "
        def half(n: int32) -> float64:
            if ((n % int32(2)) == int32(0)):
                h: int32 = (n // int32(2))
                h.1: float64 = float64(h)
            else:
                h.1 = (float64(n) / float64(2.0))
            return h.1
        ",
    );
}

#[test]
fn array_expressions_stay_trees_and_library_bodies_join_them() {
    check(
        r#"
        @njit("float64[:](float32[:], float64[:])")
        def wave(x, y):
            return np.sqrt(x) + (x - y) ** 2
        "#,
        "
        def wave(x: float32[:], y: float64[:]) -> float64[:]:
            return map((float64(sqrt(x)) + ((float64(x) - y) * (float64(x) - y))))
        ",
    );
}

#[test]
fn a_weak_scalar_takes_the_dtype_of_the_array() {
    check(
        r#"
        @njit("float32[:](float32[:], float64)")
        def scale(x, k):
            return x * 2 + x * float(k)
        "#,
        "
        def scale(x: float32[:], k: float64) -> float32[:]:
            return map(((x * float32(2.0)) + (x * float32(float(k)))))
        ",
    );
}

#[test]
fn a_branch_decided_while_compiling_is_never_typed() {
    check(
        r#"
        def first(x, start=None):
            if start is None:
                return x[0]
            return start.nonsense

        @njit("int64(int64[::1])")
        def f(x):
            return first(x)
        "#,
        "
        def first(x: int64[::1]) -> int64:
            return x[0]

        def f(x: int64[::1]) -> int64:
            return first(x)
        ",
    );
}

#[test]
fn an_operand_that_a_rule_reads_twice_is_evaluated_once() {
    check(
        r#"
        @njit("float64(float64)")
        def f(x):
            return math.sqrt(math.log(x + 1.0))
        "#,
        r#"
        def f(x: float64) -> float64:
            return float64((let $x2 = (let $x1 = float((x + float64(1.0))) in checked((($x1 > 0.0) or ($x1 != $x1)), ValueError("math domain error"), log_f64($x1))) in checked(invert(($x2 < 0.0)), ValueError("math domain error"), sqrt($x2))))
        "#,
    );
}

#[test]
fn chained_indices_are_one_index_and_stores_convert() {
    check(
        r#"
        @njit("void(int64[:, :])")
        def f(a):
            a[1][-1] = 2.5
            a[0] += a[1][0]
        "#,
        "
        def f(a: int64[:, :]) -> None:
            a[1, of_axis(-1, 0)] = int64(2)
            a[0, :][...] = map((a[0, :] + a[1, of_axis(0, 0)]))
            return None
        ",
    );
}

#[test]
fn the_else_of_a_loop_runs_unless_a_break_left_it() {
    check(
        r#"
        @njit("int64(int64[:], int64)")
        def find(a, v):
            for i in range(len(a)):
                if a[i] == v:
                    break
            else:
                return -1
            return i
        "#,
        "
        def find(a: int64[:], v: int64) -> int64:
            $broken1: bool = False
            for i: int in range(0, a.shape[0], 1):
                if (a[i] == v):
                    $broken1 = True
                    break
            if invert($broken1):
                return int64(-1)
            return int64(i)
        ",
    );
}

#[test]
fn functions_that_call_each_other_find_their_types() {
    check(
        r#"
        def is_even(n):
            if n == 0:
                return True
            return is_odd(n - 1)

        def is_odd(n):
            if n == 0:
                return False
            return is_even(n - 1)

        @njit
        def f():
            return is_even(4)
        "#,
        "
        def is_odd(n: int) -> bool:
            if (n == 0):
                return False
            return is_even((n - 1))

        def is_even(n: int) -> bool:
            if (n == 0):
                return True
            return is_odd((n - 1))

        def f() -> bool:
            return is_even(4)
        ",
    );
}

#[test]
fn functions_tried_with_types_that_did_not_last_are_left_out() {
    let text = typed(
        "def g(x):\n    return x * 2\n@njit('float64(int64)')\ndef f(n):\n    s = 0\n    for i in range(n):\n        s = g(s) + 0.5\n    return s\n",
    );
    assert_eq!(text.matches("def g").count(), 1, "{text}");
}
