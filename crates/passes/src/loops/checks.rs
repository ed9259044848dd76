//! Bounds checks out of counted loops.
//!
//! In a nest of counted loops, the index of most accesses is a loop's variable plus a constant. From the loops' bounds follow bounds of the index in terms of what does
//! not change in the nest, and from these one test before the nest under which every such check holds. The nest is
//! written twice: without those checks where the test holds, and as it was where it does not, so that an error is raised in the same
//! turn with the same effects before it. (V. Markstein, J. Cocke and P. Markstein, *Optimization of range checking*, 1982.) Code doubles once for each
//! outermost nest.
//!
//! Scalarising writes the index of `a[i]` as `j = i < 0 ? i + n : i` followed by `check j < n` of unsigned numbers, which also says
//! 0 ≤ j. Where i ≥ 0 follows from the bounds, j is i.

use super::PassOptions;
use super::affine::set_locals;
use super::copies::{count_reads, separate};
use nopython_ir::Const;
use nopython_ir::loops::{Block, Expr, For, Function, LocalId, Module, Stmt, Ty};
use nopython_ir::ops::BinOp;
use nopython_types::DType;
use std::collections::{BTreeMap, BTreeSet};

/// A nest with more tests than this before it is left alone.
const MOST_TESTS: usize = 24;

/// Runs the pass.
pub fn run(module: &mut Module, _: &PassOptions) {
    for function in module.functions.values_mut() {
        let mut body = std::mem::take(&mut function.body);
        let reads = count_reads(&body);
        block(function, &mut body, &reads);
        function.body = body;
    }
}

fn block(function: &mut Function, stmts: &mut Block, reads: &BTreeMap<LocalId, usize>) {
    for stmt in stmts {
        if let Stmt::For(l) = stmt
            && let Some(versions) = Nest::split(function, l, reads)
        {
            *stmt = versions;
            continue;
        }
        for inner in stmt.blocks_mut() {
            block(function, inner, reads);
        }
    }
}

/// An index as a sum of loops' variables and a constant.
type Index = (Vec<LocalId>, i64);

/// A nest of loops and what is known of it.
struct Nest<'f> {
    function: &'f Function,
    /// Locals that the nest sets.
    changing: BTreeSet<LocalId>,
    /// The one assignment of each local that is set once in the nest.
    definitions: BTreeMap<LocalId, Expr>,
    /// Bounds of each loop's variable: first value, and bound excluded, as int64.
    bounds: BTreeMap<LocalId, (Expr, Expr)>,
    /// Tests under which the removed checks hold.
    tests: Vec<Expr>,
    /// Indices that are known to be not negative, with what they are.
    plain: BTreeMap<LocalId, Expr>,
    removed: usize,
    /// Locals surely set in this turn of every loop around.
    defined: BTreeSet<LocalId>,
}

impl<'f> Nest<'f> {
    fn split(function: &'f mut Function, l: &For, reads: &BTreeMap<LocalId, usize>) -> Option<Stmt> {
        let outer = Stmt::For(Box::new(l.clone()));
        let body = vec![outer.clone()];
        let mut nest = Nest {
            function,
            changing: set_locals(&body),
            definitions: BTreeMap::new(),
            bounds: BTreeMap::new(),
            tests: Vec::new(),
            plain: BTreeMap::new(),
            removed: 0,
            defined: BTreeSet::new(),
        };
        nest.survey(&outer);
        let mut fast = body;
        nest.strip(&mut fast);
        if nest.removed == 0 || nest.tests.len() > MOST_TESTS {
            return None;
        }
        let plain = std::mem::take(&mut nest.plain);
        let tests = std::mem::take(&mut nest.tests);
        substitute(&mut fast, &plain);
        match tests.into_iter().reduce(Expr::and) {
            None => fast.pop(),
            Some(test) => {
                let mut slow = vec![outer];
                separate(function, &mut slow, reads);
                Some(Stmt::If(test, fast, slow))
            }
        }
    }

