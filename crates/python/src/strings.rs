//! Python's strings as arrays of code points, and what compiled code prints.

use pyo3::prelude::*;
use pyo3::types::{PyDict, PyString};

/// How code points lie in memory, halves of surrogate pairs among them.
const CODES: (&str, &str) = ("utf-32-le", "surrogatepass");

/// The code points of a string as an array that nobody writes to; an error for what is no string.
pub fn codes<'py>(value: &Bound<'py, PyAny>) -> Result<Bound<'py, PyAny>, ()> {
    let text = value.cast::<PyString>().map_err(|_| ())?;
    let array = || -> PyResult<Bound<'py, PyAny>> {
        let numpy = value.py().import("numpy")?;
        let keywords = PyDict::new(value.py());
        keywords.set_item("dtype", numpy.getattr("uint32")?)?;
        numpy.call_method("frombuffer", (text.call_method1("encode", CODES)?,), Some(&keywords))
    };
    array().map_err(|_| ())
}

/// The string of an array of code points.
pub fn text<'py>(codes: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    codes.call_method0("tobytes")?.call_method1("decode", CODES)
}

/// Prints to what Python's `print` prints to; what fails there is reported as exceptions of callbacks are.
pub fn print(text: &str) {
    Python::attach(|py| {
        let write = || py.import("sys")?.getattr("stdout")?.call_method1("write", (text,));
        if let Err(error) = write() {
            error.write_unraisable(py, None);
        }
    });
}
