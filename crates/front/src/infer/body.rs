//! The state of inferring one function body: environment, variables, output.

use super::doubt::{Doubt, Question};
use super::join::{coerce, coerce_declared};
use super::ops;
use super::optional::join_results;
use super::{Answer, Bound, Definition, Infer, Stop};
use crate::scope::{Binding, Meaning};
use crate::source::span;
use crate::value::{Static, Val};
use nopython_diagnostics::{Diagnostic, Span, codes};
use nopython_ir::sorted::{SortedMap, SortedSet};
use nopython_ir::typed::{self, Expr, ExprKind, Place, Stmt, StmtKind, Var, VarId};
use nopython_ir::{Arena, Const};
use nopython_types::limits::SLOTS;
use nopython_types::{ArrayType, DType, Layout, Scalar, Type};
use ruff_python_ast::StmtFunctionDef;
use ruff_text_size::{Ranged, TextRange};

/// What a name stands for at a point of the function.
#[derive(Clone, Debug, PartialEq)]
pub enum Bind {
    /// A variable, with its value where that is known.
    Var {
        /// Which.
        var: VarId,
        /// The constant it holds here.
        known: Option<Const>,
        /// What may be wrong with it.
        doubt: Doubt,
        /// Where it was assigned.
        at: Span,
    },
    /// A value known while compiling.
    Val(Val),
    /// Values on two paths that have no common type: an error when used.
    Conflict(Box<[(String, Span); 2]>),
}

/// Names in scope.
pub type Env = SortedMap<String, Bind>;

/// Inference of one body.
pub struct Body<'i, 'a> {
    pub(super) infer: &'i mut Infer<'a>,
    /// Whether the body is from the library.
    pub(super) library: bool,
    /// The call at which what is wrong with a library body is reported.
    pub(super) at: Option<Place>,
    /// The user's function in which errors are reported; nothing for a library body.
    pub(super) reported_as: String,
    name: String,
    pub(super) vars: Arena<Var>,
    table: SortedMap<String, Vec<(Type, VarId)>>,
    pub(super) env: Env,
    pub(super) out: Vec<Stmt>,
    pub(super) loops: Vec<super::loops::Frame>,
    /// How often the bodies of loops have been inferred: each loop begins anew until its types settle, and with it those inside of it.
    pub(super) rounds: usize,
    pub(super) reachable: bool,
    returns: Vec<(Type, Span)>,
    pub(super) want: Option<Type>,
    /// Whether the signature says what is returned: then results are converted to it.
    pub(super) declared: bool,
    pub(super) incomplete: bool,
    pub(super) params: Vec<VarId>,
    temporaries: u32,
    /// The instance this body is inferred for.
    pub(super) slot: usize,
    /// The call that never returns, from where it stops the path until the path's end.
    pub(super) never_returns: Option<Expr>,
    /// How many bindings of the module are seen: an expression of the module sees those before it.
    pub(super) visible: usize,
    /// How many library bodies are being expanded around this point.
    pub(super) expanding: usize,
    /// How many operands around this point may not be evaluated: statements before the whole would be.
    pub(super) guarded: u32,
    /// Whether nothing of the statement is evaluated before the expression that is looked at next.
    pub(super) at_start: bool,
    /// The `:=` whose name has been assigned, and which is not evaluated again.
    pub(super) assigned: Option<TextRange>,
    /// The variables of the function, assigned yet or not.
    pub(super) variables: SortedSet<String>,
    /// Whether this is the body of a function of a class.
    pub(super) is_method: bool,
    /// Which nested function this is the body of, if it is one.
    pub(super) own: Option<usize>,
    /// Scopes 1, 2, …: what functions that came from elsewhere read (`captures`).
    pub(super) scopes: Vec<super::captures::Scope>,
    /// The scope that is around this function.
    pub(super) around: Option<usize>,
    /// Names that functions inside of this one assign.
    pub(super) shared: SortedSet<String>,
    /// Names of the function around this one that it assigns, and gives back beside its result.
    pub(super) results: Vec<String>,
    /// The flags that names need, as far as it is known.
    pub(super) asked: Vec<(String, Question)>,
    /// Their variables: fewer than `asked` when reads have asked for more.
    pub(super) flags: Vec<VarId>,
    /// Flags that say of results of calls whether they are not None.
    pub(super) opened: Vec<VarId>,
    /// The displays that make lists at run time.
    pub(super) lists: super::lists::Sites,
}

