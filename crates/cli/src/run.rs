//! `nopython run`

use crate::arguments::Run;
use crate::{Failed, npy, read, warn};
use nopython_driver::{Call, Compilation};
use nopython_engine::{Failure, Instance, Value, parse_literal};
use nopython_types::Type;

/// Calls a function and prints the result.
pub fn run(options: &Run) -> Result<(), Failed> {
    let (name, text) = read(&options.file)?;
    let mut args = options.args.iter().map(|arg| argument(arg)).collect::<Result<Vec<_>, _>>()?;
    let compilation = compile(options, &name, &text, &args)?;
    warn(&name, &text, &compilation.warnings);
    let engine = wasm_engine();
    let mut instance = Instance::new(&engine, &compilation).map_err(|failure| failed(&failure, &text))?;
    fit_literals(&mut instance, &options.function, &options.args, &mut args);
    let result = instance.call(&options.function, &mut args).map_err(|failure| failed(&failure, &text))?;
    match (&options.out, &result) {
        (Some(path), value) => match npy::write(value) {
            Some(bytes) => {
                std::fs::write(path, bytes).map_err(|error| Failed::new(format!("cannot write {path}: {error}")))
            }
            None => Err(Failed::new(format!("the result is not an array, so {path} is not written: {value}"))),
        },
        (None, result) => {
            crate::say!("{result}");
            Ok(())
        }
    }
}

/// Lists typed on the command line take the element type of their parameters, where every element allows it. Files keep theirs.
fn fit_literals(instance: &mut Instance, function: &str, typed: &[String], args: &mut [Value]) {
    let Some(export) = instance.interface().exports.iter().find(|e| e.name == function).cloned() else { return };
    for ((param, text), arg) in export.params.iter().zip(typed).zip(args) {
        if let (Type::Array(ty), Value::Array(array)) = (&param.ty, &*arg)
            && !text.ends_with(".npy")
            && let Some(converted) = array.converted(ty.dtype)
        {
            *arg = Value::Array(converted);
        }
    }
}

fn wasm_engine() -> nopython_engine::Engine {
    nopython_engine::Engine::default()
}

/// Compiles the file; a function without a signature gets one from the arguments.
fn compile(options: &Run, name: &str, text: &str, args: &[Value]) -> Result<Compilation, Failed> {
    let compiled = nopython_driver::compile(name, text, &options.options);
    if let Ok(compilation) = compiled {
        if compilation.interface.exports.iter().any(|e| e.name == options.function) {
            return Ok(compilation);
        }
    } else if let Err(diagnostics) = compiled
        && diagnostics.iter().any(|d| d.code != nopython_diagnostics::codes::MISSING_SIGNATURE)
    {
        return Err(Failed::diagnostics(name, text, &diagnostics));
    }
    if !is_defined(text, &options.function) {
        return Err(Failed::new(format!("{name} has no function `{}`", options.function)));
    }
    let positional = args.iter().map(Value::ty).collect();
    let call = Call { function: options.function.clone(), positional, named: Vec::new() };
    nopython_driver::call(name, text, Vec::new(), call, &options.options)
        .map_err(|diagnostics| Failed::diagnostics(name, text, &diagnostics))
}

/// Whether a function is defined at the top of a module.
fn is_defined(text: &str, function: &str) -> bool {
    let names = text.lines().filter_map(|line| line.strip_prefix("def ")?.split(['(', ' ', '[']).next());
    names.into_iter().any(|name| name == function)
}

fn argument(text: &str) -> Result<Value, Failed> {
    if text.ends_with(".npy") {
        let bytes = std::fs::read(text).map_err(|error| Failed::new(format!("cannot read {text}: {error}")))?;
        return npy::read(&bytes).map_err(|error| Failed::new(format!("{text}: {error}")));
    }
    parse_literal(text).map_err(Failed::new)
}

/// An exception as Python shows one.
fn failed(failure: &Failure, text: &str) -> Failed {
    match failure {
        Failure::Raised(raised) => {
            let line = text.lines().nth(raised.line.saturating_sub(1) as usize).unwrap_or_default().trim();
            Failed::new(format!(
                "  File \"{}\", line {}, in {}\n    {line}\n{raised}",
                raised.file, raised.line, raised.function
            ))
        }
        other => Failed::new(other.to_string()),
    }
}
