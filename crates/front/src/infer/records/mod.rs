//! Instances of classes: made, their attributes read and stored, their methods called, and operators on them.
//!
//! A class of the module is a type of records (`crate::classes`); what its functions do is found by inferring them, each for the types of
//! its arguments. Dicts and sets are records too, whose methods are functions of `library/python` (`containers.rs`).

mod containers;
mod generators;
mod hosts;
mod iterate;
mod operators;
mod ranges;
mod texts;

pub use containers::{args_of, container, form_of, fresh, is_container, is_kind, of_form};
pub use generators::{generator_type, is_huge};
pub use hosts::is_held;
pub use iterate::{View, iterated};
pub use ranges::range_type;

use super::body::Body;
use super::calls::{Args, Defaults};
use super::join::coerce;
use super::{Answer, Definition, Stop, ops};
use crate::classes::{self, Binding};
use crate::signature::Reader;
use crate::source::span;
use crate::value::{Static, Val};
use nopython_diagnostics::codes;
use nopython_ir::typed::{Expr, ExprKind, StmtKind};
use nopython_types::{Record, Type};
use ruff_python_ast as ast;

/// The type of a value that is a record.
pub fn record_of(value: &Val) -> Option<&Record> {
    match value {
        Val::Expr(Expr { ty: Type::Record(record), .. }) => Some(record),
        _ => None,
    }
}

/// `None` as a record of a type.
pub fn none_as(record: &Record, place: nopython_ir::typed::Place) -> Expr {
    Expr { kind: ExprKind::NoneValue, ty: Type::Record(record.or_none()), place }
}

impl Body<'_, '_> {
    /// The definition of a class of the module whose instances are records.
    pub(super) fn class(&self, name: &str) -> Option<classes::Definition> {
        self.infer.program.record_class(name)
    }

    /// The definition of a record's class, unless the library has it.
    pub(super) fn class_of(&self, record: &Record) -> Option<classes::Definition> {
        if record.class.library { None } else { self.class(&record.class.name) }
    }

    /// A record that is not `None`, of which an attribute is asked for.
    pub(super) fn not_none(&self, e: Expr, attribute: &str) -> Expr {
        match &e.ty {
            Type::Record(record) if record.optional => {
                let ty = Type::Record(Record { optional: false, ..record.clone() });
                let place = e.place;
                Expr { kind: ExprKind::NotNone(Box::new(e), attribute.into()), ty, place }
            }
            _ => e,
        }
    }

    /// A value for a place of a type: a display takes it, and other lists and dicts are given the items they need.
    pub(super) fn fitted_to(&mut self, value: Val, want: &Type, what: &str, node: &ast::Expr) -> Answer<Expr> {
        let e = self.shared_list(value, node)?;
        let own = e.ty.clone();
        if let Some(e) = coerce(e.clone(), want) {
            return Ok(e);
        }
        if let Some(form) = form_of(want) {
            self.widen_items(&e, &form);
        }
        let message = format!("{what} is {want}, not {own}");
        let diagnostic = self.error(node, codes::TYPE_MISMATCH, message, format!("this is {own}"));
        Err(Stop::error(diagnostic.hint("give it a value of that type, or write another type in the class")))
    }

