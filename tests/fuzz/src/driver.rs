//! Runs targets for some time, each input in a process that may die of it, and keeps what fails.

mod child;
mod kept;
mod limits;
pub mod worker;

use std::path::Path;
use std::time::{Duration, Instant};

use child::{Child, Told};
use kept::Kept;

use crate::choices::Choices;
use crate::compile;
use crate::finding::Finding;
use crate::minimise::minimise;
use crate::pipeline;
use crate::seeds::Seeds;
use crate::target::Target;

/// How often an input is tried smaller, and one whose every run takes long.
const TRIES: usize = 3_000;
const SLOW_TRIES: usize = 40;

/// What is run.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// The first number of the inputs; the same seed and documents make the same inputs.
    pub seed: u64,
    /// For how long, or how many.
    pub until: Until,
    /// How many of the crates that were generated are compiled.
    pub n_compiled: usize,
}

/// When a target is done.
#[derive(Clone, Copy, Debug)]
pub enum Until {
    /// After this time: a fast machine runs more inputs.
    Time(Duration),
    /// After this many inputs: every machine runs the same.
    Inputs(u64),
}

impl Until {
    fn is_reached(self, since: Instant, n_run: u64) -> bool {
        match self {
            Self::Time(time) => since.elapsed() >= time,
            Self::Inputs(n) => n_run >= n,
        }
    }

    /// How long the next input is waited for.
    fn left(self, since: Instant) -> Duration {
        match self {
            Self::Time(time) => time.saturating_sub(since.elapsed()),
            // One that hangs is stopped before.
            Self::Inputs(_) => limits::MAX_WALL * 2,
        }
    }
}

/// What came of a target.
#[derive(Debug)]
pub struct Outcome {
    /// How many inputs were run.
    pub n_run: u64,
    /// For how long.
    pub time: Duration,
    /// What failed: the kind, how often, and the file with the smallest input.
    pub kept: Kept,
}

/// Returns the decisions that make the input of this number.
pub fn choices(seed: u64, number: u64) -> Choices<'static> {
    Choices::of_seed(
        seed.wrapping_mul(0x0100_0000_01b3) ^ number.wrapping_mul(0x9e37_79b9_7f4a_7c15),
    )
}

/// Runs a target.
///
/// # Errors
///
/// When no process can be started, or no file be written.
pub fn run(target: Target, options: Options) -> std::io::Result<Outcome> {
    let seeds = Seeds::read(options.seed);
    let make = |number| target.make(&seeds, &mut choices(options.seed, number));
    let start = Instant::now();
    let mut kept = Kept::new(target)?;
    let (mut next, mut n_run) = (0, 0);
    let mut passed = Vec::new();
    while !options.until.is_reached(start, n_run) {
        let mut child = Child::of_numbers(target, options.seed, next)?;
        while !options.until.is_reached(start, n_run) {
            match child.told(options.until.left(start))? {
                Told::Passed(number) => passed.push(number),
                Told::Failed(number, finding) => kept.keep(&finding, &make(number))?,
                Told::Died(number, finding) => {
                    kept.keep(&finding, &make(number))?;
                    (next, n_run) = (number + 1, n_run + 1);
                    break;
                }
                Told::Nothing => break,
            }
            (next, n_run) = (child.number() + 1, n_run + 1);
        }
    }
    let time = start.elapsed();
    if target == Target::Pipeline {
        compile_some(&passed, options, make, &mut kept)?;
    }
    for finding in kept.findings() {
        let input = kept.input(&finding)?;
        let tries = if finding.kind.starts_with("longer") { SLOW_TRIES } else { TRIES };
        if finding.kind.starts_with("does not compile") {
            let smaller = minimise(&input, SLOW_TRIES, |it| {
                refusal(it).is_some_and(|it| it.kind == finding.kind)
            });
            kept.replace(&finding, &smaller)?;
            continue;
        }
        let smaller = minimise(&input, tries, |it| {
            kept.trial(it)
                .and_then(|file| of_file(target, &file))
                .is_ok_and(|it| it.is_err_and(|it| it.kind == finding.kind))
        });
        kept.replace(&finding, &smaller)?;
    }
    Ok(Outcome { n_run, time, kept })
}

/// Runs the input of a file in a process of its own.
///
/// # Errors
///
/// When no process can be started.
pub fn of_file(target: Target, file: &Path) -> std::io::Result<Result<(), Finding>> {
    let mut child = Child::of_file(target, file)?;
    Ok(match child.told(limits::MAX_WALL)? {
        Told::Failed(_, finding) | Told::Died(_, finding) => Err(finding),
        Told::Passed(_) | Told::Nothing => Ok(()),
    })
}

/// Compiles the crates of some inputs that passed.
fn compile_some(
    passed: &[u64],
    options: Options,
    make: impl Fn(u64) -> Vec<u8>,
    kept: &mut Kept,
) -> std::io::Result<()> {
    let mut choices = choices(options.seed, u64::MAX);
    let mut inputs = Vec::new();
    let mut crates = Vec::new();
    // Many inputs are no OpenAPI and have no crate.
    for _ in 0..options.n_compiled * 20 {
        if passed.is_empty() || crates.len() == options.n_compiled {
            break;
        }
        let input = make(*choices.pick(passed));
        if let Some(files) = pipeline::files(&input) {
            inputs.push(input);
            crates.push(files);
        }
    }
    if crates.is_empty() {
        return Ok(());
    }
    for (index, words) in compile::refused(&crates)? {
        kept.keep(&refused(words), &inputs[index])?;
    }
    Ok(())
}

/// Returns what the compiler says about the crate of an input.
fn refusal(input: &[u8]) -> Option<Finding> {
    let files = std::panic::catch_unwind(|| pipeline::files(input)).ok()??;
    compile::refused(&[files]).ok()?.into_values().next().map(refused)
}

fn refused(words: String) -> Finding {
    let code = words.split(':').next().unwrap_or_default();
    // Errors without a code are told apart by their words.
    let code = if code == "no code" {
        words.lines().next().unwrap_or_default().split('`').step_by(2).collect()
    } else {
        code.to_owned()
    };
    Finding::new(format!("does not compile: {code}"), words)
}
