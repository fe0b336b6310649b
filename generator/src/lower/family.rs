//! A schema with a discriminator that others extend in, a union of itself and its children out.
//!
//! For example `Pet: {discriminator: {propertyName: kind}, ..}` with `Cat: {allOf: [{$ref: Pet}, ..]}`: where
//! `Pet` is used, a value can be a `Cat`, with all that a cat has (OpenAPI 3.0.4 §4.7.25). The properties of the
//! base alone are a struct of its own.

use std::collections::BTreeSet;
use std::rc::Rc;

use super::Lowering;
use super::all_of::view_at;
use super::hoist::Home;
use super::object;
use super::union::Plan;
use super::union::discriminator;
use crate::api::{
    Docs, NameOf, Origin, Owner, Role, Shape, TagKind, Tagging, Told, ToldBy, Type, TypeId,
    TypeRef, Union, Variant,
};
use crate::document::{Listed, Schema};
use crate::pointer::{Pointer, PointerMap, PointerSet};
use crate::resolve::{Node, Resolved};

/// The role of the struct of a base's own properties.
const BASE: &str = "base";

/// How many components can extend a base, counted for each base: each is a variant. Beyond, a base stays what it
/// declares itself, and its discriminator is reported.
const MOST_CHILDREN: usize = 20_000;

/// The components that others extend, and choose by a discriminator.
#[derive(Debug, Default)]
pub(super) struct Families {
    /// The components that extend each base, in the order of the document.
    children: PointerMap<Vec<Pointer>>,
    /// All components that extend one of them.
    extending: PointerSet,
    /// The structs of the bases' own properties.
    own: PointerMap<TypeId>,
}

impl Families {
    pub(super) fn of(resolved: &Resolved) -> Self {
        let mut acc = Self::default();
        let components = || resolved.document.component_schemas.iter().map(|(_, at)| at);
        for at in components() {
            if let Node::Schema(schema) = resolved.schema(at)
                && schema.data.discriminator.is_some()
                && schema.one_of.is_empty()
                && schema.any_of.is_empty()
            {
                acc.children.insert(at.clone(), Vec::new());
            }
        }
        let mut known = PointerMap::default();
        let mut n_children = 0;
        let has_base = !acc.children.is_empty();
        for at in components().filter(|_| has_base) {
            if !matches!(resolved.schema(at), Node::Schema(_)) {
                continue;
            }
            for base in &*extended(at, &acc.children, &mut known, resolved) {
                if let Some(children) = acc.children.get_mut(base).filter(|_| base != at) {
                    children.push(at.clone());
                    acc.extending.insert(at.clone());
                    n_children += 1;
                }
            }
            if n_children > MOST_CHILDREN {
                return Self::default();
            }
        }
        acc
    }

    fn is_base(&self, at: &Pointer) -> bool {
        self.children.contains_key(at)
    }

    /// Returns the first base by its place that each of the components is, or extends.
    pub(super) fn base_of(&self, members: &PointerSet) -> Option<Pointer> {
        let first = members.first()?;
        let has = |base: &Pointer, at: &Pointer| {
            base == at || self.children.get(base).is_some_and(|it| it.contains(at))
        };
        if members.len() < 2 || !members.iter().all(|at| self.is_base(at) || self.is_child(at)) {
            return None;
        }
        let bases = self.children.keys().filter(|base| has(base, first));
        bases.filter(|base| members.iter().all(|at| has(base, at))).min().cloned()
    }

    /// Returns whether a component extends a base.
    pub(super) fn is_child(&self, at: &Pointer) -> bool {
        self.extending.contains(at)
    }
}

/// The bases that each schema extends.
type Extended = PointerMap<Rc<PointerSet>>;

/// Returns the bases that a schema extends through `allOf`, at any distance; each schema is looked at once.
fn extended(
    at: &Pointer,
    bases: &PointerMap<Vec<Pointer>>,
    known: &mut Extended,
    resolved: &Resolved,
) -> Rc<PointerSet> {
    let mut open = vec![resolved.target(at)];
    let mut begun = BTreeSet::new();
    while let Some(at) = open.last().copied() {
        let parts = resolved.deref(at).map_or(&[][..], |it| &it.all_of);
        let parts = || parts.iter().map(|it| resolved.target(it));
        let is_new = begun.insert(at);
        let waiting: Vec<&Pointer> =
            parts().filter(|it| is_new && !known.contains_key(*it)).collect();
        if !waiting.is_empty() {
            open.extend(waiting);
            continue;
        }
        open.pop();
        if !known.contains_key(at) {
            let own = parts().filter(|it| bases.contains_key(*it)).cloned();
            let inherited =
                parts().filter_map(|it| known.get(it)).flat_map(|it| it.iter().cloned());
            let all = Rc::new(own.chain(inherited).collect());
            known.insert(at.clone(), all);
        }
    }
    known.get(resolved.target(at)).cloned().unwrap_or_default()
}

