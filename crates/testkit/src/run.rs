//! Runs pages in every configuration.

use crate::page::{self, Call, Page, Section};
use crate::{compare, examples, node, passes, sweep};
use nopython_driver::{Compilation, Options};
use nopython_engine::{Engine, Failure, Instance};
use std::path::PathBuf;

/// Two optimisation levels, with and without SIMD.
const CONFIGURATIONS: [(u8, bool); 4] = [(0, false), (0, true), (2, false), (2, true)];

/// Counts, and what failed.
#[derive(Default)]
pub struct Tally {
    /// Checks that held.
    pub passed: usize,
    /// Checks that did not, described.
    pub failures: Vec<String>,
    /// Calls of the sweep that do not compile: the function and the diagnostic's first line.
    pub refused: Vec<(String, String)>,
}

impl Tally {
    /// Notes a check.
    pub fn check(&mut self, holds: bool, describe: impl FnOnce() -> String) {
        if holds {
            self.passed += 1;
        } else {
            self.failures.push(describe());
        }
    }
}

/// Runs pages, and with `library` the examples of every library function; tells whether everything held.
pub fn run(paths: &[PathBuf], library: bool) -> Result<bool, String> {
    let mut pages = paths.iter().map(|path| page::read(path)).collect::<Result<Vec<_>, _>>()?;
    if library {
        pages.push(examples::page()?);
    }
    run_pages(&pages, &CONFIGURATIONS)
}

/// Runs the sweep over the library, or over the functions that are named, as it is compiled by default.
pub fn sweep(only: &[String]) -> Result<bool, String> {
    run_pages(&[sweep::page(only)?], &CONFIGURATIONS[3..])
}

fn run_pages(pages: &[Page], configurations: &[(u8, bool)]) -> Result<bool, String> {
    let engine = Engine::default();
    let mut batch = node::Batch::new()?;
    let mut total = Tally::default();
    for page in pages {
        let before = total.failures.len();
        let passed = total.passed;
        run_page(&engine, page, configurations, &mut batch, &mut total);
        let failed = total.failures.len() - before;
        println!(
            "{} {} ({} passed, {failed} failed)",
            if failed == 0 { "ok    " } else { "FAILED" },
            page.name,
            total.passed - passed
        );
    }
    batch.run(&mut total)?;
    for failure in &total.failures {
        println!("\n{failure}");
    }
    print_refused(&mut total.refused);
    println!("\n{} passed, {} failed", total.passed, total.failures.len());
    Ok(total.failures.is_empty())
}

/// What does not compile, and how often, by function and reason.
fn print_refused(refused: &mut [(String, String)]) {
    refused.sort();
    for group in refused.chunk_by(|a, b| a == b) {
        if let Some((function, reason)) = group.first() {
            println!("refused {:4} {function}: {reason}", group.len());
        }
    }
}

fn run_page(engine: &Engine, page: &Page, configurations: &[(u8, bool)], batch: &mut node::Batch, total: &mut Tally) {
    for section in &page.sections {
        if let Some((line, expected)) = &section.error {
            let got = error_text(section);
            total.check(got.trim_end() == expected.trim_end(), || {
                format!("{}:{line}\nexpected:\n{expected}\ngot:\n{got}", page.name)
            });
        }
        passes::run(page, section, total);
        let calls: Vec<&Call> = section.calls.iter().collect();
        for &(opt_level, simd) in configurations {
            run_section(engine, page, section, &calls, &Options { opt_level, simd, names: false }, batch, total);
        }
    }
}

/// Compiles calls as one module; when that fails, as two halves, until it is known which calls do not compile.
fn run_section(
    engine: &Engine,
    page: &Page,
    section: &Section,
    calls: &[&Call],
    options: &Options,
    batch: &mut node::Batch,
    total: &mut Tally,
) {
    let label = format!("-O{}{}", options.opt_level, if options.simd { "" } else { " --no-simd" });
    match (calls, compile(section, calls, options)) {
        ([], _) => {}
        (_, Ok(compilation)) => run_calls(engine, page, calls, &compilation, &label, batch, total),
        // The sweep asks for what NumPy takes, which is more than can be compiled; what it gets must be right.
        ([call], Err(message)) if page.sweep => {
            let function = call.expression.split('(').next().unwrap_or_default().to_owned();
            total.refused.push((function, message.lines().next().unwrap_or_default().to_owned()));
        }
        ([call], Err(message)) => {
            total.failures.push(format!("{}:{} {label}: {}\n{message}", page.name, call.line, call.expression))
        }
        (_, Err(_)) => {
            let (first, second) = calls.split_at(calls.len() / 2);
            run_section(engine, page, section, first, options, batch, total);
            run_section(engine, page, section, second, options, batch, total);
        }
    }
}

/// What compiling a section's source prints.
pub fn error_text(section: &Section) -> String {
    let text = &section.source;
    let diagnostics = nopython_driver::check("kernels.py", text);
    diagnostics.iter().map(|d| nopython_diagnostics::render("kernels.py", text, d)).collect::<Vec<_>>().join("\n")
}

fn compile(section: &Section, calls: &[&Call], options: &Options) -> Result<Compilation, String> {
    let text = section.module(calls);
    let compilation = nopython_driver::compile("page.py", &text, options).map_err(|diagnostics| {
        diagnostics.iter().map(|d| nopython_diagnostics::render("page.py", &text, d)).collect::<String>()
    })?;
    let features = wasmparser::WasmFeatures::default();
    wasmparser::Validator::new_with_features(features)
        .validate_all(&compilation.wasm)
        .map_err(|error| format!("the module is not valid: {error}"))?;
    Ok(compilation)
}

fn run_calls(
    engine: &Engine,
    page: &Page,
    calls: &[&Call],
    compilation: &Compilation,
    label: &str,
    batch: &mut node::Batch,
    total: &mut Tally,
) {
    batch.add(page, calls, compilation, label);
    let mut instance = match Instance::new(engine, compilation) {
        Ok(instance) => instance,
        Err(failure) => return total.failures.push(format!("{} {label}: {failure}", page.name)),
    };
    for (k, call) in calls.iter().enumerate() {
        let got = match instance.call(&format!("call_{k}"), &mut []) {
            Ok(value) => value.to_string(),
            Err(Failure::Raised(raised)) => raised.to_string(),
            Err(other) => format!("engine failure: {other}"),
        };
        judge(page, call, &got, &format!("wasmtime {label}"), total);
    }
}

/// Compares a call's result with what the page expects.
pub fn judge(page: &Page, call: &Call, got: &str, label: &str, total: &mut Tally) {
    judge_named(&page.name, call.line, &call.expression, &call.expected, call.close, got, label, total);
}

/// As [`judge`], for a call whose page is not at hand.
#[expect(clippy::too_many_arguments, reason = "a row of a report")]
pub fn judge_named(
    page: &str,
    line: usize,
    expression: &str,
    expected: &str,
    close: bool,
    got: &str,
    label: &str,
    total: &mut Tally,
) {
    total.check(compare::agree(expected, got, close), || {
        format!("{page}:{line} in {label}: {expression}\n  expected {expected}\n  got      {got}")
    });
}
