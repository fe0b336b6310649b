//! What one input may cost, and how that is measured where the system tells it.

use std::fs;
use std::time::Duration;

/// How much time of the processor.
pub(super) const MAX_CPU: Duration = Duration::from_secs(10);
/// How long by the clock, where the time of the processor is not told or other programs have it.
pub(super) const MAX_WALL: Duration = Duration::from_secs(90);
/// How much memory, in KiB.
pub(super) const MAX_RSS: u64 = 1024 * 1024;
/// How much memory a process may ask for before it is refused, in KiB: so that a run never takes the machine with it.
pub(super) const MAX_VIRTUAL: u64 = 6 * 1024 * 1024;

/// Returns the time of the processor that a process has had.
pub(super) fn cpu(pid: u32) -> Option<Duration> {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    // The name of the program stands in brackets and may hold anything; times are the 14th and 15th field.
    let fields: Vec<_> = stat.rsplit_once(')')?.1.split_whitespace().collect();
    let ticks: u64 = fields.get(11)?.parse::<u64>().ok()? + fields.get(12)?.parse::<u64>().ok()?;
    Some(Duration::from_millis(ticks * 10))
}

/// Begins to measure the most memory that this process has, anew.
pub(super) fn reset_peak() {
    let _ = fs::write("/proc/self/clear_refs", "5");
}

/// Returns the most memory that this process has had since, in KiB.
pub(super) fn peak() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|it| it.strip_prefix("VmHWM:"))?;
    line.trim().trim_end_matches(" kB").parse().ok()
}
