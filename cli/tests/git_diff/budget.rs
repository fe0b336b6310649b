//! The markdown of a large change fits a comment: the worst rows are kept, the others counted.

use std::fmt::Write;

use super::document;
use super::repository::Repository;

/// How many characters a comment may have.
const COMMENT: usize = 65_536;

/// Returns properties of a schema, of which `n` have a type of their own kind; `#` in it is the number of the property,
/// so that no two changes are the same.
fn properties(n: usize, breaking: &str, more: &str) -> String {
    let mut acc = String::new();
    for index in 0..n {
        let breaking = breaking.replace('#', &index.to_string());
        let _ = write!(acc, "breaks_{index}_{}: {{type: {breaking}}}, ", "x".repeat(40));
    }
    for index in 0..n {
        let _ = write!(
            acc,
            "{more}_{index}_{}: {{type: string, description: {more}}}, ",
            "y".repeat(40)
        );
    }
    acc.trim_end_matches(", ").to_owned()
}

/// Returns objects; with `more` each has a property that no other one has, so that each addition has its row.
fn objects(n: usize, more: bool) -> String {
    let object = |index: usize| {
        let name = format!("new_{index}_{}", "y".repeat(40));
        let more = if more { format!(", {name}: {{type: string}}") } else { String::new() };
        format!("object_{index}: {{type: object, properties: {{a: {{type: string}}{more}}}}}")
    };
    (0..n).map(object).collect::<Vec<_>>().join(", ")
}

/// Returns the words of the counts of rows that are left out, with their sums.
fn left_out(out: &str, word: &str) -> usize {
    let counts = out.lines().filter(|it| it.contains(" not fit: "));
    let of = |line: &str| {
        let list = line.split_once(": ").expect("counts").1.trim_end_matches('.');
        let entry = list.split(", ").find_map(|it| it.strip_suffix(word));
        entry.map_or(0, |it| it.trim().parse::<usize>().expect("a number"))
    };
    counts.map(of).sum()
}

#[test]
fn the_worst_rows_of_all_documents_are_kept() {
    let Some(it) = Repository::new("budget") else { return };
    // The first document has only changes that break nothing, the last has those that break.
    for index in 0..3 {
        it.put(&format!("{index}.yaml"), &document(&format!("t{index}"), &objects(200, false)));
    }
    it.put("9.yaml", &document("t9", &properties(60, "string, enum: [e#]", "old")));
    it.commit("first");
    for index in 0..3 {
        it.put(&format!("{index}.yaml"), &document(&format!("t{index}"), &objects(200, true)));
    }
    it.put("9.yaml", &document("t9", &properties(60, "integer", "old")));
    it.commit("second");
    let json = it.diff("--git HEAD~1..HEAD --format json").out;
    let json: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    let rows = || {
        let files = json["files"].as_array().expect("files").iter();
        files.flat_map(|it| it["diff"]["findings"].as_array().expect("findings"))
    };
    let n_breaking = rows().filter(|it| it["response"] == "breaking").count();
    assert!(n_breaking >= 60, "{n_breaking}");

    let out = it.diff("--git HEAD~1..HEAD --format markdown").out;
    assert!(out.chars().count() <= COMMENT, "{}", out.chars().count());
    assert!(out.chars().count() > COMMENT * 3 / 4, "{}", out.chars().count());
    let shown = |word: &str| {
        let is = |line: &&str| line.starts_with("| ") && line.split(" | ").nth(1) == Some(word);
        out.lines().filter(is).count()
    };
    assert_eq!(shown("**breaking**"), n_breaking, "every row that breaks is kept");
    assert_eq!(left_out(&out, "breaking"), 0);
    let n_table = out.lines().filter(|it| it.starts_with("| ") && !it.contains("---")).count();
    let n_headers = out.lines().filter(|it| it.starts_with("| request |")).count();
    let n_left = ["major", "minor", "patch", "compatible", "potentially", "none", "unknown"]
        .iter()
        .map(|it| left_out(&out, &format!(" {it}")))
        .sum::<usize>();
    assert!(n_left > 0);
    assert_eq!(n_table - n_headers + n_left, rows().count(), "every row is shown or counted");
}

#[test]
fn hundreds_of_documents_fit_and_the_worst_are_kept() {
    let Some(it) = Repository::new("documents") else { return };
    for index in 0..250 {
        it.put(
            &format!("specs/{index}.yaml"),
            &document(&format!("t{index}"), "a: {type: string}"),
        );
    }
    it.commit("first");
    for index in 0..250 {
        // Only the last one breaks.
        let kind = if index == 249 { "a: {type: integer}" } else { "a: {type: string, title: T}" };
        it.put(&format!("specs/{index}.yaml"), &document(&format!("t{index}"), kind));
    }
    it.commit("second");
    let out = it.diff("--git HEAD~1..HEAD --format markdown").out;
    assert!(out.chars().count() <= COMMENT, "{}", out.chars().count());
    assert!(out.contains("### `specs/249.yaml`"), "the worst document is kept");
    let headings = out.lines().filter(|it| it.starts_with("### ")).count();
    let last = out.lines().last().expect("a line");
    let counted = last.split(' ').next().expect("a number").parse::<usize>().expect("a number");
    assert!(last.contains("more documents do not fit"), "{last}");
    assert_eq!(headings + counted, 250);
}
