//! Reads the YAML that documents are written in, for a fifth of a parser's time; leaves all other YAML to the parsers.
//!
//! It knows block and flow collections, scalars of every style, and comments. It gives up where a text has anything
//! else (anchors, aliases, tags, merges, `? `, directives, several documents, tabs outside of blocks, other line ends than `\n`), and
//! where a parser might refuse the text, so it has no messages of its own: what it reads, it reads as they do.

mod flow;
#[cfg(test)]
pub(crate) mod samples;
mod scalar;

use std::borrow::Cow;

/// How deep it reads: less than both parsers do.
const MAX_DEPTH: usize = 100;

/// How many bytes a key can have: less than what both parsers allow.
const MAX_KEY: usize = 1_000;

/// What is told of the nodes, in the order of the text; a key stands before its value.
pub(crate) trait Receiver<'a> {
    /// Whether the text of scalars of several lines is asked for.
    const WANTS_TEXT: bool;

    /// Whether what stands between brackets has to be further right than what they stand in.
    const IS_STRICT: bool;

    /// A map or a list begins. Nothing is returned to end the reading.
    fn begin(&mut self, kind: Collection, start: Spot) -> Option<()>;

    /// A scalar, or the null where nothing is written.
    fn scalar(&mut self, scalar: Scalar<'a>, start: Spot, end: Spot) -> Option<()>;

    /// The map or the list that began last ends.
    fn end(&mut self, end: Spot) -> Option<()>;
}

/// What begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Collection {
    /// A map.
    Map,
    /// A list.
    List,
    /// A list whose dashes are in the column of the key whose value it is.
    ListInMap,
}

/// A scalar.
#[derive(Debug)]
pub(crate) enum Scalar<'a> {
    /// Between quotes.
    Quoted(Cow<'a, str>),
    /// A block of lines.
    Block(String),
    /// What may be a number, a flag or null.
    Plain(Cow<'a, str>),
    /// Nothing is written behind a colon or a dash; it starts there.
    Nothing,
}

impl Scalar<'_> {
    fn text(&self) -> &str {
        match self {
            Self::Quoted(text) | Self::Plain(text) => text,
            Self::Block(text) => text,
            Self::Nothing => "",
        }
    }
}

/// An offset in the text, with its line.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Spot {
    pub(crate) at: usize,
    pub(crate) line: usize,
    pub(crate) line_start: usize,
}

/// Tells a receiver the nodes of a text; nothing is returned where the text is left to a parser.
pub(crate) fn read<'a, R: Receiver<'a>>(text: &'a str, receiver: &mut R) -> Option<()> {
    if !has_only_known_characters(text.as_bytes()) {
        return None;
    }
    let mut walk = Walk {
        text,
        bytes: text.as_bytes(),
        spot: Spot { at: 0, line: 1, line_start: 0 },
        depth: 0,
        receiver,
    };
    walk.document()
}

/// Returns whether all characters are printable, and `\n` ends all lines.
fn has_only_known_characters(bytes: &[u8]) -> bool {
    let is_suspect = |it: u8| {
        (it < b' ' && it != b'\n' && it != b'\t') || matches!(it, 0x7F | 0xC2 | 0xE2 | 0xEF)
    };
    bytes.iter().enumerate().all(|(index, byte)| {
        if !is_suspect(*byte) {
            return true;
        }
        match bytes.get(index..).unwrap_or_default() {
            // Controls, and a line end among them.
            [0xC2, next, ..] => *next >= 0xA0,
            // Two more line ends.
            [0xE2, 0x80, last, ..] => !matches!(last, 0xA8 | 0xA9),
            // The byte order mark, and what is no character.
            [0xEF, 0xBB, 0xBF, ..] | [0xEF, 0xBF, 0xBE | 0xBF, ..] => false,
            [0xE2 | 0xEF, ..] => true,
            _ => false,
        }
    })
}

struct Walk<'a, 'r, R> {
    text: &'a str,
    bytes: &'a [u8],
    spot: Spot,
    depth: usize,
    receiver: &'r mut R,
}

/// What a line of a plain scalar ends at.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stop {
    Line,
    Colon,
    Comment,
}

/// Returns whether a byte separates tokens; 0 stands behind the text.
fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\n' | 0)
}

