//! Kinds of parameters of library functions: what an argument may be, and what it becomes before the body sees it.
//!
//! A kind is the annotation of a parameter in `library/numpy`: `def sum(a, axis: axis = None)`. Arguments are looked at here, before the
//! body, so that what is wrong with one is said of the user's call.

use super::body::Body;
use super::ops;
use super::{Answer, Stop};
use crate::value::Val;
use nopython_diagnostics::codes;
use nopython_ir::typed::Expr;
use nopython_types::Type;
use ruff_python_ast as ast;

/// What a parameter takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Without an annotation: a number or an array; nested lists and tuples of numbers are arrays. `known`: a number known while compiling.
    ArrayLike,
    /// `each`: several arrays, as a list or a tuple; nested lists in it are arrays.
    Each,
    /// `extents`: an integer or several, such as a shape; a list is a tuple.
    Extents,
    /// `new_axes`: the same, known while compiling: axes that the result has, or a number of them.
    NewAxes,
    /// `axis`: an axis of the first argument, known while compiling: an integer or None.
    Axis,
    /// `axes`: the same, or a tuple of them; a tuple of one is the axis itself.
    Axes,
    /// `items`: whatever is given, as it is written.
    Items,
    /// `value`: anything, as it is. `changed`: the same, a list that the function changes ([`nopython_numpy::Entry::changes`]).
    /// `key`, `asked`, `content`, `filled`: the same, beside a dict or a set (`infer/records/containers.rs`).
    Value,
    /// `number`: a number, and no array.
    Number,
    /// `integer`: a number that Python takes as an integer.
    Integer,
    /// `integers`: an integer or an array of integers.
    Integers,
    /// `vector`: an array of one dimension.
    Vector,
    /// `out`: an array that takes the result, or None, as a ufunc's does: it is broadcast, and converted within its kind.
    Out,
    /// `reduced`: the same, but of the result's own shape, and converted to any dtype. The body sees the dtype of the array.
    Reduced,
    /// `mask`: a bool or bools. True, which leaves out nothing, is None in the body.
    Mask,
}

impl Kind {
    /// `given`: as without an annotation, but None is no value for it, although it may be the default.
    pub fn refuses_none(parameter: &ast::Parameter) -> bool {
        matches!(parameter.annotation.as_deref(), Some(ast::Expr::Name(name)) if name.id.as_str() == "given")
    }
}

impl Kind {
    /// The kind of a parameter of the library.
    pub fn of(parameter: &ast::Parameter) -> Kind {
        let name = match parameter.annotation.as_deref() {
            Some(ast::Expr::Name(name)) => name.id.as_str(),
            _ => "",
        };
        match name {
            "each" => Kind::Each,
            "extents" => Kind::Extents,
            "new_axes" => Kind::NewAxes,
            "axis" => Kind::Axis,
            "axes" => Kind::Axes,
            "items" => Kind::Items,
            "value" | "changed" | "key" | "asked" | "content" | "filled" => Kind::Value,
            "number" => Kind::Number,
            "integer" => Kind::Integer,
            "integers" => Kind::Integers,
            "vector" => Kind::Vector,
            "out" => Kind::Out,
            "reduced" => Kind::Reduced,
            "mask" => Kind::Mask,
            _ => Kind::ArrayLike,
        }
    }
}

impl Body<'_, '_> {
    /// Looks at the arguments of a library function and gives each the form that its kind has in the body.
    pub fn look_at(&mut self, kinds: &[Kind], values: &mut [Val], node: &ast::Expr) -> Answer<()> {
        for (kind, value) in kinds.iter().zip(values.iter_mut()) {
            let given = std::mem::replace(value, Val::NONE);
            *value = self.in_form(*kind, given, node)?;
        }
        for (kind, value) in kinds.iter().zip(values.iter()) {
            match (kind, value) {
                (Kind::Integer, Val::Expr(e)) => {
                    self.integer(e.clone(), node)?;
                }
                (Kind::Number, Val::Expr(e)) => {
                    if let Type::Array(_) = e.ty {
                        let message = format!("this function takes a number, not {}", e.ty);
                        return Err(Stop::error(self.error(node, codes::TYPE_MISMATCH, message, "this call")));
                    }
                }
                (Kind::Integers, Val::Expr(e)) => self.check_integers(e, node)?,
                (Kind::Vector, Val::Expr(e)) => self.check_vector(e, node)?,
                _ => {}
            }
        }
        let rank = values.first().and_then(rank);
        for (_, axes) in kinds.iter().zip(values.iter()).filter(|(kind, _)| matches!(kind, Kind::Axis | Kind::Axes)) {
            if let Some(rank) = rank {
                self.check_axes(axes, rank, node)?;
            }
        }
        Ok(())
    }

