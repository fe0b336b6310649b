//! The page on the overlay: every entry is on it, and every example of it does what the page says.

use tamarack::overlay::Overlay;
use tamarack::strict::Mode;
use tamarack::{Input, Outcome, Settings, Text, generate};

use crate::fences;

const PAGE: &str = include_str!("../../../docs/overlay.md");

/// Returns the fenced blocks of a language.
fn blocks(language: &str) -> Vec<&'static str> {
    let blocks = fences::blocks(PAGE).into_iter().filter(|it| it.info == language);
    blocks.map(|it| it.text).collect()
}

/// Returns the block with the first example of an entry.
fn example(entry: &str) -> &'static str {
    let heading = format!("[[{entry}]]");
    let found = blocks("toml").into_iter().find(|it| it.contains(&heading));
    found.unwrap_or_else(|| panic!("`{entry}` has no example"))
}

/// Returns the block of YAML that begins so.
fn of_yaml(start: &str) -> &'static str {
    let found = blocks("yaml").into_iter().find(|it| it.starts_with(start));
    found.unwrap_or_else(|| panic!("the page has no `{start}`"))
}

/// Generates from the document of the page.
fn outcome(overlay: Option<&str>, mode: Mode) -> Outcome {
    let mut input = Input::new("harbour.yaml", of_yaml("openapi: "));
    let name = if overlay.is_some_and(|it| it.starts_with("overlay: ")) { "yaml" } else { "toml" };
    input.overlay = overlay.map(|it| Text::new(format!("harbour.overlay.{name}"), it));
    generate(&input, &Settings { mode, ..Settings::module("harbour.yaml") })
}

fn codes(outcome: &Outcome) -> Vec<&'static str> {
    let diagnostics = &outcome.diagnostics;
    diagnostics.open.iter().map(|it| it.code.0).collect()
}

/// Returns the code that is generated with an entry, in one text.
fn generated(overlay: Option<&str>) -> String {
    let outcome = outcome(overlay, Mode::Lenient);
    let codes = codes(&outcome);
    assert!(!codes.iter().any(|it| it.starts_with("OAS5")), "{overlay:?}: {codes:?}");
    outcome.files.into_values().collect()
}

#[test]
fn every_entry_has_an_example() {
    let error = toml::from_str::<Overlay>("nonsense = []").expect_err("no such entry").to_string();
    let (_, known) = error.split_once("expected one of").expect("the entries there are");
    let known: Vec<&str> = known.split('`').skip(1).step_by(2).collect();
    assert!(known.len() > 10, "{known:?}");
    for entry in known {
        assert!(!example(entry).is_empty());
    }
}

#[test]
fn each_example_changes_the_code_as_its_section_says() {
    let without = generated(None);
    for (entry, expected) in [
        ("secret", "pub berth: Secret"),
        ("not-secret", "pub passphrase: String"),
        ("serialize", "json_object!(Ship {"),
        ("name", "pub struct Vessel"),
        ("name", "Norway = \"NO\""),
        ("ignore-case", "pub enum ShipFlag ignoring case"),
        ("end-of-stream", "[DONE]"),
        ("retry", ".key_header(\"x-request-id\")"),
        ("pagination", "impl PagedOperation for ListBerths"),
        ("token-endpoint", "pub fn token_source"),
        ("add", "Token(Secret)"),
    ] {
        let with = generated(Some(example(entry)));
        assert!(with.contains(expected), "{entry}: {with}");
        assert!(!without.contains(expected), "{entry} changes nothing");
    }
    // What an entry takes away: the setter of a constant header, the constructor without a base URL.
    for (entry, gone) in
        [("constant", "pub fn x_version("), ("no-default", "fn new() -> Result<Self")]
    {
        let with = generated(Some(example(entry)));
        assert!(without.contains(gone) && !with.contains(gone), "{entry}");
    }
}

#[test]
fn an_accepted_gap_is_no_error_under_strict() {
    let strict = |overlay| codes(&outcome(overlay, Mode::Strict));
    assert!(strict(None).contains(&"OAS301"));
    assert!(!strict(Some(example("accept"))).contains(&"OAS301"));
}

#[test]
fn an_overlay_of_the_specification_changes_the_code_as_its_section_says() {
    let (without, with) = (generated(None), generated(Some(of_yaml("overlay: "))));
    for (expected, is_new) in [
        ("pub tonnage: Option<i64>", true),
        ("pub struct Vessel", true),
        ("pub struct Ship ", false),
        ("pub fn x_version(", false),
    ] {
        assert_eq!(with.contains(expected), is_new, "{expected}: {with}");
        assert_eq!(without.contains(expected), !is_new, "{expected}");
    }
}
