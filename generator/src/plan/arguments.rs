//! Parameters and body of an operation in, the fields of its struct out: what is required, and what is optional.

use super::facts::{body_facts, facts};
use super::supply::{Supply, is_required, supply};
use super::types::{rust_type, secret_type, text_of, use_type};
use super::{Argument, ListStyle, ObjectStyle, PathStyle, Place, RustType};
use crate::api::{
    Api, Content, Encoding, Location, ObjectStyle as Written, Operation, Parameter, ParameterId,
    RequestBody, Style,
};
use crate::name::{Names, OperationNames};
use crate::shown::code_span;

/// What a call needs, in order, and what it may add.
pub(super) struct Arguments {
    pub(super) required: Vec<Argument>,
    pub(super) optional: Vec<Argument>,
}

/// Plans the arguments: parameters in the order of the document, then the body.
pub(super) fn plan_arguments(
    api: &Api,
    names: &Names,
    operation: &Operation,
    own: &OperationNames,
) -> Arguments {
    let mut acc = Arguments { required: Vec::new(), optional: Vec::new() };
    for (index, parameter) in operation.parameters.iter().enumerate() {
        let id = ParameterId(index);
        let supply = supply(api, parameter);
        let is_sent = matches!(supply, Supply::Defaulted(_));
        let default = parameter.default.as_ref().filter(|_| !is_sent);
        let argument = plan_parameter(api, names, (parameter, default), (id, own));
        match supply {
            Supply::Constant(_) => {}
            Supply::Required => acc.required.push(argument),
            Supply::Optional => acc.optional.push(argument),
            Supply::Defaulted(text) => acc.optional.push(defaulted(argument, text)),
        }
    }
    if let Some(body) = &operation.body {
        let argument = plan_body(api, names, body, own);
        if is_required(api, body) { &mut acc.required } else { &mut acc.optional }.push(argument);
    }
    acc
}

/// Returns a header that is sent with its default unless another value is set.
fn defaulted(argument: Argument, text: String) -> Argument {
    let sent = format!("Sent unless set: {}.", code_span(&text));
    let docs = if argument.docs.is_empty() { sent } else { format!("{}\n\n{sent}", argument.docs) };
    Argument { docs, default: Some(text), ..argument }
}

/// Plans a parameter; what the server takes where it is left out is a remark.
fn plan_parameter(
    api: &Api,
    names: &Names,
    (parameter, default): (&Parameter, Option<&serde_json::Value>),
    (id, own): (ParameterId, &OperationNames),
) -> Argument {
    let mut ty = match parameter.secret {
        Some(_) => secret_type(api, names, &parameter.ty.ty),
        None => rust_type(api, names, &parameter.ty.ty),
    };
    // A list in a URL or a header has no way to write that an element is `null`.
    if let RustType::Vec(item) = ty {
        ty = RustType::Vec(Box::new(item.inner().clone()));
    }
    // What the document gives as a secret may be one.
    let facts = facts(&parameter.ty, default.filter(|_| parameter.secret.is_none()));
    let facts = Some(facts).filter(|it| !it.is_empty());
    let docs: Vec<_> = text_of(&parameter.docs).into_iter().chain(facts).collect();
    Argument {
        parameter: Some(id),
        ident: own.parameter(id).ident().clone(),
        wire_name: parameter.name.clone(),
        place: place(parameter),
        ty,
        docs: docs.join("\n\n"),
        default: None,
        deprecated: parameter.deprecated,
    }
}

