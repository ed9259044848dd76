//! Measures what a call from JavaScript costs, beside what it is made of, in Node and in Chromium.

use crate::setup::{Need, setup};
use crate::{demo, places, run};

/// The heading of the section.
pub const TITLE: &str = "## From JavaScript";

/// The section of docs/bench.md.
pub fn section() -> Result<String, String> {
    setup(Need::Everything)?;
    demo::build_cli()?;
    let folder = places::out("bench");
    run::output(run::command(places::nopython()).args(["build", "examples/bench/calls.py", "-o"]).arg(&folder))?;
    run::write(
        &folder.join("calls-measure.js"),
        run::read(&places::root().join("examples/bench/calls.mjs"))?.as_bytes(),
    )?;
    let node = run::output(run::command("node").arg("examples/bench/calls.mjs").arg(&folder))?;
    let chromium = run::output(run::command("node").arg("tests/browser/calls.mjs").arg(&folder))?;
    let head = "| | time | beside | ratio |\n|---|---:|---|---:|\n";
    Ok(format!(
        "{TITLE}\n\nWhat a call costs (`cargo xtask bench calls`): medians of 31 rounds in which what is compared takes turns.\n\
         A result is the caller's own, a copy out of the module's memory, unless it is resident.\n\n\
         In Node:\n\n{head}{node}\nIn Chromium:\n\n{head}{chromium}"
    ))
}
