//! What the type of a name leaves open: whether it is assigned at all, and whether it is None.
//!
//! Neither is known while compiling when paths disagree. A hidden bool then answers at run time: it is assigned beside the name,
//! and read where the answer matters. Names get such a flag only once a read has asked, which starts inference of the body again.

use super::body::{Bind, Body, Env};
use super::ops;
use crate::value::{Static, Val};
use nopython_ir::Const;
use nopython_ir::ops::BinOp;
use nopython_ir::typed::{Expr, ExprKind, Place, StmtKind, VarId};
use nopython_types::{Exception, Scalar, Type};
use ruff_python_ast as ast;

/// What may be wrong with reading a variable at a point of the function.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Doubt {
    /// It may not have been assigned.
    pub unbound: bool,
    /// It may be None.
    pub none: bool,
}

impl Doubt {
    /// What may be wrong where two paths meet.
    pub const fn or(self, other: Doubt) -> Doubt {
        Doubt { unbound: self.unbound || other.unbound, none: self.none || other.none }
    }
}

/// What a flag says of a name when it is true.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Question {
    /// The name is assigned.
    Bound,
    /// The name is not None.
    NotNone,
}

impl Body<'_, '_> {
    /// Makes the flags that earlier rounds have asked for.
    pub fn make_flags(&mut self, place: Place) {
        let test = Type::Scalar(Scalar::BOOL);
        for (name, question) in self.asked.clone() {
            let var = self.temporary("flag", &test);
            self.flags.push(var);
            let bind = self.env.get(&name);
            let holds = match question {
                Question::Bound => bind.is_some(),
                Question::NotNone => matches!(bind, Some(Bind::Var { .. })),
            };
            self.set_flag(var, ops::constant(Const::Bool(holds), true, place));
        }
    }

    /// The flag that answers a question about a name; without one the question is noted for the next round.
    fn flag(&mut self, name: &str, question: Question) -> Option<VarId> {
        let found = self.asked.iter().position(|(n, q)| n == name && *q == question);
        if found.is_none() {
            self.asked.push((name.to_owned(), question));
        }
        self.flags.get(found?).copied()
    }

    /// Whether a name has a flag for a question.
    pub fn has_flag(&self, name: &str, question: Question) -> bool {
        self.asked.iter().take(self.flags.len()).any(|(n, q)| n == name && *q == question)
    }

    fn set_flag(&mut self, flag: VarId, value: Expr) {
        let place = value.place;
        self.emit(StmtKind::Assign(flag, value), place);
    }

    /// Sets a flag of a name, if it has one, beside an assignment.
    pub fn answer(&mut self, name: &str, question: Question, holds: bool, place: Place) {
        self.answer_with(name, question, ops::constant(Const::Bool(holds), true, place));
    }

    /// As [`Body::answer`], with an answer of run time.
    pub fn answer_with(&mut self, name: &str, question: Question, holds: Expr) {
        if self.has_flag(name, question)
            && let Some(flag) = self.flag(name, question)
        {
            self.set_flag(flag, holds);
        }
    }

    /// `for name in range(start, stop, step)` assigns the name if there is a turn, which is known before the first one.
    pub fn answer_range(&mut self, name: &str, start: &mut Expr, stop: &mut Expr, step: &mut Expr) {
        self.answer(name, Question::NotNone, true, start.place);
        if !self.has_flag(name, Question::Bound) {
            return;
        }
        let Some(flag) = self.flag(name, Question::Bound) else { return };
        for bound in [&mut *start, &mut *stop, &mut *step] {
            let value = std::mem::replace(bound, ops::int(0, bound.place));
            *bound = self.named(value);
        }
        let place = start.place;
        let zero = ops::int(0, place);
        let test = |op, a: &Expr, b: &Expr| ops::binary(op, a.clone(), b.clone(), true, place);
        let and = |a, b| ops::binary(BinOp::And, a, b, true, place);
        let or = |a, b| ops::binary(BinOp::Or, a, b, true, place);
        let (up, down) = (test(BinOp::Lt, start, stop), test(BinOp::Gt, start, stop));
        let turns = match ops::as_int(step) {
            Some(step) if step > 0 => up,
            Some(_) => down,
            None => or(and(test(BinOp::Gt, step, &zero), up), and(test(BinOp::Lt, step, &zero), down)),
        };
        let value = or(self.read(flag, place), turns);
        self.set_flag(flag, value);
    }

