//! What the user typed.

use crate::Failed;
use lexopt::prelude::*;
use nopython_driver::Options;
use nopython_glue::Form;

/// The help text.
pub const HELP: &str = "\
nopython compiles NumPy-aware Python functions to small, fast WebAssembly.

Usage:
  nopython build FILE... [-o DIR] [--watch]                    each FILE's functions as .wasm, .js and .d.ts
             [--inline] [--shared]                             with the wasm inside the .js; with one runtime for all of them
             [--html | --npm]                                  as one page; as a package for npm
             [--i64 bigint] [--source-map]                     with BigInts for 64-bit results; with Python's lines for debuggers
  nopython run FILE FUNCTION ARG...  [--out FILE.npy]          calls a function; ARG is a Python literal or a .npy file
  nopython check FILE... [--strict] [--json]                   what is wrong with each FILE, without building it; with --strict
                                                               also where a result may differ from Python's
  nopython inspect FILE [FUNCTION] --types|--typed|--loops|--wat|--vectorize [--json]
                                                               a stage of the compiler, or what became of each loop
  nopython explain CODE                                        what an error code means, and what to write instead
  nopython functions [--json]                                  the NumPy functions there are
  nopython serve [DIR]                                         serves a directory on this machine, whose pages may import its .py
                                                               files, and a playground
  nopython figure SCRIPT [-o DIR]                              the figures that a Python program makes, as pages: a command of
                                                               the package for Python

Options of build, run and inspect:
  -O0            leave out optimisations; results are the same
  --no-simd      no 128-bit vectors
  --names        keep function names in the wasm module

`check` ends with exit code 1 if there is an error, and with --strict if there is anything to report.

  -h, --help     this text
  --version      the version
";

/// A command.
pub enum Command {
    /// Print the help text.
    Help,
    /// Print the version.
    Version,
    /// Compile to files.
    Build(Build),
    /// Call a function.
    Run(Run),
    /// Report diagnostics.
    Check {
        /// The sources.
        files: Vec<String>,
        /// Whether to report what may differ from Python too.
        strict: bool,
        /// Whether to print JSON.
        json: bool,
    },
    /// Show a stage.
    Inspect(Inspect),
    /// Explain a code.
    Explain(String),
    /// List the registry.
    Functions {
        /// Whether to print JSON.
        json: bool,
    },
    /// Serve a directory.
    Serve(String),
}

/// Options of `build`.
pub struct Build {
    /// The sources.
    pub files: Vec<String>,
    /// Where to write.
    pub out: String,
    /// What to write.
    pub form: Form,
    /// Whether 64-bit integer results are BigInts.
    pub bigint: bool,
    /// Whether the module has a source map inside.
    pub source_map: bool,
    /// Whether to build again when the source changes.
    pub watch: bool,
    /// How to compile.
    pub options: Options,
}

/// Options of `run`.
#[cfg_attr(not(feature = "run"), expect(dead_code, reason = "only `run` reads it"))]
pub struct Run {
    /// The source.
    pub file: String,
    /// The function.
    pub function: String,
    /// Its arguments.
    pub args: Vec<String>,
    /// Where to write an array result.
    pub out: Option<String>,
    /// How to compile.
    pub options: Options,
}

/// Options of `inspect`.
pub struct Inspect {
    /// The source.
    pub file: String,
    /// One function, or all.
    pub function: Option<String>,
    /// `types`, `typed`, `loops`, `wat` or `vectorize`.
    pub what: String,
    /// Whether to print JSON, which `vectorize` can.
    pub json: bool,
    /// How to compile.
    pub options: Options,
}

/// Everything typed, before it is sorted by command.
#[derive(Default)]
struct Typed {
    values: Vec<String>,
    flags: Vec<String>,
    out: Option<String>,
    options: Options,
    bigint: bool,
}

impl Typed {
    fn flag(&mut self, name: &str) -> bool {
        let before = self.flags.len();
        self.flags.retain(|f| f != name);
        self.flags.len() < before
    }
}

/// What `build` is to write.
fn form(typed: &mut Typed) -> Result<Form, Failed> {
    let (html, npm) = (typed.flag("html"), typed.flag("npm"));
    let (inline, shared) = (typed.flag("inline"), typed.flag("shared"));
    match (html, npm, shared) {
        (false, false, _) => Ok(Form::Module { inline, shared }),
        (true, false, false) => Ok(Form::Page),
        (false, true, false) => Ok(Form::Package { inline }),
        _ => Err(Failed::usage("`nopython build` takes one of --html, --npm and --shared")),
    }
}

