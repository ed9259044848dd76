//! Targets of assignments.

use super::body::Body;
use super::ops;
use super::{Answer, Stop};
use crate::source::span;
use crate::value::Val;
use nopython_diagnostics::codes;
use nopython_ir::ops::BinOp;
use nopython_ir::typed::{Expr, ExprKind, Index, StmtKind};
use nopython_types::{Exception, Scalar, Type};
use ruff_python_ast as ast;

impl Body<'_, '_> {
    /// Assigns a value to a target.
    pub fn assign_target(&mut self, target: &ast::Expr, value: Val) -> Answer<()> {
        match target {
            ast::Expr::Name(name) => self.assign(name.id.as_str(), value, span(target)),
            ast::Expr::Tuple(t) => self.unpack(target, &t.elts, value),
            ast::Expr::List(t) => self.unpack(target, &t.elts, value),
            ast::Expr::Subscript(s) => {
                let array = self.expr(&s.value)?;
                if let (Some(_), Val::Expr(e)) = (super::records::record_of(&array), &array) {
                    return self.store_in_record(e.clone(), &s.slice, value, target);
                }
                if matches!(array, Val::List(..)) || super::lists::is_record(&array) {
                    return self.store_in_list(array, &s.slice, value, target);
                }
                self.store(array, &s.slice, value, target)
            }
            ast::Expr::Attribute(attribute) => {
                let object = self.expr(&attribute.value)?;
                match object {
                    Val::Expr(e) if super::structured::is_records(&e.ty) => {
                        let memory = self.named_field(e, attribute.attr.as_str(), target)?;
                        self.store_place(memory, value, target)
                    }
                    Val::Expr(object) => self.store_attribute(object, attribute.attr.as_str(), value, target),
                    other => {
                        let what = format!("assigning an attribute of {}", other.describe());
                        Err(self.unsupported(target, &what, "assign to a variable, or to elements: a[:] = ...; a named tuple with another value is p._replace(x=...)"))
                    }
                }
            }
            _ => Err(self.unsupported(target, "this assignment target", "assign to a name, an element or a slice")),
        }
    }

    fn unpack(&mut self, target: &ast::Expr, targets: &[ast::Expr], value: Val) -> Answer<()> {
        let value = match value {
            text if super::strings::is_text(&text) => self.text_library("str_items", vec![text], target)?,
            value => value,
        };
        let star = targets.iter().position(ast::Expr::is_starred_expr);
        if let (Some(star), Val::Expr(e)) = (star, &value)
            && matches!(e.ty, Type::List(_) | Type::Array(_))
        {
            let items = self.parts_around(e.clone(), targets, star, target)?;
            return targets.iter().zip(items).try_for_each(|(target, item)| match target {
                ast::Expr::Starred(starred) => self.assign_target(&starred.value, item),
                target => self.assign_target(target, item),
            });
        }
        let items = match value {
            Val::Tuple(items) | Val::List(items, _) => items,
            Val::Expr(e) => match &e.ty {
                Type::Tuple(types) => super::join::items(&e, types),
                Type::Structured(own) if own.ndim == 0 => {
                    let own = own.clone();
                    let e = self.named(e);
                    let fields = own.record.fields.iter().map(|f| self.field_attribute(e.clone(), &f.name, target));
                    fields.map(|field| field.map(Val::Expr)).collect::<Answer<Vec<_>>>()?
                }
                Type::List(_) => {
                    let list = self.named(e);
                    let length = self.list_length(list.clone());
                    self.check_length(&length, targets.len());
                    let at = |k: usize| ops::int(i64::try_from(k).unwrap_or(i64::MAX), list.place);
                    (0..targets.len()).map(|k| Val::Expr(self.list_item(list.clone(), at(k)))).collect()
                }
                Type::Array(_) | Type::Structured(_) => {
                    self.check_extent(&e, targets.len());
                    let at = |k: usize| ops::int(i64::try_from(k).unwrap_or(i64::MAX), e.place);
                    (0..targets.len())
                        .map(|k| self.index_array(e.clone(), vec![Index::At(at(k))], target).map(Val::Expr))
                        .collect::<Answer<Vec<_>>>()?
                }
                other => {
                    return Err(Stop::error(self.error(
                        target,
                        codes::TYPE_MISMATCH,
                        format!("cannot unpack {other}"),
                        format!("{} targets", targets.len()),
                    )));
                }
            },
            other => {
                let what = other.describe();
                return Err(Stop::error(self.error(
                    target,
                    codes::TYPE_MISMATCH,
                    format!("cannot unpack {what}"),
                    "unpacked here",
                )));
            }
        };
        if let Some(star) = star
            && items.len() + 1 >= targets.len()
        {
            return self.unpack_starred(targets, star, items);
        }
        if items.len() != targets.len() {
            let few = if items.len() > targets.len() { "too many" } else { "not enough" };
            let message = format!("{few} values to unpack (expected {}, got {})", targets.len(), items.len());
            return Err(Stop::error(self.error(target, codes::TYPE_MISMATCH, message, "unpacked here")));
        }
        targets.iter().zip(items).try_for_each(|(target, item)| self.assign_target(target, item))
    }

