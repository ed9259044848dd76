//! Checks out of counted loops.
//!
//! In a nest of counted loops, the index of most accesses is a sum of loops' variables and of what does not change in the nest. From the
//! loops' bounds follow bounds of the index, and from these tests before the nest under which every such check holds. The nest is
//! written twice: without those checks where the tests hold, and as it was where they do not, so that an error is raised in the same
//! turn with the same effects before it. (V. Markstein, J. Cocke and P. Markstein, *Optimization of range checking*, 1982.) What a nest cannot
//! decide is tried again for the loops inside it.
//!
//! A check of what does not change in the nest, such as a divisor that is not zero, is itself such a test.
//!
//! An access that only some turns make gets no test that the others could fail: below an `if`, the index must be at most a loop's variable.
//!
//! Scalarising writes the index of `a[i]` as `j = i < 0 ? i + n : i` followed by `check j < n` of unsigned numbers, which also says
//! 0 ≤ j. Where i ≥ 0 follows from the bounds, j is i.

use super::affine::{is_invariant, set_locals};
use super::copies::{Uses, count_uses, separate};
use super::linear::Linear;
use super::{PassOptions, for_each_body};
use nopython_ir::Const;
use nopython_ir::loops::{Block, Expr, For, Function, LocalId, Module, Stmt, Ty, type_of};
use nopython_ir::ops::BinOp;
use nopython_ir::sorted::{SortedMap, SortedSet};
use nopython_types::DType;

/// A nest with more tests than this before it is left alone.
const MOST_TESTS: usize = 24;

/// Runs the pass.
pub fn run(module: &mut Module, _: &PassOptions) {
    for_each_body(module, &mut |function, body| {
        let mut pass = Pass { uses: count_uses(body), known: SortedMap::new(), noted: Vec::new() };
        pass.block(function, body);
    });
}

/// The pass on one function.
struct Pass {
    uses: SortedMap<LocalId, Uses>,
    /// What locals set in one place are, once that place has been passed: expressions over parameters that are never set, and each other.
    known: SortedMap<LocalId, Expr>,
    /// Its keys in the order in which they came.
    noted: Vec<LocalId>,
}

impl Pass {
    fn block(&mut self, function: &mut Function, stmts: &mut Block) {
        let before = self.noted.len();
        for stmt in stmts {
            if let Stmt::For(l) = stmt
                && let Some(versions) = Nest::split(function, l, self)
            {
                *stmt = versions;
                // What a nest does not decide, the loops inside its better version may.
                match stmt {
                    Stmt::If(_, fast, _) => fast.iter_mut().for_each(|nest| self.inside(function, nest)),
                    other => self.inside(function, other),
                }
                continue;
            }
            if let Stmt::Set(local, value) = stmt {
                self.note(function, *local, value);
            }
            self.inside(function, stmt);
        }
        for local in self.noted.drain(before..).rev() {
            self.known.remove(&local);
        }
    }

    fn inside(&mut self, function: &mut Function, stmt: &mut Stmt) {
        for inner in stmt.blocks_mut() {
            self.block(function, inner);
        }
    }

    /// Counts the uses of what a nest alone uses again, after it has changed.
    fn replaced(&mut self, before: &[Stmt], after: &Block) {
        let after = count_uses(after);
        for (local, own) in count_uses(before) {
            if let Some(all) = self.uses.get_mut(&local)
                && *all == own
            {
                *all = after.get(&local).copied().unwrap_or_default();
            }
        }
    }

    fn note(&mut self, function: &Function, local: LocalId, value: &Expr) {
        let sets = |l: &LocalId| self.uses.get(l).map_or(0, |uses| uses.sets);
        let once = sets(&local) == 1 && !function.params.contains(&local);
        let stable = |l: &LocalId| self.known.contains_key(l) || function.params.contains(l) && sets(l) == 0;
        if once && !value.any(&mut |e| matches!(e, Expr::Local(l) if !stable(l)) || matches!(e, Expr::Load(..))) {
            self.known.insert(local, value.clone());
            self.noted.push(local);
        }
    }
}

/// The values of a loop's variable, as inclusive bounds of which the second holds while the loop has turns.
#[derive(Clone)]
struct Range {
    low: Expr,
    high: Expr,
    /// Loops further out have smaller numbers.
    order: usize,
}

