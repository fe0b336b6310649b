//! A module holds what was planned: no public item more or less, and nothing declared twice.

use std::collections::{BTreeMap, BTreeSet};

use syn::{Fields, File, FnArg, ImplItem, Item as Syntax, Pat, Visibility};
use tamarack::plan::{Item, Module, PlannedServer, Success};

use crate::finding::{Finding, holds};

/// Compares the public items of each module of a crate with the plan; a module is a file or a folder of them.
pub(super) fn check(files: &[(&str, File)], module: &Module) -> Result<(), Finding> {
    let mut modules: BTreeMap<&str, BTreeSet<_>> = BTreeMap::new();
    for (name, file) in files {
        let path = name.trim_start_matches("src/");
        let declared =
            modules.entry(path.split(['/', '.']).next().unwrap_or_default()).or_default();
        for item in &file.items {
            if let Some((kind, ident)) = named(item) {
                let is_new = declared.insert((kind, ident.clone()));
                holds(is_new, "an item stands twice", || format!("{kind} {ident} in {name}"))?;
            }
            once(name, item)?;
        }
    }
    for (name, declared) in modules {
        let Some(planned) = planned(name, module) else { continue };
        let differing: Vec<_> = planned.symmetric_difference(&declared).collect();
        holds(
            differing.is_empty(),
            "items that were not planned, or were and are not there",
            || format!("{name}: {differing:?}"),
        )?;
    }
    Ok(())
}

/// Returns the name space and the name of a public item.
fn named(item: &Syntax) -> Option<(&'static str, String)> {
    let (visibility, kind, ident) = match item {
        Syntax::Struct(it) => (&it.vis, "type", &it.ident),
        Syntax::Enum(it) => (&it.vis, "type", &it.ident),
        Syntax::Type(it) => (&it.vis, "type", &it.ident),
        Syntax::Trait(it) => (&it.vis, "type", &it.ident),
        Syntax::Mod(it) => (&it.vis, "type", &it.ident),
        Syntax::Fn(it) => (&it.vis, "value", &it.sig.ident),
        Syntax::Const(it) => (&it.vis, "value", &it.ident),
        Syntax::Static(it) => (&it.vis, "value", &it.ident),
        _ => return None,
    };
    matches!(visibility, Visibility::Public(_)).then(|| (kind, ident.to_string()))
}

/// Returns the public items that the plan asks for; none where it does not say it by name.
fn planned(name: &str, module: &Module) -> Option<BTreeSet<(&'static str, String)>> {
    let mut acc = BTreeSet::new();
    let mut add = |kind, ident: String| {
        acc.insert((kind, ident));
    };
    match name {
        "types" => {
            for it in &module.types {
                add("type", it.ident.as_str().to_owned());
                if let Item::Struct(it) = &it.item
                    && let Some(bundle) = &it.bundle
                {
                    add("type", bundle.as_str().to_owned());
                }
            }
        }
        "operations" => {
            for it in &module.constants {
                add("value", it.ident.to_string());
            }
            for it in &module.servers {
                add("value", it.ident.to_string());
            }
            for it in &module.operations {
                add("type", it.ident.as_str().to_owned());
                add("type", it.error.as_str().to_owned());
                let types = [
                    (it.encodings.len() > 1, &it.encoding),
                    (it.bundled, &it.required),
                    (matches!(it.success, Success::Several(_)), &it.outcome),
                ];
                let source = it.token_source.as_ref().and_then(|it| it.bundle.as_ref());
                let types = types.iter().filter(|it| it.0).map(|it| it.1);
                for ident in types.chain(source) {
                    add("type", ident.as_str().to_owned());
                }
            }
        }
        "client" => {
            add("type", "Client".to_owned());
            match &module.client.server {
                PlannedServer::None => {}
                PlannedServer::Path(_) => add("value", "BASE_PATH".to_owned()),
                PlannedServer::Fixed(_) => add("value", "BASE_URL".to_owned()),
                PlannedServer::Template { variables, .. } => {
                    add("type", "Server".to_owned());
                    for (ident, _) in variables.iter().filter_map(|it| it.known.as_ref()) {
                        add("type", ident.as_str().to_owned());
                    }
                }
            }
            if !module.client.credentials.is_empty() {
                add("type", "Credential".to_owned());
            }
            let grants = module.client.credentials.iter().filter_map(|it| it.grant.as_ref());
            for (ident, _) in grants.filter_map(|it| it.scopes.as_ref()) {
                add("type", ident.as_str().to_owned());
            }
        }
        _ => return None,
    }
    Some(acc)
}

/// Nothing within an item is declared twice: fields, variants, methods, arguments.
fn once(name: &str, item: &Syntax) -> Result<(), Finding> {
    let unique = |what: &str, idents: Vec<String>| {
        let mut seen = BTreeSet::new();
        let twice = idents.into_iter().find(|it| !seen.insert(it.clone()));
        holds(twice.is_none(), &format!("a {what} stands twice"), || format!("{twice:?} in {name}"))
    };
    match item {
        Syntax::Struct(it) => {
            if let Fields::Named(fields) = &it.fields {
                let idents = fields.named.iter().filter_map(|it| it.ident.as_ref());
                unique("field", idents.map(ToString::to_string).collect())?;
            }
        }
        Syntax::Enum(it) => {
            unique("variant", it.variants.iter().map(|it| it.ident.to_string()).collect())?;
        }
        Syntax::Fn(it) => unique("argument", arguments(&it.sig))?,
        Syntax::Impl(it) => {
            let mut methods = Vec::new();
            for member in &it.items {
                if let ImplItem::Fn(method) = member {
                    methods.push(method.sig.ident.to_string());
                    unique("argument", arguments(&method.sig))?;
                }
            }
            unique("method", methods)?;
        }
        _ => {}
    }
    Ok(())
}

fn arguments(signature: &syn::Signature) -> Vec<String> {
    let ident = |it: &FnArg| match it {
        FnArg::Receiver(_) => Some("self".to_owned()),
        FnArg::Typed(it) => match &*it.pat {
            Pat::Ident(it) => Some(it.ident.to_string()),
            _ => None,
        },
    };
    signature.inputs.iter().filter_map(ident).collect()
}
