//! `@vectorize`: a function of scalars that is called on arrays too, element by element with broadcasting.
//!
//! A call with an array goes through `map_1` … `map_4` of `library/numpy/_vectorized.py`, which are given the function. Hosts see the
//! scalar function and one overload for each number of dimensions up to [`MOST_DIMENSIONS`], with arrays in the place of some or all
//! scalars.
//!
//! A call of a `@guvectorize` function with more axes than its layout names goes through `loop_2` … `loop_4` in the same way.

use super::body::Body;
use super::calls::Args;
use super::ops;
use super::{Answer, Bound, Definition, Infer, Stop, counted, decorator};
use crate::signature::Signature;
use crate::source::span;
use crate::value::{Static, Val};
use nopython_diagnostics::{Diagnostic, codes};
use nopython_ir::typed::Expr;
use nopython_types::{ArrayType, Layout, Type};
use ruff_python_ast::{self as ast, StmtFunctionDef};
use std::rc::Rc;

/// Dimensions of the arrays that exported functions take.
const MOST_DIMENSIONS: u8 = 2;
/// With more parameters than this, hosts pass either all scalars or all arrays.
const MOST_MIXED: usize = 2;

/// The functions that map over so many arguments.
const MAPS: [&str; 4] = ["map_1", "map_2", "map_3", "map_4"];

impl Infer<'_> {
    /// Whether a function is decorated with `@vectorize`.
    pub(crate) fn is_vectorized(&self, def: &StmtFunctionDef) -> bool {
        decorator(def, self.program).is_some_and(|(name, ..)| name == "vectorize")
    }

    /// Exports the overloads that take arrays.
    pub(crate) fn export_maps(&mut self, index: usize, def: &Rc<StmtFunctionDef>, signature: &Signature) -> Answer<()> {
        let mut scalars = Vec::new();
        for param in &signature.params {
            let Type::Scalar(scalar) = param else {
                return Err(Stop::error(
                    Diagnostic::error(codes::BAD_SIGNATURE, format!("@vectorize takes scalars, but a type of `{}` is {param}", def.name))
                        .primary(span(&def.name), "a function of one element of each argument")
                        .hint("write the types of elements: @vectorize([\"float64(float64)\"]); a function of whole arrays is @njit's or @guvectorize's"),
                ));
            };
            scalars.push(scalar.dtype);
        }
        let map = maps(scalars.len(), def)?;
        for ndim in 1..=MOST_DIMENSIONS {
            for arrays in (1u32..1 << scalars.len()).rev() {
                let all = arrays.count_ones() as usize == scalars.len();
                if !all && scalars.len() > MOST_MIXED {
                    continue;
                }
                let types = scalars.iter().zip(&signature.params).enumerate().map(|(k, (&dtype, scalar))| {
                    if arrays >> k & 1 == 1 {
                        Type::Array(ArrayType { dtype, ndim, layout: Layout::C })
                    } else {
                        scalar.clone()
                    }
                });
                self.export_map(index, def, map, types.collect())?;
            }
        }
        Ok(())
    }

    fn export_map(
        &mut self,
        index: usize,
        def: &Rc<StmtFunctionDef>,
        map: &'static str,
        types: Vec<Type>,
    ) -> Answer<()> {
        let function = Bound::Known(Val::Static(Static::Function(index)));
        let bound = std::iter::once(function).chain(types.into_iter().map(Bound::Runtime)).collect();
        let place = self.source.place(span(&def.name));
        let (id, _) = self.instance(&Definition::Library(map), bound, Some(place), None)?;
        // What hosts call is a copy, whose errors are reported at the definition, and whose parameters have the names that they have there.
        if let Some(function) = self.module.functions.get(id) {
            let mut own = function.clone();
            own.place = place;
            own.reported_as = def.name.to_string();
            let names = def.parameters.iter_non_variadic_params().map(|p| p.parameter.name.to_string());
            for (var, name) in own.params.iter().map(|var| var.index()).zip(names) {
                own.vars.values_mut().nth(var).into_iter().for_each(|var| var.name.clone_from(&name));
            }
            let id = self.module.functions.push(own);
            self.push_export(def, id);
        }
        Ok(())
    }
}

