//! Chains findings of successive steps that change the same thing: net, reverted or absorbed.
//!
//! The new document of a hop is the old one of the next, so two findings are
//! about the same thing when they have the same subject, or where a name
//! changed, when the one begins at the place where the other ended. Words are
//! never compared but for the values of both sides.

use super::facet::{By, facet, told_apart};
use super::{Fate, Row, Step};
use crate::finding::{Diff, Finding, Side};
use crate::kind::Kind;

/// Findings of hops about one thing, in order.
struct Chain<'a> {
    steps: Vec<(Step, &'a Finding)>,
    /// The last step brought back what the first had found.
    has_returned: bool,
}

/// Returns each finding in exactly one row.
pub(super) fn rows(hops: &[Diff], net: &Diff) -> Vec<Row> {
    let chains = chains(hops);
    let joined = join(&chains, net);
    let mut acc: Vec<Row> = (chains.iter().zip(&joined))
        .map(|(chain, net)| Row {
            steps: chain.steps.iter().map(|it| it.0).collect(),
            net: *net,
            fate: match net {
                Some(_) => Fate::Net,
                None if chain.has_returned || chain.is_mirrored() => Fate::Reverted,
                None => Fate::Absorbed,
            },
        })
        .collect();
    let alone = (0..net.findings.len()).filter(|index| !joined.contains(&Some(*index)));
    acc.extend(alone.map(|index| Row { steps: Vec::new(), net: Some(index), fate: Fate::Net }));
    acc
}

fn chains(hops: &[Diff]) -> Vec<Chain<'_>> {
    let mut acc: Vec<Chain<'_>> = Vec::new();
    for (hop, diff) in hops.iter().enumerate() {
        for (finding, next) in diff.findings.iter().enumerate() {
            let step = Step { hop, finding };
            let before = acc.iter_mut().filter(|it| !it.has_returned && it.last().0.hop < hop);
            let best = before
                .filter_map(|it| it.fit(next).map(|fit| (fit, it)))
                .max_by_key(|(fit, _)| *fit)
                .map(|(_, it)| it);
            match best {
                Some(chain) => {
                    chain.steps.push((step, next));
                    chain.has_returned = chain.returns();
                }
                None => acc.push(Chain { steps: vec![(step, next)], has_returned: false }),
            }
        }
    }
    acc
}

/// Returns for each chain the row of the net that says what is left of it.
fn join(chains: &[Chain<'_>], net: &Diff) -> Vec<Option<usize>> {
    let mut acc = vec![None; chains.len()];
    let mut taken = vec![false; net.findings.len()];
    // What fits exactly goes first; a chain that seems to have come back goes
    // last, since long values are cut and the net compares them whole.
    for (exactly, has_returned) in [(true, false), (false, false), (false, true)] {
        for (chain, joined) in chains.iter().zip(&mut acc) {
            if joined.is_some() || chain.has_returned != has_returned {
                continue;
            }
            let found = (net.findings.iter().enumerate())
                .position(|(index, it)| !taken[index] && chain.is_told_by(it, exactly));
            if let Some(index) = found {
                taken[index] = true;
                *joined = Some(index);
            }
        }
    }
    acc
}

/// How well a finding goes on where a chain ended; the greater the better.
type Fit = (bool, bool, bool);

impl Chain<'_> {
    fn first(&self) -> &Finding {
        self.steps[0].1
    }

    fn last(&self) -> &(Step, &Finding) {
        &self.steps[self.steps.len() - 1]
    }

    /// Returns how well a finding of a later hop goes on here, if at all.
    fn fit(&self, next: &Finding) -> Option<Fit> {
        let last = self.last().1;
        if facet(last.kind) != facet(next.kind) {
            return None;
        }
        let same_subject = last.subject == next.subject;
        let same_place = last.new.pointer == next.old.pointer;
        // What is not there points at what holds it, and so do its siblings;
        // only the texts of a place are there whether a row shows them or not.
        let is_place = last.kind == Kind::DocsChanged || is_there(&last.new) && is_there(&next.old);
        if !(same_subject || same_place && is_place) {
            return None;
        }
        let goes_on = last.new.value == next.old.value;
        let undoes = goes_on && last.old.value == next.new.value;
        match told_apart(last.kind) {
            By::Place => {}
            By::Value if goes_on && (is_whole(last) && is_whole(next) || undoes) => {}
            By::Value => return None,
        }
        Some((undoes, same_subject, same_place))
    }

    /// Returns whether the last step brought back what the first had found,
    /// as far as the steps themselves can tell.
    fn returns(&self) -> bool {
        let (first, last) = (self.first(), self.last().1);
        let (start, end) = (&first.old, &last.new);
        if self.steps.len() < 2
            || differ(start.value.as_ref(), end.value.as_ref())
            || differ(start.rust.as_ref(), end.rust.as_ref())
        {
            return false;
        }
        let is_back = match (&start.value, &end.value) {
            (Some(_), Some(_)) => true,
            (None, None) => start.rust.is_some() && end.rust.is_some(),
            _ => return false,
        };
        let was_in_between = is_there(&first.new) && is_there(&last.old);
        let is_gone = was_in_between && !is_there(start) && !is_there(end);
        let mirror = first.kind.mirror();
        is_back || is_gone || (mirror != first.kind && mirror == last.kind)
    }

    /// Returns whether the last step is the opposite of the first and no value
    /// says otherwise. That the net is silent decides the rest.
    fn is_mirrored(&self) -> bool {
        let (first, last) = (self.first(), self.last().1);
        let is_mirror = last.kind == first.kind.mirror();
        self.steps.len() > 1
            && is_mirror
            && !differ(first.old.value.as_ref(), last.new.value.as_ref())
    }

    /// Returns whether a row of the net is about what is left of the chain.
    fn is_told_by(&self, net: &Finding, exactly: bool) -> bool {
        let (first, last) = (self.first(), self.last().1);
        if facet(first.kind) != facet(net.kind) {
            return false;
        }
        let same_place =
            first.old.pointer == net.old.pointer && last.new.pointer == net.new.pointer;
        let is_somewhere = is_there(&net.old) && is_there(&net.new);
        if last.subject != net.subject && !(same_place && is_somewhere) {
            return false;
        }
        let same_values = first.old.value == net.old.value && last.new.value == net.new.value;
        if exactly || told_apart(net.kind) == By::Value { same_values } else { true }
    }
}

/// Returns whether both are told and are not the same.
fn differ(old: Option<&String>, new: Option<&String>) -> bool {
    matches!((old, new), (Some(old), Some(new)) if old != new)
}

/// Returns whether a row shows anything on this side.
fn is_there(side: &Side) -> bool {
    side.value.is_some() || side.rust.is_some()
}

/// Returns whether both sides have a value, so that a chain can go through it.
fn is_whole(it: &Finding) -> bool {
    it.old.value.is_some() && it.new.value.is_some()
}
