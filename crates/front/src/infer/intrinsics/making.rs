//! Intrinsics that make arrays.

use super::super::body::Body;
use super::super::builtins::dimension;
use super::super::ops::{self};
use super::super::structured;
use super::super::{Answer, Stop};
use super::strong;
use crate::value::{Static, Val};
use nopython_diagnostics::codes;
use nopython_ir::ops::{BinOp, UnOp};
use nopython_ir::typed::{Expr, ExprKind, Index, StmtKind};
use nopython_types::{DType, Exception, Layout, Scalar, Type};
use ruff_python_ast as ast;

impl Body<'_, '_> {
    /// A shape argument as extents.
    pub(super) fn shape(&mut self, value: Val, node: &ast::Expr) -> Answer<Vec<Expr>> {
        let items = match value {
            Val::Tuple(items) | Val::List(items, _) => items,
            Val::Expr(e) => match &e.ty {
                Type::Tuple(types) => crate::infer::join::items(&e, types),
                _ => vec![Val::Expr(e)],
            },
            other => vec![other],
        };
        if items.len() > 4 {
            return Err(Stop::error(
                self.error(node, codes::WRONG_RANK, "arrays have at most 4 dimensions", "this shape")
                    .hint("merge axes"),
            ));
        }
        let mut extents = Vec::new();
        for item in items {
            let e = self.runtime(item, node)?;
            match &e.ty {
                Type::Scalar(s) if s.dtype.is_int() || s.dtype == DType::Bool => {
                    extents.push(ops::cast_scalar(e, Scalar::INT))
                }
                other => {
                    return Err(Stop::error(
                        self.error(
                            node,
                            codes::TYPE_MISMATCH,
                            format!("a shape is made of integers, not {other}"),
                            format!("this is {other}"),
                        )
                        .hint("convert with int(...)"),
                    ));
                }
            }
        }
        Ok(extents)
    }

    pub(super) fn making(&mut self, name: &str, values: &[Val], node: &ast::Expr) -> Answer<Val> {
        let place = self.place_of(node);
        let rank = |n: usize| u8::try_from(n).unwrap_or(u8::MAX);
        let e = match (name, values) {
            ("full_of", [shape, value]) => {
                let shape = self.shape(shape.clone(), node)?;
                let value = strong(self.runtime(value.clone(), node)?);
                let Type::Scalar(s) = value.ty else { return Err(self.misused(name, node)) };
                let ty = ops::array_type(s.dtype, rank(shape.len()));
                Expr { kind: ExprKind::Full { shape, value: Box::new(value) }, ty, place }
            }
            ("zeros_of" | "empty_of", [shape, Val::Static(Static::RecordType(record))]) => {
                let mut shape = self.shape(shape.clone(), node)?;
                shape.push(ops::int(i64::from(record.units()), place));
                let ty = ops::array_type(record.unit(), rank(shape.len()));
                let zero = ops::constant(nopython_ir::Const::zero(record.unit()), false, place);
                let kind = match name {
                    "zeros_of" => ExprKind::Full { shape, value: Box::new(zero) },
                    _ => ExprKind::Empty(shape),
                };
                structured::records(Expr { kind, ty, place }, record)
            }
            ("zeros_of", [shape, dtype]) => {
                let dtype = self.dtype(dtype, node)?.dtype;
                let zero = ops::cast_scalar(ops::int(0, place), Scalar::strong(dtype));
                return self.making("full_of", &[shape.clone(), Val::Expr(zero)], node);
            }
            ("empty_of", [shape, dtype]) => {
                let dtype = self.dtype(dtype, node)?.dtype;
                let shape = self.shape(shape.clone(), node)?;
                let ty = ops::array_type(dtype, rank(shape.len()));
                Expr { kind: ExprKind::Empty(shape), ty, place }
            }
            ("range_of", [start, stop, step, dtype]) => {
                let dtype = self.dtype(dtype, node)?.dtype;
                self.range_of(start, stop, step, dtype, node)?
            }
            ("copy_of", [array]) => structured::copied(self.array_operand(array.clone(), node)?),
            ("as_array", [value]) => self.array_operand(value.clone(), node)?,
            ("as_array", [value @ (Val::List(..) | Val::Tuple(_)), dtype]) => {
                let dtype = self.dtype(dtype, node)?.dtype;
                self.as_array_of(value.clone(), Some(dtype), node)?
            }
            ("as_array", [value, _]) => self.array_operand(value.clone(), node)?,
            ("join_arrays", [arrays, axis, lifted @ ..]) => {
                self.join_arrays(arrays, axis, lifted.first().map(|at| (at, true)), node)?
            }
            ("stack_arrays", [arrays, axis]) => self.join_arrays(arrays, axis, Some((axis, false)), node)?,
            _ => return Err(self.misused(name, node)),
        };
        Ok(Val::Expr(e))
    }

