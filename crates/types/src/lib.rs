//! dtypes, promotion, array layouts and signatures.
//!
//! Everything here is a table or a total function over one; there is no analysis. A [`Type`] says what a value
//! is at run time and how it is passed: [`Type::slots`] is the calling convention of every compiled function,
//! inside the module and at its border with a host.
// The compiler for browsers is built without the text of `{:?}`, so that what others read is never written with it.
#![deny(clippy::use_debug)]

mod dtype;
pub mod encoding;
pub mod generators;
mod interface;
pub mod limits;
pub mod list;
mod promote;
pub mod record;
mod structured;
mod ty;

pub use dtype::{DType, Kind};
pub use interface::{Exception, Export, Interface, Literal, Param, Passing, Site, quoted};
pub use promote::{join_scalars, promote};
pub use record::{Class, Record};
pub use structured::{Element, Field, Structure, Structured};
pub use ty::{ArrayType, Items, Layout, Names, Scalar, Slot, Type};
