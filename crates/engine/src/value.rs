//! Values on the host's side.

use crate::text::{complex_repr, float_repr};
use nopython_types::{DType, Literal, Scalar, Type};
use std::fmt;

/// A value of compiled Python.
#[derive(Default, Clone, Debug, PartialEq)]
pub enum Value {
    /// `None`
    #[default]
    None,
    /// A bool or an integer; `uint64` as its two's complement.
    Int(Scalar, i64),
    /// A float.
    Float(Scalar, f64),
    /// A complex number: its real and its imaginary part.
    Complex(Scalar, f64, f64),
    /// An array, C-contiguous.
    Array(Array),
    /// A string.
    Str(String),
    /// Structured.
    Records(crate::records::RecordArray),
    /// A tuple.
    Tuple(Vec<Value>),
    /// A list.
    List(Vec<Value>),
}

impl From<&Literal> for Value {
    fn from(literal: &Literal) -> Value {
        match literal {
            Literal::None => Value::None,
            Literal::Bool(value) => Value::Int(Scalar::BOOL, i64::from(*value)),
            Literal::Float(value) => Value::Float(Scalar::FLOAT, *value),
            Literal::Str(text) => Value::Str(text.clone()),
            Literal::Complex(re, im) => Value::Complex(Scalar::COMPLEX, *re, *im),
            Literal::Tuple(items) => Value::Tuple(items.iter().map(Value::from).collect()),
            Literal::List(items) => Value::List(items.iter().map(Value::from).collect()),
            Literal::Int(value) => match (i64::try_from(*value), u64::try_from(*value)) {
                (Ok(value), _) => Value::Int(Scalar::INT, value),
                (_, Ok(value)) => Value::Int(Scalar::strong(DType::UInt64), value.cast_signed()),
                // As Python's `float` rounds it.
                _ => Value::Float(Scalar::FLOAT, *value as f64),
            },
        }
    }
}

/// A C-contiguous array.
#[derive(Clone, Debug, PartialEq)]
pub struct Array {
    /// Element type.
    pub dtype: DType,
    /// Extents.
    pub shape: Vec<usize>,
    /// Elements in C order, little-endian.
    pub bytes: Vec<u8>,
}

impl Array {
    /// The elements.
    pub fn elements(&self) -> impl Iterator<Item = Value> {
        let size = self.dtype.size() as usize;
        self.bytes.chunks_exact(size).map(|chunk| read(self.dtype, chunk))
    }
}

impl Array {
    /// The array with another dtype, if every element keeps its value.
    pub fn converted(&self, dtype: DType) -> Option<Array> {
        let mut bytes = Vec::new();
        for element in self.elements() {
            if dtype.is_complex() {
                let (re, im) = match element {
                    Value::Int(_, v) => (v as f64, 0.0),
                    Value::Float(_, v) => (v, 0.0),
                    Value::Complex(_, re, im) => (re, im),
                    _ => return None,
                };
                for part in [re, im] {
                    match dtype {
                        DType::Complex64 => bytes.extend((part as f32).to_le_bytes()),
                        _ => bytes.extend(part.to_le_bytes()),
                    }
                }
                continue;
            }
            let size = dtype.size() as usize;
            let own = match (&element, dtype) {
                (Value::Int(_, v), DType::Float64) => (*v as f64).to_le_bytes(),
                (Value::Int(_, v), DType::Float32) => u64::from((*v as f32).to_bits()).to_le_bytes(),
                (Value::Float(_, v), DType::Float64) => v.to_le_bytes(),
                // A decimal number has no exact float32 in general; the nearest is meant.
                (Value::Float(_, v), DType::Float32) => u64::from((*v as f32).to_bits()).to_le_bytes(),
                (Value::Int(_, v), _) => v.to_le_bytes(),
                _ => return None,
            };
            let kept = own.get(..size)?;
            if let (Value::Int(_, v), false) = (&element, dtype.is_float())
                && !matches!(read(dtype, kept), Value::Int(_, w) if w == *v)
            {
                return None;
            }
            bytes.extend(kept);
        }
        Some(Array { dtype, shape: self.shape.clone(), bytes })
    }
}

/// A strong scalar from its bytes.
pub fn read(dtype: DType, bytes: &[u8]) -> Value {
    if dtype.is_complex() {
        let (re, im) = bytes.split_at_checked(dtype.part().size() as usize).unwrap_or_default();
        let part = |bytes| match read(dtype.part(), bytes) {
            Value::Float(_, v) => v,
            _ => 0.0,
        };
        return Value::Complex(Scalar::strong(dtype), part(re), part(im));
    }
    let mut word = [0u8; 8];
    for (to, from) in word.iter_mut().zip(bytes) {
        *to = *from;
    }
    let raw = u64::from_le_bytes(word);
    let scalar = Scalar::strong(dtype);
    match dtype {
        DType::Float64 => Value::Float(scalar, f64::from_bits(raw)),
        DType::Float32 => Value::Float(scalar, f64::from(f32::from_bits(raw as u32))),
        DType::Int8 => Value::Int(scalar, i64::from(raw as i8)),
        DType::Int16 => Value::Int(scalar, i64::from(raw as i16)),
        DType::Int32 => Value::Int(scalar, i64::from(raw as i32)),
        _ => Value::Int(scalar, raw as i64),
    }
}

