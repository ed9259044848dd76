//! Innermost counted loops on vectors (J. R. Allen and K. Kennedy, *Automatic translation of FORTRAN programs to vector form*, 1987).
//!
//! A loop of step 1 whose body is assignments and stores becomes a loop over `lanes` elements at a time and a scalar loop for the rest,
//! when every access moves by exactly one element or not at all, and turns are independent: by construction, because nothing is
//! stored, or because everything stored lies in memory that nothing else in the loop reads. A stride known only at run time is tested once: where it is not one element,
//! the scalar loop does all the work. `acc = acc op x` with an associative `op` becomes several vectors of partial results; sums of
//! floats are not associative and are left to `pairwise_lanes`.
//!
//! The lane count is that of the widest element; narrower ones use part of a vector.

use super::PassOptions;
use super::affine::{Slope, is_invariant, set_locals, slope};
use nopython_ir::Const;
use nopython_ir::loops::{Address, Block, Expr, For, Function, LocalId, LoopFacts, Module, Stmt, Ty, type_of};
use nopython_ir::ops::{BinOp, UnOp, cast_has_lanes};
use nopython_types::DType;
use std::collections::{BTreeMap, BTreeSet};

/// Vectors of partial results of a reduction, so that additions do not wait for each other.
const ACCUMULATORS: usize = 4;

/// Runs the pass.
pub fn run(module: &mut Module, options: &PassOptions) {
    for function in module.functions.values_mut() {
        let mut body = std::mem::take(&mut function.body);
        block(function, &mut body, options, &BTreeSet::new());
        function.body = body;
    }
}

/// Vectorises the innermost loops of a block. `live` are locals read by what runs around it.
fn block(function: &mut Function, stmts: &mut Block, options: &PassOptions, live: &BTreeSet<LocalId>) {
    let mut out = Vec::with_capacity(stmts.len());
    let all = std::mem::take(stmts);
    for (k, stmt) in all.iter().enumerate() {
        let mut stmt = stmt.clone();
        // The block may be the turn of a loop, so what stands before a statement may run after it.
        let mut around = live.clone();
        all.iter().enumerate().filter(|(other, _)| *other != k).for_each(|(_, s)| reads(s, &mut around));
        match &mut stmt {
            Stmt::For(l) if is_innermost(&l.body) => {
                if !l.facts.vectorized
                    && let Some(replacement) = Vectorizer::try_loop(function, l, options, &around)
                {
                    out.extend(replacement);
                    continue;
                }
            }
            other => {
                other.for_each_expr(&mut |e| read_locals(e, &mut around));
                for inner in other.blocks_mut() {
                    block(function, inner, options, &around);
                }
            }
        }
        out.push(stmt);
    }
    *stmts = out;
}

fn is_innermost(body: &Block) -> bool {
    body.iter().all(|s| matches!(s, Stmt::Set(..) | Stmt::Store(..)))
}

/// Adds the locals that a statement reads.
fn reads(stmt: &Stmt, into: &mut BTreeSet<LocalId>) {
    stmt.walk(&mut |s| s.for_each_expr(&mut |e| read_locals(e, into)));
}

fn read_locals(e: &Expr, into: &mut BTreeSet<LocalId>) {
    e.walk(&mut |e| {
        if let Expr::Local(local) = e {
            into.insert(*local);
        }
    });
}

/// A reduction: its local, its operation, and the identity of that operation.
struct Reduction {
    local: LocalId,
    op: BinOp,
    identity: Option<Const>,
}

/// Turns the body of one loop into vectors.
pub struct Vectorizer<'f> {
    function: &'f mut Function,
    options: &'f PassOptions,
    l: For,
    changing: BTreeSet<LocalId>,
    lanes: u8,
    /// Vector twins of locals set in the body.
    twins: BTreeMap<LocalId, LocalId>,
    /// Tests that strides are one element.
    pub guards: Vec<Expr>,
}

