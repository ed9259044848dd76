//! Lists: which displays make one at run time, what the type of its items is, and what is done with it.
//!
//! A display that nothing changes is known item by item ([`Val::List`]), and has no run-time form before it is asked for one. What changes
//! a list, or shares it, notes the display, and inference of the function starts again; from then on the display makes a list on the heap.
//! The type of the items is found in the same way: an item of another type is joined to that of every display the list may come from.

use super::body::{Bind, Body};
use super::calls::Args;
use super::join::{coerce, conversion, join_types};
use super::ops;
use super::{Answer, Stop};
use crate::source::span;
use crate::value::{Static, Val};
use nopython_diagnostics::codes;
use nopython_ir::Const;
use nopython_ir::ops::UnOp;
use nopython_ir::sorted::{SortedMap, SortedSet};
use nopython_ir::typed::{Expr, ExprKind, StmtKind, VarId};
use nopython_types::{Scalar, Type};
use ruff_python_ast::{self as ast, CmpOp, Operator};
use ruff_text_size::{Ranged, TextRange};

/// Methods of lists.
pub const METHODS: &[&str] =
    &["append", "extend", "insert", "pop", "remove", "clear", "index", "count", "reverse", "copy", "sort"];
/// Those that leave the list as it is.
const READING: &[&str] = &["index", "count", "copy"];

/// A place in the source where lists are made, and how deep below its lists another one is: 1 for its items, if those are lists.
type Origin = (u32, usize);

/// The displays of a function that make lists at run time.
#[derive(Clone, Debug, Default)]
pub struct Sites {
    /// The type of their items as far as it is known, by where they begin.
    known: SortedMap<u32, Type>,
    /// Where this round has met an expression that makes lists.
    makers: SortedSet<u32>,
    /// Where the list in a variable may have been made.
    held: SortedMap<VarId, Vec<Origin>>,
}

impl Sites {
    /// What the next round of inference begins with.
    pub fn begin(&self) -> Sites {
        Sites { known: self.known.clone(), ..Sites::default() }
    }

    /// The type that items made at a place have at least.
    pub fn least(&self, site: u32) -> Option<Type> {
        self.known.get(&site).cloned()
    }

    /// Notes that an expression at a place makes lists.
    pub fn makes(&mut self, site: u32) {
        self.makers.insert(site);
    }

    /// Notes that items made at a place have at least a type.
    pub fn expect(&mut self, site: u32, item: &Type) {
        if let Some(joined) = self.known.get(&site).map_or(Some(item.clone()), |known| join_items(known, item)) {
            self.known.insert(site, joined);
        }
    }

    /// Whether a round has found out more than was known before it.
    pub fn differ(&self, before: &Sites) -> bool {
        self.known != before.known
    }
}

/// The type that items of two lists have in common.
pub fn join_items(a: &Type, b: &Type) -> Option<Type> {
    match (a, b) {
        (Type::None, other) | (other, Type::None) => Some(other.clone()),
        (a, b) => join_types(a, b),
    }
}

/// A new list with items of a type that those it is made of are converted to; a list that exists has the items it has.
pub fn as_list_of(e: Expr, item: &Type, narrow: bool) -> Option<Expr> {
    let ExprKind::List(items) = e.kind else { return None };
    let items = items.into_iter().map(|e| conversion(e, item, narrow)).collect::<Option<Vec<_>>>()?;
    Some(Expr { kind: ExprKind::List(items), ty: Type::list(item.clone()), place: e.place })
}

/// The type of a list's items.
pub fn item_type(ty: &Type) -> Option<&Type> {
    match ty {
        Type::List(item) => Some(item),
        _ => None,
    }
}

/// Whether a value is a list at run time.
pub fn is_record(value: &Val) -> bool {
    matches!(value, Val::Expr(Expr { ty: Type::List(_), .. }))
}

/// Whether a value is a display, or a tuple that has one in it.
pub fn holds_display(value: &Val) -> bool {
    match value {
        Val::List(..) => true,
        Val::Tuple(items) => items.iter().any(holds_display),
        _ => false,
    }
}

fn is_list(value: &Val) -> bool {
    is_record(value) || matches!(value, Val::List(..))
}

