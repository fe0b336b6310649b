//! Names that are no identifiers, or not each its own: nothing panics, nothing is lost, and what clashes is said.

use std::collections::BTreeSet;

use tamarack::codes;
use tamarack::diagnostic::Diagnostic;
use tamarack::project::{ModuleSpec, Project};
use tamarack::{ClientsSettings, Dependencies, Input, Listed, Mode, Settings, Text, Verdict};

/// What stands where a name is expected: signs, joiners, marks, digits of other
/// scripts, keywords that cannot be raw.
const ODD: &[&str] = &[
    "❤️",
    "\u{200d}",
    "・",
    "℮",
    "👩\u{200d}👩\u{200d}👧",
    "\u{301}",
    "\u{fe0f}",
    "٣",
    "²",
    "Ⅷ",
    "𝐀",
    "ा",
    "self",
    "super",
    "crate",
    "Self",
    "_",
    "type",
    "日本",
    "\u{3000}",
    "*",
    "e\u{301}",
];

fn generate(document: String) -> (Vec<syn::File>, Vec<Diagnostic>) {
    let outcome = tamarack::generate(&Input::new("a.yaml", document), &Settings::module("s"));
    assert_eq!(outcome.verdict, Verdict::Sound, "{:?}", outcome.diagnostics);
    let parsed =
        outcome.files.values().map(|it| tamarack_expand::file(it).expect("Rust")).collect();
    (parsed, outcome.diagnostics.all())
}

fn quoted(text: &str) -> String {
    serde_json::to_string(text).expect("JSON, which is YAML")
}

/// A document that has the name in every place that an identifier is made for.
fn everywhere(name: &str) -> String {
    let path = quoted(&format!("/a/{{{name}}}"));
    let url = quoted(&format!("https://{{{name}}}.example"));
    let name = quoted(name);
    format!(
        "openapi: 3.0.3
info: {{title: {name}, version: '1'}}
servers: [{{url: {url}, variables: {{{name}: {{default: {name}, enum: [{name}, b]}}}}}}]
security: [{{{name}: []}}]
paths:
  {path}:
    get:
      operationId: {name}
      tags: [{name}]
      parameters:
      - {{in: path, name: {name}, required: true, schema: {{type: string}}}}
      - {{in: query, name: {name}, schema: {{type: string, enum: [{name}, b]}}}}
      responses:
        '200': {{description: a, content: {{application/json: {{schema: {{$ref: '#/components/schemas/A'}}}}}}}}
components:
  securitySchemes: {{{name}: {{type: http, scheme: bearer}}}}
  schemas:
    A:
      type: object
      required: [{name}]
      properties: {{{name}: {{type: string}}, b: {{type: string, enum: [{name}, self, crate]}}}}
    {name}: {{type: object, properties: {{a: {{type: string}}}}}}
"
    )
}

#[test]
fn every_text_is_a_name_in_every_place() {
    for name in ODD {
        let (files, said) = generate(everywhere(name));
        assert_eq!(files.len(), 4, "{name:?}");
        assert!(said.iter().all(|it| it.code != codes::BUG), "{name:?}: {said:?}");
    }
}

/// Returns the identifiers of the variants or fields of an item.
fn members(files: &[syn::File], item: &str) -> Vec<String> {
    let items = files.iter().flat_map(|it| &it.items);
    let mut found = items.filter_map(|it| match it {
        syn::Item::Enum(it) if it.ident == item => {
            Some(it.variants.iter().map(|it| it.ident.to_string()).collect())
        }
        syn::Item::Struct(it) if it.ident == item => {
            Some(it.fields.iter().filter_map(|it| Some(it.ident.as_ref()?.to_string())).collect())
        }
        _ => None,
    });
    found.next().unwrap_or_else(|| panic!("there is `{item}`"))
}

/// Asserts that there are so many properties, each with a name of its own, and
/// that each clash was said once.
#[track_caller]
fn told_apart(document: String, item: &str, n_members: usize, n_clashes: usize) {
    let (files, said) = generate(document);
    let members = members(&files, item);
    let distinct: BTreeSet<_> = members.iter().collect();
    assert_eq!((members.len(), distinct.len()), (n_members, n_members), "{members:?}");
    let clashes: Vec<_> = said.iter().filter(|it| it.code == codes::NAME_COLLISION).collect();
    assert_eq!(clashes.len(), n_clashes, "{clashes:?}");
}

