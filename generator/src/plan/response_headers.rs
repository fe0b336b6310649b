//! Plans the constants by which callers read the declared headers of responses.
//!
//! A header is one constant of the module, whichever operations declare it: `Link` of two hundred
//! operations is one line, and a header that is added renames no other. A set of headers for each
//! operation would need a name for each set, which changes with every header of it.

use std::collections::BTreeMap;

use super::RustType;
use super::types::rust_type;
use crate::api::{Api, Operation, ResponseHeader, Shape, Type, TypeRef};
use crate::diagnostic::Sink;
use crate::name::{ConstIdent, Names};

/// A declared header of responses, as a constant.
#[derive(Clone, Debug, PartialEq)]
pub struct HeaderKey {
    /// The name of the constant, for example `X_RATE_LIMIT`.
    pub ident: ConstIdent,
    /// The header in lower case.
    pub header: String,
    /// What its value is read as.
    pub ty: RustType,
    /// The doc comment, as Markdown.
    pub docs: String,
}

/// Plans the constants, in the order of the headers.
pub(super) fn plan_response_headers(api: &Api, names: &Names, sink: &mut Sink) -> Vec<HeaderKey> {
    let mut found: BTreeMap<String, Vec<&ResponseHeader>> = BTreeMap::new();
    for header in api.operations.iter().flat_map(Operation::response_headers) {
        found.entry(header.name.to_ascii_lowercase()).or_default().push(header);
    }
    let key = |(header, declared): (String, Vec<&ResponseHeader>)| HeaderKey {
        ident: names.response_header(&header).generated(sink).clone(),
        ty: read_as(api, names, &declared),
        docs: docs(&declared),
        header,
    };
    found.into_iter().map(key).collect()
}

/// Returns the names of the headers that the responses to an operation have, each once.
pub(super) fn names_of_headers(operation: &Operation) -> Vec<&str> {
    let mut acc: Vec<&str> = Vec::new();
    for header in operation.response_headers() {
        if !acc.iter().any(|it| it.eq_ignore_ascii_case(&header.name)) {
            acc.push(&header.name);
        }
    }
    acc
}

/// Returns the type of a header: a text, where it is declared with several types, and hidden, where one of them is
/// a secret.
fn read_as(api: &Api, names: &Names, declared: &[&ResponseHeader]) -> RustType {
    let mut types = declared.iter().map(|it| value(api, names, &it.ty));
    let first = types.next().unwrap_or(RustType::String);
    let ty = if types.all(|it| it == first) { first } else { RustType::String };
    let is_secret = declared.iter().any(|it| it.secret.is_some());
    match ty {
        RustType::Vec(_) if is_secret => RustType::Vec(Box::new(RustType::Secret)),
        _ if is_secret => RustType::Secret,
        ty => ty,
    }
}

/// Returns the type of a value, or of a list with commas between its elements; a text for anything else.
pub(super) fn value(api: &Api, names: &Names, ty: &TypeRef) -> RustType {
    let ty = api.behind_aliases(ty);
    if let Type::List(item) = &ty.ty {
        let item = scalar(api, names, api.behind_aliases(item));
        return item.map_or(RustType::String, |it| RustType::Vec(Box::new(it)));
    }
    scalar(api, names, ty).unwrap_or(RustType::String)
}

fn scalar(api: &Api, names: &Names, ty: &TypeRef) -> Option<RustType> {
    let is_read = match &ty.ty {
        Type::Named(id) => matches!(api.type_def(*id).shape, Shape::Enum(_)),
        Type::String(_) | Type::Boolean | Type::Integer(_) | Type::Number(_) => true,
        _ => false,
    };
    is_read.then(|| rust_type(api, names, &ty.ty))
}

/// Returns what most say about a header.
fn docs(declared: &[&ResponseHeader]) -> String {
    let mut said: BTreeMap<&str, usize> = BTreeMap::new();
    let texts = declared.iter().filter_map(|it| it.description.as_deref()).map(str::trim);
    for text in texts.filter(|it| !it.is_empty()) {
        *said.entry(text).or_default() += 1;
    }
    // Of two that are said as often, the first by its text.
    let most = said.into_iter().rev().max_by_key(|(_, n)| *n);
    most.map(|(text, _)| text.to_owned()).unwrap_or_default()
}
