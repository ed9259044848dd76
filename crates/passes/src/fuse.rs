//! Array expressions that are named only to be used by the next statement go into it: `t = a * a; u = t + b` is one loop and
//! makes no `t`.
//!
//! Only what costs no more in its new place goes there: elements of `t` are then computed where they are used, so `t` must not be stretched by
//! broadcasting, and nothing may run in between. Where something before its new place may raise, the value stays behind as a statement of its own,
//! which checks its operands and computes nothing: what is raised first is raised first.
//! (Deforestation: P. Wadler, 1988.)

use crate::scalarise::Origins;
use nopython_ir::typed::{Expr, ExprKind, Function, MapOp, Module, Stmt, StmtKind, VarId};
use nopython_types::Type;
use std::collections::BTreeMap;

/// A value that its statement reads more often keeps its array.
const MOST_READS: usize = 3;

/// Larger expressions are not put together: each of a chain of statements that read the one before twice would double.
const LARGEST: usize = 200;

/// Runs the pass.
pub fn fuse(module: &mut Module) {
    let origins = Origins::of(module);
    for function in module.functions.values_mut() {
        crate::unroll::unroll(&function.params, &mut function.body);
        let mut uses = Uses { origins: &origins, reads: BTreeMap::new(), writes: BTreeMap::new() };
        uses.block(&function.body);
        let mut body = std::mem::take(&mut function.body);
        block(function, &mut body, &uses);
        function.body = body;
    }
}

/// In how many places each variable is read and assigned.
struct Uses<'o> {
    origins: &'o Origins,
    reads: BTreeMap<VarId, usize>,
    writes: BTreeMap<VarId, usize>,
}

impl Uses<'_> {
    fn block(&mut self, stmts: &[Stmt]) {
        for stmt in stmts {
            stmt.for_each_expr(&mut |e| self.expr(e));
            match &stmt.kind {
                StmtKind::Assign(var, _) | StmtKind::For { var, .. } => *self.writes.entry(*var).or_default() += 1,
                _ => {}
            }
            for inner in stmt.blocks() {
                self.block(inner);
            }
        }
    }

    fn expr(&mut self, e: &Expr) {
        e.walk(&mut |e| match e.kind {
            ExprKind::Var(var) => *self.reads.entry(var).or_default() += 1,
            ExprKind::Let(var, ..) => *self.writes.entry(var).or_default() += 1,
            _ => {}
        });
    }

    /// Whether a value may be evaluated later and in so many places: a function that it calls is called once, and where it was if it writes.
    fn may_move(&self, value: &Expr, reads: usize) -> bool {
        !has_call(value) || reads == 1 && !self.origins.may_write(value)
    }

    /// How often a variable that is assigned in one place is read.
    fn reads_of(&self, var: VarId) -> Option<usize> {
        (self.writes.get(&var) == Some(&1)).then(|| self.reads.get(&var).copied().unwrap_or(0))
    }
}

fn block(function: &Function, stmts: &mut Vec<Stmt>, uses: &Uses<'_>) {
    let mut out: Vec<Stmt> = Vec::with_capacity(stmts.len());
    for mut stmt in std::mem::take(stmts) {
        match &mut stmt.kind {
            StmtKind::If { then, orelse, .. } => {
                block(function, then, uses);
                block(function, orelse, uses);
            }
            StmtKind::While { body, .. } | StmtKind::For { body, .. } => block(function, body, uses),
            _ => {}
        }
        stmt.for_each_expr_mut(&mut |e| put_bound(function, e, uses));
        // What was taken in may have taken in what stands before it.
        while let Some(Stmt { kind: StmtKind::Assign(var, value), .. }) = out.last()
            && let Some(reads) = uses.reads_of(*var)
            && is_element_rule(value, reads)
            && uses.may_move(value, reads)
            && takes(function, &mut stmt, *var, value, reads)
        {
            let overtaken = value.may_raise() && is_overtaken(&stmt, value);
            if let Some(Stmt { kind: StmtKind::Assign(_, value), place }) = out.pop()
                && overtaken
            {
                out.push(Stmt { kind: StmtKind::Expr(value), place });
            }
        }
        out.push(stmt);
    }
    *stmts = out;
}

/// Whether a value is an element-wise expression whose elements may be computed where they are used: in one place, or in several if that is cheap, since
/// the loop then finds the common expression.
fn is_element_rule(value: &Expr, reads: usize) -> bool {
    matches!(&value.ty, Type::Array(ty) if ty.ndim == 1 || !has_kernel(value)) && is_small_rule(value, reads)
}

/// Whether a value is an element-wise expression that is small enough for so many places.
fn is_small_rule(value: &Expr, reads: usize) -> bool {
    let mut size = 0;
    value.walk(&mut |_| size += 1);
    matches!(value.kind, ExprKind::Map(..)) && (1..=MOST_READS).contains(&reads) && size * reads <= LARGEST
}

/// Whether all arrays of an expression are one variable, so that no element of it is stretched.
fn reads_only(e: &Expr, var: VarId) -> bool {
    let mut only = true;
    e.walk(&mut |e| {
        only &= !matches!(e.ty, Type::Array(_)) || matches!(e.kind, ExprKind::Map(..)) || e.kind == ExprKind::Var(var)
    });
    only
}

