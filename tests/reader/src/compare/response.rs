//! The responses of an operation with how the code reads them.

use std::slice;

use super::sequence::{is_lines, schema_of};
use super::{Form, Walk};
use crate::difference::Fact;
use crate::document::Node;
use crate::document::operation::{Operation as Declared, Response};
use crate::rust::{Answer, Operation, Read, Status, Type};

impl<'a> Walk<'a> {
    /// Compares the responses.
    pub(super) fn responses(&mut self, declared: &Declared<'a>, operation: &Operation) {
        let statuses: Vec<_> = declared.responses.iter().map(|it| status(&it.status)).collect();
        for (response, status) in declared.responses.iter().zip(&statuses) {
            self.headers(response);
            let found = status.map(|it| answers(it, operation)).unwrap_or_default();
            let text = &response.status;
            self.check(Fact::Response, !found.is_empty(), &response.places, Some(text), || {
                format!("the status `{text}` is not read")
            });
            self.response(response, &found, declared, operation);
            if *status == Some(Status::Default) && statuses.len() == 1 {
                // What is declared for every status holds for a success.
                let success = answers(Status::Range(2), operation);
                self.check(Fact::Response, !success.is_empty(), &response.places, None, || {
                    "a success is not read as the default".to_owned()
                });
                self.response(response, &success, declared, operation);
            }
        }
        self.undeclared(declared, &statuses, operation);
    }

    /// Looks whether the code reads what is not declared.
    fn undeclared(
        &mut self,
        declared: &Declared<'a>,
        statuses: &[Option<Status>],
        operation: &Operation,
    ) {
        let has_success = statuses.iter().flatten().any(|it| is_success(*it));
        for answer in operation.successes.iter().chain(&operation.errors) {
            // Without a declared success, each status of one is a success.
            let stands_in = !has_success && answer.status == Status::Range(2);
            let holds = stands_in || statuses.contains(&Some(answer.status));
            self.check(Fact::Response, holds, slice::from_ref(&declared.node.at), None, || {
                format!("the status {:?} is not declared", answer.status)
            });
        }
    }

    fn response(
        &mut self,
        response: &Response<'a>,
        answers: &[&Answer],
        declared: &Declared<'a>,
        operation: &Operation,
    ) {
        let Some(first) = answers.first() else { return };
        // Neither has a body (RFC 9110 §9.3.2, §15.3.5, §15.3.6, §15.4.5).
        let has_none =
            declared.method == "HEAD" || matches!(first.status, Status::Exact(204 | 205 | 304));
        if has_none || response.content.is_empty() {
            let is_empty = first.read == Read::Empty
                || first.status == Status::Range(2) && first.read == Read::Binary;
            self.check(Fact::ResponseBody, is_empty, &response.places, None, || {
                format!("a body is read as {:?}, and none can be there", first.read)
            });
            return;
        }
        if first.media_types.is_empty() {
            return self.one_body(&response.content, first, operation);
        }
        for (name, media) in &response.content {
            let is_meant = |it: &&&Answer| it.media_types.iter().any(|it| it == name);
            // A stream is another way to call the operation.
            let stream = operation.stream.as_ref().filter(|it| {
                is_success(it.status) && is_success(first.status) && is_read_as(name, it.read, 2)
            });
            let found = answers.iter().find(is_meant).copied().or(stream);
            let places = [media.at.clone()];
            self.check(Fact::ResponseBody, found.is_some(), &places, Some(name), || {
                format!("the media type `{name}` is not read")
            });
            if let Some(answer) = found {
                self.one_body(&[(*name, media.clone())], answer, operation);
            }
        }
        for media_type in answers.iter().flat_map(|it| &it.media_types) {
            let holds = response.content.iter().any(|(name, _)| name == media_type);
            self.check(Fact::ResponseBody, holds, &response.places, None, || {
                format!("the media type `{media_type}` is not declared")
            });
        }
    }

