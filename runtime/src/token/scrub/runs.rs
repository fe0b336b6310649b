//! Finds runs of a secret in a text, in a time that grows with the two lengths and not with their
//! product: a body has up to 64 KiB, and a token that a server made may be as long.

use std::collections::BTreeMap;

use zeroize::Zeroizing;

use super::forms;

/// How many characters of a secret in a row are not shown. Less than that may stand in any text by
/// chance, and tells little about a secret of a length that keeps one.
pub(super) const RUN: usize = 8;

/// An odd number without a pattern: every byte of a run has a part in all higher bits.
const BASE: u64 = 0x9e37_79b9_7f4a_7c15;

/// The runs of some secrets in all their forms, in lower case: by length, their hashes in order.
///
/// A text with the hash of a run is taken for the run. So one in some ten thousand million texts is
/// withheld that holds none, and a server can make one on purpose; neither is a loss.
pub(super) struct Runs(BTreeMap<usize, Zeroizing<Vec<u64>>>);

impl Runs {
    pub(super) fn of(secrets: &[&str]) -> Self {
        let mut forms: Vec<_> = secrets.iter().flat_map(|secret| forms::forms(secret)).collect();
        forms.retain(|form| form.run > 0);
        for form in &mut forms {
            form.text.make_ascii_lowercase();
        }
        let mut room = BTreeMap::<usize, usize>::new();
        for form in &forms {
            *room.entry(form.run).or_default() += form.text.as_ref().len() + 1 - form.run;
        }
        // With room for all at once: a vector that grows leaves its old memory as it was.
        let with_room = |(run, n): (usize, usize)| (run, Zeroizing::new(Vec::with_capacity(n)));
        let mut acc: BTreeMap<_, _> = room.into_iter().map(with_room).collect();
        for form in &forms {
            if let Some(known) = acc.get_mut(&form.run) {
                known.extend(hashes(form.text.as_ref(), form.run));
            }
        }
        for known in acc.values_mut() {
            known.sort_unstable();
            known.dedup();
        }
        Self(acc)
    }

    /// Whether a text in lower case holds one of the runs.
    pub(super) fn are_in(&self, text: &[u8]) -> bool {
        let is_known = |(run, known): (&usize, &Zeroizing<Vec<u64>>)| {
            hashes(text, *run).any(|hash| known.binary_search(&hash).is_ok())
        };
        self.0.iter().any(is_known)
    }
}

/// Returns the hash of each run of this length, each made of the one before it.
fn hashes(text: &[u8], run: usize) -> impl Iterator<Item = u64> {
    let first = text.get(..run);
    let hash = |bytes: &[u8]| bytes.iter().fold(0, |acc, &byte| next(acc, byte));
    let highest = (1..run).fold(1, |acc: u64, _| acc.wrapping_mul(BASE));
    let shift = move |acc: &mut u64, (&gone, &new): (&u8, &u8)| {
        *acc = next(acc.wrapping_sub(highest.wrapping_mul(mixed(gone))), new);
        Some(*acc)
    };
    let rest = text.get(run..).unwrap_or_default();
    let start = first.map(hash);
    start.into_iter().chain(text.iter().zip(rest).scan(start.unwrap_or_default(), shift))
}

fn next(acc: u64, byte: u8) -> u64 {
    acc.wrapping_mul(BASE).wrapping_add(mixed(byte))
}

/// Spreads a byte over all bits; small numbers have sums that meet.
fn mixed(byte: u8) -> u64 {
    let spread = (u64::from(byte) + 1).wrapping_mul(0xff51_afd7_ed55_8ccd);
    spread ^ spread >> 33
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::{Duration, Instant};

    #[test]
    fn a_hash_depends_on_its_run_alone() {
        let text = b"abcdefgh--abcdefgh";
        let found: Vec<_> = hashes(text, 8).collect();
        assert_eq!(found.len(), text.len() + 1 - 8);
        assert_eq!(found[0], found[10]);
        for (n, hash) in found.iter().enumerate().filter(|(n, _)| *n != 10) {
            assert_eq!(
                found.iter().filter(|other| *other == hash).count(),
                1 + usize::from(n == 0)
            );
            assert_eq!(hashes(&text[n..n + 8], 8).collect::<Vec<_>>(), [*hash]);
        }
        assert_eq!(hashes(b"short", 8).count(), 0);
    }

    #[test]
    fn a_run_is_found_and_less_is_not() {
        let runs = Runs::of(&["correct-horse-battery", "", "tiny"]);
        for (text, expected) in [
            ("", false),
            ("what is correct-", true),
            ("what is correct", false),
            ("my-battery", true),
            ("a battery", false),
            ("a horse-batt", true),
            ("a horse-b", false),
            ("tin", false),
            ("a tiny text", true),
        ] {
            assert_eq!(runs.are_in(text.as_bytes()), expected, "{text}");
        }
    }

    /// Lengths at which a product would be some ten thousand million steps.
    #[test]
    fn long_secrets_in_long_texts() {
        let secret: String = (0_u32..16 * 1024).map(|n| letter(n.wrapping_mul(n) / 7)).collect();
        let text = "abcdefg".repeat(64 * 1024 / 7);
        let start = Instant::now();
        assert!(!Runs::of(&[&secret]).are_in(text.as_bytes()));
        let repeated = "a".repeat(16 * 1024);
        assert!(!Runs::of(&[&repeated]).are_in("aaaaaaa-".repeat(8 * 1024).as_bytes()));
        assert!(start.elapsed() < Duration::from_secs(20), "{:?}", start.elapsed());
    }

    fn letter(n: u32) -> char {
        char::from_digit(n % 36, 36).unwrap()
    }
}
