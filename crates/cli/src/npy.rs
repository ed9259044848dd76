//! NumPy's `.npy` files (format versions 1.0 to 3.0 of `numpy.lib.format`), in C order.

use nopython_engine::{Array, RecordArray, Value};
use nopython_types::{DType, Element, Field, Kind, Structure};
use std::sync::Arc;

/// Reads a file.
pub fn read(bytes: &[u8]) -> Result<Value, String> {
    let bad = || "not a .npy file".to_owned();
    if bytes.get(..6) != Some(b"\x93NUMPY") {
        return Err(bad());
    }
    let byte = |k: usize| bytes.get(k).copied().map(usize::from).ok_or_else(bad);
    let (start, length) = if byte(6)? == 1 {
        (10, byte(8)? | byte(9)? << 8)
    } else {
        (12, byte(8)? | byte(9)? << 8 | byte(10)? << 16 | byte(11)? << 24)
    };
    let header = bytes.get(start..start + length).ok_or_else(bad)?;
    let header = String::from_utf8_lossy(header);
    let fields = Literal::read(&header).ok_or_else(bad)?.pairs();
    let field = |name: &str| fields.iter().find(|(own, _)| own == name).map(|(_, value)| value).ok_or_else(bad);
    if *field("fortran_order")? == Literal::Word("True".to_owned()) {
        return Err("the array is in Fortran order; save np.ascontiguousarray(a)".to_owned());
    }
    let shape = field("shape")?.counts().ok_or_else(bad)?;
    let element = element(field("descr")?)?;
    let data = bytes.get(start + length..).unwrap_or_default();
    let size = shape.iter().product::<usize>() * element.size() as usize;
    let bytes = data.get(..size).ok_or_else(|| "the file is shorter than its shape".to_owned())?.to_vec();
    Ok(match element {
        Element::Number(dtype) => Value::Array(Array { dtype, shape, bytes }),
        Element::Structure(record) => Value::Records(RecordArray { record, shape, bytes }),
    })
}

/// The dtype that a description stands for.
fn element(descr: &Literal) -> Result<Element, String> {
    match descr {
        Literal::Text(text) => {
            let known = DType::from_name(text.trim_start_matches(['<', '|', '='])).filter(|_| !text.starts_with('>'));
            known.map(Element::Number).ok_or_else(|| format!("the dtype {text} is not supported"))
        }
        Literal::Items(fields) => {
            let bad = || "the dtype is not one that NumPy writes".to_owned();
            let (mut placed, mut at) = (Vec::new(), 0u32);
            for field in fields {
                let Literal::Items(parts) = field else { return Err(bad()) };
                let (name, own, shape) = match parts.as_slice() {
                    [Literal::Text(name), own] => (name, own, Vec::new()),
                    [Literal::Text(name), own, shape] => (name, own, shape.counts().ok_or_else(bad)?),
                    [Literal::Items(_), ..] => return Err("titles of fields are not supported".to_owned()),
                    _ => return Err(bad()),
                };
                // Bytes between fields are a field without a name.
                if let (true, Literal::Text(text)) = (name.is_empty(), own)
                    && let Some(gap) =
                        text.trim_start_matches('|').strip_prefix('V').and_then(|n| n.parse::<u32>().ok())
                {
                    at = at.saturating_add(gap);
                    continue;
                }
                let shape = shape.into_iter().map(u32::try_from).collect::<Result<Vec<_>, _>>().map_err(|_| bad())?;
                let field = Field { name: name.clone(), offset: at, element: element(own)?, shape };
                at = at.saturating_add(field.size());
                placed.push(field);
            }
            Structure::new(placed, at, false).map(|record| Element::Structure(Arc::new(record)))
        }
        _ => Err("the dtype is not one that NumPy writes".to_owned()),
    }
}

/// A literal of Python, as headers have them.
#[derive(Clone, Debug, PartialEq)]
enum Literal {
    Text(String),
    Number(usize),
    /// `True`
    Word(String),
    /// A list or a tuple; of a dict its keys and values in turn.
    Items(Vec<Literal>),
}

impl Literal {
    fn read(text: &str) -> Option<Literal> {
        Literal::next(&mut text.trim_start(), 0)
    }

