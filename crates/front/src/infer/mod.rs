//! Inference: an abstract interpreter over the syntax tree that emits typed IR.
//!
//! Each Python function is interpreted once for each list of argument types (an *instance*). The environment maps a name to a
//! variable of the typed IR or to a value known while compiling. One name with two types becomes two variables; where paths
//! meet, the two are joined and the conversion is emitted on the edge. A loop is interpreted until the types at its head no longer
//! change, and only the last round's output is kept. A recursive function is interpreted until its result type no longer changes.

mod body;
mod builtins;
mod calls;
mod captures;
mod chosen;
mod closures;
mod comparisons;
mod complex;
mod comprehensions;
mod defaults;
mod doubt;
mod expand;
mod exprs;
mod extents;
mod formatting;
mod gather;
mod globals;
mod huge;
mod index;
pub mod intrinsics;
mod join;
mod keywords;
mod lists;
mod loops;
mod math;
mod methods;
pub(crate) mod named;
mod ops;
mod optional;
mod parameters;
mod powers;
mod raises;
mod records;
mod share;
mod stmts;
mod strings;
pub mod structured;
mod targets;
mod templates;
mod ufuncs;
mod variadic;
mod vectorized;
mod walrus;

pub use closures::{OPERATORS, names_in};
pub use complex::CMATH;
pub use globals::FrozenArray;
pub use math::MATH;
pub use ops::constant;
pub use records::{container, generator_type};
pub use structured::records_type;

use crate::scope::{Binding, Meaning, Program};
use crate::signature::{Reader, Signature, Types};
use crate::source::{Source, span};
use crate::value::{Static, Val};
use body::Body;
use nopython_diagnostics::{Diagnostic, Severity, Span, codes};
use nopython_ir::sorted::SortedMap;
use nopython_ir::typed::{self, FuncId, Place};
use nopython_types::{DType, Type, limits};
use ruff_python_ast::{Expr, Stmt, StmtFunctionDef};
use std::rc::Rc;

/// Why inference of a function stops.
#[derive(Clone, Debug)]
pub enum Stop {
    /// Something is wrong.
    Error(Box<Diagnostic>),
    /// The rest of a path is not interpreted, after a recursive call whose result type is not known yet, or after a call that never
    /// returns (`Body::never_returns`).
    PathEnds,
}

impl Stop {
    /// Stops with a diagnostic.
    pub fn error(diagnostic: Diagnostic) -> Stop {
        Stop::Error(Box::new(diagnostic))
    }
}

/// A result of inference.
pub type Answer<T> = Result<T, Stop>;

/// Where a function's body comes from.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Definition {
    /// The user's module, by index.
    User(usize),
    /// The library, by name.
    Library(&'static str),
    /// A function inside another one, by index.
    Nested(usize),
    /// A function of a class of the module, by its number among the statements of the class.
    Method(String, usize),
}

/// What a parameter is bound to in an instance.
#[derive(Clone, Debug, PartialEq)]
pub enum Bound {
    /// A run-time value of a type.
    Runtime(Type),
    /// A value known while compiling.
    Known(Val),
    /// A value known while compiling that has parts of run time, of these types.
    Partly(Val, Vec<Type>),
    /// What the function and its arguments see of functions around them.
    Captured(captures::Captures),
}

/// A function for one list of arguments.
struct Instance {
    definition: Definition,
    bound: Vec<Bound>,
    /// For library bodies the first call: what is wrong with them is reported there.
    at: Option<Place>,
    id: FuncId,
    /// The result type as far as it is known.
    result: Option<Type>,
    /// What is known while compiling of a result that is or holds a function: `result` is then the tuple of its parts of run time.
    returned: Option<captures::Returned>,
    running: bool,
    /// Whether a recursive call has used `result`.
    recursive: bool,
    /// Whether it was inferred from a result type that turned out to be wrong.
    stale: bool,
    /// Whether every path of it raises.
    raises: bool,
    /// What is wrong with it, so that every further call says the same.
    failed: Option<Stop>,
}

