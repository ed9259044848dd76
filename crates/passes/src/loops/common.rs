//! What a straight run of statements computes more than once gets a name (common subexpressions; J. Cocke, 1970).
//!
//! Engines share arithmetic themselves but read memory each time. A value is known until a local that it reads is set, or, if it reads memory, until
//! something may write there. Only what the statements surely evaluate is shared: not the sides of a `Cond`.

use super::effects::{Effects, is_slow_cast};
use super::{PassOptions, for_each_body};
use nopython_ir::loops::{Block, Expr, Function, LocalId, Module, Stmt, type_of};

/// Expressions smaller than this are as cheap as a local, unless they read memory or are a dozen instructions.
const SMALLEST: usize = 4;
/// Longer runs are left alone, and those of more expressions: each is compared with many others.
const LONGEST: usize = 200;
const MOST_EXPRESSIONS: usize = 4000;
/// Names given in one run.
const MOST_NAMES: usize = 60;

/// Runs the pass.
pub fn run(module: &mut Module, _: &PassOptions) {
    for_each_body(module, &mut |function, body| block(function, body));
}

fn block(function: &mut Function, stmts: &mut Block) {
    for stmt in stmts.iter_mut() {
        for inner in stmt.blocks_mut() {
            block(function, inner);
        }
    }
    let mut expressions = 0;
    stmts.iter().take(LONGEST).for_each(|stmt| stmt.for_each_expr(&mut |e| expressions += e.size()));
    if stmts.len() > LONGEST || expressions > MOST_EXPRESSIONS {
        return;
    }
    let mut names = 0;
    while names < MOST_NAMES {
        let mut repeated = find(function, stmts);
        if repeated.is_empty() {
            return;
        }
        names += repeated.len();
        let mut named = Vec::with_capacity(repeated.len());
        for Repeated { value, places } in repeated.drain(..) {
            let (Some(ty), Some(&first)) = (type_of(function, &value), places.first()) else { return };
            let name = function.local("common", ty);
            for &place in &places {
                if let Some(stmt) = stmts.get_mut(place) {
                    sure_exprs_mut(stmt, &mut |e| replace(e, &value, name));
                }
            }
            named.push((first, Stmt::Set(name, value)));
        }
        // From the end, so that the places before stay what they are.
        named.sort_by_key(|(first, _)| std::cmp::Reverse(*first));
        for (first, set) in named {
            stmts.insert(first, set);
        }
    }
}

/// An expression that several statements evaluate to the same value, or one statement twice.
struct Repeated {
    value: Expr,
    /// Positions of the statements.
    places: Vec<usize>,
}

/// What tells most expressions apart, and says what most statements do not change.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
struct Summary {
    size: usize,
    /// A bit for each local that it reads, by the local's number modulo 64.
    locals: u64,
    loads: bool,
}

impl Summary {
    fn local(local: LocalId) -> u64 {
        1 << (local.index() % 64)
    }

    /// Whether a statement may change the value; if not, it surely does not.
    fn touched(self, set: u64, effects: &Effects) -> bool {
        self.locals & set != 0 || self.loads && effects.writes()
    }
}

/// A value known at a point of a run.
struct Known<'a> {
    value: &'a Expr,
    summary: Summary,
    places: Vec<usize>,
    count: usize,
}

/// The repeated expressions of a block that are as large as any: none of them is part of another.
fn find(function: &Function, stmts: &Block) -> Vec<Repeated> {
    let mut known: Vec<Known<'_>> = Vec::new();
    let mut largest = 0;
    let mut found: Vec<Repeated> = Vec::new();
    let mut retire = |k: Known<'_>| {
        let size = k.summary.size;
        if k.count > 1 && size >= largest {
            if size > largest {
                found.clear();
                largest = size;
            }
            found.push(Repeated { value: k.value.clone(), places: k.places });
        }
    };
    for (place, stmt) in stmts.iter().enumerate() {
        let mut candidates = Vec::new();
        sure_roots(stmt, &mut |e| {
            summarise(e, true, &mut candidates);
        });
        for (value, summary) in candidates {
            if summary.size < SMALLEST && !matches!(value, Expr::Load(..)) && !is_slow_cast(function, value) {
                continue;
            }
            match known.iter_mut().find(|k| k.summary == summary && k.value == value) {
                Some(k) => {
                    k.count += 1;
                    if k.places.last() != Some(&place) {
                        k.places.push(place);
                    }
                }
                None => known.push(Known { value, summary, places: vec![place], count: 1 }),
            }
        }
        let effects = Effects::of(stmt);
        let set = effects.set.iter().fold(0, |set, local| set | Summary::local(*local));
        let (stale, fresh): (Vec<_>, Vec<_>) =
            known.into_iter().partition(|k| k.summary.touched(set, &effects) && effects.change(function, k.value));
        known = fresh;
        stale.into_iter().for_each(&mut retire);
    }
    known.into_iter().for_each(&mut retire);
    found
}

/// The summary of an expression. If it is surely evaluated, it and its parts of which this is true are added to a list: larger expressions
/// before their parts.
fn summarise<'a>(e: &'a Expr, is_sure: bool, list: &mut Vec<(&'a Expr, Summary)>) -> Summary {
    let at = list.len();
    if is_sure {
        list.push((e, Summary::default()));
    }
    let mut summary = Summary { size: 1, locals: 0, loads: matches!(e, Expr::Load(..)) };
    if let Expr::Local(local) = e {
        summary.locals = Summary::local(*local);
    }
    let mut first = true;
    e.for_each_child(&mut |child| {
        let part = summarise(child, is_sure && (first || !matches!(e, Expr::Cond(..))), list);
        first = false;
        summary.size += part.size;
        summary.locals |= part.locals;
        summary.loads |= part.loads;
    });
    if is_sure && let Some((_, entry)) = list.get_mut(at) {
        *entry = summary;
    }
    summary
}

/// Visits what a statement surely evaluates, where it stands, before its effects: larger expressions before their parts.
pub fn sure_exprs<'a>(stmt: &'a Stmt, f: &mut dyn FnMut(&'a Expr)) {
    sure_roots(stmt, &mut |e| sure_parts(e, f));
}

/// The expressions of a statement that it surely evaluates.
fn sure_roots<'a>(stmt: &'a Stmt, f: &mut dyn FnMut(&'a Expr)) {
    match stmt {
        Stmt::While { .. } | Stmt::Raise(_) => {}
        // What a raised error shows is computed only then.
        Stmt::Check(test, _) => f(test),
        other => other.for_each_expr(f),
    }
}

fn sure_parts<'a>(e: &'a Expr, f: &mut dyn FnMut(&'a Expr)) {
    f(e);
    match e {
        Expr::Cond(test, _, _) => sure_parts(test, f),
        other => other.for_each_child(&mut |child| sure_parts(child, f)),
    }
}

/// Visits the expressions of a statement of which it surely evaluates a part.
pub fn sure_exprs_mut(stmt: &mut Stmt, f: &mut dyn FnMut(&mut Expr)) {
    match stmt {
        Stmt::While { .. } | Stmt::Raise(_) => {}
        other => other.for_each_expr_mut(f),
    }
}

/// Puts a name in the place of a value, also where it might not be evaluated.
pub fn replace(e: &mut Expr, value: &Expr, name: LocalId) {
    if e == value {
        *e = Expr::Local(name);
    } else {
        e.for_each_child_mut(&mut |child| replace(child, value, name));
    }
}
