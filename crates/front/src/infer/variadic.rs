//! `*args` and `**kwargs`: a tuple whose items are known one by one, and values by names that are known.

use super::body::Body;
use super::calls::Args;
use super::exprs::is_simple;
use super::{Answer, Bound, Infer, Stop};
use crate::source::span;
use crate::value::{Static, Val};
use nopython_diagnostics::{Diagnostic, codes};
use nopython_ir::typed::FuncId;
use nopython_types::Type;
use ruff_python_ast::{self as ast, StmtFunctionDef};

impl Body<'_, '_> {
    /// The items of `*value` in a call.
    pub(super) fn starred_argument(&mut self, value: Val, node: &ast::Expr) -> Answer<Vec<Val>> {
        match value {
            Val::Tuple(items) | Val::List(items) => Ok(items),
            Val::Expr(e) => match &e.ty {
                Type::Tuple(types) if is_simple(&e) => Ok(super::join::items(&e, types)),
                Type::Tuple(types) if self.guarded == 0 && self.expanding == 0 => {
                    let types = types.clone();
                    let e = self.named(e);
                    Ok(super::join::items(&e, &types))
                }
                Type::Tuple(_) => Err(self.unsupported(
                    node,
                    "unpacking what a call gives, where it may not be evaluated",
                    "give it a name in a statement before",
                )),
                _ => Err(self.unsupported(
                    node,
                    &format!("a value of {} behind `*`", e.ty),
                    "how many there are has to be known while compiling: write the arguments one by one, or pass the array",
                )),
            },
            other => {
                let what = other.describe();
                Err(self.unsupported(node, &format!("unpacking {what}"), "write the arguments one by one"))
            }
        }
    }

    /// The values of `**value` in a call.
    pub(super) fn keyword_arguments(&mut self, value: Val, node: &ast::Expr) -> Answer<Vec<(String, Val)>> {
        match value {
            Val::Static(Static::Keywords(pairs)) => Ok(pairs),
            other => {
                let what = other.describe();
                Err(self.unsupported(
                    node,
                    &format!("unpacking {what} with `**`"),
                    "write the arguments by name: f(x=..., y=...)",
                ))
            }
        }
    }

    /// `kwargs["name"]`
    pub(super) fn keyword_item(&mut self, pairs: &[(String, Val)], index: &ast::Expr, node: &ast::Expr) -> Answer<Val> {
        let key = self.expr(index)?;
        let Val::Static(Static::Str(key)) = key else {
            return Err(self.unsupported(
                node,
                "this key of `**kwargs`",
                "write the name as a string: kwargs[\"name\"]",
            ));
        };
        if let Some((_, value)) = pairs.iter().find(|(name, _)| *name == key) {
            return Ok(value.clone());
        }
        let message = format!("KeyError: '{key}'");
        let names: Vec<&str> = pairs.iter().map(|(name, _)| name.as_str()).collect();
        let hint = format!("the call gives ({}); kwargs.get(\"{key}\", default) takes a default", names.join(", "));
        Err(Stop::error(self.error(node, codes::UNKNOWN_KEYWORD, message, "the call does not give it").hint(hint)))
    }

    /// A method of `**kwargs`.
    pub(super) fn keyword_method(
        &mut self,
        pairs: Vec<(String, Val)>,
        name: &str,
        args: Args,
        node: &ast::Expr,
    ) -> Answer<Val> {
        let key = |name: &String| Val::Static(Static::Str(name.clone()));
        match (name, args.positional.as_slice()) {
            ("get", [Val::Static(Static::Str(wanted)), rest @ ..]) if rest.len() < 2 && args.named.is_empty() => {
                let found = pairs.into_iter().find(|(name, _)| name == wanted).map(|(_, value)| value);
                Ok(found.or_else(|| rest.first().cloned()).unwrap_or(Val::NONE))
            }
            ("keys", []) => Ok(Val::Tuple(pairs.iter().map(|(name, _)| key(name)).collect())),
            ("values", []) => Ok(Val::Tuple(pairs.into_iter().map(|(_, value)| value).collect())),
            ("items", []) => {
                Ok(Val::Tuple(pairs.into_iter().map(|(name, value)| Val::Tuple(vec![key(&name), value])).collect()))
            }
            _ => Err(self.unsupported(
                node,
                &format!("this use of `**kwargs`, `.{name}()`,"),
                "kwargs[\"name\"], kwargs.get(\"name\", default), `in`, len(), keys(), values(), items() and f(**kwargs) are there",
            )),
        }
    }
}

/// The arguments of a call by a host one after another, those of `*args` where it stands, with the annotations of their parameters.
pub fn host_arguments(def: &StmtFunctionDef, values: Vec<Val>) -> Answer<Vec<(Option<&ast::Expr>, Val)>> {
    let mut all = Vec::new();
    for (parameter, value) in def.parameters.iter().zip(values) {
        match value {
            Val::Static(Static::Keywords(pairs)) => {
                let Some((name, _)) = pairs.first() else { continue };
                let message = format!("`{}` takes '{name}' by `**` from compiled functions only", def.name);
                return Err(Stop::error(
                    Diagnostic::error(codes::UNSUPPORTED_CALL, message)
                        .primary(span(parameter.name()), "a host gives arguments for parameters that have names")
                        .hint(format!("name the parameter: def {}(..., {name}=None)", def.name)),
                ));
            }
            Val::Tuple(items) if parameter.is_variadic() => all.extend(items.into_iter().map(|item| (None, item))),
            value => all.push((parameter.annotation(), value)),
        }
    }
    Ok(all)
}

/// What the parameters of a function are bound to that a host calls with arguments of these types, `extra` of them for `*args`.
pub fn host_parameters(def: &StmtFunctionDef, extra: usize, types: &[Type]) -> Vec<Bound> {
    let mut types = types.iter().cloned();
    let (vararg, kwarg) = (&def.parameters.vararg, &def.parameters.kwarg);
    let is = |parameter: ast::AnyParameterRef<'_>, other: &Option<Box<ast::Parameter>>| {
        parameter.is_variadic() && other.as_ref().is_some_and(|other| other.name == *parameter.name())
    };
    let bound = def.parameters.iter().filter_map(|parameter| {
        if is(parameter, vararg) {
            let rest: Vec<Type> = types.by_ref().take(extra).collect();
            return Some(Bound::Partly(Val::Tuple(vec![super::captures::hole(); rest.len()]), rest));
        }
        if is(parameter, kwarg) {
            return Some(Bound::Known(Val::Static(Static::Keywords(Vec::new()))));
        }
        types.next().map(Bound::Runtime)
    });
    bound.collect()
}

impl Infer<'_> {
    /// The function that hosts call. The arguments of `*args` get names there, each of its own.
    pub(super) fn with_names_for_hosts(&mut self, def: &StmtFunctionDef, extra: usize, function: FuncId) -> FuncId {
        let Some(vararg) = &def.parameters.vararg else { return function };
        let Some(found) = self.module.functions.get(function) else { return function };
        let mut own = found.clone();
        let first = def.parameters.posonlyargs.len() + def.parameters.args.len();
        let mut names: Vec<String> = def.parameters.iter().map(|param| param.name().to_string()).collect();
        for (k, var) in own.params.iter().skip(first).take(extra).enumerate() {
            let mut name = format!("{}_{k}", vararg.name);
            while names.contains(&name) {
                name.push('_');
            }
            own.vars.values_mut().nth(var.index()).into_iter().for_each(|var| var.name.clone_from(&name));
            names.push(name);
        }
        self.module.functions.push(own)
    }
}
