//! The two intermediate representations, as data.
//!
//! [`typed`] is what a Python function means: structured statements over variables that have one type each, with
//! array expressions as trees. [`loops`] is how it is computed: structured loops over scalar and vector locals,
//! explicit loads, stores, checks, allocation and reference counts. Both name the same scalar operations, the
//! rows of [`ops`].
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing))]

mod arena;
pub mod constant;
pub mod loops;
pub mod ops;
pub mod sorted;
pub mod typed;

pub use arena::{Arena, Handle};
pub use constant::Const;
