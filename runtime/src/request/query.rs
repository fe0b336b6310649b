//! Turns query parameters into a query (RFC 3986 section 3.4; a space is `%20`).

use std::fmt::Display;

use serde::Serialize;

use super::{RequestBuilder, RequestError};
use crate::encode::{component, push_component};
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

impl RequestBuilder {
    /// Adds a query parameter.
    pub fn query(&mut self, name: &str, value: &dyn Display) {
        self.push_name(name);
        push_component(&mut self.query, value);
    }

    /// Adds a list. Delimiters inside values are encoded; an empty list adds nothing.
    pub fn query_list<V: Display>(
        &mut self,
        name: &str,
        values: impl IntoIterator<Item = V>,
        style: ListStyle,
    ) {
        let delimiter = match style {
            ListStyle::Repeated => {
                values.into_iter().for_each(|value| self.query(name, &value));
                return;
            }
            ListStyle::Comma => ",",
            ListStyle::Space => "%20",
            ListStyle::Pipe => "%7C",
        };
        for (n, value) in values.into_iter().enumerate() {
            if n == 0 {
                self.push_name(name);
            } else {
                self.query.push_str(delimiter);
            }
            push_component(&mut self.query, &value);
        }
    }

    /// Adds a parameter whose value is JSON (`content: application/json`).
    pub fn query_json(
        &mut self,
        name: &str,
        value: &(impl Serialize + ?Sized),
    ) -> Result<(), RequestError> {
        let failed = || RequestError::QueryParameter { name: name.into() };
        let mut json = WipedBuffer::new();
        serde_json::to_writer(&mut json, value).map_err(|_| failed())?;
        let json = std::str::from_utf8(json.as_ref()).map_err(|_| failed())?;
        self.query(name, &json);
        Ok(())
    }

    fn push_name(&mut self, name: &str) {
        if !self.query.is_empty() {
            self.query.push('&');
        }
        self.query.push_str(&component(&name));
        self.query.push('=');
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
        });
        assert_eq!(sent.unwrap(), "a=x%20y%26z%3D1%2B2&filter%5Bx%5D=true&=");
    }

    #[test]
    fn lists() {
        let cases = [
            (ListStyle::Repeated, "q=a%2Cb&q=c%20d&q=e%7Cf"),
            (ListStyle::Comma, "q=a%2Cb,c%20d,e%7Cf"),
            (ListStyle::Space, "q=a%2Cb%20c%20d%20e%7Cf"),
            (ListStyle::Pipe, "q=a%2Cb%7Cc%20d%7Ce%7Cf"),
        ];
        for (style, expected) in cases {
            let sent = query(|request| request.query_list("q", ["a,b", "c d", "e|f"], style));
            assert_eq!(sent.unwrap(), expected);
            assert_eq!(query(|request| request.query_list("q", [""; 0], style)), None);
        }
    }

    #[test]
    fn json_values() {
        let sent = query(|request| request.query_json("f", &[("a", 1)]).unwrap());
        assert_eq!(sent.unwrap(), "f=%5B%5B%22a%22%2C1%5D%5D");
        let unserializable = std::collections::BTreeMap::from([((1, 2), 3)]);
        let error = get().query_json("f", &unserializable).unwrap_err();
        assert_eq!(error, RequestError::QueryParameter { name: "f".into() });
    }
}
