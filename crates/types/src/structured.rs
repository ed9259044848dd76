//! Structured dtypes, and arrays of them.
//!
//! Memory of records is passed and kept as the array of their *units*: a [`Structured`] of `ndim` dimensions is an array with one dimension more, whose last
//! axis runs over the bytes of a record in steps of its [unit](Structure::unit), the largest unsigned integer that its size is a multiple of. What moves
//! whole records, hosts among them, needs to know nothing else; a field is another view of the same memory.

use crate::{ArrayType, DType, Layout, Type};
use core::fmt;
use std::sync::Arc;

/// A structured dtype: NumPy's `np.dtype([("x", "f8"), ("n", "i4")])`.
///
/// Invariant: there is a field, fields have different names, lie inside of the record, and no two have a byte in common.
#[derive(Clone, Debug)]
pub struct Structure {
    /// The fields, in NumPy's order.
    pub fields: Vec<Field>,
    /// Bytes from one record to the next.
    pub size: u32,
    /// Whether a record of it is a `np.record`, whose fields are attributes in Python: what hosts make, which is no part of what a type is.
    pub named: bool,
}

impl PartialEq for Structure {
    fn eq(&self, other: &Structure) -> bool {
        self.size == other.size && self.fields == other.fields
    }
}

impl Eq for Structure {}

impl core::hash::Hash for Structure {
    fn hash<H: core::hash::Hasher>(&self, state: &mut H) {
        self.size.hash(state);
        self.fields.hash(state);
    }
}

/// A field of a record.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Field {
    /// Its name.
    pub name: String,
    /// Where it begins, in bytes.
    pub offset: u32,
    /// What it holds.
    pub element: Element,
    /// Extents, if it holds an array of these, in C order.
    pub shape: Vec<u32>,
}

/// What a field holds.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Element {
    /// A number.
    Number(DType),
    /// A record.
    Structure(Arc<Structure>),
}

impl Element {
    /// Its size in bytes.
    #[must_use]
    pub fn size(&self) -> u32 {
        match self {
            Element::Number(dtype) => dtype.size(),
            Element::Structure(record) => record.size,
        }
    }

    /// The multiple of bytes at which it stands where a compiler of C puts it.
    #[must_use]
    pub fn alignment(&self) -> u32 {
        match self {
            Element::Number(dtype) => dtype.part().size(),
            Element::Structure(record) => record.alignment(),
        }
    }
}

impl Field {
    /// Its size in bytes, which is too large for a record if it does not fit.
    #[must_use]
    pub fn size(&self) -> u32 {
        self.shape.iter().fold(self.element.size(), |size, &n| size.saturating_mul(n))
    }
}

impl Structure {
    /// The largest size of a record in bytes.
    pub const LARGEST: u32 = 1 << 16;

    /// A record of fields that stand one after another, each where its alignment allows if that is asked for. A record that cannot be is refused in words.
    ///
    /// # Errors
    /// What is wrong with the fields.
    pub fn packed(fields: Vec<(String, Element, Vec<u32>)>, aligned: bool, named: bool) -> Result<Structure, String> {
        let (mut at, mut alignment) = (0u32, 1u32);
        let mut placed = Vec::with_capacity(fields.len());
        for (name, element, shape) in fields {
            let own = if aligned { element.alignment() } else { 1 };
            alignment = alignment.max(own);
            at = at.next_multiple_of(own);
            let field = Field { name, offset: at, element, shape };
            at = at.saturating_add(field.size()).min(Structure::LARGEST + 1);
            placed.push(field);
        }
        Structure::new(placed, at.next_multiple_of(alignment), named)
    }

    /// A record of fields in their places.
    ///
    /// # Errors
    /// What is wrong with the fields.
    pub fn new(fields: Vec<Field>, size: u32, named: bool) -> Result<Structure, String> {
        if fields.is_empty() {
            return Err("a dtype without fields".to_owned());
        }
        if size > Structure::LARGEST {
            return Err(format!("a record of more than {} bytes", Structure::LARGEST));
        }
        let mut spans: Vec<(u32, u32)> = Vec::new();
        for (k, field) in fields.iter().enumerate() {
            if fields.iter().take(k).any(|other| other.name == field.name) {
                return Err(format!("field '{}' occurs more than once", field.name));
            }
            let end = field.offset.saturating_add(field.size());
            if field.name.len() > usize::from(u8::MAX) {
                return Err("a field with a name of more than 255 bytes".to_owned());
            }
            if field.size() == 0 {
                return Err(format!("field '{}' has no bytes", field.name));
            }
            if end > size {
                return Err(format!("field '{}' ends behind the record", field.name));
            }
            if spans.iter().any(|(start, stop)| field.offset < *stop && *start < end) {
                return Err(format!("field '{}' shares bytes with another", field.name));
            }
            spans.push((field.offset, end));
        }
        Ok(Structure { fields, size, named })
    }

