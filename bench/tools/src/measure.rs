//! A command in, what it cost out: the time of its processors, the time on the clock, its peak memory, its instructions.

use std::fs;
use std::io;
use std::path::Path;
use std::process::{Command, Stdio};
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
/// The last line that it printed, if it cannot be started or fails.
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

fn spawn(command: &mut Command, log: &Path) -> io::Result<std::process::Child> {
    let file = fs::File::create(log)?;
    command.stdin(Stdio::null()).stdout(file.try_clone()?).stderr(file).spawn()
}

/// Returns the median by the time of processors.
pub(crate) fn median(mut costs: Vec<Cost>) -> Option<Cost> {
    costs.sort_by_key(|it| it.cpu);
    costs.get(costs.len() / 2).copied()
}

/// Counts the instructions of a command with callgrind, in millions; nothing where there is no valgrind or it fails.
pub(crate) fn instructions(command: &Command, log: &Path) -> Option<u64> {
    let mut valgrind = Command::new("valgrind");
    valgrind.args(["--tool=callgrind", "--callgrind-out-file=/dev/null"]);
    valgrind.arg(command.get_program()).args(command.get_args());
    if let Some(folder) = command.get_current_dir() {
        valgrind.current_dir(folder);
    }
    run(&mut valgrind, log).ok()?;
    let text = fs::read_to_string(log).ok()?;
    let count = text.lines().find_map(|line| line.split_once("Collected : "))?.1;
    count.trim().parse::<u64>().ok().map(|it| it / 1_000_000)
}

fn last_words(log: &Path) -> String {
    let bytes = fs::read(log).unwrap_or_default();
    let text = String::from_utf8_lossy(&bytes);
    let said = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let error = said.clone().find(|line| line.contains("rror") || line.contains("panicked"));
    let words = error.or_else(|| said.last()).unwrap_or("it fails and says nothing");
    words.chars().filter(|it| *it != '|').take(100).collect()
}
