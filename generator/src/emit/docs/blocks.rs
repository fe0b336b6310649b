//! Lines of Markdown in, its blocks out: quotes and lists with what is in them, paragraphs, code.
//!
//! Indented code does not exist here: what is indented deep flows, because
//! documents indent prose far more often than code.

/// A piece of Markdown that keeps together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Block {
    /// Words that flow.
    Paragraph(String),
    /// A heading of a level from 1 to 6.
    Heading(usize, String),
    /// A thematic break.
    Rule,
    /// Lines as they are.
    Code(Vec<String>),
    /// Rows that begin with `|`.
    Table(Vec<String>),
    /// The content after `>`.
    Quote(Vec<Block>),
    /// Items that follow each other and have markers of one kind.
    List(Vec<Item>),
}

/// An item of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Item {
    /// For example `-` or `12.`.
    pub(super) marker: String,
    /// What the item holds.
    pub(super) blocks: Vec<Block>,
}

/// Quotes and items inside each other are read so deep; deeper markers are
/// text. Every level costs its indent on every line.
const DEEPEST: usize = 8;

/// Reads the blocks of a text.
pub(super) fn read(lines: impl Iterator<Item: AsRef<str>>) -> Vec<Block> {
    let mut reader = Reader { frames: vec![Frame::new(Container::Root)], leaf: Leaf::None };
    for line in lines {
        reader.line(line.as_ref().trim_end());
    }
    reader.close_to(1);
    reader.frames.pop().map_or_else(Vec::new, |root| root.blocks)
}

struct Reader {
    /// The containers that are open, each inside the one before.
    frames: Vec<Frame>,
    /// What the next line may go on with: the last block of the last frame.
    leaf: Leaf,
}

struct Frame {
    container: Container,
    blocks: Vec<Block>,
}

enum Container {
    Root,
    Quote,
    Item {
        marker: String,
        /// A line that is indented so far belongs to the item.
        needed: usize,
        /// The indent that is the item's own.
        width: usize,
    },
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Leaf {
    None,
    Paragraph,
    Table,
    Fence(Fence),
}

/// The line that opens fenced code (`CommonMark` 0.31, 4.5).
#[derive(Clone, Copy, PartialEq, Eq)]
struct Fence {
    tick: char,
    length: usize,
    indent: usize,
}

impl Frame {
    fn new(container: Container) -> Self {
        Self { container, blocks: Vec::new() }
    }
}

impl Reader {
    fn line(&mut self, line: &str) {
        let (n_matched, rest) = self.matched(line);
        let all_matched = n_matched == self.frames.len();
        if let (Leaf::Fence(fence), true) = (self.leaf, all_matched) {
            self.code_line(fence, rest);
            return;
        }
        let text = unindented(rest);
        if is_blank(text) {
            self.close_to(n_matched);
            self.leaf = Leaf::None;
            return;
        }
        if !all_matched {
            // A paragraph continues without the markers of its containers.
            if self.leaf == Leaf::Paragraph && !begins_block(text) {
                self.paragraph(text);
                return;
            }
            self.close_to(n_matched);
        }
        let rest = self.open_containers(rest);
        self.leaf_line(rest);
    }

    /// Returns how many of the open containers a line is in, and what is left
    /// of the line inside of them.
    fn matched<'a>(&self, line: &'a str) -> (usize, &'a str) {
        let mut rest = line;
        let mut n_matched = 1;
        for frame in &self.frames[1..] {
            let text = unindented(rest);
            let indent = rest.len() - text.len();
            rest = match &frame.container {
                Container::Root => rest,
                Container::Quote => match text.strip_prefix('>') {
                    Some(inside) => inside.strip_prefix(' ').unwrap_or(inside),
                    None => break,
                },
                Container::Item { .. } if is_blank(text) => text,
                Container::Item { needed, width, .. } if indent >= *needed => {
                    &rest[indent.min(*width)..]
                }
                Container::Item { .. } => break,
            };
            n_matched += 1;
        }
        (n_matched, rest)
    }