/// Inference of a module.
pub struct Infer<'a> {
    pub(crate) source: &'a Source<'a>,
    pub(crate) program: &'a Program,
    module: typed::Module,
    instances: Vec<Instance>,
    library: SortedMap<&'static str, Rc<StmtFunctionDef>>,
    /// Functions of classes, as far as they are called.
    methods: SortedMap<(String, usize), Rc<StmtFunctionDef>>,
    /// Functions inside others, in the order in which they were first defined.
    nested: Vec<closures::Nested>,
    warnings: Vec<Diagnostic>,
    depth: usize,
    /// The values of the module's bindings, by index: nothing where functions cannot use it.
    constants: SortedMap<usize, Answer<Option<Val>>>,
    /// The module's own names of dtypes and types.
    types: Types,
    /// Arrays of constants, by dtype and bytes.
    tables: Vec<(DType, Vec<u8>, typed::Expr)>,
    /// Instances before this one that are running have no result that may be used.
    settled_from: usize,
    /// Whether Python has run the module, so that the host knows what decorators have made of its functions.
    hosted: bool,
}

/// A function that a host wants for given argument types.
#[derive(Clone, Debug, PartialEq)]
pub struct Request {
    /// The Python name; of several definitions the last counts, as in Python.
    pub function: String,
    /// Types of the arguments, and of the result if it is fixed.
    pub signature: Signature,
}

/// A call that a host has seen, which may leave parameters to their defaults.
#[derive(Clone, Debug, PartialEq)]
pub struct Call {
    /// The Python name; of several definitions the last counts, as in Python.
    pub function: String,
    /// Types of the arguments that are given by position.
    pub positional: Vec<Type>,
    /// Types of those that are given by name.
    pub named: Vec<(String, Type)>,
}

/// Infers every function that hosts can call.
pub fn run(
    file: &str,
    source: &Source<'_>,
    program: &Program,
) -> Result<(typed::Module, Vec<Diagnostic>), Vec<Diagnostic>> {
    let mut infer = Infer::new(file, source, program);
    let mut errors: Vec<Diagnostic> = Vec::new();
    let (mut unsigned, mut unread) = (Vec::new(), Vec::new());
    // Of functions of one name, the module has the last.
    let last: SortedMap<&str, usize> =
        program.functions.iter().enumerate().map(|(index, def)| (def.name.as_str(), index)).collect();
    for (index, def) in program.functions.iter().enumerate() {
        if last.get(def.name.as_str()) != Some(&index) {
            continue;
        }
        match infer.signatures(def) {
            Ok(Some(signatures)) => {
                for signature in signatures {
                    let mut exported = infer.export(index, def, &signature);
                    if exported.is_ok() && infer.is_vectorized(def) {
                        exported = infer.export_maps(index, def, &signature);
                    }
                    if let Err(Stop::Error(error)) = exported {
                        errors.push(*error);
                    }
                }
            }
            Ok(None) if is_decorated(def, program) => unsigned.push((index, Rc::clone(def))),
            Ok(None) | Err(Stop::PathEnds) => {}
            // An annotation on a function that is not decorated may mean anything.
            Err(Stop::Error(error)) if !is_decorated(def, program) => {
                unread.push((index, unread_annotation(def, *error)))
            }
            Err(Stop::Error(error)) => errors.push(*error),
        }
    }
    let unsigned = unsigned.iter().map(|(index, def)| (*index, missing_signature(def)));
    for (index, warning) in unsigned.chain(unread) {
        if !infer.instances.iter().any(|i| i.definition == Definition::User(index)) {
            infer.warnings.push(warning);
        }
    }
    let mut seen: Vec<Diagnostic> = Vec::new();
    errors.retain(|error| {
        let new = !seen.contains(error);
        seen.push(error.clone());
        new
    });
    if errors.is_empty() && infer.module.exports.is_empty() {
        errors.append(&mut infer.warnings);
        if errors.is_empty() {
            errors.push(nothing_to_compile());
        }
    }
    if errors.is_empty() { Ok((infer.module, infer.warnings)) } else { Err(errors) }
}

