//! Arguments by name of what is written in Rust: built-in functions, `range` and its like, types, functions of `math`, `cmath` and `operator`.
//!
//! What is written in Python binds its arguments by its signature (`calls::bind_arguments`). Here a table says which parameters have names, and whatever a call gives
//! beyond them is refused, so that no function has to look for keywords that it does not know.

use super::body::Body;
use super::calls::Args;
use super::{Answer, Stop};
use crate::value::{Static, Val};
use nopython_diagnostics::codes;
use ruff_python_ast as ast;

/// The parameters of a function that have names.
#[derive(Clone, Copy, Default)]
struct Named {
    /// Those that may be given by position too; an empty name is that of a parameter that has none.
    positions: &'static [&'static str],
    /// Those that are given by name alone.
    only: &'static [&'static str],
}

/// The functions of which some parameter has a name.
const NAMED: [(&str, Named); 12] = [
    ("complex", Named { positions: &["real", "imag"], only: &[] }),
    ("enumerate", Named { positions: &["iterable", "start"], only: &[] }),
    ("int", Named { positions: &["", "base"], only: &[] }),
    ("max", Named { positions: &[], only: &["key", "default"] }),
    ("min", Named { positions: &[], only: &["key", "default"] }),
    ("pow", Named { positions: &["base", "exp", "mod"], only: &[] }),
    ("print", Named { positions: &[], only: &["sep", "end", "file", "flush"] }),
    ("round", Named { positions: &["number", "ndigits"], only: &[] }),
    ("sorted", Named { positions: &[], only: &["key", "reverse"] }),
    ("str", Named { positions: &["object"], only: &[] }),
    ("sum", Named { positions: &["", "start"], only: &[] }),
    ("zip", Named { positions: &[], only: &["strict"] }),
];

/// Built-in functions that take names of the caller's choice, or look at them on their own.
const FREE: [&str; 5] = ["collections.namedtuple", "dtype", "from_dtype", "functools.partial", "dict"];

/// The name of a function whose arguments are bound here, and in which module it is.
fn bound_here(function: &Val) -> Option<(&'static str, String)> {
    let Val::Static(function) = function else { return None };
    match function {
        Static::Builtin(name) if FREE.contains(&name.as_str()) => None,
        Static::Builtin(name) => Some(("", name.clone())),
        Static::Numba(name) if name == "prange" => Some(("", name.clone())),
        Static::ScalarType(scalar) => Some((if scalar.weak { "" } else { "np." }, scalar.to_string())),
        Static::Math(name) => Some(("math.", name.clone())),
        Static::Cmath(name) => Some(("cmath.", name.clone())),
        Static::Operator(name) => Some(("operator.", name.clone())),
        _ => None,
    }
}

fn named(module: &str, name: &str) -> Named {
    let found = NAMED.iter().find(|(own, _)| module.is_empty() && *own == name);
    found.map(|(_, named)| *named).unwrap_or_default()
}

impl Body<'_, '_> {
    /// The arguments of a call with those by name at their positions; what is left has names that the function takes by name alone.
    pub(super) fn bind_names(&self, function: &Val, mut args: Args, node: &ast::Expr) -> Answer<Args> {
        if args.named.is_empty() {
            return Ok(args);
        }
        let Some((module, name)) = bound_here(function) else { return Ok(args) };
        let named = named(module, &name);
        for position in named.positions.iter().skip(args.positional.len()) {
            let Some(value) = args.take(position) else { break };
            args.positional.push(value);
        }
        match args.named.iter().find(|(given, _)| !named.only.contains(&given.as_str())) {
            None => Ok(args),
            Some((unknown, _)) => Err(self.unknown_name(module, &name, unknown, node)),
        }
    }

    /// Looks at the names of arguments of what a loop runs over, whose arguments are not evaluated first.
    pub(super) fn check_names(&self, function: &Val, call: &ast::ExprCall, node: &ast::Expr) -> Answer<()> {
        let Some((module, name)) = bound_here(function) else { return Ok(()) };
        let Named { positions, only } = named(module, &name);
        let open: Vec<&str> = positions.iter().skip(call.arguments.args.len()).chain(only).copied().collect();
        for keyword in &call.arguments.keywords {
            let given = keyword.arg.as_ref().map_or("**", |given| given.as_str());
            if !open.contains(&given) {
                return Err(self.unknown_name(module, &name, given, node));
            }
        }
        Ok(())
    }

    fn unknown_name(&self, module: &str, name: &str, given: &str, node: &ast::Expr) -> Stop {
        let Named { positions, only } = named(module, name);
        let all: Vec<&str> = positions.iter().chain(only).copied().filter(|name| !name.is_empty()).collect();
        let (message, hint) = match all.as_slice() {
            [] => (format!("{module}{name}() takes no keyword arguments"), "leave it out".to_owned()),
            all => {
                let message = format!("{module}{name}() got an unexpected keyword argument '{given}'");
                (message, format!("it takes the keywords {}", all.join(", ")))
            }
        };
        let diagnostic = self.error(node, codes::UNKNOWN_KEYWORD, message, format!("'{given}' is given here"));
        Stop::error(diagnostic.hint(hint))
    }
}
