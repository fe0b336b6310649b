//! What the generated checks and a validator of JSON Schema say of a value in, what only one of them says out.

use std::collections::BTreeSet;

/// A pointer and a keyword, as both write them.
pub type Violation = (String, String);

/// The keywords that the generated checks know.
const KEYWORDS: [&str; 14] = [
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "multipleOf",
    "minLength",
    "maxLength",
    "pattern",
    "format",
    "minItems",
    "maxItems",
    "uniqueItems",
    "minProperties",
    "maxProperties",
];

/// Returns what is wrong with what the generated checks say.
///
/// Of what is wrong inside of branches, the validator says only that no branch fits: then a check may say anything of
/// what is below, or nothing.
pub fn difference(checks: &BTreeSet<Violation>, validator: &BTreeSet<Violation>) -> Vec<String> {
    let unions: Vec<&str> = validator
        .iter()
        .filter(|(_, keyword)| ["oneOf", "anyOf", "not", "if"].contains(&keyword.as_str()))
        .map(|(pointer, _)| pointer.as_str())
        .collect();
    let is_below = |pointer: &str| {
        let below = |union: &&str| {
            pointer.strip_prefix(*union).is_some_and(|it| it.is_empty() || it.starts_with('/'))
        };
        unions.iter().any(below)
    };
    let extra = checks.iter().filter(|it| !validator.contains(*it) && !is_below(&it.0));
    let missing = validator.iter().filter(|it| KEYWORDS.contains(&it.1.as_str()));
    let missing = missing.filter(|it| !checks.contains(*it) && !is_below(&it.0));
    let extra = extra.map(|(at, keyword)| format!("only the checks say `{keyword}` at `{at}`"));
    let missing = missing.map(|(at, keyword)| format!("no check says `{keyword}` at `{at}`"));
    extra.chain(missing).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(all: &[(&str, &str)]) -> BTreeSet<Violation> {
        all.iter().map(|(at, keyword)| ((*at).to_owned(), (*keyword).to_owned())).collect()
    }

    #[test]
    fn what_one_of_them_says_alone_is_found() {
        let checks = of(&[("/a", "minimum"), ("/b", "pattern"), ("/u/x", "maximum")]);
        let validator =
            of(&[("/a", "minimum"), ("/c", "maxLength"), ("/d", "type"), ("/u", "oneOf")]);
        assert_eq!(
            difference(&checks, &validator),
            ["only the checks say `pattern` at `/b`", "no check says `maxLength` at `/c`"]
        );
        assert_eq!(difference(&checks, &checks), [""; 0]);
    }
}
