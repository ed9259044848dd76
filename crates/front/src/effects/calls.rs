//! What calls change, and what their results share with their arguments.

use super::Names;
use super::walk::Walk;
use crate::scope::{Binding, Meaning};
use crate::value::{Module, Static, Val};
use ruff_python_ast::{Expr, ExprCall};

/// Functions of NumPy that write to their first argument.
const WRITERS: [&str; 8] =
    ["copyto", "put", "place", "putmask", "fill_diagonal", "put_along_axis", "random.shuffle", "std_random.shuffle"];

/// Functions of NumPy whose result may be a view of an argument.
const VIEWS: [&str; 35] = [
    "array",
    "asarray",
    "asanyarray",
    "asarray_chkfinite",
    "ascontiguousarray",
    "asfortranarray",
    "atleast_1d",
    "atleast_2d",
    "atleast_3d",
    "ravel",
    "reshape",
    "transpose",
    "matrix_transpose",
    "permute_dims",
    "squeeze",
    "expand_dims",
    "swapaxes",
    "moveaxis",
    "rollaxis",
    "diagonal",
    "diag",
    "flip",
    "fliplr",
    "flipud",
    "rot90",
    "broadcast_to",
    "broadcast_arrays",
    "split",
    "array_split",
    "hsplit",
    "vsplit",
    "dsplit",
    "real",
    "imag",
    "require",
];

/// Methods that change nothing and whose result is an object of its own.
const FRESH: [&str; 46] = [
    "sum",
    "prod",
    "mean",
    "std",
    "var",
    "min",
    "max",
    "argmin",
    "argmax",
    "any",
    "all",
    "cumsum",
    "cumprod",
    "copy",
    "tolist",
    "tobytes",
    "item",
    "dot",
    "round",
    "clip",
    "astype",
    "nonzero",
    "repeat",
    "take",
    "compress",
    "choose",
    "searchsorted",
    "argsort",
    "argpartition",
    "ptp",
    "trace",
    "conj",
    "conjugate",
    "index",
    "count",
    "keys",
    "format",
    "split",
    "join",
    "strip",
    "upper",
    "lower",
    "replace",
    "encode",
    "startswith",
    "endswith",
];

/// Methods that change nothing and whose result may be a part of what they belong to.
const PARTS: [&str; 13] = [
    "_replace",
    "reshape",
    "ravel",
    "flatten",
    "transpose",
    "view",
    "squeeze",
    "swapaxes",
    "diagonal",
    "get",
    "values",
    "items",
    "__getitem__",
];

/// Methods that change what they belong to, and no other argument.
const CHANGERS: [&str; 22] = [
    "append",
    "extend",
    "insert",
    "add",
    "update",
    "setdefault",
    "fill",
    "sort",
    "reverse",
    "pop",
    "popitem",
    "remove",
    "discard",
    "clear",
    "put",
    "partition",
    "resize",
    "itemset",
    "setflags",
    "byteswap",
    "appendleft",
    "__setitem__",
];

/// Modules that only look at what they are given: they draw, print or write it.
const ONLOOKERS: [&str; 11] =
    ["matplotlib", "pylab", "seaborn", "plotly", "bokeh", "IPython", "json", "pickle", "logging", "pprint", "time"];

/// How the names of NumPy's functions begin that only look at what they are given, and that are not compiled.
const LOOKING: [&str; 8] =
    ["save", "testing.", "array2string", "array_repr", "array_str", "set_printoptions", "seterr", "shares_memory"];

/// What is called.
enum Callee<'e> {
    /// A function of the module.
    Function(usize),
    /// A function of NumPy, by its full name.
    Numpy(String),
    /// One of Python, of `math` or of Numba, and types.
    Known(String),
    /// A method of a value.
    Method(&'e Expr, &'e str),
    /// One of a module that only looks on.
    Onlooker,
    /// Something that runs text.
    Text,
    /// Anything else.
    Unknown,
}

