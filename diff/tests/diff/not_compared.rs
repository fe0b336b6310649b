//! What no code expresses is named in every format, with its number and its place.

use tamarack::render::{Paint, Texts};
use tamarack::{Input, Model};
use tamarack_diff::render::timeline::{self, TimelineReport};
use tamarack_diff::render::{self as report, Report};
use tamarack_diff::{self as diff, Diff};

const NOTES: &str = "\
openapi: 3.0.3
info: {title: Notes, version: '1'}
paths:
  /notes:
    get:
      operationId: get_note
      responses:
        '200': {description: A note., content: {application/json: {schema: {$ref: '#/components/schemas/Note'}}}}
components:
  schemas:
    Note:
      type: object
      properties:
        text:
          type: string
          not: {enum: [x]}
";

const SECOND: &str = "        words: {type: string,\n                not: {enum: [y]}}\n";

fn input(name: &str, text: &str) -> Input {
    Input::new(name, text)
}

fn model(input: &Input) -> Model {
    tamarack::read(input).model.expect("a model")
}

/// Renders two documents in every format, each with the name of the format.
fn rendered(old: &Input, new: &Input) -> Vec<(&'static str, String)> {
    let diff: Diff = diff::compare(&model(old), &model(new));
    let of = |it| Texts::new(it);
    let report = Report { diff: &diff, old: of(old), new: of(new), krate: None };
    vec![
        ("text", report::text(&report, Paint::Plain)),
        ("markdown", report::markdown(&report)),
        ("json", report::json(&report)),
        ("github", report::github(&report)),
        ("junit", report::junit(&report)),
        ("html", report::html(&report)),
    ]
}

#[test]
fn each_format_names_it_with_number_and_place() {
    let old = input("old.yaml", NOTES);
    let new =
        input("new.yaml", &format!("{}{SECOND}", NOTES.replace("version: '1'", "version: '2'")));
    for (format, text) in rendered(&old, &new) {
        assert!(text.contains("no effect on the generated code"), "{format}: {text}");
        if format == "json" {
            let json: serde_json::Value = serde_json::from_str(&text).expect("JSON");
            let gap = &json["not_compared"][0];
            let places = gap["places"].as_array().expect("places");
            let places: Vec<_> = places
                .iter()
                .map(|it| (&it["document"], &it["file"], &it["line"], &it["column"]))
                .map(|it| format!("{}:{}:{}:{}", it.0, it.1, it.2, it.3))
                .collect();
            let expected = ["0:\"old.yaml\":16:11", "1:\"new.yaml\":16:11", "1:\"new.yaml\":18:17"];
            assert_eq!(places, expected);
            continue;
        }
        assert!(text.contains("1 place in 1, 2 in 2"), "{format}: {text}");
        let place =
            if format == "github" { "file=new.yaml,line=16,col=11" } else { "new.yaml:16:11" };
        assert!(text.contains(place), "{format}: {text}");
    }
}

#[test]
fn a_document_that_is_expressed_has_no_such_section() {
    let whole = NOTES.replace("          not: {enum: [x]}\n", "");
    let [old, new] = [input("old.yaml", &whole), input("new.yaml", &whole)];
    for (format, text) in rendered(&old, &new) {
        assert!(!text.contains("not fully compared"), "{format}: {text}");
        assert!(format != "json" || text.contains("\"not_compared\": []"), "{text}");
    }
}

#[test]
fn a_timeline_names_every_document() {
    let version = |it: &str| NOTES.replace("version: '1'", &format!("version: '{it}'"));
    let middle = format!("{}{SECOND}", version("2"));
    let inputs = [input("1.yaml", NOTES), input("2.yaml", &middle), input("3.yaml", &version("3"))];
    let timeline = diff::timeline(&inputs.iter().map(model).collect::<Vec<_>>());
    let report = TimelineReport::new(&timeline, &inputs, None).expect("a report");
    let all = [
        timeline::text(&report, Paint::Plain),
        timeline::markdown(&report),
        timeline::github(&report),
        timeline::junit(&report),
        timeline::html(&report),
    ];
    for text in all {
        assert!(text.contains("1 place in 1, 2 in 2, 1 in 3"), "{text}");
    }
    let json: serde_json::Value = serde_json::from_str(&timeline::json(&report)).expect("JSON");
    let places = json["not_compared"][0]["places"].as_array().expect("places");
    let documents: Vec<_> = places.iter().filter_map(|it| it["document"].as_u64()).collect();
    assert_eq!(documents, [0, 1, 1, 2]);
}