/// Reads the command line.
pub fn parse(mut parser: lexopt::Parser) -> Result<Command, Failed> {
    let usage = |error: lexopt::Error| Failed::usage(error.to_string());
    let Some(first) = parser.next().map_err(usage)? else { return Ok(Command::Help) };
    let verb = match first {
        Short('h') | Long("help") => return Ok(Command::Help),
        Short('V') | Long("version") => return Ok(Command::Version),
        Value(verb) => verb.to_string_lossy().into_owned(),
        other => return Err(Failed::usage(other.unexpected().to_string())),
    };
    let mut typed = Typed::default();
    // Arguments of `run` may be negative numbers, so what follows the function is taken as it is.
    let raw = verb == "run";
    loop {
        if raw
            && typed.values.len() >= 2
            && let Some(rest) = parser.try_raw_args()
        {
            let mut rest = rest;
            if let Some(next) = rest.next_if(|a| !a.to_string_lossy().starts_with("--")) {
                typed.values.push(next.to_string_lossy().into_owned());
                continue;
            }
        }
        let Some(arg) = parser.next().map_err(usage)? else { break };
        match arg {
            Short('h') | Long("help") => return Ok(Command::Help),
            Short('o') | Long("out") => typed.out = Some(parser.value().map_err(usage)?.to_string_lossy().into_owned()),
            Short('O') => match parser.value().map_err(usage)?.to_string_lossy().as_ref() {
                "0" => typed.options.opt_level = 0,
                "2" => typed.options.opt_level = 2,
                other => return Err(Failed::usage(format!("-O takes 0 or 2, not {other}"))),
            },
            Long("i64") if verb == "build" => match parser.value().map_err(usage)?.to_string_lossy().as_ref() {
                "number" => typed.bigint = false,
                "bigint" => typed.bigint = true,
                other => return Err(Failed::usage(format!("--i64 takes number or bigint, not {other}"))),
            },
            Long("no-simd") => typed.options.simd = false,
            Long("names") => typed.options.names = true,
            Long(name) => typed.flags.push(name.to_owned()),
            Value(value) => typed.values.push(value.to_string_lossy().into_owned()),
            other @ Short(_) => return Err(Failed::usage(other.unexpected().to_string())),
        }
    }
    command(&verb, typed)
}

fn command(verb: &str, mut typed: Typed) -> Result<Command, Failed> {
    let mut values = std::mem::take(&mut typed.values).into_iter();
    let mut need = |what: &str| values.next().ok_or_else(|| Failed::usage(format!("`nopython {verb}` needs {what}")));
    let command = match verb {
        "build" => Command::Build(Build {
            files: std::iter::once(need("a Python file")?).chain(values.by_ref()).collect(),
            out: typed.out.take().unwrap_or_else(|| "dist".to_owned()),
            form: form(&mut typed)?,
            bigint: std::mem::take(&mut typed.bigint),
            source_map: typed.flag("source-map"),
            watch: typed.flag("watch"),
            options: typed.options,
        }),
        "run" => {
            let (file, function) = (need("a Python file")?, need("a function")?);
            let args = values.by_ref().collect();
            Command::Run(Run { file, function, args, out: typed.out.take(), options: typed.options })
        }
        "check" => {
            let files = std::iter::once(need("a Python file")?).chain(values.by_ref()).collect();
            Command::Check { files, strict: typed.flag("strict"), json: typed.flag("json") }
        }
        "inspect" => {
            let file = need("a Python file")?;
            let what = ["types", "typed", "loops", "wat", "vectorize"].into_iter().find(|what| typed.flag(what));
            let Some(what) = what else {
                return Err(Failed::usage("`nopython inspect` needs --types, --typed, --loops, --wat or --vectorize"));
            };
            let json = what == "vectorize" && typed.flag("json");
            let (what, options) = (what.to_owned(), typed.options);
            Command::Inspect(Inspect { file, function: values.next(), what, json, options })
        }
        "explain" => Command::Explain(need("a code, such as unsupported-syntax")?),
        "functions" => Command::Functions { json: typed.flag("json") },
        "serve" => Command::Serve(values.next().unwrap_or_else(|| ".".to_owned())),
        "figure" => {
            let message = "`nopython figure` runs a Python program, and is a command of the package for Python: pip install nopython";
            return Err(Failed::usage(message));
        }
        other => return Err(Failed::usage(format!("there is no command `{other}`"))),
    };
    if let Some(extra) = values.next() {
        return Err(Failed::usage(format!("unexpected `{extra}`")));
    }
    if let Some(flag) = typed.flags.first() {
        return Err(Failed::usage(format!("`nopython {verb}` does not take --{flag}")));
    }
    Ok(command)
}
