//! Methods of lists, operators on them, and built-in functions of them: functions of `library/python`.

use super::super::body::Body;
use super::super::calls::Args;
use super::super::join::coerce;
use super::super::{Answer, Stop, ops};
use super::{as_list_of, changes, is_list, is_record, item_type, join_items};
use crate::source::span;
use crate::value::{Static, Val};
use nopython_diagnostics::codes;
use nopython_ir::Const;
use nopython_ir::ops::UnOp;
use nopython_ir::typed::{Expr, ExprKind, StmtKind};
use nopython_types::{Scalar, Type};
use ruff_python_ast::{self as ast, CmpOp, Operator};

impl Body<'_, '_> {
    /// A call of a method.
    pub fn list_method(&mut self, list: Val, name: &str, mut args: Args, node: &ast::Expr) -> Answer<Val> {
        if self.guarded > 0 && self.expanding == 0 && matches!(name, "append" | "extend") {
            return Err(self.unsupported(node, &format!("{name}() inside an expression"), "write it as a statement"));
        }
        match name {
            "append" if args.named.is_empty() && args.positional.len() == 1 => {
                let Some(value) = args.positional.pop() else { return Ok(Val::NONE) };
                let ty = self.shared_list(value.clone(), node)?.ty;
                let list = self.changed_list(list, Some(&ty), node)?;
                let value = self.item_for(&list, value, node)?;
                let place = self.place_of(node);
                self.emit(StmtKind::ListAppend { list, value }, place);
                return Ok(Val::NONE);
            }
            "extend" if args.named.is_empty() && args.positional.len() == 1 => {
                let items = args.positional.pop().unwrap_or(Val::NONE);
                return self.extend(list, items, node).map(|()| Val::NONE);
            }
            _ => {}
        }
        let list = if !changes(name) {
            self.runtime(list, node)?
        } else {
            let item = if name == "insert" { args.positional.get(1).cloned() } else { None };
            let item = item.map(|v| self.shared_list(v, node)).transpose()?;
            let list = self.changed_list(list, item.as_ref().map(|e| &e.ty), node)?;
            if let (Some(e), Some(last)) = (item, args.positional.get_mut(1)) {
                *last = Val::Expr(self.item_for(&list, Val::Expr(e), node)?);
            }
            list
        };
        args.positional.insert(0, Val::Expr(list));
        if name == "sort" {
            return self.sorted("list_sort", args, node);
        }
        self.call_library(&format!("list_{name}"), args, node)
    }

    /// `+` and `*` of lists.
    pub fn list_operator(&mut self, op: Operator, left: &Val, right: &Val, node: &ast::Expr) -> Answer<Option<Val>> {
        match (op, left, right) {
            (Operator::Add, Val::List(a, _), Val::List(b, _)) => {
                self.display(a.iter().chain(b).cloned().collect(), node).map(Some)
            }
            (Operator::Add, a, b) if is_list(a) && is_list(b) => {
                let (a, b) = (self.runtime(a.clone(), node)?, self.runtime(b.clone(), node)?);
                let (Some(x), Some(y)) = (item_type(&a.ty).cloned(), item_type(&b.ty).cloned()) else {
                    return Ok(None);
                };
                let Some(item) = join_items(&x, &y) else { return Err(self.no_item(&x, &y, node)) };
                let item = Type::list(item);
                match (coerce(a, &item), coerce(b, &item)) {
                    (Some(a), Some(b)) => self.library("list_add", vec![Val::Expr(a), Val::Expr(b)], node).map(Some),
                    _ => Err(self.no_item(&x, &y, node)),
                }
            }
            (Operator::Mult, list, times) if is_list(list) => self.repeated(list, times, node).map(Some),
            (Operator::Mult, times, list) if is_list(list) => self.repeated(list, times, node).map(Some),
            _ => Ok(None),
        }
    }

