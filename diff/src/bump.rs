//! The version bump that Cargo's rules require for the Rust column.

use std::fmt;

use super::finding::Diff;
use super::verdict::Rust;

/// The version of a crate: `MAJOR.MINOR.PATCH` and nothing behind it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct CrateVersion {
    major: u64,
    minor: u64,
    patch: u64,
}

impl CrateVersion {
    /// Reads `MAJOR.MINOR.PATCH`; `None` when it is written otherwise.
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split('.').map(|it| {
            let is_number = !it.is_empty() && it.bytes().all(|byte| byte.is_ascii_digit());
            // A leading zero is no number to Cargo (SemVer 2.0.0, 2).
            (is_number && (it == "0" || !it.starts_with('0'))).then(|| it.parse().ok()).flatten()
        });
        let (major, minor, patch) = (parts.next()??, parts.next()??, parts.next()??);
        parts.next().is_none().then_some(Self { major, minor, patch })
    }

    /// Returns the version that may hold such a change. Before 1.0.0 the
    /// left-most number that is not zero is the one that breaks.
    #[must_use]
    pub fn next(self, rust: Rust) -> Self {
        let Self { major, minor, patch } = self;
        // A version with a number that cannot grow is no version of a crate.
        let breaks = Self { major: major.saturating_add(1), minor: 0, patch: 0 };
        let adds = Self { major, minor: minor.saturating_add(1), patch: 0 };
        let repairs = Self { major, minor, patch: patch.saturating_add(1) };
        match rust {
            Rust::None => self,
            Rust::Major if major > 0 => breaks,
            Rust::Minor if major > 0 => adds,
            Rust::Major if minor > 0 => adds,
            Rust::Major | Rust::Minor | Rust::Patch => repairs,
        }
    }
}

impl fmt::Display for CrateVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}.{}", self.major, self.minor, self.patch)
    }
}

impl Diff {
    /// Returns which number of the crate's version has to grow; an accepted
    /// finding breaks code like any other.
    pub fn bump(&self) -> Rust {
        self.verdict().rust
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Cargo's table for version requirements: a version that `^` does not accept is
    /// a breaking one.
    #[test]
    fn the_left_most_number_that_is_not_zero_breaks() {
        let check = |from: &str, expected: [&str; 4]| {
            let from = CrateVersion::parse(from).unwrap();
            let all = [Rust::Major, Rust::Minor, Rust::Patch, Rust::None];
            assert_eq!(all.map(|it| from.next(it).to_string()), expected);
        };
        check("1.2.3", ["2.0.0", "1.3.0", "1.2.4", "1.2.3"]);
        check("0.1.0", ["0.2.0", "0.1.1", "0.1.1", "0.1.0"]);
        check("0.0.3", ["0.0.4", "0.0.4", "0.0.4", "0.0.3"]);
    }

    #[test]
    fn only_three_numbers_are_a_version() {
        for bad in ["", "1", "1.2", "1.2.3.4", "1.2.x", "1.2.3-rc.1", "01.2.3", "1..3", "+1.2.3"] {
            assert_eq!(CrateVersion::parse(bad), None, "{bad}");
        }
    }
}
