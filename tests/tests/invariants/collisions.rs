//! When two parts of a document map to one name, the entry in the help of the message settles it.

use tamarack::codes;
use tamarack::diagnostic::Diagnostic;
use tamarack::{Input, Mode};
use tamarack_tests::items::names;
use tamarack_tests::{one, shared};

/// Returns what is said about a document.
fn said(input: &Input, mode: Mode) -> Vec<Diagnostic> {
    one::generate(input, mode).said
}

/// Returns the entry that a message says to add to the overlay.
fn entry(diagnostic: &Diagnostic) -> &str {
    let help = diagnostic.help.as_deref().unwrap_or_default();
    let entry = help.split_once('\n').map(|(_, entry)| entry);
    entry.filter(|it| it.starts_with("[[name]]")).unwrap_or_else(|| panic!("{diagnostic:#?}"))
}

fn about(all: &[Diagnostic]) -> Vec<String> {
    all.iter().map(|it| format!("{} {}", it.at, it.title)).collect()
}

/// Pastes the first entry that is said into the overlay until none is left, each silencing its own
/// message and no other; returns the overlay and the titles, in the order they were said first.
#[track_caller]
fn settle(spec: &str) -> (String, Vec<String>) {
    let (mut overlay, mut titles) = (String::new(), Vec::new());
    let mut open = said(&one::input(spec), Mode::Lenient);
    let codes = [codes::NAME_COLLISION, codes::NAME_OF_COMPONENT];
    assert!(open.iter().all(|it| codes.contains(&it.code)), "{open:#?}");
    while let Some(first) = open.first() {
        overlay.push_str(entry(first));
        overlay.push('\n');
        titles.push(first.title.clone());
        let left = said(&one::overlaid(spec, &overlay), Mode::Lenient);
        assert_eq!(about(&left), about(&open[1..]), "after\n{overlay}");
        open = left;
    }
    let strict = said(&one::overlaid(spec, &overlay), Mode::Strict);
    assert!(strict.is_empty(), "{strict:#?}");
    (overlay, titles)
}

/// Returns a document with operations and components.
fn document(paths: &str, components: &str) -> String {
    format!(
        "openapi: 3.0.3\ninfo: {{title: T, version: '1'}}\nservers: [{{url: 'https://a.example'}}]\n\
         paths: {{{paths}}}\ncomponents: {{{components}}}\n"
    )
}

fn schemas(schemas: &str) -> String {
    document("", &format!("schemas: {{{schemas}}}"))
}

fn operation(path: &str, id: &str, more: &str) -> String {
    format!(
        "{path}: {{put: {{operationId: {id}, {more} responses: {{'204': {{description: D.}}}}}}}}, "
    )
}

fn server(variables: &str, url: &str) -> String {
    format!(
        "openapi: 3.0.3\ninfo: {{title: T, version: '1'}}\npaths: {{}}\n\
         servers: [{{url: 'https://{url}.example', variables: {{{variables}}}}}]\n"
    )
}

/// A struct with eight required properties.
const LARGE: &str = "{type: object, required: [a, b, c, d, e, f, g, h], properties: {a: {}, b: {}, \
                     c: {}, d: {}, e: {}, f: {}, g: {}, h: {}}}";
const OBJECT: &str = "{type: object, properties: {x: {type: string}}}";
const LISTED: &str = "{type: string, enum: [a]}";
const TOKEN: &str = "/t1: {post: {operationId: get_token, requestBody: {$ref: '#/components/requestBodies/R'}, responses: {'200': {$ref: '#/components/responses/T'}}}}, \
                     /t2: {post: {operationId: fetch, requestBody: {$ref: '#/components/requestBodies/R'}, responses: {'200': {$ref: '#/components/responses/T'}}}}, ";
const TOKEN_COMPONENTS: &str = "\
requestBodies: {R: {required: true, content: {application/json: {schema: {$ref: '#/components/schemas/Q'}}}}}, \
responses: {T: {description: D., content: {application/json: {schema: {$ref: '#/components/schemas/A'}}}}}, \
schemas: {A: {type: object, required: [access_token], properties: {access_token: {type: string}}}, \
Q: {type: object, required: [grant_type, client_id, client_secret], properties: {grant_type: {type: string, enum: [client_credentials]}, client_id: {type: string}, client_secret: {type: string}}}}";

/// Checks what is said about a document, that it can be settled, and that each name is given once
/// before and after.
#[track_caller]
fn check(spec: &str, expected: &[&str]) {
    let (overlay, titles) = settle(spec);
    assert_eq!(titles, expected, "{spec}");
    for input in [one::input(spec), one::overlaid(spec, &overlay)] {
        // `names` panics when a name is declared twice.
        for text in one::generate(&input, Mode::Lenient).files.values() {
            names(text);
        }
    }
}

