//! The requests that an API sends: each `impl ReceivedWebhook for …`, with the struct of its fields.

use std::collections::BTreeMap;

use syn::ext::IdentExt;
use syn::{Expr, FieldValue, ImplItem, Item as SynItem, ItemImpl, Member};

use super::expressions::{last_name, text};
use super::items::{Field, Item};
use super::names::{Modules, Path, Target};
use super::types::{ItemId, Type};

/// A request that the API sends.
#[derive(Clone, Debug)]
pub struct Webhook {
    /// `name`.
    pub name: String,
    /// The method.
    pub method: String,
    /// The media type of the body.
    pub media_type: Option<String>,
    /// What is read of it.
    pub reads: Vec<WebhookRead>,
}

/// A header, a parameter of the query, or the body.
#[derive(Clone, Debug)]
pub struct WebhookRead {
    /// The method that reads it, without `optional_`.
    pub method: String,
    /// The name of the header or parameter.
    pub name: Option<String>,
    /// Whether it can be absent.
    pub is_optional: bool,
    /// The type of the field.
    pub ty: Type,
}

/// Reads all of them.
pub(super) fn read(
    modules: &Modules,
    items: &BTreeMap<ItemId, Item>,
) -> Result<Vec<Webhook>, String> {
    let mut acc = Vec::new();
    for (path, module) in &modules.0 {
        for item in &module.items {
            let SynItem::Impl(it) = item else { continue };
            let of = it.trait_.as_ref().and_then(|(path, _)| path.segments.last());
            if of.is_some_and(|it| it.ident == "ReceivedWebhook") {
                acc.push(webhook(it, path, modules, items)?);
            }
        }
    }
    Ok(acc)
}

fn webhook(
    it: &ItemImpl,
    path: &[String],
    modules: &Modules,
    items: &BTreeMap<ItemId, Item>,
) -> Result<Webhook, String> {
    let syn::Type::Path(ty) = &*it.self_ty else { return Err("a webhook that has no name".into()) };
    let Target::Item(id) = modules.resolve(path, &Path::of(&ty.path)) else {
        return Err("a webhook of another crate".into());
    };
    let Some(Item::Plain(fields)) = items.get(&id) else {
        return Err("a webhook that is no plain struct".into());
    };
    let mut acc =
        Webhook { name: String::new(), method: String::new(), media_type: None, reads: Vec::new() };
    for item in &it.items {
        match item {
            ImplItem::Const(it) => {
                let Expr::Struct(info) = &it.expr else { return Err("`INFO` is no struct".into()) };
                let of = |name: &str| {
                    let found = info.fields.iter().find(|it| is_named(it, name));
                    found.map(|it| &it.expr).ok_or_else(|| format!("`INFO` has no `{name}`"))
                };
                acc.name = text(of("name")?)?;
                acc.method = last_name(of("method")?)?;
                acc.media_type = match of("media_type")? {
                    Expr::Call(it) => it.args.first().map(text).transpose()?,
                    _ => None,
                };
            }
            ImplItem::Fn(it) => acc.reads = reads(it, fields)?,
            _ => return Err("a webhook with another item".into()),
        }
    }
    Ok(acc)
}

fn is_named(it: &FieldValue, name: &str) -> bool {
    matches!(&it.member, Member::Named(ident) if ident == name)
}

/// Reads `Ok(Self { x: request.header("x")?, body: request.json()? })`.
fn reads(
    it: &syn::ImplItemFn,
    fields: &BTreeMap<String, Field>,
) -> Result<Vec<WebhookRead>, String> {
    let wrong = || "a webhook is not read field by field".to_owned();
    let [syn::Stmt::Expr(Expr::Call(ok), None)] = it.block.stmts.as_slice() else {
        return Err(wrong());
    };
    let Some(Expr::Struct(made)) = ok.args.first() else { return Err(wrong()) };
    let mut acc = Vec::new();
    for value in &made.fields {
        let Member::Named(ident) = &value.member else { return Err(wrong()) };
        let field = fields.get(ident.unraw().to_string().as_str());
        let field = field.ok_or_else(|| format!("a webhook has no field `{ident}`"))?;
        let ty = field.ty.clone().map_err(|it| format!("a webhook with {it}"))?;
        let (call, is_absent) = match &value.expr {
            // `if request.is_empty() { None } else { Some(request.json()?) }`
            Expr::If(it) => (some(it).ok_or_else(wrong)?, true),
            other => (other, false),
        };
        let call = if let Expr::Try(it) = call { &*it.expr } else { call };
        let Expr::MethodCall(call) = call else { return Err(wrong()) };
        let method = call.method.to_string();
        acc.push(WebhookRead {
            is_optional: is_absent || method.starts_with("optional_"),
            method: method.trim_start_matches("optional_").to_owned(),
            name: call.args.first().map(text).transpose()?,
            ty,
        });
    }
    Ok(acc)
}

/// Returns what is inside of `Some(…)` in the last branch.
fn some(it: &syn::ExprIf) -> Option<&Expr> {
    let (_, last) = it.else_branch.as_ref()?;
    let Expr::Block(block) = &**last else { return None };
    let [syn::Stmt::Expr(Expr::Call(some), None)] = block.block.stmts.as_slice() else {
        return None;
    };
    some.args.first()
}
