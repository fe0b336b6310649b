//! `tamarack diff --git`: compares every document that differs between two commits.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use tamarack::source::Places;
use tamarack::{Input, Model, OtherFiles, Text, at_once, claims_to_be_openapi, gather, sync};
use tamarack_diff::render::Report;
use tamarack_diff::render::files::{self, Change, File, Files, Summary};
use tamarack_diff::{self as diff, Diff};

use super::git::{self, Blob, Changed, Commits, Range};
use super::{paint, read, texts, write};
use crate::{DiffArgs, DiffFormat, Exit, FailOn, accept, command, say};

/// Compares the documents that differ between two commits.
pub(super) fn run(range: &Range, args: &DiffArgs) -> Result<Exit, Exit> {
    let formats = crate::formats(&args.with)?;
    let failed = |fault: git::Fault| {
        say::err(&fault.to_string());
        Exit::Unreadable
    };
    let commits = Commits::find(range).map_err(failed)?;
    let paths: Vec<&Path> =
        args.old.iter().chain(&args.new).chain(&args.more).map(AsRef::as_ref).collect();
    if let Some(path) = commits.names_nothing(&paths).map_err(failed)? {
        say::err(&format!(
            "error: `{}` names no YAML or JSON file in `{}` or `{}`\n",
            command::shown(path),
            commits.base.name,
            commits.head.name,
        ));
        return Err(Exit::Unreadable);
    }
    let accepted = accept::read(args.accept.as_deref())?;
    let everywhere = commits.changed(&[]).map_err(failed)?;
    let changed = commits.changed(&paths).map_err(failed)?;
    let referring = commits.referring(&everywhere, &paths).map_err(failed)?;
    let read = |it| Document::read(it, &commits);
    let documents = changed.iter().map(read).collect::<Result<Vec<_>, _>>().map_err(failed)?;
    let (mut documents, others): (Vec<_>, Vec<_>) =
        documents.into_iter().partition(Document::claims_to_be_openapi);
    // Of those that did not change themselves, the ones of which another file did.
    let referring = referring.iter().map(read).collect::<Result<Vec<_>, _>>().map_err(failed)?;
    let sides = |it: &Document<'_>| {
        let (old, new) = (it.old.as_ref(), it.new.as_ref());
        [self::files(&commits.base, old), self::files(&commits.head, new)]
    };
    documents.extend(referring.into_iter().filter(|it| {
        let [old, new] = sides(it);
        it.claims_to_be_openapi() && old != new
    }));
    documents.sort_by(|a, b| a.changed.path().cmp(b.changed.path()));
    let used: BTreeSet<String> =
        documents.iter().flat_map(sides).flat_map(BTreeMap::into_keys).collect();
    let names: Vec<_> = others.iter().map(|it| it.changed.path()).collect();
    let names: Vec<_> = names.into_iter().filter(|it| !used.contains(*it)).collect();
    if !names.is_empty() {
        say::err(&format!("note: changed, but no OpenAPI documents: {}\n", names.join(", ")));
    }
    for document in &mut documents {
        for input in [&mut document.old, &mut document.new].into_iter().flatten() {
            input.choices.formats = formats.clone();
        }
        document.compare();
    }
    let diffs = documents.iter_mut().filter_map(|it| match &mut it.outcome {
        Outcome::Compared(diff, _) => Some(diff),
        _ => None,
    });
    accept::mark(&accepted, diffs);
    let exit = exit(&documents, args.fail_on);
    write(&rendered(&commits, &documents, args)?, args.out.as_deref())?;
    Ok(exit)
}

/// A file that differs between two commits.
struct Document<'a> {
    changed: &'a Changed,
    old: Option<Input>,
    new: Option<Input>,
    outcome: Outcome,
}

/// What came of a document.
enum Outcome {
    /// With the places of the old document and the new one.
    Compared(Diff, [Places; 2]),
    Added(Summary),
    Removed(Summary),
    Unreadable,
}

impl<'a> Document<'a> {
    /// Reads both sides; the old one is called as git would: `main:pets.yaml`.
    fn read(changed: &'a Changed, commits: &Commits) -> Result<Self, git::Fault> {
        let input = |blob: &Option<Blob>, name: &dyn Fn(&str) -> String| {
            let Some(blob) = blob else { return Ok(None) };
            let content = git::content(blob)?;
            Ok(Some((name(&blob.path), content)))
        };
        let old = input(&changed.old, &|path| format!("{}:{path}", commits.base.name))?;
        let new = input(&changed.new, &str::to_owned)?;
        let mut acc = Self { changed, old: None, new: None, outcome: Outcome::Unreadable };
        for (side, read, commit) in
            [(&mut acc.old, old, &commits.base), (&mut acc.new, new, &commits.head)]
        {
            let Some((name, content)) = read else { continue };
            *side = Some(match sync::read_all(content.as_slice()) {
                Ok(content) => gather(Input::of(Text { name, content }, None), |path| {
                    // The old document is called by its commit, and so are the files in its folder.
                    let prefix = format!("{}:", commit.name);
                    let path = path.strip_prefix(&prefix).unwrap_or(path);
                    let content =
                        git::file(commit, path).map_err(|_| "the commit has no such file")?;
                    sync::read_all(content.as_slice()).map_err(|error| error.to_string())
                }),
                Err(error) => {
                    say::err(&format!("error: cannot read `{name}`: {error}\n"));
                    Input::new(name, String::new())
                }
            });
        }
        Ok(acc)
    }