#[test]
fn types() {
    let two = |one: &str, other: &str| schemas(&format!("{one}: {OBJECT}, {other}: {OBJECT}"));
    check(&two("Tag", "tag"), &["two schemas map to the same type name `Tag`"]);
    check(&two("foo-bar", "foo_bar"), &["two schemas map to the same type name `FooBar`"]);
    check(&two("A", "Into"), &["the type name `Into` is taken by generated code"]);
    let inner = format!("Cat: {{type: object, properties: {{mood: {LISTED}}}}}, CatMood: {OBJECT}");
    check(&schemas(&inner), &["an inline schema and a schema map to the same type name `CatMood`"]);
    let bundle = format!("Pet: {LARGE}, PetRequired: {OBJECT}");
    check(
        &schemas(&bundle),
        &[
            "the required properties of a schema and a schema map to the same type name `PetRequired`",
        ],
    );
    // What is not generated is in nobody's way.
    check(&two("Pet", "PetRequired"), &[]);
}

#[test]
fn a_union_of_one_branch_is_that_branch() {
    for schema in [
        format!("{{oneOf: [{OBJECT}]}}"),
        format!("{{anyOf: [{LISTED}]}}"),
        format!("{{oneOf: [{{anyOf: [{OBJECT}]}}]}}"),
        format!("{{oneOf: [{{oneOf: [{OBJECT}, {{type: string}}]}}]}}"),
        format!("{{oneOf: [{{type: array, items: {OBJECT}}}]}}"),
    ] {
        check(&schemas(&format!("Alone: {schema}")), &[]);
        check(&schemas(&format!("A: {{type: object, properties: {{alone: {schema}}}}}")), &[]);
    }
}

#[test]
fn members_of_types() {
    let fields = |names: &str| schemas(&format!("A: {{type: object, properties: {{{names}}}}}"));
    let same = "two properties map to the same field name `foo_bar`";
    check(&fields("foo-bar: {}, foo_bar: {}, foo_bar_2: {}"), &[same]);
    let types = "two inline schemas map to the same type name `AFooBar`";
    check(&fields(&format!("foo-bar: {LISTED}, foo_bar: {LISTED}")), &[types, same]);
    check(
        &fields("a: {}, with_a: {}, new: {}, self_: {}, type_: {}, _type: {}"),
        &["two properties map to the same field name `type`"],
    );
    check(
        &schemas("A: {type: object, additionalProperties: true, properties: {additional: {}}}"),
        &["the field name `additional` is taken by generated code"],
    );
    let value = "two enum values map to the same variant name `On`";
    check(&schemas("A: {type: string, enum: [on, ON, on_value]}"), &[value]);
    check(
        &schemas("A: {type: string, x-enum: [Unrecognized, b]}"),
        &["the variant name `Unrecognized` is taken by generated code"],
    );
    let branch = |key: &str| {
        format!(
            "{{type: object, additionalProperties: false, required: [{key}], properties: {{{key}: {OBJECT}}}}}"
        )
    };
    check(
        &schemas(&format!("A: {{oneOf: [{}, {}]}}", branch("x-y"), branch("x_y"))),
        &[
            "two inline schemas map to the same type name `Axy`",
            "two branches of a union map to the same variant name `XY`",
        ],
    );
}

/// What stands in a pointer is written as TOML writes it.
#[test]
fn names_that_end_a_text_are_settled() {
    let names = [
        r#""a\"b""#,
        r#""a\\b""#,
        r#""a\nb""#,
        r#""a\u007fb""#,
        r#""a\u202eb""#,
        "a'b",
        "a/b",
        "a~b",
    ];
    let all: Vec<_> = names.iter().map(|it| format!("{it}: {{type: string}}")).collect();
    let spec = schemas(&format!("A: {{type: object, properties: {{{}}}}}", all.join(", ")));
    let (_, titles) = settle(&spec);
    assert_eq!(titles.len(), names.len() - 1, "{titles:#?}");
}

