//! Walking typed expressions: the one place that knows the operands of every node.

use super::{Expr, ExprKind, Index};

/// Calls `$f` on each direct operand of a kind that is borrowed, shared or for change, in the order of evaluation.
macro_rules! operands {
    ($kind:expr, $f:ident) => {
        match $kind {
            ExprKind::NoneValue | ExprKind::Const(_) | ExprKind::Var(_) | ExprKind::Global(_) => {}
            ExprKind::Unary(_, a)
            | ExprKind::Cast(a)
            | ExprKind::Dim(a, _)
            | ExprKind::TupleItem(a, _)
            | ExprKind::Copy(a)
            | ExprKind::Transpose(a, _)
            | ExprKind::Reduce { array: a, .. }
            | ExprKind::Scan { array: a, .. } => $f(a),
            ExprKind::Binary(_, a, b) | ExprKind::And(a, b) | ExprKind::Or(a, b) | ExprKind::Let(_, a, b) => {
                $f(a);
                $f(b);
            }
            ExprKind::Checked { test, numbers, value, .. } => {
                $f(test);
                numbers.into_iter().for_each(&mut *$f);
                $f(value);
            }
            ExprKind::Cond { test: a, then: b, orelse: c } | ExprKind::Range { start: a, step: b, count: c } => {
                $f(a);
                $f(b);
                $f(c);
            }
            ExprKind::Kernel(_, items)
            | ExprKind::Call(_, items)
            | ExprKind::Tuple(items)
            | ExprKind::Map(_, items)
            | ExprKind::Empty(items)
            | ExprKind::IndexGrid { shape: items, .. }
            | ExprKind::ArrayLit { items, .. } => items.into_iter().for_each($f),
            ExprKind::Item { array: a, index: items }
            | ExprKind::Reshape(a, items)
            | ExprKind::BroadcastTo(a, items) => {
                $f(a);
                items.into_iter().for_each($f);
            }
            ExprKind::Full { shape, value } => {
                shape.into_iter().for_each(&mut *$f);
                $f(value);
            }
            ExprKind::View { array, index } => {
                $f(array);
                for entry in index {
                    match entry {
                        Index::At(e) => $f(e),
                        Index::Slice { start, stop, step } => {
                            [start, stop, step].into_iter().flatten().for_each(&mut *$f);
                        }
                        Index::NewAxis => {}
                    }
                }
            }
        }
    };
}

impl Expr {
    /// Calls `f` on each direct operand, in the order of evaluation.
    pub fn for_each_operand<'e>(&'e self, f: &mut dyn FnMut(&'e Expr)) {
        operands!(&self.kind, f);
    }

    /// Calls `f` on each direct operand, for change in place.
    pub fn for_each_operand_mut(&mut self, f: &mut dyn FnMut(&mut Expr)) {
        operands!(&mut self.kind, f);
    }

    /// Calls `f` on this expression and everything below it, outer first.
    pub fn walk<'e>(&'e self, f: &mut dyn FnMut(&'e Expr)) {
        f(self);
        self.for_each_operand(&mut |e| e.walk(f));
    }
}
