//! `style`, `explode` and the type of a parameter in, how its value is written out.

use std::collections::BTreeSet;

use super::form::{Form, form};
use crate::api::{Style, Type, TypeRef};
use crate::document::Parameter;
use crate::lower::Lowering;
use crate::lower::all_of::view_at;
use crate::lower::hoist::Home;
use crate::pointer::Pointer;
use openapiv3::{Parameter as Data, PathStyle, QueryStyle};

/// Returns the type of a parameter and how it is written (OpenAPI 3.0.3
/// §4.7.12.2); the error says what is not supported.
pub(super) fn type_and_style(
    parameter: &Parameter,
    place: &Home,
    acc: &mut Lowering<'_>,
) -> Result<(TypeRef, Style), String> {
    if let Some((name, media)) = parameter.content.first() {
        acc.ledger.take(&parameter.pointer, &["content"]);
        acc.ledger.take(&media.pointer, &[]);
        if !name.to_ascii_lowercase().contains("json") {
            return Ok((TypeRef::plain(Type::String(None)), Style::Plain));
        }
        if let Data::Cookie { .. } = parameter.data {
            return Err("JSON in a cookie".to_owned());
        }
        acc.ledger.take(&media.pointer, &["schema"]);
        let ty = media.schema.as_ref().map(|at| acc.use_owned(at, place));
        return Ok((ty.unwrap_or_else(|| TypeRef::plain(Type::Any)), Style::Json));
    }
    if let Data::Path { style: PathStyle::Label | PathStyle::Matrix, .. } = parameter.data {
        return Err("styles `label` and `matrix`".to_owned());
    }
    acc.ledger.take(&parameter.pointer, &["schema", "style", "explode"]);
    let Some(schema) = &parameter.schema else {
        return Ok((TypeRef::plain(Type::String(None)), Style::Plain));
    };
    match form(schema, acc) {
        Form::Scalar => {
            let mut ty = acc.use_owned(schema, place);
            if ty.ty == Type::Any {
                ty.ty = Type::String(None);
            }
            Ok((ty, Style::Plain))
        }
        Form::Scalars => {
            take_scalars(schema, acc);
            let mut ty = TypeRef::plain(Type::String(None));
            ty.constraints.values = listed_values(schema, acc);
            Ok((ty, Style::Plain))
        }
        // OpenAPI joins them with commas, which a cookie cannot hold (RFC 6265 §4.1.1).
        Form::List(_) if matches!(parameter.data, Data::Cookie { .. }) => {
            Err("a list in a cookie".to_owned())
        }
        Form::List(list) => {
            if acc.resolved.target(&list) != acc.resolved.target(schema) {
                take_scalars(schema, acc);
            }
            let mut ty = acc.use_owned(&list, place);
            text_items(&mut ty);
            Ok((ty, list_style(&parameter.data)))
        }
        Form::Nested => Err("its value is an object or a list of lists".to_owned()),
    }
}

/// Takes what a union of scalars says that any text can be.
fn take_scalars(schema: &Pointer, acc: &mut Lowering<'_>) {
    if let Some(view) = view_at(schema, acc) {
        acc.take(&view, &["allOf", "nullable"]);
        acc.take_texts(&view);
    }
}

/// Takes the values that the branches of a union of scalars list, in whose place any text can be: the
/// documentation of the parameter lists them.
fn listed_values(schema: &Pointer, acc: &mut Lowering<'_>) -> Vec<serde_json::Value> {
    let mut found = Vec::new();
    let mut open = vec![schema.clone()];
    let mut seen = BTreeSet::new();
    while let Some(at) = open.pop() {
        let Some(view) = view_at(&at, acc).filter(|it| seen.insert(it.pointer.clone())) else {
            continue;
        };
        acc.take(&view, &["type", "allOf", "oneOf", "anyOf", "enum"]);
        let values = view.listed.iter().flat_map(|it| &it.values);
        for value in values.filter(|it| !it.is_null()) {
            if !found.contains(value) {
                found.push(value.clone());
            }
        }
        open.extend(view.one_of.iter().chain(&view.any_of).rev().cloned());
    }
    found
}

/// Items without a type are texts in a query.
fn text_items(ty: &mut TypeRef) {
    if let Type::List(item) = &mut ty.ty
        && item.ty == Type::Any
    {
        item.ty = Type::String(None);
    }
}

fn list_style(data: &Data) -> Style {
    let explode = data.parameter_data_ref().explode;
    match data {
        Data::Query { style: QueryStyle::SpaceDelimited, .. } if explode != Some(true) => {
            Style::Space
        }
        Data::Query { style: QueryStyle::PipeDelimited, .. } if explode != Some(true) => {
            Style::Pipe
        }
        Data::Query { style: QueryStyle::Form, .. } if explode == Some(false) => Style::Comma,
        Data::Query { .. } => Style::Repeated,
        Data::Path { .. } | Data::Header { .. } | Data::Cookie { .. } => Style::Comma,
    }
}
