//! From typed IR to loop IR ([`scalarise`]), and the passes that make loop IR fast.
#![allow(clippy::indexing_slicing, reason = "only arenas are indexed, by handles that they gave out")]
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic))]

mod loops;
pub mod report;
pub mod scalarise;

pub use loops::{PassOptions, optimize};
