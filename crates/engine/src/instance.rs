//! A module in wasmtime: memory, blocks and raw calls.

use crate::failure::{Failure, Raised};
use crate::interruptible::interruptible;
use nopython_driver::Compilation;
use nopython_types::{Export, Interface};
use std::io::Write;
use std::sync::Arc;
use wasmtime::{
    Caller, Engine, Extern, Func, InstancePre, Linker, Memory, Module, Store, StoreLimits, StoreLimitsBuilder, Trap,
    TypedFunc, Val,
};

/// Memory that one instance may have, in bytes.
const MOST_MEMORY: usize = 2 << 30;

/// What prints a text.
pub type Printer = Arc<dyn Fn(&str) + Send + Sync>;

struct State {
    raised: Option<(usize, f64, f64)>,
    /// The text of the message that was raised.
    text: Option<String>,
    limits: StoreLimits,
}

/// A module translated to machine code, from which instances start quickly.
pub struct Program {
    start: InstancePre<State>,
    interface: Arc<Interface>,
    words: u32,
}

impl Program {
    /// Translates a compiled module.
    ///
    /// # Errors
    /// [`Failure::Engine`] when the module is not valid, which is a mistake of the compiler.
    pub fn new(engine: &Engine, wasm: &[u8], interface: Interface) -> Result<Program, Failure> {
        let print = |text: &str| {
            let mut out = std::io::stdout().lock();
            let _ = out.write_all(text.as_bytes()).and_then(|()| out.flush());
        };
        Program::printing(engine, wasm, interface, Arc::new(print))
    }

    /// As [`Program::new`], for a program whose `print` goes somewhere else than to standard output.
    ///
    /// # Errors
    /// [`Failure::Engine`] when the module is not valid, which is a mistake of the compiler.
    pub fn printing(engine: &Engine, wasm: &[u8], interface: Interface, printer: Printer) -> Result<Program, Failure> {
        let interface = Arc::new(interface);
        let sites = Arc::clone(&interface);
        let module = Module::new(engine, wasm).map_err(engine_failure)?;
        let mut linker = Linker::new(engine);
        linker
            .func_wrap(
                "np",
                "raise",
                move |mut caller: Caller<'_, State>, site: i32, a: f64, b: f64| -> wasmtime::Result<()> {
                    let number = usize::try_from(site).unwrap_or(usize::MAX);
                    if sites.sites.get(number).is_some_and(|site| site.message.contains("{text}")) {
                        let text = text_at(&mut caller, a as i64 as i32, b as i32);
                        caller.data_mut().text = Some(text);
                    }
                    caller.data_mut().raised = Some((number, a, b));
                    Err(wasmtime::Error::msg("raised"))
                },
            )
            .map_err(engine_failure)?;
        let print = move |mut caller: Caller<'_, State>, address: i32, length: i32| {
            printer(&text_at(&mut caller, address, length));
        };
        linker.func_wrap("np", "print", print).map_err(engine_failure)?;
        let start = linker.instantiate_pre(&module).map_err(engine_failure)?;
        Ok(Program { start, interface, words: 0 })
    }

    /// Translates a compiled module so that its calls can be stopped from another thread or a signal handler; see
    /// [`Instance::interrupt_words`].
    ///
    /// # Errors
    /// [`Failure::Engine`] when the module is not valid, which is a mistake of the compiler.
    pub fn interruptible(
        engine: &Engine,
        wasm: &[u8],
        interface: Interface,
        printer: Printer,
    ) -> Result<Program, Failure> {
        let (wasm, words) = interruptible(wasm)?;
        Ok(Program { words, ..Program::printing(engine, &wasm, interface, printer)? })
    }

    /// What the module exports.
    #[must_use]
    pub fn interface(&self) -> &Interface {
        &self.interface
    }
}

/// A module with its memory. One call runs at a time; a host with threads keeps one instance for each.
///
/// A trap may stop compiled code between any two instructions, also in the allocator, so that nothing is known of the memory after
/// one: the instance is then [in doubt](Instance::in_doubt). What arguments hold can still be read; blocks cannot be had or
/// given back, and another instance has to take the next call.
pub struct Instance {
    start: InstancePre<State>,
    in_doubt: bool,
    store: Store<State>,
    instance: wasmtime::Instance,
    interface: Arc<Interface>,
    memory: Option<Memory>,
    functions: Vec<Func>,
    alloc: Option<TypedFunc<i32, i32>>,
    release: Option<TypedFunc<i32, ()>>,
    interrupt: Option<Memory>,
    words: u32,
    generators: Option<usize>,
}

