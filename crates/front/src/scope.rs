//! What the names of a module stand for.

use crate::effects::{Analysis, Names, Piece};
use crate::infer::FrozenArray;
use crate::source::span;
use crate::value::{Module, Static, Val};
use nopython_diagnostics::{Diagnostic, Span, codes};
use nopython_ir::sorted::SortedMap;
use nopython_types::{Class, DType, Exception, Scalar, Type};
use ruff_python_ast::name::Name;
use ruff_python_ast::{
    AtomicNodeIndex, CmpOp, ExceptHandler, Expr, ExprBinOp, ExprContext, ExprList, ExprName, ExprNumberLiteral,
    ExprSubscript, ExprTuple, Int, Number, Stmt, StmtAnnAssign, StmtAssign, StmtClassDef, StmtFunctionDef, UnaryOp,
};
use ruff_text_size::Ranged;
use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;

/// What a module defines: its statements in order, as far as they bind names.
#[derive(Default)]
pub struct Program {
    /// Functions in source order.
    pub functions: Vec<Rc<StmtFunctionDef>>,
    /// Classes by name, of several of one name the last.
    pub classes: SortedMap<String, Rc<StmtClassDef>>,
    /// What imports, functions and classes bind last.
    pub names: SortedMap<String, Val>,
    /// Those of the classes whose instances are records, as far as they have been asked for.
    pub records: RefCell<SortedMap<String, Arc<Class>>>,
    /// Every binding of a name, in order. A function sees the last one, an expression of the module those before it.
    pub bindings: Vec<Binding>,
    analysis: Analysis,
}

/// A binding of a name at the top of a module.
pub struct Binding {
    /// The name.
    pub name: String,
    /// What it stands for from here on.
    pub meaning: Meaning,
    /// The statement.
    pub at: Span,
    /// How many bindings its expression sees.
    pub sees: usize,
    /// Names that functions which its expression calls read: they have to be then what they are in the end.
    reads: Names,
    /// Names that the lambda reads which it is bound to: whoever calls that reads them.
    captures: Names,
}

/// What a name of a module stands for.
pub enum Meaning {
    /// What an import, a `def` or a `class` makes.
    Value(Val),
    /// An expression, evaluated on demand.
    Constant(Box<Expr>),
    /// An array that the host gives.
    Frozen(FrozenArray),
    /// What a statement leaves open that is not run while compiling: a loop, an `if`.
    Open,
    /// What the binding before it says, unless that is an object which a statement may have changed.
    Changed,
    /// What a function gives that reads a name which is something else later.
    Early(String),
    /// Nothing: the name was deleted.
    Nothing,
}

impl Program {
    /// Collects the definitions of a module, which also sees the arrays that the host gives.
    pub fn new(suite: Vec<Stmt>, arrays: Vec<FrozenArray>) -> Result<Program, Vec<Diagnostic>> {
        let mut program = Program::default();
        let mut errors = Vec::new();
        for array in arrays {
            let name = array.name.clone();
            program.bind(&name, Meaning::Frozen(array), Span::default());
        }
        for stmt in suite {
            program.statement(stmt, &mut errors);
        }
        program.find_early();
        if errors.is_empty() { Ok(program) } else { Err(errors) }
    }

    /// Finds the values that were made by functions before names which these read were bound or changed for the last time.
    fn find_early(&mut self) {
        for index in 0..self.bindings.len() {
            let Some(binding) = self.bindings.get(index).filter(|binding| !binding.reads.is_empty()) else { continue };
            let is_later = |name: &&String| {
                let last = self.bindings.iter().enumerate().rev().find(|(_, other)| {
                    other.name == **name && !(matches!(other.meaning, Meaning::Changed) && self.is_literal(name))
                });
                last.is_some_and(|(last, other)| last > index && !matches!(other.meaning, Meaning::Value(_)))
            };
            let captured = binding.reads.iter().filter_map(|name| self.lookup(name, usize::MAX));
            let captured = captured.flat_map(|(_, other)| other.captures.iter());
            let early = binding.reads.iter().chain(captured).find(is_later).cloned();
            if let (Some(name), Some(binding)) = (early, self.bindings.get_mut(index)) {
                binding.meaning = Meaning::Early(name);
            }
        }
    }