    /// Opens the containers that a line begins, and returns what is left of it.
    fn open_containers<'a>(&mut self, line: &'a str) -> &'a str {
        let mut rest = line;
        while self.frames.len() <= DEEPEST {
            let text = unindented(rest);
            let indent = rest.len() - text.len();
            if is_rule(text) {
                break;
            }
            let container = if let Some(inside) = text.strip_prefix('>') {
                rest = inside.strip_prefix(' ').unwrap_or(inside);
                Container::Quote
            } else if let Some((marker, inside)) = list_item(text)
                && (self.leaf != Leaf::Paragraph || interrupts(marker, inside))
            {
                rest = inside.strip_prefix(' ').unwrap_or(inside);
                let width = indent + marker.len() + 1;
                Container::Item { marker: marker.to_owned(), needed: indent + 2, width }
            } else {
                break;
            };
            self.frames.push(Frame::new(container));
            self.leaf = Leaf::None;
        }
        rest
    }

    fn leaf_line(&mut self, rest: &str) {
        let text = unindented(rest);
        if is_blank(text) {
            self.leaf = Leaf::None;
        } else if let Some(fence) = fence(rest) {
            self.push(Block::Code(Vec::new()), Leaf::Fence(fence));
        } else if text.starts_with('|') {
            match (self.leaf, self.blocks().last_mut()) {
                (Leaf::Table, Some(Block::Table(rows))) => rows.push(text.to_owned()),
                _ => self.push(Block::Table(vec![text.to_owned()]), Leaf::Table),
            }
        } else if let Some((level, title)) = heading(text) {
            self.push(Block::Heading(level, title.to_owned()), Leaf::None);
        } else if let (Leaf::Paragraph, Some(level)) = (self.leaf, underline(text)) {
            if let Some(Block::Paragraph(words)) = self.blocks().pop() {
                self.push(Block::Heading(level, words), Leaf::None);
            }
        } else if is_rule(text) {
            self.push(Block::Rule, Leaf::None);
        } else {
            self.paragraph(text);
        }
    }

    fn paragraph(&mut self, text: &str) {
        match (self.leaf, self.blocks().last_mut()) {
            (Leaf::Paragraph, Some(Block::Paragraph(words))) => {
                words.push(' ');
                words.push_str(text);
            }
            _ => self.push(Block::Paragraph(text.to_owned()), Leaf::Paragraph),
        }
    }

    fn code_line(&mut self, fence: Fence, line: &str) {
        if fence.is_closed_by(line) {
            self.leaf = Leaf::None;
            return;
        }
        let indent = line.len() - unindented(line).len();
        if let Some(Block::Code(lines)) = self.blocks().last_mut() {
            lines.push(line[indent.min(fence.indent)..].to_owned());
        }
    }

    fn push(&mut self, block: Block, leaf: Leaf) {
        self.blocks().push(block);
        self.leaf = leaf;
    }

    /// Returns the blocks of the innermost container.
    fn blocks(&mut self) -> &mut Vec<Block> {
        match self.frames.last_mut() {
            Some(frame) => &mut frame.blocks,
            None => unreachable!("the root is never closed"),
        }
    }

    /// Closes the innermost containers until `n_open` are left.
    fn close_to(&mut self, n_open: usize) {
        while self.frames.len() > n_open {
            let Some(Frame { container, blocks }) = self.frames.pop() else { return };
            match container {
                Container::Quote if !blocks.is_empty() => self.blocks().push(Block::Quote(blocks)),
                Container::Item { marker, .. } => self.add_item(Item { marker, blocks }),
                Container::Quote | Container::Root => {}
            }
            self.leaf = Leaf::None;
        }
    }

    fn add_item(&mut self, item: Item) {
        match self.blocks().last_mut() {
            Some(Block::List(items)) if items[0].kind() == item.kind() => items.push(item),
            _ => self.blocks().push(Block::List(vec![item])),
        }
    }
}

/// Returns a line without its indent. Other space than ` ` is no indent, and
/// has more than one byte.
fn unindented(line: &str) -> &str {
    line.trim_start_matches(' ')
}

fn is_blank(text: &str) -> bool {
    text.trim().is_empty()
}

impl Item {
    /// Returns the sign that all items of one list have.
    fn kind(&self) -> Option<char> {
        self.marker.chars().last()
    }
}

impl Fence {
    fn is_closed_by(self, line: &str) -> bool {
        let text = line.trim();
        text.len() >= self.length && text.chars().all(|c| c == self.tick)
    }
}

fn fence(line: &str) -> Option<Fence> {
    let text = unindented(line);
    let tick = text.chars().next().filter(|c| matches!(c, '`' | '~'))?;
    let info = text.trim_start_matches(tick);
    let length = text.len() - info.len();
    // What has backticks behind its backticks is a code span.
    let opens = length >= 3 && !(tick == '`' && info.contains('`'));
    opens.then_some(Fence { tick, length, indent: line.len() - text.len() })
}

/// Whether a line ends a paragraph that stands in containers it is not in.
fn begins_block(text: &str) -> bool {
    text.starts_with(['>', '|', '#'])
        || fence(text).is_some()
        || is_rule(text)
        || list_item(text).is_some()
}

/// Whether an item may follow a paragraph without a blank line between (5.3).
pub(super) fn interrupts(marker: &str, inside: &str) -> bool {
    !inside.trim().is_empty() && (marker.len() == 1 || marker.trim_end_matches(['.', ')']) == "1")
}

/// Splits a list item into its marker and what is in it.
fn list_item(text: &str) -> Option<(&str, &str)> {
    let end = text.find(' ').unwrap_or(text.len());
    let (marker, inside) = text.split_at(end);
    is_marker(marker).then_some((marker, inside))
}

/// Whether a word alone makes a list item of what follows it.
pub(super) fn is_marker(word: &str) -> bool {
    matches!(word, "-" | "*" | "+")
        || word
            .strip_suffix(['.', ')'])
            .is_some_and(|it| (1..=9).contains(&it.len()) && it.bytes().all(|b| b.is_ascii_digit()))
}

fn heading(text: &str) -> Option<(usize, &str)> {
    let title = text.trim_start_matches('#');
    let level = text.len() - title.len();
    let is_heading = (1..=6).contains(&level) && (title.is_empty() || title.starts_with(' '));
    is_heading.then_some((level, title.trim()))
}

/// Returns the level of a heading that is underlined (4.3).
fn underline(text: &str) -> Option<usize> {
    match text.chars().next()? {
        '=' if text.chars().all(|c| c == '=') => Some(1),
        '-' if text.chars().all(|c| c == '-') => Some(2),
        _ => None,
    }
}

/// Whether a line is a thematic break (4.1).
fn is_rule(text: &str) -> bool {
    let Some(sign) = text.chars().next().filter(|c| matches!(c, '-' | '*' | '_')) else {
        return false;
    };
    text.chars().all(|c| c == sign || c == ' ') && text.matches(sign).count() >= 3
}
