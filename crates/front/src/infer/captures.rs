//! Values on their way from one body to another: arguments and results that are functions, or hold some.
//!
//! A function inside another one is known while compiling, and the variables of the outer one that it reads are not. A *scope* of a body is
//! where the names of enclosing functions are looked up: scope 0 is the environment of the body itself, and the others hold what came with the
//! functions that it was called with or has been given. A value that leaves a body takes the scopes along that its functions look into, with the
//! names that they read and no others. What is known of all this makes the instance; what is not becomes further parameters of it: the *parts*
//! of run time, in whose place the value has a hole. As an outer function stands still while an inner one runs, reading its variables at the call is
//! reading them at the time of the call.

use super::body::Body;
use super::closures::Nested;
use super::ops::as_const;
use super::{Answer, Bound, Stop};
use crate::source::span;
use crate::value::{Static, Val};
use nopython_diagnostics::codes;
use nopython_ir::sorted::SortedMap;
use nopython_ir::typed::{Expr, ExprKind, FuncId, Place, StmtKind};
use nopython_types::Type;
use ruff_python_ast as ast;
use ruff_text_size::Ranged;

/// Names of enclosing functions and their values.
pub type Scope = SortedMap<String, Val>;

/// The scopes that a function and its arguments look into.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Captures {
    /// Scopes 1, 2, … of the body.
    pub scopes: Vec<Scope>,
    /// The scope that is around the function itself.
    pub around: Option<usize>,
    /// The types of the parts of run time.
    pub types: Vec<Type>,
}

/// What is known of a result that holds functions. Its parts of run time are the items of the tuple that the instance gives.
#[derive(Clone, Debug, PartialEq)]
pub struct Returned {
    value: Val,
    scopes: Vec<Scope>,
}

/// The scopes that leave a body, by their numbers in it and with the names that are needed of them. Their numbers elsewhere count from 1.
type Leaving = Vec<(usize, Scope)>;

fn number(leaving: &Leaving, scope: usize) -> Option<usize> {
    leaving.iter().position(|(own, _)| *own == scope).map(|k| k + 1)
}

/// A value with other numbers of scopes, and with something in the place of each expression.
fn carried(
    value: Val,
    scope: &dyn Fn(usize) -> Option<usize>,
    leaf: &mut dyn FnMut(Expr) -> Answer<Val>,
) -> Answer<Val> {
    match value {
        Val::Expr(e) => leaf(e),
        Val::Static(Static::Closure(mut closure)) => {
            closure.scope = closure.scope.and_then(scope);
            Val::Static(Static::Closure(closure)).map_inner(&mut |inner| carried(inner, scope, leaf))
        }
        other => other.map_inner(&mut |inner| carried(inner, scope, leaf)),
    }
}

/// What stands for a part of run time. No other value of these types is of this kind.
pub fn hole() -> Val {
    Val::Expr(Expr { kind: ExprKind::NoneValue, ty: Type::None, place: Place::default() })
}

/// Fills the holes of a value with the next parts; scopes are numbered on from a base.
fn filled(value: Val, base: usize, parts: &mut dyn Iterator<Item = Expr>) -> Answer<Val> {
    carried(value, &|scope| Some(base + scope), &mut |e| match e.kind {
        ExprKind::NoneValue => Ok(parts.next().map_or(Val::NONE, Val::Expr)),
        _ => Ok(Val::Expr(e)),
    })
}

impl Body<'_, '_> {
    /// The names of scopes that the functions in a value read.
    fn reads(&self, value: &Val, found: &mut Vec<(usize, String)>) {
        if let Val::Static(Static::Closure(closure)) = value
            && let (Some(scope), Some(nested)) = (closure.scope, self.infer.nested.get(closure.definition))
        {
            found.extend(nested.free.iter().map(|name| (scope, name.clone())));
        }
        value.inner().into_iter().for_each(|inner| self.reads(inner, found));
    }

