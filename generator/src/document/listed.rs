//! The values that a schema declares, and the keyword that declares them, for all stages.

use std::collections::BTreeSet;

use serde_json::Value;

use super::Schema;
use crate::members;
use crate::pointer::Pointer;

/// The keywords that list the values of a schema. `const` comes as a list of one
/// (`dialect`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Lister {
    /// JSON Schema: no other value is valid.
    Enum,
    /// An extension: others may come.
    XEnum,
    /// The same extension under another name.
    XExtensibleEnum,
}

impl Lister {
    /// All of them; where a schema has several, the first one counts.
    pub(crate) const ALL: [Self; 3] = [Self::Enum, Self::XEnum, Self::XExtensibleEnum];

    pub(crate) fn keyword(self) -> &'static str {
        match self {
            Self::Enum => "enum",
            Self::XEnum => "x-enum",
            Self::XExtensibleEnum => "x-extensible-enum",
        }
    }

    /// Returns whether a keyword lists values.
    pub(crate) fn is_keyword(keyword: &str) -> bool {
        Self::ALL.iter().any(|it| it.keyword() == keyword)
    }

    /// Returns whether values that are not listed may come.
    pub(crate) fn is_open(self) -> bool {
        self != Self::Enum
    }
}

/// The values that a schema lists.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Listed {
    pub(crate) by: Lister,
    /// The place of the list.
    pub(crate) at: Pointer,
    pub(crate) values: Vec<Value>,
    /// Where each value stands in the list; another one may have taken values away.
    pub(crate) positions: Vec<usize>,
}

impl Listed {
    /// Reads the list of a schema.
    pub(super) fn of(members: &serde_yaml::Mapping, at: &Pointer) -> Option<Self> {
        Lister::ALL.into_iter().find_map(|by| {
            let list = members::get(members, by.keyword())?.as_sequence()?;
            let values = list.iter().map(|it| serde_json::to_value(it).ok());
            let at = at.child(by.keyword());
            let positions = (0..list.len()).collect();
            let values = values.collect::<Option<_>>()?;
            Some(Self { by, at, values, positions })
        })
    }

    /// Returns the list of what the branches of a union at a place list; none of no values.
    pub(crate) fn of_branches(mut values: Vec<Value>, at: Pointer) -> Option<Self> {
        let mut met = BTreeSet::new();
        values.retain(|it| met.insert(it.to_string()));
        let positions = (0..values.len()).collect();
        (!values.is_empty()).then_some(Self { by: Lister::Enum, at, values, positions })
    }

    /// Returns the type that all values have; strings tell theirs as texts.
    pub(super) fn ty(&self) -> Option<&'static str> {
        let mut values = self.values.iter().filter(|it| !it.is_null()).peekable();
        values.peek()?;
        let values: Vec<_> = values.collect();
        let are = |is: fn(&Value) -> bool| values.iter().all(|it| is(it));
        match () {
            () if are(Value::is_boolean) => Some("boolean"),
            () if are(|it| it.is_i64() || it.is_u64()) => Some("integer"),
            () if are(Value::is_number) => Some("number"),
            () => None,
        }
    }

    /// Returns the strings of the list with their positions.
    pub(crate) fn texts(&self) -> impl Iterator<Item = (usize, &str)> {
        let texts = self.positions.iter().zip(&self.values);
        texts.filter_map(|(index, value)| Some((*index, value.as_str()?)))
    }

    /// Returns the list without the values that another one does not have.
    pub(crate) fn without_others_than(&self, other: &Self) -> Self {
        let known: BTreeSet<String> = other.values.iter().map(Value::to_string).collect();
        let all = self.positions.iter().zip(&self.values);
        let kept = all.filter(|it| known.contains(&it.1.to_string()));
        let (positions, values): (Vec<_>, Vec<_>) =
            kept.map(|(index, it)| (*index, it.clone())).unzip();
        Self { by: self.by, at: self.at.clone(), values, positions }
    }

    fn are_texts(&self) -> bool {
        self.texts().next().is_some() && self.values.iter().all(|it| it.is_string() || it.is_null())
    }
}

impl Schema {
    /// Returns the values that the schema lists, when they are those of a string.
    pub(crate) fn listed_texts(&self) -> Option<&Listed> {
        let is_string = self.keywords.ty.as_deref().is_none_or(|ty| ty == "string");
        self.listed.as_ref().filter(|it| is_string && it.are_texts())
    }

    /// Returns the values of which no other is valid.
    pub(crate) fn only_values(&self) -> &[Value] {
        match &self.listed {
            Some(it) if !it.by.is_open() => &it.values,
            _ => &[],
        }
    }

    /// Returns the one text that the schema lists, when it lists one only.
    pub(crate) fn only_text(&self) -> Option<&str> {
        let mut texts = self.listed_texts()?.texts();
        match (texts.next(), texts.next()) {
            (Some((_, one)), None) => Some(one),
            _ => None,
        }
    }

    /// Returns whether `null` is the only value, as of the `NullEnum` that some servers' documents refer to.
    pub(crate) fn lists_only_null(&self) -> bool {
        let values = self.only_values();
        !values.is_empty() && values.iter().all(Value::is_null)
    }

    /// Returns whether the listed values hold a `null`.
    pub(crate) fn lists_null(&self) -> bool {
        self.listed.as_ref().is_some_and(|it| it.values.iter().any(Value::is_null))
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::{Path, PathBuf};

    use super::Lister;

    fn sources(folder: &Path, acc: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).expect("a folder").map(|it| it.expect("an entry")) {
            let path = entry.path();
            let is_test = path.file_stem().is_some_and(|it| it == "tests");
            if path.is_dir() && !is_test {
                sources(&path, acc);
            } else if path.extension().is_some_and(|it| it == "rs") && !is_test {
                acc.push(path);
            }
        }
    }

    #[test]
    fn no_other_file_knows_a_spelling_of_an_open_list() {
        let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
        let mut all = Vec::new();
        sources(&src, &mut all);
        assert!(all.len() > 100, "the sources are elsewhere");
        for keyword in Lister::ALL.into_iter().filter(|it| it.is_open()).map(Lister::keyword) {
            let quoted = format!("\"{keyword}\"");
            let knows = |it: &PathBuf| fs::read_to_string(it).expect("a text").contains(&quoted);
            let files: Vec<_> = all.iter().filter(|it| knows(it)).collect();
            assert_eq!(files, [&src.join("document/listed.rs")]);
        }
    }
}
