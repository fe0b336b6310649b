//! Encodes query parameters (RFC 3986 section 3.4; a space is `%20`).

use serde::Serialize;

use super::{Parameter, RequestBuilder, RequestError};
use crate::encode::{push_component, push_reserved};
use crate::wipe::WipedBuffer;

/// How a list is written in a query.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ListStyle {
    /// `a=1&a=2` (`form`, exploded).
    Repeated,
    /// `a=1,2` (`form`).
    Comma,
    /// `a=1%202` (`spaceDelimited`).
    Space,
    /// `a=1%7C2` (`pipeDelimited`).
    Pipe,
}

/// Which characters of a value are encoded.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Characters {
    /// All but the unreserved ones.
    Encoded,
    /// Those that are neither unreserved nor reserved (`allowReserved`).
    Reserved,
}

impl RequestBuilder {
    /// Adds a query parameter; a list repeats its name (`form`, exploded), an absent value adds nothing.
    pub fn query(&mut self, name: &str, value: &dyn Parameter) {
        match value.as_text() {
            Some(text) => self.target.push_pair(name, text),
            None => value.each(&mut |text| self.push_query(name, text, Characters::Encoded)),
        }
    }

    /// Adds a scalar or a list, leaving reserved characters and what is percent-encoded already as they are
    /// (`allowReserved`, RFC 6570 §3.2.3).
    ///
    /// The characters that no query holds or that delimit one are encoded all the same: `[`, `]`, `#`, `&`
    /// and `+` (OpenAPI 3.0.4 §4.8.12.1.3), and the delimiter of a list inside of a value.
    pub fn query_reserved(&mut self, name: &str, value: &dyn Parameter, style: ListStyle) {
        self.add_list(name, value, (style, Characters::Reserved));
    }

    /// Adds a list; an empty one adds nothing.
    ///
    /// A comma inside a value is encoded. The other two delimiters are themselves
    /// sent encoded, so that a value that holds one could not be told from two
    /// values, and OpenAPI 3.0.4 leaves that to the caller: [`build`](Self::build) refuses it.
    pub fn query_list(&mut self, name: &str, value: &dyn Parameter, style: ListStyle) {
        self.add_list(name, value, (style, Characters::Encoded));
    }

    fn add_list(
        &mut self,
        name: &str,
        value: &dyn Parameter,
        (style, characters): (ListStyle, Characters),
    ) {
        let delimiter = match style {
            ListStyle::Repeated => {
                return value.each(&mut |text| self.push_query(name, text, characters));
            }
            ListStyle::Comma => ",",
            ListStyle::Space => "%20",
            ListStyle::Pipe => "%7C",
        };
        let mut is_first = true;
        value.each(&mut |text| {
            let is_first = std::mem::take(&mut is_first);
            self.push_element(name, text, (is_first, delimiter, characters));
        });
    }

    /// Adds texts as one value; none add nothing.
    pub(super) fn push_joined<'a>(
        &mut self,
        name: &str,
        texts: impl Iterator<Item = &'a str>,
        (delimiter, characters): (&'static str, Characters),
    ) {
        for (index, text) in texts.enumerate() {
            self.push_element(name, &text, (index == 0, delimiter, characters));
        }
    }

