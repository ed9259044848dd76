//! A value that is used once, by the next statement, needs no local.
//!
//! `t = e; s(t)` is `s(e)`: nothing stands between that could change what e reads, and a statement evaluates its expressions before its effects.
//! A local may be set in several places, as long as each read of it stands right behind one of them.

use super::PassOptions;
use super::copies::count_uses;
use nopython_ir::loops::{Block, Expr, LocalId, Module, Stmt};
use nopython_ir::sorted::SortedMap;

/// Larger values stay in their locals: a chain of statements would become one expression, as deep as the chain is long.
const LARGEST: usize = 250;

/// Runs the pass.
pub fn run(module: &mut Module, _: &PassOptions) {
    for function in module.functions.values_mut() {
        let uses = count_uses(&function.body);
        let mut pairs = SortedMap::new();
        count_pairs(&function.body, &mut pairs);
        // A pair has at least one read.
        let once = |local: &LocalId| pairs.get(local).copied() == uses.get(local).map(|uses| uses.reads);
        block(&mut function.body, &once);
    }
}

/// Counts the statements that read a local right behind its assignment.
fn count_pairs(stmts: &Block, pairs: &mut SortedMap<LocalId, usize>) {
    for (stmt, next) in stmts.iter().zip(stmts.iter().skip(1)) {
        if let Stmt::Set(local, value) = stmt
            && takes(next, *local, value)
        {
            *pairs.entry(*local).or_default() += 1;
        }
    }
    for stmt in stmts {
        stmt.blocks().into_iter().for_each(|inner| count_pairs(inner, pairs));
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
            && value.size() <= LARGEST
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
