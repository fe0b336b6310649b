//! Computes the positions in the picture of a timeline, in pixels.

/// From one mark to the next.
pub(super) const PITCH: usize = 16;
/// Beside the marks of a hop.
const GAP: usize = 40;
/// Beside the picture: half a version's name has room.
const MARGIN: usize = 64;
/// Names of versions and the number of changes stand beside each other.
const NARROWEST: usize = 256;
/// The longest name of a version that has room.
const LONGEST: usize = 16;

/// Where things stand.
#[derive(Debug)]
pub(super) struct Layout {
    pub(super) width: usize,
    pub(super) height: usize,
    /// The line of the versions, from the top.
    pub(super) axis: usize,
    /// Each version, from the left.
    pub(super) versions: Vec<usize>,
    /// The line below all marks, from the top.
    pub(super) bracket: usize,
    /// How many marks stand beside each other in each hop.
    columns: Vec<usize>,
}

impl Layout {
    /// Returns the layout of hops with `counts` marks and arcs over `deepest` versions.
    pub(super) fn new(counts: &[usize], deepest: usize) -> Self {
        let columns: Vec<usize> = counts.iter().map(|it| columns(*it)).collect();
        let mut versions = vec![MARGIN];
        let mut right = MARGIN;
        for n_columns in &columns {
            right += (n_columns * PITCH + 2 * GAP).max(NARROWEST);
            versions.push(right);
        }
        let axis = if deepest == 0 { 20 } else { 28 + Self::rise(deepest) * 3 / 4 };
        let rows = counts.iter().zip(&columns).map(|(n, columns)| n.div_ceil(*columns)).max();
        let bracket = axis + 52 + rows.unwrap_or_default() * PITCH + 16;
        Self { width: right + MARGIN, height: bracket + 36, axis, versions, bracket, columns }
    }

    pub(super) fn left(&self) -> usize {
        self.versions[0]
    }

    pub(super) fn right(&self) -> usize {
        self.versions[self.versions.len() - 1]
    }

    /// Returns the middle of a hop, from the left.
    pub(super) fn middle(&self, hop: usize) -> usize {
        usize::midpoint(self.versions[hop], self.versions[hop + 1])
    }

    /// Returns the middle of a mark.
    pub(super) fn cell(&self, hop: usize, index: usize) -> [usize; 2] {
        let columns = self.columns[hop];
        let left = self.middle(hop) - columns * PITCH / 2 + PITCH / 2;
        [left + index % columns * PITCH, self.axis + 52 + index / columns * PITCH]
    }

    /// Returns the control points and the peak of an arc over `n` versions, from the top.
    pub(super) fn arc(&self, n: usize) -> (isize, usize) {
        let rise = Self::rise(n);
        (self.axis.cast_signed() - rise.cast_signed(), self.axis - rise * 3 / 4)
    }

    fn rise(n: usize) -> usize {
        24 + 32 * n
    }
}

/// Returns a number of columns that makes a block wider than high.
fn columns(count: usize) -> usize {
    (count * 2).isqrt().clamp(11, 48)
}

/// Returns a name that has room below its version.
pub(super) fn shortened(name: &str) -> String {
    if name.chars().count() <= LONGEST {
        return name.to_owned();
    }
    name.chars().take(LONGEST - 1).chain(['\u{2026}']).collect()
}
