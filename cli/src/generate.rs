//! The arguments of `tamarack generate` in, a crate on the disk out.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;
use std::time::Instant;

use heck::ToKebabCase;
use tamarack::codes;
use tamarack::diagnostic::Sink;
use tamarack::emit::{self, CrateOptions, Placement, Provenance};
use tamarack::pipeline::{self, Input, Model};
use tamarack::render::{self, Texts};
use tamarack::report::Report;
use tamarack::strict::{self, Mode, Verdict};
use tamarack::sync::{self, Changes, Owned};

use crate::location::{self, Workspace};
use crate::messages::{self, Said};
use crate::{Exit, GenerateArgs, MessageFormat, command, input, say};

/// Generates, or checks, the crate.
pub(crate) fn run(args: &GenerateArgs) -> Exit {
    match generate(args) {
        Ok(exit) | Err(exit) => exit,
    }
}

fn generate(args: &GenerateArgs) -> Result<Exit, Exit> {
    let start = Instant::now();
    let surroundings = Surroundings::of(args)?;
    let input = input::read_both(&args.spec, args.overlay.as_deref())?;
    let texts = Texts::new(&input);
    let mut sink = Sink::default();
    let model = pipeline::model(&input, &mut sink);
    let files = model.as_ref().map(|model| {
        let options = crate_options(args, model, &surroundings);
        emit::crate_files(&pipeline::module(model, &mut sink), &options)
    });
    let mode = if args.strict { Mode::Strict } else { Mode::Lenient };
    let verdict = strict::judge(sink.into_diagnostics(), input.overlay.as_ref(), mode);

    print_messages(&verdict, &input, args.message_format);
    let seconds = start.elapsed().as_secs_f64();
    write_report(args, model.as_ref(), &verdict, &texts, seconds)?;
    if verdict.open.iter().any(|diagnostic| diagnostic.code == codes::BUG) {
        return Err(Exit::Failed);
    }
    let (Some(model), Some(files)) = (model, files) else {
        return Err(input::no_model(&verdict));
    };
    if args.strict && verdict.has_errors() {
        return Err(Exit::Refused);
    }
    let owned = Owned::Crate(&emit::TOP_LEVEL);
    if args.check {
        let changes = sync::plan(&files, &args.out, owned).map_err(|error| failed(&error))?;
        return Ok(check(args, &files, &changes));
    }
    let changes = sync::write(&files, &args.out, owned).map_err(|error| failed(&error))?;
    say::out(&summary(args, &model, &changes, start.elapsed().as_secs_f64()));
    say::out(&notes(args, &changes, &surroundings));
    Ok(Exit::Done)
}

/// What of the places around the output stands in the manifest.
struct Surroundings {
    runtime_path: Option<String>,
    workspace: Option<Workspace>,
}

impl Surroundings {
    /// Looks around, or says what is not as it has to be.
    fn of(args: &GenerateArgs) -> Result<Self, Exit> {
        let path = args.runtime_path.as_deref();
        let runtime_path = path.map(|it| location::runtime_path(it, &args.out)).transpose();
        let runtime_path = runtime_path.map_err(|error| {
            say::err(&format!("error: {error}\n"));
            Exit::Usage
        })?;
        let workspace = location::workspace(&args.out).map_err(|error| {
            let out = command::slashed(&args.out);
            say::err(&format!("error: cannot write `{out}`: {error}\n"));
            Exit::Failed
        })?;
        Ok(Self { runtime_path, workspace })
    }
}

fn failed(error: &dyn std::error::Error) -> Exit {
    say::err(&format!("error: {error}\n"));
    Exit::Failed
}

fn crate_options(args: &GenerateArgs, model: &Model, around: &Surroundings) -> CrateOptions {
    CrateOptions {
        name: args.name.clone().unwrap_or_else(|| default_name(&model.api.title, &args.spec)),
        provenance: Provenance {
            command: command::without_out(args),
            spec: command::slashed(&location::portable(&args.spec, &args.out)),
        },
        runtime_path: around.runtime_path.clone(),
        placement: match around.workspace {
            Some(_) => Placement::Member,
            None => Placement::Standalone,
        },
    }
}

/// Returns the title, else the name of the file, as the name of a crate.
fn default_name(title: &str, spec: &Path) -> String {
    let stem = spec.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let stem = stem.split('.').next().unwrap_or_default();
    [title, stem]
        .iter()
        .map(|text| {
            let ascii = text.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { ' ' });
            ascii.collect::<String>().to_kebab_case()
        })
        .find_map(|name| crate_name(&name).or_else(|_| crate_name(&format!("{name}-client"))).ok())
        .unwrap_or_else(|| "api-client".to_owned())
}

