//! Complex numbers as their real and imaginary parts.
//!
//! The loop IR has no complex dtype: a complex scalar is two float expressions, held in two locals and stored in two halves of an element.
//! In the typed IR a [`Tuple`](ExprKind::Tuple) of two floats makes one, and [`TupleItem`](ExprKind::TupleItem) takes a part of it.

use super::element::Element;
use super::lower::Lowering;
use super::scalars::scalar_dtype;
use super::value::Value;
use super::{Lowered, malformed};
use nopython_ir::Const;
use nopython_ir::loops::Expr;
use nopython_ir::ops::{BinOp, UnOp};
use nopython_ir::typed::{self, ExprKind};
use nopython_types::{DType, Exception, Scalar, Type};

/// The real and the imaginary part: constants and locals, which may be used any number of times.
pub type Parts = [Expr; 2];

/// Whether an expression is a complex scalar.
pub fn is_complex(e: &typed::Expr) -> bool {
    matches!(e.ty, Type::Scalar(s) if s.dtype.is_complex())
}

/// Whether parts are equal, or differ.
pub fn compared(op: BinOp, [a, b]: Parts, [c, d]: Parts) -> Expr {
    let both = if op == BinOp::Eq { BinOp::And } else { BinOp::Or };
    Expr::binary(both, Expr::binary(op, a, c), Expr::binary(op, b, d))
}

