//! Plans what each status and media type of an operation's responses is read as.

use super::facts::body_facts;
use super::size::is_large;
use super::types::use_type;
use super::{
    BodiesOf, BodyVariant, ErrorVariant, OutcomeVariant, PlannedBodies, PlannedStream, ReplyBody,
    RustType, Success,
};
use crate::api::{Api, Content, Operation, ReadAs, Response, StatusPattern, Type};
use crate::codes;
use crate::diagnostic::{Diagnostic, Loss, Sink};
use crate::name::{BodyNames, Names, OperationNames, TypeIdent};

/// What the responses of an operation are read as.
pub(super) struct PlannedResponses {
    /// The value of `Accept`.
    pub(super) accept: String,
    pub(super) bodies: Vec<PlannedBodies>,
    pub(super) success: Success,
    /// What a success gives as a stream, where that is another body.
    pub(super) stream: Option<PlannedStream>,
    pub(super) errors: Vec<ErrorVariant>,
}

/// Plans the responses of an operation.
pub(super) fn plan_responses(
    api: &Api,
    names: &Names,
    (operation, own): (&Operation, &OperationNames),
    sink: &mut Sink,
) -> PlannedResponses {
    let mut responses = Responses { api, names, operation, own, bodies: Vec::new(), sink };
    let success = responses.success();
    let stream = responses.stream(&success);
    let errors = responses.errors();
    responses.report_unread();
    let bodies = responses.bodies;
    PlannedResponses { accept: accept(operation), bodies, success, stream, errors }
}

/// Says what the schema of a response body demands where no type has docs that do.
pub(super) fn response_facts(response: &Response) -> Option<String> {
    let bodies = response.bodies();
    let facts = bodies.first().and_then(|it| body_facts(it[0]))?;
    let whose = match response.status {
        StatusPattern::Exact(status) => format!("of status {status}"),
        StatusPattern::Range(hundred) => format!("of status {hundred}XX"),
        StatusPattern::Default => "of any other status".to_owned(),
    };
    Some(format!("The response body {whose}: {facts}"))
}

/// Lists the media types of all declared responses, each once, those of the successes first. Where a
/// response has several bodies, the weight of each says which one is preferred (RFC 9110 §12.4.2).
fn accept(operation: &Operation) -> String {
    let mut acc: Vec<(&str, usize)> = Vec::new();
    let (successes, errors): (Vec<_>, Vec<_>) =
        operation.responses.iter().partition(|it| it.status.is_success());
    for response in successes.into_iter().chain(errors) {
        for (rank, group) in response.bodies().into_iter().enumerate() {
            for content in group {
                if acc.iter().all(|(it, _)| *it != content.media_type) {
                    acc.push((&content.media_type, rank));
                }
            }
        }
    }
    if acc.is_empty() {
        return "*/*".to_owned();
    }
    let weighed = acc.into_iter().map(|(media_type, rank)| match rank {
        0 => media_type.to_owned(),
        _ => format!("{media_type};q=0.{}", 10_usize.saturating_sub(rank).max(1)),
    });
    weighed.collect::<Vec<_>>().join(", ")
}

struct Responses<'a> {
    api: &'a Api,
    names: &'a Names,
    operation: &'a Operation,
    own: &'a OperationNames,
    /// The enums so far.
    bodies: Vec<PlannedBodies>,
    sink: &'a mut Sink,
}

impl<'a> Responses<'a> {
    fn success(&mut self) -> Success {
        let operation = self.operation;
        let declared = self.declared(|it| it.status.is_success());
        if declared.is_empty() {
            let default = self.declared(|it| it.status == StatusPattern::Default);
            let body = match default.as_slice() {
                // The only response that is documented is the one for every status.
                [index] if operation.responses.len() == 1 => self.body(*index, BodiesOf::Successes),
                _ => ReplyBody::Bytes,
            };
            return Success::One { statuses: vec![StatusPattern::Range(2)], body };
        }
        let bodies: Vec<_> =
            declared.iter().map(|index| self.body(*index, BodiesOf::Successes)).collect();
        let response = |index: &usize| &operation.responses[*index];
        if bodies.iter().all(|it| *it == bodies[0]) {
            let statuses = declared.iter().map(|index| response(index).status).collect();
            return Success::One {
                statuses,
                body: bodies.into_iter().next().unwrap_or(ReplyBody::Empty),
            };
        }
        let variants = declared.iter().zip(bodies).map(|(index, body)| OutcomeVariant {
            ident: self.variant(*index).clone(),
            status: response(index).status,
            body: as_a_whole(boxed_if_large(self.api, response(index), body)),
            docs: status_docs(response(index)),
        });
        Success::Several(variants.collect())
    }

