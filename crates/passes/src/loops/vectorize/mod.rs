//! Innermost counted loops on vectors (J. R. Allen and K. Kennedy, *Automatic translation of FORTRAN programs to vector form*, 1987).
//!
//! A loop of step 1 whose body is assignments and stores becomes a loop over `lanes` elements at a time and a scalar loop for the rest,
//! when every access moves by exactly one element or not at all, and turns are independent: by construction, because nothing is
//! stored, or because everything stored lies in memory that nothing else in the loop reads. A stride known only at run time is tested once: where it is not one element,
//! the scalar loop does all the work. Branches become selections; a check that fails in some lane leaves the vector loop for the scalar one. `acc = acc op x` with an associative `op` becomes several vectors of partial results; sums of
//! floats are not associative and are left to `pairwise_lanes`, or add the lanes of what takes long to compute one after another.
//!
//! The lane count is that of the widest element; narrower ones use part of a vector.

mod lanes;
mod nest;
mod obstacles;
mod reductions;
mod separations;
mod straighten;
mod truncated;
mod uniform;

use super::affine::set_locals;
use super::copies::{Uses, count_uses};
use super::{PassOptions, for_each_body};
use lanes::mask_bytes;
pub use lanes::vector;
use nopython_ir::Const;
use nopython_ir::loops::{Block, Expr, For, Function, Label, LocalId, LoopFacts, Module, Obstacle, Stmt, Ty, type_of};
use nopython_ir::ops::BinOp;
use nopython_ir::sorted::{SortedMap, SortedSet};
use nopython_types::DType;
use obstacles::first_obstacle;
use reductions::{Reduction, find_reductions, is_costly};
use separations::separations;
use straighten::{is_straight, straighten};
use uniform::take_uniform;

/// Vectors of partial results of a reduction, so that additions do not wait for each other.
const ACCUMULATORS: usize = 4;

/// Runs the pass.
pub fn run(module: &mut Module, options: &PassOptions) {
    for_each_body(module, &mut |function, body| {
        // Loops around sums first: their lanes need no order.
        for in_order in [false, true] {
            let uses = count_uses(body);
            block(function, body, &Context { options, uses: &uses, in_order });
        }
    });
}

/// What holds for a whole function.
struct Context<'c> {
    options: &'c PassOptions,
    /// The uses of each local.
    uses: &'c SortedMap<LocalId, Uses>,
    /// Whether only those loops are looked at that need their sums of floats added in order.
    in_order: bool,
}

impl Context<'_> {
    /// Whether a loop is still to be tried.
    fn wants(&self, l: &For) -> bool {
        let needs_order = matches!(l.facts.obstacle, Some(Obstacle::Order(_)));
        !l.facts.vectorized && (!self.in_order || needs_order && is_costly(&l.body))
    }
}

/// Vectorises the innermost loops of a block.
fn block(function: &mut Function, stmts: &mut Block, context: &Context<'_>) {
    let mut out = Vec::with_capacity(stmts.len());
    for mut stmt in std::mem::take(stmts) {
        match &mut stmt {
            Stmt::For(l) if is_straight(&l.body) => {
                if context.wants(l) {
                    match Vectorizer::try_loop(function, l, context) {
                        Ok(replacement) => {
                            out.extend(replacement);
                            continue;
                        }
                        Err(obstacle) => l.facts.obstacle = Some(obstacle),
                    }
                }
            }
            other => {
                let nest = if let (Stmt::For(l), false) = (&*other, context.in_order) { Some(l.clone()) } else { None };
                for inner in other.blocks_mut() {
                    block(function, inner, context);
                }
                if let (Stmt::For(l), Some(original)) = (other, nest) {
                    l.facts.obstacle = first_obstacle(&l.body);
                    if !nest::has_vectors(&l.body)
                        && let Some(replacement) = Vectorizer::try_nest(
                            function,
                            &original,
                            context.options,
                            &live_around(&original, context.uses),
                        )
                    {
                        out.extend(replacement);
                        continue;
                    }
                }
            }
        }
        out.push(stmt);
    }
    *stmts = out;
}

