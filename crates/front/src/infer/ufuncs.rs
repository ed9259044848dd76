//! The keywords that all ufuncs have, and results that go to an array which the call names.
//!
//! An entry of the library whose parameters are all positional and required is a ufunc: its body computes the elements, and `out=`, `where=`,
//! `dtype=` and `casting=` are dealt with here. Other functions name the array in a parameter of the kind `out` or `reduced`.

use super::body::Body;
use super::calls::Args;
use super::ops::{self, Shape};
use super::parameters::Kind;
use super::{Answer, Stop};
use crate::value::{Static, Val};
use nopython_diagnostics::codes;
use nopython_ir::typed::{Expr, ExprKind, Index};
use nopython_types::{DType, Scalar, Type};
use ruff_python_ast as ast;

/// The keywords of a call of a ufunc.
pub struct Keywords {
    out: Option<Val>,
    mask: Option<Expr>,
    dtype: Option<DType>,
    casting: String,
}

/// Where the result of a call goes, and by which rule it is converted.
pub struct Target<'t> {
    /// The function, as messages name it.
    pub name: &'t str,
    /// The array.
    pub out: Expr,
    /// Where it is written; everywhere without one.
    pub mask: Option<Expr>,
    /// NumPy's name of the rule.
    pub casting: &'t str,
    /// Whether the result has the shape of the array already: a ufunc broadcasts to it.
    pub same_shape: bool,
}

/// NumPy's `can_cast` of two dtypes.
fn can_cast(from: DType, to: DType, rule: &str) -> bool {
    match rule {
        "unsafe" => true,
        "same_kind" => from.kind() <= to.kind(),
        "safe" => nopython_types::promote(Scalar::strong(from), Scalar::strong(to)).dtype == to,
        _ => from == to,
    }
}

impl Body<'_, '_> {
    /// Takes the keywords of a ufunc with a number of inputs from the arguments of a call; none if it has none of them.
    pub fn ufunc_keywords(&mut self, inputs: usize, args: &mut Args, node: &ast::Expr) -> Answer<Option<Keywords>> {
        let extra = (args.positional.len() == inputs + 1).then(|| args.positional.pop()).flatten();
        let named = args.take("out");
        if extra.is_some() && named.is_some() {
            let message = "cannot specify 'out' as both a positional and keyword argument";
            let diagnostic = self.error(node, codes::ARGUMENT_COUNT, message, "this call");
            return Err(Stop::error(diagnostic.hint("name the array once: out=c")));
        }
        let (mask, dtype, casting) = (args.take("where"), args.take("dtype"), args.take("casting"));
        let out = extra.or(named);
        if out.is_none() && mask.is_none() && dtype.is_none() && casting.is_none() {
            return Ok(None);
        }
        let casting = match casting {
            None => "same_kind".to_owned(),
            Some(Val::Static(Static::Str(rule)))
                if matches!(rule.as_str(), "no" | "equiv" | "safe" | "same_kind" | "unsafe") =>
            {
                rule
            }
            Some(_) => {
                let message = "casting must be one of 'no', 'equiv', 'safe', 'same_kind', or 'unsafe'";
                let diagnostic = self.error(node, codes::TYPE_MISMATCH, message, "this call");
                return Err(Stop::error(diagnostic.hint("leave out casting for 'same_kind'")));
            }
        };
        let dtype = match dtype {
            None | Some(Val::NONE) => None,
            Some(value) => Some(self.dtype(&value, node)?.dtype),
        };
        let mask = match mask {
            None => None,
            Some(mask) => self.mask(mask, node)?,
        };
        Ok(Some(Keywords { out: out.filter(|out| *out != Val::NONE), mask, dtype, casting }))
    }

