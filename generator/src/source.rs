//! A pointer and the text of a document in, line and column out; run only when a diagnostic is printed.

mod json;
mod plain;
pub(crate) mod yaml;

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use saphyr_parser::{Event, Marker, Parser, ScalarStyle};

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
#[derive(Debug, Default)]
pub struct SourceMap<'a> {
    /// The nodes in the order of the text; a key stands before its value.
    nodes: Vec<Node<'a>>,
    /// The long maps that were looked into: their keys in order.
    long_maps: RefCell<BTreeMap<usize, Arc<[Key]>>>,
}

/// A node, and where the one after it begins.
#[derive(Debug)]
struct Node<'a> {
    content: Content<'a>,
    start: Place,
    end: Place,
    /// The index of the first node that is not in this one.
    next: usize,
}

#[derive(Debug)]
enum Content<'a> {
    /// A text between quotes, or a scalar with a tag.
    Text(Cow<'a, str>),
    /// What the core schema may take for a number, a boolean or null.
    Plain(Cow<'a, str>),
    Map,
    List,
    /// What an alias stands for; nothing where that is nowhere.
    Alias(Option<usize>),
}

/// A line and a column, as the parser counts them.
type Place = (usize, usize);

/// A key as it is called, and its node.
type Key = (String, usize);

/// From this number of nodes on, the keys of a map are put in order: a map can have as many as there are
/// messages about it.
const LONG_MAP: usize = 128;

/// A map is merged into one that is merged into one, and so on; a map that is merged into itself has no end.
const MOST_MERGES: usize = 32;

impl<'a> SourceMap<'a> {
    /// Reads the text of a document. Where the parser that keeps places refuses it, nothing can be located.
    pub fn new(text: &'a str) -> Self {
        let nodes = nodes(text.trim_start_matches('\u{feff}')).unwrap_or_default();
        Self { nodes, long_maps: RefCell::default() }
    }

    /// Returns the position of the node at `pointer`, or of its key; for a node that
    /// is not written in the text, the key of the nearest one above it that is.
    pub fn locate(&self, pointer: &Pointer, at_key: bool) -> Option<Span> {
        let mut node = (!self.nodes.is_empty()).then_some(0)?;
        let mut key = None;
        for token in pointer.tokens() {
            match self.member(node, &token, MOST_MERGES) {
                // An element of a list has no key.
                Some(found) => (key, node) = found,
                None => return Some(self.span(key.unwrap_or(node))),
            }
        }
        Some(self.span(key.filter(|_| at_key).unwrap_or(node)))
    }

    /// Returns the key and the value of a property, or an element.
    fn member(&self, node: usize, token: &str, merges: usize) -> Option<(Option<usize>, usize)> {
        match self.nodes[node].content {
            Content::Map => {
                let value = |key: usize| (Some(key), self.nodes[key].next);
                self.key(node, token).map(value).or_else(|| {
                    let (_, other) = self.key(node, "<<").map(value)?;
                    self.member(other, token, merges.checked_sub(1)?)
                })
            }
            Content::List => {
                let mut elements = self.elements(node);
                match token.parse::<usize>() {
                    Ok(index) => elements.nth(index).map(|it| (None, it)),
                    // `<<: [*a, *b]` merges several maps.
                    Err(_) => {
                        elements.find_map(|it| self.member(it, token, merges.checked_sub(1)?))
                    }
                }
            }
            Content::Alias(of) => self.member(of?, token, merges.checked_sub(1)?),
            Content::Text(_) | Content::Plain(_) => None,
        }
    }

    /// Returns the nodes of a list, or the keys and values of a map in turn.
    fn elements(&self, node: usize) -> impl Iterator<Item = usize> {
        let end = self.nodes[node].next;
        let first = Some(node + 1).filter(|it| *it < end);
        std::iter::successors(first, move |it| Some(self.nodes[*it].next).filter(|it| *it < end))
    }

    fn key(&self, map: usize, token: &str) -> Option<usize> {
        let mut keys = self.elements(map).step_by(2);
        if self.nodes[map].next - map < LONG_MAP {
            return keys.find(|it| self.nodes[*it].names().any(|name| name == token));
        }
        let mut long_maps = self.long_maps.borrow_mut();
        let in_order = long_maps.entry(map).or_insert_with(|| {
            let names = |it: usize| self.nodes[it].names().map(move |name| (name.into_owned(), it));
            let mut acc: Vec<Key> = keys.flat_map(names).collect();
            acc.sort_unstable();
            acc.into()
        });
        let at = in_order.binary_search_by(|(name, _)| name.as_str().cmp(token)).ok()?;
        Some(in_order[at].1)
    }

    fn span(&self, node: usize) -> Span {
        let Node { start, end, .. } = self.nodes[node];
        Span { line: start.0, column: start.1 + 1, end_line: end.0, end_column: end.1 + 1 }
    }
}

impl Node<'_> {
    /// Returns what a key is called: as it is written, and as its value is, which `0x1F` and `True` differ in.
    fn names(&self) -> impl Iterator<Item = Cow<'_, str>> {
        let (written, value) = match &self.content {
            Content::Text(text) => (Some(text), None),
            Content::Plain(text) => (Some(text), spelling_of_value(text)),
            Content::Map | Content::List | Content::Alias(_) => (None, None),
        };
        written.map(|it| Cow::Borrowed(&**it)).into_iter().chain(value.map(Cow::Owned))
    }
}

