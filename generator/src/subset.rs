//! A subset of a document: patterns that choose its operations by tag, path or id.

/// Which operations of a document are generated.
///
/// A pattern is a path (`/pets/*`, also with its method: `GET /pets/*`), or else a tag or an
/// `operationId`. `tag:`, `id:` and `path:` in front say which is meant. `*` stands for any text,
/// slashes included.
///
/// # Examples
///
/// ```
/// use tamarack::{Choices, Input, Subset, read};
///
/// let document = "{openapi: 3.0.3, info: {title: Pets, version: '1'}, paths: {
///     /pets: {get: {operationId: list, responses: {}}}, /shops: {get: {responses: {}}}}}";
/// let subset = Subset { include: vec!["/pets*".to_owned()], ..Subset::default() };
/// let choices = Choices { subset, ..Choices::default() };
/// let outcome = read(&Input { choices, ..Input::new("pets.yaml", document) });
/// let model = outcome.model.expect("it can be read");
/// assert_eq!(model.api.operations.len(), 1);
/// assert_eq!(model.left_out.operations, 1);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Subset {
    /// The patterns of the operations to generate; without any, all are.
    pub include: Vec<String>,
    /// The patterns of those among them that are left out.
    pub exclude: Vec<String>,
}

impl Subset {
    /// Returns whether it is the whole document.
    pub fn is_whole(&self) -> bool {
        self.include.is_empty() && self.exclude.is_empty()
    }

    /// Returns whether an operation belongs to it.
    pub(crate) fn has(&self, operation: &Candidate<'_>) -> bool {
        let any = |all: &[String]| all.iter().any(|it| Pattern::of(it).matches(operation));
        (self.include.is_empty() || any(&self.include)) && !any(&self.exclude)
    }
}

/// What patterns look at in an operation.
pub(crate) struct Candidate<'a> {
    pub(crate) method: &'a str,
    pub(crate) path: &'a str,
    pub(crate) id: Option<&'a str>,
    pub(crate) tags: Vec<&'a str>,
}

/// A pattern by what it looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Pattern<'p> {
    Path { method: Option<&'p str>, path: &'p str },
    Tag(&'p str),
    Id(&'p str),
    TagOrId(&'p str),
}

impl<'p> Pattern<'p> {
    pub(crate) fn of(text: &'p str) -> Self {
        if let Some(tag) = text.strip_prefix("tag:") {
            return Self::Tag(tag);
        }
        if let Some(id) = text.strip_prefix("id:") {
            return Self::Id(id);
        }
        let path = text.strip_prefix("path:").unwrap_or(text);
        match path.split_once(' ') {
            _ if path.starts_with('/') => Self::Path { method: None, path },
            Some((method, path)) if path.trim_start().starts_with('/') => {
                Self::Path { method: Some(method), path: path.trim_start() }
            }
            _ if path.len() < text.len() => Self::Path { method: None, path },
            _ => Self::TagOrId(text),
        }
    }

    pub(crate) fn matches(self, operation: &Candidate<'_>) -> bool {
        let has_tag = |tag| operation.tags.iter().any(|it| is_like(it, tag));
        let has_id = |id| operation.id.is_some_and(|it| is_like(it, id));
        match self {
            Self::Path { method, path } => {
                method.is_none_or(|it| it == "*" || it.eq_ignore_ascii_case(operation.method))
                    && is_like(operation.path, path)
            }
            Self::Tag(tag) => has_tag(tag),
            Self::Id(id) => has_id(id),
            Self::TagOrId(text) => has_tag(text) || has_id(text),
        }
    }
}

/// Returns whether a text is what a pattern says, in which `*` stands for any text.
fn is_like(text: &str, pattern: &str) -> bool {
    let mut parts = pattern.split('*');
    let first = parts.next().unwrap_or_default();
    let Some(mut rest) = text.strip_prefix(first) else { return false };
    let Some(last) = parts.next_back() else { return rest.is_empty() };
    // The shortest way to each part leaves the most to those behind it.
    for part in parts {
        let Some(at) = rest.find(part) else { return false };
        rest = &rest[at + part.len()..];
    }
    rest.ends_with(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_is_any_text() {
        for (text, pattern) in [
            ("/a/b", "/a/b"),
            ("/a/b", "/a/*"),
            ("/a/b/c", "/a/*"),
            ("/a/b/c", "*/c"),
            ("/a/b/c", "/a*b*c"),
            ("/a", "*"),
            ("aa", "a*a"),
            ("", "*"),
        ] {
            assert!(is_like(text, pattern), "{text} {pattern}");
        }
        for (text, pattern) in
            [("/a/b", "/a"), ("/b/a", "/a*"), ("/a", "/a/*"), ("a", "a*a"), ("abc", "a*d*c")]
        {
            assert!(!is_like(text, pattern), "{text} {pattern}");
        }
    }

    #[test]
    fn a_pattern_says_what_it_looks_at() {
        let path = |method, path| Pattern::Path { method, path };
        assert_eq!(Pattern::of("/pets/*"), path(None, "/pets/*"));
        assert_eq!(Pattern::of("GET /pets"), path(Some("GET"), "/pets"));
        assert_eq!(Pattern::of("path:*pets"), path(None, "*pets"));
        assert_eq!(Pattern::of("tag:/odd"), Pattern::Tag("/odd"));
        assert_eq!(Pattern::of("id:x"), Pattern::Id("x"));
        assert_eq!(Pattern::of("pet store"), Pattern::TagOrId("pet store"));
    }
}
