//! Strings: known while compiling as long as nothing needs them at run time, and then arrays of code points that functions of
//! `library/python/str.py` compute with.

use super::body::{Bind, Body};
use super::builtins::dimension;
use super::calls::Args;
use super::ops::{self, constant};
use super::{Answer, Stop};
use crate::value::{Static, Val};
use nopython_diagnostics::codes;
use nopython_ir::Const;
use nopython_ir::ops::{BinOp, UnOp};
use nopython_ir::typed::{Expr, ExprKind, Index, Place};
use nopython_types::{Layout, Scalar, Type};
use ruff_python_ast::{self as ast, CmpOp, Operator};
use std::rc::Rc;

/// Longer strings are not made while compiling.
const LONGEST_KNOWN: usize = 4096;

/// Whether a value is a string, known or not.
pub fn is_text(value: &Val) -> bool {
    match value {
        Val::Static(Static::Str(_)) => true,
        Val::Expr(e) => e.ty == Type::Str,
        _ => false,
    }
}

/// Whether a value is a string of run time.
pub fn is_computed(value: &Val) -> bool {
    matches!(value, Val::Expr(e) if e.ty == Type::Str)
}

/// The text of a value that is a string known while compiling.
pub fn known(value: &Val) -> Option<&str> {
    match value {
        Val::Static(Static::Str(text)) => Some(text),
        Val::Expr(Expr { kind: ExprKind::Text(text), .. }) => Some(text),
        _ => None,
    }
}

/// A known string at run time.
pub fn literal(text: &str, place: Place) -> Expr {
    Expr { kind: ExprKind::Text(Rc::from(text)), ty: Type::Str, place }
}

/// A known string as a value.
pub fn known_text(text: impl Into<String>) -> Val {
    Val::Static(Static::Str(text.into()))
}

/// Whether a value is a string that is known while compiling, or a tuple that holds one: it stays known in a variable.
pub fn holds_known(value: &Val) -> bool {
    match value {
        Val::Static(Static::Str(_)) => true,
        Val::Tuple(items) => items.iter().any(holds_known),
        _ => false,
    }
}

/// The code points of a string.
pub fn codes(text: Expr) -> Expr {
    let place = text.place;
    match text.kind {
        ExprKind::Reinterpret(array) => *array,
        kind => {
            let text = Expr { kind, ty: text.ty, place };
            Expr { kind: ExprKind::Reinterpret(Box::new(text)), ty: Type::Array(Type::CODE_POINTS), place }
        }
    }
}

/// The string of code points, which nothing changes any more.
pub fn of_codes(array: Expr) -> Option<Expr> {
    let place = array.place;
    let array = match array.ty {
        Type::Array(a) if a == Type::CODE_POINTS => array,
        Type::Array(a) if a.dtype == Type::CODE_POINTS.dtype && a.ndim == 1 && a.layout == Layout::Any => {
            super::methods::copy(array)
        }
        _ => return None,
    };
    Some(match array.kind {
        ExprKind::Reinterpret(text) => *text,
        kind => {
            let array = Expr { kind, ty: array.ty, place };
            Expr { kind: ExprKind::Reinterpret(Box::new(array)), ty: Type::Str, place }
        }
    })
}

/// The number of code points.
pub fn length(text: Expr) -> Expr {
    if let Some(known) = known(&Val::Expr(text.clone())) {
        return ops::int(i64::try_from(known.chars().count()).unwrap_or(i64::MAX), text.place);
    }
    dimension(codes(text), 0)
}

/// The code point at an index that is known to lie in the string, as a string.
pub fn code_point(text: Expr, k: Expr) -> Option<Expr> {
    let place = k.place;
    let k = ops::cast_scalar(k, Scalar::INT);
    let next = ops::binary(BinOp::Add, k.clone(), ops::int(1, place), true, place);
    let index = vec![Index::Slice { start: Some(k), stop: Some(next), step: None }];
    let view = ExprKind::View { array: Box::new(codes(text)), index };
    of_codes(Expr { kind: view, ty: Type::Array(Type::CODE_POINTS), place })
}

impl Body<'_, '_> {
    /// A binding that holds strings which are known while compiling, as a value of run time.
    pub(super) fn text_of_bind(&self, bind: &Bind, place: Place) -> Option<Expr> {
        match bind {
            Bind::Val(value @ Val::Static(Static::Str(_))) => known(value).map(|text| literal(text, place)),
            Bind::Val(Val::Tuple(items)) if items.iter().any(holds_known) => ops::tuple_expr(items, place),
            _ => None,
        }
    }

