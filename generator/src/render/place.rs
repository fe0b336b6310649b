//! A diagnostic in, the file, line, column and bytes it points at out.

use std::cell::OnceCell;
use std::ops::Range;

use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::pipeline::{Input, Text};
use crate::pointer::Pointer;
use crate::source::{SourceMap, Span};

/// The texts of one run, ready to be pointed into.
#[derive(Debug)]
pub struct Texts<'a> {
    spec: Lines<'a>,
    overlay: Option<Lines<'a>>,
    /// Made when the first place is asked for: most runs ask for none.
    map: OnceCell<SourceMap<'a>>,
}

/// A text with the offsets of its lines.
#[derive(Clone, Debug)]
struct Lines<'a> {
    text: &'a Text,
    starts: Vec<usize>,
    is_ascii: bool,
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

impl<'a> Texts<'a> {
    /// Returns the texts of a run.
    pub fn new(input: &'a Input) -> Self {
        Self {
            spec: Lines::new(&input.spec),
            overlay: input.overlay.as_ref().map(Lines::new),
            map: OnceCell::new(),
        }
    }

    /// Returns the texts of a document that has been read, with everything
    /// ready for the first place that is asked for.
    pub fn of_readable(input: &'a Input) -> Self {
        let map = SourceMap::of_readable(&input.spec.content);
        Self { map: OnceCell::from(map), ..Self::new(input) }
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
        if let Some(span) = self.span(pointer, at_key) {
            return self.spec.under(span);
        }
        match pointer.parent() {
            Some(parent) => self.of(&parent, true),
            None => self.spec.at(1, 1),
        }
    }

    /// Returns whether the place is in the document, not in the overlay.
    pub(super) fn is_document(&self, place: &Place<'_>) -> bool {
        std::ptr::eq(place.content, self.spec.text.content.as_str())
    }

    /// A value of several lines is shown by its key: a caret under all of it
    /// would point at nothing.
    fn span(&self, pointer: &Pointer, at_key: bool) -> Option<Span> {
        let map = self.map.get_or_init(|| SourceMap::new(&self.spec.text.content));
        let span = map.locate(pointer, at_key)?;
        if span.line == span.end_line { Some(span) } else { map.locate(pointer, true) }
    }
}

impl<'a> Lines<'a> {
    fn new(text: &'a Text) -> Self {
        let ends = text.content.match_indices('\n').map(|(at, _)| at + 1);
        let starts = std::iter::once(0).chain(ends).collect();
        Self { text, starts, is_ascii: text.content.is_ascii() }
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
        let quoted = spellings.iter().flat_map(|it| [format!("\"{it}\""), format!("'{it}'")]);
        quoted.into_iter().find_map(|it| self.find(&it)).unwrap_or_else(|| self.at(1, 1))
    }

    /// Returns the place of the first occurrence of `needle`.
    fn find(&self, needle: &str) -> Option<Place<'a>> {
        let start = self.text.content.find(needle)?;
        let line = self.starts.partition_point(|line_start| *line_start <= start);
        let before = &self.text.content[self.starts[line - 1]..start];
        let column = before.chars().count() + 1;
        let end_column = column + needle.chars().count();
        Some(self.under(Span { line, column, end_line: line, end_column }))
    }

    /// Returns the place of a span, cut at the end of its first line.
    fn under(&self, span: Span) -> Place<'a> {
        let line = span.line.clamp(1, self.starts.len());
        let content = &self.text.content;
        let line_range = self.starts[line - 1]..*self.starts.get(line).unwrap_or(&content.len());
        let text = content[line_range.clone()].trim_end();
        let start = self.offset(text, span.column);
        let end = if span.end_line == span.line {
            self.offset(text, span.end_column).max(start)
        } else {
            text.len()
        };
        let range = line_range.start + start..line_range.start + end;
        let column = span.column.max(1);
        Place { file: &self.text.name, content, line, column, range, line_range }
    }

    /// Returns the offset of a column in a line; columns count characters.
    fn offset(&self, line: &str, column: usize) -> usize {
        let index = column.saturating_sub(1);
        if self.is_ascii {
            // Documents of one line have millions of columns: counting is too slow.
            index.min(line.len())
        } else {
            line.char_indices().nth(index).map_or(line.len(), |(offset, _)| offset)
        }
    }
}
