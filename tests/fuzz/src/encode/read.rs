//! A request in, the values of a parameter out, by the standards alone: the style table of OpenAPI 3.0.4, RFC 6570, RFC 3986,
//! RFC 9110, RFC 6265 and the URL standard. Nothing here calls what wrote the request.

use tamarack_runtime::bytes::Bytes;
use tamarack_runtime::http::Request;

/// Returns whether a style carries one value.
pub(super) fn is_single(style: &str) -> bool {
    matches!(style, "query" | "path" | "header" | "cookie")
}

/// Returns whether a standard gives no way to write these values, so that an error is right.
pub(super) fn may_be_refused(style: &str, name: &str, values: &[String]) -> bool {
    // The crate `http` has no URI of more than 65,534 bytes; an escaped byte takes three, a name may repeat.
    let len = |it: &str| it.len() * 3 + 3;
    let n_bytes = len(name) + values.iter().map(|it| len(it) + len(name)).sum::<usize>();
    if n_bytes > 60_000 && (style.starts_with("query") || style.starts_with("path")) {
        return true;
    }
    let any = |test: fn(&str) -> bool| values.iter().any(|it| test(it));
    match style {
        // No segment is empty; `.` and `..` lead elsewhere (RFC 3986 section 5.2.4).
        "path" | "path simple" => {
            values.is_empty() || (values.len() == 1 && any(|it| matches!(it, "" | "." | "..")))
        }
        "header" => any(is_no_field_value),
        "header simple" => any(|it| is_no_field_value(it) || it.contains(',') || it.is_empty()),
        "cookie" => any(|it| !it.bytes().all(is_cookie_octet)),
        // The delimiter stands escaped in the table, so a value cannot hold it.
        "query spaceDelimited" => any(|it| it.contains(' ')),
        "query pipeDelimited" => any(|it| it.contains('|')),
        _ => false,
    }
}

/// RFC 9110 section 5.5: visible characters with spaces and tabs between them; what stands around is cut off.
fn is_no_field_value(text: &str) -> bool {
    text != text.trim_matches([' ', '\t'])
        || !text.bytes().all(|it| matches!(it, b'\t' | b' '..=b'~'))
}

/// RFC 6265 section 4.1.1.
fn is_cookie_octet(byte: u8) -> bool {
    matches!(byte, 0x21 | 0x23..=0x2b | 0x2d..=0x3a | 0x3c..=0x5b | 0x5d..=0x7e)
}

/// Returns the values; none where the request is not what the style makes of any.
pub(super) fn values(style: &str, name: &str, request: &Request<Bytes>) -> Option<Vec<String>> {
    let uri = request.uri();
    let query = || pairs(uri.query().unwrap_or_default());
    let of_name = || {
        let all = query().into_iter();
        let own = all.filter(|(key, _)| decoded(key, Plus::Itself).as_deref() == Some(name));
        // A name may be that of a neighbour.
        let n_others =
            usize::from(matches!(name, "before")) + usize::from(matches!(name, "behind"));
        let mut own: Vec<_> = own.map(|(_, value)| value).collect();
        if name == "before" {
            own.drain(..n_others);
        } else {
            own.truncate(own.len() - n_others);
        }
        own
    };
    let split = |delimiter: &str| {
        let found = of_name();
        let parts = found.first().map(|it| it.split(delimiter).collect::<Vec<_>>());
        parts.unwrap_or_default().into_iter().map(|it| decoded(it, Plus::Itself)).collect()
    };
    match style {
        "query" | "query form exploded" => {
            of_name().into_iter().map(|it| decoded(it, Plus::Itself)).collect()
        }
        "query form" => split(","),
        "query spaceDelimited" => split("%20"),
        "query pipeDelimited" => split("%7C"),
        "query json" => serde_json::from_str(&decoded(of_name().first()?, Plus::Itself)?).ok(),
        "path" => Some(vec![decoded(segment(uri.path())?, Plus::Itself)?]),
        "path simple" => {
            segment(uri.path())?.split(',').map(|it| decoded(it, Plus::Itself)).collect()
        }
        "path json" => serde_json::from_str(&decoded(segment(uri.path())?, Plus::Itself)?).ok(),
        "header" => Some(
            header(request, "x-a")
                .into_iter()
                .map(|it| it.trim_matches([' ', '\t']).to_owned())
                .collect(),
        ),
        "header simple" => {
            let parts = header(request, "x-a").into_iter().flat_map(|it| {
                it.split(',').map(|it| it.trim_matches([' ', '\t']).to_owned()).collect::<Vec<_>>()
            });
            Some(parts.collect())
        }
        "header json" => serde_json::from_str(header(request, "x-a").first()?).ok(),
        "cookie" => {
            Some(cookies(request)?.into_iter().filter(|it| it.0 == "a").map(|it| it.1).collect())
        }
        "form" | "form map" => form(style, name, std::str::from_utf8(request.body()).ok()?),
        _ => None,
    }
}