    /// Returns whether one side is an OpenAPI document, or says that it is.
    fn claims_to_be_openapi(&self) -> bool {
        [&self.old, &self.new].into_iter().flatten().any(|it| claims_to_be_openapi(&it.spec))
    }

    /// Reads the documents and compares them.
    fn compare(&mut self) {
        let sides: Vec<_> = [&self.old, &self.new].into_iter().flatten().collect();
        let documents: Vec<_> = at_once::each(sides, read);
        for it in &documents {
            say::err(&it.said);
        }
        let mut models = documents.into_iter().map(|it| Some((it.model.ok()?, it.places)));
        let (old, new) = (
            self.old.as_ref().and_then(|_| models.next()),
            self.new.as_ref().and_then(|_| models.next()),
        );
        self.outcome = match (old, new) {
            (Some(Some((old, old_places))), Some(Some((new, new_places)))) => {
                Outcome::Compared(diff::compare(&old, &new), [old_places, new_places])
            }
            (None, Some(Some((new, _)))) => Outcome::Added(summary(&new)),
            (Some(Some((old, _))), None) => Outcome::Removed(summary(&old)),
            _ => Outcome::Unreadable,
        };
    }
}

/// Returns the files that one side refers to, by their paths from the root of the repository.
fn files(commit: &git::Commit, side: Option<&Input>) -> OtherFiles {
    let prefix = format!("{}:", commit.name);
    let own = |path: &String| path.strip_prefix(&prefix).unwrap_or(path).to_owned();
    let files = side.into_iter().flat_map(|it| &it.files);
    files.map(|(path, text)| (own(path), text.clone())).collect()
}

fn summary(model: &Model) -> Summary {
    Summary {
        title: model.api.title.clone(),
        version: model.api.version.clone(),
        operations: model.declared.operations,
    }
}

fn rendered(
    commits: &Commits,
    documents: &[Document<'_>],
    args: &DiffArgs,
) -> Result<String, Exit> {
    let folded: Vec<_> = documents
        .iter()
        .map(|it| match &it.outcome {
            Outcome::Compared(diff, _) => Some(diff.folded()),
            _ => None,
        })
        .collect();
    let files = documents.iter().zip(&folded).map(|(it, diff)| {
        let change = match (&it.outcome, diff, &it.old, &it.new) {
            (Outcome::Compared(_, [old_places, new_places]), Some(diff), Some(old), Some(new)) => {
                let (old, new) = texts((old, old_places), (new, new_places));
                Change::Compared(Box::new(Report { diff, old, new, krate: None }))
            }
            (Outcome::Added(it), ..) => Change::Added(it.clone()),
            (Outcome::Removed(it), ..) => Change::Removed(it.clone()),
            _ => Change::Unreadable,
        };
        File { path: it.changed.path(), was: it.changed.was(), change }
    });
    let (base, head) = (commits.base.name.as_str(), commits.head.name.as_str());
    let files = Files { base, head, files: files.collect() };
    Ok(match args.format {
        DiffFormat::Text => files::text(&files, paint(args)),
        DiffFormat::Markdown => files::markdown(&files),
        DiffFormat::Json => files::json(&files),
        DiffFormat::Github => files::github(&files),
        DiffFormat::Junit => files::junit(&files),
        DiffFormat::Html => return page(&files),
    })
}

/// Returns the page of the one document that was compared.
fn page(files: &Files<'_>) -> Result<String, Exit> {
    let compared: Vec<_> = (files.files.iter())
        .filter_map(|it| match &it.change {
            Change::Compared(report) => Some((it.path, report)),
            _ => None,
        })
        .collect();
    if let [(_, report)] = compared.as_slice() {
        return Ok(diff::render::html(report));
    }
    let names: Vec<_> = compared.iter().map(|it| it.0).collect();
    let names = if names.is_empty() { "none".to_owned() } else { names.join(", ") };
    say::err(&format!(
        "error: the page shows one document that both commits have; those that changed: {names}\n\
         help: name one of them, or use another format\n"
    ));
    Err(Exit::Usage)
}

/// Returns how the run ends: a document that cannot be compared weighs more than any change.
fn exit(documents: &[Document<'_>], fail_on: FailOn) -> Exit {
    if documents.iter().any(|it| matches!(it.outcome, Outcome::Unreadable)) {
        return Exit::Unreadable;
    }
    let counts = |it: &Document<'_>| match &it.outcome {
        Outcome::Compared(diff, _) => {
            // The same document at another path is a change, too.
            super::exit(diff, fail_on) == Exit::Changed
                || (fail_on == FailOn::Any && it.changed.was().is_some())
        }
        Outcome::Added(_) => fail_on == FailOn::Any,
        Outcome::Removed(_) => fail_on != FailOn::None,
        Outcome::Unreadable => true,
    };
    if documents.iter().any(counts) { Exit::Changed } else { Exit::Done }
}
