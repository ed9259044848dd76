//! Records as text: what their class says, the fields of a dataclass, what dicts hold. The items of a set have an order of their own, which is not CPython's.

use super::super::Answer;
use super::super::body::Body;
use super::super::share::Shared;
use super::super::strings::known_text;
use crate::value::Val;
use nopython_ir::typed::{Expr, ExprKind};
use nopython_types::{Record, Type};
use ruff_python_ast as ast;

impl Body<'_, '_> {
    /// `str(record)` or `repr(record)`
    pub(in super::super) fn record_text(
        &mut self,
        e: Expr,
        record: &Record,
        repr: bool,
        node: &ast::Expr,
    ) -> Answer<Val> {
        let class = record.class.name.clone();
        if record.optional {
            return Err(self.unsupported(node, &format!("the text of {}", e.ty), "test it first: if x is not None"));
        }
        if record.class.is_container() && record.class.args.contains(&Type::None) {
            return Ok(known_text(if class == "dict" { "{}" } else { "set()" }));
        }
        for name in ["__str__", "__repr__"].into_iter().skip(usize::from(repr)) {
            if let Some(text) = self.special(&e, name, Vec::new(), node)? {
                return Ok(text);
            }
        }
        if !self.class_of(record).is_some_and(|found| found.dataclass)
            || super::operators::holds_itself(&e.ty, &mut Vec::new())
        {
            let hint = "write a method __repr__ that returns a string";
            return Err(self.unsupported(node, &format!("the text of {class}"), hint));
        }
        let mut shared = Shared::default();
        let e = shared.read(self, e);
        let mut parts = vec![known_text(format!("{class}("))];
        for (k, (name, ty)) in record.class.fields().iter().enumerate() {
            parts.push(known_text(format!("{}{name}=", if k > 0 { ", " } else { "" })));
            let kind = ExprKind::Field(Box::new(e.clone()), k);
            let field = Expr { kind, ty: ty.clone(), place: e.place };
            parts.push(self.as_text(Val::Expr(field), true, node)?);
        }
        parts.push(known_text(")"));
        let text = self.concatenated(parts, node)?;
        self.text_around(shared, text, node)
    }
}
