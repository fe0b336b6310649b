//! Fills the parameters of a path template with percent-encoded segments (RFC 3986 section 3.3).

use serde::Serialize;

use super::{Parameter, RequestBuilder, RequestError};
use crate::encode::{component, has_dot_segment, push_component, push_reserved_in_path};

/// How a value is written in a path (OpenAPI 3.0.4 §4.8.12.2, RFC 6570 §3.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PathStyle {
    /// `blue,black`; of an object `R,100,G,200`.
    Simple,
    /// `blue,black`; of an object `R=100,G=200`.
    SimpleExploded,
    /// `.blue,black`; of an object `.R,100,G,200`.
    Label,
    /// `.blue.black`; of an object `.R=100.G=200`.
    LabelExploded,
    /// `;color=blue,black`; of an object `;color=R,100,G,200`.
    Matrix,
    /// `;color=blue;color=black`; of an object `;R=100;G=200`.
    MatrixExploded,
}

impl RequestBuilder {
    /// Sets the path parameter `{name}` of the template; a list is separated by commas (OpenAPI style
    /// `simple`), and a comma inside a value is encoded.
    ///
    /// An empty value, `.` and `..` are refused, since each would lead to another path. Encoding the dots
    /// does not help, since servers decode before they resolve.
    pub fn path(&mut self, name: &str, value: &dyn Parameter) {
        let is_filled = self.target.fill(name, &|slot| {
            if let Some(text) = value.as_text() {
                return slot.push_encoded(text);
            }
            let mut is_first = true;
            value.each(&mut |text| {
                if !std::mem::take(&mut is_first) {
                    slot.push(",");
                }
                slot.push_component(text);
            });
        });
        if !is_filled {
            self.fail(RequestError::PathParameter { name: name.into() });
        }
    }

    /// Sets a path parameter whose value can hold several segments: reserved characters and
    /// percent-encoded triplets are sent as they are, but for `?` and `#`, which would end the path (RFC
    /// 6570 §3.2.3; `allowReserved` of OpenAPI 3.2).
    ///
    /// What [`path`](Self::path) refuses is refused here, too, in any of the segments.
    pub fn path_reserved(&mut self, name: &str, value: &dyn Parameter) {
        let (mut in_path, mut in_query) = (String::new(), String::new());
        let mut is_first = true;
        value.each(&mut |text| {
            if !std::mem::take(&mut is_first) {
                in_path.push(',');
                in_query.push(',');
            }
            push_reserved_in_path(&mut in_path, text);
            push_component(&mut in_query, text);
        });
        if has_dot_segment(&in_path) {
            return self.fail(RequestError::PathParameter { name: name.into() });
        }
        self.fill_both(name, (&in_path, &in_query));
    }

    /// Sets a path parameter to a scalar or a list in a style of its own. What [`path`](Self::path) refuses
    /// is refused here, too.
    pub fn path_styled(&mut self, name: &str, value: &dyn Parameter, style: PathStyle) {
        let mut acc = String::new();
        let mut is_first = true;
        value.each(&mut |text| {
            let is_first = std::mem::take(&mut is_first);
            match style {
                PathStyle::Label if is_first => acc.push('.'),
                PathStyle::LabelExploded => acc.push('.'),
                PathStyle::Matrix | PathStyle::MatrixExploded
                    if is_first || style == PathStyle::MatrixExploded =>
                {
                    acc.push(';');
                    acc.push_str(&component(&name));
                    // RFC 6570 §3.2.7: `;x` where the value is empty.
                    let start = acc.len();
                    push_component(&mut acc, text);
                    if acc.len() > start {
                        acc.insert(start, '=');
                    }
                    return;
                }
                PathStyle::Simple | PathStyle::SimpleExploded if is_first => {}
                _ => acc.push(','),
            }
            push_component(&mut acc, text);
        });
        self.fill(name, &acc);
    }

    /// Sets the path parameter `{name}` of the template to a value as JSON text (OpenAPI `content`).
    pub fn path_json(&mut self, name: &str, value: &(impl Serialize + ?Sized)) {
        match serde_json::to_string(value) {
            Ok(text) => self.fill(name, &component(&text)),
            Err(_) => self.fail(RequestError::PathParameter { name: name.into() }),
        }
    }

    /// Puts an encoded value, which has no braces, in place of a parameter.
    pub(super) fn fill(&mut self, name: &str, value: &str) {
        self.fill_both(name, (value, value));
    }

