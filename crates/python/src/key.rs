//! Types of arguments, written as bytes: what a call is looked up by.

use crate::ndarray::{self, Ndarray};
use crate::records;
use nopython_types::DType;
use nopython_types::encoding::{ARRAY, LIST, NAMED, NONE, STR, TUPLE, WEAK, number};
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyBool, PyBytes, PyComplex, PyDict, PyFloat, PyInt, PyList, PySet, PyString, PyTuple};

/// The types of several arguments, as `nopython_types::encoding` has them.
pub type Key = Vec<u8>;

/// Addresses of the types of NumPy's scalars.
static SCALARS: PyOnceLock<[usize; ndarray::NUMBERS]> = PyOnceLock::new();

/// The dtype of a NumPy scalar.
pub fn scalar_dtype(value: &Bound<'_, PyAny>) -> Option<DType> {
    let py = value.py();
    let types = SCALARS.get_or_init(py, || std::array::from_fn(|number| ndarray::scalar_type(py, number)));
    let own = value.get_type_ptr() as usize;
    types.iter().position(|ty| *ty == own).and_then(|k| ndarray::dtype_of(k as _))
}

/// Most dimensions that an array may have.
pub const MOST_DIMENSIONS: usize = 4;

/// Writes the type of a value.
///
/// # Errors
/// What compiled functions do not take, in words.
pub fn of_value(value: &Bound<'_, PyAny>, key: &mut Key) -> Result<(), String> {
    if value.is_exact_instance_of::<PyFloat>() {
        key.push(number(DType::Float64) | WEAK);
    } else if value.is_exact_instance_of::<PyInt>() {
        key.push(number(DType::Int64) | WEAK);
    } else if let Some(found) = records::key_of(value) {
        key.extend(found?);
    } else if let Some(array) = Ndarray::from(value) {
        let array = array.map_err(|()| of_dtype(value))?;
        if !value.get_type().is(ndarray_type(value.py())) && is_other_array(value) {
            return Err(format!("a {}, which is more than its elements", kind(value)));
        }
        match array.shape().len() {
            0 => key.push(number(array.dtype())),
            rank if rank > MOST_DIMENSIONS => {
                return Err(format!("an array of {rank} dimensions; at most 4 are compiled"));
            }
            rank => key.extend([ARRAY | u8::from(!array.is_contiguous()), number(array.dtype()), rank as u8]),
        }
    } else if value.is_exact_instance_of::<PyBool>() {
        key.push(number(DType::Bool) | WEAK);
    } else if value.is_exact_instance_of::<PyComplex>() {
        key.push(number(DType::Complex128) | WEAK);
    } else if let Some(dtype) = scalar_dtype(value) {
        key.push(number(dtype));
    } else if let Ok(tuple) = value.cast::<PyTuple>() {
        let length = u8::try_from(tuple.len()).map_err(|_| "a tuple of more than 255 items".to_owned())?;
        match named(tuple) {
            None => key.extend([TUPLE, length]),
            Some(names) => {
                key.extend([NAMED, length]);
                for name in names {
                    let size = u8::try_from(name.len());
                    key.push(size.map_err(|_| "a named tuple with a name of more than 255 bytes".to_owned())?);
                    key.extend(name.bytes());
                }
            }
        }
        tuple.iter().try_for_each(|item| of_value(&item, key))?;
    } else if let Ok(list) = value.cast::<PyList>() {
        key.push(LIST);
        match declared(value) {
            Some(held) => key.extend(held),
            None => key.extend(of_items(list)?),
        }
    } else if value.is_exact_instance_of::<PyString>() {
        key.push(STR);
    } else if value.is_none() {
        key.push(NONE);
    } else if value.is_instance_of::<PyInt>() {
        // A member of an `IntEnum`.
        key.push(number(DType::Int64) | WEAK);
    } else if let Ok(dict) = value.cast::<PyDict>() {
        held("dict", &["key", "value"], key);
        match declared(value) {
            Some(held) => key.extend(held),
            None => {
                key.extend(of_all(dict.keys().iter())?);
                key.extend(of_all(dict.values().iter())?);
            }
        }
    } else if let Ok(set) = value.cast::<PySet>() {
        held("set", &["item"], key);
        key.extend(of_all(set.iter())?);
    } else if let Some((class, fields, row)) = crate::lists::instance(value) {
        let names: Vec<&str> = fields.iter().map(String::as_str).collect();
        held(&class, &names, key);
        row.iter().try_for_each(|field| of_value(&field, key))?;
    } else {
        return Err(other(value));
    }
    Ok(())
}

