//! The compiler and an engine as a Python extension module.
//!
//! A call goes [`function`] (argument types to a kernel) → [`kernel`] (an instance that no other thread uses) → [`call`] (arguments to
//! slots, results to objects) → [`passing`] (arrays). The Python package beside this crate finds sources and presents all this.

mod call;
mod compile;
mod errors;
mod function;
mod generators;
mod interrupt;
mod kernel;
mod key;
mod lists;
mod ndarray;
mod passing;
mod portable;
mod records;
#[cfg_attr(not(target_os = "linux"), path = "unshared.rs")]
mod resident;
mod strings;

use pyo3::prelude::*;

#[pymodule]
fn _native(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add("__version__", env!("CARGO_PKG_VERSION"))?;
    module.add_class::<function::Function>()?;
    module.add_class::<kernel::Kernel>()?;
    module.add_function(wrap_pyfunction!(compile::build, module)?)?;
    module.add_function(wrap_pyfunction!(compile::functions_expression, module)?)?;
    module.add_function(wrap_pyfunction!(compile::figure_script, module)?)?;
    module.add_function(wrap_pyfunction!(compile::without_dicts, module)?)?;
    module.add_function(wrap_pyfunction!(compile::figure_colours, module)?)?;
    module.add_function(wrap_pyfunction!(compile::compile, module)?)?;
    module.add_function(wrap_pyfunction!(compile::passes, module)?)?;
    module.add_function(wrap_pyfunction!(compile::inspect, module)?)?;
    module.add_function(wrap_pyfunction!(compile::parse_signatures, module)?)?;
    module.add_function(wrap_pyfunction!(compile::report, module)?)?;
    module.add_function(wrap_pyfunction!(compile::run_command, module)?)?;
    module.add_function(wrap_pyfunction!(compile::type_names, module)?)?;
    module.add_function(wrap_pyfunction!(compile::type_parts, module)?)?;
    module.add_function(wrap_pyfunction!(interrupt::after_fork, module)?)?;
    module.add_function(wrap_pyfunction!(interrupt::set_main_thread, module)?)?;
    module.add_function(wrap_pyfunction!(resident::is_resident, module)?)?;
    module.add_function(wrap_pyfunction!(resident::resident, module)?)?;
    module.add_function(wrap_pyfunction!(key::key_of, module)?)?;
    module.add_function(wrap_pyfunction!(kernel::restore, module)?)
}
