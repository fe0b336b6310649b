//! TOML in, an [`Overlay`] out.

use super::Overlay;
use crate::codes;
use crate::diagnostic::{Diagnostic, Sink};
use crate::pipeline::Text;
use crate::pointer::Pointer;

/// Reads an overlay; an empty one when the text cannot be read.
pub fn read(text: &Text, sink: &mut Sink) -> Overlay {
    toml::from_str(&text.content).unwrap_or_else(|error| {
        let title =
            format!("the overlay `{}` cannot be read: {}", text.name, error.message().trim());
        let mut diagnostic = Diagnostic::error(codes::OVERLAY_SYNTAX, Pointer::root(), title);
        if let Some(span) = error.span() {
            let before = text.content.get(..span.start).unwrap_or_default();
            let line = before.matches('\n').count() + 1;
            let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
            diagnostic = diagnostic.position(line, column);
        }
        sink.push(diagnostic);
        Overlay::default()
    })
}
