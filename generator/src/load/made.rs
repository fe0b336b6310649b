//! Texts of YAML for tests: nested maps and lists in both styles, with scalars of every kind, and some edits.

/// Numbers that are the same for the same seed.
pub(super) struct Chance(u64);

impl Chance {
    pub(super) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).unwrap_or_default() % n.max(1)
    }

    fn one_in(&mut self, n: usize) -> bool {
        self.below(n) == 0
    }

    fn pick<'a>(&mut self, of: &[&'a str]) -> &'a str {
        of[self.below(of.len())]
    }
}

const KEYS: &[&str] = &[
    "a",
    "b",
    "key",
    "x-y",
    "$ref",
    "200",
    "'200'",
    "\"a\\tb\"",
    "true",
    "~",
    "é",
    "'it''s'",
    "0x1F",
    "1.0",
    "/p/{id}",
    "a b",
    "a:b",
    "a#b",
    "\"\"",
    "null",
    "-1",
    "--",
    "=",
    "\"\\u263a\\\\\"",
    "🦀",
    "\u{a0}",
];

/// Keys that may be none.
const RARE_KEYS: &[&str] = &["[", "-", "<<", "*", "&", "!x", "@", "%", "`", "a: b", "?x", ":x"];

const SCALARS: &[&str] = &[
    "1",
    "-1",
    "+1",
    "007",
    "0x1F",
    "0o17",
    "0b11",
    "-0x1F",
    "1_000",
    "1.5",
    "1.",
    ".5",
    "-.5",
    "1e3",
    "1e999",
    ".inf",
    "-.INF",
    "+.inf",
    ".nan",
    "true",
    "False",
    "yes",
    "on",
    "null",
    "~",
    "",
    "2025-10",
    "2025-10-01T00:00:00Z",
    "12:30:45",
    "106347997792363865062",
    "-106347997792363865062",
    "9223372036854775808",
    "-9223372036854775808",
    "0xFFFFFFFFFFFFFFFFFF",
    "text",
    "two words",
    "a #b",
    "a # b",
    "'q'",
    "'q''q'",
    "\"q\"",
    "\"\\x41\\n\"",
    "\"a\\\n   b\"",
    "'a\n\n   b'",
    "\"a\n   b\"",
    "a\n   b",
    "a\n\n   b",
    "# c",
    "é ü",
    "{a: 1, b: [x, 'y']}",
    "[1, [2], {}]",
    "[a, b: c]",
    "[]",
    "{}",
    "{a, b: }",
    "[\n  1,\n  2\n  ]",
    "{\"a\":1}",
    "{\"a\": 1, 'b': ~}",
    "http://x.y/z?a=b#c",
    "[http://x]",
    "{a: b?c}",
    "^[a-z:]+$",
    "[a-z]",
    "<p>",
    "a,b",
    "\"\\ud83e\\udd80\"",
];

/// Scalars that may be none.
const RARE_SCALARS: &[&str] = &[
    "a: b",
    "'",
    "\"",
    "-",
    "- a",
    "? a",
    "%a",
    "!!str 1",
    "!x y",
    "&a 1",
    "*a",
    ">",
    "|",
    "a:",
    "[a:b, c]",
    "{a:b}",
    "{a: -1, ? b : c}",
    "'a' b",
];

const HEADERS: &[&str] = &["|", "|-", "|+", ">", ">-", ">+", "|2", ">1-", "|  # c", "|+2", "> "];

const LINES: &[&str] = &[
    "",
    "",
    "a",
    "b c",
    "  more",
    "# no comment",
    "- a",
    "a: b",
    " x",
    "---",
    "\"",
    "é",
    "x  ",
    "   ",
    "{",
    "|",
];

/// Something to put into a text.
const EDITS: &[&str] = &[
    " ",
    "  ",
    "\n",
    "\n\n",
    ":",
    ": ",
    "- ",
    "? ",
    "#",
    " #",
    ",",
    "[",
    "]",
    "{",
    "}",
    "'",
    "\"",
    "\\",
    "|",
    ">",
    "&a ",
    "*a",
    "!",
    "---\n",
    "...\n",
    "--- ",
    "\t",
    "\r\n",
    "\r",
    "\u{feff}",
    "\u{2028}",
    "\u{85}",
    "\0",
    "%YAML 1.2\n",
    "<<: ",
    "\u{1}",
    "\n ",
    "\n  ",
    "0",
];

