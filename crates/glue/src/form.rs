//! Controls of parameters and views of results, by their types, as the specification that figures read (`runtime/js/src/figure/spec.ts`).

use crate::figure::colour_map;
use crate::script::{javascript, written};
use nopython_diagnostics::escape;
use nopython_types::{ArrayType, DType, Export, Kind, Literal, Param, Scalar, Type};

/// The control of a parameter, as JavaScript; a parameter that is always None has none.
pub fn control(param: &Param) -> Option<String> {
    let name = escape(&param.name);
    Some(match &param.ty {
        Type::None => return None,
        Type::Scalar(Scalar { dtype: DType::Bool, .. }) => {
            format!("{{kind:\"bool\",name:{name},value:{}}}", param.default != Some(Literal::Bool(false)))
        }
        // A complex number is moved along the real axis.
        Type::Scalar(scalar) if scalar.dtype.is_complex() => slider(&name, scalar.dtype.part(), param.default.as_ref()),
        Type::Scalar(scalar) => slider(&name, scalar.dtype, param.default.as_ref()),
        Type::Array(array) if !is_text(&param.ty) => table(&name, array),
        ty => {
            let value = param.default.as_ref().map_or_else(|| sample(ty), ToString::to_string);
            format!("{{kind:\"text\",name:{name},type:{},value:{}}}", written(ty), escape(&value))
        }
    })
}

/// Whether a value is typed as nested lists: a tuple, or an array that has no table.
const fn is_text(ty: &Type) -> bool {
    matches!(
        ty,
        Type::Str | Type::Tuple(_) | Type::List(_) | Type::Structured(_) | Type::Array(ArrayType { ndim: 3.., .. })
    )
}

/// A slider around the default, whose track is what a reader may try first; any value of the dtype may be typed.
fn slider(name: &str, dtype: DType, default: Option<&Literal>) -> String {
    let is_float = dtype.kind() == Kind::Float;
    let real = match default {
        Some(Literal::Complex(re, _)) => Some(Literal::Float(*re)),
        _ => None,
    };
    let default = real.as_ref().or(default);
    let value = default.map_or_else(|| if is_float { "1".to_owned() } else { "3".to_owned() }, javascript);
    let near = match default {
        #[expect(clippy::cast_precision_loss, reason = "the track is near the value")]
        Some(Literal::Int(value)) => *value as f64,
        Some(Literal::Float(value)) if value.is_finite() => *value,
        Some(_) => 0.0,
        None if is_float => 1.0,
        None => 3.0,
    };
    // As ipywidgets has it: from the negative value to three times the value.
    let (low, high) = match near {
        0.0 => (0.0, if is_float { 1.0 } else { 10.0 }),
        near if near > 0.0 => (-near, 3.0 * near),
        near => (3.0 * near, -near),
    };
    let (step, (least, greatest)) =
        if is_float { (power_of_ten(high - low), (f64::MIN, f64::MAX)) } else { ("1".to_owned(), limits(dtype)) };
    let (low, high) = (low.max(least), high.min(greatest));
    format!(
        "{{kind:\"number\",name:{name},dtype:\"{dtype}\",integer:{},log:false,low:{low},high:{high},step:{step},value:{value}}}",
        !is_float
    )
}

/// A power of ten, of which there are a hundred to a thousand in a span.
fn power_of_ten(span: f64) -> String {
    let (mut step, mut exponent) = (1.0, 0);
    while step * 100.0 > span && exponent > -300 {
        step /= 10.0;
        exponent -= 1;
    }
    while step * 1000.0 < span && exponent < 300 {
        step *= 10.0;
        exponent += 1;
    }
    format!("1e{exponent}")
}

/// The least and the greatest integer of a dtype, or floats near them.
#[expect(clippy::cast_precision_loss, reason = "the ends of a track are near")]
fn limits(dtype: DType) -> (f64, f64) {
    let size = 1_i128 << (8 * dtype.size());
    let (low, high) = if dtype.kind() == Kind::Signed { (-size / 2, size / 2 - 1) } else { (0, size - 1) };
    (low as f64, high as f64)
}

/// A table of a small array.
fn table(name: &str, array: &ArrayType) -> String {
    let wide = if array.ndim > 1 { ",wide:true" } else { "" };
    let shape = if array.ndim > 1 { "4,4" } else { "4" };
    let items: Vec<String> = match (array.ndim, array.dtype) {
        (1, DType::Bool) => (0..4).map(|k| (k % 2 == 0).to_string()).collect(),
        (1, _) => (1..5).map(|k| k.to_string()).collect(),
        (_, DType::Bool) => (0..16).map(|k| ((k / 4 + k) % 2 == 0).to_string()).collect(),
        // Symmetric and positive definite, so that it can be solved with, and every other function has something to do.
        _ => (0..16_i32).map(|k| (4 - (k / 4 - k % 4).abs()).to_string()).collect(),
    };
    format!(
        "{{kind:\"table\",name:{name},dtype:\"{}\",shape:[{shape}],value:[{}]{wide}}}",
        array.dtype,
        items.join(",")
    )
}

