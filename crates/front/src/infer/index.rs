//! Indexing: elements, views, and stores through them.

use super::body::Body;
use super::gather::{Found, Gather, with_memory};
use super::ops;
use super::share::Shared;
use super::{Answer, Stop};
use crate::value::{Static, Val};
use nopython_diagnostics::codes;
use nopython_ir::ops::BinOp;
use nopython_ir::typed::{Expr, ExprKind, Index, StmtKind};
use nopython_types::limits::SLOTS;
use nopython_types::{ArrayType, DType, Layout, Scalar, Type};
use ruff_python_ast as ast;

/// What is between the brackets of an array.
pub enum Indexing {
    /// Integers, slices and new axes.
    Basic(Vec<Index>),
    /// Arrays of integers or bools, alone or beside others.
    Gather(Gather),
}

impl Body<'_, '_> {
    /// `value[index]`
    pub fn subscript(&mut self, value: Val, index: &ast::Expr, node: &ast::Expr) -> Answer<Val> {
        if super::strings::is_text(&value) {
            return self.subscript_text(value, index, node);
        }
        let kind = if matches!(value, Val::List(..)) { "list" } else { "tuple" };
        if let Val::List(items, _) = &value
            && (!is_known_index(index, items.len()) || index.is_slice_expr() && items.iter().any(matters))
            && let Some(list) = self.table_or_list(items, index, node)?
        {
            return self.subscript_list(list, index, node);
        }
        let items = match value {
            Val::Tuple(items) | Val::List(items, _) => items,
            Val::Expr(e) => match &e.ty {
                Type::Tuple(types) => super::join::items(&e, types),
                Type::List(_) => return self.subscript_list(e, index, node),
                Type::Record(_) => return self.subscript_record(e, index, node),
                Type::Array(_) | Type::Structured(_) => {
                    if let Some(memory) = self.subscripted_field(&e, index, node)? {
                        return self.read_place(memory, node).map(Val::Expr);
                    }
                    return match self.index_entries(&e, index, false)? {
                        Indexing::Basic(entries) => self.index_array(e, entries, node).map(Val::Expr),
                        Indexing::Gather(gather) => self.subscript_gather(e, gather, node).map(Val::Expr),
                    };
                }
                other => {
                    return Err(Stop::error(self.error(
                        node,
                        codes::TYPE_MISMATCH,
                        format!("{other} cannot be indexed"),
                        format!("this is {other}"),
                    )));
                }
            },
            Val::Static(Static::Keywords(pairs)) => return self.keyword_item(&pairs, index, node),
            Val::Static(Static::RecordType(record)) => return self.record_type_item(&record, index, node),
            Val::Static(Static::ScalarType(_)) => {
                let (program, types) = (self.infer.program, &self.infer.types);
                let reader = crate::signature::Reader { program, types, at: None };
                return Ok(Val::Static(Static::Type(reader.ty(node)?)));
            }
            other => {
                return Err(Stop::error(self.error(
                    node,
                    codes::TYPE_MISMATCH,
                    format!("{} cannot be indexed", other.describe()),
                    "indexed here",
                )));
            }
        };
        self.tuple_item(kind, items, index, node)
    }

