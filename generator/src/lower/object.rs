//! An object schema with declared properties in, a [`Struct`] out.

use std::collections::BTreeSet;

use super::Lowering;
use super::hoist::Home;
use crate::api::{Additional, Docs, Property, Role, Struct, Type, TypeId, TypeRef};
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::document::{AdditionalProperties, Schema};
use crate::pointer::Pointer;
use crate::resolve::{Node, Resolved};

/// Returns whether a schema is an object with known properties. An object that
/// only names its discriminator has that one.
pub(super) fn is_struct(view: &Schema) -> bool {
    let object = view.keywords.ty.as_deref().is_none_or(|ty| ty == "object");
    object && (!view.properties.is_empty() || view.data.discriminator.is_some())
}

/// Lowers the properties of an object.
pub(super) fn lower_object(view: &Schema, id: TypeId, acc: &mut Lowering<'_>) -> Struct {
    let place = Home::of_type(id);
    acc.take(view, &["type", "properties", "required"]);
    let required: BTreeSet<&str> = view.keywords.required.iter().map(String::as_str).collect();
    let mut properties = Vec::with_capacity(view.properties.len());
    for (name, at) in &view.properties {
        let property = property(name, at, view, &place, acc);
        properties.push(Property { required: required.contains(name.as_str()), ..property });
    }
    acc.take_further(view);
    let mut additional = match &view.additional {
        None => Additional::Unsaid,
        Some(AdditionalProperties::Denied) => Additional::Denied,
        Some(AdditionalProperties::Allowed) => {
            Additional::Kept(Box::new(TypeRef::plain(Type::Any)))
        }
        Some(AdditionalProperties::Schema(at)) => {
            Additional::Kept(Box::new(acc.use_below(at, view, &place.then(Role::Value))))
        }
    };
    if properties.is_empty()
        && let Some(discriminator) = &view.data.discriminator
    {
        acc.take_discriminator(view);
        properties.push(tag_property(&discriminator.property_name, view));
        additional = Additional::Kept(Box::new(TypeRef::plain(Type::Any)));
    }
    required_without_property(view, &properties, acc);
    let has_closed_part = additional != Additional::Denied && has_closed_part(view, acc.resolved);
    Struct { properties, additional, has_closed_part }
}

/// Returns whether a schema was merged from one that denies what another one allows.
fn has_closed_part(view: &Schema, resolved: &Resolved) -> bool {
    let mut weakened = view.parts.iter().filter(|it| it.dropped.contains(&"additionalProperties"));
    weakened.any(|it| {
        let schema = resolved.deref(&it.pointer);
        schema.is_some_and(|it| it.additional == Some(AdditionalProperties::Denied))
    })
}

/// Lowers one property; which ones are required is a list of the object.
fn property(
    name: &str,
    at: &Pointer,
    view: &Schema,
    place: &Home,
    acc: &mut Lowering<'_>,
) -> Property {
    let resolved = acc.resolved;
    let ty = acc.use_below(at, view, &place.then(Role::Property(name.to_owned())));
    let data = match resolved.schema(at) {
        Node::Schema(schema) => Some(&schema.data),
        Node::Ref(_) | Node::Broken => None,
    };
    let docs =
        ["title", "description", "default", "example", "readOnly", "writeOnly", "deprecated"];
    acc.ledger.take(at, &docs);
    // `readOnly` on the component itself holds wherever it is used.
    let behind = behind(at, resolved);
    for schema in &behind {
        acc.ledger.take(&schema.pointer, &["readOnly", "writeOnly"]);
    }
    Property {
        name: name.to_owned(),
        required: false,
        ty,
        docs: data
            .map(|it| Docs { title: it.title.clone(), description: it.description.clone() })
            .unwrap_or_default(),
        default: behind.iter().find_map(|it| it.data.default.clone()),
        example: data.and_then(|it| it.example.clone()),
        read_only: behind.iter().any(|it| it.data.read_only),
        write_only: behind.iter().any(|it| it.data.write_only),
        deprecated: data.is_some_and(|it| it.deprecated),
        // Marked at the end, where the twins of an inline schema are known.
        secret: None,
        left_over: Vec::new(),
        pointer: at.clone(),
    }
}

/// Returns the schemas whose annotations hold for a use: the one its references lead to, and while that has
/// a single part of `allOf`, the one that the part leads to. Of a property that several parts declare those of
/// each, the last one first.
pub(super) fn behind<'a>(at: &Pointer, resolved: &'a Resolved) -> Vec<&'a Schema> {
    let mut acc: Vec<&Schema> = Vec::new();
    let mut open: Vec<&Schema> = resolved.deref(at).into_iter().collect();
    while let Some(schema) = open.pop() {
        acc.push(schema);
        let is_joined = resolved.joined(&schema.pointer).is_some();
        if is_joined || schema.all_of.len() == 1 {
            open.extend(schema.all_of.iter().filter_map(|it| resolved.deref(it)));
        }
    }
    acc
}

/// Returns the tag that an object with a discriminator, and nothing else, has.
fn tag_property(name: &str, view: &Schema) -> Property {
    Property {
        name: name.to_owned(),
        required: true,
        ty: TypeRef::plain(Type::String(None)),
        docs: Docs::default(),
        default: None,
        example: None,
        read_only: false,
        write_only: false,
        deprecated: false,
        secret: None,
        left_over: Vec::new(),
        pointer: view.pointer.join(&["discriminator", "propertyName"]),
    }
}

/// JSON Schema allows `required` to name what `properties` does not; there is
/// no type to give it, and the value would be nothing a caller can know.
fn required_without_property(view: &Schema, properties: &[Property], acc: &mut Lowering<'_>) {
    let known: BTreeSet<&str> = properties.iter().map(|it| it.name.as_str()).collect();
    for name in &view.keywords.required {
        if !known.contains(name.as_str()) {
            let lists = lists_as_required(&view.pointer, name, acc.resolved);
            let at = lists.unwrap_or_else(|| view.pointer.clone()).child("required");
            // The model has no property that could say it.
            acc.ledger.keep(at.clone());
            let title = format!("`required` names `{name}`, which is not a declared property");
            acc.sink
                .push(Diagnostic::warning(codes::MISPLACED_KEYWORD, at, title).label("ignored"));
        }
    }
}

/// Returns the schema that lists a name as required: the one at `at`, or one
/// that it extends.
fn lists_as_required(at: &Pointer, name: &str, resolved: &Resolved) -> Option<Pointer> {
    let mut open = vec![at];
    // Two parts can extend one schema; each is looked at once.
    let mut seen = BTreeSet::new();
    while let Some(at) = open.pop() {
        let Some(schema) = resolved.deref(at).filter(|it| seen.insert(&it.pointer)) else {
            continue;
        };
        if schema.keywords.required.iter().any(|it| it == name) {
            return Some(schema.pointer.clone());
        }
        open.extend(schema.all_of.iter().rev());
    }
    None
}
