//! Functions inside functions: `def`, `lambda`, `functools.partial` and the functions of `operator`.
//!
//! A `def` inside a function makes a value that is known while compiling (`value::Closure`): the definition and the scope in which its free names
//! are looked up when it is called (`captures`). Assigning a name of the function around (`nonlocal`) is an argument and a further
//! result: the call, which has to be the first thing that a statement evaluates, assigns it back.

use super::body::{Bind, Body};
use super::calls::{Args, Defaults};
use super::ops;
use super::{Answer, Definition, Stop};
use crate::source::span;
use crate::value::{Closure, Partial, Static, Val};
use nopython_diagnostics::codes;
use nopython_ir::sorted::SortedSet;
use nopython_ir::typed::{Expr, ExprKind};
use nopython_types::Type;
use ruff_python_ast::visitor::{Visitor, walk_expr, walk_stmt};
use ruff_python_ast::{self as ast, ExprContext, Operator, Stmt, StmtFunctionDef};
use ruff_text_size::{Ranged, TextRange};
use std::rc::Rc;

/// A function inside another one. A lambda is a function of one `return`.
pub struct Nested {
    /// The definition.
    pub def: Rc<StmtFunctionDef>,
    /// Names that it, or a function in it, reads or assigns and does not bind.
    pub free: SortedSet<String>,
    /// Names of functions around it that it assigns.
    pub nonlocals: SortedSet<String>,
    at: TextRange,
}

impl Body<'_, '_> {
    /// `def` inside a function.
    pub(super) fn nested_function(&mut self, def: &StmtFunctionDef) -> Answer<()> {
        self.check_nested(def)?;
        let value = self.function_value(def.range, || def.clone(), def)?;
        self.assign(def.name.as_str(), value, span(&def.name))
    }

    /// `lambda parameters: body`
    pub(super) fn lambda(&mut self, lambda: &ast::ExprLambda, node: &ast::Expr) -> Answer<Val> {
        let make = || {
            let result = ast::StmtReturn {
                node_index: ast::AtomicNodeIndex::NONE,
                range: lambda.body.range(),
                value: Some(lambda.body.clone()),
            };
            StmtFunctionDef {
                node_index: ast::AtomicNodeIndex::NONE,
                range: lambda.range,
                is_async: false,
                decorator_list: Default::default(),
                name: ast::Identifier::new("<lambda>", lambda.range),
                type_params: None,
                parameters: lambda.parameters.clone().unwrap_or_default(),
                returns: None,
                body: [Stmt::Return(result)].into_iter().collect(),
            }
        };
        self.function_value(lambda.range, make, node)
    }

    fn check_nested(&self, def: &StmtFunctionDef) -> Answer<()> {
        let program = self.infer.program;
        let other = def.decorator_list.iter().find(|decorator| {
            let ours = super::named_decorator(&decorator.expression, program, usize::MAX);
            !ours.is_some_and(|(name, _)| matches!(name.as_str(), "njit" | "jit"))
        });
        match other {
            None => Ok(()),
            Some(other) => Err(self.unsupported(
                other,
                "a decorator of a function inside a function",
                "call a function with it: g = decorator(f); or move both to the top of the module",
            )),
        }
    }

    /// The value of a definition in this body. Its defaults are evaluated now.
    pub(super) fn function_value(
        &mut self,
        at: TextRange,
        make: impl FnOnce() -> StmtFunctionDef,
        node: impl Ranged,
    ) -> Answer<Val> {
        if self.library {
            return Err(self.unsupported(node, "a function in a function of the library", "write it beside it"));
        }
        let known = self.infer.nested.iter().position(|nested| nested.at == at);
        let definition = known.unwrap_or_else(|| {
            self.infer.nested.push(Nested::new(Rc::new(make()), at));
            self.infer.nested.len() - 1
        });
        let Some(nested) = self.infer.nested.get(definition) else { return Ok(Val::NONE) };
        let def = Rc::clone(&nested.def);
        self.shared.extend(nested.nonlocals.iter().cloned());
        let mut defaults = Vec::new();
        for param in def.parameters.iter_non_variadic_params() {
            defaults.push(match &param.default {
                Some(default) => {
                    let value = self.expr(default)?;
                    Some(self.settle(value))
                }
                None => None,
            });
        }
        // Only the module is around a lambda of the module.
        let scope = (self.slot != usize::MAX).then_some(0);
        let closure = Closure { definition, scope, defaults, name: def.name.to_string() };
        Ok(Val::Static(Static::Closure(Box::new(closure))))
    }

