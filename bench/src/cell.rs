//! A measurement of one client as a cell, and the verdict of a row.

/// What one client did in one row.
#[derive(Clone, Debug)]
pub(crate) struct Cell {
    /// What the table shows.
    pub(crate) text: String,
    /// What is compared: less is better. None where nothing was measured.
    pub(crate) score: Option<f64>,
    /// Whether its readers got what they wanted: less of what failed is no merit.
    pub(crate) is_fair: bool,
}

impl Cell {
    /// A number of requests, or of whatever is better when there is less of it.
    pub(crate) fn count(n: usize) -> Self {
        Self::measure(n.to_string(), number(n))
    }

    /// A measure with its text.
    pub(crate) fn measure(text: String, score: f64) -> Self {
        Self { text, score: Some(score), is_fair: true }
    }

    /// What the client cannot do, and why.
    pub(crate) fn none(why: &str) -> Self {
        Self { text: format!("n/a: {why}"), score: None, is_fair: false }
    }

    /// What went wrong.
    pub(crate) fn failed(why: &str) -> Self {
        Self { text: format!("failed: {why}"), score: None, is_fair: false }
    }

    /// Adds words to the text.
    pub(crate) fn with(mut self, words: &str) -> Self {
        self.text.push_str(words);
        self
    }

    /// Says that readers failed or waited.
    pub(crate) fn unfair(mut self) -> Self {
        self.is_fair = false;
        self
    }
}

/// Returns the number, as near as a float is.
pub(crate) fn number(n: usize) -> f64 {
    u32::try_from(n).map_or(f64::INFINITY, f64::from)
}

/// What a row asks of the first of its cells, which is ours.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Target {
    /// Readers that are well served, with no more than the least of the peers that serve theirs well.
    Best,
    /// No more than this.
    AtMost(f64),
    /// No more than this, or than the least of the peers and a tenth more.
    Within(f64),
    /// No more than this part of the peer that is shown second.
    PartOfSecond(f64),
}

/// Whether what a row says is the same in each run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A count; `--check` asserts it.
    Count,
    /// A time; nothing asserts it.
    Time,
}

/// One thing that all clients did.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    /// What was done.
    pub(crate) title: String,
    /// What is compared.
    pub(crate) kind: Kind,
    /// What our cell should be.
    pub(crate) target: Target,
    /// Ours, then one for each peer.
    pub(crate) cells: Vec<Cell>,
}

impl Row {
    /// Returns whether the target is met.
    pub(crate) fn is_met(&self) -> bool {
        let Some((cell, peers)) = self.cells.split_first() else { return false };
        let Some(ours) = cell.score else { return false };
        let fair = peers.iter().filter(|peer| peer.is_fair).filter_map(|peer| peer.score);
        let least = fair.fold(f64::INFINITY, f64::min);
        match self.target {
            Target::Best => cell.is_fair && ours <= least,
            Target::AtMost(most) => ours <= most,
            Target::Within(most) => ours <= most || ours <= least * 1.1,
            Target::PartOfSecond(part) => {
                let second = peers.first().and_then(|cell| cell.score);
                second.is_some_and(|second| ours <= second * part)
            }
        }
    }

    /// Returns what the table says of the target.
    pub(crate) fn verdict(&self) -> String {
        let target = match self.target {
            Target::Best => "least".to_owned(),
            Target::AtMost(most) => format!("<= {most}"),
            Target::Within(most) => format!("<= {most} ms or least + 10 %"),
            Target::PartOfSecond(part) => format!("<= {part} x the first peer"),
        };
        let met = if self.is_met() { "met" } else { "MISSED" };
        format!("{met} ({target})")
    }
}
