//! Addresses of memory accesses.

use crate::function::{Emitted, Emitter};
use nopython_ir::Const;
use nopython_ir::loops::{Address, Expr};
use nopython_ir::ops::BinOp;
use nopython_types::DType;
use wasm_encoder::{Instruction as I, MemArg, MemArgTarget};

/// No block of the heap begins below this address.
const FIRST_HEAP_ADDRESS: i32 = 1024;

/// The immediate of an access to the memory.
pub const fn access(offset: u64, align: u32) -> MemArg {
    MemArg { offset, align, target: MemArgTarget::Memory(0), ordering: None }
}

/// An address as a sum modulo 2³²: Σ scale · expression, and a constant.
#[derive(Default)]
struct Sum<'e> {
    terms: Vec<(&'e Expr, i32)>,
    constant: i32,
}

impl<'e> Sum<'e> {
    /// Adds scale · e. Products with constants are distributed: (x + c)·s = x·s + c·s.
    fn add(&mut self, e: &'e Expr, scale: i32) {
        match e {
            Expr::Const(c) => {
                let value = int32(*c).unwrap_or(0);
                self.constant = self.constant.wrapping_add(value.wrapping_mul(scale));
            }
            Expr::Binary(BinOp::Add, a, b) => {
                self.add(a, scale);
                self.add(b, scale);
            }
            Expr::Binary(BinOp::Sub, a, b) if b.as_const().is_some() => {
                self.add(a, scale);
                self.add(b, scale.wrapping_neg());
            }
            Expr::Binary(BinOp::Mul, a, b) => match b.as_const().and_then(int32) {
                Some(factor) => self.add(a, scale.wrapping_mul(factor)),
                None => self.terms.push((e, scale)),
            },
            other => self.terms.push((other, scale)),
        }
    }
}

fn int32(c: Const) -> Option<i32> {
    match c {
        Const::Int(DType::Int32, v) => i32::try_from(v).ok(),
        _ => None,
    }
}

impl Emitter<'_> {
    /// The address of an access, less the constant that the access itself adds.
    ///
    /// The access adds without wrapping, the loop IR with. They agree for a constant 0 ≤ c ≤ `FIRST_HEAP_ADDRESS`: the address is in a
    /// block and so not below c, and what remains of it is not negative.
    pub fn address(&mut self, address: &Address, align: u32) -> Emitted<MemArg> {
        let mut sum = Sum::default();
        sum.add(&address.at, 1);
        if !(1..=FIRST_HEAP_ADDRESS).contains(&sum.constant) || sum.terms.is_empty() {
            self.expr(&address.at)?;
            return Ok(access(0, align));
        }
        for (k, &(term, scale)) in sum.terms.iter().enumerate() {
            self.expr(term)?;
            if scale != 1 {
                self.push(I::I32Const(scale));
                self.push(I::I32Mul);
            }
            if k > 0 {
                self.push(I::I32Add);
            }
        }
        Ok(access(u64::from(sum.constant.unsigned_abs()), align))
    }
}
