//! Every check, in steps that are timed.

use crate::run::{self, Tally, cargo, npm};
use crate::setup::{self, Need, setup};
use crate::{compiler, demo, manifests, package, places};
use std::time::{Duration, Instant};

/// A step: its name, what it shows, and how it is run.
struct Step {
    name: &'static str,
    about: &'static str,
    run: fn() -> Result<Tally, String>,
}

const ONE: Tally = Tally { passed: 1, failed: 0 };

const STEPS: &[Step] = &[
    Step { name: "format", about: "rustfmt has nothing to change", run: format },
    Step { name: "manifests", about: "a crate imports only what stands above it", run: directions },
    Step { name: "clippy", about: "no warnings", run: clippy },
    Step { name: "rust", about: "the crates' own tests", run: rust },
    Step { name: "generated", about: "committed generated files are up to date", run: generated },
    Step { name: "literate", about: "the pages under tests/, against NumPy's values", run: literate },
    Step { name: "sweep", about: "the library over dtypes, layouts, axes and keywords, against NumPy", run: sweep },
    Step { name: "mutate", about: "programs that are almost right are compiled or refused", run: mutants },
    Step { name: "node", about: "the JavaScript runtime", run: node },
    Step { name: "python", about: "the package for Python", run: python },
    Step { name: "fuzz", about: "random programs, as under CPython", run: random_programs },
    Step {
        name: "abuse",
        about: "calls that end anywhere, in Python and Node, leave all as it should be",
        run: random_ends,
    },
    Step { name: "programs", about: "programs in the styles of real Numba code, as under CPython", run: programs },
    Step { name: "examples", about: "ours, the JavaScript twins and NumPy agree", run: examples },
    Step { name: "browser", about: "the gallery and single pages in Chromium; the compiler as wasm", run: browser },
    Step {
        name: "figures",
        about: "figures in pages and exported notebooks, and edits of their sources, against NumPy",
        run: figures,
    },
    Step { name: "hosts", about: "figures in JupyterLab, Notebook, marimo, Sphinx, MkDocs and Firefox", run: hosts },
    Step { name: "install", about: "the README's lines for installing, each in an empty project", run: install },
    Step { name: "bundlers", about: "built modules, and Python itself, in bundlers, Deno and Bun", run: bundlers },
];

/// Runs the named steps, or all of them, and prints a summary.
pub fn test(names: &[String]) -> Result<(), String> {
    if let Some(unknown) = names.iter().find(|name| STEPS.iter().all(|step| step.name != name.as_str())) {
        let known: Vec<&str> = STEPS.iter().map(|step| step.name).collect();
        return Err(format!("there is no step {unknown:?}; the steps are {}", known.join(", ")));
    }
    setup(Need::Everything)?;
    let mut lines = Vec::new();
    let mut total = Tally::default();
    for step in STEPS.iter().filter(|step| names.is_empty() || names.iter().any(|name| name == step.name)) {
        println!("\n=== {}: {}", step.name, step.about);
        let started = Instant::now();
        let tally = (step.run)().unwrap_or_else(|message| {
            eprintln!("{message}");
            Tally { passed: 0, failed: 1 }
        });
        lines.push(summary(step.name, tally, started.elapsed()));
        total = total.and(tally);
    }
    println!("\n{}\n{} passed, {} failed", lines.join("\n"), total.passed, total.failed);
    if total.failed == 0 { Ok(()) } else { Err("some checks failed".to_owned()) }
}

fn summary(name: &str, tally: Tally, time: Duration) -> String {
    let state = if tally.failed == 0 { "ok" } else { "FAILED" };
    let Tally { passed, failed } = tally;
    format!("{name:12} {state:7} passed: {passed:5}  failed: {failed:3}  {:7.1} s", time.as_secs_f64())
}

/// A check that either holds or does not.
fn holds(result: Result<(), String>) -> Result<Tally, String> {
    result.map(|()| ONE)
}

/// Crates that are workspaces of their own because they are compiled for wasm32.
const APART: [&str; 2] = ["crates/browser/Cargo.toml", "library/kernels/Cargo.toml"];

fn format() -> Result<Tally, String> {
    let apart = APART.iter().map(|manifest| run::run(&mut cargo(["fmt", "--check", "--manifest-path", manifest])));
    holds(std::iter::once(run::run(&mut cargo(["fmt", "--all", "--check"]))).chain(apart).collect())
}

fn clippy() -> Result<Tally, String> {
    holds(run::run(&mut cargo(["clippy", "--quiet", "--workspace", "--all-targets", "--", "-D", "warnings"])))
}

fn directions() -> Result<Tally, String> {
    let wrong = manifests::check()?;
    for line in &wrong {
        eprintln!("{line}");
    }
    Ok(if wrong.is_empty() { ONE } else { Tally { passed: 0, failed: wrong.len() as u64 } })
}

