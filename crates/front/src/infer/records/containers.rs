//! Dicts and sets: records whose methods are functions of `library/python`.
//!
//! What the compiler knows of them is this file: the fields that the library's functions read, what a display makes, and how the types of keys and
//! values are found. Those are arguments of the class; of an empty dict they are found as the items of an empty list are (`infer/lists`): the
//! *form* of a container, the type of its items or the tuple of those of its keys and values, is noted for the display, and inference starts again.
//! A function says by the annotations of its parameters what an argument is: `key` and `content` are stored, so that the types are joined with theirs,
//! `asked` is a key that is looked up, `each` gives items; `filled`, on the container, refuses one whose types are not known yet.

use super::super::body::Body;
use super::super::calls::{Args, Defaults};
use super::super::join::coerce;
use super::super::lists::join_items;
use super::super::{Answer, Definition, Stop};
use super::record_of;
use crate::source::span;
use crate::value::{Static, Val};
use nopython_diagnostics::codes;
use nopython_ir::typed::{Expr, ExprKind, Place, StmtKind};
use nopython_types::{ArrayType, Class, DType, Kind, Layout, Record, Scalar, Type};
use ruff_python_ast::{self as ast, Operator};
use std::sync::Arc;

/// The type of a container with keys and values, or items, of types. `Type::None` stands for what is not known yet.
pub fn container(name: &str, args: Vec<Type>) -> Type {
    let int = Type::Scalar(Scalar::INT);
    // A hash, or a negative number where an entry has been taken out; a key; in a dict a value.
    let entry = std::iter::once(int.clone()).chain(args.iter().cloned()).collect();
    let class = Class::new(name.to_owned(), true, args, true);
    let index = Type::Array(ArrayType { dtype: DType::Int32, ndim: 1, layout: Layout::C });
    class.set_fields(vec![
        ("entries".to_owned(), Type::list(Type::Tuple(entry))),
        ("index".to_owned(), index),
        ("used".to_owned(), int.clone()),
        ("filled".to_owned(), int),
    ]);
    Type::Record(Record { class: Arc::new(class), optional: false })
}

/// An empty container.
pub fn fresh(name: &str, args: Vec<Type>, place: Place) -> Expr {
    let ty = container(name, args);
    let Type::Record(record) = &ty else { return Expr { kind: ExprKind::NoneValue, ty: Type::None, place } };
    let zero = || super::ops::int(0, place);
    let values = record.class.fields().iter().map(|(_, ty)| {
        let kind = match ty {
            Type::List(_) => ExprKind::List(Vec::new()),
            Type::Array(_) => ExprKind::Empty(vec![zero()]),
            _ => zero().kind,
        };
        Expr { kind, ty: ty.clone(), place }
    });
    Expr { kind: ExprKind::Record(values.collect()), ty: ty.clone(), place }
}

/// The types of keys and values, or of items.
pub fn args_of(ty: &Type) -> Option<&[Type]> {
    match ty {
        Type::Record(record) if record.class.is_container() => Some(&record.class.args),
        _ => None,
    }
}

/// Whether a value is a dict or a set.
pub fn is_container(value: &Val) -> bool {
    record_of(value).is_some_and(|record| record.class.is_container())
}

/// What is noted of the items of a list, a dict or a set.
pub fn form_of(ty: &Type) -> Option<Type> {
    match ty {
        Type::List(item) => Some((**item).clone()),
        Type::Record(record) if record.class.is_container() => Some(form(&record.class.args)),
        _ => None,
    }
}

fn form(args: &[Type]) -> Type {
    match args {
        [one] => one.clone(),
        many => Type::Tuple(many.to_vec().into()),
    }
}

/// The types of keys and values, or of items, that a form stands for.
fn args_in(name: &str, form: Option<Type>) -> Vec<Type> {
    match (name, form) {
        ("set", Some(item)) => vec![item],
        (_, Some(Type::Tuple(args))) if args.len() == 2 => args.to_vec(),
        ("set", None) => vec![Type::None],
        _ => vec![Type::None; 2],
    }
}

