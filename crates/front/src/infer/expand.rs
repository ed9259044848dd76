//! Library bodies that are one expression, expanded at their call so that they fuse with what is around them.
//!
//! Parameters become variables first. When the body has been inferred, each is replaced by its argument if it is used at most once
//! or costs nothing to compute twice; otherwise it is bound by a `Let`.

use super::body::{Bind, Body, Env};
use super::doubt::Doubt;
use super::ops::{self, as_const};
use super::raises::Message;
use super::{Answer, Infer};
use crate::value::Val;
use nopython_ir::Const;
use nopython_ir::ops::UnOp;
use nopython_ir::typed::{Expr, ExprKind, FuncId, Index, MapOp, StmtKind, VarId};
use nopython_types::{Exception, limits};
use ruff_python_ast::{self as ast, Stmt, StmtFunctionDef};
use std::collections::BTreeSet;

/// Expansions nested deeper than this are calls instead.
const DEEPEST: usize = 24;

/// What comes before the result of an expansion.
enum Step {
    /// A variable has a value.
    Let(VarId, Expr),
    /// A test must hold.
    Check(Expr, Exception, Message),
}

impl Body<'_, '_> {
    /// The value of a library call by expansion, or `None` if the body is more than one expression.
    pub fn expand(&mut self, def: &StmtFunctionDef, values: &[Val], node: &ast::Expr) -> Answer<Option<Val>> {
        if self.expanding >= DEEPEST || self.infer.depth > limits::CALLS || has_loop(&def.body) {
            return Ok(None);
        }
        let place = self.place_of(node);
        let mut steps = Vec::new();
        let mut env = Env::new();
        for (param, value) in def.parameters.iter_non_variadic_params().zip(values) {
            let bind = match value {
                Val::Expr(e) if as_const(e).is_none() => {
                    let var = self.temporary(param.parameter.name.as_str(), &e.ty);
                    steps.push(Step::Let(var, e.clone()));
                    Bind::Var { var, known: None, doubt: Doubt::default(), at: Default::default() }
                }
                other => Bind::Val(other.clone()),
            };
            env.insert(param.parameter.name.to_string(), bind);
        }
        let saved = (std::mem::replace(&mut self.env, env), self.library, self.at);
        let out = std::mem::take(&mut self.out);
        self.library = true;
        self.at = Some(place);
        self.expanding += 1;
        self.infer.depth += 1;
        let outcome = self.single_expression(&def.body, &mut steps);
        self.infer.depth -= 1;
        self.expanding -= 1;
        (self.env, self.library, self.at) = saved;
        let emitted = std::mem::replace(&mut self.out, out);
        let value = match outcome {
            Ok(Some(value)) if emitted.is_empty() => value,
            Ok(_) => return Ok(None),
            Err(stop) => return Err(stop),
        };
        Ok(self.around(value, steps))
    }

    /// The value of a body made of decided branches, assignments, checks and one `return`.
    fn single_expression(&mut self, body: &[Stmt], steps: &mut Vec<Step>) -> Answer<Option<Val>> {
        for stmt in body {
            match stmt {
                Stmt::Expr(s) if matches!(&*s.value, ast::Expr::StringLiteral(_)) => {}
                // What a statement computes may raise.
                Stmt::Expr(s) => match self.expr(&s.value)? {
                    Val::Expr(e) if !super::exprs::is_simple(&e) => return Ok(None),
                    _ => {}
                },
                Stmt::Return(s) => {
                    return match &s.value {
                        Some(e) => self.expr(e).map(Some),
                        None => Ok(Some(Val::NONE)),
                    };
                }
                Stmt::Assign(s) => {
                    let [ast::Expr::Name(name)] = s.targets.as_slice() else { return Ok(None) };
                    let bind = match self.expr(&s.value)? {
                        Val::Expr(e) if as_const(&e).is_none() => {
                            let var = self.temporary(name.id.as_str(), &e.ty);
                            steps.push(Step::Let(var, e));
                            Bind::Var { var, known: None, doubt: Doubt::default(), at: Default::default() }
                        }
                        other => Bind::Val(other),
                    };
                    self.env.insert(name.id.to_string(), bind);
                }
                Stmt::If(s) => match self.decided_branch(s, steps)? {
                    Branch::Value(value) => return Ok(Some(value)),
                    Branch::FallsThrough => {}
                    Branch::Undecided => return Ok(None),
                },
                _ => return Ok(None),
            }
        }
        Ok(None)
    }

