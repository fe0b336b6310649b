//! The lists in pages to write down: where a page has its items, and what names the next one.

use crate::name::ValueIdent;
use crate::plan::RustType;

/// How an operation returns a list in pages.
#[derive(Clone, Debug)]
pub struct PlannedPages {
    /// The type of the response body.
    pub body: RustType,
    /// The type of an item.
    pub item: RustType,
    /// Where the body has the items.
    pub items: Access,
    /// What names the next page.
    pub next: PlannedNext,
    /// Where the body says whether there is another page.
    pub more: Option<Access>,
    /// The field of the parameter that names a page.
    pub field: ValueIdent,
    /// Whether it always has a value.
    pub required: bool,
    /// The name of the parameter.
    pub wire_name: String,
    /// The type of the parameter.
    pub token: RustType,
}

/// What names the page after a page.
#[derive(Clone, Debug)]
pub enum PlannedNext {
    /// A text in the body.
    Text(Access),
    /// A number in the body.
    Number(Access),
    /// A text in the last item.
    TextOfLast(Access),
    /// A number in the last item.
    NumberOfLast(Access),
    /// A URL in the body.
    Url(Access),
    /// The link in the header.
    Link,
    /// The number of the page: the one that the caller gives, or else this one.
    Page(Option<i64>),
    /// The number of items before the page: the one that the caller gives, or else this one.
    Offset(Option<i64>),
}

/// The fields that lead to a part of a value.
#[derive(Clone, Debug)]
pub struct Access {
    /// How the value itself is held.
    pub root: Holds,
    /// The fields, from the outside in.
    pub steps: Vec<(ValueIdent, Holds)>,
}

/// How a value is held that may be missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holds {
    /// It is there.
    Value,
    /// In an `Option`.
    Option,
    /// In a `Patch`.
    Patch,
}
