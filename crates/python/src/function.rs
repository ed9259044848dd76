//! A Python function with its compiled specialisations.

use crate::kernel::Kernel;
use crate::key;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyDict, PyTuple};
use std::collections::HashMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

/// What `nopython.jit` gives derives from this class: a table from argument types to kernels. The deriving class has the methods
/// `_bind(args, kwargs)`, which gives all arguments by position, `_specialise(args)`, which gives the kernel for new types, and
/// `_with_known(args)`, which gives the function for functions and dtypes among the arguments and the arguments that are left, or `None`.
#[pyclass(subclass, frozen, dict, weakref, module = "nopython._native")]
pub struct Function {
    arity: AtomicUsize,
    table: Mutex<HashMap<Vec<u8>, Py<Kernel>>>,
}

#[pymethods]
impl Function {
    #[new]
    #[pyo3(signature = (*_args, **_kwargs))]
    fn new(_args: &Bound<'_, PyTuple>, _kwargs: Option<&Bound<'_, PyDict>>) -> Function {
        Function { arity: AtomicUsize::new(0), table: Mutex::default() }
    }

    /// Sets the number of parameters.
    fn _set_arity(&self, arity: isize) {
        self.arity.store(usize::try_from(arity).unwrap_or(usize::MAX), Ordering::Relaxed);
    }

    /// Enters a kernel for argument types.
    fn _enter(&self, key: &[u8], kernel: Py<Kernel>) {
        // What was there is dropped after the lock, because dropping may run Python code.
        let old = self.table.lock().map_or(None, |mut table| table.insert(key.to_vec(), kernel));
        drop(old);
    }

    /// The types of arguments, as bytes.
    ///
    /// # Errors
    /// `TypeError` for what compiled functions do not take.
    fn _key<'py>(slf: &Bound<'py, Self>, args: &Bound<'py, PyTuple>) -> PyResult<Bound<'py, PyBytes>> {
        let mut bytes = Vec::new();
        key::of_arguments(slf.as_any(), args, &mut bytes)?;
        Ok(PyBytes::new(slf.py(), &bytes))
    }

    /// Calls the kernel for the types of the arguments.
    #[pyo3(signature = (*args, **kwargs))]
    fn __call__<'py>(
        slf: &Bound<'py, Self>,
        args: &Bound<'py, PyTuple>,
        kwargs: Option<&Bound<'py, PyDict>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let py = slf.py();
        let this = slf.get();
        let all;
        let args = if kwargs.is_none() && args.len() == this.arity.load(Ordering::Relaxed) {
            args
        } else {
            all = slf.call_method1("_bind", (args, kwargs))?.cast_into::<PyTuple>()?;
            &all
        };
        let mut bytes = Vec::with_capacity(24);
        if let Err(error) = key::of_arguments(slf.as_any(), args, &mut bytes) {
            let specialised = slf.call_method1("_with_known", (args,))?;
            let (function, rest) =
                specialised.extract::<Option<(Bound<'py, PyAny>, Bound<'py, PyTuple>)>>()?.ok_or(error)?;
            return function.call1(rest);
        }
        let known = this.table.lock().map_or(None, |table| table.get(&bytes).map(|kernel| kernel.clone_ref(py)));
        let kernel = match known {
            Some(kernel) => kernel,
            None => slf.call_method1("_specialise", (args,))?.cast_into::<Kernel>()?.unbind(),
        };
        kernel.get().run(py, args)
    }
}
