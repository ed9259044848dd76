//! Tests before a loop that what it stores lies apart from what it reads.

use crate::loops::affine::{Slope, slope};
use crate::loops::linear::Linear;
use nopython_ir::Const;
use nopython_ir::loops::{Address, Block, Expr, For, Function, LocalId, Obstacle, Stmt, Ty, type_of};
use nopython_ir::ops::BinOp;
use nopython_ir::sorted::SortedSet;
use nopython_types::DType;

/// Most tests for overlap before a loop.
const MOST_SEPARATIONS: usize = 24;

/// Bytes within which another turn surely gets to.
const NEARBY: u64 = 256;

/// An access of a turn, with the loops inside the turn that repeat it, outer ones first.
struct Access<'a> {
    address: &'a Address,
    dtype: DType,
    loops: Vec<&'a For>,
}

/// Tests under which no turn reads or writes what another writes: that what is stored lies apart from every other access. Accesses at one address
/// in a turn, and buffers that are distinct anyway, need none. An obstacle when that cannot be tested.
pub fn separations(function: &Function, l: &For, changing: &SortedSet<LocalId>) -> Result<Vec<Expr>, Obstacle> {
    let mut tests = Vec::new();
    if l.facts.independent {
        return Ok(tests);
    }
    let (mut stored, mut others) = (Vec::new(), Vec::new());
    gather(function, &l.body, &mut Vec::new(), &mut stored, &mut others).ok_or(Obstacle::Overlap)?;
    let distinct = |b| function.buffers.get(b).is_some_and(|b: &nopython_ir::loops::Buffer| b.distinct);
    for store in &stored {
        let one_element = |step: i32| i64::from(step) == i64::from(store.dtype.size());
        if !matches!(slope(&store.address.at, l.var, changing), Some(Slope::Const(step)) if one_element(step)) {
            return Err(Obstacle::Stride);
        }
        for other in others.iter().chain(&stored) {
            let (a, b) = (store.address, other.address);
            let apart = a.buffer != b.buffer && (distinct(a.buffer) || distinct(b.buffer));
            if a.at == b.at || apart {
                continue;
            }
            // A few elements away in one array: the test before the loop could only fail.
            let straight = store.loops.is_empty() && other.loops.is_empty();
            if straight && distance(&a.at, &b.at).is_some_and(|d| d.unsigned_abs() < NEARBY) {
                return Err(Obstacle::Overlap);
            }
            let (low, high) = extent(function, store, l, changing).ok_or(Obstacle::Overlap)?;
            let (from, to) = extent(function, other, l, changing).ok_or(Obstacle::Overlap)?;
            let test = Expr::binary(BinOp::Or, Expr::binary(BinOp::Le, high, from), Expr::binary(BinOp::Le, to, low));
            if !tests.contains(&test) {
                tests.push(test);
            }
        }
    }
    if tests.len() <= MOST_SEPARATIONS { Ok(tests) } else { Err(Obstacle::Overlap) }
}

/// Collects what a turn writes and what it reads.
fn gather<'a>(
    function: &Function,
    body: &'a Block,
    loops: &mut Vec<&'a For>,
    stored: &mut Vec<Access<'a>>,
    others: &mut Vec<Access<'a>>,
) -> Option<()> {
    for stmt in body {
        if let Stmt::Store(address, value) = stmt
            && let Ty::Scalar(dtype) = type_of(function, value)?
        {
            stored.push(Access { address, dtype, loops: loops.clone() });
        }
        stmt.for_each_expr(&mut |e| {
            e.walk(&mut |e| {
                if let Expr::Load(Ty::Scalar(dtype), address) = e {
                    others.push(Access { address, dtype: *dtype, loops: loops.clone() });
                }
            });
        });
        if let Stmt::For(inner) = stmt {
            loops.push(inner);
            gather(function, &inner.body, loops, stored, others)?;
            loops.pop();
        }
    }
    Some(())
}

/// The first address of an access that moves by one element or not at all, and the one past its last, as `UInt32`: over all turns of the loop and of those
/// inside it, in which an address is linear and so least and greatest at their ends.
fn extent(function: &Function, access: &Access<'_>, l: &For, changing: &SortedSet<LocalId>) -> Option<(Expr, Expr)> {
    let size = i32::try_from(access.dtype.size()).ok()?;
    let last = match slope(&access.address.at, l.var, changing)? {
        Slope::Const(0) => &l.start,
        Slope::Const(step) if step == size => &l.stop,
        Slope::Const(_) | Slope::Unknown(_) => return None,
    };
    // An address that stays ends one element further; one that moves, at the bound.
    let past = if last == &l.start { size } else { 0 };
    let mut first = vec![access.address.at.with(l.var, &l.start)];
    let mut ends = vec![access.address.at.with(l.var, last)];
    for inner in access.loops.iter().rev() {
        if !access.address.at.reads(inner.var) {
            continue;
        }
        slope(&access.address.at, inner.var, &SortedSet::from([inner.var]))?;
        let bounds = [&inner.start, &inner.stop];
        let stays = |bound: &&Expr| !access.loops.iter().any(|l| bound.reads(l.var));
        if !bounds.iter().all(stays) || ends.len() > 2 {
            return None;
        }
        let Ty::Scalar(counter) = function.locals[inner.var].ty else { return None };
        let one = |e: &Expr, v: i64| e.clone() + Expr::Const(Const::Int(counter, v));
        let corners = if inner.step > 0 {
            [inner.start.clone(), one(&inner.stop, -1)]
        } else {
            [one(&inner.stop, 1), inner.start.clone()]
        };
        let at = |all: &[Expr]| all.iter().flat_map(|e| corners.iter().map(|c| e.with(inner.var, c))).collect();
        (first, ends) = (at(&first), at(&ends));
    }
    let extreme = |all: Vec<Expr>, op: BinOp| {
        all.into_iter().map(|e| e.cast(DType::UInt32)).reduce(|a, b| Expr::binary(op, a, b))
    };
    let high = extreme(ends, BinOp::Max)?;
    let high = if past == 0 { high } else { high + Expr::Const(Const::Int(DType::UInt32, past.into())) };
    Some((extreme(first, BinOp::Min)?, high))
}

/// a − b, where that is a constant.
fn distance(a: &Expr, b: &Expr) -> Option<i64> {
    let difference = linear(a)?.plus(&linear(b)?, -1)?;
    (difference.vars.is_empty() && difference.terms.is_empty()).then_some(difference.constant)
}

/// An address as a sum. Addresses wrap at 32 bits, and so do their sums and products by constants.
fn linear(e: &Expr) -> Option<Linear> {
    match e {
        Expr::Const(c) => c.as_int().map(Linear::constant),
        Expr::Binary(BinOp::Add, a, b) => linear(a)?.plus(&linear(b)?, 1),
        Expr::Binary(BinOp::Sub, a, b) => linear(a)?.plus(&linear(b)?, -1),
        Expr::Binary(BinOp::Mul, a, b) => match b.as_const().and_then(Const::as_int) {
            Some(factor) => Linear::default().plus(&linear(a)?, factor),
            None => Some(Linear::term(e.clone())),
        },
        Expr::Cast(DType::Int32 | DType::Int64, a) => linear(a),
        other => Some(Linear::term(other.clone())),
    }
}
