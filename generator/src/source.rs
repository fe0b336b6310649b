//! Document text in, the place of any node out: where messages get line and column from.

use std::borrow::Cow;

use saphyr::{LoadableYamlNode, MarkedYamlOwned, ScalarOwned, YamlDataOwned};

use crate::pointer::Pointer;

/// A stretch of the text; lines and columns count from 1, columns in
/// characters; the end is just behind the last character.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// The line of the first character.
    pub line: usize,
    /// The column of the first character.
    pub column: usize,
    /// The line of the end.
    pub end_line: usize,
    /// The column of the end.
    pub end_column: usize,
}

/// The places of all nodes of one document.
#[derive(Clone, Debug)]
pub struct SourceMap {
    /// `None` when the text cannot be read; then nothing has a place.
    root: Option<MarkedYamlOwned>,
}

impl SourceMap {
    /// Reads the places from the text.
    pub fn new(text: &str) -> Self {
        let documents = MarkedYamlOwned::load_from_str(text).unwrap_or_default();
        Self { root: documents.into_iter().next() }
    }

    /// Returns where the node, or its key, stands.
    pub fn locate(&self, pointer: &Pointer, at_key: bool) -> Option<Span> {
        let mut node = self.root.as_ref()?;
        let mut key = None;
        for token in pointer.tokens() {
            match &node.data {
                YamlDataOwned::Mapping(members) => {
                    let (found, member) =
                        members.iter().find(|(key, _)| key_text(key).as_deref() == Some(&token))?;
                    key = Some(found);
                    node = member;
                }
                YamlDataOwned::Sequence(items) => {
                    key = None;
                    node = items.get(token.parse::<usize>().ok()?)?;
                }
                _ => return None,
            }
        }
        let marked = if at_key { key.unwrap_or(node) } else { node };
        Some(Span {
            line: marked.span.start.line(),
            column: marked.span.start.col() + 1,
            end_line: marked.span.end.line(),
            end_column: marked.span.end.col() + 1,
        })
    }
}

/// Returns line and column of the first key that its map has already.
pub fn second_key(text: &str) -> Option<(usize, usize)> {
    let error = MarkedYamlOwned::load_from_str(text).err()?;
    let is_about_keys = error.info() == "duplicated key in mapping";
    is_about_keys.then(|| (error.marker().line(), error.marker().col() + 1))
}

fn key_text(key: &MarkedYamlOwned) -> Option<Cow<'_, str>> {
    match &key.data {
        YamlDataOwned::Value(ScalarOwned::String(text)) => Some(Cow::Borrowed(text)),
        YamlDataOwned::Value(ScalarOwned::Integer(number)) => Some(Cow::Owned(number.to_string())),
        YamlDataOwned::Value(ScalarOwned::Boolean(value)) => Some(Cow::Owned(value.to_string())),
        _ => None,
    }
}
