//! Writes the file `webhooks.rs`: a struct for each request that the API sends, and an enum of those of one URL.

use std::fmt::Write as _;

use super::docs;
use super::format::{self, Part};
use super::layout::{Code, Piece};
use super::lines::{self, Struct};
use super::scope::Scope;
use crate::at_once;
use crate::plan::{Module, PlannedWebhook, PlannedWebhooks, Shadow, ToldMark, WebhookRead};
use crate::shown::code_span;

/// Writes the code of the module; none where the document has neither webhooks nor callbacks.
pub(super) fn emit(module: &Module) -> Option<Code> {
    if module.webhooks.is_empty() {
        return None;
    }
    let all = || module.webhooks.iter().flat_map(|it| &it.members);
    let sets = module.webhooks.iter().map(|it| &it.ident);
    let shadow = Shadow::of(sets.chain(all().map(|it| &it.ident)));
    let scope = Scope::beside_types(&shadow);
    let before = module.webhooks.iter().flat_map(|it| emit_set(it, &scope));
    let before = format::joined(before.map(Part::into_text));
    let members: Vec<&PlannedWebhook> = all().collect();
    let pieces = at_once::spread(&members, |it| {
        let scope = Scope::beside_types(&shadow);
        let parts = emit_webhook(it, &scope);
        Piece::new(it.ident.as_str(), &it.group, parts, scope)
    });
    Some(Code { uses: scope.into_uses(), before, pieces, ..Code::default() })
}

/// The docs of an enum of which some cannot be told apart.
const ALIKE: &str = "Nothing tells some of them from each other, so [`read`](Self::read) returns them as `Unrecognized`. \
Where something else tells them, such as the URL, each has a `read` of its own:";

fn emit_set(set: &PlannedWebhooks, scope: &Scope<'_>) -> Vec<Part> {
    let ident = &set.ident;
    let what = match &set.operation {
        None => "A webhook of the API.".to_owned(),
        Some(id) => format!("A callback of {}.", code_span(id)),
    };
    let mut item = docs::comment(&what, "");
    if !set.alike.is_empty() {
        let names: Vec<_> = set.alike.iter().map(|it| format!("[`{it}`]")).collect();
        item.push_str("///\n");
        wrapped(&format!("{ALIKE} {}.", names.join(", ")), &mut item);
    }
    item.push_str("#[derive(Clone, Debug)]\n#[non_exhaustive]\n");
    let _ = writeln!(item, "pub enum {ident} {{");
    let trait_name = scope.name("ReceivedWebhook");
    let webhook = scope.name("webhook");
    let (mut infos, mut arms) = (Vec::new(), String::new());
    for (index, it) in set.members.iter().enumerate() {
        let (variant, own) = (&it.ident, scope.item(it.ident.as_str()));
        let boxed = it.is_large.then(|| scope.name("Box"));
        let payload = boxed.as_ref().map_or_else(|| own.to_string(), |it| format!("{it}<{own}>"));
        item.push_str(&docs::comment(&code_span(&it.name), "    "));
        let _ = writeln!(item, "    {variant}({payload}),");
        // Where a webhook has the name of the trait, that is not imported.
        infos.push(if trait_name.contains(':') {
            format!("<{own} as {trait_name}>::INFO")
        } else {
            format!("{own}::INFO")
        });
        let made = match boxed {
            Some(boxed) => format!("|it| Self::{variant}({boxed}::new(it))"),
            None => format!("Self::{variant}"),
        };
        let _ = write!(arms, "Some({index}) => {webhook}::read(request).map({made}), ");
    }
    let unrecognized = scope.name("UnrecognizedWebhook");
    let none = "A request that is none of these, or that nothing tells which of several it is.";
    let _ = writeln!(item, "    /// {none}\n    Unrecognized({unrecognized}),\n}}");
    let [result, error, request, bytes] =
        ["Result", "WebhookError", "Request", "Bytes"].map(|it| scope.name(it));
    let methods = format!(
        "impl {ident} {{ /// Reads a request; which one it is, is told by what only one of them has.\n \
         pub fn read(request: &{request}<{bytes}>) -> {result}<Self, {error}> {{ \
         match {webhook}::tell(request, &[{}]) {{ {arms} \
         _ => Ok(Self::Unrecognized({unrecognized}::new(request))), }} }} }}\n",
        infos.join(", ")
    );
    vec![lines::items(item), lines::parsed(&methods)]
}

