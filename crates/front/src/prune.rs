//! Keeps what the exports reach, callees before callers.
//!
//! Inference leaves functions behind: those tried with types that a loop or a recursion later widened. Global arrays are kept if a function
//! that is kept names them, and with them the functions that compute them.

use nopython_ir::sorted::{SortedMap, SortedSet};
use nopython_ir::typed::{
    Contents, Expr, ExprKind, FuncId, Function, GENERATORS, Global, GlobalId, MapOp, Module, Stmt,
};
use nopython_ir::{Arena, Handle};

/// A module without the functions and global arrays that no export reaches.
pub fn prune(module: Module) -> Module {
    let mut order = Vec::new();
    let mut reached = Reached { functions: vec![false; module.functions.len()], globals: SortedSet::new() };
    for export in &module.exports {
        reached.visit(&module, export.function, &mut order);
    }
    let numbers = Numbers { functions: numbered(order.iter()), globals: numbered(reached.globals.iter()) };
    let mut old: Vec<Option<Function>> = module.functions.iter().map(|(_, f)| Some(f.clone())).collect();
    let mut functions = Arena::new();
    for id in &order {
        if let Some(mut function) = old.get_mut(id.index()).and_then(Option::take) {
            function.body.iter_mut().for_each(|stmt| numbers.stmt(stmt));
            functions.push(function);
        }
    }
    let mut exports = module.exports;
    for export in &mut exports {
        numbers.function(&mut export.function);
    }
    let mut globals: Arena<Global> = Arena::new();
    for (_, global) in module.globals.iter().filter(|(id, _)| reached.globals.contains(id)) {
        let mut global = global.clone();
        if let Contents::Computed(function) = &mut global.contents {
            numbers.function(function);
        }
        globals.push(global);
    }
    Module { file: module.file, functions, exports, globals }
}

/// The place of each handle in a list of those that are kept.
fn numbered<'h, T: 'h>(kept: impl Iterator<Item = &'h Handle<T>>) -> SortedMap<Handle<T>, Handle<T>> {
    kept.enumerate().map(|(k, id)| (*id, Handle::new(u32::try_from(k).unwrap_or(u32::MAX)))).collect()
}

struct Reached {
    functions: Vec<bool>,
    globals: SortedSet<GlobalId>,
}

impl Reached {
    /// Depth first, by an explicit stack of what is left to do: a function is listed after everything it calls.
    fn visit(&mut self, module: &Module, root: FuncId, order: &mut Vec<FuncId>) {
        let mut stack = vec![(root, false)];
        while let Some((id, done)) = stack.pop() {
            if done {
                order.push(id);
                continue;
            }
            match self.functions.get_mut(id.index()) {
                Some(seen) if !*seen => *seen = true,
                _ => continue,
            }
            stack.push((id, true));
            let Some(function) = module.functions.get(id) else { continue };
            let mut needed = Vec::new();
            let mut expr = |e: &Expr| match &e.kind {
                ExprKind::Call(callee, _) | ExprKind::Map(MapOp::Call(callee), _) => needed.push((*callee, false)),
                ExprKind::Global(global) => {
                    self.globals.insert(*global);
                    // Hosts read and write the state of random generators as a whole: the array that follows belongs to it.
                    if module.globals.get(*global).is_some_and(|global| global.name == GENERATORS) {
                        self.globals.insert(GlobalId::new(u32::try_from(global.index() + 1).unwrap_or(u32::MAX)));
                    }
                    if let Some(Global { contents: Contents::Computed(id), .. }) = module.globals.get(*global) {
                        needed.push((*id, false));
                    }
                }
                _ => {}
            };
            for stmt in &function.body {
                stmt.walk(&mut |stmt| stmt.for_each_expr(&mut |e| e.walk(&mut expr)));
            }
            stack.extend(needed.into_iter().rev());
        }
    }
}

/// The new handles of what is kept.
struct Numbers {
    functions: SortedMap<FuncId, FuncId>,
    globals: SortedMap<GlobalId, GlobalId>,
}

impl Numbers {
    fn function(&self, id: &mut FuncId) {
        if let Some(number) = self.functions.get(id) {
            *id = *number;
        }
    }

    fn expr(&self, e: &mut Expr) {
        match &mut e.kind {
            ExprKind::Call(id, _) | ExprKind::Map(MapOp::Call(id), _) => self.function(id),
            ExprKind::Global(id) => {
                if let Some(number) = self.globals.get(id) {
                    *id = *number;
                }
            }
            _ => {}
        }
        e.for_each_operand_mut(&mut |operand| self.expr(operand));
    }

    fn stmt(&self, stmt: &mut Stmt) {
        stmt.for_each_expr_mut(&mut |e| self.expr(e));
        stmt.blocks_mut().into_iter().flatten().for_each(|stmt| self.stmt(stmt));
    }
}
