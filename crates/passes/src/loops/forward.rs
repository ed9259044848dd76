//! A value that is used once, by the next statement, needs no local.
//!
//! `t = e; s(t)` is `s(e)`: nothing stands between that could change what e reads, and a statement evaluates its expressions before its effects.

use super::PassOptions;
use super::copies::{Uses, count_uses};
use nopython_ir::loops::{Block, Expr, LocalId, Module, Stmt};

/// Runs the pass.
pub fn run(module: &mut Module, _: &PassOptions) {
    for function in module.functions.values_mut() {
        let uses = count_uses(&function.body);
        let once =
            |local: &LocalId| uses.get(local) == Some(&Uses { reads: 1, sets: 1 }) && !function.params.contains(local);
        block(&mut function.body, &once);
    }
}

fn block(stmts: &mut Block, once: &impl Fn(&LocalId) -> bool) {
    let mut out: Block = Vec::with_capacity(stmts.len());
    for mut stmt in std::mem::take(stmts) {
        for inner in stmt.blocks_mut() {
            block(inner, once);
        }
        // The value itself may have taken in the one before it.
        if let Some(Stmt::Set(local, value)) = out.last()
            && once(local)
            && takes(&stmt, *local, value)
        {
            stmt.for_each_expr_mut(&mut |e| e.replace(*local, value));
            out.pop();
        }
        out.push(stmt);
    }
    *stmts = out;
}

/// Whether a statement itself reads a local, once each time it runs. Bounds of loops that are read from memory stay locals, which other
/// passes take for unchanging.
fn takes(stmt: &Stmt, local: LocalId, value: &Expr) -> bool {
    match stmt {
        Stmt::While { .. } => false,
        Stmt::For(_) if value.loads() => false,
        other => other.reads(local),
    }
}