impl Walk<'_, '_> {
    fn callee<'e>(&self, func: &'e Expr) -> Callee<'e> {
        let Some(path) = path(func) else {
            return match func {
                Expr::Attribute(method) => Callee::Method(&method.value, method.attr.as_str()),
                _ => Callee::Unknown,
            };
        };
        let (root, rest) = path.split_once('.').unwrap_or((&path, ""));
        let value = match self.meaning(root) {
            Some(Binding { meaning: Meaning::Value(value), .. }) => Some(value.clone()),
            Some(_) => None,
            None if self.effects.binds.contains(root) => None,
            None => crate::scope::builtin(root),
        };
        let known = || Callee::Known(if rest.is_empty() { root.to_owned() } else { rest.to_owned() });
        match (value, func) {
            (Some(Val::Static(Static::Function(index))), Expr::Name(_)) => Callee::Function(index),
            (Some(Val::Static(Static::Module(Module::Numpy))), _) => Callee::Numpy(rest.to_owned()),
            (Some(Val::Static(Static::Module(Module::Library(prefix)))), _) => Callee::Numpy(format!("{prefix}{rest}")),
            (Some(Val::Static(Static::Module(_))), _) => known(),
            (Some(Val::Static(Static::Library(name))), Expr::Name(_)) => Callee::Numpy(name),
            (Some(Val::Static(Static::Foreign(name))), _)
                if ONLOOKERS.contains(&name.split('.').next().unwrap_or_default()) =>
            {
                Callee::Onlooker
            }
            (Some(Val::Static(Static::Foreign(name))), _) if name.starts_with("numpy.testing") => Callee::Onlooker,
            (Some(Val::Static(Static::Foreign(_) | Static::Class(_))), _) => Callee::Unknown,
            (Some(Val::Static(_) | Val::Expr(_)), Expr::Name(_)) => known(),
            (None, Expr::Name(name))
                if matches!(
                    name.id.as_str(),
                    "exec" | "eval" | "globals" | "locals" | "vars" | "setattr" | "delattr" | "__import__"
                ) =>
            {
                Callee::Text
            }
            (_, Expr::Attribute(method)) => Callee::Method(&method.value, method.attr.as_str()),
            _ => Callee::Unknown,
        }
    }

    /// What a name of the module stands for here; another name of a function is that function.
    fn meaning(&self, name: &str) -> Option<&Binding> {
        let mut found = self.program.lookup(name, usize::MAX)?;
        // However many names a function has, they come one before the other.
        while let (index, Binding { meaning: Meaning::Constant(e), .. }) = found
            && let Expr::Name(other) = &**e
            && let Some(before) = self.program.lookup(other.id.as_str(), index)
        {
            found = before;
        }
        Some(found.1)
    }

    /// Whether an expression is an object that only looks at what it is given.
    pub(super) fn is_onlooker(&mut self, e: &Expr) -> bool {
        match e {
            Expr::Call(call) => match self.callee(&call.func) {
                Callee::Onlooker => true,
                Callee::Method(receiver, _) => self.is_onlooker(receiver),
                _ => false,
            },
            Expr::Name(name) => self.analysis.onlookers.contains(name.id.as_str()),
            Expr::Attribute(attribute) => self.is_onlooker(&attribute.value),
            Expr::Subscript(subscript) => self.is_onlooker(&subscript.value),
            _ => false,
        }
    }

    /// Whether an expression is what a function of NumPy gives, and holds no objects.
    pub(super) fn is_array(&self, e: &Expr) -> bool {
        let Some(call) = e.as_call_expr() else { return false };
        let is_object = |e: &Expr| e.as_name_expr().is_some_and(|name| name.id.as_str() == "object");
        let keywords = call.arguments.keywords.iter().map(|keyword| &keyword.value);
        matches!(self.callee(&call.func), Callee::Numpy(_))
            && !call.arguments.args.iter().chain(keywords).any(is_object)
    }

    /// Notes what a call changes.
    pub(super) fn call(&mut self, call: &ExprCall) {
        let arguments = &call.arguments;
        let callee = self.callee(&call.func);
        if let Some(out) = output(&callee, call) {
            self.write(out);
        }
        let written = match callee {
            Callee::Function(index) => {
                let Some(bound) = self.bound(index, call) else { return };
                self.effects.writes.extend(bound.writes.iter().cloned());
                return;
            }
            Callee::Numpy(name) => {
                let writes = WRITERS.contains(&name.as_str())
                    || name.ends_with(".at")
                    || (name == "nan_to_num" && arguments.find_keyword("copy").is_some());
                if let Some(first) = arguments.args.first().filter(|_| writes) {
                    self.write(first);
                }
                let looks_on = LOOKING.iter().any(|prefix| name.starts_with(prefix));
                !writes
                    && !looks_on
                    && crate::scope::attribute(Module::Numpy, &name).is_none()
                    && nopython_numpy::find(&name).is_none()
            }
            Callee::Known(_) | Callee::Onlooker => false,
            Callee::Method(receiver, name) => {
                if FRESH.contains(&name) || PARTS.contains(&name) || self.is_onlooker(receiver) {
                    false
                } else {
                    self.write(receiver);
                    let into = self.sources(receiver);
                    let from = self.argument_sources(call);
                    into.iter().for_each(|name| self.analysis.links.link(name, &from));
                    !CHANGERS.contains(&name)
                }
            }
            Callee::Text => {
                self.effects.anything = true;
                true
            }
            Callee::Unknown => !self.makes_named_tuple(&call.func),
        };
        if written {
            let names = self.argument_sources(call);
            self.effects.writes.extend(names.iter().cloned());
        }
        self.passed_functions(call);
    }

    /// Whether a call makes a named tuple, which holds its arguments and changes none.
    fn makes_named_tuple(&self, func: &Expr) -> bool {
        let is_maker = |e: &Expr| match e {
            Expr::Call(call) => matches!(self.callee(&call.func), Callee::Known(name) if name.contains("namedtuple")),
            _ => false,
        };
        let Expr::Name(name) = func else { return is_maker(func) };
        match self.meaning(name.id.as_str()).map(|binding| &binding.meaning) {
            Some(Meaning::Constant(e)) => is_maker(e),
            Some(Meaning::Value(Val::Static(Static::Class(class)))) => self.program.named_tuple(class).is_some(),
            _ => false,
        }
    }

    /// Functions that are passed on may be called with whatever else is passed.
    fn passed_functions(&mut self, call: &ExprCall) {
        let passed = call.arguments.args.iter().chain(call.arguments.keywords.iter().map(|k| &k.value));
        let passed: Vec<usize> = passed
            .filter_map(|e| match self.callee(e) {
                Callee::Function(index) => Some(index),
                _ => None,
            })
            .collect();
        for index in passed {
            let summary = self.summary(index);
            if summary.effects.writes.iter().any(|name| summary.params.contains(name)) {
                let names = self.argument_sources(call);
                self.effects.writes.extend(names.iter().cloned());
            }
            self.outer_effects(&summary);
        }
    }

    /// What a function of the module does to its arguments, and what the result shares with them.
    fn bound(&mut self, index: usize, call: &ExprCall) -> Option<Bound> {
        let summary = self.summary(index);
        let arguments = &call.arguments;
        let is_plain = !arguments.args.iter().any(Expr::is_starred_expr)
            && arguments.keywords.iter().all(|k| k.arg.is_some())
            && arguments.args.len() <= summary.params.len();
        let all = self.argument_sources(call);
        let mut of = |names: &Names| {
            let mut found = Names::default();
            for name in names.iter() {
                match summary.params.iter().position(|param| param == name) {
                    None => {
                        found.insert(name.clone());
                    }
                    Some(_) if !is_plain => found.extend(all.iter().cloned()),
                    Some(k) => {
                        let given = arguments.args.get(k).or_else(|| arguments.find_keyword(name).map(|k| &k.value));
                        if let Some(e) = given {
                            self.add_sources(e, &mut found);
                        }
                    }
                }
            }
            found
        };
        let bound = Bound { writes: of(&summary.effects.writes), returns: of(&summary.returns) };
        self.outer_effects(&summary);
        self.passed_functions(call);
        Some(bound)
    }

    /// What a call does to names of the module.
    fn outer_effects(&mut self, summary: &super::Summary) {
        let own = |name: &&String| !summary.params.contains(*name);
        self.effects.writes.extend(summary.effects.writes.iter().filter(own).cloned());
        self.effects.reads.extend(summary.effects.reads.iter().cloned());
        self.effects.anything |= summary.effects.anything;
        self.effects.rebinds.extend(summary.effects.rebinds.iter().cloned());
    }

    fn summary(&mut self, index: usize) -> super::Summary {
        self.calls.push(index);
        if self.in_function {
            return self.analysis.summaries.get(&index).cloned().unwrap_or_default();
        }
        self.analysis.summary(self.program, index)
    }

    fn argument_sources(&mut self, call: &ExprCall) -> Names {
        let mut names = Names::default();
        for e in call.arguments.args.iter().chain(call.arguments.keywords.iter().map(|k| &k.value)) {
            self.add_sources(e, &mut names);
        }
        names
    }

    /// Names that the result of a call may share objects with.
    pub(super) fn call_sources(&mut self, call: &ExprCall, names: &mut Names) {
        let callee = self.callee(&call.func);
        let out = output(&callee, call);
        match callee {
            Callee::Function(index) => {
                if let Some(bound) = self.bound(index, call) {
                    names.extend(bound.returns.iter().cloned());
                }
            }
            // The argument that takes the result is one of all: each is looked at once, however deep calls are nested.
            Callee::Numpy(name) if VIEWS.contains(&name.as_str()) || nopython_numpy::find(&name).is_none() => {
                names.extend(self.argument_sources(call).iter().cloned());
            }
            Callee::Method(_, name) if FRESH.contains(&name) => self.output_sources(out, names),
            Callee::Method(receiver, _) => {
                self.add_sources(receiver, names);
                names.extend(self.argument_sources(call).iter().cloned());
            }
            Callee::Known(ref name)
                if matches!(
                    name.as_str(),
                    "len" | "int" | "float" | "bool" | "str" | "abs" | "round" | "pow" | "divmod" | "range" | "type"
                ) =>
            {
                self.output_sources(out, names);
            }
            Callee::Numpy(_) | Callee::Onlooker => self.output_sources(out, names),
            Callee::Known(_) | Callee::Text | Callee::Unknown => {
                names.extend(self.argument_sources(call).iter().cloned());
            }
        }
    }

    /// Names that what takes the result of a call may share objects with.
    fn output_sources(&mut self, out: Option<&Expr>, names: &mut Names) {
        if let Some(out) = out {
            self.add_sources(out, names);
        }
    }
}

