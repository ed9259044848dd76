//! Where paths meet: the common type, and the conversions on the edges.

use super::body::{Bind, Body, Env};
use super::doubt::{Question, is_none};
use super::ops;
use crate::value::Val;
use nopython_ir::Const;
use nopython_ir::ops::BinOp;
use nopython_ir::typed::{Expr, ExprKind, Place, Stmt, StmtKind, VarId};
use nopython_types::{ArrayType, DType, Exception, Items, Layout, Scalar, Type, join_scalars};

/// The type of a variable that is `a` on one path and `b` on another, if there is one.
pub fn join_types(a: &Type, b: &Type) -> Option<Type> {
    match (a, b) {
        (a, b) if a == b => Some(a.clone()),
        (Type::Scalar(a), Type::Scalar(b)) => Some(Type::Scalar(join_scalars(*a, *b))),
        (Type::Array(a), Type::Array(b)) if a.dtype == b.dtype && a.ndim == b.ndim => {
            Some(Type::Array(ArrayType { layout: Layout::Any, ..*a }))
        }
        (Type::Structured(a), Type::Structured(b)) if a.record == b.record && a.ndim == b.ndim => {
            Some(super::structured::records_type(&a.record, a.ndim, Layout::Any))
        }
        (Type::List(a), Type::List(b)) => super::lists::join_items(a, b).map(Type::list),
        (Type::Record(a), Type::Record(b)) if a.class == b.class => Some(Type::Record(a.or_none())),
        (Type::Record(a), Type::Record(b)) if a.class.library && a.class.key_name() == b.class.key_name() => {
            if a.class.is_range() {
                return Some(super::records::range_type(Type::Scalar(Scalar::INT)));
            }
            let args = a.class.args.iter().zip(&b.class.args).map(|(a, b)| super::lists::join_items(a, b));
            Some(super::records::container(&a.class.name, args.collect::<Option<_>>()?))
        }
        (Type::Record(record), Type::None) | (Type::None, Type::Record(record)) => Some(Type::Record(record.or_none())),
        (Type::Tuple(a), Type::Tuple(b)) if a.len() == b.len() => {
            let names = a.names().filter(|names| b.names() == Some(names)).cloned();
            let types = a.iter().zip(b).map(|(a, b)| join_types(a, b)).collect::<Option<_>>()?;
            Some(Type::Tuple(Items::named(types, names)))
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

pub fn conversion(e: Expr, ty: &Type, narrow: bool) -> Option<Expr> {
    match (&e.ty, ty) {
        (own, ty) if own == ty => Some(e),
        (_, ty) if ty.as_optional().is_some() => super::optional::as_optional(e, ty, narrow),
        (Type::Scalar(from), Type::Scalar(to)) => {
            // A complex number becomes no real one, even where that is declared.
            if from.dtype.is_complex() && !to.dtype.is_complex() {
                return None;
            }
            let narrowing = from.dtype.is_float() && !to.dtype.is_float() && !to.dtype.is_complex();
            if !narrow && !narrowing && from.weak && *to == Scalar::strong(DType::UInt64) {
                return to_unsigned(e);
            }
            (narrow || !narrowing).then(|| ops::cast_scalar(e, *to))
        }
        (Type::Array(own), Type::Array(to)) => {
            (own.dtype == to.dtype && own.ndim == to.ndim && to.layout == Layout::Any).then_some(e)
        }
        (Type::Structured(own), Type::Structured(to)) => {
            (own.record == to.record && own.ndim == to.ndim && to.layout == Layout::Any).then_some(e)
        }
        (Type::List(_), Type::List(to)) => super::lists::as_list_of(e, to, narrow),
        (Type::Record(own), Type::Record(to)) if own.fits(to) => Some(e),
        // A container that nothing knows yet is made with other types.
        (Type::Record(own), Type::Record(to))
            if own.class.is_container() && own.class.key_name() == to.class.key_name() =>
        {
            let ExprKind::Record(values) = e.kind else { return None };
            let values =
                values.into_iter().zip(to.class.fields()).map(|(value, (_, ty))| conversion(value, ty, narrow));
            Some(Expr { kind: ExprKind::Record(values.collect::<Option<_>>()?), ty: ty.clone(), place: e.place })
        }
        (Type::None, Type::Record(to)) if to.optional => {
            matches!(e.kind, ExprKind::NoneValue).then(|| super::records::none_as(to, e.place))
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

/// A Python int where its variable is uint64: what is negative is none, or raises if that is not known before. Values that are
/// not cheap to read twice must be named by the caller.
fn to_unsigned(e: Expr) -> Option<Expr> {
    let to = Scalar::strong(DType::UInt64);
    match ops::as_int(&e) {
        Some(v) if v < 0 => None,
        None if super::exprs::is_simple(&e) && !super::exprs::is_bool(&e) => {
            let test = ops::binary(BinOp::Ge, e.clone(), ops::int(0, e.place), true, e.place);
            let message = "Python integer out of bounds for uint64";
            Some(ops::checked(test, Exception::Overflow, message, ops::cast_scalar(e, to)))
        }
        Some(_) | None => Some(ops::cast_scalar(e, to)),
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

/// The items of a tuple value, whose types these are.
pub fn items(tuple: &Expr, types: &[Type]) -> Vec<Val> {
    types.iter().enumerate().map(|(k, ty)| Val::Expr(item(tuple, k, ty))).collect()
}

/// A binding that only one of two paths makes.
fn half_bound(mut bind: Bind) -> Bind {
    match &mut bind {
        Bind::Var { doubt, .. } => doubt.unbound = true,
        Bind::Val(value) if value.holds_function() => {
            let unset = ("not assigned".to_owned(), nopython_diagnostics::Span::default());
            return Bind::Conflict(Box::new([(value.describe(), value_span(value)), unset]));
        }
        Bind::Val(_) | Bind::Conflict(_) => {}
    }
    bind
}

impl Body<'_, '_> {
    /// The environment after two branches, whose ends get the conversions that are needed.
    pub fn join(&mut self, a: (Env, &mut Vec<Stmt>), b: (Env, &mut Vec<Stmt>), place: Place) -> Env {
        let (left, left_out) = a;
        let (right, right_out) = b;
        // Both are in the order of names.
        let mut right = right.into_iter().peekable();
        let mut joined = Env::new();
        for (name, x) in left {
            while let Some((other, y)) = right.next_if(|(other, _)| *other < name) {
                joined.insert(other, half_bound(y));
            }
            let bind = match right.next_if(|(other, _)| *other == name) {
                None => half_bound(x),
                Some((_, y)) => self.join_binds(&name, x, y, left_out, right_out, place),
            };
            joined.insert(name, bind);
        }
        joined.extend(right.map(|(name, y)| (name, half_bound(y))));
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
        self.unify(&x, &y);
        match (x, y) {
            (Bind::Var { var: a, known: c, doubt, at }, Bind::Var { var: b, known: d, doubt: more, at: other }) => {
                let doubt = doubt.or(more);
                if a == b {
                    return Bind::Var { var: a, known: c.filter(|_| c == d), doubt, at };
                }
                let (ta, tb) = (self.type_of(a), self.type_of(b));
                let Some(ty) = join_types(&ta, &tb) else {
                    return Bind::Conflict(Box::new([(ta.to_string(), at), (tb.to_string(), other)]));
                };
                let var = self.var(name, &ty);
                for (from, known, out) in [(a, c, left), (b, d, right)] {
                    if from == var {
                        continue;
                    }
                    let Some(value) = coerce(self.read_known(from, known, place), &ty) else {
                        return Bind::Conflict(Box::new([(ta.to_string(), at), (tb.to_string(), other)]));
                    };
                    out.push(Stmt { kind: StmtKind::Assign(var, value), place });
                }
                Bind::Var { var, known: None, doubt, at }
            }
            (Bind::Var { var, doubt, at, .. }, none) if is_none(&none) && self.is_record(var) => {
                self.join_none(name, var, (doubt, at), [left, right], place)
            }
            (none, Bind::Var { var, doubt, at, .. }) if is_none(&none) && self.is_record(var) => {
                self.join_none(name, var, (doubt, at), [right, left], place)
            }
            (Bind::Var { var, mut doubt, at, .. }, none) | (none, Bind::Var { var, mut doubt, at, .. })
                if is_none(&none) && self.may_be_none(name, var) =>
            {
                doubt.none = true;
                Bind::Var { var, known: None, doubt, at }
            }
            (x, y) if x == y => x,
            (x, y) if let Some((var, at)) = self.join_texts(name, &x, &y, left, right, place) => {
                Bind::Var { var, known: None, doubt: Default::default(), at }
            }
            (Bind::Conflict(c), _) | (_, Bind::Conflict(c)) => Bind::Conflict(c),
            (x, y) => Bind::Conflict(Box::new([self.describe(&x), self.describe(&y)])),
        }
    }

    /// Whether a variable holds a record.
    pub fn is_record(&self, var: VarId) -> bool {
        matches!(self.type_of(var), Type::Record(_))
    }

    /// A record on one path, and `None` on another.
    fn join_none(
        &mut self,
        name: &str,
        from: VarId,
        (doubt, at): (super::doubt::Doubt, nopython_diagnostics::Span),
        [held, none]: [&mut Vec<Stmt>; 2],
        place: Place,
    ) -> Bind {
        let Type::Record(record) = self.type_of(from) else {
            return Bind::Var { var: from, known: None, doubt, at };
        };
        let var = self.var(name, &Type::Record(record.or_none()));
        if var != from {
            held.push(Stmt { kind: StmtKind::Assign(var, self.read(from, place)), place });
        }
        let kind = StmtKind::Assign(var, super::records::none_as(&record, place));
        none.push(Stmt { kind, place });
        Bind::Var { var, known: None, doubt, at }
    }

    /// Two values of which one is known while compiling and holds strings, as a variable.
    fn join_texts(
        &mut self,
        name: &str,
        x: &Bind,
        y: &Bind,
        left: &mut Vec<Stmt>,
        right: &mut Vec<Stmt>,
        place: Place,
    ) -> Option<(VarId, nopython_diagnostics::Span)> {
        let known = [x, y].map(|bind| self.text_of_bind(bind, place));
        if known.iter().all(Option::is_none) {
            return None;
        }
        let mut at = super::body::place_span(place);
        let mut values = Vec::new();
        for (bind, known) in [x, y].into_iter().zip(known) {
            values.push(match (bind, known) {
                (_, Some(known)) => known,
                (Bind::Var { var, doubt, at: own, .. }, None) if *doubt == Default::default() => {
                    at = *own;
                    self.read(*var, place)
                }
                _ => return None,
            });
        }
        let ty = values.iter().map(|e| Some(e.ty.clone())).reduce(|a, b| join_types(&a?, &b?)).flatten()?;
        let var = self.var(name, &ty);
        for (value, out) in values.into_iter().zip([left, right]) {
            if value.kind != ExprKind::Var(var) {
                out.push(Stmt { kind: StmtKind::Assign(var, coerce(value, &ty)?), place });
            }
        }
        Some((var, at))
    }

    /// The value of a variable that may be known.
    pub fn read_known(&self, var: VarId, known: Option<Const>, place: Place) -> Expr {
        match (known, self.type_of(var)) {
            (Some(c), Type::Scalar(s)) => ops::constant(c, s.weak, place),
            _ => self.read(var, place),
        }
    }

    /// Whether a variable of a name may stand for None too: it has a flag.
    pub fn may_be_none(&self, name: &str, var: VarId) -> bool {
        self.has_flag(name, Question::NotNone) && self.type_of(var) != Type::None
    }

    /// What a binding is, and where it was made.
    pub fn describe(&self, bind: &Bind) -> (String, nopython_diagnostics::Span) {
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
        Val::Tuple(items) | Val::List(items, _) => items.first().map(value_span).unwrap_or_default(),
        Val::Static(_) => nopython_diagnostics::Span::default(),
    }
}
