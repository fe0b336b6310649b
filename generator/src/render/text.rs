//! Renders diagnostics for people: excerpt, caret, pointer, help.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::iter;

use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Renderer, Snippet};

use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::render::place::{Place, Texts};
use crate::shown::{lines, one_line};

/// Whether messages are coloured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Paint {
    /// Text only; what tests compare.
    Plain,
    /// With the escape codes of a terminal.
    Coloured,
}

/// How many messages of one code are shown; the rest is counted.
const SHOWN_OF_ONE_CODE: usize = 5;

/// Renders the diagnostics in the order of their places, a blank line after
/// each message.
pub fn text(diagnostics: &[Diagnostic], texts: &Texts<'_>, paint: Paint) -> String {
    let renderer = match paint {
        Paint::Plain => Renderer::plain(),
        Paint::Coloured => Renderer::styled(),
    };
    let mut acc = String::new();
    let mut n_of_code: BTreeMap<(Code, Severity), usize> = BTreeMap::new();
    for (diagnostic, place) in sorted(diagnostics, texts) {
        let n = n_of_code.entry((diagnostic.code, diagnostic.severity)).or_default();
        *n += 1;
        if *n <= SHOWN_OF_ONE_CODE {
            acc.push_str(&message(&renderer, diagnostic, &place, texts));
            acc.push_str("\n\n");
        }
    }
    for ((code, severity), n) in n_of_code {
        if n > SHOWN_OF_ONE_CODE {
            let title = format!(
                "… and {} more {}; --message-format json shows all",
                n - SHOWN_OF_ONE_CODE,
                code.0
            );
            let title = level(severity).primary_title(title).id(code.0);
            acc.push_str(&renderer.render(&[Group::with_title(title)]));
            acc.push_str("\n\n");
        }
    }
    acc
}

/// Returns the diagnostics with their places: the document first, then the
/// overlay, each from top to bottom.
pub(super) fn sorted<'d, 't>(
    diagnostics: &'d [Diagnostic],
    texts: &Texts<'t>,
) -> Vec<(&'d Diagnostic, Place<'t>)> {
    let mut acc: Vec<_> = diagnostics.iter().map(|it| (it, texts.place(it))).collect();
    acc.sort_by_key(|(diagnostic, place)| {
        (!texts.is_document(place), place.range.start, diagnostic.code)
    });
    acc
}

/// A place with the mark and the text that go under it.
type Marked<'a> = (Place<'a>, AnnotationKind, Cow<'a, str>);

/// Renders one message; a second place in the same text shares the excerpt.
fn message(
    renderer: &Renderer,
    diagnostic: &Diagnostic,
    place: &Place<'_>,
    texts: &Texts<'_>,
) -> String {
    // What a document or a file is called can hold what a terminal obeys.
    let primary = (place.clone(), AnnotationKind::Primary, one_line(&diagnostic.label));
    let others = diagnostic.others.iter().map(|(pointer, label)| {
        let place = texts.of(pointer, diagnostic.at_key);
        (place, AnnotationKind::Context, one_line(label))
    });
    let (here, elsewhere): (Vec<Marked<'_>>, Vec<_>) =
        iter::once(primary).chain(others).partition(|(other, ..)| other.file == place.file);

    let title = one_line(&diagnostic.title);
    let title = level(diagnostic.severity).primary_title(title).id(diagnostic.code.0);
    let note = Level::NOTE.message(format!("at {}", one_line(diagnostic.at.as_str())));
    let help = diagnostic.help.as_deref().map(|help| Level::HELP.message(lines(help)));
    let group = Group::with_title(title)
        .elements(excerpt(&here))
        .elements(excerpt(&elsewhere))
        .element(note)
        .elements(help);
    let text = renderer.render(&[group]);
    [here, elsewhere].iter().fold(text, |acc, marked| with_column(acc, marked))
}

/// Returns the lines from the first to the last of places in one text; the
/// renderer reads all it is given, so it is not given the whole document.
fn excerpt<'a>(marked: &[Marked<'a>]) -> Option<Snippet<'a, Annotation<'a>>> {
    let (first, ..) = marked.iter().min_by_key(|(place, ..)| place.line)?;
    let start = first.line_range.start;
    let end = marked.iter().map(|(place, ..)| place.line_range.end).max()?;
    let source = &first.content[start..end];
    let shown = shown_source(source);
    // An escape is longer than the character it replaces.
    let is_same = shown == source;
    let shift = |at: usize| if is_same { at } else { shown_source(&source[..at]).len() };
    let annotations = marked.iter().map(|(place, kind, label)| {
        let span = shift(place.range.start - start)..shift(place.range.end - start);
        let label = (!label.is_empty()).then(|| label.clone());
        kind.span(span).label(label)
    });
    let annotations: Vec<_> = annotations.collect();
    let lines = Snippet::source(shown).line_start(first.line);
    Some(lines.path(one_line(first.file)).annotations(annotations))
}

/// Puts the column of the file where the renderer has counted the characters of
/// escapes: in the line below the title, or the one that begins another text.
fn with_column(rendered: String, marked: &[Marked<'_>]) -> String {
    let is_primary = |it: &&Marked<'_>| matches!(it.1, AnnotationKind::Primary);
    let Some((place, ..)) = marked.iter().find(is_primary).or(marked.first()) else {
        return rendered;
    };
    let before = &place.content[place.line_range.start..place.range.start];
    let shift = shown_source(before).chars().count() - before.chars().count();
    if shift == 0 {
        return rendered;
    }
    let path = one_line(place.file);
    let place_of = |column: usize| format!("{path}:{}:{column}", place.line);
    let below = rendered.find('\n').unwrap_or(0);
    match rendered[below..].find(&place_of(place.column + shift)) {
        Some(at) => {
            let (head, tail) = rendered.split_at(below + at);
            head.to_owned()
                + &tail.replacen(&place_of(place.column + shift), &place_of(place.column), 1)
        }
        None => rendered,
    }
}

/// Returns source as a terminal may have it. A carriage return ends a line of
/// YAML, too, so that the line is one that the renderer counts.
fn shown_source(source: &str) -> Cow<'_, str> {
    if !source.contains('\r') {
        return lines(source);
    }
    let mut acc = String::with_capacity(source.len());
    let mut pieces = source.split('\r').peekable();
    while let Some(piece) = pieces.next() {
        acc.push_str(&lines(piece));
        acc.push_str(match pieces.peek() {
            None => "",
            Some(next) if next.starts_with('\n') => "\r",
            Some(_) => "\\r\n",
        });
    }
    Cow::Owned(acc)
}

fn level(severity: Severity) -> Level<'static> {
    match severity {
        Severity::Error => Level::ERROR,
        // The renderer has no such level; a warning's colour fits.
        Severity::Skipped => Level::WARNING.with_name("skipped"),
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    }
}
