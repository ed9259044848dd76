//! The routines that compiled modules link, one function at a time.
//!
//! `nopython-kernels` compiles this crate for wasm32 and keeps every exported function with its relocations; a module
//! carries only what its functions reach. The math modules also compile natively, where their tests run.
#![cfg_attr(not(test), no_std)]

#[cfg(target_arch = "wasm32")]
mod alloc;
#[cfg(target_arch = "wasm32")]
mod exports;
pub mod math;

#[cfg(all(target_arch = "wasm32", not(test)))]
#[panic_handler]
fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
    core::arch::wasm32::unreachable()
}
