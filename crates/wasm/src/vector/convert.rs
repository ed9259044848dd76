//! Conversions of vectors, lane by lane, as `astype` does them; widths of masks.

use super::{load_extended, select, select::Shape};
use crate::function::{EmitError, Emitted, Emitter};
use nopython_ir::Const;
use nopython_ir::loops::{Expr, Ty};
use nopython_ir::ops::BinOp;
use nopython_types::DType;
use wasm_encoder::{Instruction as I, ValType};

impl Emitter<'_> {
    /// Converts the lanes of a vector.
    pub fn cast_vector(&mut self, to: DType, a: &Expr, from: DType, lanes: u8) -> Emitted {
        if from == to {
            return self.expr(a);
        }
        if to == DType::Bool {
            self.expr(a)?;
            return self.lanes_to_bool(from);
        }
        match (from.is_float(), to.is_float()) {
            (false, false) => {
                let held = self.widened_load(a, from, lanes, to.size())?;
                self.resize(held, to.size(), from.is_signed());
            }
            (false, true) => return self.int_to_float(a, from, to, lanes),
            (true, true) => {
                self.expr(a)?;
                self.push(if to == DType::Float64 { I::F64x2PromoteLowF32x4 } else { I::F32x4DemoteF64x2Zero });
            }
            (true, false) if to.size() == 8 || to == DType::UInt32 => {
                self.expr(a)?;
                self.lane_by_lane(from, to, lanes);
            }
            (true, false) => {
                self.expr(a)?;
                self.float_to_int32(from);
                self.resize(4, to.size(), true);
            }
        }
        Ok(())
    }

    /// Evaluates an operand that is about to be widened and gives the size its lanes have then: a load of eight bytes widens as it reads.
    fn widened_load(&mut self, a: &Expr, from: DType, lanes: u8, wanted: u32) -> Emitted<u32> {
        let size = from.size();
        if let Expr::Load(Ty::Vector(..), address) = a
            && wanted > size
            && size * u32::from(lanes) == 8
        {
            let at = self.address(address, size.trailing_zeros())?;
            if let Some(load) = load_extended(size, from.is_signed(), at) {
                self.push(load);
                return Ok(2 * size);
            }
        }
        self.expr(a)?;
        Ok(size)
    }

    /// Brings integer lanes from one size to another: widening extends, narrowing wraps.
    fn resize(&mut self, mut size: u32, wanted: u32, signed: bool) {
        while size < wanted {
            self.push(match (size, signed) {
                (1, true) => I::I16x8ExtendLowI8x16S,
                (1, false) => I::I16x8ExtendLowI8x16U,
                (2, true) => I::I32x4ExtendLowI16x8S,
                (2, false) => I::I32x4ExtendLowI16x8U,
                (_, true) => I::I64x2ExtendLowI32x4S,
                (_, false) => I::I64x2ExtendLowI32x4U,
            });
            size *= 2;
        }
        if size == 8 && wanted < 8 {
            self.low_halves();
            size = 4;
        }
        if size > wanted {
            // What remains after cutting off the upper bits is in the range of each saturating step.
            self.repeat(match (wanted, size) {
                (1, 2) => Const::Int(DType::UInt16, 0xff),
                (1, _) => Const::Int(DType::UInt32, 0xff),
                (_, _) => Const::Int(DType::UInt32, 0xffff),
            });
            self.push(I::V128And);
            self.saturate(size, wanted, I::I16x8NarrowI32x4U, I::I8x16NarrowI16x8U);
        }
    }

    /// Narrows lanes whose values fit the narrower lanes.
    fn saturate(&mut self, mut size: u32, wanted: u32, to_16: I<'static>, to_8: I<'static>) {
        let x = self.scratch(ValType::V128);
        for (from, narrow) in [(4, to_16), (2, to_8)] {
            if size == from && size > wanted {
                self.push(I::LocalTee(x));
                self.push(I::LocalGet(x));
                self.push(narrow);
                size /= 2;
            }
        }
        self.give_back(ValType::V128, x);
    }

    /// The low half of each of two lanes of eight bytes, as lanes of four.
    fn low_halves(&mut self) {
        let x = self.scratch(ValType::V128);
        self.push(I::LocalTee(x));
        self.push(I::LocalGet(x));
        self.push(I::I8x16Shuffle([0, 1, 2, 3, 8, 9, 10, 11, 0, 1, 2, 3, 8, 9, 10, 11]));
        self.give_back(ValType::V128, x);
    }

    fn int_to_float(&mut self, a: &Expr, from: DType, to: DType, lanes: u8) -> Emitted {
        let signed = from.is_signed();
        if from.size() == 8 {
            self.expr(a)?;
            if to == DType::Float64 {
                self.int64_to_float64(signed);
            } else {
                self.lane_by_lane(from, to, lanes);
            }
            return Ok(());
        }
        let held = self.widened_load(a, from, lanes, 4)?;
        self.resize(held, 4, signed);
        self.push(match (to, signed) {
            (DType::Float64, true) => I::F64x2ConvertLowI32x4S,
            (DType::Float64, false) => I::F64x2ConvertLowI32x4U,
            (_, true) => I::F32x4ConvertI32x4S,
            (_, false) => I::F32x4ConvertI32x4U,
        });
        Ok(())
    }

    /// h·2³² + l for the halves h and l: both converted exactly, the product exact, the sum rounded once.
    fn int64_to_float64(&mut self, signed: bool) {
        let x = self.scratch(ValType::V128);
        self.push(I::LocalTee(x));
        self.push(I::LocalGet(x));
        self.push(I::I8x16Shuffle([4, 5, 6, 7, 12, 13, 14, 15, 4, 5, 6, 7, 12, 13, 14, 15]));
        self.push(if signed { I::F64x2ConvertLowI32x4S } else { I::F64x2ConvertLowI32x4U });
        self.repeat(Const::f64(4_294_967_296.0));
        self.push(I::F64x2Mul);
        self.push(I::LocalGet(x));
        self.low_halves();
        self.push(I::F64x2ConvertLowI32x4U);
        self.push(I::F64x2Add);
        self.give_back(ValType::V128, x);
    }

    /// Lanes of four bytes from floats, rounded towards zero; the most negative integer where that is out of range, as for scalars.
    fn float_to_int32(&mut self, from: DType) {
        let x = self.scratch(ValType::V128);
        self.push(I::LocalTee(x));
        self.push(if from == DType::Float64 { I::I32x4TruncSatF64x2SZero } else { I::I32x4TruncSatF32x4S });
        self.repeat(Const::i32(i32::MIN));
        self.push(I::LocalGet(x));
        if from == DType::Float64 {
            self.push(I::F64x2Abs);
            self.repeat(Const::f64(2_147_483_648.0));
            self.push(I::F64x2Lt);
            self.low_halves();
        } else {
            self.push(I::F32x4Abs);
            self.repeat(Const::f32(2_147_483_648.0));
            self.push(I::F32x4Lt);
        }
        self.push(I::V128Bitselect);
        self.give_back(ValType::V128, x);
    }

    /// Converts each lane as a scalar.
    fn lane_by_lane(&mut self, from: DType, to: DType, lanes: u8) {
        let x = self.scratch(ValType::V128);
        self.push(I::LocalSet(x));
        for lane in 0..lanes {
            if lane == 0 {
                self.v128(0);
            }
            self.push(I::LocalGet(x));
            self.push(select::extract(from, lane));
            self.cast_scalar(from, to);
            self.push(Shape::of(to).replace(lane));
        }
        self.give_back(ValType::V128, x);
    }

    fn lanes_to_bool(&mut self, from: DType) -> Emitted {
        self.repeat(Const::zero(from));
        self.push(select::binary(BinOp::Ne, from).ok_or_else(|| EmitError::Mistake(format!("{from} to bool")))?);
        self.mask_to_bool(from.size());
        Ok(())
    }

    /// Bytes 0 and 1 from a mask: −(−1) = 1.
    fn mask_to_bool(&mut self, bytes: u32) {
        self.resize_mask(bytes, 1);
        self.push(I::I8x16Neg);
    }

    /// Brings the lanes of a mask to another size.
    fn resize_mask(&mut self, mut bytes: u32, wanted: u32) {
        if bytes < wanted {
            self.resize(bytes, wanted, true);
            return;
        }
        if bytes == 8 && wanted < 8 {
            self.low_halves();
            bytes = 4;
        }
        self.saturate(bytes, wanted, I::I16x8NarrowI32x4S, I::I8x16NarrowI16x8S);
    }

    /// Bool lanes from a mask, a mask from bool lanes, or a mask with lanes of another size.
    pub fn mask_cast(&mut self, to: Ty, a: &Expr) -> Emitted {
        let from = self.ty(a)?;
        self.expr(a)?;
        match (from, to) {
            (Ty::Mask { bytes, .. }, Ty::Vector(..)) => self.mask_to_bool(u32::from(bytes)),
            (Ty::Vector(..), Ty::Mask { bytes, .. }) => {
                self.push(I::I8x16Neg);
                self.resize_mask(1, u32::from(bytes));
            }
            (Ty::Mask { bytes, .. }, Ty::Mask { bytes: wanted, .. }) => {
                self.resize_mask(u32::from(bytes), u32::from(wanted));
            }
            _ => return Err(EmitError::Mistake(format!("a mask cast from {from} to {to}"))),
        }
        Ok(())
    }
}
