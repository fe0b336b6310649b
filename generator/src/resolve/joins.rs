//! Schemas that no document writes: what several parts of `allOf` say of one property, as one schema.

use std::cell::{OnceCell, RefCell};

use crate::document::Schema;
use crate::pointer::{Pointer, PointerMap};

/// How many blocks there are; each holds twice as many schemas as the one before.
const N_BLOCKS: usize = 32;

/// Schemas that are added while others are borrowed, so none is ever moved.
#[derive(Debug, Default)]
pub(super) struct Joins {
    places: RefCell<PointerMap<usize>>,
    blocks: [OnceCell<Box<[OnceCell<Schema>]>>; N_BLOCKS],
}

impl Joins {
    /// Adds a schema at its place, which has none yet.
    pub(super) fn add(&self, schema: Schema) {
        let mut places = self.places.borrow_mut();
        let index = places.len();
        if places.insert(schema.pointer.clone(), index).is_some() {
            unreachable!("a place is joined once");
        }
        let (block, offset) = position(index);
        let slots = || std::iter::repeat_with(OnceCell::new).take(1 << block).collect();
        if self.blocks[block].get_or_init(slots)[offset].set(schema).is_err() {
            unreachable!("each index is used once");
        }
    }

    pub(super) fn get(&self, at: &Pointer) -> Option<&Schema> {
        let index = *self.places.borrow().get(at)?;
        let (block, offset) = position(index);
        self.blocks[block].get()?[offset].get()
    }
}

/// Returns the block of an index, and the position there: of blocks with 1, 2, 4 … slots.
fn position(index: usize) -> (usize, usize) {
    let block = (index + 1).ilog2() as usize;
    (block, index + 1 - (1 << block))
}

#[cfg(test)]
mod tests {
    use super::position;

    #[test]
    fn every_index_has_a_slot_of_its_own() {
        let all: Vec<_> = (0..7).map(position).collect();
        assert_eq!(all, [(0, 0), (1, 0), (1, 1), (2, 0), (2, 1), (2, 2), (2, 3)]);
    }
}
