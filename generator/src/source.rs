//! A pointer and the text of a document in, line and column out; run only when a diagnostic is printed.

use std::borrow::Cow;

use saphyr::{AnnotatedMapping, LoadableYamlNode, MarkedYaml, Scalar, YamlData};

use crate::pointer::Pointer;

/// A stretch of text; lines and columns count from 1, columns in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// The line of the first character.
    pub line: usize,
    /// The column of the first character.
    pub column: usize,
    /// The line of the end.
    pub end_line: usize,
    /// The column behind the last character.
    pub end_column: usize,
}

/// The positions of the nodes of a document in its text.
#[derive(Debug)]
pub struct SourceMap<'a> {
    root: Option<MarkedYaml<'a>>,
}

impl<'a> SourceMap<'a> {
    /// Returns the map of a text that the stage `load` refuses: it may be nested
    /// so deep that the parser here, which calls itself for each level, would run
    /// out of stack. Nothing in it can be located.
    pub fn of_unreadable() -> Self {
        Self { root: None }
    }

    /// Reads a text that the stage `load` has read before, with a parser that
    /// keeps places. Where that one refuses it, nothing can be located.
    pub fn of_readable(text: &'a str) -> Self {
        let text = text.trim_start_matches('\u{feff}');
        let documents = MarkedYaml::load_from_str(text).ok();
        Self { root: documents.and_then(|all| all.into_iter().next()) }
    }

    /// Returns the position of the node at `pointer`, or of its key; for a node that
    /// is not written in the text, the key of the nearest one above it that is.
    pub fn locate(&self, pointer: &Pointer, at_key: bool) -> Option<Span> {
        let mut node = self.root.as_ref()?;
        let mut key = None;
        for token in pointer.tokens() {
            match member(node, &token) {
                Some((its_key, value)) => {
                    node = value;
                    // An element of a list has no key.
                    key = its_key;
                }
                None => return Some(span(key.unwrap_or(node))),
            }
        }
        Some(span(key.filter(|_| at_key).unwrap_or(node)))
    }
}

/// Returns line and column of the first key that its map has already.
pub fn second_key(text: &str) -> Option<(usize, usize)> {
    let error = MarkedYaml::load_from_str(text).err()?;
    let is_about_keys = error.info() == "duplicated key in mapping";
    is_about_keys.then(|| (error.marker().line(), error.marker().col() + 1))
}

type Member<'a, 'b> = (Option<&'b MarkedYaml<'a>>, &'b MarkedYaml<'a>);

fn member<'a, 'b>(node: &'b MarkedYaml<'a>, token: &str) -> Option<Member<'a, 'b>> {
    match &node.data {
        YamlData::Mapping(members) => {
            let found = of_key(members, token);
            found.map(|(key, value)| (Some(key), value)).or_else(|| {
                let (_, merged) = of_key(members, "<<")?;
                member(merged, token)
            })
        }
        YamlData::Sequence(elements) => {
            let index = token.parse::<usize>().ok();
            match index.and_then(|index| elements.get(index)) {
                Some(element) => Some((None, element)),
                // `<<: [*a, *b]` merges several maps.
                None if index.is_none() => elements.iter().find_map(|it| member(it, token)),
                None => None,
            }
        }
        YamlData::Tagged(_, inner) => member(inner, token),
        _ => None,
    }
}

/// From this number of properties on, keys with tags are not found: each is looked
/// at in turn, and a map can have as many as there are messages about it.
const LONG_MAP: usize = 64;

/// Finds a property by the text of its key.
fn of_key<'a, 'b>(
    members: &'b AnnotatedMapping<'a, MarkedYaml<'a>>,
    token: &str,
) -> Option<(&'b MarkedYaml<'a>, &'b MarkedYaml<'a>)> {
    let text = Scalar::String(Cow::Owned(token.to_owned()));
    // `200` is read as a number, and its text is not always how it is written.
    let scalars = [text, Scalar::parse_from_cow(Cow::Owned(token.to_owned()))];
    let by_value =
        |scalar: Scalar<'a>| members.get_key_value(&MarkedYaml::from(YamlData::Value(scalar)));
    scalars.into_iter().find_map(by_value).or_else(|| {
        let few = members.len() <= LONG_MAP;
        members.iter().filter(|_| few).find(|(key, _)| is_text(key, token))
    })
}

/// Returns whether a key is written as `token`: `200` is the number's text.
fn is_text(key: &MarkedYaml<'_>, token: &str) -> bool {
    match &key.data {
        YamlData::Value(Scalar::String(text)) | YamlData::Representation(text, ..) => text == token,
        YamlData::Value(Scalar::Integer(number)) => number.to_string() == token,
        YamlData::Value(Scalar::FloatingPoint(number)) => token.parse() == Ok(number.into_inner()),
        YamlData::Value(Scalar::Boolean(flag)) => flag.to_string() == token,
        YamlData::Value(Scalar::Null) => token == "null",
        YamlData::Tagged(_, inner) => is_text(inner, token),
        _ => false,
    }
}

fn span(node: &MarkedYaml<'_>) -> Span {
    let (start, end) = (node.span.start, node.span.end);
    Span {
        line: start.line(),
        column: start.col() + 1,
        end_line: end.line(),
        end_column: end.col() + 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const YAML: &str = "paths:\n  /ä:\n    get: {responses: {200: &r {description: ü, x: 1}}}\n  /b:\n    <<: {q: 1}\n";

    fn check(text: &str, pointer: &str, at_key: bool) -> Option<(usize, usize, usize, usize)> {
        let pointer = Pointer::parse(pointer).expect("it is a pointer");
        let span = SourceMap::of_readable(text).locate(&pointer, at_key)?;
        Some((span.line, span.column, span.end_line, span.end_column))
    }

    #[test]
    fn values_and_keys_are_found_in_yaml_and_json() {
        assert_eq!(check(YAML, "#/paths/~1ä/get/responses/200/x", false), Some((3, 51, 3, 52)));
        assert_eq!(check(YAML, "#/paths/~1ä/get/responses/200", true), Some((3, 23, 3, 26)));
        assert_eq!(check(YAML, "#/paths/~1b/q", false), Some((5, 13, 5, 14)));
        let json = "{\n \"a\": [1,\n  {\"b\": true}]}";
        assert_eq!(check(json, "#/a/1/b", false), Some((3, 9, 3, 13)));
        assert_eq!(check(json, "#/a/1/b", true), Some((3, 4, 3, 7)));
    }

    #[test]
    fn what_is_not_written_is_at_the_key_above() {
        assert_eq!(check("a:\n  b: 1\n", "#/a/b/c/d", false), Some((2, 3, 2, 4)));
    }

    #[test]
    fn nothing_is_located_in_what_cannot_be_read() {
        assert_eq!(check("a: [1", "#/a", false), None);
        assert_eq!(check(&"[".repeat(5_000), "#/a", false), None);
    }
}
