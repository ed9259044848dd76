//! What a block has already computed or checked is not computed or checked again (local value numbering, J. Cocke and J. T. Schwartz, 1970).
//!
//! Only expressions that read no memory are kept, and only as long as nothing sets a local that they read. What has been stored is known at
//! its address until something may write there: `a[i] = e; s(a[i])` is `t = e; a[i] = t; s(t)`.

use super::affine::set_locals;
use super::effects::Effects;
use super::{PassOptions, for_each_body};
use nopython_ir::loops::{Block, Expr, Function, LocalId, Module, Stmt, type_of};
use nopython_ir::sorted::SortedSet;

/// Values and tests known at once: the latest ones, so that time is linear in the length of a block.
const MOST_KNOWN: usize = 200;
/// Stores further back than so many statements are not known.
const LONGEST_WAY: usize = 400;

/// Runs the pass.
pub fn run(module: &mut Module, _: &PassOptions) {
    for_each_body(module, &mut |function, body| block(function, body));
}

/// What is known at a point of a block.
#[derive(Default)]
struct Known {
    /// Locals and what they hold.
    values: Vec<(LocalId, Value)>,
    /// Tests that hold.
    tests: Vec<Value>,
    /// What lies in memory.
    stored: Vec<Stored>,
}

/// An expression, and the locals that it reads.
struct Value {
    expr: Expr,
    reads: Vec<LocalId>,
}

impl Value {
    fn of(expr: &Expr) -> Value {
        let mut reads = Vec::new();
        expr.walk(&mut |e| {
            if let Expr::Local(local) = e
                && !reads.contains(local)
            {
                reads.push(*local);
            }
        });
        Value { expr: expr.clone(), reads }
    }

    fn reads_any(&self, set: &SortedSet<LocalId>) -> bool {
        self.reads.iter().any(|local| set.contains(local))
    }
}

/// What a statement has stored.
struct Stored {
    /// The element, as it would be read.
    element: Expr,
    /// The position of the statement.
    place: usize,
}

impl Known {
    fn forget(&mut self, function: &Function, effects: &Effects) {
        let set = &effects.set;
        if !set.is_empty() {
            self.values.retain(|(local, value)| !set.contains(local) && !value.reads_any(set));
            self.tests.retain(|test| !test.reads_any(set));
        }
        self.stored.retain(|stored| !effects.change(function, &stored.element));
    }

    /// Drops what has been known longest; `place` is that of the next statement.
    fn bound(&mut self, place: usize) {
        self.values.drain(..self.values.len().saturating_sub(MOST_KNOWN));
        self.tests.drain(..self.tests.len().saturating_sub(MOST_KNOWN));
        self.stored.retain(|stored| stored.place + LONGEST_WAY > place);
        self.stored.drain(..self.stored.len().saturating_sub(MOST_KNOWN));
    }
}

fn block(function: &mut Function, stmts: &mut Block) {
    let mut known = Known::default();
    let mut out = Vec::with_capacity(stmts.len());
    for mut stmt in std::mem::take(stmts) {
        replace(&mut stmt, &known);
        read_stored(function, &mut stmt, &mut known, &mut out);
        for inner in stmt.blocks_mut() {
            block(function, inner);
        }
        if let Stmt::Check(test, _) = &stmt {
            if known.tests.iter().any(|known| known.expr == *test) {
                continue;
            }
            if !test.loads() {
                known.tests.push(Value::of(test));
            }
        }
        known.forget(function, &Effects::of(&stmt));
        match &stmt {
            Stmt::Set(local, value) if !value.loads() && !value.reads(*local) && !matches!(value, Expr::Const(_)) => {
                known.values.push((*local, Value::of(value)));
            }
            Stmt::Store(to, value) if !to.at.loads() => {
                if let Some(ty) = type_of(function, value) {
                    let element = Expr::Load(ty, to.clone());
                    known.stored.push(Stored { element, place: out.len() });
                }
            }
            _ => {}
        }
        out.push(stmt);
        known.bound(out.len());
    }
    *stmts = out;
}

/// Puts what has been stored in the place of reading it. The value gets a name before its statement, unless it is one.
fn read_stored(function: &mut Function, stmt: &mut Stmt, known: &mut Known, out: &mut Block) {
    if known.stored.is_empty() || matches!(stmt, Stmt::While { .. }) {
        return;
    }
    stmt.for_each_expr_mut(&mut |e| {
        e.rewrite(&mut |e| {
            let Some(place) = known.stored.iter().find(|s| s.element == *e).map(|s| s.place) else { return };
            let Some((Stmt::Store(_, value), later)) = out.get_mut(place..).and_then(|s| s.split_first_mut()) else {
                return;
            };
            match value {
                Expr::Const(_) => *e = value.clone(),
                Expr::Local(local) if !set_locals(later).contains(local) => *e = value.clone(),
                _ => {
                    let Some(ty) = type_of(function, value) else { return };
                    let name = function.local("stored", ty);
                    let set = Stmt::Set(name, std::mem::replace(value, name.into()));
                    out.insert(place, set);
                    known.stored.iter_mut().filter(|s| s.place >= place).for_each(|s| s.place += 1);
                    *e = name.into();
                }
            }
        });
    });
}

/// Reads a local that holds the same value, and copies through to what they copy.
fn replace(stmt: &mut Stmt, known: &Known) {
    // A loop's test and bounds are evaluated where it stands, but a `while` test also after its turns.
    if matches!(stmt, Stmt::While { .. }) {
        return;
    }
    stmt.for_each_expr_mut(&mut |e| {
        e.rewrite(&mut |e| {
            if let Expr::Local(local) = e {
                let held = known.values.iter().find(|(l, _)| l == local);
                if let Some((_, Value { expr: copy @ Expr::Local(_), .. })) = held {
                    *e = copy.clone();
                }
            } else if !matches!(e, Expr::Const(_))
                && let Some((local, _)) = known.values.iter().find(|(_, value)| value.expr == *e)
            {
                *e = Expr::Local(*local);
            }
        });
    });
}