impl Lowering<'_> {
    /// A complex scalar.
    pub fn complex(&mut self, e: &typed::Expr) -> Lowered<Parts> {
        let Type::Scalar(own) = e.ty else { return malformed("a complex number of another type") };
        let part = own.dtype.part();
        Ok(match &e.kind {
            ExprKind::Unary(UnOp::Neg, a) => {
                let a = self.complex(a)?.map(|x| Expr::unary(UnOp::Neg, x));
                self.parts(part, a)
            }
            ExprKind::Binary(op, a, b) => {
                let a = self.complex(a)?;
                let b = self.complex(b)?;
                if *op == BinOp::Div && own.weak {
                    let zero = || Expr::Const(Const::zero(part));
                    let nonzero = compared(BinOp::Ne, b.clone(), [zero(), zero()]);
                    self.check(nonzero, Exception::ZeroDivision, "complex division by zero", Vec::new(), e.place);
                }
                if matches!(op, BinOp::Min | BinOp::Max) {
                    let [a, b] = [a, b].map(Element::Complex);
                    let chosen = self.combined(*op, a, b, own.dtype);
                    return Element::parts_of(chosen);
                }
                self.complex_operation(*op, a, b, own)?
            }
            ExprKind::Cast(a) if is_complex(a) => {
                let from = scalar_dtype(a)?.part();
                let a = self.complex(a)?;
                if from == part { a } else { self.parts(part, a.map(|x| x.cast(part))) }
            }
            ExprKind::Cast(a) => {
                let from = scalar_dtype(a)?;
                let a = self.scalar(a)?;
                let real = if from == part { a } else { a.cast(part) };
                self.parts(part, [real, Expr::Const(Const::zero(part))])
            }
            ExprKind::Cond { test, then, orelse } => match self.choose(test, then, orelse, &e.ty)? {
                Value::Tuple(parts) => from_items(parts)?,
                other => return malformed(format!("not a complex number: {other:?}")),
            },
            ExprKind::Checked { test, exception, message, numbers, value } => {
                let test = self.scalar(test)?;
                let numbers = self.scalars(numbers)?;
                self.check(test, *exception, message, numbers, e.place);
                self.complex(value)?
            }
            ExprKind::Item { array, index } => {
                let parts = self.item(array, index, e.place)?.parts_of()?;
                self.parts(part, parts)
            }
            ExprKind::Reduce { op, array, axis: None } => {
                self.reduce_all(*op, array, own.dtype, e.place)?.parts_of()?
            }
            ExprKind::Let(var, value, body) => {
                self.assign(*var, value)?;
                self.complex(body)?
            }
            ExprKind::Var(_)
            | ExprKind::Call(..)
            | ExprKind::Tuple(_)
            | ExprKind::TupleItem(..)
            | ExprKind::ListItem(..)
            | ExprKind::Field(..) => match self.value(e)? {
                Value::Tuple(parts) => from_items(parts)?,
                other => return malformed(format!("not a complex number: {other:?}")),
            },
            other => return malformed(format!("not a complex expression: {other:?}")),
        })
    }

    /// A complex scalar converted to a real dtype: its real part, or for bool whether it is not zero.
    pub fn real_of(&mut self, e: &typed::Expr, to: DType) -> Lowered<Expr> {
        let part = scalar_dtype(e)?.part();
        let parts = self.complex(e)?;
        let zero = || Expr::Const(Const::zero(part));
        let [real, _] = parts.clone();
        Ok(match to {
            DType::Bool => compared(BinOp::Ne, parts, [zero(), zero()]),
            _ if to == part => real,
            _ => real.cast(to),
        })
    }

    /// Parts that may be used any number of times.
    pub fn parts(&mut self, dtype: DType, [re, im]: Parts) -> Parts {
        [self.atom("re", dtype, re), self.atom("im", dtype, im)]
    }

    /// Arithmetic on complex numbers.
    pub fn complex_operation(&mut self, op: BinOp, a: Parts, b: Parts, ty: Scalar) -> Lowered<Parts> {
        let dtype = ty.dtype.part();
        let ([ar, ai], [br, bi]) = (a.clone(), b.clone());
        let value = match op {
            BinOp::Add | BinOp::Sub => [Expr::binary(op, ar, br), Expr::binary(op, ai, bi)],
            BinOp::Mul => [ar.clone() * br.clone() - ai.clone() * bi.clone(), ar * bi + ai * br],
            BinOp::Div => return Ok(self.quotient(a, b, ty)),
            other => return malformed(format!("{other:?} of complex numbers")),
        };
        Ok(self.parts(dtype, value))
    }

    /// Smith's algorithm, with the divisor's larger part in the denominator. NumPy multiplies by the reciprocal of the scale where Python
    /// divides by it, and gives what the dividend's parts over 0 are for a divisor of 0.
    fn quotient(&mut self, [ar, ai]: Parts, [br, bi]: Parts, ty: Scalar) -> Parts {
        let dtype = ty.dtype.part();
        let divide = |a: Expr, b: Expr| Expr::binary(BinOp::Div, a, b);
        let size = |x: &Expr| Expr::unary(UnOp::Abs, x.clone());
        let by_real: Expr = self.spill("by_real", DType::Bool, Expr::binary(BinOp::Ge, size(&br), size(&bi))).into();
        let pick = |x: &Expr, y: &Expr| by_real.clone().select(x.clone(), y.clone());
        let large = self.atom("large", dtype, pick(&br, &bi));
        let small = self.atom("small", dtype, pick(&bi, &br));
        let ratio = self.atom("ratio", dtype, divide(small.clone(), large.clone()));
        let scale = self.atom("scale", dtype, large.clone() + small * ratio.clone());
        // By the real part (a + b·ratio, b − a·ratio), by the imaginary part (a·ratio + b, b·ratio − a).
        let first = pick(&ar, &ai);
        let second = pick(&ai, &ar);
        let re = self.atom("re", dtype, first + second * ratio.clone());
        let im = by_real.select(ai.clone() - ar.clone() * ratio.clone(), ai.clone() * ratio - ar.clone());
        let im = self.atom("im", dtype, im);
        if ty.weak {
            return self.parts(dtype, [divide(re, scale.clone()), divide(im, scale)]);
        }
        let one = Expr::Const(if dtype == DType::Float32 { Const::f32(1.0) } else { Const::f64(1.0) });
        let inverse = self.atom("inverse", dtype, divide(one, scale));
        let zero = Expr::Const(Const::zero(dtype));
        let nothing: Expr =
            self.spill("nothing", DType::Bool, compared(BinOp::Eq, [br, bi], [zero.clone(), zero.clone()])).into();
        let over = |own: Expr, part: Expr| nothing.clone().select(divide(own, zero.clone()), part * inverse.clone());
        let parts = [over(ar, re), over(ai, im)];
        self.parts(dtype, parts)
    }
}

/// The two items of a value that is a complex number.
pub fn from_items(items: Vec<Value>) -> Lowered<Parts> {
    match <[Value; 2]>::try_from(items) {
        Ok([re, im]) => Ok([re.scalar()?, im.scalar()?]),
        Err(items) => malformed(format!("not a complex number: {items:?}")),
    }
}

/// A complex number as a value.
pub fn as_value([re, im]: Parts) -> Value {
    Value::Tuple(vec![Value::Scalar(re), Value::Scalar(im)])
}
