//! Makes the name of a file and its module from a text of the document.

use crate::words::{is_keyword, snake_case};

/// What cannot be the name of a module beside the code of an API, or of a file on every system.
const RESERVED: &[&str] = &[
    // Folders' own files, the modules of an API and the crates its code names.
    "client",
    "lib",
    "main",
    "mod",
    "operations",
    "types",
    "alloc",
    "core",
    "serde_json",
    "std",
    "tamarack_runtime",
    // Devices of Windows.
    "aux",
    "con",
    "nul",
    "prn",
];

/// Returns a word in ASCII small letters, digits and underscores: a module whose file has
/// another name needs an attribute. Two texts of one word share a file.
pub(crate) fn file_word(text: &str) -> String {
    let word: String = (snake_case(text).chars())
        .map(|c| if c.is_ascii() { c.to_string() } else { format!("u{:x}", u32::from(c)) })
        .collect();
    let port = word.strip_prefix("com").or_else(|| word.strip_prefix("lpt"));
    let is_device =
        port.is_some_and(|it| it.len() == 1 && it.starts_with(|c: char| c.is_ascii_digit()));
    if is_keyword(&word) || is_device || RESERVED.contains(&word.as_str()) {
        return format!("{word}_");
    }
    word
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_the_name_of_a_file_everywhere() {
        for (text, expected) in [
            ("repos", "repos"),
            ("Pull Requests", "pull_requests"),
            ("code-scanning", "code_scanning"),
            ("type", "type_"),
            ("gen", "gen_"),
            ("Mod", "mod_"),
            ("std", "std_"),
            ("AUX", "aux_"),
            ("com1", "com1_"),
            ("../etc/passwd", "etc_passwd"),
            ("日本", "u65e5u672c"),
            ("Müller", "mufcller"),
            ("", "empty"),
            ("2fa", "n2fa"),
        ] {
            assert_eq!(file_word(text), expected, "{text}");
        }
    }
}
