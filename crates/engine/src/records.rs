//! Structured on the host's side, and their text.

use crate::value::{Array, Value, read};
use nopython_types::{Element, Field, Layout, Structure, Structured, Type};
use std::sync::Arc;

/// A C-contiguous array of records; one of no dimensions is a record.
#[derive(Clone, Debug, PartialEq)]
pub struct RecordArray {
    /// The dtype.
    pub record: Arc<Structure>,
    /// Extents.
    pub shape: Vec<usize>,
    /// Structured in C order, little-endian, with what lies between their fields.
    pub bytes: Vec<u8>,
}

impl RecordArray {
    /// Its type.
    pub fn ty(&self) -> Type {
        let ndim = u8::try_from(self.shape.len()).unwrap_or(u8::MAX);
        Type::Structured(Box::new(Structured { record: Arc::clone(&self.record), ndim, layout: Layout::C }))
    }

    /// The array of its units, as which it is passed.
    pub fn into_units(self) -> Array {
        let mut shape = self.shape;
        shape.push(self.record.units() as usize);
        Array { dtype: self.record.unit(), shape, bytes: self.bytes }
    }

    /// The records of an array of units.
    pub fn from_units(record: &Arc<Structure>, units: Array) -> RecordArray {
        let mut shape = units.shape;
        shape.pop();
        RecordArray { record: Arc::clone(record), shape, bytes: units.bytes }
    }

    /// Each record as Python prints it.
    pub fn items(&self) -> Vec<String> {
        self.bytes.chunks_exact((self.record.size as usize).max(1)).map(|bytes| text(&self.record, bytes)).collect()
    }
}

/// `(1.0, 2)`
fn text(record: &Structure, bytes: &[u8]) -> String {
    let fields: Vec<String> = record.fields.iter().map(|field| field_text(field, bytes)).collect();
    format!("({}{})", fields.join(", "), if fields.len() == 1 { "," } else { "" })
}

fn field_text(field: &Field, bytes: &[u8]) -> String {
    let start = field.offset as usize;
    let own = bytes.get(start..start + field.size() as usize).unwrap_or_default();
    let items: Vec<String> = own
        .chunks_exact((field.element.size() as usize).max(1))
        .map(|bytes| match &field.element {
            Element::Number(dtype) => read(*dtype, bytes).item(),
            Element::Structure(record) => text(record, bytes),
        })
        .collect();
    let shape: Vec<usize> = field.shape.iter().map(|&n| n as usize).collect();
    crate::value::nested(&shape, &items)
}

impl Value {
    /// The bytes of an array or of records, for change in place.
    pub(crate) fn bytes_mut(&mut self) -> Option<&mut Vec<u8>> {
        match self {
            Value::Array(array) => Some(&mut array.bytes),
            Value::Records(records) => Some(&mut records.bytes),
            _ => None,
        }
    }
}
