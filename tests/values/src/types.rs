//! The generated types of a document: which schema each is made from, and the files that have them.

use std::collections::{BTreeMap, BTreeSet};

use tamarack::diagnostic::Sink;
use tamarack::plan::{Item, PlannedOperation, PlannedType};
use tamarack::{Choices, Files, Formats, Input, Library, Settings, Verdict, plan};

/// What came of a document.
#[derive(Clone, Debug)]
pub struct Types {
    /// The name of each type.
    pub names: Vec<String>,
    /// The type of each schema that has one, by its place.
    pub at: BTreeMap<String, usize>,
    /// The types that are names for others.
    pub aliases: BTreeSet<usize>,
    /// The files with the types, named relative to the folder of the module.
    pub files: Files,
    /// All files of the module.
    pub module: Files,
    /// The operations.
    pub operations: Vec<PlannedOperation>,
    /// The places that a diagnostic speaks of.
    pub reported: Vec<String>,
}

impl Types {
    /// Generates the types of a document; the error says why there are none.
    pub fn of(name: &str, text: &str) -> Result<Self, String> {
        Self::with(name, text, Formats::default())
    }

    /// Generates the types of a document with the checks of their values.
    pub fn with_checks(name: &str, text: &str) -> Result<Self, String> {
        let formats = Formats::new([Library::Validate]).map_err(|error| error.to_string())?;
        Self::with(name, text, formats)
    }

    fn with(name: &str, text: &str, formats: Formats) -> Result<Self, String> {
        let choices = Choices { formats, ..Choices::default() };
        let input = Input { choices, ..Input::new(name, text) };
        let outcome = tamarack::generate(&input, &Settings::module(name));
        let said = outcome.diagnostics.all();
        let model = outcome.model.filter(|_| outcome.verdict == Verdict::Sound);
        let Some(model) = model else {
            return Err(said.first().map_or("no reason given".to_owned(), |it| it.title.clone()));
        };
        let planned = plan::of_api(&model.api, &mut Sink::default());
        let (planned, operations) = (planned.types, planned.operations);
        let places = model.api.types.iter().map(|it| it.pointer.to_string());
        let at = places.enumerate().map(|(index, at)| (at, index)).collect();
        let names = planned.iter().map(|it| it.ident.as_str().to_owned()).collect();
        let is_alias = |it: &PlannedType| matches!(it.item, Item::Alias(_));
        let aliases = (0..planned.len()).filter(|it| is_alias(&planned[*it])).collect();
        let is_of_types = |name: &String| {
            ["types", "validate"].iter().any(|it| {
                name.strip_prefix(it).is_some_and(|it| it == ".rs" || it.starts_with('/'))
            })
        };
        let module = outcome.files;
        let files = module.iter().filter(|(name, _)| is_of_types(name));
        let files = files.map(|(name, text)| (name.clone(), without_operations(text))).collect();
        let reported = said.iter().map(|it| it.at.to_string()).collect();
        Ok(Self { names, at, aliases, files, module, operations, reported })
    }

    /// Returns whether a diagnostic speaks of one of these schemas, or of a part of one that is no property.
    pub fn is_reported(&self, schemas: &[String]) -> bool {
        let speaks = |at: &String| {
            schemas.iter().any(|schema| {
                at.strip_prefix(schema.as_str()).is_some_and(|rest| {
                    rest.is_empty() || rest.starts_with('/') && !rest.starts_with("/properties/")
                })
            })
        };
        self.reported.iter().any(speaks)
    }
}

/// Returns the code of checks without those of operations, which are not there.
fn without_operations(text: &str) -> String {
    let mut acc = String::new();
    let mut item = String::new();
    for line in text.lines() {
        item.push_str(&line.replace("{operations, types}", "types"));
        item.push('\n');
        // An item is kept or left as a whole.
        if item.starts_with("validated!(") && !line.ends_with(");") {
            continue;
        }
        let is_of_operations =
            ["operation ", "opaque unruled operations::", "opaque unruled\n    operations::"];
        let inside = item.strip_prefix("validated!(").unwrap_or_default();
        if !is_of_operations.iter().any(|it| inside.starts_with(it)) {
            acc.push_str(&item);
        }
        item.clear();
    }
    acc
}
