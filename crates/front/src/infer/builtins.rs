//! Python's built-in functions, and what `for` runs over.

use super::body::Body;
use super::calls::Args;
use super::comprehensions::ITERATED;
use super::ops::{self, constant};
use super::share::Shared;
use super::stmts::{Iterable, Sequence};
use super::{Answer, Stop};
use crate::value::{Static, Val};
use nopython_diagnostics::codes;
use nopython_ir::Const;
use nopython_ir::ops::{BinOp, UnOp};
use nopython_ir::typed::{Expr, ExprKind, Index};
use nopython_types::{ArrayType, DType, Kind, Scalar, Type};
use ruff_python_ast as ast;

impl Body<'_, '_> {
    /// A call of a built-in function.
    pub fn builtin(&mut self, name: &str, args: Args, node: &ast::Expr) -> Answer<Val> {
        if let Some(value) = self.text_builtin(name, &args, node)? {
            return Ok(value);
        }
        let mut args = args;
        if matches!(name, "min" | "max") && !args.named.is_empty() {
            return self.extreme_by(name == "max", args, node);
        }
        if matches!(name, "sum" | "min" | "max" | "any" | "all" | "sorted" | "list" | "List" | "tuple")
            && let Some(first) = args.positional.first_mut()
        {
            let given = std::mem::replace(first, Val::NONE);
            *first = self.listed(given, node)?;
        }
        if let ("abs", [value]) = (name, args.positional.as_slice())
            && super::records::record_of(value).is_some()
            && let Some(value) = self.record_unary("abs", &value.clone(), node)?
        {
            return Ok(value);
        }
        let of_list = args.positional.first().is_some_and(super::lists::is_record);
        match name {
            "sorted" if args.positional.len() == 1 => return self.list_builtin(name, args, node),
            "min" | "max" | "any" | "all" if of_list && args.positional.len() == 1 => {
                return self.list_builtin(name, args, node);
            }
            "sum" if of_list => return self.list_builtin(name, args, node),
            _ => {}
        }
        let place = self.place_of(node);
        let count = args.positional.len();
        let mut positional = args.positional.clone().into_iter();
        match (name, count) {
            ("dict" | "Dict", 0 | 1) if args.named.is_empty() => self.container_from("dict", positional.next(), node),
            ("set" | "Set", 0 | 1) if args.named.is_empty() => self.container_from("set", positional.next(), node),
            ("list" | "List", 0 | 1) => self.list_from(positional.next(), node),
            ("len", 1) => self.length(args, node),
            ("abs", 1) => {
                let e = self.first_runtime(args, node)?;
                let shape = self.operand(&e, "abs", node)?;
                if super::complex::is_complex(&e) {
                    return Ok(Val::Expr(self.complex_abs(e, node)));
                }
                if shape.scalar.dtype.is_complex() {
                    return self.library("absolute", vec![Val::Expr(e)], node);
                }
                Ok(Val::Expr(match shape.scalar.dtype {
                    DType::Bool => {
                        ops::same(ops::convert(e, if shape.scalar.weak { Scalar::INT } else { shape.scalar }))
                    }
                    DType::UInt8 | DType::UInt16 | DType::UInt32 | DType::UInt64 => ops::same(e),
                    _ => ops::unary(UnOp::Abs, e, place),
                }))
            }
            ("min" | "max", 1) => match positional.next() {
                Some(Val::Tuple(items) | Val::List(items, _)) if items.len() > 1 => {
                    self.builtin(name, Args::positional(items), node)
                }
                Some(Val::Tuple(items) | Val::List(items, _)) => self.extreme(name, items, node),
                Some(Val::Expr(e)) => match &e.ty {
                    Type::Tuple(types) => {
                        let items = super::join::items(&e, types);
                        self.extreme(name, items, node)
                    }
                    _ => {
                        self.refuse_rows(name, &e, node)?;
                        self.library(name, vec![Val::Expr(e)], node)
                    }
                },
                _ => Err(self.not_here(name, node)),
            },
            ("min" | "max", n) if n >= 2 => self.extreme(name, args.positional, node),
            ("sum", 1 | 2) => self.sum(args.positional, node),
            ("any" | "all", 1) => {
                if let Some(Val::Expr(e)) = positional.next() {
                    self.refuse_rows(name, &e, node)?;
                }
                let value = self.library(name, args.positional, node)?;
                let value = self.runtime(value, node)?;
                Ok(Val::Expr(ops::cast_scalar(value, Scalar::BOOL)))
            }
            ("pow", 2) => {
                let (a, b) = self.two_runtime(args, node)?;
                self.power(a, b, false, node).map(Val::Expr)
            }
            ("divmod", 2) => {
                let (a, b) = self.two_runtime(args, node)?;
                let mut shared = Shared::default();
                let (a, b) = (shared.read(self, a), shared.read(self, b));
                let quotient = self.floor_divide(BinOp::FloorDiv, a.clone(), b.clone(), false, node)?;
                let rest = self.floor_divide(BinOp::Mod, a, b, false, node)?;
                let ty = Type::Tuple(vec![quotient.ty.clone(), rest.ty.clone()].into());
                Ok(Val::Expr(shared.around(Expr { kind: ExprKind::Tuple(vec![quotient, rest]), ty, place })))
            }
            ("slice", 1..=3) if args.named.is_empty() => {
                let mut bounds = [Val::NONE, Val::NONE, Val::NONE];
                // A single one is where it stops.
                let first = usize::from(count == 1);
                bounds.iter_mut().skip(first).zip(positional).for_each(|(bound, given)| *bound = given);
                Ok(Val::Static(Static::Slice(Box::new(bounds))))
            }
            ("round", 1 | 2) => self.round(args, node),
            ("isinstance", 2) => self.is_instance(args, node),
            ("tuple", 1) => match positional.next() {
                Some(Val::List(items, _) | Val::Tuple(items)) => Ok(Val::Tuple(items)),
                Some(Val::Expr(e)) if matches!(&e.ty, Type::Tuple(items) if items.names().is_none()) => {
                    Ok(Val::Expr(e))
                }
                Some(value @ Val::Expr(Expr { ty: Type::Tuple(_), .. })) => Ok(self.taken_apart(value)),
                _ => Err(self.not_here(name, node)),
            },
            ("iinfo" | "finfo", 1) => {
                let value = positional.next().unwrap_or(Val::NONE);
                let dtype = match &value {
                    Val::Expr(e) => ops::Shape::of(&e.ty).map(|s| s.scalar.dtype),
                    other => Some(self.dtype(other, node)?.dtype),
                };
                match dtype {
                    Some(d) if d.is_float() == (name == "finfo") && d != DType::Bool => {
                        Ok(Val::Static(Static::Limits(d)))
                    }
                    _ => Err(Stop::error(
                        self.error(
                            node,
                            codes::TYPE_MISMATCH,
                            format!("np.{name} does not take {}", value.describe()),
                            "this call",
                        )
                        .hint("np.iinfo takes integer dtypes, np.finfo float dtypes"),
                    )),
                }
            }
            ("range", _) => self.range_value(args.positional, node),
            ("print", _) => self.print(args, node),
            ("ndarray", _) => {
                Err(self.unsupported(node, "a call of np.ndarray", "use np.empty(shape, dtype), which makes the same"))
            }
            (
                "str" | "dict" | "set" | "list" | "map" | "filter" | "sorted" | "type" | "hasattr" | "getattr"
                | "slice",
                _,
            ) => Err(self.not_here(name, node)),
            _ => Err(Stop::error(self.error(
                node,
                codes::ARGUMENT_COUNT,
                format!("{name}() got {count} arguments"),
                "called here",
            ))),
        }
    }

