//! The OpenAPI Overlay Specification 1.0 and 1.1: YAML or JSON in, its actions out; our own entries stand in
//! `x-tamarack`.

use serde_yaml::Value;

use super::{Acceptance, Overlay};
use crate::codes;
use crate::diagnostic::{Diagnostic, Sink};
use crate::input::Text;
use crate::json_path::JsonPath;
use crate::load;
use crate::pointer::Pointer;
use crate::source::SourceMap;

/// The extension with our own entries.
pub(super) const EXTENSION: &str = "x-tamarack";

/// An action: what to do with the nodes that an expression selects.
#[derive(Clone, Debug)]
pub struct Action {
    /// Its place in the overlay.
    pub(super) at: Pointer,
    /// Its line and column.
    pub(super) position: Option<(usize, usize)>,
    /// The expression as it is written.
    pub(super) written: String,
    pub(super) target: JsonPath,
    pub(super) kind: ActionKind,
}

#[derive(Clone, Debug)]
pub(super) enum ActionKind {
    /// Take the nodes away.
    Remove,
    /// Merge a value into the nodes.
    Update(Value),
    /// Merge the one node that an expression selects into the nodes.
    Copy(JsonPath),
    /// Nothing: the action has neither of them.
    Nothing,
}

/// Returns whether an overlay is one of the specification: a YAML or JSON file.
pub fn is_standard(text: &Text) -> bool {
    let name = text.name.to_ascii_lowercase();
    [".yaml", ".yml", ".json"].iter().any(|it| name.ends_with(it))
}

/// Reads an overlay of the specification; `None` when something in it cannot be read.
pub(super) fn read(text: &Text, sink: &mut Sink) -> Option<Overlay> {
    let mut own = Sink::default();
    let read = load::load_with_places(text, &mut own);
    for fault in own.into_diagnostics() {
        let title = format!("the overlay `{}` cannot be read: {}", text.name, fault.title);
        let at = Pointer::root();
        sink.push(Diagnostic { code: codes::OVERLAY_SYNTAX, title, at, ..fault });
    }
    let (tree, places) = read?;
    let map = SourceMap::of(&text.content, &places);
    let mut reader = Reader { map, sink, is_sound: true };
    let overlay = reader.overlay(&tree);
    reader.is_sound.then_some(overlay)
}

/// Returns the `accept` entries of an overlay, each with its line; none if it cannot be read.
pub(crate) fn acceptances(text: &Text) -> Vec<(Acceptance, usize)> {
    let Some((tree, places)) = load::load_with_places(text, &mut Sink::default()) else {
        return Vec::new();
    };
    let map = SourceMap::of(&text.content, &places);
    let list = tree.get(EXTENSION).and_then(|it| it.get("accept")).and_then(Value::as_sequence);
    let accepted = |(index, value): (usize, &Value)| {
        let at = Pointer::root().join(&[EXTENSION, "accept"]).index(index);
        let line = map.locate(&at, false).map_or(1, |it| it.line);
        Some((serde_yaml::from_value(value.clone()).ok()?, line))
    };
    list.into_iter().flatten().enumerate().filter_map(accepted).collect()
}

struct Reader<'a> {
    map: SourceMap<'a>,
    sink: &'a mut Sink,
    is_sound: bool,
}

