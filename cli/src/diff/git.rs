//! Asks git which documents differ between two commits, and for their texts.
//!
//! Only plumbing commands are called: what a user configures for `git diff` or `git show` does not
//! change what they print.

mod referring;

use std::ffi::{OsStr, OsString};
use std::fmt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use tamarack::shown::one_line;

/// What names of documents end with.
const ENDINGS: [&str; 3] = ["yaml", "yml", "json"];

/// Two commits as git writes them: `BASE..HEAD`, or `BASE...HEAD` for what HEAD changed since it left BASE.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Range {
    base: String,
    head: String,
    starts_at: Start,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Start {
    Base,
    /// The last commit that both have.
    MergeBase,
}

impl Range {
    /// Parses a range; a side that is empty is `HEAD`.
    pub(crate) fn parse(text: &str) -> Result<Self, &'static str> {
        let (base, head, starts_at) = if let Some((base, head)) = text.split_once("...") {
            (base, head, Start::MergeBase)
        } else if let Some((base, head)) = text.split_once("..") {
            (base, head, Start::Base)
        } else {
            return Err(
                "write BASE..HEAD, or BASE...HEAD for what HEAD changed since it left BASE",
            );
        };
        let name = |it: &str| if it.is_empty() { "HEAD" } else { it }.to_owned();
        Ok(Self { base: name(base), head: name(head), starts_at })
    }
}

/// Why git did not answer.
#[derive(Debug)]
pub(super) struct Fault {
    title: String,
    help: Option<&'static str>,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "error: {}", self.title)?;
        self.help.map_or(Ok(()), |help| writeln!(f, "help: {help}"))
    }
}

/// What to do where a checkout has only the newest commit.
const FETCH: &str = "a shallow clone does not have all commits; fetch them, for example with \
                     `git fetch --unshallow`, or `fetch-depth: 0` of actions/checkout";

/// A commit.
#[derive(Clone, Debug)]
pub(super) struct Commit {
    /// How a reader knows it.
    pub(super) name: String,
    id: String,
}

/// Two commits of the repository of the working folder.
#[derive(Debug)]
pub(super) struct Commits {
    pub(super) base: Commit,
    pub(super) head: Commit,
}

/// A file that differs between two commits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Changed {
    pub(super) old: Option<Blob>,
    pub(super) new: Option<Blob>,
}

/// A file of a commit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Blob {
    /// Its path from the root of the repository.
    pub(super) path: String,
    id: String,
}

impl Changed {
    /// Returns the path; of a file that was removed, that which it had.
    pub(super) fn path(&self) -> &str {
        self.new.as_ref().or(self.old.as_ref()).map_or("", |it| &it.path)
    }

    /// Returns the path it had, if it has another one now.
    pub(super) fn was(&self) -> Option<&str> {
        let (old, new) = (self.old.as_ref()?, self.new.as_ref()?);
        (old.path != new.path).then_some(&old.path)
    }
}

impl Commits {
    /// Looks both up.
    pub(super) fn find(range: &Range) -> Result<Self, Fault> {
        let (base, head) = (commit(&range.base)?, commit(&range.head)?);
        if range.starts_at == Start::Base {
            return Ok(Self { base, head });
        }
        let ids = [&base.id, &head.id].map(OsStr::new);
        let id = git(&[OsStr::new("merge-base"), ids[0], ids[1]]).map_err(|_| Fault {
            title: format!(
                "`{}` and `{}` have no commit in common",
                one_line(&base.name),
                one_line(&head.name)
            ),
            help: Some(FETCH),
        })?;
        Ok(Self { base: Commit { id: line(&id), name: base.name }, head })
    }

    /// Returns the files that differ and can be documents by their names, in the order of their
    /// paths: all, or those that one of the paths names on either side.
    pub(super) fn changed(&self, paths: &[&Path]) -> Result<Vec<Changed>, Fault> {
        let everywhere: Vec<_> =
            ENDINGS.iter().map(|it| OsString::from(format!(":(top,icase)*.{it}"))).collect();
        let mut args = ["diff-tree", "-r", "-z", "--raw", "--find-renames", "--no-commit-id"]
            .map(OsString::from)
            .to_vec();
        args.extend([&self.base.id, &self.head.id].map(OsString::from));
        args.push("--".into());
        args.extend(everywhere);
        let mut acc = parsed(&git(&args)?);
        if !paths.is_empty() {
            // Asked with the paths at once, git would not see that a file came from elsewhere.
            let named = names(&self.base.id, &self.head.id, paths)?;
            let is_named =
                |it: &Option<Blob>| it.as_ref().is_some_and(|it| named.contains(&it.path));
            acc.retain(|it| is_named(&it.old) || is_named(&it.new));
        }
        acc.sort_by(|a, b| a.path().cmp(b.path()));
        Ok(acc)
    }

    /// Returns the first path at which neither commit has a file that can be a document: a gate
    /// that looks at nothing would always be green.
    pub(super) fn names_nothing<'p>(&self, paths: &[&'p Path]) -> Result<Option<&'p Path>, Fault> {
        let empty = git(&["hash-object", "-t", "tree", "--stdin"].map(OsStr::new))?;
        for path in paths {
            let mut is_there = false;
            for commit in [&self.base, &self.head] {
                let found = names(&line(&empty), &commit.id, &[path])?;
                is_there |= found.iter().any(|it| can_be_document(it));
            }
            if !is_there {
                return Ok(Some(path));
            }
        }
        Ok(None)
    }
}

