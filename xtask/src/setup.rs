//! Installs what is missing, and says what it does.

use crate::{compiler, places, run};
use std::path::Path;
use std::process::Command;

/// How much has to be there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// Enough to compile Python to wasm.
    Compiler,
    /// Enough to make figures, and notebooks with them.
    Figures,
    /// Python with NumPy, and Node, for benchmarks.
    Measuring,
    /// All that the tests use.
    Everything,
}

/// Folders with a `package-lock.json`.
const PACKAGES: [&str; 4] = ["runtime/js", "tests/browser", "tests/bundlers", "tests/hosts"];

/// What compiled kernels and the compiler for browsers run on, and what the command line for Node does.
const WASM_TARGETS: [&str; 2] = ["wasm32-unknown-unknown", compiler::WASI];

/// The packages of Debian that stand in for a wasm32 target from rustup.
const DEBIAN_WASM: [&str; 4] = ["rustc-web", "cargo-web", "rust-web-src", "lld-22"];

/// What the package for Python is built with, tested with, and shown together with.
const PYTHON_PACKAGES: [&str; 12] = [
    "numpy>=2",
    "wasmtime",
    "maturin>=1.7,<2",
    "pytest",
    "dask[array,distributed]",
    "duckdb",
    "pyarrow",
    "ipykernel",
    "nbclient",
    "nbconvert",
    "ipywidgets",
    "anywidget",
];

/// What shows figures: each with its servers and its tools for sites.
const HOST_PACKAGES: [&str; 8] = [
    "numpy>=2",
    "jupyterlab>=4,<5",
    "notebook>=7,<8",
    "marimo<0.26",
    "myst-nb>=1,<2",
    "mkdocs<2",
    "mkdocs-jupyter<1",
    "latex2mathml>=3.77,<4",
];

/// Installs what `need` asks for and is missing.
pub fn setup(need: Need) -> Result<(), String> {
    wasm_targets()?;
    if need == Need::Figures {
        return venv(
            &places::host_python(),
            "import numpy, ipykernel, nbconvert, maturin",
            &["numpy>=2", "maturin>=1.7,<2", "ipykernel", "nbconvert"],
        );
    }
    if need != Need::Compiler {
        std_source();
        node()?;
        numpy()?;
    }
    if need == Need::Everything {
        PACKAGES.into_iter().try_for_each(npm_packages)?;
        python_packages()?;
        debian("/usr/bin/chromium", "chromium")?;
    }
    Ok(())
}

/// Installs the programs in which figures are shown, which only their tests need: an environment apart, and Firefox.
pub fn hosts() -> Result<(), String> {
    let statement = "import numpy, jupyterlab, notebook, marimo, myst_nb, mkdocs, mkdocs_jupyter, latex2mathml";
    venv(&places::hosts_python(), statement, &HOST_PACKAGES)?;
    firefox()
}

fn say(what: &str) {
    println!("setup: {what}");
}

fn has_wasm_targets() -> bool {
    let installed = Command::new("rustup").args(["target", "list", "--installed"]).output();
    installed.is_ok_and(|out| {
        let installed = String::from_utf8_lossy(&out.stdout);
        WASM_TARGETS.iter().all(|target| installed.contains(target))
    })
}

fn wasm_targets() -> Result<(), String> {
    if has_wasm_targets() || Path::new("/usr/bin/wasm-ld-22").exists() {
        return Ok(());
    }
    say(&format!("rustup target add {}", WASM_TARGETS.join(" ")));
    if run::succeeds(Command::new("rustup").args(["target", "add"]).args(WASM_TARGETS)) {
        return Ok(());
    }
    say("rustup cannot reach its server; Debian's compiler for the web stands in");
    apt(&DEBIAN_WASM)
}

/// The source of the standard library, without which the compiler for browsers is larger but works.
fn std_source() {
    if compiler::has_std_source() {
        return;
    }
    say("rustup component add rust-src");
    if !run::succeeds(Command::new("rustup").args(["component", "add", "rust-src"])) {
        say("there is no source of the standard library; the compiler for browsers comes out larger");
    }
}

