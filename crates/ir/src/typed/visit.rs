//! Walking typed expressions: the one place that knows the operands of every node.

use super::{Expr, ExprKind, Index};

impl Expr {
    /// Calls `f` on each direct operand, in the order of evaluation.
    pub fn for_each_operand<'e>(&'e self, f: &mut dyn FnMut(&'e Expr)) {
        match &self.kind {
            ExprKind::NoneValue | ExprKind::Const(_) | ExprKind::Var(_) => {}
            ExprKind::Unary(_, a)
            | ExprKind::Cast(a)
            | ExprKind::Dim(a, _)
            | ExprKind::TupleItem(a, _)
            | ExprKind::Copy(a)
            | ExprKind::Transpose(a, _)
            | ExprKind::Reduce { array: a, .. }
            | ExprKind::Scan { array: a, .. } => f(a),
            ExprKind::Binary(_, a, b)
            | ExprKind::And(a, b)
            | ExprKind::Or(a, b)
            | ExprKind::Let(_, a, b)
            | ExprKind::Checked { test: a, value: b, .. } => {
                f(a);
                f(b);
            }
            ExprKind::Kernel(_, items)
            | ExprKind::Call(_, items)
            | ExprKind::Tuple(items)
            | ExprKind::Map(_, items)
            | ExprKind::Empty(items)
            | ExprKind::IndexGrid { shape: items, .. }
            | ExprKind::ArrayLit { items, .. } => items.iter().for_each(f),
            ExprKind::Cond { test, then, orelse } => {
                f(test);
                f(then);
                f(orelse);
            }
            ExprKind::Item { array, index } => {
                f(array);
                index.iter().for_each(f);
            }
            ExprKind::Full { shape, value } => {
                shape.iter().for_each(&mut *f);
                f(value);
            }
            ExprKind::Range { start, step, count } => {
                f(start);
                f(step);
                f(count);
            }
            ExprKind::View { array, index } => {
                f(array);
                for entry in index {
                    match entry {
                        Index::At(e) => f(e),
                        Index::Slice { start, stop, step } => {
                            [start, stop, step].into_iter().flatten().for_each(&mut *f);
                        }
                        Index::NewAxis => {}
                    }
                }
            }
            ExprKind::Reshape(a, shape) | ExprKind::BroadcastTo(a, shape) => {
                f(a);
                shape.iter().for_each(f);
            }
        }
    }

    /// Calls `f` on each direct operand, for change in place.
    pub fn for_each_operand_mut(&mut self, f: &mut dyn FnMut(&mut Expr)) {
        match &mut self.kind {
            ExprKind::NoneValue | ExprKind::Const(_) | ExprKind::Var(_) => {}
            ExprKind::Unary(_, a)
            | ExprKind::Cast(a)
            | ExprKind::Dim(a, _)
            | ExprKind::TupleItem(a, _)
            | ExprKind::Copy(a)
            | ExprKind::Transpose(a, _)
            | ExprKind::Reduce { array: a, .. }
            | ExprKind::Scan { array: a, .. } => f(a),
            ExprKind::Binary(_, a, b)
            | ExprKind::And(a, b)
            | ExprKind::Or(a, b)
            | ExprKind::Let(_, a, b)
            | ExprKind::Checked { test: a, value: b, .. } => {
                f(a);
                f(b);
            }
            ExprKind::Kernel(_, items)
            | ExprKind::Call(_, items)
            | ExprKind::Tuple(items)
            | ExprKind::Map(_, items)
            | ExprKind::Empty(items)
            | ExprKind::IndexGrid { shape: items, .. }
            | ExprKind::ArrayLit { items, .. } => items.iter_mut().for_each(f),
            ExprKind::Cond { test, then, orelse } => {
                f(test);
                f(then);
                f(orelse);
            }
            ExprKind::Item { array, index } => {
                f(array);
                index.iter_mut().for_each(f);
            }
            ExprKind::Full { shape, value } => {
                shape.iter_mut().for_each(&mut *f);
                f(value);
            }
            ExprKind::Range { start, step, count } => {
                f(start);
                f(step);
                f(count);
            }
            ExprKind::View { array, index } => {
                f(array);
                for entry in index {
                    match entry {
                        Index::At(e) => f(e),
                        Index::Slice { start, stop, step } => {
                            [start, stop, step].into_iter().flatten().for_each(&mut *f);
                        }
                        Index::NewAxis => {}
                    }
                }
            }
            ExprKind::Reshape(a, shape) | ExprKind::BroadcastTo(a, shape) => {
                f(a);
                shape.iter_mut().for_each(f);
            }
        }
    }

    /// Calls `f` on this expression and everything below it, outer first.
    pub fn walk<'e>(&'e self, f: &mut dyn FnMut(&'e Expr)) {
        f(self);
        self.for_each_operand(&mut |e| e.walk(f));
    }
}
