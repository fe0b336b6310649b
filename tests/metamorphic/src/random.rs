//! Random numbers that are the same in each run.

/// A generator of random numbers (`SplitMix64`).
#[derive(Clone, Debug)]
pub struct Random(u64);

impl Random {
    /// Creates a generator. Equal seeds give equal numbers.
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// Returns the next number.
    pub fn number(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut acc = self.0;
        acc = (acc ^ (acc >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        acc = (acc ^ (acc >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        acc ^ (acc >> 31)
    }

    /// Returns up to `n` elements of a list, each at most once, in random order.
    pub fn some<T>(&mut self, mut all: Vec<T>, n: usize) -> Vec<T> {
        let n = n.min(all.len());
        for index in 0..n {
            let rest = (all.len() - index) as u64;
            let chosen = usize::try_from(self.number() % rest).unwrap_or_default();
            all.swap(index, index + chosen);
        }
        all.truncate(n);
        all
    }
}
