//! Compares two written values: in which direction they differ, and which types both lead to.

use std::collections::BTreeMap;
use std::ptr;

use tamarack::api::{Api, Way, Written};

use super::pairing::Pairing;
use super::unmatched::unmatched;
use super::value;
use super::walk::{Flow, TypePair};

/// How much two values say the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Alike {
    /// All of it.
    Same,
    /// All but what is for people.
    ButTexts,
    /// They differ.
    No,
}

/// How much two values say the same, by the direction in which they travel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Outcome {
    pub(super) sent: Alike,
    pub(super) received: Alike,
}

impl Outcome {
    const SAME: Self = Self { sent: Alike::Same, received: Alike::Same };

    fn in_flow(flow: Flow, it: Alike) -> Self {
        let at = |carried: bool| if carried { it } else { Alike::Same };
        Self { sent: at(flow.sent), received: at(flow.received) }
    }

    fn and(self, other: Self) -> Self {
        Self { sent: self.sent.max(other.sent), received: self.received.max(other.received) }
    }

    fn map(self, change: impl Fn(Alike) -> Alike) -> Self {
        Self { sent: change(self.sent), received: change(self.received) }
    }

    pub(super) fn worst(self) -> Alike {
        self.sent.max(self.received)
    }
}

/// Which way a value travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Going {
    flow: Flow,
    /// Whether the server calls.
    is_turned: bool,
    /// Whether it describes values that are not meant.
    is_denied: bool,
}

impl Going {
    fn narrowed(self, way: Way) -> Self {
        let sent =
            |it: bool| Flow { sent: self.flow.sent && it, received: self.flow.received && !it };
        match way {
            Way::Straight => self,
            Way::Sent => Self { flow: sent(!self.is_turned), ..self },
            Way::Received => Self { flow: sent(self.is_turned), ..self },
            Way::Turned => Self { is_turned: !self.is_turned, ..self },
            Way::Denied => Self { is_denied: true, ..self },
        }
    }
}

/// Values nested deeper than this count as different: a cycle of references may be unrolled on one side only.
const MAX_DEPTH: usize = 256;

/// The comparison of the values that belong to one thing.
pub(super) struct Comparison<'a> {
    old: &'a Api,
    new: &'a Api,
    pairing: &'a Pairing,
    known: BTreeMap<(usize, usize, Going), Outcome>,
    /// The sets compared so far, by where they are: those inside of others would be compared again for each
    /// pair of the outer ones.
    known_sets: BTreeMap<(*const [Written], *const [Written], Going), Outcome>,
    /// The types that both sides refer to; differences between them have rows of their own.
    pub(super) met: Vec<(TypePair, Flow)>,
    depth: usize,
}

impl<'a> Comparison<'a> {
    pub(super) fn new(old: &'a Api, new: &'a Api, pairing: &'a Pairing) -> Self {
        let (known, known_sets) = (BTreeMap::new(), BTreeMap::new());
        Self { old, new, pairing, known, known_sets, met: Vec::new(), depth: 0 }
    }

    /// Compares two values that travel as the thing they belong to; one of them may be missing.
    pub(super) fn compare(
        &mut self,
        a: Option<&Written>,
        b: Option<&Written>,
        flow: Flow,
    ) -> Outcome {
        let going = Going { flow, is_turned: false, is_denied: false };
        // Values that the caller has made may be gone by the next call.
        self.known_sets.clear();
        match (a, b) {
            (Some(a), Some(b)) => self.values(a, b, going),
            (Some(only), None) | (None, Some(only)) => alone(only, going),
            (None, None) => Outcome::SAME,
        }
    }

    fn values(&mut self, a: &Written, b: &Written, going: Going) -> Outcome {
        if self.depth > MAX_DEPTH {
            return Outcome::in_flow(going.flow, Alike::No);
        }
        self.depth += 1;
        let outcome = self.nodes(a, b, going);
        self.depth -= 1;
        outcome
    }

