//! `tamarack init`, and `tamarack generate` with a project file: where it is found, what is wrong, `--watch`.
#![expect(clippy::disallowed_methods, reason = "a test sets up its folder by hand")]

use std::fs;
use std::path::Path;
use std::process::{Output, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crate::outside::root;
use crate::run;

const PETS: &str = "\
openapi: 3.0.3
info: {title: Pets, version: '1'}
servers: [{url: https://pets.example.com}]
paths: {}
components: {schemas: {Pet: {type: object, properties: {name: {type: string}}}}}
";

fn tamarack(dir: &Path, args: &[&str]) -> Output {
    run::tamarack(dir).args(args).output().expect("the binary runs")
}

fn err(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn init_writes_a_file_that_generate_obeys_and_never_overwrites_one() {
    let dir = run::folder("project_init");
    fs::write(dir.join("pets.oas.yaml"), PETS).expect("a file");
    fs::write(dir.join("shop.json"), PETS.replace("Pets", "The \"Shop\"")).expect("a file");
    let output = tamarack(&dir, &["init", "pets.oas.yaml", "shop.json"]);
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));
    let text = fs::read_to_string(dir.join("tamarack.toml")).expect("it is written");
    assert_eq!(tamarack(&dir, &["generate"]).status.code(), Some(0));
    assert!(dir.join("pets/Cargo.toml").is_file() && dir.join("the-shop/Cargo.toml").is_file());
    // What stands in a comment can be turned on as it is there.
    let keys = ["strict", "overlay", "standalone", "report"];
    let on = |line: &str| {
        let rest = line.strip_prefix("# ").filter(|it| it.contains(" = "));
        rest.filter(|it| keys.iter().any(|key| it.starts_with(key))).unwrap_or(line).to_owned()
            + "\n"
    };
    let all: String = text.lines().map(on).collect();
    let project = tamarack::project::Project::parse("p", &all).expect("right");
    let pets = &project.specs[0];
    assert!(pets.strict && pets.standalone);
    assert_eq!(pets.overlay.as_deref(), Some("pets.overlay.toml"));
    assert_eq!(project.specs[1].name.as_ref().map(tamarack::CrateName::as_str), Some("the-shop"));

    let again = tamarack(&dir, &["init", "pets.oas.yaml"]);
    assert_eq!(again.status.code(), Some(1));
    assert!(err(&again).contains("`tamarack.toml` exists already"), "{}", err(&again));
    assert_eq!(fs::read_to_string(dir.join("tamarack.toml")).expect("still there"), text);
}

#[test]
fn init_writes_nothing_for_what_is_no_document() {
    let dir = run::folder("project_init_wrong");
    fs::write(dir.join("pets.yaml"), PETS).expect("a file");
    fs::write(dir.join("none.yaml"), "a: b\n").expect("a file");
    for (args, code) in [
        (["init", "pets.yaml", "none.yaml"], 3),
        (["init", "pets.yaml", "absent.yaml"], 3),
        (["init", "pets.yaml", "-"], 2),
    ] {
        assert_eq!(tamarack(&dir, &args).status.code(), Some(code), "{args:?}");
        assert!(!dir.join("tamarack.toml").exists());
    }
}

#[test]
fn the_file_is_found_in_a_folder_above_and_its_paths_are_its_own() {
    let dir = run::folder("project_above");
    fs::create_dir_all(dir.join("a/b")).expect("folders");
    fs::write(dir.join("pets.yaml"), PETS).expect("a file");
    fs::write(dir.join("tamarack.toml"), "[[spec]]\nfile = \"pets.yaml\"\n").expect("a file");
    let output = tamarack(&dir.join("a/b"), &["generate"]);
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));
    let lib = fs::read_to_string(dir.join("pets/src/lib.rs")).expect("in the folder of the file");
    assert!(lib.contains(" from `pets.yaml` with `tamarack generate`;"), "{lib}");
    // From everywhere the same.
    for (folder, args) in [
        ("", vec!["generate", "--check"]),
        ("a", vec!["generate", "--check"]),
        ("a", vec!["generate", "--check", "--project", "../tamarack.toml"]),
    ] {
        let output = tamarack(&dir.join(folder), &args);
        assert_eq!(output.status.code(), Some(0), "{args:?}: {}", err(&output));
    }
}

#[test]
fn a_fault_of_the_file_is_reported_with_its_place() {
    let dir = run::folder("project_faults");
    let text = "[[spec]]\nfile = \"pets.yaml\"\noverlai = \"x\"\nstrict = 1\n";
    fs::write(dir.join("tamarack.toml"), text).expect("a file");
    let output = tamarack(&dir, &["generate"]);
    assert_eq!(output.status.code(), Some(3));
    assert_eq!(
        err(&output),
        "error: tamarack.toml:3:1: unknown key `overlai` in `[[spec]]`: did you mean `overlay`?\n\
         error: tamarack.toml:4:10: `strict` must be `true` or `false`\n"
    );
    let named = tamarack(&dir, &["generate", "--project", "other.toml"]);
    assert_eq!(named.status.code(), Some(3));
    // What belongs to one document is an error without one.
    let output = tamarack(&dir, &["generate", "--out", "x"]);
    assert_eq!(output.status.code(), Some(2));
    let both = tamarack(&dir, &["generate", "pets.yaml", "--project", "tamarack.toml"]);
    assert_eq!(both.status.code(), Some(2));
}

