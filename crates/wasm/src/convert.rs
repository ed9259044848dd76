//! Conversions between scalars, as NumPy's `astype` does them.

use crate::function::Emitter;
use nopython_types::{DType, Slot};
use wasm_encoder::{Instruction as I, ValType};

impl Emitter<'_> {
    /// Converts the value on the stack.
    pub fn cast_scalar(&mut self, from: DType, to: DType) {
        if from == to {
            return;
        }
        if to == DType::Bool {
            return self.cast_to_bool(from);
        }
        match (from.slot(), to.slot()) {
            (Slot::I32, Slot::I32) => {
                // A value that the narrower dtype holds anyway needs no change.
                if !holds(to, from) {
                    self.normalise(to);
                }
            }
            (Slot::I32, Slot::I64) => self.push(if from.is_signed() { I::I64ExtendI32S } else { I::I64ExtendI32U }),
            (Slot::I64, Slot::I32) => {
                self.push(I::I32WrapI64);
                self.normalise(to);
            }
            (Slot::I64, Slot::I64) | (Slot::F32, Slot::F32) | (Slot::F64, Slot::F64) => {}
            (Slot::I32, Slot::F32) => self.push(if from.is_signed() { I::F32ConvertI32S } else { I::F32ConvertI32U }),
            (Slot::I32, Slot::F64) => self.push(if from.is_signed() { I::F64ConvertI32S } else { I::F64ConvertI32U }),
            (Slot::I64, Slot::F32) => self.push(if from.is_signed() { I::F32ConvertI64S } else { I::F32ConvertI64U }),
            (Slot::I64, Slot::F64) => self.push(if from.is_signed() { I::F64ConvertI64S } else { I::F64ConvertI64U }),
            (Slot::F32, Slot::F64) => self.push(I::F64PromoteF32),
            (Slot::F64, Slot::F32) => self.push(I::F32DemoteF64),
            (float @ (Slot::F32 | Slot::F64), _) => {
                if float == Slot::F32 {
                    self.push(I::F64PromoteF32);
                }
                self.truncate(to);
            }
        }
    }

    fn cast_to_bool(&mut self, from: DType) {
        match from.slot() {
            Slot::I32 => {
                self.push(I::I32Const(0));
                self.push(I::I32Ne);
            }
            Slot::I64 => {
                self.push(I::I64Const(0));
                self.push(I::I64Ne);
            }
            Slot::F32 => {
                self.push(I::F32Const(0.0.into()));
                self.push(I::F32Ne);
            }
            Slot::F64 => {
                self.push(I::F64Const(0.0.into()));
                self.push(I::F64Ne);
            }
        }
    }

    /// A float64 to an integer, rounded towards zero. Out of range gives the most negative integer of 32 or 64 bits, as x86 and so NumPy
    /// does there; narrower dtypes then wrap. `uint64` from 2^63 on is exact.
    fn truncate(&mut self, to: DType) {
        let narrow = to.slot() == Slot::I32 && to != DType::UInt32;
        let x = self.scratch(ValType::F64);
        if to == DType::UInt64 {
            // Below 2^63 as a signed integer, from there on unsigned; both saturate and so never trap.
            self.push(I::LocalTee(x));
            self.push(I::I64TruncSatF64S);
            self.push(I::LocalGet(x));
            self.push(I::I64TruncSatF64U);
            self.push(I::LocalGet(x));
            self.push(I::F64Const(9_223_372_036_854_775_808.0.into()));
            self.push(I::F64Lt);
            self.push(I::Select);
            self.give_back(ValType::F64, x);
            return;
        }
        self.push(I::LocalTee(x));
        self.push(I::F64Abs);
        self.push(I::F64Const(if narrow { 2_147_483_648.0.into() } else { 9_223_372_036_854_775_808.0.into() }));
        self.push(I::F64Lt);
        self.open(I::If(Self::giving(if narrow { Slot::I32 } else { Slot::I64 })));
        self.push(I::LocalGet(x));
        self.push(if narrow { I::I32TruncF64S } else { I::I64TruncF64S });
        self.push(I::Else);
        self.push(if narrow { I::I32Const(i32::MIN) } else { I::I64Const(i64::MIN) });
        self.close();
        if to == DType::UInt32 {
            self.push(I::I32WrapI64);
        } else if narrow {
            self.normalise(to);
        }
        self.give_back(ValType::F64, x);
    }
}

/// Whether every value of `from`, as it is held in an i32, is already in the range of `to` as that is held.
const fn holds(to: DType, from: DType) -> bool {
    matches!(
        (to, from),
        (DType::Int32 | DType::UInt32, _)
            | (_, DType::Bool)
            | (DType::Int16, DType::Int8 | DType::UInt8)
            | (DType::UInt16, DType::UInt8)
    )
}
