//! Expressions.

use super::body::Body;
use super::ops::{self, as_const};
use super::share::Shared;
use super::{Answer, Stop};
use crate::value::{Module, Static, Val};
use nopython_diagnostics::codes;
use nopython_ir::Const;
use nopython_ir::ops::{BinOp, UnOp};
use nopython_ir::typed::{Expr, ExprKind, Stmt, StmtKind};
use nopython_types::limits::SLOTS;
use nopython_types::{DType, Scalar, Type};
use ruff_python_ast::{self as ast, Number, Operator, UnaryOp};

impl Body<'_, '_> {
    /// The value of an expression.
    pub fn expr(&mut self, e: &ast::Expr) -> Answer<Val> {
        let at_start = std::mem::take(&mut self.at_start);
        if at_start && self.guarded == 0 && self.expanding == 0 {
            self.assign_first(e)?;
        }
        if matches!(e, ast::Expr::ListComp(_) | ast::Expr::SetComp(_) | ast::Expr::DictComp(_)) {
            self.at_start = at_start;
        }
        match e {
            ast::Expr::NumberLiteral(n) => self.number(n),
            ast::Expr::BooleanLiteral(b) => Ok(Val::Expr(ops::constant(Const::Bool(b.value), true, self.place_of(e)))),
            ast::Expr::NoneLiteral(_) => Ok(Val::NONE),
            ast::Expr::EllipsisLiteral(_) => Ok(Val::Static(Static::Ellipsis)),
            ast::Expr::StringLiteral(s) => Ok(Val::Static(Static::Str(s.value.to_str().to_owned()))),
            ast::Expr::Name(name) => self.name(name.id.as_str(), e),
            ast::Expr::Attribute(a) => {
                let value = self.expr(&a.value)?;
                self.attribute(value, a.attr.as_str(), e)
            }
            ast::Expr::Tuple(t) => {
                let items = t.elts.iter().map(|e| self.expr(e)).collect::<Answer<Vec<_>>>()?;
                self.tuple(items, e)
            }
            ast::Expr::List(t) => {
                let items = t.elts.iter().map(|e| self.expr(e)).collect::<Answer<Vec<_>>>()?;
                self.display(items, e)
            }
            ast::Expr::UnaryOp(u) => self.unary_operator(u),
            ast::Expr::BinOp(b) => {
                let left = self.expr(&b.left)?;
                let right = self.expr(&b.right)?;
                self.operator(b.op, left, right, e)
            }
            ast::Expr::BoolOp(b) => self.boolean_operator(b),
            ast::Expr::Compare(c) => self.comparison(c, e),
            ast::Expr::If(c) => self.conditional(c, e),
            ast::Expr::Subscript(s) => {
                let value = self.expr(&s.value)?;
                self.subscript(value, &s.slice, e)
            }
            ast::Expr::Call(call) => self.call(call, at_start, e),
            ast::Expr::Named(named) => self.named_expression(named, e),
            ast::Expr::Lambda(lambda) => self.lambda(lambda, e),
            ast::Expr::Dict(dict) => {
                let mut items = Vec::new();
                for item in &dict.items {
                    let Some(key) = &item.key else {
                        return Err(self.unsupported(e, "`**` in a dict", "call update() of the dict"));
                    };
                    items.push(vec![self.expr(key)?, self.expr(&item.value)?]);
                }
                self.container_display("dict", items, e)
            }
            ast::Expr::Set(set) => {
                let items = set.elts.iter().map(|e| Ok(vec![self.expr(e)?])).collect::<Answer<Vec<_>>>()?;
                self.container_display("set", items, e)
            }
            ast::Expr::DictComp(c) => match &c.key {
                Some(key) => self.dict_comprehension(key, &c.value, &c.generators, e),
                None => Err(self.unsupported(e, "`**` in a dict", "call update() of the dict")),
            },
            ast::Expr::SetComp(c) => self.set_comprehension(&c.elt, &c.generators, e),
            ast::Expr::ListComp(c) => self.comprehension(&c.elt, &c.generators, e),
            ast::Expr::Generator(_) => {
                Err(self.unsupported(e, "a generator expression here", "make a list of it: [... for ...]"))
            }
            ast::Expr::Yield(_) | ast::Expr::YieldFrom(_) => {
                Err(self.unsupported(e, "a generator", "return an array of the values"))
            }
            ast::Expr::Await(_) => {
                Err(self.unsupported(e, "`await`", "compiled functions run to their end; await outside"))
            }
            ast::Expr::FString(f) => match self.constant_text(f)? {
                Some(text) => Ok(Val::Static(Static::Str(text))),
                None => self.f_string(f, e),
            },
            ast::Expr::TString(_) => Err(self.unsupported(e, "a t-string", "use a plain string as the message")),
            ast::Expr::BytesLiteral(_) => Err(self.unsupported(e, "bytes", "use an array of uint8")),
            ast::Expr::Starred(_) => Err(self.unsupported(e, "a starred expression", "write out each item")),
            ast::Expr::Slice(_) => Err(self.unsupported(e, "a slice outside an index", "index with it directly")),
            ast::Expr::IpyEscapeCommand(_) => Err(self.unsupported(e, "a notebook command", "remove it")),
        }
    }

