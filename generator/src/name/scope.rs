//! A scope of Rust, in which each name is unique and conflicts are settled deterministically.

use std::collections::BTreeMap;

use super::TypeIdent;
use super::thing::{Thing, clash};
use crate::api::name_entry;
use crate::codes;
use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::pointer::Pointer;

/// A wished name for a part of the document.
#[derive(Clone, Debug)]
pub(super) struct Wish {
    pub(super) thing: Thing,
    pub(super) at: Pointer,
    /// The name, a valid identifier.
    pub(super) name: String,
    /// Whether the overlay gives it: then it is taken before the others.
    pub(super) given: bool,
    /// What the document calls the thing, which tells it from others wherever it stands.
    pub(super) spelling: String,
}

impl Wish {
    /// Returns which of several that want one name has it, the smallest: the one to which the overlay
    /// gives it, else the one that the document spells so, else the first by its spelling. In which
    /// order a document says things means nothing, and so decides nothing.
    fn rank(&self) -> (bool, bool, &str) {
        (!self.given, self.spelling != self.name, &self.spelling)
    }
}

/// Returns the indices of wishes in the order in which they are granted.
pub(super) fn by_rank<'a>(wishes: impl IntoIterator<Item = &'a Wish>) -> Vec<usize> {
    let mut ranked: Vec<_> = wishes.into_iter().map(Wish::rank).enumerate().collect();
    ranked.sort_by_key(|it| it.1);
    ranked.into_iter().map(|it| it.0).collect()
}

/// Who has a name: something of the document, or generated code itself.
pub(super) type Holder = Option<(Thing, Pointer)>;

/// The names of one Rust scope: the types of a module, the fields of a struct.
pub(super) struct Scope {
    /// What its names are, for messages: `type`, `field`, `variant`.
    kind: &'static str,
    taken: BTreeMap<String, Holder>,
    /// Up to where each row of alternatives is taken, by its first two names: a
    /// row that many entries ask for is not walked from its beginning.
    next: BTreeMap<(String, String), usize>,
}

impl Scope {
    /// Creates a scope in which some names are reserved for generated code.
    pub(super) fn new(kind: &'static str, reserved: &[&str]) -> Self {
        let taken = reserved.iter().map(|name| ((*name).to_owned(), None)).collect();
        Self { kind, taken, next: BTreeMap::new() }
    }

    /// Returns whether the name is reserved for generated code.
    pub(super) fn is_reserved(&self, name: &str) -> bool {
        matches!(self.taken.get(name), Some(None))
    }

    /// Reserves a name for generated code.
    pub(super) fn reserve(&mut self, name: &str) {
        self.taken.entry(name.to_owned()).or_insert(None);
    }

    /// Claims the first free one of several names, without a diagnostic.
    pub(super) fn free(&mut self, alternative: impl Fn(usize) -> String) -> String {
        // One alternative more than there are names taken: one of them is free.
        let mut alternatives = (2..).map(alternative).take(self.taken.len() + 1);
        let free = alternatives.find(|it| !self.is_taken(it));
        let name = free.unwrap_or_else(|| unreachable!("each alternative is another name"));
        self.reserve(&name);
        name
    }

    /// Returns whether anything has taken the name.
    pub(super) fn is_taken(&self, name: &str) -> bool {
        self.taken.contains_key(name)
    }

    /// Takes a name; where it is taken already, returns by whom.
    pub(super) fn claim(&mut self, wish: &Wish) -> Result<String, Holder> {
        if let Some(holder) = self.taken.get(&wish.name) {
            return Err(holder.clone());
        }
        self.taken.insert(wish.name.clone(), Some((wish.thing, wish.at.clone())));
        Ok(wish.name.clone())
    }

    /// Takes the name that `alternative` makes for the second, third … of those that want one name.
    pub(super) fn claim_other(
        &mut self,
        wish: &Wish,
        holder: Holder,
        alternative: impl Fn(usize) -> String,
    ) -> (String, Diagnostic) {
        let row = (alternative(2), alternative(3));
        let mut ordinal = self.next.get(&row).copied().unwrap_or(2);
        let mut name = alternative(ordinal);
        // A scope is finite and the alternatives are not.
        while self.is_taken(&name) {
            ordinal += 1;
            name = alternative(ordinal);
        }
        self.next.insert(row, ordinal + 1);
        self.taken.insert(name.clone(), Some((wish.thing, wish.at.clone())));
        // The first alternative of an inline schema is a word and no number.
        let is_component = matches!(holder, Some((Thing::Schema, _)));
        let is_told = wish.thing == Thing::InlineSchema && is_component && ordinal == 2;
        let code = if is_told { codes::NAME_OF_COMPONENT } else { codes::NAME_COLLISION };
        let said = collision(code, self.kind, wish, &name, holder);
        (name, said)
    }

    /// Takes the name with a number behind it for a wish that was lost, and says so.
    pub(super) fn settle_lost(&mut self, wish: &Wish, holder: Holder, sink: &mut Sink) -> String {
        let other = |ordinal| format!("{}{ordinal}", wish.name);
        let (name, said) = self.claim_other(wish, holder, other);
        sink.push(said);
        name
    }

