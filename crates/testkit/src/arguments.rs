//! Takes the arguments out of an expression, so that the function called is compiled with parameters and gets its arguments at run time.
//!
//! What is taken out of a call is what a program would hold in variables:
//!
//! - a number, wherever it is an operand or an argument: of `f(2) + 1` both;
//! - an argument of a function, as a whole: of `f(np.arange(6)[::2])` the view;
//! - what operators, methods and indices are applied to, where a creation function gives it: of `np.arange(6)[::2]` the range.
//!
//! What belongs to the program stays in it: numbers in an index, keywords, dtypes, strings, `None`, names of the page, and what a
//! parameter of the library wants to know while compiling, which is what its annotation says (`axis`, `extents`, …).

use ruff_python_ast::{Expr, ExprCall, Number, Stmt, UnaryOp};
use ruff_text_size::Ranged;

/// A piece of an expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// What is compiled.
    Program(String),
    /// An argument, as an expression of its own.
    Argument(String),
}

/// The pieces of an expression, in their order. What cannot be parsed is one piece, of which the compiler says what is wrong.
pub fn pieces(expression: &str) -> Vec<Piece> {
    let Ok(parsed) = ruff_python_parser::parse_expression(expression) else {
        return vec![Piece::Program(expression.to_owned())];
    };
    let mut finder = Finder::default();
    finder.value(parsed.expr());
    finder.found.sort_unstable();
    let mut out = Vec::new();
    let mut at = 0;
    for (start, end) in finder.found {
        out.push(Piece::Program(expression[at..start].to_owned()));
        out.push(Piece::Argument(expression[start..end].to_owned()));
        at = end;
    }
    out.push(Piece::Program(expression[at..].to_owned()));
    out
}

/// Functions of NumPy that make an array, or a number of a dtype, of numbers alone.
const CREATION: [&str; 22] = [
    "array",
    "arange",
    "zeros",
    "ones",
    "full",
    "linspace",
    "eye",
    "identity",
    "bool_",
    "int8",
    "int16",
    "int32",
    "int64",
    "uint8",
    "uint16",
    "uint32",
    "uint64",
    "float32",
    "float64",
    "complex64",
    "complex128",
    "asarray",
];

/// Attributes of modules that are numbers.
const NUMBERS: [&str; 5] = ["nan", "inf", "pi", "e", "tau"];

#[derive(Default)]
struct Finder {
    found: Vec<(usize, usize)>,
}

impl Finder {
    fn take(&mut self, e: &Expr) {
        self.found.push((e.start().to_usize(), e.end().to_usize()));
    }

    /// What an expression is made of, which is under test itself.
    fn value(&mut self, e: &Expr) {
        match e {
            Expr::Tuple(tuple) => tuple.elts.iter().for_each(|e| self.value(e)),
            Expr::BinOp(op) => [&op.left, &op.right].into_iter().for_each(|e| self.operand(e)),
            Expr::BoolOp(op) => op.values.iter().for_each(|e| self.operand(e)),
            Expr::UnaryOp(op) if !is_number(e) => self.operand(&op.operand),
            Expr::Compare(compare) => {
                std::iter::once(&*compare.left).chain(&compare.comparators).for_each(|e| self.operand(e));
            }
            Expr::If(choice) => [&choice.test, &choice.body, &choice.orelse].into_iter().for_each(|e| self.operand(e)),
            Expr::Subscript(subscript) => {
                self.operand(&subscript.value);
                self.index(&subscript.slice);
            }
            Expr::Attribute(attribute) if !is_number(e) => self.operand(&attribute.value),
            Expr::Call(call) => self.call(call),
            e if is_number(e) => self.take(e),
            _ => {}
        }
    }

    /// An operand, or what a method is called on.
    fn operand(&mut self, e: &Expr) {
        if is_creation(e) && is_closed(e) { self.take(e) } else { self.value(e) }
    }

    /// Indices stay, but for arrays.
    fn index(&mut self, e: &Expr) {
        match e {
            Expr::Tuple(tuple) => tuple.elts.iter().for_each(|e| self.index(e)),
            Expr::Call(_) => self.operand(e),
            _ => {}
        }
    }

    fn call(&mut self, call: &ExprCall) {
        let function = Function::of(&call.func);
        if let (Function::Method(_), Expr::Attribute(method)) = (&function, &*call.func) {
            self.operand(&method.value);
        }
        let parameters = function.parameters();
        for (k, argument) in call.arguments.args.iter().enumerate() {
            self.argument(argument, &function, parameters.get(k).or(parameters.last()));
        }
        for keyword in &call.arguments.keywords {
            let named = |p: &&Parameter| keyword.arg.as_ref().is_some_and(|name| name.as_str() == p.name);
            self.argument(&keyword.value, &function, parameters.iter().find(named));
        }
    }