    /// Whether a function in a value reads names of the functions around it.
    pub(super) fn looks_around(&self, value: &Val) -> bool {
        let mut reads = Vec::new();
        self.reads(value, &mut reads);
        !reads.is_empty()
    }

    /// The scopes that values look into, and what they read there, directly and through what they read.
    fn leaving(&mut self, mut pending: Vec<(usize, String)>, node: &impl Ranged) -> Answer<Leaving> {
        let mut leaving = Leaving::new();
        let mut next = 0;
        while let Some((scope, name)) = pending.get(next).cloned() {
            next += 1;
            if leaving.iter().any(|(own, names)| *own == scope && names.contains_key(&name)) {
                continue;
            }
            let Some(value) = self.in_scope(scope, &name, node)? else { continue };
            self.reads(&value, &mut pending);
            match leaving.iter_mut().find(|(own, _)| *own == scope) {
                Some((_, names)) => {
                    names.insert(name, value);
                }
                None => leaving.push((scope, std::iter::once((name, value)).collect())),
            }
        }
        Ok(leaving)
    }

    /// The value of a name in a scope of this body.
    fn in_scope(&mut self, scope: usize, name: &str, node: &impl Ranged) -> Answer<Option<Val>> {
        match scope.checked_sub(1) {
            Some(k) => Ok(self.scopes.get(k).and_then(|names| names.get(name)).cloned()),
            None if self.env.contains_key(name) => self.name(name, node.range()).map(Some),
            None => match self.enclosing(name) {
                None if self.is_hidden(name) => Err(self.not_assigned(name, node.range())),
                value => Ok(value),
            },
        }
    }

    /// The value of a name that the function of this body takes from a function around it.
    pub fn enclosing(&self, name: &str) -> Option<Val> {
        let nested: &Nested = self.infer.nested.get(self.own?)?;
        let scope = self.scopes.get(self.around?.checked_sub(1)?)?;
        nested.free.contains(name).then(|| scope.get(name).cloned()).flatten()
    }

    /// What is known of a value that leaves this body; its parts of run time are added to `parts`. Constants are known, unless they are `open`.
    fn packed(&mut self, value: Val, leaving: &Leaving, open: bool, parts: &mut Vec<Expr>) -> Answer<Val> {
        let mut effects = Vec::new();
        let packed = carried(value, &|scope| number(leaving, scope), &mut |e| {
            if e.ty == Type::None {
                effects.push(e);
                return Ok(Val::NONE);
            }
            if !open && as_const(&e).is_some() {
                return Ok(Val::Expr(Expr { place: Place::default(), ..e }));
            }
            parts.push(e);
            Ok(hole())
        });
        for e in effects.into_iter().filter(|e| e.kind != ExprKind::NoneValue) {
            let place = e.place;
            self.emit(StmtKind::Expr(e), place);
        }
        packed
    }