    /// Notes definitions and loop bounds.
    fn survey(&mut self, stmt: &Stmt) {
        let mut sets: BTreeMap<LocalId, usize> = BTreeMap::new();
        stmt.walk(&mut |s| match s {
            Stmt::Set(local, value) => {
                *sets.entry(*local).or_default() += 1;
                self.definitions.insert(*local, value.clone());
            }
            Stmt::Call { results, .. } => results.iter().for_each(|r| *sets.entry(*r).or_default() += 2),
            Stmt::Alloc { owner, .. } => *sets.entry(*owner).or_default() += 2,
            Stmt::For(l) => {
                *sets.entry(l.var).or_default() += 2;
                // A variable of two loops has no one range.
                let known = self
                    .bounds
                    .insert(l.var, (wide(self.function, l.var, &l.start), wide(self.function, l.var, &l.stop)));
                if known.is_some() || l.step < 1 {
                    self.bounds.remove(&l.var);
                }
            }
            _ => {}
        });
        self.definitions.retain(|local, value| sets.get(local) == Some(&1) && !value.loads());
    }

    /// An `Int64` expression as variable plus constant.
    fn index(&self, e: &Expr) -> Option<Index> {
        match e {
            Expr::Local(local) if self.bounds.contains_key(local) => Some((vec![*local], 0)),
            Expr::Local(local) if self.defined.contains(local) => self.index(self.definitions.get(local)?),
            Expr::Cast(DType::Int64, a) => match **a {
                Expr::Local(local) if self.bounds.contains_key(&local) => Some((vec![local], 0)),
                _ => None,
            },
            Expr::Binary(BinOp::Add, a, b) => {
                let part = |e: &Expr| constant(e).map(|c| (Vec::new(), c)).or_else(|| self.index(e));
                let ((mut vars, c), (more, d)) = (part(a)?, part(b)?);
                vars.extend(more);
                Some((vars, c.checked_add(d)?))
            }
            Expr::Binary(BinOp::Sub, a, b) => {
                let (base, c) = self.index(a).zip(constant(b))?;
                Some((base.0, base.1.checked_sub(c)?))
            }
            // The wrapped form of a negative index, where it turns out not to be negative.
            Expr::Cond(test, _, i) => match &**test {
                Expr::Binary(BinOp::Lt, x, zero) if x == i && constant(zero) == Some(0) => {
                    let index = self.index(i)?;
                    (self.lowest(&index)? >= 0).then_some(index)
                }
                _ => None,
            },
            _ => None,
        }
    }

    /// A constant that an index is never less than.
    fn lowest(&self, (vars, c): &Index) -> Option<i64> {
        let mut lowest = *c;
        for var in vars {
            let (start, _) = self.bounds.get(var)?;
            let first = match constant(start) {
                Some(v) => v,
                None => self.lowest(&self.index(start)?)?,
            };
            lowest = lowest.checked_add(first)?;
        }
        Some(lowest)
    }

    /// An expression that does not change in the nest and that an `Int64` expression never exceeds.
    fn highest(&self, e: &Expr) -> Option<Expr> {
        if !e.any(&mut |e| matches!(e, Expr::Local(l) if self.changing.contains(l)) || matches!(e, Expr::Load(..))) {
            return Some(e.clone());
        }
        self.last(&self.index(e)?)
    }

    /// The highest value of an index, if every loop around it has turns: Σ (stop − 1) + c.
    fn last(&self, (vars, c): &Index) -> Option<Expr> {
        let mut sum: Option<Expr> = None;
        for var in vars {
            let (_, stop) = self.bounds.get(var)?;
            let stop = self.highest(stop)?;
            sum = Some(match (sum, constant(&stop)) {
                (None, _) => stop,
                (Some(sum), Some(v)) => plus(sum, v),
                (Some(sum), None) if constant(&sum).is_some() => plus(stop, constant(&sum).unwrap_or(0)),
                (Some(sum), None) => sum + stop,
            });
        }
        Some(plus(sum?, c - i64::try_from(vars.len()).ok()?))
    }

    /// Drops the checks that hold, or hold under a test. Statements are visited in the order in which they run, so that only definitions that have
    /// been made in the same turn are believed.
    fn strip(&mut self, block: &mut Block) {
        let before = self.defined.clone();
        let mut kept = Vec::with_capacity(block.len());
        for mut stmt in std::mem::take(block) {
            match &mut stmt {
                Stmt::Check(test, _) if self.holds(test) => continue,
                Stmt::Set(local, value) => {
                    self.note_plain(*local, value);
                    self.defined.insert(*local);
                }
                other => other.blocks_mut().into_iter().for_each(|inner| self.strip(inner)),
            }
            kept.push(stmt);
        }
        *block = kept;
        self.defined = before;
    }

