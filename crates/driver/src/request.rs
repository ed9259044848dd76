//! What a caller asks for, as text: a page of its compiler, or of a server.

use crate::{Call, Compilation, FrozenArray, Options, Request, Signature};
use nopython_diagnostics::Diagnostic;

/// Compiles what a request asks for.
///
/// - An empty request: all that the source declares.
/// - `FUNCTION`, the types of all arguments of a call as a tuple, and each name of one that is given by name, on a line each: that call.
/// - An empty line, then a line `FUNCTION SIGNATURE` for each export: these functions, whatever their decorators say. Lines of
///   one function stand together. A signature is in Numba's notation, `(float64[:], int)` or with the result before it.
///
/// # Errors
/// What is wrong with the source, or with the request.
pub fn requested(
    file: &str,
    source: &str,
    request: &str,
    arrays: Vec<FrozenArray>,
    options: &Options,
) -> Result<Compilation, Vec<Diagnostic>> {
    match request.split_once('\n') {
        None => crate::compile_with(file, source, arrays, options),
        Some(("", lines)) => {
            let requests = lines.lines().map(function).collect::<Result<Vec<_>, _>>().map_err(|found| vec![found])?;
            crate::specialise(file, source, arrays, &requests, options)
        }
        Some((function, arguments)) => call(function, arguments)
            .map_err(|diagnostic| vec![diagnostic])
            .and_then(|call| crate::call(file, source, arrays, call, options)),
    }
}

fn function(line: &str) -> Result<Request, Diagnostic> {
    let (function, text) = line.split_once(' ').unwrap_or((line, "()"));
    let signature = crate::signatures(text)?.into_iter().next();
    let signature = signature.unwrap_or(Signature { params: Vec::new(), result: None });
    Ok(Request { function: function.to_owned(), signature })
}

fn call(function: &str, arguments: &str) -> Result<Call, Diagnostic> {
    let mut lines = arguments.lines();
    let signatures = crate::signatures(lines.next().unwrap_or_default())?;
    let mut positional = signatures.into_iter().next().map(|signature| signature.params).unwrap_or_default();
    let names: Vec<String> = lines.map(str::to_owned).collect();
    let types = positional.split_off(positional.len().saturating_sub(names.len()));
    Ok(Call { function: function.to_owned(), positional, named: names.into_iter().zip(types).collect() })
}

/// Arrays: a line `NAME DTYPE EXTENTS` for each, the extents with commas between them, then an empty line, then the elements of all
/// arrays in C order, one after another. What is not written so ends the list.
#[must_use]
pub fn frozen_arrays(bytes: &[u8]) -> Vec<FrozenArray> {
    let Some(end) = bytes.windows(2).position(|pair| pair == b"\n\n") else { return Vec::new() };
    let (head, rest) = bytes.split_at(end);
    let mut rest = rest.get(2..).unwrap_or_default();
    let head = String::from_utf8_lossy(head);
    let array = |line: &str| {
        let mut words = line.split(' ');
        let (name, dtype, extents) = (words.next()?, words.next()?, words.next()?);
        let dtype = nopython_types::DType::from_name(dtype)?;
        let shape = extents.split(',').map(|extent| extent.parse().ok()).collect::<Option<Vec<u32>>>()?;
        let size = shape.iter().try_fold(dtype.size() as usize, |n, extent| n.checked_mul(*extent as usize))?;
        let (own, after) = rest.split_at_checked(size)?;
        rest = after;
        Some(FrozenArray { name: name.to_owned(), dtype, record: None, shape, bytes: own.to_vec() })
    };
    head.lines().map_while(array).collect()
}
