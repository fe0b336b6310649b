//! Names the fields, setters and variants of a type.

use super::scope::{Scope, Wish};
use super::thing::Thing;
use super::{TypeIdent, ValueIdent, operations};
use crate::api::{
    Additional, Api, EnumValue, NameOf, Origin, Shape, Struct, TagKind, Tagging, ToldBy, Type,
    TypeDef, Union, Variant,
};
use crate::diagnostic::Sink;

/// The names of the properties of a type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Members {
    /// Of a struct: each field with its setter.
    Fields(Vec<(ValueIdent, ValueIdent)>),
    /// Of an enum or a union.
    Variants(Vec<TypeIdent>),
    /// Of a union that is kept as JSON: the method that decodes each variant.
    Methods(Vec<ValueIdent>),
    None,
}

pub(super) fn name_members(api: &Api, type_def: &TypeDef, sink: &mut Sink) -> Members {
    match &type_def.shape {
        Shape::Struct(it) => {
            let fields = name_fields(api, it, sink).into_iter();
            Members::Fields(fields.map(|it| (it.clone(), setter(&it))).collect())
        }
        Shape::Enum(it) => Members::Variants(name_values(&it.values, sink)),
        Shape::Union(it) if it.is_overlapping() => Members::Methods(name_methods(it, sink)),
        Shape::Union(it) => Members::Variants(name_variants(api, it, sink)),
        Shape::Alias(_) => Members::None,
    }
}

/// The field of what an object is beside its own properties.
const VARIANT: &str = "variant";

/// Returns the name of the field of what an object is beside its own properties.
pub(crate) fn variant_field() -> ValueIdent {
    ValueIdent::given(VARIANT.to_owned())
}

fn name_fields(api: &Api, it: &Struct, sink: &mut Sink) -> Vec<ValueIdent> {
    let reserved: &[&str] = match it.additional {
        Additional::Unsaid | Additional::Denied => &[],
        Additional::Kept(_) => &["additional"],
        Additional::Variant(_) => &[VARIANT],
    };
    let wishes: Vec<_> = (it.properties.iter())
        .map(|property| {
            let given = api.given_names.get(&property.pointer, NameOf::Field);
            Wish {
                thing: Thing::Property,
                at: property.pointer.clone(),
                name: ValueIdent::new(given.unwrap_or(&property.name)).to_string(),
                given: given.is_some(),
                spelling: property.name.clone(),
            }
        })
        .collect();
    let names = Scope::new("field", reserved).settle(&wishes, sink, |of, ordinal| {
        ValueIdent::given(wishes[of].name.clone()).followed_by(ordinal)
    });
    names.into_iter().map(ValueIdent::given).collect()
}

/// Names the method that sets a field. Fields differ, and so do their setters: before each stands
/// the same word, which no other method of a type begins with.
pub(super) fn setter(field: &ValueIdent) -> ValueIdent {
    ValueIdent::given(field.preceded_by("with"))
}

fn name_values(values: &[EnumValue], sink: &mut Sink) -> Vec<TypeIdent> {
    let wishes: Vec<_> = (values.iter())
        .map(|value| {
            let text = value.given_name.as_deref().unwrap_or(&value.text);
            operations::plain(Thing::EnumValue, &value.pointer, text, &TypeIdent::new(text))
        })
        .collect();
    settle_variants(&wishes, "Value", sink)
}

fn name_variants(api: &Api, union: &Union, sink: &mut Sink) -> Vec<TypeIdent> {
    let is_text =
        !matches!(&union.tagging, Tagging::Discriminator { of, .. } if *of != TagKind::Text);
    let wishes: Vec<_> = (union.tagging.variants().into_iter())
        .map(|(told_by, variant)| {
            let text = variant_text(api, told_by, is_text, variant);
            operations::plain(Thing::Branch, &variant.pointer, text, &TypeIdent::new(text))
        })
        .collect();
    settle_variants(&wishes, "Variant", sink)
}

/// Names the methods that decode a value as each variant.
fn name_methods(union: &Union, sink: &mut Sink) -> Vec<ValueIdent> {
    let mut scope = Scope::new("method", &[]);
    let wishes: Vec<_> = (union.tagging.variants().into_iter())
        .map(|(told_by, variant)| {
            let text = variant.given_name.as_deref().unwrap_or(told_by.word());
            let method = ValueIdent::new(text).preceded_by("as");
            operations::plain(Thing::Branch, &variant.pointer, text, &method)
        })
        .collect();
    let names = scope.settle(&wishes, sink, |of, ordinal| format!("{}_{ordinal}", wishes[of].name));
    names.into_iter().map(ValueIdent::given).collect()
}

/// Names the variants of an open enum; another of one name has `word` behind it.
pub(super) fn settle_variants(wishes: &[Wish], word: &str, sink: &mut Sink) -> Vec<TypeIdent> {
    let mut scope = Scope::new("variant", &["Unrecognized"]);
    let names = scope.settle(wishes, sink, |of, ordinal| {
        let wanted = &wishes[of].name;
        if ordinal == 2 {
            format!("{wanted}{word}")
        } else {
            format!("{wanted}{word}{}", ordinal - 1)
        }
    });
    names.into_iter().map(TypeIdent::given).collect()
}

/// Returns what a variant is called after: a tag or key is what the wire says; one
/// told by its JSON kind is called after the component that it refers to, else
/// after the kind.
fn variant_text<'a>(
    api: &'a Api,
    told_by: ToldBy<'a>,
    is_text: bool,
    variant: &'a Variant,
) -> &'a str {
    let component = match variant.ty.ty {
        Type::Named(id) => match &api.type_def(id).origin {
            Origin::Component(name) | Origin::Given(name) => Some(name.as_str()),
            Origin::Inline { .. } => None,
        },
        _ => None,
    };
    match (&variant.given_name, told_by) {
        (Some(given), _) => given,
        (None, ToldBy::Kind(kind)) => component.unwrap_or(kind.word()),
        // `1` and `true` are no names.
        (None, told_by) if !is_text => component.unwrap_or(told_by.word()),
        (None, told_by) => told_by.word(),
    }
}
