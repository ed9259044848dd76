//! Values while inferring: what is known while compiling beside what is computed at run time.

use nopython_diagnostics::quoted;
use nopython_ir::typed::Expr;
use nopython_types::{Scalar, Type};

/// The value of a Python expression.
#[derive(Clone, Debug, PartialEq)]
pub enum Val {
    /// Computed at run time; a constant is an `ExprKind::Const`.
    Expr(Expr),
    /// A tuple display or another tuple whose items are known separately.
    Tuple(Vec<Val>),
    /// A list display that nothing changes, and where it stands: a function that changes the list makes it one at run time.
    List(Vec<Val>, Option<u32>),
    /// Known while compiling.
    Static(Static),
}

/// What is known while compiling and has no run-time form.
#[derive(Clone, Debug, PartialEq)]
pub enum Static {
    /// `None`, and `np.newaxis`.
    None,
    /// `...`
    Ellipsis,
    /// A Python int that does not fit int64, exactly if it fits 127 bits and a sign.
    Huge(Option<i128>),
    /// A string.
    Str(String),
    /// A module.
    Module(Module),
    /// A module that is not compiled, or a name imported from one.
    Foreign(String),
    /// A class of the user's module.
    Class(String),
    /// A function of NumPy, by its name in the registry.
    Library(String),
    /// A function that only library bodies may call.
    Intrinsic(String),
    /// A function of `math`.
    Math(String),
    /// A built-in function of Python.
    Builtin(String),
    /// A name of Numba or of this project: a decorator, `prange`.
    Numba(String),
    /// A scalar type: `np.float32`, or `float` itself, which is weak.
    ScalarType(Scalar),
    /// `np.iinfo(dtype)` or `np.finfo(dtype)`: the limits of a dtype.
    Limits(nopython_types::DType),
    /// Another type object, such as `float64[:, ::1]`.
    Type(Type),
    /// A function of the user's module, by index.
    Function(usize),
    /// A method of a value.
    Method(Box<Val>, String),
    /// An exception class.
    Exception(nopython_types::Exception),
}

/// A module that may be imported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Module {
    /// `numpy`
    Numpy,
    /// `numpy.linalg`
    NumpyLinalg,
    /// `numpy.typing`
    NumpyTyping,
    /// `math`
    Math,
    /// `numba` or `nopython`
    Numba,
    /// `numba.types`
    NumbaTypes,
}

impl Val {
    /// `None`.
    pub const NONE: Val = Val::Static(Static::None);

    /// Whether this is an array or a nested list that holds one.
    pub fn holds_array(&self) -> bool {
        match self {
            Val::Expr(e) => matches!(e.ty, Type::Array(_)),
            Val::List(items, _) | Val::Tuple(items) => items.iter().any(Val::holds_array),
            Val::Static(_) => false,
        }
    }

    /// How much it holds at run time, see [`Type::width`].
    pub fn width(&self) -> usize {
        match self {
            Val::Expr(e) => e.ty.width(),
            Val::Tuple(items) | Val::List(items, _) => items.iter().map(Val::width).sum::<usize>().max(1),
            Val::Static(_) => 1,
        }
    }

    /// Adds what is computed at run time in this value.
    pub fn parts<'v>(&'v self, found: &mut Vec<&'v Expr>) {
        match self {
            Val::Expr(e) => found.push(e),
            Val::Tuple(items) | Val::List(items, _) => items.iter().for_each(|item| item.parts(found)),
            Val::Static(_) => {}
        }
    }

    /// How a user would call this kind of value.
    pub fn describe(&self) -> String {
        match self {
            Val::Expr(e) => e.ty.to_string(),
            Val::Tuple(items) => {
                let items: Vec<String> = items.iter().map(Val::describe).collect();
                format!("({})", items.join(", "))
            }
            Val::List(..) => "a list".to_owned(),
            Val::Static(s) => match s {
                Static::None => "None".to_owned(),
                Static::Ellipsis => "...".to_owned(),
                Static::Huge(_) => "an integer of more than 64 bits".to_owned(),
                Static::Str(text) => format!("the string {}", quoted(text)),
                Static::Module(_) => "a module".to_owned(),
                Static::Foreign(name) => format!("`{}`", name.strip_prefix("builtins.").unwrap_or(name)),
                Static::Class(name) => format!("the class `{name}`"),
                Static::Library(name) => format!("the function np.{name}"),
                Static::Math(name) => format!("the function math.{name}"),
                Static::Builtin(name) | Static::Intrinsic(name) | Static::Numba(name) => format!("the function {name}"),
                Static::ScalarType(s) => format!("the type {s}"),
                Static::Limits(d) => format!("the limits of {d}"),
                Static::Type(t) => format!("the type {t}"),
                Static::Function(_) => "a function".to_owned(),
                Static::Method(_, name) => format!("the method {name}"),
                Static::Exception(e) => format!("the class {e}"),
            },
        }
    }
}