impl<'a, R: Receiver<'a>> Walk<'a, '_, R> {
    fn byte(&self, at: usize) -> u8 {
        self.bytes.get(at).copied().unwrap_or(0)
    }

    fn peek(&self) -> u8 {
        self.byte(self.spot.at)
    }

    fn is_end(&self) -> bool {
        self.spot.at >= self.bytes.len()
    }

    fn column(&self) -> usize {
        self.spot.at - self.spot.line_start
    }

    fn slice(&self, from: usize, to: usize) -> Option<&'a str> {
        self.text.get(from..to)
    }

    fn skip_spaces(&mut self) {
        while self.peek() == b' ' {
            self.spot.at += 1;
        }
    }

    /// Passes a line end.
    fn next_line(&mut self) {
        self.spot.at += 1;
        self.spot.line += 1;
        self.spot.line_start = self.spot.at;
    }

    /// Whether a comment may begin where a `#` is.
    fn is_comment(&self) -> bool {
        self.peek() == b'#'
            && (self.spot.at == self.spot.line_start || self.byte(self.spot.at - 1) == b' ')
    }

    /// Passes blanks, comments and line ends.
    fn next_content(&mut self) -> Option<()> {
        loop {
            self.skip_spaces();
            match self.peek() {
                b'\n' => self.next_line(),
                b'#' if self.is_comment() => {
                    while !matches!(self.peek(), b'\n' | 0) {
                        self.spot.at += 1;
                    }
                }
                b'#' => return None,
                _ => break,
            }
        }
        // Of `---` and `...`, whatever follows.
        (!self.is_marker()).then_some(())
    }

    /// Whether a document may begin or end here: of `---` and `...`, whatever follows.
    fn is_marker(&self) -> bool {
        let rest = self.bytes.get(self.spot.at..);
        self.column() == 0 && matches!(rest, Some([b'-', b'-', b'-', ..] | [b'.', b'.', b'.', ..]))
    }

    /// Passes the rest of a line whose node has ended.
    fn end_line(&mut self) -> Option<()> {
        self.skip_spaces();
        let is_over = matches!(self.peek(), b'\n' | 0) || self.is_comment();
        is_over.then_some(())?;
        self.next_content()
    }

    fn document(&mut self) -> Option<()> {
        self.marker();
        self.next_content()?;
        if self.is_end() {
            return None;
        }
        self.node(None)?;
        self.is_end().then_some(())
    }

    /// Passes the `---` that a document begins with.
    fn marker(&mut self) {
        let mut ahead = self.spot;
        for line in self.text.split_inclusive('\n') {
            let line_text = line.trim_end_matches(['\n', ' ']);
            if line_text == "---" {
                self.spot = Spot {
                    at: ahead.at + line.len(),
                    line: ahead.line + 1,
                    line_start: ahead.at + line.len(),
                };
                return;
            }
            if !line_text.is_empty() && !line_text.starts_with('#') {
                return;
            }
            ahead.at += line.len();
            ahead.line += 1;
        }
    }

    fn enter(&mut self, kind: Collection, start: Spot) -> Option<()> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return None;
        }
        self.receiver.begin(kind, start)
    }

    fn leave(&mut self) -> Option<()> {
        self.depth -= 1;
        self.receiver.end(self.spot)
    }

    /// Reads a node that begins here, in a collection of this column, and passes to what follows.
    fn node(&mut self, parent: Option<usize>) -> Option<()> {
        let start = self.spot;
        match self.peek() {
            b'-' if is_blank(self.byte(start.at + 1)) => self.list(self.column(), Collection::List),
            b'"' | b'\'' => {
                let scalar = self.quoted(parent)?;
                if self.spot.line == start.line && self.is_key_end() {
                    return self.map(start, Scalar::Quoted(scalar));
                }
                self.scalar(Scalar::Quoted(scalar), start)
            }
            b'[' | b'{' => {
                self.flow(parent)?;
                self.end_line()
            }
            b'|' | b'>' => self.block_scalar(parent?),
            _ => {
                let (first, stop) = self.plain_line(true)?;
                if stop == Stop::Colon {
                    return self.map(start, Scalar::Plain(Cow::Borrowed(first)));
                }
                let scalar = self.plain(first, stop, parent)?;
                self.scalar(Scalar::Plain(scalar), start)
            }
        }
    }

    /// Tells of a scalar that has ended here, and passes to what follows.
    fn scalar(&mut self, scalar: Scalar<'a>, start: Spot) -> Option<()> {
        self.receiver.scalar(scalar, start, self.spot)?;
        self.end_line()
    }

    /// Whether the colon of a key follows.
    fn is_key_end(&self) -> bool {
        let mut at = self.spot.at;
        while self.byte(at) == b' ' {
            at += 1;
        }
        self.byte(at) == b':' && is_blank(self.byte(at + 1))
    }

    /// Reads the block map whose first key has been read.
    fn map(&mut self, start: Spot, first: Scalar<'a>) -> Option<()> {
        let column = start.at - start.line_start;
        self.enter(Collection::Map, start)?;
        let (mut key, mut key_start) = (first, start);
        loop {
            self.key(key, key_start)?;
            self.value(column)?;
            if self.is_end() || self.column() < column {
                return self.leave();
            }
            if self.column() > column {
                return None;
            }
            key_start = self.spot;
            key = match self.peek() {
                b'"' | b'\'' => Scalar::Quoted(self.quoted(Some(column))?),
                _ => Scalar::Plain(Cow::Borrowed(self.plain_line(true)?.0)),
            };
            if self.spot.line != key_start.line || !self.is_key_end() {
                return None;
            }
        }
    }

    /// Tells of a key, and passes its colon.
    fn key(&mut self, key: Scalar<'a>, start: Spot) -> Option<()> {
        if key.text() == "<<" {
            return None;
        }
        self.receiver.scalar(key, start, self.spot)?;
        self.skip_spaces();
        self.spot.at += 1;
        (self.spot.at - start.at <= MAX_KEY).then_some(())
    }

    /// Reads the value of a block map, and passes to the next key or what follows the map.
    fn value(&mut self, column: usize) -> Option<()> {
        let colon = Spot { at: self.spot.at - 1, ..self.spot };
        self.skip_spaces();
        let start = self.spot;
        match self.peek() {
            b'\n' | b'#' | 0 => {
                self.end_line()?;
                let is_dash = self.peek() == b'-' && is_blank(self.byte(self.spot.at + 1));
                if self.is_end() || self.column() < column || self.column() == column && !is_dash {
                    return self.null(colon);
                }
                if self.column() == column {
                    return self.list(column, Collection::ListInMap);
                }
                self.node(Some(column))
            }
            b'-' if is_blank(self.byte(start.at + 1)) => None,
            b'"' | b'\'' => {
                let scalar = self.quoted(Some(column))?;
                self.scalar(Scalar::Quoted(scalar), start)
            }
            b'[' | b'{' => {
                self.flow(Some(column))?;
                self.end_line()
            }
            b'|' | b'>' => self.block_scalar(column),
            _ => {
                let (first, stop) = self.plain_line(true)?;
                if stop == Stop::Colon {
                    return None;
                }
                let scalar = self.plain(first, stop, Some(column))?;
                self.scalar(Scalar::Plain(scalar), start)
            }
        }
    }

    /// Tells of the null of a colon or a dash with nothing behind it.
    fn null(&mut self, mark: Spot) -> Option<()> {
        self.receiver.scalar(Scalar::Nothing, mark, mark)
    }

    /// Reads the block list whose first dash is here; it may be in the column of a map whose value it is.
    fn list(&mut self, column: usize, kind: Collection) -> Option<()> {
        self.enter(kind, self.spot)?;
        loop {
            let dash = self.spot;
            self.spot.at += 1;
            self.skip_spaces();
            if matches!(self.peek(), b'\n' | b'#' | 0) {
                self.end_line()?;
                if self.is_end() || self.column() <= column {
                    self.null(dash)?;
                } else {
                    self.node(Some(column))?;
                }
            } else {
                self.node(Some(column))?;
            }
            if self.is_end() || self.column() < column {
                return self.leave();
            }
            if self.column() > column {
                return None;
            }
            if self.peek() != b'-' || !is_blank(self.byte(self.spot.at + 1)) {
                return if kind == Collection::ListInMap { self.leave() } else { None };
            }
        }
    }
}
