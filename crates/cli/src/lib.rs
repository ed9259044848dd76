//! The command line, as a library: `nopython` itself and the script of that name in the package for Python call [`run_command`].

#![allow(clippy::disallowed_methods, reason = "a host: it reads and writes files")]

/// Prints a line. That it could not be written is said at the end ([`run_command`]).
#[macro_export]
macro_rules! say {
    ($($part:tt)*) => {
        $crate::print(format_args!("{}\n", format_args!($($part)*)))
    };
}

/// Prints a part of a line.
#[macro_export]
macro_rules! say_part {
    ($($part:tt)*) => {
        $crate::print(format_args!($($part)*))
    };
}

mod arguments;
mod build;
mod functions;
mod inspect;
#[cfg(feature = "run")]
mod npy;
mod playground;
#[cfg(feature = "run")]
mod run;
mod serve;
mod vectorize;

use arguments::{Command, parse};
pub use build::write;
use nopython_diagnostics::{Diagnostic, Severity};
use std::ffi::OsString;
use std::io::Write;
use std::sync::OnceLock;

/// The first error of the standard output.
static UNWRITTEN: OnceLock<std::io::Error> = OnceLock::new();

/// Writes to the standard output; what [`say!`] and [`say_part!`] call.
pub fn print(text: std::fmt::Arguments<'_>) {
    keep(std::io::stdout().write_fmt(text));
}

fn keep(written: std::io::Result<()>) {
    if let Err(error) = written {
        let _ = UNWRITTEN.set(error);
    }
}

/// Whether all output was written. A reader that has gone away, such as `head`, is no error.
fn written() -> Result<(), Failed> {
    keep(std::io::stdout().flush());
    match UNWRITTEN.get() {
        Some(error) if error.kind() != std::io::ErrorKind::BrokenPipe => {
            Err(Failed::new(format!("cannot write to the standard output: {error}")))
        }
        _ => Ok(()),
    }
}

/// Why a command fails: what to print, and the exit code.
pub struct Failed {
    message: String,
    code: u8,
}

impl Failed {
    /// The program, or what it was given, is wrong.
    pub fn new(message: impl Into<String>) -> Failed {
        Failed { message: message.into(), code: 1 }
    }

    /// The command line is wrong.
    pub fn usage(message: impl Into<String>) -> Failed {
        Failed { message: format!("{}\nSee `nopython --help`.", message.into()), code: 2 }
    }

    /// What to print.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.message
    }

    /// Diagnostics, rendered.
    pub fn diagnostics(file: &str, text: &str, diagnostics: &[Diagnostic]) -> Failed {
        Failed::new(render(file, text, diagnostics).trim_end().to_owned())
    }
}

/// Diagnostics as text.
pub fn render(file: &str, text: &str, diagnostics: &[Diagnostic]) -> String {
    diagnostics.iter().map(|d| nopython_diagnostics::render(file, text, d)).collect::<Vec<_>>().join("\n")
}

/// Prints warnings to standard error.
pub fn warn(file: &str, text: &str, warnings: &[Diagnostic]) {
    if !warnings.is_empty() {
        eprint!("{}", render(file, text, warnings));
    }
}

/// Whether any diagnostic is an error.
pub fn has_error(diagnostics: &[Diagnostic]) -> bool {
    diagnostics.iter().any(|d| d.severity == Severity::Error)
}

/// A source file, and the name that errors show for it.
pub fn read(path: &str) -> Result<(String, String), Failed> {
    let text = std::fs::read_to_string(path).map_err(|error| Failed::new(format!("cannot read {path}: {error}")))?;
    let name = std::path::Path::new(path).file_name().map_or(path.to_owned(), |n| n.to_string_lossy().into_owned());
    Ok((name, text))
}

/// Executes a command line, whose first word is the program, and gives the exit code.
pub fn run_command(words: impl IntoIterator<Item = OsString>) -> u8 {
    match parse(lexopt::Parser::from_iter(words)).and_then(execute).and_then(|()| written()) {
        Ok(()) => 0,
        Err(failed) => {
            eprintln!("{}", failed.message);
            failed.code
        }
    }
}

fn execute(command: Command) -> Result<(), Failed> {
    match command {
        Command::Help => {
            crate::say_part!("{}", arguments::HELP);
            Ok(())
        }
        Command::Version => {
            crate::say!("nopython {}", env!("CARGO_PKG_VERSION"));
            Ok(())
        }
        Command::Build(options) => build::build(&options),
        #[cfg(feature = "run")]
        Command::Run(options) => run::run(&options),
        #[cfg(not(feature = "run"))]
        Command::Run(options) => Err(Failed::new(format!(
            "{} was built without what calls {}: build it with its default features",
            env!("CARGO_PKG_NAME"),
            options.function
        ))),
        Command::Check { files, strict, json } => inspect::check(&files, strict, json),
        Command::Inspect(options) => inspect::inspect(&options),
        Command::Explain(code) => inspect::explain(&code),
        Command::Functions { json } => {
            functions::list(json);
            Ok(())
        }
        Command::Serve(dir) => serve::serve(&dir),
    }
}
