//! The parts of subjects: what of an owner a row is about.

/// Returns what a subject says before the part that it is about, for example `Token` of `Token.scope`.
pub(super) fn owner_of_part(subject: &str) -> Option<&str> {
    let owner = subject.strip_suffix(part(subject)?)?;
    owner.strip_suffix(['.', '|'])
}

/// Returns what a subject calls a part of its owner, for example `scope` of `Token.scope`.
pub(super) fn part(subject: &str) -> Option<&str> {
    if let Some(owner) = subject.strip_suffix(" examples") {
        return (!owner.is_empty()).then_some("examples");
    }
    let of_owner = || {
        let at = subject.rfind(['.', '|'])?;
        let part = &subject[at + 1..];
        // A path with a dot in it is no part of anything.
        let is_name = !part.is_empty() && !part.contains(['/', ' ']);
        (is_name && at > 0).then_some(part)
    };
    of_owner().or_else(|| part_of_operation(subject))
}

/// Returns what a subject calls the body or a response of an operation, for example `response 200` of
/// `list_pets response 200`.
pub(super) fn part_of_operation(subject: &str) -> Option<&str> {
    let parts = [" request body", " response ", " parameter "];
    let at = parts.into_iter().filter_map(|it| subject.rfind(it)).max()?;
    // A parameter that many operations share is called by its location.
    let is_shared = matches!(&subject[..at], "path" | "query" | "header" | "cookie");
    (at > 0 && !is_shared).then(|| &subject[at + 1..])
}

/// Returns a value in which the inline types that are named by the part of their owner have no name, since each
/// owner has one of its own: `PetKind` of `Pet.kind` and `DogKind` of `Dog.kind`.
pub(super) fn without_inline(value: &str, part: &str) -> String {
    let letters = |it: &str| -> String { it.chars().filter(|it| it.is_alphanumeric()).collect() };
    let part = letters(part).to_lowercase();
    let is_inline = |word: &str| {
        let lower = word.to_lowercase();
        let owner = lower.strip_suffix("item").unwrap_or(&lower).strip_suffix(part.as_str());
        word.starts_with(char::is_uppercase) && owner.is_some_and(|it| !it.is_empty())
    };
    let words = value.split_inclusive(|it: char| !(it.is_alphanumeric() || "_-.".contains(it)));
    let words = words.map(|it| {
        let word = it.trim_end_matches(|it: char| !it.is_alphanumeric());
        if !part.is_empty() && is_inline(word) { &it[word.len()..] } else { it }
    });
    words.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_part_of_an_owner() {
        for (subject, expected) in [
            ("Token.scope", Some("scope")),
            ("Token.scope[]", Some("scope[]")),
            ("Pet|cat", Some("cat")),
            ("Token", None),
            ("GET /a.b/c", None),
            ("list_pets response 200 examples", Some("examples")),
            ("list_pets response 200", Some("response 200")),
            ("pets.create request body", Some("request body")),
            ("pets.create request body.name", Some("name")),
            ("list_pets parameter limit", Some("parameter limit")),
            ("query parameter limit", None),
            (".x", None),
        ] {
            assert_eq!(part(subject), expected, "{subject}");
        }
    }

    #[test]
    fn inline_types_have_no_name() {
        for (value, part, expected) in [
            ("optional PetKind", "kind", "optional "),
            (
                "optional list of PetShoeSizesItem or null",
                "shoe_sizes",
                "optional list of  or null",
            ),
            ("optional Kind", "kind", "optional Kind"),
            ("optional pet-kind", "kind", "optional pet-kind"),
            ("required map of string", "kind", "required map of string"),
        ] {
            assert_eq!(without_inline(value, part), expected, "{value}");
        }
    }
}
