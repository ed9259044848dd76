//! The module of several calls: functions of their arguments, and functions that make the arguments.

use crate::arguments::Piece;
use crate::page::{Call, PRELUDE, Section};
use nopython_driver::{Compilation, Inspect, Options, Request, Signature, compile, inspect_specialised, specialise};
use nopython_types::Type;
use std::collections::HashMap;

/// Types of arguments that have been found before, by the text of the module and of the argument; nothing for what is no value.
#[derive(Default)]
pub struct Types(HashMap<String, Option<Type>>);

/// Python for some calls, and what a host asks of it.
#[derive(Default)]
pub struct Program {
    /// The module.
    text: String,
    /// The functions that the calls need; where there are none, what the module's decorators say is exported.
    requests: Vec<Request>,
    /// How each call is made.
    pub rows: Vec<Row>,
}

/// How a call is made, by names of exports.
pub struct Row {
    /// The function.
    pub function: String,
    /// What makes its arguments.
    pub makers: Vec<String>,
}

impl Types {
    /// Finds the types of what calls take as arguments.
    pub fn find(&mut self, calls: &[&Call]) {
        let mut wanted: Vec<String> = Vec::new();
        for piece in calls.iter().flat_map(|call| &call.pieces) {
            if let Piece::Argument(text) = piece
                && !self.0.contains_key(text)
                && !wanted.contains(text)
            {
                wanted.push(text.clone());
            }
        }
        self.compile(&wanted);
    }

    /// Compiles arguments as functions; when that fails, as two halves, until it is known which are no values.
    fn compile(&mut self, wanted: &[String]) {
        let mut program = Program { text: PRELUDE.to_owned(), ..Program::default() };
        for text in wanted {
            program.function("argument", Vec::new(), text);
        }
        match (wanted, program.compile(&Options { opt_level: 0, ..Options::default() })) {
            ([], _) => {}
            (_, Ok(compilation)) => {
                let types = compilation.interface.exports.into_iter().map(|export| Some(export.result));
                self.0.extend(wanted.iter().cloned().zip(types));
            }
            ([text], Err(_)) => {
                self.0.insert(text.clone(), None);
            }
            (_, Err(_)) => {
                let (first, second) = wanted.split_at(wanted.len() / 2);
                self.compile(first);
                self.compile(second);
            }
        }
    }
}

impl Program {
    /// The module for calls whose arguments are part of it.
    pub fn of_constants(section: &Section, calls: &[&Call]) -> Program {
        let rows = (0..calls.len()).map(|k| Row { function: format!("call_{k}"), makers: Vec::new() });
        Program { text: section.module(calls), requests: Vec::new(), rows: rows.collect() }
    }

    /// The module for calls whose arguments are made by functions beside those that are called. Calls of one program with arguments of
    /// the same types are one function.
    pub fn of_parameters(section: &Section, calls: &[&Call], types: &Types) -> Program {
        let mut program = Program { text: format!("{PRELUDE}{}\n", section.source), ..Program::default() };
        #[expect(clippy::mutable_key_type, reason = "a class is compared by what does not change")]
        let mut made: HashMap<(String, Vec<Type>), String> = HashMap::new();
        for call in calls {
            let mut body = String::new();
            let (mut params, mut makers) = (Vec::new(), Vec::new());
            for piece in &call.pieces {
                match piece {
                    Piece::Argument(text) if let Some(Some(ty)) = types.0.get(text) => {
                        body.push_str(&format!("given_{}", params.len()));
                        params.push(ty.clone());
                        let key = (text.clone(), Vec::new());
                        let add = || program.function("argument", Vec::new(), text);
                        makers.push(made.entry(key).or_insert_with(add).clone());
                    }
                    Piece::Argument(text) | Piece::Program(text) => body.push_str(text),
                }
            }
            let add = || program.function("call", params.clone(), &body);
            let function = made.entry((body.clone(), params.clone())).or_insert_with(add).clone();
            program.rows.push(Row { function, makers });
        }
        program
    }

    /// Adds a function that returns an expression of its parameters, `given_0` and so on.
    fn function(&mut self, role: &str, params: Vec<Type>, body: &str) -> String {
        let name = format!("{role}_{}", self.requests.len());
        let given: Vec<String> = (0..params.len()).map(|k| format!("given_{k}")).collect();
        self.text.push_str(&format!("def {name}({}):\n    return {body}\n", given.join(", ")));
        self.requests.push(Request { function: name.clone(), signature: Signature { params, result: None } });
        name
    }

    /// Whether inference takes it: the cheapest way to know of most refusals.
    pub fn is_inferred(&self) -> bool {
        let options = Options::default();
        inspect_specialised("page.py", &self.text, Vec::new(), &self.requests, &options, Inspect::Types).is_ok()
    }

    /// Compiles it; the diagnostics as text when it is refused.
    pub fn compile(&self, options: &Options) -> Result<Compilation, String> {
        let outcome = match self.requests.as_slice() {
            [] => compile("page.py", &self.text, options),
            requests => specialise("page.py", &self.text, Vec::new(), requests, options),
        };
        let compilation = outcome.map_err(|diagnostics| {
            diagnostics.iter().map(|d| nopython_diagnostics::render("page.py", &self.text, d)).collect::<String>()
        })?;
        let features = wasmparser::WasmFeatures::default();
        wasmparser::Validator::new_with_features(features)
            .validate_all(&compilation.wasm)
            .map_err(|error| format!("the module is not valid: {error}"))?;
        Ok(compilation)
    }
}

/// Where the owners of arrays stand in the flattened form of a value (`Type::slots`).
pub fn owners(ty: &Type) -> Vec<usize> {
    let mut found = Vec::new();
    note_owners(ty, 0, &mut found);
    found
}

fn note_owners(ty: &Type, mut at: usize, found: &mut Vec<usize>) -> usize {
    match ty {
        Type::Tuple(items) => items.iter().fold(at, |at, item| note_owners(item, at, found)),
        other => {
            at += other.slots().len();
            if matches!(other, Type::Array(_) | Type::Str) {
                found.push(at - 1);
            }
            at
        }
    }
}
