//! Calls: binding arguments, user functions, the library.

use super::body::Body;
use super::{Answer, Bound, Definition, Stop};
use crate::value::{Static, Val};
use nopython_diagnostics::codes;
use nopython_ir::typed::{Expr, ExprKind};
use nopython_types::Type;
use ruff_python_ast::{self as ast, StmtFunctionDef};

/// Evaluated arguments.
pub struct Args {
    /// By position.
    pub positional: Vec<Val>,
    /// By name.
    pub named: Vec<(String, Val)>,
}

impl Args {
    /// Positional arguments only.
    pub const fn positional(positional: Vec<Val>) -> Args {
        Args { positional, named: Vec::new() }
    }

    /// Takes the value of a keyword, if given.
    pub fn take(&mut self, name: &str) -> Option<Val> {
        let index = self.named.iter().position(|(n, _)| n == name)?;
        Some(self.named.remove(index).1)
    }
}

impl Body<'_, '_> {
    /// A call, which is also `whole`.
    pub fn call(&mut self, call: &ast::ExprCall, whole: &ast::Expr) -> Answer<Val> {
        let function = self.expr(&call.func)?;
        let args = self.arguments(&call.arguments)?;
        self.apply(function, args, whole)
    }

    fn arguments(&mut self, arguments: &ast::Arguments) -> Answer<Args> {
        let mut positional = Vec::new();
        for e in &arguments.args {
            if let ast::Expr::Starred(s) = e {
                match self.expr(&s.value)? {
                    Val::Tuple(items) => positional.extend(items),
                    _ => return Err(self.unsupported(e, "unpacking this argument", "write the arguments one by one")),
                }
                continue;
            }
            positional.push(self.expr(e)?);
        }
        let mut named = Vec::new();
        for keyword in &arguments.keywords {
            let Some(name) = &keyword.arg else {
                return Err(self.unsupported(&keyword.value, "**kwargs", "write the arguments one by one"));
            };
            named.push((name.to_string(), self.expr(&keyword.value)?));
        }
        Ok(Args { positional, named })
    }

    /// A function value applied to arguments.
    pub fn apply(&mut self, function: Val, args: Args, node: &ast::Expr) -> Answer<Val> {
        match function {
            Val::Static(s) => match s {
                Static::Function(index) => self.call_user(index, args, node),
                Static::Library(name) => self.call_library(&name, args, node),
                Static::Intrinsic(name) => self.intrinsic(&name, args, node),
                Static::Math(name) => self.math(&name, args, node),
                Static::Builtin(name) => self.builtin(&name, args, node),
                Static::Numba(name) if name == "prange" => self.builtin("range", args, node),
                Static::Numba(name) => {
                    Err(self.unsupported(node, &format!("`{name}` inside a function"), "use it as a decorator"))
                }
                Static::ScalarType(s) => self.convert_scalar(s, args, node),
                Static::Method(value, name) => self.call_method(*value, &name, args, node),
                Static::Class(name) => Err(self.unsupported(
                    node,
                    &format!("the class `{name}`"),
                    "pass its fields as arguments, or as a tuple, and return new values",
                )),
                Static::Foreign(_) => Err(self.foreign(&Val::Static(s).describe(), node)),
                Static::Exception(_) => Err(self.unsupported(node, "an exception as a value", "raise it")),
                other => {
                    let what = Val::Static(other).describe();
                    Err(Stop::error(self.error(
                        node,
                        codes::UNSUPPORTED_CALL,
                        format!("{what} is not callable"),
                        "called here",
                    )))
                }
            },
            other => Err(Stop::error(self.error(
                node,
                codes::UNSUPPORTED_CALL,
                format!("{} is not callable", other.describe()),
                "called here",
            ))),
        }
    }

    /// Arguments in the order of the parameters, defaults filled in. A default is an expression of the function's module.
    pub fn bind_arguments(
        &mut self,
        def: &StmtFunctionDef,
        display: &str,
        mut args: Args,
        node: &ast::Expr,
    ) -> Answer<Vec<Val>> {
        let params: Vec<_> = def.parameters.iter_non_variadic_params().collect();
        let mut positional = std::mem::take(&mut args.positional).into_iter();
        let mut bound = Vec::with_capacity(params.len());
        let signature = || params.iter().map(|p| p.parameter.name.to_string()).collect::<Vec<_>>().join(", ");
        for param in &params {
            let name = param.parameter.name.as_str();
            let value = match (positional.next(), args.take(name)) {
                (Some(_), Some(_)) => {
                    return Err(Stop::error(self.error(
                        node,
                        codes::ARGUMENT_COUNT,
                        format!("{display}() got two values for argument '{name}'"),
                        "called here",
                    )));
                }
                (Some(value), None) | (None, Some(value)) => value,
                (None, None) => match &param.default {
                    Some(default) => self.default_value(default)?,
                    None => {
                        let message = format!("{display}() is missing the argument '{name}'");
                        let diagnostic = self.error(node, codes::ARGUMENT_COUNT, message, "called here");
                        return Err(Stop::error(diagnostic.hint(format!("its parameters are ({})", signature()))));
                    }
                },
            };
            bound.push(value);
        }
        if positional.next().is_some() {
            let message = format!("{display}() takes {}", super::counted(params.len(), "argument"));
            let diagnostic = self.error(node, codes::ARGUMENT_COUNT, message, "too many are given here");
            return Err(Stop::error(diagnostic.hint(format!("its parameters are ({})", signature()))));
        }
        if let Some((name, _)) = args.named.first() {
            let message = format!("{display}() has no parameter '{name}'");
            let diagnostic = self.error(node, codes::UNKNOWN_KEYWORD, message, format!("'{name}' is given here"));
            return Err(Stop::error(diagnostic.hint(format!("its parameters are ({})", signature()))));
        }
        Ok(bound)
    }

