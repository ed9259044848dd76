//! Complex numbers: how they are made and taken apart.

use super::body::Body;
use super::calls::Args;
use super::ops::{self, constant};
use super::share::Shared;
use super::{Answer, Bound, Stop};
use crate::value::Val;
use nopython_diagnostics::{Diagnostic, codes};
use nopython_ir::Const;
use nopython_ir::ops::{BinOp, UnOp};
use nopython_ir::typed::{Expr, ExprKind, Function, MapOp, Place};
use nopython_types::{ArrayType, DType, Exception, Layout, Scalar, Type};
use ruff_python_ast as ast;
use ruff_text_size::Ranged;

/// Available functions of `cmath`.
pub const CMATH: &[&str] =
    &["phase", "polar", "rect", "exp", "log", "sqrt", "sin", "cos", "isnan", "isinf", "isfinite"];

/// Whether an expression is a complex number.
pub fn is_complex(e: &Expr) -> bool {
    matches!(e.ty, Type::Scalar(s) if s.dtype.is_complex())
}

/// The number of two parts of a float type.
pub fn pair(re: Expr, im: Expr, ty: Scalar, place: Place) -> Expr {
    let [re, im] = [re, im].map(|part| ops::cast_scalar(part, ty.part()));
    Expr { kind: ExprKind::Tuple(vec![re, im]), ty: Type::Scalar(ty), place }
}

/// A Python complex of no real part.
pub fn imaginary(value: f64, place: Place) -> Expr {
    let part = |v| constant(Const::f64(v), true, place);
    pair(part(0.0), part(value), Scalar::COMPLEX, place)
}

/// Zero of a scalar type.
pub fn zero(ty: Scalar, place: Place) -> Expr {
    if !ty.dtype.is_complex() {
        return constant(Const::zero(ty.dtype), ty.weak, place);
    }
    let part = || constant(Const::zero(ty.dtype.part()), ty.weak, place);
    pair(part(), part(), ty, place)
}

/// The real (0) or the imaginary (1) parts of an array of complex numbers: a view, if that is a place.
pub fn parts(e: Expr, part: u8) -> Expr {
    let place = e.place;
    let ty = match &e.ty {
        Type::Array(a) => Type::Array(ArrayType { dtype: a.dtype.part(), layout: Layout::Any, ..*a }),
        other => other.clone(),
    };
    Expr { kind: ExprKind::Part(Box::new(e), part), ty, place }
}

/// The real part (0) or the imaginary part (1) of a complex number.
pub fn part(e: &Expr, index: usize) -> Expr {
    if let ExprKind::Tuple(parts) = &e.kind
        && let Some(part) = parts.get(index)
    {
        return part.clone();
    }
    let ty = match e.ty {
        Type::Scalar(s) => Type::Scalar(s.part()),
        ref other => other.clone(),
    };
    Expr { kind: ExprKind::TupleItem(Box::new(e.clone()), index), ty, place: e.place }
}

/// Refuses complex numbers that a conversion would make real ones of.
pub fn check(function: &Function) -> Answer<()> {
    let mut found: Option<(DType, Place)> = None;
    let dtype = |e: &Expr| ops::Shape::of(&e.ty).map(|s| s.scalar.dtype);
    let mut look = |e: &Expr| {
        let from = match &e.kind {
            ExprKind::Cast(from) => from,
            ExprKind::Map(MapOp::Cast(_), operands) => match operands.as_slice() {
                [from] => from,
                _ => return,
            },
            _ => return,
        };
        let Some(to) = dtype(e) else { return };
        if dtype(from).is_some_and(DType::is_complex) && !to.is_complex() && to != DType::Bool {
            found.get_or_insert((to, e.place));
        }
    };
    for stmt in &function.body {
        stmt.walk(&mut |stmt| stmt.for_each_expr(&mut |e| e.walk(&mut look)));
    }
    match found {
        None => Ok(()),
        Some((to, place)) => Err(Stop::error(
            Diagnostic::error(codes::TYPE_MISMATCH, format!("complex numbers are not converted to {to}"))
                .primary(super::body::place_span(place), "this is complex")
                .hint("take the real part, z.real, or the size, abs(z); z.astype(np.float64) gives the real part too"),
        )),
    }
}

