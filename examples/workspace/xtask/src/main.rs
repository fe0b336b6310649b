//! `cargo xtask codegen` writes the crates of `tamarack.toml`; with `--check` it only says which are not up to date.

use std::error::Error;
use std::path::Path;
use std::process::ExitCode;

use tamarack::project::{Crate, ModuleSpec, Project};
use tamarack::render::{self, Paint, Texts};
use tamarack::sync::{self, Owned, read_text};
use tamarack::{
    ClientsSettings, Dependencies, Input, Listed, Mode, Text, Verdict, emit, gather,
    generate_clients,
};

const COMMAND: &str = "cargo xtask codegen";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = match arguments.as_slice() {
        ["codegen"] => codegen(false),
        ["codegen", "--check"] => codegen(true),
        _ => Err(format!("usage: {COMMAND} [--check]").into()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn codegen(only_check: bool) -> Result<(), Box<dyn Error>> {
    let file = text("tamarack.toml")?;
    let project = Project::parse(&file.name, &file.content)
        .map_err(|errors| errors.iter().map(|it| format!("error: {it}\n")).collect::<String>())?;
    // All documents are read before anything is written.
    let generated = project.crates.iter().map(generate).collect::<Result<Vec<_>, _>>()?;
    for (krate, files) in project.crates.iter().zip(&generated) {
        let (out, owned) = (Path::new(&krate.out), Owned::Crate(&emit::TOP_LEVEL));
        if only_check {
            let changes = sync::plan(files, out, owned)?;
            if !changes.is_empty() {
                return Err(sync::check(files, out, &changes, COMMAND).into());
            }
        } else {
            let changes = sync::write(files, out, owned)?;
            println!("{}/: {} files changed", krate.out, changes.n_changed());
        }
    }
    Ok(())
}

/// Returns the files of a crate; what is wrong with its documents is printed.
fn generate(krate: &Crate) -> Result<tamarack::Files, Box<dyn Error>> {
    let listed = krate.specs.iter().map(|it| Ok(Listed { spec: it.clone(), input: input(it)? }));
    let listed = listed.collect::<Result<Vec<_>, Box<dyn Error>>>()?;
    let settings = ClientsSettings {
        command: COMMAND.to_owned(),
        mode: if krate.strict { Mode::Strict } else { Mode::Lenient },
        dependencies: Dependencies::OfWorkspace,
    };
    let clients = generate_clients(&listed, krate, &settings);
    for (it, outcome) in listed.iter().zip(&clients.outcomes) {
        eprint!(
            "{}",
            render::text(&outcome.diagnostics.open, &Texts::new(&it.input), Paint::Plain)
        );
    }
    match clients.verdict() {
        Verdict::Sound => Ok(clients.files),
        _ => Err(format!("`{}` is left as it was", krate.out).into()),
    }
}

/// Reads a document, and the files that it refers to.
fn input(spec: &ModuleSpec) -> Result<Input, Box<dyn Error>> {
    let overlay = spec.overlay.as_deref().map(text).transpose()?;
    let input = Input { choices: spec.choices.clone(), ..Input::of(text(&spec.file)?, overlay) };
    Ok(gather(input, |path| text(path).map(|it| it.content).map_err(|it| it.to_string())))
}

fn text(path: &str) -> Result<Text, Box<dyn Error>> {
    let content = read_text(Path::new(path)).map_err(|it| format!("cannot read `{path}`: {it}"))?;
    Ok(Text::new(path, content))
}
