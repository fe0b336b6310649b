//! Token endpoints in, the methods that make token sources of them out.

use proc_macro2::TokenStream;
use quote::quote;

use super::super::scope::Scope;
use crate::plan::{
    Filled, Making, PlannedOperation, RustType, TokenFields, TokenSource, TokenValue, TokenVariant,
    TypeIdent,
};

/// Writes the method of the client; none where the operation is no token endpoint.
pub(super) fn emit(it: &PlannedOperation, scope: &Scope<'_>) -> Option<TokenStream> {
    let source = it.token_source.as_ref()?;
    let [credentials, token_source, builder] =
        ["ClientCredentials", "TokenSource", "TokenSourceBuilder"].map(|name| scope.path(name));
    let operations = scope.module("operations");
    let (method, operation) = (&source.method, &it.ident);
    let (parameters, conversions) = parameters(source, scope);
    let moved = (!source.given.is_empty()).then(|| quote!(move));
    let of_operation =
        if source.basic { quote!(of_operation_by_basic) } else { quote!(of_operation) };
    let current = if uses_credentials(source) { quote!(credentials) } else { quote!(_) };
    let making = Writer { source, scope }.made(&operations, operation, &source.operation);
    let fields = fields(&source.fields, scope);
    let asks = format!(
        " Returns a builder of a token source that sends [`{operation}`](operations::{operation})."
    );
    let deprecated = it.deprecated.then(|| quote!(#[deprecated]));
    let allowed = source
        .deprecated
        .then(|| quote!(#[allow(deprecated, reason = "the operation is deprecated as well")]));
    let by_basic = source.basic.then(|| {
        quote! {
            ///
            /// Id and secret are sent by HTTP Basic (RFC 6749, section 2.3.1).
        }
    });
    Some(quote! {
        #[doc = #asks]
        ///
        /// The source caches the token, refreshes it before it expires, and shares one request
        /// among all waiting callers. [`TokenSource::of_operation`] makes a source of any operation.
        #by_basic
        #deprecated
        #allowed
        pub fn #method(&self, credentials: #credentials, #(#parameters),*) -> #builder {
            #(#conversions)*
            #token_source::#of_operation(&self.core, credentials, #moved |#current| { #making })
            #fields
        }
    })
}

/// Writes what the method takes beside the credentials, and what makes values of it.
fn parameters(source: &TokenSource, scope: &Scope<'_>) -> (Vec<TokenStream>, Vec<TokenStream>) {
    if let Some(bundle) = &source.bundle {
        let operations = scope.module("operations");
        return (vec![quote!(required: #operations::#bundle)], Vec::new());
    }
    let parameters = source.given.iter().map(|(ident, ty)| {
        let written = scope.ty(ty);
        if ty.takes_into() { quote!(#ident: impl Into<#written>) } else { quote!(#ident: #written) }
    });
    let conversions = source.given.iter().filter(|(_, ty)| ty.takes_into()).map(|(ident, ty)| {
        let ty = scope.ty(ty);
        quote!(let #ident: #ty = #ident.into();)
    });
    (parameters.collect(), conversions.collect())
}

fn uses_credentials(source: &TokenSource) -> bool {
    let makings = [Some(&source.operation), source.body.as_ref().map(|it| &it.making)];
    let mut filled = makings.into_iter().flatten().flat_map(|it| it.takes.iter().chain(&it.sets));
    filled.any(|it| matches!(it.value, TokenValue::Id | TokenValue::Secret))
}

/// Says where the response has its values, where that is not as RFC 6749 says.
fn fields(it: &TokenFields, scope: &Scope<'_>) -> Option<TokenStream> {
    if *it == TokenFields::default() {
        return None;
    }
    let ty = scope.path("TokenFields");
    let start = match &it.access_token {
        Some(at) => quote!(#ty::at(#at)),
        None => quote!(#ty::default()),
    };
    let expires_in = it.expires_in.as_ref().map(|at| quote!(.expires_in(#at)));
    let token_type = it.token_type.as_ref().map(|at| quote!(.token_type(#at)));
    let without = it.without_token_type.then(|| quote!(.without_token_type()));
    Some(quote!(.fields(#start #expires_in #token_type #without)))
}

/// Writes the parts of a token request.
struct Writer<'a> {
    source: &'a TokenSource,
    scope: &'a Scope<'a>,
}

impl Writer<'_> {
    /// Writes a value of a struct of a module: its constructor, then its setters.
    fn made(&self, module: &TokenStream, ty: &TypeIdent, making: &Making) -> TokenStream {
        let sets = making.sets.iter().map(|it| {
            let (setter, value) = (&it.ident, self.taken(it));
            quote!(.#setter(#value))
        });
        let new = if let Some(bundle) = &making.bundle {
            let fields = making.takes.iter().map(|it| {
                let (ident, value) = (&it.ident, self.exact(it, &it.ty));
                quote!(#ident: #value)
            });
            quote!(#module::#ty::new(#module::#bundle { #(#fields),* }))
        } else {
            let values = making.takes.iter().map(|it| self.taken(it));
            quote!(#module::#ty::new(#(#values),*))
        };
        quote!(#new #(#sets)*)
    }

    fn body(&self) -> TokenStream {
        let types = self.scope.module("types");
        let Some(body) = &self.source.body else { unreachable!("what sends a body has one") };
        let made = self.made(&types, &body.ty, &body.making);
        let value = body.within.iter().fold(made, |inner, it| self.variant(&types, it, &inner));
        match &body.media {
            Some(it) => self.variant(&self.scope.module("operations"), it, &value),
            None => value,
        }
    }

    fn variant(&self, module: &TokenStream, it: &TokenVariant, inner: &TokenStream) -> TokenStream {
        let (union, variant) = (&it.union, &it.variant);
        if it.boxed {
            let boxed = self.scope.path("Box");
            quote!(#module::#union::#variant(#boxed::new(#inner)))
        } else {
            quote!(#module::#union::#variant(#inner))
        }
    }

    /// Writes a value for an argument, which may be taken as something shorter to write.
    fn taken(&self, it: &Filled) -> TokenStream {
        match &it.ty {
            // A text is no value of a library's type.
            ty @ RustType::Typed(_) => self.exact(it, ty),
            ty if ty.takes_into() => self.short(it),
            RustType::Patch(inner) => self.exact(it, inner),
            ty => self.exact(it, ty),
        }
    }

    fn short(&self, it: &Filled) -> TokenStream {
        match &it.value {
            TokenValue::Id => quote!(credentials.id().expose()),
            TokenValue::Secret => quote!(credentials.secret().expose()),
            TokenValue::GrantText => quote!("client_credentials"),
            TokenValue::Grant(ident, variant) => {
                let types = self.scope.module("types");
                quote!(#types::#ident::#variant)
            }
            TokenValue::Given(ident) => {
                let value = match &self.source.bundle {
                    Some(_) => quote!(required.#ident),
                    None => quote!(#ident),
                };
                if it.ty.is_copy() { value } else { quote!(#value.clone()) }
            }
            TokenValue::Body => self.body(),
        }
    }

    fn from(&self, ty: &'static str, value: &TokenStream) -> TokenStream {
        let ty = self.scope.path(ty);
        quote!(#ty::from(#value))
    }

    /// Writes a value of exactly a type.
    fn exact(&self, it: &Filled, ty: &RustType) -> TokenStream {
        let short = self.short(it);
        if matches!(it.value, TokenValue::Given(_) | TokenValue::Body) {
            return short;
        }
        match ty {
            RustType::Option(inner) => {
                let (some, inner) = (self.scope.path("Some"), self.exact(it, inner));
                quote!(#some(#inner))
            }
            RustType::Patch(inner) => {
                let (patch, inner) = (self.scope.path("Patch"), self.exact(it, inner));
                quote!(#patch::from(#inner))
            }
            RustType::String => self.from("String", &short),
            RustType::Typed(_) => {
                let typed = self.scope.path("Typed");
                quote!(#typed::from_text(#short))
            }
            RustType::Secret => self.from("Secret", &short),
            RustType::AsReceived(_) => self.from("AsReceived", &short),
            _ => short,
        }
    }
}