impl Reader<'_> {
    fn position(&self, at: &Pointer, at_key: bool) -> Option<(usize, usize)> {
        self.map.locate(at, at_key).map(|it| (it.line, it.column))
    }

    fn fault(&mut self, at: &Pointer, title: impl Into<String>) {
        let mut diagnostic = Diagnostic::error(codes::OVERLAY_SYNTAX, at.clone(), title);
        diagnostic.position = self.position(at, false);
        self.sink.push(diagnostic);
        self.is_sound = false;
    }

    /// Reports the keys that have no meaning; extensions of others are theirs.
    fn known(&mut self, at: &Pointer, value: &Value, known: &[&str]) {
        let Some(members) = value.as_mapping() else {
            self.fault(at, "expected a map");
            return;
        };
        for key in members.keys().filter_map(Value::as_str) {
            if !key.starts_with("x-") && !known.contains(&key) {
                let title = format!("unknown key `{key}`: the keys are `{}`", known.join("`, `"));
                let at = at.child(key);
                self.fault(&at, title);
            }
        }
    }

    fn text<'v>(&mut self, at: &Pointer, value: &'v Value, key: &str) -> Option<&'v str> {
        match value.get(key) {
            Some(Value::String(text)) => return Some(text),
            Some(_) => self.fault(&at.child(key), format!("`{key}` must be a text")),
            None => self.fault(at, format!("there is no `{key}`")),
        }
        None
    }

    fn overlay(&mut self, tree: &Value) -> Overlay {
        let root = Pointer::root();
        self.known(&root, tree, &["overlay", "info", "extends", "actions"]);
        if let Some(version) = self.text(&root, tree, "overlay") {
            let is_ours = ["1.0.", "1.1."].iter().any(|it| version.starts_with(it));
            if !is_ours {
                let title =
                    format!("version `{version}` of overlays is not supported: 1.0 and 1.1 are");
                self.fault(&root.child("overlay"), title);
            }
        }
        let info = root.child("info");
        match tree.get("info") {
            Some(value) => {
                self.known(&info, value, &["title", "version", "description"]);
                self.text(&info, value, "title");
                self.text(&info, value, "version");
            }
            None => self.fault(&root, "there is no `info`"),
        }
        let mut overlay = self.own_entries(tree.get(EXTENSION));
        let at = root.child("actions");
        match tree.get("actions") {
            Some(Value::Sequence(actions)) => {
                let actions = actions.iter().enumerate();
                overlay.actions =
                    actions.filter_map(|(index, it)| self.action(at.index(index), it)).collect();
            }
            Some(_) => self.fault(&at, "`actions` must be a list"),
            // With entries of ours alone, there is nothing that an action would add.
            None if tree.get(EXTENSION).is_some() => {}
            None => self.fault(&root, "there is no `actions`"),
        }
        overlay
    }

    fn own_entries(&mut self, extension: Option<&Value>) -> Overlay {
        let Some(extension) = extension else { return Overlay::default() };
        serde_yaml::from_value(extension.clone()).unwrap_or_else(|error| {
            self.fault(&Pointer::root().child(EXTENSION), format!("`{EXTENSION}`: {error}"));
            Overlay::default()
        })
    }

    fn action(&mut self, at: Pointer, value: &Value) -> Option<Action> {
        self.known(&at, value, &["target", "description", "update", "remove", "copy"]);
        let written = self.text(&at, value, "target")?.to_owned();
        let target = self.path(&at.child("target"), &written)?;
        let removes = match value.get("remove") {
            None => false,
            Some(Value::Bool(flag)) => *flag,
            Some(_) => {
                self.fault(&at.child("remove"), "`remove` must be `true` or `false`");
                return None;
            }
        };
        let kind = match (removes, value.get("update"), value.get("copy")) {
            (true, ..) => ActionKind::Remove,
            (false, Some(_), Some(_)) => {
                self.fault(&at, "an action has `update` or `copy`, not both");
                return None;
            }
            (false, Some(update), None) => ActionKind::Update(update.clone()),
            (false, None, Some(_)) => {
                let copied = self.text(&at, value, "copy")?.to_owned();
                ActionKind::Copy(self.path(&at.child("copy"), &copied)?)
            }
            (false, None, None) => ActionKind::Nothing,
        };
        let position = self.position(&at.child("target"), false);
        Some(Action { at, position, written, target, kind })
    }

    fn path(&mut self, at: &Pointer, text: &str) -> Option<JsonPath> {
        match JsonPath::parse(text) {
            Ok(path) => Some(path),
            Err(error) => {
                let before: String = text.chars().take(error.index).collect();
                let title = format!("`{text}` is no JSONPath: {} behind `{before}`", error.message);
                self.fault(at, title);
                None
            }
        }
    }
}
