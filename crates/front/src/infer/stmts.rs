//! Statements.

use super::body::{Bind, Body};
use super::doubt::{Doubt, Question};
use super::index::Indexing;
use super::loops::{Exit, assigned_names, target_names};
use super::ops::{self, as_const};
use super::{Answer, Stop};
use crate::source::span;
use crate::value::Val;
use nopython_diagnostics::codes;
use nopython_ir::Const;
use nopython_ir::ops::{BinOp, UnOp};
use nopython_ir::sorted::SortedSet;
use nopython_ir::typed::{Expr, ExprKind, Index, Place, StmtKind, VarId};
use nopython_types::{Exception, Scalar, Type};
use ruff_python_ast::{self as ast, Stmt};

impl Body<'_, '_> {
    /// A sequence of statements; what follows a jump is not interpreted.
    pub fn statements(&mut self, body: &[Stmt]) -> Answer<()> {
        for stmt in body {
            if !self.reachable {
                break;
            }
            let outcome = self.statement(stmt);
            self.path(outcome)?;
        }
        Ok(())
    }

    /// What interpreting a path gave, which a call may have ended.
    fn path(&mut self, outcome: Answer<()>) -> Answer<()> {
        let Err(Stop::PathEnds) = outcome else { return outcome };
        self.reachable = false;
        self.end_path();
        Ok(())
    }

    /// Emits the call that never returns, and a statement that tells so to those who look for the end of a path. Without one, a recursive
    /// call was left out.
    pub fn end_path(&mut self) {
        let Some(call) = self.never_returns.take() else {
            self.incomplete = true;
            return;
        };
        let place = call.place;
        self.emit(StmtKind::Expr(call), place);
        self.emit(
            StmtKind::Raise { exception: Exception::Runtime, message: String::new(), numbers: Vec::new() },
            place,
        );
    }

    fn statement(&mut self, stmt: &Stmt) -> Answer<()> {
        match stmt {
            Stmt::Expr(s) => self.expression_statement(&s.value),
            Stmt::Assign(s) => {
                self.at_start = true;
                let value = self.expr(&s.value)?;
                let value = if s.targets.len() > 1 || matches!(s.targets.first(), Some(ast::Expr::Tuple(_))) {
                    self.hold(value)
                } else {
                    value
                };
                s.targets.iter().try_for_each(|target| self.assign_target(target, value.clone()))
            }
            Stmt::AnnAssign(s) => match &s.value {
                Some(value) => {
                    self.annotated_list(&s.annotation, value);
                    self.at_start = true;
                    let value = self.expr(value)?;
                    self.assign_target(&s.target, value)
                }
                None => Ok(()),
            },
            Stmt::AugAssign(s) => self.augmented(s),
            Stmt::If(s) => self.if_statement(s),
            Stmt::While(s) => self.while_statement(s),
            Stmt::For(s) => self.for_statement(s),
            Stmt::Return(s) => {
                let at = span(stmt);
                self.at_start = true;
                let value = match &s.value {
                    Some(e) => {
                        let value = self.expr(e)?;
                        match self.runtime(value.clone(), &**e) {
                            Ok(value) => value,
                            Err(_) if value.holds_function() => return self.return_function(value, e),
                            Err(stop) => return Err(stop),
                        }
                    }
                    None => Expr { kind: ExprKind::NoneValue, ty: Type::None, place: self.place(at) },
                };
                if self.has_returned() && self.infer.gives_functions(self.slot) {
                    return Err(self.functions_differ(stmt, &value.ty.to_string()));
                }
                self.return_value(value, s.value.as_ref().map_or(at, |e| span(&**e)))
            }
            Stmt::Break(_) | Stmt::Continue(_) => self.jump(stmt),
            Stmt::Pass(_) => Ok(()),
            Stmt::Raise(s) => self.raise(s),
            Stmt::Assert(s) => self.assert(s),
            Stmt::Delete(s) => {
                for target in &s.targets {
                    if let ast::Expr::Subscript(item) = target {
                        let list = self.expr(&item.value)?;
                        if let (Some(_), Val::Expr(e)) = (super::records::record_of(&list), &list) {
                            self.delete_from_record(e.clone(), &item.slice, target)?;
                            continue;
                        }
                        if matches!(list, Val::List(..)) || super::lists::is_record(&list) {
                            self.delete_from_list(list, &item.slice, target)?;
                            continue;
                        }
                    }
                    let ast::Expr::Name(name) = target else {
                        return Err(self.unsupported(target, "deleting an item", "build an array without it"));
                    };
                    self.env.remove(name.id.as_str());
                    let place = self.place_of(target);
                    self.answer(name.id.as_str(), Question::Bound, false, place);
                }
                Ok(())
            }
            Stmt::FunctionDef(def) => self.nested_function(def),
            // What is assigned in a function around this one has been made a variable.
            Stmt::Nonlocal(_) if self.own.is_some() => Ok(()),
            Stmt::ClassDef(_) => Err(self.unsupported(stmt, "a class", "use functions of arrays and numbers")),
            Stmt::Try(_) => Err(self.unsupported(
                stmt,
                "try/except",
                "test the condition first; an exception leaves the compiled function",
            )),
            Stmt::With(_) => {
                Err(self.unsupported(stmt, "`with`", "open files and other resources outside compiled code"))
            }
            Stmt::Match(_) => Err(self.unsupported(stmt, "`match`", "use if/elif")),
            Stmt::Global(_) | Stmt::Nonlocal(_) => Err(self.unsupported(
                stmt,
                "assigning a global",
                "pass it in and return the new value; globals are constants in compiled code",
            )),
            Stmt::Import(_) | Stmt::ImportFrom(_) => {
                let found = crate::scope::imports(stmt).map_err(Stop::error)?;
                found.into_iter().try_for_each(|(name, value)| self.assign(&name, value, span(stmt)))
            }
            Stmt::TypeAlias(_) | Stmt::IpyEscapeCommand(_) => {
                Err(self.unsupported(stmt, "this statement", "move it out of the function"))
            }
        }
    }

