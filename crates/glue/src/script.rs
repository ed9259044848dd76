//! The ES module.

use crate::base64;
use crate::wrapper::{described, wrapper};
use core::fmt::Write;
use nopython_diagnostics::escape;
use nopython_types::{Export, Interface, Literal, Param, Passing, Site, Type};

/// How the wasm bytes reach the page.
#[derive(Clone, Copy, Debug)]
pub enum Delivery<'a> {
    /// As a file beside the module, of this name, which `init` loads.
    File(&'a str),
    /// Inside the module, which starts when it is imported.
    Inline(&'a [u8]),
}

/// What is up to the one who ships a module.
#[derive(Clone, Copy, Debug, Default)]
pub struct Style<'a> {
    /// Where the module imports the runtime from ([`runtime`]); without it, it has its own.
    pub runtime: Option<&'a str>,
    /// Whether 64-bit integer results are BigInts unless a call says otherwise.
    pub bigint: bool,
}

/// Modules up to so many bytes are put inside: every engine compiles them without waiting, in less time than a second request takes.
pub const LARGEST_INLINE: usize = 64 << 10;

/// The parts of the runtime, each of which continues those before it: for modules without arrays; for those whose bytes are in a file, which
/// no other part needs; for arrays; for those that stay in the module; for lists; and for strings.
const PARTS: [&str; 6] = [
    include_str!("generated/scalars.js"),
    include_str!("generated/files.js"),
    include_str!("generated/arrays.js"),
    include_str!("generated/resident.js"),
    include_str!("generated/lists.js"),
    include_str!("generated/strings.js"),
];

/// The number of the part for files.
const FILES: usize = 1;

/// The runtime of the first parts, with or without that for files.
fn parts(count: usize, files: bool) -> String {
    let chosen = PARTS.iter().enumerate().take(count).filter(|(k, _)| files || *k != FILES);
    // The parts are the body of one function.
    chosen.map(|(_, part)| *part).chain(["})();\n"]).collect()
}

/// Where the runtime of a module is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Runtime<'a> {
    /// In a file of this name.
    Imported(&'a str),
    /// Inside: all that a module needs.
    Whole,
    /// Inside, for a page of ours that does not keep arrays in the module.
    Copying,
}

/// What a module exports beside its functions, unless one of these has the name: what it is in the module, its name, and whether it is about
/// arrays.
const OWN: [(&str, &str, bool); 6] = [
    ("$m", "memory", true),
    ("$N", "NDArray", true),
    ("$i", "init", false),
    ("$s", "initSync", false),
    ("$E", "PyError", false),
    ("$i", "default", false),
];

/// Of [`OWN`], what a module exports.
pub fn own_exports(interface: &Interface) -> impl Iterator<Item = String> {
    let arrays = has_arrays(interface);
    OWN.iter()
        .filter(move |(_, name, about)| (arrays || !about) && interface.exports.iter().all(|e| e.name != *name))
        .map(|(value, name, _)| format!("{value} as {name}"))
}

/// Whether a module has strings in what it takes, gives, raises or prints.
pub fn has_strings(interface: &Interface) -> bool {
    interface.prints
        || has(interface, Type::holds_text)
        || interface.sites.iter().any(|site| site.message.contains("{text}"))
}

/// Whether a function takes or gives a list.
pub fn has_lists(interface: &Interface) -> bool {
    interface.exports.iter().any(Export::holds_list)
}

/// Whether a function takes or gives an array, or a list, which needs the memory too.
pub fn has_arrays(interface: &Interface) -> bool {
    has(interface, holds_array) || has_strings(interface)
}

/// Whether a function takes or gives something of a type.
fn has(interface: &Interface, is: fn(&Type) -> bool) -> bool {
    interface.exports.iter().any(|e| e.params.iter().map(|p| &p.ty).chain([&e.result]).any(is))
}

