//! A path template in, its literal and parameter parts out.

use crate::api::PathPart;

/// Reads a template; `None` when a brace is never closed or encloses nothing.
pub(super) fn parse(template: &str) -> Option<Vec<PathPart>> {
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
        parts.push(PathPart::Parameter(name.to_owned()));
        rest = &tail[close + 1..];
    }
    if rest.contains('}') {
        return None;
    }
    push_literal(&mut parts, rest);
    Some(parts)
}

fn push_literal(parts: &mut Vec<PathPart>, text: &str) {
    if !text.is_empty() {
        parts.push(PathPart::Literal(text.to_owned()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn literal(text: &str) -> PathPart {
        PathPart::Literal(text.to_owned())
    }

    fn parameter(text: &str) -> PathPart {
        PathPart::Parameter(text.to_owned())
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

    #[test]
    fn braces_must_pair() {
        for template in ["/a/{id", "/a/id}", "/a/{}", "/a/{b{c}}"] {
            assert_eq!(parse(template), None, "{template}");
        }
    }
}
