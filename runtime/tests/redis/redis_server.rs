//! Starts Redis servers of the system on free ports of this machine.

use std::fs;
use std::io::{self, Read as _, Write as _};
use std::iter;
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU16, AtomicUsize, Ordering};
use std::time::Duration;

/// A server that ends with its handle.
pub(crate) struct RedisServer {
    process: Child,
    port: u16,
    folder: PathBuf,
}

impl RedisServer {
    /// Starts a server, with each kind of file and log that one writes; says so where there is none.
    pub(crate) fn start() -> Option<Self> {
        static NUMBER: AtomicUsize = AtomicUsize::new(0);

        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let name = format!("tamarack-redis-{}-{number}", std::process::id());
        let folder = std::env::temp_dir().join(name);
        fs::create_dir_all(&folder).unwrap();
        let port = free_port();
        let process = spawn(port, &folder);
        if process.is_none() {
            eprintln!("skipped: no redis-server");
        }
        let mut server = Self { process: process?, port, folder };
        server.wait_until_up(free_port);
        Some(server)
    }

    pub(crate) fn url(&self) -> String {
        format!("redis://127.0.0.1:{}", self.port)
    }

    pub(crate) fn address(&self) -> String {
        format!("127.0.0.1:{}", self.port)
    }

    /// Ends the server at once.
    pub(crate) fn kill(&mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }

    /// Starts it once more, with what its files have.
    pub(crate) fn restart(&mut self) {
        let port = self.port;
        self.process = spawn(port, &self.folder).unwrap();
        self.wait_until_up(|| port);
    }

    /// Sends a signal; a server that is stopped answers nothing.
    pub(crate) fn signal(&self, signal: &str) {
        let pid = self.process.id().to_string();
        assert!(Command::new("kill").args([signal, &pid]).status().unwrap().success());
    }

    /// Sends a command and returns what comes back.
    pub(crate) fn command(&self, words: &[&[u8]]) -> Vec<u8> {
        self.try_command(words).unwrap()
    }

    fn try_command(&self, words: &[&[u8]]) -> io::Result<Vec<u8>> {
        let mut stream = TcpStream::connect(self.address())?;
        let mut request = format!("*{}\r\n", words.len()).into_bytes();
        for word in words {
            request.extend(format!("${}\r\n", word.len()).bytes());
            request.extend_from_slice(word);
            request.extend(b"\r\n");
        }
        request.extend(b"QUIT\r\n");
        stream.write_all(&request)?;
        stream.set_read_timeout(Some(Duration::from_secs(10)))?;
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer)?;
        let ended = answer.strip_suffix(b"+OK\r\n").map(<[u8]>::to_vec);
        ended.ok_or_else(|| io::ErrorKind::UnexpectedEof.into())
    }

    /// Returns the keys that there are.
    pub(crate) fn keys(&self) -> Vec<String> {
        let answer = String::from_utf8(self.command(&[b"KEYS", b"*"])).unwrap();
        answer.lines().filter(|line| line.starts_with("tamarack")).map(str::to_owned).collect()
    }

    /// Returns all that the server has written to its folder: snapshots, its log of commands, its log.
    pub(crate) fn files(&self) -> Vec<(PathBuf, Vec<u8>)> {
        let mut files = Vec::new();
        let mut folders = vec![self.folder.clone()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else {
                    files.push((path.clone(), fs::read(path).unwrap()));
                }
            }
        }
        files
    }

    /// Waits for this process and no other: one whose port is taken ends, and is started again.
    fn wait_until_up(&mut self, next_port: impl Fn() -> u16) {
        for _ in 0..500 {
            if self.answers() {
                return;
            }
            if self.process.try_wait().unwrap().is_some() {
                self.port = next_port();
                self.process = spawn(self.port, &self.folder).unwrap();
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        panic!("redis-server does not answer");
    }

    fn answers(&self) -> bool {
        let id = format!("process_id:{}\r\n", self.process.id());
        self.try_command(&[b"INFO", b"server"])
            .is_ok_and(|answer| String::from_utf8_lossy(&answer).contains(&id))
    }
}

/// Finds a port that no connection gets by itself: systems take theirs from above 16,000. One of those could be
/// connected to itself before the server is there, or taken while the server restarts.
fn free_port() -> u16 {
    static NEXT: AtomicU16 = AtomicU16::new(0);

    let offset = (std::process::id() % 50) as u16 * 100;
    let ports =
        iter::repeat_with(|| 10_000 + (offset + NEXT.fetch_add(1, Ordering::Relaxed)) % 5_000);
    ports.take(5_000).find(|port| TcpListener::bind(("127.0.0.1", *port)).is_ok()).unwrap()
}

fn spawn(port: u16, folder: &Path) -> Option<Child> {
    let mut command = Command::new("redis-server");
    command.args(["--bind", "127.0.0.1", "--port", &port.to_string(), "--loglevel", "debug"]);
    // What is written survives the end of the process; nobody waits for a disk, which others keep busy.
    command.args(["--appendonly", "yes", "--appendfsync", "no", "--logfile", "redis.log"]);
    command.args(["--save", "", "--slowlog-log-slower-than", "0"]);
    command.arg("--dir").arg(folder).stdin(Stdio::null()).stdout(Stdio::null());
    command.spawn().ok()
}

impl Drop for RedisServer {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
        let _ = fs::remove_dir_all(&self.folder);
    }
}
