//! The media type of a response, and which of the declared ones it is.

use http::HeaderMap;
use http::header::CONTENT_TYPE;

/// A media type as it is written: `text/csv; charset=utf-8`.
#[derive(Clone, Copy)]
pub(crate) struct MediaType<'a> {
    ty: &'a str,
    subtype: &'a str,
    parameters: &'a str,
}

/// How well a declared media type describes a received one; the greatest is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Fit {
    /// The rank of what stands before the parameters (RFC 9110 section 12.5.1).
    precedence: Precedence,
    /// 1 and the number of declared parameters, or 0 where the response leaves some of them out.
    n_parameters: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Precedence {
    /// `*/*`
    All,
    /// `text/*`
    Type,
    /// `application/*+json`
    Suffix,
    /// `text/csv`
    Exact,
}

impl<'a> MediaType<'a> {
    /// Reads a media type; a text without a subtype is none.
    pub(crate) fn read(text: &'a str) -> Option<Self> {
        let (essence, parameters) = text.split_once(';').unwrap_or((text, ""));
        let (ty, subtype) = essence.split_once('/')?;
        let (ty, subtype) = (ty.trim(), subtype.trim());
        (!ty.is_empty() && !subtype.is_empty()).then_some(Self { ty, subtype, parameters })
    }

    /// Returns the value of a parameter, without its quotes.
    pub(crate) fn parameter(&self, name: &str) -> Option<&'a str> {
        self.parameters().find(|(it, _)| it.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    }

    /// A quoted value with a `;` is read as two: no media type has one.
    fn parameters(&self) -> impl Iterator<Item = (&'a str, &'a str)> + use<'a> {
        self.parameters.split(';').filter_map(|it| {
            let (name, value) = it.split_once('=')?;
            Some((name.trim(), value.trim().trim_matches('"')))
        })
    }

    /// Returns whether this, a declared media type, describes a received one.
    pub(crate) fn describes(&self, received: &MediaType<'_>) -> bool {
        self.fit(received).is_some()
    }

    /// Returns how this, a declared media type, describes a received one.
    fn fit(&self, received: &MediaType<'_>) -> Option<Fit> {
        let is = |declared: &str, received: &str| declared.eq_ignore_ascii_case(received);
        if self.ty != "*" && !is(self.ty, received.ty) {
            return None;
        }
        let precedence = match self.subtype.strip_prefix('*') {
            Some("") if self.ty == "*" => Precedence::All,
            Some("") => Precedence::Type,
            Some(suffix) => {
                let at = received.subtype.len().saturating_sub(suffix.len());
                let has_suffix = received.subtype.get(at..).is_some_and(|it| is(suffix, it));
                // `application/*+json` has JSON itself among what it describes.
                let is_base = suffix.strip_prefix('+').is_some_and(|it| is(it, received.subtype));
                (has_suffix || is_base).then_some(Precedence::Suffix)?
            }
            None => is(self.subtype, received.subtype).then_some(Precedence::Exact)?,
        };
        let (mut n_parameters, mut is_complete) = (1, true);
        // The charset is how a text is written, not which of several it is.
        for (name, value) in self.parameters().filter(|(name, _)| !is(name, "charset")) {
            match received.parameter(name) {
                Some(it) if is(value, it) => n_parameters += 1,
                Some(_) => return None,
                None => is_complete = false,
            }
        }
        Some(Fit { precedence, n_parameters: if is_complete { n_parameters } else { 0 } })
    }
}

/// Returns which of several bodies a response has, each declared with its media types: the one whose
/// media type is the most specific of those that describe the received one.
///
/// A response without a media type is taken for bytes (RFC 9110 section 8.3), or, where none are
/// declared, for the first.
pub(crate) fn choose<'d>(
    headers: &HeaderMap,
    declared: impl Iterator<Item = &'d [&'d str]> + Clone,
) -> Option<usize> {
    match headers.get(CONTENT_TYPE) {
        Some(value) => choose_for(Some(value.to_str().ok()?), declared),
        None => choose_for(None, declared),
    }
}