    /// The alignment of the field that has the largest.
    #[must_use]
    pub fn alignment(&self) -> u32 {
        self.fields.iter().map(|field| field.element.alignment()).max().unwrap_or(1)
    }

    /// The dtype of the units that a record is moved by.
    #[must_use]
    pub const fn unit(&self) -> DType {
        match self.size.trailing_zeros() {
            0 => DType::UInt8,
            1 => DType::UInt16,
            2 => DType::UInt32,
            _ => DType::UInt64,
        }
    }

    /// How many units a record has.
    #[must_use]
    pub const fn units(&self) -> u32 {
        self.size / self.unit().size()
    }

    /// A field by its name.
    #[must_use]
    pub fn field(&self, name: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.name == name)
    }

    /// Whether any field, at any depth, is of a dtype.
    #[must_use]
    pub fn holds(&self, wanted: &dyn Fn(DType) -> bool) -> bool {
        self.fields.iter().any(|field| match &field.element {
            Element::Number(dtype) => wanted(*dtype),
            Element::Structure(record) => record.holds(wanted),
        })
    }
}

/// An array of records; one of no dimensions is a record itself, which is a view of the memory that it stands in.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Structured {
    /// The dtype.
    pub record: Arc<Structure>,
    /// Number of dimensions.
    pub ndim: u8,
    /// What is known about the strides. The bytes of a record are never apart, so that those of a single one are known.
    pub layout: Layout,
}

impl Structured {
    /// The type of a record.
    #[must_use]
    pub const fn one(record: Arc<Structure>) -> Structured {
        Structured { record, ndim: 0, layout: Layout::C }
    }

    /// The array of units.
    #[must_use]
    pub fn units(&self) -> ArrayType {
        ArrayType { dtype: self.record.unit(), ndim: self.ndim.saturating_add(1), layout: self.layout }
    }
}

impl Type {
    /// The array as which a value is passed: an array itself, of records the array of their units.
    #[must_use]
    pub fn memory(&self) -> Option<ArrayType> {
        match self {
            Type::Array(array) => Some(*array),
            Type::Structured(records) => Some(records.units()),
            Type::None | Type::Scalar(_) | Type::Str | Type::Tuple(_) | Type::List(_) | Type::Record(_) => None,
        }
    }

    /// Whether a value has records in it, at any depth.
    #[must_use]
    pub fn holds_structured(&self) -> bool {
        match self {
            Type::Structured(_) => true,
            Type::None | Type::Scalar(_) | Type::Array(_) | Type::Str | Type::Record(_) => false,
            Type::Tuple(items) => items.iter().any(Type::holds_structured),
            Type::List(item) => item.holds_structured(),
        }
    }
}

/// `Record(x: float64, n: int32)`; places are shown where they are not those of fields one after another.
impl fmt::Display for Structure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Record(")?;
        let mut at = 0;
        for (k, field) in self.fields.iter().enumerate() {
            write!(f, "{}{}: ", if k == 0 { "" } else { ", " }, field.name)?;
            match &field.element {
                Element::Number(dtype) => write!(f, "{dtype}")?,
                Element::Structure(record) => write!(f, "{record}")?,
            }
            for (k, extent) in field.shape.iter().enumerate() {
                write!(f, "{}{extent}", if k == 0 { "[" } else { ", " })?;
            }
            if !field.shape.is_empty() {
                f.write_str("]")?;
            }
            if field.offset != at {
                write!(f, " at {}", field.offset)?;
            }
            at = field.offset + field.size();
        }
        if at == self.size { f.write_str(")") } else { write!(f, "; {} bytes)", self.size) }
    }
}

impl fmt::Display for Structured {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.record.fmt(f)?;
        if self.ndim > 0 { crate::ty::axes(f, self.ndim, self.layout) } else { Ok(()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(name: &str, dtype: DType) -> (String, Element, Vec<u32>) {
        (name.to_owned(), Element::Number(dtype), Vec::new())
    }

    #[test]
    fn fields_are_packed_or_aligned() {
        let fields = || vec![number("b", DType::Bool), number("x", DType::Float64), number("n", DType::Int32)];
        let seen = |record: Structure| (record.size, record.unit(), record.units(), record.to_string());
        let packed = "Record(b: bool, x: float64, n: int32)".to_owned();
        assert_eq!(Structure::packed(fields(), false, false).map(seen), Ok((13, DType::UInt8, 13, packed)));
        let aligned = "Record(b: bool, x: float64 at 8, n: int32; 24 bytes)".to_owned();
        assert_eq!(Structure::packed(fields(), true, false).map(seen), Ok((24, DType::UInt64, 3, aligned)));
        assert!(Structure::packed(vec![number("x", DType::Bool), number("x", DType::Bool)], false, false).is_err());
        assert!(Structure::packed(Vec::new(), false, false).is_err());
    }
}
