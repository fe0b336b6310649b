//! Decides who sets the value of a parameter or body: the caller, who must or may, or the client.

use serde_json::Value;

use crate::api::{Api, Location, Parameter, RequestBody, Shape, Style, TypeRef};

/// Who gives the value of a parameter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Supply {
    /// The caller must: an argument of `new`.
    Required,
    /// The caller may: a setter.
    Optional,
    /// The caller may; this is sent where they do not.
    Defaulted(String),
    /// The client does, always with this value.
    Constant(String),
}

/// Decides who gives the value of a parameter.
///
/// A required header that can have one value is the client's: its schema lists one
/// value, or its default is `info.version` (the version that the module is made for),
/// or the overlay says that the default is the one to send. Any other default of a
/// required header is sent unless the caller sets another: it is often a placeholder.
/// The default of everything else is the server's business.
pub fn supply(api: &Api, parameter: &Parameter) -> Supply {
    if !parameter.required {
        return Supply::Optional;
    }
    if parameter.location != Location::Header || parameter.style != Style::Plain {
        return Supply::Required;
    }
    let default = parameter.default.as_ref().and_then(text).filter(|it| is_header_value(it));
    let listed = only_value(api, &parameter.ty).filter(|it| is_header_value(it));
    let is_version = parameter.default.as_ref().and_then(Value::as_str) == Some(&api.version);
    match (listed, default) {
        (Some(only), _) => Supply::Constant(only.to_owned()),
        (None, Some(default)) if is_version || parameter.fixed => Supply::Constant(default),
        (None, Some(default)) if parameter.secret.is_none() => Supply::Defaulted(default),
        // A secret that everybody can read in the document is a placeholder.
        (None, Some(_) | None) => Supply::Required,
    }
}

/// Returns whether a body must be given: one whose type has required properties cannot
/// be left out, unless the document says that it can.
pub fn is_required(api: &Api, body: &RequestBody) -> bool {
    body.required || is_made_required(api, body)
}

/// Returns whether a body must be given although the document does not say so: its type has required
/// properties. Where `required: false` is written, the author means it.
pub(super) fn is_made_required(api: &Api, body: &RequestBody) -> bool {
    // The order of media types means nothing.
    let mut typed = body.contents.iter().filter(|it| it.encoding.is_typed());
    !body.required && !body.optional && typed.any(|it| has_required(api, &it.ty))
}

fn has_required(api: &Api, ty: &TypeRef) -> bool {
    match api.shape(ty) {
        Some(Shape::Struct(it)) => it.properties.iter().any(|it| it.required),
        _ => false,
    }
}

/// Returns the one value that an enum lists.
fn only_value<'a>(api: &'a Api, ty: &'a TypeRef) -> Option<&'a str> {
    match api.shape(ty)? {
        Shape::Enum(it) => match it.values.as_slice() {
            [only] => Some(&only.text),
            _ => None,
        },
        _ => None,
    }
}

fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(flag) => Some(flag.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

/// Returns whether a text can be sent in a header unchanged (RFC 9110 §5.5).
fn is_header_value(text: &str) -> bool {
    text.bytes().all(|it| matches!(it, b' '..=b'~')) && text.trim_matches(' ') == text
}

#[cfg(test)]
mod tests {
    use super::{Supply, is_required, supply};
    use crate::api::Api;
    use crate::{Input, Text};

    fn read(operation: &str, overlay: Option<&str>) -> Api {
        let content = format!(
            "openapi: 3.0.3\ninfo: {{title: t, version: 2026-04}}\npaths: {{/a: {{post: {{operationId: a, responses: {{}}, {operation}}}}}}}\n"
        );
        let overlay = overlay.map(|it| Text::new("overlay", it));
        let input = Input { overlay, ..Input::new("spec", content) };
        crate::read(&input).model.expect("a model").api
    }

    /// Checks one parameter, as it is written between the braces.
    #[track_caller]
    fn check(parameter: &str, overlay: Option<&str>, expected: &Supply) {
        let api = read(&format!("parameters: [{{name: X, {parameter}}}]"), overlay);
        assert_eq!(supply(&api, &api.operations[0].parameters[0]), *expected, "{parameter}");
    }

    fn constant(text: &str) -> Supply {
        Supply::Constant(text.to_owned())
    }

    fn defaulted(text: &str) -> Supply {
        Supply::Defaulted(text.to_owned())
    }

    #[test]
    fn one_value_is_the_clients() {
        let header = "in: header, required: true, schema:";
        for list in ["enum: [k]", "x-enum: [k]", "enum: [k], default: other"] {
            check(&format!("{header} {{type: string, {list}}}"), None, &constant("k"));
        }
        check(&format!("{header} {{type: string, enum: [a, b]}}"), None, &Supply::Required);
        check("in: header, schema: {type: string, enum: [k]}", None, &Supply::Optional);
        check(
            "in: query, required: true, schema: {type: string, enum: [k]}",
            None,
            &Supply::Required,
        );
    }

    #[test]
    fn a_default_is_sent_unless_another_is_set() {
        let header = "in: header, required: true, schema:";
        check(&format!("{header} {{type: string, default: z}}"), None, &defaulted("z"));
        check(&format!("{header} {{type: integer, default: 3}}"), None, &defaulted("3"));
        check(&format!("{header} {{type: boolean, default: true}}"), None, &defaulted("true"));
        check(&format!("{header} {{enum: [a, b], default: b}}"), None, &defaulted("b"));
        // No header can hold it.
        check(&format!("{header} {{type: string, default: é}}"), None, &Supply::Required);
        check("in: header, schema: {type: string, default: z}", None, &Supply::Optional);
        check(
            "in: query, required: true, schema: {type: string, default: z}",
            None,
            &Supply::Required,
        );
    }

    #[test]
    fn the_version_of_the_document_is_the_clients() {
        let header = "in: header, required: true, schema:";
        check(&format!("{header} {{type: string, default: 2026-04}}"), None, &constant("2026-04"));
    }

    #[test]
    fn the_overlay_says_that_a_default_is_the_one_value() {
        let parameter = "in: header, required: true, schema: {type: string, default: z}";
        let entry = "constant = [{at = '#/paths/~1a/post/parameters/0', reason = 'r'}]";
        check(parameter, Some(entry), &constant("z"));
    }

    #[test]
    fn a_body_with_required_properties_cannot_be_left_out() {
        let of = |required: &str, schema: &str| {
            let content = format!("content: {{application/json: {{schema: {schema}}}}}");
            let api = read(&format!("requestBody: {{{required}{content}}}"), None);
            let body = api.operations[0].body.clone().expect("a body");
            (body.required, is_required(&api, &body))
        };
        let a = "properties: {a: {type: string}}";
        assert_eq!(of("", &format!("{{type: object, {a}}}")), (false, false));
        assert_eq!(of("", &format!("{{type: object, required: [a], {a}}}")), (false, true));
        let needs_a = format!("{{type: object, required: [a], {a}}}");
        assert_eq!(of("required: false, ", &needs_a), (false, false));
        assert_eq!(of("required: true, ", &format!("{{type: object, {a}}}")), (true, true));
    }
}
