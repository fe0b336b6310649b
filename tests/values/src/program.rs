//! A workspace of programs, one for each document, which decode values with its types and encode them again.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs, io};

use serde_json::Value;

use crate::build::build;
use crate::document::root;
use crate::pairs::Pair;
use crate::types::Types;

/// What came back of a value.
#[derive(Clone, Debug, PartialEq)]
pub enum Back {
    /// The value, encoded again.
    Value(Value),
    /// It was decoded; its type is only read, since it holds a secret.
    Read,
    /// The type is no JSON, such as a file.
    NoJson,
    /// It was not decoded or not encoded; the error of that.
    Failed(String),
}

/// The folder of the workspace.
#[derive(Clone, Debug)]
pub struct Programs {
    folder: PathBuf,
    command: String,
    has_checks: bool,
}

impl Programs {
    /// A workspace for a command, such as `examples`.
    pub fn new(command: &str) -> Self {
        Self {
            folder: root().join("target/values").join(command),
            command: command.to_owned(),
            has_checks: false,
        }
    }

    /// A workspace whose programs check values, and give back what is said of each.
    pub fn with_checks(command: &str) -> Self {
        Self { has_checks: true, ..Self::new(command) }
    }

    /// Returns the name of a program: commands ask for different types, and share a folder of what is built.
    fn name(&self, word: &str) -> String {
        format!("{}_{word}", self.command.replace('-', "_"))
    }

    /// Writes the program of a document: its types, and a list of those that are asked for.
    pub fn write(&self, word: &str, types: &Types, asked: &BTreeSet<usize>) -> io::Result<()> {
        let folder = self.folder.join(word);
        for (name, text) in &types.files {
            let path = folder.join("src/api").join(name);
            fs::create_dir_all(path.parent().unwrap_or(&folder))?;
            write(&path, text)?;
        }
        let mut list = String::new();
        for index in 0..types.names.len() {
            let name = types.names.get(index).filter(|_| asked.contains(&index));
            let _ = match name {
                Some(name) => writeln!(list, "    of!(api::types::{name}),"),
                None => writeln!(list, "    None,"),
            };
        }
        let (main, feature) = if self.has_checks {
            (
                REPLACED.iter().fold(MAIN.to_owned(), |acc, (from, to)| acc.replace(from, to)),
                "features = [\"validate\"]\n",
            )
        } else {
            (MAIN.to_owned(), "")
        };
        write(&folder.join("src/main.rs"), &main.replace("    // The types.\n", &list))?;
        write(&folder.join("Cargo.toml"), &self.manifest(word, feature))
    }

    /// Writes the program of a document that checks its operations; the error names what it cannot build.
    pub fn write_operations(
        &self,
        word: &str,
        types: &Types,
        asked: &BTreeSet<usize>,
    ) -> Result<(), String> {
        let folder = self.folder.join(word);
        let mut list = String::new();
        let mut functions = String::new();
        for (index, operation) in types.operations.iter().enumerate() {
            if asked.contains(&index) {
                functions.push_str(&build(index, operation)?);
                let _ = writeln!(
                    list,
                    "    Some(|it| of!(operations::{}, build_{index}, it)),",
                    operation.ident
                );
            } else {
                list.push_str("    None,\n");
            }
        }
        let main = OPERATIONS.replace("    // The operations.\n", &list) + &functions;
        let feature =
            "features = [\"validate\"]\n\n[features]\ndefault = [\"validate\"]\nvalidate = []\n";
        let written = || {
            for (name, text) in &types.module {
                let path = folder.join("src/api").join(name);
                fs::create_dir_all(path.parent().unwrap_or(&folder))?;
                write(&path, text)?;
            }
            write(&folder.join("src/main.rs"), &main)?;
            write(&folder.join("Cargo.toml"), &self.manifest(word, feature))
        };
        written().map_err(|error: io::Error| error.to_string())
    }

    fn manifest(&self, word: &str, feature: &str) -> String {
        format!(
            "[package]\nname = \"{}\"\nedition = \"2024\"\n\n[dependencies]\nserde = \"1\"\nserde_json = \"1\"\n\n\
             [dependencies.tamarack-runtime]\npath = \"{}\"\n{feature}",
            self.name(word),
            root().join("runtime").display()
        )
    }

