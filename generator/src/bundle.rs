//! A tree that refers to other files in, one tree out: what is referred to becomes a component.
//!
//! No stage reads a file: the caller gives the texts ([`gather`] says which). A node of another file is put where
//! the document itself refers to it as a component or a path, else below `components` by its own key. So all later
//! stages know one document, and [`WrittenIn`] which file a node was written in.

mod find;
mod homes;
mod location;
mod write;

use std::collections::BTreeSet;

use serde_yaml::Value;

use crate::diagnostic::Sink;
use crate::input::{Input, OtherFiles};
use crate::load;
use crate::overlay;
use crate::pointer::{Pointer, PointerMap};

use homes::Homes;
use location::FileId;

/// Where nodes were written that come from other files: file and place, by their place in the one document.
#[derive(Clone, Debug, Default)]
pub(crate) struct WrittenIn(PointerMap<(String, Pointer)>);

impl WrittenIn {
    /// Returns the file and the place there of a node; `None` for one of the document itself.
    pub(crate) fn of(&self, at: &Pointer) -> Option<(&str, Pointer)> {
        let mut above = Some(at.clone());
        while let Some(holder) = above {
            if let Some((file, place)) = self.0.get(&holder) {
                let rest = &at.as_str()[holder.as_str().len()..];
                let place = Pointer::parse(&format!("{place}{rest}"))?;
                return Some((file, place));
            }
            above = holder.parent();
        }
        None
    }
}

/// Why a reference to another file is not followed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// The path does not begin in the folder of the file.
    Absolute,
    /// The file cannot be read.
    Unread { file: String, why: String },
    /// The file has no such node.
    Nothing { file: String, near: Option<String> },
}

/// What became of the references to other files.
#[derive(Clone, Debug, Default)]
pub(crate) struct Bundled {
    pub(crate) written_in: WrittenIn,
    /// The references that are not followed, by the place of `$ref`.
    pub(crate) faults: PointerMap<Fault>,
}

/// Returns a document with the texts of all files that it refers to, and that those refer to.
///
/// `read` returns the text of a file, or why it cannot be read. Paths have `/`, and begin where the name of the
/// document begins: of `specs/pets.yaml` that refers to `common.yaml`, the path is `specs/common.yaml`.
///
/// # Examples
///
/// ```
/// use tamarack::{Input, gather};
///
/// let document = "{openapi: 3.0.3, info: {title: Pets, version: '1'}, paths: {},
///     components: {schemas: {Pet: {$ref: 'common.yaml#/Pet'}}}}";
/// let input = gather(Input::new("specs/pets.yaml", document), |path| {
///     assert_eq!(path, "specs/common.yaml");
///     Ok("Pet: {type: object}".to_owned())
/// });
/// assert!(tamarack::read(&input).losses.is_empty());
/// ```
#[must_use]
pub fn gather(input: Input, mut read: impl FnMut(&str) -> Result<String, String>) -> Input {
    if !may_refer_to_files(&input) {
        return input;
    }
    let Some(tree) = tree(&input) else { return input };
    let mut files = OtherFiles::new();
    Homes::find(&tree, &input.spec, &mut |path: &str| {
        let content = read(path);
        files.insert(path.to_owned(), content.clone());
        content
    });
    Input { files, ..input }
}

/// Makes one tree of the tree of a document and the files that it refers to.
pub(crate) fn bundle(tree: &mut Value, input: &Input) -> Bundled {
    // Also without files: the references to those that are missing are explained.
    if !may_refer_to_files(input) {
        return Bundled::default();
    }
    let homes = Homes::find(tree, &input.spec, &mut |path: &str| {
        let given = input.files.get(path).cloned();
        given.unwrap_or_else(|| Err("the file is not among those that are given".to_owned()))
    });
    write::write(tree, homes)
}

/// Returns where the nodes of a document were written that come from other files.
pub(crate) fn written_in(input: &Input) -> WrittenIn {
    if input.files.is_empty() {
        return WrittenIn::default();
    }
    let Some(mut tree) = tree(input) else { return WrittenIn::default() };
    bundle(&mut tree, input).written_in
}

fn may_refer_to_files(input: &Input) -> bool {
    let texts = [Some(&input.spec), input.overlay.as_ref()];
    texts.into_iter().flatten().any(|it| location::may_refer_to_files(&it.content))
}

/// Returns the tree of a document, changed as its overlay says.
fn tree(input: &Input) -> Option<Value> {
    let mut sink = Sink::default();
    let mut tree = load::load(&input.spec, &mut sink)?;
    let overlay = input.overlay.as_ref().and_then(|it| overlay::read(it, &mut sink));
    overlay::apply(&mut tree, &overlay.unwrap_or_default(), &mut sink);
    Some(tree)
}

/// A node that becomes one of the document: a component, or a path.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Home {
    file: FileId,
    at: Pointer,
    /// The section of `components` that it belongs to.
    section: &'static str,
}

/// The keys that are taken in a section of `components`.
type Keys = BTreeSet<String>;
