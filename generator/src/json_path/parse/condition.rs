//! What stands in a filter: comparisons, existence and functions, joined by `&&` and `||` (RFC 9535 §2.3.5, §2.4).

use serde_yaml::Value;

use super::{MOST_NESTED, Parsed, Parser};
use crate::json_path::filter::{Comparison, Condition, From, Operand, Query};
use crate::json_path::{Reach, Selector};

impl Parser {
    pub(super) fn condition(&mut self) -> Parsed<Condition> {
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
