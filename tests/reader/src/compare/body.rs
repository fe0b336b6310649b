//! The request body of an operation with what the code writes.

use std::slice;

use super::parameter::words;
use super::sequence::schema_of;
use super::{Form, Walk, below};
use crate::difference::Fact;
use crate::document::Node;
use crate::document::operation::{Body, Operation as Declared};
use crate::rust::{Item, Operation, Read, Send, Type};

/// The methods of the request builder that write a body.
pub(super) const METHODS: [&str; 10] = [
    "json",
    "json_as",
    "json_lines",
    "form",
    "form_as",
    "multipart",
    "text",
    "bytes",
    "body",
    "media",
];

/// Returns whether a body is sent as it is.
fn is_raw(send: &Send) -> bool {
    matches!(send.method.as_str(), "text" | "bytes" | "body" | "media")
}

impl<'a> Walk<'a> {
    /// Compares the request body.
    pub(super) fn request_body(&mut self, declared: &Declared<'a>, operation: &Operation) {
        let sends: Vec<_> =
            operation.sends.iter().filter(|it| METHODS.contains(&it.method.as_str())).collect();
        let Some(body) = &declared.body else {
            self.check(
                Fact::RequestBody,
                sends.is_empty(),
                slice::from_ref(&declared.node.at),
                None,
                || "a body is sent and none is declared".to_owned(),
            );
            return;
        };
        let typed = |it: &&&Send| !is_raw(it) && it.variant.is_none();
        let main = sends.iter().find(typed).and_then(|send| {
            let ty = self.sent_type(send, operation)?;
            let schemas: Vec<_> =
                body.content.iter().filter_map(|(_, it)| it.get("schema")).collect();
            self.main(&schemas, ty.present())
        });
        for (name, media) in &body.content {
            let send = sent_as(name, &sends);
            let is_alike = send.is_none_or(|it| self.is_body(media, it, operation, main.as_ref()));
            let holds = send.is_some() && is_alike;
            self.check(Fact::RequestBody, holds, slice::from_ref(&media.at), Some(name), || {
                format!("no body of its schema is sent as `{name}`")
            });
            if let Some(send) = send.filter(|_| is_alike) {
                self.sent_body(media, send, operation);
            }
        }
        for send in &sends {
            let sent = media_type(send);
            let is_declared = body.content.iter().any(|(name, _)| {
                if is_media(send) { is_range(name) } else { is_sent_as(name, &sent) }
            });
            let places: Vec<_> = body
                .content
                .iter()
                .map(|(_, it)| it.at.clone())
                .chain(body.places.clone())
                .collect();
            self.check(Fact::RequestBody, is_declared, &places, Some(&sent), || {
                format!("a body is sent as `{sent}`, which is not declared")
            });
        }
        if let Some(send) = sends.first() {
            self.body_required(body, send, operation);
        }
    }

    /// Returns whether a media type is sent with its own schema: the one that the type of the body is made
    /// from, or one like it.
    fn is_body(
        &self,
        media: &Node<'a>,
        send: &Send,
        operation: &Operation,
        main: Option<&Node<'a>>,
    ) -> bool {
        let Some(schema) = schema_of(media, send.method == "json_lines") else { return true };
        let schema = self.sent_schema(&schema, send);
        // The type of a variant is made from the schema of its media type alone.
        if is_raw(send)
            || send.variant.is_some()
            || main.is_some_and(|it| self.is_same(it, &schema))
        {
            return true;
        }
        let ty = self.sent_type(send, operation);
        ty.is_none_or(|ty| self.is_alike(&[schema], ty.present(), Form::Json))
    }

    fn sent_body(&mut self, media: &Node<'a>, send: &Send, operation: &Operation) {
        let Some(field) = operation.fields.get(&send.field) else { return };
        let Some(ty) = self.sent_type(send, operation) else { return };
        let Some(schema) = schema_of(media, send.method == "json_lines") else { return };
        if send.method == "json_lines" && self.is_whole(&schema) {
            let holds = self.holds_any(ty);
            self.check(Fact::RequestBody, holds, slice::from_ref(&media.at), None, || {
                "the lines of a text have a type".to_owned()
            });
            return;
        }
        let schema = self.sent_schema(&schema, send);
        if is_raw(send) {
            self.raw(&schema);
        } else {
            let nodes = [schema];
            self.present(&nodes, ty.present(), Form::Json, None, &field.docs);
            if send.method == "multipart" {
                self.files(&nodes, ty.present());
            }
        }
    }

