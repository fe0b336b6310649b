//! A process of the fleet: this program once more, told by its environment, which reads a token for each
//! line of its input.

use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant, SystemTime};

use tamarack_runtime::redis1::Redis1;
use tamarack_runtime::token::{
    ClientCredentials, SealingKey, SharedTokens, StoreLimits, TokenGrant, TokenSource,
};
use tamarack_runtime::{ClientBuilder, ClientCore};

pub(crate) const SECRET: &str = "s3cr3t~?>/of+~?>~the-tests";
pub(crate) const KEY: [u8; 32] = *b"k3y-that-seals~?>/of+~?>~a-fleet";

const TOKEN_URL: &str = "TAMARACK_TEST_TOKEN_URL";
const REDIS_URL: &str = "TAMARACK_TEST_REDIS_URL";
const OPERATION: &str = "TAMARACK_TEST_OPERATION_MS";

/// Returns the bounds of a store with this many milliseconds for a call. All of them are far from what a busy
/// machine takes, so that only faults reach them.
pub(crate) fn limits(operation: u64) -> StoreLimits {
    let mut limits = StoreLimits::default();
    limits.operation = Duration::from_millis(operation);
    limits.lease = Duration::from_secs(5);
    limits.wait = Duration::from_secs(14);
    limits
}

/// The time that a call of a Redis which answers never takes, in milliseconds.
pub(crate) const PATIENT: u64 = 10_000;

/// Makes the source of a member.
pub(crate) fn source(token_url: &str, redis_url: &str, limits: StoreLimits) -> TokenSource {
    let builder = ClientBuilder::new("tests/1").base_url("http://127.0.0.1:1");
    let core: ClientCore = builder.build().unwrap();
    let credentials = ClientCredentials::new("client-of-the-tests", SECRET);
    let shared = SharedTokens::new(Redis1::open(redis_url).unwrap(), SealingKey::new(KEY));
    let shared = shared.limits(limits);
    let grant = TokenGrant::client_credentials(token_url, credentials).scope("read");
    grant.source(&core).unwrap().shared(shared).build().unwrap()
}

/// What a member answers to one line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Answer {
    /// The token, or nothing where there was an error.
    pub(crate) token: Option<String>,
    pub(crate) micros: u64,
    /// When it had the token.
    pub(crate) at: SystemTime,
}

/// A process that was started.
pub(crate) struct Member {
    process: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
}

impl Member {
    pub(crate) fn start(token_url: &str, redis_url: &str) -> Self {
        Self::start_with(token_url, redis_url, PATIENT)
    }

    /// Starts a process whose calls of the store take this many milliseconds at most.
    pub(crate) fn start_with(token_url: &str, redis_url: &str, operation: u64) -> Self {
        let mut command = Command::new(std::env::current_exe().unwrap());
        command.args(["member::the_process_of_a_member", "--exact", "--nocapture"]);
        command.env(TOKEN_URL, token_url).env(REDIS_URL, redis_url);
        command.env(OPERATION, operation.to_string());
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut process = command.spawn().unwrap();
        let (input, output) = (process.stdin.take().unwrap(), process.stdout.take().unwrap());
        let mut member = Self { process, input, output: BufReader::new(output) };
        assert_eq!(member.line(), "ready");
        member
    }

    /// Lets the member read a token.
    pub(crate) fn ask(&mut self) {
        self.input.write_all(b"read\n").unwrap();
    }

    pub(crate) fn answer(&mut self) -> Answer {
        let line = self.line();
        let mut words = line.split(' ');
        let (token, micros) = (words.next().unwrap(), words.next().unwrap());
        let token = (token != "-").then(|| token.to_owned());
        let at = Duration::from_micros(words.next().unwrap().parse().unwrap());
        Answer { token, micros: micros.parse().unwrap(), at: SystemTime::UNIX_EPOCH + at }
    }

    pub(crate) fn kill(mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }

    /// Returns the next line of its own; the others are of the test harness.
    fn line(&mut self) -> String {
        loop {
            let mut line = String::new();
            assert!(self.output.read_line(&mut line).unwrap() > 0, "a member ended");
            if let Some((_, rest)) = line.split_once("member: ") {
                return rest.trim_end().to_owned();
            }
        }
    }
}

impl Drop for Member {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// No test, except where it is started as a process of its own.
#[test]
fn the_process_of_a_member() {
    let (Ok(token_url), Ok(redis_url)) = (std::env::var(TOKEN_URL), std::env::var(REDIS_URL))
    else {
        return;
    };
    // With a thread of its own, so that what is started ahead goes on between two reads.
    let mut builder = tokio::runtime::Builder::new_multi_thread();
    let runtime = builder.worker_threads(1).enable_all().build().unwrap();
    let operation = std::env::var(OPERATION).unwrap().parse().unwrap();
    let source = source(&token_url, &redis_url, limits(operation));
    println!("member: ready");
    for _ in std::io::stdin().lines() {
        let start = Instant::now();
        let result = runtime.block_on(source.token());
        let micros = start.elapsed().as_micros();
        let token = result.map_or("-".to_owned(), |token| token.expose().to_owned());
        let at = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap();
        println!("member: {token} {micros} {}", at.as_micros());
    }
}
