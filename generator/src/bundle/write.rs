//! Puts the nodes of other files into a document, and points its references at them.

use std::collections::{BTreeMap, BTreeSet};

use serde_yaml::{Mapping, Value};

use super::homes::{End, Followed, Homes, is_base};
use super::location::stem;
use super::{Bundled, Home, Keys};
use crate::document::METHODS;
use crate::pointer::Pointer;

/// Writes the nodes into the tree.
pub(super) fn write(tree: &mut Value, homes: Homes) -> Bundled {
    let Homes { own, all } = homes;
    let places = Places::of(tree, &own, &all);
    let mut acc = Bundled::default();
    for it in &own {
        rewrite(tree, &it.found.at.clone(), it, &places, &mut acc);
    }
    let bases = renamed_children(&all, &places);
    for (home, (node, followed)) in &all {
        let Some(place) = places.0.get(home) else { continue };
        let mut node = node.clone();
        for it in followed {
            let Some(below) = below(&it.found.at, &home.at) else { continue };
            let at = Pointer::parse(&format!("{place}{}", &below.as_str()[1..]));
            if let Some(at) = at {
                rewrite_in(&mut node, &below, &at, it, &places, &mut acc);
            }
        }
        for (name, child) in bases.get(home).into_iter().flatten() {
            add_to_mapping(&mut node, name, child);
        }
        if put(tree, place, node) {
            let file = home.file.clone().unwrap_or_default();
            acc.written_in.0.insert(place.clone(), (file, home.at.clone()));
        }
    }
    acc
}

/// Where each node of another file is in the document.
struct Places(BTreeMap<Home, Pointer>);

impl Places {
    fn of(tree: &Value, own: &[Followed], all: &BTreeMap<Home, (Value, Vec<Followed>)>) -> Self {
        let mut acc = BTreeMap::new();
        // A component or a path of the document that is nothing but a reference is the place of its target.
        let mut aliases: BTreeMap<&Home, BTreeSet<Pointer>> = BTreeMap::new();
        for it in own {
            if let End::Home { home, rest } = &it.end
                && rest.is_empty()
                && let Some(at) = it.found.at.parent()
                && is_alias(&at, home, tree)
            {
                aliases.entry(home).or_default().insert(at);
            }
        }
        for (home, places) in aliases {
            let key = key(home);
            let named = places.iter().find(|it| it.tokens().pop().as_ref() == Some(&key));
            if let Some(place) = named.or_else(|| places.first()) {
                acc.insert(home.clone(), place.clone());
            }
        }
        let mut taken: BTreeMap<&str, Keys> = BTreeMap::new();
        let components = Pointer::root().child("components");
        for home in all.keys() {
            if acc.contains_key(home) {
                continue;
            }
            let keys = taken.entry(home.section).or_insert_with(|| {
                let nodes = tree.get("components").and_then(|it| it.get(home.section));
                let nodes = nodes.and_then(Value::as_mapping).into_iter().flatten();
                nodes.filter_map(|(name, _)| name.as_str().map(str::to_owned)).collect()
            });
            let key = free(home, keys);
            acc.insert(home.clone(), components.join(&[home.section, &key]));
            keys.insert(key);
        }
        Self(acc)
    }

    fn fragment(&self, home: &Home, rest: &str) -> Option<String> {
        let place = self.0.get(home)?;
        // In a fragment, `%` begins an octet.
        Some(format!("{place}{rest}").replace('%', "%25"))
    }
}

/// Returns whether a node of the document is a component or a path of the right kind, and only a reference.
fn is_alias(at: &Pointer, home: &Home, tree: &Value) -> bool {
    let Some(Value::Mapping(node)) = at.find(tree) else { return false };
    match at.tokens().iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["components", section, _] => *section == home.section && node.len() == 1,
        ["paths", _] => {
            home.section == "pathItems" && !METHODS.iter().any(|it| node.contains_key(*it))
        }
        _ => false,
    }
}

/// Returns the name that a node has in its own file, or that of the file.
fn key(home: &Home) -> String {
    let file = home.file.as_deref().unwrap_or_default();
    home.at.tokens().pop().filter(|it| !it.is_empty()).unwrap_or_else(|| stem(file).to_owned())
}

/// Returns a key that no other component has: the node's own, or with that of its file in front.
fn free(home: &Home, taken: &Keys) -> String {
    let key = key(home);
    if !taken.contains(&key) {
        return key;
    }
    let scoped = format!("{}_{key}", stem(home.file.as_deref().unwrap_or_default()));
    let numbered = (2..).map(|number| format!("{scoped}_{number}"));
    // Keys are finite and numbers are not.
    std::iter::once(scoped.clone()).chain(numbered).find(|it| !taken.contains(it)).unwrap_or(scoped)
}

