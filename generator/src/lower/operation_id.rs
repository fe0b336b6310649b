//! The id of each operation: from the document, from the overlay, or from method and path.

use std::collections::{BTreeMap, BTreeSet};

use super::Lowering;
use crate::api::{NameOf, name_entry};
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::document::Operation;
use crate::pointer::Pointer;

/// The ids of all operations.
#[derive(Default)]
pub(super) struct Ids<'a> {
    ids: BTreeMap<(&'a str, &'static str), Id>,
}

/// The id of an operation.
#[derive(Clone, Debug)]
pub(super) struct Id {
    pub(super) text: String,
    /// Whether the document gives it, or the one that stands in its place, to several operations.
    pub(super) is_shared: bool,
    /// Whether it is made from method and path.
    pub(super) is_made: bool,
}

/// An operation that wants an id.
struct Wish<'a> {
    template: &'a str,
    operation: &'a Operation,
    wanted: Wanted,
    text: String,
}

/// Where an id comes from; what comes first keeps it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Wanted {
    /// From the overlay.
    Given,
    /// From the document.
    Written,
    /// From method and path.
    Made,
}

impl<'a> Ids<'a> {
    /// Gives each operation an id of its own. Of several that want the same one, the first in the order of
    /// origin, path and method keeps it; the order of the document decides nothing.
    pub(super) fn of(
        operations: impl Iterator<Item = (&'a str, &'a Operation)>,
        acc: &mut Lowering<'_>,
    ) -> Self {
        let mut wishes: Vec<_> = operations.map(|(template, it)| wish(template, it, acc)).collect();
        wishes.sort_by_key(|it| (it.wanted, it.template, it.operation.method));
        let mut holders: BTreeMap<&str, Vec<&Wish<'_>>> = BTreeMap::new();
        for wish in wishes.iter().filter(|it| it.wanted != Wanted::Made) {
            holders.entry(&wish.text).or_default().push(wish);
        }
        let mut free = Free {
            taken: holders.keys().copied().map(str::to_owned).collect(),
            next: BTreeMap::new(),
        };
        let mut ids = BTreeMap::new();
        for wish in &wishes {
            let at = &wish.operation.pointer;
            let all = holders.get(wish.text.as_str()).filter(|_| wish.wanted != Wanted::Made);
            let (text, is_made) = match all.map(Vec::as_slice) {
                Some([first, ..]) if std::ptr::eq(*first, wish) => (wish.text.clone(), false),
                Some([first, ..]) => {
                    let id = free.take(made(wish.operation.method, wish.template));
                    acc.sink.push(shared(wish, first, all.map_or(0, Vec::len), &id));
                    (id, true)
                }
                _ => {
                    let id = free.take(wish.text.clone());
                    acc.sink.push(without_id(at, &id));
                    (id, true)
                }
            };
            let is_shared = all.is_some_and(|it| it.len() > 1);
            ids.insert((wish.template, wish.operation.method), Id { text, is_shared, is_made });
        }
        Self { ids }
    }

    /// Returns the id of an operation.
    pub(super) fn id(&self, template: &str, operation: &Operation) -> Id {
        let id = self.ids.get(&(template, operation.method));
        id.cloned().unwrap_or_else(|| unreachable!("each operation of the document has one"))
    }
}

fn wish<'a>(template: &'a str, operation: &'a Operation, acc: &mut Lowering<'_>) -> Wish<'a> {
    let written = operation.data.operation_id.clone().filter(|it| !it.trim().is_empty());
    let given = acc.marks.name(&operation.pointer, NameOf::Operation);
    let (wanted, text) = match (given, written) {
        (Some(name), _) => (Wanted::Given, name),
        (None, Some(id)) => (Wanted::Written, id),
        (None, None) => (Wanted::Made, made(operation.method, template)),
    };
    Wish { template, operation, wanted, text }
}

fn without_id(at: &Pointer, id: &str) -> Diagnostic {
    let title = format!("the operation has no `operationId`; it is named `{id}`");
    Diagnostic::warning(codes::NO_OPERATION_ID, at.clone(), title).at_key().help(
        "give it an `operationId`, or name it in the overlay; the made name changes with the path",
    )
}

/// Says that several operations have one id, and what this one is called.
fn shared(wish: &Wish<'_>, first: &Wish<'_>, n: usize, id: &str) -> Diagnostic {
    let place = |it: &Wish<'_>| match it.wanted {
        Wanted::Written => it.operation.pointer.child("operationId"),
        Wanted::Given | Wanted::Made => it.operation.pointer.clone(),
    };
    let (text, at) = (&wish.text, &wish.operation.pointer);
    let (title, help) = match wish.wanted {
        Wanted::Given => (
            format!("the overlay names {n} operations `{text}`; this one is named `{id}`"),
            "give it another name in the overlay".to_owned(),
        ),
        Wanted::Written | Wanted::Made => (
            format!("`operationId` `{text}` is used by {n} operations; this one is named `{id}`"),
            format!(
                "give it another `operationId`; or, to keep the name, add to the overlay:\n{}",
                name_entry(at, None, id)
            ),
        ),
    };
    Diagnostic::warning(codes::DUPLICATE_OPERATION_ID, place(wish), title)
        .label("used again here")
        .other(place(first), format!("keeps the name `{text}`"))
        .help(help)
}

/// The ids that are taken.
struct Free {
    taken: BTreeSet<String>,
    /// Up to where the numbers behind each made id are taken.
    next: BTreeMap<String, usize>,
}

impl Free {
    /// Takes a made id, with a number where another operation has it.
    fn take(&mut self, id: String) -> String {
        if self.taken.insert(id.clone()) {
            return id;
        }
        let next = self.next.entry(id.clone()).or_insert(2);
        // Ids are finite and numbers are not.
        loop {
            let numbered = format!("{id}_{next}");
            *next += 1;
            if self.taken.insert(numbered.clone()) {
                return numbered;
            }
        }
    }
}

/// Makes an id from method and path: `get_users_by_id` of `GET /users/{id}`.
fn made(method: &str, template: &str) -> String {
    let mut words = vec![method.to_owned()];
    for segment in template.split(['/', '{']) {
        let (name, is_parameter) = match segment.split_once('}') {
            Some((name, _)) => (name, true),
            None => (segment, false),
        };
        let mut found =
            name.split(|it: char| !it.is_alphanumeric()).filter(|it| !it.is_empty()).peekable();
        if is_parameter && found.peek().is_some() {
            words.push("by".to_owned());
        }
        words.extend(found.map(str::to_lowercase));
    }
    words.join("_")
}

#[cfg(test)]
mod tests {
    use super::made;

    #[test]
    fn method_and_path_make_an_id() {
        assert_eq!(made("get", "/users/{id}"), "get_users_by_id");
        assert_eq!(made("post", "/a-b/{c_d}.{e}/F"), "post_a_b_by_c_d_by_e_f");
        assert_eq!(made("get", "/"), "get");
    }
}