impl<'f> Vectorizer<'f> {
    fn try_loop(
        function: &'f mut Function,
        l: &For,
        options: &'f PassOptions,
        live: &BTreeSet<LocalId>,
    ) -> Option<Block> {
        if l.step != 1 || l.body.is_empty() {
            return None;
        }
        let mut changing = set_locals(&l.body);
        changing.insert(l.var);
        let reductions = find_reductions(function, l, &changing)?;
        let reduced: BTreeSet<LocalId> = reductions.iter().map(|r| r.local).collect();
        // Every other local must be set before it is read in the same turn, and not be read after the loop.
        let mut set: BTreeSet<LocalId> = BTreeSet::new();
        for stmt in &l.body {
            let mut read = BTreeSet::new();
            reads(stmt, &mut read);
            let carried =
                read.iter().any(|r| changing.contains(r) && *r != l.var && !set.contains(r) && !reduced.contains(r));
            if carried {
                return None;
            }
            if let Stmt::Set(local, _) = stmt {
                set.insert(*local);
            }
        }
        if set.iter().any(|s| !reduced.contains(s) && live.contains(s)) || live.contains(&l.var) {
            return None;
        }
        let apart = separations(function, l, &changing)?;
        let lanes = lane_count(function, &l.body)?;
        let mut this = Vectorizer::new(function, l, options, lanes);
        this.guards = apart;
        this.build(&reductions)
    }

    /// For the expressions of a loop, on vectors of a number of lanes.
    pub fn new(function: &'f mut Function, l: &For, options: &'f PassOptions, lanes: u8) -> Self {
        let mut changing = set_locals(&l.body);
        changing.insert(l.var);
        Vectorizer { function, options, l: l.clone(), changing, lanes, twins: BTreeMap::new(), guards: Vec::new() }
    }

    fn build(&mut self, reductions: &[Reduction]) -> Option<Block> {
        let copies = if reductions.is_empty() { 1 } else { ACCUMULATORS };
        let mut before = Vec::new();
        let mut body = Vec::new();
        let mut partial: Vec<Vec<LocalId>> = vec![Vec::new(); reductions.len()];
        for copy in 0..copies {
            self.twins.clear();
            for (reduction, partial) in reductions.iter().zip(&mut partial) {
                let ty = self.vector_type(reduction.local)?;
                let twin = self.function.local("part", ty);
                let start = reduction.identity.map_or(Expr::Local(reduction.local), Expr::Const);
                before.push(Stmt::Set(twin, Expr::Splat(ty, Box::new(start))));
                self.twins.insert(reduction.local, twin);
                partial.push(twin);
            }
            let mut turn = self.turn()?;
            shift(&mut turn, self.l.var, i32::try_from(copy).ok()? * i32::from(self.lanes), self.counter_dtype());
            body.extend(turn);
        }
        let width = i32::try_from(copies).ok()? * i32::from(self.lanes);
        Some(self.assemble(before, body, width, reductions, &partial))
    }

    /// The vector loop, the combination of partial results, and the scalar loop for the rest.
    fn assemble(
        &mut self,
        before: Block,
        body: Block,
        width: i32,
        reductions: &[Reduction],
        partial: &[Vec<LocalId>],
    ) -> Block {
        let dtype = self.counter_dtype();
        let int = |v: i32| Expr::Const(Const::Int(dtype, i64::from(v)));
        let zero = int(0);
        let first = self.function.scalar("first", dtype);
        let middle = self.function.scalar("middle", dtype);
        let mut out = vec![Stmt::Set(first, self.l.start.clone())];
        let count = Expr::binary(BinOp::Max, self.l.stop.clone() - first.into(), zero.clone());
        let whole = Expr::binary(BinOp::And, count, int(-width));
        let whole = match std::mem::take(&mut self.guards).into_iter().reduce(Expr::and) {
            Some(guard) => guard.select(whole, zero),
            None => whole,
        };
        out.push(Stmt::Set(middle, Expr::from(first) + whole));
        out.extend(before);
        let facts = LoopFacts { vectorized: true, ..self.l.facts };
        let label = self.function.label();
        let vector =
            For { label, start: first.into(), stop: middle.into(), step: width, body, facts, ..self.l.clone() };
        out.push(Stmt::For(Box::new(vector)));
        for (reduction, parts) in reductions.iter().zip(partial) {
            out.extend(self.combine(reduction, parts));
        }
        let label = self.function.label();
        let rest = For { label, start: middle.into(), facts, ..self.l.clone() };
        out.push(Stmt::For(Box::new(rest)));
        out
    }

