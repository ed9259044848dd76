//! The loops of each function, gathered from both IRs.

use crate::{LoopReport, Outcome};
use nopython_ir::{loops, typed};
use nopython_passes::report::report;

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
                into.push(LoopReport { line, implied: false, outcome, hoisted: 0, checks: Vec::new() });
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
