//! From typed IR to loop IR ([`scalarise`]), and the passes that make loop IR fast.
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing))]

mod loops;
pub mod scalarise;

pub use loops::{PassOptions, optimize};
