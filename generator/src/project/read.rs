//! TOML text in, a project out, or all that is wrong with the text.

use toml::Spanned;
use toml::de::DeTable;

use super::fault::{FaultKind, ProjectError};
use super::table::{Faults, Table};
use super::{Crate, ModuleSpec, Project, Spec, modules};
use crate::choices::Choices;
use crate::crate_name::CrateName;
use crate::derives::Derive;
use crate::formats::{Formats, Library};
use crate::nearest::nearest;
use crate::replacement::Replacement;
use crate::subset::Subset;

/// What entries have that do not say it themselves.
struct Defaults {
    strict: bool,
    formats: Formats,
}

pub(super) fn read(file: &str, text: &str) -> Result<Project, Vec<ProjectError>> {
    let mut faults = Faults::new(file, text);
    let table = match DeTable::parse(text) {
        Ok(table) => table,
        Err(error) => {
            let offset = error.span().map_or(0, |span| span.start);
            faults.push(offset, FaultKind::Syntax(error.message().trim().to_owned()));
            return Err(faults.into_errors());
        }
    };
    let project = project(Table::new("the file", &table), &mut faults);
    let errors = faults.into_errors();
    if errors.is_empty() { Ok(project) } else { Err(errors) }
}

fn project(mut table: Table<'_>, faults: &mut Faults<'_>) -> Project {
    let strict = table.flag("strict", faults).unwrap_or_default();
    let defaults = Defaults { strict, formats: formats(&mut table, faults).unwrap_or_default() };
    let command = plain(table.text("command", faults));
    let runtime_path = plain(table.text("runtime-path", faults));
    let specs = table.tables("spec", "`[[spec]]`", faults);
    let specs: Vec<Spec> = specs.into_iter().map(|it| spec(it, &defaults, faults)).collect();
    let crates = table.tables("crate", "`[[crate]]`", faults);
    let crates: Vec<Crate> = crates.into_iter().map(|it| krate(it, &defaults, faults)).collect();
    let offset = table.offset;
    table.finish(faults);
    if specs.is_empty() && crates.is_empty() && faults.len() == 0 {
        faults.push(offset, FaultKind::Nothing);
    }
    Project { command, runtime_path, specs, crates }
}

fn spec(mut table: Table<'_>, defaults: &Defaults, faults: &mut Faults<'_>) -> Spec {
    let file = table.needed("file", faults).into_inner();
    let overlay = plain(table.text("overlay", faults));
    let name = table.text("name", faults);
    let name = name.and_then(|it| crate_name(&it, faults));
    let out = plain(table.text("out", faults));
    let strict = table.flag("strict", faults).unwrap_or(defaults.strict);
    let standalone = table.flag("standalone", faults).unwrap_or_default();
    let report = plain(table.text("report", faults));
    let names = ["`[[spec.derive]]`", "`[[spec.replace]]`"];
    let choices = choices(&mut table, names, defaults, faults);
    table.finish(faults);
    Spec { file, overlay, out, name, strict, standalone, report, choices }
}

fn krate(mut table: Table<'_>, defaults: &Defaults, faults: &mut Faults<'_>) -> Crate {
    let name = table.needed("name", faults);
    let name = if name.get_ref().is_empty() { None } else { crate_name(&name, faults) };
    // The name of a file with a fault is not used.
    let name = name.unwrap_or_else(|| CrateName::made_from(["", ""]));
    let out = plain(table.text("out", faults)).unwrap_or_else(|| name.as_str().to_owned());
    let description = plain(table.text("description", faults));
    let publish = table.flag("publish", faults).unwrap_or(true);
    let strict = table.flag("strict", faults).unwrap_or(defaults.strict);
    let standalone = table.flag("standalone", faults).unwrap_or_default();
    let entries = table.tables("spec", "`[[crate.spec]]`", faults);
    if entries.is_empty() {
        faults.push(table.offset, FaultKind::Missing { key: "spec", table: "`[[crate]]`" });
    }
    let entries: Vec<_> = entries.into_iter().map(|it| module_spec(it, defaults, faults)).collect();
    table.finish(faults);
    modules::check(&entries, faults);
    let description = description.unwrap_or_else(|| "Typed clients of several APIs".to_owned());
    let specs = entries.into_iter().map(|(_, spec)| spec).collect();
    Crate { name, out, description, publish, strict, standalone, specs }
}

