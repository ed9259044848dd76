//! Extents of arrays that can be known while compiling: those of the module's arrays.
//!
//! Typed IR is evaluated as far as extents depend on it: integers, floats that are rounded to integers, tuples, and arrays of which only the
//! shape is kept. A variable counts if it is assigned once. Whatever is not understood makes the extent unknown.

use nopython_ir::Const;
use nopython_ir::ops::UnOp;
use nopython_ir::sorted::SortedMap;
use nopython_ir::typed::{Expr, ExprKind, Function, Index, MapOp, Module, Stmt, StmtKind, VarId};
use nopython_types::Type;

/// What is known of a value.
#[derive(Clone, Debug, PartialEq)]
enum Known {
    Scalar(Const),
    Shape(Vec<i64>),
    Tuple(Vec<Option<Known>>),
}

/// The shape of an array expression after some statements.
pub fn of(module: &Module, statements: &[Stmt], e: &Expr) -> Option<Vec<u32>> {
    let shape = Evaluation::new(module, statements, SortedMap::new()).shape(e)?;
    shape.into_iter().map(|extent| u32::try_from(extent).ok()).collect()
}

/// The constant that a number is after some statements.
pub fn constant(module: &Module, statements: &[Stmt], e: &Expr) -> Option<Const> {
    let value = Evaluation::new(module, statements, SortedMap::new()).scalar(e)?;
    matches!(e.ty, Type::Scalar(s) if s.dtype == value.dtype()).then_some(value)
}

/// Calls inside calls that are looked into.
const DEEPEST: usize = 12;

struct Evaluation<'m> {
    module: &'m Module,
    known: SortedMap<VarId, Option<Known>>,
    depth: usize,
}

impl<'m> Evaluation<'m> {
    fn new(module: &'m Module, statements: &[Stmt], params: SortedMap<VarId, Option<Known>>) -> Self {
        let mut this = Evaluation { module, known: params, depth: 0 };
        this.block(statements, true);
        this
    }

    /// Notes what the variables hold that statements assign. In a loop or a branch, `once` is false: then it is not known whether and how often.
    fn block(&mut self, statements: &[Stmt], once: bool) {
        for stmt in statements {
            match &stmt.kind {
                StmtKind::Assign(var, value) => {
                    let value = if once && !self.known.contains_key(var) { self.value(value) } else { None };
                    self.known.insert(*var, value);
                }
                StmtKind::If { then, orelse, .. } => {
                    self.block(then, false);
                    self.block(orelse, false);
                }
                StmtKind::While { body, .. } => self.block(body, false),
                StmtKind::For { var, body, .. } => {
                    self.known.insert(*var, None);
                    self.block(body, false);
                }
                _ => {}
            }
        }
    }

    fn shape(&mut self, e: &Expr) -> Option<Vec<i64>> {
        match self.value(e)? {
            Known::Shape(shape) => Some(shape),
            Known::Scalar(_) | Known::Tuple(_) => None,
        }
    }

    fn scalar(&mut self, e: &Expr) -> Option<Const> {
        match self.value(e)? {
            Known::Scalar(value) => Some(value),
            Known::Shape(_) | Known::Tuple(_) => None,
        }
    }

    fn int(&mut self, e: &Expr) -> Option<i64> {
        self.scalar(e)?.as_int()
    }

    fn ints(&mut self, items: &[Expr]) -> Option<Vec<i64>> {
        items.iter().map(|e| self.int(e)).collect()
    }

