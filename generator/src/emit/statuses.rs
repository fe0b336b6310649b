//! The declared statuses and media types of an operation in, the macros out that make enums of them: `outcomes!`, `declared_errors!` and `response_bodies!`.

use std::fmt::Write as _;

use super::docs;
use super::format::Part;
use super::scope::Scope;
use crate::plan::{
    BodiesOf, OutcomeVariant, PlannedBodies, PlannedOperation, ReplyBody, StatusPattern, TypeIdent,
};

/// Writes the enum of several successes.
pub(super) fn outcomes(
    it: &PlannedOperation,
    variants: &[OutcomeVariant],
    scope: &Scope<'_>,
) -> Part {
    let mut acc = format!(
        "{}! {{\n    /// The success responses of [`{}`].\n    pub enum {} {{\n",
        scope.name("outcomes"),
        it.ident,
        it.outcome
    );
    for variant in variants {
        push(&mut acc, (variant.status, &variant.ident, &variant.body, &variant.docs), scope);
    }
    acc.push_str("    }\n}\n");
    Part::Text(acc)
}

/// Writes the enum of the errors, also where none is declared.
pub(super) fn declared_errors(it: &PlannedOperation, scope: &Scope<'_>) -> Part {
    let mut acc = format!(
        "{}! {{\n    /// The errors the document declares for [`{}`].\n    pub enum {} for {} {{",
        scope.name("declared_errors"),
        it.ident,
        it.error,
        proc_macro2::Literal::string(&it.id)
    );
    if !it.errors.is_empty() {
        acc.push('\n');
        for variant in &it.errors {
            push(&mut acc, (variant.status, &variant.ident, &variant.body, &variant.docs), scope);
        }
        acc.push_str("    ");
    }
    acc.push_str("}\n}\n");
    Part::Text(acc)
}

/// Writes the enum of the bodies of a response that has several media types.
pub(super) fn response_bodies(
    it: &PlannedOperation,
    bodies: &PlannedBodies,
    scope: &Scope<'_>,
) -> Part {
    let mut acc = format!(
        "{}! {{\n    /// The {} of [`{}`], by media type.\n    pub enum {} {{\n",
        scope.name("response_bodies"),
        match bodies.whose {
            BodiesOf::Successes => "response bodies",
            BodiesOf::Errors => "error bodies",
        },
        it.ident,
        bodies.ident
    );
    for variant in &bodies.variants {
        let media_types = variant.media_types.iter();
        let media_types: Vec<_> =
            media_types.map(|it| proc_macro2::Literal::string(it).to_string()).collect();
        let (kind, ty) = body(&variant.body, scope);
        // Writing to a `String` does not fail.
        let (media_types, ident) = (media_types.join(" | "), &variant.ident);
        let _ = writeln!(acc, "        {media_types} => {ident}({kind}<{ty}>),");
    }
    acc.push_str("    }\n}\n");
    Part::Text(acc)
}

fn push(
    acc: &mut String,
    (status, ident, reply, markdown): (StatusPattern, &TypeIdent, &ReplyBody, &str),
    scope: &Scope<'_>,
) {
    acc.push_str(&docs::comment(markdown, "        "));
    let (kind, ty) = body(reply, scope);
    let pattern = pattern(status);
    // Writing to a `String` does not fail.
    let _ = writeln!(acc, "        {pattern} => {ident}({kind}<{ty}>),");
}

/// The pattern of a status; the first that fits is taken.
fn pattern(status: StatusPattern) -> String {
    match status {
        StatusPattern::Exact(status) => status.to_string(),
        StatusPattern::Range(digit) => format!("{digit}00..={digit}99"),
        StatusPattern::Default => "_".to_owned(),
    }
}

/// Returns the kind of a body, as the runtime calls it, and its type.
pub(super) fn body(body: &ReplyBody, scope: &Scope<'_>) -> (&'static str, String) {
    let kind = match body {
        ReplyBody::Empty => "Empty",
        ReplyBody::Json(_) => "Json",
        ReplyBody::Text => "Text",
        ReplyBody::Bytes => "Binary",
        ReplyBody::Media(_) => "Media",
        ReplyBody::Streamed => "Streamed",
        ReplyBody::Events(_) => "Events",
        ReplyBody::NamedEvents(_) => "NamedEvents",
        ReplyBody::TextEvents => "TextEvents",
        ReplyBody::Lines(_) => "Lines",
    };
    let ty = match body {
        // It is among the operations, not among the types.
        ReplyBody::Media(ident) => ident.to_string(),
        body => body.ty().map_or_else(|| "()".to_owned(), |ty| scope.text(&ty)),
    };
    (kind, ty)
}
