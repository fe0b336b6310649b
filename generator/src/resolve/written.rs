//! The document as written, to look up the target of a reference that cannot be followed.

use std::cell::{Cell, OnceCell};
use std::collections::BTreeMap;

use serde_yaml::Value;

use super::local_pointer;
use crate::bundle::Fault;
use crate::nearest::nearest;
use crate::pointer::{Pointer, PointerMap};

/// For how many references a name is searched that may have been meant: all
/// names beside it are looked at for each.
const MOST_GUESSES: usize = 200;

/// A document with what can be asked about it. What needs a walk over the whole
/// document is found once: ten thousand references may ask.
pub(crate) struct Written<'a> {
    tree: &'a Value,
    /// Why references to other files are not followed.
    faults: Option<&'a PointerMap<Fault>>,
    named: OnceCell<Named<'a>>,
    n_guesses: Cell<usize>,
}

/// Nodes that have a name of their own.
#[derive(Default)]
struct Named<'a> {
    /// The first node of each `$anchor` or `$dynamicAnchor`.
    anchors: BTreeMap<&'a str, Pointer>,
    /// The first node of each `$id`, also by the last segments of its path.
    ids: BTreeMap<&'a str, Pointer>,
}

impl<'a> Written<'a> {
    pub(crate) fn new(tree: &'a Value) -> Self {
        Self { tree, faults: None, named: OnceCell::new(), n_guesses: Cell::new(0) }
    }

    pub(super) fn with_faults(tree: &'a Value, faults: &'a PointerMap<Fault>) -> Self {
        Self { faults: Some(faults), ..Self::new(tree) }
    }

    /// Returns why a reference to another file is not followed.
    pub(super) fn fault(&self, at: &Pointer) -> Option<&'a Fault> {
        self.faults?.get(at)
    }

    /// Returns the node at a place.
    pub(super) fn node(&self, at: &Pointer) -> Option<&'a Value> {
        at.find(self.tree)
    }

    /// Returns the first place with this anchor.
    pub(super) fn anchor(&self, anchor: &str) -> Option<&Pointer> {
        self.named().anchors.get(anchor)
    }

    /// Returns the first place whose `$id` is `uri`, or ends with it.
    pub(super) fn id(&self, uri: &str) -> Option<&Pointer> {
        self.named().ids.get(uri)
    }

    fn named(&self) -> &Named<'a> {
        self.named.get_or_init(|| {
            let mut acc = Named::default();
            acc.add(self.tree, &Pointer::root());
            acc
        })
    }

    /// Returns the last place on the way to the target that is a reference: a
    /// pointer does not lead through it.
    pub(super) fn reference_on_the_way(&self, target: &Pointer) -> Option<Pointer> {
        let mut above = target.parent();
        while let Some(at) = above {
            if let Some(node) = self.node(&at) {
                return node.get("$ref").is_some_and(Value::is_string).then_some(at);
            }
            above = at.parent();
        }
        None
    }

    /// Returns the component of that name, of the kind that is wanted.
    pub(super) fn component(&self, name: &str, what: &str) -> Option<Pointer> {
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
        self.node(&at).map(|_| at)
    }

    /// Returns the reference to the neighbour whose name is most similar. Names
    /// are compared, not whole pointers: `#/components/schemas/` would make any
    /// two of them similar.
    pub(super) fn similar(&self, text: &str) -> Option<String> {
        self.n_guesses.set(self.n_guesses.get() + 1);
        if self.n_guesses.get() > MOST_GUESSES {
            return None;
        }
        let (folder, name) = text.rsplit_once('/')?;
        let siblings = self.node(&local_pointer(folder)?)?.as_mapping()?;
        let near = nearest(name, siblings.keys().filter_map(Value::as_str))?;
        Some(format!("{folder}/{}", near.replace('~', "~0").replace('/', "~1")))
    }
}

impl<'a> Named<'a> {
    fn add(&mut self, value: &'a Value, at: &Pointer) {
        match value {
            Value::Mapping(members) => {
                for keyword in ["$anchor", "$dynamicAnchor"] {
                    if let Some(anchor) = value.get(keyword).and_then(Value::as_str) {
                        self.anchors.entry(anchor).or_insert_with(|| at.clone());
                    }
                }
                if let Some(id) = value.get("$id").and_then(Value::as_str) {
                    self.add_id(id.trim_end_matches('#'), at);
                }
                for (name, value) in members {
                    if let Some(name) = name.as_str().filter(|_| is_nested(value)) {
                        self.add(value, &at.child(name));
                    }
                }
            }
            Value::Sequence(elements) => {
                for (index, value) in elements.iter().enumerate().filter(|it| is_nested(it.1)) {
                    self.add(value, &at.index(index));
                }
            }
            _ => {}
        }
    }

    fn add_id(&mut self, id: &'a str, at: &Pointer) {
        let ends = id.match_indices('/').map(|(slash, _)| &id[slash + 1..]);
        for name in std::iter::once(id).chain(ends).filter(|it| !it.is_empty()) {
            self.ids.entry(name).or_insert_with(|| at.clone());
        }
    }
}

fn is_nested(value: &Value) -> bool {
    value.is_mapping() || value.is_sequence()
}
