//! The ES module.

use crate::base64;
use core::fmt::Write;
use nopython_diagnostics::escape;
use nopython_types::{Export, Interface, Param, Type};

/// How the wasm bytes reach the page.
#[derive(Clone, Copy, Debug)]
pub enum Delivery<'a> {
    /// As a file beside the module, of this name.
    File(&'a str),
    /// Inside the module.
    Inline(&'a [u8]),
}

const LOADER: &str = include_str!("generated/loader.js");
const INLINE: &str = include_str!("generated/inline.js");

/// A self-contained ES module that exports each function under its Python name, and `memory`, `NDArray` and `PyError` unless a
/// function has that name.
#[must_use]
pub fn es_module(interface: &Interface, delivery: Delivery<'_>) -> String {
    let mut out = setup(interface, delivery);
    let mut exports = Vec::new();
    for (k, overloads) in by_name(interface).into_iter().enumerate() {
        let Some(first) = overloads.first() else { continue };
        let _ = writeln!(out, "const $f{k} = {};", function(&overloads));
        exports.push(format!("$f{k} as {}", first.name));
    }
    for (value, name) in [("$m", "memory"), ("$N", "NDArray"), ("$E", "PyError")] {
        if interface.exports.iter().all(|e| e.name != name) {
            exports.push(format!("{value} as {name}"));
        }
    }
    let _ = writeln!(out, "const $N = $.NDArray, $E = $.PyError;\nexport {{ {} }};", exports.join(", "));
    out
}

/// The runtime, and the module as `$m`.
pub fn setup(interface: &Interface, delivery: Delivery<'_>) -> String {
    let sites: Vec<String> = interface
        .sites
        .iter()
        .map(|s| {
            format!("[\"{}\", {}, {}, {}, {}]", s.exception, escape(&s.message), escape(&s.function), s.line, s.column)
        })
        .collect();
    let about = format!("{}, [{}]", escape(&interface.file), sites.join(", "));
    match delivery {
        Delivery::File(name) => {
            format!(
                "{LOADER}const $m = await $.load(new URL({}, import.meta.url), {about});\n",
                escape(&format!("./{name}"))
            )
        }
        Delivery::Inline(bytes) => format!("{INLINE}const $m = $.start(\"{}\", {about});\n", base64::encode(bytes)),
    }
}

/// Overloads of one name together.
pub fn by_name(interface: &Interface) -> Vec<Vec<&Export>> {
    let mut groups: Vec<Vec<&Export>> = Vec::new();
    for export in &interface.exports {
        match groups.iter_mut().find(|g| g.first().is_some_and(|e| e.name == export.name)) {
            Some(group) => group.push(export),
            None => groups.push(vec![export]),
        }
    }
    groups
}

/// The expression that makes a function: `$m.fn(name, line, [symbol, parameters, result], …)`.
pub fn function(overloads: &[&Export]) -> String {
    let (name, line) = overloads.first().map_or(("", 0), |e| (e.name.as_str(), e.line));
    let rows: Vec<String> = overloads
        .iter()
        .map(|e| {
            let params: Vec<String> = e.params.iter().map(parameter).collect();
            format!("[{}, [{}], {}]", escape(&e.symbol), params.join(", "), written(&e.result))
        })
        .collect();
    format!("$m.fn({}, {line}, {})", escape(name), rows.join(", "))
}

/// `[name, type]`, then 1 where an array may be written, and last the default if there is one.
fn parameter(param: &Param) -> String {
    let writes = u8::from(param.written);
    let head = format!("{}, {}", escape(&param.name), written(&param.ty));
    match default(param) {
        Some(default) => format!("[{head}, {writes}, {default}]"),
        None if param.written => format!("[{head}, 1]"),
        None => format!("[{head}]"),
    }
}

/// A type as the runtime reads it: text, a list for a tuple, `null` for None.
fn written(ty: &Type) -> String {
    match ty {
        Type::None => "null".to_owned(),
        Type::Scalar(scalar) => format!("\"{}\"", scalar.dtype),
        Type::Array(array) => format!("\"{array}\""),
        Type::Tuple(items) => format!("[{}]", items.iter().map(written).collect::<Vec<_>>().join(", ")),
    }
}

/// A parameter's default in JavaScript. One that is no literal has no meaning there, so that the parameter must be given.
pub fn default(param: &Param) -> Option<String> {
    param.default.as_deref().and_then(literal)
}

/// A Python number, bool, None, or tuple of them, in JavaScript.
fn literal(python: &str) -> Option<String> {
    let text = python.trim();
    if let Some(inner) = text.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) {
        let items: Option<Vec<String>> = inner.split(',').filter(|item| !item.trim().is_empty()).map(literal).collect();
        return items.map(|items| format!("[{}]", items.join(", ")));
    }
    match text {
        "True" => Some("true".to_owned()),
        "False" => Some("false".to_owned()),
        "None" => Some("undefined".to_owned()),
        _ => {
            let number = text.replace('_', "");
            let plain = number.chars().all(|c| matches!(c, '0'..='9' | '.' | 'e' | 'E' | '+' | '-'));
            (plain && number.parse::<f64>().is_ok()).then_some(number)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::literal;

    #[test]
    fn defaults_that_are_literals() {
        for (python, javascript) in [("1_000", "1000"), ("-.5e3", "-.5e3"), ("True", "true"), ("(1, 2.5,)", "[1, 2.5]")]
        {
            assert_eq!(literal(python).as_deref(), Some(javascript));
        }
        for python in ["np.pi", "N + 1", "1 + 1", "'a'", "(1, N)", "", "infinity"] {
            assert_eq!(literal(python), None, "{python}");
        }
    }
}
