//! The GitHub action and the job for GitLab: their scripts, run by the shell in a real repository, with
//! stand-ins for `gh` and `curl` that keep what they are given.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};

use serde_yaml::Value;

use super::repository::{Repository, Run};
use super::{changed, fences};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn action() -> Value {
    let text = fs::read_to_string(root().join("action.yml")).expect("action.yml");
    serde_yaml::from_str(&text).expect("YAML")
}

/// Returns the step of this name.
fn step(name: &str) -> Value {
    let action = action();
    let steps = action["runs"]["steps"].as_sequence().expect("steps");
    steps.iter().find(|it| it["name"] == name).expect("the step").clone()
}

/// A runner of one job: a repository, and what GitHub puts around it.
struct Runner {
    repository: Repository,
    temp: PathBuf,
}

impl Runner {
    fn new(name: &str) -> Option<Self> {
        let repository = changed(&format!("action_{name}"))?;
        let temp = repository.0.join(".git/runner");
        let bin = temp.join("tamarack/bin");
        fs::create_dir_all(&bin).expect("a folder");
        let binary = Path::new(env!("CARGO_BIN_EXE_tamarack"));
        std::os::unix::fs::symlink(binary, bin.join("tamarack")).expect("a link");
        Some(Self { repository, temp })
    }

    /// Puts a program of this name on the path of every step.
    fn program(&self, name: &str, script: &str) {
        let path = self.temp.join(name);
        fs::write(&path, format!("#!/usr/bin/env bash\n{script}")).expect("a script");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).expect("an executable");
    }

    fn bash(&self, script: &str, environment: &[(&str, &str)]) -> Run {
        let path = std::env::var("PATH").expect("a path");
        let file = self.temp.join("script.sh");
        fs::write(&file, script).expect("a script");
        let mut command = self.repository.command("bash");
        // As GitHub runs `shell: bash`.
        command.args(["--noprofile", "--norc", "-eo", "pipefail"]).arg(&file);
        command.env("PATH", format!("{}:{path}", self.temp.display()));
        command.env("RUNNER_TEMP", &self.temp);
        for (name, file) in [("GITHUB_OUTPUT", "output"), ("GITHUB_STEP_SUMMARY", "summary")] {
            command.env(name, self.temp.join(file));
        }
        command.envs(environment.iter().copied()).output().expect("bash runs").into()
    }

    /// Runs a step of the action; each variable of its `env` must be given.
    fn step(&self, name: &str, environment: &[(&str, &str)]) -> Run {
        let step = step(name);
        let wanted = step["env"].as_mapping().expect("variables");
        let wanted: Vec<_> = wanted.keys().filter_map(Value::as_str).collect();
        for name in &wanted {
            assert!(environment.iter().any(|it| it.0 == *name), "`{name}` is not given");
        }
        self.bash(step["run"].as_str().expect("a script"), environment)
    }

    fn compare(&self, paths: &str, fail_on: &str) -> Run {
        let environment = [
            ("PATHS", paths),
            ("FAIL_ON", fail_on),
            ("ACCEPT", ""),
            ("BASE", "main"),
            ("HEAD", "HEAD"),
        ];
        self.step("Compare", &environment)
    }

    fn comment(&self) -> Run {
        let report = self.temp.join("tamarack-diff.md");
        let environment = [
            ("GH_TOKEN", "a-token"),
            ("REPOSITORY", "acme/shop"),
            ("NUMBER", "7"),
            ("REPORT", report.to_str().expect("UTF-8")),
            ("MARKER", "<!-- tamarack diff default -->"),
        ];
        self.step("Comment", &environment)
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.temp.join(name)).unwrap_or_default()
    }
}

