//! YAML read once: the events of the parser that keeps places become the tree and the list of places.
//!
//! What is rare is refused, and so is all that the two parsers of YAML could take differently: then `serde_yaml` has
//! the word, which reads all of YAML and says what is wrong with a text. So nothing here knows tags, anchors, merges
//! and directives, or has a fault of its own.

mod text;

use saphyr_parser::{Event, Parser, ScalarStyle, Span};
use serde_yaml::{Mapping, Value};

use super::{MAX_NESTING, key_text, scalar};
use crate::source::{Places, Recorder};

/// A key may have 1024 characters for one of the parsers, and as many bytes for the other.
const LONGEST_KEY: usize = 256;

/// Returns the tree of the one document of a text, with keys that are texts, and where its nodes stand; nothing where
/// it is refused.
pub(super) fn read(text: &str) -> Option<(Value, Places)> {
    if text::is_rare(text) {
        return None;
    }
    let mut reader = Reader { values: Vec::new(), open: Vec::new(), line: 0 };
    let mut recorder = Recorder::default();
    let mut parser = Parser::new_from_str(text);
    let mut is_begun = false;
    let mut ends_in_block = false;
    loop {
        let (event, span) = parser.next_event()?.ok()?;
        recorder.note(&event, span)?;
        match event {
            Event::Scalar(text, style, 0, None) => {
                ends_in_block = is_block(style);
                reader.scalar(&text, style, span)?;
            }
            Event::MappingStart(0, None) => reader.begin(true, span)?,
            Event::SequenceStart(0, None) => reader.begin(false, span)?,
            Event::MappingEnd => reader.end_of_map()?,
            Event::SequenceEnd => reader.end_of_list()?,
            Event::DocumentStart(_) if !is_begun => is_begun = true,
            Event::Nothing | Event::StreamStart | Event::DocumentEnd => {}
            Event::StreamEnd => break,
            // A second document, an alias, or a node with an anchor or a tag.
            _ => return None,
        }
    }
    // Only one of the parsers takes the end of the text for a line break (YAML 1.2.2, 8.1.1.2, has none there).
    let is_cut = ends_in_block && !text.ends_with('\n');
    let root = reader.values.pop().filter(|_| reader.values.is_empty() && !is_cut)?;
    (root.is_mapping() || root.is_sequence()).then(|| (root, recorder.finish()))
}

fn is_block(style: ScalarStyle) -> bool {
    matches!(style, ScalarStyle::Literal | ScalarStyle::Folded)
}

struct Reader {
    /// The values that have ended, and the keys before them, of all that is open.
    values: Vec<Value>,
    open: Vec<Open>,
    /// The line where the last node begins.
    line: usize,
}

/// A map or a list that has not ended.
struct Open {
    is_map: bool,
    /// Whether it is between brackets, or in something that is.
    is_flow: bool,
    /// Where its members begin among the values; in a map, each key and its value.
    first: usize,
}

impl Reader {
    fn is_key(&self) -> bool {
        self.open
            .last()
            .is_some_and(|it| it.is_map && (self.values.len() - it.first).is_multiple_of(2))
    }

    fn is_flow(&self) -> bool {
        self.open.last().is_some_and(|it| it.is_flow)
    }

    /// Refuses a value in a line below its key, between brackets: one of the parsers wants the colon beside the key.
    fn follows(&mut self, span: Span) -> Option<()> {
        let line_before = std::mem::replace(&mut self.line, span.start.line());
        (!self.is_flow() || self.is_key() || self.line == line_before || !self.is_in_map())
            .then_some(())
    }

    fn is_in_map(&self) -> bool {
        self.open.last().is_some_and(|it| it.is_map)
    }

    fn scalar(&mut self, text: &str, style: ScalarStyle, span: Span) -> Option<()> {
        self.follows(span)?;
        let (is_key, is_flow) = (self.is_key(), self.is_flow());
        let is_refused = match style {
            // A key that is not there, `{a:}`, what could be an indicator, and a colon before one.
            ScalarStyle::Plain => {
                text.is_empty() && (is_key || is_flow)
                    || text.starts_with(['|', '>', '?', ':'])
                    || is_flow && text.contains(":?")
            }
            style => is_key && is_block(style),
        };
        if is_refused || is_key && (text == "<<" || text.len() > LONGEST_KEY) {
            return None;
        }
        let value = if style == ScalarStyle::Plain { scalar::plain(text) } else { text.into() };
        self.values.push(match value {
            value if is_key && !value.is_string() => Value::String(key_text(&value)),
            value => value,
        });
        Some(())
    }

