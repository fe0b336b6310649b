//! Turns parameter values into percent-encoded text (RFC 3986 section 2.1).

use std::fmt::{Display, Write as _};

use serde::Serialize;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::request::RequestError;

/// Everything but the unreserved characters of RFC 3986 section 2.3.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// Encodes a value as one segment of a path.
///
/// An empty value, `.` and `..` are refused: each would reach another path than the one meant, and
/// encoding the dots does not help, since servers decode before they resolve.
pub fn path_segment(name: &'static str, value: &dyn Display) -> Result<String, RequestError> {
    checked(name, component(value))
}

/// Encodes a list as one segment of a path, the values separated by commas (OpenAPI style `simple`).
/// A comma inside a value is encoded.
pub fn path_list<V: Display>(
    name: &'static str,
    values: impl IntoIterator<Item = V>,
) -> Result<String, RequestError> {
    let values: Vec<String> = values.into_iter().map(|value| component(&value)).collect();
    checked(name, values.join(","))
}

/// Encodes a value as JSON text in one segment of a path (OpenAPI `content`).
pub fn path_json<V: Serialize + ?Sized>(
    name: &'static str,
    value: &V,
) -> Result<String, RequestError> {
    let text = serde_json::to_string(value).map_err(|_| RequestError::PathParameter { name })?;
    checked(name, component(&text))
}

/// Encodes a value for any place in a URL: only letters, digits and `-._~` stay as they are.
pub fn component(value: &dyn Display) -> String {
    let mut acc = String::new();
    push_component(&mut acc, value);
    acc
}

pub(crate) fn push_component(acc: &mut String, value: &dyn Display) {
    // Writing to a `String` fails only if the value's own `Display` does.
    let _ = write!(Encoder(acc), "{value}");
}

/// Encodes a text for any place in a URL, piece by piece: slices of it and escapes.
pub(crate) fn pieces(text: &str) -> impl Iterator<Item = &str> {
    utf8_percent_encode(text, RESERVED)
}

/// Returns whether a path has a segment `.` or `..`, plain or encoded.
pub(crate) fn has_dot_segment(path: &str) -> bool {
    path.split('/').any(|segment| {
        let bytes: Vec<u8> = percent_encoding::percent_decode_str(segment).take(3).collect();
        bytes == b"." || bytes == b".."
    })
}

fn checked(name: &'static str, segment: String) -> Result<String, RequestError> {
    match segment.as_str() {
        "" | "." | ".." => Err(RequestError::PathParameter { name }),
        _ => Ok(segment),
    }
}

/// Encodes what is written to it.
struct Encoder<'a>(&'a mut String);

impl std::fmt::Write for Encoder<'_> {
    fn write_str(&mut self, text: &str) -> std::fmt::Result {
        self.0.extend(utf8_percent_encode(text, RESERVED));
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn only_unreserved_characters_stay() {
        // RFC 3986 sections 2.2 and 2.3.
        let unreserved = "ABCXYZabcxyz0189-._~";
        assert_eq!(component(&unreserved), unreserved);
        assert_eq!(
            component(&":/?#[]@!$&'()*+,;="),
            "%3A%2F%3F%23%5B%5D%40%21%24%26%27%28%29%2A%2B%2C%3B%3D"
        );
        assert_eq!(component(&"a b%\u{e4}\0"), "a%20b%25%C3%A4%00");
    }

    #[test]
    fn segments_that_would_move_the_path_are_refused() {
        for value in ["", ".", ".."] {
            let error = path_segment("id", &value).unwrap_err();
            assert_eq!(error, RequestError::PathParameter { name: "id" });
        }
        assert_eq!(path_segment("id", &"...").unwrap(), "...");
        assert_eq!(path_segment("id", &"../x").unwrap(), "..%2Fx");
        assert_eq!(path_segment("id", &"%2e%2e").unwrap(), "%252e%252e");
        assert_eq!(path_segment("id", &42).unwrap(), "42");
    }

    #[test]
    fn json_is_one_segment() {
        assert_eq!(path_json("filter", &["a/b"]).unwrap(), "%5B%22a%2Fb%22%5D");
    }

    #[test]
    fn lists_keep_their_commas_apart() {
        assert_eq!(path_list("ids", ["a,b", "c"]).unwrap(), "a%2Cb,c");
        assert!(path_list("ids", Vec::<String>::new()).is_err());
        assert!(path_list("ids", [".."]).is_err());
    }

    proptest! {
        #[test]
        fn a_segment_decodes_to_the_value_and_stays_one_segment(value in ".{1,40}") {
            prop_assume!(value != "." && value != "..");
            let segment = path_segment("id", &value).unwrap();
            prop_assert!(segment.bytes().all(|b| b.is_ascii_alphanumeric() || b"-._~%".contains(&b)));
            let decoded = percent_encoding::percent_decode_str(&segment).decode_utf8().unwrap();
            prop_assert_eq!(decoded, value);
        }
    }
}
