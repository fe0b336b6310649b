//! Writes to standard output and error; a closed pipe is not a failure.

use std::io::{self, Write};

use tamarack::shown;

/// Writes text that ends its own lines to standard output, with an escape in
/// place of what a terminal would obey.
pub(crate) fn out(text: &str) {
    rendered_out(&shown::lines(text));
}

/// Writes text that ends its own lines to standard error, with an escape in
/// place of what a terminal would obey.
pub(crate) fn err(text: &str) {
    rendered_err(&shown::lines(text));
}

/// Writes what a renderer of the library made, which has colours of its own and
/// nothing else that a terminal obeys, to standard output.
pub(crate) fn rendered_out(text: &str) {
    let _ = io::stdout().lock().write_all(text.as_bytes());
}

/// Writes what a renderer of the library made, which has colours of its own and
/// nothing else that a terminal obeys, to standard error.
pub(crate) fn rendered_err(text: &str) {
    let _ = io::stderr().lock().write_all(text.as_bytes());
}
