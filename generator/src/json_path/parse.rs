//! The text of an expression in, its segments out (RFC 9535 §2).

mod condition;
mod text;

use super::{JsonPath, PathError, Reach, Segment, Selector};

/// How deep conditions can lie in each other.
const MOST_NESTED: usize = 64;

pub(super) fn expression(text: &str) -> Result<JsonPath, PathError> {
    let mut parser = Parser { chars: text.chars().collect(), at: 0, depth: 0 };
    if !parser.eat('$') {
        return parser.fail("an expression begins with `$`");
    }
    let segments = parser.segments()?;
    if parser.at < parser.chars.len() {
        return parser.fail("expected `.`, `..` or `[`");
    }
    Ok(JsonPath(segments))
}

struct Parser {
    chars: Vec<char>,
    at: usize,
    depth: usize,
}

type Parsed<T> = Result<T, PathError>;

impl Parser {
    fn segments(&mut self) -> Parsed<Vec<Segment>> {
        let mut acc = Vec::new();
        loop {
            let before = self.at;
            self.space();
            let segment = if self.eat_text("..") {
                let selectors =
                    if self.eat('[') { self.bracketed()? } else { vec![self.shorthand()?] };
                Segment { reach: Reach::Descendants, selectors }
            } else if self.eat('.') {
                Segment { reach: Reach::Children, selectors: vec![self.shorthand()?] }
            } else if self.eat('[') {
                Segment { reach: Reach::Children, selectors: self.bracketed()? }
            } else {
                self.at = before;
                return Ok(acc);
            };
            acc.push(segment);
        }
    }

    /// Reads what stands behind a dot.
    fn shorthand(&mut self) -> Parsed<Selector> {
        if self.eat('*') {
            return Ok(Selector::Wildcard);
        }
        let starts = |c: char| c.is_ascii_alphabetic() || c == '_' || !c.is_ascii();
        if !self.peek().is_some_and(starts) {
            return self
                .fail("expected a name, or `*`; other names stand in brackets: `['/pets']`");
        }
        let mut name = String::new();
        while let Some(c) = self.peek().filter(|c| starts(*c) || c.is_ascii_digit() || *c == '-') {
            name.push(c);
            self.at += 1;
        }
        Ok(Selector::Name(name))
    }

    fn bracketed(&mut self) -> Parsed<Vec<Selector>> {
        let mut acc = Vec::new();
        loop {
            self.space();
            acc.push(self.selector()?);
            self.space();
            if self.eat(']') {
                return Ok(acc);
            }
            if !self.eat(',') {
                return self.fail("expected `,` or `]`");
            }
        }
    }

    fn selector(&mut self) -> Parsed<Selector> {
        match self.peek() {
            Some('*') => {
                self.at += 1;
                Ok(Selector::Wildcard)
            }
            Some('\'' | '"') => Ok(Selector::Name(self.quoted()?)),
            Some('?') => {
                self.at += 1;
                Ok(Selector::Filter(self.condition()?))
            }
            Some(c) if c == ':' || c == '-' || c.is_ascii_digit() => self.index_or_slice(),
            _ => self.fail("expected a name in quotes, a number, `*` or `?`"),
        }
    }

    fn index_or_slice(&mut self) -> Parsed<Selector> {
        let start = self.integer()?;
        self.space();
        if !self.eat(':') {
            return match start {
                Some(index) => Ok(Selector::Index(index)),
                None => self.fail("expected a number"),
            };
        }
        self.space();
        let end = self.integer()?;
        self.space();
        let mut step = 1;
        if self.eat(':') {
            self.space();
            step = self.integer()?.unwrap_or(1);
        }
        Ok(Selector::Slice { start, end, step })
    }
}