    /// An argument as a whole, but for the numbers that a parameter of the library has to know.
    fn argument(&mut self, e: &Expr, function: &Function, parameter: Option<&Parameter>) {
        let stays = parameter.is_some_and(|p| {
            ["axis", "axes", "new_axes", "known"].contains(&p.annotation.as_str())
                || (p.optional && matches!(e, Expr::BooleanLiteral(_)))
        });
        match e {
            e if is_number(e) && stays => {}
            Expr::List(list) => list.elts.iter().for_each(|e| self.argument(e, function, parameter)),
            Expr::Tuple(tuple) if !matches!(function, Function::Named(_)) => {
                tuple.elts.iter().for_each(|e| self.argument(e, function, parameter));
            }
            // A function of the page gets strings at run time; what a function of NumPy is told by one is known while compiling.
            Expr::StringLiteral(_) if matches!(function, Function::Named(_)) => self.take(e),
            e if is_closed(e) => self.take(e),
            e => self.value(e),
        }
    }
}

/// What is called.
enum Function {
    /// A function of NumPy.
    NumPy(String),
    /// A method.
    Method(String),
    /// A function of the page, of Python or of `math`.
    Named(String),
}

/// A parameter of a library function.
struct Parameter {
    name: String,
    annotation: String,
    optional: bool,
}

impl Function {
    fn of(func: &Expr) -> Function {
        match func {
            Expr::Attribute(attribute) => match dotted(func) {
                Some(path) => match path.strip_prefix("np.") {
                    Some(name) => Function::NumPy(name.to_owned()),
                    None if path.starts_with("math.") => Function::Named(path),
                    None => Function::Method(attribute.attr.to_string()),
                },
                None => Function::Method(attribute.attr.to_string()),
            },
            Expr::Name(name) => Function::Named(name.id.to_string()),
            _ => Function::Named(String::new()),
        }
    }

    /// What is known of the parameters, beginning with that of the first argument.
    fn parameters(&self) -> Vec<Parameter> {
        let (name, skipped) = match self {
            Function::NumPy(name) => (name, 0),
            Function::Method(name) => (name, 1),
            Function::Named(_) => return Vec::new(),
        };
        let parsed = nopython_numpy::find(name).and_then(|entry| ruff_python_parser::parse_module(entry.source).ok());
        let module = parsed.map(ruff_python_parser::Parsed::into_syntax);
        let Some(Stmt::FunctionDef(def)) = module.and_then(|module| module.body.into_iter().next()) else {
            return Vec::new();
        };
        let all = def.parameters.iter().skip(skipped);
        all.map(|p| Parameter {
            name: p.name().to_string(),
            annotation: match p.annotation() {
                Some(Expr::Name(name)) => name.id.to_string(),
                _ => String::new(),
            },
            optional: p.default().is_some(),
        })
        .collect()
    }
}

/// `np.linalg.norm`, of names alone.
fn dotted(e: &Expr) -> Option<String> {
    match e {
        Expr::Name(name) => Some(name.id.to_string()),
        Expr::Attribute(attribute) => Some(format!("{}.{}", dotted(&attribute.value)?, attribute.attr)),
        _ => None,
    }
}

/// A number of Python that fits an int64, or one of a module.
fn is_number(e: &Expr) -> bool {
    match e {
        Expr::BooleanLiteral(_) => true,
        Expr::NumberLiteral(literal) => match &literal.value {
            Number::Int(n) => n.as_i64().is_some(),
            Number::Float(_) => true,
            Number::Complex { .. } => true,
        },
        Expr::UnaryOp(op) => {
            matches!(op.op, UnaryOp::USub | UnaryOp::UAdd)
                && matches!(&*op.operand, Expr::NumberLiteral(_) | Expr::Attribute(_))
                && is_number(&op.operand)
        }
        Expr::Attribute(attribute) => {
            matches!(&*attribute.value, Expr::Name(module) if ["np", "math"].contains(&module.id.as_str()))
                && NUMBERS.contains(&attribute.attr.as_str())
        }
        _ => false,
    }
}

/// Whether an expression is a number, or an array that a creation function gives.
fn is_creation(e: &Expr) -> bool {
    match e {
        Expr::Call(call) => {
            matches!(Function::of(&call.func), Function::NumPy(name) if CREATION.contains(&name.as_str()))
        }
        e => is_number(e),
    }
}

