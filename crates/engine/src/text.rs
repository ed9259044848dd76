//! Python's text forms: shortest floats, and literals.

use crate::value::{Array, Value};
use nopython_types::{DType, Scalar};

/// A float as Python's `repr` writes it: the shortest digits that read back as the same number.
pub fn float_repr(value: f64, single: bool) -> String {
    if value.is_nan() {
        return "nan".to_owned();
    }
    if value.is_infinite() {
        return if value > 0.0 { "inf" } else { "-inf" }.to_owned();
    }
    let scientific = if single { format!("{:e}", value as f32) } else { format!("{value:e}") };
    let (digits, exponent) = scientific.split_once('e').unwrap_or((&scientific, "0"));
    let exponent: i32 = exponent.parse().unwrap_or(0);
    if value != 0.0 && !(-4..16).contains(&exponent) {
        let sign = if exponent < 0 { '-' } else { '+' };
        return format!("{digits}e{sign}{:02}", exponent.abs());
    }
    let plain = if single { format!("{}", value as f32) } else { format!("{value}") };
    if plain.contains('.') { plain } else { format!("{plain}.0") }
}

/// A complex number as Python's `repr` writes it: `(1+2j)`, or `2j` where the real part is 0.
pub fn complex_repr(re: f64, im: f64, single: bool) -> String {
    let part = |v| {
        let text = float_repr(v, single);
        text.strip_suffix(".0").map_or(text.clone(), str::to_owned)
    };
    let imaginary = part(im);
    if re == 0.0 && re.is_sign_positive() {
        return format!("{imaginary}j");
    }
    let sign = if imaginary.starts_with('-') { "" } else { "+" };
    format!("({}{sign}{imaginary}j)", part(re))
}

/// A number that ends in `j`, with a real part before it or without: `1+2j`, `-2.5e3j`.
fn complex(text: &str) -> Option<Value> {
    let text = text.strip_suffix(['j', 'J'])?;
    let number = |text: &str| {
        let is_number =
            text.ends_with(|c: char| c.is_ascii_digit() || c == '.') || text.ends_with("inf") || text.ends_with("nan");
        is_number.then(|| text.parse::<f64>().ok()).flatten()
    };
    // The sign between the parts is the last one that is not of an exponent.
    let between = text
        .char_indices()
        .rev()
        .find(|&(at, c)| at > 0 && matches!(c, '+' | '-') && !text.get(..at).unwrap_or_default().ends_with(['e', 'E']));
    let (re, im) = match between {
        Some((at, _)) => (number(text.get(..at)?)?, number(text.get(at..)?)?),
        None => (0.0, number(text)?),
    };
    Some(Value::Complex(Scalar::COMPLEX, re, im))
}

/// A Python literal: a number, a bool, a tuple, a dict or a set, or a nested list, which becomes an array of int64, float64 or bool if its items form one.
///
/// # Errors
/// What cannot be read.
pub fn parse_literal(text: &str) -> Result<Value, String> {
    let mut parser = Parser { text, rest: text.trim(), depth: 0 };
    let value = parser.value()?;
    if parser.rest.trim().is_empty() { Ok(value) } else { Err(format!("cannot read `{text}` as a Python literal")) }
}

struct Parser<'t> {
    text: &'t str,
    rest: &'t str,
    /// How many brackets are open.
    depth: usize,
}

/// How deep literals may be nested: deeper than any type.
const DEEPEST: usize = 64;

impl<'t> Parser<'t> {
    fn error<T>(&self) -> Result<T, String> {
        Err(format!(
            "cannot read `{}` as a Python literal: a number, True, False, a string in quotes, a list such as [1, 2, 3], or a tuple",
            self.text
        ))
    }