/// The locals of a loop that are read outside it: what stands before it may run after it, in the next turn of a loop around both.
fn live_around(l: &For, uses: &SortedMap<LocalId, Uses>) -> SortedSet<LocalId> {
    let own = count_uses(std::slice::from_ref(&Stmt::For(Box::new(l.clone()))));
    let outside = |local: &LocalId, own: &Uses| uses.get(local).is_some_and(|all| all.reads > own.reads);
    own.iter().filter(|(local, own)| outside(local, own)).map(|(local, _)| *local).collect()
}

/// Adds the locals that a statement reads.
fn reads(stmt: &Stmt, into: &mut SortedSet<LocalId>) {
    stmt.walk(&mut |s| s.for_each_expr(&mut |e| read_locals(e, into)));
}

fn read_locals(e: &Expr, into: &mut SortedSet<LocalId>) {
    e.walk(&mut |e| {
        if let Expr::Local(local) = e {
            into.insert(*local);
        }
    });
}

/// Turns the body of one loop into vectors.
pub struct Vectorizer<'f> {
    function: &'f mut Function,
    options: &'f PassOptions,
    l: For,
    changing: SortedSet<LocalId>,
    lanes: u8,
    /// Vector twins of locals set in the body, for each copy of it.
    twins: Vec<SortedMap<LocalId, LocalId>>,
    /// The copy that is being made.
    copy: usize,
    /// Where the vector loop goes when a check fails: its label, and the local that takes the turn.
    exit: Option<(Label, LocalId)>,
    /// What is the same in every turn, to be computed once before the loop.
    uniform: Vec<(LocalId, Expr)>,
    /// Elements that are the same in every turn, to be read once before the loop; `None` where each turn reads them, because a check may
    /// keep it from doing so.
    constants: Option<Vec<(LocalId, Expr)>>,
    /// Tests that strides are one element.
    pub guards: Vec<Expr>,
    /// Locals with which lanes are combined one after another.
    ordered: SortedSet<LocalId>,
    /// What first stood in the way.
    obstacle: Option<Obstacle>,
}

impl<'f> Vectorizer<'f> {
    fn try_loop(function: &'f mut Function, l: &For, context: &Context<'f>) -> Result<Block, Obstacle> {
        let live = live_around(l, context.uses);
        if l.step != 1 || l.body.is_empty() {
            return Err(Obstacle::Step);
        }
        let mut straight = For { body: straighten(function, &l.body, context.uses), ..l.clone() };
        straight.facts.obstacle = None;
        let (rest, l) = (l, &straight);
        let changing = changing(l);
        let reductions = find_reductions(function, l, &changing, context.in_order)?;
        let reduced: SortedSet<LocalId> = reductions.iter().map(|r| r.local).collect();
        // Every other local must be set before it is read in the same turn, and not be read after the loop.
        let mut set: SortedSet<LocalId> = SortedSet::new();
        for stmt in &l.body {
            let mut read = SortedSet::new();
            reads(stmt, &mut read);
            let carried =
                |r: &&LocalId| changing.contains(r) && **r != l.var && !set.contains(r) && !reduced.contains(r);
            if let Some(&local) = read.iter().find(carried) {
                return Err(Obstacle::Carried(local));
            }
            if let Stmt::Set(local, _) = stmt {
                set.insert(*local);
            }
        }
        let used_after = set.iter().find(|s| !reduced.contains(s) && live.contains(s));
        if let Some(&local) = used_after {
            return Err(Obstacle::UsedAfter(local));
        }
        let apart = separations(function, l, &changing)?;
        let uniform = take_uniform(function, &mut straight);
        let lanes = lane_count(function, &straight.body).ok_or(Obstacle::Width)?;
        let mut this = Vectorizer::new(function, &straight, context.options, lanes);
        this.guards = apart;
        this.uniform = uniform;
        let built = this.build(&reductions, rest);
        built.ok_or(this.obstacle.unwrap_or(Obstacle::Width))
    }

