//! Mistakes that Python's compiler finds and its grammar does not: `return` outside a function, a parameter twice, `global` after use.
//!
//! `SemanticSyntaxChecker` of ruff knows the rules; here is what it asks about the place where a node stands.

use crate::effects::Names;
use core::cell::RefCell;
use nopython_ir::sorted::SortedMap;
use ruff_python_ast::visitor::{Visitor, walk_except_handler, walk_expr, walk_pattern, walk_stmt};
use ruff_python_ast::{Comprehension, ExceptHandler, Expr, ExprContext, Parameters, Pattern, PythonVersion, Stmt};
use ruff_python_parser::semantic_errors::{
    LazyImportContext, SemanticSyntaxChecker, SemanticSyntaxContext, SemanticSyntaxError, SemanticSyntaxErrorKind,
};
use ruff_text_size::TextRange;

/// The first mistake, in words and with its place.
pub fn mistake(text: &str, suite: &[Stmt]) -> Option<(String, TextRange)> {
    let mut walk = Walk {
        checker: SemanticSyntaxChecker::new(),
        around: Around { text, scopes: vec![Scope::new(Kind::Module, suite, None)], errors: RefCell::default() },
    };
    suite.iter().for_each(|stmt| walk.visit_stmt(stmt));
    let first = walk.around.errors.into_inner().into_iter().min_by_key(|error| error.range.start())?;
    let words = match &first.kind {
        SemanticSyntaxErrorKind::DuplicateParameter(name) => {
            format!("duplicate argument '{name}' in function definition")
        }
        _ => first.to_string(),
    };
    Some((words, first.range))
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Module,
    Class,
    Function { is_async: bool },
    Lambda,
    Comprehension { is_async: bool, is_generator: bool },
}

impl Kind {
    const fn is_function(self) -> bool {
        matches!(self, Kind::Function { .. } | Kind::Lambda)
    }
}

/// A scope, and what is in it.
struct Scope {
    kind: Kind,
    params: Names,
    bindings: Names,
    globals: SortedMap<String, TextRange>,
    /// How many loops are around, within the scope.
    loops: usize,
}

impl Scope {
    fn new(kind: Kind, body: &[Stmt], parameters: Option<&Parameters>) -> Scope {
        let params = parameters.into_iter().flat_map(Parameters::iter).map(|p| p.name().to_string());
        let mut scope = Scope {
            kind,
            params: Names::default(),
            bindings: Names::default(),
            globals: SortedMap::default(),
            loops: 0,
        };
        scope.params.extend(params);
        body.iter().for_each(|stmt| scope.visit_stmt(stmt));
        scope
    }
}

/// Collects what a scope binds and declares.
impl Visitor<'_> for Scope {
    fn visit_stmt(&mut self, stmt: &Stmt) {
        match stmt {
            Stmt::FunctionDef(def) => {
                self.bindings.insert(def.name.to_string());
            }
            Stmt::ClassDef(def) => {
                self.bindings.insert(def.name.to_string());
            }
            Stmt::Import(s) => {
                let names = s.names.iter().map(|alias| alias.asname.as_ref().unwrap_or(&alias.name).to_string());
                self.bindings.extend(names);
            }
            Stmt::ImportFrom(s) => {
                let names = s.names.iter().map(|alias| alias.asname.as_ref().unwrap_or(&alias.name).to_string());
                self.bindings.extend(names);
            }
            Stmt::Global(s) => {
                for name in &s.names {
                    self.globals.entry(name.to_string()).or_insert(s.range);
                }
            }
            _ => walk_stmt(self, stmt),
        }
    }

    fn visit_expr(&mut self, e: &Expr) {
        match e {
            Expr::Name(name) if name.ctx != ExprContext::Load => {
                self.bindings.insert(name.id.to_string());
            }
            Expr::Lambda(_) => {}
            _ => walk_expr(self, e),
        }
    }

    fn visit_except_handler(&mut self, handler: &ExceptHandler) {
        let ExceptHandler::ExceptHandler(own) = handler;
        self.bindings.extend(own.name.iter().map(|name| name.to_string()));
        walk_except_handler(self, handler);
    }

    fn visit_pattern(&mut self, pattern: &Pattern) {
        let name = match pattern {
            Pattern::MatchAs(own) => own.name.as_ref(),
            Pattern::MatchStar(own) => own.name.as_ref(),
            Pattern::MatchMapping(own) => own.rest.as_ref(),
            _ => None,
        };
        self.bindings.extend(name.map(|name| name.to_string()));
        walk_pattern(self, pattern);
    }
}

/// Where the walk is.
struct Around<'t> {
    text: &'t str,
    scopes: Vec<Scope>,
    errors: RefCell<Vec<SemanticSyntaxError>>,
}

impl Around<'_> {
    fn kind(&self) -> Kind {
        self.scopes.last().map_or(Kind::Module, |scope| scope.kind)
    }

    /// The kinds of the scopes around, from the inside, up to the first one that is no comprehension.
    fn kinds(&self) -> impl Iterator<Item = Kind> {
        let mut done = false;
        self.scopes.iter().rev().map(|scope| scope.kind).take_while(move |kind| {
            let take = !done;
            done = !matches!(kind, Kind::Comprehension { .. });
            take
        })
    }
}

