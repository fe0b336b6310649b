//! Scalars: plain, between quotes, and in blocks.

use std::borrow::Cow;

use super::{MAX_KEY, Receiver, Scalar, Stop, Walk, is_blank};

impl<'a, R: Receiver<'a>> Walk<'a, '_, R> {
    /// Whether a plain scalar can begin here.
    pub(super) fn begins_plain(&self) -> bool {
        match self.peek() {
            b'-' => !is_blank(self.byte(self.spot.at + 1)),
            byte => !b"?:,[]{}#&*!|>'\"%@`\n\t \0".contains(&byte),
        }
    }

    /// Reads one line of a plain scalar, and stops behind it; says what it ends at.
    pub(super) fn plain_line(&mut self, is_first: bool) -> Option<(&'a str, Stop)> {
        if is_first && !self.begins_plain() {
            return None;
        }
        let from = self.spot.at;
        let mut at = from;
        let stop = loop {
            match self.byte(at) {
                b'\n' | 0 => break Stop::Line,
                b':' if is_blank(self.byte(at + 1)) => break Stop::Colon,
                b'#' if at > from && self.byte(at - 1) == b' ' => break Stop::Comment,
                b'\t' => return None,
                _ => at += 1,
            }
        };
        let text = self.slice(from, at)?.trim_end_matches(' ');
        self.spot.at = from + text.len();
        Some((text, stop))
    }

