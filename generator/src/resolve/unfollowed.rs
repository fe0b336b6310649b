//! A reference that is not followed and the document it stands in in, the message that says why and what to do out.

use serde_yaml::Value;

use super::{local_pointer, nearest};
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::pointer::Pointer;

/// A `$ref` that leads to no node of the kind that is wanted.
pub(crate) struct Unfollowed<'a> {
    /// What stands behind `$ref`.
    pub(crate) text: &'a str,
    /// What is wanted: `schema`, `parameter` …
    pub(crate) what: &'a str,
    /// The place of `$ref`.
    pub(crate) place: Pointer,
}

impl Unfollowed<'_> {
    /// Says why the reference is not followed; `tree` is the whole document.
    pub(crate) fn diagnostic(&self, tree: &Value) -> Diagnostic {
        match (self.text.strip_prefix('#'), local_pointer(self.text)) {
            (Some(_), Some(target)) => self.by_pointer(&target, tree),
            (Some(anchor), None) => self.by_anchor(anchor, tree),
            (None, _) => self.by_uri(tree),
        }
    }

    fn by_pointer(&self, target: &Pointer, tree: &Value) -> Diagnostic {
        let Self { text, what, .. } = self;
        if node(tree, target).is_some() {
            let title = format!("`$ref` points at a place that is not read as a {what}: `{text}`");
            return self
                .dangling(title)
                .label(format!("not read as a {what}"))
                .help(format!("only what stands where OpenAPI has a {what} can be referred to"));
        }
        let title = format!("`$ref` points at nothing: `{text}`");
        let dangling = self.dangling(title).label(format!("no such {what}"));
        if let Some((owner, has_id)) = self.owner_of(target, tree) {
            let absolute = format!("{owner}{}", &target.as_str()[1..]);
            if has_id {
                let title =
                    format!("`$ref` is relative to an `$id`, which is not followed: `{text}`");
                return self.unsupported(title).help(format!("write `{absolute}`"));
            }
            return dangling
                .help(format!("`#` is the whole document, not the schema; write `{absolute}`"));
        }
        if let Some(reference) = reference_on_the_way(target, tree) {
            return dangling.help(format!(
                "`{reference}` is a reference itself; point below what it leads to"
            ));
        }
        match similar(text, tree) {
            Some(near) => dangling.help(format!("a {what} with a similar name exists: `{near}`")),
            None => dangling,
        }
    }

    fn by_anchor(&self, anchor: &str, tree: &Value) -> Diagnostic {
        let Self { text, what, .. } = self;
        let is_anchor = |node: &Value| {
            ["$anchor", "$dynamicAnchor"]
                .into_iter()
                .any(|it| node.get(it).and_then(Value::as_str) == Some(anchor))
        };
        if let Some(at) = find(tree, Pointer::root(), &is_anchor) {
            let title = format!("`$ref` names an anchor, which is not followed: `{text}`");
            return self.unsupported(title).help(format!("write `{at}`"));
        }
        let title = format!("`$ref` names an anchor that nothing has: `{text}`");
        let dangling = self.dangling(title).label("no such anchor");
        match component(anchor, what, tree) {
            Some(at) => dangling.help(format!("to refer to the {what} write `{at}`")),
            None => dangling,
        }
    }

    fn by_uri(&self, tree: &Value) -> Diagnostic {
        let Self { text, what, .. } = self;
        let (uri, fragment) = text.split_once('#').unwrap_or((text, ""));
        let has_id = |node: &Value| {
            let id = node.get("$id").and_then(Value::as_str);
            id.is_some_and(|id| {
                let id = id.trim_end_matches('#');
                id == uri || id.strip_suffix(uri).is_some_and(|rest| rest.ends_with('/'))
            })
        };
        if let Some(at) = find(tree, Pointer::root(), &has_id).filter(|_| !uri.is_empty()) {
            let title = format!("`$ref` names an `$id`, which is not followed: `{text}`");
            let below = if fragment.starts_with('/') { fragment } else { "" };
            return self.unsupported(title).help(format!("write `{at}{below}`"));
        }
        let title = format!("`$ref` points into another file: `{text}`");
        let diagnostic = Diagnostic::skipped(codes::EXTERNAL_REF, self.place.clone(), title);
        match component(text, what, tree) {
            Some(at) => {
                diagnostic.help(format!("to refer to the {what} of this document write `{at}`"))
            }
            None => diagnostic.help("bundle the files into one document first"),
        }
    }

    fn dangling(&self, title: String) -> Diagnostic {
        Diagnostic::error(codes::DANGLING_REF, self.place.clone(), title)
    }

    fn unsupported(&self, title: String) -> Diagnostic {
        Diagnostic::skipped(codes::REFERENCE, self.place.clone(), title).label("not followed")
    }

    /// Returns the node around the reference below which the target exists,
    /// and whether an `$id` makes that node, or one in it, the base.
    ///
    /// For example of `#/$defs/Size` in `#/components/schemas/Shoe`.
    fn owner_of(&self, target: &Pointer, tree: &Value) -> Option<(Pointer, bool)> {
        let relative = &target.tokens()[..];
        let mut has_id = false;
        let mut around = self.place.parent();
        while let Some(at) = around.filter(|at| at != &Pointer::root()) {
            let holder = node(tree, &at);
            has_id |= holder.is_some_and(|it| it.get("$id").is_some_and(Value::is_string));
            let below = relative.iter().fold(at.clone(), |acc, token| acc.child(token));
            if !relative.is_empty() && node(tree, &below).is_some() {
                return Some((at, has_id));
            }
            around = at.parent();
        }
        None
    }
}