    /// `min` and `max` by a key, or with a default for nothing.
    fn extreme_by(&mut self, greatest: bool, mut args: Args, node: &ast::Expr) -> Answer<Val> {
        let name = if greatest { "max" } else { "min" };
        let (key, default) = (args.take("key").unwrap_or(Val::NONE), args.take("default"));
        let items = match args.positional.len() {
            0 => return Err(self.not_here(name, node)),
            1 => args.positional.pop(),
            _ if default.is_some() => {
                let message = format!("Cannot specify a default for {name}() with multiple positional arguments");
                return Err(Stop::error(self.error(node, codes::TYPE_MISMATCH, message, "called here")));
            }
            _ => Some(Val::Tuple(args.positional)),
        };
        let list = self.list_from(items, node)?;
        let list = self.runtime(list, node)?;
        let greatest = constant(Const::Bool(greatest), true, self.place_of(node));
        let mut values = vec![Val::Expr(list), Val::Expr(greatest), key];
        let function = if default.is_some() { "list_extreme_or" } else { "list_extreme" };
        values.extend(default);
        self.library(function, values, node)
    }

    fn not_here(&self, name: &str, node: &ast::Expr) -> Stop {
        let instead = match name {
            "sorted" => "use np.sort on an array",
            "list" => "use an array: np.empty(n), filled in a loop",
            "set" => "use a boolean array as the set of its true indices",
            _ => "compute with numbers, arrays and tuples",
        };
        self.unsupported(node, &format!("`{name}` here"), instead)
    }

