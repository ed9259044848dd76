//! The JavaScript of a call: checks, lowering and lifting written out for one signature, so that a call runs no loop over descriptions.
//!
//! A wrapper is an expression `(c) => function (a0, …) { … }`; `c` is the runtime's `Context` (`runtime/js/src/module.ts`). Numbers of
//! the right kind are passed as they are, and all others go through `c.number`, which converts or refuses them.

use crate::script::{default, least};
use core::fmt::Write;
use nopython_diagnostics::escape;
use nopython_types::{ArrayType, DType, Element, Export, Kind, Layout, Literal, Passing, Scalar, Structure, Type};

/// A wrapper under construction.
#[derive(Default)]
struct Wrapper {
    /// The function's name.
    name: String,
    /// Statements that check the arguments.
    checks: String,
    /// Expressions for the wasm function's parameters.
    slots: Vec<String>,
    /// The arrays among the arguments.
    arrays: Vec<String>,
    /// The lists among the arguments.
    given: Vec<String>,
    /// Numbers and arrays so far, which is how the runtime counts them.
    leaves: usize,
    /// Tuples so far.
    tuples: usize,
    /// Arguments of records so far.
    records: usize,
    /// Statements that bring changes of records back to the objects that were given.
    back: String,
}

/// The wrapper of an export.
pub fn wrapper(export: &Export) -> String {
    let mut own = Wrapper { name: export.name.clone(), ..Wrapper::default() };
    for (k, param) in export.params.iter().enumerate() {
        let before = own.records;
        own.lower(&param.ty, &format!("a{k}"), &format!("'{}'", param.name));
        if param.written {
            for q in before..own.records {
                let _ = writeln!(own.back, "    q{q}.back();");
            }
        }
    }
    let count = export.params.len();
    // A list that is changed is the default of the next call too, as in Python.
    let (mut shared, mut lists) = (Vec::new(), Vec::new());
    let params = export.params.iter().enumerate().map(|(k, param)| match (default(param), &param.default) {
        (Some(default), Some(Literal::List(_))) => {
            shared.push(format!("d{k}"));
            lists.push(default);
            format!("a{k} = d{k}")
        }
        (Some(default), _) => format!("a{k} = {default}"),
        (None, _) => format!("a{k}"),
    });
    let params: Vec<String> = params.collect();
    let least = least(export);
    let by_name = export.params.iter().any(|param| param.passing == Passing::Keyword);
    let unusual = match (count, least < count || by_name) {
        (0, _) => "arguments.length".to_owned(),
        (_, false) => {
            let last = format!("a{}", count - 1);
            format!("arguments.length !== {count} || (typeof {last} === \"object\" && c.keyed({last}, {count}))")
        }
        (_, true) => format!(
            "arguments.length < {least} || arguments.length > {count} || c.keyed(arguments[arguments.length - 1], arguments.length)"
        ),
    };
    let mut out = format!("(c) => function ({}) {{\n  if ({unusual}) return c.again(arguments);\n", params.join(", "));
    out.push_str(&own.checks);
    let arrays = format!("[{}]", own.arrays.join(", "));
    let has_lists = export.holds_list();
    match own.arrays.as_slice() {
        _ if has_lists => {
            let _ = writeln!(out, "  const lent = c.lend({arrays}, [{}]);", own.given.join(", "));
        }
        [] => {}
        // A getter in a list may do anything.
        [array] if own.tuples == 0 => {
            let _ = writeln!(out, "  c.enter({array});");
        }
        _ => {
            let _ = writeln!(out, "  c.group({arrays});");
        }
    }
    // The arrays of a call with lists are also those in lists.
    let (host, among) = if has_lists { ("lent", "lent.arrays") } else { ("c", arrays.as_str()) };
    let call = format!("{host}.module.wasm[{}]({})", escape(&export.symbol), own.slots.join(", "));
    let mut slots = 0;
    let result = lift(&export.result, export.result.slots().len(), (host, among), &mut slots);
    let body = match &result {
        Some(result) => format!("const r = {call};\n    return {result};"),
        None => format!("{call};"),
    };
    let _ = write!(out, "  try {{\n    {body}\n  }} catch (e) {{\n    throw {host}.failed(e);\n  }}");
    if has_lists {
        let _ = write!(out, " finally {{\n    lent.takeBack();\n{}  }}", own.back);
    } else if !own.arrays.is_empty() {
        let _ = write!(out, " finally {{\n    c.leave({arrays});\n{}  }}", own.back);
    }
    out.push_str("\n}");
    if shared.is_empty() { out } else { format!("(({}) => {out})({})", shared.join(", "), lists.join(", ")) }
}

