//! Small constant loops around updates of one array, written out: `for k in range(3): s += w[k] * x[k : k + n]` becomes three updates, which are then lowered as one
//! nest.

use crate::scalarise::Update;
use nopython_ir::Const;
use nopython_ir::typed::{Expr, ExprKind, Stmt, StmtKind, VarId};

/// Most updates that a loop may become: as many operands stay in registers.
const MOST_UPDATES: usize = 25;

/// Writes loops out, inner ones first. Updates of a parameter stay apart, because they are seen when one of them raises.
pub fn unroll(params: &[VarId], body: &mut Vec<Stmt>) {
    for mut stmt in std::mem::take(body) {
        match &mut stmt.kind {
            StmtKind::If { then, orelse, .. } => {
                unroll(params, then);
                unroll(params, orelse);
            }
            StmtKind::While { body, .. } | StmtKind::For { body, .. } => unroll(params, body),
            _ => {}
        }
        match turns(params, &stmt) {
            Some(turns) => body.extend(turns),
            None => body.push(stmt),
        }
    }
}

/// The turns of a loop, if they are few and updates of one array, and after them the last values of the loops' variables.
fn turns(params: &[VarId], stmt: &Stmt) -> Option<Vec<Stmt>> {
    let StmtKind::For { var, start, stop, step, body } = &stmt.kind else { return None };
    let (first, bound, step) = (int(start)?, int(stop)?, int(step)?);
    let (updates, last): (Vec<&Stmt>, Vec<&Stmt>) = body.iter().partition(|s| Update::of(s).is_some());
    let target = Update::of(updates.first()?)?.var()?;
    let alike = updates.iter().all(|s| Update::of(s).is_some_and(|u| u.var() == Some(target) && u.is_pure()));
    let values_last = body.iter().skip(updates.len()).all(|s| is_last_value(s, *var));
    let apart = bound.checked_sub(first)?;
    let count = usize::try_from(apart.checked_add(step - step.signum())?.checked_div(step)?).ok()?;
    if !alike
        || !values_last
        || params.contains(&target)
        || count == 0
        || count.checked_mul(updates.len())? > MOST_UPDATES
    {
        return None;
    }
    let mut out = Vec::with_capacity(count * updates.len() + last.len() + 1);
    let mut value = first;
    for turn in 0..count {
        value = first.checked_add(step.checked_mul(i64::try_from(turn).ok()?)?)?;
        for update in &updates {
            let mut update = (*update).clone();
            update.for_each_expr_mut(&mut |e| put(e, *var, value));
            out.push(update);
        }
    }
    out.extend(last.into_iter().cloned());
    let value = Expr { kind: ExprKind::Const(Const::int(value)), ty: start.ty.clone(), place: stmt.place };
    out.push(Stmt { kind: StmtKind::Assign(*var, value), place: stmt.place });
    Some(out)
}

/// Whether a statement gives the variable of an inner loop the value that it has after it.
fn is_last_value(stmt: &Stmt, outer: VarId) -> bool {
    matches!(&stmt.kind, StmtKind::Assign(var, value) if *var != outer && matches!(value.kind, ExprKind::Const(_)))
}

fn int(e: &Expr) -> Option<i64> {
    match e.kind {
        ExprKind::Const(c) => c.as_int(),
        _ => None,
    }
}

/// Puts a constant in the place of a variable.
fn put(e: &mut Expr, var: VarId, value: i64) {
    if matches!(e.kind, ExprKind::Var(v) if v == var) {
        e.kind = ExprKind::Const(Const::int(value));
    }
    e.for_each_operand_mut(&mut |e| put(e, var, value));
}
