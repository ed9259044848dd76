//! What the package for Python asks the compiler: `nopython/_portable/_compiler.py` writes the requests.

use crate::message::{Reader, Writer};
use nopython_diagnostics::{Diagnostic, Segment, codes::UNSUPPORTED_SYNTAX, render_in, to_json};
use nopython_driver::{
    Compilation, FrozenArray, FunctionReport, Inspect, Options, Outcome, Request, Signature, outline,
};
use nopython_glue::{Form, When};
use nopython_types::encoding::{decode_all, encoded, notation};
use nopython_types::{Interface, Type};

/// Why there is no answer.
enum Refusal {
    /// `nopython.CompileError`: its text, and the diagnostics as JSON.
    Compile(String, String),
    /// `TypeError`.
    Type(String),
    /// `ValueError`.
    Value(String),
}

type Answer = Result<Vec<u8>, Refusal>;

/// The answer to a request, whose first part names what is asked for. The first part of the answer is empty, or the exception that is to be
/// raised, whose arguments follow.
pub fn answer(request: &[u8]) -> Vec<u8> {
    let mut request = Reader::new(request);
    let answer = match request.text().as_str() {
        "passes" => Ok(passes()),
        "compile" => compile(&mut request),
        "inspect" => inspect(&mut request),
        "report" => report(&mut request),
        "files" => files(&mut request),
        "functions_expression" => functions_expression(&mut request),
        "figure_script" => Ok(figure_script(&mut request)),
        "parse_signatures" => parse_signatures(&mut request),
        "type_names" => type_names(&mut request),
        "without_dicts" => without_dicts(&mut request),
        other => Err(Refusal::Value(format!("the compiler has no `{other}`"))),
    };
    let mut out = Writer::default();
    match answer {
        Ok(parts) => {
            let mut whole = out.part("").finish();
            whole.extend(parts);
            whole
        }
        Err(Refusal::Compile(text, json)) => out.part("CompileError").part(text).part(json).finish(),
        Err(Refusal::Type(text)) => out.part("TypeError").part(text).finish(),
        Err(Refusal::Value(text)) => out.part("ValueError").part(text).finish(),
    }
}

/// What Python knows about a source: `nopython._source.Origin`.
struct Origin {
    file: String,
    text: String,
    segments: Vec<Segment>,
    arrays: Vec<FrozenArray>,
}

impl Origin {
    fn read(request: &mut Reader<'_>) -> Origin {
        let file = request.text();
        let text = request.text();
        let segments = request.list(|part| Segment {
            first: part.number(),
            last: part.number(),
            line: part.number(),
            shown: part.text(),
        });
        let arrays = request.list(|part| {
            let (name, dtype) = (part.text(), part.text());
            let shape = part.list(|extent| u32::try_from(extent.number()).unwrap_or(u32::MAX));
            let bytes = part.bytes().to_vec();
            FrozenArray::of(name, &dtype, shape, bytes)
        });
        Origin { file, text, segments, arrays: arrays.into_iter().flatten().collect() }
    }

    fn specialise(&self, requests: &[Request], options: &Options) -> Result<Compilation, Refusal> {
        nopython_driver::specialise(&self.file, &self.text, self.arrays.clone(), requests, options)
            .map_err(|found| self.refused(&found))
    }

    fn refused(&self, found: &[Diagnostic]) -> Refusal {
        refused(&self.file, &self.text, &self.segments, found)
    }
}

fn refused(file: &str, text: &str, segments: &[Segment], found: &[Diagnostic]) -> Refusal {
    let rendered: Vec<String> = found.iter().map(|d| render_in(file, text, segments, d)).collect();
    let json: Vec<String> = found.iter().map(|d| to_json(file, text, d)).collect();
    Refusal::Compile(rendered.join("\n").trim_end().to_owned(), format!("[{}]", json.join(",")))
}

fn types(bytes: &[u8]) -> Result<Vec<Type>, Refusal> {
    decode_all(bytes).ok_or_else(|| Refusal::Value("not the types of arguments".to_owned()))
}

/// Functions with their parameter types and their result type, which is empty where it is not given.
fn requests(request: &mut Reader<'_>) -> Result<Vec<Request>, Refusal> {
    let parts = request.list(|part| {
        let (function, params) = (part.text(), types(part.bytes()));
        let result = types(part.bytes())?.into_iter().next();
        Ok(Request { function, signature: Signature { params: params?, result } })
    });
    parts.into_iter().collect()
}

fn passes() -> Vec<u8> {
    let mut out = Writer::default();
    nopython_driver::passes().for_each(|name| {
        out.part(name);
    });
    out.finish()
}

/// The wasm bytes, and the interface.
fn compile(request: &mut Reader<'_>) -> Answer {
    let (source, requests) = (Origin::read(request), requests(request)?);
    let opt_level = u8::try_from(request.number()).unwrap_or(u8::MAX);
    let without = request.text();
    let without = nopython_driver::passes().find(|pass| *pass == without);
    let compilation = source.specialise(&requests, &Options { opt_level, without, ..Options::default() })?;
    let mut out = Writer::default();
    out.part(&compilation.wasm);
    interface(&mut out, &compilation.interface);
    Ok(out.finish())
}

