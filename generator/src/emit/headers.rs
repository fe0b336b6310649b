//! Writes the file `headers.rs`: a constant for each declared header of responses.

use quote::quote;

use super::docs;
use super::format;
use super::layout::Code;
use super::scope::Scope;
use crate::plan::{Module, Shadow};

/// Writes the code of the module; none where no header is declared.
pub(super) fn emit(module: &Module) -> Option<Code> {
    if module.response_headers.is_empty() {
        return None;
    }
    let shadow = Shadow::default();
    let scope = Scope::beside_types(&shadow);
    let constants = module.response_headers.iter().map(|it| {
        let (ident, header, ty) = (&it.ident, &it.header, scope.ty(&it.ty));
        let (doc, key) = (docs::outer(&it.docs), scope.path("ResponseHeader"));
        format::text(&quote!(#doc pub const #ident: #key<#ty> = #key::new(#header);))
    });
    let before = format::joined(constants);
    Some(Code { uses: scope.into_uses(), before, ..Code::default() })
}