    /// A `where=`: bools; none if it is True, which leaves out nothing.
    pub fn mask(&mut self, mask: Val, node: &ast::Expr) -> Answer<Option<Expr>> {
        let mask = match mask {
            Val::List(..) | Val::Tuple(_) => self.as_array(mask, node)?,
            other => self.runtime(other, node)?,
        };
        if ops::as_int(&mask) == Some(1) && mask.ty == Type::Scalar(Scalar::BOOL) {
            return Ok(None);
        }
        match Shape::of(&mask.ty) {
            Some(shape) if shape.scalar.dtype == DType::Bool => Ok(Some(mask)),
            _ => {
                let from = Shape::of(&mask.ty).map_or_else(|| mask.ty.to_string(), |s| s.scalar.dtype.to_string());
                let message = format!(
                    "Cannot cast array data from dtype('{from}') to dtype('bool') according to the rule 'safe'"
                );
                let diagnostic = self.error(node, codes::TYPE_MISMATCH, message, format!("where is {}", mask.ty));
                Err(Stop::error(diagnostic.hint("compare: where=mask != 0")))
            }
        }
    }

    /// A call of a ufunc with keywords.
    pub fn call_ufunc(
        &mut self,
        name: &str,
        args: Args,
        keywords: Keywords,
        direct: bool,
        node: &ast::Expr,
    ) -> Answer<Val> {
        let Keywords { out, mask, dtype, casting } = keywords;
        let value = match dtype {
            None => self.call_library(name, args, node)?,
            Some(dtype) => self.computed_in(name, args, dtype, &casting, node)?,
        };
        let value = self.runtime(value, node)?;
        let Some(out) = out else {
            let Some(mask) = mask else { return Ok(Val::Expr(value)) };
            // What the mask leaves out is memory that nobody wrote, in NumPy.
            let zero = match Shape::of(&value.ty) {
                Some(shape) => ops::constant(nopython_ir::Const::zero(shape.scalar.dtype), false, value.place),
                None => return Ok(Val::Expr(value)),
            };
            return self.library("where", vec![Val::Expr(mask), Val::Expr(value), Val::Expr(zero)], node);
        };
        let out = self.out_array(out, node)?;
        let target = Target { name, out, mask, casting: &casting, same_shape: false };
        self.result_into(target, value, direct, node)
    }

    /// What a ufunc gives with `dtype=`: the dtype of the result, in which it also computes unless all its results are bools.
    fn computed_in(&mut self, name: &str, args: Args, dtype: DType, casting: &str, node: &ast::Expr) -> Answer<Val> {
        let of = |value: &Val| match value {
            Val::Expr(e) => Shape::of(&e.ty).map(|s| s.scalar.dtype),
            _ => None,
        };
        if dtype == DType::Bool {
            let value = self.call_library(name, Args::positional(args.positional.clone()), node)?;
            if of(&value) == Some(dtype) && args.named.is_empty() {
                return Ok(value);
            }
        }
        let mut operands = Vec::new();
        for (k, operand) in args.positional.into_iter().enumerate() {
            let e = match operand {
                Val::List(..) | Val::Tuple(_) => self.as_array(operand, node)?,
                other => self.runtime(other, node)?,
            };
            let from = self.operand(&e, "this function", node)?.scalar;
            let what = format!("input {k} ");
            let rule = if from.weak && from.dtype.kind() <= dtype.kind() { "unsafe" } else { casting };
            self.check_cast(name, &what, from.dtype, dtype, rule, node)?;
            let e = if from.weak { self.fitted(e, dtype) } else { e };
            operands.push(Val::Expr(ops::convert(e, Scalar::strong(dtype))));
        }
        let value = self.call_library(name, Args { positional: operands, named: args.named }, node)?;
        if of(&value) == Some(dtype) {
            return Ok(value);
        }
        let message = format!("No loop matching the specified signature and casting was found for ufunc {name}");
        let computes = of(&value).map_or_else(String::new, |d| format!("it gives {d} for {dtype}"));
        let diagnostic = self.error(node, codes::TYPE_MISMATCH, message, computes);
        Err(Stop::error(diagnostic.hint("convert the result: .astype(...)")))
    }

    fn check_cast(&self, name: &str, what: &str, from: DType, to: DType, rule: &str, node: &ast::Expr) -> Answer<()> {
        if can_cast(from, to, rule) {
            return Ok(());
        }
        let message = format!(
            "Cannot cast ufunc '{name}' {what}from dtype('{from}') to dtype('{to}') with casting rule '{rule}'"
        );
        let diagnostic = self.error(node, codes::TYPE_MISMATCH, message, "this call");
        Err(Stop::error(diagnostic.hint("convert first, with .astype(...), or write casting=\"unsafe\" for a ufunc")))
    }

