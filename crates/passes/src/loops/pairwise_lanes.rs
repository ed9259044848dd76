//! The eight interleaved partial sums of pairwise summation as lanes of vectors.
//!
//! Scalarising writes r0 … r7, each `r_k = e(x + k)` before a loop of step 8 whose turns do `r_k = r_k + e(i + k)`. Neighbouring partial sums
//! are lanes of one vector: every addition is the same addition of the same numbers, so no bit changes. (Superword-level parallelism: S. Larsen and
//! S. Amarasinghe, 2000.) Where a stride is known only at run time, it is tested and the scalar form kept beside.

use super::vectorize::{Vectorizer, assume, vector};
use super::{PassOptions, for_each_body};
use nopython_ir::Const;
use nopython_ir::loops::{Block, Expr, For, Function, LocalId, Module, Stmt, Ty};
use nopython_ir::ops::BinOp;
use nopython_types::DType;

/// Partial sums.
const SUMS: usize = 8;

/// Runs the pass.
pub fn run(module: &mut Module, options: &PassOptions) {
    for_each_body(module, &mut |function, body| block(function, body, options));
}

fn block(function: &mut Function, stmts: &mut Block, options: &PassOptions) {
    for stmt in stmts.iter_mut() {
        for inner in stmt.blocks_mut() {
            block(function, inner, options);
        }
    }
    let Some(at) = stmts.iter().position(|s| matches!(s, Stmt::For(l) if l.step == 8 && l.body.len() == SUMS)) else {
        return;
    };
    let Some(Stmt::For(l)) = stmts.get(at) else { return };
    let Some(sums) = Sums::find(function, stmts, l) else { return };
    let Some(replacement) = sums.vectors(function, l, options) else { return };
    let mut l = l.clone();
    // The scalar beginnings move next to the loop, into the branch that needs them.
    let (beginnings, others): (Block, Block) = stmts
        .drain(..=at)
        .filter(|s| !matches!(s, Stmt::For(f) if *f == l))
        .partition(|s| matches!(s, Stmt::Set(r, _) if sums.locals.contains(r)));
    let mut out = others;
    match replacement.guard {
        None => out.extend(replacement.block),
        Some(guard) => {
            l.facts.spare = true;
            let scalar = beginnings.into_iter().chain([Stmt::For(l)]).collect();
            out.push(Stmt::If(guard, replacement.block, scalar));
        }
    }
    out.append(stmts);
    *stmts = out;
}

/// The partial sums of a loop.
struct Sums {
    locals: Vec<LocalId>,
    dtype: DType,
    /// e(i), with the loop's variable for i.
    element: Expr,
    /// x of the beginnings.
    start: Expr,
}

struct Replacement {
    block: Block,
    guard: Option<Expr>,
}

impl Sums {
    fn find(function: &Function, stmts: &Block, l: &For) -> Option<Sums> {
        let mut locals = Vec::new();
        let mut elements = Vec::new();
        for stmt in &l.body {
            let Stmt::Set(r, Expr::Binary(BinOp::Add, a, e)) = stmt else { return None };
            if **a != Expr::Local(*r) || locals.contains(r) {
                return None;
            }
            locals.push(*r);
            elements.push((**e).clone());
        }
        let element = elements.first()?.clone();
        let Ty::Scalar(dtype) = function.locals.get(*locals.first()?)?.ty else { return None };
        let beginning = |r: &LocalId| {
            stmts.iter().find_map(|s| match s {
                Stmt::Set(local, e) if local == r => Some(e),
                _ => None,
            })
        };
        let start = unify(&element, beginning(locals.first()?)?, l.var)?;
        let alike = locals.iter().zip(&elements).enumerate().all(|(k, (r, e))| {
            let k = i32::try_from(k).unwrap_or(0);
            *e == element.with(l.var, &moved(l.var.into(), k))
                && beginning(r) == Some(&element.with(l.var, &moved(start.clone(), k)))
        });
        (alike && dtype.is_float()).then_some(Sums { locals, dtype, element, start })
    }

    /// The loop on vectors, with the partial sums in their locals at its end.
    fn vectors(&self, function: &mut Function, l: &For, options: &PassOptions) -> Option<Replacement> {
        let lanes = u8::try_from(16 / self.dtype.size()).ok()?;
        let ty = vector(self.dtype, lanes)?;
        let mut vectorizer = Vectorizer::new(function, l, options, lanes);
        let element = vectorizer.expr(&self.element)?;
        let tests = std::mem::take(&mut vectorizer.guards);
        let (mut block, mut body, mut after) = (Vec::new(), Vec::new(), Vec::new());
        for (j, group) in self.locals.chunks(usize::from(lanes)).enumerate() {
            let offset = i32::try_from(j * usize::from(lanes)).ok()?;
            let sum = function.local("r", ty);
            block.push(Stmt::Set(sum, element.with(l.var, &moved(self.start.clone(), offset))));
            let next = element.with(l.var, &moved(l.var.into(), offset));
            body.push(Stmt::Set(sum, Expr::from(sum) + next));
            for (lane, r) in group.iter().enumerate() {
                after.push(Stmt::Set(*r, Expr::Lane(Box::new(sum.into()), u8::try_from(lane).ok()?)));
            }
        }
        let mut facts = l.facts;
        facts.vectorized = true;
        facts.guarded = !tests.is_empty();
        let label = function.label();
        block.push(Stmt::For(Box::new(For { label, body, facts, ..l.clone() })));
        block.extend(after);
        assume(&tests, &mut block);
        let guard = tests.into_iter().reduce(Expr::and);
        Some(Replacement { block, guard })
    }
}

/// x + k
fn moved(x: Expr, k: i32) -> Expr {
    if k == 0 { x } else { x + Expr::Const(Const::i32(k)) }
}

/// What stands in `other` where `pattern` has the local; `None` if they differ elsewhere.
fn unify(pattern: &Expr, other: &Expr, local: LocalId) -> Option<Expr> {
    let mut found = None;
    find(pattern, other, local, &mut found);
    let start = found?;
    (pattern.with(local, &start) == *other).then_some(start)
}

fn find(pattern: &Expr, other: &Expr, local: LocalId, found: &mut Option<Expr>) {
    if *pattern == Expr::Local(local) {
        *found = Some(other.clone());
        return;
    }
    let mut children = Vec::new();
    other.for_each_child(&mut |child| children.push(child));
    let mut children = children.into_iter();
    pattern.for_each_child(&mut |child| {
        if let Some(counterpart) = children.next() {
            find(child, counterpart, local, found);
        }
    });
}
