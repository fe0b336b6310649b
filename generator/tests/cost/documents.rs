//! A length in, documents of that length out, each of the kind that once cost the square of it.

use serde_json::{Map, Value, json};

/// A kind of document.
pub(crate) struct Shape {
    pub(crate) name: &'static str,
    pub(crate) spec: Write,
    pub(crate) overlay: Option<Write>,
}

/// Returns every kind.
pub(crate) fn shapes() -> Vec<Shape> {
    let plain = [schemas_of(), chains(), unions(), messages(), parts_of_operations()].concat();
    let plain = plain.into_iter().map(|(name, spec)| Shape { name, spec, overlay: None });
    let entries: [(&str, Write); 3] = [
        ("secrets", |n| entries(n, "secret", "")),
        ("names", |n| entries(n, "name", "name = \"N\"\n")),
        ("acceptances", |n| entries(n, "accept", "code = \"OAS301\"\n")),
    ];
    let with_overlay = entries.map(|(name, overlay)| {
        let spec = |n| one_object(n, |_| json!({"type": "strng"}));
        Shape { name, spec, overlay: Some(overlay) }
    });
    plain.chain(with_overlay).collect()
}

/// Writes a document, or an overlay, of a length.
type Write = fn(usize) -> String;

type Named = (&'static str, Write);

fn schemas_of() -> Vec<Named> {
    vec![
        ("values with few identifiers", |n| {
            schemas(&json!({"E": {"type": "string", "enum": each(n, few)}}))
        }),
        ("properties with few identifiers", |n| schemas(&json!({"O": object(n, few, |_| text())}))),
        ("required properties", |n| {
            let mut own = object(n, numbered, |_| text());
            own["required"] = json!(each(n, numbered));
            schemas(&json!({"O": own}))
        }),
        ("required names without property", |n| {
            schemas(&json!({"O": {"properties": {"a": {}}, "required": each(n, numbered)}}))
        }),
        ("given names", |n| {
            one_object(
                n,
                |it| json!({"x-component-name": "Same", "properties": {format!("a{it}"): {}}}),
            )
        }),
    ]
}

fn chains() -> Vec<Named> {
    vec![
        ("a chain of references", |n| chain(n, |next| reference(&next))),
        ("a chain of allOf", |n| chain(n, |next| json!({"allOf": [reference(&next)]}))),
        ("a chain of oneOf", |n| chain(n, |next| json!({"oneOf": [reference(&next)]}))),
        ("a chain of extended maps", |n| {
            chain(n, |next| {
                let value = json!({"allOf": [reference(&next), {"minProperties": 1}]});
                json!({"type": "object", "additionalProperties": value})
            })
        }),
        ("a ring of allOf", |n| {
            let part = |it: usize| json!({"allOf": [reference(&format!("C{}", (it + 1) % n))]});
            schemas(&(0..n).map(|it| (format!("C{it}"), part(it))).collect())
        }),
    ]
}

fn unions() -> Vec<Named> {
    vec![
        ("branches with a constant", |n| {
            let tag = |it| json!({"type": "string", "enum": [format!("v{it}")]});
            let branch = |it| json!({"required": ["k"], "properties": {"k": tag(it)}});
            branches(n, branch, json!({}))
        }),
        ("branches with a discriminator", |n| {
            let branch = |_| json!({"properties": {"k": text()}});
            branches(n, branch, json!({"discriminator": {"propertyName": "k"}}))
        }),
        ("branches with one key", |n| {
            let branch = |it| json!({"required": [few(it)], "properties": {few(it): text()}});
            schemas(&json!({"U": {"oneOf": each(n, branch)}}))
        }),
        ("branches of one text", |n| {
            let branch = |it| json!({"type": "string", "enum": [format!("k{it}")]});
            schemas(&json!({"U": {"oneOf": each(n, branch)}}))
        }),
    ]
}

fn messages() -> Vec<Named> {
    vec![
        ("references to nothing", |n| one_object(n, |it| reference(&format!("X{it}")))),
        ("unknown keywords", |n| one_object(n, |_| json!({"bogus": 1}))),
        ("unknown keywords of one schema", |n| {
            let keywords: Map<_, _> = (0..n).map(|it| (format!("bogus{it}"), json!(1))).collect();
            schemas(&json!({"S": keywords}))
        }),
        ("one line of text beyond ASCII", |n| {
            one_object(n, |_| json!({"type": "strng", "description": "é".repeat(50)}))
        }),
    ]
}

fn parts_of_operations() -> Vec<Named> {
    vec![
        ("operations with one id", |n| operations(n, |_| json!({"operationId": "same"}))),
        ("operations without an id", |n| operations(n, |_| json!({}))),
        ("parameters", |n| {
            let parameter = |it| json!({"in": "query", "name": few(it), "schema": text()});
            let parameters = each(n, parameter);
            operations(1, |_| json!({"operationId": "x", "parameters": parameters}))
        }),
        ("error bodies", |n| {
            let body = |it| {
                let schema = json!({"properties": {format!("a{it}"): {}}});
                (format!("application/v{it}+json"), json!({"schema": schema}))
            };
            let content: Map<_, _> = (0..n).map(body).collect();
            operations(
                1,
                |_| json!({"responses": {"400": {"description": "", "content": content}}}),
            )
        }),
    ]
}

fn entries(n: usize, kind: &str, further: &str) -> String {
    let at = |it| format!("#/components/schemas/O/properties/{}", numbered(it));
    let entry = |it| format!("[[{kind}]]\nat = \"{}\"\n{further}reason = \"r\"\n", at(it));
    each(n, entry).concat()
}

/// One object with a property of each schema.
fn one_object(n: usize, schema: impl Fn(usize) -> Value) -> String {
    schemas(&json!({"O": object(n, numbered, schema)}))
}

fn numbered(index: usize) -> String {
    format!("p{index}")
}

fn document(paths: &Value, schemas: &Value) -> String {
    let info = json!({"title": "t", "version": "v"});
    json!({"openapi": "3.0.3", "info": info, "paths": paths, "components": {"schemas": schemas}})
        .to_string()
}

fn schemas(all: &Value) -> String {
    document(&json!({}), all)
}

fn operations(n: usize, operation: impl Fn(usize) -> Value) -> String {
    let path = |it: usize| {
        let mut operation = operation(it);
        let responses = json!({"204": {"description": "Done."}});
        if let Some(members) = operation.as_object_mut() {
            members.entry("responses").or_insert(responses);
        }
        // All of one length and one made name.
        (format!("/a{}", few(40 * it).replace("n0", "")), json!({"get": operation}))
    };
    document(&(0..n).map(path).collect(), &json!({}))
}

/// Forty names, each in many spellings.
fn few(index: usize) -> String {
    let (a, b) = (index / 40 / 60, index / 40 % 60);
    format!("n{}{}{}", index % 40, "-".repeat(a), ".".repeat(b))
}

fn each<T>(n: usize, of: impl Fn(usize) -> T) -> Vec<T> {
    (0..n).map(of).collect()
}

fn text() -> Value {
    json!({"type": "string"})
}

fn reference(name: &str) -> Value {
    json!({"$ref": format!("#/components/schemas/{name}")})
}

fn object(n: usize, name: impl Fn(usize) -> String, schema: impl Fn(usize) -> Value) -> Value {
    let properties: Map<_, _> = (0..n).map(|it| (name(it), schema(it))).collect();
    json!({"type": "object", "properties": properties})
}

/// `C0` leads to `C1`, and so on to an object.
fn chain(n: usize, link: impl Fn(String) -> Value) -> String {
    let links = (0..n).map(|it| (format!("C{it}"), link(format!("C{}", it + 1))));
    let end = (format!("C{n}"), json!({"type": "object", "additionalProperties": text()}));
    schemas(&links.chain([end]).collect())
}

fn branches(n: usize, branch: impl Fn(usize) -> Value, union: Value) -> String {
    let mut all: Map<_, _> = (0..n).map(|it| (format!("T{it}"), branch(it))).collect();
    let mut union = union;
    union["oneOf"] = each(n, |it| reference(&format!("T{it}"))).into();
    all.insert("U".to_owned(), union);
    schemas(&all.into())
}
