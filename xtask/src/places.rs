//! Where things are: the checkout, the cache outside of it, and the tools in the cache.

use std::path::{Path, PathBuf};

/// The root of the checkout that this was started in. It need not be the one that it was compiled in, as checkouts share a target folder.
pub fn root() -> PathBuf {
    let started = std::env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from).filter(|folder| folder.ends_with("xtask"));
    let here = started.unwrap_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).to_owned());
    here.parent().unwrap_or(&here).to_owned()
}

/// `NOPYTHON_CACHE`, or `~/.cache/nopython`, shared by all checkouts.
pub fn cache() -> PathBuf {
    let home = || std::env::var_os("HOME").map_or_else(|| PathBuf::from("/tmp"), PathBuf::from);
    std::env::var_os("NOPYTHON_CACHE").map_or_else(|| home().join(".cache/nopython"), PathBuf::from)
}

/// Cargo's target folder: `CARGO_TARGET_DIR`, or one in the cache.
pub fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| cache().join("target"), PathBuf::from)
}

/// Python with NumPy.
pub fn python() -> PathBuf {
    cache().join("venv/bin/python")
}

/// Python with what the package `nopython` needs to be built and tested; the package itself is installed there by the tests.
pub fn host_python() -> PathBuf {
    cache().join("venv-python/bin/python")
}

/// Python with JupyterLab, marimo and other programs that show figures; apart, since they need much that nothing else does.
pub fn hosts_python() -> PathBuf {
    cache().join("venv-hosts/bin/python")
}

/// The command line.
pub fn nopython() -> PathBuf {
    target().join("debug/nopython")
}

/// Where files made by `demo`, `test` and `bench` go.
pub fn out(name: &str) -> PathBuf {
    target().join("nopython").join(name)
}
