//! Finds the place where YAML text nests too deeply, before the parser reads it that reads all of YAML.
//!
//! It has a limit of its own, but comes to it late: the time it needs for brackets
//! within brackets grows with the square of their number. This walk is linear and
//! follows just enough of YAML 1.2 to tell structure from text.

use std::str::CharIndices;

use super::MAX_NESTING;

/// Returns line and column, from 1, of the first node that nests deeper than
/// [`MAX_NESTING`]; `None` when there is none.
pub(super) fn too_deep(text: &str) -> Option<(usize, usize)> {
    let mut walk = Walk::new(text);
    let offset = walk.document().err()?.0;
    let before = text.get(..offset)?;
    let line = before.rsplit('\n').next().unwrap_or_default();
    Some((before.matches('\n').count() + 1, line.chars().count() + 1))
}

/// The offset of the node that lies too deep.
struct TooDeep(usize);

/// A block collection that is open.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Open {
    column: usize,
    kind: Collection,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Collection {
    Sequence,
    Mapping,
}

struct Walk<'a> {
    text: &'a str,
    at: usize,
    /// The offset of the line that `at` is in.
    line: usize,
    open: Vec<Open>,
}

impl<'a> Walk<'a> {
    fn new(text: &'a str) -> Self {
        Self { text, at: 0, line: 0, open: Vec::new() }
    }

    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn column(&self) -> usize {
        self.at - self.line
    }

    fn next_line(&mut self) {
        self.at = self.rest().find('\n').map_or(self.text.len(), |end| self.at + end + 1);
        self.line = self.at;
    }

    fn skip_blanks(&mut self) {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start_matches([' ', '\t', '\r']).len();
    }

    fn document(&mut self) -> Result<(), TooDeep> {
        while !self.rest().is_empty() {
            self.skip_blanks();
            match self.peek() {
                None => break,
                Some('\n' | '#') => self.next_line(),
                Some('%') if self.column() == 0 => self.next_line(),
                Some(_) if self.rest().starts_with("---") || self.rest().starts_with("...") => {
                    self.marker()?;
                }
                Some(_) => self.nodes()?,
            }
        }
        Ok(())
    }

    /// Reads `---` or `...`, or text that only begins so.
    fn marker(&mut self) -> Result<(), TooDeep> {
        let ends = self.rest()[3..].chars().next().is_none_or(char::is_whitespace);
        if self.column() != 0 || !ends {
            return self.nodes();
        }
        self.open.clear();
        self.at += 3;
        self.skip_blanks();
        if matches!(self.peek(), None | Some('\n' | '#')) {
            self.next_line();
            return Ok(());
        }
        self.nodes()
    }

    /// Reads what one line begins: indicators, keys, and the value behind them.
    fn nodes(&mut self) -> Result<(), TooDeep> {
        loop {
            self.skip_blanks();
            let start = self.at;
            let indicator = self.rest().chars().nth(1).is_none_or(char::is_whitespace);
            match self.peek() {
                None => return Ok(()),
                Some('\n' | '#') => {
                    self.next_line();
                    return Ok(());
                }
                Some(mark @ ('-' | '?' | ':')) if indicator => {
                    let kind = if mark == '-' { Collection::Sequence } else { Collection::Mapping };
                    self.enter(self.column(), kind)?;
                    self.at += 1;
                    continue;
                }
                Some('!' | '&' | '*') => {
                    let rest = self.rest();
                    self.at += rest.find(char::is_whitespace).unwrap_or(rest.len());
                    continue;
                }
                Some('|' | '>') => {
                    self.block_scalar();
                    return Ok(());
                }
                Some('"' | '\'') => self.quoted(),
                Some('[' | '{') => self.flow()?,
                Some(_) => {
                    if !self.plain_key() {
                        self.continued();
                        return Ok(());
                    }
                }
            }
            // What has been read is a key if a colon follows.
            let line_of_key = if start >= self.line {
                self.line
            } else {
                self.text[..start].rfind('\n').map_or(0, |it| it + 1)
            };
            self.skip_blanks();
            if !self.rest().starts_with(':') {
                self.next_line();
                return Ok(());
            }
            self.enter(start - line_of_key, Collection::Mapping)?;
            self.at += 1;
        }
    }

    /// Enters the block collection of a column; those further right have ended.
    fn enter(&mut self, column: usize, kind: Collection) -> Result<(), TooDeep> {
        while let Some(top) = self.open.last() {
            // A list may be at the column of its key.
            let ended = top.column > column
                || (top.column == column
                    && top.kind == Collection::Sequence
                    && kind == Collection::Mapping);
            if !ended {
                break;
            }
            self.open.pop();
        }
        let entered = Open { column, kind };
        if self.open.last() != Some(&entered) {
            self.open.push(entered);
        }
        self.check(0)
    }

    fn check(&self, n_flows: usize) -> Result<(), TooDeep> {
        if self.open.len() + n_flows > MAX_NESTING { Err(TooDeep(self.at)) } else { Ok(()) }
    }

    /// Reads a plain scalar up to its colon; `false` when it has none and is a value.
    fn plain_key(&mut self) -> bool {
        let bytes = self.rest().as_bytes();
        let is_blank = |index: usize| bytes.get(index).is_none_or(|it| b" \t\r\n".contains(it));
        for (index, byte) in bytes.iter().enumerate() {
            match byte {
                b':' if is_blank(index + 1) => {
                    self.at += index;
                    return true;
                }
                b'#' if index > 0 && is_blank(index - 1) => return false,
                b'\n' => return false,
                _ => {}
            }
        }
        false
    }

    /// Skips a plain scalar, which continues on lines that are indented further.
    fn continued(&mut self) {
        self.next_line();
        self.skip_further_right();
    }

