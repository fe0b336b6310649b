//! Webhooks and callbacks: what of each is read, and what is said of the rest.

use super::{lower, types};
use crate::api::Api;

/// Returns each webhook on a line of its own.
fn webhooks(api: &Api) -> Vec<String> {
    let line = |it: &crate::api::Webhook| {
        let of = it.callback.as_ref().map(|it| format!("{} to {} ", it.operation, it.expression));
        let parameters: Vec<_> = it.parameters.iter().map(|it| it.name.as_str()).collect();
        let body = it.body.as_ref().map(|it| it.content.media_type.as_str()).unwrap_or_default();
        format!("{}{} {} {parameters:?} {body}", of.unwrap_or_default(), it.method, it.name)
    };
    api.webhooks.iter().map(line).collect()
}

#[test]
fn webhooks_and_callbacks_are_requests_with_types() {
    let body = "requestBody: {content: {application/json: {schema: {type: object, properties: {b: {type: object, properties: {c: {type: string}}}}}}}}";
    let (api, said) = lower(&format!(
        "webhooks: {{new pet: {{post: {{{body}, responses: {{}}}}}}, both: {{put: {{responses: {{}}}}, get: {{responses: {{}}}}}}}}\n\
         x-webhooks: {{x-note: 1, old: {{post: {{responses: {{}}}}}}}}\n\
         paths: {{/a: {{get: {{operationId: a, responses: {{}}, callbacks: {{c: {{'{{$url}}': {{post: {{{body}, responses: {{}}}}}}}}}}}}}}}}"
    ));
    assert_eq!(
        webhooks(&api),
        [
            "POST new pet [] application/json",
            "PUT both put [] ",
            "GET both get [] ",
            "POST old [] ",
            "a to {$url} POST c [] application/json",
        ]
    );
    assert_eq!(
        types(&api),
        [
            "new pet webhook! {b~: new pet webhook!.b}",
            "new pet webhook!.b {c~: string}",
            "a c callback! {b~: a c callback!.b}",
            "a c callback!.b {c~: string}",
        ]
    );
    assert!(said.is_empty(), "{said:?}");
}

#[test]
fn what_of_a_webhook_is_not_read_is_said() {
    let (api, said) = lower(
        "webhooks: {a: {parameters: [{name: h, in: header, schema: {type: object}}], post: {\
         parameters: [{name: c, in: cookie, schema: {type: string}}, {name: q, in: query, schema: {type: string}}, {name: Accept, in: header, schema: {type: string}}],\
         requestBody: {content: {text/csv: {}, application/json: {schema: {type: string, not: {}}}}},\
         security: [], servers: [], responses: {'200': {description: d, content: {application/json: {schema: {not: {}}}}}}}}}\npaths: {}",
    );
    assert_eq!(webhooks(&api), ["POST a [\"q\"] application/json"]);
    let at = "#/webhooks/a/post";
    assert_eq!(
        said,
        [
            "-OAS314 #/webhooks/a/parameters/0".to_owned(),
            format!("-OAS314 {at}/parameters/0"),
            format!("-OAS312 {at}/requestBody/content/text~1csv"),
            format!("OAS317 {at}/requestBody/content/application~1json/schema/not"),
        ]
    );
}

#[test]
fn a_webhook_that_cannot_be_read_costs_no_operation() {
    let (api, said) = lower("webhooks: {a: {post: 1}, b: {$ref: '#/nothing'}}\npaths: {}");
    assert!(api.webhooks.is_empty());
    assert_eq!(said, ["!OAS101 #/webhooks/a/post", "!OAS201 #/webhooks/b/$ref"]);
}
