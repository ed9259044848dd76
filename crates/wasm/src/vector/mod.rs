//! Vector expressions and memory accesses.
//!
//! A value of fewer than 16 bytes lives in the low bytes of a v128; what the other bytes hold is never looked at. A
//! mask holds all ones or all zeros in each lane.

mod convert;
mod lanes;
mod select;

use crate::function::{EmitError, Emitted, Emitter};
use nopython_ir::Const;
use nopython_ir::loops::{Address, Expr, Ty};
use nopython_ir::ops::{BinOp, UnOp};
use nopython_types::DType;
use select::Shape;
use wasm_encoder::{Instruction as I, MemArg};

impl Emitter<'_> {
    /// Leaves a vector, a mask, or a scalar made from one on the stack.
    pub fn vector_expr(&mut self, e: &Expr) -> Emitted {
        match e {
            Expr::Load(Ty::Vector(dtype, lanes), address) => self.load_vector(*dtype, *lanes, address),
            Expr::Splat(ty, a) => self.splat(*ty, a),
            Expr::Ramp(Ty::Vector(dtype, _), a) => self.ramp(*dtype, a),
            Expr::Lane(a, lane) => {
                let (dtype, _) = self.vector_ty(a)?;
                self.expr(a)?;
                self.push(select::extract(dtype, *lane));
                Ok(())
            }
            Expr::AnyTrue(a) => self.test_mask(a, false),
            Expr::AllTrue(a) => self.test_mask(a, true),
            Expr::MaskCast(to, a) => self.mask_cast(*to, a),
            other => Err(EmitError::Mistake(format!("not a vector expression: {other:?}"))),
        }
    }

    /// The dtype and number of lanes of a vector.
    fn vector_ty(&self, e: &Expr) -> Emitted<(DType, u8)> {
        match self.ty(e)? {
            Ty::Vector(dtype, lanes) => Ok((dtype, lanes)),
            other => Err(EmitError::Mistake(format!("expected a vector, found {other}"))),
        }
    }

    /// A unary operation on a vector or mask.
    pub fn vector_unary(&mut self, op: UnOp, a: &Expr, ty: Ty) -> Emitted {
        self.expr(a)?;
        match (ty, op) {
            (Ty::Vector(DType::Bool, _), UnOp::Invert) => {
                self.repeat(Const::Bool(true));
                self.push(I::V128Xor);
            }
            (Ty::Vector(dtype, _), UnOp::Abs) if !dtype.is_signed() => {}
            (Ty::Vector(dtype, _), op) => {
                let instruction = select::unary(op, dtype);
                self.push(instruction.ok_or_else(|| EmitError::Mistake(format!("{op:?} of lanes of {dtype}")))?);
            }
            (Ty::Mask { .. }, _) => self.push(I::V128Not),
            (Ty::Scalar(dtype), op) => return Err(EmitError::Mistake(format!("{op:?} of {dtype} as a vector"))),
        }
        Ok(())
    }

    /// A binary operation on vectors or masks of one type.
    pub fn vector_binary(&mut self, op: BinOp, a: &Expr, b: &Expr, ty: Ty) -> Emitted {
        let dtype = match ty {
            Ty::Vector(dtype, lanes) => match select::binary(op, dtype) {
                Some(instruction) => {
                    self.expr(a)?;
                    self.expr(b)?;
                    self.push(instruction);
                    return Ok(());
                }
                None => return self.composed(op, a, b, dtype, lanes),
            },
            Ty::Mask { .. } => DType::UInt8,
            Ty::Scalar(dtype) => return Err(EmitError::Mistake(format!("{op:?} of {dtype} as a vector"))),
        };
        // Masks: lanes are equal where no bit differs.
        self.expr(a)?;
        self.expr(b)?;
        let bitwise = if matches!(op, BinOp::Eq | BinOp::Ne) { BinOp::Xor } else { op };
        self.push(select::binary(bitwise, dtype).ok_or_else(|| EmitError::Mistake(format!("{op:?} of masks")))?);
        if op == BinOp::Eq {
            self.push(I::V128Not);
        }
        Ok(())
    }

    /// `then` where the mask is set, else `orelse`.
    pub fn vector_select(&mut self, mask: &Expr, then: &Expr, orelse: &Expr) -> Emitted {
        if let Some(instruction) = extreme(self.ty(then)?, mask, then, orelse) {
            self.expr(orelse)?;
            self.expr(then)?;
            self.push(instruction);
            return Ok(());
        }
        self.expr(then)?;
        self.expr(orelse)?;
        self.expr(mask)?;
        self.push(I::V128Bitselect);
        Ok(())
    }

    fn load_vector(&mut self, dtype: DType, lanes: u8, address: &Address) -> Emitted {
        let at = self.address(address, dtype.size().trailing_zeros())?;
        self.push(match dtype.size() * u32::from(lanes) {
            16 => I::V128Load(at),
            8 => I::V128Load64Zero(at),
            4 => I::V128Load32Zero(at),
            2 => I::V128Load16Splat(at),
            bytes => return Err(EmitError::Mistake(format!("a vector of {bytes} bytes"))),
        });
        Ok(())
    }

    /// Writes the lanes of a vector to memory.
    pub fn store_vector(&mut self, address: &Address, value: &Expr) -> Emitted {
        let (dtype, lanes) = self.vector_ty(value)?;
        let memarg = self.address(address, dtype.size().trailing_zeros())?;
        self.expr(value)?;
        self.push(match dtype.size() * u32::from(lanes) {
            16 => I::V128Store(memarg),
            8 => I::V128Store64Lane { memarg, lane: 0 },
            4 => I::V128Store32Lane { memarg, lane: 0 },
            2 => I::V128Store16Lane { memarg, lane: 0 },
            bytes => return Err(EmitError::Mistake(format!("a vector of {bytes} bytes"))),
        });
        Ok(())
    }

    fn splat(&mut self, ty: Ty, a: &Expr) -> Emitted {
        match (ty, a) {
            (Ty::Vector(..), Expr::Const(c)) => self.repeat(*c),
            (Ty::Vector(dtype, _), Expr::Load(Ty::Scalar(_), address)) => {
                let at = self.address(address, dtype.size().trailing_zeros())?;
                self.push(load_splat(dtype, at));
            }
            (Ty::Vector(dtype, _), _) => {
                self.expr(a)?;
                self.push(Shape::of(dtype).splat());
            }
            (Ty::Mask { .. }, Expr::Const(c)) => self.v128(if c.as_int() == Some(0) { 0 } else { u128::MAX }),
            (Ty::Mask { .. }, _) => {
                // 0 − 1 is all ones.
                self.push(I::I32Const(0));
                self.expr(a)?;
                self.push(I::I32Sub);
                self.push(I::I32x4Splat);
            }
            (Ty::Scalar(dtype), _) => return Err(EmitError::Mistake(format!("a splat to {dtype}"))),
        }
        Ok(())
    }

    /// Lanes x, x + 1, …: x in all lanes plus the constant 0, 1, ….
    fn ramp(&mut self, dtype: DType, a: &Expr) -> Emitted {
        let size = dtype.size();
        let steps = (0..16 / size).map(|k| {
            let value = match dtype {
                DType::Float32 => Const::f32(small_float(k)),
                DType::Float64 => Const::f64(f64::from(k)),
                _ => Const::Int(dtype, i64::from(k)),
            };
            lane_bits(value) << (8 * size * k)
        });
        let steps = steps.fold(0, |vector, lane| vector | lane);
        self.expr(a)?;
        self.push(Shape::of(dtype).splat());
        self.v128(steps);
        self.push(select::binary(BinOp::Add, dtype).ok_or_else(|| EmitError::Mistake(format!("a ramp of {dtype}")))?);
        Ok(())
    }

    /// Whether any or all lanes of a mask are set.
    fn test_mask(&mut self, a: &Expr, all: bool) -> Emitted {
        let Ty::Mask { bytes, lanes } = self.ty(a)? else {
            return Err(EmitError::Mistake(format!("expected a mask: {a:?}")));
        };
        self.expr(a)?;
        let (all_true, bitmask) = Shape::of_bytes(u32::from(bytes)).tests();
        if bytes * lanes == 16 {
            self.push(if all { all_true } else { I::V128AnyTrue });
            return Ok(());
        }
        let set = (1 << lanes) - 1;
        self.push(bitmask);
        self.push(I::I32Const(set));
        self.push(I::I32And);
        self.push(I::I32Const(if all { set } else { 0 }));
        self.push(if all { I::I32Eq } else { I::I32Ne });
        Ok(())
    }

    /// A constant in every lane.
    fn repeat(&mut self, c: Const) {
        let size = c.dtype().size();
        let lane = lane_bits(c);
        self.v128((0..16 / size).fold(0, |vector, k| vector | lane << (8 * size * k)));
    }
}

