//! The whole module: functions, kernels, memory, exports.

use crate::function::{EmitError, Emitted, Emitter, Mark, slot_type};
use crate::sites::{Number, Sites};
use crate::used::Used;
use nopython_ir::loops::{DATA, FuncId, Function, Ty, Verified};
use nopython_ir::sorted::SortedMap;
use nopython_kernels as kernels;
use nopython_types::Site;
use wasm_encoder::{
    CodeSection, ConstExpr, DataSection, EntityType, ExportKind, ExportSection, FunctionSection, GlobalSection,
    GlobalType, ImportSection, MemorySection, MemoryType, NameMap, NameSection, StartSection, TypeSection, ValType,
};

/// How to emit.
#[derive(Clone, Copy, Debug, Default)]
pub struct EmitOptions {
    /// Whether to add a name section, for reading the module.
    pub names: bool,
    /// Whether the memory is imported, and shared with other modules that are emitted so: its heap and the shadow stack are theirs too.
    pub shared_memory: bool,
}

/// A module.
#[derive(Clone, Debug)]
pub struct Emission {
    /// Whether it imports the host's function that prints.
    pub prints: bool,
    /// Its bytes.
    pub wasm: Vec<u8>,
    /// How many pages of 64 KiB its memory has when it is started; 0 without one.
    pub pages: u32,
    /// What lies where in the bytes, in ascending order.
    pub places: Vec<(usize, Place)>,
    /// What hosts look up by the number that a raise gives.
    pub sites: Vec<Site>,
}

/// What a debugger can be told of a place in the code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// A function begins.
    Function(FuncId),
    /// A loop on a line of the source.
    Line(u32),
    /// An error is raised, of this number.
    Site(u32),
    /// What follows is of no Python function.
    Other,
}

/// Bytes of the shadow stack, for kernels that use one.
const STACK: u32 = 16 << 10;

/// Where the heap begins in a memory that modules share. Their data lie above its first page.
const SHARED_HEAP: u32 = DATA + STACK;

/// Where everything is in the index spaces.
pub struct Layout {
    raise: Option<u32>,
    print: Option<u32>,
    raise_integers: Option<u32>,
    functions: SortedMap<FuncId, u32>,
    kernels: SortedMap<String, u32>,
    /// The numbers of sites.
    pub sites: Sites,
}

impl Layout {
    /// The index of a function.
    pub fn function(&self, id: FuncId) -> Emitted<u32> {
        self.functions.get(&id).copied().ok_or_else(|| EmitError::Mistake(format!("function {id:?} is not emitted")))
    }

    /// The index of a kernel.
    pub fn kernel(&self, name: &str) -> Emitted<u32> {
        self.kernels.get(name).copied().ok_or_else(|| EmitError::Mistake(format!("no kernel named {name}")))
    }

    /// The index of the import that raises.
    pub fn raise(&self) -> Emitted<u32> {
        self.raise.ok_or_else(|| EmitError::Mistake("a raise in a module without the import".into()))
    }

    /// The index of the import that prints.
    pub fn print(&self) -> Emitted<u32> {
        self.print.ok_or_else(|| EmitError::Mistake("printing in a module without the import".into()))
    }

    /// How many functions are imported.
    const fn imports(&self) -> u32 {
        self.raise.is_some() as u32 + self.print.is_some() as u32
    }

    /// The index of the function (site i32, a i64, b i64) that raises with two integers, if there is one.
    pub const fn raise_integers(&self) -> Option<u32> {
        self.raise_integers
    }
}

/// From how many raises of integers on a function that converts them is shorter than doing so at each.
const FEWEST_SHARED_RAISES: usize = 3;

/// Signatures, each once.
#[derive(Default)]
struct Types {
    section: TypeSection,
    known: SortedMap<(Vec<u8>, Vec<u8>), u32>,
}

impl Types {
    fn index(&mut self, params: &[ValType], results: &[ValType]) -> u32 {
        let key = (params.iter().map(code).collect(), results.iter().map(code).collect());
        let next = u32::try_from(self.known.len()).unwrap_or(u32::MAX);
        *self.known.entry(key).or_insert_with(|| {
            self.section.ty().function(params.iter().copied(), results.iter().copied());
            next
        })
    }
}

fn code(ty: &ValType) -> u8 {
    match ty {
        ValType::I32 => 0,
        ValType::I64 => 1,
        ValType::F32 => 2,
        ValType::F64 => 3,
        ValType::V128 => 4,
        ValType::Ref(_) => 5,
    }
}