fn schema(schema: &str) -> String {
    format!(
        "openapi: 3.0.3\ninfo: {{title: T, version: '1'}}\npaths: {{}}\ncomponents:\n  schemas:\n    A: {schema}\n"
    )
}

#[test]
fn texts_that_differ_in_what_is_dropped_are_told_apart() {
    let fields = |names: &[&str]| {
        let all: Vec<_> =
            names.iter().map(|it| format!("{}: {{type: string}}", quoted(it))).collect();
        schema(&format!("{{type: object, properties: {{{}}}}}", all.join(", ")))
    };
    told_apart(fields(&["a❤️", "a", "a\u{200d}"]), "A", 3, 2);
    // One letter for rustc, however it is spelled (NFC).
    told_apart(fields(&["é", "e\u{301}"]), "A", 2, 1);
    told_apart(fields(&["self", "Self", "_self_"]), "A", 3, 2);
    told_apart(fields(&["❤", "❤️"]), "A", 2, 0);
    let values = |names: &[&str]| {
        let all: Vec<_> = names.iter().map(|it| quoted(it)).collect();
        schema(&format!("{{type: string, enum: [{}]}}", all.join(", ")))
    };
    // `Unrecognized` is one more.
    told_apart(values(&["self", "Self", "SELF_"]), "A", 4, 2);
    told_apart(values(&["a\u{fe0f}", "a", "é", "e\u{301}"]), "A", 5, 2);
}

#[test]
fn schemes_and_server_variables_of_one_name_are_told_apart() {
    let document = |schemes: &str, server: &str| {
        format!(
            "openapi: 3.0.3\ninfo: {{title: T, version: '1'}}\nservers: [{server}]\npaths: {{}}\n\
             components: {{securitySchemes: {{{schemes}}}}}\n"
        )
    };
    let bearer = "{type: http, scheme: bearer}";
    let schemes = format!("api_key: {bearer}, apiKey: {bearer}, api-key: {bearer}");
    told_apart(document(&schemes, "{url: 'https://a.example'}"), "Credential", 3, 2);
    let server =
        "{url: 'https://{a_b}.{aB}.example', variables: {a_b: {default: x}, aB: {default: y}}}";
    told_apart(document("", server), "Server", 2, 1);
    let server =
        "{url: 'https://{a}.example', variables: {a: {default: x, enum: [x, X, 'x❤️', x]}}}";
    told_apart(document("", server), "ServerA", 4, 2);
}

#[test]
fn a_module_may_be_called_by_a_keyword() {
    let project = "[[crate]]\nname = \"acme\"\n[[crate.spec]]\nfile = \"a.yaml\"\nmodule = \"acme::type::v1\"\n";
    let mut project = Project::parse("tamarack.toml", project).expect("a project");
    let krate = project.crates.remove(0);
    let input = Input::new("a.yaml", everywhere("a"));
    let listed = |spec: &ModuleSpec| Listed { spec: spec.clone(), input: input.clone() };
    let listed: Vec<_> = krate.specs.iter().map(listed).collect();
    let settings = ClientsSettings {
        command: "c".to_owned(),
        mode: Mode::Lenient,
        dependencies: Dependencies::OfWorkspace,
    };
    let files = tamarack::generate_clients(&listed, &krate, &settings).files;
    assert!(files["src/acme/mod.rs"].contains("pub mod r#type;"), "{}", files["src/acme/mod.rs"]);
    assert!(files.contains_key("src/acme/type/v1/mod.rs"));
}