    fn push_element(
        &mut self,
        name: &str,
        text: &dyn std::fmt::Display,
        (is_first, delimiter, characters): (bool, &'static str, Characters),
    ) {
        if is_first {
            self.target.push_name(name);
        } else {
            self.target.query().push_str(delimiter);
        }
        let start = self.target.query().len();
        self.push_text(text, characters);
        let query = self.target.query();
        if !query[start..].contains(delimiter) {
            return;
        }
        if delimiter == "," {
            // A comma, which is reserved, and so left as it is.
            let text = query[start..].replace(',', "%2C");
            query.truncate(start);
            query.push_str(&text);
        } else {
            self.fail(RequestError::QueryDelimiter { name: name.into() });
        }
    }

    /// Adds `name=text`.
    pub(super) fn push_query(
        &mut self,
        name: &str,
        text: &dyn std::fmt::Display,
        characters: Characters,
    ) {
        self.target.push_name(name);
        self.push_text(text, characters);
    }

    fn push_text(&mut self, text: &dyn std::fmt::Display, characters: Characters) {
        match characters {
            Characters::Encoded => push_component(self.target.query(), text),
            Characters::Reserved => push_reserved(self.target.query(), text),
        }
    }

    /// Adds a parameter whose value is JSON (`content: application/json`), if there is one.
    pub fn query_json<T: Serialize + ?Sized>(&mut self, name: &str, value: Option<&T>) {
        let Some(value) = value else { return };
        let mut json = WipedBuffer::new();
        let written = serde_json::to_writer(&mut json, value).ok();
        match written.and_then(|()| std::str::from_utf8(json.as_ref()).ok()) {
            Some(json) => self.query(name, &json),
            None => self.fail(RequestError::QueryParameter { name: name.into() }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::get;
    use super::*;

    fn query(add: impl FnOnce(&mut RequestBuilder)) -> Option<String> {
        let mut request = get();
        add(&mut request);
        request.build().unwrap().uri().query().map(str::to_owned)
    }

    #[test]
    fn names_and_values_are_encoded() {
        let sent = query(|request| {
            request.query("a", &"x y&z=1+2");
            request.query("filter[x]", &true);
            request.query("", &"");
            request.query("none", &None::<i32>);
            request.query("list", &Some(vec![1, 2]));
        });
        let expected = "a=x%20y%26z%3D1%2B2&filter%5Bx%5D=true&=&list=1&list=2";
        assert_eq!(sent.unwrap(), expected);
    }

    #[test]
    fn lists() {
        let cases = [
            (ListStyle::Repeated, ["a,b", "c d", "e|f"], "q=a%2Cb&q=c%20d&q=e%7Cf"),
            (ListStyle::Comma, ["a,b", "c d", "e|f"], "q=a%2Cb,c%20d,e%7Cf"),
            (ListStyle::Space, ["a,b", "c", "e|f"], "q=a%2Cb%20c%20e%7Cf"),
            (ListStyle::Pipe, ["a,b", "c d", "e"], "q=a%2Cb%7Cc%20d%7Ce"),
        ];
        for (style, values, expected) in cases {
            let sent = query(|request| request.query_list("q", &values.as_slice(), style));
            assert_eq!(sent.unwrap(), expected);
            let none = query(|request| request.query_list("q", &Vec::<String>::new(), style));
            assert_eq!(none, None);
        }
    }

    #[test]
    fn reserved_characters_are_left_where_the_document_says_so() {
        // RFC 6570 §3.2.3 without what delimits a query (OpenAPI 3.0.4 §4.8.12.1.3).
        let sent = query(|request| {
            let value = "a:/?@!$'()*,;=b [#]&+ %20%zz\u{e4}";
            request.query_reserved("q", &value, ListStyle::Repeated);
            request.query_reserved("l", &vec!["a,b", "/c"], ListStyle::Comma);
        });
        let expected = "q=a:/?@!$'()*,;=b%20%5B%23%5D%26%2B%20%20%25zz%C3%A4&l=a%2Cb,/c";
        assert_eq!(sent.unwrap(), expected);
        let mut request = get();
        request.query_reserved("q", &vec!["a", "%7C"], ListStyle::Pipe);
        assert!(request.build().is_err());
    }

    #[test]
    fn a_value_cannot_become_two() {
        for (style, value) in [
            (ListStyle::Space, "c d"),
            (ListStyle::Space, " c"),
            (ListStyle::Pipe, "e|f"),
            (ListStyle::Pipe, "|"),
        ] {
            let mut request = get();
            request.query_list("q", &vec!["a", value], style);
            let error = request.build().unwrap_err();
            assert_eq!(error, RequestError::QueryDelimiter { name: "q".into() });
            assert!(!error.to_string().contains(value), "{error}");
        }
        // What only looks like the encoded delimiter has its `%` encoded.
        let sent = query(|request| {
            request.query_list("q", &vec!["%20", "%7C"], ListStyle::Space);
        });
        assert_eq!(sent.unwrap(), "q=%2520%20%257C");
    }

    #[test]
    fn json_values() {
        let sent = query(|request| {
            request.query_json("f", Some(&[("a", 1)]));
            request.query_json("g", None::<&str>);
        });
        assert_eq!(sent.unwrap(), "f=%5B%5B%22a%22%2C1%5D%5D");
        let unserializable = std::collections::BTreeMap::from([((1, 2), 3)]);
        let mut request = get();
        request.query_json("f", Some(&unserializable));
        let error = request.build().unwrap_err();
        assert_eq!(error, RequestError::QueryParameter { name: "f".into() });
    }
}
