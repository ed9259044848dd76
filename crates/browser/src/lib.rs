//! The compiler as a WebAssembly module, driven through five functions of numbers; `runtime/js/src/compile.ts` wraps them.
//!
//! A caller asks for room with [`input`], writes the file name, the request ([`requested`]), the name of the runtime, the frozen arrays
//! and the source there, one after the other, and calls [`compile`], [`outline`] or [`parameters`]. What came of it is read part by part with [`output`] and [`output_length`], until the next call of [`input`].
// The compiler for browsers is built without the text of `{:?}`, so that what others read is never written with it.
#![deny(clippy::use_debug)]

mod arena;
#[cfg(feature = "python")]
mod message;
#[cfg(feature = "python")]
mod python;

use core::cell::RefCell;
use nopython_diagnostics::{Diagnostic, render, to_json};
use nopython_driver::{Compilation, Options, frozen_arrays, outline as outlined, requested};
use nopython_glue::{Delivery, Style, d_ts, es_module, interface_json, with_source_map};

/// The parts of an outcome, by number: wasm, ES module, declarations, diagnostics as JSON, diagnostics as text, interface as JSON.
type Parts = [Vec<u8>; 6];

thread_local! {
    static INPUT: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
    static OUTPUT: RefCell<Parts> = const { RefCell::new([const { Vec::new() }; 6]) };
}

/// Room for `length` bytes of file name, request, name of the runtime, arrays, and source. Whatever an earlier compilation left is dropped.
#[expect(unsafe_code, reason = "an export needs its own name; the heap is emptied")]
#[unsafe(no_mangle)]
pub extern "C" fn input(length: usize) -> *const u8 {
    INPUT.set(Vec::new());
    OUTPUT.set(Parts::default());
    // SAFETY: of what a compilation makes only these two outlive it; the compiler has no caches.
    unsafe { arena::reset() };
    INPUT.with_borrow_mut(|input| {
        input.resize(length, 0);
        input.as_ptr()
    })
}

/// Compiles the input: the name of the file; what is asked for, as [`requested`] reads it; where the ES module imports its runtime
/// from, or nothing if it is to have its own; arrays that the source may name, as [`frozen_arrays`] reads them, or nothing; and the
/// source, which takes what is left. 1 if it compiled, else 0. With a `base` that is not 0 the module shares a memory, in which its
/// data begin there.
#[expect(unsafe_code, reason = "an export needs its own name")]
#[unsafe(no_mangle)]
pub extern "C" fn compile(
    name_length: usize,
    request_length: usize,
    runtime_length: usize,
    arrays_length: usize,
    opt_level: u8,
    simd: bool,
    bigint: bool,
    source_map: bool,
    base: u32,
) -> u32 {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let (texts, arrays) = INPUT.with_borrow(|input| {
        let mut rest = input.as_slice();
        let parts = [name_length, request_length, runtime_length, arrays_length].map(|length| {
            let (part, after) = rest.split_at(length.min(rest.len()));
            rest = after;
            part
        });
        let [name, request, runtime, arrays] = parts;
        ([name, request, runtime, rest].map(text), frozen_arrays(arrays))
    });
    let [name, request, runtime, source] = texts;
    let style = Style { runtime: (!runtime.is_empty()).then_some(runtime.as_str()), bigint };
    let options = Options { opt_level, simd, shared_base: (base != 0).then_some(base), ..Options::default() };
    let outcome = requested(&name, &source, &request, arrays, &options);
    let (done, parts) = match outcome {
        Ok(mut compilation) if source_map => {
            let places: Vec<_> = compilation.places.iter().map(|at| (at.offset, at.place)).collect();
            compilation.wasm = with_source_map(&compilation.wasm, &name, &source, &places);
            (1, compiled(&name, &source, &compilation, style))
        }
        Ok(compilation) => (1, compiled(&name, &source, &compilation, style)),
        Err(diagnostics) => (0, refused(&name, &source, &diagnostics)),
    };
    OUTPUT.set(parts);
    done
}