    /// `C(…)`
    pub fn make_record(&mut self, name: &str, args: Args, node: &ast::Expr) -> Answer<Option<Val>> {
        let Some(found) = self.class(name) else { return Ok(None) };
        let reader = Reader { program: self.infer.program, types: &self.infer.types, at: None };
        let Some(record) = reader.record(name)? else { return Ok(None) };
        let place = self.place_of(node);
        let ty = Type::Record(record.clone());
        if found.dataclass && found.function("__init__").is_none() {
            let values = self.dataclass_fields(&found, &record, args, node)?;
            let made = Expr { kind: ExprKind::Record(values), ty, place };
            let Some((k, _)) = found.function("__post_init__") else { return Ok(Some(Val::Expr(made))) };
            let made = self.made(made, node)?;
            let call =
                self.call_function_of(&record.class.name, k, Some(made.clone()), Args::positional(Vec::new()), node)?;
            self.evaluate_now(call, node)?;
            return Ok(Some(Val::Expr(made)));
        }
        let made = self.made(Expr { kind: ExprKind::Record(Vec::new()), ty, place }, node)?;
        for (k, (field, want)) in record.class.fields().iter().enumerate() {
            if let Some(default) = found.constant(field).cloned() {
                let value = self.default_value(&default, Some(span(&*found.def).start))?;
                let value = self.fitted_to(value, want, &format!("the field {field}"), node)?;
                self.emit(StmtKind::FieldStore { record: made.clone(), field: k, value }, place);
            }
        }
        match found.function("__init__") {
            Some((k, _)) => {
                let call = self.call_function_of(name, k, Some(made.clone()), args, node)?;
                self.evaluate_now(call, node)?;
            }
            None if args.positional.is_empty() && args.named.is_empty() => {}
            None => {
                let message = format!("{name}() takes no arguments");
                return Err(Stop::error(self.error(node, codes::ARGUMENT_COUNT, message, "called here")));
            }
        }
        Ok(Some(Val::Expr(made)))
    }

    /// A new record in a variable, on which a function of its class is called.
    fn made(&mut self, made: Expr, node: &ast::Expr) -> Answer<Expr> {
        if self.guarded > 0 {
            let hint = "make it in a statement before, and give it a name";
            return Err(self.unsupported(node, "making this instance where it may not be evaluated", hint));
        }
        Ok(self.evaluated(made))
    }

    /// The values of a dataclass's fields, from the arguments of a call and from defaults.
    fn dataclass_fields(
        &mut self,
        found: &classes::Definition,
        record: &Record,
        mut args: Args,
        node: &ast::Expr,
    ) -> Answer<Vec<Expr>> {
        let name = record.class.name.clone();
        let fields = record.class.fields();
        let taken = |this: &Self, code, message: String| {
            let names: Vec<&str> = fields.iter().map(|(name, _)| name.as_str()).collect();
            Stop::error(
                this.error(node, code, message, "called here").hint(format!("its fields are ({})", names.join(", "))),
            )
        };
        let given = args.positional.len();
        if given > fields.len() {
            let message = format!(
                "{name}.__init__() takes {} positional arguments but {} were given",
                fields.len() + 1,
                given + 1
            );
            return Err(taken(self, codes::ARGUMENT_COUNT, message));
        }
        let mut positional = std::mem::take(&mut args.positional).into_iter();
        let mut values = Vec::new();
        for (field, want) in fields {
            let value = match (positional.next(), args.take(field)) {
                (Some(_), Some(_)) => {
                    let message = format!("{name}.__init__() got multiple values for argument '{field}'");
                    return Err(taken(self, codes::ARGUMENT_COUNT, message));
                }
                (Some(value), None) | (None, Some(value)) => value,
                (None, None) => match found.constant(field).cloned() {
                    Some(default) => self.default_of_field(&default, span(&*found.def).start, want, node)?,
                    None => {
                        let message = format!("{name}.__init__() missing 1 required positional argument: '{field}'");
                        return Err(taken(self, codes::ARGUMENT_COUNT, message));
                    }
                },
            };
            values.push(self.fitted_to(value, want, &format!("the field {field} of {name}"), node)?);
        }
        if let Some((unknown, _)) = args.named.first() {
            let message = format!("{name}.__init__() got an unexpected keyword argument '{unknown}'");
            return Err(taken(self, codes::UNKNOWN_KEYWORD, message));
        }
        Ok(values)
    }