    fn expression_statement(&mut self, e: &ast::Expr) -> Answer<()> {
        if matches!(e, ast::Expr::StringLiteral(_) | ast::Expr::EllipsisLiteral(_)) {
            return Ok(());
        }
        self.at_start = true;
        if let Val::Expr(value) = self.expr(e)?
            && let value = self.optional(&value).map_or(value, |(holds, _)| holds)
            && !super::exprs::is_simple(&value)
        {
            let place = self.place_of(e);
            self.emit(StmtKind::Expr(value), place);
        }
        Ok(())
    }

    /// A value that several targets take: evaluated now, once.
    fn hold(&mut self, value: Val) -> Val {
        match value {
            Val::Expr(e) if let Some((holds, value)) = self.optional(&e) => {
                let value = self.evaluated(value);
                Val::Expr(self.value_or_none(holds, value))
            }
            Val::Expr(e) if !matches!(e.kind, ExprKind::Const(_)) => Val::Expr(self.evaluated(e)),
            Val::Tuple(items) => Val::Tuple(items.into_iter().map(|item| self.hold(item)).collect()),
            other => other,
        }
    }

    /// An expression evaluated now, once.
    pub fn evaluated(&mut self, e: Expr) -> Expr {
        let (var, place) = (self.temporary("value", &e.ty), e.place);
        self.emit(StmtKind::Assign(var, e), place);
        self.read(var, place)
    }

