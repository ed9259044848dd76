//! Branches as selections, so that a turn is a straight line (J. R. Allen, K. Kennedy, C. Porterfield and J. Warren, *Conversion of control
//! dependence to data dependence*, 1983).
//!
//! `if t: x = e` is `x = e if t else x`, and a store under a condition writes back what is there. Both sides are evaluated: expressions have no effects, and every
//! access that has lost its check lies in its buffer in each turn, taken or not.

use super::reductions::identity;
use crate::loops::affine::set_locals;
use crate::loops::copies::{Renaming, Uses, count_uses};
use nopython_ir::loops::{Block, Expr, Function, LocalId, Stmt, Ty, type_of};
use nopython_ir::ops::BinOp;
use nopython_ir::sorted::SortedMap;
use nopython_types::DType;

/// Whether a body is assignments, stores, checks and branches over them. What a check inside a branch guards is not read in turns that do not
/// take the branch, so such a branch is no selection.
pub fn is_straight(body: &Block) -> bool {
    body.iter().all(|s| match s {
        Stmt::Set(..) | Stmt::Store(..) | Stmt::Check(..) => true,
        Stmt::If(_, then, orelse) => {
            let checked = then.iter().chain(orelse).any(|s| matches!(s, Stmt::Check(..)));
            !checked && is_straight(then) && is_straight(orelse)
        }
        Stmt::For(_)
        | Stmt::While { .. }
        | Stmt::Scope(..)
        | Stmt::Break(_)
        | Stmt::Continue(_)
        | Stmt::Raise(_)
        | Stmt::Call { .. }
        | Stmt::Alloc { .. }
        | Stmt::Retain(_)
        | Stmt::Release(_)
        | Stmt::Copy { .. }
        | Stmt::Fill { .. }
        | Stmt::Return(_) => false,
    })
}

/// The body without branches. `uses` counts those of locals in the whole function.
pub fn straighten(function: &mut Function, body: &Block, uses: &SortedMap<LocalId, Uses>) -> Block {
    let mut out = Vec::with_capacity(body.len());
    for stmt in body {
        match stmt {
            Stmt::If(test, then, orelse) => {
                let then = straighten(function, then, uses);
                let orelse = straighten(function, orelse, uses);
                branch(function, test, then, orelse, uses, &mut out);
            }
            other => out.push(other.clone()),
        }
    }
    out
}

/// Statements of one turn that replace an `if`.
struct Branch<'a> {
    function: &'a mut Function,
    uses: &'a SortedMap<LocalId, Uses>,
    /// Uses of locals in the branch as a whole.
    inside: SortedMap<LocalId, Uses>,
    out: &'a mut Block,
}

fn branch(
    function: &mut Function,
    test: &Expr,
    mut then: Block,
    mut orelse: Block,
    uses: &SortedMap<LocalId, Uses>,
    out: &mut Block,
) {
    // A test that is needed once, before anything has changed, needs no name.
    let test = if then.len() + orelse.len() > 1 {
        let name = function.scalar("test", DType::Bool);
        out.push(Stmt::Set(name, test.clone()));
        Expr::Local(name)
    } else {
        test.clone()
    };
    let both: Block = then.iter().chain(&orelse).cloned().collect();
    let inside = count_uses(&both);
    let joined = join(function, &mut then, &mut orelse, uses, &inside);
    let mut branch = Branch { function, uses, inside, out };
    then.into_iter().for_each(|stmt| branch.under(&test, stmt));
    let otherwise = test.clone().not();
    orelse.into_iter().for_each(|stmt| branch.under(&otherwise, stmt));
    for (local, (a, b)) in joined {
        out.push(Stmt::Set(local, test.clone().cond(a.into(), b.into())));
    }
}

