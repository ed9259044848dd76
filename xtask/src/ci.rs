//! What CI does, on this machine: the last commit in a fresh clone.

use crate::{places, run};

/// Clones the checkout into the cache and runs `.ci/run` there.
pub fn ci() -> Result<(), String> {
    let clone = places::cache().join("ci");
    if clone.exists() {
        std::fs::remove_dir_all(&clone).map_err(|error| format!("{}: {error}", clone.display()))?;
    }
    println!("cloning the last commit to {}", clone.display());
    run::run(run::command("git").args(["clone", "--quiet", "."]).arg(&clone))?;
    run::run(run::command(clone.join(".ci/run")).current_dir(&clone))
}
