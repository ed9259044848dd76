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
    report(&run_pages(&pages, &CONFIGURATIONS)?)
}

/// Runs the sweep over the library, or over the functions that are named, as it is compiled by default. What is refused of the whole library
/// is compared with the list that is kept, or with `--bless` becomes it.
pub fn sweep(arguments: &[String]) -> Result<bool, String> {
    let bless = arguments.iter().any(|argument| argument == "--bless");
    let only: Vec<String> = arguments.iter().filter(|argument| *argument != "--bless").cloned().collect();
    let mut total = run_pages(&[sweep::page(&only)?], &CONFIGURATIONS[3..])?;
    let refused = grouped(&mut total.refused);
    if only.is_empty() {
        let list = crate::root().join("tests/numpy/refusals.txt");
        if bless {
            std::fs::write(&list, &refused).map_err(|error| format!("{}: {error}", list.display()))?;
        }
        let kept = std::fs::read_to_string(&list).unwrap_or_default();
        let lost: Vec<&str> = refused.lines().filter(|line| !kept.lines().any(|k| k == *line)).collect();
        let gained: Vec<&str> = kept.lines().filter(|line| !refused.lines().any(|r| r == *line)).collect();
        total.check(lost.is_empty() && gained.is_empty(), || {
            format!(
                "what is refused has changed; `nopython-testkit sweep --bless` writes tests/numpy/refusals.txt anew\n  refused now: {lost:#?}\n  refused before: {gained:#?}"
            )
        });
    }
    report(&total)
}

fn run_pages(pages: &[Page], configurations: &[(u8, bool)]) -> Result<Tally, String> {
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
    Ok(total)
}

fn report(total: &Tally) -> Result<bool, String> {
    for failure in &total.failures {
        println!("\n{failure}");
    }
    println!("\n{} passed, {} failed", total.passed, total.failures.len());
    Ok(total.failures.is_empty())
}

/// What does not compile, and how often, by function and reason: a line each.
fn grouped(refused: &mut [(String, String)]) -> String {
    refused.sort();
    let groups = refused.chunk_by(|a, b| a == b).filter_map(|group| Some((group.len(), group.first()?)));
    groups.map(|(count, (function, reason))| format!("{count:4} {function}: {reason}\n")).collect()
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
            run_section(
                engine,
                page,
                section,
                &calls,
                &Options { opt_level, simd, ..Options::default() },
                batch,
                total,
            );
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
        ([call], Err(_)) if call.expected == compare::REFUSED => total.passed += 1,
        // The sweep asks for what NumPy takes, which is more than can be compiled; what it gets must be right, and a mistake of the
        // compiler is no refusal.
        ([call], Err(message)) if page.sweep && !message.contains("error[internal]") => {
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