impl Wrapper {
    /// Lowers a value, given as an expression that may be repeated.
    fn lower(&mut self, ty: &Type, value: &str, path: &str) {
        match ty {
            Type::None => {
                let _ = writeln!(self.checks, "  c.none({}, {value});", escape(path));
            }
            Type::Scalar(scalar) if scalar.dtype.is_complex() => {
                let leaf = self.leaf();
                let _ = writeln!(self.checks, "  const s{leaf} = c.complex({leaf}, {value});");
                self.slots.extend(["re", "im"].map(|part| format!("s{leaf}.{part}")));
            }
            Type::Scalar(scalar) => {
                let leaf = self.leaf();
                let _ = writeln!(self.checks, "  const s{leaf} = {};", number(*scalar, value, leaf));
                self.slots.push(format!("s{leaf}"));
            }
            Type::Array(array) => {
                let leaf = self.leaf();
                let name = format!("v{leaf}");
                let _ = writeln!(self.checks, "  const {name} = c.array({leaf}, {value});");
                self.slots.push(format!("{name}.address"));
                self.slots.extend((0..array.ndim).map(|k| format!("{name}.shape[{k}]")));
                if array.layout == Layout::Any {
                    self.slots.extend((0..array.ndim).map(|k| format!("{name}.steps[{k}]")));
                }
                self.slots.push("0".to_owned());
                self.arrays.push(name);
            }
            // Hosts are given no records.
            Type::Record(_) => {}
            Type::Str => {
                let leaf = self.leaf();
                let name = format!("v{leaf}");
                let _ = writeln!(self.checks, "  const {name} = c.string({leaf}, {value});");
                self.slots.extend([format!("{name}.address"), format!("{name}.shape[0]"), "0".to_owned()]);
                self.arrays.push(name);
            }
            Type::Structured(r) => {
                let q = self.records;
                self.records += 1;
                let (dtype, ndim) = (described(&r.record), r.ndim);
                let where_ = escape(&format!("{}() argument {path}", self.name));
                let _ = writeln!(self.checks, "  const q{q} = $records.lower({value}, {dtype}, {ndim}, {where_});");
                self.lower(&Type::Array(r.units()), &format!("q{q}.units"), path);
            }
            Type::List(_) => {
                let leaf = self.leaf();
                let name = format!("v{leaf}");
                let _ = writeln!(self.checks, "  const {name} = c.list({leaf}, {value});");
                self.slots.push(format!("{name}.record"));
                self.given.push(name);
            }
            Type::Tuple(items) => {
                let list = format!("t{}", self.tuples);
                self.tuples += 1;
                let _ = writeln!(self.checks, "  const {list} = c.items({}, {value}, {});", escape(path), items.len());
                for (k, item) in items.iter().enumerate() {
                    self.lower(item, &format!("{list}[{k}]"), &format!("{path}, item {k},"));
                }
            }
        }
    }

    fn leaf(&mut self) -> usize {
        self.leaves += 1;
        self.leaves - 1
    }
}

/// A structured dtype as `runtime/js/src/records.ts` reads it.
pub fn described(record: &Structure) -> String {
    let fields = record.fields.iter().map(|field| {
        let dtype = match &field.element {
            Element::Number(dtype) => format!("\"{dtype}\""),
            Element::Structure(record) => described(record),
        };
        let extents: Vec<String> = field.shape.iter().map(u32::to_string).collect();
        let shape = if extents.is_empty() { String::new() } else { format!(", [{}]", extents.join(", ")) };
        format!("[{}, {dtype}, {}{shape}]", escape(&field.name), field.offset)
    });
    let fields: Vec<String> = fields.collect();
    format!("[{}, \"{}\", [{}]]", record.size, record.unit(), fields.join(", "))
}

