//! Classes of the module whose instances are records: what their definitions say.

use crate::infer::Answer;
use crate::scope::{Meaning, Program};
use crate::signature::Reader;
use crate::source::span;
use crate::value::{Static, Val};
use nopython_diagnostics::{Diagnostic, codes};
use nopython_types::{Class, Record, Type};
use ruff_python_ast::{self as ast, Expr, Stmt, StmtClassDef, StmtFunctionDef};
use std::rc::Rc;
use std::sync::Arc;

/// A class whose instances are records.
pub struct Definition {
    /// The syntax tree.
    pub def: Rc<StmtClassDef>,
    /// Whether `@dataclass` makes `__init__` and `__eq__`.
    pub dataclass: bool,
    /// Whether no field may be stored.
    pub frozen: bool,
    /// Whether `==` compares the fields.
    pub compares: bool,
    /// Whether `<` compares the fields.
    pub orders: bool,
}

/// How a function of a class is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Binding {
    /// With the instance first.
    Method,
    /// With the instance, where an attribute is read.
    Property,
    /// With what is given.
    Static,
    /// With the class first.
    Class,
    /// In no way that is compiled: something else decorates it.
    Unknown,
}

impl Definition {
    /// A function of the class, by its number among the statements.
    pub fn function(&self, name: &str) -> Option<(usize, &StmtFunctionDef)> {
        self.def.body.iter().enumerate().rev().find_map(|(k, stmt)| match stmt {
            Stmt::FunctionDef(def) if def.name.as_str() == name && !is_setter(def) => Some((k, def)),
            _ => None,
        })
    }

    /// The function that stores a property.
    pub fn setter(&self, name: &str) -> Option<(usize, &StmtFunctionDef)> {
        self.def.body.iter().enumerate().rev().find_map(|(k, stmt)| match stmt {
            Stmt::FunctionDef(def) if def.name.as_str() == name && is_setter(def) => Some((k, def)),
            _ => None,
        })
    }

    /// What the class binds a name to: a constant, or the default of a field.
    pub fn constant(&self, name: &str) -> Option<&Expr> {
        self.def.body.iter().rev().find_map(|stmt| match stmt {
            Stmt::Assign(assign) => match &*assign.targets {
                [Expr::Name(target)] if target.id.as_str() == name => Some(&*assign.value),
                _ => None,
            },
            Stmt::AnnAssign(assign) => match &*assign.target {
                Expr::Name(target) if target.id.as_str() == name => assign.value.as_deref(),
                _ => None,
            },
            _ => None,
        })
    }
}

/// How a function of a class is called.
pub fn binding(def: &StmtFunctionDef) -> Binding {
    match &*def.decorator_list {
        [] => Binding::Method,
        [one] => match &one.expression {
            Expr::Name(name) if name.id.as_str() == "property" => Binding::Property,
            Expr::Name(name) if name.id.as_str() == "staticmethod" => Binding::Static,
            Expr::Name(name) if name.id.as_str() == "classmethod" => Binding::Class,
            _ => Binding::Unknown,
        },
        _ => Binding::Unknown,
    }
}

/// Whether a function is decorated `@name.setter`.
fn is_setter(def: &StmtFunctionDef) -> bool {
    def.decorator_list
        .iter()
        .any(|decorator| matches!(&decorator.expression, Expr::Attribute(a) if a.attr.as_str() == "setter"))
}

/// Whether an annotation is `ClassVar` or `ClassVar[…]`.
fn is_class_variable(annotation: &Expr) -> bool {
    match annotation {
        Expr::Name(name) => name.id.as_str() == "ClassVar",
        Expr::Attribute(attribute) => attribute.attr.as_str() == "ClassVar",
        Expr::Subscript(subscript) => is_class_variable(&subscript.value),
        _ => false,
    }
}

/// The fields that a class annotates: names, annotations and defaults.
pub fn fields(def: &StmtClassDef) -> impl Iterator<Item = (&str, &Expr, Option<&Expr>)> {
    crate::infer::named::fields(def).filter(|(_, annotation, _)| !is_class_variable(annotation))
}

impl Program {
    /// A class whose instances are records, if a class of the module is one.
    pub fn record_class(&self, name: &str) -> Option<Definition> {
        let def = Rc::clone(self.classes.get(name)?);
        let bases = def.arguments.as_ref().map_or(&[][..], |arguments| &arguments.args);
        let plain = bases.iter().all(|base| matches!(base, Expr::Name(name) if name.id.as_str() == "object"));
        if !plain || def.arguments.as_ref().is_some_and(|arguments| !arguments.keywords.is_empty()) {
            return None;
        }
        let mut found =
            Definition { def: Rc::clone(&def), dataclass: false, frozen: false, compares: false, orders: false };
        for decorator in &def.decorator_list {
            let (callee, arguments) = match &decorator.expression {
                Expr::Call(call) => (&*call.func, Some(&call.arguments)),
                other => (other, None),
            };
            if self.decorator_of_class(callee)? == "dataclass" {
                let flag = |name: &str, otherwise: bool| match arguments.and_then(|a| a.find_keyword(name)) {
                    Some(keyword) => matches!(&keyword.value, Expr::BooleanLiteral(b) if b.value),
                    None => otherwise,
                };
                found.dataclass = flag("init", true);
                found.frozen = flag("frozen", false);
                found.compares = flag("eq", true);
                found.orders = flag("order", false);
            }
        }
        Some(found)
    }

