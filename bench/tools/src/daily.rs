//! Measures what is run again and again: code that is up to date, and two versions of a large document.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::Bench;
use crate::measure::{self, Cost};
use crate::page::{Section, digits, load, median_of};
use crate::tool::{Tool, repository};

/// The documents of about three megabytes, one of JSON and one of YAML.
const LARGE: [&str; 2] = ["GitHub", "Plaid"];

/// Runs `cargo xtask codegen` of this repository, and compares large documents with changed copies of themselves.
pub(crate) fn section(bench: &Bench) -> Section {
    let mut rows = vec![row("`cargo xtask codegen`, nothing changed", codegen(bench))];
    for document in bench.documents.iter().filter(|it| LARGE.contains(&it.name)) {
        let title = format!("`tamarack diff`, {} and a changed copy", document.name);
        rows.push(row(&title, compared(bench, &document.path)));
    }
    let header = ["work", "milliseconds on the clock", "CPU milliseconds", "MiB at its peak"];
    let note = "Whole processes; of `cargo xtask` the program that cargo starts. In the copy each 40th property of a \
                text is a number.";
    Section {
        title: "Every day".to_owned(),
        header: header.map(str::to_owned).to_vec(),
        rows,
        notes: vec![format!("{note} {} {}", median_of(bench.runs), load())],
    }
}

fn row(title: &str, cost: Result<Cost, String>) -> Vec<String> {
    let ms = |time: std::time::Duration| digits(time.as_secs_f64() * 1_000.0);
    match cost {
        Ok(it) => {
            let peak = crate::generation::mib(it.peak);
            vec![title.to_owned(), ms(it.wall), ms(it.cpu), format!("{peak:.0}")]
        }
        Err(why) => vec![title.to_owned(), why, String::new(), String::new()],
    }
}

fn codegen(bench: &Bench) -> Result<Cost, String> {
    let log = bench.work.join("codegen.log");
    let mut build = Command::new("cargo");
    build.args(["build", "--release", "--locked", "-p", "xtask"]).current_dir(repository());
    measure::run(&mut build, &log)?;
    let mut codegen = Command::new(repository().join("target/release/xtask"));
    codegen.arg("codegen").current_dir(repository());
    // The first run brings up to date what is not.
    measure::run(&mut codegen, &log)?;
    medians(bench, || measure::run(&mut codegen, &log))
}

fn compared(bench: &Bench, document: &Path) -> Result<Cost, String> {
    let program = Tool::Tamarack.program(&bench.root).ok_or("not present")?;
    let copy = changed(document, &bench.work).map_err(|error| error.to_string())?;
    let log = bench.work.join("diff.log");
    let mut diff = Command::new(program);
    diff.arg("diff").arg(document).arg(copy);
    medians(bench, || measure::run(&mut diff, &log))
}

/// Returns the median by the clock, which is what somebody waits.
fn medians(bench: &Bench, mut run: impl FnMut() -> Result<Cost, String>) -> Result<Cost, String> {
    // They are short, so more of them cost nothing and say more.
    let costs = (0..bench.runs * 3).map(|_| run());
    let mut costs = costs.collect::<Result<Vec<_>, String>>()?;
    costs.sort_by_key(|it| it.wall);
    costs.get(costs.len() / 2).copied().ok_or_else(|| "never run".to_owned())
}

/// Writes a document in which each 40th property of a text is a number, line by line as it stands in the file.
fn changed(document: &Path, folder: &Path) -> std::io::Result<PathBuf> {
    let mut n = 0;
    let mut lines = Vec::new();
    let text = fs::read_to_string(document)?;
    for line in text.lines() {
        let is_text = matches!(
            line.trim(),
            "type: string" | "\"type\": \"string\"" | "\"type\": \"string\","
        );
        n += usize::from(is_text);
        let is_changed = is_text && n.is_multiple_of(40);
        lines.push(if is_changed { line.replace("string", "number") } else { line.to_owned() });
    }
    let name = document.file_name().unwrap_or_default();
    let copy = folder.join(name);
    fs::write(&copy, lines.join("\n"))?;
    Ok(copy)
}