    /// Whether a name is bound to literals of numbers and strings only, which cannot change.
    fn is_literal(&self, name: &str) -> bool {
        self.bindings.iter().filter(|binding| binding.name == name).all(|binding| match &binding.meaning {
            Meaning::Constant(e) => is_literal(e),
            meaning => matches!(meaning, Meaning::Changed),
        })
    }

    /// Notes what a piece of the module changes when it is run; of a statement that is not followed, also what it binds. `target` is changed in a
    /// way that is followed. Gives the names that functions which are called read.
    fn run(&mut self, piece: Piece<'_>, at: Span, followed: bool, target: Option<&str>) -> Names {
        let mut analysis = std::mem::take(&mut self.analysis);
        let effects = analysis.effects(self, piece);
        self.analysis = analysis;
        let mut open = effects.rebinds;
        let mut changed = effects.writes;
        if !followed {
            open.extend(effects.binds.iter().cloned());
        }
        if effects.anything {
            changed.extend(self.bindings.iter().map(|binding| binding.name.clone()));
            open.extend(changed.iter().cloned());
        }
        open.retain(|name| !matches!(self.names.get(name), Some(Val::Static(Static::Module(_)))));
        for name in changed.iter().filter(|name| Some(name.as_str()) != target) {
            let before = self.lookup(name, usize::MAX).map(|(_, binding)| &binding.meaning);
            if matches!(before, Some(Meaning::Constant(_) | Meaning::Frozen(_) | Meaning::Early(_))) {
                self.bind(name, Meaning::Changed, at);
            }
        }
        open.iter().for_each(|name| self.bind(name, Meaning::Open, at));
        effects.reads
    }

    /// How many bindings come before an offset in the source.
    pub fn before(&self, offset: u32) -> usize {
        self.bindings.partition_point(|binding| binding.at.start < offset)
    }

    /// The last binding of a name among the first so many.
    pub fn lookup(&self, name: &str, visible: usize) -> Option<(usize, &Binding)> {
        let seen = self.bindings.iter().enumerate().take(visible);
        seen.rev().find(|(_, binding)| binding.name == name)
    }

    /// The last definition of a function, and its index.
    pub fn function(&self, name: &str) -> Option<(usize, &Rc<StmtFunctionDef>)> {
        self.functions.iter().enumerate().rev().find(|(_, def)| def.name.as_str() == name)
    }

    fn bind(&mut self, name: &str, meaning: Meaning, at: Span) {
        if let Meaning::Value(value) = &meaning {
            self.names.insert(name.to_owned(), value.clone());
        }
        self.bindings.push(Binding {
            name: name.to_owned(),
            meaning,
            at,
            sees: self.bindings.len(),
            reads: Names::default(),
            captures: Names::default(),
        });
    }

    fn statement(&mut self, stmt: Stmt, errors: &mut Vec<Diagnostic>) {
        let at = span(&stmt);
        let reads = match &stmt {
            Stmt::AugAssign(assign) => {
                let target = assign.target.as_name_expr().map(|name| name.id.as_str());
                self.run(Piece::Stmt(&stmt), at, true, target)
            }
            Stmt::FunctionDef(_) | Stmt::ClassDef(_) | Stmt::Assign(_) | Stmt::AnnAssign(_) | Stmt::Delete(_) => {
                self.run(Piece::Stmt(&stmt), at, true, None)
            }
            Stmt::If(branch) => self.run(Piece::Expr(&branch.test), at, false, None),
            _ => Names::default(),
        };
        let mut reads = reads;
        let mut captures = Names::default();
        if let Stmt::Assign(StmtAssign { value, .. }) | Stmt::AnnAssign(StmtAnnAssign { value: Some(value), .. }) =
            &stmt
        {
            let names = if value.is_lambda_expr() { &mut captures } else { &mut reads };
            names.extend(self.read_by_lambdas(value));
        }
        let before = self.bindings.len();
        self.followed(stmt, at, errors);
        if !captures.is_empty() {
            self.bindings.iter_mut().skip(before).for_each(|binding| binding.captures = captures.clone());
        }
        if !reads.is_empty() {
            self.bindings.iter_mut().skip(before).for_each(|binding| binding.reads = reads.clone());
        }
    }

