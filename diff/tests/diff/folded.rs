//! One cause is one row: what is folded, what is not, and that nothing is lost.

use std::collections::BTreeSet;

use tamarack::render::{Paint, Texts};
use tamarack::{Input, Model};
use tamarack_diff::render::{self as report, Report};
use tamarack_diff::{self as diff, Diff, Finding, Kind, Wire};

use crate::pairs::pairs;

/// Three types that are sent, received, and both; `more` stands in each of them.
fn document(more: &str) -> String {
    let ty = |name: &str| {
        format!(
            "    {name}:\n      type: object\n      properties: {{id: {{type: string}}{more}}}\n"
        )
    };
    let json = |name: &str| {
        format!("{{application/json: {{schema: {{$ref: '#/components/schemas/{name}'}}}}}}")
    };
    let operation = |path: &str, sent: &str, received: &str| {
        format!(
            "  {path}:\n    post:\n      operationId: do{}\n      requestBody: {{required: true, content: {}}}\n      responses: {{'200': {{description: Done., content: {}}}}}\n",
            path.replace('/', "_"),
            json(sent),
            json(received)
        )
    };
    format!(
        "openapi: 3.0.3\ninfo: {{title: Many Owners, version: '1'}}\npaths:\n{}{}components:\n  schemas:\n{}{}{}",
        operation("/a", "OneDto", "TwoDto"),
        operation("/b", "ThreeDto", "ThreeDto"),
        ty("OneDto"),
        ty("TwoDto"),
        ty("ThreeDto"),
    )
}

fn model(text: &str) -> Model {
    tamarack::read(&Input::new("owners.yaml", text)).model.expect("a model")
}

fn compare(old: &str, new: &str) -> Diff {
    diff::compare(&model(old), &model(new))
}

fn rows(diff: &Diff) -> Vec<(&'static str, &str, usize)> {
    let row = |it: &'static str, finding: &Finding| (it, finding.places.len());
    diff.findings
        .iter()
        .map(|it| (it.kind.id(), it.subject.as_str(), row(it.kind.id(), it).1))
        .collect()
}

#[test]
fn the_same_property_of_many_owners_is_one_row_with_the_worst_verdict() {
    let diff = compare(&document(""), &document(", kind: {type: string}, size: {type: integer}"));
    assert_eq!(diff.findings.len(), 6);
    let folded = diff.folded();
    assert_eq!(rows(&folded), [("property-added", "`kind`, `size` in 3 places each", 6)]);
    let removed = compare(&document(", kind: {type: string}"), &document("")).folded();
    assert_eq!(rows(&removed), [("property-removed", "`kind` in 3 places", 3)]);
    let of = |it: &Finding| (it.verdict.request, it.verdict.response);
    let places: BTreeSet<_> = removed.findings[0].places.iter().map(of).collect();
    let expected = [
        (Wire::None, Wire::Potentially),
        (Wire::Potentially, Wire::None),
        (Wire::Potentially, Wire::Potentially),
    ];
    assert_eq!(places, expected.into());
    assert_eq!(of(&removed.findings[0]), (Wire::Potentially, Wire::Potentially));
}

#[test]
fn other_values_are_other_rows() {
    let new = document("").replacen("id: {type: string}", "id: {type: integer}", 2);
    let new = {
        let at = new.rfind("id: {type: string}").expect("the third");
        format!("{}id: {{type: boolean}}{}", &new[..at], &new[at + "id: {type: string}".len()..])
    };
    let folded = compare(&document(""), &new).folded();
    let mut rows = rows(&folded);
    rows.sort_unstable();
    assert_eq!(rows, [("type-changed", "ThreeDto.id", 0), ("type-changed", "`id` in 2 places", 2)]);
}

#[test]
fn one_rule_of_renaming_is_one_row() {
    let diff = compare(&document(""), &document("").replace("Dto", "Model"));
    let renamed = diff.findings.iter().filter(|it| it.kind == Kind::TypeRenamed).count();
    assert_eq!((renamed, diff.findings.len()), (3, 3));
    assert_eq!(rows(&diff.folded()), [("type-renamed", "3 types", 3)]);
}

/// An id from method and path is no name that somebody chose: that names came is one cause.
#[test]
fn operations_that_got_an_id_are_one_row() {
    let new = document("");
    let old: Vec<_> = new.lines().filter(|it| !it.contains("operationId")).collect();
    let old = old.join("\n");
    let folded = compare(&old, &new).folded();
    assert_eq!(rows(&folded), [("operation-renamed", "2 operations", 2)]);
    let was = folded.findings[0].old.value.as_deref();
    assert_eq!(was, Some("post_a (from method and path), post_b (from method and path)"));
}

