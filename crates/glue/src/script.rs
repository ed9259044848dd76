//! The ES module.

use crate::base64;
use core::fmt::Write;
use nopython_diagnostics::escape;
use nopython_types::{Export, Interface};

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

/// The expression that makes a function.
pub fn function(overloads: &[&Export]) -> String {
    let (name, line) = overloads.first().map_or(("", 0), |e| (e.name.as_str(), e.line));
    let rows: Vec<String> = overloads
        .iter()
        .map(|e| format!("[{}, {}, {}]", escape(&e.symbol), escape(&signature(e)), escape(&e.result.to_string())))
        .collect();
    format!("$m.fn({}, {line}, {})", escape(name), rows.join(", "))
}

/// `name: type` for each parameter, `!` where it may be written, `=` before a default.
fn signature(export: &Export) -> String {
    let params = export.params.iter().map(|p| {
        let written = if p.written { "!" } else { "" };
        let default = p.default.as_ref().map(|d| format!("={d}")).unwrap_or_default();
        format!("{}{written}: {}{default}", p.name, p.ty)
    });
    params.collect::<Vec<_>>().join(", ")
}