/// Returns a text that is YAML, or nearly.
pub(super) fn text(chance: &mut Chance) -> String {
    let mut acc = String::new();
    if chance.one_in(8) {
        acc.push_str(chance.pick(&[
            "---\n",
            "--- # c\n",
            "# c\n",
            "\n",
            "%YAML 1.2\n---\n",
            "--- ",
        ]));
    }
    collection(chance, &mut acc, 0, 3);
    if chance.one_in(8) {
        acc.push_str(chance.pick(&["...\n", "---\n", "# c\n", "\n\n", "--- a\n"]));
    }
    if chance.one_in(6) {
        acc.truncate(acc.trim_end().len());
    }
    if chance.one_in(12) {
        acc = acc.replace('\n', "\r\n");
    }
    for _ in 0..chance.below(6).saturating_sub(3) {
        let at = acc.char_indices().nth(chance.below(acc.chars().count())).map_or(0, |it| it.0);
        if chance.one_in(2) {
            acc.insert_str(at, chance.pick(EDITS));
        } else {
            let until =
                acc[at..].char_indices().nth(1 + chance.below(3)).map_or(acc.len(), |it| at + it.0);
            acc.replace_range(at..until, "");
        }
    }
    acc
}

/// Writes a map or a list, whose lines have the indentation.
fn collection(chance: &mut Chance, acc: &mut String, indent: usize, depth: usize) {
    let is_map = !chance.one_in(3);
    for _ in 0..=chance.below(3) {
        if chance.one_in(12) {
            acc.push_str(chance.pick(&["\n", "# c\n", "      # c\n", "  \n"]));
        }
        acc.push_str(&" ".repeat(indent));
        if is_map {
            let explicit = chance.one_in(20);
            acc.push_str(if explicit { "? " } else { "" });
            let keys = if chance.one_in(40) { RARE_KEYS } else { KEYS };
            acc.push_str(chance.pick(keys));
            // So that keys differ.
            if acc.ends_with(char::is_alphanumeric) {
                acc.push_str(chance.pick(&["", "", "1", "2", "3", "4"]));
            }
            acc.push_str(if explicit { "\n" } else { "" });
            acc.push_str(if explicit && indent > 0 { " " } else { "" });
            acc.push_str(chance.pick(&[":", ":", ":", " :"]));
        } else {
            acc.push('-');
        }
        value(chance, acc, is_map, indent, depth);
    }
}

fn value(chance: &mut Chance, acc: &mut String, is_key: bool, indent: usize, depth: usize) {
    match chance.below(8) {
        0..=2 if depth > 0 => {
            acc.push_str(chance.pick(&["\n", "\n", "\n", " # c\n", "\n\n"]));
            let further = [2, 2, 2, 2, 2, 2, 1, 4, 0][chance.below(9)];
            collection(chance, acc, indent + further, depth - 1);
        }
        3 if depth > 0 && !is_key => {
            // A collection that begins in the line of its dash; no good one behind a key.
            let mut inner = String::new();
            collection(chance, &mut inner, indent + 2, depth - 1);
            acc.push(' ');
            acc.push_str(inner.trim_start_matches(' '));
        }
        4 => {
            acc.push(' ');
            acc.push_str(chance.pick(HEADERS));
            acc.push('\n');
            let further = [1, 2, 2, 3][chance.below(4)];
            for _ in 0..=chance.below(4) {
                let line = chance.pick(LINES);
                if !line.is_empty() {
                    acc.push_str(&" ".repeat(indent + further));
                }
                acc.push_str(line);
                acc.push('\n');
            }
        }
        _ => {
            acc.push_str(chance.pick(&[" ", " ", " ", "  ", "\n      "]));
            let scalars = if chance.one_in(40) { RARE_SCALARS } else { SCALARS };
            acc.push_str(chance.pick(scalars));
            acc.push_str(chance.pick(&["\n", "\n", "\n", " # c\n", "  \n", "\n\n"]));
        }
    }
}
