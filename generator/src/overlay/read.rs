//! TOML, or YAML and JSON, in, an [`Overlay`] out, or nothing and a diagnostic.

use super::{Overlay, standard};
use crate::codes;
use crate::diagnostic::{Diagnostic, Sink};
use crate::input::Text;
use crate::pointer::Pointer;

/// Reads an overlay. `None` when it cannot be read: without its secrets no
/// code may be generated.
pub fn read(text: &Text, sink: &mut Sink) -> Option<Overlay> {
    if standard::is_standard(text) {
        return standard::read(text, sink);
    }
    let error = match toml::from_str(&text.content) {
        Ok(overlay) => return Some(overlay),
        Err(error) => error,
    };
    let title = format!("the overlay `{}` cannot be read: {}", text.name, error.message().trim());
    let mut diagnostic = Diagnostic::error(codes::OVERLAY_SYNTAX, Pointer::root(), title);
    if let Some(span) = error.span() {
        let before = text.content.get(..span.start).unwrap_or_default();
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        diagnostic = diagnostic.position(line, column);
    }
    sink.push(diagnostic);
    None
}
