//! What stands in the way of vectors, for the report.

use super::Vectorizer;
use nopython_ir::loops::{Block, Expr, Obstacle, Stmt, Ty, type_of};
use nopython_types::DType;

impl Vectorizer<'_> {
    /// Notes what stands in the way, unless something did before.
    pub fn refuse<T>(&mut self, obstacle: Obstacle) -> Option<T> {
        self.obstacle.get_or_insert(obstacle);
        None
    }

    /// Notes that an operation has no form on vectors of the dtype of `e`.
    pub fn no_form<T>(&mut self, e: &Expr) -> Option<T> {
        let dtype = match type_of(self.function, e)? {
            Ty::Scalar(dtype) | Ty::Vector(dtype, _) => dtype,
            Ty::Mask { .. } => DType::Bool,
        };
        self.refuse(Obstacle::Operation(dtype))
    }
}

/// The first statement of a body that is not [straight](super::straighten::is_straight), as an obstacle. A loop inside comes before
/// anything else.
pub fn first_obstacle(body: &Block) -> Option<Obstacle> {
    let mut first = None;
    let mut inner = false;
    for stmt in body {
        stmt.walk(&mut |s| {
            inner |= matches!(s, Stmt::For(_));
            first = first.or(obstacle(s));
        });
    }
    if inner { Some(Obstacle::Inner) } else { first }
}

fn obstacle(stmt: &Stmt) -> Option<Obstacle> {
    match stmt {
        Stmt::Set(..) | Stmt::Store(..) | Stmt::Check(..) => None,
        // A check that only some turns make.
        Stmt::If(_, then, orelse) => then.iter().chain(orelse).find_map(|s| match s {
            Stmt::Check(_, fault) => Some(Obstacle::Raises(fault.site)),
            _ => None,
        }),
        Stmt::For(_) => Some(Obstacle::Inner),
        Stmt::While { .. } => Some(Obstacle::Endless),
        Stmt::Scope(..) | Stmt::Break(_) | Stmt::Continue(_) | Stmt::Return(_) => Some(Obstacle::Leaves),
        Stmt::Raise(fault) => Some(Obstacle::Raises(fault.site)),
        Stmt::Call { function, .. } => Some(Obstacle::Calls(*function)),
        Stmt::Alloc { .. } | Stmt::Retain(_) | Stmt::Release(_) | Stmt::Copy { .. } | Stmt::Fill { .. } => {
            Some(Obstacle::Memory)
        }
    }
}
