//! Intrinsics that combine elements, and axis arguments.

use super::super::body::Body;
use super::super::builtins::dimension;
use super::super::ops::{self, Shape};
use super::super::share::Shared;
use super::super::{Answer, Stop};
use super::strong;
use super::viewing::transpose;
use crate::value::{Static, Val};
use nopython_diagnostics::codes;
use nopython_ir::ops::BinOp;
use nopython_ir::typed::{Expr, ExprKind, ReduceOp};
use nopython_types::{DType, Scalar, Type};
use ruff_python_ast as ast;

impl Body<'_, '_> {
    pub(super) fn combining(&mut self, name: &str, values: &[Val], node: &ast::Expr) -> Answer<Val> {
        let place = self.place_of(node);
        match (name, values) {
            ("scan", [Val::Static(Static::Str(op)), array]) => {
                let array = self.array_operand(array.clone(), node)?;
                let op = if op == "prod" { ReduceOp::Prod } else { ReduceOp::Sum };
                let ty = Shape::of(&array.ty).map_or(Type::None, |s| ops::array_type(s.scalar.dtype, 1));
                Ok(Val::Expr(Expr { kind: ExprKind::Scan { op, array: Box::new(array) }, ty, place }))
            }
            ("count_along", [array, axis]) => {
                let array = self.numeric(array.clone(), node)?;
                let Some(ndim) = Shape::of(&array.ty).and_then(|s| s.ndim) else {
                    return Ok(Val::Expr(ops::int(1, place)));
                };
                let axes = self.axes(axis, ndim, node)?;
                let product = axes
                    .into_iter()
                    .map(|axis| dimension(array.clone(), axis))
                    .reduce(|a, b| ops::binary(BinOp::Mul, a, b, true, place));
                Ok(Val::Expr(product.unwrap_or(ops::int(1, place))))
            }
            ("reduce", [Val::Static(Static::Str(op)), array, axis, keepdims]) => {
                let array = self.numeric(array.clone(), node)?;
                let keep = match keepdims {
                    Val::Expr(e) => ops::as_int(e) == Some(1),
                    _ => false,
                };
                self.reduce(op, array, axis, keep, node)
            }
            _ => Err(self.misused(name, node)),
        }
    }

    pub(super) fn reduce(&mut self, name: &str, array: Expr, axis: &Val, keep: bool, node: &ast::Expr) -> Answer<Val> {
        let place = self.place_of(node);
        let op = match name {
            "sum" => ReduceOp::Sum,
            "prod" => ReduceOp::Prod,
            "min" => ReduceOp::Min,
            "max" => ReduceOp::Max,
            "argmin" => ReduceOp::ArgMin,
            "argmax" => ReduceOp::ArgMax,
            "all" => ReduceOp::All,
            _ => ReduceOp::Any,
        };
        let Some(shape) = Shape::of(&array.ty) else { return Err(self.misused("reduce", node)) };
        let Some(ndim) = shape.ndim else {
            // A number is its own sum, smallest and so on.
            let index = matches!(op, ReduceOp::ArgMin | ReduceOp::ArgMax);
            return Ok(Val::Expr(if index {
                ops::cast_scalar(ops::int(0, place), Scalar::strong(DType::Int64))
            } else {
                strong(array)
            }));
        };
        let dtype = match op {
            ReduceOp::ArgMin | ReduceOp::ArgMax => DType::Int64,
            ReduceOp::Sum | ReduceOp::Prod | ReduceOp::Min | ReduceOp::Max | ReduceOp::All | ReduceOp::Any => {
                shape.scalar.dtype
            }
        };
        let axes = match op {
            ReduceOp::ArgMin | ReduceOp::ArgMax if matches!(axis, Val::Tuple(_)) => {
                return Err(self.misused("axis", node));
            }
            _ => self.axes(axis, ndim, node)?,
        };
        let some = axes.len() < usize::from(ndim);
        if axes.len() != 1 && some {
            return self.reduce_axes(name, array, &axes, keep, node);
        }
        let axis = axes.first().copied().filter(|_| some || axes.len() == 1);
        let scalar = Type::Scalar(Scalar::strong(dtype));
        let Some(axis) = axis.filter(|_| ndim > 1) else {
            let kind = ExprKind::Reduce { op, array: Box::new(array), axis: None };
            let total = Expr { kind, ty: scalar, place };
            if !keep {
                return Ok(Val::Expr(total));
            }
            let shape = (0..ndim).map(|_| ops::int(1, place)).collect();
            let kind = ExprKind::Full { shape, value: Box::new(total) };
            return Ok(Val::Expr(Expr { kind, ty: ops::array_type(dtype, ndim), place }));
        };
        let kind = ExprKind::Reduce { op, array: Box::new(array), axis: Some(axis) };
        let result = Expr { kind, ty: ops::array_type(dtype, ndim - 1), place };
        if keep {
            self.viewing("insert_axis", result, &[Val::Expr(ops::int(i64::from(axis), place))], node).map(Val::Expr)
        } else {
            Ok(Val::Expr(result))
        }
    }

