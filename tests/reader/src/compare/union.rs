//! The branches of a union with the variants of the code, and what tells them apart.

use std::collections::BTreeSet;

use super::{Form, Walk};
use crate::difference::Fact;
use crate::document::Node;
use crate::document::schema::{Discriminator, Kind, Schema};
use crate::place;
use crate::rust::{Item, Told, Type, Variant};

/// How many slashes the place of a component has: `#/components/schemas/Pet`.
const COMPONENT: usize = 3;

/// How many unions can be inside of each other.
const MAX_DEPTH: usize = 4;

impl<'a> Walk<'a> {
    /// Compares a union.
    pub(super) fn union(&mut self, schema: &Schema<'a>, told: &Told, variants: &[Variant]) {
        let branches: Vec<Node<'a>> =
            schema.unions.iter().flat_map(|it| self.branches(it)).collect();
        match told {
            Told::Kind if branches.is_empty() => self.kinds(schema, variants),
            Told::Kind => self.by_kind(schema, &branches, variants),
            Told::Key => self.by_key(schema, &branches, variants),
            Told::Nothing => self.by_nothing(schema, &branches, variants),
            Told::Property { name, of } => {
                // A base can be any of those that extend it.
                let base = self.base_of(&branches).filter(|base| {
                    branches.iter().any(|it| self.document.follow(it).0.at == base.at)
                });
                if let Some(base) = base {
                    return self.union(&self.settled(&[base]), told, variants);
                }
                let branches = if branches.is_empty() { self.children(schema) } else { branches };
                self.tags_are(&branches, name, of);
                self.by_property(schema, &branches, name, variants);
            }
        }
    }