    /// Puts encoded values in place of a parameter, in the path and in the query behind it.
    fn fill_both(&mut self, name: &str, (in_path, in_query): (&str, &str)) {
        let is_in_path = self.target.fill_path(name, &|slot| slot.push(in_path)).is_some();
        let is_in_query = self.target.fill_fixed_query(name, &|slot| slot.push(in_query)).is_some();
        if matches!(in_path, "" | "." | "..") || !(is_in_path || is_in_query) {
            self.fail(RequestError::PathParameter { name: name.into() });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::client::tests::core;
    use http::Method;
    use proptest::prelude::*;

    fn path(
        template: &str,
        fill: impl FnOnce(&mut RequestBuilder),
    ) -> Result<String, RequestError> {
        let mut request = core(&[]).request(Method::GET, template);
        fill(&mut request);
        let path = request.build()?.uri().path().to_owned();
        Ok(path.strip_prefix("/v1").unwrap().to_owned())
    }

    fn one(value: &dyn Parameter) -> Result<String, RequestError> {
        path("/a/{id}", |it| it.path("id", value))
    }

    fn failed(name: &str) -> RequestError {
        RequestError::PathParameter { name: name.into() }
    }

    #[test]
    fn parameters_are_filled_wherever_they_stand() {
        let sent = path("/{b}/{a}.{b}/x{a}", |it| {
            it.path("a", &"{b}");
            it.path("b", &2);
        });
        assert_eq!(sent.unwrap(), "/2/%7Bb%7D.2/x%7Bb%7D");
    }

    #[test]
    fn a_parameter_that_is_not_there_is_an_error() {
        assert_eq!(path("/{a}/{b c}", |it| it.path("a", &1)), Err(failed("b c")));
        assert_eq!(path("/{a}", |it| it.path("b", &1)), Err(failed("b")));
        assert_eq!(path("/{a}", |it| it.path("a", &None::<i32>)), Err(failed("a")));
        assert_eq!(path("/{a", |_| {}), Err(RequestError::Url));
    }

    #[test]
    fn segments_that_would_move_the_path_are_refused() {
        for value in ["", ".", ".."] {
            assert_eq!(one(&value), Err(failed("id")));
            assert_eq!(one(&vec![value]), Err(failed("id")));
        }
        assert_eq!(one(&"...").unwrap(), "/a/...");
        assert_eq!(one(&"../x").unwrap(), "/a/..%2Fx");
        assert_eq!(one(&"%2e%2e").unwrap(), "/a/%252e%252e");
        assert_eq!(one(&42).unwrap(), "/a/42");
    }

    #[test]
    fn json_is_one_segment() {
        let sent = path("/a/{id}", |it| it.path_json("id", &["a/b"]));
        assert_eq!(sent.unwrap(), "/a/%5B%22a%2Fb%22%5D");
        let unserializable = std::collections::BTreeMap::from([((1, 2), 3)]);
        assert_eq!(path("/{id}", |it| it.path_json("id", &unserializable)), Err(failed("id")));
    }

    #[test]
    fn lists_keep_their_commas_apart() {
        assert_eq!(one(&vec!["a,b", "c"]).unwrap(), "/a/a%2Cb,c");
        assert_eq!(one(&Vec::<String>::new()), Err(failed("id")));
    }

    #[test]
    fn a_value_of_several_segments_keeps_its_slashes() {
        let sent = |value: &str| path("/a/{id}:run", |it| it.path_reserved("id", &value));
        // RFC 6570 §3.2.3: `{+path}` with `/foo/bar`; `here?ref={+path}` with the same.
        assert_eq!(sent("/foo/bar").unwrap(), "/a//foo/bar:run");
        assert_eq!(
            sent("a:/@!$&'()*+,;=-._~ b%20%zz?#[]{}\u{e4}").unwrap(),
            "/a/a:/@!$&'()*+,;=-._~%20b%20%25zz%3F%23%5B%5D%7B%7D%C3%A4:run"
        );
        for value in ["", ".", "..", "a/../b", "a/%2e%2E/b", "a/./b", "../a"] {
            assert_eq!(sent(value), Err(failed("id")), "{value}");
        }
        let core = core(&[]);
        let mut request = RequestBuilder::of_operation(&core, Method::GET, "/a?b={id}&c=d", None);
        request.path_reserved("id", &"x&e=/");
        assert_eq!(request.build().unwrap().uri().query(), Some("b=x%26e%3D%2F&c=d"));
    }

    proptest! {
        #[test]
        fn a_segment_decodes_to_the_value_and_stays_one_segment(value in ".{1,40}") {
            prop_assume!(value != "." && value != "..");
            let sent = one(&value).unwrap();
            let segment = sent.strip_prefix("/a/").unwrap();
            prop_assert!(segment.bytes().all(|b| b.is_ascii_alphanumeric() || b"-._~%".contains(&b)));
            let decoded = percent_encoding::percent_decode_str(segment).decode_utf8().unwrap();
            prop_assert_eq!(decoded, value);
        }
    }
}
