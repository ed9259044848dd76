//! How a list lies in memory.
//!
//! A list is a record, a block of [`RECORD`] bytes: its length, how many items there is room for, and the address of the block of its items,
//! or 0 while there is none. The record owns that block, and the items own what they refer to. An item is its flattened form
//! ([`Type::slots`]), each part aligned to its own size; a scalar takes the bytes of its dtype, as in an array.

use crate::{DType, Type};

/// Bytes of a record.
pub const RECORD: u32 = 12;
/// Offset of the number of items, an int32.
pub const COUNT: u32 = 0;
/// Offset of the number of items that there is room for, an int32.
pub const CAPACITY: u32 = 4;
/// Offset of the address of the items.
pub const ITEMS: u32 = 8;

/// Where the parts of an item lie.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ItemLayout {
    /// What each part is and where it begins, in the order of the flattened form.
    pub parts: Vec<(DType, u32)>,
    /// Bytes from one item to the next.
    pub size: u32,
}

impl ItemLayout {
    /// The layout of items of a type.
    #[must_use]
    pub fn of(item: &Type) -> ItemLayout {
        let mut dtypes = Vec::new();
        parts(item, &mut dtypes);
        let (mut at, mut alignment) = (0u32, 1u32);
        let mut placed = Vec::with_capacity(dtypes.len());
        for dtype in dtypes {
            let size = dtype.size();
            at = at.next_multiple_of(size);
            alignment = alignment.max(size);
            placed.push((dtype, at));
            at += size;
        }
        ItemLayout { parts: placed, size: at.next_multiple_of(alignment) }
    }
}

/// The dtypes of the flattened form.
fn parts(ty: &Type, out: &mut Vec<DType>) {
    match ty {
        Type::None => {}
        Type::Scalar(s) => out.extend((0..s.slot_count()).map(|_| s.dtype.part())),
        Type::Array(a) => out.extend((0..a.slot_count()).map(|_| DType::Int32)),
        Type::Str => out.extend((0..Type::CODE_POINTS.slot_count()).map(|_| DType::Int32)),
        Type::Structured(r) => out.extend((0..r.units().slot_count()).map(|_| DType::Int32)),
        Type::Tuple(items) => items.iter().for_each(|item| parts(item, out)),
        Type::List(_) | Type::Record(_) => out.push(DType::Int32),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Scalar;

    #[test]
    fn parts_are_aligned() {
        let parts = vec![Type::Scalar(Scalar::BOOL), Type::Scalar(Scalar::FLOAT), Type::list(Type::None)];
        let item = Type::Tuple(parts.into());
        let layout = ItemLayout::of(&item);
        assert_eq!(layout.parts, [(DType::Bool, 0), (DType::Float64, 8), (DType::Int32, 16)]);
        assert_eq!(layout.size, 24);
        assert_eq!(ItemLayout::of(&Type::Scalar(Scalar::strong(DType::Int16))).size, 2);
        assert_eq!(ItemLayout::of(&Type::None).size, 0);
    }
}
