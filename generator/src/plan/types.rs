//! Plans the named types: fields, presence, constructors, traits.

use super::beside;
use super::facts::facts;
use super::group::{self, Group};
use super::recursion::Recursion;
use super::size::is_large;
use super::{
    Field, Item, JsonBranch, PlannedEnum, PlannedJsonUnion, PlannedStruct, PlannedType,
    PlannedUnion, PlannedVariant, Presence, RustType, Start, TextVariant, Traits, UnionVariant,
};
use crate::api::{
    Additional, Api, Docs, IntegerWidth, NumberWidth, OpenEnum, Property, Shape, Struct, Tagging,
    Type, TypeId, TypeRef, Union, Usage, Variant,
};
use crate::diagnostic::Sink;
use crate::name::{Names, variant_field};

/// A function may take seven arguments before clippy asks for a struct.
pub(super) const MOST_ARGUMENTS: usize = 7;

/// What the planning of every type looks at.
struct Context<'a> {
    api: &'a Api,
    names: &'a Names,
    usage: Usage,
    recursion: Recursion,
    groups: Vec<Group>,
}

/// Plans every named type.
pub(super) fn plan_types(api: &Api, names: &Names, sink: &mut Sink) -> Vec<PlannedType> {
    let context = Context {
        api,
        names,
        usage: Usage::of(api),
        recursion: Recursion::of(api),
        groups: group::of_types(api),
    };
    (0..api.types.len()).map(|index| plan_type(&context, TypeId(index), sink)).collect()
}

fn plan_type(context: &Context<'_>, id: TypeId, sink: &mut Sink) -> PlannedType {
    let type_def = context.api.type_def(id);
    let item = match &type_def.shape {
        Shape::Struct(it) => Item::Struct(plan_struct(context, id, it, sink)),
        Shape::Enum(it) => Item::Enum(plan_enum(context.names, id, it)),
        Shape::Union(it) if it.is_overlapping() => {
            Item::JsonUnion(plan_json_union(context, id, it))
        }
        Shape::Union(it) => Item::Union(plan_union(context, id, it)),
        Shape::Alias(ty) => {
            let inner = rust_type(context.api, context.names, &ty.ty);
            if context.recursion.is_endless_alias(id) {
                Item::Newtype { inner, traits: traits(context, id) }
            } else {
                Item::Alias(inner)
            }
        }
    };
    let mut docs = text_of(&type_def.docs).into_iter().collect::<Vec<_>>();
    if let Shape::Alias(ty) = &type_def.shape {
        // A name for a type says what the schema demands of its values; fields say it themselves.
        docs.extend(Some(facts(ty, None)).filter(|it| !it.is_empty()));
    }
    if type_def.degraded {
        docs.push(
            "Tamarack has no Rust type for this schema yet, so its values are kept as JSON."
                .to_owned(),
        );
    }
    if matches!(item, Item::JsonUnion(_)) {
        docs.push(OVERLAPPING.to_owned());
    }
    if item.traits().is_some_and(|it| !it.serialize) {
        docs.push(READ_ONLY.to_owned());
    }
    if type_def.deprecated {
        docs.push(DEPRECATED.to_owned());
    }
    PlannedType {
        ident: context.names.type_ident(id).clone(),
        docs: docs.join("\n\n"),
        group: context.groups[id.0].clone(),
        item,
        derives: Vec::new(),
    }
}

/// What the document says of a schema or a property that should no longer be used.
const DEPRECATED: &str = "Deprecated by the document.";

/// What a union says that is kept as JSON.
const OVERLAPPING: &str = "A value can be of several of these types, so it is kept as JSON, and each method decodes it as one of them.";

/// What a type says that has no `Serialize`.
const READ_ONLY: &str =
    "Only responses use this type and it holds a secret, so it does not implement `Serialize`.";

fn traits(context: &Context<'_>, id: TypeId) -> Traits {
    Traits {
        serialize: !context.usage.is_read_only(id),
        partial_eq: !context.usage.holds_secret(id) && !context.usage.holds_file(id),
        default: false,
    }
}

fn plan_struct(context: &Context<'_>, id: TypeId, it: &Struct, sink: &mut Sink) -> PlannedStruct {
    let inner = match &it.additional {
        Additional::Variant(ty) => Some(&**ty),
        Additional::Kept(_) | Additional::Unsaid | Additional::Denied => None,
    };
    let fields: Vec<_> = (it.properties.iter().enumerate())
        .map(|(index, property)| Field {
            shared: inner.is_some_and(|it| beside::names(context.api, &property.name, it)),
            ..plan_field(context, id, index, property)
        })
        .collect();
    let n_inner = usize::from(matches!(it.additional, Additional::Variant(_)));
    let n_taken = fields.iter().filter(|it| it.start == Start::Taken).count() + n_inner;
    let bundle =
        (n_taken > MOST_ARGUMENTS).then(|| context.names.required(id).generated(sink).clone());
    let (additional, variant) = match &it.additional {
        Additional::Kept(ty) => (Some(use_type(context.api, context.names, ty)), None),
        Additional::Variant(ty) => (None, Some(plan_inner(context, id, ty))),
        Additional::Unsaid | Additional::Denied => (None, None),
    };
    let default = fields.iter().all(|it| it.start == Start::Absent) && variant.is_none();
    let traits = Traits { default, ..traits(context, id) };
    PlannedStruct { traits, fields, bundle, additional, variant }
}

