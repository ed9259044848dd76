//! What the names of a module stand for.

use crate::source::span;
use crate::value::{Module, Static, Val};
use nopython_diagnostics::{Diagnostic, Span, codes};
use nopython_ir::sorted::SortedMap;
use nopython_types::{DType, Exception, Scalar, Type};
use ruff_python_ast::{Expr, Stmt, StmtFunctionDef};
use std::rc::Rc;

/// What a module defines.
pub struct Program {
    /// Functions in source order.
    pub functions: Vec<Rc<StmtFunctionDef>>,
    /// What imports and functions bind.
    pub names: SortedMap<String, Val>,
    /// Assignments of the module, in order; evaluated on demand as constants.
    pub constants: Vec<(String, Expr)>,
}

impl Program {
    /// Collects the definitions of a module.
    pub fn new(suite: Vec<Stmt>) -> Result<Program, Vec<Diagnostic>> {
        let mut program = Program { functions: Vec::new(), names: SortedMap::new(), constants: Vec::new() };
        let mut errors = Vec::new();
        for stmt in suite {
            program.statement(stmt, &mut errors);
        }
        if errors.is_empty() { Ok(program) } else { Err(errors) }
    }

    /// A statement that runs under a condition: only its imports count.
    fn guarded(&mut self, stmt: Stmt, errors: &mut Vec<Diagnostic>) {
        if matches!(stmt, Stmt::Import(_) | Stmt::ImportFrom(_)) {
            self.statement(stmt, errors);
        }
    }

    fn statement(&mut self, stmt: Stmt, errors: &mut Vec<Diagnostic>) {
        match stmt {
            Stmt::FunctionDef(def) => {
                self.names.insert(def.name.to_string(), Val::Static(Static::Function(self.functions.len())));
                self.functions.push(Rc::new(def));
            }
            Stmt::ClassDef(def) => {
                self.names.insert(def.name.to_string(), Val::Static(Static::Class(def.name.to_string())));
            }
            Stmt::Import(import) => {
                for alias in &import.names {
                    let full = alias.name.as_str();
                    let foreign = || Static::Foreign(full.to_owned());
                    let module = module(full).map_or_else(foreign, Static::Module);
                    let bound = alias.asname.as_ref().map_or(full, |name| name.as_str());
                    let root = module_root(full).filter(|_| alias.asname.is_none()).map(Static::Module);
                    let bound = bound.split('.').next().unwrap_or(bound);
                    self.names.insert(bound.to_owned(), Val::Static(root.unwrap_or(module)));
                }
            }
            Stmt::ImportFrom(import) => {
                let from_name = import.module.as_ref().map_or("", |name| name.as_str());
                let Some(from) = module(from_name) else {
                    for alias in &import.names {
                        let name = alias.name.as_str();
                        let bound = alias.asname.as_ref().map_or(name, |name| name.as_str()).to_owned();
                        self.names.insert(bound, Val::Static(Static::Foreign(format!("{from_name}.{name}"))));
                    }
                    return;
                };
                for alias in &import.names {
                    let name = alias.name.as_str();
                    let bound = alias.asname.as_ref().map_or(name, |name| name.as_str()).to_owned();
                    if name == "*" {
                        errors.push(
                            Diagnostic::error(codes::UNSUPPORTED_SYNTAX, "`import *` hides where names come from")
                                .primary(span(alias), "here")
                                .hint("import the names you use: from numpy import sin, cos"),
                        );
                        continue;
                    }
                    match attribute(from, name) {
                        Some(value) => {
                            self.names.insert(bound, value);
                        }
                        None => errors.push(unknown(from, name, span(alias))),
                    }
                }
            }
            Stmt::Assign(assign) => {
                if let [Expr::Name(name)] = assign.targets.as_slice() {
                    self.constants.push((name.id.to_string(), *assign.value));
                }
            }
            Stmt::AnnAssign(assign) => {
                if let (Expr::Name(name), Some(value)) = (*assign.target, assign.value) {
                    self.constants.push((name.id.to_string(), *value));
                }
            }
            // Imports are often guarded.
            Stmt::Try(guarded) => {
                guarded.body.into_iter().chain(guarded.orelse).for_each(|stmt| self.guarded(stmt, errors))
            }
            Stmt::If(guarded) => guarded.body.into_iter().for_each(|stmt| self.guarded(stmt, errors)),
            // Whatever else a module does when it is run by Python (printing, plotting, a main guard) is not compiled.
            _ => {}
        }
    }
}

fn module(name: &str) -> Option<Module> {
    Some(match name {
        "numpy" => Module::Numpy,
        "numpy.linalg" => Module::NumpyLinalg,
        "numpy.typing" => Module::NumpyTyping,
        "math" => Module::Math,
        "numba" | "nopython" => Module::Numba,
        "numba.types" | "numba.core.types" | "numba.core" | "nopython.types" => Module::NumbaTypes,
        _ => return None,
    })
}

/// What `import a.b` binds: `a`.
fn module_root(name: &str) -> Option<Module> {
    module(name.split('.').next()?)
}

/// A weak or strong scalar type by its name in a module.
fn scalar_type(name: &str) -> Option<Val> {
    let dtype = DType::from_name(name)?;
    // Short forms such as f8 are strings in NumPy, but names in Numba.
    Some(Val::Static(Static::ScalarType(Scalar::strong(dtype))))
}