    pub(super) fn range_of(
        &mut self,
        start: &Val,
        stop: &Val,
        step: &Val,
        dtype: DType,
        node: &ast::Expr,
    ) -> Answer<Expr> {
        let place = self.place_of(node);
        if dtype.is_complex() {
            let range = self.range_of(start, stop, step, dtype.part(), node)?;
            return Ok(ops::cast(range, dtype));
        }
        let [start, stop, step] = [start, stop, step].map(|v| self.plain_number(v.clone(), node));
        let (start, stop, step) = (start?, stop?, step?);
        let all_int = [&start, &stop, &step]
            .iter()
            .all(|e| matches!(&e.ty, Type::Scalar(s) if !s.dtype.is_float() && !s.dtype.is_complex()));
        let count = if all_int {
            let int = |e: &Expr| ops::cast_scalar(e.clone(), Scalar::INT);
            let distance = ops::binary(BinOp::Sub, int(&stop), int(&start), true, place);
            if ops::as_int(&step) == Some(1) {
                distance
            } else {
                // ⌈d / s⌉ = −⌊−d / s⌋
                let by = int(&step);
                let nonzero = ops::binary(BinOp::Ne, by.clone(), ops::int(0, place), true, place);
                let down = ops::binary(BinOp::FloorDiv, ops::unary(UnOp::Neg, distance, place), by, false, place);
                let count = ops::cast_scalar(ops::unary(UnOp::Neg, down, place), Scalar::INT);
                match ops::as_const(&nonzero) {
                    Some(nopython_ir::Const::Bool(true)) => count,
                    _ => ops::checked(nonzero, Exception::ZeroDivision, "division by zero", count),
                }
            }
        } else {
            let float = |e: &Expr| ops::cast_scalar(e.clone(), Scalar::strong(DType::Float64));
            let distance = ops::binary(BinOp::Sub, float(&stop), float(&start), false, place);
            let turns = ops::binary(BinOp::Div, distance, float(&step), false, place);
            ops::cast_scalar(ops::unary(UnOp::Ceil, turns, place), Scalar::INT)
        };
        let (first, by) = (ops::cast(start.clone(), dtype), ops::cast(step.clone(), dtype));
        let delta = if dtype.is_float() {
            let common = nopython_types::promote(
                self.operand(&start, "np.arange", node)?.scalar,
                self.operand(&step, "np.arange", node)?.scalar,
            );
            // Python's bools are added as ints, and NumPy's stay bools.
            let (op, common) = match (common.dtype, common.weak) {
                (DType::Bool, true) => (BinOp::Add, Scalar::INT),
                (DType::Bool, false) => (BinOp::Or, common),
                _ => (BinOp::Add, common),
            };
            let second = ops::binary(op, ops::convert(start, common), ops::convert(step, common), common.weak, place);
            ops::binary(BinOp::Sub, ops::cast(second, dtype), first.clone(), false, place)
        } else {
            by
        };
        let kind = ExprKind::Range { start: Box::new(first), step: Box::new(delta), count: Box::new(count) };
        Ok(Expr { kind, ty: ops::array_type(dtype, 1), place })
    }

    /// A number; arrays and tuples are refused.
    fn plain_number(&mut self, value: Val, node: &ast::Expr) -> Answer<Expr> {
        let e = self.runtime(value, node)?;
        match &e.ty {
            Type::Scalar(_) => Ok(e),
            other => Err(Stop::error(
                self.error(
                    node,
                    codes::TYPE_MISMATCH,
                    format!("a number is needed here, not {other}"),
                    format!("an argument is {other}"),
                )
                .hint("index one element, or use len(a) for its length"),
            )),
        }
    }

    /// An operand of an operator: beside an array, a list or a tuple is an array too.
    pub fn beside_array(&mut self, value: Val, other: &Val, node: &ast::Expr) -> Answer<Val> {
        let array = matches!(other, Val::Expr(Expr { ty: Type::Array(_), .. }));
        let items = matches!(
            &value,
            Val::List(..) | Val::Tuple(_) | Val::Expr(Expr { ty: Type::Tuple(_) | Type::List(_), .. })
        );
        if array && items { self.as_array(value, node).map(Val::Expr) } else { Ok(value) }
    }

    /// A nested list, tuple or number as an array; arrays as they are.
    pub fn as_array(&mut self, value: Val, node: &ast::Expr) -> Answer<Expr> {
        self.as_array_of(value, None, node)
    }

