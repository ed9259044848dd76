//! What must be known of a function before it is lowered: who owns what, what may alias, what is written.

use nopython_ir::sorted::{SortedMap, SortedSet};
use nopython_ir::typed::{Expr, ExprKind, Function, Module, Stmt, StmtKind, VarId};
use nopython_types::Type;

/// Facts about one function.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    /// For each parameter whether the function may write to its memory.
    pub written: Vec<bool>,
    /// Array variables that hold no reference: every binding is memory of a variable that outlives the function's body.
    pub borrowed: SortedSet<VarId>,
    /// Variables bound exactly once, to fresh memory that no other variable can name.
    pub distinct: SortedSet<VarId>,
    /// For variables bound exactly once to a place: the variable whose memory it is.
    pub alias_of: SortedMap<VarId, VarId>,
    /// How often each variable is assigned (a parameter's own value not counted).
    pub assigned: SortedMap<VarId, usize>,
}

/// Facts for every function, in order.
pub fn analyse(module: &Module) -> Vec<Facts> {
    let mut written: Vec<Vec<bool>> = module.functions.iter().map(|(_, f)| vec![false; f.params.len()]).collect();
    let mut all: Vec<Facts> = module.functions.iter().map(|(_, f)| own_facts(f)).collect();
    // A call writes what its callee writes, so the flags grow along calls until nothing changes.
    loop {
        let mut changed = false;
        for (id, function) in module.functions.iter() {
            let now = written_params(function, &written);
            if let Some(slot) = written.get_mut(id.index()).filter(|slot| **slot != now) {
                *slot = now;
                changed = true;
            }
        }
        if !changed {
            break;
        }
    }
    for (facts, written) in all.iter_mut().zip(written) {
        facts.written = written;
    }
    all
}

/// The variable whose memory a place expression denotes.
pub fn root(expr: &Expr) -> Option<VarId> {
    match &expr.kind {
        ExprKind::Var(v) => Some(*v),
        ExprKind::View { array, .. } | ExprKind::Transpose(array, _) | ExprKind::BroadcastTo(array, _) => root(array),
        // A reshape of a non-contiguous array copies, but of a contiguous one it is a view.
        ExprKind::Reshape(array, _) => root(array),
        ExprKind::Checked { value, .. } | ExprKind::Let(_, _, value) => root(value),
        _ => None,
    }
}

/// Whether binding the expression surely makes memory that nothing else names.
fn is_fresh(expr: &Expr) -> bool {
    match &expr.kind {
        ExprKind::Checked { value, .. } | ExprKind::Let(_, _, value) => is_fresh(value),
        ExprKind::Call(..) | ExprKind::TupleItem(..) | ExprKind::Cond { .. } => false,
        _ => root(expr).is_none(),
    }
}

fn own_facts(function: &Function) -> Facts {
    let mut bindings: SortedMap<VarId, Vec<(&Expr, bool)>> = SortedMap::new();
    let mut escaped = SortedSet::new();
    for_each_stmt(&function.body, 0, &mut |stmt, depth| {
        if let StmtKind::Assign(var, value) = &stmt.kind {
            bindings.entry(*var).or_default().push((value, depth == 0));
        }
        if let StmtKind::For { var, .. } = &stmt.kind {
            // Counted as two bindings: a loop variable never has one value.
            let entry = bindings.entry(*var).or_default();
            if let StmtKind::For { start, .. } = &stmt.kind {
                entry.push((start, false));
                entry.push((start, false));
            }
        }
        for_each_expr(stmt, &mut |e| match &e.kind {
            ExprKind::Let(var, value, _) => bindings.entry(*var).or_default().push((&**value, depth == 0)),
            ExprKind::Call(_, args) => escaped.extend(args.iter().filter_map(root)),
            ExprKind::Tuple(items) => escaped.extend(items.iter().filter_map(root)),
            _ => {}
        });
    });
    let assigned: SortedMap<VarId, usize> = bindings.iter().map(|(v, b)| (*v, b.len())).collect();
    let is_array = |v: VarId| function.vars.get(v).is_some_and(|v| matches!(v.ty, Type::Array(_)));
    let is_param = |v: VarId| function.params.contains(&v);
    let mut alias_of = SortedMap::new();
    for (&var, values) in &bindings {
        let sole_root = match values.as_slice() {
            [(value, _)] if is_array(var) && !is_param(var) => root(value),
            _ => None,
        };
        match sole_root {
            Some(target) => {
                alias_of.insert(var, target);
            }
            // Memory that a variable with several bindings names is not told apart any more.
            None => escaped.extend(values.iter().filter_map(|(value, _)| root(value))),
        }
    }
    let resolve = |mut v: VarId| {
        while let Some(&next) = alias_of.get(&v) {
            v = next;
        }
        v
    };
    let escaped: SortedSet<VarId> = escaped.into_iter().map(resolve).collect();
    let distinct = bindings
        .iter()
        .filter(|&(&var, values)| {
            is_array(var)
                && !is_param(var)
                && !escaped.contains(&var)
                && matches!(values.as_slice(), [(value, _)] if is_fresh(value))
        })
        .map(|(&var, _)| var)
        .collect();
    Facts { borrowed: borrowed(function, &bindings), distinct, alias_of, assigned, written: Vec::new() }
}