/// A nest of loops and what is known of it.
struct Nest<'a> {
    function: &'a Function,
    known: &'a SortedMap<LocalId, Expr>,
    /// Locals that the nest sets.
    changing: SortedSet<LocalId>,
    /// The one assignment of each local that is set once in the nest.
    definitions: SortedMap<LocalId, Expr>,
    ranges: SortedMap<LocalId, Range>,
    /// Tests under which the removed checks hold.
    tests: Vec<Expr>,
    /// Indices that are known to be not negative, with what they are.
    plain: SortedMap<LocalId, Expr>,
    removed: usize,
    /// Locals surely set in this turn of every loop around, to what is [settled](Nest::is_settled).
    defined: SortedSet<LocalId>,
    /// How many `if`s stand around.
    conditions: usize,
}

impl<'a> Nest<'a> {
    fn split(function: &mut Function, l: &For, pass: &mut Pass) -> Option<Stmt> {
        let outer = Stmt::For(Box::new(l.clone()));
        let mut fast = vec![outer.clone()];
        let mut nest = Nest::new(function, &fast, &pass.known);
        nest.survey(&outer);
        nest.strip(&mut fast);
        if nest.removed == 0 || nest.tests.len() > MOST_TESTS {
            return None;
        }
        let removed = u16::try_from(nest.removed).unwrap_or(u16::MAX);
        let plain = std::mem::take(&mut nest.plain);
        let tests = std::mem::take(&mut nest.tests);
        substitute(&mut fast, &plain, &SortedSet::new());
        for stmt in &mut fast {
            if let Stmt::For(l) = stmt {
                l.facts.hoisted = removed;
            }
        }
        let mut slow = vec![outer.clone()];
        let test = tests.into_iter().reduce(Expr::and);
        if test.is_some() {
            separate(function, &mut slow, &pass.uses);
            Stmt::mark_spare(&mut slow);
        }
        pass.replaced(std::slice::from_ref(&outer), &fast);
        match test {
            None => fast.pop(),
            Some(test) => Some(Stmt::If(test, fast, slow)),
        }
    }

    fn new(function: &'a Function, nest: &Block, known: &'a SortedMap<LocalId, Expr>) -> Self {
        Nest {
            function,
            known,
            changing: set_locals(nest),
            definitions: SortedMap::new(),
            ranges: SortedMap::new(),
            tests: Vec::new(),
            plain: SortedMap::new(),
            removed: 0,
            defined: SortedSet::new(),
            conditions: 0,
        }
    }

    /// Notes definitions and loop bounds.
    fn survey(&mut self, stmt: &Stmt) {
        let uses = count_uses(std::slice::from_ref(stmt));
        let sets = |local: &LocalId| uses.get(local).map_or(0, |uses| uses.sets);
        stmt.walk(&mut |s| match s {
            Stmt::Set(local, value) if sets(local) == 1 && !value.loads() => {
                self.definitions.insert(*local, value.clone());
            }
            // A variable of two loops has no one range.
            Stmt::For(l) if sets(&l.var) == 2 => {
                let (start, stop) = (self.wide(l.var, &l.start), self.wide(l.var, &l.stop));
                let (low, high) = if l.step > 0 { (start, plus(stop, -1)) } else { (plus(stop, 1), start) };
                let order = self.ranges.len();
                self.ranges.insert(l.var, Range { low, high, order });
            }
            _ => {}
        });
    }

    /// A bound of a loop's variable as an int64.
    fn wide(&self, var: LocalId, bound: &Expr) -> Expr {
        match (self.function.locals[var].ty, constant(bound)) {
            (_, Some(v)) => Expr::i64(v),
            (Ty::Scalar(DType::Int32), None) => bound.clone().cast(DType::Int64),
            _ => bound.clone(),
        }
    }

    /// An `Int64` expression as a sum.
    fn linear(&self, e: &Expr) -> Option<Linear> {
        match e {
            Expr::Const(c) => c.as_int().map(Linear::constant),
            Expr::Binary(BinOp::Add, a, b) => self.linear(a)?.plus(&self.linear(b)?, 1),
            Expr::Binary(BinOp::Sub, a, b) => self.linear(a)?.plus(&self.linear(b)?, -1),
            Expr::Binary(BinOp::Mul, a, b) if constant(b).is_some() => {
                Linear::constant(0).plus(&self.linear(a)?, constant(b)?)
            }
            Expr::Binary(BinOp::Mul, a, b) if constant(a).is_some() => {
                Linear::constant(0).plus(&self.linear(b)?, constant(a)?)
            }
            Expr::Local(local) if self.ranges.contains_key(local) => Some(Linear::var(*local)),
            Expr::Local(local) if self.defined.contains(local) => self.linear(self.definitions.get(local)?),
            Expr::Local(local) if self.known.contains_key(local) => self.linear(self.known.get(local)?),
            Expr::Cast(DType::Int64, a) => match **a {
                Expr::Local(local) if self.ranges.contains_key(&local) => Some(Linear::var(local)),
                _ => self.unchanging(e),
            },
            // The wrapped form of a negative index, where it turns out not to be negative.
            Expr::Cond(test, _, i) if wraps(test, i) => {
                let index = self.linear(i)?;
                self.is_known(&self.lowest(&index)?, 0).then_some(index)
            }
            _ => self.unchanging(e),
        }
    }

