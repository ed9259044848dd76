//! Types of values and how they are passed.

use crate::{DType, Record, Structured};
use core::fmt;
use std::sync::Arc;

/// A scalar. A *weak* scalar is a Python `bool`, `int`, `float` or `complex`, which under NEP 50 adapts to the other operand;
/// a strong one is a NumPy scalar such as `np.int32(3)` or an element of an array.
///
/// Invariant: a weak scalar has dtype `Bool`, `Int64`, `Float64` or `Complex128`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Scalar {
    /// The representation.
    pub dtype: DType,
    /// Whether this is a Python scalar.
    pub weak: bool,
}

impl Scalar {
    /// Python's `bool`.
    pub const BOOL: Scalar = Scalar { dtype: DType::Bool, weak: true };
    /// Python's `int`, which is an int64 that wraps.
    pub const INT: Scalar = Scalar { dtype: DType::Int64, weak: true };
    /// Python's `float`.
    pub const FLOAT: Scalar = Scalar { dtype: DType::Float64, weak: true };
    /// Python's `complex`.
    pub const COMPLEX: Scalar = Scalar { dtype: DType::Complex128, weak: true };

    /// A NumPy scalar.
    #[must_use]
    pub const fn strong(dtype: DType) -> Scalar {
        Scalar { dtype, weak: false }
    }

    /// The type of the real and the imaginary part.
    #[must_use]
    pub const fn part(self) -> Scalar {
        Scalar { dtype: self.dtype.part(), weak: self.weak }
    }

    /// Number of slots of the flattened form; see [`Type::slots`].
    #[must_use]
    pub const fn slot_count(self) -> usize {
        if matches!(self.dtype, DType::Complex64 | DType::Complex128) { 2 } else { 1 }
    }
}

/// What is known about strides while compiling.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Layout {
    /// C-contiguous: strides follow from the shape and are not passed.
    C,
    /// Any strides, in bytes, possibly zero or negative; passed after the shape.
    Any,
}

/// An array type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ArrayType {
    /// Element type.
    pub dtype: DType,
    /// Number of dimensions, 0 to 8 (0 only inside the compiler).
    pub ndim: u8,
    /// What is known about the strides.
    pub layout: Layout,
}

/// The type of a run-time value.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Type {
    /// Python's `None`; takes no space.
    None,
    /// A scalar.
    Scalar(Scalar),
    /// An array.
    Array(ArrayType),
    /// A Python string: its code points, held as an array of type [`Type::CODE_POINTS`] that nothing changes.
    Str,
    /// An array of records, or one record.
    Structured(Box<Structured>),
    /// A tuple of fixed length; always held as its separate items.
    Tuple(Items),
    /// A Python list, whose items have one type: a record on the heap, see [`list`](crate::list). Items of type `None` stand for those of a list
    /// that has had none yet.
    List(Box<Type>),
    /// An instance of a class: a record on the heap, see [`record`](crate::record).
    Record(Record),
}

/// The types of a tuple's items. Those of a named tuple have names, which matter where fields are read and where hosts make results: all else looks
/// at the types alone.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Items(Box<(Vec<Type>, Option<Arc<Names>>)>);

/// The names of a named tuple.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Names {
    /// That of the class.
    pub class: String,
    /// Those of the items.
    pub fields: Vec<String>,
}

impl Items {
    /// Items that may have names.
    #[must_use]
    pub fn named(types: Vec<Type>, names: Option<Arc<Names>>) -> Items {
        Items(Box::new((types, names)))
    }

    /// What a named tuple is called, and its items.
    #[must_use]
    pub const fn names(&self) -> Option<&Arc<Names>> {
        self.0.1.as_ref()
    }
}

impl Type {
    /// The type of what is a value of this type or `None`: a pair of a bool and a value, with a name that no class has.
    #[must_use]
    pub fn or_none(self) -> Type {
        let names = Names { class: "?".to_owned(), fields: Vec::new() };
        Type::Tuple(Items::named(vec![Type::Scalar(Scalar::BOOL), self], Some(Arc::new(names))))
    }

