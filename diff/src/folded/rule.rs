//! The rules by which names changed.

use crate::finding::Finding;
use crate::operation::MADE;

/// How one name became another.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Rule {
    /// The same words in another spelling: `get_pet` and `getPet`.
    Spelling,
    /// From method and path to what the document gives, or the reverse.
    Made,
    /// One part of the name in place of another.
    Part { old: String, new: String },
}

/// Returns the rule by which the name of a row changed, if there is one.
pub(super) fn rule(it: &Finding) -> Option<Rule> {
    let is_made = |value: &Option<String>| value.as_deref().is_some_and(|it| it.ends_with(MADE));
    if is_made(&it.old.value) != is_made(&it.new.value) {
        return Some(Rule::Made);
    }
    let name = |line: &str| line.split('(').next().unwrap_or(line).trim_matches('`').to_owned();
    let of = |value: &Option<String>, rust: &Option<String>| {
        value.as_deref().or(rust.as_deref()).map(name)
    };
    let (mut old, mut new) = (of(&it.old.value, &it.old.rust)?, of(&it.new.value, &it.new.rust)?);
    if old == new {
        (old, new) = (name(it.old.rust.as_deref()?), name(it.new.rust.as_deref()?));
    }
    let words = |it: &str| it.replace(['_', '-', '.', ' '], "").to_lowercase();
    if words(&old) == words(&new) {
        return Some(Rule::Spelling);
    }
    let same = |(a, b): &(char, char)| a == b;
    let before: usize =
        old.chars().zip(new.chars()).take_while(same).map(|it| it.0.len_utf8()).sum();
    let (was, is) = (&old[before..], &new[before..]);
    let after: usize =
        (was.chars().rev().zip(is.chars().rev()).take_while(same)).map(|it| it.0.len_utf8()).sum();
    let (was, is) = (&was[..was.len() - after], &is[..is.len() - after]);
    // A name that is another one altogether follows no rule.
    (before + after > 0).then(|| Rule::Part { old: was.to_owned(), new: is.to_owned() })
}