/// Like [`choose`], for a media type.
pub(crate) fn choose_for<'d>(
    media_type: Option<&str>,
    declared: impl Iterator<Item = &'d [&'d str]> + Clone,
) -> Option<usize> {
    match media_type {
        Some(media_type) => best(&MediaType::read(media_type)?, declared),
        None => {
            let bytes = MediaType { ty: "application", subtype: "octet-stream", parameters: "" };
            best(&bytes, declared.clone()).or_else(|| declared.clone().next().map(|_| 0))
        }
    }
}

fn best<'d>(
    received: &MediaType<'_>,
    declared: impl Iterator<Item = &'d [&'d str]>,
) -> Option<usize> {
    let mut best: Option<(Fit, usize)> = None;
    for (index, media_types) in declared.enumerate() {
        let fits = media_types.iter().filter_map(|it| MediaType::read(it)?.fit(received));
        let Some(fit) = fits.max() else { continue };
        if best.is_none_or(|(other, _)| fit > other) {
            best = Some((fit, index));
        }
    }
    best.map(|(_, index)| index)
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    /// Returns which of the declared media types a received one is.
    fn chosen<'d>(declared: &[&'d str], received: Option<&str>) -> Option<&'d str> {
        let mut headers = HeaderMap::new();
        if let Some(received) = received {
            headers.insert(CONTENT_TYPE, HeaderValue::from_str(received).unwrap());
        }
        let lists: Vec<[&str; 1]> = declared.iter().map(|it| [*it]).collect();
        choose(&headers, lists.iter().map(|it| &it[..])).map(|index| declared[index])
    }

    #[test]
    fn the_most_specific_describes_a_response() {
        let declared = ["*/*", "text/*", "application/*+json", "text/html", "text/html;level=1"];
        for (received, expected) in [
            ("text/html;level=1", "text/html;level=1"),
            ("text/html", "text/html"),
            ("TEXT/Html; charset=utf-8", "text/html"),
            ("text/html;level=3", "text/html"),
            ("text/plain", "text/*"),
            ("application/problem+json", "application/*+json"),
            ("application/json", "application/*+json"),
            ("application/jsonx", "*/*"),
            ("image/png", "*/*"),
        ] {
            assert_eq!(chosen(&declared, Some(received)), Some(expected), "{received}");
        }
    }

    #[test]
    fn what_is_not_declared_is_none() {
        let declared = ["application/json", "text/csv"];
        for received in ["text/html", "application/problem+json", "json", "", "text/", "/csv"] {
            assert_eq!(chosen(&declared, Some(received)), None, "{received}");
        }
    }

    #[test]
    fn parameters_tell_versions_apart() {
        let declared = ["application/json;v=1", "application/json; v=\"2\""];
        for (received, expected) in [
            ("application/json;v=1", Some(declared[0])),
            ("application/json; charset=utf-8; V=2", Some(declared[1])),
            ("application/json", Some(declared[0])),
            ("application/json;v=3", None),
        ] {
            assert_eq!(chosen(&declared, Some(received)), expected, "{received}");
        }
        let with_charset = ["text/plain; charset=utf-8", "text/csv"];
        assert_eq!(
            chosen(&with_charset, Some("text/plain; charset=latin1")),
            Some(with_charset[0])
        );
    }

    #[test]
    fn without_a_media_type_it_is_bytes_or_the_first() {
        let json = "application/json";
        assert_eq!(chosen(&[json, "text/csv"], None), Some(json));
        assert_eq!(
            chosen(&[json, "application/octet-stream"], None),
            Some("application/octet-stream")
        );
        assert_eq!(chosen(&[json, "*/*"], None), Some("*/*"));
        assert_eq!(chosen(&[], None), None);
    }
}