/// Whether a type is an array or a list, or has one inside.
pub fn holds_array(ty: &Type) -> bool {
    match ty {
        Type::Array(_) | Type::Str | Type::List(_) | Type::Record(_) | Type::Structured(_) => true,
        Type::Tuple(items) => items.iter().any(holds_array),
        Type::None | Type::Scalar(_) => false,
    }
}

/// An ES module that exports each function under its Python name, and [`own_exports`].
#[must_use]
pub fn es_module(interface: &Interface, delivery: Delivery<'_>, style: Style<'_>) -> String {
    let mut out = setup(interface, delivery, style.runtime.map_or(Runtime::Whole, Runtime::Imported));
    if style.bigint {
        out.push_str("$m.defaults = { i64: \"bigint\" };\n");
    }
    let mut exports = Vec::new();
    for (k, overloads) in by_name(interface).into_iter().enumerate() {
        let Some(first) = overloads.first() else { continue };
        let _ = writeln!(out, "const $f{k} = {};", function(&overloads));
        exports.push(format!("$f{k} as {}", first.name));
    }
    exports.extend(own_exports(interface));
    if has_arrays(interface) {
        out.push_str("const $N = $.NDArray;\n");
    }
    out.push_str("const $E = $.PyError, $i = (source) => $m.init(source), $s = (source) => $m.initSync(source);\n");
    let _ = writeln!(out, "export {{ {} }};", exports.join(", "));
    out
}

/// The runtime as a module of its own, which several may share.
#[must_use]
pub fn runtime() -> String {
    let all = parts(PARTS.len(), true);
    format!(
        "{all}export const {{ Loader, NDArray, PyError, read }} = $, ListLoader = Loader, ScalarLoader = Loader, TextLoader = Loader;\n"
    )
}

/// The runtime and the module, as `$m`.
pub fn setup(interface: &Interface, delivery: Delivery<'_>, runtime: Runtime<'_>) -> String {
    let about = format!("{}, [{}]", escape(&interface.file), sites(interface).join(", "));
    let bytes = match delivery {
        Delivery::File(name) => format!("undefined, () => new URL(\"./{}\", import.meta.url), $.read", encoded(name)),
        Delivery::Inline(bytes) => format!("\"{}\"", base64::encode(bytes)),
    };
    let imported = matches!(runtime, Runtime::Imported(_));
    let loader = match imported {
        true if has_strings(interface) => "TextLoader",
        true if has_lists(interface) => "ListLoader",
        true if !has_arrays(interface) => "ScalarLoader",
        _ => "Loader",
    };
    let runtime = runtime_of(interface, runtime, matches!(delivery, Delivery::File(_)));
    let records = if has(interface, Type::holds_structured) { RECORDS } else { "" };
    format!("{runtime}{records}const $m = new $.{loader}({about}, {bytes});\n")
}

/// The runtime of a module, whose bytes may be in a file, or the statement that imports it.
pub fn runtime_of(interface: &Interface, runtime: Runtime<'_>, file: bool) -> String {
    match runtime {
        Runtime::Imported(name) => format!("import * as $ from {};\n", escape(name)),
        _ if has_strings(interface) => parts(6, file),
        _ if has_lists(interface) => parts(5, file),
        _ if !has_arrays(interface) => parts(2, file),
        Runtime::Whole => parts(4, file),
        Runtime::Copying => parts(3, file),
    }
}

