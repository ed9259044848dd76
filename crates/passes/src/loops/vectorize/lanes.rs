//! Expressions of a loop on vectors.

use super::Vectorizer;
use crate::loops::affine::{Slope, is_invariant, slope};
use nopython_ir::Const;
use nopython_ir::loops::{Address, Expr, Obstacle, Ty, type_of};
use nopython_ir::ops::{BinOp, UnOp, cast_has_lanes};
use nopython_types::DType;

impl Vectorizer<'_> {
    /// Whether an address moves by one element a turn; `None` if it moves otherwise or cannot be told. A run-time stride is guarded.
    pub fn moves_by_one(&mut self, address: &Address, dtype: DType) -> Option<bool> {
        let size = i32::try_from(dtype.size()).ok()?;
        match slope(&address.at, self.l.var, &self.changing) {
            Some(Slope::Const(0)) => Some(false),
            Some(Slope::Const(step)) if step == size => Some(true),
            Some(Slope::Const(_)) | None => self.refuse(Obstacle::Stride),
            Some(Slope::Unknown(stride)) => {
                let guard = stride.equals(Expr::i32(size));
                if !self.guards.contains(&guard) {
                    self.guards.push(guard);
                }
                Some(true)
            }
        }
    }

    /// An expression on vectors.
    pub fn expr(&mut self, e: &Expr) -> Option<Expr> {
        if is_invariant(e, &self.changing) {
            let ty = match type_of(self.function, e)? {
                Ty::Scalar(DType::Bool) => Ty::Mask { bytes: mask_bytes(self.lanes)?, lanes: self.lanes },
                Ty::Scalar(dtype) => vector(dtype, self.lanes)?,
                Ty::Vector(..) | Ty::Mask { .. } => return None,
            };
            return Some(Expr::Splat(ty, Box::new(e.clone())));
        }
        match e {
            Expr::Local(local) if *local == self.l.var => {
                let Ty::Scalar(dtype) = self.function.locals[*local].ty else { return None };
                Some(Expr::Ramp(vector(dtype, self.lanes)?, Box::new(e.clone())))
            }
            Expr::Local(local) => self.twins.get(self.copy)?.get(local).map(|twin| Expr::Local(*twin)),
            Expr::Load(Ty::Scalar(dtype), address) => self.load(*dtype, address),
            Expr::Unary(op, a) => {
                let a = self.expr(a)?;
                self.supported_unary(*op, &a)?;
                Some(Expr::Unary(*op, Box::new(a)))
            }
            Expr::Binary(op, a, b) => self.binary(*op, a, b),
            Expr::Cast(to, a) => self.cast(*to, a),
            Expr::Select(test, a, b) | Expr::Cond(test, a, b) => self.select(test, a, b),
            Expr::Kernel(name, args) => {
                let args = args.iter().map(|a| self.expr(a)).collect::<Option<Vec<_>>>()?;
                let twin = format!("{name}x{}", self.lanes);
                let full = args.iter().all(
                    |a| matches!(type_of(self.function, a), Some(Ty::Vector(d, n)) if d.size() * u32::from(n) == 16),
                );
                if full && (self.options.has_kernel)(&twin) {
                    return Some(Expr::Kernel(twin, args));
                }
                self.no_form(e)
            }
            e => self.no_form(e),
        }
    }

    fn load(&mut self, dtype: DType, address: &Address) -> Option<Expr> {
        if self.moves_by_one(address, dtype)? {
            return Some(Expr::Load(vector(dtype, self.lanes)?, address.clone()));
        }
        // The same element in every turn: nothing in the loop writes it, as turns are independent.
        let ty = vector(dtype, self.lanes)?;
        let splat = Expr::Splat(ty, Box::new(Expr::Load(Ty::Scalar(dtype), address.clone())));
        let Some(constants) = &mut self.constants else { return Some(splat) };
        if let Some((local, _)) = constants.iter().find(|(_, known)| *known == splat) {
            return Some(Expr::Local(*local));
        }
        let local = self.function.local("same", ty);
        constants.push((local, splat));
        Some(Expr::Local(local))
    }

    fn supported_unary(&mut self, op: UnOp, a: &Expr) -> Option<()> {
        match (op, type_of(self.function, a)?) {
            (UnOp::Invert, _) => Some(()),
            (_, Ty::Vector(d, _)) if op.result(d).is_some() => Some(()),
            _ => self.no_form(a),
        }
    }

    fn binary(&mut self, op: BinOp, a: &Expr, b: &Expr) -> Option<Expr> {
        let (a, b) = (self.expr(a)?, self.expr(b)?);
        let (a, b) = self.matched(a, b)?;
        let supported = match (op, type_of(self.function, &a)?) {
            (BinOp::And | BinOp::Or | BinOp::Xor, _) => true,
            (_, Ty::Mask { .. }) => matches!(op, BinOp::Eq | BinOp::Ne),
            (_, Ty::Vector(d, _)) => op.result(d).is_some() && op.has_lanes(d, uniform(&b)),
            (_, Ty::Scalar(_)) => false,
        };
        if !supported {
            return self.no_form(&a);
        }
        Some(Expr::binary(op, a, b))
    }

    /// Two operands of one type: a bool vector beside a mask becomes a mask, and masks take the wider lanes.
    fn matched(&self, a: Expr, b: Expr) -> Option<(Expr, Expr)> {
        let (ta, tb) = (type_of(self.function, &a)?, type_of(self.function, &b)?);
        if ta == tb {
            return Some((a, b));
        }
        match (ta, tb) {
            (mask @ Ty::Mask { .. }, Ty::Vector(DType::Bool, _) | Ty::Mask { .. }) => {
                Some((a, Expr::MaskCast(mask, Box::new(b))))
            }
            (Ty::Vector(DType::Bool, _), mask @ Ty::Mask { .. }) => Some((Expr::MaskCast(mask, Box::new(a)), b)),
            _ => None,
        }
    }

    fn cast(&mut self, to: DType, a: &Expr) -> Option<Expr> {
        if let Some(truncated) = self.truncated(to, a) {
            return Some(truncated);
        }
        let a = self.expr(a)?;
        match type_of(self.function, &a)? {
            Ty::Vector(from, _) => {
                vector(to, self.lanes)?;
                if cast_has_lanes(from, to) { Some(a.cast(to)) } else { self.refuse(Obstacle::Operation(to)) }
            }
            // A mask as numbers: ones where it holds.
            mask @ Ty::Mask { .. } if to != DType::Bool => {
                let ty = vector(to, self.lanes)?;
                let one = match to {
                    DType::Float32 => Const::f32(1.0),
                    DType::Float64 => Const::f64(1.0),
                    other => Const::wrap(other, 1),
                };
                let test = self.mask_for(a, mask, ty)?;
                let splat = |c| Expr::Splat(ty, Box::new(Expr::Const(c)));
                Some(test.select(splat(one), splat(Const::zero(to))))
            }
            Ty::Mask { .. } => Some(a),
            Ty::Scalar(_) => None,
        }
    }

    /// A mask with lanes as wide as those of a vector type.
    fn mask_for(&self, mask: Expr, own: Ty, ty: Ty) -> Option<Expr> {
        let Ty::Vector(dtype, lanes) = ty else { return None };
        let want = Ty::Mask { bytes: u8::try_from(dtype.size()).ok()?, lanes };
        Some(if own == want { mask } else { Expr::MaskCast(want, Box::new(mask)) })
    }

    fn select(&mut self, test: &Expr, a: &Expr, b: &Expr) -> Option<Expr> {
        let (a, b) = (self.expr(a)?, self.expr(b)?);
        let (a, b) = self.matched(a, b)?;
        let ty = type_of(self.function, &a)?;
        let test = self.expr(test)?;
        let own = type_of(self.function, &test)?;
        let test = match ty {
            Ty::Vector(..) => self.mask_for(test, own, ty)?,
            Ty::Mask { .. } => {
                if own == ty {
                    test
                } else {
                    Expr::MaskCast(ty, Box::new(test))
                }
            }
            Ty::Scalar(_) => return None,
        };
        Some(test.select(a, b))
    }
}

/// The vector type of a dtype, if its lanes fill 2, 4, 8 or 16 bytes.
pub fn vector(dtype: DType, lanes: u8) -> Option<Ty> {
    matches!(dtype.size() * u32::from(lanes), 2 | 4 | 8 | 16).then_some(Ty::Vector(dtype, lanes))
}

/// The integer that every lane of an expression is.
fn uniform(e: &Expr) -> Option<i64> {
    match e {
        Expr::Splat(_, a) => a.as_const().and_then(Const::as_int),
        _ => None,
    }
}

/// The width of a mask's lanes that fill a whole vector.
pub fn mask_bytes(lanes: u8) -> Option<u8> {
    16u8.checked_div(lanes)
}
