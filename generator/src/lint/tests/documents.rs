//! Paths, parameters, links, security, components and references.

use super::*;

#[test]
fn paths_that_match_the_same_requests() {
    let document = |other: &str, name: &str| {
        let item = |id: &str, name: &str| {
            format!(
                "{{get: {{operationId: {id}, parameters: [{{name: {name}, in: path, required: true, schema: {{type: string}}}}], responses: {{'204': {{description: Done.}}}}}}}}"
            )
        };
        format!(
            "{V30}paths:\n  '/pets/{{id}}': {}\n  '{other}': {}\n",
            item("a", "id"),
            item("b", name)
        )
    };
    check(
        &document("/pets/{name}", "name"),
        "OAS114 #/paths/~1pets~1{name} `/pets/{name}` matches the same requests as `/pets/{id}`",
        &document("/dogs/{name}", "name"),
    );
    check(&document("/pets/{ID}", "ID"), "OAS114", &document("/pets/{id}/toys", "id"));
}

#[test]
fn path_parameters() {
    let document = |parameter: &str| {
        operation("/pets/{id}", &format!("      parameters: [{parameter}]\n{DONE}"))
    };
    let legal = document("{name: id, in: path, required: true, schema: {type: string}}");
    check(
        &document("{name: id, in: path, schema: {type: string}}"),
        "OAS109 #/paths/~1pets~1{id}/get/parameters/0 the path parameter `id` is not `required: true`",
        &legal,
    );
    check(
        &document("{name: id, in: path, required: true}"),
        "OAS102 #/paths/~1pets~1{id}/get/parameters/0 the Parameter Object has neither",
        &legal,
    );
    let n = "{name: n, in: query, schema: {type: string}}";
    let id = "{name: id, in: path, required: true, schema: {type: string}}";
    check(
        &document(&format!("{id}, {n}, {n}")),
        "OAS115 #/paths/~1pets~1{id}/get/parameters/2 the parameter `n` in `query` is declared twice",
        &document(&format!("{id}, {n}, {}", n.replace("name: n", "name: m"))),
    );
}

#[test]
fn links() {
    let document = |link: &str| {
        let response = format!("{{description: Done., links: {{next: {link}}}}}");
        operation("/pets", &format!("      responses: {{'204': {response}}}\n"))
    };
    let at = "#/paths/~1pets/get/responses/204/links/next";
    check(
        &document("{operationId: gett}"),
        &format!("OAS205 {at}/operationId no operation has the `operationId` `gett`"),
        &document("{operationId: get}"),
    );
    check(
        &document("{operationRef: '#/paths/pets/get'}"),
        &format!("OAS205 {at}/operationRef `operationRef` points at nothing"),
        &document("{operationRef: '#/paths/~1pets/get'}"),
    );
    check(
        &document("{description: x}"),
        &format!("OAS102 {at} the Link Object has neither"),
        &document("{operationRef: 'https://dogs.example/openapi.yaml#/paths/~1dogs/get'}"),
    );
}

#[test]
fn mappings_of_a_discriminator() {
    let document = |target: &str| {
        format!(
            "{V30}paths: {{}}\ncomponents:\n  schemas:\n    Pet: {{type: object, required: [kind], properties: {{kind: {{type: string}}}}, discriminator: {{propertyName: kind, mapping: {{dog: {target}}}}}}}\n    Dog: {{allOf: [{{$ref: '#/components/schemas/Pet'}}]}}\n"
        )
    };
    let at = "#/components/schemas/Pet/discriminator/mapping/dog";
    check(
        &document("'#/components/schemas/Dogg'"),
        &format!("OAS201 {at} the mapping of `dog` points at nothing"),
        &document("'#/components/schemas/Dog'"),
    );
    check(
        &document("dogs.yaml"),
        &format!("OAS204 {at} the mapping of `dog` names no schema that can be read"),
        &document("Dog"),
    );
}

#[test]
fn security_requirements() {
    let document = |requirement: &str| {
        let schemes = "components:\n  securitySchemes:\n    login: {type: oauth2, flows: {clientCredentials: {tokenUrl: 'https://a.example', scopes: {read: Reads.}}}}\n    key: {type: apiKey, in: header, name: x-key}\n";
        operation(
            "/pets",
            &format!("      security: [{{key: []}}, {requirement}]\n{DONE}{schemes}"),
        )
    };
    let at = "#/paths/~1pets/get/security/1";
    check(
        &document("{login: [raed]}"),
        &format!("OAS207 {at}/login/0 no flow of the scheme `login` declares the scope `raed`"),
        &document("{login: [read]}"),
    );
    check(
        &document("{login: [], logn: []}"),
        &format!("OAS206 {at}/logn there is no security scheme `logn`"),
        &document("{login: [], key: []}"),
    );
}

