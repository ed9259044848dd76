//! The gallery: built as static files, and served on this machine.

use crate::run::{self, cargo};
use crate::setup::{Need, setup};
use crate::{places, test};
use std::path::{Path, PathBuf};
use std::time::Instant;

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

/// Builds the gallery and, unless told `--no-serve`, serves it. The article and the notebooks, for which the package for Python has to be built, are
/// added while it is served.
pub fn demo(arguments: &[String]) -> Result<(), String> {
    let serves = match arguments {
        [] => true,
        [flag] if flag == "--no-serve" => false,
        _ => return Err("demo takes --no-serve or nothing".to_owned()),
    };
    let started = Instant::now();
    setup(Need::Compiler)?;
    let program = build_compiler()?;
    let gallery = build_gallery(&program)?;
    println!("the gallery is at {}, after {} s", gallery.display(), started.elapsed().as_secs());
    let mut server = None;
    if serves {
        let mut serve = run::command(&program);
        server = Some(serve.arg("serve").arg(&gallery).spawn().map_err(|error| format!("cannot serve: {error}"))?);
    }
    println!("the notebooks follow: the package for Python, with an engine, is some minutes more, once");
    let exported = export_figures(&gallery);
    match &exported {
        Ok(()) => println!("the notebooks are in the gallery, after {} s", started.elapsed().as_secs()),
        Err(message) => {
            eprintln!("the notebooks are not in the gallery: {message}");
            run::write(&gallery.join(PAGES), b"{ \"state\": \"failed\" }\n")?;
        }
    }
    match server {
        Some(mut server) => server.wait().map(drop).map_err(|error| error.to_string()),
        None => exported,
    }
}

/// What the gallery shows of exported pages, in its folder.
const PAGES: &str = "figures/index.json";

/// Exports the article and the notebooks into the gallery.
fn export_figures(gallery: &Path) -> Result<(), String> {
    setup(Need::Figures)?;
    test::install_package()?;
    figures_into(gallery)
}

/// The same, where the package is installed.
pub fn figures_into(gallery: &Path) -> Result<(), String> {
    let mut export = run::command(places::host_python());
    run::run(export.arg("xtask/py/gallery.py").arg(gallery.join("figures")))
}

/// Builds the command line without the engine, on which `run` alone depends and which takes most of the time. Cargo shows how far it is.
fn build_compiler() -> Result<PathBuf, String> {
    println!("building the compiler");
    run::run(&mut cargo(["build", "--package", "nopython-cli", "--no-default-features"]))?;
    let program = places::out("demo").join("nopython");
    // Another server may run what lies there.
    let _ = std::fs::remove_file(&program);
    copy(&places::nopython(), &program)?;
    let all = std::fs::metadata(places::nopython()).map_err(|error| error.to_string())?.permissions();
    std::fs::set_permissions(&program, all).map_err(|error| error.to_string())?;
    Ok(program)
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
fn build_example(program: &Path, name: &str, folder: &Path, flags: &[&str]) -> Result<(), String> {
    let source = format!("examples/{name}.py");
    let mut command = run::command(program);
    run::output(command.arg("build").arg(source).arg("-o").arg(folder).args(flags)).map(drop)
}

/// Compiles every example into a folder.
pub fn build_examples(folder: &Path) -> Result<(), String> {
    EXAMPLES.into_iter().try_for_each(|name| build_example(&places::nopython(), name, folder, &[]))
}

/// Makes the gallery with a command line: the page with its style and script, the compiled programs beside it, and their sources.
pub fn build_gallery(program: &Path) -> Result<PathBuf, String> {
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
        build_example(program, name, &folder.join("kernels"), &[])?;
        let source = format!("{name}.py");
        copy(&places::root().join("examples").join(&source), &folder.join("kernels").join(&source))?;
    }
    build_example(program, "arrays", &folder.join("single"), &["--html"])?;
    // Pages of an earlier time are better than none.
    if !run::read(&folder.join(PAGES)).is_ok_and(|text| text.contains("pages")) {
        run::write(&folder.join(PAGES), b"{ \"state\": \"waiting\" }\n")?;
    }
    Ok(folder)
}

fn copy(from: &Path, to: &Path) -> Result<(), String> {
    let bytes = std::fs::read(from).map_err(|error| format!("{}: {error}", from.display()))?;
    run::write(to, &bytes)
}
