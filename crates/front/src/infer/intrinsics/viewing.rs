//! Intrinsics that look at an array in another way.

use super::super::body::Body;
use super::super::builtins::dimension;
use super::super::ops;
use super::super::structured::{rank, records, units};
use super::super::{Answer, Stop};
use crate::value::Val;
use nopython_diagnostics::codes;
use nopython_ir::ops::BinOp;
use nopython_ir::typed::{Expr, ExprKind, Index};
use nopython_types::{ArrayType, Layout, Type};
use ruff_python_ast as ast;

impl Body<'_, '_> {
    pub(super) fn viewing(&mut self, name: &str, array: Expr, rest: &[Val], node: &ast::Expr) -> Answer<Expr> {
        let place = self.place_of(node);
        let Some(ndim) = rank(&array.ty) else { return Err(self.misused(name, node)) };
        let full = Index::Slice { start: None, stop: None, step: None };
        match name {
            "reshape_to" => match rest {
                [shape] => self.reshaped(array, shape.clone(), node),
                _ => Err(self.misused(name, node)),
            },
            "transpose_to" => {
                let axes = match rest {
                    [Val::Tuple(items) | Val::List(items, _)] => Some(items.clone()),
                    _ => None,
                };
                self.transposed(array, axes, node)
            }
            "swap_axes" => {
                let a = self.known_axis(rest.first(), ndim, node)?;
                let b = self.known_axis(rest.get(1), ndim, node)?;
                let axes = (0..ndim).map(|k| {
                    if k == a {
                        b
                    } else if k == b {
                        a
                    } else {
                        k
                    }
                });
                Ok(transpose(array, axes.collect()))
            }
            "move_axes" => {
                let listed = |value: Option<&Val>| match value {
                    Some(Val::Tuple(items)) => {
                        items.iter().map(|item| self.known_axis(Some(item), ndim, node)).collect::<Answer<Vec<_>>>()
                    }
                    one => Ok(vec![self.known_axis(one, ndim, node)?]),
                };
                let (from, to) = (listed(rest.first())?, listed(rest.get(1))?);
                if from.len() != to.len() {
                    let message = "`source` and `destination` arguments must have the same number of elements";
                    return Err(Stop::error(self.error(node, codes::WRONG_RANK, message, "this call")));
                }
                let mut moved: Vec<(u8, u8)> = to.into_iter().zip(from.iter().copied()).collect();
                moved.sort_unstable();
                let mut axes: Vec<u8> = (0..ndim).filter(|axis| !from.contains(axis)).collect();
                for (place, axis) in moved {
                    axes.insert(usize::from(place).min(axes.len()), axis);
                }
                Ok(transpose(array, axes))
            }
            "insert_axis" => {
                let given = rest.first().unwrap_or(&Val::NONE);
                let count = if let Val::Tuple(items) = given { items.len() } else { 1 };
                let ndim = ndim.saturating_add(u8::try_from(count).unwrap_or(u8::MAX));
                let axes = match given {
                    Val::Tuple(_) => self.axes(given, ndim, node)?,
                    one => vec![self.known_axis(Some(one), ndim, node)?],
                };
                if axes.len() < count {
                    return Err(Stop::error(self.error(node, codes::WRONG_RANK, "repeated axis", "this call")));
                }
                let new = |k: u8| if axes.contains(&k) { Index::NewAxis } else { full.clone() };
                let index = (0..ndim).map(new).collect();
                if ndim > 4 {
                    return Err(Stop::error(self.error(
                        node,
                        codes::WRONG_RANK,
                        "arrays have at most 4 dimensions",
                        "this call",
                    )));
                }
                let Type::Array(ty) = array.ty else { return Ok(self.viewed(array, index, node)) };
                let view = Type::Array(ArrayType { ndim, layout: Layout::Any, ..ty });
                Ok(Expr { kind: ExprKind::View { array: Box::new(array), index }, ty: view, place })
            }
            "drop_axis" => {
                let axes = self.axes(rest.first().unwrap_or(&Val::NONE), ndim, node)?;
                let first = Index::At(ops::int(0, place));
                let index = (0..ndim).map(|k| if axes.contains(&k) { first.clone() } else { full.clone() }).collect();
                self.index_array(array, index, node)
            }
            "stretch_to" => {
                let shape = self.shape(rest.first().cloned().unwrap_or(Val::NONE), node)?;
                let Type::Array(ty) = array.ty else { return Err(self.misused(name, node)) };
                let ndim = u8::try_from(shape.len()).unwrap_or(u8::MAX);
                if ndim < ty.ndim {
                    return Err(Stop::error(self.error(
                        node,
                        codes::WRONG_RANK,
                        format!("cannot broadcast {ty} to {ndim} dimensions"),
                        "this call",
                    )));
                }
                let view = Type::Array(ArrayType { ndim, layout: Layout::Any, ..ty });
                Ok(Expr { kind: ExprKind::BroadcastTo(Box::new(array), shape), ty: view, place })
            }
            "reverse_axes" => {
                let axes = self.axes(rest.first().unwrap_or(&Val::NONE), ndim, node)?;
                let back = Index::Slice { start: None, stop: None, step: Some(ops::int(-1, place)) };
                let index = (0..ndim).map(|k| if axes.contains(&k) { back.clone() } else { full.clone() }).collect();
                self.index_array(array, index, node)
            }
            "merge_axes" => {
                let axes = self.axes(rest.first().unwrap_or(&Val::NONE), ndim, node)?;
                let others: Vec<u8> = (0..ndim).filter(|k| !axes.contains(k)).collect();
                let shape = others.iter().map(|k| Val::Expr(dimension(array.clone(), *k)));
                let merged = axes.iter().map(|k| dimension(array.clone(), *k));
                let merged = merged.reduce(|a, b| ops::binary(BinOp::Mul, a, b, true, place));
                let shape = shape.chain(merged.map(Val::Expr)).collect();
                let moved = transpose(array, others.iter().chain(&axes).copied().collect());
                self.reshaped(moved, Val::Tuple(shape), node)
            }
            "slice_axis" => {
                let axis = self.known_axis(rest.first(), ndim, node)?;
                let bound = |value: Option<&Val>| match value {
                    Some(Val::Expr(e)) => Some(e.clone()),
                    _ => None,
                };
                let cut = Index::Slice { start: bound(rest.get(1)), stop: bound(rest.get(2)), step: None };
                let index = (0..ndim).map(|k| if k == axis { cut.clone() } else { full.clone() }).collect();
                self.index_array(array, index, node)
            }
            _ => Err(self.misused(name, node)),
        }
    }

