//! Reports the patterns that match no operation, with the nearest name.

use std::collections::BTreeSet;

use serde_yaml::Value;

use super::operations;
use crate::codes;
use crate::diagnostic::{Diagnostic, Sink};
use crate::nearest::nearest;
use crate::pointer::Pointer;
use crate::subset::{Pattern, Subset};

/// How many names a message lists.
const LISTED: usize = 12;

/// The names that patterns can match.
#[derive(Default)]
struct Names {
    paths: BTreeSet<String>,
    tags: BTreeSet<String>,
    ids: BTreeSet<String>,
}

/// Returns whether every pattern matches an operation.
pub(super) fn check(tree: &Value, subset: &Subset, sink: &mut Sink) -> bool {
    let mut names = Names::default();
    let lists = [("include", &subset.include), ("exclude", &subset.exclude)];
    let patterns = lists.iter().flat_map(|(list, all)| all.iter().map(move |it| (*list, it)));
    let mut open: Vec<_> = patterns.collect();
    operations(tree, |operation, _, _| {
        open.retain(|(_, pattern)| !Pattern::of(pattern).matches(operation));
        names.paths.insert(operation.path.to_owned());
        names.tags.extend(operation.tags.iter().map(|it| (*it).to_owned()));
        names.ids.extend(operation.id.map(str::to_owned));
    });
    for (list, pattern) in &open {
        let title = format!("`{pattern}` in `{list}` matches no operation");
        let at = Pointer::root().child("paths");
        let diagnostic = Diagnostic::error(codes::SUBSET, at, title).at_key();
        sink.push(diagnostic.maybe_help(names.help(pattern)));
    }
    open.is_empty()
}

impl Names {
    fn help(&self, pattern: &str) -> Option<String> {
        let found = match Pattern::of(pattern) {
            Pattern::Path { path, .. } => {
                let below = format!("{}/", path.trim_end_matches('/'));
                let is_folder =
                    !path.contains('*') && self.paths.iter().any(|it| it.starts_with(&below));
                if is_folder {
                    return Some(format!("for all paths below it write `{below}*`"));
                }
                if self.paths.contains(path) {
                    return Some(format!("`{path}` has no operation of that method"));
                }
                near(path, &self.paths).map(|it| format!("the path `{it}`"))
            }
            Pattern::Tag(tag) => near(tag, &self.tags).map(|it| format!("the tag `{it}`")),
            Pattern::Id(id) => near(id, &self.ids).map(|it| format!("the operation `{it}`")),
            Pattern::TagOrId(text) => near(text, &self.tags)
                .map(|it| format!("the tag `{it}`"))
                .or_else(|| near(text, &self.ids).map(|it| format!("the operation `{it}`"))),
        };
        if let Some(found) = found {
            return Some(format!("did you mean {found}?"));
        }
        if self.tags.is_empty() {
            return None;
        }
        let tags: Vec<_> = self.tags.iter().take(LISTED).map(|it| format!("`{it}`")).collect();
        let more = self.tags.len() - tags.len();
        let rest = if more > 0 { format!(" and {more} more") } else { String::new() };
        Some(format!("the tags are {}{rest}", tags.join(", ")))
    }
}

fn near<'a>(pattern: &str, names: &'a BTreeSet<String>) -> Option<&'a str> {
    nearest(&pattern.replace('*', ""), names.iter().map(String::as_str))
}
