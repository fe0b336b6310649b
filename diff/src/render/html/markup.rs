//! Builds HTML; texts of a document are always escaped.

use std::fmt::Write;

use tamarack::shown;

/// HTML that is being written.
#[derive(Debug, Default)]
pub(super) struct Markup(String);

impl Markup {
    /// Writes HTML of our own. A text of a document never lives as long as the
    /// program, so it cannot be given here.
    pub(super) fn raw(&mut self, html: &'static str) -> &mut Self {
        self.0.push_str(html);
        self
    }

    /// Writes a text; each character of it is shown, none is markup.
    pub(super) fn text(&mut self, text: &str) -> &mut Self {
        for c in text.chars() {
            self.push(c);
        }
        self
    }

    /// Writes a number.
    pub(super) fn number(&mut self, number: usize) -> &mut Self {
        self.0.push_str(&number.to_string());
        self
    }

    /// Writes an attribute, with a space before it, into a tag that is open.
    pub(super) fn attribute(&mut self, name: &'static str, value: &str) -> &mut Self {
        self.raw(" ").raw(name).raw("=\"").text(value).raw("\"")
    }

    /// Returns the HTML.
    pub(super) fn finish(self) -> String {
        self.0
    }

    fn push(&mut self, c: char) {
        match c {
            '&' => self.0.push_str("&amp;"),
            '<' => self.0.push_str("&lt;"),
            '>' => self.0.push_str("&gt;"),
            '"' => self.0.push_str("&quot;"),
            '\'' => self.0.push_str("&#39;"),
            c if is_invisible(c) => {
                let _ = write!(self.0, "[U+{:04X}]", u32::from(c));
            }
            c => self.0.push(c),
        }
    }
}

/// Whether a reader could be misled: what HTML forbids, what ends a line in
/// scripts, and what changes the direction of the text around it.
fn is_invisible(c: char) -> bool {
    (shown::is_obeyed(c) && !matches!(c, '\n' | '\t'))
        || matches!(c, '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let mut acc = Markup::default();
        acc.text(text);
        assert_eq!(acc.finish(), expected);
    }

    #[test]
    fn nothing_of_a_text_is_markup() {
        check("</script><!--", "&lt;/script&gt;&lt;!--");
        check("a & b's \"c\"", "a &amp; b&#39;s &quot;c&quot;");
    }

    #[test]
    fn what_cannot_be_seen_is_named() {
        check("a\0b\u{2028}c\u{202e}d", "a[U+0000]b[U+2028]c[U+202E]d");
        check("a\n\tb ü", "a\n\tb ü");
    }

    #[test]
    fn an_attribute_cannot_be_left() {
        let mut acc = Markup::default();
        acc.raw("<a").attribute("href", "\" onclick=\"x").raw(">");
        assert_eq!(acc.finish(), "<a href=\"&quot; onclick=&quot;x\">");
    }
}
