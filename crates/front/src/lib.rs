//! Python source to typed IR.
//!
//! [`parse`](source) gives ruff's syntax tree; [`scope`] finds what the names of the module stand for; [`signature`] reads
//! type expressions; [`infer`](mod@infer) interprets each function abstractly, for one list of argument types at a time, and emits typed
//! IR as it goes. Library functions (`nopython_numpy`) are inferred by the same code; what only they may call is in
//! [`infer::intrinsics`].
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing))]

mod classes;
mod depth;
mod effects;
mod fold;
mod infer;
mod outline;
mod prune;
mod scope;
mod scopes;
mod signature;
mod source;
mod strict;
mod value;

pub use infer::{Call, FrozenArray, Request};
pub use outline::{Outline, Parameter, outline, parameters};
pub use signature::Signature;
pub use strict::strict;

use nopython_diagnostics::Diagnostic;
use nopython_ir::typed;

/// The typed IR of a module and warnings, or what is wrong with it.
///
/// # Errors
/// Every problem found independently of the others; at least one.
pub fn infer(file: &str, text: &str) -> Result<(typed::Module, Vec<Diagnostic>), Vec<Diagnostic>> {
    infer_with(file, text, Vec::new())
}

/// As [`infer`], for a source that may name the arrays given.
///
/// # Errors
/// Every problem found independently of the others; at least one.
pub fn infer_with(
    file: &str,
    text: &str,
    arrays: Vec<FrozenArray>,
) -> Result<(typed::Module, Vec<Diagnostic>), Vec<Diagnostic>> {
    let source = source::Source::new(text);
    let suite = source.parse()?;
    let program = scope::Program::new(suite, arrays)?;
    let (module, warnings) = infer::run(file, &source, &program)?;
    Ok((prune::prune(module), warnings))
}

/// The typed IR of functions that a host asks for by name and argument types, whatever their decorators say. The source may name the
/// arrays given.
///
/// # Errors
/// What is wrong with the source for these types; at least one diagnostic.
pub fn specialise(
    file: &str,
    text: &str,
    arrays: Vec<FrozenArray>,
    requests: &[Request],
) -> Result<(typed::Module, Vec<Diagnostic>), Vec<Diagnostic>> {
    let source = source::Source::new(text);
    let suite = source.parse()?;
    let program = scope::Program::new(suite, arrays)?;
    let (module, warnings) = infer::specialise(file, &source, &program, requests)?;
    Ok((prune::prune(module), warnings))
}

/// The typed IR of a function for the arguments of a call, whatever its decorators say. The source may name the arrays given.
///
/// # Errors
/// What is wrong with the source for these types, or with the call; at least one diagnostic.
pub fn call(
    file: &str,
    text: &str,
    arrays: Vec<FrozenArray>,
    call: Call,
) -> Result<(typed::Module, Vec<Diagnostic>), Vec<Diagnostic>> {
    let source = source::Source::new(text);
    let program = scope::Program::new(source.parse()?, arrays)?;
    let (module, warnings) = infer::call(file, &source, &program, call)?;
    Ok((prune::prune(module), warnings))
}

/// The signatures that an expression stands for: Numba's call form, a list of them, or a tuple of argument types.
///
/// # Errors
/// What cannot be read; its places are offsets in `text`.
pub fn signatures(text: &str) -> Result<Vec<Signature>, Diagnostic> {
    let program = scope::Program::default();
    let types = signature::Types::default();
    let reader = signature::Reader { program: &program, types: &types, at: None };
    let whole = nopython_diagnostics::Span { start: 0, end: u32::try_from(text.len()).unwrap_or(u32::MAX) };
    let unreadable = || {
        Diagnostic::error(
            nopython_diagnostics::codes::BAD_SIGNATURE,
            format!("cannot read the signature {}", nopython_diagnostics::quoted(text)),
        )
        .primary(whole, "here")
    };
    let expression = signature::parse(text).ok_or_else(unreadable)?;
    reader.signatures(&expression).map_err(|stop| match stop {
        infer::Stop::Error(diagnostic) => *diagnostic,
        infer::Stop::PathEnds => unreadable(),
    })
}
