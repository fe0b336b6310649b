//! Generated Rust in, the same with the macros of the runtime written out as the items they make.
//!
//! To `syn` a macro is tokens. Whoever reads generated code back reads it
//! through here: each macro becomes the types and the heads of the
//! implementations that it expands to, with the documentation. Bodies are left
//! empty, since nobody who uses the code sees them.

mod enums;
mod objects;
mod statuses;
mod unions;

use proc_macro2::TokenStream;
use quote::quote;
use syn::parse::Parser;
use syn::{File, Item};

/// Reads a file.
pub fn file(text: &str) -> syn::Result<File> {
    let mut file = syn::parse_file(text)?;
    let mut items = Vec::new();
    for item in file.items {
        match of_item(&item)? {
            Some(made) => items.extend(made),
            None => items.push(item),
        }
    }
    file.items = items;
    Ok(file)
}

/// Returns what a macro of the runtime makes; `None` where the item is none.
pub fn of_item(item: &Item) -> syn::Result<Option<Vec<Item>>> {
    let Item::Macro(it) = item else { return Ok(None) };
    let Some(name) = it.mac.path.segments.last() else { return Ok(None) };
    let body = it.mac.tokens.clone();
    let made = match name.ident.to_string().as_str() {
        "json_object" => objects::object.parse2(body)?,
        "json_newtype" => objects::newtype.parse2(body)?,
        "open_enum" => enums::open_enum.parse2(body)?,
        "union" => unions::union.parse2(body)?,
        "json_union" => unions::json_union.parse2(body)?,
        "declared_errors" => statuses::declared_errors.parse2(body)?,
        "outcomes" => statuses::outcomes.parse2(body)?,
        "response_bodies" => statuses::response_bodies.parse2(body)?,
        _ => return Ok(None),
    };
    Ok(Some(syn::parse2::<File>(made)?.items))
}

/// Writes the traits of serde; a type that is only read has no `Serialize`.
fn serde(name: &syn::Ident, access: Access) -> TokenStream {
    let write = (access == Access::ReadAndWrite).then(|| {
        quote!(
            impl tamarack_runtime::serde::Serialize for #name {}
        )
    });
    quote! {
        impl<'de> tamarack_runtime::serde::Deserialize<'de> for #name {}
        #write
    }
}

/// What can be done with the JSON of a type.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Access {
    ReadOnly,
    ReadAndWrite,
}
