//! Writes the digest: `table.rs` with signatures, exports and offsets, and `table.bin` with the fragments.
//!
//! A fragment is a length, that many bytes, and a patch: its form (0 for none, which ends the unit), its target and its
//! addend. Numbers are LEB128; a target is 0 for the heap base, 1 for the stack pointer, then functions (even) and
//! data (odd) counted from 2 and 3; an addend is taken modulo 2^32.

use crate::digest::{Digest, Fragment, Target};
use std::fmt::Write;
use std::fs;
use std::path::Path;
use wasmparser::ValType;

/// Writes both files into a directory.
pub fn write(digest: &Digest, out: &Path) {
    let mut bin = Vec::new();
    let mut text = String::from("pub(crate) static SIGNATURES: &[Signature] = &[\n");
    for (params, result) in &digest.signatures {
        let params: Vec<_> = params.iter().map(value_type).collect();
        let result = result.as_ref().map_or("None".to_owned(), |result| format!("Some({})", value_type(result)));
        writeln!(text, "    Signature {{ params: &[{}], result: {result} }},", params.join(", ")).unwrap();
    }
    text.push_str("];\npub(crate) static FUNCTIONS: &[Unit] = &[\n");
    for function in &digest.functions {
        writeln!(text, "    Unit {{ start: {}, extra: {} }},", bin.len(), function.signature).unwrap();
        unit(&mut bin, &function.body);
    }
    text.push_str("];\npub(crate) static DATA: &[Unit] = &[\n");
    for data in &digest.data {
        writeln!(text, "    Unit {{ start: {}, extra: {} }},", bin.len(), data.alignment).unwrap();
        unit(&mut bin, &data.contents);
    }
    text.push_str("];\npub(crate) static EXPORTS: &[(&str, u16)] = &[\n");
    for (name, function) in &digest.exports {
        writeln!(text, "    ({name:?}, {function}),").unwrap();
    }
    text.push_str("];\n");
    fs::write(out.join("table.rs"), text).unwrap();
    fs::write(out.join("table.bin"), bin).unwrap();
}

fn value_type(ty: &ValType) -> String {
    let name = match *ty {
        ValType::I32 => "I32",
        ValType::I64 => "I64",
        ValType::F32 => "F32",
        ValType::F64 => "F64",
        ValType::V128 => "V128",
        other => panic!("a kernel takes or gives a {other}"),
    };
    format!("ValType::{name}")
}

fn unit(bin: &mut Vec<u8>, fragments: &[Fragment]) {
    for fragment in fragments {
        unsigned(bin, fragment.bytes.len() as u64);
        bin.extend(&fragment.bytes);
        let Some(patch) = &fragment.patch else {
            bin.push(0);
            continue;
        };
        bin.push(patch.form as u8);
        unsigned(
            bin,
            match patch.target {
                Target::HeapBase => 0,
                Target::StackPointer => 1,
                Target::Function(index) => 2 + 2 * index as u64,
                Target::Data(index) => 3 + 2 * index as u64,
                Target::Constant(_) => unreachable!("a finished digest has only data"),
            },
        );
        let addend = i32::try_from(patch.addend).expect("addresses have 32 bits");
        unsigned(bin, u64::from(addend.cast_unsigned()));
    }
}

fn unsigned(bin: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        bin.push(number as u8 | 0x80);
        number >>= 7;
    }
    bin.push(number as u8);
}