impl<'i, 'a> Body<'i, 'a> {
    /// Prepares to infer a definition.
    pub fn new(
        infer: &'i mut Infer<'a>,
        slot: usize,
        definition: &Definition,
        def: &StmtFunctionDef,
        at: Option<Place>,
    ) -> Self {
        let library = matches!(definition, Definition::Library(_));
        let name = if library { format!("np.{}", def.name) } else { def.name.to_string() };
        let reported_as = if library { String::new() } else { name.clone() };
        let variables = if library { SortedSet::new() } else { super::closures::variables(def) };
        let own = if let Definition::Nested(index) = definition { Some(*index) } else { None };
        let is_method = matches!(definition, Definition::Method(..));
        Body { is_method, library, at, reported_as, name, slot, own, variables, ..Body::module(infer, usize::MAX) }
    }

    /// Prepares to infer an expression of the module, which sees the names bound before it.
    pub fn module(infer: &'i mut Infer<'a>, visible: usize) -> Self {
        let name = "<module>".to_owned();
        Body {
            infer,
            library: false,
            at: None,
            reported_as: name.clone(),
            name,
            vars: Arena::new(),
            table: SortedMap::new(),
            env: Env::new(),
            out: Vec::new(),
            loops: Vec::new(),
            rounds: 0,
            reachable: true,
            returns: Vec::new(),
            want: None,
            declared: false,
            incomplete: false,
            params: Vec::new(),
            temporaries: 0,
            slot: usize::MAX,
            visible,
            expanding: 0,
            guarded: 0,
            at_start: false,
            assigned: None,
            variables: SortedSet::new(),
            is_method: false,
            own: None,
            scopes: Vec::new(),
            around: None,
            shared: SortedSet::new(),
            results: Vec::new(),
            never_returns: None,
            asked: Vec::new(),
            flags: Vec::new(),
            opened: Vec::new(),
            lists: super::lists::Sites::default(),
        }
    }

    /// Makes the parameters.
    pub fn bind_parameters(&mut self, def: &StmtFunctionDef, bound: &[Bound]) -> Answer<()> {
        if def.is_async {
            return Err(self.unsupported(&def.name, "`async def`", "write `def`: what is compiled runs to its end"));
        }
        if !self.library && !self.infer.hosted && !self.is_method && self.own.is_none() {
            super::check_decorators(def, self.infer.program)?;
        }
        if let Some(found) = super::loops::yields(&def.body) {
            return Err(self.unsupported(found, "a generator", "return an array of the values"));
        }
        for (param, bound) in def.parameters.iter().zip(bound) {
            let name = param.name().to_string();
            self.expect_items(def, &name, bound);
            let at = span(param.name());
            let bind = match bound {
                Bound::Known(value) => Bind::Val(value.clone()),
                Bound::Partly(value, types) => {
                    let place = self.place(at);
                    Bind::Val(self.incoming(&name, value.clone(), types, place)?)
                }
                Bound::Captured(_) => break,
                Bound::Runtime(ty) => {
                    let var = self.var(&name, ty);
                    self.params.push(var);
                    // There is one None, so that a test for it is decided while compiling.
                    if *ty == Type::None {
                        Bind::Val(Val::NONE)
                    } else {
                        Bind::Var { var, known: None, doubt: Doubt::default(), at }
                    }
                }
            };
            self.env.insert(name, bind);
        }
        if let Some(Bound::Captured(captures)) = bound.last() {
            self.enter_scopes(captures, self.place(span(&def.name)))?;
        }
        self.enter_nonlocals(span(&def.name))
    }

