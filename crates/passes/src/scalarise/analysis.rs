//! What must be known of a function before it is lowered: who owns what, and what may alias.

use super::origins::Origins;
use nopython_ir::sorted::{SortedMap, SortedSet};
use nopython_ir::typed::{Expr, ExprKind, Function, GlobalId, Module, Stmt, StmtKind, VarId};
use nopython_types::Type;

/// Facts about one function.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    /// For each parameter whether the function may write to its memory.
    pub written: Vec<bool>,
    /// Variables of arrays and lists that hold no reference: every binding is memory of a variable that outlives the function's body.
    pub borrowed: SortedSet<VarId>,
    /// Variables bound exactly once, to fresh memory that no other variable can name.
    pub distinct: SortedSet<VarId>,
    /// For variables bound exactly once to a place: the variable whose memory it is.
    pub alias_of: SortedMap<VarId, VarId>,
    /// For variables bound exactly once to a global array, or to a part of one: which.
    pub global_of: SortedMap<VarId, GlobalId>,
    /// Whether nothing that the function does lets go of what lists and records hold: neither it nor what it calls stores a reference in one. What it reads of a
    /// parameter's lives as long as the parameter then.
    pub still: bool,
    /// How often each variable is assigned (a parameter's own value not counted).
    pub assigned: SortedMap<VarId, usize>,
}

/// Facts for every function, in order.
pub fn analyse(module: &Module, origins: &Origins) -> Vec<Facts> {
    let still = still(module);
    let own = module.functions.iter().map(|(id, function)| Facts {
        written: origins.written_params(id, function.params.len()),
        ..own_facts(function, still.get(id.index()).copied().unwrap_or(false))
    });
    own.collect()
}

/// For each function whether neither it nor what it calls stores a reference in a list or a record: the greatest set of functions.
fn still(module: &Module) -> Vec<bool> {
    let mut calls: Vec<Vec<usize>> = Vec::new();
    let mut still = Vec::new();
    for (_, function) in module.functions.iter() {
        let (mut stores, mut callees) = (false, Vec::new());
        for_each_stmt(&function.body, 0, &mut |stmt, _| {
            stores |= match &stmt.kind {
                // In the place of a number is no reference.
                StmtKind::FieldStore { value, .. } | StmtKind::ListStore { value, .. } => {
                    !matches!(value.ty, Type::Scalar(_))
                }
                StmtKind::ListAppend { .. } | StmtKind::ListTruncate { .. } => true,
                _ => false,
            };
            stmt.for_each_expr(&mut |e| {
                e.walk(&mut |e| {
                    if let ExprKind::Call(callee, _) = e.kind {
                        callees.push(callee.index());
                    }
                });
            });
        });
        still.push(!stores);
        calls.push(callees);
    }
    loop {
        let holds = |k: &usize| still.get(*k).copied().unwrap_or(false);
        let smaller: Vec<bool> =
            calls.iter().enumerate().map(|(k, callees)| holds(&k) && callees.iter().all(holds)).collect();
        if smaller == still {
            return still;
        }
        still = smaller;
    }
}

/// The variable that holds what an expression reads, directly or in lists and records.
pub fn holder(expr: &Expr) -> Option<VarId> {
    match &expr.kind {
        ExprKind::Var(v) => Some(*v),
        ExprKind::Field(e, _) | ExprKind::NotNone(e, _) | ExprKind::ListItem(e, _) | ExprKind::TupleItem(e, _) => {
            holder(e)
        }
        ExprKind::Checked { value, .. } | ExprKind::Let(_, _, value) => holder(value),
        _ => None,
    }
}

/// The global array whose memory a place expression denotes.
pub fn global(expr: &Expr) -> Option<GlobalId> {
    match &expr.kind {
        ExprKind::Global(id) => Some(*id),
        _ => expr.viewed().and_then(global),
    }
}

/// The variable whose memory a place expression denotes.
pub fn root(expr: &Expr) -> Option<VarId> {
    match &expr.kind {
        ExprKind::Var(v) => Some(*v),
        _ => expr.viewed().and_then(root),
    }
}

/// Whether binding the expression surely makes memory that nothing else names.
fn is_fresh(expr: &Expr) -> bool {
    if let Some(array) = expr.viewed() {
        return is_fresh(array);
    }
    match &expr.kind {
        ExprKind::Call(..)
        | ExprKind::TupleItem(..)
        | ExprKind::ListItem(..)
        | ExprKind::Field(..)
        | ExprKind::NotNone(..)
        | ExprKind::Cond { .. } => false,
        _ => root(expr).is_none() && global(expr).is_none(),
    }
}

fn own_facts(function: &Function, still: bool) -> Facts {
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
        if let StmtKind::ListAppend { value, .. }
        | StmtKind::ListStore { value, .. }
        | StmtKind::FieldStore { value, .. } = &stmt.kind
        {
            escaped.extend(root(value));
        }
        stmt.for_each_expr(&mut |e| {
            e.walk(&mut |e| match &e.kind {
                ExprKind::Let(var, value, _) => bindings.entry(*var).or_default().push((&**value, depth == 0)),
                ExprKind::Call(_, args) => escaped.extend(args.iter().filter_map(root)),
                ExprKind::Tuple(items) | ExprKind::List(items) | ExprKind::Record(items) => {
                    escaped.extend(items.iter().filter_map(root))
                }
                _ => {}
            })
        });
    });
    let assigned: SortedMap<VarId, usize> = bindings.iter().map(|(v, b)| (*v, b.len())).collect();
    let is_array = |v: VarId| function.vars.get(v).is_some_and(|v| v.ty.memory().is_some());
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
    let global_of = bindings.iter().filter_map(|(&var, values)| match values.as_slice() {
        [(value, _)] if is_array(var) && !is_param(var) => Some((var, global(value)?)),
        _ => None,
    });
    let global_of = global_of.collect();
    Facts {
        borrowed: borrowed(function, &bindings, still),
        still,
        distinct,
        alias_of,
        global_of,
        assigned,
        written: Vec::new(),
    }
}

/// The greatest set of variables of arrays and lists whose every binding is memory of a global array or of a *stable* variable. A stable variable is a parameter
/// that is never assigned, or one that is bound once, outside every loop and branch: its memory lives until the function returns.
fn borrowed(function: &Function, bindings: &SortedMap<VarId, Vec<(&Expr, bool)>>, still: bool) -> SortedSet<VarId> {
    let is_counted = |v: VarId| {
        function.vars.get(v).is_some_and(|v| v.ty.memory().is_some() || matches!(v.ty, Type::List(_) | Type::Record(_)))
    };
    let stable = |v: VarId| match bindings.get(&v).map(Vec::as_slice) {
        None => function.params.contains(&v),
        Some([(_, top_level)]) => *top_level && !function.params.contains(&v),
        Some(_) => false,
    };
    let mut set: SortedSet<VarId> = function.vars.handles().filter(|&v| is_counted(v)).collect();
    loop {
        let keep = |&v: &VarId| match bindings.get(&v) {
            None => true,
            Some(_) if function.params.contains(&v) => false,
            Some(values) => values.iter().all(|(value, _)| {
                let kept = |r: VarId| stable(r) || set.contains(&r);
                no_reshape(value) && (global(value).is_some() || root(value).is_some_and(kept))
                    || still && holder(value).is_some_and(kept)
            }),
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
        ExprKind::Var(_) | ExprKind::Global(_) => true,
        ExprKind::Reshape(..) => false,
        _ => expr.viewed().is_some_and(no_reshape),
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
