//! Bytes in, the stage `load`: a tree or a reason with a place, the same one twice, and the tree that the parser reads.

use serde_yaml::Value;
use tamarack::Input;
use tamarack::diagnostic::Sink;
use tamarack::load;
use tamarack::render::{self, Paint, Texts};

use crate::choices::Choices;
use crate::finding::{Finding, holds};
use crate::seeds::Seeds;
use crate::stage;
use crate::tables;

/// Tokens of YAML and JSON, and bytes that are none.
const TOKENS: &[&[u8]] = &[
    b"\xef\xbb\xbf",
    b"\xff\xfe",
    b"\xfe\xff\x00",
    b"\0",
    b"\r\n",
    b"\r",
    b"\n",
    b"\t",
    b": ",
    b"- ",
    b"? ",
    b"[",
    b"]",
    b"{",
    b"}",
    b",",
    b"&a ",
    b"*a",
    b"<<: *a",
    b"!!binary ",
    b"!x ",
    b"!!set {",
    b"|\n ",
    b">-\n",
    b"'",
    b"\"",
    b"\\u",
    b"\\ud800",
    b"#",
    b"%YAML 1.2\n",
    b"---\n",
    b"...\n",
    b"@",
    b"`",
    b"~",
    b"=",
    b"a: &a [*a]\n",
    b"0x1F",
    b"0o7",
    b"1_000",
    b".inf",
    b".nan",
    b"-.inf",
    b"1e999",
    b"2025-10-01",
    b"12:30:45",
    b"yes",
    b"null",
    b"\xc0\x80",
    b"\xf4\x90\x80\x80",
    b"\xed\xa0\x80",
    b"\xe2\x80\xa8",
    b"\xc2\x85",
];

/// Makes a text: one of the documents, or nothing, with pieces cut out, put in, repeated and spliced.
pub fn make(seeds: &Seeds, choices: &mut Choices<'_>) -> Vec<u8> {
    let mut text =
        if choices.one_in(4) { Vec::new() } else { part(&seeds.pick(choices).text, choices) };
    for _ in 0..=choices.below(8) {
        let at = choices.below(text.len() + 1);
        match choices.below(9) {
            0 => text.truncate(at),
            1 => {
                let until = (at + choices.below(64)).min(text.len());
                text.drain(at..until);
            }
            2 => insert(&mut text, at, tables::text(choices).as_bytes()),
            3 => {
                let piece = part(&seeds.pick(choices).text, choices);
                insert(&mut text, at, &piece);
            }
            4 => {
                let times = 1 + choices.below(1_000);
                insert(&mut text, at, &choices.pick(TOKENS).repeat(times));
            }
            5 => text = as_utf16(&text, choices),
            6 if at < text.len() => text[at] = u8::try_from(choices.below(256)).unwrap_or(0),
            _ => {
                let token: &&[u8] = choices.pick(TOKENS);
                insert(&mut text, at, token);
            }
        }
    }
    text
}

/// Returns up to some lines of a text.
fn part(text: &[u8], choices: &mut Choices<'_>) -> Vec<u8> {
    if choices.one_in(3) {
        return text.to_vec();
    }
    let lines: Vec<_> = text.split_inclusive(|it| *it == b'\n').collect();
    let first = choices.below(lines.len().max(1));
    let n = 1 + choices.below(60);
    lines.into_iter().skip(first).take(n).flatten().copied().collect()
}

fn insert(text: &mut Vec<u8>, at: usize, piece: &[u8]) {
    text.splice(at..at, piece.iter().copied());
}

fn as_utf16(text: &[u8], choices: &mut Choices<'_>) -> Vec<u8> {
    let order = if choices.one_in(2) { u16::to_le_bytes } else { u16::to_be_bytes };
    String::from_utf8_lossy(text).encode_utf16().flat_map(order).collect()
}

/// The stage reads most YAML itself: what it makes of a text is what the parser makes of it, which reads all of YAML.
fn is_what_the_parser_reads(tree: &Value, content: &str) -> Result<(), Finding> {
    let content = content.trim_start_matches('\u{feff}');
    // JSON has another parser, which takes more keys and more characters.
    if content.trim_start().starts_with('{') {
        return Ok(());
    }
    let mut value = match serde_yaml::from_str::<Value>(content) {
        Ok(value) => value,
        // A number of more than 64 bits is none of a value; the stage rounds it.
        Err(error) if error.to_string().contains("128") => return Ok(()),
        Err(error) => {
            return holds(false, "a text is read that the parser refuses", || error.to_string());
        }
    };
    holds(value.apply_merge().is_ok(), "merges are passed over", String::new)?;
    let value = tidy(value);
    let differ = || format!("{tree:?}\n{value:?}");
    holds(format!("{tree:?}") == format!("{value:?}"), "the parser reads another tree", differ)
}

/// Drops tags, and turns keys into texts.
fn tidy(value: Value) -> Value {
    match value {
        Value::Tagged(tagged) => tidy(tagged.value),
        Value::Sequence(elements) => Value::Sequence(elements.into_iter().map(tidy).collect()),
        Value::Mapping(members) => {
            let member = |(key, value)| {
                let key = match key {
                    Value::String(key) => key,
                    other => {
                        serde_yaml::to_string(&tidy(other)).unwrap_or_default().trim().to_owned()
                    }
                };
                (Value::String(key), tidy(value))
            };
            Value::Mapping(members.into_iter().map(member).collect())
        }
        scalar => scalar,
    }
}

/// Reads the bytes as the command line would.
pub fn run(input: &[u8]) -> Result<(), Finding> {
    // What is no UTF-8 is refused where the file is read; the rest has to stand all the same.
    let content = String::from_utf8_lossy(input).into_owned();
    let input = Input::new("api.yaml", content);
    stage::enter("load");
    let (mut sink, mut again) = (Sink::default(), Sink::default());
    let tree = load::load(&input.spec, &mut sink);
    let second = load::load(&input.spec, &mut again);
    let said = sink.into_diagnostics();
    // A number that is none differs from itself.
    let same = format!("{tree:?}") == format!("{second:?}") && said == again.into_diagnostics();
    holds(same, "a text is read in two ways", String::new)?;
    holds(tree.is_some() || !said.is_empty(), "a text is refused without a reason", String::new)?;
    if let Some(tree) = tree.filter(|_| said.is_empty()) {
        stage::enter("parser");
        is_what_the_parser_reads(&tree, &input.spec.content)?;
    }
    stage::enter("render");
    let texts = Texts::new(&input);
    let shown = render::text(&said, &texts, Paint::Plain);
    crate::pipeline::is_printable(&shown, "the messages")?;
    for line in render::json(&said, &texts).lines() {
        let read = serde_json::from_str::<serde_json::Value>(line);
        holds(read.is_ok(), "a message is no JSON", || line.to_owned())?;
    }
    Ok(())
}
