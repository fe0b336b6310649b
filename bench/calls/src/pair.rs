//! Two ways to do one thing, and what each of them takes.

use std::process::Command;
use std::time::{Duration, Instant};

/// How often a body that is large is sent.
pub(crate) const FEW: usize = 5;

/// How often both go in turn.
const ROUNDS: usize = 40;

/// What takes so many seconds is counted with one time more, and not with ten.
const LONG: f64 = 1e-4;

/// How long a round of one of them takes at least.
const ROUND: Duration = Duration::from_millis(2);

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
    pub(crate) fn row(&mut self, runs: usize, is_counted: bool) -> String {
        let allocations = [allocations(&mut self.generated), allocations(&mut self.hand)];
        let (times, ratio) = self.median(runs, Self::best);
        let more = if times[1] < LONG { 10 } else { 1 };
        let count = |side| is_counted.then(|| self.instructions(side, more)).flatten();
        let counts = ["generated", "hand"].map(count);
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
        let (times, ratio) = self.median(runs, Self::few);
        format!("| {} | {} | {} | {ratio:.2} |", self.title, time(times[0]), time(times[1]))
    }

    fn median(&mut self, runs: usize, times: impl Fn(&mut Self) -> [f64; 2]) -> ([f64; 2], f64) {
        let mut all: Vec<([f64; 2], f64)> = (0..runs.max(1))
            .map(|_| {
                let times = times(self);
                (times, times[0] / times[1])
            })
            .collect();
        all.sort_by(|a, b| a.1.total_cmp(&b.1));
        all[all.len() / 2]
    }

    fn best(&mut self) -> [f64; 2] {
        let sides = [&mut self.generated, &mut self.hand];
        let mut sides = sides.map(|work| (how_often(work), work, f64::INFINITY));
        for _ in 0..ROUNDS {
            for (n, work, best) in &mut sides {
                *best = best.min(seconds(*n, work));
            }
        }
        sides.map(|it| it.2)
    }

    fn few(&mut self) -> [f64; 2] {
        let mut sides = [&mut self.generated, &mut self.hand].map(|work| (work, f64::INFINITY));
        for _ in 0..FEW {
            for (work, best) in &mut sides {
                *best = best.min(seconds(1, work));
            }
        }
        sides.map(|it| it.1)
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

fn how_often(work: &mut dyn FnMut()) -> u32 {
    let mut n = 1;
    while n < 1 << 20 && seconds(n, work) * f64::from(n) < ROUND.as_secs_f64() {
        n *= 2;
    }
    n
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
