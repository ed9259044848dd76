//! Operators on records: the functions that their classes define, the comparisons that `@dataclass` makes, and identity.

use super::super::body::Body;
use super::super::share::Shared;
use super::super::{Answer, Stop, ops};
use super::{none_as, record_of};
use crate::value::Val;
use nopython_diagnostics::codes;
use nopython_ir::Const;
use nopython_ir::ops::UnOp;
use nopython_ir::typed::{Expr, ExprKind};
use nopython_types::{Scalar, Type};
use ruff_python_ast::{self as ast, CmpOp, Operator};

/// Whether two records are one object.
pub fn same(a: Expr, b: Expr) -> Expr {
    let place = a.place;
    Expr { kind: ExprKind::Same(Box::new(a), Box::new(b)), ty: Type::Scalar(Scalar::BOOL), place }
}

/// The function of an operator, without the underscores.
const fn name(op: Operator) -> &'static str {
    match op {
        Operator::Add => "add",
        Operator::Sub => "sub",
        Operator::Mult => "mul",
        Operator::MatMult => "matmul",
        Operator::Div => "truediv",
        Operator::Mod => "mod",
        Operator::Pow => "pow",
        Operator::LShift => "lshift",
        Operator::RShift => "rshift",
        Operator::BitOr => "or",
        Operator::BitXor => "xor",
        Operator::BitAnd => "and",
        Operator::FloorDiv => "floordiv",
    }
}

/// The function of a comparison, and that of the comparison the other way round.
const fn comparison(op: CmpOp) -> Option<(&'static str, &'static str)> {
    Some(match op {
        CmpOp::Eq => ("__eq__", "__eq__"),
        CmpOp::NotEq => ("__ne__", "__ne__"),
        CmpOp::Lt => ("__lt__", "__gt__"),
        CmpOp::LtE => ("__le__", "__ge__"),
        CmpOp::Gt => ("__gt__", "__lt__"),
        CmpOp::GtE => ("__ge__", "__le__"),
        CmpOp::Is | CmpOp::IsNot | CmpOp::In | CmpOp::NotIn => return None,
    })
}

impl Body<'_, '_> {
    /// A binary operator, if an operand is a record.
    pub fn record_operator(&mut self, op: Operator, left: &Val, right: &Val, node: &ast::Expr) -> Answer<Option<Val>> {
        if record_of(left).is_none() && record_of(right).is_none() {
            return Ok(None);
        }
        let name = name(op);
        if let (Val::Expr(e), Some(_)) = (left, record_of(left)) {
            let e = e.clone();
            if let Some(value) = self.special(&e, &format!("__{name}__"), vec![right.clone()], node)? {
                return Ok(Some(value));
            }
        }
        if let (Val::Expr(e), Some(_)) = (right, record_of(right)) {
            let e = e.clone();
            if let Some(value) = self.special(&e, &format!("__r{name}__"), vec![left.clone()], node)? {
                return Ok(Some(value));
            }
        }
        let message = format!("unsupported operand types: {} and {}", left.describe(), right.describe());
        let diagnostic = self.error(node, codes::TYPE_MISMATCH, message, "this operator");
        Err(Stop::error(diagnostic.hint(format!("the class says what it means in a method __{name}__"))))
    }

    /// `old op= value` of a value that is no array and no list: the function for it, or else the operator.
    pub fn in_place(&mut self, op: Operator, old: Val, value: Val, node: &ast::Expr) -> Answer<Val> {
        if let (Val::Expr(e), Some(_)) = (&old, record_of(&old)) {
            let e = e.clone();
            let function = format!("__i{}__", name(op));
            if let Some(result) = self.special(&e, &function, vec![value.clone()], node)? {
                return Ok(result);
            }
        }
        self.operator(op, old, value, node)
    }

