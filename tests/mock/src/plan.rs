//! A document in, what its generated code is called from outside out: the planned operations, servers and credentials.

use tamarack::diagnostic::Sink;
use tamarack::plan::{self, Module};
use tamarack::{Input, Settings, Text, Verdict};

/// Plans the module of a document; the error says why there is none.
pub(crate) fn of(name: &str, text: &str, overlay: Option<&str>) -> Result<Module, String> {
    let overlay = overlay.map(|it| Text::new("overlay", it));
    let input = Input { overlay, ..Input::new(name, text) };
    let outcome = tamarack::generate(&input, &Settings::module(name));
    let said = outcome.diagnostics.all();
    match outcome.model.filter(|_| outcome.verdict == Verdict::Sound) {
        Some(model) => Ok(plan::of_api(&model.api, &mut Sink::default())),
        None => Err(said.first().map_or("no reason given".to_owned(), |it| it.title.clone())),
    }
}