    fn nodes(&mut self, a: &Written, b: &Written, going: Going) -> Outcome {
        let (old, new) = (self.old, self.new);
        match (a, b) {
            (Written::Part(a), Written::Part(b)) => self.parts(*a, *b, going),
            // A value behind a reference equals the same value written in place.
            (Written::Part(a), b) => self.values(&old.parts[*a].value, b, going),
            (a, Written::Part(b)) => self.values(a, &new.parts[*b].value, going),
            (Written::Note(a), Written::Note(b)) => {
                self.values(a, b, going).map(|it| it.min(Alike::ButTexts))
            }
            (Written::Way(way, a), Written::Way(other, b)) if way == other => {
                self.values(a, b, going.narrowed(*way))
            }
            (Written::Map(a), Written::Map(b)) => {
                let further = b.iter().filter(|it| !a.contains_key(it.0));
                let all = a.iter().map(|it| (Some(it.1), b.get(it.0)));
                let all = all.chain(further.map(|it| (None, Some(it.1))));
                all.fold(Outcome::SAME, |acc, pair| {
                    acc.and(match pair {
                        (Some(a), Some(b)) => self.values(a, b, going),
                        (a, b) => a.or(b).map_or(Outcome::SAME, |it| alone(it, going)),
                    })
                })
            }
            (Written::List(a), Written::List(b)) => {
                self.lists(a.iter().collect(), b.iter().collect(), going)
            }
            (Written::Set(a), Written::Set(b)) => self.sets(a, b, going),
            // `type: T` is `type: [T]`.
            (Written::Set(a), Written::Plain(_)) => self.sets(a, std::slice::from_ref(b), going),
            (Written::Plain(_), Written::Set(b)) => self.sets(std::slice::from_ref(a), b, going),
            (Written::Plain(a), Written::Plain(b)) if value::same(a, b) => Outcome::SAME,
            _ => Outcome::in_flow(going.flow, Alike::No),
        }
    }

    /// Types of both versions have rows of their own, with this place among their
    /// users; not below `not`, where these rows would say the opposite.
    fn parts(&mut self, a: usize, b: usize, going: Going) -> Outcome {
        let (old, new) = (&self.old.parts[a], &self.new.parts[b]);
        if let (Some(was), Some(is)) = (old.ty, new.ty)
            && !going.is_denied
            && self.pairing.is_same((was, is))
        {
            self.met.push(((was, is), going.flow));
            return Outcome::SAME;
        }
        if let Some(known) = self.known.get(&(a, b, going)) {
            return *known;
        }
        // Within a cycle the pair is equal unless something else differs.
        self.known.insert((a, b, going), Outcome::SAME);
        let outcome = self.values(&old.value, &new.value, going);
        let has_type = old.ty.is_some() || new.ty.is_some();
        // The rows of the type report its texts.
        let outcome = outcome.map(|it| match it {
            Alike::ButTexts if has_type => Alike::Same,
            other => other,
        });
        self.known.insert((a, b, going), outcome);
        outcome
    }

    /// Compares in order, with the types that both lead to.
    fn lists(&mut self, a: Vec<&Written>, b: Vec<&Written>, going: Going) -> Outcome {
        let same_length = if a.len() == b.len() { Alike::Same } else { Alike::No };
        let pairs = a.into_iter().zip(b);
        pairs.fold(Outcome::in_flow(going.flow, same_length), |acc, (a, b)| {
            acc.and(self.values(a, b, going))
        })
    }

    fn sets(&mut self, a: &[Written], b: &[Written], going: Going) -> Outcome {
        let key = (ptr::from_ref(a), ptr::from_ref(b), going);
        if let Some(known) = self.known_sets.get(&key) {
            return *known;
        }
        let outcome = self.paired(a, b, going);
        self.known_sets.insert(key, outcome);
        outcome
    }

    /// Pairs the most alike first.
    fn paired(&mut self, a: &[Written], b: &[Written], going: Going) -> Outcome {
        let (mut olds, mut news): (Vec<_>, Vec<_>) = (a.iter().collect(), b.iter().collect());
        let mut acc = Outcome::SAME;
        for level in [Alike::Same, Alike::ButTexts] {
            let n_before = olds.len();
            (olds, news) =
                unmatched(olds, news, |was, is| self.values(was, is, going).worst() <= level);
            if olds.len() < n_before {
                acc = acc.and(Outcome::in_flow(going.flow, level));
            }
        }
        acc.and(self.lists(olds, news, going))
    }
}

/// What one side alone says.
fn alone(it: &Written, going: Going) -> Outcome {
    match it {
        Written::Note(_) => Outcome::in_flow(going.flow, Alike::ButTexts),
        Written::Way(way, inner) => alone(inner, going.narrowed(*way)),
        _ => Outcome::in_flow(going.flow, Alike::No),
    }
}
