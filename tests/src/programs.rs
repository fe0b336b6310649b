//! Crates generated from documents, and programs that use them as their users would, built and run below `target/`.

use std::ffi::OsString;
use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

use tamarack::{
    CrateName, CrateSettings, Files, Input, Layout, Mode, Placement, Provenance, RuntimeSource,
    Settings, Text, Verdict,
};

/// A workspace of generated crates and of the programs that use them.
#[derive(Debug)]
pub struct Programs {
    root: PathBuf,
    folder: PathBuf,
    command: String,
}

/// A document, and what it does not say.
#[derive(Clone, Copy, Debug)]
pub struct Document<'a> {
    /// The file below the corpora.
    pub file: &'a str,
    /// The overlay.
    pub overlay: Option<&'a str>,
}

impl Programs {
    /// A workspace for a command of this repository, such as `tokens`; `root` is that of the repository.
    pub fn new(root: &Path, command: &str) -> Self {
        let folder = root.join("target").join(command);
        Self { root: root.to_owned(), folder, command: format!("cargo xtask {command}") }
    }

    /// Generates the crate `api_WORD` of a document.
    pub fn generate(
        &self,
        word: &str,
        document: Document<'_>,
        corpora: &Path,
    ) -> Result<Files, String> {
        let file = corpora.join(document.file);
        let content =
            fs::read_to_string(&file).map_err(|error| format!("{}: {error}", file.display()))?;
        let overlay = document.overlay.map(|it| Text::new("overlay", it));
        let input = Input { overlay, ..Input::new(document.file, content) };
        let name = CrateName::parse(&of_api(word)).map_err(|error| error.to_string())?;
        let settings = Settings {
            provenance: Provenance {
                command: self.command.clone(),
                spec: document.file.to_owned(),
            },
            mode: Mode::Lenient,
            layout: Layout::Crate(CrateSettings {
                name: Some(name),
                runtime: RuntimeSource::Path(self.root.join("runtime").display().to_string()),
                placement: Placement::Member,
            }),
        };
        let outcome = tamarack::generate(&input, &settings);
        if outcome.verdict == Verdict::Sound {
            return Ok(outcome.files);
        }
        let said = outcome.diagnostics.all();
        Err(said.first().map_or("no reason given".to_owned(), |it| it.title.clone()))
    }

    /// Writes the crate of a document and its program, whose `main.rs` is given.
    pub fn write(&self, word: &str, files: &Files, main_rs: &str) -> io::Result<()> {
        let folder = self.folder.join(of_api(word));
        if folder.exists() {
            fs::remove_dir_all(&folder)?;
        }
        for (name, text) in files {
            let path = folder.join(name);
            fs::create_dir_all(path.parent().unwrap_or(&folder))?;
            fs::write(path, text)?;
        }
        let program = self.folder.join(of_program(word));
        fs::create_dir_all(program.join("src"))?;
        fs::write(program.join("src/main.rs"), main_rs)?;
        fs::write(program.join("Cargo.toml"), self.manifest(word))
    }

    fn manifest(&self, word: &str) -> String {
        format!(
            "[package]\nname = \"{program}\"\nedition = \"2024\"\n\n[dependencies]\nserde_json = \"1\"\n\n\
             [dependencies.{api}]\npath = \"../{api}\"\ndefault-features = false\nfeatures = [\"ureq3\"]\n\n\
             [dependencies.tamarack-runtime]\npath = \"{runtime}\"\n",
            program = of_program(word),
            api = of_api(word),
            runtime = self.root.join("runtime").display()
        )
    }

    /// Builds the programs of these words, with warnings denied.
    pub fn build<'a>(&self, words: impl IntoIterator<Item = &'a str>) -> Result<(), String> {
        let mut manifest = "[workspace]\nresolver = \"3\"\nmembers = [\n".to_owned();
        for word in words {
            let _ = writeln!(manifest, "    \"{}\",\n    \"{}\",", of_api(word), of_program(word));
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
            .env("CARGO_TARGET_DIR", self.target())
            .status();
        match status {
            Ok(status) if status.success() => Ok(()),
            Ok(_) => Err("the crates do not all compile without warnings".to_owned()),
            Err(error) => Err(format!("cargo does not start: {error}")),
        }
    }

    /// Runs the program of a word; returns what it prints, or what it says of its failure.
    pub fn run(&self, word: &str, arguments: &[&str]) -> Result<String, String> {
        let program = self.target().join("debug").join(of_program(word));
        let output = Command::new(program).args(arguments).output();
        let output = output.map_err(|error| error.to_string())?;
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).trim().to_owned();
        if output.status.success() { Ok(text(&output.stdout)) } else { Err(text(&output.stderr)) }
    }

    /// All commands share one, so that the dependencies are built once.
    fn target(&self) -> PathBuf {
        self.root.join("target/programs")
    }
}

fn cargo() -> OsString {
    std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into())
}

/// Returns the name of the crate of a word.
pub fn of_api(word: &str) -> String {
    format!("api_{word}")
}

fn of_program(word: &str) -> String {
    format!("ask_{word}")
}
