//! What is known of integers: x ≤ y + c between locals, and between a local and zero, in the integers of mathematics.

use nopython_ir::Const;
use nopython_ir::loops::{Expr, Function, LocalId, Ty, type_of};
use nopython_ir::ops::{BinOp, Gives, UnOp};
use nopython_ir::sorted::{SortedMap, SortedSet};
use nopython_types::{DType, Kind};

/// A local, or zero.
pub type Atom = Option<LocalId>;
/// An inclusive interval.
pub type Interval = (i128, i128);

/// Chains of more differences are not followed.
const LONGEST_CHAIN: usize = 4;
/// More differences are not kept.
const MOST_DIFFERENCES: usize = 64;

/// a ≤ b + c
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Difference {
    pub a: Atom,
    pub b: Atom,
    pub c: i128,
}

/// Intervals of more locals are not kept: where paths meet, all are looked at.
const MOST_INTERVALS: usize = 500;

/// What holds at a point of a function.
#[derive(Clone)]
pub struct Facts<'f> {
    function: &'f Function,
    /// Intervals that say more than the dtype.
    intervals: SortedMap<LocalId, Interval>,
    /// Differences between locals.
    known: Vec<(LocalId, LocalId, i128)>,
}

/// The values of an integer dtype.
fn limits(dtype: DType) -> Option<Interval> {
    let bits = 8 * dtype.size();
    match dtype.kind() {
        Kind::Bool => Some((0, 1)),
        Kind::Unsigned => Some((0, (1 << bits) - 1)),
        Kind::Signed => Some((-(1 << (bits - 1)), (1 << (bits - 1)) - 1)),
        Kind::Float | Kind::Complex => None,
    }
}

/// What is known of an expression.
struct Value {
    dtype: DType,
    interval: Interval,
    /// atom + c
    form: Option<(Atom, i128)>,
    /// Whether the value is the one that mathematics gives the operation.
    exact: bool,
}

fn within((low, high): Interval, outer: Interval) -> bool {
    outer.0 <= low && high <= outer.1
}

impl<'f> Facts<'f> {
    pub const fn new(function: &'f Function) -> Self {
        Facts { function, intervals: SortedMap::new(), known: Vec::new() }
    }

    /// The dtype of an expression that is one integer.
    pub fn dtype(&self, e: &Expr) -> Option<DType> {
        match type_of(self.function, e)? {
            Ty::Scalar(dtype) if dtype.is_int() => Some(dtype),
            Ty::Scalar(_) | Ty::Vector(..) | Ty::Mask { .. } => None,
        }
    }

    fn interval(&self, local: LocalId) -> Option<Interval> {
        if let Some(interval) = self.intervals.get(&local) {
            return Some(*interval);
        }
        match self.function.locals.get(local)?.ty {
            Ty::Scalar(dtype) => limits(dtype),
            Ty::Vector(..) | Ty::Mask { .. } => None,
        }
    }

    /// Notes low ≤ local ≤ high and says whether that is news.
    fn narrow(&mut self, local: LocalId, (low, high): Interval) -> bool {
        let Some(old) = self.interval(local) else { return false };
        let new = (old.0.max(low), old.1.min(high));
        let news = new != old && (self.intervals.len() < MOST_INTERVALS || self.intervals.contains_key(&local));
        if news {
            self.intervals.insert(local, new);
        }
        news
    }

    /// Notes a ≤ b + c.
    pub fn add(&mut self, a: Atom, b: Atom, c: i128) {
        let room = self.known.len() < MOST_DIFFERENCES;
        let news = match (a, b) {
            (Some(a), None) => self.narrow(a, (i128::MIN, c)),
            (None, Some(b)) => self.narrow(b, (-c, i128::MAX)),
            (Some(a), Some(b)) if a != b => match self.known.iter_mut().find(|(x, y, _)| (*x, *y) == (a, b)) {
                Some((_, _, known)) => {
                    let news = c < *known;
                    *known = c.min(*known);
                    news
                }
                None if room => {
                    self.known.push((a, b, c));
                    true
                }
                None => false,
            },
            _ => false,
        };
        if news {
            self.spread();
        }
    }

