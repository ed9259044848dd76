//! TypeScript declarations.

use crate::package::signature;
use crate::script::{by_name, default, has_arrays, own_exports};
use core::fmt::Write;
use nopython_diagnostics::escape;
use nopython_types::{DType, Element, Export, Interface, Items, Kind, Passing, Structure, Structured, Type};

/// Declarations about arrays, and those of every module.
const ARRAYS: &str = include_str!("declarations/arrays.d.ts");
const HEADER: &str = include_str!("declarations/module.d.ts");

/// The declarations of a module's exports; `bigint` says what 64-bit integer results are unless a call says otherwise.
#[must_use]
pub fn d_ts(interface: &Interface, bigint: bool) -> String {
    let mut out = HEADER.replace("{file}", &interface.file);
    if has_arrays(interface) {
        out.push_str(ARRAYS);
    }
    let mut renamed = Vec::new();
    for (k, overloads) in by_name(interface).into_iter().enumerate() {
        let Some(first) = overloads.first() else { continue };
        out.push_str(&comment(&overloads, &interface.file));
        Function::new(k, &overloads, bigint).declare(&mut out);
        renamed.push(format!("$f{k} as {}", first.name));
    }
    // The class is a type too, of the same name.
    renamed.extend(own_exports(interface).map(|export| export.replace("$N as NDArray", "NDArray")));
    let _ = writeln!(out, "\nexport {{ {} }};", renamed.join(", "));
    out
}

/// What a call gives.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Results {
    /// Whether 64-bit integers are BigInts.
    bigint: bool,
    /// Whether arrays stay in the module's memory.
    resident: bool,
}

/// A function as it is exported. What it is with other options has an interface for each way in which its results differ, and one for results
/// that are written to an array of the caller's type `O`.
struct Function<'e> {
    number: usize,
    overloads: &'e [&'e Export],
    /// What calls may give, that without options first.
    states: Vec<Results>,
    /// The arrays that results can be written to, if that are all results.
    targets: Option<String>,
}

impl<'e> Function<'e> {
    fn new(number: usize, overloads: &'e [&'e Export], bigint: bool) -> Self {
        let any = |test: fn(&Type) -> bool| overloads.iter().any(|export| test(&export.result));
        let mut states = vec![Results { bigint, resident: false }];
        if any(holds_wide) {
            states.push(Results { bigint: !bigint, resident: false });
        }
        if any(stays) {
            states.extend(states.clone().into_iter().map(|state| Results { resident: true, ..state }));
        }
        let targets = overloads.iter().map(|export| target(&export.result)).collect::<Option<Vec<_>>>();
        Function { number, overloads, states, targets: targets.map(|targets| targets.join(" | ")) }
    }

    /// The name of the type that the function has in a state.
    fn name(&self, state: Results) -> String {
        match self.states.first() {
            Some(first) if *first == state => format!("typeof $f{}", self.number),
            _ => {
                let wide = if state.bigint { "Big" } else { "Number" };
                format!("$F{}{wide}{}", self.number, if state.resident { "Resident" } else { "" })
            }
        }
    }

    fn declare(&self, out: &mut String) {
        for (k, state) in self.states.iter().enumerate() {
            let members = self.members(*state);
            let _ = match k {
                0 => writeln!(out, "declare const $f{}: {{\n{members}}};", self.number),
                _ => writeln!(out, "declare interface {} {{\n{members}}}", self.name(*state)),
            };
        }
        if let Some(targets) = &self.targets {
            let own = format!("$F{}Out<O>", self.number);
            let (calls, resident) = (self.calls("", None), self.calls("resident", None));
            let _ = writeln!(
                out,
                "declare interface $F{}Out<O> {{\n{calls}{resident}{}  with(options: CallOptions & {{ out?: never }}): {own};\n}}",
                self.number,
                self.with_out(targets)
            );
        }
    }

    /// What the function is in a state: how it is called, and what options make of it, those first that say the most.
    fn members(&self, state: Results) -> String {
        let mut out = self.calls("", Some(state));
        if let Some(kept) = self.states.iter().find(|other| other.resident && other.bigint == state.bigint) {
            out.push_str(&self.calls("resident", Some(*kept)));
        }
        let mut others: Vec<Vec<String>> = Vec::new();
        for other in &self.states {
            let mut options = Vec::new();
            if other.bigint != state.bigint {
                options.push(format!("i64: \"{}\"", if other.bigint { "bigint" } else { "number" }));
            }
            if other.resident != state.resident {
                options.push(format!("resident: {}", other.resident));
            }
            if !options.is_empty() {
                others.push(vec![options.join("; "), self.name(*other)]);
            }
        }
        others.sort_by_key(|other| core::cmp::Reverse(other.first().is_some_and(|options| options.contains(';'))));
        if let Some(targets) = &self.targets {
            out.push_str(&self.with_out(targets));
        }
        for other in others {
            if let [options, name] = other.as_slice() {
                let _ = writeln!(out, "  with(options: CallOptions & {{ {options}; out?: undefined }}): {name};");
            }
        }
        let _ = writeln!(out, "  with(options: CallOptions & {{ out?: undefined }}): {};", self.name(state));
        out
    }

    fn with_out(&self, targets: &str) -> String {
        format!("  with<O extends {targets}>(options: CallOptions & {{ out: O }}): $F{}Out<O>;\n", self.number)
    }

    /// The ways to call a method, or the function itself; without a state the result is the array that was given for it.
    fn calls(&self, method: &str, state: Option<Results>) -> String {
        let mut out = String::new();
        for export in self.overloads {
            let result = state.map_or_else(|| "O".to_owned(), |state| result(&export.result, state));
            for params in signatures(export) {
                let _ = writeln!(out, "  {method}({params}): {result};");
            }
        }
        out
    }
}

