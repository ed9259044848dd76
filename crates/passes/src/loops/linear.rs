//! Integer expressions as sums: Σ cᵢ·vᵢ + Σ dⱼ·tⱼ + c, with loops' variables vᵢ and terms tⱼ that do not change in the loops.

use nopython_ir::Const;
use nopython_ir::loops::Expr;
use nopython_ir::loops::LocalId;
use nopython_ir::ops::BinOp;
use nopython_types::DType;

/// Factors beyond this are not followed, so that sums of terms below 2³¹ do not overflow.
const LARGEST_FACTOR: i64 = 1 << 20;
/// Constants beyond this are not followed, for the same reason.
const LARGEST_CONSTANT: i64 = 1 << 40;
/// Nor are sums of more terms.
const MOST_TERMS: usize = 8;

/// A sum.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Linear {
    /// Loops' variables with their factors.
    pub vars: Vec<(LocalId, i64)>,
    /// `Int64` expressions that do not change, with their factors.
    pub terms: Vec<(Expr, i64)>,
    /// The constant.
    pub constant: i64,
}

impl Linear {
    /// A constant.
    pub fn constant(constant: i64) -> Linear {
        Linear { constant, ..Linear::default() }
    }

    /// A loop's variable.
    pub fn var(var: LocalId) -> Linear {
        Linear { vars: vec![(var, 1)], ..Linear::default() }
    }

    /// A term.
    pub fn term(term: Expr) -> Linear {
        Linear { terms: vec![(term, 1)], ..Linear::default() }
    }

    /// self + factor · other, or `None` where numbers grow too large to be added without a thought for overflow.
    pub fn plus(mut self, other: &Linear, factor: i64) -> Option<Linear> {
        for (var, f) in &other.vars {
            add(&mut self.vars, var, f.checked_mul(factor)?);
        }
        for (term, f) in &other.terms {
            add(&mut self.terms, term, f.checked_mul(factor)?);
        }
        self.constant = self.constant.checked_add(other.constant.checked_mul(factor)?)?;
        self.is_moderate().then_some(self)
    }

    fn is_moderate(&self) -> bool {
        let factors = self.vars.iter().map(|(_, f)| f).chain(self.terms.iter().map(|(_, f)| f));
        self.vars.len() + self.terms.len() <= MOST_TERMS
            && factors.into_iter().all(|f| f.abs() <= LARGEST_FACTOR)
            && self.constant.abs() <= LARGEST_CONSTANT
    }

    /// The sum as an `Int64` expression; `var` gives the variables' values as such.
    pub fn expr(&self, var: impl Fn(LocalId) -> Expr) -> Expr {
        let vars = self.vars.iter().map(|(v, f)| (var(*v), *f));
        sum(vars.chain(self.terms.iter().cloned()), self.constant)
    }

    /// Whether this sum, which has no variables, is at most `limit`: known, or tests that tell. `is_small` says which terms lie between −2³¹
    /// and 2³² in any case; where others are added up, the tests ask for that too.
    pub fn at_most(&self, limit: i64, is_small: impl Fn(&Expr) -> bool) -> Result<bool, Vec<Expr>> {
        if self.terms.is_empty() {
            return Ok(self.constant <= limit);
        }
        let moved = limit - self.constant;
        let positive = self.terms.iter().filter(|(_, f)| *f > 0).cloned();
        let negative = self.terms.iter().filter(|(_, f)| *f < 0).map(|(t, f)| (t.clone(), -f));
        let (left, right): (Vec<_>, Vec<_>) = (positive.collect(), negative.collect());
        let opaque = |side: &[(Expr, i64)]| side.iter().any(|(t, _)| !is_small(t));
        let alone = |side: &[(Expr, i64)]| !opaque(side) || matches!(side, [(_, 1)]);
        let exact = alone(&left) && alone(&right) && !(opaque(&left) && opaque(&right) && moved != 0);
        let mut tests = Vec::new();
        if !exact {
            tests.extend(self.terms.iter().filter(|(t, _)| !is_small(t)).map(|(t, _)| fits_int32(t.clone())));
        }
        // The constant goes to a side whose terms are small.
        let (left, right) = if opaque(&right) {
            (sum(left.into_iter(), -moved), sum(right.into_iter(), 0))
        } else {
            (sum(left.into_iter(), 0), sum(right.into_iter(), moved))
        };
        tests.push(Expr::binary(BinOp::Le, left, right));
        Err(tests)
    }
}

fn add<T: Clone + PartialEq>(to: &mut Vec<(T, i64)>, what: &T, factor: i64) {
    match to.iter_mut().find(|(t, _)| t == what) {
        Some((_, f)) => *f = f.saturating_add(factor),
        None => to.push((what.clone(), factor)),
    }
    to.retain(|(_, f)| *f != 0);
}

/// Σ factor·term + constant
fn sum(terms: impl Iterator<Item = (Expr, i64)>, constant: i64) -> Expr {
    let scaled = |(term, factor): (Expr, i64)| match factor.abs() {
        1 => (term, factor < 0),
        f => (term * Expr::i64(f), factor < 0),
    };
    let mut total: Option<Expr> = None;
    let mut negative = Vec::new();
    for (term, minus) in terms.map(scaled) {
        match (minus, total.take()) {
            (false, None) => total = Some(term),
            (false, Some(sum)) => total = Some(sum + term),
            (true, sum) => {
                total = sum;
                negative.push(term);
            }
        }
    }
    let total = negative.into_iter().fold(total, |sum, term| Some(sum.unwrap_or(Expr::i64(0)) - term));
    match (total, constant) {
        (None, c) => Expr::i64(c),
        (Some(sum), 0) => sum,
        (Some(sum), c) if c < 0 => sum - Expr::i64(-c),
        (Some(sum), c) => sum + Expr::i64(c),
    }
}

/// −2³¹ ≤ t < 2³¹
fn fits_int32(t: Expr) -> Expr {
    let shifted = (t + Expr::i64(1 << 31)).cast(DType::UInt64);
    shifted.lt(Expr::Const(Const::Int(DType::UInt64, 1 << 32)))
}
