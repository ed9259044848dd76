//! The sine and the cosine of one number share its reduction: `sin(x)` and `cos(x)` become `s = sincos(x); c = kept_cos(s)`.
//!
//! The two kernels speak by memory of their own: `kept_cos` gives the cosine that the last `sincos` has put there. So both stand side by side, and no
//! pass runs after this one. Both values have the bits that `sin` and `cos` give.

use super::common::{replace, sure_exprs, sure_exprs_mut};
use super::effects::Effects;
use super::{PassOptions, for_each_body};
use nopython_ir::loops::{Block, Expr, Function, Module, Stmt, type_of};

/// Runs the pass.
pub fn run(module: &mut Module, _: &PassOptions) {
    for_each_body(module, &mut |function, body| block(function, body));
}

fn block(function: &mut Function, stmts: &mut Block) {
    for stmt in stmts.iter_mut() {
        stmt.blocks_mut().into_iter().for_each(|inner| block(function, inner));
    }
    while let Some(pair) = find(function, stmts) {
        let Some(ty) = type_of(function, &pair.sin) else { return };
        let (Expr::Kernel(name, operand), sin, cos) = (&pair.sin, function.local("sin", ty), function.local("cos", ty))
        else {
            return;
        };
        for stmt in stmts.iter_mut().take(pair.last + 1).skip(pair.first) {
            sure_exprs_mut(stmt, &mut |e| {
                replace(e, &pair.sin, sin);
                replace(e, &pair.cos, cos);
            });
        }
        let both = Stmt::Set(sin, Expr::Kernel(format!("sincos{}", suffix(name)), operand.clone()));
        let kept = Stmt::Set(cos, Expr::Kernel(format!("kept_cos{}", suffix(name)), vec![Expr::Local(sin)]));
        stmts.splice(pair.first..pair.first, [both, kept]);
    }
}

/// What follows the three letters of `sin` and `cos` in the name of a kernel.
fn suffix(name: &str) -> &str {
    name.get(3..).unwrap_or_default()
}

/// The sine and the cosine of an operand that does not change between two statements that surely evaluate them.
struct Pair {
    sin: Expr,
    cos: Expr,
    first: usize,
    last: usize,
}

fn find(function: &Function, stmts: &Block) -> Option<Pair> {
    let mut known: Vec<(&Expr, usize)> = Vec::new();
    for (last, stmt) in stmts.iter().enumerate() {
        let mut found = None;
        sure_exprs(stmt, &mut |e| {
            let Some(other) = counterpart(e) else { return };
            if let Some((_, first)) = known.iter().find(|(known, _)| **known == other) {
                let (sin, cos) = if is_sin(e) { (e.clone(), other) } else { (other, e.clone()) };
                found.get_or_insert(Pair { sin, cos, first: *first, last });
            } else if known.iter().all(|(known, _)| *known != e) {
                known.push((e, last));
            }
        });
        if found.is_some() {
            return found;
        }
        if !known.is_empty() {
            let effects = Effects::of(stmt);
            known.retain(|(e, _)| !effects.change(function, e));
        }
    }
    None
}

fn is_sin(e: &Expr) -> bool {
    matches!(e, Expr::Kernel(name, _) if name.starts_with("sin_"))
}

/// The cosine of what an expression is the sine of, or the sine of what it is the cosine of.
fn counterpart(e: &Expr) -> Option<Expr> {
    let Expr::Kernel(name, operand) = e else { return None };
    let other = match name.get(..4)? {
        "sin_" => "cos",
        "cos_" => "sin",
        _ => return None,
    };
    Some(Expr::Kernel(format!("{other}{}", suffix(name)), operand.clone()))
}