    /// A number that Python takes as an integer.
    pub fn integer(&self, e: Expr, node: &ast::Expr) -> Answer<Expr> {
        if matches!(e.ty, Type::Scalar(s) if !s.dtype.is_float() && !s.dtype.is_complex()) {
            return Ok(e);
        }
        let message = format!("'{}' object cannot be interpreted as an integer", e.ty);
        let diagnostic = self.error(node, codes::TYPE_MISMATCH, message, format!("this is {}", e.ty));
        Err(Stop::error(diagnostic.hint("convert with int(...)")))
    }

    fn first_runtime(&self, args: Args, node: &ast::Expr) -> Answer<Expr> {
        match args.positional.into_iter().next() {
            Some(value) => self.runtime(value, node),
            None => Err(Stop::error(self.error(node, codes::ARGUMENT_COUNT, "an argument is missing", "called here"))),
        }
    }

    fn two_runtime(&self, args: Args, node: &ast::Expr) -> Answer<(Expr, Expr)> {
        let mut values = args.positional.into_iter();
        match (values.next(), values.next()) {
            (Some(a), Some(b)) => Ok((self.runtime(a, node)?, self.runtime(b, node)?)),
            _ => Err(Stop::error(self.error(node, codes::ARGUMENT_COUNT, "two arguments are needed", "called here"))),
        }
    }

    fn length(&mut self, args: Args, node: &ast::Expr) -> Answer<Val> {
        let place = self.place_of(node);
        let value = args.positional.into_iter().next().unwrap_or(Val::NONE);
        let count = |n: usize| Ok(Val::Expr(ops::int(i64::try_from(n).unwrap_or(i64::MAX), place)));
        match value {
            Val::Tuple(items) | Val::List(items, _) => count(items.len()),
            Val::Static(Static::View(container, _)) => self.length(Args::positional(vec![*container]), node),
            Val::Static(Static::Keywords(pairs)) => count(pairs.len()),
            Val::Static(Static::Str(text)) => count(text.chars().count()),
            Val::Expr(e) => match &e.ty {
                Type::Tuple(items) => count(items.len()),
                Type::Array(_) => Ok(Val::Expr(dimension(e, 0))),
                Type::Str => Ok(Val::Expr(super::strings::length(e))),
                Type::Structured(r) if r.ndim > 0 => Ok(Val::Expr(dimension(e, 0))),
                Type::Structured(r) => count(r.record.fields.len()),
                Type::List(_) => Ok(Val::Expr(self.list_length(e))),
                Type::Record(record) if record.class.is_container() => Ok(Val::Expr(self.container_length(e))),
                Type::Record(_) if let Some(length) = self.special(&e, "__len__", Vec::new(), node)? => Ok(length),
                other => Err(Stop::error(self.error(
                    node,
                    codes::TYPE_MISMATCH,
                    format!("{other} has no len()"),
                    format!("this is {other}"),
                ))),
            },
            other => Err(Stop::error(self.error(
                node,
                codes::TYPE_MISMATCH,
                format!("{} has no len()", other.describe()),
                "here",
            ))),
        }
    }

    /// Refuses an array whose items are arrays, where Python asks whether each is true, or which one is less.
    fn refuse_rows(&self, name: &str, e: &Expr, node: &ast::Expr) -> Answer<()> {
        match &e.ty {
            Type::Array(ArrayType { ndim: 2.., .. }) => Err(Stop::error(
                self.error(
                    node,
                    codes::TYPE_MISMATCH,
                    "The truth value of an array with more than one element is ambiguous. Use a.any() or a.all()",
                    format!("{name}() looks at the rows of {}", e.ty),
                )
                .hint(format!("use np.{name}(a) for all elements")),
            )),
            _ => Ok(()),
        }
    }