    /// Narrows the intervals of locals with a known difference.
    fn spread(&mut self) {
        for at in 0..self.known.len() {
            let Some(&(a, b, c)) = self.known.get(at) else { return };
            let (Some((low, _)), Some((_, high))) = (self.interval(a), self.interval(b)) else { continue };
            self.narrow(a, (i128::MIN, high + c));
            self.narrow(b, (low - c, i128::MAX));
        }
    }

    /// Drops what is known of a local.
    pub fn forget(&mut self, local: LocalId) {
        self.intervals.remove(&local);
        self.known.retain(|(a, b, _)| *a != local && *b != local);
    }

    /// After local = local + c.
    pub fn shift(&mut self, local: LocalId, by: i128) {
        for (a, b, c) in &mut self.known {
            *c += if *a == local { by } else { 0 } - if *b == local { by } else { 0 };
        }
        if let Some((low, high)) = self.intervals.get_mut(&local) {
            (*low, *high) = (*low + by, *high + by);
        }
    }

    /// Everything known of some locals.
    pub fn about(&self, locals: &SortedSet<LocalId>) -> Vec<Difference> {
        let mut out = Vec::new();
        for (local, (low, high)) in self.intervals.iter().filter(|(local, _)| locals.contains(local)) {
            out.push(Difference { a: Some(*local), b: None, c: *high });
            out.push(Difference { a: None, b: Some(*local), c: -low });
        }
        let moving = self.known.iter().filter(|(a, b, _)| locals.contains(a) || locals.contains(b));
        out.extend(moving.map(|(a, b, c)| Difference { a: Some(*a), b: Some(*b), c: *c }));
        out
    }

    /// The least c found with a ≤ b + c.
    fn distance(&self, a: Atom, b: Atom) -> Option<i128> {
        match (a, b) {
            (None, None) => Some(0),
            (Some(a), None) => Some(self.interval(a)?.1),
            (None, Some(b)) => Some(-self.interval(b)?.0),
            (Some(a), Some(b)) if a == b => Some(0),
            (Some(a), Some(b)) => {
                let apart = self.interval(a)?.1 - self.interval(b)?.0;
                Some(self.path(a, b).map_or(apart, |c| c.min(apart)))
            }
        }
    }

    /// The shortest path through the differences.
    fn path(&self, a: LocalId, b: LocalId) -> Option<i128> {
        let mut reached = vec![(a, 0)];
        for _ in 0..LONGEST_CHAIN {
            let mut changed = false;
            for (x, y, c) in &self.known {
                let Some(far) = reached.iter().find(|(z, _)| z == x).map(|(_, far)| far + c) else { continue };
                match reached.iter_mut().find(|(z, _)| z == y) {
                    Some((_, known)) if *known <= far => {}
                    Some((_, known)) => (*known, changed) = (far, true),
                    None => {
                        reached.push((*y, far));
                        changed = true;
                    }
                }
            }
            if !changed {
                break;
            }
        }
        reached.iter().find(|(local, _)| *local == b).map(|(_, c)| *c)
    }

    /// Whether a difference follows.
    pub fn implies(&self, d: &Difference) -> bool {
        self.distance(d.a, d.b).is_some_and(|c| c <= d.c)
    }

    /// What holds whichever of two ways led here.
    pub fn join(&mut self, other: &Facts<'f>) {
        let mine = self.clone();
        self.intervals.retain(|local, interval| match other.intervals.get(local) {
            Some((low, high)) => {
                *interval = (interval.0.min(*low), interval.1.max(*high));
                true
            }
            None => false,
        });
        self.known.clear();
        for (facts, against) in [(&mine, other), (other, &mine)] {
            for &(a, b, c) in &facts.known {
                if against.known.contains(&(a, b, c)) {
                    self.known.push((a, b, c));
                } else if let Some(far) = against.path(a, b) {
                    self.known.push((a, b, c.max(far)));
                }
            }
        }
        self.known.sort_unstable();
        self.known.dedup_by_key(|(a, b, _)| (*a, *b));
    }

