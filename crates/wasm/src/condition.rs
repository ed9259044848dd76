//! Conditions that decide where control goes: `and` and `or` become branches, so that no bool is made of them.

use crate::function::{Emitted, Emitter};
use crate::select;
use nopython_ir::Const;
use nopython_ir::loops::{Block, Expr, Fault, Ty};
use nopython_ir::ops::UnOp;
use wasm_encoder::{BlockType, Instruction as I};

/// A condition of two parts of which the second is evaluated only when the first does not decide.
enum Parts<'e> {
    /// a and b
    Both(&'e Expr, &'e Expr),
    /// a or b
    Either(&'e Expr, &'e Expr),
    /// Anything else.
    One,
}

fn parts(test: &Expr) -> Parts<'_> {
    let Expr::Cond(a, then, orelse) = test else { return Parts::One };
    match (then.as_const(), orelse.as_const()) {
        (_, Some(Const::Bool(false))) => Parts::Both(a, then),
        (Some(Const::Bool(true)), _) => Parts::Either(a, orelse),
        _ => Parts::One,
    }
}

impl Emitter<'_> {
    /// Leaves the block of a depth if the condition holds.
    pub fn branch_if(&mut self, test: &Expr, depth: u32) -> Emitted {
        match (parts(test), test) {
            (Parts::Either(a, b), _) => {
                self.branch_if(a, depth)?;
                self.branch_if(b, depth)
            }
            (Parts::Both(a, b), _) => {
                let over = self.open(I::Block(BlockType::Empty));
                self.branch_unless(a, over)?;
                self.branch_if(b, depth)?;
                self.close();
                Ok(())
            }
            (Parts::One, Expr::Unary(UnOp::Invert, inner)) => self.branch_unless(inner, depth),
            (Parts::One, _) => {
                self.expr(test)?;
                self.push(I::BrIf(self.branch(depth)));
                Ok(())
            }
        }
    }

    /// Leaves the block of a depth unless the condition holds.
    pub fn branch_unless(&mut self, test: &Expr, depth: u32) -> Emitted {
        match (parts(test), test) {
            (Parts::Both(a, b), _) => {
                self.branch_unless(a, depth)?;
                self.branch_unless(b, depth)
            }
            (Parts::Either(a, b), _) => {
                let over = self.open(I::Block(BlockType::Empty));
                self.branch_if(a, over)?;
                self.branch_unless(b, depth)?;
                self.close();
                Ok(())
            }
            (Parts::One, Expr::Unary(UnOp::Invert, inner)) => self.branch_if(inner, depth),
            (Parts::One, _) => {
                self.negated(test)?;
                self.push(I::BrIf(self.branch(depth)));
                Ok(())
            }
        }
    }

    /// A condition that holds when the test does not.
    pub fn negated(&mut self, test: &Expr) -> Emitted {
        match test {
            Expr::Unary(UnOp::Invert, inner) => return self.expr(inner),
            Expr::Binary(op, a, b) => {
                if let Ty::Scalar(dtype) = self.ty(a)?
                    && let Some(opposite) = select::opposite(*op, dtype)
                {
                    return self.binary(opposite, a, b);
                }
            }
            _ => {}
        }
        self.expr(test)?;
        self.push(I::I32Eqz);
        Ok(())
    }

    /// Raises unless the condition holds. What decides first is one comparison and one branch: `if not a: (if not b: raise)` for a or b.
    pub fn check(&mut self, test: &Expr, fault: &Fault) -> Emitted {
        match parts(test) {
            Parts::Either(a, b) => {
                self.negated(a)?;
                self.open(I::If(BlockType::Empty));
                self.check(b, fault)?;
            }
            Parts::Both(..) => {
                let over = self.open(I::Block(BlockType::Empty));
                self.branch_if(test, over)?;
                self.raise(fault)?;
            }
            Parts::One => {
                self.negated(test)?;
                self.open(I::If(BlockType::Empty));
                self.raise(fault)?;
            }
        }
        self.close();
        Ok(())
    }

    /// `if test: then else: orelse`, of which one may be empty.
    pub fn if_else(&mut self, test: &Expr, then: &Block, orelse: &Block) -> Emitted {
        match (parts(test), then.is_empty(), orelse.is_empty()) {
            (_, true, true) => Ok(()),
            (Parts::One, true, false) => {
                self.negated(test)?;
                self.open(I::If(BlockType::Empty));
                self.block(orelse)?;
                self.close();
                Ok(())
            }
            (Parts::One, false, _) => {
                self.expr(test)?;
                self.open(I::If(BlockType::Empty));
                self.block(then)?;
                if !orelse.is_empty() {
                    self.push(I::Else);
                    self.block(orelse)?;
                }
                self.close();
                Ok(())
            }
            (Parts::Both(..) | Parts::Either(..), _, _) => self.if_else_of_parts(test, then, orelse),
        }
    }

    fn if_else_of_parts(&mut self, test: &Expr, then: &Block, orelse: &Block) -> Emitted {
        let end = self.open(I::Block(BlockType::Empty));
        if orelse.is_empty() {
            self.branch_unless(test, end)?;
            self.block(then)?;
        } else if then.is_empty() {
            self.branch_if(test, end)?;
            self.block(orelse)?;
        } else {
            let other = self.open(I::Block(BlockType::Empty));
            self.branch_unless(test, other)?;
            self.block(then)?;
            self.push(I::Br(self.branch(end)));
            self.close();
            self.block(orelse)?;
        }
        self.close();
        Ok(())
    }
}