    /// Builds the programs of these words; returns those that do not compile, with the first error.
    pub fn build(&self, words: &[String]) -> Result<(), String> {
        let mut manifest = "[workspace]\nresolver = \"3\"\nmembers = [\n".to_owned();
        for word in words {
            let _ = writeln!(manifest, "    \"{word}\",");
            // One of another run must not stand in for one that does not compile.
            let _ = fs::remove_file(target().join("debug").join(self.name(word)));
        }
        manifest.push_str("]\n\n[profile.dev]\ndebug = false\nincremental = false\n");
        let lock = root().join("Cargo.lock");
        fs::create_dir_all(&self.folder)
            .and_then(|()| fs::write(self.folder.join("Cargo.toml"), manifest))
            // The versions of the repository, so that nothing is looked up.
            .and_then(|()| fs::copy(lock, self.folder.join("Cargo.lock")))
            .map_err(|error| error.to_string())?;
        let status = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
            .args(["build", "--workspace", "--keep-going", "--quiet", "--offline"])
            .current_dir(&self.folder)
            .env("CARGO_TARGET_DIR", target())
            .status();
        match status {
            Ok(status) if status.success() => Ok(()),
            Ok(_) => Err("the programs do not all compile".to_owned()),
            Err(error) => Err(format!("cargo does not start: {error}")),
        }
    }

    /// Gives values to the program of a document; returns what came back of each.
    pub fn run(&self, word: &str, pairs: &[Pair]) -> Result<Vec<Back>, String> {
        let mut text = String::new();
        for pair in pairs {
            let _ = writeln!(text, "{}\t{}", pair.ty, pair.value);
        }
        let input = self.folder.join(format!("{word}.values"));
        fs::write(&input, text).map_err(|error| error.to_string())?;
        let output =
            Command::new(target().join("debug").join(self.name(word))).arg(&input).output();
        let output = output.map_err(|error| format!("the program does not start: {error}"))?;
        // It is written anew each time, and may be long.
        let _ = fs::remove_file(&input);
        if !output.status.success() {
            return Err(format!("the program ends with {}", output.status));
        }
        let text = String::from_utf8_lossy(&output.stdout);
        let back: Vec<Back> = text.lines().map(back).collect();
        if back.len() == pairs.len() {
            Ok(back)
        } else {
            Err(format!("{} of {} values came back", back.len(), pairs.len()))
        }
    }
}

/// All commands share one, so that the runtime is built once.
fn target() -> PathBuf {
    root().join("target/values/target")
}

/// Writes a file unless it is the same, so that cargo does not build it again.
fn write(path: &Path, text: &str) -> io::Result<()> {
    if fs::read_to_string(path).is_ok_and(|it| it == text) {
        return Ok(());
    }
    fs::write(path, text)
}

fn back(line: &str) -> Back {
    match line.split_once('\t') {
        Some(("value", text)) => match serde_json::from_str(text) {
            Ok(value) => Back::Value(value),
            Err(error) => Back::Failed(format!("no JSON is encoded: {error}")),
        },
        Some(("read", _)) => Back::Read,
        Some(("no json", _)) => Back::NoJson,
        _ => Back::Failed(line.to_owned()),
    }
}

/// What is another in a program that checks values.
const REPLACED: &[(&str, &str)] = &[
    ("    pub mod types;\n", "    pub mod types;\n    mod validate;\n"),
    (
        "T: DeserializeOwned + Serialize>",
        "T: DeserializeOwned + tamarack_runtime::validate::Validate>",
    ),
    (
        "Ok(value) => match serde_json::to_string(&value) {",
        "Ok(value) => match serde_json::to_string(&said(&value)) {",
    ),
    (
        "fn read<",
        "fn said(value: &impl tamarack_runtime::validate::Validate) -> Vec<(String, String)> {
    let Err(found) = value.validate() else { return Vec::new() };
    found.iter().map(|it| (it.pointer().to_owned(), it.rule().keyword().to_owned())).collect()
}

fn read<",
    ),
];

/// The program, without its types. Which traits a type has, method resolution finds out: an associated constant
/// of the type itself, whose bounds hold, comes before that of a trait.
const MAIN: &str = r#"//! Decodes the values of a file and encodes them again.
#![allow(warnings)]

mod api {
    pub mod types;
}

use std::marker::PhantomData;
use std::panic;

use serde::{Serialize, de::DeserializeOwned};

type Run = fn(&str) -> String;

struct Both<T>(PhantomData<T>);
struct Read<T>(PhantomData<T>);