/// An attribute of a module.
pub fn attribute(module: Module, name: &str) -> Option<Val> {
    let function = |f: fn(String) -> Static| Some(Val::Static(f(name.to_owned())));
    match module {
        Module::Numpy => match name {
            "pi" | "e" | "inf" | "nan" | "euler_gamma" | "infty" | "NaN" | "Inf" => constant(name),
            "newaxis" => Some(Val::NONE),
            "linalg" => Some(Val::Static(Static::Module(Module::NumpyLinalg))),
            "typing" => Some(Val::Static(Static::Module(Module::NumpyTyping))),
            "dtype" | "ndarray" | "iinfo" | "finfo" => function(Static::Builtin),
            _ if nopython_numpy::find(name).is_some_and(nopython_numpy::Entry::is_public) => function(Static::Library),
            _ => scalar_type(name),
        },
        Module::NumpyLinalg if name == "LinAlgError" => Some(Val::Static(Static::Exception(Exception::LinAlg))),
        Module::NumpyLinalg => {
            let full = format!("linalg.{name}");
            nopython_numpy::find(&full).map(|_| Val::Static(Static::Library(full)))
        }
        Module::Math => match name {
            "pi" | "e" | "inf" | "nan" | "tau" => constant(name),
            _ if crate::infer::MATH.contains(&name) => function(Static::Math),
            _ => None,
        },
        Module::Numba => match name {
            "types" => Some(Val::Static(Static::Module(Module::NumbaTypes))),
            "njit" | "jit" | "vectorize" | "guvectorize" | "prange" | "generated_jit" | "stencil" | "objmode"
            | "literal_unroll" | "build" => function(Static::Numba),
            _ => type_name(name),
        },
        Module::NumbaTypes => type_name(name),
        Module::NumpyTyping => {
            matches!(name, "NDArray" | "ArrayLike").then(|| Val::Static(Static::Builtin(name.to_owned())))
        }
    }
}

fn type_name(name: &str) -> Option<Val> {
    match name {
        "void" | "none" => Some(Val::Static(Static::Type(Type::None))),
        "UniTuple" | "Tuple" | "Array" => Some(Val::Static(Static::Builtin(name.to_owned()))),
        "types" => Some(Val::Static(Static::Module(Module::NumbaTypes))),
        _ => scalar_type(name),
    }
}

fn constant(name: &str) -> Option<Val> {
    let value = match name {
        "pi" => core::f64::consts::PI,
        "e" => core::f64::consts::E,
        "tau" => core::f64::consts::TAU,
        "inf" | "infty" | "Inf" => f64::INFINITY,
        "nan" | "NaN" => f64::NAN,
        "euler_gamma" => core::f64::consts::EULER_GAMMA,
        _ => return None,
    };
    Some(Val::Expr(crate::infer::constant(nopython_ir::Const::f64(value), true, Default::default())))
}

/// Names of Python that need no import.
pub fn builtin(name: &str) -> Option<Val> {
    let scalar = |s| Some(Val::Static(Static::ScalarType(s)));
    match name {
        "int" => scalar(Scalar::INT),
        "float" => scalar(Scalar::FLOAT),
        "bool" => scalar(Scalar::BOOL),
        "abs" | "min" | "max" | "len" | "range" | "enumerate" | "zip" | "round" | "sum" | "pow" | "divmod"
        | "isinstance" | "tuple" | "list" | "reversed" | "print" | "str" | "dict" | "set" | "slice" | "any" | "all"
        | "map" | "filter" | "sorted" | "type" | "hasattr" | "getattr" | "complex" => {
            Some(Val::Static(Static::Builtin(name.to_owned())))
        }
        _ => Exception::from_name(name).map(|e| Val::Static(Static::Exception(e))),
    }
}

/// The diagnostic for an attribute that a module does not have.
pub fn unknown(module: Module, name: &str, at: Span) -> Diagnostic {
    match module {
        Module::NumpyLinalg => unknown(Module::Numpy, &format!("linalg.{name}"), at),
        Module::Numpy => {
            let near = nearest(name, nopython_numpy::entries().iter().filter(|e| e.is_public()).map(|e| e.name));
            let diagnostic =
                Diagnostic::error(codes::UNKNOWN_FUNCTION, format!("np.{name} is not in nopython's library"))
                    .primary(at, "not available");
            match near {
                Some(near) => diagnostic.hint(format!("did you mean np.{near}?")),
                None => diagnostic
                    .hint("`nopython functions` lists what is there; a loop over the elements compiles to fast code"),
            }
        }
        Module::Math => Diagnostic::error(codes::UNKNOWN_ATTRIBUTE, format!("math.{name} is not available"))
            .primary(at, "not available")
            .hint(format!("available are: {}", crate::infer::MATH.join(", "))),
        Module::Numba | Module::NumbaTypes | Module::NumpyTyping => {
            Diagnostic::error(codes::UNKNOWN_ATTRIBUTE, format!("`{name}` is not available from this module"))
                .primary(at, "not available")
                .hint("jit, njit, prange and the scalar types int8 to float64 are")
        }
    }
}

/// The name that differs least, if it differs little.
pub fn nearest<'n>(name: &str, names: impl Iterator<Item = &'n str>) -> Option<&'n str> {
    names
        .map(|candidate| (distance(name, candidate), candidate))
        .filter(|(d, _)| *d <= 1 + name.len() / 4 && *d < name.len())
        .min()
        .map(|(_, candidate)| candidate)
}

/// Levenshtein's distance (V. I. Levenshtein, 1966), by rows.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut next = vec![i + 1];
        for ((&y, &above), &diagonal) in b.iter().zip(row.iter().skip(1)).zip(&row) {
            let left = next.last().copied().unwrap_or(0);
            next.push((above + 1).min(left + 1).min(diagonal + usize::from(x != y)));
        }
        row = next;
    }
    row.last().copied().unwrap_or(0)
}
