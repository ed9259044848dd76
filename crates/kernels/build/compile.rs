//! Runs cargo on `library/kernels`, with whichever compiler for wasm32 this machine has.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

const TARGET: &str = "wasm32-unknown-unknown";

/// Scalar functions must stay free of vector instructions, for modules built without SIMD: so nothing is vectorised
/// that is not written with vectors.
const FLAGS: &[&str] = &[
    "-Ctarget-feature=+simd128",
    "-Cno-vectorize-loops",
    "-Cno-vectorize-slp",
    "-Clink-arg=--emit-relocs",
    "-Clink-arg=--no-merge-data-segments",
    "-Cstrip=none",
];

/// A compiler that can make wasm32.
struct Toolchain {
    cargo: PathBuf,
    rustc: PathBuf,
    /// Debian's, which builds the standard library itself and links with this.
    debian_linker: Option<PathBuf>,
}

/// The path of the compiled module, with relocations.
pub fn compile(source: &Path, target_dir: &Path) -> PathBuf {
    let toolchain = find_toolchain();
    let mut flags: Vec<String> = FLAGS.iter().map(|&flag| flag.to_owned()).collect();
    for (from, to) in [(source.to_owned(), "kernels"), (cargo_home(), "cargo")] {
        flags.push(format!("--remap-path-prefix={}={to}", from.display()));
    }
    let mut command = Command::new(&toolchain.cargo);
    for (name, _) in env::vars_os() {
        if name.to_str().is_some_and(belongs_to_outer_build) {
            command.env_remove(name);
        }
    }
    command
        .current_dir(source)
        .args(["build", "--locked", "--release", "--lib", "--target", TARGET, "--target-dir"])
        .arg(target_dir)
        .env("RUSTC", &toolchain.rustc);
    if let Some(linker) = &toolchain.debian_linker {
        flags.push("-Clinker-flavor=wasm-ld".to_owned());
        flags.push(format!("-Clinker={}", linker.display()));
        command.arg("-Zbuild-std=std,panic_abort").env("RUSTC_BOOTSTRAP", "1");
    }
    command.env("CARGO_ENCODED_RUSTFLAGS", flags.join("\x1f"));
    let output = command.output().unwrap_or_else(|e| panic!("{} does not run: {e}", toolchain.cargo.display()));
    assert!(output.status.success(), "library/kernels does not compile:\n{}", String::from_utf8_lossy(&output.stderr));
    target_dir.join(TARGET).join("release/nopython_library_kernels.wasm")
}

/// Settings that cargo, clippy or the user made for the build this script is part of.
fn belongs_to_outer_build(name: &str) -> bool {
    const PREFIXES: &[&str] =
        &["CARGO_BUILD_", "CARGO_TARGET_", "CARGO_PROFILE_", "CARGO_UNSTABLE_", "RUSTC_", "CLIPPY_"];
    const NAMES: &[&str] =
        &["CARGO_ENCODED_RUSTFLAGS", "RUSTFLAGS", "RUSTDOCFLAGS", "CARGO_INCREMENTAL", "RUSTC", "TARGET"];
    NAMES.contains(&name) || PREFIXES.iter().any(|prefix| name.starts_with(prefix))
}

fn find_toolchain() -> Toolchain {
    let rustc = PathBuf::from(env::var_os("RUSTC").unwrap_or_else(|| "rustc".into()));
    let cargo = PathBuf::from(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    if printed(&rustc, &["--target", TARGET, "--print", "target-libdir"]).is_some_and(|path| holds_core(&path)) {
        return Toolchain { cargo, rustc, debian_linker: None };
    }
    let debian = PathBuf::from("/usr/bin/rustc");
    let library = printed(&debian, &["--print", "sysroot"]).map(|root| root.join("lib/rustlib/src/rust/library/core"));
    let linker = newest_linker();
    match (library, linker) {
        (Some(library), Some(linker)) if library.is_dir() => {
            Toolchain { cargo: PathBuf::from("/usr/bin/cargo"), rustc: debian, debian_linker: Some(linker) }
        }
        _ => panic!(
            "no compiler for {TARGET}: run `cargo xtask setup`, which installs it with `rustup target add {TARGET}`, \
             or from Debian's packages rustc-web cargo-web rust-web-src lld-22"
        ),
    }
}

/// A path that a compiler prints, if it runs.
fn printed(rustc: &Path, arguments: &[&str]) -> Option<PathBuf> {
    let output = Command::new(rustc).args(arguments).output().ok().filter(|output| output.status.success())?;
    Some(PathBuf::from(String::from_utf8(output.stdout).ok()?.trim()))
}

fn holds_core(library: &Path) -> bool {
    let files = fs::read_dir(library).into_iter().flatten().flatten();
    files.map(|file| file.file_name()).any(|name| name.to_string_lossy().starts_with("libcore-"))
}

/// Debian's `wasm-ld-22` or the newest of its kind.
fn newest_linker() -> Option<PathBuf> {
    let version = |path: &PathBuf| path.file_name()?.to_str()?.strip_prefix("wasm-ld-")?.parse::<u32>().ok();
    let files = fs::read_dir("/usr/bin").into_iter().flatten().flatten().map(|file| file.path());
    files.filter(|path| version(path).is_some()).max_by_key(version)
}

fn cargo_home() -> PathBuf {
    match env::var_os("CARGO_HOME") {
        Some(home) => PathBuf::from(home),
        None => PathBuf::from(env::var_os("HOME").unwrap_or_default()).join(".cargo"),
    }
}