    /// `a op= b`: in place for arrays and their elements.
    fn augmented(&mut self, s: &ast::StmtAugAssign) -> Answer<()> {
        let node = &*s.value;
        if let Some(memory) = self.updated_place(&s.target)? {
            let old = self.read_place(memory.clone(), &s.target)?;
            let value = self.expr(node)?;
            if matches!(old.ty, Type::Array(_)) {
                return self.update_array(old, s.op, value, node, &s.target);
            }
            let value = self.runtime(value, node)?;
            let result = self.operate(s.op, old, value, node)?;
            return self.store_place(memory, Val::Expr(result), &s.target);
        }
        match &*s.target {
            ast::Expr::Name(name) => {
                let old = self.name(name.id.as_str(), &*s.target)?;
                let value = self.expr(node)?;
                if s.op == ast::Operator::Add && (matches!(old, Val::List(..)) || super::lists::is_record(&old)) {
                    return self.extend(old, value, node);
                }
                if let Val::Expr(e) = &old
                    && matches!(e.ty, Type::Array(_))
                {
                    let e = e.clone();
                    return self.update_array(e, s.op, value, node, &s.target);
                }
                let result = self.in_place(s.op, old, value, node)?;
                self.assign(name.id.as_str(), result, span(&*s.target))
            }
            ast::Expr::Subscript(subscript) => {
                let array = self.expr(&subscript.value)?;
                if let (Some(_), Val::Expr(e)) = (super::records::record_of(&array), &array) {
                    return self.update_record(e.clone(), &subscript.slice, s.op, node, &s.target);
                }
                if matches!(array, Val::List(..)) || super::lists::is_record(&array) {
                    return self.update_list(array, &subscript.slice, s.op, node, &s.target);
                }
                let array = self.runtime(array, &*subscript.value)?;
                let array = if matches!(array.ty, Type::Array(_)) { self.named(array) } else { array };
                let index = match self.index_entries(&array, &subscript.slice, true)? {
                    Indexing::Basic(entries) => entries,
                    Indexing::Gather(gather) => {
                        let old = self.subscript_gather(array.clone(), gather.clone(), &s.target)?;
                        let value = self.expr(node)?;
                        let value = self.runtime(value, node)?;
                        let gather = if self.infer.stores(&value) { self.evaluated_indices(gather) } else { gather };
                        let result = self.operate(s.op, old, value, node)?;
                        self.check_in_place(&array.ty, &result.ty, &s.target)?;
                        return self.scatter(array, gather, result, &s.target);
                    }
                };
                let old = self.index_array(array.clone(), index.clone(), &s.target)?;
                let value = self.expr(node)?;
                if matches!(old.ty, Type::Array(_)) {
                    return self.update_array(old, s.op, value, node, &s.target);
                }
                let value = self.runtime(value, node)?;
                let result = self.operate(s.op, old, value, node)?;
                self.store_element(array, index, result, &s.target)
            }
            ast::Expr::Attribute(attribute) => self.update_attribute(attribute, s.op, node, &s.target),
            other => Err(self.unsupported(other, "this augmented assignment", "write it as an assignment")),
        }
    }

    /// A value in a form that may be read several times: evaluated now, into a variable.
    pub fn named(&mut self, value: Expr) -> Expr {
        if super::exprs::is_simple(&value) {
            return value;
        }
        let var = self.temporary("value", &value.ty);
        let place = value.place;
        self.emit(StmtKind::Assign(var, value), place);
        self.read(var, place)
    }

    /// A tuple at run time as one of its items.
    pub fn taken_apart(&mut self, value: Val) -> Val {
        match value {
            Val::Expr(e) if matches!(e.ty, Type::Tuple(_)) => {
                let e = self.named(e);
                let Type::Tuple(types) = &e.ty else { return Val::Expr(e) };
                Val::Tuple(super::join::items(&e, types))
            }
            value => value,
        }
    }

    pub(super) fn update_array(
        &mut self,
        target: Expr,
        op: ast::Operator,
        value: Val,
        node: &ast::Expr,
        at: &ast::Expr,
    ) -> Answer<()> {
        let value = self.beside_array(value, &Val::Expr(target.clone()), node)?;
        let value = self.runtime(value, node)?;
        let result = self.operate(op, target.clone(), value, node)?;
        self.check_in_place(&target.ty, &result.ty, at)?;
        let rank = |e: &Expr| ops::Shape::of(&e.ty).and_then(|s| s.ndim);
        if op == ast::Operator::MatMult && rank(&result) != rank(&target) {
            let message = format!("a product that is {} does not fit in {}", result.ty, target.ty);
            let diagnostic = self.error(at, codes::WRONG_RANK, message, format!("this is {}", target.ty));
            return Err(Stop::error(diagnostic.hint("give the product a name of its own: s = x @ y")));
        }
        self.store_view(target, result, at)
    }

