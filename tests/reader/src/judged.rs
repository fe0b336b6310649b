//! The names that people judged to be those of secrets, or of what is none.
//!
//! The list is all that is shared with the generator: not how it looks a name up.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use crate::rust::Type;

/// What a list says of a name.
#[derive(Debug, Default)]
struct Judged {
    is_secret: bool,
    /// Names beside which the verdict is the other one.
    unless_beside: BTreeSet<String>,
    /// Whether the type decides, which a name does not tell.
    by_type: bool,
}

static JUDGED: LazyLock<BTreeMap<String, Judged>> = LazyLock::new(|| {
    let list = include_str!("../../../generator/src/lower/secrets/names.txt");
    let mut acc: BTreeMap<String, Judged> = BTreeMap::new();
    for line in list.lines().filter(|it| !it.is_empty() && !it.starts_with('#')) {
        let words: Vec<&str> = line.split(' ').collect();
        match words.as_slice() {
            // A name that is one thing here and another there is no matter for a list of names.
            ["other", ..] => {}
            [kind, name] | [kind, name, "many"] => {
                acc.entry(bare(name)).or_default().is_secret = *kind == "secret";
            }
            [_, name, "of", _] => acc.entry(bare(name)).or_default().by_type = true,
            [_, name, _, other] => {
                acc.entry(bare(name)).or_default().unless_beside.insert(bare(other));
            }
            _ => unreachable!("`{line}` is no line of the list"),
        }
    }
    for line in list.lines().filter(|it| it.starts_with("other ")) {
        let words: Vec<&str> = line.split(' ').collect();
        if let (Some(judged), [_, _, "beside", other]) = (acc.get_mut(&bare(words[1])), &words[..])
        {
            judged.unless_beside.insert(bare(other));
        }
    }
    acc
});

/// Returns a name without letter case and the marks between its words.
fn bare(name: &str) -> String {
    name.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase()
}

/// Returns whether a text of this name is a secret; `None` where nobody judged it.
pub fn is_secret<'a>(name: &str, mut beside: impl Iterator<Item = &'a str>) -> Option<bool> {
    let judged = JUDGED.get(&bare(name))?;
    let is_open = beside.any(|it| judged.unless_beside.contains(&bare(it)));
    (!is_open && !judged.by_type).then_some(judged.is_secret)
}

/// Returns whether the texts that a type consists of are secrets; `None` where it holds something else.
pub fn hides(ty: &Type) -> Option<bool> {
    match ty {
        Type::Option(inner) | Type::Patch(inner) | Type::List(inner) | Type::Map(inner) => {
            hides(inner)
        }
        Type::Secret => Some(true),
        Type::String => Some(false),
        _ => None,
    }
}
