//! Runs the binary on a row and reports what is not as expected.

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crate::row::Row;

/// How long a run may take: longer ones are loops. The build of the tests is ten times slower than the one of users.
const MAX_TIME: Duration = Duration::from_secs(60);

/// Returns the first thing that is not as the row says, with the name of the row.
pub(crate) fn fault(row: &Row) -> Option<String> {
    let folder = folder(&row.name);
    fs::write(folder.join("api.oas"), &row.document).expect("the document is written");
    let mut overlay = Vec::new();
    if let Some(text) = &row.overlay {
        fs::write(folder.join("overlay.toml"), text).expect("the overlay is written");
        overlay = vec!["--overlay", "overlay.toml"];
    }
    let generate = [&["generate", "api.oas"][..], &overlay].concat();
    let lenient = [&generate[..], &["--out", "out"]].concat();
    let strict = [&generate[..], &["--out", "strict", "--strict"]].concat();
    let overlays = if overlay.is_empty() { vec![] } else { [&overlay[..], &overlay].concat() };
    let diff = [&["diff", "api.oas", "api.oas", "--fail-on", "any"][..], &overlays].concat();
    let mut outcome = run(&folder, &lenient, row.generate);
    if let Some(code) = row.strict {
        outcome = outcome.and_then(|()| run(&folder, &strict, code));
    }
    let outcome = outcome.and_then(|()| run(&folder, &diff, row.diff)).and_then(|()| {
        written(&folder, &[("out", row.generate == 0), ("strict", row.strict == Some(0))])
    });
    match outcome {
        Ok(()) => {
            fs::remove_dir_all(&folder).expect("the folder goes away");
            None
        }
        Err(fault) => Some(format!("{}: {fault}", row.name)),
    }
}

/// Returns an empty folder with a neighbour that nothing may be written to.
fn folder(name: &str) -> PathBuf {
    let folder =
        Path::new(env!("CARGO_TARGET_TMPDIR")).join("hostile").join(name.replace(' ', "_"));
    if folder.exists() {
        fs::remove_dir_all(&folder).expect("the old folder goes away");
    }
    let inner = folder.join("here");
    fs::create_dir_all(&inner).expect("a new folder");
    inner
}

fn run(folder: &Path, arguments: &[&str], code: i32) -> Result<(), String> {
    let mut child = Command::new(env!("CARGO_BIN_EXE_tamarack"))
        .current_dir(folder)
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|it| it.to_string())?;
    let (out, err) = (child.stdout.take().expect("piped"), child.stderr.take().expect("piped"));
    // Read while it runs: a full pipe would stop it.
    let (out, err) = (thread::spawn(move || text(out)), thread::spawn(move || text(err)));
    let start = Instant::now();
    let status = loop {
        if let Some(status) = child.try_wait().map_err(|it| it.to_string())? {
            break status;
        }
        if start.elapsed() > MAX_TIME {
            child.kill().map_err(|it| it.to_string())?;
            let _ = child.wait();
            return Err(format!("`{}`: longer than {MAX_TIME:?}", arguments.join(" ")));
        }
        thread::sleep(Duration::from_millis(2));
    };
    let (out, err) = (out.join().expect("read"), err.join().expect("read"));
    let said =
        || err.trim().lines().next().unwrap_or_default().chars().take(200).collect::<String>();
    let command = arguments.join(" ");
    if status.code() != Some(code) {
        return Err(format!("`{command}`: expected exit code {code}, got {status}: {}", said()));
    }
    for word in ["bug in tamarack", "panicked", "overflowed its stack", "memory allocation"] {
        if err.contains(word) {
            return Err(format!("`{command}` says `{word}`: {}", said()));
        }
    }
    let bad = out.chars().chain(err.chars()).find(|it| it.is_control() && *it != '\n');
    bad.map_or(Ok(()), |it| Err(format!("`{command}`: {it:?} reaches the terminal")))
}

fn text(mut from: impl Read) -> String {
    let mut bytes = Vec::new();
    let _ = from.read_to_end(&mut bytes);
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Nothing stands beside the output, each output is there or is not, and what is there is a crate.
fn written(folder: &Path, expected: &[(&str, bool)]) -> Result<(), String> {
    let beside = names(folder.parent().expect("a folder of ours"));
    if beside != ["here"] {
        return Err(format!("something is written beside the folder: {beside:?}"));
    }
    for name in names(folder) {
        let ours = ["api.oas", "overlay.toml"].contains(&name.as_str());
        if !ours && !expected.contains(&(&name, true)) {
            return Err(format!("`{name}` is written"));
        }
    }
    for (out, _) in expected.iter().filter(|it| it.1) {
        is_crate(&folder.join(out))?;
    }
    Ok(())
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok);
    let mut acc: Vec<_> = entries.map(|it| it.file_name().to_string_lossy().into_owned()).collect();
    acc.sort();
    acc
}

fn is_crate(out: &Path) -> Result<(), String> {
    let (top, src) = (names(out), names(&out.join("src")));
    // Each is a file, or a folder where the document is long.
    let modules: Vec<_> = src.iter().map(|it| it.trim_end_matches(".rs")).collect();
    if top != [".gitignore", "Cargo.toml", "README.md", "examples", "rustfmt.toml", "src"]
        || names(&out.join("examples")) != ["first-call.rs"]
        || modules != ["client", "lib", "operations", "types"]
    {
        return Err(format!("other files than those of a crate: {top:?} {src:?}"));
    }
    let in_src = src.iter().map(|it| out.join("src").join(it));
    for path in in_src.chain([out.join("examples")]) {
        let files = if path.is_dir() {
            names(&path).iter().map(|it| path.join(it)).collect()
        } else {
            vec![path]
        };
        for path in files {
            let text = fs::read_to_string(&path).map_err(|it| it.to_string())?;
            tamarack_expand::file(&text)
                .map_err(|it| format!("{} is not Rust: {it}", path.display()))?;
        }
    }
    let text = fs::read_to_string(out.join("Cargo.toml")).map_err(|it| it.to_string())?;
    let manifest: toml::Table = toml::from_str(&text).map_err(|it| format!("no manifest: {it}"))?;
    let dependencies = manifest["dependencies"].as_table().map(toml::Table::len);
    if dependencies == Some(2) { Ok(()) } else { Err(format!("dependencies: {dependencies:?}")) }
}
