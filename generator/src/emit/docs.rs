//! Markdown of a document in, doc comments that rustdoc and clippy accept out: trimmed, wrapped, escaped.

use proc_macro2::TokenStream;
use quote::quote;

/// The width of a doc line, in characters.
const WIDTH: usize = 92;

/// Returns outer doc attributes.
pub(super) fn outer(markdown: &str) -> TokenStream {
    let lines = lines(markdown).into_iter().map(pad);
    quote!(#(#[doc = #lines])*)
}

/// Returns inner doc attributes.
pub(super) fn inner(markdown: &str) -> TokenStream {
    let lines = lines(markdown).into_iter().map(pad);
    quote!(#(#![doc = #lines])*)
}

fn pad(line: String) -> String {
    if line.is_empty() { line } else { format!(" {line}") }
}

/// A piece of Markdown that keeps together.
enum Block {
    /// Words that flow, behind a marker on the first line and an indent on the others.
    Flow { marker: String, indent: String, words: String, item: bool },
    /// Lines as they are.
    Verbatim(Vec<String>),
}

/// Returns the lines of a doc comment.
fn lines(markdown: &str) -> Vec<String> {
    let mut acc: Vec<String> = Vec::new();
    let mut after_item = false;
    for block in blocks(markdown) {
        let is_item = matches!(block, Block::Flow { item: true, .. });
        let together = is_item && after_item;
        if !acc.is_empty() && !together {
            acc.push(String::new());
        }
        after_item = is_item;
        match block {
            Block::Flow { marker, indent, words, .. } => acc.extend(wrap(&marker, &indent, &words)),
            Block::Verbatim(lines) => acc.extend(lines),
        }
    }
    acc
}

/// Splits Markdown into blocks. Indented code does not exist here: what is
/// indented deep without being a list item flows, because documents indent
/// prose far more often than code, and rustdoc would compile it.
fn blocks(markdown: &str) -> Vec<Block> {
    let mut acc: Vec<Block> = Vec::new();
    let mut open = false;
    let mut lines = markdown.lines();
    while let Some(line) = lines.next() {
        let text = line.trim();
        if text.is_empty() {
            open = false;
        } else if let Some(fence) = fence(text) {
            acc.push(Block::Verbatim(code_block(fence, &mut lines)));
            open = false;
        } else if text.starts_with('|') {
            table_row(&mut acc, escape(text), open);
            open = true;
        } else if let Some((marker, rest)) = list_item(text) {
            let depth = (line.len() - line.trim_start().len()) / 2;
            let outer = "  ".repeat(if in_list(&acc) { depth.min(3) } else { 0 });
            let indent = format!("{outer}{}", " ".repeat(marker.len() + 1));
            let marker = format!("{outer}{marker} ");
            acc.push(Block::Flow { marker, indent, words: rest.to_owned(), item: true });
            open = true;
        } else if text.starts_with('#') {
            acc.push(flow(text.to_owned()));
            open = false;
        } else {
            match acc.last_mut() {
                Some(Block::Flow { words, .. }) if open => {
                    words.push(' ');
                    words.push_str(text);
                }
                _ => acc.push(flow(text.to_owned())),
            }
            open = true;
        }
    }
    acc
}

fn flow(words: String) -> Block {
    Block::Flow { marker: String::new(), indent: String::new(), words, item: false }
}

fn in_list(acc: &[Block]) -> bool {
    matches!(acc.last(), Some(Block::Flow { item: true, .. }))
}

fn table_row(acc: &mut Vec<Block>, row: String, open: bool) {
    match acc.last_mut() {
        Some(Block::Verbatim(rows)) if open => rows.push(row),
        _ => acc.push(Block::Verbatim(vec![row])),
    }
}

fn fence(text: &str) -> Option<&'static str> {
    ["```", "~~~"].into_iter().find(|it| text.starts_with(it))
}

/// Copies a fenced block as text: whatever language it names, it is not ours to compile.
fn code_block<'a>(fence: &str, lines: &mut impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut acc = vec!["```text".to_owned()];
    for line in lines {
        if line.trim().starts_with(fence) {
            break;
        }
        acc.push(line.trim_end().replace('\t', "    "));
    }
    acc.push("```".to_owned());
    acc
}

/// Splits a list item into its marker and its text.
fn list_item(text: &str) -> Option<(&str, &str)> {
    let (marker, rest) = text.split_once(char::is_whitespace)?;
    is_marker(marker).then(|| (marker, rest.trim_start()))
}

fn is_marker(word: &str) -> bool {
    matches!(word, "-" | "*" | "+")
        || word
            .strip_suffix(['.', ')'])
            .is_some_and(|it| (1..=3).contains(&it.len()) && it.bytes().all(|b| b.is_ascii_digit()))
}

/// Wraps words so that no line begins with what Markdown would read as
/// something else.
fn wrap(marker: &str, indent: &str, words: &str) -> Vec<String> {
    let mut acc = Vec::new();
    let mut line = marker.to_owned();
    let mut empty = true;
    for word in tokens(&escape(words)) {
        let starts_badly = is_marker(&word) || word.starts_with(['#', '>', '|', '=', '~', '`']);
        if !empty && !starts_badly && line.chars().count() + 1 + word.chars().count() > WIDTH {
            acc.push(std::mem::replace(&mut line, indent.to_owned()));
            empty = true;
        }
        if !empty {
            line.push(' ');
        }
        line.push_str(&word);
        empty = false;
    }
    acc.push(line.trim_end().to_owned());
    acc
}

