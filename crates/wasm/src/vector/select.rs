//! The vector instruction of each operation: one row per operation, one column per shape of lanes.

use nopython_ir::ops::{BinOp, UnOp};
use nopython_types::DType;
use wasm_encoder::Instruction as I;

/// How the 16 bytes of a vector are divided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Bytes.
    I8x16,
    /// Integers of two bytes.
    I16x8,
    /// Integers of four bytes.
    I32x4,
    /// Integers of eight bytes.
    I64x2,
    /// `float32`.
    F32x4,
    /// `float64`.
    F64x2,
}

/// One instruction per shape, in the order of [`Shape`].
type Row = [Option<I<'static>>; 6];

impl Shape {
    /// The shape of lanes of a dtype.
    pub const fn of(dtype: DType) -> Shape {
        match dtype {
            DType::Bool | DType::Int8 | DType::UInt8 => Shape::I8x16,
            DType::Int16 | DType::UInt16 => Shape::I16x8,
            DType::Int32 | DType::UInt32 => Shape::I32x4,
            DType::Int64 | DType::UInt64 => Shape::I64x2,
            DType::Float32 => Shape::F32x4,
            // Halves of complex numbers are floats.
            DType::Float64 | DType::Complex64 | DType::Complex128 => Shape::F64x2,
        }
    }

    /// The shape of integer lanes, or of the lanes of a mask, of that many bytes.
    pub const fn of_bytes(bytes: u32) -> Shape {
        match bytes {
            1 => Shape::I8x16,
            2 => Shape::I16x8,
            4 => Shape::I32x4,
            _ => Shape::I64x2,
        }
    }

    fn pick(self, row: Row) -> Option<I<'static>> {
        let [i8, i16, i32, i64, f32, f64] = row;
        match self {
            Shape::I8x16 => i8,
            Shape::I16x8 => i16,
            Shape::I32x4 => i32,
            Shape::I64x2 => i64,
            Shape::F32x4 => f32,
            Shape::F64x2 => f64,
        }
    }

    /// All lanes from a scalar.
    pub const fn splat(self) -> I<'static> {
        match self {
            Shape::I8x16 => I::I8x16Splat,
            Shape::I16x8 => I::I16x8Splat,
            Shape::I32x4 => I::I32x4Splat,
            Shape::I64x2 => I::I64x2Splat,
            Shape::F32x4 => I::F32x4Splat,
            Shape::F64x2 => I::F64x2Splat,
        }
    }

    /// Puts a scalar in a lane.
    pub const fn replace(self, lane: u8) -> I<'static> {
        match self {
            Shape::I8x16 => I::I8x16ReplaceLane(lane),
            Shape::I16x8 => I::I16x8ReplaceLane(lane),
            Shape::I32x4 => I::I32x4ReplaceLane(lane),
            Shape::I64x2 => I::I64x2ReplaceLane(lane),
            Shape::F32x4 => I::F32x4ReplaceLane(lane),
            Shape::F64x2 => I::F64x2ReplaceLane(lane),
        }
    }

    /// Whether each lane is other than zero, and one bit per lane.
    pub const fn tests(self) -> (I<'static>, I<'static>) {
        match self {
            Shape::I8x16 => (I::I8x16AllTrue, I::I8x16Bitmask),
            Shape::I16x8 => (I::I16x8AllTrue, I::I16x8Bitmask),
            Shape::I32x4 | Shape::F32x4 => (I::I32x4AllTrue, I::I32x4Bitmask),
            Shape::I64x2 | Shape::F64x2 => (I::I64x2AllTrue, I::I64x2Bitmask),
        }
    }
}

/// The value of a lane, extended as its dtype is.
pub const fn extract(dtype: DType, lane: u8) -> I<'static> {
    match dtype {
        DType::Bool | DType::UInt8 => I::I8x16ExtractLaneU(lane),
        DType::Int8 => I::I8x16ExtractLaneS(lane),
        DType::UInt16 => I::I16x8ExtractLaneU(lane),
        DType::Int16 => I::I16x8ExtractLaneS(lane),
        DType::Int32 | DType::UInt32 => I::I32x4ExtractLane(lane),
        DType::Int64 | DType::UInt64 => I::I64x2ExtractLane(lane),
        DType::Float32 => I::F32x4ExtractLane(lane),
        DType::Float64 | DType::Complex64 | DType::Complex128 => I::F64x2ExtractLane(lane),
    }
}

/// The instruction of a unary operation.
pub fn unary(op: UnOp, dtype: DType) -> Option<I<'static>> {
    let floats = |f32, f64| [None, None, None, None, Some(f32), Some(f64)];
    let row: Row = match op {
        UnOp::Neg => [
            Some(I::I8x16Neg),
            Some(I::I16x8Neg),
            Some(I::I32x4Neg),
            Some(I::I64x2Neg),
            Some(I::F32x4Neg),
            Some(I::F64x2Neg),
        ],
        UnOp::Abs => [
            Some(I::I8x16Abs),
            Some(I::I16x8Abs),
            Some(I::I32x4Abs),
            Some(I::I64x2Abs),
            Some(I::F32x4Abs),
            Some(I::F64x2Abs),
        ],
        UnOp::Invert => [Some(I::V128Not), Some(I::V128Not), Some(I::V128Not), Some(I::V128Not), None, None],
        UnOp::Sqrt => floats(I::F32x4Sqrt, I::F64x2Sqrt),
        UnOp::Floor => floats(I::F32x4Floor, I::F64x2Floor),
        UnOp::Ceil => floats(I::F32x4Ceil, I::F64x2Ceil),
        UnOp::Trunc => floats(I::F32x4Trunc, I::F64x2Trunc),
        UnOp::Rint => floats(I::F32x4Nearest, I::F64x2Nearest),
    };
    Shape::of(dtype).pick(row)
}

