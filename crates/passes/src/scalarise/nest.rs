//! Loop nests.

use super::lower::Lowering;
use nopython_ir::loops::{Expr, For, LoopFacts, Stmt};
use nopython_types::DType;

impl Lowering<'_> {
    /// A loop from 0 to `extent`, whose body is given the counter.
    pub fn count(&mut self, extent: Expr, facts: LoopFacts, body: &mut dyn FnMut(&mut Self, Expr)) {
        self.count_from(Expr::i32(0), extent, facts, body);
    }

    /// A loop from `start` to `stop`.
    pub fn count_from(&mut self, start: Expr, stop: Expr, facts: LoopFacts, body: &mut dyn FnMut(&mut Self, Expr)) {
        let var = self.fresh("i", DType::Int32);
        let label = self.out.label();
        let block = self.block(|this| {
            body(this, var.into());
            Ok(())
        });
        if let Ok(((), body)) = block {
            let facts = LoopFacts { line: self.line, implied: true, ..facts };
            self.emit(Stmt::For(Box::new(For { label, var, start, stop, step: 1, body, facts })));
        }
    }

    /// A nest over a shape, last axis innermost, whose body is given one counter per axis.
    pub fn nest(&mut self, shape: &[Expr], independent: bool, body: &mut dyn FnMut(&mut Self, &[Expr])) {
        let mut index = Vec::with_capacity(shape.len());
        self.nest_within(shape, independent, &mut index, body);
    }

    fn nest_within(
        &mut self,
        shape: &[Expr],
        independent: bool,
        index: &mut Vec<Expr>,
        body: &mut dyn FnMut(&mut Self, &[Expr]),
    ) {
        let Some((extent, rest)) = shape.split_first() else { return body(self, index) };
        let facts = LoopFacts { independent, ..LoopFacts::default() };
        self.count(extent.clone(), facts, &mut |this, counter| {
            index.push(counter);
            this.nest_within(rest, independent, index, body);
            index.pop();
        });
    }
}
