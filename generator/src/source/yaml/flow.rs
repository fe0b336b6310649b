//! Lists and maps between brackets.

use std::borrow::Cow;

use super::{Collection, Receiver, Scalar, Walk, is_blank};

impl<'a, R: Receiver<'a>> Walk<'a, '_, R> {
    /// Reads the list or the map whose bracket is here.
    pub(super) fn flow(&mut self, parent: Option<usize>) -> Option<()> {
        let is_map = self.peek() == b'{';
        let bracket = if is_map { b'}' } else { b']' };
        self.enter(if is_map { Collection::Map } else { Collection::List }, self.spot)?;
        self.spot.at += 1;
        self.flow_space(parent)?;
        if self.peek() != bracket {
            loop {
                if is_map {
                    self.flow_key()?;
                    self.flow_space(parent)?;
                }
                match self.peek() {
                    b'[' | b'{' => self.flow(parent)?,
                    _ => self.flow_scalar(parent)?,
                }
                self.flow_space(parent)?;
                match self.peek() {
                    b',' => {
                        self.spot.at += 1;
                        self.flow_space(parent)?;
                    }
                    it if it == bracket => break,
                    _ => return None,
                }
            }
        }
        self.leave()?;
        self.spot.at += 1;
        Some(())
    }

    /// Reads a key and its colon, which are on one line.
    fn flow_key(&mut self) -> Option<()> {
        let start = self.spot;
        let key = match self.peek() {
            b'"' | b'\'' => Scalar::Quoted(self.quoted(None)?),
            _ => Scalar::Plain(self.flow_plain()?),
        };
        let mut colon = self.spot.at;
        while self.byte(colon) == b' ' {
            colon += 1;
        }
        if self.spot.line != start.line || self.byte(colon) != b':' {
            return None;
        }
        self.key(key, start)
    }

    fn flow_scalar(&mut self, parent: Option<usize>) -> Option<()> {
        let start = self.spot;
        let scalar = match self.peek() {
            b'"' | b'\'' => Scalar::Quoted(self.quoted(parent)?),
            _ => Scalar::Plain(self.flow_plain()?),
        };
        self.receiver.scalar(scalar, start, self.spot)
    }

    /// Reads a scalar without quotes that is on one line.
    fn flow_plain(&mut self) -> Option<Cow<'a, str>> {
        let from = self.spot.at;
        if !self.begins_plain() {
            return None;
        }
        let mut at = from;
        loop {
            let next = self.byte(at + 1);
            match self.byte(at) {
                b'\n' | 0 | b',' | b']' | b'}' => break,
                b':' if is_blank(next) => break,
                b':' if b",[]{}".contains(&next) => return None,
                b'[' | b'{' | b'?' | b'\t' => return None,
                b'-' if at == from && !next.is_ascii_alphanumeric() => return None,
                b'#' if self.byte(at - 1) == b' ' => return None,
                _ => at += 1,
            }
        }
        let text = self.slice(from, at)?.trim_end_matches(' ');
        self.spot.at = from + text.len();
        Some(Cow::Borrowed(text))
    }

    /// Passes blanks and line ends between brackets.
    fn flow_space(&mut self, parent: Option<usize>) -> Option<()> {
        let line = self.spot.line;
        loop {
            self.skip_spaces();
            match self.peek() {
                b'\n' => self.next_line(),
                b'#' => return None,
                _ => break,
            }
        }
        let is_inside = !R::IS_STRICT || parent.is_some_and(|it| self.column() > it);
        (self.spot.line == line || is_inside && !self.is_marker()).then_some(())
    }
}
