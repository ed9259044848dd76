//! Ranges of integers: what loops, tests and checks say about locals decides further tests, checks and signs.
//!
//! The statements are interpreted in order with differences x ≤ y + c in the place of values (P. Cousot and R. Cousot, *Abstract interpretation*,
//! 1977; R. Bodik, R. Gupta and V. Sarkar, *ABCD: eliminating array bounds checks on demand*, 2000). Arithmetic wraps, so that nothing
//! follows from a sum before its bounds say that it does not.
//!
//! A loop is interpreted once on trial: what held before it and still holds at the end of every turn holds in all of them. A local that a loop
//! changes only by small steps of one sign keeps its bound on the other side; to wrap it would need 2⁵⁸ turns.
//!
//! - `cond(i < 0, i + n, i)` is i where 0 ≤ i, and a check that holds is dropped.
//! - a mod b with −b ≤ a < 2b is a + b, a or a − b.
//! - a mod b and ⌊a / b⌋ with 0 ≤ a, 0 < b are those of unsigned numbers, of 32 bits where they fit.

mod facts;

use super::PassOptions;
use super::affine::set_locals;
use facts::{Difference, Facts};
use nopython_ir::Const;
use nopython_ir::loops::{Block, Expr, For, FuncId, Label, LocalId, Module, Stmt};
use nopython_ir::ops::{BinOp, UnOp};
use nopython_ir::sorted::{SortedMap, SortedSet};
use nopython_types::{DType, Type};

/// Steps up to this are small.
const SMALL_STEP: i128 = 16;
/// From bounds up to this, small steps do not reach the end of int64 while anyone waits.
const FAR_FROM_WRAPPING: i128 = 1 << 62;
/// How often a loop is tried with fewer facts.
const MOST_TRIALS: usize = 3;
/// More copies of indices are not followed at once.
const MOST_COPIES: usize = 200;
/// Larger dividends are not written twice.
const LARGEST_REPEATED: usize = 4;

/// Runs the pass.
pub fn run(module: &mut Module, _: &PassOptions) {
    let extents = extents(module);
    let ids: Vec<FuncId> = module.functions.iter().map(|(id, _)| id).collect();
    for id in ids {
        let function = &mut module.functions[id];
        let mut body = std::mem::take(&mut function.body);
        let mut state = State { facts: Facts::new(function), copies: SortedMap::new() };
        for (_, extent) in extents.iter().filter(|(of, _)| *of == id) {
            state.facts.add(None, Some(*extent), 0);
        }
        Pass { state, trial: None, spare: false }.block(&mut body);
        function.body = body;
    }
}

/// The parameters of exported functions that are extents of arrays, which are not negative.
fn extents(module: &Module) -> Vec<(FuncId, LocalId)> {
    fn collect(ty: &Type, at: &mut usize, out: &mut Vec<usize>) {
        if let Type::Tuple(items) = ty {
            return items.iter().for_each(|item| collect(item, at, out));
        }
        if let Some(array) = ty.memory() {
            out.extend((*at + 1..).take(array.ndim.into()));
        }
        *at += ty.slots().len();
    }
    let mut out = Vec::new();
    for (export, id) in &module.exports {
        let (mut at, mut places) = (0, Vec::new());
        export.params.iter().for_each(|param| collect(&param.ty, &mut at, &mut places));
        if let Some(function) = module.functions.get(*id) {
            out.extend(places.into_iter().filter_map(|place| Some((*id, *function.params.get(place)?))));
        }
    }
    out
}

/// What is known at a point.
#[derive(Clone)]
struct State<'f> {
    facts: Facts<'f>,
    /// Indices that turned out to need no wrapping, and what they are.
    copies: SortedMap<LocalId, Expr>,
}

impl<'f> State<'f> {
    fn forget(&mut self, local: LocalId) {
        self.facts.forget(local);
        self.forget_copies(local);
    }

    fn forget_copies(&mut self, local: LocalId) {
        self.copies.retain(|copy, value| *copy != local && !value.reads(local));
    }