/// The type of a container of a form.
pub fn of_form(name: &str, form: Type) -> Type {
    if name == "list" { Type::list(form) } else { container(name, args_in(name, Some(form))) }
}

/// Whether values of a type are keys.
fn is_hashable(ty: &Type) -> bool {
    match ty {
        Type::Scalar(s) => !s.dtype.is_complex(),
        Type::Tuple(items) => items.iter().all(is_hashable),
        Type::None | Type::Str => true,
        Type::Array(_) | Type::Structured(_) | Type::List(_) | Type::Record(_) => false,
    }
}

/// Whether a value is of a kind that the library asks about.
pub fn is_kind(value: &Val, kind: &str) -> bool {
    let int = |ty: &Type| matches!(ty, Type::Scalar(s) if s.dtype.is_int());
    match value {
        Val::Tuple(items) => match kind {
            "two ints" => items.len() == 2 && items.iter().all(|item| matches!(item, Val::Expr(e) if int(&e.ty))),
            kind => kind == "tuple",
        },
        Val::Expr(e) => match (kind, &e.ty) {
            ("tuple", Type::Tuple(_)) => true,
            ("two ints", Type::Tuple(items)) => items.len() == 2 && items.iter().all(int),
            ("str", Type::Str) | ("structured", Type::Structured(_)) => true,
            ("bool", Type::Scalar(s)) => s.dtype == DType::Bool,
            ("int", ty) => int(ty),
            ("list of records", Type::List(item)) => match &**item {
                Type::Tuple(parts) => matches!(parts.last(), Some(Type::Record(_))),
                _ => false,
            },
            (kind, Type::Record(record)) => super::generators::is_generator(record, kind),
            _ => false,
        },
        _ => false,
    }
}

/// How the names of the library's functions for a class begin: its name in small letters, without what is in it.
fn function_prefix(class: &str) -> String {
    class.split('(').next().unwrap_or_default().to_ascii_lowercase()
}

/// The names of the methods of a class of the library.
pub fn methods(class: &str) -> Vec<&'static str> {
    let class = function_prefix(class);
    let (file, prefix) = (format!("_{class}"), format!("{class}_"));
    let entries = nopython_numpy::entries().iter().filter(|entry| entry.file == file);
    entries.filter_map(|entry| entry.name.strip_prefix(prefix.as_str())).collect()
}

/// The annotation of a parameter.
fn annotation(parameter: &ast::Parameter) -> &str {
    match parameter.annotation.as_deref() {
        Some(ast::Expr::Name(name)) => name.id.as_str(),
        _ => "",
    }
}

impl Body<'_, '_> {
    /// A method of a container, which is called later.
    pub(super) fn container_attribute(
        &mut self,
        e: Expr,
        record: &Record,
        name: &str,
        node: &ast::Expr,
    ) -> Answer<Val> {
        if !methods(&record.class.name).contains(&name) {
            return Err(self.no_attribute(record, name, node));
        }
        Ok(Val::Static(Static::Method(Box::new(Val::Expr(e)), name.to_owned())))
    }

    /// `container.name(…)`
    pub(super) fn container_method(&mut self, e: Expr, name: &str, args: Args, node: &ast::Expr) -> Answer<Val> {
        let Some(record) = record_of(&Val::Expr(e.clone())).cloned() else { return Ok(Val::NONE) };
        let class = record.class.name.as_str();
        if class == "dict"
            && matches!(name, "keys" | "values" | "items")
            && args.positional.is_empty()
            && args.named.is_empty()
        {
            let e = if self.guarded == 0 { self.named(e) } else { e };
            return Ok(Val::Static(Static::View(Box::new(Val::Expr(e)), name.to_owned())));
        }
        if !methods(class).contains(&name) {
            return Err(self.no_attribute(&record, name, node));
        }
        self.container_call(&format!("{}_{name}", function_prefix(class)), e, args, node)
    }

