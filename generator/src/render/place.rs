//! Looks up the file, line, column and bytes of a diagnostic.

use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use crate::bundle;
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::input::{Input, Text};
use crate::overlay::{self, Origin, Origins};
use crate::pointer::Pointer;
use crate::source::{Lines, Places, SourceMap, Span};

/// The texts of one run, ready to be pointed into.
#[derive(Debug)]
pub struct Texts<'a> {
    spec: Shown<'a>,
    overlay: Option<Shown<'a>>,
    /// Made when the first place is asked for: most runs ask for none.
    map: OnceCell<SourceMap<'a>>,
    /// What reading the document found of them.
    places: Option<&'a Places>,
    overlay_map: OnceCell<SourceMap<'a>>,
    input: &'a Input,
    /// The other files, read when a place in one is asked for.
    others: OnceCell<Others<'a>>,
    /// Where nodes were written, if actions of the overlay have changed the document.
    origins: OnceCell<Option<Origins>>,
}

/// The files that a document refers to.
#[derive(Debug)]
struct Others<'a> {
    written_in: bundle::WrittenIn,
    files: BTreeMap<&'a str, (Shown<'a>, SourceMap<'a>)>,
}

impl<'a> Others<'a> {
    fn new(input: &'a Input) -> Self {
        let readable = input.files.iter().filter_map(|(name, it)| Some((name, it.as_ref().ok()?)));
        let files = readable.map(|(name, content)| {
            let shown = Shown::of(name, content);
            let map = shown.map(None);
            (name.as_str(), (shown, map))
        });
        Self { written_in: bundle::written_in(input), files: files.collect() }
    }
}

/// A text of a run.
#[derive(Debug)]
struct Shown<'a> {
    name: &'a str,
    content: &'a str,
    /// Made when the first place is asked for.
    lines: OnceCell<Arc<Lines<'a>>>,
    /// The first place of each text in quotes, found when one is asked for.
    quoted: OnceCell<BTreeMap<&'a str, usize>>,
}

/// What a diagnostic points at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place<'a> {
    /// The file, as the user wrote it.
    pub file: &'a str,
    /// The whole content of the file.
    pub content: &'a str,
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
    /// The bytes under the caret, within one line.
    pub range: Range<usize>,
    /// The bytes of the line, with its line break.
    pub line_range: Range<usize>,
}

impl Place<'_> {
    /// Returns the column behind the last character, from 1.
    pub fn end_column(&self) -> usize {
        self.column + self.content[self.range.clone()].chars().count()
    }
}

impl<'a> Texts<'a> {
    /// Returns the texts of a run.
    pub fn new(input: &'a Input) -> Self {
        Self {
            spec: Shown::new(&input.spec),
            overlay: input.overlay.as_ref().map(Shown::new),
            map: OnceCell::new(),
            places: None,
            overlay_map: OnceCell::new(),
            input,
            others: OnceCell::new(),
            origins: OnceCell::new(),
        }
    }

    /// Returns the texts of a run, of which the document has been read: with the places of the
    /// [`Outcome`](crate::Outcome), it is not read again for the first one that is asked for.
    pub fn with_places(input: &'a Input, places: &'a Places) -> Self {
        Self { places: Some(places), ..Self::new(input) }
    }

    /// Returns the same texts, with everything ready for the first place that is asked for.
    #[must_use]
    pub fn made_ready(self) -> Self {
        self.map();
        self
    }

    /// Returns the first place of a diagnostic.
    ///
    /// What is said about the overlay is placed in the overlay: at the
    /// position where there is one, else at the entry that names the pointer.
    pub fn place(&self, diagnostic: &Diagnostic) -> Place<'a> {
        let overlay = self.overlay.as_ref().filter(|_| codes::is_about_overlay(diagnostic.code));
        match (overlay, diagnostic.position) {
            (Some(overlay), Some((line, column))) => overlay.at(line, column),
            (Some(overlay), None) => overlay.entry(&diagnostic.at),
            (None, Some((line, column))) => self.spec.at(line, column),
            (None, None) => self.of(&diagnostic.at, diagnostic.at_key),
        }
    }

    /// Returns the place of a node of the document; of a node that only the
    /// overlay adds, the place of the nearest node above it.
    pub fn of(&self, pointer: &Pointer, at_key: bool) -> Place<'a> {
        if let Some(place) = self.in_other_file(pointer, at_key) {
            return place;
        }
        let origins = self.origins.get_or_init(|| overlay::origins(self.input));
        match (origins.as_ref().map(|it| it.of(pointer)), &self.overlay) {
            (Some(Origin::Document(at)), _) => self.in_document(&at, at_key),
            (Some(Origin::Overlay(at)), Some(overlay)) => {
                let map = self.overlay_map.get_or_init(|| overlay.map(None));
                let span = span(map, &at, at_key);
                span.map_or_else(|| overlay.at(1, 1), |span| overlay.under(span))
            }
            _ => self.in_document(pointer, at_key),
        }
    }

    /// Returns the place of a node that comes from another file.
    fn in_other_file(&self, pointer: &Pointer, at_key: bool) -> Option<Place<'a>> {
        if self.input.files.is_empty() {
            return None;
        }
        let others = self.others.get_or_init(|| Others::new(self.input));
        let (file, at) = others.written_in.of(pointer)?;
        let (lines, map) = others.files.get(file)?;
        let mut place = Some((at, at_key));
        while let Some((at, at_key)) = place {
            if let Some(span) = span(map, &at, at_key) {
                return Some(lines.under(span));
            }
            place = at.parent().map(|at| (at, true));
        }
        Some(lines.at(1, 1))
    }

    /// Returns the place of a node of the document as it is published.
    fn in_document(&self, pointer: &Pointer, at_key: bool) -> Place<'a> {
        if let Some(span) = self.span(pointer, at_key) {
            return self.spec.under(span);
        }
        match pointer.parent() {
            Some(parent) => self.in_document(&parent, true),
            None => self.spec.at(1, 1),
        }
    }

    /// Returns whether the place is in the document, not in the overlay.
    pub(super) fn is_document(&self, place: &Place<'_>) -> bool {
        std::ptr::eq(place.content, self.spec.content)
    }

    /// A value of several lines is shown by its key: a caret under all of it
    /// would point at nothing.
    fn span(&self, pointer: &Pointer, at_key: bool) -> Option<Span> {
        span(self.map(), pointer, at_key)
    }

    fn map(&self) -> &SourceMap<'a> {
        self.map.get_or_init(|| self.spec.map(self.places))
    }
}

