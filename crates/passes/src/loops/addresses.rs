//! Addresses as sums whose parts stand in the order in which loops change them.
//!
//! data + (i + 1)·(n·8) + (j − 1)·8 becomes ((data + n·8) + i·n·8) + j·8 − 8: what does not change in a loop is the left part of the sum, which
//! `hoist` takes out of it; accesses of one row share a row's address; the constant goes into the instruction. Arithmetic on
//! `Int32` wraps, so sums and products may be regrouped, and wrapping to 32 bits may come first.

use super::affine::set_locals;
use super::{PassOptions, for_each_body};
use nopython_ir::loops::{Address, Block, Expr, Function, LocalId, Module, Stmt, Ty, type_of};
use nopython_ir::ops::BinOp;
use nopython_ir::sorted::SortedSet;
use nopython_types::DType;

/// A product of sums with more terms than this is not multiplied out.
const MOST_TERMS: usize = 4;

/// Runs the pass.
pub fn run(module: &mut Module, _: &PassOptions) {
    for_each_body(module, &mut |function, body| block(function, body, &mut Vec::new()));
}

/// Rewrites a block inside loops, of which `loops` has what each changes, outer ones first.
fn block(function: &Function, stmts: &mut Block, loops: &mut Vec<SortedSet<LocalId>>) {
    for stmt in stmts {
        let own = match stmt {
            Stmt::For(_) | Stmt::While { .. } => Some(set_locals(std::slice::from_ref(stmt))),
            _ => None,
        };
        let rewrite = |address: &mut Address| {
            if let Some(sum) = Sum::of(function, &address.at) {
                *address.at = sum.in_order(loops);
            }
        };
        match stmt {
            Stmt::Store(to, _) | Stmt::Fill { to, .. } => rewrite(to),
            Stmt::Copy { to, from, .. } => {
                rewrite(to);
                rewrite(from);
            }
            _ => {}
        }
        stmt.for_each_expr_mut(&mut |e| {
            e.rewrite(&mut |e| {
                if let Expr::Load(_, address) = e {
                    rewrite(address);
                }
            });
        });
        let nested = own.is_some();
        loops.extend(own);
        for inner in stmt.blocks_mut() {
            block(function, inner, loops);
        }
        if nested {
            loops.pop();
        }
    }
}

/// a − b modulo 2³², where that is a constant.
pub fn difference(function: &Function, a: &Expr, b: &Expr) -> Option<i32> {
    let difference = Sum::of(function, a)?.plus(Sum::of(function, b)?, -1);
    difference.terms.is_empty().then_some(difference.constant)
}

/// Σ factor · term + constant, modulo 2³². Terms are `Int32` expressions that are not sums.
#[derive(Clone, Default)]
struct Sum {
    terms: Vec<(Expr, i32)>,
    constant: i32,
}

impl Sum {
    /// An integer expression modulo 2³².
    fn of(function: &Function, e: &Expr) -> Option<Sum> {
        let of = |e: &Expr| Sum::of(function, e);
        match e {
            Expr::Const(c) => Some(Sum { terms: Vec::new(), constant: low_half(c.as_int()?) }),
            Expr::Binary(BinOp::Add, a, b) => Some(of(a)?.plus(of(b)?, 1)),
            Expr::Binary(BinOp::Sub, a, b) => Some(of(a)?.plus(of(b)?, -1)),
            Expr::Binary(BinOp::Mul, a, b) => {
                let (a, b) = (of(a)?, of(b)?);
                Some(a.times(&b).unwrap_or_else(|| Sum::term(a.expr() * b.expr())))
            }
            Expr::Cast(DType::Int32 | DType::Int64, a) => match type_of(function, a)? {
                Ty::Scalar(d) if d.is_int() && (d.size() >= 4 || matches!(**a, Expr::Local(_))) => of(a),
                Ty::Scalar(_) => Some(Sum::term(narrow(function, e)?)),
                Ty::Vector(..) | Ty::Mask { .. } => None,
            },
            other => Some(Sum::term(narrow(function, other)?)),
        }
    }

    fn term(e: Expr) -> Sum {
        Sum { terms: vec![(e, 1)], constant: 0 }
    }

    fn plus(mut self, other: Sum, factor: i32) -> Sum {
        for (term, f) in other.terms {
            let f = f.wrapping_mul(factor);
            match self.terms.iter_mut().find(|(t, _)| *t == term) {
                Some((_, sum)) => *sum = sum.wrapping_add(f),
                None => self.terms.push((term, f)),
            }
        }
        self.terms.retain(|(_, f)| *f != 0);
        self.constant = self.constant.wrapping_add(other.constant.wrapping_mul(factor));
        self
    }

    /// The product, multiplied out, if it is short.
    fn times(&self, other: &Sum) -> Option<Sum> {
        let mut out = Sum { terms: Vec::new(), constant: self.constant.wrapping_mul(other.constant) };
        for (a, f) in &self.terms {
            for (b, g) in &other.terms {
                let product = Sum { terms: vec![(a.clone() * b.clone(), f.wrapping_mul(*g))], constant: 0 };
                out = out.plus(product, 1);
            }
        }
        for (these, constant) in [(&self.terms, other.constant), (&other.terms, self.constant)] {
            out = out.plus(Sum { terms: these.clone(), constant: 0 }, constant);
        }
        (out.terms.len() <= MOST_TERMS).then_some(out)
    }

    fn expr(&self) -> Expr {
        self.in_order(&[])
    }

    /// The sum with the parts that outer loops change first.
    fn in_order(&self, loops: &[SortedSet<LocalId>]) -> Expr {
        let depth = |e: &Expr| {
            if e.loads() {
                return loops.len();
            }
            let changes = |set: &SortedSet<LocalId>| e.any(&mut |e| matches!(e, Expr::Local(l) if set.contains(l)));
            loops.iter().rposition(changes).map_or(0, |level| level + 1)
        };
        let mut terms: Vec<(usize, &(Expr, i32))> = self.terms.iter().map(|t| (depth(&t.0), t)).collect();
        terms.sort_by_key(|(depth, _)| *depth);
        let scaled = terms.into_iter().map(|(_, (term, factor))| match factor {
            1 => term.clone(),
            f => term.clone() * Expr::i32(*f),
        });
        match (scaled.reduce(|a, b| a + b), self.constant) {
            (None, c) => Expr::i32(c),
            (Some(sum), 0) => sum,
            (Some(sum), c) => sum + Expr::i32(c),
        }
    }
}

/// An integer expression as an `Int32` one.
fn narrow(function: &Function, e: &Expr) -> Option<Expr> {
    match type_of(function, e)? {
        Ty::Scalar(DType::Int32) => Some(e.clone()),
        Ty::Scalar(d) if d.is_int() => Some(e.clone().cast(DType::Int32)),
        Ty::Scalar(_) | Ty::Vector(..) | Ty::Mask { .. } => None,
    }
}

#[expect(clippy::cast_possible_truncation, reason = "addresses are modulo 2³²")]
const fn low_half(v: i64) -> i32 {
    v as i32
}