/// Writes a paragraph of a doc comment whose Markdown is ours.
fn wrapped(markdown: &str, acc: &mut String) {
    let mut line = String::from("///");
    for word in markdown.split(' ') {
        if line.len() + 1 + word.len() > 89 {
            acc.extend([line.as_str(), "\n"]);
            line = String::from("///");
        }
        line.extend([" ", word]);
    }
    acc.extend([line.as_str(), "\n"]);
}

fn emit_webhook(it: &PlannedWebhook, scope: &Scope<'_>) -> Vec<Part> {
    let ident = &it.ident;
    let attributes = ["derive(Clone, Debug)", "non_exhaustive"];
    let mut item = Struct::new(&docs::comment(&it.docs, ""), attributes, ident.as_str());
    for it in &it.fields {
        item.field(&it.docs, &it.ident.as_code(), &scope.text(&it.ty));
    }
    if let Some((ty, ..)) = &it.body {
        item.field("The body.", "body", &scope.text(ty));
    }
    let [result, error, request, bytes, webhook] =
        ["Result", "WebhookError", "Request", "Bytes", "webhook"].map(|it| scope.name(it));
    let deprecated = if it.deprecated { "    #[deprecated]\n" } else { "" };
    let read = lines::method(
        &format!("    /// Reads a request that is known to be this one.\n{deprecated}"),
        "read",
        &[format!("request: &{request}<{bytes}>")],
        &format!("{result}<Self, {error}>"),
        &format!("        {webhook}::read(request)\n"),
    );
    vec![
        item.into_part(),
        lines::methods(ident.as_str(), [read]),
        lines::parsed(&emit_impl(it, scope)),
    ]
}

fn emit_impl(it: &PlannedWebhook, scope: &Scope<'_>) -> String {
    let [received, info, parts, method, result, error] =
        ["ReceivedWebhook", "WebhookInfo", "WebhookRequest", "Method", "Result", "WebhookError"]
            .map(|it| scope.name(it));
    let media_type = &it.media_type;
    let told_by: Vec<_> = it.told_by.iter().map(|it| mark(it, scope)).collect();
    let fields = it.fields.iter().map(|it| {
        let way = match (it.is_header, it.required) {
            (true, true) => "header",
            (true, false) => "optional_header",
            (false, true) => "query",
            (false, false) => "optional_query",
        };
        format!("{}: request.{way}({:?})?", it.ident.as_code(), it.name)
    });
    let body = it.body.as_ref().map(|(_, read, optional)| {
        let read = match read {
            WebhookRead::Json => "request.json()?",
            WebhookRead::Text => "request.text()?",
            WebhookRead::Bytes => "request.bytes()",
        };
        if *optional {
            format!("body: if request.is_empty() {{ None }} else {{ Some({read}) }}")
        } else {
            format!("body: {read}")
        }
    });
    let values: Vec<_> = fields.chain(body).collect();
    let argument = if values.is_empty() { "_" } else { "request" };
    format!(
        "impl {received} for {ident} {{ const INFO: {info} = {info} {{ name: {name:?}, \
         method: {method}::{http}, media_type: {media_type:?}, told_by: &[{told_by}] }};\n\n \
         fn read_parts({argument}: &{parts}<'_>) -> {result}<Self, {error}> {{ \
         Ok(Self {{ {values} }}) }} }}\n",
        ident = it.ident,
        name = it.name,
        http = it.method,
        told_by = told_by.join(", "),
        values = values.join(", "),
    )
}

fn mark(it: &ToldMark, scope: &Scope<'_>) -> String {
    let (told, kind) = (scope.name("ToldBy"), if it.is_header { "Header" } else { "Property" });
    let values: Vec<_> = it.values.iter().map(|it| format!("{it:?}")).collect();
    format!("{told}::{kind} {{ name: {:?}, values: &[{}] }}", it.name, values.join(", "))
}