impl Body<'_, '_> {
    /// That a complex number stands where only real ones may.
    pub fn not_real(&self, what: &str, e: &Expr, node: impl Ranged) -> Stop {
        Stop::error(
            self.error(node, codes::TYPE_MISMATCH, format!("{what} takes real numbers, not {}", e.ty), "this call")
                .hint("compute with z.real, z.imag or abs(z)"),
        )
    }

    /// Python's `complex(re, im)`. In the library the number has the precision of its parts.
    pub fn complex_number(&mut self, args: Args, node: &ast::Expr) -> Answer<Val> {
        let place = self.place_of(node);
        let mut numbers = Vec::new();
        for value in args.positional {
            let e = self.runtime(value, node)?;
            match e.ty {
                Type::Scalar(_) => {}
                Type::Array(_) if self.library => {}
                _ => return Err(self.not_real("complex()", &e, node)),
            }
            numbers.push(e);
        }
        let mut numbers = numbers.into_iter();
        match (numbers.next(), numbers.next()) {
            (None, _) => Ok(Val::Expr(zero(Scalar::COMPLEX, place))),
            (Some(e), None) => Ok(Val::Expr(ops::cast_scalar(e, Scalar::COMPLEX))),
            (Some(re), Some(im)) if numbers.len() == 0 => {
                for e in [&re, &im] {
                    if is_complex(e) {
                        return Err(self.not_real("complex() of two numbers", e, node));
                    }
                }
                if self.library && [&re, &im].into_iter().any(|e| matches!(e.ty, Type::Array(_))) {
                    return self.complex_numbers(re, im, node).map(Val::Expr);
                }
                let ty = match re.ty {
                    Type::Scalar(Scalar { dtype: DType::Float32, .. }) if self.library => {
                        Scalar::strong(DType::Complex64)
                    }
                    Type::Scalar(Scalar { weak: false, .. }) if self.library => Scalar::strong(DType::Complex128),
                    _ => Scalar::COMPLEX,
                };
                Ok(Val::Expr(pair(re, im, ty, place)))
            }
            _ => Err(Stop::error(self.error(
                node,
                codes::ARGUMENT_COUNT,
                "complex() takes at most two arguments",
                "called here",
            ))),
        }
    }

    /// The complex numbers of arrays of parts.
    fn complex_numbers(&mut self, re: Expr, im: Expr, node: &ast::Expr) -> Answer<Expr> {
        let place = self.place_of(node);
        let (re, im) = self.as_floats(re, im, node)?;
        let shapes = [&re, &im].map(|e| ops::Shape::of(&e.ty));
        let ndim = shapes.iter().flatten().filter_map(|s| s.ndim).max().unwrap_or(0);
        let single = shapes.iter().flatten().any(|s| s.scalar.dtype == DType::Float32);
        let dtype = if single { DType::Complex64 } else { DType::Complex128 };
        Ok(Expr { kind: ExprKind::Map(MapOp::Pair, vec![re, im]), ty: ops::array_type(dtype, ndim), place })
    }

