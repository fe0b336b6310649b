//! Gives texts that YAML reads as numbers their spelling back: `1.10` under `type: string` is the text `1.10`.
//!
//! A parser keeps the value of a number and not its digits, so that a version `1.10` becomes `1.1`. Whether a text is
//! meant says the schema beside it, which the parser does not know. The text is where the node stands.

use std::collections::BTreeSet;

use serde_yaml::{Number, Value};

use crate::codes;
use crate::diagnostic::{Diagnostic, Sink};
use crate::document::Lister;
use crate::members;
use crate::pointer::{Pointer, Trail};
use crate::source::{Places, SourceMap};

/// The keywords of a schema that hold a value.
const VALUES: [&str; 3] = ["default", "const", "example"];

/// A text that was written like a number.
pub(crate) struct Respelled {
    at: Pointer,
    text: String,
}

/// Gives the texts of a tree the spelling that they have in its text, and returns those that were read as something else.
pub(crate) fn restore(tree: &mut Value, content: &str, places: &Places) -> Vec<Respelled> {
    let mut found = Vec::new();
    if let Some(version) = tree.get("info").and_then(|it| it.get("version")) {
        note(version, &Trail::Key(&Trail::Key(&Trail::Root, "info"), "version"), &mut found);
    }
    find(tree, &Trail::Root, &mut found);
    if !found.is_empty() {
        // Most are written as they are read, and the second parser takes its time.
        let others = other_spellings(content);
        found.retain(|at| at.find(tree).and_then(shown).is_some_and(|it| others.contains(&it)));
    }
    if found.is_empty() {
        return Vec::new();
    }
    let map = SourceMap::of(content, places);
    let lines: Vec<&str> = content.trim_start_matches('\u{feff}').lines().collect();
    let mut acc = Vec::new();
    for at in found {
        let (Some(span), Some(value)) = (map.locate(&at, false), at.find_mut(tree)) else {
            continue;
        };
        let Some(line) = lines.get(span.line - 1).filter(|_| span.line == span.end_line) else {
            continue;
        };
        let length = span.end_column.saturating_sub(span.column);
        let text: String = line.chars().skip(span.column - 1).take(length).collect();
        let text = text.trim().to_owned();
        // An alias, or a value that an overlay changed, is not written here.
        let is_it = serde_yaml::from_str::<Value>(&text).is_ok_and(|it| it == *value);
        if is_it && shown(value).is_some_and(|it| it != text) {
            *value = Value::String(text.clone());
            acc.push(Respelled { at, text });
        }
    }
    acc
}

/// Reports the texts that are still in the tree.
pub(crate) fn report(respelled: &[Respelled], tree: &Value, sink: &mut Sink) {
    for Respelled { at, text } in respelled {
        if at.find(tree).is_some_and(|it| it.as_str() == Some(text)) {
            let title = format!("the value is read as the string `{text}`");
            sink.push(Diagnostic::warning(codes::COERCED, at.clone(), title));
        }
    }
}

/// Finds the values of schemas of strings that are no strings.
fn find(node: &Value, trail: &Trail<'_>, acc: &mut Vec<Pointer>) {
    match node {
        Value::Mapping(members) => {
            if members::get(members, "type").is_some_and(is_string) {
                for keyword in VALUES {
                    if let Some(value) = members::get(members, keyword) {
                        note(value, &Trail::Key(trail, keyword), acc);
                    }
                }
                for keyword in Lister::ALL.map(Lister::keyword).into_iter().chain(["examples"]) {
                    let values = members::get(members, keyword).and_then(Value::as_sequence);
                    let list = Trail::Key(trail, keyword);
                    for (index, value) in values.into_iter().flatten().enumerate() {
                        note(value, &Trail::Index(&list, index), acc);
                    }
                }
            }
            for (key, value) in members {
                if let (Some(key), true) = (key.as_str(), value.is_mapping() || value.is_sequence())
                {
                    find(value, &Trail::Key(trail, key), acc);
                }
            }
        }
        Value::Sequence(elements) => {
            for (index, element) in elements.iter().enumerate() {
                if element.is_mapping() || element.is_sequence() {
                    find(element, &Trail::Index(trail, index), acc);
                }
            }
        }
        _ => {}
    }
}

fn note(value: &Value, trail: &Trail<'_>, acc: &mut Vec<Pointer>) {
    if shown(value).is_some() {
        acc.push(trail.pointer());
    }
}