    fn tuple_item(&mut self, kind: &str, items: Vec<Val>, index: &ast::Expr, node: &ast::Expr) -> Answer<Val> {
        let count = i64::try_from(items.len()).unwrap_or(i64::MAX);
        let index_value = match index {
            ast::Expr::Slice(s) => Val::Static(Static::Slice(Box::new(self.slice_value(s)?))),
            index => self.expr(index)?,
        };
        if let Val::Static(Static::Slice(bounds)) = index_value {
            let bound = |value: &Val, default: i64| match value {
                Val::Static(Static::None) => Ok(default),
                value => {
                    let value = self.runtime(value.clone(), index)?;
                    let value = ops::as_int(&value).ok_or_else(|| self.not_constant_index(index))?;
                    Ok(if value < 0 { (value + count).max(0) } else { value.min(count) })
                }
            };
            let [lower, upper, step] = &*bounds;
            let (start, stop) = (bound(lower, 0)?, bound(upper, count)?);
            if *step != Val::NONE {
                return Err(self.unsupported(node, "a step in a slice of a tuple", "take the items one by one"));
            }
            // What is left out is evaluated too.
            let items = match items.iter().any(matters) {
                true => items.into_iter().map(|item| self.settle(item)).collect(),
                false => items,
            };
            let keep = |k: usize| i64::try_from(k).is_ok_and(|k| k >= start && k < stop);
            let kept = items.into_iter().enumerate().filter(|(k, _)| keep(*k)).map(|(_, item)| item).collect();
            return if kind == "list" { self.display(kept, node) } else { Ok(Val::Tuple(kept)) };
        }
        let at = self.runtime(index_value, index)?;
        if !matches!(at.ty, Type::Scalar(s) if !s.dtype.is_float() && !s.dtype.is_complex()) {
            let message = format!("the index of a tuple or list is an integer or a slice, not {}", at.ty);
            let diagnostic = self.error(index, codes::TYPE_MISMATCH, message, format!("this is {}", at.ty));
            return Err(Stop::error(
                diagnostic.hint("if this is the next row of a list, a comma is missing before it"),
            ));
        }
        let Some(at) = ops::as_int(&at) else { return self.runtime_tuple_item(kind, items, at, node) };
        let k = if at < 0 { at + count } else { at };
        let mut shared = Shared::default();
        let items = self.all_evaluated(items, k, &mut shared);
        match usize::try_from(k).ok().and_then(|k| items.into_iter().nth(k)) {
            Some(item) if shared.is_empty() => Ok(item),
            Some(item) => Ok(Val::Expr(shared.around(self.runtime(item, node)?))),
            None => Err(Stop::error(self.error(
                node,
                codes::TYPE_MISMATCH,
                format!("{kind} index out of range"),
                format!("the {kind} has {}", super::counted(usize::try_from(count).unwrap_or(usize::MAX), "item")),
            ))),
        }
    }

    /// The items of a display of which one is read: others that raise, or call a function, are evaluated all the same.
    fn all_evaluated(&mut self, items: Vec<Val>, read: i64, shared: &mut Shared) -> Vec<Val> {
        let others = items.iter().enumerate().filter(|(k, _)| i64::try_from(*k) != Ok(read));
        if !others.map(|(_, item)| item).any(matters) {
            return items;
        }
        items.into_iter().map(|item| self.shared_items(shared, item)).collect()
    }

    /// An item of a tuple or list at an index known only at run time: read from a table if all items are constants, otherwise one of a few
    /// numbers of one type.
    fn runtime_tuple_item(&mut self, kind: &str, items: Vec<Val>, at: Expr, node: &ast::Expr) -> Answer<Val> {
        let place = self.place_of(node);
        let at = ops::cast_scalar(at, Scalar::INT);
        if !items.iter().all(is_number)
            && let Some(item) = self.chosen_at(kind, items.clone(), at.clone(), node)?
        {
            return Ok(item);
        }
        let count = i64::try_from(items.len()).unwrap_or(i64::MAX);
        let var = self.temporary("at", &at.ty);
        let index = self.read(var, place);
        let value = match self.item_of_table(&items, &index)? {
            Some(value) => value,
            None => self.one_of(items, &index, node)?,
        };
        let in_range = self.arithmetic(
            BinOp::And,
            ops::binary(BinOp::Ge, index.clone(), ops::int(-count, place), true, place),
            ops::binary(BinOp::Lt, index, ops::int(count, place), true, place),
            false,
            node,
        )?;
        let value =
            ops::checked(in_range, nopython_types::Exception::Index, &format!("{kind} index out of range"), value);
        let ty = value.ty.clone();
        Ok(Val::Expr(Expr { kind: ExprKind::Let(var, Box::new(at), Box::new(value)), ty, place }))
    }

