//! Maps and sets of places: a place is found by its hash, and the order is the one in which they were put in.
//!
//! The places of a document begin alike, so that a sorted map reads most of each one's text for every step of a search.

use std::hash::{BuildHasherDefault, Hasher};

use indexmap::{IndexMap, IndexSet};

use super::Pointer;

/// Values by their places.
pub(crate) type PointerMap<V> = IndexMap<Pointer, V, ByText>;

/// Places.
pub(crate) type PointerSet = IndexSet<Pointer, ByText>;

/// What hashes a place, or its text.
pub(crate) type ByText = BuildHasherDefault<PointerHasher>;

/// Hashes the text of a place eight bytes at a time, without a secret.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct PointerHasher(u64);

/// An odd number whose bits have no pattern: 2^64 divided by the golden ratio.
const FACTOR: u64 = 0x9e37_79b9_7f4a_7c15;

impl PointerHasher {
    fn add(&mut self, word: u64) {
        self.0 = (self.0.rotate_left(23) ^ word).wrapping_mul(FACTOR);
    }
}

impl Hasher for PointerHasher {
    fn write(&mut self, bytes: &[u8]) {
        let (words, rest) = bytes.as_chunks::<8>();
        for word in words {
            self.add(u64::from_le_bytes(*word));
        }
        let mut last = [0; 8];
        last[..rest.len()].copy_from_slice(rest);
        self.add(u64::from_le_bytes(last));
    }

    /// The end of a text, which tells nothing: a place is one text.
    fn write_u8(&mut self, _: u8) {}

    /// The map takes its seven bits from the top and its place from the bottom, where a product has mixed least.
    fn finish(&self) -> u64 {
        self.0 ^ (self.0 >> 32)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::hash::BuildHasher;

    use super::*;

    #[test]
    fn places_that_differ_in_little_have_hashes_that_differ_in_all() {
        let state = BuildHasherDefault::<PointerHasher>::default();
        let root = Pointer::root().join(&["components", "schemas"]);
        let names =
            (0..4_096).flat_map(|it| [format!("A{it}"), format!("{it:08}"), format!("{it}B")]);
        let places: Vec<Pointer> = names.map(|it| root.child(&it)).collect();
        let hashes: Vec<u64> = places.iter().map(|it| state.hash_one(it)).collect();
        assert_eq!(BTreeSet::from_iter(&hashes).len(), places.len());
        // In 16,384 buckets, 12,288 of chance fill 8,644.
        let n_buckets =
            |part: fn(u64) -> u64| hashes.iter().map(|it| part(*it)).collect::<BTreeSet<_>>().len();
        for n in [n_buckets(|it| it & 0x3fff), n_buckets(|it| it >> 50)] {
            assert!((8_000..10_500).contains(&n), "{n} buckets");
        }
    }

    #[test]
    fn the_order_is_that_of_putting_in() {
        let places = ["#/b", "#/a", "#/c"].map(|it| Pointer::parse(it).expect("a pointer"));
        let set: PointerSet = places.iter().cloned().collect();
        assert!(set.iter().eq(&places));
    }
}
