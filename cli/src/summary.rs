//! Says what a run of `tamarack generate` did, what there is to know beside it, and what to do next.

use std::fmt::Write as _;
use std::path::Path;

use tamarack::sync::Changes;
use tamarack::{Files, Model, Placement};

use crate::command;
use crate::generate::Surroundings;

/// Returns, for example, `out: 12 of 14 operations, 30 types; 3 files changed,
/// 21 unchanged (0.12 s)`.
pub(crate) fn line(out: &Path, models: &[&Model], changes: &Changes, seconds: f64) -> String {
    let sum = |count: fn(&Model) -> usize| models.iter().map(|it| count(it)).sum::<usize>();
    let excluded = sum(|it| it.left_out.operations);
    let (n, declared) =
        (sum(|it| it.api.operations.len()), sum(|it| it.declared.operations) - excluded);
    let rest = if excluded > 0 { format!(" ({excluded} excluded)") } else { String::new() };
    let of = if n == declared { String::new() } else { format!("{n} of ") };
    format!(
        "{}: {of}{}{rest}, {}; {} changed, {} unchanged ({seconds:.2} s)\n",
        out_name(out),
        counted(declared, "operation"),
        counted(sum(|it| it.api.types.len()), "type"),
        counted(changes.n_changed(), "file"),
        changes.unchanged.len(),
    )
}

/// Returns what there is to know beside the summary, a line each.
pub(crate) fn notes(out: &Path, changes: &Changes, around: &Surroundings) -> String {
    let mut acc = String::new();
    for leftover in &changes.leftovers {
        let path = format!("{}/{leftover}", out_name(out));
        let _ = writeln!(acc, "note: removed a leftover of an interrupted run: `{path}`");
    }
    let is_changed = changes.missing.union(&changes.modified).any(|it| it == "Cargo.toml");
    let Some(workspace) = around.workspace.as_ref().filter(|_| is_changed) else { return acc };
    let (manifest, member) =
        (command::slashed(&workspace.manifest), toml::Value::from(workspace.member.as_str()));
    match around.placement {
        Placement::Member if !workspace.is_listed => {
            let _ = writeln!(
                acc,
                "note: the crate is in the workspace of `{manifest}`: add {member} to its `members`, \
                 unless a member depends on the crate by path"
            );
        }
        Placement::Standalone => {
            let _ = writeln!(
                acc,
                "note: the crate is below the workspace of `{manifest}`: add {member} to its `exclude`"
            );
        }
        Placement::Member => {}
    }
    acc
}

/// Returns what to do with the crate, where this run has changed it.
pub(crate) fn next(out: &Path, changes: &Changes, starters: &Files) -> String {
    if changes.n_changed() == 0 {
        return String::new();
    }
    let manifest = command::quoted(&command::slashed(&out.join("Cargo.toml")));
    let examples = if starters.is_empty() { "" } else { " --examples" };
    let readme = if changes.missing.contains("README.md") {
        format!("; `{}/README.md` says how to use the crate", out_name(out))
    } else {
        String::new()
    };
    format!("next: cargo check --manifest-path {manifest}{examples}{readme}\n")
}

/// Returns, for example, `1 file`.
pub(crate) fn counted(n: usize, what: &str) -> String {
    if n == 1 { format!("1 {what}") } else { format!("{n} {what}s") }
}

/// Returns the folder without the slash that a shell adds.
pub(crate) fn out_name(out: &Path) -> String {
    command::shown(out).trim_end_matches('/').to_owned()
}