/// Returns whether the neighbours of the parameter are as they were put in, and nothing else is there.
pub(super) fn is_whole(style: &str, request: &Request<Bytes>) -> bool {
    let query = pairs(request.uri().query().unwrap_or_default());
    let queries = query.first() == Some(&("before", "1")) && query.last() == Some(&("behind", "2"));
    let cookies = cookies(request).unwrap_or_default();
    let is_pair = |it: Option<&(String, String)>, name: &str, value: &str| {
        it.is_some_and(|it| it.0 == name && it.1 == value)
    };
    let crumbs = is_pair(cookies.first(), "before", "1") && is_pair(cookies.last(), "behind", "2");
    let n_cookies = cookies.len() <= if style == "cookie" { 3 } else { 2 };
    let path = request.uri().path();
    let path = if style.starts_with("path") { segment(path).is_some() } else { path == "/v1/a" };
    queries && crumbs && n_cookies && path && request.uri().host() == Some("example.com")
}

/// Returns the segment between `/v1/a/` and `/z`, where it is one.
fn segment(path: &str) -> Option<&str> {
    path.strip_prefix("/v1/a/")?.strip_suffix("/z").filter(|it| !it.contains('/'))
}

fn pairs(query: &str) -> Vec<(&str, &str)> {
    let parts = query.split('&').filter(|it| !it.is_empty());
    parts.map(|it| it.split_once('=').unwrap_or((it, ""))).collect()
}

fn header<'a>(request: &'a Request<Bytes>, name: &str) -> Vec<&'a str> {
    request.headers().get_all(name).iter().filter_map(|it| it.to_str().ok()).collect()
}

fn cookies(request: &Request<Bytes>) -> Option<Vec<(String, String)>> {
    let all = header(request, "cookie");
    let pairs = all.first()?.split("; ").map(|it| it.split_once('='));
    pairs.map(|it| it.map(|(name, value)| (name.to_owned(), value.to_owned()))).collect()
}

fn form(style: &str, name: &str, body: &str) -> Option<Vec<String>> {
    let mut acc = Vec::new();
    for (n, (key, value)) in pairs(body).into_iter().enumerate() {
        let expected = if style == "form" { name.to_owned() } else { format!("{n}{name}") };
        if decoded(key, Plus::Space)? != expected {
            return None;
        }
        acc.push(decoded(value, Plus::Space)?);
    }
    Some(acc)
}

/// What `+` means: a space in a form, itself in a URI.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Plus {
    Itself,
    Space,
}

/// Undoes percent-encoding; none where a `%` is no escape, or the bytes are no text.
fn decoded(text: &str, plus: Plus) -> Option<String> {
    let mut acc = Vec::with_capacity(text.len());
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        acc.push(match byte {
            b'%' => {
                let (high, low) = (bytes.next()?, bytes.next()?);
                let digit = |it: u8| char::from(it).to_digit(16);
                u8::try_from(digit(high)? * 16 + digit(low)?).ok()?
            }
            b'+' if plus == Plus::Space => b' ',
            _ => byte,
        });
    }
    String::from_utf8(acc).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_of_styles_is_read() {
        // OpenAPI 3.0.4, style examples: the array of `blue`, `black`, `brown`.
        let read = |style: &str, query: &str| {
            let uri = format!("https://example.com/v1/a?before=1&{query}&behind=2");
            let request = Request::builder().uri(uri).body(Bytes::new()).unwrap();
            values(style, "color", &request)
        };
        let expected = Some(vec!["blue".to_owned(), "black".to_owned(), "brown".to_owned()]);
        assert_eq!(read("query form", "color=blue,black,brown"), expected);
        assert_eq!(read("query form exploded", "color=blue&color=black&color=brown"), expected);
        assert_eq!(read("query spaceDelimited", "color=blue%20black%20brown"), expected);
        assert_eq!(read("query pipeDelimited", "color=blue%7Cblack%7Cbrown"), expected);
        assert_ne!(read("query form", "color=blue%2Cblack,brown"), expected);
    }

    #[test]
    fn escapes_are_undone_once() {
        assert_eq!(decoded("a%2Bb+c%25%C3%A4", Plus::Itself).as_deref(), Some("a+b+c%\u{e4}"));
        assert_eq!(decoded("a%2Bb+c", Plus::Space).as_deref(), Some("a+b c"));
        assert_eq!(decoded("%", Plus::Itself), None);
        assert_eq!(decoded("%ff", Plus::Itself), None);
    }
}
