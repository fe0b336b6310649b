//! Compares how two versions of an operation return a list in pages.

use tamarack::api::{NextPage, Operation, Pagination};
use tamarack::plan::PlannedOperation;

use super::at::At;
use super::kind::Kind;
use super::rust::Code;
use super::verdict::Rust;
use super::walk::Walk;

/// Reports a list that comes in pages on one side only, or in another way. The document says nothing of it,
/// so nothing on the wire changes by it.
pub(super) fn compare(
    walk: &mut Walk<'_>,
    at: &At,
    (old, old_code): (&Operation, &PlannedOperation),
    (new, new_code): (&Operation, &PlannedOperation),
) {
    let said =
        |operation: &Operation| operation.pagination.as_ref().map(|it| described(operation, it));
    let change = match (said(old), said(new)) {
        (None, Some(is)) => at.change(Kind::PaginationAdded).is(is).rust(Rust::Minor),
        (Some(was), None) => at.change(Kind::PaginationRemoved).was(was).rust(Rust::Major),
        (Some(was), Some(is)) if was != is => {
            let rust = match (&old_code.pages, &new_code.pages) {
                (Some(old), Some(new))
                    if Code::of(walk, "", &old.item, &new.item).differs()
                        || old.token != new.token =>
                {
                    Rust::Major
                }
                _ => Rust::Patch,
            };
            at.change(Kind::PaginationChanged).values(was, is).rust(rust)
        }
        _ => return,
    };
    walk.push(change);
}

fn from(first: Option<i64>) -> String {
    first.map_or_else(String::new, |it| format!(" from {it}"))
}

/// Returns, for example, `/items, next by page_token = /next`.
fn described(operation: &Operation, it: &Pagination) -> String {
    let next = match &it.next {
        NextPage::Token(at) => at.to_string(),
        NextPage::LastItem(at) => format!("{at} of the last item"),
        NextPage::Url(at) => format!("URL at {at}"),
        NextPage::Link => "URL in `Link`".to_owned(),
        NextPage::Page(first) => format!("page number{}", from(*first)),
        NextPage::Offset(first) => format!("number of items{}", from(*first)),
    };
    let more = it.more.as_ref().map_or_else(String::new, |at| format!(" while {at}"));
    let parameter = &operation.parameter(it.parameter).name;
    format!("items {}, {parameter} = {next}{more}", it.items)
}