/// Infers the functions that a host asks for, whatever their decorators say.
pub fn specialise(
    file: &str,
    source: &Source<'_>,
    program: &Program,
    requests: &[Request],
) -> Result<(typed::Module, Vec<Diagnostic>), Vec<Diagnostic>> {
    let mut infer = Infer::new(file, source, program);
    infer.hosted = true;
    for request in requests {
        let Some((index, def)) = program.function(&request.function) else { return Err(vec![nothing_to_compile()]) };
        infer.export(index, def, &request.signature).map_err(|stop| vec![stop.diagnostic(def)])?;
    }
    Ok((infer.module, infer.warnings))
}

/// Infers a function for a call.
pub fn call(
    file: &str,
    source: &Source<'_>,
    program: &Program,
    call: Call,
) -> Result<(typed::Module, Vec<Diagnostic>), Vec<Diagnostic>> {
    let mut infer = Infer::new(file, source, program);
    let Some((index, def)) = program.function(&call.function) else { return Err(vec![nothing_to_compile()]) };
    let exported = infer.signature_of(def, call).and_then(|signature| infer.export(index, def, &signature));
    exported.map_err(|stop| vec![stop.diagnostic(def)])?;
    Ok((infer.module, infer.warnings))
}

impl Stop {
    /// What is said of a function that is not inferred.
    fn diagnostic(self, def: &StmtFunctionDef) -> Diagnostic {
        match self {
            Stop::Error(error) => *error,
            Stop::PathEnds => unsettled(def),
        }
    }
}

fn nothing_to_compile() -> Diagnostic {
    Diagnostic::error(codes::MISSING_SIGNATURE, "no function to compile")
        .hint("decorate a function with @njit and a signature: @njit(\"float64(float64[:])\"), or annotate its parameters: def f(x: \"float64[:]\")")
}

fn missing_signature(def: &StmtFunctionDef) -> Diagnostic {
    let params = def.parameters.len();
    let types = vec!["float64[:]"; params].join(", ");
    Diagnostic::warning(
        codes::MISSING_SIGNATURE,
        format!("`{}` is not compiled: the types of its arguments are not known", def.name),
    )
    .primary(span(&def.name), "no signature, and nothing here calls it")
    .hint(format!("give it one: @njit(\"float64({types})\") above the def, or annotate the parameters"))
}

/// What is wrong with an annotation, as the reason why a function is left out.
fn unread_annotation(def: &StmtFunctionDef, mut error: Diagnostic) -> Diagnostic {
    error.severity = Severity::Warning;
    error.message = format!("`{}` is not compiled: {}", def.name, error.message);
    error
}

fn unsettled(def: &StmtFunctionDef) -> Diagnostic {
    let message = format!("the type that `{}` returns does not settle", def.name);
    Diagnostic::error(codes::RECURSION_TYPE, message)
        .primary(span(&def.name), "in this function")
        .hint("declare the result type in the signature")
}

/// The decorator of ours on a function, if any: its name and arguments.
fn decorator<'d>(
    def: &'d StmtFunctionDef,
    program: &'d Program,
) -> Option<(String, Option<&'d ruff_python_ast::Arguments>, Span)> {
    def.decorator_list.iter().find_map(|decorator| {
        let (name, arguments) = named_decorator(&decorator.expression, program, usize::MAX)?;
        Some((name, arguments, span(decorator)))
    })
}

/// A decorator of ours as it is written, or as the module has named it: `fast = njit(cache=True)`.
fn named_decorator<'d>(
    e: &'d Expr,
    program: &'d Program,
    visible: usize,
) -> Option<(String, Option<&'d ruff_python_ast::Arguments>)> {
    match e {
        Expr::Call(call) => {
            let (name, inner) = named_decorator(&call.func, program, visible)?;
            inner.is_none().then_some((name, Some(&call.arguments)))
        }
        Expr::Name(name) => match program.names.get(name.id.as_str()) {
            Some(Val::Static(Static::Numba(name))) => Some((name.clone(), None)),
            _ => match program.lookup(name.id.as_str(), visible)? {
                (index, Binding { meaning: Meaning::Constant(e), .. }) => named_decorator(e, program, index),
                _ => None,
            },
        },
        Expr::Attribute(attribute) => match &*attribute.value {
            Expr::Name(module) => match program.names.get(module.id.as_str()) {
                Some(Val::Static(Static::Module(crate::value::Module::Numba))) => {
                    Some((attribute.attr.to_string(), None))
                }
                _ => None,
            },
            _ => None,
        },
        _ => None,
    }
}