#[test]
fn two_crates_in_one_folder_and_an_absent_document_are_errors_before_anything_is_written() {
    let dir = run::folder("project_shared");
    fs::write(dir.join("pets.yaml"), PETS).expect("a file");
    let two = "[[spec]]\nfile = \"pets.yaml\"\n[[spec]]\nfile = \"pets.yaml\"\nout = \"./pets\"\n";
    fs::write(dir.join("tamarack.toml"), two).expect("a file");
    let output = tamarack(&dir, &["generate"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(err(&output).contains("two crates have the folder `./pets`"), "{}", err(&output));
    let absent = "[[spec]]\nfile = \"pets.yaml\"\n[[spec]]\nfile = \"a.yaml\"\n[[spec]]\nfile = \"b.yaml\"\n";
    fs::write(dir.join("tamarack.toml"), absent).expect("a file");
    let output = tamarack(&dir, &["generate"]);
    assert_eq!(output.status.code(), Some(3));
    let said = err(&output);
    assert!(said.contains("`a.yaml`") && said.contains("`b.yaml`"), "{said}");
    assert!(!dir.join("pets").exists());
}

/// One format: what `cargo xtask codegen` writes is what the project file of this repository says.
#[test]
fn this_repository_is_up_to_date_for_the_command() {
    let output = tamarack(root().as_path(), &["generate", "--check"]);
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    let up_to_date: Vec<&str> = said.lines().filter(|it| it.contains("is up to date")).collect();
    assert_eq!(up_to_date.len(), 2, "{said}");
}

/// A bound for a machine that is busy with something else.
const LONG: Duration = Duration::from_secs(120);

fn wait_for(what: &str, is_there: impl Fn() -> bool) {
    let end = Instant::now() + LONG;
    while !is_there() {
        assert!(Instant::now() < end, "{what}");
        thread::sleep(Duration::from_millis(50));
    }
}

#[test]
fn watch_generates_again_when_a_document_the_overlay_or_the_file_is_saved() {
    let dir = run::folder("project_watch");
    fs::write(dir.join("pets.yaml"), PETS).expect("a file");
    fs::write(dir.join("tamarack.toml"), "[[spec]]\nfile = \"pets.yaml\"\n").expect("a file");
    let mut command = run::tamarack(&dir);
    command.args(["generate", "--watch"]).stdout(Stdio::null()).stderr(Stdio::null());
    let mut watching = command.spawn().expect("the binary runs");
    let types = |folder: &str, text: &str| {
        let path = dir.join(folder).join("src/types.rs");
        fs::read_to_string(path).is_ok_and(|it| it.contains(text))
    };
    wait_for("the first run", || types("pets", "pub struct Pet "));
    fs::write(dir.join("pets.yaml"), PETS.replace("Pet:", "Animal:")).expect("a file");
    wait_for("a document", || types("pets", "pub struct Animal "));
    // A document that is wrong for a moment ends nothing.
    fs::write(dir.join("pets.yaml"), "a: b\n").expect("a file");
    thread::sleep(Duration::from_millis(600));
    fs::write(dir.join("pets.yaml"), PETS).expect("a file");
    wait_for("a document that is right again", || types("pets", "pub struct Pet "));
    let overlay = "[[name]]\nat = \"#/components/schemas/Pet\"\nname = \"Beast\"\nreason = \"r\"\n";
    fs::write(dir.join("pets.overlay.toml"), overlay).expect("a file");
    wait_for("a new overlay", || types("pets", "pub struct Beast "));
    let moved = "[[spec]]\nfile = \"pets.yaml\"\nout = \"moved\"\n";
    fs::write(dir.join("tamarack.toml"), moved).expect("a file");
    wait_for("the file", || types("moved", "pub struct Beast "));
    let other = PETS.replace(
        "Pet: {type: object, properties: {name: {type: string}}}",
        "Pet: {$ref: 'other.yaml'}",
    );
    fs::write(dir.join("pets.yaml"), other).expect("a file");
    fs::write(dir.join("other.yaml"), "{type: object, properties: {old: {type: string}}}")
        .expect("a file");
    wait_for("a file that is referred to", || types("moved", "pub old: "));
    fs::write(dir.join("other.yaml"), "{type: object, properties: {newer: {type: string}}}")
        .expect("a file");
    wait_for("another text of it", || types("moved", "pub newer: "));
    assert!(watching.try_wait().expect("a process").is_none(), "it goes on");
    watching.kill().expect("it can be ended");
    watching.wait().expect("it ends");
}

#[test]
fn what_cannot_be_watched_is_an_error() {
    let dir = run::folder("project_watch_wrong");
    assert_eq!(tamarack(&dir, &["generate", "-", "--watch"]).status.code(), Some(2));
    assert_eq!(
        tamarack(&dir, &["generate", "pets.yaml", "--watch", "--check"]).status.code(),
        Some(2)
    );
}
