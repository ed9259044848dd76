//! A module in wasmtime.

use crate::value::{Array, Value};
use nopython_driver::Compilation;
use nopython_types::{ArrayType, DType, Export, Interface, Layout, Slot, Type};
use std::fmt;
use wasmtime::{
    Caller, Engine, Extern, Func, Linker, Memory, Module, Store, StoreLimits, StoreLimitsBuilder, Trap, Val,
};

/// Memory that one instance may have, in bytes.
const MOST_MEMORY: usize = 2 << 30;

/// A Python exception.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Raised {
    /// The class.
    pub name: String,
    /// The message.
    pub message: String,
    /// The Python file.
    pub file: String,
    /// The Python function.
    pub function: String,
    /// Line, counted from 1.
    pub line: u32,
    /// Column, counted from 1.
    pub column: u32,
}

impl fmt::Display for Raised {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.name, self.message)
    }
}

/// Why a call gave no result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// Compiled code raised.
    Raised(Raised),
    /// An argument does not fit the signature.
    Argument(String),
    /// The engine failed: a mistake of the compiler.
    Engine(String),
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Failure::Raised(raised) => raised.fmt(f),
            Failure::Argument(message) | Failure::Engine(message) => f.write_str(message),
        }
    }
}

struct State {
    raised: Option<(usize, f64, f64)>,
    limits: StoreLimits,
}

/// A module with its memory.
pub struct Instance {
    store: Store<State>,
    instance: wasmtime::Instance,
    interface: Interface,
}

fn engine_failure(error: impl fmt::Display) -> Failure {
    Failure::Engine(format!("{error:#}"))
}

