//! Adds a row for each keyword of a schema that no other row covers.

use serde_json::Value;

use super::place::Places;
use super::said::Said;
use super::unknown;
use crate::api::Docs;
use crate::diff::at::At;
use crate::diff::constraint;
use crate::diff::describe::cut;
use crate::diff::documentation;
use crate::diff::kind::Kind;
use crate::diff::uses;
use crate::diff::verdict::Wire;
use crate::diff::walk::Walk;
use crate::document::{AdditionalProperties, Schema};
use crate::lower::constraints;

const TYPES: &[Kind] = &[
    Kind::FormatAdded,
    Kind::FormatRemoved,
    Kind::FormatChanged,
    Kind::NullableAdded,
    Kind::NullableRemoved,
    Kind::EnumOpened,
    Kind::EnumClosed,
    Kind::ValueAdded,
    Kind::ValueRemoved,
    Kind::VariantAdded,
    Kind::VariantRemoved,
    Kind::AdditionalChanged,
];

const CONSTRAINTS: &[Kind] = &[
    Kind::Tightened,
    Kind::Loosened,
    Kind::ConstraintChanged,
    Kind::ValueAdded,
    Kind::ValueRemoved,
];

const DEFAULTS: &[Kind] = &[
    Kind::DefaultAdded,
    Kind::DefaultRemoved,
    Kind::DefaultChanged,
    Kind::ConstantAdded,
    Kind::ConstantRemoved,
    Kind::ConstantChanged,
];

const FLOWS: &[Kind] =
    &[Kind::ReadOnlySet, Kind::ReadOnlyUnset, Kind::WriteOnlySet, Kind::WriteOnlyUnset];

const VALUES: &[Kind] = &[
    Kind::EnumOpened,
    Kind::EnumClosed,
    Kind::ValueAdded,
    Kind::ValueRemoved,
    // The one value of a header that the client sends by itself.
    Kind::ConstantAdded,
    Kind::ConstantRemoved,
    Kind::ConstantChanged,
];

const TAGS: &[Kind] = &[
    Kind::TaggingChanged,
    Kind::TagAdded,
    Kind::TagRemoved,
    Kind::VariantAdded,
    Kind::VariantRemoved,
];

const MEMBERS: &[Kind] = &[Kind::ObjectClosed, Kind::ObjectOpened, Kind::AdditionalChanged];

/// Returns whether there is nothing to compare.
pub(super) fn is_same(a: &Schema, b: &Schema) -> bool {
    a.keywords == b.keywords
        && listed(a) == listed(b)
        && a.data == b.data
        && matches!(a.additional, Some(AdditionalProperties::Denied))
            == matches!(b.additional, Some(AdditionalProperties::Denied))
}

fn listed(it: &Schema) -> Option<(bool, &[Value])> {
    it.listed.as_ref().map(|it| (it.by.is_open(), it.values.as_slice()))
}

/// Compares keyword by keyword.
pub(super) fn compare(
    walk: &mut Walk<'_>,
    said: &Said,
    places: &Places,
    was: &Schema,
    is: &Schema,
) {
    let at = places.at(&was.pointer, &is.pointer);
    let tells = |kinds: &[Kind]| said.tells(&was.pointer, &is.pointer, kinds);
    let (old, new) = (constraints(was), constraints(is));
    if old != new && !tells(CONSTRAINTS) {
        constraint::compare(walk, &at, &old, &new);
    }
    if was.data.default != is.data.default && !tells(DEFAULTS) {
        let defaults = (was.data.default.as_ref(), is.data.default.as_ref());
        documentation::compare_default(walk, &at, defaults.0, defaults.1);
    }
    if was.data.deprecated != is.data.deprecated && !tells(&[Kind::Deprecated, Kind::Undeprecated])
    {
        let first = walk.changes.len();
        documentation::compare_deprecated(walk, &at, was.data.deprecated, is.data.deprecated);
        // No item of the code stands for it, else its row had said so.
        walk.changes[first..].iter_mut().for_each(|it| it.rust = crate::diff::Rust::None);
    }
    compare_types(walk, &at, was, is, &tells);
    compare_others(walk, &at, was, is, &tells);
    if !said.tells_texts(&was.pointer, &is.pointer) {
        compare_texts(walk, &at, was, is);
    }
}

fn compare_types(
    walk: &mut Walk<'_>,
    at: &At,
    was: &Schema,
    is: &Schema,
    tells: &dyn Fn(&[Kind]) -> bool,
) {
    let (old, new) = (&was.keywords, &is.keywords);
    if old.ty != new.ty {
        if !tells(TYPES) {
            walk.push(unknown(at, old.ty.clone(), new.ty.clone()));
        }
    } else if old.format != new.format && !tells(TYPES) {
        let first = walk.changes.len();
        uses::compare_formats(walk, at, old.format.as_deref(), new.format.as_deref());
        if old.ty.as_deref() != Some("string") {
            // A remark on anything else.
            let fine = Wire::Compatible;
            walk.changes[first..].iter_mut().for_each(|it| (it.sent, it.received) = (fine, fine));
        }
    }
    // Without a type, `null` is allowed either way.
    let typed = old.ty.is_some() && old.ty == new.ty;
    if was.data.nullable != is.data.nullable && typed && !tells(TYPES) {
        let word = |it: bool| Some(format!("nullable: {it}"));
        walk.push(unknown(at, word(was.data.nullable), word(is.data.nullable)));
    }
}

fn compare_others(
    walk: &mut Walk<'_>,
    at: &At,
    was: &Schema,
    is: &Schema,
    tells: &dyn Fn(&[Kind]) -> bool,
) {
    let text = |it: &Value| Some(cut(&it.to_string()));
    let mut row = |keyword: &str, old: Value, new: Value, kinds: &[Kind]| {
        if old != new && !tells(kinds) {
            let at = At { subject: format!("{} {keyword}", at.subject), ..at.clone() };
            walk.push(unknown(&at, text(&old), text(&new)));
        }
    };
    let flow = |it: &Schema| Value::from(vec![it.data.read_only, it.data.write_only]);
    let is_property = at.new.tokens().iter().rev().nth(1).is_some_and(|it| it == "properties");
    if is_property {
        row("readOnly, writeOnly", flow(was), flow(is), FLOWS);
    }
    row("enum", values(was), values(is), VALUES);
    let tag = |it: &Schema| serde_json::to_value(&it.data.discriminator).unwrap_or_default();
    row("discriminator", tag(was), tag(is), TAGS);
    let denied = |it: &Schema| matches!(it.additional, Some(AdditionalProperties::Denied)).into();
    row("additionalProperties: false", denied(was), denied(is), MEMBERS);
    row("not", was.keywords.never.into(), is.keywords.never.into(), &[]);
}

/// Returns the texts that are listed, in one order.
fn values(it: &Schema) -> Value {
    let Some(listed) = &it.listed else { return Value::Null };
    let mut texts: Vec<_> = listed.texts().map(|it| it.1).collect();
    texts.sort_unstable();
    texts.dedup();
    if texts.is_empty() { Value::Null } else { serde_json::json!([listed.by.is_open(), texts]) }
}

fn compare_texts(walk: &mut Walk<'_>, at: &At, was: &Schema, is: &Schema) {
    let docs = |it: &Schema| Docs {
        title: it.data.title.clone(),
        description: it.data.description.clone(),
    };
    documentation::compare(walk, at, &docs(was), &docs(is));
    if docs(was) == docs(is) && was.data.example != is.data.example {
        let at = At { subject: format!("{} example", at.subject), ..at.clone() };
        walk.push(at.change(Kind::DocsChanged));
    }
}