    /// Infers the statements; tells whether a recursive call had to be left out.
    pub fn function(&mut self, def: &StmtFunctionDef, want: Option<Type>) -> Answer<bool> {
        self.want = want;
        self.make_flags(self.place(span(&def.name)));
        self.statements(&def.body)?;
        if self.reachable {
            let place = self.place(span(&def.name));
            let none = Expr { kind: ExprKind::NoneValue, ty: Type::None, place };
            self.return_value(none, span(&def.name))?;
        }
        Ok(self.incomplete)
    }

    /// What was emitted for an expression of the module, as a function without parameters and result.
    pub fn finish_module(self, name: String, place: Place) -> typed::Function {
        let (vars, body, reported_as) = (self.vars, self.out, self.reported_as);
        typed::Function { name, reported_as, vars, body, place, ..super::empty_function() }
    }

    /// The function, the type its returns have in common, and whether they all have it.
    pub fn finish(self, def: &StmtFunctionDef) -> (typed::Function, Option<Type>, bool) {
        let first = self.returns.first().map(|(ty, _)| ty.clone());
        let joined = self
            .returns
            .iter()
            .map(|(ty, _)| ty.clone())
            .try_fold(first.clone(), |a, b| a.map(|a| join_results(&a, &b)).map(|j| j.map(Some)).unwrap_or(Some(None)))
            .flatten();
        let found = match (&self.want, joined) {
            (Some(want), _) if self.declared => Some(want.clone()),
            (Some(want), Some(joined)) => join_results(want, &joined),
            (_, joined) => joined,
        };
        let uniform =
            self.want.is_some() || self.returns.iter().all(|(ty, _)| same_but_layout(Some(ty), found.as_ref()));
        let place = self.infer.source.place(if self.library {
            self.at.map(place_span).unwrap_or_default()
        } else {
            span(&def.name)
        });
        let function = typed::Function {
            name: self.name,
            reported_as: self.reported_as,
            params: self.params,
            result: self.want.or_else(|| found.clone()).unwrap_or(Type::None),
            vars: self.vars,
            body: self.out,
            place,
            library: self.library,
            prints: false,
        };
        (function, found, uniform)
    }

    /// The variable of a name and a type.
    pub fn var(&mut self, name: &str, ty: &Type) -> VarId {
        let versions = self.table.entry(name.to_owned()).or_default();
        if let Some((_, var)) = versions.iter().find(|(version, _)| version == ty) {
            return *var;
        }
        let var = self.vars.push(Var { name: name.to_owned(), ty: ty.clone() });
        versions.push((ty.clone(), var));
        var
    }

    /// A variable that no name stands for.
    pub fn temporary(&mut self, name: &str, ty: &Type) -> VarId {
        self.temporaries += 1;
        self.vars.push(Var { name: format!("${name}{}", self.temporaries), ty: ty.clone() })
    }

    /// The type of a variable.
    pub fn type_of(&self, var: VarId) -> Type {
        self.vars.get(var).map_or(Type::None, |v| v.ty.clone())
    }

    /// The value of a variable.
    pub fn read(&self, var: VarId, place: Place) -> Expr {
        Expr { kind: ExprKind::Var(var), ty: self.type_of(var), place }
    }

    /// A place in the user's source: of library code, the call.
    pub fn place(&self, span: Span) -> Place {
        self.at.unwrap_or_else(|| self.infer.source.place(span))
    }

    /// The place of a node.
    pub fn place_of(&self, node: impl Ranged) -> Place {
        self.place(span(node))
    }

    /// The span at which something about a node is reported.
    pub fn span_of(&self, node: impl Ranged) -> Span {
        self.at.map_or_else(|| span(node), place_span)
    }

