//! Keeps what the exports reach, callees before callers.
//!
//! Inference leaves functions behind: those tried with types that a loop or a recursion later widened.

use nopython_ir::Arena;
use nopython_ir::sorted::SortedMap;
use nopython_ir::typed::{Expr, ExprKind, FuncId, Function, Module, Stmt, StmtKind};

/// A module without the functions that no export reaches.
pub fn prune(module: Module) -> Module {
    let mut order = Vec::new();
    let mut seen = vec![false; module.functions.len()];
    for export in &module.exports {
        visit(&module, export.function, &mut seen, &mut order);
    }
    let numbers: SortedMap<FuncId, FuncId> =
        order.iter().enumerate().map(|(k, id)| (*id, FuncId::new(u32::try_from(k).unwrap_or(u32::MAX)))).collect();
    let mut old: Vec<Option<Function>> = module.functions.iter().map(|(_, f)| Some(f.clone())).collect();
    let mut functions = Arena::new();
    for id in &order {
        if let Some(mut function) = old.get_mut(id.index()).and_then(Option::take) {
            function.body.iter_mut().for_each(|stmt| renumber_stmt(stmt, &numbers));
            functions.push(function);
        }
    }
    let mut exports = module.exports;
    for export in &mut exports {
        renumber(&mut export.function, &numbers);
    }
    Module { file: module.file, functions, exports }
}

/// Depth first, by an explicit stack of what is left to do: a function is listed after everything it calls.
fn visit(module: &Module, root: FuncId, seen: &mut [bool], order: &mut Vec<FuncId>) {
    let mut stack = vec![(root, false)];
    while let Some((id, done)) = stack.pop() {
        if done {
            order.push(id);
            continue;
        }
        match seen.get_mut(id.index()) {
            Some(seen) if !*seen => *seen = true,
            _ => continue,
        }
        stack.push((id, true));
        let Some(function) = module.functions.get(id) else { continue };
        let mut callees = Vec::new();
        for_each_expr(&function.body, &mut |e| {
            e.walk(&mut |e| {
                if let ExprKind::Call(callee, _) = &e.kind {
                    callees.push((*callee, false));
                }
            });
        });
        stack.extend(callees.into_iter().rev());
    }
}

/// The expressions that statements contain, outermost only.
fn for_each_expr(body: &[Stmt], f: &mut dyn FnMut(&Expr)) {
    for stmt in body {
        match &stmt.kind {
            StmtKind::Assign(_, e) | StmtKind::Expr(e) | StmtKind::Return(e) => f(e),
            StmtKind::StoreItem { array, index, value } => [array, value].into_iter().chain(index).for_each(&mut *f),
            StmtKind::StoreView { target, value } => [target, value].into_iter().for_each(&mut *f),
            StmtKind::If { test, then, orelse } => {
                f(test);
                for_each_expr(then, f);
                for_each_expr(orelse, f);
            }
            StmtKind::While { test, body } => {
                f(test);
                for_each_expr(body, f);
            }
            StmtKind::For { start, stop, step, body, .. } => {
                [start, stop, step].into_iter().for_each(&mut *f);
                for_each_expr(body, f);
            }
            StmtKind::Break | StmtKind::Continue | StmtKind::Raise { .. } => {}
        }
    }
}

fn renumber(id: &mut FuncId, numbers: &SortedMap<FuncId, FuncId>) {
    if let Some(number) = numbers.get(id) {
        *id = *number;
    }
}

fn renumber_expr(e: &mut Expr, numbers: &SortedMap<FuncId, FuncId>) {
    if let ExprKind::Call(id, _) = &mut e.kind {
        renumber(id, numbers);
    }
    e.for_each_operand_mut(&mut |operand| renumber_expr(operand, numbers));
}

fn renumber_stmt(stmt: &mut Stmt, numbers: &SortedMap<FuncId, FuncId>) {
    let expr = |e: &mut Expr| renumber_expr(e, numbers);
    match &mut stmt.kind {
        StmtKind::Assign(_, e) | StmtKind::Expr(e) | StmtKind::Return(e) => renumber_expr(e, numbers),
        StmtKind::StoreItem { array, index, value } => [array, value].into_iter().chain(index).for_each(expr),
        StmtKind::StoreView { target, value } => [target, value].into_iter().for_each(expr),
        StmtKind::If { test, then, orelse } => {
            renumber_expr(test, numbers);
            then.iter_mut().chain(orelse).for_each(|stmt| renumber_stmt(stmt, numbers));
        }
        StmtKind::While { test, body } => {
            renumber_expr(test, numbers);
            body.iter_mut().for_each(|stmt| renumber_stmt(stmt, numbers));
        }
        StmtKind::For { start, stop, step, body, .. } => {
            [start, stop, step].into_iter().for_each(expr);
            body.iter_mut().for_each(|stmt| renumber_stmt(stmt, numbers));
        }
        StmtKind::Break | StmtKind::Continue | StmtKind::Raise { .. } => {}
    }
}
