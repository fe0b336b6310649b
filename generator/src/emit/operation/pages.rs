//! One planned list in pages in, its implementation of `PagedOperation` out.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::super::scope::Scope;
use crate::plan::{Access, Holds, PlannedNext, PlannedOperation, PlannedPages};

/// Writes the implementation; none where the operation returns no list in pages.
pub(super) fn emit(operation: &PlannedOperation, scope: &Scope<'_>) -> Option<TokenStream> {
    let it = operation.pages.as_ref()?;
    let ident = &operation.ident;
    let [paged, reply, next, vec] =
        ["PagedOperation", "Reply", "NextToken", "Vec"].map(|name| scope.path(name));
    let [body, item, token] = [&it.body, &it.item, &it.token].map(|ty| scope.ty(ty));
    let more = it.more.as_ref().map(emit_more);
    let name = emit_next(it, scope);
    let field = &it.field;
    let value = if it.required { quote!(token) } else { quote!(Some(token)) };
    let items = owned(&it.items, quote!(body));
    Some(quote! {
        impl #paged for #ident {
            type Item = #item;
            type Token = #token;

            fn next_token(&self, page: &#reply<#body>) -> #next<#token> {
                #more
                #name
            }

            fn with_token(mut self, token: #token) -> Self {
                self.#field = #value;
                self
            }

            fn items(body: #body) -> #vec<#item> {
                #items
            }
        }
    })
}

