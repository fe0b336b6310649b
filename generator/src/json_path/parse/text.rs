//! The characters of an expression: names in quotes, numbers, blanks.

use super::{Parsed, Parser};
use crate::json_path::PathError;

impl Parser {
    pub(super) fn fail<T>(&self, message: impl Into<String>) -> Parsed<T> {
        Err(PathError { message: message.into(), index: self.at })
    }

    pub(super) fn peek(&self) -> Option<char> {
        self.chars.get(self.at).copied()
    }

    pub(super) fn eat(&mut self, wanted: char) -> bool {
        let is_there = self.peek() == Some(wanted);
        self.at += usize::from(is_there);
        is_there
    }

    pub(super) fn eat_text(&mut self, wanted: &str) -> bool {
        let is_there =
            wanted.chars().enumerate().all(|(n, c)| self.chars.get(self.at + n) == Some(&c));
        if is_there {
            self.at += wanted.chars().count();
        }
        is_there
    }

    pub(super) fn space(&mut self) {
        while matches!(self.peek(), Some(' ' | '\t' | '\n' | '\r')) {
            self.at += 1;
        }
    }

    /// Reads a whole number, where there is one.
    pub(super) fn integer(&mut self) -> Parsed<Option<i64>> {
        let start = self.at;
        self.eat('-');
        while self.peek().is_some_and(|c| c.is_ascii_digit()) {
            self.at += 1;
        }
        if self.at == start {
            return Ok(None);
        }
        let text: String = self.chars[start..self.at].iter().collect();
        let digits = text.trim_start_matches('-');
        let is_plain = text == "0" || !digits.starts_with('0');
        match text.parse() {
            Ok(number) if is_plain => Ok(Some(number)),
            _ => {
                self.at = start;
                self.fail(format!("`{text}` is no number"))
            }
        }
    }

    pub(super) fn quoted(&mut self) -> Parsed<String> {
        let quote = self.peek();
        self.at += 1;
        let mut acc = String::new();
        loop {
            match self.peek() {
                None => return self.fail("the quote is not closed"),
                c if c == quote => {
                    self.at += 1;
                    return Ok(acc);
                }
                Some('\\') => {
                    self.at += 1;
                    acc.push(self.escaped(quote)?);
                }
                Some(c) if c < ' ' => return self.fail("a control character must be escaped"),
                Some(c) => {
                    self.at += 1;
                    acc.push(c);
                }
            }
        }
    }

    /// Reads what stands behind a backslash.
    pub(super) fn escaped(&mut self, quote: Option<char>) -> Parsed<char> {
        let c = self.peek();
        self.at += 1;
        Ok(match c {
            Some('b') => '\u{8}',
            Some('f') => '\u{c}',
            Some('n') => '\n',
            Some('r') => '\r',
            Some('t') => '\t',
            Some(c @ ('/' | '\\')) => c,
            Some(c) if Some(c) == quote => c,
            Some('u') => {
                let first = self.hex()?;
                if (0xd800..0xdc00).contains(&first) && self.eat_text("\\u") {
                    let second = self.hex()?;
                    let low = second.wrapping_sub(0xdc00);
                    let both = 0x1_0000 + ((first - 0xd800) << 10) + low;
                    return match char::from_u32(both).filter(|_| low < 0x400) {
                        Some(c) => Ok(c),
                        None => self.fail("half of a surrogate pair"),
                    };
                }
                match char::from_u32(first) {
                    Some(c) => c,
                    None => return self.fail("half of a surrogate pair"),
                }
            }
            _ => {
                self.at -= 1;
                return self.fail("there is no such escape");
            }
        })
    }

    pub(super) fn hex(&mut self) -> Parsed<u32> {
        let mut acc = 0;
        for _ in 0..4 {
            match self.peek().and_then(|c| c.to_digit(16)) {
                Some(digit) => acc = acc * 16 + digit,
                None => return self.fail("expected four hexadecimal digits"),
            }
            self.at += 1;
        }
        Ok(acc)
    }
}
