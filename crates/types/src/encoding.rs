//! Types as bytes: what hosts look calls up by, and what they keep.
//!
//! A scalar is one byte, its place in [`DType::ALL`], with [`WEAK`] for a Python scalar; an array is [`ARRAY`] with its layout, then
//! dtype and rank; a tuple [`TUPLE`] and its length, then its items; a named tuple [`NAMED`], its length, its name and
//! those of its fields, each after its length in bytes, then its items; a list [`LIST`], then its items' type; a string is [`STR`]; records
//! [`RECORDS`] with their layout, rank and dtype, see [`encode_record`]; `None` is [`NONE`]. Several types stand one after another.

use crate::{ArrayType, DType, Element, Field, Items, Layout, Names, Scalar, Structure, Structured, Type};
use std::sync::Arc;

/// The flag of a Python scalar.
pub const WEAK: u8 = 0x10;
/// An array in C order; one more for any strides.
pub const ARRAY: u8 = 0x20;
/// A tuple.
pub const TUPLE: u8 = 0x40;
/// A named tuple.
pub const NAMED: u8 = 0x50;
/// A list; its items' type follows.
pub const LIST: u8 = 0x70;
/// Structured in C order; one more for any strides.
pub const RECORDS: u8 = 0x90;
/// `None`.
pub const NONE: u8 = 0x60;
/// A string.
pub const STR: u8 = 0x80;

/// The byte of a dtype.
#[must_use]
pub fn number(dtype: DType) -> u8 {
    DType::ALL.iter().position(|d| *d == dtype).map_or(0, |k| k as u8)
}

/// Writes a type.
pub fn encode(ty: &Type, out: &mut Vec<u8>) {
    match ty {
        Type::None => out.push(NONE),
        Type::Str => out.push(STR),
        Type::Scalar(s) => out.push(number(s.dtype) | if s.weak { WEAK } else { 0 }),
        Type::Array(a) => out.extend([ARRAY | u8::from(a.layout == Layout::Any), number(a.dtype), a.ndim]),
        Type::Structured(r) => {
            out.extend([RECORDS | u8::from(r.layout == Layout::Any), r.ndim]);
            encode_record(&r.record, out);
        }
        Type::Tuple(items) => {
            let length = |n: usize| u8::try_from(n).unwrap_or(u8::MAX);
            match items.names() {
                None => out.extend([TUPLE, length(items.len())]),
                Some(names) => {
                    out.extend([NAMED, length(items.len())]);
                    for name in std::iter::once(&names.class).chain(&names.fields) {
                        out.push(length(name.len()));
                        out.extend(name.bytes());
                    }
                }
            }
            items.iter().for_each(|item| encode(item, out));
        }
        Type::List(item) => {
            out.push(LIST);
            encode(item, out);
        }
        // As hosts see it.
        Type::Record(_) => match crate::record::host_form(ty) {
            Some(seen) => encode(&seen, out),
            None => out.push(NONE),
        },
    }
}

/// Writes a structured dtype: its size in four bytes, 1 if its records are `np.record`s, the number of fields in two bytes; then each field:
/// its name after its length in a byte, offset in four bytes, the number of its extents and each in four bytes, and the byte of its dtype, or [`RECORDS`]
/// and a structured dtype.
pub fn encode_record(record: &Structure, out: &mut Vec<u8>) {
    out.extend(record.size.to_le_bytes());
    out.push(u8::from(record.named));
    out.extend(u16::try_from(record.fields.len()).unwrap_or(u16::MAX).to_le_bytes());
    for field in &record.fields {
        let length = |n: usize| u8::try_from(n).unwrap_or(u8::MAX);
        out.push(length(field.name.len()));
        out.extend(field.name.bytes().take(usize::from(u8::MAX)));
        out.extend(field.offset.to_le_bytes());
        out.push(length(field.shape.len()));
        field.shape.iter().for_each(|n| out.extend(n.to_le_bytes()));
        match &field.element {
            Element::Number(dtype) => out.push(number(*dtype)),
            Element::Structure(record) => {
                out.push(RECORDS);
                encode_record(record, out);
            }
        }
    }
}

/// Reads so many bytes.
fn taken<'b>(bytes: &mut &'b [u8], count: usize) -> Option<&'b [u8]> {
    let (head, rest) = bytes.split_at_checked(count)?;
    *bytes = rest;
    Some(head)
}

fn word(bytes: &mut &[u8]) -> Option<u32> {
    Some(u32::from_le_bytes(taken(bytes, 4)?.try_into().ok()?))
}

/// Reads a structured dtype; `depth` is how many may be inside of it.
fn decode_record(bytes: &mut &[u8], depth: u8) -> Option<Structure> {
    let size = word(bytes)?;
    let [named, low, high] = *taken(bytes, 3)? else { return None };
    let mut fields = Vec::new();
    for _ in 0..u16::from_le_bytes([low, high]) {
        let [length] = *taken(bytes, 1)? else { return None };
        let name = core::str::from_utf8(taken(bytes, usize::from(length))?).ok()?.to_owned();
        let offset = word(bytes)?;
        let [extents] = *taken(bytes, 1)? else { return None };
        let shape = (0..extents).map(|_| word(bytes)).collect::<Option<Vec<_>>>()?;
        let [tag] = *taken(bytes, 1)? else { return None };
        let element = match tag {
            RECORDS => Element::Structure(Arc::new(decode_record(bytes, depth.checked_sub(1)?)?)),
            number => Element::Number(DType::ALL.get(usize::from(number)).copied()?),
        };
        fields.push(Field { name, offset, element, shape });
    }
    Structure::new(fields, size, named != 0).ok()
}