/// The wasm module of a verified loop IR.
///
/// # Errors
/// A function is too large, or a pass has left something that has no wasm form, which is a mistake of the compiler.
pub fn emit(verified: Verified<'_>, options: EmitOptions) -> Emitted<Emission> {
    let module = verified.module();
    let used = Used::of(module);
    let mut roots: Vec<&str> = used.kernels.iter().map(String::as_str).collect();
    if used.memory {
        roots.extend(["np_host_alloc", "np_release"]);
    }
    if used.allocates {
        roots.push("np_unwind");
    }
    if used.returns_arrays {
        roots.extend(["np_adopt", "np_lend"]);
    }
    roots.sort_unstable();
    roots.dedup();
    let imports = u32::from(used.raises) + u32::from(used.prints);
    let own = u32::try_from(used.functions.len()).unwrap_or(u32::MAX);
    let shares_raise = used.integer_faults >= FEWEST_SHARED_RAISES;
    let place = kernels::Layout {
        first_function: imports + own + u32::from(shares_raise),
        data_base: module.data.base.saturating_add(module.data.size),
        stack_size: STACK,
        heap_base: options.shared_memory.then_some(SHARED_HEAP),
    };
    let link = |roots: &[&str]| kernels::link(roots, place).map_err(|error| EmitError::Mistake(error.to_string()));
    let mut linked = link(&roots)?;
    if linked.stack_pointer.is_some() && !used.allocates {
        // An exception may leave a kernel with part of the shadow stack in use.
        roots.push("np_unwind");
        linked = link(&roots)?;
    }
    let layout = Layout {
        raise: used.raises.then_some(0),
        print: used.prints.then_some(u32::from(used.raises)),
        raise_integers: shares_raise.then_some(imports + own),
        functions: used.functions.iter().map(|(id, position)| (*id, imports + position)).collect(),
        kernels: roots.iter().filter_map(|name| Some(((*name).to_owned(), linked.function_index(name)?))).collect(),
        sites: Sites::of(module, &used),
    };
    let mut out = Assembly::default();
    if used.raises {
        let ty = out.types.index(&[ValType::I32, ValType::F64, ValType::F64], &[]);
        out.imports.import("np", "raise", EntityType::Function(ty));
        out.name(0, "raise");
    }
    if let Some(print) = layout.print {
        let ty = out.types.index(&[ValType::I32, ValType::I32], &[]);
        out.imports.import("np", "print", EntityType::Function(ty));
        out.name(print, "print");
    }
    for id in used.functions.keys() {
        let Some(function) = module.functions.get(*id) else { continue };
        out.function(*id, function, &layout)?;
    }
    out.places.push((out.code.byte_len(), Place::Other));
    if shares_raise {
        out.raise_integers(&layout)?;
    }
    for function in &linked.functions {
        let params: Vec<ValType> = function.ty.params.iter().map(|t| kernel_type(*t)).collect();
        let results: Vec<ValType> = function.ty.result.iter().map(|t| kernel_type(*t)).collect();
        let ty = out.types.index(&params, &results);
        if let Some(name) = function.name {
            out.name(imports + out.functions.len(), name);
        }
        out.functions.function(ty);
        out.code.raw(&function.body);
    }
    if let Some(address) = module.data.generators {
        let function = imports + out.functions.len();
        out.functions.function(out.types.index(&[], &[ValType::I32]));
        let mut code = wasm_encoder::Function::new([]);
        code.instructions().i32_const(address.cast_signed()).end();
        out.code.function(&code);
        out.name(function, "generators");
        out.exports.export("$generators", ExportKind::Func, function);
    }
    for (export, id) in &module.exports {
        out.exports.export(&export.symbol, ExportKind::Func, layout.function(*id)?);
    }
    if let Some(value) = linked.stack_pointer {
        let ty = GlobalType { val_type: ValType::I32, mutable: true, shared: false };
        out.globals.global(ty, &ConstExpr::i32_const(value.cast_signed()));
    }
    let has_memory = used.memory || !linked.data.is_empty() || linked.stack_pointer.is_some();
    let pages = if has_memory { linked.memory_pages } else { 0 };
    if has_memory {
        out.memory(&layout, &used, pages, options)?;
    }
    if used.memory {
        for (address, bytes) in &module.data.segments {
            out.data.active(0, &ConstExpr::i32_const(address.cast_signed()), bytes.iter().copied());
        }
    }
    for (offset, bytes) in &linked.data {
        out.data.active(0, &ConstExpr::i32_const(offset.cast_signed()), bytes.iter().copied());
    }
    if let Some(start) = module.start {
        out.start = Some(StartSection { function_index: layout.function(start)? });
    }
    let (wasm, places) = out.finish(options);
    Ok(Emission { prints: used.prints, wasm, pages, places, sites: layout.sites.rows })
}

const fn kernel_type(ty: kernels::ValType) -> ValType {
    match ty {
        kernels::ValType::I32 => ValType::I32,
        kernels::ValType::I64 => ValType::I64,
        kernels::ValType::F32 => ValType::F32,
        kernels::ValType::F64 => ValType::F64,
        kernels::ValType::V128 => ValType::V128,
    }
}

