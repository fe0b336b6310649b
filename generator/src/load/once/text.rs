//! The texts that are refused before they are read: the two parsers differ in their characters or lines.

/// How many bytes are looked at together.
const CHUNK: usize = 64;

/// Returns whether a text has characters that are no characters of YAML or that are line breaks in YAML 1.1 alone,
/// a tab, a mark of the order of bytes, a line that a carriage return ends, a directive, or the end of a document.
pub(super) fn is_rare(text: &str) -> bool {
    let bytes = text.as_bytes();
    let has_rare = bytes.chunks(CHUNK).enumerate().any(|(index, chunk)| {
        // All of them, though one may decide: without a way out, many are compared at once.
        let are_plain = |all: bool, it: &u8| all & matches!(it, b'\n' | b' '..=b'~');
        !chunk.iter().fold(true, are_plain)
            && (0..chunk.len()).any(|at| is_rare_char(&bytes[index * CHUNK + at..]))
    });
    has_rare || text.starts_with(['%', '.']) || text.contains("\n%") || text.contains("\n...")
}

/// Returns whether bytes begin with such a character.
fn is_rare_char(bytes: &[u8]) -> bool {
    match bytes {
        [b'\n', ..] | [b'\r', b'\n', ..] => false,
        [..b' ' | 0x7F, ..]
        // The controls of Latin-1, and the line breaks U+0085, U+2028 and U+2029.
        | [0xC2, 0x80..=0x9F, ..]
        | [0xE2, 0x80, 0xA8 | 0xA9, ..]
        // U+FEFF, U+FFFE and U+FFFF.
        | [0xEF, 0xBB, 0xBF, ..]
        | [0xEF, 0xBF, 0xBE | 0xBF, ..] => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_are_told_wherever_they_stand() {
        let rare =
            "\0\u{1}\t\u{b}\u{1f}\u{7f}\u{80}\u{85}\u{9f}\u{2028}\u{2029}\u{feff}\u{fffe}\u{ffff}";
        let sound = " a~\n\u{a0}äé€\u{2027}\u{202a}\u{fffd}\u{e000}🦀\u{10ffff}";
        for before in [0, 1, CHUNK - 2, CHUNK - 1, CHUNK, 3 * CHUNK + 7] {
            for it in rare.chars() {
                assert!(is_rare(&format!("{}{it}a", "a".repeat(before))), "{it:?} behind {before}");
            }
            for it in sound.chars() {
                assert!(!is_rare(&format!("{}{it}", "a".repeat(before))), "{it:?} behind {before}");
            }
            assert!(!is_rare(&format!("{}\r\n", "a".repeat(before))));
            assert!(is_rare(&format!("{}\ra", "a".repeat(before))));
        }
    }

    #[test]
    fn lines_of_the_stream_are_told() {
        for text in ["%YAML 1.2\n---\n", "a\n%a", "a\n...\n", "...\n", "a\r"] {
            assert!(is_rare(text), "{text:?}");
        }
        assert!(!is_rare("---\na: 50% ...\n"));
    }
}