    /// Takes the array for the result from the arguments of an entry that has a parameter for it.
    pub fn taken_target(
        &mut self,
        kinds: &[Kind],
        values: &mut [Val],
        node: &ast::Expr,
    ) -> Answer<Option<(Kind, Expr)>> {
        for (kind, value) in kinds.iter().zip(values.iter_mut()) {
            if !matches!(kind, Kind::Out | Kind::Reduced) || *value == Val::NONE {
                continue;
            }
            let out = std::mem::replace(value, Val::NONE);
            let out = self.out_array(out, node)?;
            if let (Kind::Reduced, Type::Array(a)) = (kind, &out.ty) {
                *value = Val::Static(Static::ScalarType(Scalar::strong(a.dtype)));
            }
            return Ok(Some((*kind, out)));
        }
        Ok(None)
    }

    /// The array that an `out=` names.
    pub fn out_array(&mut self, out: Val, node: &ast::Expr) -> Answer<Expr> {
        let out = match out {
            Val::Tuple(mut items) if items.len() == 1 => items.remove(0),
            other => other,
        };
        let what = out.describe();
        match out {
            Val::Expr(e) if matches!(e.ty, Type::Array(_)) => Ok(e),
            _ => {
                let message = "return arrays must be of ArrayType";
                let diagnostic = self.error(node, codes::TYPE_MISMATCH, message, format!("out is {what}"));
                Err(Stop::error(diagnostic.hint("out is an array that is written: out=np.empty(n)")))
            }
        }
    }

    /// Stores a result in an array; the call's value is that array.
    ///
    /// A `direct` store is a statement of its own. It is made where nothing of the statement around the call is evaluated before the call;
    /// elsewhere a call of the library stores, in its turn.
    pub fn result_into(&mut self, target: Target, value: Expr, direct: bool, node: &ast::Expr) -> Answer<Val> {
        let Target { name, out, mask, casting, same_shape } = target;
        let (Some(to), Some(from)) = (Shape::of(&out.ty), Shape::of(&value.ty)) else { return Ok(Val::Expr(out)) };
        self.check_cast(name, "output ", from.scalar.dtype, to.scalar.dtype, casting, node)?;
        let rank = |e: &Expr| Shape::of(&e.ty).and_then(|s| s.ndim).unwrap_or(0);
        let wanted = rank(&value).max(mask.as_ref().map_or(0, rank));
        if wanted > rank(&out) || same_shape && wanted != rank(&out) {
            let message =
                format!("output array has the wrong number of dimensions: found {}, expected {wanted}", rank(&out));
            let diagnostic = self.error(node, codes::WRONG_RANK, message, format!("out is {}", out.ty));
            return Err(Stop::error(match wanted {
                0 => diagnostic.hint("the result is a number: assign it to an element, out[0] = ..."),
                _ => diagnostic.hint(format!("the result has {}", super::counted(usize::from(wanted), "dimension"))),
            }));
        }
        let value = ops::convert(value, Scalar::strong(to.scalar.dtype));
        if direct && !same_shape && is_place(&out) {
            let value = match mask {
                None => value,
                Some(mask) => self.select(Val::Expr(mask), Val::Expr(value), Val::Expr(out.clone()), node)?,
            };
            self.store_view(out.clone(), value, node)?;
            return Ok(Val::Expr(out));
        }
        let mask = mask.map_or(Val::NONE, Val::Expr);
        let store = if same_shape { "put_result" } else { "put_elements" };
        self.library(store, vec![Val::Expr(value), Val::Expr(out), mask], node)
    }
}

/// Whether an expression is a variable or a view of one, which may be read again.
fn is_place(e: &Expr) -> bool {
    match &e.kind {
        ExprKind::View { array, index } => {
            is_place(array)
                && index.iter().all(|entry| match entry {
                    Index::At(e) => super::exprs::is_simple(e),
                    Index::Slice { start, stop, step } => {
                        [start, stop, step].into_iter().flatten().all(super::exprs::is_simple)
                    }
                    Index::NewAxis => true,
                })
        }
        ExprKind::Transpose(array, _) | ExprKind::Part(array, _) => is_place(array),
        _ => super::exprs::is_simple(e),
    }
}