    /// Returns the schemas that extend one whose discriminator chooses among them.
    pub(super) fn children(&self, schema: &Schema<'a>) -> Vec<Node<'a>> {
        let is_base = schema.discriminator.is_some() && schema.unions.is_empty();
        let is_component = |at: &&String| at.matches('/').count() == COMPONENT;
        // A component around a base alone is one of its children; anything else around it is the base.
        let extends = |base: &str| {
            let components = schema.places.iter().filter(is_component);
            components
                .filter_map(|at| self.document.find(at))
                .any(|it| it.at != base && self.document.extends(&it, base))
        };
        let bases = schema.places.iter().filter(|it| is_base && !extends(it));
        bases.flat_map(|it| self.document.children(it)).collect()
    }

    /// Returns the schema that each of several branches is or extends, and whose discriminator chooses among them.
    fn base_of(&self, branches: &[Node<'a>]) -> Option<Node<'a>> {
        let ends: Vec<_> = branches.iter().map(|it| self.document.follow(it).0).collect();
        let is_below = |it: &Node<'a>, base: &str| it.at == base || self.document.extends(it, base);
        let parts = self
            .settled(branches.first().filter(|_| branches.len() > 1).map(std::slice::from_ref)?)
            .parts;
        let mut bases = parts.iter().filter_map(|at| self.document.find(at));
        bases.find(|base| {
            let is_base = base.get("discriminator").is_some()
                && ["oneOf", "anyOf"].iter().all(|it| base.get(it).is_none());
            is_base && ends.iter().all(|it| is_below(it, &base.at))
        })
    }

    /// Returns the discriminator of a union, or that of the base that its branches extend.
    fn discriminator(&self, schema: &Schema<'a>, branches: &[Node<'a>]) -> Option<Discriminator> {
        if schema.discriminator.is_some() || schema.unions.is_empty() {
            return schema.discriminator.clone();
        }
        let mut found = self.settled(&[self.base_of(branches)?]).discriminator?;
        let ends: BTreeSet<_> = branches.iter().map(|it| self.document.follow(it).0.at).collect();
        found.mapping.retain(|(_, target)| target.as_ref().is_some_and(|it| ends.contains(it)));
        Some(found)
    }

    /// Compares a variant with its branch. One that is a base itself has all that extend it beside it, so it
    /// is what the base declares.
    fn branch(&mut self, end: Node<'a>, property: &str, variant: &Variant) {
        let schema = self.settled(std::slice::from_ref(&end));
        let is_base = schema.discriminator.as_ref().is_some_and(|it| it.property == property)
            && !self.children(&schema).is_empty();
        match self.behind_aliases(variant.ty.present(), "").0 {
            Type::Named(id) if is_base => {
                if let Item::Object { members, rest, .. } = self.code.item(&id) {
                    self.object(&schema, &id, members, rest.as_ref());
                }
            }
            _ => self.present(&[end], variant.ty.present(), Form::Json, None, ""),
        }
    }

    /// `type: [string, integer]`: the schema says something of each kind.
    fn kinds(&mut self, schema: &Schema<'a>, variants: &[Variant]) {
        let declared = schema.kinds.clone().unwrap_or_default();
        let nodes: Vec<_> = schema.places.iter().filter_map(|at| self.document.find(at)).collect();
        for kind in &declared {
            let found = variants.iter().find(|it| it.kind == word(*kind));
            self.check(Fact::Branch, found.is_some(), &schema.places, None, || {
                format!("no variant holds {kind:?}")
            });
            if let Some(variant) = found {
                self.present(&nodes, variant.ty.present(), Form::Json, Some(*kind), "");
            }
        }
        let words: BTreeSet<&str> = declared.iter().map(|it| word(*it)).collect();
        self.no_others(schema, variants, |it| words.contains(it.kind.as_str()));
    }

    fn by_kind(&mut self, schema: &Schema<'a>, branches: &[Node<'a>], variants: &[Variant]) {
        let mut met = BTreeSet::new();
        for branch in branches {
            let said = self.settled(std::slice::from_ref(branch));
            let kinds = self.kinds_of(&said).unwrap_or_default();
            let only = kinds.iter().next().filter(|_| kinds.len() == 1).map(|it| word(*it));
            let of = |word| variants.iter().find(|it| it.kind == word);
            // A format of integers narrows a number.
            let is_whole = only == Some("Number") && said.is_whole();
            let found = only.and_then(of).or_else(|| of("Integer").filter(|_| is_whole));
            let mut places = said.places.clone();
            places.extend(schema.places.iter().cloned());
            self.check(Fact::Branch, found.is_some(), &places, None, || {
                format!("no variant holds the branch of {kinds:?}")
            });
            if let Some(variant) = found {
                met.insert(variant.kind.clone());
                let nodes = [branch.clone()];
                self.present(&nodes, variant.ty.present(), Form::Json, None, "");
            }
        }
        self.no_others(schema, variants, |it| met.contains(&it.kind));
    }

    fn by_key(&mut self, schema: &Schema<'a>, branches: &[Node<'a>], variants: &[Variant]) {
        let mut keys: Vec<(String, Vec<Node<'a>>)> = Vec::new();
        if branches.is_empty() {
            // One of several properties: the branches say which.
            keys.extend(schema.properties.clone());
        }
        for branch in branches {
            let said = self.settled(std::slice::from_ref(branch));
            if said.properties.len() != 1 {
                self.check(Fact::Branch, false, &said.places, None, || {
                    "a union by key has a branch with several properties".to_owned()
                });
            }
            keys.extend(said.properties);
        }
        for (key, nodes) in &keys {
            let found = variants.iter().find(|it| it.texts.contains(key));
            let places: Vec<_> = nodes.iter().map(|it| it.at.clone()).collect();
            self.check(Fact::Branch, found.is_some(), &places, Some(key), || {
                format!("no variant holds the property `{key}`")
            });
            if let Some(variant) = found {
                self.used(nodes, &variant.ty, Form::Json, "");
            }
        }
        self.no_others(schema, variants, |it| keys.iter().any(|(key, _)| it.texts.contains(key)));
    }

    /// Each branch has a variant of its own, in the same order, and the JSON is kept.
    fn by_nothing(&mut self, schema: &Schema<'a>, branches: &[Node<'a>], variants: &[Variant]) {
        let mut met = BTreeSet::new();
        // Of one schema that is named twice there is one variant.
        let distinct: Vec<_> =
            branches.iter().filter(|it| met.insert(self.document.follow(it).0.at)).collect();
        let holds = distinct.len() == variants.len();
        self.check(Fact::Branch, holds, &schema.places, None, || {
            format!("{} branches are {} types", distinct.len(), variants.len())
        });
        for (branch, variant) in distinct.into_iter().zip(variants) {
            self.present(std::slice::from_ref(branch), variant.ty.present(), Form::Json, None, "");
        }
    }

