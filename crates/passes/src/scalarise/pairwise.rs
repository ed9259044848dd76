//! NumPy's pairwise summation.
//!
//! NumPy adds n floats as follows (`pairwise_sum` in its `loops_utils.h.src`): fewer than 8 one after another; up to 128 in eight
//! interleaved partial sums that are then added as ((r0+r1)+(r2+r3))+((r4+r5)+(r6+r7)), the remainder one after another;
//! more by halves, the first half rounded down to a multiple of 8. Doing the same gives the same bits, an error bound of O(log n), and
//! eight independent additions that fit vectors.
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
/// The same for either part of complex numbers, of which NumPy counts both.
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
        let marker = self.fresh("i", DType::Int32);
        let pattern = element(marker.into());
        let id = self.shared.next_helper();
        let (function, captured) = PairwiseSum::build(&self.out, id, marker, &pattern, (dtype, lanes), self.line);
        self.shared.helper(function);
        let result = self.fresh("sum", dtype);
        let args = [low, n].into_iter().chain(captured.into_iter().map(Expr::Local)).collect();
        self.emit(Stmt::Call { function: id, args, results: vec![result], at: Default::default() });
        result
    }
}

fn zero(dtype: DType) -> Expr {
    Expr::Const(Const::zero(dtype))
}

/// −0, which added to x gives x for every x.
fn negative_zero(dtype: DType) -> Expr {
    Expr::Const(if dtype == DType::Float32 { Const::f32(-0.0) } else { Const::f64(-0.0) })
}

/// Builds the recursive function.
struct PairwiseSum {
    out: Function,
    dtype: DType,
    lanes: i32,
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
        (dtype, lanes): (DType, i32),
        line: u32,
    ) -> (Function, Vec<LocalId>) {
        let mut out = Function { name: format!("{}.sum", caller.name), results: vec![dtype], ..Default::default() };
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
        let mut this = PairwiseSum { out, dtype, lanes, low, n, index, pattern, line };
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
        let mut body = vec![Stmt::If(few, self.sum_few(), Vec::new()), Stmt::If(block, self.sum_block(), Vec::new())];
        body.extend(self.sum_halves(id));
        body
    }

    /// `sum += element(i)` for i from `start` to low + n.
    fn add_rest(&mut self, sum: LocalId, start: Expr) -> Stmt {
        let var = self.out.scalar("i", DType::Int32);
        let add = Stmt::Set(sum, Expr::from(sum) + self.element(&var.into()));
        let stop = Expr::from(self.low) + self.n.into();
        let (label, facts) = (self.out.label(), LoopFacts::default());
        Stmt::For(Box::new(For { label, var, start, stop, step: 1, body: vec![add], facts }))
    }

    fn sum_few(&mut self) -> Block {
        let sum = self.out.scalar("sum", self.dtype);
        let rest = self.add_rest(sum, self.low.into());
        vec![Stmt::Set(sum, negative_zero(self.dtype)), rest, Stmt::Return(vec![sum.into()])]
    }

    fn sum_block(&mut self) -> Block {
        let lanes: Vec<LocalId> = (0..self.lanes).map(|k| self.out.scalar(format!("r{k}"), self.dtype)).collect();
        let at = |base: LocalId, k: usize| match i32::try_from(k) {
            Ok(k) if k > 0 => Expr::from(base) + Expr::i32(k),
            _ => base.into(),
        };
        let mut block: Block =
            lanes.iter().enumerate().map(|(k, &lane)| Stmt::Set(lane, self.element(&at(self.low, k)))).collect();
        let stop = self.out.scalar("stop", DType::Int32);
        let whole = Expr::binary(BinOp::And, self.n.into(), Expr::i32(-self.lanes));
        block.push(Stmt::Set(stop, Expr::from(self.low) + whole));
        let var = self.out.scalar("i", DType::Int32);
        let adds = lanes
            .iter()
            .enumerate()
            .map(|(k, &lane)| Stmt::Set(lane, Expr::from(lane) + self.element(&at(var, k))))
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
        let sum = self.out.scalar("sum", self.dtype);
        block.push(Stmt::Set(sum, tree(&lanes)));
        block.push(self.add_rest(sum, stop.into()));
        block.push(Stmt::Return(vec![sum.into()]));
        block
    }

    fn sum_halves(&mut self, id: FuncId) -> Block {
        let half = self.out.scalar("half", DType::Int32);
        let middle = Expr::binary(BinOp::Shr, self.n.into(), Expr::i32(1));
        let set = Stmt::Set(half, Expr::binary(BinOp::And, middle, Expr::i32(-self.lanes)));
        let rest: Vec<Expr> = self.out.params.iter().skip(2).map(|&p| p.into()).collect();
        let mut call = |name: &str, low: Expr, n: Expr| {
            let result = self.out.scalar(name, self.dtype);
            let args = [low, n].into_iter().chain(rest.iter().cloned()).collect();
            (result, Stmt::Call { function: id, args, results: vec![result], at: Default::default() })
        };
        let (left, first) = call("left", self.low.into(), half.into());
        let (right, second) = call("right", Expr::from(self.low) + half.into(), Expr::from(self.n) - half.into());
        vec![set, first, second, Stmt::Return(vec![Expr::from(left) + right.into()])]
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