    /// Stops with an error about a node.
    pub fn error(
        &self,
        node: impl Ranged,
        code: nopython_diagnostics::Code,
        message: impl Into<String>,
        label: impl Into<String>,
    ) -> Diagnostic {
        Diagnostic::error(code, message).primary(self.span_of(node), label)
    }

    /// Stops because of a construct that is not compiled.
    pub fn unsupported(&self, node: impl Ranged, what: &str, instead: &str) -> Stop {
        let one = ["a ", "an ", "this ", "the ", "raising "].iter().any(|start| what.starts_with(start));
        let verb = if what.ends_with('s') && !one { "are" } else { "is" };
        Stop::error(
            self.error(node, codes::UNSUPPORTED_SYNTAX, format!("{what} {verb} not compiled"), "this construct")
                .hint(instead),
        )
    }

    /// Adds a statement.
    pub fn emit(&mut self, kind: StmtKind, place: Place) {
        if let StmtKind::Assign(var, value) = &kind {
            self.note_list(*var, value);
        }
        self.out.push(Stmt { kind, place });
    }

    /// Binds a name to a value.
    pub fn assign(&mut self, name: &str, value: Val, at: Span) -> Answer<()> {
        if self.assign_optional(name, &value, at) {
            return Ok(());
        }
        let place = self.place(at);
        let bind = match value {
            Val::Expr(e) => {
                let var = self.var(name, &e.ty);
                let known = ops::as_const(&e);
                self.emit(StmtKind::Assign(var, e), place);
                Bind::Var { var, known, doubt: Doubt::default(), at }
            }
            value @ (Val::Tuple(_) | Val::Static(_)) if value.width() > SLOTS => {
                return Err(self.too_wide(TextRange::new(at.start.into(), at.end.into())));
            }
            // Strings stay known.
            Val::Tuple(items) if items.iter().any(super::strings::holds_known) => {
                Bind::Val(self.settle(Val::Tuple(items)))
            }
            Val::Tuple(items) => match ops::tuple_expr(&items, place) {
                Some(e) => {
                    let var = self.var(name, &e.ty);
                    self.emit(StmtKind::Assign(var, e), place);
                    Bind::Var { var, known: None, doubt: Doubt::default(), at }
                }
                None => Bind::Val(self.settle(Val::Tuple(items))),
            },
            other => Bind::Val(self.settle(other)),
        };
        self.answer(name, Question::Bound, true, place);
        self.answer(name, Question::NotNone, !super::doubt::is_none(&bind), place);
        self.env.insert(name.to_owned(), bind);
        Ok(())
    }

    /// A value evaluated now, in a variable.
    pub fn settled(&mut self, e: Expr) -> Expr {
        let (var, place) = (self.temporary("item", &e.ty), e.place);
        self.emit(StmtKind::Assign(var, e), place);
        self.read(var, place)
    }

    /// A partly known value whose run-time parts are in variables, so that it may be used later.
    pub fn settle(&mut self, value: Val) -> Val {
        match value {
            Val::Expr(e) if ops::as_const(&e).is_none() => Val::Expr(self.settled(e)),
            Val::Tuple(items) => Val::Tuple(items.into_iter().map(|v| self.settle(v)).collect()),
            Val::List(items, site) => Val::List(items.into_iter().map(|v| self.settle(v)).collect(), site),
            Val::Expr(_) => value,
            // Nothing of this fails.
            other => other.map_inner(&mut |inner| Ok::<Val, ()>(self.settle(inner))).unwrap_or(Val::NONE),
        }
    }

    /// Whether a `return` has been interpreted.
    pub fn has_returned(&self) -> bool {
        !self.returns.is_empty()
    }

