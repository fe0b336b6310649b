//! The tree of each YAML document of the corpora is that of `serde_yaml`: values, kinds of numbers, and order of keys.
//!
//! Most documents are read by the parser that keeps places, which is another one.

use std::fs;

use serde_yaml::Value;
use tamarack::diagnostic::Sink;
use tamarack::{Text, load};

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
