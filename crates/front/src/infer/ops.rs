//! Operators and element-wise operations: promotion made explicit.

use super::body::Body;
use super::share::Shared;
use super::{Answer, Stop};
use crate::fold;
use crate::value::Val;
use nopython_diagnostics::codes;
use nopython_ir::Const;
use nopython_ir::ops::{BinOp, UnOp};
use nopython_ir::typed::{Expr, ExprKind, MapOp, Place};
use nopython_types::{ArrayType, DType, Exception, Layout, Scalar, Type, promote};
use ruff_text_size::Ranged;

/// What element-wise operations need to know of an operand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shape {
    /// Element type; strong for arrays.
    pub scalar: Scalar,
    /// Number of dimensions; `None` for scalars.
    pub ndim: Option<u8>,
}

impl Shape {
    /// Of a type, unless it is a tuple or None.
    pub const fn of(ty: &Type) -> Option<Shape> {
        match ty {
            Type::Scalar(s) => Some(Shape { scalar: *s, ndim: None }),
            Type::Array(a) => Some(Shape { scalar: Scalar::strong(a.dtype), ndim: Some(a.ndim) }),
            Type::None | Type::Str | Type::Tuple(_) | Type::List(_) | Type::Record(_) | Type::Structured(_) => None,
        }
    }
}

/// A constant expression.
pub const fn constant(value: Const, weak: bool, place: Place) -> Expr {
    Expr { kind: ExprKind::Const(value), ty: Type::Scalar(Scalar { dtype: value.dtype(), weak }), place }
}

/// A Python int.
pub const fn int(value: i64, place: Place) -> Expr {
    constant(Const::int(value), true, place)
}

/// The constant an expression is.
pub const fn as_const(e: &Expr) -> Option<Const> {
    match &e.kind {
        ExprKind::Const(c) => Some(*c),
        _ => None,
    }
}

/// The constant int an expression is.
pub fn as_int(e: &Expr) -> Option<i64> {
    match e.ty {
        Type::Scalar(s) if !s.dtype.is_float() && !s.dtype.is_complex() => as_const(e).and_then(Const::as_int),
        _ => None,
    }
}

/// A tuple expression, if every item has a run-time form.
pub fn tuple_expr(items: &[Val], place: Place) -> Option<Expr> {
    let mut exprs = Vec::with_capacity(items.len());
    for item in items {
        exprs.push(match item {
            Val::Expr(e) => e.clone(),
            Val::Tuple(items) => tuple_expr(items, place)?,
            Val::Static(crate::value::Static::Str(text)) => super::strings::literal(text, place),
            _ => return None,
        });
    }
    let ty = Type::Tuple(exprs.iter().map(|e| e.ty.clone()).collect());
    Some(Expr { kind: ExprKind::Tuple(exprs), ty, place })
}

/// A new array type.
pub const fn array_type(dtype: DType, ndim: u8) -> Type {
    Type::Array(ArrayType { dtype, ndim, layout: Layout::C })
}

/// A scalar converted to another scalar type.
pub fn cast_scalar(e: Expr, to: Scalar) -> Expr {
    let Type::Scalar(from) = e.ty else { return e };
    if from == to {
        return e;
    }
    let place = e.place;
    if to.dtype.is_complex() && as_const(&e).is_some() {
        let zero = constant(Const::zero(to.dtype.part()), to.weak, place);
        return super::complex::pair(e, zero, to, place);
    }
    let folded = as_const(&e).and_then(|c| if from.dtype == to.dtype { Some(c) } else { fold::cast(c, to.dtype) });
    match folded {
        Some(c) => constant(c, to.weak, place),
        None => Expr { kind: ExprKind::Cast(Box::new(e)), ty: Type::Scalar(to), place },
    }
}

/// A scalar or array converted to a dtype; scalars become strong.
pub fn cast(e: Expr, dtype: DType) -> Expr {
    match e.ty {
        Type::Array(a) if a.dtype == dtype => e,
        Type::Array(a) => {
            let place = e.place;
            Expr { kind: ExprKind::Map(MapOp::Cast(dtype), vec![e]), ty: array_type(dtype, a.ndim), place }
        }
        _ => cast_scalar(e, Scalar::strong(dtype)),
    }
}

/// The elements of an array as new memory, within the loop that needs them; scalars as they are.
pub fn same(e: Expr) -> Expr {
    match e.ty {
        Type::Array(a) => {
            let (ty, place) = (array_type(a.dtype, a.ndim), e.place);
            Expr { kind: ExprKind::Map(MapOp::Cast(a.dtype), vec![e]), ty, place }
        }
        _ => e,
    }
}

