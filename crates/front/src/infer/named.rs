//! Named tuples: `collections.namedtuple(...)` and classes of `typing.NamedTuple`.
//!
//! A value is a tuple whose type has names (`nopython_types::Names`), so that fields are items; all that a tuple can do, it can.

use super::body::Body;
use super::calls::Args;
use super::exprs::is_simple;
use super::{Answer, Stop};
use crate::scope::Program;
use crate::source::span;
use crate::value::{NamedClass, Static, Val};
use nopython_diagnostics::codes;
use nopython_ir::typed::{Expr, ExprKind, Place};
use nopython_types::{Items, Names, Type, limits};
use ruff_python_ast::{self as ast, Stmt, StmtClassDef};
use std::rc::Rc;
use std::sync::Arc;

impl Program {
    /// The definition of a class of the module whose base is `typing.NamedTuple`.
    pub fn named_tuple(&self, name: &str) -> Option<&Rc<StmtClassDef>> {
        let def = self.classes.get(name)?;
        let [base] = &*def.arguments.as_ref()?.args else { return None };
        let foreign = |name: &str, full: &str| matches!(self.names.get(name), Some(Val::Static(Static::Foreign(found))) if found == full);
        let is_base = match base {
            ast::Expr::Name(base) => foreign(base.id.as_str(), "typing.NamedTuple"),
            ast::Expr::Attribute(base) => {
                let module = base.value.as_name_expr();
                base.attr.as_str() == "NamedTuple" && module.is_some_and(|module| foreign(module.id.as_str(), "typing"))
            }
            _ => false,
        };
        is_base.then_some(def)
    }
}

/// The fields of a class: names, annotations and defaults.
pub fn fields(def: &StmtClassDef) -> impl Iterator<Item = (&str, &ast::Expr, Option<&ast::Expr>)> {
    def.body.iter().filter_map(|stmt| match stmt {
        Stmt::AnnAssign(field) => {
            let name = field.target.as_name_expr()?;
            Some((name.id.as_str(), &*field.annotation, field.value.as_deref()))
        }
        _ => None,
    })
}

/// The names that a class gives its items.
pub fn names(def: &StmtClassDef) -> Arc<Names> {
    let fields = fields(def).map(|(name, ..)| name.to_owned()).collect();
    Arc::new(Names { class: def.name.to_string(), fields })
}

impl Body<'_, '_> {
    /// A class of the module as a class of named tuples, if it is one.
    pub(super) fn named_class(&mut self, name: &str) -> Answer<Option<NamedClass>> {
        let Some(def) = self.infer.program.named_tuple(name).cloned() else { return Ok(None) };
        let offset = span(&*def).start;
        let mut defaults = Vec::new();
        for (_, _, default) in fields(&def) {
            defaults.push(default.map(|default| self.default_value(default, Some(offset))).transpose()?);
        }
        Ok(Some(NamedClass { names: names(&def), defaults }))
    }

    /// `namedtuple("P", ["x", "y"], defaults=(…))`
    pub(super) fn named_tuple_class(&mut self, mut args: Args, node: &ast::Expr) -> Answer<Val> {
        let refused = |this: &Self| {
            let hint = "write the name and the fields: namedtuple(\"Point\", [\"x\", \"y\"], defaults=(0.0,))";
            this.unsupported(node, "this use of namedtuple()", hint)
        };
        args.take("module");
        let defaults = match args.take("defaults") {
            None | Some(Val::NONE) => Vec::new(),
            Some(Val::Tuple(items) | Val::List(items, _)) => items,
            Some(_) => return Err(refused(self)),
        };
        let text = |value: &Val| match value {
            Val::Static(Static::Str(text)) => Some(text.clone()),
            _ => None,
        };
        let mut given = args.positional.into_iter();
        let (class, fields) = (given.next(), given.next());
        let fields = match fields {
            Some(Val::Static(Static::Str(all))) => {
                Some(all.replace(',', " ").split_whitespace().map(str::to_owned).collect())
            }
            Some(Val::List(items, _) | Val::Tuple(items)) => items.iter().map(text).collect::<Option<Vec<String>>>(),
            _ => None,
        };
        let (Some(class), Some(fields), None, true) =
            (class.as_ref().and_then(text), fields, given.next(), args.named.is_empty())
        else {
            return Err(refused(self));
        };
        let valid = |name: &str| {
            let mut chars = name.chars();
            chars.next().is_some_and(char::is_alphabetic) && chars.all(|c| c.is_alphanumeric() || c == '_')
        };
        let repeated = fields.iter().enumerate().any(|(k, name)| fields.iter().take(k).any(|other| other == name));
        if repeated || !fields.iter().all(|name| valid(name)) || defaults.len() > fields.len() {
            let message = "these names of fields are not valid: each begins with a letter and stands once, and none has a default without a field";
            return Err(Stop::error(self.error(node, codes::TYPE_MISMATCH, message, "this call")));
        }
        let without = fields.len() - defaults.len();
        let defaults = std::iter::repeat_n(None, without).chain(defaults.into_iter().map(|v| Some(self.settle(v))));
        let defaults = defaults.collect();
        let names = Arc::new(Names { class, fields });
        Ok(Val::Static(Static::Named(Box::new(NamedClass { names, defaults }))))
    }