/// Splits text into words; a code span is one word, however many it holds.
fn tokens(text: &str) -> Vec<String> {
    let mut acc: Vec<String> = Vec::new();
    let mut inside = false;
    for word in text.split_whitespace() {
        match acc.last_mut() {
            Some(last) if inside => {
                last.push(' ');
                last.push_str(word);
            }
            _ => acc.push(word.to_owned()),
        }
        if word.matches('`').count() % 2 == 1 {
            inside = !inside;
        }
    }
    acc
}

/// Escapes what rustdoc would take for links or HTML. Code spans stay as they
/// are; a lone backtick is escaped; links to the web stay links; a bare URL is
/// put in angle brackets.
fn escape(text: &str) -> String {
    let mut acc = String::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        if c == '`' {
            let run = rest.len() - rest.trim_start_matches('`').len();
            let (ticks, after) = rest.split_at(run);
            if let Some(end) = closing(after, ticks) {
                acc.push_str(&rest[..run + end + run]);
                rest = &after[end + run..];
            } else {
                acc.push_str(&"\\`".repeat(run));
                rest = after;
            }
            continue;
        }
        if let Some((link, after)) = web_link(rest) {
            acc.push_str(&link);
            rest = after;
            continue;
        }
        if let Some((url, after)) = bare_url(rest) {
            acc.extend(["<", url, ">"]);
            rest = after;
            continue;
        }
        if matches!(c, '[' | ']' | '<' | '>') && !(c == '>' && acc.is_empty()) {
            acc.push('\\');
        }
        acc.push(if c == '\t' { ' ' } else { c });
        rest = &rest[c.len_utf8()..];
    }
    acc
}

/// Finds a run of exactly as many backticks.
fn closing(text: &str, ticks: &str) -> Option<usize> {
    let mut from = 0;
    while let Some(at) = text[from..].find('`') {
        let start = from + at;
        let run = text[start..].len() - text[start..].trim_start_matches('`').len();
        if run == ticks.len() {
            return Some(start);
        }
        from = start + run;
    }
    None
}

/// Reads `[text](https://…)` and keeps it.
fn web_link(text: &str) -> Option<(String, &str)> {
    let inside = text.strip_prefix('[')?;
    let (label, after) = inside.split_once(']')?;
    let target = after.strip_prefix('(')?;
    let (url, rest) = target.split_once(')')?;
    let url = url.split_whitespace().next()?;
    let plain = !label.contains(['[', '`', '<', '\n']) && !label.is_empty();
    (plain && is_web(url) && !url.contains(['<', '>', '(']))
        .then(|| (format!("[{label}](<{url}>)"), rest))
}

fn is_web(url: &str) -> bool {
    url.starts_with("https://") || url.starts_with("http://")
}

/// Reads a URL that stands alone, also one that is in angle brackets already.
fn bare_url(text: &str) -> Option<(&str, &str)> {
    if let Some(inside) = text.strip_prefix('<') {
        let (url, rest) = inside.split_once('>')?;
        return (is_web(url) && !url.contains(char::is_whitespace)).then_some((url, rest));
    }
    if !is_web(text) {
        return None;
    }
    let end = text
        .find(|c: char| c.is_whitespace() || "<>[](){}\"'`|\\^*".contains(c))
        .unwrap_or(text.len());
    let url = text[..end].trim_end_matches(['.', ',', ';', ':', '!', '?', '_']);
    (url.len() > "https://".len()).then(|| (url, &text[url.len()..]))
}

#[cfg(test)]
mod tests {
    use super::lines;

    #[test]
    fn prose_flows_and_is_escaped() {
        assert_eq!(
            lines("  A key `a<b>`\n    of <type> [x], see https://example.com/a.  \n\nNext.\n"),
            ["A key `a<b>` of \\<type\\> \\[x\\], see <https://example.com/a>.", "", "Next."]
        );
        assert_eq!(lines("a ` b"), ["a \\` b"]);
        assert_eq!(
            lines("[Docs](https://example.com/x) and [none](#anchor)"),
            ["[Docs](<https://example.com/x>) and \\[none\\](#anchor)"]
        );
    }

    #[test]
    fn lists_keep_their_shape_and_code_is_text() {
        assert_eq!(
            lines("Values:\n- one\n  more\n- two\nAfter"),
            ["Values:", "", "- one more", "- two After"]
        );
        assert_eq!(
            lines("```json\n{\"a\": 1}\n```\nAfter"),
            ["```text", "{\"a\": 1}", "```", "", "After"]
        );
        assert_eq!(lines("```\nnever closed"), ["```text", "never closed", "```"]);
    }

    #[test]
    fn long_lines_wrap_without_making_a_list() {
        let text = format!("{} - dash {}", "word ".repeat(18).trim(), "more ".repeat(10).trim());
        for line in lines(&text) {
            assert!(!line.starts_with("- "), "{line}");
        }
    }
}