impl Value {
    /// The items of a list, or the rows or elements of an array, which a literal of numbers is.
    pub(crate) fn items(&self) -> Option<Vec<Value>> {
        match self {
            Value::List(items) => Some(items.clone()),
            Value::Array(array) => {
                let (_, row) = array.shape.split_first()?;
                let bytes = row.iter().product::<usize>() * array.dtype.size() as usize;
                Some(match row {
                    [] => array.elements().map(Value::weak).collect(),
                    _ => {
                        let rows = array.bytes.chunks_exact(bytes.max(1));
                        let array =
                            |bytes: &[u8]| Array { dtype: array.dtype, shape: row.to_vec(), bytes: bytes.to_vec() };
                        rows.map(|bytes| Value::Array(array(bytes))).collect()
                    }
                })
            }
            _ => None,
        }
    }

    /// A number as the Python number it is the same as.
    fn weak(self) -> Value {
        match self {
            Value::Int(Scalar { dtype: DType::Bool, .. }, v) => Value::Int(Scalar::BOOL, v),
            Value::Int(Scalar { dtype: DType::Int64, .. }, v) => Value::Int(Scalar::INT, v),
            Value::Float(Scalar { dtype: DType::Float64, .. }, v) => Value::Float(Scalar::FLOAT, v),
            Value::Complex(Scalar { dtype: DType::Complex128, .. }, re, im) => Value::Complex(Scalar::COMPLEX, re, im),
            other => other,
        }
    }

    /// The type, weak for what a Python literal is.
    pub fn ty(&self) -> Type {
        match self {
            Value::None => Type::None,
            Value::Str(_) => Type::Str,
            Value::Int(s, _) | Value::Float(s, _) | Value::Complex(s, ..) => Type::Scalar(*s),
            Value::Array(a) => Type::Array(nopython_types::ArrayType {
                dtype: a.dtype,
                ndim: u8::try_from(a.shape.len()).unwrap_or(u8::MAX),
                layout: nopython_types::Layout::C,
            }),
            Value::Records(records) => records.ty(),
            Value::Tuple(items) => Type::Tuple(items.iter().map(Value::ty).collect()),
            Value::List(items) => Type::list(items.first().map_or(Type::None, Value::ty)),
        }
    }

    /// The value without its type, as Python prints it inside a list.
    pub(crate) fn item(&self) -> String {
        match self {
            Value::Int(Scalar { dtype: DType::Bool, .. }, v) => if *v != 0 { "True" } else { "False" }.to_owned(),
            Value::Int(Scalar { dtype: DType::UInt64, .. }, v) => v.cast_unsigned().to_string(),
            Value::Int(_, v) => v.to_string(),
            Value::Float(Scalar { dtype: DType::Float32, .. }, v) => float_repr(*v, true),
            Value::Float(_, v) => float_repr(*v, false),
            Value::Complex(s, re, im) => complex_repr(*re, *im, s.dtype == DType::Complex64),
            other => other.to_string(),
        }
    }
}

/// The canonical text: `float64[2] [1.0, 2.0]`, `int 3`, `(int 1, float 2.5)`. Equal texts mean equal bits, but for the sign and payload of NaN.
impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Value::None => f.write_str("None"),
            Value::Str(text) => write!(f, "str {}", nopython_types::quoted(text)),
            Value::Int(s, _) | Value::Float(s, _) | Value::Complex(s, ..) => write!(f, "{s} {}", self.item()),
            Value::Array(a) => {
                let shape: Vec<String> = a.shape.iter().map(usize::to_string).collect();
                let items: Vec<String> = a.elements().map(|v| v.item()).collect();
                write!(f, "{}[{}] {}", a.dtype, shape.join(", "), nested(&a.shape, &items))
            }
            Value::Records(records) => {
                let shape: Vec<String> = records.shape.iter().map(usize::to_string).collect();
                write!(f, "{}", records.record)?;
                if !shape.is_empty() {
                    write!(f, "[{}]", shape.join(", "))?;
                }
                write!(f, " {}", nested(&records.shape, &records.items()))
            }
            Value::Tuple(items) => {
                let items: Vec<String> = items.iter().map(Value::to_string).collect();
                write!(f, "({}{})", items.join(", "), if items.len() == 1 { "," } else { "" })
            }
            Value::List(items) => {
                let items: Vec<String> = items.iter().map(Value::to_string).collect();
                write!(f, "[{}]", items.join(", "))
            }
        }
    }
}

pub(crate) fn nested(shape: &[usize], items: &[String]) -> String {
    match shape.split_first() {
        None => items.concat(),
        Some((_, [])) => format!("[{}]", items.join(", ")),
        Some((rows, rest)) => {
            let width = rest.iter().product::<usize>();
            let parts: Vec<String> =
                (0..*rows).map(|k| nested(rest, items.get(k * width..(k + 1) * width).unwrap_or_default())).collect();
            format!("[{}]", parts.join(", "))
        }
    }
}
