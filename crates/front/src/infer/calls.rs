//! Calls: binding arguments, user functions, the library.

use super::body::Body;
use super::expand::calls;
use super::exprs::is_simple;
use super::parameters::Kind;
use super::share::Shared;
use super::ufuncs::Target;
use super::{Answer, Bound, Definition, Stop};
use crate::source::span;
use crate::value::{Static, Val};
use nopython_diagnostics::codes;
use nopython_ir::typed::{Expr, ExprKind, FuncId};
use nopython_types::Type;
use ruff_python_ast::{self as ast, StmtFunctionDef};
use ruff_text_size::Ranged;

/// Where the defaults of a function are found.
#[derive(Clone, Copy)]
pub enum Defaults<'d> {
    /// They are expressions of the library.
    Library,
    /// They are expressions of the module, and see the names bound before the `def`, which stands at this offset.
    Module(u32),
    /// They have been evaluated, for each parameter.
    Known(&'d [Option<Val>]),
}

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
    /// A call, which is also `whole`; nothing of the statement is evaluated before one `at_start`.
    pub fn call(&mut self, call: &ast::ExprCall, at_start: bool, whole: &ast::Expr) -> Answer<Val> {
        let mut function = self.expr(&call.func)?;
        if let (Val::Static(Static::Builtin(name)), [ast::Expr::Generator(g)]) = (&function, &*call.arguments.args)
            && matches!(name.as_str(), "any" | "all")
        {
            self.at_start = at_start;
            return self.decided(name == "any", &g.elt, &g.generators, whole);
        }
        if let (Val::Static(Static::Builtin(name)), [items], []) =
            (&function, &*call.arguments.args, &*call.arguments.keywords)
            && matches!(name.as_str(), "dict" | "set" | "Dict" | "Set")
            && let Some(value) = self.container_of_loop(&name.to_lowercase(), items, whole)?
        {
            return Ok(value);
        }
        if let (Val::Static(Static::Builtin(name)), [ast::Expr::Dict(fields), rest @ ..]) =
            (&function, &*call.arguments.args)
            && name == "dtype"
        {
            let mut pairs = Vec::new();
            for item in &fields.items {
                let name = item.key.as_ref().and_then(|key| self.known_text(key));
                let Some(name) = name else {
                    return Err(self.unsupported(whole, "this dtype", "write its names as strings"));
                };
                pairs.push((name, self.expr(&item.value)?));
            }
            let mut positional = vec![Val::Static(Static::Keywords(pairs))];
            for e in rest {
                positional.push(self.expr(e)?);
            }
            let named = call.arguments.keywords.iter().filter_map(|k| Some((k.arg.as_ref()?.to_string(), &k.value)));
            let named = named.map(|(name, e)| Ok((name, self.expr(e)?))).collect::<Answer<Vec<_>>>()?;
            return self.dtype_call(Args { positional, named }, whole);
        }
        let at_start = at_start && self.guarded == 0 && self.expanding == 0;
        let mut args = self.arguments(
            &function,
            &call.arguments,
            at_start && matches!(function, Val::Static(Static::Library(_))),
        )?;
        let shared = self.evaluated_in_order(&mut function, &mut args, at_start);
        self.at_start = at_start;
        let value = self.apply(function, args, whole);
        self.at_start = false;
        if shared.is_empty() {
            return value;
        }
        self.never_returns = self.never_returns.take().map(|call| shared.clone().around(call));
        match value? {
            known @ Val::Static(_) => Ok(known),
            other => Ok(Val::Expr(shared.around(self.runtime(other, whole)?))),
        }
    }

    /// Names the values of a call with keywords, which Python evaluates in the order in which they stand and a function takes in another,
    /// where that makes a difference: a call among them may write what another reads, or two may raise.
    fn evaluated_in_order(&mut self, function: &mut Val, args: &mut Args, at_start: bool) -> Shared {
        let mut shared = Shared::default();
        if args.named.is_empty() {
            return shared;
        }
        let receiver = match function {
            Val::Static(Static::Method(receiver, _)) => Some(&mut **receiver),
            _ => None,
        };
        let named = args.named.iter_mut().map(|(_, value)| value);
        let values: Vec<&mut Val> = receiver.into_iter().chain(&mut args.positional).chain(named).collect();
        let mut parts = Vec::new();
        values.iter().for_each(|value| value.parts(&mut parts));
        parts.retain(|e| !is_simple(e));
        let scalars = || parts.iter().all(|e| matches!(e.ty, Type::Scalar(_)));
        let raising = || scalars() && parts.iter().filter(|e| e.may_raise()).count() > 1;
        let mut called = Vec::new();
        parts.iter().for_each(|e| calls(e, &mut called));
        if parts.len() < 2 || called.is_empty() && !raising() {
            return shared;
        }
        for value in values {
            let given = std::mem::replace(value, Val::NONE);
            *value = if at_start { self.settle(given) } else { self.shared_items(&mut shared, given) };
        }
        shared
    }

    fn arguments(&mut self, function: &Val, arguments: &ast::Arguments, at_start: bool) -> Answer<Args> {
        let mut positional = Vec::new();
        for (k, e) in arguments.args.iter().enumerate() {
            self.at_start = at_start && k == 0;
            if let ast::Expr::Starred(s) = e {
                match self.expr(&s.value)? {
                    Val::Tuple(items) => positional.extend(items),
                    value => positional.extend(self.starred_argument(value, e)?),
                }
                continue;
            }
            // A function that takes a generator alone reads all of it.
            positional.push(match e {
                ast::Expr::Generator(g) => self.comprehension(&g.elt, &g.generators, e)?,
                e if k == 0 && reads_items(function) => match self.read_by_loop(e)? {
                    Some(items) => items,
                    None => self.expr(e)?,
                },
                e => self.expr(e)?,
            });
        }
        let mut named = Vec::new();
        for keyword in &arguments.keywords {
            let Some(name) = &keyword.arg else {
                let value = self.expr(&keyword.value)?;
                named.extend(self.keyword_arguments(value, &keyword.value)?);
                continue;
            };
            named.push((name.to_string(), self.expr(&keyword.value)?));
        }
        Ok(Args { positional, named })
    }

    /// `njit(f)` is `f`, and `njit(cache=True)` is `njit`.
    fn decorated(&self, name: String, args: Args, node: &ast::Expr) -> Answer<Val> {
        let mut given = args.positional.into_iter();
        match (given.next(), given.next()) {
            (None, None) => Ok(Val::Static(Static::Numba(name))),
            (Some(function @ Val::Static(Static::Function(_) | Static::Closure(_))), None) => Ok(function),
            _ => Err(self.unsupported(
                node,
                &format!("this use of `{name}`"),
                "give it a function, or use it as a decorator",
            )),
        }
    }

    /// A function value applied to arguments.
    pub fn apply(&mut self, function: Val, args: Args, node: &ast::Expr) -> Answer<Val> {
        let args = self.bind_names(&function, args, node)?;
        match function {
            Val::Static(s) => match s {
                Static::Function(index) => self.call_user(index, args, node),
                Static::Closure(closure) => self.call_closure(*closure, args, node),
                Static::Partial(partial) => self.call_partial(*partial, args, node),
                Static::Operator(name) => self.call_operator(&name, args, node),
                Static::Builtin(name) if name == "functools.partial" => self.partial(args, node),
                Static::Builtin(name) if name == "collections.namedtuple" => self.named_tuple_class(args, node),
                Static::Builtin(name) if name == "dtype" => self.dtype_call(args, node),
                Static::Builtin(name) if name == "from_dtype" => self.dtype_call(args, node),
                Static::Library(name) => self.call_library(&name, args, node),
                Static::Intrinsic(name) => self.intrinsic(&name, args, node),
                Static::Math(name) => self.math(&name, args, node),
                Static::Cmath(name) => self.cmath(&name, args, node),
                Static::Builtin(name) => self.builtin(&name, args, node),
                Static::Numba(name) if name == "prange" => self.builtin("range", args, node),
                Static::Numba(name) if matches!(name.as_str(), "njit" | "jit") => self.decorated(name, args, node),
                Static::Numba(name) => {
                    Err(self.unsupported(node, &format!("`{name}` inside a function"), "use it as a decorator"))
                }
                Static::ScalarType(s) => self.convert_scalar(s, args, node),
                Static::Method(value, name) => self.call_method(*value, &name, args, node),
                Static::Named(class) => self.make_named(&class, args, node),
                Static::Class(name) if self.infer.program.named_tuple(&name).is_some() => {
                    match self.named_class(&name)? {
                        Some(class) => self.make_named(&class, args, node),
                        None => Ok(Val::NONE),
                    }
                }
                Static::Class(name) => match self.make_record(&name, args, node)? {
                    Some(made) => Ok(made),
                    None => Err(self.unsupported(
                        node,
                        &format!("the class `{name}`"),
                        "pass its fields as arguments, or as a tuple, and return new values",
                    )),
                },
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
            Val::Expr(e) if matches!(e.ty, Type::Record(_)) => {
                let message = format!("'{}' object is not callable", e.ty);
                match self.special_call(&e, args, node)? {
                    Some(value) => Ok(value),
                    None => Err(Stop::error(self.error(node, codes::UNSUPPORTED_CALL, message, "called here"))),
                }
            }
            other => Err(Stop::error(self.error(
                node,
                codes::UNSUPPORTED_CALL,
                format!("{} is not callable", other.describe()),
                "called here",
            ))),
        }
    }

    /// Arguments in the order of the parameters, defaults filled in.
    pub fn bind_arguments(
        &mut self,
        def: &StmtFunctionDef,
        display: &str,
        mut args: Args,
        defaults: Defaults<'_>,
        node: &impl Ranged,
    ) -> Answer<Vec<Val>> {
        let parameters = &def.parameters;
        let is_library = matches!(defaults, Defaults::Library);
        let params: Vec<_> = parameters.iter_non_variadic_params().collect();
        let by_position = params.len() - parameters.kwonlyargs.len();
        let refuse = |this: &Self, code, message: String, label: String| {
            let names: Vec<&str> = params.iter().map(|p| p.parameter.name.as_str()).collect();
            let ufunc = nopython_numpy::find(def.name.as_str()).filter(|e| is_library && e.inputs.is_some());
            let list = match ufunc.and_then(|entry| entry.signature.split_once('(')) {
                Some((_, all)) => without_defaults(all.trim_end_matches(')')),
                None => shown(&names, parameters.posonlyargs.len(), by_position),
            };
            Stop::error(this.error(node, code, message, label).hint(format!("its parameters are ({list})")))
        };
        let given = args.positional.len();
        if given > by_position && parameters.vararg.is_none() {
            let least = params.iter().take(by_position).filter(|p| p.default.is_none()).count();
            let takes = match by_position {
                n if n == least => super::counted(n, "positional argument"),
                n => format!("from {least} to {}", super::counted(n, "positional argument")),
            };
            let were = if given == 1 { "was" } else { "were" };
            let message = format!("{display}() takes {takes} but {given} {were} given");
            return Err(refuse(self, codes::ARGUMENT_COUNT, message, "called here".to_owned()));
        }
        let mut positional = std::mem::take(&mut args.positional).into_iter();
        let mut bound = Vec::with_capacity(params.len());
        for (k, param) in params.iter().enumerate() {
            let name = param.parameter.name.as_str();
            let is_nameless = k < parameters.posonlyargs.len();
            let by_name = if is_nameless && parameters.kwarg.is_some() { None } else { args.take(name) };
            if by_name.is_some() && is_nameless {
                let message =
                    format!("{display}() got some positional-only arguments passed as keyword arguments: '{name}'");
                return Err(refuse(self, codes::UNKNOWN_KEYWORD, message, format!("'{name}' is given by name")));
            }
            let next = if k < by_position { positional.next() } else { None };
            if let (Some(Val::NONE), _) | (_, Some(Val::NONE)) = (&next, &by_name)
                && is_library
                && Kind::refuses_none(&param.parameter)
            {
                let message = format!("{display}() takes a number or an array for '{name}', not None");
                return Err(refuse(self, codes::TYPE_MISMATCH, message, "called here".to_owned()));
            }
            let value = match (next, by_name) {
                (Some(_), Some(_)) => {
                    let message = format!("{display}() got multiple values for argument '{name}'");
                    return Err(refuse(self, codes::ARGUMENT_COUNT, message, "called here".to_owned()));
                }
                (Some(value), None) | (None, Some(value)) => value,
                (None, None) => match &param.default {
                    Some(default) => match defaults {
                        Defaults::Known(values) => values.get(k).cloned().flatten().unwrap_or(Val::NONE),
                        Defaults::Library => {
                            let library = std::mem::replace(&mut self.library, true);
                            let value = self.default_value(default, None);
                            self.library = library;
                            value?
                        }
                        Defaults::Module(offset) => self.default_value(default, Some(offset))?,
                    },
                    None => {
                        let kind = if k < by_position { "positional" } else { "keyword-only" };
                        let message = format!("{display}() missing 1 required {kind} argument: '{name}'");
                        return Err(refuse(self, codes::ARGUMENT_COUNT, message, "called here".to_owned()));
                    }
                },
            };
            bound.push(value);
        }
        if parameters.vararg.is_some() {
            bound.insert(by_position, Val::Tuple(positional.collect()));
        }
        if parameters.kwarg.is_some() {
            bound.push(Val::Static(Static::Keywords(std::mem::take(&mut args.named))));
        }
        if let Some((name, _)) = args.named.first() {
            let message = format!("{display}() got an unexpected keyword argument '{name}'");
            return Err(refuse(self, codes::UNKNOWN_KEYWORD, message, format!("'{name}' is given here")));
        }
        Ok(bound)
    }

    /// A default, which sees the bindings before an offset in the module.
    pub(super) fn default_value(&mut self, e: &ast::Expr, offset: Option<u32>) -> Answer<Val> {
        let env = std::mem::take(&mut self.env);
        let limit = offset.map_or(self.visible, |offset| self.infer.program.before(offset));
        let visible = std::mem::replace(&mut self.visible, limit);
        let value = self.expr(e);
        self.visible = visible;
        self.env = env;
        value
    }

    fn call_user(&mut self, index: usize, args: Args, node: &ast::Expr) -> Answer<Val> {
        let definition = Definition::User(index);
        let def = self.infer.definition(&definition)?;
        let defaults = Defaults::Module(span(&*def).start);
        let values = self.bind_arguments(&def, def.name.as_str(), args, defaults, node)?;
        if let Some(mapped) = self.call_vectorized(index, &def, &values, node)? {
            return Ok(mapped);
        }
        if let Some(looped) = self.call_along_axes(index, &def, &values, node)? {
            return Ok(looped);
        }
        self.call_instance(&definition, &def, None, values, node)
    }

    /// A call of one of the user's functions with the values of all parameters. `own` is the nested function that it is, and the scope around it.
    pub(super) fn call_instance(
        &mut self,
        definition: &Definition,
        def: &StmtFunctionDef,
        own: Option<(usize, usize)>,
        values: Vec<Val>,
        node: &ast::Expr,
    ) -> Answer<Val> {
        let declared = self.infer.declared_signature(def, &values);
        // A list that the function only reads is known item by item, and so is one of the module, which nothing changes.
        let names = def.parameters.iter_non_variadic_params().map(|p| p.parameter.name.as_str());
        let names = names.map(Some).chain(std::iter::repeat(None));
        let values = values.into_iter().zip(names).map(|(value, name)| match value {
            Val::List(items, None) if declared.is_none() => Ok(Val::List(items, None)),
            Val::List(items, Some(_))
                if declared.is_none() && name.is_some_and(|n| super::lists::only_reads(&def.body, n, &items)) =>
            {
                Ok(super::lists::without_places(Val::List(items, None)))
            }
            Val::List(..) => self.shared_list(value, node).map(Val::Expr),
            // The function may change a list that it is given in a tuple.
            value @ Val::Tuple(_) if super::lists::holds_display(&value) => {
                Ok(self.shared_list(value.clone(), node).map_or(value, Val::Expr))
            }
            other => Ok(other),
        });
        let values = values.collect::<Answer<Vec<_>>>()?;
        // Strings stay known in the function, unless it calls itself: then they may grow without end.
        let running = self.infer.instances.iter().any(|i| i.running && i.definition == *definition);
        let values = values.into_iter().map(|value| match &value {
            known if running && super::strings::holds_known(known) => self.runtime(value, node).map(Val::Expr),
            _ => Ok(value),
        });
        let values = values.collect::<Answer<Vec<_>>>()?;
        let params = declared.as_ref().map(|signature| signature.params.as_slice());
        let (bound, runtime) = self.outgoing(own, values, params, node)?;
        let result = declared.and_then(|s| s.result);
        let (function, ty) = self.infer.instance(definition, bound, None, result)?;
        let place = self.place_of(node);
        let call = self.called(Expr { kind: ExprKind::Call(function, runtime), ty, place }, function)?;
        let value = self.result_of(call, function, node)?;
        self.result_opened(value, node)
    }

    /// A call of an instance. One that never returns stops what is around it, unless that is evaluated only sometimes.
    fn called(&mut self, call: Expr, function: FuncId) -> Answer<Val> {
        if self.guarded == 0 && self.expanding == 0 && self.infer.raises(function) {
            self.never_returns = Some(call);
            return Err(Stop::PathEnds);
        }
        Ok(Val::Expr(call))
    }

    /// A call of a library function by name.
    pub fn library(&mut self, name: &str, args: Vec<Val>, node: &ast::Expr) -> Answer<Val> {
        self.call_library(name, Args::positional(args), node)
    }

    pub(super) fn call_library(&mut self, name: &str, mut args: Args, node: &ast::Expr) -> Answer<Val> {
        let direct = std::mem::take(&mut self.at_start);
        let Some(entry) = nopython_numpy::find(name) else {
            return Err(Stop::error(self.error(node, codes::INTERNAL, format!("no entry np.{name}"), "called here")));
        };
        if self.slot == usize::MAX && ["random.", "std_random."].iter().any(|prefix| name.starts_with(prefix)) {
            let what = "random numbers that the module makes when it is imported";
            return Err(self.unsupported(node, what, "make them in a function, or pass them as an argument"));
        }
        let definition = Definition::Library(entry.name);
        let def = self.infer.definition(&definition)?;
        if let Some(inputs) = entry.inputs
            && let Some(keywords) = self.ufunc_keywords(inputs, &mut args, node)?
        {
            return self.call_ufunc(name, args, keywords, direct, node);
        }
        let own = ["list", "dict", "set", "str"].into_iter().find_map(|class| {
            let method = name.strip_prefix(class)?.strip_prefix('_')?;
            Some(format!("{class}.{method}"))
        });
        let own = own.or_else(|| name.strip_prefix("std_").map(str::to_owned));
        let display = own.unwrap_or_else(|| format!("np.{name}"));
        let mut values = self.bind_arguments(&def, &display, args, Defaults::Library, node)?;
        if entry.changes
            && let Some(first) = values.first_mut()
            && matches!(first, Val::List(..))
        {
            *first = Val::Expr(self.changed_list(first.clone(), None, node)?);
        }
        for value in &mut values {
            if value.holds_function() {
                let given = std::mem::replace(value, Val::NONE);
                *value = self.detached(given, node)?;
            }
        }
        let kinds: Vec<Kind> = def.parameters.iter_non_variadic_params().map(|p| Kind::of(&p.parameter)).collect();
        let target = self.taken_target(&kinds, &mut values, node)?;
        self.look_at(&kinds, &mut values, node)?;
        let value = self.call_entry(&definition, &def, kinds, values, node)?;
        match target {
            None => Ok(value),
            Some((kind, out)) => {
                let value = self.runtime(value, node)?;
                let same_shape = kind == Kind::Reduced;
                let casting = if same_shape { "unsafe" } else { "same_kind" };
                self.result_into(Target { name, out, mask: None, casting, same_shape }, value, direct, node)
            }
        }
    }

    /// A call of an entry whose arguments have the form of its parameters.
    fn call_entry(
        &mut self,
        definition: &Definition,
        def: &StmtFunctionDef,
        kinds: Vec<Kind>,
        values: Vec<Val>,
        node: &ast::Expr,
    ) -> Answer<Val> {
        if let Some(value) = self.expand(def, &values, node)? {
            return Ok(value);
        }
        // Functions take along what they read of this one.
        if values.iter().any(|value| self.looks_around(value)) {
            let place = self.place_of(node);
            let (bound, runtime) = self.outgoing(None, values, None, node)?;
            let (function, ty) = self.infer.instance(definition, bound, Some(place), None)?;
            return self.called(Expr { kind: ExprKind::Call(function, runtime), ty, place }, function);
        }
        let mut bound = Vec::new();
        let mut runtime = Vec::new();
        for (kind, value) in kinds.into_iter().zip(values) {
            match &value {
                Val::Expr(e) if super::ops::as_const(e).is_none() => {
                    bound.push(Bound::Runtime(e.ty.clone()));
                    runtime.push(e.clone());
                }
                // Which axes are meant is known while compiling.
                Val::Tuple(_) if matches!(kind, Kind::Axis | Kind::Axes) => bound.push(Bound::Known(value)),
                Val::Tuple(_) if kind == Kind::NewAxes && super::expand::is_known(&value) => {
                    bound.push(Bound::Known(value));
                }
                Val::Tuple(_) | Val::List(..) => {
                    let e = self.runtime(value, node)?;
                    bound.push(Bound::Runtime(e.ty.clone()));
                    runtime.push(e);
                }
                Val::Expr(_) | Val::Static(_) => bound.push(Bound::Known(value)),
            }
        }
        let place = self.place_of(node);
        let (function, ty) = self.infer.instance(definition, bound, Some(place), None)?;
        self.called(Expr { kind: ExprKind::Call(function, runtime), ty, place }, function)
    }
}