/// Whether statements may change the list in a name, or give it away.
pub fn may_change(body: &[ast::Stmt], name: &str) -> bool {
    struct Search<'n> {
        name: &'n str,
        found: bool,
    }
    impl Search<'_> {
        fn is_name(&self, e: &ast::Expr) -> bool {
            matches!(e, ast::Expr::Name(n) if n.id.as_str() == self.name)
        }
    }
    impl<'a> ast::visitor::Visitor<'a> for Search<'_> {
        fn visit_stmt(&mut self, stmt: &'a ast::Stmt) {
            self.found |= match stmt {
                ast::Stmt::AugAssign(s) => self.is_name(&s.target),
                ast::Stmt::Return(s) => s.value.as_deref().is_some_and(|e| self.is_name(e)),
                ast::Stmt::Assign(s) => self.is_name(&s.value),
                _ => false,
            };
            ast::visitor::walk_stmt(self, stmt);
        }

        fn visit_expr(&mut self, e: &'a ast::Expr) {
            self.found |= match e {
                ast::Expr::Attribute(a) => METHODS.contains(&a.attr.as_str()) && self.is_name(&a.value),
                ast::Expr::Subscript(s) => !s.ctx.is_load() && self.is_name(&s.value),
                _ => false,
            };
            ast::visitor::walk_expr(self, e);
        }
    }
    let mut search = Search { name, found: false };
    ast::visitor::walk_body(&mut search, body);
    search.found
}

impl Body<'_, '_> {
    /// The value of a list display.
    pub fn display(&mut self, items: Vec<Val>, node: &ast::Expr) -> Answer<Val> {
        if self.library {
            return Ok(Val::List(items, None));
        }
        let site = span(node).start;
        match self.lists.known.get(&site).cloned() {
            Some(item) => self.record(items, item, node).map(Val::Expr),
            None => Ok(Val::List(items, Some(site))),
        }
    }

    /// The list that a body of the library fills: places in it have no numbers of their own.
    pub(super) fn list_of_library(&mut self, node: &ast::Expr) -> Answer<Val> {
        match self.lists.least(u32::MAX) {
            Some(item) => self.record(Vec::new(), item, node).map(Val::Expr),
            None => Ok(Val::List(Vec::new(), Some(u32::MAX))),
        }
    }

    /// A new list, whose items have at least a type.
    fn record(&mut self, items: Vec<Val>, known: Type, node: &ast::Expr) -> Answer<Expr> {
        let place = self.place_of(node);
        let items = items.into_iter().map(|item| self.shared_list(item, node)).collect::<Answer<Vec<_>>>()?;
        let Some(ty) = items.iter().try_fold(known.clone(), |ty, e| join_items(&ty, &e.ty)) else {
            return Err(self.mixed(&items, node));
        };
        self.lists.makers.insert(place.start);
        if ty != known {
            self.lists.known.insert(place.start, ty.clone());
        }
        let list = Expr { kind: ExprKind::List(items), ty: Type::list(known), place };
        as_list_of(list, &ty, false).ok_or_else(|| self.no_item(&ty, &ty, node))
    }

    /// The run-time form of a display that nothing has changed, if its items have one.
    pub(super) fn list_of(&self, items: &[Val], node: TextRange) -> Answer<Option<Expr>> {
        let place = self.place_of(node);
        let mut values = Vec::with_capacity(items.len());
        for item in items {
            match self.runtime(item.clone(), node) {
                Ok(e) => values.push(e),
                Err(_) => return Ok(None),
            }
        }
        let Some(ty) = values.iter().try_fold(Type::None, |ty, e| join_items(&ty, &e.ty)) else {
            return Err(self.mixed(&values, node));
        };
        let list = Expr { kind: ExprKind::List(values), ty: Type::None, place };
        Ok(as_list_of(list, &ty, false))
    }

    /// A display as a list at run time where it is sliced, or read at an index that only run time knows, unless it is a table of constants.
    pub(super) fn table_or_list(&mut self, items: &[Val], index: &ast::Expr, node: &ast::Expr) -> Answer<Option<Expr>> {
        let constant = |v: &Val| matches!(v, Val::Expr(e) if ops::as_const(e).is_some());
        let table = |v: &Val| match v {
            Val::Tuple(row) | Val::List(row, _) => row.iter().all(constant),
            v => constant(v),
        };
        if self.library || items.is_empty() || !index.is_slice_expr() && items.iter().all(table) {
            return Ok(None);
        }
        Ok(self.list_of(items, node.range()).ok().flatten())
    }

