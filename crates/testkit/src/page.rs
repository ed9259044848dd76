//! Pages: blocks of code in Markdown.

use crate::arguments::{Piece, pieces};
use crate::compare::Ulps;
use std::path::Path;

/// A page.
pub struct Page {
    /// Its path below the root.
    pub name: String,
    /// Its sections in order.
    pub sections: Vec<Section>,
    /// Whether it is the sweep, in which calls may be refused.
    pub sweep: bool,
}

/// A `py` block and what follows it.
#[derive(Default)]
pub struct Section {
    /// The Python source.
    pub source: String,
    /// Lines of the `calls` blocks.
    pub calls: Vec<Call>,
    /// The `error` block, with the line it begins at.
    pub error: Option<(usize, String)>,
    /// The `report` block, with the line it begins at.
    pub report: Option<(usize, String)>,
    /// The `loops` blocks.
    pub loops: Vec<Loops>,
}

/// A `loops` block: what must stand in the printed loop IR.
pub struct Loops {
    /// Line in the page at which it begins, counted from 1.
    pub line: usize,
    /// Flags of the compiler, as on the command line.
    pub flags: Vec<String>,
    /// A directive a line.
    pub directives: String,
}

/// A line of a `calls` block.
pub struct Call {
    /// Line in the page, counted from 1.
    pub line: usize,
    /// The expression.
    pub expression: String,
    /// What it gives.
    pub expected: String,
    /// How near floats have to be.
    pub close: Ulps,
    /// The expression taken apart: the program, and what it is given.
    pub pieces: Vec<Piece>,
}

/// What every section may use without importing it.
pub const PRELUDE: &str = "import math, random\nimport numpy as np\nfrom numba import njit, prange\n";

impl Section {
    /// The module for a section's calls: each is a function `call_k`.
    pub fn module(&self, calls: &[&Call]) -> String {
        let mut out = format!("{PRELUDE}{}\n", self.source);
        for (k, call) in calls.iter().enumerate() {
            out.push_str(&format!("@njit\ndef call_{k}():\n    return {}\n", call.expression));
        }
        out
    }
}

/// Reads a page.
pub fn read(path: &Path) -> Result<Page, String> {
    let text = std::fs::read_to_string(path).map_err(|error| format!("cannot read {}: {error}", path.display()))?;
    let mut sections: Vec<Section> = Vec::new();
    let mut block: Option<(&str, usize, String)> = None;
    for (number, line) in text.lines().enumerate() {
        match &mut block {
            None => {
                if let Some(kind) = line.strip_prefix("```") {
                    block = Some((kind.trim(), number + 1, String::new()));
                }
            }
            Some((kind, start, body)) if line == "```" => {
                let (kind, start, body) = (*kind, *start, std::mem::take(body));
                add(&mut sections, kind, start, body)?;
                block = None;
            }
            Some((_, _, body)) => {
                body.push_str(line);
                body.push('\n');
            }
        }
    }
    let name =
        path.components().rev().take(2).map(|c| c.as_os_str().to_string_lossy().into_owned()).collect::<Vec<_>>();
    Ok(Page { name: name.into_iter().rev().collect::<Vec<_>>().join("/"), sections, sweep: false })
}

fn add(sections: &mut Vec<Section>, kind: &str, start: usize, body: String) -> Result<(), String> {
    match kind {
        "py" => sections.push(Section { source: body, ..Section::default() }),
        "calls" | "calls constant" => {
            let section = last(sections);
            let constant = kind != "calls";
            let read = |(k, line): (usize, &str)| call(line, start + k + 1, constant);
            section.calls.extend(body.lines().enumerate().filter_map(read));
        }
        "error" => last(sections).error = Some((start, body)),
        "report" => last(sections).report = Some((start, body)),
        kind if kind.split(' ').next() == Some("loops") => {
            let flags = kind.split_whitespace().skip(1).map(str::to_owned).collect();
            last(sections).loops.push(Loops { line: start, flags, directives: body });
        }
        // Other blocks are for the reader.
        _ => {}
    }
    Ok(())
}

fn last(sections: &mut Vec<Section>) -> &mut Section {
    if sections.is_empty() {
        sections.push(Section::default());
    }
    let index = sections.len() - 1;
    &mut sections[index]
}

fn call(line: &str, number: usize, constant: bool) -> Option<Call> {
    let (expression, comment) = match line.split_once("  # ") {
        Some((expression, comment)) => (expression, comment.trim()),
        None => (line, ""),
    };
    let expression = expression.trim();
    if expression.is_empty() || expression.starts_with('#') {
        return None;
    }
    let close = if comment.starts_with("~1ulp") { Ulps::ONE } else { Ulps::NONE };
    let expected = comment.trim_start_matches("~1ulp").trim_start_matches("differs:").trim();
    Some(Call {
        line: number,
        expression: expression.to_owned(),
        expected: expected.to_owned(),
        close,
        pieces: if constant { vec![Piece::Program(expression.to_owned())] } else { pieces(expression) },
    })
}
