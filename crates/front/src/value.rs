//! Values while inferring: what is known while compiling beside what is computed at run time.

use nopython_diagnostics::quoted;
use nopython_ir::typed::Expr;
use nopython_types::{Names, Scalar, Structure, Type};
use std::sync::Arc;

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
    /// A class of named tuples.
    Named(Box<NamedClass>),
    /// A function of NumPy, by its name in the registry.
    Library(String),
    /// A function that only library bodies may call.
    Intrinsic(String),
    /// A function of `math`.
    Math(String),
    /// A function of `cmath`.
    Cmath(String),
    /// A built-in function of Python.
    Builtin(String),
    /// A name of Numba or of this project: a decorator, `prange`.
    Numba(String),
    /// A scalar type: `np.float32`, or `float` itself, which is weak.
    ScalarType(Scalar),
    /// A structured dtype.
    RecordType(Arc<Structure>),
    /// `np.iinfo(dtype)` or `np.finfo(dtype)`: the limits of a dtype.
    Limits(nopython_types::DType),
    /// Another type object, such as `float64[:, ::1]`.
    Type(Type),
    /// A function of the user's module, by index.
    Function(usize),
    /// A function written inside another one, or a lambda.
    Closure(Box<Closure>),
    /// `functools.partial(function, *positional, **named)`
    Partial(Box<Partial>),
    /// A function of `operator` that is an operator of Python.
    Operator(String),
    /// `slice(start, stop, step)`
    Slice(Box<[Val; 3]>),
    /// What `**kwargs` stands for: values by name, in the order of the call.
    Keywords(Vec<(String, Val)>),
    /// A view of a dict: its `keys`, `values` or `items`.
    View(Box<Val>, String),
    /// A method of a value.
    Method(Box<Val>, String),
    /// An exception class.
    Exception(nopython_types::Exception),
}

/// A `def` or a `lambda` as a value of the body in which it is.
#[derive(Clone, Debug, PartialEq)]
pub struct Closure {
    /// Which definition, by index among the nested ones.
    pub definition: usize,
    /// Where the names of enclosing functions are looked up: a scope of the body; nothing if only the module is around it.
    pub scope: Option<usize>,
    /// The defaults of its parameters, which are evaluated where it is defined.
    pub defaults: Vec<Option<Val>>,
    /// Its name, for messages.
    pub name: String,
}

/// A function with some of its arguments.
#[derive(Clone, Debug, PartialEq)]
pub struct Partial {
    /// The function.
    pub function: Val,
    /// Arguments that come first.
    pub positional: Vec<Val>,
    /// Arguments by name, which a call may replace.
    pub named: Vec<(String, Val)>,
}

/// A class of named tuples.
#[derive(Clone, Debug, PartialEq)]
pub struct NamedClass {
    /// Its name and those of its fields.
    pub names: Arc<Names>,
    /// For each field its default, if it has one.
    pub defaults: Vec<Option<Val>>,
}

/// A module that may be imported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Module {
    /// `numpy`
    Numpy,
    /// One whose functions are entries of the library, which begin with this: `linalg.` is `numpy.linalg`.
    Library(&'static str),
    /// `numpy.typing`
    NumpyTyping,
    /// `math`
    Math,
    /// `cmath`
    Cmath,
    /// `numba` or `nopython`
    Numba,
    /// `numba.types`
    NumbaTypes,
    /// `functools`
    Functools,
    /// `operator`
    Operator,
    /// `collections`
    Collections,
    /// `builtins`
    Builtins,
}

impl Val {
    /// `None`.
    pub const NONE: Val = Val::Static(Static::None);

    /// Whether this is an array or a nested list that holds one.
    pub fn holds_array(&self) -> bool {
        match self {
            Val::Expr(e) => matches!(e.ty, Type::Array(_) | Type::Structured(_)),
            Val::List(items, _) | Val::Tuple(items) => items.iter().any(Val::holds_array),
            Val::Static(_) => false,
        }
    }

    /// How much it holds at run time, see [`Type::width`].
    pub fn width(&self) -> usize {
        match self {
            Val::Expr(e) => e.ty.width(),
            Val::Tuple(items) | Val::List(items, _) => items.iter().map(Val::width).sum::<usize>().max(1),
            Val::Static(_) => self.inner().into_iter().map(Val::width).sum::<usize>() + 1,
        }
    }

