//! The text of an expression in, its segments out (RFC 9535 §2).

use serde_yaml::Value;

use super::filter::{Comparison, Condition, From, Operand, Query};
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
    fn fail<T>(&self, message: impl Into<String>) -> Parsed<T> {
        Err(PathError { message: message.into(), index: self.at })
    }

    fn peek(&self) -> Option<char> {
        self.chars.get(self.at).copied()
    }

    fn eat(&mut self, wanted: char) -> bool {
        let is_there = self.peek() == Some(wanted);
        self.at += usize::from(is_there);
        is_there
    }

    fn eat_text(&mut self, wanted: &str) -> bool {
        let is_there =
            wanted.chars().enumerate().all(|(n, c)| self.chars.get(self.at + n) == Some(&c));
        if is_there {
            self.at += wanted.chars().count();
        }
        is_there
    }

    fn space(&mut self) {
        while matches!(self.peek(), Some(' ' | '\t' | '\n' | '\r')) {
            self.at += 1;
        }
    }

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

    /// Reads a whole number, where there is one.
    fn integer(&mut self) -> Parsed<Option<i64>> {
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

    fn quoted(&mut self) -> Parsed<String> {
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
    fn escaped(&mut self, quote: Option<char>) -> Parsed<char> {
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

    fn hex(&mut self) -> Parsed<u32> {
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

    fn condition(&mut self) -> Parsed<Condition> {
        self.depth += 1;
        if self.depth > MOST_NESTED {
            return self.fail("conditions lie too deep in each other");
        }
        let first = self.conjunction()?;
        let mut parts = vec![first];
        while self.operator("||") {
            parts.push(self.conjunction()?);
        }
        self.depth -= 1;
        Ok(one_or(parts, Condition::Any))
    }

    fn conjunction(&mut self) -> Parsed<Condition> {
        let mut parts = vec![self.basic()?];
        while self.operator("&&") {
            parts.push(self.basic()?);
        }
        Ok(one_or(parts, Condition::All))
    }

    fn operator(&mut self, text: &str) -> bool {
        let before = self.at;
        self.space();
        let is_there = self.eat_text(text);
        if !is_there {
            self.at = before;
        }
        is_there
    }

    fn basic(&mut self) -> Parsed<Condition> {
        self.space();
        if self.eat('!') {
            self.space();
            // What is negated stands in brackets or is an existence.
            let inner = if self.eat('(') { self.in_brackets()? } else { self.existence()? };
            return Ok(Condition::Not(Box::new(inner)));
        }
        if self.eat('(') {
            return self.in_brackets();
        }
        let start = self.at;
        let is_query = matches!(self.peek(), Some('@' | '$'));
        if is_query {
            let query = self.query()?;
            if self.comparison().is_none() {
                return Ok(Condition::Exists(query));
            }
            self.at = start;
        }
        let left = self.operand()?;
        let Some(comparison) = self.comparison() else {
            return self.fail("expected a comparison: `==`, `!=`, `<`, `<=`, `>` or `>=`");
        };
        self.space();
        let right = self.operand()?;
        Ok(Condition::Compare(left, comparison, right))
    }

    fn in_brackets(&mut self) -> Parsed<Condition> {
        let inner = self.condition()?;
        self.space();
        if self.eat(')') { Ok(inner) } else { self.fail("expected `)`") }
    }

    fn existence(&mut self) -> Parsed<Condition> {
        Ok(Condition::Exists(self.query()?))
    }

    fn query(&mut self) -> Parsed<Query> {
        let from = if self.eat('@') {
            From::Current
        } else if self.eat('$') {
            From::Root
        } else {
            return self.fail("expected `@` or `$`");
        };
        Ok(Query { from, segments: self.segments()? })
    }

    fn comparison(&mut self) -> Option<Comparison> {
        let all = [
            ("==", Comparison::Equal),
            ("!=", Comparison::NotEqual),
            ("<=", Comparison::LessOrEqual),
            (">=", Comparison::GreaterOrEqual),
            ("<", Comparison::Less),
            (">", Comparison::Greater),
        ];
        all.into_iter().find(|(text, _)| self.operator(text)).map(|(_, it)| it)
    }

    fn operand(&mut self) -> Parsed<Operand> {
        self.space();
        match self.peek() {
            Some('@' | '$') => {
                let start = self.at;
                let query = self.query()?;
                let is_single = query.segments.iter().all(|it| {
                    it.reach == Reach::Children
                        && matches!(it.selectors[..], [Selector::Name(_) | Selector::Index(_)])
                });
                if is_single {
                    return Ok(Operand::Single(query));
                }
                self.at = start;
                self.fail("only one node can be compared: write `value(…)` or `count(…)` around it")
            }
            Some('\'' | '"') => Ok(Operand::Literal(self.quoted()?.into())),
            Some(c) if c == '-' || c.is_ascii_digit() => self.number(),
            Some(c) if c.is_ascii_lowercase() => self.word(),
            _ => self.fail("expected a query, a text, a number, `true`, `false` or `null`"),
        }
    }

    fn number(&mut self) -> Parsed<Operand> {
        let start = self.at;
        let is_part = |c: char| c.is_ascii_digit() || matches!(c, '-' | '+' | '.' | 'e' | 'E');
        while self.peek().is_some_and(is_part) {
            self.at += 1;
        }
        let text: String = self.chars[start..self.at].iter().collect();
        // A number of JSON, which `serde_json` judges.
        match serde_json::from_str::<serde_json::Number>(&text) {
            Ok(number) => {
                let exact = number.as_i64().map(Value::from);
                let rounded = || number.as_f64().map(Value::from);
                match exact.or_else(rounded) {
                    Some(value) => Ok(Operand::Literal(value)),
                    None => self.fail(format!("`{text}` is no number")),
                }
            }
            Err(_) => {
                self.at = start;
                self.fail(format!("`{text}` is no number"))
            }
        }
    }

    /// Reads a literal that is a word, or a function.
    fn word(&mut self) -> Parsed<Operand> {
        let start = self.at;
        while self.peek().is_some_and(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
        {
            self.at += 1;
        }
        let word: String = self.chars[start..self.at].iter().collect();
        match word.as_str() {
            "true" => return Ok(Operand::Literal(true.into())),
            "false" => return Ok(Operand::Literal(false.into())),
            "null" => return Ok(Operand::Literal(Value::Null)),
            _ => {}
        }
        let is_known = ["length", "count", "value"].contains(&word.as_str());
        if !is_known || !self.eat('(') {
            self.at = start;
            return self.fail(match word.as_str() {
                "match" | "search" => format!("the function `{word}` is not supported"),
                _ => format!("`{word}` is neither a literal nor a function"),
            });
        }
        self.depth += 1;
        if self.depth > MOST_NESTED {
            return self.fail("functions lie too deep in each other");
        }
        self.space();
        let operand = match word.as_str() {
            "length" => Operand::Length(Box::new(self.operand()?)),
            "count" => Operand::Count(self.query()?),
            _ => Operand::Value(self.query()?),
        };
        self.depth -= 1;
        self.space();
        if self.eat(')') { Ok(operand) } else { self.fail("expected `)`") }
    }
}

fn one_or(mut parts: Vec<Condition>, many: fn(Vec<Condition>) -> Condition) -> Condition {
    match parts.pop() {
        Some(only) if parts.is_empty() => only,
        Some(last) => {
            parts.push(last);
            many(parts)
        }
        None => unreachable!("a condition has a part"),
    }
}