impl SemanticSyntaxContext for Around<'_> {
    fn future_annotations_or_stub(&self) -> bool {
        false
    }

    fn lazy_import_context(&self) -> Option<LazyImportContext> {
        None
    }

    fn python_version(&self) -> PythonVersion {
        PythonVersion::latest()
    }

    fn source(&self) -> &str {
        self.text
    }

    fn global(&self, name: &str) -> Option<TextRange> {
        self.scopes.last()?.globals.get(name).copied()
    }

    fn has_nonlocal_binding(&self, name: &str) -> bool {
        let outer = self.scopes.iter().rev().skip(1).filter(|scope| scope.kind.is_function());
        outer.into_iter().any(|scope| {
            (scope.bindings.contains(name) || scope.params.contains(name)) && !scope.globals.contains_key(name)
        })
    }

    fn in_async_context(&self) -> bool {
        self.kinds().last().is_some_and(|kind| kind == Kind::Function { is_async: true })
    }

    fn in_await_allowed_context(&self) -> bool {
        self.kinds().last().is_some_and(Kind::is_function)
    }

    fn in_yield_allowed_context(&self) -> bool {
        self.kind().is_function()
    }

    fn in_sync_comprehension(&self) -> bool {
        self.kinds().any(|kind| matches!(kind, Kind::Comprehension { is_async: false, .. }))
    }

    fn in_class_body_comprehension(&self) -> bool {
        matches!(self.kind(), Kind::Comprehension { .. }) && self.kinds().last() == Some(Kind::Class)
    }

    fn in_module_scope(&self) -> bool {
        self.kind() == Kind::Module
    }

    fn in_function_scope(&self) -> bool {
        self.kind().is_function()
    }

    fn in_generator_context(&self) -> bool {
        matches!(self.kind(), Kind::Comprehension { is_generator: true, .. })
    }

    fn in_notebook(&self) -> bool {
        false
    }

    fn report_semantic_error(&self, error: SemanticSyntaxError) {
        self.errors.borrow_mut().push(error);
    }

    fn in_loop_context(&self) -> bool {
        self.scopes.last().is_some_and(|scope| scope.loops > 0)
    }

    fn is_bound_parameter(&self, name: &str) -> bool {
        self.scopes.last().is_some_and(|scope| scope.params.contains(name))
    }
}

struct Walk<'t> {
    checker: SemanticSyntaxChecker,
    around: Around<'t>,
}

impl Walk<'_> {
    fn within(&mut self, scope: Scope, inside: impl FnOnce(&mut Self)) {
        self.around.scopes.push(scope);
        inside(self);
        self.around.scopes.pop();
    }

    fn in_loop(&mut self, inside: impl FnOnce(&mut Self)) {
        if let Some(scope) = self.around.scopes.last_mut() {
            scope.loops += 1;
        }
        inside(self);
        if let Some(scope) = self.around.scopes.last_mut() {
            scope.loops -= 1;
        }
    }

    fn comprehension(&mut self, results: &[&Expr], generators: &[Comprehension], is_generator: bool) {
        let is_async = generators.iter().any(|generator| generator.is_async);
        // What is iterated over first is looked at outside.
        if let Some(first) = generators.first() {
            self.visit_expr(&first.iter);
        }
        let scope = Scope::new(Kind::Comprehension { is_async, is_generator }, &[], None);
        self.within(scope, |walk| {
            for (k, generator) in generators.iter().enumerate() {
                walk.visit_expr(&generator.target);
                if k > 0 {
                    walk.visit_expr(&generator.iter);
                }
                generator.ifs.iter().for_each(|test| walk.visit_expr(test));
            }
            results.iter().for_each(|e| walk.visit_expr(e));
        });
    }
}

impl Visitor<'_> for Walk<'_> {
    fn visit_stmt(&mut self, stmt: &Stmt) {
        self.checker.visit_stmt(stmt, &self.around);
        match stmt {
            Stmt::FunctionDef(def) => {
                def.decorator_list.iter().for_each(|decorator| self.visit_decorator(decorator));
                self.visit_parameters(&def.parameters);
                def.returns.iter().for_each(|e| self.visit_annotation(e));
                let kind = Kind::Function { is_async: def.is_async };
                let scope = Scope::new(kind, &def.body, Some(&def.parameters));
                self.within(scope, |walk| walk.visit_body(&def.body));
            }
            Stmt::ClassDef(def) => {
                def.decorator_list.iter().for_each(|decorator| self.visit_decorator(decorator));
                def.arguments.iter().for_each(|arguments| self.visit_arguments(arguments));
                self.within(Scope::new(Kind::Class, &def.body, None), |walk| walk.visit_body(&def.body));
            }
            Stmt::For(s) => {
                self.visit_expr(&s.iter);
                self.visit_expr(&s.target);
                self.in_loop(|walk| walk.visit_body(&s.body));
                self.visit_body(&s.orelse);
            }
            Stmt::While(s) => {
                self.visit_expr(&s.test);
                self.in_loop(|walk| walk.visit_body(&s.body));
                self.visit_body(&s.orelse);
            }
            _ => walk_stmt(self, stmt),
        }
    }

    fn visit_expr(&mut self, e: &Expr) {
        self.checker.visit_expr(e, &self.around);
        match e {
            Expr::Lambda(lambda) => {
                lambda.parameters.iter().for_each(|parameters| self.visit_parameters(parameters));
                let scope = Scope::new(Kind::Lambda, &[], lambda.parameters.as_deref());
                self.within(scope, |walk| walk.visit_expr(&lambda.body));
            }
            Expr::ListComp(list) => self.comprehension(&[&list.elt], &list.generators, false),
            Expr::SetComp(set) => self.comprehension(&[&set.elt], &set.generators, false),
            Expr::Generator(own) => self.comprehension(&[&own.elt], &own.generators, true),
            Expr::DictComp(dict) => {
                let key = dict.key.as_deref();
                let results: Vec<&Expr> = key.into_iter().chain([&*dict.value]).collect();
                self.comprehension(&results, &dict.generators, false);
            }
            _ => walk_expr(self, e),
        }
    }
}