/// What a text holds at first.
fn sample(ty: &Type) -> String {
    match ty {
        Type::None => "None".to_owned(),
        Type::Str => "'text'".to_owned(),
        Type::Scalar(s) if s.dtype == DType::Bool => "True".to_owned(),
        Type::Scalar(_) => "3".to_owned(),
        Type::Array(ArrayType { dtype: DType::UInt8, ndim: 3, .. }) => {
            // A small image of colours.
            let pixel = |row: u32, column: u32| format!("[{}, {}, 128]", 80 * row, 80 * column);
            let row =
                |row: u32| format!("[{}]", (0..4).map(|column| pixel(row, column)).collect::<Vec<_>>().join(", "));
            format!("[{}]", (0..4).map(row).collect::<Vec<_>>().join(",\n "))
        }
        Type::Array(a) => (1..a.ndim).fold("[1, 2, 3, 4]".to_owned(), |inner, _| format!("[{inner}, {inner}]")),
        Type::Tuple(items) => {
            let comma = if items.len() == 1 { "," } else { "" };
            format!("({}{comma})", items.iter().map(sample).collect::<Vec<_>>().join(", "))
        }
        Type::List(item) => format!("[{}]", sample(item)),
        Type::Record(_) => "None".to_owned(),
        Type::Structured(_) => "[]".to_owned(),
    }
}

/// What is shown after a call: a name and a type for each panel, in the order in which the function of the page gives them.
pub struct Shown {
    name: String,
    ty: Type,
}

/// Whether a function gives one number or array and nothing else, which then has no name.
pub fn is_single(export: &Export) -> bool {
    !matches!(export.result, Type::None | Type::Tuple(_)) && !export.params.iter().any(|param| param.written)
}

/// The items of tuples one by one, and arrays that the function may have written.
pub fn shown(export: &Export) -> Vec<Shown> {
    let mut all = Vec::new();
    let written: Vec<&Param> = export.params.iter().filter(|param| param.written).collect();
    if export.result != Type::None || written.is_empty() {
        items(&export.result, if matches!(export.result, Type::Tuple(_)) { "" } else { "result" }, "", &mut all);
    }
    for param in written {
        items(&param.ty, &param.name, " after the call", &mut all);
    }
    all
}

fn items(ty: &Type, name: &str, after: &str, all: &mut Vec<Shown>) {
    match ty {
        Type::Tuple(parts) => {
            for (k, part) in parts.iter().enumerate() {
                items(part, &format!("{name}[{k}]"), after, all);
            }
        }
        ty => all.push(Shown { name: format!("{name}{after}"), ty: ty.clone() }),
    }
}

/// The specification of a function's figure; `kernel` is the function of the page that it calls.
pub fn spec(export: &Export, kernel: &str) -> String {
    let controls: Vec<String> = export.params.iter().filter_map(control).collect();
    let shown = shown(export);
    let views: Vec<String> = shown.iter().map(|one| view(&one.ty)).collect();
    let names: Vec<String> = shown.iter().map(|one| escape(&one.name)).collect();
    let names = if is_single(export) { "null".to_owned() } else { format!("[{}]", names.join(",")) };
    format!(
        "{{controls:[{}],kernels:{{\"\":{}}},views:[{}],names:{names},floats:[],alt:{},beside:true}}",
        controls.join(","),
        escape(kernel),
        views.join(","),
        escape(&format!("{}, a figure", export.name))
    )
}

/// How a result is shown.
fn view(ty: &Type) -> String {
    match ty {
        Type::Array(ArrayType { ndim: 2, .. }) => format!("{{kind:\"array\",map:\"{}\"}}", colour_map("viridis")),
        Type::Array(_) => "{kind:\"array\"}".to_owned(),
        Type::Scalar(scalar) => format!("{{kind:\"number\",dtype:\"{}\"}}", scalar.dtype),
        Type::None | Type::Str | Type::Tuple(_) | Type::List(_) | Type::Record(_) | Type::Structured(_) => {
            "{kind:\"number\",dtype:\"\"}".to_owned()
        }
    }
}

/// The parts of the figures' code that functions need.
pub fn parts(exports: &[Export]) -> Vec<&'static str> {
    let mut parts = vec!["words"];
    let mut add = |names: &[&'static str]| {
        parts.extend(names.iter().filter(|name| !parts.contains(name)).copied().collect::<Vec<_>>())
    };
    for one in exports.iter().flat_map(shown) {
        let Type::Array(array) = one.ty else { continue };
        add(&["array"]);
        match (array.ndim, array.dtype) {
            (1, _) => add(&["chart"]),
            (2, _) | (3, DType::UInt8) => add(&["image", "hands", "map"]),
            _ => {}
        }
    }
    let mut types = exports.iter().flat_map(|export| &export.params).map(|param| &param.ty);
    // The part of nested lists has tables too.
    if types.clone().any(is_text) {
        add(&["text"]);
    } else if types.any(|ty| matches!(ty, Type::Array(_))) {
        add(&["table"]);
    }
    parts
}
