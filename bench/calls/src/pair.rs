//! Two ways to do one thing, and what each of them takes.

use std::process::Command;
use std::time::{Duration, Instant};

/// How often a body that is large is sent.
pub(crate) const FEW: usize = 5;

/// How often both go in turn.
const ROUNDS: usize = 400;

/// How often at least.
const MANY: usize = 20;

/// How long a work that takes longer than a round goes on at most, if that is often enough.
const PATIENCE: Duration = Duration::from_secs(4);

/// How often a work is done before it is measured: connections are opened, caches are filled.
const WARM_UP: u32 = 20;

/// What takes so many seconds is counted with one time more, and not with ten.
const LONG: f64 = 1e-4;

/// How long a round of one of them takes. A busy machine lets another process run every few milliseconds: most rounds
/// are too short to be interrupted, and none is long enough to be interrupted always.
const ROUND: Duration = Duration::from_micros(250);

/// The best times of both sides, and the ratio of them.
type Measured = ([f64; 2], f64);

/// One thing, done by generated code and by code that is written by hand.
pub(crate) struct Pair {
    pub(crate) title: &'static str,
    pub(crate) generated: Box<dyn FnMut()>,
    pub(crate) hand: Box<dyn FnMut()>,
}

impl Pair {
    pub(crate) fn new(
        title: &'static str,
        generated: impl FnMut() + 'static,
        hand: impl FnMut() + 'static,
    ) -> Self {
        Self { title, generated: Box::new(generated), hand: Box::new(hand) }
    }

    /// Measures both, and writes the row of a table.
    pub(crate) fn row(&mut self, runs: usize) -> String {
        let allocations = [allocations(&mut self.generated), allocations(&mut self.hand)];
        let (times, ratio) = self.median(runs, Self::short);
        let more = if times[1] < LONG { 10 } else { 1 };
        let counts = ["generated", "hand"].map(|side| self.instructions(side, more));
        let counts = match counts {
            [Some(generated), Some(hand)] if hand > 0.0 => format!("{:.2}", generated / hand),
            _ => "–".to_owned(),
        };
        format!(
            "| {} | {} | {} | {ratio:.2} | {counts} | {} | {} |",
            self.title,
            time(times[0]),
            time(times[1]),
            allocations[0],
            allocations[1],
        )
    }

    /// Measures both with few rounds of one time each, and writes the row of a smaller table.
    pub(crate) fn short_row(&mut self, runs: usize) -> String {
        let (times, ratio) = self.median(runs, Self::long);
        format!("| {} | {} | {} | {ratio:.2} |", self.title, time(times[0]), time(times[1]))
    }

    /// Measures both, as often as is asked for, and writes each ratio by itself.
    pub(crate) fn ratios(&mut self, runs: usize) -> String {
        let rows = (0..runs).map(|_| {
            let (times, ratio) = self.short();
            let best = times[0] / times[1];
            format!("{} {} best {best:.3} median {ratio:.3}\n", time(times[0]), time(times[1]))
        });
        rows.collect()
    }

    /// Returns the run with the median of the ratios.
    fn median(&mut self, runs: usize, measure: impl Fn(&mut Self) -> Measured) -> Measured {
        let mut all: Vec<Measured> = (0..runs.max(1)).map(|_| measure(self)).collect();
        all.sort_by(|a, b| a.1.total_cmp(&b.1));
        all[all.len() / 2]
    }

    fn short(&mut self) -> Measured {
        // The same for both sides, or one would be interrupted more often than the other.
        let time = warm(&mut self.generated).min(warm(&mut self.hand)).as_nanos().max(1);
        let n = u32::try_from(ROUND.as_nanos() / time).unwrap_or(u32::MAX).max(1);
        let rounds = PATIENCE.as_nanos() / (2 * time * u128::from(n));
        self.rounds(usize::try_from(rounds).unwrap_or(ROUNDS).clamp(MANY, ROUNDS), n)
    }

    fn long(&mut self) -> Measured {
        self.rounds(FEW, 1)
    }

    /// Returns the best times of both, and the median of the ratios of the rounds. The sides of a round follow each
    /// other closely, so that what slows the machine down slows both, and each begins every other round.
    fn rounds(&mut self, rounds: usize, n: u32) -> Measured {
        let mut sides = [&mut self.generated, &mut self.hand];
        let mut best = [f64::INFINITY; 2];
        let mut ratios: Vec<f64> = (0..rounds)
            .map(|round| {
                let mut times = [0.0; 2];
                for side in [round % 2, 1 - round % 2] {
                    times[side] = seconds(n, &mut *sides[side]);
                    best[side] = best[side].min(times[side]);
                }
                times[0] / times[1]
            })
            .collect();
        ratios.sort_by(f64::total_cmp);
        (best, ratios[ratios.len() / 2])
    }

    /// Counts the instructions of one time, in a process of its own: those of some more of them, without those of the
    /// first one and of what it takes to begin.
    fn instructions(&self, side: &str, more: u32) -> Option<f64> {
        let [once, again] = [1, 1 + more].map(|n| collected(n, side, self.title));
        Some((again? - once?) / f64::from(more))
    }
}

fn collected(n: u32, side: &str, title: &str) -> Option<f64> {
    let mut command = Command::new("valgrind");
    command.args(["--tool=callgrind", "--callgrind-out-file=/dev/null"]);
    command.arg(std::env::current_exe().ok()?);
    command.args(["--times", &n.to_string(), side, title]);
    let output = command.output().ok().filter(|it| it.status.success())?;
    let text = String::from_utf8_lossy(&output.stderr).into_owned();
    let count = text.lines().find_map(|line| line.split_once("Collected : "))?.1;
    count.trim().parse().ok()
}

fn allocations(work: &mut dyn FnMut()) -> u64 {
    // What is made once and kept is made here.
    work();
    let before = counting::allocations();
    work();
    counting::allocations() - before
}

/// Returns about how long a work takes once it is warm.
fn warm(work: &mut dyn FnMut()) -> Duration {
    let begun = Instant::now();
    let mut best = Duration::MAX;
    for _ in 0..WARM_UP {
        let started = Instant::now();
        work();
        best = best.min(started.elapsed());
        if begun.elapsed() > PATIENCE / 10 {
            break;
        }
    }
    best
}

/// Returns the seconds of one time.
fn seconds(n: u32, work: &mut dyn FnMut()) -> f64 {
    let started = Instant::now();
    (0..n).for_each(|_| work());
    started.elapsed().as_secs_f64() / f64::from(n)
}

fn time(seconds: f64) -> String {
    match seconds {
        it if it < 1e-6 => format!("{:.0} ns", it * 1e9),
        it if it < 1e-3 => format!("{:.2} µs", it * 1e6),
        it => format!("{:.2} ms", it * 1e3),
    }
}
