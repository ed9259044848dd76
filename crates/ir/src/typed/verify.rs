//! The rules of the typed IR, checked.

use super::{Contents, Expr, ExprKind, Function, Index, MapOp, Module, ReduceOp, Stmt, StmtKind, VarId};
use crate::Const;
use core::fmt;
use nopython_types::{ArrayType, DType, Layout, Scalar, Structured, Type};

/// A rule that is broken, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VerifyError {
    /// The function.
    pub function: String,
    /// The line of the user's source.
    pub line: u32,
    /// What is wrong.
    pub problem: String,
}

impl fmt::Display for VerifyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "in `{}`, line {}: {}", self.function, self.line, self.problem)
    }
}

/// What is wrong, and on which line.
type Problem = (u32, String);
type Checked<T = ()> = Result<T, Problem>;

/// Checks every rule.
///
/// # Errors
/// The first rule found broken.
pub fn verify(module: &Module) -> Result<(), VerifyError> {
    for (_, function) in module.functions.iter() {
        let checker = Checker { module, function };
        checker.function().map_err(|(line, problem)| VerifyError { function: function.name.clone(), line, problem })?;
    }
    for (_, global) in module.globals.iter() {
        let error = |problem: &str| VerifyError { function: global.name.clone(), line: 0, problem: problem.to_owned() };
        if global.ty.layout != Layout::C || usize::from(global.ty.ndim) != global.shape.len() {
            return Err(error("a global array of another shape than its type"));
        }
        match &global.contents {
            Contents::Zeros => {}
            Contents::Bytes(bytes) if bytes.len() as u64 == global.bytes() => {}
            Contents::Bytes(_) => return Err(error("a global array with too few or too many bytes")),
            Contents::Computed(id) => match module.functions.get(*id) {
                Some(f) if f.params.is_empty() && f.result == Type::None => {}
                _ => return Err(error("a global array without a function that computes it")),
            },
        }
    }
    for export in &module.exports {
        let error = |problem: &str| VerifyError { function: export.name.clone(), line: 0, problem: problem.to_owned() };
        let Some(function) = module.functions.get(export.function) else {
            return Err(error("an export without a function"));
        };
        if [export.defaults.len(), export.passing.len()] != [function.params.len(); 2] {
            return Err(error("an export with a wrong number of defaults"));
        }
    }
    Ok(())
}

/// Whether a value of type `own` may stand where `want` is expected: equal types, except that a C-contiguous array fits any layout.
#[must_use]
pub fn fits(own: &Type, want: &Type) -> bool {
    match (own, want) {
        (Type::Array(own), Type::Array(want)) => {
            own.dtype == want.dtype
                && own.ndim == want.ndim
                && (own.layout == want.layout || want.layout == Layout::Any)
        }
        (Type::Structured(own), Type::Structured(want)) => {
            own.record == want.record
                && own.ndim == want.ndim
                && (own.layout == want.layout || want.layout == Layout::Any)
        }
        (Type::Tuple(own), Type::Tuple(want)) => {
            own.len() == want.len() && own.iter().zip(want).all(|(own, want)| fits(own, want))
        }
        (Type::Record(own), Type::Record(want)) => own.fits(want),
        (own, want) => own == want,
    }
}

/// Whether control can pass the end of a block.
fn falls_through(body: &[Stmt]) -> bool {
    body.iter().all(|stmt| match &stmt.kind {
        StmtKind::Return(_) | StmtKind::Raise { .. } | StmtKind::Break | StmtKind::Continue => false,
        StmtKind::If { then, orelse, .. } => falls_through(then) || falls_through(orelse),
        StmtKind::While { test, body } => test.kind != ExprKind::Const(Const::Bool(true)) || breaks(body),
        StmtKind::Assign(..)
        | StmtKind::StoreItem { .. }
        | StmtKind::StoreView { .. }
        | StmtKind::ListStore { .. }
        | StmtKind::ListAppend { .. }
        | StmtKind::ListTruncate { .. }
        | StmtKind::FieldStore { .. }
        | StmtKind::Expr(_)
        | StmtKind::For { .. } => true,
    })
}

