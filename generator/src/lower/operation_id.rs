//! The id of each operation: from the document, from the overlay, or from method and path.

use std::collections::BTreeMap;

use super::Lowering;
use crate::api::NameOf;
use crate::codes;
use crate::diagnostic::{Diagnostic, Loss};
use crate::document::Operation;
use crate::pointer::Pointer;

/// The ids that are taken, with the first operation of each.
#[derive(Default)]
pub(super) struct Ids {
    taken: BTreeMap<String, Pointer>,
    /// Up to where the numbers behind each made id are taken.
    next: BTreeMap<String, usize>,
}

impl Ids {
    /// Returns the id of an operation; `None` when an earlier one has it.
    pub(super) fn id(
        &mut self,
        operation: &Operation,
        template: &str,
        acc: &mut Lowering<'_>,
    ) -> Option<String> {
        let at = &operation.pointer;
        let place = at.child("operationId");
        let written = operation.data.operation_id.clone().filter(|it| !it.trim().is_empty());
        let id = match (acc.marks.name(at, NameOf::Operation), written) {
            (Some(name), _) => name,
            (None, Some(id)) => id,
            (None, None) => {
                let id = self.free(made(operation.method, template));
                let title = format!("the operation has no `operationId`; it is named `{id}`");
                let diagnostic =
                    Diagnostic::warning(codes::NO_OPERATION_ID, at.clone(), title).at_key();
                acc.sink.push(diagnostic.help(
                    "give it an `operationId`, or name it in the overlay; the made name changes with the path",
                ));
                id
            }
        };
        if let Some(first) = self.taken.get(&id) {
            let title = format!("`operationId` `{id}` is used by 2 operations");
            let diagnostic = Diagnostic::error(codes::DUPLICATE_OPERATION_ID, place, title)
                .label("used again here")
                .other(first.clone(), "first used here")
                .help("each operation becomes a method; give one of them another `operationId`, or name it in the overlay")
                .loss(Loss::Operation(at.clone()));
            acc.sink.push(diagnostic);
            return None;
        }
        self.taken.insert(id.clone(), place);
        Some(id)
    }

    /// Makes a made id differ from those before it.
    fn free(&mut self, id: String) -> String {
        if !self.taken.contains_key(&id) {
            return id;
        }
        let next = self.next.entry(id.clone()).or_insert(2);
        // Ids are finite and numbers are not.
        loop {
            let numbered = format!("{id}_{next}");
            *next += 1;
            if !self.taken.contains_key(&numbered) {
                return numbered;
            }
        }
    }
}

/// Makes an id from method and path: `get_users_by_id` of `GET /users/{id}`.
fn made(method: &str, template: &str) -> String {
    let mut words = vec![method.to_owned()];
    for segment in template.split(['/', '{']) {
        let (name, is_parameter) = match segment.split_once('}') {
            Some((name, _)) => (name, true),
            None => (segment, false),
        };
        let mut found =
            name.split(|it: char| !it.is_alphanumeric()).filter(|it| !it.is_empty()).peekable();
        if is_parameter && found.peek().is_some() {
            words.push("by".to_owned());
        }
        words.extend(found.map(str::to_lowercase));
    }
    words.join("_")
}

#[cfg(test)]
mod tests {
    use super::made;

    #[test]
    fn method_and_path_make_an_id() {
        assert_eq!(made("get", "/users/{id}"), "get_users_by_id");
        assert_eq!(made("post", "/a-b/{c_d}.{e}/F"), "post_a_b_by_c_d_by_e_f");
        assert_eq!(made("get", "/"), "get");
    }
}