/// Returns the paths of the files that differ below the given ones.
fn names(old: &str, new: &str, paths: &[&Path]) -> Result<Vec<String>, Fault> {
    let mut args = ["diff-tree", "-r", "-z", "--name-only", "--no-renames", "--no-commit-id"]
        .map(OsString::from)
        .to_vec();
    args.extend([old.into(), new.into(), "--".into()]);
    args.extend(paths.iter().map(|it| it.as_os_str().to_owned()));
    let out = git(&args)?;
    Ok(out.split(|it| *it == 0).map(text).filter(|it| !it.is_empty()).collect())
}

/// Returns the bytes of a file.
pub(super) fn content(blob: &Blob) -> Result<Vec<u8>, Fault> {
    git(&["cat-file", "blob", &blob.id].map(OsStr::new))
}

/// Returns the bytes of the file at a path of a commit.
pub(super) fn file(commit: &Commit, path: &str) -> Result<Vec<u8>, Fault> {
    git(&["cat-file", "blob", &format!("{}:{path}", commit.id)].map(OsStr::new))
}

fn can_be_document(path: &str) -> bool {
    let ending = PathBuf::from(path).extension().map(OsStr::to_ascii_lowercase);
    ending.is_some_and(|it| ENDINGS.iter().any(|ending| it == *ending))
}

fn commit(name: &str) -> Result<Commit, Fault> {
    let wanted = format!("{name}^{{commit}}");
    let args = ["rev-parse", "--verify", "--quiet", "--end-of-options", &wanted];
    let id = git(&args.map(OsStr::new)).map_err(|fault| {
        // Outside of a repository, or without git, that is what to say.
        if fault.help.is_some() || fault.title.contains("not a git repository") {
            return fault;
        }
        Fault { title: format!("git knows no commit `{}`", one_line(name)), help: Some(FETCH) }
    })?;
    let is_id = name.len() >= 40 && name.chars().all(|it| it.is_ascii_hexdigit());
    let name = if is_id { name.chars().take(10).collect() } else { name.to_owned() };
    Ok(Commit { name, id: line(&id) })
}

/// Parses what `diff-tree --raw -z` prints: `:mode mode id id status`, then one path or two.
fn parsed(out: &[u8]) -> Vec<Changed> {
    let mut acc = Vec::new();
    let mut fields = out.split(|it| *it == 0).map(text);
    while let Some(head) = fields.next() {
        let head: Vec<&str> = head.trim_start_matches(':').split(' ').collect();
        let [old_mode, new_mode, old_id, new_id, status] = head.as_slice() else { break };
        let Some(first) = fields.next() else { break };
        let second = if status.starts_with(['R', 'C']) { fields.next() } else { None };
        // Links and submodules hold no text of their own; where they lead to is compared there.
        let blob = |mode: &str, id: &str, path: &str| {
            mode.starts_with("100").then(|| Blob { path: path.to_owned(), id: id.to_owned() })
        };
        let new_path = second.as_deref().unwrap_or(&first);
        let (old, new) = (blob(old_mode, old_id, &first), blob(new_mode, new_id, new_path));
        if old.is_some() || new.is_some() {
            acc.push(Changed { old, new });
        }
    }
    acc
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

fn line(bytes: &[u8]) -> String {
    text(bytes).trim_end().to_owned()
}

/// Runs git in the working folder and returns what it prints.
fn git(args: &[impl AsRef<OsStr>]) -> Result<Vec<u8>, Fault> {
    let output = run(args)?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    let said = text(&output.stderr);
    let said = said.trim().trim_start_matches("fatal: ");
    Err(Fault { title: format!("git: {}", one_line(said)), help: None })
}

fn run(args: &[impl AsRef<OsStr>]) -> Result<Output, Fault> {
    let output = Command::new("git").args(args).stdin(Stdio::null()).output();
    output.map_err(|error| Fault {
        title: format!("cannot run git: {error}"),
        help: Some("`--git` needs the command `git`"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_has_two_or_three_dots() {
        let range = |text: &str| Range::parse(text).map(|it| (it.base, it.head, it.starts_at));
        let two = |base: &str, head: &str| Ok((base.to_owned(), head.to_owned(), Start::Base));
        assert_eq!(range("main..HEAD"), two("main", "HEAD"));
        assert_eq!(range("v1.0..v1.1"), two("v1.0", "v1.1"));
        assert_eq!(range("main.."), two("main", "HEAD"));
        assert_eq!(range("a...b"), Ok(("a".to_owned(), "b".to_owned(), Start::MergeBase)));
        assert!(range("main").is_err());
    }

    #[test]
    fn what_git_prints_is_parsed() {
        let out = b":100644 100644 aa bb M\0a.yaml\0:000000 100755 00 cc A\0b.yaml\0\
                    :100644 100644 dd ee R095\0c.yaml\0d.yaml\0:120000 000000 ff 00 D\0link.yaml\0";
        let blob = |path: &str, id: &str| Some(Blob { path: path.to_owned(), id: id.to_owned() });
        let expected = [
            Changed { old: blob("a.yaml", "aa"), new: blob("a.yaml", "bb") },
            Changed { old: None, new: blob("b.yaml", "cc") },
            Changed { old: blob("c.yaml", "dd"), new: blob("d.yaml", "ee") },
        ];
        assert_eq!(parsed(out), expected);
    }
}
