//! The compiler as a WebAssembly module, as small as it gets.

use crate::places;
use crate::run::{self, cargo};
use std::path::{Path, PathBuf};
use std::process::Command;

/// The target of the command line for Node.
pub const WASI: &str = "wasm32-wasip1";

/// The standard library is compiled along, for size and without the words of panics, which nobody reads in a page. Stable Rust takes
/// these flags when it is told to (`RUSTC_BOOTSTRAP`).
const WITH_STD: [&str; 2] = ["-Zbuild-std=std,panic_abort", "-Zbuild-std-features=optimize_for_size"];
/// A panic is a trap, which does not carry its place; a value of more than 8 bytes is copied by one
/// instruction; loops keep their counters as they are; the linker pads no numbers.
const FLAGS: [&str; 10] = [
    "-Zunstable-options",
    "-Cpanic=immediate-abort",
    "-Zlocation-detail=none",
    "-Cllvm-args=-max-store-memcpy=1",
    "-Cllvm-args=-max-store-memmove=1",
    "-Cllvm-args=-max-store-memset=1",
    "-Cllvm-args=-disable-lsr",
    "-Cllvm-args=-disable-machine-licm",
    "-Cstrip=symbols",
    "-Clink-arg=--compress-relocations",
];
/// A page needs no text of `{:?}`; the loop IR is printed with it.
const NO_DEBUG: &str = "-Zfmt-debug=none";

/// Builds it and gives the path of the module. Without the source of the standard library it is a tenth larger.
pub fn build() -> Result<PathBuf, String> {
    module(&[], &[NO_DEBUG])
}

fn module(features: &[&str], flags: &[&str]) -> Result<PathBuf, String> {
    let (manifest, target) = ("crates/browser/Cargo.toml", "wasm32-unknown-unknown");
    let mut command = cargo(["build", "--quiet", "--release", "--target", target, "--manifest-path", manifest]);
    command.args(features);
    small(command, flags)?;
    Ok(places::target().join(target).join("release/nopython_browser.wasm"))
}

/// Where the package for Python has it, compressed as `DecompressionStream("deflate-raw")` reads it: no stream of browsers reads brotli.
const IN_PYTHON: &str = "crates/python/python/nopython/compiler.wasm.deflate";

/// Puts it into the package for Python.
pub fn into_python() -> Result<(), String> {
    let compiler = build()?;
    let program = "const { readFileSync, writeFileSync } = require('node:fs'); \
                   const [from, to] = process.argv.slice(1); \
                   const { deflateRawSync } = require('node:zlib'); \
                   writeFileSync(to, deflateRawSync(readFileSync(from), { level: 9, memLevel: 9 }));";
    let target = places::root().join(IN_PYTHON);
    run::run(run::command("node").args(["-e", program]).arg(&compiler).arg(&target))?;
    let size = std::fs::metadata(&target).map_or(0, |about| about.len());
    println!("{IN_PYTHON} ({} KB)", size / 1000);
    Ok(())
}

/// Where the package for Python has what it needs when it has no extension module.
const PORTABLE: &str = "crates/python/python/nopython/_portable";

/// Puts what the package for Python needs when it has no extension module beside its source, and gives the paths: the compiler with what
/// that package asks of it, the command line, and the colours of figures.
pub fn portable() -> Result<Vec<PathBuf>, String> {
    let root = places::root();
    let mut files = vec![
        (module(&["--features", "python"], &[])?, "compiler.wasm"),
        (root.join("runtime/js/src/figure/colours.json"), "colours.json"),
    ];
    if has_wasi() {
        files.push((command_line()?, "cli.wasm"));
    }
    let copied = files.into_iter().map(|(from, name)| {
        let bytes = std::fs::read(&from).map_err(|error| format!("cannot read {}: {error}", from.display()))?;
        let path = root.join(PORTABLE).join(name);
        run::write(&path, &bytes)?;
        Ok(path)
    });
    copied.collect()
}

/// Runs a build for size, with further flags.
fn small(mut command: Command, flags: &[&str]) -> Result<(), String> {
    if has_std_source() {
        let flags = [&FLAGS[..], flags].concat().join("\x1f");
        command.args(WITH_STD).env("RUSTC_BOOTSTRAP", "1").env("CARGO_ENCODED_RUSTFLAGS", flags);
    }
    run::run(&mut command)
}

/// Builds the command line as WebAssembly, which Node runs.
fn command_line() -> Result<PathBuf, String> {
    small(cargo(["build", "--quiet", "--profile", "small", "--target", WASI, "--package", "nopython-cli"]), &[])?;
    Ok(places::target().join(WASI).join("small/nopython.wasm"))
}

/// Builds the npm package around the compiler, and gives its folder. Where the toolchain has no WASI, it has no command line.
pub fn package(compiler: &Path) -> Result<PathBuf, String> {
    let folder = places::out("npm");
    std::fs::create_dir_all(&folder).map_err(|error| format!("cannot make {}: {error}", folder.display()))?;
    let mut files = vec![(compiler.to_owned(), "nopython.wasm")];
    if has_wasi() {
        files.push((command_line()?, "cli.wasm"));
    }
    for (from, name) in files {
        let bytes = std::fs::read(&from).map_err(|error| format!("cannot read {}: {error}", from.display()))?;
        run::write(&folder.join(name), &bytes)?;
    }
    run::run(run::command("node").arg("runtime/js/build.mjs").arg("--check").arg("--package").arg(&folder))?;
    run::write(&folder.join("README.md"), run::read(&places::root().join("runtime/js/README.md"))?.as_bytes())?;
    Ok(folder)
}

/// Whether the toolchain compiles for WASI.
fn has_wasi() -> bool {
    let folder = run::output(run::command("rustc").args(["--print", "target-libdir", "--target", WASI]));
    folder.is_ok_and(|path| Path::new(path.trim()).exists())
}

/// Whether the toolchain has the source of the standard library.
pub fn has_std_source() -> bool {
    let sysroot = run::output(run::command("rustc").args(["--print", "sysroot"]));
    sysroot.is_ok_and(|path| Path::new(path.trim()).join("lib/rustlib/src/rust/library/Cargo.lock").exists())
}
