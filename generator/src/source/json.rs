//! The nodes of a text that is JSON: those that the parser of YAML finds there, for a tenth of its time.

use serde::de::IgnoredAny;

use super::places::{Content, Node, Places, position};

/// Returns the nodes; nothing where the text is not JSON.
///
/// It calls itself for no level, so any depth is read on any stack.
pub(super) fn places(text: &str) -> Option<Places> {
    // Below, no number of a character or a node is greater.
    position(text.len())?;
    let mut scanner = Scanner { text, at: 0, n_continued: 0 };
    let mut acc: Vec<Node> = Vec::new();
    let mut open: Vec<(usize, bool)> = Vec::new();
    loop {
        let start = scanner.place_of_next();
        match scanner.peek()? {
            bracket @ (b'{' | b'[') => {
                let is_map = bracket == b'{';
                scanner.at += 1;
                let content = if is_map { Content::Map(0) } else { Content::List(0) };
                open.push((acc.len(), is_map));
                scanner.push(&mut acc, content, start)?;
                scanner.place_of_next();
                if !matches!((scanner.peek()?, is_map), (b'}', true) | (b']', false)) {
                    if is_map {
                        scanner.key(&mut acc)?;
                    }
                    continue;
                }
            }
            b'"' => scanner.string(&mut acc, start)?,
            _ => scanner.plain(&mut acc, start)?,
        }
        // A value has ended, and with it what it is the last one of.
        loop {
            let place = scanner.place_of_next();
            let Some((index, is_map)) = open.last().copied() else {
                return scanner.peek().is_none().then_some(Places(acc));
            };
            let next = scanner.peek()?;
            scanner.at += 1;
            match (next, is_map) {
                (b',', true) => scanner.key(&mut acc)?,
                (b',', false) => {}
                (b'}', true) | (b']', false) => {
                    open.pop();
                    let next = position(acc.len())?;
                    let node = acc.get_mut(index)?;
                    (node.end, node.content) = (position(place)?, node.content.until(next));
                    continue;
                }
                _ => return None,
            }
            break;
        }
    }
}

struct Scanner<'a> {
    text: &'a str,
    at: usize,
    /// The bytes so far that begin no character.
    n_continued: usize,
}

impl Scanner<'_> {
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn place(&self) -> usize {
        self.at - self.n_continued
    }

    /// Passes white space, and returns the place behind it.
    fn place_of_next(&mut self) -> usize {
        while let Some(b' ' | b'\t' | b'\n' | b'\r') = self.peek() {
            self.at += 1;
        }
        self.place()
    }

    fn push(&self, acc: &mut Vec<Node>, content: Content, start: usize) -> Option<()> {
        let (start, end) = (position(start)?, position(self.place())?);
        acc.push(Node { content, start, end });
        Some(())
    }

    /// Reads a key and the colon behind it.
    fn key(&mut self, acc: &mut Vec<Node>) -> Option<()> {
        let start = self.place_of_next();
        self.string(acc, start)?;
        self.place_of_next();
        let is_colon = self.peek()? == b':';
        self.at += 1;
        is_colon.then_some(())
    }

    fn string(&mut self, acc: &mut Vec<Node>, start: usize) -> Option<()> {
        let from = self.at;
        if self.peek()? != b'"' {
            return None;
        }
        let mut is_escaped = false;
        loop {
            self.at += 1;
            match self.peek()? {
                b'"' => break,
                b'\\' => {
                    is_escaped = true;
                    self.at += 1;
                }
                ..b' ' => return None,
                // The bytes of a character behind its first one.
                0x80..0xC0 => self.n_continued += 1,
                _ => {}
            }
        }
        self.at += 1;
        let quoted = self.text.get(from..self.at)?;
        if is_escaped {
            serde_json::from_str::<String>(quoted).ok()?;
        }
        self.push(acc, Content::Text, start)
    }

    /// Reads a number, a boolean or null.
    fn plain(&mut self, acc: &mut Vec<Node>, start: usize) -> Option<()> {
        let from = self.at;
        while matches!(
            self.peek(),
            Some(b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z' | b'+' | b'-' | b'.')
        ) {
            self.at += 1;
        }
        let text = self.text.get(from..self.at)?;
        serde_json::from_str::<IgnoredAny>(text).ok()?;
        self.push(acc, Content::Plain, start)
    }
}

#[cfg(test)]
mod tests {
    use super::super::{SourceMap, events, tests::shown};
    use super::*;

    const TEXTS: [&str; 8] = [
        "{}",
        " [ ] ",
        "{\"a\": {\"b\": [1, -2.5e3 , true,null,\"x\"]}, \"\": {}}\n",
        "{\n\t\"ä\": \"öü\",  \"€𝄞\": [ ]\n}\n",
        "{\r\n \"a\":\r\n [\r\n 1\r\n ]\r\n}\r\n",
        "{\r \"a\": 1,\r \"b\": 2\r}",
        "[\"a\\n\\\"\\u00e4\\/\", \"\\\\\", {\"k\\t\": 1}]",
        "[[[]],[[{\"a\":[{}]}]]]",
    ];

    #[test]
    fn the_parser_of_yaml_finds_the_same() {
        for text in TEXTS {
            let ours = places(text).expect(text);
            let theirs = events(text).expect(text);
            assert_eq!(shown(text, &ours), shown(text, &theirs), "{text}");
        }
    }

    #[test]
    fn what_is_not_json_is_nothing() {
        let texts = [
            "",
            "{",
            "[1",
            "[1,]",
            "{\"a\":1,}",
            "{a: 1}",
            "{'a': 1}",
            "{\"a\" 1}",
            "[1 2]",
            "[01]",
            "[tru]",
            "[1]]",
            "{\"a\": \"\u{1}\"}",
            "[\"\\x\"]",
            "[\"a",
            "[1}",
            "# no\n[1]",
            "{\"a\": 1} # no",
            "[+1]",
            "[.5]",
            "[,]",
        ];
        for text in texts {
            assert!(places(text).is_none(), "{text}");
        }
    }

    /// The parser of YAML takes the blanks behind a text for a part of it.
    #[test]
    fn a_text_ends_at_its_quote() {
        let found = places(r#"{"a" : "b" , "c":1 }"#).expect("it is JSON");
        let ends = found.0.iter().map(|it| it.end).collect::<Vec<_>>();
        assert_eq!(ends, [19, 4, 10, 16, 18]);
    }

    /// Two halves of a character, which YAML does not know.
    #[test]
    fn a_pair_of_escapes_is_one_character() {
        let map = SourceMap::new(r#"{"\ud834\udd1e": 1}"#);
        assert_eq!(map.names(1).collect::<Vec<_>>(), ["𝄞"]);
    }
}
