//! The compiler's functions for Python. Types pass as bytes (`key`).

use crate::errors::{PySegment, compile_error};
use crate::kernel::Kernel;
use nopython_diagnostics::{Diagnostic, codes::UNSUPPORTED_SYNTAX};
use nopython_driver::{Compilation, FrozenArray, Inspect, Options, Outcome, Request, Signature};
use nopython_glue::Form;
use nopython_types::encoding::{decode_all, encoded, notation};
use nopython_types::{Layout, Type};
use pyo3::exceptions::{PyOSError, PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::pybacked::PyBackedBytes;
use pyo3::types::{PyBytes, PyDict, PyList, PyTuple};
use std::path::PathBuf;

/// What Python knows about a source: `nopython._source.Origin`.
#[derive(FromPyObject)]
struct Origin {
    file: String,
    text: String,
    segments: Vec<PySegment>,
    arrays: Vec<(String, String, Vec<u32>, PyBackedBytes)>,
}

impl Origin {
    /// The arrays that the source names.
    fn frozen(&self) -> Vec<FrozenArray> {
        let arrays = self.arrays.iter().filter_map(|(name, dtype, shape, bytes)| {
            FrozenArray::of(name.clone(), dtype, shape.clone(), bytes.to_vec())
        });
        arrays.collect()
    }

    fn error(&self, py: Python<'_>, found: &[Diagnostic]) -> PyErr {
        compile_error(py, &self.file, &self.text, &self.segments, found)
    }

    fn specialise(&self, py: Python<'_>, requests: &[Request], options: &Options) -> PyResult<Compilation> {
        let arrays = self.frozen();
        let compiled = py.detach(|| nopython_driver::specialise(&self.file, &self.text, arrays, requests, options));
        compiled.map_err(|found| self.error(py, &found))
    }
}

fn types(bytes: &[u8]) -> PyResult<Vec<Type>> {
    decode_all(bytes).ok_or_else(|| PyValueError::new_err("not the types of arguments"))
}

fn request(function: String, params: &[u8], result: Option<Vec<u8>>) -> PyResult<Request> {
    let result = result.map(|bytes| types(&bytes)).transpose()?.and_then(|types| types.into_iter().next());
    Ok(Request { function, signature: Signature { params: types(params)?, result } })
}

/// The names of the compiler's passes, in order.
#[pyfunction]
pub fn passes() -> Vec<&'static str> {
    nopython_driver::passes().collect()
}

/// Compiles a function for argument types. `opt_level` and `without`, the name of a pass that is left out, are for tests: they change no
/// result.
///
/// # Errors
/// `nopython.CompileError`.
#[pyfunction]
#[pyo3(signature = (origin, function, params, result=None, *, opt_level=2, without=None))]
pub fn compile(
    py: Python<'_>,
    origin: Py<PyAny>,
    function: String,
    params: &[u8],
    result: Option<Vec<u8>>,
    opt_level: u8,
    without: Option<&str>,
) -> PyResult<Kernel> {
    let source: Origin = origin.extract(py)?;
    let without = nopython_driver::passes().find(|pass| Some(*pass) == without);
    let options = Options { opt_level, without, ..Options::default() };
    let compilation = source.specialise(py, &[request(function, params, result)?], &options)?;
    Kernel::new(compilation.wasm, compilation.interface, origin)
}

/// The text of a stage: `types`, `typed`, `loops` or `wat`.
///
/// # Errors
/// `nopython.CompileError`.
#[pyfunction]
#[pyo3(signature = (origin, function, params, result, stage))]
pub fn inspect(
    py: Python<'_>,
    origin: &Bound<'_, PyAny>,
    function: String,
    params: &[u8],
    result: Option<Vec<u8>>,
    stage: &str,
) -> PyResult<String> {
    let source: Origin = origin.extract()?;
    let requests = [request(function, params, result)?];
    let stage = match stage {
        "types" => Inspect::Types,
        "typed" => Inspect::Typed,
        "loops" => Inspect::Loops,
        "wat" => {
            let compilation = source.specialise(py, &requests, &Options::default())?;
            return wasmprinter::print_bytes(&compilation.wasm)
                .map_err(|error| PyValueError::new_err(error.to_string()));
        }
        other => return Err(PyValueError::new_err(format!("there is no stage {other:?}"))),
    };
    nopython_driver::inspect_specialised(
        &source.file,
        &source.text,
        source.frozen(),
        &requests,
        &Options::default(),
        stage,
    )
    .map_err(|found| source.error(py, &found))
}