    fn in_form(&mut self, kind: Kind, value: Val, node: &ast::Expr) -> Answer<Val> {
        match (kind, value) {
            (Kind::ArrayLike | Kind::Integers | Kind::Vector | Kind::Items, value)
                if let Some(bounds) = self.held_range(&value) =>
            {
                self.library("arange", bounds.map(Val::Expr).to_vec(), node)
            }
            (Kind::ArrayLike | Kind::Integers | Kind::Vector | Kind::Items, Val::Expr(e))
                if matches!(e.ty, Type::List(_)) =>
            {
                self.list_as_array(e, node).map(Val::Expr)
            }
            (Kind::Each, Val::List(items, _) | Val::Tuple(items)) => {
                let items = items.into_iter().map(|item| match item {
                    Val::List(..) => self.as_array(item, node).map(Val::Expr),
                    other => Ok(other),
                });
                items.collect::<Answer<_>>().map(Val::Tuple)
            }
            (Kind::Axis | Kind::Axes, Val::List(..)) => {
                let message = "'list' object cannot be interpreted as an integer";
                let diagnostic = self.error(node, codes::TYPE_MISMATCH, message, "an axis is a list");
                Err(Stop::error(diagnostic.hint("write the axis as an integer, or several as a tuple")))
            }
            (Kind::Axis, Val::Tuple(_)) => {
                let message = "a tuple cannot be interpreted as an integer";
                let diagnostic = self.error(node, codes::TYPE_MISMATCH, message, "this call takes one axis");
                Err(Stop::error(diagnostic.hint("write the axis as an integer")))
            }
            (Kind::Axes, Val::Tuple(items)) => {
                let mut items = items;
                Ok(if items.len() == 1 { items.remove(0) } else { Val::Tuple(items) })
            }
            (Kind::Extents, Val::List(items, _)) => Ok(Val::Tuple(items)),
            (Kind::NewAxes, value) => Ok(as_tuples(value)),
            (Kind::ArrayLike | Kind::Integers | Kind::Vector, value)
                if matches!(value, Val::List(..)) || is_table(&value) =>
            {
                self.as_array(value, node).map(Val::Expr)
            }
            (Kind::Items, value @ Val::List(..)) if value.holds_array() => self.as_array(value, node).map(Val::Expr),
            (Kind::Mask, value) if value != Val::NONE => Ok(self.mask(value, node)?.map_or(Val::NONE, Val::Expr)),
            (_, value) => Ok(value),
        }
    }

    fn check_integers(&self, e: &Expr, node: &ast::Expr) -> Answer<()> {
        let shape = self.operand(e, "this function", node)?;
        if shape.scalar.dtype.is_int() {
            return Ok(());
        }
        let message = format!("this function takes integers, not {}", shape.scalar.dtype);
        let diagnostic = self.error(node, codes::TYPE_MISMATCH, message, format!("an argument is {}", e.ty));
        Err(Stop::error(diagnostic.hint("convert first: x.astype(np.int64)")))
    }

    fn check_vector(&self, e: &Expr, node: &ast::Expr) -> Answer<()> {
        let hint = match &e.ty {
            Type::Array(a) if a.ndim == 1 => return Ok(()),
            Type::Array(_) => "np.ravel(x) makes one dimension of several",
            _ => "np.atleast_1d(x) makes an array of a number",
        };
        let message = format!("this function takes an array of one dimension, not {}", e.ty);
        let diagnostic = self.error(node, codes::WRONG_RANK, message, format!("an argument is {}", e.ty));
        Err(Stop::error(diagnostic.hint(hint)))
    }

    /// Refuses axes that an array of a rank does not have, or that are named twice.
    fn check_axes(&self, axes: &Val, rank: i64, node: &ast::Expr) -> Answer<()> {
        let list: Vec<&Val> = match axes {
            Val::Tuple(items) => items.iter().collect(),
            Val::Expr(_) => vec![axes],
            _ => return Ok(()),
        };
        let mut seen = Vec::new();
        for axis in list {
            let Val::Expr(e) = axis else { continue };
            let Some(axis) = ops::as_int(e) else {
                if let Type::Scalar(s) = e.ty
                    && s.dtype.is_float()
                {
                    let message = format!("'{s}' object cannot be interpreted as an integer");
                    let diagnostic = self.error(node, codes::TYPE_MISMATCH, message, "an axis is a float");
                    return Err(Stop::error(diagnostic.hint("write the axis as an integer")));
                }
                continue;
            };
            if !(-rank..rank).contains(&axis) {
                let message = format!("axis {axis} is out of bounds for array of dimension {rank}");
                let diagnostic = self.error(node, codes::WRONG_RANK, message, "this call");
                return Err(Stop::error(match rank {
                    0 => diagnostic.hint("a number has no axes: leave out the axis"),
                    1 => diagnostic.hint("the only axis is 0, or -1"),
                    _ => diagnostic.hint(format!("its axes are 0 to {}, or -{rank} to -1 from the end", rank - 1)),
                }));
            }
            let axis = axis.rem_euclid(rank);
            if seen.contains(&axis) {
                let diagnostic = self.error(node, codes::WRONG_RANK, "duplicate value in 'axis'", "this call");
                return Err(Stop::error(diagnostic.hint("name each axis once")));
            }
            seen.push(axis);
        }
        Ok(())
    }
}

/// The number of dimensions of a value, or of the first of several.
fn rank(value: &Val) -> Option<i64> {
    match value {
        Val::Expr(Expr { ty: Type::Array(a), .. }) => Some(i64::from(a.ndim)),
        Val::Expr(Expr { ty: Type::Scalar(_), .. }) => Some(0),
        Val::Tuple(items) => items.first().and_then(rank),
        _ => None,
    }
}

/// A list, and lists in it, as tuples.
fn as_tuples(value: Val) -> Val {
    match value {
        Val::List(items, _) | Val::Tuple(items) => Val::Tuple(items.into_iter().map(as_tuples).collect()),
        other => other,
    }
}

/// Whether a value is a tuple of numbers, or of tuples of numbers.
fn is_table(value: &Val) -> bool {
    let number = |value: &Val| matches!(value, Val::Expr(Expr { ty: Type::Scalar(_), .. }));
    match value {
        Val::Tuple(items) | Val::List(items, _) => !items.is_empty() && items.iter().all(|v| number(v) || is_table(v)),
        _ => false,
    }
}
