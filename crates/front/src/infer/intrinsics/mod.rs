//! What library bodies may call beside the compiled subset: the closed set of intrinsics.
//!
//! | intrinsic | meaning |
//! |---|---|
//! | `op(row, x, …)` | a scalar operation of the IR, element by element, on operands promoted to one dtype; strong results |
//! | `kernel(name, x, …)` | a function of `library/kernels`, element by element, in the float dtype NumPy uses |
//! | `floordiv modulo power_of select` | `//`, `%`, `**` and `where` as NumPy functions |
//! | `as_float as_float64 as_dtype as_like strong` | conversions; a Python int that does not fit raises OverflowError |
//! | `limit_like(x, a)` | a Python int as the nearest number of a's dtype |
//! | `is_float is_unsigned is_array is_known` | tests decided while compiling |
//! | `sum_dtype mean_dtype range_dtype result_dtype largest_of` | dtypes NumPy computes in |
//! | `reduce scan count_along` | combining elements |
//! | `full_of zeros_of empty_of range_of copy_of as_array` | making arrays |
//! | `reshape_to transpose_to swap_axes move_axes insert_axis drop_axis merge_axes stretch_to reverse_axes slice_axis` | views |
//! | `join_arrays stack_arrays` | concatenation |
//! | `taken_in(x, like, k)` `given_out(x, like, k)` | what a host has given as item k of what a container holds, and the other way round (`records/hosts.rs`) |
//! | `is_kind(x, name)` | a test of a type by name, decided while compiling (`records/containers.rs`) |
//! | `list_like(xs)` `list_truncate(xs, n)` `is_list(xs)` | a new list, dict or set with items of the same type; the first n items alone; a test decided while compiling |
//! | `codes_of(s)` `text_of(a)` `text_list()` `is_text(s)` | the code points of a string as an array that is not written to; the string of code points that are not written to any more; a new list of strings; a test decided while compiling |
//! | `of_axis(index, k)` `mask_extent(n, extent, k)` | an index that errors name as one of axis k; a mask's extent beside that of axis k |
//! | `generator_words()` `generator_floats()` | the state of the module's random generators, arrays that live as long as the module |
//! | `module_floats(name, n)` | an array of n float64 that lives as long as the module, of zeros at the beginning |
//! | `new_record(class, x, …)` | a random generator, or what one is seeded with, of its fields (`records/generators.rs`) |
//! | `is_huge(x)` `huge_words(x)` | whether an int is known and does not fit int64; its words of 32 bits |
//! | `static_error(text)` | refuses the call, with a hint |

mod combining;
mod elements;
mod making;
pub mod viewing;

use super::body::Body;
use super::calls::Args;
use super::index::of_axis;
use super::ops::{self};
use super::{Answer, Stop};
use crate::value::{Static, Val};
use nopython_diagnostics::codes;
use nopython_ir::ops::BinOp;
use nopython_ir::typed::{Expr, ExprKind, StmtKind};
use nopython_types::{Scalar, Type};
use ruff_python_ast as ast;

/// Their names.
pub const NAMES: &[&str] = &[
    "op",
    "kernel",
    "floordiv",
    "modulo",
    "power_of",
    "select",
    "as_float",
    "as_float64",
    "as_dtype",
    "limit_like",
    "as_like",
    "strong",
    "is_float",
    "is_unsigned",
    "is_array",
    "is_known",
    "sum_dtype",
    "mean_dtype",
    "range_dtype",
    "result_dtype",
    "largest_of",
    "reduce",
    "scan",
    "count_along",
    "full_of",
    "empty_of",
    "zeros_of",
    "range_of",
    "copy_of",
    "as_array",
    "reshape_to",
    "transpose_to",
    "swap_axes",
    "move_axes",
    "insert_axis",
    "stretch_to",
    "reverse_axes",
    "slice_axis",
    "of_axis",
    "mask_extent",
    "drop_axis",
    "merge_axes",
    "join_arrays",
    "stack_arrays",
    "list_like",
    "list_truncate",
    "is_list",
    "is_kind",
    "generator_words",
    "generator_floats",
    "module_floats",
    "new_record",
    "is_huge",
    "huge_words",
    "taken_in",
    "given_out",
    "is_text",
    "codes_of",
    "text_of",
    "text_list",
    "static_error",
    "each",
    "is_complex",
    "part_dtype",
    "bits_of",
];

