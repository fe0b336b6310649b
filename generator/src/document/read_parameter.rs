//! A checked parameter or header in, its node out.

use indexmap::IndexMap;
use openapiv3::{Parameter as Data, ParameterData, ParameterSchemaOrContent};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_yaml::Value;

use super::Document;
use super::leaves::Leaves;
use super::node::{Header, Parameter};
use super::read::{content, examples, put};
use super::read_schema::schema;
use crate::codes;
use crate::diagnostic::{Diagnostic, Loss, Sink};
use crate::pointer::Pointer;

/// Reads the parameters of a path item or an operation; a hole is one that was left out.
pub(super) fn parameters(
    owner: &Value,
    at: &Pointer,
    acc: &mut Document,
    sink: &mut Sink,
) -> Vec<Pointer> {
    let at = at.child("parameters");
    let values =
        owner.get("parameters").and_then(Value::as_sequence).into_iter().flatten().enumerate();
    let present = values.filter(|(_, value)| !value.is_null());
    present.map(|(index, value)| parameter(value, at.index(index), acc, sink)).collect()
}

pub(super) fn parameter(
    value: &Value,
    at: Pointer,
    acc: &mut Document,
    sink: &mut Sink,
) -> Pointer {
    let node = value.as_mapping().filter(|it| !it.contains_key("$ref")).and_then(|it| {
        let below = ["schema", "content", "example", "examples"];
        let mut leaves = Leaves::of(it, |it| below.contains(&it));
        drop_misfit_style(&mut leaves, &at, sink);
        let is_cookie_style = leaves.text("style") == Some("cookie");
        if is_cookie_style {
            leaves.remove("style");
        }
        Some(Parameter {
            data: parameter_data(&leaves, &at, sink)?,
            schema: value.get("schema").and_then(|it| schema(it, at.child("schema"), acc, sink)),
            content: content(value, &at, acc, sink),
            example: examples(value).into_iter().next(),
            is_cookie_style,
            allow_reserved: value.get("allowReserved").and_then(Value::as_bool) == Some(true),
            pointer: at.clone(),
        })
    });
    put(&mut acc.parameters, value, at, node)
}

/// What a parameter says itself (OpenAPI 3.0.3 §4.7.12). The type of `openapiv3` would read the nodes below it too.
#[derive(Deserialize)]
struct Itself {
    name: String,
    description: Option<String>,
    #[serde(default)]
    required: bool,
    deprecated: Option<bool>,
    explode: Option<bool>,
}

fn parameter_data(leaves: &Leaves<'_>, at: &Pointer, sink: &mut Sink) -> Option<Data> {
    let location = leaves.text("in").unwrap_or_default();
    let known = ["query", "header", "path", "cookie"];
    if !known.contains(&location) {
        let title = format!("a parameter cannot be in `{location}`");
        let list = known.map(|it| format!("`{it}`")).join(", ");
        let diagnostic = Diagnostic::error(codes::WRONG_KIND, at.child("in"), title);
        let help = format!("use one of {list}; a request body is declared by `requestBody`");
        sink.push(diagnostic.help(help).loss(Loss::Part(at.clone())));
        return None;
    }
    let Itself { name, description, required, deprecated, explode } = leaves.typed(at, sink)?;
    let parameter_data = ParameterData {
        name,
        description,
        required,
        deprecated,
        explode,
        extensions: leaves.extensions(),
        example: None,
        examples: IndexMap::new(),
        format: ParameterSchemaOrContent::Content(IndexMap::new()),
    };
    Some(match location {
        "query" => Data::Query {
            parameter_data,
            style: style(leaves),
            allow_reserved: false,
            allow_empty_value: None,
        },
        "header" => Data::Header { parameter_data, style: style(leaves) },
        "path" => Data::Path { parameter_data, style: style(leaves) },
        _ => Data::Cookie { parameter_data, style: style(leaves) },
    })
}

/// Returns the style, which is one of the location.
fn style<T: Default + DeserializeOwned>(leaves: &Leaves<'_>) -> T {
    leaves.get("style").and_then(|it| T::deserialize(it).ok()).unwrap_or_default()
}

/// A style that its location does not have (OpenAPI 3.0.3 §4.7.12.2) says
/// nothing; the default of the location holds.
fn drop_misfit_style(leaves: &mut Leaves<'_>, at: &Pointer, sink: &mut Sink) {
    let text = |name: &str| leaves.text(name).unwrap_or_default();
    let (location, style) = (text("in"), text("style"));
    let known: &[&str] = match location {
        "path" => &["simple", "label", "matrix"],
        "query" => &["form", "spaceDelimited", "pipeDelimited", "deepObject"],
        "header" => &["simple"],
        "cookie" => &["form", "cookie"],
        _ => return,
    };
    if leaves.get("style").is_some() && !known.contains(&style) {
        let title = format!(
            "a parameter in `{location}` has no style `{style}`; it is read as `{}`",
            known[0]
        );
        sink.push(Diagnostic::warning(codes::COERCED, at.child("style"), title));
        leaves.remove("style");
    }
}

pub(super) fn header(value: &Value, at: Pointer, acc: &mut Document, sink: &mut Sink) -> Pointer {
    let text = value.get("description").and_then(Value::as_str);
    let schema = value.get("schema").and_then(|it| schema(it, at.child("schema"), acc, sink));
    let node = Header {
        description: text.map(str::to_owned),
        required: value.get("required").and_then(Value::as_bool).unwrap_or_default(),
        schema: schema.or_else(|| {
            content(value, &at, acc, sink).into_iter().find_map(|(_, media)| media.schema)
        }),
        pointer: at.clone(),
    };
    put(&mut acc.headers, value, at, Some(node))
}
