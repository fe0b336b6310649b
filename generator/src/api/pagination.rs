//! How an operation returns a list in pages: where a page has its items, and what names the next page.

use super::ParameterId;

/// How an operation returns a list in pages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pagination {
    /// The query parameter that names a page.
    pub parameter: ParameterId,
    /// What names the next page.
    pub next: NextPage,
    /// Where the response body has the items of the page.
    pub items: BodyPath,
    /// Where the response body says whether there is another page.
    pub more: Option<BodyPath>,
}

/// What names the page after a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NextPage {
    /// A text or number in the response body.
    Token(BodyPath),
    /// A text or number in the last item of the page.
    LastItem(BodyPath),
    /// A query parameter of the URL in the response body.
    Url(BodyPath),
    /// A query parameter of the link in the header `Link` (RFC 8288).
    Link,
    /// The number of the page: of the first one this number, or the one that the caller has to give.
    Page(Option<i64>),
    /// The number of items before the page, counted as that of pages.
    Offset(Option<i64>),
}

/// The properties that lead from a value to a part of it; none where it is the value itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BodyPath(pub Vec<String>);

impl BodyPath {
    /// Reads a JSON pointer (RFC 6901).
    pub fn parse(pointer: &str) -> Option<Self> {
        if !pointer.is_empty() && !pointer.starts_with('/') {
            return None;
        }
        let names = pointer.split('/').skip(1);
        Some(Self(names.map(|it| it.replace("~1", "/").replace("~0", "~")).collect()))
    }
}

/// Writes the JSON pointer.
impl std::fmt::Display for BodyPath {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for name in &self.0 {
            write!(f, "/{}", name.replace('~', "~0").replace('/', "~1"))?;
        }
        Ok(())
    }
}