    /// What an instance is made for when a function is called with values, and the arguments of run time. `own` is the nested function that is
    /// called, and the scope around it.
    pub(super) fn outgoing(
        &mut self,
        own: Option<(usize, usize)>,
        values: Vec<Val>,
        declared: Option<&[Type]>,
        node: &ast::Expr,
    ) -> Answer<(Vec<Bound>, Vec<Expr>)> {
        let mut reads = Vec::new();
        let called = own.and_then(|(definition, scope)| Some((self.infer.nested.get(definition)?, scope)));
        let mut assigned = Vec::new();
        if let Some((nested, scope)) = called {
            reads.extend(nested.free.iter().map(|name| (scope, name.clone())));
            assigned.extend(nested.nonlocals.iter().cloned());
        }
        values.iter().for_each(|value| self.reads(value, &mut reads));
        let leaving = self.leaving(reads, node)?;
        let (mut bound, mut runtime) = (Vec::new(), Vec::new());
        for (k, value) in values.into_iter().enumerate() {
            if matches!(value, Val::Tuple(_)) && value.width() > nopython_types::limits::SLOTS {
                return Err(self.too_wide(node));
            }
            let form = match &value {
                Val::List(..) => None,
                known if declared.is_none() && super::strings::holds_known(known) => None,
                _ => self.runtime(value.clone(), node).ok(),
            };
            match form {
                Some(e) if e.ty != Type::None => {
                    // A signature converts the arguments it is called with.
                    let ty = declared.and_then(|types| types.get(k)).unwrap_or(&e.ty).clone();
                    bound.push(Bound::Runtime(ty.clone()));
                    runtime.push(super::join::coerce(e.clone(), &ty).unwrap_or(e));
                }
                _ => {
                    let before = runtime.len();
                    let known = self.packed(value, &leaving, true, &mut runtime)?;
                    let types: Vec<Type> = runtime.iter().skip(before).map(|e| e.ty.clone()).collect();
                    bound.push(if types.is_empty() { Bound::Known(known) } else { Bound::Partly(known, types) });
                }
            }
        }
        if !leaving.is_empty() {
            let around = own.and_then(|(_, scope)| number(&leaving, scope));
            let before = runtime.len();
            let mut scopes = Vec::new();
            for (_, names) in leaving.clone() {
                let mut scope = Scope::new();
                for (name, value) in names {
                    let open = assigned.contains(&name);
                    scope.insert(name, self.packed(value, &leaving, open, &mut runtime)?);
                }
                scopes.push(scope);
            }
            let types = runtime.iter().skip(before).map(|e| e.ty.clone()).collect();
            bound.push(Bound::Captured(Captures { scopes, around, types }));
        }
        Ok((bound, runtime))
    }

    /// A value that the function of this body is called with, whose parts of run time are parameters.
    pub(super) fn incoming(&mut self, name: &str, value: Val, types: &[Type], place: Place) -> Answer<Val> {
        let parts: Vec<Expr> = types
            .iter()
            .map(|ty| {
                let var = self.temporary(name, ty);
                self.params.push(var);
                self.read(var, place)
            })
            .collect();
        filled(value, 0, &mut parts.into_iter())
    }

    /// The scopes that the function of this body is called with; names that it assigns in a function around it are variables of its own.
    pub(super) fn enter_scopes(&mut self, captures: &Captures, place: Place) -> Answer<()> {
        let mut parts = Vec::new();
        for ty in &captures.types {
            let var = self.temporary("outer", ty);
            self.params.push(var);
            parts.push(self.read(var, place));
        }
        let mut parts = parts.into_iter();
        for scope in &captures.scopes {
            let values = scope.iter().map(|(name, value)| Ok((name.clone(), filled(value.clone(), 0, &mut parts)?)));
            let values = values.collect::<Answer<_>>()?;
            self.scopes.push(values);
        }
        self.around = captures.around;
        Ok(())
    }

    /// Leaves the function with a value that is or holds a function.
    pub(super) fn return_function(&mut self, value: Val, node: &ast::Expr) -> Answer<()> {
        if self.declared {
            return Err(self.no_runtime_form(&value, node));
        }
        let mut reads = Vec::new();
        self.reads(&value, &mut reads);
        let leaving = self.leaving(reads, node)?;
        let mut parts = Vec::new();
        let what = value.describe();
        let value = self.packed(value, &leaving, false, &mut parts)?;
        let mut scopes = Vec::new();
        for (_, names) in leaving.clone() {
            let mut scope = Scope::new();
            for (name, value) in names {
                scope.insert(name, self.packed(value, &leaving, false, &mut parts)?);
            }
            scopes.push(scope);
        }
        let returned = Returned { value, scopes };
        let before = self.infer.returned_by(self.slot);
        let is_first = !self.has_returned();
        if !is_first && before.as_ref() != Some(&returned) {
            return Err(self.functions_differ(node, &what));
        }
        self.infer.set_returned(self.slot, returned);
        let place = self.place_of(node);
        let value = if parts.is_empty() {
            Expr { kind: ExprKind::NoneValue, ty: Type::None, place }
        } else {
            let ty = Type::Tuple(parts.iter().map(|e| e.ty.clone()).collect());
            Expr { kind: ExprKind::Tuple(parts), ty, place }
        };
        self.return_value(value, span(node))
    }

