//! Planned types in, items out: the file `types.rs` of a module.

use std::iter::once;

use proc_macro2::Literal;
use quote::quote;

use super::docs;
use super::enums;
use super::format::{self, Part};
use super::json_unions;
use super::layout::{Code, Piece};
use super::lines::{self, Struct};
use super::scope::Scope;
use super::unions;
use crate::at_once;
use crate::plan::{
    Field, Item, Module, PlannedStruct, PlannedType, Presence, RustType, Start, Traits, TypeIdent,
    ValueIdent,
};

/// Writes the code of the module, a piece for each type.
pub(super) fn emit(module: &Module) -> Code {
    let pieces = at_once::spread(&module.types, |it| {
        let scope = Scope::of_types(&module.shadow);
        let parts = emit_type(it, &scope);
        Piece::new(it.ident.as_str(), &it.group, parts, scope)
    });
    Code { pieces, ..Code::default() }
}

fn emit_type(planned: &PlannedType, scope: &Scope<'_>) -> Vec<Part> {
    let ident = &planned.ident;
    match &planned.item {
        Item::Struct(it) => emit_struct(planned, it, scope),
        Item::Enum(it) => vec![enums::emit(ident, &planned.docs, more_derives(planned), it, scope)],
        Item::Union(it) => unions::emit(planned, it, scope),
        Item::JsonUnion(it) => vec![json_unions::emit(planned, it, scope)],
        Item::Alias(inner) => {
            let (doc, inner) = (docs::outer(&planned.docs), scope.ty(inner));
            vec![quote!(#doc pub type #ident = #inner;).into()]
        }
        Item::Newtype { inner, traits } => {
            let attributes = [Some(derives(*traits)), more_derives(planned)].into_iter().flatten();
            let mut item =
                Struct::new(&docs::comment(&planned.docs, ""), attributes, ident.as_str());
            item.field("", "value", &scope.text(inner));
            let (name, read) = (scope.name("json_newtype"), read(*traits));
            vec![item.into_part(), Part::Text(format!("{name}!({read}{ident});\n"))]
        }
    }
}

/// Writes the traits that are derived; those of serde are the macros'.
fn derives(traits: Traits) -> String {
    let default = if traits.default { ", Default" } else { "" };
    let partial_eq = if traits.partial_eq { ", PartialEq" } else { "" };
    format!("derive(Clone, Debug{default}{partial_eq})")
}

/// Writes the traits that are derived beside those of the item.
pub(super) fn more_derives(planned: &PlannedType) -> Option<String> {
    let is_none = planned.derives.is_empty();
    (!is_none).then(|| format!("derive({})", planned.derives.join(", ")))
}

/// The word before the name of a type without `Serialize`.
fn read(traits: Traits) -> &'static str {
    if traits.serialize { "" } else { "read " }
}

fn emit_struct(planned: &PlannedType, it: &PlannedStruct, scope: &Scope<'_>) -> Vec<Part> {
    let ident = planned.ident.as_str();
    let attributes =
        [Some(derives(it.traits)), more_derives(planned), Some("non_exhaustive".to_owned())];
    let attributes = attributes.into_iter().flatten();
    let mut item = Struct::new(&docs::comment(&planned.docs, ""), attributes, ident);
    for field in &it.fields {
        item.field(&field.docs, &field.ident.as_code(), &scope.text(&field.ty));
    }
    if let Some(ty) = &it.additional {
        let ty = scope.text(&RustType::Map(Box::new(ty.clone())));
        item.field("Properties the document does not declare.", "additional", &ty);
    }
    if let Some(variant) = &it.variant {
        let docs = "The properties of one of several types, beside the others.";
        item.field(docs, &variant.ident.as_code(), &scope.text(&variant.ty));
    }
    let mut acc = vec![item.into_part(), emit_object(planned, it, scope)];
    if let Some(bundle) = &it.bundle {
        acc.push(emit_bundle(bundle, planned, it, scope));
    }
    let setters = it.fields.iter().filter_map(|field| {
        let setter = field.setter.as_ref()?;
        Some(emit_setter(setter, field, scope))
    });
    acc.push(lines::methods(ident, once(emit_constructor(it, scope)).chain(setters)));
    let takes_nothing = it.taken().next().is_none() && it.variant.is_none();
    if takes_nothing && !it.traits.default {
        let ident = &planned.ident;
        let default = quote! {
            impl Default for #ident {
                fn default() -> Self {
                    Self::new()
                }
            }
        };
        acc.push(default.into());
    }
    acc
}

