//! Verified loop IR to WebAssembly.
//!
//! [`emit`] decides instructions and layout and nothing about meaning. A function's statements become structured wasm one to one
//! (`stmt`), expressions become operand trees (`expr`), operations are looked up in a table (`select`); integer
//! division, shifts and conversions, which wasm defines otherwise than NumPy, are written out in `integer` and `convert`. `module` puts
//! functions, linked kernels and the runtime's exports together as ARCHITECTURE.md describes.
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing))]

mod address;
mod condition;
mod convert;
mod expr;
mod function;
mod integer;
mod module;
mod narrow;
mod select;
mod share;
mod sites;
mod stmt;
mod used;
mod vector;

pub use function::EmitError;
pub use module::{Emission, EmitOptions, Place, emit};
