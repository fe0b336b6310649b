//! A union whose objects carry a tag in, a union told apart by that tag out.

use super::{Branch, Plan};
use crate::api::Tagging;
use crate::diagnostic::Loss;
use crate::document::Schema;
use crate::lower::all_of::view_at;
use crate::lower::{Lowering, enumeration};
use crate::pointer::Pointer;
use crate::resolve::dangling_mapping;

/// Reads `discriminator` (OpenAPI 3.0.3 §4.7.25): tags from the mapping, else
/// from the values the tag can have, else the name of the schema.
pub(super) fn from_mapping(
    discriminator: &openapiv3::Discriminator,
    union: &Pointer,
    branches: &[Pointer],
    acc: &mut Lowering<'_>,
) -> Plan {
    let property = &discriminator.property_name;
    let mapping = mapped(discriminator, union, acc);
    let mut variants: Vec<Branch> = Vec::new();
    for at in branches {
        let target = component_of(at, acc);
        if variants.iter().any(|it| component_of(&it.schema, acc) == target) {
            continue;
        }
        let mut tags: Vec<String> =
            mapping.iter().filter(|(_, it)| *it == target).map(|(tag, _)| tag.clone()).collect();
        if tags.is_empty() {
            tags = own_tags(at, property, acc);
        }
        tags.retain(|tag| variants.iter().all(|it| !it.tags.contains(tag)));
        if tags.is_empty() {
            return Plan::Opaque(format!("no value of `{property}` leads to one of the branches"));
        }
        variants.push(Branch { tags, schema: at.clone(), pointer: at.clone() });
    }
    for (tag, target) in mapping {
        if variants.iter().any(|it| it.tags.contains(&tag)) {
            continue;
        }
        let known = variants.iter().position(|it| component_of(&it.schema, acc) == target);
        match known {
            Some(index) => variants[index].tags.push(tag),
            // Named by the mapping only; the place is the entry.
            None => variants.push(Branch {
                pointer: union.join(&["discriminator", "mapping", &tag]),
                schema: acc.resolved.target(&target).clone(),
                tags: vec![tag],
            }),
        }
    }
    if variants.is_empty() {
        return Plan::Opaque("no branch of the union could be read".to_owned());
    }
    Plan::Tagged(Tagging::Discriminator { property: property.clone() }, variants)
}

/// Recognises objects that share a required property with one known value
/// each, all different.
pub(super) fn from_constants(views: &[(Pointer, Schema)], acc: &mut Lowering<'_>) -> Option<Plan> {
    let (_, first) = views.first()?;
    let names: Vec<String> = first.properties.keys().cloned().collect();
    names.into_iter().find_map(|property| {
        let mut variants: Vec<Branch> = Vec::new();
        for (at, view) in views {
            if !view.keywords.required.contains(&property) {
                return None;
            }
            let value = view_at(view.properties.get(&property)?, acc)?;
            let tag = enumeration::only_text(&value)?.to_owned();
            if variants.iter().any(|it| it.tags.contains(&tag)) {
                return None;
            }
            variants.push(Branch { tags: vec![tag], schema: at.clone(), pointer: at.clone() });
        }
        Some(Plan::Tagged(Tagging::Discriminator { property }, variants))
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
            let names = acc.component_names.keys().copied();
            let diagnostic = dangling_mapping(tag, text, at.clone(), names);
            acc.sink.push(diagnostic.loss(Loss::Part(at)));
        }
    }
    found
}

/// Returns the component a branch refers to, else the branch itself.
fn component_of(at: &Pointer, acc: &Lowering<'_>) -> Pointer {
    match acc.resolved.schema(at) {
        crate::resolve::Node::Ref(target) => target.clone(),
        _ => at.clone(),
    }
}

/// Returns the tags of a branch that the mapping does not name.
fn own_tags(at: &Pointer, property: &str, acc: &mut Lowering<'_>) -> Vec<String> {
    if let Some(tag) = view_at(at, acc).and_then(|view| view.properties.get(property).cloned())
        && let Some(values) = view_at(&tag, acc)
    {
        let texts: Vec<_> =
            enumeration::known_texts(&values).into_iter().map(str::to_owned).collect();
        if texts.len() == 1 {
            return texts;
        }
    }
    let target = component_of(at, acc);
    let name = acc.component_names.iter().find(|(_, it)| ***it == target);
    name.map(|(name, _)| (*name).to_owned()).into_iter().collect()
}
