//! Runs compiled modules in wasmtime.
//!
//! [`Instance`] is a module with its memory; [`Value`] what goes in and comes out. Exceptions come back as [`Raised`], and leave the
//! instance usable: everything that the call allocated is freed.

mod call;
mod failure;
mod instance;
mod interruptible;
mod text;
mod value;

pub use failure::{Failure, Raised};
pub use instance::{Instance, Program};
pub use text::{float_repr, parse_literal};
pub use value::{Array, Value};
pub use wasmtime::{Config, Engine, OptLevel, Val};