/// Whether an expression is a value, and one of NumPy and Python alone: it names nothing of the page.
fn is_closed(e: &Expr) -> bool {
    match e {
        e if is_number(e) => true,
        Expr::Call(call) => {
            let known = match Function::of(&call.func) {
                Function::NumPy(_) => true,
                Function::Method(_) => matches!(&*call.func, Expr::Attribute(method) if is_closed(&method.value)),
                Function::Named(name) => {
                    name.starts_with("math.")
                        || ["abs", "len", "int", "float", "bool", "min", "max", "round"].contains(&name.as_str())
                }
            };
            known
                && call.arguments.args.iter().all(is_part)
                && call.arguments.keywords.iter().all(|keyword| is_part(&keyword.value))
        }
        Expr::Subscript(subscript) => is_closed(&subscript.value) && is_index(&subscript.slice),
        Expr::Attribute(attribute) => is_closed(&attribute.value),
        Expr::BinOp(op) => is_closed(&op.left) && is_closed(&op.right),
        Expr::UnaryOp(op) => is_closed(&op.operand),
        Expr::Compare(compare) => is_closed(&compare.left) && compare.comparators.iter().all(is_closed),
        Expr::Tuple(tuple) => {
            !tuple.elts.is_empty() && tuple.elts.iter().all(|e| is_closed(e) || e.is_none_literal_expr())
        }
        _ => false,
    }
}

/// Whether an expression may be an argument inside of a value.
fn is_part(e: &Expr) -> bool {
    match e {
        Expr::List(list) => list.elts.iter().all(is_part),
        Expr::Tuple(tuple) => tuple.elts.iter().all(is_part),
        Expr::StringLiteral(_) | Expr::NoneLiteral(_) => true,
        Expr::Attribute(_) if dotted(e).is_some_and(|path| path.starts_with("np.")) => true,
        Expr::Name(name) => ["int", "float", "bool", "complex"].contains(&name.id.as_str()),
        e => is_closed(e),
    }
}

/// Whether an index names nothing of the page.
fn is_index(e: &Expr) -> bool {
    match e {
        Expr::Tuple(tuple) => tuple.elts.iter().all(is_index),
        Expr::Slice(slice) => [&slice.lower, &slice.upper, &slice.step].into_iter().flatten().all(|e| is_index(e)),
        Expr::EllipsisLiteral(_) => true,
        e => is_part(e),
    }
}

#[cfg(test)]
mod tests {
    use super::{Piece, pieces};

    /// The program, with `_` for each argument, and the arguments.
    fn parts(expression: &str) -> (String, Vec<String>) {
        let mut arguments = Vec::new();
        let program = pieces(expression).into_iter().map(|piece| match piece {
            Piece::Program(text) => text,
            Piece::Argument(text) => {
                arguments.push(text);
                "_".to_owned()
            }
        });
        (program.collect(), arguments)
    }

    #[track_caller]
    fn check(expression: &str, program: &str, arguments: &[&str]) {
        let (got, given) = parts(expression);
        assert_eq!(got, program);
        assert_eq!(given, arguments);
    }

    #[test]
    fn operands_and_arguments_are_taken_out() {
        check("f(2) + 1", "f(_) + _", &["2", "1"]);
        check("f(np.arange(6)[::2], -1.5), g(h(True))", "f(_, _), g(h(_))", &["np.arange(6)[::2]", "-1.5", "True"]);
        check("np.arange(6)[::2][1]", "_[::2][1]", &["np.arange(6)"]);
        check("f(x=np.nan)", "f(x=_)", &["np.nan"]);
        check("f((1, 2.5))", "f(_)", &["(1, 2.5)"]);
    }

    #[test]
    fn what_belongs_to_the_program_stays() {
        check(
            "np.sum(np.ones((2, 3)), 1, np.float32, keepdims=True)",
            "np.sum(_, 1, np.float32, keepdims=True)",
            &["np.ones((2, 3))"],
        );
        check("np.ones(3).sum(0)", "_.sum(0)", &["np.ones(3)"]);
        check("np.add(1, 2)", "np.add(_, _)", &["1", "2"]);
        check("np.zeros((2, 3))", "np.zeros((_, _))", &["2", "3"]);
        check("f(TABLE, None, 99999999999999999999)", "f(TABLE, None, 99999999999999999999)", &[]);
        check("f(\"x\")", "f(_)", &["\"x\""]);
    }
}
