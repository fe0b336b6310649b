//! Crates that are read, and generated in memory: nothing is written here.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use tamarack::{
    ClientsSettings, CrateSettings, Dependencies, Files, Input, Layout, Listed, Outcome, Placement,
    Provenance, RuntimeSource, Verdict, generate_clients, project,
};

use super::unit::{Kind, Overlay, Source, Unit};
use crate::location::{self, Workspace};
use crate::{Exit, command, input, runtime, say};

/// A crate whose documents are read.
pub(super) struct Read<'a> {
    pub(super) unit: &'a Unit,
    /// The documents, in the order of the unit.
    pub(super) inputs: Vec<Input>,
}

impl<'a> Read<'a> {
    /// Reads the documents and their overlays, or says what is missing.
    pub(super) fn new(unit: &'a Unit) -> Result<Self, Exit> {
        let inputs: Vec<_> = unit.sources.iter().map(read).collect();
        let inputs = inputs.into_iter().collect::<Result<Vec<Input>, Exit>>()?;
        Ok(Self { unit, inputs })
    }

    /// Returns each document with what came of it.
    pub(super) fn with_outcomes<'b>(
        &'b self,
        generated: &'b Generated<'_>,
    ) -> impl Iterator<Item = (&'b Input, &'b Outcome)> {
        self.inputs.iter().zip(&generated.outcomes)
    }
}

fn read(source: &Source) -> Result<Input, Exit> {
    let overlay = match &source.overlay {
        Overlay::None => None,
        Overlay::File(path) => Some(path),
        // One that is there and cannot be read, a link that leads nowhere among them, is not passed over.
        Overlay::Beside(path) => match fs::symlink_metadata(path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            _ => Some(path),
        },
    };
    let input = input::read_all(&source.spec, overlay.map(PathBuf::as_path))?;
    Ok(Input { choices: source.choices.clone(), ..input })
}

/// A crate that is generated and not yet written.
pub(super) struct Generated<'a> {
    pub(super) unit: &'a Unit,
    /// Its folder.
    pub(super) out: PathBuf,
    pub(super) around: Surroundings,
    /// What came of each document.
    pub(super) outcomes: Vec<Outcome>,
    pub(super) files: Files,
    pub(super) starters: Files,
}

impl<'a> Generated<'a> {
    /// Generates a crate, or says what about its place is not as it has to be.
    pub(super) fn new(read: &Read<'a>) -> Result<Self, Exit> {
        match &read.unit.kind {
            Kind::One { name } => {
                let [input] = read.inputs.as_slice() else {
                    unreachable!("the crate of one API has one document")
                };
                let mut prepared = tamarack::prepare(input, read.unit.mode);
                if read.unit.report.is_none() {
                    prepared = prepared.without_raw();
                }
                let called = name.as_ref().unwrap_or(prepared.crate_name());
                let unit = read.unit;
                let out = unit.out.clone().unwrap_or_else(|| unit.folder.join(called.as_str()));
                let around = Surroundings::of(unit, &out)?;
                let layout = Layout::Crate(CrateSettings {
                    name: name.clone(),
                    runtime: around.runtime.clone(),
                    placement: around.placement,
                });
                let mut outcome = prepared.finish(&provenance(unit, &out), &layout);
                let files = std::mem::take(&mut outcome.files);
                let starters = std::mem::take(&mut outcome.starters);
                Ok(Self { unit, out, around, outcomes: vec![outcome], files, starters })
            }
            Kind::Many(krate) => Self::many(read, krate),
        }
    }

    fn many(read: &Read<'a>, krate: &project::Crate) -> Result<Self, Exit> {
        let unit = read.unit;
        let out = unit.out.clone().unwrap_or_else(|| unit.folder.join(krate.name.as_str()));
        let around = Surroundings::of(unit, &out)?;
        let listed = krate.specs.iter().zip(&read.inputs).zip(&unit.sources);
        let listed = listed.map(|((spec, input), source)| {
            let mut spec = spec.clone();
            spec.file = command::slashed(&location::portable(&source.named, &out));
            Listed { spec, input: input.clone() }
        });
        let settings = ClientsSettings {
            command: unit.named_command(&out),
            mode: unit.mode,
            dependencies: Dependencies::Own(around.runtime.clone(), around.placement),
        };
        let clients = generate_clients(&listed.collect::<Vec<_>>(), krate, &settings);
        let (outcomes, files) = (clients.outcomes, clients.files);
        Ok(Self { unit, out, around, outcomes, files, starters: Files::new() })
    }

    /// Returns the worst verdict of the documents.
    pub(super) fn verdict(&self) -> Verdict {
        self.outcomes.iter().map(|it| it.verdict).max().unwrap_or(Verdict::Sound)
    }
}

fn provenance(unit: &Unit, out: &Path) -> Provenance {
    let named = unit.sources.first().map(|it| location::portable(&it.named, out));
    let spec = named.map(|it| command::slashed(&it)).unwrap_or_default();
    Provenance { command: unit.named_command(out), spec }
}

/// What of the places around the output stands in the manifest.
pub(crate) struct Surroundings {
    runtime: RuntimeSource,
    /// The workspace above the crate.
    pub(crate) workspace: Option<Workspace>,
    /// Whether the crate is in it.
    pub(crate) placement: Placement,
}

impl Surroundings {
    /// Looks around, or says what is not as it has to be.
    fn of(unit: &Unit, out: &Path) -> Result<Self, Exit> {
        let workspace = location::workspace(out).map_err(|error| {
            say::err(&format!("error: cannot write `{}`: {error}\n", command::slashed(out)));
            Exit::Failed
        })?;
        let placement = match &workspace {
            Some(_) if !unit.standalone => Placement::Member,
            _ => Placement::Standalone,
        };
        let member = workspace.as_ref().filter(|_| placement == Placement::Member);
        let runtime = runtime::find(unit.runtime_path.as_deref(), out, member);
        let runtime = runtime.map_err(|error| {
            say::err(&format!("error: {error}\n"));
            Exit::Usage
        })?;
        Ok(Self { runtime, workspace, placement })
    }

    /// Returns the workspace that the crate is a member of.
    pub(super) fn parent(&self) -> Option<&Workspace> {
        self.workspace.as_ref().filter(|_| self.placement == Placement::Member)
    }
}
