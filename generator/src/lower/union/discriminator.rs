//! A union whose objects have a tag in, a union distinguished by that tag out.

use std::collections::{BTreeMap, BTreeSet};

use super::{Branch, Plan};
use crate::api::{Tagging, Told};
use crate::diagnostic::Loss;
use crate::lower::Lowering;
use crate::lower::all_of::{Merged, view_at};
use crate::pointer::Pointer;
use crate::resolve::dangling_mapping;

/// For how many tags that lead nowhere a name is searched that may have been
/// meant: all names are looked at for each.
const MOST_GUESSES: usize = 200;

/// Reads `discriminator` (OpenAPI 3.0.3 §4.7.25): tags from the mapping, else
/// from the values the tag can have, else the name of the schema.
pub(in crate::lower) fn from_mapping(
    discriminator: &openapiv3::Discriminator,
    union: &Pointer,
    branches: &[Pointer],
    acc: &mut Lowering<'_>,
) -> Plan {
    let property = &discriminator.property_name;
    if let Some(ty) = other_type(property, branches, acc) {
        return Plan::Opaque(format!("its `discriminator` names `{property}`, which is {ty}"));
    }
    let mapping = mapped(discriminator, union, acc);
    let mut tags_of: BTreeMap<&Pointer, Vec<&String>> = BTreeMap::new();
    for (tag, target) in &mapping {
        tags_of.entry(target).or_default().push(tag);
    }
    let mut variants: Vec<Told<Vec<String>, Branch>> = Vec::new();
    // The variant of each component, and the tags that are taken.
    let mut known: BTreeMap<Pointer, usize> = BTreeMap::new();
    let mut taken: BTreeSet<String> = BTreeSet::new();
    for at in branches {
        let target = component_of(at, acc);
        if known.contains_key(&target) {
            continue;
        }
        let mut tags: Vec<String> =
            tags_of.get(&target).into_iter().flatten().map(|tag| (*tag).clone()).collect();
        if tags.is_empty() {
            tags = own_tags(at, property, acc);
        }
        tags.retain(|tag| taken.insert(tag.clone()));
        if tags.is_empty() {
            return Plan::Opaque(format!("no value of `{property}` leads to one of the branches"));
        }
        known.insert(target, variants.len());
        variants.push(Told { by: tags, variant: Branch::at(at) });
    }
    for (tag, target) in &mapping {
        if !taken.insert(tag.clone()) {
            continue;
        }
        if let Some(index) = known.get(target) {
            variants[*index].by.push(tag.clone());
            continue;
        }
        // Named by the mapping only; the place is the entry.
        let schema = acc.resolved.target(target).clone();
        known.insert(component_of(&schema, acc), variants.len());
        let pointer = union.join(&["discriminator", "mapping", tag]);
        variants.push(Told { by: vec![tag.clone()], variant: Branch { schema, pointer } });
    }
    if variants.is_empty() {
        return Plan::Opaque("no branch of the union could be read".to_owned());
    }
    Plan::Tagged(Tagging::Discriminator { property: property.clone(), variants })
}

/// Returns the variant of a schema at its own place.
pub(in crate::lower) fn branch(at: &Pointer) -> Branch {
    Branch::at(at)
}

/// Returns the type of a discriminating property that is no string in one of
/// the branches: no tag is equal to its values.
fn other_type(
    property: &str,
    branches: &[Pointer],
    acc: &mut Lowering<'_>,
) -> Option<&'static str> {
    branches.iter().find_map(|at| {
        let tag = view_at(at, acc)?.properties.get(property).cloned()?;
        match view_at(&tag, acc)?.keywords.ty.as_deref()? {
            "integer" => Some("an integer"),
            "number" => Some("a number"),
            "boolean" => Some("a boolean"),
            _ => None,
        }
    })
}