    /// Leaves the function with a value.
    pub fn return_value(&mut self, value: Expr, at: Span) -> Answer<()> {
        let place = self.place(at);
        let value = if self.results.is_empty() { self.returned_optional(value) } else { self.with_nonlocals(value)? };
        let raw = value.ty.clone();
        // The items of a tuple are converted one by one.
        let unsigned = self.want == Some(Type::Scalar(Scalar::strong(DType::UInt64)));
        let value =
            if unsigned && value.ty != Type::Scalar(Scalar::strong(DType::UInt64)) { self.named(value) } else { value };
        let split = self.want.as_ref().is_some_and(|want| *want != raw) && matches!(raw, Type::Tuple(_));
        let value = if split && !matches!(value.kind, ExprKind::Tuple(_)) { self.named(value) } else { value };
        let value = match &self.want {
            None => value,
            Some(want) => {
                let converted = if self.declared { coerce_declared(value, want) } else { coerce(value, want) };
                converted.ok_or_else(|| self.wrong_result(want, &raw, at))?
            }
        };
        if let Some((first, first_at)) = self.returns.first()
            && !self.declared
            && join_results(first, &raw).is_none()
        {
            let message = format!("`{}` returns {first} on one path and {raw} on another", self.name);
            return Err(Stop::error(
                Diagnostic::error(codes::INCOMPATIBLE_BRANCHES, message)
                    .primary(self.span_at(at), format!("this is {raw}"))
                    .secondary(self.span_at(*first_at), format!("this is {first}"))
                    .hint("return values of one type on every path; a path without `return` returns None"),
            ));
        }
        self.infer.provisional_result(self.slot, &raw);
        self.returns.push((self.want.clone().filter(|_| raw_is_weaker(&raw, self.want.as_ref())).unwrap_or(raw), at));
        self.emit(StmtKind::Return(value), place);
        self.reachable = false;
        Ok(())
    }

    fn wrong_result(&self, want: &Type, raw: &Type, at: Span) -> Stop {
        let diagnostic =
            Diagnostic::error(codes::TYPE_MISMATCH, format!("`{}` returns {want}, but here {raw}", self.name))
                .primary(self.span_at(at), format!("this is {raw}"));
        Stop::error(match (want, raw) {
            (Type::Array(want), Type::Array(raw)) if want.dtype == raw.dtype && want.ndim == raw.ndim => {
                let any = ArrayType { layout: Layout::Any, ..*want };
                diagnostic
                    .hint(format!("return np.ascontiguousarray(...), or declare the result with any layout: {any}"))
            }
            (Type::Array(want), Type::Array(raw)) if want.ndim == raw.ndim => {
                diagnostic.hint(format!("return value.astype(np.{}), or declare the result as {raw}", want.dtype))
            }
            (_, Type::None) => diagnostic.hint("a path without `return` returns None: return a value on every path"),
            _ if self.declared => {
                diagnostic.hint(format!("declare the result as {raw}, or leave it out: it is inferred"))
            }
            _ => diagnostic.hint("return values of one type on every path"),
        })
    }

    /// A span, or the call for library code.
    pub fn span_at(&self, at: Span) -> Span {
        self.at.map_or(at, place_span)
    }

    /// The run-time form of a value.
    pub fn runtime(&self, value: Val, node: impl Ranged) -> Answer<Expr> {
        let place = self.place_of(&node);
        match value {
            Val::Expr(e) => Ok(e),
            Val::Static(Static::None) => Ok(Expr { kind: ExprKind::NoneValue, ty: Type::None, place }),
            Val::Static(Static::Str(text)) => Ok(super::strings::literal(&text, place)),
            Val::Static(Static::Huge(v)) => v.and_then(|v| super::huge::unsigned(v, place)).ok_or_else(|| {
                Stop::error(
                    self.error(node, codes::TOO_LARGE, "this integer does not fit 64 bits", "larger than 2**64 - 1")
                        .hint("use a float, or np.uint64 arithmetic"),
                )
            }),
            Val::List(ref items, _) if value.width() <= SLOTS => match self.list_of(items, node.range())? {
                Some(e) => Ok(e),
                None => Err(self.no_runtime_form(&value, node)),
            },
            Val::Tuple(_) if value.width() > SLOTS => Err(self.too_wide(node)),
            Val::Tuple(items) if items.iter().any(super::lists::holds_display) => {
                let items = items.into_iter().map(|item| self.runtime(item, node.range()).map(Val::Expr));
                self.runtime(Val::Tuple(items.collect::<Answer<_>>()?), node.range())
            }
            Val::Tuple(ref items) => match ops::tuple_expr(items, place) {
                Some(e) => Ok(e),
                None => Err(self.no_runtime_form(&value, node)),
            },
            other => Err(self.no_runtime_form(&other, node)),
        }
    }

