//! Items of lists: read, stored, deleted, and put at the end.

use super::super::body::Body;
use super::super::{Answer, Stop, ops};
use super::{as_list_of, is_record, item_type, join_items};
use crate::value::Val;
use nopython_diagnostics::codes;
use nopython_ir::typed::{Expr, ExprKind, StmtKind};
use nopython_types::{Scalar, Type};
use ruff_python_ast::{self as ast, Operator};

impl Body<'_, '_> {
    /// The number of items.
    pub fn list_length(&self, list: Expr) -> Expr {
        let place = list.place;
        Expr { kind: ExprKind::ListLength(Box::new(list)), ty: Type::Scalar(Scalar::INT), place }
    }

    /// The item at an index.
    pub fn list_item(&self, list: Expr, index: Expr) -> Expr {
        let (place, ty) = (index.place, item_type(&list.ty).cloned().unwrap_or(Type::None));
        Expr { kind: ExprKind::ListItem(Box::new(list), Box::new(ops::cast_scalar(index, Scalar::INT))), ty, place }
    }

    /// The bounds of a slice.
    pub(in crate::infer) fn bounds(&mut self, slice: &ast::ExprSlice) -> Answer<Vec<Val>> {
        let mut bounds = Vec::new();
        for bound in [&slice.lower, &slice.upper, &slice.step] {
            bounds.push(match bound {
                None => Val::NONE,
                Some(e) => match self.expr(e)? {
                    Val::Expr(value) => Val::Expr(ops::cast_scalar(self.integer(value, e)?, Scalar::INT)),
                    other => other,
                },
            });
        }
        Ok(bounds)
    }

    fn list_index(&mut self, index: &ast::Expr) -> Answer<Expr> {
        let value = self.runtime_expr(index)?;
        if matches!(value.ty, Type::Scalar(s) if !s.dtype.is_float()) {
            return Ok(value);
        }
        let message = format!("list indices must be integers or slices, not {}", value.ty);
        let diagnostic = self.error(index, codes::TYPE_MISMATCH, message, format!("this is {}", value.ty));
        Err(Stop::error(diagnostic.hint("convert with int(...), or make an array: np.array(xs)[mask]")))
    }

    /// `list[index]`
    pub fn subscript_list(&mut self, list: Expr, index: &ast::Expr, node: &ast::Expr) -> Answer<Val> {
        if let ast::Expr::Slice(slice) = index {
            let mut args = vec![Val::Expr(list)];
            args.extend(self.bounds(slice)?);
            return self.library("list_slice", args, node);
        }
        let index = self.list_index(index)?;
        let place = self.place_of(node);
        Ok(Val::Expr(Expr { place, ..self.list_item(list, index) }))
    }

    /// `list[index] = value`
    pub fn store_in_list(&mut self, list: Val, index: &ast::Expr, value: Val, node: &ast::Expr) -> Answer<()> {
        let place = self.place_of(node);
        if let ast::Expr::Slice(slice) = index {
            let item = self.items_type(&value, node)?;
            let list = self.changed_list(list, item.as_ref(), node)?;
            self.widened(&list, item, node)?;
            // The value is evaluated before the list and the bounds.
            let value = self.items_for(&list, value, node)?;
            let value = self.settle(value);
            let mut args = vec![Val::Expr(list)];
            args.extend(self.bounds(slice)?);
            args.push(value);
            let call = self.library("list_store_slice", args, node)?;
            return self.evaluate_now(call, node);
        }
        let item = self.shared_list(value.clone(), node).ok().map(|e| e.ty);
        let list = self.changed_list(list, item.as_ref(), node)?;
        let value = self.item_for(&list, value, node)?;
        let index = ops::cast_scalar(self.list_index(index)?, Scalar::INT);
        self.emit(StmtKind::ListStore { list, index, value }, place);
        Ok(())
    }

    /// `list[index] op= value`
    pub fn update_list(
        &mut self,
        list: Val,
        index: &ast::Expr,
        op: Operator,
        value: &ast::Expr,
        node: &ast::Expr,
    ) -> Answer<()> {
        let place = self.place_of(node);
        if index.is_slice_expr() {
            return Err(self.unsupported(node, "changing a slice of a list in place", "loop over its indices"));
        }
        let list = self.changed_list(list, None, node)?;
        let list = self.named(list);
        let index = ops::cast_scalar(self.list_index(index)?, Scalar::INT);
        let index = self.named(index);
        let old = Expr { place, ..self.list_item(list.clone(), index.clone()) };
        let value = self.expr(value)?;
        if is_record(&Val::Expr(old.clone())) && op == Operator::Add {
            return self.extend(Val::Expr(old), value, node);
        }
        let result = self.operator(op, Val::Expr(old), value, node)?;
        let value = self.item_for(&list, result, node)?;
        self.emit(StmtKind::ListStore { list, index, value }, place);
        Ok(())
    }

