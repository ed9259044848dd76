//! Failures as Python's exceptions.

use nopython_diagnostics::{Diagnostic, Span, render, to_json};
use nopython_engine::Failure;
use pyo3::exceptions::{PyKeyboardInterrupt, PyRuntimeError};
use pyo3::prelude::*;

/// Why a call gives no result.
pub enum Refused {
    /// An argument does not fit, or Python failed.
    Python(PyErr),
    /// Compiled code failed.
    Failure(Failure),
    /// A signal stopped it whose handler wants it to go on.
    Stopped,
}

impl From<PyErr> for Refused {
    fn from(error: PyErr) -> Self {
        Refused::Python(error)
    }
}

impl From<Failure> for Refused {
    fn from(failure: Failure) -> Self {
        Refused::Failure(failure)
    }
}

/// The exception for a failure. `origin` is the Python object that knows where the source came from.
pub fn raised(origin: &Bound<'_, PyAny>, failure: &Failure) -> PyErr {
    match failure {
        Failure::Raised(raised) => {
            let parts = (&raised.name, &raised.message, &raised.function, raised.line);
            match origin.call_method1("exception", parts) {
                Ok(exception) => PyErr::from_value(exception),
                Err(error) => error,
            }
        }
        Failure::Interrupted => PyKeyboardInterrupt::new_err("compiled code was interrupted"),
        Failure::Argument(message) | Failure::Engine(message) => PyRuntimeError::new_err(message.clone()),
    }
}

/// A part of a source that was put together: lines `first` to `last` are lines from `line` on of another file.
#[derive(FromPyObject)]
pub struct Segment {
    first: usize,
    last: usize,
    line: usize,
    shown: String,
}

/// `nopython.CompileError` with the diagnostics as the command line prints them, each with the file its place is in.
pub fn compile_error(py: Python<'_>, file: &str, text: &str, segments: &[Segment], found: &[Diagnostic]) -> PyErr {
    let rendered: Vec<String> = found.iter().map(|d| located(file, text, segments, d)).collect();
    let json: Vec<String> = found.iter().map(|d| to_json(file, text, d)).collect();
    let make = || {
        let class = py.import("nopython._errors")?.getattr("CompileError")?;
        class.call1((rendered.join("\n").trim_end(), format!("[{}]", json.join(","))))
    };
    match make() {
        Ok(exception) => PyErr::from_value(exception),
        Err(error) => error,
    }
}

/// A diagnostic rendered with the file and the lines that its primary place has there.
fn located(file: &str, text: &str, segments: &[Segment], diagnostic: &Diagnostic) -> String {
    let line = text.get(..diagnostic.span().start as usize).map_or(0, |before| before.matches('\n').count()) + 1;
    let Some(segment) = segments.iter().find(|s| (s.first..=s.last).contains(&line)) else {
        return render(file, text, diagnostic);
    };
    let starts: Vec<usize> = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
    let start = starts.get(segment.first - 1).copied().unwrap_or(0);
    let end = starts.get(segment.last).copied().unwrap_or(text.len());
    let own = "\n".repeat(segment.line.saturating_sub(1)) + text.get(start..end).unwrap_or_default();
    let moved =
        |offset: u32| (offset as usize + segment.line - 1).checked_sub(start).and_then(|n| u32::try_from(n).ok());
    let mut diagnostic = diagnostic.clone();
    diagnostic.labels.retain_mut(|label| {
        let inside = (start..=end).contains(&(label.span.start as usize));
        match (moved(label.span.start), moved(label.span.end)) {
            (Some(start), Some(end)) if inside => {
                label.span = Span { start, end };
                true
            }
            _ => false,
        }
    });
    render(&segment.shown, &own, &diagnostic)
}