    /// Partial results into the scalar one.
    fn combine(&mut self, reduction: &Reduction, parts: &[LocalId]) -> Block {
        let joined = parts.iter().map(|p| Expr::Local(*p)).reduce(|a, b| Expr::binary(reduction.op, a, b));
        let Some(joined) = joined else { return Vec::new() };
        let ty = self.function.locals[reduction.local].ty;
        let mut out = Vec::new();
        let vector = match parts.first() {
            Some(first) => *first,
            None => return out,
        };
        out.push(Stmt::Set(vector, joined));
        let mut total = Expr::Local(reduction.local);
        if ty == Ty::Scalar(DType::Bool) {
            let part = if reduction.op == BinOp::And {
                Expr::AllTrue(Box::new(vector.into()))
            } else {
                Expr::AnyTrue(Box::new(vector.into()))
            };
            total = Expr::binary(reduction.op, total, part);
        } else {
            for lane in 0..self.lanes {
                total = Expr::binary(reduction.op, total, Expr::Lane(Box::new(vector.into()), lane));
            }
        }
        out.push(Stmt::Set(reduction.local, total));
        out
    }

    fn counter_dtype(&self) -> DType {
        match self.function.locals[self.l.var].ty {
            Ty::Scalar(dtype) => dtype,
            Ty::Vector(..) | Ty::Mask { .. } => DType::Int32,
        }
    }

    fn vector_type(&self, local: LocalId) -> Option<Ty> {
        match self.function.locals[local].ty {
            Ty::Scalar(DType::Bool) => Some(Ty::Mask { bytes: mask_bytes(self.lanes)?, lanes: self.lanes }),
            Ty::Scalar(dtype) => vector(dtype, self.lanes),
            Ty::Vector(..) | Ty::Mask { .. } => None,
        }
    }

    /// One turn on vectors.
    fn turn(&mut self) -> Option<Block> {
        let mut out = Vec::new();
        for stmt in self.l.body.clone() {
            match stmt {
                Stmt::Set(local, value) => {
                    let value = self.expr(&value)?;
                    let ty = type_of(self.function, &value)?;
                    let twin = match self.twins.get(&local) {
                        Some(&twin) => twin,
                        None => self.function.local("v", ty),
                    };
                    if self.function.locals[twin].ty != ty {
                        return None;
                    }
                    self.twins.insert(local, twin);
                    out.push(Stmt::Set(twin, value));
                }
                Stmt::Store(address, value) => {
                    let dtype = match type_of(self.function, &value)? {
                        Ty::Scalar(dtype) => dtype,
                        Ty::Vector(..) | Ty::Mask { .. } => return None,
                    };
                    let mut value = self.expr(&value)?;
                    if let Ty::Mask { .. } = type_of(self.function, &value)? {
                        value = Expr::MaskCast(vector(DType::Bool, self.lanes)?, Box::new(value));
                    }
                    if !self.moves_by_one(&address, dtype)? {
                        return None;
                    }
                    out.push(Stmt::Store(address, value));
                }
                _ => return None,
            }
        }
        Some(out)
    }

    /// Whether an address moves by one element a turn; `None` if it moves otherwise or cannot be told. A run-time stride is guarded.
    fn moves_by_one(&mut self, address: &Address, dtype: DType) -> Option<bool> {
        let size = i32::try_from(dtype.size()).ok()?;
        match slope(&address.at, self.l.var, &self.changing)? {
            Slope::Const(0) => Some(false),
            Slope::Const(step) => (step == size).then_some(true),
            Slope::Unknown(stride) => {
                let guard = stride.equals(Expr::i32(size));
                if !self.guards.contains(&guard) {
                    self.guards.push(guard);
                }
                Some(true)
            }
        }
    }

