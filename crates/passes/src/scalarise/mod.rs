//! Typed IR to loop IR: where array expressions become loops.
//!
//! # How
//!
//! A scalar expression becomes a loop-IR expression, preceded by the statements it needs (checks, calls, loops of reductions).
//! An array expression becomes either an [`ArrayRef`](value::ArrayRef), memory with extents and strides, or a [`Lazy`](lazy::Lazy) tree, a
//! rule for each element. A lazy tree meets memory in three ways only: it is written into a buffer, reduced, or read
//! at one index; each gives one loop nest (or none) around [`Lowering::element`](lower::Lowering::element), and so fuses whatever
//! the tree contains.
//!
//! # Invariants
//!
//! - The expressions inside an `ArrayRef` or a `Lazy` leaf are constants, locals that nothing in the same statement changes, or
//!   products of such: they may be used any number of times.
//! - Statements go to the innermost open block ([`Lowering::emit`](lower::Lowering::emit)); a value made in a block is used only in it.
//! - Every owned reference is either in a variable, on the list of temporaries released at the end of the statement, or moved out by `return`.

mod analysis;
mod arrays;
mod complex;
mod create;
mod element;
mod globals;
mod lazy;
mod lists;
mod lower;
mod nest;
mod origins;
mod pairwise;
mod place;
mod positions;
mod records;
mod reduce;
mod scalars;
mod stmts;
mod stores;
mod sums;
mod updates;
mod value;

pub use origins::{Origins, Refused, refused_write};
pub use updates::Update;

use lower::{Lowering, Shared};
use nopython_ir::{loops, typed};
use nopython_types::{Export, Param};

/// A typed IR that breaks its own rules; cannot happen after verification.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Malformed(pub String);

type Lowered<T> = Result<T, Malformed>;

fn malformed<T>(what: impl Into<String>) -> Lowered<T> {
    Err(Malformed(what.into()))
}

/// Lowers a verified module, with its arrays in memory from `data_base` on.
///
/// # Errors
/// [`Malformed`] when the module breaks a rule of the typed IR.
pub fn scalarise(module: &typed::Module, data_base: u32) -> Result<loops::Module, Malformed> {
    let source = module;
    let module = &*crate::strings::as_arrays(source);
    let origins = origins::Origins::of(module);
    let facts = analysis::analyse(module, &origins);
    let (addresses, data) = globals::placed(module, data_base);
    let mut shared = Shared::new(module.functions.len(), addresses, origins);
    let mut lowered = Vec::with_capacity(module.functions.len());
    for ((id, function), facts) in module.functions.iter().zip(&facts) {
        lowered.push(Lowering::new(module, id, function, facts, &mut shared).function()?);
    }
    let start = globals::start(module, &mut shared);
    let mut out = loops::Module { sites: shared.sites, data, start, ..Default::default() };
    for function in lowered.into_iter().chain(shared.helpers) {
        out.functions.push(function);
    }
    let mut overloads = 0;
    for (i, export) in module.exports.iter().enumerate() {
        let first = i == 0 || module.exports.get(i - 1).is_some_and(|e| e.name != export.name);
        overloads = if first { 0 } else { overloads + 1 };
        let Some(function) = source.functions.get(export.function) else {
            return malformed("export of an unknown function");
        };
        let written = facts.get(export.function.index()).map(|f| f.written.as_slice()).unwrap_or_default();
        out.exports.push((
            describe(export, function, written, overloads),
            loops::FuncId::new(u32::try_from(export.function.index()).unwrap_or(u32::MAX)),
        ));
    }
    Ok(out)
}

/// What a host sees of an exported function.
fn describe(export: &typed::Export, function: &typed::Function, written: &[bool], overload: usize) -> Export {
    let params = function.params.iter().enumerate().map(|(i, &var)| {
        let var = &function.vars[var];
        Param {
            name: var.name.clone(),
            ty: var.ty.clone(),
            default: export.defaults.get(i).cloned().flatten(),
            written: written.get(i).copied().unwrap_or(false),
            passing: export.passing.get(i).copied().unwrap_or_default(),
        }
    });
    Export {
        name: export.name.clone(),
        symbol: if overload == 0 { export.name.clone() } else { format!("{}#{overload}", export.name) },
        doc: export.doc.clone(),
        params: params.collect(),
        result: function.result.clone(),
        line: function.place.line,
    }
}
