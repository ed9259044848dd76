//! Builds modules by hand, validates them and runs them in Node.

use nopython_ir::loops::{BufferId, Expr, FuncId, Function, Module, Stmt, verify};
use nopython_types::{Export, Type};
use nopython_wasm::{EmitOptions, emit};
use std::path::PathBuf;
use std::process::Command;

/// Adds a function and exports it under its name.
pub fn export(module: &mut Module, function: Function) -> FuncId {
    let name = function.name.clone();
    let id = module.functions.push(function);
    let export = Export { symbol: name.clone(), name, doc: None, params: vec![], result: Type::None, line: 1 };
    module.exports.push((export, id));
    id
}

/// A function with a name.
pub fn function(name: &str) -> Function {
    Function { name: name.into(), ..Default::default() }
}

/// A buffer that may be any memory.
#[allow(dead_code, reason = "not every test needs it")]
pub fn any_memory(f: &mut Function) -> BufferId {
    f.buffers.push(nopython_ir::loops::Buffer { name: "m".into(), distinct: false })
}

/// `return value`
#[allow(dead_code, reason = "not every test needs it")]
pub fn ret(value: impl Into<Expr>) -> Stmt {
    Stmt::Return(vec![value.into()])
}

/// The bytes of a module, which the validator has accepted with the features that every engine we support has.
pub fn bytes(module: &Module) -> Vec<u8> {
    let verified = verify(module).unwrap_or_else(|e| panic!("{e}\n{}", nopython_ir::loops::print(module)));
    let wasm = emit(verified, EmitOptions { names: true, ..Default::default() }).unwrap().wasm;
    use wasmparser::WasmFeatures as F;
    let features = F::MUTABLE_GLOBAL
        | F::SATURATING_FLOAT_TO_INT
        | F::SIGN_EXTENSION
        | F::MULTI_VALUE
        | F::BULK_MEMORY
        | F::SIMD
        | F::FLOATS
        | F::REFERENCE_TYPES;
    wasmparser::Validator::new_with_features(features)
        .validate_all(&wasm)
        .unwrap_or_else(|e| panic!("{e}\n{}", nopython_ir::loops::print(module)));
    wasm
}

/// Runs a module as a script says (see `node.mjs`) and gives what it prints, by line.
#[allow(dead_code, reason = "not every test needs it")]
pub fn run(test: &str, module: &Module, script: &str) -> Vec<String> {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR"));
    let (wasm, commands) = (folder.join(format!("{test}.wasm")), folder.join(format!("{test}.txt")));
    std::fs::write(&wasm, bytes(module)).unwrap();
    std::fs::write(&commands, script).unwrap();
    let runner = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/support/node.mjs");
    let output = Command::new("node").arg(runner).arg(&wasm).arg(&commands).output().expect("node runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap().lines().map(str::to_owned).collect()
}
