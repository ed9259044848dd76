//! `name := value`: an assignment inside an expression.
//!
//! It is a statement before the one that it stands in, which is right where nothing of that is evaluated before it: the first operand of the first
//! operand, and so on. Elsewhere it is refused.

use super::body::Body;
use super::{Answer, Stop};
use crate::value::Val;
use nopython_ir::sorted::SortedSet;
use ruff_python_ast::visitor::{Visitor, walk_expr, walk_stmt};
use ruff_python_ast::{self as ast, Stmt};

impl Body<'_, '_> {
    /// Assigns the name of a `:=` that a statement evaluates before anything else of an expression.
    pub(super) fn assign_first(&mut self, e: &ast::Expr) -> Answer<()> {
        let Some(named) = first_walrus(e) else { return Ok(()) };
        self.at_start = true;
        let value = self.expr(&named.value)?;
        self.assign_target(&named.target, value)?;
        self.assigned = Some(named.range);
        Ok(())
    }

    /// The value of `name := value`.
    pub(super) fn named_expression(&mut self, named: &ast::ExprNamed, e: &ast::Expr) -> Answer<Val> {
        if self.assigned.take_if(|range| *range == named.range).is_some() {
            return self.expr(&named.target);
        }
        Err(self.refused_walrus(e))
    }

    fn refused_walrus(&self, e: &ast::Expr) -> Stop {
        self.unsupported(
            e,
            "the walrus operator after other operands",
            "assign on a line of its own, or let it be what the statement evaluates first",
        )
    }

    /// Whether what is evaluated first in a test has to be a statement before it.
    pub(super) fn begins_with_statement(&self, test: &ast::Expr) -> bool {
        let mut names = SortedSet::new();
        walrus_names(&[], Some(test), &mut names);
        !self.shared.is_empty() || !names.is_empty()
    }
}

/// The `:=` that is evaluated before anything else of an expression.
fn first_walrus(e: &ast::Expr) -> Option<&ast::ExprNamed> {
    let (mut first, mut read) = (e, Vec::new());
    loop {
        first = match first {
            // What has been read before is not what it gives its value to.
            ast::Expr::Named(named) => {
                let is_read = |name: &&ast::ExprName| read.contains(&name.id.as_str());
                return named.target.as_name_expr().filter(|name| !is_read(name)).map(|_| named);
            }
            ast::Expr::BinOp(e) => &e.left,
            ast::Expr::Compare(e) => &e.left,
            ast::Expr::BoolOp(e) => e.values.first()?,
            ast::Expr::UnaryOp(e) => &e.operand,
            ast::Expr::If(e) => &e.test,
            ast::Expr::Attribute(e) => &e.value,
            ast::Expr::Subscript(e) => &e.value,
            ast::Expr::Tuple(e) => e.elts.first()?,
            ast::Expr::Call(e) => match &*e.func {
                ast::Expr::Name(name) => {
                    read.push(name.id.as_str());
                    e.arguments.args.first()?
                }
                ast::Expr::Attribute(method) if method.value.is_name_expr() => {
                    read.extend(method.value.as_name_expr().map(|name| name.id.as_str()));
                    e.arguments.args.first()?
                }
                other => other,
            },
            _ => return None,
        };
    }
}

/// Adds the names that `:=` assigns in statements and in an expression.
pub fn walrus_names(body: &[Stmt], test: Option<&ast::Expr>, names: &mut SortedSet<String>) {
    let mut found = Found(names);
    body.iter().for_each(|stmt| found.visit_stmt(stmt));
    test.into_iter().for_each(|test| found.visit_expr(test));
}

struct Found<'n>(&'n mut SortedSet<String>);

impl Visitor<'_> for Found<'_> {
    fn visit_stmt(&mut self, stmt: &Stmt) {
        if !matches!(stmt, Stmt::FunctionDef(_) | Stmt::ClassDef(_)) {
            walk_stmt(self, stmt);
        }
    }

    fn visit_expr(&mut self, e: &ast::Expr) {
        if let ast::Expr::Named(named) = e
            && let ast::Expr::Name(name) = &*named.target
        {
            self.0.insert(name.id.to_string());
        }
        if !matches!(e, ast::Expr::Lambda(_)) {
            walk_expr(self, e);
        }
    }
}
