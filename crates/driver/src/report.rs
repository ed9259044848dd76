//! The loops of each function, gathered from both IRs.

use crate::{LoopReport, Outcome};
use core::fmt::Write;
use nopython_ir::{loops, typed};
use nopython_passes::report::report;
use nopython_types::Site;

/// The loops of one function for one list of argument types.
#[derive(Clone, Debug, PartialEq)]
pub struct FunctionReport {
    /// The Python name.
    pub name: String,
    /// Names and types of the parameters, and the type of the result.
    pub signature: String,
    /// Line of the `def`, counted from 1.
    pub line: u32,
    /// In the order of the source, with those of library functions at the line of their call.
    pub loops: Vec<LoopReport>,
}

impl FunctionReport {
    /// The report as text: each loop under its line of the source.
    #[must_use]
    pub fn render(&self, source: &str) -> String {
        let mut out = format!("{}\n", self.signature);
        if self.loops.is_empty() {
            out.push_str("    no loops\n");
        }
        let mut last = 0;
        for l in &self.loops {
            if l.line != last {
                last = l.line;
                let text = usize::try_from(last).ok().and_then(|line| source.lines().nth(line.checked_sub(1)?));
                // Writing to a String does not fail.
                let _ = writeln!(out, "{last:4}  {}", text.unwrap_or_default());
            }
            for note in notes(l) {
                let _ = writeln!(out, "      -> {note}");
            }
        }
        out
    }
}

/// What there is to say about a loop, a line each.
fn notes(l: &LoopReport) -> Vec<String> {
    if let Some(line) = l.fused_into {
        return vec![format!("part of the loop of line {line}")];
    }
    let mut out = vec![match &l.outcome {
        Outcome::Vectors { dtype, lanes, vectors, operations, guarded } => {
            let several = if *vectors > 1 { format!(", {vectors} vectors a turn") } else { String::new() };
            let fused = match (l.implied, operations) {
                (false, _) | (true, 0..=1) => String::new(),
                (true, _) => format!("; {operations} operations in one loop"),
            };
            let if_apart = if *guarded { ", where arrays lie apart and elements side by side" } else { "" };
            format!("vectors: {lanes} lanes of {dtype}{several}{fused}{if_apart}")
        }
        Outcome::Scalar(reason) => format!("one by one: {reason}"),
    }];
    if l.hoisted > 0 {
        out.push(format!("{} out of the loop", counted(usize::from(l.hoisted))));
    }
    if !l.checks.is_empty() {
        let place = |site: &Site| match site.is_placed() {
            true => format!("{} at {}:{}", site.exception, site.line, site.column),
            false => site.exception.to_string(),
        };
        let places: Vec<String> = l.checks.iter().map(place).collect();
        out.push(format!("{} in every turn: {}", counted(places.len()), places.join(", ")));
    }
    out
}

fn counted(checks: usize) -> String {
    format!("{checks} check{}", if checks == 1 { "" } else { "s" })
}

/// The report of every function that the user wrote.
pub fn functions(typed: &typed::Module, lowered: &loops::Module) -> Vec<FunctionReport> {
    // Scalarising keeps the order of functions and puts helpers after them.
    let mine = |id: loops::FuncId| typed.functions.iter().nth(id.index()).is_some_and(|(_, f)| !f.library);
    let written = typed.functions.iter().zip(lowered.functions.iter()).filter(|((_, f), _)| !f.library);
    written
        .map(|((_, function), (id, _))| {
            let mut loops = report(lowered, id, &mine);
            while_loops(&function.body, &mut loops);
            loops.sort_by_key(|l| l.line);
            FunctionReport {
                name: function.name.clone(),
                signature: crate::signature(function),
                line: function.place.line,
                loops,
            }
        })
        .collect()
}

/// Adds the `while` loops, which the loop IR keeps no lines of.
fn while_loops(body: &[typed::Stmt], into: &mut Vec<LoopReport>) {
    for stmt in body {
        match &stmt.kind {
            typed::StmtKind::While { body, .. } => {
                let outcome = Outcome::Scalar("how many turns a `while` loop takes is not known before it".to_owned());
                let line = stmt.place.line;
                into.push(LoopReport {
                    line,
                    implied: false,
                    fused_into: None,
                    outcome,
                    hoisted: 0,
                    checks: Vec::new(),
                });
                while_loops(body, into);
            }
            typed::StmtKind::For { body, .. } => while_loops(body, into),
            typed::StmtKind::If { then, orelse, .. } => {
                while_loops(then, into);
                while_loops(orelse, into);
            }
            _ => {}
        }
    }
}
