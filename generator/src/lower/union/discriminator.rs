//! A union whose objects have a tag in, a union distinguished by that tag out.

use std::collections::{BTreeMap, BTreeSet};

use super::{Branch, Plan};
use crate::api::{TagKind, Tagging, Told};
use crate::diagnostic::Loss;
use crate::document::Schema;
use crate::lower::Lowering;
use crate::lower::all_of::{Merged, view_at};
use crate::pointer::{Pointer, PointerMap, PointerSet};
use crate::resolve::dangling_mapping;

/// For how many tags that lead nowhere a name is searched that may have been
/// meant: all names are looked at for each.
const MOST_GUESSES: usize = 200;

/// Reads `discriminator` (OpenAPI 3.0.3 §4.7.25): tags from the mapping, else from the only value the tag can
/// have, else the name of the schema; but where the tag lists other values, those that no other branch lists.
pub(in crate::lower) fn from_mapping(
    discriminator: &openapiv3::Discriminator,
    union: &Pointer,
    branches: &[Pointer],
    acc: &mut Lowering<'_>,
) -> Plan {
    let property = &discriminator.property_name;
    let kind = match kind_of(property, branches, acc) {
        Ok(kind) => kind,
        Err(ty) => {
            return Plan::Opaque(format!("its `discriminator` names `{property}`, which is {ty}"));
        }
    };
    let mapping = mapped(discriminator, union, acc);
    let mut tags_of: BTreeMap<&Pointer, Vec<&String>> = BTreeMap::new();
    for (tag, target) in &mapping {
        tags_of.entry(target).or_default().push(tag);
    }
    let mut variants: Vec<Told<Vec<String>, Branch>> = Vec::new();
    // The variant of each component, and the tags that are taken.
    let mut known: PointerMap<usize> = PointerMap::default();
    let mut taken: BTreeSet<String> = BTreeSet::new();
    for at in branches {
        let target = component_of(at, acc);
        if known.contains_key(&target) {
            continue;
        }
        let mut tags: Vec<String> =
            tags_of.get(&target).into_iter().flatten().map(|tag| (*tag).clone()).collect();
        if tags.is_empty() {
            tags = own_tags(at, (property, kind), branches, acc);
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
    // The keys of a mapping are texts, also of values that are none.
    if let Some(tag) = variants.iter().flat_map(|it| &it.by).find(|tag| !is_tag(kind, tag)) {
        return Plan::Opaque(format!("`{tag}` is no value of `{property}`"));
    }
    Plan::Tagged(Tagging::Discriminator { property: property.clone(), of: kind, variants })
}

/// Returns the variant of a schema at its own place.
pub(in crate::lower) fn branch(at: &Pointer) -> Branch {
    Branch::at(at)
}

/// Returns what the values of a discriminating property are. The error says what else they are in one of the
/// branches: no tag is equal to them.
fn kind_of(
    property: &str,
    branches: &[Pointer],
    acc: &mut Lowering<'_>,
) -> Result<TagKind, &'static str> {
    let mut kinds = Vec::new();
    for at in branches {
        let tag = view_at(at, acc).and_then(|it| it.properties.get(property).cloned());
        let view = tag.and_then(|it| view_at(&it, acc));
        let Some(view) = view else { continue };
        match view.keywords.ty.as_deref() {
            Some("integer") => kinds.push((TagKind::Integer, "an integer")),
            Some("boolean") => kinds.push((TagKind::Boolean, "a boolean")),
            Some("number") => return Err("a number"),
            _ => kinds.push((TagKind::Text, "a text")),
        }
    }
    let Some((first, _)) = kinds.first().copied() else { return Ok(TagKind::Text) };
    match kinds.into_iter().find(|it| it.0 != first) {
        // What differs from a text is what the reader has to know.
        Some((TagKind::Text, _)) => Err("also no text"),
        Some((_, ty)) => Err(ty),
        None => Ok(first),
    }
}

/// Returns whether a tag is the JSON of a value of its kind, spelled in the one way that code compares.
fn is_tag(kind: TagKind, tag: &str) -> bool {
    match kind {
        TagKind::Text => true,
        TagKind::Integer => tag.parse::<i64>().is_ok_and(|it| it.to_string() == tag),
        TagKind::Boolean => matches!(tag, "true" | "false"),
    }
}

/// Returns the values that a property can have, where each can be a tag: integers or booleans that no other value
/// may stand beside.
pub(in crate::lower) fn scalar_tags(value: &Schema) -> Option<(TagKind, Vec<String>)> {
    let values = value.only_values();
    let kind = match values.first()? {
        serde_json::Value::Bool(_) => TagKind::Boolean,
        serde_json::Value::Number(_) => TagKind::Integer,
        _ => return None,
    };
    let ty = value.keywords.ty.as_deref();
    let fits = match kind {
        TagKind::Boolean => values.iter().all(serde_json::Value::is_boolean),
        _ => values.iter().all(serde_json::Value::is_i64) && ty.is_none_or(|ty| ty == "integer"),
    };
    let mut tags: Vec<String> = Vec::new();
    for tag in values.iter().map(ToString::to_string) {
        if !tags.contains(&tag) {
            tags.push(tag);
        }
    }
    fits.then_some((kind, tags))
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
        let mut kind = None;
        let mut taken = BTreeSet::new();
        for (at, view) in views {
            let value = view_at(view.properties.get(property)?, acc)?;
            let (of, by) = text_tags(&value).or_else(|| scalar_tags(&value))?;
            if kind.is_some_and(|it| it != of) || !by.iter().all(|tag| taken.insert(tag.clone())) {
                return None;
            }
            kind = Some(of);
            variants.push(Told { by, variant: Branch::at(at) });
        }
        let property = property.clone();
        Some(Plan::Tagged(Tagging::Discriminator { property, of: kind?, variants }))
    })
}

