//! Lists: records on the heap, see [`nopython_types::list`].

use super::lower::{Lowering, Shared, collect_owners};
use super::place::{narrow, wide};
use super::value::{Value, plus, times};
use super::{Lowered, malformed};
use nopython_ir::Const;
use nopython_ir::loops::{self, Address, Block, BufferId, CallPlace, Expr, FuncId, LocalId, SiteId, Stmt, Ty};
use nopython_ir::ops::BinOp;
use nopython_ir::typed::{self, Place};
use nopython_types::list::{CAPACITY, COUNT, ITEMS, ItemLayout, RECORD};
use nopython_types::{DType, Exception, Site, Type};

/// The functions of a module that work on lists and records.
#[derive(Debug, Default)]
pub struct Helpers {
    /// Those that drop a reference to a value, by its type.
    pub(super) drops: Vec<(Type, FuncId)>,
    grows: Vec<(u32, FuncId)>,
}

/// Where the reference count of a block lies, before its address.
pub(super) const REFERENCES: i32 = -16;
/// Room for so many items is made at least.
const FEWEST: i64 = 4;

/// An offset in a record or an item.
pub(super) fn offset(bytes: u32) -> Expr {
    Expr::i32(i32::try_from(bytes).unwrap_or(i32::MAX))
}

/// An int32 of a record, read.
pub(super) fn field(buffer: BufferId, record: &Expr, at: u32) -> Expr {
    Expr::Load(Ty::Scalar(DType::Int32), Address::new(buffer, plus(record.clone(), offset(at))))
}

/// An int32 of a record, written.
fn set_field(buffer: BufferId, record: &Expr, at: u32, value: Expr) -> Stmt {
    Stmt::Store(Address::new(buffer, plus(record.clone(), offset(at))), value)
}

/// The parts of a value of a type that are owners, as positions in its flattened form, with the type of those that are lists or records.
pub(super) fn owner_parts(ty: &Type, first: &mut usize, found: &mut Vec<(usize, Option<Type>)>) {
    match ty {
        // Strings are arrays before they are lowered.
        Type::None | Type::Str => {}
        Type::Scalar(s) => *first += s.slot_count(),
        Type::Array(_) | Type::Structured(_) => {
            *first += ty.width();
            found.push((*first - 1, None));
        }
        Type::Tuple(items) => items.iter().for_each(|item| owner_parts(item, first, found)),
        Type::List(_) | Type::Record(_) => {
            found.push((*first, Some(ty.clone())));
            *first += 1;
        }
    }
}

/// Whether a block has one reference.
pub(super) fn is_last(buffer: BufferId, record: &Expr) -> Expr {
    let references = plus(record.clone(), Expr::i32(REFERENCES));
    Expr::Load(Ty::Scalar(DType::Int32), Address::new(buffer, references)).equals(Expr::i32(1))
}