    fn next(rest: &mut &str, depth: usize) -> Option<Literal> {
        *rest = rest.trim_start();
        let first = rest.chars().next()?;
        let after = rest.get(first.len_utf8()..)?;
        match first {
            '\'' | '"' => {
                let (text, tail) = after.split_once(first)?;
                *rest = tail;
                Some(Literal::Text(text.to_owned()))
            }
            '(' | '[' | '{' if depth < 32 => {
                *rest = after;
                let mut items = Vec::new();
                loop {
                    *rest = rest.trim_start_matches([' ', ',', ':']);
                    if let Some(tail) = rest.strip_prefix([')', ']', '}']) {
                        *rest = tail;
                        return Some(Literal::Items(items));
                    }
                    items.push(Literal::next(rest, depth + 1)?);
                }
            }
            _ => {
                let end = rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len());
                let (word, tail) = rest.split_at(end);
                *rest = tail;
                match word {
                    "" => None,
                    word => Some(word.parse().map_or_else(|_| Literal::Word(word.to_owned()), Literal::Number)),
                }
            }
        }
    }

    /// The items of a dict by their keys.
    fn pairs(self) -> Vec<(String, Literal)> {
        let Literal::Items(items) = self else { return Vec::new() };
        let pairs = items.chunks_exact(2).filter_map(|pair| match pair {
            [Literal::Text(key), value] => Some((key.clone(), value.clone())),
            _ => None,
        });
        pairs.collect()
    }

    fn counts(&self) -> Option<Vec<usize>> {
        let count = |item: &Literal| if let Literal::Number(n) = item { Some(*n) } else { None };
        match self {
            Literal::Items(items) => items.iter().map(count).collect(),
            one => count(one).map(|n| vec![n]),
        }
    }
}

/// Writes an array or records, as a file of version 1.0; nothing of another value.
pub fn write(value: &Value) -> Option<Vec<u8>> {
    let (descr, shape, bytes) = match value {
        Value::Array(array) => (format!("'{}'", code(array.dtype)), &array.shape, &array.bytes),
        Value::Records(records) => (fields(&records.record), &records.shape, &records.bytes),
        _ => return None,
    };
    let mut extents = shape.iter().map(usize::to_string).collect::<Vec<_>>().join(", ");
    if shape.len() == 1 {
        extents.push(',');
    }
    let mut header = format!("{{'descr': {descr}, 'fortran_order': False, 'shape': ({extents}), }}");
    while (10 + header.len() + 1) % 64 != 0 {
        header.push(' ');
    }
    header.push('\n');
    let mut out = b"\x93NUMPY\x01\x00".to_vec();
    out.extend(u16::try_from(header.len()).ok()?.to_le_bytes());
    out.extend(header.as_bytes());
    out.extend(bytes);
    Some(out)
}

/// `<f8`
fn code(dtype: DType) -> String {
    let kind = match dtype.kind() {
        Kind::Bool => 'b',
        Kind::Unsigned => 'u',
        Kind::Signed => 'i',
        Kind::Float => 'f',
        Kind::Complex => 'c',
    };
    format!("{}{kind}{}", if dtype.size() == 1 { '|' } else { '<' }, dtype.size())
}

/// `[('x', '<f8'), ('', '|V4')]`
fn fields(record: &Structure) -> String {
    let mut placed: Vec<&Field> = record.fields.iter().collect();
    placed.sort_by_key(|field| field.offset);
    let (mut parts, mut at) = (Vec::new(), 0);
    let gap = |from: u32, to: u32| (from < to).then(|| format!("('', '|V{}')", to - from));
    for field in placed {
        parts.extend(gap(at, field.offset));
        let own = match &field.element {
            Element::Number(dtype) => format!("'{}'", code(*dtype)),
            Element::Structure(record) => fields(record),
        };
        let shape: Vec<String> = field.shape.iter().map(|n| format!("{n},")).collect();
        let shape = if shape.is_empty() { String::new() } else { format!(", ({})", shape.join(" ")) };
        parts.push(format!("('{}', {own}{shape})", field.name));
        at = field.offset + field.size();
    }
    parts.extend(gap(at, record.size));
    format!("[{}]", parts.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_round_trip() {
        let array = Value::Array(Array { dtype: DType::Int32, shape: vec![2, 3], bytes: (0..24).collect() });
        assert_eq!(read(&write(&array).unwrap()).unwrap(), array);
        assert!(read(b"spam").is_err());
        assert!(read(b"\x93NUMPY\x01\x00\xff\xff").is_err());
    }

    #[test]
    fn records_round_trip() {
        let inner = Structure::packed(
            vec![
                ("shape".into(), Element::Number(DType::Int16), vec![2, 2]),
                ("z".into(), Element::Number(DType::Bool), vec![]),
            ],
            true,
            false,
        );
        let fields = vec![
            ("descr".to_owned(), Element::Number(DType::UInt8), Vec::new()),
            ("x".to_owned(), Element::Number(DType::Float64), Vec::new()),
            ("p".to_owned(), Element::Structure(Arc::new(inner.unwrap())), vec![2]),
        ];
        for aligned in [false, true] {
            let record = Arc::new(Structure::packed(fields.clone(), aligned, false).unwrap());
            let bytes = (0..record.size as usize * 2).map(|k| k as u8).collect();
            let records = Value::Records(RecordArray { record, shape: vec![2], bytes });
            assert_eq!(read(&write(&records).unwrap()).unwrap(), records);
        }
    }
}
