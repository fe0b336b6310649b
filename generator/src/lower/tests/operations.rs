//! Operations: ids, paths, servers, security.

use super::lower;
use crate::api::{Need, SecurityKind};

#[test]
fn an_id_is_made_where_there_is_none_or_another_operation_has_it() {
    let users = "  /users/{id}: {get: {responses: {}, parameters: [{name: id, in: path, required: true, schema: {type: string}}]}}\n";
    let (a, b) = (
        "  /a: {get: {operationId: x, responses: {}}, put: {operationId: get_b, responses: {}}}\n",
        "  /b: {get: {operationId: x, responses: {}}, post: {operationId: x, responses: {}}}\n",
    );
    for order in [[users, a, b], [b, a, users], [b, users, a]] {
        let (api, mut said) = lower(&format!("paths:\n{}", order.concat()));
        let mut ids: Vec<_> = (api.operations.iter())
            .map(|it| format!("{} {} {}", it.method, it.template(), it.id))
            .collect();
        ids.sort();
        let expected = [
            "GET /a x",
            "GET /b get_b_2",
            "GET /users/{id} get_users_by_id",
            "POST /b post_b",
            "PUT /a get_b",
        ];
        assert_eq!(ids, expected);
        said.sort();
        let expected = [
            "OAS108 #/paths/~1users~1{id}/get",
            "OAS202 #/paths/~1b/get/operationId",
            "OAS202 #/paths/~1b/post/operationId",
        ];
        assert_eq!(said, expected);
    }
}

#[test]
fn a_path_item_that_two_paths_share_has_operations_of_both() {
    let (api, said) = lower(
        "paths: {/b: {$ref: '#/components/pathItems/P'}, /a: {$ref: '#/components/pathItems/P'}}\ncomponents: {pathItems: {P: {get: {operationId: x, responses: {}}}}}",
    );
    let ids: Vec<_> = api.operations.iter().map(|it| (it.template(), it.id.as_str())).collect();
    assert_eq!(ids, [("/b".to_owned(), "get_b"), ("/a".to_owned(), "x")]);
    assert_eq!(said, ["OAS202 #/components/pathItems/P/get/operationId"]);
}

#[test]
fn a_template_that_cannot_be_read_costs_its_operations() {
    let (api, said) =
        lower("paths: {'/a/{id': {get: {operationId: a, responses: {}}, put: {responses: {}}}}");
    assert!(api.operations.is_empty());
    assert_eq!(said, ["!OAS107 #/paths/~1a~1{id", "!OAS107 #/paths/~1a~1{id"]);
}

#[test]
fn servers_keep_their_variables_in_the_order_of_the_url() {
    let (api, said) = lower(
        "servers:
- {url: 'https://{b}.{a}.x/{b}', variables: {a: {default: '1', enum: ['1', 2]}, b: {default: x}}}
- {url: /v1}
paths:
  /a: {servers: [{url: https://p}], get: {operationId: a, responses: {}}, put: {operationId: b, servers: [{url: https://o}], responses: {}}}",
    );
    let names: Vec<_> = api.servers[0].variables.iter().map(|it| it.name.as_str()).collect();
    assert_eq!(names, ["b", "a"]);
    assert_eq!(api.servers[0].variables[1].values, ["1", "2"]);
    assert_eq!(api.servers[1].url, "/v1");
    assert_eq!(api.operations[0].servers[0].url, "https://p");
    assert_eq!(api.operations[1].servers[0].url, "https://o");
    assert_eq!(said, ["OAS105 #/servers/0/variables/a/enum/1"]);
}

#[test]
fn security_is_the_operations_own_else_the_documents() {
    let (api, said) = lower(
        "security: [{key: []}]
paths:
  /a: {get: {operationId: a, responses: {}}, put: {operationId: b, security: [], responses: {}}, post: {operationId: c, security: [{}, {both: [], key: []}, {tls: []}, {none: []}], responses: {}}}
components:
  securitySchemes:
    key: {type: apiKey, in: header, name: X-Key}
    both: {type: http, scheme: Basic}
    o: {type: oauth2}
    tls: {type: mutualTLS}",
    );
    let kinds: Vec<_> = api.security_schemes.iter().map(|it| it.kind.clone()).collect();
    let key = SecurityKind::ApiKeyHeader("X-Key".to_owned());
    assert_eq!(kinds, [key, SecurityKind::Basic, SecurityKind::Bearer]);
    let names =
        |it: &Vec<Need>| it.iter().map(|it| api.scheme(it.scheme).name.clone()).collect::<Vec<_>>();
    let security: Vec<_> = (api.operations.iter())
        .map(|it| (it.id.as_str(), it.security.iter().map(names).collect::<Vec<_>>()))
        .collect();
    assert_eq!(
        security,
        [
            ("a", vec![vec!["key".to_owned()]]),
            ("b", vec![]),
            ("c", vec![vec![], vec!["both".to_owned(), "key".to_owned()]]),
        ]
    );
    assert_eq!(
        said,
        ["OAS315 #/components/securitySchemes/tls", "OAS206 #/paths/~1a/post/security/3/none"]
    );
}

#[test]
fn a_path_item_can_be_a_reference() {
    let (api, said) = lower(
        "paths: {/a: {$ref: '#/components/pathItems/P'}}\ncomponents: {pathItems: {P: {get: {operationId: a, responses: {}}}}}",
    );
    assert_eq!(api.operations.len(), 1);
    assert!(said.is_empty());
}