    /// A call of a function that is defined inside another one.
    pub(super) fn call_closure(&mut self, closure: Closure, args: Args, node: &ast::Expr) -> Answer<Val> {
        let at_start = std::mem::take(&mut self.at_start);
        let definition = Definition::Nested(closure.definition);
        let def = self.infer.definition(&definition)?;
        let nonlocals = self.infer.nested.get(closure.definition).map(|nested| nested.nonlocals.clone());
        let nonlocals: Vec<String> = nonlocals.into_iter().flatten().collect();
        if let Some(name) = nonlocals.first() {
            self.check_assigning(&closure, name, at_start, node)?;
        }
        self.share_changed(&def, closure.definition)?;
        let name = &closure.name;
        let values = self.bind_arguments(&def, name, args, Defaults::Known(&closure.defaults), node)?;
        let own = closure.scope.map(|scope| (closure.definition, scope));
        let value = self.call_instance(&definition, &def, own, values, node)?;
        if nonlocals.is_empty() {
            return Ok(value);
        }
        let result = self.runtime(value, node)?;
        let Type::Tuple(types) = result.ty.clone() else { return Ok(Val::Expr(result)) };
        let mut items = super::join::items(&self.settled(result), &types).into_iter();
        let value = items.next().unwrap_or(Val::NONE);
        for (name, item) in nonlocals.iter().zip(items) {
            self.assign(name, item, span(node))?;
        }
        Ok(if matches!(&value, Val::Expr(e) if e.ty == Type::None) { Val::NONE } else { value })
    }

    /// Lists of this function that a function in it changes are lists at run time.
    fn share_changed(&mut self, def: &StmtFunctionDef, definition: usize) -> Answer<()> {
        let free = self.infer.nested.get(definition).map(|nested| nested.free.clone());
        for name in free.into_iter().flatten() {
            if let Some(Bind::Val(list @ Val::List(items, Some(_)))) = self.env.get(&name)
                && !super::lists::only_reads(&def.body, &name, items)
            {
                let list = list.clone();
                self.shared_list(list, def)?;
            }
        }
        Ok(())
    }

    /// A function that assigns a name of the function around it is called there, and before anything else of a statement is evaluated.
    fn check_assigning(&self, closure: &Closure, name: &str, at_start: bool, node: &ast::Expr) -> Answer<()> {
        let what = format!("`{}` assigns `{name}` of the function around it, and a call of it", closure.name);
        if closure.scope != Some(0) || !self.env.contains_key(name) {
            let hint =
                format!("call it in the function that has `{name}`, or return the new value and assign it there");
            return Err(self.unsupported(node, &format!("{what} elsewhere"), &hint));
        }
        if !at_start {
            let hint = "call it in a statement of its own: result = f(...)";
            return Err(self.unsupported(node, &format!("{what} inside an expression"), hint));
        }
        Ok(())
    }

    /// Makes variables of the names that the function of this body assigns in the function around it.
    pub(super) fn enter_nonlocals(&mut self, at: nopython_diagnostics::Span) -> Answer<()> {
        let nested = self.own.and_then(|own| self.infer.nested.get(own));
        let names: Vec<String> = nested.map(|nested| nested.nonlocals.clone()).into_iter().flatten().collect();
        for name in &names {
            if let Some(value) = self.enclosing(name) {
                self.assign(name, value, at)?;
            }
        }
        self.results = names;
        Ok(())
    }

    /// What a `return` gives: the value, and the names of the function around this one that it assigns.
    pub(super) fn with_nonlocals(&mut self, value: Expr) -> Answer<Expr> {
        let (place, mut items) = (value.place, vec![value]);
        for name in self.results.clone() {
            let at = super::body::place_span(place);
            let node = TextRange::new(at.start.into(), at.end.into());
            let value = self.name(&name, node)?;
            items.push(self.runtime(value, node)?);
        }
        let ty = Type::Tuple(items.iter().map(|e| e.ty.clone()).collect());
        Ok(Expr { kind: ExprKind::Tuple(items), ty, place })
    }

