//! Keeps what the exported functions reach, cut into fragments at its relocations.
//!
//! Constants of vectors and of float64 become loads from data: V8 builds them from immediates each time they are reached,
//! which a function called in a loop cannot hoist, and a load is one instruction. They share one pool.

use crate::object::{Object, Symbol};
use std::collections::BTreeMap;
use std::ops::Range;
use wasmparser::{FuncType, RelocationEntry, RelocationType, ValType};

/// What the linker's table holds.
pub struct Digest {
    /// Signatures: parameters and result, as type letters.
    pub signatures: Vec<(Vec<ValType>, Option<ValType>)>,
    pub functions: Vec<Function>,
    pub data: Vec<Data>,
    /// By name.
    pub exports: BTreeMap<String, usize>,
}

pub struct Function {
    pub signature: usize,
    pub body: Vec<Fragment>,
}

pub struct Data {
    /// log2
    pub alignment: u32,

    pub contents: Vec<Fragment>,
}

/// Bytes, and what stands after them.
pub struct Fragment {
    pub bytes: Vec<u8>,
    pub patch: Option<Patch>,
}

/// A place that the linker fills in.
pub struct Patch {
    pub form: Form,
    pub target: Target,
    pub addend: i64,
}

/// How it is written; the numbers are those of the table.
#[derive(Clone, Copy)]
pub enum Form {
    Unsigned = 1,
    Signed = 2,
    Word = 3,
}

#[derive(Clone, Copy)]
pub enum Target {
    Function(usize),
    Data(usize),
    /// Of the pool of constants; data in a finished digest.
    Constant(usize),
    HeapBase,
    StackPointer,
}

/// Cuts up a module.
pub fn digest(object: &Object<'_>) -> Digest {
    let mut walk = Walk { object, functions: BTreeMap::new(), data: BTreeMap::new(), pool: Vec::new() };
    for (name, &function) in &object.exports {
        walk.function(function as usize);
        if !name.ends_with("x2") && !name.ends_with("x4") {
            walk.forbid_vectors(name, function as usize);
        }
    }
    walk.finish()
}

struct Walk<'a> {
    object: &'a Object<'a>,
    functions: BTreeMap<usize, Vec<RawFragment>>,
    data: BTreeMap<usize, Vec<RawFragment>>,
    /// Constants: 8 bytes for a float64 or equal halves, else 16.
    pool: Vec<Vec<u8>>,
}

/// A fragment whose target is numbered as in the module.
type RawFragment = (Vec<u8>, Option<(Form, Target, i64)>);

const I32_CONST: u8 = 0x41;
const V128_LOAD: [u8; 4] = [0xfd, 0, 4, 0];
const V128_LOAD64_SPLAT: [u8; 4] = [0xfd, 10, 3, 0];
const F64_LOAD: [u8; 3] = [0x2b, 3, 0];