    /// Adds what is computed at run time in this value.
    pub fn parts<'v>(&'v self, found: &mut Vec<&'v Expr>) {
        match self {
            Val::Expr(e) => found.push(e),
            other => other.inner().into_iter().for_each(|item| item.parts(found)),
        }
    }

    /// The values that this one is made of, in the order of [`Val::map_inner`].
    pub fn inner(&self) -> Vec<&Val> {
        match self {
            Val::Tuple(items) | Val::List(items, _) => items.iter().collect(),
            Val::Static(Static::Closure(closure)) => closure.defaults.iter().flatten().collect(),
            Val::Static(Static::Named(class)) => class.defaults.iter().flatten().collect(),
            Val::Static(Static::Partial(partial)) => {
                let first = std::iter::once(&partial.function).chain(&partial.positional);
                first.chain(partial.named.iter().map(|(_, value)| value)).collect()
            }
            Val::Static(Static::Keywords(pairs)) => pairs.iter().map(|(_, value)| value).collect(),
            Val::Static(Static::Method(receiver, _) | Static::View(receiver, _)) => vec![receiver],
            Val::Static(Static::Slice(bounds)) => bounds.iter().collect(),
            Val::Expr(_) | Val::Static(_) => Vec::new(),
        }
    }

    /// The same value made of others.
    pub fn map_inner<E>(self, f: &mut dyn FnMut(Val) -> Result<Val, E>) -> Result<Val, E> {
        let all = |items: Vec<Val>, f: &mut dyn FnMut(Val) -> Result<Val, E>| {
            items.into_iter().map(f).collect::<Result<Vec<_>, E>>()
        };
        Ok(match self {
            Val::Tuple(items) => Val::Tuple(all(items, f)?),
            Val::List(items, site) => Val::List(all(items, f)?, site),
            Val::Static(Static::Closure(mut closure)) => {
                closure.defaults =
                    closure.defaults.into_iter().map(|d| d.map(&mut *f).transpose()).collect::<Result<_, _>>()?;
                Val::Static(Static::Closure(closure))
            }
            Val::Static(Static::Named(mut class)) => {
                class.defaults =
                    class.defaults.into_iter().map(|d| d.map(&mut *f).transpose()).collect::<Result<_, _>>()?;
                Val::Static(Static::Named(class))
            }
            Val::Static(Static::Partial(partial)) => {
                let Partial { function, positional, named } = *partial;
                let function = f(function)?;
                let positional = all(positional, f)?;
                let named = mapped(named, f)?;
                Val::Static(Static::Partial(Box::new(Partial { function, positional, named })))
            }
            Val::Static(Static::Keywords(pairs)) => Val::Static(Static::Keywords(mapped(pairs, f)?)),
            Val::Static(Static::Slice(bounds)) => {
                let [start, stop, step] = *bounds;
                Val::Static(Static::Slice(Box::new([f(start)?, f(stop)?, f(step)?])))
            }
            Val::Static(Static::View(receiver, name)) => Val::Static(Static::View(Box::new(f(*receiver)?), name)),
            Val::Static(Static::Method(receiver, name)) => Val::Static(Static::Method(Box::new(f(*receiver)?), name)),
            other => other,
        })
    }

    /// Whether this is something that is known while compiling and returned as such, or holds one: what can be called, a slice.
    pub fn holds_function(&self) -> bool {
        let is_function = matches!(
            self,
            Val::Static(
                Static::Function(_)
                    | Static::Closure(_)
                    | Static::Partial(_)
                    | Static::Operator(_)
                    | Static::Named(_)
                    | Static::Library(_)
                    | Static::Math(_)
                    | Static::Cmath(_)
                    | Static::Builtin(_)
                    | Static::Keywords(_)
                    | Static::Slice(_)
            )
        );
        is_function || self.inner().into_iter().any(Val::holds_function)
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
                Static::Foreign(name) => match name.strip_prefix("builtins.values.") {
                    Some(class) => format!("a value of type `{class}`"),
                    None => format!("`{}`", name.strip_prefix("builtins.").unwrap_or(name)),
                },
                Static::Class(name) => format!("the class `{name}`"),
                Static::Named(class) => format!("the class `{}`", class.names.class),
                Static::Library(name) => format!("the function np.{name}"),
                Static::Math(name) => format!("the function math.{name}"),
                Static::Cmath(name) => format!("the function cmath.{name}"),
                Static::Builtin(name) | Static::Intrinsic(name) | Static::Numba(name) => format!("the function {name}"),
                Static::ScalarType(s) => format!("the type {s}"),
                Static::RecordType(record) => format!("the dtype {record}"),
                Static::Limits(d) => format!("the limits of {d}"),
                Static::Type(t) => format!("the type {t}"),
                Static::Function(_) => "a function".to_owned(),
                Static::Closure(closure) if closure.name == "<lambda>" => "a lambda".to_owned(),
                Static::Closure(closure) => format!("the function {}", closure.name),
                Static::Partial(_) => "a function with some of its arguments".to_owned(),
                Static::Operator(name) => format!("the function operator.{name}"),
                Static::Slice(_) => "a slice".to_owned(),
                Static::Keywords(_) => "the keywords of a call".to_owned(),
                Static::View(_, name) => format!("the {name} of a dict"),
                Static::Method(_, name) => format!("the method {name}"),
                Static::Exception(e) => format!("the class {e}"),
            },
        }
    }
}

/// Values by name, each replaced.
fn mapped<E>(pairs: Vec<(String, Val)>, f: &mut dyn FnMut(Val) -> Result<Val, E>) -> Result<Vec<(String, Val)>, E> {
    pairs.into_iter().map(|(name, value)| Ok((name, f(value)?))).collect()
}