    /// The type of the value of what may be `None`, if this is the type of such.
    #[must_use]
    pub fn as_optional(&self) -> Option<&Type> {
        match self {
            Type::Tuple(items) if items.names().is_some_and(|names| names.class == "?") => items.get(1),
            _ => None,
        }
    }
}

impl core::ops::Deref for Items {
    type Target = Vec<Type>;

    fn deref(&self) -> &Vec<Type> {
        &self.0.0
    }
}

impl From<Vec<Type>> for Items {
    fn from(types: Vec<Type>) -> Items {
        Items::named(types, None)
    }
}

impl FromIterator<Type> for Items {
    fn from_iter<I: IntoIterator<Item = Type>>(types: I) -> Items {
        types.into_iter().collect::<Vec<_>>().into()
    }
}

impl<'a> IntoIterator for &'a Items {
    type Item = &'a Type;
    type IntoIter = core::slice::Iter<'a, Type>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.0.iter()
    }
}

/// A wasm-level value: one parameter, result or local.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Slot {
    /// bool and the integers up to 32 bits, sign- or zero-extended; pointers, extents and strides.
    I32,
    /// 64-bit integers.
    I64,
    /// `float32`
    F32,
    /// `float64`
    F64,
}

impl DType {
    /// How one scalar of this dtype is held in a local; a complex one is held in two, of which this is either.
    #[must_use]
    pub const fn slot(self) -> Slot {
        match self {
            DType::Bool | DType::Int8 | DType::Int16 | DType::Int32 | DType::UInt8 | DType::UInt16 | DType::UInt32 => {
                Slot::I32
            }
            DType::Int64 | DType::UInt64 => Slot::I64,
            DType::Float32 | DType::Complex64 => Slot::F32,
            DType::Float64 | DType::Complex128 => Slot::F64,
        }
    }
}

impl Type {
    /// The flattened form in which a value is passed to and returned from every function:
    /// a scalar is one slot, a complex one its real and its imaginary part; an array is its data pointer, `ndim` extents, `ndim` byte strides (only
    /// [`Layout::Any`]) and the owner, a block to reference-count or 0 for memory that the caller keeps alive; records are the array of their units;
    /// a string is the address of its code points, their number and the owner; a tuple is its items in order; a list is the address of its record; `None` is nothing.
    #[must_use]
    pub fn slots(&self) -> Vec<Slot> {
        match self {
            Type::None => Vec::new(),
            Type::Scalar(s) => vec![s.dtype.slot(); s.slot_count()],
            Type::Array(a) => vec![Slot::I32; a.slot_count()],
            Type::Str => vec![Slot::I32; Type::CODE_POINTS.slot_count()],
            Type::Structured(r) => vec![Slot::I32; r.units().slot_count()],
            Type::Tuple(items) => items.iter().flat_map(Type::slots).collect(),
            Type::List(_) | Type::Record(_) => vec![Slot::I32],
        }
    }
}

impl Type {
    /// What a string is in memory.
    pub const CODE_POINTS: ArrayType = ArrayType { dtype: DType::UInt32, ndim: 1, layout: Layout::C };

    /// Whether a value has a string in it, at any depth.
    #[must_use]
    pub fn holds_text(&self) -> bool {
        match self {
            Type::None | Type::Scalar(_) | Type::Array(_) | Type::Structured(_) | Type::Record(_) => false,
            Type::Str => true,
            Type::Tuple(items) => items.iter().any(Type::holds_text),
            Type::List(item) => item.holds_text(),
        }
    }

    /// A list of items of a type.
    #[must_use]
    pub fn list(item: Type) -> Type {
        Type::List(Box::new(item))
    }

    /// Whether a value has a list or a record in it, at any depth.
    #[must_use]
    pub fn holds_list(&self) -> bool {
        match self {
            Type::None | Type::Scalar(_) | Type::Array(_) | Type::Str | Type::Structured(_) => false,
            Type::Tuple(items) => items.iter().any(Type::holds_list),
            Type::List(_) | Type::Record(_) => true,
        }
    }

