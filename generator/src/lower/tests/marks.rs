//! Overlays: additions, marks, names, entries that match nothing.

use super::{HEAD, line, read, types};
use crate::api::Secrecy;

fn check(spec: &str, overlay: &str) -> (crate::api::Api, Vec<String>) {
    let (model, said) = read(&format!("{HEAD}{spec}"), Some(overlay));
    (model.expect("the document can be read").api, said.iter().map(line).collect())
}

const ERRORS: &str = "paths:
  /t:
    post:
      operationId: t
      responses:
        400: {description: d, content: {application/json: {schema: {properties: {key: {type: string}, k: {type: string, enum: [a-b]}}}}}}
        401: {description: d, content: {application/json: {schema: {properties: {key: {type: string}, k: {type: string, enum: [a-b]}}}}}}
";

#[test]
fn marks_reach_a_type_through_its_twins() {
    let schema = "#/paths/~1t/post/responses/401/content/application~1json/schema";
    let (api, said) = check(
        ERRORS,
        &format!(
            "secret = [{{at = '{schema}/properties/key', reason = 'r'}}]
ignore-case = [{{at = '{schema}/properties/k', reason = 'r'}}]
name = [{{at = '{schema}', name = 'Oops', reason = 'r'}}, {{at = '{schema}/properties/k/enum/0', name = 'AtoB', reason = 'r'}}]"
        ),
    );
    assert_eq!(
        types(&api),
        [
            "given:Oops {key~: secret string, k~: given:Oops.k}",
            "given:Oops.k \"a-b\"=AtoB|.. ignore-case"
        ]
    );
    assert!(said.is_empty(), "{said:?}");
}

#[test]
fn names_settle_duplicate_ids_and_rename_components() {
    let (api, said) = check(
        "paths: {/a: {get: {operationId: x, responses: {}}}, /b: {get: {operationId: x, responses: {}}}}
components: {schemas: {A: {type: string}}}",
        "name = [{at = '#/paths/~1b/get', name = 'y', reason = 'r'}, {at = '/components/schemas/A', name = 'Better', reason = 'r'}]",
    );
    let ids: Vec<_> = api.operations.iter().map(|it| it.id.as_str()).collect();
    assert_eq!(ids, ["x", "y"]);
    assert_eq!(types(&api), ["given:Better = string"]);
    assert!(said.is_empty(), "{said:?}");
}

#[test]
fn parameters_are_secret_and_server_defaults_dropped() {
    let (api, said) = check(
        "servers: [{url: 'https://{h}', variables: {h: {default: unknown}}}]
paths: {/a: {get: {operationId: x, parameters: [{name: p, in: query, schema: {type: string}}], responses: {}}}}",
        "no-default = [{at = '#/servers/0/variables/h', reason = 'r'}]
secret = [{at = '#/paths/~1a/get/parameters/0', reason = 'r'}]",
    );
    assert_eq!(api.servers[0].variables[0].default, None);
    assert_eq!(api.operations[0].parameters[0].secret, Some(Secrecy::Overlay("r".to_owned())));
    assert!(said.is_empty(), "{said:?}");
}

#[test]
fn additions_become_part_of_the_document() {
    let (api, said) = check(
        "paths: {/a: {get: {operationId: x, responses: {}}}}",
        "[[add]]
at = '#/paths/~1a/get/parameters/-'
value = {name = 'p', in = 'query', schema = {type = 'string'}}
reason = 'r'",
    );
    assert_eq!(api.operations[0].parameters.len(), 1);
    assert!(said.is_empty(), "{said:?}");
}

/// Asserts that there is no model and returns what was said.
fn refused(overlay: &str) -> Vec<String> {
    let (model, said) = read(&format!("{HEAD}paths: {{}}"), Some(overlay));
    assert!(model.is_none(), "a model that the overlay did not take effect on");
    said.iter().map(line).collect()
}

#[test]
fn an_addition_that_does_not_fit_is_an_error() {
    let said = refused(
        "[[add]]
at = '#/info/title'
value = 'again'
reason = 'r'
[[add]]
at = '#/a/b/c'
value = 1
reason = 'r'",
    );
    assert_eq!(said, ["!OAS503 #/info/title", "!OAS503 #/a/b/c"]);
}

#[test]
fn an_entry_that_matches_nothing_is_an_error() {
    let said = refused(
        "secret = [{at = '#/a', reason = 'r'}]\nignore-case = [{at = '#/b', reason = 'r'}]\nno-default = [{at = '#/c', reason = 'r'}]\nconstant = [{at = '#/e', reason = 'r'}]\nname = [{at = '#/d', name = 'n', reason = 'r'}]",
    );
    assert_eq!(said, ["!OAS501 #/a", "!OAS501 #/b", "!OAS501 #/c", "!OAS501 #/e", "!OAS501 #/d"]);
}

#[test]
fn an_overlay_that_cannot_be_read_has_a_place() {
    let (model, said) = read(&format!("{HEAD}paths: {{}}"), Some("\nsecert = []"));
    assert!(model.is_none(), "a model without its secrets");
    assert_eq!(said[0].code, crate::codes::OVERLAY_SYNTAX);
    assert_eq!(said[0].position, Some((2, 1)));
}