impl Instance {
    /// Starts a compiled module.
    ///
    /// # Errors
    /// [`Failure::Engine`] when the module is not valid, which is a mistake of the compiler.
    pub fn new(engine: &Engine, compilation: &Compilation) -> Result<Instance, Failure> {
        let module = Module::new(engine, &compilation.wasm).map_err(engine_failure)?;
        let limits = StoreLimitsBuilder::new().memory_size(MOST_MEMORY).build();
        let mut store = Store::new(engine, State { raised: None, limits });
        store.limiter(|state| &mut state.limits);
        let mut linker = Linker::new(engine);
        linker
            .func_wrap(
                "np",
                "raise",
                |mut caller: Caller<'_, State>, site: i32, a: f64, b: f64| -> wasmtime::Result<()> {
                    caller.data_mut().raised = Some((usize::try_from(site).unwrap_or(usize::MAX), a, b));
                    Err(wasmtime::Error::msg("raised"))
                },
            )
            .map_err(engine_failure)?;
        let instance = linker.instantiate(&mut store, &module).map_err(engine_failure)?;
        Ok(Instance { store, instance, interface: compilation.interface.clone() })
    }

    /// What the module exports.
    pub fn interface(&self) -> &Interface {
        &self.interface
    }

    /// Bytes of linear memory.
    pub fn memory_size(&mut self) -> usize {
        self.memory().map_or(0, |memory| memory.data_size(&self.store))
    }

    /// Calls a function: of several overloads the first that takes the arguments. Arrays that the function writes are changed in `args`.
    ///
    /// # Errors
    /// An exception, or arguments that do not fit.
    pub fn call(&mut self, name: &str, args: &mut [Value]) -> Result<Value, Failure> {
        let overloads: Vec<Export> = self.interface.exports.iter().filter(|e| e.name == name).cloned().collect();
        let mut refusal = Failure::Argument(format!("no function named `{name}`"));
        for export in overloads {
            match check(&export, args) {
                Ok(()) => return self.call_export(&export, args),
                Err(message) => refusal = Failure::Argument(message),
            }
        }
        Err(refusal)
    }

    fn memory(&mut self) -> Option<Memory> {
        self.instance.get_memory(&mut self.store, "$memory")
    }

    fn function(&mut self, name: &str) -> Result<Func, Failure> {
        self.instance.get_func(&mut self.store, name).ok_or_else(|| Failure::Engine(format!("no export `{name}`")))
    }

    fn call_export(&mut self, export: &Export, args: &mut [Value]) -> Result<Value, Failure> {
        let mut slots = Vec::new();
        let mut blocks = Vec::new();
        let outcome = self.lower_all(export, args, &mut slots, &mut blocks).and_then(|()| {
            let function = self.function(&export.symbol)?;
            let mut results = vec![Val::I32(0); export.result.slots().len()];
            self.store.data_mut().raised = None;
            match function.call(&mut self.store, &slots, &mut results) {
                Ok(()) => self.lift(&export.result, &mut results.into_iter()),
                Err(error) => Err(self.failure(export, &error)),
            }
        });
        for (address, k) in &blocks {
            if matches!(outcome, Ok(_) | Err(Failure::Raised(_))) && export.params.get(*k).is_some_and(|p| p.written) {
                self.copy_back(*address, args.get_mut(*k));
            }
        }
        for (address, _) in blocks {
            self.release(address)?;
        }
        outcome
    }

    fn copy_back(&mut self, address: i32, arg: Option<&mut Value>) {
        if let (Some(Value::Array(array)), Some(memory)) = (arg, self.memory()) {
            let start = address.cast_unsigned() as usize;
            if let Some(bytes) = memory.data(&self.store).get(start..start + array.bytes.len()) {
                array.bytes.copy_from_slice(bytes);
            }
        }
    }

    fn release(&mut self, address: i32) -> Result<(), Failure> {
        self.function("$release")?.call(&mut self.store, &[Val::I32(address)], &mut []).map_err(engine_failure)
    }

    fn lower_all(
        &mut self,
        export: &Export,
        args: &[Value],
        slots: &mut Vec<Val>,
        blocks: &mut Vec<(i32, usize)>,
    ) -> Result<(), Failure> {
        for (k, (param, arg)) in export.params.iter().zip(args).enumerate() {
            self.lower(&param.ty, arg, export, slots, blocks, k)?;
        }
        Ok(())
    }

    fn lower(
        &mut self,
        ty: &Type,
        value: &Value,
        export: &Export,
        slots: &mut Vec<Val>,
        blocks: &mut Vec<(i32, usize)>,
        k: usize,
    ) -> Result<(), Failure> {
        match (ty, value) {
            (Type::Array(ty), Value::Array(array)) => {
                let address = self.copy_in(array, export)?;
                blocks.push((address, k));
                slots.push(Val::I32(address));
                array_slots(*ty, array, slots);
                slots.push(Val::I32(0));
            }
            (Type::Tuple(types), Value::Tuple(items)) => {
                for (ty, item) in types.iter().zip(items) {
                    self.lower(ty, item, export, slots, blocks, usize::MAX)?;
                }
            }
            (Type::Scalar(s), value) => slots.push(scalar_slot(s.dtype, value)),
            _ => {}
        }
        Ok(())
    }

    fn copy_in(&mut self, array: &Array, export: &Export) -> Result<i32, Failure> {
        let alloc = self.function("$alloc")?;
        let mut address = [Val::I32(0)];
        let size = i32::try_from(array.bytes.len()).unwrap_or(i32::MAX);
        alloc.call(&mut self.store, &[Val::I32(size)], &mut address).map_err(engine_failure)?;
        let [Val::I32(address)] = address else { return Err(Failure::Engine("$alloc gave no address".into())) };
        if address == 0 {
            return Err(Failure::Raised(Raised {
                name: "MemoryError".into(),
                message: format!("unable to allocate {size} bytes"),
                file: self.interface.file.clone(),
                function: export.name.clone(),
                line: export.line,
                column: 1,
            }));
        }
        let memory = self.memory().ok_or_else(|| Failure::Engine("no memory".into()))?;
        memory.write(&mut self.store, address.cast_unsigned() as usize, &array.bytes).map_err(engine_failure)?;
        Ok(address)
    }

    fn lift(&mut self, ty: &Type, slots: &mut dyn Iterator<Item = Val>) -> Result<Value, Failure> {
        let missing = || Failure::Engine("too few results".into());
        match ty {
            Type::None => Ok(Value::None),
            Type::Scalar(s) => {
                let slot = slots.next().ok_or_else(missing)?;
                Ok(match slot {
                    Val::I32(v) if s.dtype == DType::UInt32 => Value::Int(*s, i64::from(v.cast_unsigned())),
                    Val::I32(v) => Value::Int(*s, i64::from(v)),
                    Val::I64(v) => Value::Int(*s, v),
                    Val::F32(bits) => Value::Float(*s, f64::from(f32::from_bits(bits))),
                    Val::F64(bits) => Value::Float(*s, f64::from_bits(bits)),
                    other => return Err(Failure::Engine(format!("a result {other:?}"))),
                })
            }
            Type::Tuple(types) => {
                Ok(Value::Tuple(types.iter().map(|ty| self.lift(ty, slots)).collect::<Result<_, _>>()?))
            }
            Type::Array(ty) => self.lift_array(*ty, slots),
        }
    }

    fn lift_array(&mut self, ty: ArrayType, slots: &mut dyn Iterator<Item = Val>) -> Result<Value, Failure> {
        let mut next = || match slots.next() {
            Some(Val::I32(v)) => Ok(v),
            other => Err(Failure::Engine(format!("a result {other:?}"))),
        };
        let ndim = usize::from(ty.ndim);
        let data = next()?;
        let shape = (0..ndim).map(|_| next()).collect::<Result<Vec<i32>, _>>()?;
        let item = ty.dtype.size() as i32;
        let strides = match ty.layout {
            Layout::Any => (0..ndim).map(|_| next()).collect::<Result<Vec<i32>, _>>()?,
            Layout::C => {
                let mut strides: Vec<i32> =
                    shape.iter().rev().scan(item, |s, n| Some(std::mem::replace(s, s.wrapping_mul(*n)))).collect();
                strides.reverse();
                strides
            }
        };
        let owner = next()?;
        let mut bytes = Vec::new();
        if let Some(memory) = self.memory() {
            gather(memory.data(&self.store), data, &shape, &strides, item as usize, &mut bytes);
        }
        if owner != 0 {
            self.release(owner)?;
        }
        let shape = shape.into_iter().map(|n| usize::try_from(n).unwrap_or(0)).collect();
        Ok(Value::Array(Array { dtype: ty.dtype, shape, bytes }))
    }

    /// What an error of the engine means in Python, after which the instance is usable again.
    fn failure(&mut self, export: &Export, error: &wasmtime::Error) -> Failure {
        if let Some(Extern::Func(unwind)) = self.instance.get_export(&mut self.store, "$unwind")
            && let Err(error) = unwind.call(&mut self.store, &[], &mut [])
        {
            return engine_failure(error);
        }
        if let Some((site, a, b)) = self.store.data_mut().raised.take()
            && let Some(site) = self.interface.sites.get(site)
        {
            return Failure::Raised(Raised {
                name: site.exception.name().to_owned(),
                message: site.message.replace("{a}", &number(a)).replace("{b}", &number(b)),
                file: self.interface.file.clone(),
                function: site.function.clone(),
                line: site.line,
                column: site.column,
            });
        }
        if error.downcast_ref::<Trap>() == Some(&Trap::StackOverflow) {
            return Failure::Raised(Raised {
                name: "RecursionError".into(),
                message: "maximum recursion depth exceeded".into(),
                file: self.interface.file.clone(),
                function: export.name.clone(),
                line: export.line,
                column: 1,
            });
        }
        engine_failure(error)
    }
}

