//! Runs compiled modules in wasmtime, or, where this program is WebAssembly itself, in the engine around it.
//!
//! [`Instance`] is a module with its memory; [`Value`] what goes in and comes out. Exceptions come back as [`Raised`], and leave the
//! instance usable: everything that the call allocated is freed.

mod call;
mod failure;
pub mod generators;
#[cfg(not(target_family = "wasm"))]
mod instance;
#[cfg(not(target_family = "wasm"))]
mod interruptible;
pub mod lists;
#[cfg(target_family = "wasm")]
mod outside;
pub mod records;
mod text;
mod value;

pub use failure::{Failure, Raised};
#[cfg(not(target_family = "wasm"))]
pub use instance::{Instance, Printer, Program};
#[cfg(target_family = "wasm")]
pub use outside::{Engine, Instance, Val};
pub use records::RecordArray;
pub use text::{float_repr, parse_literal};
pub use value::{Array, Value};
#[cfg(not(target_family = "wasm"))]
pub use wasmtime::{Config, Engine, OptLevel, Val};
