//! What the overlay accepts, what strict makes of the rest, and entries that accept nothing.

use tamarack::Text;
use tamarack::codes;
use tamarack::diagnostic::{Diagnostic, Loss, Severity};
use tamarack::pointer::Pointer;
use tamarack::strict::{self, Mode, OverlayFault};

fn at(pointer: &str) -> Pointer {
    Pointer::parse(pointer).expect("a pointer")
}

fn overlay(entries: &[(&str, &str)]) -> Text {
    let entry = |(code, at): &(&str, &str)| {
        format!("\n[[accept]]\ncode = \"{code}\"\nat = \"{at}\"\nreason = \"r\"\n")
    };
    let secret = "[[secret]]\nat = \"#/a\"\nreason = \"r\"\n".to_owned();
    let content = std::iter::once(secret).chain(entries.iter().map(entry)).collect();
    Text { name: "pets.overlay.toml".into(), content }
}

fn gap() -> Diagnostic {
    let content = at("#/paths/~1a/post/requestBody/content/application~1x-ndjson");
    Diagnostic::skipped(codes::REQUEST_BODY, content, "not supported")
        .loss(Loss::Operation(at("#/paths/~1a/post")))
}

#[test]
fn an_accepted_gap_is_counted_and_not_open() {
    let overlay = overlay(&[("OAS312", "#/paths/~1a/post")]);
    for mode in [Mode::Lenient, Mode::Strict] {
        let verdict = strict::judge(vec![gap()], Some(&overlay), mode);
        assert!(verdict.open.is_empty());
        assert_eq!(verdict.accepted, [gap()]);
    }
}

#[test]
fn a_gap_that_nobody_accepts_is_an_error_under_strict_with_the_lines_that_accept_it() {
    let verdict = strict::judge(vec![gap()], Some(&overlay(&[])), Mode::Strict);
    assert!(verdict.has_errors());
    assert_eq!(verdict.open[0].severity, Severity::Error);
    assert_eq!(
        verdict.open[0].help.as_deref(),
        Some(
            "to accept the gap, add to pets.overlay.toml:\n\
             [[accept]]\ncode = \"OAS312\"\nat = \"#/paths/~1a/post\"\nreason = \"...\""
        )
    );
    let verdict = strict::judge(vec![gap()], None, Mode::Lenient);
    assert!(!verdict.has_errors());
    assert_eq!(verdict.open, [gap()]);
}

#[test]
fn the_proposed_entry_covers_its_gap_even_when_the_cause_lies_elsewhere() {
    let elsewhere = Diagnostic { at: at("#/components/schemas/A"), ..gap() };
    let verdict = strict::judge(vec![elsewhere.clone()], None, Mode::Strict);
    let help = verdict.open[0].help.clone().expect("a help");
    let (_, entry) = help.split_once('\n').expect("two lines");
    let overlay = Text { name: "o".into(), content: entry.to_owned() };
    assert_eq!(strict::judge(vec![elsewhere], Some(&overlay), Mode::Strict).accepted.len(), 1);
}

#[test]
fn code_and_place_both_have_to_match() {
    for entry in [("OAS313", "#/paths/~1a/post"), ("OAS312", "#/paths/~1a/po")] {
        let verdict = strict::judge(vec![gap()], Some(&overlay(&[entry])), Mode::Lenient);
        assert_eq!(verdict.open[0], gap());
        assert_eq!(verdict.open[1].code, codes::UNUSED_OVERLAY);
        // Without strict nothing needs to be accepted: nothing is lost by the entry.
        assert_eq!(verdict.open[1].severity, Severity::Warning);
        assert_eq!(verdict.overlay_fault(), None);
    }
}

#[test]
fn an_entry_that_accepts_nothing_is_an_error_that_says_why() {
    let wrong = Diagnostic { severity: Severity::Error, ..gap() };
    let overlay = overlay(&[
        ("OAS312", "#/paths/~1a/post"),
        ("OAS999", "#/paths"),
        ("OAS312", "paths"),
        ("OAS301", "#/components"),
    ]);
    let verdict = strict::judge(vec![wrong], Some(&overlay), Mode::Strict);
    assert_eq!(verdict.overlay_fault(), Some(OverlayFault::Misfit));
    let unused: Vec<_> = verdict.open[1..]
        .iter()
        .map(|it| (it.title.as_str(), it.help.as_deref().unwrap_or(""), it.position))
        .collect();
    assert_eq!(
        unused,
        [
            (
                "there is no `OAS312` at `#/paths/~1a/post`",
                "the diagnostic there is an error; only a skip can be accepted",
                Some((5, 1))
            ),
            ("there is no `OAS999` at `#/paths`", "there is no such code", Some((10, 1))),
            (
                "there is no `OAS312` at `paths`",
                "write `at` as a JSON pointer, for example `#/paths/~1pets/get`",
                Some((15, 1))
            ),
            (
                "there is no `OAS301` at `#/components`",
                "delete the entry: the gap is closed or has moved",
                Some((20, 1))
            ),
        ]
    );
}

#[test]
fn an_overlay_that_cannot_be_read_accepts_nothing() {
    let overlay = Text { name: "o".into(), content: "[[accept]\n".into() };
    assert_eq!(strict::judge(vec![gap()], Some(&overlay), Mode::Lenient).open, [gap()]);
}

#[test]
fn a_fault_of_the_overlay_stops_the_run_in_both_modes() {
    let misfit = |code| Diagnostic::error(code, at("#/a"), "the entry matches nothing");
    for mode in [Mode::Lenient, Mode::Strict] {
        let fault = |said| strict::judge(said, Some(&overlay(&[])), mode).overlay_fault();
        assert_eq!(fault(vec![gap()]), None);
        for code in [codes::UNUSED_OVERLAY, codes::OVERLAY_MISFIT] {
            assert_eq!(fault(vec![gap(), misfit(code)]), Some(OverlayFault::Misfit));
        }
        let both = vec![misfit(codes::UNUSED_OVERLAY), misfit(codes::OVERLAY_SYNTAX)];
        assert_eq!(fault(both), Some(OverlayFault::Unreadable));
    }
}

#[test]
fn an_acceptance_is_not_called_unused_where_the_stages_stopped_early() {
    let entry = overlay(&[("OAS312", "#/paths/~1a/post")]);
    for code in [codes::SYNTAX, codes::NOT_OPENAPI, codes::UNUSED_OVERLAY] {
        let stop = Diagnostic::error(code, at("#"), "no further");
        let verdict = strict::judge(vec![stop.clone()], Some(&entry), Mode::Strict);
        assert_eq!(verdict.open, [stop]);
    }
}