    /// Python's `min` and `max` of scalars: the first of equals, and the first operand where one is NaN.
    fn extreme(&mut self, name: &str, items: Vec<Val>, node: &ast::Expr) -> Answer<Val> {
        let place = self.place_of(node);
        let op = if name == "min" { BinOp::Lt } else { BinOp::Gt };
        let mut best: Option<Expr> = None;
        let mut shared = Shared::default();
        for item in items {
            let e = self.runtime(item, node)?;
            if !matches!(e.ty, Type::Scalar(_)) {
                return Err(Stop::error(
                    self.error(
                        node,
                        codes::TYPE_MISMATCH,
                        format!("{name}() of {} is ambiguous", e.ty),
                        format!("this is {}", e.ty),
                    )
                    .hint(format!(
                        "use np.{name}(a) for the elements of an array, np.{name}imum(a, b) element by element"
                    )),
                ));
            }
            let e = shared.read(self, e);
            best = Some(match best {
                None => e,
                Some(so_far) => {
                    let so_far = shared.read(self, so_far);
                    let joined = super::join::join_types(&so_far.ty, &e.ty);
                    let unsigned = |e: &Expr| e.ty == Type::Scalar(Scalar::strong(DType::UInt64));
                    let mixed = unsigned(&e) != unsigned(&so_far);
                    let below = |e: &Expr| ops::as_int(e).is_some_and(|v| v < 0);
                    if mixed && below(&e) | below(&so_far) {
                        // No uint64 is negative.
                        if below(&e) == (name == "min") { e } else { so_far }
                    } else if let (false, Some(Type::Scalar(s))) = (mixed, &joined)
                        && !s.dtype.is_float()
                        && !s.dtype.is_complex()
                    {
                        let op = if name == "min" { BinOp::Min } else { BinOp::Max };
                        ops::binary(op, ops::cast_scalar(so_far, *s), ops::cast_scalar(e, *s), s.weak, place)
                    } else {
                        let test = self.compare_numbers(op, e.clone(), so_far.clone(), false, node)?;
                        self.choice(test, e, so_far, node)?
                    }
                }
            });
        }
        let Some(result) = best else { return Err(self.not_here(name, node)) };
        Ok(Val::Expr(shared.around(result)))
    }

    /// Python's `sum`: one item after another, from the start value.
    fn sum(&mut self, values: Vec<Val>, node: &ast::Expr) -> Answer<Val> {
        let place = self.place_of(node);
        let mut values = values.into_iter();
        let items = values.next().unwrap_or(Val::NONE);
        let start = values.next().unwrap_or(Val::Expr(ops::int(0, place)));
        match items {
            Val::Tuple(items) | Val::List(items, _) => {
                items.into_iter().try_fold(start, |sum, item| self.operator(ast::Operator::Add, sum, item, node))
            }
            Val::Expr(e) => match &e.ty {
                Type::Tuple(types) => {
                    let items = super::join::items(&e, types);
                    self.sum(vec![Val::Tuple(items), start], node)
                }
                _ => self.library("sum_in_order", vec![Val::Expr(e), start], node),
            },
            Val::Static(_) => Err(self.not_here("sum", node)),
        }
    }

    fn round(&mut self, args: Args, node: &ast::Expr) -> Answer<Val> {
        let digits = args.positional.get(1).filter(|digits| **digits != Val::NONE).cloned();
        let with_digits = digits.is_some();
        let e = self.first_runtime(args, node)?;
        let place = self.place_of(node);
        match &e.ty {
            Type::Array(a) => Err(Stop::error(
                self.error(
                    node,
                    codes::TYPE_MISMATCH,
                    format!("round() takes a number, not {a}"),
                    format!("this is {a}"),
                )
                .hint("use np.round for arrays"),
            )),
            Type::Scalar(s) if s.dtype.is_float() && !with_digits => {
                Ok(Val::Expr(ops::cast_scalar(ops::unary(UnOp::Rint, e, place), Scalar::INT)))
            }
            Type::Scalar(s) if s.dtype == DType::Bool && !s.weak => {
                let message = "type numpy.bool doesn't define __round__ method";
                let diagnostic = self.error(node, codes::TYPE_MISMATCH, message, "this is bool");
                Err(Stop::error(diagnostic.hint("convert with int(...)")))
            }
            Type::Scalar(s) if !s.dtype.is_float() && !s.dtype.is_complex() && (s.weak || !with_digits) => match digits
            {
                Some(digits) => self.library("round_integer", vec![Val::Expr(e), digits], node),
                None => Ok(Val::Expr(ops::cast_scalar(e, Scalar::INT))),
            },
            Type::Scalar(s) if s.weak => {
                let rounded = self.library("round_decimal", vec![Val::Expr(e), digits.unwrap_or(Val::NONE)], node)?;
                let rounded = self.runtime(rounded, node)?;
                Ok(Val::Expr(ops::cast_scalar(rounded, Scalar::FLOAT)))
            }
            _ => {
                let mut values = vec![Val::Expr(e)];
                values.extend(digits);
                self.library("round", values, node)
            }
        }
    }