    /// A default: a value, or what `field(default=…)` or `field(default_factory=…)` says.
    fn default_of_field(&mut self, default: &ast::Expr, offset: u32, want: &Type, node: &ast::Expr) -> Answer<Val> {
        let ast::Expr::Call(call) = default else { return self.default_value(default, Some(offset)) };
        let is_field = match &*call.func {
            ast::Expr::Name(name) => name.id.as_str() == "field",
            ast::Expr::Attribute(attribute) => attribute.attr.as_str() == "field",
            _ => false,
        };
        if !is_field {
            return self.default_value(default, Some(offset));
        }
        if let Some(keyword) = call.arguments.find_keyword("default") {
            return self.default_value(&keyword.value, Some(offset));
        }
        let Some(keyword) = call.arguments.find_keyword("default_factory") else {
            return Err(self.unsupported(node, "this default of a field", "give the field a value here"));
        };
        let place = self.place_of(node);
        match (&keyword.value, want) {
            (ast::Expr::Name(_), Type::List(_)) => {
                Ok(Val::Expr(Expr { kind: ExprKind::List(Vec::new()), ty: want.clone(), place }))
            }
            (ast::Expr::Name(_), Type::Record(record)) if record.class.library => {
                Ok(Val::Expr(containers::fresh(&record.class.name, record.class.args.clone(), place)))
            }
            (factory, _) => {
                let function = self.default_value(factory, Some(offset))?;
                self.apply(function, Args::positional(Vec::new()), node)
            }
        }
    }

    /// A call of a function of a class, by its number among the statements of the class.
    pub(super) fn call_function_of(
        &mut self,
        class: &str,
        function: usize,
        first: Option<Expr>,
        mut args: Args,
        node: &ast::Expr,
    ) -> Answer<Val> {
        let definition = Definition::Method(class.to_owned(), function);
        let def = self.infer.definition(&definition)?;
        if let Some(first) = first {
            args.positional.insert(0, Val::Expr(first));
        }
        let offset = self.infer.program.classes.get(class).map_or(0, |def| span(&**def).start);
        let display = format!("{class}.{}", def.name);
        let values = self.bind_arguments(&def, &display, args, Defaults::Module(offset), node)?;
        self.call_instance(&definition, &def, None, values, node)
    }

    /// An attribute of a record: a field, a property, a method, or a constant of the class.
    pub(super) fn record_attribute(&mut self, e: Expr, name: &str, node: &ast::Expr) -> Answer<Val> {
        let Type::Record(record) = &e.ty else { return Ok(Val::Expr(e)) };
        let record = record.clone();
        let place = self.place_of(node);
        let is_open = self.library || name == "bit_generator" || record.class.is_range();
        if record.class.library && (!is_open || record.class.field(name).is_none()) {
            return self.container_attribute(e, &record, name, node);
        }
        if let Some((field, ty)) = record.class.field(name) {
            let ty = ty.clone();
            let e = self.not_none(e, name);
            return Ok(Val::Expr(Expr { kind: ExprKind::Field(Box::new(e), field), ty, place }));
        }
        if let Some(found) = self.class_of(&record) {
            if let Some((k, def)) = found.function(name) {
                return match classes::binding(def) {
                    Binding::Property => {
                        let e = self.not_none(e, name);
                        self.call_function_of(&record.class.name, k, Some(e), Args::positional(Vec::new()), node)
                    }
                    Binding::Unknown => Err(self.unsupported(
                        node,
                        "this decorated method",
                        "decorate it with nothing, or property, staticmethod or classmethod",
                    )),
                    _ => Ok(Val::Static(Static::Method(Box::new(Val::Expr(e)), name.to_owned()))),
                };
            }
            if let Some(constant) = found.constant(name).cloned() {
                return self.default_value(&constant, Some(span(&*found.def).start));
            }
        }
        Err(self.no_attribute(&record, name, node))
    }

    pub(super) fn no_attribute(&self, record: &Record, name: &str, node: &ast::Expr) -> Stop {
        let class = &record.class;
        let message = format!("'{}' object has no attribute '{name}'", class.name);
        let diagnostic = self.error(node, codes::UNKNOWN_ATTRIBUTE, message, format!("this is {record}"));
        if class.library {
            let methods = containers::methods(&class.name).join(", ");
            return Stop::error(diagnostic.hint(format!("it has the methods {methods}")));
        }
        let fields: Vec<&str> = class.fields().iter().map(|(name, _)| name.as_str()).collect();
        Stop::error(
            diagnostic.hint(format!("its fields are ({}); others are annotated in the class", fields.join(", "))),
        )
    }

