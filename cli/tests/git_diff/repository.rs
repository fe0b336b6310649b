//! A real git repository in a folder of one test, with the binary run inside of it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use super::run;

/// A repository, on the branch `main`.
pub(crate) struct Repository(pub(crate) PathBuf);

/// What a run printed and how it ended.
pub(crate) struct Run {
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl From<Output> for Run {
    fn from(it: Output) -> Self {
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        Self { code: it.status.code(), out: text(&it.stdout), err: text(&it.stderr) }
    }
}

/// Keeps the configuration of whoever runs the tests, and other repositories around, out of it.
fn isolated<'c>(command: &'c mut Command, dir: &Path) -> &'c mut Command {
    let above = dir.parent().expect("the folder of all tests");
    for (name, value) in [
        ("GIT_CONFIG_GLOBAL", "/dev/null"),
        ("GIT_CONFIG_SYSTEM", "/dev/null"),
        ("GIT_AUTHOR_NAME", "A Test"),
        ("GIT_AUTHOR_EMAIL", "test@example.com"),
        ("GIT_COMMITTER_NAME", "A Test"),
        ("GIT_COMMITTER_EMAIL", "test@example.com"),
    ] {
        command.env(name, value);
    }
    for name in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"] {
        command.env_remove(name);
    }
    command.env("GIT_CEILING_DIRECTORIES", above).current_dir(dir)
}

impl Repository {
    /// Creates one, or returns `None` and says so where there is no git.
    pub(crate) fn new(name: &str) -> Option<Self> {
        if Command::new("git").arg("--version").output().is_err() {
            eprintln!("skipped: no git");
            return None;
        }
        let acc = Self(run::folder(&format!("git_diff/{name}")));
        acc.git("init --quiet --initial-branch main");
        Some(acc)
    }

    pub(crate) fn git(&self, args: &str) -> String {
        let mut command = Command::new("git");
        let output = isolated(&mut command, &self.0).args(args.split_whitespace()).output();
        let run = Run::from(output.expect("git runs"));
        assert_eq!(run.code, Some(0), "git {args}: {}", run.err);
        run.out.trim().to_owned()
    }

    pub(crate) fn put(&self, path: &str, text: &str) {
        let path = self.0.join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, text).expect("a file");
    }

    /// Commits everything and returns the commit.
    pub(crate) fn commit(&self, title: &str) -> String {
        self.git("add --all");
        self.git(&format!("commit --quiet --allow-empty --message {title}"));
        self.git("rev-parse HEAD")
    }

    /// Runs `tamarack diff` with arguments that hold no space, in a folder of the repository.
    pub(crate) fn diff_in(&self, folder: &str, args: &str) -> Run {
        let mut command = run::tamarack(&self.0);
        isolated(&mut command, &self.0).current_dir(self.0.join(folder));
        command.arg("diff").args(args.split_whitespace()).output().expect("the binary runs").into()
    }

    pub(crate) fn diff(&self, args: &str) -> Run {
        self.diff_in("", args)
    }

    /// Returns a command of this repository for another program.
    pub(crate) fn command(&self, program: &str) -> Command {
        let mut acc = Command::new(program);
        isolated(&mut acc, &self.0);
        acc
    }
}
