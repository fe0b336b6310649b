//! Computes how deeply the types of the model nest, since rustc has a recursion limit.

use std::collections::BTreeMap;

use crate::api::{Api, TypeId, uses};
use crate::rings::rings;

/// Returns how deeply types nest at most. Types on a ring count as all of
/// the ring: the compiler may walk around it before it finds that it was there.
pub(super) fn depth(api: &Api) -> usize {
    let edges: Vec<Vec<usize>> = (0..api.types.len())
        .map(|index| uses(api, TypeId(index)).into_iter().map(|it| it.0).collect())
        .collect();
    // The types of a ring are one node.
    let ring = rings(&edges);
    let first: BTreeMap<usize, usize> = (ring.iter().enumerate().rev())
        .filter_map(|(index, ring)| Some(((*ring)?, index)))
        .collect();
    let node = |index: usize| ring[index].map_or(index, |ring| first[&ring]);
    let mut size = vec![0_usize; edges.len()];
    let mut used_by = vec![0_usize; edges.len()];
    let mut below: Vec<Vec<usize>> = vec![Vec::new(); edges.len()];
    for (index, targets) in edges.iter().enumerate() {
        size[node(index)] += 1;
        for target in targets.iter().map(|it| node(*it)).filter(|it| *it != node(index)) {
            below[node(index)].push(target);
            used_by[target] += 1;
        }
    }
    // From the outside in: a node is done when all that use it are.
    let mut depth = size.clone();
    let mut open: Vec<usize> = (0..edges.len()).filter(|it| used_by[*it] == 0).collect();
    while let Some(node) = open.pop() {
        for target in &below[node] {
            depth[*target] = depth[*target].max(depth[node] + size[*target]);
            used_by[*target] -= 1;
            if used_by[*target] == 0 {
                open.push(*target);
            }
        }
    }
    depth.into_iter().max().unwrap_or_default()
}
