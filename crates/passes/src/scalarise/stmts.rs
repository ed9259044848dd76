//! Statements.

use super::analysis::for_each_stmt;
use super::arrays::Operand;
use super::lower::Lowering;
use super::value::Value;
use super::{Lowered, malformed};
use nopython_ir::Const;
use nopython_ir::loops::{Expr, Fault, For, LoopFacts, Stmt};
use nopython_ir::ops::BinOp;
use nopython_ir::typed::{self, ExprKind, StmtKind, VarId};
use nopython_types::{DType, Exception, Type};

/// A step that needs more than 2^46 turns for half of all integers.
const LARGEST_STEP: i32 = 1 << 16;

impl Lowering<'_> {
    /// A sequence of statements.
    pub fn statements(&mut self, mut body: &[typed::Stmt]) -> Lowered<()> {
        while let Some((first, rest)) = body.split_first() {
            body = rest;
            match self.run_length(first, rest) {
                0 => self.statement(first)?,
                further => {
                    let (updates, after) = rest.split_at_checked(further - 1).unwrap_or((rest, &[]));
                    body = after;
                    self.run(first, updates)?;
                }
            }
            self.release_temporaries();
        }
        Ok(())
    }

    fn statement(&mut self, stmt: &typed::Stmt) -> Lowered<()> {
        self.line = stmt.place.line;
        match &stmt.kind {
            StmtKind::Assign(var, value) => self.assign(*var, value),
            StmtKind::StoreItem { array, index, value } => self.store_item(array, index, value, stmt.place),
            StmtKind::StoreView { target, value } => self.store_view(target, value, stmt.place),
            StmtKind::ListStore { list, index, value } => self.list_store(list, index, value, stmt.place),
            StmtKind::ListAppend { list, value } => self.list_append(list, value, stmt.place),
            StmtKind::ListTruncate { list, length } => self.list_truncate(list, length),
            StmtKind::FieldStore { record, field, value } => self.field_store(record, *field, value),
            StmtKind::Expr(e) => self.evaluate(e),
            StmtKind::If { test, then, orelse } => {
                let test = self.scalar(test)?;
                // Temporaries of the test are released before either branch runs.
                let test = if self.has_temporaries() { self.spill("test", DType::Bool, test).into() } else { test };
                self.release_temporaries();
                let ((), then) = self.scope(then)?;
                let ((), orelse) = self.scope(orelse)?;
                self.emit(Stmt::If(test, then, orelse));
                Ok(())
            }
            StmtKind::While { test, body } => self.while_loop(test, body),
            StmtKind::For { var, start, stop, step, body } => self.for_loop(*var, start, stop, step, body, stmt),
            StmtKind::Break => self.jump(Stmt::Break),
            StmtKind::Continue => self.jump(Stmt::Continue),
            StmtKind::Return(value) => self.return_value(value),
            StmtKind::Raise { exception, message, numbers } => {
                let numbers = match numbers.as_slice() {
                    // The address of the message and its length.
                    [text] if matches!(text.ty, Type::Array(_)) => {
                        let text = self.place(text)?;
                        vec![text.data.clone(), text.size()]
                    }
                    numbers => self.scalars(numbers)?,
                };
                let site = self.site(*exception, message.clone(), stmt.place);
                self.emit(Stmt::Raise(Fault::with(site, numbers)));
                Ok(())
            }
        }
    }

    /// A block in which the bindings of `body` may change: extents remembered of them are forgotten after it.
    fn scope(&mut self, body: &[typed::Stmt]) -> Lowered<((), nopython_ir::loops::Block)> {
        let result = self.block(|this| this.statements(body))?;
        self.forget_assigned(body);
        Ok(result)
    }

    /// Forgets what is remembered of variables that `body` assigns.
    fn forget_assigned(&mut self, body: &[typed::Stmt]) {
        let mut vars = Vec::new();
        for_each_stmt(body, 0, &mut |stmt, _| {
            if let StmtKind::Assign(var, _) = &stmt.kind {
                vars.push(*var);
            }
        });
        for var in vars {
            if let Ok(binding) = self.binding(var) {
                let locals = binding.locals.clone();
                self.cuts.retain(|(source, _), _| !locals.contains(source));
            }
        }
    }

    /// Binds a variable.
    pub fn assign(&mut self, var: VarId, value: &typed::Expr) -> Lowered<()> {
        match &value.ty {
            Type::Scalar(s) if !s.dtype.is_complex() => {
                let value = self.scalar(value)?;
                self.bind(var, Value::Scalar(value))
            }
            Type::Array(_) | Type::Structured(_) => {
                let array = match self.operand(value)? {
                    Operand::Place(array) => array,
                    Operand::Lazy(lazy) => self.materialise(&lazy, value.place)?,
                };
                self.bind(var, Value::Array(array))
            }
            Type::None | Type::Scalar(_) | Type::Str | Type::Tuple(_) | Type::List(_) | Type::Record(_) => {
                let value = self.value(value)?;
                self.bind(var, value)
            }
        }
    }

    fn evaluate(&mut self, e: &typed::Expr) -> Lowered<()> {
        match &e.ty {
            // Its checks and calls have been emitted; the value itself is of no use.
            Type::Scalar(s) if !s.dtype.is_complex() => self.scalar(e).map(|_| ()),
            Type::Array(_) | Type::Structured(_) => self.operand(e).map(|_| ()),
            Type::None | Type::Scalar(_) | Type::Str | Type::Tuple(_) | Type::List(_) | Type::Record(_) => {
                self.value(e).map(|_| ())
            }
        }
    }

    fn while_loop(&mut self, test: &typed::Expr, body: &[typed::Stmt]) -> Lowered<()> {
        self.forget_assigned(body);
        let label = self.out.label();
        let (test, mut before) = self.block(|this| {
            let test = this.scalar(test)?;
            Ok(if this.has_temporaries() { this.spill("test", DType::Bool, test).into() } else { test })
        })?;
        self.loop_labels.push(label);
        let ((), block) = self.scope(body)?;
        self.loop_labels.pop();
        if before.is_empty() {
            self.emit(Stmt::While { label, test, body: block });
        } else {
            // What the test needs runs before each turn, so it stands inside the loop.
            before.push(Stmt::If(test, Vec::new(), vec![Stmt::Break(label)]));
            before.extend(block);
            self.emit(Stmt::While { label, test: Expr::bool(true), body: before });
        }
        Ok(())
    }

    fn jump(&mut self, stmt: impl Fn(nopython_ir::loops::Label) -> Stmt) -> Lowered<()> {
        let Some(&label) = self.loop_labels.last() else { return malformed("a jump outside every loop") };
        self.emit(stmt(label));
        Ok(())
    }

    fn for_loop(
        &mut self,
        var: VarId,
        start: &typed::Expr,
        stop: &typed::Expr,
        step: &typed::Expr,
        body: &[typed::Stmt],
        stmt: &typed::Stmt,
    ) -> Lowered<()> {
        self.forget_assigned(body);
        let start = self.settled_value(start)?.scalar()?;
        let stop_value = self.scalar(stop)?;
        let stop = if stop_value.loads() { self.spill("stop", DType::Int64, stop_value).into() } else { stop_value };
        let step = self.scalar(step)?;
        self.release_temporaries();
        match step.as_const().and_then(Const::as_int).and_then(|step| i32::try_from(step).ok()) {
            Some(step @ (1 | -1)) => self.counted_loop(var, start, stop, step, body, stmt),
            // Between bounds that may lie at the ends of int64 the distance from the start counts: so many turns that its end is reached never end.
            Some(step) if step != 0 && step.abs() <= LARGEST_STEP => {
                let is_near = |bound: &Expr| {
                    let small = |v: i64| v.unsigned_abs() < 1 << 62;
                    self.as_i32(bound).is_some() || bound.as_const().and_then(Const::as_int).is_some_and(small)
                };
                if is_near(&start) || is_near(&stop) {
                    return self.counted_loop(var, start, stop, step, body, stmt);
                }
                let start = self.atom("start", DType::Int64, start);
                let distance = self.distance(&start, stop, step);
                self.counted_from(var, start, (Expr::i64(0), distance), step, body, stmt)
            }
            _ => self.stepping_loop(var, start, stop, step, body, stmt),
        }
    }

    /// A loop with a constant step.
    fn counted_loop(
        &mut self,
        var: VarId,
        start: Expr,
        stop: Expr,
        step: i32,
        body: &[typed::Stmt],
        stmt: &typed::Stmt,
    ) -> Lowered<()> {
        self.counted_from(var, Expr::i64(0), (start, stop), step, body, stmt)
    }

    /// A loop with a constant step, whose variable is a counter between bounds after an origin.
    fn counted_from(
        &mut self,
        var: VarId,
        origin: Expr,
        (start, stop): (Expr, Expr),
        step: i32,
        body: &[typed::Stmt],
        stmt: &typed::Stmt,
    ) -> Lowered<()> {
        let bounds = (self.as_i32(&start), self.as_i32(&stop));
        let (dtype, start, stop) = match bounds {
            (Some(start), Some(stop)) if step.abs() <= 64 => (DType::Int32, start, stop),
            _ => (DType::Int64, start, self.bounded_stop(stop, step)),
        };
        let counter = self.fresh(&self.source.vars[var].name, dtype);
        let value = match dtype {
            DType::Int32 => Expr::Local(counter).cast(DType::Int64),
            _ if origin == Expr::i64(0) => counter.into(),
            _ => origin + counter.into(),
        };
        let label = self.out.label();
        self.loop_labels.push(label);
        let ((), block) = self.block(|this| {
            let binding = this.binding(var)?.locals.clone();
            for local in binding {
                this.emit(Stmt::Set(local, value.clone()));
            }
            if assigns(body, var) {
                this.statements(body)
            } else {
                this.with_value(var, Value::Scalar(value.clone()), |this| this.statements(body))
            }
        })?;
        self.forget_assigned(body);
        self.loop_labels.pop();
        let facts = LoopFacts { line: stmt.place.line, ..LoopFacts::default() };
        self.emit(Stmt::For(Box::new(For { label, var: counter, start, stop, step, body: block, facts })));
        Ok(())
    }

    /// A bound as an `Int32`, if it surely fits: an extent or a constant that is not larger than one.
    fn as_i32(&self, bound: &Expr) -> Option<Expr> {
        match bound {
            Expr::Const(c) => {
                let value = c.as_int().filter(|v| v.unsigned_abs() < (1 << 31) - 65)?;
                Some(Expr::Const(Const::wrap(DType::Int32, value)))
            }
            Expr::Cast(DType::Int64, inner) => match **inner {
                Expr::Local(local) if self.extent_locals.contains(&local) => Some(local.into()),
                _ => None,
            },
            _ => None,
        }
    }

    /// How far it is from the start to the stop of a range in the direction of its step, 0 if it is the other way; at most so far that adding the
    /// step does not overflow.
    fn distance(&mut self, start: &Expr, stop: Expr, step: i32) -> Expr {
        let stop = self.atom("stop", DType::Int64, stop);
        let distance: Expr = self.spill("distance", DType::Int64, stop.clone() - start.clone()).into();
        let zero = Expr::i64(0);
        let most = Expr::i64(if step > 0 { i64::MAX } else { i64::MIN } - i64::from(step));
        let (op, forward, wrapped) = match step > 0 {
            true => (BinOp::Min, start.clone().lt(stop), distance.clone().lt(zero.clone())),
            false => (BinOp::Max, stop.lt(start.clone()), zero.clone().lt(distance.clone())),
        };
        let near = wrapped.select(most.clone(), Expr::binary(op, distance, most));
        self.spill("distance", DType::Int64, forward.select(near, zero)).into()
    }

    /// A stop so far from the ends of int64 that adding the step does not overflow.
    fn bounded_stop(&mut self, stop: Expr, step: i32) -> Expr {
        match stop.as_const().and_then(Const::as_int) {
            Some(v) if step > 0 => Expr::i64(v.min(i64::MAX - i64::from(step))),
            Some(v) => Expr::i64(v.max(i64::MIN - i64::from(step))),
            None => stop,
        }
    }

    /// A loop whose step is known only at run time: the number of turns is computed first.
    fn stepping_loop(
        &mut self,
        var: VarId,
        start: Expr,
        stop: Expr,
        step: Expr,
        body: &[typed::Stmt],
        stmt: &typed::Stmt,
    ) -> Lowered<()> {
        let step: Expr = self.spill("step", DType::Int64, step).into();
        let zero = Expr::i64(0);
        let nonzero = Expr::binary(BinOp::Ne, step.clone(), zero.clone());
        self.check(nonzero, Exception::Value, "range() arg 3 must not be zero", Vec::new(), stmt.place);
        // ⌊(distance − 1) / size⌋ + 1 turns for a positive distance.
        let up = zero.clone().lt(step.clone());
        let distance = up.clone().select(stop.clone() - start.clone(), start.clone() - stop);
        let size = up.select(step.clone(), zero.clone() - step.clone());
        let distance: Expr = self.spill("distance", DType::Int64, distance).into();
        let turns = Expr::binary(BinOp::FloorDiv, distance.clone() - Expr::i64(1), size) + Expr::i64(1);
        let turns = self.spill("turns", DType::Int64, zero.clone().lt(distance).select(turns, zero.clone()));
        let counter = self.fresh("turn", DType::Int64);
        let label = self.out.label();
        self.loop_labels.push(label);
        let ((), block) = self.block(|this| {
            let binding = this.binding(var)?.locals.clone();
            for local in binding {
                this.emit(Stmt::Set(local, start.clone() + Expr::from(counter) * step.clone()));
            }
            this.statements(body)
        })?;
        self.forget_assigned(body);
        self.loop_labels.pop();
        let (start, stop) = (zero, turns.into());
        let facts = LoopFacts { line: stmt.place.line, ..LoopFacts::default() };
        self.emit(Stmt::For(Box::new(For { label, var: counter, start, stop, step: 1, body: block, facts })));
        Ok(())
    }

    /// Leaves the function: the result's references are kept, those of all variables dropped.
    fn return_value(&mut self, value: &typed::Expr) -> Lowered<()> {
        let result = self.source.result.clone();
        let moved = match &value.kind {
            ExprKind::Var(var) if self.binding(*var)?.owned => Some(*var),
            _ => None,
        };
        let value = self.value(value)?;
        if moved.is_none() {
            self.keep_owners(&value);
        }
        let mut slots = value.slots(&result)?;
        let owners = self.owned_variables(moved);
        // What is read from memory is read before that memory is released.
        if slots.iter().any(Expr::loads) && (self.has_temporaries() || !owners.is_empty()) {
            let dtypes = super::lower::result_dtypes(&result);
            slots = slots.into_iter().zip(dtypes).map(|(slot, dtype)| self.atom("result", dtype, slot)).collect();
        }
        self.release_temporaries();
        for owner in owners {
            self.release(owner);
        }
        self.emit(Stmt::Return(slots));
        Ok(())
    }

    /// The owners held by variables, but for one variable.
    fn owned_variables(&self, except: Option<VarId>) -> Vec<nopython_ir::loops::LocalId> {
        self.all_bindings()
            .filter(|(var, binding)| binding.owned && Some(**var) != except)
            .flat_map(|(_, binding)| binding.owners.iter().copied())
            .collect()
    }
}

/// Whether statements assign a variable.
fn assigns(body: &[typed::Stmt], var: VarId) -> bool {
    let mut found = false;
    for_each_stmt(body, 0, &mut |stmt, _| match &stmt.kind {
        StmtKind::Assign(v, _) | StmtKind::For { var: v, .. } => found |= *v == var,
        _ => {}
    });
    found
}