    /// An int64 that does not change in the nest, as a term of its own.
    fn unchanging(&self, e: &Expr) -> Option<Linear> {
        let is_term = is_invariant(e, &self.changing) && type_of(self.function, e) == Some(Ty::Scalar(DType::Int64));
        is_term.then(|| Linear::term(e.clone()))
    }

    /// Whether a term lies between −2³¹ and 2³² in any case.
    fn is_small(&self, term: &Expr) -> bool {
        let Expr::Cast(DType::Int64, a) = term else { return false };
        matches!(type_of(self.function, a), Some(Ty::Scalar(d)) if !d.is_float() && d.size() <= 4)
    }

    /// A sum without loops' variables that is never more than this one.
    fn lowest(&self, sum: &Linear) -> Option<Linear> {
        self.extreme(sum, |factor| factor > 0)
    }

    /// A sum without loops' variables that is never less than this one.
    fn highest(&self, sum: &Linear) -> Option<Linear> {
        self.extreme(sum, |factor| factor < 0)
    }

    /// Puts bounds in the place of variables, the innermost first: its bounds may hold those further out, and they may cancel, as in i + k where
    /// i < n − k.
    fn extreme(&self, sum: &Linear, takes_low: impl Fn(i64) -> bool + Copy) -> Option<Linear> {
        let mut out = sum.clone();
        let mut last = usize::MAX;
        loop {
            let order = |(var, _): &&(LocalId, i64)| self.ranges.get(var).map(|range| range.order);
            let Some((var, factor)) = out.vars.iter().max_by_key(order).copied() else { return Some(out) };
            let range = self.ranges.get(&var).filter(|range| range.order < last)?;
            last = range.order;
            let bound = self.linear(if takes_low(factor) { &range.low } else { &range.high })?;
            out = out.plus(&Linear::var(var), factor.checked_neg()?)?.plus(&bound, factor)?;
        }
    }

    /// Whether a sum without variables is at least `least` in any case, or under tests made already.
    fn is_known(&self, sum: &Linear, least: i64) -> bool {
        match Linear::constant(0).plus(sum, -1).map(|negated| negated.at_most(-least, |t| self.is_small(t))) {
            Some(Ok(holds)) => holds,
            Some(Err(tests)) => tests.iter().all(|test| self.tests.contains(test)),
            None => false,
        }
    }

    /// Drops the checks that hold, or hold under a test. Statements are visited in the order in which they run, so that only definitions that have
    /// been made in the same turn are believed.
    fn strip(&mut self, block: &mut Block) {
        let before = self.defined.clone();
        let mut kept = Vec::with_capacity(block.len());
        for mut stmt in std::mem::take(block) {
            let conditional = matches!(stmt, Stmt::If(..) | Stmt::While { .. } | Stmt::Scope(..));
            self.conditions += usize::from(conditional);
            // Bounds are those at the beginning of a loop: what the nest changes later says nothing of them.
            if let Stmt::For(l) = &stmt
                && !(self.is_settled(&l.start) && self.is_settled(&l.stop))
            {
                self.ranges.remove(&l.var);
            }
            match &mut stmt {
                Stmt::Check(test, _) if self.holds(test) => continue,
                Stmt::Set(local, value) => {
                    self.note_plain(*local, value);
                    if self.is_settled(value) {
                        self.defined.insert(*local);
                    }
                }
                other => other.blocks_mut().into_iter().for_each(|inner| self.strip(inner)),
            }
            self.conditions -= usize::from(conditional);
            kept.push(stmt);
        }
        *block = kept;
        self.defined = before;
    }