/// The string of code points in the memory of what calls the host.
fn text_at(caller: &mut Caller<'_, State>, address: i32, length: i32) -> String {
    let Some(Extern::Memory(memory)) = caller.get_export("$memory") else { return String::new() };
    let start = address.cast_unsigned() as usize;
    let end = start.saturating_add(length.cast_unsigned() as usize * 4);
    crate::call::text(memory.data(caller).get(start..end).unwrap_or_default())
}

pub(crate) fn engine_failure(error: impl std::fmt::Display) -> Failure {
    Failure::Engine(format!("{error:#}"))
}

impl Instance {
    /// Starts a compiled module, which computes its arrays.
    ///
    /// # Errors
    /// An exception of a statement of the module; [`Failure::Engine`] when the module is not valid, which is a mistake of the compiler.
    pub fn new(engine: &Engine, compilation: &Compilation) -> Result<Instance, Failure> {
        Instance::start(&Program::new(engine, &compilation.wasm, compilation.interface.clone())?)
    }

    /// Starts a translated module, which computes its arrays.
    ///
    /// # Errors
    /// An exception of a statement of the module; [`Failure::Engine`] when the instance cannot have memory.
    pub fn start(program: &Program) -> Result<Instance, Failure> {
        Instance::fresh(program.start.clone(), Arc::clone(&program.interface), program.words)
    }

    fn fresh(start: InstancePre<State>, interface: Arc<Interface>, words: u32) -> Result<Instance, Failure> {
        let limits = StoreLimitsBuilder::new().memory_size(MOST_MEMORY).build();
        let mut store = Store::new(start.module().engine(), State { raised: None, text: None, limits });
        store.limiter(|state| &mut state.limits);
        let instance = match start.instantiate(&mut store) {
            Ok(instance) => instance,
            Err(error) => {
                let raised = store.data_mut().raised.take();
                let text = store.data_mut().text.take();
                let raised = raised.and_then(|raised| Raised::at_site(&interface, raised, text));
                return Err(raised.map_or_else(|| engine_failure(error), Failure::Raised));
            }
        };
        let functions = interface
            .exports
            .iter()
            .map(|export| instance.get_func(&mut store, &export.symbol).ok_or_else(|| missing(&export.symbol)))
            .collect::<Result<_, _>>()?;
        let generators = instance.get_typed_func::<(), i32>(&mut store, "$generators").ok();
        let generators = match generators {
            Some(address) => usize::try_from(address.call(&mut store, ()).map_err(engine_failure)?).ok(),
            None => None,
        };
        let mut fresh = Instance {
            memory: instance.get_memory(&mut store, "$memory"),
            alloc: instance.get_typed_func(&mut store, "$alloc").ok(),
            release: instance.get_typed_func(&mut store, "$release").ok(),
            interrupt: instance.get_memory(&mut store, "$interrupt"),
            words,
            start,
            in_doubt: false,
            store,
            instance,
            interface,
            functions,
            generators,
        };
        if generators.is_some() {
            fresh.set_generators(&crate::generators::fresh());
        }
        Ok(fresh)
    }

    /// Where the state of random generators lies.
    pub(crate) const fn generators_at(&self) -> Option<usize> {
        self.generators
    }

    /// Whether a trap has stopped a call, after which nothing is known of the memory.
    #[must_use]
    pub const fn in_doubt(&self) -> bool {
        self.in_doubt
    }

    /// Starts the module again, with a memory of its own, if this instance is in doubt.
    ///
    /// # Errors
    /// [`Failure::Engine`] when the new instance cannot have memory.
    pub fn renew(&mut self) -> Result<(), Failure> {
        if self.in_doubt {
            *self = Instance::fresh(self.start.clone(), Arc::clone(&self.interface), self.words)?;
        }
        Ok(())
    }

    /// What the module exports.
    #[must_use]
    pub fn interface(&self) -> &Interface {
        &self.interface
    }

    /// Whether calls may print, so that none can be made again without being seen.
    #[must_use]
    pub fn prints(&self) -> bool {
        self.start.module().imports().any(|import| import.name() == "print")
    }

    /// Bytes of linear memory.
    #[must_use]
    pub fn memory_size(&self) -> usize {
        self.memory().len()
    }

    /// The linear memory; empty when the module has none.
    #[must_use]
    pub fn memory(&self) -> &[u8] {
        self.memory.map_or(&[], |memory| memory.data(&self.store))
    }

    /// The linear memory, to write to.
    pub fn memory_mut(&mut self) -> &mut [u8] {
        self.memory.map_or(&mut [], |memory| memory.data_mut(&mut self.store))
    }