/// The function that maps over a number of arguments.
fn maps(count: usize, def: &StmtFunctionDef) -> Answer<&'static str> {
    count.checked_sub(1).and_then(|k| MAPS.get(k)).copied().ok_or_else(|| {
        Stop::error(
            Diagnostic::error(
                codes::UNSUPPORTED_CALL,
                format!("@vectorize takes one to {}, but `{}` has {count}", counted(MAPS.len(), "parameter"), def.name),
            )
            .primary(span(&def.name), "this function")
            .hint("use @njit and a loop over the arrays"),
        )
    })
}

/// The functions that loop over the outer axes of so many operands, of which the last one is the output.
const LOOPS: [&str; 3] = ["loop_2", "loop_3", "loop_4"];

/// How many axes each operand has in a layout such as `(n,k),(k)->(n)`, and how many operands are inputs.
fn ranks(layout: &str) -> (Vec<u8>, usize) {
    let (mut ranks, mut inputs, mut in_name) = (Vec::new(), 0, false);
    for byte in layout.bytes() {
        let is_name = byte.is_ascii_alphanumeric() || byte == b'_';
        let starts = is_name && !in_name;
        in_name = is_name;
        match (byte, ranks.last_mut()) {
            (b'(', _) => ranks.push(0),
            (b'>', _) => inputs = ranks.len(),
            (_, Some(last)) => *last += u8::from(starts),
            _ => {}
        }
    }
    (ranks, inputs)
}

impl Body<'_, '_> {
    /// A call of a `@guvectorize` function whose operands have outer axes; `None` if the function itself is meant.
    pub(super) fn call_along_axes(
        &mut self,
        index: usize,
        def: &StmtFunctionDef,
        values: &[Val],
        node: &ast::Expr,
    ) -> Answer<Option<Val>> {
        let Some((name, Some(arguments), _)) = decorator(def, self.infer.program) else { return Ok(None) };
        let mut texts = arguments.args.iter().filter_map(|e| e.as_string_literal_expr()).map(|s| s.value.to_str());
        let Some(layout) = texts.find(|text| name == "guvectorize" && text.contains("->")) else { return Ok(None) };
        let (ranks, inputs) = ranks(layout);
        let (mut given, mut output, mut several) = (false, false, false);
        for (k, (value, rank)) in values.iter().zip(&ranks).enumerate() {
            let ndim = match value {
                Val::Expr(Expr { ty: Type::Array(a), .. }) => a.ndim,
                _ => 0,
            };
            if k < inputs {
                given |= ndim > *rank;
            } else {
                output |= ndim > *rank;
                // An output of no axes is an array of one element to the function.
                several |= ndim > (*rank).max(1);
            }
        }
        if ranks.len() != values.len() || !given && !several {
            return Ok(None);
        }
        let along = inputs.checked_sub(1).and_then(|k| LOOPS.get(k)).filter(|_| output && ranks.len() == inputs + 1);
        let Some(along) = along else {
            let hint = "call it in a loop over the outer axes, with the arrays of its layout";
            return Err(self.unsupported(node, &format!("this call of the gufunc `{}`", def.name), hint));
        };
        let mut args = vec![Val::Static(Static::Function(index))];
        args.extend(ranks.iter().map(|k| Val::Expr(ops::int(i64::from(*k), self.place_of(node)))));
        args.extend(values.iter().cloned());
        self.call_library(along, Args::positional(args), node).map(Some)
    }

    /// A call of an `@vectorize` function on arrays; `None` if all arguments are scalars.
    pub(super) fn call_vectorized(
        &mut self,
        index: usize,
        def: &StmtFunctionDef,
        values: &[Val],
        node: &ast::Expr,
    ) -> Answer<Option<Val>> {
        let is_array = |v: &Val| matches!(v, Val::Expr(Expr { ty: Type::Array(_), .. }));
        if !self.infer.is_vectorized(def) || !values.iter().any(is_array) {
            return Ok(None);
        }
        let map = maps(values.len(), def)?;
        let mut args = vec![Val::Static(Static::Function(index))];
        args.extend(values.iter().cloned());
        self.call_library(map, Args::positional(args), node).map(Some)
    }
}