    /// Notes an index that needs no wrapping.
    fn note_plain(&mut self, local: LocalId, value: &Expr) {
        if matches!(value, Expr::Cond(..))
            && self.definitions.contains_key(&local)
            && let Some((vars, c)) = self.index(value)
        {
            let wide = |var: LocalId| match self.function.locals[var].ty {
                Ty::Scalar(DType::Int64) => Expr::Local(var),
                _ => Expr::Local(var).cast(DType::Int64),
            };
            if let Some(sum) = vars.into_iter().map(wide).reduce(|a, b| a + b) {
                self.plain.insert(local, plus(sum, c));
            }
        }
    }

    /// Whether a check is `j < n`, of signed or unsigned numbers, of an index whose bounds follow from the loops; notes the test that is needed.
    fn holds(&mut self, test: &Expr) -> bool {
        let Expr::Binary(BinOp::Lt, j, n) = test else { return false };
        let (j, n) = match (&**j, &**n) {
            (Expr::Cast(DType::UInt64, j), Expr::Cast(DType::UInt64, n)) => (j, n),
            _ => (j, n),
        };
        let Some(needed) = self.needed(j, n) else { return false };
        self.removed += 1;
        if let Some(test) = needed
            && !self.tests.contains(&test)
        {
            self.tests.push(test);
        }
        true
    }

    /// What must hold before the nest so that 0 ≤ j < n in all of it: `Some(None)` if nothing.
    fn needed(&self, j: &Expr, n: &Expr) -> Option<Option<Expr>> {
        let index = self.index(j)?;
        let n = self.highest(n).filter(|bound| bound == n)?;
        if self.lowest(&index)? < 0 {
            return None;
        }
        let last = plus(self.last(&index)?, 1);
        // j ≤ last − 1 < n follows from last ≤ n.
        if last == n || cuts(&last, &n) {
            return Some(None);
        }
        Some(Some(Expr::binary(BinOp::Le, last, n)))
    }
}

/// Whether x is n less a constant that is not negative.
fn cuts(x: &Expr, n: &Expr) -> bool {
    match x {
        Expr::Binary(BinOp::Add, a, c) => **a == *n && constant(c).is_some_and(|c| c <= 0),
        Expr::Binary(BinOp::Sub, a, c) => **a == *n && constant(c).is_some_and(|c| c >= 0),
        _ => false,
    }
}

fn constant(e: &Expr) -> Option<i64> {
    e.as_const().and_then(Const::as_int)
}

/// A bound of a loop's variable as an int64.
fn wide(function: &Function, var: LocalId, bound: &Expr) -> Expr {
    match (function.locals[var].ty, constant(bound)) {
        (_, Some(v)) => Expr::i64(v),
        (Ty::Scalar(DType::Int32), None) => bound.clone().cast(DType::Int64),
        _ => bound.clone(),
    }
}

/// x + c, with constants added up.
fn plus(x: Expr, c: i64) -> Expr {
    match x {
        x if c == 0 => x,
        Expr::Const(Const::Int(DType::Int64, v)) => Expr::i64(v.wrapping_add(c)),
        Expr::Binary(BinOp::Add, a, b) => match constant(&b) {
            Some(d) => plus(*a, c.wrapping_add(d)),
            None => Expr::Binary(BinOp::Add, a, b) + Expr::i64(c),
        },
        Expr::Binary(BinOp::Sub, a, b) => match constant(&b) {
            Some(d) => plus(*a, c.wrapping_sub(d)),
            None => Expr::Binary(BinOp::Sub, a, b) + Expr::i64(c),
        },
        other => other + Expr::i64(c),
    }
}

/// Puts what an index is in the place of its local.
fn substitute(block: &mut Block, plain: &BTreeMap<LocalId, Expr>) {
    for stmt in block {
        stmt.for_each_expr_mut(&mut |e| {
            e.rewrite(&mut |e| {
                if let Expr::Local(local) = e
                    && let Some(value) = plain.get(local)
                {
                    *e = value.clone();
                }
            });
        });
        for inner in stmt.blocks_mut() {
            substitute(inner, plain);
        }
    }
}
