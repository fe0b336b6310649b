//! The messages for references that cannot be followed: why, and what to write instead.

use serde_yaml::Value;

use super::{Written, local_pointer};
use crate::bundle::Fault;
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::nearest::nearest;
use crate::pointer::Pointer;

/// A `$ref` that leads to no node of the kind that is wanted.
pub(crate) struct Unfollowed<'a> {
    /// The value of `$ref`.
    pub(crate) text: &'a str,
    /// What is wanted: `schema`, `parameter` …
    pub(crate) what: &'a str,
    /// The place of `$ref`.
    pub(crate) place: Pointer,
}

impl Unfollowed<'_> {
    /// Says why the reference is not followed; `written` is the whole document.
    pub(crate) fn diagnostic(&self, written: &Written<'_>) -> Diagnostic {
        match (self.text.strip_prefix('#'), local_pointer(self.text)) {
            (Some(_), Some(target)) => self.by_pointer(&target, written),
            (Some(anchor), None) => self.by_anchor(anchor, written),
            (None, _) => self.by_uri(written),
        }
    }

    fn by_pointer(&self, target: &Pointer, written: &Written<'_>) -> Diagnostic {
        let Self { text, what, .. } = self;
        if written.node(target).is_some() {
            let title = format!("`$ref` points at something that is not a {what}: `{text}`");
            return self
                .dangling(title)
                .label(format!("not a {what}"))
                .help(format!("a reference must point at a place where OpenAPI expects a {what}"));
        }
        let title = format!("`$ref` points at nothing: `{text}`");
        let dangling = self.dangling(title).label(format!("no such {what}"));
        if let Some((owner, has_id)) = self.owner_of(target, written) {
            let absolute = format!("{owner}{}", &target.as_str()[1..]);
            if has_id {
                let title =
                    format!("`$ref` is relative to an `$id`, which is not followed: `{text}`");
                return self.unsupported(title).help(format!("write `{absolute}`"));
            }
            return dangling
                .help(format!("`#` is the whole document, not the schema; write `{absolute}`"));
        }
        if let Some(reference) = written.reference_on_the_way(target) {
            return dangling.help(format!(
                "`{reference}` is a reference itself; point below what it leads to"
            ));
        }
        match written.similar(text) {
            Some(near) => dangling.help(format!("did you mean the {what} `{near}`?")),
            None => dangling,
        }
    }

    fn by_anchor(&self, anchor: &str, written: &Written<'_>) -> Diagnostic {
        let Self { text, what, .. } = self;
        if let Some(at) = written.anchor(anchor) {
            let title = format!("`$ref` names an anchor, which is not followed: `{text}`");
            return self.unsupported(title).help(format!("write `{at}`"));
        }
        let title = format!("`$ref` names an anchor that does not exist: `{text}`");
        let dangling = self.dangling(title).label("no such anchor");
        match written.component(anchor, what) {
            Some(at) => dangling.help(format!("to refer to the {what} write `{at}`")),
            None => dangling,
        }
    }

    fn by_uri(&self, written: &Written<'_>) -> Diagnostic {
        let Self { text, what, .. } = self;
        let (uri, fragment) = text.split_once('#').unwrap_or((text, ""));
        if let Some(at) = written.id(uri) {
            let title = format!("`$ref` names an `$id`, which is not followed: `{text}`");
            let below = if fragment.starts_with('/') { fragment } else { "" };
            return self.unsupported(title).help(format!("write `{at}{below}`"));
        }
        if let Some(fault) = written.fault(&self.place) {
            return self.by_file(fault);
        }
        if uri.contains("://") {
            let title = format!("`$ref` names a remote document, and nothing is fetched: `{text}`");
            return self
                .external(title)
                .label("not fetched")
                .help("download it into a file beside the document, and refer to that");
        }
        let diagnostic =
            self.external(format!("`$ref` names neither a place nor a file: `{text}`"));
        match written.component(text, what) {
            Some(at) => {
                diagnostic.help(format!("to refer to the {what} of this document write `{at}`"))
            }
            None => diagnostic.help(
                "write `#/...` for a place of the document, or the path of a file that ends with `.yaml`, `.yml` or `.json`",
            ),
        }
    }

    fn by_file(&self, fault: &Fault) -> Diagnostic {
        let Self { text, what, .. } = self;
        match fault {
            Fault::Absolute => self
                .external(format!("`$ref` has a path that is not relative: `{text}`"))
                .help("write the path that leads to the file from the one that refers to it"),
            Fault::Unread { file, why } => self
                .external(format!("`$ref` names a file that cannot be read: `{text}`"))
                .label("not followed")
                .help(format!("`{file}`: {why}")),
            Fault::Nothing { file, near } => {
                let title = format!("`$ref` points at nothing in `{file}`: `{text}`");
                let dangling = self.dangling(title).label(format!("no such {what}"));
                match near {
                    Some(near) => dangling.help(format!("did you mean `{near}`?")),
                    None => dangling,
                }
            }
        }
    }

    fn external(&self, title: String) -> Diagnostic {
        Diagnostic::error(codes::EXTERNAL_REF, self.place.clone(), title)
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
    fn owner_of(&self, target: &Pointer, written: &Written<'_>) -> Option<(Pointer, bool)> {
        let relative = &target.tokens()[..];
        let mut has_id = false;
        let mut around = self.place.parent();
        while let Some(at) = around.filter(|at| at != &Pointer::root()) {
            let holder = written.node(&at);
            has_id |= holder.is_some_and(|it| it.get("$id").is_some_and(Value::is_string));
            let below = relative.iter().fold(at.clone(), |acc, token| acc.child(token));
            if !relative.is_empty() && written.node(&below).is_some() {
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
        let title = format!("the mapping of `{tag}` names no schema that can be read: `{target}`");
        return Diagnostic::error(codes::EXTERNAL_REF, at, title)
            .help("write the name of a schema, `#/components/schemas/...`, or a place in a file beside the document");
    }
    let title = format!("the mapping of `{tag}` points at nothing: `{target}`");
    let diagnostic = Diagnostic::error(codes::DANGLING_REF, at, title).label("no such schema");
    match nearest(target.rsplit('/').next().unwrap_or(target), names) {
        Some(near) => diagnostic.help(format!("did you mean the schema `{near}`?")),
        None => diagnostic,
    }
}
