//! The constants by which headers of responses are read: `const X: ResponseHeader<i64> = ResponseHeader::new("x")`.

use std::collections::BTreeMap;

use syn::{Expr, Item as SynItem};

use super::expressions::text;
use super::names::Modules;
use super::types::{self, Type};

/// Reads the constants, by the header.
pub(super) fn read(modules: &Modules) -> Result<BTreeMap<String, Type>, String> {
    let mut acc = BTreeMap::new();
    for (path, module) in &modules.0 {
        for item in &module.items {
            let SynItem::Const(it) = item else { continue };
            let syn::Type::Path(ty) = &*it.ty else { continue };
            let Some(last) = ty.path.segments.last() else { continue };
            if last.ident != "ResponseHeader" {
                continue;
            }
            let syn::PathArguments::AngleBracketed(arguments) = &last.arguments else {
                return Err("a response header without a type".to_owned());
            };
            let (Some(syn::GenericArgument::Type(value)), Expr::Call(new)) =
                (arguments.args.first(), &*it.expr)
            else {
                return Err("a response header that is not made from its name".to_owned());
            };
            let name = text(new.args.first().ok_or("a response header without a name")?)?;
            if acc.insert(name, types::read(value, path, modules)?).is_some() {
                return Err("a response header that stands twice".to_owned());
            }
        }
    }
    Ok(acc)
}
