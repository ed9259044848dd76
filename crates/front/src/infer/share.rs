//! Operands that a rule reads more than once, named so that each is evaluated once.

use super::body::Body;
use super::exprs::is_simple;
use nopython_ir::typed::{Expr, ExprKind, VarId};

/// Names given to operands, outermost first.
#[derive(Clone, Default)]
pub struct Shared {
    bindings: Vec<(VarId, Expr)>,
}

impl Shared {
    /// An operand in a form that may be read any number of times.
    pub fn read(&mut self, body: &mut Body<'_, '_>, e: Expr) -> Expr {
        if is_simple(&e) {
            return e;
        }
        let place = e.place;
        let var = body.temporary("x", &e.ty);
        self.bindings.push((var, e));
        body.read(var, place)
    }

    /// Whether no operand has been named.
    pub const fn is_empty(&self) -> bool {
        self.bindings.is_empty()
    }

    /// The value computed from the operands, with their names bound around it in the order in which they were read.
    pub fn around(self, value: Expr) -> Expr {
        self.bindings.into_iter().rev().fold(value, |body, (var, operand)| {
            let (ty, place) = (body.ty.clone(), body.place);
            Expr { kind: ExprKind::Let(var, Box::new(operand), Box::new(body)), ty, place }
        })
    }
}
