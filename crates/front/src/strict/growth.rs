//! How large Python's ints may become: bounds of magnitudes, and which variables a loop makes grow by themselves.

use nopython_ir::ops::BinOp;
use nopython_ir::typed::{Expr, ExprKind, Function, Stmt, StmtKind, VarId};
use nopython_types::{DType, Type};
use std::collections::{BTreeMap, BTreeSet};

/// What int64 does not hold.
pub const LIMIT: f64 = 9_223_372_036_854_775_808.0;
/// An int of which nothing is known is taken to have half of the bits, so that the product of two may be too large.
const UNKNOWN: f64 = 4_294_967_296.0;
/// Extents of arrays, and turns of loops, are smaller.
const EXTENT: f64 = 2_147_483_648.0;

/// What the assignments of a function say of its variables.
pub struct Growth<'f> {
    function: &'f Function,
    /// What each variable is assigned.
    values: BTreeMap<usize, Vec<&'f Expr>>,
    /// The bounds of the loops that a variable counts.
    counts: BTreeMap<usize, Vec<&'f Expr>>,
}

impl<'f> Growth<'f> {
    /// Of a function.
    pub fn of(function: &'f Function) -> Growth<'f> {
        let mut growth = Growth { function, values: BTreeMap::new(), counts: BTreeMap::new() };
        growth.statements(&function.body);
        growth
    }

    fn statements(&mut self, body: &'f [Stmt]) {
        for stmt in body {
            match &stmt.kind {
                StmtKind::Assign(var, value) => self.values.entry(var.index()).or_default().push(value),
                StmtKind::If { then, orelse, .. } => [then, orelse].into_iter().for_each(|b| self.statements(b)),
                StmtKind::While { body, .. } => self.statements(body),
                StmtKind::For { var, start, stop, body, .. } => {
                    self.counts.entry(var.index()).or_default().extend([start, stop]);
                    self.statements(body);
                }
                _ => {}
            }
        }
    }

    /// A bound of |e| for an integer, if one is known.
    pub fn bound(&self, e: &Expr) -> Option<f64> {
        self.bound_within(e, 12)
    }

    /// As [`Growth::bound`], with what is taken for unknown ints.
    pub fn size(&self, e: &Expr) -> f64 {
        self.bound(e).unwrap_or(UNKNOWN)
    }

    fn bound_within(&self, e: &Expr, depth: u32) -> Option<f64> {
        let depth = depth.checked_sub(1)?;
        let of = |e: &Expr| self.bound_within(e, depth);
        let largest = |list: &[&Expr]| list.iter().try_fold(0.0, |most: f64, e| of(e).map(|b| most.max(b)));
        let dtype = match e.ty {
            Type::Scalar(s) => s.dtype,
            _ => return None,
        };
        let found = match &e.kind {
            ExprKind::Const(c) => Some(c.as_f64().abs()),
            ExprKind::Dim(..) => Some(EXTENT),
            ExprKind::Cast(a) if !dtype.is_float() => of(a),
            ExprKind::Var(var) => match (self.values.get(&var.index()), self.counts.get(&var.index())) {
                (None, Some(bounds)) => Some(largest(bounds).unwrap_or(EXTENT)),
                (Some(values), None) if !self.function.params.contains(var) => largest(values),
                _ => None,
            },
            ExprKind::Cond { then, orelse, .. } => largest(&[then, orelse]),
            ExprKind::Checked { value, .. } => of(value),
            ExprKind::Binary(op, a, b) => match op {
                BinOp::Add | BinOp::Sub => Some(of(a)? + of(b)?),
                BinOp::Mul => Some(of(a)? * of(b)?),
                BinOp::Shl => Some(of(a)? * of(b)?.exp2()),
                BinOp::Mod => of(b),
                BinOp::And => match (of(a), of(b)) {
                    (Some(a), Some(b)) => Some(a.min(b)),
                    (a, b) => a.or(b),
                },
                BinOp::FloorDiv | BinOp::Shr => of(a),
                _ => None,
            },
            _ => None,
        };
        let own =
            (dtype == DType::Bool || dtype.is_int() && dtype.size() < 8).then(|| f64::from(8 * dtype.size()).exp2());
        found.or(own)
    }

    /// Whether evaluating an expression reads a variable, or one that is computed from it.
    pub fn reaches(&self, e: &Expr, var: VarId) -> bool {
        let mut seen = BTreeSet::new();
        let mut open = vec![e];
        let mut found = false;
        while let Some(e) = open.pop() {
            e.walk(&mut |e| {
                if let ExprKind::Var(read) = &e.kind {
                    found |= *read == var;
                    if seen.insert(read.index()) {
                        open.extend(self.values.get(&read.index()).into_iter().flatten());
                    }
                }
            });
        }
        found
    }
}
