//! Scalar expressions and calls.

use super::lower::{Lowering, collect_owners};
use super::value::{Value, from_slots};
use super::{Lowered, malformed};
use nopython_ir::Const;
use nopython_ir::loops::{self, Expr, Stmt};
use nopython_ir::ops::BinOp;
use nopython_ir::typed::{self, ExprKind, FuncId, Place};
use nopython_types::{DType, Exception, Scalar, Type};

/// The dtype of a scalar expression.
pub fn scalar_dtype(e: &typed::Expr) -> Lowered<DType> {
    match &e.ty {
        Type::Scalar(s) => Ok(s.dtype),
        other => malformed(format!("expected a scalar, found {other}")),
    }
}

impl Lowering<'_> {
    /// A scalar expression; what it needs first is emitted.
    pub fn scalar(&mut self, e: &typed::Expr) -> Lowered<Expr> {
        Ok(match &e.kind {
            ExprKind::Const(c) => Expr::Const(*c),
            ExprKind::Var(var) => self.binding(*var)?.value.clone().scalar()?,
            ExprKind::Unary(op, a) => Expr::unary(*op, self.scalar(a)?),
            ExprKind::Binary(op, a, b) => self.binary(*op, a, b, e)?,
            ExprKind::Cast(a) => {
                let (from, to) = (scalar_dtype(a)?, scalar_dtype(e)?);
                if from.is_complex() {
                    return self.real_of(a, to);
                }
                let a = self.scalar(a)?;
                if from == to { a } else { a.cast(to) }
            }
            ExprKind::OfAxis(index, _) => self.scalar(index)?,
            ExprKind::Kernel(name, args) => Expr::Kernel(name.clone(), self.scalars(args)?),
            ExprKind::Cond { test, then, orelse } => self.conditional(test, then, orelse, scalar_dtype(e)?)?,
            ExprKind::And(a, b) => self.short_circuit(a, b, true)?,
            ExprKind::Or(a, b) => self.short_circuit(a, b, false)?,
            ExprKind::Item { array, index } => self.item(array, index, e.place)?.real(),
            ExprKind::Dim(array, axis) => self.dimension(array, *axis)?,
            ExprKind::Call(..) | ExprKind::TupleItem(..) | ExprKind::ListItem(..) | ExprKind::Field(..) => {
                self.value(e)?.scalar()?
            }
            ExprKind::Same(a, b) => self.same(a, b)?,
            ExprKind::ListLength(list) => self.list_length(list)?,
            ExprKind::Reduce { op, array, axis: None } => {
                self.reduce_all(*op, array, scalar_dtype(e)?, e.place)?.real()
            }
            ExprKind::Checked { test, exception, message, numbers, value } => {
                let test = self.scalar(test)?;
                let numbers = self.scalars(numbers)?;
                self.check(test, *exception, message, numbers, e.place);
                self.scalar(value)?
            }
            ExprKind::Let(var, value, body) => {
                self.assign(*var, value)?;
                self.scalar(body)?
            }
            other => return malformed(format!("not a scalar expression: {other:?}")),
        })
    }

    /// Several scalars, evaluated in order: one that reads memory is put aside if a later one can change memory.
    pub fn scalars(&mut self, list: &[typed::Expr]) -> Lowered<Vec<Expr>> {
        let mut values: Vec<Expr> = Vec::with_capacity(list.len());
        for e in list {
            let position = self.position();
            let value = self.scalar(e)?;
            if self.effects_since(position) {
                for (earlier, source) in values.iter_mut().zip(list) {
                    if earlier.loads() {
                        let local = self.fresh("x", scalar_dtype(source)?);
                        self.insert(position, Stmt::Set(local, std::mem::replace(earlier, local.into())));
                    }
                }
            }
            values.push(value);
        }
        Ok(values)
    }

    fn pair(&mut self, a: &typed::Expr, b: &typed::Expr) -> Lowered<(Expr, Expr)> {
        if let Some(a) = self.fitting(a, core::slice::from_ref(b))? {
            let y = self.scalar(b)?;
            let position = self.position();
            let x = self.scalar(a)?;
            debug_assert!(!self.effects_since(position), "a number that is looked at changes nothing");
            return Ok((x, y));
        }
        let x = self.scalar(a)?;
        let position = self.position();
        let y = self.scalar(b)?;
        if self.effects_since(position) && x.loads() {
            let local = self.fresh("x", scalar_dtype(a)?);
            self.insert(position, Stmt::Set(local, x));
            return Ok((local.into(), y));
        }
        Ok((x, y))
    }

    fn binary(&mut self, op: BinOp, a: &typed::Expr, b: &typed::Expr, e: &typed::Expr) -> Lowered<Expr> {
        if super::complex::is_complex(a) {
            let a = self.complex(a)?;
            let b = self.complex(b)?;
            let [a, b] = [a, b].map(super::element::Element::Complex);
            return Ok(self.combined(op, a, b, scalar_dtype(e)?).real());
        }
        let (x, y) = self.pair(a, b)?;
        let dtype = scalar_dtype(b)?;
        let weak = matches!(e.ty, Type::Scalar(Scalar { weak: true, .. }));
        if !weak || !matches!(op, BinOp::Div | BinOp::FloorDiv | BinOp::Mod) {
            return Ok(Expr::binary(op, x, y));
        }
        let zero = Const::zero(dtype);
        if y.as_const().is_some_and(|c| c.as_f64() != 0.0) {
            return Ok(Expr::binary(op, x, y));
        }
        // The check comes after x is evaluated and before the division.
        let y = self.atom("divisor", dtype, y);
        let nonzero = Expr::binary(BinOp::Ne, y.clone(), Expr::Const(zero));
        self.check(nonzero, Exception::ZeroDivision, division_message(op, a, b), Vec::new(), e.place);
        Ok(Expr::binary(op, x, y))
    }

    fn conditional(
        &mut self,
        test: &typed::Expr,
        then: &typed::Expr,
        orelse: &typed::Expr,
        dtype: DType,
    ) -> Lowered<Expr> {
        let test = self.scalar(test)?;
        let (a, then_block) = self.block(|this| this.scalar(then))?;
        let (b, else_block) = self.block(|this| this.scalar(orelse))?;
        if then_block.is_empty() && else_block.is_empty() {
            return Ok(test.cond(a, b));
        }
        let result = self.fresh("chosen", dtype);
        let finish = |mut block: loops::Block, value: Expr| {
            insert_before_releases(&mut block, Stmt::Set(result, value));
            block
        };
        self.emit(Stmt::If(test, finish(then_block, a), finish(else_block, b)));
        Ok(result.into())
    }

    fn short_circuit(&mut self, a: &typed::Expr, b: &typed::Expr, and: bool) -> Lowered<Expr> {
        let first = self.scalar(a)?;
        let (second, mut block) = self.block(|this| this.scalar(b))?;
        if block.is_empty() {
            return Ok(if and { first.cond(second, Expr::bool(false)) } else { first.cond(Expr::bool(true), second) });
        }
        let result = self.spill("both", DType::Bool, first);
        insert_before_releases(&mut block, Stmt::Set(result, second));
        let (then, orelse) = if and { (block, Vec::new()) } else { (Vec::new(), block) };
        self.emit(Stmt::If(result.into(), then, orelse));
        Ok(result.into())
    }

    /// A conditional tuple: each slot is set on either side.
    pub fn choose(
        &mut self,
        test: &typed::Expr,
        then: &typed::Expr,
        orelse: &typed::Expr,
        ty: &Type,
    ) -> Lowered<Value> {
        let test = self.scalar(test)?;
        let dtypes = super::lower::result_dtypes(ty);
        let slots: Vec<_> = dtypes.iter().map(|&dtype| self.fresh("chosen", dtype)).collect();
        let mut sides = Vec::new();
        for side in [then, orelse] {
            let ((), block) = self.block(|this| {
                let value = this.settled_value(side)?;
                this.keep_owners(&value);
                for (slot, &local) in value.slots(ty)?.into_iter().zip(&slots) {
                    this.emit(Stmt::Set(local, slot));
                }
                Ok(())
            })?;
            sides.push(block);
        }
        let orelse = sides.pop().unwrap_or_default();
        self.emit(Stmt::If(test, sides.pop().unwrap_or_default(), orelse));
        self.adopt(ty, &slots, "chosen")
    }

    /// Makes every reference in a value one that this code owns: temporaries give theirs up, others are counted once more.
    pub fn keep_owners(&mut self, value: &Value) {
        let mut owners = Vec::new();
        collect_owners(value, &mut owners);
        for owner in owners {
            if !self.take_temporary(&owner) {
                self.emit(Stmt::Retain(owner));
            }
        }
    }

    /// A value in fresh locals whose references are released at the end of the statement.
    pub fn adopt(&mut self, ty: &Type, slots: &[loops::LocalId], name: &str) -> Lowered<Value> {
        let value = self.seen(ty, slots, name)?;
        let mut owners = Vec::new();
        collect_owners(&value, &mut owners);
        for owner in owners {
            if let Expr::Local(owner) = owner {
                self.temporary(owner);
            }
        }
        Ok(value)
    }

    /// A value in fresh locals whose references something else holds.
    pub fn seen(&mut self, ty: &Type, slots: &[loops::LocalId], name: &str) -> Lowered<Value> {
        let buffers = &mut self.out.buffers;
        let mut exprs = slots.iter().map(|&l| Expr::Local(l));
        let value = from_slots(ty, &mut exprs, &mut |_| {
            buffers.push(loops::Buffer { name: name.to_owned(), distinct: false })
        })?;
        self.note_lists(&value);
        Ok(value)
    }

    /// A call; array results are temporaries.
    pub fn call(&mut self, function: FuncId, args: &[typed::Expr], place: Place) -> Lowered<Value> {
        let Some(callee) = self.module.functions.get(function) else { return malformed("unknown function") };
        if callee.params.len() != args.len() {
            return malformed(format!("{} takes {} arguments", callee.name, callee.params.len()));
        }
        let mut values = Vec::with_capacity(args.len());
        for arg in args {
            values.push(self.settled_value(arg)?);
        }
        let mut slots = Vec::new();
        for (value, &param) in values.iter().zip(&callee.params) {
            slots.extend(value.slots(&callee.vars[param].ty)?);
        }
        let dtypes = super::lower::result_dtypes(&callee.result);
        let results: Vec<_> = dtypes.iter().map(|&dtype| self.fresh(&callee.name, dtype)).collect();
        let target = loops::FuncId::new(u32::try_from(function.index()).unwrap_or(u32::MAX));
        let at = self.reported_at(place);
        self.emit(Stmt::Call { function: target, args: slots, results: results.clone(), at });
        let name = callee.name.clone();
        self.adopt(&callee.result, &results, &name)
    }
}

/// Puts a statement before the releases that end a block.
fn insert_before_releases(block: &mut loops::Block, stmt: Stmt) {
    let end = block.iter().rposition(|s| !matches!(s, Stmt::Release(_))).map_or(0, |i| i + 1);
    block.insert(end, stmt);
}

/// Python's words for a zero divisor.
fn division_message(op: BinOp, a: &typed::Expr, b: &typed::Expr) -> &'static str {
    let from_int = |e: &typed::Expr| match &e.kind {
        ExprKind::Cast(inner) => matches!(inner.ty, Type::Scalar(s) if !s.dtype.is_float()),
        ExprKind::Const(_) => true,
        _ => false,
    };
    match op {
        BinOp::FloorDiv => "integer division or modulo by zero",
        BinOp::Mod => "integer modulo by zero",
        _ if from_int(a) && from_int(b) => "division by zero",
        _ => "float division by zero",
    }
}
