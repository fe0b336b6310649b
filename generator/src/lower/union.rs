//! `oneOf` or `anyOf` in, a union with the way to distinguish its variants out.

pub(super) mod beside;
pub(super) mod discriminator;
mod key;
mod kind;
mod overlapping;
mod text;

pub(super) use text::as_string;

use std::collections::BTreeSet;

use super::Lowering;
use super::all_of::{Merged, view_at};
use super::events;
use super::hoist::{Home, docs};
use crate::api::{Docs, NameOf, Role, Shape, Tagging, TypeId, Union, Variant};
use crate::document::{AdditionalProperties, Schema};
use crate::pointer::Pointer;
use crate::resolve::Node;

/// What becomes of a union.
#[derive(Debug)]
pub(super) enum Plan {
    /// One branch is left, and says it all.
    Same(Pointer),
    /// The branches are all strings, none with known values.
    String,
    /// The branches are all numbers of one type, or booleans.
    Scalar(text::Scalar),
    /// The branches are all strings, some with known values.
    Texts(Vec<Pointer>),
    /// The branches only say which properties go together: an object.
    Object,
    /// The variants can be distinguished.
    Tagged(Tagging<Branch>),
    /// Properties stand beside the branches, which are objects.
    Beside(beside::Inner),
    /// They cannot be told apart; the text says why.
    Opaque(String),
}

/// A variant before its type is lowered.
#[derive(Debug)]
pub(super) struct Branch {
    /// The schema of the variant's value.
    pub(super) schema: Pointer,
    /// The place of the variant.
    pub(super) pointer: Pointer,
}

impl Branch {
    /// Returns a variant with a schema of its own.
    fn at(at: &Pointer) -> Self {
        Self { schema: at.clone(), pointer: at.clone() }
    }
}

/// Returns whether a schema has a type that none of its branches has.
fn contradicts_its_branches(view: &Schema, acc: &mut Lowering<'_>) -> bool {
    let Some(ty) = view.keywords.ty.as_deref() else { return false };
    let mut branches = view.one_of.iter().chain(&view.any_of);
    branches.all(|at| {
        view_at(at, acc).is_some_and(|it| {
            let implied = (!it.properties.is_empty()).then_some("object");
            let own = it.keywords.ty.as_deref().or(implied);
            own.is_some_and(|own| own != ty && !(ty == "number" && own == "integer"))
        })
    })
}

