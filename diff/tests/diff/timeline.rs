//! A timeline: each finding stands in one row, and what came and went is told from what is left.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use tamarack::{Input, Model};
use tamarack_diff::{self as diff, Fate, Rust, Timeline, Wire};

use crate::corpus;

const PETS: &str = "\
openapi: 3.0.3
info: {title: Pet Shop, version: 'V'}
servers: [{url: https://pets.example}]
paths:
  /pets:
    post:
      operationId: add_pet
      requestBody:
        required: true
        content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}
      responses:
        '200':
          description: The pet.
          content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}
components:
  schemas:
    Pet:
      type: object
      required: [name]
      properties:
        name: {type: string, maxLength: 9}
        kind: {type: string, enum: [cat, dog]}
";

/// Texts of `PETS` with what stands in their place.
type Replaced<'a> = &'a [(&'a str, &'a str)];

fn model(content: String) -> Model {
    tamarack::read(&Input::new("pets.yaml", content)).model.expect("a model")
}

/// Returns the timeline of versions 1, 2, …, each of which is `PETS` with
/// texts replaced.
fn timeline(versions: &[Replaced]) -> Timeline {
    let models: Vec<_> = (versions.iter().enumerate())
        .map(|(index, replaced)| {
            let mut text = PETS.replace("'V'", &format!("'{}'", index + 1));
            for (from, to) in *replaced {
                assert!(text.contains(from), "`{from}` is not in the document");
                text = text.replace(from, to);
            }
            model(text)
        })
        .collect();
    let timeline = diff::timeline(&models);
    check_complete(&timeline);
    timeline
}

/// Each finding of a hop and of the net is in exactly one row.
fn check_complete(timeline: &Timeline) {
    let mut steps: Vec<_> = timeline.rows.iter().flat_map(|it| it.steps.clone()).collect();
    steps.sort();
    let all: Vec<_> = (timeline.hops.iter().enumerate())
        .flat_map(|(hop, diff)| {
            (0..diff.findings.len()).map(move |finding| diff::Step { hop, finding })
        })
        .collect();
    assert_eq!(steps, all);
    let mut net: Vec<_> = timeline.rows.iter().filter_map(|it| it.net).collect();
    net.sort_unstable();
    assert_eq!(net, (0..timeline.net.findings.len()).collect::<Vec<_>>());
}

/// Returns the rows but for that of the version: kind and subject of the
/// leading finding, the hops, the fate.
fn rows(timeline: &Timeline) -> Vec<(&str, &str, Vec<usize>, Fate)> {
    (timeline.rows.iter())
        .filter_map(|row| {
            let it = timeline.leading(row)?;
            let hops = row.steps.iter().map(|step| step.hop).collect();
            Some((it.kind.id(), it.subject.as_str(), hops, row.fate))
        })
        .filter(|it| it.0 != "version-changed")
        .collect()
}

const KIND: &str = "kind: {type: string, enum: [cat, dog]}";
const AGE: (&str, &str) =
    (KIND, "kind: {type: string, enum: [cat, dog]}\n        age: {type: integer}");

#[test]
fn the_version_goes_through_every_hop() {
    let timeline = timeline(&[&[], &[], &[]]);
    assert_eq!(timeline.versions, ["1", "2", "3"]);
    let [row] = timeline.rows.as_slice() else { panic!("{:?}", timeline.rows) };
    assert_eq!((row.steps.len(), row.net, row.fate), (2, Some(0), Fate::Net));
}