    /// The value of a variable about which there is doubt: checked where it is read.
    pub fn without_doubt(&mut self, name: &str, doubt: Doubt, mut value: Expr) -> Expr {
        if self.library {
            return value;
        }
        let place = value.place;
        if doubt.none
            && let Some(flag) = self.flag(name, Question::NotNone)
        {
            let message = format!("'{name}' is None here; compiled code takes and gives numbers");
            value = ops::checked(self.read(flag, place), Exception::Type, &message, value);
        }
        if doubt.unbound
            && let Some(flag) = self.flag(name, Question::Bound)
        {
            let message = format!("cannot access local variable '{name}' where it is not associated with a value");
            value = ops::checked(self.read(flag, place), Exception::UnboundLocal, &message, value);
        }
        value
    }

    /// Asks for a flag where a name is None on one path and something else on another. Tells whether there is none yet.
    pub fn ask_for_none(&mut self, name: &str, sides: &[(String, nopython_diagnostics::Span); 2]) {
        if !self.library && sides.iter().any(|(what, _)| what == "None") {
            self.flag(name, Question::NotNone);
        }
    }

    /// Of a value that may be None: the test that it is not, and the value where it is not.
    pub fn optional(&self, e: &Expr) -> Option<(Expr, Expr)> {
        let ExprKind::Checked { test, exception, message, value, .. } = &e.kind else { return None };
        match exception {
            Exception::Type if matches!(test.kind, ExprKind::Var(var) if self.flags.contains(&var) || self.opened.contains(&var)) => {
                Some(((**test).clone(), (**value).clone()))
            }
            Exception::UnboundLocal => {
                let (is_some, value) = self.optional(value)?;
                Some((ops::checked((**test).clone(), *exception, message, is_some), value))
            }
            _ => None,
        }
    }

    /// Where a test has the given outcome, names that it then shows not to be None are in no doubt.
    pub fn narrow(&mut self, test: &ast::Expr, outcome: bool) {
        match test {
            ast::Expr::UnaryOp(u) if u.op == ast::UnaryOp::Not => self.narrow(&u.operand, !outcome),
            ast::Expr::BoolOp(b) if (b.op == ast::BoolOp::And) == outcome => {
                b.values.iter().for_each(|part| self.narrow(part, outcome));
            }
            ast::Expr::Compare(c) => {
                let ([op], [right]) = (&*c.ops, &*c.comparators) else { return };
                let shows = match op {
                    ast::CmpOp::Is => !outcome,
                    ast::CmpOp::IsNot => outcome,
                    _ => return,
                };
                if shows
                    && right.is_none_literal_expr()
                    && let ast::Expr::Name(name) = &*c.left
                    && let Some(Bind::Var { doubt, .. }) = self.env.get_mut(name.id.as_str())
                {
                    doubt.none = false;
                }
            }
            _ => {}
        }
    }

    /// What `then` gives where a test has the given outcome.
    pub fn narrowed<T>(&mut self, test: &ast::Expr, outcome: bool, then: impl FnOnce(&mut Self) -> T) -> T {
        let before: Env = self.env.clone();
        self.narrow(test, outcome);
        let value = then(self);
        self.env = before;
        value
    }
}

/// Whether a binding is None.
pub const fn is_none(bind: &Bind) -> bool {
    matches!(bind, Bind::Val(Val::Static(Static::None)))
}