/// The ways to call an export: by position, and with the last arguments by name.
fn signatures(export: &Export) -> Vec<String> {
    let params: Vec<(String, String, bool)> =
        export.params.iter().map(|p| (p.name.clone(), parameter(&p.ty, p.written), default(p).is_some())).collect();
    let first = export.params.iter().rposition(|p| p.passing == Passing::Position).map_or(0, |last| last + 1);
    let last = export.params.iter().take_while(|p| p.passing != Passing::Keyword).count();
    let mut found = Vec::new();
    let (by_position, by_name) = params.split_at(last.min(params.len()));
    if by_name.iter().all(|(_, _, optional)| *optional) {
        found.push(positional(by_position));
    }
    for split in first..=last {
        let (first, named) = params.split_at(split.min(params.len()));
        if named.is_empty() {
            continue;
        }
        // Positional arguments before named ones have to be given.
        let mut list: Vec<String> = first.iter().map(|(name, ty, _)| format!("{}: {ty}", identifier(name))).collect();
        let keys = named.iter().map(|(name, ty, optional)| format!("{name}{}: {ty}", if *optional { "?" } else { "" }));
        list.push(format!("keywords: {{ {} }}", keys.collect::<Vec<_>>().join("; ")));
        found.push(list.join(", "));
    }
    found
}

fn positional(params: &[(String, String, bool)]) -> String {
    // A parameter with a default before one without has to be given in TypeScript.
    let last_needed = params.iter().rposition(|(_, _, optional)| !optional);
    let params = params.iter().enumerate().map(|(k, (name, ty, optional))| {
        let mark = if *optional && last_needed.is_none_or(|last| k > last) { "?" } else { "" };
        format!("{}{mark}: {ty}", identifier(name))
    });
    params.collect::<Vec<_>>().join(", ")
}

/// The docstring, the Python signatures, and where the function is defined.
fn comment(overloads: &[&Export], file: &str) -> String {
    let mut out = String::from("\n/**\n");
    let Some(first) = overloads.first() else { return out };
    let mut line = |text: &str| {
        let _ = writeln!(out, " * {}", text.replace("*/", "* /"));
    };
    first.doc.iter().flat_map(|doc| doc.lines()).for_each(&mut line);
    for export in overloads {
        line(&format!("`{}`", signature(export)));
    }
    line(&format!("@see {file}, line {}", first.line));
    out.push_str(" */\n");
    out
}

