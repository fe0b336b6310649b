//! Writes the file `operations.rs`: shared constants, then each operation with its successes and errors.

use proc_macro2::TokenStream;
use quote::quote;

use super::docs;
use super::format::{self, Part};
use super::layout::{Code, Piece};
use super::operation;
use super::scope::Scope;
use super::statuses;
use crate::at_once;
use crate::plan::{
    ConstIdent, ConstantHeader, HeaderConstant, Module, PlannedOperation, PlannedScheme,
    SecurityKind, ServerConstant, Success,
};
use crate::shown::code_span;

/// Writes the code of the module: what operations share, then a piece for each.
pub(super) fn emit(module: &Module) -> Code {
    let scope = Scope::of_operations(&module.operation_shadow);
    let constants = module.constants.iter().map(emit_constant);
    let headers = module.shared.headers.iter().map(|(name, headers)| emit_headers(name, headers));
    let security = module.shared.security.iter();
    let security = security.map(|(name, it)| emit_security(name, it, &scope));
    let servers = module.servers.iter().map(|it| emit_server(it, &scope));
    let constants = constants.chain(servers);
    let shared = constants.chain(headers).chain(security).map(|it| format::text(&it));
    let before = format::joined(shared);
    let pieces = at_once::spread(&module.operations, |it| {
        let scope = Scope::of_operations(&module.operation_shadow);
        let parts = emit_operation(it, module, &scope);
        Piece::new(it.ident.as_str(), &it.group, parts, scope)
    });
    Code { uses: scope.into_uses(), before, pieces, ..Code::default() }
}

fn emit_operation(it: &PlannedOperation, module: &Module, scope: &Scope<'_>) -> Vec<Part> {
    let mut acc = operation::emit(it, &module.shared, scope);
    if let Success::Several(variants) = &it.success {
        acc.push(statuses::outcomes(it, variants, scope));
    }
    acc.push(statuses::declared_errors(it, scope));
    acc.extend(it.bodies.iter().map(|bodies| statuses::response_bodies(it, bodies, scope)));
    acc
}

fn emit_constant(constant: &HeaderConstant) -> TokenStream {
    let (ident, value) = (&constant.ident, &constant.value);
    let doc = docs::outer(&format!("The value of the header {}.", code_span(&constant.header)));
    quote!(#doc pub const #ident: &str = #value;)
}

fn emit_server(constant: &ServerConstant, scope: &Scope<'_>) -> TokenStream {
    let (ident, url, ty) = (&constant.ident, &constant.url, scope.path("DeclaredServer"));
    let variables = constant.variables.iter().map(|(name, value)| quote!((#name, #value)));
    let doc = docs::outer(&constant.docs);
    quote!(#doc pub const #ident: #ty = #ty { url: #url, variables: &[#(#variables),*] };)
}

fn emit_headers(name: &ConstIdent, headers: &[ConstantHeader]) -> TokenStream {
    let pairs = headers.iter().map(|header| {
        let name = &header.name;
        match &header.constant {
            Some(constant) => quote!((#name, #constant)),
            None => {
                let value = &header.value;
                quote!((#name, #value))
            }
        }
    });
    quote!(const #name: &[(&str, &str)] = &[#(#pairs),*];)
}

fn emit_security(
    name: &ConstIdent,
    alternatives: &[Vec<PlannedScheme>],
    scope: &Scope<'_>,
) -> TokenStream {
    let ty = scope.path("Scheme");
    let alternatives = alternatives.iter().map(|schemes| {
        let schemes = schemes.iter().map(|it| emit_scheme(it, &ty));
        quote!(&[#(#schemes),*])
    });
    quote!(const #name: &[&[#ty]] = &[#(#alternatives),*];)
}

fn emit_scheme(planned: &PlannedScheme, ty: &TokenStream) -> TokenStream {
    let scheme = &planned.name;
    match &planned.kind {
        SecurityKind::Bearer => quote!(#ty::Bearer(#scheme)),
        SecurityKind::Basic => quote!(#ty::Basic(#scheme)),
        SecurityKind::ApiKeyHeader(name) => {
            let name = name.to_ascii_lowercase();
            quote!(#ty::Header { scheme: #scheme, name: #name })
        }
        SecurityKind::ApiKeyQuery(name) => quote!(#ty::Query { scheme: #scheme, name: #name }),
        SecurityKind::ApiKeyCookie(name) => quote!(#ty::Cookie { scheme: #scheme, name: #name }),
    }
}