/// A unary operation on a scalar or array of a dtype that it takes.
pub fn unary(op: UnOp, e: Expr, place: Place) -> Expr {
    let ty = e.ty.clone();
    match &ty {
        Type::Array(a) => {
            let ty = array_type(a.dtype, a.ndim);
            Expr { kind: ExprKind::Map(MapOp::Unary(op), vec![e]), ty, place }
        }
        _ => match as_const(&e).and_then(|c| fold::unary(op, c)) {
            Some(c) => Expr { kind: ExprKind::Const(c), ty, place },
            None => Expr { kind: ExprKind::Unary(op, Box::new(e)), ty, place },
        },
    }
}

/// A binary operation on operands already of one dtype; `weak` is that of a scalar result.
pub fn binary(op: BinOp, a: Expr, b: Expr, weak: bool, place: Place) -> Expr {
    let (sa, sb) = (Shape::of(&a.ty), Shape::of(&b.ty));
    let dtype = sa.map_or(DType::Float64, |s| s.scalar.dtype);
    let result = op.result(dtype).unwrap_or(dtype);
    let ndim = sa.and_then(|s| s.ndim).max(sb.and_then(|s| s.ndim));
    match ndim {
        Some(ndim) => Expr { kind: ExprKind::Map(MapOp::Binary(op), vec![a, b]), ty: array_type(result, ndim), place },
        None => {
            let ty = Type::Scalar(Scalar { dtype: result, weak });
            let folded = match (as_const(&a), as_const(&b)) {
                (Some(x), Some(y)) => fold::binary(op, x, y),
                _ => None,
            };
            match folded {
                Some(c) => Expr { kind: ExprKind::Const(c), ty, place },
                None => Expr { kind: ExprKind::Binary(op, Box::new(a), Box::new(b)), ty, place },
            }
        }
    }
}

/// A function of `library/kernels` applied to operands of one float dtype.
pub fn kernel(name: &str, operands: Vec<Expr>, weak: bool, place: Place) -> Expr {
    let shapes: Vec<Shape> = operands.iter().filter_map(|e| Shape::of(&e.ty)).collect();
    let dtype = shapes.first().map_or(DType::Float64, |s| s.scalar.dtype);
    let symbol = format!("{name}_{}", if dtype == DType::Float32 { "f32" } else { "f64" });
    match shapes.iter().filter_map(|s| s.ndim).max() {
        Some(ndim) => Expr { kind: ExprKind::Map(MapOp::Kernel(symbol), operands), ty: array_type(dtype, ndim), place },
        None => {
            let ty = Type::Scalar(Scalar { dtype, weak });
            Expr { kind: ExprKind::Kernel(symbol, operands), ty, place }
        }
    }
}

/// `value`, after raising unless `test` holds.
pub fn checked(test: Expr, exception: Exception, message: &str, value: Expr) -> Expr {
    let (ty, place) = (value.ty.clone(), value.place);
    let (test, message, value) = (Box::new(test), Box::from(message), Box::new(value));
    Expr { kind: ExprKind::Checked { test, exception, message, numbers: Box::default(), value }, ty, place }
}

/// A checked value whose message shows numbers.
pub fn showing(mut e: Expr, shown: Vec<Expr>) -> Expr {
    if let ExprKind::Checked { numbers, .. } = &mut e.kind {
        *numbers = shown.into();
    }
    e
}

/// The least and the largest integer of a dtype, as far as int64 holds them.
fn bounds(dtype: DType) -> (i64, i64) {
    let high = i64::MAX >> (64 - 8 * dtype.size().min(8));
    match dtype {
        DType::UInt64 => (0, i64::MAX),
        _ if dtype.is_signed() => (-high - 1, high),
        _ => (0, 2 * high + 1),
    }
}

impl Body<'_, '_> {
    /// What an operand is, or an error that names it.
    pub fn operand(&self, e: &Expr, what: &str, node: impl Ranged) -> Answer<Shape> {
        Shape::of(&e.ty).ok_or_else(|| {
            Stop::error(
                self.error(
                    node,
                    codes::TYPE_MISMATCH,
                    format!("{what} takes numbers and arrays, not {}", e.ty),
                    format!("this is {}", e.ty),
                )
                .hint("unpack a tuple first: `a, b = t`"),
            )
        })
    }

