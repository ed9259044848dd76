//! Keeps what the roots reach, lays it out and fills the relocations in.

use crate::table::{self, Form, Patch, Signature, Target, Unit};
use std::collections::{BTreeMap, BTreeSet};

/// Where linked functions and data go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Layout {
    /// Index of the first linked function in the final module.
    pub first_function: u32,
    /// Address of the first byte of data.
    pub data_base: u32,
    /// Bytes of shadow stack, if a linked function uses one.
    pub stack_size: u32,
    /// Where the heap begins, and the stack ends, in a memory that several modules share. Otherwise both follow the data.
    pub heap_base: Option<u32>,
}

/// Linked functions and what they need from the module around them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Linked {
    /// In the order of their indices, the first being [`Layout::first_function`].
    pub functions: Vec<LinkedFunction>,
    /// Absolute addresses and bytes, in ascending order; what lies between is zero.
    pub data: Vec<(u32, Vec<u8>)>,
    /// Initial value of global 0, a mutable i32, if a linked function uses a shadow stack. Other functions do not
    /// touch any global.
    pub stack_pointer: Option<u32>,
    /// Where the heap begins; everything below is in use.
    pub heap_base: u32,
    /// How many pages of 64 KiB the memory must have from the start. From the heap base on they must be zero, if no other module uses it.
    pub memory_pages: u32,
    indices: BTreeMap<String, u32>,
}

/// A function of the final module.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinkedFunction {
    /// The kernel's name; `None` for a routine that kernels share.
    pub name: Option<&'static str>,
    /// Parameters and result.
    pub ty: Signature,
    /// Locals, code and the final `end`: a code entry without its size.
    pub body: Vec<u8>,
}

/// A root that is no kernel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinkError {
    /// The unknown name.
    pub name: String,
}

impl std::fmt::Display for LinkError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "there is no kernel `{}`", self.name)
    }
}

impl std::error::Error for LinkError {}

impl Linked {
    /// The index in the final module of a root or of another exported kernel that was linked.
    #[must_use]
    pub fn function_index(&self, name: &str) -> Option<u32> {
        self.indices.get(name).copied()
    }
}

/// The allocator's `State` and one smallest block with the end mark, rounded up.
const HEAP_START: u32 = 256;
const ALIGNMENT: u32 = 16;

/// Links kernels by name. The result does not depend on the order of the roots.
///
/// # Errors
/// When a root is no kernel.
pub fn link(roots: &[&str], layout: Layout) -> Result<Linked, LinkError> {
    let mut reached = Reached::default();
    for &root in roots {
        let row = table::function(root).ok_or_else(|| LinkError { name: root.to_owned() })?;
        reached.function(row);
    }
    let place = Place::new(&reached, layout);
    let functions = reached.functions.iter().filter_map(|&row| {
        let unit = table::FUNCTIONS.get(row)?;
        let ty = table::SIGNATURES.get(usize::from(unit.extra)).copied()?;
        let name = table::name_of(row);
        let mut body = place.fill(unit);
        if let (Some("np_unwind"), Some(top)) = (name, place.stack_pointer) {
            reset_stack(&mut body, top);
        }
        Some(LinkedFunction { name, ty, body })
    });
    let functions: Vec<_> = functions.collect();
    let named = functions
        .iter()
        .zip(layout.first_function..)
        .filter_map(|(function, index)| Some((function.name?.to_owned(), index)));
    let mut indices: BTreeMap<String, u32> = named.collect();
    for &root in roots {
        if let Some(&index) = table::function(root).and_then(|row| place.functions.get(&row)) {
            indices.insert(root.to_owned(), index);
        }
    }
    let data = place.data.iter().filter_map(|(&row, &address)| Some((address, place.fill(table::DATA.get(row)?))));
    Ok(Linked {
        functions,
        data: join(data),
        stack_pointer: place.stack_pointer,
        heap_base: place.heap_base,
        memory_pages: place.data_end.max(place.heap_base.saturating_add(HEAP_START)).div_ceil(1 << 16),
        indices,
    })
}

/// Pieces of data in ascending order, joined where only alignment separates them; zeros are left out.
fn join(pieces: impl Iterator<Item = (u32, Vec<u8>)>) -> Vec<(u32, Vec<u8>)> {
    let mut joined: Vec<(u32, Vec<u8>)> = Vec::new();
    for (address, bytes) in pieces.filter(|(_, bytes)| bytes.iter().any(|&byte| byte != 0)) {
        if let Some((start, before)) = joined.last_mut()
            && (address - *start) as usize - before.len() < ALIGNMENT as usize
        {
            before.resize((address - *start) as usize, 0);
            before.extend(bytes);
        } else {
            joined.push((address, bytes));
        }
    }
    joined
}