#[test]
fn no_script_has_an_expression_in_it() {
    let action = action();
    assert_eq!(action["runs"]["using"], "composite");
    let inputs = action["inputs"].as_mapping().expect("inputs");
    let names: Vec<_> = inputs.keys().filter_map(Value::as_str).collect();
    for step in action["runs"]["steps"].as_sequence().expect("steps") {
        let script = step["run"].as_str().expect("a script");
        assert!(!script.contains("${{"), "an input becomes a part of a script: {script}");
        assert_eq!(step["shell"], "bash");
        for value in step["env"].as_mapping().expect("variables").values() {
            let text = value.as_str().expect("a text");
            for input in text.split("inputs.").skip(1) {
                let end = input.find(|c: char| c != '-' && !c.is_alphanumeric());
                let name = &input[..end.unwrap_or(input.len())];
                assert!(names.contains(&name), "no input `{name}`");
            }
        }
    }
    let docs = fs::read_to_string(root().join("docs/diff.md")).expect("docs/diff.md");
    for name in names {
        assert!(docs.contains(&format!("`{name}`")), "docs/diff.md does not explain `{name}`");
    }
}

#[test]
fn the_step_compares_and_keeps_the_exit_code() {
    let Some(runner) = Runner::new("compare") else { return };
    let run = runner.compare("specs/animals.yaml\nspecs/new.json\n", "wire");
    assert_eq!(run.code, Some(0), "{}", run.err);
    let output = runner.read("output");
    assert!(output.contains("exit-code=6\n"), "{output}");
    assert!(run.out.contains("::error file=specs/animals.yaml,line="), "{}", run.out);
    assert!(!run.out.contains("shops"), "{}", run.out);
    let report = runner.read("tamarack-diff.md");
    assert!(report.starts_with("### `specs/animals.yaml` (renamed from"), "{report}");
    assert_eq!(runner.read("summary"), report);
    // The last step ends as `tamarack diff` did.
    for code in ["0", "3", "6"] {
        assert_eq!(runner.step("Result", &[("CODE", code)]).code, code.parse().ok());
    }
    let run = runner.compare("nowhere.yaml", "wire");
    assert_eq!(run.code, Some(0), "{}", run.err);
    assert!(runner.read("output").ends_with("exit-code=3\n"));
    assert!(!runner.temp.join("tamarack-diff.md").exists(), "no old report is left");
}

#[test]
fn one_comment_is_written_and_then_updated() {
    let Some(runner) = Runner::new("comment") else { return };
    runner.program(
        "gh",
        r#"
        printf '%s\n' "$*" >> "$RUNNER_TEMP/calls"
        case "$*" in
          *--jq*) cat "$RUNNER_TEMP/ids" 2> /dev/null || true ;;
          *) for it in "$@"; do case "$it" in body=@*) cp "${it#body=@}" "$RUNNER_TEMP/sent" ;; esac; done ;;
        esac
        "#,
    );
    assert_eq!(runner.compare("", "none").code, Some(0));
    let run = runner.comment();
    assert_eq!((run.code, run.out.as_str()), (Some(0), ""), "{}", run.err);
    let calls = runner.read("calls");
    assert!(
        calls.contains("api --silent --method POST repos/acme/shop/issues/7/comments"),
        "{calls}"
    );
    let sent = runner.read("sent");
    let expected = format!("<!-- tamarack diff default -->\n{}", runner.read("tamarack-diff.md"));
    assert_eq!(sent, expected);
    assert!(sent.chars().count() <= 65_536);

    fs::write(runner.temp.join("ids"), "41\n42\n").expect("a file");
    assert_eq!(runner.comment().code, Some(0));
    let last = runner.read("calls").lines().last().expect("a call").to_owned();
    assert!(last.starts_with("api --silent --method PATCH repos/acme/shop/issues/comments/41 "));

    // Where nothing changed, an old comment is updated, and no new one is written.
    assert_eq!(runner.compare("other", "none").code, Some(0));
    runner.comment();
    assert!(runner.read("sent").contains("no OpenAPI document changed from main to HEAD"));
    fs::remove_file(runner.temp.join("ids")).expect("a file");
    let n_calls = runner.read("calls").lines().count();
    runner.comment();
    assert_eq!(runner.read("calls").lines().count(), n_calls + 1, "only the list is asked for");
}

