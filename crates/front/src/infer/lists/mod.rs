//! Lists: which displays make one at run time, what the type of its items is, and what is done with it.
//!
//! A display that nothing changes is known item by item ([`Val::List`]), and has no run-time form before it is asked for one. What changes
//! a list, or shares it, notes the display, and inference of the function starts again; from then on the display makes a list on the heap.
//! The type of the items is found in the same way: an item of another type is joined to that of every display the list may come from.

mod items;
mod methods;
mod reads;

pub use reads::only_reads;

use super::body::{Bind, Body};
use super::join::{coerce, conversion, join_types};
use super::ops;
use super::records::form_of;
use super::{Answer, Stop};
use crate::source::span;
use crate::value::Val;
use nopython_diagnostics::codes;
use nopython_ir::sorted::{SortedMap, SortedSet};
use nopython_ir::typed::{Expr, ExprKind, VarId};
use nopython_types::{Items, Type};
use ruff_python_ast as ast;
use ruff_text_size::{Ranged, TextRange};

/// A place in the source where lists, dicts or sets are made, and the way from one of them to another one that it holds.
type Origin = (u32, Vec<Step>);

/// From a container to what it holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    /// From a list to an item.
    Item,
    /// From a dict to a value.
    Value,
}

/// The displays of a function that make lists at run time.
#[derive(Clone, Debug, Default)]
pub struct Sites {
    /// The type of their items as far as it is known, by where they begin.
    known: SortedMap<u32, Type>,
    /// Where this round has met an expression that makes lists.
    makers: SortedSet<u32>,
    /// Where the list in a variable may have been made.
    held: SortedMap<VarId, Vec<Origin>>,
    /// What stopped a path because the types of a container are not known.
    pub unknown: Option<nopython_diagnostics::Diagnostic>,
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

    /// Notes that a place makes lists at run time, whose items have at least a type.
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
        (Type::Tuple(a), Type::Tuple(b)) if a.len() == b.len() => {
            let names = a.names().filter(|names| b.names() == Some(names)).cloned();
            let types = a.iter().zip(b).map(|(a, b)| join_items(a, b)).collect::<Option<_>>()?;
            Some(Type::Tuple(Items::named(types, names)))
        }
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

/// A display as another function knows it, in which no place of this one counts.
pub fn without_places(value: Val) -> Val {
    match value {
        Val::List(items, _) => Val::List(items.into_iter().map(without_places).collect(), None),
        Val::Tuple(items) => Val::Tuple(items.into_iter().map(without_places).collect()),
        other => other,
    }
}

/// The way to what a container holds.
fn stepped((site, mut steps): Origin, step: Step) -> Origin {
    steps.push(step);
    (site, steps)
}

fn is_list(value: &Val) -> bool {
    is_record(value) || matches!(value, Val::List(..))
}

/// Whether lists have a method: a function of `library/python/list.py`.
pub fn is_method(name: &str) -> bool {
    entry(name).is_some()
}

/// Whether a method changes its list.
fn changes(method: &str) -> bool {
    entry(method).is_some_and(|entry| entry.changes)
}

/// Whether a function of a module changes a list that it is given: `shuffle`.
fn is_changing_function(name: &str) -> bool {
    nopython_numpy::entries()
        .iter()
        .any(|entry| entry.changes && entry.name.rsplit_once('.').is_some_and(|(_, function)| function == name))
}

/// The names of all methods.
pub fn methods() -> Vec<&'static str> {
    let entries = nopython_numpy::entries().iter().filter(|entry| entry.file == "_list");
    entries.filter_map(|entry| entry.name.strip_prefix("list_")).collect()
}

/// The function that a method is.
fn entry(method: &str) -> Option<&'static nopython_numpy::Entry> {
    nopython_numpy::find(&format!("list_{method}")).filter(|entry| entry.file == "_list")
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
        self.lists.makes(place.start);
        self.lists.expect(place.start, &ty);
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

    /// Where a list may have been made.
    fn origins(&self, list: &Expr) -> Vec<Origin> {
        match &list.kind {
            ExprKind::List(_) | ExprKind::Record(_) | ExprKind::Call(..)
                if self.lists.makers.contains(&list.place.start) =>
            {
                vec![(list.place.start, Vec::new())]
            }
            ExprKind::Var(var) => self.lists.held.get(var).cloned().unwrap_or_default(),
            ExprKind::ListItem(list, _) => {
                self.origins(list).into_iter().map(|origin| stepped(origin, Step::Item)).collect()
            }
            ExprKind::Let(_, _, value) | ExprKind::Checked { value, .. } => self.origins(value),
            ExprKind::Cond { then, orelse, .. } => self.origins(then).into_iter().chain(self.origins(orelse)).collect(),
            _ => Vec::new(),
        }
    }

    /// `name: list[float] = []`: the annotation says what the items are.
    pub fn annotated_list(&mut self, annotation: &ast::Expr, value: &ast::Expr) {
        let reader = crate::signature::Reader { program: self.infer.program, types: &self.infer.types, at: None };
        if let Some(item) = reader.ty(annotation).ok().as_ref().and_then(form_of) {
            self.lists.expect(span(value).start, &item);
        }
    }

    /// Notes where the list was made that a variable is bound to.
    pub fn note_list(&mut self, var: VarId, value: &Expr) {
        if form_of(&value.ty).is_none() {
            return;
        }
        let origins = self.origins(value);
        self.note_origins(var, origins);
    }

    /// Notes that a variable is bound to a value of a dict.
    pub(super) fn note_value_of(&mut self, var: VarId, dict: &Expr) {
        let origins = self.origins(dict).into_iter().map(|origin| stepped(origin, Step::Value)).collect();
        self.note_origins(var, origins);
    }

    fn note_origins(&mut self, var: VarId, origins: Vec<Origin>) {
        let held = self.lists.held.entry(var).or_default();
        for origin in origins {
            if !held.contains(&origin) {
                held.push(origin);
            }
        }
    }

    /// Gives a list items of at least a type, wherever it was made.
    pub(super) fn widen_items(&mut self, list: &Expr, item: &Type) {
        let kind = match &list.ty {
            Type::Record(record) => record.class.name.as_str(),
            _ => "list",
        };
        for (site, steps) in self.origins(list) {
            let mut item = item.clone();
            let mut kind = kind;
            for step in steps.iter().rev() {
                let held = super::records::of_form(kind, item);
                (kind, item) = match step {
                    Step::Item => ("list", held),
                    Step::Value => ("dict", Type::Tuple(vec![Type::None, held].into())),
                };
            }
            self.lists.expect(site, &item);
        }
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
                (Some(site), _) => self.lists.expect(site, &item),
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
            Bind::Var { var, .. } => Some((None, form_of(&self.type_of(*var))?)),
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
            self.lists.expect(*site, item);
        }
        self.runtime(value, node)
    }

    /// A list that something changes; `item` is the type of an item that it gets.
    pub(super) fn changed_list(&mut self, list: Val, item: Option<&Type>, node: &ast::Expr) -> Answer<Expr> {
        match list {
            Val::List(items, Some(site)) => {
                let items = items.into_iter().map(|item| self.shared_list(item, node)).collect::<Answer<Vec<_>>>()?;
                let first = item.cloned().unwrap_or(Type::None);
                match items.iter().try_fold(first, |ty, e| join_items(&ty, &e.ty)) {
                    Some(ty) => {
                        self.lists.expect(site, &ty);
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
}
