//! Operations that return a list in pages, and how a page names the next one.

use std::hash::Hash;

use super::{Operation, ReadSuccess};
use crate::reply::{DecodeError, Reply};

/// What names the page after a page; none after the last one.
pub type NextToken<T> = Result<Option<T>, DecodeError>;

/// The body of a response to `O`.
type Body<O> = <<O as Operation>::Success as ReadSuccess>::Body;

/// An operation that returns a list in pages: [`Call::pages`](crate::Call::pages) and
/// [`Call::items`](crate::Call::items) send it for each.
///
/// Generated crates implement it where an overlay says how the next page is named. See [`next_page`] for the
/// functions that [`next_token`](Self::next_token) is made of.
pub trait PagedOperation: Operation + Clone + 'static {
    /// An item of the list.
    type Item;

    /// What names a page: the value of a parameter.
    type Token: PageToken + 'static;

    /// Returns what names the page after a page that this operation asked for.
    fn next_token(&self, page: &Reply<Body<Self>>) -> NextToken<Self::Token>;

    /// Returns the operation that asks for a page.
    #[must_use]
    fn with_token(self, token: Self::Token) -> Self;

    /// Returns the items of a page.
    fn items(body: Body<Self>) -> Vec<Self::Item>;
}

/// What names a page of a list: a cursor, or a number.
pub trait PageToken: Hash + Sized {
    /// Returns whether this names no page, as some APIs do on the last one.
    fn is_empty(&self) -> bool;

    /// Returns what a text names.
    fn of_text(text: &str) -> Option<Self>;

    /// Returns what a number names.
    fn of_number(number: i128) -> Option<Self>;
}

impl PageToken for String {
    fn is_empty(&self) -> bool {
        self.as_str().is_empty()
    }

    fn of_text(text: &str) -> Option<Self> {
        Some(text.to_owned())
    }

    fn of_number(number: i128) -> Option<Self> {
        Some(number.to_string())
    }
}

macro_rules! numbers {
    ($($ty:ty),*) => {$(
        impl PageToken for $ty {
            fn is_empty(&self) -> bool {
                false
            }

            fn of_text(text: &str) -> Option<Self> {
                text.parse().ok()
            }

            fn of_number(number: i128) -> Option<Self> {
                number.try_into().ok()
            }
        }
    )*};
}

numbers!(i32, i64, u32, u64);

/// The ways in which APIs name the next page. What is not a value of the parameter is an error, not the end
/// of the list.
pub mod next_page {
    use super::{NextToken, PageToken};
    use crate::reply::{DecodeError, Reply, parameter_of};

    fn token<S, T>(found: Option<S>, read: impl FnOnce(S) -> Option<T>) -> NextToken<T> {
        found.map(|it| read(it).ok_or_else(DecodeError::of_next_page)).transpose()
    }

    /// The body has a text that names it.
    pub fn by_text<T: PageToken>(found: Option<&impl AsRef<str>>) -> NextToken<T> {
        token(found.map(AsRef::as_ref).filter(|it| !it.is_empty()), T::of_text)
    }

    /// The body has a number that names it.
    pub fn by_number<T: PageToken>(found: Option<impl Into<i128>>) -> NextToken<T> {
        token(found, |number| T::of_number(number.into()))
    }

    /// The body has its URL, of which one query parameter is sent. So the request goes to the client's own
    /// server, whatever the URL says. A URL without the parameter is an error.
    pub fn by_url<T: PageToken>(url: Option<&impl AsRef<str>>, parameter: &str) -> NextToken<T> {
        by_target(url.map(AsRef::as_ref), parameter)
    }

    /// The header `Link` has its URL (RFC 8288), of which one query parameter is sent, as in [`by_url`].
    pub fn by_link<T: PageToken, B>(page: &Reply<B>, parameter: &str) -> NextToken<T> {
        by_target(page.next_link(), parameter)
    }

