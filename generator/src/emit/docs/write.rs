//! Blocks in, the lines of a comment out, in which every block is what it was and none is code to run.

use super::blocks::{Block, Item, interrupts, is_marker};
use super::inline;

/// The width of a doc line, in characters.
const WIDTH: usize = 92;

/// Deep inside of quotes and lists a line is still so wide.
const NARROWEST: usize = 40;

/// Writes blocks with a blank line between them.
pub(super) fn lines(blocks: &[Block]) -> Vec<String> {
    sequence(blocks, WIDTH, &|_, _| false)
}

/// Writes blocks, with a blank line between all that are not `together`.
fn sequence(
    blocks: &[Block],
    width: usize,
    together: &dyn Fn(&Block, &Block) -> bool,
) -> Vec<String> {
    let mut acc = Vec::new();
    let mut before: Option<&Block> = None;
    for block in blocks {
        if before.is_some_and(|before| !together(before, block)) {
            acc.push(String::new());
        }
        acc.extend(write(block, width));
        before = Some(block);
    }
    acc
}

fn write(block: &Block, width: usize) -> Vec<String> {
    match block {
        Block::Paragraph(text) => wrap(text, width),
        Block::Heading(level, title) => {
            let title = inline::words(title).iter().collect::<Vec<_>>().join(" ");
            vec![format!("{} {title}", "#".repeat(*level)).trim_end().to_owned()]
        }
        Block::Rule => vec!["---".to_owned()],
        Block::Code(lines) => code(lines),
        Block::Table(rows) => rows.iter().map(|it| inline::row(it)).collect(),
        Block::Quote(blocks) => {
            let inside = sequence(blocks, narrowed(width, 2), &|_, _| false);
            inside.into_iter().map(|line| prefixed("> ", &line)).collect()
        }
        Block::List(items) => list(items, width),
    }
}

fn narrowed(width: usize, by: usize) -> usize {
    width.saturating_sub(by).max(NARROWEST)
}

fn prefixed(prefix: &str, line: &str) -> String {
    format!("{prefix}{line}").trim_end().to_owned()
}

/// Writes code as text, whatever language it names, between fences that are
/// longer than any run of backticks inside (`CommonMark` 0.31, 4.5).
fn code(lines: &[String]) -> Vec<String> {
    let longest = lines.iter().flat_map(|it| it.split(|c| c != '`')).map(str::len).max();
    let fence = "`".repeat(longest.unwrap_or(0).max(2) + 1);
    let mut acc = vec![format!("{fence}text")];
    acc.extend(lines.iter().cloned());
    acc.push(fence);
    acc
}

fn list(items: &[Item], width: usize) -> Vec<String> {
    let mut acc = Vec::new();
    let mut was_loose = false;
    for item in items {
        if was_loose {
            acc.push(String::new());
        }
        was_loose =
            !item.blocks.iter().all(|it| matches!(it, Block::Paragraph(_) | Block::List(_)))
                || item.blocks.windows(2).any(|it| !is_tight(&it[0], &it[1]));
        let indent = " ".repeat(item.marker.len() + 1);
        let mut inside =
            sequence(&item.blocks, narrowed(width, indent.len()), &is_tight).into_iter();
        // Only words follow a marker on its line: several markers and nothing
        // else can be a thematic break, and what is indented below it is code.
        let first = if starts_with_words(item) { inside.next() } else { None };
        acc.push(prefixed(&format!("{} ", item.marker), &first.unwrap_or_default()));
        acc.extend(inside.map(|line| prefixed(&indent, &line)));
    }
    acc
}

fn starts_with_words(item: &Item) -> bool {
    matches!(item.blocks.first(), Some(Block::Paragraph(_)))
}

/// Whether a list can follow the words of an item it is in without a blank line.
fn is_tight(before: &Block, after: &Block) -> bool {
    let Block::List(items) = after else { return false };
    let begins = starts_with_words(&items[0]) && interrupts(&items[0].marker, "words");
    matches!(before, Block::Paragraph(_)) && begins
}

/// Wraps words so that no line begins with what Markdown would read as
/// something else.
fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut acc = Vec::new();
    let mut line = String::new();
    let mut length = 0;
    for word in inline::words(text).iter() {
        let n_chars = word.chars().count();
        if acc.is_empty() && line.is_empty() {
            line = guarded(word);
            length = n_chars;
        } else if length + 1 + n_chars > width && !sticks(word) {
            acc.push(std::mem::replace(&mut line, word.to_owned()));
            length = n_chars;
        } else {
            line.push(' ');
            line.push_str(word);
            length += 1 + n_chars;
        }
    }
    acc.push(line);
    acc
}

/// Whether a word must not begin a line inside of a paragraph.
fn sticks(word: &str) -> bool {
    is_marker(word)
        || word.starts_with(['#', '>', '|', '=', '~', '`'])
        || word.chars().all(|c| "-=:|_*+".contains(c))
}

/// Escapes the first word of a paragraph where it would make something else of it.
fn guarded(word: &str) -> String {
    let is_sign = |signs: &str| word.chars().all(|c| signs.contains(c));
    if is_sign("-*_+=") || is_sign("#") || word.starts_with("~~~") || word.starts_with('|') {
        return format!("\\{word}");
    }
    if is_marker(word) {
        let (number, sign) = word.split_at(word.len() - 1);
        return format!("{number}\\{sign}");
    }
    word.to_owned()
}
