//! Prints the diagnostics of a run in the chosen format.

use std::io::{self, IsTerminal};

use tamarack::Input;
use tamarack::diagnostic::Diagnostic;
use tamarack::render::{self, Paint, Texts};
use tamarack::source::Places;

use crate::MessageFormat;

/// A document that has been read, with what is open about it.
pub(crate) struct Said<'a> {
    pub(crate) input: &'a Input,
    pub(crate) places: &'a Places,
    pub(crate) open: &'a [Diagnostic],
}

/// Renders what is open about each document.
pub(crate) fn rendered<'a>(documents: &[Said<'a>], format: MessageFormat) -> String {
    let texts = |it: &Said<'a>| Texts::with_places(it.input, it.places);
    let each = |render: &dyn Fn(&[Diagnostic], &Texts<'_>) -> String| {
        documents.iter().map(|it| render(it.open, &texts(it))).collect()
    };
    match format {
        MessageFormat::Text => each(&|open, texts| render::text(open, texts, paint())),
        MessageFormat::Json => each(&render::json),
        MessageFormat::Github => each(&render::github),
        MessageFormat::Sarif => {
            let all: Vec<_> = documents.iter().map(|it| (it.open, texts(it))).collect();
            render::sarif(&all)
        }
    }
}

/// Returns whether messages on standard error are coloured.
fn paint() -> Paint {
    let no_colour = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    if io::stderr().is_terminal() && !no_colour { Paint::Coloured } else { Paint::Plain }
}