impl Lowering<'_> {
    /// Remembers which locals of a value hold lists or records.
    pub fn note_lists(&mut self, value: &Value) {
        match value {
            Value::List(Expr::Local(record), item) => {
                self.lists.insert(*record, Type::list(item.clone()));
            }
            Value::Record(Expr::Local(address), record) => {
                self.lists.insert(*address, Type::Record(record.clone()));
            }
            Value::Tuple(items) => items.iter().for_each(|item| self.note_lists(item)),
            _ => {}
        }
    }

    /// The record of a list, in an expression that may be used many times, and the type of its items.
    fn list(&mut self, list: &typed::Expr) -> Lowered<(Expr, Type)> {
        match self.value(list)? {
            Value::List(record, item) => Ok((self.atom("list", DType::Int32, record), item)),
            other => malformed(format!("expected a list, found {other:?}")),
        }
    }

    /// A new list.
    pub fn new_list(&mut self, items: &[typed::Expr], item: &Type, place: Place) -> Lowered<Value> {
        let values = items.iter().map(|item| self.settled_value(item)).collect::<Lowered<Vec<_>>>()?;
        let record = self.list_block(Expr::i64(i64::from(RECORD)), place);
        let buffer = self.list_memory();
        let count = offset(u32::try_from(values.len()).unwrap_or(u32::MAX));
        let layout = ItemLayout::of(item);
        let data = if values.is_empty() || layout.size == 0 {
            Expr::i32(0)
        } else {
            let bytes = i64::from(layout.size).saturating_mul(i64::try_from(values.len()).unwrap_or(i64::MAX));
            self.list_block(Expr::i64(bytes), place).into()
        };
        for (k, value) in values.into_iter().enumerate() {
            self.keep_owners(&value);
            let first = layout.size.saturating_mul(u32::try_from(k).unwrap_or(u32::MAX));
            self.write_parts(&value, item, &layout.parts, &plus(data.clone(), offset(first)), buffer)?;
        }
        for (at, value) in [(COUNT, count.clone()), (CAPACITY, count), (ITEMS, data)] {
            self.emit(set_field(buffer, &record.into(), at, value));
        }
        self.lists.insert(record, Type::list(item.clone()));
        self.temporary(record);
        Ok(Value::List(record.into(), item.clone()))
    }

    fn list_block(&mut self, bytes: Expr, place: Place) -> LocalId {
        self.heap_block(bytes, "Unable to allocate a list", place)
    }

    /// A new block for a value of the heap.
    pub(super) fn heap_block(&mut self, bytes: Expr, message: &str, place: Place) -> LocalId {
        let owner = self.fresh("owner", DType::Int32);
        let site = self.site(Exception::Memory, message, place);
        self.emit(Stmt::Alloc { owner, bytes, site });
        owner
    }

    /// The number of items, as a Python int.
    pub fn list_length(&mut self, list: &typed::Expr) -> Lowered<Expr> {
        let (record, _) = self.list(list)?;
        let buffer = self.list_memory();
        let count = field(buffer, &record, COUNT);
        // A list that is dropped with the statement is read before that.
        let count = if self.has_temporaries() { self.spill("count", DType::Int32, count).into() } else { count };
        Ok(wide(&count))
    }

    /// The address of an item at an index that is checked, and the buffer it lies in.
    fn item_address(
        &mut self,
        record: &Expr,
        index: Expr,
        layout: &ItemLayout,
        message: &str,
        place: Place,
    ) -> (Expr, BufferId) {
        let buffer = self.list_memory();
        let count: Expr = self.spill("count", DType::Int32, field(buffer, record, COUNT)).into();
        let position = match index.as_const().and_then(Const::as_int) {
            Some(k) => {
                let from = if k < 0 { wide(&count) + Expr::i64(k) } else { Expr::i64(k) };
                self.atom("k", DType::Int64, from)
            }
            None => {
                let k = self.atom("k", DType::Int64, index);
                let below = k.clone().lt(Expr::i64(0));
                let from = below.select(k.clone() + wide(&count), k);
                self.spill("k", DType::Int64, from).into()
            }
        };
        let above = Expr::binary(BinOp::Ge, position.clone(), Expr::i64(0));
        self.check(above.and(position.clone().lt(wide(&count))), Exception::Index, message, Vec::new(), place);
        let step = times(narrow(position), offset(layout.size));
        let at = plus(field(buffer, record, ITEMS), step);
        (self.spill("item", DType::Int32, at).into(), buffer)
    }

    /// An item. What it refers to is kept to the end of the statement, in which the list may drop it.
    pub fn list_item(&mut self, list: &typed::Expr, index: &typed::Expr, place: Place) -> Lowered<Value> {
        let (record, item) = self.list(list)?;
        let index = self.scalar(index)?;
        let layout = ItemLayout::of(&item);
        let (at, buffer) = self.item_address(&record, index, &layout, "list index out of range", place);
        let keep = !self.is_kept(list);
        self.read_parts(&item, &layout.parts, &at, buffer, keep)
    }

    /// Whether what a list or a record holds lives as long as the function's variables do: nothing lets go of it.
    pub(super) fn is_kept(&self, holder: &typed::Expr) -> bool {
        let held = super::analysis::holder(holder);
        self.facts.still && held.is_some_and(|var| self.facts.borrowed.contains(&var))
    }

    /// A value whose parts lie at an address. What it refers to is kept to the end of the statement, if that is needed.
    pub(super) fn read_parts(
        &mut self,
        ty: &Type,
        layout: &[(DType, u32)],
        at: &Expr,
        buffer: BufferId,
        keep: bool,
    ) -> Lowered<Value> {
        let name = "item";
        let mut parts = Vec::with_capacity(layout.len());
        for (dtype, part) in layout {
            let from = Address::new(buffer, plus(at.clone(), offset(*part)));
            parts.push(self.spill(name, *dtype, Expr::Load(Ty::Scalar(*dtype), from)));
        }
        if !keep {
            return self.seen(ty, &parts, name);
        }
        let value = self.adopt(ty, &parts, name)?;
        let mut owners = Vec::new();
        collect_owners(&value, &mut owners);
        for owner in owners {
            self.emit(Stmt::Retain(owner));
        }
        Ok(value)
    }

    /// Stores a value in the place of another at an address, whose references are dropped afterwards.
    pub(super) fn replace_parts(
        &mut self,
        value: &Value,
        ty: &Type,
        layout: &[(DType, u32)],
        at: &Expr,
        buffer: BufferId,
    ) -> Lowered<()> {
        self.keep_owners(value);
        let mut old = Vec::new();
        owner_parts(ty, &mut 0, &mut old);
        let mut dropped = Vec::new();
        for (part, held) in old {
            let Some((dtype, from)) = layout.get(part) else { return malformed("no such part of a value") };
            let from = Address::new(buffer, plus(at.clone(), offset(*from)));
            let local = self.spill("old", *dtype, Expr::Load(Ty::Scalar(*dtype), from));
            if let Some(held) = held {
                self.lists.insert(local, held);
            }
            dropped.push(local);
        }
        self.write_parts(value, ty, layout, at, buffer)?;
        for owner in dropped {
            self.release(owner);
        }
        Ok(())
    }

    /// Writes a value whose references belong to what it is written to from then on.
    pub(super) fn write_parts(
        &mut self,
        value: &Value,
        ty: &Type,
        layout: &[(DType, u32)],
        at: &Expr,
        buffer: BufferId,
    ) -> Lowered<()> {
        for (part, (_, from)) in value.slots(ty)?.into_iter().zip(layout) {
            self.emit(Stmt::Store(Address::new(buffer, plus(at.clone(), offset(*from))), part));
        }
        Ok(())
    }

    /// `list[index] = value`
    pub fn list_store(
        &mut self,
        list: &typed::Expr,
        index: &typed::Expr,
        value: &typed::Expr,
        place: Place,
    ) -> Lowered<()> {
        let value = self.settled_value(value)?;
        let (record, item) = self.list(list)?;
        let index = self.scalar(index)?;
        let layout = ItemLayout::of(&item);
        let (at, buffer) = self.item_address(&record, index, &layout, "list assignment index out of range", place);
        self.replace_parts(&value, &item, &layout.parts, &at, buffer)
    }

    /// `list.append(value)`
    pub fn list_append(&mut self, list: &typed::Expr, value: &typed::Expr, place: Place) -> Lowered<()> {
        let (record, item) = self.list(list)?;
        let value = self.settled_value(value)?;
        let layout = ItemLayout::of(&item);
        let buffer = self.list_memory();
        self.keep_owners(&value);
        let count: Expr = self.spill("count", DType::Int32, field(buffer, &record, COUNT)).into();
        if layout.size > 0 {
            let full = count.clone().equals(field(buffer, &record, CAPACITY));
            let function = self.shared.grow(layout.size);
            let at = self.reported_at(place);
            let grow = Stmt::Call { function, args: vec![record.clone()], results: Vec::new(), at };
            self.emit(Stmt::If(full, vec![grow], Vec::new()));
        }
        let at = plus(field(buffer, &record, ITEMS), times(count.clone(), offset(layout.size)));
        let at: Expr = self.spill("item", DType::Int32, at).into();
        self.write_parts(&value, &item, &layout.parts, &at, buffer)?;
        self.emit(set_field(buffer, &record, COUNT, plus(count, Expr::i32(1))));
        Ok(())
    }

    /// Drops the items of a list from a number on.
    pub fn list_truncate(&mut self, list: &typed::Expr, length: &typed::Expr) -> Lowered<()> {
        let (record, item) = self.list(list)?;
        let length = self.scalar(length)?;
        let length: Expr = self.spill("length", DType::Int32, narrow(length)).into();
        let buffer = self.list_memory();
        if item.is_counted() {
            let count: Expr = self.spill("count", DType::Int32, field(buffer, &record, COUNT)).into();
            let body = self.shared.drop_items(&mut self.out, &record, &item, length.clone(), count, buffer);
            body.into_iter().for_each(|stmt| self.emit(stmt));
        }
        self.emit(set_field(buffer, &record, COUNT, length));
        Ok(())
    }

    /// Drops a reference to a list or a record.
    pub fn drop_value(&mut self, record: Expr, ty: &Type) {
        let function = self.shared.drop(ty);
        self.emit(Stmt::Call { function, args: vec![record], results: Vec::new(), at: CallPlace::default() });
    }
}

