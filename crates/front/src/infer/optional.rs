//! Results that are a value on one path and `None` on another.
//!
//! Such a result is a pair: whether there is a value, and the value, or in its place one that nobody reads ([`Type::or_none`]). A call takes the pair
//! apart. Its value is then one that may be None, as that of a name may be (`doubt.rs`): a comparison with `None` asks the flag, and any other use checks it.

use super::body::{Bind, Body};
use super::doubt::{Doubt, Question};
use super::join::{conversion, item, join_types};
use super::{Answer, ops};
use crate::value::Val;
use nopython_diagnostics::Span;
use nopython_ir::Const;
use nopython_ir::typed::{Expr, ExprKind, Place, StmtKind};
use nopython_types::{ArrayType, Exception, Layout, Type};
use ruff_python_ast as ast;

/// The type of a result that is `a` on one path and `b` on another, if there is one.
pub fn join_results(a: &Type, b: &Type) -> Option<Type> {
    match (a.as_optional(), b.as_optional()) {
        (None, None) => join_types(a, b).or_else(|| match (a, b) {
            (Type::None, other) | (other, Type::None) => {
                stand_in(other, Place::default()).map(|_| other.clone().or_none())
            }
            _ => None,
        }),
        (Some(inner), Some(other)) => Some(join_types(inner, other)?.or_none()),
        (Some(inner), None) | (None, Some(inner)) => {
            let other = if a.as_optional().is_some() { b } else { a };
            if *other == Type::None {
                return Some(inner.clone().or_none());
            }
            Some(join_types(inner, other)?.or_none())
        }
    }
}

/// A value of a type in the place of `None`; nothing for types that have no value which is cheap to make.
fn stand_in(ty: &Type, place: Place) -> Option<Expr> {
    let kind = match ty {
        Type::Scalar(scalar) => return Some(super::complex::zero(*scalar, place)),
        Type::Str => return Some(super::strings::literal("", place)),
        Type::Array(array) => {
            let ty = Type::Array(ArrayType { layout: Layout::C, ..*array });
            let kind = ExprKind::Empty(vec![ops::int(0, place); usize::from(array.ndim)]);
            return Some(Expr { kind, ty, place });
        }
        Type::List(_) => ExprKind::List(Vec::new()),
        Type::Tuple(items) => ExprKind::Tuple(items.iter().map(|ty| stand_in(ty, place)).collect::<Option<Vec<_>>>()?),
        Type::None | Type::Structured(_) | Type::Record(_) => return None,
    };
    Some(Expr { kind, ty: ty.clone(), place })
}

/// A value, None, or what may be either, as what may be either.
pub fn as_optional(e: Expr, ty: &Type, narrow: bool) -> Option<Expr> {
    let (inner, place) = (ty.as_optional()?, e.place);
    let known = |holds| ops::constant(Const::Bool(holds), true, place);
    let (holds, value) = match (&e.ty, &e.ty.as_optional()) {
        (Type::None, _) => (known(false), stand_in(inner, place)?),
        (Type::Tuple(types), Some(own)) => (item(&e, 0, types.first()?), item(&e, 1, own)),
        _ => (known(true), e),
    };
    let items = vec![ops::cast_scalar(holds, nopython_types::Scalar::BOOL), conversion(value, inner, narrow)?];
    Some(Expr { kind: ExprKind::Tuple(items), ty: ty.clone(), place })
}

impl Body<'_, '_> {
    /// What a call gives, of which the result may be None.
    pub(super) fn result_opened(&mut self, value: Val, node: &ast::Expr) -> Answer<Val> {
        let Val::Expr(call) = &value else { return Ok(value) };
        let Some(inner) = call.ty.as_optional().cloned() else { return Ok(value) };
        if self.guarded > 0 || self.expanding > 0 {
            let what = "a call whose result may be None, where it may not be evaluated,";
            return Err(self.unsupported(node, what, "call it in a statement of its own before"));
        }
        let place = call.place;
        let pair = self.evaluated(call.clone());
        let Type::Tuple(types) = &pair.ty else { return Ok(value) };
        let holds = item(&pair, 0, types.first().unwrap_or(&Type::None));
        Ok(Val::Expr(Expr { place, ..self.value_or_none(holds, item(&pair, 1, &inner)) }))
    }

    /// A value that is None unless a test holds, which is evaluated now.
    pub(super) fn value_or_none(&mut self, holds: Expr, value: Expr) -> Expr {
        let holds = self.evaluated(holds);
        if let ExprKind::Var(var) = holds.kind {
            self.opened.push(var);
        }
        ops::checked(holds, Exception::Type, "this is None here; compiled code takes and gives numbers", value)
    }

    /// Binds a name to a value that may be None. Tells whether the value is such.
    pub(super) fn assign_optional(&mut self, name: &str, value: &Val, at: Span) -> bool {
        let Val::Expr(e) = value else { return false };
        let Some((holds, value)) = self.optional(e).filter(|_| !self.library) else { return false };
        let (place, var) = (self.place(at), self.var(name, &value.ty));
        // The flag may be that of the name itself, which is read before it is written.
        let holds = self.evaluated(holds);
        self.emit(StmtKind::Assign(var, value), place);
        self.answer(name, Question::Bound, true, place);
        self.answer_with(name, Question::NotNone, holds);
        let doubt = Doubt { none: true, ..Doubt::default() };
        self.env.insert(name.to_owned(), Bind::Var { var, known: None, doubt, at });
        true
    }

    /// A value that is returned: one that may be None as what may be either, unless the declared result is a value.
    pub(super) fn returned_optional(&self, value: Expr) -> Expr {
        if self.library || self.declared && self.want.as_ref().is_some_and(|want| want.as_optional().is_none()) {
            return value;
        }
        match self.optional(&value) {
            Some((holds, inner)) if stand_in(&inner.ty, inner.place).is_some() => {
                let (ty, place) = (inner.ty.clone().or_none(), value.place);
                Expr { kind: ExprKind::Tuple(vec![holds, inner]), ty, place }
            }
            _ => value,
        }
    }
}
