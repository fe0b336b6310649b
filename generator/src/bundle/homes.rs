//! Follows the references of a document into other files, and finds the nodes that have to come from there.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use serde_yaml::Value;

use super::find::{self, Found};
use super::location::{self, FileId, Location};
use super::{Fault, Home};
use crate::diagnostic::Sink;
use crate::input::Text;
use crate::load;
use crate::nearest::nearest;
use crate::pointer::Pointer;
use crate::spelling;

/// Returns the text of a file, or why it cannot be read.
type Read<'r> = dyn FnMut(&str) -> Result<String, String> + 'r;

/// The nodes of other files, with all that refers to them.
#[derive(Debug, Default)]
pub(super) struct Homes {
    /// The references of the document itself.
    pub(super) own: Vec<Followed>,
    /// The nodes of other files, each with its references.
    pub(super) all: BTreeMap<Home, (Value, Vec<Followed>)>,
}

/// A reference, and what it leads to.
#[derive(Clone, Debug)]
pub(super) struct Followed {
    pub(super) found: Found,
    pub(super) end: End,
}

#[derive(Clone, Debug)]
pub(super) enum End {
    /// Where it is written so already.
    Unchanged,
    /// A place of the document, as a fragment.
    Document(String),
    /// A node of another file, or a part of it.
    Home { home: Home, rest: String },
    /// Nothing; the text that names it from the document.
    Fault { text: String, fault: Fault },
}

impl Homes {
    pub(super) fn find(tree: &Value, spec: &Text, read: &mut Read<'_>) -> Self {
        let mut walk = Walk { spec, read, files: BTreeMap::new(), children: BTreeMap::new() };
        let mut acc = Self { own: walk.follow(find::in_document(tree), &None), ..Self::default() };
        let mut open = homes_of(&acc.own);
        while let Some(home) = open.pop() {
            if acc.all.contains_key(&home) {
                continue;
            }
            let Some(tree) = walk.tree(&home.file) else { continue };
            let Some(node) = home.at.find(&tree) else { continue };
            let followed = walk.follow(find::below(node, home.section, &home.at), &home.file);
            open.extend(homes_of(&followed));
            if home.section == "schemas" && is_base(node) {
                open.extend(walk.extending(&home, &tree));
            }
            acc.all.insert(home, (node.clone(), followed));
        }
        acc
    }
}

fn homes_of(followed: &[Followed]) -> Vec<Home> {
    let home = |it: &Followed| match &it.end {
        End::Home { home, .. } => Some(home.clone()),
        _ => None,
    };
    followed.iter().filter_map(home).collect()
}

/// Returns whether values can be of what extends a schema (OpenAPI 3.0.4 §4.7.25).
pub(super) fn is_base(node: &Value) -> bool {
    node.get("discriminator").is_some()
        && node.get("oneOf").is_none()
        && node.get("anyOf").is_none()
}

/// The files that are read so far.
struct Walk<'w, 'r> {
    spec: &'w Text,
    read: &'w mut Read<'r>,
    /// The tree of each file; `Ok(None)` for a copy of the document itself.
    files: BTreeMap<String, Result<Option<Rc<Value>>, String>>,
    /// The component schemas of each file that extend each other.
    children: BTreeMap<FileId, Rc<BTreeMap<String, Vec<String>>>>,
}

impl Walk<'_, '_> {
    /// Finds what references lead to that are written in a file.
    fn follow(&mut self, found: Vec<Found>, from: &FileId) -> Vec<Followed> {
        let end = |found: Found| Followed { end: self.end(&found, from), found };
        found.into_iter().map(end).collect()
    }

    fn end(&mut self, found: &Found, from: &FileId) -> End {
        let mut text = found.text.as_str();
        let by_name;
        if from.is_some()
            && !found.at.as_str().ends_with("/$ref")
            && !text.contains(['#', '/', '.'])
        {
            // A mapping can name a schema of its own file.
            by_name = format!("#/components/schemas/{text}");
            text = &by_name;
        }
        let document = self.spec.name.clone();
        let (file, fragment) = match location::location(text, from, &document) {
            Location::Other => return End::Unchanged,
            Location::Absolute => {
                return End::Fault { text: text.to_owned(), fault: Fault::Absolute };
            }
            Location::File { file, fragment } => (file, fragment),
        };
        let Some(path) = file.clone() else {
            return if from.is_none() && text.starts_with('#') {
                End::Unchanged
            } else {
                End::Document(format!("#{fragment}"))
            };
        };
        // As the file that has it writes it, a fragment alone would be one of the document.
        let text = if text.starts_with('#') { format!("{path}{text}") } else { text.to_owned() };
        let tree = match self.load(&path) {
            Ok(Some(tree)) => tree,
            Ok(None) => return End::Document(format!("#{fragment}")),
            Err(why) => return End::Fault { text, fault: Fault::Unread { file: path, why } },
        };
        let target = location::pointer(&fragment);
        let Some(target) = target.filter(|it| it.find(&tree).is_some()) else {
            let near = near(&fragment, &tree);
            return End::Fault { text, fault: Fault::Nothing { file: path, near } };
        };
        let (at, section) = home_of(&target, found.section);
        let rest = target.as_str()[at.as_str().len()..].to_owned();
        End::Home { home: Home { file, at, section }, rest }
    }

