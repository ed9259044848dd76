//! Why a call gave no result.

use nopython_types::Interface;
use std::fmt;

/// A Python exception.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Raised {
    /// The class.
    pub name: String,
    /// The message.
    pub message: String,
    /// The Python file.
    pub file: String,
    /// The Python function.
    pub function: String,
    /// Line, counted from 1.
    pub line: u32,
    /// Column, counted from 1.
    pub column: u32,
}

impl Raised {
    /// The exception that compiled code has raised: a site, and the numbers or the text of its message.
    pub(crate) fn at_site(
        interface: &Interface,
        (site, a, b): (usize, f64, f64),
        text: Option<String>,
    ) -> Option<Raised> {
        let site = interface.sites.get(site)?;
        Some(Raised {
            name: site.exception.name().to_owned(),
            message: match text {
                Some(text) => site.message.replace("{text}", &text),
                None => message(&site.message, a, b),
            },
            file: interface.file.clone(),
            function: site.function.clone(),
            line: site.line,
            column: site.column,
        })
    }

    /// An exception at the `def` of an export.
    pub(crate) fn at_entry(interface: &Interface, export: usize, name: &str, message: String) -> Raised {
        let at = interface.exports.get(export);
        Raised {
            name: name.to_owned(),
            message,
            file: interface.file.clone(),
            function: at.map_or_else(String::new, |e| e.name.clone()),
            line: at.map_or(1, |e| e.line),
            column: 1,
        }
    }
}

impl fmt::Display for Raised {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.name, self.message)
    }
}

/// Why a call gave no result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// Compiled code raised.
    Raised(Raised),
    /// An argument does not fit the signature.
    Argument(String),
    /// The engine failed: a mistake of the compiler.
    Engine(String),
    /// The host stopped the call.
    Interrupted,
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Failure::Raised(raised) => raised.fmt(f),
            Failure::Argument(message) | Failure::Engine(message) => f.write_str(message),
            Failure::Interrupted => f.write_str("interrupted"),
        }
    }
}

/// A site's message with the two numbers of the exception in it.
fn message(template: &str, a: f64, b: f64) -> String {
    template.replace("{a}", &number(a)).replace("{b}", &number(b))
}

/// A number in a message.
fn number(value: f64) -> String {
    // Integers of 64 bits are shown as such, to 53 bits.
    if value.fract() == 0.0 && value.abs() < 1e20 {
        format!("{value:.0}")
    } else {
        crate::text::float_repr(value, false)
    }
}