    /// The names that lambdas read which an expression is made of or may call.
    fn read_by_lambdas(&self, e: &Expr) -> Names {
        let (mut names, used) = crate::infer::names_in(e);
        for name in used.iter().filter_map(|name| self.lookup(name, usize::MAX)) {
            names.extend(name.1.captures.iter().cloned());
        }
        names
    }

    fn followed(&mut self, stmt: Stmt, at: Span, errors: &mut Vec<Diagnostic>) {
        match stmt {
            Stmt::FunctionDef(def) => {
                if self.names.contains_key(def.name.as_str()) {
                    self.analysis.forget();
                }
                let value = Val::Static(Static::Function(self.functions.len()));
                self.bind(def.name.as_str(), Meaning::Value(value), at);
                self.functions.push(Rc::new(def));
            }
            Stmt::ClassDef(def) => {
                let name = def.name.as_str();
                self.bind(name, Meaning::Value(Val::Static(Static::Class(name.to_owned()))), at);
                self.classes.insert(name.to_owned(), Rc::new(def.clone()));
            }
            Stmt::Import(_) | Stmt::ImportFrom(_) => match imports(&stmt) {
                Ok(found) => found.into_iter().for_each(|(name, value)| self.bind(&name, Meaning::Value(value), at)),
                Err(error) => errors.push(error),
            },
            Stmt::Assign(assign) => {
                // A name takes the value as a whole: before it, targets take it apart.
                let (names, others): (Vec<_>, Vec<_>) = assign.targets.into_iter().partition(Expr::is_name_expr);
                others.into_iter().chain(names).fold(*assign.value, |value, target| self.assign(target, value, at));
            }
            Stmt::AnnAssign(assign) => {
                if let Some(value) = assign.value {
                    self.assign(*assign.target, *value, at);
                }
            }
            Stmt::AugAssign(assign) => {
                // What has an index or an attribute is changed.
                if let Expr::Name(name) = &*assign.target {
                    let left = Expr::Name(ExprName { ctx: ExprContext::Load, ..name.clone() });
                    let sum = ExprBinOp {
                        left: Box::new(left),
                        op: assign.op,
                        right: assign.value,
                        range: assign.range,
                        node_index: assign.node_index,
                    };
                    self.bind(name.id.as_str(), Meaning::Constant(Box::new(Expr::BinOp(sum))), at);
                }
            }
            Stmt::Delete(delete) => {
                for name in delete.targets.iter().filter_map(Expr::as_name_expr) {
                    self.bind(name.id.as_str(), Meaning::Nothing, at);
                }
            }
            // Imports are often guarded, and are taken from there.
            Stmt::Try(guarded) => {
                let handlers = guarded.handlers.into_iter().flat_map(|handler| match handler {
                    ExceptHandler::ExceptHandler(handler) => handler.body,
                });
                let parts = guarded.body.into_iter().chain(guarded.orelse).chain(guarded.finalbody);
                parts.for_each(|stmt| self.guarded(stmt, errors));
                handlers.for_each(|stmt| self.opened(&stmt));
            }
            Stmt::If(branch) => {
                // What runs as a program, or for type checkers only, binds nothing that compiled functions see.
                let taken = constant_test(&branch.test);
                for stmt in branch.body {
                    match taken {
                        Some(true) => self.statement(stmt, errors),
                        Some(false) => {}
                        None => self.guarded(stmt, errors),
                    }
                }
                if taken != Some(true) {
                    for stmt in branch.elif_else_clauses.into_iter().flat_map(|clause| clause.body) {
                        match taken {
                            Some(false) => self.statement(stmt, errors),
                            _ => self.guarded(stmt, errors),
                        }
                    }
                }
            }
            // Whatever else a module does when Python runs it (printing, plotting) is not compiled.
            other => self.opened(&other),
        }
    }