    fn decided_branch(&mut self, s: &ast::StmtIf, steps: &mut Vec<Step>) -> Answer<Branch> {
        let clauses = std::iter::once((Some(&*s.test), &*s.body))
            .chain(s.elif_else_clauses.iter().map(|c| (c.test.as_ref(), &*c.body)));
        for (test, body) in clauses {
            let known = match test {
                None => true,
                Some(node) => {
                    let value = self.expr(node)?;
                    let test = self.truth(value, node)?;
                    match (as_const(&test), body) {
                        (Some(Const::Bool(known)), _) => known,
                        (_, [Stmt::Raise(raise)]) if s.elif_else_clauses.is_empty() => {
                            let Some(exc) = &raise.exc else { return Ok(Branch::Undecided) };
                            let (exception, message) = self.exception(exc)?;
                            if message.numbers.iter().any(|e| e.ty == nopython_types::Type::Str) {
                                return Ok(Branch::Undecided);
                            }
                            let place = test.place;
                            steps.push(Step::Check(ops::unary(UnOp::Invert, test, place), exception, message));
                            return Ok(Branch::FallsThrough);
                        }
                        _ => return Ok(Branch::Undecided),
                    }
                }
            };
            if known {
                // A branch that only assigns names falls through to what follows the `if`.
                let assigns = body.iter().all(|s| match s {
                    Stmt::Assign(s) => matches!(s.targets.as_slice(), [ast::Expr::Name(_)]),
                    // What it computes may raise.
                    _ => false,
                });
                return Ok(match self.single_expression(body, steps)? {
                    Some(value) => Branch::Value(value),
                    None if assigns => Branch::FallsThrough,
                    None => Branch::Undecided,
                });
            }
        }
        Ok(Branch::FallsThrough)
    }
}

enum Branch {
    Value(Val),
    FallsThrough,
    Undecided,
}

fn has_loop(body: &[Stmt]) -> bool {
    body.iter().any(|stmt| match stmt {
        Stmt::For(_) | Stmt::While(_) | Stmt::AugAssign(_) => true,
        // A loop in a branch may be in one that is never taken: only the top level decides here.
        _ => false,
    })
}

impl Body<'_, '_> {
    /// The value with its steps: substituted where that costs nothing, bound otherwise.
    fn around(&self, value: Val, steps: Vec<Step>) -> Option<Val> {
        let mut e = match value {
            Val::Expr(e) => e,
            // Axes stay known.
            Val::Tuple(items) if items.iter().all(is_known) && steps.iter().all(is_pure_step) => {
                return Some(Val::Tuple(items));
            }
            Val::Tuple(items) => match ops::tuple_expr(&items, Default::default()) {
                Some(e) => e,
                None => return substituted(Val::Tuple(items), &steps),
            },
            other => return substituted(other, &steps),
        };
        // Of the steps after one, whether any stores, and whether any that may raise stays where it is.
        let (mut written, mut raised) = (false, false);
        for step in steps.into_iter().rev() {
            e = match step {
                Step::Check(test, exception, message) => {
                    raised = true;
                    let Message { text, numbers } = message;
                    ops::showing(ops::checked(test, exception, &text, e), numbers)
                }
                Step::Let(var, value) => {
                    let raises = value.may_raise();
                    let stays = written && reads_elements(&value) || raised && raises;
                    written = written || self.infer.stores(&value);
                    let bound = bind(var, value, e, stays);
                    raised |= raises && matches!(bound.kind, ExprKind::Let(of, ..) if of == var);
                    bound
                }
            };
        }
        Some(Val::Expr(e))
    }
}

impl Infer<'_> {
    /// Whether evaluating an expression stores something, perhaps to memory that another expression reads.
    pub fn stores(&self, e: &Expr) -> bool {
        let mut open = Vec::new();
        let mut seen = BTreeSet::new();
        calls(e, &mut open);
        while let Some(id) = open.pop() {
            if !seen.insert(id) {
                continue;
            }
            // A function that is being inferred has no body yet.
            let Some(function) = self.module.functions.get(id).filter(|f| !f.body.is_empty()) else { return true };
            let mut blocks = vec![function.body.as_slice()];
            while let Some(block) = blocks.pop() {
                for stmt in block {
                    if stores(&stmt.kind) {
                        return true;
                    }
                    stmt.for_each_expr(&mut |e| calls(e, &mut open));
                    blocks.extend(stmt.blocks());
                }
            }
        }
        false
    }
}

/// Whether a statement changes an array or a list.
const fn stores(kind: &StmtKind) -> bool {
    matches!(
        kind,
        StmtKind::StoreItem { .. }
            | StmtKind::StoreView { .. }
            | StmtKind::ListStore { .. }
            | StmtKind::ListAppend { .. }
            | StmtKind::ListTruncate { .. }
            | StmtKind::FieldStore { .. }
    )
}

/// The functions that an expression calls.
pub fn calls(e: &Expr, into: &mut Vec<FuncId>) {
    e.walk(&mut |e| {
        if let ExprKind::Call(function, _) | ExprKind::Map(MapOp::Call(function), _) = e.kind {
            into.push(function);
        }
    });
}

/// Whether the value of an expression depends on elements of arrays, other than by naming their memory.
fn reads_elements(e: &Expr) -> bool {
    let mut found = false;
    e.walk(&mut |e| {
        found |= matches!(
            e.kind,
            ExprKind::Item { .. }
                | ExprKind::ListItem(..)
                | ExprKind::ListLength(_)
                | ExprKind::Field(..)
                | ExprKind::Map(..)
                | ExprKind::Reduce { .. }
                | ExprKind::Scan { .. }
                | ExprKind::Copy(_)
                | ExprKind::Reshape(..)
        );
    });
    found
}

