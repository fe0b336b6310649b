//! A pointer and the text of a document in, line and column out; run only when a diagnostic is printed.

mod json;
mod lines;
mod places;

use std::borrow::Cow;
use std::cell::{OnceCell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use saphyr_parser::{Event, Parser};

use crate::pointer::Pointer;

use places::Content;

pub(crate) use lines::Lines;
pub use places::Places;
pub(crate) use places::Recorder;

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
    text: &'a str,
    places: Cow<'a, Places>,
    /// Made when the first place is asked for.
    lines: OnceCell<Arc<Lines<'a>>>,
    /// The long maps that were looked into: their keys in order.
    long_maps: RefCell<BTreeMap<usize, Arc<[Key]>>>,
}

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
        let text = text.trim_start_matches('\u{feff}');
        Self::with(text, Cow::Owned(places(text).unwrap_or_default()))
    }

    /// Takes the places that were found as the text was read, or reads it where there are none.
    pub fn of(text: &'a str, places: &'a Places) -> Self {
        if places.is_empty() {
            return Self::new(text);
        }
        Self::with(text.trim_start_matches('\u{feff}'), Cow::Borrowed(places))
    }

    fn with(text: &'a str, places: Cow<'a, Places>) -> Self {
        Self { text, places, lines: OnceCell::new(), long_maps: RefCell::default() }
    }

    /// Takes the lines of the text, which somebody else looks into as well.
    pub(crate) fn with_lines(self, lines: Arc<Lines<'a>>) -> Self {
        Self { lines: lines.into(), ..self }
    }

    fn len(&self) -> usize {
        self.places.0.len()
    }

    fn lines(&self) -> &Lines<'a> {
        self.lines.get_or_init(|| Lines::new(self.text).into())
    }

    fn content(&self, node: usize) -> Content {
        self.places.0[node].content
    }

    /// Returns the index of the first node that is not in this one.
    fn next(&self, node: usize) -> usize {
        match self.content(node) {
            Content::Map(next) | Content::List(next) => next as usize,
            _ => node + 1,
        }
    }

    /// Returns the position of the node at `pointer`, or of its key; for a node that
    /// is not written in the text, the key of the nearest one above it that is.
    pub fn locate(&self, pointer: &Pointer, at_key: bool) -> Option<Span> {
        let mut node = (self.len() > 0).then_some(0)?;
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
        match self.content(node) {
            Content::Map(_) => {
                let value = |key: usize| (Some(key), self.next(key));
                self.key(node, token).map(value).or_else(|| {
                    let (_, other) = self.key(node, "<<").map(value)?;
                    self.member(other, token, merges.checked_sub(1)?)
                })
            }
            Content::List(_) => {
                let mut elements = self.elements(node);
                match token.parse::<usize>() {
                    Ok(index) => elements.nth(index).map(|it| (None, it)),
                    // `<<: [*a, *b]` merges several maps.
                    Err(_) => {
                        elements.find_map(|it| self.member(it, token, merges.checked_sub(1)?))
                    }
                }
            }
            Content::Alias(of) => self.member(of.get() as usize - 1, token, merges.checked_sub(1)?),
            Content::Text | Content::Plain | Content::Nothing => None,
        }
    }

    /// Returns the nodes of a list, or the keys and values of a map in turn.
    fn elements(&self, node: usize) -> impl Iterator<Item = usize> {
        let end = self.next(node);
        let first = Some(node + 1).filter(|it| *it < end);
        std::iter::successors(first, move |it| Some(self.next(*it)).filter(|it| *it < end))
    }

    fn key(&self, map: usize, token: &str) -> Option<usize> {
        let mut keys = self.elements(map).step_by(2);
        if self.next(map) - map < LONG_MAP {
            return keys.find(|it| self.names(*it).any(|name| name == token));
        }
        let mut long_maps = self.long_maps.borrow_mut();
        let in_order = long_maps.entry(map).or_insert_with(|| {
            let names = |it: usize| self.names(it).map(move |name| (name.into_owned(), it));
            let mut acc: Vec<Key> = keys.flat_map(names).collect();
            acc.sort_unstable();
            acc.into()
        });
        let at = in_order.binary_search_by(|(name, _)| name.as_str().cmp(token)).ok()?;
        Some(in_order[at].1)
    }

    fn span(&self, node: usize) -> Span {
        let node = self.places.0[node];
        let ((line, column), (end_line, end_column)) =
            (self.lines().place(node.start), self.lines().place(node.end));
        Span { line, column, end_line, end_column }
    }

    /// Returns what a key is called: as it is written, and as its value is, which `0x1F` and `True` differ in.
    fn names(&self, key: usize) -> impl Iterator<Item = Cow<'a, str>> {
        let node = self.places.0[key];
        let raw = || self.lines().between(node.start, node.end).trim_end();
        let (written, value) = match node.content {
            Content::Text => (unquoted(raw()), None),
            Content::Plain => {
                let written = unfolded(raw());
                let value = written.as_deref().and_then(spelling_of_value);
                (written, value)
            }
            Content::Nothing => (Some(Cow::Borrowed("")), spelling_of_value("")),
            Content::Map(_) | Content::List(_) | Content::Alias(_) => (None, None),
        };
        written.into_iter().chain(value.map(Cow::Owned))
    }
}