/// A number in a message.
fn number(value: f64) -> String {
    if value.fract() == 0.0 && value.abs() < 1e15 {
        format!("{value:.0}")
    } else {
        crate::text::float_repr(value, false)
    }
}

fn array_slots(ty: ArrayType, array: &Array, slots: &mut Vec<Val>) {
    let extents: Vec<i32> = array.shape.iter().map(|&n| i32::try_from(n).unwrap_or(i32::MAX)).collect();
    slots.extend(extents.iter().map(|&n| Val::I32(n)));
    if ty.layout == Layout::Any {
        let mut stride = ty.dtype.size() as i32;
        let mut strides = Vec::new();
        for n in extents.iter().rev() {
            strides.push(Val::I32(stride));
            stride = stride.wrapping_mul(*n);
        }
        slots.extend(strides.into_iter().rev());
    }
}

fn scalar_slot(dtype: DType, value: &Value) -> Val {
    let (int, float) = match value {
        Value::Int(_, v) => (*v, *v as f64),
        Value::Float(_, v) => (*v as i64, *v),
        _ => (0, 0.0),
    };
    match dtype.slot() {
        Slot::I32 => Val::I32(int as i32),
        Slot::I64 => Val::I64(int),
        Slot::F32 => Val::F32((float as f32).to_bits()),
        Slot::F64 => Val::F64(float.to_bits()),
    }
}

