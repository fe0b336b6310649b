//! Prism, which answers requests with what a document declares: installed below `target/`, run on loopback.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::{fs, io, thread};

const PACKAGE: &str = "@stoplight/prism-cli@5";

/// What is run, below the folder of the package.
const CLI: &str = "node_modules/@stoplight/prism-cli/dist/index.js";

/// A server, which ends with this value.
#[derive(Debug)]
pub(crate) struct Prism {
    child: Child,
    /// Where it listens.
    pub(crate) url: String,
}

/// Returns whether there is something to run it with.
pub(crate) fn has_node() -> bool {
    let found = |name: &str| {
        let output = Command::new(name).arg("--version").output();
        output.is_ok_and(|it| it.status.success())
    };
    found("node") && found("npm")
}

/// Installs it where it is not; returns what to run.
pub(crate) fn installed(root: &Path) -> Result<PathBuf, String> {
    let folder = root.join("target/prism");
    let cli = folder.join(CLI);
    if cli.is_file() {
        return Ok(cli);
    }
    let npm = || -> io::Result<bool> {
        fs::create_dir_all(&folder)?;
        let mut command = Command::new("npm");
        command.args(["install", "--no-audit", "--no-fund", "--silent", "--prefix", ".", PACKAGE]);
        Ok(command.current_dir(&folder).status()?.success())
    };
    match npm() {
        Ok(true) if cli.is_file() => Ok(cli),
        Ok(_) => Err(format!("npm does not install {PACKAGE}")),
        Err(error) => Err(format!("npm does not start: {error}")),
    }
}

impl Prism {
    /// Starts it with a document.
    pub(crate) fn start(cli: &Path, document: &Path) -> Result<Self, String> {
        let mut command = Command::new("node");
        command.arg(cli).args(["mock", "--host", "127.0.0.1", "--port", "0", "--seed", "tamarack"]);
        command.arg(document).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut child = command.spawn().map_err(|error| format!("node does not start: {error}"))?;
        let stdout = child.stdout.take();
        let mut prism = Self { child, url: String::new() };
        let mut lines = stdout.map(BufReader::new).into_iter().flat_map(BufRead::lines);
        let mut said = String::new();
        for line in lines.by_ref() {
            let line = line.map_err(|error| error.to_string())?;
            if let Some((_, url)) = line.split_once("listening on ") {
                prism.url = without_colours(url);
                // What it prints of each request has to go somewhere.
                thread::spawn(move || lines.for_each(drop));
                return Ok(prism);
            }
            said = line;
        }
        Err(format!("Prism does not listen: {said}"))
    }
}

impl Drop for Prism {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn without_colours(text: &str) -> String {
    text.chars().take_while(char::is_ascii_graphic).collect()
}
