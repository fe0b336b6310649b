//! The constraints of a schema beyond its type, as sentences for the docs.

use crate::api::{Constraints, Content, Type, TypeRef};
use crate::shown::code_span;

/// Says what a schema demands beyond the type, and the default, which is the
/// server's business: it is documented and never sent.
pub(super) fn facts(ty: &TypeRef, default: Option<&serde_json::Value>) -> String {
    let it = &ty.constraints;
    let mut acc = Vec::new();
    let mut bound = |text: &str, value: Option<String>| {
        if let Some(value) = value {
            acc.push(format!("{text} {}.", code_span(&value)));
        }
    };
    let text = |it: &Option<_>| it.as_ref().map(ToString::to_string);
    let is_above = if it.exclusive_minimum { "Greater than" } else { "Minimum:" };
    let is_below = if it.exclusive_maximum { "Less than" } else { "Maximum:" };
    bound(is_above, text(&it.minimum));
    bound(is_below, text(&it.maximum));
    bound("Multiple of", text(&it.multiple_of));
    bound("Minimum length:", it.min_length.map(|it| it.to_string()));
    bound("Maximum length:", it.max_length.map(|it| it.to_string()));
    bound("Minimum number of items:", it.min_items.map(|it| it.to_string()));
    bound("Maximum number of items:", it.max_items.map(|it| it.to_string()));
    bound("Minimum number of properties:", it.min_properties.map(|it| it.to_string()));
    bound("Maximum number of properties:", it.max_properties.map(|it| it.to_string()));
    bound("Pattern:", it.pattern.clone());
    values("", it, &mut acc);
    let mut within = ty;
    while let Type::List(inner) | Type::Map(inner) = &within.ty {
        values(" of an item", &inner.constraints, &mut acc);
        within = inner;
    }
    if let Some(default) = default {
        acc.push(format!("The server's default: {}.", code_span(&default.to_string())));
    }
    if it.unique_items {
        acc.push("Items are unique.".to_owned());
    }
    acc.join(" ")
}

/// Says which values are declared: those of a closed list, and those of one that may grow.
fn values(of: &str, it: &Constraints, acc: &mut Vec<String>) {
    let Some(it) = &it.listed else { return };
    for (word, values) in [("Declared", &it.values), ("Known", &it.known)] {
        for value in values {
            let shown = code_span(&value.to_string());
            acc.push(match it.about(value) {
                Some(about) => {
                    let about = about.split_whitespace().collect::<Vec<_>>().join(" ");
                    format!("{word} value{of}: {shown} ({}).", about.trim_end_matches('.'))
                }
                None => format!("{word} value{of}: {shown}."),
            });
        }
    }
}

/// Says what the schema of a body demands where no type says it in its docs.
pub(super) fn body_facts(content: &Content) -> Option<String> {
    let is_named = matches!(content.ty.ty, Type::Named(_));
    Some(facts(&content.ty, None)).filter(|it| !is_named && !it.is_empty())
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::Sink;
    use crate::{Input, name, plan};

    /// Returns the docs of an operation and of its body.
    fn docs(body: &str, response: &str) -> (String, String) {
        let content = |schema: &str| format!("content: {{application/json: {{schema: {schema}}}}}");
        let text = format!(
            "openapi: 3.0.3\ninfo: {{title: t, version: 1.0.0}}\npaths: {{/a: {{post: {{operationId: a, requestBody: {{{}}}, responses: {{'200': {{description: d, {}}}}}}}}}}}\n",
            content(body),
            content(response)
        );
        let model = crate::read(&Input::new("spec", text)).model.expect("a model");
        let mut sink = Sink::default();
        let names = name::name(&model.api, &mut sink);
        let module = plan::plan(&model.api, &names, &mut sink);
        let operation = &module.operations[0];
        let body = operation.arguments.iter().chain(&operation.options).next().expect("a body");
        (operation.docs.clone(), body.docs.clone())
    }

    #[test]
    fn every_bound_is_said() {
        for (schema, expected) in [
            ("{type: integer, minimum: 1, maximum: 9}", "Minimum: `1`. Maximum: `9`."),
            (
                "{type: number, minimum: 0, exclusiveMinimum: true, maximum: 1, exclusiveMaximum: true}",
                "Greater than `0`. Less than `1`.",
            ),
            ("{type: integer, multipleOf: 5}", "Multiple of `5`."),
            ("{type: integer, enum: [1, 2]}", "Declared value: `1`. Declared value: `2`."),
            ("{type: integer, x-enum: [1, 2]}", "Known value: `1`. Known value: `2`."),
            (
                "{type: integer, enum: [1, 2], x-enum-varnames: [Up, Down], x-enum-descriptions: [\"\", To the sea.]}",
                "Declared value: `1` (Up). Declared value: `2` (Down: To the sea).",
            ),
            (
                "{type: array, items: {type: integer, x-enum: [1], x-enum-descriptions: {1: One}}}",
                "Known value of an item: `1` (One).",
            ),
            (
                "{type: array, minItems: 2, uniqueItems: true, items: {type: string}}",
                "Minimum number of items: `2`. Items are unique.",
            ),
            (
                "{type: object, minProperties: 1, maxProperties: 3, additionalProperties: true}",
                "Minimum number of properties: `1`. Maximum number of properties: `3`.",
            ),
        ] {
            let (operation, body) = docs(schema, schema);
            assert_eq!(body, expected);
            let response = format!("`POST /a`\n\nThe response body of status 200: {expected}");
            assert_eq!(operation, response);
        }
    }

    #[test]
    fn a_type_with_a_name_says_it_itself() {
        let (operation, body) = docs(
            "{type: object, minProperties: 1, properties: {a: {type: string}}}",
            "{type: string, enum: [a, b]}",
        );
        assert_eq!((operation.as_str(), body.as_str()), ("`POST /a`", ""));
    }
}