fn is_decorated(def: &StmtFunctionDef, program: &Program) -> bool {
    decorator(def, program).is_some()
}

/// Refuses decorators that make something else of a function, which is not known.
fn check_decorators(def: &StmtFunctionDef, program: &Program) -> Answer<()> {
    let is_ours =
        |decorator: &&ruff_python_ast::Decorator| named_decorator(&decorator.expression, program, usize::MAX).is_some();
    let Some(other) = def.decorator_list.iter().find(|decorator| !is_ours(decorator)) else { return Ok(()) };
    let called = match &other.expression {
        Expr::Call(call) => &*call.func,
        other => other,
    };
    let hint = match called {
        Expr::Name(name) if matches!(name.id.as_str(), "cache" | "lru_cache") => "keep results in an array",
        Expr::Attribute(e) if matches!(e.attr.as_str(), "cache" | "lru_cache") => "keep results in an array",
        _ => "decorate a function that calls this one, outside of what is compiled",
    };
    let message = format!("a decorator of `{}` is not compiled", def.name);
    Err(Stop::error(
        Diagnostic::error(codes::UNSUPPORTED_SYNTAX, message)
            .primary(span(other), "what this makes of the function is not known")
            .hint(hint),
    ))
}

impl<'a> Infer<'a> {
    fn new(file: &str, source: &'a Source<'a>, program: &'a Program) -> Self {
        let mut infer = Infer {
            source,
            program,
            module: typed::Module { file: file.to_owned(), ..Default::default() },
            instances: Vec::new(),
            library: SortedMap::new(),
            methods: SortedMap::new(),
            nested: Vec::new(),
            warnings: Vec::new(),
            depth: 0,
            constants: SortedMap::new(),
            types: Types::new(),
            tables: Vec::new(),
            settled_from: 0,
            hosted: false,
        };
        infer.find_types();
        infer
    }

    /// The signatures a function is compiled for without being called.
    fn signatures(&self, def: &StmtFunctionDef) -> Answer<Option<Vec<Signature>>> {
        let reader = Reader { program: self.program, types: &self.types, at: None };
        let decorated = decorator(def, self.program);
        if let Some((name, arguments, at)) = &decorated {
            if !matches!(name.as_str(), "njit" | "jit" | "vectorize" | "guvectorize") {
                return Err(Stop::error(
                    Diagnostic::error(codes::UNSUPPORTED_SYNTAX, format!("@{name} is not compiled"))
                        .primary(*at, "this decorator")
                        .hint("use @njit and array expressions: a function of arrays applies to every element"),
                ));
            }
            // The layout alone gives no types.
            let is_layout = |e: &Expr| e.as_string_literal_expr().is_some_and(|s| s.value.to_str().contains("->"));
            if let Some(first) = arguments.and_then(|a| a.args.first()).filter(|first| !is_layout(first)) {
                return reader.signatures(first).map(Some);
            }
        }
        // How many arguments `*args` takes, and of which types, is seen in calls only.
        let is_variadic = def.parameters.vararg.is_some() || def.parameters.kwarg.is_some();
        let annotations = def.parameters.iter_non_variadic_params().map(|param| param.parameter.annotation.as_deref());
        let Some(annotations) = annotations.collect::<Option<Vec<_>>>().filter(|_| !is_variadic) else {
            return Ok(None);
        };
        if annotations.is_empty() && decorated.is_none() {
            return Ok(None);
        }
        let params = annotations.into_iter().map(|annotation| reader.ty(annotation)).collect::<Answer<Vec<_>>>()?;
        let result = match &def.returns {
            Some(e) => Some(reader.ty(e))
                .transpose()
                .or_else(|error| if decorated.is_none() { Ok(None) } else { Err(error) })?,
            None => None,
        };
        Ok(Some(vec![Signature { params, result }]))
    }