    /// A unary operator on a record: `neg`, `pos`, `invert`; or `abs`.
    pub fn record_unary(&mut self, name: &str, value: &Val, node: &ast::Expr) -> Answer<Option<Val>> {
        let (Val::Expr(e), Some(_)) = (value, record_of(value)) else { return Ok(None) };
        let e = e.clone();
        match self.special(&e, &format!("__{name}__"), Vec::new(), node)? {
            Some(value) => Ok(Some(value)),
            None => {
                let message = format!("{} has no `__{name}__`", e.ty);
                Err(Stop::error(self.error(node, codes::TYPE_MISMATCH, message, "this operator")))
            }
        }
    }

    /// A comparison in which a record takes part.
    pub fn compare_records(&mut self, op: CmpOp, left: &Val, right: &Val, node: &ast::Expr) -> Answer<Option<Expr>> {
        if matches!(op, CmpOp::In | CmpOp::NotIn) || record_of(left).is_none() && record_of(right).is_none() {
            return Ok(None);
        }
        let place = self.place_of(node);
        let negated = |e: Expr, negate: bool| if negate { ops::unary(UnOp::Invert, e, place) } else { e };
        let differs = matches!(op, CmpOp::IsNot | CmpOp::NotEq);
        let identity = matches!(op, CmpOp::Is | CmpOp::IsNot);
        // Beside None, whatever the operator.
        if let (Val::Expr(e), other) | (other, Val::Expr(e)) = (left, right)
            && *other == Val::NONE
            && (identity || differs || op == CmpOp::Eq)
        {
            return Ok(Some(negated(self.is_set(e.clone()), !differs)));
        }
        let (Some(a), Some(b)) = (record_of(left), record_of(right)) else {
            return self.compare_other(op, left, right, node);
        };
        let alike = a.class == b.class;
        let (Val::Expr(x), Val::Expr(y)) = (left, right) else { return Ok(None) };
        if identity {
            let known = ops::constant(Const::Bool(false), true, place);
            return Ok(Some(negated(if alike { same(x.clone(), y.clone()) } else { known }, differs)));
        }
        if let Some(compared) = self.compare_other(op, left, right, node)? {
            return Ok(Some(compared));
        }
        let found = self.class_of(a).filter(|_| alike);
        let by_fields = found.as_ref().is_some_and(|found| match op {
            CmpOp::Eq | CmpOp::NotEq => found.compares,
            _ => found.orders,
        });
        if by_fields && holds_itself(&x.ty, &mut Vec::new()) {
            let what = format!("comparing instances of {a}, which has fields of its own class,");
            return Err(self.unsupported(node, &what, "say in a method __eq__ or __lt__ of the class what it means"));
        }
        if by_fields {
            let equal = if differs { CmpOp::Eq } else { op };
            let compared = self.compare_fields(equal, x.clone(), y.clone(), node)?;
            return Ok(Some(negated(compared, differs)));
        }
        match op {
            CmpOp::Eq | CmpOp::NotEq if alike => Ok(Some(negated(same(x.clone(), y.clone()), differs))),
            CmpOp::Eq | CmpOp::NotEq => Ok(Some(ops::constant(Const::Bool(differs), true, place))),
            _ => {
                let message = format!("instances of {a} and {b} are in no order");
                let diagnostic = self.error(node, codes::TYPE_MISMATCH, message, "this comparison");
                Err(Stop::error(
                    diagnostic.hint("the class says what it means in a method __lt__, or @dataclass(order=True)"),
                ))
            }
        }
    }