/// Whether an element costs a call.
fn has_kernel(value: &Expr) -> bool {
    has_map(value, &|op| matches!(op, MapOp::Kernel(_) | MapOp::Call(_)))
}

fn has_map(value: &Expr, wanted: &dyn Fn(&MapOp) -> bool) -> bool {
    let mut found = false;
    value.walk(&mut |e| found |= matches!(&e.kind, ExprKind::Map(op, _) if wanted(op)));
    found
}

/// Whether a value that is computed in several places of an expression is computed once for each element: where a kernel is called, all must be in
/// one loop, so not in reductions beside each other, and calls of functions are statements, of which each is made.
fn is_shared(root: &Expr, value: &Expr, reads: usize) -> bool {
    let mut reduces = false;
    root.walk(&mut |e| reduces |= matches!(e.kind, ExprKind::Reduce { .. }));
    reads == 1 || !has_kernel(value) || !reduces && !has_map(value, &|op| matches!(op, MapOp::Call(_)))
}

/// Puts values that an expression binds for itself in their places: `(sin(x))**2` binds the sine.
fn put_bound(function: &Function, e: &mut Expr, uses: &Uses<'_>) {
    e.for_each_operand_mut(&mut |operand| put_bound(function, operand, uses));
    let ExprKind::Let(var, value, body) = &e.kind else { return };
    let (Some(reads), Some(Type::Array(ty))) = (uses.reads_of(*var), function.vars.get(*var).map(|v| &v.ty)) else {
        return;
    };
    let is_rule = if reads_only(body, *var) { is_small_rule(value, reads) } else { is_element_rule(value, reads) };
    if !is_rule || !uses.may_move(value, reads) || has_call(body) || !is_shared(body, value, reads) {
        return;
    }
    let mut fused = (**body).clone();
    let all = put(&mut fused, *var, value, ty.ndim) == reads;
    let mut raised = false;
    if all && !(value.may_raise() && is_reached(&fused, value, &mut raised) && raised) {
        *e = fused;
    }
}

fn has_call(value: &Expr) -> bool {
    let mut found = false;
    value.walk(&mut |e| found |= matches!(e.kind, ExprKind::Call(..)));
    found
}

/// Puts the value of a variable in its places in a statement, if that reads it nowhere else.
fn takes(function: &Function, stmt: &mut Stmt, var: VarId, value: &Expr, reads: usize) -> bool {
    let mut calls = false;
    stmt.for_each_expr(&mut |e| calls |= has_call(e));
    let root = match &mut stmt.kind {
        StmtKind::Assign(_, e) | StmtKind::Return(e) => e,
        StmtKind::StoreView { value: e, .. } => e,
        _ => return false,
    };
    let Some(Type::Array(ty)) = function.vars.get(var).map(|v| &v.ty) else { return false };
    let mut fused = root.clone();
    if calls || !is_shared(root, value, reads) || put(&mut fused, var, value, ty.ndim) != reads {
        return false;
    }
    *root = fused;
    true
}

/// Whether something that may raise is evaluated before the first place of a value in a statement.
fn is_overtaken(stmt: &Stmt, value: &Expr) -> bool {
    let (mut raised, mut found) = (false, false);
    stmt.for_each_expr(&mut |e| found = found || is_reached(e, value, &mut raised));
    raised
}

/// Whether the value is part of an expression; notes whether anything before it may raise. Operands come before what is made of them.
fn is_reached(e: &Expr, value: &Expr, raised: &mut bool) -> bool {
    if e == value {
        return true;
    }
    let mut found = false;
    e.for_each_operand(&mut |operand| found = found || is_reached(operand, value, raised));
    *raised |= !found && e.raises_itself();
    found
}

/// Descends through element rules of as many dimensions, and through what combines their elements; gives the number of places. Rules of other
/// ranks are gone through for reductions alone, which are computed once however often their results are read.
fn put(e: &mut Expr, var: VarId, value: &Expr, ndim: u8) -> usize {
    match &mut e.kind {
        ExprKind::Map(_, operands) if matches!(&e.ty, Type::Array(ty) if ty.ndim == ndim) => {
            operands.iter_mut().map(|operand| put_here(operand, var, value, ndim)).sum()
        }
        ExprKind::Map(_, operands) => operands.iter_mut().map(|operand| put_reduced(operand, var, value, ndim)).sum(),
        ExprKind::Reduce { array, .. } => put_here(array, var, value, ndim),
        ExprKind::Unary(_, a) | ExprKind::Cast(a) => put(a, var, value, ndim),
        ExprKind::Binary(_, a, b) => put(a, var, value, ndim) + put(b, var, value, ndim),
        _ => 0,
    }
}

fn put_reduced(e: &mut Expr, var: VarId, value: &Expr, ndim: u8) -> usize {
    match &mut e.kind {
        ExprKind::Map(_, operands) => operands.iter_mut().map(|operand| put_reduced(operand, var, value, ndim)).sum(),
        ExprKind::Reduce { array, .. } => put_here(array, var, value, ndim),
        _ => 0,
    }
}

fn put_here(e: &mut Expr, var: VarId, value: &Expr, ndim: u8) -> usize {
    if e.kind == ExprKind::Var(var) {
        *e = value.clone();
        return 1;
    }
    put(e, var, value, ndim)
}