#[test]
fn what_came_and_went_is_reverted() {
    let reverted = |kind, subject| vec![(kind, subject, vec![0, 1], Fate::Reverted)];
    let cases: &[(Replaced, &str, &str)] = &[
        (&[AGE], "property-added", "Pet.age"),
        (
            &[
                ("        name: {type: string, maxLength: 9}\n", ""),
                ("required: [name]", "required: []"),
            ],
            "property-removed",
            "Pet.name",
        ),
        (&[("maxLength: 9", "maxLength: 8")], "constraint-tightened", "Pet.name"),
        (&[(", maxLength: 9", "")], "constraint-loosened", "Pet.name"),
        (&[("enum: [cat, dog]", "x-enum: [cat, dog]")], "enum-opened", "Pet.kind"),
        (&[("[cat, dog]", "[cat, dog, cow]")], "enum-value-added", "Pet.kind"),
        (&[("[cat, dog]", "[cat]")], "enum-value-removed", "Pet.kind"),
        (&[(KIND, "kind: {type: integer}")], "type-changed", "Pet.kind"),
        (&[("required: [name]", "required: [name, kind]")], "became-required", "Pet.kind"),
        (&[("'200'", "'201'")], "status-swapped", "add_pet response 201"),
        (
            &[("schemas/Pet'", "schemas/Animal'"), ("    Pet:", "    Animal:")],
            "type-renamed",
            "Animal",
        ),
        (&[("add_pet", "create_pet")], "operation-renamed", "create_pet"),
        (&[("https://pets.example", "https://cats.example")], "server-changed", "servers"),
        (&[("The pet.", "A pet.")], "docs-changed", "add_pet response 200"),
        (
            &[("operationId: add_pet", "operationId: add_pet\n      deprecated: true")],
            "deprecated",
            "add_pet",
        ),
    ];
    for (replaced, kind, subject) in cases {
        let timeline = timeline(&[&[], replaced, &[]]);
        assert_eq!(rows(&timeline), reverted(*kind, *subject), "{replaced:?}");
        assert_eq!(timeline.net.findings.len(), 1, "the version alone");
    }
}

#[test]
fn what_stays_is_in_the_net_with_its_hop() {
    let added = |hop| vec![("property-added", "Pet.age", vec![hop], Fate::Net)];
    assert_eq!(rows(&timeline(&[&[], &[AGE], &[AGE]])), added(0));
    assert_eq!(rows(&timeline(&[&[], &[], &[AGE]])), added(1));
}

#[test]
fn a_value_that_moves_on_is_one_row_with_both_hops() {
    let timeline =
        timeline(&[&[], &[("maxLength: 9", "maxLength: 8")], &[("maxLength: 9", "maxLength: 7")]]);
    let expected = ("constraint-tightened", "Pet.name", vec![0, 1], Fate::Net);
    assert_eq!(rows(&timeline), [expected]);
    let rows = timeline.rows.iter().filter_map(|it| timeline.leading(it));
    let net = rows.into_iter().find(|it| it.subject == "Pet.name").expect("a finding");
    let ends = |it: &Option<String>| it.as_ref().and_then(|it| it.chars().last());
    assert_eq!((ends(&net.old.value), ends(&net.new.value)), (Some('9'), Some('7')));
}

#[test]
fn what_comes_back_after_a_revert_is_another_row() {
    let timeline = timeline(&[&[], &[AGE], &[], &[AGE]]);
    let net = ("property-added", "Pet.age", vec![2], Fate::Net);
    let reverted = ("property-added", "Pet.age", vec![0, 1], Fate::Reverted);
    assert_eq!(rows(&timeline), [net, reverted]);
    let stories: Vec<_> = timeline.rows.iter().map(|it| timeline.story(it)).collect();
    assert_eq!(stories, ["in 4", "in 2, 3, 4", "appeared in 2, reverted in 3"]);
}

#[test]
fn what_another_row_of_the_net_tells_is_absorbed() {
    let required = [AGE, ("required: [name]", "required: [name, age]")];
    let timeline = timeline(&[&[], &[AGE], &required]);
    let net = ("property-added", "Pet.age", vec![0], Fate::Net);
    let absorbed = ("became-required", "Pet.age", vec![1], Fate::Absorbed);
    assert_eq!(rows(&timeline), [net, absorbed]);
}

#[test]
fn one_server_that_comes_and_another_that_goes_are_no_revert() {
    let servers = |all: &str| format!("servers: [{{url: https://pets.example}}{all}]");
    let (both, other) =
        (servers(", {url: https://a.example}"), servers(", {url: https://b.example}"));
    let from = "servers: [{url: https://pets.example}]";
    let timeline = timeline(&[&[(from, &both)], &[], &[(from, &other)]]);
    let fates: Vec<_> =
        rows(&timeline).into_iter().map(|it| (it.0.to_owned(), it.2, it.3)).collect();
    let net = |kind: &str, hop| (kind.to_owned(), vec![hop], Fate::Net);
    assert_eq!(fates, [net("server-removed", 0), net("server-added", 1)]);
}

