//! Python source to typed IR.
//!
//! [`parse`](source) gives ruff's syntax tree; [`scope`] finds what the names of the module stand for; [`signature`] reads
//! type expressions; [`infer`](mod@infer) interprets each function abstractly, for one list of argument types at a time, and emits typed
//! IR as it goes. Library functions (`nopython_numpy`) are inferred by the same code; what only they may call is in
//! [`infer::intrinsics`].
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing))]

mod depth;
mod fold;
mod infer;
mod prune;
mod scope;
mod signature;
mod source;
mod value;

use nopython_diagnostics::Diagnostic;
use nopython_ir::typed;

/// The typed IR of a module and warnings, or what is wrong with it.
///
/// # Errors
/// Every problem found independently of the others; at least one.
pub fn infer(file: &str, text: &str) -> Result<(typed::Module, Vec<Diagnostic>), Vec<Diagnostic>> {
    let source = source::Source::new(text);
    let suite = source.parse()?;
    let program = scope::Program::new(suite)?;
    let (module, warnings) = infer::run(file, &source, &program)?;
    Ok((prune::prune(module), warnings))
}