    /// Begins a map or a list; only brackets have a length.
    fn begin(&mut self, is_map: bool, span: Span) -> Option<()> {
        self.follows(span)?;
        if self.is_key() || self.open.len() == MAX_NESTING {
            return None;
        }
        let is_flow = !span.is_empty() || self.is_flow();
        self.open.push(Open { is_map, is_flow, first: self.values.len() });
        Some(())
    }

    fn end_of_map(&mut self) -> Option<()> {
        let first = self.open.pop()?.first;
        let mut members = Mapping::with_capacity((self.values.len() - first) / 2);
        let mut rest = self.values.drain(first..);
        while let (Some(key), Some(value)) = (rest.next(), rest.next()) {
            if members.insert(key, value).is_some() {
                return None;
            }
        }
        drop(rest);
        self.values.push(Value::Mapping(members));
        Some(())
    }

    fn end_of_list(&mut self) -> Option<()> {
        let first = self.open.pop()?.first;
        let elements = self.values.drain(first..).collect();
        self.values.push(Value::Sequence(elements));
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::super::made::{self, Chance};
    use super::super::{parse_rare_yaml, show};
    use super::*;
    use crate::source;

    /// Whatever is read is what the parser reads that reads all of YAML.
    #[test]
    fn both_parsers_read_the_same() {
        let mut n_same = 0;
        for seed in 0..20_000 {
            let text = made::text(&mut Chance::new(seed));
            let Some((tree, places)) = read(&text) else { continue };
            assert_eq!(Some(places), source::places(&text), "{text:?}");
            let other = show(parse_rare_yaml, &text);
            assert_eq!(Ok(format!("{tree:?}")), other, "seed {seed}: {text:?}");
            n_same += 1;
        }
        assert!(n_same > 4_000, "{n_same}");
    }

    #[test]
    fn all_that_documents_have_is_read() {
        for text in [
            "a: 1\nb: [x, 'y', {z: ~}]\nc:\n- d: |\n    e\n\n    f\n  g: >-\n    h\n- \"i\\n\"\n",
            "# c\n---\na: x\n  y\n\n  z # c\n'b': \"c\n  d\"\n",
            "a: 1\r\nb: |\r\n  c\r\n",
            "200: {$ref: '#/a'}\ntrue: x\nnull: y\n1.0: z\nä: 🦀\n",
            "- a\n-\n- - b\n  - c\n- {}\n- []\n",
            "a:\n  - b:\n\n    c: ^[a-z:]+$\n",
        ] {
            let tree = read(text).map(|it| format!("{:?}", it.0));
            assert_eq!(tree, show(parse_rare_yaml, text).ok(), "{text}");
            assert!(tree.is_some(), "{text}");
        }
    }

    /// In each of them the two parsers differ, or it is left to the other one.
    #[test]
    fn what_is_read_in_two_ways_is_refused() {
        for text in [
            // The line break at the end.
            "a: |\n  b",
            "a: >+\n  b",
            "? |\n a",
            // What is a key or a value, and what an indicator.
            ": a",
            "{a:}",
            "{a, b: c}",
            "{a\n: b}",
            "[a: |]",
            "{>}",
            "[?]",
            "[-:?]",
            "a: :b",
            // Documents.
            "",
            "a",
            "...\na: b",
            "a: b\n...\n",
            "%YAML 1.2\n---\na: b\n",
            "a: b\n---\nc: d\n",
            // Nodes.
            "a: &b c",
            "a: !b c",
            "<<: {a: b}",
            "'<<': {a: b}",
            "[a]: b",
            "a: b\na: c",
            "1: b\n'1': c",
            // Characters.
            "a:\tb",
            "a: b\rc: d\n",
            "a: b\u{85}c",
            "a: b\u{2028}c",
            "a: \u{feff}b",
            "a: \u{0}",
            "a: \u{7f}",
        ] {
            assert!(read(text).is_none(), "{text:?}");
        }
        let key = "ä".repeat(LONGEST_KEY);
        assert!(read(&format!("{key}: b")).is_none());
    }

    #[test]
    fn what_nests_too_deep_is_refused() {
        let nested = |n: usize| "[".repeat(n) + &"]".repeat(n);
        assert!(read(&nested(MAX_NESTING)).is_some());
        assert!(read(&nested(MAX_NESTING + 1)).is_none());
        for level in ["[", "- ", "{a: ", "? "] {
            assert!(read(&level.repeat(100_000)).is_none(), "{level}");
        }
        assert!(read(&(0..300).map(|it| " ".repeat(it) + "a:\n").collect::<String>()).is_none());
    }
}
