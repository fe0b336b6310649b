//! Marks the findings that an accept file lists, with their reasons.
//!
//! A finding is named by its fingerprint, so an entry holds as long as the
//! same thing changes in the same way. An entry that has expired, or that
//! names no finding, is reported, so that an accept file does not outlive its
//! purpose.

mod date;
mod read;

pub use date::Date;
pub use read::Remark;

use super::finding::Diff;

/// Why a finding is accepted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Accepted {
    /// Why.
    pub reason: String,
    /// The last day on which it is; without it, for good.
    pub expires: Option<Date>,
}

/// What an accept file accepts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Acceptances {
    entries: Vec<Entry>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Entry {
    fingerprint: String,
    accepted: Accepted,
    /// Where the entry stands; its message is empty.
    place: Remark,
}

impl Acceptances {
    /// Marks what is accepted on `today` in all diffs of a run. Returns a
    /// warning for each entry that has expired, or that names no finding.
    pub fn mark<'a>(
        &self,
        diffs: impl IntoIterator<Item = &'a mut Diff>,
        today: Date,
    ) -> Vec<Remark> {
        let mut n_named = vec![0_usize; self.entries.len()];
        for (folded, finding) in diffs.into_iter().flat_map(|it| {
            let folded = if self.entries.is_empty() { Vec::new() } else { it.folded().findings };
            let folded = std::rc::Rc::new(folded);
            it.findings.iter_mut().map(move |it| (std::rc::Rc::clone(&folded), it))
        }) {
            for (entry, n_named) in self.entries.iter().zip(&mut n_named) {
                // A row that folds others names each of them.
                let is_folded = || {
                    let mut rows = folded.iter().filter(|it| it.fingerprint == entry.fingerprint);
                    rows.any(|it| it.places.iter().any(|it| it.fingerprint == finding.fingerprint))
                };
                if entry.fingerprint == finding.fingerprint || is_folded() {
                    *n_named += 1;
                    let holds = entry.accepted.expires.is_none_or(|last| today <= last);
                    finding.accepted = holds.then(|| entry.accepted.clone());
                }
            }
        }
        (self.entries.iter().zip(n_named))
            .filter_map(|(entry, n_named)| entry.warning(n_named, today))
            .collect()
    }
}

impl Entry {
    fn warning(&self, n_named: usize, today: Date) -> Option<Remark> {
        let fingerprint = &self.fingerprint;
        let message = match self.accepted.expires {
            _ if n_named == 0 => {
                format!("no change has the fingerprint `{fingerprint}`; delete the entry")
            }
            Some(last) if last < today => {
                format!("the acceptance of `{fingerprint}` expired on {last}; it counts again")
            }
            _ => return None,
        };
        Some(Remark { message, ..self.place.clone() })
    }
}