    fn mixed(&self, items: &[Expr], node: impl Ranged) -> Stop {
        let mut types: Vec<String> = items.iter().map(|e| e.ty.to_string()).collect();
        types.dedup();
        let message = format!("the items of a list have one type, not {}", types.join(" and "));
        let diagnostic = self.error(node, codes::TYPE_MISMATCH, message, "this list");
        Stop::error(diagnostic.hint("use a tuple for values of several types, or one list for each type"))
    }

    fn no_item(&self, item: &Type, ty: &Type, node: impl Ranged) -> Stop {
        let message = format!("a list of {item} has no items of type {ty}");
        let diagnostic = self.error(node, codes::TYPE_MISMATCH, message, format!("this is {ty}"));
        Stop::error(diagnostic.hint("the items of a list have one type; it can be written: xs: list[float] = []"))
    }

    /// Notes that a display makes a list at run time with items of at least a type, and tells whether that is new.
    fn ask(&mut self, site: u32, item: &Type) -> bool {
        let known = self.lists.known.get(&site).cloned();
        match known.as_ref().map_or(Some(item.clone()), |known| join_items(known, item)) {
            Some(joined) if known.as_ref() != Some(&joined) => {
                self.lists.known.insert(site, joined);
                true
            }
            _ => false,
        }
    }

    /// Where a list may have been made.
    fn origins(&self, list: &Expr) -> Vec<Origin> {
        match &list.kind {
            ExprKind::List(_) | ExprKind::Call(..) if self.lists.makers.contains(&list.place.start) => {
                vec![(list.place.start, 0)]
            }
            ExprKind::Var(var) => self.lists.held.get(var).cloned().unwrap_or_default(),
            ExprKind::ListItem(list, _) => {
                self.origins(list).into_iter().map(|(site, depth)| (site, depth + 1)).collect()
            }
            ExprKind::Let(_, _, value) | ExprKind::Checked { value, .. } => self.origins(value),
            ExprKind::Cond { then, orelse, .. } => self.origins(then).into_iter().chain(self.origins(orelse)).collect(),
            _ => Vec::new(),
        }
    }

    /// `name: list[float] = []`: the annotation says what the items are.
    pub fn annotated_list(&mut self, annotation: &ast::Expr, value: &ast::Expr) {
        let reader = crate::signature::Reader { program: self.infer.program, at: None };
        if let Ok(Type::List(item)) = reader.ty(annotation) {
            self.ask(span(value).start, &item);
        }
    }

    /// Notes where the list was made that a variable is bound to.
    pub fn note_list(&mut self, var: VarId, value: &Expr) {
        if !matches!(value.ty, Type::List(_)) {
            return;
        }
        let origins = self.origins(value);
        let held = self.lists.held.entry(var).or_default();
        for origin in origins {
            if !held.contains(&origin) {
                held.push(origin);
            }
        }
    }

    /// Gives a list items of at least a type, wherever it was made; tells whether inference has to start again.
    fn widen_items(&mut self, list: &Expr, item: &Type) -> bool {
        let mut asked = false;
        for (site, depth) in self.origins(list) {
            let item = (0..depth).fold(item.clone(), |item, _| Type::list(item));
            asked |= self.ask(site, &item);
        }
        asked
    }

    /// Gives two lists that meet in one name the same items.
    pub fn unify(&mut self, x: &Bind, y: &Bind) {
        let (Some((one, a)), Some((other, b))) = (self.bound_list(x), self.bound_list(y)) else { return };
        if x == y || a == b && one.is_none() && other.is_none() {
            return;
        }
        let Some(item) = join_items(&a, &b) else { return };
        for (site, bind) in [(one, x), (other, y)] {
            match (site, bind) {
                (Some(site), _) => {
                    self.ask(site, &item);
                }
                (None, Bind::Var { var, .. }) => {
                    let list = self.read(*var, Default::default());
                    self.widen_items(&list, &item);
                }
                _ => {}
            }
        }
    }