    /// The types of all parameters in a call: that of an annotation, or else of the argument, or of the default.
    fn signature_of(&mut self, def: &StmtFunctionDef, call: Call) -> Answer<Signature> {
        let start = span(def).start;
        let visible = self.program.before(start);
        let given = |ty| Val::Static(Static::Type(ty));
        let args = calls::Args {
            positional: call.positional.into_iter().map(given).collect(),
            named: call.named.into_iter().map(|(name, ty)| (name, given(ty))).collect(),
        };
        let mut body = Body::module(self, visible);
        let values = body.bind_arguments(def, &call.function, args, calls::Defaults::Module(start), &def.name)?;
        let reader = Reader { program: body.infer.program, types: &body.infer.types, at: None };
        let params =
            variadic::host_arguments(def, values)?.into_iter().map(|(annotation, value)| match (annotation, value) {
                (Some(annotation), _) => reader.ty(annotation),
                (None, Val::Static(Static::Type(ty))) => Ok(ty),
                (None, value) => body.runtime(value, &def.name).map(|e| e.ty),
            });
        Ok(Signature { params: params.collect::<Answer<_>>()?, result: None })
    }

    /// Infers a function for a signature and exports it.
    fn export(&mut self, index: usize, def: &Rc<StmtFunctionDef>, signature: &Signature) -> Answer<()> {
        let count = def.parameters.iter_non_variadic_params().count();
        let given = signature.params.len();
        if given < count || given > count && def.parameters.vararg.is_none() {
            return Err(Stop::error(
                Diagnostic::error(
                    codes::BAD_SIGNATURE,
                    format!(
                        "the signature of `{}` has {}, but the function has {}",
                        def.name,
                        counted(signature.params.len(), "type"),
                        counted(count, "parameter")
                    ),
                )
                .primary(span(&def.name), counted(count, "parameter"))
                .hint("write one type for each parameter, in their order: @njit(\"float64(float64[:], int64)\")"),
            ));
        }
        let params = signature.params.iter().map(|ty| self.inner_type(ty)).collect::<Answer<Vec<_>>>()?;
        let result = signature.result.as_ref().map(|ty| self.inner_type(ty)).transpose()?;
        let bound = variadic::host_parameters(def, given - count, &params);
        let (function, _) = self.instance(&Definition::User(index), bound, None, result)?;
        if self.returned(function).is_some() {
            return Err(Stop::error(
                Diagnostic::error(codes::UNSUPPORTED_VALUE, format!("`{}` returns a function", def.name))
                    .primary(span(&def.name), "a host cannot be given a compiled function")
                    .hint("call it in a compiled function, and return what it gives"),
            ));
        }
        let function = self.with_names_for_hosts(def, given - count, function);
        let function = self.for_hosts(def, function)?;
        self.push_export(def, function);
        Ok(())
    }

    /// The function for a definition and arguments, inferred now if it has not been.
    pub(crate) fn instance(
        &mut self,
        definition: &Definition,
        bound: Vec<Bound>,
        at: Option<Place>,
        declared: Option<Type>,
    ) -> Answer<(FuncId, Type)> {
        let settled_from = self.settled_from;
        let known = self.instances.iter_mut().enumerate().find(|(_, i)| {
            !i.stale && i.definition == *definition && i.bound == bound && (i.at == at || i.failed.is_none())
        });
        if let Some((slot, instance)) = known {
            if let Some(stop) = &instance.failed {
                return Err(stop.clone());
            }
            if instance.running {
                if slot < settled_from {
                    return Err(Stop::PathEnds);
                }
                instance.recursive = true;
            }
            return instance.result.clone().map(|result| (instance.id, result)).ok_or(Stop::PathEnds);
        }
        self.check_limits(definition, &bound, declared.as_ref())?;
        let id = self.module.functions.push(empty_function());
        let slot = self.instances.len();
        self.instances.push(Instance {
            definition: definition.clone(),
            bound: bound.clone(),
            at,
            id,
            result: declared.clone(),
            returned: None,
            running: true,
            recursive: false,
            stale: false,
            raises: false,
            failed: None,
        });
        self.depth += 1;
        let outcome = self.fixpoint(slot, definition, &bound, at, declared);
        self.depth -= 1;
        let Some(instance) = self.instances.get_mut(slot) else { return Err(Stop::PathEnds) };
        instance.running = false;
        instance.failed = outcome.as_ref().err().cloned();
        let function = outcome?;
        let result = function.result.clone();
        instance.result = Some(result.clone());
        if let Some(entry) = self.module.functions.values_mut().nth(id.index()) {
            *entry = function;
        }
        Ok((id, result))
    }

