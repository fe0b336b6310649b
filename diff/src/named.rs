//! A list of named things with fast lookup by name.

use std::collections::BTreeMap;

/// Where each name stands in a list; of a name that comes twice, the first place.
pub(super) struct Named<'a, T> {
    all: &'a [T],
    places: BTreeMap<&'a str, usize>,
}

impl<'a, T> Named<'a, T> {
    pub(super) fn new(all: &'a [T], name: impl Fn(&'a T) -> &'a str) -> Self {
        let mut places = BTreeMap::new();
        for (place, it) in all.iter().enumerate() {
            places.entry(name(it)).or_insert(place);
        }
        Self { all, places }
    }

    pub(super) fn place(&self, name: &str) -> Option<usize> {
        self.places.get(name).copied()
    }

    pub(super) fn get(&self, name: &str) -> Option<&'a T> {
        Some(&self.all[self.place(name)?])
    }
}

/// Returns what is spelled alike, else what is the same in another spelling: a document may spell one
/// name in two ways, and each is compared with its own spelling.
pub(super) fn own_spelling<T>(
    all: &[T],
    is_spelled_alike: impl Fn(&T) -> bool,
    is_same: impl Fn(&T) -> bool,
) -> Option<&T> {
    all.iter().find(|it| is_spelled_alike(it)).or_else(|| all.iter().find(|it| is_same(it)))
}
