//! Which memory functions write and return, of what is not their own: their parameters', that of global arrays, and what may not be written.

use nopython_ir::sorted::{SortedMap, SortedSet};
use nopython_ir::typed::{
    Contents, Expr, ExprKind, FuncId, Function, Global, GlobalId, Module, Place, Stmt, StmtKind, VarId,
};

/// Memory that is not a function's own, or may not be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Origin {
    /// What a parameter names, by its position.
    Param(usize),
    /// A global array.
    Global(GlobalId),
    /// What `np.broadcast_to` gave: elements share memory.
    Stretched,
}

/// What a call of a function may do.
#[derive(Clone, Debug, Default, PartialEq)]
struct Summary {
    written: SortedSet<Origin>,
    returned: SortedSet<Origin>,
    /// What it puts into lists, which may be read from any list afterwards.
    listed: SortedSet<Origin>,
}

/// The summaries of all functions.
#[derive(Debug)]
pub struct Origins {
    summaries: Vec<Summary>,
    /// Global arrays that are written after the module has been started.
    changed: SortedSet<GlobalId>,
}

/// A write, and where it is: a store, or a call of a function that writes to what it is given.
type Write = (Origin, Place);

impl Origins {
    /// Finds what all functions of a module write and return. A call does what its callee does, so summaries grow until nothing changes.
    pub fn of(module: &Module) -> Origins {
        let mut summaries = vec![Summary::default(); module.functions.len()];
        loop {
            let mut grown = false;
            for (id, function) in module.functions.iter() {
                let (writes, returned, listed) = effects(id, function, &summaries);
                let written = writes.into_iter().map(|(origin, _)| origin).collect();
                let now = Summary { written, returned, listed };
                if let Some(slot) = summaries.get_mut(id.index()).filter(|slot| **slot != now) {
                    *slot = now;
                    grown = true;
                }
            }
            if !grown {
                break;
            }
        }
        let mut changed = SortedSet::new();
        for (id, summary) in module.functions.handles().zip(&summaries) {
            for origin in summary.written.iter() {
                if let Origin::Global(global) = origin
                    && module.globals.get(*global).is_some_and(|g| g.contents != Contents::Computed(id))
                {
                    changed.insert(*global);
                }
            }
        }
        Origins { summaries, changed }
    }

    /// For each parameter of a function whether its memory may be written.
    pub fn written_params(&self, function: FuncId, count: usize) -> Vec<bool> {
        let written = self.summaries.get(function.index()).map(|summary| &summary.written);
        (0..count).map(|i| written.is_some_and(|written| written.contains(&Origin::Param(i)))).collect()
    }

    /// Whether evaluating an expression may write to memory that something else names: a function that it calls does.
    pub fn may_write(&self, e: &Expr) -> bool {
        let mut found = false;
        e.walk(&mut |e| {
            if let ExprKind::Call(function, _) = e.kind {
                found |= self.summaries.get(function.index()).is_none_or(|s| s.written.iter().next().is_some());
            }
        });
        found
    }

    /// Whether a global array keeps its contents while a function runs.
    pub fn is_constant(&self, global: GlobalId, during: FuncId) -> bool {
        let computes = self.summaries.get(during.index()).is_some_and(|s| s.written.contains(&Origin::Global(global)));
        !computes && !self.changed.contains(&global)
    }
}

/// A write that is refused, and the place of the store or the call.
#[derive(Clone, Debug, PartialEq)]
pub enum Refused<'m> {
    /// To a global array that is frozen.
    Frozen(&'m Global, Place),
    /// To what `np.broadcast_to` gave.
    Stretched(Place),
}

/// A write that is refused, if there is one.
#[must_use]
pub fn refused_write(module: &Module) -> Option<Refused<'_>> {
    if !may_refuse(module) {
        return None;
    }
    let origins = Origins::of(module);
    for (id, function) in module.functions.iter() {
        for (origin, place) in effects(id, function, &origins.summaries).0 {
            match origin {
                Origin::Stretched => return Some(Refused::Stretched(place)),
                Origin::Global(global) => match module.globals.get(global) {
                    Some(global) if global.frozen && global.contents != Contents::Computed(id) => {
                        return Some(Refused::Frozen(global, place));
                    }
                    _ => {}
                },
                Origin::Param(_) => {}
            }
        }
    }
    None
}

