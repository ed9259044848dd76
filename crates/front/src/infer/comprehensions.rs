//! Comprehensions: functions inside the function, which fill a list in loops, as in Python before 3.12. So they have names of their own, and are
//! evaluated where they stand. `any` and `all` of a generator end with the first item that decides.

use super::body::Body;
use super::calls::Args;
use super::{Answer, Bound};
use crate::source::span;
use crate::value::{Static, Val};
use nopython_ir::sorted::SortedSet;
use nopython_types::Type;
use ruff_python_ast::{self as ast, Stmt, StmtFunctionDef};
use ruff_text_size::{Ranged, TextRange};

/// The list that is filled.
const LIST: &str = "$list";
/// The parameter that tells of which type items are at least.
const ITEMS: &str = "$items";
/// The key of an item of a dict.
const KEY: &str = "$of";
/// Built-in functions whose calls `for` runs over, and which have no value otherwise.
pub const ITERATED: [&str; 5] = ["range", "enumerate", "zip", "reversed", "prange"];

impl Body<'_, '_> {
    /// `[element for target in items if test]`
    pub fn comprehension(
        &mut self,
        element: &ast::Expr,
        generators: &[ast::Comprehension],
        node: &ast::Expr,
    ) -> Answer<Val> {
        let at = node.range();
        let append = called(attribute(LIST, "append", element.range()), element.clone());
        if self.library {
            self.at_start = false;
            // A body of the library has one comprehension, whose names are read nowhere else.
            let list = self.list_of_library(node)?;
            self.assign(LIST, list, span(node))?;
            self.statements(&looped(generators, vec![append]))?;
            return self.name(LIST, node);
        }
        let (node_index, range, ctx) = (Default::default(), at, ast::ExprContext::Load);
        let display = ast::Expr::List(ast::ExprList { node_index, range, elts: Vec::new(), ctx });
        let before = Some(assigned(LIST, display, at));
        self.made_by_loops(generators, before, vec![append], returned(name(LIST, at)), node)
    }

    /// `{key: value for target in items if test}`
    pub fn dict_comprehension(
        &mut self,
        key: &ast::Expr,
        value: &ast::Expr,
        generators: &[ast::Comprehension],
        node: &ast::Expr,
    ) -> Answer<Val> {
        let at = node.range();
        // The key is evaluated before the value, which is not so in an assignment.
        let inner = vec![assigned(KEY, key.clone(), key.range()), stored(LIST, name(KEY, at), value.clone())];
        let display = ast::Expr::Dict(ast::ExprDict { node_index: Default::default(), range: at, items: Vec::new() });
        self.made_by_loops(generators, Some(assigned(LIST, display, at)), inner, returned(name(LIST, at)), node)
    }

    /// `{item for target in items if test}`
    pub fn set_comprehension(
        &mut self,
        item: &ast::Expr,
        generators: &[ast::Comprehension],
        node: &ast::Expr,
    ) -> Answer<Val> {
        let at = node.range();
        let add = called(attribute(LIST, "add", item.range()), item.clone());
        let display = ast::Expr::Set(ast::ExprSet { node_index: Default::default(), range: at, elts: Vec::new() });
        self.made_by_loops(generators, Some(assigned(LIST, display, at)), vec![add], returned(name(LIST, at)), node)
    }

    /// `dict(items)` or `set(items)` of what only loops run over; nothing for items that have a value.
    pub fn container_of_loop(&mut self, class: &str, items: &ast::Expr, node: &ast::Expr) -> Answer<Option<Val>> {
        let generators = |target: ast::Expr, iter: &ast::Expr| ast::Comprehension {
            range: iter.range(),
            node_index: Default::default(),
            target,
            iter: iter.clone(),
            ifs: Vec::new(),
            is_async: false,
        };
        let at = items.range();
        match items {
            ast::Expr::Call(call) if matches!(&*call.func, ast::Expr::Name(name) if ITERATED.contains(&name.id.as_str())) =>
            {
                if class == "set" {
                    let all = [generators(name("$item", at), items)];
                    return self.set_comprehension(&name("$item", at), &all, node).map(Some);
                }
                let (node_index, ctx) = (Default::default(), ast::ExprContext::Store);
                let elts = vec![name("$key", at), name("$value", at)];
                let pair = ast::Expr::Tuple(ast::ExprTuple { node_index, range: at, elts, ctx, parenthesized: false });
                let all = [generators(pair, items)];
                self.dict_comprehension(&name("$key", at), &name("$value", at), &all, node).map(Some)
            }
            ast::Expr::Generator(g) if class == "set" => self.set_comprehension(&g.elt, &g.generators, node).map(Some),
            ast::Expr::Generator(g) => match &*g.elt {
                ast::Expr::Tuple(pair) => match &*pair.elts {
                    [key, value] => self.dict_comprehension(key, value, &g.generators, node).map(Some),
                    _ => Ok(None),
                },
                _ => Ok(None),
            },
            _ => Ok(None),
        }
    }

