//! The allocator: boundary tags, segregated free lists, immediate coalescing (Knuth, *The Art of Computer
//! Programming* 1, §2.5, algorithm C; the list layout follows Lea's dlmalloc), kept small because every module
//! that passes an array carries it.
//!
//! A block is a header of 16 bytes and a payload aligned to 16 bytes. Blocks tile the heap from `State` up to the
//! end mark, and two neighbours are never both free. A free block repeats its size in its last four bytes, which the
//! block after it reads when its `PREVIOUS_FREE` bit is set.
//!
//! Where something else has made the memory larger, its pages are a block in use, and the heap goes on behind them.
//!
//! Small blocks that compiled code drops wait for the next request of their size, a few of each size, and count as in
//! use for their neighbours. As their number is bounded, so is what a module holds beyond its peak.
//!
//! All state lies at the heap base, which the linker of a module chooses, and begins as zeros.
#![no_std]
#![cfg(target_arch = "wasm32")]

use core::arch::wasm32::{memory_grow, memory_size};
use core::ptr;

/// What lies before a payload.
#[repr(C)]
struct Header {
    /// References to a block in use; 0 in a free block. Compiled code counts up here, 16 bytes before the payload.
    references: i32,
    /// Bytes in header and payload, a multiple of 16, and the bit `PREVIOUS_FREE`.
    size: u32,
    /// Next block of the list that holds this one.
    next: *mut Header,
    /// The pointer that points at this block: a list's head or the `next` of the block before. A block in no list
    /// points at its own `next`, so that leaving a list is the same for each.
    link: *mut *mut Header,
}

const HEADER: u32 = 16;
const SMALLEST: u32 = 32;
const PREVIOUS_FREE: u32 = 1;
const LARGEST: u32 = (1 << 31) - 64;
const PAGE: u32 = 16;
/// Blocks up to sixteen times this size wait, and at most so many of a size.
const QUICK: u32 = 16;
const WAITING: usize = 16;

/// What lies at the heap base. The linker of `nopython-kernels` (`HEAP_START`) leaves room for it and a smallest block.
#[repr(C, align(16))]
struct State {
    /// A header in use behind the last block; null before the first allocation.
    end: *mut Header,
    /// Blocks of compiled code, which `np_unwind` frees.
    listed: *mut Header,
    /// Bit z is set unless list z of `free` is known to be empty.
    filled: u32,
    /// Free blocks by the leading zeros of their size.
    free: [*mut Header; 28],
    /// Waiting blocks by a sixteenth of their size. They have one reference, and in place of `link` the number of
    /// blocks from there to the end of the list.
    quick: [*mut Header; QUICK as usize + 1],
    /// A block of the host's that takes part as the next block of compiled code of its size, or null.
    lent: *mut Header,
}

unsafe extern "C" {
    static mut __heap_base: State;
}

fn state() -> *mut State {
    &raw mut __heap_base
}

/// The list of free blocks with as many leading zeros.
unsafe fn free_list(zeros: u32) -> *mut *mut Header {
    unsafe { (&raw mut (*state()).free).cast::<*mut Header>().add(zeros as usize) }
}

/// The list of waiting blocks of sixteen times this size.
#[inline(always)]
unsafe fn quick_list(sixteens: u32) -> *mut *mut Header {
    unsafe { (&raw mut (*state()).quick).cast::<*mut Header>().add(sixteens as usize) }
}

unsafe fn after(block: *mut Header, bytes: u32) -> *mut Header {
    unsafe { block.byte_add(bytes as usize) }
}

#[inline(always)]
unsafe fn push(head: *mut *mut Header, block: *mut Header) {
    unsafe {
        let next = *head;
        (*block).next = next;
        (*block).link = head;
        *head = block;
        if !next.is_null() {
            (*next).link = &raw mut (*block).next;
        }
    }
}

/// Takes a block out of the list that holds it.
#[inline(always)]
unsafe fn leave(block: *mut Header) {
    unsafe {
        let (next, link) = ((*block).next, (*block).link);
        *link = next;
        if !next.is_null() {
            (*next).link = link;
        }
    }
}