    fn value(&mut self, e: &Expr) -> Option<Known> {
        if let Type::Array(_) | Type::Structured(_) = e.ty
            && let Some(shape) = self.array(e)
        {
            return shape.iter().all(|extent| *extent >= 0).then_some(Known::Shape(shape));
        }
        match &e.kind {
            ExprKind::Const(c) => Some(Known::Scalar(*c)),
            ExprKind::Var(var) => self.known.get(var).cloned().flatten(),
            ExprKind::Unary(op, a) => {
                let a = self.scalar(a)?;
                let value = match (op, a) {
                    (UnOp::Ceil, Const::F64(_)) => Const::f64(a.as_f64().ceil()),
                    (UnOp::Floor, Const::F64(_)) => Const::f64(a.as_f64().floor()),
                    _ => crate::fold::unary(*op, a)?,
                };
                Some(Known::Scalar(value))
            }
            ExprKind::Binary(op, a, b) => {
                let (a, b) = (self.scalar(a)?, self.scalar(b)?);
                crate::fold::binary(*op, a, b).map(Known::Scalar)
            }
            ExprKind::Cast(a) => match (self.scalar(a)?, &e.ty) {
                (a, Type::Scalar(to)) if a.dtype() == to.dtype => Some(Known::Scalar(a)),
                (a, Type::Scalar(to)) => crate::fold::cast(a, to.dtype).map(Known::Scalar),
                _ => None,
            },
            ExprKind::Cond { test, then, orelse } => match self.scalar(test)? {
                Const::Bool(true) => self.value(then),
                Const::Bool(false) => self.value(orelse),
                _ => None,
            },
            ExprKind::Dim(array, axis) => {
                let extent = *self.shape(array)?.get(usize::from(*axis))?;
                Some(Known::Scalar(Const::int(extent)))
            }
            ExprKind::Tuple(items) => Some(Known::Tuple(items.iter().map(|item| self.value(item)).collect())),
            ExprKind::TupleItem(tuple, k) => match self.value(tuple)? {
                Known::Tuple(items) => items.into_iter().nth(*k).flatten(),
                Known::Scalar(_) | Known::Shape(_) => None,
            },
            ExprKind::Let(var, value, body) => {
                let value = self.value(value);
                self.known.insert(*var, value);
                self.value(body)
            }
            ExprKind::Checked { value, .. } | ExprKind::OfAxis(value, _) => self.value(value),
            ExprKind::Call(function, args) => {
                let args: Vec<Option<Known>> = args.iter().map(|arg| self.value(arg)).collect();
                self.call(self.module.functions.get(*function)?, args)
            }
            _ => None,
        }
    }

    /// What a function returns, if all its returns agree.
    fn call(&self, function: &Function, args: Vec<Option<Known>>) -> Option<Known> {
        if self.depth >= DEEPEST {
            return None;
        }
        let params = function.params.iter().copied().zip(args).collect();
        let mut inner = Evaluation { module: self.module, known: params, depth: self.depth + 1 };
        inner.block(&function.body, true);
        let mut results = Vec::new();
        returns(&function.body, &mut results);
        let mut found = results.into_iter().map(|result| inner.value(result));
        let first = found.next()??;
        found.all(|other| other.as_ref() == Some(&first)).then_some(first)
    }