/// The greatest set of array variables whose every binding is memory of a *stable* variable. A stable variable is a parameter
/// that is never assigned, or one that is bound once, outside every loop and branch: its memory lives until the function returns.
fn borrowed(function: &Function, bindings: &SortedMap<VarId, Vec<(&Expr, bool)>>) -> SortedSet<VarId> {
    let is_array = |v: VarId| function.vars.get(v).is_some_and(|v| matches!(v.ty, Type::Array(_)));
    let stable = |v: VarId| match bindings.get(&v).map(Vec::as_slice) {
        None => function.params.contains(&v),
        Some([(_, top_level)]) => *top_level && !function.params.contains(&v),
        Some(_) => false,
    };
    let mut set: SortedSet<VarId> = function.vars.handles().filter(|&v| is_array(v)).collect();
    loop {
        let keep = |&v: &VarId| match bindings.get(&v) {
            None => true,
            Some(_) if function.params.contains(&v) => false,
            Some(values) => values
                .iter()
                .all(|(value, _)| no_reshape(value) && root(value).is_some_and(|r| stable(r) || set.contains(&r))),
        };
        let smaller: SortedSet<VarId> = set.iter().copied().filter(keep).collect();
        if smaller.len() == set.len() {
            return smaller;
        }
        set = smaller;
    }
}

/// Whether a place expression surely makes no copy.
fn no_reshape(expr: &Expr) -> bool {
    match &expr.kind {
        ExprKind::Var(_) => true,
        ExprKind::View { array, .. } | ExprKind::Transpose(array, _) | ExprKind::BroadcastTo(array, _) => {
            no_reshape(array)
        }
        ExprKind::Checked { value, .. } | ExprKind::Let(_, _, value) => no_reshape(value),
        _ => false,
    }
}

/// For each parameter whether memory reachable from it may be written.
fn written_params(function: &Function, callees: &[Vec<bool>]) -> Vec<bool> {
    // reach[v]: parameters whose memory v may name.
    let mut reach: SortedMap<VarId, SortedSet<usize>> =
        function.params.iter().enumerate().map(|(i, &p)| (p, SortedSet::from([i]))).collect();
    loop {
        let before: usize = reach.values().map(SortedSet::len).sum();
        for_each_stmt(&function.body, 0, &mut |stmt, _| {
            if let StmtKind::Assign(var, value) = &stmt.kind {
                let found = reachable(value, &reach);
                reach.entry(*var).or_default().extend(found);
            }
            for_each_expr(stmt, &mut |e| {
                if let ExprKind::Let(var, value, _) = &e.kind {
                    let found = reachable(value, &reach);
                    reach.entry(*var).or_default().extend(found);
                }
            });
        });
        if reach.values().map(SortedSet::len).sum::<usize>() == before {
            break;
        }
    }
    let mut written = vec![false; function.params.len()];
    let mut mark = |expr: &Expr| {
        for i in reachable(expr, &reach) {
            if let Some(flag) = written.get_mut(i) {
                *flag = true;
            }
        }
    };
    for_each_stmt(&function.body, 0, &mut |stmt, _| {
        match &stmt.kind {
            StmtKind::StoreItem { array, .. } => mark(array),
            StmtKind::StoreView { target, .. } => mark(target),
            _ => {}
        }
        for_each_expr(stmt, &mut |e| {
            if let ExprKind::Call(callee, args) = &e.kind {
                let flags = callees.get(callee.index()).map(Vec::as_slice).unwrap_or_default();
                for (arg, _) in args.iter().zip(flags).filter(|(_, written)| **written) {
                    mark(arg);
                }
            }
        });
    });
    written
}

/// Parameters whose memory the value of an expression may name.
fn reachable(expr: &Expr, reach: &SortedMap<VarId, SortedSet<usize>>) -> SortedSet<usize> {
    match &expr.kind {
        ExprKind::Var(v) => reach.get(v).cloned().unwrap_or_default(),
        ExprKind::View { array, .. }
        | ExprKind::Transpose(array, _)
        | ExprKind::BroadcastTo(array, _)
        | ExprKind::Reshape(array, _)
        | ExprKind::TupleItem(array, _)
        | ExprKind::Let(_, _, array)
        | ExprKind::Checked { value: array, .. } => reachable(array, reach),
        ExprKind::Call(_, items) | ExprKind::Tuple(items) => {
            items.iter().flat_map(|item| reachable(item, reach)).collect()
        }
        ExprKind::Cond { then, orelse, .. } => {
            reachable(then, reach).into_iter().chain(reachable(orelse, reach)).collect()
        }
        _ => SortedSet::new(),
    }
}

/// Visits every statement with the number of loops and branches around it.
pub fn for_each_stmt<'a>(body: &'a [Stmt], depth: usize, f: &mut dyn FnMut(&'a Stmt, usize)) {
    for stmt in body {
        f(stmt, depth);
        match &stmt.kind {
            StmtKind::If { then, orelse, .. } => {
                for_each_stmt(then, depth + 1, f);
                for_each_stmt(orelse, depth + 1, f);
            }
            StmtKind::While { body, .. } | StmtKind::For { body, .. } => for_each_stmt(body, depth + 1, f),
            _ => {}
        }
    }
}

/// Visits every expression of a statement, not of statements nested in it.
pub fn for_each_expr<'a>(stmt: &'a Stmt, f: &mut dyn FnMut(&'a Expr)) {
    match &stmt.kind {
        StmtKind::Assign(_, e) | StmtKind::Expr(e) | StmtKind::Return(e) => e.walk(f),
        StmtKind::StoreItem { array, index, value } => {
            array.walk(f);
            index.iter().for_each(|e| e.walk(f));
            value.walk(f);
        }
        StmtKind::StoreView { target, value } => {
            target.walk(f);
            value.walk(f);
        }
        StmtKind::If { test, .. } | StmtKind::While { test, .. } => test.walk(f),
        StmtKind::For { start, stop, step, .. } => [start, stop, step].into_iter().for_each(|e| e.walk(f)),
        StmtKind::Break | StmtKind::Continue | StmtKind::Raise { .. } => {}
    }
}
