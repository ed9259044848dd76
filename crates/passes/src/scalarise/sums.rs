//! Sums of floats and complex numbers over all elements, in NumPy's order.
//!
//! A contiguous array, or the result of an element-wise expression, is one run for pairwise summation. An array with other strides is iterated by
//! NumPy in the order of its axes' steps and through a buffer of 8192 elements, filled with whole inner runs: it is summed in chunks,
//! each pairwise, that are added one after another.

use super::Lowered;
use super::element::Element;
use super::lazy::{Lazy, Node};
use super::lower::Lowering;
use super::pairwise::{LANES, PART_LANES};
use super::value::{ArrayRef, product};
use nopython_ir::Const;
use nopython_ir::loops::{Expr, LocalId, Stmt};
use nopython_ir::ops::BinOp;
use nopython_ir::typed::Place;
use nopython_types::DType;

/// Elements in NumPy's iteration buffer.
const BUFFER: i32 = 8192;
/// Rules with more nodes are evaluated into memory once rather than copied into each of the summation's eight lanes.
const LARGE: usize = 12;

impl Lowering<'_> {
    /// The sum of all elements.
    pub fn float_sum(&mut self, lazy: Lazy, place: Place) -> Lowered<Expr> {
        let dtype = lazy.dtype;
        let in_memory = matches!(lazy.node, Node::Load(_));
        let single = lazy.shape.len() == 1;
        let small = lazy.is_real() && size_of(&lazy.real_element(&vec![Expr::i32(0); lazy.shape.len()])) <= LARGE;
        if lazy.is_flat() && small {
            let size = self.atom("size", DType::Int32, product(&lazy.shape));
            return self.pairwise_rows(&size, dtype, LANES, &|i| lazy.real_flat_element(&i), place);
        }
        if single && small && !in_memory {
            let n = lazy.shape.first().cloned().unwrap_or(Expr::i32(0));
            return self.pairwise_rows(&n, dtype, LANES, &|i| lazy.real_element(&[i]), place);
        }
        match lazy.node {
            Node::Load(leaf) => self.strided_sum(leaf.array, LANES, place),
            _ => {
                let flat = Lazy::load(self.materialise(&lazy, place)?);
                self.float_sum(flat, place)
            }
        }
    }

    /// The sum of complex numbers: of each part by itself, in half as many partial sums, since NumPy counts both parts.
    pub fn complex_sum(&mut self, lazy: Lazy, place: Place) -> Lowered<Element> {
        let mut array = match lazy.node {
            Node::Load(leaf) => leaf.array,
            _ => self.materialise(&lazy, place)?,
        };
        if array.is_contiguous() {
            // Its parts are floats that lie one behind another.
            let n = self.spill("n", DType::Int32, Expr::i32(2) * array.size());
            let (dtype, n) = (array.dtype.part(), Expr::from(n));
            array = ArrayRef { dtype, shape: vec![n.clone()], ..array };
            let floats = Lazy::load(array);
            let sums = self.pairwise_parts(n, dtype, &|i| floats.real_flat_element(&i));
            let mut fixed = |sum| self.atom("sum", dtype, sum);
            return Ok(Element::Complex(sums.map(&mut fixed)));
        }
        let mut sums = Vec::with_capacity(2);
        for part in 0..2 {
            let part = self.part_view(array.clone(), part);
            let sum = self.strided_sum(part, PART_LANES, place)?;
            sums.push(self.atom("sum", array.dtype.part(), sum));
        }
        complex_of(sums)
    }

    /// The sum of complex numbers of an array, at the indices that belong to a counter.
    pub fn complex_run(
        &mut self,
        array: &ArrayRef,
        n: &Expr,
        at: &dyn Fn(Expr) -> Vec<Expr>,
        place: Place,
    ) -> Lowered<Element> {
        let mut sums = Vec::with_capacity(2);
        for part in 0..2 {
            let run = Lazy::load(self.part_view(array.clone(), part));
            let sum = self.pairwise_rows(n, run.dtype, PART_LANES, &|k| run.real_element(&at(k)), place)?;
            sums.push(self.atom("sum", run.dtype, sum));
        }
        complex_of(sums)
    }

    /// The sum of an array of any strides.
    fn strided_sum(&mut self, array: ArrayRef, lanes: i32, place: Place) -> Lowered<Expr> {
        let dtype = array.dtype;
        let ordered = self.in_memory_order(array);
        if ordered.ndim() == 1 {
            let run = Lazy::load(ordered);
            let n = run.shape.first().cloned().unwrap_or(Expr::i32(0));
            return self.pairwise_rows(&n, dtype, lanes, &|i| run.real_element(&[i]), place);
        }
        let chunk = self.chunk_length(&ordered);
        let copy = Lazy::load(self.materialise(&Lazy::load(ordered), place)?);
        let size: Expr = self.spill("size", DType::Int32, product(&copy.shape)).into();
        let sum = self.spill("sum", dtype, Expr::Const(Const::zero(dtype)));
        let low = self.spill("low", DType::Int32, Expr::i32(0));
        let label = self.out.label();
        let ((), body) = self.block(|this| {
            let left = size.clone() - low.into();
            let n = this.spill("n", DType::Int32, Expr::binary(BinOp::Min, left, chunk.into()));
            let part = this.pairwise(low.into(), n.into(), dtype, lanes, &|i| copy.real_flat_element(&i));
            this.emit(Stmt::Set(sum, Expr::from(sum) + part.into()));
            this.emit(Stmt::Set(low, Expr::from(low) + n.into()));
            Ok(())
        })?;
        self.emit(Stmt::While { label, test: Expr::from(low).lt(size), body });
        Ok(sum.into())
    }

    /// The array with axes in the order of decreasing steps. NumPy does not turn round axes with negative strides when it reduces.
    pub(super) fn in_memory_order(&mut self, array: ArrayRef) -> ArrayRef {
        let mut axes: Vec<[LocalId; 2]> = Vec::new();
        for (extent, stride) in array.shape.iter().zip(array.all_strides()) {
            let n = self.spill("n", DType::Int32, extent.clone());
            axes.push([n, self.spill("s", DType::Int32, stride)]);
        }
        for end in (1..axes.len()).rev() {
            for (&outer, &inner) in axes.iter().zip(axes.iter().skip(1)).take(end) {
                self.exchange(outer, inner);
            }
        }
        let shape = axes.iter().map(|[n, _]| Expr::Local(*n)).collect();
        let strides = axes.iter().map(|[_, s]| Expr::Local(*s)).collect();
        ArrayRef { shape, strides: Some(strides), ..array }
    }

    /// Exchanges two neighbouring axes if the outer one has the smaller step.
    fn exchange(&mut self, outer: [LocalId; 2], inner: [LocalId; 2]) {
        let kept = self.fresh("kept", DType::Int32);
        let swap = |(&a, &b): (&LocalId, &LocalId)| {
            [Stmt::Set(kept, a.into()), Stmt::Set(a, b.into()), Stmt::Set(b, kept.into())]
        };
        let then = outer.iter().zip(&inner).flat_map(swap).collect();
        self.emit(Stmt::If(step(&outer[1].into()).lt(step(&inner[1].into())), then, Vec::new()));
    }

    /// How many elements NumPy sums at a time: everything if one stride runs through the array, otherwise as many whole inner
    /// runs as its buffer holds, at least one.
    fn chunk_length(&mut self, array: &ArrayRef) -> LocalId {
        let strides = array.all_strides();
        let axes: Vec<(&Expr, &Expr)> = array.shape.iter().zip(&strides).rev().collect();
        let Some((&(n, _), outer)) = axes.split_first() else { return self.fresh("chunk", DType::Int32) };
        let run = self.spill("run", DType::Int32, n.clone());
        let joined = self.spill("joined", DType::Bool, Expr::bool(true));
        for (&(n, s), &(inner_n, inner_s)) in outer.iter().zip(&axes) {
            let fits = s.clone().equals(inner_n.clone() * inner_s.clone());
            self.emit(Stmt::Set(joined, Expr::from(joined).and(fits)));
            let longer = Expr::from(run) * n.clone();
            self.emit(Stmt::Set(run, Expr::from(joined).select(longer, run.into())));
        }
        let whole = Expr::binary(BinOp::FloorDiv, Expr::i32(BUFFER), run.into()) * run.into();
        let long = Expr::i32(BUFFER).lt(run.into());
        let alone = Expr::binary(BinOp::Or, Expr::from(joined), long);
        self.spill("chunk", DType::Int32, alone.select(run.into(), whole))
    }
}