/// Reads a document of a crate, with the offset of its entry.
fn module_spec(
    mut table: Table<'_>,
    defaults: &Defaults,
    faults: &mut Faults<'_>,
) -> (usize, ModuleSpec) {
    let offset = table.offset;
    let file = table.needed("file", faults).into_inner();
    let module = table.needed("module", faults).into_inner();
    let overlay = plain(table.text("overlay", faults));
    let feature = plain(table.text("feature", faults));
    let feature = feature.unwrap_or_else(|| module.replace("::", "-").replace('_', "-"));
    let default = table.flag("default", faults).unwrap_or(true);
    let api = plain(table.text("api", faults)).unwrap_or_else(|| module.clone());
    let version = plain(table.text("version", faults)).unwrap_or_default();
    let names = ["`[[crate.spec.derive]]`", "`[[crate.spec.replace]]`"];
    let choices = choices(&mut table, names, defaults, faults);
    table.finish(faults);
    let spec = ModuleSpec { file, overlay, module, feature, default, api, version, choices };
    (offset, spec)
}

/// Reads what is chosen of a document; `names` are those of the tables of what types derive, and of types written by
/// hand.
fn choices(
    table: &mut Table<'_>,
    [derive, replace]: [&'static str; 2],
    defaults: &Defaults,
    faults: &mut Faults<'_>,
) -> Choices {
    Choices {
        subset: subset(table, faults),
        formats: formats(table, faults).unwrap_or_else(|| defaults.formats.clone()),
        derives: derives(table, derive, faults),
        replacements: replacements(table, replace, faults),
    }
}

/// Reads the libraries of an entry; `None` if it does not say which.
fn formats(table: &mut Table<'_>, faults: &mut Faults<'_>) -> Option<Formats> {
    let offset = table.offset_of("with")?;
    let mut libraries = Vec::new();
    for name in table.texts("with", faults) {
        match Library::of_name(&name) {
            Some(library) => libraries.push(library),
            None => {
                let nearest = nearest(&name, Library::ALL.iter().map(|it| it.name()));
                let nearest = nearest.and_then(Library::of_name);
                faults.push(offset, FaultKind::Library { name, nearest });
            }
        }
    }
    match Formats::new(libraries) {
        Ok(formats) => Some(formats),
        Err(error) => {
            faults.push(offset, FaultKind::Formats(error));
            None
        }
    }
}

/// Reads what types derive beside their own traits.
fn derives(table: &mut Table<'_>, name: &'static str, faults: &mut Faults<'_>) -> Vec<Derive> {
    let entries = table.tables("derive", name, faults);
    let entries = entries.into_iter().filter_map(|mut it| {
        let offset = it.offset_of("traits").unwrap_or(it.offset);
        let traits = it.texts("traits", faults);
        if traits.is_empty() {
            faults.push(offset, FaultKind::Missing { key: "traits", table: name });
        }
        let types = it.texts("types", faults);
        let dependencies = it.dependencies("dependencies", faults);
        it.finish(faults);
        match Derive::new(traits) {
            Ok(derive) => {
                let mut derive = derive.of(types);
                derive.dependencies = dependencies;
                Some(derive)
            }
            Err(error) => {
                faults.push(offset, FaultKind::Derive(error));
                None
            }
        }
    });
    entries.collect()
}

/// Reads which types are written by hand.
fn replacements(
    table: &mut Table<'_>,
    name: &'static str,
    faults: &mut Faults<'_>,
) -> Vec<Replacement> {
    let entries = table.tables("replace", name, faults);
    let entries = entries.into_iter().filter_map(|mut it| {
        let replaced = it.needed("type", faults).into_inner();
        let path = it.needed("with", faults);
        let dependencies = it.dependencies("dependencies", faults);
        it.finish(faults);
        // What is missing is a fault already.
        if path.get_ref().is_empty() {
            return None;
        }
        match Replacement::new(replaced, path.get_ref()) {
            Ok(mut replacement) => {
                replacement.dependencies = dependencies;
                Some(replacement)
            }
            Err(error) => {
                faults.push(path.span().start, FaultKind::Replacement(error));
                None
            }
        }
    });
    entries.collect()
}

fn subset(table: &mut Table<'_>, faults: &mut Faults<'_>) -> Subset {
    let mut texts = |key| table.texts(key, faults);
    Subset { include: texts("include"), exclude: texts("exclude") }
}

fn crate_name(name: &Spanned<String>, faults: &mut Faults<'_>) -> Option<CrateName> {
    match CrateName::parse(name.get_ref()) {
        Ok(name) => Some(name),
        Err(error) => {
            faults.push(name.span().start, FaultKind::Name(name.get_ref().clone(), error));
            None
        }
    }
}

fn plain(text: Option<Spanned<String>>) -> Option<String> {
    text.map(Spanned::into_inner)
}