    /// A call of a function of the library whose first parameter is a container.
    pub(super) fn container_call(&mut self, function: &str, e: Expr, mut args: Args, node: &ast::Expr) -> Answer<Val> {
        let Some(entry) = nopython_numpy::find(function) else {
            return Err(Stop::error(self.error(node, codes::INTERNAL, format!("no entry {function}"), "called here")));
        };
        let Some(record) = record_of(&Val::Expr(e.clone())).cloned() else { return Ok(Val::NONE) };
        let class = record.class.name.clone();
        let def = self.infer.definition(&Definition::Library(entry.name))?;
        args.positional.insert(0, Val::Expr(e.clone()));
        let display = function.replacen('_', ".", 1);
        let mut values = self.bind_arguments(&def, &display, args, Defaults::Library, node)?;
        let kinds: Vec<String> =
            def.parameters.iter_non_variadic_params().map(|p| annotation(&p.parameter).to_owned()).collect();
        let own = record.class.args.clone();
        let mut wanted = own.clone();
        for (kind, value) in kinds.iter().zip(values.iter_mut()).skip(1) {
            let given = std::mem::replace(value, Val::NONE);
            *value = match kind.as_str() {
                "key" | "asked" | "content" if given != Val::NONE => Val::Expr(self.shared_list(given, node)?),
                "each" => self.as_items(given, &class, node)?,
                _ => given,
            };
            self.join_argument(kind, value, &class, &mut wanted, node)?;
        }
        if wanted != own {
            self.widen_items(&e, &form(&wanted));
            let found = of_form(&class, form(&wanted));
            let message = format!("this {} has no items of {found}", record.class);
            let diagnostic = self.error(node, codes::TYPE_MISMATCH, message, format!("this is {}", record.class));
            return Err(Stop::error(
                diagnostic.hint("its types can be written: d: dict[int, float] = {}, or s: set[int] = set()"),
            ));
        }
        for (kind, value) in kinds.iter().zip(values.iter_mut()).skip(1) {
            let arg = match kind.as_str() {
                "key" | "asked" => wanted.first(),
                "content" => wanted.get(1),
                _ => continue,
            };
            let (Some(arg), Val::Expr(given)) = (arg, &*value) else { continue };
            match coerce(given.clone(), arg) {
                Some(given) => *value = Val::Expr(given),
                None => {
                    self.widen_items(given, &form_of(arg).unwrap_or(Type::None));
                    let message = format!("{} where the {class} has {arg}", given.ty);
                    return Err(Stop::error(self.error(
                        node,
                        codes::TYPE_MISMATCH,
                        message,
                        format!("this is {}", given.ty),
                    )));
                }
            }
        }
        if kinds.first().is_some_and(|kind| kind == "filled") && own.contains(&Type::None) {
            return Err(self.not_known_yet(&class, node));
        }
        let value = self.call_library(function, Args::positional(values), node)?;
        Ok(self.held_in(value, &e, function))
    }

    /// What a dict holds may be changed: where it was made is noted.
    fn held_in(&mut self, value: Val, container: &Expr, function: &str) -> Val {
        match value {
            Val::Expr(e)
                if form_of(&e.ty).is_some()
                    && self.guarded == 0
                    && self.expanding == 0
                    && function.starts_with("dict_") =>
            {
                let e = self.evaluated(e);
                if let ExprKind::Var(var) = e.kind {
                    self.note_value_of(var, container);
                }
                Val::Expr(e)
            }
            other => other,
        }
    }

    /// Stops a path where a container's types are not known yet: another path may tell.
    pub(super) fn not_known_yet(&mut self, class: &str, node: &ast::Expr) -> Stop {
        let message = format!("the types of what is in this {class} are not known");
        let diagnostic = self.error(node, codes::TYPE_MISMATCH, message, "read here").hint(if class == "dict" {
            "write them where it is made: d: dict[int, float] = {}"
        } else {
            "write it where it is made: s: set[int] = set()"
        });
        self.lists.unknown.get_or_insert(diagnostic);
        Stop::PathEnds
    }

