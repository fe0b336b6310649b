//! What is generated of secrets: who can be written, and which texts of a document are shown.

use tamarack::diagnostic::Sink;
use tamarack::{Input, Layout, Mode, Provenance, Settings, Text, generate, plan, read};

const HEAD: &str = "openapi: 3.0.3\ninfo: {title: t, version: v}\n";

/// `Session` is only received, inside of `Outer`; `Login` is sent; `Unused` holds `Outer` and is neither.
const LOGIN: &str = "paths:
  /a:
    post:
      operationId: x
      requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Login'}}}}
      responses: {200: {description: d, content: {application/json: {schema: {$ref: '#/components/schemas/Outer'}}}}}
components:
  schemas:
    Login: {type: object, properties: {password: {type: string}}}
    Outer: {type: object, properties: {session: {$ref: '#/components/schemas/Session'}}}
    Session: {type: object, properties: {access_token: {type: string}}}
    Unused: {type: object, properties: {outer: {$ref: '#/components/schemas/Outer'}}}
";

/// Returns the types that are generated of a document.
fn types(overlay: Option<&str>) -> String {
    let overlay = overlay.map(|it| Text::new("o.toml", it));
    let input = Input { overlay, ..Input::new("t.yaml", format!("{HEAD}{LOGIN}")) };
    let settings = Settings {
        provenance: Provenance { command: "test".to_owned(), spec: "t.yaml".to_owned() },
        mode: Mode::Lenient,
        layout: Layout::Module,
    };
    let files = generate(&input, &settings).files;
    let (_, text) = files.iter().find(|it| it.0.ends_with("types.rs")).expect("types");
    text.clone()
}

#[test]
fn serialize_is_given_back_with_all_that_a_type_holds() {
    let without = types(None);
    for line in [
        "json_object!(read Outer {",
        "json_object!(read Session {",
        // What it holds cannot be written.
        "json_object!(read Unused {",
        "json_object!(Login {",
    ] {
        assert!(without.contains(line), "{line}\n{without}");
    }
    assert_eq!(without.matches("does not implement `Serialize`").count(), 3, "{without}");
    let with = types(Some("serialize = [{at = '#/components/schemas/Outer', reason = 'r'}]"));
    for line in ["json_object!(Outer {", "json_object!(Session {"] {
        assert!(with.contains(line), "{line}\n{with}");
    }
    assert_eq!(with.matches("does not implement").count(), 0, "{with}");
}

#[test]
fn the_default_of_a_secret_is_in_no_docs_and_no_header() {
    let spec = "paths: {/a: {get: {operationId: x, parameters: [{name: X-Api-Key, in: header, required: true, schema: {type: string, default: hunter2}}], responses: {}}}}
components: {schemas: {O: {type: object, properties: {password: {type: string, default: hunter3}, name: {type: string, default: shown}}}}}";
    let model = read(&Input::new("t.yaml", format!("{HEAD}{spec}"))).model.expect("a model");
    let planned = format!("{:?}", plan::of_api(&model.api, &mut Sink::default()));
    assert!(planned.contains("shown") && !planned.contains("hunter"), "{planned}");
}
