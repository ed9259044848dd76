//! Random expressions of narrow integers, whose extensions are left out where nothing reads them, against exact evaluation.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::disallowed_methods)]

mod support;

use nopython_ir::Const;
use nopython_ir::constant::wrap;
use nopython_ir::loops::{Address, Expr, LocalId, Module, Stmt, Ty};
use nopython_ir::ops::{BinOp, UnOp};
use nopython_types::DType;
use support::{any_memory, export, function, ret, run};

const DTYPES: [DType; 8] =
    [DType::Int8, DType::Int16, DType::Int32, DType::Int64, DType::UInt8, DType::UInt16, DType::UInt32, DType::UInt64];
const OPS: [BinOp; 8] = [BinOp::Add, BinOp::Sub, BinOp::Mul, BinOp::And, BinOp::Or, BinOp::Xor, BinOp::Min, BinOp::Max];

/// Numerical Recipes' linear congruential generator.
struct Random(u64);

impl Random {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % n
    }

    /// An integer of any magnitude and sign.
    fn integer(&mut self) -> i64 {
        self.below(2);
        self.0.cast_signed() >> self.below(63)
    }
}

/// An expression of a dtype over the two int64 parameters, and its value.
fn grow(random: &mut Random, dtype: DType, depth: usize, params: &[(LocalId, i64)]) -> (Expr, i64) {
    if depth == 0 {
        let (local, value) = params[random.below(params.len())];
        return (Expr::Local(local).cast(dtype), wrap(dtype, value));
    }
    match random.below(6) {
        0 => {
            let (a, value) = grow(random, dtype, depth - 1, params);
            if random.below(2) == 0 {
                (Expr::unary(UnOp::Neg, a), wrap(dtype, value.wrapping_neg()))
            } else {
                (Expr::unary(UnOp::Invert, a), wrap(dtype, !value))
            }
        }
        1 => {
            let from = DTYPES[random.below(DTYPES.len())];
            let (a, value) = grow(random, from, depth - 1, params);
            (a.cast(dtype), wrap(dtype, value))
        }
        2 => {
            let ((a, x), (b, y)) = (grow(random, dtype, depth - 1, params), grow(random, dtype, depth - 1, params));
            let less = if dtype == DType::UInt64 { x.cast_unsigned() < y.cast_unsigned() } else { x < y };
            (a.clone().lt(b.clone()).select(a, b), if less { x } else { y })
        }
        3 => {
            let value = wrap(dtype, params[random.below(params.len())].1);
            (Expr::Const(Const::Int(dtype, value)), value)
        }
        _ => {
            let op = OPS[random.below(OPS.len())];
            let ((a, x), (b, y)) = (grow(random, dtype, depth - 1, params), grow(random, dtype, depth - 1, params));
            (Expr::binary(op, a, b), wrap(dtype, evaluate(op, dtype, x, y)))
        }
    }
}

fn evaluate(op: BinOp, dtype: DType, x: i64, y: i64) -> i64 {
    let less = if dtype == DType::UInt64 { x.cast_unsigned() < y.cast_unsigned() } else { x < y };
    match op {
        BinOp::Add => x.wrapping_add(y),
        BinOp::Sub => x.wrapping_sub(y),
        BinOp::Mul => x.wrapping_mul(y),
        BinOp::And => x & y,
        BinOp::Or => x | y,
        BinOp::Xor => x ^ y,
        BinOp::Min => {
            if less {
                x
            } else {
                y
            }
        }
        BinOp::Max => {
            if less {
                y
            } else {
                x
            }
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn narrow_integers_wrap() {
    let mut random = Random(1);
    let (mut module, mut script, mut expected) = (Module::default(), String::new(), Vec::new());
    for k in 0..500 {
        let mut f = function(&format!("f{k}"));
        let params: Vec<LocalId> = (0..2).map(|p| f.scalar(format!("p{p}"), DType::Int64)).collect();
        f.params.clone_from(&params);
        f.results = vec![DType::Int64];
        let values: Vec<i64> = (0..2).map(|_| random.integer()).collect();
        let bound: Vec<(LocalId, i64)> = params.into_iter().zip(values.iter().copied()).collect();
        let dtype = DTYPES[random.below(DTYPES.len())];
        let (e, value) = grow(&mut random, dtype, 5, &bound);
        // Half of them pass through memory, at the width of their dtype.
        let m = any_memory(&mut f);
        let place = || Address::new(m, Expr::i32(4096) + Expr::i32(1000));
        f.body = if k % 2 == 0 {
            vec![ret(e.cast(DType::Int64))]
        } else {
            vec![Stmt::Store(place(), e), ret(Expr::Load(Ty::Scalar(dtype), place()).cast(DType::Int64))]
        };
        export(&mut module, f);
        script += &format!("call f{k} {}n {}n\n", values[0], values[1]);
        expected.push(value.to_string());
    }
    let found = run("narrow", &module, &script);
    for (k, (found, expected)) in found.iter().zip(&expected).enumerate() {
        let function = &module.functions[nopython_ir::Handle::new(u32::try_from(k).unwrap())];
        assert_eq!(found, expected, "{}", nopython_ir::loops::print_function(&module, function));
    }
    assert_eq!(found.len(), expected.len());
}

/// Constants inside an address, wherever they stand, end up in the access or not, but never change the place.
#[test]
fn addresses_keep_their_constants() {
    let mut module = Module::default();
    let mut script = String::from("write 2000 0102030405060708090a0b0c0d0e0f10\n");
    let mut expected = Vec::new();
    for (k, (offset, index)) in [(0, 0), (3, 0), (-3, 5), (5, -2), (-1000, 1003), (1100, -1093)].into_iter().enumerate()
    {
        let mut f = function(&format!("f{k}"));
        let (base, i) = (f.scalar("base", DType::Int32), f.scalar("i", DType::Int32));
        f.params = vec![base, i];
        f.results = vec![DType::UInt8];
        let m = any_memory(&mut f);
        let at = Expr::Local(base) + (Expr::Local(i) + Expr::i32(offset)) * Expr::i32(1);
        f.body = vec![ret(Expr::Load(Ty::Scalar(DType::UInt8), Address::new(m, at)))];
        export(&mut module, f);
        script += &format!("call f{k} 2000 {index}\n");
        expected.push((1 + offset + index).to_string());
    }
    assert_eq!(run("addresses", &module, &script), expected);
}