/// Whether a `break` in a block leaves the loop around it.
fn breaks(body: &[Stmt]) -> bool {
    body.iter().any(|stmt| match &stmt.kind {
        StmtKind::Break => true,
        StmtKind::If { then, orelse, .. } => breaks(then) || breaks(orelse),
        _ => false,
    })
}

struct Checker<'m> {
    module: &'m Module,
    function: &'m Function,
}

impl Checker<'_> {
    fn function(&self) -> Checked {
        for (_, var) in self.function.vars.iter() {
            well_formed(&var.ty)
                .map_err(|problem| (self.function.place.line, format!("variable `{}`: {problem}", var.name)))?;
        }
        for param in &self.function.params {
            self.var(*param).map_err(|problem| (self.function.place.line, problem))?;
        }
        self.block(&self.function.body, false)?;
        if falls_through(&self.function.body) {
            return Err((self.function.place.line, "control falls off the end".into()));
        }
        Ok(())
    }

    fn var(&self, var: VarId) -> Result<&Type, String> {
        self.function.vars.get(var).map(|v| &v.ty).ok_or_else(|| format!("no variable {var:?}"))
    }

    fn block(&self, body: &[Stmt], in_loop: bool) -> Checked {
        body.iter().try_for_each(|stmt| self.stmt(stmt, in_loop))
    }

    fn stmt(&self, stmt: &Stmt, in_loop: bool) -> Checked {
        let at = |problem: String| (stmt.place.line, problem);
        match &stmt.kind {
            StmtKind::Assign(var, value) => {
                self.expr(value)?;
                let want = self.var(*var).map_err(at)?;
                expect(fits(&value.ty, want), || format!("{} assigned to a variable of type {want}", value.ty))
                    .map_err(at)
            }
            StmtKind::StoreItem { array, index, value } => {
                self.exprs([value, array].into_iter().chain(index))?;
                let ty = place_type(array).map_err(at)?;
                expect(usize::from(ty.ndim) == index.len(), || format!("{} indices into {ty}", index.len()))
                    .map_err(at)?;
                index.iter().try_for_each(int64).map_err(at)?;
                expect(scalar(value).map_err(at)?.dtype == ty.dtype, || format!("{} stored in {ty}", value.ty))
                    .map_err(at)
            }
            StmtKind::StoreView { target, value } => {
                self.exprs([value, target])?;
                let ty = place_type(target).map_err(at)?;
                let (dtype, ndim) = elements(value).map_err(at)?;
                expect(dtype == ty.dtype && ndim.unwrap_or(0) <= ty.ndim && ty.ndim > 0, || {
                    format!("{} stored in {ty}", value.ty)
                })
                .map_err(at)
            }
            StmtKind::ListStore { list, index, value } => {
                self.exprs([value, list, index])?;
                int64(index).map_err(at)?;
                item_of(list, &value.ty).map_err(at)
            }
            StmtKind::ListAppend { list, value } => {
                self.exprs([list, value])?;
                item_of(list, &value.ty).map_err(at)
            }
            StmtKind::ListTruncate { list, length } => {
                self.exprs([list, length])?;
                int64(length).map_err(at)?;
                items_type(list).map(drop).map_err(at)
            }
            StmtKind::FieldStore { record, field, value } => {
                self.exprs([value, record])?;
                let want = field_type(record, *field).map_err(at)?;
                expect(fits(&value.ty, want), || format!("{} stored as {want}", value.ty)).map_err(at)
            }
            StmtKind::Expr(value) => self.expr(value),
            StmtKind::If { test, then, orelse } => {
                self.test(test)?;
                self.block(then, in_loop)?;
                self.block(orelse, in_loop)
            }
            StmtKind::While { test, body } => {
                self.test(test)?;
                self.block(body, true)
            }
            StmtKind::For { var, start, stop, step, body } => {
                self.exprs([start, stop, step])?;
                [start, stop, step].into_iter().try_for_each(int64).map_err(at)?;
                let ty = self.var(*var).map_err(at)?;
                expect(*ty == Type::Scalar(Scalar::INT), || format!("a loop variable of type {ty}")).map_err(at)?;
                self.block(body, true)
            }
            StmtKind::Break | StmtKind::Continue => expect(in_loop, || "a jump outside a loop".into()).map_err(at),
            StmtKind::Return(value) => {
                self.expr(value)?;
                let want = &self.function.result;
                expect(fits(&value.ty, want), || format!("{} returned as {want}", value.ty)).map_err(at)
            }
            StmtKind::Raise { numbers, .. } => {
                self.exprs(numbers)?;
                let integers = numbers.iter().all(|e| matches!(e.ty, Type::Scalar(s) if s.dtype.is_int()));
                let text = matches!(numbers.as_slice(), [e] if e.ty == Type::Str);
                expect(text || integers && numbers.len() <= 2, || "a message that shows other than two integers".into())
                    .map_err(at)
            }
        }
    }

    fn test(&self, e: &Expr) -> Checked {
        self.expr(e)?;
        bool_scalar(e).map_err(|problem| (e.place.line, problem))
    }

    fn exprs<'e>(&self, all: impl IntoIterator<Item = &'e Expr>) -> Checked {
        all.into_iter().try_for_each(|e| self.expr(e))
    }

    fn expr(&self, e: &Expr) -> Checked {
        let mut outcome = Ok(());
        e.for_each_operand(&mut |operand| {
            if outcome.is_ok() {
                outcome = self.expr(operand);
            }
        });
        outcome?;
        let problem = match well_formed(&e.ty) {
            Ok(()) if matches!(e.ty, Type::Array(_)) => self.array_rule(e),
            Ok(()) if matches!(e.ty, Type::Structured(_)) => self.records_rule(e),
            Ok(()) => self.scalar_rule(e),
            Err(problem) => Err(problem),
        };
        problem.map_err(|problem| (e.place.line, problem))
    }

    /// The rule of a node whose value is a scalar, a tuple or `None`.
    fn scalar_rule(&self, e: &Expr) -> Result<(), String> {
        match &e.kind {
            ExprKind::NoneValue => match &e.ty {
                Type::Record(record) => expect(record.optional, || format!("None as {record}")),
                other => same(other, &Type::None),
            },
            ExprKind::Record(fields) => match &e.ty {
                Type::Record(record) => {
                    let own = record.class.fields();
                    let right = fields.is_empty()
                        || fields.len() == own.len() && fields.iter().zip(own).all(|(e, (_, ty))| fits(&e.ty, ty));
                    expect(right, || format!("fields of {record}"))
                }
                other => Err(format!("a record as {other}")),
            },
            ExprKind::Same(a, b) => {
                let records = [a, b].into_iter().all(|e| matches!(e.ty, Type::Record(_)));
                expect(records, || format!("{} is {}", a.ty, b.ty))?;
                bool_scalar(e)
            }
            ExprKind::NotNone(record, _) => match (&record.ty, &e.ty) {
                (Type::Record(from), Type::Record(to)) if from.class == to.class && !to.optional => Ok(()),
                (from, to) => Err(format!("{from} as {to}")),
            },
            ExprKind::Const(c) => {
                let own = scalar(e)?;
                let in_range = !matches!(c, Const::Int(d, v) if crate::constant::wrap(*d, *v) != *v);
                expect(own.dtype == c.dtype() && in_range, || format!("constant {c:?} as {}", e.ty))
            }
            ExprKind::Unary(op, a) => {
                let result = op.result(scalar(a)?.dtype);
                expect(result == Some(scalar(e)?.dtype), || format!("{} of {} as {}", op.row().0, a.ty, e.ty))
            }
            ExprKind::Binary(op, a, b) => {
                let dtype = scalar(a)?.dtype;
                let right = dtype == scalar(b)?.dtype && op.result(dtype) == Some(scalar(e)?.dtype);
                expect(right, || format!("{} {} {} as {}", a.ty, op.row().0, b.ty, e.ty))
            }
            ExprKind::Cast(a) => scalar(a).and(scalar(e)).map(drop),
            ExprKind::OfAxis(index, _) => int64(index).and_then(|()| int64(e)),
            ExprKind::Kernel(symbol, args) => {
                let dtypes = args.iter().map(|a| scalar(a).map(|s| s.dtype)).collect::<Result<Vec<_>, _>>()?;
                kernel(symbol, &dtypes, scalar(e)?.dtype)
            }
            ExprKind::Cond { test, then, orelse } => {
                bool_scalar(test)?;
                expect(fits(&then.ty, &e.ty) && fits(&orelse.ty, &e.ty), || {
                    format!("{} or {} as {}", then.ty, orelse.ty, e.ty)
                })
            }
            ExprKind::And(a, b) | ExprKind::Or(a, b) => {
                bool_scalar(a)?;
                bool_scalar(b)?;
                bool_scalar(e)
            }
            ExprKind::Item { array, index } => {
                let ty = array_type(array)?;
                index.iter().try_for_each(int64)?;
                let right = index.len() == usize::from(ty.ndim) && scalar(e)?.dtype == ty.dtype;
                expect(right, || format!("an element of {ty} at {} indices as {}", index.len(), e.ty))
            }
            ExprKind::Dim(array, axis) => {
                let ndim = match &array.ty {
                    Type::Structured(records) => records.ndim,
                    _ => array_type(array)?.ndim,
                };
                expect(*axis < ndim && e.ty == Type::Scalar(Scalar::INT), || {
                    format!("extent {axis} of {} as {}", array.ty, e.ty)
                })
            }
            ExprKind::Tuple(items) => match &e.ty {
                Type::Tuple(types) => {
                    let right =
                        types.len() == items.len() && items.iter().zip(types).all(|(item, ty)| fits(&item.ty, ty));
                    expect(right, || format!("a tuple as {}", e.ty))
                }
                Type::Scalar(s) if s.dtype.is_complex() && items.len() == 2 => {
                    items.iter().try_for_each(|part| same(&part.ty, &Type::Scalar(s.part())))
                }
                other => Err(format!("a tuple as {other}")),
            },
            ExprKind::List(items) => items.iter().try_for_each(|item| item_of(e, &item.ty)),
            ExprKind::ListLength(list) => {
                items_type(list)?;
                same(&e.ty, &Type::Scalar(Scalar::INT))
            }
            ExprKind::Reduce { op, array, axis: None } => {
                let ty = array_type(array)?;
                expect(scalar(e)?.dtype == reduced(*op, ty.dtype)?, || format!("{op:?} of {ty} as {}", e.ty))
            }
            _ => self.shared_rule(e),
        }
    }

    /// The rule of a node that may have any type.
    fn shared_rule(&self, e: &Expr) -> Result<(), String> {
        match &e.kind {
            ExprKind::Var(var) => same(&e.ty, self.var(*var)?),
            ExprKind::Call(id, args) => {
                let Some(callee) = self.module.functions.get(*id) else { return Err(format!("no function {id:?}")) };
                expect(callee.params.len() == args.len(), || {
                    format!("{} arguments for `{}`", args.len(), callee.name)
                })?;
                for (param, arg) in callee.params.iter().zip(args) {
                    let want = callee.vars.get(*param).map(|v| &v.ty);
                    expect(want.is_some_and(|want| fits(&arg.ty, want)), || {
                        format!("{} given to `{}`", arg.ty, callee.name)
                    })?;
                }
                same(&e.ty, &callee.result)
            }
            ExprKind::TupleItem(tuple, k) => match &tuple.ty {
                Type::Tuple(types) => {
                    expect(types.get(*k) == Some(&e.ty), || format!("item {k} of {} as {}", tuple.ty, e.ty))
                }
                Type::Scalar(s) if s.dtype.is_complex() && *k < 2 => same(&e.ty, &Type::Scalar(s.part())),
                other => Err(format!("an item of {other}")),
            },
            ExprKind::Field(record, field) => same(&e.ty, field_type(record, *field)?),
            ExprKind::ListItem(list, index) => {
                int64(index)?;
                same(&e.ty, items_type(list)?)
            }
            ExprKind::Text(_) => same(&e.ty, &Type::Str),
            ExprKind::Reinterpret(a) => {
                expect(e.ty == Type::Str && a.ty == Type::Array(Type::CODE_POINTS), || format!("{} as {}", a.ty, e.ty))
            }
            ExprKind::Let(var, value, body) => {
                let want = self.var(*var)?;
                expect(fits(&value.ty, want), || format!("{} bound to a variable of type {want}", value.ty))?;
                same(&e.ty, &body.ty)
            }
            ExprKind::Checked { test, value, .. } => {
                bool_scalar(test)?;
                same(&e.ty, &value.ty)
            }
            other => Err(format!("{} has no value of type {}", node_name(other), e.ty)),
        }
    }

    /// The rule of a node whose value are records.
    fn records_rule(&self, e: &Expr) -> Result<(), String> {
        let Type::Structured(own) = &e.ty else { return Err("no records".into()) };
        match &e.kind {
            ExprKind::FieldView { array, offset, shape } => {
                field(array, *offset, shape, own.units(), Some(own.record.units()))
            }
            ExprKind::Elements(array) => {
                let ty = array_type(array)?;
                let units = own.units();
                let layout = ty.layout == own.layout || own.layout == Layout::Any || own.ndim == 0;
                expect(ty.dtype == units.dtype && ty.ndim == units.ndim && layout, || format!("{ty} as {own}"))
            }
            _ => self.shared_rule(e),
        }
    }

    /// The rule of a node whose value is an array.
    fn array_rule(&self, e: &Expr) -> Result<(), String> {
        let own = array_type(e)?;
        let rank = |n: usize| {
            expect(usize::from(own.ndim) == n, || format!("{} with {n} dimensions as {own}", node_name(&e.kind)))
        };
        match &e.kind {
            ExprKind::Global(id) => {
                let global = self.module.globals.get(*id);
                expect(global.is_some_and(|global| global.ty == own), || format!("{id:?} as {own}"))
            }
            ExprKind::Map(MapOp::Call(id), operands) => {
                let Some(callee) = self.module.functions.get(*id) else { return Err(format!("no function {id:?}")) };
                call(callee, operands, own)
            }
            ExprKind::Map(op, operands) => map(op, operands, own),
            ExprKind::Full { shape, value } => {
                shape.iter().try_for_each(int64)?;
                rank(shape.len())?;
                expect(scalar(value)?.dtype == own.dtype, || format!("{own} full of {}", value.ty))
            }
            ExprKind::Empty(shape) => {
                shape.iter().try_for_each(int64)?;
                rank(shape.len())
            }
            ExprKind::IndexGrid { shape, axis } => {
                shape.iter().try_for_each(int64)?;
                rank(shape.len())?;
                expect(*axis < own.ndim && own.dtype == DType::Int64, || format!("indices along {axis} as {own}"))
            }
            ExprKind::Range { start, step, count } => {
                int64(count)?;
                rank(1)?;
                let right = scalar(start)?.dtype == own.dtype && scalar(step)?.dtype == own.dtype;
                expect(right, || format!("a range of {} and {} as {own}", start.ty, step.ty))
            }
            ExprKind::ArrayLit { shape, items } => {
                rank(shape.len())?;
                let count = shape.iter().try_fold(1usize, |n, &extent| n.checked_mul(extent as usize));
                expect(count == Some(items.len()), || format!("{} items for a shape of {count:?}", items.len()))?;
                items
                    .iter()
                    .try_for_each(|item| expect(scalar(item)?.dtype == own.dtype, || format!("{} in {own}", item.ty)))
            }
            ExprKind::Reinterpret(a) => {
                let same_size = |ty: ArrayType| {
                    ty.dtype.size() == own.dtype.size() && ty.ndim == own.ndim && ty.layout == own.layout
                };
                let codes = a.ty == Type::Str && own == Type::CODE_POINTS;
                expect(codes || array_type(a).is_ok_and(same_size), || format!("{} as {own}", a.ty))
            }
            ExprKind::Copy(a) => expect(array_type(a)?.dtype == own.dtype && array_type(a)?.ndim == own.ndim, || {
                format!("a copy of {} as {own}", a.ty)
            }),
            ExprKind::View { array, index } => view(array_type(array)?, index, own),
            ExprKind::Transpose(a, axes) => {
                let mut sorted = axes.clone();
                sorted.sort_unstable();
                let ty = array_type(a)?;
                let permutation = sorted.iter().copied().eq(0..ty.ndim);
                expect(permutation && ty.ndim == own.ndim && ty.dtype == own.dtype, || {
                    format!("{ty} transposed by {axes:?} as {own}")
                })
            }
            ExprKind::Part(a, part) => {
                let ty = array_type(a)?;
                let right = ty.dtype.is_complex() && ty.dtype.part() == own.dtype && ty.ndim == own.ndim && *part < 2;
                expect(right, || format!("part {part} of {ty} as {own}"))
            }
            ExprKind::Reshape(a, shape) => {
                shape.iter().try_for_each(int64)?;
                rank(shape.len())?;
                expect(array_type(a)?.dtype == own.dtype, || format!("{} reshaped as {own}", a.ty))
            }
            ExprKind::BroadcastTo(a, shape) => {
                shape.iter().try_for_each(int64)?;
                rank(shape.len())?;
                let ty = array_type(a)?;
                expect(ty.dtype == own.dtype && ty.ndim <= own.ndim && own.layout == Layout::Any, || {
                    format!("{ty} stretched to {own}")
                })
            }
            ExprKind::Reduce { op, array, axis: Some(axis) } => {
                let ty = array_type(array)?;
                let right = *axis < ty.ndim && own.ndim + 1 == ty.ndim && own.dtype == reduced(*op, ty.dtype)?;
                expect(right, || format!("{op:?} of {ty} along {axis} as {own}"))
            }
            ExprKind::FieldView { array, offset, shape } => field(array, *offset, shape, own, None),
            ExprKind::Scan { op, array } => {
                let ty = array_type(array)?;
                let right = matches!(op, ReduceOp::Sum | ReduceOp::Prod)
                    && ty.ndim == 1
                    && own.ndim == 1
                    && ty.dtype == own.dtype;
                expect(right, || format!("running {op:?} of {ty} as {own}"))
            }
            _ => self.shared_rule(e),
        }
    }
}

