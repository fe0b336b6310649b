//! The smallest document for each rule in, the model as short lines out.

mod bodies;
mod documents;
mod marks;
mod objects;
mod operations;
mod parameters;
mod rings;
mod secrets;
mod unions;
mod webhooks;

use std::fmt::Write;

use crate::api::{
    Additional, Api, Origin, Owner, Role, Shape, StatusPattern, TagKind, Tagging, ToldBy, Type,
    TypeRef,
};
use crate::diagnostic::{Diagnostic, Severity};
use crate::{Input, Model, Text};

/// Reads a document and an overlay.
pub(super) fn read(spec: &str, overlay: Option<&str>) -> (Option<Model>, Vec<Diagnostic>) {
    let overlay = overlay.map(|it| Text::new("overlay", it));
    let outcome = crate::read(&Input { overlay, ..Input::new("spec", spec) });
    (outcome.model, outcome.diagnostics.all())
}

const HEAD: &str = "openapi: 3.0.3\ninfo: {title: t, version: v}\n";

/// Lowers what follows the head of a document; also returns what was said, as
/// `code place`, errors with `!` and skips with `-` before them.
pub(super) fn lower(rest: &str) -> (Api, Vec<String>) {
    let (model, said) = read(&format!("{HEAD}{rest}"), None);
    (model.expect("the document can be read").api, said.iter().map(line).collect())
}

/// Lowers the schemas of `components`, given as the lines below that key.
pub(super) fn schemas(rest: &str) -> (Vec<String>, Vec<String>) {
    let indented = indent(rest, "    ");
    let (api, said) = lower(&format!("paths: {{}}\ncomponents:\n  schemas:\n{indented}"));
    (types(&api), said)
}

/// Lowers the parts of the operation `op`, given as the lines below
/// `/things/{id}` → `post`.
pub(super) fn operation(rest: &str) -> (Api, Vec<String>) {
    let indented = indent(rest, "      ");
    lower(&format!("paths:\n  /things:\n    post:\n      operationId: op\n{indented}"))
}

fn indent(text: &str, by: &str) -> String {
    text.lines().map(|it| by.to_owned() + it + "\n").collect()
}

pub(super) fn line(diagnostic: &Diagnostic) -> String {
    let mark = match diagnostic.severity {
        Severity::Error => "!",
        Severity::Skipped => "-",
        Severity::Warning => "",
        Severity::Note => "~",
    };
    format!("{mark}{} {}", diagnostic.code.0, diagnostic.at)
}

/// Returns each type on a line of its own.
pub(super) fn types(api: &Api) -> Vec<String> {
    api.types
        .iter()
        .map(|def| {
            let null = if def.nullable { "?" } else { "" };
            format!("{}{null} {}", origin(api, &def.origin), shape(api, &def.shape))
        })
        .collect()
}

fn origin(api: &Api, origin: &Origin) -> String {
    match origin {
        Origin::Component(name) => name.clone(),
        Origin::Given(name) => format!("given:{name}"),
        Origin::Inline { owner, roles } => {
            let owner = match owner {
                Owner::Type(id) => self::origin(api, &api.type_def(*id).origin),
                Owner::Operation(id) => format!("{}()", api.operation(*id).id),
                Owner::Skipped(name) => format!("{name}()"),
                Owner::Webhook(name) => format!("{name}!"),
                Owner::Document => "#".to_owned(),
            };
            roles.iter().fold(owner, |acc, it| format!("{acc}.{}", role(it)))
        }
    }
}

fn role(role: &Role) -> String {
    let of =
        |status: &Option<StatusPattern>| status.map(|it| format!("{it:?}")).unwrap_or_default();
    match role {
        Role::Property(name) => name.clone(),
        Role::Item => "[]".to_owned(),
        Role::Value => "{}".to_owned(),
        Role::Variant(name) => format!("|{name}"),
        Role::Request => "request".to_owned(),
        Role::Response(status) => format!("response{}", of(status)),
        Role::Error(status) => format!("error{}", of(status)),
        Role::Parameter(name) => format!("@{name}"),
        Role::Header(name) => format!("header:{name}"),
    }
}

fn shape(api: &Api, shape: &Shape) -> String {
    let mut acc = String::new();
    match shape {
        Shape::Struct(object) => {
            for property in &object.properties {
                let optional = if property.required { "" } else { "~" };
                let secret = if property.secret.is_some() { "secret " } else { "" };
                let _ = write!(
                    acc,
                    "{}{optional}: {secret}{}, ",
                    property.name,
                    used(api, &property.ty)
                );
            }
            let rest = match &object.additional {
                Additional::Unsaid => String::new(),
                Additional::Denied => "!".to_owned(),
                Additional::Kept(ty) => format!("..{}", used(api, ty)),
                Additional::Variant(ty) => format!("&{}", used(api, ty)),
            };
            format!("{{{}}}", format!("{acc}{rest}").trim_end_matches(", "))
        }
        Shape::Enum(open) => {
            for value in &open.values {
                let _ = write!(acc, "{:?}", value.text);
                if let Some(name) = &value.given_name {
                    let _ = write!(acc, "={name}");
                }
                acc.push('|');
            }
            format!("{acc}..{}", if open.ignore_case { " ignore-case" } else { "" })
        }
        Shape::Union(union) => {
            for (told_by, variant) in union.tagging.variants() {
                let told = match told_by {
                    ToldBy::Nothing(word) => word.to_owned(),
                    told_by => told_by.texts().join("/"),
                };
                let _ = write!(acc, " {told}={}", used(api, &variant.ty));
            }
            let way = match &union.tagging {
                Tagging::Discriminator { property, of: TagKind::Text, .. } => {
                    format!("Discriminator {{ property: {property:?} }}")
                }
                Tagging::Discriminator { property, of, .. } => {
                    format!("Discriminator {{ property: {property:?}, of: {of:?} }}")
                }
                Tagging::Key(_) => "Key".to_owned(),
                Tagging::Kind(_) => "Kind".to_owned(),
                Tagging::Overlapping(_) => "Overlapping".to_owned(),
            };
            format!("{way}{acc}")
        }
        Shape::Alias(ty) => format!("= {}", used(api, ty)),
    }
}

pub(super) fn used(api: &Api, ty: &TypeRef) -> String {
    let text = match &ty.ty {
        Type::Named(id) => origin(api, &api.type_def(*id).origin),
        Type::List(item) => format!("[{}]", used(api, item)),
        Type::Map(value) => format!("map<{}>", used(api, value)),
        Type::String(None) => "string".to_owned(),
        Type::String(Some(format)) => format!("string({format})"),
        Type::Integer(width) => format!("{width:?}"),
        Type::Number(width) => format!("{width:?}"),
        other => format!("{other:?}"),
    };
    if ty.nullable { format!("{text}?") } else { text }
}