fn rust() -> Result<Tally, String> {
    run::count_tests(&mut cargo(["test", "--quiet", "--workspace", "--no-fail-fast"]))
}

fn generated() -> Result<Tally, String> {
    let check = ["--check".to_owned()];
    Ok(holds(generate(&check))?.and(holds(numpy_table(&check))?))
}

fn literate() -> Result<Tally, String> {
    run::count_tests(&mut cargo(["run", "--quiet", "--package", "nopython-testkit", "--", "test"]))
}

fn sweep() -> Result<Tally, String> {
    run::count_tests(&mut cargo(["run", "--quiet", "--package", "nopython-testkit", "--", "sweep"]))
}

/// Compares library functions with NumPy, all of them or those that are named.
pub fn sweep_library(arguments: &[String]) -> Result<(), String> {
    setup(Need::Measuring)?;
    run::run(cargo(["run", "--quiet", "--package", "nopython-testkit", "--", "sweep"]).args(arguments))
}

/// Writes the table of NumPy's functions and keywords, `docs/numpy.md`, or compares it with what NumPy and the library are.
pub fn numpy_table(arguments: &[String]) -> Result<(), String> {
    setup(Need::Measuring)?;
    let listed = run::output(&mut cargo(["run", "--quiet", "--package", "nopython-cli", "--", "functions", "--json"]))?;
    let file = places::out("functions.json");
    run::write(&file, listed.as_bytes())?;
    let listed = std::fs::File::open(&file).map_err(|error| error.to_string())?;
    run::run(run::command(places::python()).arg("xtask/py/numpy_table.py").args(arguments).stdin(listed))
}

fn mutants() -> Result<Tally, String> {
    run::count_tests(&mut cargo([
        "run",
        "--quiet",
        "--package",
        "nopython-testkit",
        "--",
        "mutate",
        "--count",
        "10000",
    ]))
}

/// Compiles sources of the repository with something changed: no panic, no hang, and no process that ends.
pub fn mutate(arguments: &[String]) -> Result<(), String> {
    run::run(cargo(["run", "--quiet", "--package", "nopython-testkit", "--", "mutate"]).args(arguments))
}

fn node() -> Result<Tally, String> {
    demo::build_cli()?;
    run::count_tests(&mut npm("runtime/js", ["test"]))
}

fn examples() -> Result<Tally, String> {
    demo::build_cli()?;
    let folder = places::out("examples");
    demo::build_examples(&folder)?;
    run::run(run::command(places::python()).arg("examples/bench/workloads.py").arg(&folder))?;
    run::count_tests(run::command("node").args(["--test", "tests/examples/"]).env("EXAMPLES", &folder))
}

fn browser() -> Result<Tally, String> {
    demo::build_cli()?;
    let gallery = demo::build_gallery(&places::nopython())?;
    compiler::portable()?;
    let compiler = compiler::build()?;
    let small = if compiler::has_std_source() { "1" } else { "" };
    let package = compiler::package(&compiler)?;
    let mut tests = npm("tests/browser", ["test"]);
    tests.env("GALLERY", gallery).env("COMPILER", compiler).env("NPM", package).env("SMALL", small);
    run::count_tests(&mut tests)
}

fn figures() -> Result<Tally, String> {
    compiler::into_python()?;
    install_package()?;
    for script in ["xtask/py/guide.py", "xtask/py/readme.py"] {
        run::run(run::command(places::host_python()).args([script, "--check"]))?;
    }
    demo::build_cli()?;
    let gallery = demo::build_gallery(&places::nopython())?;
    demo::figures_into(&gallery)?;
    let mut tests = run::command("node");
    tests.args(["--test", "tests/figures/"]).env("PYTHON", places::host_python()).env("GALLERY", gallery);
    run::count_tests(&mut tests)
}

fn install() -> Result<Tally, String> {
    package::try_lines()
}

/// The package is that of the checkout, and need not be installed where the hosts are.
fn hosts() -> Result<Tally, String> {
    setup::hosts()?;
    install_package()?;
    run::count_tests(npm("tests/hosts", ["test"]).env("PYTHON", places::hosts_python()))
}

fn bundlers() -> Result<Tally, String> {
    demo::build_cli()?;
    let package = compiler::package(&compiler::build()?)?;
    run::count_tests(npm("tests/bundlers", ["test"]).env("NPM", package))
}

/// Builds the extension as the other steps build their crates, so that they share what is compiled, and installs it.
pub fn install_package() -> Result<(), String> {
    let python = places::host_python();
    let venv = python.parent().and_then(std::path::Path::parent).unwrap_or(&python).to_owned();
    let mut maturin = run::command(&python);
    run::run(maturin.args(["-m", "maturin", "develop", "--quiet"]).env("VIRTUAL_ENV", venv))
}

