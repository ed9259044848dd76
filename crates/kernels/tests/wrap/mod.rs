//! Puts linked kernels into a module of their own and runs it in Node.
#![allow(dead_code, clippy::panic, reason = "each test uses its part, and stops at what is wrong")]

use nopython_kernels::{Layout, Linked, Signature, ValType};
use std::path::PathBuf;
use std::process::Command;
use wasm_encoder::{
    BlockType, CodeSection, ConstExpr, DataSection, ExportKind, ExportSection, Function, FunctionSection,
    GlobalSection, GlobalType, Instruction, MemArg, MemArgTarget, MemorySection, MemoryType, Module, TypeSection,
};

/// Where the tests put data.
pub const LAYOUT: Layout = Layout { first_function: 0, data_base: 1024, stack_size: 4096, heap_base: None };

/// A module that exports roots, its memory and, for each root `k` of one operand, a function `k*` of three addresses
/// (from, to, end), which applies it to an array. The second operand of a root of two stands where the results go.
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
    let mut exports = ExportSection::new();
    exports.export("memory", ExportKind::Memory, 0);
    let mut loops = linked.functions.len() as u32;
    for root in roots {
        let kernel = linked.function_index(root).unwrap();
        exports.export(root, ExportKind::Func, kernel);
        let Signature { params, result } = nopython_kernels::signature(root).unwrap();
        if let (&[param] | &[param, _], Some(result)) = (params, result)
            && param == result
            && result != ValType::I32
        {
            types.ty().function([wasm_encoder::ValType::I32; 3], []);
            functions.function(loops);
            code.function(&apply(kernel, result, params.len() == 2));
            exports.export(&format!("{root}*"), ExportKind::Func, loops);
            loops += 1;
        }
    }
    let mut memories = MemorySection::new();
    memories.memory(MemoryType {
        minimum: linked.memory_pages.into(),
        maximum: None,
        memory64: false,
        shared: false,
        page_size_log2: None,
    });
    let mut globals = GlobalSection::new();
    if let Some(top) = linked.stack_pointer {
        let ty = GlobalType { val_type: wasm_encoder::ValType::I32, mutable: true, shared: false };
        globals.global(ty, &ConstExpr::i32_const(top.cast_signed()));
    }
    let mut data = DataSection::new();
    for (address, bytes) in &linked.data {
        data.active(0, &ConstExpr::i32_const(address.cast_signed()), bytes.iter().copied());
    }
    let mut module = Module::new();
    module
        .section(&types)
        .section(&functions)
        .section(&memories)
        .section(&globals)
        .section(&exports)
        .section(&code)
        .section(&data);
    module.finish()
}

/// `do { *to = kernel(*from); from += size; to += size } while (from < end)`, or `kernel(*from, *to)`.
fn apply(kernel: u32, ty: ValType, two: bool) -> Function {
    let at = MemArg { offset: 0, align: 2, target: MemArgTarget::Memory(0), ordering: None };
    let (load, store, size) = match ty {
        ValType::F32 => (Instruction::F32Load(at), Instruction::F32Store(at), 4),
        ValType::F64 => (Instruction::F64Load(at), Instruction::F64Store(at), 8),
        ValType::V128 => (Instruction::V128Load(at), Instruction::V128Store(at), 16),
        ValType::I32 | ValType::I64 => panic!("no kernel of one integer is applied to arrays"),
    };
    let (from, to, end) = (0, 1, 2);
    let step = |local| {
        [Instruction::LocalGet(local), Instruction::I32Const(size), Instruction::I32Add, Instruction::LocalSet(local)]
    };
    let second = [Instruction::LocalGet(to), load.clone()];
    let mut function = Function::new([]);
    for instruction in
        [Instruction::Loop(BlockType::Empty), Instruction::LocalGet(to), Instruction::LocalGet(from), load.clone()]
            .iter()
            .chain(if two { &second[..] } else { &[] })
            .chain(&[Instruction::Call(kernel), store])
            .chain(&step(from))
            .chain(&step(to))
            .chain(&[
                Instruction::LocalGet(from),
                Instruction::LocalGet(end),
                Instruction::I32LtU,
                Instruction::BrIf(0),
                Instruction::End,
                Instruction::End,
            ])
    {
        function.instruction(instruction);
    }
    function
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
