//! Carries the page of every diagnostic code into the binary, so that `nopython explain` needs no files.
#![allow(clippy::disallowed_methods, clippy::expect_used, clippy::panic, clippy::print_stdout)] // A build script reads and writes files.

use std::fmt::Write;
use std::path::Path;

fn main() {
    let root = std::env::var("CARGO_MANIFEST_DIR").expect("cargo sets it");
    let folder = Path::new(&root).join("../../tests/errors");
    println!("cargo::rerun-if-changed={}", folder.display());
    let mut pages: Vec<_> = std::fs::read_dir(&folder)
        .unwrap_or_else(|error| panic!("cannot read {}: {error}", folder.display()))
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|e| e == "md"))
        .collect();
    pages.sort();
    let mut table = String::from("&[\n");
    for page in &pages {
        let code = page.file_stem().unwrap_or_default().to_string_lossy();
        let path = page.canonicalize().expect("the folder lists it");
        writeln!(table, "    ({code:?}, include_str!({path:?})),").expect("strings grow");
    }
    table.push(']');
    let out = std::env::var("OUT_DIR").expect("cargo sets it");
    std::fs::write(Path::new(&out).join("explain.rs"), table).expect("cargo's folder is writable");
}