impl<'a> Lowering<'a> {
    /// Returns the union of a base and those that extend it; `None` for a schema that is no such base.
    pub(super) fn family(
        &mut self,
        schema: &'a Schema,
        view: &Schema,
        id: TypeId,
    ) -> Option<Shape> {
        let at = &schema.pointer;
        let declared = schema.data.discriminator.as_ref()?;
        // What is sent as a form has the properties that the base itself declares.
        if !self.families.is_base(at) || self.known.form_unions.contains(at) {
            return None;
        }
        let children = self.families.children[at].clone();
        let is_own = |target: &Pointer, acc: &Self| acc.resolved.target(target) == at;
        let plan = discriminator::from_mapping(declared, at, &children, self);
        let Plan::Tagged(Tagging::Discriminator { property, of, mut variants }) = plan else {
            return None;
        };
        if variants.iter().all(|it| is_own(&it.variant.schema, self)) {
            return None;
        }
        if !variants.iter().any(|it| is_own(&it.variant.schema, self)) {
            let taken = variants.iter().flat_map(|it| &it.by).cloned().collect();
            let by = self.own_tags(view, &property, of, at, &taken);
            // Of an integer or a boolean, no value says that it is the base where none is listed.
            if !by.is_empty() {
                variants.push(Told { by, variant: discriminator::branch(at) });
            }
        }
        self.take_discriminator(view);
        let place = Home::of_type(id);
        let own = self.own_struct(at);
        self.types[own.0].shape = Shape::Struct(object::lower_object(view, id, self));
        let tagging = Tagging::Discriminator { property: property.clone(), of, variants };
        let tagging = tagging.map(|by, branch| {
            let is_own = is_own(&branch.schema, self);
            let ty = if is_own {
                TypeRef::plain(Type::Named(own))
            } else {
                self.member(&branch.schema, &property, view, &place, by)
            };
            let mut given_name = self.marks.name(&branch.pointer, NameOf::Variant);
            if is_own {
                given_name = given_name.or(Some(BASE.to_owned()));
            }
            let docs = Docs::default();
            Variant { ty, docs, given_name, pointer: branch.pointer, is_closed: false }
        });
        Some(Shape::Union(Union { tagging, any_of: false }))
    }

    /// Returns the type of a variant: of one that is a base by the same property, its own properties, since all
    /// that extend it are variants as well.
    fn member(
        &mut self,
        at: &Pointer,
        property: &str,
        view: &Schema,
        place: &Home,
        by: ToldBy<'_>,
    ) -> TypeRef {
        let resolved = self.resolved;
        let target = resolved.target(at);
        let has_same = resolved
            .deref(target)
            .and_then(|it| it.data.discriminator.as_ref())
            .is_some_and(|it| it.property_name == property);
        let is_chosen =
            |acc: &Self| acc.families.children.get(target).is_some_and(|it| !it.is_empty());
        if has_same && is_chosen(self) && !self.known.form_unions.contains(target) {
            return TypeRef::plain(Type::Named(self.own_struct(target)));
        }
        let place = place.then(Role::Variant(by.word().to_owned()));
        let used = self.use_below(at, view, &place);
        TypeRef { nullable: false, ..used }
    }

    /// Returns the values of the discriminator that lead to no child: those that the base lists, else its name where
    /// they are texts.
    fn own_tags(
        &mut self,
        view: &Schema,
        property: &str,
        of: TagKind,
        at: &Pointer,
        taken: &BTreeSet<String>,
    ) -> Vec<String> {
        let tag = view.properties.get(property).and_then(|it| view_at(it, self));
        if of != TagKind::Text {
            let listed = tag.as_ref().and_then(|it| discriminator::scalar_tags(it));
            let tags = listed.filter(|it| it.0 == of).map(|it| it.1).unwrap_or_default();
            return tags.into_iter().filter(|it| !taken.contains(it)).collect();
        }
        let listed = tag.as_ref().and_then(|it| it.listed_texts());
        let texts = listed.into_iter().flat_map(Listed::texts).map(|it| it.1.to_owned());
        let mut acc: Vec<String> = texts.filter(|it| !taken.contains(it)).collect();
        if acc.is_empty() {
            acc.extend(at.tokens().pop());
        }
        acc
    }

    /// Returns the struct of what a base itself declares; its properties follow with the base.
    fn own_struct(&mut self, at: &Pointer) -> TypeId {
        if let Some(known) = self.families.own.get(at) {
            return *known;
        }
        let base = self.components.get(at).copied();
        let (Some(schema), Some(base)) = (self.resolved.deref(at), base) else {
            unreachable!("a base is a component")
        };
        let place = at.child("properties");
        let origin = match self.name_of(&place) {
            Some(name) => Origin::Given(name),
            None => Origin::Inline {
                owner: Owner::Type(base),
                roles: vec![Role::Variant(BASE.to_owned())],
            },
        };
        let id = self.reserve(origin, schema);
        self.types[id.0].pointer = place;
        self.families.own.insert(at.clone(), id);
        id
    }

    /// Gives the structs that were asked for, of bases that are no union, the type of the base.
    pub(super) fn finish_families(&mut self) {
        for (at, id) in self.families.own.clone() {
            let is_open = self.types[id.0].shape == Shape::Alias(TypeRef::plain(Type::Any));
            if let Some(base) = self.components.get(&at).filter(|_| is_open) {
                self.types[id.0].shape = Shape::Alias(TypeRef::plain(Type::Named(*base)));
            }
        }
    }
}
