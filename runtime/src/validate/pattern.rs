//! Regular expressions of ECMA-262, each compiled once.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock, PoisonError, RwLock};

use regress::Regex;

type Compiled = HashMap<(&'static str, bool), Option<Arc<Regex>>>;

/// By their text: documents repeat them. They are those of the program, so there are only so many.
static COMPILED: LazyLock<RwLock<Compiled>> = LazyLock::new(RwLock::default);

/// Returns whether a part of a text matches; a pattern without a meaning matches everything.
pub(super) fn is_match(pattern: &'static str, unicode: bool, text: &str) -> bool {
    compiled(pattern, unicode).is_none_or(|it| it.find(text).is_some())
}

fn compiled(pattern: &'static str, unicode: bool) -> Option<Arc<Regex>> {
    let key = (pattern, unicode);
    let known = COMPILED.read().unwrap_or_else(PoisonError::into_inner).get(&key).cloned();
    known.unwrap_or_else(|| {
        let flags = if unicode { "u" } else { "" };
        let regex = Regex::with_flags(pattern, flags).ok().map(Arc::new);
        let mut all = COMPILED.write().unwrap_or_else(PoisonError::into_inner);
        all.entry(key).or_insert(regex).clone()
    })
}

#[cfg(test)]
mod tests {
    use super::is_match;

    /// JSON Schema Validation §6.3.3: not anchored; ECMA-262, with lookahead and classes of Unicode.
    #[test]
    fn expressions_are_those_of_ecma_262() {
        for (pattern, text, expected) in [
            ("b", "abc", true),
            ("^b", "abc", false),
            ("^(?!x)[a-z]+$", "xa", false),
            (r"^\p{Lu}", "Ä", true),
            (r"^.$", "😀", true),
            (r"^\d$", "٣", false),
            ("a$", "a\n", false),
        ] {
            assert_eq!(is_match(pattern, true, text), expected, "{pattern} {text}");
        }
        assert!(is_match(r"^[\w-.]+$", false, "a-b"));
        assert!(is_match("(", true, "anything"));
    }
}
