//! Turns the lines of `scenarios.txt` into reads, failures and jumps of clocks.

use std::time::Duration;

use tamarack_runtime::token::{Clock as _, TokenErrorKind};

use crate::support::{Act, Rig, ms, status, token};

#[test]
pub(crate) fn fault_56_scenarios() {
    let lines = include_str!("scenarios.txt").lines().filter(|line| !line.starts_with('#'));
    let mut n_scenarios = 0;
    for line in lines {
        let [name, script, steps] = line.split(';').collect::<Vec<_>>()[..] else {
            panic!("three parts: {line}")
        };
        play(name, script, steps);
        n_scenarios += 1;
    }
    assert!(n_scenarios >= 20);
}

fn play(name: &str, script: &str, steps: &str) {
    let script: Vec<u64> = script.split_whitespace().map(|act| act.parse().unwrap()).collect();
    let rig = Rig::new(move |n| act(n, script[n.min(script.len() - 1)]));
    let mut tokens = Vec::new();
    for (n, step) in steps.split_whitespace().enumerate() {
        let place = format!("{name}, step {n}, `{step}`");
        let (what, rest) = step.split_at(1);
        match (what, rest) {
            ("+", time) => rig.clock.advance(seconds(time)),
            ("w", time) => {
                let (wall, by) = (rig.clock.now().wall, seconds(&time[1..]));
                rig.clock.set_wall(if time.starts_with('-') { wall - by } else { wall + by });
            }
            ("r", "ot") => rig.source.rotate_secret("another").unwrap(),
            ("r", n) => {
                let token = rig.read().unwrap_or_else(|error| panic!("{place}: {error:?}"));
                assert_eq!(token.expose(), format!("token-{n}"), "{place}");
                tokens.push(token);
            }
            ("e", status) => {
                let error = rig.read().expect_err(&place);
                assert_ne!(error.kind(), &TokenErrorKind::Backoff, "{place}");
                assert_eq!(error.status().unwrap().as_str(), status, "{place}");
            }
            ("b", _) => {
                let error = rig.read_at_once().expect_err(&place);
                assert_eq!(error.kind(), &TokenErrorKind::Backoff, "{place}");
            }
            ("n", n) => assert_eq!(rig.requests().to_string(), n, "{place}"),
            ("x", n) => {
                let text = format!("token-{n}");
                let token = tokens.iter().find(|token| token.expose() == text);
                rig.source.invalidate(token.expect(&place));
            }
            _ => panic!("{place}: no such step"),
        }
    }
}

fn act(n: usize, number: u64) -> Act {
    match number {
        200..=599 => status(u16::try_from(number).unwrap()),
        _ => token(n, number),
    }
}

/// Reads seconds to the millisecond.
fn seconds(text: &str) -> Duration {
    let (whole, part) = text.split_once('.').unwrap_or((text, "0"));
    ms(whole.parse::<u64>().unwrap() * 1_000 + format!("{part:0<3}").parse::<u64>().unwrap())
}
