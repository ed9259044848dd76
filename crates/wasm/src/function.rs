//! One function: its locals, its code, its labels.

use crate::module::Layout;
use crate::share::share_locals;
use crate::sites::Number;
use nopython_ir::loops::{FuncId, Function, Label, LocalId, Ty};
use nopython_ir::sorted::SortedMap;
use nopython_types::{DType, Slot, limits};
use wasm_encoder::{BlockType, Instruction as I, ValType};

/// Why a verified module is not emitted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EmitError {
    /// A pass has left something that has no wasm form.
    Mistake(String),
    /// A function of this name is larger than engines take.
    TooLarge(String),
}

/// The result of emitting.
pub type Emitted<T = ()> = Result<T, EmitError>;

/// The wasm type of a slot.
pub const fn slot_type(slot: Slot) -> ValType {
    match slot {
        Slot::I32 => ValType::I32,
        Slot::I64 => ValType::I64,
        Slot::F32 => ValType::F32,
        Slot::F64 => ValType::F64,
    }
}

/// The wasm type of a value.
pub const fn val_type(ty: Ty) -> ValType {
    match ty {
        Ty::Scalar(d) => slot_type(d.slot()),
        Ty::Vector(..) | Ty::Mask { .. } => ValType::V128,
    }
}

/// Where a jump to a label goes: nesting depths of the blocks it leaves or repeats.
#[derive(Clone, Copy, Debug)]
pub struct Target {
    /// Depth of the block around, which `break` leaves.
    pub leave: u32,
    /// Depth of the block that `continue` leaves.
    pub next: u32,
}

/// What code from a position on is of.
#[derive(Clone, Copy, Debug)]
pub enum Mark {
    /// The function, of which no more is known.
    Function,
    /// A loop on a line of the source.
    Line(u32),
    /// A call that raises.
    Site(Number),
}

/// Emits one function.
pub struct Emitter<'m> {
    pub(crate) id: FuncId,
    pub(crate) function: &'m Function,
    pub(crate) layout: &'m Layout,
    locals: SortedMap<LocalId, u32>,
    declared: Vec<ValType>,
    params: u32,
    /// The parameter with the number of the first site, in a function whose sites are counted from it.
    base: u32,
    param_types: Vec<ValType>,
    free: Vec<(ValType, u32)>,
    pub(crate) code: Vec<I<'static>>,
    /// What a debugger can be told, by positions in the code.
    pub(crate) marks: Vec<(usize, Mark)>,
    /// What the code stands for around the next statement.
    pub(crate) around: Mark,
    /// Vector constants, each in a local that is set once at the head of the function: made inside a loop they are slow.
    vectors: SortedMap<u128, u32>,
    depth: u32,
    pub(crate) targets: SortedMap<Label, Target>,
}

impl<'m> Emitter<'m> {
    /// Prepares to emit.
    pub fn new(id: FuncId, function: &'m Function, layout: &'m Layout) -> Self {
        let mut emitter = Emitter {
            id,
            function,
            layout,
            locals: SortedMap::new(),
            declared: Vec::new(),
            params: 0,
            base: 0,
            param_types: Vec::new(),
            free: Vec::new(),
            code: Vec::new(),
            marks: Vec::new(),
            around: Mark::Function,
            vectors: SortedMap::new(),
            depth: 0,
            targets: SortedMap::new(),
        };
        for &param in &function.params {
            emitter.locals.insert(param, emitter.params);
            emitter.params += 1;
            let ty = function.locals.get(param).map_or(ValType::I32, |local| val_type(local.ty));
            emitter.param_types.push(ty);
        }
        if layout.sites.counts(id) {
            emitter.base = emitter.params;
            emitter.params += 1;
            emitter.param_types.push(ValType::I32);
        }
        emitter
    }

    /// The function's code, and what a debugger can be told of its bytes.
    pub fn finish(mut self) -> Emitted<(wasm_encoder::Function, Vec<(usize, Mark)>)> {
        let function = self.function;
        if function.prints {
            // The host gets the address and the number of code points.
            let print = self.layout.print()?;
            [I::LocalGet(0), I::LocalGet(1), I::Call(print)].into_iter().for_each(|i| self.push(i));
        }
        self.block(&function.body)?;
        if !function.results.is_empty() && !ends_in_jump(&function.body) {
            self.push(I::Unreachable);
        }
        if let Some(I::Return) = self.code.last() {
            self.code.pop();
        }
        self.push(I::End);
        let vectors = self.vectors.iter().filter(|(value, _)| **value != 0);
        let mut code: Vec<I<'static>> =
            vectors.flat_map(|(value, local)| [I::V128Const(value.cast_signed()), I::LocalSet(*local)]).collect();
        let before = code.len();
        code.append(&mut self.code);
        let locals: Vec<ValType> = self.param_types.iter().copied().chain(self.declared.iter().copied()).collect();
        let declared = share_locals(&mut code, &locals, self.params);
        let too_large = declared.len() + self.param_types.len() > limits::LOCALS;
        let mut out = wasm_encoder::Function::new_with_locals_types(declared);
        let mut places = Vec::with_capacity(self.marks.len());
        let mut marks = self.marks.iter().peekable();
        for (position, instruction) in code.iter().enumerate() {
            while let Some((_, mark)) = marks.next_if(|(at, _)| at + before <= position) {
                places.push((out.byte_len(), *mark));
            }
            out.instruction(instruction);
        }
        if too_large || out.byte_len() > limits::BODY {
            return Err(EmitError::TooLarge(function.name.clone()));
        }
        Ok((out, places))
    }

