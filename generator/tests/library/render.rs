//! Messages as people and programs get them, asserted whole.

use tamarack::codes;
use tamarack::diagnostic::{Diagnostic, Loss};
use tamarack::pointer::Pointer;
use tamarack::render::{self, Paint, Texts};
use tamarack::{Input, Text};

const SPEC: &str = "\
openapi: 3.0.3
paths:
  /dogs:
    get:
      operationId: get_pet
      responses: {}
  /cats:
    get:
      operationId: get_pet
      responses:
        '200':
          description: Öl für Katzen
          content:
            application/x-ndjson:
              schema: {$ref: '#/components/schemas/Tga'}
";

const OVERLAY: &str = "\
# accepted
[[secret]]
at = \"#/paths/~1dogs/put\"
reason = \"none\"
";

fn input() -> Input {
    let text = |name: &str, content: &str| Text { name: name.into(), content: content.into() };
    Input::of(text("pets.yaml", SPEC), Some(text("pets.overlay.toml", OVERLAY)))
}

fn at(pointer: &str) -> Pointer {
    Pointer::parse(pointer).expect("a pointer")
}

const CONTENT: &str = "#/paths/~1cats/get/responses/200/content/application~1x-ndjson";

fn dangling() -> Diagnostic {
    let pointer = at(CONTENT).join(&["schema", "$ref"]);
    Diagnostic::error(codes::DANGLING_REF, pointer, "`$ref` points at nothing: `Tga`")
        .label("no such schema")
        .help("did you mean the schema `Tag`?")
}

fn text(diagnostics: &[Diagnostic]) -> String {
    render::text(diagnostics, &Texts::new(&input()), Paint::Plain)
}

#[test]
fn a_message_has_place_pointer_and_help() {
    assert_eq!(
        text(&[dangling()]),
        "\
error[OAS201]: `$ref` points at nothing: `Tga`
  --> pets.yaml:15:30
   |
15 |               schema: {$ref: '#/components/schemas/Tga'}
   |                              ^^^^^^^^^^^^^^^^^^^^^^^^^^ no such schema
   |
   = note: at #/paths/~1cats/get/responses/200/content/application~1x-ndjson/schema/$ref
   = help: did you mean the schema `Tag`?

"
    );
}

#[test]
fn two_places_share_one_excerpt() {
    let first = at("#/paths/~1dogs/get/operationId");
    let second = at("#/paths/~1cats/get/operationId");
    let title = "`operationId` `get_pet` is used by 2 operations";
    let diagnostic = Diagnostic::error(codes::DUPLICATE_OPERATION_ID, second, title)
        .label("used again here")
        .other(first, "first used here");
    assert_eq!(
        text(&[diagnostic]),
        "\
error[OAS202]: `operationId` `get_pet` is used by 2 operations
 --> pets.yaml:9:20
  |
5 |       operationId: get_pet
  |                    ------- first used here
...
9 |       operationId: get_pet
  |                    ^^^^^^^ used again here
  |
  = note: at #/paths/~1cats/get/operationId

"
    );
}

#[test]
fn a_node_of_several_lines_is_shown_by_its_key_and_help_keeps_its_lines() {
    let title = "response `application/x-ndjson` is not supported";
    let diagnostic = Diagnostic::skipped(codes::RESPONSE_BODY, at(CONTENT), title)
        .label("operation `get_pet`")
        .help("to accept the gap, add to pets.overlay.toml:\n[[accept]]\ncode = \"OAS313\"");
    assert_eq!(
        text(&[diagnostic]),
        "\
skipped[OAS313]: response `application/x-ndjson` is not supported
  --> pets.yaml:14:13
   |
14 |             application/x-ndjson:
   |             ^^^^^^^^^^^^^^^^^^^^ operation `get_pet`
   |
   = note: at #/paths/~1cats/get/responses/200/content/application~1x-ndjson
   = help: to accept the gap, add to pets.overlay.toml:
           [[accept]]
           code = \"OAS313\"

"
    );
}

