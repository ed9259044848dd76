//! Integer locals that only ever hold one constant, such as the extents of arrays of a known shape, and what is computed of them.
//!
//! Values are assumed to be constant until a second one is found, so that `n = select(n == 1, m, n)` in a loop stands in nobody's way.
//! (Conditional constant propagation: M. Wegman and F. Zadeck, 1991, without regard to where a value is read.)

use super::PassOptions;
use nopython_ir::Const;
use nopython_ir::loops::{Block, Expr, Function, LocalId, Module, Stmt, Ty};
use nopython_ir::ops::{BinOp, UnOp};
use nopython_ir::sorted::SortedSet;
use nopython_types::DType;

/// Beyond so many rounds nothing is assumed.
const MOST_ROUNDS: usize = 20;

/// Runs the pass.
pub fn run(module: &mut Module, _: &PassOptions) {
    for function in module.functions.values_mut() {
        let values = values(function).unwrap_or_default();
        block(&values, &mut function.body);
    }
}

/// What is known of a value.
#[derive(Clone, Copy, PartialEq)]
enum Value {
    /// None has been found.
    Unset,
    Known(Const),
    Varying,
}

impl Value {
    fn meet(self, other: Value) -> Value {
        match (self, other) {
            (Value::Unset, known) | (known, Value::Unset) => known,
            (a, b) if a == b => a,
            _ => Value::Varying,
        }
    }
}

/// The values of all locals; `None` if they take too long to find.
fn values(function: &Function) -> Option<Vec<Value>> {
    let mut values: Vec<Value> = function
        .locals
        .handles()
        .map(|l| match function.locals[l].ty {
            Ty::Scalar(dtype) if !dtype.is_float() => Value::Unset,
            _ => Value::Varying,
        })
        .collect();
    let mut sets: Vec<(LocalId, &Expr)> = Vec::new();
    let mut varies = |l: LocalId| values.get_mut(l.index()).into_iter().for_each(|v| *v = Value::Varying);
    function.params.iter().for_each(|&l| varies(l));
    for stmt in &function.body {
        stmt.walk(&mut |s| match s {
            Stmt::Set(l, e) => sets.push((*l, e)),
            Stmt::Alloc { owner, .. } => varies(*owner),
            Stmt::For(l) => varies(l.var),
            Stmt::Call { results, .. } => results.iter().for_each(|&l| varies(l)),
            _ => {}
        });
    }
    // Locals that may be read before they are set start at zero.
    let mut early = Early { set: SortedSet::new(), read: SortedSet::new() };
    early.block(&function.body);
    early.read.iter().for_each(|&l| varies(l));
    for _ in 0..MOST_ROUNDS {
        let mut changed = false;
        for (local, e) in &sets {
            let new = evaluate(e, &values);
            if let Some(old) = values.get_mut(local.index()) {
                let new = old.meet(new);
                changed |= new != *old;
                *old = new;
            }
        }
        if !changed {
            return Some(values);
        }
    }
    None
}

/// Locals that may be read before they are set.
struct Early {
    set: SortedSet<LocalId>,
    read: SortedSet<LocalId>,
}

impl Early {
    fn block(&mut self, block: &Block) {
        for stmt in block {
            stmt.for_each_expr(&mut |e| {
                e.walk(&mut |e| {
                    if let Expr::Local(l) = e
                        && !self.set.contains(l)
                    {
                        self.read.insert(*l);
                    }
                });
            });
            // What is set in a branch or a loop may not have been set after it.
            for inner in stmt.blocks() {
                let before = self.set.clone();
                self.block(inner);
                self.set = before;
            }
            match stmt {
                Stmt::Set(l, _) => {
                    self.set.insert(*l);
                }
                Stmt::If(_, then, orelse) => {
                    let common = super::affine::set_locals(then);
                    let both = super::affine::set_locals(orelse);
                    let surely = |l: &&LocalId| sets_surely(then, **l) && sets_surely(orelse, **l);
                    let common: Vec<LocalId> = common.intersection(&both).filter(surely).copied().collect();
                    self.set.extend(common);
                }
                _ => {}
            }
        }
    }
}

/// Whether a block sets a local by a statement of its own.
fn sets_surely(block: &Block, local: LocalId) -> bool {
    block.iter().any(|s| matches!(s, Stmt::Set(l, _) if *l == local))
}

