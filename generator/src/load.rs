//! Text in, one tree of values out: YAML or JSON, without duplicate keys; knows nothing of OpenAPI.

#[cfg(test)]
mod made;
mod nesting;
mod once;
mod scalar;
mod tree;

/// How many maps and lists can lie inside of each other; both parsers stop there.
pub(crate) const MAX_NESTING: usize = 128;

use std::fmt::Display;

use serde::de::DeserializeSeed;
use serde_yaml::{Mapping, Value};

use tree::{Limit, TreeSeed};

use crate::codes;
use crate::diagnostic::{Diagnostic, Sink};
use crate::input::Text;
use crate::pointer::{Pointer, Trail};
use crate::source::{self, Places};

/// How many values the aliases of a YAML document can repeat: `*a` stands for
/// all that `&a` marks, and ten aliases of ten aliases are a hundred.
const MOST_REPEATED: usize = 1_000_000;

/// Reads the text of a document; `None` when it is no YAML or JSON.
pub fn load(text: &Text, sink: &mut Sink) -> Option<Value> {
    load_with_places(text, sink).map(|it| it.0)
}

/// Reads the text of a document, like [`load`], and where its nodes stand, if that came up.
pub(crate) fn load_with_places(text: &Text, sink: &mut Sink) -> Option<(Value, Places)> {
    let content = text.content.trim_start_matches('\u{feff}');
    match parse(content, sink) {
        Ok(read) => Some(read),
        Err(diagnostic) => {
            let is_about_keys = diagnostic.code == codes::DUPLICATE_KEY;
            sink.push(if is_about_keys {
                at_second_key(*diagnostic, content)
            } else {
                *diagnostic
            });
            None
        }
    }
}

fn parse(content: &str, sink: &mut Sink) -> Result<(Value, Places), Box<Diagnostic>> {
    let is_like_json = content.trim_start().starts_with('{');
    if is_like_json { parse_json(content, sink) } else { parse_yaml(content, sink) }
}

/// Reads JSON with the JSON parser: it is faster by an order than the YAML
/// one. Flow-style YAML begins with a brace too, so YAML has the second word,
/// and the last one when the text is not even that.
fn parse_json(content: &str, sink: &mut Sink) -> Result<(Value, Places), Box<Diagnostic>> {
    let limit = Limit::new(usize::MAX);
    let mut parser = serde_json::Deserializer::from_str(content);
    let read = TreeSeed(&limit).deserialize(&mut parser).and_then(|it| parser.end().map(|()| it));
    read.map(|it| (it, Places::default())).or_else(|error| {
        let fault = fault(&error, Some((error.line(), error.column())));
        // A text that is JSON down to the limit would not be better as YAML.
        if fault.code != codes::SYNTAX {
            return Err(fault);
        }
        parse_yaml(content, sink)
            .map_err(|as_yaml| if as_yaml.code == codes::SYNTAX { fault } else { as_yaml })
    })
}

fn parse_yaml(content: &str, sink: &mut Sink) -> Result<(Value, Places), Box<Diagnostic>> {
    let rare = || parse_rare_yaml(content, sink).map(|it| (it, Places::default()));
    once::read(content).map_or_else(rare, Ok)
}

/// Reads YAML with the parser that reads all of it, and knows what is wrong with what is none.
fn parse_rare_yaml(content: &str, sink: &mut Sink) -> Result<Value, Box<Diagnostic>> {
    if let Some((line, column)) = nesting::too_deep(content) {
        return Err(Box::new(nests_too_deep().position(line, column)));
    }
    // What is written takes a character at least.
    let limit = Limit::new(content.len().saturating_add(MOST_REPEATED));
    let parser = serde_yaml::Deserializer::from_str(content);
    let mut value = TreeSeed(&limit).deserialize(parser).map_err(|error| {
        let place = error.location().map(|it| (it.line(), it.column()));
        fault(&error, place)
    })?;
    value.apply_merge().map_err(|error| fault(&error, None))?;
    tidy(&mut value, &Trail::Root, sink);
    Ok(value)
}

fn nests_too_deep() -> Diagnostic {
    let title = format!("the document nests deeper than {MAX_NESTING} levels");
    Diagnostic::error(codes::LIMIT, Pointer::root(), title)
        .label("too deep")
        .help("give inner schemas a name under `components` and refer to it")
}

/// Returns whether a parser came to the end of what it nests; both say so in
/// the same words, and neither has a kind of error for it.
fn is_about_depth(error: &dyn Display) -> bool {
    error.to_string().starts_with("recursion limit exceeded")
}

fn is_about_repetition(error: &dyn Display) -> bool {
    let text = error.to_string();
    text.starts_with("repetition limit exceeded") || text.contains(tree::TOO_MANY)
}

