//! The catalog in, its documents read and ready to be compared out.

use std::fs;
use std::path::Path;

use tamarack::catalog::{Catalog, Entry};
use tamarack::diagnostic::Sink;
use tamarack::diff::changes::Version;
use tamarack::pipeline::{self, Input, Text};

use crate::codegen::root;

/// The folder of the catalog and its documents, below the root.
const SPECS: &str = "specs";

/// Reads the catalog.
pub(crate) fn catalog() -> Result<Catalog, String> {
    let text = read("catalog.toml")?;
    Catalog::parse(&text.name, &text.content)
        .map_err(|errors| errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))
}

/// Reads a document with its overlay. What is left out of it was said when
/// code was generated.
pub(crate) fn version(entry: &Entry) -> Result<Version, String> {
    let overlay = entry.overlay_file();
    let exists = root().join(SPECS).join(&overlay).exists();
    let overlay = if exists { Some(read(&overlay)?) } else { None };
    let input = Input { spec: read(&entry.file)?, overlay };
    let model = pipeline::model(&input, &mut Sink::default())
        .ok_or_else(|| format!("`{}` is no OpenAPI document", input.spec.name))?;
    Ok(Version { name: entry.version.clone(), is_stable: entry.is_stable(), input, model })
}

fn read(file: &str) -> Result<Text, String> {
    let name = format!("{SPECS}/{file}");
    match fs::read_to_string(root().join(Path::new(&name))) {
        Ok(content) => Ok(Text { name, content }),
        Err(error) => Err(format!("cannot read `{name}`: {error}")),
    }
}
