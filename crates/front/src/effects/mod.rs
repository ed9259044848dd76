//! What statements at the top of a module change when Python runs them: objects that have a name, directly, through another name or a view, or in
//! a function that is called. The compiler does not run such statements, so that no function may count on what they change.
//!
//! The analysis knows names, not values: names that may share an object are linked, and what is written through one of them may change all.
//! It errs towards change. Numbers, strings and tuples of them cannot change, which is looked at where a name is used.

mod calls;
mod walk;

use crate::scope::Program;
use nopython_ir::sorted::{SortedMap, SortedSet};
use ruff_python_ast::visitor::Visitor;
use ruff_python_ast::{Expr, Stmt, StmtFunctionDef};
use walk::Walk;

/// A set of names.
pub type Names = SortedSet<String>;

/// Names that may share an object, or parts of one, with others.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Links(SortedMap<String, Names>);

impl Links {
    /// Notes that a name may share objects with others.
    fn link(&mut self, name: &str, others: &Names) {
        for other in others.iter().filter(|other| *other != name) {
            self.0.entry(name.to_owned()).or_default().insert(other.clone());
            self.0.entry(other.clone()).or_default().insert(name.to_owned());
        }
    }

    /// The names that share objects with some, directly or through others, and these.
    fn closure(&self, names: &Names) -> Names {
        let mut found = names.clone();
        let mut pending: Vec<String> = names.iter().cloned().collect();
        while let Some(name) = pending.pop() {
            for other in self.0.get(&name).into_iter().flat_map(Names::iter) {
                if found.insert(other.clone()) {
                    pending.push(other.clone());
                }
            }
        }
        found
    }
}

/// What running a piece of the source may do to the names that it sees.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Effects {
    /// Names whose objects may change.
    pub writes: Names,
    /// Names that are bound or deleted here.
    pub binds: Names,
    /// Names of the module that functions which are called here bind or delete.
    pub rebinds: Names,
    /// Names of the module that functions which are called here read.
    pub reads: Names,
    /// Whether it may do anything to any name: it runs text.
    pub anything: bool,
}

/// What a call of a function may do, in terms of its parameters and of names of the module.
#[derive(Clone, Debug, Default, PartialEq)]
struct Summary {
    params: Vec<String>,
    effects: Effects,
    /// Parameters and names that the result may share objects with.
    returns: Names,
}

/// The analysis, as far as the statements before have brought it.
#[derive(Default)]
pub struct Analysis {
    links: Links,
    /// Names of objects that only look at what they are given, such as the axes of a plot.
    onlookers: Names,
    /// Whether all values of a name are what NumPy has made: an array takes copies of what is stored in it.
    arrays: SortedMap<String, bool>,
    summaries: SortedMap<usize, Summary>,
}

/// What is looked at: a statement, or an expression of one whose parts run under other conditions.
#[derive(Clone, Copy)]
pub enum Piece<'a> {
    /// A statement with all that is in it.
    Stmt(&'a Stmt),
    /// An expression.
    Expr(&'a Expr),
}

impl Analysis {
    /// What a piece of the module does when it is run.
    pub fn effects(&mut self, program: &Program, piece: Piece<'_>) -> Effects {
        let mut walk = Walk::new(program, self, None);
        match piece {
            Piece::Stmt(stmt) => walk.visit_stmt(stmt),
            Piece::Expr(e) => walk.visit_expr(e),
        }
        let mut effects = walk.effects;
        effects.writes = self.links.closure(&effects.writes);
        effects
    }

    /// Forgets what is known of functions: a name of one has another meaning from here on.
    pub fn forget(&mut self) {
        self.summaries.clear();
    }

    /// What a call of function `index` may do. Functions that call each other are looked at until nothing is added.
    fn summary(&mut self, program: &Program, index: usize) -> Summary {
        if let Some(known) = self.summaries.get(&index) {
            return known.clone();
        }
        self.summaries.insert(index, Summary::default());
        let mut reached = vec![index];
        let mut k = 0;
        while let Some(&function) = reached.get(k) {
            k += 1;
            for callee in self.refine(program, function).1 {
                if !self.summaries.contains_key(&callee) {
                    self.summaries.insert(callee, Summary::default());
                    reached.push(callee);
                }
            }
        }
        // Those that are called come last, and are looked at first.
        loop {
            let changed: Vec<bool> = reached.iter().rev().map(|&function| self.refine(program, function).0).collect();
            if !changed.contains(&true) {
                break;
            }
        }
        self.summaries.get(&index).cloned().unwrap_or_default()
    }

    /// Looks at a function with what is known of those that it calls: whether that is more than before, and what it calls.
    fn refine(&mut self, program: &Program, index: usize) -> (bool, Vec<usize>) {
        let Some(def) = program.functions.get(index) else { return (false, Vec::new()) };
        let (summary, calls) = self.summarise(program, def);
        let changed = self.summaries.get(&index) != Some(&summary);
        self.summaries.insert(index, summary);
        (changed, calls)
    }

    /// A function's summary from those of the functions that it calls, as far as they are known, and these functions.
    fn summarise(&mut self, program: &Program, def: &StmtFunctionDef) -> (Summary, Vec<usize>) {
        let mut own = Analysis { summaries: std::mem::take(&mut self.summaries), ..Analysis::default() };
        let mut walk = Walk::new(program, &mut own, Some(def));
        def.body.iter().for_each(|stmt| walk.visit_stmt(stmt));
        let Walk { mut effects, returns, loads, globals, calls, .. } = walk;
        let params: Vec<String> = def.parameters.iter().map(|p| p.name().to_string()).collect();
        let outside = |name: &String| !effects.binds.contains(name) || globals.contains(name);
        let visible = |names: &Names| {
            let mut names = own.links.closure(names);
            names.retain(|name| params.contains(name) || outside(name));
            names
        };
        let (writes, returns) = (visible(&effects.writes), visible(&returns));
        effects.reads.extend(loads.iter().filter(|name| !params.contains(name) && outside(name)).cloned());
        effects.rebinds.extend(globals.iter().cloned());
        effects.writes = writes;
        effects.binds = Names::default();
        self.summaries = own.summaries;
        (Summary { params, effects, returns }, calls)
    }
}