fn evaluate(e: &Expr, values: &[Value]) -> Value {
    match e {
        Expr::Const(c) if c.as_int().is_some() || matches!(c, Const::Bool(_)) => Value::Known(*c),
        Expr::Local(l) => values.get(l.index()).copied().unwrap_or(Value::Varying),
        Expr::Cast(to, a) if to.is_int() => match evaluate(a, values) {
            Value::Known(c) => c.as_int().map_or(Value::Varying, |v| Value::Known(Const::wrap(*to, v))),
            other => other,
        },
        Expr::Unary(UnOp::Invert, a) => match evaluate(a, values) {
            Value::Known(Const::Bool(b)) => Value::Known(Const::Bool(!b)),
            Value::Unset => Value::Unset,
            _ => Value::Varying,
        },
        Expr::Binary(op, a, b) => match (evaluate(a, values), evaluate(b, values)) {
            (Value::Known(a), Value::Known(b)) => operation(*op, a, b).map_or(Value::Varying, Value::Known),
            (Value::Varying, _) | (_, Value::Varying) => Value::Varying,
            _ => Value::Unset,
        },
        Expr::Select(test, a, b) | Expr::Cond(test, a, b) => match evaluate(test, values) {
            Value::Known(Const::Bool(true)) => evaluate(a, values),
            Value::Known(Const::Bool(false)) => evaluate(b, values),
            Value::Unset => Value::Unset,
            _ => evaluate(a, values).meet(evaluate(b, values)),
        },
        _ => Value::Varying,
    }
}

fn operation(op: BinOp, a: Const, b: Const) -> Option<Const> {
    if let (Const::Bool(a), Const::Bool(b)) = (a, b) {
        return Some(Const::Bool(match op {
            BinOp::And => a && b,
            BinOp::Or => a || b,
            BinOp::Eq => a == b,
            BinOp::Ne => a != b,
            _ => return None,
        }));
    }
    let Const::Int(dtype @ (DType::Int32 | DType::Int64), _) = a else { return None };
    let (a, b) = (a.as_int()?, b.as_int()?);
    let int = |v: Option<i64>| v.map(|v| Const::wrap(dtype, v));
    match op {
        BinOp::Add => int(a.checked_add(b)),
        BinOp::Sub => int(a.checked_sub(b)),
        BinOp::Mul => int(a.checked_mul(b)),
        BinOp::Min => int(Some(a.min(b))),
        BinOp::Max => int(Some(a.max(b))),
        BinOp::Eq => Some(Const::Bool(a == b)),
        BinOp::Ne => Some(Const::Bool(a != b)),
        BinOp::Lt => Some(Const::Bool(a < b)),
        BinOp::Le => Some(Const::Bool(a <= b)),
        BinOp::Gt => Some(Const::Bool(a > b)),
        BinOp::Ge => Some(Const::Bool(a >= b)),
        _ => None,
    }
}

/// Writes what is known into statements, and drops branches that are not taken.
fn block(values: &[Value], stmts: &mut Block) {
    for mut stmt in std::mem::take(stmts) {
        stmt.for_each_expr_mut(&mut |e| e.rewrite(&mut |e| fold(e, values)));
        stmt.blocks_mut().into_iter().for_each(|inner| block(values, inner));
        match stmt {
            Stmt::If(Expr::Const(Const::Bool(test)), then, orelse) => stmts.extend(if test { then } else { orelse }),
            Stmt::Check(Expr::Const(Const::Bool(true)), _) => {}
            other => stmts.push(other),
        }
    }
}

/// Writes what is known of an expression whose operands are written so.
fn fold(e: &mut Expr, values: &[Value]) {
    if let Expr::Select(test, a, b) | Expr::Cond(test, a, b) = e
        && let Some(Const::Bool(test)) = test.as_const()
    {
        *e = std::mem::replace(if test { a } else { b }, Expr::bool(false));
    } else if let Expr::Cond(test, a, b) = e
        && [a.as_const(), b.as_const()] == [Some(Const::Bool(true)), Some(Const::Bool(false))]
    {
        *e = std::mem::replace(test, Expr::bool(false));
    } else if !matches!(e, Expr::Const(_))
        && let Value::Known(c) = evaluate(e, values)
    {
        *e = Expr::Const(c);
    }
}

/// Computes what constants give in statements, without regard to locals, and drops branches that are not taken.
pub fn fold_constants(stmts: &mut Block) {
    block(&[], stmts);
}