    /// The shape of a node that makes or views an array.
    fn array(&mut self, e: &Expr) -> Option<Vec<i64>> {
        match &e.kind {
            ExprKind::Global(id) => Some(self.module.globals.get(*id)?.shape.iter().map(|n| i64::from(*n)).collect()),
            ExprKind::ArrayLit { shape, .. } => Some(shape.iter().map(|n| i64::from(*n)).collect()),
            ExprKind::Full { shape, .. } | ExprKind::Empty(shape) | ExprKind::IndexGrid { shape, .. } => {
                self.ints(shape)
            }
            ExprKind::Range { count, .. } => self.int(count).map(|n| vec![n.max(0)]),
            ExprKind::Copy(a) | ExprKind::Scan { array: a, .. } => self.shape(a),
            ExprKind::Map(MapOp::Cast(_) | MapOp::Unary(_), operands) => self.shape(operands.first()?),
            ExprKind::Map(_, operands) => {
                let mut shape = Vec::new();
                for operand in operands {
                    if matches!(operand.ty, Type::Array(_)) {
                        shape = broadcast(shape, self.shape(operand)?)?;
                    }
                }
                Some(shape)
            }
            ExprKind::FieldView { array, shape: tail, .. } => {
                let mut shape = self.shape(array)?;
                shape.extend(tail.iter().map(|n| i64::from(*n)));
                Some(shape)
            }
            ExprKind::Elements(units) => {
                let mut shape = self.shape(units)?;
                shape.pop();
                Some(shape)
            }
            ExprKind::Transpose(a, axes) => {
                let shape = self.shape(a)?;
                axes.iter().map(|axis| shape.get(usize::from(*axis)).copied()).collect()
            }
            ExprKind::Part(a, _) => self.shape(a),
            ExprKind::BroadcastTo(_, shape) => self.ints(shape),
            ExprKind::Reshape(a, shape) => {
                let size: i64 = self.shape(a)?.iter().try_fold(1i64, |n, extent| n.checked_mul(*extent))?;
                let mut shape = self.ints(shape)?;
                let given: i64 =
                    shape.iter().filter(|n| **n >= 0).try_fold(1i64, |n, extent| n.checked_mul(*extent))?;
                for extent in shape.iter_mut().filter(|n| **n < 0) {
                    *extent = size.checked_div(given)?;
                }
                Some(shape)
            }
            ExprKind::Reduce { array, axis: Some(axis), .. } => {
                let mut shape = self.shape(array)?;
                let axis = usize::from(*axis);
                (axis < shape.len()).then(|| shape.remove(axis))?;
                Some(shape)
            }
            ExprKind::View { array, index } => {
                let mut axes = self.shape(array)?.into_iter();
                let mut shape = Vec::new();
                for entry in index {
                    match entry {
                        Index::NewAxis => shape.push(1),
                        Index::At(_) => {
                            axes.next()?;
                        }
                        Index::Slice { start, stop, step } => {
                            let extent = axes.next()?;
                            let mut bound = |e: &Option<Expr>| match e {
                                None => Some(None),
                                Some(e) => self.int(e).map(Some),
                            };
                            shape.push(sliced(extent, bound(start)?, bound(stop)?, bound(step)?.unwrap_or(1))?);
                        }
                    }
                }
                Some(shape)
            }
            _ => None,
        }
    }
}

/// The values of all `return` statements of a body.
fn returns<'f>(body: &'f [Stmt], found: &mut Vec<&'f Expr>) {
    for stmt in body {
        match &stmt.kind {
            StmtKind::Return(e) => found.push(e),
            StmtKind::If { then, orelse, .. } => {
                returns(then, found);
                returns(orelse, found);
            }
            StmtKind::While { body, .. } | StmtKind::For { body, .. } => returns(body, found),
            _ => {}
        }
    }
}

/// The shape of two operands that are broadcast against each other.
fn broadcast(a: Vec<i64>, b: Vec<i64>) -> Option<Vec<i64>> {
    let (mut long, short) = if a.len() >= b.len() { (a, b) } else { (b, a) };
    for (x, y) in long.iter_mut().rev().zip(short.iter().rev()) {
        *x = match (*x, *y) {
            (x, y) if x == y => x,
            (1, y) => y,
            (x, 1) => x,
            _ => return None,
        };
    }
    Some(long)
}

/// How many elements of an axis a slice takes.
fn sliced(extent: i64, start: Option<i64>, stop: Option<i64>, step: i64) -> Option<i64> {
    let (low, high) = if step > 0 { (0, extent) } else { (-1, extent - 1) };
    let clip = |bound: i64| if bound < 0 { bound.saturating_add(extent) } else { bound }.clamp(low, high);
    let first = start.map_or(if step > 0 { low } else { high }, clip);
    let last = stop.map_or(if step > 0 { high } else { low }, clip);
    let distance = if step > 0 { last - first } else { first - last };
    // ⌈distance / |step|⌉ for a positive distance.
    let size = step.checked_abs().filter(|size| *size > 0)?;
    Some((distance.max(0) + (size - 1).min(i64::MAX - extent)) / size)
}
