//! Records: instances of classes on the heap, see [`nopython_types::record`].

use super::lists::{is_last, offset, owner_parts};
use super::lower::{Lowering, Shared};
use super::value::{Value, plus};
use super::{Lowered, malformed};
use nopython_ir::Const;
use nopython_ir::loops::{self, Address, Block, BufferId, Expr, LocalId, Stmt, Ty};
use nopython_ir::typed::{self, Place};
use nopython_types::list::ItemLayout;
use nopython_types::{Class, DType, Exception, Record, Type};

/// Where the parts of a field lie, and its type.
fn place_of_field(class: &Class, field: usize) -> Lowered<(Type, Vec<(DType, u32)>)> {
    let Some((_, ty)) = class.fields().get(field) else { return malformed("no such field") };
    let layout = ItemLayout::of(&class.as_tuple());
    let before: usize = class.fields().iter().take(field).map(|(_, ty)| ty.slots().len()).sum();
    let parts = layout.parts.into_iter().skip(before).take(ty.slots().len()).collect();
    Ok((ty.clone(), parts))
}

impl Lowering<'_> {
    /// The address of a record, in an expression that may be used many times, and its type.
    fn record(&mut self, e: &typed::Expr) -> Lowered<(Expr, Record)> {
        match self.value(e)? {
            Value::Record(address, record) => Ok((self.atom("record", DType::Int32, address), record)),
            other => malformed(format!("expected a record, found {other:?}")),
        }
    }

    /// A new record.
    pub fn new_record(&mut self, fields: &[typed::Expr], record: &Record, place: Place) -> Lowered<Value> {
        let values = fields.iter().map(|field| self.settled_value(field)).collect::<Lowered<Vec<_>>>()?;
        let all = record.class.as_tuple();
        let layout = ItemLayout::of(&all);
        let bytes = Expr::i64(i64::from(layout.size.max(1)));
        let block = self.heap_block(bytes, &format!("Unable to allocate a {}", record.class.name), place);
        let buffer = self.list_memory();
        if values.is_empty() {
            for (dtype, at) in &layout.parts {
                let to = Address::new(buffer, plus(block.into(), offset(*at)));
                self.emit(Stmt::Store(to, Expr::Const(Const::zero(*dtype))));
            }
        } else {
            let value = Value::Tuple(values);
            self.keep_owners(&value);
            self.write_parts(&value, &all, &layout.parts, &block.into(), buffer)?;
        }
        let own = Record { optional: false, ..record.clone() };
        self.lists.insert(block, Type::Record(own.clone()));
        self.temporary(block);
        Ok(Value::Record(block.into(), own))
    }

    /// A field. What it refers to is kept to the end of the statement, in which the record may drop it.
    pub fn field(&mut self, record: &typed::Expr, field: usize, place: Place) -> Lowered<Value> {
        let (address, own) = self.record(record)?;
        let (ty, parts) = place_of_field(&own.class, field)?;
        let buffer = self.list_memory();
        let keep = !self.is_kept(record);
        let value = self.read_parts(&ty, &parts, &address, buffer, keep)?;
        let must_be_set = match &ty {
            Type::List(_) => true,
            Type::Record(record) => !record.optional,
            _ => false,
        };
        if must_be_set
            && !own.class.complete
            && let Value::List(address, _) | Value::Record(address, _) = &value
        {
            let name = own.class.fields().get(field).map_or("", |(name, _)| name.as_str());
            let message = format!("'{}' object has no attribute '{name}'", own.class.name);
            let is_set = address.clone().equals(Expr::i32(0)).not();
            self.check(is_set, Exception::Attribute, &message, Vec::new(), place);
        }
        Ok(value)
    }

    /// `record.field = value`
    pub fn field_store(&mut self, record: &typed::Expr, field: usize, value: &typed::Expr) -> Lowered<()> {
        let value = self.settled_value(value)?;
        let (address, own) = self.record(record)?;
        let (ty, parts) = place_of_field(&own.class, field)?;
        let buffer = self.list_memory();
        self.replace_parts(&value, &ty, &parts, &address, buffer)
    }

    /// Whether two records are one object.
    pub fn same(&mut self, a: &typed::Expr, b: &typed::Expr) -> Lowered<Expr> {
        let (a, _) = self.record(a)?;
        let (b, _) = self.record(b)?;
        Ok(a.equals(b))
    }

    /// A record that is not `None`.
    pub fn not_none(&mut self, e: &typed::Expr, own: &Record, attribute: &str, place: Place) -> Lowered<Value> {
        let (address, _) = self.record(e)?;
        let message = format!("'NoneType' object has no attribute '{attribute}'");
        let is_set = address.clone().equals(Expr::i32(0)).not();
        self.check(is_set, Exception::Attribute, &message, Vec::new(), place);
        Ok(Value::Record(address, own.clone()))
    }
}

impl Shared {
    /// What drops a reference to a record: the last one drops what its fields refer to. The last field that refers to another record of the class
    /// is the next one to drop, in a loop, so that a chain takes no stack.
    pub(super) fn drop_record(
        &mut self,
        out: &mut loops::Function,
        value: LocalId,
        record: &Record,
        buffer: BufferId,
    ) -> Block {
        let all = record.class.as_tuple();
        let layout = ItemLayout::of(&all);
        let mut owners = Vec::new();
        owner_parts(&all, &mut 0, &mut owners);
        let is_own = |held: &Option<Type>| matches!(held, Some(Type::Record(other)) if other.class == record.class);
        let chained = owners.iter().rposition(|(_, held)| is_own(held));
        let load = |part: usize| {
            let at = layout.parts.get(part).map_or(0, |(_, at)| *at);
            Expr::Load(Ty::Scalar(DType::Int32), Address::new(buffer, plus(value.into(), offset(at))))
        };
        let next = out.scalar("next", DType::Int32);
        let mut freed = Block::new();
        for (k, (part, held)) in owners.iter().enumerate() {
            freed.push(match held {
                _ if Some(k) == chained => Stmt::Set(next, load(*part)),
                held => self.dropped(load(*part), held.as_ref()),
            });
        }
        let body = vec![
            Stmt::Set(next, Expr::i32(0)),
            Stmt::If(is_last(buffer, &value.into()), freed, Vec::new()),
            Stmt::Release(value.into()),
            Stmt::Set(value, next.into()),
        ];
        let label = out.label();
        vec![Stmt::While { label, test: Expr::from(value).equals(Expr::i32(0)).not(), body }]
    }
}