    fn repeated(&mut self, list: &Val, times: &Val, node: &ast::Expr) -> Answer<Val> {
        let times = self.runtime(times.clone(), node)?;
        let times = ops::cast_scalar(self.integer(times, node)?, Scalar::INT);
        let site = span(node).start;
        let known = self.lists.least(site);
        // A short table of constants stays one.
        if let (Val::List(items, _), Some(n), None) = (list, ops::as_int(&times), &known)
            && let Ok(n) = usize::try_from(n)
            && items.len().saturating_mul(n) <= nopython_types::limits::SLOTS
            && items.iter().all(|v| matches!(v, Val::Expr(e) if ops::as_const(e).is_some()))
        {
            return self.display(items.iter().cycle().take(items.len() * n).cloned().collect(), node);
        }
        let list = self.shared_list(list.clone(), node)?;
        let list = match known.as_ref().and_then(|known| join_items(known, item_type(&list.ty)?)) {
            Some(item) => as_list_of(list.clone(), &item, false).unwrap_or(list),
            None => list,
        };
        if !self.library {
            self.lists.makes(site);
        }
        self.library("list_repeat", vec![Val::Expr(list), Val::Expr(times)], node)
    }

    /// A comparison in which a list of run time takes part.
    pub fn compare_lists(&mut self, op: CmpOp, left: &Val, right: &Val, node: &ast::Expr) -> Answer<Option<Expr>> {
        if !is_record(left) && !is_record(right) {
            return Ok(None);
        }
        let place = self.place_of(node);
        let negated = |e: Expr| ops::unary(UnOp::Invert, e, place);
        if !is_list(left) || !is_list(right) {
            return match op {
                CmpOp::Eq | CmpOp::NotEq => {
                    let differ = Const::Bool(op == CmpOp::NotEq);
                    Ok(Some(ops::constant(differ, true, place)))
                }
                _ => Ok(None),
            };
        }
        let (a, b) = (self.runtime(left.clone(), node)?, self.runtime(right.clone(), node)?);
        let (name, a, b, last, inverted) = match op {
            CmpOp::Eq => ("list_equal", a, b, None, false),
            CmpOp::NotEq => ("list_equal", a, b, None, true),
            CmpOp::Lt => ("list_less", a, b, Some(false), false),
            CmpOp::LtE => ("list_less", a, b, Some(true), false),
            CmpOp::Gt => ("list_less", b, a, Some(false), false),
            CmpOp::GtE => ("list_less", b, a, Some(true), false),
            _ => return Ok(None),
        };
        let mut args = vec![Val::Expr(a), Val::Expr(b)];
        args.extend(last.map(|b| Val::Expr(ops::constant(Const::Bool(b), true, place))));
        let value = self.library(name, args, node)?;
        let value = ops::cast_scalar(self.runtime(value, node)?, Scalar::BOOL);
        Ok(Some(if inverted { negated(value) } else { value }))
    }

    /// A list as an array.
    pub fn list_as_array(&mut self, list: Expr, node: &ast::Expr) -> Answer<Expr> {
        let dtype = |ty: &Type| match ty {
            Type::Scalar(s) => Some(Scalar::strong(s.dtype)),
            Type::None => Some(Scalar::strong(nopython_types::DType::Float64)),
            _ => None,
        };
        let of = |s| Val::Static(Static::ScalarType(s));
        let item = item_type(&list.ty).cloned().unwrap_or(Type::None);
        let place = list.place;
        let given = Val::Expr(list);
        let (name, args) = match &item {
            Type::Array(_) => ("list_stack", vec![given]),
            Type::Tuple(types) => {
                let common = types.iter().map(dtype).try_fold(None, |common: Option<Scalar>, s| {
                    let s = s?;
                    Some(Some(common.map_or(s, |c| nopython_types::promote(c, s))))
                });
                let Some(Some(common)) = common else { return Err(self.no_array(&item, node)) };
                let width = ops::int(i64::try_from(types.len()).unwrap_or(i64::MAX), place);
                ("list_table", vec![given, Val::Expr(width), of(common)])
            }
            Type::List(inner) => match dtype(inner) {
                Some(s) => ("list_matrix", vec![given, of(s)]),
                None => return Err(self.no_array(&item, node)),
            },
            item => match dtype(item) {
                Some(s) => ("list_array", vec![given, of(s)]),
                None => return Err(self.no_array(item, node)),
            },
        };
        let array = self.library(name, args, node)?;
        self.runtime(array, node)
    }

