//! Lists in the memory of an instance, see [`nopython_types::list`].
//!
//! The host makes the records and the blocks of items of the lists that it passes, and reads lists where they lie. Compiled code may replace the
//! items of such a list, drop lists in it, and put its own there. So that nothing is freed twice, the host keeps the blocks
//! that it has made by a count of its own ([`Lent`]), reads what it wants when the call has ended, lets `$unwind` free all that compiled code has made, and
//! frees its own blocks at last, whatever their counts are.

use crate::failure::Failure;
use crate::value::Value;
use crate::{Instance, Val};
use nopython_types::list::{CAPACITY, COUNT, ITEMS, ItemLayout, RECORD};
use nopython_types::{DType, Slot, Type};

/// Where the reference count of a block lies, before its address.
const REFERENCES: u32 = 16;
/// A count that compiled code does not bring down to 0.
const KEPT: i32 = 1 << 30;

/// The blocks that the host has made for the lists of a call.
#[derive(Debug, Default)]
pub struct Lent {
    blocks: Vec<i32>,
}

fn at(address: i32, offset: u32) -> usize {
    address.cast_unsigned().wrapping_add(offset) as usize
}

impl Instance {
    /// A block for a list, which compiled code does not free. `export` is the function that a `MemoryError` names.
    ///
    /// # Errors
    /// `MemoryError`.
    pub fn lend(&mut self, lent: &mut Lent, bytes: usize, export: usize) -> Result<i32, Failure> {
        let address = self.allocate(bytes, export)?;
        lent.blocks.push(address);
        self.set_references(address, KEPT);
        Ok(address)
    }

    fn set_references(&mut self, address: i32, count: i32) {
        self.write(at(address, 0) - REFERENCES as usize, &count.to_le_bytes());
    }

    /// After a call with lists: frees what compiled code has made, and the blocks that the host has made.
    ///
    /// # Errors
    /// [`Failure::Engine`] when the engine fails.
    pub fn take_back(&mut self, lent: Lent) -> Result<(), Failure> {
        self.unwind()?;
        for address in lent.blocks {
            self.set_references(address, 1);
            self.release(address)?;
        }
        Ok(())
    }

    /// A record for a list of so many items; gives the addresses of the record and of the items.
    ///
    /// # Errors
    /// `MemoryError`.
    pub fn lend_list(
        &mut self,
        lent: &mut Lent,
        item: &Type,
        count: usize,
        export: usize,
    ) -> Result<(i32, i32), Failure> {
        let record = self.lend(lent, RECORD as usize, export)?;
        let bytes = (ItemLayout::of(item).size as usize).saturating_mul(count);
        let items = if bytes == 0 { 0 } else { self.lend(lent, bytes, export)? };
        let count = i32::try_from(count).unwrap_or(i32::MAX);
        for (offset, value) in [(COUNT, count), (CAPACITY, count), (ITEMS, items)] {
            self.write(at(record, offset), &value.to_le_bytes());
        }
        Ok((record, items))
    }

    /// Writes the flattened form of item `k`.
    pub fn write_item(&mut self, layout: &ItemLayout, items: i32, k: usize, parts: &[Val]) {
        for ((dtype, offset), value) in layout.parts.iter().zip(parts) {
            let bytes = match value {
                Val::I32(v) => i64::from(*v).to_le_bytes(),
                Val::I64(v) => v.to_le_bytes(),
                Val::F32(bits) => u64::from(*bits).to_le_bytes(),
                Val::F64(bits) => bits.to_le_bytes(),
                #[cfg(not(target_family = "wasm"))]
                _ => [0; 8],
            };
            let place = at(items, *offset).wrapping_add(k.wrapping_mul(layout.size as usize));
            self.write(place, bytes.get(..dtype.size() as usize).unwrap_or_default());
        }
    }

    /// How many items a list has, and where they are.
    pub fn read_record(&self, record: i32) -> (usize, i32) {
        (usize::try_from(self.read_i32(at(record, COUNT))).unwrap_or(0), self.read_i32(at(record, ITEMS)))
    }

    fn read_i32(&self, address: usize) -> i32 {
        let mut bytes = [0; 4];
        self.read(address, &mut bytes);
        i32::from_le_bytes(bytes)
    }

    /// The flattened form of item `k`.
    pub fn read_item(&self, layout: &ItemLayout, items: i32, k: usize) -> Vec<Val> {
        let part = |(dtype, offset): &(DType, u32)| {
            let mut word = [0; 8];
            let place = at(items, *offset).wrapping_add(k.wrapping_mul(layout.size as usize));
            self.read(place, word.get_mut(..dtype.size() as usize).unwrap_or_default());
            let raw = i64::from_le_bytes(word);
            match dtype.slot() {
                Slot::I32 => Val::I32(match dtype {
                    DType::Int8 => i32::from(raw as i8),
                    DType::Int16 => i32::from(raw as i16),
                    _ => raw as i32,
                }),
                Slot::I64 => Val::I64(raw),
                Slot::F32 => Val::F32(raw as u32),
                Slot::F64 => Val::F64(raw.cast_unsigned()),
            }
        };
        layout.parts.iter().map(part).collect()
    }

    /// The items of a list, copied.
    ///
    /// # Errors
    /// As [`Instance::lift`].
    pub(crate) fn lift_list(&mut self, item: &Type, record: i32) -> Result<Vec<Value>, Failure> {
        let layout = ItemLayout::of(item);
        let (count, items) = self.read_record(record);
        let mut values = Vec::new();
        for k in 0..count {
            let parts = self.read_item(&layout, items, k);
            values.push(self.lift_value(item, &mut parts.into_iter(), false)?);
        }
        Ok(values)
    }
}