/// A property whose schema is an enum has a field and a type; a branch has a variant and a type.
#[test]
fn each_of_the_names_of_a_place_can_be_given() {
    let spec = schemas(&format!(
        "A: {{type: object, properties: {{b: {LISTED}}}}}, U: {{oneOf: [{OBJECT}, {{type: string}}]}}"
    ));
    let entry = |at: &str, of: &str, name: &str| {
        let of = if of.is_empty() { String::new() } else { format!("of = \"{of}\"\n") };
        format!(
            "[[name]]\nat = \"#/components/schemas/{at}\"\n{of}name = \"{name}\"\nreason = \"r\"\n"
        )
    };
    let named = |entries: &[String]| {
        let outcome = one::generate(&one::overlaid(&spec, &entries.concat()), Mode::Strict);
        assert!(outcome.said.is_empty(), "{:#?}", outcome.said);
        names(&outcome.files["types.rs"])
    };
    let has = |names: &std::collections::BTreeSet<String>, wanted: &[&str]| {
        for name in wanted {
            assert!(names.contains(*name), "no {name} in {names:#?}");
        }
    };
    let (property, branch) = ("A/properties/b", "U/oneOf/0");
    has(&named(&[]), &["field A. b", "enum Ab"]);
    has(&named(&[entry(property, "", "Kind")]), &["field A. b", "enum Kind"]);
    let field = entry(property, "field", "kind");
    has(&named(std::slice::from_ref(&field)), &["field A. kind", "enum Ab"]);
    has(&named(&[entry(property, "type", "Kind"), field]), &["field A. kind", "enum Kind"]);
    has(&named(&[entry(branch, "", "Thing")]), &["variant U::Thing", "struct Thing"]);
    has(&named(&[entry(branch, "variant", "Thing")]), &["variant U::Thing", "struct UObject"]);
    // The variant is called after what it holds.
    has(&named(&[entry(branch, "type", "Thing")]), &["variant U::Thing", "struct Thing"]);
    for (at, of) in [(property, "variant"), ("A", "field"), (branch, "field"), (property, "error")]
    {
        let outcome = one::generate(&one::overlaid(&spec, &entry(at, of, "X")), Mode::Lenient);
        let [said] = outcome.said.as_slice() else { panic!("{:#?}", outcome.said) };
        assert_eq!(said.code, codes::UNUSED_OVERLAY);
        assert!(said.title.ends_with(&format!("matches no `{of}`")), "{}", said.title);
    }
}

/// A status stands once in the responses of an operation.
#[test]
fn statuses_have_one_variant_each() {
    let spec = document(
        "/a: {get: {operationId: a, responses: {200: {description: D.}, 2XX: {description: D.}, \
         404: {description: D.}, 4XX: {description: D.}, 499: {description: D.}, 599: {description: D.}, \
         default: {description: D.}}}}",
        "",
    );
    check(&spec, &[]);
}

#[test]
fn operations() {
    let two = |one: &str, other: &str| {
        document(&(operation("/a", one, "") + &operation("/b", other, "")), "")
    };
    check(
        &two("list_pets", "listPets"),
        &["two operations map to the same method name `list_pets`"],
    );
    check(&two("a1", "a_1"), &["two operations map to the same type name `A1`"]);
    check(&two("a", "send"), &["the method name `send` is taken by generated code"]);
    check(&two("a", "into"), &["the type name `Into` is taken by generated code"]);
    for (one, other) in [("list", "list_error"), ("list_error", "list")] {
        check(
            &two(one, other),
            &["an operation and the errors of an operation map to the same type name `ListError`"],
        );
    }
    // What is not generated is in nobody's way.
    for beside in ["list_outcome", "list_encoding", "list_required", "list_token_source"] {
        check(&two("list", beside), &[]);
    }
}

#[test]
fn what_stands_beside_an_operation() {
    let beside = |list: &str, other: &str| {
        document(&format!("{list}{}", operation("/o", other, "")), TOKEN_COMPONENTS)
    };
    let body = |ty: &str| format!("content: {{application/json: {{schema: {{type: {ty}}}}}}}");
    let outcome = format!(
        "/l: {{put: {{operationId: list, responses: {{'200': {{description: D., {}}}, '201': {{description: D., {}}}}}}}}}, ",
        body("string"),
        body("integer")
    );
    check(
        &beside(&outcome, "list_outcome"),
        &[
            "the success responses of an operation and an operation map to the same type name `ListOutcome`",
        ],
    );
    let media_types = |names: &[&str]| {
        let all: Vec<_> = names.iter().map(|it| format!("{it}: {{schema: {OBJECT}}}")).collect();
        operation("/l", "list", &format!("requestBody: {{content: {{{}}}}},", all.join(", ")))
    };
    // Of one component, so that the media types have one type.
    let media_types = |names: &[&str]| media_types(names).replace(OBJECT, "{type: object}");
    let encoding = media_types(&["application/json", "application/x+json"]);
    check(
        &beside(&encoding, "list_encoding"),
        &[
            "the media types of an operation and an operation map to the same type name `ListEncoding`",
        ],
    );
    let alike = media_types(&["application/json", "application/x.y+json", "application/x-y+json"]);
    check(
        &beside(&alike, "other"),
        &["two media types map to the same variant name `ApplicationXYJson`"],
    );
    let names = ["a", "b", "c", "d", "e", "f", "g"];
    let all: Vec<_> = (names.iter())
        .map(|it| format!("{{in: query, name: {it}, required: true, schema: {{type: string}}}}"))
        .collect();
    let required = operation("/l", "list", &format!("parameters: [{}],", all.join(", ")));
    check(
        &beside(&required, "list_required"),
        &[
            "the required parameters of an operation and an operation map to the same type name `ListRequired`",
        ],
    );
    check(
        &beside(TOKEN, "get_token_token_source"),
        &[
            "the token source of an operation and an operation map to the same method name `get_token_token_source`",
        ],
    );
}