    /// A tuple that is larger than engines take.
    pub(super) fn too_wide(&self, node: impl Ranged) -> Stop {
        let message = "a tuple of more than 1,000 numbers";
        Stop::error(self.error(node, codes::TOO_LARGE, message, "this tuple").hint("use an array: np.array([...])"))
    }

    /// Something from a module that is not compiled.
    pub fn foreign(&self, what: &str, node: impl Ranged) -> Stop {
        Stop::error(
            self.error(
                node,
                codes::UNSUPPORTED_CALL,
                format!("{what} is not compiled"),
                "used here",
            )
            .hint(
                "compute it outside and pass it in, or write it as a function with @njit; numpy, math and numba are the modules that can be imported",
            ),
        )
    }

    pub(super) fn no_runtime_form(&self, value: &Val, node: impl Ranged) -> Stop {
        let hint = match value {
            Val::Static(Static::Foreign(_)) => return self.foreign(&value.describe(), node),
            Val::List(..) => "use an array: np.array([...]), or np.empty(n) filled in a loop",
            value if value.holds_function() => {
                "which function is called has to be known while compiling: call it here, or choose between results of calls"
            }
            _ => "use a number, an array, or a tuple of these",
        };
        let what = value.describe();
        Stop::error(
            self.error(node, codes::UNSUPPORTED_VALUE, format!("{what} has no value at run time"), what.clone())
                .hint(hint),
        )
    }

    /// The value of a name.
    pub fn name(&mut self, name: &str, node: impl Ranged) -> Answer<Val> {
        let place = self.place_of(&node);
        match self.env.get(name).cloned() {
            Some(Bind::Var { var, known, doubt, .. }) => {
                let value = self.read_known(var, known, place);
                Ok(Val::Expr(if doubt == Doubt::default() { value } else { self.without_doubt(name, doubt, value) }))
            }
            Some(Bind::Val(value)) => Ok(value),
            Some(Bind::Conflict(sides)) => {
                self.ask_for_none(name, &sides);
                Err(Stop::error(self.conflict(name, &sides, node)))
            }
            None => match self.enclosing(name) {
                Some(value) => Ok(value),
                None if self.is_hidden(name) => Err(self.not_assigned(name, node)),
                None => self.global(name, node),
            },
        }
    }

    /// Whether a variable of the function that has no value here hides what the module has of its name.
    pub(super) fn is_hidden(&self, name: &str) -> bool {
        self.variables.contains(name) && self.infer.program.lookup(name, self.visible).is_some()
    }

    pub(super) fn not_assigned(&self, name: &str, node: impl Ranged) -> Stop {
        let message = format!("cannot access local variable '{name}' where it is not associated with a value");
        let diagnostic = self.error(node, codes::UNDEFINED_NAME, message, "used here");
        Stop::error(
            diagnostic.hint("assign it before it is used: as the function assigns it, it is not the one of the module"),
        )
    }

    fn conflict(&self, name: &str, sides: &[(String, Span); 2], node: impl Ranged) -> Diagnostic {
        let [(a, _), (b, _)] = sides;
        let message = format!("`{name}` is {a} on one path and {b} on another");
        let mut diagnostic = self.error(node, codes::INCOMPATIBLE_BRANCHES, message, "used here");
        for (what, at) in sides.iter().filter(|(_, at)| *at != Span::default()) {
            diagnostic = diagnostic.secondary(self.span_at(*at), format!("{what} here"));
        }
        let functions = [a, b]
            .into_iter()
            .any(|what| what.starts_with("the function") || what.contains("a function") || what == "a lambda");
        diagnostic.hint(if functions {
            "which function is called has to be known while compiling: call each on its own path, and choose between the results"
        } else if a == "None" || b == "None" {
            "start with a value of the type it has later, such as -np.inf or np.empty(0)"
        } else {
            "give the two values two names, or make them one type"
        })
    }

