//! Measures compiling in a page: the compiler as wasm, in Node and in Chromium.

use crate::setup::{Need, setup};
use crate::{compiler, run};

/// The heading of the section.
pub const TITLE: &str = "## Compiling in a page";

/// The section of docs/bench.md.
pub fn section() -> Result<String, String> {
    setup(Need::Everything)?;
    let wasm = compiler::build()?;
    let package = compiler::package(&wasm)?;
    let measured = |script: &str| run::output(run::command("node").arg(script).arg(&wasm).env("NPM", &package));
    Ok(format!(
        "{TITLE}\n\nThe compiler as wasm (`cargo xtask bench page`), milliseconds: medians of 21 runs, and of 15 loads of a page.\n\n\
         In Node:\n\n{}\nIn Chromium:\n\n| | ms |\n|---|---:|\n{}",
        measured("examples/bench/compiling.mjs")?,
        measured("tests/browser/compiling.mjs")?
    ))
}
