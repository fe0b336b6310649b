//! The generators: how each is installed, found, and asked for a crate.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

/// One generator of Rust.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tool {
    Tamarack,
    Ploidy,
    OpenapiToRust,
    Oas3Gen,
    OpenapiNexus,
    Progenitor,
    OpenapiGenerator,
}

/// The name of all crates that are generated.
const NAME: &str = "generated-client";

/// Where its Python package puts the program of openapi-generator.
const JAR: &str = "python/openapi_generator_cli/openapi-generator.jar";

impl Tool {
    pub(crate) const ALL: [Self; 7] = [
        Self::Tamarack,
        Self::Ploidy,
        Self::OpenapiToRust,
        Self::Oas3Gen,
        Self::OpenapiNexus,
        Self::Progenitor,
        Self::OpenapiGenerator,
    ];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Tamarack => "tamarack",
            Self::Ploidy => "ploidy 0.15.0",
            Self::OpenapiToRust => "openapi-to-rust 0.23.0",
            Self::Oas3Gen => "oas3-gen 0.29.0",
            Self::OpenapiNexus => "openapi-nexus 0.2.3",
            Self::Progenitor => "progenitor 0.15.1",
            Self::OpenapiGenerator => "openapi-generator 7.26.0",
        }
    }

    /// Returns the package in its registry, with its version.
    fn package(self) -> &'static str {
        match self {
            Self::Tamarack => "tamarack-cli",
            Self::Ploidy => "ploidy@0.15.0",
            Self::OpenapiToRust => "openapi-to-rust@0.23.0",
            Self::Oas3Gen => "oas3-gen@0.29.0",
            Self::OpenapiNexus => "openapi-nexus@0.2.3",
            Self::Progenitor => "cargo-progenitor@0.15.1",
            Self::OpenapiGenerator => "openapi-generator-cli==7.26.0",
        }
    }

    /// Returns the command that installs it below a folder, built in an empty one.
    pub(crate) fn install(self, root: &Path, target: &Path) -> Command {
        if self == Self::OpenapiGenerator {
            let mut command = Command::new("python3");
            command.args(["-m", "pip", "install", "--quiet", "--no-deps", "--upgrade", "--target"]);
            command.arg(root.join("python")).arg(self.package());
            return command;
        }
        let mut command = Command::new("cargo");
        command.args(["install", "--locked", "--force", "--root"]).arg(root);
        command.env("CARGO_TARGET_DIR", target);
        match self {
            Self::Tamarack => command.arg("--path").arg(repository().join("cli")),
            _ => command.arg(self.package()),
        };
        command
    }

    /// Returns the program, if it is there: ours as it was just built, the others as they are installed below a folder.
    pub(crate) fn program(self, root: &Path) -> Option<PathBuf> {
        let program = match self {
            Self::Tamarack => repository().join("target/release/tamarack"),
            Self::Ploidy => root.join("bin/ploidy"),
            Self::OpenapiToRust => root.join("bin/openapi-to-rust"),
            Self::Oas3Gen => root.join("bin/oas3-gen"),
            Self::OpenapiNexus => root.join("bin/openapi-nexus"),
            Self::Progenitor => root.join("bin/cargo-progenitor"),
            Self::OpenapiGenerator => {
                Command::new("java").arg("-version").output().ok()?;
                root.join(JAR)
            }
        };
        program.is_file().then_some(program)
    }

    /// Returns the command that writes the crate of a document into an empty folder.
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
            // It reads what it is to do from a file, and writes a module.
            Self::OpenapiToRust => {
                command.arg("generate").arg("--config").arg(out.join("config.toml"));
            }
            Self::Oas3Gen => {
                command.args(["generate", "client-mod", "--workspace", "-i"]).arg(document);
                command.arg("-o").arg(out);
            }
            Self::OpenapiNexus => {
                command.args(["generate", "-i"]).arg(document).arg("-o").arg(out);
                command.args(["-g", "rust-reqwest"]);
            }
            Self::Progenitor => {
                command.args(["progenitor", "-i"]).arg(document).arg("-o").arg(out);
                command.args(["-n", NAME, "-v", "0.1.0", "--interface", "builder"]);
            }
            Self::OpenapiGenerator => {
                command = Command::new("java");
                command.arg("-jar").arg(program).args(["generate", "-g", "rust", "-i"]);
                command.arg(document).arg("-o").arg(out);
                // Without a version of its own the crate gets the document's, which cargo may not read.
                command.arg("--additional-properties");
                command.arg(format!("packageName={NAME},packageVersion=0.1.0"));
            }
        }
        command
    }

    /// Empties the folder, and writes what the tool wants to find there.
    pub(crate) fn prepare(self, document: &Path, out: &Path) -> io::Result<()> {
        if out.exists() {
            fs::remove_dir_all(out)?;
        }
        fs::create_dir_all(out)?;
        if self == Self::OpenapiToRust {
            // A string of Rust is one of TOML here.
            let document = document.to_string_lossy();
            let text = format!(
                "[generator]\nspec_path = {document:?}\noutput_dir = \"src/api\"\nmodule_name = \"api\"\n\n\
                 [features]\nenable_async_client = true\n"
            );
            fs::write(out.join("config.toml"), text)?;
        }
        Ok(())
    }

    /// Makes what the tool has written a crate that cargo builds by itself.
    pub(crate) fn complete(self, out: &Path) -> io::Result<()> {
        let manifest = out.join("Cargo.toml");
        if self == Self::OpenapiToRust {
            let dependencies = fs::read_to_string(out.join("src/api/REQUIRED_DEPS.toml"))?;
            let package = format!(
                "[package]\nname = \"{NAME}\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n"
            );
            fs::write(&manifest, package + &dependencies)?;
            fs::write(out.join("src/lib.rs"), "pub mod api;\n")?;
        }
        let text = fs::read_to_string(&manifest)?;
        if !text.contains("[workspace]") {
            fs::write(&manifest, text + "\n[workspace]\n")?;
        }
        Ok(())
    }
}

/// Returns the root of the repository.
pub(crate) fn repository() -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    root.canonicalize().unwrap_or(root)
}
