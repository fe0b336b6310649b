//! Matches two lists, and keeps what each has that the other has not.

/// Returns what is left of both lists once each old element has taken the first new one that is the same.
pub(super) fn unmatched<T>(
    old: Vec<T>,
    mut new: Vec<T>,
    mut is_same: impl FnMut(&T, &T) -> bool,
) -> (Vec<T>, Vec<T>) {
    let mut gone = Vec::new();
    for was in old {
        match new.iter().position(|is| is_same(&was, is)) {
            Some(index) => {
                new.remove(index);
            }
            None => gone.push(was),
        }
    }
    (gone, new)
}

#[cfg(test)]
mod tests {
    use super::unmatched;

    #[test]
    fn an_element_is_matched_once() {
        let (gone, come) = unmatched(vec![1, 1, 2, 3], vec![3, 4, 1], |a, b| a == b);
        assert_eq!((gone, come), (vec![1, 2], vec![4]));
    }
}