/// Returns the text of a scalar with quotes, a tag or indicators.
fn unquoted(raw: &str) -> Option<Cow<'_, str>> {
    let bare = |quote: char| raw.strip_prefix(quote)?.strip_suffix(quote);
    let bare = bare('"').or_else(|| bare('\''));
    let is_rare = |it: &str| it.bytes().any(|it| matches!(it, b'\\' | b'\'' | b'\n' | b'\r'));
    if let Some(bare) = bare.filter(|it| !is_rare(it)) {
        return Some(Cow::Borrowed(bare));
    }
    // JSON has pairs of escapes that are one character, which YAML does not know.
    serde_json::from_str(raw).ok().map(Cow::Owned).or_else(|| scalar(raw))
}

/// Returns the text of a scalar without quotes.
fn unfolded(raw: &str) -> Option<Cow<'_, str>> {
    // Of several lines, or with an anchor.
    let is_rare = raw.starts_with('&') || raw.bytes().any(|it| matches!(it, b'\n' | b'\r'));
    if is_rare { scalar(raw) } else { Some(Cow::Borrowed(raw)) }
}

/// Reads a scalar.
fn scalar(raw: &str) -> Option<Cow<'_, str>> {
    // Behind an error, the parser has no end.
    let mut events = Parser::new_from_str(raw).map_while(Result::ok);
    events.find_map(|(event, _)| match event {
        Event::Scalar(text, ..) => Some(Cow::Owned(text.into_owned())),
        _ => None,
    })
}

/// Returns how a value of the core schema (YAML 1.2.2, 10.3.2) is spelled that is written in another way.
fn spelling_of_value(plain: &str) -> Option<String> {
    // Most keys are words.
    if matches!(plain.as_bytes(), [b'a'..=b'z' | b'$' | b'/', ..]) {
        return None;
    }
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

/// Returns the places of the first document; nothing where the parser refuses the text.
pub(crate) fn places(text: &str) -> Option<Places> {
    json::places(text).or_else(|| events(text))
}

fn events(text: &str) -> Option<Places> {
    let mut recorder = Recorder::default();
    for event in Parser::new_from_str(text) {
        let (event, span) = event.ok()?;
        if event == Event::DocumentEnd {
            break;
        }
        recorder.note(&event, span)?;
    }
    Some(recorder.finish())
}

/// Returns line and column of the first key that its map has already.
pub fn second_key(text: &str) -> Option<(usize, usize)> {
    let map = SourceMap::new(text);
    let second = |of: usize| {
        let mut seen = BTreeSet::new();
        let mut keys = map.elements(of).step_by(2);
        keys.find(|it| map.names(*it).next().is_some_and(|name| !seen.insert(name)))
    };
    let maps = (0..map.len()).filter(|it| matches!(map.content(*it), Content::Map(_)));
    let span = map.span(maps.filter_map(second).min()?);
    Some((span.line, span.column))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What can be told of nodes: with what their keys are called.
    pub(super) fn shown(text: &str, places: &Places) -> Vec<String> {
        let map = SourceMap::of(text, places);
        let names = |it: usize| map.names(it).collect::<Vec<_>>();
        (0..map.len()).map(|it| format!("{:?} {:?}", map.places.0[it], names(it))).collect()
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
    fn what_is_no_scalar_ends() {
        assert_eq!(scalar("'a\nb'").as_deref(), Some("a b"));
        for text in ["\"a", "[", "`a", ""] {
            assert_eq!(scalar(text), None);
        }
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
