//! Ranges: records of the library whose methods are functions of `library/python/range.py`.
//!
//! The class of a range whose step is known to be 1 has `None` as its argument, and that of any other has `int`. A range of the first class
//! fits where one of the second is expected, since both have the same fields.

use super::super::body::Body;
use super::super::share::Shared;
use super::super::{Answer, Stop, ops};
use crate::value::Val;
use nopython_diagnostics::codes;
use nopython_ir::ops::BinOp;
use nopython_ir::typed::{Expr, ExprKind};
use nopython_types::{Class, DType, Exception, Record, Scalar, Type};
use ruff_python_ast as ast;
use std::sync::Arc;

/// The type of ranges with a step of a type: `Type::None` stands for 1.
pub fn range_type(step: Type) -> Type {
    let class = Class::new("range".to_owned(), true, vec![step], true);
    class.set_fields(["start", "stop", "step"].map(|name| (name.to_owned(), Type::Scalar(Scalar::INT))).to_vec());
    Type::Record(Record { class: Arc::new(class), optional: false })
}

/// A value that is a range.
fn range_of(value: &Val) -> Option<&Expr> {
    match value {
        Val::Expr(e) if matches!(&e.ty, Type::Record(record) if record.class.is_range()) => Some(e),
        _ => None,
    }
}

/// Start, stop and step of a range. A display is taken apart; anything else is read several times.
fn parts(range: &Expr) -> Option<[Expr; 3]> {
    let Type::Record(record) = &range.ty else { return None };
    if let ExprKind::Record(values) = &range.kind {
        return values.clone().try_into().ok();
    }
    let place = range.place;
    let field = |k| Expr { kind: ExprKind::Field(Box::new(range.clone()), k), ty: Type::Scalar(Scalar::INT), place };
    let step = if record.class.args == [Type::None] { ops::int(1, place) } else { field(2) };
    Some([field(0), field(1), step])
}

impl Body<'_, '_> {
    /// `range(…)` as a value.
    pub(in super::super) fn range_value(&mut self, args: Vec<Val>, node: &ast::Expr) -> Answer<Val> {
        let args = args.into_iter().map(|arg| Ok((self.runtime(arg, node)?, node))).collect::<Answer<_>>()?;
        let (start, stop, step) = self.range_of_bounds(args, node)?;
        let place = self.place_of(node);
        let unit = ops::as_int(&step) == Some(1);
        let mut shared = Shared::default();
        let step = match ops::as_int(&step) {
            Some(step) if step != 0 => ops::int(step, place),
            _ => {
                let step = shared.read(self, step);
                let test = ops::binary(BinOp::Ne, step.clone(), ops::int(0, place), true, place);
                ops::checked(test, Exception::Value, "range() arg 3 must not be zero", step)
            }
        };
        let ty = range_type(if unit { Type::None } else { Type::Scalar(Scalar::INT) });
        Ok(Val::Expr(shared.around(Expr { kind: ExprKind::Record(vec![start, stop, step]), ty, place })))
    }

    /// The bounds of a range and its step, from the arguments of its call and where they stand.
    pub(in super::super) fn range_of_bounds(
        &self,
        args: Vec<(Expr, &ast::Expr)>,
        node: &ast::Expr,
    ) -> Answer<(Expr, Expr, Expr)> {
        let place = self.place_of(node);
        let mut bounds = Vec::new();
        for (value, e) in args {
            match &value.ty {
                Type::Scalar(s) if s.dtype.is_int() || s.dtype == DType::Bool => {
                    bounds.push(ops::cast_scalar(value, Scalar::INT));
                }
                other => {
                    let message = format!("range() takes integers, not {other}");
                    let diagnostic = self.error(e, codes::TYPE_MISMATCH, message, format!("this is {other}"));
                    return Err(Stop::error(diagnostic.hint("convert with int(...)")));
                }
            }
        }
        let mut bounds = bounds.into_iter();
        match (bounds.next(), bounds.next(), bounds.next(), bounds.next()) {
            (Some(stop), None, None, None) => Ok((ops::int(0, place), stop, ops::int(1, place))),
            (Some(start), Some(stop), step, None) => Ok((start, stop, step.unwrap_or(ops::int(1, place)))),
            _ => {
                let message = "range() takes 1 to 3 arguments";
                Err(Stop::error(self.error(node, codes::ARGUMENT_COUNT, message, "called here")))
            }
        }
    }

    /// Start, stop and step of a value that is a range, each of which may be read again.
    pub(in super::super) fn held_range(&mut self, value: &Val) -> Option<[Expr; 3]> {
        let e = self.not_none(range_of(value)?.clone(), "__iter__");
        let whole = if matches!(e.kind, ExprKind::Record(_)) { e } else { self.evaluated(e) };
        Some(parts(&whole)?.map(|part| self.named(part)))
    }

    /// A range as a list of its numbers.
    pub(in super::super) fn range_as_list(&mut self, value: &Val, node: &ast::Expr) -> Answer<Option<Val>> {
        let Some(range) = range_of(value) else { return Ok(None) };
        let range = self.not_none(range.clone(), "__iter__");
        let ty = Type::list(Type::Scalar(Scalar::INT));
        let out = Expr { kind: ExprKind::List(Vec::new()), ty, place: self.place_of(node) };
        self.library("range_items", vec![Val::Expr(range), Val::Expr(out)], node).map(Some)
    }
}