impl Shared {
    /// The function that drops a reference to a list or a record: the last one drops what it refers to and its blocks.
    pub(super) fn drop(&mut self, ty: &Type) -> FuncId {
        // That a record may be None makes no difference.
        let ty = &match ty {
            Type::Record(record) => Type::Record(record.or_none()),
            other => other.clone(),
        };
        if let Some((_, known)) = self.list_helpers.drops.iter().find(|(known, _)| known == ty) {
            return *known;
        }
        // A record may hold others of its class, so that the function is known before its body is made.
        let function = self.reserve_helper();
        self.list_helpers.drops.push((ty.clone(), function));
        let mut out = loops::Function { name: format!("$drop {ty}"), ..Default::default() };
        let value = out.scalar("value", DType::Int32);
        out.params.push(value);
        let buffer = out.buffers.push(loops::Buffer { name: "list".into(), distinct: false });
        out.body = match ty {
            Type::Record(record) => self.drop_record(&mut out, value, record, buffer),
            Type::List(item) => self.drop_list(&mut out, &value.into(), item, buffer),
            _ => Block::new(),
        };
        self.set_helper(function, out);
        function
    }

    fn drop_list(&mut self, out: &mut loops::Function, record: &Expr, item: &Type, buffer: BufferId) -> Block {
        let mut freed = Block::new();
        if item.is_counted() {
            let count = field(buffer, record, COUNT);
            freed.extend(self.drop_items(out, record, item, Expr::i32(0), count, buffer));
        }
        freed.push(Stmt::Release(field(buffer, record, ITEMS)));
        let body = vec![Stmt::If(is_last(buffer, record), freed, Vec::new()), Stmt::Release(record.clone())];
        vec![Stmt::If(record.clone().equals(Expr::i32(0)).not(), body, Vec::new())]
    }