    /// A call of a function of the library whose strings are values of run time, so that one function serves all of them.
    pub(super) fn text_library(&mut self, name: &str, args: Vec<Val>, node: &ast::Expr) -> Answer<Val> {
        self.call_text_library(name, Args::positional(args), node)
    }

    fn call_text_library(&mut self, name: &str, mut args: Args, node: &ast::Expr) -> Answer<Val> {
        let place = self.place_of(node);
        for value in args.positional.iter_mut().chain(args.named.iter_mut().map(|(_, value)| value)) {
            if let Val::Static(Static::Str(text)) = value {
                *value = Val::Expr(literal(text, place));
            }
        }
        self.call_library(name, args, node)
    }

    fn text_test(&mut self, name: &str, args: Vec<Val>, negated: bool, node: &ast::Expr) -> Answer<Expr> {
        let place = self.place_of(node);
        let test = self.text_library(name, args, node)?;
        let test = ops::cast_scalar(self.runtime(test, node)?, Scalar::BOOL);
        Ok(if negated { ops::unary(UnOp::Invert, test, place) } else { test })
    }

    /// An operator of which an operand is a string.
    pub(super) fn text_operator(
        &mut self,
        op: Operator,
        left: &Val,
        right: &Val,
        node: &ast::Expr,
    ) -> Answer<Option<Val>> {
        if op == Operator::Mod && is_text(left) {
            return self.percent_format(left, right.clone(), node).map(Some);
        }
        let count = |value: &Val| match value {
            Val::Expr(e) if matches!(e.ty, Type::Scalar(s) if s.dtype.is_int() || s == Scalar::BOOL) => Some(e.clone()),
            _ => None,
        };
        match op {
            Operator::Add if is_text(left) && is_text(right) => {
                if let (Some(a), Some(b)) = (known(left), known(right))
                    && a.len() + b.len() <= LONGEST_KNOWN
                {
                    return Ok(Some(known_text(format!("{a}{b}"))));
                }
                self.text_library("str_add", vec![left.clone(), right.clone()], node).map(Some)
            }
            Operator::Mult if is_text(left) || is_text(right) => {
                let (text, times) = if is_text(left) { (left, count(right)) } else { (right, count(left)) };
                let Some(times) = times else { return Err(self.text_operands(op, left, right, node)) };
                if let (Some(text), Some(n)) = (known(text), ops::as_int(&times))
                    && let Ok(n) = usize::try_from(n.max(0))
                    && text.len().saturating_mul(n) <= LONGEST_KNOWN
                {
                    return Ok(Some(known_text(text.repeat(n))));
                }
                let times = Val::Expr(ops::cast_scalar(times, Scalar::INT));
                self.text_library("str_repeat", vec![text.clone(), times], node).map(Some)
            }
            _ if is_text(left) || is_text(right) => Err(self.text_operands(op, left, right, node)),
            _ => Ok(None),
        }
    }

    fn text_operands(&self, op: Operator, left: &Val, right: &Val, node: &ast::Expr) -> Stop {
        let ty = |value: &Val| if is_text(value) { "str".to_owned() } else { value.describe() };
        let (a, b) = (ty(left), ty(right));
        let message = match op {
            Operator::Add if is_text(left) => format!("can only concatenate str (not \"{b}\") to str"),
            _ => format!("unsupported operand type(s) for {}: '{a}' and '{b}'", op.as_str()),
        };
        let diagnostic = self.error(node, codes::TYPE_MISMATCH, message, "here");
        Stop::error(diagnostic.hint("str(x) makes a string of a number, and float(s) a number of a string"))
    }