/// The structured dtype that hexadecimal digits stand for.
#[must_use]
pub fn record_of(digits: &str) -> Option<Structure> {
    let digit = |c: u8| char::from(c).to_digit(16).and_then(|n| u8::try_from(n).ok());
    let pairs = digits.as_bytes().chunks(2).map(|pair| match pair {
        [high, low] => Some(digit(*high)? << 4 | digit(*low)?),
        _ => None,
    });
    let bytes = pairs.collect::<Option<Vec<u8>>>()?;
    decode_record(&mut bytes.as_slice(), DEEPEST)
}

/// Structured may be inside of each other so many times.
const DEEPEST: u8 = 16;

/// Types, one after another.
#[must_use]
pub fn encoded(types: &[Type]) -> Vec<u8> {
    let mut out = Vec::new();
    types.iter().for_each(|ty| encode(ty, &mut out));
    out
}

/// Reads one type; nothing when the bytes are not those of a type.
pub fn decode(bytes: &mut &[u8]) -> Option<Type> {
    let mut next = || {
        let (first, rest) = bytes.split_first()?;
        *bytes = rest;
        Some(*first)
    };
    let dtype = |n: u8| DType::ALL.get(usize::from(n)).copied();
    let tag = next()?;
    Some(match tag & 0xf0 {
        0 => Type::Scalar(Scalar::strong(dtype(tag)?)),
        WEAK => Type::Scalar(Scalar { dtype: dtype(tag & 0xf)?, weak: true }),
        ARRAY => {
            let layout = if tag == ARRAY { Layout::C } else { Layout::Any };
            Type::Array(ArrayType { dtype: dtype(next()?)?, ndim: next()?, layout })
        }
        TUPLE => {
            let length = next()?;
            Type::Tuple((0..length).map(|_| decode(bytes)).collect::<Option<_>>()?)
        }
        LIST => Type::list(decode(bytes)?),
        STR => Type::Str,
        RECORDS => {
            let layout = if tag == RECORDS { Layout::C } else { Layout::Any };
            let ndim = next()?;
            let record = Arc::new(decode_record(bytes, DEEPEST)?);
            Type::Structured(Box::new(Structured { record, ndim, layout }))
        }
        NAMED => {
            let length = next()?;
            let mut names = (0..=length).map(|_| {
                let (size, rest) = bytes.split_first()?;
                let (name, rest) = rest.split_at_checked(usize::from(*size))?;
                *bytes = rest;
                core::str::from_utf8(name).ok().map(str::to_owned)
            });
            let class = names.next()??;
            let fields = names.collect::<Option<Vec<_>>>()?;
            let types = (0..length).map(|_| decode(bytes)).collect::<Option<Vec<_>>>()?;
            Type::Tuple(Items::named(types, Some(Arc::new(Names { class, fields }))))
        }
        _ => Type::None,
    })
}

/// Reads every type.
#[must_use]
pub fn decode_all(mut bytes: &[u8]) -> Option<Vec<Type>> {
    let mut all = Vec::new();
    while !bytes.is_empty() {
        all.push(decode(&mut bytes)?);
    }
    Some(all)
}

/// `Record([("x", float64, 0), ("v", float32, 8, (3,))], 20)`: the name, dtype, offset and shape of each field, and the size.
fn record_notation(record: &Structure) -> String {
    let fields = record.fields.iter().map(|field| {
        let element = match &field.element {
            Element::Number(DType::Bool) => "bool_".to_owned(),
            Element::Number(dtype) => dtype.to_string(),
            Element::Structure(record) => record_notation(record),
        };
        let shape: Vec<String> = field.shape.iter().map(|n| format!("{n},")).collect();
        let shape = if shape.is_empty() { String::new() } else { format!(", ({})", shape.join(" ")) };
        let name = field.name.replace('\\', "\\\\").replace('"', "\\\"");
        format!("(\"{name}\", {element}, {}{shape})", field.offset)
    });
    let named = if record.named { ", True" } else { "" };
    format!("Record([{}], {}{named})", fields.collect::<Vec<_>>().join(", "), record.size)
}

/// Numba's notation, which a signature can be written in.
#[must_use]
pub fn notation(ty: &Type) -> String {
    match ty {
        Type::None => "none".to_owned(),
        Type::Str => "unicode_type".to_owned(),
        Type::Tuple(items) => {
            let items: Vec<String> = items.iter().map(|item| notation(item) + ",").collect();
            format!("Tuple(({}))", items.join(" "))
        }
        Type::List(item) => format!("ListType({})", notation(item)),
        Type::Structured(r) => {
            let axes = Type::Array(ArrayType { dtype: DType::Bool, ndim: r.ndim, layout: r.layout }).to_string();
            let axes = if r.ndim == 0 { "" } else { axes.trim_start_matches("bool") };
            format!("{}{axes}", record_notation(&r.record))
        }
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::host_form;

    #[test]
    fn what_hosts_see_is_read_back() {
        let float = || Type::Scalar(Scalar::FLOAT);
        for ty in [float(), Type::Str, Type::list(float()), Type::list(Type::list(Type::Str))] {
            for ty in [ty.clone(), ty.or_none()] {
                let mut seen: Vec<Type> = host_form(&ty).into_iter().collect();
                assert_eq!(seen.len(), 1);
                seen.push(Type::Str);
                let mut bytes = Vec::new();
                seen.iter().for_each(|ty| encode(ty, &mut bytes));
                assert_eq!(decode_all(&bytes), Some(seen), "{ty}");
            }
        }
    }
}