/// One type in place of another is one row, whatever the properties are called; another one is another row.
#[test]
fn the_same_types_in_place_of_the_same_others_are_one_row() {
    let of = |a: &str, b: &str, c: &str| {
        let at = |name: &str, ty: &str| format!(", {name}: {ty}");
        let all = [at("a", a), at("b", b), at("c", c)].concat();
        let end = "OneDto:\n      type: object\n      properties: {id: {type: string}";
        document("").replace(end, &format!("{end}{all}"))
    };
    let (text, number) = ("{type: string}", "{type: integer}");
    let folded = compare(&of(text, text, number), &of(number, number, text)).folded();
    let mut seen = rows(&folded);
    seen.sort_unstable();
    assert_eq!(
        seen,
        [("type-changed", "OneDto.c", 0), ("type-changed", "`OneDto.a` and 1 more", 2)]
    );
    let short = "{type: string, maxLength: 5}";
    let folded = compare(&of(text, text, number), &of(short, short, number)).folded();
    assert_eq!(rows(&folded), [("constraint-tightened", "`OneDto.a` and 1 more", 2)]);
}

/// The same of the bodies and of the statuses of many operations is one row.
#[test]
fn bodies_and_statuses_of_many_operations_are_one_row() {
    let old = document("");
    let folded = compare(&old, &old.replace("required: true, ", "")).folded();
    assert_eq!(rows(&folded), [("became-optional", "request body of 2 operations", 2)]);
    let folded = compare(&old, &old.replace("'200'", "'201'")).folded();
    assert_eq!(rows(&folded), [("status-swapped", "response 201 of 2 operations", 2)]);
    let row = &folded.findings[0];
    let values = (row.old.value.as_deref(), row.new.value.as_deref());
    assert_eq!(values, (Some("200"), Some("201")));
}

/// An inline type has the name of its owner in Rust; the property is the same.
#[test]
fn the_same_property_with_inline_types_is_one_row() {
    let folded = compare(&document(""), &document(", kind: {type: string, enum: [a]}")).folded();
    assert_eq!(rows(&folded), [("property-added", "`kind` in 3 places", 3)]);
}

/// More than a few names that follow no common rule changed all the same for one reason.
#[test]
fn many_renamed_operations_are_one_row() {
    let of = |name: &dyn Fn(usize) -> String, n: usize| {
        let path = |it| {
            let id = name(it);
            format!(
                "  /t{it}:\n    get: {{operationId: {id}, responses: {{'200': {{description: Done.}}}}}}\n"
            )
        };
        document("").replace(
            "components:",
            &((0..n).map(path).collect::<Vec<_>>().concat() + "components:"),
        )
    };
    let words = ["ant", "bee", "cow", "dog", "elk", "fox", "gnu"];
    let folded = |n| {
        let (old, new) = (of(&|it| words[it].to_owned(), n), of(&|it| format!("z{it}"), n));
        compare(&old, &new).folded()
    };
    assert_eq!(rows(&folded(7)), [("operation-renamed", "7 operations", 7)]);
    assert_eq!(folded(4).findings.len(), 4);
}

#[test]
fn the_order_of_properties_is_one_row() {
    let of = |first: &str, second: &str| {
        let both = format!(", {first}: {{type: string}}, {second}: {{type: string}}");
        document(&both).replace("      properties:", "      required: [a, b]\n      properties:")
    };
    let folded = compare(&of("a", "b"), &of("b", "a")).folded();
    assert!(folded.findings.len() <= 1, "{:?}", rows(&folded));
    assert_eq!(folded.verdict().wire(), Wire::None);
}

/// What happened to parts that only one owner has is one row for the owner, if it is equally bad.
#[test]
fn the_same_change_of_several_properties_of_one_owner_is_one_row() {
    let more = |more: &str| {
        let end = "ThreeDto:\n      type: object\n      properties: {id: {type: string}";
        document("").replace(end, &format!("{end}{more}"))
    };
    let folded = compare(&document(""), &more(", a: {type: string}, b: {type: integer}")).folded();
    assert_eq!(rows(&folded), [("property-added", "`a`, `b` of `ThreeDto`", 2)]);
    let alone = compare(&document(""), &more(", a: {type: string}")).folded();
    assert_eq!(rows(&alone), [("property-added", "ThreeDto.a", 0)]);
}

