//! The instruction of each operation whose wasm meaning is NumPy's: one row per operation, one column per slot.

use nopython_ir::ops::{BinOp, UnOp};
use nopython_types::{DType, Slot};
use wasm_encoder::Instruction as I;

/// The instruction of a unary float operation.
pub const fn unary(op: UnOp, slot: Slot) -> Option<I<'static>> {
    let (f32, f64) = match op {
        UnOp::Neg => (I::F32Neg, I::F64Neg),
        UnOp::Abs => (I::F32Abs, I::F64Abs),
        UnOp::Sqrt => (I::F32Sqrt, I::F64Sqrt),
        UnOp::Floor => (I::F32Floor, I::F64Floor),
        UnOp::Ceil => (I::F32Ceil, I::F64Ceil),
        UnOp::Trunc => (I::F32Trunc, I::F64Trunc),
        UnOp::Rint => (I::F32Nearest, I::F64Nearest),
        UnOp::Invert => return None,
    };
    match slot {
        Slot::F32 => Some(f32),
        Slot::F64 => Some(f64),
        Slot::I32 | Slot::I64 => None,
    }
}

/// The instruction of a binary operation on a dtype, where there is one.
pub fn binary(op: BinOp, dtype: DType) -> Option<I<'static>> {
    let signed = dtype.is_signed();
    let row: [Option<I<'static>>; 4] = match op {
        //                    i32                   i64                   f32                 f64
        BinOp::Add => [Some(I::I32Add), Some(I::I64Add), Some(I::F32Add), Some(I::F64Add)],
        BinOp::Sub => [Some(I::I32Sub), Some(I::I64Sub), Some(I::F32Sub), Some(I::F64Sub)],
        BinOp::Mul => [Some(I::I32Mul), Some(I::I64Mul), Some(I::F32Mul), Some(I::F64Mul)],
        BinOp::Div => [None, None, Some(I::F32Div), Some(I::F64Div)],
        BinOp::And => [Some(I::I32And), Some(I::I64And), None, None],
        BinOp::Or => [Some(I::I32Or), Some(I::I64Or), None, None],
        BinOp::Xor => [Some(I::I32Xor), Some(I::I64Xor), None, None],
        BinOp::Min => [None, None, Some(I::F32Min), Some(I::F64Min)],
        BinOp::Max => [None, None, Some(I::F32Max), Some(I::F64Max)],
        BinOp::CopySign => [None, None, Some(I::F32Copysign), Some(I::F64Copysign)],
        BinOp::Eq => [Some(I::I32Eq), Some(I::I64Eq), Some(I::F32Eq), Some(I::F64Eq)],
        BinOp::Ne => [Some(I::I32Ne), Some(I::I64Ne), Some(I::F32Ne), Some(I::F64Ne)],
        BinOp::Lt if signed => [Some(I::I32LtS), Some(I::I64LtS), Some(I::F32Lt), Some(I::F64Lt)],
        BinOp::Le if signed => [Some(I::I32LeS), Some(I::I64LeS), Some(I::F32Le), Some(I::F64Le)],
        BinOp::Gt if signed => [Some(I::I32GtS), Some(I::I64GtS), Some(I::F32Gt), Some(I::F64Gt)],
        BinOp::Ge if signed => [Some(I::I32GeS), Some(I::I64GeS), Some(I::F32Ge), Some(I::F64Ge)],
        BinOp::Lt => [Some(I::I32LtU), Some(I::I64LtU), None, None],
        BinOp::Le => [Some(I::I32LeU), Some(I::I64LeU), None, None],
        BinOp::Gt => [Some(I::I32GtU), Some(I::I64GtU), None, None],
        BinOp::Ge => [Some(I::I32GeU), Some(I::I64GeU), None, None],
        BinOp::FloorDiv | BinOp::Mod | BinOp::Shl | BinOp::Shr => [None, None, None, None],
    };
    let [i32, i64, f32, f64] = row;
    match dtype.slot() {
        Slot::I32 => i32,
        Slot::I64 => i64,
        Slot::F32 => f32,
        Slot::F64 => f64,
    }
}

/// Whether an operation on values in a narrow dtype's range can leave that range.
pub const fn overflows(op: BinOp) -> bool {
    match op {
        BinOp::Add | BinOp::Sub | BinOp::Mul | BinOp::Shl | BinOp::FloorDiv => true,
        BinOp::Div
        | BinOp::Mod
        | BinOp::And
        | BinOp::Or
        | BinOp::Xor
        | BinOp::Shr
        | BinOp::Min
        | BinOp::Max
        | BinOp::CopySign
        | BinOp::Eq
        | BinOp::Ne
        | BinOp::Lt
        | BinOp::Le
        | BinOp::Gt
        | BinOp::Ge => false,
    }
}

/// The comparison that holds exactly when another does not; floats have one only for equality, because of NaN.
pub fn opposite(op: BinOp, dtype: DType) -> Option<BinOp> {
    let exact = !dtype.is_float();
    match op {
        BinOp::Eq => Some(BinOp::Ne),
        BinOp::Ne => Some(BinOp::Eq),
        BinOp::Lt if exact => Some(BinOp::Ge),
        BinOp::Le if exact => Some(BinOp::Gt),
        BinOp::Gt if exact => Some(BinOp::Le),
        BinOp::Ge if exact => Some(BinOp::Lt),
        BinOp::Lt
        | BinOp::Le
        | BinOp::Gt
        | BinOp::Ge
        | BinOp::Add
        | BinOp::Sub
        | BinOp::Mul
        | BinOp::Div
        | BinOp::FloorDiv
        | BinOp::Mod
        | BinOp::And
        | BinOp::Or
        | BinOp::Xor
        | BinOp::Shl
        | BinOp::Shr
        | BinOp::Min
        | BinOp::Max
        | BinOp::CopySign => None,
    }
}