/// Places a duplicate key at its second occurrence: the YAML
/// parser names the place of the map, which can be pages above.
fn at_second_key(fault: Diagnostic, content: &str) -> Diagnostic {
    match source::second_key(content) {
        Some((line, column)) => fault.position(line, column).label("declared again here"),
        None => fault,
    }
}

fn fault(error: &dyn Display, place: Option<(usize, usize)>) -> Box<Diagnostic> {
    let text = error.to_string();
    // Both parsers end their text with the place, which the diagnostic carries
    // as numbers; the YAML one goes on with what it was reading.
    let (title, context) = text.split_once(" at line ").unwrap_or((&text, ""));
    let mut diagnostic = match title.split_once("duplicate entry ") {
        None if is_about_depth(error) => nests_too_deep(),
        None if is_about_repetition(error) => {
            let title = "its aliases repeat too many values";
            let help =
                format!("aliases may repeat {MOST_REPEATED} values, and 100 times what is written");
            Diagnostic::error(codes::LIMIT, Pointer::root(), title).help(help)
        }
        Some((_, rest)) => {
            let key = rest.trim_start_matches("with key ").trim_matches('"');
            let title = format!("duplicate key `{key}`");
            Diagnostic::error(codes::DUPLICATE_KEY, Pointer::root(), title)
        }
        None => {
            let title = format!("the text is neither YAML nor JSON: {title}");
            Diagnostic::error(codes::SYNTAX, Pointer::root(), title)
        }
    };
    if let Some(help) = begun(context) {
        diagnostic = diagnostic.help(help);
    }
    Box::new(match place {
        Some((line, column)) => diagnostic.position(line.max(1), column.max(1)),
        None => diagnostic,
    })
}

/// Returns where that begins which the YAML parser could not read to its end:
/// a bracket that nothing closes stands far above the place of the fault.
///
/// For example, of `27 column 17, while parsing a flow sequence at line 26 column 17`.
fn begun(context: &str) -> Option<String> {
    let (_, context) = context.split_once(", while ")?;
    let (what, place) = context.split_once(" at line ")?;
    let what = what.trim_start_matches("parsing ").trim_start_matches("scanning ");
    let what = what.trim_start_matches("a ").trim_start_matches("an ");
    let place = place.replacen(" column ", ", column ", 1);
    Some(format!("the fault is in the {what} that begins at line {place}"))
}

/// Drops tags and turns every key into its text: `200:` is the key `"200"`.
fn tidy(value: &mut Value, trail: &Trail<'_>, sink: &mut Sink) {
    while let Value::Tagged(tagged) = value {
        *value = std::mem::take(&mut tagged.value);
    }
    match value {
        Value::Mapping(mapping) => {
            if mapping.keys().any(|key| !key.is_string()) {
                *mapping = with_text_keys(std::mem::take(mapping), &trail.pointer(), sink);
            }
            for (key, member) in mapping {
                tidy(member, &Trail::Key(trail, key.as_str().unwrap_or_default()), sink);
            }
        }
        Value::Sequence(elements) => {
            for (index, element) in elements.iter_mut().enumerate() {
                tidy(element, &Trail::Index(trail, index), sink);
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
            let title = format!("duplicate key `{key}`");
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

/// Reads a text in one of the ways; two trees that are shown alike have the same order and kinds of numbers.
#[cfg(test)]
fn show(
    read: fn(&str, &mut Sink) -> Result<Value, Box<Diagnostic>>,
    text: &str,
) -> Result<String, String> {
    let mut sink = Sink::default();
    let tree = read(text, &mut sink).map_err(|it| it.title)?;
    let said = sink.into_diagnostics();
    if said.is_empty() { Ok(format!("{tree:?}")) } else { Err(format!("{said:?}")) }
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
            assert_eq!(said[0].title, "duplicate key `c`");
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
    fn the_place_of_a_key_that_stands_twice_is_the_second_one() {
        for content in [
            "a:\n  b: 1\n  c: 2\n  b: 3\n",
            "{a: {b: 1, c: 2,\n\n\n  b: 3}}",
            "{\"a\": {\"b\": 1, \"c\": 2,\n\n\n  \"b\": 3}}",
        ] {
            assert_eq!(check(content).1[0].position, Some((4, 3)), "{content}");
        }
    }

    #[test]
    fn a_bracket_that_nothing_closes_is_named() {
        let (_, said) = check("a: 1\nb: [c\nd: 2\n");
        assert_eq!(said[0].position, Some((3, 2)));
        let help = "the fault is in the flow sequence that begins at line 2, column 4";
        assert_eq!(said[0].help.as_deref(), Some(help));
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