/// Says that the mapping of a discriminator leads nowhere, or out of the
/// document; `names` are those of the component schemas.
pub(crate) fn dangling_mapping<'n>(
    tag: &str,
    target: &str,
    at: Pointer,
    names: impl Iterator<Item = &'n str>,
) -> Diagnostic {
    if !target.starts_with('#') && (target.contains('/') || target.contains('.')) {
        let title = format!("the mapping of `{tag}` points into another file: `{target}`");
        return Diagnostic::skipped(codes::EXTERNAL_REF, at, title)
            .help("bundle the files into one document first");
    }
    let title = format!("the mapping of `{tag}` points at nothing: `{target}`");
    let diagnostic = Diagnostic::error(codes::DANGLING_REF, at, title).label("no such schema");
    match nearest(target.rsplit('/').next().unwrap_or(target), names) {
        Some(near) => diagnostic.help(format!("a schema with a similar name exists: `{near}`")),
        None => diagnostic,
    }
}

fn node<'a>(tree: &'a Value, at: &Pointer) -> Option<&'a Value> {
    at.tokens().into_iter().try_fold(tree, |node, token| match node {
        Value::Sequence(elements) => elements.get(token.parse::<usize>().ok()?),
        _ => node.get(token.as_str()),
    })
}

/// Returns the first node below `at` that is wanted.
fn find(value: &Value, at: Pointer, wanted: &dyn Fn(&Value) -> bool) -> Option<Pointer> {
    match value {
        Value::Mapping(_) if wanted(value) => Some(at),
        Value::Mapping(members) => members.iter().find_map(|(name, value)| {
            let is_nested = value.is_mapping() || value.is_sequence();
            is_nested.then(|| find(value, at.child(name.as_str()?), wanted)).flatten()
        }),
        Value::Sequence(elements) => {
            let mut elements = elements.iter().enumerate();
            elements.find_map(|(index, value)| find(value, at.index(index), wanted))
        }
        _ => None,
    }
}

/// Returns the last place on the way to the target that is a reference: a
/// pointer does not lead through it.
fn reference_on_the_way(target: &Pointer, tree: &Value) -> Option<Pointer> {
    let mut above = target.parent();
    while let Some(at) = above {
        if let Some(node) = node(tree, &at) {
            return node.get("$ref").is_some_and(Value::is_string).then_some(at);
        }
        above = at.parent();
    }
    None
}

/// Returns the component of that name, of the kind that is wanted.
fn component(name: &str, what: &str, tree: &Value) -> Option<Pointer> {
    let section = match what {
        "schema" => "schemas",
        "parameter" => "parameters",
        "header" => "headers",
        "request body" => "requestBodies",
        "response" => "responses",
        "path item" => "pathItems",
        "security scheme" => "securitySchemes",
        "example" => "examples",
        "link" => "links",
        "callback" => "callbacks",
        _ => return None,
    };
    let at = Pointer::root().join(&["components", section, name]);
    node(tree, &at).map(|_| at)
}

/// Returns the reference to the neighbour whose name is most similar. Names
/// are compared, not whole pointers: `#/components/schemas/` would make any
/// two of them similar.
fn similar(text: &str, tree: &Value) -> Option<String> {
    let (folder, name) = text.rsplit_once('/')?;
    let siblings = node(tree, &local_pointer(folder)?)?.as_mapping()?;
    let near = nearest(name, siblings.keys().filter_map(Value::as_str))?;
    Some(format!("{folder}/{}", near.replace('~', "~0").replace('/', "~1")))
}
