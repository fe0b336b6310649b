//! Functions that each use one public item of a generated crate, in the way that a user may.

use std::collections::BTreeSet;

/// The way in which an item is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Use {
    /// A type is named.
    Name,
    /// An alias is what it stands for.
    Alias,
    /// A constant is read.
    Constant,
    /// A field is read.
    Field,
    /// A struct is written field by field, and taken apart.
    Literal,
    /// A variant is made and matched.
    Variant,
    /// All variants are matched.
    Exhaustive,
    /// A trait is asked for.
    Bound,
    /// A function or method is called.
    Call,
}

/// One use of one item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Witness {
    /// The item, for example `types::Pet`.
    pub item: String,
    /// The field, variant, method or trait of the item, for example `name`.
    pub member: Option<String>,
    /// The way in which it is used.
    pub used: Use,
    /// The items that the function names besides.
    pub named: BTreeSet<String>,
    /// The function, in one line.
    pub code: String,
}

impl Witness {
    /// Returns what is used, for example `types::Pet::name (Field)`.
    pub fn title(&self) -> String {
        match &self.member {
            Some(member) => format!("{}::{member} ({:?})", self.item, self.used),
            None => format!("{} ({:?})", self.item, self.used),
        }
    }
}

/// Writes a crate with one function in each line, those left out as empty lines.
pub(crate) fn krate(witnesses: &[Witness], without: &BTreeSet<usize>) -> String {
    let mut acc = "//! Uses every public item, one in each line.\n#![allow(warnings)]\n".to_owned();
    for (index, it) in witnesses.iter().enumerate() {
        if !without.contains(&index) {
            acc.push_str(&it.code);
        }
        acc.push('\n');
    }
    acc
}

/// Returns the index of the function in a line of the crate; lines count from 1.
pub(crate) fn index_of(line: usize) -> Option<usize> {
    line.checked_sub(3)
}