/// Whether anything in a module may not be written.
fn may_refuse(module: &Module) -> bool {
    let mut found = module.globals.iter().any(|(_, global)| global.frozen);
    for (_, function) in module.functions.iter() {
        let mut expr = |e: &Expr| found |= matches!(e.kind, ExprKind::BroadcastTo(..));
        for stmt in &function.body {
            stmt.walk(&mut |stmt| stmt.for_each_expr(&mut |e| e.walk(&mut expr)));
        }
    }
    found
}

/// The writes of a function, what its result may name, and what it puts into lists.
fn effects(id: FuncId, function: &Function, callees: &[Summary]) -> (Vec<Write>, SortedSet<Origin>, SortedSet<Origin>) {
    // What is put into a list at the end of a loop is read from it at the beginning.
    let listed = callees.get(id.index()).map(|summary| summary.listed.clone()).unwrap_or_default();
    let mut walk = Walk { callees, listed, ..Walk::default() };
    for (i, &param) in function.params.iter().enumerate() {
        walk.reach.insert(param, SortedSet::from([Origin::Param(i)]));
    }
    walk.block(&function.body);
    (walk.writes, walk.returned, walk.listed)
}

/// What the memory of variables may be. Variables of a function's own memory are not listed, or have no origins.
type Reach = SortedMap<VarId, SortedSet<Origin>>;

/// Adds what holds on another path.
fn join(reach: &mut Reach, other: Reach) {
    for (var, origins) in other {
        reach.entry(var).or_default().extend(origins);
    }
}

/// Follows the statements of a function with what holds at each point. What a branch or a loop changes is noted, so that it costs no more than
/// its own length.
#[derive(Default)]
struct Walk<'m> {
    callees: &'m [Summary],
    writes: Vec<Write>,
    returned: SortedSet<Origin>,
    listed: SortedSet<Origin>,
    reach: Reach,
    /// Variables that were set, with what they were before, in order.
    journal: Vec<(VarId, SortedSet<Origin>)>,
    /// For each loop around the point, the length of the journal where its turn began, and what was changed where a turn or the loop is left early.
    left: Vec<(usize, Reach)>,
}