    /// NumPy computes in place only within a kind of dtype or towards a higher one: bool, unsigned, signed, float.
    fn check_in_place(&self, target: &Type, result: &Type, at: &ast::Expr) -> Answer<()> {
        let (Some(own), Some(new)) = (ops::Shape::of(target), ops::Shape::of(result)) else { return Ok(()) };
        let (own, new) = (own.scalar.dtype, new.scalar.dtype);
        if new.kind() <= own.kind() {
            return Ok(());
        }
        let message = format!("cannot store {new} into an array of {own} in place");
        Err(Stop::error(
            self.error(at, codes::TYPE_MISMATCH, message, format!("this is {target}"))
                .hint("make a new array: a = a + b; or convert the array first: a = a.astype(np.float64)"),
        ))
    }

    fn if_statement(&mut self, s: &ast::StmtIf) -> Answer<()> {
        let clauses: Vec<(Option<&ast::Expr>, &[Stmt])> = std::iter::once((Some(&*s.test), &*s.body))
            .chain(s.elif_else_clauses.iter().map(|c| (c.test.as_ref(), &*c.body)))
            .collect();
        self.clauses(&clauses)
    }

    fn clauses(&mut self, clauses: &[(Option<&ast::Expr>, &[Stmt])]) -> Answer<()> {
        let Some(((test, body), rest)) = clauses.split_first() else { return Ok(()) };
        if rest.len() > nopython_types::limits::CLAUSES
            && let Some(test) = test
        {
            let diagnostic = self.error(*test, codes::TOO_LARGE, "an `if` with too many `elif`", "this chain");
            return Err(Stop::error(
                diagnostic.hint("look the case up in an array, or split the chain into functions"),
            ));
        }
        let Some(test_node) = test else { return self.statements(body) };
        self.at_start = self.begins_with_statement(test_node);
        let test = self.condition(test_node)?;
        if let Some(Const::Bool(known)) = as_const(&test) {
            return if known { self.statements(body) } else { self.clauses(rest) };
        }
        let place = self.place_of(*test_node);
        self.fork(
            test,
            place,
            &mut |this| {
                this.narrow(test_node, true);
                this.statements(body)
            },
            &mut |this| {
                this.narrow(test_node, false);
                this.clauses(rest)
            },
        )
    }

    /// Two paths from a run-time test, joined where they meet.
    pub fn fork(
        &mut self,
        test: Expr,
        place: Place,
        then: &mut dyn FnMut(&mut Self) -> Answer<()>,
        orelse: &mut dyn FnMut(&mut Self) -> Answer<()>,
    ) -> Answer<()> {
        let before = self.env.clone();
        let out = std::mem::take(&mut self.out);
        let first = then(self);
        let first = self.path(first);
        let then_env = std::mem::replace(&mut self.env, before);
        let then_reachable = std::mem::replace(&mut self.reachable, true);
        let mut then = std::mem::take(&mut self.out);
        let second = first.and_then(|()| orelse(self));
        let second = self.path(second);
        let mut orelse = std::mem::replace(&mut self.out, out);
        second?;
        match (then_reachable, self.reachable) {
            (true, true) => {
                let else_env = std::mem::take(&mut self.env);
                self.env = self.join((then_env, &mut then), (else_env, &mut orelse), place);
            }
            (true, false) => self.env = then_env,
            (false, _) => {}
        }
        self.reachable |= then_reachable;
        self.emit(StmtKind::If { test, then, orelse }, place);
        Ok(())
    }

    fn while_statement(&mut self, s: &ast::StmtWhile) -> Answer<()> {
        let place = self.place_of(&*s.test);
        let mut assigned = SortedSet::new();
        assigned_names(&s.body, &mut assigned);
        super::walrus::walrus_names(&s.body, Some(&s.test), &mut assigned);
        let flag = self.else_flag(&s.orelse, place);
        let mut test = None;
        let mut tests_inside = false;
        let (body, breaks) = self.settle_loop(&assigned, flag, place, &mut |this| {
            this.at_start = this.begins_with_statement(&s.test);
            let condition = this.condition(&s.test)?;
            tests_inside = !this.out.is_empty();
            let condition = if tests_inside { this.test_inside(condition, place) } else { condition };
            if as_const(&condition) == Some(Const::Bool(true))
                && let Some(frame) = this.loops.last_mut()
            {
                frame.exit = Exit::Jump;
            }
            test = Some(condition);
            this.narrow(&s.test, true);
            this.statements(&s.body)
        })?;
        let Some(test) = test else { return Ok(()) };
        let forever = as_const(&test) == Some(Const::Bool(true)) && !tests_inside;
        self.emit(StmtKind::While { test, body }, place);
        if forever {
            self.reachable = breaks.is_some();
            return Ok(());
        }
        if breaks.is_none() {
            self.narrow(&s.test, false);
        }
        self.loop_else(flag, breaks, &s.orelse, place)
    }

