//! Lines in, standard output and error out; a reader that goes away is no failure of ours.

use std::io::{self, Write};

/// Writes text that ends its own lines to standard output.
pub(crate) fn out(text: &str) {
    let _ = io::stdout().lock().write_all(text.as_bytes());
}

/// Writes text that ends its own lines to standard error.
pub(crate) fn err(text: &str) {
    let _ = io::stderr().lock().write_all(text.as_bytes());
}
