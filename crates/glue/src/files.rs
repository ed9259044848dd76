//! The files that ship a module.

use crate::{Delivery, LARGEST_INLINE, Style, d_ts, es_module, html, package_json, package_readme, runtime};
use nopython_types::Interface;

/// What is written for a module.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// `.js`, `.d.ts` and `.wasm`.
    Module {
        /// Whether the wasm lies inside the `.js` only.
        inline: bool,
        /// Whether the runtime is a file beside it, which several modules share.
        shared: bool,
    },
    /// One page.
    Page,
    /// A package for npm. Its `package.json` and `README.md` are the author's once they are there.
    Package {
        /// Whether the wasm lies inside the `.js` only.
        inline: bool,
    },
}

/// The runtime that several modules share.
pub const RUNTIME: &str = "nopython-runtime.js";

/// When a file is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// Always.
    Always,
    /// If it is not there.
    Missing,
    /// If Node would take the `.js` files of the folder for CommonJS, and a `package.json` of its own can say otherwise.
    InCommonJs,
}

/// A file of a module.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Its name.
    pub name: String,
    /// When it is written.
    pub when: When,
    /// What is in it.
    pub bytes: Vec<u8>,
}

impl File {
    fn new(name: impl Into<String>, when: When, bytes: impl Into<Vec<u8>>) -> File {
        File { name: name.into(), when, bytes: bytes.into() }
    }
}

/// The files of a module whose names begin with `stem`. With `bigint`, 64-bit integer results are BigInts.
#[must_use]
pub fn files(interface: &Interface, wasm: &[u8], stem: &str, form: Form, bigint: bool) -> Vec<File> {
    if form == Form::Page {
        return vec![File::new(format!("{stem}.html"), When::Always, html(interface, wasm, stem))];
    }
    let mut files = Vec::new();
    let file = format!("{stem}.wasm");
    let only_inside = matches!(form, Form::Module { inline: true, .. } | Form::Package { inline: true });
    let inside = only_inside || wasm.len() <= LARGEST_INLINE;
    let delivery = if inside { Delivery::Inline(wasm) } else { Delivery::File(&file) };
    if !only_inside {
        files.push(File::new(file.as_str(), When::Always, wasm));
    }
    let own = format!("./{RUNTIME}");
    let is_shared = matches!(form, Form::Module { shared: true, .. });
    if is_shared {
        files.push(File::new(RUNTIME, When::Always, runtime()));
    }
    if let Form::Package { .. } = form {
        files.push(File::new("package.json", When::Missing, package_json(interface, stem, !only_inside)));
        files.push(File::new("README.md", When::Missing, package_readme(interface, stem)));
    } else {
        files.push(File::new("package.json", When::InCommonJs, "{ \"type\": \"module\" }\n"));
    }
    let style = Style { runtime: is_shared.then_some(own.as_str()), bigint };
    files.push(File::new(format!("{stem}.js"), When::Always, es_module(interface, delivery, style)));
    files.push(File::new(format!("{stem}.d.ts"), When::Always, d_ts(interface, bigint)));
    files
}