    /// The item at an index in range of constants of one type, or of rows of such: each column is a table.
    fn item_of_table(&mut self, items: &[Val], index: &Expr) -> Answer<Option<Expr>> {
        let place = index.place;
        if items.iter().all(super::strings::is_text) {
            let texts = items.iter().map(|item| self.runtime(item.clone(), ruff_text_size::TextRange::default()));
            let texts = texts.collect::<Answer<Vec<_>>>()?;
            let list = Expr { kind: ExprKind::List(texts), ty: Type::list(Type::Str), place };
            return Ok(Some(Expr { place, ..self.list_item(list, index.clone()) }));
        }
        match items.first() {
            Some(Val::Tuple(first) | Val::List(first, _)) if first.len() <= SLOTS => {
                let mut columns = vec![Vec::with_capacity(items.len()); first.len()];
                for item in items {
                    match item {
                        Val::Tuple(row) | Val::List(row, _) if row.len() == columns.len() => {
                            columns.iter_mut().zip(row).for_each(|(column, item)| column.push(item.clone()));
                        }
                        _ => return Ok(None),
                    }
                }
                let values = columns.iter().map(|column| self.item_of_table(column, index));
                let values: Option<Vec<Expr>> = values.collect::<Answer<_>>()?;
                Ok(values
                    .and_then(|values| ops::tuple_expr(&values.into_iter().map(Val::Expr).collect::<Vec<_>>(), place)))
            }
            Some(Val::Expr(first)) => {
                let Type::Scalar(scalar) = first.ty else { return Ok(None) };
                let constants = items.iter().map(|item| match item {
                    Val::Expr(e) if e.ty == first.ty => ops::as_const(e),
                    _ => None,
                });
                let Some(constants) = constants.collect::<Option<Vec<_>>>() else { return Ok(None) };
                let array = self.infer.table(scalar.dtype, &constants, place)?;
                let kind = ExprKind::Item { array: Box::new(array), index: vec![index.clone()] };
                let item = Expr { kind, ty: Type::Scalar(Scalar::strong(scalar.dtype)), place };
                Ok(Some(ops::cast_scalar(item, scalar)))
            }
            _ => Ok(None),
        }
    }

    /// One of a few numbers of one type: a chain of choices.
    fn one_of(&mut self, items: Vec<Val>, index: &Expr, node: &ast::Expr) -> Answer<Expr> {
        let place = index.place;
        let exprs = items.into_iter().map(|item| self.runtime(item, node)).collect::<Answer<Vec<_>>>()?;
        let uniform =
            exprs.iter().all(|e| matches!(e.ty, Type::Scalar(_)) && exprs.first().is_some_and(|f| f.ty == e.ty));
        if !uniform || exprs.len() > 8 {
            return self.listed_item(exprs, index).ok_or_else(|| self.not_constant_index(node));
        }
        let count = i64::try_from(exprs.len()).unwrap_or(i64::MAX);
        let mut result: Option<Expr> = None;
        for (k, e) in exprs.into_iter().enumerate() {
            let k = i64::try_from(k).unwrap_or(0);
            let is = |v: i64| ops::binary(BinOp::Eq, index.clone(), ops::int(v, place), true, place);
            let test = self.arithmetic(BinOp::Or, is(k), is(k - count), false, node)?;
            result = Some(match result {
                None => e,
                Some(rest) => self.choice(test, e, rest, node)?,
            });
        }
        result.ok_or_else(|| self.not_constant_index(node))
    }

    fn not_constant_index(&self, node: &ast::Expr) -> Stop {
        Stop::error(
            self.error(node, codes::NOT_CONSTANT, "the index of a tuple must be known while compiling", "this index")
                .hint("unpack the tuple into variables, or put its items in an array"),
        )
    }