    /// Of a binding to a list its display, unless it is a list at run time, and the type of its items.
    fn bound_list(&self, bind: &Bind) -> Option<(Option<u32>, Type)> {
        match bind {
            Bind::Val(Val::List(items, site @ Some(_))) => {
                let list = self.list_of(items, TextRange::default()).ok()??;
                Some((*site, item_type(&list.ty)?.clone()))
            }
            Bind::Var { var, .. } => Some((None, item_type(&self.type_of(*var))?.clone())),
            _ => None,
        }
    }

    /// A value that something else will know too: a display that has a name makes a list at run time.
    pub fn shared_list(&mut self, value: Val, node: impl Ranged) -> Answer<Expr> {
        if let Val::Tuple(items) = value {
            let items = items.into_iter().map(|item| self.shared_list(item, node.range()).map(Val::Expr));
            let items = items.collect::<Answer<_>>()?;
            return self.runtime(Val::Tuple(items), node);
        }
        if let Val::List(items, Some(site)) = &value
            && let Some(list) = self.list_of(items, node.range())?
            && let Some(item) = item_type(&list.ty)
        {
            self.ask(*site, &item.clone());
        }
        self.runtime(value, node)
    }

    /// A list that something changes; `item` is the type of an item that it gets.
    fn changed_list(&mut self, list: Val, item: Option<&Type>, node: &ast::Expr) -> Answer<Expr> {
        match list {
            Val::List(items, Some(site)) => {
                let items = items.into_iter().map(|item| self.shared_list(item, node)).collect::<Answer<Vec<_>>>()?;
                let first = item.cloned().unwrap_or(Type::None);
                match items.iter().try_fold(first, |ty, e| join_items(&ty, &e.ty)) {
                    Some(ty) => {
                        self.ask(site, &ty);
                        Err(self.no_item(&ty, &ty, node))
                    }
                    None => {
                        let own = items.first().map_or(Type::None, |e| e.ty.clone());
                        Err(self.no_item(&own, item.unwrap_or(&Type::None), node))
                    }
                }
            }
            Val::List(_, None) => {
                Err(self.unsupported(node, "changing a list of the module", "copy it first: xs = list(TABLE)"))
            }
            other => self.runtime(other, node),
        }
    }

    /// An item for a list, converted to the type of its items, which is made wider where that is needed.
    fn item_for(&mut self, list: &Expr, value: Val, node: &ast::Expr) -> Answer<Expr> {
        let value = self.shared_list(value, node)?;
        let Some(item) = item_type(&list.ty).cloned() else { return Ok(value) };
        let ty = value.ty.clone();
        if let Some(value) = coerce(value, &item) {
            return Ok(value);
        }
        self.widen_items(list, &ty);
        Err(self.no_item(&item, &ty, node))
    }

    /// The number of items.
    pub fn list_length(&self, list: Expr) -> Expr {
        let place = list.place;
        Expr { kind: ExprKind::ListLength(Box::new(list)), ty: Type::Scalar(Scalar::INT), place }
    }

    /// The item at an index.
    pub fn list_item(&self, list: Expr, index: Expr) -> Expr {
        let (place, ty) = (index.place, item_type(&list.ty).cloned().unwrap_or(Type::None));
        Expr { kind: ExprKind::ListItem(Box::new(list), Box::new(ops::cast_scalar(index, Scalar::INT))), ty, place }
    }

    /// The bounds of a slice.
    fn bounds(&mut self, slice: &ast::ExprSlice) -> Answer<Vec<Val>> {
        let mut bounds = Vec::new();
        for bound in [&slice.lower, &slice.upper, &slice.step] {
            bounds.push(match bound {
                None => Val::NONE,
                Some(e) => match self.expr(e)? {
                    Val::Expr(value) => Val::Expr(ops::cast_scalar(self.integer(value, e)?, Scalar::INT)),
                    other => other,
                },
            });
        }
        Ok(bounds)
    }

    fn list_index(&mut self, index: &ast::Expr) -> Answer<Expr> {
        let value = self.runtime_expr(index)?;
        if matches!(value.ty, Type::Scalar(s) if !s.dtype.is_float()) {
            return Ok(value);
        }
        let message = format!("list indices must be integers or slices, not {}", value.ty);
        let diagnostic = self.error(index, codes::TYPE_MISMATCH, message, format!("this is {}", value.ty));
        Err(Stop::error(diagnostic.hint("convert with int(...), or make an array: np.array(xs)[mask]")))
    }

