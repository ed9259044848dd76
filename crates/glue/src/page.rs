//! One page that holds everything: it works from `file://` with the network off.

use crate::figure::figure_script;
use crate::form::{is_single, parts, spec};
use crate::package::signature;
use crate::script::{Delivery, Runtime, by_position, function, has_arrays, setup};
use core::fmt::Write;
use nopython_diagnostics::escape;
use nopython_types::{Export, Interface, Param, Type};

const STYLE: &str = include_str!("page.css");

/// Arrays are given to functions as NDArrays, which they may write to, and which show what was written.
const GIVEN: &str = "const given = (a) => Array.isArray(a) ? a.map(given) : a?.shape ? new $.NDArray(a.data, a.shape, undefined, 0, a.dtype) : a;\n";

/// What is neither a number nor an array is shown as text.
const TOLD: &str = r#"const all = (items) => Array.from(items, told).join(", ");
const told = (one) =>
  Array.isArray(one) ? `[${all(one)}]`
  : one instanceof Map ? `{${Array.from(one, (pair) => pair.map(told).join(": ")).join(", ")}}`
  : one instanceof Set ? `{${all(one)}}`
  : typeof one === "boolean" ? (one ? "True" : "False")
  : one?.im !== undefined ? `${one.re}${one.im < 0 ? "" : "+"}${one.im}j`
  : one?.units ? told(one.toArray())
  : one?.constructor === Object ? `(${Object.entries(one).map(([field, value]) => `${field}=${told(value)}`).join(", ")})`
  : `${one ?? "None"}`;
"#;

/// A page with a figure of each function.
///
/// Styles are adopted by a script, since a content security policy that lets scripts run need not let elements have styles.
#[must_use]
pub fn html(interface: &Interface, wasm: &[u8], title: &str) -> String {
    let exports = &interface.exports;
    let (mut sections, mut figures, mut kernels) = (String::new(), String::new(), String::new());
    for (k, export) in exports.iter().enumerate() {
        section(&mut sections, k, export);
        let _ = writeln!(figures, "[\"np{k}\",{}],", spec(export, &export.symbol));
        let _ = writeln!(kernels, "{}: {},", escape(&export.symbol), kernel(export));
    }
    let title = text(title);
    let given = if has_arrays(interface) { GIVEN } else { "const given = (a) => a;\n" };
    let told = if kernels.contains("told(") { TOLD } else { "" };
    format!(
        r#"<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="data:,">
<title>{title}</title>
<script>
{{
const sheet = new CSSStyleSheet();
sheet.replaceSync({style});
document.adoptedStyleSheets = [sheet];
}}
</script>
<h1>{title}</h1>
<p class="about">{size} bytes of WebAssembly, compiled from Python by nopython.</p>
<main>
{sections}</main>
<noscript><p>The functions run where scripts do.</p></noscript>
<script>
(() => {{
{code}const kernels = () => {{
{setup}$m.defaults = {{ i64: "bigint" }};
{given}{told}return {{ $m,
{kernels}}};
}};
let own;
// A file that misses its table would leave the page.
for (const kind of ["dragover", "drop"]) addEventListener(kind, (event) => event.preventDefault());
for (const [id, spec] of [
{figures}]) $figure.start(id, spec, kernels, () => (own ??= kernels()));
}})();
</script>
"#,
        style = escape(STYLE),
        size = wasm.len(),
        code = figure_script(&parts(exports)),
        setup = setup(interface, Delivery::Inline(wasm), Runtime::Copying),
    )
}

/// The name, the signature and the docstring of a function, and the place of its figure.
fn section(out: &mut String, k: usize, export: &Export) {
    let (name, signature) = (text(&export.name), text(&signature(export)));
    let rest = signature.strip_prefix(&name).unwrap_or_default().replace("-&gt;", "<b>-&gt;</b>");
    let _ =
        write!(out, "<section aria-labelledby=\"np{k}-name\">\n<h2 id=\"np{k}-name\">{name}<span>{rest}</span></h2>\n");
    if let Some(doc) = &export.doc {
        // What stands between backquotes is code.
        let _ = write!(out, "<p class=\"doc\">");
        for (k, part) in doc.split('`').enumerate() {
            let _ = if k % 2 == 1 { write!(out, "<code>{}</code>", text(part)) } else { write!(out, "{}", text(part)) };
        }
        out.push_str("</p>\n");
    }
    let _ = write!(out, "<div data-np=\"np{k}\"></div>\n</section>\n");
}

/// The function that a figure calls: it takes the values of controls, and gives what is shown, in a list if there are several.
fn kernel(export: &Export) -> String {
    let params: Vec<(String, &Param)> =
        export.params.iter().enumerate().map(|(k, param)| (format!("a{k}"), param)).collect();
    let names = |wanted: fn(&Param) -> bool| {
        params.iter().filter(move |(_, param)| wanted(param)).map(|(name, _)| name.clone())
    };
    let taken: Vec<String> = names(|param| param.ty != Type::None).collect();
    let given: Vec<&str> =
        params.iter().map(|(name, param)| if param.ty == Type::None { "undefined" } else { name }).collect();
    let call = format!("f({})", given.join(", "));
    let mut shown = Vec::new();
    let written = params.iter().filter(|(_, param)| param.written);
    if export.result != Type::None || export.params.iter().all(|param| !param.written) {
        panels(&export.result, "r", &mut shown);
    }
    written.for_each(|(name, param)| panels(&param.ty, name, &mut shown));
    let body = match shown.as_slice() {
        [one] if is_single(export) => format!("const r = {call}; return {one};"),
        all => format!("const r = {call}; return [{}];", all.join(", ")),
    };
    format!(
        "((f) => (...list) => {{ const [{}] = list.map(given); {body} }})({})",
        taken.join(", "),
        function(&[&by_position(export)])
    )
}

/// What is shown of a value: each item of a tuple.
fn panels(ty: &Type, value: &str, all: &mut Vec<String>) {
    match ty {
        Type::Tuple(items) => {
            items.iter().enumerate().for_each(|(k, item)| panels(item, &format!("{value}[{k}]"), all));
        }
        Type::Scalar(scalar) if scalar.dtype.is_complex() => all.push(format!("told({value})")),
        Type::Str | Type::List(_) | Type::Record(_) | Type::Structured(_) => all.push(format!("told({value})")),
        Type::None | Type::Scalar(_) | Type::Array(_) => all.push(value.to_owned()),
    }
}

/// Text in HTML.
fn text(raw: &str) -> String {
    raw.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
