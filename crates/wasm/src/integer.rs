//! Integer operations that wasm defines otherwise than NumPy: division, shifts, extremes.

use crate::function::{Emitted, Emitter, slot_type};
use crate::used::bits;
use nopython_ir::Const;
use nopython_ir::loops::Expr;
use nopython_ir::ops::BinOp;
use nopython_types::{DType, Slot};
use wasm_encoder::Instruction as I;

/// The instructions of one integer width.
struct Width {
    slot: Slot,
    wide: bool,
}

impl Width {
    fn pick(&self, narrow: I<'static>, wide: I<'static>) -> I<'static> {
        if self.wide { wide } else { narrow }
    }
}

const fn width(dtype: DType) -> Width {
    let slot = dtype.slot();
    Width { slot, wide: matches!(slot, Slot::I64) }
}

/// The shift of an integer by a count inside its width.
fn shift_instruction(op: BinOp, dtype: DType) -> I<'static> {
    let w = width(dtype);
    match (op, dtype.is_signed()) {
        (BinOp::Shl, _) => w.pick(I::I32Shl, I::I64Shl),
        (_, true) => w.pick(I::I32ShrS, I::I64ShrS),
        (_, false) => w.pick(I::I32ShrU, I::I64ShrU),
    }
}

impl Emitter<'_> {
    /// `//` and `%`, total: 0 for a zero divisor, wrapping for the most negative dividend and −1.
    pub fn divide(&mut self, op: BinOp, a: &Expr, b: &Expr, dtype: DType) -> Emitted {
        if let Some(divisor) = b.as_const().and_then(Const::as_int).filter(|d| *d > 0) {
            return self.divide_by_constant(op, a, divisor, dtype);
        }
        let ty = slot_type(dtype.slot());
        let (x, y) = (self.scratch(ty), self.scratch(ty));
        self.expr(a)?;
        self.push(I::LocalSet(x));
        self.expr(b)?;
        self.push(I::LocalSet(y));
        self.divide_locals(op, x, y, dtype);
        self.give_back(ty, x);
        self.give_back(ty, y);
        Ok(())
    }

    /// `//` and `%` of two scratch locals.
    pub fn divide_locals(&mut self, op: BinOp, x: u32, y: u32, dtype: DType) {
        let w = width(dtype);
        if dtype.is_signed() {
            self.divide_signed(op, x, y, &w);
        } else {
            self.push(I::LocalGet(y));
            if w.wide {
                self.push(I::I64Const(0));
                self.push(I::I64Ne);
            }
            self.open(I::If(Self::giving(w.slot)));
            self.push(I::LocalGet(x));
            self.push(I::LocalGet(y));
            self.push(match op {
                BinOp::FloorDiv => w.pick(I::I32DivU, I::I64DivU),
                _ => w.pick(I::I32RemU, I::I64RemU),
            });
            self.push(I::Else);
            self.constant(w.slot, 0);
            self.close();
        }
        self.normalise(dtype);
    }

    /// For y in {0, −1}, ⌊x / y⌋ = x·y and the remainder is 0; otherwise the truncated quotient is one too large, and the
    /// truncated remainder lacks y, when the remainder is not 0 and its sign differs from y's.
    fn divide_signed(&mut self, op: BinOp, x: u32, y: u32, w: &Width) {
        let ty = slot_type(w.slot);
        let (q, r) = (self.scratch(ty), self.scratch(ty));
        self.push(I::LocalGet(y));
        self.constant(w.slot, 1);
        self.push(w.pick(I::I32Add, I::I64Add));
        self.constant(w.slot, 1);
        self.push(w.pick(I::I32LeU, I::I64LeU));
        self.open(I::If(Self::giving(w.slot)));
        if op == BinOp::FloorDiv {
            self.push(I::LocalGet(x));
            self.push(I::LocalGet(y));
            self.push(w.pick(I::I32Mul, I::I64Mul));
        } else {
            self.constant(w.slot, 0);
        }
        self.push(I::Else);
        self.push(I::LocalGet(x));
        if op == BinOp::FloorDiv {
            // x − y·q costs less than a second division.
            self.push(I::LocalGet(x));
            self.push(I::LocalGet(y));
            self.push(w.pick(I::I32DivS, I::I64DivS));
            self.push(I::LocalTee(q));
            self.push(I::LocalGet(y));
            self.push(w.pick(I::I32Mul, I::I64Mul));
            self.push(w.pick(I::I32Sub, I::I64Sub));
            self.push(I::LocalSet(r));
            self.push(I::LocalGet(q));
            self.differs(r, y, w);
            if w.wide {
                self.push(I::I64ExtendI32U);
            }
            self.push(w.pick(I::I32Sub, I::I64Sub));
        } else {
            self.push(I::LocalGet(y));
            self.push(w.pick(I::I32RemS, I::I64RemS));
            self.push(I::LocalTee(r));
            self.push(I::LocalGet(y));
            self.constant(w.slot, 0);
            self.differs(r, y, w);
            self.push(I::Select);
            self.push(w.pick(I::I32Add, I::I64Add));
        }
        self.close();
        self.give_back(ty, r);
        self.give_back(ty, q);
    }

    /// r ≠ 0 and r ⊕ y < 0
    fn differs(&mut self, r: u32, y: u32, w: &Width) {
        self.push(I::LocalGet(r));
        self.constant(w.slot, 0);
        self.push(w.pick(I::I32Ne, I::I64Ne));
        self.push(I::LocalGet(r));
        self.push(I::LocalGet(y));
        self.push(w.pick(I::I32Xor, I::I64Xor));
        self.constant(w.slot, 0);
        self.push(w.pick(I::I32LtS, I::I64LtS));
        self.push(I::I32And);
    }

    /// By c > 0. Powers of two: ⌊x / 2^k⌋ = x >> k and x mod 2^k = x & (2^k − 1). Otherwise, with m = x >> 63,
    /// ⌊x / c⌋ = ((x ⊕ m) / c) ⊕ m, and the remainder is r + (c & (r >> 63)).
    fn divide_by_constant(&mut self, op: BinOp, a: &Expr, divisor: i64, dtype: DType) -> Emitted {
        let w = width(dtype);
        let ty = slot_type(w.slot);
        let signed = dtype.is_signed();
        self.expr(a)?;
        if divisor.count_ones() == 1 {
            let (value, instruction) = match op {
                BinOp::FloorDiv => (
                    i64::from(divisor.trailing_zeros()),
                    if signed { w.pick(I::I32ShrS, I::I64ShrS) } else { w.pick(I::I32ShrU, I::I64ShrU) },
                ),
                _ => (divisor - 1, w.pick(I::I32And, I::I64And)),
            };
            self.constant(w.slot, value);
            self.push(instruction);
            return Ok(());
        }
        if !signed {
            self.constant(w.slot, divisor);
            self.push(match op {
                BinOp::FloorDiv => w.pick(I::I32DivU, I::I64DivU),
                _ => w.pick(I::I32RemU, I::I64RemU),
            });
            return Ok(());
        }
        let (x, m) = (self.scratch(ty), self.scratch(ty));
        let sign = if w.wide { 63 } else { 31 };
        if op == BinOp::FloorDiv {
            self.push(I::LocalTee(x));
            self.push(I::LocalGet(x));
            self.constant(w.slot, sign);
            self.push(w.pick(I::I32ShrS, I::I64ShrS));
            self.push(I::LocalTee(m));
            self.push(w.pick(I::I32Xor, I::I64Xor));
            self.constant(w.slot, divisor);
            self.push(w.pick(I::I32DivS, I::I64DivS));
            self.push(I::LocalGet(m));
            self.push(w.pick(I::I32Xor, I::I64Xor));
        } else {
            self.constant(w.slot, divisor);
            self.push(w.pick(I::I32RemS, I::I64RemS));
            self.push(I::LocalTee(x));
            self.push(I::LocalGet(x));
            self.constant(w.slot, sign);
            self.push(w.pick(I::I32ShrS, I::I64ShrS));
            self.constant(w.slot, divisor);
            self.push(w.pick(I::I32And, I::I64And));
            self.push(w.pick(I::I32Add, I::I64Add));
        }
        self.give_back(ty, x);
        self.give_back(ty, m);
        Ok(())
    }

    /// `<<` and `>>` for any count: a count outside 0 … width − 1 shifts everything out.
    pub fn shift(&mut self, op: BinOp, a: &Expr, b: &Expr, dtype: DType) -> Emitted {
        let ty = slot_type(dtype.slot());
        let limit = i64::from(bits(dtype));
        if let Some(count) = b.as_const().and_then(Const::as_int).filter(|c| (0..limit).contains(c)) {
            self.expr(a)?;
            self.constant(dtype.slot(), count);
            self.push(shift_instruction(op, dtype));
            self.normalise(dtype);
            return Ok(());
        }
        let (x, n) = (self.scratch(ty), self.scratch(ty));
        self.expr(a)?;
        self.push(I::LocalSet(x));
        self.expr(b)?;
        self.push(I::LocalSet(n));
        self.shift_locals(op, x, n, dtype);
        self.give_back(ty, x);
        self.give_back(ty, n);
        Ok(())
    }

    /// `<<` and `>>` of two scratch locals.
    pub fn shift_locals(&mut self, op: BinOp, x: u32, n: u32, dtype: DType) {
        let w = width(dtype);
        let limit = i64::from(bits(dtype));
        let inside = |this: &mut Self| {
            this.push(I::LocalGet(n));
            this.constant(w.slot, limit);
            this.push(w.pick(I::I32LtU, I::I64LtU));
        };
        self.push(I::LocalGet(x));
        if op == BinOp::Shr && dtype.is_signed() {
            // Everything shifted out leaves the sign.
            self.push(I::LocalGet(n));
            self.constant(w.slot, limit - 1);
            inside(self);
            self.push(I::Select);
            self.push(shift_instruction(op, dtype));
        } else {
            self.push(I::LocalGet(n));
            self.push(shift_instruction(op, dtype));
            self.constant(w.slot, 0);
            inside(self);
            self.push(I::Select);
        }
        self.normalise(dtype);
    }

    /// The smaller or larger of two integers.
    pub fn extreme(&mut self, op: BinOp, a: &Expr, b: &Expr, dtype: DType) -> Emitted {
        let ty = slot_type(dtype.slot());
        let x = self.repeatable(a, ty)?;
        let y = self.repeatable(b, ty)?;
        self.again(&x)?;
        self.again(&y)?;
        let less = if op == BinOp::Min { BinOp::Lt } else { BinOp::Gt };
        if let Some(instruction) = crate::select::binary(less, dtype) {
            self.push(instruction);
        }
        self.push(I::Select);
        for value in [x, y] {
            if let Repeatable::Scratch(local) = value {
                self.give_back(ty, local);
            }
        }
        Ok(())
    }

    /// Leaves a value on the stack that can be had again.
    fn repeatable<'e>(&mut self, e: &'e Expr, ty: wasm_encoder::ValType) -> Emitted<Repeatable<'e>> {
        self.expr(e)?;
        if matches!(e, Expr::Const(_) | Expr::Local(_)) {
            return Ok(Repeatable::Atom(e));
        }
        let local = self.scratch(ty);
        self.push(I::LocalTee(local));
        Ok(Repeatable::Scratch(local))
    }

    fn again(&mut self, value: &Repeatable<'_>) -> Emitted {
        match value {
            Repeatable::Atom(e) => self.expr(e)?,
            Repeatable::Scratch(local) => self.push(I::LocalGet(*local)),
        }
        Ok(())
    }
}

/// A value that is used twice.
enum Repeatable<'e> {
    /// A constant or a local, which costs nothing to evaluate again.
    Atom(&'e Expr),
    /// A scratch local that holds it.
    Scratch(u32),
}
