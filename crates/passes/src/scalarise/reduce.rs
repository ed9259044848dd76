//! Reductions and scans.

use super::create::address;
use super::element::{Element, Held};
use super::lazy::{Lazy, Node};
use super::lower::Lowering;
use super::pairwise::LANES;
use super::place::wide;
use super::sums::sums_in_runs;
use super::value::{ArrayRef, plus, product, times};
use super::{Lowered, malformed};
use nopython_ir::loops::{Expr, LoopFacts, Stmt};
use nopython_ir::ops::BinOp;
use nopython_ir::typed::{self, Place, ReduceOp};
use nopython_types::{DType, Exception};

/// How an accumulating reduction combines, and where it starts; `None` starts at the first element.
fn combination(op: ReduceOp, dtype: DType) -> Option<(BinOp, Option<Element>)> {
    match op {
        ReduceOp::Sum => Some((BinOp::Add, Some(Element::whole(dtype, 0)))),
        ReduceOp::Prod => Some((BinOp::Mul, Some(Element::whole(dtype, 1)))),
        ReduceOp::Min => Some((BinOp::Min, None)),
        ReduceOp::Max => Some((BinOp::Max, None)),
        ReduceOp::All => Some((BinOp::And, Some(Element::Real(Expr::bool(true))))),
        ReduceOp::Any => Some((BinOp::Or, Some(Element::Real(Expr::bool(false))))),
        ReduceOp::ArgMin | ReduceOp::ArgMax => None,
    }
}

/// NumPy's words for a reduction of nothing.
fn empty_message(op: ReduceOp) -> &'static str {
    match op {
        ReduceOp::Min => "zero-size array to reduction operation minimum which has no identity",
        ReduceOp::Max => "zero-size array to reduction operation maximum which has no identity",
        ReduceOp::ArgMin => "attempt to get argmin of an empty sequence",
        ReduceOp::ArgMax => "attempt to get argmax of an empty sequence",
        ReduceOp::Sum | ReduceOp::Prod | ReduceOp::All | ReduceOp::Any => "",
    }
}

