//! Every keyword of OpenAPI's objects, at every place where it may stand: expressed, an annotation, or reported there.
//!
//! The tables are written from the specifications (OpenAPI 3.0.4 §4.7 and 3.1.1
//! §4.8, JSON Schema 2020-12), not from the generator's own: a keyword that it
//! has forgotten is one that this test finds.

#![expect(clippy::disallowed_methods, reason = "a test may look for the shared documents")]

mod cases;
mod objects;
mod schemas;

use tamarack::api::Api;
use tamarack::diagnostic::{Diagnostic, Loss, Sink};
use tamarack::pointer::Pointer;
use tamarack::{Input, Outcome, plan};

/// A document without one keyword, and the same with it.
struct Trial {
    /// What the test says of it.
    name: String,
    without: String,
    with: String,
    /// The node that the keyword stands in.
    node: Pointer,
    keyword: &'static str,
}

/// What a document became.
struct Read {
    api: Option<Api>,
    said: Vec<Diagnostic>,
}

fn read(text: &str) -> Read {
    let Outcome { model, diagnostics, .. } = tamarack::read(&Input::new("t.yaml", text));
    let mut sink = Sink::default();
    let api = model.map(|model| {
        plan::of_api(&model.api, &mut sink);
        model.api
    });
    Read { api, said: [diagnostics.all(), sink.into_diagnostics()].concat() }
}

/// The fate of a keyword.
enum Fate {
    Expressed,
    Reported,
    /// The whole node is lost, and told to be, with the keyword or without.
    OfLostNode,
    Silent(String),
}

fn fate(trial: &Trial) -> Fate {
    let (before, after) = (read(&trial.without), read(&trial.with));
    if before.api.is_none() || after.api.is_none() {
        return Fate::Silent(format!("{}: no document\n{}", trial.name, trial.with));
    }
    let at = trial.node.child(trial.keyword);
    // A node that is told to be lost is told with all that it says.
    let is_lost = |it: &Diagnostic| match &it.loss {
        Loss::Nothing => false,
        Loss::Operation(lost) | Loss::Schema(lost) | Loss::Part(lost) => lost.holds(&trial.node),
    };
    if before.said.iter().any(is_lost) {
        return Fate::OfLostNode;
    }
    // What stands below a keyword that is reported as a whole is reported with it.
    let is_about = |it: &&Diagnostic| {
        let word = it.at.tokens().pop().unwrap_or_default();
        let above = it.at.holds(&at) && it.at != trial.node && it.title.contains(&word);
        let here = it.at.holds(&at) || at.holds(&it.at);
        above || is_lost(it) || (here && it.title.contains(&format!("`{}`", trial.keyword)))
    };
    let reported = after.said.iter().any(|it| is_about(&it) && !before.said.contains(it));
    if reported {
        Fate::Reported
    } else if before.api == after.api {
        Fate::Silent(trial.name.clone())
    } else {
        Fate::Expressed
    }
}

/// Runs all trials; the message lists every keyword that vanished.
#[track_caller]
fn check(trials: &[Trial]) {
    let mut silent = Vec::new();
    let mut n_decided = 0;
    for trial in trials {
        match fate(trial) {
            Fate::Silent(name) => silent.push(name),
            Fate::OfLostNode => {}
            Fate::Expressed | Fate::Reported => n_decided += 1,
        }
    }
    assert!(
        silent.is_empty(),
        "{} of {} vanish without a word:\n{}",
        silent.len(),
        trials.len(),
        silent.join("\n")
    );
    // Else the documents would show nothing.
    assert!(n_decided * 2 > trials.len(), "{n_decided} of {} decided", trials.len());
}
