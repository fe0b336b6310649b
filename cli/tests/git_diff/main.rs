//! `tamarack diff --git` in real repositories, the GitHub action and the job for GitLab.
#![expect(clippy::disallowed_methods, reason = "a test sets up its folder by hand")]
#![cfg(unix)]

mod action;
mod budget;
#[path = "../../../tests/src/fences.rs"]
#[allow(dead_code, unreachable_pub, reason = "it is part of a library, too")]
mod fences;
mod formats;
mod repository;
#[path = "../shared/run.rs"]
mod run;
#[path = "../shared/schema.rs"]
mod schema;

use repository::Repository;

/// A document of one operation whose response has these properties.
pub(crate) fn document(title: &str, properties: &str) -> String {
    format!(
        "openapi: 3.0.3
info: {{title: {title}, version: '1'}}
paths:
  /{title}:
    get:
      operationId: list_{title}
      responses:
        '200':
          description: All of them.
          content:
            application/json:
              schema: {{$ref: '#/components/schemas/List'}}
components:
  schemas:
    List: {{type: object, properties: {{{properties}}}}}
"
    )
}

/// A branch `change` that renames and changes one document, adds and removes one, leaves one and
/// changes a file that is none; `main` has gone on since.
fn changed(name: &str) -> Option<Repository> {
    let it = Repository::new(name)?;
    it.put("specs/pets.yaml", &document("pets", "name: {type: string}"));
    it.put("specs/shops.yaml", &document("shops", "name: {type: string}"));
    it.put("specs/same.yaml", &document("same", "name: {type: string}"));
    it.put("other/birds.yaml", &document("birds", "name: {type: string}"));
    it.put("settings.yaml", "a: 1\n");
    it.commit("first");
    it.git("checkout --quiet -b change");
    it.git("mv specs/pets.yaml specs/animals.yaml");
    it.put("specs/animals.yaml", &document("pets", "name: {type: integer}"));
    it.git("rm --quiet specs/shops.yaml");
    it.put(
        "specs/new.json",
        r#"{"openapi": "3.0.3", "info": {"title": "new", "version": "1"}, "paths": {}}"#,
    );
    it.put("settings.yaml", "a: 2\n");
    it.commit("second");
    it.git("checkout --quiet main");
    it.put("other/birds.yaml", &document("birds", "name: {type: boolean}"));
    it.commit("third");
    it.git("checkout --quiet change");
    Some(it)
}

#[test]
fn every_document_that_differs_is_told() {
    let Some(it) = changed("told") else { return };
    let run = it.diff("--git main...change");
    assert_eq!(run.code, Some(0), "{}", run.err);
    let firsts: Vec<_> = run.out.lines().filter(|it| it.starts_with("specs/")).collect();
    assert_eq!(
        firsts,
        [
            "specs/animals.yaml (renamed from specs/pets.yaml): pets 1, two snapshots: 1 change; \
             worst: request none, response breaking, Rust major",
            "specs/new.json: added: new 1, 0 operations",
            "specs/shops.yaml: removed: shops 1, 1 operation",
        ],
        "{}",
        run.out
    );
    assert!(run.out.contains("\n- main:specs/pets.yaml\n+ specs/animals.yaml\n"), "{}", run.out);
    assert!(!run.out.contains("same.yaml") && !run.out.contains("birds"), "{}", run.out);
    assert_eq!(run.err, "note: changed, but no OpenAPI documents: settings.yaml\n");
    // Two dots compare with what `main` is now.
    let run = it.diff("--git main..change");
    assert!(run.out.contains("other/birds.yaml: birds 1, two snapshots: 1 change"), "{}", run.out);
}

#[test]
fn paths_choose_documents_from_any_folder() {
    let Some(it) = changed("paths") else { return };
    for (folder, path) in
        [("", "specs/animals.yaml"), ("", "specs/pets.yaml"), ("specs", "animals.yaml")]
    {
        let run = it.diff_in(folder, &format!("--git main...change {path}"));
        assert_eq!((run.code, run.err.as_str()), (Some(0), ""), "{path}");
        assert!(run.out.starts_with("specs/animals.yaml (renamed from specs/pets.yaml): "));
        assert!(!run.out.contains("shops"), "{}", run.out);
    }
    // Without a path it is the whole repository, also from a folder of it.
    assert_eq!(it.diff_in("other", "--git main...change").out, it.diff("--git main...change").out);
    let run = it.diff("--git main...change other");
    assert_eq!(run.out, "no OpenAPI document changed from main to change\n");
    let run = it.diff("--git main...change specs other/bird.yaml --fail-on wire");
    let expected = "error: `other/bird.yaml` names no YAML or JSON file in `main` or `change`\n";
    assert_eq!((run.code, run.err.as_str(), run.out.as_str()), (Some(3), expected, ""));
}

#[test]
fn the_exit_code_counts_every_document() {
    let Some(it) = changed("codes") else { return };
    let code = |args: &str| it.diff(&format!("--git main...change {args}")).code;
    for fail_on in ["breaking", "unknown", "wire", "rust", "any"] {
        assert_eq!(code(&format!("specs/shops.yaml --fail-on {fail_on}")), Some(6), "{fail_on}");
        assert_eq!(code(&format!("specs/animals.yaml --fail-on {fail_on}")), Some(6), "{fail_on}");
        let expected = if fail_on == "any" { 6 } else { 0 };
        assert_eq!(code(&format!("specs/new.json --fail-on {fail_on}")), Some(expected));
        assert_eq!(code(&format!("other --fail-on {fail_on}")), Some(0), "{fail_on}");
    }
    assert_eq!(code("--fail-on none"), Some(0));
    // What is accepted does not count.
    let report = it.diff("--git main...change specs/animals.yaml --format json").out;
    let report: serde_json::Value = serde_json::from_str(&report).expect("JSON");
    let fingerprint = report["files"][0]["diff"]["findings"][0]["fingerprint"].as_str();
    let fingerprint = fingerprint.expect("a fingerprint");
    it.put(
        "accept.toml",
        &format!("[[accept]]\nfingerprint = \"{fingerprint}\"\nreason = \"no client\"\n"),
    );
    assert_eq!(code("specs/animals.yaml --fail-on breaking --accept accept.toml"), Some(0));
    assert_eq!(code("--fail-on breaking --accept accept.toml"), Some(6));
}