    fn tree(&mut self, file: &FileId) -> Option<Rc<Value>> {
        self.load(file.as_deref()?).ok().flatten()
    }

    /// Returns the tree of a file; `None` for one that is the document itself, by whatever path.
    fn load(&mut self, path: &str) -> Result<Option<Rc<Value>>, String> {
        if let Some(known) = self.files.get(path) {
            return known.clone();
        }
        let read = (self.read)(path).and_then(|content| {
            if content == self.spec.content {
                return Ok(None);
            }
            let mut sink = Sink::default();
            let text = Text::new(path, content);
            let tree = load::load_with_places(&text, &mut sink).map(|(mut tree, places)| {
                spelling::restore(&mut tree, &text.content, &places);
                tree
            });
            match (tree, sink.into_diagnostics().into_iter().next()) {
                (Some(tree), None) => Ok(Some(Rc::new(tree))),
                (_, fault) => {
                    let place = fault.as_ref().and_then(|it| it.position);
                    let title = fault.map_or_else(String::new, |it| it.title);
                    Err(match place {
                        Some((line, column)) => format!("{title}, at line {line}, column {column}"),
                        None => title,
                    })
                }
            }
        });
        self.files.insert(path.to_owned(), read.clone());
        read
    }

    /// Returns the component schemas of the same file that extend a schema with a discriminator.
    fn extending(&mut self, base: &Home, tree: &Value) -> Vec<Home> {
        let children = self.children.entry(base.file.clone()).or_insert_with(|| {
            let mut acc: BTreeMap<String, Vec<String>> = BTreeMap::new();
            let schemas = tree.get("components").and_then(|it| it.get("schemas"));
            for (name, schema) in schemas.and_then(Value::as_mapping).into_iter().flatten() {
                let parts = schema.get("allOf").and_then(Value::as_sequence).into_iter().flatten();
                let bases = parts.filter_map(|it| it.get("$ref")?.as_str()?.strip_prefix('#'));
                for base in bases.filter_map(location::pointer) {
                    let name = name.as_str().unwrap_or_default().to_owned();
                    acc.entry(base.as_str().to_owned()).or_default().push(name);
                }
            }
            Rc::new(acc)
        });
        let children = Rc::clone(children);
        let schemas = Pointer::root().join(&["components", "schemas"]);
        let mut seen = BTreeSet::new();
        let mut open = vec![base.at.clone()];
        while let Some(at) = open.pop() {
            for name in children.get(at.as_str()).into_iter().flatten() {
                let at = schemas.child(name);
                if seen.insert(at.clone()) {
                    open.push(at);
                }
            }
        }
        let home = |at| Home { file: base.file.clone(), at, section: "schemas" };
        seen.into_iter().map(home).collect()
    }
}

/// Returns the node that has a target in it and becomes one of the document: the component or definition
/// around it, else the target itself.
fn home_of(target: &Pointer, section: &'static str) -> (Pointer, &'static str) {
    let tokens = target.tokens();
    let (depth, section) = match tokens.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["components", kind, _, ..] if find::section(kind).is_some() => {
            (3, find::section(kind).unwrap_or(section))
        }
        ["definitions" | "$defs", _, ..] => (2, "schemas"),
        all => (all.len(), section),
    };
    let at = tokens.iter().take(depth).fold(Pointer::root(), |at, token| at.child(token));
    (at, section)
}

/// Returns the fragment whose last name is most similar to one that leads nowhere.
fn near(fragment: &str, tree: &Value) -> Option<String> {
    let target = location::pointer(fragment)?;
    let folder = target.parent()?;
    let name = target.tokens().pop()?;
    let names = folder.find(tree)?.as_mapping()?;
    let near = nearest(&name, names.keys().filter_map(Value::as_str))?;
    Some(folder.child(near).as_str().to_owned())
}
