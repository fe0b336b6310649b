//! Small documents that once lost something without a word: each gives what it says, or a message that names it.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use tamarack::api::{Api, Content, Encoding, EnumSpelling, IntegerWidth, Operation, Shape, Type};

use super::read;

/// Returns what is said about a document: code, place and title.
fn said(text: &str) -> (Api, Vec<String>) {
    let read = read(text);
    let lines = read.said.iter().map(|it| format!("{} {} {}", it.code.0, it.at, it.title));
    (read.api.expect("a model"), lines.collect())
}

/// Checks that each text is in a message of its own.
#[track_caller]
fn check_said(said: &[String], wanted: &[&str]) {
    for text in wanted {
        assert!(said.iter().any(|it| it.contains(text)), "`{text}` is not in {said:#?}");
    }
}

fn document(rest: &str) -> String {
    format!("openapi: 3.1.1\ninfo: {{title: T, version: '1'}}\n{rest}")
}

fn paths(model: &Api) -> Vec<String> {
    model.operations.iter().map(Operation::template).collect()
}

#[test]
fn what_no_path_can_hold_is_encoded_or_left_out() {
    let (model, said) = said(&document(
        "paths:
  /a?b=true: {get: {operationId: a, responses: {}}}
  '/c#d': {get: {operationId: b, responses: {}}}
  /e-<f> g: {get: {operationId: c, responses: {}}}
",
    ));
    assert_eq!(paths(&model), ["/a?b=true", "/c", "/e-%3Cf%3E%20g"]);
    check_said(&said, &["OAS107 #/paths/~1c#d the fragment `#d`"]);
    assert_eq!(said.len(), 1, "{said:?}");
}

#[test]
fn a_range_is_never_sent_as_a_content_type() {
    let (model, said) = said(&document(
        "paths:
  /a: {post: {operationId: a, requestBody: {content: {'*/*': {schema: {type: object, properties: {b: {type: string}}}}}}, responses: {}}}
  /b: {post: {operationId: b, requestBody: {content: {'application/*+json': {schema: {type: string}}, application/json: {schema: {type: string}}}}, responses: {}}}
  /c: {post: {operationId: c, requestBody: {content: {'image/*': {schema: {type: string, format: binary}}}}, responses: {}}}
  /d: {post: {operationId: d, requestBody: {content: {'text/*': {schema: {type: string}}}}, responses: {}}}
",
    ));
    let sent = model.operations.iter().map(|it| {
        let contents = &it.body.as_ref().expect("a body").contents;
        contents.iter().map(|it| (it.media_type.as_str(), it.encoding)).collect::<Vec<_>>()
    });
    let expected = [
        vec![("application/json", Encoding::Json)],
        vec![("application/json", Encoding::Json)],
        vec![("image/*", Encoding::Bytes)],
        vec![("text/plain", Encoding::Text)],
    ];
    assert!(sent.eq(expected));
    // Of `image/*` the caller names one.
    assert!(said.is_empty(), "{said:?}");
}

#[test]
fn several_media_types_need_no_message() {
    let (_, said) = said(&document(
        "paths:
  /a:
    post:
      operationId: a
      requestBody: {content: {application/json: {schema: {type: integer}}, text/csv: {schema: {type: string}}}}
      responses: {'200': {description: d, content: {application/json: {schema: {type: integer}}, application/b+json: {schema: {type: boolean}}}}}
",
    ));
    check_said(&said, &[]);
}