    /// An expression on vectors.
    pub fn expr(&mut self, e: &Expr) -> Option<Expr> {
        if is_invariant(e, &self.changing) {
            let ty = match type_of(self.function, e)? {
                Ty::Scalar(DType::Bool) => Ty::Mask { bytes: mask_bytes(self.lanes)?, lanes: self.lanes },
                Ty::Scalar(dtype) => vector(dtype, self.lanes)?,
                Ty::Vector(..) | Ty::Mask { .. } => return None,
            };
            return Some(Expr::Splat(ty, Box::new(e.clone())));
        }
        match e {
            Expr::Local(local) if *local == self.l.var => {
                let Ty::Scalar(dtype) = self.function.locals[*local].ty else { return None };
                Some(Expr::Ramp(vector(dtype, self.lanes)?, Box::new(e.clone())))
            }
            Expr::Local(local) => self.twins.get(local).map(|twin| Expr::Local(*twin)),
            Expr::Load(Ty::Scalar(dtype), address) => self.load(*dtype, address),
            Expr::Unary(op, a) => {
                let a = self.expr(a)?;
                self.supported_unary(*op, &a)?;
                Some(Expr::Unary(*op, Box::new(a)))
            }
            Expr::Binary(op, a, b) => self.binary(*op, a, b),
            Expr::Cast(to, a) => self.cast(*to, a),
            Expr::Select(test, a, b) | Expr::Cond(test, a, b) if !test.loads() || matches!(e, Expr::Select(..)) => {
                self.select(test, a, b)
            }
            Expr::Kernel(name, args) => {
                let args = args.iter().map(|a| self.expr(a)).collect::<Option<Vec<_>>>()?;
                let twin = format!("{name}x{}", self.lanes);
                let full = args.iter().all(
                    |a| matches!(type_of(self.function, a), Some(Ty::Vector(d, n)) if d.size() * u32::from(n) == 16),
                );
                ((self.options.has_kernel)(&twin) && full).then_some(Expr::Kernel(twin, args))
            }
            _ => None,
        }
    }

    fn load(&mut self, dtype: DType, address: &Address) -> Option<Expr> {
        if self.moves_by_one(address, dtype)? {
            return Some(Expr::Load(vector(dtype, self.lanes)?, address.clone()));
        }
        // The same element in every turn: nothing in the loop writes it, as turns are independent.
        let scalar = Expr::Load(Ty::Scalar(dtype), address.clone());
        Some(Expr::Splat(vector(dtype, self.lanes)?, Box::new(scalar)))
    }

    fn supported_unary(&self, op: UnOp, a: &Expr) -> Option<()> {
        match (op, type_of(self.function, a)?) {
            (UnOp::Invert, _) => Some(()),
            (_, Ty::Vector(d, _)) => op.result(d).map(|_| ()),
            _ => None,
        }
    }

    fn binary(&mut self, op: BinOp, a: &Expr, b: &Expr) -> Option<Expr> {
        let (a, b) = (self.expr(a)?, self.expr(b)?);
        let (a, b) = self.matched(a, b)?;
        let supported = match (op, type_of(self.function, &a)?) {
            (BinOp::And | BinOp::Or | BinOp::Xor, _) => true,
            (_, Ty::Mask { .. }) => matches!(op, BinOp::Eq | BinOp::Ne),
            (_, Ty::Vector(d, _)) => op.result(d).is_some() && op.has_lanes(d, uniform(&b)),
            (_, Ty::Scalar(_)) => false,
        };
        if !supported {
            return None;
        }
        Some(Expr::binary(op, a, b))
    }

    /// Two operands of one type: a bool vector beside a mask becomes a mask, and masks take the wider lanes.
    fn matched(&self, a: Expr, b: Expr) -> Option<(Expr, Expr)> {
        let (ta, tb) = (type_of(self.function, &a)?, type_of(self.function, &b)?);
        if ta == tb {
            return Some((a, b));
        }
        match (ta, tb) {
            (mask @ Ty::Mask { .. }, Ty::Vector(DType::Bool, _) | Ty::Mask { .. }) => {
                Some((a, Expr::MaskCast(mask, Box::new(b))))
            }
            (Ty::Vector(DType::Bool, _), mask @ Ty::Mask { .. }) => Some((Expr::MaskCast(mask, Box::new(a)), b)),
            _ => None,
        }
    }