/// Writes what stands before the types of a dict, a set or an instance: a list of tuples whose names are those of the class, in braces, and its fields.
fn held(class: &str, fields: &[&str], key: &mut Key) {
    key.extend([LIST, NAMED, u8::try_from(fields.len()).unwrap_or(u8::MAX)]);
    for name in std::iter::once(format!("{{{class}}}").as_str()).chain(fields.iter().copied()) {
        key.push(u8::try_from(name.len()).unwrap_or(u8::MAX));
        key.extend(name.bytes());
    }
}

/// What an empty list or dict of `nopython.typed` knows that it will hold.
fn declared(value: &Bound<'_, PyAny>) -> Option<Key> {
    let plain = value.is_exact_instance_of::<PyList>() || value.is_exact_instance_of::<PyDict>();
    if plain || value.len().ok()? > 0 {
        return None;
    }
    value.getattr("_held").ok()?.extract().ok()
}

/// The type that the items of a list have in common: that of an empty list is None.
fn of_items(list: &Bound<'_, PyList>) -> Result<Key, String> {
    of_all(list.iter())
}

fn of_all<'py>(items: impl Iterator<Item = Bound<'py, PyAny>>) -> Result<Key, String> {
    let mut common: Option<Key> = None;
    for item in items {
        let mut own = Vec::new();
        of_value(&item, &mut own)?;
        common = Some(match common {
            None => own,
            Some(common) if common == own => common,
            Some(common) => joined(&common, &own).ok_or("a list of items of several types; pass a tuple of them")?,
        });
    }
    Ok(common.unwrap_or_else(|| vec![NONE]))
}

/// The type of Python numbers of two types, of arrays of two layouts, or of lists of which one is empty.
fn joined(a: &[u8], b: &[u8]) -> Option<Key> {
    let python = |dtype: DType| number(dtype) | WEAK;
    match (a, b) {
        ([a], [b]) if a & b & WEAK != 0 && (a | b) < ARRAY => {
            let highest = [DType::Complex128, DType::Float64].into_iter().find(|&d| [*a, *b].contains(&python(d)));
            Some(vec![python(highest.unwrap_or(DType::Int64))])
        }
        ([x, a @ ..], [y, b @ ..]) if a == b && (x | 1, y | 1) == (ARRAY | 1, ARRAY | 1) => {
            Some(std::iter::once(ARRAY | 1).chain(a.iter().copied()).collect())
        }
        ([LIST, a @ ..], [LIST, b @ ..]) => {
            let items = match (a, b) {
                ([NONE], other) | (other, [NONE]) => other.to_vec(),
                (a, b) => joined(a, b)?,
            };
            Some(std::iter::once(LIST).chain(items).collect())
        }
        _ => None,
    }
}

/// The names of a named tuple: its class and its fields.
fn named(tuple: &Bound<'_, PyTuple>) -> Option<Vec<String>> {
    if tuple.is_exact_instance_of::<PyTuple>() {
        return None;
    }
    let fields = tuple.getattr("_fields").ok()?.extract::<Vec<String>>().ok()?;
    let names = std::iter::once(kind(tuple.as_any())).chain(fields).collect::<Vec<_>>();
    (names.len() == tuple.len() + 1).then_some(names)
}