    /// From here on the code is of something else.
    pub fn mark(&mut self, mark: Mark) {
        self.marks.push((self.code.len(), mark));
    }

    /// Adds the number of a row of the sites.
    pub fn number(&mut self, number: Number) {
        let constant = |n| I::I32Const(i32::try_from(n).unwrap_or(i32::MAX));
        match number {
            Number::Known(n) => self.push(constant(n)),
            Number::Counted(n) => {
                self.push(I::LocalGet(self.base));
                if n > 0 {
                    self.push(constant(n));
                    self.push(I::I32Add);
                }
            }
        }
    }

    /// Adds an instruction.
    pub fn push(&mut self, instruction: I<'static>) {
        // A value that was just stored and is read at once stays on the stack.
        if let (I::LocalGet(read), Some(I::LocalSet(written))) = (&instruction, self.code.last())
            && read == written
        {
            let tee = I::LocalTee(*read);
            self.code.pop();
            self.code.push(tee);
            return;
        }
        self.code.push(instruction);
    }

    /// Opens a block, gives its depth.
    pub fn open(&mut self, instruction: I<'static>) -> u32 {
        self.code.push(instruction);
        self.depth += 1;
        self.depth
    }

    /// Closes the innermost block.
    pub fn close(&mut self) {
        self.code.push(I::End);
        self.depth -= 1;
    }

    /// The branch operand for a block opened at a depth.
    pub const fn branch(&self, depth: u32) -> u32 {
        self.depth - depth
    }

    /// The wasm local of a local.
    pub fn local(&mut self, local: LocalId) -> Emitted<u32> {
        if let Some(&index) = self.locals.get(&local) {
            return Ok(index);
        }
        let Some(entry) = self.function.locals.get(local) else {
            return Err(EmitError::Mistake("unknown local".into()));
        };
        let index = self.declare(val_type(entry.ty));
        self.locals.insert(local, index);
        Ok(index)
    }

    fn declare(&mut self, ty: ValType) -> u32 {
        self.declared.push(ty);
        self.params + u32::try_from(self.declared.len()).unwrap_or(u32::MAX) - 1
    }

    /// A scratch local, to be given back.
    pub fn scratch(&mut self, ty: ValType) -> u32 {
        match self.free.iter().position(|(t, _)| *t == ty) {
            Some(position) => self.free.remove(position).1,
            None => self.declare(ty),
        }
    }

    /// Gives a scratch local back.
    pub fn give_back(&mut self, ty: ValType, local: u32) {
        self.free.push((ty, local));
    }

    /// An i32 or i64 constant for a slot.
    pub fn constant(&mut self, slot: Slot, value: i64) {
        self.push(match slot {
            Slot::I64 => I::I64Const(value),
            #[expect(clippy::cast_possible_truncation, reason = "constants of i32 slots are held as their low half")]
            Slot::I32 | Slot::F32 | Slot::F64 => I::I32Const(value as i32),
        });
    }

    /// A vector constant.
    pub fn v128(&mut self, value: u128) {
        let local = match self.vectors.get(&value) {
            Some(&local) => local,
            None => {
                let local = self.declare(ValType::V128);
                self.vectors.insert(value, local);
                local
            }
        };
        self.push(I::LocalGet(local));
    }

    /// A block that leaves one value.
    pub const fn giving(slot: Slot) -> BlockType {
        BlockType::Result(slot_type(slot))
    }

    /// Brings an i32 back into the range of a narrow dtype.
    pub fn normalise(&mut self, dtype: DType) {
        match dtype {
            DType::Int8 => self.push(I::I32Extend8S),
            DType::Int16 => self.push(I::I32Extend16S),
            DType::UInt8 => {
                self.push(I::I32Const(0xff));
                self.push(I::I32And);
            }
            DType::UInt16 => {
                self.push(I::I32Const(0xffff));
                self.push(I::I32And);
            }
            DType::Bool
            | DType::Int32
            | DType::Int64
            | DType::UInt32
            | DType::UInt64
            | DType::Float32
            | DType::Float64
            | DType::Complex64
            | DType::Complex128 => {}
        }
    }
}

/// Whether control surely does not reach the end of a block.
fn ends_in_jump(block: &[nopython_ir::loops::Stmt]) -> bool {
    use nopython_ir::loops::Stmt;
    matches!(block.last(), Some(Stmt::Return(_) | Stmt::Break(_) | Stmt::Continue(_)))
}