    /// `list[index]`
    pub fn subscript_list(&mut self, list: Expr, index: &ast::Expr, node: &ast::Expr) -> Answer<Val> {
        if let ast::Expr::Slice(slice) = index {
            let mut args = vec![Val::Expr(list)];
            args.extend(self.bounds(slice)?);
            return self.library("list_slice", args, node);
        }
        let index = self.list_index(index)?;
        let place = self.place_of(node);
        Ok(Val::Expr(Expr { place, ..self.list_item(list, index) }))
    }

    /// `list[index] = value`
    pub fn store_in_list(&mut self, list: Val, index: &ast::Expr, value: Val, node: &ast::Expr) -> Answer<()> {
        let place = self.place_of(node);
        if let ast::Expr::Slice(slice) = index {
            let item = self.items_type(&value, node)?;
            let list = self.changed_list(list, item.as_ref(), node)?;
            self.widened(&list, item, node)?;
            let value = self.items_for(&list, value, node)?;
            let mut args = vec![Val::Expr(list)];
            args.extend(self.bounds(slice)?);
            args.push(value);
            let call = self.library("list_store_slice", args, node)?;
            return self.evaluate_now(call, node);
        }
        let item = self.shared_list(value.clone(), node).ok().map(|e| e.ty);
        let list = self.changed_list(list, item.as_ref(), node)?;
        let value = self.item_for(&list, value, node)?;
        let index = ops::cast_scalar(self.list_index(index)?, Scalar::INT);
        self.emit(StmtKind::ListStore { list, index, value }, place);
        Ok(())
    }

    /// `list[index] op= value`
    pub fn update_list(
        &mut self,
        list: Val,
        index: &ast::Expr,
        op: Operator,
        value: &ast::Expr,
        node: &ast::Expr,
    ) -> Answer<()> {
        let place = self.place_of(node);
        if index.is_slice_expr() {
            return Err(self.unsupported(node, "changing a slice of a list in place", "loop over its indices"));
        }
        let list = self.changed_list(list, None, node)?;
        let list = self.named(list);
        let index = ops::cast_scalar(self.list_index(index)?, Scalar::INT);
        let index = self.named(index);
        let old = Expr { place, ..self.list_item(list.clone(), index.clone()) };
        let value = self.expr(value)?;
        if is_record(&Val::Expr(old.clone())) && op == Operator::Add {
            return self.extend(Val::Expr(old), value, node);
        }
        let result = self.operator(op, Val::Expr(old), value, node)?;
        let value = self.item_for(&list, result, node)?;
        self.emit(StmtKind::ListStore { list, index, value }, place);
        Ok(())
    }

    /// `del list[index]`
    pub fn delete_from_list(&mut self, list: Val, index: &ast::Expr, node: &ast::Expr) -> Answer<()> {
        let list = self.changed_list(list, None, node)?;
        let call = match index {
            ast::Expr::Slice(slice) => {
                let mut args = vec![Val::Expr(list)];
                args.extend(self.bounds(slice)?);
                self.library("list_delete_slice", args, node)?
            }
            index => {
                let index = self.list_index(index)?;
                self.library("list_delete", vec![Val::Expr(list), Val::Expr(index)], node)?
            }
        };
        self.evaluate_now(call, node)
    }

    /// A call that is evaluated for what it does.
    fn evaluate_now(&mut self, call: Val, node: &ast::Expr) -> Answer<()> {
        if let Val::Expr(e) = call {
            let place = self.place_of(node);
            self.emit(StmtKind::Expr(e), place);
        }
        Ok(())
    }

    /// The type of the items of what a list is made from or extended by.
    fn items_type(&mut self, value: &Val, node: &ast::Expr) -> Answer<Option<Type>> {
        Ok(match value {
            Val::Tuple(items) | Val::List(items, _) => {
                let items = items.iter().map(|v| self.shared_list(v.clone(), node)).collect::<Answer<Vec<_>>>()?;
                items.iter().try_fold(Type::None, |ty, e| join_items(&ty, &e.ty))
            }
            Val::Expr(e) => match &e.ty {
                Type::List(item) => Some((**item).clone()),
                Type::Tuple(types) => types.iter().try_fold(Type::None, |ty, item| join_items(&ty, item)),
                Type::Array(a) if a.ndim == 1 => Some(Type::Scalar(Scalar::strong(a.dtype))),
                Type::Array(a) => Some(Type::Array(nopython_types::ArrayType { ndim: a.ndim - 1, ..*a })),
                _ => None,
            },
            Val::Static(_) => None,
        })
    }