    /// A comparison in which a string of run time takes part, or one by order.
    pub(super) fn compare_texts(
        &mut self,
        op: CmpOp,
        left: &Val,
        right: &Val,
        node: &ast::Expr,
    ) -> Answer<Option<Expr>> {
        let place = self.place_of(node);
        let constant = |b: bool| Ok(Some(constant(Const::Bool(b), true, place)));
        if !is_text(left) || !is_text(right) {
            let other = if is_computed(left) { right } else { left };
            return match op {
                CmpOp::Eq | CmpOp::NotEq if is_computed(left) || is_computed(right) => match other {
                    // NumPy compares element by element.
                    Val::Expr(e) if matches!(e.ty, Type::Array(_)) => Ok(None),
                    _ => constant(op == CmpOp::NotEq),
                },
                CmpOp::Lt | CmpOp::LtE | CmpOp::Gt | CmpOp::GtE if is_computed(left) || is_computed(right) => {
                    let ty = |value: &Val| if is_text(value) { "str".to_owned() } else { value.describe() };
                    let message = format!(
                        "'{}' not supported between instances of '{}' and '{}'",
                        op.as_str(),
                        ty(left),
                        ty(right)
                    );
                    Err(Stop::error(self.error(node, codes::TYPE_MISMATCH, message, "compared here")))
                }
                _ => Ok(None),
            };
        }
        if let (Some(a), Some(b)) = (known(left), known(right)) {
            let order = a.chars().cmp(b.chars());
            return match op {
                CmpOp::Eq => constant(order.is_eq()),
                CmpOp::NotEq => constant(order.is_ne()),
                CmpOp::Lt => constant(order.is_lt()),
                CmpOp::LtE => constant(order.is_le()),
                CmpOp::Gt => constant(order.is_gt()),
                CmpOp::GtE => constant(order.is_ge()),
                CmpOp::In => constant(b.contains(a)),
                CmpOp::NotIn => constant(!b.contains(a)),
                CmpOp::Is | CmpOp::IsNot => Ok(None),
            };
        }
        let (a, b) = (left.clone(), right.clone());
        let (name, args, negated) = match op {
            CmpOp::Eq => ("str_equal", vec![a, b], false),
            CmpOp::NotEq => ("str_equal", vec![a, b], true),
            CmpOp::Lt => ("str_less", vec![a, b], false),
            CmpOp::LtE => ("str_less", vec![b, a], true),
            CmpOp::Gt => ("str_less", vec![b, a], false),
            CmpOp::GtE => ("str_less", vec![a, b], true),
            CmpOp::In => ("str_contains", vec![b, a], false),
            CmpOp::NotIn => ("str_contains", vec![b, a], true),
            CmpOp::Is | CmpOp::IsNot => {
                return Err(self.unsupported(node, "comparing strings by `is`", "compare them with `==`"));
            }
        };
        self.text_test(name, args, negated, node).map(Some)
    }

    /// `text[index]`
    pub(super) fn subscript_text(&mut self, text: Val, index: &ast::Expr, node: &ast::Expr) -> Answer<Val> {
        if let ast::Expr::Slice(slice) = index {
            let mut args = vec![text];
            args.extend(self.bounds(slice)?);
            let step = args.pop().unwrap_or(Val::NONE);
            if step == Val::NONE || matches!(&step, Val::Expr(e) if ops::as_int(e) == Some(1)) {
                return self.text_library("str_slice", args, node);
            }
            args.push(step);
            return self.text_library("str_slice_by", args, node);
        }
        let at = self.runtime_expr(index)?;
        if !matches!(at.ty, Type::Scalar(s) if s.dtype.is_int() || s == Scalar::BOOL) {
            let message = format!("string indices must be integers, not '{}'", at.ty);
            return Err(Stop::error(self.error(index, codes::TYPE_MISMATCH, message, format!("this is {}", at.ty))));
        }
        if let (Some(text), Some(k)) = (known(&text), ops::as_int(&at)) {
            let count = i64::try_from(text.chars().count()).unwrap_or(i64::MAX);
            let k = if k < 0 { k + count } else { k };
            if let Some(c) = usize::try_from(k).ok().and_then(|k| text.chars().nth(k)) {
                return Ok(known_text(c));
            }
        }
        self.text_library("str_item", vec![text, Val::Expr(ops::cast_scalar(at, Scalar::INT))], node)
    }

    /// Whether there is a method of strings of a name.
    pub(super) fn is_text_method(name: &str) -> bool {
        name == "format" || methods().any(|method| method == name)
    }

    /// That there is no method of strings of a name.
    pub(super) fn no_text_method(&self, name: &str, node: &ast::Expr) -> Stop {
        let message = format!("'str' object has no attribute '{name}'");
        let all = methods().chain(["format"]).collect::<Vec<_>>().join(", ");
        let diagnostic = self.error(node, codes::UNKNOWN_ATTRIBUTE, message, "this is str");
        Stop::error(diagnostic.hint(format!("strings have the methods {all}")))
    }

