//! The smaller or larger of two floats without a branch.
//!
//! `a if a < b else b` and its like are what `pmin` and `pmax` of vectors compute, one instruction, and engines make branches of the scalar form. Where a recurrence
//! takes minima, no branch is foreseen well: one lane of a vector is several times as fast. Comparisons that hold for equals differ on NaN and stay.

use super::PassOptions;
use super::vectorize::vector;
use nopython_ir::loops::{Block, Expr, Function, Module, Ty, type_of};
use nopython_ir::ops::BinOp;

/// Runs the pass.
pub fn run(module: &mut Module, _: &PassOptions) {
    super::for_each_body(module, &mut |function, body| block(function, body));
}

fn block(function: &Function, stmts: &mut Block) {
    for stmt in stmts {
        stmt.for_each_expr_mut(&mut |e| {
            e.rewrite(&mut |e| {
                if let Some(lane) = extreme(function, e) {
                    *e = lane;
                }
            });
        });
        stmt.blocks_mut().into_iter().for_each(|inner| block(function, inner));
    }
}

/// One lane of the choice between two floats.
fn extreme(function: &Function, e: &Expr) -> Option<Expr> {
    let (Expr::Select(test, then, orelse) | Expr::Cond(test, then, orelse)) = e else { return None };
    let Expr::Binary(op @ (BinOp::Lt | BinOp::Gt), a, b) = &**test else { return None };
    let Some(Ty::Scalar(dtype)) = type_of(function, e) else { return None };
    let chosen = (a == then && b == orelse) || (a == orelse && b == then);
    if !dtype.is_float() || !chosen || e.loads() {
        return None;
    }
    let ty = vector(dtype, u8::try_from(16 / dtype.size()).ok()?)?;
    let splat = |e: &Expr| Expr::Splat(ty, Box::new(e.clone()));
    let test = Expr::binary(*op, splat(a), splat(b));
    Some(Expr::Lane(Box::new(test.select(splat(then), splat(orelse))), 0))
}