    /// A statement that may or may not run: imports count, and other names that it binds are open from here on.
    fn guarded(&mut self, stmt: Stmt, errors: &mut Vec<Diagnostic>) {
        if matches!(stmt, Stmt::Import(_) | Stmt::ImportFrom(_)) {
            self.statement(stmt, errors);
        } else {
            self.opened(&stmt);
        }
    }

    /// Notes that a statement which is not run while compiling may bind or change names.
    fn opened(&mut self, stmt: &Stmt) {
        self.run(Piece::Stmt(stmt), span(stmt), false, None);
    }

    /// Binds a target's names, and gives an expression of the same value for the target after it.
    fn assign(&mut self, mut target: Expr, value: Expr, at: Span) -> Expr {
        let elts = match &mut target {
            Expr::Name(name) => {
                self.bind(name.id.as_str(), Meaning::Constant(Box::new(value)), at);
                return target;
            }
            Expr::Tuple(ExprTuple { elts, .. }) | Expr::List(ExprList { elts, .. }) => elts,
            _ => {
                self.open(&target, at);
                return value;
            }
        };
        let starred = |list: &[Expr]| list.iter().any(Expr::is_starred_expr);
        let before = self.bindings.len();
        let written = matches!(value, Expr::Tuple(_) | Expr::List(_));
        let items = match value {
            Expr::Tuple(ExprTuple { elts: items, .. }) | Expr::List(ExprList { elts: items, .. })
                if items.len() == elts.len() && !starred(&items) =>
            {
                items
            }
            value if !written && !starred(elts) => self.items(value, elts.len(), at),
            value => {
                self.open(&target, at);
                return value;
            }
        };
        *elts = std::mem::take(elts).into_iter().zip(items).map(|(to, item)| self.assign(to, item, at)).collect();
        if written {
            // Every value is what the names were before.
            self.bindings.iter_mut().skip(before).for_each(|binding| binding.sees = before);
        }
        target
    }

    /// The items of a value, which gets a name that no source can use.
    fn items(&mut self, value: Expr, count: usize, at: Span) -> Vec<Expr> {
        let (range, node_index, ctx) = (value.range(), AtomicNodeIndex::NONE, ExprContext::Load);
        let hidden = format!("<{}>", self.bindings.len());
        self.bind(&hidden, Meaning::Constant(Box::new(value)), at);
        let item = |k: usize| {
            let name = ExprName { id: Name::new(&hidden), ctx, range, node_index: node_index.clone() };
            let number = Number::Int(Int::from(u32::try_from(k).unwrap_or(u32::MAX)));
            let index = ExprNumberLiteral { value: number, range, node_index: node_index.clone() };
            let (value, slice) = (Box::new(Expr::Name(name)), Box::new(Expr::NumberLiteral(index)));
            Expr::Subscript(ExprSubscript { value, slice, ctx, range, node_index: node_index.clone() })
        };
        (0..count).map(item).collect()
    }

    /// Notes that a target's names are changed in a way that is not followed.
    fn open(&mut self, target: &Expr, at: Span) {
        match target {
            Expr::Name(name) => self.bind(name.id.as_str(), Meaning::Open, at),
            Expr::Tuple(ExprTuple { elts, .. }) | Expr::List(ExprList { elts, .. }) => {
                elts.iter().for_each(|target| self.open(target, at));
            }
            Expr::Starred(starred) => self.open(&starred.value, at),
            _ => {}
        }
    }
}

/// Whether an expression is made of literals of numbers and strings.
fn is_literal(e: &Expr) -> bool {
    match e {
        Expr::Tuple(tuple) => tuple.elts.iter().all(is_literal),
        Expr::UnaryOp(op) => is_literal(&op.operand),
        Expr::BinOp(op) => is_literal(&op.left) && is_literal(&op.right),
        other => other.is_literal_expr(),
    }
}