    /// The entries of an index of an array, one per axis plus new axes. With `hold`, run-time parts are evaluated now so that the
    /// index may be used twice.
    pub fn index_entries(&mut self, array: &Expr, index: &ast::Expr, hold: bool) -> Answer<Indexing> {
        let Some(ndim) = super::structured::rank(&array.ty) else {
            return Err(Stop::error(self.error(
                index,
                codes::TYPE_MISMATCH,
                format!("{} cannot be indexed", array.ty),
                format!("indexing {}", array.ty),
            )));
        };
        let parts: Vec<&ast::Expr> = match index {
            ast::Expr::Tuple(t) => t.elts.iter().collect(),
            one => vec![one],
        };
        let alone = parts.len() == 1;
        let mut entries = Vec::new();
        let mut ellipsis = None;
        let mut found: Vec<Found> = Vec::new();
        for part in parts {
            if let ast::Expr::Slice(s) = part {
                let mut bound =
                    |e: &Option<Box<ast::Expr>>| e.as_deref().map(|e| self.slice_bound(e, hold)).transpose();
                let (start, stop, step) = (bound(&s.lower)?, bound(&s.upper)?, bound(&s.step)?);
                entries.push(Index::Slice { start: start.flatten(), stop: stop.flatten(), step: step.flatten() });
                continue;
            }
            let value = self.expr(part)?;
            // A tuple as the whole index is an index of each axis, and in one it is an array.
            let items = match self.taken_apart(value) {
                Val::Tuple(items) if alone => items,
                value => vec![value],
            };
            let alone = alone && items.len() == 1;
            for value in items {
                match value {
                    Val::Static(Static::None) => entries.push(Index::NewAxis),
                    Val::Static(Static::Slice(bounds)) => {
                        let [start, stop, step] = bounds.map(|bound| match bound {
                            Val::Static(Static::None) => Ok(None),
                            bound => {
                                let bound = self.runtime(bound, part)?;
                                self.index_scalar(bound, part, hold).map(Some)
                            }
                        });
                        entries.push(Index::Slice { start: start?, stop: stop?, step: step? });
                    }
                    Val::Static(Static::Ellipsis) if ellipsis.is_none() => ellipsis = Some(entries.len()),
                    value => {
                        let e = self.sequence_as_array(value, part)?;
                        if matches!(e.ty, Type::Array(a) if a.ndim > 0) {
                            let at = self.gather_index(e, part, hold)?;
                            if alone {
                                return Ok(Indexing::Gather(Gather::alone(at)));
                            }
                            found.push((entries.len(), at));
                            entries.push(Index::Slice { start: None, stop: None, step: None });
                            continue;
                        }
                        let e = self.index_scalar(e, part, hold)?;
                        entries.push(Index::At(e));
                    }
                }
            }
        }
        let used = entries.iter().filter(|e| !matches!(e, Index::NewAxis)).count();
        let Some(missing) = usize::from(ndim).checked_sub(used) else {
            return Err(Stop::error(
                self.error(
                    index,
                    codes::WRONG_RANK,
                    format!("too many indices for array: array is {ndim}-dimensional, but {used} were indexed"),
                    format!("indexing {}", array.ty),
                )
                .hint("remove indices, or check the rank in the signature: float64[:, :] has two dimensions"),
            ));
        };
        let at = ellipsis.unwrap_or(entries.len());
        let full = std::iter::repeat_n(Index::Slice { start: None, stop: None, step: None }, missing);
        entries.splice(at..at, full);
        if found.is_empty() {
            return Ok(Indexing::Basic(entries));
        }
        for (position, _) in found.iter_mut().filter(|(position, _)| *position >= at) {
            *position += missing;
        }
        self.gather_beside(entries, found, index)
    }

    /// `start:stop:step`
    fn slice_value(&mut self, s: &ast::ExprSlice) -> Answer<[Val; 3]> {
        let mut bound = |e: &Option<Box<ast::Expr>>| e.as_deref().map_or(Ok(Val::NONE), |e| self.expr(e));
        Ok([bound(&s.lower)?, bound(&s.upper)?, bound(&s.step)?])
    }

    fn slice_bound(&mut self, e: &ast::Expr, hold: bool) -> Answer<Option<Expr>> {
        match self.expr(e)? {
            Val::Static(Static::None) => Ok(None),
            value => {
                let value = self.runtime(value, e)?;
                self.index_scalar(value, e, hold).map(Some)
            }
        }
    }

