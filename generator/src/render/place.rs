//! Looks up the file, line, column and bytes of a diagnostic.

use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::ops::Range;

use crate::bundle;
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::input::{Input, Text};
use crate::overlay::{self, Origin, Origins};
use crate::pointer::Pointer;
use crate::source::{Places, SourceMap, Span};

/// The texts of one run, ready to be pointed into.
#[derive(Debug)]
pub struct Texts<'a> {
    spec: Lines<'a>,
    overlay: Option<Lines<'a>>,
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
    files: BTreeMap<&'a str, (Lines<'a>, SourceMap<'a>)>,
}

impl<'a> Others<'a> {
    fn new(input: &'a Input) -> Self {
        let readable = input.files.iter().filter_map(|(name, it)| Some((name, it.as_ref().ok()?)));
        let files = readable.map(|(name, content)| {
            (name.as_str(), (Lines::of(name, content), SourceMap::new(content)))
        });
        Self { written_in: bundle::written_in(input), files: files.collect() }
    }
}

/// A text with the offsets of its lines.
#[derive(Clone, Debug)]
struct Lines<'a> {
    name: &'a str,
    content: &'a str,
    starts: Vec<usize>,
    /// The offsets of every [`STRIDE`]th character of each long line, by the
    /// start of the line; documents of one line have millions of columns, and
    /// counting them for each message is too slow.
    marks: BTreeMap<usize, Vec<usize>>,
    is_ascii: bool,
    /// The first place of each text in quotes, found when one is asked for.
    quoted: OnceCell<BTreeMap<&'a str, usize>>,
}

/// How many characters lie between two marks of a long line.
const STRIDE: usize = 1024;

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
            spec: Lines::new(&input.spec),
            overlay: input.overlay.as_ref().map(Lines::new),
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
                let map = self.overlay_map.get_or_init(|| SourceMap::new(overlay.content));
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
        let content = self.spec.content;
        self.map.get_or_init(|| match self.places {
            Some(places) => SourceMap::of(content, places),
            None => SourceMap::new(content),
        })
    }
}

/// Returns the span of a node, or of its key if the node has several lines.
fn span(map: &SourceMap<'_>, pointer: &Pointer, at_key: bool) -> Option<Span> {
    let span = map.locate(pointer, at_key)?;
    if span.line == span.end_line { Some(span) } else { map.locate(pointer, true) }
}

impl<'a> Lines<'a> {
    fn new(text: &'a Text) -> Self {
        Self::of(&text.name, &text.content)
    }

    fn of(name: &'a str, content: &'a str) -> Self {
        // YAML ends a line at a carriage return, too (YAML 1.2.2, 5.4).
        let mut starts = vec![0];
        if content.contains('\r') {
            let bytes = content.as_bytes();
            let is_end = |at: &usize| match bytes[*at] {
                b'\n' => true,
                b'\r' => bytes.get(at + 1) != Some(&b'\n'),
                _ => false,
            };
            starts.extend((0..bytes.len()).filter(is_end).map(|at| at + 1));
        } else {
            starts.extend(content.match_indices('\n').map(|(at, _)| at + 1));
        }
        let is_ascii = content.is_ascii();
        let marks = if is_ascii { BTreeMap::new() } else { marks(content, &starts) };
        Self { name, content, starts, marks, is_ascii, quoted: OnceCell::new() }
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
        let line = self.starts.partition_point(|line_start| *line_start <= start);
        let before = &self.content[self.starts[line - 1]..start];
        let column = before.chars().count() + 1;
        let end_column = column + needle.chars().count() + 2;
        Some(self.under(Span { line, column, end_line: line, end_column }))
    }

    /// Returns the place of a span, cut at the end of its first line.
    fn under(&self, span: Span) -> Place<'a> {
        let line = span.line.clamp(1, self.starts.len());
        let content = self.content;
        let line_range = self.starts[line - 1]..*self.starts.get(line).unwrap_or(&content.len());
        let text = content[line_range.clone()].trim_end();
        let marks = self.marks.get(&line_range.start);
        let start = self.offset(text, marks, span.column);
        let end = if span.end_line == span.line {
            self.offset(text, marks, span.end_column).max(start)
        } else {
            text.len()
        };
        let range = line_range.start + start..line_range.start + end;
        let column = span.column.max(1);
        Place { file: self.name, content, line, column, range, line_range }
    }

    /// Returns the offset of a column in a line; columns count characters.
    fn offset(&self, line: &str, marks: Option<&Vec<usize>>, column: usize) -> usize {
        let index = column.saturating_sub(1);
        if self.is_ascii {
            return index.min(line.len());
        }
        let mark = marks.and_then(|it| it.get(index / STRIDE));
        let (from, rest) = mark.map_or((0, index), |mark| (*mark, index % STRIDE));
        let tail = line.get(from..).unwrap_or_default();
        tail.char_indices().nth(rest).map_or(line.len(), |(offset, _)| from + offset)
    }
}

/// Returns the offsets of every [`STRIDE`]th character of each long line.
fn marks(text: &str, starts: &[usize]) -> BTreeMap<usize, Vec<usize>> {
    let ends = starts.iter().skip(1).copied().chain([text.len()]);
    let lines = starts.iter().zip(ends).filter(|(start, end)| end - *start > STRIDE);
    lines
        .map(|(start, end)| {
            let offsets = text[*start..end].char_indices().map(|(offset, _)| offset);
            (*start, offsets.step_by(STRIDE).collect())
        })
        .collect()
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
