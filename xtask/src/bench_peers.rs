//! The README's table: this compiler beside Pyodide, Numba and JavaScript written by hand.

use crate::setup::{Need, setup, venv};
use crate::{demo, places, run};

/// Where the table stands in the README.
const MARKS: [&str; 2] = ["<!-- cargo xtask bench peers --write -->\n", "<!-- end -->\n"];

const FOLDER: &str = "examples/bench/peers";

/// Measures, prints the table, and with `save` puts it into the README.
pub fn peers(save: bool) -> Result<(), String> {
    setup(Need::Measuring)?;
    demo::build_cli()?;
    let out = places::out("peers");
    let kernels = format!("{FOLDER}/kernels.py");
    run::output(run::command(places::nopython()).args(["build", &kernels, "-o"]).arg(&out))?;
    if !places::root().join(FOLDER).join("node_modules/pyodide").exists() {
        run::run(&mut run::npm(FOLDER, ["ci", "--no-audit", "--no-fund"]))?;
    }
    let python = places::cache().join("venv-bench/bin/python");
    venv(&python, "import numpy, numba", &["numpy>=2", "numba"])?;
    let wheels = out.join("wheels");
    if wheels.exists() {
        std::fs::remove_dir_all(&wheels).map_err(|error| format!("{}: {error}", wheels.display()))?;
    }
    // What is installed there, as it travels.
    let names =
        "import importlib.metadata as m; print(*(f'{n}=={m.version(n)}' for n in ('numba', 'llvmlite', 'numpy')))";
    let names = run::output(run::command(&python).args(["-c", names]))?;
    let mut download = run::command(&python);
    download.args(["-m", "pip", "download", "--quiet", "--no-deps", "--disable-pip-version-check", "-d"]).arg(&wheels);
    run::run(download.args(names.split_whitespace()))?;
    let mut table = run::command("node");
    let table = run::output(table.arg(format!("{FOLDER}/table.mjs")).arg(&out).arg(&python).arg(&wheels))?;
    println!("{table}");
    let page = places::root().join("README.md");
    if save { run::write(&page, replaced(&run::read(&page)?, &table)?.as_bytes()) } else { Ok(()) }
}

/// A page with another table between the marks.
fn replaced(page: &str, table: &str) -> Result<String, String> {
    let [begin, end] = MARKS;
    let parts = page.split_once(begin).and_then(|(before, rest)| Some((before, rest.split_once(end)?.1)));
    let (before, after) = parts.ok_or("the README has no place for the table")?;
    Ok(format!("{before}{begin}{}\n{end}{after}", table.trim_end()))
}

#[cfg(test)]
mod tests {
    use super::{MARKS, replaced};

    #[test]
    fn a_table_takes_the_place_of_the_old_one() {
        let page = |table: &str| format!("# A\n\n{}{table}\n{}\nrest\n", MARKS[0], MARKS[1]);
        assert_eq!(replaced(&page("| old |"), "| new |\n").unwrap(), page("| new |"));
        assert!(replaced("# A\n", "| new |").is_err());
    }
}