/// Finds a function of the input, which is the name of the file, the function's name, and the source: part 5 of the outcome is what stands of it
/// ([`nopython_driver::Outline::to_json`]), or `null`. 1, or 0 if the source has a mistake, which is then in the parts of diagnostics.
#[expect(unsafe_code, reason = "an export needs its own name")]
#[unsafe(no_mangle)]
pub extern "C" fn outline(name_length: usize, function_length: usize) -> u32 {
    found(name_length, function_length, |source, function| {
        Ok(outlined(source, function)?.map(|found| found.to_json(source)))
    })
}

/// As [`outline`], of which part 5 is the parameters alone ([`nopython_driver::parameters`]).
#[expect(unsafe_code, reason = "an export needs its own name")]
#[unsafe(no_mangle)]
pub extern "C" fn parameters(name_length: usize, function_length: usize) -> u32 {
    found(name_length, function_length, nopython_driver::parameters)
}

type Found = Result<Option<String>, Vec<Diagnostic>>;

/// What is found in the source of the input, about a function.
fn found(name_length: usize, function_length: usize, find: impl FnOnce(&str, &str) -> Found) -> u32 {
    let texts = INPUT.with_borrow(|input| {
        let (name, rest) = input.split_at(name_length.min(input.len()));
        let (function, source) = rest.split_at(function_length.min(rest.len()));
        [name, function, source].map(|bytes| String::from_utf8_lossy(bytes).into_owned())
    });
    let [name, function, source] = texts;
    let (done, parts) = match find(&source, &function) {
        Ok(found) => {
            let json = found.unwrap_or_else(|| "null".to_owned());
            (1, [Vec::new(), Vec::new(), Vec::new(), b"[]".to_vec(), Vec::new(), json.into_bytes()])
        }
        Err(diagnostics) => (0, refused(&name, &source, &diagnostics)),
    };
    OUTPUT.set(parts);
    done
}

/// Answers the input, a request of the package for Python ([`python::answer`]), with the only part of the outcome.
#[cfg(feature = "python")]
#[expect(unsafe_code, reason = "an export needs its own name")]
#[unsafe(no_mangle)]
pub extern "C" fn answer() {
    let answer = INPUT.with_borrow(|input| python::answer(input));
    let mut parts = Parts::default();
    parts[0] = answer;
    OUTPUT.set(parts);
}

/// Where part `k` of the outcome begins.
#[expect(unsafe_code, reason = "an export needs its own name")]
#[unsafe(no_mangle)]
pub extern "C" fn output(k: usize) -> *const u8 {
    OUTPUT.with_borrow(|parts| parts.get(k).map_or(core::ptr::null(), |part| part.as_ptr()))
}

/// How many bytes part `k` of the outcome has.
#[expect(unsafe_code, reason = "an export needs its own name")]
#[unsafe(no_mangle)]
pub extern "C" fn output_length(k: usize) -> usize {
    OUTPUT.with_borrow(|parts| parts.get(k).map_or(0, Vec::len))
}

fn compiled(name: &str, source: &str, compilation: &Compilation, style: Style<'_>) -> Parts {
    let Compilation { wasm, pages, interface, warnings, .. } = compilation;
    let [_, _, _, json, text, _] = refused(name, source, warnings);
    let module = es_module(interface, Delivery::Inline(wasm), style).into_bytes();
    [
        wasm.clone(),
        module,
        d_ts(interface, style.bigint).into_bytes(),
        json,
        text,
        interface_json(interface, *pages).into_bytes(),
    ]
}

fn refused(name: &str, source: &str, diagnostics: &[Diagnostic]) -> Parts {
    let json: Vec<String> = diagnostics.iter().map(|diagnostic| to_json(name, source, diagnostic)).collect();
    let text: String = diagnostics.iter().map(|diagnostic| render(name, source, diagnostic)).collect();
    [Vec::new(), Vec::new(), Vec::new(), format!("[{}]", json.join(",")).into_bytes(), text.into_bytes(), Vec::new()]
}
