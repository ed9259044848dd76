//! Literate tests.
//!
//! A page is Markdown. A `py` block holds functions; the `calls` block after it holds lines `expression  # expected`, each compiled as a
//! function whose parameters are the expression's arguments, see [`arguments`]; other functions of the module make them, and the
//! host passes them on. In a `calls constant` block, arguments are part of the program. Expected values are written by NumPy
//! (`bless`), in the canonical text of `nopython_engine::Value`. A line whose comment begins with `~1ulp` allows the last digit to
//! differ; one with `differs:` states a value that is deliberately not NumPy's, for the reason the prose gives.
//! An `error` block after a `py` block holds the diagnostics that compiling it gives, a `report` block what became of its loops
//! (`nopython inspect --vectorize`), and a `loops` block what must stand in its loop IR, see [`passes`].
//!
//! Every page runs at two optimisation levels, with and without SIMD, in wasmtime and in Node, and once more with every
//! argument constant; every module passes wasmparser's validator.
//!
//! `mutate [--seed S] [--count N]` compiles programs that are almost right, see [`mutate`].
//!
//! `test [PAGE...]` and `bless [PAGE...]` take pages, all by default; `sweep [--all] [FUNCTION...]` compares library functions with NumPy
//! over dtypes, ranks, layouts and keywords.

#![allow(clippy::disallowed_methods, reason = "a host: it reads and writes files")]

mod arguments;
mod bless;
mod compare;
mod examples;
mod mutate;
mod mutation;
mod node;
mod page;
mod passes;
mod program;
mod run;
mod runner;
mod sweep;
mod tally;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (verb, named) = arguments.split_first().map_or(("test", &[][..]), |(v, rest)| (v.as_str(), rest));
    let outcome = match verb {
        "test" => pages(named).and_then(|pages| run::run(&pages, named.is_empty())),
        "bless" => pages(named).and_then(|pages| bless::bless(&pages)).map(|()| true),
        "mutate" => mutate::mutate(named),
        "sweep" => sweep::sweep(named),
        other => Err(format!("there is no verb {other}: test, bless, sweep or mutate")),
    };
    match outcome {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}

/// The root of the repository.
fn root() -> PathBuf {
    // Checkouts share a target folder: the one that counts is where Cargo runs this, not where it was compiled.
    let started =
        std::env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from).filter(|folder| folder.ends_with("testkit"));
    started.unwrap_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()).join("../..")
}

/// The named pages, or all.
fn pages(named: &[String]) -> Result<Vec<PathBuf>, String> {
    if !named.is_empty() {
        return Ok(named.iter().map(PathBuf::from).collect());
    }
    let mut found = Vec::new();
    for folder in ["language", "numpy", "errors", "mistakes", "passes"] {
        let Ok(entries) = std::fs::read_dir(root().join("tests").join(folder)) else { continue };
        found.extend(entries.flatten().map(|e| e.path()).filter(|p| p.extension().is_some_and(|e| e == "md")));
    }
    found.sort();
    if found.is_empty() { Err("there are no pages under tests/".to_owned()) } else { Ok(found) }
}
