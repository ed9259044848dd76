//! Locals of one type whose values are never needed at the same time share a slot: linear scan over structured code
//! (Poletto and Sarkar, *Linear Scan Register Allocation*, 1999), with intervals instead of exact liveness.

use wasm_encoder::{Instruction as I, ValType};

/// From the first to the last position at which a local's value may be needed. Position 0 is before the code.
#[derive(Clone, Copy)]
struct Interval {
    local: u32,
    first: usize,
    last: usize,
    /// The region of the first occurrence, if that writes.
    written_in: Option<usize>,
}

/// A block, a loop, or an arm of an `if`.
struct Region {
    start: usize,
    end: usize,
    is_loop: bool,
    /// The innermost loop around it.
    parent: Option<usize>,
}

/// Renumbers the locals in the code of a function whose locals, parameters first, have these types; gives the types of
/// the locals that remain besides parameters.
pub fn share_locals(code: &mut [I<'static>], types: &[ValType], params: u32) -> Vec<ValType> {
    let (mut intervals, regions) = measure(code, params);
    // Regions are in the order in which they start.
    let loops: Vec<usize> = (0..regions.len()).filter(|&k| regions.get(k).is_some_and(|r| r.is_loop)).collect();
    for interval in &mut intervals {
        extend(interval, &regions, &loops);
    }
    let Slots { slot_of, declared } = assign(intervals, types, params);
    for instruction in code {
        if let I::LocalGet(local) | I::LocalSet(local) | I::LocalTee(local) = instruction
            && let Some(Some(slot)) = slot_of.get(*local as usize)
        {
            *local = *slot;
        }
    }
    declared
}

fn measure(code: &[I<'static>], params: u32) -> (Vec<Interval>, Vec<Region>) {
    let mut intervals: Vec<Interval> =
        (0..params).map(|local| Interval { local, first: 0, last: 0, written_in: None }).collect();
    let mut regions = vec![Region { start: 0, end: code.len() + 1, is_loop: false, parent: None }];
    let mut open = vec![0];
    let mut known = nopython_ir::sorted::SortedMap::new();
    known.extend((0..params).map(|local| (local, local as usize)));
    for (index, instruction) in code.iter().enumerate() {
        let position = index + 1;
        if matches!(instruction, I::End | I::Else)
            && let Some(closed) = open.pop().and_then(|region| regions.get_mut(region))
        {
            closed.end = position;
        }
        if matches!(instruction, I::Block(_) | I::Loop(_) | I::If(_) | I::Else) {
            let around = open.last().and_then(|&k| Some((k, regions.get(k)?)));
            let parent = around.and_then(|(k, region)| if region.is_loop { Some(k) } else { region.parent });
            open.push(regions.len());
            let is_loop = matches!(instruction, I::Loop(_));
            regions.push(Region { start: position, end: code.len() + 1, is_loop, parent });
        }
        let (I::LocalGet(local) | I::LocalSet(local) | I::LocalTee(local)) = instruction else { continue };
        let known_at = *known.entry(*local).or_insert(intervals.len());
        match intervals.get_mut(known_at) {
            Some(interval) => interval.last = position,
            None => {
                let writes = !matches!(instruction, I::LocalGet(_));
                let written_in = open.last().copied().filter(|_| writes);
                intervals.push(Interval { local: *local, first: position, last: position, written_in });
            }
        }
    }
    (intervals, regions)
}

/// Control enters a region only at its start, so a write comes before everything after it in its region. A local whose first write does
/// not come before all else must start as zero: it is needed from the beginning. A local that has its value before a
/// loop and is needed in it is needed to the loop's end.
fn extend(interval: &mut Interval, regions: &[Region], loops: &[usize]) {
    let written_first = interval.written_in.and_then(|r| regions.get(r)).is_some_and(|r| interval.last < r.end);
    if !written_first {
        interval.first = 0;
    }
    // The loop that started last before the end of the interval, or one around it, holds that end.
    let started = loops.partition_point(|&k| regions.get(k).is_some_and(|r| r.start <= interval.last));
    let mut around = started.checked_sub(1).and_then(|k| loops.get(k)).copied();
    while let Some(region) = around.and_then(|k| regions.get(k))
        && interval.first < region.start
    {
        if interval.last < region.end {
            interval.last = region.end;
        }
        around = region.parent;
    }
}

struct Slots {
    /// The new number of each local.
    slot_of: Vec<Option<u32>>,
    declared: Vec<ValType>,
}

fn assign(mut intervals: Vec<Interval>, types: &[ValType], params: u32) -> Slots {
    // A parameter keeps its slot, which others may use after it; slots of locals are numbered by type in the end.
    let mut slots: Vec<(Option<ValType>, usize)> =
        (0..params as usize).map(|p| (types.get(p).copied(), intervals.get(p).map_or(0, |i| i.last))).collect();
    let mut slot_of = vec![None; types.len()];
    intervals.sort_by_key(|i| i.first);
    for interval in intervals {
        let Some(place) = slot_of.get_mut(interval.local as usize) else { continue };
        if interval.local < params {
            *place = Some(interval.local as usize);
            continue;
        }
        let ty = types.get(interval.local as usize).copied();
        let free = slots.iter().position(|(t, last)| *t == ty && *last < interval.first);
        let slot = free.unwrap_or(slots.len());
        match slots.get_mut(slot) {
            Some(taken) => taken.1 = interval.last,
            None => slots.push((ty, interval.last)),
        }
        *place = Some(slot);
    }
    let mut order: Vec<usize> = (params as usize..slots.len()).collect();
    let type_of = |slot: &usize| slots.get(*slot).and_then(|(ty, _)| *ty);
    order.sort_by_key(|slot| type_of(slot).map(rank));
    let declared = order.iter().filter_map(type_of).collect();
    let mut number: Vec<u32> = (0..u32::try_from(slots.len()).unwrap_or(u32::MAX)).collect();
    for (next, slot) in (params..).zip(order) {
        if let Some(place) = number.get_mut(slot) {
            *place = next;
        }
    }
    let slot_of = slot_of.into_iter().map(|slot| slot.and_then(|s: usize| number.get(s).copied())).collect();
    Slots { slot_of, declared }
}

const fn rank(ty: ValType) -> u8 {
    match ty {
        ValType::I32 => 0,
        ValType::I64 => 1,
        ValType::F32 => 2,
        ValType::F64 => 3,
        ValType::V128 => 4,
        ValType::Ref(_) => 5,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_encoder::BlockType;

    fn shared(code: &[I<'static>], locals: usize) -> (Vec<u32>, usize) {
        let mut code = code.to_vec();
        let declared = share_locals(&mut code, &vec![ValType::I32; locals], 0);
        let numbers = code.iter().filter_map(|i| match i {
            I::LocalGet(l) | I::LocalSet(l) | I::LocalTee(l) => Some(*l),
            _ => None,
        });
        (numbers.collect(), declared.len())
    }

    #[test]
    fn one_after_the_other() {
        let code = [I::LocalSet(0), I::LocalGet(0), I::LocalSet(1), I::LocalGet(1), I::End];
        assert_eq!(shared(&code, 2), (vec![0, 0, 0, 0], 1));
    }

    /// Local 0 is needed in every turn, and so local 1, written after its last read, must not overwrite it.
    #[test]
    fn needed_in_the_next_turn() {
        let code = [
            I::LocalSet(0),
            I::Loop(BlockType::Empty),
            I::LocalGet(0),
            I::Drop,
            I::LocalSet(1),
            I::LocalGet(1),
            I::BrIf(0),
            I::End,
            I::End,
        ];
        assert_eq!(shared(&code, 2), (vec![0, 0, 1, 1], 2));
    }

    /// Local 1 is written in one arm only and read after it: it may be zero there, and shares with nobody before.
    #[test]
    fn perhaps_not_written() {
        let code =
            [I::LocalSet(0), I::LocalGet(0), I::If(BlockType::Empty), I::LocalSet(1), I::End, I::LocalGet(1), I::End];
        assert_eq!(shared(&code, 2), (vec![1, 1, 0, 0], 2));
    }
}