    fn block_scalar(&mut self) {
        self.next_line();
        self.skip_further_right();
    }

    /// Skips lines that are blank or indented further than the innermost collection.
    fn skip_further_right(&mut self) {
        let outer = self.open.last().map(|it| it.column);
        while !self.rest().is_empty() {
            let rest = self.rest();
            let indent = rest.bytes().take_while(|it| *it == b' ').count();
            let is_blank = match rest.as_bytes().get(indent) {
                None | Some(b'\n') => true,
                Some(b'!'..=b'~') => false,
                // Other characters can be blanks, too.
                Some(_) => rest.lines().next().unwrap_or_default().trim().is_empty(),
            };
            let is_marker = indent == 0 && (rest.starts_with("---") || rest.starts_with("..."));
            if !is_blank && (is_marker || outer.is_some_and(|outer| indent <= outer)) {
                return;
            }
            self.next_line();
        }
    }

    /// Skips a quoted scalar, which can have several lines.
    fn quoted(&mut self) {
        let mut rest = self.rest().char_indices();
        let Some((_, quote)) = rest.next() else { return };
        let end = end_of_quoted(&mut rest, quote).unwrap_or(self.rest().len());
        self.advance(end);
    }

    /// Moves on over text that may have line breaks.
    fn advance(&mut self, length: usize) {
        let passed = self.rest().get(..length).unwrap_or_default();
        if let Some(last) = passed.rfind('\n') {
            self.line = self.at + last + 1;
        }
        self.at += length;
    }

    /// Reads a flow collection to its end.
    fn flow(&mut self) -> Result<(), TooDeep> {
        let rest = self.rest();
        let mut chars = rest.char_indices();
        let mut depth = 0;
        // Whether a scalar without quotes is being read, and what came before.
        let (mut plain, mut before) = (false, ' ');
        while let Some((index, it)) = chars.next() {
            let next = chars.as_str().chars().next();
            match it {
                '[' | '{' => {
                    depth += 1;
                    plain = false;
                    if self.open.len() + depth > MAX_NESTING {
                        return Err(TooDeep(self.at + index));
                    }
                }
                ']' | '}' => {
                    depth -= 1;
                    plain = false;
                    if depth == 0 {
                        self.advance(index + 1);
                        return Ok(());
                    }
                }
                ',' => plain = false,
                ':' if !plain
                    || next.is_none_or(|it| it.is_whitespace() || ",[]{}".contains(it)) =>
                {
                    plain = false;
                }
                '#' if before.is_whitespace() => {
                    chars.by_ref().find(|(_, it)| *it == '\n');
                    (plain, before) = (false, ' ');
                    continue;
                }
                '"' | '\'' if !plain => {
                    if end_of_quoted(&mut chars, it).is_none() {
                        break;
                    }
                }
                it if it.is_whitespace() => {}
                _ => plain = true,
            }
            before = it;
        }
        self.advance(rest.len());
        Ok(())
    }
}

/// Reads to the end of a quoted scalar whose first quote has been read; returns
/// the offset behind it.
fn end_of_quoted(chars: &mut CharIndices<'_>, quote: char) -> Option<usize> {
    while let Some((index, it)) = chars.next() {
        match it {
            '\\' if quote == '"' => {
                chars.next();
            }
            // A single quote within single quotes is written twice.
            '\'' if quote == '\'' && chars.as_str().starts_with('\'') => {
                chars.next();
            }
            it if it == quote => return Some(index + 1),
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::{MAX_NESTING, too_deep};

    #[test]
    fn what_nests_too_deep_has_a_place() {
        let deep = MAX_NESTING + 1;
        for (text, place) in [
            ("[".repeat(deep), (1, deep)),
            ("a: \"]\n  ]\"\nb:\n  - ".to_owned() + &"{".repeat(deep), (4, MAX_NESTING + 3)),
            ("- ".repeat(deep), (1, 2 * MAX_NESTING + 1)),
            ("? ".repeat(deep), (1, 2 * MAX_NESTING + 1)),
            ((0..deep).map(|it| " ".repeat(it) + "a:\n").collect(), (deep, deep)),
            // Closing brackets in texts and comments close nothing.
            ("[\"]\", ".repeat(deep), (1, 6 * MAX_NESTING + 1)),
            ("[']''', ".repeat(deep), (1, 8 * MAX_NESTING + 1)),
            ("[ # ]\n".repeat(deep), (deep, 1)),
            ("  x: \"\na: |\n  \"\n  y: ".to_owned() + &"[".repeat(deep), (4, MAX_NESTING + 5)),
        ] {
            let found = too_deep(&text);
            assert!(found.is_some_and(|it| it.0 == place.0), "{found:?} {place:?} {text}");
        }
    }

    #[test]
    fn text_does_not_nest() {
        let many = "[".repeat(1_000);
        for text in [
            format!("a: |\n  {many}\n\n    {many}\nb: >-\n  {many}\n"),
            format!("- |+ # {many}\n  {many}\n- a: >2\n     {many}\n  b: 1\n"),
            format!("a: \"{many}\n  {many}\"\nb: '{many}'''\n"),
            format!("a: x {many}\n  {many}\n# {many}\nb: 1 # {many}\n"),
            format!("a: [x {}, \"{many}\", '{many}' # {many}\n]\n", ")".repeat(200)),
            format!("é: ü\n☃: &x !t {{b: don't}}\nc: {{\"d\":[e,f: g]}}\n'e': \"{many}\"\n"),
            "[a, [b, {c: d}]]\n".repeat(1_000),
            "a:\n- b:\n  - c\nd:\n- e\n".repeat(1_000),
        ] {
            assert_eq!(too_deep(&text), None, "{text}");
        }
    }
}
