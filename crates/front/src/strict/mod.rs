//! Where a program depends on the exceptions of `tests/language/semantics.md`: `nopython check --strict`.
//!
//! The typed IR says of which numbers an operation is Python's own, the syntax tree what the user wrote ([`marks`]). What cannot matter, as far as
//! bounds of ints tell ([`growth`]), or is tested ([`guards`]), is left out.

mod growth;
mod guards;
mod marks;

use crate::source::Source;
use growth::{Growth, LIMIT};
use guards::Guards;
use marks::Marks;
use nopython_diagnostics::{Diagnostic, Span, codes};
use nopython_ir::ops::BinOp;
use nopython_ir::typed::{Expr, ExprKind, Function, Place, ReduceOp, Stmt, StmtKind, VarId};
use nopython_types::{DType, Scalar, Type};
use ruff_python_ast::Operator;

/// The operations of a module whose results may differ from Python's, in the order of the source.
///
/// # Errors
/// What is wrong with the source.
pub fn strict(file: &str, text: &str) -> Result<Vec<Diagnostic>, Vec<Diagnostic>> {
    let (module, _) = crate::infer(file, text)?;
    let marks = Marks::of(&Source::new(text).parse()?);
    let mut found = Vec::new();
    for (_, function) in module.functions.iter().filter(|(_, f)| !f.library) {
        let (growth, guards) = (Growth::of(function), Guards::of(function));
        let mut search =
            Search { function, marks: &marks, growth, guards, target: None, in_loop: false, found: Vec::new() };
        search.statements(&function.body, false);
        found.append(&mut search.found);
    }
    found.sort_by_key(|(place, ..)| (place.start, place.end));
    // A function has a body for each list of argument types.
    found.dedup();
    Ok(found.into_iter().map(|(place, difference)| difference.at(place)).collect())
}

/// How a result may differ.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Difference {
    Wraps,
    IntegerPower,
    FloatPower,
    Truncates,
    StoresFloat,
    DividesBySometimes,
    Joins,
    ComparesAsFloat,
    Extreme,
}

impl Difference {
    /// What is said of it: a sentence, a word at the place, and what to write instead.
    const fn text(self) -> [&'static str; 3] {
        match self {
            Difference::Wraps => [
                "Python's ints have no limit; here what does not fit 64 bits wraps",
                "may not fit",
                "test the operands first, reduce them with `%` or `&`, or compute in floats: `float(a) * b`",
            ],
            Difference::IntegerPower => [
                "a power of ints wraps where it does not fit 64 bits, and raises ValueError for a negative exponent",
                "a power of ints",
                "write `float(a) ** b` for a float",
            ],
            Difference::FloatPower => [
                "where Python raises OverflowError or gives a complex number, a power of floats is inf or nan",
                "a power of floats",
                "test the result: `if not math.isfinite(p): raise OverflowError(\"...\")`",
            ],
            Difference::Truncates => [
                "where Python raises, a float that is nan, infinite or does not fit 64 bits becomes -2**63",
                "a float becomes an int",
                "test it first: `if not abs(x) < 2.0**63: raise ValueError(\"...\")`",
            ],
            Difference::StoresFloat => [
                "where NumPy raises, a float that is nan, infinite or too large wraps in an array of integers",
                "a float is stored as an integer",
                "test it first: `if not abs(x) < 2.0**31: raise ValueError(\"...\")`",
            ],
            Difference::DividesBySometimes => [
                "a zero divisor gives nan or inf here; Python raises as long as the loop has not made the dividend NumPy's",
                "Python's or NumPy's division",
                "test the divisor first: `if n == 0: raise ZeroDivisionError(\"...\")`",
            ],
            Difference::Joins => [
                "what is an int on one path and a float on another is a float on both",
                "an int becomes a float where the paths meet",
                "begin with a float: `0.0` in the place of `0`",
            ],
            Difference::ComparesAsFloat => [
                "an int beyond 2**53 is compared with a float as a float; Python compares exactly",
                "becomes a float",
                "write `float(n)`, which rounds in Python too, or compare ints",
            ],
            Difference::Extreme => [
                "`min` and `max` of an array are nan wherever one is; in Python that depends on the order",
                "nan decides",
                "write `np.min` or `np.max`, which say the same in Python",
            ],
        }
    }

    fn at(self, place: Place) -> Diagnostic {
        let [sentence, label, hint] = self.text();
        let span = Span { start: place.start, end: place.end };
        Diagnostic::warning(codes::MAY_DIFFER, sentence).primary(span, label).hint(hint)
    }
}

/// Whose rules a number follows.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Owner {
    Python,
    Either,
    NumPy,
}

struct Search<'a> {
    function: &'a Function,
    marks: &'a Marks,
    growth: Growth<'a>,
    guards: Guards,
    /// The variable that the statement assigns, and whether it stands in a loop.
    target: Option<VarId>,
    in_loop: bool,
    found: Vec<(Place, Difference)>,
}