    /// An expression with a value at run time.
    pub fn runtime_expr(&mut self, e: &ast::Expr) -> Answer<Expr> {
        let value = self.expr(e)?;
        self.runtime(value, e)
    }

    fn number(&self, n: &ast::ExprNumberLiteral) -> Answer<Val> {
        let place = self.place_of(n);
        match &n.value {
            Number::Int(i) => match i.as_i64() {
                Some(v) => Ok(Val::Expr(ops::int(v, place))),
                // Constants of hashes: what does not fit int64 but uint64 is of that type.
                None if i.as_u64().is_some() => {
                    let bits = i.as_u64().unwrap_or_default().cast_signed();
                    Ok(Val::Expr(ops::constant(Const::Int(DType::UInt64, bits), false, place)))
                }
                None => Ok(Val::Static(Static::Huge(super::huge::read(&i.to_string())))),
            },
            Number::Float(v) => Ok(Val::Expr(ops::constant(Const::f64(*v), true, place))),
            // The parser keeps no real part in a literal.
            Number::Complex { imag, .. } => Ok(Val::Expr(super::complex::imaginary(*imag, place))),
        }
    }

    fn unary_operator(&mut self, u: &ast::ExprUnaryOp) -> Answer<Val> {
        let place = self.place_of(u);
        // A minus before a number belongs to it: alone it may be a uint64.
        if let (UnaryOp::USub, ast::Expr::NumberLiteral(n)) = (u.op, &*u.operand)
            && let Number::Int(i) = &n.value
            && let Some(v) = i.as_u64()
        {
            return Ok(super::huge::number(-i128::from(v), place));
        }
        let value = self.expr(&u.operand)?;
        if let (UnaryOp::USub, Val::Static(Static::Huge(Some(v)))) = (u.op, &value) {
            return Ok(super::huge::number(-v, place));
        }
        if u.op == UnaryOp::Not {
            let value = self.tested(value, &u.operand)?;
            let test = self.truth(value, &*u.operand)?;
            return Ok(Val::Expr(ops::unary(UnOp::Invert, test, place)));
        }
        let name = match u.op {
            UnaryOp::USub => "neg",
            UnaryOp::UAdd => "pos",
            UnaryOp::Invert | UnaryOp::Not => "invert",
        };
        if let Some(value) = self.record_unary(name, &value, &u.operand)? {
            return Ok(value);
        }
        let e = self.runtime(value, &*u.operand)?;
        let shape = self.operand(&e, "this operator", &*u.operand)?;
        let python_bool = shape.scalar == Scalar::BOOL;
        let e = if python_bool { ops::cast_scalar(e, Scalar::INT) } else { e };
        let op = match u.op {
            UnaryOp::UAdd if python_bool || shape.scalar.dtype != DType::Bool => return Ok(Val::Expr(ops::same(e))),
            UnaryOp::UAdd => UnOp::Neg,
            UnaryOp::USub => UnOp::Neg,
            UnaryOp::Invert | UnaryOp::Not => UnOp::Invert,
        };
        let dtype = ops::Shape::of(&e.ty).map_or(DType::Bool, |s| s.scalar.dtype);
        if op.result(dtype).is_none() {
            let hint = if dtype == DType::Bool { "use `~` or np.logical_not" } else { "convert to an integer first" };
            return Err(Stop::error(
                self.error(
                    u,
                    codes::TYPE_MISMATCH,
                    format!("this operator does not take {dtype}"),
                    format!("this is {}", e.ty),
                )
                .hint(hint),
            ));
        }
        Ok(Val::Expr(ops::unary(op, e, place)))
    }

