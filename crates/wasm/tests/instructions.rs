//! Which instructions stand for what costs more than it seems: divisions, and the conditions of checks.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::disallowed_methods)]

mod support;

use nopython_ir::loops::{Expr, Fault, Module, SiteId, Stmt};
use nopython_ir::ops::BinOp;
use nopython_types::{DType, Exception, Site};
use support::{bytes, export, function, ret};
use wasmparser::{BlockType, Operator, Parser, Payload};

/// How many instructions of a module satisfy a predicate.
fn count(module: &Module, predicate: impl Fn(&Operator<'_>) -> bool) -> usize {
    let wasm = bytes(module);
    let mut found = 0;
    for payload in Parser::new(0).parse_all(&wasm) {
        if let Payload::CodeSectionEntry(body) = payload.unwrap() {
            found +=
                body.get_operators_reader().unwrap().into_iter().filter(|op| predicate(op.as_ref().unwrap())).count();
        }
    }
    found
}

#[test]
fn a_floor_division_divides_once() {
    let mut module = Module::default();
    let mut f = function("f");
    let (x, y) = (f.scalar("x", DType::Int64), f.scalar("y", DType::Int64));
    f.params = vec![x, y];
    f.results = vec![DType::Int64];
    f.body = vec![ret(Expr::binary(BinOp::FloorDiv, Expr::Local(x), Expr::Local(y)))];
    export(&mut module, f);
    let divides = |op: &Operator<'_>| matches!(op, Operator::I64DivS | Operator::I64RemS);
    assert_eq!(count(&module, divides), 1);
}

#[test]
fn a_check_makes_no_bool_of_its_parts() {
    let mut module = Module::default();
    let mut f = function("f");
    let (a, b) = (f.scalar("a", DType::Bool), f.scalar("b", DType::Bool));
    f.params = vec![a, b];
    let test = Expr::Local(a).cond(Expr::bool(true), Expr::Local(b));
    f.body = vec![Stmt::Check(test, Fault::new(SiteId(0)))];
    module.sites.push(Site {
        exception: Exception::Index,
        message: "no".into(),
        function: "f".into(),
        line: 1,
        column: 1,
    });
    export(&mut module, f);
    let results = |op: &Operator<'_>| matches!(op, Operator::If { blockty } if *blockty != BlockType::Empty);
    assert_eq!(count(&module, results), 0);
}
