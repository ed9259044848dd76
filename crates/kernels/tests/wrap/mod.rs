//! Puts linked kernels into a module of their own and runs it in Node.
#![allow(dead_code, reason = "each test uses its part")]

use nopython_kernels::{Layout, Linked, Signature, ValType};
use std::path::PathBuf;
use std::process::Command;
use wasm_encoder::{
    CodeSection, ConstExpr, DataSection, ExportKind, ExportSection, FunctionSection, GlobalSection, GlobalType, MemorySection,
    MemoryType, Module, TypeSection,
};

/// Where the tests put data.
pub const LAYOUT: Layout = Layout { first_function: 0, data_base: 1024, stack_size: 4096 };

/// A module that exports roots and its memory.
pub fn module(roots: &[&str]) -> Vec<u8> {
    let linked = nopython_kernels::link(roots, LAYOUT).unwrap();
    let bytes = encode(&linked, roots);
    wasmparser::Validator::new().validate_all(&bytes).unwrap();
    bytes
}

fn encode(linked: &Linked, roots: &[&str]) -> Vec<u8> {
    let (mut types, mut functions, mut code) = (TypeSection::new(), FunctionSection::new(), CodeSection::new());
    for (index, function) in (0..).zip(&linked.functions) {
        let Signature { params, result } = function.ty;
        types.ty().function(params.iter().map(value_type), result.iter().map(value_type));
        functions.function(index);
        code.raw(&function.body);
    }
    let mut memories = MemorySection::new();
    memories.memory(MemoryType { minimum: linked.memory_pages.into(), maximum: None, memory64: false, shared: false, page_size_log2: None });
    let mut globals = GlobalSection::new();
    if let Some(top) = linked.stack_pointer {
        let ty = GlobalType { val_type: wasm_encoder::ValType::I32, mutable: true, shared: false };
        globals.global(ty, &ConstExpr::i32_const(top.cast_signed()));
    }
    let mut exports = ExportSection::new();
    exports.export("memory", ExportKind::Memory, 0);
    for root in roots {
        exports.export(root, ExportKind::Func, linked.function_index(root).unwrap());
    }
    let mut data = DataSection::new();
    for (address, bytes) in &linked.data {
        data.active(0, &ConstExpr::i32_const(address.cast_signed()), bytes.iter().copied());
    }
    let mut module = Module::new();
    module.section(&types).section(&functions).section(&memories).section(&globals).section(&exports).section(&code).section(&data);
    module.finish()
}

fn value_type(ty: &ValType) -> wasm_encoder::ValType {
    match ty {
        ValType::I32 => wasm_encoder::ValType::I32,
        ValType::I64 => wasm_encoder::ValType::I64,
        ValType::F32 => wasm_encoder::ValType::F32,
        ValType::F64 => wasm_encoder::ValType::F64,
        ValType::V128 => wasm_encoder::ValType::V128,
    }
}

/// A temporary file of this process.
pub fn file(name: &str, bytes: &[u8]) -> PathBuf {
    let path = std::env::temp_dir().join(format!("nopython-{}-{name}", std::process::id()));
    std::fs::write(&path, bytes).unwrap();
    path
}

/// Runs a script of `tests` on modules, and fails with what it prints.
pub fn node(script: &str, arguments: &[PathBuf]) {
    let script = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests").join(script);
    let output = Command::new("node").arg(script).args(arguments).output().unwrap();
    let printed = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{printed}{}", String::from_utf8_lossy(&output.stderr));
    print!("{printed}");
}
