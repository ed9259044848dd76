//! What a function tests: a value whose magnitude it compares, and a divisor that it compares with zero, are taken to be looked after.

use nopython_ir::ops::{BinOp, UnOp};
use nopython_ir::typed::{Expr, ExprKind, Function, Stmt, StmtKind, VarId};
use std::collections::BTreeSet;

/// The tests of a function.
#[derive(Default)]
pub struct Guards {
    /// Variables v with a comparison of |v|.
    bounded: BTreeSet<usize>,
    /// Variables, and extents of variables, that are compared with a number.
    compared: BTreeSet<(usize, Option<u8>)>,
}

impl Guards {
    /// Of a function.
    pub fn of(function: &Function) -> Guards {
        let mut guards = Guards::default();
        guards.statements(&function.body);
        guards
    }

    /// Whether the function looks at the magnitude of a variable.
    pub fn bound(&self, var: VarId) -> bool {
        self.bounded.contains(&var.index())
    }

    /// Whether the function looks at the magnitude of what an expression reads.
    pub fn bound_value(&self, e: &Expr) -> bool {
        matches!(place(e), Some((var, None)) if self.bounded.contains(&var))
    }

    /// Whether the function compares a variable, or an extent of one, with a number.
    pub fn compare(&self, e: &Expr) -> bool {
        place(e).is_some_and(|place| self.compared.contains(&place))
    }

    fn statements(&mut self, body: &[Stmt]) {
        for stmt in body {
            match &stmt.kind {
                StmtKind::If { test, then, orelse } => {
                    self.test(test);
                    [then, orelse].into_iter().for_each(|body| self.statements(body));
                }
                StmtKind::While { test, body } => {
                    self.test(test);
                    self.statements(body);
                }
                StmtKind::For { body, .. } => self.statements(body),
                _ => {}
            }
        }
    }

    fn test(&mut self, e: &Expr) {
        e.walk(&mut |e| {
            let ExprKind::Binary(op, a, b) = &e.kind else { return };
            if !matches!(op, BinOp::Eq | BinOp::Ne | BinOp::Lt | BinOp::Le | BinOp::Gt | BinOp::Ge) {
                return;
            }
            for (side, other) in [(a, b), (b, a)] {
                if let ExprKind::Unary(UnOp::Abs, x) = &side.kind {
                    self.bounded.extend(place(x).map(|(var, _)| var));
                }
                if matches!(other.kind, ExprKind::Const(_)) {
                    self.compared.extend(place(side));
                }
            }
        });
    }
}

/// The variable that an expression reads, or whose extent.
fn place(e: &Expr) -> Option<(usize, Option<u8>)> {
    match &e.kind {
        ExprKind::Var(var) => Some((var.index(), None)),
        ExprKind::Cast(a) | ExprKind::Unary(UnOp::Floor | UnOp::Ceil | UnOp::Trunc | UnOp::Rint, a) => place(a),
        ExprKind::Dim(a, axis) => match &a.kind {
            ExprKind::Var(var) => Some((var.index(), Some(*axis))),
            _ => None,
        },
        _ => None,
    }
}
