//! Marks when operations may be sent again, as the overlay says; an entry that does not fit is an error.

use std::collections::BTreeSet;

use super::marks;
use super::media::is_token;
use crate::api::{Api, Location, Operation, Retries, Style, Type};
use crate::diagnostic::Sink;
use crate::overlay::Retry;
use crate::pointer::Pointer;

/// The statuses after which every operation is sent again.
const ALWAYS: [u16; 5] = [408, 429, 502, 503, 504];

/// Marks the operations that each entry is about. An entry of a place inside of another one says more of
/// it, so it comes later.
pub(super) fn apply(api: &mut Api, entries: &[Retry], sink: &mut Sink) {
    let mut sorted: Vec<_> = entries.iter().map(|it| (Pointer::parse(&it.at), it)).collect();
    sorted.sort_by_key(|(at, _)| at.as_ref().map(|it| it.tokens().len()));
    let mut seen = BTreeSet::new();
    for (at, entry) in sorted {
        let is_new = at.as_ref().is_some_and(|at| seen.insert(at.clone()));
        let about = |it: &Operation| at.as_ref().is_some_and(|at| at.holds(&it.pointer));
        let found: Vec<_> = (0..api.operations.len())
            .filter(|index| is_new && about(&api.operations[*index]))
            .collect();
        marks::report(!found.is_empty(), "retry", "operation without one", &entry.at, sink);
        let Some(at) = at.filter(|_| !found.is_empty()) else { continue };
        let mut changed = false;
        let mut wrong = check(entry).err();
        for index in found {
            match said(api, &api.operations[index], entry) {
                Ok(retries) => {
                    changed |= retries != api.operations[index].retries;
                    api.operations[index].retries = retries;
                }
                Err(why) => wrong = wrong.or(Some(why)),
            }
        }
        if !changed {
            wrong = wrong.or(Some("it says what is so without it".to_owned()));
        }
        if let Some(why) = wrong {
            marks::misfit("retry", &entry.at, at, &why, sink);
        }
    }
}

/// Returns why an entry fits no operation.
fn check(entry: &Retry) -> Result<(), String> {
    if let Some(status) = entry.statuses.iter().find(|it| !(400..600).contains(*it)) {
        return Err(format!("{status} is no status of an error"));
    }
    match &entry.idempotency_header {
        Some(name) if !is_header_name(name) => Err(format!("`{name}` is no name of a header")),
        _ => Ok(()),
    }
}

/// Returns what an operation is with an entry, or why it does not fit.
fn said(api: &Api, operation: &Operation, entry: &Retry) -> Result<Retries, String> {
    let mut acc = operation.retries.clone();
    if !entry.statuses.is_empty() {
        acc.statuses = entry.statuses.iter().copied().filter(|it| !ALWAYS.contains(it)).collect();
        acc.statuses.sort_unstable();
        acc.statuses.dedup();
    }
    if let Some(name) = &entry.idempotency_header {
        let declared = operation
            .parameters
            .iter()
            .find(|it| it.location == Location::Header && it.name.eq_ignore_ascii_case(name));
        let is_text = declared.is_none_or(|it| {
            let ty = &api.behind_aliases(&it.ty).ty;
            it.style == Style::Plain && matches!(ty, Type::String(_))
        });
        if !is_text {
            return Err(format!("the header `{name}` is no text"));
        }
        acc.key_header = Some(name.to_ascii_lowercase());
    }
    if let Some(idempotent) = entry.idempotent {
        acc.idempotent = Some(idempotent).filter(|it| *it != operation.method.is_idempotent());
    }
    Ok(acc)
}

/// Returns whether a text is a field name (RFC 9110 section 5.1), and of no header that the client sets.
fn is_header_name(name: &str) -> bool {
    let taken = ["accept", "authorization", "content-length", "content-type", "cookie", "host"];
    is_token(name) && !taken.iter().any(|it| it.eq_ignore_ascii_case(name))
}