/// A Python parameter's name where JavaScript may reserve it; a trailing underscore is never seen by callers.
fn identifier(name: &str) -> String {
    let reserved = matches!(
        name,
        "function"
            | "new"
            | "delete"
            | "var"
            | "this"
            | "void"
            | "typeof"
            | "switch"
            | "case"
            | "default"
            | "const"
            | "let"
            | "enum"
            | "export"
            | "super"
            | "throw"
            | "catch"
            | "do"
            | "null"
            | "instanceof"
            | "debugger"
            | "static"
            | "interface"
            | "package"
            | "private"
            | "protected"
            | "public"
            | "implements"
            | "arguments"
            | "eval"
    );
    format!("{name}{}", if reserved { "_" } else { "" })
}

/// What a result can be written to.
fn target(ty: &Type) -> Option<String> {
    matches!(ty, Type::Array(_)).then(|| parameter(ty, true))
}

fn parameter(ty: &Type, written: bool) -> String {
    match ty {
        Type::None => "undefined".to_owned(),
        Type::Scalar(s) => match s.dtype.kind() {
            Kind::Bool => "boolean".to_owned(),
            Kind::Float | Kind::Signed | Kind::Unsigned => "number | bigint".to_owned(),
            Kind::Complex => format!("{COMPLEX} | number"),
        },
        Type::Str => "string".to_owned(),
        Type::Array(a) => {
            let accepted = if written { "Writable" } else { "ArrayLike" };
            format!("{accepted}<\"{}\", {}>", a.dtype, a.ndim)
        }
        Type::Structured(r) => given_records(r),
        Type::Tuple(items) => format!("readonly {}", labelled(items, |item| parameter(item, written))),
        Type::Record(_) => "never".to_owned(),
        Type::List(_) if let Some((class, items)) = nopython_types::record::stands_for(ty) => {
            held(class, items, |item| parameter(item, written))
        }
        Type::List(item) => {
            let items = parameter(item, written);
            format!("{}({items})[]", if written { "" } else { "readonly " })
        }
    }
}

/// A complex number.
const COMPLEX: &str = "{ re: number; im: number }";

/// A tuple type; the items of a named tuple have their names.
fn labelled(items: &Items, written: impl Fn(&Type) -> String) -> String {
    let fields = items.names().into_iter().flat_map(|names| &names.fields).map(|field| format!("{field}: "));
    let labels = fields.map(Some).chain(std::iter::repeat(None));
    let items = items.iter().zip(labels).map(|(item, label)| label.unwrap_or_default() + &written(item));
    format!("[{}]", items.collect::<Vec<_>>().join(", "))
}

/// A dict is a `Map`, a set a `Set`, and an instance an object with its fields.
fn held(class: &str, items: &Items, written: impl Fn(&Type) -> String) -> String {
    let types: Vec<String> = items.iter().map(written).collect();
    match class {
        "dict" => format!("Map<{}>", types.join(", ")),
        "set" => format!("Set<{}>", types.join(", ")),
        "?" => format!("{} | null", types.join(", ")),
        _ => {
            let names = items.names().into_iter().flat_map(|names| &names.fields);
            let fields: Vec<String> = names.zip(types).map(|(name, ty)| format!("{name}: {ty}")).collect();
            format!("{{ {} }}", fields.join("; "))
        }
    }
}

/// Whether there is an array that can stay in the module's memory: those in lists are copied.
fn stays(ty: &Type) -> bool {
    match ty {
        Type::Array(_) => true,
        Type::Structured(_) => false,
        Type::Tuple(items) => items.iter().any(stays),
        Type::None | Type::Scalar(_) | Type::Str | Type::List(_) | Type::Record(_) => false,
    }
}