    /// Two operands converted to the dtype they promote to. Results are weak only for two weak operands. A Python int that the dtype does
    /// not hold raises, or is refused where it is known.
    pub fn promoted(&mut self, a: Expr, b: Expr, what: &str, node: impl Ranged + Copy) -> Answer<(Expr, Expr, Scalar)> {
        let (sa, sb) = (self.operand(&a, what, node)?, self.operand(&b, what, node)?);
        let common = promote(sa.scalar, sb.scalar);
        // The right operand is evaluated before the left one is converted: in the left one, which comes first.
        let mut shared = Shared::default();
        let narrows = a.ty == Type::Scalar(Scalar::INT) && common.dtype.is_int() && common.dtype != DType::Int64;
        let evaluated = matches!(b.ty, Type::Scalar(_)) || matches!(b.kind, ExprKind::Call(..) | ExprKind::View { .. });
        let (a, b) = if narrows && evaluated { (shared.read(self, a), shared.read(self, b)) } else { (a, b) };
        let mut fit = |e: Expr| {
            self.check_fits(&e, common, node)?;
            Ok(if common.weak { convert(e, common) } else { self.fitted(e, common.dtype) })
        };
        let (a, b) = (fit(a)?, fit(b)?);
        Ok((shared.around(a), b, common))
    }

    /// A value converted to a dtype; a Python int that the dtype does not hold raises, as NumPy does.
    pub fn fitted(&mut self, e: Expr, dtype: DType) -> Expr {
        if e.ty == Type::Scalar(Scalar::INT) { self.in_bounds(e, dtype) } else { cast(e, dtype) }
    }

    /// A value that is stored in an element or a slice of an array: NumPy's own integers wrap in unsigned dtypes only, while in signed ones they
    /// raise as Python's do.
    pub fn stored(&mut self, e: Expr, dtype: DType) -> Expr {
        match e.ty {
            Type::Scalar(s) if s.weak || (dtype.is_signed() && s.dtype.is_int() && !self.library) => {
                self.in_bounds(e, dtype)
            }
            _ => cast(e, dtype),
        }
    }

    /// An integer converted to an integer dtype; one that it does not hold raises. Other values are converted without a look.
    fn in_bounds(&mut self, e: Expr, dtype: DType) -> Expr {
        let Type::Scalar(own) = e.ty else { return cast(e, dtype) };
        let ((low, high), (least, most)) = (bounds(dtype), bounds(own.dtype));
        if !own.dtype.is_int() || !dtype.is_int() || own.dtype == dtype {
            return cast(e, dtype);
        }
        let mut shared = Shared::default();
        let e = shared.read(self, e);
        let place = e.place;
        let mut value = cast(e.clone(), dtype);
        let unlimited = |dtype| dtype == DType::UInt64;
        let above = !unlimited(dtype) && (unlimited(own.dtype) || most > high);
        for (op, bound, possible) in [(BinOp::Le, high, above), (BinOp::Ge, low, least < low)] {
            let limit = cast_scalar(int(bound, place), own);
            let test = binary(op, e.clone(), limit, true, place);
            if possible && as_const(&test) != Some(Const::Bool(true)) {
                let message = format!("Python integer {{a}} out of bounds for {dtype}");
                value = showing(checked(test, Exception::Overflow, &message, value), vec![e.clone()]);
            }
        }
        shared.around(value)
    }

    /// A Python int as the nearest number of an integer dtype, as limits of `np.clip` are.
    pub fn saturated(&mut self, e: Expr, dtype: DType) -> Expr {
        if !dtype.is_int() || dtype == DType::Int64 {
            return e;
        }
        let (low, high) = bounds(dtype);
        let place = e.place;
        let above = binary(BinOp::Max, e, int(low, place), true, place);
        cast(binary(BinOp::Min, above, int(high, place), true, place), dtype)
    }

    /// A known Python int that NumPy would refuse to convert: `uint8_array + 300`.
    fn check_fits(&self, e: &Expr, to: Scalar, node: impl Ranged) -> Answer<()> {
        let (Some(value), Type::Scalar(Scalar { weak: true, .. })) = (as_int(e), &e.ty) else { return Ok(()) };
        if to.weak || !to.dtype.is_int() || (bounds(to.dtype).0..=bounds(to.dtype).1).contains(&value) {
            return Ok(());
        }
        Err(Stop::error(
            self.error(
                node,
                codes::TYPE_MISMATCH,
                format!("Python integer {value} out of bounds for {}", to.dtype),
                format!("{} {value} here", to.dtype),
            )
            .hint("convert the other operand to a wider dtype: x.astype(np.int64)"),
        ))
    }