    /// What targets take of a list or an array of run time, the starred one a list.
    fn parts_around(&mut self, whole: Expr, targets: &[ast::Expr], star: usize, node: &ast::Expr) -> Answer<Vec<Val>> {
        let place = whole.place;
        let whole = self.named(whole);
        let is_list = matches!(whole.ty, Type::List(_));
        let length =
            if is_list { self.list_length(whole.clone()) } else { super::builtins::dimension(whole.clone(), 0) };
        let length = self.named(length);
        let int = |k: usize| ops::int(i64::try_from(k).unwrap_or(i64::MAX), place);
        let least = targets.len() - 1;
        for n in 0..least {
            let message = format!("not enough values to unpack (expected at least {least}, got {n})");
            self.raise_if(BinOp::Eq, &length, n, message);
        }
        let from_end = |k: usize| ops::binary(BinOp::Sub, length.clone(), int(targets.len() - k), true, place);
        let mut items = Vec::new();
        for k in 0..targets.len() {
            let index = if k < star { int(k) } else { from_end(k) };
            items.push(if k == star {
                let (start, stop) = (int(star), self.named(from_end(k + 1)));
                if is_list {
                    let bounds = vec![Val::Expr(whole.clone()), Val::Expr(start), Val::Expr(stop), Val::NONE];
                    self.library("list_slice", bounds, node)?
                } else {
                    let index = vec![Index::Slice { start: Some(start), stop: Some(stop), step: None }];
                    let rest = self.index_array(whole.clone(), index, node)?;
                    self.list_from(Some(Val::Expr(rest)), targets.get(star).unwrap_or(node))?
                }
            } else if is_list {
                Val::Expr(self.list_item(whole.clone(), index))
            } else {
                Val::Expr(self.index_array(whole.clone(), vec![Index::At(index)], node)?)
            });
        }
        // All parts are taken before the first target is assigned.
        Ok(items.into_iter().map(|item| self.settle(item)).collect())
    }

    /// Raises if a length compares so with a number.
    fn raise_if(&mut self, op: BinOp, length: &Expr, n: usize, message: String) {
        let place = length.place;
        let n = ops::int(i64::try_from(n).unwrap_or(i64::MAX), place);
        let kind = StmtKind::Raise { exception: Exception::Value, message, numbers: Vec::new() };
        let then = vec![nopython_ir::typed::Stmt { kind, place }];
        let test = ops::binary(op, length.clone(), n, true, place);
        self.emit(StmtKind::If { test, then, orelse: Vec::new() }, place);
    }

    /// Unpacking an array raises unless it has as many items as there are targets.
    fn check_extent(&mut self, array: &Expr, targets: usize) {
        let place = array.place;
        // The rows of an array have one length, which does not change in a loop over them.
        let (array, axis) = match &array.kind {
            ExprKind::View { array, index } if index.iter().all(|e| matches!(e, Index::At(_))) => {
                (&**array, u8::try_from(index.len()).unwrap_or(u8::MAX))
            }
            _ => (array, 0),
        };
        let int = Type::Scalar(Scalar::INT);
        let length = Expr { kind: ExprKind::Dim(Box::new(array.clone()), axis), ty: int, place };
        self.check_length(&length, targets);
    }

    /// Raises unless a length is the number of targets.
    fn check_length(&mut self, length: &Expr, targets: usize) {
        let place = length.place;
        let raise = |op, n: usize, message: String| {
            let n = ops::int(i64::try_from(n).unwrap_or(i64::MAX), place);
            let kind = StmtKind::Raise { exception: Exception::Value, message, numbers: Vec::new() };
            let then = vec![nopython_ir::typed::Stmt { kind, place }];
            let test = ops::binary(op, length.clone(), n, true, place);
            nopython_ir::typed::Stmt { kind: StmtKind::If { test, then, orelse: Vec::new() }, place }
        };
        let few = |n| raise(BinOp::Eq, n, format!("not enough values to unpack (expected {targets}, got {n})"));
        let many = raise(BinOp::Gt, targets, format!("too many values to unpack (expected {targets})"));
        let then = std::iter::once(many).chain((0..targets).map(few)).collect();
        let wanted = ops::int(i64::try_from(targets).unwrap_or(i64::MAX), place);
        let test = ops::binary(BinOp::Ne, length.clone(), wanted, true, place);
        self.emit(StmtKind::If { test, then, orelse: Vec::new() }, place);
    }

    /// `first, *rest, last = items`: the starred name takes what the others leave, as a list.
    fn unpack_starred(&mut self, targets: &[ast::Expr], star: usize, items: Vec<Val>) -> Answer<()> {
        let taken = (items.len() + 1).saturating_sub(targets.len());
        let mut items = items.into_iter();
        for (k, target) in targets.iter().enumerate() {
            match target {
                ast::Expr::Starred(starred) if k == star => {
                    let rest = Val::List(items.by_ref().take(taken).collect(), Some(span(starred).start));
                    self.assign_target(&starred.value, rest)?;
                }
                target => {
                    let Some(item) = items.next() else { return Ok(()) };
                    self.assign_target(target, item)?;
                }
            }
        }
        Ok(())
    }
}
