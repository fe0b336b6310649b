//! The names that people judged to be those of secrets, or of what is none.
//!
//! The list is all that is shared with the generator: not how it looks a name up.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use crate::rust::Type;

/// What a list says of a name.
#[derive(Debug, Default)]
struct Judged {
    is_secret: Option<bool>,
    /// What it is beside these names.
    beside: BTreeMap<String, bool>,
    /// What it is in a type of this name.
    of: BTreeMap<String, bool>,
}

static JUDGED: LazyLock<BTreeMap<String, Judged>> = LazyLock::new(|| {
    let list = include_str!("../../../generator/src/lower/secrets/names.txt");
    let mut acc: BTreeMap<String, Judged> = BTreeMap::new();
    for line in list.lines().filter(|it| !it.is_empty() && !it.starts_with('#')) {
        let words: Vec<&str> = line.split(' ').collect();
        let [kind, name, rest @ ..] = words.as_slice() else {
            unreachable!("`{line}` is no line of the list")
        };
        let judged = acc.entry(bare(name)).or_default();
        let is_secret = *kind == "secret";
        match rest {
            // A name that is one thing here and another there is no matter for a list of names.
            [] | ["many"] if *kind != "other" => judged.is_secret = Some(is_secret),
            [] | ["many"] => {}
            ["of", ty] => drop(judged.of.insert(bare(ty), is_secret)),
            ["beside", other] => drop(judged.beside.insert(bare(other), is_secret)),
            _ => unreachable!("`{line}` is no line of the list"),
        }
    }
    acc
});

/// Returns a name without letter case and the marks between its words.
fn bare(name: &str) -> String {
    name.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase()
}

/// Returns whether a text of this name is a secret; `None` where nobody judged it. The owners are the
/// names of the type that it belongs to.
pub fn is_secret<'a>(
    name: &str,
    owners: &[&str],
    beside: impl Iterator<Item = &'a str>,
) -> Option<bool> {
    let judged = JUDGED.get(&bare(name))?;
    if let Some(is_secret) = owners.iter().find_map(|it| judged.of.get(&bare(it))) {
        return Some(*is_secret);
    }
    let beside: BTreeSet<_> = beside.filter_map(|it| judged.beside.get(&bare(it))).collect();
    match beside.into_iter().collect::<Vec<_>>().as_slice() {
        [] => judged.alone(),
        [is_secret] => Some(**is_secret),
        _ => None,
    }
}

impl Judged {
    /// Returns whether a text of the name is a secret where nothing around it says more; what company
    /// alone makes a secret of is none without it.
    fn alone(&self) -> Option<bool> {
        // What one type makes a secret of, another may too.
        let by_type = self.is_secret != Some(true) && self.of.values().any(|it| *it);
        let mut verdicts = self.beside.values();
        let first = verdicts.next();
        let is_other = |is_secret: &bool| verdicts.all(|it| it == is_secret).then_some(!is_secret);
        self.is_secret.or_else(|| first.and_then(is_other)).filter(|_| !by_type)
    }
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
