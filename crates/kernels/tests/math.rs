//! The math functions against exact values and NumPy's, and vectors against scalars, in Node.
#![allow(clippy::unwrap_used, clippy::print_stdout, clippy::disallowed_methods, reason = "a test")]

mod wrap;

use std::path::PathBuf;

fn all() -> Vec<&'static str> {
    nopython_kernels::names().filter(|name| !name.starts_with("np_")).collect()
}

#[test]
fn math_is_exact_to_a_unit() {
    let module = wrap::file("math.wasm", &wrap::module(&all()));
    let table = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/exact.tsv");
    wrap::node("math.mjs", &[module, table]);
}

#[test]
fn each_kernel_links_alone() {
    for name in all() {
        wrap::module(&[name]);
    }
}

#[test]
fn linking_depends_on_neither_order_nor_place() {
    let layout = wrap::LAYOUT;
    let one = nopython_kernels::link(&["exp_f64", "np_release", "sin_f64"], layout).unwrap();
    let other = nopython_kernels::link(&["sin_f64", "exp_f64", "np_release", "exp_f64"], layout).unwrap();
    assert_eq!(one, other);
    let moved = nopython_kernels::link(
        &["exp_f64x2"],
        nopython_kernels::Layout { first_function: 200, data_base: 70_000, ..layout },
    )
    .unwrap();
    assert_eq!(moved.function_index("exp_f64x2"), Some(200));
    assert!(moved.data.iter().all(|(address, _)| *address >= 70_000));
    assert!(moved.heap_base > 70_000 && moved.heap_base.is_multiple_of(16) && moved.memory_pages >= 2);

    // In a shared memory the heap lies where it is told, whatever the data take.
    let shared = nopython_kernels::Layout { data_base: 1 << 20, heap_base: Some(20_000), ..layout };
    let shared = nopython_kernels::link(&["exp_f64x2", "np_release"], shared).unwrap();
    assert_eq!((shared.heap_base, shared.memory_pages), (20_000, 17));
}

#[test]
fn unknown_kernels_are_named() {
    let error = nopython_kernels::link(&["sine_f64"], wrap::LAYOUT).unwrap_err();
    assert_eq!(error.to_string(), "there is no kernel `sine_f64`");
    assert_eq!(nopython_kernels::signature("sine_f64"), None);
}

#[test]
fn signatures_follow_the_names() {
    use nopython_kernels::ValType::{F32, F64, I32, V128};
    for name in nopython_kernels::names() {
        let signature = nopython_kernels::signature(name).unwrap();
        let ty = match name.rsplit_once('_').unwrap().1 {
            "f64" => F64,
            "f32" => F32,
            "f64x2" | "f32x4" => V128,
            _ => continue,
        };
        assert!(signature.result == Some(ty) && signature.params.iter().all(|param| *param == ty), "{name}");
    }
    assert_eq!(nopython_kernels::signature("np_host_alloc").unwrap().params, [I32]);
}