/// What became of each loop: a list of dictionaries, one for each function.
///
/// # Errors
/// `nopython.CompileError`.
#[pyfunction]
pub fn report<'py>(
    py: Python<'py>,
    origin: &Bound<'py, PyAny>,
    function: String,
    params: &[u8],
    result: Option<Vec<u8>>,
) -> PyResult<Bound<'py, PyList>> {
    let source: Origin = origin.extract()?;
    let requests = [request(function, params, result)?];
    let functions = nopython_driver::report_specialised(
        &source.file,
        &source.text,
        source.frozen(),
        &requests,
        &Options::default(),
    )
    .map_err(|found| source.error(py, &found))?;
    let out = PyList::empty(py);
    for function in functions {
        let loops = PyList::empty(py);
        for l in &function.loops {
            let row = PyDict::new(py);
            row.set_item("line", l.line)?;
            let (lanes, reason) = match &l.outcome {
                Outcome::Vectors { dtype, lanes, .. } => (Some((dtype.name(), *lanes as usize)), None),
                Outcome::Scalar(reason) => (None, Some(reason.as_str())),
            };
            row.set_item("vectorized", lanes)?;
            row.set_item("reason", reason)?;
            row.set_item("checks", l.checks.len())?;
            row.set_item("checks_hoisted", l.hoisted as usize)?;
            loops.append(row)?;
        }
        let row = PyDict::new(py);
        row.set_item("function", &function.name)?;
        row.set_item("signature", &function.signature)?;
        row.set_item("line", function.line)?;
        row.set_item("loops", loops)?;
        out.append(row)?;
    }
    Ok(out)
}

/// Writes the files that ship functions to a folder, and gives their paths. `requests` are names, parameter types and result types; `form` says
/// whether to write a page, whether the wasm lies inside the module only, and whether to write a package. With
/// `bigint`, 64-bit integer results are BigInts in JavaScript.
///
/// # Errors
/// `nopython.CompileError`; `OSError` when a file cannot be written.
#[pyfunction]
pub fn build(
    py: Python<'_>,
    origin: &Bound<'_, PyAny>,
    requests: Vec<(String, Vec<u8>, Option<Vec<u8>>)>,
    stem: &str,
    folder: PathBuf,
    form: (bool, bool, bool),
    bigint: bool,
) -> PyResult<Vec<PathBuf>> {
    let source: Origin = origin.extract()?;
    let requests = requests
        .into_iter()
        .map(|(name, params, result)| request(name, &params, result))
        .collect::<PyResult<Vec<_>>>()?;
    let compilation = source.specialise(py, &requests, &Options::default())?;
    let form = match form {
        (true, _, _) => Form::Page,
        (_, inline, true) => Form::Package { inline },
        (_, inline, _) => Form::Module { inline, shared: false },
    };
    nopython_cli::write(&compilation, &folder, stem, form, bigint)
        .map_err(|failed| PyOSError::new_err(failed.message().to_owned()))
}

/// An expression of JavaScript for an object of functions. `requests` are names, parameter types and result types; with `resident` arrays can
/// stay in the module.
///
/// # Errors
/// `nopython.CompileError`.
#[pyfunction]
pub fn functions_expression(
    py: Python<'_>,
    origin: &Bound<'_, PyAny>,
    requests: Vec<(String, Vec<u8>, Option<Vec<u8>>)>,
    resident: bool,
) -> PyResult<String> {
    let source: Origin = origin.extract()?;
    let requests = requests
        .into_iter()
        .map(|(name, params, result)| request(name, &params, result))
        .collect::<PyResult<Vec<_>>>()?;
    let compilation = source.specialise(py, &requests, &Options::default())?;
    Ok(nopython_glue::functions_expression(&compilation.interface, &compilation.wasm, resident))
}

