//! Wanted names in, unique names out: one scope of Rust, where a clash is settled the same way every time.

use std::collections::BTreeMap;

use crate::codes;
use crate::diagnostic::{Diagnostic, Sink};
use crate::pointer::Pointer;

/// The names of one Rust scope: the types of a module, the fields of a struct.
pub(super) struct Scope<'a> {
    /// What the scope is, for messages: `type`, `field`, `variant`.
    kind: &'static str,
    taken: BTreeMap<String, Option<Pointer>>,
    /// Up to where each row of alternatives is taken, by its first two names: a
    /// row that many entries ask for is not walked from its beginning.
    next: BTreeMap<(String, String), usize>,
    sink: &'a mut Sink,
}

impl<'a> Scope<'a> {
    pub(super) fn new(kind: &'static str, sink: &'a mut Sink) -> Self {
        Self { kind, taken: BTreeMap::new(), next: BTreeMap::new(), sink }
    }

    /// Takes a name that generated code needs for itself.
    pub(super) fn reserve(&mut self, name: &str) {
        self.taken.insert(name.to_owned(), None);
    }

    /// Returns whether generated code has taken the name for itself.
    pub(super) fn is_reserved(&self, name: &str) -> bool {
        matches!(self.taken.get(name), Some(None))
    }

    /// Returns `wanted`, or, when another entry has it, the name that
    /// `alternative` makes for the second, third … of them; says so in the sink.
    pub(super) fn claim(
        &mut self,
        wanted: String,
        at: &Pointer,
        alternative: impl Fn(usize) -> String,
    ) -> String {
        self.claim_with(wanted, &[], at, alternative)
    }

    /// Like [`claim`](Self::claim), together with the name that each suffix makes of it.
    pub(super) fn claim_with(
        &mut self,
        wanted: String,
        suffixes: &[&str],
        at: &Pointer,
        alternative: impl Fn(usize) -> String,
    ) -> String {
        let all = |name: &str| -> Vec<String> {
            let beside = suffixes.iter().map(|suffix| format!("{name}{suffix}"));
            std::iter::once(name.to_owned()).chain(beside).collect()
        };
        let Some(owner) = all(&wanted).iter().find_map(|it| self.taken.get(it).cloned()) else {
            self.taken.extend(all(&wanted).into_iter().map(|it| (it, Some(at.clone()))));
            return wanted;
        };
        let row = (alternative(2), alternative(3));
        let mut ordinal = self.next.get(&row).copied().unwrap_or(2);
        let mut given = alternative(ordinal);
        // A scope is finite and the alternatives are not.
        while all(&given).iter().any(|it| self.taken.contains_key(it)) {
            ordinal += 1;
            given = alternative(ordinal);
        }
        self.next.insert(row, ordinal + 1);
        self.taken.extend(all(&given).into_iter().map(|it| (it, Some(at.clone()))));
        self.sink.push(collision(self.kind, &wanted, &given, at, owner));
        given
    }
}

fn collision(
    kind: &str,
    wanted: &str,
    given: &str,
    at: &Pointer,
    owner: Option<Pointer>,
) -> Diagnostic {
    let title = match owner {
        Some(_) => format!("two things want the {kind} name `{wanted}`"),
        None => format!("the {kind} name `{wanted}` is taken by generated code"),
    };
    let diagnostic = Diagnostic::warning(codes::NAME_COLLISION, at.clone(), title)
        .label(format!("named `{given}` instead"))
        .at_key()
        .help(format!(
            "to settle it, add to the overlay:\n[[name]]\nat = \"{at}\"\nname = \"{given}\"\nreason = \"...\""
        ));
    match owner {
        Some(owner) => diagnostic.other(owner, format!("has the name `{wanted}`")),
        None => diagnostic,
    }
}