    /// Joins the types of keys and values with that of an argument.
    fn join_argument(
        &mut self,
        kind: &str,
        value: &Val,
        class: &str,
        wanted: &mut [Type],
        node: &ast::Expr,
    ) -> Answer<()> {
        let Val::Expr(e) = value else { return Ok(()) };
        let (at, ty) = match kind {
            "key" | "asked" => (0, e.ty.clone()),
            "content" => (1, e.ty.clone()),
            "each" => {
                let items = match &e.ty {
                    Type::Record(record) if class == "dict" => record.class.args.clone(),
                    ty => match (class, self.items_type(&Val::Expr(Expr { ty: ty.clone(), ..e.clone() }), node)?) {
                        ("dict", Some(Type::Tuple(pair))) if pair.len() == 2 => pair.to_vec(),
                        ("set", Some(item)) => vec![item],
                        ("dict", Some(Type::None)) => vec![Type::None; 2],
                        _ => {
                            let message = format!("{ty} gives no items of a {class}");
                            return Err(Stop::error(self.error(
                                node,
                                codes::TYPE_MISMATCH,
                                message,
                                format!("this is {ty}"),
                            )));
                        }
                    },
                };
                for (own, item) in wanted.iter_mut().zip(items) {
                    match join_items(own, &item) {
                        Some(joined) => *own = joined,
                        None => return Err(self.no_member(class, own, &item, node)),
                    }
                }
                return Ok(());
            }
            _ => return Ok(()),
        };
        if at == 0 && !is_hashable(&ty) {
            let what = match &ty {
                Type::List(_) => "list".to_owned(),
                Type::Array(_) => "numpy.ndarray".to_owned(),
                other => other.to_string(),
            };
            let diagnostic =
                self.error(node, codes::TYPE_MISMATCH, format!("unhashable type: '{what}'"), format!("this is {ty}"));
            return Err(Stop::error(diagnostic.hint("numbers and tuples of numbers are keys")));
        }
        let Some(own) = wanted.get_mut(at) else { return Ok(()) };
        let Some(joined) = join_items(own, &ty) else { return Err(self.no_member(class, own, &ty, node)) };
        if kind == "asked" && *own != Type::None {
            let is_int = |ty: &Type| matches!(ty, Type::Scalar(s) if s.dtype.kind() != Kind::Float);
            if is_int(own) && !is_int(&joined) {
                return Err(self.no_member(class, own, &ty, node));
            }
        }
        *own = joined;
        Ok(())
    }

    fn no_member(&self, class: &str, own: &Type, ty: &Type, node: &ast::Expr) -> Stop {
        let message = format!("a {class} with {own} has none of type {ty}");
        let diagnostic = self.error(node, codes::TYPE_MISMATCH, message, format!("this is {ty}"));
        Stop::error(diagnostic.hint("keys have one type, and values have one type"))
    }

    /// What is iterated over, as a value of run time.
    fn as_items(&mut self, value: Val, class: &str, node: &ast::Expr) -> Answer<Val> {
        Ok(match value {
            text if super::super::strings::is_text(&text) => self.text_library("str_items", vec![text], node)?,
            Val::Static(Static::View(..)) => self.listed(value, node)?,
            Val::Tuple(items) => {
                let items = items.into_iter().map(|item| self.shared_list(item, node)).collect::<Answer<Vec<_>>>()?;
                match self.list_of(
                    &items.into_iter().map(Val::Expr).collect::<Vec<_>>(),
                    ruff_text_size::Ranged::range(node),
                )? {
                    Some(list) => Val::Expr(list),
                    None => Val::NONE,
                }
            }
            Val::List(..) => Val::Expr(self.shared_list(value, node)?),
            // Of a dict its keys.
            value if class == "set" && record_of(&value).is_some_and(|record| record.class.name == "dict") => {
                self.listed(value, node)?
            }
            other => other,
        })
    }