    /// An index as an int.
    fn index_scalar(&mut self, e: Expr, node: &ast::Expr, hold: bool) -> Answer<Expr> {
        let place = e.place;
        match &e.ty {
            Type::Scalar(s) if s.dtype == DType::Bool => Err(Stop::error(
                self.error(
                    node,
                    codes::TYPE_MISMATCH,
                    "a bool as an index adds an axis in NumPy",
                    format!("this is {s}"),
                )
                .hint("convert with int(...) to index by 0 or 1"),
            )),
            Type::Scalar(s) if s.dtype.is_int() => {
                let e = ops::cast_scalar(e, Scalar::INT);
                if hold && ops::as_const(&e).is_none() {
                    let var = self.temporary("index", &e.ty);
                    self.emit(StmtKind::Assign(var, e), place);
                    return Ok(self.read(var, place));
                }
                Ok(e)
            }
            Type::Array(_) => {
                Err(self.unsupported(node, "an array without dimensions as index", "take its value: int(index[()])"))
            }
            other => Err(Stop::error(
                self.error(
                    node,
                    codes::TYPE_MISMATCH,
                    "only integers, slices, ellipsis and newaxis are valid indices",
                    format!("this is {other}"),
                )
                .hint(match other {
                    Type::Scalar(_) => "convert with int(...)",
                    _ => "index with integers, slices or arrays of integers: a[i, j]",
                }),
            )),
        }
    }

    /// An element or a view.
    pub fn index_array(&self, array: Expr, mut entries: Vec<Index>, node: &ast::Expr) -> Answer<Expr> {
        let place = self.place_of(node);
        if let Type::Structured(own) = &array.ty {
            let (record, ndim) = (std::sync::Arc::clone(&own.record), own.ndim);
            let used = entries.iter().filter(|e| !matches!(e, Index::NewAxis)).count();
            entries.extend((used..=usize::from(ndim)).map(|_| super::structured::WHOLE));
            return Ok(super::structured::records(
                self.viewed(super::structured::units(array), entries, node),
                &record,
            ));
        }
        let Type::Array(ty) = array.ty else {
            return Err(Stop::error(self.error(
                node,
                codes::TYPE_MISMATCH,
                format!("{} cannot be indexed", array.ty),
                "indexed here",
            )));
        };
        let used = entries.iter().filter(|e| !matches!(e, Index::NewAxis)).count();
        for _ in used..usize::from(ty.ndim) {
            entries.push(Index::Slice { start: None, stop: None, step: None });
        }
        if let Some(folded) = folded_index(&array, &entries) {
            let ExprKind::View { array: inner, .. } = array.kind else { return Ok(array) };
            return self.index_array(*inner, folded, node);
        }
        let all_integers = entries.iter().all(|e| matches!(e, Index::At(_)));
        if all_integers {
            let index = entries.into_iter().filter_map(|e| if let Index::At(e) = e { Some(e) } else { None }).collect();
            let kind = ExprKind::Item { array: Box::new(array), index };
            return Ok(Expr { kind, ty: Type::Scalar(Scalar::strong(ty.dtype)), place });
        }
        Ok(self.viewed(array, entries, node))
    }

    /// The memory that an index of all axes of an array, or of records, is: one of no dimensions where integers alone index it.
    pub(super) fn viewed(&self, array: Expr, mut entries: Vec<Index>, node: &ast::Expr) -> Expr {
        if let Type::Structured(own) = &array.ty {
            let record = std::sync::Arc::clone(&own.record);
            entries.push(super::structured::WHOLE);
            return super::structured::records(self.viewed(super::structured::units(array), entries, node), &record);
        }
        let Type::Array(ty) = array.ty else { return array };
        let ndim = entries.iter().filter(|e| !matches!(e, Index::At(_))).count();
        let ndim = u8::try_from(ndim).unwrap_or(u8::MAX);
        let view = Type::Array(ArrayType { dtype: ty.dtype, ndim, layout: view_layout(ty.layout, &entries) });
        let place = self.place_of(node);
        Expr { kind: ExprKind::View { array: Box::new(array), index: entries }, ty: view, place }
    }

