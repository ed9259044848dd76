//! The compiler: the table of contents. Every phase is named here, in order, and nothing else knows the order.
//!
//! ```
//! let source = "from numba import njit\n@njit('int32(int32, int32)')\ndef f(x, y):\n    return x + y\n";
//! let compilation = nopython_driver::compile("kernels.py", source, &Default::default()).unwrap();
//! assert_eq!(compilation.interface.exports[0].name, "f");
//! ```
// The compiler for browsers is built without the text of `{:?}`, so that what others read is never written with it.
#![deny(clippy::use_debug)]
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing))]

mod report;
mod request;

pub use nopython_front::{Call, FrozenArray, Outline, Request, Signature, outline, parameters, signatures, strict};
pub use nopython_passes::pass_names as passes;
pub use nopython_passes::report::{LoopReport, Outcome};
pub use report::FunctionReport;
pub use request::{frozen_arrays, requested};

use nopython_diagnostics::{Diagnostic, Span, codes};
use nopython_ir::{loops, typed};
use nopython_passes::scalarise::{Refused, refused_write, scalarise};
use nopython_passes::{PassOptions, fuse, optimize};
use nopython_types::Interface;
use nopython_wasm::{Emission, EmitError, EmitOptions, Place};

/// How to compile.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Options {
    /// 0: as written; 2: every pass. Results are the same.
    pub opt_level: u8,
    /// Whether 128-bit vectors may be used.
    pub simd: bool,
    /// Whether function names are kept in the module.
    pub names: bool,
    /// A pass, by its name in [`passes`], that is left out. The result is the same; the fuzzer looks for passes of which this is not true.
    pub without: Option<&'static str>,
    /// Where the module's arrays and tables lie in a memory that it imports and shares with other modules; `None` for a memory of its
    /// own. From there on the memory must be zero, and the host's to give.
    pub shared_base: Option<u32>,
}

impl Default for Options {
    fn default() -> Self {
        Options { opt_level: 2, simd: true, names: false, without: None, shared_base: None }
    }
}

/// What compiling gives.
#[derive(Clone, Debug)]
pub struct Compilation {
    /// The module.
    pub wasm: Vec<u8>,
    /// How many pages of 64 KiB its memory has when it is started; 0 without one. A host that shares a memory sees to it.
    pub pages: u32,
    /// Which places of the source are where in the module's bytes, in ascending order: beginnings of functions, loops, and where errors are raised.
    pub places: Vec<SourcePlace>,
    /// What a host must know about it.
    pub interface: Interface,
    /// What may not be as meant.
    pub warnings: Vec<Diagnostic>,
}

/// A place of the source in the module's bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SourcePlace {
    /// Bytes from the beginning of the module.
    pub offset: usize,
    /// Line and column, counted from 1; `None` where code begins that is of no exported function.
    pub place: Option<(u32, u32)>,
}

/// Compiles the functions of a Python module that have a signature. `file` is the name that errors show.
///
/// # Errors
/// What is wrong with the source; at least one diagnostic is an error.
pub fn compile(file: &str, text: &str, options: &Options) -> Result<Compilation, Vec<Diagnostic>> {
    compile_with(file, text, Vec::new(), options)
}

/// As [`compile`], for a source that may name the arrays given, as globals that it may not write to.
///
/// # Errors
/// What is wrong with the source; at least one diagnostic is an error.
pub fn compile_with(
    file: &str,
    text: &str,
    arrays: Vec<FrozenArray>,
    options: &Options,
) -> Result<Compilation, Vec<Diagnostic>> {
    finish(file, nopython_front::infer_with(file, text, arrays)?, options)
}

/// Compiles functions for the argument types that a host asks for, whatever their decorators say; exports are in the order of
/// `requests`. The source may name the arrays given, as globals that it may not write to.
///
/// # Errors
/// What is wrong with the source for these types; at least one diagnostic is an error.
pub fn specialise(
    file: &str,
    text: &str,
    arrays: Vec<FrozenArray>,
    requests: &[Request],
    options: &Options,
) -> Result<Compilation, Vec<Diagnostic>> {
    finish(file, nopython_front::specialise(file, text, arrays, requests)?, options)
}