#[test]
fn a_token_that_may_not_write_hides_no_verdict() {
    let Some(runner) = Runner::new("refused") else { return };
    assert_eq!(runner.compare("", "none").code, Some(0));
    for script in ["exit 1", "case \"$*\" in *--jq*) ;; *) exit 1 ;; esac"] {
        runner.program("gh", script);
        let run = runner.comment();
        assert_eq!(run.code, Some(0), "{}", run.err);
        assert!(run.out.starts_with("::warning title=tamarack diff::"), "{}", run.out);
    }
}

/// Returns the job of docs/diff.md.
fn gitlab_job() -> Value {
    let docs = fs::read_to_string(root().join("docs/diff.md")).expect("docs/diff.md");
    let mut blocks = fences::blocks(&docs).into_iter().filter(|it| it.info == "yaml");
    let job = blocks.find(|it| it.text.contains("CI_MERGE_REQUEST_IID")).expect("the job");
    serde_yaml::from_str::<Value>(job.text).expect("YAML")["openapi"].clone()
}

#[test]
fn the_job_for_gitlab_compares_and_keeps_one_note() {
    let Some(runner) = Runner::new("gitlab") else { return };
    let job = gitlab_job();
    let lines = |key: &str| {
        let all = job[key].as_sequence().expect("a script").iter();
        all.map(|it| it.as_str().expect("a line").to_owned()).collect::<Vec<_>>().join("\n")
    };
    let bin = runner.temp.join("tamarack/bin");
    let path = format!("PATH=\"{}:$PATH\"\n", bin.display());
    let base = runner.repository.git("merge-base main change");
    let environment = [
        ("CI_MERGE_REQUEST_DIFF_BASE_SHA", base.as_str()),
        ("CI_COMMIT_SHA", "change"),
        ("CI_API_V4_URL", "https://gitlab.example/api/v4"),
        ("CI_PROJECT_ID", "3"),
        ("CI_MERGE_REQUEST_IID", "7"),
        ("TAMARACK_TOKEN", "a-token"),
    ];
    let run = runner.bash(&format!("{path}{}", lines("script")), &environment);
    assert_eq!(run.code, Some(6), "{}", run.err);
    let files = &runner.repository.0;
    let report = fs::read_to_string(files.join("diff.md")).expect("the report");
    assert!(report.contains("### `specs/shops.yaml`: removed"), "{report}");
    let junit = fs::read_to_string(files.join("diff.xml")).expect("the report for the page");
    assert!(junit.contains("<testsuites"), "{junit}");
    assert_eq!(job["artifacts"]["reports"]["junit"], "diff.xml");

    if runner.bash("command -v jq", &[]).code != Some(0) {
        eprintln!("skipped: no jq");
        return;
    }
    runner.program(
        "curl",
        "printf '%s\\n' \"$*\" >> \"$RUNNER_TEMP/calls\"\ncat \"$RUNNER_TEMP/notes\"\n",
    );
    fs::write(runner.temp.join("notes"), "[{\"id\": 1, \"body\": \"hello\"}]").expect("a file");
    let notes = "https://gitlab.example/api/v4/projects/3/merge_requests/7/notes";
    let last_call = || {
        let run = runner.bash(&lines("after_script"), &environment);
        assert_eq!(run.code, Some(0), "{}", run.err);
        runner.read("calls").lines().last().expect("a call").to_owned()
    };
    assert!(
        last_call().ends_with(&format!("--request POST --data-urlencode body@note.md {notes}"))
    );
    let note = fs::read_to_string(files.join("note.md")).expect("the note");
    assert_eq!(note, format!("<!-- tamarack diff -->\n{report}"));
    let both = serde_json::json!([{"id": 1, "body": "hello"}, {"id": 9, "body": note}]).to_string();
    fs::write(runner.temp.join("notes"), both).expect("a file");
    assert!(
        last_call().ends_with(&format!("--request PUT --data-urlencode body@note.md {notes}/9"))
    );
}