impl Walk<'_> {
    /// Follows statements; tells whether control gets behind them.
    fn block(&mut self, body: &[Stmt]) -> bool {
        for stmt in body {
            stmt.for_each_expr(&mut |e| self.expr(e));
            match &stmt.kind {
                StmtKind::Assign(var, value) => self.assign(*var, value),
                StmtKind::StoreItem { array, .. } => self.write(array, stmt.place),
                StmtKind::StoreView { target, .. } => self.write(target, stmt.place),
                StmtKind::ListStore { list, value, .. } | StmtKind::ListAppend { list, value } => {
                    self.put(value);
                    self.write(list, stmt.place);
                }
                StmtKind::FieldStore { record, value, .. } => {
                    self.put(value);
                    self.write(record, stmt.place);
                }
                StmtKind::ListTruncate { list, .. } => self.write(list, stmt.place),
                StmtKind::If { then, orelse, .. } => {
                    let start = self.journal.len();
                    let first = self.block(then).then(|| self.changes(start));
                    self.undo(start);
                    let second = self.block(orelse).then(|| self.changes(start));
                    self.undo(start);
                    match (first, second) {
                        (None, None) => return false,
                        (Some(one), None) | (None, Some(one)) => one.into_iter().for_each(|(v, to)| self.set(v, to)),
                        (Some(a), Some(b)) => self.either(a, b),
                    }
                }
                StmtKind::While { body, .. } | StmtKind::For { body, .. } => loop {
                    let start = self.journal.len();
                    self.left.push((start, Reach::new()));
                    let mut changed = if self.block(body) { self.changes(start) } else { Reach::new() };
                    self.undo(start);
                    join(&mut changed, self.left.pop().unwrap_or_default().1);
                    let mut grown = false;
                    for (var, origins) in changed {
                        let mut all = self.of(var);
                        let before = all.len();
                        all.extend(origins);
                        if all.len() > before {
                            grown = true;
                            self.set(var, all);
                        }
                    }
                    if !grown {
                        break;
                    }
                },
                StmtKind::Break | StmtKind::Continue => {
                    let start = self.left.last().map_or(0, |(start, _)| *start);
                    let changed = self.changes(start);
                    if let Some((_, left)) = self.left.last_mut() {
                        join(left, changed);
                    }
                    return false;
                }
                StmtKind::Return(value) => {
                    let found = self.reachable(value);
                    self.returned.extend(found);
                    return false;
                }
                StmtKind::Raise { .. } => return false,
                StmtKind::Expr(_) => {}
            }
        }
        true
    }

    fn of(&self, var: VarId) -> SortedSet<Origin> {
        self.reach.get(&var).cloned().unwrap_or_default()
    }

    fn set(&mut self, var: VarId, origins: SortedSet<Origin>) {
        let before = self.reach.insert(var, origins).unwrap_or_default();
        self.journal.push((var, before));
    }

    /// What the variables are now that were set since the journal had a length.
    fn changes(&self, start: usize) -> Reach {
        self.journal.iter().skip(start).map(|(var, _)| (*var, self.of(*var))).collect()
    }

    fn undo(&mut self, start: usize) {
        for (var, before) in self.journal.drain(start..).rev() {
            self.reach.insert(var, before);
        }
    }

    /// Of two branches, what holds behind both.
    fn either(&mut self, mut a: Reach, mut b: Reach) {
        for var in b.keys().filter(|var| !a.contains_key(*var)).copied().collect::<Vec<_>>() {
            a.insert(var, self.of(var));
        }
        for (var, mut origins) in a {
            origins.extend(b.remove(&var).unwrap_or_else(|| self.of(var)));
            self.set(var, origins);
        }
    }

    fn assign(&mut self, var: VarId, value: &Expr) {
        let found = self.reachable(value);
        if !found.is_empty() || self.reach.contains_key(&var) {
            self.set(var, found);
        }
    }

    /// Notes that a value becomes an item of a list.
    fn put(&mut self, item: &Expr) {
        let found = self.reachable(item);
        self.listed.extend(found);
    }

    fn write(&mut self, target: &Expr, place: Place) {
        let found = self.reachable(target);
        self.writes.extend(found.iter().map(|origin| (*origin, place)));
    }

    /// What an expression binds and what its calls write. What callees write to global arrays is noted there.
    fn expr(&mut self, e: &Expr) {
        if let ExprKind::Let(var, value, body) = &e.kind {
            self.expr(value);
            self.assign(*var, value);
            return self.expr(body);
        }
        e.for_each_operand(&mut |operand| self.expr(operand));
        if let ExprKind::List(items) | ExprKind::Record(items) = &e.kind {
            items.iter().for_each(|item| self.put(item));
        }
        if let ExprKind::Call(callee, args) = &e.kind {
            let callees = self.callees;
            for origin in callees.get(callee.index()).into_iter().flat_map(|summary| summary.listed.iter()) {
                match origin {
                    Origin::Param(i) => args.get(*i).into_iter().for_each(|arg| self.put(arg)),
                    Origin::Global(_) | Origin::Stretched => self.listed.extend([*origin]),
                }
            }
            for origin in callees.get(callee.index()).into_iter().flat_map(|summary| summary.written.iter()) {
                if let Origin::Param(i) = origin
                    && let Some(arg) = args.get(*i)
                {
                    self.write(arg, e.place);
                }
            }
        }
    }

    /// What the memory of an expression's value may be.
    fn reachable(&self, expr: &Expr) -> SortedSet<Origin> {
        if let Some(array) = expr.viewed() {
            let mut found = self.reachable(array);
            if matches!(expr.kind, ExprKind::BroadcastTo(..)) {
                found.insert(Origin::Stretched);
            }
            return found;
        }
        match &expr.kind {
            ExprKind::Var(v) => self.of(*v),
            ExprKind::Global(id) => SortedSet::from([Origin::Global(*id)]),
            ExprKind::TupleItem(array, _) | ExprKind::NotNone(array, _) => self.reachable(array),
            ExprKind::ListItem(list, _) | ExprKind::Field(list, _) if expr.ty.is_counted() => {
                self.reachable(list).into_iter().chain(self.listed.iter().copied()).collect()
            }
            ExprKind::Tuple(items) | ExprKind::List(items) | ExprKind::Record(items) => {
                items.iter().flat_map(|item| self.reachable(item)).collect()
            }
            ExprKind::Call(callee, args) => {
                let mut found = SortedSet::new();
                for origin in self.callees.get(callee.index()).into_iter().flat_map(|summary| summary.returned.iter()) {
                    match origin {
                        Origin::Param(i) => {
                            found.extend(args.get(*i).into_iter().flat_map(|arg| self.reachable(arg)));
                        }
                        Origin::Global(_) | Origin::Stretched => found.extend([*origin]),
                    }
                }
                found
            }
            ExprKind::Cond { then, orelse, .. } => {
                self.reachable(then).into_iter().chain(self.reachable(orelse)).collect()
            }
            _ => SortedSet::new(),
        }
    }
}