    /// A call of a method of a string.
    pub(super) fn text_method(&mut self, text: Val, name: &str, mut args: Args, node: &ast::Expr) -> Answer<Val> {
        if name == "format" {
            return self.format_method(&text, args, node);
        }
        // `startswith` and `endswith` take several strings to try.
        if let ("startswith" | "endswith", Some(Val::Tuple(items))) = (name, args.positional.first()) {
            let mut found: Option<Expr> = None;
            for item in items.clone().into_iter().rev() {
                let mut given = Args { positional: args.positional.clone(), named: Vec::new() };
                if let Some(first) = given.positional.first_mut() {
                    *first = item;
                }
                let test = self.text_method(text.clone(), name, given, node)?;
                let test = ops::cast_scalar(self.runtime(test, node)?, Scalar::BOOL);
                let place = test.place;
                found = Some(match found {
                    None => test,
                    Some(rest) => {
                        let kind = ExprKind::Or(Box::new(test), Box::new(rest));
                        Expr { kind, ty: Type::Scalar(Scalar::BOOL), place }
                    }
                });
            }
            let place = self.place_of(node);
            return Ok(Val::Expr(found.unwrap_or(ops::constant(Const::Bool(false), true, place))));
        }
        if name == "join" && args.positional.len() == 1 {
            let items = args.positional.pop().unwrap_or(Val::NONE);
            let items = self.text_list(items, node)?;
            args.positional.push(Val::Expr(items));
        }
        args.positional.insert(0, text);
        let value = self.call_text_library(&format!("str_{name}"), args, node)?;
        // Tests give Python's own bools, and positions its ints.
        Ok(match value {
            Val::Expr(e) => Val::Expr(super::strings::weak(e)),
            other => other,
        })
    }

    /// What strings are joined from, as a list of strings.
    fn text_list(&mut self, items: Val, node: &ast::Expr) -> Answer<Expr> {
        let place = self.place_of(node);
        let refused = |this: &Self, ty: String| {
            let message = format!("sequence item: expected str instance, {ty} found");
            let diagnostic = this.error(node, codes::TYPE_MISMATCH, message, "joined here");
            Stop::error(diagnostic.hint("make strings of the items: sep.join([str(x) for x in xs])"))
        };
        if is_text(&items) {
            let text = self.runtime(items, node)?;
            let list = self.text_library("str_items", vec![Val::Expr(text)], node)?;
            return self.runtime(list, node);
        }
        let items = match items {
            Val::Expr(e) if matches!(&e.ty, Type::Tuple(_)) => {
                let e = self.named(e);
                let Type::Tuple(types) = &e.ty else { return Ok(e) };
                Val::Tuple(super::join::items(&e, types))
            }
            other => other,
        };
        match items {
            Val::Tuple(items) | Val::List(items, _) => {
                let items = items.into_iter().map(|item| self.runtime(item, node)).collect::<Answer<Vec<_>>>()?;
                match items.iter().find(|e| e.ty != Type::Str) {
                    Some(other) => Err(refused(self, other.ty.to_string())),
                    None => Ok(Expr { kind: ExprKind::List(items), ty: Type::list(Type::Str), place }),
                }
            }
            Val::Expr(e) => match &e.ty {
                Type::List(item) if **item == Type::Str => Ok(e),
                Type::List(item) if **item == Type::None => {
                    Ok(Expr { kind: ExprKind::List(Vec::new()), ty: Type::list(Type::Str), place })
                }
                Type::List(item) => Err(refused(self, item.to_string())),
                other => Err(refused(self, other.to_string())),
            },
            other => Err(refused(self, other.describe())),
        }
    }