    fn is_instance(&mut self, args: Args, node: &ast::Expr) -> Answer<Val> {
        let place = self.place_of(node);
        let mut values = args.positional.into_iter();
        let (Some(value), Some(class)) = (values.next(), values.next()) else {
            return Err(self.not_here("isinstance", node));
        };
        let classes = match class {
            Val::Tuple(items) => items,
            one => vec![one],
        };
        let matches = |class: &Val| match (class, &value) {
            (Val::Static(Static::ScalarType(c)), Val::Expr(e)) => {
                matches!(&e.ty, Type::Scalar(s) if s == c || (*c == Scalar::INT && *s == Scalar::BOOL) || (*c == Scalar::FLOAT && *s == Scalar::strong(DType::Float64)))
            }
            (Val::Static(Static::Builtin(name)), Val::Expr(e)) if name == "ndarray" => {
                matches!(&e.ty, Type::Array(_)) || matches!(&e.ty, Type::Structured(r) if r.ndim > 0)
            }
            (Val::Static(Static::Builtin(name)), value) if name == "str" => super::strings::is_text(value),
            (Val::Static(Static::Builtin(name)), Val::Tuple(_)) if name == "tuple" => true,
            (Val::Static(Static::Builtin(name)), Val::List(..)) if name == "list" => true,
            (Val::Static(Static::Builtin(name)), Val::Expr(e)) if name == "list" => matches!(e.ty, Type::List(_)),
            (Val::Static(Static::Builtin(name)), Val::Expr(e)) if name == "tuple" => matches!(e.ty, Type::Tuple(_)),
            (Val::Static(Static::Builtin(name)), Val::Expr(e)) if name == "range" => {
                matches!(&e.ty, Type::Record(record) if record.class.is_range())
            }
            _ => false,
        };
        for class in &classes {
            if let Val::Static(Static::Class(name)) = class
                && let Some(test) = self.is_instance_of(&value, name)
            {
                return Ok(Val::Expr(test));
            }
        }
        let known = classes.iter().any(matches);
        Ok(Val::Expr(constant(Const::Bool(known), true, place)))
    }

    /// `int(x)`, `np.float32(x)`: a scalar, or an array for a NumPy type.
    pub fn convert_scalar(&mut self, to: Scalar, args: Args, node: &ast::Expr) -> Answer<Val> {
        let place = self.place_of(node);
        if to == Scalar::COMPLEX {
            return self.complex_number(args, node);
        }
        if args.positional.is_empty() {
            return Ok(Val::Expr(super::complex::zero(to, place)));
        }
        if let Some(Val::Static(Static::Str(text))) = args.positional.first() {
            let value = match text.trim().trim_start_matches('+') {
                "inf" | "infinity" => Some(f64::INFINITY),
                "-inf" => Some(f64::NEG_INFINITY),
                "nan" => Some(f64::NAN),
                other => other.parse().ok(),
            };
            if let (Some(value), true) = (value, to.dtype.is_float()) {
                let c = if to.dtype == DType::Float64 {
                    Some(Const::f64(value))
                } else {
                    crate::fold::cast(Const::f64(value), to.dtype)
                };
                if let Some(c) = c {
                    return Ok(Val::Expr(constant(c, to.weak, place)));
                }
            }
        }
        if let Some(value) = self.number_of_text(to, &args, node)? {
            return Ok(value);
        }
        if let (Some(value), true) = (args.positional.first().and_then(super::huge::nearest), to.dtype.is_float()) {
            return Ok(Val::Expr(ops::cast_scalar(constant(Const::f64(value), true, place), to)));
        }
        let e = self.first_runtime(args, node)?;
        match &e.ty {
            Type::Scalar(s)
                if s.dtype.is_complex() && matches!(to.dtype.kind(), Kind::Float | Kind::Signed | Kind::Unsigned) =>
            {
                Err(self.not_real(&format!("{to}()"), &e, node))
            }
            Type::Record(_) | Type::List(_) if to == Scalar::BOOL => {
                let value = self.tested(Val::Expr(e), node)?;
                Ok(Val::Expr(ops::cast_scalar(self.truth(value, node)?, Scalar::BOOL)))
            }
            Type::Scalar(_) if !to.weak => Ok(Val::Expr(self.fitted(e, to.dtype))),
            Type::Scalar(_) => Ok(Val::Expr(ops::cast_scalar(e, to))),
            Type::Array(a) if a.ndim == 0 || to.weak => Err(Stop::error(
                self.error(
                    node,
                    codes::TYPE_MISMATCH,
                    format!("{to}() takes a number, not {a}"),
                    format!("this is {a}"),
                )
                .hint("index one element, or use .astype(...)"),
            )),
            Type::Array(_) => Ok(Val::Expr(ops::cast(e, to.dtype))),
            other => Err(Stop::error(self.error(
                node,
                codes::TYPE_MISMATCH,
                format!("{to}() takes a number, not {other}"),
                format!("this is {other}"),
            ))),
        }
    }

