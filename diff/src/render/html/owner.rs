//! The component or operation under which a row is listed.

use tamarack::pointer::Pointer;

use crate::Finding;

/// What a group of rows belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Owner {
    /// The document as a whole.
    Document,
    /// The same change on more than one operation.
    Several,
    /// The same change at several places.
    Places,
    /// An operation, for example `GET /pets`.
    Operation(String),
    /// A component: its section in words, its name.
    Component(&'static str, String),
}

impl Owner {
    /// Returns the owner: of what is gone in the old document, of all else in
    /// the new one; where that says nothing, the other.
    pub(super) fn of(finding: &Finding) -> Self {
        if let [first, rest @ ..] = finding.places.as_slice() {
            let owner = Self::of(first);
            return if rest.iter().all(|it| Self::of(it) == owner) { owner } else { Self::Places };
        }
        let (old, new) = (&finding.old, &finding.new);
        let is_gone = new.value.is_none() && new.rust.is_none() && old.value.is_some();
        let [first, second] = if is_gone { [old, new] } else { [new, old] };
        match at(&first.pointer, finding) {
            Self::Document => at(&second.pointer, finding),
            owner => owner,
        }
    }

    /// Returns the heading of the group.
    pub(super) fn title(&self) -> &str {
        match self {
            Self::Document => "The document",
            Self::Several => "Several operations",
            Self::Places => "The same change at several places",
            Self::Operation(name) | Self::Component(_, name) => name,
        }
    }

    /// Returns what the heading names, where that is not in it.
    pub(super) fn label(&self) -> Option<&'static str> {
        match self {
            Self::Document | Self::Several | Self::Places => None,
            Self::Operation(_) => Some("operation"),
            Self::Component(section, _) => Some(section),
        }
    }
}

fn at(pointer: &Pointer, finding: &Finding) -> Owner {
    let tokens = pointer.tokens();
    let tokens: Vec<_> = tokens.iter().map(String::as_str).collect();
    match (tokens.as_slice(), finding.reach.as_slice()) {
        (["components", section, name, ..], _) => {
            Owner::Component(section_in_words(section), (*name).to_owned())
        }
        (["paths", _, ..], [one]) => Owner::Operation(one.operation.clone()),
        (["paths", _, ..], [_, _, ..]) => Owner::Several,
        (["paths", path, method, ..], []) => {
            Owner::Operation(format!("{} {path}", method.to_uppercase()))
        }
        (["paths", path], []) => Owner::Operation((*path).to_owned()),
        _ => Owner::Document,
    }
}

fn section_in_words(section: &str) -> &'static str {
    match section {
        "schemas" => "schema",
        "parameters" => "parameter",
        "requestBodies" => "request body",
        "responses" => "response",
        "headers" => "header",
        "securitySchemes" => "security scheme",
        _ => "component",
    }
}