    fn default_value(&mut self, e: &ast::Expr) -> Answer<Val> {
        let env = std::mem::take(&mut self.env);
        let value = self.expr(e);
        self.env = env;
        value
    }

    fn call_user(&mut self, index: usize, args: Args, node: &ast::Expr) -> Answer<Val> {
        let definition = Definition::User(index);
        let def = self.infer.definition(&definition)?;
        let values = self.bind_arguments(&def, def.name.as_str(), args, node)?;
        if let Some(mapped) = self.call_vectorized(index, &def, &values, node)? {
            return Ok(mapped);
        }
        let declared = self.infer.declared_signature(&def, &values);
        let mut bound = Vec::new();
        let mut runtime = Vec::new();
        for (k, value) in values.into_iter().enumerate() {
            match self.runtime(value.clone(), node) {
                Ok(e) if e.ty != Type::None => {
                    // A signature converts the arguments it is called with.
                    let e = match declared.as_ref().and_then(|s| s.params.get(k)) {
                        Some(ty) => super::join::coerce(e.clone(), ty).unwrap_or(e),
                        None => e,
                    };
                    bound.push(Bound::Runtime(
                        declared.as_ref().and_then(|s| s.params.get(k).cloned()).unwrap_or_else(|| e.ty.clone()),
                    ));
                    runtime.push(e);
                }
                _ => bound.push(Bound::Known(value)),
            }
        }
        let result = declared.and_then(|s| s.result);
        let (function, ty) = self.infer.instance(&definition, bound, None, None, result)?;
        let place = self.place_of(node);
        let result = Expr { kind: ExprKind::Call(function, runtime), ty, place };
        Ok(Val::Expr(result))
    }

    /// A call of a library function by name.
    pub fn library(&mut self, name: &str, args: Vec<Val>, node: &ast::Expr) -> Answer<Val> {
        self.call_library(name, Args::positional(args), node)
    }

    pub(super) fn call_library(&mut self, name: &str, args: Args, node: &ast::Expr) -> Answer<Val> {
        let Some(entry) = nopython_numpy::find(name) else {
            return Err(Stop::error(self.error(node, codes::INTERNAL, format!("no entry np.{name}"), "called here")));
        };
        let definition = Definition::Library(entry.name);
        let def = self.infer.definition(&definition)?;
        let mut values = self.bind_arguments(&def, &format!("np.{name}"), args, node)?;
        for (param, value) in def.parameters.iter_non_variadic_params().zip(&mut values) {
            let given = std::mem::replace(value, Val::NONE);
            *value = self.without_lists(param.parameter.name.as_str(), given, node)?;
        }
        if let Some(value) = self.expand(&def, &values, node)? {
            return Ok(value);
        }
        let mut bound = Vec::new();
        let mut runtime = Vec::new();
        for (param, value) in def.parameters.iter_non_variadic_params().zip(values) {
            match &value {
                Val::Expr(e) if super::ops::as_const(e).is_none() => {
                    bound.push(Bound::Runtime(e.ty.clone()));
                    runtime.push(e.clone());
                }
                // Which axes are meant is known while compiling.
                Val::Tuple(_) if param.parameter.name.as_str() == "axis" => bound.push(Bound::Known(value)),
                Val::Tuple(_) | Val::List(_) => {
                    let e = self.runtime(value, node)?;
                    bound.push(Bound::Runtime(e.ty.clone()));
                    runtime.push(e);
                }
                Val::Expr(_) | Val::Static(_) => bound.push(Bound::Known(value)),
            }
        }
        let place = self.place_of(node);
        let caller = self.reported_as.clone();
        let (function, ty) = self.infer.instance(&definition, bound, Some(place), Some(caller), None)?;
        Ok(Val::Expr(Expr { kind: ExprKind::Call(function, runtime), ty, place }))
    }
}

impl Body<'_, '_> {
    /// A list as a library body takes it: of numbers an array, of arrays a tuple of these; a shape or the like is a tuple. `np.array`
    /// takes numbers as they are.
    fn without_lists(&mut self, param: &str, value: Val, node: &ast::Expr) -> Answer<Val> {
        let parts = matches!(param, "arrays" | "tup");
        match value {
            Val::List(items) | Val::Tuple(items) if parts => {
                let items = items.into_iter().map(|item| match item {
                    Val::List(_) => self.as_array(item, node).map(Val::Expr),
                    other => Ok(other),
                });
                items.collect::<Answer<_>>().map(Val::Tuple)
            }
            Val::List(items) if matches!(param, "shape" | "reps" | "axis" | "axes" | "pad_width") => {
                Ok(Val::Tuple(items))
            }
            Val::List(_) if param != "object" || value.holds_array() => self.as_array(value, node).map(Val::Expr),
            other => Ok(other),
        }
    }
}

impl super::Infer<'_> {
    /// The declared signature that a call's arguments fit, if the function has any.
    fn declared_signature(&self, def: &StmtFunctionDef, values: &[Val]) -> Option<crate::signature::Signature> {
        let signatures = self.signatures(def).ok().flatten()?;
        signatures.into_iter().find(|s| {
            s.params.len() == values.len()
                && s.params.iter().zip(values).all(|(ty, value)| match value {
                    Val::Expr(e) => super::join::coerce(e.clone(), ty).is_some(),
                    Val::Tuple(items) => super::ops::tuple_expr(items, Default::default())
                        .is_some_and(|e| super::join::coerce(e, ty).is_some()),
                    _ => false,
                })
        })
    }
}