/// Compiles a function for the arguments of a call, whatever its decorators say. The source may name the arrays given, as globals that it
/// may not write to.
///
/// # Errors
/// What is wrong with the source for these types, or with the call; at least one diagnostic is an error.
pub fn call(
    file: &str,
    text: &str,
    arrays: Vec<FrozenArray>,
    call: Call,
    options: &Options,
) -> Result<Compilation, Vec<Diagnostic>> {
    finish(file, nopython_front::call(file, text, arrays, call)?, options)
}

/// Typed IR to bytes.
fn finish(
    file: &str,
    (typed, warnings): (typed::Module, Vec<Diagnostic>),
    options: &Options,
) -> Result<Compilation, Vec<Diagnostic>> {
    let loops = lower_typed(typed, options)?;
    let verified = loops::verify(&loops).map_err(|error| vec![internal(error.to_string())])?;
    let emission = EmitOptions { names: options.names, shared_memory: options.shared_base.is_some() };
    let Emission { prints, wasm, pages, places, sites } =
        nopython_wasm::emit(verified, emission).map_err(|error| match error {
            EmitError::Mistake(problem) => vec![internal(problem)],
            EmitError::TooLarge(name) => vec![
                Diagnostic::error(codes::TOO_LARGE, format!("`{name}` is larger than WebAssembly engines accept"))
                    .hint("split it into functions"),
            ],
        })?;
    let line_of = |place: &Place| match place {
        Place::Function(id) => loops.exports.iter().find(|(_, of)| of == id).map(|(export, _)| (export.line, 1)),
        Place::Line(line) => Some((*line, 1)),
        Place::Site(number) => sites.get(*number as usize).map(|site| (site.line, site.column)),
        Place::Other => None,
    };
    let places = places.iter().map(|(offset, place)| SourcePlace { offset: *offset, place: line_of(place) }).collect();
    let exports = loops.exports.into_iter().map(|(export, _)| export).collect();
    Ok(Compilation {
        wasm,
        pages,
        places,
        interface: Interface { file: file.to_owned(), exports, prints, sites },
        warnings,
    })
}

/// Typed IR to optimised loop IR.
fn lower_typed(mut typed: typed::Module, options: &Options) -> Result<loops::Module, Vec<Diagnostic>> {
    if let Some(write) = refused_write(&typed) {
        return Err(vec![refused(&write)]);
    }
    if options.opt_level > 0 {
        fuse(&mut typed);
    }
    if cfg!(debug_assertions) {
        typed::verify::verify(&typed).map_err(|error| vec![internal(error.to_string())])?;
    }
    let mut loops =
        scalarise(&typed, options.shared_base.unwrap_or(loops::DATA)).map_err(|error| vec![internal(error.0)])?;
    let has_kernel = |name: &str| nopython_kernels::signature(name).is_some();
    let passes = PassOptions { opt_level: options.opt_level, simd: options.simd, without: options.without, has_kernel };
    optimize(&mut loops, &passes).map_err(|error| vec![internal(error.to_string())])?;
    Ok(loops)
}

/// What became of each loop: whether it runs on vectors or why not, and which bounds checks stay.
///
/// # Errors
/// What is wrong with the source.
pub fn report(file: &str, text: &str, options: &Options) -> Result<Vec<FunctionReport>, Vec<Diagnostic>> {
    report_typed(nopython_front::infer(file, text)?.0, options)
}

/// As [`report`], for functions that a host asks for.
///
/// # Errors
/// What is wrong with the source for these types.
pub fn report_specialised(
    file: &str,
    text: &str,
    arrays: Vec<FrozenArray>,
    requests: &[Request],
    options: &Options,
) -> Result<Vec<FunctionReport>, Vec<Diagnostic>> {
    report_typed(nopython_front::specialise(file, text, arrays, requests)?.0, options)
}

fn report_typed(typed: typed::Module, options: &Options) -> Result<Vec<FunctionReport>, Vec<Diagnostic>> {
    let loops = lower_typed(typed.clone(), options)?;
    Ok(report::functions(&typed, &loops))
}