/// Ends the list where the page says that there is no other.
fn emit_more(more: &Access) -> TokenStream {
    let found = of_body(more, Leaf::Copied);
    let ends = match found {
        Found::There(value) => quote!(!#value),
        Found::Optional(value) => quote!(#value == Some(false)),
    };
    quote!(if #ends { return Ok(None); })
}

/// Writes what names the next page.
fn emit_next(it: &PlannedPages, scope: &Scope<'_>) -> TokenStream {
    let module = scope.path("next_page");
    let wire_name = &it.wire_name;
    match &it.next {
        PlannedNext::Text(at) => {
            let value = of_body(at, Leaf::Borrowed).text();
            quote!(#module::by_text(#value))
        }
        PlannedNext::Number(at) => {
            let value = of_body(at, Leaf::Copied).number();
            quote!(#module::by_number(#value))
        }
        PlannedNext::TextOfLast(at) => {
            let value = of_last(it, at, Leaf::Borrowed).text();
            quote!(#module::by_text(#value))
        }
        PlannedNext::NumberOfLast(at) => {
            let value = of_last(it, at, Leaf::Copied).number();
            quote!(#module::by_number(#value))
        }
        PlannedNext::Url(at) => {
            let value = of_body(at, Leaf::Borrowed).text();
            quote!(#module::by_url(#value, #wire_name))
        }
        PlannedNext::Link => quote!(#module::by_link(page, #wire_name)),
        PlannedNext::Page(first) => {
            let (current, n_items) = counted(it, *first, scope);
            quote!(#module::by_page_number(#current, #n_items))
        }
        PlannedNext::Offset(first) => {
            let (current, n_items) = counted(it, *first, scope);
            quote!(#module::by_offset(#current, #n_items))
        }
    }
}

/// Returns the number of the page that was asked for, and how many items it has.
fn counted(it: &PlannedPages, first: Option<i64>, scope: &Scope<'_>) -> (TokenStream, TokenStream) {
    let field = &it.field;
    let current = match first.map(Literal::i64_unsuffixed) {
        Some(first) => quote!(self.#field.unwrap_or(#first)),
        None => quote!(self.#field),
    };
    let n_items = match of_body(&it.items, Leaf::Borrowed) {
        Found::There(list) => quote!(#list.len()),
        Found::Optional(list) => {
            let vec = scope.path("Vec");
            quote!(#list.map_or(0, #vec::len))
        }
    };
    (current, n_items)
}

/// How the value at the end of the fields is taken.
#[derive(Clone, Copy)]
enum Leaf {
    Borrowed,
    Copied,
}

/// What was reached on the way.
enum Found {
    /// A place that always has a value, or a copy of it.
    There(TokenStream),
    /// An `Option` of a reference, or of a copy.
    Optional(TokenStream),
}

impl Found {
    /// Returns an `Option` of a reference to a text.
    fn text(self) -> TokenStream {
        match self {
            Self::There(value) => quote!(Some(&#value)),
            Self::Optional(value) => value,
        }
    }

    /// Returns an `Option` of a number.
    fn number(self) -> TokenStream {
        match self {
            Self::There(value) => quote!(Some(#value)),
            Self::Optional(value) => value,
        }
    }
}

/// Reads a part of the body.
fn of_body(at: &Access, leaf: Leaf) -> Found {
    let start = match at.root {
        Holds::Value => Found::There(quote!(page.body())),
        Holds::Option => Found::Optional(quote!(page.body().as_ref())),
        Holds::Patch => Found::Optional(quote!(page.body().value())),
    };
    borrowed(start, at, leaf)
}

/// Reads a part of the last item.
fn of_last(it: &PlannedPages, at: &Access, leaf: Leaf) -> Found {
    let last = match of_body(&it.items, Leaf::Borrowed) {
        Found::There(list) => quote!(#list.last()),
        Found::Optional(list) => quote!(#list.and_then(|it| it.last())),
    };
    let start = match at.root {
        Holds::Value => last,
        Holds::Option => quote!(#last.and_then(|it| it.as_ref())),
        Holds::Patch => quote!(#last.and_then(|it| it.value())),
    };
    borrowed(Found::Optional(start), at, leaf)
}

fn borrowed(start: Found, at: &Access, leaf: Leaf) -> Found {
    let mut found = start;
    if at.steps.is_empty()
        && let (Found::Optional(of), Leaf::Copied) = (&found, leaf)
    {
        return Found::Optional(quote!(#of.copied()));
    }
    for (index, (field, holds)) in at.steps.iter().enumerate() {
        let copies = matches!(leaf, Leaf::Copied) && index + 1 == at.steps.len();
        found = match (found, holds) {
            (Found::There(of), Holds::Value) => Found::There(quote!(#of.#field)),
            (Found::There(of), Holds::Option) if copies => Found::Optional(quote!(#of.#field)),
            (Found::There(of), Holds::Option) => Found::Optional(quote!(#of.#field.as_ref())),
            (Found::There(of), Holds::Patch) if copies => {
                Found::Optional(quote!(#of.#field.into_value()))
            }
            (Found::There(of), Holds::Patch) => Found::Optional(quote!(#of.#field.value())),
            (Found::Optional(of), Holds::Value) if copies => {
                Found::Optional(quote!(#of.map(|it| it.#field)))
            }
            (Found::Optional(of), Holds::Value) => {
                Found::Optional(quote!(#of.map(|it| &it.#field)))
            }
            (Found::Optional(of), Holds::Option) if copies => {
                Found::Optional(quote!(#of.and_then(|it| it.#field)))
            }
            (Found::Optional(of), Holds::Option) => {
                Found::Optional(quote!(#of.and_then(|it| it.#field.as_ref())))
            }
            (Found::Optional(of), Holds::Patch) if copies => {
                Found::Optional(quote!(#of.and_then(|it| it.#field.into_value())))
            }
            (Found::Optional(of), Holds::Patch) => {
                Found::Optional(quote!(#of.and_then(|it| it.#field.value())))
            }
        };
    }
    found
}

/// Takes a list out of a body; a missing one is empty.
fn owned(at: &Access, body: TokenStream) -> TokenStream {
    let mut is_there = at.root == Holds::Value;
    let mut value = body;
    for (field, holds) in &at.steps {
        value = match (is_there, holds) {
            (true, Holds::Value | Holds::Option) => quote!(#value.#field),
            (true, Holds::Patch) => quote!(#value.#field.into_value()),
            (false, Holds::Value) => quote!(#value.map(|it| it.#field)),
            (false, Holds::Option) => quote!(#value.and_then(|it| it.#field)),
            (false, Holds::Patch) => quote!(#value.and_then(|it| it.#field.into_value())),
        };
        is_there &= *holds == Holds::Value;
    }
    if is_there { value } else { quote!(#value.unwrap_or_default()) }
}
