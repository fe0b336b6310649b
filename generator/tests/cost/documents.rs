//! A length in, documents of that length out, each of the kind that once cost the square of it.

use serde_json::{Map, Value, json};

/// A kind of document.
pub(crate) struct Shape {
    pub(crate) name: &'static str,
    pub(crate) spec: fn(usize) -> String,
    pub(crate) overlay: Option<fn(usize) -> String>,
}

/// Returns every kind.
pub(crate) fn shapes() -> Vec<Shape> {
    let plain: &[(&'static str, fn(usize) -> String)] = &[
        ("values with few identifiers", |n| {
            schemas(json!({"E": {"type": "string", "enum": each(n, few)}}))
        }),
        ("properties with few identifiers", |n| schemas(json!({"O": object(n, few, |_| text())}))),
        ("required properties", |n| {
            let mut own = object(n, |it| format!("p{it}"), |_| text());
            own["required"] = json!(each(n, |it| format!("p{it}")));
            schemas(json!({"O": own}))
        }),
        ("required names without property", |n| {
            schemas(
                json!({"O": {"properties": {"a": {}}, "required": each(n, |it| format!("p{it}"))}}),
            )
        }),
        ("a chain of references", |n| chain(n, |next| reference(&next))),
        ("a chain of allOf", |n| chain(n, |next| json!({"allOf": [reference(&next)]}))),
        ("a chain of oneOf", |n| chain(n, |next| json!({"oneOf": [reference(&next)]}))),
        ("a chain of extended maps", |n| {
            chain(n, |next| {
                json!({"type": "object", "additionalProperties":
                {"allOf": [reference(&next), {"minProperties": 1}]}})
            })
        }),
        ("a ring of allOf", |n| {
            let all = (0..n).map(|it| {
                (format!("C{it}"), json!({"allOf": [reference(&format!("C{}", (it + 1) % n))]}))
            });
            schemas(all.collect())
        }),
        ("branches with a constant", |n| {
            branches(
                n,
                |it| json!({"required": ["k"], "properties": {"k": {"type": "string", "enum": [format!("v{it}")]}}}),
                json!({}),
            )
        }),
        ("branches with a discriminator", |n| {
            branches(
                n,
                |_| json!({"properties": {"k": {"type": "string"}}}),
                json!({"discriminator": {"propertyName": "k"}}),
            )
        }),
        ("branches with one key", |n| {
            let branch = |it: usize| json!({"required": [few(it)], "properties": {few(it): {"type": "string"}}});
            schemas(json!({"U": {"oneOf": (0..n).map(branch).collect::<Vec<_>>()}}))
        }),
        ("branches of one text", |n| {
            let branch = |it: usize| json!({"type": "string", "enum": [format!("k{it}")]});
            schemas(json!({"U": {"oneOf": (0..n).map(branch).collect::<Vec<_>>()}}))
        }),
        ("references to nothing", |n| {
            schemas(
                json!({"O": object(n, |it| format!("p{it}"), |it| reference(&format!("X{it}")))}),
            )
        }),
        ("unknown keywords", |n| {
            schemas(json!({"O": object(n, |it| format!("p{it}"), |_| json!({"bogus": 1}))}))
        }),
        ("given names", |n| {
            schemas(json!({"O": object(n, |it| format!("p{it}"), |it| {
                json!({"x-component-name": "Same", "properties": {format!("a{it}"): {}}})
            })}))
        }),
        ("operations with one id", |n| operations(n, |_| json!({"operationId": "same"}))),
        ("operations without an id", |n| operations(n, |_| json!({}))),
        ("parameters", |n| {
            let parameter = |it| json!({"in": "query", "name": few(it), "schema": text()});
            let parameters: Vec<_> = (0..n).map(parameter).collect();
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
        ("one line of text beyond ASCII", |n| {
            schemas(json!({"O": object(n, |it| format!("p{it}"), |_| {
                json!({"type": "strng", "description": "é".repeat(50)})
            })}))
        }),
    ];
    let mut all: Vec<Shape> =
        plain.iter().map(|(name, spec)| Shape { name, spec: *spec, overlay: None }).collect();
    let entries: &[(&'static str, fn(usize) -> String)] = &[
        ("secrets", |n| entries(n, |at| format!("[[secret]]\nat = {at:?}\nreason = \"r\"\n"))),
        ("names", |n| {
            entries(n, |at| format!("[[name]]\nat = {at:?}\nname = \"N\"\nreason = \"r\"\n"))
        }),
        ("acceptances", |n| {
            entries(n, |at| format!("[[accept]]\ncode = \"OAS301\"\nat = {at:?}\nreason = \"r\"\n"))
        }),
    ];
    for (name, overlay) in entries {
        let spec = |n| {
            schemas(json!({"O": object(n, |it| format!("p{it}"), |_| json!({"type": "strng"}))}))
        };
        all.push(Shape { name, spec, overlay: Some(*overlay) });
    }
    all
}

fn entries(n: usize, entry: impl Fn(&str) -> String) -> String {
    (0..n).map(|it| entry(&format!("#/components/schemas/O/properties/p{it}"))).collect()
}

fn document(paths: &Value, schemas: &Value) -> String {
    let info = json!({"title": "t", "version": "v"});
    json!({"openapi": "3.0.3", "info": info, "paths": paths, "components": {"schemas": schemas}})
        .to_string()
}

fn schemas(all: Value) -> String {
    document(&json!({}), &all)
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
    schemas(links.chain([end]).collect())
}

fn branches(n: usize, branch: impl Fn(usize) -> Value, union: Value) -> String {
    let mut all: Map<_, _> = (0..n).map(|it| (format!("T{it}"), branch(it))).collect();
    let mut union = union;
    union["oneOf"] = each(n, |it| reference(&format!("T{it}"))).into();
    all.insert("U".to_owned(), union);
    schemas(all.into())
}
