//! Says what was not compared: how much there is in each document, and where.

use tamarack::render::{Place, Texts};

use super::at;
use crate::{NotCompared, Spot};

/// What was not compared, with the texts that its places are looked up in.
#[derive(Clone, Copy, Debug)]
pub(super) struct Gaps<'r, 'a> {
    all: &'r [NotCompared],
    /// The documents, each with what it is called.
    documents: &'r [(String, &'r Texts<'a>)],
}

/// What a reader has to know of these places.
pub(super) const MEANING: &str = "No code is generated from these places. A difference there is a row, which is `unknown` where it can affect a message.";

/// Of more things than this the rest is counted.
const MOST: usize = 20;

impl<'r, 'a> Gaps<'r, 'a> {
    pub(super) fn new(all: &'r [NotCompared], documents: &'r [(String, &'r Texts<'a>)]) -> Self {
        Self { all, documents }
    }

    /// Returns, for example, `not fully compared: 3 places in 1.0, 2 in 1.1`.
    pub(super) fn headline(self) -> Option<String> {
        let counts = self.counts(|document| {
            self.all.iter().flat_map(|it| &it.places).filter(|it| it.document == document).count()
        });
        (!self.all.is_empty()).then(|| format!("not fully compared: {counts}"))
    }

    /// Returns each thing with its places, as far as a report has room for them,
    /// and how many more things there are.
    pub(super) fn listed(self) -> (Vec<Listed<'r, 'a>>, usize) {
        let listed = self.all().take(MOST).map(|it| it.0).collect();
        (listed, self.all.len().saturating_sub(MOST))
    }

    /// Returns each thing, and all places of it.
    pub(super) fn all(self) -> impl Iterator<Item = (Listed<'r, 'a>, &'r [Spot])> {
        self.all.iter().map(move |it| (self.one(it), it.places.as_slice()))
    }

    fn one(self, it: &'r NotCompared) -> Listed<'r, 'a> {
        let n_of = |document| it.places.iter().filter(|it| it.document == document).count();
        let firsts = (0..self.documents.len())
            .filter_map(|document| it.places.iter().find(|it| it.document == document))
            .filter_map(|spot| self.place(spot))
            .collect();
        Listed { what: &it.what, counts: self.counts(n_of), firsts }
    }

    /// Returns where a spot is.
    pub(super) fn place(self, spot: &Spot) -> Option<Place<'a>> {
        self.documents.get(spot.document).map(|(_, texts)| texts.of(&spot.pointer, true))
    }

    fn counts(self, n_of: impl Fn(usize) -> usize) -> String {
        let mut acc = Vec::new();
        for (document, (name, _)) in self.documents.iter().enumerate() {
            let n = n_of(document);
            let noun = match (acc.is_empty(), n) {
                (_, 0) => continue,
                (true, 1) => " place",
                (true, _) => " places",
                (false, _) => "",
            };
            acc.push(format!("{n}{noun} in {name}"));
        }
        acc.join(", ")
    }
}

/// One thing that was not compared.
#[derive(Debug)]
pub(super) struct Listed<'r, 'a> {
    /// What it is.
    pub(super) what: &'r str,
    /// How many places there are, for example `2 places in 1.0, 1 in 1.1`.
    pub(super) counts: String,
    /// The first place in each document that has one.
    pub(super) firsts: Vec<Place<'a>>,
}

impl Listed<'_, '_> {
    /// Returns the first places, for example `a.yaml:3:5, b.yaml:3:5`.
    pub(super) fn places(&self) -> String {
        self.firsts.iter().map(at).collect::<Vec<_>>().join(", ")
    }
}
