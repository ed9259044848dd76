//! Positions of the smallest and largest elements.

use super::create::address;
use super::element::{Element, Held, is_nan, ordered};
use super::lazy::Lazy;
use super::lower::Lowering;
use super::value::{ArrayRef, product};
use nopython_ir::loops::{Expr, For, LocalId, LoopFacts, Stmt};
use nopython_ir::ops::BinOp;
use nopython_ir::typed::{Place, ReduceOp};
use nopython_types::DType;

/// Elements of which an extreme is found before it is compared with what is best so far.
const BLOCK: i32 = 128;
/// Rows up to this length are searched element by element.
const SHORT: i32 = 32;

/// An element of a run.
type At<'a, 'l> = &'a dyn Fn(&mut Lowering<'l>, Expr) -> Element;

impl<'l> Lowering<'l> {
    /// The position of the first smallest or largest element in C order; there is one.
    pub fn position_in_order(&mut self, op: ReduceOp, lazy: &Lazy) -> Expr {
        let found = if lazy.is_real() && lazy.is_flat() {
            let size = self.atom("size", DType::Int32, product(&lazy.shape));
            self.position_in_blocks(op, lazy.dtype, &size, &|this, i| this.flat_element(lazy, &i))
        } else if let (true, [size]) = (lazy.is_real(), lazy.shape.as_slice()) {
            self.position_in_blocks(op, lazy.dtype, size, &|this, i| this.element(lazy, &[i]))
        } else {
            self.position_one_by_one(op, lazy)
        };
        Expr::from(found).cast(DType::Int64)
    }

    fn position_one_by_one(&mut self, op: ReduceOp, lazy: &Lazy) -> LocalId {
        let first = self.element(lazy, &vec![Expr::i32(0); lazy.shape.len()]);
        let best = self.hold("best", lazy.dtype, first);
        let found = self.spill("found", DType::Int32, Expr::i32(0));
        let position = self.spill("position", DType::Int32, Expr::i32(0));
        self.for_each_element(lazy, &mut |this, element, _| {
            this.keep_better(op, lazy.dtype, element, position.into(), &best, found);
            this.emit(Stmt::Set(position, Expr::from(position) + Expr::i32(1)));
        });
        found
    }

    /// The position in a run of elements of a rule.
    pub fn position_in_row(&mut self, op: ReduceOp, lazy: &Lazy, along: &Expr, at: At<'_, 'l>) -> LocalId {
        let dtype = lazy.dtype;
        let found = self.fresh("found", DType::Int32);
        let short = self.block(|this| {
            let first = at(this, Expr::i32(0));
            let best = this.hold("best", dtype, first);
            this.emit(Stmt::Set(found, Expr::i32(0)));
            this.count(along.clone(), LoopFacts::default(), &mut |this, k| {
                let element = at(this, k.clone());
                this.keep_better(op, dtype, element, k, &best, found);
            });
            Ok(())
        });
        let long = self.block(|this| {
            if lazy.is_real() {
                let blocks = this.position_in_blocks(op, dtype, along, at);
                this.emit(Stmt::Set(found, blocks.into()));
            }
            Ok(())
        });
        if let (Ok(((), short)), Ok(((), long))) = (short, long) {
            let one_by_one = Expr::binary(BinOp::Le, along.clone(), Expr::i32(SHORT));
            let one_by_one = if lazy.is_real() { one_by_one } else { Expr::bool(true) };
            self.emit(Stmt::If(one_by_one, short, long));
        }
        found
    }

    /// The position in a run of real elements. The extremes of blocks are reductions, which vectors compute; the position is looked for in the first block
    /// whose extreme is best. Elements are computed twice there, and once elsewhere.
    fn position_in_blocks(&mut self, op: ReduceOp, dtype: DType, along: &Expr, at: At<'_, 'l>) -> LocalId {
        let combine = if op == ReduceOp::ArgMax { BinOp::Max } else { BinOp::Min };
        let first = at(self, Expr::i32(0));
        let best = self.hold("best", dtype, first);
        let start = self.spill("start", DType::Int32, Expr::i32(0));
        let stop_of = |start: Expr| {
            let rest = along.clone() - start.clone();
            start + Expr::binary(BinOp::Min, rest, Expr::i32(BLOCK))
        };
        let blocks = Expr::binary(BinOp::FloorDiv, along.clone() - Expr::i32(1), Expr::i32(BLOCK)) + Expr::i32(1);
        self.count(blocks, LoopFacts::default(), &mut |this, block| {
            let low = this.atom("low", DType::Int32, block * Expr::i32(BLOCK));
            let high = this.atom("high", DType::Int32, stop_of(low.clone()));
            let first = at(this, low.clone());
            let extreme = this.hold("extreme", dtype, first);
            this.count_from(low.clone(), high, LoopFacts::default(), &mut |this, i| {
                let element = at(this, i);
                this.accumulate(&extreme, combine, element, dtype);
            });
            this.keep_better(op, dtype, extreme.read(), low, &best, start);
        });
        self.position_of(&best.read().real(), dtype, start, &stop_of(start.into()), at);
        start
    }

