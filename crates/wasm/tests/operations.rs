//! Every operation and conversion on every dtype, as scalars and as vectors, gives what NumPy gives.
//!
//! `numpy_table.txt` is written by `numpy_table.py`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::disallowed_methods)]

mod support;

use nopython_ir::loops::{Address, Expr, For, Function, LocalId, LoopFacts, Module, Stmt, Ty};
use nopython_ir::ops::{BinOp, Gives, UnOp};
use nopython_types::DType;
use std::collections::BTreeMap;
use support::{any_memory, export, function, run};

const COUNT: i32 = 96;
const A: i32 = 4096;
const B: i32 = 8192;
const OUT: i32 = 12288;

/// What a function computes for each element.
#[derive(Clone, Copy, Debug)]
enum Operation {
    Unary(UnOp),
    Binary(BinOp),
    Cast(DType),
}

/// One line of the table: what to compute, on which dtype, and what NumPy gives.
struct Case {
    operation: Operation,
    dtype: DType,
    a: String,
    b: String,
    expected: String,
}

fn unary(text: &str) -> UnOp {
    UnOp::ALL.iter().copied().find(|op| op.row().0 == text).unwrap()
}

fn binary(text: &str) -> BinOp {
    BinOp::ALL.iter().copied().find(|op| op.row().0 == text).unwrap()
}

fn cases() -> Vec<Case> {
    let mut operands = BTreeMap::new();
    let mut cases = Vec::new();
    for line in include_str!("numpy_table.txt").lines() {
        let words: Vec<&str> = line.split(' ').collect();
        let dtype = |text| DType::from_name(text).unwrap();
        let case = |operation, dtype: DType, a: &str, b: &str, expected: &str| Case {
            operation,
            dtype,
            a: a.into(),
            b: b.into(),
            expected: expected.into(),
        };
        match words.as_slice() {
            ["operands", name, a, b] => {
                operands.insert((*name).to_owned(), ((*a).to_owned(), (*b).to_owned()));
            }
            ["unary", op, name, result] => {
                cases.push(case(Operation::Unary(unary(op)), dtype(name), &operands[*name].0, "", result));
            }
            ["binary", op, name, result] => {
                let (a, b) = &operands[*name];
                cases.push(case(Operation::Binary(binary(op)), dtype(name), a, b, result));
            }
            ["cast", from, to, a, result] => {
                cases.push(case(Operation::Cast(dtype(to)), dtype(from), a, "", result));
            }
            _ => panic!("{line}"),
        }
    }
    cases
}

/// The dtype of a result.
fn result(case: &Case) -> DType {
    match case.operation {
        Operation::Unary(op) => op.result(case.dtype).unwrap(),
        Operation::Binary(op) => op.result(case.dtype).unwrap(),
        Operation::Cast(to) => to,
    }
}

/// A loop over the elements, in steps of so many lanes.
fn looped(case: &Case, name: &str, lanes: u8) -> Function {
    let mut f = function(name);
    let m = any_memory(&mut f);
    let i = f.scalar("i", DType::Int32);
    let (size, out_size) = (case.dtype.size(), result(case).size());
    let ty = |dtype| if lanes == 1 { Ty::Scalar(dtype) } else { Ty::Vector(dtype, lanes) };
    let place = |base: i32, size: u32, i: LocalId| {
        Address::new(m, Expr::i32(base) + Expr::Local(i) * Expr::i32(size.cast_signed()))
    };
    let load = |base| Expr::Load(ty(case.dtype), place(base, size, i));
    let value = match case.operation {
        Operation::Unary(op) => Expr::unary(op, load(A)),
        Operation::Binary(op) => {
            let value = Expr::binary(op, load(A), load(B));
            let mask = lanes > 1 && op.row().2 == Gives::Bool;
            if mask { Expr::MaskCast(Ty::Vector(DType::Bool, lanes), Box::new(value)) } else { value }
        }
        Operation::Cast(to) => load(A).cast(to),
    };
    let body = vec![Stmt::Store(place(OUT, out_size, i), value)];
    let label = f.label();
    f.body = vec![Stmt::For(Box::new(For {
        label,
        var: i,
        start: Expr::i32(0),
        stop: Expr::i32(COUNT),
        step: i32::from(lanes),
        body,
        facts: LoopFacts::default(),
    }))];
    f
}

/// Whether two arrays are equal to the bit, all NaNs being one.
fn agree(dtype: DType, found: &str, expected: &str) -> bool {
    let digits = 2 * dtype.size() as usize;
    let is_nan = |hex: &str| {
        let bits = u64::from_str_radix(hex, 16).unwrap();
        match dtype {
            DType::Float32 => f32::from_bits(u32::try_from(bits).unwrap().swap_bytes()).is_nan(),
            DType::Float64 => f64::from_bits(bits.swap_bytes()).is_nan(),
            _ => false,
        }
    };
    found.len() == expected.len()
        && (0..found.len()).step_by(digits).all(|k| {
            let (x, y) = (&found[k..k + digits], &expected[k..k + digits]);
            x == y || is_nan(x) && is_nan(y)
        })
}

/// Runs all cases, each in as many lanes as `lanes` says, or not at all.
fn check(test: &str, lanes: impl Fn(&Case) -> Option<u8>) {
    let mut module = Module::default();
    let mut script = String::new();
    let cases: Vec<(Case, u8)> =
        cases().into_iter().filter_map(|case| Some((lanes(&case)?, case)).map(|(n, c)| (c, n))).collect();
    for (k, (case, lanes)) in cases.iter().enumerate() {
        export(&mut module, looped(case, &format!("f{k}"), *lanes));
        script += &format!("write {A} {}\n", case.a);
        if !case.b.is_empty() {
            script += &format!("write {B} {}\n", case.b);
        }
        script += &format!("call f{k}\nread {OUT} {}\n", COUNT.cast_unsigned() * result(case).size());
    }
    let output = run(test, &module, &script);
    let mut wrong = Vec::new();
    for ((case, lanes), lines) in cases.iter().zip(output.chunks(2)) {
        let [status, found] = lines else { panic!("{lines:?}") };
        if status != "undefined" || !agree(result(case), found, &case.expected) {
            wrong.push(format!(
                "{:?} of {}, {lanes} lanes: {status}\n a        {}\n b        {}\n found    {found}\n expected {}",
                case.operation, case.dtype, case.a, case.b, case.expected
            ));
        }
    }
    assert!(wrong.is_empty(), "{} of {} wrong:\n{}", wrong.len(), cases.len(), wrong.join("\n"));
}

#[test]
fn scalars() {
    check("scalars", |_| Some(1));
}

#[test]
fn full_vectors() {
    check("full_vectors", |case| {
        let widest = case.dtype.size().max(result(case).size());
        u8::try_from(16 / widest).ok()
    });
}

/// Vectors that fill half of a v128 or less.
#[test]
fn partial_vectors() {
    check("partial_vectors", |case| {
        let widest = case.dtype.size().max(result(case).size());
        u8::try_from(8 / widest).ok().filter(|lanes| *lanes > 1)
    });
}