    /// What a `for` loop runs over.
    pub fn iterable(&mut self, e: &ast::Expr) -> Answer<Iterable> {
        if let ast::Expr::Call(call) = e {
            let function = self.expr(&call.func)?;
            if matches!(&function, Val::Static(Static::Builtin(name)) if ITERATED.contains(&name.as_str())) {
                self.check_names(&function, call, e)?;
            }
            let name = match &function {
                Val::Static(Static::Builtin(name)) => name.clone(),
                Val::Static(Static::Numba(name)) if name == "prange" => "range".to_owned(),
                Val::Static(Static::Numba(name)) if name == "literal_unroll" => {
                    return match call.arguments.args.first() {
                        Some(first) => self.iterable(first),
                        None => Err(self.unsupported(e, "this loop", "loop over a tuple")),
                    };
                }
                _ => String::new(),
            };
            if name == "range" {
                let (start, stop, step) = self.range_bounds(&call.arguments.args, e)?;
                return Ok(Iterable::Range { start, stop, step });
            }
            if let Some(items) = self.known_rows(&name, &call.arguments)? {
                return Ok(Iterable::Items(items));
            }
            if matches!(name.as_str(), "enumerate" | "zip" | "reversed") {
                let (length, item) = self.sequence(e)?;
                return Ok(Iterable::Sequence { length, item });
            }
        }
        let value = self.expr(e)?;
        let value = if super::strings::is_text(&value) { Val::Expr(self.runtime(value, e)?) } else { value };
        if let Some([start, stop, step]) = self.held_range(&value) {
            return Ok(Iterable::Range { start, stop, step });
        }
        match value {
            Val::Static(Static::Keywords(pairs)) => {
                Ok(Iterable::Items(pairs.into_iter().map(|(name, _)| Val::Static(Static::Str(name))).collect()))
            }
            value if let Some((container, view)) = super::records::iterated(&value) => {
                Ok(Iterable::Entries(container, view))
            }
            // Every item is evaluated before the first turn.
            Val::Tuple(items) | Val::List(items, _) => {
                Ok(Iterable::Items(items.into_iter().map(|item| self.settle(item)).collect()))
            }
            Val::Expr(value) => match &value.ty {
                Type::Tuple(types) => {
                    let types = types.clone();
                    let value = self.held(value);
                    Ok(Iterable::Items(super::join::items(&value, &types)))
                }
                Type::Str => {
                    let text = self.held(value);
                    Ok(Iterable::Sequence { length: super::strings::length(text.clone()), item: Sequence::Text(text) })
                }
                Type::List(_) => {
                    let list = self.held(value);
                    Ok(Iterable::Sequence { length: self.list_length(list.clone()), item: Sequence::List(list) })
                }
                Type::Structured(own) if own.ndim == 0 => {
                    let (own, value) = (own.clone(), self.held(value));
                    let fields = own.record.fields.iter().map(|f| self.field_attribute(value.clone(), &f.name, e));
                    Ok(Iterable::Items(fields.map(|f| f.map(Val::Expr)).collect::<Answer<_>>()?))
                }
                Type::Array(_) | Type::Structured(_) => {
                    let array = self.held(value);
                    Ok(Iterable::Sequence { length: dimension(array.clone(), 0), item: Sequence::Array(array) })
                }
                other => Err(Stop::error(
                    self.error(e, codes::TYPE_MISMATCH, format!("{other} is not iterable"), format!("this is {other}"))
                        .hint("loop over range(n) or an array"),
                )),
            },
            other => Err(self.unsupported(
                e,
                &format!("a loop over {}", other.describe()),
                "loop over range(n), an array, a tuple, enumerate(...) or zip(...)",
            )),
        }
    }

    fn held(&mut self, value: Expr) -> Expr {
        if super::exprs::is_simple(&value) && !matches!(value.kind, ExprKind::Var(_)) {
            return value;
        }
        // The array that the loop began with, even if the name is bound anew inside.
        let var = self.temporary("sequence", &value.ty);
        let place = value.place;
        self.emit(nopython_ir::typed::StmtKind::Assign(var, value), place);
        self.read(var, place)
    }

