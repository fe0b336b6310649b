//! The process that runs inputs: tells each before it begins and what came of it, on lines that the driver reads.

use std::fs;
use std::io::{self, Write};
use std::panic::{self, AssertUnwindSafe};
use std::path::Path;
use std::sync::Mutex;
use std::sync::PoisonError;

use super::{choices, limits};
use crate::finding::Finding;
use crate::seeds::Seeds;
use crate::stage;
use crate::target::Target;

/// Where the last panic was, and its words.
static PANIC: Mutex<Option<(String, String)>> = Mutex::new(None);

/// Runs input after input, until it is killed.
pub fn run_numbers(target: Target, seed: u64, from: u64) {
    let seeds = Seeds::read(seed);
    prepare();
    for number in from.. {
        say(&format!("> {number}"));
        let input = target.make(&seeds, &mut choices(seed, number));
        tell(number, run(target, &input));
    }
}

/// Runs the input of a file.
///
/// # Errors
///
/// When the file cannot be read.
pub fn run_file(target: Target, file: &Path) -> io::Result<()> {
    let input = fs::read(file)?;
    prepare();
    say("> 0");
    tell(0, run(target, &input));
    Ok(())
}

fn prepare() {
    stage::listen(|stage| say(&format!("@ {stage}")));
    panic::set_hook(Box::new(|info| {
        let place = info.location().map_or_else(String::new, |it| {
            // What stands before the crate is about this machine.
            let parts: Vec<_> = it.file().rsplit('/').take(4).collect();
            format!("{}:{}", parts.into_iter().rev().collect::<Vec<_>>().join("/"), it.line())
        });
        let words = info.payload();
        let text = words.downcast_ref::<&str>().map(|it| (*it).to_owned());
        let words = text.or_else(|| words.downcast_ref::<String>().cloned()).unwrap_or_default();
        *PANIC.lock().unwrap_or_else(PoisonError::into_inner) = Some((place, words));
    }));
}

fn run(target: Target, input: &[u8]) -> Result<(), Finding> {
    limits::reset_peak();
    let outcome = panic::catch_unwind(AssertUnwindSafe(|| target.run(input)));
    let outcome = outcome.unwrap_or_else(|_| {
        let last = PANIC.lock().unwrap_or_else(PoisonError::into_inner).take();
        let (place, words) = last.unwrap_or_default();
        Err(Finding::new(format!("panic at {place}"), words))
    });
    match limits::peak() {
        Some(peak) if outcome.is_ok() && peak > limits::MAX_RSS => {
            Err(Finding::new("more memory than 1 GiB", format!("{peak} KiB")))
        }
        _ => outcome,
    }
}

fn tell(number: u64, outcome: Result<(), Finding>) {
    match outcome {
        Ok(()) => say(&format!(". {number}")),
        Err(finding) => {
            let mut detail: String = finding.detail.chars().take(4_000).collect();
            detail.push(if finding.detail.len() > detail.len() { '…' } else { ' ' });
            say(&format!("! {number} {}", serde_json::json!([finding.kind, detail.trim_end()])));
        }
    }
}

fn say(line: &str) {
    let mut out = io::stdout().lock();
    let _ = out.write_all(format!("{line}\n").as_bytes());
    let _ = out.flush();
}