/// Whether a function reads all items of its first argument, and keeps none of what it is.
fn reads_items(function: &Val) -> bool {
    match function {
        Val::Static(Static::Builtin(name)) => {
            matches!(name.as_str(), "list" | "sorted" | "sum" | "min" | "max" | "any" | "all")
        }
        Val::Static(Static::Library(name)) => matches!(name.as_str(), "array" | "asarray"),
        Val::Static(Static::Method(_, name)) => name == "extend",
        _ => false,
    }
}

/// Parameters as Python writes them, with `/` after those that take no name and `*` before those that take nothing else.
fn shown(names: &[&str], positional_only: usize, by_position: usize) -> String {
    let mut words: Vec<&str> = Vec::new();
    for (k, name) in names.iter().enumerate() {
        if k == positional_only && k > 0 {
            words.push("/");
        }
        if k == by_position {
            words.push("*");
        }
        words.push(name);
    }
    if positional_only == names.len() && positional_only > 0 {
        words.push("/");
    }
    words.join(", ")
}

/// The parameters of a signature by name.
fn without_defaults(parameters: &str) -> String {
    let names = parameters.split(", ").map(|parameter| parameter.split('=').next().unwrap_or_default());
    names.collect::<Vec<_>>().join(", ")
}

impl super::Infer<'_> {
    /// The declared signature that a call's arguments fit, if the function has any.
    fn declared_signature(&self, def: &StmtFunctionDef, values: &[Val]) -> Option<crate::signature::Signature> {
        let signatures = self.signatures(def).ok().flatten()?;
        signatures.into_iter().find(|s| {
            s.params.len() == values.len()
                && s.params.iter().zip(values).all(|(ty, value)| match value {
                    Val::Expr(e) => super::join::coerce(e.clone(), ty).is_some(),
                    Val::List(..) => matches!(ty, Type::List(_)),
                    Val::Static(Static::Str(_)) => *ty == Type::Str,
                    Val::Tuple(items) => super::ops::tuple_expr(items, Default::default())
                        .is_some_and(|e| super::join::coerce(e, ty).is_some()),
                    _ => false,
                })
        })
    }
}