/// Plans the field for what an object is beside its own properties.
fn plan_inner(context: &Context<'_>, id: TypeId, ty: &TypeRef) -> PlannedVariant {
    let mut rust = use_type(context.api, context.names, ty);
    if let Type::Named(used) = ty.ty
        && context.recursion.needs_box(id, used)
    {
        rust = RustType::Boxed(Box::new(rust));
    }
    PlannedVariant { ident: variant_field(), ty: rust }
}

fn plan_field(context: &Context<'_>, id: TypeId, index: usize, property: &Property) -> Field {
    let mut ty = match property.secret {
        Some(_) => secret_type(context.api, context.names, &property.ty.ty),
        None => rust_type(context.api, context.names, &property.ty.ty),
    };
    if let Type::Named(used) = property.ty.ty
        && context.recursion.needs_box(id, used)
    {
        ty = RustType::Boxed(Box::new(ty));
    }
    let presence = presence(context, id, property);
    let ty = match presence {
        Presence::Always if property.ty.nullable => ty.optional(),
        Presence::Always => ty,
        Presence::Optional => ty.optional(),
        Presence::ThreeState => RustType::Patch(Box::new(ty)),
    };
    let is_sent = context.usage.is_sent(id);
    let start = match (presence, only_value(context, property).filter(|_| is_sent)) {
        (Presence::Optional | Presence::ThreeState, _) => Start::Absent,
        (Presence::Always, Some(variant)) => Start::Filled(variant),
        (Presence::Always, None) => Start::Taken,
    };
    let has_setter = is_sent && start != Start::Taken;
    Field {
        ident: context.names.field(id, index).clone(),
        json_name: property.name.clone(),
        docs: field_docs(property),
        ty,
        presence,
        start,
        setter: has_setter.then(|| context.names.setter(id, index).clone()),
        shared: false,
    }
}

/// A required property that one direction must not or need not carry is
/// optional in the type, which serves both directions.
fn presence(context: &Context<'_>, id: TypeId, property: &Property) -> Presence {
    let one_way = (property.read_only && context.usage.is_sent(id))
        || (property.write_only && context.usage.is_received(id));
    match (property.required && !one_way, property.ty.nullable) {
        (true, _) => Presence::Always,
        (false, true) if context.usage.is_in_body(id) => Presence::ThreeState,
        (false, _) => Presence::Optional,
    }
}

/// Returns the variant of an enum that has one known value: what a request
/// says there is no choice of the caller's.
fn only_value(context: &Context<'_>, property: &Property) -> Option<crate::name::TypeIdent> {
    match property.ty.ty {
        Type::Named(used) if !property.ty.nullable => match &context.api.type_def(used).shape {
            Shape::Enum(it) if it.values.len() == 1 => Some(context.names.variant(used, 0).clone()),
            _ => None,
        },
        _ => None,
    }
}

fn plan_enum(names: &Names, id: TypeId, it: &OpenEnum) -> PlannedEnum {
    let variants = (it.values.iter().enumerate())
        .map(|(index, value)| TextVariant {
            ident: names.variant(id, index).clone(),
            text: value.text.clone(),
            docs: value.description.clone().unwrap_or_default(),
        })
        .collect();
    PlannedEnum { variants, ignore_case: it.ignore_case }
}

fn plan_union(context: &Context<'_>, id: TypeId, it: &Union) -> PlannedUnion {
    let mut indices = 0..;
    let tag = match &it.tagging {
        Tagging::Discriminator { property, .. } => Some(property.as_str()),
        Tagging::Key(_) | Tagging::Kind(_) | Tagging::Overlapping(_) => None,
    };
    let tagging = it.tagging.clone().map(|_, variant| {
        let index = indices.next().unwrap_or_else(|| unreachable!("the range has no end"));
        plan_variant(context, id, index, &variant, tag)
    });
    PlannedUnion { traits: traits(context, id), tagging }
}

/// A value that fits several branches is kept as it was received, and decoded as the branch that is asked for.
fn plan_json_union(context: &Context<'_>, id: TypeId, it: &Union) -> PlannedJsonUnion {
    let traits = traits(context, id);
    let branches = it.variants().enumerate().map(|(index, variant)| {
        let holds_file = match variant.ty.heart() {
            Type::Named(id) => context.usage.holds_file(*id),
            ty => matches!(ty, Type::File),
        };
        JsonBranch {
            method: context.names.method(id, index).clone(),
            ty: use_type(context.api, context.names, &variant.ty),
            converts: traits.serialize && !holds_file,
            docs: text_of(&variant.docs).unwrap_or_default(),
        }
    });
    let holds_secret = context.usage.holds_secret(id);
    PlannedJsonUnion { traits, holds_secret, branches: branches.collect() }
}

