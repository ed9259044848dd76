//! Conversions of floats by way of int64, which has no conversion on vectors.
//!
//! With t = trunc x and |x| < 2⁶³, float(int64(x)) is t + 0, which turns −0 into 0, and the low 16 bits of int64(x) are those of
//! t − trunc(t · 2⁻¹⁶) · 2¹⁶, which lies between −2¹⁶ and 2¹⁶. Each step is exact, as it drops bits at one end of t's. Other x become −2⁶³.

use super::Vectorizer;
use nopython_ir::Const;
use nopython_ir::loops::{Expr, Ty, type_of};
use nopython_ir::ops::{BinOp, UnOp};
use nopython_types::DType;

impl Vectorizer<'_> {
    /// A conversion to a float or an integer of at most 16 bits, on vectors, of an expression that is `int64` of a float.
    pub fn truncated(&mut self, to: DType, e: &Expr) -> Option<Expr> {
        let Expr::Cast(DType::Int64, x) = e else { return None };
        let Ty::Scalar(from) = type_of(self.function, x)? else { return None };
        if !from.is_float() || !(to.is_float() || to.is_int() && to.size() <= 2) {
            return None;
        }
        let x = self.expr(x)?;
        let ty = type_of(self.function, &x)?;
        let number = |v: f32| {
            let one = if from == DType::Float32 { Const::f32(v) } else { Const::f64(v.into()) };
            Expr::Splat(ty, Box::new(Expr::Const(one)))
        };
        let (limit, unit) = (9_223_372_036_854_775_808.0, 65536.0);
        let whole = |e: Expr| Expr::unary(UnOp::Trunc, e);
        let t = whole(x.clone());
        let fits = Expr::unary(UnOp::Abs, x).lt(number(limit));
        let value = if to.is_float() {
            fits.select(t + number(0.0), number(-limit))
        } else {
            let above = whole(Expr::binary(BinOp::Mul, t.clone(), number(1.0 / unit)));
            fits.select(t - above * number(unit), number(0.0))
        };
        Some(if to == from { value } else { value.cast(to) })
    }
}
