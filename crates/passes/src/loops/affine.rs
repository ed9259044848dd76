//! Addresses as functions of a loop's variable.

use nopython_ir::Const;
use nopython_ir::loops::{Expr, LocalId, Stmt};
use nopython_ir::ops::BinOp;
use nopython_ir::sorted::SortedSet;
use nopython_types::DType;

/// How an expression changes when the loop's variable grows by one.
#[derive(Clone, Debug, PartialEq)]
pub enum Slope {
    /// By a constant; 0 for what does not depend on the loop.
    Const(i32),
    /// By an expression that does not depend on the loop.
    Unknown(Expr),
}

/// The locals that a block sets.
pub fn set_locals(block: &[Stmt]) -> SortedSet<LocalId> {
    let mut set = SortedSet::new();
    for stmt in block {
        stmt.walk(&mut |s| match s {
            Stmt::Set(local, _) | Stmt::Alloc { owner: local, .. } => {
                set.insert(*local);
            }
            Stmt::For(l) => {
                set.insert(l.var);
            }
            Stmt::Call { results, .. } => set.extend(results.iter().copied()),
            _ => {}
        });
    }
    set
}

/// Whether an expression is the same in every turn: it reads neither the loop's locals nor memory.
pub fn is_invariant(e: &Expr, changing: &SortedSet<LocalId>) -> bool {
    !e.any(&mut |e| match e {
        Expr::Local(local) => changing.contains(local),
        Expr::Load(..) => true,
        _ => false,
    })
}

/// The slope of an `Int32` (or, inside a conversion to it, `Int64`) expression in `var`, or `None` if it is not affine.
///
/// Arithmetic wraps, and wrapping to 32 bits respects +, − and ·, so the slope of a conversion is that of its operand.
pub fn slope(e: &Expr, var: LocalId, changing: &SortedSet<LocalId>) -> Option<Slope> {
    match e {
        Expr::Local(local) if *local == var => Some(Slope::Const(1)),
        e if is_invariant(e, changing) => Some(Slope::Const(0)),
        Expr::Cast(DType::Int32 | DType::Int64, a) => slope(a, var, changing),
        Expr::Binary(BinOp::Add, a, b) => match (slope(a, var, changing)?, slope(b, var, changing)?) {
            (Slope::Const(x), Slope::Const(y)) => Some(Slope::Const(x.wrapping_add(y))),
            (Slope::Const(0), other) | (other, Slope::Const(0)) => Some(other),
            _ => None,
        },
        Expr::Binary(BinOp::Sub, a, b) => match (slope(a, var, changing)?, slope(b, var, changing)?) {
            (Slope::Const(x), Slope::Const(y)) => Some(Slope::Const(x.wrapping_sub(y))),
            (other, Slope::Const(0)) => Some(other),
            _ => None,
        },
        Expr::Binary(BinOp::Mul, a, b) => {
            let (x, y) = (slope(a, var, changing)?, slope(b, var, changing)?);
            let (factor, moving) = match (x, y) {
                (Slope::Const(0), moving) => (a, moving),
                (moving, Slope::Const(0)) => (b, moving),
                _ => return None,
            };
            match (factor.as_const().and_then(Const::as_int), moving) {
                (Some(c), Slope::Const(m)) => Some(Slope::Const(i32::try_from(c).ok()?.wrapping_mul(m))),
                (None, Slope::Const(1)) => Some(Slope::Unknown((**factor).clone())),
                _ => None,
            }
        }
        _ => None,
    }
}
