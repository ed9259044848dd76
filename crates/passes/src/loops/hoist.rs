//! What does not change in a loop is computed before it (loop-invariant code motion; F. Allen and J. Cocke, *A catalogue of optimizing
//! transformations*, 1972). Engines leave it where it stands.
//!
//! Expressions have no effects, and those that read no memory never trap, so each may be computed even if the loop has no turns. An assignment
//! leaves with its value where it is the only one of its local and every read follows it in its block, and what is computed from that
//! local may follow; a constant goes where it is read. Calls of kernels stay where only some turns make them.
//!
//! Memory that the loop does not write is read before it where the first turn surely reads it, if there is one:
//! `t = first turn exists ? e : 0`.

use super::copies::{Renaming, Uses, count_uses};
use super::effects::{Effects, is_slow_cast};
use super::{PassOptions, for_each_body};
use nopython_ir::Const;
use nopython_ir::loops::{Block, Expr, For, Function, LocalId, Module, Stmt, type_of};
use nopython_ir::ops::BinOp;
use nopython_ir::sorted::SortedMap;

/// Runs the pass.
pub fn run(module: &mut Module, _: &PassOptions) {
    for_each_body(module, &mut |function, body| {
        let uses = count_uses(body);
        block(function, body, &uses);
    });
}

/// Outer loops first, so that everything goes as far out as it can.
fn block(function: &mut Function, stmts: &mut Block, uses: &SortedMap<LocalId, Uses>) {
    let mut out = Vec::with_capacity(stmts.len());
    for mut stmt in std::mem::take(stmts) {
        if matches!(stmt, Stmt::For(_) | Stmt::While { .. }) {
            let effects = Effects::of(&stmt);
            let mut hoist = Hoist { function, uses, effects, entered: None, sure: false, found: Vec::new() };
            match &mut stmt {
                Stmt::While { test, .. } => hoist.expr(test, true),
                Stmt::For(l) => {
                    hoist.entered = has_turns(l);
                    hoist.sure = true;
                }
                _ => {}
            }
            for inner in stmt.blocks_mut() {
                hoist.block(inner, true);
            }
            out.extend(hoist.found.into_iter().map(|(local, value)| Stmt::Set(local, value)));
        }
        for inner in stmt.blocks_mut() {
            block(function, inner, uses);
        }
        out.push(stmt);
    }
    *stmts = out;
}

/// start < stop, unless that is known.
pub fn has_turns(l: &For) -> Option<Expr> {
    let int = |e: &Expr| e.as_const().and_then(Const::as_int);
    let (low, high) = if l.step > 0 { (&l.start, &l.stop) } else { (&l.stop, &l.start) };
    let known = int(low).zip(int(high)).is_some_and(|(low, high)| low < high);
    (!known).then(|| Expr::binary(BinOp::Lt, low.clone(), high.clone()))
}

/// What leaves one loop.
struct Hoist<'f> {
    function: &'f mut Function,
    uses: &'f SortedMap<LocalId, Uses>,
    /// What the loop changes; locals whose assignment has left it are no longer among that.
    effects: Effects,
    /// Whether the loop has turns, unless it surely has.
    entered: Option<Expr>,
    /// Whether the first turn, if there is one, surely gets to this point.
    sure: bool,
    found: Vec<(LocalId, Expr)>,
}

