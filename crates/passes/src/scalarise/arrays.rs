//! Array expressions: memory or rules.

use super::element::{Element, part_size};
use super::lazy::{Lazy, Node};
use super::lower::Lowering;
use super::place::{named_axis, wide};
use super::value::{ArrayRef, Value, plus};
use super::{Lowered, malformed};
use nopython_ir::loops::Expr;
use nopython_ir::ops::BinOp;
use nopython_ir::typed::{self, ExprKind, MapOp, Place};
use nopython_types::{ArrayType, DType, Exception, Layout, Type};

/// An array-valued expression, lowered.
pub enum Operand {
    /// It is in memory.
    Place(ArrayRef),
    /// It is a rule.
    Lazy(Lazy),
}

/// The array as which an expression is held: records as their units.
pub fn array_type(e: &typed::Expr) -> Lowered<ArrayType> {
    e.ty.memory().map_or_else(|| malformed(format!("expected an array, found {}", e.ty)), Ok)
}

/// Whether an expression is an array in memory, apart from a conversion that promotes it, which is part of the operation that reads it.
fn is_promoted(e: &typed::Expr) -> bool {
    match &e.kind {
        ExprKind::Map(MapOp::Cast(_), operands) => {
            matches!(operands.as_slice(), [operand] if operand.place == e.place && is_promoted(operand))
        }
        ExprKind::Map(..) => false,
        ExprKind::Checked { value, .. } | ExprKind::Let(_, _, value) => is_promoted(value),
        _ => true,
    }
}

/// Whether an expression is a Python int after the test that a dtype of integers holds it.
fn is_fitting(e: &typed::Expr) -> bool {
    match &e.kind {
        ExprKind::Let(_, _, body) => is_fitting(body),
        ExprKind::Checked { exception: Exception::Overflow, value, .. } => match &value.kind {
            ExprKind::Cast(from) => matches!(from.ty, Type::Scalar(s) if s.weak && s.dtype.is_int()),
            _ => is_fitting(value),
        },
        _ => false,
    }
}