    fn range_bounds(&mut self, args: &[ast::Expr], node: &ast::Expr) -> Answer<(Expr, Expr, Expr)> {
        let bounds = args.iter().map(|e| Ok((self.runtime_expr(e)?, e))).collect::<Answer<_>>()?;
        self.range_of_bounds(bounds, node)
    }

    /// ⌈(high − low) / |by|⌉, or 0. From a negative number on, the difference may need 64 bits and has no sign.
    fn turns(&mut self, low: Expr, high: Expr, by: i64) -> Expr {
        let place = low.place;
        let signed = ops::as_int(&low).is_some_and(|low| low >= 0);
        let ty = if signed { Scalar::INT } else { Scalar::strong(DType::UInt64) };
        let int = |v: i64| ops::cast_scalar(ops::int(v, place), ty);
        let binary = |op, a: Expr, b: Expr| ops::binary(op, a, b, signed, place);
        let above = ops::binary(BinOp::Max, high, low.clone(), true, place);
        let distance = ops::cast_scalar(ops::binary(BinOp::Sub, above, low, true, place), ty);
        let rounded = |distance: Expr, one: Expr| {
            let whole = binary(BinOp::FloorDiv, binary(BinOp::Sub, distance, one.clone()), int(by.abs()));
            binary(BinOp::Add, whole, one)
        };
        match (by.abs(), signed) {
            (1, true) => distance,
            (_, true) => rounded(distance, int(1)),
            (_, false) => {
                let distance = self.named(distance);
                let some = binary(BinOp::Min, distance.clone(), int(1));
                ops::cast_scalar(binary(BinOp::Min, rounded(distance, some), int(i64::MAX)), Scalar::INT)
            }
        }
    }

    /// A range as a sequence that is indexed.
    fn sequence_of_range(&mut self, start: Expr, stop: Expr, step: Expr, node: &ast::Expr) -> Answer<(Expr, Sequence)> {
        let (start, stop, step) = (self.named(start), self.named(stop), self.named(step));
        let count = match ops::as_int(&step) {
            Some(by) if by > 0 => self.turns(start.clone(), stop, by),
            Some(by) if by < 0 => self.turns(stop, start.clone(), by),
            _ => {
                let bounds = [start.clone(), stop, step.clone()].map(Val::Expr).to_vec();
                let range = self.range_value(bounds, node)?;
                let length = self.length(Args::positional(vec![range]), node)?;
                let length = self.runtime(length, node)?;
                self.named(length)
            }
        };
        Ok((count, Sequence::Range(start, step)))
    }

    /// `zip(…)` of sequences with their lengths. A strict one has a turn after the shortest sequence has ended, if another has not: that turn raises.
    fn zipped(
        &mut self,
        parts: Vec<(Expr, Sequence)>,
        strict: Option<&ast::Keyword>,
        node: &ast::Expr,
    ) -> Answer<(Expr, Sequence)> {
        let place = self.place_of(node);
        let strict = match strict {
            Some(keyword) => {
                let value = self.expr(&keyword.value)?;
                let value = self.truth(value, node)?;
                ops::as_const(&value).ok_or_else(|| {
                    let hint = "write strict=True or strict=False";
                    self.unsupported(node, "a `strict` that is not known while compiling", hint)
                })? == Const::Bool(true)
            }
            None => false,
        };
        let (lengths, parts): (Vec<Expr>, Vec<Sequence>) = parts.into_iter().unzip();
        let extreme = |op| {
            let joined = lengths.iter().cloned().reduce(|a, b| ops::binary(op, a, b, true, place));
            joined.unwrap_or(ops::int(0, place))
        };
        let shortest = extreme(BinOp::Min);
        if !strict || lengths.len() < 2 {
            return Ok((shortest, Sequence::Zip(parts, Vec::new())));
        }
        let one_more = ops::binary(BinOp::Add, shortest, ops::int(1, place), true, place);
        let turns = ops::binary(BinOp::Min, one_more, extreme(BinOp::Max), true, place);
        Ok((turns, Sequence::Zip(parts, lengths)))
    }