    /// What only loops run over as a list, for a function that reads all of it.
    pub(super) fn read_by_loop(&mut self, e: &ast::Expr) -> Answer<Option<Val>> {
        let ast::Expr::Call(call) = e else { return Ok(None) };
        let ast::Expr::Name(function) = &*call.func else { return Ok(None) };
        if !ITERATED.contains(&function.id.as_str())
            || !matches!(self.expr(&call.func)?, Val::Static(Static::Builtin(_)))
        {
            return Ok(None);
        }
        let (range, target, iter) = (e.range(), name("$item", e.range()), e.clone());
        let node_index = Default::default();
        let all = [ast::Comprehension { range, node_index, target, iter, ifs: Vec::new(), is_async: false }];
        self.comprehension(&name("$item", range), &all, e).map(Some)
    }

    /// `any(test for target in items)`, or `all`.
    pub fn decided(
        &mut self,
        any: bool,
        element: &ast::Expr,
        generators: &[ast::Comprehension],
        node: &ast::Expr,
    ) -> Answer<Val> {
        let at = node.range();
        let test = if any { element.clone() } else { negated(element) };
        let found = conditional(test, vec![returned(boolean(any, at))]);
        self.made_by_loops(generators, None, vec![found], returned(boolean(!any, at)), node)
    }

    /// A call of a function that runs loops between two statements.
    fn made_by_loops(
        &mut self,
        generators: &[ast::Comprehension],
        before: Option<Stmt>,
        inner: Vec<Stmt>,
        after: Stmt,
        node: &ast::Expr,
    ) -> Answer<Val> {
        let at = node.range();
        let at_start = std::mem::take(&mut self.at_start) && self.guarded == 0 && self.expanding == 0;
        let mut generators = generators.to_vec();
        let mut positional = Vec::new();
        if let Some(first) = generators.first_mut() {
            first.iter = self.evaluated_outside(&first.iter, &mut positional)?;
        }
        let mut names: Vec<String> = (0..positional.len()).map(first_name).collect();
        names.push(ITEMS.to_owned());
        let item = self.lists.least(span(node).start).unwrap_or(Type::None);
        positional.push(Val::Static(Static::Type(Type::list(item))));
        let function = self.reported_as.clone();
        let inner = looped(&generators, inner);
        let mut around = SortedSet::new();
        super::walrus::walrus_names(&inner, None, &mut around);
        if let Some(name) = around.iter().find(|name| !self.env.contains_key(*name)) {
            let what = format!("`{name} := ...` in a comprehension, where {name} has no value before,");
            return Err(self.unsupported(node, &what, &format!("write a loop, or assign {name} before")));
        }
        let make = || StmtFunctionDef {
            node_index: Default::default(),
            range: at,
            is_async: false,
            decorator_list: Default::default(),
            name: ast::Identifier::new(function, at),
            type_params: None,
            parameters: parameters(&names, at),
            returns: None,
            body: nonlocal(&around, at).into_iter().chain(before).chain(inner).chain([after]).collect(),
        };
        let function = self.function_value(at, make, node)?;
        self.at_start = at_start;
        self.lists.makes(span(node).start);
        self.apply(function, Args::positional(positional), node)
    }

    /// The first iterable, with parameters in the place of what is evaluated outside of the comprehension.
    fn evaluated_outside(&mut self, e: &ast::Expr, values: &mut Vec<Val>) -> Answer<ast::Expr> {
        if let ast::Expr::Call(call) = e
            && matches!(&*call.func, ast::Expr::Name(name) if ITERATED.contains(&name.id.as_str()))
        {
            let mut call = call.clone();
            for argument in &mut call.arguments.args {
                *argument = self.evaluated_outside(argument, values)?;
            }
            return Ok(ast::Expr::Call(call));
        }
        let value = self.expr(e)?;
        values.push(value);
        Ok(name(&first_name(values.len() - 1), e.range()))
    }

    /// Notes of which type the items of a comprehension are at least, if the function of this body is one.
    pub(super) fn expect_items(&mut self, def: &StmtFunctionDef, parameter: &str, bound: &Bound) {
        if let (ITEMS, Bound::Known(Val::Static(Static::Type(Type::List(item))))) = (parameter, bound)
            && **item != Type::None
        {
            self.lists.expect(span(def).start, item);
        }
    }
}