#[test]
fn components_that_nothing_reaches() {
    let document = |schemas: &str| {
        let body = "      responses: {'200': {description: A pet., content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}}}\n";
        operation("/pets", &format!("{body}components:\n  schemas:\n{schemas}"))
    };
    let pet = "    Pet: {type: object, properties: {n: {type: string}}}\n";
    let dog = "    Dog: {allOf: [{$ref: '#/components/schemas/Pet'}, {type: object, properties: {m: {type: string}}}]}\n";
    let tagged = "    Pet: {type: object, required: [kind], properties: {kind: {type: string}}, discriminator: {propertyName: kind}}\n";
    let ring =
        "    Loop: {type: object, properties: {loop: {$ref: '#/components/schemas/Loop'}}}\n";
    // A pet may be a dog where the kind says so.
    check(
        &document(&format!("{pet}{dog}")),
        "OAS208 #/components/schemas/Dog no operation uses the schema `Dog`",
        &document(&format!("{tagged}{dog}")),
    );
    check(
        &document(&format!("{pet}{ring}")),
        "OAS208 #/components/schemas/Loop",
        // An extension may be read by somebody.
        &document(&format!("{pet}{ring}x-uses: {{$ref: '#/components/schemas/Loop'}}\n")),
    );
    let scheme =
        "components:\n  securitySchemes:\n    key: {type: apiKey, in: header, name: x-key}\n";
    let operation = operation("/pets", &format!("{DONE}{scheme}"));
    check(
        &operation,
        "OAS208 #/components/securitySchemes/key no operation uses the security scheme `key`",
        // The document requires it for all its operations.
        &format!("{operation}security: [{{key: []}}]\n"),
    );
    // A document of components alone is a library.
    assert_eq!(
        said(&format!("{V30}paths: {{}}\ncomponents:\n  schemas:\n{pet}")),
        Vec::<String>::new()
    );
}

#[test]
fn members_that_openapi_requires() {
    check(
        &operation("/pets", "      responses: {'204': {}}\n"),
        "OAS102 #/paths/~1pets/get/responses/204 the Response Object has no `description`",
        &operation("/pets", DONE),
    );
    check(
        &operation("/pets", "      description: x\n"),
        "OAS102 #/paths/~1pets/get the Operation Object has no `responses`",
        &operation("/pets", "      description: x\n").replace("3.0.3", "3.1.0"),
    );
}

#[test]
fn a_status_that_is_none() {
    check(
        &operation("/pets", "      responses: {'20O': {description: Done.}}\n"),
        "OAS101 #/paths/~1pets/get/responses/20O",
        &operation("/pets", "      responses: {'2XX': {description: Done.}}\n"),
    );
}

#[test]
fn tags_that_are_declared_twice() {
    let document = |names: [&str; 2]| {
        let [a, b] = names;
        format!("{V30}tags: [{{name: {a}}}, {{name: {b}}}]\npaths: {{}}\n")
    };
    check(&document(["a", "a"]), "OAS115 #/tags/1 the tag `a`", &document(["a", "b"]));
}

#[test]
fn references_where_nothing_is_generated() {
    check_schema(
        "{not: {$ref: '#/components/schemas/C'}}",
        "OAS201 ^/not/$ref `$ref` points at nothing",
        "{not: {$ref: '#/components/schemas/B'}}",
    );
}

#[test]
fn references_that_are_not_followed_say_why() {
    let check = |reference: &str, target: &str, wanted: &str, help: &str| {
        let document = format!(
            "{V31}paths: {{}}\ncomponents:\n  schemas:\n    A: {{type: object, properties: {{b: {reference}}}, $defs: {{Size: {{type: string}}}}}}\n    B: {target}\n"
        );
        let said = crate::read(&Input::new("pets.yaml", document)).diagnostics.open;
        let [said] = said.as_slice() else { panic!("{said:#?}") };
        let text = format!("{} {}", said.code.0, said.title);
        assert!(text.starts_with(wanted), "{said:#?}");
        assert_eq!(said.help.as_deref(), Some(help), "{said:#?}");
    };
    let b = "{type: string, $anchor: b, $id: 'https://pets.example/b.json'}";
    let place = "write `#/components/schemas/B`";
    check("{$ref: '#b'}", b, "OAS302 `$ref` names an anchor, which is not followed: `#b`", place);
    check("{$ref: 'https://pets.example/b.json'}", b, "OAS302 `$ref` names an `$id`", place);
    check("{$ref: 'b.json'}", b, "OAS302 `$ref` names an `$id`", place);
    let missing = "`c.json`: the file is not among those that are given";
    check(
        "{$ref: 'c.json'}",
        b,
        "OAS204 `$ref` names a file that cannot be read: `c.json`",
        missing,
    );
    let download = "download it into a file beside the document, and refer to that";
    check(
        "{$ref: 'https://a.example/c.json'}",
        b,
        "OAS204 `$ref` names a remote document",
        download,
    );
    check(
        "{$ref: B}",
        b,
        "OAS204 `$ref` names neither a place nor a file: `B`",
        "to refer to the schema of this document write `#/components/schemas/B`",
    );
    check(
        "{$ref: '#B'}",
        "{type: string}",
        "OAS201 `$ref` names an anchor that does not exist: `#B`",
        "to refer to the schema write `#/components/schemas/B`",
    );
    check(
        "{$ref: '#/$defs/Size'}",
        b,
        "OAS201 `$ref` points at nothing: `#/$defs/Size`",
        "`#` is the whole document, not the schema; write `#/components/schemas/A/$defs/Size`",
    );
    check(
        "{$ref: '#/info/title'}",
        b,
        "OAS201 `$ref` points at something that is not a schema",
        "a reference must point at a place where OpenAPI expects a schema",
    );
    check(
        "{$dynamicRef: '#b'}",
        b,
        "OAS302 `$dynamicRef` is not followed: `#b`",
        "write `$ref` with the pointer of the schema that is meant, for example `#/components/schemas/Pet`",
    );
}

#[test]
fn a_server_of_an_operation_that_no_request_goes_to() {
    let document = |server: &str| {
        let own = format!("      servers: [{{url: '{server}'}}]\n");
        operation("/pets", &format!("{own}{DONE}servers: [{{url: 'https://pets.example'}}]\n"))
    };
    check(
        &document("wss://dogs.example"),
        "OAS110 #/paths/~1pets/get/servers/0 operation `get` has no server that can be used",
        &document("https://dogs.example"),
    );
}
