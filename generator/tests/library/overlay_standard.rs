//! Overlays of the OpenAPI Overlay Specification 1.0 and 1.1: what their actions do, and where messages point.

use tamarack::render::{Paint, Texts, text};
use tamarack::strict::Mode;
use tamarack::{Input, Outcome, Settings, Text, Verdict, generate};

const PETS: &str = "\
openapi: 3.0.4
info: {title: Pets, version: '1'}
servers: [{url: https://pets.example}]
paths:
  /pets:
    get:
      operationId: list_pets
      tags: [pets, internal]
      parameters:
      - {name: dummy, in: query, schema: {type: string}}
      - {name: kind, in: query, schema: {type: strng}}
      responses: {'204': {description: d}}
  /admin:
    get: {operationId: admin, x-internal: true, responses: {'204': {description: d}}}
components:
  schemas:
    Pet: {type: object, properties: {name: {type: string}}}
";

/// Returns an overlay with these actions.
fn overlay(actions: &str) -> String {
    format!("overlay: 1.1.0\ninfo: {{title: t, version: '1'}}\nactions:\n{actions}")
}

fn input(overlay: &str) -> Input {
    let mut input = Input::new("pets.yaml", PETS);
    input.overlay = Some(Text::new("pets.overlay.yaml", overlay));
    input
}

fn outcome(input: &Input, mode: Mode) -> Outcome {
    generate(input, &Settings { mode, ..Settings::module("pets.yaml") })
}

/// Returns what is generated with an overlay, in one text.
fn generated(actions: &str) -> String {
    let outcome = outcome(&input(&overlay(actions)), Mode::Lenient);
    assert_eq!(outcome.verdict, Verdict::Sound, "{actions}: {:?}", outcome.diagnostics);
    outcome.files.into_values().collect()
}

/// Returns what is said, and how the run ends.
fn said(overlay: &str, mode: Mode) -> (String, Verdict) {
    let input = input(overlay);
    let outcome = outcome(&input, mode);
    (text(&outcome.diagnostics.open, &Texts::new(&input), Paint::Plain), outcome.verdict)
}

#[test]
fn an_update_merges_maps_and_adds_to_lists() {
    let code = generated(
        "- target: $.components.schemas.Pet.properties\n  update: {age: {type: integer}}\n\
         - target: $.paths['/pets'].get\n  update: {operationId: find_pets, deprecated: true}\n\
         - target: $.paths.*.get.parameters\n  update: {name: limit, in: query, schema: {type: integer}}\n",
    );
    for expected in ["pub age: Option<i64>", "pub fn find_pets", "#[deprecated", "pub fn limit("] {
        assert!(code.contains(expected), "{expected}: {code}");
    }
    assert!(code.contains("pub name: Option<String>"), "what was there stays");
}

#[test]
fn a_removal_takes_what_an_expression_selects() {
    let code = generated(
        "- target: $.paths[?@.get['x-internal'] == true]\n  remove: true\n\
         - target: $.paths.*.get.parameters[?@.name == 'dummy']\n  remove: true\n",
    );
    assert!(!code.contains("admin") && !code.contains("dummy"), "{code}");
    assert!(code.contains("pub fn kind("), "{code}");
}

#[test]
fn several_elements_of_a_list_can_be_removed_at_once() {
    let code = generated("- target: $.paths['/pets'].get.parameters[*]\n  remove: true\n");
    assert!(!code.contains("dummy") && !code.contains("kind"), "{code}");
}

#[test]
fn a_copy_brings_a_node_of_the_document() {
    let code = generated(
        "- target: $.components.schemas\n  update: {Dog: {}}\n\
         - target: $.components.schemas.Dog\n  copy: $.components.schemas.Pet\n",
    );
    assert!(code.contains("pub struct Dog"), "{code}");
}

#[test]
fn actions_are_applied_one_after_the_other() {
    let code = generated(
        "- target: $.paths\n  update: {/cats: {get: {operationId: a, responses: {'204': {description: d}}}}}\n\
         - target: $.paths['/cats'].get\n  update: {operationId: list_cats}\n",
    );
    assert!(code.contains("pub fn list_cats"), "{code}");
}

#[test]
fn what_an_overlay_wrote_is_reported_at_its_place_in_the_overlay() {
    let wrong = overlay(
        "- target: $.components.schemas.Pet.properties\n  update:\n    age: {type: intger}\n",
    );
    let (said, _) = said(&wrong, Mode::Lenient);
    assert!(said.contains("--> pets.overlay.yaml:6:17"), "{said}");
    assert!(said.contains("#/components/schemas/Pet/properties/age/type"), "{said}");
}

#[test]
fn what_moved_in_the_document_is_reported_where_it_is_written() {
    // `strng` was the second parameter, and is the first.
    let removed = overlay("- target: $.paths['/pets'].get.parameters[0]\n  remove: true\n");
    let (moved, _) = said(&removed, Mode::Lenient);
    let (before, _) = said(&overlay("- {target: $.info, update: {x-a: 1}}\n"), Mode::Lenient);
    for said in [&moved, &before] {
        assert!(said.contains("--> pets.yaml:11:48"), "{said}");
    }
    assert!(moved.contains("/parameters/0/schema/type") && before.contains("/parameters/1/"));
}

#[test]
fn a_copy_is_reported_where_it_was_written() {
    let copied = overlay(
        "- target: $.paths['/admin'].get\n  update: {parameters: []}\n- target: $.paths['/admin'].get.parameters\n  copy: $.paths['/pets'].get.parameters\n",
    );
    let (said, _) = said(&copied, Mode::Lenient);
    assert!(said.contains("#/paths/~1admin/get/parameters/1/schema/type"), "{said}");
    assert!(!said.contains("pets.overlay.yaml"), "{said}");
}

#[test]
fn an_action_that_selects_nothing_is_a_warning_and_an_error_under_strict() {
    let dead = overlay("- target: $.paths['/gone']\n  remove: true\n");
    let (text, verdict) = said(&dead, Mode::Lenient);
    assert!(text.contains("warning[OAS501]: `$.paths['/gone']` selects nothing"), "{text}");
    assert!(text.contains("--> pets.overlay.yaml:4:11"), "{text}");
    assert_eq!(verdict, Verdict::Sound);
    let (text, verdict) = said(&dead, Mode::Strict);
    assert!(text.contains("error[OAS501]: `$.paths['/gone']` selects nothing"), "{text}");
    assert_eq!(verdict, Verdict::Refused);
}

#[test]
fn what_does_not_fit_stops_the_run() {
    for (actions, expected) in [
        ("- {target: $.info, update: text}\n", "`#/info` is a map, and the value is none"),
        (
            "- {target: $.info.title, update: {a: 1}}\n",
            "`#/info/title` is neither a map nor a list",
        ),
        ("- {target: $, remove: true}\n", "the whole document cannot be removed"),
        ("- {target: $.info, copy: $.paths.*}\n", "`copy` must select one node, and selects 2"),
    ] {
        let (text, verdict) = said(&overlay(actions), Mode::Lenient);
        assert!(text.contains(expected), "{actions}: {text}");
        assert_eq!(verdict, Verdict::Refused, "{actions}");
    }
}

#[test]
fn what_is_no_overlay_is_reported_with_its_place() {
    for (overlay, expected) in [
        ("overlay: 2.0.0\ninfo: {title: t, version: '1'}\nactions: []\n", ":1:10"),
        ("overlay: 1.0.0\nactions: []\n", "there is no `info`"),
        ("overlay: 1.0.0\ninfo: {title: t, version: '1'}\n", "there is no `actions`"),
        ("overlay: 1.0.0\ninfo: {title: t, version: '1'}\nactions:\n- {target: pets}\n", ":4:12"),
        (
            "overlay: 1.0.0\ninfo: {title: t, version: '1'}\nactions:\n- {taget: $}\n",
            "unknown key `taget`",
        ),
        (
            "overlay: 1.0.0\ninfo: {title: t, version: '1'}\nactions:\n- {target: $, remove: 1}\n",
            ":4:23",
        ),
        ("overlay: [\n", "cannot be read"),
        (
            "overlay: 1.0.0\ninfo: {title: t, version: '1'}\nx-tamarack: {secrt: []}\n",
            "unknown field `secrt`",
        ),
    ] {
        let (text, verdict) = said(overlay, Mode::Lenient);
        assert!(text.contains("error[OAS502]"), "{overlay}: {text}");
        assert!(text.contains("--> pets.overlay.yaml:"), "{overlay}: {text}");
        assert!(text.contains(expected), "{overlay}: {text}");
        assert_eq!(verdict, Verdict::Unreadable, "{overlay}");
    }
}

#[test]
fn our_own_entries_stand_in_an_extension_and_fail_closed() {
    let own = "x-tamarack:\n  secret:\n  - at: '#/components/schemas/Pet/properties/name'\n    reason: r\n";
    let code: String = outcome(
        &input(&overlay(&format!("- {{target: $.info, update: {{x-a: 1}}}}\n{own}"))),
        Mode::Lenient,
    )
    .files
    .into_values()
    .collect();
    assert!(code.contains("pub name: Option<Secret>"), "{code}");
    let gone = own.replace("name'", "nme'");
    let (text, verdict) =
        said(&overlay(&format!("- {{target: $.info, update: {{x-a: 1}}}}\n{gone}")), Mode::Lenient);
    assert!(text.contains("error[OAS501]"), "{text}");
    assert!(text.contains("--> pets.overlay.yaml:7:9"), "{text}");
    assert_eq!(verdict, Verdict::Refused);
}

#[test]
fn json_is_an_overlay_too() {
    let mut input = Input::new("pets.yaml", PETS);
    let json = r#"{"overlay": "1.0.0", "info": {"title": "t", "version": "1"},
        "actions": [{"target": "$.paths['/admin']", "remove": true}]}"#;
    input.overlay = Some(Text::new("pets.overlay.json", json));
    let code: String = outcome(&input, Mode::Lenient).files.into_values().collect();
    assert!(!code.contains("admin"), "{code}");
}

/// What a message tells to add is what the overlay takes, in the format that it has.
#[test]
fn an_entry_that_a_message_tells_to_add_can_be_added() {
    let actions = "- {target: $.info, update: {x-a: 1}}\n";
    let gap = "{oneOf: [{type: string}, {type: number}], anyOf: [{maxLength: 9}, {minimum: 1}]}";
    let with_a_gap = PETS.replace("{type: strng}", "{type: string}");
    let with_a_gap =
        format!("{with_a_gap}    Cargo: {{type: object, properties: {{it: {gap}}}}}\n");
    for (name, start) in [
        ("pets.overlay.yaml", overlay(actions)),
        (
            "pets.overlay.json",
            r#"{"overlay": "1.0.0", "info": {"title": "t", "version": "1"},
                "actions": [{"target": "$.info", "update": {"x-a": 1}}]}"#
                .to_owned(),
        ),
    ] {
        let mut input = Input::new("pets.yaml", with_a_gap.as_str());
        input.overlay = Some(Text::new(name, start.clone()));
        let refused = outcome(&input, Mode::Strict);
        assert_eq!(refused.verdict, Verdict::Refused);
        let open = refused.diagnostics.open;
        let helps = open.iter().filter_map(|it| it.help.as_deref());
        let help = helps.rev().find(|it| it.contains("to accept the gap")).expect("a gap");
        let (_, entry) = help.split_once(&format!("add to {name}:\n")).expect("where to add it");
        assert!(!entry.contains("[["), "{entry}");
        let whole = match start.strip_suffix('}') {
            Some(open) => format!("{open}, {entry}}}"),
            None => format!("{start}{entry}\n"),
        };
        input.overlay = Some(Text::new(name, whole));
        let accepted = outcome(&input, Mode::Strict).diagnostics;
        assert_eq!(accepted.accepted.len(), 1, "{name}: {accepted:?}");
        assert_eq!(accepted.open.len() + 1, open.len(), "{name}: {accepted:?}");
    }
}
