//! Turns allocations into a number.

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;

/// Counts the allocations of each thread.
pub struct Counting;

thread_local! {
    // Without a destructor and with a constant as its first value: it allocates nothing itself.
    static N_ALLOCATIONS: Cell<u64> = const { Cell::new(0) };
}

impl Counting {
    /// Returns how often this thread allocated or grew something while it ran a closure.
    pub fn allocations_of(run: impl FnOnce()) -> u64 {
        let before = N_ALLOCATIONS.get();
        run();
        N_ALLOCATIONS.get() - before
    }

    fn count() {
        // A thread that ends has no counter any more.
        let _ = N_ALLOCATIONS.try_with(|n| n.set(n.get() + 1));
    }
}

// SAFETY: each call goes to `System` with the arguments it came with; counting touches no memory of the
// caller's and does not allocate.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        Self::count();
        // SAFETY: what the caller promises is what `System` asks for.
        unsafe { System.alloc(layout) }
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        Self::count();
        // SAFETY: as above.
        unsafe { System.alloc_zeroed(layout) }
    }

    unsafe fn realloc(&self, block: *mut u8, layout: Layout, new_size: usize) -> *mut u8 {
        Self::count();
        // SAFETY: as above; the block is one of `System`'s.
        unsafe { System.realloc(block, layout, new_size) }
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        // SAFETY: as above.
        unsafe { System.dealloc(block, layout) }
    }
}
