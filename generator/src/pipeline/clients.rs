//! Generates a crate of many APIs, each a module behind a feature.

use super::{Files, Outcome, planned};
use crate::at_once;
use crate::catalog::{Crate, Entry};
use crate::emit::{self, ClientsModule};
use crate::input::Input;
use crate::provenance::Provenance;
use crate::strict::{Mode, Verdict};

/// A document of a catalog.
#[derive(Clone, Debug)]
pub struct Listed {
    /// Its entry.
    pub entry: Entry,
    /// Its text and that of its overlay.
    pub input: Input,
}

/// The outcome of a catalog.
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

/// Generates the crate of a catalog. `command` is the command that writes the
/// files, for example `cargo xtask codegen`.
pub fn generate_clients(listed: &[Listed], krate: &Crate, command: &str, mode: Mode) -> Clients {
    let read = at_once::each(listed, |it| planned(&it.input, mode));
    let (outcomes, plans): (Vec<_>, Vec<_>) = read.into_iter().unzip();
    let mut acc = Clients { files: Files::new(), outcomes };
    if acc.verdict() == Verdict::Sound {
        let modules: Vec<_> = (listed.iter().zip(plans))
            .filter_map(|(it, plan)| {
                let Entry { module, feature, default, .. } = &it.entry;
                Some(ClientsModule {
                    path: module.split("::").map(str::to_owned).collect(),
                    feature: feature.clone(),
                    default: *default,
                    provenance: Provenance {
                        command: command.to_owned(),
                        spec: it.input.spec.name.clone(),
                    },
                    module: plan?,
                })
            })
            .collect();
        acc.files = emit::clients_files(&modules, krate, command);
    }
    acc
}