/// The bytes of the elements in C order.
fn gather(memory: &[u8], at: i32, shape: &[i32], strides: &[i32], item: usize, out: &mut Vec<u8>) {
    match (shape.split_first(), strides.split_first()) {
        (Some((&n, shape)), Some((&stride, strides))) => {
            for i in 0..n {
                gather(memory, at.wrapping_add(i.wrapping_mul(stride)), shape, strides, item, out);
            }
        }
        _ => {
            let start = at.cast_unsigned() as usize;
            out.extend(memory.get(start..start + item).unwrap_or_default());
        }
    }
}

/// Whether arguments fit a signature, or what does not.
fn check(export: &Export, args: &[Value]) -> Result<(), String> {
    if export.params.len() != args.len() {
        let names: Vec<&str> = export.params.iter().map(|p| p.name.as_str()).collect();
        return Err(format!(
            "{}() takes {} arguments ({}), got {}",
            export.name,
            names.len(),
            names.join(", "),
            args.len()
        ));
    }
    for (param, arg) in export.params.iter().zip(args) {
        if !fits(&param.ty, arg) {
            return Err(format!("{}() argument '{}' takes {}, got {}", export.name, param.name, param.ty, arg.ty()));
        }
    }
    Ok(())
}

fn fits(ty: &Type, value: &Value) -> bool {
    match (ty, value) {
        (Type::None, Value::None) => true,
        (Type::Scalar(s), Value::Int(own, v)) => {
            if s.dtype == DType::Bool {
                own.dtype == DType::Bool
            } else {
                s.dtype.is_float() || in_range(s.dtype, *v)
            }
        }
        (Type::Scalar(s), Value::Float(..)) => s.dtype.is_float(),
        (Type::Array(ty), Value::Array(a)) => ty.dtype == a.dtype && usize::from(ty.ndim) == a.shape.len(),
        (Type::Tuple(types), Value::Tuple(items)) => {
            types.len() == items.len() && types.iter().zip(items).all(|(t, v)| fits(t, v))
        }
        _ => false,
    }
}

fn in_range(dtype: DType, v: i64) -> bool {
    match dtype {
        DType::Int64 => true,
        DType::UInt64 => v >= 0,
        other => {
            let bits = other.size() * 8;
            let (low, high) = if other.is_signed() {
                (-(1i64 << (bits - 1)), (1i64 << (bits - 1)) - 1)
            } else {
                (0, (1i64 << bits) - 1)
            };
            (low..=high).contains(&v)
        }
    }
}
