//! The walk over statements and expressions, in any order: names are linked whichever way a function takes.

use super::{Analysis, Effects, Names};
use crate::scope::Program;
use ruff_python_ast::visitor::{Visitor, walk_except_handler, walk_expr, walk_pattern, walk_stmt};
use ruff_python_ast::{
    Comprehension, ExceptHandler, Expr, ExprAttribute, ExprContext, ExprSubscript, Pattern, Stmt, StmtFunctionDef,
};

/// A walk.
pub struct Walk<'p, 'a> {
    pub(super) program: &'p Program,
    pub(super) analysis: &'a mut Analysis,
    pub effects: Effects,
    /// Names that are read.
    pub loads: Names,
    /// Names that a function declares as those of the module.
    pub globals: Names,
    /// Names that what is returned may share objects with.
    pub returns: Names,
    /// Functions that are called.
    pub calls: Vec<usize>,
    /// Whether it goes through a function's body.
    pub(super) in_function: bool,
    /// How many comprehensions, functions and classes are around, whose names are their own.
    inner: usize,
}

impl<'p, 'a> Walk<'p, 'a> {
    /// A walk through a function's body, or through a piece of the module.
    pub fn new(program: &'p Program, analysis: &'a mut Analysis, function: Option<&StmtFunctionDef>) -> Self {
        Walk {
            program,
            analysis,
            effects: Effects::default(),
            loads: Names::default(),
            globals: Names::default(),
            returns: Names::default(),
            calls: Vec::new(),
            in_function: function.is_some(),
            inner: 0,
        }
    }

    /// Notes that an expression's object is written to.
    pub(super) fn write(&mut self, e: &Expr) {
        let names = self.sources(e);
        self.effects.writes.extend(names.iter().cloned());
    }

    /// Notes that a target takes a value, or its items.
    fn take(&mut self, target: &Expr, from: &Names, onlooker: bool, array: bool) {
        match target {
            Expr::Name(name) => {
                self.analysis.links.link(name.id.as_str(), from);
                let only = self.analysis.arrays.entry(name.id.to_string()).or_insert(true);
                *only &= array;
                if onlooker {
                    self.analysis.onlookers.insert(name.id.to_string());
                } else {
                    self.analysis.onlookers.remove(name.id.as_str());
                }
            }
            Expr::Tuple(tuple) => tuple.elts.iter().for_each(|e| self.take(e, from, onlooker, false)),
            Expr::List(list) => list.elts.iter().for_each(|e| self.take(e, from, onlooker, false)),
            Expr::Starred(starred) => self.take(&starred.value, from, onlooker, false),
            Expr::Subscript(ExprSubscript { value, .. }) | Expr::Attribute(ExprAttribute { value, .. }) => {
                // What is stored may be reached through what it is stored in.
                let into = self.sources(value);
                for name in into.iter().filter(|name| self.analysis.arrays.get(*name) != Some(&true)) {
                    self.analysis.links.link(name, from);
                }
                self.effects.writes.extend(into.iter().cloned());
            }
            _ => {}
        }
    }

    fn takes(&mut self, target: &Expr, value: &Expr) {
        let from = self.sources(value);
        let onlooker = self.is_onlooker(value);
        let array = self.is_array(value);
        self.take(target, &from, onlooker, array);
    }

    fn bind(&mut self, name: &str) {
        if self.inner == 0 {
            self.effects.binds.insert(name.to_owned());
        }
    }

    /// A function that is defined. At the top of a module it may be called from anywhere, or never; in a function it counts as called.
    fn define(&mut self, def: &StmtFunctionDef) {
        self.bind(def.name.as_str());
        def.decorator_list.iter().for_each(|decorator| self.visit_expr(&decorator.expression));
        let defaults = def.parameters.iter_non_variadic_params().filter_map(|p| p.default.as_deref());
        defaults.for_each(|default| self.visit_expr(default));
        if self.in_function {
            self.inner += 1;
            def.body.iter().for_each(|stmt| self.visit_stmt(stmt));
            self.inner -= 1;
        }
    }

    /// Names whose objects an expression's value may be, hold or be a part of.
    pub(super) fn sources(&mut self, e: &Expr) -> Names {
        let mut names = Names::default();
        self.add_sources(e, &mut names);
        names
    }

