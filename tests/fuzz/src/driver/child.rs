//! A worker as the driver sees it: what it tells, that it is killed when an input costs too much, and what it died of.

use std::ffi::OsString;
use std::io::{self, BufRead, BufReader, Read};
use std::path::Path;
use std::process::{self, Command, Stdio};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

use super::limits;
use crate::finding::Finding;
use crate::target::Target;

/// What came of an input.
#[derive(Debug)]
pub(super) enum Told {
    /// Everything held.
    Passed(u64),
    /// Something did not.
    Failed(u64, Finding),
    /// The process is gone.
    Died(u64, Finding),
    /// The time is up, or there are no more inputs.
    Nothing,
}

/// A worker; killed where it is dropped.
pub(super) struct Child {
    process: process::Child,
    lines: Receiver<String>,
    number: u64,
    stage: String,
    /// When the input began, by the clock and by the processor.
    began: (Instant, Option<Duration>),
    is_running: bool,
}

impl Child {
    pub(super) fn of_numbers(target: Target, seed: u64, from: u64) -> io::Result<Self> {
        Self::start(
            target,
            ["--seed".into(), seed.to_string().into(), "--from".into(), from.to_string().into()],
        )
    }

    pub(super) fn of_file(target: Target, file: &Path) -> io::Result<Self> {
        Self::start(target, ["--input".into(), file.into()])
    }

    fn start(target: Target, arguments: impl IntoIterator<Item = OsString>) -> io::Result<Self> {
        let limit = format!("ulimit -v {} 2>/dev/null; exec \"$0\" \"$@\"", limits::MAX_VIRTUAL);
        let mut process = Command::new("sh")
            .args(["-c", &limit])
            .arg(std::env::current_exe()?)
            .args(["worker", "--target", target.name()])
            .args(arguments)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()?;
        let out = process.stdout.take().ok_or_else(|| io::Error::other("no output"))?;
        let (sender, lines) = mpsc::channel();
        thread::spawn(move || {
            for line in BufReader::new(out).lines().map_while(Result::ok) {
                if sender.send(line).is_err() {
                    break;
                }
            }
        });
        let began = (Instant::now(), None);
        Ok(Self { process, lines, number: 0, stage: String::new(), began, is_running: false })
    }

    /// Returns the number of the input that was last told of.
    pub(super) fn number(&self) -> u64 {
        self.number
    }

    /// Waits for what comes of the next input, for as long as there is time.
    pub(super) fn told(&mut self, left: Duration) -> io::Result<Told> {
        let until = Instant::now() + left;
        loop {
            match self.lines.recv_timeout(Duration::from_millis(100)) {
                Ok(line) => {
                    if let Some(told) = self.read(&line) {
                        return Ok(told);
                    }
                }
                Err(RecvTimeoutError::Timeout) => {
                    if self.is_running && self.costs_too_much() {
                        let kind = format!("longer than 10 s in {}", self.stage);
                        return Ok(Told::Died(self.number, Finding::new(kind, "")));
                    }
                }
                Err(RecvTimeoutError::Disconnected) => return self.end(),
            }
            if Instant::now() > until {
                return Ok(Told::Nothing);
            }
        }
    }

    fn read(&mut self, line: &str) -> Option<Told> {
        let (mark, rest) = line.split_once(' ')?;
        match mark {
            ">" => {
                self.number = rest.parse().ok()?;
                self.began = (Instant::now(), limits::cpu(self.process.id()));
                self.is_running = true;
                None
            }
            "@" => {
                rest.clone_into(&mut self.stage);
                None
            }
            "." => {
                self.is_running = false;
                Some(Told::Passed(self.number))
            }
            _ => {
                self.is_running = false;
                let (_, finding) = rest.split_once(' ')?;
                let (kind, detail): (String, String) = serde_json::from_str(finding).ok()?;
                Some(Told::Failed(self.number, Finding { kind, detail }))
            }
        }
    }

    fn costs_too_much(&self) -> bool {
        let (began, cpu) = self.began;
        let used =
            limits::cpu(self.process.id()).zip(cpu).map(|(now, then)| now.saturating_sub(then));
        used.is_some_and(|it| it > limits::MAX_CPU) || began.elapsed() > limits::MAX_WALL
    }

    /// Says what the process died of, if it did.
    fn end(&mut self) -> io::Result<Told> {
        let status = self.process.wait()?;
        if status.success() && !self.is_running {
            return Ok(Told::Nothing);
        }
        let mut words = String::new();
        if let Some(mut err) = self.process.stderr.take() {
            let _ = err.read_to_string(&mut words);
        }
        let what = if words.contains("has overflowed its stack") {
            "stack overflow"
        } else if words.contains("memory allocation of") {
            "out of memory"
        } else {
            "abort"
        };
        let kind = format!("{what} in {}", self.stage);
        Ok(Told::Died(self.number, Finding::new(kind, format!("{status}: {words}"))))
    }
}

impl Drop for Child {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
