//! Comparisons.

use super::body::Body;
use super::exprs::{is_bool, is_simple, scalar_weak};
use super::ops;
use super::share::Shared;
use super::{Answer, Stop};
use crate::value::{Static, Val};
use nopython_diagnostics::codes;
use nopython_ir::Const;
use nopython_ir::ops::{BinOp, UnOp};
use nopython_ir::typed::{Expr, ExprKind};
use nopython_types::{DType, Scalar, Type};
use ruff_python_ast::{self as ast, CmpOp};

impl Body<'_, '_> {
    /// A comparison or a chain of them.
    pub fn comparison(&mut self, c: &ast::ExprCompare, whole: &ast::Expr) -> Answer<Val> {
        let place = self.place_of(c);
        let mut left = self.expr(&c.left)?;
        let mut shared = Shared::default();
        let mut result: Option<Expr> = None;
        let count = c.ops.len();
        if count > 1
            && let Val::Expr(e) = left
        {
            left = Val::Expr(shared.read(self, e));
        }
        for (k, (op, right_node)) in c.ops.iter().zip(&c.comparators).enumerate() {
            let mut right = self.expr(right_node)?;
            // The middle of a chain is evaluated once.
            if k + 1 < count
                && let Val::Expr(e) = right
            {
                right = Val::Expr(shared.read(self, e));
            }
            let test = self.compare(*op, left, right.clone(), whole)?;
            left = right;
            result = Some(match result {
                None => test,
                Some(so_far) if is_bool(&so_far) && is_bool(&test) => {
                    let weak = scalar_weak(&so_far) && scalar_weak(&test);
                    let ty = Type::Scalar(Scalar { dtype: DType::Bool, weak });
                    Expr { kind: ExprKind::And(Box::new(so_far), Box::new(test)), ty, place }
                }
                Some(_) => {
                    return Err(Stop::error(
                        self.error(c, codes::TYPE_MISMATCH, "a chained comparison of arrays is ambiguous", "a chain")
                            .hint("write (a < b) & (b < c)"),
                    ));
                }
            });
        }
        let result = result.unwrap_or(ops::constant(Const::Bool(true), true, place));
        Ok(Val::Expr(shared.around(result)))
    }

    fn compare(&mut self, op: CmpOp, left: Val, right: Val, node: &ast::Expr) -> Answer<Expr> {
        let place = self.place_of(node);
        let known = |b: bool| Ok(ops::constant(Const::Bool(b), true, place));
        let op = match op {
            CmpOp::Eq => BinOp::Eq,
            CmpOp::NotEq => BinOp::Ne,
            CmpOp::Lt => BinOp::Lt,
            CmpOp::LtE => BinOp::Le,
            CmpOp::Gt => BinOp::Gt,
            CmpOp::GtE => BinOp::Ge,
            CmpOp::Is | CmpOp::IsNot => {
                if let Some(test) = self.none_test(&left, &right) {
                    return Ok(if op == CmpOp::Is { ops::unary(UnOp::Invert, test, place) } else { test });
                }
                let (a, b) = (as_static(&left), as_static(&right));
                let same = match (&a, &b) {
                    (Some(a), Some(b)) => a == b,
                    // A run-time value is never None or another static value, but `x is True` compares.
                    (None, Some(_)) | (Some(_), None) => false,
                    (None, None) if [&left, &right].into_iter().any(is_array) => {
                        if left == right {
                            return known(op == CmpOp::Is);
                        }
                        let hint = "np.array_equal compares elements; whether two names are one array is not known";
                        return Err(self.unsupported(node, "comparing arrays by `is`", hint));
                    }
                    (None, None) => {
                        let equal = if op == CmpOp::Is { CmpOp::Eq } else { CmpOp::NotEq };
                        return self.compare(equal, left, right, node);
                    }
                };
                return known(same == (op == CmpOp::Is));
            }
            CmpOp::In | CmpOp::NotIn => return self.membership(op == CmpOp::In, left, right, node),
        };
        let (left, right) =
            (self.as_operand(left.clone(), &right, false, place), self.as_operand(right, &left, false, place));
        if let (Some(a), Some(b)) = (as_static(&left), as_static(&right)) {
            return match op {
                BinOp::Eq => known(same_static(&a, &b)),
                BinOp::Ne => known(!same_static(&a, &b)),
                _ => Err(self.unsupported(node, "ordering these values", "compare numbers")),
            };
        }
        if let (Some(test), BinOp::Eq | BinOp::Ne) = (self.none_test(&left, &right), op) {
            return Ok(if op == BinOp::Eq { ops::unary(UnOp::Invert, test, place) } else { test });
        }
        let unlike = |value| as_static(value).is_some_and(|s| !matches!(s, Static::Huge(_)));
        if unlike(&left) || unlike(&right) {
            return match op {
                BinOp::Eq => known(false),
                BinOp::Ne => known(true),
                _ => Err(self.unsupported(node, "ordering these values", "compare numbers")),
            };
        }
        if let (Val::Tuple(a), Val::Tuple(b), BinOp::Eq | BinOp::Ne) = (&left, &right, op) {
            if a.len() != b.len() {
                return known(op == BinOp::Ne);
            }
            let mut all = known(true)?;
            for (x, y) in a.clone().into_iter().zip(b.clone()) {
                let test = self.compare(CmpOp::Eq, x, y, node)?;
                all = self.arithmetic(BinOp::And, all, test, false, node)?;
            }
            return Ok(if op == BinOp::Ne { ops::unary(UnOp::Invert, all, place) } else { all });
        }
        let a = self.runtime(left, node)?;
        let b = self.runtime(right, node)?;
        if let (Type::Tuple(x), Type::Tuple(y)) = (&a.ty, &b.ty) {
            let cmp = if op == BinOp::Eq { CmpOp::Eq } else { CmpOp::NotEq };
            let (x, y) = (super::join::items(&a, x), super::join::items(&b, y));
            return self.compare(cmp, Val::Tuple(x), Val::Tuple(y), node);
        }
        let (a, b, common) = self.promoted_for_comparison(a, b, node)?;
        Ok(ops::binary(op, a, b, common, place))
    }

