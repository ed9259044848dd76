//! What statements change, and what expressions cost.

use nopython_ir::loops::{Address, BufferId, Expr, Function, LocalId, Stmt, Ty, type_of};
use nopython_ir::sorted::SortedSet;

/// What a statement changes.
pub struct Effects {
    /// The locals that it sets.
    pub set: SortedSet<LocalId>,
    written: Vec<BufferId>,
    /// Whether it may write anywhere.
    anywhere: bool,
}

impl Effects {
    /// Those of a statement and all statements inside it.
    pub fn of(stmt: &Stmt) -> Effects {
        let mut effects = Effects {
            set: super::affine::set_locals(std::slice::from_ref(stmt)),
            written: Vec::new(),
            anywhere: false,
        };
        stmt.walk(&mut |s| match s {
            Stmt::Store(Address { buffer, .. }, _)
            | Stmt::Fill { to: Address { buffer, .. }, .. }
            | Stmt::Copy { to: Address { buffer, .. }, .. } => effects.written.push(*buffer),
            Stmt::Call { .. } | Stmt::Alloc { .. } | Stmt::Release(_) => effects.anywhere = true,
            _ => {}
        });
        effects
    }

    /// Whether the value of an expression may change.
    pub fn change(&self, function: &Function, value: &Expr) -> bool {
        value.any(&mut |e| match e {
            Expr::Local(local) => self.set.contains(local),
            Expr::Load(_, address) => self.write(function, address.buffer),
            _ => false,
        })
    }

    /// Whether it may write to memory.
    pub fn writes(&self) -> bool {
        self.anywhere || !self.written.is_empty()
    }

    /// Whether memory that is read through a buffer may be written.
    fn write(&self, function: &Function, from: BufferId) -> bool {
        self.anywhere || self.written.iter().any(|to| !apart(function, *to, from))
    }
}

/// Whether two buffers have no memory in common.
pub fn apart(function: &Function, a: BufferId, b: BufferId) -> bool {
    let distinct = |b: BufferId| function.buffers.get(b).is_some_and(|b| b.distinct);
    a != b && (distinct(a) || distinct(b))
}

/// Whether an expression is a conversion of a float to an integer, which takes a dozen instructions and two branches.
pub fn is_slow_cast(function: &Function, e: &Expr) -> bool {
    let Expr::Cast(to, a) = e else { return false };
    to.is_int() && matches!(type_of(function, a), Some(Ty::Scalar(from)) if from.is_float())
}
