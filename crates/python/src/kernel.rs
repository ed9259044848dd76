//! A function compiled for one list of argument types.

use crate::call::Call;
use crate::errors;
use crate::interrupt;
use crate::portable;
use crate::resident::Mappings;
use nopython_engine::{Failure, Instance, Program};
use nopython_types::encoding::{encode, encoded};
use nopython_types::{Export, Interface};
use pyo3::exceptions::{PyRuntimeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyTuple};
use std::sync::Mutex;

/// An instance that has grown beyond this many bytes is dropped after its call, which returns its memory.
const KEPT_MEMORY: usize = 256 << 20;

/// A function compiled for one list of argument types.
#[pyclass(frozen, module = "nopython._native")]
pub struct Kernel {
    program: Program,
    wasm: Vec<u8>,
    origin: Py<PyAny>,
    /// Instances that no call uses. A call takes one out, so that no two threads ever share one.
    idle: Mutex<Vec<Worker>>,
}

/// An instance, and the memory it shares with NumPy.
pub struct Worker {
    /// The instance.
    pub instance: Instance,
    /// Regions in its linear memory.
    pub mappings: Mappings,
}

impl Worker {
    /// Bytes of linear memory of its own.
    fn memory(&self) -> usize {
        self.instance.memory_size() - self.mappings.size()
    }
}

impl Kernel {
    /// Translates a module whose first export is the function.
    pub fn new(wasm: Vec<u8>, interface: Interface, origin: Py<PyAny>) -> PyResult<Kernel> {
        if interface.exports.is_empty() {
            return Err(PyValueError::new_err("the module has no function"));
        }
        let program =
            Program::interruptible(interrupt::engine()?, &wasm, interface, std::sync::Arc::new(crate::strings::print))
                .map_err(|failure| engine_error(&failure))?;
        Ok(Kernel { program, wasm, origin, idle: Mutex::default() })
    }

    /// The function.
    pub fn export(&self) -> &Export {
        // `new` made sure that there is one.
        &self.program.interface().exports[0]
    }

    fn take(&self) -> PyResult<Worker> {
        let idle = self.idle.lock().map_or(None, |mut idle| idle.pop());
        let start = || {
            let instance = Instance::start(&self.program).map_err(|f| engine_error(&f))?;
            Ok(Worker { instance, mappings: Mappings::default() })
        };
        idle.map_or_else(start, Ok)
    }

    fn give_back(&self, worker: Worker) {
        if !worker.instance.in_doubt()
            && worker.memory() <= KEPT_MEMORY
            && let Ok(mut idle) = self.idle.lock()
        {
            idle.push(worker);
        }
    }

    /// Calls the function with as many arguments as it has parameters.
    pub fn run<'py>(&self, py: Python<'py>, args: &Bound<'py, PyTuple>) -> PyResult<Bound<'py, PyAny>> {
        let mut first = true;
        loop {
            let mut worker = self.take()?;
            let outcome = Call::new(py, &mut worker, self.export(), first).and_then(|mut call| call.run(args));
            match outcome {
                Ok(value) => {
                    self.give_back(worker);
                    return Ok(value);
                }
                Err(errors::Refused::Python(error)) => {
                    self.give_back(worker);
                    return Err(error);
                }
                Err(errors::Refused::Stopped) => first = false,
                Err(errors::Refused::Failure(failure @ Failure::Engine(_))) => return Err(engine_error(&failure)),
                Err(errors::Refused::Failure(failure)) => {
                    self.give_back(worker);
                    return Err(errors::raised(self.origin.bind(py), &failure));
                }
            }
        }
    }
}

fn engine_error(failure: &Failure) -> PyErr {
    PyRuntimeError::new_err(format!("{failure}; please report this program"))
}

#[pymethods]
impl Kernel {
    /// The wasm module.
    #[getter]
    fn wasm<'py>(&self, py: Python<'py>) -> Bound<'py, PyBytes> {
        PyBytes::new(py, &self.wasm)
    }

    /// The types of the parameters, as bytes.
    #[getter]
    fn key<'py>(&self, py: Python<'py>) -> Bound<'py, PyBytes> {
        let mut bytes = Vec::new();
        self.export().params.iter().for_each(|param| encode(&param.ty, &mut bytes));
        PyBytes::new(py, &bytes)
    }

    /// The type of the result, as bytes.
    #[getter]
    fn result<'py>(&self, py: Python<'py>) -> Bound<'py, PyBytes> {
        PyBytes::new(py, &encoded(std::slice::from_ref(&self.export().result)))
    }

    /// Which parameters the function may write to.
    #[getter]
    fn written(&self) -> Vec<bool> {
        self.export().params.iter().map(|param| param.written).collect()
    }

    /// Bytes of memory that instances hold which no call uses.
    #[getter]
    fn memory(&self) -> usize {
        self.idle.lock().map_or(0, |idle| idle.iter().map(Worker::memory).sum())
    }

    /// Pickles the module and what hosts must know about it.
    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        let restore = py.import("nopython._engine")?.getattr("restore")?;
        let interface = portable::write(py, self.program.interface())?;
        let parts = (self.wasm(py), interface, self.origin.bind(py).clone()).into_pyobject(py)?;
        (restore, parts).into_pyobject(py)
    }
}

/// A kernel from what `__reduce__` gave.
#[pyfunction]
pub fn restore(wasm: Vec<u8>, interface: &Bound<'_, PyTuple>, origin: Py<PyAny>) -> PyResult<Kernel> {
    Kernel::new(wasm, portable::read(interface)?, origin)
}