/// What a call of a function of the module means for names where it is called.
struct Bound {
    writes: Names,
    returns: Names,
}

/// The argument of a call of a function of NumPy that takes the result: by name or by its place, or what follows all that is known here.
fn output<'c>(callee: &Callee, call: &'c ExprCall) -> Option<&'c Expr> {
    if let Some(out) = call.arguments.find_keyword("out") {
        return Some(&out.value);
    }
    let (name, before) = match callee {
        Callee::Numpy(name) => (name.as_str(), 0),
        Callee::Method(_, name) => (*name, 1),
        _ => return None,
    };
    let (_, parameters) = nopython_numpy::find(name)?.signature.split_once('(')?;
    let parameters = parameters.split(',').map(str::trim).filter(|parameter| !parameter.starts_with('/'));
    if parameters.clone().any(|parameter| parameter.starts_with('*') && parameter.len() > 1) {
        return None;
    }
    let by_position: Vec<&str> = parameters.take_while(|parameter| !parameter.starts_with('*')).collect();
    match by_position.iter().position(|parameter| parameter.starts_with("out=")) {
        Some(at) => call.arguments.args.get(at.checked_sub(before)?),
        None => call.arguments.args.last().filter(|_| before == 0 && call.arguments.args.len() > by_position.len()),
    }
}

/// A name with attributes, `np.random.seed`.
fn path(e: &Expr) -> Option<String> {
    match e {
        Expr::Name(name) => Some(name.id.to_string()),
        Expr::Attribute(attribute) => Some(format!("{}.{}", path(&attribute.value)?, attribute.attr)),
        _ => None,
    }
}
