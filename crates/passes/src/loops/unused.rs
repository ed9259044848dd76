//! Assignments to locals that nothing reads are dropped: expressions have no effects.

use nopython_ir::loops::{Block, Expr, Function, LocalId, Module, Stmt};
use nopython_ir::sorted::SortedSet;

use super::PassOptions;

/// Runs the pass.
pub fn run(module: &mut Module, _: &PassOptions) {
    for function in module.functions.values_mut() {
        // Dropping one assignment can leave another unread.
        while drop_unread(function) {}
    }
}

fn drop_unread(function: &mut Function) -> bool {
    let mut read: SortedSet<LocalId> = SortedSet::new();
    for stmt in &function.body {
        stmt.walk(&mut |stmt| {
            stmt.for_each_expr(&mut |e| {
                e.walk(&mut |e| {
                    if let Expr::Local(local) = e {
                        read.insert(*local);
                    }
                });
            });
        });
    }
    sweep(&mut function.body, &read)
}

fn sweep(block: &mut Block, read: &SortedSet<LocalId>) -> bool {
    let before = block.len();
    block.retain(|stmt| match stmt {
        Stmt::Set(local, _) => read.contains(local),
        Stmt::If(_, then, orelse) => !(then.is_empty() && orelse.is_empty()),
        Stmt::For(l) => !l.body.is_empty(),
        _ => true,
    });
    let mut changed = block.len() != before;
    for stmt in block {
        for inner in stmt.blocks_mut() {
            changed |= sweep(inner, read);
        }
    }
    changed
}