fn expect(holds: bool, problem: impl FnOnce() -> String) -> Result<(), String> {
    if holds { Ok(()) } else { Err(problem()) }
}

fn same(own: &Type, want: &Type) -> Result<(), String> {
    expect(own == want, || format!("{own} where {want} is expected"))
}

/// A weak scalar has a Python type; an array has at most 8 dimensions.
fn well_formed(ty: &Type) -> Result<(), String> {
    match ty {
        Type::Scalar(s) => {
            let python = matches!(s.dtype, DType::Bool | DType::Int64 | DType::Float64 | DType::Complex128);
            expect(!s.weak || python, || format!("a weak {}", s.dtype))
        }
        Type::Array(a) => expect(a.ndim <= 8, || format!("{} dimensions", a.ndim)),
        Type::Structured(r) => {
            expect(r.ndim < 8 && (r.ndim > 0 || r.layout == Layout::C), || format!("the records {r}"))
        }
        Type::Tuple(items) => items.iter().try_for_each(well_formed),
        Type::List(item) => well_formed(item),
        // A class may refer to itself: its fields are looked at where it is made.
        Type::None | Type::Str | Type::Record(_) => Ok(()),
    }
}

/// Part of records, as memory of a type. If that are records again, `units` is how many units each has.
fn field(array: &Expr, offset: u32, shape: &[u32], own: ArrayType, units: Option<u32>) -> Result<(), String> {
    let Type::Structured(records) = &array.ty else { return Err(format!("a field of {}", array.ty)) };
    let Structured { record, ndim, layout } = &**records;
    let rank = usize::from(*ndim) + shape.len() + usize::from(units.is_some());
    let size = u64::from(own.dtype.size()) * u64::from(units.unwrap_or(1));
    let bytes = shape.iter().fold(size, |bytes, &extent| bytes.saturating_mul(extent.into()));
    let inside = u64::from(offset) + bytes <= u64::from(record.size);
    let is_whole = bytes == u64::from(record.size) && *layout == Layout::C;
    let right = rank == usize::from(own.ndim) && inside && (own.layout == Layout::Any || *ndim == 0 || is_whole);
    expect(right, || format!("a field of {records} at {offset} with extents {shape:?} as {own}"))
}