    fn errors(&mut self) -> Vec<ErrorVariant> {
        // Exact statuses win over ranges, ranges over the default (OpenAPI 3.0.3 §4.7.16).
        let declared = self.declared(|it| !it.status.is_success());
        let variants = declared.into_iter().map(|index| ErrorVariant {
            ident: self.variant(index).clone(),
            status: self.operation.responses[index].status,
            body: self.body(index, BodiesOf::Errors),
            docs: status_docs(&self.operation.responses[index]),
        });
        variants.collect()
    }

    /// Returns some of the responses, by status.
    fn declared(&self, is_meant: fn(&Response) -> bool) -> Vec<usize> {
        let responses = &self.operation.responses;
        let mut acc: Vec<_> = (0..responses.len()).filter(|it| is_meant(&responses[*it])).collect();
        acc.sort_by_key(|it| responses[*it].status);
        acc
    }

    fn variant(&self, index: usize) -> &'a TypeIdent {
        &self.own.responses[index]
    }

    fn body(&mut self, index: usize, whose: BodiesOf) -> ReplyBody {
        let response = &self.operation.responses[index];
        if !self.operation.can_have_body(response.status) {
            return ReplyBody::Empty;
        }
        let groups = response.bodies();
        let bodies: Vec<_> = groups.iter().map(|it| self.one_body(it[0])).collect();
        match (bodies.first(), &self.own.bodies[index]) {
            (None, _) => ReplyBody::Empty,
            (Some(first), Some(names)) if bodies.iter().any(|it| it != first) => {
                self.by_media_type(whose, &groups, bodies, names)
            }
            (Some(ReplyBody::Bytes), _) if response.status.is_success() => ReplyBody::Streamed,
            (Some(first), _) => first.clone(),
        }
    }

    /// Plans the stream that an operation gives beside its success. A success among several is read as a
    /// whole, since its enum can be cloned; so its items are here as well.
    fn stream(&self, success: &Success) -> Option<PlannedStream> {
        let is_several = matches!(success, Success::Several(_));
        let mut successes = self.operation.responses.iter().filter(|it| it.status.is_success());
        let content = successes.find_map(|it| {
            let own = || it.bodies().first().map(|group| group[0]);
            let own = || own().filter(|it| is_several && it.encoding.is_sequence());
            it.stream().or_else(own)
        })?;
        Some(PlannedStream { accept: content.media_type.clone(), body: self.one_body(content) })
    }

    fn report_unread(&mut self) {
        let successes = self.operation.responses.iter().filter(|it| it.status.is_success());
        for other in successes.flat_map(Response::unread) {
            let title = format!("response body `{}` is not read", other.media_type);
            let at = other.pointer.clone();
            self.sink.push(
                Diagnostic::skipped(codes::RESPONSE_BODY, at.clone(), title)
                    .label("not asked for")
                    .at_key()
                    .help("another sequence of items is read")
                    .loss(Loss::Part(at)),
            );
        }
    }

    fn one_body(&self, content: &Content) -> ReplyBody {
        let items = || use_type(self.api, self.names, &content.ty);
        match content.encoding.read_as() {
            ReadAs::Events if matches!(content.ty.ty, Type::String(_)) => ReplyBody::TextEvents,
            ReadAs::Events => ReplyBody::Events(items()),
            ReadAs::Lines => ReplyBody::Lines(items()),
            ReadAs::Json => ReplyBody::Json(use_type(self.api, self.names, &content.ty)),
            ReadAs::Text => ReplyBody::Text,
            ReadAs::Bytes => ReplyBody::Bytes,
        }
    }

    /// Returns the enum of several bodies, which responses with the same ones share.
    fn by_media_type(
        &mut self,
        whose: BodiesOf,
        groups: &[Vec<&Content>],
        bodies: Vec<ReplyBody>,
        names: &BodyNames,
    ) -> ReplyBody {
        let ident = names.ident.ident().clone();
        if self.bodies.iter().all(|it| it.ident != ident) {
            names.ident.generated(self.sink);
            let variants = groups.iter().zip(bodies).zip(&names.variants);
            let variants = variants.map(|((group, body), name)| BodyVariant {
                ident: name.generated(self.sink).clone(),
                media_types: group.iter().map(|it| it.media_type.clone()).collect(),
                body,
            });
            let variants = variants.collect();
            self.bodies.push(PlannedBodies { ident: ident.clone(), variants, whose });
        }
        ReplyBody::Media(ident)
    }
}

/// Returns a body whose values can be cloned.
fn as_a_whole(body: ReplyBody) -> ReplyBody {
    if body.is_streamed() { ReplyBody::Bytes } else { body }
}

fn boxed_if_large(api: &Api, response: &Response, body: ReplyBody) -> ReplyBody {
    match (body, response.bodies().first()) {
        (ReplyBody::Json(ty), Some(group)) if is_large(api, &group[0].ty) => {
            ReplyBody::Json(RustType::Boxed(Box::new(ty)))
        }
        (body, _) => body,
    }
}

fn status_docs(response: &Response) -> String {
    response.description.trim().to_owned()
}
