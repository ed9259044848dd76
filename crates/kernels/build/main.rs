//! Compiles `library/kernels` for wasm32 and digests it into the table that the linker reads.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a build script reads the world and stops at the first thing that is wrong"
)]

mod compile;
mod digest;
mod object;
mod write;

use std::path::Path;
use std::{env, fs};

fn main() {
    let source = Path::new(&env::var("CARGO_MANIFEST_DIR").unwrap()).join("../../library/kernels");
    for input in ["src", "allocator", "Cargo.toml", "Cargo.lock"] {
        println!("cargo:rerun-if-changed={}", source.join(input).display());
    }
    println!("cargo:rerun-if-changed=build");
    let out = env::var("OUT_DIR").unwrap();
    let out = Path::new(&out);
    let wasm = compile::compile(&source.canonicalize().unwrap(), &out.join("kernels"));
    let bytes = fs::read(&wasm).unwrap_or_else(|e| panic!("{}: {e}", wasm.display()));
    let object = object::read(&bytes);
    let digest = digest::digest(&object);
    write::write(&digest, out);
}
