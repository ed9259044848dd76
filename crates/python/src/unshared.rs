//! What stands in for `resident` on systems without memory files: arrays are ordinary ones, and are copied.

use crate::errors::Refused;
use crate::ndarray::{self, Ndarray};
use nopython_engine::Instance;
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;

/// No regions.
#[derive(Default)]
pub struct Mappings;

impl Mappings {
    /// Bytes of linear memory that are regions: none.
    pub fn size(&self) -> usize {
        0
    }

    /// No array lies in a region.
    ///
    /// # Errors
    /// None.
    pub fn locate(&mut self, _: &mut Instance, _: &Ndarray<'_>) -> Result<Option<(usize, usize, usize)>, Refused> {
        Ok(None)
    }
}

/// An array of zeros. `number` is NumPy's type number.
///
/// # Errors
/// `TypeError` for a dtype that is not compiled, `MemoryError`.
#[pyfunction]
pub fn resident<'py>(py: Python<'py>, shape: Vec<isize>, number: i32) -> PyResult<Bound<'py, PyAny>> {
    let dtype =
        ndarray::dtype_of(number).ok_or_else(|| PyTypeError::new_err("arrays of this dtype are not compiled"))?;
    py.import("numpy")?.call_method1("zeros", (shape, dtype.name()))
}

/// No array lies in shared memory.
#[pyfunction]
pub fn is_resident(_array: &Bound<'_, PyAny>) -> bool {
    false
}
