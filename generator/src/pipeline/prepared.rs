//! A document that is read and planned, and not yet written down.

use serde_yaml::Value;

use super::{CrateSettings, Layout, Outcome, planned};
use crate::crate_name::CrateName;
use crate::emit::{self, CrateOptions};
use crate::input::Input;
use crate::plan::Module;
use crate::provenance::Provenance;
use crate::strict::{Mode, Verdict};

/// A document that is read and planned: its diagnostics are known, its files are not yet made.
///
/// For a caller that needs to know what the crate is called to say where it is written.
#[derive(Clone, Debug)]
pub struct Prepared {
    outcome: Outcome,
    plan: Option<Module>,
    name: CrateName,
}

/// Reads and plans a document. [`Prepared::finish`] makes the files.
pub fn prepare(input: &Input, mode: Mode) -> Prepared {
    let (outcome, plan) = planned(input, mode);
    let title = plan.as_ref().map_or("", |it| &it.title);
    let file = input.spec.name.rsplit('/').next().unwrap_or_default();
    let name = CrateName::made_from([title, file.split('.').next().unwrap_or_default()]);
    Prepared { outcome, plan, name }
}

impl Prepared {
    /// Returns the name of the crate, if the settings give it none: made from the title of the
    /// document, or else from its file name.
    pub fn crate_name(&self) -> &CrateName {
        &self.name
    }

    /// Returns what is known of the document; it has no files.
    pub fn outcome(&self) -> &Outcome {
        &self.outcome
    }

    /// Returns how the run ends.
    pub fn verdict(&self) -> Verdict {
        self.outcome.verdict
    }

    /// Lets go of the document as it was read ([`Model::raw`](crate::Model::raw)), of which the files are not made and
    /// only a [`Report`](crate::report::Report) asks.
    #[must_use]
    pub fn without_raw(mut self) -> Self {
        if let Some(model) = &mut self.outcome.model {
            model.raw = Value::Null;
        }
        self
    }

    /// Makes the files, unless the verdict forbids them.
    pub fn finish(self, provenance: &Provenance, layout: &Layout) -> Outcome {
        let Self { mut outcome, plan, name } = self;
        let Some(plan) = plan.filter(|_| outcome.verdict == Verdict::Sound) else {
            return outcome;
        };
        match layout {
            Layout::Module => outcome.files = emit::module_files(&plan, provenance),
            Layout::Crate(krate) => {
                let options = options(krate, &name, provenance);
                outcome.files = emit::crate_files(&plan, &options);
                outcome.starters = emit::starter_files(&plan, &options);
            }
        }
        outcome
    }
}

fn options(krate: &CrateSettings, made: &CrateName, provenance: &Provenance) -> CrateOptions {
    CrateOptions {
        name: krate.name.as_ref().unwrap_or(made).as_str().to_owned(),
        provenance: provenance.clone(),
        runtime: krate.runtime.clone(),
        placement: krate.placement,
    }
}