    /// Gives each wish a name. Names that are free are taken by [rank](Wish::rank); only then are
    /// alternatives made, so that none of them takes a name that another entry has by itself.
    pub(super) fn settle(
        &mut self,
        wishes: &[Wish],
        sink: &mut Sink,
        alternative: impl Fn(usize, usize) -> String,
    ) -> Vec<String> {
        let mut acc: Vec<Option<String>> = vec![None; wishes.len()];
        let mut lost = Vec::new();
        for index in by_rank(wishes) {
            match self.claim(&wishes[index]) {
                Ok(name) => acc[index] = Some(name),
                Err(holder) => lost.push((index, holder)),
            }
        }
        for (index, holder) in lost {
            let wish = &wishes[index];
            let (name, said) =
                self.claim_other(wish, holder, |ordinal| alternative(index, ordinal));
            sink.push(said);
            acc[index] = Some(name);
        }
        acc.into_iter()
            .map(|it| it.unwrap_or_else(|| unreachable!("each wish was claimed or lost")))
            .collect()
    }
}

fn collision(code: Code, kind: &str, wish: &Wish, name: &str, holder: Holder) -> Diagnostic {
    let Wish { thing, at, name: wanted, given, .. } = wish;
    let title = match &holder {
        Some((other, _)) => clash(*thing, *other, kind, wanted),
        None => format!("the {kind} name `{wanted}` is taken by generated code"),
    };
    let diagnostic = Diagnostic::warning(code, at.clone(), title)
        .label(format!("named `{name}` instead"))
        .at_key()
        .help(if *given {
            format!("give it another name in the overlay, for example `{name}`")
        } else {
            format!(
                "to settle it, add to the overlay:\n{}",
                name_entry(at, thing.name_of(), &spelled(kind, name))
            )
        });
    match holder {
        Some((_, other)) => diagnostic.other(other, format!("has the name `{wanted}`")),
        None => diagnostic,
    }
}

/// Returns what makes a name, where it does not make itself: `A_B_C` for `ABC`, which is one word
/// and makes `Abc`.
fn spelled(kind: &str, name: &str) -> String {
    let is_camel = !matches!(kind, "field" | "method" | "constant");
    if !is_camel || TypeIdent::new(name).as_str() == name {
        return name.to_owned();
    }
    let mut acc = String::new();
    for c in name.chars() {
        if c.is_uppercase() && !acc.is_empty() {
            acc.push('_');
        }
        acc.push(c);
    }
    acc
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn a_type_name_that_is_printed_makes_the_name(text in "\\PC{0,6}", suffix in "(Value|Type|2|)") {
            let name = format!("{}{suffix}", TypeIdent::new(&text));
            let made = TypeIdent::new(&spelled("type", &name));
            assert_eq!(made.as_str(), name);
        }
    }

    #[test]
    fn an_alternative_takes_no_name_that_another_entry_has() {
        let wish = |name: &str| Wish {
            thing: Thing::Property,
            at: Pointer::root().child(name),
            name: name.trim_end_matches('*').to_owned(),
            given: false,
            spelling: name.to_owned(),
        };
        let mut sink = Sink::default();
        let mut scope = Scope::new("field", &["c"]);
        let wishes = ["a", "a*", "a_2", "c"].map(wish);
        let names = scope
            .settle(&wishes, &mut sink, |of, ordinal| format!("{}_{ordinal}", wishes[of].name));
        assert_eq!(names, ["a", "a_3", "a_2", "c_2"]);
        let titles: Vec<_> = sink.diagnostics().iter().map(|it| it.title.as_str()).collect();
        assert_eq!(
            titles,
            [
                "the field name `c` is taken by generated code",
                "two properties map to the same field name `a`"
            ]
        );
    }

    #[test]
    fn what_the_overlay_gives_comes_first() {
        let wish = |at: &str, given| Wish {
            thing: Thing::Property,
            at: Pointer::root().child(at),
            name: "a".to_owned(),
            given,
            spelling: at.to_owned(),
        };
        let mut sink = Sink::default();
        let wishes = [wish("one", false), wish("two", true), wish("three", true)];
        let names = Scope::new("field", &[])
            .settle(&wishes, &mut sink, |_, ordinal| format!("a_{ordinal}"));
        assert_eq!(names, ["a_3", "a_2", "a"]);
        let help = sink.diagnostics()[0].help.as_deref();
        assert_eq!(help, Some("give it another name in the overlay, for example `a_2`"));
    }

    #[test]
    fn the_order_decides_nothing() {
        let wish = |spelling: &str| Wish {
            thing: Thing::Property,
            at: Pointer::root().child(spelling),
            name: "a_b".to_owned(),
            given: false,
            spelling: spelling.to_owned(),
        };
        let orders = [["aB", "a-b", "a_b"], ["a_b", "aB", "a-b"], ["a-b", "a_b", "aB"]];
        for spellings in orders {
            let wishes = spellings.map(wish);
            let names =
                Scope::new("field", &[])
                    .settle(&wishes, &mut Sink::default(), |_, ordinal| format!("a_b_{ordinal}"));
            let by_spelling: BTreeMap<_, _> = spellings.into_iter().zip(&names).collect();
            assert_eq!(
                (by_spelling["a_b"].as_str(), by_spelling["a-b"].as_str()),
                ("a_b", "a_b_2")
            );
            assert_eq!(by_spelling["aB"], "a_b_3");
        }
    }
}