/// Decides how to distinguish the variants of a union.
pub(super) fn plan(view: &Schema, acc: &mut Lowering<'_>) -> Plan {
    let (branches, other) = if view.one_of.is_empty() {
        (&view.any_of, &view.one_of)
    } else {
        (&view.one_of, &view.any_of)
    };
    let views: Vec<(Pointer, Merged<'_>)> =
        branches.iter().filter_map(|at| Some((at.clone(), view_at(at, acc)?))).collect();
    let only_required = !views.is_empty() && views.iter().all(|(_, it)| only_requires(it, view));
    if only_required && !view.properties.is_empty() {
        return key::from_required(view, &views, acc).unwrap_or(Plan::Object);
    }
    if only_required
        && view.data.discriminator.is_none()
        && views.iter().all(|(_, it)| it.properties.is_empty())
    {
        return Plan::Object;
    }
    if !other.is_empty() {
        return Plan::Opaque("`oneOf` beside `anyOf` is not supported".to_owned());
    }
    if !view.properties.is_empty() {
        return beside::plan(view, branches, views, acc);
    }
    of_branches(view, branches, views, acc)
}

/// Decides how to distinguish the branches, whatever stands beside them.
fn of_branches(
    view: &Schema,
    branches: &[Pointer],
    views: Vec<(Pointer, Merged<'_>)>,
    acc: &mut Lowering<'_>,
) -> Plan {
    if let Some(plan) = events::by_name(view, acc) {
        return plan;
    }
    let is_kept = matches!(view.additional, Some(AdditionalProperties::Schema(_)));
    if is_kept && views.len() == branches.len() {
        // No branch has a place for further properties that have a type.
        let kept = overlapping::of(view, &distinct(views, acc), acc);
        return kept.unwrap_or_else(|| {
            Plan::Opaque("further properties beside a union of files".to_owned())
        });
    }
    if let Some(property) = &view.data.discriminator {
        let plan = discriminator::from_mapping(property, &view.pointer, branches, acc);
        // A discriminator that chooses nothing is left over.
        return match plan {
            Plan::Opaque(reason) if views.len() == branches.len() => {
                overlapping::of(view, &distinct(views, acc), acc).unwrap_or(Plan::Opaque(reason))
            }
            plan => plan,
        };
    }
    if views.len() < branches.len() {
        return Plan::Opaque("a branch could not be read".to_owned());
    }
    match distinct(views, acc).as_slice() {
        [] => Plan::Object,
        [only] => Plan::Same(only.0.clone()),
        distinct => undiscriminated(view, distinct, acc),
    }
}

fn undiscriminated(view: &Schema, views: &[(Pointer, Merged<'_>)], acc: &mut Lowering<'_>) -> Plan {
    let is_form = acc.known.form_unions.contains(&view.pointer);
    text::all_texts(views)
        .or_else(|| text::all_scalars(views))
        .or_else(|| kind::by_kind(views, acc))
        .or_else(|| key::from_closed_objects(views))
        .or_else(|| discriminator::from_constants(views, acc))
        .or_else(|| is_form.then(|| discriminator::from_lists(views, acc)).flatten())
        .or_else(|| discriminator::from_base(view, views, acc))
        .or_else(|| overlapping::of(view, views, acc))
        .unwrap_or_else(|| {
            Plan::Opaque("the branches of the union cannot be told apart".to_owned())
        })
}

/// Returns the branches without those that point at the same schema as one before, and those that only say that
/// the union can be `null`.
fn distinct<'a>(
    views: Vec<(Pointer, Merged<'a>)>,
    acc: &Lowering<'_>,
) -> Vec<(Pointer, Merged<'a>)> {
    let mut targets = BTreeSet::new();
    let is_new = |(at, view): &(Pointer, Merged<'_>)| {
        !view.keywords.never
            && !view.lists_only_null()
            && targets.insert(acc.resolved.target(at).clone())
    };
    views.into_iter().filter(is_new).collect()
}

/// Returns whether a branch only says which properties of its parent go together.
fn only_requires(branch: &Schema, parent: &Schema) -> bool {
    branch.keywords.ty.as_deref().is_none_or(|ty| ty == "object")
        && !branch.keywords.required.is_empty()
        && branch.properties.keys().all(|name| parent.properties.contains_key(name))
        && branch.one_of.is_empty()
        && branch.any_of.is_empty()
        && branch.items.is_none()
        && branch.listed.is_none()
}

/// A branch that matches no value is not a variant.
fn take_never(view: &Schema, acc: &mut Lowering<'_>) {
    for at in view.one_of.iter().chain(&view.any_of) {
        if let Some(branch) = view_at(at, acc).filter(|it| it.keywords.never) {
            acc.take(&branch, &["not"]);
        }
    }
}

/// Lowers the variants of a union.
pub(super) fn lower_union(plan: Plan, view: &Schema, id: TypeId, acc: &mut Lowering<'_>) -> Shape {
    let tagging = match plan {
        Plan::Tagged(tagging) => tagging,
        Plan::Texts(branches) => {
            acc.take_texts(view);
            return Shape::Enum(text::lower_texts(&branches, acc));
        }
        Plan::Same(_)
        | Plan::String
        | Plan::Scalar(_)
        | Plan::Object
        | Plan::Beside(_)
        | Plan::Opaque(_) => {
            unreachable!("the class of such a schema is no union")
        }
    };
    acc.take(view, &["oneOf", "anyOf"]);
    // A type that no branch has is one that the union does not express.
    if !contradicts_its_branches(view, acc) {
        acc.take(view, &["type"]);
    }
    match tagging {
        Tagging::Discriminator { .. } => acc.take_discriminator(view),
        Tagging::Key(_) => key::take(view, acc),
        Tagging::Kind(_) | Tagging::Overlapping(_) => {}
    }
    take_never(view, acc);
    if !view.properties.is_empty()
        && matches!(tagging, Tagging::Discriminator { .. } | Tagging::Overlapping(_))
        && acc.types[id.0].pointer == view.pointer
    {
        beside::keep(view, acc);
    }
    let place = Home::of_type(id);
    let by_key = matches!(tagging, Tagging::Key(_));
    let tagging = tagging.map(|by, branch| {
        let place = place.then(Role::Variant(by.word().to_owned()));
        let mut ty = acc.use_below(&branch.schema, view, &place);
        // That the union allows `null` is said once, by the union; the value of a key has a
        // `null` of its own.
        ty.nullable &= by_key;
        let docs = match acc.resolved.schema(&branch.schema) {
            Node::Schema(schema) => {
                acc.ledger.take(&schema.pointer, &["title", "description"]);
                docs(schema)
            }
            Node::Ref(_) | Node::Broken => Docs::default(),
        };
        let given_name = acc.marks.name(&branch.pointer, NameOf::Variant);
        let is_closed = by_key && (key::denies(view) || key::is_closed(&branch.pointer, acc));
        Variant { ty, docs, given_name, pointer: branch.pointer, is_closed }
    });
    Shape::Union(Union { tagging, any_of: view.one_of.is_empty() })
}