/// Whether NumPy sums an array along an axis run by run, pairwise, because no other axis has a smaller step; otherwise it adds whole rows, in
/// order. `None` for what is in C order: there the last axis has runs.
pub fn sums_in_runs(array: &ArrayRef, axis: usize) -> Option<Expr> {
    let strides = array.strides.as_ref()?;
    let own = step(strides.get(axis)?);
    let others = array.shape.iter().zip(strides).enumerate().filter(|(k, _)| *k != axis);
    let inside = others.map(|(_, (n, s))| {
        let alone = n.clone().equals(Expr::i32(1));
        Expr::binary(BinOp::Or, alone, own.clone().lt(step(s)))
    });
    inside.reduce(Expr::and)
}

fn complex_of(parts: Vec<Expr>) -> Lowered<Element> {
    match <[Expr; 2]>::try_from(parts) {
        Ok(parts) => Ok(Element::Complex(parts)),
        Err(parts) => super::malformed(format!("{} parts of a sum", parts.len())),
    }
}

/// |s|
fn step(stride: &Expr) -> Expr {
    Expr::binary(BinOp::Max, stride.clone(), Expr::i32(0) - stride.clone())
}

/// Number of nodes of an expression, addresses not counted.
fn size_of(e: &Expr) -> usize {
    if matches!(e, Expr::Load(..)) {
        return 1;
    }
    let mut size = 1;
    e.for_each_child(&mut |child| size += size_of(child));
    size
}