    /// `a op b` as an operator (`ufunc` false) or as the NumPy function, whose scalar results are strong.
    pub fn arithmetic(&mut self, op: BinOp, a: Expr, b: Expr, ufunc: bool, node: impl Ranged + Copy) -> Answer<Expr> {
        let place = self.place_of(node);
        let symbol = op.row().0;
        let (a, b, common) = self.promoted(a, b, &format!("`{symbol}`"), node)?;
        let weak = common.weak && !ufunc;
        let dtype = common.dtype;
        // Arithmetic of bools: Python's count as ints, NumPy's are logical.
        if dtype == DType::Bool && op.result(dtype).is_none() {
            if weak || !matches!(op, BinOp::Add | BinOp::Mul) {
                if !common.weak && op == BinOp::Sub {
                    return Err(Stop::error(
                        self.error(node, codes::TYPE_MISMATCH, "NumPy does not subtract booleans", "both are bool")
                            .hint("use `^`, or convert with .astype(np.int64)"),
                    ));
                }
                let int = if common.weak { Scalar::INT } else { Scalar::strong(DType::Int8) };
                return self.arithmetic(op, convert(a, int), convert(b, int), ufunc, node);
            }
            let logical = if op == BinOp::Add { BinOp::Or } else { BinOp::And };
            return Ok(binary(logical, a, b, weak, place));
        }
        if op.result(dtype).is_none() {
            return Err(Stop::error(
                self.error(
                    node,
                    codes::TYPE_MISMATCH,
                    format!("`{symbol}` does not take {common}"),
                    format!("operands are {common}"),
                )
                .hint("convert with .astype(np.int64) or int()"),
            ));
        }
        Ok(binary(op, a, b, weak, place))
    }

    /// `a / b`: float, whatever the operands.
    pub fn divide(&mut self, a: Expr, b: Expr, ufunc: bool, node: impl Ranged + Copy) -> Answer<Expr> {
        let (sa, sb) = (self.operand(&a, "`/`", node)?, self.operand(&b, "`/`", node)?);
        // Integers become floats each for itself: beside a uint8, a Python int may be any.
        let common = promote(sa.scalar, sb.scalar);
        let float = if BinOp::Div.result(common.dtype).is_some() {
            common
        } else {
            Scalar { dtype: DType::Float64, weak: common.weak }
        };
        let weak = float.weak && !ufunc;
        Ok(binary(BinOp::Div, convert(a, float), convert(b, float), weak, self.place_of(node)))
    }

    /// `a // b` or `a % b`.
    pub fn floor_divide(&mut self, op: BinOp, a: Expr, b: Expr, ufunc: bool, node: impl Ranged + Copy) -> Answer<Expr> {
        let place = self.place_of(node);
        let (a, b, common) = self.promoted(a, b, &format!("`{}`", op.row().0), node)?;
        if common.dtype == DType::Bool {
            let int = if common.weak && !ufunc { Scalar::INT } else { Scalar::strong(DType::Int8) };
            return self.floor_divide(op, convert(a, int), convert(b, int), ufunc, node);
        }
        if common.dtype.is_int() {
            return Ok(binary(op, a, b, common.weak && !ufunc, place));
        }
        if common.dtype.is_complex() {
            return Err(self.not_real(&format!("`{}`", op.row().0), &a, node));
        }
        let name = if op == BinOp::FloorDiv { "floor_divide" } else { "remainder" };
        let weak = common.weak && !ufunc;
        if !weak || as_const(&b).is_some_and(|c| c.as_f64() != 0.0) {
            return Ok(kernel(name, vec![a, b], weak, place));
        }
        // Python's own floats raise.
        let mut shared = Shared::default();
        let (a, b) = (shared.read(self, a), shared.read(self, b));
        let message = if op == BinOp::FloorDiv { "float floor division by zero" } else { "float modulo" };
        let nonzero = binary(BinOp::Ne, b.clone(), constant(Const::f64(0.0), true, place), true, place);
        Ok(shared.around(checked(nonzero, Exception::ZeroDivision, message, kernel(name, vec![a, b], weak, place))))
    }

    /// An operand as the float dtype in which NumPy computes functions such as `sqrt` and `sin`.
    pub fn as_float(&self, e: Expr, node: impl Ranged) -> Answer<Expr> {
        let shape = self.operand(&e, "this function", &node)?;
        let dtype = match shape.scalar.dtype {
            DType::Float32 | DType::Float64 => return Ok(e),
            DType::Complex64 | DType::Complex128 => return Err(self.not_real("this function", &e, node)),
            DType::Int16 | DType::UInt16 => DType::Float32,
            DType::Bool | DType::Int8 | DType::UInt8 if !shape.scalar.weak => {
                return Err(Stop::error(
                    self.error(
                        node,
                        codes::FLOAT16_RESULT,
                        format!(
                            "NumPy computes this function of {} in float16, which nopython does not have",
                            shape.scalar.dtype
                        ),
                        format!("this is {}", e.ty),
                    )
                    .hint("convert first: x.astype(np.float32)"),
                ));
            }
            _ => DType::Float64,
        };
        Ok(convert(e, Scalar { dtype, weak: shape.scalar.weak }))
    }