#[test]
fn snapshots_of_one_version_compare() {
    let models = [model(PETS.to_owned()), model(PETS.replace("maxLength: 9", "maxLength: 8"))];
    let timeline = diff::timeline(&models);
    assert_eq!(timeline.versions, ["V", "V"]);
    assert_eq!((timeline.label(0), timeline.label(1)), ("V".to_owned(), "V (2)".to_owned()));
    assert_eq!(timeline.hops, std::slice::from_ref(&timeline.net));
    assert_eq!(rows(&timeline), [("constraint-tightened", "Pet.name", vec![0], Fate::Net)]);
}

#[test]
fn fewer_than_two_versions_have_no_rows() {
    assert_eq!(diff::timeline(&[]), Timeline::default());
    let one = diff::timeline(&[model(PETS.to_owned())]);
    assert_eq!((one.versions.len(), one.hops.len(), one.rows.len()), (1, 0, 0));
}

/// Returns some of other people's documents by API and version; none where
/// they are not at hand.
fn versions_of(apis: &[&str]) -> BTreeMap<String, BTreeMap<String, Model>> {
    let mut acc: BTreeMap<String, BTreeMap<String, Model>> = BTreeMap::new();
    let Some(root) = corpus::with("pinecone") else { return acc };
    let folders = fs::read_dir(root.join("pinecone")).expect("a folder");
    let name = |it: &Path| it.file_name().expect("a name").to_string_lossy().into_owned();
    for folder in folders.map(|it| it.expect("an entry").path()).filter(|it| it.is_dir()) {
        let version = name(&folder);
        for file in fs::read_dir(&folder).expect("a folder").map(|it| it.expect("an entry").path())
        {
            let file_name = name(&file);
            let Some((api, _)) = file_name.split_once(&format!("_{version}")) else { continue };
            if !apis.contains(&api) {
                continue;
            }
            let model = model(fs::read_to_string(&file).expect("a document"));
            acc.entry(api.to_owned()).or_default().insert(version.clone(), model);
        }
    }
    acc
}

#[test]
fn a_pre_release_that_was_taken_back_shows_in_its_hops_alone() {
    let Some(mut versions) = versions_of(&["db_control"]).remove("db_control") else { return };
    let models = ["2025-10", "2026-01.alpha", "2026-04"]
        .map(|version| versions.remove(version).expect("a version"));
    let timeline = diff::timeline(&models);
    check_complete(&timeline);
    for hop in &timeline.hops {
        assert_eq!((hop.verdict().wire(), hop.verdict().rust), (Wire::Breaking, Rust::Major));
    }
    let net = timeline.net.verdict();
    assert_eq!((net.wire(), net.rust), (Wire::None, Rust::Patch));
    // Whatever a hop breaks on the wire, a later one has to take back.
    for row in timeline.rows.iter().filter(|it| timeline.worst(it).wire() > Wire::None) {
        assert_eq!(row.fate, Fate::Reverted, "{:?}", timeline.leading(row));
    }
}

#[test]
fn there_and_back_again_reverts_all_that_a_message_can_show() {
    for (api, versions) in versions_of(&["admin", "db_control", "inference", "oauth"]) {
        let versions: Vec<_> = versions.into_values().collect();
        for pair in versions.windows(2) {
            let timeline = diff::timeline(&[pair[0].clone(), pair[1].clone(), pair[0].clone()]);
            check_complete(&timeline);
            assert_eq!(timeline.net.findings, [], "{api}");
            for row in timeline.of(Fate::Absorbed) {
                let it = timeline.leading(row).expect("a finding");
                // Of a type in place of another only what can break is told.
                let is_replaced = it.subject.contains(" -> ");
                assert!(is_replaced || it.verdict.wire() == Wire::None, "{api}: {it:?}");
            }
        }
    }
}
