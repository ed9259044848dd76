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
    /// The axis of the indexed view along which elements are taken.
    axis: u8,
    /// The array of integers or bools.
    at: Expr,
    /// A second array of integers, for the axis after.
    also: Option<Expr>,
}

/// An array found between the brackets: the entry that stands for it, and the array.
pub type Found = (usize, Expr);

impl Gather {
    /// An array as the only index.
    pub const fn alone(at: Expr) -> Gather {
        Gather { entries: Vec::new(), axis: 0, at, also: None }
    }
}

fn is_mask(e: &Expr) -> bool {
    matches!(e.ty, Type::Array(a) if a.dtype == DType::Bool)
}

const fn rank(e: &Expr) -> u8 {
    match e.ty {
        Type::Array(ArrayType { ndim, .. }) => ndim,
        _ => 0,
    }
}

/// Whether an operand of a store may be memory that the store writes: NumPy reads all of it before. Memory has one dtype, and what is
/// computed has memory of its own.
fn may_overlap(target: &Expr, operand: &Expr) -> bool {
    let computed = matches!(operand.kind, ExprKind::Map(..) | ExprKind::Copy(_) | ExprKind::ArrayLit { .. });
    match (&target.ty, &operand.ty) {
        (Type::Array(a), Type::Array(b)) => a.dtype == b.dtype && !computed,
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
        _ => e,
    }
}

/// The axes of an array with one of them moved to the front, and the permutation that moves it back.
fn to_front(ndim: u8, axis: u8) -> (Vec<u8>, Vec<u8>) {
    let front = std::iter::once(axis).chain((0..ndim).filter(|k| *k != axis)).collect();
    let back = (1..=axis).chain(std::iter::once(0)).chain(axis + 1..ndim).collect();
    (front, back)
}

fn permuted(array: Expr, axes: Vec<u8>) -> Expr {
    match array.ty {
        Type::Array(ty) => transpose(array, ty, axes),
        _ => array,
    }
}

impl Body<'_, '_> {
    /// The indexing by arrays beside other entries, in which each array has a whole slice in its place.
    ///
    /// NumPy takes integers beside an array as arrays too: when a slice stands between them, the axis of the result comes first. That is
    /// compiled only where it comes first anyway.
    pub fn gather_beside(&self, entries: Vec<Index>, found: Vec<Found>, node: &ast::Expr) -> Answer<Indexing> {
        let kept = |upto: usize| entries.iter().take(upto).filter(|e| !matches!(e, Index::At(_))).count();
        let mut found = found.into_iter();
        let (Some((position, at)), second, None) = (found.next(), found.next(), found.next()) else {
            return Err(self.beside(node, "more than two arrays as indices"));
        };
        let axis = u8::try_from(kept(position)).unwrap_or(u8::MAX);
        if let Some((other, also)) = second {
            let plain = other == position + 1 && axis == 0 && rank(&at) == 1 && rank(&also) == 1;
            if !plain || is_mask(&at) || is_mask(&also) || entries.iter().any(|e| matches!(e, Index::At(_))) {
                return Err(self.beside(node, "these two arrays as indices"));
            }
            return Ok(Indexing::Gather(Gather { entries, axis, at, also: Some(also) }));
        }
        let integers = || entries.iter().enumerate().filter(|(_, e)| matches!(e, Index::At(_))).map(|(k, _)| k);
        let first = integers().next().unwrap_or(position).min(position);
        let last = integers().next_back().unwrap_or(position).max(position);
        let separated = (first..=last).any(|k| k != position && !integers().any(|i| i == k));
        if (separated && axis > 0) || rank(&at) != 1 {
            return Err(self.beside(node, "this array beside these indices"));
        }
        Ok(Indexing::Gather(Gather { entries, axis, at, also: None }))
    }

    fn beside(&self, node: &ast::Expr, what: &str) -> Stop {
        let hint = "index with one array at a time, a[:, index] or a[i, index], or write a loop: for k in range(len(index)): out[k] = a[i, index[k]]";
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
        let (front, _) = to_front(rank(&view), gather.axis);
        Ok(permuted(view, front))
    }

    /// `array[index]` with arrays in the index: a new array.
    pub fn subscript_gather(&mut self, array: Expr, gather: Gather, node: &ast::Expr) -> Answer<Expr> {
        let view = self.gathered_view(array, &gather, node)?;
        let (_, back) = to_front(rank(&view), gather.axis);
        let name = match &gather.also {
            Some(_) => "take_pairs",
            None if is_mask(&gather.at) => "take_where",
            None => "take_at",
        };
        let indices = std::iter::once(gather.at).chain(gather.also).map(Val::Expr);
        let value = self.library(name, std::iter::once(Val::Expr(view)).chain(indices).collect(), node)?;
        let value = self.runtime(value, node)?;
        Ok(if gather.axis == 0 { value } else { permuted(value, back) })
    }

    /// `array[index] = value` with arrays in the index.
    pub fn scatter(&mut self, array: Expr, gather: Gather, value: Expr, node: &ast::Expr) -> Answer<()> {
        let place = self.place_of(node);
        let apart = |e: Expr| if may_overlap(&array, &e) { copied(e) } else { e };
        // NumPy's own loop for a mask of the array's shape reads each value when it is written.
        let in_turn = gather.entries.is_empty() && is_mask(&gather.at) && rank(&gather.at) == rank(&array);
        let value = if in_turn { value } else { apart(value) };
        // A Python int that does not fit raises also where no element is chosen.
        let value = match (&value.ty, ops::Shape::of(&array.ty)) {
            (Type::Scalar(_), Some(shape)) => self.fitted(value, shape.scalar.dtype),
            _ => value,
        };
        let (at, also) = (apart(gather.at.clone()), gather.also.clone().map(apart));
        let view = self.gathered_view(array, &gather, node)?;
        let value = match rank(&value) {
            0 => value,
            _ if gather.axis == 0 => value,
            n if n == rank(&view) => permuted(value, to_front(n, gather.axis).0),
            _ => return Err(self.beside(node, "assigning an array of fewer dimensions through this index")),
        };
        let name = match &gather.also {
            Some(_) => "put_pairs",
            None if is_mask(&at) => "put_where",
            None => "put_at",
        };
        let indices = std::iter::once(at).chain(also).map(Val::Expr);
        let operands = std::iter::once(Val::Expr(view)).chain(indices).chain(std::iter::once(Val::Expr(value)));
        if let Val::Expr(call) = self.library(name, operands.collect(), node)? {
            self.emit(StmtKind::Expr(call), place);
        }
        Ok(())
    }
}