    /// `P(x, y=…)`
    pub(super) fn make_named(&mut self, class: &NamedClass, mut args: Args, node: &ast::Expr) -> Answer<Val> {
        let NamedClass { names, defaults } = class;
        let (name, count) = (&names.class, names.fields.len());
        let wrong = |this: &Self, code, message: String| {
            let hint = format!("its fields are ({})", names.fields.join(", "));
            Stop::error(this.error(node, code, message, "called here").hint(hint))
        };
        if args.positional.len() > count {
            let message =
                format!("{name}() takes {} but {} were given", super::counted(count, "field"), args.positional.len());
            return Err(wrong(self, codes::ARGUMENT_COUNT, message));
        }
        let mut positional = std::mem::take(&mut args.positional).into_iter();
        let mut items = Vec::new();
        for (k, field) in names.fields.iter().enumerate() {
            let value = match (positional.next(), args.take(field)) {
                (Some(_), Some(_)) => {
                    let message = format!("{name}() got multiple values for argument '{field}'");
                    return Err(wrong(self, codes::ARGUMENT_COUNT, message));
                }
                (Some(value), None) | (None, Some(value)) => value,
                (None, None) => match defaults.get(k).cloned().flatten() {
                    Some(default) => default,
                    None => {
                        let message = format!("{name}() missing 1 required positional argument: '{field}'");
                        return Err(wrong(self, codes::ARGUMENT_COUNT, message));
                    }
                },
            };
            items.push(self.runtime(value, node)?);
        }
        if let Some((unknown, _)) = args.named.first() {
            let message = format!("{name}() got an unexpected keyword argument '{unknown}'");
            return Err(wrong(self, codes::UNKNOWN_KEYWORD, message));
        }
        self.named_tuple_of(names, items, node)
    }

    fn named_tuple_of(&self, names: &Arc<Names>, items: Vec<Expr>, node: &ast::Expr) -> Answer<Val> {
        let types = items.iter().map(|e| e.ty.clone()).collect();
        let ty = Type::Tuple(Items::named(types, Some(Arc::clone(names))));
        if ty.width() > limits::SLOTS {
            return Err(self.too_wide(node));
        }
        Ok(Val::Expr(Expr { kind: ExprKind::Tuple(items), ty, place: self.place_of(node) }))
    }

    /// An attribute of a named tuple; nothing if it has none of that name.
    pub(super) fn named_attribute(&mut self, e: &Expr, name: &str) -> Option<Val> {
        let Type::Tuple(items) = &e.ty else { return None };
        let names = items.names()?;
        if name == "_fields" {
            return Some(field_names(names));
        }
        if name == "_replace" {
            return Some(Val::Static(Static::Method(Box::new(Val::Expr(e.clone())), name.to_owned())));
        }
        let index = names.fields.iter().position(|field| field == name)?;
        let ty = items.get(index)?;
        Some(Val::Expr(super::join::item(e, index, ty)))
    }

    /// `p._replace(x=…)`
    pub(super) fn replace_fields(&mut self, e: Expr, names: &Arc<Names>, args: Args, node: &ast::Expr) -> Answer<Val> {
        let is_apart = matches!(&e.kind, ExprKind::Tuple(items) if items.iter().all(is_simple));
        if self.guarded > 0 && !is_apart && !is_simple(&e) {
            let hint = "give it a name in a statement before";
            return Err(self.unsupported(
                node,
                "replacing fields of what a call gives, where it may not be evaluated,",
                hint,
            ));
        }
        let e = if is_apart { e } else { self.named(e) };
        let Type::Tuple(types) = &e.ty else { return Ok(Val::Expr(e)) };
        let mut items = Vec::new();
        for (k, ty) in types.iter().enumerate() {
            items.push(super::join::item(&e, k, ty));
        }
        for (name, value) in args.named {
            let index = names.fields.iter().position(|field| *field == name);
            let value = self.runtime(value, node)?;
            let Some(item) = index.and_then(|index| items.get_mut(index)) else {
                let message = format!("{} has no field '{name}'", names.class);
                let diagnostic = self.error(node, codes::UNKNOWN_KEYWORD, message, "this call");
                return Err(Stop::error(diagnostic.hint(format!("its fields are ({})", names.fields.join(", ")))));
            };
            *item = value;
        }
        self.named_tuple_of(names, items, node)
    }
}

/// Items with the names of a named tuple.
pub fn with_names(items: &[Val], names: &Arc<Names>, place: Place) -> Option<Val> {
    let e = super::ops::tuple_expr(items, place)?;
    let Type::Tuple(types) = &e.ty else { return None };
    let ty = Type::Tuple(Items::named(types.to_vec(), Some(Arc::clone(names))));
    Some(Val::Expr(Expr { ty, ..e }))
}

/// `P._fields`
pub fn field_names(names: &Names) -> Val {
    Val::Tuple(names.fields.iter().map(|field| Val::Static(Static::Str(field.clone()))).collect())
}
