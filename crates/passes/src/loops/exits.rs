//! Early exits as branches: what follows `if t: …; leave` becomes its `else`, and a scope that nothing leaves in the middle is no scope.
//!
//! scope L: (if t: A; break L); B  =  if t: A else: B. A function with several returns that has been put in the place of its call is such a
//! scope, and as branches it can become selections.

use super::PassOptions;
use nopython_ir::loops::{Block, Label, Module, Stmt};

/// Runs the pass.
pub fn run(module: &mut Module, _: &PassOptions) {
    for function in module.functions.values_mut() {
        block(&mut function.body);
    }
}

fn block(stmts: &mut Block) {
    let mut out = Vec::with_capacity(stmts.len());
    for mut stmt in std::mem::take(stmts) {
        for inner in stmt.blocks_mut() {
            block(inner);
        }
        match stmt {
            Stmt::Scope(label, mut body) => {
                join(&mut body, label);
                if leaves(&body, label) {
                    out.push(Stmt::Scope(label, body));
                } else {
                    out.extend(body);
                }
            }
            other => out.push(other),
        }
    }
    *stmts = out;
}

/// Removes jumps to the end of a block that is the last of its scope.
fn join(stmts: &mut Block, label: Label) {
    let mut k = 0;
    while let Some(stmt) = stmts.get_mut(k) {
        k += 1;
        match stmt {
            Stmt::Break(target) if *target == label => stmts.truncate(k - 1),
            Stmt::If(_, then, orelse) => {
                let ends = |side: &Block| side.last() == Some(&Stmt::Break(label));
                let (left, right) = (ends(then), ends(orelse));
                if left || right {
                    let rest = stmts.split_off(k);
                    if let Some(Stmt::If(_, then, orelse)) = stmts.last_mut() {
                        // A side that leaves never reaches the rest; if both do, nothing does.
                        match (left, right) {
                            (true, false) => orelse.extend(rest),
                            (false, true) => then.extend(rest),
                            _ => {}
                        }
                        join(then, label);
                        join(orelse, label);
                    }
                } else if k == stmts.len()
                    && let Some(Stmt::If(_, then, orelse)) = stmts.last_mut()
                {
                    join(then, label);
                    join(orelse, label);
                }
            }
            _ => {}
        }
    }
}

/// Whether anything in a block jumps to a label.
fn leaves(stmts: &Block, label: Label) -> bool {
    let mut found = false;
    for stmt in stmts {
        stmt.walk(&mut |s| found |= matches!(s, Stmt::Break(to) if *to == label));
    }
    found
}
