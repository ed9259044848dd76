//! Runs pages in every configuration.

use crate::page::{self, Call, Page, Section};
use crate::program::{Program, Row, Types, owners};
use crate::{compare, examples, node, passes, sweep};
use nopython_driver::{Compilation, Options};
use nopython_engine::{Config, Engine, Failure, Instance, OptLevel, Val};
use nopython_types::Type;
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
    // Modules are many and run once: what counts is how fast they are translated.
    let mut config = Config::new();
    config.cranelift_opt_level(OptLevel::None);
    let engine = Engine::new(&config).map_err(|error| error.to_string())?;
    let mut runner = Runner { engine, batch: node::Batch::new()?, types: Types::default(), total: Tally::default() };
    for page in pages {
        let before = runner.total.failures.len();
        let passed = runner.total.passed;
        runner.run_page(page, configurations);
        let failed = runner.total.failures.len() - before;
        println!(
            "{} {} ({} passed, {failed} failed)",
            if failed == 0 { "ok    " } else { "FAILED" },
            page.name,
            runner.total.passed - passed
        );
    }
    let Runner { batch, mut total, .. } = runner;
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

/// What running needs, and what it has found.
struct Runner {
    engine: Engine,
    batch: node::Batch,
    types: Types,
    total: Tally,
}

/// How calls are compiled.
struct How<'a> {
    page: &'a Page,
    section: &'a Section,
    options: Options,
    /// Whether arguments are part of the program.
    constant: bool,
    label: String,
}

impl Runner {
    fn run_page(&mut self, page: &Page, configurations: &[(u8, bool)]) {
        for section in &page.sections {
            if let Some((line, expected)) = &section.error {
                let got = error_text(section);
                self.total.check(got.trim_end() == expected.trim_end(), || {
                    format!("{}:{line}\nexpected:\n{expected}\ngot:\n{got}", page.name)
                });
            }
            passes::run(page, section, &mut self.total);
            let (constant, given): (Vec<&Call>, Vec<&Call>) = section.calls.iter().partition(|call| call.constant);
            self.types.find(&given);
            for &(opt_level, simd) in configurations {
                let options = Options { opt_level, simd, ..Options::default() };
                let label = format!("-O{opt_level}{}", if simd { "" } else { " --no-simd" });
                let how = |constant| How { page, section, options, constant, label: label.clone() };
                self.run_calls(&how(false), &given);
                self.run_calls(&how(true), &constant);
                // What is known while compiling takes other ways through the compiler.
                if (opt_level, simd) == (2, true) && !page.sweep {
                    self.run_calls(&How { label: format!("{label}, constant arguments"), ..how(true) }, &given);
                }
            }
        }
    }

    /// Compiles calls as one module; when that fails, as two halves, until it is known which calls do not compile.
    fn run_calls(&mut self, how: &How<'_>, calls: &[&Call]) {
        let program = if how.constant {
            Program::of_constants(how.section, calls)
        } else {
            Program::of_parameters(how.section, calls, &self.types)
        };
        let How { page, label, .. } = how;
        match (calls, program.compile(&how.options)) {
            ([], _) => {}
            (_, Ok(compilation)) => self.run_program(how, calls, &program, &compilation),
            ([call], Err(_)) if call.expected == compare::REFUSED => self.total.passed += 1,
            // The sweep asks for what NumPy takes, which is more than can be compiled; what it gets must be right, and a mistake of the
            // compiler is no refusal.
            ([call], Err(message)) if page.sweep && !message.contains("error[internal]") => {
                let function = call.expression.split('(').next().unwrap_or_default().to_owned();
                self.total.refused.push((function, message.lines().next().unwrap_or_default().to_owned()));
            }
            ([call], Err(message)) => {
                let failure = format!("{}:{} {label}: {}\n{message}", page.name, call.line, call.expression);
                self.total.failures.push(failure);
            }
            (_, Err(_)) => {
                let (first, second) = calls.split_at(calls.len() / 2);
                self.run_calls(how, first);
                self.run_calls(how, second);
            }
        }
    }

    fn run_program(&mut self, how: &How<'_>, calls: &[&Call], program: &Program, compilation: &Compilation) {
        let How { page, label, .. } = how;
        self.batch.add(page, calls, program, compilation, label);
        let mut instance = match Instance::new(&self.engine, compilation) {
            Ok(instance) => instance,
            Err(failure) => return self.total.failures.push(format!("{} {label}: {failure}", page.name)),
        };
        for (call, row) in calls.iter().zip(&program.rows) {
            let got = match make(&mut instance, row) {
                Ok(value) => value,
                Err(Failure::Raised(raised)) => raised.to_string(),
                Err(other) => format!("engine failure: {other}"),
            };
            judge(page, call, &got, &format!("wasmtime {label}"), &mut self.total);
        }
    }
}

/// Makes the arguments of a call and calls: the result as canonical text. Arrays go from one call to the other where they are, with
/// their strides; the host keeps them alive, as the binary interface has it.
fn make(instance: &mut Instance, row: &Row) -> Result<String, Failure> {
    instance.renew()?;
    let (mut arguments, mut blocks) = (Vec::new(), Vec::new());
    for maker in &row.makers {
        let (export, result) = find(instance, maker)?;
        let mut slots = vec![Val::I32(0); result.slots().len()];
        instance.invoke(export, &[], &mut slots)?;
        for owner in owners(&result) {
            if let Some(Val::I32(address)) = slots.get_mut(owner).map(|slot| std::mem::replace(slot, Val::I32(0))) {
                blocks.push(address);
            }
        }
        arguments.extend(slots);
    }
    let (export, result) = find(instance, &row.function)?;
    let mut slots = vec![Val::I32(0); result.slots().len()];
    // An exception frees the arguments too: compiled code has allocated them.
    instance.invoke(export, &arguments, &mut slots)?;
    let text = instance.lift(&result, &mut slots.into_iter())?.to_string();
    blocks.into_iter().try_for_each(|address| instance.release(address))?;
    Ok(text)
}

fn find(instance: &Instance, symbol: &str) -> Result<(usize, Type), Failure> {
    let mut exports = instance.interface().exports.iter().enumerate();
    let found = exports.find(|(_, export)| export.symbol == symbol);
    let (index, export) = found.ok_or_else(|| Failure::Engine(format!("no export {symbol}")))?;
    Ok((index, export.result.clone()))
}

/// What compiling a section's source prints.
pub fn error_text(section: &Section) -> String {
    let text = &section.source;
    let diagnostics = nopython_driver::check("kernels.py", text);
    diagnostics.iter().map(|d| nopython_diagnostics::render("kernels.py", text, d)).collect::<Vec<_>>().join("\n")
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