    /// A list or a tuple as an array, anything else as it is.
    pub fn sequence_as_array(&mut self, value: Val, node: &ast::Expr) -> Answer<Expr> {
        match value {
            Val::List(..) | Val::Tuple(_) => self.as_array(value, node),
            Val::Expr(e) if matches!(e.ty, Type::List(_)) => self.list_as_array(e, node),
            other => self.runtime(other, node),
        }
    }

    fn no_array(&self, item: &Type, node: &ast::Expr) -> Stop {
        let message = format!("a list of {item} as an array");
        self.unsupported(node, &message, "fill an array in a loop")
    }

    /// `list(items)`
    pub fn list_from(&mut self, items: Option<Val>, node: &ast::Expr) -> Answer<Val> {
        let Some(items) = items else { return self.display(Vec::new(), node) };
        let items = self.listed(items, node)?;
        if let Val::Tuple(items) | Val::List(items, _) = items {
            return self.display(items, node);
        }
        if is_record(&items) {
            return self.library("list_copy", vec![items], node);
        }
        let Some(mut item) = self.items_type(&items, node)? else {
            let message = format!("{} is not iterable", items.describe());
            return Err(Stop::error(self.error(node, codes::TYPE_MISMATCH, message, "here")));
        };
        let site = span(node).start;
        if let Some(joined) = self.lists.known.get(&site).and_then(|known| join_items(known, &item)) {
            item = joined;
        }
        let place = self.place_of(node);
        let out = Expr { kind: ExprKind::List(Vec::new()), ty: Type::list(item), place };
        self.lists.makes(site);
        self.library("list_from", vec![items, Val::Expr(out)], node)
    }

    /// `sort` and `sorted`: numbers without a key are sorted as an array.
    fn sorted(&mut self, function: &str, mut args: Args, node: &ast::Expr) -> Answer<Val> {
        let item = match args.positional.as_slice() {
            [Val::Expr(list)] => item_type(&list.ty).cloned(),
            _ => None,
        };
        let has_key = args.named.iter().any(|(name, value)| name != "reverse" && *value != Val::NONE);
        if let (Some(Type::Scalar(s)), false) = (item, has_key) {
            let reverse = args.take("reverse");
            let place = self.place_of(node);
            args.positional.push(Val::Static(Static::ScalarType(Scalar::strong(s.dtype))));
            args.positional.push(reverse.unwrap_or(Val::Expr(ops::constant(Const::Bool(false), true, place))));
            args.named.clear();
            return self.call_library(&format!("{function}_numbers"), args, node);
        }
        self.call_library(function, args, node)
    }

    /// `sum`, `min`, `max`, `any`, `all` and `sorted` of a list.
    pub fn list_builtin(&mut self, name: &str, mut args: Args, node: &ast::Expr) -> Answer<Val> {
        let place = self.place_of(node);
        let function = match name {
            "min" => "list_least",
            "max" => "list_greatest",
            "any" => "list_any",
            "all" => "list_all",
            "sorted" => {
                // Whatever is given is read once, into a list that nothing else knows.
                if let Some(first) = args.positional.first_mut() {
                    let given = std::mem::replace(first, Val::NONE);
                    let list = if is_list(&given) { given } else { self.list_from(Some(given), node)? };
                    *first = Val::Expr(self.runtime(list, node)?);
                }
                return self.sorted("list_sorted", args, node);
            }
            _ => {
                if args.positional.len() == 1 {
                    args.positional.push(Val::Expr(ops::int(0, place)));
                }
                "list_sum"
            }
        };
        self.call_library(function, args, node)
    }
}
