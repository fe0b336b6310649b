//! Turns blocks that are freed into a number of those that still hold a secret.

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;

/// Looks through every block that a thread frees for the texts it is told.
pub struct Scanning;

/// Texts that no freed block may hold.
pub type Needles = &'static [&'static [u8]];

thread_local! {
    static NEEDLES: Cell<Needles> = const { Cell::new(&[]) };
    static N_FOUND: Cell<usize> = const { Cell::new(0) };
    /// The size of the first such block and the number of its text, for the message of a test.
    static FIRST: Cell<Option<(usize, usize)>> = const { Cell::new(None) };
}

/// What was found in blocks that a thread freed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Found {
    /// How many blocks held one of the texts.
    pub n_blocks: usize,
    /// The size of the first one in bytes, and the index of the text in it.
    pub first: Option<(usize, usize)>,
}

impl Scanning {
    /// Runs a closure and returns what the blocks held that this thread freed meanwhile.
    pub fn found_in(needles: Needles, run: impl FnOnce()) -> Found {
        N_FOUND.set(0);
        FIRST.set(None);
        NEEDLES.set(needles);
        run();
        NEEDLES.set(&[]);
        Found { n_blocks: N_FOUND.get(), first: FIRST.get() }
    }

    fn scan(block: &[u8]) {
        let needles = NEEDLES.try_with(Cell::get).unwrap_or_default();
        for (n, needle) in needles.iter().enumerate() {
            if block.windows(needle.len()).any(|window| window == *needle) {
                N_FOUND.set(N_FOUND.get() + 1);
                FIRST.set(FIRST.get().or(Some((block.len(), n))));
                return;
            }
        }
    }
}

// SAFETY: each call goes to `System`, but for growing, which is done as the trait's own method does it:
// a new block, a copy, the old one freed. Scanning reads a block that is the caller's to give back and
// allocates nothing.
unsafe impl GlobalAlloc for Scanning {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        // Zeros, so that all of a block may be read, and what a former owner left there is not taken
        // for this one's.
        // SAFETY: what the caller promises is what `System` asks for.
        unsafe { System.alloc_zeroed(layout) }
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        // SAFETY: the caller gives back a block of this size, which `alloc` has initialised.
        Self::scan(unsafe { std::slice::from_raw_parts(block, layout.size()) });
        // SAFETY: as above.
        unsafe { System.dealloc(block, layout) }
    }
}