    /// Moves a position on to the first element that is a value; if that is NaN, to the first NaN. There is one before `stop`.
    fn position_of(&mut self, value: &Expr, dtype: DType, start: LocalId, stop: &Expr, at: At<'_, 'l>) {
        let stop = self.atom("stop", DType::Int32, stop.clone());
        let var = self.fresh("i", DType::Int32);
        let label = self.out.label();
        let body = self.block(|this| {
            let x = at(this, var.into()).real();
            let x = this.atom("x", dtype, x);
            let same = x.clone().equals(value.clone());
            let same = if dtype.is_float() {
                Expr::binary(BinOp::Or, same, Expr::binary(BinOp::Ne, x.clone(), x))
            } else {
                same
            };
            this.emit(Stmt::If(same, vec![Stmt::Set(start, var.into()), Stmt::Break(label)], Vec::new()));
            Ok(())
        });
        if let Ok(((), body)) = body {
            let facts = LoopFacts { line: self.line, implied: true, ..LoopFacts::default() };
            self.emit(Stmt::For(Box::new(For { label, var, start: start.into(), stop, step: 1, body, facts })));
        }
    }

    /// Positions along an axis that is not the last one: each row is compared with the best so far.
    pub fn positions_outer(&mut self, op: ReduceOp, target: &ArrayRef, lazy: &Lazy, axis: usize, place: Place) {
        let best = self.allocate(lazy.dtype, target.shape.clone(), place);
        let with = |index: &[Expr], k: Expr| {
            let mut full = index.to_vec();
            full.insert(axis.min(full.len()), k);
            full
        };
        let slot = |array: &ArrayRef, index: &[Expr]| address(&array.data, index, &array.all_strides());
        self.nest(&target.shape, true, &mut |this, index| {
            let first = this.element(lazy, &with(index, Expr::i32(0)));
            this.store(&best, slot(&best, index), first);
            this.store(target, slot(target, index), Element::Real(Expr::i64(0)));
        });
        let (before, after) = target.shape.split_at_checked(axis).unwrap_or((&target.shape, &[]));
        let along = lazy.shape.get(axis).cloned().unwrap_or(Expr::i32(0));
        self.nest(before, false, &mut |this, outer| {
            this.count_from(Expr::i32(1), along.clone(), LoopFacts::default(), &mut |this, k| {
                let position = this.atom("position", DType::Int64, k.clone().cast(DType::Int64));
                this.nest(after, true, &mut |this, inner| {
                    let index = [outer, inner].concat();
                    let x = this.element(lazy, &with(&index, k.clone())).real();
                    let x = this.atom("x", lazy.dtype, x);
                    let so_far = Element::load(best.buffer, best.dtype, slot(&best, &index)).real();
                    let so_far = this.atom("best", lazy.dtype, so_far);
                    let before = Element::load(target.buffer, target.dtype, slot(target, &index)).real();
                    let better = is_better(op, lazy.dtype, x.clone(), so_far.clone());
                    let better = this.atom("better", DType::Bool, better);
                    this.store(&best, slot(&best, &index), Element::Real(better.clone().select(x, so_far)));
                    let found = better.select(position.clone(), before);
                    this.store(target, slot(target, &index), Element::Real(found));
                });
            });
        });
    }

    /// Keeps an element, and where it is, if it is better than the best so far.
    fn keep_better(&mut self, op: ReduceOp, dtype: DType, element: Element, at: Expr, best: &Held, found: LocalId) {
        let x = self.hold("x", dtype, element);
        let better = match (x.read(), best.read()) {
            (Element::Complex(x), Element::Complex(best)) => {
                let weak = if op == ReduceOp::ArgMax { BinOp::Le } else { BinOp::Ge };
                ordered(weak, x, best.clone()).not().and(is_nan(best).not())
            }
            (x, best) => is_better(op, dtype, x.real(), best.real()),
        };
        let mut then = x.copied_to(best);
        then.push(Stmt::Set(found, at));
        self.emit(Stmt::If(better, then, Vec::new()));
    }
}

/// Whether an element is better than the best so far: a NaN is better than any number, and the first of equals is kept.
fn is_better(op: ReduceOp, dtype: DType, x: Expr, best: Expr) -> Expr {
    let (strict, weak) = if op == ReduceOp::ArgMax { (BinOp::Gt, BinOp::Le) } else { (BinOp::Lt, BinOp::Ge) };
    if dtype.is_float() {
        // ¬(x ≤ best) holds for x > best and for NaN on either side; a best that is NaN stays.
        Expr::binary(weak, x, best.clone()).not().and(best.clone().equals(best))
    } else {
        Expr::binary(strict, x, best)
    }
}