    /// A loop condition that needs statements is tested inside the loop; gives the condition `True` that the loop then has.
    pub(super) fn test_inside(&mut self, condition: Expr, place: Place) -> Expr {
        let before = std::mem::take(&mut self.out);
        self.edge(place, true);
        let mut leave = std::mem::replace(&mut self.out, before);
        leave.push(nopython_ir::typed::Stmt { kind: StmtKind::Break, place });
        let test = ops::unary(UnOp::Invert, condition, place);
        self.emit(StmtKind::If { test, then: leave, orelse: Vec::new() }, place);
        ops::constant(Const::Bool(true), true, place)
    }

    fn for_statement(&mut self, s: &ast::StmtFor) -> Answer<()> {
        let mut assigned = SortedSet::new();
        assigned_names(&s.body, &mut assigned);
        super::walrus::walrus_names(&s.body, None, &mut assigned);
        target_names(&s.target, &mut assigned);
        let iterable = self.iterable(&s.iter)?;
        let place = self.place_of(&*s.iter);
        let flag = self.else_flag(&s.orelse, place);
        let breaks = match iterable {
            Iterable::Range { mut start, mut stop, mut step } => {
                let exit = if turns(&start, &stop, &step) { Exit::Turn } else { Exit::Head };
                if let ast::Expr::Name(name) = &*s.target {
                    self.answer_range(name.id.as_str(), &mut start, &mut stop, &mut step);
                }
                let counter = match &*s.target {
                    ast::Expr::Name(name) => self.var(name.id.as_str(), &Type::Scalar(Scalar::INT)),
                    _ => self.temporary("i", &Type::Scalar(Scalar::INT)),
                };
                let (body, breaks) = self.settle_loop(&assigned, flag, place, &mut |this| {
                    if let Some(frame) = this.loops.last_mut() {
                        frame.exit = exit;
                    }
                    match &*s.target {
                        ast::Expr::Name(name) => {
                            let bind =
                                Bind::Var { var: counter, known: None, doubt: Doubt::default(), at: span(&*s.target) };
                            this.env.insert(name.id.to_string(), bind);
                        }
                        other => {
                            let value = this.read(counter, place);
                            this.assign_target(other, Val::Expr(value))?;
                        }
                    }
                    this.statements(&s.body)
                })?;
                self.emit(StmtKind::For { var: counter, start, stop, step, body }, place);
                breaks
            }
            Iterable::Items(items) => {
                if contains_jump(&s.body) {
                    return self.loop_over_items(s, items, flag);
                }
                // A tuple's items may differ in type: the body is repeated for each.
                for item in items {
                    if !self.reachable {
                        break;
                    }
                    self.assign_target(&s.target, item)?;
                    self.statements(&s.body)?;
                }
                None
            }
            Iterable::Entries(container, view) => self.loop_over_entries(s, (container, view), &assigned, flag)?,
            Iterable::Sequence { length, item } if item.holds_list() => {
                let counter = self.temporary("i", &Type::Scalar(Scalar::INT));
                self.emit(StmtKind::Assign(counter, ops::int(0, place)), place);
                let k = self.read(counter, place);
                let (body, breaks) = self.settle_loop(&assigned, flag, place, &mut |this| {
                    let value = this.item_of(&item, k.clone(), &s.iter)?;
                    this.assign_target(&s.target, value)?;
                    let next = ops::binary(BinOp::Add, k.clone(), ops::int(1, place), true, place);
                    this.emit(StmtKind::Assign(counter, next), place);
                    this.statements(&s.body)
                })?;
                // A list may grow in a turn.
                let test = ops::binary(BinOp::Lt, k, length, true, place);
                self.emit(StmtKind::While { test, body }, place);
                breaks
            }
            Iterable::Sequence { length, item } => {
                let counter = self.temporary("i", &Type::Scalar(Scalar::INT));
                let (body, breaks) = self.settle_loop(&assigned, flag, place, &mut |this| {
                    let k = this.read(counter, place);
                    let value = this.item_of(&item, k, &s.iter)?;
                    this.assign_target(&s.target, value)?;
                    this.statements(&s.body)
                })?;
                let (start, step) = (ops::int(0, place), ops::int(1, place));
                self.emit(StmtKind::For { var: counter, start, stop: length, step, body }, place);
                breaks
            }
        };
        if self.reachable { self.loop_else(flag, breaks, &s.orelse, place) } else { Ok(()) }
    }

