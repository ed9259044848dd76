//! Tests before a loop that what it stores lies apart from what it reads.

use crate::loops::affine::{Slope, slope};
use nopython_ir::Const;
use nopython_ir::loops::{Address, Expr, For, Function, LocalId, Stmt, Ty, type_of};
use nopython_ir::ops::BinOp;
use nopython_types::DType;
use std::collections::BTreeSet;

/// Most tests for overlap before a loop.
const MOST_SEPARATIONS: usize = 24;

/// Tests under which no turn reads or writes what another writes: that what is stored lies apart from every other access. Accesses at one address
/// in a turn, and buffers that are distinct anyway, need none. `None` when that cannot be tested.
pub fn separations(function: &Function, l: &For, changing: &BTreeSet<LocalId>) -> Option<Vec<Expr>> {
    let mut tests = Vec::new();
    if l.facts.independent {
        return Some(tests);
    }
    let mut stored: Vec<(&Address, DType)> = Vec::new();
    let mut others: Vec<(&Address, DType)> = Vec::new();
    for stmt in &l.body {
        if let Stmt::Store(address, value) = stmt
            && let Ty::Scalar(dtype) = type_of(function, value)?
        {
            stored.push((address, dtype));
            others.push((address, dtype));
        }
        stmt.for_each_expr(&mut |e| {
            e.walk(&mut |e| {
                if let Expr::Load(Ty::Scalar(dtype), address) = e {
                    others.push((address, *dtype));
                }
            });
        });
    }
    let distinct = |b| function.buffers.get(b).is_some_and(|b: &nopython_ir::loops::Buffer| b.distinct);
    for (store, dtype) in &stored {
        let Slope::Const(step) = slope(&store.at, l.var, changing)? else { return None };
        if step != i32::try_from(dtype.size()).ok()? {
            return None;
        }
        for (other, width) in &others {
            let apart = other.buffer != store.buffer && (distinct(other.buffer) || distinct(store.buffer));
            if other.at == store.at || apart {
                continue;
            }
            let (low, high) = extent(store, l);
            let (from, to) = match slope(&other.at, l.var, changing)? {
                Slope::Const(0) => {
                    let at = (*other.at).clone().cast(DType::UInt32);
                    (at.clone(), at + Expr::Const(Const::Int(DType::UInt32, i64::from(width.size()))))
                }
                Slope::Const(s) if s == i32::try_from(width.size()).ok()? => extent(other, l),
                Slope::Const(_) | Slope::Unknown(_) => return None,
            };
            let test = Expr::binary(BinOp::Or, Expr::binary(BinOp::Le, high, from), Expr::binary(BinOp::Le, to, low));
            if !tests.contains(&test) {
                tests.push(test);
            }
        }
    }
    (tests.len() <= MOST_SEPARATIONS).then_some(tests)
}

/// The first address of an access that moves by one element, and the one past its last, as `UInt32`.
fn extent(address: &Address, l: &For) -> (Expr, Expr) {
    let at = |bound: &Expr| {
        let mut e = (*address.at).clone();
        e.rewrite(&mut |e| {
            if *e == Expr::Local(l.var) {
                *e = bound.clone();
            }
        });
        e.cast(DType::UInt32)
    };
    (at(&l.start), at(&l.stop))
}
