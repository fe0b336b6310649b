//! Measures a command: the time of its processors, the time on the clock, its peak memory, its instructions.

use std::fs;
use std::io;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use wait4::Wait4 as _;

/// What one process, and those that it waited for, took.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Cost {
    /// Of user and system, of all threads and of the processes that it waited for.
    pub(crate) cpu: Duration,
    pub(crate) wall: Duration,
    /// Of the largest process, in bytes.
    pub(crate) peak: u64,
}

/// Runs a command to its end; what it prints goes to a file.
///
/// # Errors
///
/// What it printed of its error, if it cannot be started or fails.
pub(crate) fn run(command: &mut Command, log: &Path) -> Result<Cost, String> {
    let started = Instant::now();
    let mut child = spawn(command, log).map_err(|error| error.to_string())?;
    let ended = child.wait4().map_err(|error| error.to_string())?;
    let wall = started.elapsed();
    if !ended.status.success() {
        return Err(last_words(log));
    }
    let used = ended.rusage;
    Ok(Cost { cpu: used.utime + used.stime, wall, peak: used.maxrss })
}

fn spawn(command: &mut Command, log: &Path) -> io::Result<Child> {
    let file = fs::File::create(log)?;
    command.stdin(Stdio::null()).stdout(file.try_clone()?).stderr(file).spawn()
}

/// Returns the median by the time of processors.
pub(crate) fn median(mut costs: Vec<Cost>) -> Option<Cost> {
    costs.sort_by_key(|it| it.cpu);
    costs.get(costs.len() / 2).copied()
}

/// Counts the instructions of a command with callgrind; nothing where there is no valgrind or the command fails.
///
/// All threads run on one core, so that what a command does with more of them is one list of calls.
pub(crate) fn instructions(command: &Command, log: &Path, profile: &Path) -> Option<u64> {
    let mut valgrind = Command::new("taskset");
    valgrind.args(["-c", "0", "valgrind", "--tool=callgrind"]);
    valgrind.arg(format!("--callgrind-out-file={}", profile.display()));
    valgrind.arg(command.get_program()).args(command.get_args());
    run(&mut valgrind, log).ok()?;
    let text = fs::read_to_string(log).ok()?;
    let count = text.lines().find_map(|line| line.split_once("Collected : "))?.1;
    count.trim().parse().ok()
}

/// Returns what a file of messages says of an error, in a few words that fit into a table.
pub(crate) fn last_words(log: &Path) -> String {
    let bytes = fs::read(log).unwrap_or_default();
    let text = String::from_utf8_lossy(&bytes);
    let mut said = text.lines().map(|line| plain(line.trim())).filter(|line| !line.is_empty());
    let last = said.clone().next_back();
    // The message of a panic stands on the line after its place.
    let error = said.find_map(|line| {
        let is_panic = line.contains("panicked at").then_some("panics: ");
        is_panic
            .or_else(|| line.to_lowercase().contains("error").then_some(""))
            .map(|it| (it, line))
    });
    let words = match error {
        Some((panics, line)) if !panics.is_empty() => {
            panics.to_owned() + &said.next().unwrap_or(line)
        }
        Some((_, line)) => line,
        None => last.unwrap_or_else(|| "fails and says nothing".to_owned()),
    };
    words.chars().take(90).collect()
}

/// Takes the colours of a terminal, and what a table reads as its own, out of a line.
fn plain(line: &str) -> String {
    let mut acc = String::new();
    let mut chars = line.chars();
    while let Some(c) = chars.next() {
        match c {
            '\u{1b}' => {
                let _ = chars.by_ref().find(char::is_ascii_alphabetic);
            }
            '|' | '`' | '<' | '>' | '[' | ']' | '*' | '_' => acc.push(' '),
            _ => acc.push(c),
        }
    }
    acc.trim().to_owned()
}
