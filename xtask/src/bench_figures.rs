//! Measures how figures follow a slider.

use crate::setup::{Need, setup};
use crate::{places, run, test};

/// The heading of the section.
pub const TITLE: &str = "## Figures";

/// The section of docs/bench.md.
pub fn section() -> Result<String, String> {
    setup(Need::Everything)?;
    test::install_package()?;
    let rows =
        run::output(run::command("node").arg("tests/figures/bench/speed.mjs").env("PYTHON", places::host_python()))?;
    Ok(format!(
        "{TITLE}\n\nA slider that moves in every frame for three seconds (`cargo xtask bench figures`), in headless Chromium, which draws without a \
         graphics card; the kernel is included.\n\n| | frames a second | ms between frames: median | of 95 % at most | ms of work in a frame: median | of 95 % at most |\n|---|---:|---:|---:|---:|---:|\n{rows}"
    ))
}
