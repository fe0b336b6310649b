//! Three documents: the net and what was reverted, in every format.

use serde_json::Value;

use super::{NAMES, PETS, Shop, schema, version};

const ALL: &str = "1.yaml 2.yaml 3.yaml";

#[test]
fn the_text_has_hops_net_and_reverts() {
    let run = Shop::new("text").diff(ALL);
    assert_eq!(run.code, Some(0), "{}", run.err);
    let lines: Vec<_> = run.out.lines().take(5).collect();
    assert_eq!(
        lines,
        [
            "1 -> 2: 2 changes; worst: request none, response breaking, Rust major",
            "2 -> 3: 3 changes; worst: request none, response breaking, Rust major",
            "net 1 -> 3: 2 changes; worst: request none, response compatible, Rust minor",
            "suggested bump: minor",
            "1 appeared and reverted",
        ]
    );
    let added = "compatible Pets.total: property added\n    in 3\n";
    let reverted = "breaking Pets.names: type changed\n    appeared in 2, reverted in 3\n";
    let (net, passed) = (run.out.find(added), run.out.find(reverted));
    assert!(net.is_some() && net < passed, "{}", run.out);
    assert!(run.out.contains("- list of string  (1.yaml:15:39)"), "{}", run.out);
    assert!(run.out.contains("+ integer (int64)  (2.yaml:15:39)"), "{}", run.out);
}

#[test]
fn markdown_folds_what_was_reverted() {
    let run = Shop::new("markdown").diff(&format!("{ALL} --format markdown"));
    for expected in [
        "### net 1 -> 3: 2 changes; ",
        "\nsuggested bump: minor\n",
        "\n| 1 -> 2 | 2 | none | **breaking** | **major** |\n",
        "\n| net 1 -> 3 | 2 | none | compatible | minor |\n",
        "<details><summary>1 appeared and reverted</summary>",
        "<br>appeared in 2, reverted in 3 |",
    ] {
        assert!(run.out.contains(expected), "no `{expected}` in {}", run.out);
    }
}

#[test]
fn json_is_that_of_two_documents_and_a_timeline() {
    let shop = Shop::new("json");
    let read = |args: &str| -> Value {
        let run = shop.diff(&format!("{args} --format json"));
        let report = serde_json::from_str(&run.out).expect("JSON");
        schema::check(&report, schema::DIFF);
        report
    };
    let (two, mut three) = (read("1.yaml 3.yaml"), read(ALL));
    let timeline = three.as_object_mut().and_then(|it| it.remove("timeline")).expect("a timeline");
    assert_eq!(three, two, "a program that knows two documents reads the net");
    assert_eq!(two.get("timeline"), None);
    assert_eq!(timeline["hops"].as_array().map(Vec::len), Some(2));
    assert_eq!(timeline["hops"][0]["findings"], read("1.yaml 2.yaml")["findings"]);
    let rows = timeline["rows"].as_array().expect("rows");
    let reverted: Vec<_> = rows.iter().filter(|it| it["fate"] == "reverted").collect();
    assert_eq!(reverted.len(), 1);
    assert_eq!(reverted[0]["story"], "appeared in 2, reverted in 3");
    let step = &reverted[0]["steps"][0];
    let index = |value: &Value| usize::try_from(value.as_u64().expect("an index")).expect("small");
    let finding = &timeline["hops"][index(&step["hop"])]["findings"][index(&step["finding"])];
    assert_eq!(finding["kind"], "type-changed");
}

#[test]
fn github_notes_what_was_reverted_at_the_place_where_it_appeared() {
    let run = Shop::new("github").diff(&format!("{ALL} --format github"));
    let lines: Vec<_> = run.out.lines().collect();
    let revert = lines.iter().find(|it| it.contains("type changed")).expect("the revert");
    assert!(
        revert.starts_with("::notice file=2.yaml,line=15,col=39,title=type changed::"),
        "{revert}"
    );
    assert!(revert.contains("appeared in 2, reverted in 3; request none"), "{revert}");
    assert!(lines.iter().any(|it| it.starts_with("::notice file=3.yaml,line=15,")), "{lines:?}");
    assert!(!run.out.contains("::error"), "nothing of the net breaks: {}", run.out);
    let rest = lines.iter().filter(|it| !it.starts_with("::"));
    assert!(rest.clone().count() == 4 && rest.clone().all(|it| it.starts_with("tamarack diff: ")));
}

#[test]
fn junit_skips_what_was_reverted() {
    let run = Shop::new("junit").diff(&format!("{ALL} --format junit"));
    assert!(run.out.contains("tests=\"3\" failures=\"0\" skipped=\"1\""), "{}", run.out);
    let skipped = "<skipped message=\"appeared in 2, reverted in 3\"/></testcase>";
    assert!(run.out.contains(skipped), "{}", run.out);
}

#[test]
fn a_gate_looks_at_the_net() {
    let shop = Shop::new("gate");
    let code = |args: &str| shop.diff(args).code;
    assert_eq!(code("1.yaml 2.yaml --fail-on wire"), Some(6));
    assert_eq!(code(&format!("{ALL} --fail-on wire")), Some(0));
    assert_eq!(code(&format!("{ALL} --fail-on rust")), Some(0));
    assert_eq!(code(&format!("{ALL} --fail-on any")), Some(6));
    assert_eq!(code("1.yaml 3.yaml 2.yaml --fail-on wire"), Some(6));
}