/// The parameter for a value of the first iterable.
fn first_name(k: usize) -> String {
    format!("$first{k}")
}

/// `for target in items: if test: inner`, for each generator inside the one before.
fn looped(generators: &[ast::Comprehension], inner: Vec<Stmt>) -> Vec<Stmt> {
    generators.iter().rev().fold(inner, |inner, generator| {
        let body = generator.ifs.iter().rev().fold(inner, |inner, test| vec![conditional(test.clone(), inner)]);
        vec![Stmt::For(ast::StmtFor {
            node_index: Default::default(),
            range: generator.range,
            is_async: false,
            target: Box::new(generator.target.clone()),
            iter: Box::new(generator.iter.clone()),
            body: body.into_iter().collect(),
            orelse: Default::default(),
        })]
    })
}

fn name(name: &str, range: TextRange) -> ast::Expr {
    ast::Expr::Name(ast::ExprName {
        node_index: Default::default(),
        range,
        id: name.into(),
        ctx: ast::ExprContext::Load,
    })
}

fn attribute(object: &str, attribute: &str, range: TextRange) -> ast::Expr {
    ast::Expr::Attribute(ast::ExprAttribute {
        node_index: Default::default(),
        range,
        value: Box::new(name(object, range)),
        attr: ast::Identifier::new(attribute, range),
        ctx: ast::ExprContext::Load,
    })
}

/// A call with one argument, as a statement.
fn called(func: ast::Expr, argument: ast::Expr) -> Stmt {
    let range = argument.range();
    let arguments = ast::Arguments {
        range,
        node_index: Default::default(),
        args: Box::new([argument]),
        keywords: Default::default(),
    };
    let call =
        ast::ExprCall { node_index: Default::default(), range_start: range.start(), func: Box::new(func), arguments };
    Stmt::Expr(ast::StmtExpr { node_index: Default::default(), range, value: Box::new(ast::Expr::Call(call)) })
}

/// `object[key] = value`
fn stored(object: &str, key: ast::Expr, value: ast::Expr) -> Stmt {
    let range = value.range();
    let target = ast::Expr::Subscript(ast::ExprSubscript {
        node_index: Default::default(),
        range,
        value: Box::new(name(object, range)),
        slice: Box::new(key),
        ctx: ast::ExprContext::Store,
    });
    let targets = std::iter::once(target).collect();
    Stmt::Assign(ast::StmtAssign { node_index: Default::default(), range, targets, value: Box::new(value) })
}

fn boolean(value: bool, range: TextRange) -> ast::Expr {
    ast::Expr::BooleanLiteral(ast::ExprBooleanLiteral { node_index: Default::default(), range, value })
}

fn negated(e: &ast::Expr) -> ast::Expr {
    let (range, operand) = (e.range(), Box::new(e.clone()));
    ast::Expr::UnaryOp(ast::ExprUnaryOp { node_index: Default::default(), range, op: ast::UnaryOp::Not, operand })
}

fn assigned(target: &str, value: ast::Expr, range: TextRange) -> Stmt {
    let targets = std::iter::once(name(target, range)).collect();
    Stmt::Assign(ast::StmtAssign { node_index: Default::default(), range, targets, value: Box::new(value) })
}

fn returned(value: ast::Expr) -> Stmt {
    let range = value.range();
    Stmt::Return(ast::StmtReturn { node_index: Default::default(), range, value: Some(Box::new(value)) })
}

fn conditional(test: ast::Expr, inner: Vec<Stmt>) -> Stmt {
    Stmt::If(ast::StmtIf {
        node_index: Default::default(),
        range: test.range(),
        test: Box::new(test),
        body: inner.into_iter().collect(),
        elif_else_clauses: Vec::new(),
    })
}

/// What `:=` assigns in a comprehension is a name of the function around it.
fn nonlocal(names: &SortedSet<String>, range: TextRange) -> Option<Stmt> {
    let names: Vec<_> = names.iter().map(|name| ast::Identifier::new(name.as_str(), range)).collect();
    (!names.is_empty()).then_some(Stmt::Nonlocal(ast::StmtNonlocal { node_index: Default::default(), range, names }))
}

fn parameters(names: &[String], range: TextRange) -> Box<ast::Parameters> {
    let parameter = |name: &String| ast::ParameterWithDefault {
        range,
        node_index: Default::default(),
        parameter: ast::Parameter {
            range,
            node_index: Default::default(),
            name: ast::Identifier::new(name.as_str(), range),
            annotation: None,
        },
        default: None,
    };
    Box::new(ast::Parameters { range, args: names.iter().map(parameter).collect(), ..ast::Parameters::default() })
}