impl<T: DeserializeOwned + Serialize> Both<T> {
    const RUN: Option<Run> = Some(both::<T>);
}

impl<T: DeserializeOwned> Read<T> {
    const RUN: Option<Run> = Some(read::<T>);
}

trait Neither {
    const RUN: Option<Run> = None;
}

impl<T> Neither for Both<T> {}
impl<T> Neither for Read<T> {}

macro_rules! of {
    ($ty:ty) => {
        match (Both::<$ty>::RUN, Read::<$ty>::RUN) {
            (Some(run), _) | (None, Some(run)) => Some(run),
            (None, None) => None,
        }
    };
}

const TYPES: &[Option<Run>] = &[
    // The types.
];

fn both<T: DeserializeOwned + Serialize>(text: &str) -> String {
    match serde_json::from_str::<T>(text) {
        Ok(value) => match serde_json::to_string(&value) {
            Ok(text) => format!("value\t{text}"),
            Err(error) => format!("not encoded: {error}"),
        },
        Err(error) => format!("not decoded: {error}"),
    }
}

fn read<T: DeserializeOwned>(text: &str) -> String {
    match serde_json::from_str::<T>(text) {
        Ok(_) => "read\t".to_owned(),
        Err(error) => format!("not decoded: {error}"),
    }
}

fn work() {
    let path = std::env::args().nth(1).expect("a file");
    let text = std::fs::read_to_string(path).expect("a text");
    let mut out = String::new();
    for line in text.lines() {
        let (ty, json) = line.split_once('\t').expect("a type and a value");
        let run = TYPES[ty.parse::<usize>().expect("a number")];
        let line = match run {
            Some(run) => panic::catch_unwind(|| run(json)).unwrap_or_else(|_| "panic".to_owned()),
            None => "no json\t".to_owned(),
        };
        out.push_str(&line.replace('\n', " "));
        out.push('\n');
    }
    print!("{out}");
}

fn main() {
    std::thread::Builder::new().stack_size(256 << 20).spawn(work).expect("a thread").join().expect("no panic");
}
"#;

/// The program that checks operations, without them. An operation without checks says nothing.
const OPERATIONS: &str = r#"//! Builds operations from the values of a file and checks them.
#![allow(warnings)]

mod api;

use std::collections::BTreeMap;
use std::marker::PhantomData;
use std::panic;

use api::{operations, types};
use serde_json::Value;
use tamarack_runtime::bytes::Bytes;
use tamarack_runtime::validate::Validate;
use tamarack_runtime::{AsReceived, FilePart, JsonLines, MediaBody, Patch, RequestBody, Secret};

type Said = Vec<(String, String)>;

struct Checked<T>(PhantomData<T>);

impl<T: Validate> Checked<T> {
    const SAID: fn(&T) -> Said = said::<T>;
}

trait Unchecked {
    type Of;
    const SAID: fn(&Self::Of) -> Said = |_| Vec::new();
}

impl<T> Unchecked for Checked<T> {
    type Of = T;
}

fn said<T: Validate>(value: &T) -> Said {
    let Err(found) = value.validate() else { return Vec::new() };
    found.iter().map(|it| (it.pointer().to_owned(), it.rule().keyword().to_owned())).collect()
}

macro_rules! of {
    ($ty:ty, $build:ident, $it:expr) => {
        match $build($it) {
            Ok(operation) => format!("value\t{}", serde_json::json!(Checked::<$ty>::SAID(&operation))),
            Err(error) => format!("not decoded: {error}"),
        }
    };
}

const OPERATIONS: &[Option<fn(&Value) -> String>] = &[
    // The operations.
];

fn work() {
    let path = std::env::args().nth(1).expect("a file");
    let text = std::fs::read_to_string(path).expect("a text");
    let mut out = String::new();
    for line in text.lines() {
        let (index, json) = line.split_once('\t').expect("an operation and its values");
        let run = OPERATIONS[index.parse::<usize>().expect("a number")].expect("one that is asked for");
        let value: Value = serde_json::from_str(json).expect("JSON");
        let line = panic::catch_unwind(|| run(&value)).unwrap_or_else(|_| "panic".to_owned());
        out.push_str(&line.replace('\n', " "));
        out.push('\n');
    }
    print!("{out}");
}

fn main() {
    std::thread::Builder::new().stack_size(256 << 20).spawn(work).expect("a thread").join().expect("no panic");
}
"#;
