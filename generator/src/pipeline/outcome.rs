//! The outcome of a run: files, model, losses, diagnostics and verdict.

use std::collections::BTreeMap;

use crate::diagnostic::{Loss, Sink};
use crate::input::Input;
use crate::model::Model;
use crate::source::Places;
use crate::strict::{self, Judged, Mode, Verdict};

/// Texts by path. Paths are relative and use `/`.
pub type Files = BTreeMap<String, String>;

/// The outcome of a run.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// The files; empty unless the verdict is [`Verdict::Sound`].
    pub files: Files,
    /// Files that a crate begins with and that its owner may change: README, `.gitignore`, an
    /// example. Write each unless its owner has taken the note at its top away
    /// ([`provenance::is_ours`](crate::provenance::is_ours)) or removed it.
    pub starters: Files,
    /// The model; `None` if the document could not be read, or an entry of the
    /// overlay does not apply.
    pub model: Option<Model>,
    /// The skipped and degraded nodes, each with its place.
    pub losses: Vec<Loss>,
    /// Where the nodes of the document stand, for
    /// [`Texts::with_places`](crate::render::Texts::with_places).
    pub places: Places,
    /// The diagnostics: those to print, and those that the overlay accepts.
    pub diagnostics: Judged,
    /// How the run ends.
    pub verdict: Verdict,
}

impl Outcome {
    /// Makes the outcome of the diagnostics; the second mode is that of the verdict.
    pub(super) fn of(
        input: &Input,
        sink: Sink,
        model: Option<Model>,
        places: Places,
        [judged_in, refuses]: [Mode; 2],
    ) -> Self {
        let losses = sink.losses();
        let diagnostics = {
            let said = sink.into_diagnostics();
            let overlay = input.overlay.as_ref();
            // An entry that accepts nothing can be about what is left out.
            if input.choices.subset.is_whole() {
                strict::judge(said, overlay, judged_in)
            } else {
                strict::judge_part(said, overlay, judged_in)
            }
        };
        let verdict = match &model {
            Some(_) => diagnostics.with_model(refuses),
            None => diagnostics.without_model(),
        };
        let (files, starters) = (Files::new(), Files::new());
        Self { files, starters, model, losses, places, diagnostics, verdict }
    }
}