    /// Drops the reference that an owner is; of a list or a record, of that type.
    pub(super) fn dropped(&mut self, owner: Expr, held: Option<&Type>) -> Stmt {
        match held {
            None => Stmt::Release(owner),
            Some(ty) => {
                let function = self.drop(ty);
                Stmt::Call { function, args: vec![owner], results: Vec::new(), at: CallPlace::default() }
            }
        }
    }

    /// Drops what the items of a list between two numbers refer to.
    fn drop_items(
        &mut self,
        out: &mut loops::Function,
        record: &Expr,
        item: &Type,
        from: Expr,
        to: Expr,
        buffer: BufferId,
    ) -> Block {
        let layout = ItemLayout::of(item);
        let mut owners = Vec::new();
        owner_parts(item, &mut 0, &mut owners);
        let k = out.scalar("k", DType::Int32);
        let at = out.scalar("item", DType::Int32);
        let address = plus(field(buffer, record, ITEMS), times(k.into(), offset(layout.size)));
        let mut body = vec![Stmt::Set(at, address)];
        for (part, held) in owners {
            let Some((_, first)) = layout.parts.get(part) else { continue };
            let from = Address::new(buffer, plus(at.into(), offset(*first)));
            let owner = Expr::Load(Ty::Scalar(DType::Int32), from);
            body.push(self.dropped(owner, held.as_ref()));
        }
        body.push(Stmt::Set(k, plus(k.into(), Expr::i32(1))));
        let last = out.scalar("last", DType::Int32);
        let label = out.label();
        let more = Expr::from(k).lt(last.into());
        vec![Stmt::Set(last, to), Stmt::Set(k, from), Stmt::While { label, test: more, body }]
    }

    /// The function that makes room for more items of a size, at least twice as many.
    fn grow(&mut self, size: u32) -> FuncId {
        if let Some((_, known)) = self.list_helpers.grows.iter().find(|(known, _)| *known == size) {
            return *known;
        }
        let mut out = loops::Function { name: format!("$grow {size}"), ..Default::default() };
        let record = out.scalar("list", DType::Int32);
        out.params.push(record);
        let buffer = out.buffers.push(loops::Buffer { name: "list".into(), distinct: false });
        let (record, items) = (Expr::from(record), out.scalar("items", DType::Int32));
        let (room, old) = (out.scalar("room", DType::Int64), out.scalar("old", DType::Int32));
        // In 64 bits, so that what is too large is found by the allocation.
        let twice = Expr::binary(BinOp::Mul, wide(&field(buffer, &record, CAPACITY)), Expr::i64(2));
        let site = Site {
            exception: Exception::Memory,
            message: "Unable to allocate a list".to_owned(),
            function: String::new(),
            line: 0,
            column: 0,
        };
        let site = SiteId::of(site, &mut self.sites);
        let bytes = Expr::binary(BinOp::Mul, room.into(), Expr::i64(i64::from(size)));
        let copied = times(field(buffer, &record, COUNT), offset(size));
        out.body = vec![
            Stmt::Set(room, Expr::binary(BinOp::Max, twice, Expr::i64(FEWEST))),
            Stmt::Alloc { owner: items, bytes, site },
            Stmt::Set(old, field(buffer, &record, ITEMS)),
            Stmt::Copy {
                to: Address::new(buffer, items.into()),
                from: Address::new(buffer, old.into()),
                bytes: copied,
            },
            set_field(buffer, &record, ITEMS, items.into()),
            set_field(buffer, &record, CAPACITY, narrow(room.into())),
            Stmt::Release(old.into()),
        ];
        let function = self.next_helper();
        self.list_helpers.grows.push((size, function));
        self.helper(out);
        function
    }
}
