//! The words of a paragraph in, escaped words out: nothing in them is a link of rustdoc's or HTML.
//!
//! Code spans stay; links to the web stay links; a bare URL is put in angle
//! brackets. Each character is looked at a bounded number of times, however
//! many brackets or backticks are never closed.

use std::collections::BTreeMap;

use crate::shown;

/// Words, one behind the other.
#[derive(Default)]
pub(super) struct Words {
    text: String,
    ends: Vec<usize>,
}

impl Words {
    pub(super) fn iter(&self) -> impl Iterator<Item = &str> {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        starts.zip(&self.ends).map(|(start, end)| &self.text[start..*end])
    }
}

/// Returns the words of a text; a code span is one word, however many it holds.
pub(super) fn words(text: &str) -> Words {
    let mut acc = Words { text: String::with_capacity(text.len()), ends: Vec::new() };
    let mut inside = false;
    Scanner::new(text).scan(&mut |piece| match piece {
        Piece::Gap(_) => inside = false,
        Piece::Part(part) => {
            acc.text.push_str(part);
            match acc.ends.last_mut() {
                Some(end) if inside => *end = acc.text.len(),
                _ => acc.ends.push(acc.text.len()),
            }
            inside = true;
        }
    });
    acc
}

/// Returns a row of a table. Its cells are divided before anything else is
/// read: a `|` divides even inside of a code span.
pub(super) fn row(text: &str) -> String {
    let mut acc = String::new();
    let mut rest = text;
    loop {
        let end = divider(rest).unwrap_or(rest.len());
        Scanner::new(&rest[..end]).scan(&mut |piece| match piece {
            Piece::Gap(text) | Piece::Part(text) => acc.push_str(text),
        });
        if end == rest.len() {
            return acc;
        }
        acc.push('|');
        rest = &rest[end + 1..];
    }
}

/// Returns the place of the first `|` without a backslash.
fn divider(text: &str) -> Option<usize> {
    let mut escaped = false;
    text.bytes().position(|byte| {
        let found = byte == b'|' && !escaped;
        escaped = byte == b'\\' && !escaped;
        found
    })
}

enum Piece<'a> {
    /// Space between words.
    Gap(&'a str),
    /// A part of a word.
    Part(&'a str),
}

struct Scanner<'a> {
    text: &'a str,
    at: usize,
    /// Where the runs of backticks of each length begin, the last one first.
    ticks: BTreeMap<usize, Vec<usize>>,
}

impl<'a> Scanner<'a> {
    fn new(text: &'a str) -> Self {
        let mut ticks: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        let mut at = 0;
        while let Some(found) = text[at..].find('`') {
            let start = at + found;
            at = start + run_of(&text[start..], '`');
            ticks.entry(at - start).or_default().push(start);
        }
        for starts in ticks.values_mut() {
            starts.reverse();
        }
        Self { text, at: 0, ticks }
    }