    /// The items of `enumerate`, `zip` or `reversed` of tuples, which are known to be so many: those of tuples that are read from names, and of tuples
    /// of which one, that has a name, holds functions.
    pub(super) fn known_rows(&mut self, name: &str, arguments: &ast::Arguments) -> Answer<Option<Vec<Val>>> {
        let holds = |e: &ast::Expr| match e {
            ast::Expr::Name(name) => matches!(self.env.get(name.id.as_str()), Some(Bind::Val(v)) if v.holds_function()),
            _ => false,
        };
        if !matches!(name, "enumerate" | "zip" | "reversed") || arguments.args.is_empty() {
            return Ok(None);
        }
        if !arguments.args.iter().any(holds) && !arguments.args.iter().all(|e| self.is_tuple(e)) {
            return Ok(None);
        }
        let mut columns = Vec::new();
        for e in &arguments.args {
            let value = self.expr(e)?;
            match self.taken_apart(value) {
                Val::Tuple(items) | Val::List(items, _) => columns.push(items),
                _ => return Ok(None),
            }
        }
        let rows = columns.iter().map(Vec::len).min().unwrap_or(0);
        let number = |k: usize| Val::Expr(ops::int(i64::try_from(k).unwrap_or(i64::MAX), Default::default()));
        let row = |k: usize| columns.iter().filter_map(|column| column.get(k)).cloned().collect::<Vec<_>>();
        Ok(match (name, columns.as_slice(), &*arguments.keywords) {
            ("zip", _, []) => Some((0..rows).map(|k| Val::Tuple(row(k))).collect()),
            ("enumerate", [_], []) => {
                Some((0..rows).map(|k| Val::Tuple(std::iter::once(number(k)).chain(row(k)).collect())).collect())
            }
            ("reversed", [items], []) => Some(items.iter().rev().cloned().collect()),
            _ => None,
        })
    }

    /// Whether an expression that only reads, and may be evaluated twice, is a tuple of run time.
    fn is_tuple(&mut self, e: &ast::Expr) -> bool {
        let reads = |e: &ast::Expr| match e {
            ast::Expr::Attribute(attribute) => attribute.value.is_name_expr(),
            e => e.is_name_expr(),
        };
        reads(e) && matches!(self.expr(e), Ok(Val::Expr(Expr { ty: Type::Tuple(_), .. })))
    }

    /// `functools.partial(function, ...)`
    pub(super) fn partial(&mut self, args: Args, node: &ast::Expr) -> Answer<Val> {
        let mut given = args.positional.into_iter();
        let function = given.next().filter(Val::holds_function);
        let Some(function) = function else {
            let message = "partial() takes a function and some of its arguments";
            return Err(Stop::error(self.error(node, codes::TYPE_MISMATCH, message, "this call")));
        };
        let positional: Vec<Val> = given.map(|value| self.settle(value)).collect();
        let named = args.named.into_iter().map(|(name, value)| (name, self.settle(value))).collect();
        Ok(Val::Static(Static::Partial(Box::new(Partial { function, positional, named }))))
    }

    /// A call of a function with the rest of its arguments.
    pub(super) fn call_partial(&mut self, partial: Partial, args: Args, node: &ast::Expr) -> Answer<Val> {
        let mut named = partial.named;
        named.retain(|(name, _)| args.named.iter().all(|(given, _)| given != name));
        named.extend(args.named);
        let positional = partial.positional.into_iter().chain(args.positional).collect();
        self.apply(partial.function, Args { positional, named }, node)
    }

    /// A call of a function of `operator`.
    pub(super) fn call_operator(&mut self, name: &str, args: Args, node: &ast::Expr) -> Answer<Val> {
        let mut given = args.positional.into_iter();
        match (given.next(), given.next(), given.next(), args.named.is_empty(), OPERATORS.iter().find(|o| o.0 == name))
        {
            (Some(a), Some(b), None, true, Some((_, op))) => self.operator(*op, a, b, node),
            (Some(a), None, None, true, None) if name == "neg" => {
                let e = self.runtime(a, node)?;
                self.operand(&e, "this operator", node)?;
                let zero = Val::Expr(ops::int(0, e.place));
                let float = matches!(ops::Shape::of(&e.ty), Some(shape) if shape.scalar.dtype.is_float());
                if float {
                    return Ok(Val::Expr(ops::unary(nopython_ir::ops::UnOp::Neg, e.clone(), e.place)));
                }
                self.operator(Operator::Sub, zero, Val::Expr(e), node)
            }
            _ => {
                let message = format!("operator.{name}() takes two arguments");
                Err(Stop::error(self.error(node, codes::ARGUMENT_COUNT, message, "called here")))
            }
        }
    }
}

/// The functions of `operator` that are operators of two operands.
pub const OPERATORS: [(&str, Operator); 13] = [
    ("add", Operator::Add),
    ("sub", Operator::Sub),
    ("mul", Operator::Mult),
    ("truediv", Operator::Div),
    ("floordiv", Operator::FloorDiv),
    ("mod", Operator::Mod),
    ("pow", Operator::Pow),
    ("matmul", Operator::MatMult),
    ("and_", Operator::BitAnd),
    ("or_", Operator::BitOr),
    ("xor", Operator::BitXor),
    ("lshift", Operator::LShift),
    ("rshift", Operator::RShift),
];