    /// An attribute of a class: a constant, or a function of it.
    pub(super) fn class_attribute(&mut self, class: &str, name: &str, node: &ast::Expr) -> Answer<Option<Val>> {
        let Some(found) = self.class(class) else { return Ok(None) };
        if found.function(name).is_some() {
            let class = Val::Static(Static::Class(class.to_owned()));
            return Ok(Some(Val::Static(Static::Method(Box::new(class), name.to_owned()))));
        }
        let _ = node;
        match found.constant(name).cloned() {
            Some(constant) => self.default_value(&constant, Some(span(&*found.def).start)).map(Some),
            None => Ok(None),
        }
    }

    /// `C.name(…)`
    pub(super) fn class_method(&mut self, class: &str, name: &str, mut args: Args, node: &ast::Expr) -> Answer<Val> {
        let Some(found) = self.class(class) else { return Ok(Val::NONE) };
        let Some((k, def)) = found.function(name) else { return Ok(Val::NONE) };
        if classes::binding(def) == Binding::Class {
            args.positional.insert(0, Val::Static(Static::Class(class.to_owned())));
        }
        self.call_function_of(class, k, None, args, node)
    }

    /// `record.name(…)`
    pub(super) fn record_method(&mut self, e: Expr, name: &str, mut args: Args, node: &ast::Expr) -> Answer<Val> {
        let Type::Record(record) = &e.ty else { return Ok(Val::NONE) };
        let record = record.clone();
        let e = self.not_none(e, name);
        if record.class.library {
            return self.container_method(e, name, args, node);
        }
        let Some(found) = self.class_of(&record) else { return Err(self.no_attribute(&record, name, node)) };
        let Some((k, def)) = found.function(name) else { return Err(self.no_attribute(&record, name, node)) };
        let first = match classes::binding(def) {
            Binding::Static => None,
            Binding::Class => {
                args.positional.insert(0, Val::Static(Static::Class(record.class.name.clone())));
                None
            }
            _ => Some(e),
        };
        self.call_function_of(&record.class.name, k, first, args, node)
    }

    /// Calls a function of a record's class that Python calls for an operator or a built-in function, if the class has it.
    pub(super) fn special(&mut self, e: &Expr, name: &str, args: Vec<Val>, node: &ast::Expr) -> Answer<Option<Val>> {
        let Type::Record(record) = &e.ty else { return Ok(None) };
        let record = record.clone();
        if record.class.library {
            let operator = name.trim_matches('_');
            let function = format!("{}_{operator}", record.class.name);
            if nopython_numpy::find(&function).is_none() {
                return Ok(None);
            }
            let e = self.not_none(e.clone(), name);
            return self.container_call(&function, e, Args::positional(args), node).map(Some);
        }
        let Some((k, _)) = self.class_of(&record).and_then(|found| found.function(name).map(|(k, def)| (k, def.range)))
        else {
            return Ok(None);
        };
        let e = self.not_none(e.clone(), name);
        self.call_function_of(&record.class.name, k, Some(e), Args::positional(args), node).map(Some)
    }

    /// A record that is called: its `__call__`.
    pub(super) fn special_call(&mut self, e: &Expr, args: Args, node: &ast::Expr) -> Answer<Option<Val>> {
        let Type::Record(record) = &e.ty else { return Ok(None) };
        let record = record.clone();
        let found = self.class_of(&record).and_then(|found| found.function("__call__").map(|(k, _)| k));
        let Some(k) = found else { return Ok(None) };
        let e = self.not_none(e.clone(), "__call__");
        self.call_function_of(&record.class.name, k, Some(e), args, node).map(Some)
    }

