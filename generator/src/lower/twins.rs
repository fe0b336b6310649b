//! Finds inline schemas that share the type of another schema, from either side.

use std::collections::BTreeSet;

use crate::pointer::{Pointer, PointerMap};

/// The inline schemas that have the type of another one.
#[derive(Debug, Default)]
pub(super) struct Twins {
    homes: PointerMap<Vec<Pointer>>,
    twins: PointerMap<Vec<Pointer>>,
}

impl Twins {
    pub(super) fn push(&mut self, twin: Pointer, home: Pointer) {
        let homes = self.homes.entry(twin.clone()).or_default();
        if !homes.contains(&home) {
            self.twins.entry(home.clone()).or_default().push(twin);
            homes.push(home);
        }
    }

    /// Returns the schemas that have the type of the one at a place.
    pub(super) fn of_home(&self, home: &Pointer) -> &[Pointer] {
        self.twins.get(home).map_or(&[], Vec::as_slice)
    }

    /// Returns a place and the same place in the schemas whose type it has.
    pub(super) fn places(&self, at: Pointer) -> Vec<Pointer> {
        let mut seen = BTreeSet::from([at.clone()]);
        let mut all = vec![at];
        // A twin can lie inside of a twin.
        let mut next = 0;
        while let Some(at) = all.get(next).cloned() {
            let mut above = Some(at.clone());
            while let Some(twin) = above {
                let rest = &at.as_str()[twin.as_str().len()..];
                for home in self.homes.get(&twin).into_iter().flatten() {
                    let place = Pointer::parse(&format!("{home}{rest}"));
                    all.extend(place.filter(|it| seen.insert(it.clone())));
                }
                above = twin.parent();
            }
            next += 1;
        }
        all
    }
}
