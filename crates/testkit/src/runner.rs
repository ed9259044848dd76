//! Compiles the calls of a page in every configuration and makes them.

use crate::page::{Call, Page, Section};
use crate::program::{Program, Row, Types, owners};
use crate::tally::{Tally, judge};
use crate::{compare, node, passes};
use nopython_driver::{Compilation, Options};
use nopython_engine::{Config, Engine, Failure, Instance, OptLevel, Val};
use nopython_types::Type;

/// What running needs, and what it has found.
pub struct Runner {
    engine: Engine,
    batch: node::Batch,
    types: Types,
    total: Tally,
}

/// How calls are compiled.
struct Variant<'a> {
    page: &'a Page,
    section: &'a Section,
    options: Options,
    /// Whether arguments are part of the program.
    constant: bool,
    label: String,
}

impl Runner {
    /// A runner that has found nothing yet.
    pub fn new() -> Result<Runner, String> {
        // Modules are many and run once: what counts is how fast they are translated.
        let mut config = Config::new();
        config.cranelift_opt_level(OptLevel::None);
        let engine = Engine::new(&config).map_err(|error| error.to_string())?;
        Ok(Runner { engine, batch: node::Batch::new()?, types: Types::default(), total: Tally::default() })
    }

    /// Makes in Node the calls of every page that was run: what was found.
    pub fn finish(self) -> Result<Tally, String> {
        let Runner { batch, mut total, .. } = self;
        batch.run(&mut total)?;
        Ok(total)
    }

    /// Runs a page in wasmtime, and prints how it went.
    pub fn run(&mut self, page: &Page, configurations: &[(u8, bool)]) {
        let (passed, before) = (self.total.passed, self.total.failures.len());
        self.run_page(page, configurations);
        let (passed, failed) = (self.total.passed - passed, self.total.failures.len() - before);
        let state = if failed == 0 { "ok    " } else { "FAILED" };
        println!("{state} {} ({passed} passed, {failed} failed)", page.name);
    }

    fn run_page(&mut self, page: &Page, configurations: &[(u8, bool)]) {
        for section in &page.sections {
            if let Some((line, expected)) = &section.error {
                let got = error_text(section);
                self.total.check(got.trim_end() == expected.trim_end(), || {
                    format!("{}:{line}\nexpected:\n{expected}\ngot:\n{got}", page.name)
                });
            }
            passes::run(page, section, &mut self.total);
            let calls: Vec<&Call> = section.calls.iter().collect();
            self.types.find(&calls);
            let groups = if page.sweep { self.inferred_first(section, &calls) } else { vec![calls] };
            for &(opt_level, simd) in configurations {
                let options = Options { opt_level, simd, ..Options::default() };
                let label = format!("-O{opt_level}{}", if simd { "" } else { " --no-simd" });
                let variant = |constant| Variant { page, section, options, constant, label: label.clone() };
                groups.iter().for_each(|calls| self.run_calls(&variant(false), calls));
                // What is known while compiling takes other ways through the compiler.
                if (opt_level, simd) == (2, true) && !page.sweep {
                    let variant = Variant { label: format!("{label}, constant arguments"), ..variant(true) };
                    groups.iter().for_each(|calls| self.run_calls(&variant, calls));
                }
            }
        }
    }

    /// Calls in groups: those that inference takes, and each that it does not, so that many refusals do not make many modules.
    fn inferred_first<'c>(&self, section: &Section, calls: &[&'c Call]) -> Vec<Vec<&'c Call>> {
        let (mut taken, mut groups) = (Vec::new(), Vec::new());
        self.infer(section, calls, &mut taken, &mut groups);
        groups.push(taken);
        groups
    }

    fn infer<'c>(
        &self,
        section: &Section,
        calls: &[&'c Call],
        taken: &mut Vec<&'c Call>,
        refused: &mut Vec<Vec<&'c Call>>,
    ) {
        if Program::of_parameters(section, calls, &self.types).is_inferred() {
            taken.extend(calls);
        } else if let [call] = calls {
            refused.push(vec![call]);
        } else {
            let (first, second) = calls.split_at(calls.len() / 2);
            self.infer(section, first, taken, refused);
            self.infer(section, second, taken, refused);
        }
    }

    /// Compiles calls as one module; when that fails, as two halves, until it is known which calls do not compile.
    fn run_calls(&mut self, variant: &Variant<'_>, calls: &[&Call]) {
        let program = if variant.constant {
            Program::of_constants(variant.section, calls)
        } else {
            Program::of_parameters(variant.section, calls, &self.types)
        };
        let Variant { page, label, .. } = variant;
        match (calls, program.compile(&variant.options)) {
            ([], _) => {}
            (_, Ok(compilation)) => self.run_program(variant, calls, &program, &compilation),
            ([call], Err(_)) if compare::is_refused(&call.expected).is_some() => self.total.passed += 1,
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
                self.run_calls(variant, first);
                self.run_calls(variant, second);
            }
        }
    }

    fn run_program(&mut self, variant: &Variant<'_>, calls: &[&Call], program: &Program, compilation: &Compilation) {
        let Variant { page, label, .. } = variant;
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
    let mut has_lists = false;
    for maker in &row.makers {
        let (export, result) = find(instance, maker)?;
        has_lists |= result.holds_list();
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
    has_lists |= result.holds_list();
    let mut slots = vec![Val::I32(0); result.slots().len()];
    // An exception frees the arguments too: compiled code has allocated them.
    if let Err(failure) = instance.invoke(export, &arguments, &mut slots) {
        return instance.unwind().and(Err(failure));
    }
    let text = instance.lift(&result, &mut slots.into_iter())?.to_string();
    if has_lists {
        return instance.unwind().map(|()| text);
    }
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
