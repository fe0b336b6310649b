//! A table of a project file that is read key by key: what nobody asked for is an unknown key.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::fault::{FaultKind, ProjectError};
use crate::derives::Dependencies;
use crate::nearest::nearest;

/// The place of a fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Position {
    pub(super) line: usize,
    pub(super) column: usize,
}

/// Where faults are collected, with what tells their places.
pub(super) struct Faults<'a> {
    file: &'a str,
    text: &'a str,
    found: Vec<(usize, FaultKind)>,
}

impl<'a> Faults<'a> {
    pub(super) fn new(file: &'a str, text: &'a str) -> Self {
        Self { file, text, found: Vec::new() }
    }

    /// Reports a fault at an offset of the text.
    pub(super) fn push(&mut self, offset: usize, kind: FaultKind) {
        self.found.push((offset, kind));
    }

    /// Returns how many there are.
    pub(super) fn len(&self) -> usize {
        self.found.len()
    }

    /// Returns the line and the column of an offset, in characters.
    pub(super) fn position(&self, offset: usize) -> Position {
        let before = self.text.get(..offset).unwrap_or(self.text);
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        Position { line: before.matches('\n').count() + 1, column }
    }

    /// Returns all faults, in the order of the text.
    pub(super) fn into_errors(mut self) -> Vec<ProjectError> {
        let mut found = std::mem::take(&mut self.found);
        found.sort_by_key(|(offset, _)| *offset);
        let error = |(offset, kind)| ProjectError::at(self.file, self.position(offset), kind);
        found.into_iter().map(error).collect()
    }
}

/// Returns a value without its places; `None` if there is a number or a date in it, which no dependency has.
fn plain(value: &DeValue<'_>) -> Option<toml::Value> {
    Some(match value {
        DeValue::String(text) => toml::Value::String(text.to_string()),
        DeValue::Boolean(flag) => toml::Value::Boolean(*flag),
        DeValue::Array(list) => {
            let elements = list.iter().map(|it| plain(it.get_ref()));
            toml::Value::Array(elements.collect::<Option<_>>()?)
        }
        DeValue::Table(table) => {
            let pairs = table
                .iter()
                .map(|(key, value)| Some((key.get_ref().to_string(), plain(value.get_ref())?)));
            toml::Value::Table(pairs.collect::<Option<_>>()?)
        }
        _ => return None,
    })
}

/// A table, and which of its keys have a meaning.
pub(super) struct Table<'t> {
    /// What it is called in messages, for example `[[spec]]`.
    name: &'static str,
    /// The offset of its beginning.
    pub(super) offset: usize,
    entries: &'t DeTable<'t>,
    known: Vec<&'static str>,
}

impl<'t> Table<'t> {
    pub(super) fn new(name: &'static str, table: &'t Spanned<DeTable<'t>>) -> Self {
        Self { name, offset: table.span().start, entries: table.get_ref(), known: Vec::new() }
    }

    fn take(&mut self, key: &'static str) -> Option<&'t Spanned<DeValue<'t>>> {
        if !self.known.contains(&key) {
            self.known.push(key);
        }
        self.entries.get(key)
    }

    /// Returns where the value of a key begins, if there is one.
    pub(super) fn offset_of(&mut self, key: &'static str) -> Option<usize> {
        Some(self.take(key)?.span().start)
    }

    /// Takes a text that is not empty.
    pub(super) fn text(
        &mut self,
        key: &'static str,
        faults: &mut Faults<'_>,
    ) -> Option<Spanned<String>> {
        let value = self.take(key)?;
        let offset = value.span().start;
        match value.get_ref().as_str() {
            Some("") => faults.push(offset, FaultKind::Empty(key)),
            Some(text) => return Some(Spanned::new(value.span(), text.to_owned())),
            None => faults.push(offset, FaultKind::Kind { key, expected: "a text" }),
        }
        None
    }