    /// A built-in function that takes or makes strings; nothing if the call is of another kind.
    pub(super) fn text_builtin(&mut self, name: &str, args: &Args, node: &ast::Expr) -> Answer<Option<Val>> {
        let first = args.positional.first().cloned();
        let count = args.positional.len();
        if !args.named.is_empty() && name != "sorted" {
            return Ok(None);
        }
        Ok(Some(match (name, first) {
            ("str", None) => known_text(""),
            ("str", Some(value)) if count == 1 => self.as_text(value, false, node)?,
            ("repr", Some(value)) if count == 1 => self.as_text(value, true, node)?,
            ("format", Some(value)) if count <= 2 => {
                let spec = args.positional.get(1).cloned().unwrap_or(known_text(""));
                match known(&spec).map(str::to_owned) {
                    Some(spec) => self.formatted_value(value, &spec, &[], node)?,
                    None => {
                        let hint = "write it as a literal, or as an f-string: f\"{x:{width}.{precision}f}\"";
                        return Err(self.unsupported(node, "a format that is computed", hint));
                    }
                }
            }
            ("ord", Some(value)) if count == 1 && is_text(&value) => {
                if let Some(text) = known(&value)
                    && let (Some(c), 1) = (text.chars().next(), text.chars().count())
                {
                    return Ok(Some(Val::Expr(ops::int(i64::from(u32::from(c)), self.place_of(node)))));
                }
                let value = self.text_library("str_ord", vec![value], node)?;
                Val::Expr(weak(self.runtime(value, node)?))
            }
            ("chr", Some(value)) if count == 1 => {
                let e = self.runtime(value, node)?;
                let code = ops::cast_scalar(self.integer(e, node)?, Scalar::INT);
                let c = ops::as_int(&code).and_then(|code| u32::try_from(code).ok()).and_then(char::from_u32);
                match c {
                    Some(c) => known_text(c),
                    None => self.text_library("str_chr", vec![Val::Expr(code)], node)?,
                }
            }
            ("ascii" | "bin" | "oct" | "hex", Some(value)) if count == 1 && !is_text(&value) && name != "ascii" => {
                let spec = match name {
                    "bin" => "#b",
                    "oct" => "#o",
                    _ => "#x",
                };
                let e = self.runtime(value, node)?;
                let e = self.integer(e, node)?;
                self.formatted_value(Val::Expr(ops::cast_scalar(e, Scalar::INT)), spec, &[], node)?
            }
            ("list", Some(value)) if count == 1 && is_text(&value) => {
                let value = self.runtime(value, node)?;
                self.text_library("str_items", vec![Val::Expr(value)], node)?
            }
            ("sorted", Some(value)) if is_text(&value) => {
                let mut positional = args.positional.clone();
                if let Some(first) = positional.first_mut() {
                    *first = self.text_library("str_items", vec![value], node)?;
                }
                self.builtin("sorted", Args { positional, named: args.named.clone() }, node)?
            }
            ("min" | "max", Some(value)) if count == 1 && is_text(&value) => {
                let list = self.text_library("str_items", vec![value], node)?;
                self.builtin(name, Args::positional(vec![list]), node)?
            }
            ("min" | "max", Some(_)) if count >= 2 && args.positional.iter().all(is_text) => {
                let mut values = args.positional.iter().cloned();
                let mut best = values.next().unwrap_or(Val::NONE);
                for value in values {
                    best = self.text_library(&format!("str_{name}imum"), vec![best, value], node)?;
                }
                best
            }
            _ => return Ok(None),
        }))
    }

    /// `int(text)`, `float(text)`, `int(text, base)`
    pub(super) fn number_of_text(&mut self, to: Scalar, args: &Args, node: &ast::Expr) -> Answer<Option<Val>> {
        let Some(text) = args.positional.first().filter(|value| is_text(value)).cloned() else { return Ok(None) };
        if to == Scalar::BOOL {
            return self.truth(text, node).map(|e| Some(Val::Expr(e)));
        }
        let float = to.dtype.is_float();
        let base = args.positional.get(1).cloned();
        let value = match (float, base) {
            (true, None) => self.text_library("str_to_float", vec![text], node)?,
            (false, None) if to.dtype.is_int() => {
                let base = self.settled(ops::int(10, self.place_of(node)));
                self.text_library("str_to_int", vec![text, Val::Expr(base)], node)?
            }
            (false, Some(base)) if to == Scalar::INT => {
                let base = self.runtime(base, node)?;
                let base = ops::cast_scalar(self.integer(base, node)?, Scalar::INT);
                let base = self.settled(base);
                self.text_library("str_to_int", vec![text, Val::Expr(base)], node)?
            }
            _ => return Ok(None),
        };
        let e = self.runtime(value, node)?;
        Ok(Some(Val::Expr(ops::cast_scalar(e, to))))
    }
}

/// Numbers of the library as Python's own, also in a tuple.
pub fn weak(e: Expr) -> Expr {
    match &e.ty {
        Type::Scalar(s) if s.dtype == nopython_types::DType::Bool => ops::cast_scalar(e, Scalar::BOOL),
        Type::Scalar(s) if s.dtype.is_int() => ops::cast_scalar(e, Scalar::INT),
        Type::Scalar(s) if s.dtype.is_float() => ops::cast_scalar(e, Scalar::FLOAT),
        _ => e,
    }
}

/// The names of the methods of strings.
pub fn methods() -> impl Iterator<Item = &'static str> {
    let own = nopython_numpy::entries().iter().filter(|entry| entry.file == "_str");
    own.filter_map(|entry| entry.name.strip_prefix("str_"))
}
