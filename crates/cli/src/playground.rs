//! The playground of `nopython serve`. The page asks the server to compile: the command line has the compiler already, and carrying it once more
//! as WebAssembly would add half a megabyte and make each build of this program wait for that of the other.

use crate::render;
use nopython_diagnostics::{Diagnostic, to_json};
use nopython_driver::{Options, outline, requested};
use nopython_glue::{base64, interface_json};

/// Where the page is.
pub const PAGE: &str = "/playground";
/// Where it asks.
pub const COMPILE: &str = "/nopython/compile";

/// A program that is shown as it is, or with a function that makes a picture of what it computes.
macro_rules! program {
    ($($file:literal),*) => { concat!($(include_str!(concat!("../../../examples/", $file))),*) };
}

const PROGRAMS: [(&str, &str); 8] = [
    ("wave", program!("playground/wave.py")),
    ("interference", program!("playground/interference.py")),
    ("sample", program!("playground/sample.py")),
    ("mandelbrot", program!("mandelbrot.py", "playground/mandelbrot.py")),
    ("life", program!("life.py", "playground/life.py")),
    ("add", program!("add.py")),
    ("np_sum", program!("np_sum.py")),
    ("largest_item", program!("largest_item.py")),
];

/// The page.
pub fn page() -> String {
    nopython_glue::playground(&PROGRAMS.map(|(name, text)| (name, text.trim_end().to_owned())))
}

/// Answers what the page asks: what is asked, the name of the file, the request or the name of a function, and the source, with a NUL between
/// them. JSON with `diagnostics`, their `text`, and what was asked for (`runtime/js/src/edit/remote.ts`).
pub fn answer(body: &[u8]) -> String {
    let body = String::from_utf8_lossy(body);
    let mut parts = body.splitn(4, '\0');
    let mut next = || parts.next().unwrap_or_default();
    let [what, file, request, source] = [next(), next(), next(), next()];
    let answer = |found: &[Diagnostic], more: String| {
        let json: Vec<String> = found.iter().map(|diagnostic| to_json(file, source, diagnostic)).collect();
        let text = nopython_diagnostics::escape(&render(file, source, found));
        format!("{{\"diagnostics\":[{}],\"text\":{text}{more}}}", json.join(","))
    };
    if what == "outline" {
        return match outline(source, request) {
            Ok(found) => {
                let json = found.map_or_else(|| "null".to_owned(), |found| found.to_json(source));
                answer(&[], format!(",\"outline\":{json}"))
            }
            Err(found) => answer(&found, String::new()),
        };
    }
    match requested(file, source, request, Vec::new(), &Options::default()) {
        Ok(made) => {
            let about = interface_json(&made.interface, made.pages);
            answer(&made.warnings, format!(",\"about\":{about},\"wasm\":\"{}\"", base64(&made.wasm)))
        }
        Err(found) => answer(&found, String::new()),
    }
}