    /// Takes a text that has to be there. One that is empty stands for a fault that is reported.
    pub(super) fn needed(&mut self, key: &'static str, faults: &mut Faults<'_>) -> Spanned<String> {
        let offset = self.offset;
        let is_absent = !self.entries.contains_key(key);
        let text = self.text(key, faults);
        if is_absent {
            faults.push(offset, FaultKind::Missing { key, table: self.name });
        }
        text.unwrap_or_else(|| Spanned::new(offset..offset, String::new()))
    }

    /// Takes `true` or `false`.
    pub(super) fn flag(&mut self, key: &'static str, faults: &mut Faults<'_>) -> Option<bool> {
        let value = self.take(key)?;
        let flag = value.get_ref().as_bool();
        if flag.is_none() {
            let expected = "`true` or `false`";
            faults.push(value.span().start, FaultKind::Kind { key, expected });
        }
        flag
    }

    /// Takes a list of texts that are not empty.
    pub(super) fn texts(&mut self, key: &'static str, faults: &mut Faults<'_>) -> Vec<String> {
        let Some(value) = self.take(key) else { return Vec::new() };
        let Some(list) = value.get_ref().as_array() else {
            faults.push(value.span().start, FaultKind::Kind { key, expected: "a list of texts" });
            return Vec::new();
        };
        let mut acc = Vec::new();
        for element in list {
            let offset = element.span().start;
            match element.get_ref().as_str() {
                Some("") => faults.push(offset, FaultKind::Empty(key)),
                Some(text) => acc.push(text.to_owned()),
                None => faults.push(offset, FaultKind::Kind { key, expected: "a list of texts" }),
            }
        }
        acc
    }

    /// Takes a table of dependencies: each a version, or a table as Cargo has it.
    pub(super) fn dependencies(
        &mut self,
        key: &'static str,
        faults: &mut Faults<'_>,
    ) -> Dependencies {
        let Some(value) = self.take(key) else { return Dependencies::new() };
        let expected = "a table of dependencies, as in a `Cargo.toml`";
        let read = value.get_ref().as_table().and_then(|table| {
            let pairs = table.iter().map(|(name, value)| {
                let value = plain(value.get_ref()).filter(|it| it.is_str() || it.is_table());
                Some((name.get_ref().to_string(), value?))
            });
            pairs.collect()
        });
        read.unwrap_or_else(|| {
            faults.push(value.span().start, FaultKind::Kind { key, expected });
            Dependencies::new()
        })
    }

    /// Takes a list of tables.
    pub(super) fn tables(
        &mut self,
        key: &'static str,
        name: &'static str,
        faults: &mut Faults<'_>,
    ) -> Vec<Table<'t>> {
        let Some(value) = self.take(key) else { return Vec::new() };
        let expected = "a list of tables, each with two brackets around its name";
        let Some(list) = value.get_ref().as_array() else {
            faults.push(value.span().start, FaultKind::Kind { key, expected });
            return Vec::new();
        };
        let mut acc = Vec::new();
        for element in list {
            let offset = element.span().start;
            match element.get_ref().as_table() {
                Some(entries) => acc.push(Table { name, offset, entries, known: Vec::new() }),
                None => faults.push(offset, FaultKind::Kind { key, expected }),
            }
        }
        acc
    }

    /// Reports the keys that nobody has taken.
    pub(super) fn finish(self, faults: &mut Faults<'_>) {
        for key in self.entries.keys() {
            let name = key.get_ref().as_ref();
            if !self.known.contains(&name) {
                let nearest = nearest(name, self.known.iter().copied());
                let nearest = self.known.iter().copied().find(|it| Some(*it) == nearest);
                let (key_name, known) = (name.to_owned(), self.known.clone());
                let kind =
                    FaultKind::UnknownKey { key: key_name, table: self.name, nearest, known };
                faults.push(key.span().start, kind);
            }
        }
    }
}
