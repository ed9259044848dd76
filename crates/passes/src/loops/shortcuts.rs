//! The parts of an `and` that takes statements are branches of their own: two tests of one local become tests of the parts.
//!
//! - b = c; if b: (S; b = t); if b: pass else: leave  =  if c: pass else: leave; S; if t: pass else: leave
//! - while true: (if c: pass else: leave; B)  =  while c: B
//!
//! where b is not used elsewhere, so that each part is known to hold in what follows it.

use super::PassOptions;
use super::copies::{Uses, count_uses};
use nopython_ir::Const;
use nopython_ir::loops::{Block, Expr, LocalId, Module, Stmt};
use nopython_ir::sorted::SortedMap;

/// Runs the pass.
pub fn run(module: &mut Module, _: &PassOptions) {
    for function in module.functions.values_mut() {
        let uses = count_uses(&function.body);
        block(&mut function.body, &uses);
    }
}

fn block(stmts: &mut Block, uses: &SortedMap<LocalId, Uses>) {
    let mut out: Block = Vec::with_capacity(stmts.len());
    for mut stmt in std::mem::take(stmts) {
        for inner in stmt.blocks_mut() {
            block(inner, uses);
        }
        if !split(&mut out, &stmt, uses) {
            out.push(stmt);
        }
    }
    *stmts = out;
    for stmt in stmts {
        if let Stmt::While { label, test, body } = stmt
            && test.as_const() == Some(Const::Bool(true))
            && let Some(Stmt::If(first, then, orelse)) = body.first()
            && then.is_empty()
            && *orelse == [Stmt::Break(*label)]
        {
            *test = first.clone();
            body.remove(0);
        }
    }
}

/// Writes `last` as two tests if the statements before it compute what it tests in two parts.
fn split(out: &mut Block, last: &Stmt, uses: &SortedMap<LocalId, Uses>) -> bool {
    let Stmt::If(Expr::Local(local), then, orelse) = last else { return false };
    let [.., Stmt::Set(set, first), Stmt::If(Expr::Local(tested), rest, other)] = out.as_slice() else { return false };
    let Some(Stmt::Set(inner, second)) = rest.last() else { return false };
    let leaves = matches!(orelse.as_slice(), [Stmt::Break(_)]);
    let alone = uses.get(local) == Some(&Uses { reads: 2, sets: 2 });
    if [set, tested, inner] != [local; 3] || !alone || !then.is_empty() || !leaves || !other.is_empty() {
        return false;
    }
    let test = |test: &Expr| Stmt::If(test.clone(), Vec::new(), orelse.clone());
    let (head, tail) = (test(first), test(second));
    let mut middle = rest.clone();
    middle.pop();
    out.truncate(out.len() - 2);
    out.push(head);
    out.extend(middle);
    out.push(tail);
    true
}
