//! Lets NumPy write the values that pages expect, and the compiler its own diagnostics.

use crate::{page, passes, root, runner};
use std::path::{Path, PathBuf};
use std::process::Command;

/// The Python of the project's environment, or the one on the path.
pub fn python() -> PathBuf {
    let home = std::env::var_os("HOME").map(PathBuf::from).unwrap_or_default();
    let ours = std::env::var_os("NOPYTHON_PYTHON")
        .map(PathBuf::from)
        .unwrap_or_else(|| home.join(".cache/nopython/venv/bin/python"));
    if ours.exists() { ours } else { PathBuf::from("python3") }
}

/// Rewrites pages.
pub fn bless(pages: &[PathBuf]) -> Result<(), String> {
    let script = root().join("crates/testkit/py/bless.py");
    let status = Command::new(python())
        .arg(script)
        .args(pages)
        .env("PYTHONPATH", root().join("tests/stubs"))
        .status()
        .map_err(|error| format!("cannot run Python: {error}"))?;
    if !status.success() {
        return Err("blessing failed".to_owned());
    }
    pages.iter().try_for_each(|path| bless_texts(path))
}

/// Writes what the compiler says into the `error` and `report` blocks of a page.
fn bless_texts(path: &Path) -> Result<(), String> {
    let parsed = page::read(path)?;
    let text = std::fs::read_to_string(path).map_err(|error| error.to_string())?;
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    // From the last block to the first, so that line numbers stay right.
    for section in parsed.sections.iter().rev() {
        let blocks = [
            section.error.as_ref().map(|block| (block, runner::error_text(section))),
            section.report.as_ref().map(|block| (block, passes::report_text(section))),
        ];
        let mut blocks: Vec<_> = blocks.into_iter().flatten().collect();
        blocks.sort_by_key(|((start, _), _)| std::cmp::Reverse(*start));
        for ((start, old), new) in blocks {
            lines.splice(*start..*start + old.lines().count(), new.trim_end().lines().map(str::to_owned));
        }
    }
    std::fs::write(path, lines.join("\n") + "\n").map_err(|error| error.to_string())
}