    /// As [`Body::as_array`]; numbers become the dtype that is given, each for itself, or else the one that they have in common.
    fn as_array_of(&mut self, value: Val, dtype: Option<DType>, node: &ast::Expr) -> Answer<Expr> {
        let place = self.place_of(node);
        if let Val::Expr(e) = &value
            && matches!(e.ty, Type::List(_))
        {
            let array = self.list_as_array(e.clone(), node)?;
            return Ok(match dtype {
                Some(dtype) => Expr { place, ..ops::cast(array, dtype) },
                None => array,
            });
        }
        let value = match self.taken_apart(value) {
            Val::List(items, _) | Val::Tuple(items) if items.iter().any(Val::holds_array) => {
                let rows = items.into_iter().map(|item| match item {
                    Val::List(..) | Val::Tuple(_) => self.as_array_of(item, dtype, node).map(Val::Expr),
                    other => Ok(other),
                });
                let rows = Val::Tuple(rows.collect::<Answer<_>>()?);
                let first = Val::Expr(ops::int(0, place));
                return self.join_arrays(&rows, &first, Some((&first, false)), node);
            }
            other => other,
        };
        let mut shape = Vec::new();
        let mut items = Vec::new();
        self.collect(value, 0, &mut shape, &mut items, node)?;
        let mut common: Option<Scalar> = None;
        for e in &items {
            // A Python number in a list has its own dtype: beside a float32, an int makes float64.
            let own = Scalar::strong(self.operand(e, "an array literal", node)?.scalar.dtype);
            common = Some(common.map_or(own, |c| nopython_types::promote(c, own)));
        }
        let dtype = dtype.unwrap_or(common.unwrap_or(Scalar::FLOAT).dtype);
        let items = items.into_iter().map(|e| self.fitted(e, dtype)).collect();
        let ndim = u8::try_from(shape.len()).unwrap_or(u8::MAX);
        if ndim > 4 {
            return Err(Stop::error(self.error(
                node,
                codes::WRONG_RANK,
                "arrays have at most 4 dimensions",
                "this list",
            )));
        }
        Ok(Expr { kind: ExprKind::ArrayLit { shape, items }, ty: ops::array_type(dtype, ndim), place })
    }

    pub(super) fn collect(
        &mut self,
        value: Val,
        depth: usize,
        shape: &mut Vec<u32>,
        items: &mut Vec<Expr>,
        node: &ast::Expr,
    ) -> Answer<()> {
        match value {
            Val::List(list, _) | Val::Tuple(list) => {
                let count = u32::try_from(list.len()).unwrap_or(u32::MAX);
                match shape.get(depth) {
                    None if items.is_empty() => shape.push(count),
                    Some(&n) if n == count => {}
                    // Of another length, or beside a number.
                    None | Some(_) => {
                        return Err(Stop::error(
                            self.error(
                                node,
                                codes::SHAPE_MISMATCH,
                                "the nested lists have different lengths",
                                "this list",
                            )
                            .hint("give every row the same number of items"),
                        ));
                    }
                }
                list.into_iter().try_for_each(|item| self.collect(item, depth + 1, shape, items, node))
            }
            other => {
                let e = self.runtime(other, node)?;
                if !matches!(e.ty, Type::Scalar(_)) || depth != shape.len() {
                    return Err(Stop::error(
                        self.error(
                            node,
                            codes::UNSUPPORTED_VALUE,
                            format!("an array literal of {} is not compiled", e.ty),
                            "this list",
                        )
                        .hint("use np.stack((a, b)) or np.concatenate((a, b)) for arrays"),
                    ));
                }
                items.push(e);
                Ok(())
            }
        }
    }

