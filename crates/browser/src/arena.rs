//! The heap of one compilation: memory is taken from the top and never given back; [`reset`] drops all of it at once.
//!
//! A compilation takes some megabytes. That nothing is freed makes it faster, and the compiler smaller by the code that frees.
#![expect(unsafe_code, reason = "an allocator hands out raw memory")]

use core::alloc::{GlobalAlloc, Layout};
use core::arch::wasm32::{memory_grow, memory_size};
use core::cell::Cell;
use core::ptr;

/// A page of linear memory.
const PAGE: usize = 65536;
/// Pages asked for at once.
const STEP: usize = 16;

#[global_allocator]
static ARENA: Arena = Arena { top: Cell::new(0) };

/// Memory from `__heap_base` to `top` is taken.
struct Arena {
    top: Cell<usize>,
}

// SAFETY: the module is compiled without threads.
unsafe impl Sync for Arena {}

fn base() -> usize {
    unsafe extern "C" {
        static __heap_base: u8;
    }
    // Only the address of the linker's symbol means something.
    (&raw const __heap_base).addr()
}

impl Arena {
    #[inline(never)]
    fn take(&self, size: usize, align: usize) -> *mut u8 {
        let start = self.top.get().max(base()).next_multiple_of(align);
        let Some(end) = start.checked_add(size) else { return ptr::null_mut() };
        let have = memory_size(0) * PAGE;
        if end > have && memory_grow(0, (end - have).div_ceil(PAGE) + STEP) == usize::MAX {
            return ptr::null_mut();
        }
        self.top.set(end);
        ptr::with_exposed_provenance_mut(start)
    }
}

// SAFETY: `take` gives aligned memory that nothing else has until `reset`, or null.
unsafe impl GlobalAlloc for Arena {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        self.take(layout.size(), layout.align())
    }

    unsafe fn dealloc(&self, _: *mut u8, _: Layout) {}

    /// The block on top grows where it is.
    unsafe fn realloc(&self, block: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        if size <= layout.size() {
            return block;
        }
        if block.addr() + layout.size() == self.top.get() {
            let more = self.take(size - layout.size(), 1);
            return if more.is_null() { more } else { block };
        }
        let moved = self.take(size, layout.align());
        if !moved.is_null() {
            // SAFETY: both blocks have that many bytes, and the new one is not in use.
            unsafe { ptr::copy_nonoverlapping(block, moved, layout.size()) };
        }
        moved
    }
}

/// Drops everything on the heap.
///
/// # Safety
/// No value that is used later may have memory of the heap.
pub unsafe fn reset() {
    ARENA.top.set(0);
}