impl Search<'_> {
    fn statements(&mut self, body: &[Stmt], in_loop: bool) {
        for stmt in body {
            match &stmt.kind {
                StmtKind::Assign(var, value) => {
                    (self.target, self.in_loop) = (Some(*var), in_loop);
                    self.expression(value, false);
                    self.target = None;
                    self.join(*var, value, stmt.place);
                }
                StmtKind::StoreItem { array, index, value } => {
                    if let ExprKind::Cast(from) = &value.kind
                        && scalar(from).is_some_and(|s| s.dtype.is_float())
                        && scalar(value).is_some_and(|s| s.dtype.is_int())
                        && self.marks.is_stored(value.place)
                        && !self.guards.bound_value(from)
                    {
                        self.found.push((value.place, Difference::StoresFloat));
                    }
                    [value, array].into_iter().chain(index).for_each(|e| self.expression(e, false));
                }
                StmtKind::StoreView { target, value } => {
                    [target, value].into_iter().for_each(|e| self.expression(e, false));
                }
                StmtKind::FieldStore { record, value, .. } => {
                    [value, record].into_iter().for_each(|e| self.expression(e, false));
                }
                StmtKind::ListStore { list, index, value } => {
                    [value, list, index].into_iter().for_each(|e| self.expression(e, false));
                }
                StmtKind::ListAppend { list, value } | StmtKind::ListTruncate { list, length: value } => {
                    [list, value].into_iter().for_each(|e| self.expression(e, false));
                }
                StmtKind::Expr(e) | StmtKind::Return(e) => self.expression(e, false),
                StmtKind::If { test, then, orelse } => {
                    self.expression(test, false);
                    [then, orelse].into_iter().for_each(|body| self.statements(body, in_loop));
                }
                StmtKind::While { test, body } => {
                    self.expression(test, false);
                    self.statements(body, true);
                }
                StmtKind::For { start, stop, step, body, .. } => {
                    [start, stop, step].into_iter().for_each(|e| self.expression(e, false));
                    self.statements(body, true);
                }
                StmtKind::Break | StmtKind::Continue | StmtKind::Raise { .. } => {}
            }
        }
    }

    /// An expression with what it is made of. `reduced` says that what is around it makes the number small again.
    fn expression(&mut self, e: &Expr, reduced: bool) {
        if let Some(difference) = self.difference(e, reduced) {
            self.found.push((e.place, difference));
        }
        let reduces =
            matches!(e.kind, ExprKind::Binary(BinOp::FloorDiv | BinOp::Mod | BinOp::And | BinOp::Shr, ..)) || reduced;
        e.for_each_operand(&mut |operand| self.expression(operand, reduces));
    }

    fn difference(&self, e: &Expr, reduced: bool) -> Option<Difference> {
        let ty = scalar(e)?;
        match &e.kind {
            ExprKind::Binary(op, a, b) if ty == Scalar::INT => self.wraps(*op, a, b, e.place, reduced),
            ExprKind::Cast(inner) if ty.dtype.is_int() => self.becomes_int(inner, ty.weak, e.place),
            ExprKind::Kernel(name, operands) if ty == Scalar::FLOAT => {
                let power = name.starts_with("pow_") || name.starts_with("exp2_");
                let known = operands.iter().all(|e| matches!(e.kind, ExprKind::Const(_)));
                let tested = self.target.is_some_and(|var| self.guards.bound(var));
                (power && !known && !tested && self.marks.is_operator(e.place, &[Operator::Pow]))
                    .then_some(Difference::FloatPower)
            }
            ExprKind::Binary(op, a, b) if ty.dtype == DType::Bool => self.compares(*op, a, b),
            ExprKind::Binary(BinOp::Div | BinOp::FloorDiv | BinOp::Mod, a, b) if !ty.weak => {
                self.divides(a, b, e.place)
            }
            ExprKind::Kernel(name, operands) if !ty.weak => match operands.as_slice() {
                [a, b] if name.starts_with("floor_divide") || name.starts_with("remainder") => {
                    self.divides(a, b, e.place)
                }
                _ => None,
            },
            ExprKind::Reduce { op: ReduceOp::Min | ReduceOp::Max, .. } if ty.dtype.is_float() => {
                self.marks.is_extreme(e.place).then_some(Difference::Extreme)
            }
            ExprKind::Cond { .. } if ty == Scalar::FLOAT => self.marks.is_choice(e.place).then_some(Difference::Joins),
            _ => None,
        }
    }

    fn wraps(&self, op: BinOp, a: &Expr, b: &Expr, place: Place, reduced: bool) -> Option<Difference> {
        let (written, size): (&[Operator], f64) = match op {
            BinOp::Add => (&[Operator::Add], self.growth.size(a) + self.growth.size(b)),
            BinOp::Sub => (&[Operator::Sub], self.growth.size(a) + self.growth.size(b)),
            BinOp::Mul => (&[Operator::Mult, Operator::Pow], self.growth.size(a) * self.growth.size(b)),
            BinOp::Shl => {
                let count = self.growth.bound(b).map_or(f64::INFINITY, f64::exp2);
                (&[Operator::LShift], self.growth.size(a).max(1.0) * count)
            }
            _ => return None,
        };
        let grows = self.target.filter(|_| self.in_loop).is_some_and(|var| {
            let [left, right] = [a, b].map(|e| self.growth.bound(e).is_none() && self.growth.reaches(e, var));
            !reduced && if op == BinOp::Mul { left || right } else { left && right }
        });
        // A sum of what does not fit has been named where it was made.
        let exceeds = size > LIMIT && [a, b].into_iter().all(|e| self.growth.size(e) <= LIMIT);
        ((grows || exceeds) && self.marks.is_operator(place, written)).then_some(Difference::Wraps)
    }

    fn becomes_int(&self, inner: &Expr, weak: bool, place: Place) -> Option<Difference> {
        let from = scalar(inner)?;
        if from.dtype.is_float() {
            // NumPy's own floats do not raise where NumPy's types are called.
            return (self.marks.is_truncated(place) && (weak || from.weak) && !self.guards.bound_value(inner))
                .then_some(Difference::Truncates);
        }
        let known = matches!(inner.kind, ExprKind::Const(_));
        (weak && !known && self.marks.is_operator(place, &[Operator::Pow])).then_some(Difference::IntegerPower)
    }

    fn compares(&self, op: BinOp, a: &Expr, b: &Expr) -> Option<Difference> {
        if !matches!(op, BinOp::Eq | BinOp::Ne | BinOp::Lt | BinOp::Le | BinOp::Gt | BinOp::Ge) {
            return None;
        }
        let exact = 9_007_199_254_740_992.0;
        let rounds = |e: &Expr| match &e.kind {
            ExprKind::Cast(n) if scalar(e) == Some(Scalar::FLOAT) && scalar(n) == Some(Scalar::INT) => {
                self.marks.is_compared(e.place) && self.growth.bound(n).is_none_or(|bound| bound > exact)
            }
            _ => false,
        };
        (rounds(a) || rounds(b)).then_some(Difference::ComparesAsFloat)
    }

    fn divides(&self, a: &Expr, b: &Expr, place: Place) -> Option<Difference> {
        let nonzero = matches!(&b.kind, ExprKind::Const(c) if c.as_f64() != 0.0);
        let written = self.marks.is_operator(place, &[Operator::Div, Operator::FloorDiv, Operator::Mod]);
        let tested = self.guards.compare(b);
        (!nonzero && !tested && written && self.owner(a).max(self.owner(b)) == Owner::Either)
            .then_some(Difference::DividesBySometimes)
    }

    /// Whose number an expression is, where conversions that promote are left aside.
    fn owner(&self, e: &Expr) -> Owner {
        match &e.kind {
            ExprKind::Const(_) => Owner::Python,
            ExprKind::Cast(a) | ExprKind::Unary(_, a) => self.owner(a),
            ExprKind::Binary(_, a, b) => self.owner(a).max(self.owner(b)),
            ExprKind::Var(var) if self.is_mixed(*var) => Owner::Either,
            _ if scalar(e).is_some_and(|s| s.weak) => Owner::Python,
            _ => Owner::NumPy,
        }
    }

    /// Whether a variable of NumPy's numbers has been made of one of Python's with the same name, where paths meet.
    fn is_mixed(&self, var: VarId) -> bool {
        let vars = &self.function.vars;
        let Some(own) = vars.get(var) else { return false };
        let weak = |ty: &Type| matches!(ty, Type::Scalar(s) if s.weak);
        !weak(&own.ty) && vars.iter().any(|(_, v)| v.name == own.name && weak(&v.ty))
    }

    /// An assignment that the compiler makes where paths meet.
    fn join(&mut self, var: VarId, value: &Expr, place: Place) {
        let named = self.function.vars.get(var).is_some_and(|v| !v.name.starts_with('$'));
        let float = scalar(value) == Some(Scalar::FLOAT);
        if named && float && !self.marks.is_target(place) && self.was_int(var, value) {
            self.found.push((place, Difference::Joins));
        }
    }

    fn was_int(&self, var: VarId, value: &Expr) -> bool {
        let vars = &self.function.vars;
        let name = vars.get(var).map(|v| &v.name);
        let int = |v: &nopython_ir::typed::Var| Some(&v.name) == name && v.ty == Type::Scalar(Scalar::INT);
        match &value.kind {
            ExprKind::Cast(from) => is_int(from),
            ExprKind::Const(_) => vars.iter().any(|(_, v)| int(v)),
            _ => false,
        }
    }
}

const fn scalar(e: &Expr) -> Option<Scalar> {
    match e.ty {
        Type::Scalar(s) => Some(s),
        _ => None,
    }
}

fn is_int(e: &Expr) -> bool {
    scalar(e) == Some(Scalar::INT)
}