#[test]
fn parameters() {
    let of = |parameters: &[(&str, &str)]| {
        let all: Vec<_> = (parameters.iter())
            .map(|(place, name)| format!("{{in: {place}, name: {name}, schema: {{type: string}}}}"))
            .collect();
        let operation = operation("/l", "list", &format!("parameters: [{}],", all.join(", ")));
        document(&operation, "")
    };
    let same = "two parameters map to the same field name `id`";
    check(&of(&[("query", "id"), ("header", "id"), ("query", "id_header")]), &[same]);
    check(
        &of(&[("query", "page-size"), ("query", "page_size")]),
        &["two parameters map to the same field name `page_size`"],
    );
    // Names of ours are no conflict in the document.
    let own = ["body", "encoding", "new", "default", "request", "clone"].map(|it| ("query", it));
    check(&of(&own), &[]);
    let header = |path: &str, name: &str, value: &str| {
        let schema = format!("schema: {{type: string, enum: ['{value}']}}");
        let more = format!("parameters: [{{in: header, name: {name}, required: true, {schema}}}],");
        operation(path, &format!("op{}", path.len()), &more)
    };
    let two = |one, other| document(&(header("/a", one, "1") + &header("/ab", other, "1")), "");
    check(&two("X-A", "x_a"), &["two headers map to the same constant name `X_A`"]);
    // One header, since their names have no case; and a constant that nobody sees gives way.
    check(&two("X-A", "x-a"), &[]);
    check(&two("HEADERS", "SECURITY"), &[]);
}

#[test]
fn clients() {
    let key = "{type: http, scheme: bearer}";
    let schemes = format!("securitySchemes: {{api-key: {key}, api_key: {key}, apiKey2: {key}}}");
    check(
        &document("", &schemes),
        &["two security schemes map to the same credential name `ApiKey`"],
    );
    check(
        &server("a-b: {default: x}, a_b: {default: y}", "{a-b}.{a_b}"),
        &["two server variables map to the same field name `a_b`"],
    );
    check(
        &server("a: {default: x, enum: [x, X]}, new: {default: y}", "{a}.{new}"),
        &["two values of a server variable map to the same variant name `X`"],
    );
}

#[test]
fn each_message_of_the_obstacle_course_says_what_settles_it() {
    let (_, titles) = settle(include_str!("../../goldens/specs/golden/1/obstacles.oas.yaml"));
    assert!(titles.len() > 50, "{} collisions", titles.len());
}

/// The shared documents whose names once did not compile, or whose message settled nothing.
#[test]
fn shared_documents_are_settled() {
    let Some(folder) = shared::folder("cases") else { return };
    for (name, n_collisions) in
        [("name-fields-help", 2), ("name-required-suffix", 1), ("name-schemes-and-variables", 2)]
    {
        let path = folder.join(name).with_extension("yaml");
        let (_, titles) = settle(&std::fs::read_to_string(path).expect("a document"));
        assert_eq!(titles.len(), n_collisions, "{name}: {titles:#?}");
    }
}

#[test]
fn the_names_of_the_corpus_need_no_overlay() {
    let Some(folder) = shared::folder("corpus/pinecone") else { return };
    let mut n_files = 0;
    for path in shared::documents(&folder) {
        let said =
            said(&one::input(&std::fs::read_to_string(&path).expect("a text")), Mode::Strict);
        let names: Vec<_> = said.iter().filter(|it| it.code == codes::NAME_COLLISION).collect();
        assert!(names.is_empty(), "{}: {names:#?}", path.display());
        n_files += 1;
    }
    assert!(n_files >= 50, "{n_files} documents");
}
