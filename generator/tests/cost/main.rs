//! Documents made to be expensive: what they cost grows with their length, and where it could not, a limit is stated.

mod documents;
mod limits;

use std::fs;

use documents::{Shape, shapes};
use tamarack::diagnostic::Sink;
use tamarack::render::{self, Paint, Texts};
use tamarack::{Input, Model, Outcome, Text, plan};

fn input(spec: &str, overlay: Option<&str>) -> Input {
    Input { overlay: overlay.map(|it| Text::new("overlay", it)), ..Input::new("spec", spec) }
}

/// Runs all stages before the code is written; returns what is printed.
fn run(input: &Input) -> (Option<Model>, String) {
    let Outcome { model, diagnostics, .. } = tamarack::read(input);
    let mut sink = Sink::default();
    if let Some(model) = &model {
        plan::of_api(&model.api, &mut sink);
    }
    let said = [diagnostics.open, sink.into_diagnostics()].concat();
    (model, render::text(&said, &Texts::new(input), Paint::Plain))
}

/// Returns how long this thread has been on a processor, in nanoseconds: what
/// else the machine does counts for nothing. `None` where that is not told.
fn on_processor() -> Option<u64> {
    let text = fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    text.split_whitespace().next()?.parse().ok()
}

fn time_of(shape: &Shape, n: usize, n_runs: usize) -> Option<u64> {
    let input = input(&(shape.spec)(n), shape.overlay.map(|it| it(n)).as_deref());
    // The least of them: the first run also pays for memory it gets.
    let mut least = None;
    for _ in 0..n_runs {
        let before = on_processor()?;
        let (model, _) = run(&input);
        let time = on_processor()? - before;
        // An overlay whose entries match nothing is refused as a whole; that has to be quick, too.
        assert!(model.is_some() || shape.overlay.is_some(), "{}", shape.name);
        least = Some(least.map_or(time, |it: u64| it.min(time)));
    }
    least
}

/// Four times the length costs four times as much, and half as much again
/// for deeper trees and colder caches; sixteen times as much is a square.
#[test]
#[ignore = "it measures time; run it with `--ignored` on a quiet machine"]
fn cost_grows_with_the_length() {
    const N: usize = 1_000;
    const MOST: u64 = 8;
    let mut slow = Vec::new();
    for shape in shapes() {
        let (Some(once), Some(four)) = (time_of(&shape, N, 3), time_of(&shape, 4 * N, 1)) else {
            println!("skipped: this system does not tell the time on a processor");
            return;
        };
        println!("{}: {} -> {} us", shape.name, once / 1_000, four / 1_000);
        if four > MOST * once {
            slow.push(format!("{}: {once} -> {four}", shape.name));
        }
    }
    assert!(slow.is_empty(), "{slow:#?}");
}