    /// A binary operator on two values.
    pub fn operator(&mut self, op: Operator, left: Val, right: Val, node: &ast::Expr) -> Answer<Val> {
        let is_tuple = |value: &Val| {
            matches!(value, Val::Tuple(_)) || matches!(value, Val::Expr(e) if matches!(e.ty, Type::Tuple(_)))
        };
        let (mut left, mut right) = (left, right);
        if op == Operator::Add && self.guarded == 0 && is_tuple(&left) && is_tuple(&right) {
            // What a call gives is named, so that its items can be read one by one.
            if known_items(&left).is_none() || known_items(&right).is_none() {
                left = self.settle(left);
                right = self.settle(right);
                (left, right) = (self.taken_apart(left), self.taken_apart(right));
            }
        }
        if op == Operator::Add
            && let (Some(a), Some(b)) = (known_items(&left), known_items(&right))
        {
            return self.tuple(a.into_iter().chain(b).collect(), node);
        }
        let left = self.beside_array(left, &right, node)?;
        let right = self.beside_array(right, &left, node)?;
        if let Some(value) = self.record_operator(op, &left, &right, node)? {
            return Ok(value);
        }
        if let Some(value) = self.text_operator(op, &left, &right, node)? {
            return Ok(value);
        }
        if let Some(value) = self.list_operator(op, &left, &right, node)? {
            return Ok(value);
        }
        if let (Operator::Mult, Val::Tuple(_), _) = (op, &left, &right) {
            return Err(self.unsupported(node, "repeating a tuple", "use np.full(n, value)"));
        }
        let place = self.place_of(node);
        if let Some(value) = self.exactly(op, &left, &right, place) {
            return Ok(value);
        }
        let divides = op == Operator::Div;
        let a = self.runtime(self.as_operand(left.clone(), &right, divides, place), node)?;
        let b = self.runtime(self.as_operand(right, &left, divides, place), node)?;
        let b = self.beside_complex(&a, b);
        self.operate(op, a, b, node).map(Val::Expr)
    }

    /// A binary operator on two run-time values.
    pub fn operate(&mut self, op: Operator, a: Expr, b: Expr, node: &ast::Expr) -> Answer<Expr> {
        match op {
            Operator::Add => self.arithmetic(BinOp::Add, a, b, false, node),
            Operator::Sub => self.arithmetic(BinOp::Sub, a, b, false, node),
            Operator::Mult => self.arithmetic(BinOp::Mul, a, b, false, node),
            Operator::Div => self.divide(a, b, false, node),
            Operator::FloorDiv => self.floor_divide(BinOp::FloorDiv, a, b, false, node),
            Operator::Mod => self.floor_divide(BinOp::Mod, a, b, false, node),
            Operator::BitAnd => self.arithmetic(BinOp::And, a, b, false, node),
            Operator::BitOr => self.arithmetic(BinOp::Or, a, b, false, node),
            Operator::BitXor => self.arithmetic(BinOp::Xor, a, b, false, node),
            Operator::LShift => self.shift(BinOp::Shl, a, b, node),
            Operator::RShift => self.shift(BinOp::Shr, a, b, node),
            Operator::Pow => self.power(a, b, false, node),
            Operator::MatMult => self
                .library("matmul", vec![Val::Expr(a), Val::Expr(b)], node)
                .and_then(|value| self.runtime(value, node)),
        }
    }

    /// Python's own ints raise for a negative shift count.
    fn shift(&mut self, op: BinOp, a: Expr, b: Expr, node: &ast::Expr) -> Answer<Expr> {
        for e in [&a, &b] {
            if !matches!(
                self.operand(e, "a shift", node)?.scalar.dtype.kind(),
                nopython_types::Kind::Bool | nopython_types::Kind::Signed | nopython_types::Kind::Unsigned
            ) {
                let symbol = if op == BinOp::Shl { "<<" } else { ">>" };
                let message = format!("unsupported operand types for {symbol}: {} and {}", a.ty, b.ty);
                let diagnostic = self.error(node, codes::TYPE_MISMATCH, message, format!("one is {}", e.ty));
                return Err(Stop::error(diagnostic.hint("shift integers: convert with int(...)")));
            }
        }
        let weak = matches!((&a.ty, &b.ty), (Type::Scalar(x), Type::Scalar(y)) if x.weak && y.weak);
        if weak && ops::as_int(&b).is_none_or(|v| v < 0) {
            let place = self.place_of(node);
            let zero = ops::int(0, place);
            let mut shared = Shared::default();
            let a = shared.read(self, a);
            let b = shared.read(self, ops::cast_scalar(b, Scalar::INT));
            let test = ops::binary(BinOp::Ge, b.clone(), zero, true, place);
            let value = self.arithmetic(op, a, b, false, node)?;
            return Ok(shared.around(ops::checked(
                test,
                nopython_types::Exception::Value,
                "negative shift count",
                value,
            )));
        }
        self.arithmetic(op, a, b, false, node)
    }