/// Points a reference of the document at where its target is.
fn rewrite(tree: &mut Value, at: &Pointer, it: &Followed, places: &Places, acc: &mut Bundled) {
    rewrite_in(tree, at, at, it, places, acc);
}

/// Points a reference, `below` the root of a tree and `at` its place in the document, at where its target is.
fn rewrite_in(
    tree: &mut Value,
    below: &Pointer,
    at: &Pointer,
    it: &Followed,
    places: &Places,
    acc: &mut Bundled,
) {
    let text = match &it.end {
        End::Unchanged => return,
        End::Document(fragment) => Some(fragment.clone()),
        End::Home { home, rest } => places.fragment(home, rest),
        End::Fault { text, fault } => {
            acc.faults.insert(at.clone(), fault.clone());
            Some(text.clone())
        }
    };
    let Some(text) = text else { return };
    if let End::Home { home, rest } = &it.end
        && rest.is_empty()
    {
        name_branch(tree, below, home, &text);
    }
    if let Some(node) = below.find_mut(tree) {
        *node = Value::String(text);
    }
}

/// A branch of a union is chosen by the name of its schema: where that is another one here, the mapping says
/// the name.
fn name_branch(tree: &mut Value, reference: &Pointer, home: &Home, text: &str) {
    let name = key(home);
    let here = Pointer::parse(text).and_then(|it| it.tokens().pop());
    let Some(list) = reference.parent().and_then(|it| it.parent()) else { return };
    let keyword = list.tokens().pop();
    let is_union = ["oneOf", "anyOf"].iter().any(|it| keyword.as_deref() == Some(*it));
    if !is_union || here.as_ref() == Some(&name) {
        return;
    }
    if let Some(union) = list.parent().and_then(|at| at.find_mut(tree)) {
        add_to_mapping(union, &name, text);
    }
}

/// Lets the discriminator of a schema lead from a name to a schema, unless it says something of either.
fn add_to_mapping(schema: &mut Value, name: &str, target: &str) {
    let Some(Value::Mapping(discriminator)) = schema.get_mut("discriminator") else { return };
    let mapping = discriminator.entry("mapping".into()).or_insert_with(|| Mapping::new().into());
    let Some(mapping) = mapping.as_mapping_mut() else { return };
    let is_mapped = mapping.values().any(|it| it.as_str() == Some(target));
    if !is_mapped && !mapping.contains_key(name) {
        mapping.insert(name.into(), target.into());
    }
}

/// Returns for each schema with a discriminator what extends it and has another name here.
fn renamed_children<'a>(
    all: &'a BTreeMap<Home, (Value, Vec<Followed>)>,
    places: &Places,
) -> BTreeMap<&'a Home, Vec<(String, String)>> {
    let mut acc: BTreeMap<&Home, Vec<(String, String)>> = BTreeMap::new();
    for (child, (_, followed)) in all {
        let Some(place) = places.fragment(child, "") else { continue };
        let name = key(child);
        if Pointer::parse(&place).and_then(|it| it.tokens().pop()).as_ref() == Some(&name) {
            continue;
        }
        for it in followed {
            let End::Home { home: base, rest } = &it.end else { continue };
            let list = it.found.at.parent().and_then(|it| it.parent());
            let is_part = list == Some(child.at.child("allOf")) && rest.is_empty();
            let known = all.get_key_value(base).filter(|(_, (node, _))| is_base(node));
            if let Some((base, _)) = known.filter(|_| is_part) {
                acc.entry(base).or_default().push((name.clone(), place.clone()));
            }
        }
    }
    acc
}

/// Puts a node at a place; the maps on the way are made. Of a path that is a reference, what stands beside it stays.
fn put(tree: &mut Value, place: &Pointer, node: Value) -> bool {
    let tokens = place.tokens();
    let Some((last, way)) = tokens.split_last() else { return false };
    let mut holder = tree;
    for token in way {
        let Some(members) = holder.as_mapping_mut() else { return false };
        holder = members.entry(token.as_str().into()).or_insert_with(|| Mapping::new().into());
    }
    let Some(members) = holder.as_mapping_mut() else { return false };
    let beside = members.get(last.as_str()).and_then(Value::as_mapping).cloned();
    let mut node = node;
    if let (Some(beside), Value::Mapping(node)) = (beside, &mut node) {
        let beside = beside.into_iter().filter(|(name, _)| name.as_str() != Some("$ref"));
        node.extend(beside.collect::<Vec<_>>());
    }
    members.insert(last.as_str().into(), node);
    true
}

/// Returns the place of a node below another one, as if that one were the root.
fn below(at: &Pointer, holder: &Pointer) -> Option<Pointer> {
    let rest = at.as_str().strip_prefix(holder.as_str())?;
    Pointer::parse(&format!("#{rest}"))
}