    fn join(&mut self, other: &State<'f>) {
        self.facts.join(&other.facts);
        self.copies.retain(|copy, value| other.copies.get(copy) == Some(value));
    }
}

/// A loop on trial: which facts each turn keeps.
struct Trial {
    label: Label,
    candidates: Vec<Difference>,
}

/// The pass on one function.
struct Pass<'f> {
    state: State<'f>,
    trial: Option<Trial>,
    /// Whether the statements are of a copy that hardly ever runs, in which copied indices stay: it is not worth vectors.
    spare: bool,
}

impl Pass<'_> {
    /// Interprets and simplifies statements; says whether control comes to the end.
    fn block(&mut self, stmts: &mut Block) -> bool {
        let mut rest = std::mem::take(stmts).into_iter();
        while let Some(stmt) = rest.next() {
            if !self.stmt(stmt, stmts) {
                stmts.extend(rest);
                return false;
            }
        }
        true
    }

    fn stmt(&mut self, mut stmt: Stmt, out: &mut Block) -> bool {
        if !matches!(stmt, Stmt::Set(..) | Stmt::While { .. }) {
            stmt.for_each_expr_mut(&mut |e| self.simplify(e));
        }
        match &mut stmt {
            Stmt::Set(local, value) => self.set(*local, value),
            Stmt::Check(test, _) => {
                if is(test, true) {
                    return true;
                }
                self.state.facts.assume(test, true);
            }
            Stmt::If(..) => return self.branch(stmt, out),
            Stmt::For(_) | Stmt::While { .. } => self.enter(&mut stmt),
            Stmt::Scope(_, body) => {
                let mut after = self.state.clone();
                set_locals(body).iter().for_each(|local| after.forget(*local));
                self.block(body);
                self.state = after;
            }
            Stmt::Break(label) | Stmt::Continue(label) => {
                self.end_turn(*label);
                out.push(stmt);
                return false;
            }
            Stmt::Raise(_) | Stmt::Return(_) => {
                out.push(stmt);
                return false;
            }
            Stmt::Alloc { owner, .. } => self.state.forget(*owner),
            Stmt::Call { results, .. } => results.iter().for_each(|local| self.state.forget(*local)),
            Stmt::Store(..) | Stmt::Retain(_) | Stmt::Release(_) | Stmt::Copy { .. } | Stmt::Fill { .. } => {}
        }
        out.push(stmt);
        true
    }

    fn branch(&mut self, stmt: Stmt, out: &mut Block) -> bool {
        let Stmt::If(test, mut then, mut orelse) = stmt else { return true };
        if let Some(Const::Bool(outcome)) = test.as_const() {
            let mut taken = if outcome { then } else { orelse };
            let goes_on = self.block(&mut taken);
            out.extend(taken);
            return goes_on;
        }
        let mut other = self.state.clone();
        self.state.facts.assume(&test, true);
        other.facts.assume(&test, false);
        let left = self.block(&mut then);
        std::mem::swap(&mut self.state, &mut other);
        let right = self.block(&mut orelse);
        match (left, right) {
            (true, true) => self.state.join(&other),
            (true, false) => self.state = other,
            (false, _) => {}
        }
        out.push(Stmt::If(test, then, orelse));
        left || right
    }

    /// local = value
    fn set(&mut self, local: LocalId, value: &mut Expr) {
        let wrapped = matches!(value, Expr::Cond(..));
        // Both forms are asked: simplifying can hide a difference between locals, and can lay one open.
        let mut facts = self.about(value, local);
        self.simplify(value);
        facts.extend(self.about(value, local));
        match self.state.facts.form(value) {
            Some((Some(atom), c)) if atom == local => {
                self.state.facts.shift(local, c);
                self.state.forget_copies(local);
            }
            _ => {
                self.state.forget(local);
                facts.iter().for_each(|fact| self.state.facts.add(fact.a, fact.b, fact.c));
            }
        }
        let source = if let Expr::Cast(_, inner) = &*value { inner } else { &*value };
        let room = self.state.copies.len() < MOST_COPIES;
        if room && wrapped && !self.spare && matches!(source, Expr::Local(source) if *source != local) {
            self.state.copies.insert(local, value.clone());
        }
    }

    /// What holds for a local after it is set to a value.
    fn about(&self, value: &Expr, local: LocalId) -> Vec<Difference> {
        let facts = &self.state.facts;
        if facts.dtype(value).is_none() {
            return Vec::new();
        }
        let mut out = Vec::new();
        for (atom, c) in facts.uppers(value) {
            out.push(Difference { a: Some(local), b: atom, c });
        }
        if let Some((low, _)) = facts.bounds(value) {
            out.push(Difference { a: None, b: Some(local), c: -low });
        }
        if let Some((atom, c)) = facts.form(value) {
            out.push(Difference { a: atom, b: Some(local), c: -c });
        }
        // The local of a value that reads it is another one by then.
        out.retain(|d| (d.a == Some(local)) != (d.b == Some(local)));
        out
    }

    /// Interprets a loop.
    fn enter(&mut self, stmt: &mut Stmt) {
        let before = self.state.clone();
        let changed = set_locals(std::slice::from_ref(stmt));
        let range = if let Stmt::For(l) = &*stmt { self.range(l, &changed) } else { Vec::new() };
        changed.iter().for_each(|local| self.state.forget(*local));
        let mut candidates = self.counters(stmt, &before, &changed);
        candidates.extend(before.facts.about(&changed));
        if let Stmt::For(l) = &*stmt {
            let var = Some(l.var);
            candidates.retain(|d| d.a != var && d.b != var);
        }
        if self.trial.is_none() {
            self.keep(stmt, &range, candidates);
        }
        let head = self.state.clone();
        let around = self.spare;
        self.spare |= matches!(stmt, Stmt::For(l) if l.facts.spare);
        self.turn(stmt, &range);
        self.spare = around;
        self.state = head;
        if let Stmt::While { label, test, body } = stmt
            && !leaves(body, *label)
        {
            self.state.facts.assume(test, false);
        }
    }

    /// Keeps those facts that hold at the end of each turn if they hold at its beginning.
    fn keep(&mut self, stmt: &Stmt, range: &[Difference], mut candidates: Vec<Difference>) {
        let label = match stmt {
            Stmt::For(l) => l.label,
            Stmt::While { label, .. } => *label,
            _ => return,
        };
        let head = self.state.clone();
        for _ in 0..MOST_TRIALS {
            if candidates.is_empty() {
                return;
            }
            candidates.iter().for_each(|d| self.state.facts.add(d.a, d.b, d.c));
            let held = self.state.clone();
            self.trial = Some(Trial { label, candidates: candidates.clone() });
            self.turn(&mut stmt.clone(), range);
            let left = self.trial.take().map_or_else(Vec::new, |trial| trial.candidates);
            if left.len() == candidates.len() {
                self.state = held;
                return;
            }
            candidates = left;
            self.state = head.clone();
        }
    }

    /// One turn of a loop.
    fn turn(&mut self, stmt: &mut Stmt, range: &[Difference]) {
        range.iter().for_each(|d| self.state.facts.add(d.a, d.b, d.c));
        let (label, goes_on) = match stmt {
            Stmt::For(l) => (l.label, self.block(&mut l.body)),
            Stmt::While { label, test, body } => {
                self.simplify(test);
                self.state.facts.assume(test, true);
                (*label, self.block(body))
            }
            _ => return,
        };
        if goes_on {
            self.end_turn(label);
        }
    }

    /// A turn ends here, or its loop.
    fn end_turn(&mut self, label: Label) {
        if let Some(trial) = self.trial.as_mut().filter(|trial| trial.label == label) {
            trial.candidates.retain(|d| self.state.facts.implies(d));
        }
    }

    /// The bounds of a counted loop's variable.
    fn range(&self, l: &For, changed: &SortedSet<LocalId>) -> Vec<Difference> {
        let facts = &self.state.facts;
        let var = Some(l.var);
        let mut out = Vec::new();
        let one = i128::from(l.step.signum());
        let (low, high, below, above) =
            if l.step > 0 { (&l.start, &l.stop, 0, -one) } else { (&l.stop, &l.start, -one, 0) };
        for (atom, c) in facts.uppers(high) {
            out.push(Difference { a: var, b: atom, c: c + above });
        }
        if let Some((lowest, _)) = facts.bounds(low) {
            out.push(Difference { a: None, b: var, c: -lowest - below });
        }
        if let Some((atom, c)) = facts.form(low) {
            out.push(Difference { a: atom, b: var, c: -c - below });
        }
        let stays = |atom: Option<LocalId>| atom == var || !atom.is_some_and(|local| changed.contains(&local));
        out.retain(|d| stays(d.a) && stays(d.b) && d.a != d.b);
        out
    }

    /// Keeps what steps of one sign leave true of a local, and gives guesses of what else may last: that it is not negative.
    fn counters(&mut self, stmt: &Stmt, before: &State<'_>, changed: &SortedSet<LocalId>) -> Vec<Difference> {
        let mut guesses = Vec::new();
        let steps = steps(stmt);
        for &local in changed.iter() {
            let Some(bounds) = before.facts.bounds(&Expr::Local(local)) else { continue };
            if bounds.0 >= 0 {
                guesses.push(Difference { a: None, b: Some(local), c: 0 });
            }
            let Some(&Some((low, high))) = steps.get(&local) else { continue };
            let up = low > 0 && high <= SMALL_STEP && bounds.1 <= FAR_FROM_WRAPPING;
            let down = high < 0 && low >= -SMALL_STEP && bounds.0 >= -FAR_FROM_WRAPPING;
            if !(up || down) || before.facts.dtype(&Expr::Local(local)) != Some(DType::Int64) {
                continue;
            }
            let own = Some(local);
            for d in before.facts.about(&[local].into_iter().collect()) {
                let (mine, other) = if up { (d.b, d.a) } else { (d.a, d.b) };
                if mine == own && !other.is_some_and(|other| changed.contains(&other)) {
                    self.state.facts.add(d.a, d.b, d.c);
                }
            }
            let end = i128::from(i64::MAX) - SMALL_STEP;
            if up {
                self.state.facts.add(own, None, end);
            } else {
                self.state.facts.add(None, own, end);
                // Counting down to zero ends at −1.
                guesses.extend((bounds.0 >= -1).then_some(Difference { a: None, b: own, c: 1 }));
            }
        }
        guesses
    }

    /// Simplifies an expression, operands first.
    fn simplify(&self, e: &mut Expr) {
        e.rewrite(&mut |e| {
            let simpler = match e {
                Expr::Local(local) => self.state.copies.get(local).cloned().or_else(|| self.constant(e)),
                Expr::Unary(UnOp::Invert, a) => match a.as_const() {
                    Some(Const::Bool(b)) => Some(Expr::bool(!b)),
                    _ => None,
                },
                Expr::Cond(test, a, b) | Expr::Select(test, a, b) => match test.as_const() {
                    Some(Const::Bool(true)) => Some((**a).clone()),
                    Some(Const::Bool(false)) => Some((**b).clone()),
                    _ => None,
                },
                Expr::Binary(BinOp::And, a, b) if is(a, true) || is(b, false) => Some((**b).clone()),
                Expr::Binary(BinOp::And, a, b) if is(b, true) || is(a, false) => Some((**a).clone()),
                Expr::Binary(BinOp::Or, a, b) if is(a, false) || is(b, true) => Some((**b).clone()),
                Expr::Binary(BinOp::Or, a, b) if is(b, false) || is(a, true) => Some((**a).clone()),
                Expr::Binary(op @ (BinOp::Mod | BinOp::FloorDiv), a, b) => self.divide(*op, a, b),
                Expr::Binary(op, a, b) => self.state.facts.decide(*op, a, b).map(Expr::bool),
                _ => None,
            };
            if let Some(simpler) = simpler {
                *e = simpler;
            }
        });
    }

    /// The only value that an integer can have.
    fn constant(&self, e: &Expr) -> Option<Expr> {
        let (least, most) = self.state.facts.bounds(e)?;
        let dtype = self.state.facts.dtype(e).filter(|_| least == most)?;
        Some(Expr::Const(Const::wrap(dtype, i64::try_from(least).ok()?)))
    }

    /// a mod b or ⌊a / b⌋ in a form that costs less.
    fn divide(&self, op: BinOp, a: &Expr, b: &Expr) -> Option<Expr> {
        let facts = &self.state.facts;
        let dtype = facts.dtype(a)?;
        let ((least, most), (lowest, highest)) = (facts.bounds(a)?, facts.bounds(b)?);
        let power = b.as_const().and_then(Const::as_int).is_some_and(|c| c.count_ones() == 1);
        if !dtype.is_signed() || lowest < 1 || power {
            return None;
        }
        if op == BinOp::Mod && a.size() <= LARGEST_REPEATED && b.size() <= 2 && !a.loads() && !b.loads() {
            let below = facts.excess(a, b).is_some_and(|excess| excess < 0);
            let below_twice = below || facts.excess(a, b).is_some_and(|excess| excess < lowest);
            if below_twice && least >= -lowest {
                let less =
                    if below { a.clone() } else { a.clone().lt(b.clone()).select(a.clone(), a.clone() - b.clone()) };
                let zero = Expr::Const(Const::wrap(dtype, 0));
                return Some(if least >= 0 { less } else { a.clone().lt(zero).select(a.clone() + b.clone(), less) });
            }
        }
        let fits = |limit: i128| most < limit && highest < limit;
        let to = match (least >= 0, dtype) {
            (true, DType::Int64) if fits(1 << 32) => DType::UInt32,
            (true, DType::Int64) => DType::UInt64,
            (true, DType::Int32) => DType::UInt32,
            (false, DType::Int64) if least >= i128::from(i32::MIN) && fits(1 << 31) => DType::Int32,
            _ => return None,
        };
        Some(Expr::binary(op, a.clone().cast(to), b.clone().cast(to)).cast(dtype))
    }
}

