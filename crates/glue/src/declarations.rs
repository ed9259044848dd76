//! TypeScript declarations.

use crate::script::{by_name, default};
use core::fmt::Write;
use nopython_types::{DType, Export, Interface, Kind, Type};

const HEADER: &str = r#"// Made by nopython from {file}. Do not edit.

export type DType = "bool" | "int8" | "int16" | "int32" | "int64" | "uint8" | "uint16" | "uint32" | "uint64" | "float32" | "float64";

/** The typed array that holds elements of a dtype. */
export interface Data {
  bool: Uint8Array; int8: Int8Array; int16: Int16Array; int32: Int32Array; int64: BigInt64Array;
  uint8: Uint8Array; uint16: Uint16Array; uint32: Uint32Array; uint64: BigUint64Array;
  float32: Float32Array; float64: Float64Array;
}

/** An element as JavaScript sees it. */
export type Element<T extends DType> = T extends "bool" ? boolean : T extends "int64" | "uint64" ? bigint : number;

/** Nested lists. */
export type Nested<E> = E | readonly Nested<E>[];

/** An n-dimensional array: a typed array with a shape, strides in elements and an offset. */
interface NDArray<T extends DType = DType> extends Iterable<Element<T>> {
  readonly dtype: T;
  readonly data: Data[T];
  readonly shape: readonly number[];
  readonly strides: readonly number[];
  readonly offset: number;
  readonly size: number;
  readonly ndim: number;
  get(...index: number[]): Element<T>;
  set(...indexAndValue: [...number[], Element<T>]): void;
  toArray(): Nested<Element<T>>;
  copy(): NDArray<T>;
}

/** What is accepted for an array parameter. */
export type ArrayLike<T extends DType> =
  | NDArray<T>
  | Data[T]
  | readonly Nested<number | bigint | boolean>[]
  | { data: Data[T]; shape: readonly number[]; stride?: readonly number[]; strides?: readonly number[]; offset?: number };
"#;

/// The declarations of a module's exports.
#[must_use]
pub fn d_ts(interface: &Interface) -> String {
    let mut out = HEADER.replace("{file}", &interface.file);
    let mut renamed = Vec::new();
    for (k, overloads) in by_name(interface).into_iter().enumerate() {
        let Some(first) = overloads.first() else { continue };
        out.push_str(&comment(first, &interface.file));
        for export in &overloads {
            let _ = writeln!(out, "declare function $f{k}({}): {};", parameters(export), result(&export.result));
        }
        renamed.push(format!("$f{k} as {}", first.name));
    }
    let free = |name: &str| interface.exports.iter().all(|e| e.name != name);
    if free("memory") {
        out.push_str("\n/** Arrays that lie in the module's memory and are passed without copying. */\ndeclare const $m: {\n  array<T extends DType>(dtype: T, shape: number | readonly number[]): NDArray<T> & { dispose(): void };\n};\n");
        renamed.push("$m as memory".to_owned());
    }
    if free("NDArray") {
        out.push_str("\ndeclare const $N: { from<T extends DType = \"float64\">(source: Nested<number | bigint | boolean> | Data[T], dtype?: T): NDArray<T> };\n");
        renamed.push("$N as NDArray".to_owned());
    }
    if free("PyError") {
        out.push_str("\n/** An exception raised by compiled Python. */\ndeclare class $E extends Error {\n  pyFile: string;\n  pyFunction: string;\n  pyLine: number;\n  pyCol: number;\n}\n");
        renamed.push("$E as PyError".to_owned());
    }
    let _ = writeln!(out, "\nexport {{ {} }};", renamed.join(", "));
    out
}

/// The docstring, and where the function is defined.
fn comment(export: &Export, file: &str) -> String {
    let mut out = String::from("\n/**\n");
    for line in export.doc.iter().flat_map(|doc| doc.lines()) {
        let _ = writeln!(out, " * {}", line.replace("*/", "* /"));
    }
    let _ = writeln!(out, " * @see {file}, line {}\n */", export.line);
    out
}

fn parameters(export: &Export) -> String {
    let params = export.params.iter().map(|p| {
        let optional = if default(p).is_some() { "?" } else { "" };
        // A Python parameter may have a name that JavaScript reserves; a trailing underscore is never seen by callers.
        let reserved = matches!(
            p.name.as_str(),
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
        format!("{}{}{optional}: {}", p.name, if reserved { "_" } else { "" }, parameter(&p.ty))
    });
    params.collect::<Vec<_>>().join(", ")
}

fn parameter(ty: &Type) -> String {
    match ty {
        Type::None => "undefined".to_owned(),
        Type::Scalar(s) => match s.dtype.kind() {
            Kind::Bool => "boolean".to_owned(),
            Kind::Float => "number".to_owned(),
            Kind::Signed | Kind::Unsigned => "number | bigint".to_owned(),
        },
        Type::Array(a) => format!("ArrayLike<\"{}\">", a.dtype),
        Type::Tuple(items) => format!("[{}]", items.iter().map(parameter).collect::<Vec<_>>().join(", ")),
    }
}

fn result(ty: &Type) -> String {
    match ty {
        Type::None => "void".to_owned(),
        Type::Scalar(s) if s.dtype == DType::Bool => "boolean".to_owned(),
        Type::Scalar(_) => "number".to_owned(),
        Type::Array(a) => format!("NDArray<\"{}\">", a.dtype),
        Type::Tuple(items) => format!("[{}]", items.iter().map(result).collect::<Vec<_>>().join(", ")),
    }
}
