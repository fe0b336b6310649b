//! An overlay entry without effect is an error that names it; an overlay that cannot be read has a place.

use tamarack::codes;
use tamarack::diagnostic::Severity;
use tamarack::render::{self, Paint, Texts};
use tamarack::strict::Mode;
use tamarack_tests::one::{self, overlaid};
use tamarack_tests::specs;

const SPEC: &str = "\
openapi: 3.0.3
info: {title: Pets, version: '1'}
servers: [{url: 'https://{place}.example', variables: {place: {default: here}}}]
paths:
  /pets:
    get:
      operationId: list_pets
      responses:
        '200':
          description: Pets.
          content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}
components:
  schemas:
    Pet:
      type: object
      properties:
        name: {type: string}
        kind: {type: string, enum: [cat, dog]}
";

/// Asserts that the overlay earns one error, in both modes but for `accept`,
/// which matters under strict alone, and no code; returns the whole message.
fn message(overlay: &str) -> String {
    let input = overlaid(SPEC, overlay);
    for mode in [Mode::Lenient, Mode::Strict] {
        let outcome = one::generate(&input, mode);
        assert_eq!(outcome.said.len(), 1, "{:#?}", outcome.said);
        let is_accept = overlay.starts_with("[[accept]]");
        let is_warning = is_accept && mode == Mode::Lenient;
        let severity = if is_warning { Severity::Warning } else { Severity::Error };
        assert_eq!(outcome.said[0].severity, severity);
        assert_eq!(outcome.files.is_empty(), !is_warning, "code without what the overlay says");
    }
    render::text(&one::generate(&input, Mode::Strict).said, &Texts::new(&input), Paint::Plain)
}

/// The properties of an entry of each kind, beside `at` and `reason`.
const KINDS: [(&str, &str); 10] = [
    ("secret", ""),
    ("name", "name = \"Beast\"\n"),
    ("ignore-case", ""),
    ("no-default", ""),
    ("end-of-stream", "data = \"[DONE]\"\n"),
    ("retry", "statuses = [409]\nidempotent = true\n"),
    ("pagination", "by = \"link\"\nparameter = \"page\"\nitems = \"\"\n"),
    ("constant", ""),
    ("add", "value = { type = \"string\" }\n"),
    ("accept", "code = \"OAS312\"\n"),
];

#[test]
fn an_entry_that_points_at_nothing_is_named() {
    let mut acc = String::new();
    for (kind, more) in KINDS {
        let at = "#/components/schemas/Gone/properties/name";
        let entry = format!("[[{kind}]]\nat = \"{at}\"\n{more}reason = \"none\"\n");
        acc.push_str(&message(&entry));
    }
    insta::assert_snapshot!("unused_entries", acc);
}

#[test]
fn an_entry_that_does_not_fit_what_it_points_at_is_named() {
    let mut acc = String::new();
    let name = "#/components/schemas/Pet/properties/name";
    for (kind, at) in [
        ("secret", "#/components/schemas/Pet"),
        ("name", "#/info"),
        ("ignore-case", name),
        ("no-default", name),
        ("end-of-stream", name),
        ("retry", name),
        ("pagination", "#/paths/~1pets/get"),
        ("constant", name),
        ("add", name),
        ("accept", name),
    ] {
        let more = KINDS.iter().find(|(it, _)| *it == kind).expect("a kind").1;
        let entry = format!("[[{kind}]]\nat = \"{at}\"\n{more}reason = \"none\"\n");
        acc.push_str(&message(&entry));
    }
    insta::assert_snapshot!("unfit_entries", acc);
}

#[test]
fn an_overlay_that_cannot_be_read_has_a_place() {
    let mut acc = String::new();
    for overlay in [
        "[[secret]\nat = 1\n",
        "[[secret]]\nat = \"#/info\"\n",
        "[[secret]]\nat = \"#/info\"\nreason = \"none\"\ncolour = 1\n",
        "# a comment\n\n[[secrets]]\nat = \"#/info\"\nreason = \"none\"\n",
        "[[secret]]\nat = [1]\nreason = \"none\"\n",
    ] {
        acc.push_str(&message(overlay));
    }
    insta::assert_snapshot!("unreadable", acc);
}

#[test]
fn every_entry_of_this_repository_is_used() {
    for spec in specs::all() {
        let said = one::generate(&spec.input, Mode::Strict).said;
        assert!(said.is_empty(), "{}: {said:?}", spec.input.spec.name);
        // One entry more is one error more: the check above can fail.
        let mut more = spec.input.clone();
        let overlay = more.overlay.as_mut().expect("every document has an overlay");
        overlay.content.push_str("\n[[secret]]\nat = \"#/info/title\"\nreason = \"none\"\n");
        let said = one::generate(&more, Mode::Strict).said;
        assert_eq!(said.len(), 1, "{said:?}");
        assert!([codes::UNUSED_OVERLAY, codes::OVERLAY_MISFIT].contains(&said[0].code));
    }
}