#[test]
fn every_document_has_its_overlay_or_none() {
    let shop = Shop::new("overlays");
    shop.put(
        "o.toml",
        "[[name]]\nat = \"#/components/schemas/Pets\"\nname = \"Zoo\"\nreason = \"r\"\n",
    );
    let all = shop.diff(&format!("{ALL} --overlay o.toml --overlay o.toml --overlay o.toml"));
    assert_eq!(all.code, Some(0), "{}", all.err);
    assert!(!all.out.contains("type-renamed"), "{}", all.out);
    let second = shop.diff(&format!("{ALL} --overlay - --overlay o.toml --overlay -"));
    assert_eq!(second.code, Some(0), "{}", second.err);
    assert!(second.out.contains("2 appeared and reverted"), "{}", second.out);

    let few = shop.diff(&format!("{ALL} --overlay o.toml"));
    assert_eq!(few.code, Some(2));
    assert_eq!(
        few.err,
        "error: there are 3 documents and 1 times `--overlay`; \
         give it once for each, in order, `-` where there is none\n"
    );
    assert_eq!(shop.diff(&format!("{ALL} --new-overlay o.toml")).code, Some(2));
    assert_eq!(shop.diff("1.yaml 2.yaml --overlay - --old-overlay o.toml").code, Some(2));
    assert_eq!(shop.diff("1.yaml 2.yaml --overlay - --overlay -").code, Some(0));
}

#[test]
fn each_document_that_cannot_be_read_is_named() {
    let run = Shop::new("unreadable").diff("1.yaml gone.yaml 3.yaml lost.yaml");
    assert_eq!(run.code, Some(3));
    assert!(run.err.contains("`gone.yaml`") && run.err.contains("`lost.yaml`"), "{}", run.err);
}

#[test]
fn snapshots_of_one_version_are_told_apart() {
    let shop = Shop::new("snapshots");
    shop.put("later.yaml", &PETS.replace(NAMES, "names: {type: integer}"));
    let two = shop.diff("1.yaml later.yaml");
    let heading =
        "Pet Shop 1, two snapshots: 1 change; worst: request none, response breaking, Rust major\n";
    assert!(two.out.starts_with(heading), "{}", two.out);
    let json: Value =
        serde_json::from_str(&shop.diff("1.yaml later.yaml --format json").out).expect("JSON");
    schema::check(&json, schema::DIFF);
    assert_eq!(json["same_version"], true);
    shop.put("last.yaml", &version("1"));
    let three = shop.diff("1.yaml later.yaml last.yaml");
    assert!(three.out.starts_with("1 -> 1 (2): 1 change; "), "{}", three.out);
    assert!(three.out.contains("\nnet 1 -> 1 (3): no changes\n"), "{}", three.out);
    assert!(three.out.contains("appeared in 1 (2), reverted in 1 (3)"), "{}", three.out);
}

#[test]
fn the_next_version_of_the_crate_is_named_when_this_one_is_known() {
    let shop = Shop::new("bump");
    let bump = |args: &str| {
        let out = shop.diff(args).out;
        out.lines().find(|it| it.starts_with("suggested bump")).map(str::to_owned)
    };
    let is = |text: &str| Some(format!("suggested bump: {text}"));
    assert_eq!(bump("1.yaml 2.yaml"), is("major"));
    assert_eq!(bump("1.yaml 2.yaml --crate-version 0.1.0"), is("major (0.1.0 -> 0.2.0)"));
    assert_eq!(bump("1.yaml 2.yaml --crate-version 1.4.2"), is("major (1.4.2 -> 2.0.0)"));
    assert_eq!(bump("1.yaml 3.yaml --crate-version 1.4.2"), is("minor (1.4.2 -> 1.5.0)"));
    assert_eq!(bump("1.yaml 3.yaml --crate-version 0.1.0"), is("minor (0.1.0 -> 0.1.1)"));
    let markdown = bump("1.yaml 2.yaml --crate-version 0.1.0 --format markdown");
    assert_eq!(markdown, is("major (0.1.0 -> 0.2.0)"));
    let json = shop.diff("1.yaml 2.yaml --crate-version 0.1.0 --format json").out;
    let json: Value = serde_json::from_str(&json).expect("JSON");
    schema::check(&json, schema::DIFF);
    assert_eq!(json["bump"], serde_json::json!({"level": "major", "from": "0.1.0", "to": "0.2.0"}));
    assert_eq!(shop.diff("1.yaml 2.yaml --crate-version next").code, Some(2));
}

/// Each word of a verdict is a gate: a difference that nobody can judge is `unknown`.
#[test]
fn a_gate_is_named_by_the_worst_that_it_lets_pass() {
    let shop = Shop::new("gates");
    shop.put("not.yaml", &PETS.replace(NAMES, "names: {not: {enum: [x]}}"));
    shop.put("not-2.yaml", &PETS.replace(NAMES, "names: {not: {enum: [y]}}"));
    let code = |args: &str| shop.diff(args).code;
    assert_eq!(code("not.yaml not-2.yaml --fail-on unknown"), Some(6));
    assert_eq!(code("not.yaml not-2.yaml --fail-on wire"), Some(6));
    assert_eq!(code("not.yaml not-2.yaml --fail-on breaking"), Some(0));
    assert_eq!(code("not.yaml not.yaml --fail-on unknown"), Some(0));
    assert_eq!(code("1.yaml 2.yaml --fail-on unknown"), Some(6));
    assert_eq!(code("1.yaml 2.yaml --fail-on breaking"), Some(6));
}
