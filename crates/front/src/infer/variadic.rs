//! `*args` and `**kwargs`: a tuple whose items are known one by one, and values by names that are known.

use super::body::Body;
use super::calls::Args;
use super::exprs::is_simple;
use super::{Answer, Stop};
use crate::value::{Static, Val};
use nopython_diagnostics::codes;
use nopython_types::Type;
use ruff_python_ast as ast;

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
                    &format!("unpacking {} as arguments", e.ty),
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
            return Err(self.unsupported(node, "this key of `**kwargs`", "write the name as a string: kwargs[\"name\"]"));
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