/// The bits of a constant as one lane.
fn lane_bits(c: Const) -> u128 {
    let all = match c {
        Const::Bool(b) => u128::from(b),
        Const::Int(_, v) => u128::from(v.cast_unsigned()),
        Const::F32(bits) => u128::from(bits),
        Const::F64(bits) => u128::from(bits),
    };
    all & ((1 << (8 * c.dtype().size())) - 1)
}

#[expect(clippy::cast_precision_loss, reason = "the number of a lane is at most 3")]
const fn small_float(k: u32) -> f32 {
    k as f32
}

const fn load_splat(dtype: DType, at: MemArg) -> I<'static> {
    match dtype.size() {
        1 => I::V128Load8Splat(at),
        2 => I::V128Load16Splat(at),
        4 => I::V128Load32Splat(at),
        _ => I::V128Load64Splat(at),
    }
}

/// The access that reads eight bytes and doubles the width of each lane.
const fn load_extended(size: u32, signed: bool, at: MemArg) -> Option<I<'static>> {
    Some(match (size, signed) {
        (1, true) => I::V128Load8x8S(at),
        (1, false) => I::V128Load8x8U(at),
        (2, true) => I::V128Load16x4S(at),
        (2, false) => I::V128Load16x4U(at),
        (4, true) => I::V128Load32x2S(at),
        (4, false) => I::V128Load32x2U(at),
        _ => return None,
    })
}

/// The instruction that chooses between two floats that are compared: `pmin(y, x)` = x < y ? x : y, and `pmax(x, y)` = x < y ? y : x.
fn extreme(ty: Ty, mask: &Expr, then: &Expr, orelse: &Expr) -> Option<I<'static>> {
    let (x, y) = match mask {
        Expr::Binary(BinOp::Lt, x, y) | Expr::Binary(BinOp::Gt, y, x) => (&**x, &**y),
        _ => return None,
    };
    let smaller = (then, orelse) == (x, y);
    if !smaller && (orelse, then) != (x, y) {
        return None;
    }
    match (ty, smaller) {
        (Ty::Vector(DType::Float32, _), true) => Some(I::F32x4PMin),
        (Ty::Vector(DType::Float32, _), false) => Some(I::F32x4PMax),
        (Ty::Vector(DType::Float64, _), true) => Some(I::F64x2PMin),
        (Ty::Vector(DType::Float64, _), false) => Some(I::F64x2PMax),
        _ => None,
    }
}
