//! Which documents may refer to files that changed, without having changed themselves.

use std::collections::BTreeSet;
use std::ffi::{OsStr, OsString};
use std::path::Path;

use super::{Blob, Changed, Commit, Commits, ENDINGS, Fault, git, line, names, run, text};

impl Commits {
    /// Returns the files that both commits have alike and that name one of the changed ones, or a file that does, in
    /// the order of their paths: all, or those that one of the paths names.
    pub(in crate::diff) fn referring(
        &self,
        changed: &[Changed],
        paths: &[&Path],
    ) -> Result<Vec<Changed>, Fault> {
        let sides = || changed.iter().flat_map(|it| [&it.old, &it.new]).flatten();
        let is_changed: BTreeSet<&str> = sides().map(|it| it.path.as_str()).collect();
        let mut words: BTreeSet<String> = sides().map(|it| word(&it.path)).collect();
        let mut found: BTreeSet<String> = BTreeSet::new();
        let mut open: Vec<String> = words.iter().cloned().collect();
        while !open.is_empty() {
            let mut named = holding(&self.base, &open)?;
            named.extend(holding(&self.head, &open)?);
            open.clear();
            for path in named {
                // A file on the way may have changed; what names it is among what names a changed file.
                if !is_changed.contains(path.as_str()) && words.insert(word(&path)) {
                    open.push(word(&path));
                }
                found.insert(path);
            }
        }
        found.retain(|it| !is_changed.contains(it.as_str()));
        if !paths.is_empty() && !found.is_empty() {
            let empty = git(&["hash-object", "-t", "tree", "--stdin"].map(OsStr::new))?;
            let chosen: BTreeSet<String> =
                names(&line(&empty), &self.head.id, paths)?.into_iter().collect();
            found.retain(|it| chosen.contains(it));
        }
        let blob = |commit: &Commit, path: &str| {
            Some(Blob { path: path.to_owned(), id: format!("{}:{path}", commit.id) })
        };
        let alike =
            found.iter().map(|it| Changed { old: blob(&self.base, it), new: blob(&self.head, it) });
        Ok(alike.collect())
    }
}

/// Returns what a reference to a file has in any case: the last part of its path.
fn word(path: &str) -> String {
    path.rsplit('/').next().unwrap_or(path).to_owned()
}

/// Returns the files of a commit that can be documents or parts of some, and hold one of the texts.
fn holding(commit: &Commit, texts: &[String]) -> Result<Vec<String>, Fault> {
    let mut args = ["grep", "--files-with-matches", "--null", "--full-name", "--fixed-strings"]
        .map(OsString::from)
        .to_vec();
    for it in texts {
        args.extend(["-e".into(), it.into()]);
        // As a URL has it.
        if it.contains(' ') {
            args.extend(["-e".into(), it.replace(' ', "%20").into()]);
        }
    }
    args.extend([commit.id.as_str().into(), "--".into()]);
    args.extend(ENDINGS.iter().map(|it| OsString::from(format!(":(top,icase)*.{it}"))));
    let output = run(&args)?;
    // One that finds nothing ends with 1 and says nothing.
    if !output.status.success() && !output.stderr.is_empty() {
        let title = format!("git: {}", tamarack::shown::one_line(text(&output.stderr).trim()));
        return Err(Fault { title, help: None });
    }
    let prefix = format!("{}:", commit.id);
    let lines = output.stdout.split(|it| *it == 0).map(text);
    Ok(lines.filter_map(|it| it.strip_prefix(&prefix).map(str::to_owned)).collect())
}
