//! Merges the keywords of two parts of `allOf`, and reports which could not be merged.

use std::cmp::Ordering;
use std::collections::BTreeSet;

use serde_json::Number;

use crate::document::{AdditionalProperties, Keywords, Listed, Part, Schema};
use crate::pointer::PointerMap;

/// The keywords of the first and of the second of two schemas that the merged one lacks.
#[derive(Default)]
pub(super) struct Dropped(pub(super) Vec<&'static str>, pub(super) Vec<&'static str>);

impl Dropped {
    /// Keeps what one of two says; of two that differ the second.
    fn later<T: Clone + PartialEq>(
        &mut self,
        keyword: &'static str,
        a: Option<&T>,
        b: Option<&T>,
    ) -> Option<T> {
        if a.is_some() && b.is_some() && a != b {
            self.0.push(keyword);
        }
        b.or(a).cloned()
    }
}

/// Which end of a range.
#[derive(Clone, Copy)]
enum End {
    Least,
    Most,
}

/// Returns the schemas that two were merged from, with what each of them lost.
pub(super) fn combine_parts(a: &Schema, b: &Schema, dropped: &Dropped) -> Vec<Part> {
    let of = |schema: &Schema, lost: &[&'static str]| -> Vec<Part> {
        let own = Part { pointer: schema.pointer.clone(), dropped: Vec::new() };
        let mut parts = if schema.parts.is_empty() { vec![own] } else { schema.parts.clone() };
        for part in &mut parts {
            part.dropped.extend(lost);
        }
        parts
    };
    let mut parts = of(a, &dropped.0);
    let known: PointerMap<usize> =
        parts.iter().enumerate().map(|(index, it)| (it.pointer.clone(), index)).collect();
    for part in of(b, &dropped.1) {
        match known.get(&part.pointer) {
            // What one way to it keeps is kept.
            Some(index) => parts[*index].dropped.retain(|it| part.dropped.contains(it)),
            None => parts.push(part),
        }
    }
    parts
}

pub(super) fn combine_keywords(a: &Keywords, b: &Keywords) -> Result<(Keywords, Dropped), String> {
    let ty = match (a.ty.as_deref(), b.ty.as_deref()) {
        (Some("number"), Some("integer")) | (Some("integer"), Some("number")) => Some("integer"),
        (Some(a), Some(b)) if a != b => return Err(format!("`allOf` joins {a} and {b}")),
        (a, b) => b.or(a),
    };
    let mut required = a.required.clone();
    let known: BTreeSet<&String> = a.required.iter().collect();
    required.extend(b.required.iter().filter(|name| !known.contains(name)).cloned());
    let mut dropped = Dropped::default();
    let (minimum, exclusive_minimum) = narrower(a, b, End::Least);
    let (maximum, exclusive_maximum) = narrower(a, b, End::Most);
    let keywords = Keywords {
        ty: ty.map(str::to_owned),
        format: dropped.later("format", a.format.as_ref(), b.format.as_ref()),
        required,
        minimum,
        maximum,
        exclusive_minimum,
        exclusive_maximum,
        multiple_of: dropped.later("multipleOf", a.multiple_of.as_ref(), b.multiple_of.as_ref()),
        min_length: a.min_length.max(b.min_length),
        max_length: least(a.max_length, b.max_length),
        pattern: dropped.later("pattern", a.pattern.as_ref(), b.pattern.as_ref()),
        min_items: a.min_items.max(b.min_items),
        max_items: least(a.max_items, b.max_items),
        unique_items: a.unique_items || b.unique_items,
        min_properties: a.min_properties.max(b.min_properties),
        max_properties: least(a.max_properties, b.max_properties),
        never: a.never || b.never,
        has_prefix: a.has_prefix || b.has_prefix,
        patterns_weakened: a.patterns_weakened || b.patterns_weakened,
    };
    Ok((keywords, dropped))
}

/// Of two lists the one counts beyond which nothing is valid; of two such lists, what both of
/// them have. Of two open ones the later counts.
pub(super) fn combine_listed(
    a: Option<&Listed>,
    b: Option<&Listed>,
    dropped: &mut Dropped,
) -> Result<Option<Listed>, String> {
    let (Some(one), Some(other)) = (a, b) else { return Ok(b.or(a).cloned()) };
    Ok(Some(match (one.by.is_open(), other.by.is_open()) {
        (false, false) => {
            let both = other.without_others_than(one);
            if both.values.is_empty() {
                return Err("`allOf` joins lists that have no value in common".to_owned());
            }
            both
        }
        (true, true) => {
            if one.values != other.values {
                dropped.0.push(one.by.keyword());
            }
            other.clone()
        }
        (false, true) => one.clone(),
        (true, false) => other.clone(),
    }))
}

/// The extensions that speak of listed values by their positions.
const BY_POSITION: [&str; 4] =
    ["x-enum-varnames", "x-enumNames", "x-enum-descriptions", "x-enumDescriptions"];

/// Takes away what one of two schemas says of the values of its own list, where that of the other counts.
pub(super) fn without_names_of_others(a: &mut Schema, b: &mut Schema, listed: Option<&Listed>) {
    let (Some(one), Some(other), Some(listed)) = (&a.listed, &b.listed, listed) else { return };
    let (is_one, is_other) = (one.at == listed.at, other.at == listed.at);
    for (schema, counts) in [(a, is_one), (b, is_other)] {
        if !counts {
            schema.data.extensions.retain(|name, _| !BY_POSITION.contains(&name.as_str()));
        }
    }
}

/// Returns the narrower of two bounds, which says what both say.
fn narrower(a: &Keywords, b: &Keywords, end: End) -> (Option<Number>, bool) {
    let of = |it: &Keywords| match end {
        End::Least => (it.minimum.clone(), it.exclusive_minimum),
        End::Most => (it.maximum.clone(), it.exclusive_maximum),
    };
    let (one, other) = (of(a), of(b));
    let numbers =
        (one.0.as_ref().and_then(Number::as_f64), other.0.as_ref().and_then(Number::as_f64));
    match numbers {
        (Some(x), Some(y)) => {
            let order = match end {
                End::Least => x.partial_cmp(&y),
                End::Most => y.partial_cmp(&x),
            };
            let is_first = match order {
                Some(Ordering::Equal) => one.1,
                order => order == Some(Ordering::Greater),
            };
            if is_first { one } else { other }
        }
        (Some(_), None) => one,
        _ => other,
    }
}

/// Returns the lower of two upper bounds.
fn least(a: Option<u64>, b: Option<u64>) -> Option<u64> {
    match (a, b) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (a, b) => b.or(a),
    }
}

/// Members that one part allows are read, whatever another part denies: two
/// closed parts would otherwise allow nothing.
pub(super) fn combine_additional(
    a: Option<AdditionalProperties>,
    b: Option<AdditionalProperties>,
) -> Option<AdditionalProperties> {
    match (a, b) {
        (_, Some(schema @ AdditionalProperties::Schema(_)))
        | (Some(schema @ AdditionalProperties::Schema(_)), _) => Some(schema),
        (Some(AdditionalProperties::Allowed), _) | (_, Some(AdditionalProperties::Allowed)) => {
            Some(AdditionalProperties::Allowed)
        }
        (Some(AdditionalProperties::Denied), Some(AdditionalProperties::Denied)) => {
            Some(AdditionalProperties::Denied)
        }
        _ => None,
    }
}
