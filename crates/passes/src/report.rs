//! What became of each loop, in the words of someone who reads the Python.

use nopython_ir::loops::{Block, Expr, For, FuncId, Function, LocalId, Module, Obstacle, SiteId, Stmt, Ty, type_of};
use nopython_ir::sorted::SortedSet;
use nopython_types::{DType, Site};

/// One loop.
#[derive(Clone, Debug, PartialEq)]
pub struct LoopReport {
    /// Line of the Python source, counted from 1.
    pub line: u32,
    /// Whether an array expression or a reduction implies it, rather than a `for` statement.
    pub implied: bool,
    /// The line of the statement whose loop it is part of, if it has none of its own.
    pub fused_into: Option<u32>,
    /// Whether it runs on vectors.
    pub outcome: Outcome,
    /// Bounds checks that were taken out of the nest whose outermost loop this is.
    pub hoisted: u16,
    /// Checks that stay and run in each turn.
    pub checks: Vec<Site>,
}

/// How a loop runs.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// Several elements at a time.
    Vectors {
        /// The widest elements.
        dtype: DType,
        /// Elements of that dtype in a vector.
        lanes: u8,
        /// Vectors in a turn: more than one for reductions, so that additions do not wait for each other.
        vectors: usize,
        /// Operations on each element, conversions not counted: those that were fused into this loop.
        operations: usize,
        /// Whether this takes arrays that lie apart and whose elements are neighbours, which is tested before the loop.
        guarded: bool,
    },
    /// One element at a time, because of what is said here.
    Scalar(String),
}

/// The loops of a function and of the functions it calls, except those of which `apart` holds, by line.
#[must_use]
pub fn report(module: &Module, function: FuncId, apart: &dyn Fn(FuncId) -> bool) -> Vec<LoopReport> {
    let mut reporter =
        Reporter { module, apart, seen: SortedSet::from([function]), out: Vec::new(), fused: Vec::new() };
    if let Some(f) = module.functions.get(function) {
        reporter.fused.extend_from_slice(&f.fused);
        reporter.block(f, &f.body);
    }
    let mut out = reporter.out;
    for (line, into) in reporter.fused {
        let nest = out.iter().find(|l| l.line == into && l.implied);
        out.extend(nest.cloned().map(|l| LoopReport {
            line,
            fused_into: Some(into),
            hoisted: 0,
            checks: Vec::new(),
            ..l
        }));
    }
    out.sort_by_key(|l| l.line);
    out.dedup();
    out
}

struct Reporter<'m> {
    module: &'m Module,
    apart: &'m dyn Fn(FuncId) -> bool,
    seen: SortedSet<FuncId>,
    out: Vec<LoopReport>,
    fused: Vec<(u32, u32)>,
}

