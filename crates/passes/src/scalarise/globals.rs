//! Global arrays: their places in memory, and the function that computes their contents.

use super::lower::{Lowering, Shared};
use super::value::ArrayRef;
use super::{Lowered, malformed};
use nopython_ir::loops::{self, BufferId, Data, Expr, Stmt};
use nopython_ir::typed::{Contents, GENERATORS, GlobalId, Module};
use std::rc::Rc;

/// Arrays begin at multiples of this, so that a vector of one lies in one line of the cache.
const ALIGNMENT: u32 = 16;

/// So many zeros between other bytes are left out of the module.
const LONGEST_ZEROS: usize = 32;

/// An array has at most so many segments: engines allow 100,000 in a module.
const MOST_SEGMENTS: usize = 256;

/// The address of each global array, and what lies there.
pub fn placed(module: &Module, base: u32) -> (Vec<u32>, Data) {
    let mut addresses = Vec::with_capacity(module.globals.len());
    let mut data = Data { base, ..Data::default() };
    for (_, global) in module.globals.iter() {
        let address = base.saturating_add(data.size);
        addresses.push(address);
        if let Contents::Bytes(bytes) = &global.contents {
            let parts = segments(address, bytes);
            let whole = || vec![(address, Rc::clone(bytes))];
            data.segments.extend(if parts.len() > MOST_SEGMENTS { whole() } else { parts });
        }
        let end = data.size.saturating_add(u32::try_from(global.bytes()).unwrap_or(u32::MAX));
        data.size = end.checked_next_multiple_of(ALIGNMENT).unwrap_or(u32::MAX);
        if global.name == GENERATORS {
            data.generators = Some(address);
        }
    }
    (addresses, data)
}

/// Bytes without their long runs of zeros.
fn segments(address: u32, bytes: &[u8]) -> Vec<(u32, Rc<[u8]>)> {
    let mut out = Vec::new();
    let mut start = 0;
    while start < bytes.len() {
        let rest = bytes.get(start..).unwrap_or_default();
        let Some(first) = rest.iter().position(|byte| *byte != 0) else { break };
        let (mut last, mut zeros) = (first, 0);
        for (k, byte) in rest.iter().enumerate().skip(first) {
            zeros = if *byte == 0 { zeros + 1 } else { 0 };
            if zeros == LONGEST_ZEROS {
                break;
            }
            if *byte != 0 {
                last = k;
            }
        }
        let at = address.saturating_add(u32::try_from(start + first).unwrap_or(u32::MAX));
        out.push((at, Rc::from(rest.get(first..=last).unwrap_or_default())));
        start += last + 1;
    }
    out
}

/// A function that computes all contents, each after those it is made of.
pub fn start(module: &Module, shared: &mut Shared) -> Option<loops::FuncId> {
    let mut body: Vec<Stmt> = Vec::new();
    for (_, global) in module.globals.iter() {
        if let Contents::Computed(id) = global.contents {
            let function = loops::FuncId::new(u32::try_from(id.index()).unwrap_or(u32::MAX));
            let call = Stmt::Call { function, args: Vec::new(), results: Vec::new(), at: Default::default() };
            if !body.contains(&call) {
                body.push(call);
            }
        }
    }
    if body.is_empty() {
        return None;
    }
    body.push(Stmt::Return(Vec::new()));
    let id = shared.next_helper();
    shared.helper(loops::Function { name: "<module>".to_owned(), body, ..Default::default() });
    Some(id)
}

impl Lowering<'_> {
    /// A global array.
    pub fn global(&mut self, id: GlobalId) -> Lowered<ArrayRef> {
        let (Some(global), Some(&address)) = (self.module.globals.get(id), self.shared.addresses.get(id.index()))
        else {
            return malformed("unknown global array");
        };
        let extent = |n: &u32| Expr::i32(i32::try_from(*n).unwrap_or(i32::MAX));
        Ok(ArrayRef {
            dtype: global.ty.dtype,
            data: Expr::i32(address.cast_signed()),
            shape: global.shape.iter().map(extent).collect(),
            strides: None,
            owner: Expr::i32(0),
            buffer: self.global_buffer(id),
            root: None,
        })
    }

    /// The buffer of a global array. While it is not written, it does not matter what else names its memory.
    pub fn global_buffer(&mut self, id: GlobalId) -> BufferId {
        if let Some(&known) = self.global_buffers.get(&id) {
            return known;
        }
        let name = self.module.globals.get(id).map_or("global", |global| &global.name);
        let buffer = self.buffer(name, self.shared.origins.is_constant(id, self.id));
        self.global_buffers.insert(id, buffer);
        buffer
    }
}
