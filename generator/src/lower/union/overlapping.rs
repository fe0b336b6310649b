//! A union of which a value can fit several branches in, a union that is kept as JSON out.

use std::collections::{BTreeMap, BTreeSet};

use super::discriminator::component_of;
use super::{Branch, Plan, kind};
use crate::api::{JsonKind, Tagging, Told};
use crate::document::{AdditionalProperties, Schema};
use crate::lower::Lowering;
use crate::lower::all_of::{Merged, view_at};
use crate::lower::request::is_file;
use crate::pointer::Pointer;

/// Keeps the value of a union as JSON, which each branch can be decoded from. Not where a branch has a file, which
/// no JSON holds.
pub(super) fn of(
    view: &Schema,
    views: &[(Pointer, Merged<'_>)],
    acc: &mut Lowering<'_>,
) -> Option<Plan> {
    if views.is_empty() || has_file(view, acc) {
        return None;
    }
    let words = words(views, acc);
    let told =
        views.iter().zip(words).map(|((at, _), word)| Told { by: word, variant: Branch::at(at) });
    Some(Plan::Tagged(Tagging::Overlapping(told.collect())))
}

/// Returns what each branch is called, in whatever order they stand: the component that it refers to, else the kind
/// of its values. Of several that are called the same, each is told by a property that only it has, or counted in the
/// order of what they say.
fn words(views: &[(Pointer, Merged<'_>)], acc: &mut Lowering<'_>) -> Vec<String> {
    let mut words: Vec<String> = views.iter().map(|(at, view)| word(at, view, acc)).collect();
    let mut alike: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (index, word) in words.iter().enumerate() {
        alike.entry(word.clone()).or_default().push(index);
    }
    for (word, mut indices) in alike.into_iter().filter(|it| it.1.len() > 1) {
        indices.sort_by_cached_key(|index| said(&views[*index].1, acc));
        let n_with = |property: &str| {
            indices.iter().filter(|it| views[**it].1.properties.contains_key(property)).count()
        };
        let mut n_counted = 0;
        for index in &indices {
            let own = views[*index].1.properties.keys().filter(|it| n_with(it) == 1).min();
            words[*index] = match own {
                Some(property) => format!("{word} with {property}"),
                None => {
                    n_counted += 1;
                    if n_counted == 1 { word.clone() } else { format!("{word} {n_counted}") }
                }
            };
        }
    }
    words
}

/// Returns what a branch is called by itself.
fn word(at: &Pointer, view: &Schema, acc: &mut Lowering<'_>) -> String {
    if let Some(name) = component(at, acc) {
        return name;
    }
    let kind = kind::kind(view, 0, acc);
    match (&view.items, kind) {
        (Some(items), Some(JsonKind::List)) => {
            let item = component(items, acc).or_else(|| {
                let view = view_at(items, acc)?;
                Some(kind::kind(&view, 0, acc)?.word().to_owned())
            });
            format!("{} list", item.unwrap_or_default())
        }
        (_, Some(kind)) => kind.word().to_owned(),
        (_, None) if says_nothing(view) => "any".to_owned(),
        (_, None) => "variant".to_owned(),
    }
}

fn says_nothing(view: &Schema) -> bool {
    view.keywords.ty.is_none() && view.one_of.is_empty() && view.any_of.is_empty()
}

/// Returns the name of the component that a place refers to.
fn component(at: &Pointer, acc: &Lowering<'_>) -> Option<String> {
    let target = component_of(at, acc);
    let name = target.tokens().pop()?;
    (acc.component_names.get(name.as_str()).copied() == Some(&target)).then_some(name)
}

/// Returns what a branch says as far as others of its kind may say something else.
fn said(view: &Schema, acc: &Lowering<'_>) -> (Vec<String>, Vec<String>, Vec<String>) {
    let mut names: Vec<_> = view.properties.keys().cloned().collect();
    let mut required = view.keywords.required.clone();
    names.sort();
    required.sort();
    let items = view.items.as_ref().map(|at| acc.resolved.target(at).to_string());
    let listed = view.listed.iter().flat_map(|it| &it.values).map(ToString::to_string);
    let format = view.keywords.format.iter().cloned();
    (
        names,
        required,
        format.chain(listed).chain(items.filter(|it| is_elsewhere(it, view))).collect(),
    )
}

/// A place inside of the branch itself says where in the list it stands.
fn is_elsewhere(at: &str, view: &Schema) -> bool {
    !at.starts_with(view.pointer.as_str())
}

/// Returns whether the JSON would have to hold a file: a value of the union is a file or a list of them, or it is
/// the body whose properties are the files.
fn has_file(view: &Schema, acc: &mut Lowering<'_>) -> bool {
    if acc.known.parts.is_empty() {
        return false;
    }
    let mut seen = BTreeSet::new();
    let mut open: Vec<(Pointer, bool)> = vec![(view.pointer.clone(), true)];
    while let Some((at, is_body)) = open.pop() {
        let Some(view) = view_at(&at, acc).filter(|it| seen.insert((it.pointer.clone(), is_body)))
        else {
            continue;
        };
        if is_file(&view, acc) {
            return true;
        }
        let same = view.one_of.iter().chain(&view.any_of).chain(&view.items);
        open.extend(same.map(|at| (at.clone(), is_body)));
        if is_body {
            let mut values: Vec<&Pointer> = view.properties.values().collect();
            if let Some(AdditionalProperties::Schema(at)) = &view.additional {
                values.push(at);
            }
            open.extend(values.into_iter().map(|at| (at.clone(), false)));
        }
    }
    false
}