/// The sections under construction.
#[derive(Default)]
struct Assembly {
    types: Types,
    imports: ImportSection,
    functions: FunctionSection,
    memories: MemorySection,
    globals: GlobalSection,
    exports: ExportSection,
    start: Option<StartSection>,
    code: CodeSection,
    data: DataSection,
    names: NameMap,
    /// Places by their distance from the first function's entry in the code section.
    places: Vec<(usize, Place)>,
}

impl Assembly {
    fn name(&mut self, index: u32, name: &str) {
        self.names.append(index, name);
    }

    fn function(&mut self, id: FuncId, function: &Function, layout: &Layout) -> Emitted {
        let params = function
            .params
            .iter()
            .map(|&p| match function.locals.get(p).map(|l| l.ty) {
                Some(Ty::Scalar(dtype)) => Ok(slot_type(dtype.slot())),
                _ => Err(EmitError::Mistake("a parameter that is not a scalar".into())),
            })
            .chain(layout.sites.counts(id).then_some(Ok(ValType::I32)))
            .collect::<Emitted<Vec<_>>>()?;
        let results: Vec<ValType> = function.results.iter().map(|d| slot_type(d.slot())).collect();
        let ty = self.types.index(&params, &results);
        self.name(layout.imports() + self.functions.len(), &function.name);
        self.functions.function(ty);
        let (code, marks) = Emitter::new(id, function, layout).finish()?;
        self.code.function(&code);
        // An entry is its length in LEB128 before the code.
        let start = self.code.byte_len() - code.byte_len();
        self.places.push((start, Place::Function(id)));
        self.places.extend(marks.into_iter().filter_map(|(at, mark)| {
            let place = match mark {
                Mark::Function => Place::Function(id),
                Mark::Line(line) => Place::Line(line),
                Mark::Site(Number::Known(number)) => Place::Site(number),
                Mark::Site(Number::Counted(_)) => return None,
            };
            Some((start + at, place))
        }));
        Ok(())
    }

    /// A function that calls the import with two integers.
    fn raise_integers(&mut self, layout: &Layout) -> Emitted {
        let ty = self.types.index(&[ValType::I32, ValType::I64, ValType::I64], &[]);
        self.name(layout.imports() + self.functions.len(), "raise_integers");
        self.functions.function(ty);
        let mut code = wasm_encoder::Function::new([]);
        code.instructions()
            .local_get(0)
            .local_get(1)
            .f64_convert_i64_s()
            .local_get(2)
            .f64_convert_i64_s()
            .call(layout.raise()?)
            .end();
        self.code.function(&code);
        Ok(())
    }

    fn memory(&mut self, layout: &Layout, used: &Used, pages: u32, options: EmitOptions) -> Emitted {
        let minimum = u64::from(pages);
        let ty = MemoryType { minimum, maximum: None, memory64: false, shared: false, page_size_log2: None };
        if options.shared_memory {
            self.imports.import("np", "memory", EntityType::Memory(ty));
        } else {
            self.memories.memory(ty);
        }
        self.exports.export("$memory", ExportKind::Memory, 0);
        if used.memory {
            self.exports.export("$alloc", ExportKind::Func, layout.kernel("np_host_alloc")?);
            self.exports.export("$release", ExportKind::Func, layout.kernel("np_release")?);
        }
        if used.returns_arrays {
            self.exports.export("$adopt", ExportKind::Func, layout.kernel("np_adopt")?);
            self.exports.export("$lend", ExportKind::Func, layout.kernel("np_lend")?);
        }
        if let Ok(unwind) = layout.kernel("np_unwind") {
            self.exports.export("$unwind", ExportKind::Func, unwind);
        }
        Ok(())
    }

    fn finish(self, options: EmitOptions) -> (Vec<u8>, Vec<(usize, Place)>) {
        let mut module = wasm_encoder::Module::new();
        module.section(&self.types.section);
        if !self.imports.is_empty() {
            module.section(&self.imports);
        }
        module.section(&self.functions);
        if !self.memories.is_empty() {
            module.section(&self.memories);
        }
        if !self.globals.is_empty() {
            module.section(&self.globals);
        }
        module.section(&self.exports);
        if let Some(start) = &self.start {
            module.section(start);
        }
        module.section(&self.code);
        let entries = module.as_slice().len() - self.code.byte_len();
        let places = self.places.into_iter().map(|(at, place)| (entries + at, place)).collect();
        if !self.data.is_empty() {
            module.section(&self.data);
        }
        if options.names {
            let mut names = NameSection::new();
            names.functions(&self.names);
            module.section(&names);
        }
        (module.finish(), places)
    }
}