    /// For the expressions of a loop, on vectors of a number of lanes.
    pub fn new(function: &'f mut Function, l: &For, options: &'f PassOptions, lanes: u8) -> Self {
        let changing = changing(l);
        Vectorizer {
            function,
            options,
            l: l.clone(),
            changing,
            lanes,
            twins: vec![SortedMap::new()],
            copy: 0,
            exit: None,
            uniform: Vec::new(),
            constants: None,
            guards: Vec::new(),
            ordered: SortedSet::new(),
            obstacle: None,
        }
    }

    fn build(&mut self, reductions: &[Reduction], rest: &For) -> Option<Block> {
        self.ordered = reductions.iter().filter(|r| r.in_order).map(|r| r.local).collect();
        let reductions: Vec<&Reduction> = reductions.iter().filter(|r| !r.in_order).collect();
        self.can_leave(&reductions)?;
        let dtype = self.counter_dtype();
        let label = self.function.label();
        let checked = self.l.body.iter().any(|s| matches!(s, Stmt::Check(..)));
        self.exit = checked.then(|| (label, self.function.scalar("left", dtype)));
        self.constants = (!checked).then(Vec::new);
        let copies = if reductions.is_empty() { 1 } else { ACCUMULATORS };
        self.twins = vec![SortedMap::new(); copies];
        let mut before = Vec::new();
        let mut partial: Vec<Vec<LocalId>> = vec![Vec::new(); reductions.len()];
        for twins in &mut self.twins {
            for (reduction, partial) in reductions.iter().zip(&mut partial) {
                let ty = lane_type(self.function, reduction.local, self.lanes)?;
                let twin = self.function.local("part", ty);
                let start = reduction.identity.map_or(Expr::Local(reduction.local), Expr::Const);
                before.push(Stmt::Set(twin, Expr::Splat(ty, Box::new(start))));
                twins.insert(reduction.local, twin);
                partial.push(twin);
            }
        }
        let body = self.turn(&self.l.body.clone())?;
        let width = i32::try_from(copies).ok()? * i32::from(self.lanes);
        Some(self.assemble(before, For { label, body, step: width, ..self.l.clone() }, &reductions, &partial, rest))
    }

    /// Whether the vector loop can be left in the middle of a turn where a check fails in some lane: nothing has been stored by then, and no
    /// result, partial or in order, has changed.
    fn can_leave(&mut self, reductions: &[&Reduction]) -> Option<()> {
        let store = self.l.body.iter().position(|s| match s {
            Stmt::Store(..) => true,
            Stmt::Set(local, _) => self.ordered.contains(local),
            _ => false,
        });
        let too_late = |(k, s): (usize, &Stmt)| match s {
            Stmt::Check(_, fault) if !reductions.is_empty() || store.is_some_and(|store| store < k) => Some(fault.site),
            _ => None,
        };
        match self.l.body.iter().enumerate().find_map(too_late) {
            Some(site) => self.refuse(Obstacle::Raises(site)),
            None => Some(()),
        }
    }