    /// Elements combined along several axes. Neighbouring axes are one after a reshape, which is the order in which NumPy adds.
    fn reduce_axes(&mut self, op: &str, array: Expr, axes: &[u8], keep: bool, node: &ast::Expr) -> Answer<Val> {
        let place = self.place_of(node);
        let mut shared = Shared::default();
        let mut e = shared.read(self, array);
        let mut left = axes.to_vec();
        while let Some(last) = left.pop() {
            let mut first = last;
            while first > 0 && left.last() == Some(&(first - 1)) {
                left.pop();
                first -= 1;
            }
            let Some(shape) = Shape::of(&e.ty) else { break };
            let Some(ndim) = shape.ndim else { break };
            if shape.scalar.dtype.is_float() && !left.is_empty() && last + 1 < ndim {
                // Elements beside each other belong to different results, so that each is added up in the order of all its axes at once.
                left.extend(first..=last);
                let mut order: Vec<u8> = (0..last).filter(|k| !left.contains(k)).collect();
                first = order.len() as u8;
                order.append(&mut left);
                order.extend(last + 1..ndim);
                e = transpose(e, order);
            }
            if first < last {
                let mut shape: Vec<Val> = (0..first).map(|k| Val::Expr(dimension(e.clone(), k))).collect();
                let merged = (first..=last)
                    .map(|k| dimension(e.clone(), k))
                    .reduce(|a, b| ops::binary(BinOp::Mul, a, b, true, place));
                shape.extend(merged.map(Val::Expr));
                shape.extend((last + 1..ndim).map(|k| Val::Expr(dimension(e.clone(), k))));
                e = self.reshaped(e, Val::Tuple(shape), node)?;
            }
            let axis = Val::Expr(ops::int(i64::from(first), place));
            let less = self.reduce(op, e, &axis, false, node)?;
            e = self.runtime(less, node)?;
            if !left.is_empty() {
                e = shared.read(self, e);
            }
        }
        for axis in axes.iter().filter(|_| keep) {
            e = self.viewing("insert_axis", e, &[Val::Expr(ops::int(i64::from(*axis), place))], node)?;
        }
        Ok(Val::Expr(shared.around(e)))
    }

    /// The axes that an axis argument names, in increasing order; all of them for `None`.
    pub(super) fn axes(&self, value: &Val, ndim: u8, node: &ast::Expr) -> Answer<Vec<u8>> {
        let Val::Tuple(items) = value else {
            return Ok(self.axis(value, ndim, node)?.map_or_else(|| (0..ndim).collect(), |axis| vec![axis]));
        };
        let mut axes = items.iter().map(|item| self.known_axis(Some(item), ndim, node)).collect::<Answer<Vec<_>>>()?;
        axes.sort_unstable();
        axes.dedup();
        Ok(axes)
    }

    /// An axis argument: `None`, or an int known while compiling.
    pub(super) fn axis(&self, value: &Val, ndim: u8, node: &ast::Expr) -> Answer<Option<u8>> {
        match value {
            Val::Static(Static::None) => Ok(None),
            Val::Expr(e) if ops::as_int(e).is_some() => {
                self.normal_axis(ops::as_int(e).unwrap_or(0), ndim, node).map(Some)
            }
            other => Err(Stop::error(
                self.error(
                    node,
                    codes::NOT_CONSTANT,
                    "an axis must be an integer known while compiling",
                    format!("this is {}", other.describe()),
                )
                .hint("write the axis as a number: axis=0"),
            )),
        }
    }

    pub(super) fn normal_axis(&self, axis: i64, ndim: u8, node: &ast::Expr) -> Answer<u8> {
        let n = i64::from(ndim);
        let normal = if axis < 0 { axis + n } else { axis };
        u8::try_from(normal).ok().filter(|a| *a < ndim).ok_or_else(|| {
            Stop::error(self.error(
                node,
                codes::WRONG_RANK,
                format!("axis {axis} is out of bounds for array of dimension {ndim}"),
                "this call",
            ))
        })
    }

    pub(super) fn known_axis(&self, value: Option<&Val>, ndim: u8, node: &ast::Expr) -> Answer<u8> {
        match value {
            Some(value) => self.axis(value, ndim, node)?.ok_or_else(|| self.misused("axis", node)),
            None => Err(self.misused("axis", node)),
        }
    }
}