fn scalar(e: &Expr) -> Result<Scalar, String> {
    match e.ty {
        Type::Scalar(s) => Ok(s),
        ref other => Err(format!("{other} where a scalar is expected")),
    }
}

fn array_type(e: &Expr) -> Result<ArrayType, String> {
    match e.ty {
        Type::Array(a) => Ok(a),
        ref other => Err(format!("{other} where an array is expected")),
    }
}

/// The type of a list's items.
fn items_type(list: &Expr) -> Result<&Type, String> {
    match &list.ty {
        Type::List(item) => Ok(item),
        other => Err(format!("{other} where a list is expected")),
    }
}

/// The type of a field of a record that is not `None`.
fn field_type(record: &Expr, field: usize) -> Result<&Type, String> {
    match &record.ty {
        Type::Record(own) if !own.optional => {
            own.class.fields().get(field).map(|(_, ty)| ty).ok_or_else(|| format!("no field {field} of {own}"))
        }
        other => Err(format!("a field of {other}")),
    }
}

fn item_of(list: &Expr, own: &Type) -> Result<(), String> {
    expect(fits(own, items_type(list)?), || format!("{own} as an item of {}", list.ty))
}

/// The type of an array that has memory: not an element rule.
fn place_type(e: &Expr) -> Result<ArrayType, String> {
    let lazy = matches!(
        e.kind,
        ExprKind::Map(..) | ExprKind::Full { .. } | ExprKind::Range { .. } | ExprKind::IndexGrid { .. }
    );
    expect(!lazy, || "a store to an array without memory".into())?;
    array_type(e)
}

