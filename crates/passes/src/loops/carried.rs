//! What a turn stores and the next one reads is carried over in a local (scalar replacement; D. Callahan, S. Carr and K. Kennedy, *Improving
//! register allocation for subscripted variables*, 1990). A recurrence that goes through memory waits for it in each turn.
//!
//! `for i: a[i] = f(a[i − 1])` becomes `c = a[start − 1]; for i: t = f(c); a[i] = t; c = t`,
//! where every turn stores there, nothing else in the loop writes that memory, and the first turn, if there is one, surely reads it.

use super::addresses::difference;
use super::affine::{Slope, is_invariant, set_locals, slope};
use super::common::sure_exprs;
use super::effects::apart;
use super::hoist::{has_turns, may_leave};
use super::{PassOptions, for_each_body};
use nopython_ir::Const;
use nopython_ir::loops::{Address, Block, BufferId, Expr, For, Function, LocalId, Module, Stmt, Ty, type_of};
use nopython_ir::sorted::SortedSet;

/// Runs the pass.
pub fn run(module: &mut Module, _: &PassOptions) {
    for_each_body(module, &mut |function, body| block(function, body));
}

fn block(function: &mut Function, stmts: &mut Block) {
    let mut out = Vec::with_capacity(stmts.len());
    for mut stmt in std::mem::take(stmts) {
        for inner in stmt.blocks_mut() {
            block(function, inner);
        }
        if let Stmt::For(l) = &mut stmt {
            for target in targets(l) {
                out.extend(Carry::find(function, l, target).map(|carry| carry.apply(function, l)));
            }
        }
        out.push(stmt);
    }
    *stmts = out;
}

/// The addresses to which every turn stores.
fn targets(l: &For) -> Vec<Address> {
    let mut targets = Vec::new();
    for stmt in &l.body {
        stmt.walk(&mut |s| match s {
            Stmt::Store(to, _) if !targets.contains(to) && surely_stores(&l.body, to) => targets.push(to.clone()),
            _ => {}
        });
    }
    targets
}

/// Whether a block, unless it is left, stores to an address.
fn surely_stores(block: &Block, target: &Address) -> bool {
    block.iter().any(|s| match s {
        Stmt::Store(to, _) => to == target,
        Stmt::If(_, then, orelse) => surely_stores(then, target) && surely_stores(orelse, target),
        _ => false,
    })
}

/// A recurrence through memory.
struct Carry {
    target: Address,
    ty: Ty,
    /// The address at which a turn reads what the turn before has stored.
    source: Address,
}

impl Carry {
    fn find(function: &Function, l: &For, target: Address) -> Option<Carry> {
        let Ty::Scalar(counter) = function.locals[l.var].ty else { return None };
        let before = Expr::Local(l.var) - Expr::Const(Const::Int(counter, l.step.into()));
        // Addresses depend on nothing else that a turn changes than the loop's variable.
        let changing = set_locals(&l.body);
        let last = target.at.with(l.var, &before);
        let ty = only_writes(function, l, &target).filter(|_| is_invariant(&target.at, &changing))?;
        // The first turn reads it before it could be left.
        let mut source = None;
        for stmt in l.body.iter().take_while(|s| !may_leave(s)) {
            sure_exprs(stmt, &mut |e| match e {
                Expr::Load(own, from)
                    if source.is_none()
                        && *own == ty
                        && is_invariant(&from.at, &changing)
                        && difference(function, &from.at, &last) == Some(0) =>
                {
                    source = Some(from.clone());
                }
                _ => {}
            });
        }
        let carry = Carry { target, ty, source: source? };
        (carry.is_read_first(l) || carry.moves_on(l, &changing)).then_some(carry)
    }

