//! Scalar expressions and memory accesses.

use crate::function::{EmitError, Emitted, Emitter, slot_type, val_type};
use crate::select;
use nopython_ir::Const;
use nopython_ir::loops::{Address, Expr, Ty, type_of};
use nopython_ir::ops::{BinOp, UnOp};
use nopython_types::{DType, Slot};
use wasm_encoder::{BlockType, Instruction as I};

impl Emitter<'_> {
    /// The type of an expression, which verification has found to have one.
    pub fn ty(&self, e: &Expr) -> Emitted<Ty> {
        type_of(self.function, e).ok_or_else(|| EmitError::Mistake(format!("ill-typed expression {e:?}")))
    }

    /// Leaves the value of an expression on the stack.
    pub fn expr(&mut self, e: &Expr) -> Emitted {
        if !self.low_bits(e)?
            && let Ty::Scalar(dtype) = self.ty(e)?
        {
            self.normalise(dtype);
        }
        Ok(())
    }

    /// As [`Emitter::expr`], but never through `low_bits`, which calls this for what it does not know better.
    pub(crate) fn whole(&mut self, e: &Expr) -> Emitted {
        match e {
            Expr::Const(c) => self.push_const(*c),
            Expr::Local(local) => {
                let index = self.local(*local)?;
                self.push(I::LocalGet(index));
            }
            Expr::Unary(op, a) => self.unary(*op, a)?,
            Expr::Binary(op, a, b) => self.binary(*op, a, b)?,
            Expr::Cast(to, a) => match self.ty(a)? {
                Ty::Scalar(from) => match a.as_ref() {
                    Expr::Load(_, address) if widens(from, *to) => self.load_wide(from, address)?,
                    _ => {
                        self.expr(a)?;
                        self.cast_scalar(from, *to);
                    }
                },
                Ty::Vector(from, lanes) => self.cast_vector(*to, a, from, lanes)?,
                Ty::Mask { .. } => return Err(EmitError::Mistake("a conversion of a mask".into())),
            },
            Expr::Select(test, a, b) if matches!(self.ty(test)?, Ty::Mask { .. }) => self.vector_select(test, a, b)?,
            Expr::Select(test, a, b) => {
                self.expr(a)?;
                self.expr(b)?;
                self.expr(test)?;
                self.push(I::Select);
            }
            Expr::Cond(test, a, b) => {
                let ty = val_type(self.ty(a)?);
                self.expr(test)?;
                self.open(I::If(BlockType::Result(ty)));
                self.expr(a)?;
                self.push(I::Else);
                self.expr(b)?;
                self.close();
            }
            Expr::Load(Ty::Scalar(dtype), address) => self.load(*dtype, address)?,
            Expr::Kernel(name, args) => {
                for arg in args {
                    self.expr(arg)?;
                }
                let kernel = self.layout.kernel(name)?;
                self.push(I::Call(kernel));
            }
            Expr::Load(..)
            | Expr::Splat(..)
            | Expr::Lane(..)
            | Expr::Ramp(..)
            | Expr::AnyTrue(_)
            | Expr::AllTrue(_)
            | Expr::MaskCast(..) => self.vector_expr(e)?,
        }
        Ok(())
    }

    fn push_const(&mut self, c: Const) {
        self.push(match c {
            Const::Bool(b) => I::I32Const(i32::from(b)),
            Const::F32(bits) => I::F32Const(f32::from_bits(bits).into()),
            Const::F64(bits) => I::F64Const(f64::from_bits(bits).into()),
            Const::Int(dtype, v) => match dtype.slot() {
                Slot::I64 => I::I64Const(v),
                #[expect(clippy::cast_possible_truncation, reason = "an i32 slot holds the low half")]
                Slot::I32 | Slot::F32 | Slot::F64 => I::I32Const(v as i32),
            },
        });
    }

    fn unary(&mut self, op: UnOp, a: &Expr) -> Emitted {
        let dtype = match self.ty(a)? {
            Ty::Scalar(dtype) => dtype,
            ty @ (Ty::Vector(..) | Ty::Mask { .. }) => return self.vector_unary(op, a, ty),
        };
        let slot = dtype.slot();
        if let Some(instruction) = select::unary(op, slot) {
            self.expr(a)?;
            self.push(instruction);
            return Ok(());
        }
        match op {
            UnOp::Invert if dtype == DType::Bool => {
                self.expr(a)?;
                self.push(I::I32Eqz);
            }
            UnOp::Invert => {
                self.expr(a)?;
                self.constant(slot, -1);
                self.push(if slot == Slot::I64 { I::I64Xor } else { I::I32Xor });
                self.normalise(dtype);
            }
            UnOp::Neg => {
                self.constant(slot, 0);
                self.expr(a)?;
                self.push(if slot == Slot::I64 { I::I64Sub } else { I::I32Sub });
                self.normalise(dtype);
            }
            UnOp::Abs if dtype.is_signed() => self.integer_abs(a, dtype)?,
            UnOp::Abs => self.expr(a)?,
            UnOp::Sqrt | UnOp::Floor | UnOp::Ceil | UnOp::Trunc | UnOp::Rint => {
                return Err(EmitError::Mistake(format!("{op:?} of {dtype}")));
            }
        }
        Ok(())
    }

    /// |x| = (x ⊕ m) − m with m = x >> 63.
    fn integer_abs(&mut self, a: &Expr, dtype: DType) -> Emitted {
        let slot = dtype.slot();
        let (ty, wide) = (slot_type(slot), slot == Slot::I64);
        let (x, m) = (self.scratch(ty), self.scratch(ty));
        self.expr(a)?;
        self.push(I::LocalTee(x));
        self.push(I::LocalGet(x));
        self.constant(slot, if wide { 63 } else { 31 });
        self.push(if wide { I::I64ShrS } else { I::I32ShrS });
        self.push(I::LocalTee(m));
        self.push(if wide { I::I64Xor } else { I::I32Xor });
        self.push(I::LocalGet(m));
        self.push(if wide { I::I64Sub } else { I::I32Sub });
        self.normalise(dtype);
        self.give_back(ty, x);
        self.give_back(ty, m);
        Ok(())
    }

    pub(crate) fn binary(&mut self, op: BinOp, a: &Expr, b: &Expr) -> Emitted {
        let dtype = match self.ty(a)? {
            Ty::Scalar(dtype) => dtype,
            ty @ (Ty::Vector(..) | Ty::Mask { .. }) => return self.vector_binary(op, a, b, ty),
        };
        if let Some(instruction) = select::binary(op, dtype) {
            // x == 0 has an instruction of its own.
            let zero = matches!(b.as_const().and_then(Const::as_int), Some(0));
            self.expr(a)?;
            if op == BinOp::Eq && zero && !dtype.is_float() {
                self.push(if dtype.slot() == Slot::I64 { I::I64Eqz } else { I::I32Eqz });
                return Ok(());
            }
            self.expr(b)?;
            self.push(instruction);
            if select::overflows(op) {
                self.normalise(dtype);
            }
            return Ok(());
        }
        match op {
            BinOp::FloorDiv | BinOp::Mod => self.divide(op, a, b, dtype),
            BinOp::Shl | BinOp::Shr => self.shift(op, a, b, dtype),
            BinOp::Min | BinOp::Max => self.extreme(op, a, b, dtype),
            other => Err(EmitError::Mistake(format!("{other:?} of {dtype}"))),
        }
    }

    fn load(&mut self, dtype: DType, address: &Address) -> Emitted {
        let align = dtype.size().trailing_zeros();
        let at = self.address(address, align)?;
        self.push(match dtype {
            DType::Bool | DType::UInt8 => I::I32Load8U(at),
            DType::Int8 => I::I32Load8S(at),
            DType::UInt16 => I::I32Load16U(at),
            DType::Int16 => I::I32Load16S(at),
            DType::Int32 | DType::UInt32 => I::I32Load(at),
            DType::Int64 | DType::UInt64 => I::I64Load(at),
            DType::Float32 => I::F32Load(at),
            DType::Float64 => I::F64Load(at),
            DType::Complex64 | DType::Complex128 => return Err(EmitError::Mistake(format!("a {dtype} in memory"))),
        });
        Ok(())
    }

    /// Reads an integer of up to 32 bits as one of 64.
    fn load_wide(&mut self, dtype: DType, address: &Address) -> Emitted {
        let at = self.address(address, dtype.size().trailing_zeros())?;
        self.push(match (dtype.size(), dtype.is_signed()) {
            (1, true) => I::I64Load8S(at),
            (1, false) => I::I64Load8U(at),
            (2, true) => I::I64Load16S(at),
            (2, false) => I::I64Load16U(at),
            (_, true) => I::I64Load32S(at),
            (_, false) => I::I64Load32U(at),
        });
        Ok(())
    }

    /// Writes a value to memory.
    pub fn store(&mut self, address: &Address, value: &Expr) -> Emitted {
        let Ty::Scalar(dtype) = self.ty(value)? else { return self.store_vector(address, value) };
        let at = self.address(address, dtype.size().trailing_zeros())?;
        // Only the low bits are written.
        self.low_bits(value)?;
        self.push(match dtype {
            DType::Bool | DType::Int8 | DType::UInt8 => I::I32Store8(at),
            DType::Int16 | DType::UInt16 => I::I32Store16(at),
            DType::Int32 | DType::UInt32 => I::I32Store(at),
            DType::Int64 | DType::UInt64 => I::I64Store(at),
            DType::Float32 => I::F32Store(at),
            DType::Float64 => I::F64Store(at),
            DType::Complex64 | DType::Complex128 => return Err(EmitError::Mistake(format!("a {dtype} in memory"))),
        });
        Ok(())
    }
}

/// Whether a conversion only extends an i32 slot to an i64.
fn widens(from: DType, to: DType) -> bool {
    from.slot() == Slot::I32 && to.slot() == Slot::I64
}
