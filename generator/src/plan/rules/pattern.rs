//! Tells which patterns of a document are expressions of ECMA-262.
//!
//! A generator without the feature `validate` has no engine to try them with, and says that no value is checked by them.

use crate::shown::code_span;

/// Longer patterns are not tried.
#[cfg(feature = "validate")]
const MOST_BYTES: usize = 20_000;

/// Letters that an escape has a meaning with, with the flag `u` or without it.
#[cfg(feature = "validate")]
const ESCAPED: &[u8] = b"bBdDwWsSfnrtv";

/// Returns the rule for a pattern; `None` if it is no expression of ECMA-262.
///
/// Without the flag `u`, which JSON Schema recommends, `[\w-.]` is a class, and so is much else that authors write.
/// But there `\A` is an `A`, which nobody means.
#[cfg(feature = "validate")]
pub(super) fn rule(pattern: &str) -> Option<&'static str> {
    let is = |flags| regress::Regex::with_flags(pattern, flags).is_ok();
    if pattern.len() > MOST_BYTES || names_a_class(pattern) {
        None
    } else if is("u") {
        Some("Pattern")
    } else if !escapes_nothing(pattern) && is("") {
        Some("LegacyPattern")
    } else {
        None
    }
}

/// Returns whether a pattern has a class of POSIX, such as `[[:alpha:]]`: in ECMA-262 these are letters.
#[cfg(feature = "validate")]
fn names_a_class(pattern: &str) -> bool {
    let mut classes = pattern.split("[:").skip(1);
    classes.any(|it| {
        let name = it.trim_start_matches('^').split(|c: char| !c.is_ascii_lowercase()).next();
        name.is_some_and(|name| {
            !name.is_empty() && it.trim_start_matches('^')[name.len()..].starts_with(":]")
        })
    })
}

/// Returns `None`: without an engine, nothing is known of a pattern.
#[cfg(not(feature = "validate"))]
pub(super) fn rule(_: &str) -> Option<&'static str> {
    None
}

/// Returns what is said of a pattern without a rule, and the help to it.
pub(super) fn refusal(pattern: &str) -> (String, &'static str) {
    let pattern = code_span(pattern);
    if cfg!(feature = "validate") {
        let help = "OpenAPI 3.0.3 §4.7.24.1 and JSON Schema: patterns are those of ECMA-262";
        (format!("the pattern {pattern} is no expression of ECMA-262"), help)
    } else {
        let help = "turn on the feature `validate` of `tamarack` in the build-dependencies";
        (format!("the pattern {pattern} is not tried"), help)
    }
}

/// Returns whether a letter is escaped that is then the same letter.
#[cfg(feature = "validate")]
fn escapes_nothing(pattern: &str) -> bool {
    let mut bytes = pattern.bytes();
    while let Some(byte) = bytes.next() {
        if byte == b'\\'
            && let Some(escaped) = bytes.next()
            && escaped.is_ascii_alphabetic()
            && !ESCAPED.contains(&escaped)
        {
            return true;
        }
    }
    false
}

#[cfg(all(test, feature = "validate"))]
mod tests {
    use super::rule;

    #[test]
    fn patterns_are_those_of_ecma_262() {
        for (pattern, expected) in [
            ("^[a-z]+$", Some("Pattern")),
            (r"^(?=.*\p{Lu}).{8,}$", Some("Pattern")),
            (r"^[\w-.]+$", Some("LegacyPattern")),
            (r"^\_$", Some("LegacyPattern")),
            // Of Perl and of POSIX: in ECMA-262 an `A`, an error, and a class of letters and colons.
            (r"\A[a-z]\z", None),
            ("(?i)abc", None),
            ("[[:alpha:]]+", None),
            ("[[:a]", Some("Pattern")),
            ("(", None),
            ("*", None),
        ] {
            assert_eq!(rule(pattern), expected, "{pattern}");
        }
        assert_eq!(rule(&"(".repeat(100_000)), None);
        assert_eq!(rule(&format!("{}a{}", "(".repeat(5_000), ")".repeat(5_000))), None);
    }
}
