//! Small functions in the place of their calls (R. Scheifler, *An analysis of inline substitution for a structured programming language*, 1977).
//!
//! A call costs little; what it hides costs more: extents that are those of the caller's arrays, constants, and a loop body that
//! could be vectors. Functions that allocate or count references keep their calls, and so do those that call themselves.

use super::PassOptions;
use super::copies::Renaming;
use nopython_ir::loops::{Block, CallPlace, Expr, Fault, FuncId, Function, LocalId, Module, SiteId, Stmt, Ty};
use nopython_ir::sorted::{SortedMap, SortedSet};
use nopython_ir::{Const, loops::Local};
use nopython_types::Site;

/// A function of at most so many nodes replaces each of its calls.
const SMALL: usize = 60;
/// A function that no host calls replaces its calls when all of them together have at most so many nodes.
const MODERATE: usize = 600;
/// A caller does not grow beyond this.
const LARGEST: usize = 6000;

/// Runs the pass.
pub fn run(module: &mut Module, _: &PassOptions) {
    let exported: SortedSet<FuncId> = module.exports.iter().map(|(_, function)| *function).collect();
    let mut calls: SortedMap<FuncId, usize> = SortedMap::new();
    for function in module.functions.iter().map(|(_, f)| f) {
        for_each_call(&function.body, &mut |callee| *calls.entry(callee).or_default() += 1);
    }
    let ids: Vec<FuncId> = module.functions.iter().map(|(id, _)| id).collect();
    let mut done = SortedSet::new();
    for &id in &ids {
        visit(module, id, &exported, &calls, &mut done);
    }
}

/// Inlines into a function after its callees, so that what replaces a call is complete.
fn visit(
    module: &mut Module,
    id: FuncId,
    exported: &SortedSet<FuncId>,
    calls: &SortedMap<FuncId, usize>,
    done: &mut SortedSet<FuncId>,
) {
    if !done.insert(id) {
        return;
    }
    let mut callees = SortedSet::new();
    for_each_call(&module.functions[id].body, &mut |callee| {
        callees.insert(callee);
    });
    for &callee in &callees {
        visit(module, callee, exported, calls, done);
    }
    let bodies: SortedMap<FuncId, Function> = callees
        .into_iter()
        .filter(|callee| {
            let shared = exported.contains(callee);
            let limit = calls.get(callee).filter(|_| !shared).map_or(SMALL, |count| SMALL.max(MODERATE / count));
            *callee != id && !module.functions[*callee].prints && can_replace(&module.functions[*callee], limit)
        })
        .map(|callee| (callee, module.functions[callee].clone()))
        .collect();
    if bodies.is_empty() {
        return;
    }
    let mut function = module.functions[id].clone();
    let mut body = std::mem::take(&mut function.body);
    let mut room = LARGEST.saturating_sub(size(&body));
    block(&mut function, &mut body, &bodies, &mut module.sites, &mut room);
    function.body = body;
    module.functions[id] = function;
}

fn for_each_call(block: &Block, f: &mut dyn FnMut(FuncId)) {
    for stmt in block {
        stmt.walk(&mut |s| {
            if let Stmt::Call { function, .. } = s {
                f(*function);
            }
        });
    }
}

/// How many nodes a block has.
fn size(block: &Block) -> usize {
    let mut nodes = 0;
    for stmt in block {
        stmt.walk(&mut |s| {
            nodes += 1;
            s.for_each_expr(&mut |e| nodes += e.size());
        });
    }
    nodes
}

fn can_replace(function: &Function, limit: usize) -> bool {
    let mut plain = true;
    for stmt in &function.body {
        stmt.walk(&mut |s| {
            plain &= !matches!(s, Stmt::Alloc { .. } | Stmt::Retain(_) | Stmt::Release(_) | Stmt::Call { .. });
        });
    }
    plain && size(&function.body) <= limit
}

/// Errors that are reported at the call get its place. What is inlined allocates nothing.
fn place(body: &mut Block, at: &CallPlace, sites: &mut Vec<Site>) {
    for stmt in body {
        if let Stmt::Check(_, Fault { site: id, .. }) | Stmt::Raise(Fault { site: id, .. }) = stmt
            && let Some(site) = sites.get(id.0 as usize).filter(|site| !site.is_placed())
        {
            let CallPlace { function, line, column } = at.clone();
            *id = SiteId::of(Site { function, line, column, ..site.clone() }, sites);
        }
        stmt.blocks_mut().into_iter().for_each(|inner| place(inner, at, sites));
    }
}