    fn cast(&mut self, to: DType, a: &Expr) -> Option<Expr> {
        let a = self.expr(a)?;
        match type_of(self.function, &a)? {
            Ty::Vector(from, _) => {
                vector(to, self.lanes)?;
                cast_has_lanes(from, to).then(|| a.cast(to))
            }
            // A mask as numbers: ones where it holds.
            mask @ Ty::Mask { .. } if to != DType::Bool => {
                let ty = vector(to, self.lanes)?;
                let one = match to {
                    DType::Float32 => Const::f32(1.0),
                    DType::Float64 => Const::f64(1.0),
                    other => Const::wrap(other, 1),
                };
                let test = self.mask_for(a, mask, ty)?;
                let splat = |c| Expr::Splat(ty, Box::new(Expr::Const(c)));
                Some(test.select(splat(one), splat(Const::zero(to))))
            }
            Ty::Mask { .. } => Some(a),
            Ty::Scalar(_) => None,
        }
    }

    /// A mask with lanes as wide as those of a vector type.
    fn mask_for(&self, mask: Expr, own: Ty, ty: Ty) -> Option<Expr> {
        let Ty::Vector(dtype, lanes) = ty else { return None };
        let want = Ty::Mask { bytes: u8::try_from(dtype.size()).ok()?, lanes };
        Some(if own == want { mask } else { Expr::MaskCast(want, Box::new(mask)) })
    }

    fn select(&mut self, test: &Expr, a: &Expr, b: &Expr) -> Option<Expr> {
        let (a, b) = (self.expr(a)?, self.expr(b)?);
        let (a, b) = self.matched(a, b)?;
        let ty = type_of(self.function, &a)?;
        let test = self.expr(test)?;
        let own = type_of(self.function, &test)?;
        let test = match ty {
            Ty::Vector(..) => self.mask_for(test, own, ty)?,
            Ty::Mask { .. } => {
                if own == ty {
                    test
                } else {
                    Expr::MaskCast(ty, Box::new(test))
                }
            }
            Ty::Scalar(_) => return None,
        };
        Some(test.select(a, b))
    }
}

/// The vector type of a dtype, if its lanes fill 2, 4, 8 or 16 bytes.
pub fn vector(dtype: DType, lanes: u8) -> Option<Ty> {
    matches!(dtype.size() * u32::from(lanes), 2 | 4 | 8 | 16).then_some(Ty::Vector(dtype, lanes))
}

/// The integer that every lane of an expression is.
fn uniform(e: &Expr) -> Option<i64> {
    match e {
        Expr::Splat(_, a) => a.as_const().and_then(Const::as_int),
        _ => None,
    }
}

/// The width of a mask's lanes that fill a whole vector.
fn mask_bytes(lanes: u8) -> Option<u8> {
    16u8.checked_div(lanes)
}

/// The number of lanes: that of the widest element loaded, stored or computed.
fn lane_count(function: &Function, body: &Block) -> Option<u8> {
    let mut widest = 0;
    let mut note = |ty: Option<Ty>| {
        if let Some(Ty::Scalar(dtype)) = ty {
            widest = widest.max(dtype.size());
        }
    };
    for stmt in body {
        match stmt {
            Stmt::Set(_, value) => walk_values(value, &mut |e| note(type_of(function, e))),
            Stmt::Store(_, value) => walk_values(value, &mut |e| note(type_of(function, e))),
            _ => return None,
        }
    }
    u8::try_from(16u32.checked_div(widest)?).ok()
}

/// Visits the values of an expression, but not its addresses.
fn walk_values<'e>(e: &'e Expr, f: &mut dyn FnMut(&'e Expr)) {
    f(e);
    if !matches!(e, Expr::Load(..)) {
        e.for_each_child(&mut |child| walk_values(child, f));
    }
}

/// Adds a constant to a loop's variable throughout a turn.
fn shift(turn: &mut Block, var: LocalId, by: i32, dtype: DType) {
    if by == 0 {
        return;
    }
    let constant = Expr::Const(Const::Int(dtype, i64::from(by)));
    for stmt in turn {
        stmt.for_each_expr_mut(&mut |e| {
            e.rewrite(&mut |e| {
                if *e == Expr::Local(var) {
                    *e = Expr::Local(var) + constant.clone();
                }
            });
        });
    }
}