/// The class `ndarray`, looked up once.
fn ndarray_type(py: Python<'_>) -> &Bound<'_, PyAny> {
    static NDARRAY: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
    let find =
        || py.import("numpy").and_then(|numpy| numpy.getattr("ndarray")).map_or_else(|_| py.None(), Bound::unbind);
    NDARRAY.get_or_init(py, find).bind(py)
}

/// Whether a subclass of `ndarray` means something else than its elements: a matrix or a masked array.
pub fn is_other_array(value: &Bound<'_, PyAny>) -> bool {
    value.hasattr("mask").unwrap_or(false) || kind(value) == "matrix"
}

pub fn kind(value: &Bound<'_, PyAny>) -> String {
    value.get_type().name().map_or_else(|_| "object".to_owned(), |name| name.to_string())
}

fn of_dtype(value: &Bound<'_, PyAny>) -> String {
    let dtype = value.getattr("dtype").map_or_else(|_| "unknown dtype".to_owned(), |dtype| dtype.to_string());
    let hint = match dtype.as_str() {
        "object" => "; convert it to a numeric dtype",
        "float16" => "; convert it with .astype(np.float32)",
        text if text.starts_with("datetime64") || text.starts_with("timedelta64") => "; pass .astype(np.int64)",
        text if text.starts_with("<U") || text.starts_with("|S") => "; pass numbers that stand for the strings",
        _ => "",
    };
    format!("an array of {dtype}, which is not compiled{hint}")
}

/// An object that is no number and no array.
fn other(value: &Bound<'_, PyAny>) -> String {
    let name = kind(value);
    let hint = match name.as_str() {
        "range" => "; pass list(...) or np.array(...) of it",
        "Series" | "DataFrame" | "Index" => "; pass its .to_numpy()",
        "bytes" => "; pass a number that stands for it",
        "type" | "Type" => {
            "; pass the dtype as an argument of its own, or write it in the function, as in x.astype(np.float32)"
        }
        "Dispatcher" | "Vectorized" | "GUFunc" | "function" | "builtin_function_or_method" | "ufunc" | "partial" => {
            "; pass the function as an argument of its own, or name it inside the compiled one, as a global or in a closure"
        }
        name if name.ends_with("DType") => {
            "; pass the dtype as an argument of its own, or write it in the function, as in x.astype(np.float32)"
        }
        _ => "",
    };
    format!("a value of type {name}{hint}")
}

/// The key of a call's arguments.
///
/// # Errors
/// `TypeError` that names the parameter.
pub fn of_arguments(function: &Bound<'_, PyAny>, args: &Bound<'_, PyTuple>, key: &mut Key) -> PyResult<()> {
    for (k, value) in args.iter_borrowed().enumerate() {
        of_value(&value, key).map_err(|got| refusal(function, k, &got))?;
    }
    Ok(())
}

/// The type of a value, as bytes.
///
/// # Errors
/// `TypeError` for what compiled functions do not take.
#[pyfunction]
pub fn key_of<'py>(value: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyBytes>> {
    let mut key = Vec::new();
    of_value(value, &mut key).map_err(|got| PyTypeError::new_err(format!("there is no type for {got}")))?;
    Ok(PyBytes::new(value.py(), &key))
}

/// The `TypeError` for an argument.
fn refusal(function: &Bound<'_, PyAny>, k: usize, got: &str) -> PyErr {
    let text = |attribute: &str| function.getattr(attribute).and_then(|a| a.extract::<String>());
    let name = text("__name__").unwrap_or_else(|_| "function".to_owned());
    let parameters: Vec<String> = function.getattr("_parameters").and_then(|p| p.extract()).unwrap_or_default();
    let parameter = parameters.get(k).cloned().unwrap_or_else(|| k.to_string());
    PyTypeError::new_err(format!(
        "{name}() argument '{parameter}' takes numbers, strings, NumPy arrays, tuples and lists of them and None, got {got}"
    ))
}