    fn by_target<T: PageToken>(url: Option<&str>, parameter: &str) -> NextToken<T> {
        token(url.filter(|it| !it.is_empty()), |it| T::of_text(&parameter_of(it, parameter)?))
    }

    /// Pages are counted; an empty one is the last.
    pub fn by_page_number<T: PageToken>(current: impl Into<i128>, n_items: usize) -> NextToken<T> {
        after(current, n_items.min(1))
    }

    /// Items are counted; an empty page is the last.
    pub fn by_offset<T: PageToken>(current: impl Into<i128>, n_items: usize) -> NextToken<T> {
        after(current, n_items)
    }

    fn after<T: PageToken>(current: impl Into<i128>, step: usize) -> NextToken<T> {
        let step = i128::try_from(step).ok().filter(|step| *step > 0);
        token(step, |step| T::of_number(current.into().checked_add(step)?))
    }
}

#[cfg(test)]
mod tests {
    use super::next_page;
    use crate::reply::{DecodeErrorKind, RawReply};
    use bytes::Bytes;
    use http::Response;

    #[test]
    fn texts_and_numbers_become_the_parameter() {
        assert_eq!(
            next_page::by_text::<String>(Some(&"a".to_owned())).unwrap().as_deref(),
            Some("a")
        );
        assert_eq!(next_page::by_text::<i64>(Some(&"7".to_owned())).unwrap(), Some(7));
        assert_eq!(next_page::by_text::<i64>(Some(&String::new())).unwrap(), None);
        assert_eq!(next_page::by_text::<i64>(None::<&String>).unwrap(), None);
        assert_eq!(next_page::by_number::<i32>(Some(7_i64)).unwrap(), Some(7));
        assert_eq!(next_page::by_number::<String>(Some(7_u64)).unwrap().as_deref(), Some("7"));
        assert_eq!(next_page::by_number::<String>(None::<i32>).unwrap(), None);
    }

    #[test]
    fn what_is_no_value_of_the_parameter_is_an_error() {
        let wrong = [
            next_page::by_text::<i64>(Some(&"x".to_owned())),
            next_page::by_number::<i64>(Some(u64::MAX)),
            next_page::by_page_number::<i64>(i64::MAX, 1),
            next_page::by_url::<i64>(Some(&"https://a.example/b?page=x".to_owned()), "page"),
            next_page::by_url::<i64>(Some(&"https://a.example/b?p=1".to_owned()), "page"),
        ];
        for wrong in wrong {
            assert_eq!(wrong.unwrap_err().kind(), DecodeErrorKind::NextPage);
        }
    }

    #[test]
    fn the_parameter_of_a_url_is_decoded() {
        for (url, expected) in [
            (
                Some("https://a.example/b?n=2&after=x%2Fy+z#after=w".to_owned()),
                Some("x/y z".to_owned()),
            ),
            (Some("?after=1".to_owned()), Some("1".to_owned())),
            (Some("?after=".to_owned()), Some(String::new())),
            (Some(String::new()), None),
            (None, None),
        ] {
            assert_eq!(next_page::by_url::<String>(url.as_ref(), "after").unwrap(), expected);
        }
        let head = Response::builder().header("Link", "</b?page=3>; rel=next");
        let reply = RawReply::new(head.body(Bytes::new()).unwrap()).into_empty();
        assert_eq!(next_page::by_link::<u32, _>(&reply, "page").unwrap(), Some(3));
        let reply = RawReply::new(Response::new(Bytes::new())).into_empty();
        assert_eq!(next_page::by_link::<u32, _>(&reply, "page").unwrap(), None);
    }

    #[test]
    fn an_empty_page_ends_what_is_counted() {
        assert_eq!(next_page::by_page_number::<i64>(1, 50).unwrap(), Some(2));
        assert_eq!(next_page::by_page_number::<i64>(2, 0).unwrap(), None);
        assert_eq!(next_page::by_offset::<i64>(100, 50).unwrap(), Some(150));
        assert_eq!(next_page::by_offset::<i64>(150, 0).unwrap(), None);
    }
}
