//! What surrounds the wasm bytes: an ES module, type declarations, a self-contained page.
//!
//! The runtime they carry is `runtime/js`, bundled by `cargo xtask gen` into `generated/`.
// The compiler for browsers is built without the text of `{:?}`, so that what others read is never written with it.
#![deny(clippy::use_debug)]
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing))]

mod base64;
mod declarations;
mod figure;
mod files;
mod form;
mod package;
mod page;
mod playground;
mod script;
mod source_map;
mod wrapper;

pub use base64::encode as base64;
pub use declarations::d_ts;
pub use figure::{COLOURS, figure_script, functions_expression};
pub use files::{File, Form, RUNTIME, When, files};
pub use package::{package_json, package_name, package_readme};
pub use page::html;
pub use playground::playground;
pub use script::{Delivery, LARGEST_INLINE, Style, es_module, interface_json, runtime};
pub use source_map::{MappedPlace, with_source_map};
