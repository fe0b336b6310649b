//! How much memory a process ever had, and tests that have a process of their own, so that it is that of
//! nobody else.

use std::process::Command;

/// Returns the most memory that the process ever had, in bytes; nothing where the system does not say.
pub(crate) fn peak() -> Option<usize> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    Some(line.trim().strip_suffix("kB")?.trim().parse::<usize>().ok()? << 10)
}

/// Runs a closure, and returns its result and by how many bytes the peak of the process grew meanwhile.
pub(crate) fn growth<T>(run: impl FnOnce() -> T) -> (T, Option<usize>) {
    let before = peak();
    let result = run();
    let grown = peak().zip(before).map(|(after, before)| after - before);
    match grown {
        Some(grown) => println!("grown by {} KiB", grown >> 10),
        None => println!("skipped: this system does not say how much memory there is"),
    }
    (result, grown)
}

/// Runs a test in a process of its own: its peak is that of nobody else.
pub(crate) fn alone(name: &str, run: impl FnOnce()) {
    const CHILD: &str = "TAMARACK_TEST_ALONE";
    if std::env::var_os(CHILD).is_some() {
        return run();
    }
    let mut child = Command::new(std::env::current_exe().unwrap());
    let output = child.args(["--exact", name, "--nocapture"]).env(CHILD, "1").output().unwrap();
    let text = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
    assert!(output.status.success() && text.contains("1 passed"), "{text}");
    text.lines().filter(|line| line.contains("grown by")).for_each(|line| println!("{line}"));
}