impl Walk<'_> {
    fn function(&mut self, index: usize) {
        if self.functions.contains_key(&index) {
            return;
        }
        let function = &self.object.functions[index];
        let fragments = self.cut(function.body.clone(), &function.constants);
        self.functions.insert(index, fragments.clone());
        self.follow(&fragments);
    }

    fn segment(&mut self, index: usize) {
        if self.data.contains_key(&index) {
            return;
        }
        let fragments = self.cut(self.object.segments[index].bytes.clone(), &BTreeMap::new());
        self.data.insert(index, fragments.clone());
        self.follow(&fragments);
    }

    fn follow(&mut self, fragments: &[RawFragment]) {
        for (_, patch) in fragments {
            match patch {
                Some((_, Target::Function(index), _)) => self.function(*index),
                Some((_, Target::Data(index), _)) => self.segment(*index),
                Some((_, Target::Constant(_) | Target::HeapBase | Target::StackPointer, _)) | None => {}
            }
        }
    }

    fn cut(&mut self, range: Range<usize>, constants: &BTreeMap<usize, Vec<u8>>) -> Vec<RawFragment> {
        // Per place: the bytes it takes, those that stand before and after what replaces it, and that.
        let mut places = BTreeMap::new();
        for (&at, relocation) in self.object.relocations.range(range.clone()) {
            let (width, patch) = self.patch(at, relocation);
            places.insert(at, (width, &[][..], &[][..], patch));
        }
        for (&at, value) in constants {
            let (low, high) = value.split_at(8);
            let scalar = high.is_empty();
            let equal = scalar || low == high;
            // V8 makes zeros and ones without an immediate.
            if equal && (low == [0; 8] || low == [255; 8]) {
                continue;
            }
            // An opcode of one byte or two stands before the value.
            let (opcode, bytes, load) = match (scalar, equal) {
                (true, _) => (1, low, &F64_LOAD[..]),
                (_, true) => (2, low, &V128_LOAD64_SPLAT[..]),
                _ => (2, &value[..], &V128_LOAD[..]),
            };
            let index = self.pool.iter().position(|known| known == bytes).unwrap_or_else(|| {
                self.pool.push(bytes.to_vec());
                self.pool.len() - 1
            });
            let patch = (Form::Signed, Target::Constant(index), 0);
            places.insert(at, (opcode + value.len(), &[I32_CONST][..], load, patch));
        }
        let mut fragments = Vec::new();
        let mut start = range.start;
        let mut bytes = Vec::new();
        for (at, (width, before, after, patch)) in places {
            bytes.extend(&self.object.bytes[start..at]);
            bytes.extend(before);
            fragments.push((std::mem::replace(&mut bytes, after.to_vec()), Some(patch)));
            start = at + width;
        }
        bytes.extend(&self.object.bytes[start..range.end]);
        fragments.push((bytes, None));
        fragments
    }

    /// Width and meaning of a relocation.
    fn patch(&self, at: usize, relocation: &RelocationEntry) -> (usize, (Form, Target, i64)) {
        let (form, width) = match relocation.ty {
            RelocationType::FunctionIndexLeb | RelocationType::MemoryAddrLeb | RelocationType::GlobalIndexLeb => {
                (Form::Unsigned, 5)
            }
            RelocationType::MemoryAddrSleb => (Form::Signed, 5),
            RelocationType::MemoryAddrI32 => (Form::Word, 4),
            RelocationType::TypeIndexLeb | RelocationType::TableIndexSleb | RelocationType::TableIndexI32 => {
                panic!(
                    "a kernel uses a type index (call_indirect or a block with several results) or a function pointer; write it without"
                )
            }
            other => panic!("a relocation that the linker does not know: {other:?}"),
        };
        if width == 5 {
            let bytes = &self.object.bytes[at..at + 5];
            assert!(bytes[..4].iter().all(|byte| byte & 0x80 != 0), "wasm-ld pads relocated numbers to five bytes");
        }
        let (target, offset) = match &self.object.symbols[relocation.index as usize] {
            Symbol::Function(index) => (Target::Function(*index as usize), 0),
            Symbol::Data("__heap_base", _) => (Target::HeapBase, 0),
            Symbol::Data(_, Some(data)) => (Target::Data(data.index as usize), data.offset),
            Symbol::Global(0) => (Target::StackPointer, 0),
            other => panic!("a kernel refers to {other:?}"),
        };
        (width, (form, target, relocation.addend + i64::from(offset)))
    }

    /// Stops when a function without vectors in its name reaches a vector instruction.
    fn forbid_vectors(&self, name: &str, root: usize) {
        let mut reached = vec![root];
        let mut next = 0;
        while let Some(&index) = reached.get(next) {
            assert!(
                !self.object.functions[index].vectors,
                "{name} reaches a vector instruction; it must run without SIMD"
            );
            for (_, patch) in &self.functions[&index] {
                if let Some((_, Target::Function(callee), _)) = patch
                    && !reached.contains(callee)
                {
                    reached.push(*callee);
                }
            }
            next += 1;
        }
    }

    fn finish(self) -> Digest {
        let number = |kept: Vec<usize>| -> BTreeMap<usize, usize> {
            kept.into_iter().enumerate().map(|(new, old)| (old, new)).collect()
        };
        let functions = number(self.functions.keys().copied().collect());
        let data = number(self.data.keys().copied().collect());
        let target = |old: Target| match old {
            Target::Function(old) => Target::Function(functions[&old]),
            Target::Data(old) => Target::Data(data[&old]),
            Target::Constant(index) => Target::Data(data.len() + index),
            Target::HeapBase | Target::StackPointer => old,
        };
        let fragments = |raw: &[RawFragment]| -> Vec<Fragment> {
            raw.iter()
                .map(|(bytes, patch)| Fragment {
                    bytes: bytes.clone(),
                    patch: patch.map(|(form, old, addend)| Patch { form, target: target(old), addend }),
                })
                .collect()
        };
        let mut signatures: Vec<(Vec<ValType>, Option<ValType>)> = Vec::new();
        let mut kept = Vec::new();
        for (&index, raw) in &self.functions {
            let signature = signature_of(&self.object.types[self.object.functions[index].ty]);
            let signature = signatures.iter().position(|known| *known == signature).unwrap_or_else(|| {
                signatures.push(signature);
                signatures.len() - 1
            });
            kept.push(Function { signature, body: fragments(raw) });
        }
        let segments = self.data.iter().map(|(&index, raw)| {
            let segment = &self.object.segments[index];
            Data { alignment: segment.alignment, contents: fragments(raw) }
        });
        let constants = self
            .pool
            .into_iter()
            .map(|bytes| Data { alignment: bytes.len().ilog2(), contents: vec![Fragment { bytes, patch: None }] });
        let data = segments.chain(constants).collect();
        let exports = self
            .object
            .exports
            .iter()
            .map(|(name, index)| ((*name).to_owned(), functions[&(*index as usize)]))
            .collect();
        Digest { signatures, functions: kept, data, exports }
    }
}

fn signature_of(ty: &FuncType) -> (Vec<ValType>, Option<ValType>) {
    assert!(ty.results().len() <= 1, "a kernel has more than one result");
    (ty.params().to_vec(), ty.results().first().copied())
}