impl Lowering<'_> {
    /// All elements combined.
    pub fn reduce_all(&mut self, op: ReduceOp, array: &typed::Expr, dtype: DType, place: Place) -> Lowered<Element> {
        let lazy = self.lazy(array)?;
        if op == ReduceOp::Sum && dtype.is_complex() {
            return self.complex_sum(lazy, place);
        }
        if op == ReduceOp::Sum && dtype.is_float() {
            return self.float_sum(lazy, place).map(Element::Real);
        }
        let lazy = match lazy.node {
            Node::Load(leaf) if op == ReduceOp::Prod && is_inexact(dtype) && leaf.array.strides.is_some() => {
                Lazy::load(self.in_memory_order(leaf.array))
            }
            _ => lazy,
        };
        let Some((combine, start)) = combination(op, lazy.dtype) else {
            self.check_not_empty(op, &lazy.shape, place);
            return Ok(Element::Real(self.position_in_order(op, &lazy)));
        };
        let start = match start {
            Some(start) => start,
            None => {
                self.check_not_empty(op, &lazy.shape, place);
                self.element(&lazy, &vec![Expr::i32(0); lazy.shape.len()])
            }
        };
        let acc = self.hold("acc", dtype, start);
        self.for_each_element(&lazy, &mut |this, element, _| this.accumulate(&acc, combine, element, dtype));
        Ok(acc.read())
    }

    /// Combines an element with what has been combined so far.
    pub fn accumulate(&mut self, acc: &Held, combine: BinOp, element: Element, dtype: DType) {
        let next = self.combined(combine, acc.read(), element, dtype);
        self.set(acc, dtype, next);
    }

    fn check_not_empty(&mut self, op: ReduceOp, shape: &[Expr], place: Place) {
        let size = shape.iter().map(wide).reduce(|a, b| a * b).unwrap_or(Expr::i64(1));
        let some = Expr::binary(BinOp::Ne, size, Expr::i64(0));
        self.check(some, Exception::Value, empty_message(op), Vec::new(), place);
    }

    /// Runs through a rule in C order; the body is given the element and, for a rule run through by one counter, that.
    pub fn for_each_element(&mut self, lazy: &Lazy, body: &mut dyn FnMut(&mut Self, Element, Option<Expr>)) {
        if lazy.is_flat() {
            let size = self.atom("size", DType::Int32, product(&lazy.shape));
            self.count(size, LoopFacts::default(), &mut |this, i| {
                let element = this.flat_element(lazy, &i);
                body(this, element, Some(i));
            });
            return;
        }
        let single = lazy.shape.len() == 1;
        self.nest(&lazy.shape, false, &mut |this, index| {
            let counter = index.first().filter(|_| single).cloned();
            let element = this.element(lazy, index);
            body(this, element, counter);
        });
    }

    /// Elements along one axis combined.
    pub fn reduce_axis(
        &mut self,
        op: ReduceOp,
        array: &typed::Expr,
        axis: u8,
        dtype: DType,
        place: Place,
    ) -> Lowered<ArrayRef> {
        let mut lazy = self.lazy(array)?;
        if op == ReduceOp::Sum && is_inexact(dtype) && !lazy.is_real() && !matches!(lazy.node, Node::Load(_)) {
            lazy = Lazy::load(self.materialise(&lazy, place)?);
        }
        let axis = usize::from(axis);
        let mut rest = lazy.shape.clone();
        if axis >= rest.len() {
            return malformed("reduction along an axis that does not exist");
        }
        let along = rest.remove(axis);
        let target = self.allocate(dtype, rest.clone(), place);
        let needs_one = !matches!(combination(op, lazy.dtype), Some((_, Some(_))));
        if needs_one {
            self.check_not_empty(op, std::slice::from_ref(&along), place);
        }
        let last = axis + 1 == lazy.shape.len();
        let in_runs = match &lazy.node {
            Node::Load(leaf) if op == ReduceOp::Sum && is_inexact(dtype) => sums_in_runs(&leaf.array, axis),
            _ => None,
        };
        match (combination(op, lazy.dtype), in_runs) {
            (Some((combine, start)), Some(in_runs)) => {
                let ((), rows) = self.block(|this| this.reduce_rows(op, &target, &lazy, axis, place))?;
                let ((), outer) = self.block(|this| {
                    this.reduce_outer(&target, &lazy, axis, combine, start.clone());
                    Ok(())
                })?;
                self.emit(Stmt::If(in_runs, rows, outer));
            }
            (Some((combine, start)), None) if !last => self.reduce_outer(&target, &lazy, axis, combine, start),
            (None, _) if !last && lazy.is_real() => self.positions_outer(op, &target, &lazy, axis, place),
            _ => self.reduce_rows(op, &target, &lazy, axis, place)?,
        }
        Ok(target)
    }

    /// Along the last axis, or for positions: one accumulator for each element of the result. Sums of so few floats that NumPy adds them one after
    /// another have a nest of their own, since a call would cost more than the sum.
    fn reduce_rows(&mut self, op: ReduceOp, target: &ArrayRef, lazy: &Lazy, axis: usize, place: Place) -> Lowered<()> {
        let along = lazy.shape.get(axis).cloned().unwrap_or(Expr::i32(0));
        if op != ReduceOp::Sum || !lazy.dtype.is_float() || !lazy.is_real() {
            return self.reduce_each(op, target, lazy, axis, place);
        }
        let line = std::mem::take(&mut self.line);
        let ((), few) = self.block(|this| {
            this.sum_few(target, lazy, axis);
            Ok(())
        })?;
        self.line = line;
        let ((), many) = self.block(|this| this.reduce_each(op, target, lazy, axis, place))?;
        self.emit(Stmt::If(along.lt(Expr::i32(LANES)), few, many));
        Ok(())
    }

    /// Sums of fewer floats than pairwise summation has lanes.
    fn sum_few(&mut self, target: &ArrayRef, lazy: &Lazy, axis: usize) {
        let strides = target.all_strides();
        let along = lazy.shape.get(axis).cloned().unwrap_or(Expr::i32(0));
        self.nest(&target.shape, true, &mut |this, index| {
            let sum = this.spill("sum", lazy.dtype, super::pairwise::negative_zero(lazy.dtype));
            this.count(along.clone(), LoopFacts::default(), &mut |this, k| {
                let mut full = index.to_vec();
                full.insert(axis.min(full.len()), k);
                this.emit(Stmt::Set(sum, Expr::from(sum) + lazy.real_element(&full)));
            });
            let total = Expr::Const(nopython_ir::Const::zero(lazy.dtype)) + sum.into();
            this.store(target, address(&target.data, index, &strides), Element::Real(total));
        });
    }

    /// One accumulator for each element of the result, in turn.
    fn reduce_each(&mut self, op: ReduceOp, target: &ArrayRef, lazy: &Lazy, axis: usize, place: Place) -> Lowered<()> {
        let strides = target.all_strides();
        let along = lazy.shape.get(axis).cloned().unwrap_or(Expr::i32(0));
        let with = |index: &[Expr], k: Expr| {
            let mut full = index.to_vec();
            full.insert(axis.min(full.len()), k);
            full
        };
        let mut failed = None;
        let facts = LoopFacts::default();
        self.nest(&target.shape, false, &mut |this, index| {
            let value = match combination(op, lazy.dtype) {
                Some((BinOp::Add, _)) if is_inexact(lazy.dtype) => {
                    let at = |k| with(index, k);
                    let sum = match &lazy.node {
                        Node::Load(leaf) if lazy.dtype.is_complex() => {
                            this.complex_run(&leaf.array, &along, &at, place)
                        }
                        _ => {
                            let element = |k| lazy.real_element(&at(k));
                            let sum = this.pairwise_long(along.clone(), lazy.dtype, LANES, &element);
                            Ok(Element::Real(Expr::Const(nopython_ir::Const::zero(lazy.dtype)) + sum.into()))
                        }
                    };
                    match sum {
                        Ok(sum) => sum,
                        Err(error) => {
                            failed = Some(error);
                            return;
                        }
                    }
                }
                Some((combine, start)) => {
                    let first = start.unwrap_or_else(|| this.element(lazy, &with(index, Expr::i32(0))));
                    let acc = this.hold("acc", target.dtype, first);
                    this.count(along.clone(), facts, &mut |this, k| {
                        let element = this.element(lazy, &with(index, k));
                        this.accumulate(&acc, combine, element, target.dtype);
                    });
                    acc.read()
                }
                None => {
                    let at = |this: &mut Self, k: Expr| this.element(lazy, &with(index, k));
                    let found = this.position_in_row(op, lazy, &along, &at);
                    Element::Real(Expr::from(found).cast(DType::Int64))
                }
            };
            let at = address(&target.data, index, &strides);
            this.store(target, at, value);
        });
        failed.map_or(Ok(()), Err)
    }

    /// Along another axis: whole rows are added to rows of the result, in order.
    fn reduce_outer(&mut self, target: &ArrayRef, lazy: &Lazy, axis: usize, combine: BinOp, start: Option<Element>) {
        let strides = target.all_strides();
        let with = |index: &[Expr], k: Expr| {
            let mut full = index.to_vec();
            full.insert(axis.min(full.len()), k);
            full
        };
        let slot = |index: &[Expr]| address(&target.data, index, &strides);
        let from = Expr::i32(i32::from(start.is_none()));
        self.nest(&target.shape, true, &mut |this, index| {
            let first = match &start {
                Some(start) => start.clone(),
                None => this.element(lazy, &with(index, Expr::i32(0))),
            };
            this.store(target, slot(index), first);
        });
        let (before, after) = target.shape.split_at_checked(axis).unwrap_or((&target.shape, &[]));
        let along = lazy.shape.get(axis).cloned().unwrap_or(Expr::i32(0));
        self.nest(before, false, &mut |this, outer| {
            this.count_from(from.clone(), along.clone(), LoopFacts::default(), &mut |this, k| {
                this.nest(after, true, &mut |this, inner| {
                    let index = [outer, inner].concat();
                    let so_far = Element::load(target.buffer, target.dtype, slot(&index));
                    let so_far = if target.dtype.is_complex() { this.fixed(so_far, target.dtype) } else { so_far };
                    let element = this.element(lazy, &with(&index, k.clone()));
                    let next = this.combined(combine, so_far, element, target.dtype);
                    this.store(target, slot(&index), next);
                });
            });
        });
    }

    /// Running sums or products of a 1-D rule.
    pub fn scan(&mut self, op: ReduceOp, array: &typed::Expr, dtype: DType, place: Place) -> Lowered<ArrayRef> {
        let lazy = self.lazy(array)?;
        let Some((combine, Some(start))) = combination(op, dtype) else {
            return malformed("a scan without a start");
        };
        let target = self.allocate(dtype, lazy.shape.clone(), place);
        let Some(extent) = lazy.shape.first().cloned() else { return malformed("a scan of rank 0") };
        let acc = self.hold("acc", dtype, start);
        let item = Expr::i32(target.item_size());
        self.count(extent, LoopFacts::default(), &mut |this, i| {
            // The first element is itself: 0 + x would lose the sign of −0.
            let element = this.element(&lazy, std::slice::from_ref(&i));
            let next = this.combined(combine, acc.read(), element.clone(), dtype);
            let first = i.clone().equals(Expr::i32(0));
            let next = if is_inexact(dtype) { this.chosen(first, element, next, dtype) } else { next };
            this.set(&acc, dtype, next);
            let at = plus(target.data.clone(), times(i, item.clone()));
            this.store(&target, at, acc.read());
        });
        Ok(target)
    }
}

/// Whether sums of a dtype are rounded, so that their order matters.
fn is_inexact(dtype: DType) -> bool {
    dtype.is_float() || dtype.is_complex()
}
