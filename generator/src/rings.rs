//! The edges of a graph in, the nodes that lie on a ring out: what holds itself, what is defined by itself.

/// Gives every node on a ring the number of its strongly connected component
/// (Kosaraju's two passes, without recursion: documents can be deep).
pub(crate) fn rings(edges: &[Vec<usize>]) -> Vec<Option<usize>> {
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