/// Recognises objects that share a property of which each lists other values, none of them valid in another branch;
/// one that all of them require before one that may be absent. A value without it is no branch's for certain.
pub(super) fn from_constants(
    views: &[(Pointer, Merged<'_>)],
    acc: &mut Lowering<'_>,
) -> Option<Plan> {
    let (_, first) = views.first()?;
    let required: Vec<BTreeSet<&String>> =
        views.iter().map(|(_, view)| view.keywords.required.iter().collect()).collect();
    let is_required = |property: &&String| required.iter().all(|it| it.contains(property));
    let (always, maybe): (Vec<_>, Vec<_>) = first.properties.keys().partition(is_required);
    always.into_iter().chain(maybe).find_map(|property| {
        let mut variants = Vec::new();
        let mut taken = BTreeSet::new();
        for (at, view) in views {
            let value = view_at(view.properties.get(property)?, acc)?;
            let is_one = value.only_text().is_some();
            let listed = value.listed_texts().filter(|it| is_one || !it.by.is_open())?;
            let tags: BTreeSet<&str> = listed.texts().map(|it| it.1).collect();
            if !tags.iter().all(|tag| taken.insert((*tag).to_owned())) {
                return None;
            }
            let mut by: Vec<String> = Vec::new();
            for (_, text) in listed.texts() {
                if !by.iter().any(|it| it == text) {
                    by.push(text.to_owned());
                }
            }
            variants.push(Told { by, variant: Branch::at(at) });
        }
        Some(Plan::Tagged(Tagging::Discriminator { property: property.clone(), variants }))
    })
}

/// Recognises objects that share a property of which each lists other values. Only for what is sent
/// alone: the property may be absent, which tells a sender nothing that it does not know.
pub(super) fn from_lists(views: &[(Pointer, Merged<'_>)], acc: &mut Lowering<'_>) -> Option<Plan> {
    let (_, first) = views.first()?;
    first.properties.keys().find_map(|property| {
        let mut variants = Vec::new();
        let mut taken = BTreeSet::new();
        for (at, view) in views {
            let value = view_at(view.properties.get(property)?, acc)?;
            let listed = value.listed_texts()?.values.iter();
            let tags: Vec<_> = listed.filter_map(|it| it.as_str()).map(str::to_owned).collect();
            if tags.is_empty() || !tags.iter().all(|tag| taken.insert(tag.clone())) {
                return None;
            }
            variants.push(Told { by: tags, variant: Branch::at(at) });
        }
        Some(Plan::Tagged(Tagging::Discriminator { property: property.clone(), variants }))
    })
}

/// Returns the tags of the mapping with the components they lead to.
fn mapped(
    discriminator: &openapiv3::Discriminator,
    union: &Pointer,
    acc: &mut Lowering<'_>,
) -> Vec<(String, Pointer)> {
    let schemas = Pointer::root().join(&["components", "schemas"]);
    let mut found = Vec::new();
    for (tag, text) in &discriminator.mapping {
        let by_pointer = text.starts_with('#').then(|| Pointer::parse(text)).flatten();
        let by_name = acc.component_names.get(text.as_str()).map(|it| (*it).clone());
        let target = by_pointer.or(by_name).unwrap_or_else(|| schemas.child(text));
        if acc.resolved.deref(&target).is_some() {
            found.push((tag.clone(), target));
        } else {
            let at = union.join(&["discriminator", "mapping", tag]);
            acc.known.n_guesses += 1;
            let guesses = acc.known.n_guesses <= MOST_GUESSES;
            let names = acc.component_names.keys().copied().filter(|_| guesses);
            let diagnostic = dangling_mapping(tag, text, at.clone(), names);
            acc.sink.push(diagnostic.loss(Loss::Part(at)));
        }
    }
    found
}

/// Returns the component a branch refers to, else the branch itself.
pub(super) fn component_of(at: &Pointer, acc: &Lowering<'_>) -> Pointer {
    match acc.resolved.schema(at) {
        crate::resolve::Node::Ref(target) => target.clone(),
        _ => at.clone(),
    }
}

/// Returns the tags of a branch that the mapping does not name.
fn own_tags(at: &Pointer, property: &str, acc: &mut Lowering<'_>) -> Vec<String> {
    if let Some(tag) = view_at(at, acc).and_then(|view| view.properties.get(property).cloned())
        && let Some(text) = view_at(&tag, acc).and_then(|it| it.only_text().map(str::to_owned))
    {
        return vec![text];
    }
    let target = component_of(at, acc);
    let name = target.tokens().pop();
    let is_component =
        |name: &String| acc.component_names.get(name.as_str()).is_some_and(|it| **it == target);
    name.filter(is_component).into_iter().collect()
}
