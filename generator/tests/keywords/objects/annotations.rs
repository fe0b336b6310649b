//! What no message depends on.

use tamarack::pointer::Pointer;

/// What no message depends on, by the sentences of the specification about it:
/// texts for people, examples, names and links. Definitions in `components`
/// have no effect unless something refers to them (§4.7.7).
const ANNOTATIONS: &[(&str, &str, &str)] = &[
    ("#", "tags", "[{name: a, description: text, externalDocs: {url: 'https://a.example'}}]"),
    ("#", "externalDocs", "{url: 'https://a.example', description: text}"),
    ("#/info", "termsOfService", "'https://a.example'"),
    ("#/info", "contact", "{name: a, url: 'https://a.example', email: a@a.example}"),
    ("#/info", "license", "{name: a, url: 'https://a.example'}"),
    ("#/paths/~1a", "summary", "text"),
    ("#/paths/~1a", "description", "text"),
    ("#/paths/~1a/post", "externalDocs", "{url: 'https://a.example'}"),
    ("#/paths/~1a/post/parameters/0", "examples", "{one: {value: a, summary: text}}"),
    ("#/paths/~1a/post/responses/200/headers/X-A", "example", "a"),
    ("#/paths/~1a/post/responses/200/headers/X-A", "examples", "{one: {value: a}}"),
    ("#/paths/~1a/post/responses/200/headers/X-A", "deprecated", "true"),
    ("#/paths/~1a/post/responses/200/content/application~1json", "example", "a"),
    ("#/paths/~1a/post/responses/200/content/application~1json", "examples", "{one: {value: a}}"),
    ("#/components", "schemas", "{}"),
    ("#/components", "responses", "{R: {description: d}}"),
    ("#/components", "parameters", "{p: {name: p, in: query, schema: {type: string}}}"),
    ("#/components", "examples", "{e: {value: a}}"),
    ("#/components", "requestBodies", "{b: {content: {}}}"),
    ("#/components", "headers", "{h: {schema: {type: string}}}"),
    ("#/components", "links", "{l: {operationId: a}}"),
    ("#/components", "callbacks", "{c: {}}"),
    ("#/components/securitySchemes/S", "bearerFormat", "JWT"),
];

const ANNOTATED: &str = "{\"openapi\": \"3.0.4\", \"info\": {\"title\": \"T\", \"version\": \"1\"}, \"paths\": {\"/a\": {\"post\": {\"operationId\": \"a\", \"parameters\": [{\"name\": \"q\", \"in\": \"query\", \"schema\": {\"type\": \"string\"}}], \"responses\": {\"200\": {\"description\": \"d\", \"headers\": {\"X-A\": {\"schema\": {\"type\": \"string\"}}}, \"content\": {\"application/json\": {\"schema\": {\"type\": \"string\"}}}}}}}}, \"components\": {\"securitySchemes\": {\"S\": {\"type\": \"http\", \"scheme\": \"bearer\"}}}}";

#[test]
fn annotations_are_never_reported() {
    for (place, keyword, value) in ANNOTATIONS {
        let mut tree: serde_yaml::Value = serde_yaml::from_str(ANNOTATED).expect("a document");
        let mut node = &mut tree;
        for token in Pointer::parse(place).expect("a pointer").tokens() {
            node = match node {
                serde_yaml::Value::Sequence(list) => {
                    &mut list[token.parse::<usize>().expect("an index")]
                }
                map => map.get_mut(token.as_str()).expect("a node"),
            };
        }
        let value: serde_yaml::Value = serde_yaml::from_str(value).expect("a value");
        node.as_mapping_mut().expect("a map").insert((*keyword).into(), value);
        let text = serde_yaml::to_string(&tree).expect("a text");
        let said = crate::read(&text).said;
        assert!(said.is_empty(), "{keyword} in {place}: {said:#?}");
    }
}