    /// A function of the library on complex scalars, applied to numbers or to each element of arrays. It raises nothing.
    pub fn each(&mut self, name: &str, operands: &[Val], node: &ast::Expr) -> Answer<Expr> {
        let place = self.place_of(node);
        let mut values = Vec::new();
        for value in operands {
            let e = self.numeric(value.clone(), node)?;
            values.push(match e.ty {
                Type::Scalar(s) => ops::cast_scalar(e, Scalar::strong(s.dtype)),
                _ => e,
            });
        }
        let shapes: Vec<_> = values.iter().filter_map(|e| ops::Shape::of(&e.ty)).collect();
        let Some(ndim) = shapes.iter().filter_map(|s| s.ndim).max() else {
            let value = self.library(name, values.into_iter().map(Val::Expr).collect(), node)?;
            let e = self.runtime(value, node)?;
            return Ok(match e.ty {
                Type::Scalar(s) => ops::cast_scalar(e, Scalar::strong(s.dtype)),
                _ => e,
            });
        };
        let Some(entry) = nopython_numpy::find(name) else {
            let message = format!("no entry np.{name}");
            return Err(Stop::error(self.error(node, codes::INTERNAL, message, "called here")));
        };
        let bound = shapes.iter().map(|s| Bound::Runtime(Type::Scalar(s.scalar))).collect();
        let definition = super::Definition::Library(entry.name);
        let (function, ty) = self.infer.instance(&definition, bound, Some(place), None)?;
        let Type::Scalar(s) = ty else { return Err(self.not_real(name, &values.remove(0), node)) };
        let kind = ExprKind::Map(MapOp::Call(function), values);
        Ok(Expr { kind, ty: ops::array_type(s.dtype, ndim), place })
    }

    /// |z|. Python's own raises where it is too large.
    pub fn complex_abs(&mut self, e: Expr, node: &ast::Expr) -> Expr {
        let place = self.place_of(node);
        let weak = matches!(e.ty, Type::Scalar(s) if s.weak);
        let mut shared = Shared::default();
        let e = shared.read(self, e);
        let size = ops::kernel("hypot", vec![part(&e, 0), part(&e, 1)], weak, place);
        if !weak {
            return shared.around(size);
        }
        let size = shared.read(self, size);
        let infinity = constant(Const::f64(f64::INFINITY), true, place);
        let infinite = |x: Expr| ops::binary(BinOp::Eq, ops::unary(UnOp::Abs, x, place), infinity.clone(), true, place);
        let excused = ops::binary(BinOp::Or, infinite(part(&e, 0)), infinite(part(&e, 1)), true, place);
        let finite = ops::binary(BinOp::Ne, size.clone(), infinity.clone(), true, place);
        let fine =
            Expr { kind: ExprKind::Or(Box::new(finite), Box::new(excused)), ty: Type::Scalar(Scalar::BOOL), place };
        shared.around(ops::checked(fine, Exception::Overflow, "absolute value too large", size))
    }

    /// The complex conjugate.
    pub fn conjugate(&mut self, e: Expr, node: &ast::Expr) -> Expr {
        let Type::Scalar(ty) = e.ty else { return e };
        let place = self.place_of(node);
        let mut shared = Shared::default();
        let e = shared.read(self, e);
        let negative = ops::unary(UnOp::Neg, part(&e, 1), place);
        shared.around(pair(part(&e, 0), negative, ty, place))
    }

    /// `a ** b` of complex numbers, as NumPy or as Python computes it.
    pub fn complex_power(&mut self, a: Expr, b: Expr, common: Scalar, weak: bool, node: &ast::Expr) -> Answer<Expr> {
        if [&a, &b].into_iter().any(|e| matches!(e.ty, Type::Array(_))) {
            return self.complex_powers(a, b, common, node);
        }
        let [a, b] = [a, b].map(|e| Val::Expr(ops::cast_scalar(e, Scalar { dtype: common.dtype, weak })));
        let value = self.library(if weak { "python_complex_power" } else { "complex_power" }, vec![a, b], node)?;
        let e = self.runtime(value, node)?;
        Ok(ops::cast_scalar(e, Scalar { dtype: common.dtype, weak }))
    }

