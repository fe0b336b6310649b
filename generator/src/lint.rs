//! Reports likely mistakes in a document that do not affect the generated code.
//!
//! The stages report what they cannot read or generate. What they read
//! without trouble may be wrong all the same: a default of another type, a
//! link to an operation that is gone. Each rule is a file; it looks at typed
//! positions alone, and stays silent wherever it is not certain.

mod bounds;
mod examples;
mod fits;
mod keywords;
mod links;
mod mapping;
mod parameters;
mod paths;
mod reach;
mod references;
mod repeated;
mod required;
mod scopes;
mod shape;
mod sites;
mod types;
mod values;
mod version;

use std::collections::BTreeSet;

use crate::codes;
use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::model::Model;
use crate::pointer::Pointer;
use sites::Sites;

/// Adds what is odd about a document to what the stages have said about it.
pub fn lint(model: &Model, sink: &mut Sink) {
    let sites = Sites::new(&model.raw);
    let mut findings = Findings::new(sink);
    shape::check(&sites, &mut findings);
    required::check(&sites, &mut findings);
    references::check(&sites, &mut findings);
    values::check(&sites, &mut findings);
    examples::check(&sites, &mut findings);
    bounds::check(&sites, &mut findings);
    keywords::check(&sites, &mut findings);
    version::check(&sites, &mut findings);
    parameters::check(&sites, &mut findings);
    repeated::check(&sites, &mut findings);
    paths::check(&sites, &mut findings);
    links::check(&sites, &mut findings);
    mapping::check(&sites, &mut findings);
    scopes::check(&sites, &mut findings);
    reach::check(&sites, &mut findings);
}

/// What the rules find, without what the stages have said already.
struct Findings<'s> {
    sink: &'s mut Sink,
    said: BTreeSet<(Code, Pointer)>,
}

impl<'s> Findings<'s> {
    fn new(sink: &'s mut Sink) -> Self {
        let said = sink.diagnostics().iter().map(|it| (it.code, it.at.clone())).collect();
        Self { sink, said }
    }

    fn push_any(&mut self, found: Option<Diagnostic>) {
        if let Some(diagnostic) = found {
            self.push(diagnostic);
        }
    }

    fn push(&mut self, diagnostic: Diagnostic) {
        // Of a value that was read as another one, or not at all, the stage
        // has said what there is to say.
        let same_matter: &[Code] = match diagnostic.code {
            codes::VALUE_MISFIT => &[codes::VALUE_MISFIT, codes::COERCED, codes::WRONG_KIND],
            _ => &[diagnostic.code],
        };
        let mut matters = same_matter.iter();
        if !matters.any(|code| self.said.contains(&(*code, diagnostic.at.clone()))) {
            self.sink.push(diagnostic);
        }
    }
}

#[cfg(test)]
mod tests;
