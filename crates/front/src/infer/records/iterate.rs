//! Loops over dicts, sets and the views of dicts.

use super::super::body::Body;
use super::super::loops::Exit;
use super::super::{Answer, ops};
use super::{is_container, record_of};
use crate::value::{Static, Val};
use nopython_ir::Const;
use nopython_ir::ops::BinOp;
use nopython_ir::sorted::SortedSet;
use nopython_ir::typed::{Expr, ExprKind, StmtKind, VarId};
use nopython_types::{Scalar, Type};
use ruff_python_ast as ast;

/// What a loop over a container gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum View {
    /// Keys, or the items of a set.
    Keys,
    /// Values.
    Values,
    /// Both, as tuples.
    Items,
}

impl View {
    fn of(name: &str) -> View {
        match name {
            "values" => View::Values,
            "items" => View::Items,
            _ => View::Keys,
        }
    }
}

/// A container or a view of one, with what a loop over it gives.
pub fn iterated(value: &Val) -> Option<(Expr, View)> {
    match value {
        Val::Static(Static::View(container, name)) => match &**container {
            Val::Expr(e) => Some((e.clone(), View::of(name))),
            _ => None,
        },
        Val::Expr(e) if is_container(value) => Some((e.clone(), View::Keys)),
        _ => None,
    }
}

impl Body<'_, '_> {
    /// A range, a container or a view of one as a list of what a loop over it gives; other values as they are.
    pub(in super::super) fn listed(&mut self, value: Val, node: &ast::Expr) -> Answer<Val> {
        if let Some(list) = self.range_as_list(&value, node)? {
            return Ok(list);
        }
        let Some((e, view)) = iterated(&value) else { return Ok(value) };
        let Some(record) = record_of(&Val::Expr(e.clone())).cloned() else { return Ok(value) };
        let class = record.class.name.as_str();
        if record.class.args.contains(&Type::None) {
            return Err(self.not_known_yet(class, node));
        }
        let e = self.not_none(e, "__iter__");
        let what = match view {
            View::Keys => "keys",
            View::Values => "values",
            View::Items => "items",
        };
        let item = match (view, record.class.args.as_slice()) {
            (View::Keys, [key, ..]) => key.clone(),
            (View::Values, [_, value]) => value.clone(),
            _ => Type::Tuple(record.class.args.clone().into()),
        };
        let out = Expr { kind: ExprKind::List(Vec::new()), ty: Type::list(item), place: e.place };
        self.library(&format!("{class}_list_{what}"), vec![Val::Expr(e), Val::Expr(out)], node)
    }

    /// A `for` loop over a container. Gives what `settle_loop` gives.
    pub(in super::super) fn loop_over_entries(
        &mut self,
        s: &ast::StmtFor,
        (container, view): (Expr, View),
        assigned: &SortedSet<String>,
        flag: Option<VarId>,
    ) -> Answer<Option<super::super::body::Env>> {
        let place = self.place_of(&*s.iter);
        let container = self.not_none(container, "__iter__");
        let (Type::Record(record), node) = (&container.ty, &*s.iter) else { return Ok(None) };
        let record = record.clone();
        let class = record.class.name.clone();
        if record.class.args.contains(&Type::None) {
            return Err(self.not_known_yet(&class, node));
        }
        let container = self.evaluated(container);
        let used = self.container_length(container.clone());
        let used = self.evaluated(used);
        let at = self.temporary("at", &Type::Scalar(Scalar::INT));
        self.put(at, ops::int(0, place));
        let left = self.temporary("left", &Type::Scalar(Scalar::INT));
        self.put(left, used.clone());
        let (body, breaks) = self.settle_loop(assigned, flag, place, &mut |this| {
            if let Some(frame) = this.loops.last_mut() {
                frame.exit = Exit::Jump;
            }
            let here = this.read(at, place);
            let args = vec![Val::Expr(container.clone()), Val::Expr(here.clone()), Val::Expr(used.clone())];
            let args = args.into_iter().chain([Val::Expr(this.read(left, place))]).collect();
            let next = this.library(&format!("{class}_next"), args, node)?;
            let next = this.runtime(next, node)?;
            this.put(at, ops::cast_scalar(next, Scalar::INT));
            let more = ops::binary(BinOp::Ge, here.clone(), ops::int(0, place), true, place);
            let more = this.test_inside(more, place);
            debug_assert!(ops::as_const(&more).is_some(), "the test stands inside the loop");
            let entries = Expr {
                kind: ExprKind::Field(Box::new(container.clone()), 0),
                ty: record.class.fields().first().map_or(Type::None, |(_, ty)| ty.clone()),
                place,
            };
            let entry = this.list_item(entries, here.clone());
            let entry = this.evaluated(entry);
            let Type::Tuple(types) = &entry.ty else { return Ok(()) };
            let part = |k: usize| Val::Expr(super::super::join::item(&entry, k, types.get(k).unwrap_or(&Type::None)));
            let value = match view {
                View::Keys => part(1),
                View::Values => part(2),
                View::Items => Val::Tuple(vec![part(1), part(2)]),
            };
            this.put(at, ops::binary(BinOp::Add, here, ops::int(1, place), true, place));
            let fewer = ops::binary(BinOp::Sub, this.read(left, place), ops::int(1, place), true, place);
            this.put(left, fewer);
            this.assign_target(&s.target, value)?;
            this.statements(&s.body)
        })?;
        let test = ops::constant(Const::Bool(true), true, place);
        self.emit(StmtKind::While { test, body }, place);
        Ok(breaks)
    }
}