fn is(e: &Expr, value: bool) -> bool {
    e.as_const() == Some(Const::Bool(value))
}

/// By local, the least and the largest c of the assignments `local = local + c` in a loop; `None` if it is set in another way too. One walk
/// serves all locals, so that a long body costs no more than its length.
fn steps(stmt: &Stmt) -> SortedMap<LocalId, Option<(i128, i128)>> {
    let mut found: SortedMap<LocalId, Option<(i128, i128)>> = SortedMap::new();
    stmt.walk(&mut |s| match s {
        Stmt::Set(local, value) => {
            let step = match value {
                Expr::Binary(op @ (BinOp::Add | BinOp::Sub), a, b) if **a == Expr::Local(*local) => {
                    let c = b.as_const().and_then(Const::as_int).map(i128::from);
                    c.map(|c| if *op == BinOp::Add { c } else { -c })
                }
                _ => None,
            };
            let known = found.entry(*local).or_insert(step.map(|step| (step, step)));
            *known = (*known).zip(step).map(|((low, high), step)| (low.min(step), high.max(step)));
        }
        Stmt::For(l) => {
            found.insert(l.var, None);
        }
        Stmt::Alloc { owner, .. } => {
            found.insert(*owner, None);
        }
        Stmt::Call { results, .. } => results.iter().for_each(|local| {
            found.insert(*local, None);
        }),
        _ => {}
    });
    found
}

/// Whether a block leaves a loop.
fn leaves(block: &Block, label: Label) -> bool {
    let mut found = false;
    block.iter().for_each(|stmt| stmt.walk(&mut |s| found |= matches!(s, Stmt::Break(from) if *from == label)));
    found
}