    /// Reads the lines of a plain scalar behind its first one; they are further right than what it stands in.
    pub(super) fn plain(
        &mut self,
        first: &'a str,
        mut stop: Stop,
        parent: Option<usize>,
    ) -> Option<Cow<'a, str>> {
        let mut acc = Cow::Borrowed(first);
        while stop == Stop::Line {
            let end = self.spot;
            let n_breaks = self.breaks();
            let is_inside = parent.is_none_or(|it| self.column() > it);
            if n_breaks == 0 || self.is_end() || !is_inside || self.peek() == b'#' {
                self.spot = end;
                break;
            }
            // A plain text at the root might come to a marker.
            parent?;
            let (line, line_stop) = self.plain_line(false)?;
            if line_stop == Stop::Colon {
                return None;
            }
            stop = line_stop;
            if R::WANTS_TEXT {
                let acc = acc.to_mut();
                fold(acc, n_breaks);
                acc.push_str(line);
            }
        }
        Some(acc)
    }

    /// Passes blanks and line ends, and counts the line ends.
    fn breaks(&mut self) -> usize {
        let line = self.spot.line;
        self.skip_spaces();
        while self.peek() == b'\n' {
            self.next_line();
            self.skip_spaces();
        }
        self.spot.line - line
    }

    /// Reads the text between quotes, and stops behind them.
    pub(super) fn quoted(&mut self, parent: Option<usize>) -> Option<Cow<'a, str>> {
        let quote = self.peek();
        self.spot.at += 1;
        let mut from = self.spot.at;
        let mut acc = Cow::Borrowed("");
        loop {
            let byte = self.peek();
            match byte {
                0 | b'\t' => return None,
                b'\'' if quote == byte && self.byte(self.spot.at + 1) == byte => {
                    acc.to_mut().push_str(self.slice(from, self.spot.at + 1)?);
                    self.spot.at += 2;
                }
                byte if byte == quote => {
                    let rest = self.slice(from, self.spot.at)?;
                    self.spot.at += 1;
                    return Some(match acc {
                        Cow::Borrowed(_) => Cow::Borrowed(rest),
                        Cow::Owned(text) => Cow::Owned(text + rest),
                    });
                }
                b'\n' => {
                    let line = self.slice(from, self.spot.at)?.trim_end_matches(' ');
                    acc.to_mut().push_str(line);
                    let n_breaks = self.breaks();
                    parent.filter(|it| self.column() > *it)?;
                    fold(acc.to_mut(), n_breaks);
                }
                b'\\' if quote == b'"' => {
                    acc.to_mut().push_str(self.slice(from, self.spot.at)?);
                    self.spot.at += 1;
                    self.escaped(acc.to_mut(), parent)?;
                }
                _ => {
                    self.spot.at += 1;
                    continue;
                }
            }
            from = self.spot.at;
        }
    }

    /// Reads what follows a backslash.
    fn escaped(&mut self, acc: &mut String, parent: Option<usize>) -> Option<()> {
        let escape = self.peek();
        let character = match escape {
            b'n' => '\n',
            b't' => '\t',
            b'r' => '\r',
            b'"' => '"',
            b'\\' => '\\',
            b'/' => '/',
            // A blank that is kept at the beginning of a line.
            b' ' if self.byte(self.spot.at + 1) != b'\n' => ' ',
            b'_' => '\u{a0}',
            b'x' => self.code(2)?,
            b'u' => self.code(4)?,
            b'U' => self.code(8)?,
            b'\n' => {
                let n_breaks = self.breaks();
                parent.filter(|it| self.column() > *it)?;
                acc.extend(std::iter::repeat_n('\n', n_breaks - 1));
                return Some(());
            }
            _ => return None,
        };
        self.spot.at += 1;
        acc.push(character);
        Some(())
    }

    /// Reads the digits of a character.
    fn code(&mut self, length: usize) -> Option<char> {
        let digits = self.slice(self.spot.at + 1, self.spot.at + 1 + length)?;
        let is_hex = digits.bytes().all(|it| it.is_ascii_hexdigit());
        self.spot.at += length;
        char::from_u32(u32::from_str_radix(digits, 16).ok().filter(|_| is_hex)?)
    }

    /// Reads a scalar in a block, and passes to what follows.
    pub(super) fn block_scalar(&mut self, parent: usize) -> Option<()> {
        let is_folded = self.peek() == b'>';
        self.spot.at += 1;
        let (mut chomping, mut shift) = (0, None);
        // One of each, in either order.
        while !matches!(self.peek(), b' ' | b'\n') {
            match self.peek() {
                it @ (b'+' | b'-') if chomping == 0 => chomping = it,
                it @ b'1'..=b'9' if shift.is_none() => shift = Some(usize::from(it - b'0')),
                _ => return None,
            }
            self.spot.at += 1;
        }
        self.skip_spaces();
        if self.peek() != b'\n' {
            return None;
        }
        self.next_line();
        let (indent, mut n_empty) = match shift {
            Some(shift) => {
                let n_empty = self.empty_lines(parent + shift);
                // A block can be empty.
                (!R::IS_STRICT || self.column() == parent + shift).then_some(())?;
                (parent + shift, n_empty)
            }
            None => self.block_indent(parent)?,
        };
        let start = self.spot;
        let mut acc = String::new();
        // What ends the line before, and whether it is further right than the block.
        let (mut has_break, mut was_right) = (false, false);
        // Each line begins behind the blanks that all have.
        while self.column() == indent && !self.is_end() {
            let from = self.spot.at;
            let is_right = matches!(self.peek(), b' ' | b'\t');
            while !matches!(self.peek(), b'\n' | 0) {
                self.spot.at += 1;
            }
            if R::WANTS_TEXT {
                let is_joined = is_folded && has_break && !was_right && !is_right;
                if is_joined && n_empty == 0 {
                    acc.push(' ');
                } else if has_break && !is_joined {
                    acc.push('\n');
                }
                acc.extend(std::iter::repeat_n('\n', n_empty));
                acc.push_str(self.slice(from, self.spot.at)?);
            }
            (was_right, has_break) = (is_right, self.peek() == b'\n');
            n_empty = 0;
            if has_break {
                self.next_line();
                n_empty = self.empty_lines(indent);
            }
        }
        if has_break && chomping != b'-' {
            acc.push('\n');
        }
        if chomping == b'+' {
            acc.extend(std::iter::repeat_n('\n', n_empty));
        }
        self.receiver.scalar(Scalar::Block(acc), start, self.spot)?;
        if !self.is_end() {
            self.spot.at = self.spot.line_start;
        }
        self.next_content()
    }

    /// Returns the column of the first line of a block that is not empty, and how many stand before it.
    fn block_indent(&mut self, parent: usize) -> Option<(usize, usize)> {
        let (mut n_empty, mut widest) = (0, 0);
        loop {
            self.skip_spaces();
            let column = self.column();
            if self.peek() != b'\n' {
                // What has no line, or an empty one that is wider, is left to a parser.
                let is_plain =
                    column > parent && column >= widest && !matches!(self.peek(), b'\t' | 0);
                return is_plain.then_some((column, n_empty));
            }
            widest = widest.max(column);
            n_empty += 1;
            self.next_line();
        }
    }

    /// Passes the lines of a block that have at most its blanks, and the blanks of the next line.
    fn empty_lines(&mut self, indent: usize) -> usize {
        let mut n_empty = 0;
        loop {
            while self.column() < indent && self.peek() == b' ' {
                self.spot.at += 1;
            }
            if self.peek() != b'\n' {
                return n_empty;
            }
            n_empty += 1;
            self.next_line();
        }
    }
}

/// Joins two lines of a scalar.
fn fold(acc: &mut String, n_breaks: usize) {
    if n_breaks == 1 {
        acc.push(' ');
    } else {
        acc.extend(std::iter::repeat_n('\n', n_breaks - 1));
    }
}

const _: () = assert!(MAX_KEY < 1_024);
