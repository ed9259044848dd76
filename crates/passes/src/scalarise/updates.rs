//! Updates of an array in place, `s += e`, and runs of them.
//!
//! What is updated keeps its shape, so that each element is read for its own place and no temporary is needed. Updates of one array that follow one another are one rule:
//! the array is read and written once, however many terms are added to it. A run may begin with the statement that makes the array. In between, what has been computed is in no
//! memory, which nothing notices: operands neither call functions nor name the array's memory, and when one of them raises, no one is left to see it.

use super::lazy::{Lazy, Node};
use super::lower::Lowering;
use super::value::Value;
use super::{Lowered, malformed};
use nopython_ir::typed::{Expr, ExprKind, MapOp, Place, Stmt, StmtKind, VarId};
use nopython_types::Type;

/// Most operations of a run: beyond this, what an element needs at once does not stay in registers.
const MOST_OPERATIONS: usize = 64;

/// `target = target op operand`
pub struct Update<'a> {
    target: &'a Expr,
    op: &'a MapOp,
    operand: &'a Expr,
    /// The result.
    value: &'a Expr,
    /// Whether the target keeps its memory; otherwise the result is a new array.
    pub in_place: bool,
}

impl<'a> Update<'a> {
    /// The update that a statement is.
    pub fn of(stmt: &'a Stmt) -> Option<Update<'a>> {
        let (var, target, value) = match &stmt.kind {
            StmtKind::StoreView { target, value } => (var_of(target), Some(target), value),
            StmtKind::Assign(var, value) => (Some(*var), None, value),
            _ => return None,
        };
        let ExprKind::Map(op @ MapOp::Binary(_), operands) = &value.kind else { return None };
        let [first, operand] = operands.as_slice() else { return None };
        let updates = match (var_of(first), target) {
            (Some(read), _) => var == Some(read),
            (None, Some(target)) => first == target && !calls(target),
            (None, None) => false,
        };
        updates.then_some(Update { target: target.unwrap_or(first), op, operand, value, in_place: target.is_some() })
    }

    /// The variable that is updated as a whole.
    pub fn var(&self) -> Option<VarId> {
        var_of(self.target)
    }

    /// Whether the operand can be evaluated before earlier updates are written, if it names no memory of the target: it calls nothing, and evaluated in several places, sets no
    /// variable.
    pub fn is_pure(&self) -> bool {
        let mut pure = !calls(self.operand);
        self.operand.walk(&mut |e| pure &= !matches!(e.kind, ExprKind::Let(..)));
        pure
    }

    /// The number of operations on each element.
    fn operations(&self) -> usize {
        let mut count = 0;
        self.value.walk(&mut |e| count += usize::from(matches!(e.kind, ExprKind::Map(..))));
        count
    }
}

fn var_of(e: &Expr) -> Option<VarId> {
    match e.kind {
        ExprKind::Var(var) => Some(var),
        _ => None,
    }
}

/// Whether evaluating an expression calls a function.
fn calls(e: &Expr) -> bool {
    let mut found = false;
    e.walk(&mut |e| found |= matches!(e.kind, ExprKind::Call(..) | ExprKind::Map(MapOp::Call(_), _)));
    found
}

impl Lowering<'_> {
    /// How many statements are lowered as one run, the first and those after it: none if that is not an update and makes no array that is updated next.
    pub fn run_length(&self, first: &Stmt, rest: &[Stmt]) -> usize {
        let update = Update::of(first).filter(|update| update.in_place);
        let var = match (&first.kind, &update) {
            (_, Some(update)) => update.var(),
            (StmtKind::Assign(var, value), None)
                if matches!(value.kind, ExprKind::Map(..) | ExprKind::Full { .. }) && !calls(value) =>
            {
                Some(*var)
            }
            _ => return 0,
        };
        let made = update.is_none();
        let Some(var) = var else { return 1 };
        let mut operations = update.map_or(0, |update| update.operations());
        let continues = |stmt: &&Stmt| {
            Update::of(stmt).is_some_and(|update| {
                operations += update.operations();
                update.var() == Some(var)
                    && (made || update.in_place)
                    && operations <= MOST_OPERATIONS
                    && update.is_pure()
                    && self.is_apart(&update, var, made)
            })
        };
        match rest.iter().take_while(continues).count() {
            0 if made => 0,
            further => 1 + further,
        }
    }

    /// Whether the operand of an update reads nothing that earlier updates of the run write, and nobody sees whether they are written when it raises.
    fn is_apart(&self, update: &Update<'_>, var: VarId, made: bool) -> bool {
        let root = self.alias_root(var);
        let own = self.facts.distinct.contains(&root);
        let mut apart = own || made || matches!(update.operand.ty, Type::Scalar(_)) && !update.operand.may_raise();
        update.operand.walk(&mut |e| {
            if let Some(read) = var_of(e) {
                apart &= read != var && (made || self.alias_root(read) != root);
            }
        });
        apart
    }

    /// A run of updates: one loop nest.
    pub fn run(&mut self, first: &Stmt, updates: &[Stmt]) -> Lowered<()> {
        let place = first.place;
        let target = match Update::of(first) {
            Some(update) if update.in_place => Some(self.place(update.target)?),
            _ => None,
        };
        let mut rule: Option<Lazy> = target.clone().map(Lazy::load);
        for stmt in std::iter::once(first).chain(updates) {
            self.line = stmt.place.line;
            self.note_fused(stmt.place.line, place.line);
            rule = Some(match (rule, Update::of(stmt), &stmt.kind) {
                (Some(rule), Some(update), _) => self.updated(rule, &update, stmt.place)?,
                (None, _, StmtKind::Assign(_, value)) => self.lazy(value)?,
                _ => return malformed("a run that does not begin with an array"),
            });
        }
        self.line = place.line;
        match (target, rule, &first.kind) {
            (Some(target), Some(rule), _) => self.write_view(&target, &rule, place),
            (None, Some(rule), StmtKind::Assign(var, _)) => {
                let array = self.materialise(&rule, place)?;
                self.bind(*var, Value::Array(array))
            }
            _ => malformed("a run without a target"),
        }
    }

    /// The rule of an array, of which there is a rule before the update.
    fn updated(&mut self, before: Lazy, update: &Update<'_>, place: Place) -> Lowered<Lazy> {
        let dtype = before.dtype;
        let operand = self.lazy(update.operand)?;
        if !update.in_place {
            return Ok(self.map(update.op, vec![before, operand], dtype, update.value.place));
        }
        // What the operands are broadcast to has to be the shape of the target.
        let shape = before.shape.clone();
        self.check_broadcast(&shape, &operand.shape, update.value.place);
        self.check_fits(&operand.shape, &shape, place)?;
        let operand = self.stretched(operand, &shape);
        Ok(Lazy { node: Node::Map(update.op.clone(), vec![before.node, operand.node], dtype), shape, dtype })
    }
}