/// Reads the name of a crate; Cargo's own rules and no word that Rust keeps
/// for itself.
pub(crate) fn crate_name(text: &str) -> Result<String, String> {
    let starts = text.starts_with(|c: char| c.is_ascii_alphabetic());
    if !starts || !text.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_') {
        return Err("write letters, digits, `-` and `_`, a letter first".to_owned());
    }
    let taken = ["alloc", "core", "proc_macro", "std", "test"];
    if taken.contains(&text) || syn::parse_str::<syn::Ident>(&text.replace('-', "_")).is_err() {
        return Err("Rust keeps this name for itself".to_owned());
    }
    Ok(text.to_owned())
}

fn print_messages(verdict: &Verdict, input: &Input, format: MessageFormat) {
    say::rendered_err(&messages::rendered(&[Said { input, open: &verdict.open }], format));
    let totals = render::totals(&verdict.open, verdict.accepted.len());
    if let Some(totals) = totals.filter(|_| format == MessageFormat::Text) {
        say::err(&format!("{totals}\n"));
    }
}

fn write_report(
    args: &GenerateArgs,
    model: Option<&Model>,
    verdict: &Verdict,
    texts: &Texts<'_>,
    seconds: f64,
) -> Result<(), Exit> {
    let Some(path) = &args.report else { return Ok(()) };
    let spec = command::slashed(&args.spec);
    let report = Report::new(&spec, model, &verdict.all(), texts, seconds);
    write_file(path, &report.to_json())
}

/// Writes a file that the command line names.
pub(crate) fn write_file(path: &Path, text: &str) -> Result<(), Exit> {
    let removed = sync::write_file(path, text).map_err(|error| failed(&error))?;
    for leftover in removed {
        say::err(&format!(
            "note: removed what an interrupted run left: `{}`\n",
            leftover.display()
        ));
    }
    Ok(())
}

fn check(args: &GenerateArgs, files: &BTreeMap<String, String>, changes: &Changes) -> Exit {
    if changes.is_empty() {
        say::out(&format!(
            "{}/ is up to date ({})\n",
            out_name(args),
            counted(files.len(), "file")
        ));
        return Exit::Done;
    }
    say::err(&sync::check(files, &args.out, changes, &command::with_out(args)));
    Exit::Stale
}

/// Returns, for example, `out: 12 of 14 operations, 30 types; 3 files changed,
/// 21 unchanged (0.12 s)`.
fn summary(args: &GenerateArgs, model: &Model, changes: &Changes, seconds: f64) -> String {
    let (n, declared) = (model.api.operations.len(), model.declared.operations);
    let of = if n == declared { String::new() } else { format!("{n} of ") };
    format!(
        "{}: {of}{}, {}; {} changed, {} unchanged ({seconds:.2} s)\n",
        out_name(args),
        counted(declared, "operation"),
        counted(model.api.types.len(), "type"),
        counted(changes.n_changed(), "file"),
        changes.unchanged.len(),
    )
}

/// Returns what there is to know beside the summary, a line each.
fn notes(args: &GenerateArgs, changes: &Changes, around: &Surroundings) -> String {
    let mut acc = String::new();
    for leftover in &changes.leftovers {
        let path = format!("{}/{leftover}", out_name(args));
        let _ = writeln!(acc, "note: removed what an interrupted run left: `{path}`");
    }
    let is_new = changes.missing.union(&changes.modified).any(|it| it == "Cargo.toml");
    if let Some(Workspace { manifest, unlisted: Some(member) }) = around.workspace.as_ref()
        && is_new
    {
        let _ = writeln!(
            acc,
            "note: the crate is in the workspace of `{}`: add {} to its `members`, \
             unless a member depends on the crate by path",
            command::slashed(manifest),
            toml::Value::from(member.as_str())
        );
    }
    acc
}

fn counted(n: usize, what: &str) -> String {
    if n == 1 { format!("1 {what}") } else { format!("{n} {what}s") }
}

/// Returns the folder without the slash that a shell adds.
fn out_name(args: &GenerateArgs) -> String {
    command::shown(&args.out).trim_end_matches('/').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_default_name_is_the_title_or_the_file() {
        let spec = Path::new("specs/pets.oas.yaml");
        assert_eq!(
            default_name("Swagger Petstore - OpenAPI 3.0", spec),
            "swagger-petstore-open-api-3-0"
        );
        assert_eq!(default_name("日本", spec), "pets");
        assert_eq!(default_name("Test", spec), "test-client");
        assert_eq!(default_name("", Path::new("1.yaml")), "api-client");
    }

    #[test]
    fn a_crate_name_is_one_that_cargo_takes() {
        assert!(crate_name("acme-oauth_1").is_ok());
        for bad in ["", "1st", "a b", "std", "type", "é"] {
            assert!(crate_name(bad).is_err(), "{bad}");
        }
    }
}