    /// `array[index] = value`
    pub fn store(&mut self, array: Val, index: &ast::Expr, value: Val, node: &ast::Expr) -> Answer<()> {
        if super::strings::is_text(&array) {
            let message = "'str' object does not support item assignment";
            let diagnostic = self.error(node, codes::TYPE_MISMATCH, message, "strings do not change");
            return Err(Stop::error(diagnostic.hint("make another one: s[:k] + c + s[k + 1:]")));
        }
        let array = self.runtime(array, node)?;
        if let Some(memory) = self.subscripted_field(&array, index, node)? {
            return self.store_place(memory, value, node);
        }
        let indexing = self.index_entries(&array, index, false)?;
        if super::structured::is_records(&array.ty) {
            return match indexing {
                Indexing::Basic(entries) => {
                    let target = self.index_array(array, entries, node)?;
                    self.store_records(target, value, node)
                }
                Indexing::Gather(gather) => {
                    let value = self.runtime(value, node)?;
                    self.scatter(array, gather, value, node)
                }
            };
        }
        let value = self.sequence_as_array(value, node)?;
        match indexing {
            Indexing::Basic(entries) => self.store_element(array, entries, value, node),
            Indexing::Gather(gather) => self.scatter(array, gather, value, node),
        }
    }

    /// Writes to an element or a view.
    pub fn store_element(&mut self, array: Expr, entries: Vec<Index>, value: Expr, node: &ast::Expr) -> Answer<()> {
        let place = self.place_of(node);
        if super::structured::is_records(&array.ty) {
            let target = self.index_array(array, entries, node)?;
            return self.store_records(target, Val::Expr(value), node);
        }
        let Type::Array(ty) = array.ty else {
            return Err(Stop::error(self.error(
                node,
                codes::TYPE_MISMATCH,
                format!("{} has no items to assign", array.ty),
                "assigned here",
            )));
        };
        if let Some(folded) = folded_index(&array, &entries)
            && let ExprKind::View { array: inner, .. } = array.kind
        {
            return self.store_element(*inner, folded, value, node);
        }
        if entries.iter().any(|e| !matches!(e, Index::At(_))) {
            let target = self.index_array(array, entries, node)?;
            return self.store_view(target, value, node);
        }
        if !matches!(value.ty, Type::Scalar(_)) {
            return Err(Stop::error(
                self.error(
                    node,
                    codes::TYPE_MISMATCH,
                    format!("setting an element of {ty} with {}", value.ty),
                    "one element",
                )
                .hint("assign to a slice to write several elements: a[i, :] = row"),
            ));
        }
        let value = self.stored(value, ty.dtype);
        let index = entries.into_iter().filter_map(|e| if let Index::At(e) = e { Some(e) } else { None }).collect();
        self.emit(StmtKind::StoreItem { array: with_memory(array), index, value }, place);
        Ok(())
    }

    /// Writes to all elements of a view, broadcasting.
    pub fn store_view(&mut self, target: Expr, value: Expr, node: &ast::Expr) -> Answer<()> {
        let place = self.place_of(node);
        if super::structured::is_records(&target.ty) {
            return self.store_records(target, Val::Expr(value), node);
        }
        let (Some(to), Some(from)) = (ops::Shape::of(&target.ty), ops::Shape::of(&value.ty)) else {
            return Err(Stop::error(self.error(
                node,
                codes::TYPE_MISMATCH,
                format!("cannot assign {} to elements", value.ty),
                "assigned here",
            )));
        };
        if from.ndim > to.ndim {
            return Err(Stop::error(
                self.error(
                    node,
                    codes::WRONG_RANK,
                    format!("could not broadcast {} into {}", value.ty, target.ty),
                    "the value has more dimensions",
                )
                .hint("index or reduce the value first, or make an array of its rank"),
            ));
        }
        let value = self.stored(value, to.scalar.dtype);
        self.emit(StmtKind::StoreView { target: with_memory(target), value }, place);
        Ok(())
    }
}

