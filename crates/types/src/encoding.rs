//! Types as bytes: what hosts look calls up by, and what they keep.
//!
//! A scalar is one byte, its place in [`DType::ALL`], with [`WEAK`] for a Python scalar; an array is [`ARRAY`] with its layout, then
//! dtype and rank; a tuple [`TUPLE`] and its length, then its items; a named tuple [`NAMED`], its length, its name and
//! those of its fields, each after its length in bytes, then its items; a list [`LIST`], then its items' type; a string is [`STR`], `None` [`NONE`]. Several types stand one after another.

use crate::{ArrayType, DType, Items, Layout, Names, Scalar, Type};
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
        other => other.to_string(),
    }
}
