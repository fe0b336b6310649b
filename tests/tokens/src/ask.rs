//! A document in, a crate generated from it and a program that asks it for a token out; both are built and run below `target/`.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use tamarack::{
    CrateName, CrateSettings, Files, Input, Layout, Mode, Placement, Provenance, Settings, Text,
    Verdict,
};

use crate::server::{ID, SECRET};
use crate::table::Row;

/// A workspace of generated crates and of the programs that use them.
pub(crate) struct Workspace {
    root: PathBuf,
    folder: PathBuf,
}

impl Workspace {
    pub(crate) fn new(root: &Path) -> Self {
        Self { root: root.to_owned(), folder: root.join("target/tokens") }
    }

    /// Generates the crate of a document; returns the methods of its client that make token sources.
    pub(crate) fn generate(&self, row: &Row, file: &Path) -> Result<Vec<String>, String> {
        let content =
            fs::read_to_string(file).map_err(|error| format!("{}: {error}", file.display()))?;
        let overlay = row.overlay.map(|it| Text::new("overlay", it));
        let input = Input { overlay, ..Input::new(row.file, content) };
        let name = CrateName::parse(&of_api(row)).map_err(|error| error.to_string())?;
        let command = "cargo xtask tokens".to_owned();
        let settings = Settings {
            provenance: Provenance { command, spec: row.file.to_owned() },
            mode: Mode::Lenient,
            layout: Layout::Crate(CrateSettings {
                name: Some(name),
                runtime_path: Some(self.root.join("runtime").display().to_string()),
                placement: Placement::Member,
            }),
        };
        let outcome = tamarack::generate(&input, &settings);
        if outcome.verdict != Verdict::Sound {
            let said = outcome.diagnostics.all();
            return Err(said.first().map_or("no reason given".to_owned(), |it| it.title.clone()));
        }
        let methods = methods(&outcome.files);
        if !methods.is_empty() {
            self.write(row, &outcome.files, &methods[0]).map_err(|error| error.to_string())?;
        }
        Ok(methods)
    }

    fn write(&self, row: &Row, files: &Files, method: &str) -> std::io::Result<()> {
        let folder = self.folder.join(of_api(row));
        if folder.exists() {
            fs::remove_dir_all(&folder)?;
        }
        for (name, text) in files {
            let path = folder.join(name);
            fs::create_dir_all(path.parent().unwrap_or(&folder))?;
            fs::write(path, text)?;
        }
        let program = self.folder.join(of_program(row)).join("src");
        fs::create_dir_all(&program)?;
        fs::write(program.join("main.rs"), main_rs(row, method))?;
        let manifest = format!(
            "[package]\nname = \"{}\"\nedition = \"2024\"\n\n[dependencies.{}]\npath = \"../{}\"\n\
             default-features = false\nfeatures = [\"ureq3\"]\n\n[dependencies.tamarack-runtime]\n\
             path = \"{}\"\n",
            of_program(row),
            of_api(row),
            of_api(row),
            self.root.join("runtime").display()
        );
        fs::write(self.folder.join(of_program(row)).join("Cargo.toml"), manifest)
    }

    /// Builds the programs, with warnings denied.
    pub(crate) fn build(&self, rows: &[&Row]) -> Result<(), String> {
        let mut manifest = "[workspace]\nresolver = \"3\"\nmembers = [\n".to_owned();
        for row in rows {
            let _ = writeln!(manifest, "    \"{}\",\n    \"{}\",", of_api(row), of_program(row));
        }
        manifest.push_str("]\n\n[profile.dev]\ndebug = false\nincremental = false\n");
        let written = fs::write(self.folder.join("Cargo.toml"), manifest);
        written.map_err(|error| error.to_string())?;
        let lock = self.folder.join("Cargo.lock");
        fs::copy(self.root.join("Cargo.lock"), lock).map_err(|error| error.to_string())?;
        let status = Command::new(cargo())
            .args(["build", "--workspace", "--keep-going", "--quiet", "--offline"])
            .current_dir(&self.folder)
            .env("RUSTFLAGS", "-D warnings")
            .env("CARGO_TARGET_DIR", self.folder.join("target"))
            .status();
        match status {
            Ok(status) if status.success() => Ok(()),
            Ok(_) => Err("the crates do not all compile without warnings".to_owned()),
            Err(error) => Err(format!("cargo does not start: {error}")),
        }
    }

    /// Runs the program of a document; returns the token that it prints.
    pub(crate) fn ask(&self, row: &Row, url: &str) -> Result<String, String> {
        let program = self.folder.join("target/debug").join(of_program(row));
        let output = Command::new(program).arg(url).output().map_err(|error| error.to_string())?;
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).trim().to_owned();
        if output.status.success() { Ok(text(&output.stdout)) } else { Err(text(&output.stderr)) }
    }
}

fn cargo() -> std::ffi::OsString {
    std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into())
}

/// Returns the methods of the client that make token sources.
fn methods(files: &Files) -> Vec<String> {
    let mut acc = Vec::new();
    for text in files.values() {
        let names = text.split("pub fn ").skip(1).filter_map(|it| it.split_once('('));
        for (name, rest) in names {
            let head = rest.split('{').next().unwrap_or_default();
            if head.trim_end().ends_with("-> TokenSourceBuilder") {
                acc.push(name.to_owned());
            }
        }
    }
    acc
}

fn of_api(row: &Row) -> String {
    format!("api_{}", word(row))
}

fn of_program(row: &Row) -> String {
    format!("ask_{}", word(row))
}

fn word(row: &Row) -> String {
    row.name.chars().map(|it| if it.is_ascii_alphanumeric() { it } else { '_' }).collect()
}

/// Writes the program, as a user of the crate would.
fn main_rs(row: &Row, method: &str) -> String {
    let asks = row.asks.unwrap_or_default();
    format!(
        "//! Asks for a token and prints it.\n\n\
         use tamarack_runtime::token::ClientCredentials;\n\
         use {api}::client::Client;\n\n\
         fn main() -> Result<(), Box<dyn std::error::Error>> {{\n    \
         let url = std::env::args().nth(1).ok_or(\"no URL\")?;\n    \
         let client = Client::builder().base_url(url.as_str()).blocking().build()?;\n    \
         let credentials = ClientCredentials::new({ID:?}, {SECRET:?});\n    \
         let source = client.{method}(credentials, {asks}).blocking().build()?;\n    \
         println!(\"{{}}\", source.token()?.expose());\n    \
         Ok(())\n}}\n",
        api = of_api(row)
    )
}
