//! Where decisions come from: a seed, or the bytes of a fuzzer; the same source gives the same decisions.

/// A source of decisions without an end.
#[derive(Clone, Debug)]
pub struct Choices<'a> {
    bytes: &'a [u8],
    state: u64,
}

impl<'a> Choices<'a> {
    /// Returns the decisions of a seed.
    pub fn of_seed(seed: u64) -> Self {
        Self { bytes: &[], state: seed }
    }

    /// Returns the decisions that the bytes spell out, and then those of a seed
    /// made from them.
    pub fn of_bytes(bytes: &'a [u8]) -> Self {
        let fold = |acc: u64, byte: &u8| (acc ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        Self { bytes, state: bytes.iter().fold(0xcbf2_9ce4_8422_2325, fold) }
    }

    /// Returns a number below `n`, which is not 0.
    pub fn below(&mut self, n: usize) -> usize {
        debug_assert!(n > 0, "there is no number below 0");
        let n_bytes = if n <= 0x100 { 1 } else { 2 };
        let drawn = if self.bytes.len() >= n_bytes {
            let (drawn, rest) = self.bytes.split_at(n_bytes);
            self.bytes = rest;
            drawn.iter().fold(0, |acc, byte| acc << 8 | u64::from(*byte))
        } else {
            self.bytes = &[];
            self.next()
        };
        usize::try_from(drawn % (n as u64)).unwrap_or(0)
    }

    /// Returns true once in `n` times.
    pub fn one_in(&mut self, n: usize) -> bool {
        self.below(n) == 0
    }

    /// Returns one of several, of which there is at least one.
    pub fn pick<'t, T>(&mut self, all: &'t [T]) -> &'t T {
        &all[self.below(all.len())]
    }

    /// Returns the next number of `SplitMix64` (Steele, Lea and Flood 2014).
    fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_source_gives_the_same_decisions() {
        let drawn = |mut it: Choices<'_>| (0..50).map(|_| it.below(1_000)).collect::<Vec<_>>();
        assert_eq!(drawn(Choices::of_seed(7)), drawn(Choices::of_seed(7)));
        assert_ne!(drawn(Choices::of_seed(7)), drawn(Choices::of_seed(8)));
        assert_eq!(drawn(Choices::of_bytes(b"abc")), drawn(Choices::of_bytes(b"abc")));
    }

    #[test]
    fn bytes_are_decisions_in_their_order() {
        let mut choices = Choices::of_bytes(&[3, 1, 0, 200]);
        assert_eq!(choices.below(256), 3);
        assert_eq!(choices.below(1_000), 256);
        assert_eq!(choices.below(100), 0);
    }
}