    /// Of a value that may be None beside None: the test that it is not.
    fn none_test(&self, left: &Val, right: &Val) -> Option<Expr> {
        match (left, right) {
            (Val::Expr(e), other) | (other, Val::Expr(e)) if *other == Val::NONE => {
                self.optional(e).map(|(test, _)| test)
            }
            _ => None,
        }
    }

    /// Operands of a comparison in their common dtype. A Python int beside a narrower integer dtype is compared exactly, as NumPy does:
    /// in that dtype if it is a constant that fits, otherwise in int64 (a negative constant beside uint64 in float64, where its
    /// sign is kept).
    pub fn promoted_for_comparison(&mut self, a: Expr, b: Expr, node: &ast::Expr) -> Answer<(Expr, Expr, bool)> {
        let (sa, sb) = (self.operand(&a, "a comparison", node)?, self.operand(&b, "a comparison", node)?);
        let mut common = nopython_types::promote(sa.scalar, sb.scalar);
        let dtype = common.dtype;
        for (e, s) in [(&a, sa.scalar), (&b, sb.scalar)] {
            if !s.weak || common.weak || !dtype.is_int() {
                continue;
            }
            match ops::as_int(e) {
                Some(v) if dtype == DType::UInt64 && v < 0 => common = Scalar::strong(DType::Float64),
                Some(v) if nopython_ir::constant::wrap(dtype, v) == v => {}
                None if dtype == DType::UInt64 => {}
                _ => common = Scalar::strong(DType::Int64),
            }
        }
        Ok((ops::convert(a, common), ops::convert(b, common), sa.scalar.weak && sb.scalar.weak))
    }

    fn membership(&mut self, positive: bool, left: Val, right: Val, node: &ast::Expr) -> Answer<Expr> {
        let place = self.place_of(node);
        let items = match right {
            Val::Tuple(items) | Val::List(items) => items,
            Val::Expr(array) if matches!(array.ty, Type::Array(_)) => {
                let left = self.runtime(left, node)?;
                let (array, left, common) = self.promoted_for_comparison(array, left, node)?;
                let equal = ops::binary(BinOp::Eq, array, left, common, place);
                let found = self.library("any", vec![Val::Expr(equal)], node)?;
                // NumPy's `any` gives a NumPy bool; `in` gives Python's own.
                let found = ops::cast_scalar(self.runtime(found, node)?, Scalar::BOOL);
                return Ok(if positive { found } else { ops::unary(UnOp::Invert, found, place) });
            }
            other => {
                return Err(self.unsupported(
                    node,
                    &format!("`in` with {}", other.describe()),
                    "test membership in a tuple, or write np.any(a == x)",
                ));
            }
        };
        let mut found = ops::constant(Const::Bool(false), true, place);
        for item in items {
            let test = self.compare(CmpOp::Eq, left.clone(), item, node)?;
            found = self.arithmetic(BinOp::Or, found, test, false, node)?;
        }
        Ok(if positive { found } else { ops::unary(UnOp::Invert, found, place) })
    }
}

fn is_array(value: &Val) -> bool {
    matches!(value, Val::Expr(e) if matches!(e.ty, Type::Array(_)))
}

fn as_static(value: &Val) -> Option<Static> {
    match value {
        Val::Static(s) => Some(s.clone()),
        Val::Expr(e) if e.ty == Type::None && is_simple(e) => Some(Static::None),
        _ => None,
    }
}

/// Equality of static values, where a dtype equals its name.
fn same_static(a: &Static, b: &Static) -> bool {
    let dtype = |s: &Static| match s {
        Static::ScalarType(s) => Some(s.dtype),
        Static::Str(name) => DType::from_name(name),
        _ => None,
    };
    a == b || (dtype(a).is_some() && dtype(a) == dtype(b))
}