/// Locals that both sides set get a name for each side, of which one is chosen at the end.
fn join(
    function: &mut Function,
    then: &mut Block,
    orelse: &mut Block,
    uses: &SortedMap<LocalId, Uses>,
    inside: &SortedMap<LocalId, Uses>,
) -> Vec<(LocalId, (LocalId, LocalId))> {
    let (left, right) = (set_locals(then), set_locals(orelse));
    let shared: Vec<LocalId> = left.intersection(&right).copied().filter(|l| inside.get(l) != uses.get(l)).collect();
    let mut joined = Vec::new();
    for local in shared {
        let sides = [then.as_mut_slice(), orelse.as_mut_slice()].map(|side| {
            let own = function.locals.push(function.locals[local].clone());
            let mut names = Renaming::default();
            names.local(local, own);
            names.statements(side);
            own
        });
        let [a, b] = sides;
        for (side, own) in [(&mut *then, a), (&mut *orelse, b)] {
            // A side that reads the local before it sets it reads what it was.
            side.insert(0, Stmt::Set(own, Expr::Local(local)));
            if is_set_first(side.get(1..).unwrap_or_default(), own) {
                side.remove(0);
            }
        }
        joined.push((local, (a, b)));
    }
    joined
}

/// Whether the first statement that mentions a local sets it without reading it.
fn is_set_first(side: &[Stmt], local: LocalId) -> bool {
    for stmt in side {
        if stmt.reads(local) {
            return false;
        }
        if matches!(stmt, Stmt::Set(l, _) if *l == local) {
            return true;
        }
    }
    true
}

impl Branch<'_> {
    /// A statement that has an effect only if the test holds. Locals that nothing outside the branch uses may be set in any case.
    fn under(&mut self, test: &Expr, stmt: Stmt) {
        let stmt = match stmt {
            Stmt::Set(local, value) if self.is_private(local) => Stmt::Set(local, value),
            Stmt::Set(local, value) => Stmt::Set(local, self.selected(test, local, value)),
            Stmt::Store(address, value) => match type_of(self.function, &value) {
                Some(ty) => {
                    let old = Expr::Load(ty, address.clone());
                    Stmt::Store(address, test.clone().cond(value, old))
                }
                None => Stmt::Store(address, value),
            },
            other => other,
        };
        self.out.push(stmt);
    }

    fn is_private(&self, local: LocalId) -> bool {
        // Locals made here have no uses elsewhere.
        self.uses.get(&local).is_none_or(|uses| self.inside.get(&local) == Some(uses))
    }

    /// The value of a local after `if test: local = value`; reductions keep their form:
    /// a op x if t else a = a op (x if t else e) with the identity e of op, and x if x > a else a = max(a, x) of integers.
    fn selected(&self, test: &Expr, local: LocalId, value: Expr) -> Expr {
        let old = Expr::Local(local);
        let dtype = match self.function.locals[local].ty {
            Ty::Scalar(dtype) => dtype,
            Ty::Vector(..) | Ty::Mask { .. } => return test.clone().cond(value, old),
        };
        if let Expr::Binary(op, a, x) = &value
            && **a == old
            && let Some(identity) = identity(*op, dtype)
        {
            return Expr::binary(*op, old, test.clone().cond((**x).clone(), Expr::Const(identity)));
        }
        let extreme = match test {
            Expr::Binary(BinOp::Gt | BinOp::Ge, x, a) if **x == value && **a == old => Some(BinOp::Max),
            Expr::Binary(BinOp::Lt | BinOp::Le, a, x) if **x == value && **a == old => Some(BinOp::Max),
            Expr::Binary(BinOp::Lt | BinOp::Le, x, a) if **x == value && **a == old => Some(BinOp::Min),
            Expr::Binary(BinOp::Gt | BinOp::Ge, a, x) if **x == value && **a == old => Some(BinOp::Min),
            _ => None,
        };
        match extreme {
            Some(op) if dtype.is_int() => Expr::binary(op, old, value),
            _ => test.clone().cond(value, old),
        }
    }
}
