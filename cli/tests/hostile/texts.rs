//! Texts that would be code, markup or commands where they are not kept apart, in every place of a text at once.

use serde_json::{Value, json};

use crate::base::base;
use crate::row::Row;

/// Texts longer than this stand in one place: their cost is what is looked at.
const LONG: usize = 10_000;

pub(crate) fn rows() -> Vec<Row> {
    let texts: Vec<(&str, String)> = vec![
        ("a fence", "```\neViL_mArKeR!()\n```".to_owned()),
        ("a fence of Rust", "```rust\neViL_mArKeR!()\n```".to_owned()),
        ("a fence in a fence", "~~~\n```\n~~~\neViL_mArKeR!()".to_owned()),
        ("a long fence", "``````\n`````\n``````".to_owned()),
        ("a fence that nothing ends", "```\neViL_mArKeR!()".to_owned()),
        ("an indent", "a\n\n    eViL_mArKeR!();\n".to_owned()),
        ("a quote with a fence", "> ```\n> eViL_mArKeR!()\n> ```".to_owned()),
        (
            "nested lists with a fence",
            "- a\n  - b\n\n    ```\n    eViL_mArKeR!()\n    ```".to_owned(),
        ),
        ("an end of a comment", "*/ fn eViL_mArKeR() {} /*".to_owned()),
        ("an end of a string", "\"; fn eViL_mArKeR() {} //".to_owned()),
        ("an end of a raw string", "\"###; fn eViL_mArKeR() {} //".to_owned()),
        ("a bare return", "a\rfn eViL_mArKeR() {}".to_owned()),
        ("returns and line breaks", "a\r\n\r\nb\n\rc".to_owned()),
        ("a turned direction", "\u{202e}a\u{2066}b\u{2069}\u{202c}".to_owned()),
        ("escape sequences", "\u{1b}[31m\u{1b}]0;a\u{7}\u{9b}1m".to_owned()),
        ("a NUL", "a\0b".to_owned()),
        ("every control character", (0..32).filter_map(char::from_u32).collect()),
        ("line separators", "a\u{2028}b\u{2029}c\u{85}d".to_owned()),
        ("HTML", "<script>eViL_mArKeR()</script><img src=x onerror=a>".to_owned()),
        ("an open comment of HTML", "<!-- eViL_mArKeR".to_owned()),
        ("links", "[a](javascript:b) [c]: d [`e`] [f][g] <https://h>".to_owned()),
        ("200,000 brackets", "[".repeat(200_000)),
        ("100,000 stars", "*".repeat(100_000)),
        ("20,000 quotes", "> ".repeat(20_000)),
        ("a word of 200,000 characters", "a".repeat(200_000)),
        ("20,000 lines", "a\n".repeat(20_000)),
        ("a table without end", "| a |\n|---|\n".repeat(1_000)),
        ("format arguments", "{} {:?} {0} {{ %s $a ${b}".to_owned()),
        ("backslashes", "\\ \\n \\u{110000} \\x80 \\".to_owned()),
        ("marks on marks", format!("a{}", "\u{301}".repeat(10_000))),
        ("white space", " \t\n\u{a0}\u{3000}".to_owned()),
        ("nothing", String::new()),
    ];
    let document = |text: &str| {
        let mut acc = base();
        if text.len() > LONG {
            acc["info"]["description"] = json!(text);
        } else {
            replace(&mut acc, text);
        }
        acc
    };
    texts
        .into_iter()
        .map(|(what, it)| Row::tree(format!("texts with {what}"), &document(&it)))
        .collect()
}

/// Puts the text in the place of each description, summary and title.
fn replace(node: &mut Value, text: &str) {
    match node {
        Value::Object(map) => {
            for (key, value) in map {
                if ["description", "summary", "title"].contains(&key.as_str()) && value.is_string()
                {
                    *value = json!(text);
                } else {
                    replace(value, text);
                }
            }
        }
        Value::Array(list) => list.iter_mut().for_each(|it| replace(it, text)),
        _ => {}
    }
}