    /// An array with another shape.
    pub fn reshaped(&mut self, array: Expr, shape: Val, node: &ast::Expr) -> Answer<Expr> {
        let place = self.place_of(node);
        if let Type::Structured(own) = &array.ty {
            let (record, ndim) = (std::sync::Arc::clone(&own.record), own.ndim);
            let mut shape = self.shape(shape, node)?;
            if let (1, [all]) = (ndim, shape.as_slice())
                && ops::as_int(all).is_some_and(|n| n < 0)
            {
                return Ok(array);
            }
            shape.push(ops::int(i64::from(record.units()), place));
            let ndim = u8::try_from(shape.len()).unwrap_or(u8::MAX);
            let ty = ops::array_type(record.unit(), ndim);
            let units = Box::new(units(array));
            return Ok(records(Expr { kind: ExprKind::Reshape(units, shape), ty, place }, &record));
        }
        let Type::Array(ty) = array.ty else { return Err(self.misused("reshape", node)) };
        let shape = self.shape(shape, node)?;
        // A line is its own reshaping, whatever its stride.
        if let (1, [all]) = (ty.ndim, shape.as_slice())
            && ops::as_int(all).is_some_and(|n| n < 0)
        {
            return Ok(array);
        }
        if shape.iter().filter(|e| ops::as_int(e).is_some_and(|n| n < 0)).count() > 1 {
            return Err(Stop::error(self.error(
                node,
                codes::SHAPE_MISMATCH,
                "can only specify one unknown dimension",
                "two are negative",
            )));
        }
        let ndim = u8::try_from(shape.len()).unwrap_or(u8::MAX);
        Ok(Expr { kind: ExprKind::Reshape(Box::new(array), shape), ty: ops::array_type(ty.dtype, ndim), place })
    }

    /// An array with its axes permuted, or reversed.
    pub fn transposed(&mut self, array: Expr, axes: Option<Vec<Val>>, node: &ast::Expr) -> Answer<Expr> {
        let Some(ndim) = rank(&array.ty) else { return Err(self.misused("transpose", node)) };
        let axes: Vec<u8> = match axes {
            None => (0..ndim).rev().collect(),
            Some(items) => {
                items.iter().map(|item| self.known_axis(Some(item), ndim, node)).collect::<Answer<Vec<_>>>()?
            }
        };
        let mut sorted = axes.clone();
        sorted.sort_unstable();
        if sorted != (0..ndim).collect::<Vec<_>>() {
            return Err(Stop::error(self.error(
                node,
                codes::WRONG_RANK,
                "the axes are not a permutation of the array's",
                "this call",
            )));
        }
        Ok(transpose(array, axes))
    }
}

/// An array with its axes permuted.
pub fn transpose(array: Expr, mut axes: Vec<u8>) -> Expr {
    if axes.iter().enumerate().all(|(k, axis)| k == usize::from(*axis)) {
        return array;
    }
    let place = array.place;
    let record = match &array.ty {
        Type::Structured(own) => {
            axes.push(own.ndim);
            Some(std::sync::Arc::clone(&own.record))
        }
        _ => None,
    };
    let array = units(array);
    let Type::Array(ty) = array.ty else { return array };
    let ty = Type::Array(ArrayType { layout: Layout::Any, ..ty });
    let transposed = Expr { kind: ExprKind::Transpose(Box::new(array), axes), ty, place };
    match record {
        Some(record) => records(transposed, &record),
        None => transposed,
    }
}