    /// Looks whether each property of a multipart body that is a file can be sent as one.
    fn files(&mut self, nodes: &[Node<'a>], ty: &Type) {
        let (ty, _) = self.behind_aliases(ty, "");
        let Type::Named(id) = &ty else { return };
        let code = self.code;
        let Item::Object { members, .. } = code.item(id) else { return };
        for (name, nodes) in self.settled(nodes).properties {
            let Some(member) = members.iter().find(|it| it.wire == name) else { continue };
            let schema = self.settled(&nodes);
            let (ty, _) = self.behind_aliases(member.ty.present(), "");
            let item = match &ty {
                Type::List(inner) => Some(self.behind_aliases(inner.present(), "").0),
                _ => None,
            };
            let (schema, ty) = match item {
                Some(item) => (self.settled(&schema.items), item),
                None => (schema, ty),
            };
            let is_file = schema.format.as_deref() == Some("binary");
            let holds = !is_file || ty == Type::File;
            self.check(Fact::Kind, holds, &schema.places, Some(&name), || {
                format!("the property `{name}` is a file, and is sent as a text")
            });
        }
    }

    /// Returns the type of what is written: that of the field, or of a variant of it.
    fn sent_type<'t>(&self, send: &Send, operation: &'t Operation) -> Option<&'t Type>
    where
        'a: 't,
    {
        let ty = operation.fields.get(&send.field)?.ty.as_ref().ok()?;
        let Some(variant) = &send.variant else { return Some(ty) };
        match self.code.item(ty.present().named()?) {
            Item::Choice(variants) => variants.get(variant),
            _ => None,
        }
    }

    /// Returns the schema of what is written: of lines that of each.
    fn sent_schema(&self, schema: &Node<'a>, send: &Send) -> Node<'a> {
        if send.method == "json_lines" { self.item(schema, Read::Lines) } else { schema.clone() }
    }

    fn body_required(&mut self, body: &Body<'a>, send: &Send, operation: &Operation) {
        let ty = operation.fields.get(&send.field).map(|it| &it.ty);
        let is_required = !matches!(ty, Some(Ok(Type::Option(_))));
        // A body without its required properties is none that the schema allows.
        let schema = body.content.iter().find_map(|(_, it)| it.get("schema"));
        let has_required = schema.is_some_and(|it| {
            let schema = self.settled(&[it]);
            schema.required.keys().any(|it| schema.properties.contains_key(it))
        });
        let holds = is_required == body.required || is_required && has_required;
        self.check(Fact::Required, holds, &body.places, None, || {
            let (a, b) = words(body.required, is_required);
            format!("the request body is {a}, in the code {b}")
        });
    }

    /// Compares a body that is a text or bytes as it is: its schema must be that of a string.
    pub(super) fn raw(&mut self, schema: &Node<'a>) {
        let said = self.document.schema(slice::from_ref(schema));
        let is_text =
            self.kinds_of(&said).is_none_or(|it| it.iter().all(|it| *it == super::Kind::String));
        let places: Vec<_> =
            said.places.iter().cloned().chain(below(&said.places, "schema")).collect();
        self.check(Fact::Kind, is_text, &places, None, || {
            "the body has a schema, and is sent or read as it is".to_owned()
        });
        let texts = self.texts_of(&said);
        self.check(Fact::Values, texts.is_empty(), &places, None, || {
            format!("no type lists the values {texts:?}")
        });
    }
}

/// Returns the media type that a statement writes.
pub(super) fn media_type(send: &Send) -> String {
    match send.method.as_str() {
        "json" => "application/json".to_owned(),
        "media" => "*/*".to_owned(),
        "form" => "application/x-www-form-urlencoded".to_owned(),
        _ => send.text.clone().unwrap_or_default(),
    }
}

/// Returns whether the caller names the media type.
fn is_media(send: &Send) -> bool {
    send.method == "media"
}

fn is_range(media_type: &str) -> bool {
    media_type.contains('*')
}

/// Returns the statement that sends a media type: of a range the one whose media type the caller names, else
/// one of the range.
fn sent_as<'s>(declared: &str, sends: &[&'s Send]) -> Option<&'s Send> {
    let named = sends.iter().find(|it| is_media(it) && is_range(declared));
    let is_it = |it: &&&Send| !is_media(it) && is_sent_as(declared, &media_type(it));
    named.or_else(|| sends.iter().find(is_it)).copied()
}

/// Returns whether a media type is sent as another one: it is the same, or one of the range.
fn is_sent_as(declared: &str, sent: &str) -> bool {
    if !declared.contains('*') {
        return declared == sent || declared.eq_ignore_ascii_case(sent);
    }
    let halves = |text: &str| -> Option<(String, String)> {
        let essence = text.split(';').next()?.trim().to_ascii_lowercase();
        essence.split_once('/').map(|(a, b)| (a.to_owned(), b.to_owned()))
    };
    let (Some(range), Some(sent)) = (halves(declared), halves(sent)) else { return false };
    let fits = |range: &str, text: &str| match range.split_once('*') {
        Some((before, after)) => {
            text.starts_with(before) && text.ends_with(after.trim_start_matches('+'))
        }
        None => range == text,
    };
    fits(&range.0, &sent.0) && fits(&range.1, &sent.1)
}