fn python() -> Result<Tally, String> {
    install_package()?;
    compiler::portable()?;
    let native = run::count_tests(&mut pytest())?;
    // What compares both has run.
    let mut portable = pytest();
    portable.arg("--ignore=crates/python/tests/test_engines.py").env("NOPYTHON_ENGINE", "portable");
    Ok(native.and(run::count_tests(&mut portable)?))
}

fn pytest() -> std::process::Command {
    let mut command = run::command(places::host_python());
    command.args(["-m", "pytest", "--quiet", "crates/python/tests"]);
    command
}

fn programs() -> Result<Tally, String> {
    run::count_tests(&mut harness(&["tests/programs".to_owned()])?)
}

/// The harness that compares compiled functions of Python files with themselves under CPython.
fn harness(paths: &[String]) -> Result<std::process::Command, String> {
    install_package()?;
    let mut command = run::command(places::host_python());
    command.args(["xtask/py/against_numpy.py", "tests/stubs"]).args(paths);
    Ok(command)
}

/// Compiles the functions of any Python files, compares them with themselves under CPython and NumPy, and says what was missing.
pub fn against_numpy(paths: &[String]) -> Result<(), String> {
    if paths.is_empty() {
        return Err("against-numpy takes files or folders with Python in them".to_owned());
    }
    setup(Need::Everything)?;
    run::run(&mut harness(paths)?)
}

/// Random programs, compiled with and without passes, against CPython and NumPy.
fn fuzzer(arguments: &[String]) -> Result<std::process::Command, String> {
    install_package()?;
    let mut command = run::command(places::host_python());
    command.arg("xtask/py/fuzz").args(arguments);
    Ok(command)
}

fn random_programs() -> Result<Tally, String> {
    let words = |text: &str| text.split(' ').map(str::to_owned).collect::<Vec<_>>();
    let arrays = run::count_tests(&mut fuzzer(&words("--count 2000"))?)?;
    let lists = run::count_tests(&mut fuzzer(&words("--of lists --count 1000"))?)?;
    let dicts = run::count_tests(&mut fuzzer(&words("--of dicts --count 1000"))?)?;
    Ok(arrays.and(lists).and(dicts).and(random_modules(&["--count".to_owned(), "2000".to_owned()])?))
}

/// Random statements at the top of a module, whose values functions read.
fn random_modules(arguments: &[String]) -> Result<Tally, String> {
    demo::build_cli()?;
    let mut command = run::command(places::host_python());
    command.arg("xtask/py/fuzz/modules.py").arg(places::nopython()).args(arguments);
    run::count_tests(&mut command)
}

/// Looks for programs that give something else when they are compiled.
pub fn fuzz(arguments: &[String]) -> Result<(), String> {
    setup(Need::Everything)?;
    run::run(&mut fuzzer(arguments)?)
}

fn abusers(seconds: &str, seed: &str) -> Result<[std::process::Command; 2], String> {
    install_package()?;
    demo::build_cli()?;
    let (mut python, mut node) = (run::command(places::host_python()), run::command("node"));
    python.args(["xtask/py/abuse.py", "--seconds", seconds, "--seed", seed]);
    node.args(["runtime/js/abuse.mjs", seconds, seed]);
    Ok([python, node])
}

fn random_ends() -> Result<Tally, String> {
    let tallies = abusers("10", "1")?.iter_mut().map(run::count_tests).collect::<Result<Vec<_>, _>>()?;
    Ok(tallies.into_iter().fold(Tally::default(), Tally::and))
}

/// Calls compiled functions in ways that end anywhere, half of the time in Python and half in Node.
pub fn abuse(arguments: &[String]) -> Result<(), String> {
    let (mut seconds, mut seed) = (20.0, 1);
    for pair in arguments.chunks(2) {
        match pair {
            [flag, value] if flag == "--seconds" => {
                seconds = value.parse().map_err(|_| format!("{value:?} is no number"))?
            }
            [flag, value] if flag == "--seed" => {
                seed = value.parse().map_err(|_| format!("{value:?} is no integer"))?
            }
            other => return Err(format!("abuse takes --seconds N and --seed S, not {}", other.join(" "))),
        }
    }
    setup(Need::Everything)?;
    let half: f64 = seconds / 2.0;
    let seed: u32 = seed;
    abusers(&half.to_string(), &seed.to_string())?.iter_mut().try_for_each(run::run)
}

/// Lets NumPy write the expected values of literate pages.
pub fn bless(pages: &[String]) -> Result<(), String> {
    setup(Need::Measuring)?;
    run::run(cargo(["run", "--quiet", "--package", "nopython-testkit", "--", "bless"]).args(pages))
}

/// Regenerates committed files, or with `--check` says which are out of date.
pub fn generate(arguments: &[String]) -> Result<(), String> {
    setup(Need::Everything)?;
    match arguments {
        [] => run::run(&mut npm("runtime/js", ["run", "build"])),
        [flag] if flag == "--check" => run::run(&mut npm("runtime/js", ["run", "check-generated"])),
        _ => Err("gen takes --check or nothing".to_owned()),
    }
}
