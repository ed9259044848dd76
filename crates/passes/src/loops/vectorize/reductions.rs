//! Reductions: `acc = acc op x` with an associative `op`, or, in order, lane by lane.

use nopython_ir::Const;
use nopython_ir::loops::{Expr, For, Function, LocalId, Obstacle, Stmt, Ty};
use nopython_ir::ops::{BinOp, UnOp};
use nopython_ir::sorted::SortedSet;
use nopython_types::DType;

/// A reduction: its local, its operation, and the identity of that operation.
pub struct Reduction {
    /// What the results are gathered in.
    pub local: LocalId,
    /// Associative and commutative, unless it is done in order.
    pub op: BinOp,
    /// Whether the lanes of a vector are combined with the result one after another, as rounding depends on the order.
    pub in_order: bool,
    /// What leaves every operand as it is; `None` where an operand itself has to be the start.
    pub identity: Option<Const>,
}

/// Reductions of a loop: locals set once as `acc = acc op x` and read nowhere else in it. Those of floats are taken if they may be done `in_order`.
pub fn find_reductions(
    function: &Function,
    l: &For,
    changing: &SortedSet<LocalId>,
    in_order: bool,
) -> Result<Vec<Reduction>, Obstacle> {
    let mut found = Vec::new();
    let mut set = SortedSet::new();
    for stmt in &l.body {
        let Stmt::Set(target, value) = stmt else { continue };
        // A local that this turn has set before carries nothing over from the last.
        let carried = set.insert(*target);
        let (local, Expr::Binary(op, a, b), true) = (target, value, carried) else { continue };
        let from_self = **a == Expr::Local(*local) && !b.reads(*local);
        if !from_self {
            continue;
        }
        let mut uses = 0;
        let mut sets = 0;
        for other in &l.body {
            other.for_each_expr(&mut |e| e.walk(&mut |e| uses += usize::from(*e == Expr::Local(*local))));
            sets += usize::from(matches!(other, Stmt::Set(l, _) if l == local));
        }
        let Ty::Scalar(dtype) = function.locals[*local].ty else { return Err(Obstacle::Carried(*local)) };
        let ordered = dtype.is_float() && matches!(op, BinOp::Add | BinOp::Sub | BinOp::Mul);
        if ordered && !in_order {
            return Err(Obstacle::Order(*local));
        }
        if uses != 1 || sets != 1 || !changing.contains(local) {
            return Err(Obstacle::Carried(*local));
        }
        let identity = match (op, dtype) {
            (BinOp::Min | BinOp::Max, d) if d != DType::Bool => None,
            _ if ordered => None,
            (op, d) => Some(identity(*op, d).ok_or(Obstacle::Carried(*local))?),
        };
        found.push(Reduction { local: *local, op: *op, in_order: ordered, identity });
    }
    Ok(found)
}

/// Whether a turn has an operation that vectors do in less time than the additions of their lanes, one after another, take: otherwise these are all that counts.
pub fn is_costly(body: &[Stmt]) -> bool {
    let mut found = false;
    for stmt in body {
        stmt.for_each_expr(&mut |e| {
            found |= e.any(&mut |e| {
                matches!(e, Expr::Kernel(..) | Expr::Unary(UnOp::Sqrt, _) | Expr::Binary(BinOp::Div, ..))
            });
        });
    }
    found
}

/// What leaves every operand of an associative operation as it is. Sums and products of floats are not associative.
pub fn identity(op: BinOp, dtype: DType) -> Option<Const> {
    match (op, dtype) {
        (BinOp::Add | BinOp::Or | BinOp::Xor, d) if !d.is_float() => Some(Const::zero(d)),
        (BinOp::Mul, d) if d.is_int() => Some(Const::wrap(d, 1)),
        (BinOp::And, DType::Bool) => Some(Const::Bool(true)),
        (BinOp::And, d) if d.is_int() => Some(Const::wrap(d, -1)),
        _ => None,
    }
}
