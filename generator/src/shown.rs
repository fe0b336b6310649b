//! A text of a document in, what may be shown of it out: nothing that a terminal, an editor or a compiler obeys.

use std::borrow::Cow;
use std::fmt::Write;

/// Returns whether a character is obeyed rather than shown: control characters
/// with those of ECMA-48 (U+0080 to U+009F), line and paragraph separators, and
/// the bidirectional controls that rustc refuses in comments and literals.
pub fn is_obeyed(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{fffe}' | '\u{ffff}')
}

/// Returns the text on one line, with an escape such as `\n` or `\u{1b}` in
/// place of each character that is obeyed.
pub fn one_line(text: &str) -> Cow<'_, str> {
    if is_ascii_of(text, |it| matches!(it, b' '..=b'~')) {
        return Cow::Borrowed(text);
    }
    escaped(text, is_obeyed)
}

/// Returns whether a text is ASCII and each byte one of these. It has no early end, so that many bytes are looked at
/// at once: most texts are.
fn is_ascii_of(text: &str, is_shown: impl Fn(u8) -> bool) -> bool {
    text.bytes().fold(true, |acc, it| acc & is_shown(it))
}

/// Returns the text with its line breaks and tabs, and an escape in place of
/// each other character that is obeyed.
pub fn lines(text: &str) -> Cow<'_, str> {
    let is_hidden = |c| is_obeyed(c) && !matches!(c, '\n' | '\t');
    let is_shown = |line: &str| {
        is_ascii_of(line, |it| matches!(it, b' '..=b'~' | b'\n' | b'\t'))
            || !line.contains(is_hidden)
    };
    if text.split_inclusive('\n').all(is_shown) {
        return Cow::Borrowed(text);
    }
    if !text.contains("\r\n") {
        return escaped(text, is_hidden);
    }
    let lines: Vec<_> = text.split("\r\n").map(|line| escaped(line, is_hidden)).collect();
    Cow::Owned(lines.join("\r\n"))
}

fn escaped(text: &str, is_hidden: impl Fn(char) -> bool) -> Cow<'_, str> {
    if !text.contains(&is_hidden) {
        return Cow::Borrowed(text);
    }
    let mut acc = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        if is_hidden(c) { acc.extend(c.escape_default()) } else { acc.push(c) }
    }
    Cow::Owned(acc)
}

/// Returns JSON that means the same, with an escape in place of each character
/// that is obeyed: outside of its texts JSON has no such character but spaces.
pub fn json(text: &str) -> Cow<'_, str> {
    let is_hidden = |c| is_obeyed(c) && !matches!(c, '\n' | '\r' | '\t');
    if !text.contains(is_hidden) {
        return Cow::Borrowed(text);
    }
    let mut acc = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        if is_hidden(c) {
            // All of them are in the basic plane: one unit of UTF-16 each.
            let _ = write!(acc, "\\u{:04x}", u32::from(c));
        } else {
            acc.push(c);
        }
    }
    Cow::Owned(acc)
}

/// Returns a Markdown code span that shows the text, on one line (`CommonMark`
/// 0.31, 6.1): no run of backticks in it is as long as the ones around it.
pub fn code_span(text: &str) -> String {
    let text = one_line(text);
    // Nothing cannot be shown; a span of one space is as close as it gets.
    let text = if text.is_empty() { Cow::Borrowed(" ") } else { text };
    let runs: Vec<usize> =
        text.split(|c| c != '`').map(str::len).filter(|length| *length > 0).collect();
    let mut length = 1;
    while runs.contains(&length) {
        length += 1;
    }
    let ticks = "`".repeat(length);
    let is_blank = text.trim_matches(' ').is_empty();
    // Markdown strips one space at both ends of a code span.
    let is_padded = text.starts_with(' ') && text.ends_with(' ') && !is_blank;
    let touches = text.starts_with('`') || text.ends_with('`');
    let pad = if is_padded || touches { " " } else { "" };
    format!("{ticks}{pad}{text}{pad}{ticks}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_obeyed_is_escaped_and_the_rest_is_kept() {
        assert_eq!(one_line("a\u{1b}[2J\u{9b}31m\r\u{7}"), r"a\u{1b}[2J\u{9b}31m\r\u{7}");
        assert_eq!(one_line("a\u{202e}b\u{2066}\u{2028}"), r"a\u{202e}b\u{2066}\u{2028}");
        assert_eq!(one_line("Öl für 👨\u{200d}👩"), "Öl für 👨\u{200d}👩");
        assert_eq!(one_line("a\nb\tc"), r"a\nb\tc");
        assert_eq!(lines("a\nb\tc\rd\r\n\u{1b}\r\n"), "a\nb\tc\\rd\r\n\\u{1b}\r\n");
    }

    #[test]
    fn json_means_the_same() {
        let text = serde_json::to_string("a\u{9b}\u{202e}\u{1b}\u{7f}").unwrap();
        let shown = json(&text);
        assert!(shown.is_ascii(), "{shown}");
        assert_eq!(serde_json::from_str::<String>(&shown).unwrap(), "a\u{9b}\u{202e}\u{1b}\u{7f}");
    }

    #[test]
    fn a_code_span_holds_any_text() {
        for (text, expected) in [
            ("a", "`a`"),
            ("", "` `"),
            ("a`b", "``a`b``"),
            ("`", "`` ` ``"),
            ("``a`", "``` ``a` ```"),
            (" a ", "`  a  `"),
            ("a\nb", r"`a\nb`"),
        ] {
            assert_eq!(code_span(text), expected, "{text:?}");
        }
    }
}