    /// Compares the kind of the tags with what each branch says of the property.
    fn tags_are(&mut self, branches: &[Node<'a>], property: &str, word: &str) {
        for branch in branches {
            let said = self.settled(std::slice::from_ref(branch));
            let Some(own) = said.properties.get(property).map(|it| self.settled(it)) else {
                continue;
            };
            let kinds = self.kinds_of(&own);
            let is_only = |kind: Kind| kinds.as_ref().is_some_and(|it| it.iter().eq([&kind]));
            let holds = match word {
                "integer" => is_only(Kind::Integer),
                "boolean" => is_only(Kind::Boolean),
                _ => !is_only(Kind::Integer) && !is_only(Kind::Boolean),
            };
            self.check(Fact::Branch, holds, &own.places, Some(property), || {
                format!("the values of `{property}` are read as another kind: by {word}")
            });
        }
    }

    fn by_property(
        &mut self,
        schema: &Schema<'a>,
        branches: &[Node<'a>],
        property: &str,
        variants: &[Variant],
    ) {
        let discriminator = self.discriminator(schema, branches);
        let discriminator = discriminator.as_ref();
        if let Some(declared) = discriminator {
            let holds = declared.property == property;
            self.check(Fact::Branch, holds, &schema.places, None, || {
                format!(
                    "the variants are told apart by `{property}`, not by `{}`",
                    declared.property
                )
            });
        }
        let mut declared = BTreeSet::new();
        for (tag, branch) in self.tags(discriminator, branches, property, 0) {
            let found = variants.iter().find(|it| it.texts.contains(&tag));
            let (end, mut places) = self.document.follow(&branch);
            places.extend(discriminator.map(|it| place::child(&it.at, "mapping")));
            places.extend(
                discriminator.map(|it| place::child(&place::child(&it.at, "mapping"), &tag)),
            );
            places.extend(schema.places.iter().cloned());
            self.check(Fact::Branch, found.is_some(), &places, Some(&tag), || {
                format!("no variant has the value `{tag}` of `{property}`")
            });
            if let Some(variant) = found {
                self.branch(end, property, variant);
            }
            declared.insert(tag);
        }
        if schema.unions.is_empty() {
            self.base(schema, property, &mut declared, variants);
        }
        for text in variants.iter().flat_map(|it| &it.texts) {
            self.check(Fact::Branch, declared.contains(text), &schema.places, Some(text), || {
                format!("the value `{text}` of `{property}` is not declared")
            });
        }
    }

    /// Compares the variant of a base without more: its tags are the listed values that lead to no child, else
    /// its name.
    fn base(
        &mut self,
        schema: &Schema<'a>,
        property: &str,
        declared: &mut BTreeSet<String>,
        variants: &[Variant],
    ) {
        let bases: Vec<_> = schema.places.iter().filter_map(|at| self.document.find(at)).collect();
        let Some(base) = bases.into_iter().find(|it| it.get("discriminator").is_some()) else {
            return;
        };
        // A union of one branch says what its branch says, and has no values of its own.
        if base.get("oneOf").is_some() || base.get("anyOf").is_some() {
            return;
        }
        let own = schema.properties.get(property).map(|it| self.settled(it));
        let mut texts = own.and_then(|it| it.texts()).unwrap_or_default();
        texts.retain(|it| !declared.contains(it));
        let is_mapped = |it: &&Discriminator| {
            let mut targets = it.mapping.iter().filter_map(|it| it.1.as_deref());
            targets.any(|it| self.document.find(it).is_some_and(|it| it.at == base.at))
        };
        if schema.discriminator.as_ref().is_some_and(|it| is_mapped(&it)) {
            return;
        }
        if texts.is_empty() {
            texts.extend(base.at.rsplit('/').next().map(place::unescaped));
        }
        let found = variants.iter().find(|it| texts.iter().any(|text| it.texts.contains(text)));
        self.check(Fact::Branch, found.is_some(), &schema.places, None, || {
            "no variant is the base alone".to_owned()
        });
        if let Some(variant) = found {
            self.branch(base, property, variant);
        }
        declared.extend(texts);
    }

    /// Returns the values of the discriminator, each with its branch: those of the mapping, else the value
    /// that a branch itself lists, else its name (OpenAPI 3.1.1 §4.8.25.3). Without a discriminator they
    /// are all that a branch lists.
    fn tags(
        &self,
        discriminator: Option<&Discriminator>,
        branches: &[Node<'a>],
        property: &str,
        depth: usize,
    ) -> Vec<(String, Node<'a>)> {
        let mut acc: Vec<(String, Node<'a>)> = Vec::new();
        let mut mapped = BTreeSet::new();
        for (tag, target) in discriminator.iter().flat_map(|it| &it.mapping) {
            let Some(node) = target.as_ref().and_then(|it| self.document.find(it)) else {
                continue;
            };
            let (end, way) = self.document.follow(&node);
            mapped.extend(way);
            mapped.insert(end.at.clone());
            acc.push((tag.clone(), node));
        }
        for branch in branches {
            let (end, way) = self.document.follow(branch);
            if way.iter().any(|it| mapped.contains(it)) {
                continue;
            }
            let said = self.settled(std::slice::from_ref(branch));
            let own = said.properties.get(property).map(|it| self.settled(it));
            let inner = said.unions.iter().flat_map(|it| self.branches(it));
            let inner: Vec<_> = inner.filter(|_| own.is_none() && depth < MAX_DEPTH).collect();
            if discriminator.is_none() && !inner.is_empty() {
                // A branch with branches has the values of those.
                acc.extend(self.tags(None, &inner, property, depth + 1));
                continue;
            }
            let texts = own.and_then(|it| it.tags()).unwrap_or_default();
            let name = way.get(1).unwrap_or(&end.at).rsplit('/').next().unwrap_or_default();
            let name = place::unescaped(name);
            // The name of a schema is no value of a property that lists others: those that no other branch lists are.
            let is_own = !texts.is_empty()
                && !texts.contains(&name)
                && self.are_own(&texts, branch, branches, property);
            if texts.len() == 1 || discriminator.is_none() || is_own {
                acc.extend(texts.into_iter().map(|it| (it, branch.clone())));
            } else {
                acc.push((name, branch.clone()));
            }
        }
        acc
    }

    fn are_own(
        &self,
        texts: &BTreeSet<String>,
        branch: &Node<'a>,
        branches: &[Node<'a>],
        property: &str,
    ) -> bool {
        branches.iter().filter(|it| it.at != branch.at).all(|it| {
            let said = self.settled(std::slice::from_ref(it));
            let own = said.properties.get(property).map(|it| self.settled(it));
            own.and_then(|it| it.tags()).is_none_or(|it| it.is_disjoint(texts))
        })
    }

    fn no_others(
        &mut self,
        schema: &Schema<'a>,
        variants: &[Variant],
        is_declared: impl Fn(&Variant) -> bool,
    ) {
        for variant in variants {
            self.check(Fact::Branch, is_declared(variant), &schema.places, None, || {
                format!("no branch is the variant of {} {:?}", variant.kind, variant.texts)
            });
        }
    }
}

/// Returns the word that the code has for a kind.
fn word(kind: Kind) -> &'static str {
    match kind {
        Kind::Boolean => "Boolean",
        Kind::Integer => "Integer",
        Kind::Number => "Number",
        Kind::String => "String",
        Kind::List => "List",
        Kind::Object => "Object",
    }
}
