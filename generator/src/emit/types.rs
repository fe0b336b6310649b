//! Planned types in, items out: the file `types.rs` of a module.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::docs;
use super::enums;
use super::format::{self, Part};
use super::json_unions;
use super::layout::{Code, Piece};
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
    let (ident, doc) = (&planned.ident, docs::outer(&planned.docs));
    match &planned.item {
        Item::Struct(it) => emit_struct(planned, it, scope),
        Item::Enum(it) => vec![enums::emit(ident, &planned.docs, it, scope)],
        Item::Union(it) => unions::emit(planned, it, scope),
        Item::JsonUnion(it) => vec![json_unions::emit(planned, it, scope)],
        Item::Alias(inner) => {
            let inner = scope.ty(inner);
            vec![quote!(#doc pub type #ident = #inner;).into()]
        }
        Item::Newtype { inner, traits } => {
            let (derive, inner) = (derives(*traits), scope.ty(inner));
            let item = quote! {
                #doc
                #derive
                pub struct #ident { pub value: #inner }
            };
            let (name, read) = (scope.name("json_newtype"), read(*traits));
            vec![item.into(), Part::Text(format!("{name}!({read}{ident});\n"))]
        }
    }
}

/// Writes the traits that are derived; those of serde are the macros'.
pub(super) fn derives(traits: Traits) -> TokenStream {
    let partial_eq = traits.partial_eq.then(|| quote!(PartialEq,));
    let default = traits.default.then(|| quote!(Default,));
    quote!(#[derive(Clone, Debug, #default #partial_eq)])
}

/// The word before the name of a type without `Serialize`.
fn read(traits: Traits) -> &'static str {
    if traits.serialize { "" } else { "read " }
}

fn emit_struct(planned: &PlannedType, it: &PlannedStruct, scope: &Scope<'_>) -> Vec<Part> {
    let (ident, doc, derive) = (&planned.ident, docs::outer(&planned.docs), derives(it.traits));
    let fields = it.fields.iter().map(|field| {
        let (ident, ty, doc) = (&field.ident, scope.ty(&field.ty), docs::outer(&field.docs));
        quote!(#doc pub #ident: #ty,)
    });
    let additional = it.additional.as_ref().map(|ty| {
        let ty = scope.ty(&RustType::Map(Box::new(ty.clone())));
        quote! {
            /// Properties the document does not declare.
            pub additional: #ty,
        }
    });
    let variant = it.variant.as_ref().map(|it| {
        let (ident, ty) = (&it.ident, scope.ty(&it.ty));
        quote! {
            /// The properties of one of several types, beside the others.
            pub #ident: #ty,
        }
    });
    let item = quote! {
        #doc
        #derive
        #[non_exhaustive]
        pub struct #ident { #(#fields)* #additional #variant }
    };
    let mut acc = vec![item.into(), emit_object(planned, it, scope)];
    if let Some(bundle) = &it.bundle {
        acc.push(emit_bundle(bundle, planned, it, scope).into());
    }
    let constructor = emit_constructor(it, scope);
    let setters = it.fields.iter().filter_map(|field| {
        let setter = field.setter.as_ref()?;
        Some(emit_setter(setter, field, scope))
    });
    acc.push(quote!(impl #ident { #constructor #(#setters)* }).into());
    let takes_nothing = it.taken().next().is_none() && it.variant.is_none();
    if takes_nothing && !it.traits.default {
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
        let ident = &field.ident;
        let ident = quote!(#ident).to_string();
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
) -> TokenStream {
    let doc = docs::outer(&format!("The required properties of `{}`.", planned.ident));
    let fields = it.taken().map(|field| {
        let (ident, ty) = (&field.ident, scope.ty(&field.ty));
        quote!(pub #ident: #ty,)
    });
    quote! {
        #doc
        #[derive(Clone, Debug)]
        pub struct #bundle { #(#fields)* }
    }
}

fn emit_constructor(it: &PlannedStruct, scope: &Scope<'_>) -> TokenStream {
    let doc = docs::outer(&constructor_docs(it));
    if it.traits.default {
        return quote! {
            #doc
            pub fn new() -> Self {
                Self::default()
            }
        };
    }
    let mut arguments = Vec::new();
    let values = it.fields.iter().map(|field| {
        let ident = &field.ident;
        match &field.start {
            Start::Taken if it.bundle.is_some() => quote!(#ident: required.#ident,),
            Start::Taken => {
                let (ty, value) = scope.argument(ident, &field.ty);
                arguments.push(quote!(#ident: #ty));
                // `Self { a: a }` is written `Self { a }`.
                if field.ty.takes_into() { quote!(#ident: #value,) } else { quote!(#ident,) }
            }
            Start::Filled(variant) => fill(field, variant, scope),
            Start::Absent if field.presence == Presence::ThreeState => {
                let patch = scope.path("Patch");
                quote!(#ident: #patch::Absent,)
            }
            Start::Absent => quote!(#ident: None,),
        }
    });
    let values: Vec<_> = values.collect();
    let additional = it.additional.is_some().then(|| {
        let map = scope.path("BTreeMap");
        quote!(additional: #map::new(),)
    });
    if let Some(bundle) = &it.bundle {
        arguments = vec![quote!(required: #bundle)];
    }
    let variant = it.variant.as_ref().map(|it| {
        let ident = &it.ident;
        let (ty, value) = scope.argument(ident, &it.ty);
        arguments.push(quote!(#ident: #ty));
        if it.ty.takes_into() { quote!(#ident: #value,) } else { quote!(#ident,) }
    });
    quote! {
        #doc
        pub fn new(#(#arguments),*) -> Self {
            Self { #(#values)* #additional #variant }
        }
    }
}

fn fill(field: &Field, variant: &TypeIdent, scope: &Scope<'_>) -> TokenStream {
    let ident = &field.ident;
    match &field.ty {
        RustType::AsReceived(enum_) => {
            let (as_received, enum_) = (scope.path("AsReceived"), scope.item(enum_.as_str()));
            quote!(#ident: #as_received::from(#enum_::#variant),)
        }
        ty => {
            let ty = scope.ty(ty);
            quote!(#ident: #ty::#variant,)
        }
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

fn emit_setter(setter: &ValueIdent, field: &Field, scope: &Scope<'_>) -> TokenStream {
    let Field { ident, ty, presence, .. } = field;
    let (written, value) = match presence {
        Presence::Always => scope.argument(ident, ty),
        Presence::Optional => {
            let (written, value) = scope.argument(ident, ty.inner());
            (written, quote!(Some(#value)))
        }
        Presence::ThreeState => {
            let ty = scope.ty(ty);
            (quote!(impl Into<#ty>), quote!(#ident.into()))
        }
    };
    quote! {
        #[must_use]
        pub fn #setter(mut self, #ident: #written) -> Self {
            self.#ident = #value;
            self
        }
    }
}
