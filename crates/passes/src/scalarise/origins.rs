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
                let (writes, returned) = effects(function, &summaries);
                let now = Summary { written: writes.into_iter().map(|(origin, _)| origin).collect(), returned };
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
        for (origin, place) in effects(function, &origins.summaries).0 {
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

/// The writes of a function, and what its result may name.
fn effects(function: &Function, callees: &[Summary]) -> (Vec<Write>, SortedSet<Origin>) {
    let params = function.params.iter().enumerate();
    let reach = params.map(|(i, &p)| (p, SortedSet::from([Origin::Param(i)]))).collect();
    let mut walk = Walk { callees, writes: Vec::new(), returned: SortedSet::new(), left: Vec::new() };
    walk.block(&function.body, reach);
    (walk.writes, walk.returned)
}

/// What the memory of each variable may be, at a point of a function. Variables of a function's own memory are not listed.
type Reach = SortedMap<VarId, SortedSet<Origin>>;

/// Adds what holds on another path.
fn join(reach: &mut Reach, other: Reach) {
    for (var, origins) in other {
        reach.entry(var).or_default().extend(origins);
    }
}

struct Walk<'m> {
    callees: &'m [Summary],
    writes: Vec<Write>,
    returned: SortedSet<Origin>,
    /// For each loop around the point, what holds where a turn or the loop is left early.
    left: Vec<Reach>,
}

impl Walk<'_> {
    /// Follows statements; gives what holds after them, nothing if control does not get there.
    fn block(&mut self, body: &[Stmt], mut reach: Reach) -> Reach {
        for stmt in body {
            stmt.for_each_expr(&mut |e| self.expr(e, &mut reach));
            match &stmt.kind {
                StmtKind::Assign(var, value) => self.assign(*var, value, &mut reach),
                StmtKind::StoreItem { array, .. } => self.write(array, stmt.place, &reach),
                StmtKind::StoreView { target, .. } => self.write(target, stmt.place, &reach),
                StmtKind::If { then, orelse, .. } => {
                    let other = self.block(orelse, reach.clone());
                    reach = self.block(then, reach);
                    join(&mut reach, other);
                }
                StmtKind::While { body, .. } | StmtKind::For { body, .. } => loop {
                    let before = reach.clone();
                    self.left.push(Reach::new());
                    let after = self.block(body, before.clone());
                    join(&mut reach, after);
                    join(&mut reach, self.left.pop().unwrap_or_default());
                    if reach == before {
                        break;
                    }
                },
                StmtKind::Break | StmtKind::Continue => {
                    if let Some(left) = self.left.last_mut() {
                        join(left, reach);
                    }
                    return Reach::new();
                }
                StmtKind::Return(value) => {
                    let found = self.reachable(value, &reach);
                    self.returned.extend(found);
                    return Reach::new();
                }
                StmtKind::Raise { .. } => return Reach::new(),
                StmtKind::Expr(_) => {}
            }
        }
        reach
    }

    fn assign(&self, var: VarId, value: &Expr, reach: &mut Reach) {
        let found = self.reachable(value, reach);
        if found.is_empty() {
            reach.remove(&var);
        } else {
            reach.insert(var, found);
        }
    }

    fn write(&mut self, target: &Expr, place: Place, reach: &Reach) {
        let found = self.reachable(target, reach);
        self.writes.extend(found.iter().map(|origin| (*origin, place)));
    }

    /// What an expression binds and what its calls write. What callees write to global arrays is noted there.
    fn expr(&mut self, e: &Expr, reach: &mut Reach) {
        if let ExprKind::Let(var, value, body) = &e.kind {
            self.expr(value, reach);
            self.assign(*var, value, reach);
            return self.expr(body, reach);
        }
        e.for_each_operand(&mut |operand| self.expr(operand, reach));
        if let ExprKind::Call(callee, args) = &e.kind {
            let callees = self.callees;
            for origin in callees.get(callee.index()).into_iter().flat_map(|summary| summary.written.iter()) {
                if let Origin::Param(i) = origin
                    && let Some(arg) = args.get(*i)
                {
                    self.write(arg, e.place, reach);
                }
            }
        }
    }

    /// What the memory of an expression's value may be.
    fn reachable(&self, expr: &Expr, reach: &Reach) -> SortedSet<Origin> {
        match &expr.kind {
            ExprKind::Var(v) => reach.get(v).cloned().unwrap_or_default(),
            ExprKind::Global(id) => SortedSet::from([Origin::Global(*id)]),
            ExprKind::View { array, .. }
            | ExprKind::Transpose(array, _)
            | ExprKind::Reshape(array, _)
            | ExprKind::TupleItem(array, _)
            | ExprKind::Let(_, _, array)
            | ExprKind::Checked { value: array, .. } => self.reachable(array, reach),
            ExprKind::BroadcastTo(array, _) => {
                let mut found = self.reachable(array, reach);
                found.insert(Origin::Stretched);
                found
            }
            ExprKind::Tuple(items) => items.iter().flat_map(|item| self.reachable(item, reach)).collect(),
            ExprKind::Call(callee, args) => {
                let mut found = SortedSet::new();
                for origin in self.callees.get(callee.index()).into_iter().flat_map(|summary| summary.returned.iter()) {
                    match origin {
                        Origin::Param(i) => {
                            found.extend(args.get(*i).into_iter().flat_map(|arg| self.reachable(arg, reach)));
                        }
                        Origin::Global(_) | Origin::Stretched => found.extend([*origin]),
                    }
                }
                found
            }
            ExprKind::Cond { then, orelse, .. } => {
                self.reachable(then, reach).into_iter().chain(self.reachable(orelse, reach)).collect()
            }
            _ => SortedSet::new(),
        }
    }
}
