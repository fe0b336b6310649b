//! Compares documentation, examples, defaults and deprecation.

use serde_json::Value;
use tamarack::api::{Docs, Property, Shape, Type, TypeDef};
use tamarack::pointer::Pointer;

use super::at::At;
use super::describe::{cut, cut_both};
use super::kind::Kind;
use super::named::Named;
use super::value;
use super::verdict::{Rust, Wire};
use super::walk::{Version, Walk};

/// A text of one place, old and new.
struct Text<'a> {
    old: (&'a Docs, &'a Pointer),
    new: (&'a Docs, &'a Pointer),
    name: Option<&'a str>,
}

/// Compares what is said about a type and its parts: one row.
pub(super) fn compare_type(walk: &mut Walk<'_>, at: &At, old: &TypeDef, new: &TypeDef) {
    let mut texts =
        vec![Text { old: (&old.docs, &old.pointer), new: (&new.docs, &new.pointer), name: None }];
    let mut further = Vec::new();
    match (&old.shape, &new.shape) {
        (Shape::Struct(old), Shape::Struct(new)) => {
            let before = Named::new(&old.properties, |it| &it.name);
            for is in &new.properties {
                if let Some(was) = before.get(&is.name) {
                    // A type written inside of the property has its texts.
                    if is_inside(walk.old, was) && is_inside(walk.new, is) {
                        continue;
                    }
                    texts.push(Text {
                        old: (&was.docs, &was.pointer),
                        new: (&is.docs, &is.pointer),
                        name: Some(&is.name),
                    });
                    if !value::same_optional(was.example.as_ref(), is.example.as_ref()) {
                        further.push((&is.name, &was.pointer, &is.pointer));
                    }
                }
            }
        }
        (Shape::Enum(old), Shape::Enum(new)) => {
            let before = Named::new(&old.values, |it| &it.text);
            for is in &new.values {
                let was = before.get(&is.text);
                if let Some(was) = was.filter(|it| it.description != is.description) {
                    further.push((&is.text, &was.pointer, &is.pointer));
                }
            }
        }
        _ => {}
    }
    let differing: Vec<_> = texts.iter().filter(|it| it.old.0 != it.new.0).collect();
    let examples = !same_examples(&old.examples, &new.examples);
    match (differing.as_slice(), further.as_slice()) {
        ([], []) if !examples => {}
        ([one], []) if !examples => {
            let subject = match one.name {
                Some(name) => format!("{}.{name}", at.subject),
                None => at.subject.clone(),
            };
            let at = At::new(at.node, subject, one.old.1, one.new.1);
            walk.push(row(&at, one.old.0, one.new.0));
        }
        (differing, further) => {
            let own = if examples { vec!["examples"] } else { Vec::new() };
            let texts = differing.iter().map(|it| it.name.unwrap_or("itself"));
            let further = further.iter().map(|it| it.0.as_str());
            let mut names: Vec<_> = own.into_iter().chain(texts).chain(further).collect();
            names.sort_unstable();
            names.dedup();
            walk.push(at.change(Kind::DocsChanged).is(super::describe::quoted(names)));
        }
    }
}

fn is_inside(version: Version<'_>, property: &Property) -> bool {
    matches!(property.ty.ty, Type::Named(id) if version.def(id).pointer == property.pointer)
}

/// Returns whether the same examples stand in both, in any order: most have
/// names, whose order means nothing.
pub(super) fn same_examples(old: &[Value], new: &[Value]) -> bool {
    old.len() == new.len()
        && old.iter().all(|it| value::holds(new, it))
        && new.iter().all(|it| value::holds(old, it))
}

/// Compares title and description of one place.
pub(super) fn compare(walk: &mut Walk<'_>, at: &At, old: &Docs, new: &Docs) {
    if old != new {
        walk.push(row(at, old, new));
    }
}

/// Compares one text.
pub(super) fn compare_text(walk: &mut Walk<'_>, at: &At, old: Option<&str>, new: Option<&str>) {
    let docs = |it: Option<&str>| Docs { title: None, description: it.map(str::to_owned) };
    compare(walk, at, &docs(old), &docs(new));
}

/// Adds the row of a text that changed.
pub(super) fn push_text(walk: &mut Walk<'_>, at: &At, old: Option<&str>, new: Option<&str>) {
    let docs = |it: Option<&str>| Docs { title: None, description: it.map(str::to_owned) };
    walk.push(row(at, &docs(old), &docs(new)));
}

fn row(at: &At, old: &Docs, new: &Docs) -> super::walk::Change {
    let mut change = at.change(Kind::DocsChanged).code(None, None);
    // The title where it differs, else the description.
    let (was, is) = if old.title == new.title {
        (&old.description, &new.description)
    } else {
        (&old.title, &new.title)
    };
    (change.old.value, change.new.value) = match (was, is) {
        (Some(was), Some(is)) => {
            let [was, is] = cut_both(was, is);
            (Some(was), Some(is))
        }
        (was, is) => (was.as_deref().map(cut), is.as_deref().map(cut)),
    };
    change
}

/// Compares the defaults of a place: a server that fills in another value
/// does another thing with the same request.
pub(super) fn compare_default(
    walk: &mut Walk<'_>,
    at: &At,
    old: Option<&Value>,
    new: Option<&Value>,
) {
    if value::same_optional(old, new) {
        return;
    }
    let kind = match (old, new) {
        (None, _) => Kind::DefaultAdded,
        (_, None) => Kind::DefaultRemoved,
        _ => Kind::DefaultChanged,
    };
    let mut change = at.change(kind).wire(Wire::Potentially, Wire::Compatible).code(None, None);
    let text = |it: Option<&Value>| it.map(ToString::to_string);
    (change.old.value, change.new.value) = match (text(old), text(new)) {
        (Some(was), Some(is)) => {
            let [was, is] = cut_both(&was, &is);
            (Some(was), Some(is))
        }
        (was, is) => (was.map(|it| cut(&it)), is.map(|it| cut(&it))),
    };
    walk.push(change.rust(Rust::Patch));
}

/// Compares the mark `deprecated`.
pub(super) fn compare_deprecated(walk: &mut Walk<'_>, at: &At, old: bool, new: bool) {
    let change = match (old, new) {
        (false, true) => at.change(Kind::Deprecated).rust(Rust::Minor),
        (true, false) => at.change(Kind::Undeprecated).rust(Rust::Patch),
        _ => return,
    };
    walk.push(change.wire(Wire::Compatible, Wire::Compatible).code(None, None));
}