    fn boolean_operator(&mut self, b: &ast::ExprBoolOp) -> Answer<Val> {
        let and = b.op == ast::BoolOp::And;
        let parts = match self.boolean_parts(b)? {
            Ok(parts) => parts,
            Err(decided) => return Ok(decided),
        };
        let place = self.place_of(b);
        // Where several operands may be the value, a string is one of run time.
        let several = parts.len() > 1;
        let at_run_time = |(value, test, node)| match value {
            text if several && super::strings::is_text(&text) => {
                self.runtime(text, node).map(|text| (Val::Expr(text), test, node))
            }
            value => Ok((value, test, node)),
        };
        let parts = parts.into_iter().map(at_run_time).collect::<Answer<Vec<_>>>()?;
        let mut rest = parts.into_iter().rev();
        let Some((last, test, last_node)) = rest.next() else {
            return Ok(Val::Expr(ops::constant(Const::Bool(and), true, place)));
        };
        let mut value = match last {
            Val::Expr(e) => e,
            only if rest.len() == 0 => return Ok(only),
            _ => test,
        };
        for (val, test, node) in rest {
            let is_test = matches!(&val, Val::Expr(e) if is_bool(e)) || !matches!(val, Val::Expr(_));
            value = if is_test && is_bool(&value) {
                let weak = scalar_weak(&test) && scalar_weak(&value);
                let ty = Type::Scalar(Scalar { dtype: DType::Bool, weak });
                let (a, b) = (Box::new(test), Box::new(value));
                Expr { kind: if and { ExprKind::And(a, b) } else { ExprKind::Or(a, b) }, ty, place }
            } else {
                // Python gives one of the operands themselves.
                let own = self.runtime(val, node)?;
                let (then, orelse) = if and { (value, own) } else { (own, value) };
                self.choice(test, then, orelse, last_node)?
            };
        }
        Ok(Val::Expr(value))
    }

    /// An expression of which only the truth counts: `and` and `or` need no common type then.
    pub(super) fn condition(&mut self, e: &ast::Expr) -> Answer<Expr> {
        match e {
            ast::Expr::BoolOp(b) => {
                if std::mem::take(&mut self.at_start) {
                    self.assign_first(e)?;
                }
                let and = b.op == ast::BoolOp::And;
                let parts = match self.boolean_parts(b)? {
                    Ok(parts) => parts,
                    Err(decided) => return self.truth(decided, e),
                };
                let place = self.place_of(e);
                let constant = |value| ops::constant(Const::Bool(value), true, place);
                let chain = |parts: &[(Val, Expr, &ast::Expr)]| {
                    let ty = Type::Scalar(Scalar::BOOL);
                    let tests = parts.iter().map(|(_, truth, _)| ops::cast_scalar(truth.clone(), Scalar::BOOL));
                    tests.rev().reduce(|rest, first| {
                        let (a, b) = (Box::new(first), Box::new(rest));
                        let kind = if and { ExprKind::And(a, b) } else { ExprKind::Or(a, b) };
                        Expr { kind, ty: ty.clone(), place }
                    })
                };
                // The last operand may decide whatever the others are, which are evaluated all the same if they do something.
                if let Some(((_, last, _), before)) = parts.split_last()
                    && as_const(last) == Some(Const::Bool(!and))
                {
                    let matters = before.iter().any(|(value, ..)| super::index::matters(value));
                    if !matters {
                        return Ok(constant(!and));
                    }
                    if let Some(tests) = chain(before).filter(|_| self.guarded == 0 && self.expanding == 0) {
                        self.named(tests);
                        return Ok(constant(!and));
                    }
                }
                Ok(chain(&parts).unwrap_or(constant(and)))
            }
            ast::Expr::UnaryOp(u) if u.op == UnaryOp::Not && u.operand.is_bool_op_expr() => {
                let test = self.condition(&u.operand)?;
                Ok(ops::unary(UnOp::Invert, test, self.place_of(e)))
            }
            e => {
                let value = self.expr(e)?;
                let value = self.tested(value, e)?;
                self.truth(value, e)
            }
        }
    }

