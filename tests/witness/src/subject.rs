//! Pairs of documents in, what the compiler says about the diff of each out.

use std::path::Path;

use tamarack::diagnostic::Sink;
use tamarack::plan::Module;
use tamarack::{
    CrateName, CrateSettings, Input, Layout, Mode, Model, Outcome, Placement, Provenance,
    RuntimeSource, Settings, plan,
};
use tamarack_diff as diff;

use crate::cargo::{Files, Pair, Version, Workspace};
use crate::judge::{Case, Judgement, judge};
use crate::place::Places;
use crate::public_api;
use crate::semver;
use crate::surface::witnesses;

/// A document with everything that is made of it.
#[derive(Clone, Debug)]
pub struct Subject {
    /// The model.
    pub model: Model,
    /// The plan.
    pub code: Module,
    /// The files of the crate.
    pub files: Files,
}

impl Subject {
    /// Generates the crate of a document; `None` when it is no OpenAPI.
    pub fn of(input: &Input, repository: &Path) -> Option<Self> {
        let Ok(name) = CrateName::parse("subject") else {
            unreachable!("a word of letters is a name")
        };
        let settings = Settings {
            provenance: Provenance {
                command: "cargo xtask witness".to_owned(),
                spec: input.spec.name.clone(),
            },
            mode: Mode::Lenient,
            layout: Layout::Crate(CrateSettings {
                name: Some(name),
                runtime: RuntimeSource::Path(repository.join("runtime").display().to_string()),
                // Of the workspace that all subjects are compiled in.
                placement: Placement::Member,
            }),
        };
        let Outcome { model, files, .. } = tamarack::generate(input, &settings);
        let model = model?;
        // What the planning has to say was said when the code was generated.
        let code = plan::of_api(&model.api, &mut Sink::default());
        Some(Self { model, code, files })
    }
}

/// Two versions to compare.
#[derive(Clone, Debug)]
pub struct Comparison<'a> {
    /// Its name in messages.
    pub name: String,
    /// The old version.
    pub old: &'a Subject,
    /// The new one.
    pub new: &'a Subject,
}

/// Compiles what uses each old version against the new one and compares what
/// fails with the diff.
pub fn compare(
    comparisons: &[Comparison<'_>],
    workspace: &Workspace,
) -> Result<Vec<Judgement>, String> {
    let written: Vec<_> = comparisons
        .iter()
        .map(|it| witnesses(&it.old.files).map_err(|error| format!("{}: {error}", it.name)))
        .collect::<Result<_, _>>()?;
    let pairs: Vec<_> = (comparisons.iter().zip(&written))
        .map(|(it, witnesses)| Pair { old: &it.old.files, new: &it.new.files, witnesses })
        .collect();
    let failed = workspace.check(&pairs)?;
    let judged = comparisons.iter().zip(&written).zip(&failed).map(|((it, witnesses), failed)| {
        let (old, new) = (&it.old.model, &it.new.model);
        judge(&Case {
            witnesses,
            failed,
            places: &Places::of(&old.api, &it.old.code),
            new: &new.api,
            diff: &diff::compare(old, new),
        })
    });
    Ok(judged.collect())
}

/// Lists the public items of the crates that [`compare`] wrote and returns, for
/// each comparison, what of the two lists the diff does not explain.
pub fn compare_lists(
    comparisons: &[Comparison<'_>],
    workspace: &Workspace,
) -> Result<Vec<Vec<String>>, String> {
    let mut acc = Vec::new();
    for (index, it) in comparisons.iter().enumerate() {
        // Of those with one old crate the first has it.
        let first = comparisons.iter().position(|other| other.old.files == it.old.files);
        let old = workspace.list(Version::Old, first.unwrap_or(index))?;
        let new = workspace.list(Version::New, index)?;
        let diff = diff::compare(&it.old.model, &it.new.model);
        acc.push(public_api::compare(it, &diff, (&old, &new)));
    }
    Ok(acc)
}

/// Asks `cargo semver-checks` about each comparison and returns what it reports
/// and no use that fails shows.
pub fn compare_releases(
    comparisons: &[Comparison<'_>],
    judgements: &[Judgement],
    workspace: &Workspace,
) -> Result<Vec<Vec<String>>, String> {
    let folder = workspace.folder.join("releases");
    let lock = workspace.repository.join("Cargo.lock");
    let target = workspace.target.join("semver-checks");
    (comparisons.iter().zip(judgements))
        .map(|(it, judgement)| {
            let files = (&it.old.files, &it.new.files);
            semver::unseen(judgement, files, (&folder, &lock, &target))
        })
        .collect()
}
