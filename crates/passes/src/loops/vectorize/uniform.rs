//! What is the same in every turn of a straight loop, although each turn computes it.

use super::changing;
use crate::loops::copies::{Renaming, count_uses};
use nopython_ir::loops::{Expr, For, Function, LocalId, Stmt};

/// Takes the assignments out of a loop that give a local the same value in every turn. They are computed before its vectors, as scalars of any
/// dtype, under other names: the loop for the rest has its own.
///
/// As turns are independent, none writes what they read from memory. What stands behind a check may not be there to be read.
pub fn take_uniform(function: &mut Function, l: &mut For) -> Vec<(LocalId, Expr)> {
    let uses = count_uses(&l.body);
    let mut changing = changing(l);
    let mut names = Renaming::default();
    let mut taken = Vec::new();
    let mut checked = false;
    l.body.retain(|stmt| {
        checked |= matches!(stmt, Stmt::Check(..));
        let Stmt::Set(local, value) = stmt else { return true };
        let once = uses.get(local).is_some_and(|uses| uses.sets == 1);
        if !once || value.any(&mut |e| matches!(e, Expr::Local(l) if changing.contains(l))) || checked && value.loads()
        {
            return true;
        }
        changing.remove(local);
        let mut value = value.clone();
        names.expr(&mut value);
        if let Expr::Const(_) = value {
            names.value(*local, value);
        } else {
            let own = function.locals.push(function.locals[*local].clone());
            names.local(*local, own);
            taken.push((own, value));
        }
        false
    });
    names.statements(&mut l.body);
    taken
}