    /// Whether no turn reads there after it has stored.
    fn is_read_first(&self, l: &For) -> bool {
        let (mut stored, mut late) = (false, false);
        for stmt in &l.body {
            stmt.walk(&mut |s| {
                s.for_each_expr(&mut |e| late |= stored && e.any(&mut |e| self.is_source(e)));
                stored |= matches!(s, Stmt::Store(to, _) if *to == self.target);
            });
        }
        !late
    }

    /// Whether turns store to elements of their own.
    fn moves_on(&self, l: &For, changing: &SortedSet<LocalId>) -> bool {
        let size = match self.ty {
            Ty::Scalar(dtype) => dtype.size(),
            Ty::Vector(..) | Ty::Mask { .. } => 16,
        };
        let mut changing = changing.clone();
        changing.insert(l.var);
        match slope(&self.target.at, l.var, &changing) {
            Some(Slope::Const(by)) => by.wrapping_mul(l.step).unsigned_abs() >= size,
            Some(Slope::Unknown(_)) | None => false,
        }
    }

    fn is_source(&self, e: &Expr) -> bool {
        matches!(e, Expr::Load(ty, from) if *ty == self.ty && *from == self.source)
    }

    /// Rewrites the loop; gives what stands before it.
    fn apply(&self, function: &mut Function, l: &mut For) -> Stmt {
        let carried = function.local("carried", self.ty);
        let next = function.local("next", self.ty);
        let first = Expr::Load(self.ty, Address::new(self.source.buffer, self.source.at.with(l.var, &l.start)));
        let first = match (has_turns(l), Expr::zero(self.ty)) {
            (Some(entered), Some(none)) => entered.cond(first, none),
            _ => first,
        };
        self.replace(&mut l.body, carried, next);
        l.body.push(Stmt::Set(carried, next.into()));
        Stmt::Set(carried, first)
    }

    fn replace(&self, stmts: &mut Block, carried: LocalId, next: LocalId) {
        let mut out = Vec::with_capacity(stmts.len() + 1);
        for mut stmt in std::mem::take(stmts) {
            stmt.for_each_expr_mut(&mut |e| {
                e.rewrite(&mut |e| {
                    if self.is_source(e) {
                        *e = carried.into();
                    }
                });
            });
            for inner in stmt.blocks_mut() {
                self.replace(inner, carried, next);
            }
            match stmt {
                Stmt::Store(to, value) if to == self.target => {
                    out.extend([Stmt::Set(next, value), Stmt::Store(to, next.into())]);
                }
                other => out.push(other),
            }
        }
        *stmts = out;
    }
}

/// The type that every store to an address has, if it is not in a loop inside this one and nothing else in the loop may write there.
fn only_writes(function: &Function, l: &For, target: &Address) -> Option<Ty> {
    let (mut ty, mut only, mut inner) = (None, true, SortedSet::new());
    for stmt in &l.body {
        stmt.walk(&mut |s| match s {
            Stmt::Store(to, value) if to == target => {
                let own = type_of(function, value);
                only &= own.is_some() && (ty.is_none() || ty == own);
                ty = own;
            }
            Stmt::Store(Address { buffer, .. }, _)
            | Stmt::Fill { to: Address { buffer, .. }, .. }
            | Stmt::Copy { to: Address { buffer, .. }, .. } => only &= apart(function, *buffer, target.buffer),
            Stmt::Call { .. } | Stmt::Alloc { .. } | Stmt::Release(_) => only = false,
            Stmt::Continue(label) => only &= *label != l.label,
            Stmt::For(inside) => inner.extend(stores(&inside.body)),
            Stmt::While { body, .. } => inner.extend(stores(body)),
            _ => {}
        });
    }
    ty.filter(|_| only && !inner.contains(&target.buffer))
}

/// The buffers that a block stores to.
fn stores(block: &Block) -> Vec<BufferId> {
    let mut found = Vec::new();
    for stmt in block {
        stmt.walk(&mut |s| {
            if let Stmt::Store(to, _) = s {
                found.push(to.buffer);
            }
        });
    }
    found
}
