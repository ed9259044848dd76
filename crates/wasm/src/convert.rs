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
        let slot = if narrow { Slot::I32 } else { Slot::I64 };
        self.push(I::LocalTee(x));
        self.push(I::F64Abs);
        self.push(I::F64Const(if narrow { 2_147_483_648.0 } else { EXACT }.into()));
        self.push(I::F64Lt);
        self.open(I::If(Self::giving(slot)));
        self.mantissa(x, narrow);
        self.push(I::Else);
        if narrow {
            self.push(I::I32Const(i32::MIN));
        } else {
            self.truncate_large(x);
        }
        self.close();
        if to == DType::UInt32 {
            self.push(I::I32WrapI64);
        } else if narrow {
            self.normalise(to);
        }
        self.give_back(ValType::F64, x);
    }

    /// The integer part of |x| < 2⁵¹ by adding 3·2⁵¹, which moves it to the low bits of the mantissa: engines make of wasm's own truncation, which must trap out of
    /// range, a chain of conversions that costs twice a whole turn of a small loop.
    fn mantissa(&mut self, x: u32, narrow: bool) {
        self.push(I::LocalGet(x));
        self.push(I::F64Trunc);
        self.push(I::F64Const((3.0 * EXACT).into()));
        self.push(I::F64Add);
        self.push(I::I64ReinterpretF64);
        if narrow {
            self.push(I::I32WrapI64);
        } else {
            self.push(I::I64Const((3.0 * EXACT).to_bits().cast_signed()));
            self.push(I::I64Sub);
        }
    }

    /// The integer part of |x| ≥ 2⁵¹.
    fn truncate_large(&mut self, x: u32) {
        self.push(I::LocalGet(x));
        self.push(I::F64Abs);
        self.push(I::F64Const(9_223_372_036_854_775_808.0.into()));
        self.push(I::F64Lt);
        self.open(I::If(Self::giving(Slot::I64)));
        self.push(I::LocalGet(x));
        self.push(I::I64TruncF64S);
        self.push(I::Else);
        self.push(I::I64Const(i64::MIN));
        self.close();
    }
}

/// 2⁵¹
const EXACT: f64 = 2_251_799_813_685_248.0;

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
