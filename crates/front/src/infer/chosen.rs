//! An item of a tuple at an index of run time, whatever the items are.

use super::body::Body;
use super::join::{coerce, join_types};
use super::{Answer, ops};
use crate::value::Val;
use nopython_ir::ops::BinOp;
use nopython_ir::typed::{Expr, ExprKind, Stmt, StmtKind};
use nopython_types::{Exception, Type};
use ruff_python_ast as ast;

impl Body<'_, '_> {
    /// The item at an index, which raises `IndexError` outside of them. Nothing where statements cannot stand before the expression, or where
    /// [`Self::chosen`] gives nothing.
    pub(super) fn chosen_at(
        &mut self,
        kind: &str,
        items: Vec<Val>,
        index: Expr,
        node: &ast::Expr,
    ) -> Answer<Option<Val>> {
        if self.guarded > 0 || self.expanding > 0 {
            return Ok(None);
        }
        let place = index.place;
        let count = i64::try_from(items.len()).unwrap_or(i64::MAX);
        let items: Vec<Val> = items.into_iter().map(|item| self.settle(item)).collect();
        let index = self.named(index);
        let compare = |op, k: &Expr, limit: i64| ops::binary(op, k.clone(), ops::int(limit, place), true, place);
        let negative = compare(BinOp::Lt, &index, 0);
        let from_end = ops::binary(BinOp::Add, index.clone(), ops::int(count, place), true, place);
        let k = self.choice(negative, from_end, index, node)?;
        let k = self.named(k);
        let (below, above) = (compare(BinOp::Lt, &k, 0), compare(BinOp::Ge, &k, count));
        let outside = self.arithmetic(BinOp::Or, below, above, false, node)?;
        let message = format!("{kind} index out of range");
        let raise = StmtKind::Raise { exception: Exception::Index, message, numbers: Vec::new() };
        let then = vec![Stmt { kind: raise, place }];
        self.emit(StmtKind::If { test: outside, then, orelse: Vec::new() }, place);
        self.chosen(&items, &k, node)
    }

    /// Item `k`, which there is, of items of one type, but for the layouts of arrays; tuples item by item. Nothing if they are of several types.
    pub(super) fn chosen(&mut self, items: &[Val], k: &Expr, node: &ast::Expr) -> Answer<Option<Val>> {
        if let Some(Val::Tuple(first)) = items.first() {
            let mut columns = Vec::new();
            for column in 0..first.len() {
                let rows = items.iter().map(|item| match item {
                    Val::Tuple(row) if row.len() == first.len() => row.get(column).cloned(),
                    _ => None,
                });
                let Some(parts) = rows.collect::<Option<Vec<_>>>() else { return Ok(None) };
                let Some(chosen) = self.chosen(&parts, k, node)? else { return Ok(None) };
                columns.push(chosen);
            }
            return Ok(Some(Val::Tuple(columns)));
        }
        let items = items.iter().map(|item| self.runtime(item.clone(), node)).collect::<Answer<Vec<_>>>()?;
        let Some(ty) = common_type(&items) else { return Ok(None) };
        let value = match &ty {
            Type::Scalar(_) | Type::Str => self.one_by_choices(items, k, node)?,
            _ => self.one_by_branches(items, &ty, k),
        };
        Ok(value.map(Val::Expr))
    }

    /// The item at an index, where statements cannot stand before the expression: that of a list of them.
    pub(super) fn listed_item(&mut self, items: Vec<Expr>, index: &Expr) -> Option<Expr> {
        let (ty, place) = (common_type(&items)?, index.place);
        let items = items.into_iter().map(|item| coerce(item, &ty)).collect::<Option<Vec<_>>>()?;
        let list = Expr { kind: ExprKind::List(items), ty: Type::list(ty), place };
        Some(Expr { place, ..self.list_item(list, index.clone()) })
    }

    /// Item `k` as a chain of choices, which evaluate no statements.
    fn one_by_choices(&mut self, items: Vec<Expr>, k: &Expr, node: &ast::Expr) -> Answer<Option<Expr>> {
        let mut value: Option<Expr> = None;
        for (at, item) in items.into_iter().enumerate().rev() {
            value = Some(match value {
                None => item,
                Some(rest) => self.choice(is_at(k, at), item, rest, node)?,
            });
        }
        Ok(value)
    }

    /// Item `k` as a variable that a chain of `if`s assigns.
    fn one_by_branches(&mut self, items: Vec<Expr>, ty: &Type, k: &Expr) -> Option<Expr> {
        let place = k.place;
        let var = self.temporary("item", ty);
        let mut chain: Option<Vec<Stmt>> = None;
        for (at, item) in items.into_iter().enumerate().rev() {
            let then = vec![Stmt { kind: StmtKind::Assign(var, coerce(item, ty)?), place }];
            chain = Some(match chain {
                None => then,
                Some(orelse) => vec![Stmt { kind: StmtKind::If { test: is_at(k, at), then, orelse }, place }],
            });
        }
        self.out.extend(chain?);
        Some(self.read(var, place))
    }
}

fn is_at(k: &Expr, at: usize) -> Expr {
    let at = ops::int(i64::try_from(at).unwrap_or(i64::MAX), k.place);
    ops::binary(BinOp::Eq, k.clone(), at, true, k.place)
}

/// The type of some items: that of all of them; of arrays of several layouts that of any layout.
fn common_type(items: &[Expr]) -> Option<Type> {
    let mut types = items.iter().map(|item| &item.ty);
    let first = types.next()?.clone();
    types.try_fold(first, |so_far, ty| match (&so_far, ty) {
        (own, other) if own == other => Some(so_far),
        (Type::Array(a), Type::Array(b)) if a.dtype == b.dtype && a.ndim == b.ndim => join_types(&so_far, ty),
        _ => None,
    })
}
