//! NumPy's pairwise summation.
//!
//! NumPy adds n floats as follows (`pairwise_sum` in its `loops_utils.h.src`): fewer than 8 one after another; up to 128 in eight
//! interleaved partial sums that are then added as ((r0+r1)+(r2+r3))+((r4+r5)+(r6+r7)), the remainder one after another;
//! more by halves, the first half rounded down to a multiple of 8. Doing the same gives the same bits, an error bound of O(log n), and
//! eight independent additions that fit vectors.
//!
//! Of complex numbers, NumPy counts the parts: those that are real and those that are imaginary take turns in the partial sums, and are added up apart.
//!
//! The recursion is a function of its own, which takes the locals that its elements depend on.

use super::Lowered;
use super::lower::Lowering;
use nopython_ir::Const;
use nopython_ir::loops::{Address, Block, Buffer, BufferId, Expr, For, FuncId, Function, LocalId, LoopFacts, Stmt};
use nopython_ir::ops::BinOp;
use nopython_ir::sorted::SortedMap;
use nopython_ir::typed::Place;
use nopython_types::DType;

/// Number of interleaved partial sums.
pub const LANES: i32 = 8;
/// The same for either part of complex numbers by itself, of which NumPy counts both.
pub const PART_LANES: i32 = 4;
/// So many elements for each partial sum are summed without recursion.
const TURNS: i32 = 16;

impl Lowering<'_> {
    /// The pairwise sum of `element(0)` … `element(n − 1)`, begun from 0 as NumPy's reductions are.
    pub fn pairwise_rows(
        &mut self,
        n: &Expr,
        dtype: DType,
        lanes: i32,
        element: &dyn Fn(Expr) -> Expr,
        _place: Place,
    ) -> Lowered<Expr> {
        let sum = self.pairwise(Expr::i32(0), n.clone(), dtype, lanes, element);
        Ok(zero(dtype) + sum.into())
    }

    /// The pairwise sum of `element(low)` … `element(low + n − 1)`.
    pub fn pairwise(
        &mut self,
        low: Expr,
        n: Expr,
        dtype: DType,
        lanes: i32,
        element: &dyn Fn(Expr) -> Expr,
    ) -> LocalId {
        // So few that they are added one after another need no call.
        let sum = self.spill("sum", dtype, negative_zero(dtype));
        let n = self.atom("n", DType::Int32, n);
        // The report speaks of the many.
        let line = std::mem::take(&mut self.line);
        let few = self.block(|this| {
            this.count_from(low.clone(), low.clone() + n.clone(), LoopFacts::default(), &mut |this, i| {
                this.emit(Stmt::Set(sum, Expr::from(sum) + element(i)));
            });
            Ok(())
        });
        self.line = line;
        let many = self.block(|this| {
            this.pairwise_into(&[sum], low, n.clone(), (dtype, lanes), element);
            Ok(())
        });
        if let (Ok(((), few)), Ok(((), many))) = (few, many) {
            self.emit(Stmt::If(n.lt(Expr::i32(lanes)), few, many));
        }
        sum
    }

    /// The same from 0 on, of no fewer elements than there are partial sums.
    pub fn pairwise_long(&mut self, n: Expr, dtype: DType, lanes: i32, element: &dyn Fn(Expr) -> Expr) -> LocalId {
        let result = self.fresh("sum", dtype);
        self.pairwise_into(&[result], Expr::i32(0), n, (dtype, lanes), element);
        result
    }

    /// The sums of the real and of the imaginary parts of complex numbers that lie side by side, as `n` floats of which `element` is one.
    pub fn pairwise_parts(&mut self, n: Expr, dtype: DType, element: &dyn Fn(Expr) -> Expr) -> [Expr; 2] {
        let sums = ["re", "im"].map(|part| self.fresh(&format!("sum.{part}"), dtype));
        self.pairwise_into(&sums, Expr::i32(0), n, (dtype, LANES), element);
        sums.map(|sum| zero(dtype) + sum.into())
    }

    fn pairwise_into(
        &mut self,
        results: &[LocalId],
        low: Expr,
        n: Expr,
        of: (DType, i32),
        element: &dyn Fn(Expr) -> Expr,
    ) {
        let marker = self.fresh("i", DType::Int32);
        let pattern = element(marker.into());
        let id = self.shared.next_helper();
        let about = About { of, sums: results.len(), line: self.line };
        let (function, captured) = PairwiseSum::build(&self.out, id, marker, &pattern, about);
        self.shared.helper(function);
        let args = [low, n].into_iter().chain(captured.into_iter().map(Expr::Local)).collect();
        self.emit(Stmt::Call { function: id, args, results: results.to_vec(), at: Default::default() });
    }
}