/// A number as a wasm value.
fn number(scalar: Scalar, value: &str, leaf: usize) -> String {
    let test = match (scalar.dtype, scalar.dtype.kind()) {
        (DType::Bool, _) => return format!("typeof {value} === \"boolean\" ? +{value} : c.number({leaf}, {value})"),
        (DType::Int64, _) => format!("Number.isSafeInteger({value})"),
        (DType::UInt64, _) => format!("Number.isSafeInteger({value}) && {value} >= 0"),
        // What float32 does not hold, and NaN and infinities, are looked at more closely.
        (DType::Float32, _) => format!("typeof {value} === \"number\" && Math.abs({value}) <= {:e}", f32::MAX),
        (_, Kind::Float) => format!("typeof {value} === \"number\""),
        (dtype, kind) => {
            let unused = 32 - 8 * dtype.size();
            let wrapped = match (unused, kind) {
                (0, Kind::Signed) => format!("({value} | 0)"),
                (0, _) => format!("({value} >>> 0)"),
                (_, Kind::Signed) => format!("({value} << {unused} >> {unused})"),
                _ => format!("({value} << {unused} >>> {unused})"),
            };
            format!("typeof {value} === \"number\" && {wrapped} === {value}")
        }
    };
    let wide = matches!(scalar.dtype, DType::Int64 | DType::UInt64);
    let given = if wide { format!("BigInt({value})") } else { value.to_owned() };
    format!("{test} ? {given} : c.number({leaf}, {value})")
}

/// The JavaScript value of a result: of wasm value `r`, or of several from number `at` on. `host` makes the value, and `arrays` are those
/// in which arrays of the result may lie. `None` for no value.
fn lift(ty: &Type, count: usize, (host, arrays): (&str, &str), at: &mut usize) -> Option<String> {
    let mut next = || {
        *at += 1;
        if count == 1 { "r".to_owned() } else { format!("r[{}]", *at - 1) }
    };
    match ty {
        Type::None => None,
        Type::Scalar(scalar) if scalar.dtype.is_complex() => Some(format!("{{ re: {}, im: {} }}", next(), next())),
        Type::Scalar(scalar) => {
            let value = next();
            Some(match scalar.dtype {
                DType::Bool => format!("{value} !== 0"),
                DType::UInt32 => format!("{value} >>> 0"),
                DType::Int64 => format!("c.int({value})"),
                DType::UInt64 => format!("c.int({value}, 1)"),
                _ => value,
            })
        }
        Type::Array(ArrayType { dtype, ndim, layout }) => {
            let address = next();
            let shape: Vec<String> = (0..*ndim).map(|_| next()).collect();
            let steps = match layout {
                Layout::C => "undefined".to_owned(),
                Layout::Any => format!("[{}]", (0..*ndim).map(|_| next()).collect::<Vec<_>>().join(", ")),
            };
            let owner = next();
            Some(format!("{host}.lift(\"{dtype}\", {arrays}, {address}, [{}], {steps}, {owner})", shape.join(", ")))
        }
        Type::Record(_) => None,
        Type::Str => {
            let [address, length, owner] = [next(), next(), next()];
            Some(format!("c.stringOf({host}.lift(\"uint32\", {arrays}, {address}, [{length}], undefined, {owner}))"))
        }
        Type::Structured(r) => {
            let units = lift(&Type::Array(r.units()), count, (host, arrays), at)?;
            Some(format!("$records.lift({units}, {}, c.int(0n))", described(&r.record)))
        }
        Type::List(_) => Some(format!("{host}.lifted({}, {})", crate::script::written(ty), next())),
        Type::Tuple(items) => {
            let items = items
                .iter()
                .map(|item| lift(item, count, (host, arrays), at).unwrap_or_else(|| "undefined".to_owned()));
            let items: Vec<String> = items.collect();
            Some(format!("[{}]", items.join(", ")))
        }
    }
}
