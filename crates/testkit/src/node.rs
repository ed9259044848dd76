//! The same modules in Node, all in one process.

use crate::compare::Ulps;
use crate::page::{Call, Page};
use crate::program::{self, Program, owners};
use crate::tally::{Tally, judge_named};
use nopython_diagnostics::escape;
use nopython_driver::Compilation;
use nopython_types::Type;
use std::fmt::Write;
use std::path::PathBuf;
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};

/// A call that Node is to make.
struct Row {
    page: String,
    line: usize,
    expression: String,
    expected: String,
    close: Ulps,
    label: String,
}

/// Modules collected for one run of Node.
pub struct Batch {
    folder: PathBuf,
    modules: usize,
    manifest: String,
    rows: Vec<Row>,
}

impl Batch {
    /// An empty batch.
    pub fn new() -> Result<Batch, String> {
        static BATCHES: AtomicUsize = AtomicUsize::new(0);
        let number = BATCHES.fetch_add(1, Ordering::Relaxed);
        let folder = std::env::temp_dir().join(format!("nopython-testkit-{}-{number}", std::process::id()));
        std::fs::create_dir_all(&folder).map_err(|error| format!("cannot make {}: {error}", folder.display()))?;
        Ok(Batch { folder, modules: 0, manifest: String::new(), rows: Vec::new() })
    }

    /// Adds a module and its calls.
    pub fn add(&mut self, page: &Page, calls: &[&Call], program: &Program, compilation: &Compilation, label: &str) {
        let file = format!("{}.wasm", self.modules);
        self.modules += 1;
        // A file that cannot be written is reported by Node, which does not find it.
        let _ = std::fs::write(self.folder.join(&file), &compilation.wasm);
        let sites: Vec<String> = compilation
            .interface
            .sites
            .iter()
            .map(|s| format!("[{},{}]", escape(s.exception.name()), escape(&s.message)))
            .collect();
        let exports: Vec<String> = compilation
            .interface
            .exports
            .iter()
            .map(|e| {
                format!("{}:[{},{:?}]", escape(&e.symbol), escape(&unnamed(&e.result).to_string()), owners(&e.result))
            })
            .collect();
        let of_row = |row: &program::Row| {
            let names: Vec<String> =
                std::iter::once(&row.function).chain(&row.makers).map(|name| escape(name)).collect();
            format!("[{}]", names.join(","))
        };
        let rows: Vec<String> = program.rows.iter().map(of_row).collect();
        let _ = writeln!(
            self.manifest,
            "{{\"file\":{},\"sites\":[{}],\"exports\":{{{}}},\"calls\":[{}]}}",
            escape(&file),
            sites.join(","),
            exports.join(","),
            rows.join(",")
        );
        self.rows.extend(calls.iter().map(|call| Row {
            page: page.name.clone(),
            line: call.line,
            expression: call.expression.clone(),
            expected: call.expected.clone(),
            close: call.close,
            label: format!("node {label}"),
        }));
    }

    /// Runs everything; each call prints one line.
    pub fn run(self, total: &mut Tally) -> Result<(), String> {
        std::fs::write(self.folder.join("manifest.jsonl"), &self.manifest).map_err(|error| error.to_string())?;
        let script = crate::root().join("crates/testkit/js/runner.mjs");
        let output = Command::new("node")
            .arg(script)
            .arg(&self.folder)
            .output()
            .map_err(|error| format!("cannot run node: {error}"))?;
        let _ = std::fs::remove_dir_all(&self.folder);
        if !output.status.success() {
            return Err(format!("node failed:\n{}", String::from_utf8_lossy(&output.stderr)));
        }
        let text = String::from_utf8_lossy(&output.stdout);
        let lines: Vec<&str> = text.lines().collect();
        if lines.len() != self.rows.len() {
            return Err(format!("node printed {} lines for {} calls", lines.len(), self.rows.len()));
        }
        for (row, got) in self.rows.iter().zip(lines) {
            judge_named(&row.page, row.line, &row.expression, &row.expected, row.close, got, &row.label, total);
        }
        Ok(())
    }
}

/// A type in whose tuples no item has a name.
fn unnamed(ty: &Type) -> Type {
    match ty {
        Type::Tuple(items) => Type::Tuple(items.iter().map(unnamed).collect()),
        other => other.clone(),
    }
}