    /// The interval of an integer, or of a bool as 0 and 1.
    pub fn bounds(&self, e: &Expr) -> Option<Interval> {
        self.value(e).map(|value| value.interval)
    }

    /// An integer as atom + c.
    pub fn form(&self, e: &Expr) -> Option<(Atom, i128)> {
        self.value(e)?.form
    }

    /// What is known of an integer or bool.
    fn value(&self, e: &Expr) -> Option<Value> {
        let (dtype, found, form) = match e {
            Expr::Const(c) => {
                let v = i128::from(c.as_int()?);
                (c.dtype(), Some((v, v)), Some((None, v)))
            }
            Expr::Local(l) => {
                let Ty::Scalar(dtype) = self.function.locals.get(*l)?.ty else { return None };
                (dtype, self.interval(*l), Some((Some(*l), 0)))
            }
            Expr::Unary(UnOp::Neg, a) => {
                let a = self.value(a)?;
                (a.dtype, Some((-a.interval.1, -a.interval.0)), None)
            }
            Expr::Cast(to, a) => match self.value(a) {
                Some(a) => (*to, Some(a.interval), a.form),
                None => (*to, None, None),
            },
            Expr::Binary(op, a, b) => {
                let (x, y) = (self.value(a)?, self.value(b)?);
                let (_, _, gives) = op.row();
                let dtype = if gives == Gives::Bool { DType::Bool } else { x.dtype };
                let form = match (op, x.form, y.form) {
                    (BinOp::Add, Some((atom, c)), Some((None, d))) | (BinOp::Add, Some((None, c)), Some((atom, d))) => {
                        Some((atom, c + d))
                    }
                    (BinOp::Sub, Some((atom, c)), Some((None, d))) => Some((atom, c - d)),
                    _ => None,
                };
                (dtype, self.combined(*op, &x, &y), form)
            }
            Expr::Select(_, a, b) | Expr::Cond(_, a, b) => {
                let (a, b) = (self.value(a)?, self.value(b)?);
                (a.dtype, Some((a.interval.0.min(b.interval.0), a.interval.1.max(b.interval.1))), None)
            }
            Expr::Load(Ty::Scalar(dtype), _) => (*dtype, None, None),
            Expr::Unary(..)
            | Expr::Load(..)
            | Expr::Kernel(..)
            | Expr::Splat(..)
            | Expr::Lane(..)
            | Expr::Ramp(..)
            | Expr::AnyTrue(_)
            | Expr::AllTrue(_)
            | Expr::MaskCast(..) => match type_of(self.function, e)? {
                Ty::Scalar(dtype) => (dtype, None, None),
                Ty::Vector(..) | Ty::Mask { .. } => return None,
            },
        };
        // What does not fit the dtype may have wrapped.
        let limits = limits(dtype)?;
        let fits = found.filter(|interval| within(*interval, limits));
        let form = form.filter(|_| fits.is_some() && dtype.is_int());
        Some(Value { dtype, interval: fits.unwrap_or(limits), form, exact: fits.is_some() })
    }