fn block(
    function: &mut Function,
    stmts: &mut Block,
    bodies: &SortedMap<FuncId, Function>,
    sites: &mut Vec<Site>,
    room: &mut usize,
) {
    let mut out = Vec::with_capacity(stmts.len());
    for mut stmt in std::mem::take(stmts) {
        for inner in stmt.blocks_mut() {
            block(function, inner, bodies, sites, room);
        }
        if let Stmt::Call { function: callee, args, results, at } = &stmt
            && let Some(callee) = bodies.get(callee)
            && size(&callee.body) <= *room
        {
            *room -= size(&callee.body);
            let mut body = expansion(function, callee, args, results);
            place(&mut body, at, sites);
            out.extend(body);
        } else {
            out.push(stmt);
        }
    }
    *stmts = out;
}

/// What replaces a call.
fn expansion(function: &mut Function, callee: &Function, args: &[Expr], results: &[LocalId]) -> Block {
    let mut names = Renaming::default();
    names.relabel(function, &callee.body);
    let buffers: Vec<_> = callee.buffers.iter().map(|(id, buffer)| (id, buffer.clone())).collect();
    names.adopt_buffers(function, buffers.into_iter());
    let set = super::affine::set_locals(&callee.body);
    let mut out = Vec::new();
    for (param, arg) in callee.params.iter().zip(args) {
        // A local of the caller keeps its value until the results are written.
        if matches!(arg, Expr::Local(_) | Expr::Const(_)) && !set.contains(param) {
            names.value(*param, arg.clone());
        } else {
            out.push(Stmt::Set(adopt(function, callee, *param, &mut names), arg.clone()));
        }
    }
    for (local, entry) in callee.locals.iter() {
        if !callee.params.contains(&local) {
            let own = adopt(function, callee, local, &mut names);
            if !set_first(&callee.body, local) {
                out.extend(zero(entry, own));
            }
        }
    }
    let mut body = callee.body.clone();
    names.statements(&mut body);
    let temporaries: Vec<LocalId> = results.iter().map(|r| function.locals.push(function.locals[*r].clone())).collect();
    let values: &[LocalId] = if results.len() > 1 { &temporaries } else { results };
    let label = function.label();
    give(&mut body, values, label);
    // A single return at the end needs nothing to jump out of.
    if body.last() == Some(&Stmt::Break(label)) {
        body.pop();
    }
    let mut jumps = false;
    body.iter().for_each(|s| s.walk(&mut |s| jumps |= matches!(s, Stmt::Break(to) if *to == label)));
    if jumps {
        out.push(Stmt::Scope(label, body));
    } else {
        out.extend(body);
    }
    if results.len() > 1 {
        out.extend(results.iter().zip(&temporaries).map(|(r, t)| Stmt::Set(*r, Expr::Local(*t))));
    }
    out
}

fn adopt(function: &mut Function, callee: &Function, local: LocalId, names: &mut Renaming) -> LocalId {
    let own = function.locals.push(callee.locals[local].clone());
    names.local(local, own);
    own
}

/// Locals start at zero in each call.
fn zero(entry: &Local, own: LocalId) -> Option<Stmt> {
    match entry.ty {
        Ty::Scalar(dtype) => Some(Stmt::Set(own, Expr::Const(Const::zero(dtype)))),
        // The pass runs before there are vectors.
        Ty::Vector(..) | Ty::Mask { .. } => None,
    }
}

/// Whether the first statement of a block that mentions a local sets it without reading it.
fn set_first(block: &Block, local: LocalId) -> bool {
    for stmt in block {
        let mut mentioned = false;
        stmt.walk(&mut |s| mentioned |= s.reads(local) || sets(s, local));
        if !mentioned {
            continue;
        }
        return !stmt.reads(local)
            && (sets(stmt, local) || {
                // Set inside one block of the statement and used only there.
                let inside: Vec<&Block> = stmt.blocks().into_iter().filter(|b| mentions(b, local)).collect();
                let alone = block.iter().filter(|s| mentions(std::slice::from_ref(*s), local)).count() == 1;
                alone && inside.iter().all(|b| set_first(b, local))
            });
    }
    true
}

fn sets(stmt: &Stmt, local: LocalId) -> bool {
    match stmt {
        Stmt::Set(l, _) | Stmt::Alloc { owner: l, .. } => *l == local,
        Stmt::For(l) => l.var == local,
        Stmt::Call { results, .. } => results.contains(&local),
        _ => false,
    }
}

fn mentions(block: &[Stmt], local: LocalId) -> bool {
    let mut found = false;
    for stmt in block {
        stmt.walk(&mut |s| found |= sets(s, local) || s.reads(local));
    }
    found
}

/// Returns become assignments and a jump.
fn give(block: &mut Block, results: &[LocalId], label: nopython_ir::loops::Label) {
    let mut out = Vec::with_capacity(block.len());
    for mut stmt in std::mem::take(block) {
        for inner in stmt.blocks_mut() {
            give(inner, results, label);
        }
        match stmt {
            Stmt::Return(values) => {
                out.extend(results.iter().zip(values).map(|(r, v)| Stmt::Set(*r, v)));
                out.push(Stmt::Break(label));
            }
            other => out.push(other),
        }
    }
    *block = out;
}