#[test]
fn a_format_of_integers_narrows_a_number() {
    let number = |schema: &str| {
        let (model, _) =
            said(&document(&format!("paths: {{}}\ncomponents: {{schemas: {{N: {schema}}}}}\n")));
        match &model.types[0].shape {
            Shape::Alias(it) => it.ty.clone(),
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(number("{type: number, format: int64}"), Type::Integer(IntegerWidth::I64));
    assert_eq!(number("{type: number, format: int32}"), Type::Integer(IntegerWidth::I32));
    assert!(matches!(number("{type: number, format: int64, minimum: 0.5}"), Type::Number(_)));
    assert!(matches!(number("{type: number}"), Type::Number(_)));
}

#[test]
fn a_discriminator_that_is_no_string_chooses_if_its_values_are_one_each() {
    let union = |values: [&str; 2]| {
        let [a, b] = values;
        said(&document(&format!(
            "paths: {{}}
components:
  schemas:
    U: {{oneOf: [{{$ref: '#/components/schemas/A'}}, {{$ref: '#/components/schemas/B'}}], discriminator: {{propertyName: v, mapping: {{'1': A, '2': B}}}}}}
    A: {{type: object, required: [v], properties: {{v: {a}}}}}
    B: {{type: object, required: [v], properties: {{v: {b}}}}}
"
        )))
    };
    let (_, silent) = union(["{type: integer, enum: [1]}", "{type: integer, enum: [2]}"]);
    assert!(silent.is_empty(), "{silent:?}");
    let (_, said) = union(["{type: number, enum: [0.5]}", "{type: number, enum: [1.5]}"]);
    check_said(
        &said,
        &[
            "OAS317 #/components/schemas/U/discriminator `discriminator` has no effect on the generated code",
        ],
    );
}

#[test]
fn a_server_that_cannot_be_used_is_told_and_those_behind_it() {
    let (_, silent) = said(&document("servers: [{url: /api/v3}, {url: /}]\npaths: {}\n"));
    assert!(silent.is_empty(), "{silent:?}");
    let servers = "servers: [{url: 'wss://b.example'}, {url: 'https://a.example'}, {url: /}]";
    let (_, said) = said(&document(&format!("{servers}\npaths: {{}}\n")));
    check_said(
        &said,
        &[
            "OAS110 #/servers/0/url the server `wss://b.example` is not used",
            "OAS110 #/servers/1/url the server `https://a.example` is not used",
        ],
    );
    assert_eq!(said.len(), 2, "{said:?}");
}

#[test]
fn values_that_a_text_lists_are_told() {
    let media = "content: {text/plain: {schema: {type: string, enum: [a]}}}";
    let (_, said) = said(&document(&format!(
        "paths: {{/a: {{post: {{operationId: a, requestBody: {{{media}}}, responses: {{'400': {{description: d, {media}}}}}}}}}}}\n"
    )));
    check_said(
        &said,
        &["requestBody/content/text~1plain/schema/enum", "400/content/text~1plain/schema/enum"],
    );
    // What is a type elsewhere is none of a text.
    let media = "content: {text/plain: {schema: {$ref: '#/components/schemas/E'}}}";
    let (_, said) = self::said(&document(&format!(
        "paths: {{/a: {{get: {{operationId: a, responses: {{'400': {{description: d, {media}}}}}}}}}}}\ncomponents: {{schemas: {{E: {{type: string, enum: [a]}}}}}}\n"
    )));
    check_said(&said, &["400/content/text~1plain/schema `schema`"]);
}

#[test]
fn every_list_of_texts_is_an_enum_whatever_its_keyword() {
    let values = |schema: &str| {
        let base = "Base: {type: string, description: base}";
        let text =
            document(&format!("paths: {{}}\ncomponents: {{schemas: {{{base}, E: {schema}}}}}\n"));
        let (model, _) = said(&text);
        match &model.types[1].shape {
            Shape::Enum(it) => {
                let texts: Vec<_> = it.values.iter().map(|it| it.text.clone()).collect();
                let list = it.values[0].pointer.parent().expect("a list");
                (texts.join(" "), list.tokens().pop().expect("a keyword"), it.spelling)
            }
            other => panic!("{schema}: {other:?}"),
        }
    };
    let spellings = [
        ("enum", EnumSpelling::Enum),
        ("x-enum", EnumSpelling::XEnum),
        ("x-extensible-enum", EnumSpelling::XEnum),
    ];
    for (keyword, spelling) in spellings {
        let expected = ("x y".to_owned(), keyword.to_owned(), spelling);
        let base = "$ref: '#/components/schemas/Base'";
        assert_eq!(values(&format!("{{type: string, {keyword}: [x, y]}}")), expected);
        assert_eq!(values(&format!("{{allOf: [{{{base}}}], {keyword}: [x, y]}}")), expected);
        assert_eq!(values(&format!("{{{base}, {keyword}: [x, y]}}")), expected);
        assert_eq!(values(&format!("{{allOf: [{{{base}}}, {{{keyword}: [x, y]}}]}}")), expected);
        // A string is what is sent, also where the list was written without quotes.
        let numbers = ("1 2".to_owned(), keyword.to_owned(), spelling);
        assert_eq!(values(&format!("{{type: string, {keyword}: [1, 2]}}")), numbers);
    }
    // Beyond a closed list nothing is valid.
    let both = values("{allOf: [{type: string, enum: [x, y]}, {x-enum: [x, y, z]}]}");
    assert_eq!(both, ("x y".to_owned(), "enum".to_owned(), EnumSpelling::Enum));
}

#[test]
fn a_base_that_is_read_is_one_of_its_children() {
    let of = |used: &str| {
        document(&format!(
            "paths: {{/a: {{get: {{operationId: a, responses: {{'200': {{description: d, content: {{application/json: {{schema: {{$ref: '#/components/schemas/{used}'}}}}}}}}}}}}}}}}
components:
  schemas:
    Base: {{type: object, required: [k], discriminator: {{propertyName: k}}, properties: {{k: {{type: string}}}}}}
    Child: {{allOf: [{{$ref: '#/components/schemas/Base'}}, {{type: object, properties: {{n: {{type: string}}}}}}]}}
"
        ))
    };
    for used in ["Base", "Child"] {
        assert_eq!(said(&of(used)).1, Vec::<String>::new());
    }
}

/// What each of the shared documents has to say, where it does not give all
/// that it declares.
const SHARED: &[(&str, &[&str])] = &[
    (
        "pattern-properties",
        &[
            "/Pat/patternProperties `patternProperties`",
            "/TwoPat/patternProperties `patternProperties`",
            "/PatAndExtra/patternProperties `patternProperties`",
        ],
    ),
    (
        "prefix-items",
        &[
            "/point/prefixItems `prefixItems`",
            "/pair/prefixItems `prefixItems`",
            "/closed/prefixItems `prefixItems`",
        ],
    ),
    ("discriminators", &[]),
    ("polymorphic-base", &[]),
    ("request-media-dropped", &[]),
    ("two-json-types", &[]),
    ("form-encoding", &[]),
    ("form-nested", &[]),
    ("query-deep-object", &[]),
    ("multipart", &[]),
    ("event-stream", &[]),
    ("path-uri-characters", &["the fragment `#add`"]),
    ("relative-server", &[]),
    ("duplicate-operation-id", &["OAS202"]),
    ("union-overlap", &[]),
    ("token-form-oneof", &[]),
    ("token-optional-secret", &[]),
    ("secret-by-format", &[]),
    ("allof-same-property", &[]),
    (
        "request-media-types",
        &["`application/json, application/xml` is not a media type", "`json` is not a media type"],
    ),
    (
        "external-ref/api",
        &[
            "OAS204 #/paths/~1a/get/parameters/0",
            "OAS204 #/paths/~1a/get/responses/200/content/application~1json/schema",
            "OAS204 #/components/schemas/B/properties/a",
        ],
    ),
    ("union-kinds", &[]),
    ("request-media-range", &[]),
    ("number-int64", &[]),
    ("allof-extensible-enum", &[]),
];

fn shared() -> Option<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let corpus = std::env::var_os("TAMARACK_CORPUS")
        .map_or_else(|| root.join("../shared/corpus"), PathBuf::from);
    let cases = corpus.join("../cases");
    if !cases.is_dir() {
        eprintln!("skipped: cases not found");
        return None;
    }
    Some(cases)
}

#[test]
fn every_shared_document_gives_what_it_declares_or_says_what_not() {
    let Some(folder) = shared() else { return };
    for (name, wanted) in SHARED {
        let path = folder.join(name).with_extension("yaml");
        let text = std::fs::read_to_string(&path).expect("a document");
        let (model, said) = said(&text);
        check_said(&said, wanted);
        if wanted.is_empty() {
            assert_eq!(said, Vec::<String>::new(), "{name}");
        }
        let bodies = model.operations.iter().filter_map(|it| it.body.as_ref());
        let mut contents = bodies.flat_map(|it| &it.contents);
        // Of a range of bytes the caller names one.
        let is_sent = |it: &Content| !it.is_range() || it.encoding == Encoding::Bytes;
        assert!(contents.all(is_sent), "{name}");
    }
}

/// What the two documents with a token endpoint are for: whoever reads them by RFC 6749 knows that a
/// client can get a token there, and that its secret and the token are never shown.
#[test]
fn shared_token_endpoints_have_a_source_and_their_secrets_are_hidden() {
    let Some(folder) = shared() else { return };
    let read = |name: &str| {
        let path = folder.join(name).with_extension("yaml");
        said(&std::fs::read_to_string(path).expect("a document")).0
    };
    for name in ["token-optional-secret", "token-form-oneof"] {
        let is_source = read(name).operations.iter().any(|it| it.token_endpoint.is_some());
        assert!(is_source, "{name}");
    }
    for name in ["token-optional-secret", "token-form-oneof", "secret-by-format"] {
        let model = read(name);
        let mut hidden = BTreeSet::new();
        for type_def in &model.types {
            let Shape::Struct(it) = &type_def.shape else { continue };
            let secrets = it.properties.iter().filter(|it| it.secret.is_some());
            hidden.extend(secrets.map(|it| it.name.clone()));
        }
        for secret in ["client_secret", "access_token"] {
            assert!(hidden.contains(secret), "{name}: {secret} is not in {hidden:?}");
        }
    }
}
