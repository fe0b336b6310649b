//! Processes of this program that each have one client, and do what their input says.

use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::Duration;

use crate::client::Failure;

/// What the processes of a fleet use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Column {
    Shared,
    Alone,
    Huskarl,
    Google,
}

impl Column {
    pub(super) const ALL: [Self; 4] = [Self::Shared, Self::Alone, Self::Huskarl, Self::Google];

    pub(super) fn title(self) -> &'static str {
        match self {
            Self::Shared => "tamarack, redis1",
            Self::Alone => "tamarack, no store",
            Self::Huskarl => "huskarl 0.11",
            Self::Google => "google-cloud-auth 1.18",
        }
    }
}

/// One read of one process.
pub(super) struct Read {
    pub(super) has_token: bool,
    pub(super) took: Duration,
}

pub(super) struct Processes(Vec<Process>);

struct Process {
    child: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
}

impl Processes {
    pub(super) fn start(
        n: usize,
        column: Column,
        origin: &str,
        redis_url: &str,
    ) -> Result<Self, Failure> {
        let program = std::env::current_exe()?;
        let start = |_| {
            let mut command = Command::new(&program);
            command.args([super::member::WORD, column.title(), origin, redis_url]);
            command.stdin(Stdio::piped()).stdout(Stdio::piped());
            let mut child = command.spawn()?;
            let pipes = child.stdin.take().zip(child.stdout.take());
            let (input, output) = pipes.ok_or("a process has no pipes")?;
            Ok(Process { child, input, output: BufReader::new(output) })
        };
        let mut processes = Self((0..n).map(start).collect::<Result<_, Failure>>()?);
        // Each says when it is ready.
        processes.answers()?;
        Ok(processes)
    }

    /// Lets all read a token at once.
    pub(super) fn read(&mut self) -> Result<Vec<Read>, Failure> {
        self.say("read")?;
        let answers = self.answers()?;
        let read = |(word, number): (String, u64)| Read {
            has_token: word == "token",
            took: Duration::from_micros(number),
        };
        Ok(answers.into_iter().map(read).collect())
    }

    /// Returns the nanoseconds of a cached read, measured in one process after the other.
    pub(super) fn bench(&mut self) -> Result<Vec<u64>, Failure> {
        let few = self.0.iter_mut().take(3);
        few.map(|process| {
            process.input.write_all(b"bench\n")?;
            process.answer().map(|(_, nanos)| nanos)
        })
        .collect()
    }

    fn say(&mut self, word: &str) -> Result<(), Failure> {
        for process in &mut self.0 {
            process.input.write_all(format!("{word}\n").as_bytes())?;
        }
        Ok(())
    }

    fn answers(&mut self) -> Result<Vec<(String, u64)>, Failure> {
        self.0.iter_mut().map(Process::answer).collect()
    }
}

impl Process {
    fn answer(&mut self) -> Result<(String, u64), Failure> {
        let mut line = String::new();
        self.output.read_line(&mut line)?;
        let (word, number) = line.trim().split_once(' ').ok_or("a process ended")?;
        Ok((word.to_owned(), number.parse()?))
    }
}

impl Drop for Processes {
    fn drop(&mut self) {
        for process in &mut self.0 {
            let _ = process.child.kill();
            let _ = process.child.wait();
        }
    }
}
