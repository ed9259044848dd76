//! What a host must know about a compiled module: its functions and the places where it can raise.

use crate::Type;
use core::fmt;

/// Everything a host needs besides the wasm bytes.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Interface {
    /// Name of the Python source, as given by the user (`kernels.py`).
    pub file: String,
    /// Exported functions, overloads of one function adjacent and in the order to try.
    pub exports: Vec<Export>,
    /// Whether the module prints: it then imports `np.print`.
    pub prints: bool,
    /// Places that can raise; `raise(site, a, b)` passes an index into this table.
    pub sites: Vec<Site>,
}

/// One exported specialisation of a Python function.
#[derive(Clone, Debug, PartialEq)]
pub struct Export {
    /// The Python name, under which a host presents it.
    pub name: String,
    /// The name of the wasm export: the Python name, or `name#k` for the k-th further overload.
    pub symbol: String,
    /// The docstring, cleaned as `inspect.cleandoc` does.
    pub doc: Option<String>,
    /// Parameters in order.
    pub params: Vec<Param>,
    /// What it returns.
    pub result: Type,
    /// Line of the `def`, counted from 1.
    pub line: u32,
}

impl Export {
    /// Whether a parameter or the result has a list in it: a host then reads lists before it frees what a call has made.
    #[must_use]
    pub fn holds_list(&self) -> bool {
        self.result.holds_list() || self.params.iter().any(|param| param.ty.holds_list())
    }
}

/// A parameter of an exported function.
#[derive(Clone, Debug, PartialEq)]
pub struct Param {
    /// The Python name.
    pub name: String,
    /// Its type.
    pub ty: Type,
    /// The value where it is not given, if it may be left out and the value is known while compiling.
    pub default: Option<Literal>,
    /// Whether the function may write to the array's memory.
    pub written: bool,
    /// How a call gives its argument.
    pub passing: Passing,
}

/// How a call gives an argument.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Passing {
    /// By its position or by its name.
    #[default]
    Either,
    /// By its position alone: it stands before `/`, or is one of `*args`.
    Position,
    /// By its name alone: it stands behind `*`.
    Keyword,
}

/// The value of a default. Its text is Python's, with `inf` and `nan` as floats.
#[derive(Clone, Debug, PartialEq)]
pub enum Literal {
    /// `None`
    None,
    /// `True` or `False`
    Bool(bool),
    /// An integer, which need not fit 64 bits.
    Int(i128),
    /// A float.
    Float(f64),
    /// A complex number: its real and its imaginary part.
    Complex(f64, f64),
    /// A string.
    Str(String),
    /// A tuple.
    Tuple(Vec<Literal>),
    /// A list.
    List(Vec<Literal>),
}

impl fmt::Display for Literal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Literal::None => f.write_str("None"),
            Literal::Bool(true) => f.write_str("True"),
            Literal::Bool(false) => f.write_str("False"),
            Literal::Int(value) => write!(f, "{value}"),
            Literal::Float(value) if value.is_nan() => f.write_str("nan"),
            Literal::Float(value) if value.abs() >= 1e16 && value.is_finite() => write!(f, "{value:e}"),
            Literal::Float(value) if value.fract() == 0.0 => write!(f, "{value}.0"),
            Literal::Float(value) => write!(f, "{value}"),
            Literal::Str(text) => f.write_str(&quoted(text)),
            Literal::Complex(re, im) => write!(f, "complex({}, {})", Literal::Float(*re), Literal::Float(*im)),
            Literal::Tuple(items) => {
                f.write_str("(")?;
                separated(f, items)?;
                f.write_str(if items.len() == 1 { ",)" } else { ")" })
            }
            Literal::List(items) => {
                f.write_str("[")?;
                separated(f, items)?;
                f.write_str("]")
            }
        }
    }
}

fn separated(f: &mut fmt::Formatter<'_>, items: &[Literal]) -> fmt::Result {
    items.iter().enumerate().try_for_each(|(k, item)| write!(f, "{}{item}", if k == 0 { "" } else { ", " }))
}

/// A string as Python's `repr` writes it; characters beyond ASCII are written as they are.
#[must_use]
pub fn quoted(text: &str) -> String {
    let quote = if text.contains('\'') && !text.contains('"') { '"' } else { '\'' };
    let mut out = String::from(quote);
    for c in text.chars() {
        match c {
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if c == quote => out.extend(['\\', c]),
            c if u32::from(c) < 0x20 || (0x7f..0xa1).contains(&u32::from(c)) || c == '\u{ad}' => {
                out.push_str(&format!("\\x{:02x}", u32::from(c)));
            }
            c => out.push(c),
        }
    }
    out.push(quote);
    out
}

/// A Python exception class that compiled code raises.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Exception {
    /// `IndexError`
    Index,
    /// `ValueError`
    Value,
    /// `TypeError`
    Type,
    /// `ZeroDivisionError`
    ZeroDivision,
    /// `OverflowError`
    Overflow,
    /// `ArithmeticError`
    Arithmetic,
    /// `MemoryError`
    Memory,
    /// `RecursionError`
    Recursion,
    /// `RuntimeError`
    Runtime,
    /// `AssertionError`
    Assertion,
    /// `NotImplementedError`
    NotImplemented,
    /// `KeyError`
    Key,
    /// `AttributeError`
    Attribute,
    /// `UnboundLocalError`
    UnboundLocal,
    /// `numpy.linalg.LinAlgError`, a `ValueError`
    LinAlg,
    /// `Exception` itself.
    Plain,
}

impl Exception {
    /// Every exception.
    pub const ALL: [Exception; 16] = [
        Exception::Index,
        Exception::Value,
        Exception::Type,
        Exception::ZeroDivision,
        Exception::Overflow,
        Exception::Arithmetic,
        Exception::Memory,
        Exception::Recursion,
        Exception::Runtime,
        Exception::Assertion,
        Exception::NotImplemented,
        Exception::Key,
        Exception::Attribute,
        Exception::UnboundLocal,
        Exception::LinAlg,
        Exception::Plain,
    ];

    /// Python's name of the class.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Exception::Index => "IndexError",
            Exception::Value => "ValueError",
            Exception::Type => "TypeError",
            Exception::ZeroDivision => "ZeroDivisionError",
            Exception::Overflow => "OverflowError",
            Exception::Arithmetic => "ArithmeticError",
            Exception::Memory => "MemoryError",
            Exception::Recursion => "RecursionError",
            Exception::Runtime => "RuntimeError",
            Exception::Assertion => "AssertionError",
            Exception::NotImplemented => "NotImplementedError",
            Exception::Key => "KeyError",
            Exception::Attribute => "AttributeError",
            Exception::UnboundLocal => "UnboundLocalError",
            Exception::LinAlg => "LinAlgError",
            Exception::Plain => "Exception",
        }
    }

    /// The exception a Python name stands for.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Exception> {
        Exception::ALL.into_iter().find(|e| e.name() == name)
    }
}

/// A place in the Python source that can raise, with the exception it raises.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Site {
    /// The exception class.
    pub exception: Exception,
    /// The message, in which `{a}` and `{b}` stand for the two numbers passed at run time.
    pub message: String,
    /// The Python function the place is in.
    pub function: String,
    /// Line, counted from 1.
    pub line: u32,
    /// Column in characters, counted from 1.
    pub column: u32,
}

impl Site {
    /// Whether the place is known: without a line it is where the function around it is called.
    #[must_use]
    pub const fn is_placed(&self) -> bool {
        self.line > 0
    }
}

impl fmt::Display for Exception {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