/// Returns the texts that a property can have, one at least, where each can be a tag.
fn text_tags(value: &Schema) -> Option<(TagKind, Vec<String>)> {
    let is_one = value.only_text().is_some();
    let listed = value.listed_texts().filter(|it| is_one || !it.by.is_open())?;
    let mut by: Vec<String> = Vec::new();
    for (_, text) in listed.texts() {
        if !by.iter().any(|it| it == text) {
            by.push(text.to_owned());
        }
    }
    Some((TagKind::Text, by))
}

/// Recognises components that extend one base, which has a discriminator: the base itself can be any of them, and
/// without it they are told apart as it says.
pub(super) fn from_base(
    union: &Schema,
    views: &[(Pointer, Merged<'_>)],
    acc: &mut Lowering<'_>,
) -> Option<Plan> {
    let members: PointerSet = views.iter().map(|(at, _)| acc.resolved.target(at).clone()).collect();
    let base = acc.families.base_of(&members)?;
    if acc.known.form_unions.contains(&union.pointer) || acc.known.form_unions.contains(&base) {
        return None;
    }
    if let Some((at, _)) = views.iter().find(|(at, _)| *acc.resolved.target(at) == base) {
        return Some(Plan::Same(at.clone()));
    }
    let mut declared = acc.resolved.deref(&base)?.data.discriminator.clone()?;
    declared.mapping.retain(|_, text| {
        let target = target_of(text, acc);
        members.contains(acc.resolved.target(&target))
    });
    let branches: Vec<Pointer> = views.iter().map(|it| it.0.clone()).collect();
    match from_mapping(&declared, &union.pointer, &branches, acc) {
        Plan::Tagged(tagging) => Some(Plan::Tagged(tagging)),
        _ => None,
    }
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
        let (property, of) = (property.clone(), TagKind::Text);
        Some(Plan::Tagged(Tagging::Discriminator { property, of, variants }))
    })
}

/// Returns the tags of the mapping with the components they lead to.
fn mapped(
    discriminator: &openapiv3::Discriminator,
    union: &Pointer,
    acc: &mut Lowering<'_>,
) -> Vec<(String, Pointer)> {
    let mut found = Vec::new();
    for (tag, text) in &discriminator.mapping {
        let target = target_of(text, acc);
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

/// Returns the place that an entry of a mapping names, whether there is something or not.
fn target_of(text: &str, acc: &Lowering<'_>) -> Pointer {
    let by_pointer = text.starts_with('#').then(|| Pointer::parse(text)).flatten();
    let by_name = || acc.component_names.get(text).map(|it| (*it).clone());
    let schemas = || Pointer::root().join(&["components", "schemas"]);
    by_pointer.or_else(by_name).unwrap_or_else(|| schemas().child(text))
}

/// Returns the component a branch refers to, else the branch itself.
pub(super) fn component_of(at: &Pointer, acc: &Lowering<'_>) -> Pointer {
    match acc.resolved.schema(at) {
        crate::resolve::Node::Ref(target) => target.clone(),
        _ => at.clone(),
    }
}

/// Returns the tags of a branch that the mapping does not name.
fn own_tags(
    at: &Pointer,
    (property, kind): (&str, TagKind),
    branches: &[Pointer],
    acc: &mut Lowering<'_>,
) -> Vec<String> {
    let value = value_of(at, property, acc);
    if kind != TagKind::Text {
        let tags = value.and_then(|it| scalar_tags(&it)).filter(|it| it.0 == kind);
        return tags.map(|it| it.1).unwrap_or_default();
    }
    if let Some(text) = value.as_ref().and_then(|it| it.only_text().map(str::to_owned)) {
        return vec![text];
    }
    let target = component_of(at, acc);
    let name = target.tokens().pop();
    let is_component =
        |name: &String| acc.component_names.get(name.as_str()).is_some_and(|it| **it == target);
    let name = name.filter(is_component);
    let listed = value.and_then(|it| text_tags(&it)).map(|it| it.1).unwrap_or_default();
    if name.as_ref().is_some_and(|it| listed.is_empty() || listed.contains(it)) {
        return name.into_iter().collect();
    }
    let others: Vec<&Pointer> = branches.iter().filter(|it| *it != at).collect();
    let lists_it = |other: &Pointer, acc: &mut Lowering<'_>| {
        let tags = value_of(other, property, acc).and_then(|it| text_tags(&it));
        tags.is_some_and(|(_, tags)| tags.iter().any(|it| listed.contains(it)))
    };
    if !listed.is_empty() && !others.into_iter().any(|other| lists_it(other, acc)) {
        return listed;
    }
    // The list is that of all branches; the value that differs in the spelling is meant.
    let is_meant = |it: &String| name.as_ref().is_some_and(|name| letters(name).eq(letters(it)));
    listed.into_iter().find(is_meant).or(name).into_iter().collect()
}

/// Returns a name without its case and what separates its words.
fn letters(name: &str) -> impl Iterator<Item = char> + '_ {
    name.chars().filter(|it| it.is_alphanumeric()).flat_map(char::to_lowercase)
}

/// Returns what a property of a schema can be.
fn value_of<'a>(at: &Pointer, property: &str, acc: &mut Lowering<'a>) -> Option<Merged<'a>> {
    let tag = view_at(at, acc)?.properties.get(property).cloned()?;
    view_at(&tag, acc)
}