    fn global(&mut self, name: &str, node: impl Ranged) -> Answer<Val> {
        if self.library {
            let known =
                super::intrinsics::NAMES.contains(&name).then(|| Val::Static(Static::Intrinsic(name.to_owned())));
            let np = (name == "np").then_some(Val::Static(Static::Module(crate::value::Module::Numpy)));
            if let Some(value) = known.or(np).or_else(|| crate::scope::builtin(name)) {
                return Ok(value);
            }
        } else {
            let program = self.infer.program;
            match program.lookup(name, self.visible) {
                Some((binding, Binding { meaning: Meaning::Constant(_) | Meaning::Frozen(_), .. })) => {
                    return self.module_value(name, binding, node);
                }
                Some((_, Binding { meaning: Meaning::Value(value @ Val::Static(Static::Foreign(_))), .. })) => {
                    return Err(self.foreign(&value.describe(), node));
                }
                Some((_, Binding { meaning: Meaning::Value(value), .. })) => return Ok(value.clone()),
                Some((binding, Binding { meaning: Meaning::Changed, at, .. })) => {
                    return match self.unchanged(binding)? {
                        Some(value) => Ok(value),
                        None => Err(self.not_followed(name, *at, "this statement may change it", node)),
                    };
                }
                Some((_, Binding { meaning: Meaning::Open, at, .. })) => {
                    return Err(self.not_followed(name, *at, "this statement may change it", node));
                }
                Some((_, Binding { meaning: Meaning::Early(other), at, .. })) => {
                    let why = format!("what is called here reads `{other}`, which changes later");
                    return Err(self.not_followed(name, *at, &why, node));
                }
                Some((_, Binding { meaning: Meaning::Nothing, .. })) | None => {}
            }
            if let Some(value) = crate::scope::builtin(name) {
                return Ok(value);
            }
        }
        if crate::scope::UNCOMPILED.contains(&name) {
            return Err(self.foreign(&format!("`{name}`"), node));
        }
        let known = self.env.keys().map(String::as_str).chain(self.infer.program.names.keys().map(String::as_str));
        let near = crate::scope::nearest(name, known).map(str::to_owned);
        let diagnostic =
            self.error(node, codes::UNDEFINED_NAME, format!("name '{name}' is not defined"), "nothing defines this");
        Err(Stop::error(match near {
            Some(near) => diagnostic.hint(format!("did you mean `{near}`?")),
            None if name == "np" => diagnostic.hint("add `import numpy as np` at the top"),
            None => diagnostic.hint("assign it before it is used, or define it at the top of the module"),
        }))
    }
}

/// The span of a place.
pub const fn place_span(place: Place) -> Span {
    Span { start: place.start, end: place.end }
}

fn same_but_layout(a: Option<&Type>, b: Option<&Type>) -> bool {
    match (a, b) {
        (Some(Type::Array(a)), Some(Type::Array(b))) => a.dtype == b.dtype && a.ndim == b.ndim,
        (Some(Type::Structured(a)), Some(Type::Structured(b))) => a.record == b.record && a.ndim == b.ndim,
        (Some(Type::Tuple(a)), Some(Type::Tuple(b))) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same_but_layout(Some(a), Some(b)))
        }
        (a, b) => a == b,
    }
}

/// Whether a returned type adds nothing to the wanted one.
fn raw_is_weaker(raw: &Type, want: Option<&Type>) -> bool {
    want.is_some_and(|want| {
        join_results(want, raw).as_ref() == Some(want) || matches!((raw, want), (Type::Scalar(_), Type::Scalar(_)))
    })
}
