//! What the models do not express: a difference there is seen, but its effect cannot always be decided.

use std::collections::BTreeMap;

use tamarack::Model;
use tamarack::pointer::Pointer;

/// Something that the model of one document or of several does not express.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotCompared {
    /// What it is, for example ``` `not` has no effect on the generated code```.
    pub what: String,
    /// The places, in the order of the documents.
    pub places: Vec<Spot>,
}

/// A place in one of the documents.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Spot {
    /// Which document: 0 is the oldest.
    pub document: usize,
    /// The place in it.
    pub pointer: Pointer,
}

/// Returns what the models do not express, each thing once with all its places.
pub(super) fn gaps(models: &[&Model]) -> Vec<NotCompared> {
    let mut acc: BTreeMap<&str, Vec<Spot>> = BTreeMap::new();
    for (document, model) in models.iter().enumerate() {
        for gap in &model.gaps {
            let spot = Spot { document, pointer: gap.at.clone() };
            acc.entry(&gap.what).or_default().push(spot);
        }
    }
    let all = acc.into_iter().map(|(what, mut places)| {
        places.sort();
        places.dedup();
        NotCompared { what: what.to_owned(), places }
    });
    all.collect()
}
