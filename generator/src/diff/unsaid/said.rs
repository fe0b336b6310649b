//! Finds which kinds of rows cover a place.

use std::collections::BTreeMap;

use crate::diff::kind::Kind;
use crate::diff::walk::Walk;
use crate::document::Lister;
use crate::pointer::Pointer;

/// The kind and the subject of the rows at each place.
type Rows = BTreeMap<Pointer, Vec<(Kind, String)>>;

/// The rows by their place, on either side.
pub(super) struct Said {
    old: Rows,
    new: Rows,
}

/// Keywords below which a schema is the same one to a row: the row of a list
/// stands at the list, that of a body at its media type.
const TRANSPARENT: [&str; 7] =
    ["schema", "items", "additionalProperties", "allOf", "oneOf", "anyOf", "content"];

/// Rows below a schema that are about the schema itself.
fn own() -> impl Iterator<Item = &'static str> {
    Lister::ALL.into_iter().map(Lister::keyword).chain(["discriminator"])
}

impl Said {
    pub(super) fn of(walk: &Walk<'_>) -> Self {
        let mut acc = Self { old: BTreeMap::new(), new: BTreeMap::new() };
        for change in &walk.changes {
            let row = (change.kind, change.subject.clone());
            acc.old.entry(change.old.pointer.clone()).or_default().push(row.clone());
            acc.new.entry(change.new.pointer.clone()).or_default().push(row);
        }
        acc
    }

    /// Returns whether any row is at a place of both documents.
    pub(super) fn anything(&self, old: &Pointer, new: &Pointer) -> bool {
        self.anything_old(old) || self.anything_new(new)
    }

    /// Returns whether any row is at a place of the old document.
    pub(super) fn anything_old(&self, at: &Pointer) -> bool {
        is_told(&self.old, at)
    }

    /// Returns whether any row is at a place of the new document.
    pub(super) fn anything_new(&self, at: &Pointer) -> bool {
        is_told(&self.new, at)
    }

    /// Returns whether a row of an operation's parameters is about this one.
    pub(super) fn about(&self, list: &Pointer, name: &str) -> bool {
        let below = |it: &Rows| {
            let owner = list.parent();
            it.iter()
                .filter(|it| owner.as_ref().is_some_and(|owner| owner.holds(it.0)))
                .flat_map(|it| it.1)
                .any(|it| it.1.to_ascii_lowercase().ends_with(&name.to_ascii_lowercase()))
        };
        below(&self.old) || below(&self.new)
    }

    /// Returns whether a row of one of the kinds is about a schema.
    pub(super) fn tells(&self, old: &Pointer, new: &Pointer, kinds: &[Kind]) -> bool {
        let is_one = |rows: &Vec<(Kind, String)>| rows.iter().any(|it| kinds.contains(&it.0));
        let near = |side: &Rows, at: &Pointer| {
            same_to_a_row(at).iter().any(|it| side.get(it).is_some_and(is_one))
                || own().any(|keyword| {
                    let below = at.child(keyword);
                    let rows = side.range(below.clone()..).take_while(|it| below.holds(it.0));
                    rows.map(|it| it.1).any(is_one)
                })
        };
        near(&self.old, old) || near(&self.new, new) || self.is_replaced(old, new)
    }

    /// Returns whether a row about a text belongs to the same component or operation.
    pub(super) fn tells_texts(&self, old: &Pointer, new: &Pointer) -> bool {
        let near = |side: &Rows, at: &Pointer| {
            let Some(owner) = owner(at) else { return false };
            let rows = side.range(owner.clone()..).take_while(|it| owner.holds(it.0));
            rows.flat_map(|it| it.1).any(|it| it.0 == Kind::DocsChanged)
        };
        near(&self.old, old) || near(&self.new, new) || self.is_replaced(old, new)
    }

    /// Returns whether a row tells that something above became another thing.
    fn is_replaced(&self, old: &Pointer, new: &Pointer) -> bool {
        is_below_another(&self.old, old) || is_below_another(&self.new, new)
    }
}

fn is_told(side: &Rows, at: &Pointer) -> bool {
    let here = side.get(at).into_iter().flatten().any(|it| it.0 != Kind::DocsChanged);
    here || is_below_another(side, at)
}

fn is_below_another(side: &Rows, at: &Pointer) -> bool {
    let mut above = Some(at.clone());
    while let Some(at) = above {
        let rows = side.get(&at).into_iter().flatten();
        if rows.map(|it| it.0).any(replaces) {
            return true;
        }
        above = at.parent();
    }
    false
}

fn replaces(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::TypeChanged
            | Kind::TypeGeneralized
            | Kind::TypeSpecialized
            | Kind::ReferenceChanged
            | Kind::Respelled
            | Kind::PropertyRenamed
            | Kind::EnumAdded
            | Kind::EnumDropped
            | Kind::Unknown
    )
}

/// Returns the place and those above it that a row about it can have.
fn same_to_a_row(at: &Pointer) -> Vec<Pointer> {
    let mut acc = vec![at.clone()];
    let mut tokens = at.tokens();
    let mut at = at.clone();
    while let Some(last) = tokens.pop() {
        let under = tokens.last().map(String::as_str).unwrap_or_default();
        let listed = ["allOf", "oneOf", "anyOf", "content"].contains(&under);
        if !listed && !TRANSPARENT.contains(&last.as_str()) {
            break;
        }
        let Some(above) = at.parent() else { break };
        acc.push(above.clone());
        at = above;
    }
    acc
}

fn owner(at: &Pointer) -> Option<Pointer> {
    let text = at.as_str();
    let end = text.match_indices('/').nth(3).map_or(text.len(), |it| it.0);
    Pointer::parse(&text[..end])
}