impl Lowering<'_> {
    /// An array expression in memory; a rule is written to a temporary.
    pub fn place(&mut self, e: &typed::Expr) -> Lowered<ArrayRef> {
        match self.operand(e)? {
            Operand::Place(array) => Ok(array),
            Operand::Lazy(lazy) => self.materialise(&lazy, e.place),
        }
    }

    /// An array or scalar expression as a rule.
    pub fn lazy(&mut self, e: &typed::Expr) -> Lowered<Lazy> {
        if let Type::Scalar(s) = &e.ty {
            let node = self.constant_rule(e, s.dtype)?;
            return Ok(Lazy { node, shape: Vec::new(), dtype: s.dtype });
        }
        Ok(match self.operand(e)? {
            Operand::Place(array) => Lazy::load(array),
            Operand::Lazy(lazy) => lazy,
        })
    }

    /// An array expression.
    pub fn operand(&mut self, e: &typed::Expr) -> Lowered<Operand> {
        let ty = array_type(e)?;
        Ok(match &e.kind {
            ExprKind::Var(var) => Operand::Place(self.binding(*var)?.value.clone().array()?),
            ExprKind::Global(id) => Operand::Place(self.global(*id)?),
            ExprKind::View { array, index } => {
                let array = self.place(array)?;
                Operand::Place(self.view(array, index, ty, e.place)?)
            }
            ExprKind::Transpose(array, axes) => {
                let array = self.place(array)?;
                Operand::Place(self.transpose(array, axes, ty.layout)?)
            }
            ExprKind::Part(array, part) => match self.operand(array)? {
                Operand::Place(array) => Operand::Place(self.part_view(array, *part)),
                Operand::Lazy(lazy) => {
                    let node = Node::Part(Box::new(lazy.node), *part);
                    Operand::Lazy(Lazy { node, shape: lazy.shape, dtype: ty.dtype })
                }
            },
            ExprKind::Reshape(array, shape) => {
                let array = self.place(array)?;
                Operand::Place(self.reshape(array, shape, e.place)?)
            }
            ExprKind::BroadcastTo(array, shape) => {
                let array = self.place(array)?;
                Operand::Place(self.broadcast_to(array, shape, e.place)?)
            }
            ExprKind::Call(..)
            | ExprKind::TupleItem(..)
            | ExprKind::ListItem(..)
            | ExprKind::Field(..)
            | ExprKind::Cond { .. } => Operand::Place(self.value(e)?.array()?),
            ExprKind::FieldView { array, offset, shape } => {
                let mut tail = shape.clone();
                if let Type::Structured(inner) = &e.ty {
                    tail.push(inner.record.units());
                }
                let records = self.place(array)?;
                Operand::Place(self.field_view(records, *offset, &tail, ty))
            }
            ExprKind::Elements(units) => {
                let units = self.place(units)?;
                let strides = units.strides.clone().filter(|_| ty.layout == Layout::Any);
                Operand::Place(ArrayRef { strides, ..units })
            }
            ExprKind::Reinterpret(array) => {
                let array = self.place(array)?;
                Operand::Place(ArrayRef { dtype: ty.dtype, ..array })
            }
            // What is made here needs no copy.
            ExprKind::Copy(array) if matches!(array.kind, ExprKind::ArrayLit { .. }) => self.operand(array)?,
            ExprKind::Copy(array) => {
                let lazy = self.lazy(array)?;
                Operand::Place(self.materialise(&lazy, e.place)?)
            }
            ExprKind::Map(op, operands) => Operand::Lazy(self.map_expression(op, operands, ty.dtype, e.place)?),
            ExprKind::Full { shape, value } => {
                let shape = self.extents(shape, e.place)?;
                let node = self.constant_rule(value, ty.dtype)?;
                Operand::Lazy(Lazy { node, shape, dtype: ty.dtype })
            }
            ExprKind::Empty(shape) => {
                let shape = self.extents(shape, e.place)?;
                Operand::Place(self.allocate(ty.dtype, shape, e.place))
            }
            ExprKind::Range { start, step, count } => Operand::Lazy(self.range(start, step, count, ty.dtype, e.place)?),
            ExprKind::IndexGrid { shape, axis } => {
                let shape = self.extents(shape, e.place)?;
                let from_last = shape.len().saturating_sub(usize::from(*axis) + 1);
                let node = Node::Range {
                    start: Expr::i64(0),
                    step: Expr::i64(1),
                    from_last,
                    stride: Expr::i32(1),
                    dtype: ty.dtype,
                };
                Operand::Lazy(Lazy { node, shape, dtype: DType::Int64 })
            }
            ExprKind::ArrayLit { shape, items } => Operand::Place(self.literal(shape, items, ty.dtype, e.place)?),
            ExprKind::Reduce { op, array, axis: Some(axis) } => {
                Operand::Place(self.reduce_axis(*op, array, *axis, ty.dtype, e.place)?)
            }
            ExprKind::Scan { op, array } => Operand::Place(self.scan(*op, array, ty.dtype, e.place)?),
            ExprKind::Checked { test, exception, message, numbers, value } => {
                let test = self.scalar(test)?;
                let numbers = self.scalars(numbers)?;
                self.check(test, *exception, message, numbers, e.place);
                self.operand(value)?
            }
            ExprKind::Let(var, value, body) => {
                self.assign(*var, value)?;
                self.operand(body)?
            }
            other => return malformed(format!("not an array expression: {other:?}")),
        })
    }

    fn map_expression(&mut self, op: &MapOp, operands: &[typed::Expr], dtype: DType, place: Place) -> Lowered<Lazy> {
        // What stood in an earlier statement was put into this one.
        if place.line < self.line {
            self.note_fused(place.line, self.line);
        }
        let mut rules = Vec::with_capacity(operands.len());
        let mut fitted = Vec::new();
        for (k, operand) in operands.iter().enumerate() {
            let later = operands.get(k + 1..).unwrap_or_default();
            let fits = self.fitting(operand, later)?;
            fitted.extend(fits.map(|e| (k, e)));
            rules.push(match fits {
                Some(_) => Lazy { node: Node::Scalar(Expr::i32(0)), shape: Vec::new(), dtype },
                None => self.lazy_before(operand, later)?,
            });
        }
        for (k, e) in fitted {
            let lazy = self.lazy(e)?;
            rules.get_mut(k).into_iter().for_each(|rule| *rule = lazy.clone());
        }
        Ok(self.map(op, rules, dtype, place))
    }

    /// A Python int among operands that has to fit their dtype, which is looked at when later operands that may raise have not: what it takes to
    /// look. What the int is computed from is evaluated.
    pub fn fitting<'e>(&mut self, e: &'e typed::Expr, later: &[typed::Expr]) -> Lowered<Option<&'e typed::Expr>> {
        if !is_fitting(e) || !later.iter().any(typed::Expr::may_raise) {
            return Ok(None);
        }
        let mut e = e;
        while let ExprKind::Let(var, value, body) = &e.kind {
            self.assign(*var, value)?;
            e = body;
        }
        Ok(Some(e))
    }

    /// An expression as a rule whose elements stay what they are while later expressions are evaluated. What is computed has the values of
    /// now; an array that is only named has those that it has when it is read, as in NumPy.
    pub fn lazy_before(&mut self, e: &typed::Expr, later: &[typed::Expr]) -> Lowered<Lazy> {
        let lazy = self.lazy(e)?;
        if matches!(lazy.node, Node::Map(..) | Node::Part(..))
            && !is_promoted(e)
            && later.iter().any(|e| self.shared.origins.may_write(e))
        {
            return Ok(Lazy::load(self.materialise(&lazy, e.place)?));
        }
        Ok(lazy)
    }

    fn range(
        &mut self,
        start: &typed::Expr,
        step: &typed::Expr,
        count: &typed::Expr,
        dtype: DType,
        place: Place,
    ) -> Lowered<Lazy> {
        let start = self.scalar(start)?;
        let start = self.atom("start", dtype, start);
        let step = self.scalar(step)?;
        let step = self.atom("step", dtype, step);
        let count = self.scalar(count)?;
        let count = match count.as_const().and_then(nopython_ir::Const::as_int) {
            Some(n) => Expr::i64(n.max(0)),
            None => Expr::binary(BinOp::Max, count, Expr::i64(0)),
        };
        let extent = self.extent(count, place);
        let node = Node::Range { start, step, from_last: 0, stride: Expr::i32(1), dtype };
        Ok(Lazy { node, shape: vec![extent], dtype })
    }

    /// A scalar as the rule of elements that are all the same.
    fn constant_rule(&mut self, e: &typed::Expr, dtype: DType) -> Lowered<Node> {
        if dtype.is_complex() {
            let parts = self.complex(e)?;
            return Ok(Node::Complex(self.parts(dtype.part(), parts)));
        }
        let value = self.scalar(e)?;
        Ok(Node::Scalar(self.atom("x", dtype, value)))
    }

    /// The real or the imaginary parts of an array, where they are.
    pub fn part_view(&mut self, array: ArrayRef, part: u8) -> ArrayRef {
        let data = if part == 0 { array.data.clone() } else { plus(array.data.clone(), part_size(array.dtype)) };
        let strides = Some(array.all_strides());
        self.settle(ArrayRef { dtype: array.dtype.part(), data, strides, ..array })
    }

    /// One element of an array expression.
    pub fn item(&mut self, array: &typed::Expr, index: &[typed::Expr], place: Place) -> Lowered<Element> {
        let lazy = self.lazy_before(array, index)?;
        let index = self.indices(index, &lazy.shape, place)?;
        Ok(self.element(&lazy, &index))
    }

    /// Integer indices of all axes, checked.
    pub fn indices(&mut self, index: &[typed::Expr], shape: &[Expr], place: Place) -> Lowered<Vec<Expr>> {
        if index.len() != shape.len() {
            return malformed("wrong number of indices");
        }
        let mut checked = Vec::with_capacity(index.len());
        for (axis, (index, extent)) in index.iter().zip(shape).enumerate() {
            let axis = named_axis(index, axis);
            let index = self.scalar(index)?;
            checked.push(self.checked_index(index, extent, axis, place));
        }
        Ok(checked)
    }

    /// An extent of an array expression, as a Python int.
    pub fn dimension(&mut self, array: &typed::Expr, axis: u8) -> Lowered<Expr> {
        let shape = match self.operand(array)? {
            Operand::Place(array) => array.shape,
            Operand::Lazy(lazy) => lazy.shape,
        };
        shape.get(usize::from(axis)).map_or_else(|| malformed("no such axis"), |extent| Ok(wide(extent)))
    }

    /// Any expression.
    pub fn value(&mut self, e: &typed::Expr) -> Lowered<Value> {
        Ok(match (&e.kind, &e.ty) {
            (ExprKind::NoneValue, Type::Record(record)) => Value::Record(Expr::i32(0), record.clone()),
            (ExprKind::NoneValue, _) => Value::None,
            (ExprKind::Var(var), _) => self.binding(*var)?.value.clone(),
            (ExprKind::Call(function, args), _) => self.call(*function, args, e.place)?,
            (ExprKind::Tuple(items), _) => {
                Value::Tuple(items.iter().map(|item| self.settled_value(item)).collect::<Lowered<Vec<_>>>()?)
            }
            (ExprKind::TupleItem(tuple, index), _) => match self.value(tuple)? {
                Value::Tuple(items) => match items.into_iter().nth(*index) {
                    Some(item) => item,
                    None => return malformed("no such tuple item"),
                },
                _ => return malformed("not a tuple"),
            },
            (ExprKind::List(items), Type::List(item)) => self.new_list(items, item, e.place)?,
            (ExprKind::ListItem(list, index), _) => self.list_item(list, index, e.place)?,
            (ExprKind::Record(fields), Type::Record(record)) => self.new_record(fields, record, e.place)?,
            (ExprKind::Field(record, field), _) => self.field(record, *field, e.place)?,
            (ExprKind::NotNone(record, attribute), Type::Record(own)) => {
                self.not_none(record, own, attribute, e.place)?
            }
            // Of arrays, those that strings are.
            (
                ExprKind::Cond { test, then, orelse },
                Type::None | Type::Array(_) | Type::Tuple(_) | Type::List(_) | Type::Record(_),
            ) => self.choose(test, then, orelse, &e.ty)?,
            (
                ExprKind::Checked { test, exception, message, numbers, value },
                Type::None | Type::Tuple(_) | Type::List(_) | Type::Record(_),
            ) => {
                let test = self.scalar(test)?;
                let numbers = self.scalars(numbers)?;
                self.check(test, *exception, message, numbers, e.place);
                self.value(value)?
            }
            (ExprKind::Let(var, value, body), Type::None | Type::Tuple(_) | Type::List(_) | Type::Record(_)) => {
                self.assign(*var, value)?;
                self.value(body)?
            }
            (_, Type::Scalar(s)) if s.dtype.is_complex() => super::complex::as_value(self.complex(e)?),
            (_, Type::Scalar(_)) => Value::Scalar(self.scalar(e)?),
            (_, Type::Array(_) | Type::Structured(_)) => Value::Array(self.place(e)?),
            (other, ty) => return malformed(format!("an expression of type {ty}: {other:?}")),
        })
    }

    /// A value whose scalars no later operand can change.
    pub fn settled_value(&mut self, e: &typed::Expr) -> Lowered<Value> {
        let value = self.value(e)?;
        Ok(match (value, &e.ty) {
            (Value::Scalar(x), Type::Scalar(s)) => Value::Scalar(match x {
                Expr::Const(_) => x,
                other => self.spill("item", s.dtype, other).into(),
            }),
            (value, _) => value,
        })
    }
}
