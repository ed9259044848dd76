//! What hosts know of the parameters of an exported function beside their types: defaults, and how calls give arguments.

use super::body::Body;
use super::{Infer, extents};
use crate::source::span;
use crate::value::{Static, Val};
use nopython_diagnostics::{Diagnostic, codes};
use nopython_ir::Const;
use nopython_ir::ops::{BinOp, UnOp};
use nopython_ir::typed::{Export, Expr, ExprKind, FuncId};
use nopython_types::{DType, Literal, Passing, Type};
use ruff_python_ast::{self as ast, StmtFunctionDef};

impl Infer<'_> {
    /// Exports a function under the name of its definition. Parameters beyond those of the definition are arguments of `*args`.
    pub(super) fn push_export(&mut self, def: &StmtFunctionDef, function: FuncId) {
        let parameters = &def.parameters;
        let mut known: Vec<(Option<Literal>, Passing)> = Vec::new();
        for (group, passing) in [
            (&parameters.posonlyargs, Passing::Position),
            (&parameters.args, Passing::Either),
            (&parameters.kwonlyargs, Passing::Keyword),
        ] {
            for parameter in group {
                known.push((self.default_for_hosts(def, parameter), passing));
            }
        }
        let count = self.module.functions.get(function).map_or(0, |function| function.params.len());
        let first = parameters.posonlyargs.len() + parameters.args.len();
        while known.len() < count {
            known.insert(first.min(known.len()), (None, Passing::Position));
        }
        let (defaults, passing) = known.into_iter().unzip();
        let doc = super::docstring(def);
        self.module.exports.push(Export { name: def.name.to_string(), function, doc, defaults, passing });
    }

    /// The default of a parameter. One that is made at run time, such as an array, is nothing that a host could pass; a host that has run the
    /// module has it.
    fn default_for_hosts(&mut self, def: &StmtFunctionDef, parameter: &ast::ParameterWithDefault) -> Option<Literal> {
        let default = parameter.default.as_deref()?;
        let visible = self.program.before(span(def).start);
        let mut body = Body::module(self, visible);
        let value = body.expr(default).ok();
        let found = value.and_then(|value| body.literal(&value));
        if found.is_none() && !self.hosted {
            let name = &parameter.parameter.name;
            let message = format!("callers of `{}` have to give `{name}`: its default is made at run time", def.name);
            let warning = Diagnostic::warning(codes::UNSUPPORTED_VALUE, message)
                .primary(span(default), "no number, string, tuple or list of such that is known while compiling")
                .hint(format!("make it in a function that calls `{}`, which takes one argument less", def.name));
            if !self.warnings.contains(&warning) {
                self.warnings.push(warning);
            }
        }
        found
    }
}

impl Body<'_, '_> {
    /// A value as a host can pass it.
    fn literal(&self, value: &Val) -> Option<Literal> {
        let all = |items: &[Val]| items.iter().map(|item| self.literal(item)).collect::<Option<Vec<_>>>();
        match value {
            Val::Static(Static::None) => Some(Literal::None),
            Val::Static(Static::Huge(value)) => value.map(Literal::Int),
            Val::Static(Static::Str(text)) => Some(Literal::Str(text.clone())),
            Val::Tuple(items) => all(items).map(Literal::Tuple),
            Val::List(items, _) => all(items).map(Literal::List),
            Val::Expr(e) => self.literal_expr(e),
            Val::Static(_) => None,
        }
    }

    fn constant(&self, e: &Expr) -> Option<Const> {
        extents::constant(&self.infer.module, &self.out, e)
    }

    /// A complex number as it is written: a pair of constants, a real number, or a sum or difference of such.
    fn complex_parts(&self, e: &Expr) -> Option<(f64, f64)> {
        match &e.kind {
            ExprKind::Tuple(parts) => match parts.as_slice() {
                [re, im] => Some((self.constant(re)?.as_f64(), self.constant(im)?.as_f64())),
                _ => None,
            },
            ExprKind::Cast(real) if !super::complex::is_complex(real) => Some((self.constant(real)?.as_f64(), 0.0)),
            ExprKind::Cast(other) => self.complex_parts(other),
            ExprKind::Unary(UnOp::Neg, other) => self.complex_parts(other).map(|(re, im)| (-re, -im)),
            ExprKind::Binary(op @ (BinOp::Add | BinOp::Sub), a, b) => {
                let ((a, b), (c, d)) = (self.complex_parts(a)?, self.complex_parts(b)?);
                Some(if *op == BinOp::Add { (a + c, b + d) } else { (a - c, b - d) })
            }
            _ => None,
        }
    }

    fn literal_expr(&self, e: &Expr) -> Option<Literal> {
        match &e.ty {
            Type::None => Some(Literal::None),
            Type::Str => match &e.kind {
                ExprKind::Text(text) => Some(Literal::Str(text.to_string())),
                _ => None,
            },
            Type::Scalar(scalar) if scalar.dtype.is_complex() => {
                self.complex_parts(e).map(|(re, im)| Literal::Complex(re, im))
            }
            Type::Scalar(_) => Some(match self.constant(e)? {
                Const::Bool(value) => Literal::Bool(value),
                Const::Int(DType::UInt64, value) => Literal::Int(i128::from(value.cast_unsigned())),
                Const::Int(_, value) => Literal::Int(i128::from(value)),
                value => Literal::Float(value.as_f64()),
            }),
            Type::Tuple(_) => match &e.kind {
                ExprKind::Tuple(items) => {
                    items.iter().map(|item| self.literal_expr(item)).collect::<Option<_>>().map(Literal::Tuple)
                }
                _ => None,
            },
            _ => None,
        }
    }
}