    /// `{…}`, with keys and values or with items.
    pub(in super::super) fn container_display(
        &mut self,
        class: &str,
        items: Vec<Vec<Val>>,
        node: &ast::Expr,
    ) -> Answer<Val> {
        let (site, place) = (span(node).start, self.place_of(node));
        let known = if self.library { None } else { self.lists.least(site) };
        let mut args = args_in(class, known);
        let mut rows = Vec::new();
        for row in items {
            let row = row.into_iter().map(|value| self.shared_list(value, node)).collect::<Answer<Vec<_>>>()?;
            for (k, (arg, e)) in args.iter_mut().zip(&row).enumerate() {
                let kind = if k == 0 { "key" } else { "content" };
                let mut one = [Type::None, Type::None];
                if let Some(slot) = one.get_mut(k) {
                    *slot = arg.clone();
                }
                self.join_argument(kind, &Val::Expr(e.clone()), class, &mut one, node)?;
                *arg = one.get(k).cloned().unwrap_or(Type::None);
            }
            rows.push(row);
        }
        if !self.library {
            self.lists.makes(site);
            if args.iter().any(|arg| *arg != Type::None) {
                self.lists.expect(site, &form(&args));
            }
        }
        let made = fresh(class, args.clone(), place);
        if rows.is_empty() {
            return Ok(Val::Expr(made));
        }
        let mut members = Vec::new();
        for row in rows {
            let mut values = Vec::new();
            for (e, arg) in row.into_iter().zip(&args) {
                let own = e.ty.clone();
                match coerce(e.clone(), arg) {
                    Some(e) => values.push(Val::Expr(e)),
                    None => {
                        if let Some(form) = form_of(arg) {
                            self.widen_items(&e, &form);
                        }
                        return Err(self.no_member(class, arg, &own, node));
                    }
                }
            }
            members.push(match (class, values.pop()) {
                ("set", Some(item)) => item,
                (_, Some(last)) => {
                    values.push(last);
                    Val::Tuple(values)
                }
                _ => Val::NONE,
            });
        }
        self.library(&format!("{class}_of"), vec![Val::Expr(made), Val::Tuple(members)], node)
    }

    /// `container[key]`, or the function for it of a class.
    pub(in super::super) fn subscript_record(&mut self, e: Expr, index: &ast::Expr, node: &ast::Expr) -> Answer<Val> {
        let index = self.record_index(index)?;
        match self.special(&e, "__getitem__", vec![index], node)? {
            Some(value) => Ok(value),
            None => Err(self.no_items(&e, node)),
        }
    }

    fn record_index(&mut self, index: &ast::Expr) -> Answer<Val> {
        if index.is_slice_expr() {
            return Err(self.unsupported(index, "a slice of this", "index it with numbers"));
        }
        self.expr(index)
    }

    fn no_items(&self, e: &Expr, node: &ast::Expr) -> Stop {
        let message = format!("{} cannot be indexed", e.ty);
        Stop::error(self.error(node, codes::TYPE_MISMATCH, message, format!("this is {}", e.ty)))
    }

    /// `container[key] = value`
    pub(in super::super) fn store_in_record(
        &mut self,
        e: Expr,
        index: &ast::Expr,
        value: Val,
        node: &ast::Expr,
    ) -> Answer<()> {
        // Python evaluates the value before the index, and the function takes it after.
        let value = if index.is_name_expr() || index.is_literal_expr() { value } else { self.settle(value) };
        let index = self.record_index(index)?;
        match self.special(&e, "__setitem__", vec![index, value], node)? {
            Some(call) => self.evaluate_now(call, node),
            None => Err(self.no_items(&e, node)),
        }
    }

    /// `container[key] op= value`
    pub(in super::super) fn update_record(
        &mut self,
        e: Expr,
        index: &ast::Expr,
        op: Operator,
        value: &ast::Expr,
        node: &ast::Expr,
    ) -> Answer<()> {
        let e = self.named(e);
        let index = match self.record_index(index)? {
            Val::Expr(index) => Val::Expr(self.named(index)),
            other => self.settle(other),
        };
        let Some(old) = self.special(&e, "__getitem__", vec![index.clone()], node)? else {
            return Err(self.no_items(&e, node));
        };
        let old = match old {
            Val::Expr(old) => Val::Expr(self.named(old)),
            other => other,
        };
        let value = self.expr(value)?;
        if op == Operator::Add && super::super::lists::is_record(&old) {
            return self.extend(old, value, node);
        }
        if let Val::Expr(array) = &old
            && matches!(array.ty, Type::Array(_))
        {
            return self.update_array(array.clone(), op, value, node, node);
        }
        let result = self.in_place(op, old, value, node)?;
        match self.special(&e, "__setitem__", vec![index, result], node)? {
            Some(call) => self.evaluate_now(call, node),
            None => Err(self.no_items(&e, node)),
        }
    }