fn bool_scalar(e: &Expr) -> Result<(), String> {
    expect(scalar(e)?.dtype == DType::Bool, || format!("{} where a bool is expected", e.ty))
}

fn int64(e: &Expr) -> Result<(), String> {
    expect(scalar(e)?.dtype == DType::Int64, || format!("{} where an int64 is expected", e.ty))
}

/// Element type and, for an array, number of dimensions.
fn elements(e: &Expr) -> Result<(DType, Option<u8>), String> {
    match &e.ty {
        Type::Scalar(s) => Ok((s.dtype, None)),
        Type::Array(a) => Ok((a.dtype, Some(a.ndim))),
        other => Err(format!("{other} as an operand of an element rule")),
    }
}

fn map(op: &MapOp, operands: &[Expr], own: ArrayType) -> Result<(), String> {
    let operands = operands.iter().map(elements).collect::<Result<Vec<_>, _>>()?;
    let ndim = operands.iter().filter_map(|(_, ndim)| *ndim).max();
    expect(ndim == Some(own.ndim), || format!("an element rule of {ndim:?} dimensions as {own}"))?;
    let dtypes: Vec<DType> = operands.into_iter().map(|(dtype, _)| dtype).collect();
    let right = match (op, dtypes.as_slice()) {
        (MapOp::Unary(op), [a]) => op.result(*a) == Some(own.dtype),
        (MapOp::Binary(op), [a, b]) => a == b && op.result(*a) == Some(own.dtype),
        (MapOp::Cast(to), [_]) => *to == own.dtype,
        (MapOp::Select, [test, a, b]) => *test == DType::Bool && a == b && *a == own.dtype,
        (MapOp::Kernel(symbol), dtypes) => return kernel(symbol, dtypes, own.dtype),
        (MapOp::Pair, [a, b]) => a == b && own.dtype.is_complex() && own.dtype.part() == *a,
        _ => false,
    };
    expect(right, || format!("element rule {op:?} of {dtypes:?} as {own}"))
}