/// Returns the texts of numbers and flags for which a word of the document is another spelling.
fn other_spellings(content: &str) -> BTreeSet<String> {
    let pairs = Words(content.as_bytes()).filter_map(|word| {
        let word = std::str::from_utf8(word).ok()?;
        let shown = match word {
            "True" | "TRUE" => "true".to_owned(),
            "False" | "FALSE" => "false".to_owned(),
            _ => number(word)?.to_string(),
        };
        (shown != word).then_some(shown)
    });
    pairs.collect()
}

/// The words of a text that may be numbers or flags, without those of digits alone.
///
/// They are ASCII, and each byte of another character stands between words.
struct Words<'a>(&'a [u8]);

/// For each byte, whether it is a part of such a word, and whether one begins with it.
const PARTS: [(bool, bool); 256] = {
    let mut acc = [(false, false); 256];
    let mut index = 0;
    while index < 128 {
        #[expect(clippy::cast_possible_truncation, reason = "it is below 128")]
        let byte = index as u8;
        let is_mark = matches!(byte, b'+' | b'-' | b'.');
        let begins = byte.is_ascii_digit() || is_mark || matches!(byte, b'T' | b'F');
        acc[index] = (byte.is_ascii_alphanumeric() || is_mark || byte == b'_', begins);
        index += 1;
    }
    acc
};

impl<'a> Iterator for Words<'a> {
    type Item = &'a [u8];

    fn next(&mut self) -> Option<&'a [u8]> {
        let is_part = |it: &u8| PARTS[usize::from(*it)].0;
        loop {
            let start = self.0.iter().position(is_part)?;
            let rest = &self.0[start..];
            let length = rest.iter().position(|it| !is_part(it)).unwrap_or(rest.len());
            let (word, rest) = rest.split_at(length);
            self.0 = rest;
            if PARTS[usize::from(word[0])].1 && !word.iter().all(u8::is_ascii_digit) {
                return Some(word);
            }
        }
    }
}

/// Returns the number that a word is in YAML.
fn number(word: &str) -> Option<Number> {
    for (prefix, radix) in [("0x", 16), ("0o", 8), ("0b", 2)] {
        if let Some(digits) = word.strip_prefix(prefix) {
            return i64::from_str_radix(digits, radix).ok().map(Number::from);
        }
    }
    let whole = word.parse::<i64>().map(Number::from);
    whole.or_else(|_| word.parse::<f64>().map(Number::from)).ok()
}

/// Returns the text that a number or a flag has without its spelling.
fn shown(value: &Value) -> Option<String> {
    match value {
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(flag) => Some(flag.to_string()),
        _ => None,
    }
}

/// Returns whether a `type` allows strings, and nothing else that is written without quotes.
fn is_string(ty: &Value) -> bool {
    let is = |it: &Value, name: &str| it.as_str() == Some(name);
    match ty {
        Value::Sequence(types) => {
            types.iter().any(|it| is(it, "string"))
                && types.iter().all(|it| is(it, "string") || is(it, "null"))
        }
        ty => is(ty, "string"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns the value at a place, after its spelling is restored.
    fn read(content: &str, pointer: &str) -> Value {
        let mut tree: Value = serde_yaml::from_str(content).expect("YAML");
        restore(&mut tree, content, &Places::default());
        let at = Pointer::parse(pointer).expect("a pointer");
        at.find(&tree).expect("a value").clone()
    }

    #[test]
    fn a_text_keeps_its_spelling() {
        for (written, text) in [
            ("1.10", "1.10"),
            ("0o7", "0o7"),
            ("0x1F", "0x1F"),
            ("1e3", "1e3"),
            ("+1", "+1"),
            ("True", "True"),
        ] {
            let schema = format!("{{type: string, default: {written}, enum: [a, {written} ]}}");
            assert_eq!(read(&schema, "#/default"), Value::from(text), "{written}");
            assert_eq!(read(&schema, "#/enum/1"), Value::from(text), "{written}");
        }
        assert_eq!(
            read("info:\n  version: 1.10 # of June\n", "#/info/version"),
            Value::from("1.10")
        );
        let json = "{\"a\": [{\"type\": [\"string\", \"null\"],\n  \"const\": 1.10}]}";
        assert_eq!(read(json, "#/a/0/const"), Value::from("1.10"));
    }

    #[test]
    fn what_is_a_number_stays_one() {
        for schema in [
            "{type: number, default: 1.10}",
            "{type: [string, number], default: 1.10}",
            "{default: 1.10}",
        ] {
            assert_eq!(read(schema, "#/default"), Value::from(1.1), "{schema}");
        }
        // The text of a number that is written as it is read is the same either way.
        assert_eq!(read("{type: string, default: 12}", "#/default"), Value::from(12));
        let alias = "a: &x 1.10\nb: {type: string, default: *x}\n";
        assert_eq!(read(alias, "#/b/default"), Value::from(1.1));
    }
}
