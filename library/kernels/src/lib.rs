//! The routines that compiled modules link, one function at a time.
//!
//! `nopython-kernels` compiles this crate for wasm32 and keeps every exported function with its relocations; a module
//! carries only what its functions reach. From `std` come only methods that are single instructions (`sqrt`, `trunc`);
//! nothing here allocates, panics or calls the host. The math modules also compile natively, where their tests run.

#[cfg(target_arch = "wasm32")]
use nopython_library_allocator as _;
#[cfg(target_arch = "wasm32")]
mod exports;
pub mod math;
