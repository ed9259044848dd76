//! A module in the engine that runs this program, which is WebAssembly itself: raw calls through functions that the host gives
//! (`runtime/js/cli.mjs`).

use crate::failure::{Failure, Raised};
use nopython_driver::Compilation;
use nopython_types::{Interface, Slot};
use std::sync::Arc;

/// A wasm value; floats as their bits.
#[derive(Clone, Copy, Debug)]
pub enum Val {
    /// An i32.
    I32(i32),
    /// An i64.
    I64(i64),
    /// An f32.
    F32(u32),
    /// An f64.
    F64(u64),
}

/// The engine, of which there is one.
#[derive(Clone, Copy, Debug, Default)]
pub struct Engine;

/// A value as the host reads and writes it.
#[repr(C)]
struct Raw {
    /// 0: i32, 1: i64, 2: f32, 3: f64.
    kind: u32,
    bits: u64,
}

/// What a host says of a call.
mod status {
    pub const DONE: i32 = 0;
    pub const RAISED: i32 = 1;
    pub const STACK_OVERFLOW: i32 = 2;
}

#[expect(unsafe_code, reason = "the host's functions")]
#[link(wasm_import_module = "engine")]
unsafe extern "C" {
    /// Instantiates a module and gives its number, or a status that is not `DONE`, negated.
    fn start(wasm: *const u8, length: usize) -> i32;
    /// Calls an export. The results have their kinds already.
    fn call(
        instance: i32,
        name: *const u8,
        length: usize,
        args: *const Raw,
        count: usize,
        results: *mut Raw,
        most: usize,
    ) -> i32;
    /// The site and the numbers of the exception that was raised last.
    fn raised(numbers: *mut f64);
    /// Copies bytes out of the memory of an instance, if `write` is 0, or into it: 1 if they lie in it.
    fn memory(instance: i32, at: usize, bytes: *mut u8, length: usize, write: u32) -> u32;
}

/// A module with its memory.
pub struct Instance {
    number: i32,
    interface: Arc<Interface>,
}

impl Instance {
    /// Starts a compiled module, which computes its arrays.
    ///
    /// # Errors
    /// An exception of a statement of the module; [`Failure::Engine`] when the module is not valid, which is a mistake of the compiler.
    #[expect(unsafe_code, reason = "the host reads the bytes during the call")]
    pub fn new(_: &Engine, compilation: &Compilation) -> Result<Instance, Failure> {
        let wasm = &compilation.wasm;
        // SAFETY: the host reads so many bytes, and keeps no pointer.
        let number = unsafe { start(wasm.as_ptr(), wasm.len()) };
        let mut instance = Instance { number, interface: Arc::new(compilation.interface.clone()) };
        if number < 0 {
            return Err(instance.failure(0, -number));
        }
        instance.set_generators(&crate::generators::fresh());
        Ok(instance)
    }

    /// Where the state of random generators lies. A module without them has no such function.
    pub(crate) fn generators_at(&self) -> Option<usize> {
        let mut results = [Val::I32(0)];
        self.call_raw("$generators", &[], &[Slot::I32], &mut results).ok()?;
        match results {
            [Val::I32(address)] => usize::try_from(address).ok(),
            _ => None,
        }
    }

    /// An instance stays as it is: the host's engine has none in doubt.
    ///
    /// # Errors
    /// None.
    pub const fn renew(&mut self) -> Result<(), Failure> {
        Ok(())
    }

    /// What the module exports.
    #[must_use]
    pub fn interface(&self) -> &Interface {
        &self.interface
    }

    /// Fills `bytes` with what lies in memory; false if that is not all in it.
    #[expect(unsafe_code, reason = "the host writes the bytes during the call")]
    pub fn read(&self, at: usize, bytes: &mut [u8]) -> bool {
        // SAFETY: the host writes so many bytes, and keeps no pointer.
        unsafe { memory(self.number, at, bytes.as_mut_ptr(), bytes.len(), 0) == 1 }
    }

    /// Puts bytes into memory; false if it does not have the place.
    #[expect(unsafe_code, reason = "the host reads the bytes during the call")]
    pub fn write(&mut self, at: usize, bytes: &[u8]) -> bool {
        // SAFETY: the host reads so many bytes when it is told to write them to the instance, and keeps no pointer.
        unsafe { memory(self.number, at, bytes.as_ptr().cast_mut(), bytes.len(), 1) == 1 }
    }

    /// A block of the host's, 16-byte aligned, with one reference. `export` is the function that a `MemoryError` names.
    ///
    /// # Errors
    /// `MemoryError`.
    pub fn allocate(&mut self, size: usize, export: usize) -> Result<i32, Failure> {
        let bytes = i32::try_from(size).unwrap_or(i32::MAX);
        let mut results = [Val::I32(0)];
        self.call_raw("$alloc", &[Val::I32(bytes)], &[Slot::I32], &mut results)
            .map_err(|status| self.failure(export, status))?;
        match results {
            [Val::I32(0)] => {
                Err(self.raised_at_entry(export, "MemoryError", format!("unable to allocate {size} bytes")))
            }
            [Val::I32(address)] => Ok(address),
            _ => Err(Failure::Engine("$alloc gave no address".into())),
        }
    }

