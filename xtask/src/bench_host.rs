//! The package for Python, measured: how long its wheel takes to build and how large it is, and what a call costs beside Numba and NumPy.

use crate::run;
use crate::setup::venv;
use crate::{places, sizes};
use std::path::{Path, PathBuf};
use std::time::Instant;

/// The title of the section.
pub const TITLE: &str = "## From Python";

/// Builds the wheel from nothing, installs it beside Numba, and measures.
pub fn section() -> Result<String, String> {
    let python = places::cache().join("venv-bench/bin/python");
    venv(&python, "import numpy, numba, maturin", &["numpy>=2", "numba", "maturin>=1.7,<2"])?;
    let (wheel, seconds) = build(&python)?;
    let mut install = run::command(&python);
    run::run(install.args(["-m", "pip", "install", "--quiet", "--force-reinstall", "--no-deps"]).arg(&wheel))?;
    let versions = "import numba, numpy, sys; print(f'Python {sys.version.split()[0]}, NumPy {numpy.__version__}, Numba {numba.__version__}')";
    let versions = run::output(run::command(&python).args(["-c", versions]))?;
    let table = run::output(run::command(&python).arg("examples/bench/host.py"))?;
    let megabytes = sizes::of(&wheel)?.raw as f64 / 1e6;
    Ok(format!(
        "{TITLE}\n\nA call from {}, in microseconds: the fastest of 15 rounds in which the candidates take turns. \"Shared\nmemory\" are \
         arrays made by `nopython.asarray`, which are not copied; all others are copied in, and out where they are\nwritten. The kernels are \
         jitted loops, beside NumPy's own function. The wheel has {megabytes:.1} MB and took {seconds:.0} s to\nbuild from nothing, on {} \
         cores.\n\n{table}",
        versions.trim(),
        std::thread::available_parallelism().map_or(1, std::num::NonZero::get),
    ))
}

/// The wheel, and the seconds that building it took.
fn build(python: &Path) -> Result<(PathBuf, f64), String> {
    let folder = places::out("wheel");
    if folder.exists() {
        std::fs::remove_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    }
    let started = Instant::now();
    let mut maturin = run::command(python);
    maturin.args(["-m", "maturin", "build", "--quiet", "--out"]).arg(&folder);
    run::run(maturin.env("CARGO_TARGET_DIR", folder.join("target")))?;
    let seconds = started.elapsed().as_secs_f64();
    // What was compiled from nothing is of no further use.
    let _ = std::fs::remove_dir_all(folder.join("target"));
    let entries = std::fs::read_dir(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let mut files = entries.flatten().map(|entry| entry.path());
    let wheel = files.find(|path| path.extension().is_some_and(|end| end == "whl"));
    wheel.map(|wheel| (wheel, seconds)).ok_or_else(|| format!("maturin left no wheel in {}", folder.display()))
}

/// A page with one of its sections replaced, or added at the end.
pub fn replaced(page: &str, title: &str, section: &str) -> String {
    let start = page.find(&format!("\n{title}\n")).map_or(page.len(), |at| at + 1);
    let rest = page.get(start..).unwrap_or_default();
    let end = rest.get(1..).and_then(|rest| rest.find("\n## ")).map_or(page.len(), |at| start + at + 2);
    let (before, after) = (page.get(..start).unwrap_or_default(), page.get(end..).unwrap_or_default());
    let gap = if start == page.len() { "\n" } else { "" };
    format!("{before}{gap}{}\n{}{after}", section.trim_end(), if after.is_empty() { "" } else { "\n" })
}

#[cfg(test)]
mod tests {
    use super::replaced;

    #[test]
    fn a_section_takes_the_place_of_the_old_one() {
        let page = "# Page\n\n## A\n\nold\n\n## B\n\nkept\n";
        assert_eq!(replaced(page, "## A", "## A\n\nnew\n"), "# Page\n\n## A\n\nnew\n\n## B\n\nkept\n");
        assert_eq!(replaced(page, "## B", "## B\n\nnew\n"), "# Page\n\n## A\n\nold\n\n## B\n\nnew\n");
        assert_eq!(replaced("# Page\n", "## C", "## C\n"), "# Page\n\n## C\n");
    }
}
