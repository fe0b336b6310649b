//! Marks the operations that the overlay says return a list in pages; an entry that does not fit is an error.

mod body;

use super::marks;
use crate::api::{
    Api, BodyPath, IntegerWidth, Location, NextPage, Operation, Pagination, Parameter, ParameterId,
    Style, Type,
};
use crate::diagnostic::Sink;
use crate::overlay::{self, PagedBy};
use crate::pointer::Pointer;
use body::{Leaf, PageBody};

/// Marks each operation that has an entry.
pub(super) fn apply(api: &mut Api, entries: &[overlay::Pagination], sink: &mut Sink) {
    for entry in entries {
        let at = Pointer::parse(&entry.at);
        let index = api
            .operations
            .iter()
            .position(|it| Some(&it.pointer) == at.as_ref() && it.pagination.is_none());
        marks::report(index.is_some(), "pagination", "operation without one", &entry.at, sink);
        let Some(index) = index else { continue };
        match read(api, &api.operations[index], entry) {
            Ok(pagination) => api.operations[index].pagination = Some(pagination),
            Err(why) => {
                let at = api.operations[index].pointer.clone();
                marks::misfit("pagination", &entry.at, at, &why, sink);
            }
        }
    }
}

/// Returns what an entry says, or why it does not fit.
fn read(
    api: &Api,
    operation: &Operation,
    entry: &overlay::Pagination,
) -> Result<Pagination, String> {
    let body = PageBody::of(api, operation)?;
    let items = path("items", &entry.items)?;
    body.list(&items)?;
    let parameter = parameter(operation, &entry.parameter)?;
    let kind = parameter_kind(api, operation.parameter(parameter))?;
    let next = next(&body, &items, (operation.parameter(parameter), kind), entry)?;
    let more = match &entry.more {
        None => None,
        Some(pointer) => {
            let more = path("more", pointer)?;
            match body.leaf(&more)? {
                Leaf::Boolean => Some(more),
                Leaf::Text | Leaf::Number => return Err(format!("`{pointer}` is no boolean")),
            }
        }
    };
    Ok(Pagination { parameter, next, items, more })
}

fn path(key: &str, pointer: &str) -> Result<BodyPath, String> {
    BodyPath::parse(pointer).ok_or_else(|| {
        format!("`{key} = \"{pointer}\"` is no JSON pointer; it begins with `/` or is empty")
    })
}

/// Returns the query parameter that names a page.
fn parameter(operation: &Operation, name: &str) -> Result<ParameterId, String> {
    let in_query = || operation.parameters.iter().filter(|it| it.location == Location::Query);
    let is = |it: &Parameter| it.location == Location::Query && it.name == name;
    operation.parameters.iter().position(is).map(ParameterId).ok_or_else(|| {
        let names: Vec<_> = in_query().map(|it| format!("`{}`", it.name)).collect();
        match names.as_slice() {
            [] => format!("there is no query parameter `{name}`, nor any other"),
            names => format!("there is no query parameter `{name}`, only {}", names.join(", ")),
        }
    })
}

/// What a parameter that names a page can be.
#[derive(Clone, Copy)]
enum Kind {
    Text,
    Number(IntegerWidth),
}

fn parameter_kind(api: &Api, parameter: &Parameter) -> Result<Kind, String> {
    let name = &parameter.name;
    if parameter.secret.is_some() {
        return Err(format!(
            "the parameter `{name}` is a secret; if it is none, a `not-secret` entry says so"
        ));
    }
    match (&api.behind_aliases(&parameter.ty).ty, parameter.style) {
        (Type::String(_), Style::Plain) => Ok(Kind::Text),
        (Type::Integer(width), Style::Plain) => Ok(Kind::Number(*width)),
        _ => Err(format!("the parameter `{name}` is neither a text nor an integer")),
    }
}

/// Returns what names the next page.
fn next(
    body: &PageBody<'_>,
    items: &BodyPath,
    (parameter, kind): (&Parameter, Kind),
    entry: &overlay::Pagination,
) -> Result<NextPage, String> {
    let by = match entry.by {
        PagedBy::Token => "token",
        PagedBy::LastItem => "last-item",
        PagedBy::Url => "url",
        PagedBy::Link => "link",
        PagedBy::Page => "page",
        PagedBy::Offset => "offset",
    };
    let is_counted = matches!(entry.by, PagedBy::Page | PagedBy::Offset);
    if entry.first.is_some() && !is_counted {
        return Err(format!("`by = \"{by}\"` counts nothing, so it has no `first`"));
    }
    let has_next = matches!(entry.by, PagedBy::Token | PagedBy::LastItem | PagedBy::Url);
    let pointer = match (&entry.next, has_next) {
        (Some(pointer), true) => path("next", pointer)?,
        (None, false) => BodyPath::default(),
        (Some(_), false) => return Err(format!("`by = \"{by}\"` has no `next`")),
        (None, true) => {
            return Err(format!("`by = \"{by}\"` needs `next`, the place of what names the page"));
        }
    };
    let named = |leaf: Leaf, at: &BodyPath| match leaf {
        Leaf::Text | Leaf::Number => Ok(()),
        Leaf::Boolean => Err(format!("`{at}` is neither a text nor an integer")),
    };
    Ok(match entry.by {
        PagedBy::Token => {
            named(body.leaf(&pointer)?, &pointer)?;
            NextPage::Token(pointer)
        }
        PagedBy::LastItem => {
            named(body.leaf_of_item(items, &pointer)?, &pointer)?;
            NextPage::LastItem(pointer)
        }
        PagedBy::Url => match body.leaf(&pointer)? {
            Leaf::Text => NextPage::Url(pointer),
            Leaf::Number | Leaf::Boolean => return Err(format!("`{pointer}` is no text")),
        },
        PagedBy::Link => NextPage::Link,
        PagedBy::Page => NextPage::Page(first(parameter, kind, None, entry.first)?),
        PagedBy::Offset => NextPage::Offset(first(parameter, kind, Some(0), entry.first)?),
    })
}

/// Returns the number of the first page or item; none where the caller has to give it.
fn first(
    parameter: &Parameter,
    kind: Kind,
    natural: Option<i64>,
    said: Option<i64>,
) -> Result<Option<i64>, String> {
    let Kind::Number(width) = kind else {
        return Err("only a parameter that is an integer can be counted".to_owned());
    };
    if parameter.required {
        return match said {
            None => Ok(None),
            Some(_) => {
                Err("the caller has to set the parameter, so `first` is never used".to_owned())
            }
        };
    }
    let Some(first) = said.or_else(|| default_of(parameter)).or(natural) else {
        return Err("the parameter has no default, so the entry must say the number of the first \
             page, for example `first = 1`"
            .to_owned());
    };
    let fits = match width {
        IntegerWidth::I32 => i32::try_from(first).is_ok(),
        IntegerWidth::I64 => true,
        IntegerWidth::U32 => u32::try_from(first).is_ok(),
        IntegerWidth::U64 => first >= 0,
    };
    if fits { Ok(Some(first)) } else { Err(format!("{first} is no value of the parameter")) }
}

fn default_of(parameter: &Parameter) -> Option<i64> {
    parameter.default.as_ref().and_then(serde_json::Value::as_i64)
}
