//! The nodes of YAML as documents are written in it: those that the parser finds there.

use super::yaml::{self, Collection, Receiver, Scalar, Spot};
use super::{Content, Node, Place};

/// Returns the nodes; nothing where the text is left to the parser.
pub(super) fn nodes(text: &str) -> Option<Vec<Node<'_>>> {
    // Where a last line ends that has no content and no end of its own, is the parser's to say.
    let last = text.rsplit('\n').next().unwrap_or_default().trim_start_matches(' ');
    if text.ends_with(' ') || last.starts_with('#') {
        return None;
    }
    let mut found = Nodes { text, acc: Vec::new(), open: Vec::new() };
    yaml::read(text, &mut found)?;
    Some(found.acc)
}

struct Nodes<'a> {
    text: &'a str,
    acc: Vec<Node<'a>>,
    /// The maps and lists that have not ended.
    open: Vec<usize>,
}

impl<'a> Nodes<'a> {
    /// Passes the blanks and the comment behind a text between quotes and a dash, which the parser takes for a part of them.
    fn behind(&self, end: Spot) -> Spot {
        let rest = self.text.get(end.at..).unwrap_or_default();
        let line = rest.split('\n').next().unwrap_or_default();
        let behind = line.trim_start_matches(' ');
        let n_blanks = line.len() - behind.len();
        let length = if behind.starts_with('#') { line.len() } else { n_blanks };
        Spot { at: end.at + length, ..end }
    }

    fn place(&self, spot: Spot) -> Place {
        let before = self.text.get(spot.line_start..spot.at).unwrap_or_default();
        (spot.line, before.chars().count())
    }

    fn push(&mut self, content: Content<'a>, start: Spot, end: Spot) {
        let next = self.acc.len() + 1;
        let (start, end) = (self.place(start), self.place(end));
        self.acc.push(Node { content, start, end, next });
    }
}

impl<'a> Receiver<'a> for Nodes<'a> {
    const WANTS_TEXT: bool = false;
    const IS_STRICT: bool = true;

    fn begin(&mut self, kind: Collection, start: Spot) -> Option<()> {
        self.open.push(self.acc.len());
        let (content, start) = match kind {
            Collection::Map => (Content::Map, start),
            Collection::List => (Content::List, start),
            // It begins behind its first dash.
            Collection::ListInMap => {
                (Content::List, self.behind(Spot { at: start.at + 1, ..start }))
            }
        };
        self.push(content, start, start);
        Some(())
    }

    fn scalar(&mut self, scalar: Scalar<'a>, start: Spot, end: Spot) -> Option<()> {
        let is_nothing = matches!(scalar, Scalar::Nothing);
        let (content, end) = match scalar {
            Scalar::Quoted(text) => (Content::Text(text), self.behind(end)),
            Scalar::Block(text) => (Content::Text(text.into()), end),
            Scalar::Plain(text) => (Content::Plain(text), end),
            Scalar::Nothing => {
                let is_dash = self.text.as_bytes().get(end.at) == Some(&b'-');
                let behind =
                    if is_dash { self.behind(Spot { at: end.at + 1, ..end }) } else { end };
                (Content::Plain("".into()), behind)
            }
        };
        let start = if is_nothing { end } else { start };
        self.push(content, start, end);
        Some(())
    }

    fn end(&mut self, end: Spot) -> Option<()> {
        let (index, next) = (self.open.pop()?, self.acc.len());
        // For the parser, a text ends with a line.
        let is_cut = end.at >= self.text.len() && end.at > end.line_start;
        let end = if is_cut { (end.line + 1, 0) } else { self.place(end) };
        let node = self.acc.get_mut(index)?;
        (node.end, node.next) = (end, next);
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::{events, yaml::samples};
    use super::*;

    /// What can be told of a node; the text of what has several lines, or is a block, is not asked for.
    fn shown(node: &Node<'_>, ours: &Node<'_>) -> String {
        let is_asked = match &ours.content {
            Content::Text(text) | Content::Plain(text) => {
                ours.start.0 == ours.end.0 && !text.is_empty()
            }
            _ => true,
        };
        let content = if is_asked { format!("{:?}", node.content) } else { String::new() };
        format!("{content} {:?} {:?} {}", node.start, node.end, node.next)
    }

    /// What is found is what the parser finds.
    fn check(text: &str) -> bool {
        let Some(ours) = nodes(text) else { return false };
        let events = events(text).unwrap_or_default();
        assert_eq!(ours.len(), events.len(), "{text:?}");
        for (ours, theirs) in ours.iter().zip(&events) {
            assert_eq!(shown(ours, ours), shown(theirs, ours), "{text:?}");
        }
        true
    }

    #[test]
    fn the_parser_finds_the_same() {
        let n_found = samples::READ.iter().filter(|it| check(it)).count();
        assert!(n_found > samples::READ.len() / 2);
    }

    #[test]
    fn the_parser_finds_the_same_in_documents() {
        samples::each_of_corpus(check);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]

        #[test]
        fn the_parser_finds_the_same_in_any_lines(text in samples::texts()) {
            check(&text);
        }
    }
}