impl Body<'_, '_> {
    /// A call of an intrinsic.
    pub fn intrinsic(&mut self, name: &str, args: Args, node: &ast::Expr) -> Answer<Val> {
        let values = args.positional;
        match (name, values.as_slice()) {
            ("op", [Val::Static(Static::Str(row)), operands @ ..]) => self.op(row, operands, node).map(Val::Expr),
            ("kernel", [Val::Static(Static::Str(name)), operands @ ..]) => {
                self.kernel(name, operands, node).map(Val::Expr)
            }
            ("each", [Val::Static(Static::Str(name)), operands @ ..]) => self.each(name, operands, node).map(Val::Expr),
            ("static_error", [Val::Static(Static::Str(text))]) => {
                let (what, hint) = text.split_once("; ").unwrap_or((text, "write a loop"));
                Err(Stop::error(self.error(node, codes::UNSUPPORTED_CALL, what, "this call").hint(hint)))
            }
            ("generator_words" | "generator_floats", []) => {
                self.infer.generator_state(name == "generator_floats", self.place_of(node)).map(Val::Expr)
            }
            ("module_floats", [Val::Static(Static::Str(name)), Val::Expr(count)]) => {
                let count = ops::as_int(count).and_then(|count| u32::try_from(count).ok()).unwrap_or(0);
                self.infer.module_floats(name, count, self.place_of(node)).map(Val::Expr)
            }
            ("new_record", [Val::Static(Static::Str(class)), values @ ..]) => {
                self.new_record(class, values, node)?.ok_or_else(|| self.misused(name, node))
            }
            ("is_huge", [value]) => Ok(super::records::is_huge(value, self.place_of(node))),
            ("huge_words", [value]) => self.huge_words(value, node)?.ok_or_else(|| self.misused(name, node)),
            ("list_like", [Val::Expr(like)]) if super::records::args_of(&like.ty).is_some() => {
                let Type::Record(record) = &like.ty else { return Err(self.misused(name, node)) };
                let (class, place) = (&record.class, self.place_of(node));
                Ok(Val::Expr(super::records::fresh(&class.name, class.args.clone(), place)))
            }
            ("list_like", [Val::Expr(list)]) => {
                let place = self.place_of(node);
                Ok(Val::Expr(Expr { kind: ExprKind::List(Vec::new()), ty: list.ty.clone(), place }))
            }
            ("list_truncate", [Val::Expr(list), Val::Expr(length)]) => {
                let (list, length) = (list.clone(), ops::cast_scalar(length.clone(), Scalar::INT));
                let place = self.place_of(node);
                self.emit(StmtKind::ListTruncate { list, length }, place);
                Ok(Val::NONE)
            }
            // An item of a list of a host, for the item `k` of what the container `like` holds; and the other way round.
            ("taken_in" | "given_out", [Val::Expr(value), Val::Expr(like), Val::Expr(k)]) => {
                let k = ops::as_int(k).and_then(|k| usize::try_from(k).ok()).unwrap_or(0);
                let wanted = match &like.ty {
                    Type::Record(record) => record.class.args.get(k).cloned(),
                    Type::List(item) => match &**item {
                        Type::Tuple(items) if name == "given_out" && super::records::is_held(&like.ty) => {
                            items.get(k).cloned()
                        }
                        item => Some(item.clone()),
                    },
                    _ => None,
                };
                let wanted = wanted.ok_or_else(|| self.misused(name, node))?;
                self.crossing(value.clone(), wanted, name == "taken_in", node)
            }
            ("is_kind", [value, Val::Static(Static::Str(kind))]) => {
                let known = nopython_ir::Const::Bool(super::records::is_kind(value, kind));
                Ok(Val::Expr(ops::constant(known, true, self.place_of(node))))
            }
            ("text_list", []) => {
                let (place, ty) = (self.place_of(node), Type::list(Type::Str));
                Ok(Val::Expr(Expr { kind: ExprKind::List(Vec::new()), ty, place }))
            }
            ("is_text", [value]) => {
                let known = nopython_ir::Const::Bool(crate::infer::strings::is_text(value));
                Ok(Val::Expr(ops::constant(known, true, self.place_of(node))))
            }
            ("codes_of", [text]) => {
                let text = self.runtime(text.clone(), node)?;
                if text.ty != Type::Str {
                    return Err(Stop::error(self.error(
                        node,
                        codes::TYPE_MISMATCH,
                        format!("this function takes a string, not {}", text.ty),
                        format!("an argument is {}", text.ty),
                    )));
                }
                Ok(Val::Expr(crate::infer::strings::codes(text)))
            }
            ("text_of", [Val::Expr(array)]) => match crate::infer::strings::of_codes(array.clone()) {
                Some(text) => Ok(Val::Expr(text)),
                None => Err(self.misused(name, node)),
            },
            ("is_list", [value]) => {
                let known = nopython_ir::Const::Bool(crate::infer::lists::is_record(value));
                Ok(Val::Expr(ops::constant(known, true, self.place_of(node))))
            }
            ("select", [test, x, y]) => self.select(test.clone(), x.clone(), y.clone(), node).map(Val::Expr),
            ("floordiv" | "modulo" | "power_of", [a, b]) => {
                let (a, b) = (self.numeric(a.clone(), node)?, self.numeric(b.clone(), node)?);
                match name {
                    "power_of" => self.power(a, b, true, node),
                    "floordiv" => self.floor_divide(BinOp::FloorDiv, a, b, true, node),
                    _ => self.floor_divide(BinOp::Mod, a, b, true, node),
                }
                .map(Val::Expr)
            }
            (
                "full_of" | "zeros_of" | "empty_of" | "range_of" | "copy_of" | "as_array" | "join_arrays"
                | "stack_arrays",
                _,
            ) => self.making(name, &values, node),
            ("mask_extent", [Val::Expr(given), Val::Expr(extent), Val::Expr(axis)]) => {
                let (given, extent) = (given.clone(), extent.clone());
                self.mask_extent(given, extent, ops::as_int(axis).unwrap_or(0), node)
            }
            ("of_axis", [Val::Expr(index), Val::Expr(axis)]) => {
                // What is no integer is refused where it indexes.
                let is_int = matches!(index.ty, Type::Scalar(s) if s.dtype.is_int());
                let axis = ops::as_int(axis).and_then(|axis| usize::try_from(axis).ok());
                Ok(Val::Expr(match axis {
                    Some(axis) if is_int => of_axis(ops::cast_scalar(index.clone(), Scalar::INT), axis),
                    _ => index.clone(),
                }))
            }
            ("reduce" | "scan" | "count_along", _) => self.combining(name, &values, node),
            (
                "reshape_to" | "transpose_to" | "swap_axes" | "move_axes" | "insert_axis" | "stretch_to"
                | "reverse_axes" | "slice_axis" | "drop_axis" | "merge_axes",
                [array, rest @ ..],
            ) => {
                let array = self.array_operand(array.clone(), node)?;
                self.viewing(name, array, rest, node).map(Val::Expr)
            }
            (_, [first, rest @ ..]) => self.converting(name, first, rest, node),
            _ => Err(self.misused(name, node)),
        }
    }