/// The script that draws figures.
#[pyfunction]
pub fn figure_script(parts: Vec<String>) -> String {
    let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
    nopython_glue::figure_script(&parts)
}

/// The colours of figures, as JSON.
#[pyfunction]
pub const fn figure_colours() -> &'static str {
    nopython_glue::COLOURS
}

/// A signature's parameter types and result type.
type Parsed<'py> = (Bound<'py, PyBytes>, Option<Bound<'py, PyBytes>>);

/// The signatures that Numba's notation stands for.
///
/// # Errors
/// `nopython.CompileError`.
#[pyfunction]
pub fn parse_signatures<'py>(py: Python<'py>, text: &str) -> PyResult<Vec<Parsed<'py>>> {
    let found = nopython_driver::signatures(text)
        .map_err(|found| compile_error(py, "<signature>", text, &[], std::slice::from_ref(&found)))?;
    let bytes = |types: &[Type]| PyBytes::new(py, &encoded(types));
    Ok(found.iter().map(|s| (bytes(&s.params), s.result.as_ref().map(|ty| bytes(std::slice::from_ref(ty))))).collect())
}

/// Types in Numba's notation.
///
/// # Errors
/// `ValueError` when the bytes are not those of types.
#[pyfunction]
pub fn type_names(bytes: &[u8]) -> PyResult<Vec<String>> {
    Ok(types(bytes)?.iter().map(notation).collect())
}

/// Types taken apart: `("scalar", dtype, 0, weak)`, `("array", dtype, rank, c_contiguous)`, `("tuple", types)`, `("list", type)`,
/// `("records", bytes of the dtype, rank, c_contiguous)` or `("none",)`.
/// A named tuple has its name and those of its fields behind the types.
///
/// # Errors
/// `ValueError` when the bytes are not those of types.
#[pyfunction]
pub fn type_parts<'py>(py: Python<'py>, bytes: &[u8]) -> PyResult<Vec<Bound<'py, PyTuple>>> {
    types(bytes)?.iter().map(|ty| parts(py, ty)).collect()
}

fn parts<'py>(py: Python<'py>, ty: &Type) -> PyResult<Bound<'py, PyTuple>> {
    match ty {
        Type::None => ("none",).into_pyobject(py),
        Type::Str => ("str",).into_pyobject(py),
        Type::Scalar(s) => ("scalar", s.dtype.name(), 0, s.weak).into_pyobject(py),
        Type::Array(a) => ("array", a.dtype.name(), a.ndim, a.layout == Layout::C).into_pyobject(py),
        Type::Tuple(items) => {
            let types = items.iter().map(|item| parts(py, item)).collect::<PyResult<Vec<_>>>()?;
            match items.names() {
                None => ("tuple", types).into_pyobject(py),
                Some(names) => ("tuple", types, &names.class, &names.fields).into_pyobject(py),
            }
        }
        Type::List(item) => ("list", parts(py, item)?).into_pyobject(py),
        // Hosts are given no records.
        Type::Record(_) => ("none",).into_pyobject(py),
        Type::Structured(r) => {
            let dtype = crate::records::bytes_of(py, &r.record);
            ("records", dtype, r.ndim, r.layout == Layout::C).into_pyobject(py)
        }
    }
}

/// Executes a command line, whose first word is the program, and gives the exit code.
#[pyfunction]
pub fn run_command(py: Python<'_>, words: Vec<std::ffi::OsString>) -> u8 {
    py.detach(|| nopython_cli::run_command(words))
}

/// A source in which the dict displays that a function returns are tuples, and their keys, or `None` if there are none.
///
/// # Errors
/// `TypeError` for dicts that cannot be.
#[pyfunction]
pub fn without_dicts(text: &str, function: &str) -> PyResult<(String, Option<Vec<String>>)> {
    match nopython_driver::outline(text, function) {
        Ok(Some(outline)) => Ok((outline.text, outline.keys)),
        Ok(None) => Ok((text.to_owned(), None)),
        // What is no Python is named where the function is compiled.
        Err(found) => match found.into_iter().find(|one| one.code == UNSUPPORTED_SYNTAX) {
            Some(diagnostic) => Err(PyTypeError::new_err(diagnostic.message)),
            None => Ok((text.to_owned(), None)),
        },
    }
}
