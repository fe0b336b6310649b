//! Where a redirect leads to: the header `Location`, resolved against the URL of the request (RFC 9110 §10.2.2).

use http::header::LOCATION;
use http::{HeaderMap, Uri};

/// Returns the header as the server wrote it.
pub(super) fn written(headers: &HeaderMap) -> Option<&str> {
    headers.get(LOCATION)?.to_str().ok()
}

/// Resolves a reference against the URL of the request (RFC 3986 §5.2.2); `None` if it is a URL itself, or the
/// base is none.
pub(super) fn resolved(reference: &str, base: &Uri) -> Option<String> {
    let scheme = base.scheme_str()?;
    let authority = base.authority()?;
    let (rest, fragment) = split(reference, '#');
    let (path, query) = split(rest, '?');
    if has_scheme(path) {
        return None;
    }
    if let Some(after) = path.strip_prefix("//") {
        let end = after.find('/').unwrap_or(after.len());
        let (authority, path) = after.split_at(end);
        return Some(format!("{scheme}://{authority}{}{query}{fragment}", without_dots(path)));
    }
    let (path, query) = if path.is_empty() {
        let own = base.query().filter(|_| query.is_empty()).map(|it| format!("?{it}"));
        (base.path().to_owned(), own.unwrap_or_else(|| query.to_owned()))
    } else if path.starts_with('/') {
        (without_dots(path), query.to_owned())
    } else {
        let folder = base.path().rsplit_once('/').map_or("", |(folder, _)| folder);
        (without_dots(&format!("{folder}/{path}")), query.to_owned())
    };
    Some(format!("{scheme}://{authority}{path}{query}{fragment}"))
}

/// Returns what is before a character, and what begins with it.
fn split(text: &str, at: char) -> (&str, &str) {
    text.split_at(text.find(at).unwrap_or(text.len()))
}

/// Returns whether a reference begins with a scheme (RFC 3986 §3.1).
fn has_scheme(path: &str) -> bool {
    let Some((scheme, _)) = path.split_once(':') else { return false };
    let mut characters = scheme.chars();
    characters.next().is_some_and(|it| it.is_ascii_alphabetic())
        && characters.all(|it| it.is_ascii_alphanumeric() || matches!(it, '+' | '-' | '.'))
}

/// Takes `.` and `..` out of a path that is empty or begins with a slash (RFC 3986 §5.2.4).
pub(crate) fn without_dots(path: &str) -> String {
    let mut acc: Vec<&str> = Vec::new();
    let mut segments = path.split('/').skip(1).peekable();
    while let Some(segment) = segments.next() {
        let is_last = segments.peek().is_none();
        match segment {
            "." => {}
            ".." => {
                acc.pop();
            }
            _ => {
                acc.push(segment);
                continue;
            }
        }
        if is_last {
            acc.push("");
        }
    }
    if path.is_empty() { String::new() } else { format!("/{}", acc.join("/")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 3986 §5.4.1 and §5.4.2, but for those that have a scheme and are URLs themselves.
    const OF_THE_RFC: [(&str, &str); 39] = [
        ("g", "http://a/b/c/g"),
        ("./g", "http://a/b/c/g"),
        ("g/", "http://a/b/c/g/"),
        ("/g", "http://a/g"),
        ("//g", "http://g"),
        ("?y", "http://a/b/c/d;p?y"),
        ("g?y", "http://a/b/c/g?y"),
        ("#s", "http://a/b/c/d;p?q#s"),
        ("g#s", "http://a/b/c/g#s"),
        ("g?y#s", "http://a/b/c/g?y#s"),
        (";x", "http://a/b/c/;x"),
        ("g;x", "http://a/b/c/g;x"),
        ("g;x?y#s", "http://a/b/c/g;x?y#s"),
        ("", "http://a/b/c/d;p?q"),
        (".", "http://a/b/c/"),
        ("./", "http://a/b/c/"),
        ("..", "http://a/b/"),
        ("../", "http://a/b/"),
        ("../g", "http://a/b/g"),
        ("../..", "http://a/"),
        ("../../", "http://a/"),
        ("../../g", "http://a/g"),
        ("../../../g", "http://a/g"),
        ("../../../../g", "http://a/g"),
        ("/./g", "http://a/g"),
        ("/../g", "http://a/g"),
        ("g.", "http://a/b/c/g."),
        (".g", "http://a/b/c/.g"),
        ("g..", "http://a/b/c/g.."),
        ("..g", "http://a/b/c/..g"),
        ("./../g", "http://a/b/g"),
        ("./g/.", "http://a/b/c/g/"),
        ("g/./h", "http://a/b/c/g/h"),
        ("g/../h", "http://a/b/c/h"),
        ("g;x=1/./y", "http://a/b/c/g;x=1/y"),
        ("g;x=1/../y", "http://a/b/c/y"),
        ("g?y/./x", "http://a/b/c/g?y/./x"),
        ("g?y/../x", "http://a/b/c/g?y/../x"),
        ("g#s/../x", "http://a/b/c/g#s/../x"),
    ];

    #[test]
    fn the_references_of_the_rfc() {
        let base = Uri::from_static("http://a/b/c/d;p?q");
        for (reference, expected) in OF_THE_RFC {
            assert_eq!(resolved(reference, &base).as_deref(), Some(expected), "{reference:?}");
        }
        for url in ["g:h", "http:g", "https://b.example/x"] {
            assert_eq!(resolved(url, &base), None, "{url:?}");
        }
    }

    #[test]
    fn a_colon_behind_the_first_segment_is_no_scheme() {
        let base = Uri::from_static("https://a.example:8443/v1/files");
        for (reference, expected) in [
            ("./a:b", "https://a.example:8443/v1/a:b"),
            ("1a:b", "https://a.example:8443/v1/1a:b"),
            ("a/b:c", "https://a.example:8443/v1/a/b:c"),
            ("?at=12:00", "https://a.example:8443/v1/files?at=12:00"),
            ("//b.example/../x", "https://b.example/x"),
        ] {
            assert_eq!(resolved(reference, &base).as_deref(), Some(expected), "{reference:?}");
        }
        assert_eq!(resolved("x", &Uri::from_static("/v1")), None);
    }
}
