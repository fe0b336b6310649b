//! A path template in, its literal and parameter parts out.

use std::fmt;

/// A part of a template as the document writes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum TemplatePart {
    /// Text as it is sent.
    Literal(String),
    /// The parameter of this name.
    Parameter(String),
}

/// Shows the part as a template has it.
impl fmt::Display for TemplatePart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Literal(text) => f.write_str(text),
            Self::Parameter(name) => write!(f, "{{{name}}}"),
        }
    }
}

/// Reads a template; `None` when a brace is never closed or encloses nothing.
pub(super) fn parse(template: &str) -> Option<Vec<TemplatePart>> {
    let mut parts = Vec::new();
    let mut rest = template;
    while let Some(open) = rest.find('{') {
        let (literal, tail) = rest.split_at(open);
        let close = tail.find('}')?;
        let name = &tail[1..close];
        if name.is_empty() || name.contains('{') || literal.contains('}') {
            return None;
        }
        push_literal(&mut parts, literal);
        parts.push(TemplatePart::Parameter(name.to_owned()));
        rest = &tail[close + 1..];
    }
    if rest.contains('}') {
        return None;
    }
    push_literal(&mut parts, rest);
    Some(parts)
}

/// A template as requests go there.
pub(super) struct Route {
    pub(super) parts: Vec<TemplatePart>,
    /// What is left out of it, with the reason.
    pub(super) fragment: Option<String>,
}

/// Returns where requests of a template go: without a fragment, which is never
/// sent (RFC 3986 §3.5), and with every character percent-encoded that no path
/// (§3.3) and, behind the first `?`, no query holds (§3.4). The error says what
/// no path can hold.
pub(super) fn route(template: Vec<TemplatePart>) -> Result<Route, String> {
    let mut parts = Vec::new();
    let mut fragment: Option<String> = None;
    let mut is_query = false;
    for part in template {
        match (part, &mut fragment) {
            (TemplatePart::Literal(text), None) => {
                let (path, rest) = match text.split_once('#') {
                    Some((path, rest)) => (path, Some(rest)),
                    None => (text.as_str(), None),
                };
                let (path, query) = match path.split_once('?') {
                    Some((path, query)) if !is_query => (path, Some(query)),
                    _ => (path, None),
                };
                let mut sent = encoded(path, if is_query { QUERY } else { PATH });
                if let Some(query) = query {
                    is_query = true;
                    sent = format!("{sent}?{}", encoded(query, QUERY));
                }
                push_literal(&mut parts, &sent);
                fragment = rest.map(|it| format!("#{it}"));
            }
            (part, None) => parts.push(part),
            (TemplatePart::Literal(text), Some(fragment)) => fragment.push_str(&text),
            (TemplatePart::Parameter(name), Some(fragment)) => {
                fragment.extend(["{", name.as_str(), "}"]);
            }
        }
    }
    if has_dot_segment(&parts) {
        return Err("a server resolves the segments `.` and `..`".to_owned());
    }
    Ok(Route { parts, fragment })
}

/// What a path holds beside letters, digits and triplets: `pchar` and `/` (RFC 3986 §3.3).
const PATH: &[u8] = b"-._~!$&'()*+,;=:@/";

/// What a query holds beside them (§3.4).
const QUERY: &[u8] = b"-._~!$&'()*+,;=:@/?";

/// Encodes what is not kept; a triplet that is there stays.
fn encoded(path: &str, kept: &[u8]) -> String {
    let bytes = path.as_bytes();
    let mut acc = String::with_capacity(path.len());
    for (index, byte) in bytes.iter().enumerate() {
        let hex = bytes.get(index + 1..index + 3);
        let is_triplet =
            *byte == b'%' && hex.is_some_and(|it| it.iter().all(u8::is_ascii_hexdigit));
        if is_triplet || byte.is_ascii_alphanumeric() || kept.contains(byte) {
            acc.push(char::from(*byte));
        } else {
            let digit = |half: u8| char::from(b"0123456789ABCDEF"[usize::from(half)]);
            acc.extend(['%', digit(byte >> 4), digit(byte & 15)]);
        }
    }
    acc
}

/// Returns whether a segment without parameters is `.` or `..`.
fn has_dot_segment(parts: &[TemplatePart]) -> bool {
    let text: String = parts
        .iter()
        .map(|it| match it {
            TemplatePart::Literal(text) => text.as_str(),
            // No segment that holds a parameter is one.
            TemplatePart::Parameter(_) => "{}",
        })
        .collect();
    let path = text.split('?').next().unwrap_or_default();
    path.split('/').any(|it| matches!(it, "." | ".."))
}

pub(super) fn push_literal(parts: &mut Vec<TemplatePart>, text: &str) {
    if !text.is_empty() {
        parts.push(TemplatePart::Literal(text.to_owned()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn literal(text: &str) -> TemplatePart {
        TemplatePart::Literal(text.to_owned())
    }

    fn parameter(text: &str) -> TemplatePart {
        TemplatePart::Parameter(text.to_owned())
    }

    #[test]
    fn a_segment_can_hold_several_parameters() {
        let parts = parse("/files/{name}.{ext}/x{y}");
        let expected = vec![
            literal("/files/"),
            parameter("name"),
            literal("."),
            parameter("ext"),
            literal("/x"),
            parameter("y"),
        ];
        assert_eq!(parts, Some(expected));
        assert_eq!(parse("/"), Some(vec![literal("/")]));
    }

    fn sent(template: &str) -> Result<(Vec<TemplatePart>, Option<String>), String> {
        route(parse(template).expect("a template")).map(|it| (it.parts, it.fragment))
    }

    #[test]
    fn a_fragment_is_not_sent_and_what_no_path_holds_is_encoded() {
        let add = Some("#add".to_owned());
        assert_eq!(sent("/schema#add"), Ok((vec![literal("/schema")], add)));
        assert_eq!(
            sent("/app-<id> é/a%20b%"),
            Ok((vec![literal("/app-%3Cid%3E%20%C3%A9/a%20b%25")], None))
        );
        let kept = "/v1/{a}:run;x=1,@!$&'()*+~";
        assert_eq!(sent(kept).map(|it| it.0), Ok(parse(kept).expect("a template")));
    }

    #[test]
    fn a_query_is_sent_as_it_is() {
        let literals = |template| sent(template).map(|it| it.0);
        assert_eq!(literals("/items?beta=true"), Ok(vec![literal("/items?beta=true")]));
        assert_eq!(literals("/items?a=/?&b= <c>#d"), Ok(vec![literal("/items?a=/?&b=%20%3Cc%3E")]));
        let expected = vec![literal("/a?b="), parameter("b"), literal("&c=?")];
        assert_eq!(literals("/a?b={b}&c=?"), Ok(expected));
        assert_eq!(literals("/a?b=../.."), Ok(vec![literal("/a?b=../..")]));
    }

    #[test]
    fn segments_of_dots_are_no_path() {
        assert!(sent("/a/../b").is_err());
        assert!(sent("/a/{b}../c").is_ok());
    }

    #[test]
    fn braces_must_pair() {
        for template in ["/a/{id", "/a/id}", "/a/{}", "/a/{b{c}}"] {
            assert_eq!(parse(template), None, "{template}");
        }
    }
}
