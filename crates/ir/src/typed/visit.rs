//! Walking typed statements and expressions: the one place that knows the operands of every node.

use super::{Expr, ExprKind, Index, Stmt, StmtKind};
use nopython_types::Type;

/// Calls `$f` on each direct operand of a kind that is borrowed, shared or for change, in the order of evaluation.
macro_rules! operands {
    ($kind:expr, $f:ident) => {
        match $kind {
            ExprKind::NoneValue | ExprKind::Const(_) | ExprKind::Var(_) | ExprKind::Global(_) | ExprKind::Text(_) => {}
            ExprKind::Unary(_, a)
            | ExprKind::Cast(a)
            | ExprKind::Dim(a, _)
            | ExprKind::OfAxis(a, _)
            | ExprKind::TupleItem(a, _)
            | ExprKind::Copy(a)
            | ExprKind::Reinterpret(a)
            | ExprKind::ListLength(a)
            | ExprKind::Field(a, _)
            | ExprKind::NotNone(a, _)
            | ExprKind::Transpose(a, _)
            | ExprKind::Part(a, _)
            | ExprKind::FieldView { array: a, .. }
            | ExprKind::Elements(a)
            | ExprKind::Reduce { array: a, .. }
            | ExprKind::Scan { array: a, .. } => $f(a),
            ExprKind::Binary(_, a, b)
            | ExprKind::And(a, b)
            | ExprKind::Or(a, b)
            | ExprKind::Let(_, a, b)
            | ExprKind::Same(a, b)
            | ExprKind::ListItem(a, b) => {
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
            | ExprKind::List(items)
            | ExprKind::Record(items)
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

/// Calls `$f` on each expression that a kind of statement has itself, in the order of evaluation.
macro_rules! expressions {
    ($kind:expr, $f:ident) => {
        match $kind {
            StmtKind::Assign(_, e)
            | StmtKind::Expr(e)
            | StmtKind::Return(e)
            | StmtKind::If { test: e, .. }
            | StmtKind::While { test: e, .. } => $f(e),
            StmtKind::StoreItem { array, index, value } => {
                $f(value);
                $f(array);
                index.into_iter().for_each($f);
            }
            StmtKind::ListStore { list, index, value } => {
                $f(value);
                $f(list);
                $f(index);
            }
            StmtKind::ListAppend { list, value } | StmtKind::ListTruncate { list, length: value } => {
                $f(list);
                $f(value);
            }
            StmtKind::FieldStore { record: target, value, .. } | StmtKind::StoreView { target, value } => {
                $f(value);
                $f(target);
            }
            StmtKind::For { start, stop, step, .. } => [start, stop, step].into_iter().for_each($f),
            StmtKind::Raise { numbers, .. } => numbers.into_iter().for_each($f),
            StmtKind::Break | StmtKind::Continue => {}
        }
    };
}

impl Stmt {
    /// Calls `f` on each expression of the statement itself, outermost only, in the order of evaluation.
    pub fn for_each_expr<'s>(&'s self, f: &mut dyn FnMut(&'s Expr)) {
        expressions!(&self.kind, f);
    }

    /// Calls `f` on each expression of the statement itself, for change in place.
    pub fn for_each_expr_mut(&mut self, f: &mut dyn FnMut(&mut Expr)) {
        expressions!(&mut self.kind, f);
    }

    /// The blocks of statements inside.
    #[must_use]
    pub fn blocks(&self) -> [&[Stmt]; 2] {
        match &self.kind {
            StmtKind::If { then, orelse, .. } => [then, orelse],
            StmtKind::While { body, .. } | StmtKind::For { body, .. } => [body, &[]],
            _ => [&[], &[]],
        }
    }

    /// The blocks of statements inside, for change in place.
    pub fn blocks_mut(&mut self) -> [&mut [Stmt]; 2] {
        match &mut self.kind {
            StmtKind::If { then, orelse, .. } => [then, orelse],
            StmtKind::While { body, .. } | StmtKind::For { body, .. } => [body, &mut []],
            _ => [&mut [], &mut []],
        }
    }

    /// Calls `f` on this statement and all statements inside it, outer first.
    pub fn walk<'s>(&'s self, f: &mut dyn FnMut(&'s Stmt)) {
        f(self);
        self.blocks().into_iter().flatten().for_each(|stmt| stmt.walk(f));
    }
}

impl Expr {
    /// Of an array that is seen in another way, or named or checked first, the array itself. A reshape of a non-contiguous array copies, but one of a
    /// contiguous array is a view.
    #[must_use]
    pub fn viewed(&self) -> Option<&Expr> {
        match &self.kind {
            ExprKind::View { array, .. }
            | ExprKind::Transpose(array, _)
            | ExprKind::Part(array, _)
            | ExprKind::BroadcastTo(array, _)
            | ExprKind::Reshape(array, _)
            | ExprKind::FieldView { array, .. }
            | ExprKind::Elements(array)
            | ExprKind::Reinterpret(array)
            | ExprKind::Checked { value: array, .. }
            | ExprKind::Let(_, _, array) => Some(array),
            _ => None,
        }
    }

    /// Calls `f` on each direct operand, in the order of evaluation.
    pub fn for_each_operand<'e>(&'e self, f: &mut dyn FnMut(&'e Expr)) {
        operands!(&self.kind, f);
    }

    /// Calls `f` on each direct operand, for change in place.
    pub fn for_each_operand_mut(&mut self, f: &mut dyn FnMut(&mut Expr)) {
        operands!(&mut self.kind, f);
    }

    /// Whether evaluating the expression may raise.
    #[must_use]
    pub fn may_raise(&self) -> bool {
        let mut found = false;
        self.walk(&mut |e| found |= e.raises_itself());
        found
    }

    /// Whether the node may raise when its operands have not.
    #[must_use]
    pub fn raises_itself(&self) -> bool {
        match &self.kind {
            ExprKind::NoneValue
            | ExprKind::Const(_)
            | ExprKind::Var(_)
            | ExprKind::Global(_)
            | ExprKind::Unary(..)
            | ExprKind::Cast(_)
            | ExprKind::Kernel(..)
            | ExprKind::Cond { .. }
            | ExprKind::And(..)
            | ExprKind::Or(..)
            | ExprKind::Dim(..)
            | ExprKind::ListLength(_)
            | ExprKind::Same(..)
            | ExprKind::OfAxis(..)
            | ExprKind::Tuple(_)
            | ExprKind::TupleItem(..)
            | ExprKind::Transpose(..)
            | ExprKind::Part(..)
            | ExprKind::Text(_)
            | ExprKind::Reinterpret(_)
            | ExprKind::FieldView { .. }
            | ExprKind::Elements(_)
            | ExprKind::Let(..) => false,
            ExprKind::Binary(_, _, divisor) => match (&self.ty, &divisor.kind) {
                (Type::Scalar(s), ExprKind::Const(c)) => s.weak && c.as_f64() == 0.0,
                (Type::Scalar(s), _) => s.weak,
                _ => false,
            },
            // Arrays of one operand have one shape.
            ExprKind::Map(_, operands) => operands.iter().filter(|o| matches!(o.ty, Type::Array(_))).count() > 1,
            ExprKind::View { index, .. } => index.iter().any(|entry| match entry {
                Index::At(_) | Index::Slice { step: Some(_), .. } => true,
                Index::Slice { step: None, .. } | Index::NewAxis => false,
            }),
            _ => true,
        }
    }

    /// Calls `f` on this expression and everything below it, outer first.
    pub fn walk<'e>(&'e self, f: &mut dyn FnMut(&'e Expr)) {
        f(self);
        self.for_each_operand(&mut |e| e.walk(f));
    }
}
