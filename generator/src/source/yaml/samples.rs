//! Texts that are held against the parsers.
#![allow(clippy::disallowed_methods, reason = "the corpus lies where the environment says")]

use std::fs;
use std::path::{Path, PathBuf};

use proptest::prelude::*;

/// Texts that are read.
pub(crate) const READ: &[&str] = &[
    "a: 1\n",
    "---\na: 1",
    "# c\n\n---\n# d\na: b # c\nc: d#e\n",
    "a:\n  b: [1, 'x', \"y\", {c: d, \"e\":f}]\n  c: {}\n  d: []\n",
    "a: [x,\n    y\n  ]\nb: {c: [],\n  d: {e: f}\n  }\n",
    "a:\n- b\n-\n- c: d\n  e: f\n- - g\n  - h\n-   i\nj: k\n",
    "a:\n  -   b\n  -   c: d\n      e:\n\n  - # c\n    f\nj:\n",
    "a: b\n  c\n\n   d - [e, 'f #g\n # h\nj: k\n",
    "a: 'b ''c'' d'\n'e f' : 'g\n  h\n\n  i '\n",
    "a: \"b\\n\\t\\\"c\\\"\\\\ d\\/ \\u00e4\\xE4\\U0001F6A7\\_ \"\n",
    "a: \"b\\\n  \\ c   \n\n  d  \\\n\n  e\"\n",
    "a: |\n  b\n   c\n\n  d\n\n\ne: f\n",
    "a: |-\n\n  b\n  # c\n\n# d\ne: |+\n  f\n\n\ng: h\n",
    "a: >\n  b\n  c\n\n  d\n\n\n  e\n   f\n   g\n\n  h\n  i\n",
    "a: >-\n\n   b\n\n    c\n\n   d\ne: >+\n  f\n\n",
    "a: |2-\n    b\n   c\ne: |+1\n f\n\ng: >-2\n   \n   h\n",
    "a: |\n  b",
    "a: |\n  b\tc\n  \td\n",
    "200: a\n1.10: b\ntrue: c\n~: d\n0x1F: e\n+1: f\n.inf: g\n",
    "- 0\n- 007\n- 0o7\n- -1\n- 1e3\n- 1.\n- .5\n- 1_000\n- 12345678901234567890\n- 1.0.0\n",
    "- True\n- FALSE\n- Null\n- NULL\n- null\n- no\n- nUll\n- ~\n- .NaN\n- -.INF\n- -\u{e4}\n",
    "- 2020-01-01\n- 12:30\n- http://a/b?c#d\n- -a\n- a:b\n- 'true'\n- \"1\"\n- ---a\n- ...\n",
    "é: ü\n☃: 'don''t'\nc: [é , 'ü' ] # yes\n",
    "a: 'b'   # c\nd: [ 'e'  ,'f'\n  , g ]\n",
    "'a': b\n\"c\" : d\n",
    "a:\n  b\nc:\n  'd'\ne:\n  [f]\ng:\n  |\n  h\n",
];

/// Lines of what YAML is made of, in all orders.
pub(crate) fn texts() -> impl Strategy<Value = String> {
    let part = prop::sample::select(vec![
        "a: ",
        "b:",
        "c: ",
        "'d': ",
        "\"e\": ",
        "- ",
        "-",
        "f",
        "1.10",
        "0x1F",
        "true",
        "~",
        "'g'",
        "'h ",
        "i'",
        "\"j\"",
        "\"k\\",
        "l\"",
        "|",
        ">",
        "|-",
        ">+",
        "|1",
        "{",
        "}",
        "[",
        "]",
        ", ",
        ",",
        ": ",
        ":",
        " #",
        "#",
        "# m",
        "?",
        "? ",
        "&n ",
        "*n",
        "!o ",
        "<<: ",
        "---",
        "...",
        "\t",
        "é",
        " ",
        "  ",
        "\\",
        "%",
        "@",
        "`",
        "{}",
        "[p, q]",
        "{r: s}",
        "\"\\u00e4\"",
        "''",
        "\r",
        "\u{85}",
        "\u{feff}",
        "--- ",
        "word",
        "two words",
    ]);
    let line = (0_usize..6, prop::collection::vec(part, 0..4));
    let lines = prop::collection::vec(line, 1..8);
    (lines, any::<bool>()).prop_map(|(lines, is_ended)| {
        let line = |(indent, parts): &(usize, Vec<&str>)| " ".repeat(*indent) + &parts.concat();
        let text = lines.iter().map(line).collect::<Vec<_>>().join("\n");
        if is_ended { text + "\n" } else { text }
    })
}

/// Up to how many bytes a document of the corpus may have: the parsers are slow without optimisation.
const MAX_BYTES: u64 = 60_000;

/// Calls a function with the documents of the corpus, where there is one, and with each of them changed at some places.
pub(crate) fn each_of_corpus(check: impl Fn(&str) -> bool) {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/corpus");
    let corpus = std::env::var_os("TAMARACK_CORPUS").map_or(beside, PathBuf::from);
    let (mut folders, mut n_read, mut n_all) = (vec![corpus], 0, 0);
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let is_yaml = path.extension().is_some_and(|it| it == "yaml" || it == "yml");
            let is_small = entry.metadata().is_ok_and(|it| it.len() < MAX_BYTES);
            let Some(text) = fs::read_to_string(&path).ok().filter(|_| is_yaml && is_small) else {
                continue;
            };
            n_all += 1;
            n_read += usize::from(check(&text));
            for seed in 0..N_CHANGES {
                check(&changed(&text, seed));
            }
        }
    }
    assert!(n_read * 10 >= n_all * 9, "{n_read} of {n_all} are read");
}

/// How often each document is changed.
const N_CHANGES: usize = 3;

/// Returns a document with pieces put in, taken out or moved, at places that are the same in each run.
fn changed(text: &str, seed: usize) -> String {
    const PIECES: [&str; 16] = [
        " ", "  ", "\n", ": ", "- ", "'", "\"", "#", " #", "\\", "|\n", ">-\n", "[", "}", ",", "~",
    ];
    let mut acc = text.to_owned();
    let mut state = text.len() * 31 + seed;
    let mut next = |below: usize| {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % below.max(1)
    };
    for _ in 0..=seed * 2 {
        let at = boundary(&acc, next(acc.len()));
        match next(3) {
            0 => acc.insert_str(at, PIECES[next(PIECES.len())]),
            1 => {
                let end = boundary(&acc, (at + 1 + next(6)).min(acc.len())).max(at);
                acc.replace_range(at..end, "");
            }
            _ => {
                let end = acc[at..].find('\n').map_or(acc.len(), |it| at + it + 1);
                let line = acc[at..end].to_owned();
                acc.replace_range(at..end, "");
                let at = boundary(&acc, next(acc.len()));
                acc.insert_str(at, &line);
            }
        }
    }
    acc
}

/// Returns the place of a character at or before an offset.
fn boundary(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}
