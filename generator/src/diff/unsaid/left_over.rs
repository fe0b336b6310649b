//! Adds a row for each differing left-over keyword that no other row covers.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::listed::Moves;
use super::place::Places;
use super::said::Said;
use super::unknown;
use crate::api::{Api, LeftOver, Shape};
use crate::diff::alike::{self, Alike, Side};
use crate::diff::at::At;
use crate::diff::describe::cut;
use crate::diff::walk::Walk;
use crate::pointer::Pointer;

/// What is left over of a model, by place.
type All<'a> = BTreeMap<&'a Pointer, &'a LeftOver>;

/// Compares what is left over at one place in both documents.
pub(super) fn compare(walk: &mut Walk<'_>, places: &Places, moves: &Moves) {
    let said = Said::of(walk);
    let (old, new) = (all(walk.old.api), all(walk.new.api));
    let mut rows = Vec::new();
    let mut seen = BTreeSet::new();
    for (at, was) in &old {
        let Some(to) = moves.partner(at) else { continue };
        let to = to.get(at).clone();
        seen.insert(to.clone());
        rows.push((*at, to.clone(), Some(*was), new.get(&to).copied()));
    }
    for (at, is) in new.iter().filter(|it| !seen.contains(*it.0)) {
        rows.push((*at, (*at).clone(), None, Some(*is)));
    }
    for (was_at, is_at, was, is) in rows {
        let nodes = (was_at.parent(), is_at.parent());
        let (Some(old_node), Some(new_node)) = nodes else { continue };
        let of_both =
            old_node.find(walk.old.raw).is_some() && new_node.find(walk.new.raw).is_some();
        // What came or went as a whole has a row of its own.
        let told = said.anything(&old_node, &new_node) || said.anything(was_at, &is_at);
        if !of_both || told || same(walk, was_at, &is_at) {
            continue;
        }
        let keyword = was.or(is).map_or("", |it| it.keyword.as_str());
        let at = places.at(&old_node, &new_node);
        let at = At { subject: format!("{} {keyword}", at.subject), ..at };
        let text = |it: Option<&LeftOver>| {
            it.and_then(|it| it.value.as_ref()).map(|it: &Value| cut(&it.to_string()))
        };
        walk.push(unknown(&at, text(was), text(is)));
    }
}

/// Returns whether two places say the same, in any order, with any texts.
fn same(walk: &Walk<'_>, was: &Pointer, is: &Pointer) -> bool {
    let (old, new) = (walk.old.raw, walk.new.raw);
    let sides = (
        Side { node: was.find(old), root: Some(old) },
        Side { node: is.find(new), root: Some(new) },
    );
    alike::compare(sides.0, sides.1) != Alike::No
}

fn all(api: &Api) -> All<'_> {
    let mut acc: Vec<&LeftOver> = api.left_over.iter().collect();
    acc.extend(api.servers.iter().flat_map(|it| &it.left_over));
    acc.extend(api.security_schemes.iter().flat_map(|it| &it.left_over));
    for def in &api.types {
        acc.extend(&def.left_over);
        if let Shape::Struct(object) = &def.shape {
            acc.extend(object.properties.iter().flat_map(|it| &it.left_over));
        }
    }
    for it in &api.operations {
        acc.extend(&it.left_over);
        acc.extend(it.parameters.iter().flat_map(|it| &it.left_over));
        acc.extend(it.body.iter().flat_map(|it| &it.left_over));
        for response in &it.responses {
            acc.extend(&response.left_over);
            acc.extend(response.headers.iter().flat_map(|it| &it.left_over));
        }
    }
    acc.into_iter().map(|it| (&it.pointer, it)).collect()
}