    /// Drops a reference to a block.
    ///
    /// # Errors
    /// [`Failure::Engine`] when the module has no blocks.
    pub fn release(&mut self, address: i32) -> Result<(), Failure> {
        self.call_raw("$release", &[Val::I32(address)], &[], &mut []).map_err(|status| self.failure(0, status))
    }

    /// Calls an export, by its index in the interface, with the flattened form of its arguments (`Type::slots`).
    ///
    /// # Errors
    /// An exception of compiled code, after which everything it allocated is free again, unless the signature has lists, which the caller
    /// reads before [`Instance::take_back`]; or a failure of the engine.
    pub fn invoke(&mut self, export: usize, slots: &[Val], results: &mut [Val]) -> Result<(), Failure> {
        let Some(about) = self.interface.exports.get(export) else {
            return Err(Failure::Engine("no such export".into()));
        };
        let (symbol, kinds, has_lists) = (about.symbol.clone(), about.result.slots(), about.holds_list());
        self.call_raw(&symbol, slots, &kinds, results).map_err(|status| {
            let failure = self.failure(export, status);
            if !has_lists {
                let _ = self.unwind();
            }
            failure
        })
    }

    /// Frees all that compiled code has allocated and not released.
    ///
    /// # Errors
    /// None.
    pub fn unwind(&mut self) -> Result<(), Failure> {
        // A module without blocks and without a stack has none to free, and no such function.
        let _ = self.call_raw("$unwind", &[], &[], &mut []);
        Ok(())
    }

    #[expect(unsafe_code, reason = "the host reads arguments and writes results during the call")]
    fn call_raw(&self, name: &str, args: &[Val], kinds: &[Slot], results: &mut [Val]) -> Result<(), i32> {
        let args: Vec<Raw> = args.iter().map(|value| raw(*value)).collect();
        let mut raws: Vec<Raw> = kinds.iter().map(|slot| Raw { kind: kind(*slot), bits: 0 }).collect();
        let (from, count, to, most) = (args.as_ptr(), args.len(), raws.as_mut_ptr(), raws.len());
        // SAFETY: the host reads and writes so many values, and keeps no pointer.
        let status = unsafe { call(self.number, name.as_ptr(), name.len(), from, count, to, most) };
        for (result, raw) in results.iter_mut().zip(&raws) {
            *result = match raw.kind {
                0 => Val::I32(raw.bits as i32),
                1 => Val::I64(raw.bits.cast_signed()),
                2 => Val::F32(raw.bits as u32),
                _ => Val::F64(raw.bits),
            };
        }
        if status == status::DONE { Ok(()) } else { Err(status) }
    }

    /// What a status means in Python.
    #[expect(unsafe_code, reason = "the host writes three numbers during the call")]
    fn failure(&self, export: usize, status: i32) -> Failure {
        match status {
            status::RAISED => {
                let mut numbers = [0.0; 3];
                // SAFETY: the host writes three numbers, and keeps no pointer.
                unsafe { raised(numbers.as_mut_ptr()) };
                let [site, a, b] = numbers;
                let about = self.interface.sites.get(site as usize);
                let text = about.is_some_and(|site| site.message.contains("{text}")).then(|| {
                    let mut bytes = vec![0; b as usize * 4];
                    self.read((a as i64 as u32) as usize, &mut bytes);
                    crate::call::text(&bytes)
                });
                let raised = Raised::at_site(&self.interface, (site as usize, a, b), text);
                raised.map_or_else(|| Failure::Engine(format!("no site {site}")), Failure::Raised)
            }
            status::STACK_OVERFLOW => {
                self.raised_at_entry(export, "RecursionError", "maximum recursion depth exceeded".to_owned())
            }
            _ => Failure::Engine("the engine stopped the module".into()),
        }
    }

    /// An exception at the `def` of an export.
    fn raised_at_entry(&self, export: usize, name: &str, message: String) -> Failure {
        Failure::Raised(Raised::at_entry(&self.interface, export, name, message))
    }
}

const fn kind(slot: Slot) -> u32 {
    match slot {
        Slot::I32 => 0,
        Slot::I64 => 1,
        Slot::F32 => 2,
        Slot::F64 => 3,
    }
}

const fn raw(value: Val) -> Raw {
    match value {
        Val::I32(v) => Raw { kind: 0, bits: v.cast_unsigned() as u64 },
        Val::I64(v) => Raw { kind: 1, bits: v.cast_unsigned() },
        Val::F32(bits) => Raw { kind: 2, bits: bits as u64 },
        Val::F64(bits) => Raw { kind: 3, bits },
    }
}
