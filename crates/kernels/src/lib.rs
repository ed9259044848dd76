//! `library/kernels`, linked function by function.
//!
//! The build script compiles that crate for wasm32 and digests it into a table of function bodies and data, cut at
//! their relocations. [`link`] takes the names that a module calls, keeps what they reach, lays the data out from an
//! address of the caller's choice and fills the relocations in.
//!
//! ```text
//! data_base            stack (only if used)      heap_base
//! │ constant tables …  │ ◀── grows downwards     │ state of the allocator, blocks …
//! ```
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing))]

mod link;
mod table;

pub use link::{Layout, LinkError, Linked, LinkedFunction, link};
pub use table::{Signature, ValType, names, signature};
