//! What is refused, where, and what the hint says.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use nopython_diagnostics::Diagnostic;

fn errors(source: &str) -> Vec<Diagnostic> {
    let text = format!("import numpy as np\nfrom numba import njit\n{source}");
    nopython_front::infer("test.py", &text).expect_err("this must be refused")
}

/// The body of a function of one array, the code of the diagnostic, the text that is marked, and a part of the hint.
const REFUSED: &[(&str, &str, &str, &str)] = &[
    ("return np.summ(x)", "unknown-numpy-function", "np.summ", "np.sum"),
    ("return np.sum(x, axes=0)", "unknown-keyword", "np.sum(x, axes=0)", "axis"),
    ("return np.sum()", "wrong-argument-count", "np.sum()", "(a, axis, dtype, out, keepdims, initial, where)"),
    ("return x.summ()", "unknown-attribute", "x.summ", ".sum"),
    ("return totl", "undefined-name", "totl", "define it at the top"),
    ("return x[0, 0]", "wrong-rank", "0, 0", "remove indices"),
    ("g = (v for v in x)\n    return sum(g)", "unsupported-syntax", "(v for v in x)", "make a list"),
    ("return {**{1: 2}}[1]", "unsupported-syntax", "{**{1: 2}}", "update"),
    ("d = {}\n    return d[1]", "type-mismatch", "d[1]", "d: dict[int, float] = {}"),
    ("return {x: 1}[x]", "type-mismatch", "{x: 1}", "numbers and tuples of numbers are keys"),
    ("f = np.sin if x[0] > 0 else np.cos\n    return f(x)", "unsupported-value", "np.sin", "choose between results"),
    ("return (lambda v: v)", "unsupported-value", "lambda v: v", "call it here"),
    ("y = np.sum(x)\n    np = 3\n    return y", "undefined-name", "np", "assign it before"),
    ("g = lambda: np.sum(x)\n    y = g()\n    np = 3\n    return y", "undefined-name", "g()", "assign it before"),
    ("return x[0] + (y := x[1])", "unsupported-syntax", "y := x[1]", "a line of its own"),
    ("def g():\n        yield 1\n    return g()", "unsupported-syntax", "yield 1", "an array of the values"),
    ("l = []\n    l.push(1)", "unknown-attribute", "l.push", "append"),
    ("l = [x]\n    l.append(1)", "type-mismatch", "l.append(1)", "one type"),
    ("l = [1]\n    l.append(2)\n    return l['a']", "type-mismatch", "'a'", "int(...)"),
    ("l = [1]\n    l.append(2)\n    return l[0.5]", "type-mismatch", "0.5", "int(...)"),
    ("if x:\n        return 1.0", "type-mismatch", "x", "np.any"),
    ("return x.sum(axis=len(x))", "not-constant", "x.sum(axis=len(x))", "axis=0"),
    ("return np.array([[1, 2], [3]])", "shape-mismatch", "np.array([[1, 2], [3]])", "every row"),
    (
        "x[0:2].astype(np.int64)[0] = 1\n    return np.sqrt(x.astype(np.int8))",
        "float16-result",
        "np.sqrt(x.astype(np.int8))",
        "np.float32",
    ),
    ("y = x.astype(np.int64)\n    y += 0.5\n    return y", "type-mismatch", "y", "a.astype(np.float64)"),
    ("return x[0] + np.uint8(1) * 300", "type-mismatch", "np.uint8(1) * 300", "x.astype(np.int64)"),
    ("return [1][0] + 'a'", "type-mismatch", "[1][0] + 'a'", "float(s)"),
    ("raise ValueError(f'{x}')", "unsupported-syntax", "f'{x}'", "join"),
    ("s = 'a'\n    s[0] = 'b'\n    return x", "type-mismatch", "s[0]", "another one"),
    ("return 'a'.encode()", "unknown-attribute", "'a'.encode", "startswith"),
    ("return len(f'{x[0]:q}')", "type-mismatch", "f'{x[0]:q}'", "precision"),
    ("import os\n    return os.getpid()", "unsupported-call", "os.getpid", "compute it outside"),
    ("if False:\n        yield 1\n    return x", "unsupported-syntax", "yield 1", "return an array"),
    ("y = x.copy()\n    x @= y\n    return x", "wrong-rank", "x", "s = x @ y"),
    ("print(x)", "unsupported-syntax", "print(x)", "join"),
    ("y = [print(1) for _ in range(2)] if x[0] > 0 and print(2) else 1", "unsupported-syntax", "print(2)", "statement"),
];