    fn value(&mut self) -> Result<Value, String> {
        self.rest = self.rest.trim_start();
        match self.rest.chars().next() {
            Some('[') => {
                let items = self.items(']')?;
                Ok(array(&items).unwrap_or(Value::List(items)))
            }
            Some('(') => {
                let comma = self.rest.contains(',');
                let mut items = self.items(')')?;
                Ok(if items.len() == 1 && !comma { items.remove(0) } else { Value::Tuple(items) })
            }
            // A dict or a set is the list of its entries, as hosts pass it.
            Some('{') => self.items('}').map(Value::List),
            Some(quote @ ('\'' | '"')) => self.string(quote),
            Some(_) => self.scalar(),
            None => self.error(),
        }
    }

    fn items(&mut self, close: char) -> Result<Vec<Value>, String> {
        let mut items = Vec::new();
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(format!("a literal is nested more than {DEEPEST} deep"));
        }
        self.rest = self.rest.get(1..).unwrap_or_default().trim_start();
        loop {
            if let Some(rest) = self.rest.strip_prefix(close) {
                self.rest = rest;
                self.depth -= 1;
                return Ok(items);
            }
            let item = self.value()?;
            self.rest = self.rest.trim_start();
            items.push(match (close, self.rest.strip_prefix(':')) {
                ('}', Some(rest)) => {
                    self.rest = rest;
                    Value::Tuple(vec![item, self.value()?])
                }
                ('}', None) => Value::Tuple(vec![item]),
                _ => item,
            });
            self.rest = self.rest.trim_start();
            match self.rest.strip_prefix(',') {
                Some(rest) => self.rest = rest.trim_start(),
                None if self.rest.starts_with(close) => {}
                None => return self.error(),
            }
        }
    }

    /// A string in quotes, with the escapes that `repr` writes.
    fn string(&mut self, quote: char) -> Result<Value, String> {
        let mut text = String::new();
        let mut rest = self.rest.chars();
        rest.next();
        loop {
            let Some(c) = rest.next() else { return self.error() };
            if c == quote {
                break;
            }
            if c != '\\' {
                text.push(c);
                continue;
            }
            let kind = rest.next();
            let mut code = |digits: usize| {
                let hex: String = rest.by_ref().take(digits).collect();
                u32::from_str_radix(&hex, 16).ok().and_then(char::from_u32)
            };
            let escaped = match kind {
                Some('n') => Some('\n'),
                Some('r') => Some('\r'),
                Some('t') => Some('\t'),
                Some('x') => code(2),
                Some('u') => code(4),
                Some('U') => code(8),
                Some(c @ ('\\' | '\'' | '"')) => Some(c),
                _ => None,
            };
            let Some(escaped) = escaped else { return self.error() };
            text.push(escaped);
        }
        self.rest = rest.as_str();
        Ok(Value::Str(text))
    }

    fn scalar(&mut self) -> Result<Value, String> {
        let end = self.rest.find([',', ']', ')', ' ', '}', ':']).unwrap_or(self.rest.len());
        let (word, rest) = self.rest.split_at(end);
        let text = word.replace('_', "");
        let value = match text.as_str() {
            "True" => Value::Int(Scalar::BOOL, 1),
            "False" => Value::Int(Scalar::BOOL, 0),
            "nan" | "inf" | "-inf" => Value::Float(Scalar::FLOAT, text.parse().unwrap_or(f64::NAN)),
            _ => match (text.parse::<i64>(), text.parse::<f64>()) {
                (Ok(v), _) => Value::Int(Scalar::INT, v),
                (_, Ok(v)) if text.contains(['.', 'e', 'E']) => Value::Float(Scalar::FLOAT, v),
                _ if complex(&text).is_some() => complex(&text).unwrap_or_default(),
                _ if is_integer(&text) => match text.parse::<u64>() {
                    // As in NumPy, an integer that only uint64 holds is one.
                    Ok(v) if self.depth == 0 => Value::Int(Scalar::strong(DType::UInt64), v.cast_signed()),
                    _ => {
                        return Err(format!("`{word}` does not fit into int64: integers are from -2**63 to 2**63 - 1"));
                    }
                },
                _ => return self.error(),
            },
        };
        self.rest = rest;
        Ok(value)
    }
}