    /// `del list[index]`
    pub fn delete_from_list(&mut self, list: Val, index: &ast::Expr, node: &ast::Expr) -> Answer<()> {
        let list = self.changed_list(list, None, node)?;
        let call = match index {
            ast::Expr::Slice(slice) => {
                let mut args = vec![Val::Expr(list)];
                args.extend(self.bounds(slice)?);
                self.library("list_delete_slice", args, node)?
            }
            index => {
                let index = self.list_index(index)?;
                self.library("list_delete", vec![Val::Expr(list), Val::Expr(index)], node)?
            }
        };
        self.evaluate_now(call, node)
    }

    /// A call that is evaluated for what it does.
    pub(in super::super) fn evaluate_now(&mut self, call: Val, node: &ast::Expr) -> Answer<()> {
        if let Val::Expr(e) = call {
            let place = self.place_of(node);
            self.emit(StmtKind::Expr(e), place);
        }
        Ok(())
    }

    /// The type of the items of what a list is made from or extended by.
    pub(in super::super) fn items_type(&mut self, value: &Val, node: &ast::Expr) -> Answer<Option<Type>> {
        Ok(match value {
            Val::Tuple(items) | Val::List(items, _) => {
                let items = items.iter().map(|v| self.shared_list(v.clone(), node)).collect::<Answer<Vec<_>>>()?;
                items.iter().try_fold(Type::None, |ty, e| join_items(&ty, &e.ty))
            }
            Val::Expr(e) => match &e.ty {
                Type::List(item) => Some((**item).clone()),
                Type::Record(_) => super::super::records::args_of(&e.ty).and_then(|args| args.first().cloned()),
                Type::Tuple(types) => types.iter().try_fold(Type::None, |ty, item| join_items(&ty, item)),
                Type::Array(a) if a.ndim == 1 => Some(Type::Scalar(Scalar::strong(a.dtype))),
                Type::Array(a) => Some(Type::Array(nopython_types::ArrayType { ndim: a.ndim - 1, ..*a })),
                _ => None,
            },
            Val::Static(_) => None,
        })
    }

    /// Refuses items of a type that a list does not take, or starts again with a list that does.
    pub(super) fn widened(&mut self, list: &Expr, item: Option<Type>, node: &ast::Expr) -> Answer<()> {
        let (Some(own), Some(item)) = (item_type(&list.ty).cloned(), item) else { return Ok(()) };
        if item == Type::None || join_items(&own, &item).as_ref() == Some(&own) {
            return Ok(());
        }
        self.widen_items(list, &item);
        Err(self.no_item(&own, &item, node))
    }

    /// What is put into a list: items known one by one, or none at all, as a list of items of the same type.
    pub(super) fn items_for(&mut self, list: &Expr, items: Val, node: &ast::Expr) -> Answer<Val> {
        let Some(item) = item_type(&list.ty).cloned() else { return Ok(items) };
        let items = match items {
            Val::Tuple(items) | Val::List(items, _) => items,
            Val::Expr(e) if e.ty == Type::list(Type::None) => Vec::new(),
            other => return Ok(other),
        };
        let items = items.into_iter().map(|v| self.shared_list(v, node)).collect::<Answer<Vec<_>>>()?;
        let made = Expr { kind: ExprKind::List(items), ty: Type::list(Type::None), place: self.place_of(node) };
        as_list_of(made, &item, false).map(Val::Expr).ok_or_else(|| self.no_item(&item, &item, node))
    }

    /// `list += items`, and the method `extend`
    pub fn extend(&mut self, list: Val, items: Val, node: &ast::Expr) -> Answer<()> {
        let items = self.listed(items, node)?;
        let Some(item) = self.items_type(&items, node)? else {
            let message = format!("{} is not iterable", items.describe());
            return Err(Stop::error(self.error(node, codes::TYPE_MISMATCH, message, "here")));
        };
        let list = self.changed_list(list, Some(&item), node)?;
        self.widened(&list, Some(item), node)?;
        let items = self.items_for(&list, items, node)?;
        let call = self.library("list_extend", vec![Val::Expr(list), items], node)?;
        self.evaluate_now(call, node)
    }
}
