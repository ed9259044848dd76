//! Indexing with arrays of integers or bools: reads are new arrays, stores go element by element.

use super::body::Body;
use super::index::Indexing;
use super::intrinsics::viewing::transpose;
use super::ops;
use super::{Answer, Stop};
use crate::value::Val;
use nopython_diagnostics::codes;
use nopython_ir::typed::{Expr, ExprKind, Index, StmtKind};
use nopython_types::{ArrayType, DType, Layout, Type};
use ruff_python_ast as ast;

/// Arrays between the brackets of an array, and what stands beside them.
#[derive(Clone)]
pub struct Gather {
    /// The basic index, with a whole slice where the array stands; none when the array stands alone or beside whole slices.
    entries: Vec<Index>,
    /// The arrays of integers or bools, one or two.
    arrays: Vec<Taking>,
    /// Where in the result the axes of what is taken stand.
    to: u8,
}

/// An array that takes elements along an axis.
#[derive(Clone)]
struct Taking {
    /// The axis of the indexed view.
    along: u8,
    /// The axis of the array in the source, which errors name.
    axis: u8,
    at: Expr,
}

/// An array found between the brackets: the entry that stands for it, and the array.
pub type Found = (usize, Expr);

impl Gather {
    /// An array as the only index.
    pub fn alone(at: Expr) -> Gather {
        Gather { entries: Vec::new(), arrays: vec![Taking { along: 0, axis: 0, at }], to: 0 }
    }

    /// The number of axes of what is taken: those of the array of integers, or the one of what is chosen or paired.
    fn taken(&self) -> u8 {
        match self.arrays.as_slice() {
            [Taking { at, .. }] if !is_mask(at) => rank(at),
            _ => 1,
        }
    }

    /// The axes of a result with those of what is taken in front, and the permutation that moves them back.
    fn in_front(&self, ndim: u8) -> (Vec<u8>, Vec<u8>) {
        let (to, taken) = (self.to, self.taken());
        let front = (to..to + taken).chain(0..to).chain(to + taken..ndim).collect();
        let back = (taken..taken + to).chain(0..taken).chain(taken + to..ndim).collect();
        (front, back)
    }
}

fn is_mask(e: &Expr) -> bool {
    matches!(e.ty, Type::Array(a) if a.dtype == DType::Bool)
}

const fn rank(e: &Expr) -> u8 {
    match super::structured::rank(&e.ty) {
        Some(ndim) => ndim,
        None => 0,
    }
}

/// Whether an operand of a store may be memory that the store writes: NumPy reads all of it before. Memory has one dtype, and what is
/// computed has memory of its own.
fn may_overlap(target: &Expr, operand: &Expr) -> bool {
    let computed = matches!(operand.kind, ExprKind::Map(..) | ExprKind::Copy(_) | ExprKind::ArrayLit { .. });
    match (&target.ty, &operand.ty) {
        (Type::Array(a), Type::Array(b)) => a.dtype == b.dtype && !computed,
        (Type::Structured(_), _) | (_, Type::Structured(_)) => true,
        _ => false,
    }
}

/// What a store writes to: an array that is only a rule for its elements gets memory of its own.
pub fn with_memory(target: Expr) -> Expr {
    let rule = matches!(
        target.kind,
        ExprKind::Map(..) | ExprKind::Full { .. } | ExprKind::Range { .. } | ExprKind::IndexGrid { .. }
    );
    if rule { copied(target) } else { target }
}

fn copied(e: Expr) -> Expr {
    let (ty, place) = (e.ty.clone(), e.place);
    match ty {
        Type::Array(a) => {
            let ty = Type::Array(ArrayType { layout: Layout::C, ..a });
            Expr { kind: ExprKind::Copy(Box::new(e)), ty, place }
        }
        Type::Structured(_) => super::structured::copied(Expr { ty, ..e }),
        _ => e,
    }
}

fn permuted(array: Expr, axes: Vec<u8>) -> Expr {
    transpose(array, axes)
}

impl Body<'_, '_> {
    /// The indexing by arrays beside other entries, in which each array has a whole slice in its place.
    ///
    /// NumPy takes integers beside an array as arrays too. What is taken stands where the first of them stands, or first of all when
    /// something else stands between them.
    pub fn gather_beside(&self, entries: Vec<Index>, found: Vec<Found>, node: &ast::Expr) -> Answer<Indexing> {
        if found.len() > 2 {
            return Err(self.beside(node, "more than two arrays as indices"));
        }
        let lines = |of: fn(&Expr) -> bool| found.iter().all(|(_, at)| rank(at) == 1 || !of(at));
        if !lines(is_mask) || found.len() > 1 && (!lines(|_| true) || found.iter().any(|(_, at)| is_mask(at))) {
            return Err(self.beside(node, "these arrays as indices"));
        }
        let before = |upto: usize, is_counted: fn(&Index) -> bool| {
            u8::try_from(entries.iter().take(upto).filter(|e| is_counted(e)).count()).unwrap_or(u8::MAX)
        };
        let kept = |upto: usize| before(upto, |e| !matches!(e, Index::At(_)));
        let axis = |upto: usize| before(upto, |e| !matches!(e, Index::NewAxis));
        let is_array = |k: usize| found.iter().any(|(position, _)| *position == k);
        let is_taken = |k: usize| is_array(k) || matches!(entries.get(k), Some(Index::At(_)));
        let first = (0..entries.len()).find(|k| is_taken(*k)).unwrap_or(0);
        let last = (0..entries.len()).rfind(|k| is_taken(*k)).unwrap_or(first);
        let to = if (first..=last).all(is_taken) { kept(first) } else { 0 };
        let taking = |(k, at): &Found| Taking { along: kept(*k), axis: axis(*k), at: at.clone() };
        let arrays = found.iter().map(taking).collect();
        Ok(Indexing::Gather(Gather { entries, arrays, to }))
    }

