//! The tree of YAML as documents are written in it, without a parser: [`yaml`] says what that is.

use std::borrow::Cow;

use serde::de::DeserializeSeed;
use serde_yaml::{Mapping, Value};

use super::key_text;
use super::tree::{Limit, TreeSeed};
use crate::source::yaml::{self, Collection, Receiver, Scalar, Spot};

/// Reads a text; nothing is returned where it is left to the parser.
pub(super) fn read(content: &str) -> Option<Value> {
    if content.contains("\r\n") {
        // Either line end is `\n` in a value.
        return read(&content.replace("\r\n", "\n"));
    }
    let mut builder = Builder { open: Vec::new(), done: None };
    yaml::read(content, &mut builder)?;
    builder.done
}

/// Puts a tree together.
struct Builder {
    open: Vec<Open>,
    done: Option<Value>,
}

/// A map or a list that has not ended, and the key whose value comes next.
enum Open {
    Map(Mapping, Option<String>),
    List(Vec<Value>),
}

impl Builder {
    fn put(&mut self, value: Value) -> Option<()> {
        match self.open.last_mut() {
            Some(Open::Map(members, key)) => match key.take() {
                // The parser has the words for a key that stands twice.
                Some(key) => members.insert(Value::String(key), value).is_none().then_some(()),
                None => None,
            },
            Some(Open::List(elements)) => {
                elements.push(value);
                Some(())
            }
            None => {
                self.done = Some(value);
                Some(())
            }
        }
    }
}

impl Receiver<'_> for Builder {
    const WANTS_TEXT: bool = true;
    const IS_STRICT: bool = false;

    fn begin(&mut self, kind: Collection, _start: Spot) -> Option<()> {
        self.open.push(match kind {
            Collection::Map => Open::Map(Mapping::new(), None),
            Collection::List | Collection::ListInMap => Open::List(Vec::new()),
        });
        Some(())
    }

    fn scalar(&mut self, scalar: Scalar<'_>, _start: Spot, _end: Spot) -> Option<()> {
        let value = match scalar {
            Scalar::Quoted(text) => Value::String(text.into_owned()),
            Scalar::Block(text) => Value::String(text),
            Scalar::Plain(text) => value(text)?,
            Scalar::Nothing => Value::Null,
        };
        match self.open.last_mut() {
            Some(Open::Map(_, key @ None)) => {
                *key = Some(match value {
                    Value::String(text) => text,
                    other => key_text(&other),
                });
                Some(())
            }
            _ => self.put(value),
        }
    }

    fn end(&mut self, _end: Spot) -> Option<()> {
        let value = match self.open.pop()? {
            Open::Map(members, _) => Value::Mapping(members),
            Open::List(elements) => Value::Sequence(elements),
        };
        self.put(value)
    }
}

/// Returns what a plain scalar is: what most are is told here, and the rest by the parser.
fn value(text: Cow<'_, str>) -> Option<Value> {
    let is_word = match text.as_bytes() {
        b"null" | b"~" => return Some(Value::Null),
        b"0" => return Some(Value::from(0_u64)),
        b"true" => return Some(Value::Bool(true)),
        b"false" => return Some(Value::Bool(false)),
        [b'1'..=b'9', rest @ ..] if rest.len() < 18 && rest.iter().all(u8::is_ascii_digit) => {
            return text.parse::<u64>().ok().map(Value::from);
        }
        // What null and the flags are spelled with besides.
        [b'N' | b'T' | b'F', rest @ ..] => {
            rest.len() < 5 && rest.iter().all(u8::is_ascii_alphabetic)
        }
        // A number, of whatever base.
        [b'0'..=b'9' | b'+' | b'-' | b'.', rest @ ..] => {
            !rest.is_empty()
                && rest.iter().all(|it| it.is_ascii_alphanumeric() || b"+-.".contains(it))
        }
        _ => false,
    };
    // Neither is a scalar by itself.
    if !is_word || text.starts_with("---") || text.starts_with("...") {
        return Some(Value::String(text.into_owned()));
    }
    let limit = Limit::new(1);
    TreeSeed(&limit).deserialize(serde_yaml::Deserializer::from_str(&text)).ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::diagnostic::Sink;
    use crate::load::{parse_yaml, tidy};
    use crate::pointer::Trail;
    use crate::source::yaml::samples;

    /// What the parser reads.
    fn parsed(text: &str) -> Option<Value> {
        let mut sink = Sink::default();
        let mut value = parse_yaml(text).ok()?;
        tidy(&mut value, &Trail::Root, &mut sink);
        sink.diagnostics().is_empty().then_some(value)
    }

    /// What is read is what the parser reads, down to the order of keys and the kind of numbers.
    fn check(text: &str) -> bool {
        let Some(value) = read(text) else { return false };
        assert_eq!(format!("{:?}", Some(value)), format!("{:?}", parsed(text)), "{text:?}");
        true
    }

    #[test]
    fn the_parser_reads_the_same() {
        for text in samples::READ {
            assert!(check(text), "{text:?} is not read");
            check(&text.replace('\n', "\r\n"));
        }
    }

    #[test]
    fn what_has_more_of_yaml_is_left_to_the_parser() {
        for text in [
            "",
            "a: &b 1\nc: *b\n",
            "a: !t b\n",
            "a: {b: 1}\nc: {<<: {d: 1}}\n",
            "? a\n: b\n",
            "%YAML 1.2\n---\na: b\n",
            "a: 1\n---\nb: 2\n",
            "a: 1\n...\n",
            "a:\tb\n",
            "a: 1\ra: 2\n",
            "a: 1\na: 2\n",
            "a: 1\n'a': 2\n",
            "200: a\n'200': b\n",
            "a: b: c\n",
            "a: b\n  c: d\n",
            "a: - b\n",
            "a: 'b' c\n",
            "a: 'b\n",
            "a: [b\nc: d\n",
            "a: [b]# c\n",
            "a: {b, c}\n",
            "a: [b: c]\n",
            "a: \"\\ud83d\"\n",
            "a: \"\\q\"\n",
            "  a: 1\n b: 2\n",
            "a:\n  b: 1\n c: 2\n",
            "- a\nb: c\n",
            "a: @b\n",
            "a: |\n   \n  b\n",
        ] {
            assert_eq!(read(text), None, "{text:?}");
        }
        let deep = (0..200).map(|it| " ".repeat(it) + "a:\n").collect::<String>();
        assert_eq!(read(&deep), None);
        assert_eq!(read(&"[".repeat(100_000)), None);
        assert_eq!(read(&format!("{}: 1\n", "a".repeat(2_000))), None);
    }

    #[test]
    fn the_parser_reads_the_same_in_documents() {
        samples::each_of_corpus(check);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]

        #[test]
        fn the_parser_reads_the_same_of_any_lines(text in samples::texts()) {
            check(&text);
        }
    }
}
