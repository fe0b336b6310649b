//! The tree of each YAML document of the corpora is that of `serde_yaml`: values, kinds of numbers, and order of keys.
//!
//! Most documents are read by the parser that keeps places, which is another one.

use std::fs;

use serde_yaml::Value;
use tamarack::diagnostic::{Diagnostic, Sink};
use tamarack::{Input, Text, load};

use crate::check::documents;
use crate::corpus;

/// Drops tags, and turns keys into texts.
fn tidy(value: Value) -> Value {
    match value {
        Value::Tagged(tagged) => tidy(tagged.value),
        Value::Sequence(elements) => elements.into_iter().map(tidy).collect(),
        Value::Mapping(members) => {
            let member = |(key, value)| (Value::String(text(key)), tidy(value));
            Value::Mapping(members.into_iter().map(member).collect())
        }
        scalar => scalar,
    }
}

fn text(key: Value) -> String {
    match key {
        Value::String(text) => text,
        other => serde_yaml::to_string(&other).expect("a value").trim().to_owned(),
    }
}

#[test]
fn a_document_is_read_as_the_other_parser_reads_it() {
    let Some(root) = corpus::with("") else {
        return;
    };
    let mut paths = Vec::new();
    documents(&root, &mut paths);
    let mut n_read = 0;
    for path in paths.iter().filter(|it| it.extension().is_none_or(|it| it != "json")) {
        let Ok(content) = fs::read_to_string(path) else { continue };
        let Ok(mut other) = serde_yaml::from_str::<Value>(&content) else { continue };
        other.apply_merge().expect("merges");
        let mut sink = Sink::default();
        let tree = load::load(&Text::new("document", content), &mut sink);
        // `==` would pass over the order of keys.
        let same = format!("{:?}", tree.expect("a tree")) == format!("{:?}", tidy(other));
        assert!(same, "{}", path.display());
        n_read += 1;
    }
    assert!(n_read > 100, "{n_read}");
}

/// Later stages compare with the tree, which changes as it is read and must be what was written then.
#[test]
fn a_document_that_was_read_is_what_was_written() {
    let Some(root) = corpus::with("") else {
        return;
    };
    let mut paths = Vec::new();
    documents(&root, &mut paths);
    let (mut n_same, mut n_respelled) = (0, 0);
    for path in paths {
        let Ok(content) = fs::read_to_string(&path) else { continue };
        let input = Input::new("document", content);
        let outcome = tamarack::read(&input);
        let Some(model) = outcome.model else { continue };
        let tree = load::load(&input.spec, &mut Sink::default()).expect("it was read");
        if format!("{:?}", model.raw) == format!("{tree:?}") {
            n_same += 1;
        } else {
            // Texts that look like numbers have their spelling back.
            let is_said = |it: &Diagnostic| it.title.starts_with("the value is read as the string");
            assert!(outcome.diagnostics.open.iter().any(is_said), "{}", path.display());
            n_respelled += 1;
        }
    }
    assert!(n_same > 300 && n_respelled < n_same / 10, "{n_same} {n_respelled}");
}
