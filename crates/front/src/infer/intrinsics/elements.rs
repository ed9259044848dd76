//! Intrinsics on elements: operations, conversions, and the dtypes of both.

use super::super::body::Body;
use super::super::ops::{self, Shape, constant};
use super::super::{Answer, Stop};
use super::strong;
use crate::value::{Static, Val};
use nopython_diagnostics::codes;
use nopython_ir::Const;
use nopython_ir::ops::{BinOp, Gives, UnOp};
use nopython_ir::typed::{Expr, ExprKind, MapOp};
use nopython_types::{ArrayType, DType, Exception, Kind, Scalar, Type};
use ruff_python_ast as ast;

impl Body<'_, '_> {
    pub(super) fn op(&mut self, row: &str, operands: &[Val], node: &ast::Expr) -> Answer<Expr> {
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
                if op.row().2 == Gives::Bool {
                    return self.compare_numbers(op, a, b, true, node);
                }
                let e = self.arithmetic(op, a, b, true, node)?;
                Ok(strong(e))
            }
            _ => Err(self.misused(row, node)),
        }
    }

    pub(super) fn kernel(&mut self, name: &str, operands: &[Val], node: &ast::Expr) -> Answer<Expr> {
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

    pub fn select(&mut self, test: Val, x: Val, y: Val, node: &ast::Expr) -> Answer<Expr> {
        let place = self.place_of(node);
        let test = self.numeric(test, node)?;
        let test = match Shape::of(&test.ty) {
            Some(shape) if shape.scalar.dtype != DType::Bool => ops::cast(test, DType::Bool),
            _ => test,
        };
        let (x, y) = (self.numeric(x, node)?, self.numeric(y, node)?);
        // Unlike operators, `np.where` wraps a Python int that does not fit.
        let common = nopython_types::promote(
            self.operand(&x, "np.where", node)?.scalar,
            self.operand(&y, "np.where", node)?.scalar,
        );
        let (x, y) = (ops::convert(x, common), ops::convert(y, common));
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

    /// The extent of a mask along an axis, which is that of the axis, or 0: an `IndexError` otherwise.
    pub(super) fn mask_extent(&mut self, given: Expr, extent: Expr, axis: i64, node: &ast::Expr) -> Answer<Val> {
        let place = self.place_of(node);
        let is = |of: &Expr| ops::binary(BinOp::Eq, given.clone(), of.clone(), true, place);
        let test = self.arithmetic(BinOp::Or, is(&extent), is(&ops::int(0, place)), false, node)?;
        let message = format!(
            "boolean index did not match indexed array along axis {axis}; size of axis is {{a}} but size of corresponding boolean axis is {{b}}"
        );
        let checked = ops::checked(test, Exception::Index, &message, given.clone());
        Ok(Val::Expr(ops::showing(checked, vec![extent, given])))
    }

    pub(super) fn converting(&mut self, name: &str, first: &Val, rest: &[Val], node: &ast::Expr) -> Answer<Val> {
        let place = self.place_of(node);
        let known = |b: bool| Ok(Val::Expr(constant(Const::Bool(b), true, place)));
        let dtype = |d: DType| Ok(Val::Static(Static::ScalarType(Scalar::strong(d))));
        if name == "is_array" {
            return known(
                matches!(first, Val::List(..))
                    || matches!(first, Val::Expr(e) if matches!(&e.ty, Type::Array(_)) || matches!(&e.ty, Type::Structured(r) if r.ndim > 0)),
            );
        }
        let e = self.numeric(first.clone(), node)?;
        let shape = self.operand(&e, "this function", node)?;
        let own = shape.scalar.dtype;
        match (name, rest) {
            ("is_float", []) => known(own.is_float()),
            ("is_complex", []) => known(own.is_complex()),
            ("part_dtype", []) => dtype(own.part()),
            ("is_unsigned", []) => known(own.kind() == Kind::Unsigned || (own == DType::Bool && !shape.scalar.weak)),
            ("is_known", []) => known(ops::as_const(&e).is_some()),
            ("strong", []) => Ok(Val::Expr(ops::same(strong(e)))),
            ("as_float", []) => self.as_float(e, node).map(|e| Val::Expr(strong(e))),
            ("as_float", [other]) => {
                let other = self.numeric(other.clone(), node)?;
                self.as_floats(e, other, node).map(|(e, _)| Val::Expr(e))
            }
            ("as_float64", [other]) => {
                let other = self.numeric(other.clone(), node)?;
                // Integers become floats each for itself, whatever the other is.
                let common = nopython_types::promote(shape.scalar, self.operand(&other, "this function", node)?.scalar);
                let float =
                    if common.dtype.is_float() || common.dtype.is_complex() { common.dtype } else { DType::Float64 };
                Ok(Val::Expr(ops::convert(e, Scalar { dtype: float, weak: common.weak })))
            }
            ("limit_like", [other]) => {
                let other = self.numeric(other.clone(), node)?;
                let to = self.operand(&other, "this function", node)?.scalar.dtype;
                Ok(Val::Expr(if e.ty == Type::Scalar(Scalar::INT) { self.saturated(e, to) } else { e }))
            }
            // The memory of an array as elements of a dtype of the same size.
            ("bits_of", [to]) => {
                let to = self.dtype(to, node)?.dtype;
                let Type::Array(ty) = e.ty else { return Err(self.misused(name, node)) };
                let ty = Type::Array(ArrayType { dtype: to, ..ty });
                Ok(Val::Expr(Expr { kind: ExprKind::Reinterpret(Box::new(e)), ty, place }))
            }
            ("as_dtype", [to]) => {
                let to = self.dtype(to, node)?;
                Ok(Val::Expr(self.fitted(e, to.dtype)))
            }
            ("as_like", [other]) => {
                let other = self.numeric(other.clone(), node)?;
                let to = self.operand(&other, "this function", node)?;
                Ok(Val::Expr(self.fitted(e, to.scalar.dtype)))
            }
            ("sum_dtype", []) => dtype(match own.kind() {
                Kind::Bool | Kind::Signed => DType::Int64,
                Kind::Unsigned => DType::UInt64,
                Kind::Float | Kind::Complex => own,
            }),
            ("mean_dtype", []) => dtype(if own.is_float() || own.is_complex() { own } else { DType::Float64 }),
            ("range_dtype" | "result_dtype", _) => {
                let mut common = shape.scalar;
                let no_int = |s: Scalar| s.dtype.is_float() || (s.dtype == DType::UInt64 && !s.weak);
                let mut float = no_int(common);
                for value in rest {
                    let e = self.numeric(value.clone(), node)?;
                    let own = self.operand(&e, "this function", node)?.scalar;
                    common = nopython_types::promote(common, own);
                    float |= no_int(own);
                }
                // np.arange computes as Python does: in int64, or in float64 if a number is a float, or an uint64 beside the int64 of NumPy.
                dtype(match name {
                    "range_dtype" if float => DType::Float64,
                    "range_dtype" => DType::Int64,
                    _ => common.dtype,
                })
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
            Val::Static(Static::Str(name)) => dtype_of_text(name).map(Scalar::strong),
            _ => None,
        };
        found.ok_or_else(|| {
            let what = value.describe();
            if let Val::Static(Static::RecordType(_)) = value {
                let diagnostic =
                    self.error(node, codes::BAD_SIGNATURE, "a structured dtype does not serve here", "this call");
                return Stop::error(
                    diagnostic.hint("np.zeros and np.empty make arrays of records, which are filled field by field"),
                );
            }
            let near = match value {
                Val::Static(Static::Str(name)) => crate::scope::nearest(name, DType::ALL.iter().map(|d| d.name())),
                _ => None,
            };
            let diagnostic = self.error(node, codes::BAD_SIGNATURE, format!("{what} is not a dtype"), "this call");
            Stop::error(match near {
                Some(near) => diagnostic.hint(format!("did you mean np.{near}?")),
                None => diagnostic
                    .hint("dtypes are bool_, int8 to int64, uint8 to uint64, float32, float64, complex64, complex128"),
            })
        })
    }
}

/// The dtype that a string names in NumPy.
fn dtype_of_text(text: &str) -> Option<DType> {
    let short = text.strip_prefix(['<', '=', '|']).filter(|rest| rest.len() <= 2).unwrap_or(text);
    const SHORT: [(&str, DType); 18] = [
        ("complex", DType::Complex128),
        ("D", DType::Complex128),
        ("F", DType::Complex64),
        ("float", DType::Float64),
        ("d", DType::Float64),
        ("f", DType::Float32),
        ("int", DType::Int64),
        ("l", DType::Int64),
        ("q", DType::Int64),
        ("i", DType::Int32),
        ("h", DType::Int16),
        ("b", DType::Int8),
        ("L", DType::UInt64),
        ("Q", DType::UInt64),
        ("I", DType::UInt32),
        ("H", DType::UInt16),
        ("B", DType::UInt8),
        ("?", DType::Bool),
    ];
    SHORT.iter().find(|(name, _)| *name == short).map(|(_, dtype)| *dtype).or_else(|| DType::from_name(short))
}