    /// A loop that jumps, over items of one type: item k is chosen by k.
    fn loop_over_items(&mut self, s: &ast::StmtFor, items: Vec<Val>, flag: Option<VarId>) -> Answer<()> {
        let place = self.place_of(&*s.iter);
        let items: Vec<Val> = items.into_iter().map(|item| self.hold(item)).collect();
        let mut assigned = SortedSet::new();
        assigned_names(&s.body, &mut assigned);
        super::walrus::walrus_names(&s.body, None, &mut assigned);
        target_names(&s.target, &mut assigned);
        let counter = self.temporary("i", &Type::Scalar(Scalar::INT));
        let (body, breaks) = self.settle_loop(&assigned, flag, place, &mut |this| {
            if let Some(frame) = this.loops.last_mut() {
                frame.exit = if items.is_empty() { Exit::Head } else { Exit::Turn };
            }
            let k = this.read(counter, place);
            let item = match this.chosen(&items, &k, &s.iter)? {
                Some(item) => item,
                None => {
                    let what = "`break` or `continue` in a loop over a tuple of several types";
                    return Err(this.unsupported(&*s.iter, what, "loop over range(...) or an array"));
                }
            };
            this.assign_target(&s.target, item)?;
            this.statements(&s.body)
        })?;
        let stop = ops::int(i64::try_from(items.len()).unwrap_or(i64::MAX), place);
        let (start, step) = (ops::int(0, place), ops::int(1, place));
        self.emit(StmtKind::For { var: counter, start, stop, step, body }, place);
        self.loop_else(flag, breaks, &s.orelse, place)
    }

    fn jump(&mut self, stmt: &Stmt) -> Answer<()> {
        let place = self.place_of(stmt);
        if self.loops.is_empty() {
            return Err(Stop::error(self.error(stmt, codes::SYNTAX_ERROR, "a jump outside a loop", "here")));
        }
        self.edge(place, matches!(stmt, Stmt::Break(_)));
        if matches!(stmt, Stmt::Break(_)) {
            self.break_loop(place);
        } else {
            self.emit(StmtKind::Continue, place);
        }
        self.reachable = false;
        Ok(())
    }
}

/// What a `for` loop runs over.
pub enum Iterable {
    /// `range(start, stop, step)`
    Range {
        /// First value.
        start: Expr,
        /// Bound.
        stop: Expr,
        /// Step.
        step: Expr,
    },
    /// Items known one by one.
    Items(Vec<Val>),
    /// The entries of a dict or a set.
    Entries(Expr, super::records::View),
    /// Something indexed from 0 to a length.
    Sequence {
        /// Number of items.
        length: Expr,
        /// Which item.
        item: Sequence,
    },
}

/// How the k-th item of a sequence is found.
pub enum Sequence {
    /// Element or row k of an array.
    Array(Expr),
    /// Item k of a list.
    List(Expr),
    /// Code point k of a string.
    Text(Expr),
    /// Item k, which is a number of Python's own.
    Weak(Box<Sequence>, Scalar),
    /// start + k, and item k.
    Enumerate(Expr, Box<Sequence>),
    /// Item k of each. Where there are lengths, all have to be the same.
    Zip(Vec<Sequence>, Vec<Expr>),
    /// start + k · step
    Range(Expr, Expr),
    /// Item n − 1 − k.
    Reversed(Expr, Box<Sequence>),
}

