//! Names the constants of header parameters.

use std::collections::BTreeMap;

use super::ConstIdent;
use super::derived::Derived;
use super::scope::{Scope, Wish};
use super::thing::Thing;
use crate::api::{Api, Location, NameOf};

/// The names of constants, by the header; header names have no case (RFC 9110 §5.1).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Constants(BTreeMap<String, Derived<ConstIdent>>);

impl Constants {
    pub(super) fn of(api: &Api) -> Self {
        let mut acc = BTreeMap::new();
        let mut scope = Scope::new("constant", &[]);
        let parameters = api.operations.iter().flat_map(|it| &it.parameters);
        let mut headers: Vec<_> = parameters.filter(|it| it.location == Location::Header).collect();
        headers.sort_by_key(|it| (it.name.to_ascii_lowercase(), &it.name));
        for parameter in headers {
            acc.entry(parameter.name.to_ascii_lowercase()).or_insert_with(|| {
                let given = api.given_names.get(&parameter.pointer, NameOf::Constant);
                let wish = Wish {
                    thing: Thing::Header,
                    at: parameter.pointer.clone(),
                    name: ConstIdent::new(given.unwrap_or(&parameter.name)).to_string(),
                    given: given.is_some(),
                    spelling: parameter.name.clone(),
                };
                let other = |ordinal| format!("{}_{ordinal}", wish.name);
                Derived::claim(&mut scope, &wish, other, ConstIdent::given)
            });
        }
        Self(acc)
    }

    pub(super) fn get(&self, header: &str) -> Option<&Derived<ConstIdent>> {
        self.0.get(&header.to_ascii_lowercase())
    }

    /// Names private constants: a word, then the word with a number,
    /// past those that hold the value of a header.
    pub(super) fn private<'a>(&'a self, word: &'a str) -> impl Iterator<Item = ConstIdent> + 'a {
        let numbered = (2..).map(move |number| format!("{word}_{number}"));
        let is_free = |name: &String| self.0.values().all(|it| it.ident().as_str() != name);
        std::iter::once(word.to_owned()).chain(numbered).filter(is_free).map(ConstIdent::given)
    }
}
