//! One page that holds everything: it works from `file://` with the network off.

use crate::base64;
use crate::script::{Delivery, by_name, function, setup};
use core::fmt::Write;
use nopython_diagnostics::escape;
use nopython_types::{Interface, Literal, Type};

const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");

/// A page with a form for each function.
#[must_use]
pub fn html(interface: &Interface, wasm: &[u8], title: &str) -> String {
    let mut rows = Vec::new();
    for overloads in by_name(interface) {
        let Some(first) = overloads.first() else { continue };
        let params: Vec<String> = first
            .params
            .iter()
            .map(|p| {
                format!(
                    "[{}, {}, {}]",
                    escape(&p.name),
                    escape(&p.ty.to_string()),
                    escape(&sample(&p.ty, p.default.as_ref()))
                )
            })
            .collect();
        rows.push(format!(
            "{{ name: {}, doc: {}, line: {}, result: {}, params: [{}], call: {} }}",
            escape(&first.name),
            escape(first.doc.as_deref().unwrap_or("")),
            first.line,
            escape(&first.result.to_string()),
            params.join(", "),
            function(&overloads)
        ));
    }
    let title = text(title);
    let mut out = String::new();
    let _ = write!(
        out,
        "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n<link rel=\"icon\" href=\"data:,\">\n<title>{title}</title>\n<style>\n{STYLE}</style>\n<h1>{title}</h1>\n<p class=\"about\">{} bytes of WebAssembly, compiled from Python by nopython.</p>\n<main></main>\n<script>\n(() => {{\n{}const functions = [{}];\n{SCRIPT}}})();\n</script>\n",
        wasm.len(),
        setup(interface, Delivery::Inline(wasm), None),
        rows.join(",\n")
    );
    out
}

/// An expression of JavaScript for an object of the functions, and of the module as `$m`, in classic scripts too.
#[must_use]
pub fn functions_expression(interface: &Interface, wasm: &[u8]) -> String {
    let functions = by_name(interface).into_iter().filter_map(|overloads| {
        let name = escape(&overloads.first()?.name);
        Some(format!("{name}: {}", function(&overloads)))
    });
    let functions: Vec<String> = functions.collect();
    // The script is compressed, which base64 would hide from: its digits do not begin where bytes do.
    let hex: String = wasm
        .iter()
        .flat_map(|byte| [byte >> 4, byte & 15])
        .filter_map(|digit| char::from_digit(digit.into(), 16))
        .collect();
    let bytes = format!("btoa(\"{hex}\".replace(/../g, (pair) => String.fromCharCode(`0x${{pair}}`)))");
    let setup =
        setup(interface, Delivery::Inline(wasm), None).replace(&format!("\"{}\"", base64::encode(wasm)), &bytes);
    format!("(() => {{\n{setup}return {{ $m, {} }};\n}})()", functions.join(",\n"))
}

/// The script that draws figures: it defines `$figure`, whose `start` makes one of a host, what Python says of it, and its functions. Of its
/// parts it has those named: `chart`, `image`, `map` (values as colours), `hands` (zoom and points in images), `words` (numbers and tables), `titles` (with values in them), `table` (as a control), `animation`, `editable` (its source can be edited).
#[must_use]
pub fn figure_script(parts: &[&str]) -> String {
    let known = [
        ("chart", include_str!("generated/figure-chart.js")),
        ("image", include_str!("generated/figure-image.js")),
        ("words", include_str!("generated/figure-words.js")),
        ("titles", include_str!("generated/figure-titles.js")),
        ("map", include_str!("generated/figure-map.js")),
        ("hands", include_str!("generated/figure-hands.js")),
        ("table", include_str!("generated/figure-table.js")),
        ("animation", include_str!("generated/figure-animation.js")),
        ("editable", concat!(include_str!("generated/figure-engine.js"), include_str!("generated/figure-editable.js"))),
    ];
    let chosen = known.iter().filter(|(name, _)| parts.contains(name)).map(|(_, text)| *text);
    std::iter::once(include_str!("generated/figure.js")).chain(chosen).collect()
}

/// The colours of figures as JSON: those of lines, and maps of values.
pub const COLOURS: &str = include_str!("../../../runtime/js/src/figure/colours.json");

/// What a field shows at first.
fn sample(ty: &Type, default: Option<&Literal>) -> String {
    if let Some(default) = default {
        return default.to_string();
    }
    match ty {
        Type::None => String::new(),
        Type::Scalar(s) if s.dtype == nopython_types::DType::Bool => "true".to_owned(),
        Type::Scalar(_) => "3".to_owned(),
        Type::Array(a) => (1..a.ndim).fold("[1, 2, 3, 4]".to_owned(), |inner, _| format!("[{inner}, {inner}]")),
        Type::Tuple(items) => format!("[{}]", items.iter().map(|t| sample(t, None)).collect::<Vec<_>>().join(", ")),
    }
}

fn text(raw: &str) -> String {
    raw.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
