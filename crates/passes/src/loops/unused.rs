//! Assignments to locals that nothing needs are dropped: expressions have no effects.
//!
//! Needed is what other statements read, and what is assigned to a local that is needed.

use nopython_ir::loops::{Block, Expr, Function, LocalId, Module, Stmt};
use nopython_ir::sorted::{SortedMap, SortedSet};

use super::PassOptions;

/// Loops that became empty leave their bounds unread, and so on: how often they are looked for.
const MOST_ROUNDS: usize = 20;

/// Runs the pass.
pub fn run(module: &mut Module, _: &PassOptions) {
    for function in module.functions.values_mut() {
        for _ in 0..MOST_ROUNDS {
            let needed = needed(function);
            if !sweep(&mut function.body, &needed) {
                break;
            }
        }
    }
}

/// The locals that statements other than assignments read, directly or through assignments.
fn needed(function: &Function) -> SortedSet<LocalId> {
    let mut pending: Vec<LocalId> = Vec::new();
    let mut sources: SortedMap<LocalId, Vec<LocalId>> = SortedMap::new();
    for stmt in &function.body {
        stmt.walk(&mut |stmt| match stmt {
            Stmt::Set(local, value) => read(value, sources.entry(*local).or_default()),
            other => other.for_each_expr(&mut |e| read(e, &mut pending)),
        });
    }
    let mut needed = vec![false; function.locals.len()];
    while let Some(local) = pending.pop() {
        if let Some(needed) = needed.get_mut(local.index())
            && !std::mem::replace(needed, true)
            && let Some(sources) = sources.get_mut(&local)
        {
            pending.append(sources);
        }
    }
    function.locals.handles().filter(|local| needed.get(local.index()) == Some(&true)).collect()
}

fn read(e: &Expr, into: &mut Vec<LocalId>) {
    e.walk(&mut |e| {
        if let Expr::Local(local) = e {
            into.push(*local);
        }
    });
}

fn sweep(block: &mut Block, needed: &SortedSet<LocalId>) -> bool {
    let before = block.len();
    block.retain(|stmt| match stmt {
        Stmt::Set(local, _) => needed.contains(local),
        Stmt::If(_, then, orelse) => !(then.is_empty() && orelse.is_empty()),
        Stmt::For(l) => !l.body.is_empty(),
        _ => true,
    });
    let mut changed = block.len() != before;
    for stmt in block {
        for inner in stmt.blocks_mut() {
            changed |= sweep(inner, needed);
        }
    }
    changed
}
