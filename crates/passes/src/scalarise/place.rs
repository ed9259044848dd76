//! Places: views, transposes, reshapes and broadcasts of memory.

use super::lower::Lowering;
use super::value::{ArrayRef, contiguous_strides, plus, times};
use super::{Lowered, malformed};
use nopython_ir::Const;
use nopython_ir::loops::Expr;
use nopython_ir::ops::BinOp;
use nopython_ir::typed::{self, Index, Place};
use nopython_types::{ArrayType, DType, Exception, Layout};

/// An extent as an int64.
pub fn wide(extent: &Expr) -> Expr {
    match extent.as_const().and_then(Const::as_int) {
        Some(v) => Expr::i64(v),
        None => extent.clone().cast(DType::Int64),
    }
}

/// An int64 as an `Int32`, exactly if it is an extent or an index in range.
pub fn narrow(index: Expr) -> Expr {
    match constant(&index) {
        Some(v) => Expr::Const(Const::wrap(DType::Int32, v)),
        None => index.cast(DType::Int32),
    }
}

fn min(a: Expr, b: Expr) -> Expr {
    Expr::binary(BinOp::Min, a, b)
}

fn max(a: Expr, b: Expr) -> Expr {
    Expr::binary(BinOp::Max, a, b)
}

fn constant(e: &Expr) -> Option<i64> {
    e.as_const().and_then(Const::as_int)
}

/// The axis that errors name for an index which stands at an axis.
pub const fn named_axis(index: &typed::Expr, stands_at: usize) -> usize {
    match index.kind {
        typed::ExprKind::OfAxis(_, axis) => axis as usize,
        _ => stands_at,
    }
}

