//! Properties beside `oneOf` or `anyOf` in, an object with a union inside out.
//!
//! For example `Pet: {properties: {name: ..}, oneOf: [{$ref: Cat}, {$ref: Dog}]}`: a pet has a name, and all that a
//! cat or a dog has.

use super::{Branch, Plan, lower_union, of_branches};
use super::{kind, overlapping};
use crate::api::{
    Additional, Docs, JsonKind, Origin, Owner, Role, Shape, Tagging, Type, TypeId, TypeRef,
};
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::document::Schema;
use crate::lower::all_of::{Merged, view_at};
use crate::lower::hoist::Home;
use crate::lower::{Lowering, object};
use crate::pointer::Pointer;

/// What stands beside the properties.
#[derive(Debug)]
pub(in crate::lower) enum Inner {
    /// One branch.
    One(Pointer),
    /// One of several branches.
    Several(Tagging<Branch>),
}

/// The role of what stands beside the properties.
const VARIANT: &str = "variant";

const NO_OBJECT: &str = "properties stand beside a branch that is no object";

/// Decides what becomes of branches beside properties.
pub(super) fn plan(
    view: &Schema,
    branches: &[Pointer],
    views: Vec<(Pointer, Merged<'_>)>,
    acc: &mut Lowering<'_>,
) -> Plan {
    if views.len() < branches.len() {
        return Plan::Opaque("a branch could not be read".to_owned());
    }
    if views.iter().all(|(_, it)| only_narrows(it, view, acc)) {
        return Plan::Object;
    }
    let is_object = |it: &Merged<'_>, acc: &mut Lowering<'_>| {
        says_nothing(it) || kind::kind(it, 0, acc).is_none_or(|it| it == JsonKind::Object)
    };
    if !views.iter().all(|(_, it)| is_object(it, acc)) {
        return Plan::Opaque(NO_OBJECT.to_owned());
    }
    if views.iter().all(|(_, it)| says_all_of(it, view)) {
        return of_branches(view, branches, views, acc);
    }
    // The object itself is such a branch.
    let has_itself = views.iter().any(|(_, it)| says_nothing(it));
    let further: Vec<_> = views.into_iter().filter(|(_, it)| !says_nothing(it)).collect();
    let places: Vec<Pointer> = further.iter().map(|it| it.0.clone()).collect();
    match of_branches(view, &places, further, acc) {
        Plan::Same(only) => match may_be(&only, view, acc).filter(|_| has_itself) {
            Some(kept) => Plan::Beside(Inner::Several(kept)),
            None => Plan::Beside(Inner::One(only)),
        },
        Plan::Tagged(tagging) => Plan::Beside(Inner::Several(tagging)),
        Plan::Object => Plan::Object,
        // Of a branch that names no type, another keyword can tell one.
        Plan::String | Plan::Scalar(_) | Plan::Texts(_) | Plan::Beside(_) => {
            Plan::Opaque(NO_OBJECT.to_owned())
        }
        Plan::Opaque(reason) => Plan::Opaque(reason),
    }
}

/// Returns a union of one branch that a value need not be of: what it is beside its properties is kept as JSON.
fn may_be(only: &Pointer, view: &Schema, acc: &mut Lowering<'_>) -> Option<Tagging<Branch>> {
    let branch = view_at(only, acc)?;
    match overlapping::of(view, &[(only.clone(), branch)], acc)? {
        Plan::Tagged(tagging) => Some(tagging),
        _ => None,
    }
}

/// Returns whether a branch declares each property that stands beside it.
fn says_all_of(branch: &Schema, parent: &Schema) -> bool {
    let is_required = |of: &Schema, name: &String| of.keywords.required.contains(name);
    parent.properties.keys().all(|name| {
        branch.properties.contains_key(name)
            && (is_required(branch, name) || !is_required(parent, name))
    })
}

/// Says that the properties beside a union are those of its branches. What they say themselves no type shows.
pub(super) fn keep(view: &Schema, acc: &mut Lowering<'_>) {
    let branches = view.one_of.iter().chain(&view.any_of);
    let branches: Vec<_> = branches.filter_map(|at| view_at(at, acc)).collect();
    let is_inherited = |(name, at): (&String, &Pointer)| {
        branches.iter().all(|it| it.properties.get(name) == Some(at))
    };
    if view.properties.iter().all(is_inherited) {
        return acc.take(view, &["properties", "required"]);
    }
    for at in view.properties.values() {
        acc.ledger.settle(at.clone());
    }
    for keyword in ["properties", "required"] {
        for at in acc.ledger.places(view, keyword) {
            acc.ledger.keep(at);
        }
    }
}

/// Returns whether a branch says nothing but texts and that it is an object.
fn says_nothing(branch: &Schema) -> bool {
    branch.keywords.ty.as_deref().is_none_or(|ty| ty == "object")
        && branch.properties.is_empty()
        && branch.additional.is_none()
        && branch.one_of.is_empty()
        && branch.any_of.is_empty()
        && branch.items.is_none()
        && branch.listed.is_none()
}

/// Returns whether a branch only says which of the properties beside it have which values: all that it adds to
/// their types are bounds.
fn only_narrows(branch: &Schema, parent: &Schema, acc: &mut Lowering<'_>) -> bool {
    let is_object = branch.keywords.ty.as_deref().is_none_or(|ty| ty == "object");
    is_object
        && branch.one_of.is_empty()
        && branch.any_of.is_empty()
        && branch.items.is_none()
        && branch.listed.is_none()
        && branch.properties.iter().all(|(name, at)| {
            parent.properties.get(name).is_some_and(|declared| {
                is_scalar(at, acc).unwrap_or(true) && is_scalar(declared, acc) == Some(true)
            })
        })
}

/// Returns whether the values of a schema are scalars; `None` where it names no type.
fn is_scalar(at: &Pointer, acc: &mut Lowering<'_>) -> Option<bool> {
    let view = view_at(at, acc)?;
    let kind = kind::kind(&view, 0, acc)?;
    Some(!matches!(kind, JsonKind::List | JsonKind::Object))
}

/// Lowers the properties to a struct, and the branches to the union inside of it.
pub(in crate::lower) fn lower(
    inner: Inner,
    view: &Schema,
    id: TypeId,
    acc: &mut Lowering<'_>,
) -> Shape {
    let mut object = object::lower_object(view, id, acc);
    acc.take(view, &["oneOf", "anyOf"]);
    for at in view.one_of.iter().chain(&view.any_of) {
        if let Some(branch) = view_at(at, acc).filter(|it| says_nothing(it)) {
            acc.take(&branch, &["type", "title", "description"]);
        }
    }
    let ty = match inner {
        Inner::One(at) => {
            let place = Home::of_type(id).then(Role::Variant(VARIANT.to_owned()));
            acc.use_below(&at, view, &place)
        }
        Inner::Several(tagging) => several(tagging, view, id, acc),
    };
    let further = std::mem::replace(
        &mut object.additional,
        Additional::Variant(Box::new(TypeRef { nullable: false, ..ty })),
    );
    if !allows_all(&further) {
        further_is_left_over(view, acc);
    }
    Shape::Struct(object)
}

fn allows_all(further: &Additional) -> bool {
    match further {
        Additional::Unsaid => true,
        Additional::Kept(ty) => **ty == TypeRef::plain(Type::Any),
        Additional::Denied | Additional::Variant(_) => false,
    }
}

/// Says that no type shows what is said of the properties that are not declared here: those of the branches are
/// among them (JSON Schema 2020-12 core §10.3.2.3).
fn further_is_left_over(view: &Schema, acc: &mut Lowering<'_>) {
    for at in acc.ledger.places(view, "additionalProperties") {
        acc.ledger.keep(at.clone());
        let title =
            "`additionalProperties` speaks of the properties of the branches beside it, too";
        let diagnostic = Diagnostic::warning(codes::KEYWORD, at, title).at_key();
        acc.sink.push(diagnostic.label("ignored"));
    }
}

fn several(tagging: Tagging<Branch>, view: &Schema, id: TypeId, acc: &mut Lowering<'_>) -> TypeRef {
    let keyword = if view.one_of.is_empty() { "anyOf" } else { "oneOf" };
    let place = view.pointer.child(keyword);
    let origin = match acc.name_of(&place) {
        Some(name) => Origin::Given(name),
        None => Origin::Inline {
            owner: Owner::Type(id),
            roles: vec![Role::Variant(VARIANT.to_owned())],
        },
    };
    let union = acc.reserve(origin, view);
    let type_def = &mut acc.types[union.0];
    type_def.pointer = place;
    // They are those of the object.
    type_def.docs = Docs::default();
    type_def.examples = Vec::new();
    acc.types[union.0].shape = lower_union(Plan::Tagged(tagging), view, union, acc);
    TypeRef::plain(Type::Named(union))
}