    /// Two operands as the float dtype in which NumPy computes a function of both: the smallest one that holds either dtype.
    pub fn as_floats(&self, a: Expr, b: Expr, node: impl Ranged + Copy) -> Answer<(Expr, Expr)> {
        let (sa, sb) = (self.operand(&a, "this function", node)?, self.operand(&b, "this function", node)?);
        let common = promote(sa.scalar, sb.scalar);
        if common.dtype.is_complex() {
            return Err(self.not_real("this function", if sa.scalar.dtype.is_complex() { &a } else { &b }, node));
        }
        let bits = |d: DType| match d {
            DType::Bool | DType::Int8 | DType::UInt8 => 16,
            DType::Int16 | DType::UInt16 | DType::Float32 => 32,
            DType::Int32 | DType::UInt32 | DType::Int64 | DType::UInt64 | DType::Float64 => 64,
            // Refused before.
            DType::Complex64 | DType::Complex128 => 64,
        };
        let own = |s: Scalar| bits(if s.weak { common.dtype } else { s.dtype });
        let dtype = match own(sa.scalar).max(own(sb.scalar)) {
            16 => {
                // One of the two says that NumPy computes in float16.
                self.as_float(if sa.scalar.weak { b.clone() } else { a.clone() }, node)?;
                return Ok((self.as_float(convert(a, common), node)?, self.as_float(convert(b, common), node)?));
            }
            32 => DType::Float32,
            _ => DType::Float64,
        };
        let to = Scalar { dtype, weak: common.weak };
        Ok((convert(a, to), convert(b, to)))
    }

    /// A value as a bool, as `if` and `and` test it.
    pub fn truth(&self, value: Val, node: impl Ranged + Copy) -> Answer<Expr> {
        let place = self.place_of(node);
        let known = match &value {
            Val::Static(crate::value::Static::None) => Some(false),
            Val::Static(crate::value::Static::Str(s)) => Some(!s.is_empty()),
            Val::Tuple(items) | Val::List(items, _) => Some(!items.is_empty()),
            _ => None,
        };
        if let Some(known) = known {
            return Ok(constant(Const::Bool(known), true, place));
        }
        let e = self.runtime(value, node)?;
        // A number that may be None is true if it is not and is not zero.
        if let Some((is_some, value)) = self.optional(&e) {
            let test = self.truth(Val::Expr(value), node)?;
            let ty = Type::Scalar(Scalar::BOOL);
            return Ok(Expr { kind: ExprKind::And(Box::new(is_some), Box::new(test)), ty, place });
        }
        match &e.ty {
            Type::Scalar(s) if s.dtype == DType::Bool => Ok(e),
            Type::Scalar(s) => {
                let zero = super::complex::zero(*s, place);
                Ok(binary(BinOp::Ne, e, zero, true, place))
            }
            Type::Str => Ok(binary(BinOp::Ne, super::strings::length(e), int(0, place), true, place)),
            Type::List(_) => Ok(binary(BinOp::Ne, self.list_length(e.clone()), int(0, place), true, place)),
            Type::Record(record) if record.class.is_container() && !record.optional => {
                Ok(binary(BinOp::Ne, self.container_length(e.clone()), int(0, place), true, place))
            }
            Type::Record(_) => Ok(self.is_set(e)),
            Type::Array(_) => Err(Stop::error(
                self.error(
                    node,
                    codes::TYPE_MISMATCH,
                    "the truth value of an array is ambiguous",
                    format!("this is {}", e.ty),
                )
                .hint("use np.any(...) or np.all(...)"),
            )),
            other => Err(Stop::error(self.error(
                node,
                codes::TYPE_MISMATCH,
                format!("{other} is not a condition"),
                "tested here",
            ))),
        }
    }
}

/// A scalar or array converted to a scalar type; arrays take its dtype.
pub fn convert(e: Expr, to: Scalar) -> Expr {
    match e.ty {
        Type::Array(_) => cast(e, to.dtype),
        // A weak constant beside a strong dtype takes that dtype; what it wraps to has been checked.
        _ => cast_scalar(e, to),
    }
}
