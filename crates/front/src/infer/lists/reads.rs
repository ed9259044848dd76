//! Whether a function only reads a list that it is given, so that it may know the list item by item.

use crate::value::Val;
use ruff_python_ast::visitor::{Visitor, walk_body, walk_comprehension, walk_expr, walk_stmt};
use ruff_python_ast::{self as ast, Expr, Stmt};

/// Built-in functions that keep nothing of a list and change none. So do functions of modules.
const READERS: &[&str] = &[
    "len",
    "sum",
    "min",
    "max",
    "any",
    "all",
    "sorted",
    "enumerate",
    "zip",
    "reversed",
    "range",
    "abs",
    "int",
    "float",
    "bool",
    "round",
    "divmod",
    "pow",
    "complex",
    "isinstance",
];

/// Whether statements only read the list in a name, whose items these are: every use of the name is one of those that keep nothing of it and
/// change nothing. Where lists are among the items, nothing at all is changed or given away.
pub fn only_reads(body: &[Stmt], name: &str, items: &[Val]) -> bool {
    let mut search = Search { name, uses: 0, reads: 0, changes: false };
    walk_body(&mut search, body);
    let nested = items.iter().any(super::holds_display);
    search.uses == search.reads && !(nested && search.changes)
}

struct Search<'n> {
    name: &'n str,
    uses: usize,
    reads: usize,
    /// Whether any list may be changed, or given to a function of the user's.
    changes: bool,
}

impl Search<'_> {
    /// Counts an expression that is the name where nothing is kept of its value.
    fn read(&mut self, e: &Expr) {
        self.reads += usize::from(matches!(e, Expr::Name(n) if n.id.as_str() == self.name));
    }
}

impl<'a> Visitor<'a> for Search<'_> {
    fn visit_stmt(&mut self, stmt: &'a Stmt) {
        match stmt {
            Stmt::For(s) => self.read(&s.iter),
            Stmt::While(s) => self.read(&s.test),
            Stmt::If(s) => {
                self.read(&s.test);
                s.elif_else_clauses.iter().filter_map(|clause| clause.test.as_ref()).for_each(|test| self.read(test));
            }
            _ => {}
        }
        walk_stmt(self, stmt);
    }

    fn visit_expr(&mut self, e: &'a Expr) {
        match e {
            Expr::Name(n) => self.uses += usize::from(n.id.as_str() == self.name),
            Expr::Subscript(s) if s.ctx.is_load() => self.read(&s.value),
            Expr::Subscript(_) => self.changes = true,
            Expr::Attribute(a) if super::changes(&a.attr) => self.changes = true,
            Expr::Attribute(a) if super::is_method(&a.attr) => self.read(&a.value),
            Expr::Call(call) => {
                let reads = match &*call.func {
                    Expr::Name(n) => READERS.contains(&n.id.as_str()),
                    Expr::Attribute(a) => !super::is_method(&a.attr) && !super::is_changing_function(&a.attr),
                    _ => false,
                };
                if reads {
                    call.arguments.args.iter().for_each(|argument| self.read(argument));
                    call.arguments.keywords.iter().for_each(|keyword| self.read(&keyword.value));
                } else {
                    self.changes = true;
                }
            }
            Expr::Compare(c) => {
                self.read(&c.left);
                c.comparators.iter().for_each(|other| self.read(other));
            }
            Expr::BinOp(b) => {
                self.read(&b.left);
                self.read(&b.right);
            }
            Expr::UnaryOp(u) if u.op == ast::UnaryOp::Not => self.read(&u.operand),
            Expr::If(c) => self.read(&c.test),
            _ => {}
        }
        walk_expr(self, e);
    }

    fn visit_comprehension(&mut self, comprehension: &'a ast::Comprehension) {
        self.read(&comprehension.iter);
        comprehension.ifs.iter().for_each(|test| self.read(test));
        walk_comprehension(self, comprehension);
    }
}
