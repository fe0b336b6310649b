//! The generated types of a document: which schema each is made from, and the files that have them.

use std::collections::BTreeMap;

use tamarack::diagnostic::Sink;
use tamarack::{Files, Input, Settings, Verdict, plan};

/// What came of a document.
#[derive(Clone, Debug)]
pub struct Types {
    /// The name of each type.
    pub names: Vec<String>,
    /// The type of each schema that has one, by its place.
    pub at: BTreeMap<String, usize>,
    /// The files with the types, named relative to the folder of the module.
    pub files: Files,
    /// The places that a diagnostic speaks of.
    pub reported: Vec<String>,
}

impl Types {
    /// Generates the types of a document; the error says why there are none.
    pub fn of(name: &str, text: &str) -> Result<Self, String> {
        let input = Input::new(name, text);
        let outcome = tamarack::generate(&input, &Settings::module(name));
        let said = outcome.diagnostics.all();
        let model = outcome.model.filter(|_| outcome.verdict == Verdict::Sound);
        let Some(model) = model else {
            return Err(said.first().map_or("no reason given".to_owned(), |it| it.title.clone()));
        };
        let planned = plan::of_api(&model.api, &mut Sink::default()).types;
        let places = model.api.types.iter().map(|it| it.pointer.to_string());
        let at = places.enumerate().map(|(index, at)| (at, index)).collect();
        let names = planned.iter().map(|it| it.ident.as_str().to_owned()).collect();
        let is_of_types = |name: &String| name == "types.rs" || name.starts_with("types/");
        let files = outcome.files.into_iter().filter(|(name, _)| is_of_types(name)).collect();
        let reported = said.iter().map(|it| it.at.to_string()).collect();
        Ok(Self { names, at, files, reported })
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
