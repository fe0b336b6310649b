//! The life of an accepted change: accepted, expired, unused, malformed.

use serde_json::Value;

use super::{Run, Shop, schema};

/// Runs the diff that breaks with an accept file of this content.
fn with(shop: &Shop, accepts: &str, args: &str) -> Run {
    shop.put("accept.toml", accepts);
    shop.diff(&format!("1.yaml 2.yaml --accept accept.toml {args}"))
}

fn entry(fingerprint: &str, rest: &str) -> String {
    format!("[[accept]]\nfingerprint = \"{fingerprint}\"\nreason = \"nobody reads it\"\n{rest}")
}

#[test]
fn an_accepted_change_is_shown_and_does_not_count() {
    let shop = Shop::new("accepted");
    let accepts = entry(&shop.fingerprint(), "");
    let run = with(&shop, &accepts, "--fail-on wire");
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
    assert!(run.out.starts_with("Pet Shop 1 -> 2: 2 changes (1 accepted); "), "{}", run.out);
    assert!(run.out.contains("breaking Pets.names: type changed\n"), "{}", run.out);
    assert!(run.out.contains("\n    accepted: nobody reads it\n"), "{}", run.out);
    assert_eq!(with(&shop, &accepts, "--fail-on rust").code, Some(0));
    // The version is no accepted change.
    assert_eq!(with(&shop, &accepts, "--fail-on any").code, Some(6));
    assert_eq!(shop.diff("1.yaml 2.yaml --fail-on wire").code, Some(6));
}

#[test]
fn every_format_marks_it() {
    let shop = Shop::new("formats");
    let accepts = entry(&shop.fingerprint(), "expires = \"9999-12-31\"\n");
    let reason = "accepted until 9999-12-31: nobody reads it";
    let report = |format: &str| with(&shop, &accepts, &format!("--format {format}")).out;

    let markdown = report("markdown");
    assert!(markdown.contains("<details><summary>1 accepted</summary>"), "{markdown}");
    assert!(markdown.contains(reason), "{markdown}");
    let github = report("github");
    let line = github.lines().find(|it| it.contains("type changed")).expect("the change");
    assert!(line.starts_with("::notice ") && line.contains(reason), "{line}");
    let junit = report("junit");
    assert!(junit.contains("failures=\"0\" skipped=\"1\""), "{junit}");
    assert!(junit.contains(&format!("<skipped message=\"{reason}\"/>")), "{junit}");
    let json: Value = serde_json::from_str(&report("json")).expect("JSON");
    schema::check(&json, schema::DIFF);
    let accepted = |kind: &str| {
        let all = json["findings"].as_array().expect("findings");
        all.iter().find(|it| it["kind"] == kind).expect("a finding")["accepted"].clone()
    };
    let expected = serde_json::json!({"reason": "nobody reads it", "expires": "9999-12-31"});
    assert_eq!(accepted("type-changed"), expected);
    assert_eq!(accepted("version-changed"), Value::Null);
}

#[test]
fn an_entry_that_has_expired_counts_again() {
    let shop = Shop::new("expired");
    let fingerprint = shop.fingerprint();
    let run = with(&shop, &entry(&fingerprint, "expires = \"2000-01-01\"\n"), "--fail-on wire");
    assert_eq!(run.code, Some(6));
    assert_eq!(
        run.err,
        format!(
            "warning: accept.toml:2:15: the acceptance of `{fingerprint}` expired on 2000-01-01; \
             it counts again\n"
        )
    );
    assert!(!run.out.contains("nobody reads it"), "{}", run.out);
}

#[test]
fn an_entry_that_fits_nothing_is_a_warning() {
    let shop = Shop::new("unused");
    let accepts = entry(&shop.fingerprint(), "\n") + &entry("0123456789abcdef", "");
    let run = with(&shop, &accepts, "--fail-on wire");
    assert_eq!(run.code, Some(0));
    assert_eq!(
        run.err,
        "warning: accept.toml:6:15: no change has the fingerprint `0123456789abcdef`; \
         delete the entry\n"
    );
}

#[test]
fn what_is_reverted_on_the_way_can_be_accepted_too() {
    let shop = Shop::new("hop");
    shop.put("accept.toml", &entry(&shop.fingerprint(), ""));
    let run = shop.diff("1.yaml 2.yaml 3.yaml --accept accept.toml");
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
    assert!(run.out.starts_with("1 -> 2: 2 changes (1 accepted); "), "{}", run.out);
}

#[test]
fn all_that_is_wrong_with_the_file_is_said_with_its_place() {
    let shop = Shop::new("malformed");
    let good = "0123456789abcdef";
    let wrong = |accepts: &str| {
        let run = with(&shop, accepts, "");
        assert_eq!((run.code, run.out.as_str()), (Some(3), ""), "{accepts}");
        run.err
    };
    let all = entry("names", "expires = \"tomorrow\"\n\n")
        + &entry(good, "")
        + &entry(good, "").replace("nobody reads it", " ");
    assert_eq!(
        wrong(&all),
        format!(
            "error: accept.toml:2:15: `names` is no fingerprint: \
             write its 16 digits as a report shows them\n\
             error: accept.toml:4:11: `tomorrow` is no day: write YYYY-MM-DD\n\
             error: accept.toml:10:15: `{good}` is accepted in line 7 already\n\
             error: accept.toml:11:10: say why: an empty `reason` accepts nothing\n"
        )
    );
    let no_day = wrong(&entry(good, "expires = \"2026-02-30\"\n"));
    assert!(no_day.contains("4:11: `2026-02-30` is no day"), "{no_day}");
    let no_reason = wrong(&format!("[[accept]]\nfingerprint = \"{good}\"\n"));
    assert!(no_reason.contains("accept.toml:1:1: missing field `reason`"), "{no_reason}");
    let misspelt = wrong(&entry(good, "until = \"2026-02-01\"\n"));
    assert!(misspelt.contains("accept.toml:4:1: unknown field `until`"), "{misspelt}");
    assert!(wrong("[[accept]\n").starts_with("error: accept.toml:1:"), "no TOML");
    let gone = shop.diff("1.yaml 2.yaml --accept gone.toml");
    assert_eq!(gone.code, Some(3));
    assert!(gone.err.starts_with("error: cannot read `gone.toml`: "), "{}", gone.err);
}

#[test]
fn an_empty_file_accepts_nothing() {
    let shop = Shop::new("empty");
    let run = with(&shop, "# nothing yet\n", "--fail-on wire");
    assert_eq!((run.code, run.err.as_str()), (Some(6), ""));
}