    /// The operands of `and` or `or` that are evaluated, each with its truth; or the one that is the value. What one operand says of names holds
    /// for those after it alone.
    #[expect(clippy::type_complexity, reason = "named where it is taken apart")]
    fn boolean_parts<'e>(&mut self, b: &'e ast::ExprBoolOp) -> Answer<Result<Vec<(Val, Expr, &'e ast::Expr)>, Val>> {
        let before = self.env.clone();
        let parts = self.narrowing_parts(b, b.op == ast::BoolOp::And);
        self.env = before;
        parts
    }

    #[expect(clippy::type_complexity, reason = "named where it is taken apart")]
    fn narrowing_parts<'e>(
        &mut self,
        b: &'e ast::ExprBoolOp,
        and: bool,
    ) -> Answer<Result<Vec<(Val, Expr, &'e ast::Expr)>, Val>> {
        let mut parts = Vec::new();
        for (k, e) in b.values.iter().enumerate() {
            self.guarded += u32::from(k > 0);
            let value = self.expr(e);
            self.guarded -= u32::from(k > 0);
            let value = value?;
            let tested = self.tested(value.clone(), e)?;
            let test = self.truth(tested, e);
            // A part known while compiling decides, or drops out; what follows a decision is never typed.
            if let Ok(test) = &test
                && let Some(Const::Bool(known)) = as_const(test)
                && (parts.is_empty() || known != and)
                && k + 1 < b.values.len()
            {
                if known != and {
                    if parts.is_empty() {
                        return Ok(Err(value));
                    }
                    parts.push((value, test.clone(), e));
                    break;
                }
                continue;
            }
            parts.push((value, test?, e));
            self.narrow(e, and);
        }
        Ok(Ok(parts))
    }

    /// `then if test else orelse` on run-time values, converted to one type.
    pub fn choice(&mut self, test: Expr, then: Expr, orelse: Expr, node: &ast::Expr) -> Answer<Expr> {
        let place = self.place_of(node);
        let what = (then.ty.to_string(), orelse.ty.to_string());
        let ty = super::join::join_types(&then.ty, &orelse.ty).filter(|ty| !has_array(ty));
        if let Some(ty) = ty
            && let (Some(then), Some(orelse)) = (self.arm(then, &ty), self.arm(orelse, &ty))
        {
            let kind = ExprKind::Cond { test: Box::new(test), then: Box::new(then), orelse: Box::new(orelse) };
            return Ok(Expr { kind, ty, place });
        }
        let what = format!("{} and {}", what.0, what.1);
        Err(Stop::error(
            self.error(node, codes::INCOMPATIBLE_BRANCHES, format!("a conditional expression of {what}"), what)
                .hint("use an `if` statement, or np.where for a choice element by element"),
        ))
    }

    /// An operand of a conditional expression, converted to its type where it is evaluated.
    fn arm(&mut self, e: Expr, ty: &Type) -> Option<Expr> {
        let mut shared = Shared::default();
        let e = if *ty == e.ty { e } else { shared.read(self, e) };
        super::join::coerce(e, ty).map(|e| shared.around(e))
    }

    fn conditional(&mut self, c: &ast::ExprIf, whole: &ast::Expr) -> Answer<Val> {
        let test = self.condition(&c.test)?;
        if let Some(Const::Bool(known)) = as_const(&test) {
            return self.expr(if known { &c.body } else { &c.orelse });
        }
        let (then, mut before_then) = self.operand_with_statements(&c.test, true, &c.body);
        let (orelse, mut before_else) = self.operand_with_statements(&c.test, false, &c.orelse);
        // An arm that ends its path has no value: the other one tells the type.
        let value = |arm| match arm {
            Err(Stop::PathEnds) => Ok(None),
            arm => arm.map(Some),
        };
        let (then, orelse) = (value(then)?, value(orelse)?);
        let ends = then.is_none() || orelse.is_none();
        if then.is_none() && orelse.is_none() {
            let place = self.place_of(c);
            self.emit(StmtKind::If { test, then: before_then, orelse: before_else }, place);
            self.never_returns = Some(Expr { kind: ExprKind::NoneValue, ty: Type::None, place });
            return Err(Stop::PathEnds);
        }
        let ty = match (&then, &orelse) {
            (Some(then), Some(orelse)) => super::join::join_types(&then.ty, &orelse.ty),
            (then, orelse) => then.as_ref().or(orelse.as_ref()).map(|e| e.ty.clone()),
        };
        match ty {
            // Arrays, and operands with statements, are an `if` that assigns a variable.
            Some(ty)
                if self.guarded == 0
                    && (ends || has_array(&ty) || !before_then.is_empty() || !before_else.is_empty()) =>
            {
                let place = self.place_of(c);
                let var = self.temporary("choice", &ty);
                for (value, block) in [(then, &mut before_then), (orelse, &mut before_else)] {
                    if let Some(value) = value.and_then(|value| self.arm(value, &ty)) {
                        block.push(Stmt { kind: StmtKind::Assign(var, value), place });
                    }
                }
                self.emit(StmtKind::If { test, then: before_then, orelse: before_else }, place);
                Ok(Val::Expr(self.read(var, place)))
            }
            _ => {
                self.out.append(&mut before_then);
                self.out.append(&mut before_else);
                match (then, orelse) {
                    (Some(then), Some(orelse)) => self.choice(test, then, orelse, whole).map(Val::Expr),
                    (then, orelse) => then.or(orelse).map(Val::Expr).ok_or(Stop::PathEnds),
                }
            }
        }
    }

    /// An operand that is evaluated where a test has an outcome, and the statements that come before it.
    fn operand_with_statements(
        &mut self,
        test: &ast::Expr,
        outcome: bool,
        node: &ast::Expr,
    ) -> (Answer<Expr>, Vec<Stmt>) {
        let out = std::mem::take(&mut self.out);
        let value = self.narrowed(test, outcome, |this| this.runtime_expr(node));
        if let Err(Stop::PathEnds) = value {
            self.end_path();
        }
        (value, std::mem::replace(&mut self.out, out))
    }

    /// A tuple of some items, unless it is too large. Literals count nothing before they are held at run time: a table may be a tuple.
    fn tuple(&self, items: Vec<Val>, node: &ast::Expr) -> Answer<Val> {
        let width: usize =
            items.iter().filter(|v| !matches!(v, Val::Expr(e) if as_const(e).is_some())).map(Val::width).sum();
        if width > SLOTS { Err(self.too_wide(node)) } else { Ok(Val::Tuple(items)) }
    }

    /// An attribute of a module or a value.
    pub fn attribute(&mut self, value: Val, name: &str, node: &ast::Expr) -> Answer<Val> {
        match value {
            Val::Static(Static::Module(module)) => match crate::scope::attribute(module, name) {
                Some(Val::Expr(e)) => Ok(Val::Expr(Expr { place: self.place_of(node), ..e })),
                Some(value) => Ok(value),
                None if self.library && name == "std_random" => {
                    Ok(Val::Static(Static::Module(Module::Library("std_random."))))
                }
                None if self.library && nopython_numpy::find(name).is_some() => {
                    Ok(Val::Static(Static::Library(name.to_owned())))
                }
                None if module == Module::Numpy && matches!(name, "ma" | "char") => Err(self.unsupported(
                    node,
                    &format!("np.{name}"),
                    "write the computation as a loop; `nopython functions` lists what is there",
                )),
                None => Err(Stop::error(crate::scope::unknown(module, name, self.span_of(node)))),
            },
            value => self.value_attribute(value, name, node),
        }
    }
}