/// The interface, as the extension module's `portable.rs` has it.
fn interface(out: &mut Writer, interface: &Interface) {
    let bytes = |ty| encoded(core::slice::from_ref(ty));
    out.part(&interface.file);
    out.list(&interface.exports, |out, export| {
        out.part(&export.name).part(&export.symbol);
        out.list(&export.doc, |out, doc| {
            out.part(doc);
        });
        out.list(&export.params, |out, param| {
            out.part(&param.name).part(bytes(&param.ty)).number(u8::from(param.written));
        });
        out.part(bytes(&export.result)).number(export.line);
    });
    out.list(&interface.sites, |out, site| {
        out.part(site.exception.name()).part(&site.message).part(&site.function);
        out.number(site.line).number(site.column);
    });
}

fn inspect(request: &mut Reader<'_>) -> Answer {
    let (source, requests) = (Origin::read(request), requests(request)?);
    let options = Options::default();
    let stage = match request.text().as_str() {
        "types" => Inspect::Types,
        "typed" => Inspect::Typed,
        "loops" => Inspect::Loops,
        "wat" => {
            let wasm = source.specialise(&requests, &options)?.wasm;
            let text = wasmprinter::print_bytes(wasm).map_err(|error| Refusal::Value(error.to_string()))?;
            return Ok(Writer::default().part(text).finish());
        }
        other => return Err(Refusal::Value(format!("there is no stage `{other}`"))),
    };
    let arrays = source.arrays.clone();
    let text = nopython_driver::inspect_specialised(&source.file, &source.text, arrays, &requests, &options, stage)
        .map_err(|found| source.refused(&found))?;
    Ok(Writer::default().part(text).finish())
}

fn report(request: &mut Reader<'_>) -> Answer {
    let (source, requests) = (Origin::read(request), requests(request)?);
    let arrays = source.arrays.clone();
    let functions: Vec<FunctionReport> =
        nopython_driver::report_specialised(&source.file, &source.text, arrays, &requests, &Options::default())
            .map_err(|found| source.refused(&found))?;
    let mut out = Writer::default();
    for function in &functions {
        out.part(&function.name).part(&function.signature).number(function.line);
        out.list(&function.loops, |out, l| {
            let (dtype, lanes, reason) = match &l.outcome {
                Outcome::Vectors { dtype, lanes, .. } => (dtype.name(), *lanes as usize, ""),
                Outcome::Scalar(reason) => ("", 0, reason.as_str()),
            };
            out.number(l.line).part(dtype).number(lanes).part(reason).number(l.checks.len()).number(l.hoisted as usize);
        });
    }
    Ok(out.finish())
}

/// The files that ship functions: the name of each, when it is written, and what is in it.
fn files(request: &mut Reader<'_>) -> Answer {
    let (source, requests) = (Origin::read(request), requests(request)?);
    let stem = request.text();
    let form = match request.text().as_str() {
        "page" => Form::Page,
        "package" => Form::Package { inline: false },
        "inline package" => Form::Package { inline: true },
        "inline module" => Form::Module { inline: true, shared: false },
        _ => Form::Module { inline: false, shared: false },
    };
    let bigint = request.number() != 0;
    let Compilation { interface, wasm, .. } = source.specialise(&requests, &Options::default())?;
    let mut out = Writer::default();
    for file in nopython_glue::files(&interface, &wasm, &stem, form, bigint) {
        let when = match file.when {
            When::Always => "always",
            When::Missing => "missing",
            When::InCommonJs => "in CommonJS",
        };
        out.part(&file.name).part(when).part(&file.bytes);
    }
    Ok(out.finish())
}

fn functions_expression(request: &mut Reader<'_>) -> Answer {
    let (source, requests) = (Origin::read(request), requests(request)?);
    let resident = request.number() == 1;
    let Compilation { interface, wasm, .. } = source.specialise(&requests, &Options::default())?;
    Ok(Writer::default().part(nopython_glue::functions_expression(&interface, &wasm, resident)).finish())
}

fn figure_script(request: &mut Reader<'_>) -> Vec<u8> {
    let parts = request.list(Reader::text);
    let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
    Writer::default().part(nopython_glue::figure_script(&parts)).finish()
}

fn parse_signatures(request: &mut Reader<'_>) -> Answer {
    let text = request.text();
    let found = nopython_driver::signatures(&text).map_err(|found| refused("<signature>", &text, &[], &[found]))?;
    let mut out = Writer::default();
    for signature in found {
        out.part(encoded(&signature.params)).part(encoded(signature.result.as_slice()));
    }
    Ok(out.finish())
}

fn type_names(request: &mut Reader<'_>) -> Answer {
    let mut out = Writer::default();
    for ty in types(request.bytes())? {
        out.part(notation(&ty));
    }
    Ok(out.finish())
}

/// A source in which the dict displays that a function returns are tuples; then their keys, if there are any, as a part that is a message.
fn without_dicts(request: &mut Reader<'_>) -> Answer {
    let (text, function) = (request.text(), request.text());
    let (text, keys) = match outline(&text, &function) {
        Ok(Some(outline)) => (outline.text, outline.keys),
        Ok(None) => (text, None),
        // What is no Python is named where the function is compiled.
        Err(found) => match found.into_iter().find(|one| one.code == UNSUPPORTED_SYNTAX) {
            Some(diagnostic) => return Err(Refusal::Type(diagnostic.message)),
            None => (text, None),
        },
    };
    let mut out = Writer::default();
    out.part(text);
    if let Some(keys) = keys {
        out.list(keys, |out, key| {
            out.part(key);
        });
    }
    Ok(out.finish())
}