#[test]
fn operations_of_one_resource_are_one_row() {
    let get = |path: &str| {
        format!(
            "  {path}:\n    get:\n      operationId: get{}\n      responses: {{'200': {{description: Done.}}}}\n",
            path.replace(['/', '{', '}'], "_")
        )
    };
    let new = document("").replace(
        "components:",
        &format!(
            "{}{}{}components:",
            get("/pets/{pet}/toys"),
            get("/pets/{pet}/toys/{toy}"),
            get("/pets")
        ),
    );
    let folded = compare(&document(""), &new).folded();
    let mut rows = rows(&folded);
    rows.sort_unstable();
    let expected = [
        ("operation-added", "2 operations of `/pets/toys`", 2),
        ("operation-added", "get_pets", 0),
    ];
    assert_eq!(rows, expected);
}

#[test]
fn many_texts_are_one_row_in_which_each_place_has_its_own() {
    let of = |text: &str, n: usize| {
        let property = |it| format!(", p{it}: {{type: string, description: {text}}}");
        document(&(0..n).map(property).collect::<String>())
    };
    let folded = |n| compare(&of("Old.", n), &of("New.", n)).folded();
    // The texts of one component are one row already.
    let few = folded(1);
    assert_eq!(few.findings.len(), 3, "{:?}", rows(&few));
    let of = |text: &str| {
        let paths = |it| {
            format!(
                "  /t{it}:\n    get: {{operationId: t{it}, summary: {text}, responses: {{'200': {{description: Done.}}}}}}\n"
            )
        };
        document("")
            .replace("components:", &((0..9).map(paths).collect::<String>() + "components:"))
    };
    let folded = compare(&of("Old."), &of("New.")).folded();
    assert_eq!(rows(&folded), [("docs-changed", "9 parts", 9)]);
    assert_eq!(folded.findings[0].old.value, None);
    let place = &folded.findings[0].places[0];
    assert_eq!(
        (place.old.value.as_deref(), place.new.value.as_deref()),
        (Some("Old."), Some("New."))
    );
}

/// Every row is somewhere, once, and the worst verdict is the same.
#[test]
fn nothing_is_lost() {
    for (name, old, new) in pairs() {
        let diff = diff::compare(&old, &new);
        let folded = diff.folded();
        assert_eq!(diff.verdict(), folded.verdict(), "{name}");
        let mut told: Vec<&str> = Vec::new();
        let mut prints = BTreeSet::new();
        for it in &folded.findings {
            assert!(prints.insert(&it.fingerprint), "{name}: {} twice", it.title());
            match it.places.as_slice() {
                [] => told.push(&it.fingerprint),
                places => told.extend(places.iter().map(|it| it.fingerprint.as_str())),
            }
        }
        told.sort_unstable();
        let mut all: Vec<&str> = diff.findings.iter().map(|it| it.fingerprint.as_str()).collect();
        all.sort_unstable();
        assert_eq!(told, all, "{name}");
        let weights: Vec<_> = folded.findings.iter().map(|it| it.verdict.weight()).collect();
        assert!(weights.is_sorted_by(|a, b| a >= b), "{name}: the worst first");
    }
}

/// What is shown of two texts is what differs in them.
#[test]
fn no_row_shows_the_same_on_both_sides() {
    for (name, old, new) in pairs() {
        for it in &diff::compare(&old, &new).findings {
            if let (Some(was), Some(is)) = (&it.old.value, &it.new.value) {
                // The Rust names of one value differ: both lines are shown.
                let by_code = it.old.rust.is_some() && it.old.rust != it.new.rust;
                assert!(was != is || by_code, "{name}: {} {was}", it.title());
            }
        }
    }
}

#[test]
fn the_headline_names_the_api_and_each_file_once() {
    let (old, new) = (document(""), document(", kind: {type: string}"));
    let (old, new) = (Input::new("old.yaml", old), Input::new("new.yaml", new));
    let models = [&old, &new].map(|it| tamarack::read(it).model.expect("a model"));
    let folded = diff::compare(&models[0], &models[1]).folded();
    let texts = |it| Texts::new(it);
    let report = Report { diff: &folded, old: texts(&old), new: texts(&new), krate: None };
    let (text, markdown) = (report::text(&report, Paint::Plain), report::markdown(&report));
    assert!(text.starts_with("Many Owners 1, two snapshots: 1 change; worst: request"), "{text}");
    for it in [&text, &markdown] {
        assert_eq!(it.matches("old.yaml").count(), 1, "{it}");
        assert_eq!(it.matches("new.yaml").count(), 1, "{it}");
        assert!(it.contains("not there") && it.contains("OneDto.kind"), "{it}");
    }
}
