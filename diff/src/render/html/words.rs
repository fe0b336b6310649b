//! Marks the words that differ between the two sides of a change.

use super::markup::Markup;

/// How a text is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reading {
    /// Words, with code between backticks.
    Prose,
    /// Code from end to end.
    Code,
}

/// Longer texts are shown as they are: the table of all pairs would be large.
const LONGEST: usize = 400;

/// Writes `text`; what it does not share with `other` is put between `open` and `close`.
pub(super) fn write(
    acc: &mut Markup,
    text: &str,
    other: Option<&str>,
    reading: Reading,
    [open, close]: [&'static str; 2],
) {
    let words = split(text, reading);
    let others = other.map(|it| split(it, reading)).unwrap_or_default();
    let shared = shared(&words, &others);
    // Where the sides have no word in common, marking all of it says nothing.
    let marks = words.iter().zip(&shared).any(|(word, shared)| *shared && is_word(word));
    let mut is_open = false;
    for (word, shared) in words.iter().zip(shared) {
        if marks && is_open == shared {
            acc.raw(if shared { close } else { open });
            is_open = !shared;
        }
        write_word(acc, word, reading);
    }
    if is_open {
        acc.raw(close);
    }
}

fn write_word(acc: &mut Markup, word: &str, reading: Reading) {
    let code = word.strip_prefix('`').and_then(|it| it.strip_suffix('`'));
    match (reading, code) {
        (Reading::Prose, Some(code)) => acc.raw("<code>").text(code).raw("</code>"),
        _ => acc.text(word),
    };
}

/// Splits into names, code spans and single other characters.
fn split(text: &str, reading: Reading) -> Vec<&str> {
    let mut acc = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let end = match first {
            '`' if reading == Reading::Prose => rest[1..].find('`').map_or(1, |it| it + 2),
            c if is_name(c) => rest.find(|c| !is_name(c)).unwrap_or(rest.len()),
            c => c.len_utf8(),
        };
        acc.push(&rest[..end]);
        rest = &rest[end..];
    }
    acc
}

fn is_name(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '-' | '.')
}

/// Whether it is a name or a code span, not a sign between such.
fn is_word(word: &str) -> bool {
    word.starts_with(is_name) || word.len() > 1
}

/// Returns for each word whether it is in the longest common subsequence.
fn shared(words: &[&str], others: &[&str]) -> Vec<bool> {
    let mut acc = vec![false; words.len()];
    if words.len() > LONGEST || others.len() > LONGEST {
        return vec![true; words.len()];
    }
    let width = others.len() + 1;
    // At (i, j) stands the length for the words from i and the others from j.
    let mut lengths = vec![0_usize; (words.len() + 1) * width];
    for i in (0..words.len()).rev() {
        for j in (0..others.len()).rev() {
            lengths[i * width + j] = if words[i] == others[j] {
                lengths[(i + 1) * width + j + 1] + 1
            } else {
                lengths[(i + 1) * width + j].max(lengths[i * width + j + 1])
            };
        }
    }
    let (mut i, mut j) = (0, 0);
    while i < words.len() && j < others.len() {
        if words[i] == others[j] {
            acc[i] = true;
            (i, j) = (i + 1, j + 1);
        } else if lengths[(i + 1) * width + j] >= lengths[i * width + j + 1] {
            i += 1;
        } else {
            j += 1;
        }
    }
    acc
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, other: &str, reading: Reading, expected: &str) {
        let mut acc = Markup::default();
        write(&mut acc, text, Some(other), reading, ["{", "}"]);
        assert_eq!(acc.finish(), expected);
    }

    #[test]
    fn a_value_that_is_gone_is_marked() {
        check(
            "enum `cat`, `dog`",
            "enum `cat`",
            Reading::Prose,
            "enum <code>cat</code>{, <code>dog</code>}",
        );
    }

    #[test]
    fn a_type_that_changed_is_marked() {
        check("pub a: Option<u8>", "pub a: u8", Reading::Code, "pub a: {Option&lt;}u8{&gt;}");
    }

    #[test]
    fn sides_without_a_common_word_stay_plain() {
        check("string", "integer", Reading::Prose, "string");
    }

    #[test]
    fn a_backtick_alone_is_a_character() {
        check("a ` b", "a", Reading::Prose, "a{ ` b}");
    }
}