    /// Whether a call of an instance never returns.
    pub(crate) fn raises(&self, function: FuncId) -> bool {
        self.instances.iter().any(|i| i.id == function && i.raises && !i.running)
    }

    /// Refuses what engines do not take, and specialising without end.
    fn check_limits(&mut self, definition: &Definition, bound: &[Bound], result: Option<&Type>) -> Answer<()> {
        let types = bound.iter().flat_map(|b| match b {
            Bound::Runtime(ty) => std::slice::from_ref(ty),
            Bound::Partly(_, types) | Bound::Captured(captures::Captures { types, .. }) => types.as_slice(),
            Bound::Known(_) => &[],
        });
        let what = if self.depth > limits::CALLS {
            "functions call each other too deeply"
        } else if self.instances.len() > limits::FUNCTIONS {
            "too many functions, counting each list of argument types"
        } else if types.map(Type::width).sum::<usize>() > limits::SLOTS {
            "parameters of more than 1,000 numbers"
        } else if result.is_some_and(|ty| ty.width() > limits::SLOTS) {
            "a result of more than 1,000 numbers"
        } else {
            return Ok(());
        };
        let mut error = Diagnostic::error(codes::TOO_LARGE, what)
            .hint("pass arrays in the place of many numbers or of tuples that grow, and loop in the place of calls");
        if !matches!(definition, Definition::Library(_)) {
            error = error.primary(span(&self.definition(definition)?.name), "this function");
        }
        Err(Stop::error(error))
    }

    /// What a `return` gives, for recursive calls that come before the result type is settled.
    pub(crate) fn provisional_result(&mut self, slot: usize, ty: &Type) {
        if let Some(instance) = self.instances.get_mut(slot) {
            instance.result.get_or_insert_with(|| ty.clone());
        }
    }

    /// Infers a body until its result type is stable.
    fn fixpoint(
        &mut self,
        slot: usize,
        definition: &Definition,
        bound: &[Bound],
        at: Option<Place>,
        declared: Option<Type>,
    ) -> Answer<typed::Function> {
        let def = self.definition(definition)?;
        let is_declared = declared.is_some();
        let mut want = declared;
        let mut asked = Vec::new();
        let mut lists = lists::Sites::default();
        let mut rounds = 0;
        while rounds < 8 {
            if let Some(instance) = self.instances.get_mut(slot) {
                instance.returned = None;
            }
            let mut body = Body::new(self, slot, definition, &def, at);
            body.declared = is_declared;
            body.asked.clone_from(&asked);
            body.lists = lists.begin();
            body.bind_parameters(&def, bound)?;
            let outcome = body.function(&def, want.clone());
            if body.asked.len() > asked.len() || body.lists.differ(&lists) {
                asked = body.asked;
                lists = body.lists;
                self.forget_since(slot);
                continue;
            }
            rounds += 1;
            let incomplete = outcome?;
            if let (true, Some(unknown)) = (incomplete, body.lists.unknown.take()) {
                return Err(Stop::error(unknown));
            }
            let (function, found, uniform) = body.finish(&def);
            complex::check(&function)?;
            let Some(instance) = self.instances.get_mut(slot) else { break };
            instance.raises = found.is_none();
            // A body that never returns gives nothing.
            let Some(found) = found.or((!incomplete).then_some(Type::None)) else {
                return Err(Stop::error(
                    Diagnostic::error(
                        codes::RECURSION_TYPE,
                        format!("cannot find the type that `{}` returns", def.name),
                    )
                    .primary(span(&def.name), "every path calls the function itself")
                    .hint("let a path that does not recurse come first, or declare the type in the signature"),
                ));
            };
            let settled = want.as_ref() == Some(&found) || (want.is_none() && uniform);
            let stable = settled && !incomplete && (!instance.recursive || instance.result.as_ref() == Some(&found));
            instance.result = Some(found.clone());
            if stable {
                return Ok(function);
            }
            self.forget_since(slot);
            want = Some(found);
        }
        Err(Stop::error(unsettled(&def)))
    }