/// The instruction of a binary operation on a dtype, where there is one.
pub fn binary(op: BinOp, dtype: DType) -> Option<I<'static>> {
    let signed = dtype.is_signed();
    let bits = |i: fn() -> I<'static>| [Some(i()), Some(i()), Some(i()), Some(i()), None, None];
    let row: Row = match op {
        BinOp::Add => all(I::I8x16Add, I::I16x8Add, I::I32x4Add, I::I64x2Add, I::F32x4Add, I::F64x2Add),
        BinOp::Sub => all(I::I8x16Sub, I::I16x8Sub, I::I32x4Sub, I::I64x2Sub, I::F32x4Sub, I::F64x2Sub),
        BinOp::Mul => {
            [None, Some(I::I16x8Mul), Some(I::I32x4Mul), Some(I::I64x2Mul), Some(I::F32x4Mul), Some(I::F64x2Mul)]
        }
        BinOp::Div => [None, None, None, None, Some(I::F32x4Div), Some(I::F64x2Div)],
        BinOp::And => bits(|| I::V128And),
        BinOp::Or => bits(|| I::V128Or),
        BinOp::Xor => bits(|| I::V128Xor),
        BinOp::Eq => all(I::I8x16Eq, I::I16x8Eq, I::I32x4Eq, I::I64x2Eq, I::F32x4Eq, I::F64x2Eq),
        BinOp::Ne => all(I::I8x16Ne, I::I16x8Ne, I::I32x4Ne, I::I64x2Ne, I::F32x4Ne, I::F64x2Ne),
        BinOp::Lt if signed => all(I::I8x16LtS, I::I16x8LtS, I::I32x4LtS, I::I64x2LtS, I::F32x4Lt, I::F64x2Lt),
        BinOp::Le if signed => all(I::I8x16LeS, I::I16x8LeS, I::I32x4LeS, I::I64x2LeS, I::F32x4Le, I::F64x2Le),
        BinOp::Gt if signed => all(I::I8x16GtS, I::I16x8GtS, I::I32x4GtS, I::I64x2GtS, I::F32x4Gt, I::F64x2Gt),
        BinOp::Ge if signed => all(I::I8x16GeS, I::I16x8GeS, I::I32x4GeS, I::I64x2GeS, I::F32x4Ge, I::F64x2Ge),
        BinOp::Min if signed => narrow(I::I8x16MinS, I::I16x8MinS, I::I32x4MinS),
        BinOp::Max if signed => narrow(I::I8x16MaxS, I::I16x8MaxS, I::I32x4MaxS),
        BinOp::Lt => narrow(I::I8x16LtU, I::I16x8LtU, I::I32x4LtU),
        BinOp::Le => narrow(I::I8x16LeU, I::I16x8LeU, I::I32x4LeU),
        BinOp::Gt => narrow(I::I8x16GtU, I::I16x8GtU, I::I32x4GtU),
        BinOp::Ge => narrow(I::I8x16GeU, I::I16x8GeU, I::I32x4GeU),
        BinOp::Min => narrow(I::I8x16MinU, I::I16x8MinU, I::I32x4MinU),
        BinOp::Max => narrow(I::I8x16MaxU, I::I16x8MaxU, I::I32x4MaxU),
        BinOp::CopySign | BinOp::FloorDiv | BinOp::Mod | BinOp::Shl | BinOp::Shr => {
            [None, None, None, None, None, None]
        }
    };
    Shape::of(dtype).pick(row)
}

/// A shift of all lanes by one count.
pub fn shift(op: BinOp, dtype: DType) -> Option<I<'static>> {
    let row: Row = match (op, dtype.is_signed()) {
        (BinOp::Shl, _) => [Some(I::I8x16Shl), Some(I::I16x8Shl), Some(I::I32x4Shl), Some(I::I64x2Shl), None, None],
        (_, true) => [Some(I::I8x16ShrS), Some(I::I16x8ShrS), Some(I::I32x4ShrS), Some(I::I64x2ShrS), None, None],
        (_, false) => [Some(I::I8x16ShrU), Some(I::I16x8ShrU), Some(I::I32x4ShrU), Some(I::I64x2ShrU), None, None],
    };
    Shape::of(dtype).pick(row)
}

const fn all(
    i8: I<'static>,
    i16: I<'static>,
    i32: I<'static>,
    i64: I<'static>,
    f32: I<'static>,
    f64: I<'static>,
) -> Row {
    [Some(i8), Some(i16), Some(i32), Some(i64), Some(f32), Some(f64)]
}

const fn narrow(i8: I<'static>, i16: I<'static>, i32: I<'static>) -> Row {
    [Some(i8), Some(i16), Some(i32), None, None, None]
}