/// Reductions of a loop: locals set once as `acc = acc op x` and read nowhere else in it.
fn find_reductions(function: &Function, l: &For, changing: &BTreeSet<LocalId>) -> Option<Vec<Reduction>> {
    let mut found = Vec::new();
    for stmt in &l.body {
        let Stmt::Set(local, Expr::Binary(op, a, b)) = stmt else { continue };
        let from_self = **a == Expr::Local(*local) && !b.any(&mut |e| *e == Expr::Local(*local));
        if !from_self {
            continue;
        }
        let mut uses = 0;
        let mut sets = 0;
        for other in &l.body {
            other.for_each_expr(&mut |e| e.walk(&mut |e| uses += usize::from(*e == Expr::Local(*local))));
            sets += usize::from(matches!(other, Stmt::Set(l, _) if l == local));
        }
        let Ty::Scalar(dtype) = function.locals.get(*local)?.ty else { return None };
        if uses != 1 || sets != 1 || !changing.contains(local) {
            return None;
        }
        let identity = match (op, dtype) {
            (BinOp::Add | BinOp::Or | BinOp::Xor, d) if !d.is_float() => Some(Const::zero(d)),
            (BinOp::Mul, d) if d.is_int() => Some(Const::wrap(d, 1)),
            (BinOp::And, DType::Bool) => Some(Const::Bool(true)),
            (BinOp::And, d) if d.is_int() => Some(Const::wrap(d, -1)),
            (BinOp::Min | BinOp::Max, d) if d != DType::Bool => None,
            _ => return None,
        };
        found.push(Reduction { local: *local, op: *op, identity });
    }
    Some(found)
}

/// Most tests for overlap before a loop.
const MOST_SEPARATIONS: usize = 24;

/// Tests under which no turn reads or writes what another writes: that what is stored lies apart from every other access. Accesses at one address
/// in a turn, and buffers that are distinct anyway, need none. `None` when that cannot be tested.
fn separations(function: &Function, l: &For, changing: &BTreeSet<LocalId>) -> Option<Vec<Expr>> {
    let mut tests = Vec::new();
    if l.facts.independent {
        return Some(tests);
    }
    let mut stored: Vec<(&Address, DType)> = Vec::new();
    let mut others: Vec<(&Address, DType)> = Vec::new();
    for stmt in &l.body {
        if let Stmt::Store(address, value) = stmt
            && let Ty::Scalar(dtype) = type_of(function, value)?
        {
            stored.push((address, dtype));
            others.push((address, dtype));
        }
        stmt.for_each_expr(&mut |e| {
            e.walk(&mut |e| {
                if let Expr::Load(Ty::Scalar(dtype), address) = e {
                    others.push((address, *dtype));
                }
            });
        });
    }
    let distinct = |b| function.buffers.get(b).is_some_and(|b: &nopython_ir::loops::Buffer| b.distinct);
    for (store, dtype) in &stored {
        let Slope::Const(step) = slope(&store.at, l.var, changing)? else { return None };
        if step != i32::try_from(dtype.size()).ok()? {
            return None;
        }
        for (other, width) in &others {
            let apart = other.buffer != store.buffer && (distinct(other.buffer) || distinct(store.buffer));
            if other.at == store.at || apart {
                continue;
            }
            let (low, high) = extent(store, l);
            let (from, to) = match slope(&other.at, l.var, changing)? {
                Slope::Const(0) => {
                    let at = (*other.at).clone().cast(DType::UInt32);
                    (at.clone(), at + Expr::Const(Const::Int(DType::UInt32, i64::from(width.size()))))
                }
                Slope::Const(s) if s == i32::try_from(width.size()).ok()? => extent(other, l),
                Slope::Const(_) | Slope::Unknown(_) => return None,
            };
            let test = Expr::binary(BinOp::Or, Expr::binary(BinOp::Le, high, from), Expr::binary(BinOp::Le, to, low));
            if !tests.contains(&test) {
                tests.push(test);
            }
        }
    }
    (tests.len() <= MOST_SEPARATIONS).then_some(tests)
}

/// The first address of an access that moves by one element, and the one past its last, as `UInt32`.
fn extent(address: &Address, l: &For) -> (Expr, Expr) {
    let at = |bound: &Expr| {
        let mut e = (*address.at).clone();
        e.rewrite(&mut |e| {
            if *e == Expr::Local(l.var) {
                *e = bound.clone();
            }
        });
        e.cast(DType::UInt32)
    };
    (at(&l.start), at(&l.stop))
}