    /// The vector loop, the combination of partial results, and the scalar loop for the rest.
    fn assemble(
        &mut self,
        before: Block,
        mut vector: For,
        reductions: &[&Reduction],
        partial: &[Vec<LocalId>],
        rest: &For,
    ) -> Block {
        let dtype = self.counter_dtype();
        let int = |v: i32| Expr::Const(Const::Int(dtype, i64::from(v)));
        let zero = int(0);
        let first = self.function.scalar("first", dtype);
        let middle = self.function.scalar("middle", dtype);
        let mut out = vec![Stmt::Set(first, self.l.start.clone())];
        let count = Expr::binary(BinOp::Max, self.l.stop.clone() - first.into(), zero.clone());
        let whole = Expr::binary(BinOp::And, count, int(-vector.step));
        let guarded = !self.guards.is_empty();
        assume(&self.guards, &mut vector.body);
        let whole = match std::mem::take(&mut self.guards).into_iter().reduce(Expr::and) {
            Some(guard) => guard.select(whole, zero),
            None => whole,
        };
        out.push(Stmt::Set(middle, Expr::from(first) + whole));
        out.extend(before);
        // Elements need not be there when there are no turns.
        let turns = Expr::from(first).lt(middle.into());
        let constants = self.constants.take().unwrap_or_default();
        for (local, value) in std::mem::take(&mut self.uniform).into_iter().chain(constants) {
            let none = Expr::zero(self.function.locals[local].ty).filter(|_| value.loads());
            out.push(Stmt::Set(
                local,
                match none {
                    Some(none) => turns.clone().cond(value, none),
                    None => value,
                },
            ));
        }
        let facts = LoopFacts { vectorized: true, guarded, ..self.l.facts };
        // Where a check fails, the scalar loop begins with that turn, and raises in the right one.
        let resume = self.exit.map_or(middle, |(_, left)| left);
        if resume != middle {
            out.push(Stmt::Set(resume, middle.into()));
        }
        out.push(Stmt::For(Box::new(For { start: first.into(), stop: middle.into(), facts, ..vector })));
        for (reduction, parts) in reductions.iter().zip(partial) {
            out.extend(self.combine(reduction, parts));
        }
        let label = self.function.label();
        out.push(Stmt::For(Box::new(For { label, start: resume.into(), facts, ..rest.clone() })));
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

    /// One turn on vectors, in several copies for neighbouring vectors, statement by statement. The loops inside run all copies in each turn.
    fn turn(&mut self, stmts: &Block) -> Option<Block> {
        let mut out = Vec::new();
        for stmt in stmts {
            if let Stmt::For(inner) = stmt {
                let body = self.turn(&inner.body)?;
                let facts = LoopFacts { vectorized: true, ..inner.facts };
                out.push(Stmt::For(Box::new(For { label: self.function.label(), body, facts, ..(**inner).clone() })));
                continue;
            }
            for copy in 0..self.twins.len() {
                self.copy = copy;
                let by = i32::try_from(copy).ok()? * i32::from(self.lanes);
                let made = match stmt {
                    Stmt::Set(local, value) if self.ordered.contains(local) => self.in_order(*local, value)?,
                    _ => vec![self.statement(stmt)?],
                };
                for mut one in made {
                    shift(&mut one, self.l.var, by, self.counter_dtype());
                    out.push(one);
                }
            }
        }
        Some(out)
    }

    /// `acc = acc op x` as `v = x; acc = (acc op v[0]) op v[1]`.
    fn in_order(&mut self, local: LocalId, value: &Expr) -> Option<Block> {
        let Expr::Binary(op, _, operand) = value else { return None };
        let operand = self.expr(operand)?;
        let v = self.function.local("v", type_of(self.function, &operand)?);
        let lane = |k| Expr::Lane(Box::new(v.into()), k);
        let total = (0..self.lanes).fold(local.into(), |total, k| Expr::binary(*op, total, lane(k)));
        Some(vec![Stmt::Set(v, operand), Stmt::Set(local, total)])
    }

    fn statement(&mut self, stmt: &Stmt) -> Option<Stmt> {
        match stmt {
            Stmt::Set(local, value) => {
                let value = self.expr(value)?;
                let ty = type_of(self.function, &value)?;
                let known = self.twins.get(self.copy)?.get(local).copied();
                let twin = known.unwrap_or_else(|| self.function.local("v", ty));
                if self.function.locals[twin].ty != ty {
                    return None;
                }
                self.twins.get_mut(self.copy)?.insert(*local, twin);
                Some(Stmt::Set(twin, value))
            }
            Stmt::Store(address, value) => {
                let dtype = match type_of(self.function, value)? {
                    Ty::Scalar(dtype) => dtype,
                    Ty::Vector(..) | Ty::Mask { .. } => return None,
                };
                let mut value = self.expr(value)?;
                if let Ty::Mask { .. } = type_of(self.function, &value)? {
                    value = Expr::MaskCast(vector(DType::Bool, self.lanes)?, Box::new(value));
                }
                if !self.moves_by_one(address, dtype)? {
                    return None;
                }
                Some(Stmt::Store(address.clone(), value))
            }
            Stmt::Check(test, _) => {
                let (label, left) = self.exit?;
                let test = self.expr(test)?;
                let Ty::Mask { .. } = type_of(self.function, &test)? else { return None };
                let leave = vec![Stmt::Set(left, self.l.var.into()), Stmt::Break(label)];
                let holds = |e: Expr| Expr::AllTrue(Box::new(e));
                // `a or b` in all lanes: most often a, so that b is seldom computed.
                let fails = match &test {
                    Expr::Select(a, yes, _) if matches!(&**yes, Expr::Splat(_, c) if **c == Expr::Const(Const::Bool(true))) => {
                        holds((**a).clone()).cond(Expr::Const(Const::Bool(false)), holds(test).not())
                    }
                    _ => holds(test).not(),
                };
                Some(Stmt::If(fails, leave, Vec::new()))
            }
            _ => None,
        }
    }
}

/// Writes what tests of the kind `local == constant` say into statements that run only when they hold: addresses with known steps share their parts.
pub fn assume(tests: &[Expr], stmts: &mut Block) {
    for stmt in stmts {
        for test in tests {
            if let Expr::Binary(BinOp::Eq, local, value) = test
                && let (Expr::Local(local), Expr::Const(_)) = (&**local, &**value)
            {
                stmt.for_each_expr_mut(&mut |e| e.replace(*local, value));
            }
        }
        stmt.blocks_mut().into_iter().for_each(|inner| assume(tests, inner));
    }
}

/// Locals that differ between turns of a loop. The variables of loops inside are not among them: they take the same values in each.
fn changing(l: &For) -> SortedSet<LocalId> {
    let mut changing = set_locals(&l.body);
    for stmt in &l.body {
        stmt.walk(&mut |s| {
            if let Stmt::For(inner) = s {
                changing.remove(&inner.var);
            }
        });
    }
    changing.insert(l.var);
    changing
}

/// The type of a local's lanes.
fn lane_type(function: &Function, local: LocalId, lanes: u8) -> Option<Ty> {
    match function.locals[local].ty {
        Ty::Scalar(DType::Bool) => Some(Ty::Mask { bytes: mask_bytes(lanes)?, lanes }),
        Ty::Scalar(dtype) => vector(dtype, lanes),
        Ty::Vector(..) | Ty::Mask { .. } => None,
    }
}

/// The number of lanes: that of the widest element loaded, stored or computed.
fn lane_count(function: &Function, body: &Block) -> Option<u8> {
    u8::try_from(16u32.checked_div(widest(function, body)?)?).ok()
}

fn widest(function: &Function, body: &Block) -> Option<u32> {
    let (mut widest, mut inner) = (0, 0);
    let mut note = |ty: Option<Ty>| {
        if let Some(Ty::Scalar(dtype)) = ty {
            widest = widest.max(dtype.size());
        }
    };
    for stmt in body {
        match stmt {
            Stmt::Set(_, value) => walk_values(value, &mut |e| note(type_of(function, e))),
            Stmt::Store(_, value) => walk_values(value, &mut |e| note(type_of(function, e))),
            Stmt::Check(test, _) => walk_values(test, &mut |e| note(type_of(function, e))),
            Stmt::For(l) => inner = inner.max(self::widest(function, &l.body)?),
            _ => return None,
        }
    }
    Some(widest.max(inner))
}

/// Visits the values of an expression, but not its addresses.
fn walk_values<'e>(e: &'e Expr, f: &mut dyn FnMut(&'e Expr)) {
    f(e);
    if !matches!(e, Expr::Load(..)) {
        e.for_each_child(&mut |child| walk_values(child, f));
    }
}

/// Adds a constant to a loop's variable in a statement.
fn shift(stmt: &mut Stmt, var: LocalId, by: i32, dtype: DType) {
    if by != 0 {
        let moved = Expr::Local(var) + Expr::Const(Const::Int(dtype, i64::from(by)));
        stmt.for_each_expr_mut(&mut |e| e.replace(var, &moved));
    }
}
