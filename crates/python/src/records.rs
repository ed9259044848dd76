//! Arrays of records and records between NumPy and compiled functions, which see them as arrays of their units (`nopython._records`).

use crate::key::{Key, MOST_DIMENSIONS, is_other_array, kind};
use crate::ndarray::Ndarray;
use nopython_types::encoding::{RECORDS, encode_record};
use nopython_types::{Structure, Structured};
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::PyBytes;

fn module(py: Python<'_>) -> PyResult<Bound<'_, PyModule>> {
    py.import("nopython._records")
}

/// The dtype of an array of records or of a record; nothing of another value.
fn dtype_of<'py>(value: &Bound<'py, PyAny>) -> Option<Bound<'py, PyAny>> {
    let py = value.py();
    let is_record = || {
        let void = py.import("numpy").and_then(|numpy| numpy.getattr("void"));
        void.is_ok_and(|void| value.is_instance(&void).unwrap_or(false))
    };
    if !matches!(Ndarray::from(value), Some(Err(()))) && (Ndarray::from(value).is_some() || !is_record()) {
        return None;
    }
    let dtype = value.getattr(intern!(py, "dtype")).ok()?;
    let names = dtype.getattr(intern!(py, "names")).ok()?;
    (!names.is_none()).then_some(dtype)
}

/// The bytes of a structured dtype.
fn encoded<'py>(dtype: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyBytes>> {
    Ok(module(dtype.py())?.call_method1(intern!(dtype.py(), "encoded"), (dtype,))?.cast_into()?)
}

/// The type of an array of records, or of a record; nothing for another value, and words for one that compiled functions do not take.
pub fn key_of(value: &Bound<'_, PyAny>) -> Option<Result<Key, String>> {
    let dtype = dtype_of(value)?;
    Some(written(value, &dtype))
}

fn written(value: &Bound<'_, PyAny>, dtype: &Bound<'_, PyAny>) -> Result<Key, String> {
    let py = value.py();
    let bytes = encoded(dtype).map_err(|error| format!("{}, which is not compiled", error.value(py)))?;
    let is_array = Ndarray::from(value).is_some();
    if is_array && kind(value) != "ndarray" && kind(value) != "recarray" && is_other_array(value) {
        return Err(format!("a {}, which is more than its elements", kind(value)));
    }
    let rank = value.getattr(intern!(py, "ndim")).and_then(|n| n.extract::<usize>()).unwrap_or(0);
    if rank >= MOST_DIMENSIONS {
        return Err(format!("an array of records of {rank} dimensions; at most 3 are compiled"));
    }
    let flags = value.getattr(intern!(py, "flags")).and_then(|flags| flags.getattr(intern!(py, "c_contiguous")));
    let plain = rank == 0 || flags.and_then(|plain| plain.extract::<bool>()).unwrap_or(false);
    let mut key = vec![RECORDS | u8::from(!plain), rank as u8];
    key.extend(bytes.as_bytes());
    Ok(key)
}

/// The array of units of an argument, if it has a type's dtype and rank.
pub fn units<'py>(ty: &Structured, arg: &Bound<'py, PyAny>) -> PyResult<Option<Bound<'py, PyAny>>> {
    let py = arg.py();
    let Some(dtype) = dtype_of(arg) else { return Ok(None) };
    let Ok(own) = encoded(&dtype) else { return Ok(None) };
    let same = module(py)?.call_method1(intern!(py, "same"), (own, bytes_of(py, &ty.record)))?;
    if !same.is_truthy()? || arg.getattr(intern!(py, "ndim"))?.extract::<u8>()? != ty.ndim {
        return Ok(None);
    }
    module(py)?.call_method1(intern!(py, "units"), (arg,)).map(Some)
}

/// The records that an array of units is made of.
pub fn structured<'py>(record: &Structure, units: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    let py = units.py();
    module(py)?.call_method1(intern!(py, "structured"), (units, bytes_of(py, record)))
}

/// A structured dtype as bytes.
pub fn bytes_of<'py>(py: Python<'py>, record: &Structure) -> Bound<'py, PyBytes> {
    let mut bytes = Vec::new();
    encode_record(record, &mut bytes);
    PyBytes::new(py, &bytes)
}
