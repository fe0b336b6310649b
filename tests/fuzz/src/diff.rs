//! Two documents that were changed at random in, the diff of both in every rendering: the same twice, nothing between a
//! document and itself, and no text of either as markup or as a command.

use serde_json::{Value, json};
use tamarack::render::{Paint, Texts};
use tamarack::{Input, Model, Text};
use tamarack_diff::render::timeline::{self, TimelineReport};
use tamarack_diff::render::{self, Report};
use tamarack_diff::{self as diff, Diff};

use crate::choices::Choices;
use crate::finding::{Finding, holds};
use crate::mutate;
use crate::pipeline::{is_plain, is_printable};
use crate::seeds::Seeds;
use crate::stage;

/// Makes two versions of a document as one object: `{"old": …, "new": …}`.
pub fn make(seeds: &Seeds, choices: &mut Choices<'_>) -> Vec<u8> {
    let mut old = seeds.pick(choices).tree.clone();
    let other = &seeds.pick(choices).tree;
    mutate::reduce(&mut old, choices);
    if choices.one_in(3) {
        mutate::mutate(&mut old, other, choices);
    }
    let mut new = old.clone();
    mutate::mutate(&mut new, other, choices);
    json!({ "old": old, "new": new }).to_string().into_bytes()
}

/// Compares the two.
pub fn run(input: &[u8]) -> Result<(), Finding> {
    let Ok(both) = serde_json::from_slice::<Value>(input) else { return Ok(()) };
    let text = |name: &str| Text { name: format!("{name}.json"), content: both[name].to_string() };
    let old = Input::of(text("old"), None);
    let new = Input::of(text("new"), None);
    stage::enter("model");
    let (Some(old_model), Some(new_model)) = (model(&old), model(&new)) else { return Ok(()) };
    for it in [&old_model, &new_model] {
        stage::enter("diff of one");
        let none = diff::compare(it, it);
        holds(none.findings.is_empty(), "a document differs from itself", || {
            format!("{:?}", none.findings.first())
        })?;
    }
    stage::enter("diff");
    let first = diff::compare(&old_model, &new_model);
    let second = diff::compare(&old_model, &new_model);
    let shown = rendered(&first, &old, &new);
    let again = rendered(&second, &old, &new);
    for ((format, text), (_, other)) in shown.iter().zip(&again) {
        stage::enter(format);
        holds(text == other, "a diff has two reports", || (*format).to_owned())?;
        check(format, text)?;
    }
    // Which of the two comes again is no matter; that the way back is told is.
    let models = [old_model.clone(), new_model, old_model];
    stage::enter("timeline");
    let made = diff::timeline(&models);
    let inputs = [old.clone(), new, old];
    let report = TimelineReport::new(&made, &inputs, None);
    let report = report.ok_or_else(|| Finding::new("a timeline has no report", ""))?;
    let all = [
        ("text", timeline::text(&report, Paint::Plain)),
        ("markdown", timeline::markdown(&report)),
        ("json", timeline::json(&report)),
        ("github", timeline::github(&report)),
        ("junit", timeline::junit(&report)),
        ("html", timeline::html(&report)),
    ];
    all.iter().try_for_each(|(format, text)| check(format, text))
}

fn model(input: &Input) -> Option<Model> {
    tamarack::read(input).model
}

fn rendered(diff: &Diff, old: &Input, new: &Input) -> [(&'static str, String); 6] {
    stage::enter("diff reports");
    let (old, new) = (Texts::new(old), Texts::new(new));
    let report = Report { diff, old, new, krate: None };
    [
        ("text", render::text(&report, Paint::Plain)),
        ("markdown", render::markdown(&report)),
        ("json", render::json(&report)),
        ("github", render::github(&report)),
        ("junit", render::junit(&report)),
        ("html", render::html(&report)),
    ]
}

/// A report is what it says it is, and the texts of the documents in it are only texts.
fn check(format: &str, report: &str) -> Result<(), Finding> {
    let bad =
        |what: &str| Finding::new(format!("a text of the document is {what} in {format}"), report);
    let what = format!("the report as {format}");
    match format {
        // These are read on terminals and in logs.
        "text" | "github" => is_printable(report, &what)?,
        _ => is_plain(report, &what)?,
    }
    match format {
        "json" => {
            let read = serde_json::from_str::<Value>(report);
            holds(read.is_ok(), "the report is no JSON", || report.to_owned())
        }
        "github" => {
            // The planted commands stand at the beginning of a line.
            let is_planted = |line: &str| {
                line.starts_with("::error::eViL") || line.starts_with("::warning file=eViL")
            };
            if report.lines().any(is_planted) { Err(bad("a command")) } else { Ok(()) }
        }
        "junit" | "html" => {
            let planted = ["<script>eViL", "<img src=x", "<svg/onload", "<eViL_mArKeR"];
            if planted.iter().any(|it| report.contains(it)) { Err(bad("markup")) } else { Ok(()) }
        }
        _ => Ok(()),
    }
}