impl Lowering<'_> {
    /// An index in range as an `Int32` expression: negative counts from the end, out of range raises.
    pub fn checked_index(&mut self, index: Expr, extent: &Expr, axis: usize, place: Place) -> Expr {
        let message = format!("index {{a}} is out of bounds for axis {axis} with size {{b}}");
        match constant(&index) {
            Some(i) if i >= 0 => {
                let fits = Expr::i64(i).lt(wide(extent));
                self.check(fits, Exception::Index, &message, vec![Expr::i64(i), extent.clone()], place);
                Expr::Const(Const::wrap(DType::Int32, i))
            }
            Some(i) => {
                let fits = Expr::binary(BinOp::Ge, wide(extent), Expr::i64(i.saturating_neg()));
                self.check(fits, Exception::Index, &message, vec![Expr::i64(i), extent.clone()], place);
                plus(extent.clone(), Expr::Const(Const::wrap(DType::Int32, i)))
            }
            None => {
                let i = self.atom("i", DType::Int64, index);
                let wrapped = i.clone().lt(Expr::i64(0)).cond(i.clone() + wide(extent), i.clone());
                let j = self.spill("j", DType::Int64, wrapped);
                // As unsigned numbers, negative ones are greater than every extent.
                let fits = Expr::Local(j).cast(DType::UInt64).lt(wide(extent).cast(DType::UInt64));
                self.check(fits, Exception::Index, &message, vec![i, extent.clone()], place);
                Expr::Local(j).cast(DType::Int32)
            }
        }
    }

    /// Basic indexing.
    pub fn view(&mut self, array: ArrayRef, index: &[Index], ty: ArrayType, place: Place) -> Lowered<ArrayRef> {
        let strides = array.all_strides();
        let mut axes = array.shape.iter().zip(&strides).enumerate();
        let mut data = array.data.clone();
        let (mut shape, mut kept) = (Vec::new(), Vec::new());
        for entry in index {
            if matches!(entry, Index::NewAxis) {
                shape.push(Expr::i32(1));
                kept.push(Expr::i32(0));
                continue;
            }
            let Some((axis, (extent, stride))) = axes.next() else { return malformed("too many indices") };
            match entry {
                Index::At(at) => {
                    let axis = named_axis(at, axis);
                    let at = self.scalar(at)?;
                    let at = self.checked_index(at, extent, axis, place);
                    data = plus(data, times(at, stride.clone()));
                }
                Index::Slice { start, stop, step } => {
                    let (first, count, step) =
                        self.slice(start.as_ref(), stop.as_ref(), step.as_ref(), extent, place)?;
                    data = plus(data, times(first, stride.clone()));
                    shape.push(count);
                    kept.push(times(step, stride.clone()));
                }
                Index::NewAxis => {}
            }
        }
        if axes.next().is_some() {
            return malformed("too few indices");
        }
        let strides = (ty.layout == Layout::Any).then_some(kept);
        let view = ArrayRef { data, shape, strides, ..array };
        Ok(self.settle(view))
    }

    /// Part of each record of an array, which is given by its units: `tail` are the extents that stand in the place of the units' axis.
    pub fn field_view(&mut self, units: ArrayRef, offset: u32, tail: &[u32], ty: ArrayType) -> ArrayRef {
        let int = |v: u32| Expr::i32(i32::try_from(v).unwrap_or(i32::MAX));
        let data = plus(units.data.clone(), int(offset));
        let tail: Vec<Expr> = tail.iter().map(|&n| int(n)).collect();
        let strides = (ty.layout == Layout::Any).then(|| {
            let mut strides = units.all_strides();
            strides.pop();
            strides.extend(contiguous_strides(&tail, i32::try_from(ty.dtype.size()).unwrap_or(i32::MAX)));
            strides
        });
        let mut shape = units.shape.clone();
        shape.pop();
        shape.extend(tail);
        self.settle(ArrayRef { dtype: ty.dtype, data, shape, strides, ..units })
    }

    /// A slice of an axis: first index, number of elements, step, all `Int32`.
    fn slice(
        &mut self,
        start: Option<&typed::Expr>,
        stop: Option<&typed::Expr>,
        step: Option<&typed::Expr>,
        extent: &Expr,
        place: Place,
    ) -> Lowered<(Expr, Expr, Expr)> {
        let start = start.map(|e| self.scalar(e)).transpose()?;
        let stop = stop.map(|e| self.scalar(e)).transpose()?;
        let step = step.map(|e| self.scalar(e)).transpose()?.unwrap_or(Expr::i64(1));
        if let (Some(1), Some((low, high))) = (constant(&step), constant_cuts(start.as_ref(), stop.as_ref())) {
            let first = if low == 0 { Expr::i32(0) } else { min(Expr::i32(low), extent.clone()) };
            let first = self.atom("start", DType::Int32, first);
            let total = low.saturating_add(high);
            return Ok((first, self.cut_extent(extent, total), Expr::i32(1)));
        }
        match constant(&step) {
            Some(0) => {
                self.check(Expr::bool(false), Exception::Value, "slice step cannot be zero", Vec::new(), place);
                Ok((Expr::i32(0), Expr::i32(0), Expr::i32(1)))
            }
            Some(step) => Ok(self.slice_by_constant(start, stop, step, extent)),
            None => Ok(self.slice_by_variable(start, stop, step, extent, place)),
        }
    }

    /// max(extent − cut, 0), the same local for the same operands.
    fn cut_extent(&mut self, extent: &Expr, cut: i32) -> Expr {
        match extent {
            _ if cut == 0 => extent.clone(),
            Expr::Local(source) => {
                if let Some(&known) = self.cuts.get(&(*source, cut)) {
                    return known.into();
                }
                let count = self.spill_extent(max(extent.clone() - Expr::i32(cut), Expr::i32(0)));
                if let Expr::Local(count) = count {
                    self.cuts.insert((*source, cut), count);
                }
                count
            }
            other => match constant(other).and_then(|n| i32::try_from(n).ok()) {
                Some(n) => Expr::i32(n.saturating_sub(cut).max(0)),
                None => max(other.clone() - Expr::i32(cut), Expr::i32(0)),
            },
        }
    }

    /// A bound counted from the end if negative, then clipped to `low..=high`.
    fn clip(&mut self, bound: Expr, extent: &Expr, low: i64, high: Expr) -> Expr {
        let from_end = match constant(&bound) {
            Some(b) if b >= 0 => bound,
            Some(b) => wide(extent) + Expr::i64(b),
            None => {
                let b = self.atom("bound", DType::Int64, bound);
                b.clone().lt(Expr::i64(0)).select(b.clone() + wide(extent), b)
            }
        };
        max(min(from_end, high), Expr::i64(low))
    }

    fn slice_by_constant(
        &mut self,
        start: Option<Expr>,
        stop: Option<Expr>,
        step: i64,
        extent: &Expr,
    ) -> (Expr, Expr, Expr) {
        let n = wide(extent);
        let (low, high) = if step > 0 { (0, n.clone()) } else { (-1, n.clone() - Expr::i64(1)) };
        let (first, last) = if step > 0 { (Expr::i64(0), n) } else { (high.clone(), Expr::i64(-1)) };
        let first = start.map_or(first, |b| self.clip(b, extent, low, high.clone()));
        let last = stop.map_or(last, |b| self.clip(b, extent, low, high));
        let first = self.atom("start", DType::Int64, first);
        let distance = if step > 0 { last - first.clone() } else { first.clone() - last };
        let count = if step.abs() == 1 {
            max(distance, Expr::i64(0))
        } else {
            // ⌈distance / |step|⌉ for a positive distance.
            let size = step.saturating_abs();
            Expr::binary(
                BinOp::FloorDiv,
                max(distance, Expr::i64(0)) + Expr::i64(size.saturating_sub(1)),
                Expr::i64(size),
            )
        };
        let count = self.spill_extent(narrow(count));
        (narrow(first), count, Expr::Const(Const::wrap(DType::Int32, step)))
    }

    fn slice_by_variable(
        &mut self,
        start: Option<Expr>,
        stop: Option<Expr>,
        step: Expr,
        extent: &Expr,
        place: Place,
    ) -> (Expr, Expr, Expr) {
        let step: Expr = self.spill("step", DType::Int64, step).into();
        let nonzero = Expr::binary(BinOp::Ne, step.clone(), Expr::i64(0));
        self.check(nonzero, Exception::Value, "slice step cannot be zero", Vec::new(), place);
        let up: Expr = self.spill("up", DType::Bool, Expr::i64(0).lt(step.clone())).into();
        let n = wide(extent);
        let low: Expr = self.spill("low", DType::Int64, up.clone().select(Expr::i64(0), Expr::i64(-1))).into();
        let high: Expr =
            self.spill("high", DType::Int64, up.clone().select(n.clone(), n.clone() - Expr::i64(1))).into();
        let bound = |this: &mut Self, given: Option<Expr>, default: Expr| match given {
            None => default,
            Some(b) => {
                let b = this.atom("bound", DType::Int64, b);
                let from_end = b.clone().lt(Expr::i64(0)).select(b.clone() + n.clone(), b);
                max(min(from_end, high.clone()), low.clone())
            }
        };
        let first = bound(self, start, up.clone().select(Expr::i64(0), high.clone()));
        let last = bound(self, stop, up.clone().select(n.clone(), Expr::i64(-1)));
        let first: Expr = self.spill("start", DType::Int64, first).into();
        let last = self.spill("stop", DType::Int64, last);
        let distance = up.clone().select(Expr::from(last) - first.clone(), first.clone() - last.into());
        let size: Expr = self
            .spill(
                "size",
                DType::Int64,
                up.select(step.clone(), Expr::unary(nopython_ir::ops::UnOp::Neg, step.clone())),
            )
            .into();
        // ⌊(max(d, 0) − 1) / size⌋ + 1 does not overflow, and is 0 for d ≤ 0.
        let count = Expr::binary(BinOp::FloorDiv, max(distance, Expr::i64(0)) - Expr::i64(1), size) + Expr::i64(1);
        let count = self.spill_extent(narrow(count));
        (narrow(first), count, narrow(step))
    }

    /// Axes permuted.
    pub fn transpose(&mut self, array: ArrayRef, axes: &[u8], layout: Layout) -> Lowered<ArrayRef> {
        let strides = array.all_strides();
        let pick = |from: &[Expr]| -> Lowered<Vec<Expr>> {
            axes.iter()
                .map(|&axis| from.get(usize::from(axis)).cloned().map_or_else(|| malformed("bad axis"), Ok))
                .collect()
        };
        let shape = pick(&array.shape)?;
        let strides = (layout == Layout::Any).then(|| pick(&strides)).transpose()?;
        let transposed = ArrayRef { shape, strides, ..array };
        Ok(self.settle(transposed))
    }

    /// Axes stretched to a shape.
    pub fn broadcast_to(&mut self, array: ArrayRef, shape: &[typed::Expr], place: Place) -> Lowered<ArrayRef> {
        let shape = self.extents(shape, place)?;
        let strides = array.all_strides();
        let lead = shape.len().checked_sub(array.ndim());
        let Some(lead) = lead else { return malformed("broadcast_to a smaller rank") };
        let mut out = vec![Expr::i32(0); lead];
        for ((extent, stride), target) in array.shape.iter().zip(&strides).zip(shape.iter().skip(lead)) {
            let same = extent.clone().equals(target.clone());
            let fits = Expr::binary(BinOp::Or, same.clone(), extent.clone().equals(Expr::i32(1)));
            let message = "operands could not be broadcast together: an axis of size {a} does not stretch to {b}";
            self.check(fits, Exception::Value, message, vec![extent.clone(), target.clone()], place);
            out.push(same.select(stride.clone(), Expr::i32(0)));
        }
        let stretched = ArrayRef { shape, strides: Some(out), ..array };
        Ok(self.settle(stretched))
    }

    /// The same elements in C order with another shape: a view of a contiguous array, otherwise of a copy.
    pub fn reshape(&mut self, array: ArrayRef, shape: &[typed::Expr], place: Place) -> Lowered<ArrayRef> {
        let array = if array.is_contiguous() { array } else { self.copy_if_strided(array, place)? };
        let size: Expr = self.spill("size", DType::Int32, array.size()).into();
        let message = "cannot reshape array of size {a} into shape of size {b}";
        let mut extents = Vec::new();
        let mut unknown = None;
        for (k, e) in shape.iter().enumerate() {
            let e = self.scalar(e)?;
            match constant(&e) {
                Some(n) if n < 0 => {
                    unknown = Some(k);
                    extents.push(Expr::i64(1));
                }
                _ => extents.push(self.atom("n", DType::Int64, e)),
            }
        }
        // A negative extent, also one of run time, stands for the one extent that is not given.
        let mut any = Expr::Const(Const::Bool(false));
        let mut several = any.clone();
        let mut parts = Vec::new();
        for e in &extents {
            if constant(e).is_some() {
                parts.push(e.clone());
                continue;
            }
            let negative = e.clone().lt(Expr::i64(0));
            parts.push(negative.clone().select(Expr::i64(1), e.clone()));
            several = Expr::binary(BinOp::Or, several, any.clone().and(negative.clone()));
            any = Expr::binary(BinOp::Or, any, negative);
        }
        let surplus = if unknown.is_some() { any.clone() } else { several };
        self.check(surplus.not(), Exception::Value, "can only specify one unknown dimension", Vec::new(), place);
        let given = parts.into_iter().reduce(|a, b| a * b).unwrap_or(Expr::i64(1));
        let product: Expr = self.spill("given", DType::Int64, given).into();
        let quotient = Expr::binary(BinOp::FloorDiv, wide(&size), product.clone());
        let inferred: Expr = self.spill("inferred", DType::Int64, quotient).into();
        let exact = product.clone().equals(wide(&size));
        let divides = Expr::i64(0).lt(product.clone()).and((inferred.clone() * product.clone()).equals(wide(&size)));
        let fits = if unknown.is_some() { divides } else { any.select(divides, exact) };
        self.check(fits, Exception::Value, message, vec![size, product], place);
        for (k, e) in extents.iter_mut().enumerate() {
            if unknown == Some(k) {
                *e = inferred.clone();
            } else if unknown.is_none() && constant(e).is_none() {
                let chosen = e.clone().lt(Expr::i64(0)).select(inferred.clone(), e.clone());
                *e = self.spill("n", DType::Int64, chosen).into();
            }
        }
        let shape = extents.into_iter().map(narrow).collect();
        let reshaped = ArrayRef { shape, strides: None, ..array };
        Ok(self.settle(reshaped))
    }
}

/// For a slice of step 1 whose bounds are absent or constants that only cut ends off: how many elements are cut at either end.
fn constant_cuts(start: Option<&Expr>, stop: Option<&Expr>) -> Option<(i32, i32)> {
    let low = match start {
        None => 0,
        Some(e) => i32::try_from(constant(e)?).ok().filter(|v| *v >= 0)?,
    };
    let high = match stop {
        None => 0,
        Some(e) => i32::try_from(constant(e)?.checked_neg()?).ok().filter(|v| *v > 0)?,
    };
    Some((low, high))
}
