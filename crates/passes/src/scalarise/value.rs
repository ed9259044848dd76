//! Values while lowering: a typed value as loop-IR expressions.

use super::{Lowered, malformed};
use nopython_ir::loops::{BufferId, Expr};
use nopython_types::{ArrayType, DType, Layout, Record, Type};

/// A value of any type.
#[derive(Clone, Debug)]
pub enum Value {
    /// `None`.
    None,
    /// A scalar expression.
    Scalar(Expr),
    /// Memory.
    Array(ArrayRef),
    /// Items; of a complex scalar its real and imaginary part.
    Tuple(Vec<Value>),
    /// The address of a list's record, and the type of its items.
    List(Expr, Type),
    /// The address of a record, or 0 for `None`, and its type.
    Record(Expr, Record),
}

/// Memory seen as an array.
#[derive(Clone, Debug)]
pub struct ArrayRef {
    /// Element type.
    pub dtype: DType,
    /// Address of element (0, …, 0).
    pub data: Expr,
    /// Extents, `Int32`.
    pub shape: Vec<Expr>,
    /// Strides in bytes, `Int32`, one per axis; empty when C-contiguous.
    pub strides: Option<Vec<Expr>>,
    /// The block that keeps the memory alive, or 0.
    pub owner: Expr,
    /// For alias analysis.
    pub buffer: BufferId,
    /// The variable whose binding gave this memory, if no call or copy lies between.
    pub root: Option<nopython_ir::typed::VarId>,
}

impl ArrayRef {
    /// Number of dimensions.
    pub fn ndim(&self) -> usize {
        self.shape.len()
    }

    /// Size of an element in bytes.
    #[expect(clippy::cast_possible_wrap, reason = "an element has at most 16 bytes")]
    pub const fn item_size(&self) -> i32 {
        self.dtype.size() as i32
    }

    /// Stride of every axis in bytes.
    pub fn all_strides(&self) -> Vec<Expr> {
        match &self.strides {
            Some(strides) => strides.clone(),
            None => contiguous_strides(&self.shape, self.item_size()),
        }
    }

    /// Whether the strides are known to be those of a C-contiguous array.
    pub const fn is_contiguous(&self) -> bool {
        self.strides.is_none()
    }

    /// Number of elements.
    pub fn size(&self) -> Expr {
        product(&self.shape)
    }

    /// The flattened form for a type of the same dtype and rank, whose layout may be less specific.
    pub fn slots(&self, layout: Layout) -> Vec<Expr> {
        let mut slots = vec![self.data.clone()];
        slots.extend(self.shape.iter().cloned());
        if layout == Layout::Any {
            slots.extend(self.all_strides());
        }
        slots.push(self.owner.clone());
        slots
    }
}

/// Strides of a C-contiguous array: stride k is the item size times the extents after k.
pub fn contiguous_strides(shape: &[Expr], item_size: i32) -> Vec<Expr> {
    let mut stride = Expr::i32(item_size);
    let mut strides = Vec::with_capacity(shape.len());
    for extent in shape.iter().rev() {
        strides.push(stride.clone());
        stride = times(extent.clone(), stride);
    }
    strides.reverse();
    strides
}

/// The product of extents; 1 for none.
pub fn product(extents: &[Expr]) -> Expr {
    extents.iter().cloned().reduce(times).unwrap_or(Expr::i32(1))
}

/// a · b in `Int32`, folding constants and 1 · a = a.
pub fn times(a: Expr, b: Expr) -> Expr {
    let constant = |e: &Expr| e.as_const().and_then(nopython_ir::Const::as_int).and_then(|v| i32::try_from(v).ok());
    match (constant(&a), constant(&b)) {
        (Some(x), Some(y)) => Expr::i32(x.wrapping_mul(y)),
        (Some(1), None) => b,
        (None, Some(1)) => a,
        (Some(0), None) | (None, Some(0)) => Expr::i32(0),
        _ => a * b,
    }
}

/// a + b in `Int32`, folding constants and a + 0 = a.
pub fn plus(a: Expr, b: Expr) -> Expr {
    let constant = |e: &Expr| e.as_const().and_then(nopython_ir::Const::as_int).and_then(|v| i32::try_from(v).ok());
    match (constant(&a), constant(&b)) {
        (Some(x), Some(y)) => Expr::i32(x.wrapping_add(y)),
        (Some(0), None) => b,
        (None, Some(0)) => a,
        _ => a + b,
    }
}