/// A function of scalars, for elements of as many operands.
fn call(callee: &Function, operands: &[Expr], own: ArrayType) -> Result<(), String> {
    let dtypes = operands.iter().map(|e| elements(e).map(|(dtype, _)| dtype)).collect::<Result<Vec<_>, _>>()?;
    let params = callee.params.iter().map(|param| callee.vars.get(*param).map(|var| &var.ty));
    let fit = dtypes.len() == callee.params.len()
        && params.zip(&dtypes).all(|(ty, dtype)| matches!(ty, Some(Type::Scalar(s)) if s.dtype == *dtype));
    let gives = matches!(callee.result, Type::Scalar(s) if s.dtype == own.dtype);
    expect(fit && gives, || format!("elements {dtypes:?} given to `{}` as {own}", callee.name))
}

/// A kernel's symbol names the float dtype of its operands and its result.
fn kernel(symbol: &str, operands: &[DType], result: DType) -> Result<(), String> {
    let suffix = match result {
        DType::Float32 => "_f32",
        DType::Float64 => "_f64",
        other => return Err(format!("kernel {symbol} gives {other}")),
    };
    let right = symbol.ends_with(suffix) && !operands.is_empty() && operands.iter().all(|d| *d == result);
    expect(right, || format!("kernel {symbol} of {operands:?}"))
}

