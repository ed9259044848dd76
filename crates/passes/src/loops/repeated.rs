//! What a block has already computed or checked is not computed or checked again (local value numbering, J. Cocke and J. T. Schwartz, 1970).
//!
//! Only expressions that read no memory are kept, and only as long as nothing sets a local that they read.

use super::PassOptions;
use nopython_ir::loops::{Block, Expr, LocalId, Module, Stmt};
use nopython_ir::sorted::SortedSet;

/// Runs the pass.
pub fn run(module: &mut Module, _: &PassOptions) {
    for function in module.functions.values_mut() {
        block(&mut function.body);
    }
}

/// What is known at a point of a block.
#[derive(Default)]
struct Known {
    /// Locals and what they hold.
    values: Vec<(LocalId, Expr)>,
    /// Tests that hold.
    tests: Vec<Expr>,
}

impl Known {
    fn forget(&mut self, set: &SortedSet<LocalId>) {
        let stale = |e: &Expr| e.any(&mut |e| matches!(e, Expr::Local(l) if set.contains(l)));
        self.values.retain(|(local, value)| !set.contains(local) && !stale(value));
        self.tests.retain(|test| !stale(test));
    }
}

fn block(stmts: &mut Block) {
    let mut known = Known::default();
    let mut out = Vec::with_capacity(stmts.len());
    for mut stmt in std::mem::take(stmts) {
        replace(&mut stmt, &known);
        for inner in stmt.blocks_mut() {
            block(inner);
        }
        if let Stmt::Check(test, _) = &stmt {
            if known.tests.contains(test) {
                continue;
            }
            if !test.loads() {
                known.tests.push(test.clone());
            }
        }
        let one = vec![stmt];
        known.forget(&super::affine::set_locals(&one));
        if let [Stmt::Set(local, value)] = one.as_slice()
            && !value.loads()
            && !value.reads(*local)
            && !matches!(value, Expr::Const(_))
        {
            known.values.push((*local, value.clone()));
        }
        out.extend(one);
    }
    *stmts = out;
}

/// Reads a local that holds the same value, and copies through to what they copy.
fn replace(stmt: &mut Stmt, known: &Known) {
    // A loop's test and bounds are evaluated where it stands, but a `while` test also after its turns.
    if matches!(stmt, Stmt::While { .. }) {
        return;
    }
    stmt.for_each_expr_mut(&mut |e| {
        e.rewrite(&mut |e| {
            if let Expr::Local(local) = e {
                if let Some((_, copy @ Expr::Local(_))) = known.values.iter().find(|(l, _)| l == local) {
                    *e = copy.clone();
                }
            } else if !matches!(e, Expr::Const(_))
                && let Some((local, _)) = known.values.iter().find(|(_, value)| value == e)
            {
                *e = Expr::Local(*local);
            }
        });
    });
}
