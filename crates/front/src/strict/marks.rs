//! What stands in the source where the typed IR has lost it: operators, comparisons and calls by their places.
//!
//! Nodes that an expanded body of the library leaves carry the place of the call, and so have no mark of their own.

use crate::source::span;
use nopython_ir::typed::Place;
use ruff_python_ast::visitor::{Visitor, walk_expr, walk_stmt};
use ruff_python_ast::{Expr, Operator, Stmt};
use std::collections::{BTreeMap, BTreeSet};

/// What the user wrote, by the first and the last byte of it.
#[derive(Default)]
pub struct Marks {
    operators: BTreeMap<(u32, u32), Vec<Operator>>,
    truncated: BTreeSet<(u32, u32)>,
    extremes: BTreeSet<(u32, u32)>,
    choices: BTreeSet<(u32, u32)>,
    compared: BTreeSet<(u32, u32)>,
    stored: BTreeSet<(u32, u32)>,
    targets: BTreeSet<(u32, u32)>,
}

const fn key(place: Place) -> (u32, u32) {
    (place.start, place.end)
}

fn at(e: &Expr) -> (u32, u32) {
    let span = span(e);
    (span.start, span.end)
}

/// The last part of a function's name.
fn called(function: &Expr) -> &str {
    match function {
        Expr::Name(name) => name.id.as_str(),
        Expr::Attribute(a) => a.attr.as_str(),
        _ => "",
    }
}

fn is_int(e: &Expr) -> bool {
    matches!(e, Expr::NumberLiteral(number) if number.value.is_int())
}

impl Marks {
    /// The marks of a module.
    pub fn of(suite: &[Stmt]) -> Marks {
        let mut marks = Marks::default();
        suite.iter().for_each(|stmt| marks.visit_stmt(stmt));
        marks
    }

    /// Whether an operator stands at a place. That of an augmented assignment stands at its value.
    pub fn is_operator(&self, place: Place, which: &[Operator]) -> bool {
        self.operators.get(&key(place)).is_some_and(|ops| ops.iter().any(|op| which.contains(op)))
    }

    /// Whether what stands at a place becomes an int: an argument of `int` or `np.int32`, or a call of `round`, `floor`, `ceil` or `trunc`.
    pub fn is_truncated(&self, place: Place) -> bool {
        self.truncated.contains(&key(place))
    }

    /// Whether Python's `min` or `max` is called at a place.
    pub fn is_extreme(&self, place: Place) -> bool {
        self.extremes.contains(&key(place))
    }

    /// Whether a conditional expression stands at a place of which one side alone is written as an int.
    pub fn is_choice(&self, place: Place) -> bool {
        self.choices.contains(&key(place))
    }

    /// Whether the whole operand of a comparison stands at a place.
    pub fn is_compared(&self, place: Place) -> bool {
        self.compared.contains(&key(place))
    }

    /// Whether a value that is assigned stands at a place.
    pub fn is_stored(&self, place: Place) -> bool {
        self.stored.contains(&key(place))
    }

    /// Whether a name is assigned at a place. Where paths meet, the compiler assigns at other places.
    pub fn is_target(&self, place: Place) -> bool {
        self.targets.contains(&key(place))
    }
}

impl<'a> Visitor<'a> for Marks {
    fn visit_stmt(&mut self, stmt: &'a Stmt) {
        match stmt {
            Stmt::Assign(s) => {
                self.stored.insert(at(&s.value));
            }
            Stmt::AugAssign(s) => {
                self.stored.insert(at(&s.value));
                self.operators.entry(at(&s.value)).or_default().push(s.op);
            }
            _ => {}
        }
        walk_stmt(self, stmt);
    }

    fn visit_expr(&mut self, e: &'a Expr) {
        let place = at(e);
        let set = match e {
            Expr::BinOp(b) => {
                self.operators.entry(place).or_default().push(b.op);
                None
            }
            Expr::Compare(c) => {
                self.compared.extend(std::iter::once(&*c.left).chain(&c.comparators).map(at));
                None
            }
            Expr::If(choice) if is_int(&choice.body) != is_int(&choice.orelse) => Some(&mut self.choices),
            Expr::Call(c) => match (called(&c.func), c.arguments.args.first()) {
                (name, Some(value)) if name.trim_start_matches('u').starts_with("int") => {
                    self.truncated.insert(at(value));
                    None
                }
                ("round" | "floor" | "ceil" | "trunc", _) => Some(&mut self.truncated),
                ("min" | "max", _) if c.func.is_name_expr() => Some(&mut self.extremes),
                _ => None,
            },
            Expr::Name(name) if name.ctx.is_store() => Some(&mut self.targets),
            _ => None,
        };
        if let Some(set) = set {
            set.insert(place);
        }
        walk_expr(self, e);
    }
}
