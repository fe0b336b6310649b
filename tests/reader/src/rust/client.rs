//! Where requests go: the constant `BASE_URL` or `BASE_PATH`, or the template of the struct `Server` with its variables.

use std::collections::{BTreeMap, BTreeSet};

use syn::{Expr, ImplItem, Item as SynItem, ItemImpl, Stmt};

use super::expressions::text;
use super::items::{Item, docs};
use super::names::Modules;
use super::types::{ItemId, Type};

/// Where requests go.
#[derive(Clone, Debug, Default)]
pub struct Servers {
    /// The URL of the first server.
    pub url: Option<String>,
    /// The path of a base URL that has none.
    pub path: Option<String>,
    /// The variables of the URL.
    pub variables: Vec<Variable>,
    /// The text that names the other ones.
    pub docs: String,
}

/// A variable of the URL.
#[derive(Clone, Debug)]
pub struct Variable {
    /// Its name.
    pub name: String,
    /// The values that are listed.
    pub values: BTreeSet<String>,
    /// The value that it has unless it is set.
    pub default: Option<String>,
}

/// Reads the servers of the client.
pub(super) fn read(modules: &Modules, items: &BTreeMap<ItemId, Item>) -> Result<Servers, String> {
    let mut acc = Servers::default();
    for (path, module) in &modules.0 {
        let mut defaults = BTreeMap::new();
        for item in &module.items {
            match item {
                SynItem::Const(it) if it.ident == "BASE_URL" => {
                    acc.url = Some(text(&it.expr)?);
                    acc.docs = docs(&it.attrs);
                }
                SynItem::Const(it) if it.ident == "BASE_PATH" => {
                    acc.path = Some(text(&it.expr)?);
                    acc.docs = docs(&it.attrs);
                }
                SynItem::Struct(it)
                    if it.ident == "Server" && path.last().is_some_and(|it| it == "client") =>
                {
                    acc.docs = docs(&it.attrs);
                }
                SynItem::Impl(it) if is_of_server(it) => defaults = defaults_of(it),
                _ => {}
            }
        }
        let mut impls = module.items.iter().filter_map(|item| match item {
            SynItem::Impl(it) => Some(it),
            _ => None,
        });
        let Some((url, names)) = impls.find_map(template) else { continue };
        let Some(Item::Plain(fields)) = items.get(&(path.clone(), "Server".to_owned())) else {
            return Err("no struct `Server`".to_owned());
        };
        for (name, field) in names {
            let ty = fields.get(&field).ok_or("a variable that is no field")?.ty.clone()?;
            let values = match &ty {
                Type::Named(id) => match items.get(id) {
                    Some(Item::Enum(texts)) => texts.clone(),
                    _ => return Err(format!("the variable `{name}` has no enum")),
                },
                _ => BTreeSet::new(),
            };
            acc.variables.push(Variable { default: defaults.get(&field).cloned(), name, values });
        }
        acc.url = Some(url);
    }
    Ok(acc)
}

fn is_of_server(it: &ItemImpl) -> bool {
    it.trait_.is_none()
        && matches!(&*it.self_ty, syn::Type::Path(path) if path.path.is_ident("Server"))
}

/// Returns the texts that `Server::new` gives to fields: `field: Type::from("text")`.
fn defaults_of(it: &ItemImpl) -> BTreeMap<String, String> {
    let new = it.items.iter().find_map(|item| match item {
        ImplItem::Fn(it) if it.sig.ident == "new" => it.block.stmts.last(),
        _ => None,
    });
    let Some(Stmt::Expr(Expr::Struct(made), _)) = new else { return BTreeMap::new() };
    let fields = made.fields.iter().filter_map(|it| {
        let syn::Member::Named(name) = &it.member else { return None };
        let Expr::Call(call) = &it.expr else { return None };
        let text = text(call.args.first()?).ok()?;
        Some((syn::ext::IdentExt::unraw(name).to_string(), text))
    });
    fields.collect()
}

/// Returns the arguments of `Self::from_template("…", &[("name", server.field.as_str())])`.
fn template(it: &ItemImpl) -> Option<(String, Vec<(String, String)>)> {
    let body = it.items.iter().find_map(|item| match item {
        ImplItem::Fn(it) if it.sig.ident == "try_from" => it.block.stmts.last(),
        _ => None,
    })?;
    let Stmt::Expr(Expr::Call(call), _) = body else { return None };
    let url = text(call.args.first()?).ok()?;
    let Expr::Reference(list) = call.args.get(1)? else { return None };
    let Expr::Array(list) = &*list.expr else { return None };
    let pairs = list.elems.iter().map(|it| {
        let Expr::Tuple(pair) = it else { return None };
        let Expr::MethodCall(value) = pair.elems.get(1)? else { return None };
        let Expr::Field(field) = &*value.receiver else { return None };
        let syn::Member::Named(field) = &field.member else { return None };
        Some((text(pair.elems.first()?).ok()?, syn::ext::IdentExt::unraw(field).to_string()))
    });
    Some((url, pairs.collect::<Option<_>>()?))
}
