//! Finds the existing name most similar to a misspelled one.

/// Longer names are not compared: the time grows with the square of the length.
const MOST_LETTERS: usize = 128;

/// Returns the nearest of `names`, when it differs by at most a third of its length.
pub(crate) fn nearest<'a>(name: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let length = name.chars().count();
    if length > MOST_LETTERS {
        return None;
    }
    let candidates = names.into_iter().filter_map(|candidate| {
        let longest = length.max(candidate.chars().count());
        // The difference in length is a lower bound, and so are the letters
        // that one of them lacks; most names differ by that.
        let most = longest / 3;
        if length.abs_diff(candidate.chars().count()) > most || n_lacking(name, candidate) > most {
            return None;
        }
        let distance = distance(name, candidate);
        (distance * 3 <= longest).then_some((distance, candidate))
    });
    candidates.min_by_key(|(distance, _)| *distance).map(|(_, candidate)| candidate)
}

/// Returns how many letters one of two words has that the other one lacks.
fn n_lacking(a: &str, b: &str) -> usize {
    // Letters that share a class count as one, which keeps the bound a lower one.
    let class = |letter: char| letter as usize % N_CLASSES;
    let mut surplus = [0_i32; N_CLASSES];
    for letter in a.chars().flat_map(char::to_lowercase) {
        surplus[class(letter)] += 1;
    }
    for letter in b.chars().flat_map(char::to_lowercase) {
        surplus[class(letter)] -= 1;
    }
    let more: i32 = surplus.iter().filter(|it| **it > 0).sum();
    let less: i32 = surplus.iter().filter(|it| **it < 0).sum();
    usize::try_from(more.max(-less)).unwrap_or_default()
}

const N_CLASSES: usize = 64;

/// Returns how many letters must be added, removed, changed or swapped with
/// their neighbour to turn one word into the other; letter case counts for nothing.
fn distance(a: &str, b: &str) -> usize {
    let a: Vec<char> = a.to_lowercase().chars().collect();
    let b: Vec<char> = b.to_lowercase().chars().collect();
    let mut before_last: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for i in 1..=a.len() {
        let mut row = vec![i];
        for j in 1..=b.len() {
            let change = usize::from(a[i - 1] != b[j - 1]);
            let mut best = (last[j - 1] + change).min(last[j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                best = best.min(before_last[j - 2] + 1);
            }
            row.push(best);
        }
        before_last = std::mem::replace(&mut last, row);
    }
    last[b.len()]
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn a_third_of_the_letters_may_differ() {
        assert_eq!(nearest("Tga", ["Tag", "Pet"]), Some("Tag"));
        assert_eq!(nearest("strng", ["string", "number"]), Some("string"));
        assert_eq!(nearest("tag", ["Tag"]), Some("Tag"));
        assert_eq!(nearest("Dog", ["Cat", "Horse"]), None);
        assert_eq!(nearest("", ["a"]), None);
    }
}