    /// Whether what an expression reads stays the same until the end of this turn: it does not change in the nest, or is the variable of a
    /// loop, or was set in this turn. `a = a + 1` reads what the turn before left, and after `a = b; b = i` no longer is `a` what `b` is.
    fn is_settled(&self, value: &Expr) -> bool {
        !value.any(&mut |e| {
            matches!(e, Expr::Local(local)
                if self.changing.contains(local) && !self.ranges.contains_key(local) && !self.defined.contains(local))
        })
    }

    /// Asks for the tests under which an index is not negative, and notes that it then needs no wrapping.
    fn note_plain(&mut self, local: LocalId, value: &Expr) {
        let Expr::Cond(test, _, i) = value else { return };
        let is_index = self.function.locals[local].ty == Ty::Scalar(DType::Int64);
        if !is_index || !wraps(test, i) || !self.definitions.contains_key(&local) {
            return;
        }
        let Some(index) = self.linear(i) else { return };
        let Some(lowest) = self.lowest(&index).and_then(|low| Linear::constant(0).plus(&low, -1)) else { return };
        if !self.ask(lowest.at_most(0, |t| self.is_small(t)), false) {
            return;
        }
        let wide = |var: LocalId| match self.function.locals[var].ty {
            Ty::Scalar(DType::Int64) => Expr::Local(var),
            _ => Expr::Local(var).cast(DType::Int64),
        };
        self.plain.insert(local, index.expr(wide));
    }

    /// Notes tests, unless they could fail for turns that are not made. `mild` ones may stand below conditions.
    fn ask(&mut self, needed: Result<bool, Vec<Expr>>, mild: bool) -> bool {
        match needed {
            Ok(holds) => holds,
            Err(tests) => {
                let new: Vec<Expr> = tests.into_iter().filter(|test| !self.tests.contains(test)).collect();
                if !new.is_empty() && self.conditions > 0 && !mild {
                    return false;
                }
                self.tests.extend(new);
                true
            }
        }
    }

    /// Whether a check is one that the nest does not change, or `j < n`, of signed or unsigned numbers, of an index whose bounds follow from the
    /// loops; notes the tests that are needed.
    fn holds(&mut self, test: &Expr) -> bool {
        if is_invariant(test, &self.changing) && !test.loads() {
            // Where it fails the nest runs as it was, also if no turn comes to the check.
            self.removed += 1;
            return self.ask(Err(vec![test.clone()]), true);
        }
        let Expr::Binary(BinOp::Lt, j, n) = test else { return false };
        let (j, n) = match (&**j, &**n) {
            (Expr::Cast(DType::UInt64, j), Expr::Cast(DType::UInt64, n)) => (j, n),
            _ => (j, n),
        };
        let holds = self.is_below(j, n) == Some(true);
        self.removed += usize::from(holds);
        holds
    }

    fn is_below(&mut self, j: &Expr, n: &Expr) -> Option<bool> {
        let index = self.linear(j)?;
        let n = self.unchanging(n).and(self.linear(n))?;
        if !self.is_known(&self.lowest(&index)?, 0) {
            return None;
        }
        let over = self.highest(&index)?.plus(&n, -1)?;
        // An index that exceeds the loop's variable is one that a condition around may keep from exceeding n.
        let mild = index.constant <= 0 && index.vars.len() == 1;
        Some(self.ask(over.at_most(-1, |t| self.is_small(t)), mild))
    }
}

/// Whether `test` is `i < 0`.
fn wraps(test: &Expr, i: &Expr) -> bool {
    matches!(test, Expr::Binary(BinOp::Lt, x, zero) if **x == *i && constant(zero) == Some(0))
}

fn constant(e: &Expr) -> Option<i64> {
    e.as_const().and_then(Const::as_int)
}

/// x + c
fn plus(x: Expr, c: i64) -> Expr {
    match constant(&x) {
        Some(v) => Expr::i64(v.wrapping_add(c)),
        None => x + Expr::i64(c),
    }
}

/// Puts what an index is in the place of its local, in the statements that run after it was set in the same turn.
fn substitute(block: &mut Block, plain: &SortedMap<LocalId, Expr>, set: &SortedSet<LocalId>) {
    let mut set = set.clone();
    for stmt in block {
        stmt.for_each_expr_mut(&mut |e| {
            e.rewrite(&mut |e| {
                if let Expr::Local(local) = e
                    && set.contains(local)
                    && let Some(value) = plain.get(local)
                {
                    *e = value.clone();
                }
            });
        });
        for inner in stmt.blocks_mut() {
            substitute(inner, plain, &set);
        }
        if let Stmt::Set(local, _) = stmt {
            set.insert(*local);
        }
    }
}