    /// What is said where a function gives one function here and something else elsewhere.
    pub(super) fn functions_differ(&self, node: impl Ranged, what: &str) -> Stop {
        let message = "which function is returned here is not known while compiling";
        let diagnostic = self.error(node, codes::INCOMPATIBLE_BRANCHES, message, what);
        Stop::error(diagnostic.hint("return the same function on every path, or return what the functions give"))
    }

    /// The value of a call, which may be a function: its parts of run time are then evaluated now.
    pub(super) fn result_of(&mut self, call: Val, function: FuncId, node: &ast::Expr) -> Answer<Val> {
        let (Some(Returned { value, scopes }), Val::Expr(call)) = (self.infer.returned(function), call.clone()) else {
            return Ok(call);
        };
        if self.guarded > 0 || self.expanding > 0 {
            let hint = "call it in a statement of its own before, and give the function a name";
            return Err(self.unsupported(node, "a call that gives a function, where it may not be evaluated,", hint));
        }
        let place = call.place;
        let parts = match &call.ty {
            Type::Tuple(types) => {
                let types = types.clone();
                super::join::items(&self.settled(call), &types)
            }
            _ => {
                self.emit(StmtKind::Expr(call), place);
                Vec::new()
            }
        };
        let mut parts = parts.into_iter().filter_map(|part| if let Val::Expr(e) = part { Some(e) } else { None });
        let base = self.scopes.len();
        let value = filled(value, base, &mut parts)?;
        for scope in scopes {
            let values = scope.into_iter().map(|(name, value)| Ok((name, filled(value, base, &mut parts)?)));
            let values = values.collect::<Answer<_>>()?;
            self.scopes.push(values);
        }
        Ok(value)
    }

    /// A value whose functions do not look into the environment of this body, but into copies of what they read there: names of a library body
    /// that is expanded are then none of theirs.
    pub(super) fn detached(&mut self, value: Val, node: &impl Ranged) -> Answer<Val> {
        let mut reads = Vec::new();
        self.reads(&value, &mut reads);
        if !reads.iter().any(|(scope, _)| *scope == 0) {
            return Ok(value);
        }
        let leaving = self.leaving(reads, node)?;
        let base = self.scopes.len();
        let place = |scope: usize| number(&leaving, scope).map(|k| base + k);
        let mut same = |e| Ok(Val::Expr(e));
        let value = carried(value, &place, &mut same)?;
        for (_, names) in leaving.clone() {
            let values = names.into_iter().map(|(name, value)| Ok((name, carried(value, &place, &mut same)?)));
            let values = values.collect::<Answer<_>>()?;
            self.scopes.push(values);
        }
        Ok(value)
    }
}

impl super::Infer<'_> {
    /// What is known of the result of an instance that gives functions.
    pub(super) fn returned(&self, function: FuncId) -> Option<Returned> {
        self.instances.iter().find(|instance| instance.id == function)?.returned.clone()
    }

    fn returned_by(&self, slot: usize) -> Option<Returned> {
        self.instances.get(slot)?.returned.clone()
    }

    fn set_returned(&mut self, slot: usize, returned: Returned) {
        if let Some(instance) = self.instances.get_mut(slot) {
            instance.returned = Some(returned);
        }
    }

    /// Whether an instance has been found to give functions.
    pub(super) fn gives_functions(&self, slot: usize) -> bool {
        self.instances.get(slot).is_some_and(|instance| instance.returned.is_some())
    }
}