    /// Refuses items of a type that a list does not take, or starts again with a list that does.
    fn widened(&mut self, list: &Expr, item: Option<Type>, node: &ast::Expr) -> Answer<()> {
        let (Some(own), Some(item)) = (item_type(&list.ty).cloned(), item) else { return Ok(()) };
        if item == Type::None || join_items(&own, &item).as_ref() == Some(&own) {
            return Ok(());
        }
        self.widen_items(list, &item);
        Err(self.no_item(&own, &item, node))
    }

    /// What is put into a list: items known one by one, or none at all, as a list of items of the same type.
    fn items_for(&mut self, list: &Expr, items: Val, node: &ast::Expr) -> Answer<Val> {
        let Some(item) = item_type(&list.ty).cloned() else { return Ok(items) };
        let items = match items {
            Val::Tuple(items) | Val::List(items, _) => items,
            Val::Expr(e) if e.ty == Type::list(Type::None) => Vec::new(),
            other => return Ok(other),
        };
        let items = items.into_iter().map(|v| self.shared_list(v, node)).collect::<Answer<Vec<_>>>()?;
        let made = Expr { kind: ExprKind::List(items), ty: Type::list(Type::None), place: self.place_of(node) };
        as_list_of(made, &item, false).map(Val::Expr).ok_or_else(|| self.no_item(&item, &item, node))
    }

    /// `list += items`, and the method `extend`
    pub fn extend(&mut self, list: Val, items: Val, node: &ast::Expr) -> Answer<()> {
        let Some(item) = self.items_type(&items, node)? else {
            let message = format!("{} is not iterable", items.describe());
            return Err(Stop::error(self.error(node, codes::TYPE_MISMATCH, message, "here")));
        };
        let list = self.changed_list(list, Some(&item), node)?;
        self.widened(&list, Some(item), node)?;
        let items = self.items_for(&list, items, node)?;
        let call = self.library("list_extend", vec![Val::Expr(list), items], node)?;
        self.evaluate_now(call, node)
    }

    /// A call of a method.
    pub fn list_method(&mut self, list: Val, name: &str, mut args: Args, node: &ast::Expr) -> Answer<Val> {
        if self.guarded > 0 && self.expanding == 0 && matches!(name, "append" | "extend") {
            return Err(self.unsupported(node, &format!("{name}() inside an expression"), "write it as a statement"));
        }
        let wanted = match name {
            "append" | "extend" | "remove" | "count" => Some(1),
            "insert" => Some(2),
            "clear" | "reverse" | "copy" => Some(0),
            _ => None,
        };
        if let Some(wanted) = wanted.filter(|wanted| *wanted != args.positional.len() || !args.named.is_empty()) {
            let wanted = super::counted(wanted, "argument");
            let message = format!("list.{name}() takes {wanted} ({} given)", args.positional.len() + args.named.len());
            return Err(Stop::error(self.error(node, codes::ARGUMENT_COUNT, message, "called here")));
        }
        match name {
            "append" => {
                let Some(value) = args.positional.pop() else { return Ok(Val::NONE) };
                let ty = self.shared_list(value.clone(), node)?.ty;
                let list = self.changed_list(list, Some(&ty), node)?;
                let value = self.item_for(&list, value, node)?;
                let place = self.place_of(node);
                self.emit(StmtKind::ListAppend { list, value }, place);
                return Ok(Val::NONE);
            }
            "extend" => {
                let items = args.positional.pop().unwrap_or(Val::NONE);
                return self.extend(list, items, node).map(|()| Val::NONE);
            }
            _ => {}
        }
        let list = if READING.contains(&name) {
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
        let known = self.lists.known.get(&site).cloned();
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
            Some(item) => match as_list_of(list.clone(), &item, false) {
                Some(list) => list,
                None => list,
            },
            None => list,
        };
        if !self.library {
            self.lists.makers.insert(site);
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
        self.lists.makers.insert(site);
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