/// Writes how the fields are read and written, each with its word.
fn emit_object(planned: &PlannedType, it: &PlannedStruct, scope: &Scope<'_>) -> Part {
    let fields = it.fields.iter().map(|field| {
        let ident = field.ident.as_code();
        let word = field.word().as_str();
        let both = match &it.variant {
            Some(variant) if field.shared => format!(" and {}", variant.ident),
            _ => String::new(),
        };
        if ident == field.json_name {
            format!("{word} {ident}{both}")
        } else {
            format!("{word} {ident} as {}{both}", Literal::string(&field.json_name))
        }
    });
    let mut fields: Vec<_> = fields.collect();
    let rest = match (&it.additional, &it.variant) {
        (Some(_), _) => "; rest additional".to_owned(),
        (None, Some(variant)) => format!("; variant {}", variant.ident),
        (None, None) => String::new(),
    };
    match fields.last_mut() {
        Some(last) => last.push_str(&rest),
        None if rest.is_empty() => {}
        None => fields.push(rest),
    }
    let before = format!("{}!({}{} {{", scope.name("json_object"), read(it.traits), planned.ident);
    Part::Text(format::list(&before, &fields, "});"))
}

/// The required values of a struct that has many, as a struct of their own: a
/// forgotten one does not compile.
fn emit_bundle(
    bundle: &TypeIdent,
    planned: &PlannedType,
    it: &PlannedStruct,
    scope: &Scope<'_>,
) -> Part {
    let doc = format!("/// The required properties of `{}`.\n", planned.ident);
    let mut item = Struct::new(&doc, ["derive(Clone, Debug)"], bundle.as_str());
    for field in it.taken() {
        item.field("", &field.ident.as_code(), &scope.text(&field.ty));
    }
    item.into_part()
}

fn emit_constructor(it: &PlannedStruct, scope: &Scope<'_>) -> String {
    let doc = docs::comment(&constructor_docs(it), "    ");
    if it.traits.default {
        return lines::method(&doc, "new", &[], "Self", "        Self::default()\n");
    }
    let mut arguments: Vec<String> = Vec::new();
    if let Some(bundle) = &it.bundle {
        arguments.push(format!("required: {bundle}"));
    }
    let values = it.fields.iter().map(|field| {
        let ident = field.ident.as_code();
        match &field.start {
            Start::Taken if it.bundle.is_some() => format!("{ident}: required.{ident}"),
            Start::Taken => {
                let (ty, value) = scope.argument(&ident, &field.ty);
                arguments.push(format!("{ident}: {ty}"));
                lines::value(&ident, &value)
            }
            Start::Filled(variant) => fill(field, variant, scope),
            Start::Absent if field.presence == Presence::ThreeState => {
                format!("{ident}: {}::Absent", scope.name("Patch"))
            }
            Start::Absent => format!("{ident}: None"),
        }
    });
    let mut values: Vec<_> = values.collect();
    if it.additional.is_some() {
        values.push(format!("additional: {}::new()", scope.name("BTreeMap")));
    }
    if let Some(variant) = &it.variant {
        let ident = variant.ident.as_code();
        let (ty, value) = scope.argument(&ident, &variant.ty);
        arguments.push(format!("{ident}: {ty}"));
        values.push(lines::value(&ident, &value));
    }
    lines::method(&doc, "new", &arguments, "Self", &lines::struct_of(&values))
}

fn fill(field: &Field, variant: &TypeIdent, scope: &Scope<'_>) -> String {
    let ident = field.ident.as_code();
    match &field.ty {
        RustType::AsReceived(enum_) => {
            let (as_received, enum_) = (scope.name("AsReceived"), scope.item(enum_.as_str()));
            format!("{ident}: {as_received}::from({enum_}::{variant})")
        }
        ty => format!("{ident}: {}::{variant}", scope.text(ty)),
    }
}

/// Documents which fields a constructor sets by itself.
fn constructor_docs(it: &PlannedStruct) -> String {
    let filled: Vec<_> = it.filled().map(|(field, _)| format!("`{}`", field.ident)).collect();
    match filled.as_slice() {
        [] => String::new(),
        [one] => format!("{one} is set to the only declared value."),
        [all @ .., last] => {
            format!("{} and {last} are set to the only declared values.", all.join(", "))
        }
    }
}

fn emit_setter(setter: &ValueIdent, field: &Field, scope: &Scope<'_>) -> String {
    let Field { ty, presence, .. } = field;
    let ident = field.ident.as_code();
    let (written, value) = match presence {
        Presence::Always => scope.argument(&ident, ty),
        Presence::Optional => {
            let (written, value) = scope.argument(&ident, ty.inner());
            (written, format!("Some({value})"))
        }
        Presence::ThreeState => {
            (format!("impl Into<{}>", scope.text(ty)), format!("{ident}.into()"))
        }
    };
    let parameter = format!("{ident}: {written}");
    lines::setter("    #[must_use]\n", &setter.as_code(), parameter, &ident, &value)
}