    /// Compares media types that are all read in one way.
    fn one_body(&mut self, content: &[Media<'a>], answer: &Answer, operation: &Operation) {
        let json: Vec<Node<'a>> = content
            .iter()
            .filter(|(name, _)| is_read_as(name, Read::Json, 1))
            .filter_map(|(_, media)| media.get("schema"))
            .collect();
        let main = self.main(&json, &answer.ty);
        for (name, media) in content {
            let schema = media.get("schema").map(|it| self.document.schema(&[it]));
            let is_binary = schema.is_some_and(|it| it.format.as_deref() == Some("binary"));
            let reads = |read: Read| {
                is_read_as(name, read, content.len()) || is_binary && read == Read::Binary
            };
            let stream = operation.stream.as_ref();
            let stream = stream.filter(|it| is_success(answer.status) && reads(it.read));
            let is_stream = stream.is_some();
            let answer = stream.unwrap_or(answer);
            let is_read = reads(answer.read);
            let places = [media.at.clone()];
            self.check(Fact::ResponseBody, is_read, &places, Some(name), || {
                format!("the body `{name}` is read as {:?}", answer.read)
            });
            let is_asked_for = operation.accept.iter().any(|it| is_accepted(name, it));
            self.check(
                Fact::ResponseBody,
                is_asked_for || is_stream || !is_read,
                &places,
                Some(name),
                || format!("the body `{name}` is not asked for"),
            );
            let is_sequence = matches!(answer.read, Read::Events | Read::NamedEvents | Read::Lines);
            let (true, Some(schema)) = (is_read, schema_of(media, is_sequence)) else { continue };
            let nodes = [schema.clone()];
            match answer.read {
                Read::Json => {
                    let is_main = main.as_ref().is_some_and(|it| self.is_same(it, &schema));
                    let is_alike = is_main || self.is_alike(&nodes, &answer.ty, Form::Json);
                    self.check(Fact::ResponseBody, is_alike, &places, Some(name), || {
                        format!("the body `{name}` is not read as its own schema")
                    });
                    if is_main {
                        self.used(&nodes, &answer.ty, Form::Json, &operation.docs);
                    }
                }
                Read::Lines if self.is_whole(&schema) => {
                    let holds = self.holds_any(&answer.ty);
                    self.check(Fact::ResponseBody, holds, &places, Some(name), || {
                        format!("the lines of the text `{name}` have a type")
                    });
                }
                Read::NamedEvents => {
                    let item = [self.item(&schema, answer.read)];
                    let data = format!("{}/properties/data", self.document.follow(&item[0]).0.at);
                    self.event_data.insert(data);
                    self.used(&item, &answer.ty, Form::Json, &operation.docs);
                }
                Read::Events | Read::Lines => {
                    let item = [self.item(&schema, answer.read)];
                    if answer.read == Read::Events && answer.ty == Type::String {
                        self.raw(&item[0]);
                    } else {
                        self.used(&item, &answer.ty, Form::Json, &operation.docs);
                    }
                }
                Read::Text | Read::Binary => self.raw(&schema),
                Read::Empty => {}
            }
        }
    }
}

/// A media type with its node.
type Media<'a> = (&'a str, Node<'a>);

/// Returns whether an element of `Accept` is a media type with a weight or without.
fn is_accepted(media_type: &str, element: &str) -> bool {
    let is_weight = |it: &&str| !it.trim().starts_with("q=");
    let unweighed: Vec<_> = element.split(';').filter(is_weight).collect();
    unweighed.join(";") == media_type
}

/// Returns how a status is read.
fn answers(status: Status, operation: &Operation) -> Vec<&Answer> {
    // Where no success is declared, a redirect is what the caller wants.
    let is_redirect = matches!(status, Status::Exact(301..=303 | 307 | 308))
        && !operation.successes.iter().any(|it| is_success(it.status));
    let is_success = is_success(status) || is_redirect;
    let list = if is_success { &operation.successes } else { &operation.errors };
    list.iter().filter(|it| it.status == status).collect()
}

fn is_success(status: Status) -> bool {
    matches!(status, Status::Exact(200..=299) | Status::Range(2))
}

/// Reads `200`, `2XX` or `DEFAULT`.
fn status(text: &str) -> Option<Status> {
    if text == "DEFAULT" {
        return Some(Status::Default);
    }
    match text.strip_suffix("XX") {
        Some(digit) => digit.parse().ok().filter(|it| (1..=5).contains(it)).map(Status::Range),
        None => text.parse().ok().filter(|it| (100..=599).contains(it)).map(Status::Exact),
    }
}

/// Returns whether a body of a media type can be read in a way.
fn is_read_as(media_type: &str, read: Read, n_media_types: usize) -> bool {
    let essence = media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let (ty, subtype) = essence.split_once('/').unwrap_or((&essence, ""));
    let is_json = subtype == "json" || subtype.ends_with("+json");
    let is_range = subtype == "*";
    match read {
        // A text with the schema of an object is JSON.
        Read::Json => {
            is_json && !is_lines(&essence)
                || is_range && matches!(ty, "*" | "application")
                || essence == "text/plain"
        }
        Read::Empty => false,
        Read::Events | Read::NamedEvents => essence == "text/event-stream",
        Read::Lines => is_lines(&essence),
        Read::Text | Read::Binary if is_json => false,
        // Any text is bytes; whether bytes are a text only their type says.
        Read::Binary => ty != "text" || n_media_types == 1 || is_range,
        Read::Text => !matches!(ty, "image" | "audio" | "video" | "font"),
    }
}