impl Hoist<'_> {
    /// Statements of the loop; `always` says that every turn runs them.
    fn block(&mut self, stmts: &mut Block, always: bool) {
        let mut rest = std::mem::take(stmts);
        rest.reverse();
        while let Some(mut stmt) = rest.pop() {
            if let Stmt::Set(local, value) = &stmt
                && let Some(value) = self.outside(value, always)
                && self.is_only_set(*local, &rest)
            {
                self.effects.set.remove(local);
                if let Expr::Const(_) = value {
                    let mut names = Renaming::default();
                    names.value(*local, value);
                    names.statements(&mut rest);
                } else {
                    self.found.push((*local, value));
                }
                continue;
            }
            // What a raised error shows is computed only then.
            match &mut stmt {
                Stmt::Check(test, _) => self.expr(test, always),
                Stmt::Raise(_) => {}
                other => other.for_each_expr_mut(&mut |e| self.expr(e, always)),
            }
            let sure = std::mem::take(&mut self.sure) && !may_leave(&stmt);
            let always = always && matches!(stmt, Stmt::For(_));
            for inner in stmt.blocks_mut() {
                self.block(inner, always);
            }
            self.sure = sure;
            stmts.push(stmt);
        }
    }

    /// Whether a local has no value but the one set here: the rest of the block, which is reversed, has every
    /// read of it.
    fn is_only_set(&self, local: LocalId, rest: &Block) -> bool {
        let Some(uses) = self.uses.get(&local) else { return false };
        // Reads mostly follow at once; the search ends with the last of them, so that it does not go through a long block for each local.
        let mut left = uses.reads;
        let mut all_follow = || {
            rest.iter().rev().any(|stmt| {
                let here = count_uses(std::slice::from_ref(stmt)).get(&local).map_or(0, |inside| inside.reads);
                left = left.saturating_sub(here);
                left == 0
            })
        };
        uses.sets == 1 && uses.reads > 0 && !self.function.params.contains(&local) && all_follow()
    }

    /// A value as it is computed before the loop, if it can be.
    fn outside(&self, e: &Expr, always: bool) -> Option<Expr> {
        let loads = e.loads();
        if self.effects.change(self.function, e)
            || loads && !self.sure
            || !always && e.any(&mut |e| matches!(e, Expr::Kernel(..)))
        {
            return None;
        }
        let Some(entered) = self.entered.clone().filter(|_| loads) else { return Some(e.clone()) };
        Some(entered.cond(e.clone(), Expr::zero(type_of(self.function, e)?)?))
    }

    /// Takes out the largest parts that do not change.
    fn expr(&mut self, e: &mut Expr, always: bool) {
        let Some(value) = is_work(self.function, e).then(|| self.outside(e, always)).flatten() else {
            return self.parts(e, always);
        };
        let known = self.found.iter().find(|(_, known)| *known == value).map(|(local, _)| *local);
        let Some(local) = known.or_else(|| {
            let ty = type_of(self.function, e)?;
            let local = self.function.local("same", ty);
            self.found.push((local, value));
            Some(local)
        }) else {
            return;
        };
        *e = Expr::Local(local);
    }

    /// The sides of a `Cond` are not surely evaluated.
    fn parts(&mut self, e: &mut Expr, always: bool) {
        let sure = self.sure;
        if let Expr::Cond(test, then, orelse) = e {
            self.expr(test, always);
            self.sure = false;
            self.expr(then, always);
            self.expr(orelse, always);
            self.sure = sure;
        } else {
            e.for_each_child_mut(&mut |child| self.expr(child, always));
        }
    }
}

/// Whether what stands behind a statement may not run.
pub fn may_leave(stmt: &Stmt) -> bool {
    let mut leaves = false;
    stmt.walk(&mut |s| {
        leaves |= match s {
            Stmt::Check(..)
            | Stmt::Raise(_)
            | Stmt::Break(_)
            | Stmt::Continue(_)
            | Stmt::Return(_)
            | Stmt::Call { .. }
            | Stmt::Alloc { .. } => true,
            Stmt::Set(..)
            | Stmt::Store(..)
            | Stmt::If(..)
            | Stmt::For(_)
            | Stmt::While { .. }
            | Stmt::Scope(..)
            | Stmt::Retain(_)
            | Stmt::Release(_)
            | Stmt::Copy { .. }
            | Stmt::Fill { .. } => false,
        }
    });
    leaves
}

/// Whether an expression costs more than reading a local: extensions and constants, also vectors of one constant, do not.
fn is_work(function: &Function, e: &Expr) -> bool {
    match e {
        Expr::Const(_) | Expr::Local(_) => false,
        Expr::Cast(_, a) => is_slow_cast(function, e) || is_work(function, a),
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
