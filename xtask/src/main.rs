//! Every command a contributor runs: `cargo xtask help` lists them.
#![allow(clippy::disallowed_methods)] // A host: it runs programs and reads files.

mod bench;
mod bench_calls;
mod bench_compile;
mod bench_figures;
mod bench_host;
mod bench_loops;
mod bench_page;
mod bench_peers;
mod ci;
mod compiler;
mod demo;
mod manifests;
mod package;
mod places;
mod run;
mod setup;
mod sizes;
mod test;

use std::process::ExitCode;

const HELP: &str = "\
cargo xtask VERB

  setup               install what is missing: wasm32 target, npm packages, venvs with NumPy and with what shows figures, browsers
  demo [--no-serve]   build the gallery, serve it on this machine and print its address
  test [STEP...]      format, clippy, manifests, generated files, Rust, literate, Node, example and browser tests
  bless [PAGE...]     let NumPy write the expected values of the literate pages
  against-numpy PATH...
                      compile the functions of any Python files and compare them with themselves under CPython
  abuse [--seconds N] [--seed S]
                      calls that end anywhere, in Python and in Node: memory stays as it was, and the next call is right
  fuzz [--of arrays|lists|dicts] [--seed S] [--count N] [--show SEED]
                      random programs, compiled with and without passes, against CPython and NumPy
  mutate [--seed S] [--count N] [--show SEED]
                      the sources of tests and examples with something changed: each is compiled or refused, within bounds
  sweep [--all] [--bless] [FUNCTION...]
                      library functions over dtypes, layouts, axes and keywords, against NumPy; without --all, a sample of the combinations
  gen [--check]       regenerate the files that are generated and committed
  numpy [--check]     write docs/numpy.md, the table of NumPy's functions and keywords
  compiler            build the compiler for browsers, and put it into the package for Python, for figures that readers edit
  npm                 build the npm package, with the compiler in it, and print its folder
  package             make a wheel, an npm tarball and a program, and try each in an empty project
  bench [--write]     measure ours, the JavaScript twins and NumPy in one run; --write updates docs/bench.md
  bench host          measure the package for Python alone, beside Numba and NumPy
  bench calls         measure what a call from JavaScript costs, in Node and in Chromium
  bench compile       measure compiling against the size of programs
  bench page          measure compiling in Node and in Chromium
  bench figures       measure how figures follow a slider
  bench peers         measure beside Pyodide, Numba and JavaScript; --write updates the table of the README
  bench loops         measure what checks cost that compiled code does without
  ci                  what CI does: run .ci/run in a fresh clone of the last commit
  help                this text
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (verb, rest) = arguments.split_first().map_or(("help", &[][..]), |(verb, rest)| (verb.as_str(), rest));
    let done = match verb {
        "setup" => setup::setup(setup::Need::Everything).and_then(|()| setup::hosts()),
        "demo" => demo::demo(rest),
        "test" => test::test(rest),
        "bless" => test::bless(rest),
        "against-numpy" => test::against_numpy(rest),
        "abuse" => test::abuse(rest),
        "fuzz" => test::fuzz(rest),
        "mutate" => test::mutate(rest),
        "sweep" => test::sweep_library(rest),
        "gen" => test::generate(rest),
        "numpy" => test::numpy_table(rest),
        "compiler" => compiler::into_python(),
        "npm" => npm(),
        "package" => package::package(),
        "bench" => bench::bench(rest),
        "ci" => ci::ci(),
        "help" | "--help" | "-h" => {
            print!("{HELP}");
            Ok(())
        }
        other => Err(format!("there is no verb {other:?}\n\n{HELP}")),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("xtask: {message}");
            ExitCode::FAILURE
        }
    }
}

fn npm() -> Result<(), String> {
    setup::setup(setup::Need::Everything)?;
    println!("{}", compiler::package(&compiler::build()?)?.display());
    Ok(())
}