/// A free block of `size` bytes or more, or null.
#[inline(always)]
unsafe fn find(size: u32) -> *mut Header {
    unsafe {
        // Lists of larger blocks have lower numbers.
        let mut lists = (*state()).filled & (u32::MAX >> (31 - size.leading_zeros()));
        while lists != 0 {
            let bit = 1 << lists.ilog2();
            let mut block = *free_list(lists.ilog2());
            if block.is_null() {
                (*state()).filled ^= bit;
            }
            while !block.is_null() {
                if (*block).size >= size {
                    return block;
                }
                block = (*block).next;
            }
            lists ^= bit;
        }
        ptr::null_mut()
    }
}

/// Lengthens the heap for a block of `size` bytes; null when the engine refuses. The new part is a block in no list and not yet free.
#[inline(always)]
unsafe fn extend(size: u32) -> *mut Header {
    unsafe {
        let end = (*state()).end;
        let mut block = end;
        let mut tag = (*end).size;
        let mut present = if tag != 0 { *end.cast::<u32>().sub(1) } else { 0 };
        let others = top() != end;
        if others {
            // The block is apart from the one before, and needs a header at its end beside its own.
            present = HEADER.wrapping_neg();
        }
        let need = (size - present).div_ceil(1 << PAGE) as usize;
        // Memory grows by a share of itself, so that filling it takes linear time, unless only less is left.
        let share = memory_size(0) >> 3;
        let before = top();
        if (share <= need || memory_grow(0, share) == usize::MAX) && memory_grow(0, need) == usize::MAX {
            return ptr::null_mut();
        }
        if others {
            block = before.add(1);
            (*end).size = (block as u32 - end as u32) | tag;
            tag = 0;
        }
        finish(block, top(), tag);
        block
    }
}

/// Where the end mark lies of a heap up to the end of the memory.
#[inline(always)]
fn top() -> *mut Header {
    (((memory_size(0) as u32) << PAGE).wrapping_sub(HEADER)) as *mut Header
}

/// Makes the memory from `block` on one block, before an end mark at `end`.
#[inline(always)]
unsafe fn finish(block: *mut Header, end: *mut Header, tag: u32) {
    unsafe {
        (*end).references = 1;
        (*end).size = 0;
        (*state()).end = end;
        (*block).size = (end as u32 - block as u32) | tag;
    }
}

/// All that changes free lists: drops a reference to `dropped`, unless it is null, and frees the block with the last; then, unless `size`
/// is 0, gives a block of so many bytes in use, or null.
///
/// This is one function that calls no other. An engine's stack overflows only where a function begins, so that no overflow leaves the
/// lists half changed.
#[inline(never)]
unsafe fn heap(dropped: *mut Header, mut size: u32) -> *mut u8 {
    unsafe {
        let mut found: *mut Header = ptr::null_mut();
        let mut block = dropped;
        if !block.is_null() {
            (*block).references -= 1;
            if (*block).references != 0 {
                return ptr::null_mut();
            }
            leave(block);
        } else if (*state()).end.is_null() {
            // The heap begins with what is left of the page, after room for a smallest block.
            block = state().add(1).cast();
            finish(block, ((block as u32 + HEADER + SMALLEST + 15) | 0xffff).wrapping_sub(HEADER - 1) as *mut Header, 0);
        }
        loop {
            if !block.is_null() {
                // The block becomes free, together with free neighbours.
                let mut bytes = (*block).size;
                if bytes & PREVIOUS_FREE != 0 {
                    let before = *block.cast::<u32>().sub(1);
                    bytes = bytes - PREVIOUS_FREE + before;
                    block = block.byte_sub(before as usize);
                    leave(block);
                }
                let next = after(block, bytes);
                if (*next).references == 0 {
                    bytes += (*next).size;
                    leave(next);
                }
                (*block).references = 0;
                (*block).size = bytes;
                let next = after(block, bytes);
                *next.cast::<u32>().sub(1) = bytes;
                (*next).size |= PREVIOUS_FREE;
                let zeros = bytes.leading_zeros();
                (*state()).filled |= 1 << zeros;
                push(free_list(zeros), block);
            }
            if size == 0 {
                return found.cast();
            }
            block = find(size);
            if block.is_null() {
                block = extend(size);
                if block.is_null() {
                    return ptr::null_mut();
                }
                continue;
            }
            leave(block);
            let rest = (*block).size - size;
            (*block).references = 1;
            (*block).next = ptr::null_mut();
            (*block).link = &raw mut (*block).next;
            found = after(block, HEADER);
            if rest < SMALLEST {
                (*after(block, (*block).size)).size -= PREVIOUS_FREE;
                return found.cast();
            }
            (*block).size = size;
            block = after(block, size);
            (*block).size = rest;
            size = 0;
        }
    }
}

