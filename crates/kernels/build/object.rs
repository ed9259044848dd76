//! Reads what wasm-ld writes with `--emit-relocs`: functions, data segments, exports, symbols and relocations.
//!
//! The conventions are those of the WebAssembly tool-conventions' "Linking" document.

use std::collections::BTreeMap;
use std::ops::Range;
use wasmparser::{
    CompositeInnerType, DataKind, DefinedDataSymbol, ExternalKind, FuncType, KnownCustom, Linking, Operator, Parser,
    Payload, RelocationEntry, SymbolInfo,
};

/// A compiled module in parts.
#[derive(Default)]
pub struct Object<'a> {
    pub bytes: &'a [u8],
    pub types: Vec<FuncType>,
    /// Per function: its type, where its body (locals and code) lies, and its vector instructions.
    pub functions: Vec<Function>,
    /// Where each data segment's bytes lie, and log2 of its alignment.
    pub segments: Vec<Segment>,
    /// Exported functions.
    pub exports: BTreeMap<&'a str, u32>,
    pub symbols: Vec<Symbol<'a>>,
    /// By position in the file.
    pub relocations: BTreeMap<usize, RelocationEntry>,
}

#[derive(Default)]
pub struct Function {
    pub ty: usize,
    pub body: Range<usize>,
    pub vectors: bool,
    /// Positions in the file of `v128.const` and `f64.const`, and their values; V8 makes short float64 quickly.
    pub constants: BTreeMap<usize, Vec<u8>>,
}

#[derive(Default)]
pub struct Segment {
    pub bytes: Range<usize>,
    pub alignment: u32,
}

#[derive(Debug)]
pub enum Symbol<'a> {
    Function(u32),
    Data(&'a str, Option<DefinedDataSymbol>),
    Global(u32),
    Other,
}

/// Reads a module.
pub fn read(bytes: &[u8]) -> Object<'_> {
    let mut object = Object { bytes, ..Object::default() };
    let mut function_types = Vec::new();
    // Where the contents of each section begin, which relocations count from.
    let mut sections: Vec<usize> = Vec::new();
    let mut relocations = Vec::new();
    for payload in Parser::new(0).parse_all(bytes) {
        let payload = payload.expect("wasm-ld wrote a module");
        if let Some((_, range)) = payload.as_section() {
            sections.push(range.start as usize);
        }
        match payload {
            Payload::ImportSection(imports) => {
                assert!(imports.count() == 0, "a kernel imports a function; kernels stand alone")
            }
            Payload::TypeSection(types) => {
                object.types =
                    types.into_iter().flat_map(|group| group.unwrap().into_types()).map(function_type).collect()
            }
            Payload::FunctionSection(functions) => {
                function_types = functions.into_iter().map(|ty| ty.unwrap() as usize).collect()
            }
            Payload::ExportSection(exports) => {
                let exports =
                    exports.into_iter().map(Result::unwrap).filter(|export| export.kind == ExternalKind::Func);
                object.exports = exports.map(|export| (export.name, export.index)).collect();
            }
            Payload::CodeSectionEntry(body) => {
                let ty = function_types[object.functions.len()];
                let range = body.range();
                let mut function =
                    Function { ty, body: range.start as usize..range.end as usize, ..Function::default() };
                for operator in body.get_operators_reader().unwrap().into_iter_with_offsets() {
                    let (operator, at) = operator.unwrap();
                    function.vectors |= is_vector(&operator);
                    match operator {
                        Operator::V128Const { value } => {
                            function.constants.insert(at as usize, value.bytes().to_vec());
                        }
                        Operator::F64Const { value } if value.bits() << 20 != 0 => {
                            function.constants.insert(at as usize, value.bits().to_le_bytes().to_vec());
                        }
                        _ => {}
                    }
                }
                object.functions.push(function);
            }
            Payload::DataSection(data) => {
                for segment in data {
                    let segment = segment.unwrap();
                    assert!(matches!(segment.kind, DataKind::Active { .. }), "a passive data segment");
                    let end = segment.range.end as usize;
                    object.segments.push(Segment { bytes: end - segment.data.len()..end, alignment: 0 });
                }
            }
            Payload::CustomSection(section) => match section.as_known() {
                KnownCustom::Linking(linking) => {
                    linking.subsections().for_each(|part| read_linking(&mut object, part.unwrap()))
                }
                KnownCustom::Reloc(entries) => {
                    relocations.push((entries.section_index() as usize, entries.entries()));
                }
                _ => {}
            },
            _ => {}
        }
    }
    for (section, entries) in relocations {
        let entries = entries.into_iter().map(Result::unwrap);
        object.relocations.extend(entries.map(|entry| (sections[section] + entry.offset as usize, entry)));
    }
    object
}

fn read_linking<'a>(object: &mut Object<'a>, part: Linking<'a>) {
    match part {
        Linking::SegmentInfo(infos) => {
            for (segment, info) in object.segments.iter_mut().zip(infos) {
                segment.alignment = info.unwrap().alignment;
            }
        }
        Linking::SymbolTable(symbols) => {
            object.symbols = symbols.into_iter().map(|symbol| symbol_of(symbol.unwrap())).collect()
        }
        _ => {}
    }
}

fn symbol_of(symbol: SymbolInfo<'_>) -> Symbol<'_> {
    match symbol {
        SymbolInfo::Func { index, .. } => Symbol::Function(index),
        SymbolInfo::Data { name, symbol, .. } => Symbol::Data(name, symbol),
        SymbolInfo::Global { index, .. } => Symbol::Global(index),
        _ => Symbol::Other,
    }
}

fn function_type(ty: wasmparser::SubType) -> FuncType {
    match ty.composite_type.inner {
        CompositeInnerType::Func(ty) => ty,
        other => panic!("a type that is not a function's: {other}"),
    }
}

fn is_vector(operator: &Operator<'_>) -> bool {
    let name = format!("{operator:?}");
    ["V128", "I8x16", "I16x8", "I32x4", "I64x2", "F32x4", "F64x2"].iter().any(|prefix| name.starts_with(prefix))
}