/// Returns how a value of the core schema (YAML 1.2.2, 10.3.2) is spelled that is written in another way.
fn spelling_of_value(plain: &str) -> Option<String> {
    let radix = |digits: &str, radix| i64::from_str_radix(digits, radix).ok();
    let integer = match plain.as_bytes() {
        [b'0', b'x', ..] => radix(&plain[2..], 16),
        [b'0', b'o', ..] => radix(&plain[2..], 8),
        [b'+' | b'-' | b'0'..=b'9', ..] => plain.parse().ok(),
        _ => None,
    };
    let value = match plain {
        "~" | "" | "Null" | "NULL" => Some("null".to_owned()),
        "True" | "TRUE" => Some("true".to_owned()),
        "False" | "FALSE" => Some("false".to_owned()),
        _ => integer.map(|it| it.to_string()).or_else(|| {
            let is_number = plain.starts_with(|c: char| c.is_ascii_digit() || "+-.".contains(c));
            let number = plain.parse::<f64>().ok().filter(|_| is_number)?;
            serde_json::Number::from_f64(number).map(|it| it.to_string())
        }),
    };
    value.filter(|it| it != plain)
}

/// Returns the nodes of the first document; nothing where the parser refuses the text.
fn nodes(text: &str) -> Option<Vec<Node<'_>>> {
    json::nodes(text).or_else(|| plain::nodes(text)).or_else(|| events(text))
}

fn events(text: &str) -> Option<Vec<Node<'_>>> {
    let mut acc: Vec<Node<'_>> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    let mut anchors: BTreeMap<usize, usize> = BTreeMap::new();
    for event in Parser::new_from_str(text) {
        let (event, span) = event.ok()?;
        let (content, anchor) = match event {
            Event::Scalar(text, style, anchor, tag) => {
                let is_plain = style == ScalarStyle::Plain && tag.is_none();
                (if is_plain { Content::Plain(text) } else { Content::Text(text) }, anchor)
            }
            Event::MappingStart(anchor, _) => (Content::Map, anchor),
            Event::SequenceStart(anchor, _) => (Content::List, anchor),
            Event::Alias(anchor) => (Content::Alias(anchors.get(&anchor).copied()), 0),
            Event::MappingEnd | Event::SequenceEnd => {
                let (index, next) = (open.pop()?, acc.len());
                let node = acc.get_mut(index)?;
                (node.end, node.next) = (place(span.start), next);
                continue;
            }
            Event::DocumentEnd => break,
            Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentStart(_) => {
                continue;
            }
        };
        let index = acc.len();
        // Anchors count from 1.
        if anchor > 0 {
            anchors.insert(anchor, index);
        }
        if matches!(content, Content::Map | Content::List) {
            open.push(index);
        }
        let (start, end) = (place(span.start), place(span.end));
        acc.push(Node { content, start, end, next: index + 1 });
    }
    Some(acc)
}

fn place(marker: Marker) -> Place {
    (marker.line(), marker.col())
}

/// Returns line and column of the first key that its map has already.
pub fn second_key(text: &str) -> Option<(usize, usize)> {
    let map = SourceMap::new(text);
    let second = |of: usize| {
        let mut seen = BTreeSet::new();
        let mut keys = map.elements(of).step_by(2);
        keys.find(|it| map.nodes[*it].names().next().is_some_and(|name| !seen.insert(name)))
    };
    let maps = (0..map.nodes.len()).filter(|it| matches!(map.nodes[*it].content, Content::Map));
    let (line, column) = map.nodes[maps.filter_map(second).min()?].start;
    Some((line, column + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What can be told of nodes.
    pub(super) fn shown(nodes: &[Node<'_>]) -> Vec<String> {
        nodes.iter().map(|it| format!("{it:?}")).collect()
    }

    const YAML: &str = "paths:\n  /ä:\n    get: {responses: {200: &r {description: ü, x: 1}}}\n  /b:\n    <<: {q: 1}\n";

    fn check(text: &str, pointer: &str, at_key: bool) -> Option<(usize, usize, usize, usize)> {
        let pointer = Pointer::parse(pointer).expect("it is a pointer");
        let span = SourceMap::new(text).locate(&pointer, at_key)?;
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

    /// The parser calls itself for no level, and neither does the map.
    #[test]
    fn the_deepest_text_is_read_on_any_stack() {
        for level in ["[", "- ", "{\"a\": ", "? "] {
            SourceMap::new(&level.repeat(50_000));
        }
    }

    #[test]
    fn keys_are_found_by_how_they_are_written_and_by_their_value() {
        let text = "0x1F: 1\nTrue: 2\n~: 3\n1.0: 4\n'5': 5\n+6: 6\n";
        let tokens = ["0x1F", "31", "true", "null", "1.0", "5", "6"];
        let lines = tokens.map(|it| check(text, &format!("#/{it}"), false).expect("a place").0);
        assert_eq!(lines, [1, 1, 2, 3, 4, 5, 6]);
        let long: Vec<String> = (0..200).map(|it| format!("k{it}: {it}\n")).collect();
        assert_eq!(check(&(long.concat() + text), "#/31", false), Some((201, 7, 201, 8)));
    }

    #[test]
    fn maps_are_merged_and_rings_end() {
        let text = "a: &a {x: 1}\nb: {<<: *a, y: 2}\nc: {<<: [*a, {z: 3}]}\nd: &d {<<: *d}\n";
        assert_eq!(check(text, "#/b/x", false), Some((1, 11, 1, 12)));
        assert_eq!(check(text, "#/c/z", false), Some((3, 18, 3, 19)));
        assert_eq!(check(text, "#/d/w", false), Some((4, 1, 4, 2)));
    }

    #[test]
    fn the_first_key_that_comes_again() {
        assert_eq!(second_key("a: {b: 1, c: 2, 'b': 3}\nd: 1\nd: 2\n"), Some((1, 17)));
        assert_eq!(second_key("a: {b: 1}\nb: {b: 2}\n"), None);
    }
}