    /// Fills `bytes` with what lies in memory; false if that is not all in it.
    pub fn read(&self, at: usize, bytes: &mut [u8]) -> bool {
        let from = at.checked_add(bytes.len()).and_then(|end| self.memory().get(at..end));
        from.is_some_and(|from| {
            bytes.copy_from_slice(from);
            true
        })
    }

    /// Puts bytes into memory; false if it does not have the place.
    pub fn write(&mut self, at: usize, bytes: &[u8]) -> bool {
        let place = at.checked_add(bytes.len()).and_then(|end| self.memory_mut().get_mut(at..end));
        place.is_some_and(|place| {
            place.copy_from_slice(bytes);
            true
        })
    }

    /// The words that a call of an interruptible program looks at: it stops with [`Failure::Interrupted`] soon after they are not zero.
    /// They stay where they are while the instance lives.
    pub fn interrupt_words(&mut self) -> &mut [u8] {
        let size = self.words as usize * 4;
        let memory: &mut [u8] = self.interrupt.map_or(&mut [], |memory| memory.data_mut(&mut self.store));
        memory.get_mut(..size).unwrap_or_default()
    }

    /// A block of the host's, 16-byte aligned, with one reference. `export` is the function that a `MemoryError` names.
    ///
    /// # Errors
    /// `MemoryError`.
    pub fn allocate(&mut self, size: usize, export: usize) -> Result<i32, Failure> {
        let alloc = self.alloc.as_ref().ok_or_else(|| missing("$alloc"))?;
        let bytes = i32::try_from(size).unwrap_or(i32::MAX);
        match alloc.call(&mut self.store, bytes).map_err(engine_failure)? {
            0 => Err(self.raised_at_entry(export, "MemoryError", format!("unable to allocate {size} bytes"))),
            address => Ok(address),
        }
    }

    /// Drops a reference to a block.
    ///
    /// # Errors
    /// [`Failure::Engine`] when the module has no blocks.
    pub fn release(&mut self, address: i32) -> Result<(), Failure> {
        if self.in_doubt {
            return Ok(());
        }
        let release = self.release.as_ref().ok_or_else(|| missing("$release"))?;
        release.call(&mut self.store, address).map_err(engine_failure)
    }

    /// Calls an export, by its index in the interface, with the flattened form of its arguments (`Type::slots`). Arrays in the results
    /// carry a reference each, which the caller drops.
    ///
    /// # Errors
    /// An exception of compiled code, after which everything it allocated is free again, unless the signature has lists, which the caller
    /// reads before [`Instance::take_back`]; or a trap, which leaves the instance in doubt.
    pub fn invoke(&mut self, export: usize, slots: &[Val], results: &mut [Val]) -> Result<(), Failure> {
        let function = *self.functions.get(export).ok_or_else(|| missing("of that index"))?;
        function.call(&mut self.store, slots, results).map_err(|error| self.failure(export, &error))
    }

    /// Frees all that compiled code has allocated and not released.
    ///
    /// # Errors
    /// [`Failure::Engine`] when the engine fails.
    pub fn unwind(&mut self) -> Result<(), Failure> {
        if self.in_doubt {
            return Ok(());
        }
        match self.instance.get_export(&mut self.store, "$unwind") {
            Some(Extern::Func(unwind)) => unwind.call(&mut self.store, &[], &mut []).map_err(engine_failure),
            _ => Ok(()),
        }
    }

    /// What an error of the engine means in Python.
    fn failure(&mut self, export: usize, error: &wasmtime::Error) -> Failure {
        let raised = self.store.data_mut().raised.take();
        let text = self.store.data_mut().text.take();
        let interrupted = self.interrupt_words().iter().any(|byte| *byte != 0);
        self.interrupt_words().fill(0);
        self.in_doubt = raised.is_none();
        let has_lists = self.interface.exports.get(export).is_some_and(Export::holds_list);
        if !self.in_doubt
            && !has_lists
            && let Err(failure) = self.unwind()
        {
            return failure;
        }
        if let Some(raised) = raised.and_then(|raised| Raised::at_site(&self.interface, raised, text)) {
            return Failure::Raised(raised);
        }
        match error.downcast_ref::<Trap>() {
            Some(Trap::StackOverflow) => {
                self.raised_at_entry(export, "RecursionError", "maximum recursion depth exceeded".to_owned())
            }
            Some(Trap::UnreachableCodeReached) if interrupted => Failure::Interrupted,
            _ => engine_failure(error),
        }
    }

    /// An exception at the `def` of an export.
    fn raised_at_entry(&self, export: usize, name: &str, message: String) -> Failure {
        Failure::Raised(Raised::at_entry(&self.interface, export, name, message))
    }
}

fn missing(name: &str) -> Failure {
    Failure::Engine(format!("no export `{name}`"))
}
