//! What does not change in a loop is computed before it (loop-invariant code motion; F. Allen and J. Cocke, *A catalogue of optimizing
//! transformations*, 1972). Engines leave it where it stands.
//!
//! Expressions have no effects and never trap, so each may be computed even if the loop has no turns. Those that read memory stay, since
//! the loop may write it, and calls of kernels stay where only some turns make them.

use super::PassOptions;
use super::affine::{is_invariant, set_locals};
use nopython_ir::loops::{Block, Expr, Function, LocalId, Module, Stmt, type_of};
use nopython_ir::sorted::SortedSet;

/// Runs the pass.
pub fn run(module: &mut Module, _: &PassOptions) {
    for function in module.functions.values_mut() {
        let mut body = std::mem::take(&mut function.body);
        block(function, &mut body);
        function.body = body;
    }
}

/// Outer loops first, so that everything goes as far out as it can.
fn block(function: &mut Function, stmts: &mut Block) {
    let mut out = Vec::with_capacity(stmts.len());
    for mut stmt in std::mem::take(stmts) {
        if matches!(stmt, Stmt::For(_) | Stmt::While { .. }) {
            let mut hoist = Hoist { function, changing: set_locals(std::slice::from_ref(&stmt)), found: Vec::new() };
            if let Stmt::While { test, .. } = &mut stmt {
                hoist.expr(test, true);
            }
            for inner in stmt.blocks_mut() {
                hoist.block(inner, true);
            }
            out.extend(hoist.found.into_iter().map(|(local, value)| Stmt::Set(local, value)));
        }
        for inner in stmt.blocks_mut() {
            block(function, inner);
        }
        out.push(stmt);
    }
    *stmts = out;
}

/// What leaves one loop.
struct Hoist<'f> {
    function: &'f mut Function,
    changing: SortedSet<LocalId>,
    found: Vec<(LocalId, Expr)>,
}

impl Hoist<'_> {
    /// Statements of the loop; `always` says that every turn runs them.
    fn block(&mut self, stmts: &mut Block, always: bool) {
        for stmt in stmts {
            // What a raised error shows is computed only then.
            match &mut *stmt {
                Stmt::Check(test, _) => self.expr(test, always),
                Stmt::Raise(_) => {}
                other => other.for_each_expr_mut(&mut |e| self.expr(e, always)),
            }
            let always = always && matches!(stmt, Stmt::For(_));
            for inner in stmt.blocks_mut() {
                self.block(inner, always);
            }
        }
    }

    /// Takes out the largest parts that do not change.
    fn expr(&mut self, e: &mut Expr, always: bool) {
        if !is_work(e) || !is_invariant(e, &self.changing) {
            e.for_each_child_mut(&mut |child| self.expr(child, always));
            return;
        }
        if !always && e.any(&mut |e| matches!(e, Expr::Kernel(..))) {
            return;
        }
        let known = self.found.iter().find(|(_, value)| value == e).map(|(local, _)| *local);
        let Some(local) = known.or_else(|| {
            let ty = type_of(self.function, e)?;
            let local = self.function.local("same", ty);
            self.found.push((local, e.clone()));
            Some(local)
        }) else {
            return;
        };
        *e = Expr::Local(local);
    }
}

/// Whether an expression costs more than reading a local: extensions and constants, also vectors of one constant, do not.
fn is_work(e: &Expr) -> bool {
    match e {
        Expr::Const(_) | Expr::Local(_) => false,
        Expr::Cast(_, a) => is_work(a),
        Expr::Splat(_, a) => a.as_const().is_none(),
        Expr::Unary(..)
        | Expr::Binary(..)
        | Expr::Select(..)
        | Expr::Cond(..)
        | Expr::Load(..)
        | Expr::Kernel(..)
        | Expr::Lane(..)
        | Expr::Ramp(..)
        | Expr::AnyTrue(_)
        | Expr::AllTrue(_)
        | Expr::MaskCast(..) => true,
    }
}