    /// The interval of an operation as if it did not wrap.
    fn combined(&self, op: BinOp, x: &Value, y: &Value) -> Option<Interval> {
        let (form, other) = (x.form, y.form);
        let (x, y) = (x.interval, y.interval);
        match op {
            BinOp::Add => Some((x.0 + y.0, x.1 + y.1)),
            BinOp::Sub => {
                let (low, high) = (x.0 - y.1, x.1 - y.0);
                let (Some((p, c)), Some((q, d))) = (form, other) else { return Some((low, high)) };
                let over = self.distance(p, q).map_or(high, |far| far + c - d);
                let under = self.distance(q, p).map_or(low, |far| c - d - far);
                Some((low.max(under), high.min(over)))
            }
            BinOp::Mul if x.1.max(y.1) <= i64::MAX.into() => {
                let products = [x.0 * y.0, x.0 * y.1, x.1 * y.0, x.1 * y.1];
                Some((products.iter().min().copied()?, products.iter().max().copied()?))
            }
            BinOp::Mod if y.0 >= 0 && x.0 >= 0 => Some((0, x.1.min(y.1 - 1).max(0))),
            BinOp::Mod if y.0 >= 0 => Some((0, (y.1 - 1).max(0))),
            BinOp::FloorDiv if x.0 >= 0 && y.0 >= 0 => Some((0, x.1)),
            BinOp::And if x.0 >= 0 && y.0 >= 0 => Some((0, x.1.min(y.1))),
            BinOp::And if x.0 >= 0 => Some((0, x.1)),
            BinOp::And if y.0 >= 0 => Some((0, y.1)),
            BinOp::Shr if y.0 == y.1 && (0..64).contains(&y.0) => Some((x.0 >> y.0, x.1 >> y.0)),
            BinOp::Min => Some((x.0.min(y.0), x.1.min(y.1))),
            BinOp::Max => Some((x.0.max(y.0), x.1.max(y.1))),
            BinOp::Mul
            | BinOp::Mod
            | BinOp::FloorDiv
            | BinOp::And
            | BinOp::Shr
            | BinOp::Div
            | BinOp::Or
            | BinOp::Xor
            | BinOp::Shl
            | BinOp::CopySign
            | BinOp::Eq
            | BinOp::Ne
            | BinOp::Lt
            | BinOp::Le
            | BinOp::Gt
            | BinOp::Ge => None,
        }
    }

    /// Sums atom + c that an expression does not exceed.
    pub fn uppers(&self, e: &Expr) -> Vec<(Atom, i128)> {
        let Some(value) = self.value(e) else { return Vec::new() };
        let mut out = vec![(None, value.interval.1)];
        if let Some(form) = value.form {
            out.push(form);
            return out;
        }
        let mut under = |a: &Expr, c: i128| out.extend(self.uppers(a).into_iter().map(|(atom, d)| (atom, c + d)));
        let bounds = |e: &Expr| self.bounds(e).unwrap_or((i64::MIN.into(), i64::MAX.into()));
        match e {
            Expr::Cast(_, a) if value.exact => under(a, 0),
            Expr::Binary(BinOp::Add, a, b) if value.exact => {
                under(a, bounds(b).1);
                under(b, bounds(a).1);
            }
            Expr::Binary(BinOp::Sub, a, b) if value.exact => under(a, -bounds(b).0),
            Expr::Binary(BinOp::Mod, _, b) if bounds(b).0 >= 1 => under(b, -1),
            Expr::Binary(BinOp::FloorDiv | BinOp::Shr, a, b) if bounds(a).0 >= 0 && bounds(b).0 >= 0 => under(a, 0),
            Expr::Binary(BinOp::And, a, b) => {
                [a, b].into_iter().filter(|side| bounds(side).0 >= 0).for_each(|side| under(side, 0));
            }
            Expr::Binary(BinOp::Min, a, b) => {
                under(a, 0);
                under(b, 0);
            }
            _ => {}
        }
        out
    }

    /// The least c found with a ≤ b + c.
    pub fn excess(&self, a: &Expr, b: &Expr) -> Option<i128> {
        let apart = self.bounds(a)?.1 - self.bounds(b)?.0;
        let Some((y, d)) = self.form(b) else { return Some(apart) };
        let paths = self.uppers(a).into_iter().filter_map(|(x, c)| Some(self.distance(x, y)? + c - d));
        Some(paths.fold(apart, i128::min))
    }