    /// Whether a value has a record in it, at any depth, or may be `None`.
    #[must_use]
    pub fn holds_record(&self) -> bool {
        match self {
            Type::None | Type::Scalar(_) | Type::Array(_) | Type::Str | Type::Structured(_) => false,
            Type::Tuple(items) => self.as_optional().is_some() || items.iter().any(Type::holds_record),
            Type::List(item) => item.holds_record(),
            Type::Record(_) => true,
        }
    }

    /// Whether a value owns blocks of the heap.
    #[must_use]
    pub fn is_counted(&self) -> bool {
        match self {
            Type::None | Type::Scalar(_) => false,
            Type::Array(_) | Type::Str | Type::List(_) | Type::Record(_) | Type::Structured(_) => true,
            Type::Tuple(items) => items.iter().any(Type::is_counted),
        }
    }

    /// How much a type holds: its number of slots, where what takes none counts as one.
    #[must_use]
    pub fn width(&self) -> usize {
        match self {
            Type::Scalar(s) => s.slot_count(),
            Type::None | Type::List(_) | Type::Record(_) => 1,
            Type::Array(a) => a.slot_count(),
            Type::Str => Type::CODE_POINTS.slot_count(),
            Type::Structured(r) => r.units().slot_count(),
            Type::Tuple(items) => items.iter().map(Type::width).sum::<usize>().max(1),
        }
    }
}

impl ArrayType {
    /// Number of slots of the flattened form; see [`Type::slots`].
    #[must_use]
    pub const fn slot_count(self) -> usize {
        let n = self.ndim as usize;
        match self.layout {
            Layout::C => 2 + n,
            Layout::Any => 2 + 2 * n,
        }
    }
}

impl fmt::Display for Scalar {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match (self.weak, self.dtype) {
            (true, DType::Bool) => "bool",
            (true, DType::Int64) => "int",
            (true, DType::Float64) => "float",
            (true, DType::Complex128) => "complex",
            (false, DType::Bool) => "bool_",
            (_, dtype) => dtype.name(),
        })
    }
}

/// Numba's notation: `float64[:, ::1]` is C-contiguous, `float64[:, :]` has any strides.
impl fmt::Display for ArrayType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.ndim == 0 {
            return write!(f, "{}[()]", self.dtype);
        }
        self.dtype.fmt(f)?;
        axes(f, self.ndim, self.layout)
    }
}

/// `[:, ::1]`
pub fn axes(f: &mut fmt::Formatter<'_>, ndim: u8, layout: Layout) -> fmt::Result {
    f.write_str("[")?;
    for axis in 0..ndim {
        if axis > 0 {
            f.write_str(", ")?;
        }
        let last = axis + 1 == ndim;
        f.write_str(if last && layout == Layout::C { "::1" } else { ":" })?;
    }
    f.write_str("]")
}

impl fmt::Display for Type {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Type::None => f.write_str("None"),
            Type::Scalar(s) => s.fmt(f),
            Type::Array(a) => a.fmt(f),
            Type::Str => f.write_str("str"),
            Type::Structured(r) => r.fmt(f),
            Type::Tuple(_) if let Some(value) = self.as_optional() => write!(f, "{value} | None"),
            Type::Tuple(items) => {
                let names = items.names();
                f.write_str(names.map_or("", |names| names.class.as_str()))?;
                f.write_str("(")?;
                for (i, item) in items.iter().enumerate() {
                    if i > 0 {
                        f.write_str(", ")?;
                    }
                    if let Some(field) = names.and_then(|names| names.fields.get(i)) {
                        write!(f, "{field}: ")?;
                    }
                    item.fmt(f)?;
                }
                f.write_str(if items.len() == 1 && names.is_none() { ",)" } else { ")" })
            }
            Type::List(item) if **item == Type::None => f.write_str("list"),
            Type::List(item) => write!(f, "list[{item}]"),
            Type::Record(record) => record.fmt(f),
        }
    }
}