    /// Whatever was inferred since an instance was begun may have used a result type of it that did not hold.
    fn forget_since(&mut self, slot: usize) {
        if self.instances.get(slot).is_some_and(|i| i.recursive) {
            self.instances.iter_mut().skip(slot + 1).for_each(|later| later.stale = true);
        }
    }

    /// The syntax tree of a definition.
    pub(crate) fn definition(&mut self, definition: &Definition) -> Answer<Rc<StmtFunctionDef>> {
        let missing = || Stop::error(Diagnostic::error(codes::INTERNAL, format!("no definition of {definition:?}")));
        match definition {
            Definition::User(index) => self.program.functions.get(*index).cloned().ok_or_else(missing),
            Definition::Nested(index) => {
                self.nested.get(*index).map(|nested| Rc::clone(&nested.def)).ok_or_else(missing)
            }
            Definition::Method(class, k) => {
                let key = (class.clone(), *k);
                if let Some(def) = self.methods.get(&key) {
                    return Ok(Rc::clone(def));
                }
                let def = match self.program.classes.get(class).and_then(|class| class.body.get(*k)) {
                    Some(Stmt::FunctionDef(def)) => Rc::new(def.clone()),
                    _ => return Err(missing()),
                };
                self.methods.insert(key, Rc::clone(&def));
                Ok(def)
            }
            Definition::Library(name) => {
                if let Some(def) = self.library.get(name) {
                    return Ok(Rc::clone(def));
                }
                let entry = nopython_numpy::find(name).ok_or_else(missing)?;
                let parsed = ruff_python_parser::parse_module(entry.source).map_err(|_| missing())?;
                let def = parsed.into_suite().into_iter().find_map(|stmt| match stmt {
                    Stmt::FunctionDef(def) => Some(Rc::new(def)),
                    _ => None,
                });
                let def = def.ok_or_else(missing)?;
                self.library.insert(name, Rc::clone(&def));
                Ok(def)
            }
        }
    }
}

/// `1 type`, `2 types`
pub(crate) fn counted(n: usize, noun: &str) -> String {
    if n == 1 { format!("1 {noun}") } else { format!("{n} {noun}s") }
}

fn empty_function() -> typed::Function {
    typed::Function {
        name: String::new(),
        reported_as: String::new(),
        params: Vec::new(),
        result: Type::None,
        vars: nopython_ir::Arena::new(),
        body: Vec::new(),
        place: Place::default(),
        library: false,
        prints: false,
    }
}

/// The docstring, its common indentation removed as `inspect.cleandoc` does.
fn docstring(def: &StmtFunctionDef) -> Option<String> {
    let Some(Stmt::Expr(first)) = def.body.first() else { return None };
    let Expr::StringLiteral(text) = &*first.value else { return None };
    let text = text.value.to_str();
    let margin = text.lines().skip(1).filter(|l| !l.trim().is_empty()).map(|l| l.len() - l.trim_start().len()).min();
    let mut lines = text.lines();
    let mut clean = vec![lines.next().unwrap_or_default().trim().to_owned()];
    clean.extend(lines.map(|l| l.get(margin.unwrap_or(0)..).unwrap_or_default().trim_end().to_owned()));
    Some(clean.join("\n").trim().to_owned())
}
