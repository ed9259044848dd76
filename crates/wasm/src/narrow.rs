//! Integers of 8 and 16 bits, held extended in an i32: the extension is left out wherever nothing reads the upper bits.

use crate::function::{Emitted, Emitter};
use nopython_ir::loops::{Expr, Ty};
use nopython_ir::ops::{BinOp, UnOp};
use nopython_types::{DType, Slot};
use wasm_encoder::Instruction as I;

impl Emitter<'_> {
    /// Leaves a value whose low bits, as many as its dtype has, are right, and says whether the upper bits are too.
    ///
    /// The low bits of sums, differences, products and bitwise operations depend only on the low bits of their operands.
    pub fn low_bits(&mut self, e: &Expr) -> Emitted<bool> {
        let known = match e {
            Expr::Binary(op, a, b) => match wrapping(*op) {
                Some(instruction) if self.narrow(a)?.is_some() => {
                    Some(self.low_bits_of_binary(*op, a, b, instruction)?)
                }
                _ => None,
            },
            Expr::Unary(op @ (UnOp::Neg | UnOp::Invert), a) => match self.narrow(a)? {
                Some(dtype) => Some(self.low_bits_of_unary(*op, a, dtype)?),
                None => None,
            },
            Expr::Cast(to, a) if is_narrow(*to) => self.low_bits_of_cast(*to, a)?,
            _ => None,
        };
        match known {
            Some(whole) => Ok(whole),
            None => self.whole(e).map(|()| true),
        }
    }

    /// The dtype of a narrow integer scalar.
    fn narrow(&self, e: &Expr) -> Emitted<Option<DType>> {
        Ok(match self.ty(e)? {
            Ty::Scalar(dtype) if is_narrow(dtype) => Some(dtype),
            Ty::Scalar(_) | Ty::Vector(..) | Ty::Mask { .. } => None,
        })
    }

    fn low_bits_of_binary(&mut self, op: BinOp, a: &Expr, b: &Expr, instruction: I<'static>) -> Emitted<bool> {
        let left = self.low_bits(a)?;
        let right = self.low_bits(b)?;
        self.push(instruction);
        Ok(matches!(op, BinOp::And | BinOp::Or | BinOp::Xor) && left && right)
    }

    fn low_bits_of_unary(&mut self, op: UnOp, a: &Expr, dtype: DType) -> Emitted<bool> {
        if op == UnOp::Neg {
            self.push(I::I32Const(0));
            self.low_bits(a)?;
            self.push(I::I32Sub);
            return Ok(false);
        }
        let whole = self.low_bits(a)?;
        self.push(I::I32Const(-1));
        self.push(I::I32Xor);
        Ok(whole && dtype.is_signed())
    }

    /// `None` for conversions in which more than low bits matter.
    fn low_bits_of_cast(&mut self, to: DType, a: &Expr) -> Emitted<Option<bool>> {
        let Ty::Scalar(from) = self.ty(a)? else { return Ok(None) };
        if !from.is_int() || from.size() < to.size() {
            return Ok(None);
        }
        let whole = self.low_bits(a)?;
        if from.slot() == Slot::I64 {
            self.push(I::I32WrapI64);
        }
        Ok(Some(whole && from == to))
    }
}

const fn is_narrow(dtype: DType) -> bool {
    matches!(dtype, DType::Int8 | DType::Int16 | DType::UInt8 | DType::UInt16)
}

/// The instruction of an operation whose low bits depend on low bits only.
const fn wrapping(op: BinOp) -> Option<I<'static>> {
    match op {
        BinOp::Add => Some(I::I32Add),
        BinOp::Sub => Some(I::I32Sub),
        BinOp::Mul => Some(I::I32Mul),
        BinOp::And => Some(I::I32And),
        BinOp::Or => Some(I::I32Or),
        BinOp::Xor => Some(I::I32Xor),
        BinOp::Div
        | BinOp::FloorDiv
        | BinOp::Mod
        | BinOp::Shl
        | BinOp::Shr
        | BinOp::Min
        | BinOp::Max
        | BinOp::CopySign
        | BinOp::Eq
        | BinOp::Ne
        | BinOp::Lt
        | BinOp::Le
        | BinOp::Gt
        | BinOp::Ge => None,
    }
}