impl Reporter<'_> {
    fn block(&mut self, function: &Function, block: &Block) {
        for stmt in block {
            match stmt {
                Stmt::For(l) if l.facts.spare => continue,
                Stmt::For(l) => self.counted(function, l),
                Stmt::Call { function: callee, .. } if !(self.apart)(*callee) && self.seen.insert(*callee) => {
                    if let Some(f) = self.module.functions.get(*callee) {
                        self.fused.extend_from_slice(&f.fused);
                        self.block(f, &f.body);
                    }
                }
                _ => {}
            }
            for inner in stmt.blocks() {
                self.block(function, inner);
            }
        }
    }

    fn counted(&mut self, function: &Function, l: &For) {
        // The inner loop of a nest that one expression implies speaks for all of it, and the vector loop for its remainder.
        let outer = l.facts.implied && l.body.iter().any(|s| holds_loop(s, l.facts.line));
        if l.facts.line == 0 || l.body.is_empty() || outer {
            return;
        }
        let outcome = match vectors(function, l) {
            Some(outcome) => outcome,
            None if l.facts.vectorized => return self.remainder(l),
            None => Outcome::Scalar(self.words(function, l)),
        };
        let checks = self.checks(&l.body);
        let (line, implied, hoisted) = (l.facts.line, l.facts.implied, l.facts.hoisted);
        self.out.push(LoopReport { line, implied, fused_into: None, outcome, hoisted, checks });
    }

    /// The scalar loop beside a vector loop is where a check that fails raises.
    fn remainder(&mut self, l: &For) {
        let checks = self.checks(&l.body);
        if let Some(vectors) = self.out.iter_mut().rev().find(|report| report.line == l.facts.line) {
            vectors.checks.extend(checks);
        }
    }

    /// The checks in a turn, without those of loops within.
    fn checks(&self, body: &Block) -> Vec<Site> {
        let mut sites = Vec::new();
        collect_checks(body, &mut sites);
        sites.into_iter().filter_map(|site| self.site(site).cloned()).collect()
    }

    fn site(&self, site: SiteId) -> Option<&Site> {
        self.module.sites.get(usize::try_from(site.0).ok()?)
    }

    fn words(&self, function: &Function, l: &For) -> String {
        let name = |local: LocalId| function.locals.get(local).map_or("a value", |local| local.name.as_str());
        match l.facts.obstacle {
            None => "vectors are switched off".to_owned(),
            Some(Obstacle::Inner) => "another loop runs in each of its turns".to_owned(),
            Some(Obstacle::Endless) => "a `while` loop runs in each of its turns".to_owned(),
            Some(Obstacle::Raises(site)) => match self.site(site) {
                Some(site @ Site { exception, line, column, .. }) if site.is_placed() => {
                    format!("a turn may raise {exception} (line {line}, column {column})")
                }
                Some(Site { exception, .. }) => format!("a turn may raise {exception}"),
                None => "a turn may raise an exception".to_owned(),
            },
            Some(Obstacle::Leaves) => "a turn, or the loop, may end early".to_owned(),
            Some(Obstacle::Calls(callee)) => match self.module.functions.get(callee) {
                Some(callee) => format!("each turn calls `{}`", callee.name),
                None => "each turn calls a function".to_owned(),
            },
            Some(Obstacle::Memory) => "each turn makes, copies or drops an array".to_owned(),
            Some(Obstacle::Step) => "it does not count up by one".to_owned(),
            Some(Obstacle::Carried(local)) => format!("a turn needs the `{}` of the turn before", name(local)),
            Some(Obstacle::UsedAfter(local)) => format!("the last `{}` is used after it", name(local)),
            Some(Obstacle::Order(local)) => format!(
                "floats are combined into `{}` one after another, and rounding depends on the order; \
                 `np.sum` adds in an order that suits vectors",
                name(local)
            ),
            Some(Obstacle::Overlap) => "what a turn writes may be what another turn reads".to_owned(),
            Some(Obstacle::Stride) => "an array is not run through element by element".to_owned(),
            Some(Obstacle::Operation(dtype)) => format!("an operation on {dtype} has no form on vectors"),
            Some(Obstacle::Width) => "elements of these sizes do not share vectors".to_owned(),
        }
    }
}

/// Whether a statement is or holds a loop of that line.
fn holds_loop(stmt: &Stmt, line: u32) -> bool {
    let mut found = false;
    stmt.walk(&mut |s| found |= matches!(s, Stmt::For(l) if l.facts.line == line));
    found
}

/// The sites of the checks in a turn, without those of loops within.
fn collect_checks(block: &Block, into: &mut Vec<SiteId>) {
    for stmt in block {
        match stmt {
            Stmt::Check(_, fault) if !into.contains(&fault.site) => into.push(fault.site),
            Stmt::For(_) | Stmt::While { .. } => {}
            other => other.blocks().into_iter().for_each(|inner| collect_checks(inner, into)),
        }
    }
}

/// How a loop runs on vectors; `None` if nothing in it is a vector.
fn vectors(function: &Function, l: &For) -> Option<Outcome> {
    let mut widest: Option<(DType, u8)> = None;
    let mut operations = 0;
    for stmt in &l.body {
        stmt.for_each_expr(&mut |e| {
            e.walk(&mut |e| {
                let on_vectors = match type_of(function, e) {
                    Some(Ty::Vector(dtype, lanes)) => {
                        if widest.is_none_or(|(other, _)| other.size() < dtype.size()) {
                            widest = Some((dtype, lanes));
                        }
                        true
                    }
                    Some(Ty::Mask { .. }) => true,
                    Some(Ty::Scalar(_)) | None => false,
                };
                let computes = matches!(e, Expr::Unary(..) | Expr::Binary(..) | Expr::Kernel(..) | Expr::Select(..));
                operations += usize::from(on_vectors && computes);
            });
        });
    }
    let (dtype, lanes) = widest?;
    let vectors = usize::try_from(l.step).ok()?.checked_div(usize::from(lanes))?.max(1);
    Some(Outcome::Vectors { dtype, lanes, vectors, operations: operations.div_ceil(vectors), guarded: l.facts.guarded })
}