    /// `del container[key]`
    pub(in super::super) fn delete_from_record(&mut self, e: Expr, index: &ast::Expr, node: &ast::Expr) -> Answer<()> {
        let index = self.record_index(index)?;
        match self.special(&e, "__delitem__", vec![index], node)? {
            Some(call) => self.evaluate_now(call, node),
            None => Err(self.no_items(&e, node)),
        }
    }

    /// `dict(…)`, `set(…)` of a value.
    pub(in super::super) fn container_from(
        &mut self,
        class: &str,
        value: Option<Val>,
        node: &ast::Expr,
    ) -> Answer<Val> {
        let made = self.container_display(class, Vec::new(), node)?;
        let (Some(value), Val::Expr(made)) = (value, made.clone()) else { return Ok(made) };
        let value = self.as_items(value, class, node)?;
        let mut args = args_of(&made.ty).unwrap_or_default().to_vec();
        self.join_argument("each", &value, class, &mut args, node)?;
        self.lists.expect(span(node).start, &form(&args));
        let made = fresh(class, args, made.place);
        self.library(&format!("{class}_from"), vec![Val::Expr(made), value], node)
    }

    /// `Dict.empty(key_type, value_type)` and `List.empty_list(item_type)`, which may be told how many items to expect.
    pub(in super::super) fn empty_container(&mut self, class: &str, mut args: Args, node: &ast::Expr) -> Answer<Val> {
        let (names, room): (&[&str], _) = match class {
            "List" => (&["item_type"], "allocated"),
            _ => (&["key_type", "value_type"], "n_keys"),
        };
        drop(args.take(room));
        let mut given = std::mem::take(&mut args.positional).into_iter().take(names.len() + 1);
        let mut types = Vec::new();
        for name in names {
            let ty = given.next().or_else(|| args.take(name)).and_then(|value| self.type_of_items(value).transpose());
            let Some(ty) = ty else {
                let hint = "write Dict.empty(int64, float64[:]) or List.empty_list(float64)";
                return Err(self.unsupported(node, &format!("this use of an empty {class}"), hint));
            };
            types.push(ty?);
        }
        let place = self.place_of(node);
        self.lists.makes(span(node).start);
        match (class, types.as_slice()) {
            ("List", [item]) => {
                self.lists.expect(span(node).start, item);
                Ok(Val::Expr(Expr { kind: ExprKind::List(Vec::new()), ty: Type::list(item.clone()), place }))
            }
            _ => {
                self.lists.expect(span(node).start, &form(&types));
                Ok(Val::Expr(fresh("dict", types, place)))
            }
        }
    }

    /// The type that a value stands for, where a container is told what it will hold.
    fn type_of_items(&mut self, value: Val) -> Answer<Option<Type>> {
        Ok(match value {
            Val::Static(Static::ScalarType(s)) => Some(Type::Scalar(s)),
            Val::Static(Static::Type(ty)) => Some(ty),
            Val::Static(Static::Class(name)) => {
                let (program, types) = (self.infer.program, &self.infer.types);
                crate::signature::Reader { program, types, at: None }.record(&name)?.map(Type::Record)
            }
            _ => None,
        })
    }

    /// The number of entries of a container.
    pub(in super::super) fn container_length(&self, e: Expr) -> Expr {
        let e = self.not_none(e, "__len__");
        let place = e.place;
        let field = match &e.ty {
            Type::Record(record) => record.class.field("used").map_or(0, |(k, _)| k),
            _ => 0,
        };
        Expr { kind: ExprKind::Field(Box::new(e), field), ty: Type::Scalar(Scalar::INT), place }
    }

    /// An assignment that is emitted now.
    pub(super) fn put(&mut self, var: nopython_ir::typed::VarId, value: Expr) {
        let place = value.place;
        self.emit(StmtKind::Assign(var, value), place);
    }
}