fn zero(dtype: DType) -> Expr {
    Expr::Const(Const::zero(dtype))
}

/// −0, which added to x gives x for every x.
pub fn negative_zero(dtype: DType) -> Expr {
    Expr::Const(if dtype == DType::Float32 { Const::f32(-0.0) } else { Const::f64(-0.0) })
}

/// What is summed.
struct About {
    /// The dtype, and the number of partial sums.
    of: (DType, i32),
    /// How many sums there are, of elements that take turns: two of complex numbers whose parts are the elements.
    sums: usize,
    line: u32,
}

/// Builds the recursive function.
struct PairwiseSum {
    out: Function,
    dtype: DType,
    lanes: i32,
    sums: usize,
    low: LocalId,
    n: LocalId,
    index: LocalId,
    pattern: Expr,
    line: u32,
}

impl PairwiseSum {
    /// The function for elements given by `pattern`, in which `marker` stands for the index, and the caller's locals it takes
    /// after `low` and `n`.
    fn build(
        caller: &Function,
        id: FuncId,
        marker: LocalId,
        pattern: &Expr,
        About { of: (dtype, lanes), sums, line }: About,
    ) -> (Function, Vec<LocalId>) {
        let mut out =
            Function { name: format!("{}.sum", caller.name), results: vec![dtype; sums], ..Default::default() };
        let low = out.scalar("low", DType::Int32);
        let n = out.scalar("n", DType::Int32);
        let index = out.scalar("i", DType::Int32);
        out.params = vec![low, n];
        let mut locals = SortedMap::from([(marker, index)]);
        let mut buffers: SortedMap<BufferId, BufferId> = SortedMap::new();
        let mut captured = Vec::new();
        let mut pattern = pattern.clone();
        pattern.rewrite(&mut |e| match e {
            Expr::Local(local) => {
                *local = *locals.entry(*local).or_insert_with(|| {
                    let copy = out.locals.push(caller.locals[*local].clone());
                    out.params.push(copy);
                    captured.push(*local);
                    copy
                });
            }
            Expr::Load(_, Address { buffer, .. }) => {
                let name = caller.buffers[*buffer].name.clone();
                *buffer = *buffers.entry(*buffer).or_insert_with(|| out.buffers.push(Buffer { name, distinct: false }));
            }
            _ => {}
        });
        let mut this = PairwiseSum { out, dtype, lanes, sums, low, n, index, pattern, line };
        this.out.body = this.body(id);
        (this.out, captured)
    }

    fn element(&self, at: &Expr) -> Expr {
        let mut e = self.pattern.clone();
        e.rewrite(&mut |e| {
            if *e == Expr::Local(self.index) {
                *e = at.clone();
            }
        });
        e
    }

    fn body(&mut self, id: FuncId) -> Block {
        let few = Expr::from(self.n).lt(Expr::i32(self.lanes));
        let block = Expr::binary(BinOp::Le, self.n.into(), Expr::i32(TURNS * self.lanes));
        let mut body = Vec::new();
        if self.sums > 1 {
            body.push(Stmt::If(few, self.sum_few(), Vec::new()));
        }
        body.push(Stmt::If(block, self.sum_block(), Vec::new()));
        body.extend(self.sum_halves(id));
        body
    }

    /// `sum += element(i)` for i from `start` to low + n, where the sums take turns.
    fn add_rest(&mut self, sums: &[LocalId], start: Expr) -> Stmt {
        let var = self.out.scalar("i", DType::Int32);
        let body = sums.iter().enumerate();
        let body = body.map(|(k, &sum)| Stmt::Set(sum, Expr::from(sum) + self.element(&behind(var, k)))).collect();
        let stop = Expr::from(self.low) + self.n.into();
        let (label, facts) = (self.out.label(), LoopFacts::default());
        let step = i32::try_from(sums.len()).unwrap_or(1);
        Stmt::For(Box::new(For { label, var, start, stop, step, body, facts }))
    }

