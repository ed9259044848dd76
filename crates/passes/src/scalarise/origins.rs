//! Which memory functions write and return, of what outlives their own: their parameters' and that of global arrays.

use super::analysis::{for_each_expr, for_each_stmt};
use nopython_ir::sorted::{SortedMap, SortedSet};
use nopython_ir::typed::{
    Contents, Expr, ExprKind, FuncId, Function, Global, GlobalId, Module, Place, StmtKind, VarId,
};

/// Memory that outlives a function's own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Origin {
    /// What a parameter names, by its position.
    Param(usize),
    /// A global array.
    Global(GlobalId),
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

/// A write to a global array that is frozen, if there is one: the array, and the place of the store or the call.
#[must_use]
pub fn frozen_write(module: &Module) -> Option<(&Global, Place)> {
    let is_frozen = |id: GlobalId| module.globals.get(id).is_some_and(|global| global.frozen);
    if !module.globals.handles().any(is_frozen) {
        return None;
    }
    let origins = Origins::of(module);
    let mut writes = module.functions.iter().flat_map(|(id, function)| {
        let computes = move |global: &GlobalId| {
            module.globals.get(*global).is_some_and(|global| global.contents == Contents::Computed(id))
        };
        let writes = effects(function, &origins.summaries).0.into_iter();
        writes
            .filter_map(|(origin, place)| match origin {
                Origin::Global(global) => Some((global, place)),
                Origin::Param(_) => None,
            })
            .filter(move |(global, _)| !computes(global))
    });
    let (global, place) = writes.find(|(global, _)| is_frozen(*global))?;
    Some((module.globals.get(global)?, place))
}

/// What each variable's memory may be.
type Reach = SortedMap<VarId, SortedSet<Origin>>;

/// The writes of a function, and what its result may name.
fn effects(function: &Function, callees: &[Summary]) -> (Vec<Write>, SortedSet<Origin>) {
    let mut reach: Reach =
        function.params.iter().enumerate().map(|(i, &p)| (p, SortedSet::from([Origin::Param(i)]))).collect();
    loop {
        let before: usize = reach.values().map(SortedSet::len).sum();
        for_each_stmt(&function.body, 0, &mut |stmt, _| {
            if let StmtKind::Assign(var, value) = &stmt.kind {
                let found = reachable(value, &reach, callees);
                reach.entry(*var).or_default().extend(found);
            }
            for_each_expr(stmt, &mut |e| {
                if let ExprKind::Let(var, value, _) = &e.kind {
                    let found = reachable(value, &reach, callees);
                    reach.entry(*var).or_default().extend(found);
                }
            });
        });
        if reach.values().map(SortedSet::len).sum::<usize>() == before {
            break;
        }
    }
    let (mut writes, mut returned) = (Vec::new(), SortedSet::new());
    let mut mark = |expr: &Expr, place: Place| {
        writes.extend(reachable(expr, &reach, callees).iter().map(|origin| (*origin, place)));
    };
    for_each_stmt(&function.body, 0, &mut |stmt, _| {
        match &stmt.kind {
            StmtKind::StoreItem { array, .. } => mark(array, stmt.place),
            StmtKind::StoreView { target, .. } => mark(target, stmt.place),
            StmtKind::Return(value) => returned.extend(reachable(value, &reach, callees)),
            _ => {}
        }
        for_each_expr(stmt, &mut |e| {
            if let ExprKind::Call(callee, args) = &e.kind
                && let Some(summary) = callees.get(callee.index())
            {
                for origin in summary.written.iter() {
                    match origin {
                        Origin::Param(i) => args.get(*i).into_iter().for_each(|arg| mark(arg, e.place)),
                        // Noted where the callee writes.
                        Origin::Global(_) => {}
                    }
                }
            }
        });
    });
    (writes, returned)
}

/// Memory that the value of an expression may name.
fn reachable(expr: &Expr, reach: &Reach, callees: &[Summary]) -> SortedSet<Origin> {
    match &expr.kind {
        ExprKind::Var(v) => reach.get(v).cloned().unwrap_or_default(),
        ExprKind::Global(id) => SortedSet::from([Origin::Global(*id)]),
        ExprKind::View { array, .. }
        | ExprKind::Transpose(array, _)
        | ExprKind::BroadcastTo(array, _)
        | ExprKind::Reshape(array, _)
        | ExprKind::TupleItem(array, _)
        | ExprKind::Let(_, _, array)
        | ExprKind::Checked { value: array, .. } => reachable(array, reach, callees),
        ExprKind::Tuple(items) => items.iter().flat_map(|item| reachable(item, reach, callees)).collect(),
        ExprKind::Call(callee, args) => {
            let mut found = SortedSet::new();
            for origin in callees.get(callee.index()).into_iter().flat_map(|summary| summary.returned.iter()) {
                match origin {
                    Origin::Param(i) => {
                        found.extend(args.get(*i).into_iter().flat_map(|arg| reachable(arg, reach, callees)))
                    }
                    Origin::Global(_) => found.extend([*origin]),
                }
            }
            found
        }
        ExprKind::Cond { then, orelse, .. } => {
            reachable(then, reach, callees).into_iter().chain(reachable(orelse, reach, callees)).collect()
        }
        _ => SortedSet::new(),
    }
}
