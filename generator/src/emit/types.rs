//! Planned types in, items out: the file `types.rs` of a module.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

use super::docs;
use super::unions;
use crate::plan::{
    Constructor, Field, Item, PlannedEnum, PlannedStruct, PlannedType, Presence, RustType, Shadow,
    Traits,
};

/// How types are written in one file: where the module's own types are, and
/// which prelude names they hide there.
pub(super) struct Scope<'a> {
    pub(super) shadow: Option<&'a Shadow>,
}

impl Scope<'_> {
    /// Returns a name of the prelude as it must be written here.
    pub(super) fn path(&self, name: &'static str) -> TokenStream {
        let text = self.shadow.map_or(name, |it| it.path(name));
        match syn::parse_str::<syn::Path>(text) {
            Ok(path) => path.into_token_stream(),
            Err(_) => unreachable!("the table of prelude names holds paths"),
        }
    }

    /// Writes a type.
    pub(super) fn ty(&self, ty: &RustType) -> TokenStream {
        let own = |ident: &crate::name::TypeIdent| match self.shadow {
            Some(_) => quote!(#ident),
            None => quote!(types::#ident),
        };
        match ty {
            RustType::Bool => quote!(bool),
            RustType::I32 => quote!(i32),
            RustType::I64 => quote!(i64),
            RustType::U32 => quote!(u32),
            RustType::U64 => quote!(u64),
            RustType::F32 => quote!(f32),
            RustType::F64 => quote!(f64),
            RustType::String => self.path("String"),
            RustType::Secret => quote!(tamarack_runtime::Secret),
            RustType::Bytes => quote!(tamarack_runtime::bytes::Bytes),
            RustType::Json => quote!(serde_json::Value),
            RustType::JsonObject => {
                let string = self.path("String");
                quote!(serde_json::Map<#string, serde_json::Value>)
            }
            RustType::Named(ident) => own(ident),
            RustType::AsReceived(ident) => {
                let ident = own(ident);
                quote!(tamarack_runtime::AsReceived<#ident>)
            }
            RustType::Option(inner) => self.generic("Option", inner),
            RustType::Patch(inner) => {
                let inner = self.ty(inner);
                quote!(tamarack_runtime::Patch<#inner>)
            }
            RustType::Vec(inner) => self.generic("Vec", inner),
            RustType::Map(inner) => {
                let (string, inner) = (self.path("String"), self.ty(inner));
                quote!(std::collections::BTreeMap<#string, #inner>)
            }
            RustType::Boxed(inner) => self.generic("Box", inner),
        }
    }

    fn generic(&self, name: &'static str, inner: &RustType) -> TokenStream {
        let (path, inner) = (self.path(name), self.ty(inner));
        quote!(#path<#inner>)
    }

    /// Writes the type of an argument and the expression that makes the value of it.
    fn argument(&self, ident: &impl ToTokens, ty: &RustType) -> (TokenStream, TokenStream) {
        let written = self.ty(ty);
        if ty.takes_into() {
            (quote!(impl Into<#written>), quote!(#ident.into()))
        } else {
            (written, quote!(#ident))
        }
    }
}

/// Writes the items of a type.
pub(super) fn emit(planned: &PlannedType, scope: &Scope<'_>) -> Vec<TokenStream> {
    let (ident, doc) = (&planned.ident, docs::outer(&planned.docs));
    match &planned.item {
        Item::Struct(it) => emit_struct(planned, it, scope),
        Item::Enum(it) => emit_enum(ident, &planned.docs, it, scope),
        Item::Union(it) => unions::emit(planned, it, scope),
        Item::Alias(inner) => {
            let inner = scope.ty(inner);
            vec![quote!(#doc pub type #ident = #inner;)]
        }
        Item::Newtype { inner, traits } => {
            let (derive, inner) = (derives(*traits), scope.ty(inner));
            vec![quote! {
                #doc
                #derive
                #[serde(transparent)]
                pub struct #ident {
                    pub value: #inner,
                }
            }]
        }
    }
}

pub(super) fn derives(traits: Traits) -> TokenStream {
    let partial_eq = traits.partial_eq.then(|| quote!(PartialEq,));
    let default = traits.default.then(|| quote!(Default,));
    let serialize = traits.serialize.then(|| quote!(serde::Serialize,));
    quote!(#[derive(Clone, Debug, #default #partial_eq #serialize serde::Deserialize)])
}

fn emit_struct(planned: &PlannedType, it: &PlannedStruct, scope: &Scope<'_>) -> Vec<TokenStream> {
    let (ident, doc, derive) = (&planned.ident, docs::outer(&planned.docs), derives(it.traits));
    let fields = it.fields.iter().map(|field| emit_field(field, it.traits, scope));
    let additional = it.additional.as_ref().map(|ty| {
        let (string, ty) = (scope.path("String"), scope.ty(ty));
        quote! {
            /// Properties that the document does not declare.
            #[serde(flatten)]
            pub additional: std::collections::BTreeMap<#string, #ty>,
        }
    });
    let item = quote! {
        #doc
        #derive
        #[non_exhaustive]
        pub struct #ident { #(#fields)* #additional }
    };
    let mut acc = vec![item];
    if it.constructor.bundled {
        acc.push(emit_bundle(planned, it, scope));
    }
    let constructor = emit_constructor(planned, it, scope);
    let setters = it.fields.iter().enumerate().filter_map(|(index, field)| {
        let taken = it.constructor.takes.contains(&index);
        (field.setter && !taken).then(|| emit_setter(field, scope))
    });
    acc.push(quote!(impl #ident { #constructor #(#setters)* }));
    if it.constructor.takes.is_empty() && !it.traits.default {
        acc.push(quote! {
            impl Default for #ident {
                fn default() -> Self {
                    Self::new()
                }
            }
        });
    }
    acc
}

fn emit_field(field: &Field, traits: Traits, scope: &Scope<'_>) -> TokenStream {
    let Field { ident, json_name, ty, presence, .. } = field;
    let (doc, written) = (docs::outer(&field.docs), scope.ty(ty));
    let mut attributes = Vec::new();
    // `serde` sees the token, without `r#`: a member called `self` is written as the field `self_`.
    if quote!(#ident).to_string().trim_start_matches("r#") != json_name {
        attributes.push(quote!(rename = #json_name));
    }
    match presence {
        Presence::Optional if traits.serialize => {
            let path = match scope.path("Option").to_string().as_str() {
                "Option" => "Option::is_none",
                _ => "::std::option::Option::is_none",
            };
            attributes.push(quote!(skip_serializing_if = #path));
        }
        Presence::Always | Presence::Optional => {}
        Presence::ThreeState => {
            attributes.push(quote!(default));
            attributes.push(quote!(skip_serializing_if = "tamarack_runtime::Patch::is_absent"));
        }
    }
    if traits.serialize && *ty.inner() == RustType::Secret {
        let path = if matches!(ty, RustType::Secret) {
            "tamarack_runtime::secret::expose"
        } else {
            "tamarack_runtime::secret::expose_option"
        };
        attributes.push(quote!(serialize_with = #path));
    }
    let serde = (!attributes.is_empty()).then(|| quote!(#[serde(#(#attributes),*)]));
    quote!(#doc #serde pub #ident: #written,)
}

/// The required values of a struct that has many, as a struct of their own: a
/// forgotten one does not compile.
fn emit_bundle(planned: &PlannedType, it: &PlannedStruct, scope: &Scope<'_>) -> TokenStream {
    let bundle = planned.ident.with_suffix("Required");
    let doc = docs::outer(&format!("What `{}::new` takes.", planned.ident));
    let fields = it.constructor.takes.iter().map(|index| {
        let field = &it.fields[*index];
        let (ident, ty) = (&field.ident, scope.ty(&field.ty));
        quote!(pub #ident: #ty,)
    });
    quote! {
        #doc
        #[derive(Clone, Debug)]
        pub struct #bundle { #(#fields)* }
    }
}

fn emit_constructor(planned: &PlannedType, it: &PlannedStruct, scope: &Scope<'_>) -> TokenStream {
    let Constructor { takes, fills, bundled } = &it.constructor;
    let doc = docs::outer(&constructor_docs(it, fills));
    if it.traits.default {
        return quote! {
            #doc
            pub fn new() -> Self {
                Self::default()
            }
        };
    }
    let mut arguments = Vec::new();
    let values = it.fields.iter().enumerate().map(|(index, field)| {
        let ident = &field.ident;
        if takes.contains(&index) {
            if *bundled {
                return quote!(#ident: required.#ident,);
            }
            let (ty, value) = scope.argument(ident, &field.ty);
            arguments.push(quote!(#ident: #ty));
            // `Self { a: a }` is written `Self { a }`.
            return if field.ty.takes_into() { quote!(#ident: #value,) } else { quote!(#ident,) };
        }
        if let Some((_, variant)) = fills.iter().find(|(at, _)| *at == index) {
            return fill(field, variant, scope);
        }
        match field.presence {
            Presence::ThreeState => quote!(#ident: tamarack_runtime::Patch::Absent,),
            Presence::Always | Presence::Optional => quote!(#ident: None,),
        }
    });
    let values: Vec<_> = values.collect();
    let additional =
        it.additional.is_some().then(|| quote!(additional: std::collections::BTreeMap::new(),));
    let arguments = if *bundled {
        let bundle = planned.ident.with_suffix("Required");
        quote!(required: #bundle)
    } else {
        quote!(#(#arguments),*)
    };
    quote! {
        #doc
        pub fn new(#arguments) -> Self {
            Self { #(#values)* #additional }
        }
    }
}

fn fill(field: &Field, variant: &crate::name::TypeIdent, scope: &Scope<'_>) -> TokenStream {
    let ident = &field.ident;
    match &field.ty {
        RustType::AsReceived(enum_) => {
            quote!(#ident: tamarack_runtime::AsReceived::from(#enum_::#variant),)
        }
        ty => {
            let ty = scope.ty(ty);
            quote!(#ident: #ty::#variant,)
        }
    }
}

/// Says what a constructor fills in; what it takes is said by its arguments.
fn constructor_docs(it: &PlannedStruct, fills: &[(usize, crate::name::TypeIdent)]) -> String {
    let filled: Vec<_> =
        fills.iter().map(|(index, _)| format!("`{}`", it.fields[*index].ident)).collect();
    match filled.as_slice() {
        [] => String::new(),
        [one] => format!("{one} has the one listed value."),
        [all @ .., last] => format!("{} and {last} have the one listed value.", all.join(", ")),
    }
}

fn emit_setter(field: &Field, scope: &Scope<'_>) -> TokenStream {
    let Field { ident, ty, presence, .. } = field;
    let setter = ident.with_prefix("with_");
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

/// Writes an open enum with everything that makes it read and write as text.
pub(super) fn emit_enum(
    ident: &crate::name::TypeIdent,
    markdown: &str,
    it: &PlannedEnum,
    scope: &Scope<'_>,
) -> Vec<TokenStream> {
    let doc = docs::outer(markdown);
    let variants = it.variants.iter().map(|variant| {
        let (doc, ident) = (docs::outer(&variant.docs), &variant.ident);
        quote!(#doc #ident,)
    });
    let (string, result) = (scope.path("String"), scope.path("Result"));
    let string_text = string.to_string().replace(' ', "");
    let item = quote! {
        #doc
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Deserialize)]
        #[serde(from = #string_text)]
        #[non_exhaustive]
        pub enum #ident {
            #(#variants)*
            /// A value that the document does not list, as it was received.
            Unknown(#string),
        }
    };
    let as_str = emit_as_str(ident, it);
    let from_text = emit_from_text(ident, it, scope);
    let mut acc = vec![item, as_str, from_text];
    acc.push(quote! {
        impl From<&str> for #ident {
            fn from(text: &str) -> Self {
                Self::from(text.to_owned())
            }
        }
    });
    acc.push(quote! {
        impl std::str::FromStr for #ident {
            type Err = std::convert::Infallible;

            // Not `Self::Err`: a document may list a value `err`.
            fn from_str(text: &str) -> #result<Self, std::convert::Infallible> {
                Ok(Self::from(text))
            }
        }
    });
    acc.push(quote! {
        impl std::fmt::Display for #ident {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }
    });
    acc.push(quote! {
        impl AsRef<str> for #ident {
            fn as_ref(&self) -> &str {
                self.as_str()
            }
        }
    });
    acc.push(quote! {
        impl tamarack_runtime::Parameter for #ident {
            fn each(&self, visit: &mut dyn FnMut(&dyn std::fmt::Display)) {
                visit(&self.as_str());
            }
        }
    });
    acc.push(quote! {
        impl serde::Serialize for #ident {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> #result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }
    });
    if it.ignore_case {
        acc.push(quote! {
            impl tamarack_runtime::OpenEnum for #ident {
                fn as_str(&self) -> &str {
                    self.as_str()
                }
            }
        });
    }
    acc
}

fn emit_as_str(ident: &crate::name::TypeIdent, it: &PlannedEnum) -> TokenStream {
    let arms = it.variants.iter().map(|variant| {
        let (ident, text) = (&variant.ident, &variant.text);
        quote!(Self::#ident => #text,)
    });
    quote! {
        impl #ident {
            /// Returns the text on the wire.
            pub fn as_str(&self) -> &str {
                match self {
                    #(#arms)*
                    Self::Unknown(text) => text,
                }
            }
        }
    }
}

fn emit_from_text(
    ident: &crate::name::TypeIdent,
    it: &PlannedEnum,
    scope: &Scope<'_>,
) -> TokenStream {
    let string = scope.path("String");
    let body = if it.ignore_case {
        let tests = it.variants.iter().map(|variant| {
            let (ident, text) = (&variant.ident, &variant.text);
            quote! {
                if text.eq_ignore_ascii_case(#text) {
                    return Self::#ident;
                }
            }
        });
        quote!(#(#tests)* Self::Unknown(text))
    } else {
        let arms = it.variants.iter().map(|variant| {
            let (ident, text) = (&variant.ident, &variant.text);
            quote!(#text => Self::#ident,)
        });
        quote!(match text.as_str() { #(#arms)* _ => Self::Unknown(text), })
    };
    quote! {
        impl From<#string> for #ident {
            fn from(text: #string) -> Self {
                #body
            }
        }
    }
}
