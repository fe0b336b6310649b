//! The generators: how each is installed, found, and asked for a crate.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// One generator of Rust.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tool {
    Tamarack,
    Ploidy,
    OpenapiToRust,
    Oas3Gen,
    Progenitor,
    OpenapiNexus,
}

impl Tool {
    pub(crate) const ALL: [Self; 6] = [
        Self::Tamarack,
        Self::Ploidy,
        Self::OpenapiToRust,
        Self::Oas3Gen,
        Self::Progenitor,
        Self::OpenapiNexus,
    ];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Tamarack => "tamarack",
            Self::Ploidy => "ploidy 0.15",
            Self::OpenapiToRust => "openapi-to-rust 0.23",
            Self::Oas3Gen => "oas3-gen 0.29",
            Self::Progenitor => "progenitor 0.15",
            Self::OpenapiNexus => "openapi-nexus 0.2",
        }
    }

    /// Returns the package on crates.io with its version, and the program in it.
    fn package(self) -> (&'static str, &'static str) {
        match self {
            Self::Tamarack => ("", "tamarack"),
            Self::Ploidy => ("ploidy@0.15.0", "ploidy"),
            Self::OpenapiToRust => ("openapi-to-rust@0.23.0", "openapi-to-rust"),
            Self::Oas3Gen => ("oas3-gen@0.29.0", "oas3-gen"),
            Self::Progenitor => ("cargo-progenitor@0.15.1", "cargo-progenitor"),
            Self::OpenapiNexus => ("openapi-nexus@0.2.3", "openapi-nexus"),
        }
    }

    /// Returns the command that installs it below a folder, without what is built already.
    pub(crate) fn install(self, root: &Path) -> Command {
        let mut command = Command::new("cargo");
        command.args(["install", "--locked", "--force", "--root"]).arg(root);
        match self {
            Self::Tamarack => command.arg("--path").arg(repository().join("cli")),
            _ => command.arg(self.package().0),
        };
        command
    }

    /// Returns the program, if it is installed there.
    pub(crate) fn program(self, root: &Path) -> Option<PathBuf> {
        let program = root.join("bin").join(self.package().1);
        program.is_file().then_some(program)
    }

    /// Returns the command that writes a crate for a document into an empty folder.
    pub(crate) fn generate(self, program: &Path, document: &Path, out: &Path) -> Command {
        let mut command = Command::new(program);
        match self {
            Self::Tamarack => {
                command.arg("generate").arg(document).arg("--out").arg(out);
                command.arg("--runtime-path").arg(repository().join("runtime"));
                command.args(["--name", NAME, "--standalone"]);
            }
            Self::Ploidy => {
                command.args(["generate", "rust"]).arg(document).arg("-o").arg(out);
                command.args(["--name", NAME]);
            }
            Self::OpenapiToRust => {
                command.arg("generate").arg("--config").arg(out.join("config.toml"));
            }
            Self::Oas3Gen => {
                command.args(["generate", "client-mod", "-i"]).arg(document);
                command.arg("-o").arg(out.join("src/api"));
            }
            Self::Progenitor => {
                command.args(["progenitor", "-i"]).arg(document).arg("-o").arg(out);
                command.args(["-n", NAME, "-v", "0.1.0"]);
            }
            Self::OpenapiNexus => {
                command.args(["generate", "-i"]).arg(document).arg("-o").arg(out);
                command.args(["-g", "rust-reqwest"]);
            }
        }
        command
    }

    /// Returns the arguments that turn on what a client needs to send.
    pub(crate) fn features(self) -> &'static [&'static str] {
        match self {
            Self::Tamarack => &["--all-features"],
            _ => &[],
        }
    }

    /// Makes a crate of what the tool has written, where that is a module.
    pub(crate) fn complete(self, out: &Path) -> std::io::Result<()> {
        let dependencies = match self {
            Self::OpenapiToRust => MODULE_OF_OPENAPI_TO_RUST,
            Self::Oas3Gen => MODULE_OF_OAS3_GEN,
            Self::Tamarack | Self::Ploidy | Self::Progenitor | Self::OpenapiNexus => return Ok(()),
        };
        let manifest = format!(
            "[package]\nname = \"{NAME}\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[workspace]\n\n[dependencies]\n{dependencies}"
        );
        fs::write(out.join("Cargo.toml"), manifest)?;
        fs::write(out.join("src/lib.rs"), "pub mod api;\n")
    }

    /// Writes what the tool wants to find, before it runs.
    pub(crate) fn prepare(self, document: &Path, out: &Path) -> std::io::Result<()> {
        if out.exists() {
            fs::remove_dir_all(out)?;
        }
        fs::create_dir_all(out)?;
        if self == Self::OpenapiToRust {
            let text = format!(
                "[generator]\nspec_path = {:?}\noutput_dir = {:?}\nmodule_name = \"api\"\n\n[features]\nenable_async_client = true\n",
                document,
                out.join("src/api"),
            );
            fs::write(out.join("config.toml"), text)?;
        }
        Ok(())
    }
}

/// What a crate needs around a module, by the tool's own documentation.
const MODULE_OF_OPENAPI_TO_RUST: &str = "";
const MODULE_OF_OAS3_GEN: &str = "";

/// The name of all crates that are generated.
const NAME: &str = "generated-client";

/// Returns the root of the repository.
pub(crate) fn repository() -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    root.canonicalize().unwrap_or(root)
}