fn plan_variant(
    context: &Context<'_>,
    id: TypeId,
    index: usize,
    variant: &Variant,
    tag: Option<&str>,
) -> UnionVariant {
    let mut ty = use_type(context.api, context.names, &variant.ty);
    let on_ring = match variant.ty.ty {
        Type::Named(used) => context.recursion.needs_box(id, used),
        _ => false,
    };
    if on_ring || is_large(context.api, &variant.ty) {
        ty = RustType::Boxed(Box::new(ty));
    }
    UnionVariant {
        ident: context.names.variant(id, index).clone(),
        declares_tag: tag.is_some_and(|it| declares(context.api, it, &variant.ty.ty)),
        converts: false,
        docs: text_of(&variant.docs).unwrap_or_default(),
        ty,
    }
}

/// Returns whether the values of a type have a property.
fn declares(api: &Api, property: &str, ty: &Type) -> bool {
    match ty {
        Type::Named(id) => match &api.type_def(*id).shape {
            Shape::Struct(it) => {
                it.properties.iter().any(|own| own.name == property)
                    || matches!(it.additional, Additional::Kept(_) | Additional::Variant(_))
            }
            Shape::Alias(ty) => declares(api, property, &ty.ty),
            // A union inside a union writes its own tag; other shapes are no objects.
            Shape::Union(_) | Shape::Enum(_) => true,
        },
        _ => true,
    }
}

/// Returns the Rust type of a use, `Option` where it may be `null`.
pub(super) fn use_type(api: &Api, names: &Names, ty: &TypeRef) -> RustType {
    let rust = rust_type(api, names, &ty.ty);
    if ty.nullable { rust.optional() } else { rust }
}

/// Returns the Rust type of a secret that is there: each text in it is a `Secret`, under whatever
/// name the document has it. The model marks nothing else.
pub(super) fn secret_type(api: &Api, names: &Names, ty: &Type) -> RustType {
    let inner = |ty: &TypeRef| {
        let inner = secret_type(api, names, &ty.ty);
        Box::new(if ty.nullable { inner.optional() } else { inner })
    };
    match ty {
        Type::String(_) => RustType::Secret,
        Type::List(item) => RustType::Vec(inner(item)),
        Type::Map(value) => RustType::Map(inner(value)),
        Type::Named(id) => match &api.type_def(*id).shape {
            Shape::Alias(ty) => secret_type(api, names, &ty.ty),
            _ => rust_type(api, names, ty),
        },
        _ => rust_type(api, names, ty),
    }
}

/// Returns the Rust type of a value that is there.
pub(super) fn rust_type(api: &Api, names: &Names, ty: &Type) -> RustType {
    match ty {
        Type::Named(id) => match &api.type_def(*id).shape {
            Shape::Enum(it) if it.ignore_case => {
                RustType::AsReceived(names.type_ident(*id).clone())
            }
            _ => RustType::Named(names.type_ident(*id).clone()),
        },
        Type::String(format) => match format.as_deref().and_then(|it| api.formats.of(it)) {
            Some(ty) => RustType::Typed(ty),
            None => RustType::String,
        },
        Type::Boolean => RustType::Bool,
        Type::Integer(IntegerWidth::I32) => RustType::I32,
        Type::Integer(IntegerWidth::I64) => RustType::I64,
        Type::Integer(IntegerWidth::U32) => RustType::U32,
        Type::Integer(IntegerWidth::U64) => RustType::U64,
        Type::Number(NumberWidth::F32) => RustType::F32,
        Type::Number(NumberWidth::F64) => RustType::F64,
        Type::List(inner) => RustType::Vec(Box::new(use_type(api, names, inner))),
        Type::Map(inner) => RustType::Map(Box::new(use_type(api, names, inner))),
        Type::FreeForm => RustType::JsonObject,
        Type::Any => RustType::Json,
        Type::Bytes => RustType::Bytes,
        Type::File => RustType::File,
    }
}

/// Returns the description of a node, or else its title.
pub(super) fn text_of(docs: &Docs) -> Option<String> {
    let text = docs.description.as_deref().or(docs.title.as_deref())?.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

fn field_docs(property: &Property) -> String {
    // What the document gives as a secret may be one.
    let default = property.default.as_ref().filter(|_| property.secret.is_none());
    let facts = facts(&property.ty, default);
    let deprecated = property.deprecated.then(|| DEPRECATED.to_owned());
    let facts = Some(facts).filter(|it| !it.is_empty());
    let all = text_of(&property.docs).into_iter().chain(facts).chain(deprecated);
    all.collect::<Vec<_>>().join("\n\n")
}