/// The outcome of a test that is the same whenever the module is compiled.
fn constant_test(test: &Expr) -> Option<bool> {
    match test {
        Expr::BooleanLiteral(literal) => Some(literal.value),
        Expr::NumberLiteral(literal) => match &literal.value {
            Number::Int(value) => Some(*value != 0),
            _ => None,
        },
        Expr::Name(name) if name.id.as_str() == "TYPE_CHECKING" => Some(false),
        Expr::Attribute(attribute) if attribute.attr.as_str() == "TYPE_CHECKING" => Some(false),
        Expr::UnaryOp(not) if not.op == UnaryOp::Not => constant_test(&not.operand).map(|outcome| !outcome),
        Expr::Compare(compare) => {
            let name = matches!(&*compare.left, Expr::Name(name) if name.id.as_str() == "__name__");
            name.then_some(!matches!(*compare.ops, [CmpOp::Eq]))
        }
        _ => None,
    }
}

/// What an import binds.
///
/// # Errors
/// `import *`, and names that a known module does not have.
pub fn imports(stmt: &Stmt) -> Result<Vec<(String, Val)>, Diagnostic> {
    let mut found = Vec::new();
    match stmt {
        Stmt::Import(import) => {
            for alias in &import.names {
                let full = alias.name.as_str();
                let foreign = || Static::Foreign(full.to_owned());
                let module = module(full).map_or_else(foreign, Static::Module);
                let bound = alias.asname.as_ref().map_or(full, |name| name.as_str());
                let root = module_root(full).filter(|_| alias.asname.is_none()).map(Static::Module);
                let bound = bound.split('.').next().unwrap_or(bound);
                found.push((bound.to_owned(), Val::Static(root.unwrap_or(module))));
            }
        }
        Stmt::ImportFrom(import) => {
            let from_name = import.module.as_ref().map_or("", |name| name.as_str());
            let from = module(from_name);
            for alias in &import.names {
                let name = alias.name.as_str();
                let bound = alias.asname.as_ref().map_or(name, |name| name.as_str()).to_owned();
                let value = match from {
                    None => Val::Static(Static::Foreign(format!("{from_name}.{name}"))),
                    Some(_) if name == "*" => {
                        return Err(Diagnostic::error(
                            codes::UNSUPPORTED_SYNTAX,
                            "`import *` hides where names come from",
                        )
                        .primary(span(alias), "here")
                        .hint("import the names you use: from numpy import sin, cos"));
                    }
                    Some(from) => attribute(from, name).ok_or_else(|| unknown(from, name, span(alias)))?,
                };
                found.push((bound, value));
            }
        }
        _ => {}
    }
    Ok(found)
}

fn module(name: &str) -> Option<Module> {
    Some(match name {
        "numpy" => Module::Numpy,
        "random" => Module::Library("std_random."),
        "numpy.typing" => Module::NumpyTyping,
        "math" => Module::Math,
        "cmath" => Module::Cmath,
        "functools" => Module::Functools,
        "collections" => Module::Collections,
        "operator" | "_operator" => Module::Operator,
        "builtins" => Module::Builtins,
        "numba" | "nopython" => Module::Numba,
        "numba.experimental" => Module::Numba,
        "numba.typed"
        | "nopython.typed"
        | "numba.types"
        | "numba.core.types"
        | "numba.core"
        | "nopython.types"
        | "numba.np.numpy_support"
        | "numba.np"
        | "numba.numpy_support" => Module::NumbaTypes,
        _ => return library_module(name.strip_prefix("numpy.")?),
    })
}

