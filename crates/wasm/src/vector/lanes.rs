//! Lane-wise operations for which wasm has no instruction.

use super::{select, select::Shape};
use crate::function::{EmitError, Emitted, Emitter, slot_type};
use crate::used::bits;
use nopython_ir::Const;
use nopython_ir::loops::Expr;
use nopython_ir::ops::BinOp;
use nopython_types::DType;
use wasm_encoder::{Instruction as I, ValType};

impl Emitter<'_> {
    /// A binary operation that takes several instructions.
    pub(super) fn composed(&mut self, op: BinOp, a: &Expr, b: &Expr, dtype: DType, lanes: u8) -> Emitted {
        if let Some(count) = uniform_shift(op, b, dtype) {
            return self.shift_all(count, a, dtype);
        }
        let (x, y) = (self.scratch(ValType::V128), self.scratch(ValType::V128));
        self.expr(a)?;
        self.push(I::LocalSet(x));
        self.expr(b)?;
        self.push(I::LocalSet(y));
        match op {
            BinOp::Min if dtype.is_float() => self.float_min(x, y, dtype),
            BinOp::Max if dtype.is_float() => self.float_max(x, y, dtype),
            BinOp::Min | BinOp::Max => self.int64_extreme(op, x, y, dtype),
            BinOp::Lt | BinOp::Le | BinOp::Gt | BinOp::Ge => self.uint64_compare(op, x, y),
            BinOp::Mul => self.multiply_bytes(x, y),
            BinOp::CopySign => self.copy_sign(x, y, dtype),
            BinOp::FloorDiv | BinOp::Mod | BinOp::Shl | BinOp::Shr => self.each_lane(op, x, y, dtype, lanes),
            BinOp::Add | BinOp::Sub | BinOp::Div | BinOp::And | BinOp::Or | BinOp::Xor | BinOp::Eq | BinOp::Ne => {
                return Err(EmitError::Mistake(format!("{op:?} of lanes of {dtype}")));
            }
        }
        self.give_back(ValType::V128, x);
        self.give_back(ValType::V128, y);
        Ok(())
    }

    fn get(&mut self, locals: &[u32]) {
        for &local in locals {
            self.push(I::LocalGet(local));
        }
    }

    /// min(x, y) = (y < x ? y : x) | (x < y ? x : y). The two differ only for zeros of different sign, where the union is −0, and when an
    /// operand is NaN, whose exponent and fraction bits stay set.
    fn float_min(&mut self, x: u32, y: u32, dtype: DType) {
        let pmin = || if dtype == DType::Float32 { I::F32x4PMin } else { I::F64x2PMin };
        self.get(&[x, y]);
        self.push(pmin());
        self.get(&[y, x]);
        self.push(pmin());
        self.push(I::V128Or);
    }

    /// With v = (x < y ? y : x) and w = (y < x ? x : y), max(x, y) = (v & w) | (v ≠ w): the intersection of zeros of different sign is +0,
    /// and v ≠ w only if an operand is NaN, where all ones are a NaN too.
    fn float_max(&mut self, x: u32, y: u32, dtype: DType) {
        let pmax = || if dtype == DType::Float32 { I::F32x4PMax } else { I::F64x2PMax };
        let ne = if dtype == DType::Float32 { I::F32x4Ne } else { I::F64x2Ne };
        let (v, w) = (self.scratch(ValType::V128), self.scratch(ValType::V128));
        self.get(&[x, y]);
        self.push(pmax());
        self.push(I::LocalTee(v));
        self.get(&[y, x]);
        self.push(pmax());
        self.push(I::LocalTee(w));
        self.push(I::V128And);
        self.get(&[v, w]);
        self.push(ne);
        self.push(I::V128Or);
        self.give_back(ValType::V128, v);
        self.give_back(ValType::V128, w);
    }

    fn int64_extreme(&mut self, op: BinOp, x: u32, y: u32, dtype: DType) {
        let less = if op == BinOp::Min { BinOp::Lt } else { BinOp::Gt };
        self.get(&[x, y]);
        if dtype == DType::UInt64 {
            self.uint64_compare(less, x, y);
        } else {
            self.get(&[x, y]);
            self.push(if op == BinOp::Min { I::I64x2LtS } else { I::I64x2GtS });
        }
        self.push(I::V128Bitselect);
    }

    /// x <ᵤ y exactly if x ⊕ 2⁶³ <ₛ y ⊕ 2⁶³
    fn uint64_compare(&mut self, op: BinOp, x: u32, y: u32) {
        for local in [x, y] {
            self.push(I::LocalGet(local));
            self.repeat(Const::Int(DType::Int64, i64::MIN));
            self.push(I::V128Xor);
        }
        self.push(match op {
            BinOp::Lt => I::I64x2LtS,
            BinOp::Le => I::I64x2LeS,
            BinOp::Gt => I::I64x2GtS,
            _ => I::I64x2GeS,
        });
    }

    /// Products of 16 bits, of which the low halves remain.
    fn multiply_bytes(&mut self, x: u32, y: u32) {
        for product in [I::I16x8ExtMulLowI8x16U, I::I16x8ExtMulHighI8x16U] {
            self.get(&[x, y]);
            self.push(product);
            self.repeat(Const::Int(DType::UInt16, 0xff));
            self.push(I::V128And);
        }
        self.push(I::I8x16NarrowI16x8U);
    }

    fn copy_sign(&mut self, x: u32, y: u32, dtype: DType) {
        self.get(&[x, y]);
        self.repeat(if dtype == DType::Float32 { Const::F32(!(1 << 31)) } else { Const::F64(!(1 << 63)) });
        self.push(I::V128Bitselect);
    }

    /// The scalar operation on each lane.
    fn each_lane(&mut self, op: BinOp, x: u32, y: u32, dtype: DType, lanes: u8) {
        let ty = slot_type(dtype.slot());
        let (a, b) = (self.scratch(ty), self.scratch(ty));
        self.v128(0);
        for lane in 0..lanes {
            for (vector, scalar) in [(x, a), (y, b)] {
                self.push(I::LocalGet(vector));
                self.push(select::extract(dtype, lane));
                self.push(I::LocalSet(scalar));
            }
            if matches!(op, BinOp::FloorDiv | BinOp::Mod) {
                self.divide_locals(op, a, b, dtype);
            } else {
                self.shift_locals(op, a, b, dtype);
            }
            self.push(Shape::of(dtype).replace(lane));
        }
        self.give_back(ty, a);
        self.give_back(ty, b);
    }

    fn shift_all(&mut self, shift: UniformShift, a: &Expr, dtype: DType) -> Emitted {
        self.expr(a)?;
        match shift {
            UniformShift::By(op, count) => {
                self.push(I::I32Const(count));
                self.push(
                    select::shift(op, dtype)
                        .ok_or_else(|| EmitError::Mistake(format!("a shift of lanes of {dtype}")))?,
                );
            }
            UniformShift::Keep(mask) => {
                self.repeat(mask);
                self.push(I::V128And);
            }
        }
        Ok(())
    }
}

/// What a shift by one count, or a division by a power of two, comes to.
enum UniformShift {
    /// A shift of all lanes.
    By(BinOp, i32),
    /// The low bits.
    Keep(Const),
}

/// A shift by a constant inside the width, ⌊x / 2^k⌋ = x >> k, x mod 2^k = x & (2^k − 1).
fn uniform_shift(op: BinOp, b: &Expr, dtype: DType) -> Option<UniformShift> {
    let Expr::Splat(_, count) = b else { return None };
    let value = count.as_const()?.as_int()?;
    let count = i32::try_from(value).ok();
    let power = if value > 0 && value.count_ones() == 1 { i32::try_from(value.trailing_zeros()).ok() } else { None };
    match op {
        BinOp::Shl | BinOp::Shr => count.filter(|n| (0..bits(dtype)).contains(n)).map(|n| UniformShift::By(op, n)),
        BinOp::FloorDiv => power.map(|k| UniformShift::By(BinOp::Shr, k)),
        BinOp::Mod => power.map(|_| UniformShift::Keep(Const::Int(dtype, value - 1))),
        _ => None,
    }
}
