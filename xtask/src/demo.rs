//! The gallery: built as static files, and served on this machine.

use crate::places;
use crate::run::{self, cargo};
use crate::setup::{Need, setup};
use std::path::{Path, PathBuf};

/// The programs under `examples/`.
pub const EXAMPLES: [&str; 13] = [
    "add",
    "np_sum",
    "largest_item",
    "arrays",
    "chain",
    "mandelbrot",
    "life",
    "nbody",
    "jacobi",
    "black_scholes",
    "convolve",
    "pairwise",
    "histogram",
];

/// The programs that the gallery shows.
const SHOWN: [&str; 5] = ["add", "np_sum", "largest_item", "mandelbrot", "life"];

/// Builds the gallery and, unless told `--no-serve`, serves it.
pub fn demo(arguments: &[String]) -> Result<(), String> {
    setup(Need::Compiler)?;
    build_cli()?;
    let gallery = build_gallery()?;
    println!("the gallery is at {}", gallery.display());
    match arguments {
        [] => run::run(run::command(places::nopython()).arg("serve").arg(&gallery)),
        [flag] if flag == "--no-serve" => Ok(()),
        _ => Err("demo takes --no-serve or nothing".to_owned()),
    }
}

/// Builds the command line as tests do: what it emits does not depend on how it was built itself.
pub fn build_cli() -> Result<(), String> {
    // Cargo is quiet, and a newcomer would wonder.
    if !places::nopython().exists() {
        println!("building the command line: some minutes, this once");
    }
    run::run(&mut cargo(["build", "--quiet", "--package", "nopython-cli"]))
}

/// Compiles one example into a folder.
fn build_example(name: &str, folder: &Path, flags: &[&str]) -> Result<(), String> {
    let source = format!("examples/{name}.py");
    let mut command = run::command(places::nopython());
    run::output(command.arg("build").arg(source).arg("-o").arg(folder).args(flags)).map(drop)
}

/// Compiles every example into a folder.
pub fn build_examples(folder: &Path) -> Result<(), String> {
    EXAMPLES.into_iter().try_for_each(|name| build_example(name, folder, &[]))
}

/// Makes the gallery: the page with its style and script, the compiled programs beside it, and their sources.
pub fn build_gallery() -> Result<PathBuf, String> {
    let folder = places::out("gallery");
    let sources = places::root().join("demo");
    for file in ["index.html", "style.css", "icon.svg"] {
        copy(&sources.join(file), &folder.join(file))?;
    }
    let scripts = sources.join("js");
    let entries = std::fs::read_dir(&scripts).map_err(|error| format!("{}: {error}", scripts.display()))?;
    for entry in entries.flatten() {
        copy(&entry.path(), &folder.join("js").join(entry.file_name()))?;
    }
    for name in SHOWN {
        build_example(name, &folder.join("kernels"), &[])?;
        let source = format!("{name}.py");
        copy(&places::root().join("examples").join(&source), &folder.join("kernels").join(&source))?;
    }
    build_example("arrays", &folder.join("single"), &["--html"])?;
    Ok(folder)
}

fn copy(from: &Path, to: &Path) -> Result<(), String> {
    let bytes = std::fs::read(from).map_err(|error| format!("{}: {error}", from.display()))?;
    run::write(to, &bytes)
}