/// The dtype of a reduction.
fn reduced(op: ReduceOp, operand: DType) -> Result<DType, String> {
    match op {
        ReduceOp::Sum | ReduceOp::Prod if operand == DType::Bool => Err("a sum of bools in bool".into()),
        ReduceOp::All | ReduceOp::Any if operand != DType::Bool => Err(format!("{op:?} of {operand}")),
        ReduceOp::Sum | ReduceOp::Prod | ReduceOp::Min | ReduceOp::Max | ReduceOp::All | ReduceOp::Any => Ok(operand),
        ReduceOp::ArgMin | ReduceOp::ArgMax => Ok(DType::Int64),
    }
}

fn view(array: ArrayType, index: &[Index], own: ArrayType) -> Result<(), String> {
    let mut axes = 0usize;
    let mut kept = 0usize;
    for entry in index {
        match entry {
            Index::At(e) => {
                int64(e)?;
                axes += 1;
            }
            Index::Slice { start, stop, step } => {
                [start, stop, step].into_iter().flatten().try_for_each(int64)?;
                axes += 1;
                kept += 1;
            }
            Index::NewAxis => kept += 1,
        }
    }
    let right = axes == usize::from(array.ndim) && kept == usize::from(own.ndim) && array.dtype == own.dtype;
    expect(right, || format!("a view of {array} with {axes} axes and {kept} kept as {own}"))
}

/// The variant, for messages.
fn node_name(kind: &ExprKind) -> String {
    let text = format!("{kind:?}");
    text.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default().to_owned()
}