fn is_integer(text: &str) -> bool {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit())
}

/// Items as an array of their common dtype.
fn array(items: &[Value]) -> Option<Value> {
    let mut shape = vec![items.len()];
    let mut flat = Vec::new();
    let inner: Vec<&Array> =
        items.iter().filter_map(|v| if let Value::Array(a) = v { Some(a) } else { None }).collect();
    if inner.len() == items.len()
        && let Some(first) = inner.first()
    {
        if inner.iter().any(|a| a.shape != first.shape) {
            return None;
        }
        shape.extend(&first.shape);
        for a in &inner {
            flat.extend(a.elements());
        }
    } else if inner.is_empty() {
        flat = items.to_vec();
    } else {
        return None;
    }
    let complex = flat.iter().any(|v| matches!(v, Value::Complex(..)));
    let float = flat.iter().any(|v| matches!(v, Value::Float(..))) || flat.is_empty();
    let all_bool = flat.iter().all(|v| matches!(v, Value::Int(s, _) if s.dtype == DType::Bool));
    let dtype = if complex {
        DType::Complex128
    } else if float {
        DType::Float64
    } else if all_bool {
        DType::Bool
    } else {
        DType::Int64
    };
    let mut bytes = Vec::new();
    for value in &flat {
        match (value, dtype) {
            (Value::Int(_, v), DType::Bool) => bytes.push(u8::from(*v != 0)),
            (Value::Int(_, v), DType::Int64) => bytes.extend(v.to_le_bytes()),
            (Value::Complex(_, re, im), _) => bytes.extend([*re, *im].into_iter().flat_map(f64::to_le_bytes)),
            (Value::Int(_, v), DType::Complex128) => {
                bytes.extend([*v as f64, 0.0].into_iter().flat_map(f64::to_le_bytes));
            }
            (Value::Float(_, v), DType::Complex128) => bytes.extend([*v, 0.0].into_iter().flat_map(f64::to_le_bytes)),
            (Value::Int(_, v), _) => bytes.extend((*v as f64).to_le_bytes()),
            (Value::Float(_, v), _) => bytes.extend(v.to_le_bytes()),
            _ => return None,
        }
    }
    Some(Value::Array(Array { dtype, shape, bytes }))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Forms as CPython 3.11 prints them.
    #[test]
    fn floats_are_python_repr() {
        for text in [
            "0.1",
            "1.0",
            "-0.0",
            "1e-05",
            "1e+16",
            "1234567.0",
            "0.0001",
            "1.5e+300",
            "inf",
            "nan",
            "123456789012345.0",
        ] {
            assert_eq!(float_repr(text.parse().unwrap(), false), text);
        }
        assert_eq!(float_repr(f64::from(0.1f32), true), "0.1");
    }

    #[test]
    fn literals_round_trip() {
        for (text, canonical) in [
            ("3", "int 3"),
            ("True", "bool True"),
            ("[1, 2]", "int64[2] [1, 2]"),
            ("[[1, 2.5], [3, 4]]", "float64[2, 2] [[1.0, 2.5], [3.0, 4.0]]"),
            ("(1, 2.0)", "(int 1, float 2.0)"),
            ("(1,)", "(int 1,)"),
            ("[1, 2j]", "complex128[2] [(1+0j), 2j]"),
            ("'a\\n\"b\\''", "str 'a\\n\"b\\''"),
            ("[\"é\", '\\x41']", "[str 'é', str 'A']"),
        ] {
            assert_eq!(parse_literal(text).unwrap().to_string(), canonical);
        }
        assert_eq!(parse_literal("[[1], [2, 3]]").unwrap().to_string(), "[int64[1] [1], int64[2] [2, 3]]");
        assert!(parse_literal("spam").is_err());
        assert!(parse_literal("-99999999999999999999").unwrap_err().contains("int64"));
    }
}