fn place(parameter: &Parameter) -> Place {
    match (parameter.location, parameter.style) {
        (Location::Path, Style::Json) => Place::PathJson,
        (Location::Path, Style::Label) => Place::PathStyled(PathStyle::Label),
        (Location::Path, Style::LabelExploded) => Place::PathStyled(PathStyle::LabelExploded),
        (Location::Path, Style::Matrix) => Place::PathStyled(PathStyle::Matrix),
        (Location::Path, Style::MatrixExploded) => Place::PathStyled(PathStyle::MatrixExploded),
        (Location::Path, Style::Object(style)) => Place::PathObject(match style {
            Written::Exploded => PathStyle::SimpleExploded,
            Written::Label => PathStyle::Label,
            Written::LabelExploded => PathStyle::LabelExploded,
            Written::Matrix => PathStyle::Matrix,
            Written::MatrixExploded => PathStyle::MatrixExploded,
            Written::Comma | Written::Space | Written::Pipe | Written::Deep => PathStyle::Simple,
        }),
        (Location::Path, _) if parameter.allow_reserved => Place::PathReserved,
        (Location::Path, _) => Place::Path,
        (_, Style::Object(style)) => place_of_object(parameter, style),
        (Location::Query, style) if parameter.allow_reserved => Place::QueryReserved(match style {
            Style::Comma => ListStyle::Comma,
            Style::Space => ListStyle::Space,
            Style::Pipe => ListStyle::Pipe,
            _ => ListStyle::Repeated,
        }),
        (Location::Query, Style::Plain) => Place::Query,
        (Location::Query, Style::Repeated) => Place::QueryList(ListStyle::Repeated),
        (Location::Query, Style::Comma) => Place::QueryList(ListStyle::Comma),
        (Location::Query, Style::Space) => Place::QueryList(ListStyle::Space),
        (Location::Query, Style::Pipe) => Place::QueryList(ListStyle::Pipe),
        (Location::Query, Style::Json) => Place::QueryJson,
        (Location::Header, Style::Plain) => Place::Header,
        (Location::Header, Style::Json) => Place::HeaderJson,
        (Location::Header, _) => Place::HeaderList,
        (Location::Query, _) => unreachable!("a query has no style of a path"),
        (Location::Cookie, Style::Comma) => Place::CookieList,
        (Location::Cookie, _) => Place::Cookie,
    }
}

fn place_of_object(parameter: &Parameter, style: Written) -> Place {
    let style = match style {
        Written::Exploded => ObjectStyle::Exploded,
        Written::Comma => ObjectStyle::Comma,
        Written::Space => ObjectStyle::Space,
        Written::Pipe => ObjectStyle::Pipe,
        Written::Deep => ObjectStyle::Deep,
        Written::Label | Written::LabelExploded | Written::Matrix | Written::MatrixExploded => {
            unreachable!("only a path has these styles")
        }
    };
    match parameter.location {
        Location::Query if parameter.allow_reserved => Place::QueryObjectReserved(style),
        Location::Query => Place::QueryObject(style),
        Location::Header => Place::HeaderObject(style),
        Location::Cookie => Place::CookieObject(style),
        Location::Path => unreachable!("a path has styles of its own"),
    }
}

/// Returns the type of a body in one media type.
pub(super) fn body_type(api: &Api, names: &Names, content: &Content) -> RustType {
    match content.encoding {
        Encoding::Json | Encoding::Form | Encoding::Multipart => {
            rust_type(api, names, &content.ty.ty)
        }
        Encoding::Text => RustType::String,
        Encoding::Bytes if content.is_range() => RustType::Media,
        Encoding::Bytes => RustType::RequestBody,
        Encoding::Lines => RustType::JsonLines(Box::new(use_type(api, names, &content.ty))),
        Encoding::Events => unreachable!("no request sends events"),
    }
}

fn plan_body(api: &Api, names: &Names, body: &RequestBody, own: &OperationNames) -> Argument {
    let content = &body.contents[0];
    let (ty, facts) = if body.is_one_type() {
        (body_type(api, names, content), body_facts(content))
    } else {
        (RustType::Operation(own.encoding.ident().clone()), None)
    };
    let docs: Vec<_> = body.description.iter().cloned().chain(facts).collect();
    Argument {
        parameter: None,
        ident: own.body.clone(),
        wire_name: "body".to_owned(),
        ty,
        place: Place::Body,
        docs: docs.join("\n\n"),
        default: None,
        deprecated: false,
    }
}