#[test]
fn path_parameters_may_be_called_as_rust_calls_things() {
    for name in ["self", "super", "crate", "Self", "_", "type", "❤️"] {
        let (files, _) = generate(everywhere(name));
        let code = files.iter().map(|it| quote::quote!(#it).to_string()).collect::<String>();
        let path = format!("request . path ({name:?} ,");
        assert!(code.contains(&path), "{name}: the segment is sent");
    }
}

/// A variant that is told by its kind is called after the component that it
/// refers to, else after the kind, whatever the order of the branches.
#[test]
fn variants_are_named_after_what_they_hold() {
    let branches = [
        "{$ref: '#/components/schemas/Color'}",
        "{$ref: '#/components/schemas/Rgb'}",
        "{type: array, items: {type: string}}",
        "{type: boolean}",
    ];
    let of = |order: [usize; 4]| {
        let branches = order.map(|it| branches[it]).join(", ");
        let (files, said) = generate(format!(
            "openapi: 3.0.3
info: {{title: t, version: '1'}}
paths: {{}}
components:
  schemas:
    Color: {{type: string, enum: [red, blue]}}
    Rgb: {{type: object, properties: {{r: {{type: integer}}}}}}
    U: {{oneOf: [{branches}]}}
"
        ));
        assert!(said.is_empty(), "{said:?}");
        members(&files, "U").into_iter().collect::<BTreeSet<_>>()
    };
    let expected = ["Boolean", "Color", "List", "Rgb", "Unrecognized"].map(str::to_owned);
    for order in [[0, 1, 2, 3], [3, 2, 1, 0], [1, 3, 0, 2]] {
        assert_eq!(of(order), BTreeSet::from(expected.clone()));
    }
}

/// One of each item that may be missing: the overlay can name it where it is generated.
const COMPANIONS: &str = "\
openapi: 3.0.3
info: {title: t, version: v}
servers: [{url: '/', variables: {}}]
paths:
  /a:
    post:
      operationId: a
      parameters:
        - {name: X-V, in: header, required: true, schema: {type: string, enum: [one]}}
        - {name: X-W, in: header, required: true, schema: {type: string}}
      requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/S'}}}}
      responses:
        '200': {description: d}
components:
  securitySchemes:
    o: {type: oauth2, flows: {clientCredentials: {tokenUrl: 'https://a.example', scopes: {s: d}}}}
  schemas:
    S: {type: object, required: [a], properties: {a: {type: string}}}
";

#[test]
fn a_name_for_what_is_not_generated_is_an_error() {
    let said = |document: &str, at: &str, of: &str| -> Vec<(String, String)> {
        let overlay =
            format!("[[name]]\nat = \"{at}\"\nof = \"{of}\"\nname = \"n\"\nreason = \"r\"\n");
        let input = Input { overlay: Some(Text::new("o", overlay)), ..Input::new("d", document) };
        let outcome = tamarack::read(&input);
        let about_overlay = |it: &&Diagnostic| it.code.0.starts_with("OAS50");
        let said = outcome.diagnostics.all();
        said.iter()
            .filter(about_overlay)
            .map(|it| (it.code.0.to_owned(), it.at.to_string()))
            .collect()
    };
    let many = "[a, b, c, d, e, f, g, h], properties: {a: {}, b: {}, c: {}, d: {}, e: {}, f: {}, g: {}, h: {}";
    let header =
        |it: char| format!("        - {{name: {it}, in: query, required: true, schema: {{}}}}\n");
    let headers = ('a'..'i').map(header).collect::<Vec<_>>().concat();
    let operation = "#/paths/~1a/post";
    let scheme = "#/components/securitySchemes/o";
    // Each with what has to be replaced for it to be generated.
    let cases = [
        ("#/components/schemas/S", "required", "[a], properties: {a: {type: string}", many),
        (operation, "required", "      requestBody", &*format!("{headers}      requestBody")),
        (
            operation,
            "outcome",
            "'200': {description: d}",
            "'200': {description: d}\n        '201': {description: d, content: {text/plain: {schema: {type: string}}}}",
        ),
        (
            operation,
            "encoding",
            "S'}}}",
            "S'}}, application/x-www-form-urlencoded: {schema: {$ref: '#/components/schemas/S'}}}",
        ),
        (
            "#/paths/~1a/post/requestBody/content/application~1json",
            "variant",
            "S'}}}",
            "S'}}, application/x-www-form-urlencoded: {schema: {$ref: '#/components/schemas/S'}}}",
        ),
        ("#/paths/~1a/post/parameters/0", "field", "[one]", "[one, two]"),
        (
            "#/paths/~1a/post/parameters/1",
            "constant",
            "{type: string}}",
            "{type: string, enum: [one]}}",
        ),
        (scheme, "values", "https://a.example", "http://a.example"),
    ];
    for (at, of, from, to) in cases {
        assert!(COMPANIONS.contains(from), "{from}");
        let other = COMPANIONS.replacen(from, to, 1);
        let (without, with) = match of {
            // A URL that no secret is sent to.
            "values" => (other.as_str(), COMPANIONS),
            _ => (COMPANIONS, other.as_str()),
        };
        assert_eq!(said(without, at, of), [("OAS501".to_owned(), at.to_owned())], "{of} {at}");
        assert_eq!(said(with, at, of), [], "{of} {at}");
    }
    for of in ["token-source", "token-required"] {
        assert_eq!(said(COMPANIONS, operation, of).len(), 1, "{of}");
    }
    assert_eq!(said(COMPANIONS, operation, "error"), []);
}
