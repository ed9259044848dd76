//! Where paths meet: the common type, and the conversions on the edges.

use super::body::{Bind, Body, Env};
use super::ops;
use crate::value::Val;
use nopython_ir::typed::{Expr, ExprKind, Place, Stmt, StmtKind};
use nopython_types::{ArrayType, Layout, Type, join_scalars};

/// The type of a variable that is `a` on one path and `b` on another, if there is one.
pub fn join_types(a: &Type, b: &Type) -> Option<Type> {
    match (a, b) {
        (a, b) if a == b => Some(a.clone()),
        (Type::Scalar(a), Type::Scalar(b)) => Some(Type::Scalar(join_scalars(*a, *b))),
        (Type::Array(a), Type::Array(b)) if a.dtype == b.dtype && a.ndim == b.ndim => {
            Some(Type::Array(ArrayType { layout: Layout::Any, ..*a }))
        }
        (Type::Tuple(a), Type::Tuple(b)) if a.len() == b.len() => {
            a.iter().zip(b).map(|(a, b)| join_types(a, b)).collect::<Option<Vec<_>>>().map(Type::Tuple)
        }
        _ => None,
    }
}

/// A value converted to a type that it joins to.
pub fn coerce(e: Expr, ty: &Type) -> Option<Expr> {
    conversion(e, ty, false)
}

/// A value converted to a declared type, to which any number is cast.
pub fn coerce_declared(e: Expr, ty: &Type) -> Option<Expr> {
    conversion(e, ty, true)
}

fn conversion(e: Expr, ty: &Type, narrow: bool) -> Option<Expr> {
    match (&e.ty, ty) {
        (own, ty) if own == ty => Some(e),
        (Type::Scalar(from), Type::Scalar(to)) => {
            let narrowing = from.dtype.is_float() && !to.dtype.is_float();
            (narrow || !narrowing).then(|| ops::cast_scalar(e, *to))
        }
        (Type::Array(own), Type::Array(to)) => {
            (own.dtype == to.dtype && own.ndim == to.ndim && to.layout == Layout::Any).then_some(e)
        }
        (Type::Tuple(own), Type::Tuple(to)) if own.len() == to.len() => {
            let place = e.place;
            let items = match e.kind {
                ExprKind::Tuple(items) => items,
                _ => (0..own.len()).zip(own).map(|(k, ty)| item(&e, k, ty)).collect(),
            };
            let items =
                items.into_iter().zip(to).map(|(item, to)| conversion(item, to, narrow)).collect::<Option<Vec<_>>>()?;
            Some(Expr { kind: ExprKind::Tuple(items), ty: ty.clone(), place })
        }
        _ => None,
    }
}

/// An item of a tuple value.
pub fn item(tuple: &Expr, index: usize, ty: &Type) -> Expr {
    if let ExprKind::Tuple(items) = &tuple.kind
        && let Some(item) = items.get(index)
    {
        return item.clone();
    }
    Expr { kind: ExprKind::TupleItem(Box::new(tuple.clone()), index), ty: ty.clone(), place: tuple.place }
}

impl Body<'_, '_> {
    /// The environment after two branches, whose ends get the conversions that are needed.
    pub fn join(&mut self, a: (Env, &mut Vec<Stmt>), b: (Env, &mut Vec<Stmt>), place: Place) -> Env {
        let (left, left_out) = a;
        let (mut right, right_out) = b;
        let mut joined = Env::new();
        for (name, x) in left {
            let bind = match right.remove(&name) {
                // Bound on one path only: as in Python, using it is the program's risk.
                None => x,
                Some(y) => self.join_binds(&name, x, y, left_out, right_out, place),
            };
            joined.insert(name, bind);
        }
        joined.extend(right);
        joined
    }

    fn join_binds(
        &mut self,
        name: &str,
        x: Bind,
        y: Bind,
        left: &mut Vec<Stmt>,
        right: &mut Vec<Stmt>,
        place: Place,
    ) -> Bind {
        match (x, y) {
            (Bind::Var { var: a, known: c, at }, Bind::Var { var: b, known: d, at: other }) => {
                if a == b {
                    return Bind::Var { var: a, known: c.filter(|_| c == d), at };
                }
                let (ta, tb) = (self.type_of(a), self.type_of(b));
                let Some(ty) = join_types(&ta, &tb) else {
                    return Bind::Conflict(Box::new([(ta.to_string(), at), (tb.to_string(), other)]));
                };
                let var = self.var(name, &ty);
                for (from, out) in [(a, left), (b, right)] {
                    if from != var
                        && let Some(value) = coerce(self.read(from, place), &ty)
                    {
                        out.push(Stmt { kind: StmtKind::Assign(var, value), place });
                    }
                }
                Bind::Var { var, known: None, at }
            }
            (x, y) if x == y => x,
            (Bind::Conflict(c), _) | (_, Bind::Conflict(c)) => Bind::Conflict(c),
            (x, y) => Bind::Conflict(Box::new([self.describe(&x), self.describe(&y)])),
        }
    }

    fn describe(&self, bind: &Bind) -> (String, nopython_diagnostics::Span) {
        match bind {
            Bind::Var { var, at, .. } => (self.type_of(*var).to_string(), *at),
            Bind::Val(value) => (value.describe(), value_span(value)),
            Bind::Conflict(sides) => {
                let [first, _] = &**sides;
                first.clone()
            }
        }
    }
}

fn value_span(value: &Val) -> nopython_diagnostics::Span {
    match value {
        Val::Expr(e) => super::body::place_span(e.place),
        Val::Tuple(items) | Val::List(items) => items.first().map(value_span).unwrap_or_default(),
        Val::Static(_) => nopython_diagnostics::Span::default(),
    }
}
