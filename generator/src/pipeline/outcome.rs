//! The outcome of a run: files, model, losses, diagnostics and verdict.

use std::collections::BTreeMap;

use crate::diagnostic::{Loss, Sink};
use crate::input::Input;
use crate::model::Model;
use crate::strict::{self, Judged, Mode, Verdict};

/// Texts by their path, which is relative and has `/` between its parts.
pub type Files = BTreeMap<String, String>;

/// The outcome of a run.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// The files by their path; none unless the verdict is [`Verdict::Sound`].
    pub files: Files,
    /// The model; `None` where the document could not be read or the overlay
    /// did not take effect as a whole.
    pub model: Option<Model>,
    /// What of the document was left out or weakened, each with its place.
    pub losses: Vec<Loss>,
    /// What was said, sorted by what has to be printed.
    pub diagnostics: Judged,
    /// How the run ends.
    pub verdict: Verdict,
}

impl Outcome {
    /// Judges what was said; `refuses` is the mode that the verdict is asked in.
    pub(super) fn of(
        input: &Input,
        sink: Sink,
        model: Option<Model>,
        judged_in: Mode,
        refuses: Mode,
    ) -> Self {
        let losses = sink.losses();
        let diagnostics = strict::judge(sink.into_diagnostics(), input.overlay.as_ref(), judged_in);
        let verdict = match &model {
            Some(_) => diagnostics.with_model(refuses),
            None => diagnostics.without_model(),
        };
        Self { files: Files::new(), model, losses, diagnostics, verdict }
    }

    /// Adds the files, unless the verdict forbids them.
    pub(super) fn with_files(mut self, files: Option<Files>) -> Self {
        if self.verdict == Verdict::Sound {
            self.files = files.unwrap_or_default();
        }
        self
    }
}
