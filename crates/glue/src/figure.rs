//! The code of figures, which `runtime/js/src/figure` is, and the compiled functions that they call.

use crate::base64;
use crate::script::{Delivery, Runtime, by_name, by_position, function, runtime_of, setup};
use nopython_diagnostics::escape;
use nopython_types::Interface;

/// A piece of code that several figures of a page may share, marked as such: a comment before it and after it, which nothing else contains, as
/// strings have no `<`.
fn shared(code: &str) -> String {
    format!("/*<*/{code}/*<*/")
}

/// An expression of JavaScript for an object of the functions, and of the module as `$m`, in classic scripts too. With
/// `resident` arrays can stay in the module.
#[must_use]
pub fn functions_expression(interface: &Interface, wasm: &[u8], resident: bool) -> String {
    let functions = by_name(interface).into_iter().filter_map(|overloads| {
        let name = escape(&overloads.first()?.name);
        let overloads: Vec<_> = overloads.into_iter().map(by_position).collect();
        Some(format!("{name}: {}", function(&overloads.iter().collect::<Vec<_>>())))
    });
    let functions: Vec<String> = functions.collect();
    // The script is compressed, which base64 would hide from: its digits do not begin where bytes do.
    let hex: String = wasm
        .iter()
        .flat_map(|byte| [byte >> 4, byte & 15])
        .filter_map(|digit| char::from_digit(digit.into(), 16))
        .collect();
    let bytes = format!("btoa(\"{hex}\".replace(/../g, (pair) => String.fromCharCode(`0x${{pair}}`)))");
    let runtime = if resident { Runtime::Whole } else { Runtime::Copying };
    let code = runtime_of(interface, runtime, false);
    let setup = setup(interface, Delivery::Inline(wasm), runtime)
        .replace(&format!("\"{}\"", base64::encode(wasm)), &bytes)
        .replacen(&code, &shared(&code), 1);
    format!("(() => {{\n{setup}return {{ $m, {} }};\n}})()", functions.join(",\n"))
}

/// The script that draws figures: it defines `$figure`, whose `start` makes one of a host, what Python says of it, and its functions. Of its
/// parts it has those named: `chart`, `image`, `map` (values as colours), `hands` (zoom and points in images), `words` (numbers and tables), `titles` (with values in them), `more` (controls that few have), `table` (as a control), `text` (nested lists
/// as one, and tables), `array` (by its shape), `animation`, `widget` (of a running kernel), `editable` (its source can be edited).
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
        ("more", include_str!("generated/figure-more.js")),
        ("text", include_str!("generated/figure-text.js")),
        ("array", include_str!("generated/figure-array.js")),
        ("animation", include_str!("generated/figure-animation.js")),
        ("widget", include_str!("generated/figure-widget.js")),
        ("editable", concat!(include_str!("generated/figure-engine.js"), include_str!("generated/figure-editable.js"))),
    ];
    let chosen = known.iter().filter(|(name, _)| parts.contains(name)).map(|(_, text)| *text);
    std::iter::once(include_str!("generated/figure.js")).chain(chosen).map(shared).collect()
}

/// The colours of figures as JSON: those of lines, and maps of values.
pub const COLOURS: &str = include_str!("../../../runtime/js/src/figure/colours.json");

/// A map of values as figures read it: its colours, as hexadecimal digits.
pub fn colour_map(name: &str) -> &'static str {
    let text = COLOURS.split_once(&format!("\"{name}\": \"")).map_or("", |(_, after)| after);
    text.split_once('"').map_or("", |(map, _)| map)
}
