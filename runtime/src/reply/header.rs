//! The response headers that a document declares, each read as its type.

use std::fmt;
use std::marker::PhantomData;

use http::HeaderMap;

use super::{ErrorReply, RawReply, Reply};
use crate::received::{AsReceived, OpenEnum};
use crate::secret::Secret;

/// A declared response header: its name, and the type of its value.
///
/// Generated crates have a constant for each header of the document, whichever operations declare it.
///
/// ```
/// use tamarack_runtime::{RawReply, ResponseHeader, http::Response};
///
/// const REMAINING: ResponseHeader<i64> = ResponseHeader::new("x-ratelimit-remaining");
///
/// let response = Response::builder().header("X-RateLimit-Remaining", "59").body(Default::default())?;
/// assert_eq!(RawReply::new(response).header(REMAINING), Some(59));
/// # Ok::<(), tamarack_runtime::http::Error>(())
/// ```
pub struct ResponseHeader<T> {
    name: &'static str,
    value: PhantomData<fn() -> T>,
}

impl<T> ResponseHeader<T> {
    /// Creates a header with this name, in any case.
    pub const fn new(name: &'static str) -> Self {
        Self { name, value: PhantomData }
    }

    /// Returns the name.
    pub const fn name(&self) -> &'static str {
        self.name
    }
}

impl<T> Clone for ResponseHeader<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for ResponseHeader<T> {}

impl<T> fmt::Debug for ResponseHeader<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("ResponseHeader").field(&self.name).finish()
    }
}

impl<T: ReadHeader> ResponseHeader<T> {
    /// Reads the header; `None` if it is absent, or its value is none of the type.
    ///
    /// [`HeaderMap`] has the bytes that were received.
    pub fn read(self, headers: &HeaderMap) -> Option<T> {
        let lines = headers.get_all(self.name).iter();
        let lines: Vec<&str> =
            lines.map(|it| std::str::from_utf8(it.as_bytes())).collect::<Result<_, _>>().ok()?;
        // The one header whose lines cannot be joined (RFC 9110 §5.3).
        let is_cookie = self.name.eq_ignore_ascii_case("set-cookie");
        let lines = if is_cookie { lines.get(..1)? } else { &lines };
        if lines.is_empty() { None } else { T::read(lines) }
    }
}

/// A type that the value of a response header can have.
pub trait ReadHeader: Sized {
    /// Reads the lines of a header, of which there is at least one, in the order in which they were
    /// received; `None` if they are no value of the type.
    fn read(lines: &[&str]) -> Option<Self>;
}

/// Several lines are one value with commas between them (RFC 9110 §5.3).
impl ReadHeader for String {
    fn read(lines: &[&str]) -> Option<Self> {
        Some(lines.join(", "))
    }
}

impl ReadHeader for Secret {
    fn read(lines: &[&str]) -> Option<Self> {
        String::read(lines).map(Self::from)
    }
}

impl ReadHeader for bool {
    fn read(lines: &[&str]) -> Option<Self> {
        let text = one(lines)?;
        let is = |word: &str| text.eq_ignore_ascii_case(word);
        if is("true") { Some(true) } else { is("false").then_some(false) }
    }
}

macro_rules! number {
    ($($ty:ty),*) => {$(
        impl ReadHeader for $ty {
            fn read(lines: &[&str]) -> Option<Self> {
                one(lines)?.parse().ok()
            }
        }
    )*};
}

number!(i32, i64, u32, u64, f32, f64);

impl<E: OpenEnum> ReadHeader for E {
    fn read(lines: &[&str]) -> Option<Self> {
        one(lines).map(|text| Self::from(text.to_owned()))
    }
}

impl<E: OpenEnum> ReadHeader for AsReceived<E> {
    fn read(lines: &[&str]) -> Option<Self> {
        one(lines).map(Self::received)
    }
}

/// The elements of all lines; empty ones are none (RFC 9110 §5.6.1).
impl<T: ReadHeader> ReadHeader for Vec<T> {
    fn read(lines: &[&str]) -> Option<Self> {
        let elements = lines.iter().flat_map(|line| line.split(',')).map(str::trim);
        elements.filter(|it| !it.is_empty()).map(|it| T::read(&[it])).collect()
    }
}

/// Returns the text of a header that has one value.
fn one<'l>(lines: &[&'l str]) -> Option<&'l str> {
    match lines {
        [line] => Some(line.trim()),
        _ => None,
    }
}

impl RawReply {
    /// Reads a declared header; `None` if it is absent, or its value is none of the declared type.
    pub fn header<T: ReadHeader>(&self, header: ResponseHeader<T>) -> Option<T> {
        header.read(self.headers())
    }
}

impl<B> Reply<B> {
    /// Reads a declared header; `None` if it is absent, or its value is none of the declared type.
    pub fn header<T: ReadHeader>(&self, header: ResponseHeader<T>) -> Option<T> {
        header.read(self.headers())
    }
}

impl<B> ErrorReply<B> {
    /// Reads a declared header; `None` if it is absent, or its value is none of the declared type.
    pub fn header<T: ReadHeader>(&self, header: ResponseHeader<T>) -> Option<T> {
        header.read(self.headers())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::HeaderValue;

    fn read<T: ReadHeader>(lines: &[&str]) -> Option<T> {
        named("x-a", lines)
    }

    fn named<T: ReadHeader>(name: &'static str, lines: &[&str]) -> Option<T> {
        let mut headers = HeaderMap::new();
        for line in lines {
            headers.append(name, HeaderValue::from_bytes(line.as_bytes()).unwrap());
        }
        ResponseHeader::new(name).read(&headers)
    }

    #[test]
    fn a_value_is_read_as_its_type() {
        assert_eq!(read(&["a, b "]), Some("a, b ".to_owned()));
        assert_eq!(read(&["caf\u{e9}"]), Some("caf\u{e9}".to_owned()));
        assert_eq!(read(&["-7"]), Some(-7_i64));
        assert_eq!(read(&[" 1.5 "]), Some(1.5_f64));
        assert_eq!(read(&["True"]), Some(true));
        assert_eq!(read(&["a"]).map(|it: Secret| it.expose().to_owned()), Some("a".to_owned()));
    }

    #[test]
    fn what_is_absent_or_something_else_is_none() {
        assert_eq!(read::<String>(&[]), None);
        assert_eq!(read::<i64>(&["soon"]), None);
        assert_eq!(read::<u32>(&["-1"]), None);
        assert_eq!(read::<bool>(&["1"]), None);
        assert_eq!(read::<i64>(&["1", "2"]), None);
        assert_eq!(read::<Vec<i64>>(&["1, x"]), None);
        let mut headers = HeaderMap::new();
        headers.insert("x-a", HeaderValue::from_bytes(b"\xff").unwrap());
        assert_eq!(ResponseHeader::<String>::new("x-a").read(&headers), None);
    }

    #[test]
    fn several_lines_are_one_list() {
        // RFC 9110 §5.2, §5.3, §5.6.1.2.
        assert_eq!(read(&["a", "b"]), Some("a, b".to_owned()));
        assert_eq!(read(&["1, 2,", " ,3"]), Some(vec![1, 2, 3]));
        assert_eq!(read(&[""]), Some(Vec::<String>::new()));
        let cookies = ["a=1; Expires=Wed, 21 Oct 2026 07:28:00 GMT", "b=2"];
        assert_eq!(named("set-cookie", &cookies), Some(cookies[0].to_owned()));
    }
}
