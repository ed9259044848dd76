//! What library bodies may call beside the compiled subset: the closed set of intrinsics.
//!
//! | intrinsic | meaning |
//! |---|---|
//! | `op(row, x, …)` | a scalar operation of the IR, element by element, on operands promoted to one dtype; strong results |
//! | `kernel(name, x, …)` | a function of `library/kernels`, element by element, in the float dtype NumPy uses |
//! | `floordiv modulo power_of select` | `//`, `%`, `**` and `where` as NumPy functions |
//! | `as_float as_float64 as_dtype as_like strong` | conversions |
//! | `is_float is_unsigned is_array` | tests decided while compiling |
//! | `sum_dtype mean_dtype range_dtype result_dtype largest_of` | dtypes NumPy computes in |
//! | `reduce scan count_along` | combining elements |
//! | `full_of empty_of range_of copy_of as_array` | making arrays |
//! | `reshape_to transpose_to swap_axes insert_axis drop_axis stretch_to reverse_axes slice_axis` | views |
//! | `join_arrays stack_arrays` | concatenation |
//! | `static_error(text)` | refuses the call, with a hint |

use super::body::Body;
use super::builtins::dimension;
use super::calls::Args;
use super::methods::copy;
use super::ops::{self, Shape, constant};
use super::{Answer, Stop};
use crate::value::{Static, Val};
use nopython_diagnostics::codes;
use nopython_ir::Const;
use nopython_ir::ops::{BinOp, UnOp};
use nopython_ir::typed::{Expr, ExprKind, Index, MapOp, ReduceOp, StmtKind};
use nopython_types::{ArrayType, DType, Kind, Layout, Scalar, Type};
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
    "as_like",
    "strong",
    "is_float",
    "is_unsigned",
    "is_array",
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
    "range_of",
    "copy_of",
    "as_array",
    "reshape_to",
    "transpose_to",
    "swap_axes",
    "insert_axis",
    "stretch_to",
    "reverse_axes",
    "slice_axis",
    "drop_axis",
    "join_arrays",
    "stack_arrays",
    "static_error",
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
            ("static_error", [Val::Static(Static::Str(text))]) => {
                let (what, hint) = text.split_once("; ").unwrap_or((text, "write a loop"));
                Err(Stop::error(self.error(node, codes::UNSUPPORTED_CALL, what, "this call").hint(hint)))
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
            ("full_of" | "empty_of" | "range_of" | "copy_of" | "as_array" | "join_arrays" | "stack_arrays", _) => {
                self.making(name, &values, node)
            }
            ("reduce" | "scan" | "count_along", _) => self.combining(name, &values, node),
            (
                "reshape_to" | "transpose_to" | "swap_axes" | "insert_axis" | "stretch_to" | "reverse_axes"
                | "slice_axis" | "drop_axis",
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
                format!("these arguments are not taken here ({name})"),
                "this call",
            )
            .hint("`nopython functions` shows the signature"),
        )
    }

    /// A number or an array; nested lists become arrays.
    fn numeric(&mut self, value: Val, node: &ast::Expr) -> Answer<Expr> {
        match value {
            Val::List(_) | Val::Tuple(_) => self.as_array(value, node),
            other => self.runtime(other, node),
        }
    }

    fn array_operand(&mut self, value: Val, node: &ast::Expr) -> Answer<Expr> {
        let e = self.numeric(value, node)?;
        match &e.ty {
            Type::Array(_) => Ok(e),
            other => Err(Stop::error(self.error(
                node,
                codes::TYPE_MISMATCH,
                format!("this function takes an array, not {other}"),
                format!("an argument is {other}"),
            ))),
        }
    }

    fn op(&mut self, row: &str, operands: &[Val], node: &ast::Expr) -> Answer<Expr> {
        let place = self.place_of(node);
        let operands = operands.iter().map(|v| self.numeric(v.clone(), node)).collect::<Answer<Vec<_>>>()?;
        let mut operands = operands.into_iter();
        match (operands.next(), operands.next()) {
            (Some(x), None) => {
                let Some(op) = UnOp::ALL.iter().copied().find(|op| op.row().0 == row) else {
                    return Err(self.misused(row, node));
                };
                let shape = self.operand(&x, "this function", node)?;
                let x = ops::convert(x, Scalar::strong(shape.scalar.dtype));
                if shape.scalar.dtype == DType::Bool && op == UnOp::Abs {
                    return Ok(x);
                }
                if op.result(shape.scalar.dtype).is_none() {
                    return Err(Stop::error(self.error(
                        node,
                        codes::TYPE_MISMATCH,
                        format!("this function does not take {}", shape.scalar.dtype),
                        format!("an argument is {}", x.ty),
                    )));
                }
                Ok(ops::unary(op, x, place))
            }
            (Some(a), Some(b)) if row == "/" => self.divide(a, b, true, node),
            (Some(a), Some(b)) => {
                let Some(op) = BinOp::ALL.iter().copied().find(|op| op.row().0 == row) else {
                    return Err(self.misused(row, node));
                };
                let e = self.arithmetic(op, a, b, true, node)?;
                Ok(strong(e))
            }
            _ => Err(self.misused(row, node)),
        }
    }

    fn kernel(&mut self, name: &str, operands: &[Val], node: &ast::Expr) -> Answer<Expr> {
        let place = self.place_of(node);
        let numbers = operands.iter().map(|value| self.numeric(value.clone(), node)).collect::<Answer<Vec<_>>>()?;
        let mut numbers = numbers.into_iter();
        let operands = match (numbers.next(), numbers.next()) {
            (Some(x), None) => vec![self.as_float(x, node)?],
            (Some(a), Some(b)) => {
                let (a, b) = self.as_floats(a, b, node)?;
                vec![a, b]
            }
            _ => return Err(self.misused(name, node)),
        };
        Ok(ops::kernel(name, operands, false, place))
    }

    fn select(&mut self, test: Val, x: Val, y: Val, node: &ast::Expr) -> Answer<Expr> {
        let place = self.place_of(node);
        let test = self.numeric(test, node)?;
        let test = match Shape::of(&test.ty) {
            Some(shape) if shape.scalar.dtype != DType::Bool => ops::cast(test, DType::Bool),
            _ => test,
        };
        let (x, y) = (self.numeric(x, node)?, self.numeric(y, node)?);
        let (x, y, common) = self.promoted(x, y, "np.where", node)?;
        let ndim = [&test, &x, &y].into_iter().filter_map(|e| Shape::of(&e.ty).and_then(|s| s.ndim)).max();
        Ok(match ndim {
            Some(ndim) => Expr {
                kind: ExprKind::Map(MapOp::Select, vec![test, x, y]),
                ty: ops::array_type(common.dtype, ndim),
                place,
            },
            None => {
                let kind =
                    ExprKind::Cond { test: Box::new(test), then: Box::new(strong(x)), orelse: Box::new(strong(y)) };
                Expr { kind, ty: Type::Scalar(Scalar::strong(common.dtype)), place }
            }
        })
    }

    fn converting(&mut self, name: &str, first: &Val, rest: &[Val], node: &ast::Expr) -> Answer<Val> {
        let place = self.place_of(node);
        let known = |b: bool| Ok(Val::Expr(constant(Const::Bool(b), true, place)));
        let dtype = |d: DType| Ok(Val::Static(Static::ScalarType(Scalar::strong(d))));
        if name == "is_array" {
            return known(
                matches!(first, Val::List(_)) || matches!(first, Val::Expr(e) if matches!(e.ty, Type::Array(_))),
            );
        }
        let e = self.numeric(first.clone(), node)?;
        let shape = self.operand(&e, "this function", node)?;
        let own = shape.scalar.dtype;
        match (name, rest) {
            ("is_float", []) => known(own.is_float()),
            ("is_unsigned", []) => known(own.kind() == Kind::Unsigned || (own == DType::Bool && !shape.scalar.weak)),
            ("strong", []) => Ok(Val::Expr(strong(e))),
            ("as_float", []) => self.as_float(e, node).map(|e| Val::Expr(strong(e))),
            ("as_float", [other]) => {
                let other = self.numeric(other.clone(), node)?;
                self.as_floats(e, other, node).map(|(e, _)| Val::Expr(e))
            }
            ("as_float64", [other]) => {
                let other = self.numeric(other.clone(), node)?;
                let (e, _, common) = self.promoted(e, other, "this function", node)?;
                Ok(Val::Expr(if common.dtype.is_float() {
                    e
                } else {
                    ops::convert(e, Scalar { dtype: DType::Float64, weak: common.weak })
                }))
            }
            ("as_dtype", [to]) => {
                let to = self.dtype(to, node)?;
                Ok(Val::Expr(ops::cast(e, to.dtype)))
            }
            ("as_like", [other]) => {
                let other = self.numeric(other.clone(), node)?;
                let to = self.operand(&other, "this function", node)?;
                Ok(Val::Expr(ops::cast(e, to.scalar.dtype)))
            }
            ("sum_dtype", []) => dtype(match own.kind() {
                Kind::Bool | Kind::Signed => DType::Int64,
                Kind::Unsigned => DType::UInt64,
                Kind::Float => own,
            }),
            ("mean_dtype", []) => dtype(if own.is_float() { own } else { DType::Float64 }),
            ("range_dtype" | "result_dtype", _) => {
                let mut common = shape.scalar;
                for value in rest {
                    let e = self.numeric(value.clone(), node)?;
                    common = nopython_types::promote(common, self.operand(&e, "this function", node)?.scalar);
                }
                dtype(common.dtype)
            }
            ("largest_of", []) => Ok(Val::Expr(constant(
                Const::f64(if own == DType::Float32 { f64::from(f32::MAX) } else { f64::MAX }),
                true,
                place,
            ))),
            _ => Err(self.misused(name, node)),
        }
    }

    /// The dtype that a `dtype=` argument names.
    pub fn dtype(&self, value: &Val, node: &ast::Expr) -> Answer<Scalar> {
        let found = match value {
            Val::Static(Static::ScalarType(s)) => Some(*s),
            Val::Static(Static::Str(name)) => DType::from_name(name).map(Scalar::strong),
            _ => None,
        };
        found.ok_or_else(|| {
            let what = value.describe();
            let near = match value {
                Val::Static(Static::Str(name)) => crate::scope::nearest(name, DType::ALL.iter().map(|d| d.name())),
                _ => None,
            };
            let diagnostic = self.error(node, codes::BAD_SIGNATURE, format!("{what} is not a dtype"), "this call");
            Stop::error(match near {
                Some(near) => diagnostic.hint(format!("did you mean np.{near}?")),
                None => diagnostic.hint("dtypes are bool_, int8 to int64, uint8 to uint64, float32, float64"),
            })
        })
    }

    /// A shape argument as extents.
    fn shape(&mut self, value: Val, node: &ast::Expr) -> Answer<Vec<Expr>> {
        let items = match value {
            Val::Tuple(items) | Val::List(items) => items,
            Val::Expr(e) => match &e.ty {
                Type::Tuple(types) => {
                    types.iter().enumerate().map(|(k, ty)| Val::Expr(super::join::item(&e, k, ty))).collect()
                }
                _ => vec![Val::Expr(e)],
            },
            other => vec![other],
        };
        if items.len() > 4 {
            return Err(Stop::error(
                self.error(node, codes::WRONG_RANK, "arrays have at most 4 dimensions", "this shape")
                    .hint("merge axes"),
            ));
        }
        let mut extents = Vec::new();
        for item in items {
            let e = self.runtime(item, node)?;
            match &e.ty {
                Type::Scalar(s) if s.dtype.is_int() || s.dtype == DType::Bool => {
                    extents.push(ops::cast_scalar(e, Scalar::INT))
                }
                other => {
                    return Err(Stop::error(
                        self.error(
                            node,
                            codes::TYPE_MISMATCH,
                            format!("a shape is made of integers, not {other}"),
                            format!("this is {other}"),
                        )
                        .hint("convert with int(...)"),
                    ));
                }
            }
        }
        Ok(extents)
    }

    fn making(&mut self, name: &str, values: &[Val], node: &ast::Expr) -> Answer<Val> {
        let place = self.place_of(node);
        let rank = |n: usize| u8::try_from(n).unwrap_or(u8::MAX);
        let e = match (name, values) {
            ("full_of", [shape, value]) => {
                let shape = self.shape(shape.clone(), node)?;
                let value = strong(self.runtime(value.clone(), node)?);
                let Type::Scalar(s) = value.ty else { return Err(self.misused(name, node)) };
                let ty = ops::array_type(s.dtype, rank(shape.len()));
                Expr { kind: ExprKind::Full { shape, value: Box::new(value) }, ty, place }
            }
            ("empty_of", [shape, dtype]) => {
                let dtype = self.dtype(dtype, node)?.dtype;
                let shape = self.shape(shape.clone(), node)?;
                let ty = ops::array_type(dtype, rank(shape.len()));
                Expr { kind: ExprKind::Empty(shape), ty, place }
            }
            ("range_of", [start, stop, step, dtype]) => {
                let dtype = self.dtype(dtype, node)?.dtype;
                self.range_of(start, stop, step, dtype, node)?
            }
            ("copy_of", [array]) => copy(self.array_operand(array.clone(), node)?),
            ("as_array", [value]) => self.array_operand(value.clone(), node)?,
            ("join_arrays", [arrays, axis]) => self.join_arrays(arrays, axis, false, node)?,
            ("stack_arrays", [arrays, axis]) => self.join_arrays(arrays, axis, true, node)?,
            _ => return Err(self.misused(name, node)),
        };
        Ok(Val::Expr(e))
    }

    fn range_of(&mut self, start: &Val, stop: &Val, step: &Val, dtype: DType, node: &ast::Expr) -> Answer<Expr> {
        let place = self.place_of(node);
        let [start, stop, step] = [start, stop, step].map(|v| self.runtime(v.clone(), node));
        let (start, stop, step) = (start?, stop?, step?);
        let all_int = [&start, &stop, &step].iter().all(|e| matches!(&e.ty, Type::Scalar(s) if !s.dtype.is_float()));
        let count = if all_int {
            let int = |e: &Expr| ops::cast_scalar(e.clone(), Scalar::INT);
            let distance = ops::binary(BinOp::Sub, int(&stop), int(&start), true, place);
            if ops::as_int(&step) == Some(1) {
                distance
            } else {
                // ⌈d / s⌉ = −⌊−d / s⌋; the division raises ZeroDivisionError for a zero step, as NumPy does.
                let down =
                    ops::binary(BinOp::FloorDiv, ops::unary(UnOp::Neg, distance, place), int(&step), true, place);
                ops::unary(UnOp::Neg, down, place)
            }
        } else {
            let float = |e: &Expr| ops::cast_scalar(e.clone(), Scalar::strong(DType::Float64));
            let distance = ops::binary(BinOp::Sub, float(&stop), float(&start), false, place);
            let turns = ops::binary(BinOp::Div, distance, float(&step), false, place);
            ops::cast_scalar(ops::unary(UnOp::Ceil, turns, place), Scalar::INT)
        };
        let (first, by) = (ops::cast(start.clone(), dtype), ops::cast(step.clone(), dtype));
        let delta = if dtype.is_float() {
            let common = nopython_types::promote(
                self.operand(&start, "np.arange", node)?.scalar,
                self.operand(&step, "np.arange", node)?.scalar,
            );
            let second =
                ops::binary(BinOp::Add, ops::convert(start, common), ops::convert(step, common), common.weak, place);
            ops::binary(BinOp::Sub, ops::cast(second, dtype), first.clone(), false, place)
        } else {
            by
        };
        let kind = ExprKind::Range { start: Box::new(first), step: Box::new(delta), count: Box::new(count) };
        Ok(Expr { kind, ty: ops::array_type(dtype, 1), place })
    }

    /// A nested list, tuple or number as an array; arrays as they are.
    pub fn as_array(&mut self, value: Val, node: &ast::Expr) -> Answer<Expr> {
        let place = self.place_of(node);
        let mut shape = Vec::new();
        let mut items = Vec::new();
        self.collect(value, 0, &mut shape, &mut items, node)?;
        let mut common: Option<Scalar> = None;
        for e in &items {
            let own = self.operand(e, "an array literal", node)?.scalar;
            common = Some(common.map_or(own, |c| nopython_types::promote(c, own)));
        }
        let dtype = common.unwrap_or(Scalar::FLOAT).dtype;
        let items = items.into_iter().map(|e| ops::cast(e, dtype)).collect();
        let ndim = u8::try_from(shape.len()).unwrap_or(u8::MAX);
        if ndim > 4 {
            return Err(Stop::error(self.error(
                node,
                codes::WRONG_RANK,
                "arrays have at most 4 dimensions",
                "this list",
            )));
        }
        Ok(Expr { kind: ExprKind::ArrayLit { shape, items }, ty: ops::array_type(dtype, ndim), place })
    }

    fn collect(
        &mut self,
        value: Val,
        depth: usize,
        shape: &mut Vec<u32>,
        items: &mut Vec<Expr>,
        node: &ast::Expr,
    ) -> Answer<()> {
        match value {
            Val::List(list) | Val::Tuple(list) => {
                let count = u32::try_from(list.len()).unwrap_or(u32::MAX);
                match shape.get(depth) {
                    None => shape.push(count),
                    Some(&n) if n == count => {}
                    Some(_) => {
                        return Err(Stop::error(
                            self.error(
                                node,
                                codes::SHAPE_MISMATCH,
                                "the nested lists have different lengths",
                                "this list",
                            )
                            .hint("give every row the same number of items"),
                        ));
                    }
                }
                list.into_iter().try_for_each(|item| self.collect(item, depth + 1, shape, items, node))
            }
            other => {
                let e = self.runtime(other, node)?;
                if !matches!(e.ty, Type::Scalar(_)) || depth != shape.len() {
                    return Err(Stop::error(
                        self.error(
                            node,
                            codes::UNSUPPORTED_VALUE,
                            format!("an array literal of {} is not compiled", e.ty),
                            "this list",
                        )
                        .hint("use np.stack((a, b)) or np.concatenate((a, b)) for arrays"),
                    ));
                }
                items.push(e);
                Ok(())
            }
        }
    }

    fn combining(&mut self, name: &str, values: &[Val], node: &ast::Expr) -> Answer<Val> {
        let place = self.place_of(node);
        match (name, values) {
            ("scan", [Val::Static(Static::Str(op)), array]) => {
                let array = self.array_operand(array.clone(), node)?;
                let op = if op == "prod" { ReduceOp::Prod } else { ReduceOp::Sum };
                let ty = Shape::of(&array.ty).map_or(Type::None, |s| ops::array_type(s.scalar.dtype, 1));
                Ok(Val::Expr(Expr { kind: ExprKind::Scan { op, array: Box::new(array) }, ty, place }))
            }
            ("count_along", [array, axis]) => {
                let array = self.numeric(array.clone(), node)?;
                let Some(ndim) = Shape::of(&array.ty).and_then(|s| s.ndim) else {
                    return Ok(Val::Expr(ops::int(1, place)));
                };
                let axes: Vec<u8> = match self.axis(axis, ndim, node)? {
                    None => (0..ndim).collect(),
                    Some(axis) => vec![axis],
                };
                let product = axes
                    .into_iter()
                    .map(|axis| dimension(array.clone(), axis))
                    .reduce(|a, b| ops::binary(BinOp::Mul, a, b, true, place));
                Ok(Val::Expr(product.unwrap_or(ops::int(1, place))))
            }
            ("reduce", [Val::Static(Static::Str(op)), array, axis, keepdims]) => {
                let array = self.numeric(array.clone(), node)?;
                let keep = match keepdims {
                    Val::Expr(e) => ops::as_int(e) == Some(1),
                    _ => false,
                };
                self.reduce(op, array, axis, keep, node)
            }
            _ => Err(self.misused(name, node)),
        }
    }

    fn reduce(&mut self, op: &str, array: Expr, axis: &Val, keep: bool, node: &ast::Expr) -> Answer<Val> {
        let place = self.place_of(node);
        let op = match op {
            "sum" => ReduceOp::Sum,
            "prod" => ReduceOp::Prod,
            "min" => ReduceOp::Min,
            "max" => ReduceOp::Max,
            "argmin" => ReduceOp::ArgMin,
            "argmax" => ReduceOp::ArgMax,
            "all" => ReduceOp::All,
            _ => ReduceOp::Any,
        };
        let Some(shape) = Shape::of(&array.ty) else { return Err(self.misused("reduce", node)) };
        let Some(ndim) = shape.ndim else {
            // A number is its own sum, smallest and so on.
            let index = matches!(op, ReduceOp::ArgMin | ReduceOp::ArgMax);
            return Ok(Val::Expr(if index {
                ops::cast_scalar(ops::int(0, place), Scalar::strong(DType::Int64))
            } else {
                strong(array)
            }));
        };
        let dtype = match op {
            ReduceOp::ArgMin | ReduceOp::ArgMax => DType::Int64,
            ReduceOp::Sum | ReduceOp::Prod | ReduceOp::Min | ReduceOp::Max | ReduceOp::All | ReduceOp::Any => {
                shape.scalar.dtype
            }
        };
        let axis = self.axis(axis, ndim, node)?;
        let scalar = Type::Scalar(Scalar::strong(dtype));
        let Some(axis) = axis.filter(|_| ndim > 1) else {
            let kind = ExprKind::Reduce { op, array: Box::new(array), axis: None };
            let total = Expr { kind, ty: scalar, place };
            if !keep {
                return Ok(Val::Expr(total));
            }
            let shape = (0..ndim).map(|_| ops::int(1, place)).collect();
            let kind = ExprKind::Full { shape, value: Box::new(total) };
            return Ok(Val::Expr(Expr { kind, ty: ops::array_type(dtype, ndim), place }));
        };
        let kind = ExprKind::Reduce { op, array: Box::new(array), axis: Some(axis) };
        let result = Expr { kind, ty: ops::array_type(dtype, ndim - 1), place };
        if keep {
            self.viewing("insert_axis", result, &[Val::Expr(ops::int(i64::from(axis), place))], node).map(Val::Expr)
        } else {
            Ok(Val::Expr(result))
        }
    }

    /// An axis argument: `None`, or an int known while compiling.
    fn axis(&self, value: &Val, ndim: u8, node: &ast::Expr) -> Answer<Option<u8>> {
        match value {
            Val::Static(Static::None) => Ok(None),
            Val::Expr(e) if ops::as_int(e).is_some() => {
                self.normal_axis(ops::as_int(e).unwrap_or(0), ndim, node).map(Some)
            }
            other => Err(Stop::error(
                self.error(
                    node,
                    codes::NOT_CONSTANT,
                    "an axis must be an integer known while compiling",
                    format!("this is {}", other.describe()),
                )
                .hint("write the axis as a number: axis=0"),
            )),
        }
    }

    fn normal_axis(&self, axis: i64, ndim: u8, node: &ast::Expr) -> Answer<u8> {
        let n = i64::from(ndim);
        let normal = if axis < 0 { axis + n } else { axis };
        u8::try_from(normal).ok().filter(|a| *a < ndim).ok_or_else(|| {
            Stop::error(self.error(
                node,
                codes::WRONG_RANK,
                format!("axis {axis} is out of bounds for array of dimension {ndim}"),
                "this call",
            ))
        })
    }

    fn known_axis(&self, value: Option<&Val>, ndim: u8, node: &ast::Expr) -> Answer<u8> {
        match value {
            Some(value) => self.axis(value, ndim, node)?.ok_or_else(|| self.misused("axis", node)),
            None => Err(self.misused("axis", node)),
        }
    }

    fn viewing(&mut self, name: &str, array: Expr, rest: &[Val], node: &ast::Expr) -> Answer<Expr> {
        let place = self.place_of(node);
        let Type::Array(ty) = array.ty else { return Err(self.misused(name, node)) };
        let full = Index::Slice { start: None, stop: None, step: None };
        match name {
            "reshape_to" => match rest {
                [shape] => self.reshaped(array, shape.clone(), node),
                _ => Err(self.misused(name, node)),
            },
            "transpose_to" => {
                let axes = match rest {
                    [Val::Tuple(items) | Val::List(items)] => Some(items.clone()),
                    _ => None,
                };
                self.transposed(array, axes, node)
            }
            "swap_axes" => {
                let a = self.known_axis(rest.first(), ty.ndim, node)?;
                let b = self.known_axis(rest.get(1), ty.ndim, node)?;
                let axes = (0..ty.ndim).map(|k| {
                    if k == a {
                        b
                    } else if k == b {
                        a
                    } else {
                        k
                    }
                });
                Ok(transpose(array, ty, axes.collect()))
            }
            "insert_axis" => {
                let at = usize::from(self.known_axis(rest.first(), ty.ndim + 1, node)?);
                let mut index = vec![full; usize::from(ty.ndim)];
                index.insert(at.min(index.len()), Index::NewAxis);
                if ty.ndim >= 4 {
                    return Err(Stop::error(self.error(
                        node,
                        codes::WRONG_RANK,
                        "arrays have at most 4 dimensions",
                        "this call",
                    )));
                }
                let view = Type::Array(ArrayType { ndim: ty.ndim + 1, layout: Layout::Any, ..ty });
                Ok(Expr { kind: ExprKind::View { array: Box::new(array), index }, ty: view, place })
            }
            "drop_axis" => {
                let axis = self.known_axis(rest.first(), ty.ndim, node)?;
                let first = Index::At(ops::int(0, place));
                let index = (0..ty.ndim).map(|k| if k == axis { first.clone() } else { full.clone() }).collect();
                self.index_array(array, index, node)
            }
            "stretch_to" => {
                let shape = self.shape(rest.first().cloned().unwrap_or(Val::NONE), node)?;
                let ndim = u8::try_from(shape.len()).unwrap_or(u8::MAX);
                if ndim < ty.ndim {
                    return Err(Stop::error(self.error(
                        node,
                        codes::WRONG_RANK,
                        format!("cannot broadcast {ty} to {ndim} dimensions"),
                        "this call",
                    )));
                }
                let view = Type::Array(ArrayType { ndim, layout: Layout::Any, ..ty });
                Ok(Expr { kind: ExprKind::BroadcastTo(Box::new(array), shape), ty: view, place })
            }
            "reverse_axes" => {
                let axis = match rest.first() {
                    Some(value) => self.axis(value, ty.ndim, node)?,
                    None => None,
                };
                let back = Index::Slice { start: None, stop: None, step: Some(ops::int(-1, place)) };
                let index = (0..ty.ndim)
                    .map(|k| if axis.is_none_or(|a| a == k) { back.clone() } else { full.clone() })
                    .collect();
                self.index_array(array, index, node)
            }
            "slice_axis" => {
                let axis = self.known_axis(rest.first(), ty.ndim, node)?;
                let bound = |value: Option<&Val>| match value {
                    Some(Val::Expr(e)) => Some(e.clone()),
                    _ => None,
                };
                let cut = Index::Slice { start: bound(rest.get(1)), stop: bound(rest.get(2)), step: None };
                let index = (0..ty.ndim).map(|k| if k == axis { cut.clone() } else { full.clone() }).collect();
                self.index_array(array, index, node)
            }
            _ => Err(self.misused(name, node)),
        }
    }

    /// An array with another shape.
    pub fn reshaped(&mut self, array: Expr, shape: Val, node: &ast::Expr) -> Answer<Expr> {
        let place = self.place_of(node);
        let Type::Array(ty) = array.ty else { return Err(self.misused("reshape", node)) };
        let shape = self.shape(shape, node)?;
        if shape.iter().filter(|e| ops::as_int(e) == Some(-1)).count() > 1 {
            return Err(Stop::error(self.error(
                node,
                codes::SHAPE_MISMATCH,
                "can only specify one unknown dimension",
                "two are -1",
            )));
        }
        let ndim = u8::try_from(shape.len()).unwrap_or(u8::MAX);
        Ok(Expr { kind: ExprKind::Reshape(Box::new(array), shape), ty: ops::array_type(ty.dtype, ndim), place })
    }

    /// An array with its axes permuted, or reversed.
    pub fn transposed(&mut self, array: Expr, axes: Option<Vec<Val>>, node: &ast::Expr) -> Answer<Expr> {
        let Type::Array(ty) = array.ty else { return Err(self.misused("transpose", node)) };
        let axes: Vec<u8> = match axes {
            None => (0..ty.ndim).rev().collect(),
            Some(items) => {
                items.iter().map(|item| self.known_axis(Some(item), ty.ndim, node)).collect::<Answer<Vec<_>>>()?
            }
        };
        let mut sorted = axes.clone();
        sorted.sort_unstable();
        if sorted != (0..ty.ndim).collect::<Vec<_>>() {
            return Err(Stop::error(self.error(
                node,
                codes::WRONG_RANK,
                "the axes are not a permutation of the array's",
                "this call",
            )));
        }
        Ok(transpose(array, ty, axes))
    }

    /// Arrays joined along an axis: space for all, then each is stored in its part.
    fn join_arrays(&mut self, arrays: &Val, axis: &Val, stack: bool, node: &ast::Expr) -> Answer<Expr> {
        let place = self.place_of(node);
        let items = match arrays {
            Val::Tuple(items) | Val::List(items) => items.clone(),
            Val::Expr(e) => match &e.ty {
                Type::Tuple(types) => {
                    types.iter().enumerate().map(|(k, ty)| Val::Expr(super::join::item(e, k, ty))).collect()
                }
                _ => return Err(self.misused("concatenate", node)),
            },
            Val::Static(_) => return Err(self.misused("concatenate", node)),
        };
        let mut parts = Vec::new();
        for item in items {
            let mut e = self.array_operand(item, node)?;
            if stack {
                e = self.viewing("insert_axis", e, std::slice::from_ref(axis), node)?;
            }
            let var = self.temporary("part", &e.ty);
            self.emit(StmtKind::Assign(var, e), place);
            parts.push(self.read(var, place));
        }
        let Some(Type::Array(first)) = parts.first().map(|e| e.ty.clone()) else {
            return Err(Stop::error(self.error(
                node,
                codes::SHAPE_MISMATCH,
                "need at least one array to concatenate",
                "this call",
            )));
        };
        let axis = self.known_axis(Some(axis), first.ndim, node)?;
        let mut common = Scalar::strong(first.dtype);
        let mut total: Option<Expr> = None;
        for e in &parts {
            let shape = self.operand(e, "np.concatenate", node)?;
            if shape.ndim != Some(first.ndim) {
                return Err(Stop::error(self.error(
                    node,
                    codes::WRONG_RANK,
                    "all the arrays must have the same number of dimensions",
                    "this call",
                )));
            }
            common = nopython_types::promote(common, shape.scalar);
            let n = dimension(e.clone(), axis);
            total = Some(match total {
                None => n,
                Some(sum) => ops::binary(BinOp::Add, sum, n, true, place),
            });
        }
        let Some(head) = parts.first().cloned() else { return Err(self.misused("concatenate", node)) };
        let shape = (0..first.ndim)
            .map(|k| if k == axis { total.clone().unwrap_or(ops::int(0, place)) } else { dimension(head.clone(), k) })
            .collect();
        let ty = ops::array_type(common.dtype, first.ndim);
        let out = self.temporary("joined", &ty);
        self.emit(StmtKind::Assign(out, Expr { kind: ExprKind::Empty(shape), ty, place }), place);
        let mut start = ops::int(0, place);
        for e in parts {
            let stop = ops::binary(BinOp::Add, start.clone(), dimension(e.clone(), axis), true, place);
            let full = Index::Slice { start: None, stop: None, step: None };
            let cut = Index::Slice { start: Some(start), stop: Some(stop.clone()), step: None };
            let index = (0..first.ndim).map(|k| if k == axis { cut.clone() } else { full.clone() }).collect();
            let target = self.index_array(self.read(out, place), index, node)?;
            self.store_view(target, e, node)?;
            start = stop;
        }
        Ok(self.read(out, place))
    }
}

fn transpose(array: Expr, ty: ArrayType, axes: Vec<u8>) -> Expr {
    if axes.iter().enumerate().all(|(k, axis)| k == usize::from(*axis)) {
        return array;
    }
    let place = array.place;
    let ty = Type::Array(ArrayType { layout: Layout::Any, ..ty });
    Expr { kind: ExprKind::Transpose(Box::new(array), axes), ty, place }
}

/// A scalar as NumPy's own; arrays are.
pub fn strong(e: Expr) -> Expr {
    match e.ty {
        Type::Scalar(s) => ops::cast_scalar(e, Scalar::strong(s.dtype)),
        _ => e,
    }
}
