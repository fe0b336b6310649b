//! Diagnostics in, the messages people read out: excerpt, caret, pointer, help.

use std::collections::BTreeMap;
use std::iter;

use annotate_snippets::{
    Annotation, AnnotationKind, Group, Level, Renderer, Snippet, normalize_untrusted_str,
};

use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::render::place::{Place, Texts};

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
            acc.push_str(&renderer.render(&[message(diagnostic, &place, texts)]));
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
type Marked<'a> = (Place<'a>, AnnotationKind, &'a str);

/// Returns one message; a second place in the same text shares the excerpt.
fn message<'d, 't: 'd>(
    diagnostic: &'d Diagnostic,
    place: &Place<'t>,
    texts: &Texts<'t>,
) -> Group<'d> {
    let primary = (place.clone(), AnnotationKind::Primary, diagnostic.label.as_str());
    let others = diagnostic.others.iter().map(|(pointer, label)| {
        let place = texts.of(pointer, diagnostic.at_key);
        (place, AnnotationKind::Context, label.as_str())
    });
    let (here, elsewhere): (Vec<Marked<'d>>, Vec<_>) =
        iter::once(primary).chain(others).partition(|(other, ..)| other.file == place.file);

    let title =
        level(diagnostic.severity).primary_title(diagnostic.title.as_str()).id(diagnostic.code.0);
    let note = Level::NOTE.message(untrusted(&format!("at {}", diagnostic.at)));
    let help = diagnostic.help.as_deref().map(|help| Level::HELP.message(untrusted(help)));
    Group::with_title(title)
        .elements(excerpt(&here))
        .elements(excerpt(&elsewhere))
        .element(note)
        .elements(help)
}

/// Returns the lines from the first to the last of places in one text; the
/// renderer reads all it is given, so it is not given the whole document.
fn excerpt<'a>(marked: &[Marked<'a>]) -> Option<Snippet<'a, Annotation<'a>>> {
    let (first, ..) = marked.iter().min_by_key(|(place, ..)| place.line)?;
    let start = first.line_range.start;
    let end = marked.iter().map(|(place, ..)| place.line_range.end).max()?;
    let annotations = marked.iter().map(|(place, kind, label)| {
        let span = place.range.start - start..place.range.end - start;
        let label = (!label.is_empty()).then_some(*label);
        kind.span(span).label(label)
    });
    let lines = Snippet::source(&first.content[start..end]).line_start(first.line);
    Some(lines.path(first.file).annotations(annotations))
}

fn level(severity: Severity) -> Level<'static> {
    match severity {
        Severity::Error => Level::ERROR,
        // The renderer has no such level; a warning's colour fits.
        Severity::Skipped => Level::WARNING.with_name("skipped"),
        Severity::Warning => Level::WARNING,
    }
}

/// Names from the document can hold what a terminal obeys; line breaks are our own.
fn untrusted(text: &str) -> String {
    text.lines().map(normalize_untrusted_str).collect::<Vec<_>>().join("\n")
}