impl Sequence {
    /// Whether a list is among what is run through, whose length may change meanwhile.
    pub fn holds_list(&self) -> bool {
        match self {
            Sequence::List(_) => true,
            Sequence::Array(_) | Sequence::Text(_) | Sequence::Range(..) => false,
            Sequence::Weak(inner, _) | Sequence::Enumerate(_, inner) | Sequence::Reversed(_, inner) => {
                inner.holds_list()
            }
            Sequence::Zip(parts, _) => parts.iter().any(Sequence::holds_list),
        }
    }
}

impl Body<'_, '_> {
    /// Raises if some of the sequences with these lengths have an item k, and others have none.
    fn check_lengths(&mut self, lengths: &[Expr], k: &Expr) {
        let place = k.place;
        let binary = |op, a: &Expr, b: &Expr| ops::binary(op, a.clone(), b.clone(), true, place);
        let Some((first, others)) = lengths.split_first() else { return };
        let (one, yes) = (binary(BinOp::Lt, k, first), ops::constant(Const::Bool(true), true, place));
        for (at, length) in others.iter().enumerate() {
            let other = binary(BinOp::Lt, k, length);
            let before = if at == 0 { "argument 1".to_owned() } else { format!("arguments 1-{}", at + 1) };
            for (op, what) in [(BinOp::Le, "shorter"), (BinOp::Ge, "longer")] {
                let message = format!("zip() argument {} is {what} than {before}", at + 2);
                let checked = ops::checked(binary(op, &one, &other), Exception::Value, &message, yes.clone());
                self.emit(StmtKind::Expr(checked), place);
            }
        }
    }

    /// Item k of a sequence.
    fn item_of(&mut self, sequence: &Sequence, k: Expr, node: &ast::Expr) -> Answer<Val> {
        let place = k.place;
        Ok(match sequence {
            Sequence::List(list) => Val::Expr(self.list_item(list.clone(), k)),
            Sequence::Text(text) => super::strings::code_point(text.clone(), k).map_or(Val::NONE, Val::Expr),
            Sequence::Array(array) => Val::Expr(self.index_array(array.clone(), vec![Index::At(k)], node)?),
            Sequence::Weak(inner, weak) => match self.item_of(inner, k, node)? {
                Val::Expr(e) => Val::Expr(ops::cast_scalar(e, *weak)),
                other => other,
            },
            Sequence::Enumerate(start, inner) => {
                let number = ops::binary(BinOp::Add, start.clone(), k.clone(), true, place);
                Val::Tuple(vec![Val::Expr(number), self.item_of(inner, k, node)?])
            }
            Sequence::Zip(parts, lengths) => {
                self.check_lengths(lengths, &k);
                Val::Tuple(parts.iter().map(|part| self.item_of(part, k.clone(), node)).collect::<Answer<Vec<_>>>()?)
            }
            Sequence::Range(start, step) => {
                let offset = ops::binary(BinOp::Mul, k, step.clone(), true, place);
                Val::Expr(ops::binary(BinOp::Add, start.clone(), offset, true, place))
            }
            Sequence::Reversed(length, inner) => {
                let last = ops::binary(BinOp::Sub, length.clone(), ops::int(1, place), true, place);
                let k = ops::binary(BinOp::Sub, last, k, true, place);
                self.item_of(inner, k, node)?
            }
        })
    }
}

/// Whether a range is known to have a number in it.
fn turns(start: &Expr, stop: &Expr, step: &Expr) -> bool {
    let (Some(start), Some(stop), Some(step)) = (ops::as_int(start), ops::as_int(stop), ops::as_int(step)) else {
        return false;
    };
    (step > 0 && start < stop) || (step < 0 && start > stop)
}

/// Whether statements jump out of the loop they stand in.
fn contains_jump(body: &[Stmt]) -> bool {
    body.iter().any(|stmt| match stmt {
        Stmt::Break(_) | Stmt::Continue(_) => true,
        Stmt::If(s) => contains_jump(&s.body) || s.elif_else_clauses.iter().any(|c| contains_jump(&c.body)),
        _ => false,
    })
}