fn node() -> Result<(), String> {
    if run::succeeds(Command::new("node").arg("--version")) {
        return Ok(());
    }
    apt(&["nodejs", "npm"])
}

fn numpy() -> Result<(), String> {
    venv(&places::python(), "import numpy", &["numpy>=2"])
}

fn python_packages() -> Result<(), String> {
    venv(
        &places::host_python(),
        "import numpy, wasmtime, pytest, dask.array, distributed, duckdb, pyarrow, ipykernel, nbclient, nbconvert, ipywidgets, anywidget, maturin",
        &PYTHON_PACKAGES,
    )
}

/// Makes the virtual environment of an interpreter, unless it is there and runs a statement.
pub fn venv(python: &Path, statement: &str, packages: &[&str]) -> Result<(), String> {
    if run::succeeds(Command::new(python).args(["-c", statement])) {
        return Ok(());
    }
    let Some(folder) = python.parent().and_then(Path::parent) else {
        return Err(format!("{} is not in a virtual environment", python.display()));
    };
    say(&format!("python3 -m venv {}; pip install {}", folder.display(), packages.join(" ")));
    // An environment that lacks a package gets it; one that does not run is made again.
    if !run::succeeds(Command::new(python).args(["-m", "pip", "--version"])) {
        let make = |command: &mut Command| run::run(command.args(["-m", "venv", "--clear"]).arg(folder));
        if make(&mut Command::new("python3")).is_err() {
            apt(&["python3", "python3-venv"])?;
            make(&mut Command::new("/usr/bin/python3"))?;
        }
    }
    let mut install = Command::new(python);
    run::run(install.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check"]).args(packages))
}

fn npm_packages(folder: &str) -> Result<(), String> {
    let folder_path = places::root().join(folder);
    let lock = folder_path.join("package-lock.json");
    let modules = folder_path.join("node_modules");
    if modules.is_symlink() {
        // `npm ci` would empty the folder that it leads to, which another checkout may be using.
        return Ok(());
    }
    let installed = modules.join(".package-lock.json");
    let modified = |path: &Path| path.metadata().and_then(|data| data.modified()).ok();
    if !lock.exists() || modified(&installed).is_some_and(|at| Some(at) >= modified(&lock)) {
        return Ok(());
    }
    say(&format!("npm ci in {folder}"));
    run::run(&mut run::npm(folder, ["ci", "--no-audit", "--no-fund"]))
}

/// Installs a package of Debian whose program is missing.
fn debian(program: &str, package: &str) -> Result<(), String> {
    if Path::new(program).exists() { Ok(()) } else { apt(&[package]) }
}

/// Firefox, where it can be installed; elsewhere the tests in it are skipped, and say so.
fn firefox() -> Result<(), String> {
    let package = "firefox-esr";
    let installed = debian("/usr/bin/firefox-esr", package);
    let Err(reason) = &installed else { return Ok(()) };
    if is_root() && run::succeeds(Command::new("apt-cache").args(["show", package])) {
        return installed;
    }
    say(&format!("there is no Firefox, and what is tested in it is skipped ({reason})"));
    Ok(())
}

fn is_root() -> bool {
    run::output(Command::new("id").arg("-u")).is_ok_and(|id| id.trim() == "0")
}

/// Installs Debian packages, which only root can; anyone else is told what to type.
fn apt(packages: &[&str]) -> Result<(), String> {
    let line = format!("apt-get install -y --no-install-recommends {}", packages.join(" "));
    if !is_root() {
        return Err(format!("please run as root, then repeat: {line}"));
    }
    say(&line);
    let mut install = Command::new("apt-get");
    install.args(["install", "-y", "-qq", "--no-install-recommends"]).args(packages);
    install.env("DEBIAN_FRONTEND", "noninteractive");
    if run::succeeds(&mut install) {
        return Ok(());
    }
    run::run(Command::new("apt-get").args(["update", "-qq"]))?;
    run::run(&mut install)
}