/// Rows of the table that the roots reach.
#[derive(Default)]
struct Reached {
    functions: BTreeSet<usize>,
    data: BTreeSet<usize>,
    stack: bool,
}

impl Reached {
    fn function(&mut self, row: usize) {
        if self.functions.insert(row) {
            self.follow(table::FUNCTIONS.get(row));
        }
    }

    fn follow(&mut self, unit: Option<&Unit>) {
        for patch in unit.into_iter().flat_map(Unit::fragments).filter_map(|fragment| fragment.patch) {
            match patch.target {
                Target::Function(row) => self.function(row),
                Target::Data(row) => {
                    if self.data.insert(row) {
                        self.follow(table::DATA.get(row));
                    }
                }
                Target::StackPointer => self.stack = true,
                Target::HeapBase => {}
            }
        }
    }
}

/// The addresses and indices of everything reached.
struct Place {
    functions: BTreeMap<usize, u32>,
    data: BTreeMap<usize, u32>,
    data_end: u32,
    stack_pointer: Option<u32>,
    heap_base: u32,
}

impl Place {
    fn new(reached: &Reached, layout: Layout) -> Self {
        let functions = reached.functions.iter().copied().zip(layout.first_function..).collect();
        let mut end = layout.data_base;
        let mut data = BTreeMap::new();
        for &row in &reached.data {
            let Some(unit) = table::DATA.get(row) else { continue };
            let start = end.next_multiple_of(1 << unit.extra);
            data.insert(row, start);
            end = start + unit.fragments().map(|fragment| size(&fragment)).sum::<u32>();
        }
        end = end.next_multiple_of(ALIGNMENT);
        let top = layout.heap_base.unwrap_or_else(|| end.saturating_add(layout.stack_size).next_multiple_of(ALIGNMENT));
        let stack_pointer = reached.stack.then_some(top);
        let heap_base = layout.heap_base.or(stack_pointer).unwrap_or(end);
        Place { functions, data, data_end: end, stack_pointer, heap_base }
    }

    fn fill(&self, unit: &Unit) -> Vec<u8> {
        let mut bytes = Vec::new();
        for fragment in unit.fragments() {
            bytes.extend(fragment.bytes);
            if let Some(patch) = fragment.patch {
                self.write(&mut bytes, patch);
            }
        }
        bytes
    }

    fn write(&self, bytes: &mut Vec<u8>, patch: Patch) {
        let base = match patch.target {
            Target::HeapBase => self.heap_base,
            Target::StackPointer => 0,
            Target::Function(row) => self.functions.get(&row).copied().unwrap_or_default(),
            Target::Data(row) => self.data.get(&row).copied().unwrap_or_default(),
        };
        let value = base.wrapping_add(patch.addend);
        match patch.form {
            Form::Unsigned => unsigned(bytes, value),
            Form::Signed => signed(bytes, value.cast_signed()),
            Form::Word => bytes.extend(value.to_le_bytes()),
        }
    }
}

/// Bytes that a fragment of data takes.
fn size(fragment: &table::Fragment) -> u32 {
    fragment.bytes.len() as u32 + if fragment.patch.is_some() { 4 } else { 0 }
}

/// Puts `global.set 0` before the code of a function, after its declarations of locals.
fn reset_stack(body: &mut Vec<u8>, top: u32) {
    const I32_CONST: u8 = 0x41;
    const GLOBAL_SET: u8 = 0x24;
    let declarations = skip_locals(body);
    let mut prologue = vec![I32_CONST];
    signed(&mut prologue, top.cast_signed());
    prologue.extend([GLOBAL_SET, 0]);
    body.splice(declarations..declarations, prologue);
}

/// Length of the declarations of locals: a count, then pairs of a count and a type's byte.
fn skip_locals(body: &[u8]) -> usize {
    let groups = body.first().copied().unwrap_or_default();
    let mut at = 1;
    for _ in 0..groups {
        at += body.iter().skip(at).take_while(|byte| **byte >= 0x80).count() + 2;
    }
    at
}

fn unsigned(bytes: &mut Vec<u8>, mut value: u32) {
    while value >= 0x80 {
        bytes.push(value as u8 | 0x80);
        value >>= 7;
    }
    bytes.push(value as u8);
}

fn signed(bytes: &mut Vec<u8>, mut value: i32) {
    while !(-0x40..0x40).contains(&value) {
        bytes.push(value as u8 | 0x80);
        value >>= 7;
    }
    bytes.push(value as u8 & 0x7f);
}
