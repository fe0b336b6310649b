//! Writes Markdown of a document as doc comments that rustdoc and clippy accept: trimmed, wrapped, escaped.
//!
//! The document is not trusted. What is safe does not hang on how its Markdown
//! is read ([`blocks`]) but on how it is written: every line begins with
//! markers of ours, code stands in fences of ours and is called `text`, and
//! whatever rustdoc would take for a link or HTML is escaped.

mod blocks;
mod inline;
mod write;

use proc_macro2::TokenStream;
use quote::quote;

use crate::shown;

/// Returns outer doc attributes; none where there is nothing to say.
pub(super) fn outer(markdown: &str) -> TokenStream {
    let lines = lines(markdown).into_iter().map(pad);
    quote!(#(#[doc = #lines])*)
}

/// Returns the lines of an inner doc comment as text, each with its end.
pub(super) fn inner(markdown: &str) -> String {
    marked(markdown, "", "//!")
}

/// Returns the lines of an outer doc comment as text, each with its end.
pub(super) fn comment(markdown: &str, indent: &str) -> String {
    marked(markdown, indent, "///")
}

fn marked(markdown: &str, indent: &str, mark: &str) -> String {
    let mut acc = String::new();
    for line in lines(markdown) {
        let space = if line.is_empty() { "" } else { " " };
        acc.extend([indent, mark, space, &line, "\n"]);
    }
    acc
}

/// Returns the Markdown that shows a text as a comment's code, where it is not
/// the text between backticks: that alone is for a macro to write.
pub(super) fn shown(text: &str) -> Option<String> {
    let span = shown::code_span(text);
    let written = lines(&span).join("\n");
    (written != format!("`{text}`")).then_some(written)
}

fn pad(line: String) -> String {
    if line.is_empty() { line } else { format!(" {line}") }
}

/// Returns the lines of a doc comment.
fn lines(markdown: &str) -> Vec<String> {
    // A line ends at a line feed. A carriage return elsewhere is refused by
    // rustc, and tabs by clippy.
    let text = markdown.lines().map(|line| {
        if line.contains('\t') {
            shown::one_line(&line.replace('\t', "    ")).into_owned().into()
        } else {
            shown::one_line(line)
        }
    });
    write::lines(&blocks::read(text))
}

#[cfg(test)]
mod properties;
#[cfg(test)]
mod tests;