    pub(super) fn add_sources(&mut self, e: &Expr, names: &mut Names) {
        match e {
            Expr::Name(name) => {
                names.insert(name.id.to_string());
            }
            Expr::Attribute(attribute) if matches!(attribute.attr.as_str(), "shape" | "size" | "ndim" | "dtype") => {}
            Expr::Attribute(ExprAttribute { value, .. }) | Expr::Subscript(ExprSubscript { value, .. }) => {
                self.add_sources(value, names);
            }
            Expr::Tuple(tuple) => tuple.elts.iter().for_each(|e| self.add_sources(e, names)),
            Expr::List(list) => list.elts.iter().for_each(|e| self.add_sources(e, names)),
            Expr::Set(set) => set.elts.iter().for_each(|e| self.add_sources(e, names)),
            Expr::Dict(dict) => dict.items.iter().for_each(|item| self.add_sources(&item.value, names)),
            Expr::Starred(starred) => self.add_sources(&starred.value, names),
            Expr::Named(named) => self.add_sources(&named.value, names),
            Expr::Await(awaited) => self.add_sources(&awaited.value, names),
            Expr::BoolOp(op) => op.values.iter().for_each(|e| self.add_sources(e, names)),
            Expr::If(choice) => {
                self.add_sources(&choice.body, names);
                self.add_sources(&choice.orelse, names);
            }
            // A list of lists that is multiplied or added holds the same lists.
            Expr::BinOp(op) if op.left.is_list_expr() || op.right.is_list_expr() => {
                self.add_sources(&op.left, names);
                self.add_sources(&op.right, names);
            }
            Expr::ListComp(list) => self.comprehension_sources(&list.elt, &list.generators, names),
            Expr::SetComp(set) => self.comprehension_sources(&set.elt, &set.generators, names),
            Expr::Generator(generator) => self.comprehension_sources(&generator.elt, &generator.generators, names),
            Expr::DictComp(dict) => self.comprehension_sources(&dict.value, &dict.generators, names),
            Expr::Call(call) => self.call_sources(call, names),
            _ => {}
        }
    }

    fn comprehension_sources(&mut self, elt: &Expr, generators: &[Comprehension], names: &mut Names) {
        self.add_sources(elt, names);
        generators.iter().for_each(|generator| self.add_sources(&generator.iter, names));
    }
}

impl Visitor<'_> for Walk<'_, '_> {
    fn visit_stmt(&mut self, stmt: &Stmt) {
        match stmt {
            Stmt::Assign(s) => s.targets.iter().for_each(|target| self.takes(target, &s.value)),
            Stmt::AnnAssign(s) => {
                if let Some(value) = &s.value {
                    self.takes(&s.target, value);
                }
            }
            // Of an array, `a += b` writes to it.
            Stmt::AugAssign(s) => {
                self.write(&s.target);
                let from = self.sources(&s.value);
                let into = self.sources(&s.target);
                into.iter().for_each(|name| self.analysis.links.link(name, &from));
            }
            Stmt::For(s) => self.takes(&s.target, &s.iter),
            Stmt::With(s) => {
                for item in &s.items {
                    if let Some(target) = &item.optional_vars {
                        self.takes(target, &item.context_expr);
                    }
                }
            }
            Stmt::Return(s) => {
                if let Some(value) = &s.value {
                    let from = self.sources(value);
                    self.returns.extend(from.iter().cloned());
                }
            }
            Stmt::Delete(s) => {
                for target in s.targets.iter().filter(|target| !target.is_name_expr()) {
                    self.write(target);
                }
            }
            Stmt::Global(s) => self.globals.extend(s.names.iter().map(|name| name.to_string())),
            Stmt::FunctionDef(def) => return self.define(def),
            Stmt::ClassDef(def) => {
                self.bind(def.name.as_str());
                self.inner += 1;
                walk_stmt(self, stmt);
                self.inner -= 1;
                return;
            }
            Stmt::Import(s) => {
                for alias in &s.names {
                    let name = alias.asname.as_ref().unwrap_or(&alias.name).as_str();
                    self.bind(name.split('.').next().unwrap_or(name));
                }
            }
            Stmt::ImportFrom(s) => {
                s.names.iter().for_each(|alias| self.bind(alias.asname.as_ref().unwrap_or(&alias.name).as_str()));
            }
            _ => {}
        }
        walk_stmt(self, stmt);
    }

    fn visit_expr(&mut self, e: &Expr) {
        match e {
            Expr::Name(name) if name.ctx == ExprContext::Load => {
                self.loads.insert(name.id.to_string());
            }
            Expr::Name(name) => self.bind(name.id.as_str()),
            Expr::Named(named) => {
                self.takes(&named.target, &named.value);
                // Its name is not of the comprehension around it.
                if let Expr::Name(name) = &*named.target {
                    self.effects.binds.insert(name.id.to_string());
                }
            }
            Expr::Call(call) => self.call(call),
            _ => {}
        }
        let own = matches!(
            e,
            Expr::ListComp(_) | Expr::SetComp(_) | Expr::DictComp(_) | Expr::Generator(_) | Expr::Lambda(_)
        );
        self.inner += usize::from(own);
        walk_expr(self, e);
        self.inner -= usize::from(own);
    }

    fn visit_comprehension(&mut self, comprehension: &Comprehension) {
        self.takes(&comprehension.target, &comprehension.iter);
        ruff_python_ast::visitor::walk_comprehension(self, comprehension);
    }

    fn visit_except_handler(&mut self, handler: &ExceptHandler) {
        let ExceptHandler::ExceptHandler(own) = handler;
        if let Some(name) = &own.name {
            self.bind(name.as_str());
        }
        walk_except_handler(self, handler);
    }

    fn visit_pattern(&mut self, pattern: &Pattern) {
        let name = match pattern {
            Pattern::MatchAs(own) => own.name.as_ref(),
            Pattern::MatchStar(own) => own.name.as_ref(),
            Pattern::MatchMapping(own) => own.rest.as_ref(),
            _ => None,
        };
        if let Some(name) = name {
            self.bind(name.as_str());
        }
        walk_pattern(self, pattern);
    }
}