/// A file name in a URL.
fn encoded(name: &str) -> String {
    let mut out = String::new();
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

/// What the runtime must know of a module that has been compiled in a page, as JSON (`runtime/js/src/compile.ts`). `pages` of memory it needs
/// when it is started.
#[must_use]
pub fn interface_json(interface: &Interface, pages: u32) -> String {
    let list = |items: Vec<String>| format!("[{}]", items.join(","));
    let overload = |e: &Export| {
        format!(
            r#"{{"symbol":{},"names":{},"params":{},"flags":{},"fields":{},"defaults":{},"least":{},"result":{}}}"#,
            escape(&e.symbol),
            list(e.params.iter().map(|p| escape(&p.name)).collect()),
            list(e.params.iter().map(|p| with_records(&p.ty)).collect()),
            list(e.params.iter().map(|p| flags(p).to_string()).collect()),
            list(e.params.iter().map(|p| fields(&p.ty).unwrap_or_else(|| "null".to_owned())).collect()),
            list(e.params.iter().map(|p| p.default.as_ref().map_or_else(|| "null".to_owned(), json)).collect()),
            least(e),
            with_records(&e.result)
        )
    };
    let functions = by_name(interface).into_iter().filter_map(|overloads| {
        let first = overloads.first()?;
        Some(format!(
            r#"{{"name":{},"line":{},"doc":{},"overloads":{}}}"#,
            escape(&first.name),
            first.line,
            escape(first.doc.as_deref().unwrap_or("")),
            list(overloads.iter().map(|e| overload(e)).collect())
        ))
    });
    let functions = list(functions.collect());
    format!(
        r#"{{"file":{},"pages":{pages},"sites":{},"functions":{functions}}}"#,
        escape(&interface.file),
        list(sites(interface))
    )
}

/// The places that can raise.
fn sites(interface: &Interface) -> Vec<String> {
    let site = |s: &Site| {
        format!("[\"{}\", {}, {}, {}, {}]", s.exception, escape(&s.message), escape(&s.function), s.line, s.column)
    };
    interface.sites.iter().map(site).collect()
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

/// The expression that makes a function: `$m.fn(name, line, [parameters, wrapper, result if it is an array], …)`.
pub fn function(overloads: &[&Export]) -> String {
    let (name, line) = overloads.first().map_or(("", 0), |e| (e.name.as_str(), e.line));
    let rows: Vec<String> = overloads
        .iter()
        .map(|e| {
            let params: Vec<String> = e.params.iter().map(parameter).collect();
            let result = match &e.result {
                array @ Type::Array(_) => format!(", {}", written(array)),
                _ => String::new(),
            };
            format!("[[{}], {}{result}]", params.join(", "), wrapper(e))
        })
        .collect();
    format!("$m.fn({}, {line}, {})", escape(name), rows.join(", "))
}

/// An export whose arguments a figure gives by their positions, whatever stands between its parameters.
pub fn by_position(export: &Export) -> Export {
    let mut out = export.clone();
    out.params.iter_mut().for_each(|param| param.passing = Passing::Either);
    out
}

/// What passes records, as `$records`.
const RECORDS: &str = concat!(include_str!("generated/records.js"), "\n");

/// `[name, type]`, then [`flags`] and [`fields`] where there are any.
fn parameter(param: &Param) -> String {
    let about = match (flags(param), fields(&param.ty)) {
        (0, None) => String::new(),
        (flags, None) => format!(", {flags}"),
        (flags, Some(fields)) => format!(", {flags}, {fields}"),
    };
    format!("[{}, {}{about}]", escape(&param.name), written(&param.ty))
}

/// What a call has to know of a parameter, as a sum (`Flag` in `runtime/js/src/module.ts`).
fn flags(param: &Param) -> u8 {
    let passing = match param.passing {
        Passing::Either => 0,
        Passing::Position => 2,
        Passing::Keyword => 4,
    };
    u8::from(param.written) + passing + if param.default.is_some() { 8 } else { 0 }
}

/// The fields of the object that stands for a value, if it is one.
fn fields(ty: &Type) -> Option<String> {
    let names: Vec<&str> = match ty {
        Type::Structured(records) => records.record.fields.iter().map(|field| field.name.as_str()).collect(),
        Type::List(_) => {
            let (_, items) = nopython_types::record::stands_for(ty)?;
            items.names().filter(|names| !names.fields.is_empty())?.fields.iter().map(String::as_str).collect()
        }
        _ => return None,
    };
    Some(format!("[{}]", names.into_iter().map(escape).collect::<Vec<_>>().join(", ")))
}

/// A type as the runtime reads it: text, a list for a tuple, an object for a list, `null` for None.
pub fn written(ty: &Type) -> String {
    match ty {
        Type::None | Type::Record(_) => "null".to_owned(),
        Type::Scalar(scalar) => format!("\"{}\"", scalar.dtype),
        Type::Array(array) => format!("\"{array}\""),
        Type::Str => "\"str\"".to_owned(),
        Type::Structured(r) => written(&Type::Array(r.units())),
        Type::Tuple(items) => format!("[{}]", items.iter().map(written).collect::<Vec<_>>().join(", ")),
        Type::List(item) => {
            let held = nopython_types::record::stands_for(ty).map_or_else(String::new, |(class, items)| {
                let fields = items.names().into_iter().flat_map(|names| &names.fields).map(String::as_str);
                let words: Vec<String> = std::iter::once(class).chain(fields).map(escape).collect();
                format!(", \"held\": [{}]", words.join(", "))
            });
            format!("{{\"list\": {}{held}}}", written(item))
        }
    }
}

/// As [`written`], with what arrays of records are beside what they are made of.
fn with_records(ty: &Type) -> String {
    match ty {
        Type::Structured(r) => {
            format!(r#"{{"records":{},"ndim":{},"units":{}}}"#, described(&r.record), r.ndim, written(ty))
        }
        Type::Tuple(items) => format!("[{}]", items.iter().map(with_records).collect::<Vec<_>>().join(",")),
        other => written(other),
    }
}

/// How many arguments a call by position has to give: those up to the last one without a default.
pub fn least(export: &Export) -> usize {
    export.params.iter().rposition(|p| p.default.is_none()).map_or(0, |last| last + 1)
}

/// A parameter's default in JavaScript.
pub fn default(param: &Param) -> Option<String> {
    param.default.as_ref().map(javascript)
}

/// Numbers beyond are no longer all the integers.
const SAFE: i128 = 1 << 53;

/// A value in JavaScript.
pub fn javascript(value: &Literal) -> String {
    match value {
        Literal::None => "undefined".to_owned(),
        Literal::Bool(value) => value.to_string(),
        Literal::Int(value) if (-SAFE..=SAFE).contains(value) => value.to_string(),
        Literal::Int(value) => format!("{value}n"),
        Literal::Float(value) if value.is_nan() => "NaN".to_owned(),
        Literal::Float(value) if value.is_infinite() => format!("{}Infinity", if *value < 0.0 { "-" } else { "" }),
        Literal::Float(value) => value.to_string(),
        Literal::Str(text) => escape(text),
        Literal::Complex(re, im) => {
            let [re, im] = [re, im].map(|part| javascript(&Literal::Float(*part)));
            format!("{{ re: {re}, im: {im} }}")
        }
        Literal::Tuple(items) | Literal::List(items) => {
            format!("[{}]", items.iter().map(javascript).collect::<Vec<_>>().join(", "))
        }
    }
}

/// A value in JSON, where what JSON has no form for is the text of the value in JavaScript.
fn json(value: &Literal) -> String {
    match value {
        Literal::None => "null".to_owned(),
        // Text that is none stands for numbers.
        Literal::Str(text) => escape(&escape(text)),
        Literal::Complex(re, im) => {
            let [re, im] = [re, im].map(|part| json(&Literal::Float(*part)));
            format!(r#"{{"re":{re},"im":{im}}}"#)
        }
        Literal::Tuple(items) | Literal::List(items) => {
            format!("[{}]", items.iter().map(json).collect::<Vec<_>>().join(","))
        }
        Literal::Int(value) if !(-SAFE..=SAFE).contains(value) => format!("\"{value}n\""),
        Literal::Float(value) if !value.is_finite() => format!("\"{}\"", javascript(&Literal::Float(*value))),
        other => javascript(other),
    }
}

#[cfg(test)]
mod tests {
    use super::encoded;

    #[test]
    fn file_names_are_encoded() {
        assert_eq!(encoded("#hash?.wasm"), "%23hash%3F.wasm");
        assert_eq!(encoded("été_1.wasm"), "%C3%A9t%C3%A9_1.wasm");
    }
}