#[test]
fn columns_count_characters_and_an_added_node_is_shown_at_what_holds_it() {
    let description = at("#/paths/~1cats/get/responses/200/description");
    let diagnostics = [
        Diagnostic::warning(codes::UNKNOWN_MEMBER, description, "odd").label("here"),
        Diagnostic::warning(codes::COERCED, at("#/paths/~1dogs/get/parameters/0"), "added"),
    ];
    assert_eq!(
        text(&diagnostics),
        "\
warning[OAS105]: added
 --> pets.yaml:4:5
  |
4 |     get:
  |     ^^^
  |
  = note: at #/paths/~1dogs/get/parameters/0

warning[OAS103]: odd
  --> pets.yaml:12:24
   |
12 |           description: Öl für Katzen
   |                        ^^^^^^^^^^^^^ here
   |
   = note: at #/paths/~1cats/get/responses/200/description

"
    );
}

#[test]
fn what_is_said_about_the_overlay_is_shown_in_the_overlay() {
    let pointer = at("#/paths/~1dogs/put");
    let unused = Diagnostic::error(codes::UNUSED_OVERLAY, pointer, "nothing stands there");
    let syntax =
        Diagnostic::error(codes::OVERLAY_SYNTAX, Pointer::root(), "no TOML").position(4, 10);
    assert_eq!(
        text(&[syntax, unused]),
        "\
error[OAS501]: nothing stands there
 --> pets.overlay.toml:3:6
  |
3 | at = \"#/paths/~1dogs/put\"
  |      ^^^^^^^^^^^^^^^^^^^^
  |
  = note: at #/paths/~1dogs/put

error[OAS502]: no TOML
 --> pets.overlay.toml:4:10
  |
4 | reason = \"none\"
  |          ^
  |
  = note: at #

"
    );
}

#[test]
fn after_five_of_one_code_the_rest_is_counted() {
    let many: Vec<_> = (0..8)
        .map(|n| Diagnostic::warning(codes::COERCED, at("#/openapi"), format!("number {n}")))
        .collect();
    let shown = text(&many);
    assert_eq!(shown.matches("-->").count(), 5);
    assert!(
        shown.ends_with(
            "\n\nwarning[OAS105]: … and 3 more OAS105; --message-format json shows all\n\n"
        ),
        "{shown}"
    );
}

#[test]
fn json_has_one_object_on_each_line_sorted_by_place() {
    let root = Diagnostic::warning(codes::NOT_GENERATED, at("#/openapi"), "a \"b\"")
        .loss(Loss::Part(at("#/openapi")));
    assert_eq!(
        render::json(&[dangling(), root], &Texts::new(&input())),
        concat!(
            r##"{"code":"OAS316","severity":"warning","message":"a \"b\"","pointer":"#/openapi","##,
            r##""file":"pets.yaml","line":1,"column":10,"help":null}"##,
            "\n",
            r##"{"code":"OAS201","severity":"error","message":"`$ref` points at nothing: `Tga`","##,
            r##""pointer":"#/paths/~1cats/get/responses/200/content/application~1x-ndjson/schema/$ref","##,
            r##""file":"pets.yaml","line":15,"column":30,"##,
            r##""help":"did you mean the schema `Tag`?"}"##,
            "\n",
        )
    );
}

#[test]
fn a_terminal_gets_colours_and_no_control_characters_of_the_document() {
    let diagnostic = Diagnostic::error(codes::SYNTAX, at("#/a\u{1b}[31m"), "x\u{1b}[2J")
        .help("y\u{1b}[2J")
        .position(1, 1);
    let coloured = render::text(&[diagnostic], &Texts::new(&input()), Paint::Coloured);
    assert!(coloured.contains("\u{1b}["));
    assert!(!coloured.contains("\u{1b}[2J") && !coloured.contains("a\u{1b}[31m"), "{coloured:?}");
}
