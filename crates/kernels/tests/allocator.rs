//! The allocator under stress, in Node.
#![allow(clippy::unwrap_used, clippy::print_stdout, clippy::disallowed_methods, reason = "a test")]

mod wrap;

#[test]
fn allocator_keeps_its_promises() {
    let module = wrap::module(&["np_alloc", "np_drop", "np_host_alloc", "np_lend", "np_release", "np_unwind"]);
    wrap::node("allocator.mjs", &[wrap::file("allocator.wasm", &module)]);
}

#[test]
fn modules_that_only_pass_arrays_stay_small() {
    let module = wrap::module(&["np_host_alloc", "np_release"]);
    assert!(module.len() <= 1060, "{} bytes", module.len());
    let allocating = wrap::module(&["np_alloc", "np_drop", "np_host_alloc", "np_release", "np_unwind"]);
    assert!(allocating.len() <= module.len() + 510, "{} and {} bytes", module.len(), allocating.len());
}
