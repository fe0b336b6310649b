//! The binary, killed at random moments: every file stays whole, and the next run recovers.
//!
//! A few dozen kills by default; `TAMARACK_KILLS=200` makes them as many.
#![cfg(unix)]
#![expect(clippy::disallowed_methods, reason = "a test sets up its folder by hand")]

#[path = "shared/run.rs"]
mod run;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// A document with enough in it that writing takes a moment.
fn spec(word: &str) -> String {
    let mut acc = "openapi: 3.0.3\ninfo: {title: Pets, version: '1'}\npaths:\n".to_owned();
    for index in 0..20 {
        let _ = writeln!(
            acc,
            "  /{word}/{index}: {{get: {{operationId: {word}{index}, responses: {{'200': {{description: \
             d, content: {{application/json: {{schema: {{type: object, properties: {{{word}: {{type: \
             string}}}}}}}}}}}}}}}}}}"
        );
    }
    acc
}

fn command(dir: &Path, args: &[&str]) -> Command {
    let mut command = run::tamarack(dir);
    command.args(args).stdin(Stdio::null());
    command
}

fn generate(dir: &Path, spec: &str, out: &str) -> Output {
    let output = command(dir, &["generate", spec, "--out", out]).output().expect("it runs");
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    output
}

/// Returns every file below a folder.
fn state(dir: &Path) -> BTreeMap<String, String> {
    let mut acc = BTreeMap::new();
    let mut inside = vec![dir.to_owned()];
    while let Some(folder) = inside.pop() {
        for entry in fs::read_dir(&folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                inside.push(path);
            } else {
                let name = path.strip_prefix(dir).expect("inside").display().to_string();
                acc.insert(name, fs::read_to_string(&path).expect("a text"));
            }
        }
    }
    acc
}

/// Numbers without a pattern (xorshift); the same in each run.
struct Random(u64);

impl Random {
    /// Sleeps for a part of `longest`.
    fn sleep(&mut self, longest: Duration) {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        // A thousandth at a time is fine enough for something of milliseconds.
        let part = u32::try_from(self.0 % 1_000).expect("it is below a thousand");
        thread::sleep(longest * part / 1_000);
    }
}

fn n_kills() -> u32 {
    std::env::var("TAMARACK_KILLS").ok().map_or(40, |it| it.parse().expect("a number"))
}

fn folder(name: &str) -> PathBuf {
    run::folder(&format!("kills/{name}"))
}

#[test]
fn a_crate_is_whole_after_each_kill() {
    let dir = folder("crate");
    for name in ["cat", "dog"] {
        fs::write(dir.join(format!("{name}.yaml")), spec(name)).expect("a file");
    }
    let start = Instant::now();
    generate(&dir, "cat.yaml", "cat");
    let whole = start.elapsed();
    generate(&dir, "dog.yaml", "dog");
    let wanted = [state(&dir.join("cat")), state(&dir.join("dog"))];
    generate(&dir, "cat.yaml", "out");

    let (mut random, mut n_cut, mut n_left) = (Random(0x2545_F491_4F6C_DD1D), 0, 0);
    for kill in 0..n_kills() {
        let next = ["dog.yaml", "cat.yaml"][kill as usize % 2];
        let out = dir.join("out");
        let mut child = command(&dir, &["generate", next, "--out", "out"])
            .stdout(Stdio::null())
            .spawn()
            .expect("it runs");
        if kill % 4 == 0 {
            // At any moment of the run.
            random.sleep(whole);
        } else {
            // In the short time in which files are moved.
            let stage = |it: fs::DirEntry| it.file_name().to_string_lossy().contains("-stage-");
            while child.try_wait().expect("a status").is_none() {
                if fs::read_dir(&out).expect("a folder").flatten().any(stage) {
                    random.sleep(Duration::from_millis(2));
                    break;
                }
            }
        }
        child.kill().expect("it is killed, or has ended");
        child.wait().expect("it has ended");

        let found = state(&out);
        for (path, text) in &found {
            let is_known = wanted.iter().any(|it| it.get(path) == Some(text));
            assert!(is_known || path.starts_with(".tamarack-stage-"), "kill {kill}: `{path}`");
        }
        for path in wanted[0].keys().filter(|it| wanted[1].contains_key(*it)) {
            assert!(found.contains_key(path), "kill {kill}: `{path}` is missing");
        }
        n_cut += u32::from(!wanted.contains(&found));
        let is_left = fs::read_dir(&out)
            .expect("a folder")
            .flatten()
            .any(|it| it.file_name().to_string_lossy().starts_with(".tamarack-stage-"));
        n_left += u32::from(is_left);

        let output = generate(&dir, next, "out");
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        let index = usize::from(next == "dog.yaml");
        assert_eq!(state(&out), wanted[index], "kill {kill}");
        assert_eq!(
            said.contains("note: removed a leftover of an interrupted run"),
            is_left,
            "{said}"
        );
    }
    println!("{} kills, {n_cut} in the middle of writing, {n_left} left a stage", n_kills());
    assert!(n_cut > 0, "no kill met the writing");
}

#[test]
fn a_report_is_whole_after_each_kill() {
    let dir = folder("report");
    fs::write(dir.join("cat.yaml"), spec("cat")).expect("a file");
    fs::write(dir.join("dog.yaml"), spec("dog")).expect("a file");
    let diff = ["diff", "cat.yaml", "dog.yaml", "--format", "json", "--out", "report.json"];
    let start = Instant::now();
    assert!(command(&dir, &diff).status().expect("it runs").success());
    let whole = start.elapsed();
    let report = fs::read_to_string(dir.join("report.json")).expect("a text");
    let mut random = Random(0x9E37_79B9_7F4A_7C15);
    for kill in 0..n_kills() / 2 {
        fs::write(dir.join("report.json"), "old").expect("a file");
        let mut child = command(&dir, &diff).spawn().expect("it runs");
        random.sleep(whole * 5 / 4);
        child.kill().expect("it is killed, or has ended");
        child.wait().expect("it has ended");
        let found = fs::read_to_string(dir.join("report.json")).expect("a text");
        assert!(found == "old" || found == report, "kill {kill}");
    }
    assert!(command(&dir, &diff).status().expect("it runs").success());
    let names: Vec<_> = state(&dir).into_keys().collect();
    assert_eq!(names, ["cat.yaml", "dog.yaml", "report.json"]);
}
