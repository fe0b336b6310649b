//! Finds the names of the prelude that a module hides: a schema may be called `Option`.

use std::collections::BTreeSet;

use crate::name::TypeIdent;

/// Every name that the code of a types file takes from the prelude, with its full path.
const PRELUDE: &[(&str, &str)] = &[
    ("Box", "::std::boxed::Box"),
    ("From", "::std::convert::From"),
    ("Option", "::std::option::Option"),
    ("Result", "::std::result::Result"),
    ("String", "::std::string::String"),
    ("Vec", "::std::vec::Vec"),
];

/// Which names of the prelude a module hides.
#[derive(Clone, Debug, Default)]
pub struct Shadow(BTreeSet<String>);

impl Shadow {
    /// Returns what the types of a module hide.
    pub fn of<'a>(types: impl Iterator<Item = &'a TypeIdent>) -> Self {
        Self(types.map(ToString::to_string).collect())
    }

    /// Returns whether a type of the module has the name.
    pub fn hides(&self, name: &str) -> bool {
        self.0.contains(name)
    }

    /// Returns how to write a name of the prelude: short, unless it is hidden.
    pub fn path(&self, name: &'static str) -> &'static str {
        if !self.0.contains(name) {
            return name;
        }
        match PRELUDE.iter().find(|(short, _)| *short == name) {
            Some((_, full)) => full,
            None => unreachable!("emitters ask only for names on the list: {name}"),
        }
    }
}