#[test]
fn each_refusal_says_where_and_what_to_write_instead() {
    for (body, code, marked, hint) in REFUSED {
        let source = format!("@njit(\"float64(float64[:])\")\ndef f(x):\n    {body}\n");
        let text = format!("import numpy as np\nfrom numba import njit\n{source}");
        let found = errors(&source);
        let [diagnostic] = found.as_slice() else { panic!("{body}: {found:#?}") };
        assert_eq!(diagnostic.code.0, *code, "{body}: {diagnostic:#?}");
        let span = diagnostic.span();
        assert_eq!(&text[span.start as usize..span.end as usize], *marked, "{body}: {diagnostic:#?}");
        assert!(diagnostic.hints.iter().any(|h| h.contains(hint)), "{body}: {diagnostic:#?}");
    }
}

#[test]
fn a_variable_of_two_kinds_is_an_error_only_when_it_is_used_and_shows_both_places() {
    let source =
        "@njit('float64(float64[:])')\ndef f(x):\n    if x[0] > 0:\n        r = x\n    else:\n        r = 1.5\n";
    let used = errors(&format!("{source}    return r[0]\n"));
    assert_eq!(used[0].code.0, "incompatible-branches");
    assert_eq!(used[0].labels.len(), 3, "where it is used and both assignments");
    let unused = format!("from numba import njit\n{source}    return x[0]\n");
    assert!(nopython_front::infer("test.py", &unused).is_ok());
}

#[test]
fn one_bad_function_does_not_hide_another() {
    let found = errors("@njit('f8(f8)')\ndef f(x):\n    return a\n@njit('f8(f8)')\ndef g(x):\n    return b\n");
    assert_eq!(found.len(), 2, "{found:#?}");
}

#[test]
fn a_mistake_in_a_helper_is_reported_once() {
    let found = errors(
        "def h(x):\n    return a\n@njit('f8(f8)')\ndef f(x):\n    return h(x)\n@njit('f8(f8)')\ndef g(x):\n    return h(x)\n",
    );
    assert_eq!(found.len(), 1, "{found:#?}");
}

#[test]
fn a_type_inside_a_signature_string_is_marked_itself() {
    let found = errors("@njit(\"float64(float65[:])\")\ndef f(x):\n    return x[0]\n");
    assert_eq!(found[0].span().end - found[0].span().start, 7, "{found:#?}");
    assert_eq!(found[0].hints, ["did you mean float64?"]);
}

#[test]
fn modules_that_are_not_compiled_are_named_where_they_are_used() {
    let found = errors("from scipy.special import gammaln\n@njit('f8(f8)')\ndef f(x):\n    return gammaln(x)\n");
    assert!(found[0].message.contains("scipy.special.gammaln"), "{found:#?}");
}

#[test]
fn syntax_errors_come_from_the_parser() {
    let found = errors("def f(:\n");
    assert!(found.iter().all(|d| d.code.0 == "syntax-error"), "{found:#?}");
}

#[test]
fn a_function_without_types_is_a_warning_when_others_compile() {
    let text = "from numba import njit\n@njit('f8(f8)')\ndef f(x):\n    return x\n@njit\ndef g(x, y):\n    return x\n";
    let (module, warnings) = nopython_front::infer("test.py", text).unwrap();
    assert_eq!(module.exports.len(), 1);
    assert_eq!(warnings[0].code.0, "missing-signature");
    assert!(warnings[0].hints[0].contains("@njit(\"float64(float64[:], float64[:])\")"), "{warnings:#?}");
}
