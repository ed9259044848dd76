//! Sizes as they travel: raw, gzip and brotli.

use crate::run;
use std::path::Path;

/// Bytes of a file.
#[derive(Clone, Copy, Debug)]
pub struct Sizes {
    /// As it is.
    pub raw: u64,
    /// gzip at level 9.
    pub gzip: u64,
    /// brotli at level 11.
    pub brotli: u64,
}

const SCRIPT: &str = "
const { readFileSync } = require('node:fs');
const { gzipSync, brotliCompressSync } = require('node:zlib');
const bytes = readFileSync(process.argv[1]);
console.log(bytes.length, gzipSync(bytes, { level: 9 }).length, brotliCompressSync(bytes).length);
";

/// Measures a file with Node's zlib.
pub fn of(file: &Path) -> Result<Sizes, String> {
    let printed = run::output(run::command("node").args(["-e", SCRIPT]).arg(file))?;
    let numbers: Vec<u64> = printed.split_whitespace().filter_map(|word| word.parse().ok()).collect();
    match numbers.as_slice() {
        &[raw, gzip, brotli] => Ok(Sizes { raw, gzip, brotli }),
        _ => Err(format!("cannot measure {}", file.display())),
    }
}