    /// A sequence that is indexed: its length and how its items are found.
    fn sequence(&mut self, e: &ast::Expr) -> Answer<(Expr, Sequence)> {
        let place = self.place_of(e);
        if let ast::Expr::Call(call) = e {
            let args = &call.arguments.args;
            let function = self.expr(&call.func)?;
            if matches!(&function, Val::Static(Static::Builtin(name)) if ITERATED.contains(&name.as_str())) {
                self.check_names(&function, call, e)?;
            }
            match (function, &**args) {
                (Val::Static(Static::Builtin(name)), [first, rest @ ..]) if name == "enumerate" => {
                    let (length, inner) = self.sequence(first)?;
                    let start = match rest.first().or(call.arguments.keywords.first().map(|k| &k.value)) {
                        Some(e) => {
                            let start = self.runtime_expr(e)?;
                            let start = ops::cast_scalar(self.integer(start, e)?, Scalar::INT);
                            if ops::as_int(&start).is_some() { start } else { self.settled(start) }
                        }
                        None => ops::int(0, place),
                    };
                    return Ok((length, Sequence::Enumerate(start, Box::new(inner))));
                }
                (Val::Static(Static::Builtin(name)), [_, ..]) if name == "zip" => {
                    let parts = args.iter().map(|e| self.sequence(e)).collect::<Answer<Vec<_>>>()?;
                    return self.zipped(parts, call.arguments.find_keyword("strict"), e);
                }
                (Val::Static(Static::Builtin(name)), [only]) if name == "reversed" => {
                    let (length, inner) = self.sequence(only)?;
                    // The last item is found before the first turn.
                    let length = if inner.holds_list() { self.settled(length) } else { length };
                    return Ok((length.clone(), Sequence::Reversed(length, Box::new(inner))));
                }
                (Val::Static(Static::Builtin(name)), _) if name == "range" => {
                    let (start, stop, step) = self.range_bounds(args, e)?;
                    return self.sequence_of_range(start, stop, step, e);
                }
                _ => {}
            }
        }
        let value = self.expr(e)?;
        if let Some([start, stop, step]) = self.held_range(&value) {
            return self.sequence_of_range(start, stop, step, e);
        }
        let value = self.listed(value, e)?;
        let value = self.taken_apart(value);
        let weak = numbers_of_python(&value);
        let value = match value {
            value @ (Val::List(..) | Val::Tuple(_)) if value.inner().into_iter().any(super::strings::is_text) => {
                let list = self.list_from(Some(value), e)?;
                self.runtime(list, e)?
            }
            value @ (Val::List(..) | Val::Tuple(_)) => self.as_array(value, e)?,
            other => self.runtime(other, e)?,
        };
        match &value.ty {
            Type::Str => {
                let text = self.held(value);
                Ok((super::strings::length(text.clone()), Sequence::Text(text)))
            }
            Type::List(_) => {
                let list = self.held(value);
                Ok((self.list_length(list.clone()), Sequence::List(list)))
            }
            Type::Array(_) | Type::Structured(_) if super::structured::rank(&value.ty) != Some(0) => {
                let array = self.held(value);
                let items = Sequence::Array(array.clone());
                let items = match weak {
                    Some(weak) => Sequence::Weak(Box::new(items), weak),
                    None => items,
                };
                Ok((dimension(array, 0), items))
            }
            other => Err(Stop::error(self.error(
                e,
                codes::TYPE_MISMATCH,
                format!("{other} is not iterable"),
                format!("this is {other}"),
            ))),
        }
    }
}

/// The type of the items of a display that are numbers of Python's own.
fn numbers_of_python(value: &Val) -> Option<Scalar> {
    let (Val::List(items, _) | Val::Tuple(items)) = value else { return None };
    let mut types = items.iter().map(|item| match item {
        Val::Expr(Expr { ty: ty @ Type::Scalar(Scalar { weak: true, .. }), .. }) => Some(ty.clone()),
        _ => None,
    });
    let first = types.next()??;
    match types.try_fold(first, |joined, ty| super::join::join_types(&joined, &ty?))? {
        Type::Scalar(s) => Some(s),
        _ => None,
    }
}

/// An extent of an array.
pub fn dimension(array: Expr, axis: u8) -> Expr {
    let place = array.place;
    // The extent of a view that keeps whole leading axes is that of the array itself.
    let whole = match &array.kind {
        ExprKind::View { array: inner, index } => index
            .iter()
            .take(usize::from(axis) + 1)
            .all(|e| matches!(e, Index::Slice { start: None, stop: None, step: None }))
            .then(|| (**inner).clone()),
        _ => None,
    };
    match whole {
        Some(inner) => dimension(inner, axis),
        None => Expr { kind: ExprKind::Dim(Box::new(array), axis), ty: Type::Scalar(Scalar::INT), place },
    }
}