/// The object that a record is, with the type of 64-bit integers.
fn object(record: &Structure, wide: &str) -> String {
    let fields = record.fields.iter().map(|field| {
        let own = match &field.element {
            Element::Number(DType::Bool) => "boolean".to_owned(),
            Element::Number(DType::Int64 | DType::UInt64) => wide.to_owned(),
            Element::Number(_) => "number".to_owned(),
            Element::Structure(record) => object(record, wide),
        };
        let of_shape = field.shape.iter().fold(own, |own, _| format!("({own})[]"));
        format!("{}: {of_shape}", escape(&field.name))
    });
    format!("{{ {} }}", fields.collect::<Vec<_>>().join("; "))
}

fn lists(object: &str, ndim: u8) -> String {
    (0..ndim).fold(object.to_owned(), |own, _| format!("{own}[]"))
}

/// What stands for records in a call: objects, an object of columns, or what another call has given.
fn given_records(records: &Structured) -> String {
    let object = object(&records.record, WIDE);
    let columns = records.record.fields.iter().map(|field| format!("{}: ArrayLike<unknown>", escape(&field.name)));
    let columns =
        columns.map(|c| c.replace("ArrayLike<unknown>", "{ readonly length: number; readonly [k: number]: unknown }"));
    let columns: Vec<String> = columns.collect();
    match records.ndim {
        0 => object,
        1 => format!("{} | {{ {} }} | {}", lists(&object, 1), columns.join("; "), given_result(records, WIDE)),
        n => format!("{} | {}", lists(&object, n), given_result(records, WIDE)),
    }
}

/// 64-bit integers in records: numbers where those hold them.
const WIDE: &str = "number | bigint";

/// What records of a result are: an object, or an array of records.
fn given_result(records: &Structured, wide: &str) -> String {
    let object = object(&records.record, wide);
    if records.ndim == 0 {
        return object;
    }
    let all = lists(&object, records.ndim);
    format!(
        "{{ readonly shape: number[]; readonly length: number; readonly fields: string[]; get(...index: number[]): {object}; \
         set(...given: [...index: number[], value: {object}]): void; field(name: string): unknown[]; toArray(): {all}; \
         [Symbol.iterator](): Iterator<{}> }}",
        lists(&object, records.ndim - 1)
    )
}

/// Whether there is an integer of 64 bits, other than in an array.
fn holds_wide(ty: &Type) -> bool {
    match ty {
        Type::Scalar(s) => matches!(s.dtype, DType::Int64 | DType::UInt64),
        Type::Tuple(items) => items.iter().any(holds_wide),
        Type::List(item) => holds_wide(item),
        Type::Structured(records) => object(&records.record, WIDE).contains(WIDE),
        Type::None | Type::Str | Type::Array(_) | Type::Record(_) => false,
    }
}

fn result(ty: &Type, results: Results) -> String {
    match ty {
        Type::None => "void".to_owned(),
        Type::Record(_) => "never".to_owned(),
        Type::Scalar(s) => match s.dtype {
            DType::Bool => "boolean".to_owned(),
            DType::Int64 | DType::UInt64 if results.bigint => "bigint".to_owned(),
            DType::Complex64 | DType::Complex128 => COMPLEX.to_owned(),
            _ => "number".to_owned(),
        },
        Type::Str => "string".to_owned(),
        Type::Array(a) => {
            let class = if results.resident { "ResidentArray" } else { "NDArray" };
            format!("{class}<\"{}\", {}>", a.dtype, a.ndim)
        }
        Type::Structured(r) => given_result(r, if results.bigint { "bigint" } else { WIDE }),
        Type::Tuple(items) => labelled(items, |item| result(item, results)),
        // What is in a list is copied.
        Type::List(_) if let Some((class, items)) = nopython_types::record::stands_for(ty) => {
            held(class, items, |item| result(item, Results { resident: false, ..results }))
        }
        Type::List(item) => format!("{}[]", result(item, Results { resident: false, ..results })),
    }
}