    /// `record.name = value`
    pub(super) fn store_attribute(&mut self, e: Expr, name: &str, value: Val, node: &ast::Expr) -> Answer<()> {
        let Type::Record(record) = &e.ty else {
            if matches!(name, "real" | "imag") && matches!(e.ty, Type::Array(_) | Type::Scalar(_)) {
                return self.store_part(e, name, value, node);
            }
            let message = format!("{} has no attributes that are assigned", e.ty);
            let diagnostic = self.error(node, codes::TYPE_MISMATCH, message, format!("this is {}", e.ty));
            return Err(Stop::error(diagnostic.hint("assign to a variable, or to elements: a[:] = ...; a named tuple with another value is p._replace(x=...)")));
        };
        let record = record.clone();
        let place = self.place_of(node);
        let found = self.class_of(&record);
        if let Some(found) = &found {
            if found.frozen {
                let message = format!("cannot assign to field '{name}'");
                let diagnostic =
                    self.error(node, codes::TYPE_MISMATCH, message, format!("{} is frozen", record.class.name));
                return Err(Stop::error(diagnostic.hint("make a new instance, or leave frozen=True out")));
            }
            if let Some((k, _)) = found.setter(name) {
                let e = self.not_none(e, name);
                let call =
                    self.call_function_of(&record.class.name, k, Some(e), Args::positional(vec![value]), node)?;
                return self.evaluate_now(call, node);
            }
        }
        let Some((field, want)) = record.class.field(name).filter(|_| self.library || !record.class.library) else {
            return Err(self.no_attribute(&record, name, node));
        };
        let want = want.clone();
        let value = self.fitted_to(value, &want, &format!("the field {name} of {}", record.class.name), node)?;
        let record = self.not_none(e, name);
        self.emit(StmtKind::FieldStore { record, field, value }, place);
        Ok(())
    }

    /// `record.name op= value`
    pub(super) fn update_attribute(
        &mut self,
        target: &ast::ExprAttribute,
        op: ast::Operator,
        value: &ast::Expr,
        node: &ast::Expr,
    ) -> Answer<()> {
        let object = self.runtime_expr(&target.value)?;
        let object = self.named(object);
        let name = target.attr.as_str();
        let old = self.attribute(Val::Expr(object.clone()), name, node)?;
        let is_array = matches!(&old, Val::Expr(e) if matches!(e.ty, Type::Array(_)));
        let no_part = name == "imag" && !matches!(object.ty, Type::Array(array) if array.dtype.is_complex());
        if !matches!(object.ty, Type::Record(_)) && (!is_array || no_part) {
            // Refused, with what is said of assignments.
            return self.store_attribute(object, name, old, node);
        }
        let value = self.expr(value)?;
        if op == ast::Operator::Add && super::lists::is_record(&old) {
            return self.extend(old, value, node);
        }
        if let Val::Expr(e) = &old
            && matches!(e.ty, Type::Array(_))
        {
            let e = self.named(e.clone());
            return self.update_array(e, op, value, node, node);
        }
        let old = match old {
            Val::Expr(e) => Val::Expr(self.named(e)),
            other => other,
        };
        let result = self.in_place(op, old, value, node)?;
        self.store_attribute(object, name, result, node)
    }

    /// Whether a record may be read as true: its `__bool__` or its `__len__` as the value that is tested.
    pub(super) fn tested(&mut self, value: Val, node: &ast::Expr) -> Answer<Val> {
        let Some(record) = record_of(&value) else { return Ok(value) };
        if record.class.is_container() || record.optional {
            return Ok(value);
        }
        let Val::Expr(e) = &value else { return Ok(value) };
        let e = e.clone();
        if let Some(test) = self.special(&e, "__bool__", Vec::new(), node)? {
            return Ok(test);
        }
        Ok(self.special(&e, "__len__", Vec::new(), node)?.unwrap_or(value))
    }

    /// Whether a value is an instance of a class.
    pub(super) fn is_instance_of(&self, value: &Val, class: &str) -> Option<Expr> {
        let Val::Expr(e) = value else { return None };
        let Type::Record(record) = &e.ty else { return None };
        if record.class.name != class || record.class.library {
            return None;
        }
        let place = e.place;
        Some(if record.optional {
            self.is_set(e.clone())
        } else {
            ops::constant(nopython_ir::Const::Bool(true), true, place)
        })
    }

    /// The test that a record is not `None`.
    pub(super) fn is_set(&self, e: Expr) -> Expr {
        let place = e.place;
        let Type::Record(record) = &e.ty else { return ops::constant(nopython_ir::Const::Bool(true), true, place) };
        if !record.optional {
            return ops::constant(nopython_ir::Const::Bool(true), true, place);
        }
        let none = none_as(record, place);
        ops::unary(nopython_ir::ops::UnOp::Invert, operators::same(e, none), place)
    }
}