    fn totals(&mut self) -> Vec<LocalId> {
        (0..self.sums).map(|_| self.out.scalar("sum", self.dtype)).collect()
    }

    fn sum_few(&mut self) -> Block {
        let sums = self.totals();
        let mut block: Block = sums.iter().map(|&sum| Stmt::Set(sum, negative_zero(self.dtype))).collect();
        block.push(self.add_rest(&sums, self.low.into()));
        block.push(Stmt::Return(sums.into_iter().map(Expr::Local).collect()));
        block
    }

    fn sum_block(&mut self) -> Block {
        let lanes: Vec<LocalId> = (0..self.lanes).map(|k| self.out.scalar(format!("r{k}"), self.dtype)).collect();
        let mut block: Block =
            lanes.iter().enumerate().map(|(k, &lane)| Stmt::Set(lane, self.element(&behind(self.low, k)))).collect();
        let stop = self.out.scalar("stop", DType::Int32);
        let whole = Expr::binary(BinOp::And, self.n.into(), Expr::i32(-self.lanes));
        block.push(Stmt::Set(stop, Expr::from(self.low) + whole));
        let var = self.out.scalar("i", DType::Int32);
        let adds = lanes
            .iter()
            .enumerate()
            .map(|(k, &lane)| Stmt::Set(lane, Expr::from(lane) + self.element(&behind(var, k))))
            .collect();
        let start = Expr::from(self.low) + Expr::i32(self.lanes);
        let facts = LoopFacts { line: self.line, implied: true, ..LoopFacts::default() };
        let label = self.out.label();
        block.push(Stmt::For(Box::new(For {
            label,
            var,
            start,
            stop: stop.into(),
            step: self.lanes,
            body: adds,
            facts,
        })));
        let sums = self.totals();
        for (k, &sum) in sums.iter().enumerate() {
            let own: Vec<LocalId> = lanes.iter().skip(k).step_by(self.sums.max(1)).copied().collect();
            block.push(Stmt::Set(sum, tree(&own)));
        }
        block.push(self.add_rest(&sums, stop.into()));
        block.push(Stmt::Return(sums.into_iter().map(Expr::Local).collect()));
        block
    }

    fn sum_halves(&mut self, id: FuncId) -> Block {
        let half = self.out.scalar("half", DType::Int32);
        let middle = Expr::binary(BinOp::Shr, self.n.into(), Expr::i32(1));
        let set = Stmt::Set(half, Expr::binary(BinOp::And, middle, Expr::i32(-self.lanes)));
        let rest: Vec<Expr> = self.out.params.iter().skip(2).map(|&p| p.into()).collect();
        let mut call = |name: &str, low: Expr, n: Expr| {
            let results: Vec<LocalId> = (0..self.sums).map(|_| self.out.scalar(name, self.dtype)).collect();
            let args = [low, n].into_iter().chain(rest.iter().cloned()).collect();
            let call = Stmt::Call { function: id, args, results: results.clone(), at: Default::default() };
            (results, call)
        };
        let (left, first) = call("left", self.low.into(), half.into());
        let (right, second) = call("right", Expr::from(self.low) + half.into(), Expr::from(self.n) - half.into());
        let both = left.into_iter().zip(right).map(|(left, right)| Expr::from(left) + right.into()).collect();
        vec![set, first, second, Stmt::Return(both)]
    }
}

/// base + k
fn behind(base: LocalId, k: usize) -> Expr {
    match i32::try_from(k) {
        Ok(k) if k > 0 => Expr::from(base) + Expr::i32(k),
        _ => base.into(),
    }
}

/// ((r0+r1)+(r2+r3))+((r4+r5)+(r6+r7))
fn tree(lanes: &[LocalId]) -> Expr {
    match lanes {
        [] => Expr::i32(0),
        [one] => Expr::Local(*one),
        many => {
            let (left, right) = many.split_at_checked(many.len() / 2).unwrap_or((many, &[]));
            tree(left) + tree(right)
        }
    }
}