    fn misused(&self, name: &str, node: &ast::Expr) -> Stop {
        Stop::error(
            self.error(
                node,
                codes::UNSUPPORTED_CALL,
                format!("this function does not take these arguments ({})", name.trim_end_matches("_of")),
                "this call",
            )
            .hint("`nopython functions` shows the signature"),
        )
    }

    /// A number or an array; nested lists become arrays.
    pub fn numeric(&mut self, value: Val, node: &ast::Expr) -> Answer<Expr> {
        match value {
            Val::List(..) | Val::Tuple(_) => self.as_array(value, node),
            other => {
                let e = self.runtime(other, node)?;
                match &e.ty {
                    Type::Tuple(types) => {
                        let items = super::join::items(&e, types);
                        self.as_array(Val::Tuple(items), node)
                    }
                    _ => Ok(e),
                }
            }
        }
    }

    fn array_operand(&mut self, value: Val, node: &ast::Expr) -> Answer<Expr> {
        let e = self.numeric(value, node)?;
        match &e.ty {
            Type::Array(_) | Type::Structured(_) => Ok(e),
            other => Err(Stop::error(self.error(
                node,
                codes::TYPE_MISMATCH,
                format!("this function takes an array, not {other}"),
                format!("an argument is {other}"),
            ))),
        }
    }
}

/// A scalar as NumPy's own; arrays are.
pub fn strong(e: Expr) -> Expr {
    match e.ty {
        Type::Scalar(s) => ops::cast_scalar(e, Scalar::strong(s.dtype)),
        _ => e,
    }
}