    fn scan(mut self, push: &mut impl FnMut(Piece<'_>)) {
        while let Some(c) = self.text[self.at..].chars().next() {
            let rest = &self.text[self.at..];
            match c {
                c if c.is_whitespace() => {
                    let gap = rest.len() - rest.trim_start().len();
                    push(Piece::Gap(&rest[..gap]));
                    self.at += gap;
                }
                '`' => self.backticks(push),
                '\\' => self.backslash(push),
                '[' | '<' => self.link(c, push),
                'h' if rest.starts_with("http") => self.link(c, push),
                ']' | '>' => self.escaped(c, push),
                _ => {
                    let length = plain(rest);
                    push(Piece::Part(&rest[..length]));
                    self.at += length;
                }
            }
        }
    }

    /// Writes a code span anew, or escapes backticks that are never closed.
    fn backticks(&mut self, push: &mut impl FnMut(Piece<'_>)) {
        let length = run_of(&self.text[self.at..], '`');
        let start = self.at + length;
        let Some(end) = self.closing(length, start) else {
            push(Piece::Part(&"\\`".repeat(length)));
            self.at = start;
            return;
        };
        let mut content = &self.text[start..end];
        // One space at both ends is not part of the code (6.1).
        if content.len() > 2 && content.contains(|c| c != ' ') {
            let inside = content.strip_prefix(' ').and_then(|it| it.strip_suffix(' '));
            content = inside.unwrap_or(content);
        }
        push(Piece::Part(&shown::code_span(content)));
        self.at = end + length;
    }

    /// Returns where the next run of exactly as many backticks begins.
    fn closing(&mut self, length: usize, from: usize) -> Option<usize> {
        let starts = self.ticks.get_mut(&length)?;
        while starts.last().is_some_and(|start| *start < from) {
            starts.pop();
        }
        starts.last().copied()
    }

    /// A backslash before punctuation is an escape already and stays with it.
    fn backslash(&mut self, push: &mut impl FnMut(Piece<'_>)) {
        let rest = &self.text[self.at..];
        let is_escape = rest[1..].starts_with(|c: char| c.is_ascii_punctuation());
        let length = if is_escape { 2 } else { 1 };
        push(Piece::Part(&rest[..length]));
        self.at += length;
    }

    fn escaped(&mut self, c: char, push: &mut impl FnMut(Piece<'_>)) {
        push(Piece::Part("\\"));
        push(Piece::Part(c.encode_utf8(&mut [0; 4])));
        self.at += c.len_utf8();
    }

    /// Writes a link to the web, or the one character that begins none.
    fn link(&mut self, c: char, push: &mut impl FnMut(Piece<'_>)) {
        let rest = &self.text[self.at..];
        if let Some((label, url, length)) = web_link(rest) {
            push(Piece::Part("["));
            for (index, word) in label.split_whitespace().enumerate() {
                if index > 0 {
                    push(Piece::Gap(" "));
                }
                push(Piece::Part(word));
            }
            push(Piece::Part(&format!("](<{url}>)")));
            self.at += length;
        } else if let Some((url, length)) = bare_url(rest) {
            push(Piece::Part(&format!("<{url}>")));
            self.at += length;
        } else if c == 'h' {
            push(Piece::Part("h"));
            self.at += 1;
        } else {
            self.escaped(c, push);
        }
    }
}

/// Returns the length of what begins a text and means only itself.
fn plain(text: &str) -> usize {
    let means_more = |at: usize, c: char| match c {
        '`' | '\\' | '[' | ']' | '<' | '>' => true,
        'h' => text[at..].starts_with("http"),
        c => c.is_whitespace(),
    };
    text.char_indices().find(|(at, c)| means_more(*at, *c)).map_or(text.len(), |(at, _)| at)
}

fn run_of(text: &str, c: char) -> usize {
    text.len() - text.trim_start_matches(c).len()
}

/// Returns the text before the first of `ends`, which must be `end`. Since
/// what it is searched behind is one of `ends`, no text is searched twice.
fn until<'a>(text: &'a str, end: char, ends: &[char]) -> Option<&'a str> {
    let at = text.find(ends)?;
    text[at..].starts_with(end).then(|| &text[..at])
}

/// Reads `[text](https://…)`: the label, the URL and the length of it all.
fn web_link(text: &str) -> Option<(&str, &str, usize)> {
    let inside = text.strip_prefix('[')?;
    let label = until(inside, ']', &['[', ']', '`', '<', '\\'])?;
    let target = inside[label.len() + 1..].strip_prefix('(')?;
    let target = until(target, ')', &['(', ')', '<', '>', '`', '\\'])?;
    let url = target.split_whitespace().next()?;
    let is_plain = !label.trim().is_empty() && is_web(url);
    is_plain.then_some((label, url, label.len() + target.len() + "[]()".len()))
}

fn is_web(url: &str) -> bool {
    url.starts_with("https://") || url.starts_with("http://")
}

/// Reads a URL that is not part of a link, also in angle brackets,
/// and the length of it with them.
fn bare_url(text: &str) -> Option<(&str, usize)> {
    if let Some(inside) = text.strip_prefix('<') {
        if !is_web(inside) {
            return None;
        }
        let end = inside.find(|c: char| c.is_whitespace() || "<>`\\".contains(c))?;
        return inside[end..].starts_with('>').then(|| (&inside[..end], end + "<>".len()));
    }
    if !is_web(text) {
        return None;
    }
    let end = text
        .find(|c: char| c.is_whitespace() || "<>[](){}\"'`|\\^*".contains(c))
        .unwrap_or(text.len());
    let url = text[..end].trim_end_matches(['.', ',', ';', ':', '!', '?', '_']);
    (url.len() > "https://".len()).then_some((url, url.len()))
}
