//! Measures what rules of Python's numbers would cost that compiled code does without: `examples/bench/loops.py`, without and with checks.

use crate::{demo, places, run};

/// The table of the loops, which `tests/language/semantics.md` quotes.
pub fn table() -> Result<String, String> {
    demo::build_cli()?;
    let folder = places::out("bench");
    run::output(run::command(places::nopython()).args(["build", "examples/bench/loops.py", "-o"]).arg(&folder))?;
    let rows = run::output(run::command("node").arg("examples/bench/loops.mjs").arg(&folder))?;
    Ok(format!(
        "Loops over 1e5 numbers, milliseconds; medians of 61 rounds, in which both forms take turns.\n\n\
         | loop | what the check looks for | as compiled | with the check | ratio |\n|---|---|---:|---:|---:|\n{rows}"
    ))
}
