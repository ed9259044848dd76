//! Small loops with constant bounds written out: a 3 × 3 kernel becomes nine terms, and the loop around it can become vectors.

use super::affine::set_locals;
use super::constants::fold_constants;
use super::{PassOptions, for_each_body};
use nopython_ir::Const;
use nopython_ir::loops::{Block, Expr, For, Function, LocalId, Module, Stmt, Ty};
use nopython_ir::sorted::SortedMap;

/// Most turns of a loop that is written out.
const MOST_TURNS: i64 = 8;
/// So few statements are shorter than a loop.
const FEW_STATEMENTS: usize = 8;
/// Most statements that writing out may give.
const MOST_STATEMENTS: usize = 120;

/// Runs the pass.
pub fn run(module: &mut Module, _: &PassOptions) {
    for_each_body(module, &mut |function, body| block(function, body, false));
}

/// Writes loops out, inner ones first; outside other loops only the smallest.
fn block(function: &Function, stmts: &mut Block, inside: bool) {
    let mut out = Vec::with_capacity(stmts.len());
    for mut stmt in std::mem::take(stmts) {
        let is_loop = matches!(stmt, Stmt::For(_) | Stmt::While { .. });
        for inner in stmt.blocks_mut() {
            block(function, inner, inside || is_loop);
        }
        match &stmt {
            Stmt::For(l) => match turns(function, l, if inside { MOST_STATEMENTS } else { FEW_STATEMENTS }) {
                Some(turns) => turns.into_iter().for_each(|turn| out.extend(turn)),
                None => out.push(stmt),
            },
            _ => out.push(stmt),
        }
    }
    *stmts = out;
}

/// The turns of a loop, if they are few, straight, and known.
fn turns(function: &Function, l: &For, most: usize) -> Option<Vec<Block>> {
    let constant = |e: &Expr| e.as_const().and_then(Const::as_int);
    let (start, stop) = (constant(&l.start)?, constant(&l.stop)?);
    let count = stop.checked_sub(start)?;
    if l.step != 1
        || !(0..=MOST_TURNS).contains(&count)
        || !is_straight(&l.body)
        || size(&l.body) * usize::try_from(count).ok()? > most
    {
        return None;
    }
    let Ty::Scalar(dtype) = function.locals.get(l.var)?.ty else { return None };
    let turn = |value: i64| {
        let mut body = l.body.clone();
        put(&mut body, &mut SortedMap::from([(l.var, Const::Int(dtype, value))]));
        fold_constants(&mut body);
        body
    };
    Some((start..stop).map(turn).collect())
}

fn is_straight(body: &Block) -> bool {
    body.iter().all(|s| match s {
        Stmt::Set(..) | Stmt::Store(..) | Stmt::Check(..) => true,
        Stmt::If(_, then, orelse) => is_straight(then) && is_straight(orelse),
        _ => false,
    })
}

/// How many statements there are, branches not counted.
fn size(body: &Block) -> usize {
    body.iter().map(|s| if let Stmt::If(_, then, orelse) = s { size(then) + size(orelse) } else { 1 }).sum()
}

/// Writes known constants in the place of locals. What a turn sets to a constant is that constant in what follows.
fn put(body: &mut Block, known: &mut SortedMap<LocalId, Const>) {
    for stmt in body {
        stmt.for_each_expr_mut(&mut |e| {
            e.rewrite(&mut |e| {
                if let Expr::Local(local) = e
                    && let Some(value) = known.get(local)
                {
                    *e = Expr::Const(*value);
                }
                fold_widening(e);
            });
        });
        for inner in stmt.blocks_mut() {
            put(inner, &mut known.clone());
        }
        match stmt {
            Stmt::Set(local, Expr::Const(value)) => {
                known.insert(*local, *value);
            }
            other => set_locals(std::slice::from_ref(other)).iter().for_each(|local| {
                known.remove(local);
            }),
        }
    }
}

/// The conversion of an integer constant to 32 or 64 bits, done now.
fn fold_widening(e: &mut Expr) {
    use nopython_types::DType;
    if let Expr::Cast(to @ (DType::Int32 | DType::Int64), inner) = e
        && let Expr::Const(Const::Int(_, value)) = **inner
    {
        *e = Expr::Const(Const::wrap(*to, value));
    }
}