    /// The decorator that an expression is: `dataclass` or `jitclass`.
    fn decorator_of_class(&self, e: &Expr) -> Option<&'static str> {
        let full = match e {
            Expr::Name(name) => match self.names.get(name.id.as_str())? {
                Val::Static(Static::Foreign(full) | Static::Numba(full)) => full.clone(),
                _ => return None,
            },
            Expr::Attribute(attribute) => attribute.attr.to_string(),
            _ => return None,
        };
        match full.rsplit('.').next()? {
            "dataclass" => Some("dataclass"),
            "jitclass" => Some("jitclass"),
            _ => None,
        }
    }

    /// What `@jitclass(spec)` says of the fields: names and types, each where it stands.
    fn specified(&self, def: &StmtClassDef) -> Vec<(String, Expr)> {
        let mut found = Vec::new();
        for decorator in &def.decorator_list {
            let Expr::Call(call) = &decorator.expression else { continue };
            if self.decorator_of_class(&call.func) != Some("jitclass") {
                continue;
            }
            let keyword = call.arguments.find_keyword("spec").map(|keyword| &keyword.value);
            if let Some(spec) = call.arguments.args.first().or(keyword) {
                self.pairs(spec, &mut found);
            }
        }
        found
    }

    fn pairs(&self, spec: &Expr, found: &mut Vec<(String, Expr)>) {
        match spec {
            Expr::List(ast::ExprList { elts, .. }) | Expr::Tuple(ast::ExprTuple { elts, .. }) => {
                for pair in elts {
                    if let Expr::Tuple(pair) = pair
                        && let [Expr::StringLiteral(name), ty] = &*pair.elts
                    {
                        found.push((name.value.to_str().to_owned(), ty.clone()));
                    }
                }
            }
            Expr::Dict(dict) => {
                for item in &dict.items {
                    if let Some(Expr::StringLiteral(name)) = &item.key {
                        found.push((name.value.to_str().to_owned(), item.value.clone()));
                    }
                }
            }
            Expr::Call(call) => call.arguments.args.iter().for_each(|argument| self.pairs(argument, found)),
            Expr::Name(name) => {
                if let Some((_, binding)) = self.lookup(name.id.as_str(), usize::MAX)
                    && let Meaning::Constant(e) = &binding.meaning
                    && !e.is_name_expr()
                {
                    self.pairs(e, found);
                }
            }
            _ => {}
        }
    }
}

impl Reader<'_> {
    /// The type of the instances of a class of the module; nothing if they are no records.
    pub fn record(&self, name: &str) -> Answer<Option<Record>> {
        let known = self.program.records.borrow().get(name).cloned();
        if let Some(class) = known {
            return Ok(Some(Record { class, optional: false }));
        }
        let Some(found) = self.program.record_class(name) else { return Ok(None) };
        let class = Arc::new(Class::new(name.to_owned(), false, Vec::new(), found.dataclass));
        // Known before its fields are, which may be of this class.
        self.program.records.borrow_mut().insert(name.to_owned(), Arc::clone(&class));
        match self.types_of_fields(&found) {
            Ok(fields) => class.set_fields(fields),
            Err(stop) => {
                self.program.records.borrow_mut().remove(name);
                return Err(stop);
            }
        }
        Ok(Some(Record { class, optional: false }))
    }

    fn types_of_fields(&self, found: &Definition) -> Answer<Vec<(String, Type)>> {
        let reader = Reader { program: self.program, types: self.types, at: None };
        let mut types: Vec<(String, Type)> = Vec::new();
        let specified = self.program.specified(&found.def);
        let annotated = fields(&found.def).map(|(name, ty, _)| (name.to_owned(), ty.clone()));
        for (name, ty) in specified.into_iter().chain(annotated) {
            if types.iter().all(|(other, _)| *other != name) {
                types.push((name, reader.ty(&ty)?));
            }
        }
        if types.is_empty() {
            let name = &found.def.name;
            let error =
                Diagnostic::error(codes::UNSUPPORTED_SYNTAX, format!("the class `{name}` says no types of fields"))
                    .primary(span(name), "this class")
                    .hint("annotate them in the class: `x: float` on a line of its own, or use @jitclass with a spec");
            return Err(crate::infer::Stop::error(error));
        }
        Ok(types)
    }
}