/// A module of NumPy whose functions are entries of the library, by its name below `numpy`.
fn library_module(name: &str) -> Option<Module> {
    /// How the names of the entries begin.
    const PREFIXES: [&str; 7] =
        ["fft.", "lib.", "lib.stride_tricks.", "linalg.", "polynomial.", "polynomial.polynomial.", "random."];
    PREFIXES.into_iter().find(|prefix| prefix.strip_suffix('.') == Some(name)).map(Module::Library)
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
            "typing" => Some(Val::Static(Static::Module(Module::NumpyTyping))),
            "dtype" | "ndarray" | "iinfo" | "finfo" => function(Static::Builtin),
            "record" | "void" => function(|name| Static::Foreign(format!("numpy.{name}"))),
            _ if nopython_numpy::find(name).is_some_and(nopython_numpy::Entry::is_public) => function(Static::Library),
            _ => scalar_type(name).or_else(|| Some(Val::Static(Static::Module(library_module(name)?)))),
        },
        Module::Library("linalg.") if name == "LinAlgError" => Some(Val::Static(Static::Exception(Exception::LinAlg))),
        Module::Library(prefix) => {
            let full = format!("{prefix}{name}");
            match library_module(&full) {
                Some(module) => Some(Val::Static(Static::Module(module))),
                None => nopython_numpy::find(&full).map(|_| Val::Static(Static::Library(full))),
            }
        }
        Module::Cmath => match name {
            "pi" | "e" | "inf" | "nan" | "tau" => constant(name),
            _ if crate::infer::CMATH.contains(&name) => function(Static::Cmath),
            _ => None,
        },
        Module::Math => match name {
            "pi" | "e" | "inf" | "nan" | "tau" => constant(name),
            _ if crate::infer::MATH.contains(&name) => function(Static::Math),
            _ => None,
        },
        Module::Numba => match name {
            "types" => Some(Val::Static(Static::Module(Module::NumbaTypes))),
            "njit" | "jit" | "vectorize" | "guvectorize" | "prange" | "generated_jit" | "stencil" | "objmode"
            | "literal_unroll" | "build" | "jitclass" => function(Static::Numba),
            "from_dtype" => function(Static::Builtin),
            _ => type_name(name),
        },
        Module::NumbaTypes => type_name(name),
        Module::Functools if name == "partial" => function(|_| Static::Builtin("functools.partial".to_owned())),
        Module::Operator if name == "neg" || crate::infer::OPERATORS.iter().any(|(known, _)| *known == name) => {
            function(Static::Operator)
        }
        Module::Collections if name == "namedtuple" => {
            function(|_| Static::Builtin("collections.namedtuple".to_owned()))
        }
        Module::Builtins => builtin(name).or_else(|| function(|name| Static::Foreign(format!("builtins.{name}")))),
        // Whether it is used in what is compiled is not known yet.
        Module::Collections => function(|name| Static::Foreign(format!("collections.{name}"))),
        Module::Functools => function(|name| Static::Foreign(format!("functools.{name}"))),
        Module::Operator => function(|name| Static::Foreign(format!("operator.{name}"))),
        Module::NumpyTyping => {
            matches!(name, "NDArray" | "ArrayLike").then(|| Val::Static(Static::Builtin(name.to_owned())))
        }
    }
}

fn type_name(name: &str) -> Option<Val> {
    match name {
        "void" | "none" => Some(Val::Static(Static::Type(Type::None))),
        "unicode_type" | "string" => Some(Val::Static(Static::Type(Type::Str))),
        "UniTuple" | "Tuple" | "Array" | "List" | "ListType" | "Dict" | "DictType" | "Set" | "Record"
        | "from_dtype" => Some(Val::Static(Static::Builtin(name.to_owned()))),
        "typed" => Some(Val::Static(Static::Module(Module::NumbaTypes))),
        "experimental" => Some(Val::Static(Static::Module(Module::Numba))),
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
        "complex" => scalar(Scalar::COMPLEX),
        "bool" => scalar(Scalar::BOOL),
        "abs" | "min" | "max" | "len" | "range" | "enumerate" | "zip" | "round" | "sum" | "pow" | "divmod"
        | "isinstance" | "tuple" | "list" | "reversed" | "print" | "str" | "dict" | "set" | "slice" | "any" | "all"
        | "map" | "filter" | "sorted" | "type" | "hasattr" | "getattr" | "repr" | "format" | "ord" | "chr" | "bin"
        | "oct" | "hex" => Some(Val::Static(Static::Builtin(name.to_owned()))),
        _ => Exception::from_name(name).map(|e| Val::Static(Static::Exception(e))),
    }
}

/// Functions of Python that are not compiled.
pub const UNCOMPILED: [&str; 25] = [
    "ascii",
    "bytearray",
    "bytes",
    "callable",
    "compile",
    "delattr",
    "dir",
    "eval",
    "exec",
    "frozenset",
    "globals",
    "hash",
    "id",
    "input",
    "iter",
    "locals",
    "memoryview",
    "next",
    "object",
    "open",
    "property",
    "setattr",
    "super",
    "vars",
    "__import__",
];