/// The items of a tuple, if each can be read on its own without evaluating anything else.
fn known_items(value: &Val) -> Option<Vec<Val>> {
    match value {
        Val::Tuple(items) => Some(items.clone()),
        Val::Expr(e) => match &e.ty {
            Type::Tuple(types) if is_simple(e) => Some(super::join::items(e, types)),
            _ => None,
        },
        _ => None,
    }
}

/// Whether an expression is a bool scalar.
pub fn is_bool(e: &Expr) -> bool {
    matches!(e.ty, Type::Scalar(s) if s.dtype == DType::Bool)
}

/// Whether an expression is a scalar of Python's own.
pub fn scalar_weak(e: &Expr) -> bool {
    matches!(e.ty, Type::Scalar(s) if s.weak)
}

/// Whether a type is that of an array or of a tuple that holds one.
pub fn has_array(ty: &Type) -> bool {
    match ty {
        Type::Array(_) | Type::Structured(_) => true,
        Type::Tuple(items) => items.iter().any(has_array),
        Type::None | Type::Scalar(_) | Type::Str | Type::List(_) | Type::Record(_) => false,
    }
}

/// Whether evaluating an expression twice costs nothing.
pub fn is_simple(e: &Expr) -> bool {
    match &e.kind {
        ExprKind::Const(_) | ExprKind::Var(_) => true,
        ExprKind::Dim(a, _) | ExprKind::TupleItem(a, _) => is_simple(a),
        _ => false,
    }
}
