//! What a check found, and the way to where it is.

use std::collections::BTreeMap;
use std::error::Error;
use std::fmt::{self, Display, Write as _};
use std::mem;
use std::slice;

use super::values::check_text;
use super::{Rule, Validate};

/// More violations than these are not looked for: who needs them fixes these first.
const MOST: usize = 100;

/// A value that is not as its document declares it.
///
/// It has no part of the value, which may be a secret. The pointer has the names of properties.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    pointer: String,
    rule: Rule,
}

impl Violation {
    /// Returns the JSON pointer of the value (RFC 6901), from the value that was checked: of that one, it is empty.
    pub fn pointer(&self) -> &str {
        &self.pointer
    }

    /// Returns what the value violates.
    pub fn rule(&self) -> Rule {
        self.rule
    }
}

impl Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { pointer, rule } = self;
        if pointer.is_empty() {
            f.write_str("the value")?;
        } else {
            write!(f, "`{pointer}`")?;
        }
        write!(f, " {rule} ({})", rule.keyword())
    }
}

/// All values that are not as their document declares them; of more than 100, the first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violations(Vec<Violation>);

impl Violations {
    /// Returns the violations in the order of the document: one at least, 100 at most.
    pub fn iter(&self) -> slice::Iter<'_, Violation> {
        self.0.iter()
    }
}

impl<'a> IntoIterator for &'a Violations {
    type Item = &'a Violation;
    type IntoIter = slice::Iter<'a, Violation>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl Display for Violations {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.as_slice() {
            [one] => return write!(f, "{one}"),
            all if all.len() < MOST => write!(f, "{} values are not as declared: ", all.len())?,
            _ => write!(f, "at least {MOST} values are not as declared: ")?,
        }
        for (index, violation) in self.0.iter().enumerate() {
            let separator = if index == 0 { "" } else { "; " };
            write!(f, "{separator}{violation}")?;
        }
        Ok(())
    }
}

impl Error for Violations {}

/// What a check has found so far, and where it is.
#[derive(Debug, Default)]
pub struct Report {
    pointer: String,
    found: Vec<Violation>,
    whole: Whole,
}

/// What a value is a part of, that counts the properties of all of it.
#[derive(Clone, Copy, Debug, Default)]
pub(super) enum Whole {
    /// Of nothing.
    #[default]
    Itself,
    /// Of an object with so many properties.
    Of(usize),
    /// Of an object that nobody counts, since it holds a secret.
    Uncounted,
}

impl Report {
    pub(super) fn into_result(self) -> Result<(), Violations> {
        if self.found.is_empty() { Ok(()) } else { Err(Violations(self.found)) }
    }

    /// Adds a violation at this place.
    pub(super) fn add(&mut self, rule: Rule) {
        if !self.is_full() {
            self.found.push(Violation { pointer: self.pointer.clone(), rule });
        }
    }

    pub(super) fn is_full(&self) -> bool {
        self.found.len() >= MOST
    }

    pub(super) fn whole(&self) -> Whole {
        self.whole
    }

    /// Checks the value of a property.
    #[doc(hidden)]
    pub fn property<T: Validate>(&mut self, name: &str, value: &T, rules: &[Rule]) {
        let before = self.pointer.len();
        self.enter(name);
        self.below(value, rules);
        self.pointer.truncate(before);
    }

    /// Checks a value that is no part of the object that it stands in.
    fn below<T: Validate>(&mut self, value: &T, rules: &[Rule]) {
        let whole = mem::take(&mut self.whole);
        self.variant(value, rules);
        self.whole = whole;
    }

    /// Checks what stands beside the properties of an object, which has so many of them in all.
    #[doc(hidden)]
    pub fn part<T: Validate>(&mut self, n: Option<usize>, value: &T, rules: &[Rule]) {
        let whole = self.whole;
        self.whole = match whole {
            Whole::Itself => n.map_or(Whole::Uncounted, Whole::Of),
            // A part of a part is one of the outermost object.
            Whole::Of(_) | Whole::Uncounted => whole,
        };
        self.variant(value, rules);
        self.whole = whole;
    }

    /// Checks the text of an enum.
    #[doc(hidden)]
    pub fn text(&mut self, text: &str, rules: &[Rule]) {
        check_text(text, rules, self);
    }

    /// Checks the value of a parameter of an operation.
    #[doc(hidden)]
    pub fn parameter<T: Validate>(
        &mut self,
        location: &str,
        name: &str,
        value: &T,
        rules: &[Rule],
    ) {
        let before = self.pointer.len();
        self.enter(location);
        self.property(name, value, rules);
        self.pointer.truncate(before);
    }

    fn enter(&mut self, name: &str) {
        self.pointer.push('/');
        for c in name.chars() {
            match c {
                '~' => self.pointer.push_str("~0"),
                '/' => self.pointer.push_str("~1"),
                c => self.pointer.push(c),
            }
        }
    }

    pub(super) fn item<T: Validate>(&mut self, index: usize, value: &T, rules: &[Rule]) {
        let before = self.pointer.len();
        // Writing to a `String` does not fail.
        let _ = write!(self.pointer, "/{index}");
        self.below(value, rules);
        self.pointer.truncate(before);
    }

    /// Checks the undeclared properties of an object.
    #[doc(hidden)]
    pub fn rest<T: Validate>(&mut self, values: &BTreeMap<String, T>, rules: &[Rule]) {
        for (name, value) in values {
            self.property(name, value, rules);
        }
    }

    /// Checks a value that stands at the same place.
    #[doc(hidden)]
    pub fn variant<T: Validate>(&mut self, value: &T, rules: &[Rule]) {
        if !self.is_full() {
            value.check(rules, self);
        }
    }
}