/// What is wrong with a source, and what may not be as meant.
#[must_use]
pub fn check(file: &str, text: &str) -> Vec<Diagnostic> {
    match compile(file, text, &Options::default()) {
        Ok(compilation) => compilation.warnings,
        Err(diagnostics) => diagnostics,
    }
}

/// A stage of the compiler that can be looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Inspect {
    /// Variables and their types.
    Types,
    /// The typed IR.
    Typed,
    /// The loop IR after all passes.
    Loops,
}

/// A stage as text, of one function or of all.
///
/// # Errors
/// What is wrong with the source.
pub fn inspect(
    file: &str,
    text: &str,
    options: &Options,
    function: Option<&str>,
    what: Inspect,
) -> Result<String, Vec<Diagnostic>> {
    inspect_typed(&nopython_front::infer(file, text)?.0, options, function, what)
}

/// As [`inspect`], for functions that a host asks for.
///
/// # Errors
/// What is wrong with the source for these types.
pub fn inspect_specialised(
    file: &str,
    text: &str,
    arrays: Vec<FrozenArray>,
    requests: &[Request],
    options: &Options,
    what: Inspect,
) -> Result<String, Vec<Diagnostic>> {
    inspect_typed(&nopython_front::specialise(file, text, arrays, requests)?.0, options, None, what)
}

fn inspect_typed(
    typed: &typed::Module,
    options: &Options,
    function: Option<&str>,
    what: Inspect,
) -> Result<String, Vec<Diagnostic>> {
    let wanted = |name: &str| function.is_none_or(|function| function == name);
    let texts: Vec<String> = match what {
        Inspect::Types => typed.functions.iter().map(|(_, f)| f).filter(|f| wanted(&f.name)).map(types).collect(),
        Inspect::Typed => {
            let chosen = typed.functions.iter().filter(|(_, f)| wanted(&f.name));
            chosen.map(|(id, _)| typed::print::function(typed, id)).collect()
        }
        Inspect::Loops => {
            let loops = lower_typed(typed.clone(), options)?;
            let chosen = loops.functions.iter().map(|(_, f)| f).filter(|f| wanted(&f.name));
            chosen.map(|f| loops::print_function(&loops, f)).collect()
        }
    };
    Ok(texts.join("\n"))
}

/// A function with the types of its parameters and its result.
fn signature(function: &typed::Function) -> String {
    let params: Vec<String> = function.params.iter().filter_map(|&p| declared(function, p)).collect();
    format!("{}({}) -> {}", function.name, params.join(", "), function.result)
}

/// A variable with its type.
fn declared(function: &typed::Function, var: typed::VarId) -> Option<String> {
    function.vars.get(var).map(|var| format!("{}: {}", var.name, var.ty))
}

/// The signature of a function, and its other variables with their types.
fn types(function: &typed::Function) -> String {
    let others = function.vars.handles().filter(|id| !function.params.contains(id));
    let others = others.filter_map(|id| declared(function, id));
    others.fold(signature(function) + "\n", |text, var| text + "    " + &var + "\n")
}

fn refused(write: &Refused<'_>) -> Diagnostic {
    let span = |place: typed::Place| Span { start: place.start, end: place.end };
    match *write {
        Refused::Frozen(global, place) => {
            let message = format!("writing to the global `{}` is not compiled", global.name);
            Diagnostic::error(codes::UNSUPPORTED_SYNTAX, message)
                .primary(span(place), "writes to it")
                .hint("the array is frozen when the function is compiled; pass it as an argument")
        }
        Refused::Stretched(place) => Diagnostic::error(codes::TYPE_MISMATCH, "assignment destination is read-only")
            .primary(span(place), "stores to np.broadcast_to")
            .hint("copy it first: np.broadcast_to(a, shape).copy()"),
    }
}

fn internal(problem: String) -> Diagnostic {
    Diagnostic::error(codes::INTERNAL, format!("the compiler made a mistake: {problem}"))
        .hint("please report this program; it should have compiled, or been refused with a reason")
}
