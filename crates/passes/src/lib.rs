//! From typed IR, whose array expressions are fused first ([`fuse`](fn@fuse)), to loop IR ([`scalarise`](mod@scalarise)), and the passes that make loop IR fast.
#![allow(clippy::indexing_slicing, reason = "only arenas are indexed, by handles that they gave out")]
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic))]

mod fuse;
mod loops;
pub mod report;
pub mod scalarise;
mod strings;
mod unroll;

pub use fuse::fuse;
pub use loops::{PassOptions, names as pass_names, optimize};