/// `$alloc`: a block of the host's with one reference; 0 when memory is exhausted.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn np_host_alloc(bytes: u32) -> *mut u8 {
    if bytes > LARGEST {
        return ptr::null_mut();
    }
    unsafe { heap(ptr::null_mut(), ((bytes | u32::from(bytes == 0)) + HEADER + 15) & !15) }
}

/// A block for compiled code with one reference, which `np_unwind` frees; 0 when memory is exhausted or the size is
/// negative or too large.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn np_alloc(bytes: u64) -> *mut u8 {
    unsafe {
        if bytes > u64::from(LARGEST) {
            return ptr::null_mut();
        }
        let mut block: *mut Header = ptr::null_mut();
        if bytes <= u64::from(16 * QUICK - HEADER) {
            // No block is smaller than `SMALLEST`, so that the list for 0 bytes stays empty.
            let list = quick_list((bytes as u32 + HEADER + 15) >> 4);
            block = *list;
            if !block.is_null() {
                *list = (*block).next;
            }
        }
        if block.is_null() {
            let lent = (*state()).lent;
            if !lent.is_null() && (*lent).size & !PREVIOUS_FREE == (bytes as u32 + HEADER + 15) & !15 {
                // It stays in no list, so that `np_unwind` leaves it to the host.
                (*state()).lent = ptr::null_mut();
                (*lent).references += 1;
                return lent.add(1).cast();
            }
            let payload = np_host_alloc(bytes as u32);
            if payload.is_null() {
                return payload;
            }
            block = payload.cast::<Header>().sub(1);
        }
        push(&raw mut (*state()).listed, block);
        block.add(1).cast()
    }
}

/// `$release`: drops a reference and frees the block with the last; null is ignored.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn np_release(owner: *mut u8) {
    unsafe {
        if owner.is_null() {
            return;
        }
        heap(owner.cast::<Header>().sub(1), 0);
    }
}

/// `$adopt`: a block of compiled code becomes the host's, so that `np_unwind` leaves it.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn np_adopt(owner: *mut u8) {
    unsafe {
        let block = owner.cast::<Header>().sub(1);
        leave(block);
        (*block).next = ptr::null_mut();
        (*block).link = &raw mut (*block).next;
    }
}

/// `$lend`: the next block of compiled code that is as large as this one of the host's is this one, with one more reference, unless a small
/// block waits. Null takes the offer back.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn np_lend(owner: *mut u8) {
    unsafe {
        (*state()).lent = if owner.is_null() { ptr::null_mut() } else { owner.cast::<Header>().sub(1) };
    }
}

/// As `np_release`, for compiled code: small blocks of its own wait for the next request.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn np_drop(owner: *mut u8) {
    unsafe {
        if owner.is_null() {
            return;
        }
        let block = owner.cast::<Header>().sub(1);
        let others = (*block).references - 1;
        if others != 0 {
            (*block).references = others;
            return;
        }
        let sixteens = (*block).size >> 4;
        if sixteens <= QUICK {
            let list = quick_list(sixteens);
            let next = *list;
            let waiting = if next.is_null() { 0 } else { (*next).link as usize };
            if waiting < WAITING {
                leave(block);
                (*block).next = next;
                (*block).link = (waiting + 1) as *mut *mut Header;
                *list = block;
                return;
            }
        }
        np_release(owner);
    }
}

/// `$unwind`: frees every block of compiled code. The linker makes it reset the shadow stack too, where there is one.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn np_unwind() {
    unsafe {
        loop {
            let block = (*state()).listed;
            if block.is_null() {
                return;
            }
            (*block).references = 1;
            np_release(block.add(1).cast());
        }
    }
}