    /// Arrays joined along an axis: space for all, then each is stored in its part. Before that, an axis is inserted into each, or into
    /// those that are 1-D.
    pub(super) fn join_arrays(
        &mut self,
        arrays: &Val,
        axis: &Val,
        inserted: Option<(&Val, bool)>,
        node: &ast::Expr,
    ) -> Answer<Expr> {
        let place = self.place_of(node);
        let items = match arrays {
            Val::Tuple(items) | Val::List(items, _) => items.clone(),
            Val::Expr(e) => match &e.ty {
                Type::Tuple(types) => crate::infer::join::items(e, types),
                _ => return Err(self.misused("concatenate", node)),
            },
            Val::Static(_) => return Err(self.misused("concatenate", node)),
        };
        let flat = matches!(axis, Val::Static(Static::None));
        let first = Val::Expr(ops::int(0, place));
        let axis = if flat { &first } else { axis };
        let mut parts = Vec::new();
        for item in items {
            let mut e = self.array_operand(item, node)?;
            if flat {
                e = self.reshaped(e, Val::Expr(ops::int(-1, place)), node)?;
            }
            if let Some((at, only_lines)) = inserted
                && (!only_lines || structured::rank(&e.ty) == Some(1))
            {
                e = self.viewing("insert_axis", e, std::slice::from_ref(at), node)?;
            }
            let var = self.temporary("part", &e.ty);
            self.emit(StmtKind::Assign(var, e), place);
            parts.push(self.read(var, place));
        }
        // Structured are joined as their units, whose last axis stays as it is.
        let record = match parts.first().map(|e| &e.ty) {
            Some(Type::Structured(own)) => Some((std::sync::Arc::clone(&own.record), own.ndim)),
            _ => None,
        };
        if let Some((record, ndim)) = &record {
            let same = |e: &Expr| matches!(&e.ty, Type::Structured(own) if own.record == *record && own.ndim == *ndim);
            if let Some(other) = parts.iter().find(|e| !same(e)) {
                let message =
                    format!("cannot join {} and {}", structured::records_type(record, *ndim, Layout::Any), other.ty);
                return Err(Stop::error(self.error(node, codes::TYPE_MISMATCH, message, "this call")));
            }
        }
        let along = record.as_ref().map(|(_, ndim)| self.known_axis(Some(axis), *ndim, node)).transpose()?;
        let parts: Vec<Expr> = parts.into_iter().map(structured::units).collect();
        let Some(Type::Array(first)) = parts.first().map(|e| e.ty.clone()) else {
            return Err(Stop::error(self.error(
                node,
                codes::SHAPE_MISMATCH,
                "need at least one array to concatenate",
                "this call",
            )));
        };
        let axis = along.map_or_else(|| self.known_axis(Some(axis), first.ndim, node), Ok)?;
        let mut common = Scalar::strong(first.dtype);
        let mut total: Option<Expr> = None;
        for e in &parts {
            let shape = self.operand(e, "np.concatenate", node)?;
            if shape.ndim != Some(first.ndim) {
                return Err(Stop::error(self.error(
                    node,
                    codes::WRONG_RANK,
                    "all the arrays must have the same number of dimensions",
                    "this call",
                )));
            }
            common = nopython_types::promote(common, shape.scalar);
            let n = dimension(e.clone(), axis);
            total = Some(match total {
                None => n,
                Some(sum) => ops::binary(BinOp::Add, sum, n, true, place),
            });
        }
        let Some(head) = parts.first().cloned() else { return Err(self.misused("concatenate", node)) };
        let stacked = matches!(inserted, Some((_, false)));
        for (k, e) in parts.iter().enumerate().skip(1) {
            for d in (0..first.ndim).filter(|d| *d != axis) {
                let (a, b) = (dimension(head.clone(), d), dimension(e.clone(), d));
                let test = ops::binary(BinOp::Eq, a.clone(), b.clone(), true, place);
                let message = if stacked {
                    "all input arrays must have the same shape".to_owned()
                } else {
                    format!(
                        "all the input array dimensions except for the concatenation axis must match exactly, but along dimension {d}, the array at index 0 has size {{a}} and the array at index {k} has size {{b}}"
                    )
                };
                let nothing = Expr { kind: ExprKind::NoneValue, ty: Type::None, place };
                let check = ops::showing(ops::checked(test, Exception::Value, &message, nothing), vec![a, b]);
                self.emit(StmtKind::Expr(check), place);
            }
        }
        let shape = (0..first.ndim)
            .map(|k| if k == axis { total.clone().unwrap_or(ops::int(0, place)) } else { dimension(head.clone(), k) })
            .collect();
        let ty = ops::array_type(common.dtype, first.ndim);
        let out = self.temporary("joined", &ty);
        self.emit(StmtKind::Assign(out, Expr { kind: ExprKind::Empty(shape), ty, place }), place);
        let mut start = ops::int(0, place);
        for e in parts {
            let stop = ops::binary(BinOp::Add, start.clone(), dimension(e.clone(), axis), true, place);
            let full = Index::Slice { start: None, stop: None, step: None };
            let cut = Index::Slice { start: Some(start), stop: Some(stop.clone()), step: None };
            let index = (0..first.ndim).map(|k| if k == axis { cut.clone() } else { full.clone() }).collect();
            let target = self.index_array(self.read(out, place), index, node)?;
            self.store_view(target, e, node)?;
            start = stop;
        }
        let joined = self.read(out, place);
        Ok(match record {
            Some((record, _)) => structured::records(joined, &record),
            None => joined,
        })
    }
}