/// An index that errors name as one of an axis.
pub fn of_axis(index: Expr, axis: usize) -> Expr {
    if matches!(index.kind, ExprKind::OfAxis(..)) {
        return index;
    }
    let (ty, place) = (index.ty.clone(), index.place);
    Expr { kind: ExprKind::OfAxis(Box::new(index), u8::try_from(axis).unwrap_or(u8::MAX)), ty, place }
}

/// The index that does in one step what `array`, a view that fixes some axes and keeps the others whole, and `entries` do in two.
fn folded_index(array: &Expr, entries: &[Index]) -> Option<Vec<Index>> {
    let ExprKind::View { index, .. } = &array.kind else { return None };
    let mut rest = entries.iter();
    let mut folded = Vec::with_capacity(index.len());
    for outer in index {
        match outer {
            Index::At(_) => folded.push(outer.clone()),
            Index::Slice { start: None, stop: None, step: None } => match rest.next()? {
                Index::At(e) => folded.push(Index::At(of_axis(e.clone(), entries.len() - rest.len() - 1))),
                entry => folded.push(entry.clone()),
            },
            Index::Slice { .. } | Index::NewAxis => return None,
        }
    }
    let integers_only = entries.iter().all(|entry| matches!(entry, Index::At(_)));
    (integers_only && rest.next().is_none()).then_some(folded)
}

/// A view of a C-contiguous array is C-contiguous when whole trailing axes are kept after integers and at most one slice of step 1.
fn view_layout(layout: Layout, entries: &[Index]) -> Layout {
    if layout != Layout::C {
        return Layout::Any;
    }
    let rest = entries.iter().skip_while(|e| matches!(e, Index::At(_)));
    let mut rest = rest.skip_while({
        let mut first = true;
        move |e| {
            std::mem::take(&mut first)
                && matches!(e, Index::Slice { step, .. } if step.as_ref().is_none_or(|s| ops::as_int(s) == Some(1)))
        }
    });
    let whole = |e: &Index| matches!(e, Index::Slice { start: None, stop: None, step: None });
    if rest.all(whole) { Layout::C } else { Layout::Any }
}

/// Whether an item, or a slice of so many items, is known while compiling.
fn is_known_index(index: &ast::Expr, count: usize) -> bool {
    let literal = |e: &ast::Expr| match e {
        ast::Expr::NumberLiteral(n) => n.value.as_int().and_then(|n| n.as_i64()),
        ast::Expr::UnaryOp(u) if u.op == ast::UnaryOp::USub => match &*u.operand {
            ast::Expr::NumberLiteral(n) => n.value.as_int().and_then(|n| n.as_i64()).map(|n| -n),
            _ => None,
        },
        _ => None,
    };
    let bound = |e: &Option<Box<ast::Expr>>| e.as_ref().is_none_or(|e| literal(e).is_some());
    match index {
        ast::Expr::Slice(s) => s.step.is_none() && bound(&s.lower) && bound(&s.upper),
        index => {
            let count = i64::try_from(count).unwrap_or(i64::MAX);
            literal(index).is_some_and(|k| (-count..count).contains(&k))
        }
    }
}

/// Whether an item of a display has to be evaluated even if it is not read: it calls a function, or may raise.
pub(super) fn matters(item: &Val) -> bool {
    let (mut parts, mut called) = (Vec::new(), Vec::new());
    item.parts(&mut parts);
    parts.iter().for_each(|e| super::expand::calls(e, &mut called));
    !called.is_empty() || parts.iter().any(|e| e.may_raise())
}

/// Whether a value is a number or, as a row of a table, a tuple of numbers.
fn is_number(value: &Val) -> bool {
    match value {
        Val::Expr(e) => matches!(e.ty, Type::Scalar(_)),
        Val::Tuple(items) | Val::List(items, _) => items.iter().all(is_number),
        Val::Static(_) => super::strings::is_text(value),
    }
}