    fn beside(&self, node: &ast::Expr, what: &str) -> Stop {
        let hint = "index with one or two arrays of one dimension, a[:, index] or a[rows, columns], or write a loop: for k in range(len(index)): out[k] = a[i, index[k]]";
        self.unsupported(node, what, hint)
    }

    /// An array of integers or bools as an index, evaluated now if the index is used twice.
    pub fn gather_index(&mut self, at: Expr, node: &ast::Expr, hold: bool) -> Answer<Expr> {
        let Type::Array(ty) = at.ty else { return Ok(at) };
        if ty.dtype.is_float() {
            let message = "arrays used as indices must be of integer (or boolean) type";
            let diagnostic = self.error(node, codes::TYPE_MISMATCH, message, format!("this is {ty}"));
            return Err(Stop::error(diagnostic.hint("convert with .astype(np.int64)")));
        }
        if !hold || super::exprs::is_simple(&at) {
            return Ok(at);
        }
        let var = self.temporary("index", &at.ty);
        let place = at.place;
        self.emit(StmtKind::Assign(var, at), place);
        Ok(self.read(var, place))
    }

    /// The view whose leading axis, or two leading axes, the arrays index.
    fn gathered_view(&self, array: Expr, gather: &Gather, node: &ast::Expr) -> Answer<Expr> {
        let whole = |e: &Index| matches!(e, Index::Slice { start: None, stop: None, step: None });
        let view = if gather.entries.iter().all(whole) {
            array
        } else {
            self.index_array(array, gather.entries.clone(), node)?
        };
        let indexed = || gather.arrays.iter().map(|taking| taking.along);
        let others = (0..rank(&view)).filter(|k| indexed().all(|axis| axis != *k));
        let order = indexed().chain(others).collect();
        Ok(permuted(view, order))
    }

    /// The axes that errors name.
    fn named_axes(&self, gather: &Gather, node: &ast::Expr) -> Vec<Expr> {
        let place = self.place_of(node);
        gather.arrays.iter().map(|taking| ops::int(i64::from(taking.axis), place)).collect()
    }

    /// `array[index]` with arrays in the index: a new array.
    pub fn subscript_gather(&mut self, array: Expr, gather: Gather, node: &ast::Expr) -> Answer<Expr> {
        let view = self.gathered_view(array, &gather, node)?;
        let name = match gather.arrays.as_slice() {
            [Taking { at, .. }] if is_mask(at) => "take_where",
            [_] => "take_at",
            _ => "take_pairs",
        };
        let operands = std::iter::once(view).chain(gather.arrays.iter().map(|taking| taking.at.clone()));
        let operands = operands.chain(self.named_axes(&gather, node)).map(Val::Expr);
        let value = self.library(name, operands.collect(), node)?;
        let value = self.runtime(value, node)?;
        let (_, back) = gather.in_front(rank(&value));
        Ok(permuted(value, back))
    }

    /// Indices evaluated now, once.
    pub fn evaluated_indices(&mut self, mut gather: Gather) -> Gather {
        for Taking { at, .. } in &mut gather.arrays {
            *at = self.evaluated(at.clone());
        }
        gather
    }

    /// `array[index] = value` with arrays in the index.
    pub fn scatter(&mut self, array: Expr, gather: Gather, value: Expr, node: &ast::Expr) -> Answer<()> {
        let place = self.place_of(node);
        // The value is evaluated before the indices, and its call stands behind them.
        let is_first = self.infer.stores(&value) || gather.arrays.iter().any(|taking| self.infer.stores(&taking.at));
        let value = if is_first { self.evaluated(value) } else { value };
        let apart = |e: Expr| if may_overlap(&array, &e) { copied(e) } else { e };
        // NumPy's own loop for a mask of the array's shape reads each value when it is written.
        let in_turn = gather.entries.is_empty()
            && gather.arrays.iter().all(|Taking { at, .. }| is_mask(at) && rank(at) == rank(&array));
        let value = if in_turn { value } else { apart(value) };
        // A Python int that does not fit raises also where no element is chosen.
        let value = match (&value.ty, ops::Shape::of(&array.ty)) {
            (Type::Scalar(_), Some(shape)) => self.fitted(value, shape.scalar.dtype),
            _ => value,
        };
        let arrays: Vec<Expr> = gather.arrays.iter().map(|taking| apart(taking.at.clone())).collect();
        let view = self.gathered_view(array, &gather, node)?;
        let taken = gather.arrays.len() as u8;
        let ndim = rank(&view) - taken.min(rank(&view)) + gather.taken();
        let mut value = value;
        if gather.to > 0 && rank(&value) + gather.to + gather.taken() > ndim {
            // It reaches the axes of what is taken, which come first in the view.
            let missing = usize::from(ndim.saturating_sub(rank(&value)));
            if missing > 0 {
                value = self.index_array(value, vec![Index::NewAxis; missing], node)?;
            }
            value = permuted(value, gather.in_front(ndim).0);
        }
        let name = match arrays.as_slice() {
            [at] if is_mask(at) => "put_where",
            [_] => "put_at",
            _ => "put_pairs",
        };
        let operands = std::iter::once(view).chain(arrays).chain(std::iter::once(value));
        let operands = operands.chain(self.named_axes(&gather, node)).map(Val::Expr);
        if let Val::Expr(call) = self.library(name, operands.collect(), node)? {
            self.emit(StmtKind::Expr(call), place);
        }
        Ok(())
    }
}
