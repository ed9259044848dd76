//! Failures as Python's exceptions.

use nopython_diagnostics::{Diagnostic, Segment, render_in, to_json};
use nopython_engine::Failure;
use pyo3::exceptions::{PyKeyboardInterrupt, PyRuntimeError};
use pyo3::prelude::*;

/// Why a call gives no result.
pub enum Refused {
    /// An argument does not fit, or Python failed.
    Python(PyErr),
    /// Compiled code failed.
    Failure(Failure),
    /// A signal stopped it whose handler wants it to go on.
    Stopped,
}

impl From<PyErr> for Refused {
    fn from(error: PyErr) -> Self {
        Refused::Python(error)
    }
}

impl From<Failure> for Refused {
    fn from(failure: Failure) -> Self {
        Refused::Failure(failure)
    }
}

/// The exception for a failure. `origin` is the Python object that knows where the source came from.
pub fn raised(origin: &Bound<'_, PyAny>, failure: &Failure) -> PyErr {
    match failure {
        Failure::Raised(raised) => {
            let parts = (&raised.name, &raised.message, &raised.function, raised.line);
            match origin.call_method1("exception", parts) {
                Ok(exception) => PyErr::from_value(exception),
                Err(error) => error,
            }
        }
        Failure::Interrupted => PyKeyboardInterrupt::new_err("compiled code was interrupted"),
        Failure::Argument(message) | Failure::Engine(message) => PyRuntimeError::new_err(message.clone()),
    }
}

/// `nopython._source.Segment`.
#[derive(FromPyObject)]
pub struct PySegment {
    first: usize,
    last: usize,
    line: usize,
    shown: String,
}

impl PySegment {
    fn segment(&self) -> Segment {
        Segment { first: self.first, last: self.last, line: self.line, shown: self.shown.clone() }
    }
}

/// `nopython.CompileError` with the diagnostics as the command line prints them, each with the file its place is in.
pub fn compile_error(py: Python<'_>, file: &str, text: &str, segments: &[PySegment], found: &[Diagnostic]) -> PyErr {
    let segments: Vec<Segment> = segments.iter().map(PySegment::segment).collect();
    let rendered: Vec<String> = found.iter().map(|d| render_in(file, text, &segments, d)).collect();
    let json: Vec<String> = found.iter().map(|d| to_json(file, text, d)).collect();
    let make = || {
        let class = py.import("nopython._errors")?.getattr("CompileError")?;
        class.call1((rendered.join("\n").trim_end(), format!("[{}]", json.join(","))))
    };
    match make() {
        Ok(exception) => PyErr::from_value(exception),
        Err(error) => error,
    }
}
