//! The compiler as a WebAssembly module, as small as it gets.

use crate::places;
use crate::run::{self, cargo};
use std::path::{Path, PathBuf};

/// The standard library is compiled along, for size and without the words of panics, which nobody reads in a page. Stable Rust takes
/// these flags when it is told to (`RUSTC_BOOTSTRAP`).
const WITH_STD: [&str; 2] = ["-Zbuild-std=std,panic_abort", "-Zbuild-std-features=optimize_for_size"];
/// A panic is a trap, and neither carries its place nor the text of `{:?}`; a value of more than 8 bytes is copied by one
/// instruction; loops keep their counters as they are; the linker pads no numbers.
const FLAGS: [&str; 11] = [
    "-Zunstable-options",
    "-Cpanic=immediate-abort",
    "-Zlocation-detail=none",
    "-Zfmt-debug=none",
    "-Cllvm-args=-max-store-memcpy=1",
    "-Cllvm-args=-max-store-memmove=1",
    "-Cllvm-args=-max-store-memset=1",
    "-Cllvm-args=-disable-lsr",
    "-Cllvm-args=-disable-machine-licm",
    "-Cstrip=symbols",
    "-Clink-arg=--compress-relocations",
];

/// Builds it and gives the path of the module. Without the source of the standard library it is a tenth larger.
pub fn build() -> Result<PathBuf, String> {
    let (manifest, target) = ("crates/browser/Cargo.toml", "wasm32-unknown-unknown");
    let mut command = cargo(["build", "--quiet", "--release", "--target", target, "--manifest-path", manifest]);
    if has_std_source() {
        command.args(WITH_STD).env("RUSTC_BOOTSTRAP", "1").env("CARGO_ENCODED_RUSTFLAGS", FLAGS.join("\x1f"));
    }
    run::run(&mut command)?;
    Ok(places::target().join(target).join("release/nopython_browser.wasm"))
}

/// Builds the npm package around the compiler, and gives its folder.
pub fn package(compiler: &Path) -> Result<PathBuf, String> {
    let folder = places::out("npm");
    std::fs::create_dir_all(&folder).map_err(|error| format!("cannot make {}: {error}", folder.display()))?;
    run::run(run::command("node").arg("runtime/js/build.mjs").arg("--check").arg("--package").arg(&folder))?;
    let bytes = std::fs::read(compiler).map_err(|error| format!("cannot read {}: {error}", compiler.display()))?;
    run::write(&folder.join("nopython.wasm"), &bytes)?;
    run::write(&folder.join("README.md"), run::read(&places::root().join("runtime/js/README.md"))?.as_bytes())?;
    Ok(folder)
}

/// Whether the toolchain has the source of the standard library.
pub fn has_std_source() -> bool {
    let sysroot = run::output(run::command("rustc").args(["--print", "sysroot"]));
    sysroot.is_ok_and(|path| Path::new(path.trim()).join("lib/rustlib/src/rust/library/Cargo.lock").exists())
}
