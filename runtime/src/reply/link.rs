//! The header `Link` (RFC 8288), in which some APIs name the next page of a list.

use std::borrow::Cow;

use http::HeaderMap;
use http::header::LINK;

use super::Reply;

impl<T> Reply<T> {
    /// Returns the target of the link to the next page (`Link: <…>; rel="next"`), as the server wrote it:
    /// absolute or relative.
    ///
    /// The server chooses it, so do not send credentials there unseen; see
    /// [`next_link_parameter`](Self::next_link_parameter).
    pub fn next_link(&self) -> Option<&str> {
        target(self.headers(), "next")
    }

    /// Returns a query parameter of the link to the next page, decoded. Set it in the operation to get that
    /// page: so the request goes to the client's own server, whatever the link says.
    pub fn next_link_parameter(&self, name: &str) -> Option<String> {
        parameter_of(self.next_link()?, name)
    }
}

/// Returns a query parameter of a URL, decoded.
pub(crate) fn parameter_of(url: &str, name: &str) -> Option<String> {
    let url = url.split_once('#').map_or(url, |(before, _)| before);
    let (_, query) = url.split_once('?')?;
    let mut all = form_urlencoded::parse(query.as_bytes());
    all.find(|(it, _)| it == name).map(|(_, value)| Cow::into_owned(value))
}

/// Returns the target of the first link with a relation. A link with an anchor is about something else than
/// the response.
fn target<'a>(headers: &'a HeaderMap, relation: &str) -> Option<&'a str> {
    let values = headers.get_all(LINK).iter().filter_map(|value| value.to_str().ok());
    values.flat_map(Links).find(|link| link.has_relation(relation)).map(|link| link.target)
}

struct Link<'a> {
    target: &'a str,
    relations: Option<&'a str>,
    has_anchor: bool,
}

impl Link<'_> {
    fn has_relation(&self, relation: &str) -> bool {
        let mut relations = self.relations.unwrap_or_default().split_ascii_whitespace();
        !self.has_anchor && relations.any(|it| it.eq_ignore_ascii_case(relation))
    }
}

/// Reads the links of a value, by the algorithm of RFC 8288 appendix B.2.
struct Links<'a>(&'a str);

impl<'a> Iterator for Links<'a> {
    type Item = Link<'a>;

    fn next(&mut self) -> Option<Link<'a>> {
        let (_, rest) = self.0.split_once('<')?;
        let (target, mut rest) = rest.split_once('>')?;
        let mut link = Link { target: target.trim(), relations: None, has_anchor: false };
        while let Some(parameter) = rest.trim_start().strip_prefix(';') {
            let parameter = parameter.trim_start();
            let end = parameter.find(['=', ';', ',']).unwrap_or(parameter.len());
            let (name, after) = parameter.split_at(end);
            let (value, after) = match after.strip_prefix('=') {
                Some(value) => value_of(value.trim_start()),
                None => ("", after),
            };
            match name.trim() {
                name if name.eq_ignore_ascii_case("rel") => {
                    // Only the first counts (section 3.3).
                    link.relations.get_or_insert(value);
                }
                name => link.has_anchor |= name.eq_ignore_ascii_case("anchor"),
            }
            rest = after;
        }
        self.0 = rest.trim_start().strip_prefix(',').unwrap_or("");
        Some(link)
    }
}

/// Splits the value of a parameter from what follows it. A quoted one keeps its escapes: no relation has one.
fn value_of(text: &str) -> (&str, &str) {
    let Some(quoted) = text.strip_prefix('"') else {
        let end = text.find([';', ',']).unwrap_or(text.len());
        return (text[..end].trim_end(), &text[end..]);
    };
    let mut is_escaped = false;
    for (at, char) in quoted.char_indices() {
        match char {
            '"' if !is_escaped => return (&quoted[..at], &quoted[at + 1..]),
            '\\' => is_escaped = !is_escaped,
            _ => is_escaped = false,
        }
    }
    (quoted, "")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reply::RawReply;
    use bytes::Bytes;
    use http::Response;

    fn reply(links: &[&str]) -> Reply<()> {
        let builder = links.iter().fold(Response::builder(), |it, link| it.header(LINK, *link));
        RawReply::new(builder.body(Bytes::new()).unwrap()).into_empty()
    }

    /// The examples of RFC 8288 section 3.5, and what breaks simple readers of lists.
    #[test]
    fn the_next_link_is_found() {
        for (links, expected) in [
            (
                &[
                    r#"<http://example.com/TheBook/chapter2>; rel="previous"; title="previous chapter""#,
                ][..],
                None,
            ),
            (&[r#"</>; rel="http://example.net/foo""#], None),
            (
                &[
                    r#"</TheBook/chapter2>; rel="previous"; title*=UTF-8'de'letztes%20Kapitel, </TheBook/chapter4>; rel="next"; title*=UTF-8'de'n%c3%a4chstes%20Kapitel"#,
                ],
                Some("/TheBook/chapter4"),
            ),
            (&[r#"<http://example.org/>; rel="start http://example.net/relation/other""#], None),
            (&[r#"<https://example.org/>; rel="start next""#], Some("https://example.org/")),
            (&["</a>; rel=prev", "</b>;REL=Next"], Some("/b")),
            (&[r#"</a>; title="x, <b>; rel=next"; rel=prev"#], None),
            (&[r#"</a>; title="\"; rel=next"; rel=prev"#], None),
            (&[r##"</a>; rel=next; anchor="#part", </b>; rel=next"##], Some("/b")),
            (&["</a>; rel=prev; rel=next"], None),
            (&["</a>; preload; rel = next"], Some("/a")),
            (&["</a", "</a>; rel=", "nonsense, ;"], None),
            (&[], None),
        ] {
            assert_eq!(reply(links).next_link(), expected, "{links:?}");
        }
    }

    #[test]
    fn a_parameter_of_the_next_link() {
        let link = "<https://a.example/x?per_page=5&page=2&after=a%2Fb+c#page=9>; rel=\"next\"";
        let reply = reply(&[link]);
        for (name, expected) in
            [("page", Some("2")), ("after", Some("a/b c")), ("pag", None), ("rel", None)]
        {
            assert_eq!(reply.next_link_parameter(name).as_deref(), expected, "{name}");
        }
    }
}
