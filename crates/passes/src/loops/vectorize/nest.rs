//! Outer loops on vectors, with the loops inside them run for several lanes at once.
//!
//! Where each turn of a loop adds up floats one after another, the order of a sum keeps the inner loop from vectors; but the sums of neighbouring
//! turns do not wait for each other. Each lane does what one turn did, in its order, so that no bit changes. (Unroll-and-jam: D. Callahan, S. Carr and K. Kennedy,
//! *Improving register allocation for subscripted variables*, 1990.)

use super::{Vectorizer, changing, lane_count, reads, separations};
use crate::loops::PassOptions;
use crate::loops::affine::{Slope, is_invariant, set_locals, slope};
use nopython_ir::loops::{Block, Expr, For, Function, LocalId, Stmt};
use nopython_ir::sorted::{SortedMap, SortedSet};

/// Neighbouring vectors that are computed together where there are few values to keep.
const COPIES: usize = 4;
/// Locals that the loops inside set, for which that many copies still fit the machine's registers.
const FEW: usize = 2;
/// Beyond this, there is one copy.
const SEVERAL: usize = 5;

/// Whether a block holds a loop on vectors.
pub fn has_vectors(block: &Block) -> bool {
    let mut found = false;
    for stmt in block {
        stmt.walk(&mut |s| found |= matches!(s, Stmt::For(l) if l.facts.vectorized));
    }
    found
}

impl<'f> Vectorizer<'f> {
    /// A loop that holds others, on vectors; `live` are locals read around it.
    pub(super) fn try_nest(
        function: &'f mut Function,
        l: &For,
        options: &'f PassOptions,
        live: &SortedSet<LocalId>,
    ) -> Option<Block> {
        let changing = changing(l);
        let mut carried = Carried { changing: &changing, var: l.var, set: SortedSet::new() };
        if l.step != 1 || !is_nest(&l.body, &changing) || !carried.is_fresh(&l.body) {
            return None;
        }
        // Nothing reads the variable of a loop after it.
        if changing.iter().any(|local| *local != l.var && live.contains(local)) || !moves_evenly(l, &changing) {
            return None;
        }
        let guards = separations(function, l, &changing).ok()?;
        let lanes = lane_count(function, &l.body)?;
        let mut this = Vectorizer::new(function, l, options, lanes);
        this.guards = guards;
        let copies = match accumulators(&l.body, &changing) {
            n if n <= FEW => COPIES,
            n if n <= SEVERAL => 2,
            _ => 1,
        };
        this.twins = vec![SortedMap::new(); copies];
        let label = this.function.label();
        let body = this.turn(&l.body)?;
        let width = i32::try_from(copies).ok()? * i32::from(lanes);
        Some(this.assemble(Vec::new(), For { label, body, step: width, ..l.clone() }, &[], &[], l))
    }
}

/// How many locals the loops inside a body set.
fn accumulators(body: &Block, changing: &SortedSet<LocalId>) -> usize {
    let inner: Block = body.iter().filter(|s| matches!(s, Stmt::For(_))).cloned().collect();
    set_locals(&inner).intersection(changing).count()
}

/// Whether a body is assignments, stores and loops over such, with the same turns for each lane.
fn is_nest(body: &Block, changing: &SortedSet<LocalId>) -> bool {
    body.iter().all(|s| match s {
        Stmt::Set(..) | Stmt::Store(..) => true,
        Stmt::For(l) => {
            is_invariant(&l.start, changing) && is_invariant(&l.stop, changing) && is_nest(&l.body, changing)
        }
        Stmt::If(..)
        | Stmt::Check(..)
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

/// Finds locals whose value comes from an earlier turn.
struct Carried<'a> {
    changing: &'a SortedSet<LocalId>,
    var: LocalId,
    /// Locals that this turn has surely set.
    set: SortedSet<LocalId>,
}

impl Carried<'_> {
    /// Whether every local is set in a turn before it is read.
    fn is_fresh(&mut self, body: &Block) -> bool {
        body.iter().all(|stmt| match stmt {
            Stmt::For(l) => {
                // The loop inside may have no turns.
                let before = self.set.clone();
                let fresh = self.is_fresh(&l.body);
                self.set = before;
                fresh
            }
            other => {
                let mut read = SortedSet::new();
                reads(other, &mut read);
                let fresh = read.iter().all(|r| !self.changing.contains(r) || *r == self.var || self.set.contains(r));
                if let Stmt::Set(local, _) = other {
                    self.set.insert(*local);
                }
                fresh
            }
        })
    }
}

/// Whether every access moves by a known step with the loop: with a run-time stride, neighbouring turns are hardly neighbours in memory.
fn moves_evenly(l: &For, changing: &SortedSet<LocalId>) -> bool {
    let mut even = true;
    let mut note = |at: &Expr| even &= matches!(slope(at, l.var, changing), Some(Slope::Const(_)));
    for stmt in &l.body {
        stmt.walk(&mut |s| {
            if let Stmt::Store(address, _) = s {
                note(&address.at);
            }
            s.for_each_expr(&mut |e| {
                e.walk(&mut |e| {
                    if let Expr::Load(_, address) = e {
                        note(&address.at);
                    }
                });
            });
        });
    }
    even
}