#[test]
fn a_document_that_cannot_be_read_is_no_green() {
    let Some(it) = Repository::new("unreadable") else { return };
    it.put("a.yaml", &document("a", "name: {type: string}"));
    it.put("b.yaml", &document("b", "name: {type: string}"));
    it.commit("first");
    it.put("a.yaml", "openapi: 3.0.3\ninfo: [\n");
    it.put("b.yaml", &document("b", "name: {type: string}, more: {type: string}"));
    it.put("c.yaml", "swagger: '2.0'\ninfo: {title: c, version: '1'}\npaths: {}\n");
    it.commit("second");
    let run = it.diff("--git HEAD~1..HEAD --fail-on any");
    assert_eq!(run.code, Some(3));
    assert!(run.out.contains("a.yaml: could not be read, so it was not compared\n"), "{}", run.out);
    assert!(run.out.contains("b.yaml: b 1, two snapshots: 1 change"), "{}", run.out);
    assert!(run.out.contains("c.yaml: could not be read"), "{}", run.out);
    assert!(run.err.contains("a.yaml:"), "{}", run.err);
    // A document that is none any more was one.
    it.put("b.yaml", "open: 3.0.3\n");
    it.commit("third");
    let run = it.diff("--git HEAD~1..HEAD");
    assert!(run.out.starts_with("b.yaml: could not be read"), "{}", run.out);
    assert_eq!(run.code, Some(3));
}

#[test]
fn what_git_does_not_know_is_an_error_with_help() {
    let Some(it) = changed("faults") else { return };
    let run = it.diff("--git nowhere..HEAD");
    assert_eq!(run.code, Some(3));
    assert!(run.err.starts_with("error: git knows no commit `nowhere`\nhelp: a shallow clone"));
    let run = it.diff("--git --output=stolen..HEAD");
    assert_ne!(run.code, Some(0));
    assert!(!it.0.join("stolen").exists());
    let run = it.diff("--git main");
    assert_eq!(run.code, Some(2));
    assert!(run.err.contains("write BASE..HEAD"), "{}", run.err);
    it.git("checkout --quiet --orphan alone");
    it.commit("alone");
    let run = it.diff("--git main...HEAD");
    assert_eq!(run.code, Some(3));
    assert!(run.err.starts_with("error: `main` and `HEAD` have no commit in common\n"));
    let run = it.diff("specs/same.yaml");
    assert_eq!(run.code, Some(2), "one document alone is not enough");
    std::fs::remove_dir_all(it.0.join(".git")).expect("the repository is removed");
    let run = it.diff("--git main..HEAD");
    assert_eq!(run.code, Some(3));
    assert!(run.err.contains("not a git repository"), "{}", run.err);
}

/// A document that did not change itself is another one with the files that it refers to.
#[test]
fn a_document_whose_files_changed_is_compared() {
    let Some(it) = Repository::new("files") else { return };
    let refers = |title: &str, file: &str| {
        document(title, "name: {type: string}")
            .replace("    List: {", &format!("    Other: {{$ref: '{file}'}}\n    List: {{"))
    };
    it.put("api/pets.yaml", &refers("pets", "parts/pet.yaml#/Pet"));
    it.put("api/parts/pet.yaml", "Pet: {$ref: '../../common.yaml#/Tag'}\n");
    it.put("common.yaml", "Tag: {type: object, properties: {a: {type: string}}}\nMore: {}\n");
    // One that names the file and does not use it, and one that refers to another file of the name.
    it.put("api/told.yaml", &document("told", "name: {type: string, description: common.yaml}"));
    it.put("else/shops.yaml", &refers("shops", "common.yaml#/Tag"));
    it.put("else/common.yaml", "Tag: {type: object}\n");
    it.commit("first");
    it.put("common.yaml", "Tag: {type: object, properties: {a: {type: integer}}}\nMore: {}\n");
    it.put("alone.yaml", "a: 1\n");
    it.commit("second");
    for args in ["", " api", " api/pets.yaml"] {
        let run = it.diff(&format!("--git HEAD~1..HEAD{args}"));
        let first = run.out.lines().next().unwrap_or_default();
        let expected = "api/pets.yaml: pets 1, two snapshots: 1 change; worst: ";
        assert!(first.starts_with(expected), "{args}: {} {}", run.out, run.err);
        assert!(!run.out.contains("told.yaml") && !run.out.contains("shops.yaml"), "{}", run.out);
        let note = if args.is_empty() {
            "note: changed, but no OpenAPI documents: alone.yaml\n"
        } else {
            ""
        };
        assert_eq!(run.err, note, "{args}");
    }
    let run = it.diff("--git HEAD~1..HEAD else");
    assert_eq!(run.out, "no OpenAPI document changed from HEAD~1 to HEAD\n");
    assert_eq!(it.diff("--git HEAD~1..HEAD --fail-on rust").code, Some(6));
}
