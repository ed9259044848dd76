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
    /// Items that are compared as those of tuples are.
    pub(super) fn compare_item_lists(&mut self, op: CmpOp, a: Vec<Val>, b: Vec<Val>, node: &ast::Expr) -> Answer<Expr> {
        let op = match op {
            CmpOp::Lt => BinOp::Lt,
            CmpOp::LtE => BinOp::Le,
            CmpOp::Gt => BinOp::Gt,
            CmpOp::GtE => BinOp::Ge,
            _ => BinOp::Eq,
        };
        self.compare_items(op, a, b, node)
    }

    /// A comparison or a chain of them.
    pub fn comparison(&mut self, c: &ast::ExprCompare, whole: &ast::Expr) -> Answer<Val> {
        let left = self.expr(&c.left)?;
        let links: Vec<(CmpOp, &ast::Expr)> = c.ops.iter().copied().zip(&c.comparators).collect();
        self.chain(left, &links, whole).map(Val::Expr)
    }

    /// `left op x op y …`: what follows a comparison is evaluated only if it holds, and each operand once.
    fn chain(&mut self, left: Val, links: &[(CmpOp, &ast::Expr)], whole: &ast::Expr) -> Answer<Expr> {
        let place = self.place_of(whole);
        let Some(((op, node), rest)) = links.split_first() else {
            return Ok(ops::constant(Const::Bool(true), true, place));
        };
        if rest.is_empty() {
            let right = self.right_operand(*op, node)?;
            return self.compare(*op, left, right, whole);
        }
        let mut shared = Shared::default();
        // The left operand is evaluated before the middle one, whose name is bound around both.
        let left = self.shared_items(&mut shared, left);
        let right = self.right_operand(*op, node)?;
        let right = self.shared_items(&mut shared, right);
        let test = self.compare(*op, left, right.clone(), whole)?;
        self.guarded += 1;
        let follows = self.chain(right, rest, whole);
        self.guarded -= 1;
        let follows = follows?;
        if !is_bool(&test) || !is_bool(&follows) {
            return Err(Stop::error(
                self.error(whole, codes::TYPE_MISMATCH, "a chained comparison of arrays is ambiguous", "a chain")
                    .hint("write (a < b) & (b < c)"),
            ));
        }
        let weak = scalar_weak(&test) && scalar_weak(&follows);
        let ty = Type::Scalar(Scalar { dtype: DType::Bool, weak });
        Ok(shared.around(Expr { kind: ExprKind::And(Box::new(test), Box::new(follows)), ty, place }))
    }

    /// The right operand of a comparison: a set that membership is tested in is as good as a tuple.
    fn right_operand(&mut self, op: CmpOp, node: &ast::Expr) -> Answer<Val> {
        match (op, node) {
            (CmpOp::In | CmpOp::NotIn, ast::Expr::Set(set)) => {
                set.elts.iter().map(|e| self.expr(e)).collect::<Answer<_>>().map(Val::Tuple)
            }
            _ => self.expr(node),
        }
    }

    /// A value whose run-time parts may be read any number of times.
    pub(super) fn shared_items(&mut self, shared: &mut Shared, value: Val) -> Val {
        match value {
            Val::Expr(e) => Val::Expr(shared.read(self, e)),
            Val::Tuple(items) => Val::Tuple(items.into_iter().map(|v| self.shared_items(shared, v)).collect()),
            Val::List(items, site) => {
                Val::List(items.into_iter().map(|v| self.shared_items(shared, v)).collect(), site)
            }
            known @ Val::Static(_) => known,
        }
    }

    fn compare(&mut self, op: CmpOp, left: Val, right: Val, node: &ast::Expr) -> Answer<Expr> {
        let place = self.place_of(node);
        let known = |b: bool| Ok(ops::constant(Const::Bool(b), true, place));
        let right = match (&left, right) {
            (Val::Expr(left), Val::Expr(right)) => Val::Expr(self.beside_complex(left, right)),
            (_, right) => right,
        };
        if let Some(value) = self.compare_records(op, &left, &right, node)? {
            return Ok(value);
        }
        if let Some(value) = self.compare_texts(op, &left, &right, node)? {
            return Ok(value);
        }
        if let Some(value) = self.compare_lists(op, &left, &right, node)? {
            return Ok(value);
        }
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
                    (None, None) => return self.same_object(op == CmpOp::Is, left, right, node),
                };
                return known(same == (op == CmpOp::Is));
            }
            CmpOp::In | CmpOp::NotIn => return self.membership(op == CmpOp::In, left, right, node),
        };
        if let (Some(a), Some(b)) = (super::huge::known(&left), super::huge::known(&right)) {
            return known(holds(op, a.cmp(&b)));
        }
        let left = self.beside_array(left, &right, node)?;
        let right = self.beside_array(right, &left, node)?;
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
        let mut shared = Shared::default();
        if let (Some(a), Some(b)) = (self.tuple_items(&mut shared, &left), self.tuple_items(&mut shared, &right)) {
            let ordered = self.compare_items(op, a, b, node)?;
            return Ok(shared.around(ordered));
        }
        let a = self.runtime(left, node)?;
        let b = self.runtime(right, node)?;
        self.compare_numbers(op, a, b, false, node)
    }

    /// The items of a tuple, evaluated.
    fn tuple_items(&mut self, shared: &mut Shared, value: &Val) -> Option<Vec<Val>> {
        match value {
            Val::Tuple(items) | Val::List(items, _) => {
                Some(items.iter().map(|v| self.shared_items(shared, v.clone())).collect())
            }
            Val::Expr(e) => match &e.ty {
                Type::Tuple(types) => {
                    let e = shared.read(self, e.clone());
                    Some(super::join::items(&e, types))
                }
                _ => None,
            },
            Val::Static(_) => None,
        }
    }

    /// Tuples are equal if all items are; otherwise the first items that differ decide, and after them the lengths. No item behind them
    /// is looked at.
    fn compare_items(&mut self, op: BinOp, a: Vec<Val>, b: Vec<Val>, node: &ast::Expr) -> Answer<Expr> {
        let place = self.place_of(node);
        let known = |b: bool| ops::constant(Const::Bool(b), true, place);
        let mut result = known(holds(op, a.len().cmp(&b.len())));
        let equality = matches!(op, BinOp::Eq | BinOp::Ne);
        if equality && a.len() != b.len() {
            return Ok(result);
        }
        for (x, y) in a.into_iter().zip(b).rev() {
            let equal = self.compare(CmpOp::Eq, x.clone(), y.clone(), node)?;
            let equal = self.truth(Val::Expr(equal), node)?;
            let differs = if equality { known(op == BinOp::Ne) } else { self.compare(cmp_op(op), x, y, node)? };
            result = match ops::as_const(&equal) {
                Some(Const::Bool(true)) => result,
                Some(_) => differs,
                None if equality => self.choice(equal, ops::cast_scalar(result, Scalar::BOOL), differs, node)?,
                None => self.choice(equal, result, differs, node)?,
            };
        }
        Ok(result)
    }

    /// Whether two run-time values are one object, where that is known: values of different types never are, `True` and `False` are
    /// single, and so are ints from −5 to 256.
    fn same_object(&mut self, positive: bool, left: Val, right: Val, node: &ast::Expr) -> Answer<Expr> {
        let place = self.place_of(node);
        let small = |v: &Val| matches!(v, Val::Expr(e) if ops::as_int(e).is_some_and(|n| (-5..=256).contains(&n)));
        let single = [&left, &right].into_iter().any(small);
        let ty = |v: &Val| if let Val::Expr(e) = v { Some(e.ty.clone()) } else { None };
        match (ty(&left), ty(&right)) {
            (Some(a), Some(b)) if a != b => Ok(ops::constant(Const::Bool(!positive), true, place)),
            (Some(Type::Scalar(s)), _) if s == Scalar::BOOL || (s == Scalar::INT && single) => {
                self.compare(if positive { CmpOp::Eq } else { CmpOp::NotEq }, left, right, node)
            }
            _ => Err(self.unsupported(node, "comparing these values by `is`", "compare them with `==`")),
        }
    }

    /// A comparison of numbers or arrays. `ufunc` gives a NumPy bool.
    ///
    /// Integers are compared by value, whatever their dtypes: where no integer dtype holds both, beside uint64, a negative number decides
    /// by its sign.
    pub fn compare_numbers(&mut self, op: BinOp, a: Expr, b: Expr, ufunc: bool, node: &ast::Expr) -> Answer<Expr> {
        let place = self.place_of(node);
        let (sa, sb) = (self.operand(&a, "a comparison", node)?.scalar, self.operand(&b, "a comparison", node)?.scalar);
        let weak = sa.weak && sb.weak && !ufunc;
        // Python does not order complex numbers; NumPy does.
        if let (true, Some(e)) = (
            weak && !matches!(op, BinOp::Eq | BinOp::Ne),
            [&a, &b].into_iter().find(|e| ops::Shape::of(&e.ty).is_some_and(|s| s.scalar.dtype.is_complex())),
        ) {
            return Err(self.not_real(&format!("`{}`", op.row().0), e, node));
        }
        if let (Some(x), Some(y), true) = (ops::as_const(&a), ops::as_const(&b), sa.weak && sb.weak)
            && let Some(ordering) = known_order(x, y)
        {
            return Ok(ops::constant(Const::Bool(holds(op, ordering)), weak, place));
        }
        let unsigned = |s: Scalar| s.dtype == DType::UInt64;
        let signed = |s: Scalar| s.dtype.is_int() && s.dtype.is_signed();
        if !(unsigned(sa) && signed(sb) || unsigned(sb) && signed(sa)) {
            let (a, b) = self.promoted_for_comparison(a, b, node)?;
            return Ok(ops::binary(op, a, b, weak, place));
        }
        let mut shared = Shared::default();
        let (a, b) = (shared.read(self, a), shared.read(self, b));
        let negative = if signed(sa) { &a } else { &b };
        let below = ops::convert(ops::int(0, place), if signed(sa) { sa } else { sb });
        let test = |op| ops::binary(op, negative.clone(), below.clone(), weak, place);
        // What a negative number makes of the comparison.
        let holds = match op {
            BinOp::Eq => false,
            BinOp::Ne => true,
            BinOp::Lt | BinOp::Le => signed(sa),
            _ => signed(sb),
        };
        let sign = if holds { test(BinOp::Lt) } else { test(BinOp::Ge) };
        let to = Scalar::strong(DType::UInt64);
        let plain = ops::binary(op, ops::convert(a, to), ops::convert(b, to), weak, place);
        let combined = if holds { BinOp::Or } else { BinOp::And };
        Ok(shared.around(match ops::as_const(&sign) {
            Some(Const::Bool(outcome)) if outcome != holds => plain,
            _ => ops::binary(combined, plain, sign, weak, place),
        }))
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
    /// in that dtype if it is a constant that fits, otherwise in int64.
    fn promoted_for_comparison(&mut self, a: Expr, b: Expr, node: &ast::Expr) -> Answer<(Expr, Expr)> {
        let (sa, sb) = (self.operand(&a, "a comparison", node)?, self.operand(&b, "a comparison", node)?);
        let mut common = nopython_types::promote(sa.scalar, sb.scalar);
        let dtype = common.dtype;
        for (e, s) in [(&a, sa.scalar), (&b, sb.scalar)] {
            if s != Scalar::INT || common.weak || !dtype.is_int() {
                continue;
            }
            match ops::as_int(e) {
                Some(v) if nopython_ir::constant::wrap(dtype, v) == v => {}
                _ => common = Scalar::strong(DType::Int64),
            }
        }
        Ok((ops::convert(a, common), ops::convert(b, common)))
    }

    fn membership(&mut self, positive: bool, left: Val, right: Val, node: &ast::Expr) -> Answer<Expr> {
        let place = self.place_of(node);
        let mut shared = Shared::default();
        let right = match right {
            Val::Static(Static::View(container, name)) if name == "keys" => *container,
            Val::Static(Static::View(..)) => self.listed(right, node)?,
            other => other,
        };
        if let (Some(_), Val::Expr(e)) = (super::records::record_of(&right), &right) {
            let e = e.clone();
            let Some(found) = self.special(&e, "__contains__", vec![left], node)? else {
                return Err(self.unsupported(node, &format!("`in` with {}", e.ty), "define __contains__ in the class"));
            };
            let found = self.truth(found, node)?;
            let found = ops::cast_scalar(found, Scalar::BOOL);
            return Ok(if positive { found } else { ops::unary(UnOp::Invert, found, place) });
        }
        let items = match right {
            Val::Tuple(items) | Val::List(items, _) => items,
            Val::Expr(list) if matches!(list.ty, Type::List(_)) => {
                let found = self.library("list_contains", vec![Val::Expr(list), left], node)?;
                let found = ops::cast_scalar(self.runtime(found, node)?, Scalar::BOOL);
                return Ok(if positive { found } else { ops::unary(UnOp::Invert, found, place) });
            }
            Val::Expr(Expr { ty: Type::Tuple(types), kind, place }) => {
                let ty = Type::Tuple(types.clone());
                super::join::items(&shared.read(self, Expr { kind, ty, place }), &types)
            }
            Val::Static(Static::Keywords(pairs)) => {
                pairs.into_iter().map(|(name, _)| Val::Static(Static::Str(name))).collect()
            }
            Val::Expr(array) if matches!(array.ty, Type::Array(_)) => {
                let left = self.runtime(left, node)?;
                let equal = self.compare_numbers(BinOp::Eq, array, left, true, node)?;
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
        let left = self.shared_items(&mut shared, left);
        let items: Vec<Val> = items.into_iter().map(|v| self.shared_items(&mut shared, v)).collect();
        let mut found = ops::constant(Const::Bool(false), true, place);
        for item in items.into_iter().rev() {
            let test = self.compare(CmpOp::Eq, left.clone(), item, node)?;
            let test = self.truth(Val::Expr(test), node)?;
            let ty = Type::Scalar(Scalar::BOOL);
            found = match ops::as_const(&test) {
                Some(Const::Bool(true)) => test,
                Some(_) => found,
                None => Expr {
                    kind: ExprKind::Or(Box::new(ops::cast_scalar(test, Scalar::BOOL)), Box::new(found)),
                    ty,
                    place,
                },
            };
        }
        Ok(shared.around(if positive { found } else { ops::unary(UnOp::Invert, found, place) }))
    }
}

/// Whether what was compared is in the order that a comparison asks for.
const fn holds(op: BinOp, ordering: core::cmp::Ordering) -> bool {
    match op {
        BinOp::Eq => ordering.is_eq(),
        BinOp::Ne => ordering.is_ne(),
        BinOp::Lt => ordering.is_lt(),
        BinOp::Le => ordering.is_le(),
        BinOp::Gt => ordering.is_gt(),
        _ => ordering.is_ge(),
    }
}

/// How two constants compare, exactly; nothing for NaN, or two floats.
fn known_order(a: Const, b: Const) -> Option<core::cmp::Ordering> {
    let float = |c: Const| if c.as_int().is_none() { Some(c.as_f64()) } else { None };
    match (a.as_int(), b.as_int(), float(a), float(b)) {
        (Some(a), _, _, Some(b)) => int_beside(a, b),
        (_, Some(b), Some(a), _) => int_beside(b, a).map(core::cmp::Ordering::reverse),
        _ => None,
    }
}

/// How an int compares with a float, exactly.
#[expect(clippy::cast_possible_truncation, clippy::cast_precision_loss, reason = "rounding is monotone")]
fn int_beside(a: i64, b: f64) -> Option<core::cmp::Ordering> {
    // Rounded to a float, an int is on the same side of `b` or equal to it; then `b` is a whole number.
    let rounded = (a as f64).partial_cmp(&b)?;
    Some(if rounded.is_eq() { i128::from(a).cmp(&(b as i128)) } else { rounded })
}

const fn cmp_op(op: BinOp) -> CmpOp {
    match op {
        BinOp::Ne => CmpOp::NotEq,
        BinOp::Lt => CmpOp::Lt,
        BinOp::Le => CmpOp::LtE,
        BinOp::Gt => CmpOp::Gt,
        BinOp::Ge => CmpOp::GtE,
        _ => CmpOp::Eq,
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