    /// A comparison by a function of a class.
    fn compare_other(&mut self, op: CmpOp, left: &Val, right: &Val, node: &ast::Expr) -> Answer<Option<Expr>> {
        let place = self.place_of(node);
        let Some((function, reflected)) = comparison(op) else { return Ok(None) };
        let negates = op == CmpOp::NotEq;
        for (one, other, name) in [(left, right, function), (right, left, reflected)] {
            let (Val::Expr(e), Some(record)) = (one, record_of(one)) else { continue };
            // Dicts and sets are compared with their like.
            if record.class.library && record_of(other).is_none_or(|other| other.class.name != record.class.name) {
                continue;
            }
            let e = e.clone();
            if let Some(value) = self.special(&e, name, vec![other.clone()], node)? {
                return self.runtime(value, node).map(Some);
            }
            if negates && let Some(value) = self.special(&e, "__eq__", vec![other.clone()], node)? {
                let value = self.truth(value, node)?;
                return Ok(Some(ops::unary(UnOp::Invert, value, place)));
            }
        }
        if record_of(left).is_some() && record_of(right).is_some() {
            return Ok(None);
        }
        match op {
            CmpOp::Eq | CmpOp::NotEq | CmpOp::Is | CmpOp::IsNot => {
                let differs = matches!(op, CmpOp::IsNot | CmpOp::NotEq);
                Ok(Some(ops::constant(Const::Bool(differs), true, place)))
            }
            _ => {
                let message = format!("{} and {} are in no order", left.describe(), right.describe());
                Err(Stop::error(self.error(node, codes::TYPE_MISMATCH, message, "this comparison")))
            }
        }
    }

    /// The comparison that `@dataclass` makes: of all fields, as tuples are compared.
    fn compare_fields(&mut self, op: CmpOp, a: Expr, b: Expr, node: &ast::Expr) -> Answer<Expr> {
        let place = self.place_of(node);
        let mut shared = Shared::default();
        let (a, b) = (shared.read(self, a), shared.read(self, b));
        let optional = [&a, &b].into_iter().any(|e| matches!(&e.ty, Type::Record(record) if record.optional));
        let fields = |e: &Expr, this: &Self| {
            let e = this.not_none(e.clone(), "__eq__");
            let Type::Record(record) = &e.ty else { return Vec::new() };
            let fields = record.class.fields().iter().enumerate();
            let field = |(k, (_, ty)): (usize, &(String, Type))| {
                Val::Expr(Expr { kind: ExprKind::Field(Box::new(e.clone()), k), ty: ty.clone(), place })
            };
            fields.map(field).collect()
        };
        let (x, y) = (fields(&a, self), fields(&b, self));
        let compared = self.compare_item_lists(op, x, y, node)?;
        let compared = ops::cast_scalar(compared, Scalar::BOOL);
        if !optional {
            return Ok(shared.around(compared));
        }
        let ty = Type::Scalar(Scalar::BOOL);
        let both = Expr {
            kind: ExprKind::And(Box::new(self.is_set(a.clone())), Box::new(self.is_set(b.clone()))),
            ty: ty.clone(),
            place,
        };
        let both = Expr { kind: ExprKind::And(Box::new(both), Box::new(compared)), ty: ty.clone(), place };
        let one = match &a.ty {
            Type::Record(record) if op == CmpOp::Eq => {
                let none = none_as(record, place);
                let neither = Expr {
                    kind: ExprKind::And(Box::new(same(a.clone(), none.clone())), Box::new(same(b.clone(), none))),
                    ty: ty.clone(),
                    place,
                };
                Expr { kind: ExprKind::Or(Box::new(neither), Box::new(both)), ty, place }
            }
            _ => both,
        };
        Ok(shared.around(one))
    }
}

/// Whether comparing all fields of a value would come back to a class that is being compared.
pub(super) fn holds_itself(ty: &Type, around: &mut Vec<std::sync::Arc<nopython_types::Class>>) -> bool {
    match ty {
        Type::Tuple(items) => items.iter().any(|item| holds_itself(item, around)),
        Type::Record(record) if around.contains(&record.class) => true,
        Type::Record(record) if !record.class.library => {
            around.push(std::sync::Arc::clone(&record.class));
            let found = record.class.fields().iter().any(|(_, ty)| holds_itself(ty, around));
            around.pop();
            found
        }
        _ => false,
    }
}
