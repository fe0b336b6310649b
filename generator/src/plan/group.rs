//! Groups items by tag and resource, for the files of a large API.
//!
//! A group decides in which file an item stands and nothing else: its path in Rust is the
//! same in whatever file it stands, so an API may grow without renaming anything.

use crate::api::{self, Api, Operation, TypeId};
use crate::file_word::file_word;

/// What an item belongs to, from the outside in: the tag of its operation, then the
/// resources on the path, each as the word of a file's name. Empty where it belongs to all.
pub type Group = Vec<String>;

/// Returns the group of an operation.
pub(super) fn of_operation(operation: &Operation) -> Group {
    let path = operation.template();
    let resources = path.split('/').filter(|it| !it.is_empty() && !it.contains(['{', '}']));
    let mut acc: Group = operation.tags.first().map(|tag| file_word(tag)).into_iter().collect();
    acc.extend(resources.map(file_word));
    acc.dedup();
    acc
}

/// Returns the group of each type: what the groups of all operations that use it begin with.
pub(super) fn of_types(api: &Api) -> Vec<Group> {
    let mut acc: Vec<Option<Group>> = vec![None; api.types.len()];
    let mut open: Vec<(TypeId, Group)> = Vec::new();
    for operation in &api.operations {
        let group = of_operation(operation);
        open.extend(api::of_operation(operation).map(|id| (id, group.clone())));
        // A group only ever gets shorter, so a type is visited once for each word at most.
        while let Some((id, group)) = open.pop() {
            let narrowed = match &acc[id.0] {
                Some(known) => common(known, &group),
                None => group,
            };
            if acc[id.0].as_ref() != Some(&narrowed) {
                open.extend(api::uses(api, id).into_iter().map(|it| (it, narrowed.clone())));
                acc[id.0] = Some(narrowed);
            }
        }
    }
    acc.into_iter().map(Option::unwrap_or_default).collect()
}

fn common(left: &[String], right: &[String]) -> Group {
    let same = left.iter().zip(right).take_while(|(left, right)| left == right);
    same.map(|(word, _)| word.clone()).collect()
}
