//! The model in, the uses of types that need a box out: only those on a ring.

use std::collections::BTreeSet;

use super::usage::uses;
use crate::api::{Api, Shape, Type, TypeId};

/// Which types lie on a ring of values that hold each other.
#[derive(Debug, Default)]
pub(super) struct Recursion {
    /// The ring each type is on, if any.
    ring: Vec<Option<usize>>,
    /// Aliases that would name themselves.
    endless_aliases: BTreeSet<TypeId>,
}

impl Recursion {
    pub(super) fn of(api: &Api) -> Self {
        let by_value: Vec<Vec<usize>> =
            (0..api.types.len()).map(|index| held_by_value(api, TypeId(index))).collect();
        let aliases: Vec<Vec<usize>> = (0..api.types.len())
            .map(|index| match api.types[index].shape {
                Shape::Alias(_) => uses(api, TypeId(index))
                    .into_iter()
                    .filter(|used| matches!(api.type_def(*used).shape, Shape::Alias(_)))
                    .map(|used| used.0)
                    .collect(),
                _ => Vec::new(),
            })
            .collect();
        let endless_aliases = (rings(&aliases).iter().enumerate())
            .filter(|(_, ring)| ring.is_some())
            .map(|(index, _)| TypeId(index))
            .collect();
        Self { ring: rings(&by_value), endless_aliases }
    }

    /// Returns whether a value of `holder` would hold itself through `used`.
    pub(super) fn needs_box(&self, holder: TypeId, used: TypeId) -> bool {
        self.ring[holder.0].is_some() && self.ring[holder.0] == self.ring[used.0]
    }

    /// Returns whether the alias would name itself.
    pub(super) fn is_endless_alias(&self, id: TypeId) -> bool {
        self.endless_aliases.contains(&id)
    }
}

/// Returns the types whose values stand inside a value of this type without a
/// list, a map or a box in between.
fn held_by_value(api: &Api, id: TypeId) -> Vec<usize> {
    let direct = |ty: &Type| match ty {
        Type::Named(id) => Some(id.0),
        _ => None,
    };
    match &api.type_def(id).shape {
        Shape::Struct(it) => it.properties.iter().filter_map(|it| direct(&it.ty.ty)).collect(),
        Shape::Union(it) => it.variants.iter().filter_map(|it| direct(&it.ty.ty)).collect(),
        Shape::Alias(ty) => direct(&ty.ty).into_iter().collect(),
        Shape::Enum(_) => Vec::new(),
    }
}

/// Gives every node on a ring the number of its strongly connected component
/// (Kosaraju's two passes, without recursion: documents can be deep).
fn rings(edges: &[Vec<usize>]) -> Vec<Option<usize>> {
    let mut back: Vec<Vec<usize>> = vec![Vec::new(); edges.len()];
    for (from, targets) in edges.iter().enumerate() {
        for to in targets {
            back[*to].push(from);
        }
    }
    let mut component: Vec<Option<usize>> = vec![None; edges.len()];
    for (number, start) in finish_order(edges).into_iter().rev().enumerate() {
        let mut open = vec![start];
        while let Some(node) = open.pop() {
            if component[node].is_none() {
                component[node] = Some(number);
                open.extend(&back[node]);
            }
        }
    }
    let mut size = vec![0_usize; edges.len()];
    for number in component.iter().flatten() {
        size[*number] += 1;
    }
    (component.into_iter().enumerate())
        .map(|(node, number)| {
            number.filter(|number| size[*number] > 1 || edges[node].contains(&node))
        })
        .collect()
}

fn finish_order(edges: &[Vec<usize>]) -> Vec<usize> {
    let mut seen = vec![false; edges.len()];
    let mut acc = Vec::new();
    for start in 0..edges.len() {
        if seen[start] {
            continue;
        }
        seen[start] = true;
        let mut path = vec![(start, 0)];
        while let Some((node, next)) = path.pop() {
            match edges[node].get(next) {
                Some(&target) => {
                    path.push((node, next + 1));
                    if !seen[target] {
                        seen[target] = true;
                        path.push((target, 0));
                    }
                }
                None => acc.push(node),
            }
        }
    }
    acc
}

#[cfg(test)]
mod tests {
    use super::rings;

    #[test]
    fn only_nodes_on_a_ring_get_a_number() {
        // 0 -> 1 -> 2 -> 1, 3 -> 3, 4 -> 0
        let rings = rings(&[vec![1], vec![2], vec![1], vec![3], vec![0]]);
        assert_eq!(rings[0], None);
        assert!(rings[1].is_some() && rings[1] == rings[2]);
        assert!(rings[3].is_some() && rings[3] != rings[1]);
        assert_eq!(rings[4], None);
    }
}