    /// Whether a comparison is known.
    pub fn decide(&self, op: BinOp, a: &Expr, b: &Expr) -> Option<bool> {
        let at_most = |a, b, c| self.excess(a, b).is_some_and(|excess| excess <= c);
        let known = |yes: bool, no: bool| if yes { Some(true) } else { no.then_some(false) };
        self.dtype(a)?;
        match op {
            BinOp::Lt => known(at_most(a, b, -1), at_most(b, a, 0)),
            BinOp::Le => known(at_most(a, b, 0), at_most(b, a, -1)),
            BinOp::Gt => self.decide(BinOp::Lt, b, a),
            BinOp::Ge => self.decide(BinOp::Le, b, a),
            BinOp::Eq => known(at_most(a, b, 0) && at_most(b, a, 0), at_most(a, b, -1) || at_most(b, a, -1)),
            BinOp::Ne => self.decide(BinOp::Eq, a, b).map(|equal| !equal),
            BinOp::Add
            | BinOp::Sub
            | BinOp::Mul
            | BinOp::Div
            | BinOp::FloorDiv
            | BinOp::Mod
            | BinOp::And
            | BinOp::Or
            | BinOp::Xor
            | BinOp::Shl
            | BinOp::Shr
            | BinOp::Min
            | BinOp::Max
            | BinOp::CopySign => None,
        }
    }

    /// Notes what follows from a test that has this outcome.
    pub fn assume(&mut self, test: &Expr, outcome: bool) {
        match test {
            Expr::Unary(UnOp::Invert, a) => self.assume(a, !outcome),
            Expr::Cond(a, b, no) if outcome && no.as_const() == Some(Const::Bool(false)) => {
                self.assume(a, true);
                self.assume(b, true);
            }
            Expr::Cond(a, yes, b) if !outcome && yes.as_const() == Some(Const::Bool(true)) => {
                self.assume(a, false);
                self.assume(b, false);
            }
            Expr::Binary(op, a, b) if self.dtype(a).is_some() => self.compared(*op, a, b, outcome),
            Expr::Binary(op, a, b) if (*op, outcome) == (BinOp::And, true) || (*op, outcome) == (BinOp::Or, false) => {
                self.assume(a, outcome);
                self.assume(b, outcome);
            }
            _ => {}
        }
    }

    fn compared(&mut self, op: BinOp, a: &Expr, b: &Expr, outcome: bool) {
        match (op, outcome) {
            (BinOp::Lt, true) | (BinOp::Ge, false) => self.order(a, b, -1),
            (BinOp::Le, true) | (BinOp::Gt, false) => self.order(a, b, 0),
            (BinOp::Gt, true) | (BinOp::Le, false) => self.order(b, a, -1),
            (BinOp::Ge, true) | (BinOp::Lt, false) => self.order(b, a, 0),
            (BinOp::Eq, true) | (BinOp::Ne, false) => {
                self.order(a, b, 0);
                self.order(b, a, 0);
            }
            (BinOp::Ne, true) | (BinOp::Eq, false) => {
                if self.excess(a, b).is_some_and(|c| c <= 0) {
                    self.order(a, b, -1);
                } else if self.excess(b, a).is_some_and(|c| c <= 0) {
                    self.order(b, a, -1);
                }
            }
            _ => {}
        }
    }

    /// Notes a ≤ b + c. Below 2⁶³, an int64 read as uint64 is not negative.
    fn order(&mut self, a: &Expr, b: &Expr, c: i128) {
        let Some((_, high)) = self.bounds(b) else { return };
        if let Expr::Cast(DType::UInt64, x) = a
            && high <= i64::MAX.into()
            && let Some((atom, d)) = self.form(x)
        {
            self.add(None, atom, d);
        }
        if let Some((x, d)) = self.form(a) {
            for (y, e) in self.uppers(b) {
                self.add(x, y, e + c - d);
            }
        }
        if let (Some((low, _)), Some((y, d))) = (self.bounds(a), self.form(b)) {
            self.add(None, y, d + c - low);
        }
    }
}