/// Returns the span of a node, or of its key if the node has several lines.
fn span(map: &SourceMap<'_>, pointer: &Pointer, at_key: bool) -> Option<Span> {
    let span = map.locate(pointer, at_key)?;
    if span.line == span.end_line { Some(span) } else { map.locate(pointer, true) }
}

impl<'a> Shown<'a> {
    fn new(text: &'a Text) -> Self {
        Self::of(&text.name, &text.content)
    }

    fn of(name: &'a str, content: &'a str) -> Self {
        // No column counts it.
        let content = content.trim_start_matches('\u{feff}');
        Self { name, content, lines: OnceCell::new(), quoted: OnceCell::new() }
    }

    fn lines(&self) -> &Arc<Lines<'a>> {
        self.lines.get_or_init(|| Lines::new(self.content).into())
    }

    /// Returns the positions of the nodes of the text.
    fn map(&self, places: Option<&'a Places>) -> SourceMap<'a> {
        let map = match places {
            Some(places) => SourceMap::of(self.content, places),
            None => SourceMap::new(self.content),
        };
        map.with_lines(Arc::clone(self.lines()))
    }

    /// Returns the place of the one character at a line and column.
    fn at(&self, line: usize, column: usize) -> Place<'a> {
        self.under(Span { line, column, end_line: line, end_column: column + 1 })
    }

    /// Returns the place of the entry of an overlay that names a pointer, in
    /// any of the spellings it may have; the start where none does.
    fn entry(&self, pointer: &Pointer) -> Place<'a> {
        let written = pointer.to_string();
        let spellings = [written.as_str(), written.trim_start_matches('#')];
        spellings.into_iter().find_map(|it| self.find(it)).unwrap_or_else(|| self.at(1, 1))
    }

    /// Returns the place of the first text in quotes that is `needle`.
    fn find(&self, needle: &str) -> Option<Place<'a>> {
        let quoted = self.quoted.get_or_init(|| quoted(self.content));
        let start = *quoted.get(needle)?;
        let line = self.lines().of_byte(start);
        let column = self.content[self.lines().start(line)..start].chars().count() + 1;
        let end_column = column + needle.chars().count() + 2;
        let line = line + 1;
        Some(self.under(Span { line, column, end_line: line, end_column }))
    }

    /// Returns the place of a span, cut at the end of its first line.
    fn under(&self, span: Span) -> Place<'a> {
        let lines = self.lines();
        let line = span.line.clamp(1, lines.len());
        let line_range = lines.start(line - 1)..lines.start(line);
        let content = self.content;
        let line_end = line_range.start + content[line_range.clone()].trim_end().len();
        let byte = |column: usize| lines.column(line - 1, column.saturating_sub(1)).min(line_end);
        let start = byte(span.column);
        let end =
            if span.end_line == span.line { byte(span.end_column).max(start) } else { line_end };
        let range = start..end;
        let column = span.column.max(1);
        Place { file: self.name, content, line, column, range, line_range }
    }
}

/// Returns what stands between each quote and the next one of its kind, with
/// the place of the first of the two.
fn quoted(text: &str) -> BTreeMap<&str, usize> {
    let mut acc = BTreeMap::new();
    for quote in ['"', '\''] {
        let quotes: Vec<usize> = text.match_indices(quote).map(|(at, _)| at).collect();
        for pair in quotes.windows(2) {
            acc.entry(&text[pair[0] + 1..pair[1]]).or_insert(pair[0]);
        }
    }
    acc
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_byte_order_mark_is_no_column() {
        let document = "{openapi: 3.0.3, paths: [é]}";
        let pointer = Pointer::parse("#/paths/0").expect("it is a pointer");
        for content in [document.to_owned(), format!("\u{feff}{document}")] {
            let input = Input::new("a.yaml", content);
            let place = Texts::new(&input).of(&pointer, false);
            assert_eq!((place.line, place.column, place.end_column()), (1, 26, 27));
            assert_eq!(&place.content[place.range], "é");
        }
    }
}
