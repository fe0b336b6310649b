//! Text in, one tree of values out: YAML or JSON, every key once, every key a text; knows no OpenAPI.

mod tree;

use std::fmt::Display;

use serde_yaml::{Mapping, Value};

use tree::Tree;

use crate::codes;
use crate::diagnostic::{Diagnostic, Sink};
use crate::pipeline::Text;
use crate::pointer::Pointer;

/// Returns whether a text is YAML or JSON that this stage can read.
pub(crate) fn is_readable(content: &str) -> bool {
    parse(content).is_ok()
}

/// Reads the text of a document; `None` when it is no YAML or JSON.
pub fn load(text: &Text, sink: &mut Sink) -> Option<Value> {
    let content = text.content.trim_start_matches('\u{feff}');
    match parse(content) {
        Ok(mut value) => {
            tidy(&mut value, &Pointer::root(), sink);
            Some(value)
        }
        Err(diagnostic) => {
            sink.push(*diagnostic);
            None
        }
    }
}

fn parse(content: &str) -> Result<Value, Box<Diagnostic>> {
    if content.trim_start().starts_with('{') { parse_json(content) } else { parse_yaml(content) }
}

/// Reads JSON with the JSON parser: it is faster by an order than the YAML
/// one. Flow-style YAML begins with a brace too, so YAML has the second word,
/// and the last one when the text is not even that.
fn parse_json(content: &str) -> Result<Value, Box<Diagnostic>> {
    serde_json::from_str(content).map(|Tree(value)| value).or_else(|error| {
        let fault = fault(&error, Some((error.line(), error.column())));
        if fault.code == codes::DUPLICATE_KEY {
            Err(fault)
        } else {
            parse_yaml(content).or(Err(fault))
        }
    })
}

fn parse_yaml(content: &str) -> Result<Value, Box<Diagnostic>> {
    let Tree(mut value) = serde_yaml::from_str(content).map_err(|error| {
        let place = error.location().map(|it| (it.line(), it.column()));
        fault(&error, place)
    })?;
    value.apply_merge().map_err(|error| fault(&error, None))?;
    Ok(value)
}

fn fault(error: &dyn Display, place: Option<(usize, usize)>) -> Box<Diagnostic> {
    let text = error.to_string();
    // Both parsers end their text with the place, which the diagnostic carries
    // as numbers.
    let title = text.split(" at line ").next().unwrap_or(&text);
    let (code, title) = match title.split_once("duplicate entry ") {
        Some((_, rest)) => {
            (codes::DUPLICATE_KEY, format!("the key `{rest}` stands twice in one map"))
        }
        None => (codes::SYNTAX, format!("the text is not YAML or JSON: {title}")),
    };
    let diagnostic = Diagnostic::error(code, Pointer::root(), title);
    Box::new(match place {
        Some((line, column)) => diagnostic.position(line.max(1), column.max(1)),
        None => diagnostic,
    })
}

/// Drops tags and turns every key into its text: `200:` is the key `"200"`.
fn tidy(value: &mut Value, at: &Pointer, sink: &mut Sink) {
    while let Value::Tagged(tagged) = value {
        *value = std::mem::take(&mut tagged.value);
    }
    match value {
        Value::Mapping(mapping) => {
            if mapping.keys().any(|key| !key.is_string()) {
                *mapping = with_text_keys(std::mem::take(mapping), at, sink);
            }
            for (key, member) in mapping {
                tidy(member, &at.child(key.as_str().unwrap_or_default()), sink);
            }
        }
        Value::Sequence(elements) => {
            for (index, element) in elements.iter_mut().enumerate() {
                tidy(element, &at.index(index), sink);
            }
        }
        _ => {}
    }
}

fn with_text_keys(mapping: Mapping, at: &Pointer, sink: &mut Sink) -> Mapping {
    let mut acc = Mapping::with_capacity(mapping.len());
    for (key, member) in mapping {
        let key = key_text(&key);
        if acc.contains_key(&key) {
            let title = format!("the key `{key}` stands twice in one map");
            sink.push(Diagnostic::error(codes::DUPLICATE_KEY, at.child(&key), title).at_key());
        } else {
            acc.insert(Value::String(key), member);
        }
    }
    acc
}

fn key_text(key: &Value) -> String {
    match key {
        Value::Null => "null".to_owned(),
        Value::Bool(flag) => flag.to_string(),
        Value::Number(number) => number.to_string(),
        Value::String(text) => text.clone(),
        Value::Tagged(tagged) => key_text(&tagged.value),
        Value::Sequence(_) | Value::Mapping(_) => {
            serde_yaml::to_string(key).map(|text| text.trim().to_owned()).unwrap_or_default()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(content: &str) -> (Option<Value>, Vec<Diagnostic>) {
        let mut sink = Sink::default();
        let text = Text { name: "spec".to_owned(), content: content.to_owned() };
        let value = load(&text, &mut sink);
        (value, sink.into_diagnostics())
    }

    #[test]
    fn keys_become_text_and_tags_are_dropped() {
        let (value, said) =
            check("\u{feff}a: !x {200: ok, true: 1}\nb: &b {c: 1}\nd: {<<: *b, e: 2}\n");
        assert!(said.is_empty());
        let value = value.expect("it is YAML");
        assert_eq!(value["a"]["200"], Value::from("ok"));
        assert_eq!(value["a"]["true"], Value::from(1));
        assert_eq!(value["d"]["c"], Value::from(1));
    }

    #[test]
    fn a_key_that_stands_twice_has_a_place_in_yaml_and_json() {
        for content in ["a: 1\nb:\n  c: 1\n  c: 2\n", "{\n\"a\": 1,\n\"b\": {\"c\": 1,\n\"c\": 2}}"]
        {
            let (value, said) = check(content);
            assert!(value.is_none());
            assert_eq!(said[0].code, codes::DUPLICATE_KEY);
            assert_eq!(said[0].title, "the key `c` stands twice in one map");
            assert!(said[0].position.is_some(), "{said:?}");
        }
    }

    #[test]
    fn a_number_of_any_length_is_read() {
        let (value, said) = check("a: 106347997792363865062\nb: -106347997792363865062\n");
        assert!(said.is_empty(), "{said:?}");
        assert!(value.expect("it is YAML")["a"].is_f64());
    }

    #[test]
    fn a_number_and_its_text_are_one_key() {
        let (_, said) = check("a: {200: x, '200': y}\n");
        assert_eq!(said[0].at.as_str(), "#/a/200");
        assert_eq!(said[0].code, codes::DUPLICATE_KEY);
    }

    #[test]
    fn broken_text_is_a_syntax_error_with_a_place() {
        for content in ["a: [1\nb: 2\n", "{\"a\": ]}", "{\"a\": 1"] {
            let (value, said) = check(content);
            assert!(value.is_none());
            assert_eq!(said[0].code, codes::SYNTAX);
            assert!(said[0].position.is_some());
        }
    }

    #[test]
    fn flow_style_yaml_begins_with_a_brace_too() {
        let (value, said) = check("{a: 1, b: [x]}");
        assert!(said.is_empty());
        assert_eq!(value.expect("it is YAML")["b"][0], Value::from("x"));
    }
}
