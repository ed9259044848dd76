//! The interface of a module as tuples, which pickle. Defaults are left out: the Python function has its own.

use nopython_types::encoding::{decode, encoded};
use nopython_types::{Exception, Export, Interface, Param, Passing, Site, Type};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyTuple};

type PortableParam = (String, Vec<u8>, bool);
type PortableExport = (String, String, Option<String>, Vec<PortableParam>, Vec<u8>, u32);
type PortableSite = (String, String, String, u32, u32);

/// Writes an interface.
pub fn write<'py>(py: Python<'py>, interface: &Interface) -> PyResult<Bound<'py, PyTuple>> {
    let bytes = |ty: &Type| PyBytes::new(py, &encoded(std::slice::from_ref(ty)));
    let exports: Vec<_> = interface
        .exports
        .iter()
        .map(|e| {
            let params: Vec<_> = e.params.iter().map(|p| (p.name.clone(), bytes(&p.ty), p.written)).collect();
            (e.name.clone(), e.symbol.clone(), e.doc.clone(), params, bytes(&e.result), e.line)
        })
        .collect();
    let sites: Vec<_> = interface
        .sites
        .iter()
        .map(|s| (s.exception.name(), s.message.clone(), s.function.clone(), s.line, s.column))
        .collect();
    (interface.file.clone(), exports, sites).into_pyobject(py)
}

/// Reads an interface.
pub fn read(parts: &Bound<'_, PyTuple>) -> PyResult<Interface> {
    let (file, exports, sites): (String, Vec<PortableExport>, Vec<PortableSite>) = parts.extract()?;
    let bad = || PyValueError::new_err("not the interface of a compiled module");
    let ty = |bytes: Vec<u8>| decode(&mut bytes.as_slice()).ok_or_else(bad);
    let exports = exports.into_iter().map(|(name, symbol, doc, params, result, line)| {
        let params = params
            .into_iter()
            .map(|(name, bytes, written)| {
                Ok(Param { name, ty: ty(bytes)?, default: None, written, passing: Passing::Either })
            })
            .collect::<PyResult<_>>()?;
        Ok(Export { name, symbol, doc, params, result: ty(result)?, line })
    });
    let sites = sites.into_iter().map(|(exception, message, function, line, column)| {
        let exception = Exception::from_name(&exception).ok_or_else(bad)?;
        Ok(Site { exception, message, function, line, column })
    });
    // The engine sees what a module imports.
    let (exports, sites) = (exports.collect::<PyResult<_>>()?, sites.collect::<PyResult<_>>()?);
    Ok(Interface { file, exports, prints: false, sites })
}