/// Whether a value is a number that is known while compiling, or a tuple of such.
pub fn is_known(value: &Val) -> bool {
    match value {
        Val::Expr(e) => as_const(e).is_some(),
        Val::Tuple(items) => items.iter().all(is_known),
        _ => false,
    }
}

/// A value that is no expression, with the variables of steps substituted. Nothing if they cannot be, or if a step does something.
fn substituted(mut value: Val, steps: &[Step]) -> Option<Val> {
    if !steps.iter().all(is_pure_step) {
        return None;
    }
    for step in steps.iter().rev() {
        if let Step::Let(var, bound) = step
            && !substitute(&mut value, *var, bound)
        {
            return None;
        }
    }
    Some(value)
}

/// Replaces a variable in a value; whether that was possible: what is not cheap is not computed several times.
fn substitute(value: &mut Val, var: VarId, bound: &Expr) -> bool {
    match value {
        Val::Expr(e) => {
            let found = count(e, var) > 0;
            if found && is_cheap(bound) {
                replace(e, var, bound);
            }
            !found || is_cheap(bound)
        }
        Val::Tuple(items) | Val::List(items, _) => items.iter_mut().all(|item| substitute(item, var, bound)),
        Val::Static(_) => {
            let mut parts = Vec::new();
            value.parts(&mut parts);
            parts.iter().all(|e| count(e, var) == 0)
        }
    }
}

fn is_pure_step(step: &Step) -> bool {
    match step {
        Step::Let(_, e) => is_pure(e),
        Step::Check(..) => false,
    }
}

/// A body with a variable: substituted unless its value `stays` where it is, because what comes between may change it.
fn bind(var: VarId, value: Expr, mut body: Expr, stays: bool) -> Expr {
    let uses = count(&body, var);
    let movable = is_pure(&value) && (uses == 1 && !is_sometimes(&body, var) || uses <= 1 && !value.may_raise());
    if !stays && (movable || is_cheap(&value)) {
        if uses > 0 {
            replace(&mut body, var, &value);
        }
        return body;
    }
    let (ty, place) = (body.ty.clone(), body.place);
    Expr { kind: ExprKind::Let(var, Box::new(value), Box::new(body)), ty, place }
}

/// Whether a variable is read where it is not evaluated every time: an argument is, also one that raises.
fn is_sometimes(body: &Expr, var: VarId) -> bool {
    let sometimes = match &body.kind {
        ExprKind::Cond { then, orelse, .. } => count(then, var) + count(orelse, var) > 0,
        ExprKind::And(_, last) | ExprKind::Or(_, last) => count(last, var) > 0,
        _ => false,
    };
    let mut found = sometimes;
    visit(body, &mut |child| found |= is_sometimes(child, var));
    found
}

/// Whether an expression may be computed again at no cost: a place, or a small scalar computation.
fn is_cheap(e: &Expr) -> bool {
    match &e.kind {
        ExprKind::Const(_) | ExprKind::Var(_) => true,
        ExprKind::Dim(a, _) | ExprKind::TupleItem(a, _) | ExprKind::Transpose(a, _) | ExprKind::Part(a, _) => is_cheap(a),
        ExprKind::Cast(a) | ExprKind::Unary(_, a) | ExprKind::OfAxis(a, _) => is_cheap(a),
        ExprKind::View { array, index } => {
            is_cheap(array) && index.iter().all(|entry| matches!(entry, Index::Slice { start, stop, step } if [start, stop, step].into_iter().flatten().all(is_cheap)))
        }
        ExprKind::Map(MapOp::Kernel(_) | MapOp::Call(_), _) => false,
        ExprKind::Map(_, operands) => operands.iter().all(|o| matches!(o.kind, ExprKind::Var(_) | ExprKind::Const(_))),
        _ => false,
    }
}

/// Whether evaluating an expression changes nothing.
fn is_pure(e: &Expr) -> bool {
    if matches!(e.kind, ExprKind::Call(..) | ExprKind::Checked { .. } | ExprKind::Let(..)) {
        return false;
    }
    let mut pure = true;
    visit(e, &mut |child| pure &= is_pure(child));
    pure
}

fn count(e: &Expr, var: VarId) -> usize {
    let mut total = usize::from(e.kind == ExprKind::Var(var));
    visit(e, &mut |child| total += count(child, var));
    total
}

fn visit<'e>(e: &'e Expr, f: &mut dyn FnMut(&'e Expr)) {
    e.for_each_operand(f);
}

fn replace(e: &mut Expr, var: VarId, value: &Expr) {
    if e.kind == ExprKind::Var(var) {
        *e = value.clone();
        return;
    }
    e.for_each_operand_mut(&mut |child| replace(child, var, value));
}
