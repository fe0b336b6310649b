//! Generates a crate of several APIs, each a module behind a feature.

use super::{Files, Outcome, planned};
use crate::at_once;
use crate::emit::{self, ClientsModule, Dependencies};
use crate::input::Input;
use crate::project::{Crate, ModuleSpec};
use crate::provenance::Provenance;
use crate::strict::{Mode, Verdict};

/// A document of a crate of several APIs.
#[derive(Clone, Debug)]
pub struct Listed {
    /// Its entry in the project file.
    pub spec: ModuleSpec,
    /// Its text and that of its overlay.
    pub input: Input,
}

/// What decides about a crate of several APIs beside its documents and its entry in the project file.
#[derive(Clone, Debug)]
pub struct ClientsSettings {
    /// The command that writes the files, for example `cargo xtask codegen`.
    pub command: String,
    /// Whether a node that cannot be generated is skipped, or an error.
    pub mode: Mode,
    /// How the manifest says what the crate depends on.
    pub dependencies: Dependencies,
}

/// The outcome of a crate of several APIs.
#[derive(Clone, Debug)]
pub struct Clients {
    /// The files of the crate; empty unless every document is sound.
    pub files: Files,
    /// The outcome of each document, in order; its files are those of the crate.
    pub outcomes: Vec<Outcome>,
}

impl Clients {
    /// Returns the worst verdict of the documents.
    pub fn verdict(&self) -> Verdict {
        self.outcomes.iter().map(|it| it.verdict).max().unwrap_or(Verdict::Sound)
    }
}

/// Generates a crate of several APIs.
pub fn generate_clients(listed: &[Listed], krate: &Crate, settings: &ClientsSettings) -> Clients {
    let ClientsSettings { command, mode, dependencies } = settings;
    let read = at_once::each(listed, |it| planned(&it.input, *mode));
    let (outcomes, plans): (Vec<_>, Vec<_>) = read.into_iter().unzip();
    let mut acc = Clients { files: Files::new(), outcomes };
    if acc.verdict() == Verdict::Sound {
        let modules: Vec<_> = (listed.iter().zip(plans))
            .filter_map(|(it, plan)| {
                let ModuleSpec { module, feature, default, file, .. } = &it.spec;
                Some(ClientsModule {
                    path: module.split("::").map(str::to_owned).collect(),
                    feature: feature.clone(),
                    default: *default,
                    provenance: Provenance { command: command.clone(), spec: file.clone() },
                    module: plan?,
                })
            })
            .collect();
        acc.files = emit::clients_files(&modules, krate, command, dependencies);
    }
    acc
}