impl Nested {
    fn new(def: Rc<StmtFunctionDef>, at: TextRange) -> Nested {
        let names = Names::of(&def);
        let nonlocals = names.nonlocals.clone();
        Nested { free: names.free(), nonlocals, def, at }
    }
}

/// The names that a function uses, as Python's compiler sorts them.
#[derive(Default)]
struct Names {
    used: SortedSet<String>,
    bound: SortedSet<String>,
    nonlocals: SortedSet<String>,
    globals: SortedSet<String>,
    /// Of those used, the ones that functions inside use.
    inner: SortedSet<String>,
}

impl Names {
    fn of(def: &StmtFunctionDef) -> Names {
        let mut names = Names::default();
        names.bound.extend(def.parameters.iter().map(|param| param.name().to_string()));
        def.body.iter().for_each(|stmt| names.visit_stmt(stmt));
        names
    }

    /// What is used and not bound.
    fn free(self) -> SortedSet<String> {
        let Names { used, mut bound, nonlocals, globals, .. } = self;
        bound.retain(|name| !nonlocals.contains(name));
        let mut free: SortedSet<String> = used.into_iter().chain(nonlocals).collect();
        free.retain(|name| !bound.contains(name) && !globals.contains(name));
        free
    }

    /// What an inner function takes from here, and its defaults, which are evaluated here.
    fn inner(&mut self, parameters: Option<&ast::Parameters>, inner: Names) {
        let defaults = parameters.into_iter().flat_map(ast::Parameters::iter_non_variadic_params);
        defaults.filter_map(|param| param.default.as_deref()).for_each(|default| self.visit_expr(default));
        let free = inner.free();
        self.inner.extend(free.iter().cloned());
        self.used.extend(free);
    }
}

impl Visitor<'_> for Names {
    fn visit_stmt(&mut self, stmt: &Stmt) {
        match stmt {
            Stmt::FunctionDef(def) => {
                self.bound.insert(def.name.to_string());
                self.inner(Some(&def.parameters), Names::of(def));
            }
            Stmt::ClassDef(def) => {
                self.bound.insert(def.name.to_string());
            }
            Stmt::Nonlocal(s) => self.nonlocals.extend(s.names.iter().map(|name| name.to_string())),
            Stmt::Global(s) => self.globals.extend(s.names.iter().map(|name| name.to_string())),
            Stmt::Import(s) => {
                for alias in &s.names {
                    let name = alias.asname.as_ref().unwrap_or(&alias.name).as_str();
                    self.bound.insert(name.split('.').next().unwrap_or(name).to_owned());
                }
            }
            Stmt::ImportFrom(s) => {
                let names = s.names.iter().map(|alias| alias.asname.as_ref().unwrap_or(&alias.name).to_string());
                self.bound.extend(names);
            }
            _ => walk_stmt(self, stmt),
        }
    }

    fn visit_expr(&mut self, e: &ast::Expr) {
        match e {
            ast::Expr::Name(name) if name.ctx == ExprContext::Load => {
                self.used.insert(name.id.to_string());
            }
            ast::Expr::Name(name) => {
                self.bound.insert(name.id.to_string());
            }
            ast::Expr::Lambda(lambda) => {
                let mut names = Names::default();
                let parameters = lambda.parameters.as_deref();
                names
                    .bound
                    .extend(parameters.into_iter().flat_map(ast::Parameters::iter).map(|p| p.name().to_string()));
                names.visit_expr(&lambda.body);
                self.inner(parameters, names);
            }
            // The targets of a comprehension are names of its own, and what `:=` assigns in it is not.
            ast::Expr::ListComp(_) | ast::Expr::SetComp(_) | ast::Expr::DictComp(_) | ast::Expr::Generator(_) => {
                let mut names = Names::default();
                walk_expr(&mut names, e);
                self.used.extend(names.free());
                super::walrus::walrus_names(&[], Some(e), &mut self.bound);
            }
            _ => walk_expr(self, e),
        }
    }
}

/// The free names of the lambdas in an expression, and all names that it reads.
pub fn names_in(e: &ast::Expr) -> (SortedSet<String>, SortedSet<String>) {
    let mut names = Names::default();
    names.visit_expr(e);
    (names.inner, names.used)
}

/// The variables of a function, whatever is called so around it.
pub fn variables(def: &StmtFunctionDef) -> SortedSet<String> {
    let Names { mut bound, nonlocals, globals, .. } = Names::of(def);
    bound.retain(|name| !nonlocals.contains(name) && !globals.contains(name));
    bound
}

/// The names of the functions around them that functions in a body assign.
pub fn assigned_inside(def: &StmtFunctionDef, names: &mut SortedSet<String>) {
    names.insert(def.name.to_string());
    names.extend(Names::of(def).nonlocals);
}