impl Value {
    /// The scalar expression.
    pub fn scalar(self) -> Lowered<Expr> {
        match self {
            Value::Scalar(e) => Ok(e),
            other => malformed(format!("expected a scalar, found {other:?}")),
        }
    }

    /// The array.
    pub fn array(self) -> Lowered<ArrayRef> {
        match self {
            Value::Array(a) => Ok(a),
            other => malformed(format!("expected an array, found {other:?}")),
        }
    }

    /// The flattened form for a type; see [`Type::slots`].
    pub fn slots(&self, ty: &Type) -> Lowered<Vec<Expr>> {
        match (self, ty) {
            (Value::None, Type::None) => Ok(Vec::new()),
            (Value::Scalar(e), Type::Scalar(_)) => Ok(vec![e.clone()]),
            (Value::Tuple(parts), Type::Scalar(s)) if s.dtype.is_complex() => {
                parts.iter().map(|part| part.clone().scalar()).collect()
            }
            (Value::Array(a), Type::Array(t)) if a.dtype == t.dtype && a.ndim() == usize::from(t.ndim) => {
                Ok(a.slots(t.layout))
            }
            (Value::Array(a), Type::Structured(r))
                if a.dtype == r.record.unit() && a.ndim() == usize::from(r.ndim) + 1 =>
            {
                Ok(a.slots(r.layout))
            }
            (Value::List(record, own), Type::List(item)) if *own == **item => Ok(vec![record.clone()]),
            (Value::Record(address, own), Type::Record(want)) if own.fits(want) => Ok(vec![address.clone()]),
            (Value::Tuple(items), Type::Tuple(types)) if items.len() == types.len() => {
                let mut slots = Vec::new();
                for (item, ty) in items.iter().zip(types) {
                    slots.extend(item.slots(ty)?);
                }
                Ok(slots)
            }
            _ => malformed(format!("a value {self:?} where a {ty} is expected")),
        }
    }
}

/// Rebuilds a value of a type from its flattened form.
pub fn from_slots(
    ty: &Type,
    slots: &mut dyn Iterator<Item = Expr>,
    buffer: &mut dyn FnMut(ArrayType) -> BufferId,
) -> Lowered<Value> {
    let mut next = || slots.next().map_or_else(|| malformed("too few slots"), Ok);
    Ok(match ty {
        Type::None => Value::None,
        Type::Str => return malformed("a string that is no array"),
        Type::Scalar(s) if s.dtype.is_complex() => Value::Tuple(vec![Value::Scalar(next()?), Value::Scalar(next()?)]),
        Type::Scalar(_) => Value::Scalar(next()?),
        Type::List(item) => Value::List(next()?, (**item).clone()),
        Type::Record(record) => Value::Record(next()?, record.clone()),
        Type::Array(a) => Value::Array(array_from_slots(*a, &mut next, buffer)?),
        Type::Structured(r) => {
            let mut units = array_from_slots(r.units(), &mut next, buffer)?;
            // How a single record lies in memory is known.
            let int = |v: u32| Expr::i32(i32::try_from(v).unwrap_or(i32::MAX));
            units.shape.pop();
            units.shape.push(int(r.record.units()));
            if let Some(strides) = &mut units.strides {
                strides.pop();
                strides.push(int(r.record.unit().size()));
            }
            Value::Array(units)
        }
        Type::Tuple(items) => {
            Value::Tuple(items.iter().map(|item| from_slots(item, slots, buffer)).collect::<Lowered<Vec<_>>>()?)
        }
    })
}

fn array_from_slots(
    ty: ArrayType,
    next: &mut dyn FnMut() -> Lowered<Expr>,
    buffer: &mut dyn FnMut(ArrayType) -> BufferId,
) -> Lowered<ArrayRef> {
    let n = usize::from(ty.ndim);
    let data = next()?;
    let shape = (0..n).map(|_| next()).collect::<Lowered<Vec<_>>>()?;
    let strides = match ty.layout {
        Layout::C => None,
        Layout::Any => Some((0..n).map(|_| next()).collect::<Lowered<Vec<_>>>()?),
    };
    let owner = next()?;
    Ok(ArrayRef { dtype: ty.dtype, data, shape, strides, owner, buffer: buffer(ty), root: None })
}