    /// Powers of the elements of arrays; of those whose exponent is one known number, NumPy has its own rules.
    fn complex_powers(&mut self, a: Expr, b: Expr, common: Scalar, node: &ast::Expr) -> Answer<Expr> {
        let known = ops::as_const(&b).map(Const::as_f64);
        let base = Val::Expr(ops::convert(a, common));
        let name = match known {
            Some(1.0) => return self.runtime(base, node),
            Some(2.0) => "square",
            Some(0.5) => "sqrt",
            Some(-1.0) => "reciprocal",
            _ => {
                let exponent = Val::Expr(ops::convert(b, common));
                return self.each("complex_power", &[base, exponent], node);
            }
        };
        let value = self.library(name, vec![base], node)?;
        self.runtime(value, node)
    }

    /// `z.real = value`, or `z.imag`, of an array: what is assigned to the view of the parts.
    pub(super) fn store_part(&mut self, object: Expr, name: &str, value: Val, node: &ast::Expr) -> Answer<()> {
        if !matches!(object.ty, Type::Array(_)) {
            let hint = "a number is made anew: z = complex(x, z.imag)";
            return Err(self.unsupported(node, "assigning a part of a number", hint));
        }
        if name == "imag" && !matches!(object.ty, Type::Array(array) if array.dtype.is_complex()) {
            let message = "array does not have imaginary part to set";
            let diagnostic = self.error(node, codes::TYPE_MISMATCH, message, "assigned here");
            return Err(Stop::error(diagnostic.hint("make it complex first: z = x.astype(np.complex128)")));
        }
        let parts = self.value_attribute(Val::Expr(object), name, node)?;
        let parts = self.runtime(parts, node)?;
        let value = self.runtime(value, node)?;
        self.store_view(parts, value, node)
    }

    /// The right operand of an operator beside a complex number of Python's own. A float64 of NumPy is a float of Python too, so the operator is Python's; every other
    /// number of NumPy's answers itself.
    pub(super) fn beside_complex(&self, left: &Expr, right: Expr) -> Expr {
        let is_python = !self.library && left.ty == Type::Scalar(Scalar::COMPLEX);
        if is_python && right.ty == Type::Scalar(Scalar::strong(DType::Float64)) {
            return ops::cast_scalar(right, Scalar::FLOAT);
        }
        right
    }

    /// A call of a function of Python's `cmath`, on Python's complex numbers.
    pub fn cmath(&mut self, name: &str, args: Args, node: &ast::Expr) -> Answer<Val> {
        let ty = if name == "rect" { Scalar::FLOAT } else { Scalar::COMPLEX };
        let count = if name == "rect" { 2 } else { 1 };
        if args.positional.len() != count {
            let message =
                format!("cmath.{name}() takes {count} positional argument{}", if count == 1 { "" } else { "s" });
            return Err(Stop::error(self.error(node, codes::ARGUMENT_COUNT, message, "called here")));
        }
        let mut values = Vec::new();
        for value in args.positional {
            let e = self.runtime(value, node)?;
            if !matches!(e.ty, Type::Scalar(_)) || (count == 2 && is_complex(&e)) {
                return Err(self.not_real(&format!("cmath.{name}"), &e, node));
            }
            values.push(Val::Expr(ops::cast_scalar(e, ty)));
        }
        let module = if name.starts_with("is") { "complex" } else { "cmath" };
        let value = self.library(&format!("{module}_{name}"), values, node)?;
        let e = self.runtime(value, node)?;
        let ty = match &e.ty {
            Type::Tuple(_) => Type::Tuple(vec![Type::Scalar(Scalar::FLOAT); 2].into()),
            Type::Scalar(s) => Type::Scalar(Scalar { weak: true, ..*s }),
            other => other.clone(),
        };
        let mut shared = Shared::default();
        let e = shared.read(self, e);
        match super::join::coerce(e, &ty) {
            Some(e) => Ok(Val::Expr(shared.around(e))),
            None => Err(self.unsupported(node, &format!("cmath.{name}"), "compute with z.real and z.imag")),
        }
    }
}