/// The diagnostic for an attribute that a module does not have.
pub fn unknown(module: Module, name: &str, at: Span) -> Diagnostic {
    match module {
        Module::Library("std_random.") => {
            Diagnostic::error(codes::UNKNOWN_ATTRIBUTE, format!("random.{name} is not available"))
                .primary(at, "not available")
                .hint("numpy.random has more; `nopython functions` lists what is there")
        }
        Module::Library(prefix) => unknown(Module::Numpy, &format!("{prefix}{name}"), at),
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
        Module::Cmath => Diagnostic::error(codes::UNKNOWN_ATTRIBUTE, format!("cmath.{name} is not available"))
            .primary(at, "not available")
            .hint(format!("available are: {}", crate::infer::CMATH.join(", "))),
        Module::Math => Diagnostic::error(codes::UNKNOWN_ATTRIBUTE, format!("math.{name} is not available"))
            .primary(at, "not available")
            .hint(format!("available are: {}", crate::infer::MATH.join(", "))),
        Module::Builtins
        | Module::Numba
        | Module::NumbaTypes
        | Module::NumpyTyping
        | Module::Functools
        | Module::Operator
        | Module::Collections => {
            Diagnostic::error(codes::UNKNOWN_ATTRIBUTE, format!("`{name}` is not available from this module"))
                .primary(at, "not available")
                .hint("jit, njit, prange and the scalar types int8 to float64 are")
        }
    }
}

/// The name that was meant, if one differs by a slip: a letter too many, too few or another, or two that changed places;
/// in names of nine letters or more, two slips.
///
/// A name that begins or ends with another, as `sinc` and `nansum` do, is taken for a name of its own, unless it doubles a
/// letter there.
pub fn nearest<'n>(name: &str, names: impl Iterator<Item = &'n str>) -> Option<&'n str> {
    let own = |part: &str| part.rsplit('.').next().map_or(0, str::len);
    let contains = |long: &str, short: &str| {
        let (rest, edge) = match (long.strip_prefix(short), long.strip_suffix(short)) {
            (Some(rest), _) => (rest, short.chars().next_back()),
            (_, Some(rest)) => (rest, short.chars().next()),
            (None, None) => return false,
        };
        !(rest.len() == 1 && rest.chars().next() == edge)
    };
    names
        .filter(|candidate| !contains(name, candidate) && !contains(candidate, name))
        .map(|candidate| (distance(name, candidate), candidate))
        .filter(|(d, candidate)| *d <= if own(name) < 9 { 1 } else { 2 } && *d < own(name).min(own(candidate)))
        .min()
        .map(|(_, candidate)| candidate)
}

/// The distance with transpositions of neighbours (F. J. Damerau, 1964, as optimal string alignment), by rows.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let (mut above, mut row, mut before) = (Vec::new(), (0..=b.len()).collect::<Vec<usize>>(), None);
    for (i, x) in a.chars().enumerate() {
        let mut next = vec![i + 1];
        let mut last = None;
        for (j, &y) in b.iter().enumerate() {
            let at = |row: &Vec<usize>, k: usize| row.get(k).copied().unwrap_or(usize::MAX - 1);
            let mut least = (at(&row, j + 1) + 1).min(at(&next, j) + 1).min(at(&row, j) + usize::from(x != y));
            if before == Some(y) && last == Some(x) {
                least = least.min(at(&above, j.wrapping_sub(1)) + 1);
            }
            next.push(least);
            last = Some(y);
        }
        before = Some(x);
        above = std::mem::replace(&mut row, next);
    }
    row.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn slips_are_found_and_other_names_are_not() {
        let known = ["size", "nansum", "sin", "empty", "mean", "arange", "concatenate", "linalg.det", "sum"];
        let near = |name| nearest(name, known.into_iter());
        assert_eq!(near("meen"), Some("mean"));
        assert_eq!(near("maen"), Some("mean"));
        assert_eq!(near("arrange"), Some("arange"));
        assert_eq!(near("summ"), Some("sum"));
        assert_eq!(near("concatinat"), Some("concatenate"));
        for other in ["resize", "einsum", "sinc", "emath", "linalg.svd", "x", "sum"] {
            assert_eq!(near(other), None, "{other}");
        }
    }
}
